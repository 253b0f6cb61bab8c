"""What the corpus says on a statement: the sentences that come nearest, each with whether it speaks for it or against.

One engine for the second hop (in one source), the audit of a document (in each of its sources) and evidence (in all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.answering.candidates import Candidate, candidates
from assistant.answering.late import TokenEmbedder
from assistant.answering.tables import cells_over, place_of, row_of
from assistant.citations import cite
from assistant.protocols import Embedder, Library
from assistant.quantities import year_range
from assistant.questions import understand
from assistant.retrieval import HybridRetriever
from assistant.text import language_of
from assistant.types import Bearing, Cell, CellPlace, Document, Support, Table, Verdict

if TYPE_CHECKING:  # loaded where it judges: most questions need no judge
    from assistant.stance import Judged, Near, Tokens

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
        self,
        statement: str,
        documents: Collection[str] | None = None,
        k: int = 5,
        given: str = "",
        relayed: bool = False,
    ) -> tuple[Bearing, ...]:
        """The k sentences or rows that bear most on a statement, in `documents` only where given: first what speaks for
        it, then against it, then what says part of it or cannot be decided, then the nearest that says nothing; within
        each the nearest first. `given` counts as said around every place, such as the country that all is about.
        A statement that is `relayed` from these documents differs where they speak of another year or country.
        """
        return self.on_each([statement], documents, k, given, relayed)[0]

    def on_each(
        self,
        statements: Sequence[str],
        documents: Collection[str] | None = None,
        k: int = 5,
        given: str = "",
        relayed: bool = False,
    ) -> tuple[tuple[Bearing, ...], ...]:
        """`on` for each of many statements, with their words embedded together and each sentence once."""
        beside = [self._beside(s, documents) for s in statements]
        texts = [t for s, found in zip(statements, beside, strict=True) for t in (s, *map(_words, found))]
        tokens = self._tokens(list(dict.fromkeys(texts)))
        kept = []
        for statement, found in zip(statements, beside, strict=True):
            weighed = [self._weighed(statement, c, tokens, given, relayed) for c in found]
            weighed.sort(key=lambda w: (_ORDER[w.found.verdict.support], -w.score))
            kept.append(tuple(w.bearing(n, self.library) for n, w in enumerate(weighed[:k], start=1)))
        return tuple(kept)

    def _beside(self, statement: str, documents: Collection[str] | None) -> list[Candidate]:
        """The sentences and rows that are laid beside a statement, the most promising first."""
        question = understand(statement)
        hits = self.retriever.find(question, HITS, documents)
        vector = self.embedder.embed_question(question.gist)
        found = candidates(question, hits, self.library, vector, self.weigh, measured=False)
        return sorted(_distinct(found), key=lambda c: (-_promise(c), c.passage.document, c.span.start))[:READ]

    def _weighed(
        self, statement: str, c: Candidate, tokens: Mapping[str, Tokens], given: str, relayed: bool
    ) -> _Weighed:
        from assistant.stance import Near, judged

        near = Near(said=tokens.get(statement), read=tokens.get(_words(c)))
        if c.table is not None and c.kind == "row":
            return self._cells(statement, c, c.table, near, given)
        before = c.before if _LEANS.match(c.text) else ""
        title = self.library.document(c.passage.document).work.title
        around = " ".join([*c.passage.section, title, before, given])
        return _Weighed(c, judged(statement, c.text, near, around, self.weigh, relayed=relayed), _score(c, near))

    def _cells(self, statement: str, c: Candidate, table: Table, near: Near, given: str) -> _Weighed:
        """A row, judged by the one of its cells that speaks of what the statement does: by words alone, since a cell's
        vectors are those of a list.
        """
        from assistant.stance import Near, judged

        document = self.library.document(c.passage.document)
        table = table if table.caption else replace(table, caption=_line_above(document, table))
        row = row_of(table, c.span)
        around = f"{document.work.title} {given}"
        best: _Weighed | None = None
        for cell in cells_over(table, row) if row is not None else ():
            if not cell.text.strip() or not any(ch.isdigit() for ch in cell.text) or cell.text == cell.row:
                continue
            place = place_of(table, cell)
            if place.unit is None and (unit := _CAPTION_UNIT.search(table.caption)):
                place = replace(place, unit=unit.group())
            spoken = f"{_spoken(cell, place.unit, statement, table)} ({_subject(table)})"
            found = judged(statement, spoken, Near(), around, self.weigh, listed=True)
            if (silent := _of_another_row(statement, cell, table)) is not None:
                found = replace(found, verdict=Verdict("unsupported", silent))
            weighed = _Weighed(c, found, _score(c, near), place)
            if best is None or _cell_order(weighed) < _cell_order(best):
                best = weighed
        if best is not None:
            return best
        found = judged(statement, c.text, Near(), around, self.weigh)
        return _Weighed(c, replace(found, verdict=Verdict("unsupported", "a row that says nothing")), _score(c, near))

    def _tokens(self, texts: Sequence[str]) -> dict[str, Tokens]:
        """The token vectors of the texts that the embedder can read: its model is taken to know no Korean."""
        from assistant.stance import Tokens

        if not isinstance(self.embedder, TokenEmbedder):
            return {}
        wanted = [t for t in texts if language_of(t) == "en"]
        return {t: Tokens(*v) for t, v in zip(wanted, self.embedder.embed_tokens_of(wanted), strict=True)}


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
        differs, lacks = (
            tuple(d.slot for d in self.found.differences if d.standing == standing)
            for standing in ("differs", "missing")
        )
        return Bearing(citation, self.found.verdict, differs, lacks, round(self.found.coverage, 3))


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


_CAPTION_UNIT = re.compile(
    r"(?:US\$|\b(?:USD|KRW|EUR|JPY)|(?<=[(\s])[$\u20ac\u20a9])\s?(?:thousand|million|billion|trillion)s?\b|(?:십억|백만|억|조|만)\s?(?:달러|원)"
    r"|(?<=,\s)(?:(?:thousand|million|billion)s?\s(?:of\s)?)?(?:tonnes|tons|percent|per cent|%|people|persons|workers|households|vehicles|km|MW|GW|GWh|TWh)$"
    r"|(?<=,\s)(?:천|만|백만|십만)?\s?(?:톤|명|퍼센트|가구|대|건)$",
    re.IGNORECASE,
)
"""A unit that a caption gives without parentheses."""


def _spoken(cell: Cell, unit: str | None, statement: str, table: Table) -> str:
    """A cell as a sentence says it, with its unit at its number: `Timber, 2022: USD 533 million`. Of a balance, to a
    statement that speaks of a surplus or deficit, which of the two it is.
    """
    text = cell.text.replace("\u2212", "-").strip()
    side = ""
    if _BALANCE.search(f"{table.caption} {cell.row} {cell.column}") and (m := _SIDES.search(statement)):
        negative = bool(re.match(r"[-\u2013]|\(\s?\d", text))
        words = ("deficit of ", "surplus of ") if m.group().isascii() else ("적자 ", "흑자 ")
        side, text = words[0 if negative else 1], text.strip("()").lstrip("-\u2013 ") if negative else text
    m = _FIGURE.search(text) if unit else None
    if unit and m and not re.match(r"\s?%", text[m.end() :]):
        currency, _, scale = unit.strip().partition(" ")
        if currency.upper().startswith(("USD", "KRW", "EUR", "JPY", "US$", "$")):
            text = f"{text[: m.start()]}{currency} {m.group()} {scale}".rstrip() + text[m.end() :]
        else:
            korean = re.match(r"[가-힣]", unit.strip())
            sign = (
                "%"
                if unit.strip().lower() in ("%", "percent", "per cent")
                else f"{'' if korean else ' '}{unit.strip()}"
            )
            text = f"{text[: m.end()]}{sign}{text[m.end() :]}"
    return ", ".join(filter(None, [cell.row, cell.column])) + f": {side}{text}"


_BALANCE = re.compile(r"\b(?:balances?|net exports|net (?:lending|income))\b|수지", re.IGNORECASE)
_SIDES = re.compile(r"\b(?:surplus|deficit)(?:es|s)?\b|흑자|적자", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|all|overall|sum|whole|world|aggregate)\b|합계|전체|총계|총액|소계|^계$", re.IGNORECASE)


def _of_another_row(statement: str, cell: Cell, table: Table) -> str | None:
    """Why a row may not speak: its own subject is not what the statement names, and it is no total of what that is."""
    if _TOTAL.search(cell.row):
        others = {r[0].row for r in table.rows if r and r[0].row.strip() and not _TOTAL.search(r[0].row)}
        named = next((other for other in sorted(others) if _names(statement, other, some=True)), None)
        return f"the statement speaks of “{named}”, the row of all" if named else None
    if not cell.row.strip() or _names(statement, cell.row):
        return None
    return f"the row is of “{cell.row}”"


def _names(statement: str, row: str, some: bool = False) -> bool:
    """Whether a statement names what a row is of: every level of its label, and of a year that year."""
    from assistant.stance.words import bag, says, units

    stated = bag(statement)
    own = [u for u in units(row) if u.kind != "generic"]
    dated = year_range(row)
    if not own and not dated:
        return not some
    return all(says(u, stated) >= 0.85 for u in own) and dated <= year_range(statement)


_NOT_SUBJECT = re.compile(
    r"^(?:Table|표)\s*[\w.-]+\s*[.:]?\s*|\(?\b(?:Unit|단위)\s*:[^()]*\)?|[,(]*\s*(?:19|20)\d\d(?:\s?[-\u2013\u2014~]\s?(?:19|20)?\d\d)?\)?",
    re.IGNORECASE,
)


def _line_above(document: Document, table: Table) -> str:
    """The line that stands right above a table without a caption, where it reads as one: short, and no sentence."""
    above = next((b for b in reversed(document.blocks) if b.span.end <= table.span.start), None)
    words = (
        above.span.slice(document.text).strip()
        if above is not None and above.kind in ("paragraph", "byline", "aside")
        else ""
    )
    return words if len(words) <= 160 and not re.search(r"[.!?:]$|\n", words) else ""


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
