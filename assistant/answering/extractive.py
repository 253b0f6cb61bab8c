"""The sentences, rows and notes that answer a question, chosen without a language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.abstention import BY_RULE, SURE, Refusal, gate
from assistant.answering.across import across
from assistant.answering.calculating import asked as calculation
from assistant.answering.calculating import over_tables
from assistant.answering.candidates import Candidate, Weigh, candidates
from assistant.answering.choosing import (
    NOTE,
    SOURCE_LINE,
    also_said,
    author_note,
    by_turn,
    choose,
    counted,
    explicit_table,
    may_answer,
    note_pieces,
    of_the_kind,
    same,
    sure_cell,
)
from assistant.answering.comparing import heard, once, says_otherwise
from assistant.answering.completing import made_whole
from assistant.answering.gates.asked_for import missed, names, speaks_of
from assistant.answering.gates.model import CAUTION
from assistant.answering.gates.rules import unheard
from assistant.answering.pieces import Draft, Piece, pieces_of, write
from assistant.answering.scopes import other_scope, other_share
from assistant.answering.tables import explicit_number
from assistant.citations import cite
from assistant.protocols import Library, Vectors
from assistant.questions import Question
from assistant.types import Citation, Hit


def draft(
    question: Question,
    hits: Sequence[Hit],
    library: Library,
    vector: Vectors,
    weigh: Weigh,
    limit: int,
    every_document: bool = False,
    references: bool = False,
    embedder: object = None,
    about_author: Sequence[str] = (),
    sources_first: bool = False,
    caution: int = CAUTION,
    confined: bool = False,
) -> tuple[Draft | Refusal, list[Candidate]]:
    """A draft answer or the refusal, with all candidates, best first, for `nearest`."""
    # Where each paper is to be heard, late interaction looks at the best of each.
    apart = dict.fromkeys(h.passage.document for h in hits) if every_document else {None: None}
    found = [
        c
        for document in apart
        for c in candidates(
            question,
            [h for h in hits if document in (None, h.passage.document)],
            library,
            vector,
            weigh,
            embedder,
        )
    ]
    found = across(question, found, weigh)
    found.sort(key=lambda c: (-c.score, c.passage.document, c.span.start))
    answering = [c for c in found if may_answer(c, question, references)]
    usable = of_the_kind(answering)
    number = None if references else explicit_number(question)
    aloud = every_document and question.wants != "number"  # who wants the papers heard is not served by a cell
    if not references and not aloud and (worked := _calculated(question, answering, found, number)):
        return sure_of(write(worked, library, in_turn=True)), found
    if number and (said := explicit_table(question, number, found, library)):
        return sure_of(write([said], library)), found
    if (asked := NOTE.search(question.text)) and (told := note_pieces(asked[1] or asked[2], found, library, limit)):
        return sure_of(write(told, library)), found
    ordered = by_turn(usable, library, sources_first)
    if not aloud and (sure := sure_cell(question, ordered)):
        return sure_of(write([sure, *also_said(ordered, sure, limit)], library)), found
    if about_author and (known := author_note(usable, about_author)):
        return sure_of(write([Piece(c, c.text, c.span, None, c.score) for c in known[:limit]], library)), found
    usable, ordered = (counted([c for c in cs if not other_share(question, c.text)]) for cs in (usable, ordered))
    said_of = () if every_document else names(question, weigh)
    if said_of:  # what a document says that never speaks of them is of something else
        spoken = {c.passage.document: speaks_of(library.document(c.passage.document), said_of) for c in usable}
        usable, ordered = ([c for c in cs if spoken[c.passage.document]] for cs in (usable, ordered))
    gated = gate(question, usable, found, weigh, caution, confined)
    if gated.refusal:
        return gated.refusal, found
    if not references and _untold(question, usable[0]):
        return Refusal("not_answered_by_corpus", confidence=BY_RULE * (gated.confidence or 0.0)), found
    chosen = choose(ordered, limit, every_document, references)
    if every_document:  # one of each document side by side, then what else comes near
        chosen = once([*heard(ordered, limit), *chosen], limit)
    elif beside := says_otherwise(chosen[0], ordered) or other_scope(question, chosen[0], ordered):
        chosen = once([chosen[0], beside, *chosen], limit)
    made = [p for c in chosen for p in pieces_of(question, c, library, references)]
    pieces = list({(p.text, p.span): p for p in reversed(made)}.values())[::-1][:limit]
    if not references and not any(p.picked for p in pieces) and missed(question, [_around(p, library) for p in pieces]):
        by_rule = BY_RULE * (gated.confidence or 0.0)
        return Refusal("not_answered_by_corpus", unheard(question, weigh), confidence=by_rule), found
    if not every_document:
        pieces = made_whole(question, pieces, library, limit)
    return replace(write(pieces, library, in_turn=every_document), confidence=gated.confidence), found


def _around(piece: Piece, library: Library) -> str:
    """What a piece says, with its passage, headings and title."""
    passage = piece.candidate.passage
    title = library.document(passage.document).work.title
    return "\n".join([piece.text, passage.text, passage.context, *passage.section, title])


def sure_of(draft: Draft) -> Draft:
    """A draft that a rule made, and not the gate."""
    return replace(draft, confidence=SURE)


def _calculated(
    question: Question, usable: Sequence[Candidate], found: Sequence[Candidate], number: str | None
) -> list[Piece]:
    """What the documents say of a result that is asked for, then the calculation itself; empty where nothing is to be
    calculated, or not with what a table has.
    """
    operation = calculation(question)
    if operation is None:
        return []
    from assistant.answering.reckoning import over_sentences, stated  # here: most questions calculate nothing

    said = stated(operation, usable)
    first = [Piece(said, said.text, said.span, None, said.score)] if said else []
    made = over_tables(question, [c for c in found if number is None or (c.table and c.table.number == number)])
    if made is not None:
        row, picked = made
        return [*first, Piece(row, picked.text, picked.row, picked, row.score)]
    told = over_sentences(question, operation, usable) if number is None else []
    return [*first, *told] if told else []


def _untold(question: Question, best: Candidate) -> bool:
    """Whether a result is asked for that was not calculated and that the best candidate does not tell."""
    operation = calculation(question)
    if operation is None:
        return False
    from assistant.answering.reckoning import uncalculated  # here: most questions calculate nothing

    return uncalculated(question, operation, best)


def nearest(
    found: Sequence[Candidate], library: Library, count: int = 3, first: Candidate | None = None
) -> tuple[Citation, ...]:
    """Citations of the best candidates of any kind but bibliographic entries, each from another sentence; `first`
    is shown whatever it is.
    """
    kept: list[Candidate] = [first] if first else []
    for candidate in found:
        if len(kept) >= count:
            break
        if candidate.kind in ("reference", "front", "title") or SOURCE_LINE.match(candidate.text):
            continue
        if not any(same(candidate, k) for k in kept):
            kept.append(candidate)
    return tuple(
        cite(library.document(c.passage.document), c.span, i, score=c.score, passage=c.passage.id,
             headers=(c.table.caption,) if c.table else ())
        for i, c in enumerate(kept, start=1)
    )  # fmt: skip
