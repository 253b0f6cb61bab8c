"""The second hop: from a quoted sentence to the note that it carries, to the works that the note names, and, where one
of them is held, to the passage in it that bears the sentence.

A hop is looked for only where a source is held, so a corpus without sources pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from assistant.citations import cite, is_reference, stands
from assistant.marks import bare, statement_at
from assistant.protocols import Library
from assistant.quantities import missing
from assistant.sources.cells import compare
from assistant.sources.ledger import Entry, Ledger
from assistant.text import terms
from assistant.types import (
    Cell,
    CellPlace,
    Citation,
    CitedNote,
    Claim,
    Document,
    Hop,
    Naming,
    Note,
    Span,
    Support,
    Table,
    Verdict,
    WorkState,
)
from assistant.verification import Documents

if TYPE_CHECKING:
    from assistant.bearing import Bearings

MOST = 6
"""Hops of one citation; a note that names more held works is read in the ledger."""
_ORDER: tuple[Support, ...] = ("supported", "contradicted", "partial", "unchecked", "unsupported")
"""Which hop of a citation is shown first: one that speaks for the sentence, then one that speaks against it."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """What leads from a citation to a source: the words that rest on it, the note or table that names it, its state."""

    statement: str
    note: str
    work: WorkState


@dataclass(frozen=True)
class Hops:
    """Goes from citations to the works that their notes name, and into those that are held."""

    library: Library
    ledger: Ledger
    bearings: Bearings
    _doubts: dict[tuple[str, int], list[Naming]] = field(default_factory=dict, repr=False, compare=False)
    _held: list[Entry] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        for naming in self.ledger.doubts:
            if naming.place is not None:
                self._doubts.setdefault((naming.document, naming.place), []).append(naming)
        held = set(self.library.document_ids()) if any(e.document for e in self.ledger.entries) else set()
        self._held.extend(e for e in self.ledger.entries if e.state == "held" and e.document in held)

    def followed(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations with the works that their notes name and, where a source is held, what it says of them."""
        return tuple(self._hopped(self.noted(c)) for c in citations)

    def noted(self, citation: Citation) -> Citation:
        """The citation with its notes, and the works of each with their state."""
        if citation.kind == "catalog":
            return citation
        document = self.library.document(citation.document)
        notes = [
            CitedNote(note.number, note.text, self.works(document, place))
            for place, note in enumerate(document.notes)
            if _called(note, citation.span) or _within(note, citation.span)
        ]
        return replace(citation, notes=tuple(notes))

    def works(self, document: Document, place: int) -> tuple[WorkState, ...]:
        """The works that a note of a document names, each with its state: 'ambiguous' where it is not clear which
        one the note means.
        """
        sure = [self.ledger.state(id) for id in document.notes[place].works if self.ledger.entry(id)]
        return (*sure, *(w for n in self._doubts.get((document.id, place), ()) for w in self._doubtful(n)))

    def _doubtful(self, naming: Naming) -> Iterator[WorkState]:
        titles = {w.id: w for w in self.library.names().works if w.id in naming.rivals}
        where = f"{naming.document}#{naming.note}"
        for id in naming.rivals:
            why = f"the note may mean this or another: say which with `assistant sources match {where} {id}`"
            work = titles.get(id)
            yield WorkState(id, "ambiguous", work.title if work else "", None, why, work.url if work else None)
        if not naming.rivals:
            said = naming.reference.title or naming.reference.text if naming.reference else ""
            yield WorkState("", "ambiguous", said, why="it is not clear which work the note means")

    def _hopped(self, citation: Citation) -> Citation:
        if not self._held or citation.kind == "catalog":
            return citation
        found: dict[tuple[str, str, str], Hop] = {}
        for lead in self._leads(citation):
            key = (lead.statement, lead.note, lead.work.id)
            if len(found) >= MOST or key in found or lead.work.document in (None, citation.document):
                continue
            citing = self.library.document(citation.document)
            if (hop := self.hop(lead.statement, lead.note, lead.work, citing)) is not None:
                found[key] = hop
        for hop in self._from_tables(citation):
            found.setdefault((hop.note, hop.work, ""), hop)
        ranked = sorted(found.values(), key=lambda h: _ORDER.index(h.verdict.support))
        return replace(citation, hops=tuple(ranked))

    def hop(self, statement: str, note: str, work: WorkState, citing: Document) -> Hop | None:
        """What a held source says of a statement; None where it has no words to compare with."""
        from assistant.beside import beside  # here: a question that no held source stands behind does without

        assert work.document is not None
        said, verdict = beside(self.bearings, statement, self.library.document(work.document), citing)
        return Hop(self.noted(said.citation), verdict, note, work.id) if said else None

    def _leads(self, citation: Citation) -> Iterator[_Lead]:
        document = self.library.document(citation.document)
        held = {e.work.id: self.ledger.state(e.work.id) for e in self._held}
        for note in document.notes:
            for work in (held[id] for id in note.works if id in held):
                for statement in _statements(document, note, citation.span):
                    yield _Lead(statement, note.number, work)
        for entry in self._held:  # author and date in brackets, and the work in a list: no note between them
            named = any(n.document == document.id and n.note is None for n in entry.namings)
            if named and _by_author_and_year(entry, citation.quote):
                yield _Lead(bare(citation.quote), "", held[entry.work.id])

    def _from_tables(self, citation: Citation) -> Iterator[Hop]:
        """What the sources under a table say of the row or cell that is cited."""
        document = self.library.document(citation.document)
        for table in document.tables:
            row = next((r for r in table.rows if r and _extent(r).overlaps(citation.span)), None)
            if row is None:
                continue
            around = Span(min((table.caption_span or table.span).start, table.span.start), table.span.end)
            held = {e.work.id: e for e in self._held if e.document != document.id}
            called = [n for n in document.notes if any(around.start <= m <= around.end for m in n.marks)]
            leads = {id: n.number for n in called for id in n.works if id in held}
            name = f"Table {table.number}" if table.number else "table"
            for entry in self.sources_of(document, table):
                if entry.work.id in held:
                    leads.setdefault(entry.work.id, name)
            for id, lead in leads.items():
                if (hop := self._of_row(citation, table, row, lead, self.ledger.state(id))) is not None:
                    yield hop

    def _of_row(
        self, citation: Citation, table: Table, row: tuple[Cell, ...], name: str, work: WorkState
    ) -> Hop | None:
        assert work.document is not None
        source = self.library.document(work.document)
        asked = row
        if place := citation.cell:
            asked = (row[0], *(c for c in row[1:] if (c.column, c.text) == (place.column, place.text)))
        for found in compare(replace(table, rows=(asked,)), source.tables):
            if found.source is not None and found.verdict.support != "unchecked":
                told = next(t for t in source.tables if t.span.contains(found.source))
                headers = (told.caption, told.unit or "", *(c.column or c.text for c in told.header))
                cell = _counterpart(told, found.source, place) if place else None
                cited = cite(source, found.source, 1, cell=cell, headers=tuple(filter(None, headers)))
                return Hop(self.noted(cited), found.verdict, name, work.id)
        if place is None:
            return None
        named = ", ".join(filter(None, [place.row, place.column]))
        told_so = self.hop(
            f"{named}: {place.text} {place.unit or ''}".strip(), name, work, self.library.document(citation.document)
        )
        if told_so is None or told_so.verdict.support in ("supported", "partial"):
            return told_so
        # Prose that gives another figure need not speak of the same cell.
        return replace(told_so, verdict=Verdict("unchecked", "no row of the source's tables is named so"))

    def sources_of(self, document: Document, table: Table) -> list[Entry]:
        """The held works that the lines under a table name."""
        from assistant.sources.matching import match
        from assistant.sources.references import references  # here: few questions get so far, and it takes long to load

        lines = [span.slice(document.text) for span in table.notes]
        below = next((b for b in document.blocks if b.span.start >= table.span.end), None)
        if below is not None and below.kind == "source":
            lines.append(below.span.slice(document.text))
        named: dict[str, Entry] = {}
        for line in dict.fromkeys(lines):
            for entry in self._held:
                if len(entry.work.title.split()) > 2 and stands(entry.work.title, line):
                    named[entry.work.id] = entry
            for reference in references(line):
                met = match(reference, [e.work for e in self._held]).work
                named.update({e.work.id: e for e in self._held if met is not None and e.work.id == met.id})
        return list(named.values())


