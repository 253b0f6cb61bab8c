"""What a table on a page is before it is text: characters in cells, and where each cell lies."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.reading.chars import Char
from assistant.types import Box


@dataclass(eq=False)
class Grid:
    """The characters of a table by row and column, and where each cell lies."""

    box: Box
    rows: list[list[list[Char]]]
    boxes: list[list[Box]]
    extents: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(row, column) of a cell that spans others -> how many rows and columns; the covered cells are empty."""
    header_rows: int | None = None
    """How many rows the page shows to be the header (by a ruling below them); None: not known."""
    ruled: bool = True
