"""Tables of a Word file: rows, cells that span, what lies behind them; and whether one only lays text out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.backends.docx.blocks import Block, joined
from assistant.backends.docx.colours import Colour
from assistant.backends.docx.styles import Changes, Paragraph, Styles
from assistant.backends.docx.xml import Element, attr, child, is_on, kind, val, whole
from assistant.reading.markup import ItemCell

_AROUND = ("w:ins", "w:moveTo", "w:customXml", "w:sdt", "w:sdtContent", "mc:AlternateContent", "mc:Choice")
_LOOKS = (("firstRow", 0x20), ("lastRow", 0x40), ("firstColumn", 0x80), ("lastColumn", 0x100), ("noHBand", 0x200), ("noVBand", 0x400))  # fmt: skip
_MAX_COLUMNS = 1000
_LOW = 40
"""Twentieths of a point: a row of exactly that height shows nothing of its text."""


@dataclass(slots=True)
class GridCell:
    element: Element | None
    column: int
    columns: int = 1
    rows: int = 1
    merge: str | None = None
    """'restart' or 'continue', of a cell that spans rows."""
    behind: Colour | None = None
    changes: Changes = field(default_factory=dict)
    """What the table's style says of the runs in it."""
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    rows: list[list[GridCell]]
    header_rows: int | None
    unseen: list[tuple[Element, str]]
    """Rows and cells that are not shown, and why."""

    def blocks(self) -> list[Block]:
        """One table, or what its cells hold one after the other where it only lays text out."""
        cells = [cell for row in self.rows for cell in row if cell.blocks]
        if self._lays_out(cells):
            return [block for cell in cells for block in cell.blocks]
        rows = [
            [ItemCell(tuple(joined(cell.blocks)), rows=cell.rows, columns=cell.columns) for cell in row]
            for row in self.rows
        ]
        return [Block(Paragraph(), rows=rows, header_rows=self.header_rows)]

    def _lays_out(self, cells: list[GridCell]) -> bool:
        written = sum(any(cell.blocks for cell in row) for row in self.rows)
        if written <= 1 or len({cell.column for cell in cells}) <= 1:
            return True  # a box, or text side by side: there is nothing that a header could name
        for cell in cells:
            if any(b.rows is not None and len(b.rows) > 1 for b in cell.blocks):
                return True  # a table in a table
            headed = any(b.paragraph.outline is not None and b.paragraph.outline < 9 for b in cell.blocks)
            if len(cell.blocks) > 2 and (headed or (written == 2 and len(cell.blocks) > 4)):
                return True
        return False


