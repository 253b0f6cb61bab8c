"""Ruled tables: the lines of a region, and the gutters of its text, part it into cells.

A line that is missing between two cells makes one of them, unless the text on both sides says otherwise; rows
that no line parts are told apart by their text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from statistics import median

from assistant.reading.chars import Char, PageChars
from assistant.reading.columns import Piece, TextRow, column_of, gutters, is_figure, is_year, rows_of_lines
from assistant.reading.grids import Grid
from assistant.reading.heads import levels_of
from assistant.reading.regions import Region, chars_in, is_prose, regions_of, text_rows
from assistant.reading.roles import is_table_caption
from assistant.reading.rulings import TOUCH, straightened
from assistant.reading.tabular import is_list_of_pages
from assistant.reading.units import is_unit
from assistant.types import Box

_MAX_CELLS = 20_000
_MOST_BEYOND = 8
"""Rows beyond its lines that a table may have."""
_LONG = 900
"""Characters of a cell that is a page's text rather than a table's."""


def grids_of(page: PageChars) -> tuple[list[Grid], list[Char]]:
    """The ruled tables of a page and the characters outside them."""
    grids: list[Grid] = []
    rest = page.chars
    if not page.rulings or not rest:
        return grids, rest
    across, down = straightened(page.rulings)
    for region in regions_of(page, across, down):
        inside, outside = chars_in(rest, region.box)
        builder = _Builder(page, region, inside) if inside else None
        grid = builder.grid() if builder is not None else None
        if builder is None or grid is None:
            continue
        for _ in range(_MOST_BEYOND):
            wider = _widened(page, region, builder, outside, grids)
            if wider is None:
                break
            inside, beyond = chars_in(rest, wider.box)
            builder = _Builder(page, wider, inside)
            larger = builder.grid()
            if larger is None or len(larger.rows[0]) < len(grid.rows[0]):
                break
            region, grid, outside = wider, larger, beyond
        grids.append(grid)
        rest = outside
    return grids, rest


def _widened(
    page: PageChars, region: Region, builder: _Builder, outside: Sequence[Char], grids: Sequence[Grid]
) -> Region | None:
    """The region with a row just below or above that its lines leave out: shaded tables end with a bare row."""
    box = region.box
    rows = builder.rows
    if len(rows) < 3:
        return None
    step = max(median(b.baseline - a.baseline for a, b in pairwise(rows)), 1.1 * rows[0].size)
    for below in (True, False):
        edge = rows[-1] if below else rows[0]
        reach = Box(box.left, box.bottom, box.right, edge.baseline + 3 * step + edge.size)
        if not below:
            reach = Box(box.left, edge.baseline - 1.5 * step - edge.size, box.right, box.top)
        near = text_rows(page, chars_in(outside, reach)[0])
        row = (near[0] if below else near[-1]) if near else None
        if row is None or abs(row.baseline - edge.baseline) > 1.5 * step or abs(row.size - edge.size) > 0.15 * row.size:
            continue
        if any(g.box.top <= row.baseline <= g.box.bottom and g.box.left < row.right for g in grids):
            continue
        after = near[1] if below and len(near) > 1 and near[1].baseline - row.baseline <= 1.5 * step else None
        if after is not None and len(row.pieces) == 1 and row.left < box.left + 3 * row.size and len(row.text) < 50:
            row = after  # a line that heads a group, and its first row
        if builder.holds(row, figures=below):
            top, bottom = row.baseline - row.size, row.baseline + 0.3 * row.size
            return Region(
                Box(box.left, min(box.top, top), box.right, max(box.bottom, bottom)), region.across, region.down
            )
    return None


@dataclass(eq=False)
class _Cell:
    """A cell of bands and columns; `lines` holds its pieces by the line that they stand on."""

    band: int
    column: int
    bands: int
    columns: int
    lines: list[tuple[float, Piece]] = field(default_factory=list)


class _Builder:
    """One region on its way to a grid."""

    def __init__(self, page: PageChars, region: Region, chars: Sequence[Char]) -> None:
        self.region = region
        self.box = region.box
        self.rows = text_rows(page, chars)
        self.torn = 0
        self.starts: list[list[float]] = []
        """For each band the heights at which further rows begin in it."""
        self.begins: set[int] = set()
        self.reaches: dict[int, tuple[float, float]] = {}
        self.letters = sum(not c.text.isspace() for c in chars)

    def grid(self) -> Grid | None:
        self.ys = self._heights()
        self.bands: list[list[TextRow]] = [[] for _ in range(len(self.ys) - 1)]
        for row in self.rows:
            self.bands[self._band_of(row.baseline - 0.3 * row.size)].append(row)
        self._drop_empty_bands()
        if not self.bands:
            return None
        self.full = [self._is_full(y) for y in self.ys]
        self.header = self._header_bands()
        self.xs, self.ruled = self._boundaries()
        if len(self.xs) < 3 or (len(self.xs) - 1) * (len(self.rows) + 1) > _MAX_CELLS:
            return None
        body = [row for rows in self.bands[self.header :] for row in rows]
        self.begins = {id(body[i]) for i in rows_of_lines(body, self.xs[1:-1])}
        self.starts = [[] if b < self.header else self._row_starts(b, rows) for b, rows in enumerate(self.bands)]
        grid = self._cells_to_grid(self._cells())
        return grid if grid is not None and self._is_table(grid) else None

    def holds(self, row: TextRow, *, figures: bool) -> bool:
        """Whether a line outside stands in the columns as a row does; `figures`: it must have some."""
        if len(row.pieces) < 2 or row.left < self.box.left - 3 or row.right > self.box.right + 3:
            return False
        places = [self._columns_of(p) for p in row.pieces]
        if len({a for a, _ in places}) < len(places) or (figures and any(a != b for a, b in places)):
            return False
        if any(is_unit(p.text) or len(p.text) > 40 for p in row.pieces) or is_table_caption(row.text):
            return False
        behind = [p.text for p, (a, _) in zip(row.pieces, places, strict=True) if a]
        if not figures:
            alone = self.header > 0 and not any(b - a < 0.9 * (self.xs[-1] - self.xs[0]) for a, b in self._tops())
            return not alone and (len(behind) >= 2 or any(a != b for a, b in places))
        return sum(map(is_figure, behind)) >= 0.5 * len(behind) and len(behind) >= 0.4 * (len(self.xs) - 2)

    def _tops(self) -> list[tuple[float, float]]:
        """From where to where the lines at the top of the region run."""
        return [(r.left, r.right) for r in self.region.across if r.top < self.region.across[0].top + TOUCH]

    def _heights(self) -> list[float]:
        ys = _levels([(r.top + r.bottom) / 2 for r in self.region.across])
        if self.box.top < ys[0] - TOUCH:
            ys.insert(0, self.box.top)
        if self.box.bottom > ys[-1] + TOUCH:
            ys.append(self.box.bottom)
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

    def _down_at(self, band: int, x: float) -> bool:
        top, bottom = self.edges[band]
        return any(
            abs((d.left + d.right) / 2 - x) <= TOUCH and min(d.bottom, bottom) - max(d.top, top) > 0.5 * (bottom - top)
            for d in self.region.down
        )

    def _across_at(self, band: int, column: int) -> bool:
        """Whether a line runs over the column at the top of the band."""
        if self.full[band]:
            return True
        left, right = self._reach(column)
        low, high = self.edges[band - 1][1], self.edges[band][0]
        return any(
            low - TOUCH <= (r.top + r.bottom) / 2 <= high + TOUCH and r.left <= left + 4 and r.right >= right - 4
            for r in self.region.across
        )

    def _reach(self, column: int) -> tuple[float, float]:
        """From where to where the text of the column stands, within its boundaries."""
        if column in self.reaches:
            return self.reaches[column]
        self.reaches[column] = found = self._reach_anew(column)
        return found

    def _reach_anew(self, column: int) -> tuple[float, float]:
        a, b = self.xs[column], self.xs[column + 1]
        inside = [p for row in self.rows for p in row.pieces if p.left >= a - 1 and p.right <= b + 1]
        if not inside or (a in self.ruled and b in self.ruled):
            return a, b
        return min(p.left for p in inside), max(p.right for p in inside)

    def _cells(self) -> list[_Cell]:
        """The text by band and column, cells that no line parts put together."""
        bands, columns = len(self.bands), len(self.xs) - 1
        units: dict[tuple[int, int], list[tuple[float, Piece]]] = {}
        joined: set[tuple[int, int]] = set()  # (band, column) that is one with the column to its right
        for b, rows in enumerate(self.bands):
            lined = {x: self._down_at(b, x) for x in self.ruled}
            for row in rows:
                for piece in row.pieces:
                    for part in self._cut(piece, [x for x in self.xs[1:-1] if lined.get(x)]):
                        first, last = self._columns_of(part)
                        units.setdefault((b, first), []).append((row.baseline, part))
                        joined.update((b, c) for c in range(first, last))
            if b < self.header:
                joined |= {(b, c) for a, z in self._underlined(b) for c in range(a, z)}
            for c in range(columns - 1):
                x = self.xs[c + 1]
                alone = ((b, c) in units) != ((b, c + 1) in units)
                if x in self.ruled and not lined[x] and alone and self._spans_heading(b, c, lined):
                    joined.add((b, c))
        found: list[_Cell] = []
        taken: dict[tuple[int, int], _Cell] = {}
        for b in range(bands):
            c = 0
            while c < columns:
                wide = 1
                while (b, c + wide - 1) in joined:
                    wide += 1
                above = taken.get((b - 1, c))
                lines = [line for k in range(wide) for line in units.get((b, c + k), ())]
                if (
                    above is not None
                    and (above.column, above.columns) == (c, wide)
                    and not any(self._across_at(b, c + k) for k in range(wide))
                    and self._one_cell(above, lines, b)
                ):
                    above.bands += 1
                    above.lines += lines
                    cell = above
                else:
                    cell = _Cell(b, c, 1, wide, lines)
                    found.append(cell)
                for k in range(wide):
                    taken[b, c + k] = cell
                c += wide
        return found

    def _underlined(self, band: int) -> list[tuple[int, int]]:
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
            reaches = [self._reach(c) for c in range(len(self.xs) - 1)]
            under = [c for c, (a, b) in enumerate(reaches) if r.left - 3 <= (a + b) / 2 <= r.right + 3]
            if over and 2 * len(over) <= len(under) <= 16 and len(over) <= 4:
                # Short lines that touch are one: the columns are shared out among the headings above.
                found += [group for group in _shared_out(over, under, reaches) if group[1] > group[0]]
        return found

    def _spans_heading(self, band: int, column: int, lined: dict[float, bool]) -> bool:
        """Whether a ruled boundary that is missing here makes one cell: in a band that other lines still part, or
        in the header, or where one text stands over all."""
        if any(lined.values()) or band < max(1, self.header):
            return True
        return sum(len(row.pieces) for row in self.bands[band]) == 1

    def _one_cell(self, above: _Cell, lines: Sequence[tuple[float, Piece]], band: int) -> bool:
        """Whether text that no line parts from the cell above is that cell's."""
        if not above.lines or not lines:
            parted = self.starts[band] or (above.bands == 1 and self.starts[band - 1])
            return not parted and bool(above.lines or lines) and self._is_partly_ruled(band)
        if self.starts[band] or self.starts[band - 1]:
            return False
        last, first = max(y for y, _ in above.lines), min(y for y, _ in lines)
        size = max(self.rows[0].size, 1.0)
        together = first - last < 1.9 * size
        return together and len(self.bands[band - 1]) <= 4 and len(self.bands[band]) <= 4

    def _is_partly_ruled(self, band: int) -> bool:
        """Whether a line at the top of the band runs over some of its columns."""
        return any(self._across_at(band, c) for c in range(len(self.xs) - 1))

    def _columns_of(self, piece: Piece) -> tuple[int, int]:
        return column_of(piece, self.xs[1:-1])

    def _cut(self, piece: Piece, lines: Sequence[float]) -> list[Piece]:
        """The piece parted where a line runs through it, and where it is the headings or figures of neighbouring
        columns set close; a word that a line cuts is counted as torn."""
        crossing = {x for x in lines if piece.left + 1.5 < x < piece.right - 1.5}
        close = [x for x in self.xs[1:-1] if x not in self.ruled and piece.left + 4 < x < piece.right - 4]
        if close and all(self._gap_at(piece, x) for x in close):
            parts = _split(piece, [*sorted({*crossing, *close})])
            if all(self._fits(part) for part in parts):
                return parts
        if not crossing:
            return [piece]
        last: Char | None = None
        for char in piece.chars:
            if char.text.isspace():
                continue
            if last is not None and last.text.isalnum() and char.text.isalnum():
                middle, before = (char.left + char.right) / 2, (last.left + last.right) / 2
                torn = any(before < x <= middle for x in crossing)
                self.torn += torn and char.left - last.right < 0.15 * char.size
            last = char
        return _split(piece, sorted(crossing))

    def _gap_at(self, piece: Piece, x: float) -> bool:
        """Whether a space between two words of the piece lies at the gutter."""
        ink = [c for c in piece.chars if not c.text.isspace()]
        return any(
            b.left - a.right > 0.3 * b.size and a.right - 0.5 * b.size < x < b.left + 0.5 * b.size
            for a, b in pairwise(ink)
        )

    def _fits(self, part: Piece) -> bool:
        """Whether the words stand in the middle of one column, or on its edge, as the text below does."""
        first, last = self._columns_of(part)
        if first != last:
            return False
        left, right = self._reach(first)
        slack = 2 + 0.2 * (right - left)
        middle = abs((left + right - part.left - part.right) / 2) < slack
        return middle or abs(part.right - right) < 2 or abs(part.left - left) < 2

    def _cells_to_grid(self, cells: Sequence[_Cell]) -> Grid | None:
        """Rows inside bands, and the levels of the header, told apart."""
        starts: list[list[float]] = []  # for each band the baselines at which its rows begin
        heads: dict[int, dict[tuple[int, int], int]] = {}
        for b, rows in enumerate(self.bands):
            if b < self.header:
                cuts, spans = levels_of(rows, self.xs) if self.header == 1 else ([], {})
                heads[b] = spans
                starts.append([float("-inf"), *cuts])
            else:
                starts.append([float("-inf"), *self.starts[b]])
        first = [0]
        for s in starts:
            first.append(first[-1] + len(s))
        columns = len(self.xs) - 1
        chars: list[list[list[tuple[float, Piece]]]] = [[[] for _ in range(columns)] for _ in range(first[-1])]
        extents: dict[tuple[int, int], tuple[int, int]] = {}
        for cell in cells:
            end = first[cell.band + cell.bands]
            if cell.bands > 1:
                row = first[cell.band]
                chars[row][cell.column] += cell.lines
                extents[row, cell.column] = (end - row, cell.columns)
                continue
            for baseline, piece in cell.lines:
                k = max(0, bisect_right(starts[cell.band], baseline + 0.5) - 1)
                row = first[cell.band] + k
                column, wide = cell.column, cell.columns
                if cell.band in heads and (k, self._columns_of(piece)[0]) in heads[cell.band]:
                    column = self._columns_of(piece)[0]
                    wide = max(wide, heads[cell.band][k, column])
                elif wide > 1 and len(starts[cell.band]) > 1:
                    column, last = self._columns_of(piece)
                    wide = last - column + 1
                chars[row][column].append((baseline, piece))
                if wide > 1:
                    extents[row, column] = (1, max(wide, extents.get((row, column), (1, 1))[1]))
        return self._finished(chars, extents, starts, first)

    def _is_open(self, band: int) -> bool:
        """Whether the table's last lines end above this band."""
        last = max((r.bottom for r in self.region.across), default=0.0)
        return self.edges[band][1] > last + TOUCH

    def _row_starts(self, band: int, rows: Sequence[TextRow]) -> list[float]:
        if len(rows) < 2:
            return []
        starts = [i for i, row in enumerate(rows) if i == 0 or id(row) in self.begins]
        # Where lines part the rows, a cell of several lines is the rule; only rows of figures are then told apart.
        gridded = len(self.ruled) >= 1 and len(self.bands) - self.header >= 3
        if gridded or (len(self.bands) - self.header >= 4):
            width = len(self.xs) - 1
            led = [rows[i] for i in starts]
            if self._is_open(band):
                led = [r for r in led if len(r.pieces) > 1]  # beyond the lines, a label alone heads a group
            good = [
                r for r in led if len(r.pieces) >= max(2, 0.5 * width) and any(is_figure(p.text) for p in r.pieces[1:])
            ]
            if len(starts) < 2 or len(good) < 0.7 * len(led):
                return []
        return [rows[i].baseline - 0.6 * rows[i].size for i in starts[1:]]

    def _finished(
        self,
        chars: list[list[list[tuple[float, Piece]]]],
        extents: dict[tuple[int, int], tuple[int, int]],
        starts: Sequence[Sequence[float]],
        first: Sequence[int],
    ) -> Grid | None:
        columns = len(self.xs) - 1
        covered = {
            (r + i, c + j)
            for (r, c), (high, wide) in extents.items()
            for i in range(high)
            for j in range(wide)
            if (i, j) != (0, 0)
        }
        keep_rows = [r for r in range(len(chars)) if any(chars[r])]
        keep_columns = [c for c in range(columns) if any(row[c] for row in chars)]
        if any(chars[r][c] for r, c in covered):
            extents = {}  # two readings of one place: the plain one
        if len(keep_rows) < 1 or len(keep_columns) < 2:
            return None
        new_row = {r: i for i, r in enumerate(keep_rows)}
        new_column = {c: i for i, c in enumerate(keep_columns)}
        moved: dict[tuple[int, int], tuple[int, int]] = {}
        for (r, c), (high, wide) in extents.items():
            if r in new_row and c in new_column:
                size = (sum(r <= k < r + high for k in keep_rows), sum(c <= k < c + wide for k in keep_columns))
                if size != (1, 1):
                    moved[new_row[r], new_column[c]] = size
        tops: dict[int, tuple[float, float]] = {}
        for b, (top, bottom) in enumerate(self.edges):
            cuts = [top, *[max(top, min(bottom, y)) for y in starts[b][1:]], bottom]
            for k, (u, v) in enumerate(pairwise(cuts)):
                tops[first[b] + k] = (u, max(u, v))
        rows = [[_in_order(chars[r][c]) for c in keep_columns] for r in keep_rows]
        boxes = [[Box(self.xs[c], tops[r][0], self.xs[c + 1], tops[r][1]) for c in keep_columns] for r in keep_rows]
        # Where lines part all rows, the one below the first says nothing of it.
        told = self.header and sum(self.full[1 : len(self.bands)]) < 0.8 * (len(self.bands) - 1)
        told = told or (self.header and len(self.bands) == 2)
        header = sum(r < first[self.header] for r in keep_rows) if told else None
        return Grid(self.box, rows, boxes, moved, header)

    def _is_table(self, grid: Grid) -> bool:
        if self.torn > 1 + 0.01 * self.letters:
            return False  # rulings that cut through words are underlines or a drawing
        if len(self.bands) - self.header < 4 and is_prose(self.rows):
            return False
        if is_list_of_pages(self.rows):
            return False
        height, width = len(grid.rows), len(grid.rows[0])
        lengths = sorted(
            (sum(not c.text.isspace() for c in cell) for row in grid.rows for cell in row if cell), reverse=True
        )
        hidden = sum(high * wide - 1 for high, wide in grid.extents.values())
        if height < 2 and not (width >= 3 and len(lengths) >= 3 and self.ruled and lengths[0] < 200):
            return False
        if len(lengths) < 0.3 * (height * width - hidden):
            return False  # a frame or a chart, not a table
        if lengths[0] > _LONG and lengths[0] > 0.4 * sum(lengths):
            return False
        several = [row for row in grid.rows if sum(bool(cell) for cell in row) > 1]
        if not several or (height > 1 and len(several) < 2):
            return False
        return not (len(lengths) <= 4 and lengths[0] > 250)


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


