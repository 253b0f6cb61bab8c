"""What kind of figure it is: level, share, change, rate, limit; flow or stock; measured or only planned."""

from __future__ import annotations

import re

from assistant.policy.numbers.finding import Found
from assistant.policy.numbers.nouns import Counted
from assistant.policy.numbers.words import FLOWS, KOREAN_FLOWS, KOREAN_RATES, KOREAN_STOCKS, RATES, STOCKS
from assistant.text import language_of
from assistant.types import Span
from assistant.types.policy import Flow, Measure

_CORRELATION = re.compile(r"\bcorrelat|\br\s?=|상관", re.IGNORECASE)
_LIMIT_BEFORE = re.compile(
    r"\b(?:threshold|cap|caps|capped|ceiling|quota|limit(?:ed)?|target(?:ed)?|goal|maximum|minimum|not (?:to )?exceed|up to|at least|no more than|no less than|"
    r"may not exceed|eligible|required to|must|requires?|authorized|authorizes)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_LIMIT_BEHIND = re.compile(
    r"^[\s-](?:\w+\s)?(?:threshold|cap|ceiling|quota|limit|target|maximum|minimum|goal|floor)\b", re.IGNORECASE
)
_LIMIT_HARD = re.compile(
    r"\b(?:threshold|cap|capped|ceiling|quota|limit|target|goal|may not exceed|not to exceed|(?<!historical )(?<!all-time )(?<!record )(?:maximum|minimum)|limited to|(?:not|cannot|never) exceed|loans? of up to|awards? of up to|grants? of up to|credits? of up to)(?:\s(?:of|is|was|at|to|for|set|equal|by|be|about|an?|the|total|annual|\w+ly)){0,3}\s(?:US\$|USD|KRW|EUR|[$\u20ac\u20a9])?\s?$",
    re.I,
)
_LIMIT_KO = re.compile(r"^\s?(?:이내|까지|한도|상한|목표|을 목표|를 목표)|")
_RATE_BEHIND = re.compile(
    r"^\s(?:\w+\s){0,3}?(?:tariffs?|dut(?:y|ies)|tax(?:es)?|rates?|surcharge|interest|levy|levies|fee|fees|discount|match(?:ing)?)\b",
    re.IGNORECASE,
)
_CHANGE_NEAR = re.compile(
    r"\b(?:increase|decrease|rise|fall|growth|decline|drop|cut|gain|reduction|hike|surge|slump|jump)s?\s(?:\w+\s)?(?:of|by)\s(?:\w+\s){0,2}$|\b(?:grew|rose|fell|declined|increased|decreased|dropped|shrank|expanded|contracted|surged|jumped|gained|lost|down|up)\s(?:by\s)?(?:about\s|nearly\s|only\s|an?\s\w+\s)?$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^\s(?!(?:is|was|are|were|represents?|reflects?|or|but|and|in|of|for|to)\b)(?:\w+\s){0,2}?(?<!or )(?:increase|decrease|rise|decline|drop|growth|gain|reduction|cut|higher|lower|more|less|fewer)\b(?!\sthan\s\d)",
    re.I,
)
_CHANGE_WORD = re.compile(
    r"\b(?:growth|increase|decrease|decline|rise|drop|reduction|change)s?(?:\srate)?$|(?:증가율|성장률|상승률|감소율|증감률|하락률)$",
    re.IGNORECASE,
)
_KO_CHANGE = re.compile(
    r"^\s?(?:가량|정도|포인트|이나)?\s?(?:증가|감소|상승|하락|인상|인하|늘|줄|올랐|떨어|급증|급감|성장|확대|축소)"
)
_SHARE_NEAR = re.compile(
    r"\b(?:share|account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|compris\w+|constitut\w+|makes? up|made up|proportion)\b",
    re.IGNORECASE,
)


_COMPARED_WITH = re.compile(
    r"^\s(?:\([^()]{1,14}\)\s)?(?:(?:above|below|short of|(?:higher|lower|more|less|fewer|greater) than)\s(?:\([^()]{1,14}\)\s)?(?:the|its|their|that|those|what|last|in|FY)"
    r"|over\s(?:the\s|its\s)?(?:FY\s?\d+\s|previous\s|prior\s|preceding\s|current\s|\d{4}\s)(?:\w+\s)?(?:level|amount|enacted|request|figure|total|year|estimate))\b",
    re.IGNORECASE,
)
"""Behind what two things differ by: `$511.2 million (45%) above the amount requested`."""


