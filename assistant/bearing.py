"""What the corpus says on a statement: the sentences that come nearest, each with whether it speaks for it or against.

One engine for the second hop (in one source), the audit of a document (in each of its sources) and evidence (in all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.candidates import Candidate, TokenEmbedder, candidates
from assistant.answering.tables import cells_over, row_of
from assistant.citations import cite
from assistant.protocols import Embedder, Library
from assistant.questions import understand
from assistant.reading.tables.units import unit_in
from assistant.retrieval import HybridRetriever
from assistant.stance import Judged, Near, Tokens, judged
from assistant.text import language_of
from assistant.types import Bearing, Cell, CellPlace, Document, Support, Table

HITS = 20
"""Passages looked at for a statement."""
READ = 16
"""Sentences and rows that are laid beside it word by word."""


@dataclass(frozen=True, slots=True)
class Bearings:
    """Finds and judges what bears on a statement."""

    library: Library
    retriever: HybridRetriever
    embedder: Embedder
    weigh: Callable[[str], float]

    def on(
        self, statement: str, documents: Collection[str] | None = None, k: int = 5, given: str = ""
    ) -> tuple[Bearing, ...]:
        """The k sentences or rows that bear most on a statement, in `documents` only where given: first what speaks for
        it, then against it, then what says part of it or cannot be decided, then the nearest that says nothing; within
        each the nearest first. `given` counts as said around every place, such as the country that all is about.
        """
        weighed = sorted(
            self._weighed(statement, documents, given), key=lambda w: (_ORDER[w.found.verdict.support], -w.score)
        )
        return tuple(w.bearing(n, self.library) for n, w in enumerate(weighed[:k], start=1))

    def _weighed(self, statement: str, documents: Collection[str] | None, given: str = "") -> Iterator[_Weighed]:
        question = understand(statement)
        hits = self.retriever.find(question, HITS, documents)
        vector = self.embedder.embed_question(question.gist)
        found = candidates(question, hits, self.library, vector, self.weigh)
        first = sorted(_distinct(found), key=lambda c: (-_promise(c), c.passage.document, c.span.start))[:READ]
        texts = [statement, *(_words(c) for c in first)]
        said, *read = self._tokens(texts)
        for c, tokens in zip(first, read, strict=True):
            near = Near(cosine=c.cosine, said=said, read=tokens)
            document = self.library.document(c.passage.document)
            before = c.before if _LEANS.match(c.text) else ""
            around = " ".join([*c.passage.section, document.work.title, before, given])
            if c.table is not None and c.kind == "row":
                yield from self._cells(statement, c, c.table, near, given)
            else:
                yield _Weighed(c, judged(statement, c.text, near, around, self.weigh), _score(c, near))

    def _cells(self, statement: str, c: Candidate, table: Table, near: Near, given: str) -> Iterator[_Weighed]:
        """A row, judged by the one of its cells that speaks of what the statement does, and as a whole."""
        row = row_of(table, c.span)
        around = f"{self.library.document(c.passage.document).work.title} {given}"
        best: _Weighed | None = None
        for cell in cells_over(table, row) if row is not None else ():
            if not cell.text.strip() or not any(ch.isdigit() for ch in cell.text) or cell.text == cell.row:
                continue
            unit = next((u for level in (cell.column,) if (u := unit_in(level))), None) or table.unit
            found = judged(statement, f"{_spoken(cell, unit)} ({_subject(table)})", near, around, self.weigh)
            place = CellPlace(table.number or table.caption, cell.row, cell.column, unit, cell.text)
            weighed = _Weighed(c, found, _score(c, near), place)
            if best is None or _cell_order(weighed) < _cell_order(best):
                best = weighed
        yield best or _Weighed(c, judged(statement, c.text, near, around, self.weigh), _score(c, near))

    def _tokens(self, texts: Sequence[str]) -> list[Tokens | None]:
        if not isinstance(self.embedder, TokenEmbedder):
            return [None] * len(texts)
        wanted = [t for t in texts if language_of(t) == "en"]
        held = dict(zip(wanted, self.embedder.embed_tokens_of(wanted), strict=True))
        return [Tokens(*held[t]) if t in held else None for t in texts]


_LEANS = re.compile(
    r"(?:\W*\w+\W+){0,5}?(?:this|these|that|those|such|it|its|they|their|he|she|his|her|the latter|the former)\b"
    r"|\s*(?:이는|이러한|이런|그러한|이를|이에|이로|그는|그의|동 |해당|특히|또한)",
    re.IGNORECASE,
)
"""A sentence that leans on the one before it."""
_ORDER: dict[Support, int] = {"supported": 0, "contradicted": 1, "partial": 2, "unchecked": 3, "unsupported": 4}


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A candidate that was judged, before its citation is made."""

    candidate: Candidate
    found: Judged
    score: float
    cell: CellPlace | None = None

    def bearing(self, marker: int, library: Library) -> Bearing:
        c = self.candidate
        document: Document = library.document(c.passage.document)
        headers = _headers(c.table) if c.table else ()
        citation = cite(
            document, c.span, marker, score=self.score, passage=c.passage.id, cell=self.cell, headers=headers
        )
        return Bearing(citation, self.found.verdict)


