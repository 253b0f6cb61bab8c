"""Whether a citation is what it says: its quote at its offsets, on its pages, with its document's title and headers."""

from __future__ import annotations

from assistant.text import fold
from assistant.types import Citation, Document


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
        fold(c.text).text == fold(cell.text).text and c.row == cell.row and c.column == cell.column
        for t in tables
        for row in t.rows
        for c in row
    )
