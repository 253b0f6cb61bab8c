"""How faithfully a document reports its sources: each sentence that rests on a note beside what the source says.

The statements are those of `marks`, the engine is `Bearings`, the verdicts are those of `sources.fidelity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.bearing import Bearings
from assistant.beside import Found, beside_each
from assistant.citations import cite, is_reference
from assistant.hops import Hops
from assistant.marks import carried, statement_at
from assistant.protocols import Library, Progress
from assistant.sources.cells import compare
from assistant.sources.fidelity import elsewhere
from assistant.sources.works import works_of
from assistant.text import sentences
from assistant.types import AuditLine, Bearing, Citation, Document, Hop, Note, Span, Table, Verdict, WorkState

AT_ONCE = 8
"""Statements that are compared together: their words and the source's are embedded in one go."""
_LED_IN = re.compile(r"\b(?:see|in|by|from|on|at|of|and|also|e\.g\.?|for|to)[.,:]?$", re.IGNORECASE)
"""How words end that only lead up to the name of a work."""


@dataclass(frozen=True, slots=True)
class _Resting:
    """A statement of the audited document, the note that it rests on, and the works of that note."""

    citation: Citation
    statement: str
    """'' where there is none to compare: the note is called at a heading, or nowhere."""
    why: str
    """Why there is none."""
    note: str
    works: tuple[WorkState, ...]
    carried: bool = False
    """Whether only the sentence beside it bears the mark: then what is not found may rest on something else."""


@dataclass(frozen=True, slots=True)
class Auditor:
    """Audits documents of one library."""

    library: Library
    hops: Hops
    bearings: Bearings

    def lines(self, document: Document, progress: Progress) -> tuple[AuditLine, ...]:
        """A line for each statement, note and work, in the order of the document's text and then of its notes."""
        resting = list(self._resting(document))
        found = self._compared(document, resting, progress)
        out = [line for each in resting for line in self._lines(document, each, found)]
        out += self._tables(document)
        out.sort(key=lambda line: line.citation.span.start)  # stable: works stay in the order of their note
        return tuple(replace(line, citation=replace(line.citation, marker=n)) for n, line in enumerate(out, start=1))

    def _resting(self, document: Document) -> Iterator[_Resting]:
        found: list[tuple[int, int, _Resting]] = []
        for place, (note, reading) in enumerate(zip(document.notes, works_of(document.notes), strict=True)):
            if not (works := self.hops.works(document, place)):
                continue  # it only comments
            for span, statement, why in _called(document, note):
                found.append((span.start, place, _Resting(cite(document, span, 1), statement, why, note.number, works)))
            for span in dict.fromkeys(s for mark in note.marks for s in carried(document, mark)):
                words = _flat(span.slice(document.text))
                line = _Resting(cite(document, span, 1), words, "", note.number, works, carried=True)
                found.append((span.start, place, line))
            if note.span is not None and note.text and document.text.startswith(note.text, note.span.start):
                for comment in reading.comments:
                    for span in sentences(document.text, comment.shift(note.span.start)):
                        if _states(words := _flat(span.slice(document.text))):
                            line = _Resting(cite(document, span, 1), words, "", note.number, works)
                            found.append((span.start, place, line))
        for start, line in self._by_name(document):
            found.append((start, len(document.notes), line))
        return iter(line for _, _, line in sorted(found, key=lambda f: f[:2]))

    def _by_name(self, document: Document) -> Iterator[tuple[int, _Resting]]:
        """Sentences that name a work by its author and year, in a document that lists its references."""
        listed = [
            e for e in self.hops.ledger.entries if any(n.document == document.id and n.note is None for n in e.namings)
        ]
        named = [(e, p) for e in listed if (p := _author_and_year(e.work.authors[:1], e.work.issued)) is not None]
        if not named:
            return
        for block in document.blocks:
            if block.kind not in ("paragraph", "list", "quote"):
                continue
            for span in sentences(document.text, block.span):
                words = _flat(span.slice(document.text))
                works = tuple(self.hops.ledger.state(e.work.id) for e, pattern in named if pattern.search(words))
                if works and not is_reference(words, document.section_at(span.start)):
                    yield span.start, _Resting(cite(document, span, 1), words, "", "", works)

    def _tables(self, document: Document) -> Iterator[AuditLine]:
        """The rows of tables whose source line, or a note called in them, names a held work."""
        for table in document.tables:
            head = table.caption_span or table.span
            around = Span(min(head.start, table.span.start), table.span.end)
            called = [n for n in document.notes if any(around.start <= m <= around.end for m in n.marks)]
            named = {w: n.number for n in called for w in n.works}
            name = f"Table {table.number}" if table.number else "table"
            for work in self.hops.sources_of(document, table):
                named.setdefault(work.work.id, name)
            for id, note in named.items():
                state = self.hops.ledger.state(id) if self.hops.ledger.entry(id) else None
                if state is not None and state.document not in (None, document.id):
                    yield from self._rows(document, table, note, state)

    def _rows(self, document: Document, table: Table, note: str, work: WorkState) -> Iterator[AuditLine]:
        assert work.document is not None
        source = self.library.document(work.document)
        for found in compare(table, source.tables):
            shown = Bearing(_cited(source, found.source), found.verdict) if found.source else None
            verdict = (
                found.verdict if source.tables else Verdict("unchecked", "the source has no table to compare with")
            )
            row = Span(found.row[0].span.start, found.row[-1].span.end)
            yield AuditLine(_cited(document, row), note, work, _hop(shown, note, work, verdict), verdict)

    def _compared(
        self, document: Document, resting: Sequence[_Resting], progress: Progress
    ) -> dict[tuple[str, str], Found]:
        """What each held source says of each statement that rests on it, a source at a time."""
        asked: dict[str, dict[str, None]] = {}
        for each in resting:
            for work in each.works:
                if work.document not in (None, document.id) and each.statement:
                    asked.setdefault(str(work.document), {})[each.statement] = None
        found: dict[tuple[str, str], Found] = {}
        total = sum(map(len, asked.values()))
        for id, statements in asked.items():
            source = self.library.document(id)
            todo = list(statements)
            for at in range(0, len(todo), AT_ONCE):
                progress("sentences", len(found), total)
                some = todo[at : at + AT_ONCE]
                for statement, said in zip(some, beside_each(self.bearings, some, source, document), strict=True):
                    found[statement, id] = said
        progress("sentences", total, total)
        return found

    def _lines(self, document: Document, resting: _Resting, found: Mapping[tuple[str, str], Found]) -> list[AuditLine]:
        lines = [_line(document, resting, work, found) for work in resting.works]
        if resting.carried:
            lines = [x for x in lines if x.verdict.support in ("supported", "partial", "contradicted")]
        bearing = [w.work.title or w.work.id for w in lines if w.verdict.support == "supported"]
        return [replace(line, verdict=elsewhere(line.verdict, bearing)) for line in lines]


