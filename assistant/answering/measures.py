"""What a figure measures: an amount of a thing, or what is derived from amounts."""

from __future__ import annotations

import re

_DERIVED = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"\bcorrelat\w*|\bcoefficients?\b|상관|계수",
        r"\belasticit\w+|탄력성",
        r"\bindex\b|\bindices\b|\bscores?\b|지수|점수",
        r"\bgrowth rates?\b|(?:증가|성장|변화)율",
        r"\branks?\b|\brankings?\b|순위",
        r"\bper (?:capita|head|person)\b|1인당|인당",
    )
)
"""What is measured where it is no amount of the thing itself: a table of it answers only who asks for it."""


def of_another_measure(told: str, asked: str) -> bool:
    """Whether a caption, unit or column names a derived measure that is not asked for."""
    return any(p.search(told) and not p.search(asked) for p in _DERIVED)