def _split(piece: Piece, xs: Sequence[float]) -> list[Piece]:
    parts: list[list[Char]] = [[] for _ in range(len(xs) + 1)]
    at = 0
    for char in piece.chars:
        if not char.text.isspace():
            at = sum(x <= (char.left + char.right) / 2 for x in xs)
        parts[at].append(char)
    found = []
    for part in parts:
        ink = [c for c in part if not c.text.isspace()]
        if ink:
            found.append(Piece(part, min(c.left for c in ink), max(c.right for c in ink)))
    return found


def _clipped(row: TextRow, a: float, b: float) -> TextRow | None:
    inside = [p for p in row.pieces if p.left >= a - 1.5 and p.right <= b + 1.5]
    return TextRow(inside, row.baseline, row.size, row.bold) if inside else None


def _in_order(lines: Sequence[tuple[float, Piece]]) -> list[Char]:
    """The characters of a cell line by line, a gap behind each piece."""
    chars: list[Char] = []
    for _, piece in sorted(lines, key=lambda line: (round(line[0]), line[1].left)):
        chars += piece.chars
        last = piece.chars[-1]
        if not last.text.isspace():
            chars.append(Char(" ", last.right, last.right, last.baseline, last.size, last.bold, None, True))
    return chars


def _levels(values: Sequence[float]) -> list[float]:
    """Coordinates with near twins merged."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > TOUCH:
            levels.append(value)
    return levels
