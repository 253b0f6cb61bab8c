"""Drafts -> Document: cut sentences are joined, marks tied to notes, and everything gets its span."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.reading.drafts import Draft, Place
from assistant.reading.flow import Habits, junction
from assistant.reading.roles import begins_inside, is_finished, names_of, sane_authors, sane_title
from assistant.reading.tables import tables_of
from assistant.types import Block, Box, Document, Hidden, Note, Page, Person, Recognised, Section, Span, Work

_ASIDE_KINDS = ("caption", "source", "table", "aside", "note")
_REACH = 14
"""How many blocks may stand between the halves of a sentence."""


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
    media_type: str = "text/plain"
    warnings: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    outline: tuple[Heading, ...] = ()


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
        join_cut_sentences(drafts, habits or Habits(), unmarked_asides)
    _settle_marks(drafts, known_marks, calls or {})
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
        notes=_notes(drafts, spans, calls or {}),
        tables=tables_of(drafts, spans, text),
        media_type=facts.media_type,
        warnings=facts.warnings,
        hidden=facts.hidden,
        recognised=_recognised(where, places),
        loose_marks=tuple(
            Span(span.start + a, span.start + b) for d, span in zip(drafts, spans, strict=True) for a, b in d.loose
        ),
    )


def join_cut_sentences(drafts: list[Draft], habits: Habits, unmarked_asides: bool) -> None:
    """Makes one paragraph of the halves of a sentence; what stood between them follows it."""
    i = 0
    while i < len(drafts):
        draft = drafts[i]
        if draft.kind in ("paragraph", "list"):
            other = _other_half(drafts, i, unmarked_asides)
            if other is not None:
                second = drafts.pop(other)
                for between in drafts[i + 1 : other]:
                    if between.kind == "paragraph":
                        between.kind = "aside"
                join_drafts(draft, second, habits)
                continue  # the joined paragraph may be cut once more
        elif _goes_on_aside(drafts, i):
            join_drafts(draft, drafts.pop(i + 1), habits)
            continue
        i += 1


def _goes_on_aside(drafts: Sequence[Draft], i: int) -> bool:
    """Whether a note beside the text, such as the one on the authors, goes on behind a gap."""
    here, after = drafts[i], drafts[i + 1] if i + 1 < len(drafts) else None
    if after is None or here.kind != "aside" or after.kind != "aside":
        return False
    return begins_inside(after.text) and not is_finished(here.text)


_INITIALS = re.compile(r"(?:^|[\s(])(?:[A-Z]\.){2,}$")


def _other_half(drafts: Sequence[Draft], i: int, unmarked_asides: bool) -> int | None:
    first = drafts[i]
    initials = first.breaks_after and _INITIALS.search(first.text) is not None
    if first.text.rstrip("”\"’')]")[-1:] in (".", "!", "?", "…") and not initials:
        return None
    passed: list[int] = []
    for j in range(i + 1, min(len(drafts), i + 1 + _REACH)):
        second = drafts[j]
        if second.kind in _ASIDE_KINDS:
            continue
        if second.kind != "paragraph":
            break
        if begins_inside(second.text):
            return j if first.breaks_after or j > i + 1 else None
        passed.append(j)
        # Only what can stand by itself may stand between the halves: whole sentences where the file does not
        # mark its asides, else a stray line such as a date.
        stray = len(second.text) < 80 and not is_finished(second.text)
        if len(passed) > 4 or not (stray or (unmarked_asides and is_finished(second.text))):
            break
    if not passed or (is_finished(first.text) and not initials) or len(first.text) < 60 or first.kind == "list":
        return None
    # A paragraph that stops without a full stop goes on even where nothing but a gap cuts it.
    cut = first.breaks_after or passed[0] > i + 1 or len(first.text) > 150
    end = first.text[-1:]
    return passed[0] if cut and (end.isalnum() or end in ",-–—)’”" or initials) else None


def join_drafts(first: Draft, second: Draft, habits: Habits) -> None:
    drop, glue = junction(first.text, second.text, first.hyphen, first.trailing_space, habits)
    if any(at == len(first.text) for at, _ in first.marks):
        drop, glue = 0, " "
    if drop:
        first.text = first.text[:-drop]
        del first.places[-drop:]
    first.append(second, glue)


_UNIT_BEFORE = re.compile(r"(?:^|[\s\d(/])(?:m|km|cm|mm|ft|in|R|CO|H|x|y)$")
_POWER = re.compile(r"(?<![\d.,])10[-−–+]?$|[^\W_][-−+]$")
"""'10' with a raised figure behind it, or a raised sign before the figure: a power, no note mark."""


def _settle_marks(drafts: Sequence[Draft], known: Collection[str], calls: Mapping[str, str]) -> None:
    """Decides which raised figures are note marks; the others go back into the text as superscripts."""
    numbers = {calls.get(d.number, d.number) for d in drafts if d.number} | set(known)
    if not numbers:
        numbers = _counted(drafts)
    seen: set[str] = set()
    for draft in drafts:
        k = 0
        while k < len(draft.marks):
            at, label = draft.marks[k]
            if label in calls:
                k += 1
                continue
            labels = _expanded(label)
            before = draft.text[max(0, at - 4) : at]
            power = _POWER.search(before) is not None
            exponent = power or (_UNIT_BEFORE.search(before) and label in ("2", "3") and label in seen)
            if at and labels and all(n in numbers for n in labels) and not exponent:
                seen.update(labels)
                draft.marks[k : k + 1] = [(at, n) for n in labels]
                k += len(labels)
            else:
                draft.restore_mark(k, loose=bool(at and labels and numbers and not exponent))


def _expanded(label: str) -> list[str]:
    """'3–5' as 3, 4, 5."""
    ends = re.split(r"\s*[–-]\s*", label)
    if len(ends) == 2 and all(e.isdigit() for e in ends) and 0 < int(ends[1]) - int(ends[0]) < 20:
        return [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
    return ends if len(ends) == 1 else []


def _counted(drafts: Sequence[Draft]) -> set[str]:
    """Where a file holds no notes, raised figures that count up from 1 are marks all the same."""
    labels = [n for d in drafts for _, label in d.marks for n in _expanded(label)]
    expected = 1
    for label in labels:
        if label.isdigit() and int(label) == expected:
            expected += 1
    if expected - 1 >= 3 and expected - 1 >= 0.6 * len(labels):
        return {str(n) for n in range(1, expected)}
    return set()


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
    if length > start:
        sections.append(Section(tuple(t for _, t in stack), Span(start, length)))
    return tuple(sections)


def _notes(drafts: Sequence[Draft], spans: Sequence[Span], calls: Mapping[str, str]) -> tuple[Note, ...]:
    """Every mark is tied to the note of its label or number; where numbers repeat, to the next one behind it."""
    labels = {number: label for label, number in reversed(list(calls.items()))}
    entries: dict[str, list[tuple[Span, str]]] = {}
    order: list[tuple[str, int]] = []
    for draft, span in zip(drafts, spans, strict=True):
        if draft.number:
            entries.setdefault(draft.number, []).append((span, draft.text))
            order.append((draft.number, len(entries[draft.number]) - 1))
    marks: dict[tuple[str, int], list[int]] = {}
    for draft, span in zip(drafts, spans, strict=True):
        for at, label in draft.marks:
            offset = span.start + at
            label = label if label in calls else labels.get(label, label)
            if draft.number == label:
                continue
            candidates = entries.get(label)
            if not candidates:
                if (label, 0) not in marks:
                    order.append((label, 0))
                which = 0
            else:
                which = next((k for k, (s, _) in enumerate(candidates) if s.start > offset), len(candidates) - 1)
            marks.setdefault((label, which), []).append(offset)
    notes = []
    for label, which in order:
        found = entries.get(label)
        place = found[which] if found else None
        where = tuple(marks.get((label, which), ()))
        number = calls.get(label, label)
        notes.append(Note(number, place[1], place[0], where) if place else Note(number, None, None, where))
    return tuple(notes)


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
        authors = authors or next((names for b in bylines if (names := names_of(b))), ())
    issued, language = work.issued or facts.issued, work.language or facts.language
    return replace(work, title=title, authors=authors, issued=issued, language=language)


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
