"""What the checks share: the works that a document's notes name, each where it stands, and the making of a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.citations import cite
from assistant.policy.statements import flat
from assistant.sources.works import works_of
from assistant.text import language_of
from assistant.types import Document, Language, Note, Reference, Span
from assistant.types.policy import Doubt, Doubtful


@dataclass(frozen=True, slots=True)
class Named:
    """A work as a note names it."""

    note: Note
    place: int
    """Which of the document's notes, counted from 0: numbers may begin anew."""
    reference: Reference
    span: Span
    """Where the note names it, in the document; the whole note where that is not known closer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what its notes name, read once for all checks."""

    document: Document
    language: Language
    named: tuple[Named, ...]

    def doubt(
        self, kind: Doubt, note: str, at: Span | None, found: str, question: str, beside: Iterable[Span] = ()
    ) -> Doubtful:
        """A doubt with its places; markers are numbered later."""
        made = cite(self.document, at, 0) if at is not None else None
        return Doubtful(kind, note, made, found, question, tuple(cite(self.document, s, 0) for s in beside))


def read(document: Document) -> Reading:
    """The document's notes read for the works that they name."""
    found = []
    for place, (note, reading) in enumerate(zip(document.notes, works_of(document.notes), strict=True)):
        if note.text is None or note.span is None:
            continue
        aligned = note.span.slice(document.text) == note.text
        for r in reading.references:
            at = r.span.shift(note.span.start) if aligned and len(r.span) else note.span
            found.append(Named(note, place, r, at))
    return Reading(document, language_of(document.text), tuple(found))


def numbered(doubts: Iterable[Doubtful]) -> tuple[Doubtful, ...]:
    """The doubts in the order of the text, their citations numbered through."""
    order = sorted(doubts, key=lambda d: d.citation.span.start if d.citation else 1 << 60)
    marker, made = 0, []
    for d in order:
        citation, beside = d.citation, []
        if citation is not None:
            marker += 1
            citation = replace(citation, marker=marker)
        for other in d.beside:
            marker += 1
            beside.append(replace(other, marker=marker))
        made.append(replace(d, citation=citation, beside=tuple(beside)))
    return tuple(made)


def words(named: Named, field: str) -> Span:
    """Where a field of the reference stands in the document, its whole place where that is not known."""
    start = next((s for name, s in named.reference.where if name == field), None)
    if start is None or named.note.span is None:
        return named.span
    return start.shift(named.note.span.start)


def short(text: str | None, most: int = 90) -> str:
    """A title as a report names it, in one line."""
    line = flat(text or "")
    return line if len(line) <= most else re.sub(r"\s\S*$", "", line[:most]) + "…"
