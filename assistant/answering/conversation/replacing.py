"""One thing of the last question exchanged for another of its kind: a year for a year, a country for a country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.conversation.particles import agreeing
from assistant.answering.conversation.slots import Slot, called, slots
from assistant.text import STOPWORDS, language_of, tokens
from assistant.types import Language

_FILL = re.compile(
    r"^(?:the|a|an|of|in|for|to|from|with|by|on|at|during|since|and|or|its|year|case|years?|경우|때|의|도|에|년)$",
    re.IGNORECASE,
)


def replaced(fragment: str, given: Sequence[Slot], before: str, language: Language) -> str | None:
    """The last question with the slots of a fragment in the place of their like, or at its end where it has none such.
    None where the fragment says more than its slots, or where it is open which thing it replaces.
    """
    if not given or not _only(fragment, given):
        return None
    told = language_of(before)
    made = before
    for slot in given:
        value = called(slot, fragment, told)
        if value is None:
            return None
        one = _exchanged(made, slot, value, told)
        if one is None:
            return None
        made = one
    return made + "?" if made.casefold() != before.casefold() else None


def _only(fragment: str, given: Sequence[Slot]) -> bool:
    rest = fragment
    for slot in reversed(given):
        rest = rest[: slot.span.start] + " " + rest[slot.span.end :]
    left = [t.text for t in tokens(rest) if t.text not in STOPWORDS and not _FILL.match(t.text)]
    return all(re.fullmatch(r"[가-힣]{1,2}", w) for w in left)


def _exchanged(before: str, slot: Slot, value: str, language: Language) -> str | None:
    same = [s for s in slots(before) if s.kind == slot.kind]
    if any(s.value == slot.value for s in same):
        return None
    if not same:
        return _added(before, slot, value, language)
    if slot.kind == "date" and len(same) > 1:
        return None  # `from 2019 to 2022`: a year alone does not say which of them it replaces
    led = [s for s in same if slot.lead and s.lead == slot.lead]
    old = (led or same)[-1]
    if language == "ko":
        return agreeing(before[: old.span.start], value, before[old.span.end :])
    return before[: old.span.start] + value + before[old.span.end :]


def _added(before: str, slot: Slot, value: str, language: Language) -> str | None:
    if slot.kind == "name":
        return None
    if language == "ko":
        if slot.kind == "date":
            return f"{value if value.endswith(('년', '월', '기', '일')) else value + '년'} {before}"
        return None
    if slot.kind == "sector" and not slot.lead:
        return None
    lead = slot.lead if slot.lead not in ("", "about") else "in"
    return f"{before} {lead} {value}"
