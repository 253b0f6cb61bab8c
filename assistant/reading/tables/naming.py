"""Drafts of tables -> Tables: header, units, notes, and the headers that name each cell."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.drafts import Draft
from assistant.reading.roles import caption_of, is_table_caption
from assistant.reading.tables.around import caption_at, notes_below, unit_at
from assistant.reading.tables.headers import Lattice
from assistant.types import Cell, Span, Table


def tables_of(drafts: Sequence[Draft], spans: Sequence[Span], text: str) -> tuple[Table, ...]:
    """The tables among the drafts, every cell with the headers that name it."""
    return tuple(
        _table(drafts, spans, text, i) for i, draft in enumerate(drafts) if draft.kind == "table" and draft.rows
    )


def _table(drafts: Sequence[Draft], spans: Sequence[Span], text: str, at: int) -> Table:
    draft, span = drafts[at], spans[at]
    places = [[Span(a + span.start, b + span.start) for a, b in row] for row in draft.rows]
    values = [[s.slice(text) for s in row] for row in places]
    lattice = Lattice(values, draft.extents, draft.header_rows, draft.indents)
    columns = lattice.names()
    names = lattice.rows()

    def cell(r: int, c: int, row: str, column: str) -> Cell:
        rows, wide = draft.extents.get((r, c), (1, 1))
        return Cell(values[r][c], places[r][c], row, column, rows, wide)

    header = []
    for c in range(lattice.width if lattice.header else 0):
        r, own = lattice.lowest(c)
        header.append(cell(r, min(own, len(values[r]) - 1), "", columns[c]))
    rows = tuple(
        tuple(
            cell(lattice.header + k, c, row[c], columns[c] if lattice.header else "")
            for c in range(len(values[lattice.header + k]))
        )
        for k, row in enumerate(names)
    )
    caption = caption_at(drafts, at)
    caption_text, caption_span = ("", None) if caption is None else (drafts[caption].text, spans[caption])
    first = values[0][0] if values and values[0] else ""
    if caption is None and is_table_caption(first) and lattice.is_wide(0):
        caption_text, caption_span = first, places[0][0]
    kind = caption_of(caption_text, True) if caption_text else None
    corner = [
        values[r][c] for r in range(lattice.header) for c in range(len(values[r])) if lattice.is_wide(r) or c == 0
    ]
    return Table(
        caption=caption_text,
        header=tuple(header),
        rows=rows,
        unit=unit_at(drafts, at, caption, corner),
        span=span,
        caption_span=caption_span,
        number=kind[1] if kind else None,
        notes=tuple(spans[i] for i in notes_below(drafts, at, caption)),
    )
