"""What an amount is an amount of: its role in a change, its base, what it counts, and the part of the sentence it is in."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.quantities import numbers
from assistant.stance.amounts import Amount, amounts
from assistant.stance.words import units
from assistant.text import STOPWORDS, language_of, stem
from assistant.types import Span

Role = Literal["from", "level", "change"]


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one amount of a text from its others."""

    amount: Amount
    role: Role | None
    """`from` what something changed, what it is or changed to, or by how much; None where the words do not say."""
    base: str | None
    """The stem of what a rate is per (`per household`, `a week`, `가구당`)."""
    base_span: Span | None
    heads: tuple[Span, ...]
    """What is counted, or of what a share is taken."""
    counter: str
    """The Korean counter behind the number: 개 and 개국 count different things."""
    part: int
    """Which part of the text it is in, counted from the first; each part but the first may lean on those before it."""


@lru_cache(maxsize=4096)
def keys(text: str) -> tuple[Key, ...]:
    """One key for each of `amounts(text)`, in order."""
    edges = parts(text)
    korean = language_of(text) == "ko"
    found = []
    for a in amounts(text):
        base = _base(text, a.span)
        heads, counter = _korean_heads(text, a.span) if korean else (_heads(text, a.span), "")
        part = sum(e <= a.span.start for e in edges)
        role = _korean_role(text, a) if korean else _role(text, a)
        found.append(Key(a, role, base[0] if base else None, base[1] if base else None, heads, counter, part))
    return tuple(found)


# parts

_EDGES = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"[;:](?=\s)|\b(?:while|whereas|but|although)\b|(?:지만|반면|는데|으나),?\s",
        r",\s(?:and|or)\b|(?<=[가-힣])(?:고|며|면서),?\s",
        r"\b(?:and|or|as well as)\b|\s및\s",
        r",(?=\s)",
        r"\b(?:to|from|against|compared)\b|에서\s",
    )
)
"""What parts two amounts from one another, the strongest first."""


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[int, ...]:
    """Where the parts of a text begin that hold an amount each, or more where nothing parts them; the first aside."""
    found = []
    spans = [a.span for a in amounts(text)]
    for one, other in itertools.pairwise(spans):
        if one.end > other.start:
            continue
        for pattern in _EDGES:
            if m := pattern.search(text, one.end, other.start):
                found.append(m.start() if m.end() == m.start() + 1 or not re.match(r"[가-힣]", m.group()) else m.end())
                break
    return tuple(found)


def part_of(text: str, span: Span) -> int:
    """The part that a word stands in. What opens the sentence is of the first."""
    return sum(e <= span.start for e in parts(text))


# roles

_MONEY = r"(?:US\$|USD|KRW|EUR|JPY|CNY|RMB|GBP|[$\u20ac\u20a9\u00a3\u00a5])?\s?$"
_HEDGE = r"(?:(?:about|around|nearly|almost|roughly|approximately|some|only|just|more than|less than|over|under|at least|at most|up to|as much as|a|an|the|another|further|average of|total of)\s){0,3}"
_UP = r"(?:ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|ing|th)?|increas\w*|declin\w*|decreas\w*|fall(?:s|en|ing)?|fell|drop\w*|shr[aiu]nk\w*|gain\w*|climb\w*|jump\w*|slump\w*|plung\w*|surg\w*|soar\w*|expand\w*|contract(?:s|ed|ing)|cut(?:s|ting)?|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)|reduc\w*|hik\w*|slid\w*|los[ts]|(?:was|were|is|are|be) (?:up|down))"
_FROM = re.compile(
    rf"\b(?:from|against|compared (?:with|to)|instead of|rather than|after|(?:up|down) on)\s(?:the\s)?{_HEDGE}{_MONEY}",
    re.I,
)
_CHANGE = re.compile(
    rf"\bby\s{_HEDGE}{_MONEY}|\b{_UP}\s(?:\w+ly\s)?{_HEDGE}{_MONEY}"
    rf"|\b(?:increase|decrease|rise|fall|growth|decline|drop|cut|gain|reduction|hike|surge|loss)\s(?:rates?\s)?of\s{_HEDGE}{_MONEY}",
    re.I,
)
_CHANGE_BEHIND = re.compile(
    r"[\s-](?:(?:annual|year-on-year|real|nominal|further|net|sharp|per year|a year)\s){0,2}"
    r"(?:increase|decrease|rise|fall|growth|decline|drop|cut|gain|reduction|hike|higher|lower|more|less|fewer|up|down|faster|slower)\b(?! than \d)",
    re.I,
)
_LEVEL = re.compile(
    rf"\b(?:to|at|reach\w*|total(?:s|ed|led|ling)|exceed\w*|surpass\w*|hit|was|were|is|are|remain\w*|average[ds]?|"
    rf"account\w* for|constitut\w*|compris\w*|represent\w*|make[s]? up|made up|record\w*)\s{_HEDGE}{_MONEY}",
    re.I,
)


