"""The header of a table as it is set: headings that stand over several columns, in lines of their own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.tables.columns import Piece, TextRow, column_of

_CENTRED = 7.0
"""How far (points) the middle of a heading may lie off the middle of the columns that it names."""


def levels_of(rows: Sequence[TextRow], xs: Sequence[float]) -> tuple[list[float], dict[tuple[int, int], int]]:
    """The lines of a header band: (baselines at which a further level begins, {(level, column): columns that the
    heading there spans}). `xs`: the boundaries of the columns, the outer ones included."""
    cuts = xs[1:-1]
    width = len(xs) - 1
    if len(rows) < 2 or width < 3:
        return [], {}
    reach = _reaches(rows, cuts, width)
    starts: list[float] = []
    spans: dict[tuple[int, int], int] = {}
    level = 0
    for i, row in enumerate(rows[:-1]):
        found = _spanning(row, rows[i + 1 :], cuts, xs, reach)
        if not found:
            continue
        for first, last in found:
            spans[level, first] = last - first + 1
        level += 1
        starts.append(rows[i + 1].baseline - 0.6 * rows[i + 1].size)
    return starts, spans


def _reaches(rows: Sequence[TextRow], cuts: Sequence[float], width: int) -> list[tuple[float, float] | None]:
    """Where the words of each column's own heading stand: those of the lowest line that names it alone."""
    found: list[tuple[float, float] | None] = [None] * width
    for row in reversed(rows):
        for piece in row.pieces:
            first, last = column_of(piece, cuts)
            if first == last and found[first] is None:
                found[first] = (piece.left, piece.right)
    return found


def _spanning(
    row: TextRow,
    below: Sequence[TextRow],
    cuts: Sequence[float],
    xs: Sequence[float],
    reach: Sequence[tuple[float, float] | None],
) -> list[tuple[int, int]]:
    """The headings of a line that stand over several columns which are named below."""
    named = {column_of(p, cuts)[0] for r in below for p in r.pieces}
    taken = [column_of(p, cuts) for p in row.pieces]
    sure: list[tuple[int, int]] = []
    likely: list[tuple[int, int]] = []
    for piece, (first, last) in zip(row.pieces, taken, strict=True):
        others = {c for other in taken if other != (first, last) for c in range(other[0], other[1] + 1)}
        if first != last and all(c in named for c in range(first, last + 1)):
            sure.append(_widened(piece, first, last, others, named, xs, reach))
            continue
        wide = _widened(piece, first, last, others, named, xs, reach)
        if wide[0] < wide[1] and not _heads_one(piece, below[0]):
            own = reach[first]
            aside = own is None or abs((own[0] + own[1] - piece.left - piece.right) / 2) > _CENTRED
            (sure if aside else likely).append(wide)
    # Over the middle one of three columns may also stand the first line of its own heading: only where such
    # headings cover every column do they span.
    covered = {c for a, b in [*sure, *likely] for c in range(a, b + 1)}
    stub = [wide for wide in likely if wide[0] == 0]
    if likely and covered >= ({c for c in named if c} if not stub else named):
        sure += likely
    elif stub and covered - {c for a, b in stub for c in range(a, b + 1)} >= {c for c in named if c}:
        sure += [wide for wide in likely if wide not in stub]
    return sorted(sure)


def _heads_one(piece: Piece, below: TextRow) -> bool:
    """Whether the words go on in the line below, as those of a heading of several lines do."""
    under = [p for p in below.pieces if p.left < piece.right and p.right > piece.left]
    if len(under) != 1:
        return False
    same_middle = abs(under[0].left + under[0].right - piece.left - piece.right) < 4
    return same_middle or abs(under[0].left - piece.left) < 1.5 or abs(under[0].right - piece.right) < 1.5


def _widened(
    piece: Piece,
    first: int,
    last: int,
    others: set[int],
    named: set[int],
    xs: Sequence[float],
    reach: Sequence[tuple[float, float] | None],
) -> tuple[int, int]:
    """The most columns around first..last that the piece is centred over."""
    best = (first, last)
    for a in range(first + 1):
        for b in range(last, len(xs) - 1):
            columns = range(a, b + 1)
            if b - a <= best[1] - best[0] or any(c in others or c not in named for c in columns):
                continue
            middle = (piece.left + piece.right) / 2
            centres = [(xs[a] + xs[b + 1]) / 2]
            left, right = reach[a], reach[b]
            if left is not None and right is not None:
                centres.append((left[0] + right[1]) / 2)
            if any(abs(centre - middle) <= _CENTRED for centre in centres):
                best = (a, b)
    return best
