"""Tables without rulings: lines whose parts stand below one another in columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.pages.layout import Line, Zone
from assistant.reading.roles import bullet_of, is_enumerated, is_source, is_table_caption
from assistant.reading.tables.columns import (
    Piece,
    TextRow,
    column_of,
    gutters,
    in_order,
    is_figure,
    is_year,
    row_tops,
    rows_of_lines,
    text_row,
)
from assistant.reading.tables.grids import Grid
from assistant.reading.tables.heads import levels_of
from assistant.types import Box

_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}")
_LEAST_ROWS = 3
_CLOSE = 0.75
"""The least gap between columns as a part of the size."""
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,6}|[A-Z]-\d{1,3}", re.IGNORECASE)


def with_tables(zone: Zone) -> Zone:
    """The zone with every run of tabular lines replaced by one line that holds the table."""
    lines: list[Line] = []
    seen: dict[int, list[str] | None] = {}
    i = 0
    while i < len(zone.lines):
        end = _run_end(zone.lines, i, seen)
        if end is None:
            lines.append(zone.lines[i])
            i += 1
            continue
        run = zone.lines[i:end]
        head = _head(lines, run)
        grid = _grid([*lines[len(lines) - head :], *run])
        if grid is None:
            lines.append(zone.lines[i])
            i += 1
            continue
        if head:
            del lines[-head:]
        lines.append(grid)
        i = end
    return Zone(lines, zone.column)


def is_contents(text: str) -> bool:
    """Whether a line is an entry of a table of contents: leaders run to a page number."""
    return _LEADERS.search(text) is not None


def is_list_of_pages(rows: Sequence[TextRow]) -> bool:
    """Whether the lines are a table of contents: two columns, the second of page numbers that only grow."""
    entries = [row for row in rows if len(row.pieces) >= 2]
    if len(entries) < 3 or any(len(row.pieces) > 2 for row in rows):
        return False
    last = [row.pieces[-1].text for row in entries]
    if not all(_PAGE.fullmatch(t) for t in last):
        return False
    numbers = [int(t) for t in last if t.isdigit()]
    grows = all(a <= b for a, b in pairwise(numbers))
    return grows and sum(row.led for row in entries) > 0.5 * len(entries)


def _is_row(line: Line) -> bool:
    return line.grid is None and (len(line.starts) >= 2 or _is_close_row(line)) and not _is_entry(line.text)


def _is_close_row(line: Line) -> bool:
    """Whether a line is a label and figures in columns that stand close, where a number has filled its column."""
    words = line.text.split()
    if len(words) < 2 or not is_figure(words[-1]):
        return False
    row = text_row(line)
    if row is None or len(row.pieces) < 2 or not all(is_figure(p.text) for p in row.pieces[1:]):
        return False
    return all(b.left - a.right >= _CLOSE * row.size for a, b in pairwise(row.pieces))


def _is_entry(text: str) -> bool:
    """Whether a line is of a table of contents, and not of a table whose labels run into leaders."""
    return is_contents(text) and len(re.findall(r"\d[\d.,%]*", _LEADERS.split(text)[-1])) < 2


def _pieces(line: Line) -> list[str]:
    row = text_row(line)
    return [p.text for p in row.pieces] if row else []


def _cells(line: Line, seen: dict[int, list[str] | None]) -> list[str] | None:
    """The pieces of a row, None where the line is none; `seen`: what is known of the lines of the zone by their ids."""
    if id(line) not in seen:
        seen[id(line)] = _pieces(line) if _is_row(line) else None
    return seen[id(line)]


def _run_end(lines: Sequence[Line], start: int, seen: dict[int, list[str] | None]) -> int | None:
    """Where the table that begins at `start` ends, or None when there is none."""
    if _cells(lines[start], seen) is None:
        return None
    end, rows, figures, columns, since = start, 0, 0, 0, 0
    words = 0
    for i in range(start, len(lines)):
        line = lines[i]
        far = i > start and line.baseline - lines[i - 1].baseline > 3.4 * max(line.size, lines[i - 1].size)
        if line.grid is not None or far:
            break
        cells = _cells(line, seen)
        if cells is not None:
            parts = cells[1:]
            rows += 1
            found = sum(map(is_figure, parts))
            words += sum(len(p) > 28 and not is_figure(p) for p in parts)
            figures += found
            columns += max(1, len(parts))
            end, since = i + 1, 0
        else:
            since += 1
            # A label may wrap over lines or stand above a group of rows; running text may not.
            if since > 3 or len(line.text) > 70 or is_contents(line.text) or is_source(line.text):
                break
    if rows < _LEAST_ROWS:
        return None
    if figures >= 0.5 * columns:
        return end
    return end if _is_captioned(lines, start) and words <= 0.5 * columns else None


def _is_captioned(lines: Sequence[Line], start: int) -> bool:
    """Whether the caption of a table stands just above."""
    for line in reversed(lines[max(0, start - 4) : start]):
        if line.grid is not None:
            return False
        if is_table_caption(line.text):
            return True
    return False


def _head(before: Sequence[Line], run: Sequence[Line]) -> int:
    """How many lines just above belong to the table: words that stand each above its columns."""
    rows = [row for line in run if (row := text_row(line)) is not None]
    cuts = gutters(rows)
    count = 0
    below = run[0]
    for line in reversed(before):
        if line.grid is not None or len(line.text) > 110 or below.baseline - line.baseline > 2.3 * below.size:
            break
        row = text_row(line)
        if row is None or is_table_caption(line.text) or bullet_of(line.text) or is_enumerated(line.text):
            break
        first = column_of(row.pieces[0], cuts)
        if len(row.pieces) == 1 and first[0] == 0:
            break
        if len(row.pieces) == 1 and (row.left < rows[0].left + 2 * row.size or line.text[-1:] in ".;"):
            break
        count += 1
        below = line
        if count >= 6:
            break
    return count


def _grid(run: Sequence[Line]) -> Line | None:
    """The lines as one that holds the table; None where no columns are found in them."""
    rows = [row for line in run if (row := text_row(line)) is not None]
    if is_list_of_pages(rows):
        return None
    head = _header_lines(rows)
    cuts = gutters(rows[head:], rows[:head])
    if not cuts and len(rows) - head == 1:
        cuts = [(a.right + b.left) / 2 for a, b in pairwise(rows[-1].pieces)]
    cuts = cuts or gutters(rows)
    if not cuts:
        return None
    left, right = min(line.left for line in run), max(line.right for line in run)
    xs = [left, *cuts, right]
    breaks, spans = levels_of(rows[:head], xs)
    body = rows[head:]
    bodies = row_tops(body, rows_of_lines(body, cuts), cuts)
    starts = ([float("-inf"), *breaks] if head else []) + bodies
    header = len(breaks) + 1 if head else 0
    cells: list[list[list[tuple[float, Piece]]]] = [[[] for _ in range(len(xs) - 1)] for _ in starts]
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    edges: list[tuple[float, float]] = [(0.0, 0.0)] * len(starts)
    for row in rows:
        r = max(0, bisect_right(starts, row.baseline) - 1)
        top, bottom = row.baseline - 0.8 * row.size, row.baseline + 0.22 * row.size
        edges[r] = (top, bottom) if edges[r] == (0.0, 0.0) else (edges[r][0], max(edges[r][1], bottom))
        for piece in row.pieces:
            first, last = column_of(piece, cuts)
            cells[r][first].append((row.baseline, piece))
            wide = max(last - first + 1, spans.get((r, first), 1) if r < header else 1)
            alone = len(row.pieces) == 1 and r >= header
            if wide > 1 and not alone:
                extents[r, first] = (1, wide)
    covered = {(r, c + k) for (r, c), (_, wide) in extents.items() for k in range(1, wide)}
    if any(cells[r][c] for r, c in covered):
        extents = {}
    box = Box(left, min(line.top for line in run), right, max(line.bottom for line in run))
    boxes = [[Box(xs[c], top, xs[c + 1], max(top, bottom)) for c in range(len(xs) - 1)] for top, bottom in edges]
    texts = [[in_order(cell) for cell in row] for row in cells]
    grid = Grid(box, texts, boxes, extents, header or None, ruled=False)
    return Line([], run[0].page, grid=grid, box_of_grid=box)


def _header_lines(rows: Sequence[TextRow]) -> int:
    """How many lines at the top hold no figures; years name columns."""
    count = 0
    for row in rows:
        values = [p.text for p in row.pieces[1 if len(row.pieces) > 1 else 0 :]]
        if any(is_figure(v) and not is_year(v) for v in values):
            break
        count += 1
    if count >= len(rows):
        return 1 if len(rows[0].pieces) > 1 else 0
    # A lone label just above the figures heads a group of rows.
    while count and len(rows[count - 1].pieces) == 1 and rows[count - 1].left < rows[0].left + 2 * rows[0].size:
        if count == 1 or len(rows[count - 2].pieces) > 1:
            count -= 1
            continue
        break
    return count if count <= 7 else 1
