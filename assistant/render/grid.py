"""A view as a grid: what the terminal, the page, CSV, Markdown and Word draw alike. Here the terminal and CSV; the files
with footnotes are made in `backends/exports`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.render import place, plain
from assistant.render.lines import columns, fill, quoted
from assistant.render.spreadsheets import csv_file, page_column
from assistant.types import Citation, Language, Span


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


Place = tuple[str, Span, str, str]


def place_of(c: Citation) -> Place:
    """What makes two citations one place: the document, the span, and of a table the cell."""
    return (c.document, c.span, c.cell.row if c.cell else "", c.cell.column if c.cell else "")


def said(cell: GridCell) -> str:
    """The text of a cell on one line, its quoted words between quotation marks; the cells of a row are told apart."""
    text = " ".join(plain(cell.text).replace("\t", " | ").split())
    return f"“{text}”" if cell.quoted and text else text


@dataclass(frozen=True, slots=True)
class Marked:
    """A grid whose places are numbered: `marks[row][column]` are the numbers that stand behind a cell's text. A place
    has one number, and within a row it is marked once, at the first cell that it bears.
    """

    marks: tuple[tuple[tuple[int, ...], ...], ...]
    places: tuple[Citation, ...]
    """In the order of their numbers, from 1."""


def marked(grid: Grid) -> Marked:
    """The numbers of a grid's places, in reading order."""
    numbers: dict[Place, int] = {}
    places: list[Citation] = []
    rows = []
    for row in grid.rows:
        told: set[int] = set()
        cells = []
        for cell in row:
            here = []
            for c in cell.citations:
                key = place_of(c)
                if key not in numbers:
                    places.append(c)
                    numbers[key] = len(places)
                if numbers[key] not in told:
                    told.add(numbers[key])
                    here.append(numbers[key])
            cells.append(tuple(here))
        rows.append(tuple(cells))
    return Marked(tuple(rows), tuple(places))


# ---------------------------------------------------------------- terminal

_BETWEEN = " │ "
_WORD, _READABLE, _TALL = 14, 14, 14
"""How wide a column must be for its longest word, at most; for sentences; and how many lines a row may have in columns."""
_PLACES: dict[Language, str] = {"en": "Places", "ko": "출처"}


def grid_text(grid: Grid, width: int = 96, places: bool = True) -> str:
    """A grid for the terminal, no line wider than `width`: in columns, their cells wrapped, or where those would be too
    narrow to read as rows one under another. With `places` the cells bear numbers, and the places follow with their words.
    """
    numbered = marked(grid)
    cells = [
        [_with_marks(said(cell), numbers if places else ()) for cell, numbers in zip(row, own, strict=True)]
        for row, own in zip(grid.rows, numbered.marks, strict=True)
    ]
    out = fill(grid.title, width) if grid.title else []
    if cells:
        out += ["", *(_in_columns(grid.columns, cells, width) or _stacked(grid.columns, cells, width))]
    for notice in grid.notices:
        out += ["", *fill(notice, width)]
    if places and numbered.places:
        out += ["", f"── {_PLACES[grid.language]} ".ljust(min(width, 96), "─")]
        shown = {" ".join(cell.text.split()) for row in grid.rows for cell in row if cell.quoted}
        for number, c in enumerate(numbered.places, start=1):
            out += fill(f"[{number}] {place(c, grid.language)}", width, "", "    ")
            if " ".join(c.quote.split()) not in shown:  # words that stand above are not said again
                out += [line for one in quoted(c, width, "    ", "    ") for line in _cut(one, width, "    ")]
    if grid.origin:
        out += ["", *fill(grid.origin, width)]
    return "\n".join(out)


def _with_marks(text: str, numbers: Sequence[int]) -> str:
    return " ".join(filter(None, [text, "".join(f"[{n}]" for n in numbers)]))


