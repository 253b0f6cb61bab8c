"""A saved place as a citation of the document that is held now. Title, pages, section and notes are made anew; of what the
file says of a table's cell and headers only what the document has so is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.answering.tables import cells_over, headers_of, place_of
from assistant.citations import cite
from assistant.stance.calculations import unit_stands
from assistant.types import CellPlace, Citation, Computed, Document, Span, Table


def cited_at(document: Document, span: Span, marker: int, said: Mapping[str, Any]) -> Citation:
    """The citation of a place, with what the file says of the cell and the headers where the document has them so."""
    score = said.get("score")
    tables = [t for t in document.tables if t.span.overlaps(span)]
    notes = [n for n in document.notes if n.span is not None and n.span.overlaps(span)]
    headers = said.get("headers")
    known = {h for t in tables for h in _words_beside(t)} | {f"note {n.number}" for n in notes}
    return cite(
        document,
        span,
        marker,
        score=float(score) if isinstance(score, int | float) and abs(score) < 1e9 else 0.0,
        passage=str(said["passage"]) if said.get("passage") else None,
        cell=_cell(tables, span, said.get("cell")),
        headers=tuple(h for h in headers if isinstance(h, str) and h in known) if isinstance(headers, list) else (),
        kind="catalog" if said.get("kind") == "catalog" and document.id == "catalog" else None,
    )


def _words_beside(table: Table) -> Iterator[str]:
    yield from headers_of(table)
    for row in table.rows:
        for cell in cells_over(table, row):
            yield cell.row


def _cell(tables: Sequence[Table], span: Span, said: object) -> CellPlace | None:
    """The cell of the quoted row that has this row and column."""
    if not isinstance(said, Mapping):
        return None
    for table in tables:
        for row in table.rows:
            for cell in cells_over(table, row):
                inside = span.contains(cell.span)
                if inside and (cell.row, cell.column) == (said.get("row"), said.get("column")):
                    return place_of(table, cell)
    return None


def computed_of(said: object, cited: Sequence[Citation]) -> Computed | None:
    """The calculation, with its unit where the quoted places have it."""
    if not isinstance(said, Mapping) or not said.get("expression"):
        return None
    unit = said.get("unit")
    units = [part for c in cited for part in (c.quote, *c.headers, (c.cell.unit if c.cell else None) or "")]
    known = isinstance(unit, str) and bool(unit.strip()) and unit_stands(unit, units)
    return Computed(str(said["expression"]), str(said.get("result", "")), unit if known else None)
