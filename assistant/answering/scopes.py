"""What a figure is of: two that look alike may count large firms or all, one sector or all, a flow or a stock, plans or
what was done, one year or another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.quantities import years
from assistant.questions import Question

_HEAD = r"(?:\s(?!and\b|or\b|of\b|in\b|to\b|were\b|was\b|is\b|are\b|had\b|have\b|has\b)[a-z]+)?"
_DIMENSIONS: tuple[tuple[str, str, str], ...] = (
    ("size", "large", r"\bconglomerates?\b|\bchaebols?\b|\b(?:large|larger|big|major) (?:firms|companies|enterprises|businesses|corporations|fleets|banks|farms|producers)\b|대기업|재벌"),
    ("size", "small", r"\bSMEs?\b|\b(?:small|smaller)(?:[ -]and[ -]medium(?:[ -]sized)?)? (?:firms|companies|enterprises|businesses|fleets|banks|farms|producers)\b|중소기업|소기업"),
    ("size", "middle", r"\b(?:mid-?sized|medium-sized) (?:firms|companies|enterprises)\b|중견기업"),
    ("size", "all", rf"\ball (?:of the )?(?!these\b|those\b|this\b|that\b)[a-z]+(?: together)?|\b(?:overall|altogether|as a whole|in total|economy-wide|total)\b{_HEAD}|전체 ?[가-힣]*|모든 [가-힣]+|총(?=\s|[가-힣]{{2}})"),
    ("sector", "manufacturing", r"\bmanufacturing\b|제조업"),
    ("sector", "services", r"\bservices? (?:sector|industr\w+)\b|서비스업"),
    ("sector", "finance", r"\bfinancial (?:sector|services)\b|\bbanking sector\b|금융업"),
    ("sector", "agriculture", r"\bagricultur\w+\b|농업"),
    ("sector", "mining", r"\bmining\b|광업"),
    ("measure", "stock", r"\bstocks?\b|\bcumulative(?:ly)?\b|\baccumulated\b|\boutstanding\b|누적|잔액|누계|스톡"),
    ("measure", "flow", r"\b(?:annual|yearly|new) (?:flows?|investment|lending|inflows?|outflows?)\b|\bflows?\b|\ba year\b|\bper year\b|\bannually\b|연간|매년|유량"),
    ("standing", "provisional", r"\bpreliminary\b|\bprovisional(?:ly)?\b|\bestimated?\b|\bflash\b|잠정|속보|추정"),
    ("standing", "revised", r"\brevised\b|\bfinal figures?\b|확정|개정|수정치"),
    ("standing", "planned", r"\bplanned\b|\bpledg\w+\b|\bcommitted\b|\bcommitments?\b|\bproject(?:ed|ions?)\b|\bforecasts?\b|\bapproved\b|계획|약속|전망|신고|승인"),
    ("standing", "done", r"\bactual(?:ly)?\b|\breali[sz]ed\b|\bdisbursed\b|\bimplemented\b|실제|실적|집행|도착"),
    ("prices", "nominal", r"\bnominal\b|\bcurrent prices\b|명목"),
    ("prices", "real", r"\bin real terms\b|\breal (?:terms|growth|GDP|wages|income)\b|\bconstant prices\b|실질"),
    ("balance", "gross", r"\bgross\b|총액"),
    ("balance", "net", r"\bnet\b|순[가-힣]{2}"),
)  # fmt: skip
_SCOPES = tuple((dimension, value, re.compile(p, re.IGNORECASE)) for dimension, value, p in _DIMENSIONS)
"""Of each dimension the values that exclude one another, in the words of either language."""

NEAR = 0.6
"""A figure of another scope must score at least this share of the best one's."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One limit that a sentence sets to its figures, and the words that set it."""

    dimension: str
    value: str
    words: str


@lru_cache(maxsize=2048)
def scopes(text: str) -> tuple[Scope, ...]:
    """The limits that a text sets, one of a dimension; where it sets two of one, none."""
    found: dict[str, list[Scope]] = {}
    for dimension, value, pattern in _SCOPES:
        if m := pattern.search(text):
            found.setdefault(dimension, []).append(Scope(dimension, value, m.group().strip()))
    named = years(text)
    made = [told[0] for told in found.values() if len(told) == 1]
    if len(named) == 1:
        (year,) = named
        made.append(Scope("year", str(year), str(year)))
    return tuple(made)


