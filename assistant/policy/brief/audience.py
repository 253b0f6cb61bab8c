"""For whom a brief is: which of the recommendations are addressed to them."""

from __future__ import annotations

import re

from assistant.lexicon import places_in
from assistant.policy.recommendations.actors import COUNTRY, kinds, matches
from assistant.types.policy import Recommendation

_STATE = frozenset(("government", "ministry"))
_OFFICE = re.compile(
    r"\b(?:ministers?|secretar(?:y|ies)|officials?|presidents?|prime minister|ambassadors?|cabinet|commissioners?|"
    r"director[- ]general|policy ?makers?|negotiators?|trade representative|government)\b|장관|차관|공무원|대통령|총리|대사|국장|과장|"
    r"사무관|서기관|정부|본부장|정책 ?담당자|보좌관",
    re.IGNORECASE,
)
"""Who acts for a government."""


def is_state(role: str) -> bool:
    """Whether somebody acts for a government: what is asked of the government or of a country is asked of them.

    >>> is_state("Minister of Trade"), is_state("산업부 장관"), is_state("SMEs")
    (True, True, False)
    """
    return bool(_OFFICE.search(role)) or bool(kinds(role) & _STATE)


def addressed(found: Recommendation, role: str) -> bool:
    """Whether a recommendation asks something of a role, given in English or Korean."""
    if found.actor is None:
        return False
    name = found.actor.text
    if matches(name, role):
        return True
    if not is_state(role):
        return False
    own = kinds(name)
    if not (own & _STATE or own == {COUNTRY} or "we" in own):
        return False
    asked, there = places_in(role), places_in(name)
    return not asked or not there or bool(asked & there)
