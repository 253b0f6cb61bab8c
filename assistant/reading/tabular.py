"""Tables without a full grid of rulings: rows whose parts stand below one another in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reading.chars import Char
from assistant.reading.grids import Grid
from assistant.reading.layout import Line, Zone
from assistant.types import Box

_FIGURE = re.compile(
    r"[-+−–(<>~]*\s*(?:[A-Z]{0,3}[$€£₩¥])?\s*\d[\d,.\s]*\s*[%)*a-z†‡]{0,3}\)?(?:\s*\([^)]*\))?|[-–—*]+|n\.?/?a\.?", re.I
)
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d[a-z]?")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}")
_LEAST_ROWS = 3

Part = tuple[float, float, list[Char]]


def with_tables(zone: Zone) -> Zone:
    """The zone with every run of tabular lines replaced by one line that holds the table."""
    lines: list[Line] = []
    i = 0
    while i < len(zone.lines):
        end = _run_end(zone.lines, i)
        if end is None:
            lines.append(zone.lines[i])
            i += 1
            continue
        run = zone.lines[i:end]
        head = _head(lines, run)
        if head:
            del lines[-head:]
            run = zone.lines[i - head : end]
        lines.append(_table(run))
        i = end
    return Zone(lines, zone.column)


def is_contents(text: str) -> bool:
    """Whether a line is an entry of a table of contents: leaders run to a page number."""
    return _LEADERS.search(text) is not None


def _parts(line: Line) -> list[Part]:
    ends = [*line.starts[1:], len(line.chars)]
    parts = []
    for start, end in zip(line.starts, ends, strict=True):
        chars = line.chars[start:end]
        ink = [c for c in chars if not c.text.isspace()]
        if ink:
            parts.append((min(c.left for c in ink), max(c.right for c in ink), chars))
    return parts


def _text(part: Part) -> str:
    return "".join(c.text for c in part[2]).strip()


def _is_row(line: Line) -> bool:
    return line.grid is None and len(line.starts) >= 2 and not is_contents(line.text)


def _figures(line: Line) -> int:
    return sum(_FIGURE.fullmatch(_text(part)) is not None for part in _parts(line)[1:])


def _run_end(lines: Sequence[Line], start: int) -> int | None:
    """Where the table that begins at `start` ends, or None when there is none."""
    if not _is_row(lines[start]):
        return None
    end, rows, figures, columns, since = start, 0, 0, 0, 0
    for i in range(start, len(lines)):
        line = lines[i]
        far = i > start and line.baseline - lines[i - 1].baseline > 3.2 * max(line.size, lines[i - 1].size)
        if line.grid is not None or far:
            break
        if _is_row(line):
            rows += 1
            figures += _figures(line)
            columns += len(line.starts) - 1
            end, since = i + 1, 0
        else:
            since += 1
            # A label may wrap over a line or stand above a group of rows; running text may not.
            if since > 2 or len(line.text) > 60 or is_contents(line.text):
                break
    if rows < _LEAST_ROWS or figures < 0.5 * columns:
        return None
    return end


def _head(before: Sequence[Line], run: Sequence[Line]) -> int:
    """How many lines just above belong to the table: words that stand each above one of its columns."""
    columns = _columns(run)
    count = 0
    below = run[0]
    for line in reversed(before):
        if line.grid is not None or len(line.text) > 80 or below.baseline - line.baseline > 2 * below.size:
            break
        parts = _parts(line)
        covered = [sum(min(b, d) > max(a, c) for c, d in columns) for a, b, _ in parts]
        if any(n != 1 for n in covered) or (len(parts) == 1 and _column_of(parts[0], columns) == 0):
            break
        count += 1
        below = line
    return min(count, 4)


def _table(run: Sequence[Line]) -> Line:
    columns = _columns(run)
    rows: list[list[list[Char]]] = []
    tops: list[tuple[float, float]] = []
    texts: list[bool] = []
    for position, line in enumerate(run):
        cells: list[list[Char]] = [[] for _ in columns]
        for part in _parts(line):
            cells[_column_of(part, columns)].extend([*part[2], _gap(part[2][-1])])
        filled = [c for c, cell in enumerate(cells) if cell]
        wraps = len(filled) == 1 and rows and not (position + 1 < len(run) and _nearer_below(run, position))
        if wraps and filled[0] == 0 and line.baseline - run[position - 1].baseline < 1.5 * line.size:
            rows[-1][0].extend(cells[0])
            tops[-1] = (tops[-1][0], line.bottom)
            continue
        rows.append(cells)
        tops.append((line.top, line.bottom))
        figures = any(_FIGURE.fullmatch(_text(p)) and not _YEAR.fullmatch(_text(p)) for p in _parts(line)[1:])
        texts.append(not figures and filled != [0])
    _merge_head(rows, tops, texts)
    left, right = min(line.left for line in run), max(line.right for line in run)
    box = Box(left, run[0].top, right, run[-1].bottom)
    boxes = [[Box(a, top, b, bottom) for a, b in columns] for top, bottom in tops]
    return Line([], run[0].page, grid=Grid(box, rows, boxes), box_of_grid=box)


def _gap(last: Char) -> Char:
    return Char(" ", last.right, last.right, last.baseline, last.size, last.bold, None, True)


def _nearer_below(run: Sequence[Line], position: int) -> bool:
    above = run[position].baseline - run[position - 1].baseline
    return run[position + 1].baseline - run[position].baseline < above - 1


def _merge_head(rows: list[list[list[Char]]], tops: list[tuple[float, float]], texts: list[bool]) -> None:
    """Lines of words above the figures are one header row."""
    head = 0
    while head < len(texts) and texts[head]:
        head += 1
    if 1 < head <= 5 and head < len(rows):
        for row in rows[1:head]:
            for cell, more in zip(rows[0], row, strict=True):
                cell.extend(more)
        tops[0] = (tops[0][0], tops[head - 1][1])
        del rows[1:head], tops[1:head], texts[1:head]


def _columns(run: Sequence[Line]) -> list[tuple[float, float]]:
    """The x-ranges of the columns, from the rows with the usual number of parts."""
    counts = Counter(len(line.starts) for line in run if _is_row(line))
    usual = max(counts, key=lambda n: (counts[n] * n, n))
    intervals = sorted((a, b) for line in run if len(line.starts) == usual for a, b, _ in _parts(line))
    columns: list[tuple[float, float]] = []
    for a, b in intervals:
        if columns and a < columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], b))
        else:
            columns.append((a, b))
    return columns


def _column_of(part: Part, columns: Sequence[tuple[float, float]]) -> int:
    a, b, _ = part

    def fit(c: int) -> float:
        overlap = min(b, columns[c][1]) - max(a, columns[c][0])
        return overlap if overlap > 0 else overlap - abs((a + b) / 2 - (columns[c][0] + columns[c][1]) / 2)

    return max(range(len(columns)), key=fit)
