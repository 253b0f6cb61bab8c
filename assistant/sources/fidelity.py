"""How faithfully a statement reports a source: from what the source says to one verdict, and a verdict's weight.

The verdicts are those of `Support`, read for an audit: 'supported'; 'partial' (the source says part of it);
'contradicted' (it differs: another number, year, direction or country); 'unsupported' (not found in the source, which is
not to say that it is wrong); 'unchecked' (could not be checked).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quantities import missing, numbers
from assistant.text import language_of
from assistant.types import Bearing, Document, Verdict

_COMPUTED = re.compile(
    r"\b(?:shares?|proportions?|percentages?|ratios?|averages?|totals?|totall?ed|totall?ing|combined|sum|overall|accounting for|accounted for|"
    r"represent(?:s|ed|ing)|growth rate|per capita|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|tenfold|times (?:the|as|more|higher|larger)|"
    r"(?:higher|lower|more|less|larger|smaller) than|record|peak(?:s|ed|ing)?|highest|lowest|largest|rank(?:s|ed|ing)?)\b|"
    r"비중|비율|점유율|평균|합계|총액|총계|증가율|증감률|성장률|배로|배 증가|차지|최고치|최대치|순위",
    re.IGNORECASE,
)
"""Words of what an author works out of data: shares, sums, averages, extremes, ranks."""


def settle(statement: str, bearings: Sequence[Bearing], source: Document) -> tuple[Bearing | None, Verdict]:
    """The place in a source that decides on a statement, and the verdict. `bearings` are the source's, and their scores say how
    near they come.

    A place that supports it decides, wherever the source says it. Else the nearest that supports a part of it or
    differs; else what could not be decided; else the statement is not found, and the nearest place is shown.
    """
    if not bearings:
        return None, missed(statement, None, source)
    for wanted in (("supported",), ("partial", "contradicted"), ("unchecked",)):
        some = [b for b in bearings if b.verdict.support in wanted]
        if some:
            best = max(some, key=lambda b: b.citation.score)
            return best, best.verdict
    nearest = max(bearings, key=lambda b: b.citation.score)
    return nearest, missed(statement, nearest, source)


def missed(statement: str, nearest: Bearing | None, source: Document) -> Verdict:
    """The verdict on a statement that no place of the source bears: not found, or what keeps that from being said."""
    if not source.text.strip():
        return Verdict("unchecked", "the held source has no text")
    language = language_of(source.text[:20_000])
    if language_of(statement) != language:
        name = {"en": "English", "ko": "Korean"}[language]
        return Verdict("unchecked", f"the source is in {name}, and nothing in it could be set beside this sentence")
    held = source.text
    figures = [n for n in numbers(statement) if n.kind in ("percent", "money", "count")]
    absent = [f for n in figures if (f := n.span.slice(statement)) and missing(f, [held])]
    if absent and source.tables and _COMPUTED.search(statement):
        return Verdict("unchecked", f"{absent[0]} does not stand in the source; it may be worked out from its tables")
    if (words := len(source.text.split())) < 150:
        return Verdict("unsupported", f"not in the {words} words that are held of the source")
    why = nearest.verdict.why if nearest else None
    return Verdict("unsupported", why if why and why != "not found" else "not found in the source")


def elsewhere(verdict: Verdict, others: Sequence[str]) -> Verdict:
    """The verdict on one of several works of a note, where another of them bears the statement."""
    if verdict.support != "unsupported" or not others:
        return verdict
    return Verdict("unsupported", f"not here; another source of the note says so ({', '.join(others)})")
