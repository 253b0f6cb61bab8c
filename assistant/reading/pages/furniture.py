"""Running heads, footers, page numbers, line numbers: what stands at the edge of pages and recurs or counts.

They are not text of the paper; the number that they print is the page's label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.reading.pages.layout import Line
from assistant.reading.pages.page_numbers import Number, key_of, numbers_of, stands_alone
from assistant.reading.roles import bullet_of, caption_of, is_enumerated

_BAND = 0.2
"""The part of the page's height at its top and bottom where running heads stand."""
_DEEPEST = 3
_STEADY = 8.0
"""Points by which the height of a running head may differ between pages."""
_SHORT = 90
_TITLE = 1.4
"""A row larger than this part of the running heads is the title that they repeat."""

Pages = Mapping[int, tuple[float, Sequence[Line]]]
"""For each page its height and fragments."""


@dataclass(eq=False, slots=True)
class _Row:
    """Fragments on one line at the edge of a page."""

    lines: list[Line]
    page: int
    at_top: bool
    depth: int
    """0 for the outermost."""
    text: str
    key: str
    numbers: list[Number]
    is_note: bool = False
    """It begins as a footnote does: what stands between it and the edge may be its end."""

    @property
    def baseline(self) -> float:
        return self.lines[0].baseline

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


def furniture_of(pages: Pages) -> tuple[set[int], dict[int, str]]:
    """The ids of the lines that are furniture, and the printed label of each page that prints one."""
    edges = {
        index: (_outermost(lines, index, height, True), _outermost(lines, index, height, False))
        for index, (height, lines) in pages.items()
        if height > 0
    }
    evidence = _Evidence(edges, pages)
    found: set[int] = set()
    labels: dict[int, str] = {}
    runs = [(rows, _furniture(rows, evidence.proves)) for sides in edges.values() for rows in sides]
    words = {word for _, taken in runs for row in taken for word in re.findall(r"\w+", row.key)}
    largest = max((row.size for _, taken in runs for row in taken), default=0.0)
    slots = _slots([row for _, taken in runs for row in taken], len(pages))
    for rows, taken in runs:
        if len(taken) < min(_DEEPEST, len(rows)):
            taken = _furniture(
                rows,
                lambda row: (
                    evidence.proves(row)
                    or _in_slot(row, slots)
                    or (row.size <= _TITLE * largest and _says_again(row, words))
                ),
            )
        for row in taken:
            label = evidence.label(row)
            if label is not None and (stands_alone(row.text) or row.page not in labels):
                labels[row.page] = label
            found.update(id(line) for line in row.lines)
    for _, lines in pages.values():
        found.update(_line_numbers([line for line in lines if id(line) not in found]))
    return found, labels


def _furniture(rows: Sequence[_Row], proves: Callable[[_Row], bool]) -> list[_Row]:
    """The rows from the edge inwards that are proved, less those that run on into the text."""
    count = 0
    while count < min(_DEEPEST, len(rows)) and not rows[count].is_note and proves(rows[count]):
        count += 1
    # What is set like the text and stands no farther from it than its lines do is text.
    while (
        count
        and count < len(rows)
        and (_runs_on(rows[count - 1], rows[count]) or _heads_columns(rows[count - 1], rows[count]))
    ):
        count -= 1
    return list(rows[:count])