def apart(one: str, other: str) -> tuple[tuple[Scope | None, Scope | None], ...]:
    """The dimensions in which two texts differ: each with both values, or with one where only one text sets it."""
    mine = {s.dimension: s for s in scopes(one)}
    theirs = {s.dimension: s for s in scopes(other)}
    return tuple(
        (mine.get(d), theirs.get(d))
        for d in dict.fromkeys([*mine, *theirs])
        if (mine[d].value if d in mine else None) != (theirs[d].value if d in theirs else None)
    )


def _measured(text: str) -> dict[str, set[object]]:
    """The amounts of a text by their unit."""
    from assistant.stance.amounts import amounts  # here: most answers have no figures to tell apart

    found: dict[str, set[object]] = {}
    for a in amounts(text):
        found.setdefault(a.unit, set()).add((a.low, a.high))
    return found


def alike(one: str, other: str, question: Question) -> bool:
    """Whether two texts give different figures in one unit, with limits that differ and that one of them at least sets
    other than by its year; or by the year alone, where both name one and the question none.
    """
    first, second = _measured(one), _measured(other)
    same = [u for u in first if u in second]
    if not any(not (first[u] & second[u]) for u in same):
        return False
    return bool(_telling(apart(one, other), question))


_ALONE = frozenset(("large", "small", "middle", "stock", "provisional", "planned"))
"""Limits that tell a figure apart from one that sets none."""


def _telling(
    differing: Sequence[tuple[Scope | None, Scope | None]], question: Question
) -> list[tuple[Scope | None, Scope | None]]:
    """The differences that a reader must know: both texts set a limit, or one sets a narrow one. Years count where the
    question names none.
    """
    found: list[tuple[Scope | None, Scope | None]] = []
    for one, other in differing:
        if one is not None and other is not None:
            if one.dimension != "year" or not question.years:
                found.append((one, other))
        elif any(s is not None and s.value in _ALONE for s in (one, other)):
            found.append((one, other))
    return found


def _named(differing: Sequence[tuple[Scope | None, Scope | None]]) -> set[str]:
    return {s.dimension for pair in differing for s in pair if s is not None}


def other_scope(question: Question, best: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence that answers as well with another figure of another scope, where the question names neither."""
    if question.wants != "number" or best.kind not in ("sentence", "note") or not best.exact:
        return None
    asked = {s.dimension for s in scopes(question.text)}
    for c in found:
        if c.kind not in ("sentence", "note") or c.kindred < 1.0 or c.score < NEAR * best.score:
            continue
        if (
            c.span == best.span
            or c.coverage < best.coverage - 0.05
            or c.absent_years > best.absent_years
            or c.elsewhere
        ):
            continue
        if any(u.kind == "name" for u in c.uncovered) or not alike(best.text, c.text, question):
            continue
        if not _named(apart(best.text, c.text)) & asked:
            return c
    return None


_ASKS_SHARE = re.compile(r"\b(?:share|percentage|per ?cent|proportion|fraction) of\b|비중|비율", re.IGNORECASE)
_SHARE_IN = re.compile(r"\b(?:share|proportion) of (?P<part>(?:[\w-]+ ){1,4}?)(?:in|among|within) ", re.IGNORECASE)


def other_share(question: Question, text: str) -> bool:
    """Whether a text gives the share of a part that a question for a share does not name: `the share of machinery in
    exports to Ostrava` does not say what share of exports goes there.
    """
    if question.wants != "number" or question.language != "en" or not _ASKS_SHARE.search(question.text):
        return False
    parts = [m["part"] for m in _SHARE_IN.finditer(text)]
    return bool(parts) and not any(covers(c, bag_of(p)) > 0 for p in parts for c in question.concepts)


def named_apart(one: str, other: str, question: Question) -> tuple[str, str]:
    """The words that limit each of two texts where they differ; '' for one that sets no such limit."""
    both = _telling(apart(one, other), question)
    return (
        ", ".join(dict.fromkeys(a.words for a, _ in both if a is not None)),
        ", ".join(dict.fromkeys(b.words for _, b in both if b is not None)),
    )
