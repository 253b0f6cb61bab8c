"""Words that name no quantity and narrow nothing: verbs, comparatives, pronouns, what is left of a longer phrase."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Span
from assistant.types.policy import Part, Scope

_NO_QUANTITY = re.compile(
    r"(?:above|below|over|under|instead|rather|more|less|fewer|higher|lower|up|down|plus|further|each|every|half|majority|most|much|"
    r"requested|appropriated|provided|allocated|received|awarded|authorized|granted|transferred|obligated|disbursed|committed|pledged|raised|"
    r"estimated|proposed|enacted|reported|projected|expected|planned|included|approved|came|went|stood|peaked|found|"
    r"(?:FY\s?\d+\s)?enacted|the)|명당|[가-힣]의|투입|조성|배정|편성|지급|조달|결과|수준|정도",
    re.IGNORECASE,
)
_NO_SCOPE = re.compile(
    r"(?:which|whom|who|that|those|these|this|it|them|they|one|each|there|here|others?|text|plan|rest|Much of the difference|much|"
    r"결과|이|그|이것|그것|[가-힣]이|이들|때|것)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s,]+(?:and|or|of|to|the|for|in|by|with|that|which))+\s*$", re.IGNORECASE)


def named(quantity: Part | None) -> Part | None:
    """A quantity, or None where its words name none: a verb (`requested`), a comparative (`above`), a particle."""
    if quantity is None or quantity.span is None:
        return quantity
    own = _shorter(quantity)
    return None if not own.text or _NO_QUANTITY.fullmatch(own.text) or re.fullmatch(r"[\W\d]*", own.text) else own


def narrowed(scope: tuple[Scope, ...]) -> tuple[Scope, ...]:
    """What narrows, without words that only point or are left of another phrase (`which`, `DOE and`, `$323.2 million below`)."""
    found = []
    for s in scope:
        own = _shorter(s.part)
        amount = re.match(r"[$\u20ac\u00a3\u20a9]\s?\d", own.text)
        if own.text and not _NO_SCOPE.fullmatch(own.text) and not amount:
            found.append(replace(s, part=own))
    return tuple(found)


def _shorter(part: Part) -> Part:
    text = part.text
    m = _TAIL.search(text)
    if part.span is None or (m is None and text == text.strip()):
        return part
    end = m.start() if m is not None else len(text.rstrip())
    lead = len(text[:end]) - len(text[:end].lstrip())
    return Part(text[lead:end], Span(part.span.start + lead, part.span.start + end), part.why)
