"""How faithfully a statement reports a source: from what the source says to one verdict, and a verdict's weight.

The verdicts are those of `Support`, read for an audit: 'supported'; 'partial' (the source says part of it);
'contradicted' (it differs: another number, year, direction or country); 'unsupported' (not found in the source, which is
not to say that it is wrong); 'unchecked' (could not be checked).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quantities import missing, numbers, years
from assistant.text import language_of
from assistant.types import Bearing, Document, Table, Verdict

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
        return Verdict("unchecked", f"the source is in {name}, and whether it says this could not be decided")
    figures = [n for n in numbers(statement) if n.kind in ("percent", "money", "count")]
    absent = [f for n in figures if (f := n.span.slice(statement)) and missing(f, [source.text])]
    if absent and source.tables and _COMPUTED.search(statement):
        return Verdict("unchecked", f"{absent[0]} does not stand in the source; it may be worked out from its tables")
    kinds = {n.kind for n in figures} or ({"count"} if years(statement) and _MOVES.search(statement) else set())
    if any(_holds(table, kind) for table in source.tables for kind in kinds):
        return Verdict("unchecked", "no cell of the source's tables could be set beside this sentence")
    why = nearest.verdict.why if nearest else None
    why = why if why and why != "not found" else "nothing in the source was found that says this"
    if (words := len(source.text.split())) < 150:
        why += f"; only {words} words of the source are held"
    return Verdict("unsupported", why)


_MOVES = re.compile(
    r"\b(?:surged?|rose|risen|fell|fallen|grew|grown|declin\w+|increas\w+|decreas\w+|expand\w+|contract(?:ed|ing)|shrank|dropped)\b"
    r"|증가|감소|늘어|늘었|줄어|줄었|급증|급감|확대|축소",
    re.IGNORECASE,
)
"""Words of what goes up or down, as a table shows it."""
_KINDS = {
    "percent": re.compile(r"%|\bper ?cent\b|퍼센트|비중|비율|\bshares?\b|\brates?\b", re.IGNORECASE),
    "money": re.compile(r"USD|KRW|EUR|[$\u20ac\u20a9]|달러|원\b|\bdollars?\b|\bwon\b|\bcrowns?\b", re.IGNORECASE),
}


def _holds(table: Table, kind: str) -> bool:
    """Whether a table has figures of a kind: percentages, money, counts. One that names no unit may hold any."""
    if not any(numbers(c.text) for row in table.rows for c in row[1:]):
        return False
    unit = " ".join(
        [table.caption, table.unit or "", *(c.column for c in table.header), *(c.text for r in table.rows for c in r)]
    )
    named = {k for k, pattern in _KINDS.items() if pattern.search(unit)}
    return kind in named or not named or kind == "count"


def elsewhere(verdict: Verdict, others: Sequence[str]) -> Verdict:
    """The verdict on one of several works of a note, where another of them bears the statement."""
    if verdict.support != "unsupported" or not others:
        return verdict
    return Verdict("unsupported", f"not here; another source of the note says so ({', '.join(others)})")