def read_grid(table: Element, styles: Styles, behind: Colour | None) -> Grid:
    """The cells of a table that are shown, where they stand and what lies behind them; their blocks are not read."""
    properties = child(table, "w:tblPr")
    parts = styles.table_parts(styles.table_style(val(properties, "w:tblStyle")))
    look = _look(child(properties, "w:tblLook"))
    if (shading := child(properties, "w:shd")) is not None:
        behind = styles.palette.shading(shading) or behind
    unseen: list[tuple[Element, str]] = []
    shown = []
    for element in _inside(table, "w:tr"):
        if (why := _veil(child(element, "w:trPr"))) is not None:
            unseen.append((element, why))
        else:
            shown.append(element)
    rows = []
    headers = []
    for r, element in enumerate(shown):
        row_properties = child(element, "w:trPr")
        before = min(whole(val(row_properties, "w:gridBefore")), _MAX_COLUMNS)
        row = [GridCell(None, 0, before)] if before > 0 else []
        cells = list(_inside(element, "w:tc"))
        for c, cell in enumerate(cells):
            own = child(cell, "w:tcPr")
            column = row[-1].column + row[-1].columns if row else 0
            width = min(max(whole(val(own, "w:gridSpan"), 1), 1), _MAX_COLUMNS)
            if row and _merge(own, "w:hMerge") == "continue":
                row[-1].columns = min(row[-1].columns + width, _MAX_COLUMNS)
                unseen.append((cell, "covered"))
                continue
            changes: dict[str, Any] = {}
            shade = behind
            for name in _parts_at(r, len(shown), c, len(cells), look):
                if name in parts:
                    changes |= parts[name][0]
                    shade = parts[name][1] or shade
            if (shading := child(own, "w:shd")) is not None:
                shade = styles.palette.shading(shading) or behind
            if child(own, "w:cellDel") is not None:
                unseen.append((cell, "deleted"))
                row.append(GridCell(None, column, width))
            else:
                row.append(GridCell(cell, column, width, 1, _merge(own, "w:vMerge"), shade, changes))
        rows.append(row)
        headers.append(is_on(child(row_properties, "w:tblHeader")))
    _span_rows(rows, unseen)
    count = next((i for i, header in enumerate(headers) if not header), len(headers))
    if not count and "firstRow" in look and parts.get("firstRow", ({}, None)) != ({}, None):
        count = 1  # the style sets the first row apart
    return Grid(rows, count or None, unseen)


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows or cells, also where a control or a tracked change is put around them."""
    for element in parent:
        name = kind(element)
        if name == wanted:
            yield element
        elif name in _AROUND:
            yield from _inside(element, wanted)


def _veil(row: Element | None) -> str | None:
    if row is None:
        return None
    if child(row, "w:del") is not None:
        return "deleted"
    if is_on(child(row, "w:hidden")):
        return "hidden"
    height = child(row, "w:trHeight")
    low = height is not None and attr(height, "hRule") == "exact" and whole(attr(height, "val"), 1000) <= _LOW
    return "clipped" if low else None


def _merge(cell: Element | None, name: str) -> str | None:
    merge = child(cell, name)
    return (attr(merge, "val") or "continue") if merge is not None else None


def _span_rows(rows: list[list[GridCell]], unseen: list[tuple[Element, str]]) -> None:
    """Counts for each cell that spans rows how many, and takes out those that it covers."""
    open_cells: dict[int, GridCell] = {}
    for r, row in enumerate(rows):
        kept: list[GridCell] = []
        still: dict[int, GridCell] = {}
        for cell in row:
            above = open_cells.get(cell.column)
            if cell.merge == "continue" and above is not None and above.columns == cell.columns:
                above.rows += 1
                still[cell.column] = above
                if cell.element is not None:
                    unseen.append((cell.element, "covered"))
                continue
            if cell.merge is not None:
                still[cell.column] = cell
            kept.append(cell)
        open_cells = still
        rows[r] = kept


def _look(element: Element | None) -> set[str]:
    """Which parts of its style a table uses."""
    if element is None:
        return {"firstRow", "firstColumn", "noVBand"}
    bits = attr(element, "val")
    try:
        mask = int(bits or "0", 16)
    except ValueError:
        mask = 0
    return {
        name
        for name, bit in _LOOKS
        if ((own := attr(element, name)) is not None and own not in ("0", "false")) or (own is None and mask & bit)
    }


def _parts_at(row: int, rows: int, cell: int, cells: int, look: set[str]) -> Iterator[str]:
    """The parts of a style that a cell belongs to; the later goes before the earlier."""
    yield "wholeTable"
    top, bottom = row == 0 and "firstRow" in look, row == rows - 1 and "lastRow" in look
    left, right = cell == 0 and "firstColumn" in look, cell == cells - 1 and "lastColumn" in look
    if "noVBand" not in look and not left and not right:
        yield f"band{1 + (cell - ('firstColumn' in look)) % 2}Vert"
    if "noHBand" not in look and not top and not bottom:
        yield f"band{1 + (row - ('firstRow' in look)) % 2}Horz"
    if left:
        yield "firstCol"
    if right:
        yield "lastCol"
    if top:
        yield "firstRow"
    if bottom:
        yield "lastRow"
    corner = (
        {(True, True): "nwCell", (True, False): "neCell"} if top else {(True, True): "swCell", (True, False): "seCell"}
    )
    if (top or bottom) and (left or right):
        yield corner[True, left]
