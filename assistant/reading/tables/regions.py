"""Where on a page ruled tables stand: lines that cross, or lines of one width above one another with text in
columns between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assistant.reading.chars import Char, PageChars, Ruling
from assistant.reading.pages.layout import fragments_of, rows_of
from assistant.reading.pages.page_numbers import stands_alone
from assistant.reading.roles import caption_of, is_source
from assistant.reading.tables.columns import TextRow, column_of, filled, gutters, is_figure, text_row
from assistant.reading.tables.rulings import TOUCH
from assistant.types import Box

_EQUAL = 5.0
"""Lines whose ends differ by less (points) are of one width."""
_PROSE = 26
"""Letters of a line in a column of running text."""
_MOST_LINES = 1_500


@dataclass(eq=False)
class Region:
    """A stretch of the page that may hold one table."""

    box: Box
    across: list[Ruling]
    down: list[Ruling] = field(default_factory=list)


def regions_of(page: PageChars, across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Region]:
    """The candidates, from the top of the page; none overlaps another."""
    # The edges of the page's own background bound nothing.
    width = page.height if page.turned % 2 else page.width
    across = [r for r in across if not (r.left <= 3 and r.right >= width - 3)]
    down = [r for r in down if 3 < (r.left + r.right) / 2 < width - 3]
    if not across or len(across) + len(down) > _MOST_LINES:
        return []
    found = [r for group in _connected([*across, *down]) if (r := _crossing(group)) is not None]
    for stack in _stacks(across):
        for run in _runs(page, stack):
            box = Box(
                min(r.left for r in run), min(r.top for r in run), max(r.right for r in run), max(r.bottom for r in run)
            )
            same = [r for r in found if _overlap(r.box, box) > 0.5]
            if any(abs(r.box.left - box.left) > 9 or abs(r.box.right - box.right) > 9 for r in same):
                continue  # a frame around tables
            if any(_apart(page, a.box, b.box) for a, b in pairwise(sorted(same, key=lambda r: r.box.top))):
                continue  # several tables of one width
            if same:
                found = [r for r in found if r not in same]
                box = Box(
                    min(box.left, *(r.box.left for r in same)),
                    min(box.top, *(r.box.top for r in same)),
                    max(box.right, *(r.box.right for r in same)),
                    max(box.bottom, *(r.box.bottom for r in same)),
                )
            found.append(Region(box, []))
    found += [r for stack in _stacks(across) if (r := _open_end(page, stack, across, found)) is not None]
    for region in found:
        region.box = _with_labels(page, region.box)
    for region in found:
        region.across = [r for r in across if _within(r, region.box)]
        region.down = [r for r in down if _within(r, region.box)]
    return sorted(found, key=lambda r: (r.box.top, r.box.left))


def chars_in(page_chars: Sequence[Char], box: Box) -> tuple[list[Char], list[Char]]:
    """(the characters inside the box, the others), each in the order of the file; a space goes with the character
    before it."""
    inside: list[Char] = []
    rest: list[Char] = []
    here = rest
    for char in page_chars:
        if not char.text.isspace():
            middle_x, middle_y = (char.left + char.right) / 2, char.baseline - 0.3 * char.size
            within = box.left - 1 <= middle_x <= box.right + 1 and box.top - 1 <= middle_y <= box.bottom + 1
            here = inside if within else rest
        here.append(char)
    return inside, rest


def text_rows(page: PageChars, chars: Sequence[Char]) -> list[TextRow]:
    return [row for line in rows_of(fragments_of(page, chars)) if (row := text_row(line)) is not None]


def is_prose(rows: Sequence[TextRow]) -> bool:
    """Whether the lines are running text in two columns or more."""
    columns = [r for r in rows if sum(len(p.text) >= _PROSE for p in r.pieces) > 1]
    if len(columns) >= 4 and len(columns) > 0.5 * len(rows):
        return True
    # Columns of text whose lines do not stand on those of the column beside.
    steps = [b.baseline - a.baseline < 0.85 * min(a.size, b.size) for a, b in pairwise(rows)]
    long = sum(len(p.text) >= _PROSE for r in rows for p in r.pieces)
    return sum(steps) > 0.3 * len(rows) and sum(steps) >= 6 and long > 0.7 * len(rows)


def _within(r: Ruling, box: Box) -> bool:
    return (
        r.left >= box.left - TOUCH
        and r.right <= box.right + TOUCH
        and r.top >= box.top - TOUCH
        and r.bottom <= box.bottom + TOUCH
    )


def _overlap(a: Box, b: Box) -> float:
    """The common area as a part of the smaller box."""
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    if wide <= 0 or high <= 0:
        return 0.0
    least = min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top))
    return wide * high / max(least, 1.0)


def _connected(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rulings that touch, directly or through others."""
    parent = list(range(len(rulings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rulings)), key=lambda i: rulings[i].top)
    active: list[int] = []
    for i in order:
        a = rulings[i]
        active = [j for j in active if rulings[j].bottom >= a.top - TOUCH]
        for j in active:
            b = rulings[j]
            if b.left <= a.right + TOUCH and a.left <= b.right + TOUCH:
                parent[root(i)] = root(j)
        active.append(i)
    groups: dict[int, list[Ruling]] = {}
    for i in range(len(rulings)):
        groups.setdefault(root(i), []).append(rulings[i])
    return sorted(groups.values(), key=lambda g: min(r.top for r in g))


