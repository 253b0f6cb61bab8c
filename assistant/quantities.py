"""Numbers in English and Korean text: value, kind and place.

Values are exact decimals. A number is read the same whichever way it is written: `6,512`,
`6512`, `twenty-two`, `85 percent`, `1.5억`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.types import Span

NumberKind = Literal["year", "percent", "money", "ordinal", "count"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text. `value` leaves scale words (million, 억) aside: they are
    `scale`, so that `USD 83.5 billion` is 83.5 with scale 10**9.
    """

    value: Decimal
    scale: Decimal
    kind: NumberKind
    span: Span


_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9),
    "trillion": Decimal(10**12), "만": Decimal(10**4), "백만": Decimal(10**6), "천만": Decimal(10**7),
    "억": Decimal(10**8), "십억": Decimal(10**9), "백억": Decimal(10**10), "천억": Decimal(10**11),
    "조": Decimal(10**12),
}  # fmt: skip

_WORDS = "|".join([*_TENS, *_ONES])
_NUMBER = re.compile(
    r"(?<![\w.])(?P<currency>US\$|USD|KRW|EUR|[$€₩£¥]|W(?=\d))?\s?"
    r"(?P<digits>(?:(?<![A-Za-z\d])|(?<=\bW)|(?<=USD)|(?<=KRW)|(?<=EUR))[-\u2212]?\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[\s-]?(?P<scale>(?:hundred|thousand|million|billion|trillion)\b|[백천]?만|[십백천]?억|조))?"
    r"(?:\s?(?P<percent>%|percent(?:age points?)?\b|per cent\b|퍼센트|%p))?"
    r"(?:\s?(?P<unit>dollars?\b|won\b|euros?\b|yen\b|달러|원|유로|엔))?",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"\b(?P<words>(?:{_WORDS})(?:[\s-](?:{'|'.join(_ONES)}))?)\b(?:\s(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    r"(?:\s?(?P<percent>percent\b|per cent\b))?"
    rf"|\b(?P<tens>(?:{'|'.join(_TENS)})-)?(?P<ord>{'|'.join(_ORDINALS)})\b",
    re.IGNORECASE,
)


def numbers(text: str) -> list[Number]:
    """Every number in `text`, in order of place; spelled ones included, `one` as a pronoun too."""
    found: list[Number] = []
    for m in _NUMBER.finditer(text):
        try:
            value = Decimal(m["digits"].replace(",", "").replace("\u2212", "-"))
        except InvalidOperation:  # pragma: no cover - the pattern allows decimals only
            continue
        if value < 0 and m.start("digits") > 0 and text[m.start("digits") - 1] not in " (\t\n[":
            value = -value  # a hyphen in a range or a name, no sign
        scale = _SCALES.get((m["scale"] or "").lower(), Decimal(1))
        found.append(Number(value, scale, _kind(m, value, scale), Span(m.start("digits"), m.end())))
    for m in _SPELLED.finditer(text):
        if m["ord"]:
            tens = _TENS.get((m["tens"] or "").rstrip("-").lower(), 0)
            found.append(Number(Decimal(tens + _ORDINALS[m["ord"].lower()]), Decimal(1), "ordinal", Span(*m.span())))
            continue
        parts = re.split(r"[\s-]", m["words"].lower())
        value = Decimal(sum(_TENS.get(p, _ONES.get(p, 0)) for p in parts))
        scale = _SCALES.get((m["scale"] or "").lower(), Decimal(1))
        kind: NumberKind = "percent" if m["percent"] else "count"
        found.append(Number(value, scale, kind, Span(*m.span())))
    return sorted(found, key=lambda n: (n.span.start, n.span.end))


def _kind(m: re.Match[str], value: Decimal, scale: Decimal) -> NumberKind:
    if m["percent"]:
        return "percent"
    if m["currency"] or m["unit"]:
        return "money"
    if m["ordinal"]:
        return "ordinal"
    whole = value == value.to_integral_value() and "," not in m["digits"] and scale == 1
    return "year" if whole and 1800 <= value <= 2100 else "count"


def years(text: str) -> frozenset[int]:
    """Years named in `text`, a range's inner years not included."""
    return frozenset(int(n.value) for n in numbers(text) if n.kind == "year") | frozenset(
        int(y) for y in re.findall(r"(?<!\d)((?:18|19|20)\d\d)(?=년|s\b|[-\u2013])", text)
    )


def year_range(text: str) -> frozenset[int]:
    """Years named in `text` with those that its ranges (1990-2024, from 2000 to 2015) span."""
    found = set(years(text))
    for m in re.finditer(r"((?:18|19|20)\d\d)\s?(?:[-\u2013\u2014]|to|and|부터|~)\s?((?:18|19|20)\d\d)", text):
        a, b = int(m[1]), int(m[2])
        if a <= b <= a + 200:
            found.update(range(a, b + 1))
    return frozenset(found)


def missing(claim: str, quotes: Iterable[str]) -> list[str]:
    """Numbers of `claim`, as written there, that stand in none of `quotes`.

    A number stands in a quote when the quote has the same value with the same scale, or spelled
    out. Signs count: a claim may not turn -3 into 3.
    """
    offered = {(n.value, n.scale) for quote in quotes for n in numbers(quote)}
    return [n.span.slice(claim) for n in numbers(claim) if (n.value, n.scale) not in offered]