def _in_columns(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str] | None:
    """None where a column would be too narrow for its words, or a row taller than can be read across."""
    widths = _widths([heads, *rows], width - len(_BETWEEN) * (len(heads) - 1))
    if widths is None:
        return None
    drawn = [[wrapped(text, w) for text, w in zip(row, widths, strict=True)] for row in [heads, *rows]]
    if any(len(lines) > _TALL for row in drawn[1:] for lines in row):
        return None
    out = [*_row(drawn[0], widths), "─┼─".join("─" * w for w in widths)]
    tall = any(len(lines) > 1 for row in drawn[1:] for lines in row)
    for number, row in enumerate(drawn[1:]):
        out += ["─┼─".join("╌" * w for w in widths)] if tall and number else []
        out += _row(row, widths)
    return out


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    tallest = max((len(c) for c in cells), default=0) or 1
    lines = []
    for n in range(tallest):
        parts = [_padded(c[n] if n < len(c) else "", w) for c, w in zip(cells, widths, strict=True)]
        lines.append(_BETWEEN.join(parts).rstrip())
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column is drawn: as wide as its text where that fits, else the room goes to those that lack most. None where a column would be narrower than its longest word, or than sentences can be read in."""
    count = len(rows[0])
    wants = [max(columns(row[n]) for row in rows) for n in range(count)]
    words = [min(_WORD, max((columns(w) for row in rows for w in row[n].split()), default=1)) for n in range(count)]
    least = [max(words[n], min(wants[n], _READABLE)) for n in range(count)]
    if sum(least) > room:
        return None
    widths = least[:]
    while (spare := room - sum(widths)) and (open_ := [n for n in range(count) if widths[n] < wants[n]]):
        lacking = sum(wants[n] - widths[n] for n in open_)
        for n in open_:
            share = max(1, spare * (wants[n] - widths[n]) // lacking)
            widths[n] += min(share, wants[n] - widths[n], room - sum(widths))
    return widths


def _stacked(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Each row as lines `Heading  text`; empty cells are left out."""
    label = min(max((columns(plain(h)) for h in heads), default=0), max(8, width // 3))
    out: list[str] = []
    for number, row in enumerate(rows, start=1):
        out += ([""] if out else []) + [f"── {number} ".ljust(min(width, 96), "─")]
        for head, text in zip(heads, row, strict=True):
            if not text:
                continue
            names, lines = wrapped(head, label), wrapped(text, width - label - 2)
            for n in range(max(len(names), len(lines))):
                name = names[n] if n < len(names) else ""
                line = lines[n] if n < len(lines) else ""
                out.append(f"{_padded(name, label)}  {line}".rstrip())
    return out


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word that is wider is broken.

    >>> wrapped("timber and fish products", 8)
    ['timber', 'and fish', 'products']
    """
    return [part for line in fill(text, width) for part in _cut(line, width)]


def _cut(line: str, width: int, rest: str = "") -> Iterable[str]:
    """A line that is too wide in pieces, those after the first behind `rest`."""
    piece, at = "", 0
    for c in line:
        wide = columns(c)
        if at + wide > width and piece.strip():
            yield piece
            piece, at = rest, len(rest)
        piece, at = piece + c, at + wide
    yield piece


# ---------------------------------------------------------------- CSV

_KEYS: dict[Language, tuple[str, str, str, str, str]] = {
    "en": ("document", "page", "start", "end", "words"),
    "ko": ("문서", "쪽", "시작", "끝", "인용문"),
}


def grid_csv(grid: Grid) -> bytes:
    """A grid as CSV for a spreadsheet: first its columns, which sort as they stand, then where each stands: document,
    page, first and last character, and the words there. Columns that stand at the same places share one such group;
    where there is more than one, each says of which column. Several places of a cell are parted by semicolons.
    """
    groups: list[tuple[int, list[tuple[Citation, ...]]]] = []
    for n in range(len(grid.columns)):
        places = [row[n].citations for row in grid.rows]
        keys = [{place_of(c) for c in at} for at in places]
        if any(places) and not any(
            all(k <= {place_of(c) for c in at} for k, at in zip(keys, held, strict=True)) for _, held in groups
        ):
            groups.append((n, places))
    names = _KEYS[grid.language]
    head = list(grid.columns)
    for n, _ in groups:
        head += [name if len(groups) == 1 else f"{grid.columns[n]}: {name}" for name in names]
    rows: list[list[str]] = [head]
    for number, row in enumerate(grid.rows):
        out = [" ".join(cell.text.replace("\t", " | ").split()) for cell in row]
        for _, places in groups:
            at = places[number]
            fields = (
                [c.document for c in at],
                [page_column(c) for c in at],
                [str(c.span.start) for c in at],
                [str(c.span.end) for c in at],
                [" ".join(c.quote.replace("\t", " | ").split()) for c in at],
            )
            if len({c.document for c in at}) == 1:
                fields[0][1:] = []
            out += ["; ".join(field) for field in fields]
        rows.append(out)
    return csv_file(rows)