def _crossing(group: Sequence[Ruling]) -> Region | None:
    across = [r for r in group if r.horizontal]
    down = [r for r in group if not r.horizontal]
    if len(across) < 2 or len(down) < 1:
        return None
    box = Box(
        min(r.left for r in group), min(r.top for r in group), max(r.right for r in group), max(r.bottom for r in group)
    )
    inner = [d for d in down if box.left + 4 < (d.left + d.right) / 2 < box.right - 4]
    return Region(box, across, down) if inner else None


def _stacks(across: Sequence[Ruling]) -> list[list[Ruling]]:
    """Lines of one width at one place across, from top to bottom."""
    stacks: list[list[Ruling]] = []
    for r in across:
        if r.right - r.left < 50:
            continue
        for stack in stacks:
            if abs(stack[0].left - r.left) < _EQUAL and abs(stack[0].right - r.right) < _EQUAL:
                stack.append(r)
                break
        else:
            stacks.append([r])
    return [s for s in stacks if len(s) >= 2]


def _runs(page: PageChars, stack: Sequence[Ruling]) -> list[list[Ruling]]:
    """The stretches of a stack that hold a table, each as its lines."""
    box = Box(stack[0].left - 2, stack[0].top, stack[0].right + 2, stack[-1].bottom)
    inside, _ = chars_in(page.chars, box)
    rows = text_rows(page, inside)
    runs: list[list[Ruling]] = []
    current: list[Ruling] = []
    kinds: list[str] = []

    def close() -> None:
        nonlocal current, kinds
        while kinds and kinds[-1] in ("alone", "empty"):
            kinds.pop()
            current.pop()
        while kinds and kinds[0] == "empty":
            del kinds[0], current[0]
        if "figures" in kinds or ("table" in kinds and len(current) >= 3):
            runs.append(current)
        current, kinds = [], []

    for above, below in pairwise(stack):
        kind = _band(above, below, [r for r in rows if above.top - 1 <= r.baseline - 0.3 * r.size <= below.bottom + 1])
        if kind == "prose":
            close()
            continue
        if not current:
            current = [above]
        current.append(below)
        kinds.append(kind)
    close()
    return runs


def _open_end(
    page: PageChars, stack: Sequence[Ruling], across: Sequence[Ruling], found: Sequence[Region]
) -> Region | None:
    """A table that has lines around its header alone: it ends where its columns do, or with the page."""
    for above, below in pairwise(stack):
        if any(r.box.top - 2 <= above.top <= r.box.bottom + 2 and _reaches_over(r.box, above) for r in found):
            continue
        head, _ = chars_in(page.chars, Box(above.left - 2, above.top, above.right + 2, below.bottom))
        heading = text_rows(page, head)
        if not 1 <= len(heading) <= 5 or _band(above, below, heading) not in ("table", "figures"):
            continue
        others = [r.top for r in across if r.top > below.bottom + 1 and r.right > above.left and r.left < above.right]
        end = min(others, default=max(page.width, page.height))
        inside, _ = chars_in(page.chars, Box(above.left - 2, below.bottom, above.right + 2, end))
        body: list[TextRow] = []
        for row in text_rows(page, inside):
            last = body[-1].baseline if body else below.bottom
            far = row.baseline - last > 4.5 * row.size
            other = bool(body) and abs(row.size - body[0].size) > 0.08 * row.size and len(row.text) > 3
            wide = len(row.pieces) == 1 and row.right - row.left > 0.72 * (above.right - above.left)
            wide = wide and row.left < above.left + 0.12 * (above.right - above.left)
            if far or other or wide or caption_of(row.text, row.bold) or is_source(row.text):
                break
            body.append(row)
        if _is_page_number(page, body):
            body.pop()
        cuts = gutters(body) if len(body) > 1 else gutters([*heading, *body])
        if not body or not cuts or is_prose(body):
            continue
        if len(body) == 1 and (len(cuts) < 2 or len(filled(body[0], cuts)) < len(cuts) + 1):
            continue
        named = {column_of(p, cuts)[0] for r in heading for p in r.pieces}
        if len(named) <= len(cuts) - 1 or len({c for r in body for c in filled(r, cuts)}) < 2:
            continue
        return Region(Box(above.left, above.top, above.right, body[-1].baseline + 0.3 * body[-1].size), [])
    return None


