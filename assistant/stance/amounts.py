"""Quantities as they are compared: a range of values in one unit, with how exactly it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.quantities import Number, numbers
from assistant.types import Span

Bound = Literal["exact", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` and `high` in the base unit of `unit` (percent, dollars, days, watts, …), equal unless a range was given."""

    low: Decimal
    high: Decimal
    step: Decimal
    """Half a unit of the last place that was written: what rounding may hide."""
    unit: str
    bound: Bound
    span: Span
    surface: str
    below: bool = False
    """Whether `about` is from below: `nearly half` is not more than half."""


_CURRENCY = {
    "us$": "USD", "usd": "USD", "$": "USD", "dollar": "USD", "dollars": "USD", "달러": "USD",
    "krw": "KRW", "₩": "KRW", "won": "KRW", "원": "KRW", "w": "KRW",
    "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR", "유로": "EUR",
    "¥": "JPY", "yen": "JPY", "jpy": "JPY", "엔": "JPY", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "파운드": "GBP",
    **{f"{sign}$": code for code, signs in (("AUD", "a au"), ("CAD", "c ca"), ("NZD", "nz"), ("HKD", "hk"), ("SGD", "s"), ("TWD", "nt"), ("BRL", "r"))
       for sign in signs.split()},
    **{code.lower(): code for code in "AUD CAD NZD HKD SGD TWD CHF SEK NOK DKK INR BRL".split()},
    "호주달러": "AUD", "캐나다달러": "CAD", "뉴질랜드달러": "NZD", "홍콩달러": "HKD", "싱가포르달러": "SGD", "대만달러": "TWD", "스위스프랑": "CHF",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD",
    "taiwan dollar": "TWD", "swiss franc": "CHF",
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "renminbi": "CNY", "위안": "CNY",
}  # fmt: skip
_MONEY = frozenset(_CURRENCY.values())
_ENDS = re.compile(r"\s(?:for|to|in|on|from|by|as|and)\b|\s?[,.;]|$")
"""What follows a figure whose unit is that of the one before: `90 million dollars for farms and 40 million for ports`."""
_DAY = Decimal(1)
_UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("second", "seconds", "초"), ("days", _DAY / 86400)),
    **dict.fromkeys(("minute", "minutes", "분"), ("days", _DAY / 1440)),
    **dict.fromkeys(("hour", "hours", "시간"), ("days", _DAY / 24)),
    **dict.fromkeys(("day", "days", "일", "일간"), ("days", _DAY)),
    **dict.fromkeys(("week", "weeks", "주", "주일", "주간"), ("days", Decimal(7))),
    **dict.fromkeys(("month", "months", "개월"), ("days", Decimal("30.4375"))),
    **dict.fromkeys(("year", "years", "년", "년간"), ("days", Decimal("365.25"))),
    **dict.fromkeys(("decade", "decades"), ("days", Decimal("3652.5"))),
    **dict.fromkeys(("kw", "kilowatt", "kilowatts", "킬로와트"), ("watts", Decimal(10**3))),
    **dict.fromkeys(("mw", "megawatt", "megawatts", "메가와트"), ("watts", Decimal(10**6))),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts", "기가와트"), ("watts", Decimal(10**9))),
    **dict.fromkeys(("kwh",), ("watt hours", Decimal(10**3))),
    **dict.fromkeys(("mwh",), ("watt hours", Decimal(10**6))),
    **dict.fromkeys(("gwh",), ("watt hours", Decimal(10**9))),
    **dict.fromkeys(("twh",), ("watt hours", Decimal(10**12))),
    **dict.fromkeys(("kg", "kilogram", "kilograms", "킬로그램"), ("kilograms", Decimal(1))),
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons", "톤"), ("kilograms", Decimal(1000))),
    **dict.fromkeys(("metre", "metres", "meter", "meters", "m", "미터"), ("metres", Decimal(1))),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers", "킬로미터"), ("metres", Decimal(1000))),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters", "밀리미터"), ("metres", Decimal("0.001"))),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters", "센티미터"), ("metres", Decimal("0.01"))),
    **dict.fromkeys(("mile", "miles", "마일"), ("metres", Decimal("1609.344"))),
    **dict.fromkeys(("hectare", "hectares", "헥타르"), ("hectares", Decimal(1))),
    **dict.fromkeys(("basis point", "basis points", "bp", "bps"), ("points", Decimal("0.01"))),
    **dict.fromkeys(("times", "fold", "-fold", "배"), ("times", Decimal(1))),
    **dict.fromkeys(("cent", "cents", "센트"), ("USD", Decimal("0.01"))),
    **dict.fromkeys(("p", "pence", "펜스"), ("GBP", Decimal("0.01"))),
}  # fmt: skip
_AFTER = re.compile(
    r"[\s\u2011-]?(?:" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\s?(?:%p\b|percentage[- ]points?|%\s?points?|%\s?포인트|퍼센트\s?포인트|pp\b|p\.p\.)", re.IGNORECASE
)
_POINT = re.compile(r"\s?포인트")
_CURRENCY_AFTER = re.compile(r"\s?(?:yuan|renminbi|RMB|pounds|파운드|위안)", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"(?:CNY|RMB|JPY|GBP)\s?$", re.IGNORECASE)
_OVER = re.compile(
    r"(?:\b(?:more|greater|higher|larger) than|\bover|\babove|\bat least|\bno (?:fewer|less) than|\bexceed(?:s|ed|ing)?|\bsurpass(?:es|ed|ing)?|"
    r"\bas (?:many|much) as|\bupwards? of|\ba minimum of|최소|적어도)\s?(?:some )?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:\b(?:less|fewer|lower|smaller) than|\bunder|\bbelow|\bat most|\bno more than|\bup to|\bnot (?:quite|more than)|\ba maximum of|최대|많아야)\s?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\babout|\baround|\bnearly|\balmost|\broughly|\bapproximately|\bsome|\bclose to|\bcirca|\bca\.?|\ban estimated|~|약|거의|대략)\s?$",
    re.IGNORECASE,
)
_OVER_BEHIND = re.compile(
    r"[가-힣]{0,3}\s?(?:이상|넘|초과|상회|웃돌|or more\b|or over\b|or higher\b|and above\b|plus\b)", re.IGNORECASE
)
_UNDER_BEHIND = re.compile(r"[가-힣]{0,3}\s?(?:이하|미만|밑돌|하회|or less\b|or fewer\b|or below\b)", re.IGNORECASE)
_ABOUT_BEHIND = re.compile(r"\s?(?:가량|정도|여\s|남짓|안팎|내외|or so\b)")
_LABEL = re.compile(
    r"(?:\b(?:P\.L\.|Pub\. L\. No\.|table|figure|fig\.?|chart|box|section|sec\.?|chapter|article|art\.?|note|page|pp?\.|no\.|number|appendix|annex|part|phase|round|"
    r"type|version|vol\.?|resolution|line|grade|class)|표|그림|제|부록)\s?$",
    re.IGNORECASE,
)
_NO_ORDINAL = (
    r"\b(?=\W*$|\s?[,.;:)\u2014]|\s(?:of|the|its|their|more|less|fewer|higher|lower|larger|smaller|bigger|cheaper|to|in|by|from|as|are|is|was|were|have|had|has|who|"
    r"that|said|and|or|but|will|would|since|between|compared|each|every|a|an|faster|slower|below|above|over|under|on|at|for|during)\b)"
)
"""What stands behind `a third` as a part; before a noun it counts (`a third prototype`)."""
_NO_TIME = r"(?!\s(?:years?|months?|weeks?|days?|decades?|phases?|stages?|steps?|rounds?)\b)"
_FRACTIONS: tuple[tuple[re.Pattern[str], Decimal], ...] = tuple(
    (re.compile(p, re.IGNORECASE), Decimal(v))
    for p, v in (
        (r"\bthree[- ]quarters?\b(?=\s+of|\s+the)|4분의\s?3", "75"),
        (r"\btwo[- ]thirds\b|3분의\s?2", "66.667"),
        (rf"\b(?:a third{_NO_ORDINAL}|one[- ]third\b)|3분의\s?1", "33.333"),
        (rf"\b(?:a quarter{_NO_ORDINAL}|one[- ]quarter\b)|4분의\s?1", "25"),
        (rf"\b(?:a fifth{_NO_ORDINAL}|one[- ]fifth\b)|5분의\s?1", "20"),
        (rf"\b(?:a tenth{_NO_ORDINAL}|one[- ]tenth\b)|10분의\s?1", "10"),
        *(
            (rf"\bone (?:in|out of) (?:every )?{n}\b{_NO_TIME}", v)
            for n, v in (
                ("three", "33.333"),
                ("four", "25"),
                ("five", "20"),
                ("six", "16.667"),
                ("eight", "12.5"),
                ("ten", "10"),
                ("twenty", "5"),
            )
        ),
        (
            r"(?<!first )(?<!second )(?<!and a )\bhalf\b(?! (?:a |an )?(?:year|century|decade|day|hour|of (?:the |)(?:19|20)\d\d))|절반",
            "50",
        ),
    )
)
_FACTORS = ((re.compile(r"\bdoubl(?:e|ed|ing|es)\b|\btwice\b|\btwofold\b|두 배", re.IGNORECASE), Decimal(2)),
            (re.compile(r"\btripl(?:e|ed|ing|es)\b|\bthreefold\b|세 배", re.IGNORECASE), Decimal(3)),
            (re.compile(r"\bquadrupl(?:e|ed|ing|es)\b|\bfourfold\b|네 배", re.IGNORECASE), Decimal(4)))  # fmt: skip


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The quantities of a text, in order. Years, dates, and numbers that name a table or an article are not quantities."""
    found: list[Amount] = []
    fractions = [(m, value) for pattern, value in _FRACTIONS for m in pattern.finditer(text)]
    dates = [Span(*m.span()) for m in _DATE.finditer(text)]
    before: tuple[Number, Amount] | None = None
    for n in numbers(text):
        if _no_quantity(text, n, fractions, dates):
            continue
        own = _amount(text, n)
        if own is None:
            continue
        if before is not None and (summed := _summed(text, before, n, own)) is not None:
            found[-1] = own = summed
        elif before is not None and (joined := _range(text, before[1], own)) is not None:
            found[-1] = own = joined
        elif before is not None and (earlier := _inherit(text, before, n, own)) is not None:
            found[-1] = earlier
            found.append(own)
        elif (
            before
            and n.scale >= 1000
            and own.unit == "count"
            and before[1].unit in _MONEY
            and _ENDS.match(text, own.span.end)
        ):
            own = replace(own, unit=before[1].unit)
            found.append(own)
        else:
            found.append(own)
        before = (n, own)
    for m, value in fractions:
        found.append(
            Amount(value, value, Decimal("0.5"), "percent", _bound(text, Span(*m.span())), Span(*m.span()), m.group())
        )
    half = Decimal("0.25")
    for pattern, factor in _FACTORS:
        spans = [(Span(*m.span()), m.group()) for m in pattern.finditer(text)]
        found.extend(Amount(factor, factor, half, "times", _bound(text, s), s, words) for s, words in spans)
    return tuple(sorted((_below(text, a) for a in found), key=lambda a: a.span.start))


_DATE = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2}(?:st|nd|rd|th)?(?!\d|\.\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:of )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?)"
)


_CODE = re.compile(r"(?<![\d.,])(\d{1,6})[-\u2010-\u2013](\d{1,6})(?![\d.,]*\d|\s?(?:%|percent|per cent|[mb]illion))")
"""Numbers with a dash of which the first is the greater are a code or pages (`117-78`, `857-75`), no range."""
_VOTED = re.compile(r"\bvot(?:e|es|ed|ing)\b[^.;]{0,24}$", re.IGNORECASE)
"""So many for and so many against."""


def codes(text: str) -> tuple[tuple[str, Span], ...]:
    """The codes and pages of a text, which are named rather than measured, with one kind of dash."""
    found = (m for m in _CODE.finditer(text) if int(m[1]) > int(m[2]) and not _VOTED.search(text[: m.start()]))
    return tuple((f"{m[1]}-{m[2]}", Span(*m.span())) for m in found)


def _no_quantity(
    text: str, n: Number, fractions: Sequence[tuple[re.Match[str], Decimal]], dates: Sequence[Span]
) -> bool:
    words = n.span.slice(text)
    if n.kind == "year" and not _AFTER_UNIT.match(text, n.span.end):
        return True
    if any(m.start() < n.span.end and n.span.start < m.end() for m, _ in fractions) or any(
        d.overlaps(n.span) for d in dates
    ):
        return True
    if _LABEL.search(text[max(0, n.span.start - 12) : n.span.start]):
        return True
    if any(Span(*m.span()).overlaps(n.span) and int(m[1]) > int(m[2]) for m in _CODE.finditer(text)):
        return not _VOTED.search(text[: n.span.start])
    if words.lower() == "one" and not _AFTER.match(text, n.span.end):
        return True
    if (
        re.match(
            r"\s?(?:월|분기|세기|차(?![가-힣])|위(?![가-힣])|조(?!\s?\d)(?=\s|의|에|는)|항|호)", text[n.span.end :]
        )
        and n.scale == 1
    ):
        return True
    if n.kind == "ordinal" or re.search(r"[A-Za-z][-\u2010-\u2013]?$", text[: n.span.start]):  # IL-10 is a name
        return True
    return bool(re.match(r"[\s-]?(?:s\b|th\b|[A-Z]\b)", text[n.span.end :])) and n.kind != "percent"


_AFTER_UNIT = re.compile(r"\s(?:people|jobs|firms|companies|ships|cases|households|tonnes|tons|MW|km)\b")


def _amount(text: str, n: Number) -> Amount | None:
    value = n.value * n.scale
    span, unit = n.span, "count"
    surface = span.slice(text)
    after = text[span.end :]
    exponent = n.value.as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    step = last / 2 * n.scale
    inside = text[span.start : span.end]
    if n.kind == "percent" or (m := _POINTS.match(after)):
        points = _POINTS.search(inside) or _POINTS.match(after) or _POINT.match(after)
        unit = "points" if points else "percent"
        if (m := _POINTS.match(after) or _POINT.match(after)) is not None:
            span = Span(span.start, span.end + m.end())
    elif n.kind == "money":
        unit = _currency(text, span)
    elif m := _CURRENCY_AFTER.match(after):
        unit, span = _CURRENCY[m.group().strip().lower()], Span(span.start, span.end + m.end())
    elif m := _CURRENCY_BEFORE.search(text[max(0, span.start - 5) : span.start]):
        unit = _CURRENCY[m.group().strip().lower()]
    elif m := _AFTER.match(after):
        name = m.group().lstrip(" \u2011-").lower()
        glued = name != "p" or re.match(r"p(?![\w.])", after)  # `45p`, and no page
        if glued and not (name in ("일", "분", "주", "m", "년") and not _ENDED.match(after, m.end()) and name != "년"):
            unit, factor = _UNITS[name]
            value, step = value * factor, step * factor
            span = Span(span.start, span.end + m.end())
    return Amount(value, value, step, unit, _bound(text, span), span, span.slice(text) if unit != "count" else surface)


_ENDED = re.compile(r"(?![가-힣A-Za-z])|(?:이|가|을|를|은|는|간|만|에|로|보다|씩|가량|정도|이상|이하)")
"""What may follow a unit of one syllable: no word that only begins with it."""


def _currency(text: str, span: Span) -> str:
    words = text[max(0, span.start - 4) : span.end].lower()
    words = re.sub(r"(?<=[가-힣])\s(?=달러|프랑)", "", words)
    for name in sorted(_CURRENCY, key=len, reverse=True):
        if name != "w" and name in words:
            return _CURRENCY[name]
    return "KRW" if "w" in words else "USD"


def _bound(text: str, span: Span) -> Bound:
    left, right = (
        re.sub(
            r"(?:US\$|USD|KRW|EUR|JPY|[$\u20ac\u20a9\u00a3\u00a5])\s?$", "", text[max(0, span.start - 28) : span.start]
        ),
        text[span.end :],
    )
    if _OVER.search(left) or _OVER_BEHIND.match(right):
        return "over"
    if _UNDER.search(left) or _UNDER_BEHIND.match(right):
        return "under"
    if _ABOUT.search(left) or _ABOUT_BEHIND.match(right):
        return "about"
    return "exact"


_BELOW = re.compile(r"(?:\b(?:nearly|almost|not quite|close to|just under)|거의)\s?$", re.IGNORECASE)


def _below(text: str, a: Amount) -> Amount:
    left = re.sub(
        r"(?:US\$|USD|KRW|EUR|JPY|[$\u20ac\u20a9\u00a3\u00a5]|a|an|one)\s?$",
        "",
        text[max(0, a.span.start - 28) : a.span.start],
    )
    return replace(a, below=True) if a.bound == "about" and _BELOW.search(left) else a


def _range(text: str, a: Amount, b: Amount) -> Amount | None:
    """`10-15 percent`, `10~15%`, `between 10 and 15 percent`: one amount. `from 10 to 15` is two."""
    between = text[a.span.end : b.span.start]
    dash = re.fullmatch(r"\s?(?:percent|%)?\s?[\u2013\u2014~\u223c-]\s?(?:USD|\$)?\s?", between)
    pair = re.fullmatch(r"\s?and\s(?:USD |\$)?", between) and re.search(
        r"\bbetween\s(?:USD |\$)?$", text[: a.span.start]
    )
    if dash and _VOTED.search(text[: a.span.start]):
        return None
    if not (dash or pair) or a.unit not in ("count", b.unit):
        return None
    low = a.low
    if a.unit == "count" and b.unit != "count" and b.high and a.low:
        factor = _scale_of(b)
        low = a.low * factor if a.low * factor <= b.high else a.low
    return (
        replace(b, low=low, span=Span(a.span.start, b.span.end), surface=text[a.span.start : b.span.end])
        if low <= b.high
        else None
    )


def _summed(text: str, before: tuple[Number, Amount], n: Number, own: Amount) -> Amount | None:
    """`1조 2,000억 원`, `4만 1천 톤`: one amount in two words, the unit behind the second."""
    first, a = before
    if text[a.span.end : own.span.start].strip() or first.scale <= n.scale or first.scale < 10**4 or n.scale < 1:
        return None
    factor = own.low / (n.value * n.scale) if n.value else Decimal(1)
    if n.value * n.scale >= first.scale or a.unit not in ("count", own.unit):
        return None
    surface = text[a.span.start : own.span.end]
    whole = a.low * factor if a.unit == "count" else a.low
    return replace(
        own, low=whole + own.low, high=whole + own.high, bound=a.bound if a.bound != "exact" else own.bound,
        span=Span(a.span.start, own.span.end), surface=surface,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def hedges(text: str) -> tuple[Span, ...]:
    """The words that say how exactly an amount is meant (`fewer than`, `about`)."""
    found = []
    for a in amounts(text):
        start = max(0, a.span.start - 28)
        left = text[start : a.span.start]
        found += [Span(start + m.start(), start + m.end()) for p in (_OVER, _UNDER, _ABOUT) if (m := p.search(left))]
    return tuple(found)


def _scale_of(a: Amount) -> Decimal:
    digits = re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", a.surface)
    own = Decimal(digits.group().replace(",", "")) if digits else Decimal(0)
    return a.high / own if own else Decimal(1)


def _inherit(text: str, before: tuple[Number, Amount], n: Number, own: Amount) -> Amount | None:
    """The first of `10 to 20 percent` or `5, 6 and 7 billion` has the unit of the last."""
    a = before[1]
    joined = re.fullmatch(r"\s?(?:,|to|and|or|에서)\s(?:and |or )?", text[a.span.end : own.span.start])
    if not joined or a.unit != "count" or own.unit == "count" or before[0].scale != 1:
        return None
    factor = _scale_of(own)
    return replace(a, low=a.low * factor, high=a.high * factor, step=a.step * factor, unit=own.unit)


Likeness = Literal["same", "looser", "differs"]


def agree(said: Amount, source: Amount) -> Likeness:
    """Whether the source's amount bears what is said: `looser` where it says it less exactly.

    Figures agree when the one is the other, rounded to the places that are written; a hedge (`about`, `nearly`) gives
    one in twenty.
    """
    if said.unit != source.unit:
        return "differs"
    if said.low != said.high or source.low != source.high:
        inside = source.low - source.step <= said.low and said.high <= source.high + source.step
        around = said.low - said.step <= source.low and source.high <= said.high + said.step
        return "same" if around and (inside or said.low != said.high) else "looser" if inside else "differs"
    a, b = said.low, source.low
    if (a < 0) != (b < 0) and a != b:
        return "differs"
    if said.bound in ("over", "under"):
        return _bounded(said, source)
    close = abs(a - b)
    slack = max(_rounding(said), Decimal(0))
    if "about" in (said.bound, source.bound):
        slack = max(slack, abs(b) / 20)
    if close <= slack:
        return "looser" if source.bound in ("over", "under") else "same"
    return "looser" if close <= _rounding(source) else "differs"


def _bounded(said: Amount, source: Amount) -> Likeness:
    """A bound is borne by a figure on its side, and by the same bound; by one with another figure at most loosely."""
    gap = source.low - said.low if said.bound == "over" else said.low - source.low
    if source.bound == said.bound:
        return "same" if abs(gap) <= min(_rounding(said), source.step) else "looser" if gap > 0 else "differs"
    if source.bound in ("over", "under"):
        return "differs" if gap <= 0 else "looser"
    if source.below and gap == 0:
        return "differs" if said.bound == "over" else "same"
    if source.bound == "about":
        return "same" if gap > abs(source.low) / 20 else "looser" if gap >= 0 else "differs"
    return "same" if gap > 0 else "looser" if gap == 0 else "differs"


def _rounding(a: Amount) -> Decimal:
    """What an amount's writer may have rounded away: half its last written place. Of a whole number that ends in
    noughts, half the last other digit's place where two digits or more stand before them (6,500 may be 6,512).
    """
    if a.unit == "days":
        return max(a.step, abs(a.low) / 200)
    if a.low != a.low.to_integral_value() or a.step != Decimal("0.5"):
        return a.step if a.unit not in ("count",) or a.step != Decimal("0.5") else Decimal(0)
    digits = str(abs(a.low.to_integral_value()))
    bare = digits.rstrip("0")
    if len(digits) - len(bare) >= 2 and len(bare) >= 2:
        return Decimal(10) ** (len(digits) - len(bare)) / 2
    return a.step if a.unit in ("percent", "points") else Decimal("0.5") if a.unit != "count" else Decimal(0)
