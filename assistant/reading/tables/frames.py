"""The frame of a ruled table: bands between its lines, columns between lines and gutters, and which of their
edges are drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import combinations, pairwise

from assistant.reading.tables.columns import Piece, TextRow, column_of, gutters, is_figure, is_year
from assistant.reading.tables.regions import Region
from assistant.reading.tables.rulings import TOUCH


class Frame:
    """Bands from top to bottom, columns from left to right; `rows` are the lines of text inside."""

    def __init__(self, region: Region, rows: Sequence[TextRow]) -> None:
        self.region = region
        self.box = region.box
        self.rows = rows
        self._reaches: dict[int, tuple[float, float]] = {}
        self.ys = self._heights()
        self.bands: list[list[TextRow]] = [[] for _ in range(len(self.ys) - 1)]
        for row in rows:
            self.bands[self._band_of(row.baseline - 0.3 * row.size)].append(row)
        self._drop_empty_bands()
        self.full = [self._is_full(y) for y in self.ys]
        self.header = self._header_bands()
        """How many bands at the top are set off as the header."""
        self.xs, self.ruled = self._boundaries()

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def tops(self) -> list[tuple[float, float]]:
        """From where to where the lines at the top of the region run."""
        first = min((r.top for r in self.region.across), default=0.0)
        return [(r.left, r.right) for r in self.region.across if r.top < first + TOUCH]

    def _heights(self) -> list[float]:
        ys = _levels([(r.top + r.bottom) / 2 for r in self.region.across])
        if not ys or self.box.top < ys[0] - TOUCH:
            ys.insert(0, self.box.top)
        if len(ys) < 2 or self.box.bottom > ys[-1] + TOUCH:
            ys.append(max(self.box.bottom, ys[-1]))
        return ys

    def _band_of(self, y: float) -> int:
        return max(0, min(len(self.ys) - 2, bisect_right(self.ys, y) - 1))

    def _drop_empty_bands(self) -> None:
        """Bands without text are the space between double lines, or empty rows: neither is kept."""
        kept = [i for i, rows in enumerate(self.bands) if rows]
        tops = [self.ys[i] for i in kept]
        bottoms = [self.ys[i + 1] for i in kept]
        self.edges = list(zip(tops, bottoms, strict=True))
        self.bands = [self.bands[i] for i in kept]
        self.ys = [*tops, bottoms[-1]] if kept else []

    def _is_full(self, y: float) -> bool:
        near = [r for r in self.region.across if abs((r.top + r.bottom) / 2 - y) <= TOUCH]
        length, end = 0.0, self.box.left
        for r in sorted(near, key=lambda r: r.left):
            length += max(0.0, r.right - max(r.left, end))
            end = max(end, r.right)
        return length > 0.9 * (self.box.right - self.box.left)

    def _header_bands(self) -> int:
        """How many bands at the top the lines set off as the header: no figures in them, and figures or more lines
        below."""
        inner = [i for i in range(1, len(self.bands)) if self.full[i]]
        if not inner:
            return 0
        head = inner[0]
        words = [p.text for rows in self.bands[:head] for row in rows for p in row.pieces]
        if sum(is_figure(w) and not is_year(w) for w in words) > 0.2 * len(words):
            return 0
        lines = sum(len(rows) for rows in self.bands[:head])
        below = sum(len(rows) for rows in self.bands[head:])
        return head if lines <= 8 and below >= lines / 2 else 0

    def _boundaries(self) -> tuple[list[float], set[float]]:
        """Where columns part, and which of these places are ruled."""
        down = [d for d in self.region.down if d.bottom - d.top >= 5]
        levels = _levels([(d.left + d.right) / 2 for d in down])
        inner = [x for x in levels if self.box.left + 4 < x < self.box.right - 4]
        xs = [self.box.left, *inner, self.box.right]
        pieces = [p for row in self.rows for p in row.pieces]
        # Slivers without text (double lines, padding) belong to the column beside them.
        kept = [xs[0]]
        for a, b in pairwise(xs):
            holds = any(a - 1 <= (p.left + p.right) / 2 <= b + 1 for p in pieces)
            if holds or b - a > 14:
                kept.append(b)
        if kept[-1] != xs[-1]:
            kept[-1:] = [xs[-1]] if len(kept) > 1 else [*kept, xs[-1]]
        ruled = set(kept[1:-1])
        body = [row for rows in self.bands[self.header :] for row in rows]
        found = list(kept)
        for a, b in pairwise(kept):
            clipped = [c for row in body if (c := _clipped(row, a, b)) is not None]
            heads = [c for rows in self.bands[: self.header] for row in rows if (c := _clipped(row, a, b)) is not None]
            found += [x for x in gutters(clipped, heads) if not ruled or self._figures_beside(clipped, x)]
        return sorted(found), ruled

    def _figures_beside(self, rows: Sequence[TextRow], x: float) -> bool:
        """Whether figures stand right of `x`: inside ruled columns, words alone make no further column."""
        right = [p.text for row in rows for p in row.pieces if p.left >= x]
        return len(right) >= 3 and sum(map(is_figure, right)) > 0.6 * len(right)

    def down_at(self, band: int, x: float) -> bool:
        top, bottom = self.edges[band]
        return any(
            abs((d.left + d.right) / 2 - x) <= TOUCH and min(d.bottom, bottom) - max(d.top, top) > 0.5 * (bottom - top)
            for d in self.region.down
        )

    def across_at(self, band: int, column: int) -> bool:
        """Whether a line runs over the column at the top of the band."""
        if self.full[band]:
            return True
        left, right = self.reach(column)
        low, high = self.edges[band - 1][1], self.edges[band][0]
        return any(
            low - TOUCH <= (r.top + r.bottom) / 2 <= high + TOUCH and r.left <= left + 4 and r.right >= right - 4
            for r in self.region.across
        )

    def reach(self, column: int) -> tuple[float, float]:
        """From where to where the text of the column stands, within its boundaries."""
        if column in self._reaches:
            return self._reaches[column]
        self._reaches[column] = found = self._reach_anew(column)
        return found

    def _reach_anew(self, column: int) -> tuple[float, float]:
        a, b = self.xs[column], self.xs[column + 1]
        inside = [p for row in self.rows for p in row.pieces if p.left >= a - 1 and p.right <= b + 1]
        if not inside or (a in self.ruled and b in self.ruled):
            return a, b
        return min(p.left for p in inside), max(p.right for p in inside)

    def underlined(self, band: int) -> list[tuple[int, int]]:
        """The columns (first, last) that a short line below a heading of this band puts under it."""
        bottom = self.edges[band][1]
        found = []
        for r in self.region.across:
            if abs((r.top + r.bottom) / 2 - bottom) > TOUCH or r.right - r.left > 0.9 * (
                self.box.right - self.box.left
            ):
                continue
            over = [
                p for row in self.bands[band] for p in row.pieces if r.left - 2 <= (p.left + p.right) / 2 <= r.right + 2
            ]
            reaches = [self.reach(c) for c in range(len(self.xs) - 1)]
            under = [c for c, (a, b) in enumerate(reaches) if r.left - 3 <= (a + b) / 2 <= r.right + 3]
            if over and 2 * len(over) <= len(under) <= 16 and len(over) <= 4:
                # Short lines that touch are one: the columns are shared out among the headings above.
                found += [group for group in _shared_out(over, under, reaches) if group[1] > group[0]]
        return found

    def is_partly_ruled(self, band: int) -> bool:
        """Whether a line at the top of the band runs over some of its columns."""
        return any(self.across_at(band, c) for c in range(len(self.xs) - 1))

    def columns_of(self, piece: Piece) -> tuple[int, int]:
        return column_of(piece, self.xs[1:-1])


def _shared_out(
    over: Sequence[Piece], under: Sequence[int], reaches: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    """The columns (first, last) of each heading, so that all stand as near to the middle of theirs as can be."""

    def off(groups: Sequence[tuple[int, int]]) -> float:
        return sum(
            abs(reaches[a][0] + reaches[b][1] - p.left - p.right) for (a, b), p in zip(groups, over, strict=True)
        )

    ways = []
    for cuts in combinations(range(1, len(under)), len(over) - 1):
        ends = [0, *cuts, len(under)]
        ways.append([(under[a], under[b - 1]) for a, b in pairwise(ends)])
    return min(ways, key=off)


def _clipped(row: TextRow, a: float, b: float) -> TextRow | None:
    inside = [p for p in row.pieces if p.left >= a - 1.5 and p.right <= b + 1.5]
    return TextRow(inside, row.baseline, row.size, row.bold) if inside else None


def _levels(values: Sequence[float]) -> list[float]:
    """Coordinates with near twins merged."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > TOUCH:
            levels.append(value)
    return levels
