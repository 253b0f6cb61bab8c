"""Ruled tables: the lines of a region, and the gutters of its text, part it into cells.

A line that is missing between two cells makes one of them, unless the text on both sides says otherwise; rows
that no line parts are told apart by their text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assistant.reading.chars import Char, PageChars
from assistant.reading.roles import is_table_caption
from assistant.reading.tables.columns import Piece, TextRow, in_order, is_figure, row_tops, rows_of_lines
from assistant.reading.tables.frames import Frame
from assistant.reading.tables.grids import Grid
from assistant.reading.tables.heads import levels_of
from assistant.reading.tables.regions import Region, chars_in, is_prose, regions_of, text_rows
from assistant.reading.tables.rulings import TOUCH, straightened
from assistant.reading.tables.tabular import is_list_of_pages
from assistant.reading.tables.units import is_unit
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
        self.frame = Frame(region, self.rows)
        self.torn = 0
        self.starts: list[list[float]] = []
        """For each band the heights at which further rows begin in it."""
        self.begins: set[int] = set()
        self.letters = sum(not c.text.isspace() for c in chars)

    def grid(self) -> Grid | None:
        if not self.frame.bands:
            return None
        if len(self.frame.xs) < 3 or (len(self.frame.xs) - 1) * (len(self.rows) + 1) > _MAX_CELLS:
            return None
        body = [row for rows in self.frame.bands[self.frame.header :] for row in rows]
        self.begins = {id(body[i]) for i in rows_of_lines(body, self.frame.xs[1:-1])}
        self.starts = [
            [] if b < self.frame.header else self._row_starts(b, rows) for b, rows in enumerate(self.frame.bands)
        ]
        grid = self._cells_to_grid(self._cells())
        return grid if grid is not None and self._is_table(grid) else None

    def holds(self, row: TextRow, *, figures: bool) -> bool:
        """Whether a line outside stands in the columns as a row does; `figures`: it must have some."""
        if len(row.pieces) < 2 or row.left < self.box.left - 3 or row.right > self.box.right + 3:
            return False
        places = [self.frame.columns_of(p) for p in row.pieces]
        if len({a for a, _ in places}) < len(places) or (figures and any(a != b for a, b in places)):
            return False
        if any(is_unit(p.text) or len(p.text) > 40 for p in row.pieces) or is_table_caption(row.text):
            return False
        behind = [p.text for p, (a, _) in zip(row.pieces, places, strict=True) if a]
        if not figures:
            alone = self.frame.header > 0 and not any(
                b - a < 0.9 * (self.frame.xs[-1] - self.frame.xs[0]) for a, b in self.frame.tops()
            )
            return not alone and (len(behind) >= 2 or any(a != b for a, b in places))
        return sum(map(is_figure, behind)) >= 0.5 * len(behind) and len(behind) >= 0.4 * (len(self.frame.xs) - 2)

    def _cells(self) -> list[_Cell]:
        """The text by band and column, cells that no line parts put together."""
        bands, columns = len(self.frame.bands), len(self.frame.xs) - 1
        units: dict[tuple[int, int], list[tuple[float, Piece]]] = {}
        joined: set[tuple[int, int]] = set()  # (band, column) that is one with the column to its right
        for b, rows in enumerate(self.frame.bands):
            lined = {x: self.frame.down_at(b, x) for x in self.frame.ruled}
            for row in rows:
                for piece in row.pieces:
                    for part in self._cut(piece, [x for x in self.frame.xs[1:-1] if lined.get(x)]):
                        first, last = self.frame.columns_of(part)
                        units.setdefault((b, first), []).append((row.baseline, part))
                        joined.update((b, c) for c in range(first, last))
            if b < self.frame.header:
                joined |= {(b, c) for a, z in self.frame.underlined(b) for c in range(a, z)}
            for c in range(columns - 1):
                x = self.frame.xs[c + 1]
                alone = ((b, c) in units) != ((b, c + 1) in units)
                if x in self.frame.ruled and not lined[x] and alone and self._spans_heading(b, c, lined):
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
                    and not any(self.frame.across_at(b, c + k) for k in range(wide))
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

    def _spans_heading(self, band: int, column: int, lined: dict[float, bool]) -> bool:
        """Whether a ruled boundary that is missing here makes one cell: in a band that other lines still part, or
        in the header, or where one text stands over all."""
        if any(lined.values()) or band < max(1, self.frame.header):
            return True
        return sum(len(row.pieces) for row in self.frame.bands[band]) == 1

    def _one_cell(self, above: _Cell, lines: Sequence[tuple[float, Piece]], band: int) -> bool:
        """Whether text that no line parts from the cell above is that cell's."""
        if not above.lines or not lines:
            parted = self.starts[band] or (above.bands == 1 and self.starts[band - 1])
            return not parted and bool(above.lines or lines) and self.frame.is_partly_ruled(band)
        if self.starts[band] or self.starts[band - 1]:
            return False
        last, first = max(y for y, _ in above.lines), min(y for y, _ in lines)
        size = max(self.rows[0].size, 1.0)
        together = first - last < 1.9 * size
        return together and len(self.frame.bands[band - 1]) <= 4 and len(self.frame.bands[band]) <= 4

    def _cut(self, piece: Piece, lines: Sequence[float]) -> list[Piece]:
        """The piece parted where a line runs through it, and where it is the headings or figures of neighbouring
        columns set close; a word that a line cuts is counted as torn."""
        crossing = {x for x in lines if piece.left + 1.5 < x < piece.right - 1.5}
        close = [x for x in self.frame.xs[1:-1] if x not in self.frame.ruled and piece.left + 4 < x < piece.right - 4]
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
        first, last = self.frame.columns_of(part)
        if first != last:
            return False
        left, right = self.frame.reach(first)
        slack = 2 + 0.2 * (right - left)
        middle = abs((left + right - part.left - part.right) / 2) < slack
        return middle or abs(part.right - right) < 2 or abs(part.left - left) < 2

    def _cells_to_grid(self, cells: Sequence[_Cell]) -> Grid | None:
        """Rows inside bands, and the levels of the header, told apart."""
        starts: list[list[float]] = []  # for each band the baselines at which its rows begin
        heads: dict[int, dict[tuple[int, int], int]] = {}
        for b, rows in enumerate(self.frame.bands):
            if b < self.frame.header:
                cuts, spans = levels_of(rows, self.frame.xs) if self.frame.header == 1 else ([], {})
                heads[b] = spans
                starts.append([float("-inf"), *cuts])
            else:
                starts.append([float("-inf"), *self.starts[b]])
        first = [0]
        for s in starts:
            first.append(first[-1] + len(s))
        columns = len(self.frame.xs) - 1
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
                if cell.band in heads and (k, self.frame.columns_of(piece)[0]) in heads[cell.band]:
                    column = self.frame.columns_of(piece)[0]
                    wide = max(wide, heads[cell.band][k, column])
                elif wide > 1 and len(starts[cell.band]) > 1:
                    column, last = self.frame.columns_of(piece)
                    wide = last - column + 1
                chars[row][column].append((baseline, piece))
                if wide > 1:
                    extents[row, column] = (1, max(wide, extents.get((row, column), (1, 1))[1]))
        return self._finished(chars, extents, starts, first)

    def _is_open(self, band: int) -> bool:
        """Whether the table's last lines end above this band."""
        last = max((r.bottom for r in self.region.across), default=0.0)
        return self.frame.edges[band][1] > last + TOUCH

    def _row_starts(self, band: int, rows: Sequence[TextRow]) -> list[float]:
        if len(rows) < 2:
            return []
        starts = [i for i, row in enumerate(rows) if i == 0 or id(row) in self.begins]
        # Where lines part the rows, a cell of several lines is the rule; only rows of figures are then told apart.
        gridded = len(self.frame.ruled) >= 1 and len(self.frame.bands) - self.frame.header >= 3
        if gridded or (len(self.frame.bands) - self.frame.header >= 4):
            width = len(self.frame.xs) - 1
            led = [rows[i] for i in starts]
            if self._is_open(band):
                led = [r for r in led if len(r.pieces) > 1]  # beyond the lines, a label alone heads a group
            good = [
                r for r in led if len(r.pieces) >= max(2, 0.5 * width) and any(is_figure(p.text) for p in r.pieces[1:])
            ]
            if len(starts) < 2 or len(good) < 0.7 * len(led):
                return []
        return row_tops(rows, starts, self.frame.xs[1:-1])[1:]

    def _finished(
        self,
        chars: list[list[list[tuple[float, Piece]]]],
        extents: dict[tuple[int, int], tuple[int, int]],
        starts: Sequence[Sequence[float]],
        first: Sequence[int],
    ) -> Grid | None:
        columns = len(self.frame.xs) - 1
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
        for b, (top, bottom) in enumerate(self.frame.edges):
            cuts = [top, *[max(top, min(bottom, y)) for y in starts[b][1:]], bottom]
            for k, (u, v) in enumerate(pairwise(cuts)):
                tops[first[b] + k] = (u, max(u, v))
        rows = [[in_order(chars[r][c]) for c in keep_columns] for r in keep_rows]
        boxes = [
            [Box(self.frame.xs[c], tops[r][0], self.frame.xs[c + 1], tops[r][1]) for c in keep_columns]
            for r in keep_rows
        ]
        # Where lines part all rows, the one below the first says nothing of it.
        told = self.frame.header and sum(self.frame.full[1 : len(self.frame.bands)]) < 0.8 * (len(self.frame.bands) - 1)
        told = told or (self.frame.header and len(self.frame.bands) == 2)
        header = sum(r < first[self.frame.header] for r in keep_rows) if told else None
        return Grid(self.box, rows, boxes, moved, header)

    def _is_table(self, grid: Grid) -> bool:
        if self.torn > 1 + 0.01 * self.letters:
            return False  # rulings that cut through words are underlines or a drawing
        if len(self.frame.bands) - self.frame.header < 4 and is_prose(self.rows):
            return False
        if is_list_of_pages(self.rows):
            return False
        height, width = len(grid.rows), len(grid.rows[0])
        lengths = sorted(
            (sum(not c.text.isspace() for c in cell) for row in grid.rows for cell in row if cell), reverse=True
        )
        hidden = sum(high * wide - 1 for high, wide in grid.extents.values())
        if height < 2 and not (width >= 3 and len(lengths) >= 3 and self.frame.ruled and lengths[0] < 200):
            return False
        if len(lengths) < 0.3 * (height * width - hidden):
            return False  # a frame or a chart, not a table
        if lengths[0] > _LONG and lengths[0] > 0.4 * sum(lengths):
            return False
        several = [row for row in grid.rows if sum(bool(cell) for cell in row) > 1]
        if not several or (height > 1 and len(several) < 2):
            return False
        return not (len(lengths) <= 4 and lengths[0] > 250)


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
