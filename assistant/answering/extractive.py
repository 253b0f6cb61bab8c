"""The sentences, rows and notes that answer a question, chosen without a language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.abstention import Refusal, gate
from assistant.answering.candidates import Candidate, Weigh, candidates
from assistant.answering.tables import Picked, demanded_columns_missing, pick
from assistant.citations import cite
from assistant.protocols import Library, Vectors
from assistant.questions import Question
from assistant.text import terms
from assistant.types import Citation, Claim, Computed, Hit, Span, Verdict

KEEP = 0.86
"""A further sentence is shown when it scores at least this share of the best one's score."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims and citations before verification."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One claim to be: its words, the place that bears it, and further places of its operands."""

    candidate: Candidate
    text: str
    span: Span
    picked: Picked | None
    score: float


Rescore = Callable[[Question, Sequence[Candidate]], Sequence[Candidate]]


def draft(
    question: Question,
    hits: Sequence[Hit],
    library: Library,
    vector: Vectors,
    weigh: Weigh,
    limit: int,
    every_document: bool = False,
    references: bool = False,
) -> tuple[Draft | Refusal, list[Candidate]]:
    """A draft answer or the refusal, with all candidates, best first, for `nearest`."""
    found = candidates(question, hits, library, vector, weigh)
    usable = [c for c in found if _may_answer(c, question, references)]
    if refusal := gate(question, _with_captions(usable, found), weigh):
        return refusal, found
    chosen = _choose(question, usable, limit, every_document)
    pieces = [p for c in chosen for p in _pieces(question, c)][:limit]
    pieces = _complete(question, pieces, library, limit)
    return _write(pieces, library), found


def _with_captions(usable: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Usable candidates first, then captions: those are looked at for `in_figure` only."""
    return [*usable, *(c for c in found if c.kind == "caption")]


def _may_answer(candidate: Candidate, question: Question, references: bool) -> bool:
    if candidate.kind == "caption":
        return False
    if candidate.kind == "reference":
        return references
    if candidate.kind == "row":
        return bool(candidate.table) and not demanded_columns_missing(question, candidate.table)  # type: ignore[arg-type]
    return _whole(candidate.text)


def _whole(text: str) -> bool:
    """A sentence, not a label: long enough and ended, or a list item with a verb's worth of words."""
    words = text.split()
    return len(words) >= 4 and (text.rstrip("\u201d\"')]").endswith((".", "!", ":", ";", "?", "다", "음", "임")) or len(words) >= 8)


def _choose(question: Question, usable: Sequence[Candidate], limit: int, every_document: bool) -> list[Candidate]:
    best = usable[0]
    chosen = [best]
    if every_document:
        for document in dict.fromkeys(c.passage.document for c in usable):
            if document != best.passage.document:
                first = next(c for c in usable if c.passage.document == document)
                if first.score >= 0.5 * best.score:
                    chosen.append(first)
    for candidate in usable[1:]:
        if len(chosen) >= limit or candidate.score < KEEP * best.score:
            break
        if candidate in chosen or any(_same(candidate, c) for c in chosen):
            continue
        if candidate.kindred < best.kindred:
            continue
        chosen.append(candidate)
    return chosen[:limit]


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates say the same in nearly the same words."""
    x, y = set(terms(a.text)), set(terms(b.text))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.8


def _pieces(question: Question, candidate: Candidate) -> list[_Piece]:
    if candidate.kind != "row":
        return [_Piece(candidate, candidate.text, candidate.span, None, candidate.score)]
    picked = pick(question, candidate)
    return [_Piece(candidate, p.text, p.row, p, candidate.score) for p in picked]


_ANNOUNCES = re.compile(
    r"\b(?:two|three|four|five|six|several|following|various)\b(?:\s[\w-]+){0,4}?\s(?:dimensions?|stages?|directions?|pillars?|ways?|reasons?|"
    r"objectives?|goals?|steps?|factors?|aspects?|channels?|types?|forms?|areas?|measures?|elements?|categories)\b|(?:두|세|네|다섯) ?가지",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"^(?:First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Fourth(?:ly)?|Finally|Lastly|Initially|Then|Over time|Next|Up until|Later|"
    r"Subsequently|첫째|둘째|셋째|넷째|마지막으로)\b",
    re.IGNORECASE,
)
_HAS_LIST = re.compile(r"\b1\)|\(1\)|\bfirst\b.*\bsecond\b|:\s", re.IGNORECASE | re.DOTALL)


def _complete(question: Question, pieces: list[_Piece], library: Library, limit: int) -> list[_Piece]:
    """Lists whole: where a chosen sentence announces an enumeration, the sentences that carry it out
    come along in place of weaker ones.
    """
    if not pieces or pieces[0].picked:
        return pieces
    lead = pieces[0]
    if not _ANNOUNCES.search(lead.text) or _HAS_LIST.search(lead.text):
        return pieces
    spans = lead.candidate.passage.sentences
    if lead.span not in spans:
        return pieces
    document = library.document(lead.candidate.passage.document)
    following = []
    for span in spans[spans.index(lead.span) + 1 :]:
        text = span.slice(document.text)
        if not _ORDERED.match(text) or len(following) >= max(limit, 4) - 1:
            break
        following.append(_Piece(replace(lead.candidate, span=span, text=text), text, span, None, lead.score))
    if len(following) < 2:
        return pieces
    rest = [p for p in pieces[1:] if all(p.span != f.span for f in following)]
    return [lead, *following, *rest][: max(limit, 1 + len(following))]


def _write(pieces: Sequence[_Piece], library: Library) -> Draft:
    """Citations and claims in reading order; documents in the order of their best piece."""
    order = {d: i for i, d in enumerate(dict.fromkeys(p.candidate.passage.document for p in pieces))}
    ordered = sorted(pieces, key=lambda p: (order[p.candidate.passage.document], p.span.start))
    citations: list[Citation] = []
    claims: list[Claim] = []
    for piece in ordered:
        document = library.document(piece.candidate.passage.document)
        computed: Computed | None = piece.picked.computed if piece.picked else None
        marker = len(citations) + 1
        citations.append(
            cite(
                document,
                piece.span,
                marker,
                score=piece.score,
                passage=piece.candidate.passage.id,
                cell=piece.picked.place if piece.picked else None,
                headers=piece.picked.headers if piece.picked else (),
            )
        )
        markers = [marker]
        for operand in piece.picked.operands if piece.picked else ():
            markers.append(len(citations) + 1)
            citations.append(
                cite(document, operand, markers[-1], score=piece.score, passage=piece.candidate.passage.id,
                     headers=piece.picked.headers if piece.picked else ())
            )  # fmt: skip
        claims.append(Claim(" ".join(piece.text.split()), tuple(markers), Verdict("unchecked"), computed))
    return Draft(tuple(claims), tuple(citations))


def nearest(found: Sequence[Candidate], library: Library, count: int = 3) -> tuple[Citation, ...]:
    """Citations of the best candidates of any kind but bibliographic entries, each from another sentence."""
    kept: list[Candidate] = []
    for candidate in found:
        if len(kept) >= count:
            break
        if candidate.kind != "reference" and not any(_same(candidate, k) for k in kept):
            kept.append(candidate)
    return tuple(
        cite(library.document(c.passage.document), c.span, i, score=c.score, passage=c.passage.id,
             headers=(c.table.caption,) if c.table else ())
        for i, c in enumerate(kept, start=1)
    )  # fmt: skip
