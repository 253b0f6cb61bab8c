"""What each claim of a document rests on: its own data or calculation, official statistics, a study, a law or another
official document, press, another named source, or nothing that is named.

Read from the notes that are called at the sentence and the works which they name, from the words of the sentence, and
from the line below a table or figure that it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.citations import cite, locate
from assistant.origin import carrier, names_work
from assistant.policy import causality
from assistant.policy.basis import publisher, shown, words
from assistant.policy.basis.claims import is_claim
from assistant.policy.basis.kinds import ground, named
from assistant.policy.basis.official import meanings
from assistant.policy.dates import staged
from assistant.policy.statements import Statement, flat, statements
from assistant.types import Basis, Block, Document, Names, Note, Span, Work
from assistant.types.policy import Part, Rested, Staged

WorkOf = Callable[[str], Work | None]
"""The record of a cited work, by its id."""

_ORDER: tuple[Basis, ...] = ("own", "statistics", "study", "law", "press", "other", "none")
_SHORT = 240
"""Characters of a note that does little more than name its source."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that a claim rests on, and the words that name it."""

    basis: Basis
    part: Part
    sure: bool = True


def works_of(names: Names) -> WorkOf:
    """The works that the documents of a corpus name."""
    known: Mapping[str, Work] = {w.id: w for w in names.works}
    return known.get


def rested(document: Document, names: Names) -> tuple[Rested, ...]:
    """Every claim of the document with what it rests on and what it says of cause, in the order of the text; those in
    its notes behind those of the text."""
    work_of = works_of(names)
    made: list[Rested] = []
    about = publisher.about(document)
    for statement in sorted(statements(document, notes=True), key=lambda s: s.note is not None):
        if not is_claim(statement) or any(a.overlaps(statement.span) for a in about):
            continue
        bases, parts = basis_of(document, statement.span, work_of)
        citation = cite(document, statement.span, len(made) + 1)
        made.append(Rested(citation, bases, parts, causality.of(statement.text), _stage(statement)))
    return tuple(made)


def is_claim_at(document: Document, span: Span) -> bool:
    """Whether the words at a place, such as those of a citation, state something: a table's row does, advice does not."""
    if any(t.span.overlaps(span) for t in document.tables):
        return True
    block = next((b for b in document.blocks if b.span.overlaps(span)), None)
    if block is None or block.kind in ("title", "byline", "heading"):
        return False
    if any(a.overlaps(span) for a in publisher.about(document)):
        return False
    text = flat(span.slice(document.text))
    note = next((n for n in document.notes if n.span is not None and n.span.contains(span)), None)
    return is_claim(Statement(document, span, text, block.kind, block.span, document.section_at(span.start), note=note))


def _stage(statement: Statement) -> Staged | None:
    """How far the measure of a statement had come; None where it tells of several that had come differently far."""
    found = staged(statement)
    return found[-1] if len({s.stage for s in found}) == 1 else None


def basis_of(document: Document, span: Span, work_of: WorkOf) -> tuple[tuple[Basis, ...], tuple[Part, ...]]:
    """What the words at a place rest on, most one's own first, and the words that name it; 'none' stands alone."""
    found = list(_grounds(document, span, work_of))
    if any(g.sure for g in found):
        found = [g for g in found if g.sure]
    kinds = {g.basis for g in found}
    parts = {(g.part.span or g.part.text): g.part for g in found}
    return tuple(b for b in _ORDER if b in kinds) or ("none",), tuple(parts.values())


def _grounds(document: Document, span: Span, work_of: WorkOf) -> Iterator[Ground]:
    text = span.slice(document.text)
    for word in words.grounds(text.replace("\n", " "), meanings(document.text)):
        at = word.span.shift(span.start)
        yield Ground(word.basis, Part(flat(at.slice(document.text)), at), word.sure)
    lines = [*shown.spoken(document, text)]
    if (line := shown.below(document, span)) is not None:
        lines.append(line)
    for line in lines:
        yield from _of_line(document, line, work_of)
    notes = document.notes_in(span)
    own = next((n for n in document.notes if n.span is not None and n.span.contains(span)), None)
    if own is not None:
        notes = (*notes, own)
    if not notes and (beside := carrier(document, span)) is not None:
        notes = document.notes_in(beside)
    for note in notes:
        yield from _of_note(document, note, work_of, says=note is not own)


def _of_line(document: Document, line: Block, work_of: WorkOf) -> Iterator[Ground]:
    """What a table or figure was made of. Without a line below it, it is the document's own."""
    at = shown.source_part(document, line.span)
    said = flat(at.slice(document.text))
    part = Part(said, at, "the line below the table or figure")
    if line.kind == "caption":
        noted = [g for n in document.notes_in(line.span) for g in _of_note(document, n, work_of)]
        yield from noted or [Ground("own", Part(said, at, "a table or figure without a named source"))]
        return
    for basis in shown.made_of(said):
        yield Ground(basis, part)
    for note in document.notes_in(line.span):
        yield from _of_note(document, note, work_of)


def _of_note(document: Document, note: Note, work_of: WorkOf, says: bool = True) -> Iterator[Ground]:
    """What the works of a note are; of a note whose works are not known, what its words name. A note that only remarks
    on something names nothing."""
    why = f"note {note.number}"
    if note.text is None:
        yield Ground("other", Part(why, None, "its words are not known"), sure=False)
        return
    made = False
    for id in note.works:
        work = work_of(id)
        if work is None:
            continue
        made = True
        yield Ground(ground(work), _named(document, note, work, why))
    if made or not names_work(note):
        return
    if says:
        part = Part(flat(note.text), note.span, why)
        told: set[Basis] = {ground(work) for work in _read(note.number, note.text)}
        told = told or {w.basis for w in words.grounds(flat(note.text)) if w.sure}
        if not told and len(note.text) <= _SHORT and (basis := named(note.text, figures=False)) is not None:
            told = {basis}
        for basis in told:
            yield Ground(basis, part)
        if not told:
            yield Ground("other", part, sure=False)


def _read(number: str, text: str) -> Iterator[Work]:
    """The works that a note names which no record was made of, as its words have them."""
    from assistant.sources.references import read_note  # here: a question reads no notes

    for r in read_note(text, number).references:
        if r.title and not {"work", "title"} & {*r.unsure} and (r.container or r.publisher or r.url or r.authors):
            yield Work(
                "", r.title, "source", r.type, r.authors, r.container, r.publisher, r.issued, url=r.url,
                volume=r.volume, issue=r.issue, pages=r.page,
            )  # fmt: skip


def _named(document: Document, note: Note, work: Work, why: str) -> Part:
    """The title of a work as the note has it, else the whole note."""
    if note.span is None or note.text is None:
        return Part(work.title, None, why)
    at = locate(document, work.title, note.span)
    if at:
        return Part(flat(at[0].slice(document.text)), at[0], why)
    return Part(flat(note.span.slice(document.text)), note.span, why)


__all__ = ["Ground", "WorkOf", "basis_of", "ground", "is_claim_at", "rested", "works_of"]
