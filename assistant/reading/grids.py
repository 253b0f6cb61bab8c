"""Ruled tables: rulings that cross form a grid, characters fall into its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.chars import Char, PageChars, Ruling
from assistant.types import Box

_TOUCH = 2.5
_MAX_CELLS = 20_000


@dataclass(eq=False)
class Grid:
    """The characters of a table by row and column, and where each cell lies."""

    box: Box
    rows: list[list[list[Char]]]
    boxes: list[list[Box]]


def grids_of(page: PageChars) -> tuple[list[Grid], list[Char]]:
    """The ruled tables of a page and the characters outside them."""
    grids: list[Grid] = []
    rest = page.chars
    for group in _connected(page.rulings):
        grid, rest_after = _fill(group, rest)
        if grid is not None:
            grids.append(grid)
            rest = rest_after
    return grids, rest


def _connected(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rulings that touch, directly or through others."""
    if not 4 <= len(rulings) <= 4000:
        return []
    parent = list(range(len(rulings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rulings)), key=lambda i: rulings[i].top)
    active: list[int] = []
    for i in order:
        a = rulings[i]
        active = [j for j in active if rulings[j].bottom >= a.top - _TOUCH]
        for j in active:
            b = rulings[j]
            if b.left <= a.right + _TOUCH and a.left <= b.right + _TOUCH:
                parent[root(i)] = root(j)
        active.append(i)
    groups: dict[int, list[Ruling]] = {}
    for i in range(len(rulings)):
        groups.setdefault(root(i), []).append(rulings[i])
    return sorted(groups.values(), key=lambda g: min(r.top for r in g))


def _levels(values: Sequence[float]) -> list[float]:
    """Coordinates with near twins merged."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _TOUCH:
            levels.append(value)
    return levels


def _fill(group: Sequence[Ruling], chars: list[Char]) -> tuple[Grid | None, list[Char]]:
    across = [r for r in group if r.horizontal]
    down = [r for r in group if not r.horizontal]
    ys = _levels([(r.top + r.bottom) / 2 for r in across])
    xs = _levels([(r.left + r.right) / 2 for r in down])
    if len(ys) < 3 or len(xs) < 3 or len(ys) * len(xs) > _MAX_CELLS:
        return None, chars
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    height, width = len(ys) - 1, len(xs) - 1
    cells: list[list[list[Char]]] = [[[] for _ in range(width)] for _ in range(height)]
    rest: list[Char] = []
    place: tuple[int, int] | None = None
    last: Char | None = None
    inside = torn = 0
    for char in chars:
        middle_x, middle_y = (char.left + char.right) / 2, char.baseline - 0.3 * char.size
        if char.text.isspace() and place is not None:
            cells[place[0]][place[1]].append(char)
            continue
        if not (box.left - 1 <= middle_x <= box.right + 1 and box.top - 1 <= middle_y <= box.bottom + 1):
            rest.append(char)
            place = None
            continue
        row = max(0, min(height - 1, sum(y <= middle_y for y in ys) - 1))
        column = max(0, min(width - 1, sum(x <= middle_x for x in xs) - 1))
        if place is not None and last is not None and place != (row, column):
            near = abs(char.left - last.right) < 0.1 * char.size and abs(char.baseline - last.baseline) < 1
            torn += near and last.text.isalnum() and char.text.isalnum()
        place, last = (row, column), char
        cells[row][column].append(char)
        inside += 1
    if not inside or torn > 1 + 0.01 * inside:
        return None, chars  # rulings that cut through words are underlines or a drawing
    _merge_open_cells(cells, xs, ys, across, down)
    filled_rows = sum(any(cell for cell in row) for row in cells)
    filled_columns = sum(any(row[c] for row in cells) for c in range(width))
    filled = sum(bool(cell) for row in cells for cell in row)
    if filled_rows < 2 or filled_columns < 2 or filled < 0.35 * filled_rows * filled_columns:
        return None, chars  # a frame or a chart, not a table
    keep_rows = [r for r in range(height) if any(cells[r])]
    keep_columns = [c for c in range(width) if any(row[c] for row in cells)]
    rows = [[cells[r][c] for c in keep_columns] for r in keep_rows]
    boxes = [[Box(xs[c], ys[r], xs[c + 1], ys[r + 1]) for c in keep_columns] for r in keep_rows]
    return Grid(box, rows, boxes), rest


def _merge_open_cells(
    cells: list[list[list[Char]]],
    xs: Sequence[float],
    ys: Sequence[float],
    across: Sequence[Ruling],
    down: Sequence[Ruling],
) -> None:
    """Cells that no ruling parts are one: their characters go to the first of them."""
    for r in range(len(ys) - 1):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(len(xs) - 2, 0, -1):
            parted = any(
                abs((d.left + d.right) / 2 - xs[c]) <= _TOUCH and d.top - 1 <= middle <= d.bottom + 1 for d in down
            )
            if not parted and cells[r][c]:
                cells[r][c - 1].extend(cells[r][c])
                cells[r][c] = []
    for c in range(len(xs) - 1):
        middle = (xs[c] + xs[c + 1]) / 2
        for r in range(len(ys) - 2, 0, -1):
            parted = any(
                abs((a.top + a.bottom) / 2 - ys[r]) <= _TOUCH and a.left - 1 <= middle <= a.right + 1 for a in across
            )
            if not parted and cells[r][c]:
                cells[r - 1][c].extend(cells[r][c])
                cells[r][c] = []
