"""Lines of text for a terminal."""

from __future__ import annotations

from unicodedata import east_asian_width

from assistant.render import plain
from assistant.types import Citation


def fill(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `width` columns (a letter of Hangul takes two), safe to print: the first begins with `first`, the
    others with `rest`, or alike where that is None. A word that is wider than a line stands alone on one.
    """
    lines: list[str] = []
    line, rest = first, first if rest is None else rest
    empty = True
    for word in plain(text).split():
        if not empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, empty = rest, True
        line += word if empty else f" {word}"
        empty = False
    return lines if empty else [*lines, line]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(c) in ("W", "F") else 1 for c in text)


def quoted(c: Citation, width: int, first: str, rest: str) -> list[str]:
    """The words of a citation between quotation marks; of a table's row first the cell that is meant, or what its columns
    are called, since figures alone say nothing.
    """
    out: list[str] = []
    if named := cell_said(c):
        out += fill(named, width, first, rest)
        first = rest
    elif named := columns_said(c):
        out += fill(f"({named})", width, first, rest)
        first = rest
    return out + fill(f"“{plain(c.quote)}”".replace("\t", " | "), width, first, rest)


def cell_said(c: Citation) -> str:
    """`Timber, 2022: 533 (USD million)`: the one cell that is meant; '' where none is."""
    if c.cell is None:
        return ""
    named = ", ".join(filter(None, [c.cell.row, c.cell.column]))
    unit = f" ({c.cell.unit})" if c.cell.unit and c.cell.unit not in f"{c.cell.text} {c.cell.column}" else ""
    return plain(f"{named}: {c.cell.text}{unit}")


def columns_said(c: Citation) -> str:
    """What the columns of a quoted row are called; '' where no row is quoted, or nothing names its columns."""
    return plain(" | ".join(c.headers[1:])) if "\t" in c.quote else ""
