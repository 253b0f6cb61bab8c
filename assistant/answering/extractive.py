"""The sentences, rows and notes that answer a question, chosen without a language model."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.abstention import Refusal, gate
from assistant.answering.candidates import LEANS_ON, Candidate, Weigh, bag_of, candidates, covers
from assistant.answering.tables import Picked, asked_columns, explicit, explicit_number, holds, pick
from assistant.citations import cite, is_reference
from assistant.protocols import Library, Vectors
from assistant.questions import Question, is_superlative
from assistant.text import sentences, terms
from assistant.types import CellPlace, Citation, Claim, Computed, Document, Hit, Span, Verdict

KEEP = 0.75
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
    headers: tuple[str, ...] = ()


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
    embedder: object = None,
    about_author: Sequence[str] = (),
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
    found.sort(key=lambda c: (-c.score, c.passage.document, c.span.start))
    usable = of_the_kind([c for c in found if may_answer(c, question, references)])
    number = None if references else explicit_number(question)
    if number and (said := _explicit_table(question, number, found, library)):
        return _write([said], library), found
    if (asked := _NOTE.search(question.text)) and (told := _note(asked[1] or asked[2], found, library, limit)):
        return _write(told, library), found
    if sure := _sure_cell(question, usable):
        return _write([sure, *_also_said(usable, sure, limit)], library), found
    if about_author and (known := _author_note(usable, about_author)):
        return _write([_Piece(c, c.text, c.span, None, c.score) for c in known[:limit]], library), found
    if refusal := gate(question, usable, found, weigh):
        return refusal, found
    chosen = _choose(question, usable, limit, every_document)
    pieces = [p for c in chosen for p in _pieces(question, c, library, references)][:limit]
    pieces = _continued(_complete(question, pieces, library, limit), library, limit)
    return _write(pieces, library), found


def of_the_kind(usable: list[Candidate]) -> list[Candidate]:
    """For a number or a date, the candidates that have one of the kind; none where none has. All, for
    every other question.
    """
    return [c for c in usable if c.kindred == 1.0] if usable and usable[0].exact else usable


def may_answer(candidate: Candidate, question: Question, references: bool) -> bool:
    if candidate.kind == "caption":
        return references and bool(_SOURCE_LINE.match(candidate.text))
    if candidate.kind == "title":
        return False
    if candidate.kind == "reference":
        told = candidate.coverage >= 0.6 and candidate.exact and candidate.kindred == 1.0
        return references or told or (question.wants == "who" and bool(_AUTHORING.search(question.text)))
    if candidate.kind == "row":
        return candidate.table is not None and holds(question, candidate, candidate.table)
    return _whole(candidate.text)


_AUTHORING = re.compile(
    r"\b(?:wrote|writes|written|authored|argu\w+|says|said|claim\w*|show\w*|found|finds|publish\w*|stud(?:y|ies|ied)|article|book|research\w*)\b"
    r"|썼|쓴|저술|주장|연구",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"^(?:Sources?|Data|자료|출처)\s*:", re.IGNORECASE)


def _whole(text: str) -> bool:
    """A sentence, not a label: long enough and ended, or a list item with a verb's worth of words."""
    words = text.split()
    return len(words) >= 4 and (
        text.rstrip("\u201d\"')]").endswith((".", "!", ":", ";", "?", "다", "음", "임")) or len(words) >= 8
    )


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
        if candidate.kind == "row" and best.kind != "row" and not (candidate.exact or candidate.tabular):
            continue
        chosen.append(candidate)
    return chosen[:limit]


_NOTE = re.compile(r"\b(?:end|foot)?note\s+(?:no\.?\s*)?(\d+)\b|(?:각주|미주|주)\s*(\d+)", re.IGNORECASE)


def _note(number: str, found: Sequence[Candidate], library: Library, limit: int) -> list[_Piece]:
    """What the note that a question names by its number says; its works as the works that it cites."""
    for candidate in found:
        document = library.document(candidate.passage.document)
        note = next((n for n in document.notes if n.number == number and n.span), None)
        if note is None or note.span is None:
            continue
        pieces = []
        for span in sentences(document.text, note.span):
            text = span.slice(document.text)
            place = replace(candidate, span=span, text=text)
            lead = f"{wording.reference_lead(number, True)}: " if is_reference(text) else ""
            pieces.append(_Piece(place, lead + text, span, None, candidate.score, (f"note {number}",)))
        return pieces[: max(limit, 3)]
    return []


