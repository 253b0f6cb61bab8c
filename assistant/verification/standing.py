"""Whether a citation is what it says: its quote at its offsets, on its pages, with its document's title and headers."""

from __future__ import annotations

from assistant.text import fold
from assistant.types import Citation, Document, Table


def in_place(citation: Citation, document: Document) -> bool:
    """Whether the quote stands letter by letter at its offsets, on the pages that are named, in the document that is."""
    if citation.document != document.id or citation.span.slice(document.text) != citation.quote:
        return False
    pages = tuple(p.index for p in document.pages_of(citation.span))
    first = document.page_at(citation.span.start)
    if pages != citation.pages or (first.index if first else None) != citation.page_index:
        return False
    return citation.page_label == (first.label if first else None) and citation.title == document.work.title


def headed(citation: Citation, document: Document) -> bool:
    """Whether the words that count as quoted beside a row are those of a table, and its cell one that stands there."""
    if citation.cell is None:
        return True
    tables = [t for t in document.tables if t.span.overlaps(citation.span)]
    if not tables:
        return False
    cell = citation.cell
    return any(
        fold(c.text).text == fold(cell.text).text and (cell.row, cell.column) in _names(t, r, at)
        for t in tables
        for r, row in enumerate(t.rows)
        for at, c in enumerate(row)
    )


def _names(table: Table, r: int, at: int) -> set[tuple[str, str]]:
    """The row and column headers that name a cell: one that spans others goes by those of every place that it covers."""
    cell = table.rows[r][at]
    covered = (
        c for row in table.rows[r : r + cell.rows] for c in row[at : at + cell.columns] if c is cell or not c.text
    )
    return {(c.row, c.column) for c in covered}
