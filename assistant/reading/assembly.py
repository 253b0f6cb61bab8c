"""Drafts -> Document: cut sentences are joined, marks tied to notes, and everything gets its span."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.reading.drafts import DEFINED, Draft, Place
from assistant.reading.joining import join_cut_sentences
from assistant.reading.lineends import Habits
from assistant.reading.notes import notes_of, settle_marks
from assistant.reading.roles import names_of, sane_authors, sane_title
from assistant.reading.tables.around import settle_around
from assistant.reading.tables.gridded import join_continued
from assistant.reading.tables.naming import tables_of
from assistant.types import Block, Box, Document, Hidden, Page, Person, Recognised, Section, Span, Work


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a file's own outline. `top` (points from the top of the page as shown) where it is known."""

    title: str
    level: int
    """1 the outermost."""
    page: int | None = None
    top: float | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says about itself beside its text."""

    title: str | None = None
    author: str | None = None
    """As one string, names in any order; `authors` where the file lists them apart."""
    authors: tuple[Person, ...] = ()
    issued: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD, and only where the file says it of its content: not when it was saved."""
    language: str | None = None
    url: str | None = None
    """The address that the file says it was published at."""
    doi: str | None = None
    media_type: str = "text/plain"
    warnings: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    outline: tuple[Heading, ...] = ()
    parted: Mapping[str, str] = field(default_factory=dict)
    """Lines whose parts stand wide apart, as names of authors side by side do: the text -> its parts with commas."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    index: int
    label: str | None


def assemble(
    drafts: list[Draft],
    work: Work,
    facts: FileFacts,
    *,
    places: Sequence[Place] = (),
    pages: Sequence[PageFacts] = (),
    habits: Habits | None = None,
    known_marks: Collection[str] = (),
    unmarked_asides: bool = False,
    calls: Mapping[str, str] | None = None,
) -> Document:
    """Builds the Document.

    `known_marks`: labels that are note marks though the file may hold no note of that number;
    `unmarked_asides`: the file does not show which paragraph stands aside;
    `calls`: the file itself says where its notes are called and where its paragraphs end: for each label of
    such a note, which is its own, the number that it is shown by.
    """
    drafts = [d for d in drafts if d.text or d.marks or d.number]
    if calls is None:
        join_continued(drafts, habits or Habits())
    settle_around(drafts)
    if calls is None:
        join_cut_sentences(drafts, habits or Habits(), unmarked_asides)
    settle_marks(drafts, known_marks, calls)
    drafts = [d for d in drafts if d.text]

    text_parts: list[str] = []
    where: list[int] = []
    starts: list[int] = []
    position = 0
    for draft in drafts:
        if text_parts:
            text_parts.append("\n\n")
            where += [where[-1]] * 2
            position += 2
        starts.append(position)
        text_parts.append(draft.text)
        where += draft.places
        position += len(draft.text)
    text = "".join(text_parts)

    spans = [Span(start, start + len(d.text)) for start, d in zip(starts, drafts, strict=True)]
    blocks = tuple(Block(d.kind, span) for d, span in zip(drafts, spans, strict=True))
    return Document(
        work=_completed(work, drafts, facts),
        text=text,
        blocks=blocks,
        pages=_pages(where, places, pages),
        sections=_sections(drafts, spans, len(text)),
        notes=notes_of(drafts, spans, calls or {}, lambda place: places[place].page if places and place >= 0 else None),
        tables=tables_of(drafts, spans, text),
        media_type=facts.media_type,
        warnings=facts.warnings,
        hidden=facts.hidden,
        recognised=_recognised(where, places),
        loose_marks=tuple(
            Span(span.start + a, span.start + b) for d, span in zip(drafts, spans, strict=True) for a, b in d.loose
        ),
    )


def _pages(where: Sequence[int], places: Sequence[Place], pages: Sequence[PageFacts]) -> tuple[Page, ...]:
    if not pages:
        return ()
    spans: dict[int, list[Span]] = {p.index: [] for p in pages}
    boxes: dict[int, list[tuple[Span, Box]]] = {p.index: [] for p in pages}
    page_start = line_start = 0
    for at in range(1, len(where) + 1):
        ended = at == len(where)
        if ended or where[at] != where[at - 1]:
            place = places[where[at - 1]]
            if place.box is not None:
                boxes[place.page].append((Span(line_start, at), place.box))
            line_start = at
            if ended or places[where[at]].page != place.page:
                spans[place.page].append(Span(page_start, at))
                page_start = at
    return tuple(Page(p.index, p.label, tuple(spans[p.index]), tuple(boxes[p.index])) for p in pages)


def _recognised(where: Sequence[int], places: Sequence[Place]) -> tuple[Recognised, ...]:
    """The lines that OCR read, each with its confidence."""
    found: list[Recognised] = []
    if all(place.confidence is None for place in places):
        return ()
    start = 0
    for at in range(1, len(where) + 1):
        if at == len(where) or where[at] != where[at - 1]:
            place = places[where[at - 1]] if where[at - 1] >= 0 and places else None
            if place is not None and place.confidence is not None:
                found.append(Recognised(Span(start, at), place.confidence))
            start = at
    return tuple(found)


def _sections(drafts: Sequence[Draft], spans: Sequence[Span], length: int) -> tuple[Section, ...]:
    sections: list[Section] = []
    stack: list[tuple[int, str]] = []
    start = 0
    for draft, span in zip(drafts, spans, strict=True):
        if draft.kind != "heading":
            continue
        if span.start > start:
            sections.append(Section(tuple(t for _, t in stack), Span(start, span.start)))
        start = span.start
        while stack and stack[-1][0] >= draft.level:
            stack.pop()
        stack.append((draft.level, draft.text))
    tail = len(drafts)
    while tail and drafts[tail - 1].sign == DEFINED:
        tail -= 1
    if stack and 0 < tail < len(drafts) and spans[tail].start > start:
        sections.append(Section(tuple(t for _, t in stack), Span(start, spans[tail].start)))
        start, stack = spans[tail].start, []  # definitions at the end belong to no section
    if length > start:
        sections.append(Section(tuple(t for _, t in stack), Span(start, length)))
    return tuple(sections)


def _completed(work: Work, drafts: Sequence[Draft], facts: FileFacts) -> Work:
    """The work with title and authors from the file where the given one lacks them."""
    printed = next((d.text.replace("\n", " ") for d in drafts if d.kind == "title"), None)
    title = work.title
    if not title or title == work.id:
        title = title_of(facts.title, printed, title)
    authors = work.authors or facts.authors
    if not authors:
        bylines = [d.text for d in drafts if d.kind == "byline"]
        authors = next((names for b in bylines if b[:3].lower() == "by " and (names := names_of(b))), ())
        authors = authors or sane_authors(facts.author)
        authors = authors or next(
            (names for b in bylines if (names := names_of(facts.parted.get(b, "")) or names_of(b))), ()
        )
    issued, language = work.issued or facts.issued, work.language or facts.language
    url, doi = work.url or facts.url, work.doi or facts.doi
    return replace(work, title=title, authors=authors, issued=issued, language=language, url=url, doi=doi)


def title_of(metadata: str | None, printed: str | None, given: str = "") -> str:
    """The best title known: the file's metadata if sane, else the printed one, else the given one."""
    return sane_title(metadata) or (printed if printed and len(printed) < 300 else None) or given


