"""Pieces of a page that stand beside its running text: boxes with a frame or a ground, pull quotes that the text
flows around, and large first letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.chars import Char, PageChars, Ruling
from assistant.reading.pages.layout import Line
from assistant.types import Box

_TOUCH = 3.0
_LEAST_ROWS = 3
_LEAST_LETTERS = 80
_MOST = 0.6
"""A box with more than this part of a page's letters is its ground."""
_ROW = 45.0
_LARGER = 1.15
_MOST_RULINGS = 1500


def apart_of(page: PageChars, fragments: Sequence[Line], body: float) -> list[list[Line]]:
    """The fragments that belong together in boxes and pull quotes, for each of these."""
    letters = sum(len(f.chars) for f in fragments)
    found: list[list[Line]] = []
    taken: set[int] = set()
    for box in _boxes(page):
        inside = [f for f in fragments if id(f) not in taken and _contains(box, f)]
        size = sum(len(f.chars) for f in inside)
        rows = len({round(f.baseline) for f in inside})
        cut = any(_overlaps(box, f) and not _contains(box, f) for f in fragments)
        if cut or rows < _LEAST_ROWS or size < _LEAST_LETTERS or size > _MOST * letters:
            continue
        found.append(inside)
        taken.update(id(f) for f in inside)
    rest = [f for f in fragments if id(f) not in taken and f.grid is None]
    found.extend(_pull_quotes(rest, body))
    return found


def _contains(box: Box, f: Line) -> bool:
    return (
        box.left - _TOUCH <= f.left
        and f.right <= box.right + _TOUCH
        and box.top - _TOUCH <= f.top
        and f.bottom <= box.bottom + _TOUCH
    )


def _overlaps(box: Box, f: Line) -> bool:
    return box.left + _TOUCH < f.right and f.left < box.right - _TOUCH and box.top < f.baseline < box.bottom


def _boxes(page: PageChars) -> list[Box]:
    """Rectangles that rulings close on four sides, or rules of one width above and below; the smallest first."""
    if not page.rulings or len(page.rulings) > _MOST_RULINGS:
        return []
    across: dict[tuple[int, int], list[Ruling]] = {}
    down: list[Ruling] = []
    for ruling in page.rulings:
        if ruling.horizontal:
            across.setdefault((round(ruling.left / 4), round(ruling.right / 4)), []).append(ruling)
        elif ruling.bottom - ruling.top > 25:
            down.append(ruling)
    boxes: list[Box] = []
    for (a, b), rulings in across.items():
        near = [r for i in (-1, 0, 1) for j in (-1, 0, 1) for r in across.get((a + i, b + j), ())]
        for top in rulings:
            for bottom in near:
                box = Box(top.left, top.top, top.right, bottom.bottom)
                if bottom.top - top.bottom > 25 and box.right - box.left > 60 and _closed(box, down):
                    boxes.append(box)
    return sorted(_stacked(boxes), key=lambda box: (box.bottom - box.top) * (box.right - box.left))


