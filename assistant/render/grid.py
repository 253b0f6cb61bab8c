"""A view as a grid: what the terminal, the page, CSV, Markdown and Word draw alike."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Citation, Language


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in a cell: text, and the places that bear it. Quoted words are the document's, exactly."""

    text: str
    citations: tuple[Citation, ...] = ()
    quoted: bool = False
    """Whether the text is words of a document, shown in quotation marks."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns with headings, rows of as many cells; `notices` are said below, `origin` says what it was made from."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    notices: tuple[str, ...] = ()
    language: Language = "en"
    origin: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has as many cells as there are columns")
