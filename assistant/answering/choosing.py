"""Which candidates are shown: what may answer at all, the best with its equals, and what is asked for by
its number or named so fully that nothing is left to doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.candidates import LEANS_ON, Candidate
from assistant.answering.fit import kindred
from assistant.answering.pieces import Piece
from assistant.answering.tables import asked_columns, explicit, holds, pick
from assistant.citations import is_reference
from assistant.protocols import Library
from assistant.questions import Question, is_superlative
from assistant.text import sentences, terms

KEEP = 0.85
"""A further sentence is shown when it scores at least this share of the best one's score."""


def of_the_kind(usable: list[Candidate]) -> list[Candidate]:
    """For a number or a date, the candidates that have one of the kind; none where none has. All, for every other question,
    and where the finer reading of the question takes it to ask for something else.
    """
    if not usable or not usable[0].exact or usable[0].asks_other:
        return usable
    return [c for c in usable if c.kindred == 1.0 or c.fits]


def may_answer(candidate: Candidate, question: Question, references: bool) -> bool:
    if candidate.kind == "caption":
        return references and bool(SOURCE_LINE.match(candidate.text))
    if candidate.kind == "title":
        return False
    if candidate.kind == "reference":
        titles = re.findall(r"[\u201c\"]([^\u201d\"]+)[\u201d\"]", candidate.text)
        told = candidate.coverage >= 0.6 and candidate.exact and any(kindred(question, t) == 1.0 for t in titles)
        return references or told or (question.wants == "who" and bool(_AUTHORING.search(question.text)))
    if candidate.kind == "front" and not _PERSONAL.search(question.text):
        return False
    if candidate.kind == "row":
        return candidate.table is not None and holds(question, candidate, candidate.table)
    return whole(candidate.text)


_PERSONAL = re.compile(
    r"\b(?:who|whose|authors?|affiliat\w+|institut\w+|universit\w+|professor|president|minister|positions?|posts?|opinions?|views?|"
    r"disclaimer|official|published|wrote|written|KIEP|work(?:s|ed)? (?:for|at))\b|누구|누가|저자|소속|직책|공식|견해|약력",
    re.IGNORECASE,
)
_AUTHORING = re.compile(
    r"\b(?:wrote|writes|written|authored|argu\w+|says|said|claim\w*|show\w*|found|finds|publish\w*|stud(?:y|ies|ied)|article|book|research\w*)\b"
    r"|썼|쓴|저술|주장|연구",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"^(?:Sources?|Data|자료|출처)\s*:", re.IGNORECASE)


def whole(text: str) -> bool:
    """A sentence, not a label: long enough and ended, or a list item with a verb's worth of words."""
    words = text.split()
    return len(words) >= 4 and (
        text.rstrip("\u201d\"')]").endswith((".", "!", ":", ";", "?", "다", "음", "임")) or len(words) >= 8
    )


def choose(usable: Sequence[Candidate], limit: int, every_document: bool, references: bool) -> list[Candidate]:
    """The best candidate, in each document where all are to be heard, and those that come near it."""
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
        if candidate in chosen or any(same(candidate, c) for c in chosen):
            continue
        if candidate.kindred < best.kindred:
            continue
        if candidate.exact and candidate.absent_years > best.absent_years:
            continue  # a figure of another year beside the one that is asked for misleads
        if candidate.kind == "reference" and best.kind != "reference" and not references:
            continue
        if candidate.kind == "row" and best.kind != "row" and not (candidate.exact or candidate.tabular):
            continue
        chosen.append(candidate)
    return chosen[:limit]


_TEXT = ("sentence", "note")


def counted(usable: list[Candidate]) -> list[Candidate]:
    """For a number, the candidates with the first that gives one of the very thing asked for before a best one that gives
    one of something else, where it comes near that.
    """
    best = usable[0] if usable else None
    if best is None or not best.exact or best.kind not in _TEXT or best.kindred == 1.0 or best.asks_other:
        return usable
    near = (c for c in usable[:FIRST] if c.score >= KEEP * best.score)
    first = next((c for c in near if c.kindred == 1.0 and c.kind in _TEXT and not c.absent_years), None)
    return usable if first is None else [first, *(c for c in usable if c is not first)]


FIRST = 8
"""Among so many of the best, it is decided whether a paper or its source goes first."""


