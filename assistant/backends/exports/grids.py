"""A grid as a file: a table whose cells have footnotes with place and quote, or rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assistant.backends.exports import export
from assistant.render.grid import Grid, grid_csv, marked
from assistant.sources.sheets import Sheet, sheet_of_table
from assistant.types import Work

GridForm = Literal["csv", "markdown", "word"]


def grid_file(grid: Grid, form: GridForm, works: Mapping[str, Work] | None = None, style: str = "chicago") -> bytes:
    """The grid in that format; the same grid gives the same bytes. `works` are the records of its documents by their
    ids: with them a footnote names authors and series too.
    """
    return grid_csv(grid) if form == "csv" else export(sheet_of_grid(grid, works), form, style)


def sheet_of_grid(grid: Grid, works: Mapping[str, Work] | None = None) -> Sheet:
    """The grid with its places numbered; within a row each place is noted once."""
    numbered = marked(grid)
    rows = [
        [
            (cell.text, cell.quoted, [(n, numbered.places[n - 1]) for n in at])
            for cell, at in zip(row, marks, strict=True)
        ]
        for row, marks in zip(grid.rows, numbered.marks, strict=True)
    ]
    return sheet_of_table(grid.title, grid.columns, rows, grid.notices, grid.language, grid.origin, works)