def _also_said(usable: Sequence[Candidate], sure: _Piece, limit: int) -> list[_Piece]:
    """Sentences that give a figure for everything that the question names, beside the cell: another
    scope gives another right figure, and a reader must see both.
    """
    found = [
        c
        for c in usable
        if c.kind in ("sentence", "note") and c.exact and c.kindred == 1.0 and c.coverage >= 0.8 and not c.absent_years
        and not c.elsewhere and not any(u.kind == "name" for u in c.uncovered) and c.score >= KEEP * sure.score
    ]  # fmt: skip
    return [_Piece(c, c.text, c.span, None, c.score) for c in found[: limit - 1]]


def _sure_cell(question: Question, usable: Sequence[Candidate]) -> _Piece | None:
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
            return _Piece(candidate, picked[0].text, picked[0].row, picked[0], candidate.score)
    return None


def _explicit_table(question: Question, number: str, found: Sequence[Candidate], library: Library) -> _Piece | None:
    """What the table that the question names by its number says, in the document that ranks first."""
    for candidate in found:
        document = library.document(candidate.passage.document)
        table = next((t for t in document.tables if t.number == number), None)
        if table and (picked := explicit(question, table)):
            held = next((c for c in found if c.table is table), candidate)
            return _Piece(held, picked.text, picked.row, picked, held.score)
    return None


_DISCLAIMER = re.compile(r"\b(?:opinions?|views?|findings)\b.{0,80}\b(?:authors?|official)\b", re.IGNORECASE)


def _author_note(usable: Sequence[Candidate], families: Sequence[str]) -> list[Candidate]:
    """The sentences of the note on the authors that speak of those who are asked about: by name, or
    leaning on a sentence that does. Where the note names nobody, it is about its only author.
    """
    front = [c for c in usable if c.kind == "front" and not _DISCLAIMER.search(c.text)]
    named = [c for c in front if any(f in c.text or (f in c.before and LEANS_ON.match(c.text)) for f in families)]
    notes = [c for c in named if len(c.text.split()) > 5]
    return notes or [c for c in front if len(c.text.split()) > 5]


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates say the same in nearly the same words."""
    x, y = set(terms(a.text)), set(terms(b.text))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.8


def _pieces(question: Question, candidate: Candidate, library: Library, references: bool) -> list[_Piece]:
    if candidate.kind == "row":
        return [_Piece(candidate, p.text, p.row, p, candidate.score) for p in pick(question, candidate)]
    document = library.document(candidate.passage.document)
    if candidate.kind == "reference":
        return [_reference(question, candidate, document, references)]
    span = _with_list(candidate, document)
    own = _Piece(replace(candidate, span=span), span.slice(document.text), span, None, candidate.score)
    if not references or candidate.kind != "sentence":
        return [own]
    cited = []
    for note in document.notes_in(candidate.span):
        for span in sentences(document.text, note.span) if note.span else _entries(document, note.number):
            text = span.slice(document.text)
            if note.span is None or is_reference(text):
                named = replace(candidate, span=span, text=text, kind="reference")
                cited.append(_reference(question, named, document, references))
    return [own, *cited]


def _entries(document: Document, number: str) -> list[Span]:
    """A digest's own list of works, where a note has no text: its entry `Note 19: …`."""
    return [
        b.span
        for b in document.blocks
        if b.kind == "list" and re.match(rf"Note {re.escape(number)}:", b.span.slice(document.text))
    ]


LONGEST_LIST = 1500
"""Characters up to which a list is quoted whole behind the words that open it."""


def _with_list(candidate: Candidate, document: Document) -> Span:
    """The candidate's span, with the list that it opens: `… three pillars:` says nothing without it."""
    if not candidate.text.rstrip().endswith((":", "\uff1a")):
        return candidate.span
    end = candidate.span.end
    for block in document.blocks:
        if block.span.start < candidate.span.end:
            continue
        if block.kind != "list" or block.span.end - candidate.span.start > LONGEST_LIST:
            break
        end = block.span.end
    return Span(candidate.span.start, end)