def _cell_order(w: _Weighed) -> tuple[int, int, float]:
    """The cell under the year and place that the statement names goes before one that agrees by chance."""
    astray = sum(d.slot in ("year", "place") and d.standing != "looser" for d in w.found.differences)
    return astray, _ORDER[w.found.verdict.support], -w.found.coverage


def _promise(c: Candidate) -> float:
    """How far a sentence promises to bear on a statement, before its words are compared."""
    return 0.4 * c.cosine + 0.35 * c.coverage + 0.15 * c.reach + 0.1 * c.rank


def _score(c: Candidate, near: Near) -> float:
    late = 0.0
    if near.said is not None and near.read is not None and len(near.said.rows) and len(near.read.rows):
        late = float(np.mean((near.said.rows @ near.read.rows.T).max(axis=1)))
    return round(0.5 * _promise(c) + 0.5 * max(0.0, late), 4)


def _words(c: Candidate) -> str:
    return f"{c.table.caption} {c.text}" if c.kind == "row" and c.table else c.text


_FIGURE = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")


def _spoken(cell: Cell, unit: str | None) -> str:
    """A cell as a sentence says it, with its unit at its number: `Timber, 2022: USD 533 million`."""
    text = cell.text
    m = _FIGURE.search(text) if unit else None
    if unit and m and not re.match(r"\s?%", text[m.end() :]):
        currency, _, scale = unit.strip().partition(" ")
        if currency.upper().startswith(("USD", "KRW", "EUR", "JPY", "US$", "$")):
            text = f"{text[: m.start()]}{currency} {m.group()} {scale}".rstrip() + text[m.end() :]
        else:
            sign = "%" if unit.strip().lower() in ("%", "percent", "per cent") else f" {unit.strip()}"
            text = f"{text[: m.end()]}{sign}{text[m.end() :]}"
    return ", ".join(filter(None, [cell.row, cell.column])) + f": {text}"


_NOT_SUBJECT = re.compile(
    r"^(?:Table|표)\s*[\w.-]+\s*[.:]?\s*|\(?\b(?:Unit|단위)\s*:[^()]*\)?|[,(]*\s*(?:19|20)\d\d(?:\s?[-\u2013\u2014~]\s?(?:19|20)?\d\d)?\)?",
    re.IGNORECASE,
)


def _subject(table: Table) -> str:
    """What a caption says the table is of, without number, unit and years: a cell has its own."""
    return _NOT_SUBJECT.sub("", table.caption).strip()


def _headers(table: Table) -> tuple[str, ...]:
    heads = [table.caption, *(c.column for c in table.header), table.unit or ""]
    return tuple(h for h in heads if h.strip())


def _distinct(found: Sequence[Candidate]) -> list[Candidate]:
    kept: dict[tuple[str, int, int], Candidate] = {}
    for c in found:
        if c.kind in ("sentence", "row", "note"):
            kept.setdefault((c.passage.document, c.span.start, c.span.end), c)
    return list(kept.values())
