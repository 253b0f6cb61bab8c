"""Grids of characters -> drafts of tables: one line a row in the text, cells parted by tabs. A table that goes on
over a page becomes one draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.reading.chars import Char
from assistant.reading.drafts import Draft
from assistant.reading.flow import Flow, flow_of, join
from assistant.reading.lineends import Habits
from assistant.reading.pages.layout import Line, fragments_of, rows_of
from assistant.reading.roles import caption_of, is_source, is_table_caption
from assistant.reading.tables.grids import Grid
from assistant.reading.tables.headers import Lattice, is_value
from assistant.reading.tables.units import is_unit
from assistant.types import Box

PlaceOf = Callable[[Line, Box | None], int]
"""Numbers the place of a line, or of a box that stands for it."""

_CONTINUED = re.compile(r"\(?\s*(?:continued|cont\W?d|cont\.?|계속|이어서)\s*\)?", re.IGNORECASE)
_POINTS_ON = re.compile(
    r"\W*(?:see )?(?:foot)?notes? (?:are |stand )?at (?:the )?end of (?:the )?table\W*", re.IGNORECASE
)
_ALIKE = 8.0
"""Columns whose edges differ by less (points) are the same ones."""


@dataclass(eq=False)
class GridText:
    """The cells of a grid as running text, and what tells whether another grid goes on with it."""

    cells: list[list[Flow]]
    extents: dict[tuple[int, int], tuple[int, int]]
    header_rows: int | None
    indents: list[float]
    columns: list[tuple[float, float]]
    page: int
    ruled: bool
    empty_at: list[list[int]] = field(default_factory=list)
    """The place of each cell, for those without text."""

    @property
    def width(self) -> int:
        return len(self.columns)

    def texts(self, row: int) -> list[str]:
        return [flow.text for flow in self.cells[row]]

    def header(self) -> int:
        values = [self.texts(r) for r in range(len(self.cells))]
        return Lattice(values, self.extents, self.header_rows, self.indents).header


@dataclass(slots=True)
class GridDraft(Draft):
    """A table from a page, with what is needed to go on with it on the next one."""

    table: GridText | None = None


def draft_of_grid(line: Line, grid: Grid, habits: Habits, place_of: PlaceOf) -> Draft:
    """The table that stands on `line` as a draft."""
    draft = GridDraft("table", "", [], table=_text_of(line, grid, habits, place_of))
    _fill(draft)
    return draft


def join_continued(drafts: list[Draft], habits: Habits) -> None:
    """Makes one table of each that goes on at the top of a later page; a header or caption that is printed anew
    is left out."""
    i = 0
    while i < len(drafts):
        first = drafts[i]
        other = _next_table(drafts, i) if isinstance(first, GridDraft) else None
        second = drafts[other] if other is not None else None
        if not isinstance(first, GridDraft) or not isinstance(second, GridDraft) or other is None:
            i += 1
            continue
        between = drafts[i + 1 : other]
        if first.table is None or second.table is None or not _goes_on(between, first.table, second.table):
            i += 1
            continue
        _append(first.table, second.table, habits)
        _fill(first)
        drafts[i + 1 : other + 1] = [d for d in between if not _is_said_again(d)]


def _next_table(drafts: Sequence[Draft], i: int) -> int | None:
    for j in range(i + 1, min(len(drafts), i + 12)):
        kind = drafts[j].kind
        if kind == "table":
            return j
        if kind in ("note", "aside") or _is_said_again(drafts[j]) or is_unit(drafts[j].text):
            continue
        if _POINTS_ON.fullmatch(drafts[j].text):
            continue
        return None
    return None


def _text_of(line: Line, grid: Grid, habits: Habits, place_of: PlaceOf) -> GridText:
    cells: list[list[Flow]] = []
    places: list[list[int]] = []
    lefts: list[float] = []
    for grid_row in grid.rows:
        cells.append([])
        places.append([])
        for chars in grid_row:
            lines = rows_of(fragments_of(line.page, _without_false_spaces(chars))) if chars else []
            numbers = [place_of(part, None) for part in lines]
            flow = flow_of(lines, numbers, habits)
            flow.settle(numbers[-1] if numbers else 0)
            cells[-1].append(flow)
            places[-1].append(numbers[0] if numbers else -1)
        first = [c.left for c in grid_row[0] if not c.text.isspace()]
        lefts.append(min(first) if first else -1.0)
    _settle_places(places, lambda: place_of(line, grid.box))
    edge = min((x for x in lefts if x >= 0), default=0.0)
    return GridText(
        cells=cells,
        extents=dict(grid.extents),
        header_rows=grid.header_rows,
        indents=[max(0.0, x - edge) for x in lefts],
        columns=[(box.left, box.right) for box in grid.boxes[0]],
        page=line.page.index,
        ruled=grid.ruled,
        empty_at=places,
    )


def _without_false_spaces(chars: Sequence[Char]) -> list[Char]:
    """The characters without spaces that lie under a figure: fake bold leaves them inside numbers."""
    kept: list[Char] = []
    for i, char in enumerate(chars):
        if char.text.isspace() and kept and i + 1 < len(chars):
            last, after = kept[-1], chars[i + 1]
            inside = (last.text.isdigit() or last.text in ".,") and (after.text.isdigit() or after.text in ".,%")
            near = abs(after.left - last.right) < 0.04 * char.size and abs(after.baseline - last.baseline) < 0.5
            if inside and near:
                continue
        kept.append(char)
    return kept


def _settle_places(places: list[list[int]], made: Callable[[], int]) -> None:
    """Gives each cell without text the place of the cell before it, the first ones that of the next."""
    flat = [p for row in places for p in row if p >= 0]
    last = flat[0] if flat else made()
    for row in places:
        for c, place in enumerate(row):
            last = row[c] = place if place >= 0 else last


def _fill(draft: GridDraft) -> None:
    """Writes the cells into the draft: tabs between cells, a new line for each row."""
    table = draft.table
    if table is None:
        return
    parts: list[str] = []
    draft.places, draft.marks, draft.rows = [], [], []
    length = 0
    for r, row in enumerate(table.cells):
        draft.rows.append([])
        for c, flow in enumerate(row):
            if r or c:
                parts.append("\t" if c else "\n")
                draft.places.append(table.empty_at[r][c])
                length += 1
            draft.marks += [(at + length, label) for at, label in flow.marks]
            parts.append(flow.text)
            draft.places += flow.places
            draft.rows[-1].append((length, length + len(flow.text)))
            length += len(flow.text)
    draft.text = "".join(parts)
    draft.extents = dict(table.extents)
    draft.header_rows = table.header_rows
    draft.indents = list(table.indents)


def _is_said_again(draft: Draft) -> bool:
    """Whether a block between two parts of a table only says that it goes on."""
    if draft.kind not in ("caption", "paragraph", "heading", "aside", "title") or len(draft.text) > 400:
        return False
    if _CONTINUED.fullmatch(draft.text.strip(" .—–-")):
        return True
    return is_table_caption(draft.text) and _CONTINUED.search(draft.text) is not None


def _repeated_header(first: GridText, second: GridText) -> int:
    """How many rows of the second part only repeat the header of the first."""
    if first.width != second.width:
        return 0
    count = 0
    for r in range(min(len(first.cells), len(second.cells) - 1, 6)):
        above, below = first.texts(r), second.texts(r)
        if not any(above) or [t.casefold() for t in above] != [t.casefold() for t in below]:
            break
        count += 1
    return count


def _goes_on(between: Sequence[Draft], first: GridText, second: GridText) -> bool:
    """Whether the second table is the rest of the first."""
    if first.width != second.width:
        return False
    repeated = _repeated_header(first, second)
    said = any(_is_said_again(d) for d in between)
    if not said and any(d.kind in ("caption", "heading") or is_source(d.text) for d in between):
        return False
    if second.page == first.page:
        return said or (repeated > 0 and not between)
    if not 0 < second.page - first.page <= 2:
        return False
    if repeated or said:
        return True
    own = second.header_rows or 0
    if own and not first.header_rows:
        return False
    shift = second.columns[0][0] - first.columns[0][0]
    pairs = zip(first.columns, second.columns, strict=True)
    if first.ruled:
        alike = all(abs(b[0] - a[0] - shift) < _ALIKE and abs(b[1] - a[1] - shift) < _ALIKE for a, b in pairs)
    else:  # without lines, where a column begins and ends hangs on the words that happen to stand in it
        alike = all(
            min(a[1], b[1] - shift) - max(a[0], b[0] - shift) > 0.6 * min(a[1] - a[0], b[1] - b[0]) for a, b in pairs
        )
    titled = any(caption_of(d.text) for d in between)
    return alike and first.ruled == second.ruled and not own and not titled


def _append(first: GridText, second: GridText, habits: Habits) -> None:
    """Puts the rows of the second part below those of the first; a row that the page cut is made whole."""
    repeated = _repeated_header(first, second)
    if first.header_rows is None:
        first.header_rows = max(first.header(), repeated) or None
    start = repeated
    if start < len(second.cells) and _is_cut(first, second, start):
        for c, (flow, more) in enumerate(zip(first.cells[-1], second.cells[start], strict=True)):
            if more.text or more.marks:
                if not flow.text:
                    first.cells[-1][c] = more
                else:
                    join(flow, more, habits)
        start += 1
    base = len(first.cells) - start
    for (r, c), extent in second.extents.items():
        if r >= start:
            first.extents[r + base, c] = extent
    first.cells += second.cells[start:]
    first.empty_at += second.empty_at[start:]
    first.indents += second.indents[start:]
    first.page = second.page


def _is_cut(first: GridText, second: GridText, start: int) -> bool:
    """Whether the first row of the second part holds the rest of the last row of the first."""
    last, here = first.texts(-1), second.texts(start)
    if here[0] or not any(here) or not last[0]:
        return False
    if any(is_value(b) and a for a, b in zip(last, here, strict=True)):
        return False
    body = range(first.header(), len(first.cells))
    return sum(bool(first.cells[r][0].text) for r in body) >= 0.8 * len(body)