class _Evidence:
    """What recurs and what counts at the edges of a file's pages."""

    def __init__(self, edges: Mapping[int, tuple[list[_Row], list[_Row]]], pages: Pages) -> None:
        rows = [row for sides in edges.values() for side in sides for row in side[:_DEEPEST]]
        self._lone = len(edges) == 1
        self._offsets: Places = {("", 1): []} if self._lone else _counting(rows, len(edges))
        self._alone = {(n.series, n.value - r.page, r.page) for r in rows if stands_alone(r.text) for n in r.numbers}
        self._recurring, self._parts = _recurring(rows, len(pages))
        self._captions = {
            (index, key_of(line.text)) for index, (_, lines) in pages.items() for line in lines if caption_of(line.text)
        }
        sizes = [row.size for row in rows if row.key in self._recurring]
        self._usual_size = median(sizes) if sizes else float("inf")

    def label(self, row: _Row) -> str | None:
        """The number in the row that counts this page: alone, or beside words where other pages print theirs. Of a
        lone page only one that stands by itself."""
        alone = stands_alone(row.text)
        if self._lone and not alone:
            return None
        for number in row.numbers:
            offset = (number.series, number.value - row.page)
            if not alone and (*offset, row.page) in self._alone:
                continue  # the page prints its number elsewhere: '2 Docks' is a heading
            places = self._offsets.get(offset)
            if places is not None and (
                alone or any(e == row.at_top and abs(h - row.baseline) < _STEADY for e, h in places)
            ):
                return number.text
        return None

    def proves(self, row: _Row) -> bool:
        if row.size > _TITLE * self._usual_size:
            return False  # the title of the paper may say what its running heads say
        if caption_of(row.text) and self.label(row) is None:
            # No head of pages, even where it recurs; only that of a table which goes on is said already.
            return row.at_top and (row.page - 1, key_of(row.lines[0].text)) in self._captions
        if row.key in self._recurring:
            return True
        if len(row.text) < _SHORT and self.label(row) is not None:
            return True
        # Half of it recurs, and it is no running text.
        known = sum(len(line.text) for line in row.lines if key_of(line.text) in self._parts)
        begins = any(len(key) > 12 and row.key.startswith(key) for key in self._recurring)
        return (known >= 0.5 * len(row.text) or begins) and len(row.text) < 1.5 * _SHORT and row.text[-1:] not in ".!?"


def _outermost(lines: Sequence[Line], index: int, height: float, at_top: bool) -> list[_Row]:
    """The rows in the band at one edge, from the edge inwards."""
    band = [f for f in lines if (f.bottom < _BAND * height if at_top else f.top > (1 - _BAND) * height)]
    rows: list[list[Line]] = []
    for line in sorted(band, key=lambda f: f.baseline, reverse=not at_top):
        if line.starts_raised:
            rows.append([line])
            break  # a footnote: what stands behind it is text
        if rows and abs(rows[-1][0].baseline - line.baseline) < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for depth, parts in enumerate(rows[: _DEEPEST + 1]):
        parts.sort(key=lambda f: f.left)
        text = " ".join(line.text for line in parts)
        numbers = numbers_of([line.text for line in parts])
        is_note = parts[0].starts_raised
        found.append(_Row(parts, index, at_top, depth, text, key_of(text), numbers, is_note))
    return found


Places = dict[tuple[str, int], list[tuple[bool, float]]]
"""For a difference between printed number and index, by series: at which edge and heights it is printed."""


