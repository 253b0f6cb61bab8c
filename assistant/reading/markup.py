"""Marked-up files (Word, HTML, HWPX) -> Document: what a backend of such a format hands over.

A backend turns its file into `Item`s in reading order: a heading says that it is one, a note has a label, and the
place where it is called is a `Call` in the running text. White space is collapsed here; characters that nobody
sees are left out and counted here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.errors import ParseError
from assistant.reading.assembly import FileFacts, PageFacts, assemble
from assistant.reading.chars import Char
from assistant.reading.drafts import Draft, Place
from assistant.reading.flow import SUPERSCRIPTS, Flow, flow_of_chars
from assistant.reading.invisible import summed, visible
from assistant.types import BlockKind, Document, Hidden, Work

_SETTLED = {
    **dict.fromkeys([*range(32), *range(0x7F, 0xA0)], " "),
    **{ligature: unicodedata.normalize("NFKC", chr(ligature)) for ligature in range(0xFB00, 0xFB07)},
    0xAD: None,
}
MAX_CHARACTERS = 10_000_000
"""Of a file: some 4,000 pages; each costs 20 bytes while the Document is built."""
_MAX_PLACES = 500_000
"""Places of a table's grid: no table of a document has more, and past it the cells are read as running text."""


@dataclass(frozen=True, slots=True)
class Call:
    """The place in running text where the note of this label is called. `number`: as the file shows it."""

    label: str
    number: str | None = None


Content = tuple[str | Call, ...]
"""Running text in pieces. Raised figures that are text (km²) are written as Unicode superscripts."""


