"""Fragments of a page -> zones in reading order: full-width stretches, and columns between them.

Inside a zone lines run from top to bottom; nothing here looks at words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.reading.pages.layout import Line, Zone, rows_of

_MOST_FRAGMENTS = 6_000
"""A page in more pieces than this is no page of text (or hostile): it is read line by line, not laid out."""
_PROSE = 14
"""Characters on a line of running text, at least; less is a side column, a label or a cell."""


def zones_of(lines: list[Line], gutters: list[float] | None = None) -> list[Zone]:
    """The fragments of a page in reading order: zones of lines. `gutters`: those of the pages before, to which the
    page's own is added: columns of two or three lines, as at the end of a text, show none by themselves."""
    if len(lines) > _MOST_FRAGMENTS:
        return [Zone(sorted(lines, key=lambda f: (f.top, f.left)))]
    zones: list[Zone] = []
    own = _gutter(lines)
    if own is not None:
        if gutters is not None:
            gutters.append(own)
    else:
        own = next((c for c in dict.fromkeys(reversed(gutters or [])) if _parts_few(lines, c)), None)
        if own is not None:
            for stretch in _stretches(lines):
                _cut(stretch, zones, False, 0, own)
            return zones
    _cut(lines, zones, False, 0, own)
    return zones


def _stretches(fragments: Sequence[Line]) -> Iterable[list[Line]]:
    """The fragments of a page parted where nothing stands for several lines."""
    stretch: list[Line] = []
    bottom = 0.0
    for f in sorted(fragments, key=lambda f: f.top):
        if stretch and f.top - bottom > 2.5 * f.size:
            yield stretch
            stretch = []
        stretch.append(f)
        bottom = max(bottom, f.bottom)
    if stretch:
        yield stretch


def _parts_few(fragments: Sequence[Line], c: float) -> bool:
    """Whether two or three lines stand on both sides of a gutter that other pages have."""
    for band in _bands(fragments, c):
        left = [f for f in band if _side(f, c) < 0]
        right = [f for f in band if _side(f, c) > 0]
        if len(left) + len(right) != len(band) or max(_row_count(left), _row_count(right)) < 3:
            continue
        near = min((abs(f.left - c) for f in right), default=99.0) < 3
        narrow = min(_letters_per_row(left), _letters_per_row(right)) if left and right else 0.0
        if near and narrow > 1.5 * _PROSE and _beside(left, right, 2):
            return True
    return False


def _cut(fragments: list[Line], zones: list[Zone], column: bool, depth: int, gutter: float | None) -> None:
    if not fragments:
        return
    if gutter is None:
        zones.append(Zone(rows_of(fragments), column))
        return
    for band in _bands(fragments, gutter):
        head = _centred_head(band, fragments)
        if head:
            zones.append(Zone(rows_of(head), column))
            zones[-1].left, zones[-1].right = min(f.left for f in fragments), max(f.right for f in fragments)
            gone = {id(f) for f in head}
            band = [f for f in band if id(f) not in gone]
        left = [f for f in band if _side(f, gutter) < 0]
        right = [f for f in band if _side(f, gutter) > 0]
        if len(left) + len(right) == len(band) and _beside(left, right, 2):
            # A narrow side column comes first, so that the text beside it goes on below it.
            aside = _letters_per_row(right) < _PROSE <= _letters_per_row(left)
            for side in (right, left) if aside else (left, right):
                _cut(side, zones, True, depth + 1, _gutter(side) if depth < 3 else None)
        else:
            zones.append(Zone(rows_of(band), column))


def _centred_head(band: Sequence[Line], fragments: Sequence[Line]) -> list[Line]:
    """The rows at the top of a band that are centred over all its columns, and so belong to none of them: the names
    below a title that happen to stand in the middle column."""
    left, right = min(f.left for f in fragments), max(f.right for f in fragments)
    rows = rows_of(sorted(band, key=lambda f: f.baseline)[:12])
    head: list[Line] = []
    for row in rows[:4]:
        centred = abs((row.left + row.right) - (left + right)) < 0.02 * (right - left)
        if row.grid is not None or not centred or row.right - row.left > 0.6 * (right - left):
            break
        head.append(row)
    if not head or len(head) == len(rows) or rows[len(head)].top - head[-1].bottom < 0.6 * head[-1].size:
        return []
    bases = {id(row): row.baseline for row in head}
    return [f for f in band if any(abs(f.baseline - b) < 0.5 * f.size for b in bases.values())]