def _is_page_number(page: PageChars, rows: Sequence[TextRow]) -> bool:
    """Whether the last of the rows is the number of the page: alone, farther off than rows are, last on the page."""
    if len(rows) < 2 or len(rows[-1].pieces) > 1 or not stands_alone(rows[-1].text):
        return False
    last, above = rows[-1], rows[-2]
    step = median([b.baseline - a.baseline for a, b in pairwise(rows[:-1])] or [1.2 * last.size])
    height = page.width if page.turned % 2 else page.height
    lowest = max(c.baseline for c in page.chars if not c.text.isspace())
    apart = last.baseline - above.baseline > 1.25 * step
    return apart and last.baseline > 0.8 * height and last.baseline > lowest - 0.5 * last.size


def _with_labels(page: PageChars, box: Box) -> Box:
    """The box with the labels to the left of its figures, where its lines leave them out."""
    rows = text_rows(page, chars_in(page.chars, box)[0])
    led = [r for r in rows if is_figure(r.pieces[0].text)]
    if len(rows) < 3 or len(led) < 0.7 * len(rows):
        return box
    reach = Box(max(0.0, box.left - 220), box.top, box.left - 1, box.bottom)
    labels = text_rows(page, chars_in(page.chars, reach)[0])
    beside = [q for r in led for q in labels if abs(q.baseline - r.baseline) < 0.3 * r.size and len(q.pieces) == 1]
    if len(beside) < 0.7 * len(led) or any(len(q.text) > 45 or is_figure(q.text) for q in beside):
        return box
    gap = min(box.left - q.right for q in beside)
    if gap > 3 * rows[0].size or len(labels) > 1.4 * len(rows):
        return box
    return Box(min(q.left for q in beside), box.top, box.right, box.bottom)


def _apart(page: PageChars, above: Box, below: Box) -> bool:
    """Whether what stands between two boxes is text rather than rows of a table."""
    if below.top - above.bottom < 30:
        return False
    between, _ = chars_in(page.chars, Box(above.left, above.bottom, above.right, below.top))
    rows = text_rows(page, between)
    return sum(len(r.pieces) == 1 and r.left < above.left + 40 for r in rows) > max(2, 0.5 * len(rows))


def _reaches_over(box: Box, line: Ruling) -> bool:
    return box.left < line.right and line.left < box.right


def _band(above: Ruling, below: Ruling, rows: Sequence[TextRow]) -> str:
    """What stands between two lines: 'table' (or 'figures': a table by itself), 'alone' (a line that heads
    rows), 'empty' or 'prose'."""
    if not rows:
        return "empty" if below.top - above.bottom < 14 else "prose"
    if any(caption_of(r.text, r.bold) or is_source(r.text) for r in rows):
        return "prose"
    left, width = above.left, above.right - above.left
    several = [r for r in rows if len(r.pieces) > 1]
    full = [r for r in rows if len(r.pieces) == 1 and r.left < left + 0.12 * width and r.right - r.left > 0.72 * width]
    if not several:
        short = len(rows) <= 2 and all(len(r.text) <= 90 for r in rows)
        return "alone" if short else "prose"
    if len(full) > 0.3 * len(rows) or (len(full) > 2 and len(full) > len(several)):
        return "prose"
    if is_prose(rows):
        return "prose"
    figures = sum(is_figure(p.text) for r in several for p in r.pieces[1:])
    cells = sum(len(r.pieces) - 1 for r in several)
    return "figures" if len(several) >= 3 and figures >= 0.6 * cells and len(several) > 0.6 * len(rows) else "table"