def measure_of(text: str, f: Found, told: Counted, quantity: str) -> Measure:
    """What kind of figure it is, by the words at it."""
    if f.rank:
        return "rank"
    before, behind = text[: f.span.start], text[f.span.end :]
    korean = language_of(text) == "ko"
    if f.unit == "count" and _CORRELATION.search(text) and abs(f.high) <= 1 and f.high != f.high.to_integral_value():
        return "correlation"
    signed = f.surface[:1] in "-+\u2212" or before[-1:] == "+"
    alone = f.unit == "percent" and signed and re.match(r"\s?(?:\)|from\b|over\b|on\b)", behind)
    if f.unit != "rank" and (_COMPARED_WITH.match(behind) or alone):
        return "change"
    role = f.key.role if f.key else None
    if korean and _KO_CHANGE.match(behind) and f.unit in ("percent", "points", "times"):
        return "change"
    if role == "change" and f.unit == "percent" and re.match(r"\sof\s", behind) and _DONE_BY.search(before):
        role = None  # `claimed by 30% of recipients`
    changed = role == "change" or _CHANGE_NEAR.search(before) or (_CHANGE_AFTER.match(behind) and f.unit != "people")
    if (
        changed
        and f.unit != "rank"
        and not re.search(
            r"\b(?:to|at|reach\w*)\s(?:(?:about|around|nearly|over|almost|only|some|roughly|an?)\s)?$", before
        )
    ):
        return "change"
    if _CHANGE_WORD.search(quantity) and f.unit in ("percent", "points"):
        return "change"
    passed = re.search(
        r"\b(?:surpass|exceed|cross|top|pass|reach)\w*\s(?:\w+\s)?(?:US\$|USD|KRW|EUR|[$\u20ac\u20a9])?\s?$", before
    )
    limited = (
        _LIMIT_HARD.search(before) or _LIMIT_BEHIND.match(behind) or re.match(r"^\s?(?:한도|상한|이내|목표)", behind)
    )
    if limited and passed is None:
        return "limit"
    if f.unit == "points":
        return "change" if not RATES.search(quantity) else "rate"
    if f.unit == "percent":
        return _of_percent(text, f, told, quantity, behind, korean)
    if f.unit == "times":
        return "ratio"
    base = f.key.base if f.key else None
    if base is not None and not re.fullmatch(r"(?!of$|the$|fy)[a-z\uac00-\ud7a3]{2,}", base):
        base = None
    if base is not None and base not in ("year", "month", "quarter", "day", "week", "연"):
        return "ratio"
    return "level"


_LEVY = re.compile(r"\b(?:tax|taxes|duty|duties|levy|surcharge|fee|tariffs?)$", re.IGNORECASE)


def _of_percent(text: str, f: Found, told: Counted, quantity: str, behind: str, korean: bool) -> Measure:
    before = text[max(0, f.span.start - 60) : f.span.start]
    if told.share and any(n.aspect == "of" for n in told.scope):
        return "share"
    if _LEVY.search(quantity) or _RATE_BEHIND.match(behind) or (RATES.search(quantity) and not told.share):
        return "rate"
    if korean:
        if told.share:
            return "share"
        return (
            "rate"
            if KOREAN_RATES.search(quantity)
            or re.search(r"(?<!비)(?<!점유)[율률]$", quantity)
            or re.match(r"\s?(?:의\s)?(?:[가-힣]+\s)?관세", behind)
            else "share"
        )
    return (
        "share"
        if told.share or _SHARE_NEAR.search(before) or re.match(r"\sof\b", behind)
        else "rate"
        if re.search(r"\brates?\b", before)
        else "share"
    )


_STOCK_SAID = re.compile(
    r"\bstocks?\b|\bcumulative(?:ly)?\b|\baccumulated\b|\boutstanding\b|누적|잔액|누계|저량", re.IGNORECASE
)
_FLOW_SAID = re.compile(
    r"\bannual(?:ly)?\b|\ba year\b|\bper year\b|\beach year\b|\bflows?\b|연간|매년|연평균", re.IGNORECASE
)


def flow_of(text: str, f: Found, quantity: str, measure: Measure, dated: bool) -> Flow | None:
    """Flow or stock, by the words near the figure, or by what is counted where it has a period; else None."""
    if measure not in ("level", "limit"):
        return None
    near = f"{quantity} {text[max(0, f.span.start - 40) : f.span.end + 40]}"
    if _STOCK_SAID.search(near):
        return "stock"
    if _FLOW_SAID.search(near):
        return "flow"
    if any(m.end() >= len(quantity) - 1 for m in STOCKS.finditer(quantity)) or KOREAN_STOCKS.search(quantity):
        return "stock"
    if dated and f.money and (FLOWS.search(quantity) or KOREAN_FLOWS.search(quantity)):
        return "flow"
    return None


