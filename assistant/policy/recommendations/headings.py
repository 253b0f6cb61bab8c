"""Headings of advice: under which of them items are taken for recommendations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.policy.statements import flat

Advice = Literal["plain", "likely", ""]
"""`plain`: the heading, or one above it, says that advice follows (`Recommendations`, `Next steps`, `제언`). `likely`: the
heading may open advice (`Strategy`, `방향`)."""

_PLAIN = re.compile(
    r"recommendations?\b|\b(?:way forward|ways forward|next steps|action (?:plan|points|items|list)|actions?(?: required| needed)?$|what we (?:propose|recommend)|what (?:should|can|must|needs to) be done|"
    r"(?:our|policy) (?:proposals|asks)|proposals?$|to do$|asks$)"
    r"|제언|권고|제안|(?:추진|정책|향후) ?(?:과제|계획|일정)|실행 ?(?:과제|계획)|정책 ?방안|개선 ?방안|건의",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"recommend|polic(?:y|ies)|priorit|strateg|options|proposal|way forward|next steps|what (?:should|can) be done|implication|roadmap|action plan|"
    r"제언|과제|방안|권고|시사점|대응|방향|전략|추진",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"background|context|where we (?:are|stand)|introduction|current|overview|evidence|findings?\b|risks?\b|costs?\b|effects?\b|limitations?|methods?|data\b|annex|appendix|earlier|previous|others|history|"
    r"현황|배경|문제점|서론|사례|효과|한계|개요|분석|여건|기존|종전|각계|부록",
    re.IGNORECASE,
)
"""A heading below one of advice that tells something else."""


def advice(section: Sequence[str], title: str = "") -> Advice:
    """What the headings above an item promise; the title of the document is none of them."""
    own = [h for h in section if flat(h) != flat(title)]
    if not own:
        return ""
    for heading in reversed(own):
        if _PLAIN.search(heading) and not re.search(r"earlier|previous|기존|종전|지난", heading, re.IGNORECASE):
            return "plain"
        if _OTHER.search(heading):
            break
    return "likely" if _LIKELY.search(own[-1]) else ""