def _role(text: str, a: Amount) -> Role | None:
    left = text[max(0, a.span.start - 60) : a.span.start]
    if _FROM.search(left) and not re.search(r"\bbut\s[^.]*$", left):
        return "from"
    if (m := _CHANGE.search(left)) and (a.unit != "days" or m.group().lower().startswith("by")):
        return "change"
    if a.unit in ("percent", "points", "times") and _CHANGE_BEHIND.match(text, a.span.end):
        return "change"
    level = _LEVEL.search(left)
    if level and not level.group().lower().startswith("to ") and _GROWTH.search(left):
        return None
    return "level" if level else None


_GROWTH = re.compile(
    r"\b(?:growth|increases?|rises?|declines?|decreases?|drops?|falls?|reductions?|gains?|changes?|difference|gap)\b"
    r"|(?:증가|성장|상승|감소|인상|하락|인하)(?:율|률|폭|세)",
    re.I,
)
"""`Growth was 3 percent` is a change that is said as a level."""


_KO_CHANGE = re.compile(
    r"\s?(?:가량|정도|포인트|이나|만큼)?\s?(?:가까이\s)?(?:증가|감소|상승|인상|하락|성장|인하|축소|확대|급증|급감|늘|줄|오르|올[라랐]|떨어|내[리렸]|높아|낮아|단축|연장)"
)
_KO_FROM = re.compile(r"[가-힣]{0,2}(?:에서|보다|대비)(?=[\s,]|$)")
_KO_LEVEL = re.compile(
    r"\s?(?:가량|정도|이상|이하)?(?:으?로|를\s(?:기록|차지)|을\s(?:기록|차지)|에\s(?:달|이르)|[이가]\s되|이다|였다|이었|에 불과)"
)


def _korean_role(text: str, a: Amount) -> Role | None:
    if _KO_FROM.match(text, a.span.end):
        return "from"
    if _KO_CHANGE.match(text, a.span.end):
        return "change"
    if _GROWTH.search(text[max(0, a.span.start - 30) : a.span.start]):
        return None
    return "level" if _KO_LEVEL.match(text, a.span.end) else None


# bases

_PER = re.compile(
    r"(?:\s(?!and\b|or\b)[\w-]+){0,3}?\s(?:per|for each|for every)\s(?P<noun>[a-z]+)"
    r"|(?:\s(?!and\b|or\b)[\w-]+){0,2}?\s(?:an?|each|every)\s(?P<time>second|minute|hour|day|night|week|month|quarter|year|head|person)\b",
    re.I,
)
_KO_PER = re.compile(r"(?P<noun>[가-힣0-9]{1,8})당\s?(?:연간\s|월\s|평균\s|약\s|최대\s){0,2}$")
_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


def _base(text: str, span: Span) -> tuple[str, Span] | None:
    stop = next((a.span.start for a in amounts(text) if a.span.start >= span.end), len(text))
    if m := _PER.match(text, span.end):
        name = "noun" if m["noun"] else "time"
        if m.start(name) < stop and not re.match(r"cent", m[name], re.I):
            return stem(m[name].lower()), Span(*m.span(name))
    if (m := re.match(r"(?:\s[\w-]+)?\s(\w+ly)\b", text[span.end :])) and m[1].lower() in _ADVERBS:
        return stem(_ADVERBS[m[1].lower()]), Span(span.end + m.start(1), span.end + m.end(1))
    if m := _KO_PER.search(text[: span.start]):
        return m["noun"].lstrip("0123456789"), Span(*m.span("noun"))
    return None


# what is counted

_NOUN_RUN = re.compile(r"[\s-](?P<word>[^\W\d_][\w'\u2019-]*)")
_OF = re.compile(r"\s(?:of|in)\s(?:(?:the|all|its|their|our|his|her|this|that|these|those|total|a|an)\s)*", re.I)
_COUNTED = ("states", "members")
"""Nouns that elsewhere are empty words."""
_STOPS = frozenset("per was were is are had have has will would did than".split())


def _heads(text: str, span: Span) -> tuple[Span, ...]:
    """The nouns behind a number, and those of the `of` behind them; where none stands there, the subject of which it is
    the number (`the guards numbered 280`).
    """
    end = _run(text, span.end)
    of = _OF.match(text, end)
    if of and (of.group().lower().startswith(" of") or end == span.end):
        end = _run(text, of.end() - 1)
    words = (
        Span(span.end + m.start(), span.end + m.end())
        for m in re.finditer(r"[^\W\d_][\w'\u2019-]*", text[span.end : end])
    )
    found = tuple(w for w in words if w.slice(text).lower() not in STOPWORDS or w.slice(text).lower() in _COUNTED)
    if not found and (m := _NUMBERED.search(text[: span.start])):
        name = "noun" if m["noun"] else "of"
        return (Span(*m.span(name)),)
    return found


