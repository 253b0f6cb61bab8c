"""Text that stands in columns: the gutters between them, and which lines are one row of a table.

Everything here looks at one stretch of a page whose lines are known; what bounds it (rulings, or the form of
its lines) is decided by the callers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from assistant.reading.chars import Char
from assistant.reading.pages.layout import Line

FIGURE = re.compile(
    r"[-+−–(<>~△▲]*\s*(?:[A-Z]{0,3}[$€£₩¥])?\s*[-−]?\d[\d,.\s]*\s*(?:%p?|[bm]n)?[)*a-z†‡¹²³⁴⁵⁶⁷⁸⁹]{0,3}\)?(?:\s*\([^)]*\))?|"
    r"[-–—*.…·]+|\(?[$€£₩]?\)?|n\.?/?[ad]\.?|\(?[A-Z]\)|\[?\d[\d.,%]*\s*[,;–-]\s*\d[\d.,%]*\]?",
    re.IGNORECASE,
)
"""What stands in a column of figures: a number with its signs, a dash, 'n.a.'."""
YEAR = re.compile(
    r"[\[(‘’'’]?(?:FY|CY)?\s?(?:1[89]|20|21)\d\d[a-z]?(?:\s?[-–/]\s?(?:\d{2}|\d{4}))?(?:[EFPef]|년)?\)?|FY\s?\d\d", re.I
)
_LEADERS = re.compile(r"(?:[.·․…]\s?){4,}$")
_DOTS = frozenset(".·․…")
_JOINS = 0.42
"""Words nearer than this part of their size are one piece; the usual space is a quarter."""
_GUTTER = 0.75
_CONNECTIVES = re.compile(
    r"(?:[,/&–-]|\b(?:and|or|of|the|for|to|in|on|by|with|from|a|an|at|as|per|than|et|de|del|la|y))$", re.I
)


@dataclass(eq=False)
class Piece:
    """Words of one line that no wide gap parts."""

    chars: list[Char]
    left: float
    right: float

    @cached_property
    def text(self) -> str:
        return " ".join("".join(c.text for c in self.chars).split())


@dataclass(eq=False)
class TextRow:
    """A line as pieces, from left to right, leaders left out."""

    pieces: list[Piece]
    baseline: float
    size: float
    bold: bool
    led: bool = False
    """Leaders ran from one piece to the next; they are left out."""

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @cached_property
    def text(self) -> str:
        return " ".join(p.text for p in self.pieces)


def is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    return YEAR.fullmatch(text) is not None


def text_row(line: Line) -> TextRow | None:
    """The line in pieces; None where it holds nothing but leaders."""
    words: list[list[Char]] = []
    last: Char | None = None
    for char in line.chars:
        if char.text.isspace():
            if words:
                words[-1].append(char)
            continue
        if last is None or words[-1][-1].text.isspace() or char.left - last.right > _JOINS * line.size:
            words.append([])
        words[-1].append(char)
        last = char
    pieces: list[list[Char]] = []
    right = 0.0
    for word in words:
        ink = [c for c in word if not c.text.isspace()]
        gap = ink[0].left - right
        dots = all(c.text in _DOTS for c in ink)
        if not pieces:
            pieces.append(list(word))
        elif dots and gap <= 1.6 * line.size:
            pieces[-1] += word
        elif not dots and _ends_in_leaders(pieces[-1]):
            pieces.append(list(word))
        elif gap <= _JOINS * line.size and not (gap > 0.3 * line.size and _both_figures(pieces[-1], word)):
            pieces[-1] += word
        else:
            pieces.append(list(word))
        right = max(c.right for c in ink)
    bare = [(piece, k) for piece in pieces if (k := _without_leaders(piece))]
    if not bare:
        return None
    found = []
    for _, piece in bare:
        ink = [c for c in piece if not c.text.isspace()]
        found.append(Piece(piece, min(c.left for c in ink), max(c.right for c in ink)))
    led = len(bare) < len(pieces) or any(len(k) < len(piece) for piece, k in bare)
    return TextRow(found, line.baseline, line.size, line.bold, led)


def _ends_in_leaders(chars: Sequence[Char]) -> bool:
    """What `_LEADERS` finds, from the end, so that a long line takes no longer than its words."""
    dots = spaces = 0
    for char in reversed(chars):
        if char.text[:1] in _DOTS:
            dots, spaces = dots + 1, 0
            if dots == 4:
                return True
        elif char.text.isspace() and (not dots or not spaces):
            spaces += 1
        else:
            return False
    return False


def _shown(chars: Sequence[Char]) -> str:
    return "".join(c.text[:1] for c in chars).rstrip()


def _both_figures(before: Sequence[Char], word: Sequence[Char]) -> bool:
    end = len(before)
    while end and before[end - 1].text.isspace():
        end -= 1
    start = end
    while start and not before[start - 1].text.isspace():
        start -= 1
    last = "".join(c.text for c in before[start:end])
    here = "".join(c.text for c in word).strip()
    return all(len(w) > 2 and any(map(str.isdigit, w)) and is_figure(w) for w in (last, here))


def _without_leaders(chars: list[Char]) -> list[Char]:
    match = _LEADERS.search(_shown(chars))
    kept = chars[: match.start()] if match else chars
    return kept if any(not c.text.isspace() for c in kept) else []


def gutters(rows: Sequence[TextRow], heads: Sequence[TextRow] = ()) -> list[float]:
    """Where columns part: places that (nearly) no piece crosses, with a wide gap in most rows that have text on
    both sides. `heads`: lines of the header, which may only move such a place."""
    several = [row for row in rows if len(row.pieces) > 1]
    if len(several) < 2:
        return []
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    # A lone line at the left edge heads a group of rows and may run over all columns.
    alone = [r for r in rows if len(r.pieces) == 1 and r.left > left + 2.5 * r.size]
    counted = [*several, *alone]
    allowed = max(1 if len(several) >= 4 else 0, len(several) // 10)
    edges: list[tuple[float, int]] = []
    for row in counted:
        for piece in row.pieces:
            edges += [(piece.left, 1), (piece.right, -1)]
    edges.sort()
    found: list[float] = []
    covering = 0
    opened: float | None = None
    for x, step in edges:
        covering += step
        if covering <= allowed and opened is None:
            opened = x
        elif covering > allowed and opened is not None:
            if left < opened and x < right and x - opened >= 0.8:
                found.append(_best_cut([*rows, *heads], opened, x))
            opened = None
    return [x for x in found if _parts(several, x)]


def _best_cut(rows: Sequence[TextRow], a: float, b: float) -> float:
    """The place in a..b that the fewest pieces cross."""
    marks = sorted({a, b, *(e for r in rows for p in r.pieces for e in (p.left, p.right) if a < e < b)})
    spots = [(u + v) / 2 for u, v in pairwise(marks) if v - u > 0.3] or [(a + b) / 2]

    def crossing(x: float) -> int:
        return sum(p.left < x < p.right for r in rows for p in r.pieces)

    least = min(crossing(x) for x in spots)
    best = [x for x in spots if crossing(x) == least]
    return best[len(best) // 2]


def _parts(rows: Sequence[TextRow], x: float) -> bool:
    gaps = []
    for row in rows:
        before = [p.right for p in row.pieces if p.right <= x + 0.1]
        behind = [p.left for p in row.pieces if p.left >= x - 0.1]
        if before and behind and len(before) + len(behind) == len(row.pieces):
            gaps.append((min(behind) - max(before)) / row.size)
    return len(gaps) >= 2 and median(gaps) >= _GUTTER


def column_of(piece: Piece, cuts: Sequence[float]) -> tuple[int, int]:
    """The first and the last column that the piece stands in, of those that `cuts` part; what reaches only a
    little into a column does not stand in it."""
    slack = max(0.6, 0.2 * (piece.right - piece.left))
    first = sum(x <= piece.left + slack for x in cuts)
    last = sum(x < piece.right - slack for x in cuts)
    return first, max(first, last)


Filled = dict[int, Piece]


def filled(row: TextRow, cuts: Sequence[float]) -> Filled:
    """The first piece of the row in each column, by where it begins."""
    found: Filled = {}
    for piece in row.pieces:
        found.setdefault(column_of(piece, cuts)[0], piece)
    return found


def rows_of_lines(rows: Sequence[TextRow], cuts: Sequence[float]) -> list[int]:
    """Positions in `rows` where a row of the table begins; the lines between are parts of its cells."""
    if not rows:
        return []
    fills = [filled(row, cuts) for row in rows]
    width = len(cuts) + 1
    figures = [
        sum(is_figure(f[c].text) for f in fills if c in f) > 0.5 * max(1, sum(c in f for f in fills)) and c > 0
        for c in range(width)
    ]
    breaks = _breaks(rows)
    spaced = _spaced(rows, fills, breaks)
    pitch = _pitch(rows, fills)
    edge = _label_edge(fills)
    starts = [0]
    for i in range(1, len(rows)):
        if _begins(i, starts[-1], rows, fills, figures, breaks, spaced, edge, pitch):
            starts.append(i)
    return starts


def row_tops(rows: Sequence[TextRow], starts: Sequence[int], cuts: Sequence[float]) -> list[float]:
    """The height at which each row begins whose first line is at one of `starts` (positions in `rows`)."""
    tops = []
    for n, i in enumerate(starts):
        here = rows[i]
        top = here.baseline - 0.6 * here.size
        if i > (starts[n - 1] + 1 if n else 0) and top < rows[i - 1].baseline + 0.5:
            # Set at half height: of the row that has nothing else in its columns.
            between, below = set(filled(rows[i - 1], cuts)), set(filled(here, cuts))
            above = {c for k in range(starts[n - 1] if n else 0, i - 1) for c in filled(rows[k], cuts)}
            if 0 not in between and between <= below and not between & above:
                top = (rows[i - 1].baseline + here.baseline) / 2
        tops.append(top)
    return tops


def _breaks(rows: Sequence[TextRow]) -> list[bool]:
    """For each line whether more than the usual distance parts it from the one above."""
    steps = [b.baseline - a.baseline for a, b in pairwise(rows)]
    size = median(r.size for r in rows)
    counts = Counter(round(s * 2) / 2 for s in steps if 0.8 * size <= s <= 1.9 * size)
    frequent = [s for s, n in counts.items() if n >= 0.2 * max(counts.values())] if counts else []
    usual = min(frequent, default=1.25 * size)
    return [True, *(s > 1.15 * usual + 0.7 for s in steps)]


def _spaced(rows: Sequence[TextRow], fills: Sequence[Filled], breaks: Sequence[bool]) -> bool:
    """Whether space parts the rows of this table, so that lines without it between are one row."""
    blocks = [i for i, b in enumerate(breaks) if b]
    if len(blocks) < 2 or len(blocks) > 0.85 * len(rows):
        return False
    # A block without a label is a further paragraph of the words above it, unless it holds figures.
    led = sum(0 in fills[i] for i in blocks)
    unled = sum(0 not in fills[i] and any(is_figure(p.text) for p in fills[i].values()) for i in blocks)
    # A block of many full lines is a group of rows, not one row.
    ends = [*blocks[1:], len(rows)]
    full = sum(sum(_is_full_line(fills[k]) for k in range(a, b)) > 2 for a, b in zip(blocks, ends, strict=True))
    return led >= 2 and unled <= 0.3 * len(blocks) and full <= 0.15 * len(blocks)


def _pitch(rows: Sequence[TextRow], fills: Sequence[Filled]) -> float:
    """The distance of rows that hold figures throughout, where it is wider than that of lines in a cell; else more
    than any distance."""
    full = [_is_full_line(f) and 0 in f for f in fills]
    steps = [b.baseline - a.baseline for (a, b), both in zip(pairwise(rows), pairwise(full), strict=True) if all(both)]
    if len(steps) < 2:
        return float("inf")
    usual = median(steps)
    return usual if usual > 1.28 * median(r.size for r in rows) else float("inf")


def _label_edge(fills: Sequence[Filled]) -> float:
    """Where labels have to wrap: where the next column begins, or an edge that several labels reach."""
    labels = [f[0] for f in fills if 0 in f]
    if not labels:
        return 0.0
    longest = max(p.right for p in labels)
    size = longest - min(p.left for p in labels)
    reaching = {p.text for p in labels if p.right > longest - 0.12 * size}
    nearest = min((p.left for f in fills for c, p in f.items() if c == 1), default=longest)
    return longest if len(reaching) >= 3 else max(longest, nearest - 6)


def _is_full_line(fill: Filled) -> bool:
    """Whether a line holds figures nearly throughout, as a row of its own does."""
    return len(fill) > 1 and sum(is_figure(p.text) for p in fill.values()) >= max(1, 0.6 * (len(fill) - 1))


def _begins(
    i: int,
    start: int,
    rows: Sequence[TextRow],
    fills: Sequence[Filled],
    figures: Sequence[bool],
    breaks: Sequence[bool],
    spaced: bool,
    edge: float,
    pitch: float,
) -> bool:
    """Whether line `i` begins a row, when the row above began at `start`."""
    here, above = fills[i], fills[i - 1]
    labelled = 0 in here
    values = {c for c in here if c and figures[c] and is_figure(here[c].text)}
    held = {c for k in range(start, i) for c in fills[k] if c and figures[c] and is_figure(fills[k][c].text)}
    if rows[i].baseline - rows[i - 1].baseline < 0.85 * min(rows[i].size, rows[i - 1].size):
        return labelled and bool(values)  # else set at half height, beside lines of another cell
    if breaks[i]:
        # Space inside a cell: a further paragraph of its words.
        return labelled or bool(values) or len(here) > 1
    if spaced:
        return False
    if not labelled:
        return bool(values & held)
    goes_on = _goes_on(above.get(0), here[0])
    if rows[i].baseline - rows[i - 1].baseline >= 0.93 * pitch and not goes_on:
        return True
    if len(here) > 1:
        if values and held:
            return not (goes_on and not values & held)
        if values:
            # The label began above: it wraps, or what stands there heads a group.
            deeper = here[0].left > above[0].left + 0.4 * rows[i].size if 0 in above else True
            deeper = deeper and not (0 in above and _CONNECTIVES.search(above[0].text))
            return deeper or not (goes_on or _wraps(above.get(0), edge, here[0]))
        if held or not any(figures):
            return not goes_on
        return not goes_on and not _wraps(above.get(0), edge, here[0])
    if goes_on:
        return False
    if 0 in above and not (rows[i].bold and not rows[i - 1].bold):
        hangs = here[0].left > above[0].left + 0.4 * rows[i].size
        after = fills[i + 1] if i + 1 < len(rows) and not breaks[i + 1] else None
        leads = after is not None and 0 in after and len(after) > 1 and after[0].left > here[0].left + 1
        if hangs and not leads:
            return False
        return not (_wraps(above[0], edge, here[0]) and not leads)
    return True


def _goes_on(above: Piece | None, here: Piece) -> bool:
    """Whether the words of a label go on from the line above."""
    if above is None:
        return False
    if here.text[:1].islower() or here.text[:1] in "(&,;/":
        return True
    return _CONNECTIVES.search(above.text) is not None


def _wraps(above: Piece | None, edge: float, here: Piece) -> bool:
    """Whether the label above fills its column so far that the first word below had no room left."""
    if above is None:
        return False
    first = here.text.split(" ", 1)[0]
    need = (here.right - here.left) * len(first) / max(1, len(here.text))
    return above.right + need > edge + 1 and len(above.text) > 12


def in_order(lines: Sequence[tuple[float, Piece]]) -> list[Char]:
    """The characters of a cell line by line, a gap behind each piece."""
    chars: list[Char] = []
    for _, piece in sorted(lines, key=lambda line: (round(line[0]), line[1].left)):
        chars += piece.chars
        last = piece.chars[-1]
        if not last.text.isspace():
            chars.append(Char(" ", last.right, last.right, last.baseline, last.size, last.bold, None, True))
    return chars
