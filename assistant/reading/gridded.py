"""Grids of characters -> drafts of tables: one line a row in the text, cells parted by tabs."""

from __future__ import annotations

from collections.abc import Callable

from assistant.reading.drafts import Draft
from assistant.reading.flow import flow_of
from assistant.reading.grids import Grid
from assistant.reading.layout import Line, fragments_of, rows_of
from assistant.reading.lineends import Habits
from assistant.types import Box

PlaceOf = Callable[[Line, Box | None], int]
"""Numbers the place of a line, or of a box that stands for it."""


def draft_of_grid(line: Line, grid: Grid, habits: Habits, place_of: PlaceOf) -> Draft:
    """The table that stands on `line` as a draft."""
    text = ""
    places: list[int] = []
    marks: list[tuple[int, str]] = []
    rows: list[list[tuple[int, int]]] = []
    for grid_row, boxes in zip(grid.rows, grid.boxes, strict=True):
        spans: list[tuple[int, int]] = []
        for column, (chars, box) in enumerate(zip(grid_row, boxes, strict=True)):
            lines = rows_of(fragments_of(line.page, chars))
            numbers = [place_of(part, None) for part in lines]
            flow = flow_of(lines, numbers, habits)
            flow.settle(numbers[-1] if numbers else 0)
            here = numbers[0] if numbers else (places[-1] if places else place_of(line, box))
            if column or text:
                text += "\t" if column else "\n"
                places.append(places[-1] if places else here)
            start = len(text)
            marks += [(at + start, label) for at, label in flow.marks]
            text += flow.text
            places += flow.places
            spans.append((start, len(text)))
        rows.append(spans)
    return Draft("table", text, places, marks, rows=rows)
