"""Answers made whole: the list that a sentence announces, what a sentence leans on, the sentence that goes on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.antecedents import leaning
from assistant.answering.choosing import whole
from assistant.answering.listing import listed
from assistant.answering.pieces import Piece
from assistant.answering.premises import taken
from assistant.protocols import Library
from assistant.questions import Question
from assistant.types import Language, Span

_GOES_ON = re.compile(
    r"(?:This|These|Those|Such|It|They|That is|In such cases?|In this way|Accordingly|Therefore|Thus|As a result|이는|이러한|이를|따라서)\b"
)


STANDS_OUT = 0.93
"""A further candidate must come so near the best one to be preferred to the sentence that goes on from it."""


def made_whole(question: Question, pieces: list[Piece], library: Library, limit: int) -> list[Piece]:
    """The chosen pieces with what belongs to them."""
    enumerated = completed(question, pieces, library, limit)
    if enumerated is not pieces:
        return enumerated
    return leant(continued(question, pieces, library, limit), library, limit, question.language)


_SAID_OF_IT = re.compile(r"(?:It|They)\b")
_EXACT = ("who", "where", "when", "number")
"""What one sentence answers whole: that the next goes on about the same thing adds nothing that was asked."""


def continued(question: Question, pieces: list[Piece], library: Library, limit: int) -> list[Piece]:
    """The best sentence with the one that goes on from it (`This means …`), in place of weak company."""
    if not _quoted(pieces):
        return pieces
    lead = pieces[0]
    spans = lead.candidate.passage.sentences
    if lead.span not in spans:
        return pieces
    text = library.document(lead.candidate.passage.document).text
    at = spans.index(lead.span)
    if at + 1 >= len(spans) or not _GOES_ON.match(text, spans[at + 1].start) or not _one_paragraph(text, at, spans):
        return pieces
    after = spans[at + 1]
    if question.wants in _EXACT and _SAID_OF_IT.match(text, after.start) and not taken(question):
        return pieces
    strong = [p for p in pieces[1:] if p.score >= STANDS_OUT * lead.score or p.span == after]
    weak = [p for p in pieces[1:] if p not in strong]
    added = [_beside(lead, after, text)] if whole(after.slice(text)) and all(p.span != after for p in pieces) else []
    return [lead, *strong, *added, *weak][: max(limit, len(pieces))]


def _quoted(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and pieces[0].picked is None and pieces[0].candidate.kind in ("sentence", "note")


def _beside(lead: Piece, span: Span, text: str) -> Piece:
    words = span.slice(text)
    return Piece(replace(lead.candidate, span=span, text=words), words, span, None, lead.score)


def _one_paragraph(text: str, at: int, spans: Sequence[Span]) -> bool:
    return "\n\n" not in text[spans[at].end : spans[at + 1].start]


def leant(pieces: list[Piece], library: Library, limit: int, language: Language) -> list[Piece]:
    """Each sentence that leans on one before it with the words that are meant, in brackets; where they cannot be told,
    with that sentence beside it. One that is not the best, and for which that takes more room than there is, is left
    out: a figure of `it` is read as a figure of what was asked.
    """
    made: list[Piece] = []
    meant: Span | None = None  # what the best one leans on and is shown anyway
    room = max(limit, len(pieces))
    lead = wording.before(language)
    for place, piece in enumerate(pieces):
        if piece.picked or piece.candidate.kind != "sentence" or piece.added:
            made.append(piece)
            continue
        document = library.document(piece.candidate.passage.document)
        told = leaning(document, piece.span)
        if told is None:
            made.append(piece)
            continue
        shown = any(_shows(p, piece, told.place) for p in [*pieces, *made] if p is not piece)
        if shown and place:  # the others are told in reading order: right behind it
            made.append(piece)
        elif shown and told.text is None:
            meant = told.place
            made.append(piece)
        elif told.text is not None:
            made.append(replace(piece, text=told.text, added=(told.place,)))
        elif place and whole(told.place.slice(document.text)) and len(made) + 2 <= room:
            made += [_beside(piece, told.place, document.text), piece]
        elif place == 0:
            made.append(piece)
            if whole(told.place.slice(document.text)):
                made.append(replace(_beside(piece, told.place, document.text), lead=lead))
    if meant is not None:
        made = [replace(p, lead=lead) if p.span.contains(meant) and not (p.lead or p.picked) else p for p in made]
    if len(made) > room and made[-1].score < STANDS_OUT * made[0].score:
        made.pop()
    return made


def _shows(other: Piece, piece: Piece, place: Span) -> bool:
    return other.candidate.passage.document == piece.candidate.passage.document and other.span.contains(place)


def completed(question: Question, pieces: list[Piece], library: Library, limit: int) -> list[Piece]:
    """Lists whole: where the best sentence announces an enumeration, or is an item of the one that is asked for, the
    sentences that carry it out come along in place of weaker ones.
    """
    if not _quoted(pieces):
        return pieces
    lead = pieces[0]
    document = library.document(lead.candidate.passage.document)
    found = listed(question, document, lead.span)
    if found is None:
        return pieces
    spans = [*([found.opening] if found.opening else []), *found.items]
    others = [_beside(lead, s, document.text) for s in spans if not s.overlaps(lead.span)]
    rest = [p for p in pieces[1:] if not any(_shows(o, p, p.span) for o in others)]
    return [lead, *others, *rest][: max(limit, 1 + len(others))]
