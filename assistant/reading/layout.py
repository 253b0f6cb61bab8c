"""Characters -> lines -> paragraphs in reading order, by geometry alone.

A page is cut into zones: full-width stretches and columns between them. Inside a zone lines run
from top to bottom; nothing here looks at words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from assistant.reading.chars import Char, PageChars
from assistant.reading.grids import Grid
from assistant.types import Box

ASCENT, DESCENT = 0.8, 0.22
"""Where a line's box ends above and below its baseline, in parts of its size."""
RAISED = 0.76
"""A note mark is smaller than this part of its line."""
_STRIP = 8.0
_MOST_FRAGMENTS = 6_000
"""A page in more pieces than this is no page of text (or hostile): it is read line by line, not laid out."""
_PROSE = 14
"""Characters on a line of running text, at least; less is a side column, a label or a cell."""


@dataclass(eq=False)
class Line:
    """Characters on one baseline, from left to right; or a whole table standing in the flow."""

    chars: list[Char]
    page: PageChars
    grid: Grid | None = None
    box_of_grid: Box | None = None
    starts: list[int] = field(default_factory=list)
    """Where in `chars` a part begins behind a wide gap (0 included)."""

    @cached_property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for char in self.chars:
            if not char.text.isspace():
                sizes[round(char.size, 1)] += 1
        return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 0.0

    @cached_property
    def baseline(self) -> float:
        if self.box_of_grid:
            return self.box_of_grid.bottom
        return median(c.baseline for c in self.chars if abs(c.size - self.size) < 0.2 or c.size > self.size)

    @cached_property
    def left(self) -> float:
        return self.box_of_grid.left if self.box_of_grid else min(c.left for c in self.chars if not c.text.isspace())

    @cached_property
    def right(self) -> float:
        return self.box_of_grid.right if self.box_of_grid else max(c.right for c in self.chars if not c.text.isspace())

    @cached_property
    def top(self) -> float:
        return self.box_of_grid.top if self.box_of_grid else self.baseline - ASCENT * self.size

    @cached_property
    def bottom(self) -> float:
        return self.box_of_grid.bottom if self.box_of_grid else self.baseline + DESCENT * self.size

    @cached_property
    def bold_share(self) -> float:
        letters = [c.bold for c in self.chars if not c.text.isspace()]
        return sum(letters) / len(letters) if letters else 0.0

    @cached_property
    def text(self) -> str:
        return "".join(c.text for c in self.chars).strip()

    @property
    def bold(self) -> bool:
        return self.bold_share > 0.9

    def is_raised(self, char: Char) -> bool:
        """Whether the character is set small and above the baseline, as a note mark is."""
        rise = self.baseline - char.baseline
        if char.size < RAISED * self.size:
            return rise > 0.12 * self.size
        # A font's own raised figures keep the size: only the ink tells.
        return char.glyph_top is not None and rise > 0.25 * self.size

    @cached_property
    def starts_raised(self) -> bool:
        first = next((c for c in self.chars if not c.text.isspace()), None)
        return first is not None and first.text.isdigit() and (self.is_raised(first) or first.text in "¹²³⁴⁵⁶⁷⁸⁹⁰")


