"""Characters -> fragments -> lines, by geometry alone; nothing here looks at words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from assistant.reading.chars import Char, PageChars
from assistant.reading.tables.grids import Grid
from assistant.types import Box

ASCENT, DESCENT = 0.8, 0.22
"""Where a line's box ends above and below its baseline, in parts of its size."""
RAISED = 0.76
"""A note mark is smaller than this part of its line."""
_HARDLY_SMALLER = 0.88
"""A figure up to this part of its line, as browsers print what is raised, is a mark where it is clearly raised …"""
_CLEARLY = 0.25
"""… by this part of the line's size."""
_MARKS = frozenset("0123456789*∗†‡§¶‖,–-()[]")
_STRIP = 8.0
_SPACE = 0.12
"""A gap wider than this part of the size may part words."""


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
    def italic_share(self) -> float:
        letters = [c.italic for c in self.chars if not c.text.isspace()]
        return sum(letters) / len(letters) if letters else 0.0

    @cached_property
    def text(self) -> str:
        return "".join(c.text for c in self.chars).strip()

    @property
    def italic(self) -> bool:
        return self.italic_share > 0.9

    @property
    def bold(self) -> bool:
        return self.bold_share > 0.9

    def is_raised(self, char: Char) -> bool:
        """Whether the character is set small and above the baseline, as a note mark is."""
        rise = self.baseline - char.baseline
        if char.size < RAISED * self.size:
            return rise > 0.12 * self.size
        if char.size < _HARDLY_SMALLER * self.size and char.text in _MARKS:
            return rise > _CLEARLY * self.size
        # A font's own raised figures keep the size: only the ink tells.
        return char.glyph_top is not None and rise > 0.25 * self.size

    @cached_property
    def starts_raised(self) -> bool:
        """Whether it begins with a raised figure or symbol, as a note does."""
        first = next((c for c in self.chars if not c.text.isspace()), None)
        if first is None:
            return False
        return first.text in "¹²³⁴⁵⁶⁷⁸⁹⁰" or (
            (first.text.isdigit() or first.text in "*∗†‡§¶‖") and self.is_raised(first)
        )


@dataclass(eq=False)
class Zone:
    """Lines between two margins, from top to bottom."""

    lines: list[Line]
    column: bool = False
    contents: bool = False
    """Entries of a table of contents, or of a list of tables or figures."""
    apart: bool = False
    """A box, a pull quote or another piece that stands beside the running text."""
    holes: list[Box] = field(default_factory=list)
    """Where such a piece was taken out of its lines."""

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
        return Counter(s for line in self.lines for s in [line.size] * max(len(line.chars), 1)).most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @cached_property
    def italic(self) -> bool:
        return all(line.italic for line in self.lines)

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

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
            if char.left - last.right > _SPACE * char.size and _is_parted(current, char):
                current.append(Char(" ", last.right, char.left, last.baseline, last.size, last.bold, None, True))
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


def _is_parted(current: Sequence[Char], char: Char) -> bool:
    """Whether a gap without a space parts two words: between letters that stand close to their other neighbours,
    as where kerning has left little of the space between 'NASA' and 'A'."""
    last = current[-1]
    if last.text.isspace() or not (last.text.isalpha() and char.text.isalpha()) or last.text >= "\u1100":
        return False
    gap = char.left - last.right
    inner = [b.left - a.right for a, b in pairwise(current[-4:]) if not (a.text.isspace() or b.text.isspace())]
    return len(inner) > 1 and max(inner) < 0.3 * gap


def _continues(last: Char, reference: Char, char: Char) -> bool:
    size = max(reference.size, char.size, 1.0)
    alike = min(reference.size, char.size) > 0.8 * size and not (
        (char.text in _MARKS and _stands_above(char, reference))
        or (last.text in _MARKS and _stands_above(reference, char))
    )
    if abs(char.baseline - reference.baseline) > (0.3 if alike else 0.6) * size:
        return False
    if char.left == last.left and char.right == last.right:
        return True  # one glyph that stands for several letters, such as 'ff'
    return -0.6 * size <= char.left - last.right <= 1.2 * size


def _stands_above(mark: Char | Line, text: Char | Line) -> bool:
    """Whether the first is little smaller than the second, but clearly above its baseline."""
    return mark.size < _HARDLY_SMALLER * text.size and text.baseline - mark.baseline > _CLEARLY * text.size


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
    lines = [_closed_up(_merge(row)) for row in rows]
    lines.sort(key=lambda line: (line.baseline if line.grid is None else line.top, line.left))
    return lines


def _same_row(row: Sequence[Line], f: Line) -> bool:
    base = row[0]
    if base.grid is not None:
        return False
    size = max(base.size, f.size)
    alike = min(base.size, f.size) > 0.8 * size and not (
        (_stands_above(f, base) and _MARKS.issuperset(f.text))
        or (_stands_above(base, f) and _MARKS.issuperset(base.text))
    )
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


def _closed_up(line: Line) -> Line:
    """A line of capitals set wide apart ('S U M M A R Y') without the spaces between its letters."""
    words = line.text.split()
    if line.grid is not None or len(words) < 4 or sum(len(w) == 1 and w.isupper() for w in words) < 0.8 * len(words):
        return line
    letters = [c for c in line.chars if not c.text.isspace()]
    gaps = [b.left - a.right for a, b in pairwise(letters)]
    usual = median(gaps)
    chars = [letters[0]]
    for gap, before, letter in zip(gaps, letters, letters[1:], strict=False):
        if gap > 1.5 * usual + 0.1 * letter.size:
            chars.append(Char(" ", before.right, letter.left, before.baseline, before.size, before.bold, None, True))
        chars.append(letter)
    return Line(chars, line.page, starts=[0])
