"""One action or several: acts joined by `and`, each with its verb and what it governs."""

from __future__ import annotations

import re

from assistant.policy.recommendations.readings import trimmed
from assistant.policy.recommendations.verbs import is_deed
from assistant.types import Span

_JOINED = re.compile(
    r",?\s(?:and|as well as)\s(?:(?:also|actively|then|further|thereby|[a-z]+ly)\s)?(?P<verb>[a-z]+)\b(?=\s(?P<next>\w+))"
)
_NESTED = re.compile(r"\b(?:to [a-z]+|that|which|who|where|by [a-z]+ing|such as|between|ensure|ensuring)\b")


def acts_of(text: str, action: Span) -> tuple[Span, ...]:
    """`articulate the aim and provide support` are two; `attract and retain talent` is one, and what stands behind
    `to`, `that` or `by` belongs to the act before it.
    """
    found: list[Span] = []
    start = action.start
    for m in _JOINED.finditer(text, action.start, action.end):
        first = text[start : m.start()]
        gerund = re.match(r"[a-z]+ing\b", first) is not None
        verb = m["verb"]
        if gerund != verb.endswith("ing") or len(first.split()) < 3 or _NESTED.search(first):
            continue
        if not is_deed(verb) or m["next"] in ("and", "or", "of", "is", "are", "in", "on", "as"):
            continue
        found.append(trimmed(text, start, m.start()))
        start = m.start("verb")
    found.append(trimmed(text, start, action.end))
    return tuple(found)