_NUMBERED = re.compile(
    rf"\b(?:(?P<noun>[a-z][\w'\u2019-]*)\snumber(?:s|ed)?|number of (?:\w+ ){{0,2}}?(?P<of>[a-z][\w'\u2019-]*)\s"
    rf"(?:is|was|reached|totall?ed|stood at|(?:rose|fell|grew|came|increased|dropped|declined) to))\s{_HEDGE}$",
    re.I,
)


def _run(text: str, at: int) -> int:
    end = at
    for _ in range(4):
        m = _NOUN_RUN.match(text, at)
        word = m["word"].lower() if m else ""
        if m is None or (word in STOPWORDS and word not in _COUNTED) or word in _STOPS:
            break
        at = m.end()
        end = end if word.endswith("ed") else at  # `85 closed`: what they did, not what they are
    return end


_COUNTER = re.compile(
    r"\s?(?:여\s?)?(개국|개사|개소|개교|개월|개|명|인(?![가-힣])|척|건|호|가구|마리|대(?![가-힣])|곳|종|회|차례|필지|권|채|그루|세대|석|편|국)"
)


def _korean_heads(text: str, span: Span) -> tuple[tuple[Span, ...], str]:
    """The noun that a number counts: behind `의` (14개의 협정), or just before it (어선 120척, 우유의 62퍼센트)."""
    m = _COUNTER.match(text, span.end)
    counter, end = (m[1], m.end()) if m else ("", span.end)
    if of := re.compile(r"의\s").match(text, end):
        own = [
            u.span for u in units(text) if 0 <= u.span.start - of.end() <= 8 and _unbroken(text, of.end(), u.span.start)
        ]
        return tuple(own), counter
    gap = re.compile(r"(?:의)?\s(?:약\s|총\s|전체의\s)?$")
    before = [u.span for u in units(text) if u.span.end < span.start and gap.fullmatch(text, u.span.end, span.start)]
    return tuple(before), counter


def _unbroken(text: str, start: int, end: int) -> bool:
    return not re.search(r"[은는이가을를과와에로],?\s|[,.]", text[start:end])


# times

Edge = Literal["in", "since", "until", "before", "after"]
_WHEN: tuple[tuple[Edge, re.Pattern[str]], ...] = (
    ("since", re.compile(r"\b(?:since|from|as of|starting(?: in| from)?|beginning(?: in)?)\s(?:the |early |late |mid-?)*$", re.I)),
    ("until", re.compile(r"\b(?:until|till|through|up to|to)\s(?:the |early |late |mid-?|end of )*$", re.I)),
    ("before", re.compile(r"\b(?:before|prior to)\s(?:the )?$", re.I)),
    ("after", re.compile(r"\bafter\s(?:the )?$", re.I)),
    ("in", re.compile(r"\b(?:in|on|during)\s(?:the |early |late |mid-?)*$", re.I)),
)  # fmt: skip
_KO_WHEN: tuple[tuple[Edge, re.Pattern[str]], ...] = (
    ("since", re.compile(r"(?:부터|이래)")),
    ("until", re.compile(r"까지")),
    ("before", re.compile(r"\s?이?전(?:에|까지|$)")),
    ("after", re.compile(r"\s?(?:이후|후(?:에|$))")),
    ("in", re.compile(r"(?:에(?!서)|\s현재)")),
)
_DATED = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s)?"
    r"(?:\d{1,2},\s)?(?<!\d)(?P<year>(?:18|19|20)\d\d)(?!\d|,\d)(?P<rest>년?(?:\s?\d{1,2}\s?월)?(?:\s?\d{1,2}\s?일)?)"
)


@lru_cache(maxsize=4096)
def times(text: str) -> tuple[tuple[int, Edge, Span], ...]:
    """The years of a text whose words say whether something began, ended, or was then; each with the span of both."""
    measured = [a.span for a in amounts(text)]
    dated = {n.span.start for n in numbers(text) if n.kind == "year"}
    found = []
    for m in _DATED.finditer(text):
        if any(s.overlaps(Span(*m.span("year"))) for s in measured) or (m.start("year") not in dated and not m["rest"]):
            continue
        for edge, pattern in _WHEN:
            if before := pattern.search(text[: m.start()]):
                found.append((int(m["year"]), edge, Span(before.start(), m.end())))
                break
        else:
            for edge, pattern in _KO_WHEN:
                if behind := pattern.match(text, m.end()):
                    found.append((int(m["year"]), edge, Span(m.start(), behind.end())))
                    break
    return tuple(found)