def _gutter(fragments: Sequence[Line]) -> float | None:
    """The left edge of a right-hand column, if text stands in columns anywhere here."""
    if len(fragments) < 8:
        return None
    x0, x1 = min(f.left for f in fragments), max(f.right for f in fragments)
    edges = Counter(round(f.left) for f in fragments if x0 + 0.12 * (x1 - x0) < f.left < x1 - 0.1 * (x1 - x0))
    best, best_score = None, 0.0
    for edge, _count in edges.most_common(12):
        c = _outdented(edge - 0.5, fragments)
        if edges[edge - 1] + edges[edge] + edges[edge + 1] < 4:
            continue
        score = 0.0
        for band in _bands(fragments, c):
            left = [f for f in band if _side(f, c) < 0]
            right = [f for f in band if _side(f, c) > 0]
            if len(left) + len(right) == len(band) and _beside(left, right, 4) and _columns(left, right):
                score += min(sum(len(f.chars) for f in left), sum(len(f.chars) for f in right))
        if score > best_score:
            best, best_score = c, score
    return best


def _outdented(c: float, fragments: Sequence[Line]) -> float:
    """The edge of a column whose lines are mostly set in: where its bullets, or the lines that are not, begin."""
    crossing = [f for f in fragments if f.left < c - 1 and f.right > c + 1]
    hung = [f.left for f in crossing if f.left > c - 2.5 * f.size]
    if not hung:
        return c
    outer = min(hung) - 0.5
    left = sum(f.left < outer - 1 and f.right > outer + 1 for f in fragments)
    return outer if left < len(crossing) else c


def _side(f: Line, gutter: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 across; the frame of a table may stand a little into the gutter."""
    if f.right <= gutter + 1:
        return -1
    if f.left >= gutter - 1:
        return 1
    if f.grid is not None:
        slack = 0.08 * (f.right - f.left)
        if f.right <= gutter + slack:
            return -1
        if f.left >= gutter - slack:
            return 1
    return 0


def _bands(fragments: Sequence[Line], gutter: float) -> Iterable[list[Line]]:
    """Runs of fragments, top to bottom, that all cross the gutter or all keep clear of it."""
    ordered = sorted(fragments, key=lambda f: (f.top, f.left))
    band: list[Line] = []
    crossing_band = False
    for f in ordered:
        crossing = _side(f, gutter) == 0
        if band and crossing != crossing_band:
            yield band
            band = []
        band.append(f)
        crossing_band = crossing
    if band:
        yield band


def _beside(left: Sequence[Line], right: Sequence[Line], least: int) -> bool:
    """Whether two sets of fragments stand side by side rather than below one another."""
    if _row_count(left) < least or _row_count(right) < least:
        return False
    top = max(min(f.top for f in left), min(f.top for f in right))
    bottom = min(max(f.bottom for f in left), max(f.bottom for f in right))
    return bottom - top > 0


def _row_count(fragments: Sequence[Line]) -> int:
    return len({round(f.baseline) for f in fragments})


def _columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Columns of text rather than the cells of a table or a margin of numbers."""
    narrow = min(_letters_per_row(left), _letters_per_row(right))
    if narrow > _PROSE:
        return True
    # A side column of short lines: its lines do not stand on those of the text, as cells would.
    wide = max(_letters_per_row(left), _letters_per_row(right))
    if narrow < 7 or wide < 25:
        return False
    bases = sorted(f.baseline for f in left)
    aligned = sum(any(abs(f.baseline - b) < 1 for b in bases) for f in right)
    return aligned < 0.5 * min(len(right), len(left))


def _letters_per_row(fragments: Sequence[Line]) -> float:
    """Characters of a row (those of East Asia, which are wider, count double), 0 where figures and signs prevail."""
    letters = total = 0
    for f in fragments:
        for c in f.chars:
            if c.text.isspace():
                continue
            wide = 2 if "\u1100" <= c.text <= "\ud7ff" else 1
            total += wide
            letters += wide * c.text.isalpha()
    return total / _row_count(fragments) if letters > 0.6 * total else 0.0