def _called(note: Note, span: Span) -> bool:
    return any(span.start < m <= span.end for m in note.marks)


def _within(note: Note, span: Span) -> bool:
    return note.span is not None and note.span.overlaps(span)


def _statements(document: Document, note: Note, span: Span) -> Iterator[str]:
    """What a citation says on the strength of a note: the words before each mark in it. Of the note's own words, those
    that are quoted, where they say more than the name of a work.
    """
    for mark in note.marks:
        if span.start < mark <= span.end and (found := statement_at(document, mark)) is not None:
            yield bare(found.slice(document.text))
    if _within(note, span) and not is_reference(said := bare(span.slice(document.text))):
        yield said


def _extent(row: Sequence[Cell]) -> Span:
    return Span(row[0].span.start, row[-1].span.end)


def _counterpart(table: Table, within: Span, place: CellPlace) -> CellPlace | None:
    """The cell of a source's row that stands in the column of the same name."""
    named = set(terms(place.column))
    cells = [c for r in table.rows for c in r if within.contains(c.span) and set(terms(c.column)) == named]
    if len(cells) != 1:
        return None
    number = f"Table {table.number}" if (table.number or "")[:1].isdigit() else table.number or table.caption
    return CellPlace(number, cells[0].row, cells[0].column, table.unit, cells[0].text)