_WORKS = re.compile(r";\s+(?=[\u201c\"A-Z\u00c0-\u00de])")


def _reference(question: Question, candidate: Candidate, document: Document, asked: bool) -> _Piece:
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
    return _Piece(
        replace(candidate, span=span), f"{lead}: {span.slice(document.text)}", span, None, candidate.score,
        headers=(f"note {note}",) if note else (),
    )  # fmt: skip


_GOES_ON = re.compile(
    r"(?:This|These|Those|Such|It|They|That is|In such cases?|In this way|Accordingly|Therefore|Thus|As a result|이는|이러한|이를|따라서)\b"
)
STANDS_OUT = 0.93
"""A further candidate must come so near the best one to be preferred to the sentence that goes on from it."""


def _continued(pieces: list[_Piece], library: Library, limit: int) -> list[_Piece]:
    """The best sentence with the one it leans on and the one that goes on from it (`This means …`), in
    place of weak company.
    """
    if not pieces or pieces[0].picked or pieces[0].candidate.kind not in ("sentence", "note"):
        return pieces
    lead = pieces[0]
    spans = lead.candidate.passage.sentences
    if lead.span not in spans:
        return pieces
    text = library.document(lead.candidate.passage.document).text
    at = spans.index(lead.span)
    after: list[Span] = []
    before: list[Span] = []
    if at + 1 < len(spans) and _GOES_ON.match(text, spans[at + 1].start) and _one_paragraph(text, at, spans):
        after.append(spans[at + 1])
    if at > 0 and _GOES_ON.match(text, lead.span.start) and _one_paragraph(text, at - 1, spans):
        before.append(spans[at - 1])
    strong = [p for p in pieces[1:] if p.score >= STANDS_OUT * lead.score or p.span in after]
    weak = [p for p in pieces[1:] if p not in strong]

    def added(spans: Sequence[Span]) -> list[_Piece]:
        return [
            _Piece(replace(lead.candidate, span=s, text=s.slice(text)), s.slice(text), s, None, lead.score)
            for s in spans
            if _whole(s.slice(text)) and all(p.span != s for p in pieces)
        ]

    return [lead, *strong, *added(after), *weak, *added(before)][: max(limit, len(pieces))]


def _one_paragraph(text: str, at: int, spans: Sequence[Span]) -> bool:
    return "\n\n" not in text[spans[at].end : spans[at + 1].start]


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
    following: list[_Piece] = []
    for span in spans[spans.index(lead.span) + 1 :]:
        text = span.slice(document.text)
        if not _ORDERED.match(text) or len(following) >= max(limit, 4) - 1:
            break
        following.append(_Piece(replace(lead.candidate, span=span, text=text), text, span, None, lead.score))
    if len(following) < 2:
        return pieces
    rest = [p for p in pieces[1:] if all(p.span != f.span for f in following)]
    return [lead, *following, *rest][: max(limit, 1 + len(following))]


def _beside(picked: Picked | None) -> list[tuple[Span, CellPlace | None]]:
    """The further places of a claim over a table."""
    return [*picked.more, *((span, None) for span in picked.operands)] if picked else []


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
        claims.append(Claim(" ".join(piece.text.split()), tuple(markers), Verdict("unchecked"), computed))
    return Draft(tuple(claims), tuple(citations))


def nearest(found: Sequence[Candidate], library: Library, count: int = 3) -> tuple[Citation, ...]:
    """Citations of the best candidates of any kind but bibliographic entries, each from another sentence."""
    kept: list[Candidate] = []
    for candidate in found:
        if len(kept) >= count:
            break
        if candidate.kind in ("reference", "front", "title") or _SOURCE_LINE.match(candidate.text):
            continue
        if not any(_same(candidate, k) for k in kept):
            kept.append(candidate)
    return tuple(
        cite(library.document(c.passage.document), c.span, i, score=c.score, passage=c.passage.id,
             headers=(c.table.caption,) if c.table else ())
        for i, c in enumerate(kept, start=1)
    )  # fmt: skip