def _stacked(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of one width that touch are one: a ground painted in strips, or rows of a single column."""
    whole: list[Box] = []
    widths = Counter((round(b.left / 2), round(b.right / 2)) for b in boxes)
    for box in sorted(boxes, key=lambda b: (b.top, -b.bottom)):
        # Where every other row has a ground, the rows between have none.
        reach = _ROW if widths[round(box.left / 2), round(box.right / 2)] > 2 else _TOUCH
        for i, other in enumerate(whole):
            alike = abs(other.left - box.left) < _TOUCH and abs(other.right - box.right) < _TOUCH
            if alike and box.top <= other.bottom + reach:
                whole[i] = Box(other.left, other.top, other.right, max(other.bottom, box.bottom))
                break
        else:
            whole.append(box)
    return whole


def _closed(box: Box, down: Sequence[Ruling]) -> bool:
    return all(
        any(abs(d.left - x) < _TOUCH and d.top < box.top + _TOUCH and d.bottom > box.bottom - _TOUCH for d in down)
        for x in (box.left, box.right)
    )


def _pull_quotes(fragments: Sequence[Line], body: float) -> list[list[Line]]:
    """Runs of larger lines that the text of the page flows around."""
    large = sorted((f for f in fragments if f.size > _LARGER * body and len(f.text) > 1), key=lambda f: f.baseline)
    text = [f for f in fragments if abs(f.size - body) < 0.1 * body]
    found: list[list[Line]] = []
    run: list[Line] = []
    for f in [*large, None]:
        if run and (f is None or not _goes_on(run, f)):
            if len({round(g.baseline) for g in run}) > 1 and _is_flowed_around(run, text, body):
                found.append(run)
            run = []
        if f is not None:
            run = [*run, f]
    return found


def _goes_on(run: Sequence[Line], f: Line) -> bool:
    last = run[-1]
    near = f.baseline - last.baseline < 2.0 * f.size
    return (
        near
        and abs(f.size - last.size) < 0.5
        and f.left < max(g.right for g in run)
        and f.right > min(g.left for g in run)
    )


def _is_flowed_around(run: Sequence[Line], text: Sequence[Line], body: float) -> bool:
    """Whether lines beside it belong to a column whose lines above or below run on where it stands."""
    box = Box(min(f.left for f in run), run[0].top, max(f.right for f in run), run[-1].bottom)
    beside = [
        f for f in text if box.top < f.baseline < box.bottom + body and (f.right < box.left or f.left > box.right)
    ]
    close = [f for f in beside if min(abs(box.left - f.right), abs(f.left - box.right)) < 4 * body]
    middle = (box.left + box.right) / 2
    for f in close:
        over = [
            g
            for g in text
            if g.left < middle < g.right
            and (abs(g.left - f.left) < 2 or abs(g.right - f.right) < 2)
            and min(abs(g.baseline - box.top), abs(g.baseline - box.bottom)) < 6 * body
        ]
        if over:
            return True
    return False


def with_first_letters(fragments: list[Line], body: float) -> list[Line]:
    """The fragments with every large first letter put to the word that it begins."""
    large = [
        f for f in fragments if f.grid is None and f.size > 1.7 * body and len(f.text) <= 2 and f.text[:1].isalpha()
    ]
    if not large:
        return fragments
    words = {word.lower() for f in fragments if f not in large for word in f.text.split()}
    gone: set[int] = set()
    replaced: dict[int, Line] = {}
    for letter in large:
        beside = [
            f
            for f in fragments
            if f is not letter
            and f.grid is None
            and f.size < 1.2 * body
            and -0.3 * letter.size < f.left - letter.right < 1.2 * body
            and letter.top - 0.4 * letter.size < f.baseline <= letter.baseline + 0.3 * body
        ]
        # It stands before two lines at least, and belongs to the first of them.
        below = [
            f
            for f in fragments
            if f is not letter and abs(f.left - letter.left) < 2 and 0 < f.top - letter.baseline < 2 * body
        ]
        if len({round(f.baseline) for f in beside}) < 2 or not below:
            continue
        first = min(beside, key=lambda f: (f.baseline, f.left))
        chars = [_as_text(c, first) for c in letter.chars if not c.text.isspace()]
        word = first.text.split()[0].lower() if first.text else ""
        if letter.text in ("A", "I") and (
            word.isupper() or (len(word) > 1 and word in words and f"{letter.text}{word}".lower() not in words)
        ):
            chars.append(replace(chars[-1], text=" ", generated=True))  # a word of one letter
        replaced[id(first)] = Line([*chars, *first.chars], first.page, starts=[0])
        gone.add(id(letter))
    return [replaced.get(id(f), f) for f in fragments if id(f) not in gone]


def _as_text(char: Char, line: Line) -> Char:
    """The letter as one of the size of its line, close to it."""
    return replace(char, baseline=line.baseline, size=line.size, hyphen=None, glyph_top=None)