def _counting(rows: Sequence[_Row], pages: int) -> Places:
    """Differences between a printed number and the page's index that hold on two pages or more at the same edge and
    height; where none does, that of a number which is the page's own."""
    seen: dict[tuple[str, int], dict[bool, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        for number in row.numbers:
            seen[number.series, number.value - row.page][row.at_top].setdefault(row.page, row.baseline)
    held: Counter[tuple[str, int]] = Counter()
    places: Places = defaultdict(list)
    for offset, sides in seen.items():
        for at_top, heights in sides.items():
            # Chapters may begin with the number elsewhere: the usual height must hold.
            counts = {h: sum(abs(h - g) < _STEADY for g in heights.values()) for h in heights.values()}
            held[offset] = max(held[offset], *counts.values())
            places[offset] += [(at_top, h) for h, n in counts.items() if n > 1]
    most = max(held.values(), default=0)
    # A front or an annex of few pages has a series of its own.
    found = {o for o, n in held.items() if n >= max(2, 0.3 * most if o[0] == "" else 2) and (o[0] or n >= 0.15 * pages)}
    if not found and pages > 1 and ("", 1) in held:
        return {("", 1): [(at_top, h) for at_top, heights in seen["", 1].items() for h in heights.values()]}
    return {offset: places[offset] for offset in found}


def _recurring(rows: Sequence[_Row], pages: int) -> tuple[set[str], set[str]]:
    """Texts (figures blanked) of rows, and of parts of rows, that stand at about the same height on two pages or more."""
    whole: dict[str, dict[int, float]] = defaultdict(dict)
    parts: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows:
        whole[row.key].setdefault(row.page, row.baseline)
        for line in row.lines:
            parts[key_of(line.text)].setdefault(row.page, row.baseline)

    def steady(seen: dict[str, dict[int, float]]) -> set[str]:
        found = set()
        for key, places in seen.items():
            heights = sorted(places.values())
            middle = heights[len(heights) // 2]
            count = sum(abs(h - middle) < _STEADY for h in heights)
            if key and count >= 2 and count >= min(3, 0.1 * pages) and any(c.isalpha() or c == "#" for c in key):
                found.add(key)
        return found

    return steady(whole), {key for key in steady(parts) if len(key) > 3}


def _slots(taken: Sequence[_Row], pages: int) -> Counter[tuple[bool, int, float]]:
    """Where heads and footers stand: edge, height and size that furniture has on most pages."""
    slots: Counter[tuple[bool, int, float]] = Counter()
    for row in taken:
        if row.depth == 0 and not caption_of(row.text):
            slots[row.at_top, round(row.baseline / 3), round(row.size * 2) / 2] += 1
    return Counter({slot: n for slot, n in slots.items() if n >= max(2, 0.5 * pages)})


def _in_slot(row: _Row, slots: Counter[tuple[bool, int, float]]) -> bool:
    """Whether a short row stands just where the heads of other pages stand: the head of another chapter."""
    if row.depth or len(row.text) > _SHORT or row.text[-1:] in ".,;":
        return False
    if is_enumerated(row.text) or bullet_of(row.text) or caption_of(row.text):
        return False
    size = round(row.size * 2) / 2
    return any((row.at_top, round(row.baseline / 3) + d, size) in slots for d in (-1, 0, 1))


def _says_again(row: _Row, words: set[str]) -> bool:
    """Whether an outermost row says in a word or two what heads elsewhere say: the number of a report."""
    own = re.findall(r"\w+", row.key)
    return (
        row.depth == 0
        and len(row.text) < 40
        and 0 < len(own) <= 4
        and row.text[-1:] not in ".,;"
        and words.issuperset(own)
    )


def _runs_on(outer: _Row, inner: _Row) -> bool:
    alike = abs(outer.size - inner.size) < 0.05 * inner.size
    # The first line of a note may stand farther from its last, and shows where that begins.
    below = (
        inner.is_note and len(outer.lines) == 1 and abs(outer.lines[0].left - inner.lines[0].left) < 2.5 * inner.size
    )
    return alike and abs(outer.baseline - inner.baseline) < (2.3 if below else 1.45) * inner.size


def _heads_columns(outer: _Row, inner: _Row) -> bool:
    """Whether a row at the top is the header of a table that goes on there: its parts stand over those below."""
    if not outer.at_top or len(outer.lines) < 3 or len(inner.lines) < 3:
        return False
    over = sum(any(a.left < b.right and b.left < a.right for b in inner.lines) for a in outer.lines)
    return over >= 0.7 * len(outer.lines) and abs(outer.baseline - inner.baseline) < 3 * inner.size


def _line_numbers(lines: Sequence[Line]) -> set[int]:
    """Numbers in the margin that count the lines of a page, as in transcripts and drafts of laws."""
    numbered = [f for f in lines if f.grid is None and re.fullmatch(r"\d{1,3}", f.text)]
    if len(numbered) < 8:
        return set()
    text = [f for f in lines if f.grid is None and len(f.text) > 3]
    if len(text) < 5:
        return set()
    edge = sorted(f.left for f in text)[len(text) // 20]
    margin = sorted((f for f in numbered if f.right < edge + 1), key=lambda f: f.baseline)
    counts = [int(f.text) for f in margin]
    steps = [b - a for a, b in pairwise(counts)]
    step = Counter(steps).most_common(1)[0][0] if steps else 0
    if len(margin) < 8 or step not in (1, 2, 5, 10) or sum(s == step for s in steps) < 0.9 * len(steps):
        return set()
    return {id(f) for f in margin}
