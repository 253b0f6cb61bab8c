"""Of when a figure speaks: its own year, the one that opens its sentence, or the one that 'that year' points back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.types import Span


@dataclass(frozen=True, slots=True)
class Time:
    """A period that a text names. `back`: it points to a year that stands before ('that year')."""

    span: Span
    words: str
    first: int | None
    last: int | None
    back: bool = False
    shift: int = 0
    """Of one that points back: years to add, as in 'the previous year'."""


_Y = r"(?:18|19|20)\d\d"
_FY = r"(?:(?:fiscal year|FY)\s?)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_PART = r"(?:(?:the\s)?(?:early|late|mid-?|end of|start of|beginning of|first half of|second half of|(?:first|second|third|fourth) quarter of|Q[1-4](?: of)?)\s?)"
_DAY = rf"(?:{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?,?\s(?:of\s)?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s)"
_LEAD = r"(?:\b(?:in|by|as of|at|on|of|for|during|throughout|around|at the end of|at end-|through|until|till|since|from|after|before|prior to|starting in|starting from|beginning in|between)\s(?:about\s|around\s|calendar year\s|the year\s)?)"
_RANGE = re.compile(
    rf"(?:\b(?:between|from|during|for|in|over|of)\s(?:the\s(?:period|years)\s)?)?(?:{_PART}|{_DAY})?{_FY}?(?P<a>{_Y}),?\s?(?:to|and|through|until|[-\u2010-\u2014~]|[\u2013-])\s?"
    rf"(?:{_PART}|{_DAY})?{_FY}?(?P<b>{_Y}|(?<=[-\u2010-\u2014])\d\d)(?!\d|s\b)",
    re.IGNORECASE,
)
_DECADE = re.compile(
    rf"(?:{_LEAD})?(?:the\s)?(?:(?P<part>early|mid|late)[-\s])?(?P<a>(?:18|19|20)\d0)['\u2019]?s\b", re.IGNORECASE
)
_ONE = re.compile(
    rf"(?P<lead>{_LEAD})?(?P<inner>(?:{_PART}|{_DAY})?{_FY}?)(?P<a>{_Y})(?!\d|[,.]\d|s\b|[-\u2010\u2011][a-zA-Z])(?P<on>\s(?:onwards?|and (?:after|beyond|later)))?",
    re.IGNORECASE,
)
_FY_SHORT = re.compile(r"\bFY\s?['\u2019]?(?P<a>\d\d)(?!\d)")
_AHEAD = re.compile(
    r"\b(?:annually\s|each year\s|per year\s)?(?:over|in|for|during|within)\s(?:the\s)?(?:next|coming|following)\s(?:[\w-]+\s)?(?:years?|decades?|months?)\b|\bthereafter\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:in |during |for )?(?P<same>(?:that|the same|this same) (?:fiscal )?year)\b|\b(?:in |from |over |than |compared with |compared to )?(?P<before>(?:the )(?:previous|preceding|prior) year|a year (?:earlier|before))\b"
    r"|\b(?P<after>(?:in )?the (?:following|next) year|a year later)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:\b(?:Acts?|Laws?|Agreements?|Treat(?:y|ies)|Codes?|Amendments?|Plans?|Visions?|Agenda|Strateg(?:y|ies)|Ordinances?|Resolutions?|Conventions?|Protocols?|Bill|Farm Bill|Reforms?|Olympics|Census|Crisis|Order|Regulations?|Directive|Budget|Report|Outlook),?\s(?:of\s|for\s)?$)"
)
_NAMED_AFTER = re.compile(
    r"\s(?:Acts?|Laws?|farm bill|Farm Bill|Agreements?|agreements?|Treaty|treaty|Amendments?|amendments?|law|act|elections?|Elections?|Olympics|Census|Convention|reforms?|Reforms?|edition|report|Report|rule|budget reconciliation|reconciliation|negotiations|Outlook|outlook|trade deal|summit|Strategy|strategy)\b"
    r"|\s(?:[A-Z][\w-]*\s){0,3}(?:[a-z-]+\s)?(?:proposals?|rules?|final rule)\b"
    r"|\s(?:and|or|or the) (?:18|19|20)\d\d (?!to\b|and\b|was\b|were\b|had\b|is\b|are\b|through\b)[a-z]"
)
_CITED = re.compile(
    rf"\((?:[^()]{{0,60}}[,;]\s?|{_MONTH}\s)?{_Y}[a-z]?\)|\b(?:accessed|updated|published|dated|last updated)(?: on)?\s[^.;,]{{0,16}},?\s{_Y}"
)

_KO_RANGE = re.compile(
    rf"(?P<a>{_Y})\s?년?\s?(?:[~\u2013\u2014\u223c-]|부터|에서)\s?(?P<b>{_Y})\s?년?(?:\s?까지|간|에)?"
)
_KO_DECADE = re.compile(r"(?P<a>(?:18|19|20)\d0)\s?년대(?:\s?(?P<part>초반?|중반|후반|말))?")
_KO_ONE = re.compile(
    rf"(?P<a>{_Y})\s?년(?!\s?간|대)(?:도)?(?:\s?\d{{1,2}}\s?월(?:\s?\d{{1,2}}\s?일)?|\s?[1-4]\s?분기|\s?[상하]반기|\s?말|\s?초)?(?P<on>\s?(?:이후|부터|이래))?(?P<until>\s?까지)?(?P<before>\s?이전)?"
)
_KO_BACK = re.compile(
    r"(?P<same>같은 해|동년|그해|당해)|(?P<before>전년(?!\s?대비|\s?동|보다)|직전 ?해)|(?P<after>이듬해|다음 ?해)"
)
_KO_AHEAD = re.compile(r"(?:향후|앞으로)\s?[\d십가-힣]{0,4}\s?(?:년|개월)(?:간|동안)?")


def times_in(text: str) -> tuple[Time, ...]:
    """The periods of a sentence in order. Years that name a law, an agreement or a publication are none."""
    found: list[Time] = []
    taken: list[Span] = [Span(*m.span()) for m in _CITED.finditer(text)]

    def add(m: re.Match[str], first: int | None, last: int | None, **more: int | bool) -> None:
        span = Span(*m.span())
        if not any(s.overlaps(span) for s in taken):
            taken.append(span)
            words = span.slice(text).strip()
            found.append(Time(span, words, first, last, bool(more.get("back")), int(more.get("shift", 0))))

    for pattern in (_KO_RANGE, _RANGE):
        for m in pattern.finditer(text):
            a, b = int(m["a"]), int(m["b"]) if len(m["b"]) == 4 else int(m["a"][:2] + m["b"])
            joined = re.search(r"\sand\s", m.group()) and not re.match(r"between", m.group(), re.IGNORECASE)
            if a < b <= a + 200 and not joined and not _is_name(text, m):
                add(m, a, b)
    for pattern in (_KO_DECADE, _DECADE):
        for m in pattern.finditer(text):
            a, part = int(m["a"]), (m["part"] or "").lower()
            low, high = {"early": (0, 4), "초": (0, 4), "초반": (0, 4), "mid": (3, 6), "중반": (3, 6), "late": (6, 9)}.get(part, (6, 9) if part else (0, 9))  # fmt: skip
            add(m, a + low, a + high)
    for m in _KO_ONE.finditer(text):
        a = int(m["a"])
        add(m, None if m["before"] or m["until"] else a, None if m["on"] else a)
    for m in _ONE.finditer(text):
        if _is_name(text, m):
            continue
        a, lead = int(m["a"]), (m["lead"] or "").strip().lower()
        since = lead in ("since", "from", "starting in", "starting from", "beginning in") or bool(m["on"])
        if m["on"] or lead in ("since", "starting in", "starting from", "beginning in"):
            add(m, a, None)
        elif lead == "after":
            add(m, a + 1, None)
        elif lead in ("before", "prior to"):
            add(m, None, a - 1)
        elif lead in ("until", "till", "through"):
            add(m, None, a)
        else:
            add(m, a, a if not since or lead == "from" else None)
    for m in _FY_SHORT.finditer(text):
        add(m, 2000 + int(m["a"]), 2000 + int(m["a"]))
    for pattern in (_BACK, _KO_BACK):
        for m in pattern.finditer(text):
            add(m, None, None, back=True, shift=-1 if m["before"] else 1 if m["after"] else 0)
    for pattern in (_AHEAD, _KO_AHEAD):
        for m in pattern.finditer(text):
            add(m, None, None)
    return tuple(sorted(found, key=lambda t: t.span.start))


def _is_name(text: str, m: re.Match[str]) -> bool:
    """Whether a year names something: `the Trade Act of 1974`, `the 2018 farm bill`, or is part of a longer number."""
    start = m.start("a")
    before = text[:start]
    if re.search(r"(?:§+|U\.S\.C\.|C\.F\.R\.|Stat\.|Reg\.)\s?$", before):
        return True
    if re.search(r"[\w$\u20ac\u20a9.,/-]$", before) and not re.search(
        r"(?:end-|mid-|[a-z],|FY|[\uac00-\ud7a3])$", before
    ):
        return True
    if re.match(
        r"\s?(?:percent|%|[mb]illion|(?:U\.S\. )?dollars\b|prices\b|달러|people|jobs|firms|cases|ships|\uc5b5|\ub9cc|\uc870|\uba85|\uac1c|\uac74)",
        text[m.end() :],
    ):
        return True
    return bool(_NAMES.search(before) or _NAMED_AFTER.match(text, m.end()))


_BREAK = re.compile(
    r"[;\u2014]|\b(?:while|whereas|but|although|though|compared (?:with|to)|along with|as well as|in addition to)\b|(?:지만|반면|는데|으나)[,\s]|(?<=[가-힣])(?:고|며),",
    re.IGNORECASE,
)
_NEXT = re.compile(r",?\s(?:and|or|but|then|before)\b|,\s(?=[A-Za-z])")
_OTHER_CLAUSE = re.compile(r"[,;]\s(?:and|but|while|whereas|which|who)\s(?:the\s|an?\s|it\s|they\s|its\s|[A-Z])")
"""Where another clause begins, whose year is not that of a figure before it."""
_BASE = re.compile(
    r"\b(?:over|above|below|than|compared (?:to|with|against)|relative to|up from|down from)\s(?:the\s|in\s|that of\s|its\s)*$",
    re.I,
)


_COMPARED = re.compile(
    r"\b(?:(?:above|below|over|than|(?:compared|relative|down|up|equal) (?:to|with|against|from|on)|against|versus)\s(?:the|its|their|that|those|what)\s[^,;:.\d]{0,60}"
    r"|(?:than|compared (?:to|with))\s)$",
    re.IGNORECASE,
)
"""Before the year of what a figure is compared with: `some £1,900 above the price in 2021`."""
_BY_HOW_MUCH = re.compile(r"[-+\u2212]?\d[\d.,]*\s?(?:%|percent|per cent)(?:\s(?:higher|lower|more|less|up|down))?\s?$")
"""`(-7% from FY2026)`, `20 percent over 2019`."""


def _is_base(text: str, t: Time) -> bool:
    """Whether a year only says what something is compared with: `4 percent over the FY2026 enacted level`."""
    before = text[: t.span.start]
    if t.first is not None and (
        _COMPARED.search(before)
        or (_BY_HOW_MUCH.search(before) and re.match(r"(?:from|over|on|versus|vs)\b", t.words, re.I))
    ):
        return True
    if t.first is not None and re.match(r"from\b", t.words, re.I):
        return re.match(r"\s(?:\w+\s)?(?:enacted|level|amount|request)", text[t.span.end :]) is not None
    return (
        t.first is not None
        and _BASE.search(text[: t.span.start]) is not None
        and re.match(
            r"\s(?:\w+\s)?(?:level|amount|budget|request|enacted|figure|total|average|estimate)", text[t.span.end :]
        )
        is not None
    )


_FROM = re.compile(r"\b(?:from|compared|versus|against|than|above|below)\b", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b|각각", re.IGNORECASE)


def period_of(at: int, figures: Sequence[Span], text: str) -> Time | None:
    """The period of the figure `figures[at]` of a sentence, by where it stands; None where the sentence gives none."""
    times = [t for t in times_in(text) if not any(t.span.overlaps(f) for f in figures) and not _is_base(text, t)]
    if not times:
        return None
    if _RESPECTIVELY.search(text) and (paired := _paired(at, figures, text, times)) is not None:
        return paired
    return _near(at, figures, text, times)


_EACH = re.compile(
    r"\s(?:(?:a|per|each|every)\s(?:fiscal )?(?:year|month|week|day|quarter|hour)|annually|yearly|monthly|weekly|daily)\b",
    re.IGNORECASE,
)
_EACH_KO = re.compile(r"(?P<each>연간|연평균|매년|매월|매주|매일|월평균|분기마다|연|월)\s(?:최대\s|약\s|총\s|평균\s)*$")


def each(here: Span, text: str) -> Span | None:
    """How often an amount falls due where no period is named: `£22m a year`, `연 480억 원`."""
    if m := _EACH.match(text, here.end):
        return Span(m.start() + 1, m.end())
    if m := _EACH_KO.search(text[: here.start]):
        return Span(*m.span("each"))
    return None


def _paired(at: int, figures: Sequence[Span], text: str, times: Sequence[Time]) -> Time | None:
    """`In 2023 and 2024, … USD 6.7 billion and USD 5.9 billion, respectively`: the first with the first."""
    single = [t for t in times if t.first is not None and t.first == t.last]
    told = _RESPECTIVELY.search(text)
    assert told is not None
    runs: list[list[int]] = [[0]]
    for i in range(1, len(figures)):
        between = text[figures[i - 1].end : figures[i].start]
        if re.fullmatch(r"\s?(?:,|and|, and|과|와|및)\s?(?:about |nearly |over |some |약 )?", between) or re.fullmatch(
            r"[,\s]*(?:와|과|및|,)?\s?", between
        ):
            runs[-1].append(i)
        else:
            runs.append([i])
    run = next((r for r in runs if at in r), [])
    years: list[list[Time]] = [[]]
    for t in single:
        joined = years[-1] and re.fullmatch(
            r"\s?(?:,|and|, and|과|와|및|·)?\s?", text[years[-1][-1].span.end : t.span.start]
        )
        if joined or not years[-1]:
            years[-1].append(t)
        else:
            years.append([t])
    fitting = [y for y in years if len(y) == len(run) > 1]
    return fitting[0][run.index(at)] if fitting else None


_HANGUL = re.compile(r"[\uac00-\ud7a3]")


def _near(at: int, figures: Sequence[Span], text: str, times: Sequence[Time]) -> Time | None:
    here = figures[at]
    previous = figures[at - 1].end if at else 0
    following = figures[at + 1].start if at + 1 < len(figures) else len(text)
    taken = _behind(figures[at - 1], here.start, text, times) if at else None
    if taken is not None and _HANGUL.match(taken.words[-1:]):
        taken = None
    before = [t for t in times if previous <= t.span.start and t.span.end <= here.start and t is not taken]
    behind = _behind(here, following, text, times)
    if behind is not None and not (
        before and _HANGUL.match(behind.words[-1:])
    ):  # a Korean year stands before its figure
        return behind
    if before:
        last = before[-1]
        if not _BREAK.search(text, last.span.end, here.start) or _subordinate(text, last, here):
            return last
    if at:
        edge = _BREAK.search(text, previous, here.start)
        if edge is None:
            return _near(at - 1, figures, text, times)
    opening = [t for t in times if t.span.end <= figures[0].start and t.span.start <= 12]
    if opening:
        return opening[-1]
    after = [t for t in times if here.end <= t.span.start and t.span.end <= following]
    later = after or [t for t in times if len(times) == 1 and here.end <= t.span.start]
    if later and (
        _OTHER_CLAUSE.search(text, here.end, later[0].span.start) or _FROM.search(text, here.end, later[0].span.start)
    ):
        return None
    if after and following == len(text) and not _BREAK.search(text, here.end, after[0].span.start):
        return after[0]
    if len(times) == 1 and here.end <= times[0].span.start and not _BREAK.search(text, here.end, times[0].span.start):
        return times[0]
    return None


def _subordinate(text: str, t: Time, here: Span) -> bool:
    """`By 2024, although the scale declined to 400`: the break stands between the year and the figure, and still."""
    return t.span.start <= 24


def _behind(here: Span, stop: int, text: str, times: Sequence[Time]) -> Time | None:
    """The period that stands behind a figure and belongs to it."""
    for t in times:
        if here.end <= t.span.start and t.span.end <= max(stop, here.end):
            gap = text[here.end : t.span.start]
            if len(gap) <= 120 and not _BREAK.search(gap + " ") and not _NEXT.search(gap + " "):
                return t
            if len(gap) <= 3:
                return t
            break
    return None


def pointed(t: Time, before: Time | None) -> Time:
    """A period that points back, with the years of the one that it points to."""
    if not t.back or before is None or before.first is None or before.last is None:
        return t
    return replace(t, first=before.first + t.shift, last=before.last + t.shift)
