"""Candidates -> claims and citations: a sentence with the list it opens, a row's cells, a cited work as the
title that it is; and the writing of the draft.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.answering.listing import whole_list, with_list
from assistant.answering.tables import Picked, pick
from assistant.citations import cite, is_reference
from assistant.protocols import Library
from assistant.questions import Question
from assistant.text import sentences
from assistant.types import CellPlace, Citation, Claim, Computed, Document, Span, Verdict


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims and citations before verification."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confidence: float | None = None
    """The gate's, that this answers the question; None where nothing was ranked."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One claim to be: its words, the place that bears it, and further places of its operands."""

    candidate: Candidate
    text: str
    span: Span
    picked: Picked | None
    score: float
    headers: tuple[str, ...] = ()
    added: tuple[Span, ...] = ()
    """Where the words stand that its text has in brackets."""
    lead: str = ""
    """Who says it, or how it stands to the claim before; ours."""
    computed: Computed | None = None
    """The calculation that its text tells, where that is not over a table."""


def pieces_of(question: Question, candidate: Candidate, library: Library, references: bool) -> list[Piece]:
    if candidate.kind == "row":
        return [Piece(candidate, p.text, p.row, p, candidate.score) for p in pick(question, candidate)]
    document = library.document(candidate.passage.document)
    if candidate.kind == "reference":
        return [reference(question, candidate, document, references)]
    span = with_list(document, candidate.span)
    if candidate.kind == "sentence" and span == candidate.span:
        span = whole_list(question, document, span)
    own = Piece(replace(candidate, span=span), span.slice(document.text), span, None, candidate.score)
    if not references or candidate.kind != "sentence":
        return [own]
    cited = []
    for note in document.notes_in(candidate.span):
        for span in sentences(document.text, note.span) if note.span else _entries(document, note.number):
            text = span.slice(document.text)
            if note.span is None or is_reference(text):
                named = replace(candidate, span=span, text=text, kind="reference")
                cited.append(reference(question, named, document, references))
    return [own, *cited]


def _entries(document: Document, number: str) -> list[Span]:
    """A digest's own list of works, where a note has no text: its entry `Note 19: …`."""
    return [
        b.span
        for b in document.blocks
        if b.kind == "list" and re.match(rf"Note {re.escape(number)}:", b.span.slice(document.text))
    ]


_WORKS = re.compile(r";\s+(?=[\u201c\"A-Z\u00c0-\u00de])")


def reference(question: Question, candidate: Candidate, document: Document, asked: bool) -> Piece:
    """A bibliographic entry as what it is: the work of the note that fits best, under a lead that says
    so. It never stands as if it answered a question of fact.
    """
    span = candidate.span
    cuts = [0, *(m.end() for m in _WORKS.finditer(candidate.text)), len(candidate.text)]
    if len(cuts) > 2 and not asked:
        parts = [
            Span(span.start + a, span.start + len(candidate.text[:b].rstrip("; "))) for a, b in itertools.pairwise(cuts)
        ]
        span = max(parts, key=lambda p: sum(covers(c, bag_of(p.slice(document.text))) for c in question.concepts))
    note = next((n.number for n in document.notes if n.span and n.span.contains(span)), None)
    lead = wording.reference_lead(note, asked or question.wants == "who")
    return Piece(
        replace(candidate, span=span), f"{lead}: {span.slice(document.text)}", span, None, candidate.score,
        headers=(f"note {note}",) if note else (),
    )  # fmt: skip


def _beside(picked: Picked | None) -> list[tuple[Span, CellPlace | None]]:
    """The further places of a claim over a table."""
    return [*picked.more, *((span, None) for span in picked.operands)] if picked else []


def write(pieces: Sequence[Piece], library: Library, in_turn: bool = False) -> Draft:
    """Citations and claims: the best piece first, since that is what is read, and what it leans on; then the sentence that
    stands right behind it, which may lean on it, and the others in reading order, documents in the order of their best
    piece. With `in_turn`, as they are given.
    """
    order = {d: i for i, d in enumerate(dict.fromkeys(p.candidate.passage.document for p in pieces))}
    following = sorted(
        pieces[1:],
        key=lambda p: (not p.lead, not _next(pieces[0], p), order[p.candidate.passage.document], p.span.start),
    )
    ordered = list(pieces) if in_turn else [*pieces[:1], *following]
    citations: list[Citation] = []
    claims: list[Claim] = []
    for piece in ordered:
        document = library.document(piece.candidate.passage.document)
        computed: Computed | None = piece.picked.computed if piece.picked else piece.computed
        marker = len(citations) + 1
        citations.append(
            cite(
                document,
                piece.span,
                marker,
                score=piece.score,
                passage=piece.candidate.passage.id,
                cell=piece.picked.place if piece.picked else None,
                headers=piece.picked.headers if piece.picked else piece.headers,
            )
        )
        markers = [marker]
        for span, cell in _beside(piece.picked):
            markers.append(len(citations) + 1)
            headers = piece.picked.headers if piece.picked else ()
            citations.append(
                cite(document, span, markers[-1], score=piece.score, passage=piece.candidate.passage.id,
                     cell=cell, headers=headers)
            )  # fmt: skip
        for span in piece.added:
            markers.append(len(citations) + 1)
            citations.append(cite(document, span, markers[-1], score=piece.score, passage=piece.candidate.passage.id))
        claims.append(Claim(" ".join(piece.text.split()), tuple(markers), Verdict("unchecked"), computed, piece.lead))
    return Draft(tuple(claims), tuple(citations))


def _next(best: Piece, other: Piece) -> bool:
    """Whether a piece stands right behind the best one: nothing but white space is between two sentences."""
    same = best.candidate.passage.document == other.candidate.passage.document
    return same and best.picked is None and 0 <= other.span.start - best.span.end <= _GAP


_GAP = 2


def order(claims: Sequence[Claim]) -> dict[int, int]:
    """Each marker that claims use -> its number in the order of their use."""
    numbers: dict[int, int] = {}
    for claim in claims:
        for marker in claim.citations:
            numbers.setdefault(marker, len(numbers) + 1)
    return numbers


def renumbered(
    claims: Sequence[Claim], citations: Sequence[Citation]
) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
    """Only the citations that shown claims use, numbered from 1 in the order of their use."""
    numbers = order(claims)
    by_marker = {c.marker: c for c in citations}
    kept = tuple(replace(by_marker[old], marker=new) for old, new in numbers.items())
    return tuple(replace(c, citations=tuple(numbers[m] for m in c.citations)) for c in claims), kept