def by_turn(usable: Sequence[Candidate], library: Library, sources_first: bool) -> list[Candidate]:
    """The candidates with a source's sentence behind that of a paper or digest which says the same: the paper is
    quoted, and the source shown as what stands behind it. With `sources_first`, the other way round.
    """
    first = usable[:FIRST]
    sources = [c for c in first if library.document(c.passage.document).work.kind == "source"]
    if not 0 < len(sources) < len(first):
        return list(usable)
    relaying = [c for c in first if c not in sources]
    ordered = list(usable)
    for candidate in relaying if sources_first else sources:
        others = sources if sources_first else relaying
        told = [c for c in others if c.score >= KEEP * candidate.score and c.kind == candidate.kind]
        told = [c for c in told if same(c, candidate)]
        if told:
            ordered.remove(candidate)
            ordered.insert(max(map(ordered.index, told)) + 1, candidate)
    return ordered


def same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates say the same in nearly the same words."""
    x, y = set(terms(a.text)), set(terms(b.text))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.8


NOTE = re.compile(r"\b(?:end|foot)?note\s+(?:no\.?\s*)?(\d+)\b|(?:각주|미주)\s*(\d+)", re.IGNORECASE)


def note_pieces(number: str, found: Sequence[Candidate], library: Library, limit: int) -> list[Piece]:
    """What the note that a question names by its number says; its works as the works that it cites."""
    for candidate in found:
        document = library.document(candidate.passage.document)
        note = next((n for n in document.notes if n.number == number), None)
        if note is None or note.span is None:
            told = [b.span for b in document.blocks if re.match(rf"Note {number}\b", b.span.slice(document.text))]
            parts = [s for span in told for s in sentences(document.text, span)]
            if parts:  # a digest says under the note's number what the note adds
                return [
                    Piece(
                        replace(candidate, span=s, text=s.slice(document.text)),
                        s.slice(document.text),
                        s,
                        None,
                        candidate.score,
                    )
                    for s in parts[: max(limit, 3)]
                ]
            continue
        pieces = []
        for span in sentences(document.text, note.span):
            text = span.slice(document.text)
            place = replace(candidate, span=span, text=text)
            lead = f"{wording.reference_lead(number, True)}: " if is_reference(text) else ""
            pieces.append(Piece(place, lead + text, span, None, candidate.score, (f"note {number}",)))
        return pieces[: max(limit, 3)]
    return []


def also_said(usable: Sequence[Candidate], sure: Piece, limit: int) -> list[Piece]:
    """Sentences that give a figure for everything that the question names, beside the cell: another
    scope gives another right figure, and a reader must see both.
    """
    found = [
        c
        for c in usable
        if c.kind in ("sentence", "note") and c.exact and c.kindred == 1.0 and c.coverage >= 0.8 and not c.absent_years
        and not c.elsewhere and not any(u.kind == "name" for u in c.uncovered) and c.score >= KEEP * sure.score
    ]  # fmt: skip
    return [Piece(c, c.text, c.span, None, c.score) for c in found[: limit - 1]]


def sure_cell(question: Question, usable: Sequence[Candidate]) -> Piece | None:
    """The one cell that everything in the question names: with its row, its column and its table's
    caption nothing is left to doubt, so no model is asked.
    """
    for candidate in usable:
        if candidate.kind != "row" or candidate.table is None or candidate.coverage < 0.6:
            continue
        if any(c.kind != "generic" and not is_superlative(c.surface) for c in candidate.uncovered):
            continue
        if not (asked_columns(question, candidate.table) or question.superlative):
            continue
        picked = pick(question, candidate)
        if len(picked) == 1 and picked[0].place:
            return Piece(candidate, picked[0].text, picked[0].row, picked[0], candidate.score)
    return None


def explicit_table(question: Question, number: str, found: Sequence[Candidate], library: Library) -> Piece | None:
    """What the table that the question names by its number says, in the document that ranks first."""
    for candidate in found:
        document = library.document(candidate.passage.document)
        table = next((t for t in document.tables if t.number == number), None)
        if table and (picked := explicit(question, table)):
            held = next((c for c in found if c.table is table), candidate)
            return Piece(held, picked.text, picked.row, picked, held.score)
    return None


_DISCLAIMER = re.compile(r"\b(?:opinions?|views?|findings)\b.{0,80}\b(?:authors?|official)\b", re.IGNORECASE)


def author_note(usable: Sequence[Candidate], families: Sequence[str]) -> list[Candidate]:
    """The sentences of the note on the authors that speak of those who are asked about: by name, or
    leaning on a sentence that does. Where the note names nobody, it is about its only author.
    """
    front = [c for c in usable if c.kind == "front" and not _DISCLAIMER.search(c.text)]
    named = [c for c in front if any(f in c.text or (f in c.before and LEANS_ON.match(c.text)) for f in families)]
    notes = [c for c in named if len(c.text.split()) > 5]
    return notes or [c for c in front if len(c.text.split()) > 5]
