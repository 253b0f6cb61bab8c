"""A reply that was saved (`assistant ask --json`), read again and checked again against the index that answers now.

Nothing in the file is believed but which words it quotes from where: title, pages, notes, sources and verdicts are made
anew from the index. What does not stand there is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from assistant.answering.pieces import Draft
from assistant.errors import AssistantError, CorpusError, UsageError
from assistant.names import attribution
from assistant.pipeline import Assistant
from assistant.policy.receipts.places import cited_at, computed_of
from assistant.sources.phrases import word
from assistant.text import language_of
from assistant.types import Answer, Citation, Claim, Reason, Reply, Span, Verdict


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
        yield marker, cited_at(document, Span(start, end), marker, place)


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
            computed = computed_of(said.get("computed"), [cited[m] for m in markers])
            first = assistant.document(cited[markers[0]].document).work
            lead = (
                attribution(first, language_of(given.question), assistant.original(first)) if said.get("lead") else ""
            )
            yield number, Claim(text, tuple(markers), Verdict("unchecked"), computed, lead)
        else:
            lost = ", ".join(f"citation {m}" for m in markers if m not in cited) or "no citation"
            refused.append(f"sentence {number} rests on {lost}")
