"""Text in columns of a terminal: how wide characters are, wrapping, tables. Knows no document.

Hangul and other East Asian letters are two columns wide and marks on letters none, so `len` does not do.
Callers hand over text that is safe to print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import category, combining, east_asian_width

_NARROWEST = 6
"""Columns below which a table's column is not squeezed: the table is then wider than the terminal."""
_WORD = 16
"""A column is not squeezed below its longest word up to this."""
_NUMBER = 40
"""Nor below its longest number, up to this: what is longer is no number but an address."""
_GAP = " │ "


def wide(text: str) -> int:
    """How many columns `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(char: str) -> int:
    if combining(char) or "\u1160" <= char <= "\u11ff" or category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """`text` in lines no wider than `width`, broken at white space, and inside a word only where it is wider
    than a line. The first line begins with `first`, the others with `rest` (as many blanks where None).
    """
    rest = " " * wide(first) if rest is None else rest
    lines: list[str] = []
    line, used, empty = first, wide(first), True
    room = max(width, wide(first) + 1, wide(rest) + 1)
    for word in text.split():
        for part in _pieces(word, room - wide(rest)):
            size = wide(part)
            if not empty and used + 1 + size > room:
                lines.append(line)
                line, used, empty = rest, wide(rest), True
            line += part if empty else f" {part}"
            used += size if empty else size + 1
            empty = False
    return [*lines, line.rstrip()] if not empty or not lines else lines


def _pieces(word: str, width: int) -> list[str]:
    """A word cut where it is wider than `width`."""
    if wide(word) <= width:
        return [word]
    pieces, piece, used = [], "", 0
    for char in word:
        size = _columns(char)
        if piece and used + size > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += size
    return [*pieces, piece]


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` filled up with blanks to `width` columns; `right`: set at the right."""
    blanks = " " * (width - wide(text))
    return blanks + text if right else text + blanks


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell to draw; one that spans columns covers the (empty) cells behind it."""

    text: str
    columns: int = 1


def table(
    rows: Sequence[Sequence[Drawn]], width: int, header: int = 0, between: Mapping[int, str] | None = None
) -> list[str]:
    """Rows as aligned columns, their first `header` rows parted from the others by a line.

    Long cells are wrapped so that a line is no wider than `width`, as long as each column keeps a few
    letters. `between` has lines that stand before a row.
    """
    count = max((len(row) for row in rows), default=0)
    if not count:
        return []
    figures = [_is_figures([row[c].text for row in rows[header:] if c < len(row)]) for c in range(count)]
    widths = _widths(rows, figures, width)
    drawn = [_row(row, widths, figures) for row in rows]
    parted = any(len(lines) > 1 for lines in drawn[header:])
    out: list[str] = []
    for n, lines in enumerate(drawn):
        if between and n in between:
            out.append(between[n])
        if n == header and n:
            out.append("─┼─".join("─" * w for w in widths))
        elif parted and n > header:
            out.append("┄┼┄".join("┄" * w for w in widths))
        out += lines
    return out


def _widths(rows: Sequence[Sequence[Drawn]], figures: Sequence[bool], width: int) -> list[int]:
    """As wide as the longest cell, where there is room; else the widest columns give way, those of words first."""
    count = len(figures)
    natural, longest, numbers = [1] * count, [1] * count, [1] * count
    for row in rows:
        for c, cell in enumerate(row):
            if cell.columns == 1:
                natural[c] = max(natural[c], wide(cell.text))
                longest[c] = max([longest[c], *map(wide, cell.text.split())])
                numbers[c] = max([numbers[c], *_numbers(cell.text)])
    room = width - len(_GAP) * (count - 1)
    words = [max(min(w, _WORD), m) for w, m in zip(longest, numbers, strict=True)]
    # Words and numbers stay whole: where that takes more room than there is, the table is wider.
    for floors in ([n if f else w for n, w, f in zip(natural, words, figures, strict=True)], words):
        cap = min(max(natural), max(room, _NARROWEST))
        while sum(natural) > room and cap >= _NARROWEST:
            natural = [max(min(n, cap), min(n, f)) for n, f in zip(natural, floors, strict=True)]
            cap -= 1
    # A spanning cell that is wider than its columns may use what room is left.
    for row in rows:
        for c, cell in enumerate(row):
            covered = range(c, min(c + cell.columns, count))
            lacking = wide(cell.text) - sum(natural[k] for k in covered) - len(_GAP) * (len(covered) - 1)
            spare = room - sum(natural)
            torn = max(_numbers(cell.text), default=0) - (wide(cell.text) - lacking)
            if cell.columns > 1 and torn > 0:
                natural[c] += torn
                continue
            if cell.columns > 1 and lacking > 0 and spare > 0:
                grow = min(lacking, spare)
                for k in covered:
                    natural[k] += grow // len(covered)
    return natural


def _numbers(text: str) -> list[int]:
    """How wide the words are that hold a figure, which are not cut."""
    return [size for word in text.split() if any(map(str.isdigit, word)) and (size := wide(word)) <= _NUMBER]


def _row(row: Sequence[Drawn], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """The lines of one row."""
    cells: list[tuple[list[str], int, bool]] = []
    c = 0
    while c < len(widths):
        cell = row[c] if c < len(row) else Drawn("")
        covered = range(c, min(c + max(cell.columns, 1), len(widths)))
        size = sum(widths[k] for k in covered) + len(_GAP) * (len(covered) - 1)
        cells.append((wrap(cell.text, size), size, right[c] and len(covered) == 1))
        c = covered.stop
    high = max(len(lines) for lines, _, _ in cells)
    return [
        _GAP.join(pad(lines[n] if n < len(lines) else "", size, at_right) for lines, size, at_right in cells).rstrip()
        for n in range(high)
    ]


def _is_figures(texts: Sequence[str]) -> bool:
    """Whether a column holds figures, which are set at the right."""
    filled = [t.strip() for t in texts if t.strip()]
    return bool(filled) and sum(map(_is_figure, filled)) > 0.6 * len(filled)


def _is_figure(text: str) -> bool:
    """A number with its sign and unit, or the dash that stands for one."""
    if not any(c.isdigit() for c in text):
        return len(text) <= 4 and not any(c.isalpha() for c in text)
    return len(text) <= 40 and sum(c.isalpha() for c in text) <= 2
