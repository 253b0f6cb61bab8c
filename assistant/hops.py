"""The second hop: from a quoted sentence to the note that it carries, to the works that the note names, and, where one
of them is held, to the passage in it that bears the sentence.

A hop is looked for only where a source is held, so a corpus without sources pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.answering.sourced import called, within
from assistant.citations import cite, is_reference, stands
from assistant.marks import bare, statement_at
from assistant.origin import carrier
from assistant.protocols import Library
from assistant.quantities import numbers
from assistant.sources.cells import compare
from assistant.sources.ledger import Entry, Ledger
from assistant.text import sentences, terms
from assistant.types import (
    Cell,
    CellPlace,
    Citation,
    CitedNote,
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
    carried: bool = False
    """Whether the note stands at the sentence beside it, which leans on it."""


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
            if called(note, citation.span) or within(note, citation.span)
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
            hop = self.hop(lead.statement, lead.note, lead.work, citing)
            # What a neighbour's source does not say is nothing to hold against this sentence.
            if hop is not None and not (lead.carried and hop.verdict.support == "unsupported"):
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
        if (beside := _bearer(document, citation.span)) is not None:
            for note in document.notes_in(beside):
                for work in (held[id] for id in note.works if id in held):
                    yield _Lead(bare(citation.quote), note.number, work, carried=True)
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


def _statements(document: Document, note: Note, span: Span) -> Iterator[str]:
    """What a citation says on the strength of a note: the words before each mark in it. Of the note's own words, those
    that are quoted, where they say more than the name of a work.
    """
    for mark in note.marks:
        if span.start < mark <= span.end and (found := statement_at(document, mark)) is not None:
            yield bare(found.slice(document.text))
    if within(note, span) and not is_reference(said := bare(span.slice(document.text))):
        yield said


def _bearer(document: Document, span: Span) -> Span | None:
    """The sentence beside a quote without a note whose note stands for both: one of them leans on the other, or they
    give the same figure.
    """
    if any(called(n, span) or within(n, span) for n in document.notes):
        return None
    if (found := carrier(document, span)) is not None:
        return found
    block = next((b for b in document.blocks if b.kind == "paragraph" and b.span.contains(span)), None)
    figures = _figures(span.slice(document.text))
    if block is None or not figures:
        return None
    around = sentences(document.text, block.span)
    after = next((s for s in around if s.start >= span.end), None)
    before = next((s for s in reversed(around) if s.end <= span.start), None)
    return next(
        (s for s in (after, before) if s and document.notes_in(s) and figures & _figures(s.slice(document.text))), None
    )


def _figures(text: str) -> set[tuple[Decimal, str]]:
    """The figures of a sentence that are told apart from others: no years, ranks or small counts."""
    return {
        (n.value * n.scale, n.kind)
        for n in numbers(text)
        if n.kind not in ("year", "ordinal") and (n.kind != "count" or abs(n.value * n.scale) > _SMALL)
    }


_SMALL = 12
"""Counts up to this stand in many sentences."""


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