@dataclass(eq=False)
class Zone:
    """Lines between two margins, from top to bottom."""

    lines: list[Line]
    column: bool = False

    @cached_property
    def left(self) -> float:
        lefts = sorted(line.left for line in self.lines)
        return lefts[len(lefts) // 20]

    @cached_property
    def right(self) -> float:
        rights = sorted(line.right for line in self.lines)
        return rights[-1 - len(rights) // 20]


@dataclass(eq=False)
class Para:
    """Lines that belong together; what it is, is decided later."""

    lines: list[Line]
    zone: Zone

    @property
    def page(self) -> int:
        return self.lines[0].page.index

    @cached_property
    def size(self) -> float:
        return Counter(s for line in self.lines for s in [line.size] * len(line.chars)).most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom

    @property
    def fills_last_line(self) -> bool:
        """Whether its last line runs to the margin, as the line before a break does."""
        last = self.lines[-1]
        return last.right > self.zone.right - 3 * last.size


def fragments_of(page: PageChars, chars: Sequence[Char] | None = None) -> list[Line]:
    """Stretches of neighbouring characters in the order of the file."""
    found: list[list[Char]] = []
    current: list[Char] = []
    last: Char | None = None
    reference: Char | None = None  # the largest character of the stretch gives its baseline
    for char in page.chars if chars is None else chars:
        if char.text.isspace():
            if current:
                current.append(char)
            continue
        if last is not None and reference is not None and _continues(last, reference, char):
            current.append(char)
            if char.size > reference.size * 1.05:
                reference = char
        else:
            if current:
                found.append(current)
            current = [char]
            reference = char
        last = char
    if current:
        found.append(current)
    return [Line(chars, page, starts=[0]) for chars in found]


def _continues(last: Char, reference: Char, char: Char) -> bool:
    size = max(reference.size, char.size, 1.0)
    alike = min(reference.size, char.size) > 0.8 * size
    if abs(char.baseline - reference.baseline) > (0.3 if alike else 0.6) * size:
        return False
    return -0.6 * size <= char.left - last.right <= 1.2 * size


def zones_of(lines: list[Line]) -> list[Zone]:
    """The fragments of a page in reading order: zones of lines."""
    if len(lines) > _MOST_FRAGMENTS:
        return [Zone(sorted(lines, key=lambda f: (f.top, f.left)))]
    zones: list[Zone] = []
    _cut(lines, zones, False, 0)
    return zones


def _cut(fragments: list[Line], zones: list[Zone], column: bool, depth: int) -> None:
    if not fragments:
        return
    gutter = _gutter(fragments) if depth < 4 else None
    if gutter is None:
        zones.append(Zone(rows_of(fragments), column))
        return
    for band in _bands(fragments, gutter):
        left = [f for f in band if f.right <= gutter + 1]
        right = [f for f in band if f.left >= gutter - 1]
        if len(left) + len(right) == len(band) and _beside(left, right, 2):
            # A narrow side column comes first, so that the text beside it goes on below it.
            aside = _letters_per_row(right) < _PROSE <= _letters_per_row(left)
            for side in (right, left) if aside else (left, right):
                _cut(side, zones, True, depth + 1)
        else:
            zones.append(Zone(rows_of(band), column))


def _gutter(fragments: Sequence[Line]) -> float | None:
    """The left edge of a right-hand column, if text stands in columns anywhere here."""
    if len(fragments) < 8:
        return None
    x0, x1 = min(f.left for f in fragments), max(f.right for f in fragments)
    edges = Counter(round(f.left) for f in fragments if x0 + 0.12 * (x1 - x0) < f.left < x1 - 0.1 * (x1 - x0))
    best, best_score = None, 0.0
    for edge, _count in edges.most_common(12):
        c = edge - 0.5
        if edges[edge - 1] + edges[edge] + edges[edge + 1] < 4:
            continue
        score = 0.0
        for band in _bands(fragments, c):
            left = [f for f in band if f.right <= c + 1]
            right = [f for f in band if f.left >= c - 1]
            if len(left) + len(right) == len(band) and _beside(left, right, 4) and _columns(left, right):
                score += min(sum(len(f.chars) for f in left), sum(len(f.chars) for f in right))
        if score > best_score:
            best, best_score = c, score
    return best


def _bands(fragments: Sequence[Line], gutter: float) -> Iterable[list[Line]]:
    """Runs of fragments, top to bottom, that all cross the gutter or all keep clear of it."""
    ordered = sorted(fragments, key=lambda f: (f.top, f.left))
    band: list[Line] = []
    crossing_band = False
    for f in ordered:
        crossing = f.left < gutter - 1 and f.right > gutter + 1
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
    """Characters of a row, 0 where figures and signs prevail."""
    letters = sum(c.text.isalpha() for f in fragments for c in f.chars)
    total = sum(not c.text.isspace() for f in fragments for c in f.chars)
    return total / _row_count(fragments) if letters > 0.6 * total else 0.0


def rows_of(fragments: Sequence[Line]) -> list[Line]:
    """Fragments on one baseline put together to lines, top to bottom."""
    rows: list[list[Line]] = []
    strips: dict[int, list[list[Line]]] = {}  # rows by the height they stand at: only the near ones are compared
    reach = 1 + int(0.5 * max((f.size for f in fragments), default=0) / _STRIP)
    # Larger letters first: a raised mark then finds the line that it stands on.
    for f in sorted(fragments, key=lambda f: (f.grid is not None, -round(f.size), f.baseline)):
        at = int(f.baseline // _STRIP)
        if f.grid is None:
            near = (row for strip in range(at - reach, at + reach + 1) for row in strips.get(strip, ()))
            fits = [row for row in near if _same_row(row, f)]
            if fits:
                min(fits, key=lambda row: abs(row[0].baseline - f.baseline)).append(f)
                continue
        rows.append([f])
        strips.setdefault(at, []).append(rows[-1])
    lines = [_merge(row) for row in rows]
    lines.sort(key=lambda line: (line.baseline if line.grid is None else line.top, line.left))
    return lines


def _same_row(row: Sequence[Line], f: Line) -> bool:
    base = row[0]
    if base.grid is not None:
        return False
    size = max(base.size, f.size)
    alike = min(base.size, f.size) > 0.8 * size
    if abs(base.baseline - f.baseline) > (0.25 if alike else 0.5) * size:
        return False
    slack = 0.3 * size
    return all(f.left >= g.right - slack or f.right <= g.left + slack for g in row)


def _merge(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    row.sort(key=lambda f: f.left)
    chars = list(row[0].chars)
    starts = [0]
    for before, f in pairwise(row):
        gap = f.left - before.right
        size = min(before.size, f.size)
        if gap > 0.12 * size and not chars[-1].text.isspace():
            last = chars[-1]
            chars.append(Char(" ", last.right, f.left, last.baseline, last.size, last.bold, None, True))
        if gap > 1.2 * max(before.size, f.size):
            starts.append(len(chars))
        chars.extend(f.chars)
    return Line(chars, row[0].page, starts=starts)


def leading_of(zones: Iterable[Zone]) -> dict[float, float]:
    """For each size the usual distance of two baselines in a paragraph."""
    steps: dict[float, Counter[float]] = {}
    for zone in zones:
        for above, below in pairwise(zone.lines):
            step = below.baseline - above.baseline
            alike = above.grid is None and below.grid is None and abs(above.size - below.size) < 0.3
            if alike and 0 < step < 2.6 * above.size:
                steps.setdefault(above.size, Counter())[round(step * 2) / 2] += 1
    usual = {}
    for size, counts in steps.items():
        # The smallest of the frequent steps: a page of one-line paragraphs must not make their gap the norm.
        frequent = [s for s, n in counts.items() if n >= 0.25 * max(counts.values()) and s >= 0.85 * size]
        usual[size] = min(frequent, default=1.2 * size)
    return usual


def paragraphs_of(zone: Zone, leading: dict[float, float]) -> list[Para]:
    """The lines of a zone grouped to paragraphs."""
    paras: list[Para] = []
    current: list[Line] = []
    for position, line in enumerate(zone.lines):
        if current and (
            line.grid is not None
            or current[-1].grid is not None
            or _breaks(current, line, zone, leading, zone.lines[position + 1 : position + 2])
        ):
            paras.append(Para(current, zone))
            current = []
        current.append(line)
    if current:
        paras.append(Para(current, zone))
    return paras


_TERMINAL = frozenset(".!?:;…。")
_CLOSING = "”\"’')]0123456789¹²³⁴⁵⁶⁷⁸⁹⁰"
"""What may stand behind a full stop: quotation marks, brackets, note marks."""
_BULLETS = frozenset("•‣▪▫●○■□◆◇‧∙·➢➤✓❖\uf0b7\uf0a7o–-*")


def _breaks(
    block: Sequence[Line], line: Line, zone: Zone, leading: dict[float, float], following: Sequence[Line]
) -> bool:
    above = block[-1]
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.06 * size and not (len(line.text) <= 3 or len(above.text) <= 3):
        return True
    if len(line.starts) > 2 and len(above.starts) == 1 and len(block) > 1:
        return True  # the cells of a row below running text
    step = line.baseline - above.baseline
    usual = leading.get(above.size, 1.2 * above.size)
    if step > 1.18 * usual + 0.8:
        return True
    ended = above.text.rstrip(_CLOSING)[-1:] in _TERMINAL
    if above.bold and line.bold_share < 0.5 and not (line.text[:1].islower() and not ended):
        return True
    if line.bold and above.bold_share < 0.5 and ended:
        return True
    if line.starts_raised:
        return True
    head = line.text[:2]
    if head[:1] in _BULLETS and head[1:] in ("", " ") and (head[:1] not in "-–*o" or ended):
        return True
    indent = line.left - zone.left
    first_offset = block[0].left - zone.left
    hangs = block[0].text[:1] in _BULLETS and len(block) == 1
    if (
        not hangs
        and 0.7 * size < indent < 8 * size
        and abs(above.left - zone.left) < 0.5 * size
        and (ended or len(block) > 1)
    ):
        returns = not following or following[0].left < line.left - 0.5 * size or following[0].size != line.size
        if returns and (ended or line.text[:1].isupper()):
            return True
    if len(block) > 1 and above.left > line.left + 0.7 * size and first_offset < above.left - zone.left - 0.5 * size:
        return True  # a hanging indent ends
    if ended:
        first_word = line.text.split(" ", 1)[0]
        need = len(first_word) / max(len(line.text), 1) * (line.right - line.left) + 0.3 * size
        room = zone.right - above.right
        if room > need + 0.6 * size:
            return True  # the next word had room on the line: the line was ended on purpose
    return False