def _by_author_and_year(entry: Entry, words: str) -> bool:
    author = entry.work.authors[0].family if entry.work.authors else ""
    year = (entry.work.issued or "")[:4]
    return bool(author and year) and stands(author, words) and stands(year, words)


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
        Remark(
            "differs", c.marker, h.note, _work_of(c, h), h.verdict.why or "", any(n.number == h.note for n in c.notes)
        )
        for c in citations
        for h in c.hops
        if h.verdict.support == "contradicted"
    ]


def from_sources(
    claims: Sequence[Claim], citations: Sequence[Citation], library: Documents, check: Check
) -> tuple[list[Claim], list[Citation], list[Remark]]:
    """The claims answered from the sources that bear them: a source's own words first, and who relays them cited
    second. What no source bears stays as it was, with a remark; what a source contradicts stands beside it.
    """
    by_marker = {c.marker: c for c in citations}
    added: dict[tuple[str, Span], Citation] = {}
    told: list[Claim] = []
    remarks: list[Remark] = []

    def cited(hop: Hop) -> Citation:
        key = (hop.citation.document, hop.citation.span)
        if key not in added:
            added[key] = replace(hop.citation, marker=max(by_marker, default=0) + len(added) + 1)
        return added[key]

    for claim in claims:
        own = [by_marker[m] for m in claim.citations]
        remarks += [r for c in own for r in _unborne(c)]
        if claim.computed is not None or len(own) != 1:
            told.append(claim)  # a calculation, or several cells: no one place of a source says it
            continue
        paper = own[0]
        sourced = []
        for hop in paper.hops:
            if _bears(hop, claim) or hop.verdict.support == "contradicted":
                said = cited(hop)
                words = Claim(_words_of(said), (said.marker, paper.marker), hop.verdict)
                checked = check(words, [said, paper])
                if checked.verdict.support in ("supported", "partial"):
                    sourced.append((hop, checked))
        against = [(h, c) for h, c in sourced if h.verdict.support == "contradicted"]
        speaking = [(h, c) for h, c in sourced if h.verdict.support != "contradicted"]
        if against:
            hop, words = against[0]
            by = f"that note {hop.note} names" if any(n.number == hop.note for n in paper.notes) else "behind it"
            why = f"the source {by} says otherwise: {hop.verdict.why}"
            told.append(replace(claim, citations=(paper.marker, words.citations[0]), verdict=Verdict("partial", why)))
            told += [replace(c, citations=(c.citations[0],)) for _, c in sourced]
        elif speaking and _nothing_left(library.document(paper.document), paper, [h for h, _ in speaking]):
            told += [c for _, c in speaking]
        else:
            told += [*(c for _, c in speaking), claim]
    once: dict[tuple[str, int], Claim] = {}
    for c in told:  # several papers may relay one sentence of a source: it is told once, and cites all of them
        known = once.setdefault((c.text, c.citations[0]), c)
        together = tuple(dict.fromkeys((*known.citations, *c.citations)))
        once[c.text, c.citations[0]] = replace(known, citations=together)
    return list(once.values()), [*citations, *added.values()], list(dict.fromkeys(remarks))


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
    if paper.cell or any(_within(n, paper.span) for n in document.notes):
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


def _unborne(c: Citation) -> Iterator[Remark]:
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


def _work_of(citation: Citation, hop: Hop) -> tuple[WorkState, ...]:
    known = next((w for n in citation.notes for w in n.works if w.id == hop.work), None)
    held = WorkState(hop.work, "held", hop.citation.title, hop.citation.document)
    return (known or held,)