@dataclass(frozen=True, slots=True)
class ItemCell:
    """A cell where it begins; what it spans is not repeated."""

    content: Content
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A block of the file. A `note` carries its `label`; a `table` its `rows`."""

    kind: BlockKind
    content: Content = ()
    level: int = 0
    """Of a heading, 1 the outermost."""
    label: str | None = None
    rows: tuple[tuple[ItemCell, ...], ...] = ()
    header_rows: int | None = None
    """How many rows of a table the file says are its header; None: it does not say."""
    page: int | None = None
    """Index of the page, where the format knows pages."""


@dataclass(slots=True)
class _Numbers:
    """The number that each note is shown by: as the file shows it, else in the order of the calls."""

    of: dict[str, str] = field(default_factory=dict)

    def key(self, label: str, shown: str | None = None) -> str:
        """What ties a note to its calls: its label, told from any figure that a text may hold."""
        key = f"note {label}"
        if key not in self.of:
            if not shown:
                taken = set(self.of.values())
                shown = next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
            self.of[key] = shown
        return key


def read_markup(items: Iterable[Item], work: Work, facts: FileFacts) -> Document:
    """The Document of a marked-up file. Notes come out in the order of the items."""
    items = list(items)
    length = sum(len(p) for item in items for p in _parts(item) if isinstance(p, str))
    if length > MAX_CHARACTERS:
        name = work.id or "the file"
        raise ParseError(f"{name} holds more than {MAX_CHARACTERS:,} characters of text: split it")
    numbers = _Numbers()
    for part in (part for item in items for part in _parts(item)):
        if isinstance(part, Call):
            numbers.key(part.label, part.number)
    hidden: list[Hidden] = []
    drafts = [d for item in items if (d := _draft(item, numbers, hidden)) is not None]
    paged = any(item.page is not None for item in items)
    indices = sorted({d.places[0] for d in drafts if d.places}) if paged else []
    return assemble(
        drafts,
        work,
        replace(facts, hidden=summed([*facts.hidden, *hidden])),
        places=[Place(i, None) for i in range(indices[-1] + 1)] if indices else (),
        pages=[PageFacts(i, None) for i in range(indices[-1] + 1)] if indices else (),
        calls=numbers.of,
    )


def _parts(item: Item) -> Iterator[str | Call]:
    """The running text of an item, of its cells as well."""
    yield from item.content
    for row in item.rows:
        for cell in row:
            yield from cell.content


def _draft(item: Item, numbers: _Numbers, hidden: list[Hidden]) -> Draft | None:
    page = item.page or 0
    if item.kind == "table":
        return _table(item, numbers, page, hidden)
    text, marks = _flow(item.content, numbers, hidden)
    if not text:
        return None
    draft = Draft(item.kind, text, [page] * len(text), marks, level=item.level if item.kind == "heading" else 0)
    if item.kind == "note" and item.label is not None:
        draft.number = numbers.key(item.label)
    return draft


def _flow(content: Sequence[str | Call], numbers: _Numbers, hidden: list[Hidden]) -> tuple[str, list[tuple[int, str]]]:
    """The text of a block with its calls taken out as marks; a call is tied to the word before it."""
    text = ""
    marks: list[tuple[int, str]] = []
    gap = False
    # Joined first: what is strung between letters may stand in pieces of their own.
    pieces: list[str | Call] = []
    for is_text, run in groupby(content, lambda part: isinstance(part, str)):
        parts = list(run)
        pieces += ["".join(str(part) for part in parts)] if is_text else parts
    for part in pieces:
        if isinstance(part, Call):
            marks.append((len(text), numbers.key(part.label, part.number)))
            continue
        seen = visible(part)
        hidden += seen.hidden()
        if numbers.of or not any(figure in seen.text for figure in SUPERSCRIPTS):
            # Where the file ties its notes itself, any other raised figure (km²) is text.
            flow = Flow(" ".join(seen.text.translate(_SETTLED).split()))
        else:
            flow = flow_of_chars([Char(c, 0, 0, 0, 1) for c in seen.text], None, 0)
            flow.settle(0)
        if not flow.text:
            gap = gap or bool(seen.text)
            continue
        if text and (gap or seen.text[:1].isspace()):
            text += " "
        marks += [(at + len(text), label) for at, label in flow.marks]
        text += flow.text
        gap = seen.text[-1:].isspace()
    # What is called before the first word belongs to it all the same: a mark has a word before it.
    first = text.find(" ") if " " in text else len(text)
    return text, [(at or first, label) for at, label in marks]


def _table(item: Item, numbers: _Numbers, page: int, hidden: list[Hidden]) -> Draft | None:
    """One line a row, cells parted by tabs; the places that a spanning cell covers stay empty."""
    height = len(item.rows)
    width = max((sum(min(max(cell.columns, 1), 1000) for cell in row) for row in item.rows), default=0)
    covered = sum(min(max(c.rows, 1), height) * min(max(c.columns, 1), 1000) for row in item.rows for c in row)
    if max(height * width, covered) > _MAX_PLACES:
        cells = [cell.content for row in item.rows for cell in row]
        apart = tuple(part for content in cells for part in (*content, " "))
        return _draft(replace(item, kind="paragraph", content=apart, rows=()), numbers, hidden)
    grid: dict[tuple[int, int], ItemCell | None] = {}
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(item.rows):
        c = 0
        for cell in row:
            while (r, c) in grid:
                c += 1
            rows, columns = min(max(cell.rows, 1), height - r), min(max(cell.columns, 1), 1000)
            if rows > 1 or columns > 1:
                extents[r, c] = (rows, columns)
            for i in range(rows):
                for j in range(columns):
                    grid.setdefault((r + i, c + j), None)
            grid[r, c] = cell
            c += columns
    width = 1 + max((c for _, c in grid), default=-1)
    parts: list[str] = []
    size = 0
    marks: list[tuple[int, str]] = []
    spans: list[list[tuple[int, int]]] = []
    for r in range(height):
        spans.append([])
        for c in range(width):
            if c or r:
                parts.append("\t" if c else "\n")
                size += 1
            found = grid.get((r, c))
            words, calls = _flow(found.content, numbers, hidden) if found else ("", [])
            marks += [(at + size, label) for at, label in calls]
            spans[-1].append((size, size + len(words)))
            parts.append(words)
            size += len(words)
    text = "".join(parts)
    if not text.strip():
        return None
    header_rows = item.header_rows
    if header_rows is None and any(cell.header for row in item.rows for cell in row):
        header_rows = next(
            (r for r, row in enumerate(item.rows) if not row or not all(cell.header for cell in row)), len(item.rows)
        )
        # Only the first cells marked as headers name rows, and say nothing of the first row.
        header_rows = header_rows or None
    return Draft("table", text, [page] * len(text), marks, rows=spans, header_rows=header_rows, extents=extents)
