"""A reply that was saved (`assistant ask --json`), read again and checked again against the index that answers now.

Nothing in the file is believed but which words it quotes from where: title, pages, notes, sources and verdicts are made
anew from the index. What does not stand there is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from assistant.answering.pieces import Draft
from assistant.answering.tables import cells_over, headers_of, place_of
from assistant.citations import cite
from assistant.errors import AssistantError, CorpusError, UsageError
from assistant.names import attribution
from assistant.pipeline import Assistant
from assistant.sources.phrases import word
from assistant.text import language_of
from assistant.types import Answer, CellPlace, Citation, Claim, Computed, Document, Reason, Reply, Span, Table, Verdict


@dataclass(frozen=True, slots=True)
class Reread:
    """A saved reply as the index bears it now."""

    reply: Reply
    refused: tuple[str, ...]
    """What was left out, each with the reason."""


def reread(assistant: Assistant, saved: object) -> Reread:
    """The reply that `saved`, the JSON of one, tells of. Raises UsageError where it is none, and CorpusError where none
    of its claims stands in the index.
    """
    given = _Given.of(saved)
    refused: list[str] = []
    cited = dict(_standing(assistant, given, refused))
    if given.reason is not None:
        reply = assistant.again(given.question, given.understood, given.reason, tuple(cited.values()))
    else:
        claims = dict(_claims(assistant, given, cited, refused))
        if not claims:
            raise CorpusError(f"no sentence of this reply stands in the index {assistant.index}: {'; '.join(refused)}")
        draft = Draft(tuple(claims.values()), tuple(cited.values()))
        reply = assistant.again(given.question, given.understood, draft, ())
        shown = {c.text for c in reply.claims} if isinstance(reply, Answer) else set()
        lost = [number for number, claim in claims.items() if claim.text not in shown]
        refused += [f"sentence {number} does not follow from its quotations" for number in lost]
        if not shown:
            raise CorpusError(f"no sentence of this reply stands in the index {assistant.index}: {'; '.join(refused)}")
        reply = replace(reply, withheld=0)  # each of them is named
    language = language_of(given.question)
    notices = [word("refused", language).format(why) for why in refused]
    if given.index and given.index.rpartition("-")[2] != assistant.index.rpartition("-")[2]:
        notices.insert(0, word("other index", language).format(given.index.rpartition("-")[2]))
    return Reread(replace(reply, notices=(*reply.notices, *notices)), tuple(refused))


# ---------------------------------------------------------------- what the file says


@dataclass(frozen=True, slots=True)
class _Given:
    question: str
    understood: str
    reason: Reason | None
    claims: tuple[Mapping[str, Any], ...]
    places: tuple[Mapping[str, Any], ...]
    index: str

    @staticmethod
    def of(saved: object) -> _Given:
        if not isinstance(saved, Mapping):
            raise _no_reply("it is not a JSON object")
        if saved.get("status") == "error":
            raise _no_reply(f"it records an error ({saved.get('reason')})")
        if saved.get("status") not in ("answered", "abstained"):
            raise _no_reply("its 'status' is neither 'answered' nor 'abstained'")
        question, understood = saved.get("question"), saved.get("understood") or saved.get("question")
        if not isinstance(question, str) or not isinstance(understood, str):
            raise _no_reply("its 'question' is not text")
        answered = saved["status"] == "answered"
        reason = next((r for r in get_args(Reason) if not answered and r == saved.get("reason")), None)
        if not answered and reason is None:
            raise _no_reply(f"its 'reason' {saved.get('reason')!r} is unknown")
        claims, places = saved.get("claims"), saved.get("citations" if answered else "nearest")
        if not _are_objects(claims) or not _are_objects(places):
            raise _no_reply("its 'claims', 'citations' and 'nearest' are not lists of objects")
        made = saved.get("provenance")
        index = made.get("index") if isinstance(made, Mapping) else None
        return _Given(question, understood, reason, tuple(claims or ()), tuple(places or ()), str(index or ""))


def _no_reply(why: str) -> UsageError:
    return UsageError(f"this is no reply as `assistant ask --json` prints it: {why}")


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


# ---------------------------------------------------------------- what stands


def _standing(assistant: Assistant, given: _Given, refused: list[str]) -> Iterator[tuple[int, Citation]]:
    """The citations whose words stand at their offsets, by marker; the others are said in `refused`."""
    for place in given.places:
        match place:
            case {
                "marker": int(marker),
                "document": str(id),
                "start": int(start),
                "end": int(end),
                "quote": str(quote),
            }:
                pass
            case _:
                raise _no_reply("a citation lacks 'marker', 'document', 'start', 'end' or 'quote'")
        try:
            document = assistant.document(id)
        except AssistantError:
            refused.append(f"citation {marker} quotes {id}, which the index does not hold")
            continue
        if not 0 <= start < end <= len(document.text) or document.text[start:end] != quote or not quote.strip():
            refused.append(f"citation {marker} quotes words that do not stand at {start}-{end} of {id}")
            continue
        yield marker, _citation(document, Span(start, end), marker, place)


def _citation(document: Document, span: Span, marker: int, place: Mapping[str, Any]) -> Citation:
    """The citation of a place, with what the file says of the cell and the headers where the document has them so."""
    score = place.get("score")
    tables = [t for t in document.tables if t.span.overlaps(span)]
    notes = [n for n in document.notes if n.span is not None and n.span.overlaps(span)]
    headers = place.get("headers")
    known = {h for t in tables for h in _words_beside(t)} | {f"note {n.number}" for n in notes}
    return cite(
        document,
        span,
        marker,
        score=float(score) if isinstance(score, int | float) else 0.0,
        passage=str(place["passage"]) if place.get("passage") else None,
        cell=_cell(tables, span, place.get("cell")),
        headers=tuple(h for h in headers if h in known) if isinstance(headers, list) else (),
        kind="catalog" if place.get("kind") == "catalog" and document.id == "catalog" else None,
    )


def _words_beside(table: Table) -> Iterator[str]:
    yield from headers_of(table)
    for row in table.rows:
        for cell in cells_over(table, row):
            yield cell.row


def _cell(tables: list[Table], span: Span, said: object) -> CellPlace | None:
    """The cell of the quoted row that has this row and column."""
    if not isinstance(said, Mapping):
        return None
    for table in tables:
        for row in table.rows:
            for cell in cells_over(table, row):
                inside = span.contains(cell.span)
                if inside and (cell.row, cell.column) == (said.get("row"), said.get("column")):
                    return place_of(table, cell)
    return None


def _claims(
    assistant: Assistant, given: _Given, cited: Mapping[int, Citation], refused: list[str]
) -> Iterator[tuple[int, Claim]]:
    """The claims all of whose quotations stand, by their number in the reply."""
    for number, said in enumerate(given.claims, start=1):
        match said:
            case {"text": str(text), "citations": [*markers]} if all(isinstance(m, int) for m in markers):
                pass
            case _:
                raise _no_reply("a claim lacks 'text' or 'citations'")
        if markers and all(m in cited for m in markers):
            computed = _computed(said.get("computed"), [cited[m] for m in markers])
            first = assistant.document(cited[markers[0]].document).work
            lead = (
                attribution(first, language_of(given.question), assistant.original(first)) if said.get("lead") else ""
            )
            yield number, Claim(text, tuple(markers), Verdict("unchecked"), computed, lead)
        else:
            lost = ", ".join(f"citation {m}" for m in markers if m not in cited) or "no citation"
            refused.append(f"sentence {number} rests on {lost}")


def _computed(said: object, cited: list[Citation]) -> Computed | None:
    """The calculation, with its unit where the quoted places have it."""
    if not isinstance(said, Mapping) or not said.get("expression"):
        return None
    unit = said.get("unit")
    units = [part for c in cited for part in (c.quote, *c.headers, (c.cell.unit if c.cell else None) or "")]
    known = isinstance(unit, str) and any(unit in part for part in units)
    return Computed(str(said["expression"]), str(said.get("result", "")), unit if known else None)
