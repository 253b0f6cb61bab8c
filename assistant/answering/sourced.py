"""Claims told by the sources behind them, and what a reader must know of a quote and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant.marks import statement_at
from assistant.quantities import missing
from assistant.types import Citation, Claim, Document, Hop, Note, Span, WorkState


class Documents(Protocol):
    """Documents by id."""

    def document(self, id: str) -> Document: ...


def called(note: Note, span: Span) -> bool:
    """Whether a mark of the note stands in a span, or right behind it."""
    return any(span.start < m <= span.end for m in note.marks)


def within(note: Note, span: Span) -> bool:
    """Whether a span has words of the note itself."""
    return note.span is not None and note.span.overlaps(span)


Check = Callable[[Claim, Sequence[Citation]], Claim]
"""The claim with the verdict of checking it against its citations."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader must know of a citation and the source behind it."""

    kind: Literal["differs", "not_found", "unchecked", "not_held"]
    marker: int
    note: str
    """The note that leads to the works; where none does the table, or ''."""
    works: tuple[WorkState, ...]
    why: str = ""
    by_note: bool = True


def differing(citations: Sequence[Citation]) -> list[Remark]:
    """Where a source says otherwise than the document that cites it."""
    return [
        Remark("differs", c.marker, h.note, _work_of(c, h), h.verdict.why or "", h.by_note)
        for c in citations
        for h in c.hops
        if h.verdict.support == "contradicted"
    ]


def from_sources(
    claims: Sequence[Claim], citations: Sequence[Citation], library: Documents, check: Check
) -> tuple[list[Claim], list[Citation], list[Remark]]:
    """The claims answered from the sources that bear them, in the sources' own words, with who relays them cited
    second. What a source bears in part or contradicts follows as what the document says, by itself, and what no source
    bears stays as it was; remarks say so.
    """
    by_marker = {c.marker: c for c in citations}
    placed = {(c.document, c.span): c for c in citations if c.cell is None}
    added: list[Citation] = []
    told: list[Claim] = []
    remarks: list[Remark] = []

    def cited(hop: Hop) -> Citation:
        key = (hop.citation.document, hop.citation.span)
        if hop.citation.cell is not None or key not in placed:
            made = replace(hop.citation, marker=max(by_marker, default=0) + len(added) + 1)
            added.append(made)
            placed[key] = made
        return placed[key]

    for claim in claims:
        own = [by_marker[m] for m in claim.citations]
        remarks += [r for c in own for r in unborne(c)]
        if claim.computed is not None or len(own) != 1:
            told.append(claim)  # a calculation, or several cells: no one place of a source says it
            continue
        paper = own[0]
        borne: list[Hop] = []
        for hop in paper.hops:
            against = hop.verdict.support == "contradicted"
            if not against and not _bears(hop, claim):
                continue
            said = cited(hop)
            relayed = (paper.marker,) if hop.verdict.support == "supported" else ()
            checked = check(Claim(_words_of(said), (said.marker, *relayed), hop.verdict), [said, paper])
            if checked.verdict.support in ("supported", "partial"):
                told.append(checked)
                borne += [hop] if relayed else []
        if not borne or not _nothing_left(library.document(paper.document), paper, borne):
            told.append(claim)
    return _once(told, [*citations, *added]), [*citations, *added], list(dict.fromkeys(remarks))


def _once(told: Sequence[Claim], citations: Sequence[Citation]) -> list[Claim]:
    """Each thing once: claims of the same words, or whose words stand within another's in the same document, are told
    by the fuller one, which cites all that the others do.
    """
    places = {c.marker: c for c in citations}
    kept: list[Claim] = []
    for claim in told:
        place = places[claim.citations[0]]
        twin = next((k for k, c in enumerate(kept) if _same(claim, place, c, places[c.citations[0]])), None)
        if twin is None:
            kept.append(claim)
            continue
        known = kept[twin]
        fuller, other = (known, claim) if len(known.text) >= len(claim.text) else (claim, known)
        within = {m for m in other.citations[:1] if fuller.text != other.text}  # stands in what the fuller one quotes
        together = tuple(dict.fromkeys((*fuller.citations, *(m for m in other.citations if m not in within))))
        kept[twin] = replace(fuller, citations=together)
    return kept


def _same(a: Claim, at: Citation, b: Claim, there: Citation) -> bool:
    if a.computed or b.computed or (at.cell is None) != (there.cell is None):
        return False
    if " ".join(a.text.split()) == " ".join(b.text.split()):
        return True
    over = at.span.contains(there.span) or there.span.contains(at.span)
    return at.cell is None and at.document == there.document and over


def _bears(hop: Hop, claim: Claim) -> bool:
    """Whether the source's words may stand for the claim: they say it, or most of it with every number."""
    if hop.verdict.support == "partial":
        return not missing(claim.text, [hop.citation.quote, *hop.citation.headers])
    # Where a source says it in several places, no one of them stands for the claim: a reason says so.
    return hop.verdict.support == "supported" and hop.verdict.why is None


def _words_of(citation: Citation) -> str:
    """A source's words as a claim: its sentence, or its cell with row and column."""
    if cell := citation.cell:
        named = ", ".join(filter(None, [cell.row, cell.column]))
        caption = next(iter(citation.headers), "")
        unit = cell.unit if cell.unit in citation.headers and cell.unit not in caption else None
        around = "; ".join(filter(None, [unit, caption]))
        return f"{named}: {cell.text}" + (f" ({around})" if around else "")
    return " ".join(citation.quote.split())


def _nothing_left(document: Document, paper: Citation, hops: Sequence[Hop]) -> bool:
    """Whether the statements that the hops bear are all that the quote says, but for a few words."""
    if paper.cell or any(within(n, paper.span) for n in document.notes):
        return True
    numbers = {h.note for h in hops}
    spans = [
        found
        for n in document.notes
        if n.number in numbers
        for m in n.marks
        if paper.span.start < m <= paper.span.end and (found := statement_at(document, m)) is not None
    ]
    left = [
        document.text[i]
        for i in range(paper.span.start, paper.span.end)
        if not any(s.start <= i < s.end for s in spans)
    ]
    return not spans or len("".join(left).split()) < _FEW


_FEW = 4
"""Fewer words than this are no statement of their own."""


def unborne(c: Citation) -> Iterator[Remark]:
    """What a reader who asked for the origin must know: which note led to no source that bears the quote, and why."""
    for note in c.notes:
        hops = [h for h in c.hops if h.note == note.number]
        kinds = {h.verdict.support for h in hops}
        if not note.works or kinds & {"supported", "contradicted"}:
            continue
        if not hops:
            out = tuple(w for w in note.works if w.state != "held")
            if out:
                yield Remark("not_held", c.marker, note.number, out)
        elif "partial" not in kinds:
            first = hops[0]
            kind: Literal["not_found", "unchecked"] = "unchecked" if "unchecked" in kinds else "not_found"
            yield Remark(kind, c.marker, note.number, _work_of(c, first), first.verdict.why or "")
    if not c.notes and {h.verdict.support for h in c.hops} == {"unchecked"}:  # by the note of the sentence beside it
        first = c.hops[0]
        yield Remark("unchecked", c.marker, first.note, _work_of(c, first), first.verdict.why or "", first.by_note)


def _work_of(citation: Citation, hop: Hop) -> tuple[WorkState, ...]:
    known = next((w for n in citation.notes for w in n.works if w.id == hop.work), None)
    held = WorkState(hop.work, "held", hop.citation.title, hop.citation.document)
    return (known or held,)