_PROJECTED = re.compile(
    r"\b(?:will|would|plans?|planned|planning|pledg\w+|commit(?:s|ted|ment|ments|ting)?|forecasts?|expects?|expected|project(?:s|ed|ions?)|"
    r"intend(?:s|ed)?|propos(?:e|es|ed|al)|target(?:s|ed)?|promis\w+|requested|(?:budget|FY\d{4})(?: discretionary| mandatory| budget){0,2} request|scenarios?|could (?:add|reach|rise|grow|increase|total|exceed|cost)|anticipat\w+|estimated to|aims?|could reach|envision\w+|goal|upcoming|next (?:decade|year|few years))\b",
    re.IGNORECASE,
)
_PROJECTED_KO = re.compile(r"계획|예정|전망|예상|약속|공약|목표|추진할|할 것|투자하기로|하기로|예측|기대")
_DONE_BY = re.compile(
    r"\b(?!increased|decreased|reduced|raised|lowered|changed|dropped|declined|expanded|boosted|exceeded|gained|jumped|surged|plunged|climbed|improved|slowed)[a-z]+(?:ed|en|un|ught|ade|eld)\sby\s(?:about\s|only\s|nearly\s)?$"
)
_OWN_VERB = re.compile(
    r"\s(?:would|will|could|is (?:to|expected|projected|planned|forecast)|are (?:to|expected|projected|planned|forecast))\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:enacted|actual(?:ly)?|had (?:been|already)|has (?:been|already)|have (?:been|already))\b", re.IGNORECASE
)
_AHEAD_OF = re.compile(r"^(?:[^,;]{0,30}?)\b(?:had|has|have) (?:already )?been\b", re.IGNORECASE)
_DONE = re.compile(r"[;\u2014]|\b(?:while|whereas|but|although)\b", re.IGNORECASE)


_FROM_WHAT = re.compile(
    r"\b(?:from|instead of|rather than)\s(?:about\s|nearly\s|some\s)?(?:US\$|USD|[$\u20ac\u00a3])?\s?$", re.IGNORECASE
)
"""Before what something was until then: `from 6,513 to 5,861`."""


_STANDING = re.compile(
    r"^(?:\s?\w+[.]?){0,3}?\s(?:courts|states|districts|provinces|counties|cities|municipalities|prefectures|countries|agencies|"
    r"ministries|departments|governments)\b",
    re.IGNORECASE,
)
_SERVED = re.compile(
    r"\b(?:the|all|all of the|(?:funding|funds|support|money|grants) (?:for|to)(?: the| all)?|located in(?: the)?)\s$",
    re.IGNORECASE,
)
_CREATED = re.compile(
    r"\b(?:build|creat|establish|add|open|set up|close|abolish|merg|found)\w*\s(?:up\s)?(?:the|all)\s$", re.IGNORECASE
)


def _is_standing(text: str, span: Span) -> bool:
    """Whether bodies or places are counted that are there, whatever is planned for them: `funding for 12 courts`, `the 50
    states`."""
    number = re.match(r"\d[\d,]*", text[span.start :])
    before = text[max(0, span.start - 40) : span.start]
    if number is None or _STANDING.match(text[span.start + number.end() :]) is None or _CREATED.search(before):
        return False
    if _SERVED.search(before):
        return True
    first = re.search(
        r"(?P<before>.{0,40})\b\d[\d,]*(?P<of>(?:\s[\w.]+){1,5}) and $", text[max(0, span.start - 120) : span.start]
    )
    return (
        first is not None and _SERVED.search(first["before"]) is not None and _STANDING.match(first["of"]) is not None
    )


def projected(text: str, span: Span, previous: int) -> bool:
    """Whether the clause of a figure only plans, promises or expects it."""
    if language_of(text) == "ko":
        if re.match(r"(?:명|개|건)?(?:에서|보다|이던|였던)", text[span.end :]):
            return False  # what it was
        behind = re.split(r"(?:[가-힣](?:고|며|지만|으나|면|는데)),?\s|\s점[을은이]\s|,\s", text[span.end :])[0]
        return _PROJECTED_KO.search(behind) is not None or any(
            (ord(m[1]) - 0xAC00) % 28 == 8 for m in re.finditer(r"([가-힣])\s것(?:임|이다|으로)", behind)
        )
    if _is_standing(text, span):
        return False
    edges = [m.end() for m in _DONE.finditer(text, 0, span.start)]
    start = edges[-1] if edges else 0
    stop = _DONE.search(text, span.end)
    clause = text[start : span.start]
    tail = text[span.end : stop.start() if stop else len(text)]
    if _AHEAD_OF.match(tail) or re.search(
        r"\benacted (?:level|amount|budget|total)s?\s(?:of|was|is)\s(?:\S{1,4}\s?)?$", clause
    ):
        return False
    if _FROM_WHAT.search(clause) and re.match(r"[^;.]{0,40}\sto\s", tail):
        return False
    if _OWN_VERB.match(tail):
        return True
    near = re.split(r",\s(?:and|which|with|but)\s", clause)[-1]
    reach = clause if len(clause) < 160 else near
    return bool(_PROJECTED.search(reach)) or bool(
        re.match(r"^[^,.]{0,50}\b(?:pledges?|commitments?|over the next)\b", tail, re.I)
    )
