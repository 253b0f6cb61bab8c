"""Drawn strokes -> the straight lines that a reader sees: dashes and the borders of single cells joined,
boxes inside boxes (the shading of words in a shaded cell) left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.chars import Ruling

TOUCH = 2.5
"""Lines nearer than this (points) are one, or meet."""
_SHORT, _DASH_GAP, _GAP = 16.0, 4.0, 1.6
_MOST = 6_000
"""More strokes than this are a drawing."""
_MARGIN = 12.0


def straightened(rulings: Sequence[Ruling]) -> tuple[list[Ruling], list[Ruling]]:
    """(the lines that run across, the lines that run down), each from top left on."""
    if len(rulings) > _MOST:
        return [], []
    kept = _without_inner_boxes(rulings)
    across = _joined([r for r in kept if r.horizontal])
    down = [_turned(r) for r in _joined([_turned(r) for r in kept if not r.horizontal])]
    return across, down


def _turned(r: Ruling) -> Ruling:
    return Ruling(r.top, r.left, r.bottom, r.right)


def _joined(across: Sequence[Ruling]) -> list[Ruling]:
    """Horizontal strokes at one height put together where they touch; short ones are dashes of one line."""
    levels: list[list[Ruling]] = []
    for r in sorted(across, key=lambda r: r.top + r.bottom):
        middle = (r.top + r.bottom) / 2
        if levels and middle - (levels[-1][-1].top + levels[-1][-1].bottom) / 2 < 1.0:
            levels[-1].append(r)
        else:
            levels.append([r])
    found: list[Ruling] = []
    for level in levels:
        here: list[Ruling] = []
        for r in sorted(level, key=lambda r: r.left):
            last = here[-1] if here else None
            if last is not None:
                dashed = r.right - r.left < _SHORT
                if r.left - last.right <= (_DASH_GAP if dashed else _GAP):
                    here[-1] = Ruling(
                        last.left, min(last.top, r.top), max(last.right, r.right), max(last.bottom, r.bottom)
                    )
                    continue
            here.append(r)
        found += here
    return sorted(found, key=lambda r: (r.top, r.left))


def _without_inner_boxes(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings without boxes that lie inside another box, a little off its sides."""
    boxes: dict[int, Ruling] = {}
    for i in range(len(rulings) - 3):
        top, bottom, left, right = rulings[i : i + 4]
        if (
            top.horizontal
            and bottom.horizontal
            and left.right == left.left == top.left == bottom.left
            and right.right == right.left == top.right == bottom.right
            and left.top == top.top
            and left.bottom == bottom.top
        ):
            boxes[i] = Ruling(top.left, top.top, top.right, bottom.top)
    if len(boxes) < 2:
        return list(rulings)
    dropped: set[int] = set()
    order = sorted(boxes.items(), key=lambda b: b[1].left)
    for i, inner in order:
        for _, outer in order:
            if outer.left >= inner.left - 1:
                break
            if (
                inner.left - outer.left < _MARGIN
                and 1 < outer.right - inner.right < _MARGIN
                and outer.top - 0.5 <= inner.top
                and inner.bottom <= outer.bottom + 0.5
            ):
                dropped.update(range(i, i + 4))
                break
    return [r for i, r in enumerate(rulings) if i not in dropped]