def _line(document: Document, resting: _Resting, work: WorkState, found: Mapping[tuple[str, str], Found]) -> AuditLine:
    if work.document is None or work.document == document.id:
        why = "the source is the document itself" if work.document else _state(work)
        return AuditLine(resting.citation, resting.note, work, None, Verdict("unchecked", why))
    if not resting.statement:
        return AuditLine(resting.citation, resting.note, work, None, Verdict("unchecked", resting.why))
    shown, verdict = found[resting.statement, work.document]
    return AuditLine(resting.citation, resting.note, work, _hop(shown, resting.note, work, verdict), verdict)


def _cited(document: Document, rows: Span) -> Citation:
    """Rows of a table, with the words that name them."""
    table = next(t for t in document.tables if t.span.contains(rows))
    headers = (table.caption, *(c.column or c.text for c in table.header))
    return cite(document, rows, 1, headers=tuple(h for h in headers if h))


def _hop(shown: Bearing | None, note: str, work: WorkState, verdict: Verdict) -> Hop | None:
    return Hop(replace(shown.citation, marker=1), verdict, note, work.id) if shown else None


def _called(document: Document, note: Note) -> Iterator[tuple[Span, str, str]]:
    """What rests on a note: its place, its words, and why there are none."""
    seen: set[Span] = set()
    for mark in note.marks:
        span = statement_at(document, mark)
        if span is None:
            block = next((b for b in document.blocks if b.span.start <= mark <= b.span.end), None)
            if any(t.span.start <= mark <= t.span.end or _at(mark, t.caption_span) for t in document.tables):
                continue  # the rows of the table are compared
            if block is not None and block.span not in seen and block.span.slice(document.text).strip():
                seen.add(block.span)
                yield block.span, "", f"the note is called at a {block.kind}: no sentence rests on it"
        elif span not in seen:
            seen.add(span)
            yield span, _flat(span.slice(document.text)), ""
    if not note.marks and note.span is not None and note.span.slice(document.text).strip():
        yield note.span, "", "no mark in the text calls this note"


def _at(mark: int, span: Span | None) -> bool:
    return span is not None and span.start <= mark <= span.end


def _states(words: str) -> bool:
    """Whether a note's own words say something, and do not only lead up to the name of a work."""
    return len(words.split()) > 5 - 2 * any("\uac00" <= c <= "\ud7a3" for c in words) and not (
        _LED_IN.search(words) or is_reference(words)
    )


def _state(work: WorkState) -> str:
    said = {"ambiguous": "it is not clear which work is meant, or which document is it"}
    return said.get(work.state, f"the source is not held ({work.state.replace('_', ' ')})")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _author_and_year(authors: tuple[object, ...], issued: str | None) -> re.Pattern[str] | None:
    """A pattern of how a text names a work: `Kim (2020)`, `Kim and Lee, 2020`, `Kim et al. 2020`."""
    family = getattr(authors[0], "family", "") if authors else ""
    year = (issued or "")[:4]
    if not family or not year.isdigit():
        return None
    return re.compile(rf"(?<!\w){re.escape(family)}(?:['\u2019]s)?\b[^.;()]{{0,60}}\(?\s?{year}(?!\d)", re.IGNORECASE)