def check(document: Document) -> None:
    """Raises ValueError where the document breaks a law of its types; used by tests and by ingest."""
    text = document.text
    end = 0
    for block in document.blocks:
        if block.span.start < end or text[end : block.span.start].strip():
            raise ValueError(f"blocks do not hold the text between {end} and {block.span.start}")
        end = block.span.end
    if text[end:].strip() or end > len(text):
        raise ValueError("text behind the last block")
    if document.pages:
        spans = sorted(s for p in document.pages for s in p.spans)
        position = 0
        for span in spans:
            if span.start != position:
                raise ValueError(f"pages do not tile the text at {position}")
            position = span.end
        if position != len(text):
            raise ValueError("pages do not reach the end of the text")
    position = 0
    for section in document.sections:
        if section.span.start != position:
            raise ValueError(f"sections do not tile the text at {position}")
        position = section.span.end
    if document.sections and position != len(text):
        raise ValueError("sections do not reach the end of the text")
    for note in document.notes:
        if note.span is not None and note.span.slice(text) != note.text:
            raise ValueError(f"note {note.number} is not its span")
        if any(not 0 < mark <= len(text) for mark in note.marks):
            raise ValueError(f"note {note.number} is marked outside the text")
    for table in document.tables:
        for cell in (*table.header, *(c for row in table.rows for c in row)):
            if cell.span.slice(text) != cell.text or not table.span.contains(cell.span):
                raise ValueError(f"cell {cell.text!r} is not its span")
