"""Numbers in English and Korean text: value, kind and place.

Values are exact decimals. A number is read the same whichever way it is written: `6,512`,
`6512`, `twenty-two`, `85 percent`, `1.5억`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, DecimalException
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
    "trillion": Decimal(10**12), "k": Decimal(1000), "m": Decimal(10**6), "b": Decimal(10**9), "t": Decimal(10**12), "mn": Decimal(10**6), "bn": Decimal(10**9), "tn": Decimal(10**12),
    "백": Decimal(100), "천": Decimal(1000), "만": Decimal(10**4), "백만": Decimal(10**6), "천만": Decimal(10**7),
    "억": Decimal(10**8), "십억": Decimal(10**9), "백억": Decimal(10**10), "천억": Decimal(10**11),
    "조": Decimal(10**12),
}  # fmt: skip

_UNITS = "|".join(word for word, value in _ONES.items() if 0 < value < 10)
_NUMBER = re.compile(
    # Behind a Hangul letter a number may begin (약3억, 제3차); behind a Latin letter or inside another number it may not.
    r"(?<![^\W\uac00-\ud7a3])(?<!\d\.)(?P<sign>[-\u2212\u2013])?"
    r"(?:(?P<currency>(?:US|AU|CA|NZ|HK|NT|[ACSR])\$|USD|KRW|EUR|AUD|CAD|NZD|HKD|SGD|TWD|CHF|SEK|NOK|DKK|INR|BRL|[$\u20ac\u20a9\u00a3\u00a5]|W(?=\d))\s?(?P<inner>[-\u2212])?)?"
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?|(?<!\.)\.\d+)"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[\s-]?(?P<scale>(?:hundred|thousand|million|billion|trillion|[mbt]n)\b|[백천]?만|[십백천]?억|조|(?<=\d)천|(?<=\d)백(?!신)|(?(currency)(?<=\d)[mkbt](?![a-z0-9])|(?!))))?"
    r"(?:\s?(?P<percent>%p|%|percent(?:age points?)?\b|per cent\b|퍼센트))?"
    r"(?:\s?(?P<unit>(?:(?:Australian|Canadian|New Zealand|Hong Kong|Singapore|Taiwan)\s)?dollars?\b|Swiss francs?\b|won\b|euros?\b|yen\b|"
    r"(?:호주|캐나다|뉴질랜드|홍콩|싱가포르|대만)?\s?달러|원|유로|엔|스위스\s?프랑))?",
    re.IGNORECASE,
)
"""A letter behind an amount with a sign is its scale (£750m, $2B); without one it may be a unit (30m)."""
_SPELLED = re.compile(
    rf"\b(?P<tens>(?:{'|'.join(_TENS)})-)?(?P<ord>{'|'.join(_ORDINALS)})\b"
    rf"|\b(?P<words>(?:{'|'.join(_TENS)})(?:[\s-](?:{_UNITS}))?|{'|'.join(_ONES)})\b"
    r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion)\b(?:\s(?P<unit>dollars|euros|won|yen)\b)?)?(?:\s?(?P<percent>percent\b|per cent\b))?",
    re.IGNORECASE,
)
_MINUS = re.compile(r"\b(?:minus|negative)\s$|마이너스\s?$", re.IGNORECASE)


def numbers(text: str) -> list[Number]:
    """Every number in `text`, in order of place; spelled ones included, `one` as a pronoun too."""
    found: list[Number] = []
    for m in _NUMBER.finditer(text):
        value = Decimal(m["digits"].replace(",", ""))
        start = m.start("digits")
        if m["inner"] or (m["sign"] and _is_sign(text, m.start("sign"))):
            value, start = -value, m.start("sign") if m["sign"] else m.start("inner")
        elif _MINUS.search(text[max(0, m.start() - 12) : m.start()]):
            value = -value
        article = text[:start].endswith("제")  # an article or a round (제10조, 제3차), not ten trillion
        scale = Decimal(1) if article else _SCALES.get((m["scale"] or "").lower(), Decimal(1))
        end = m.end("digits") if article else m.end()
        found.append(Number(value, scale, "ordinal" if article else _kind(m, value, scale), Span(start, end)))
    for m in _SPELLED.finditer(text):
        if m["ord"]:
            tens = _TENS.get((m["tens"] or "").rstrip("-").lower(), 0)
            found.append(Number(Decimal(tens + _ORDINALS[m["ord"].lower()]), Decimal(1), "ordinal", Span(*m.span())))
            continue
        parts = re.split(r"[\s-]", m["words"].lower())
        value = Decimal(sum(_TENS.get(p, _ONES.get(p, 0)) for p in parts))
        if _MINUS.search(text[max(0, m.start() - 12) : m.start()]):
            value = -value
        scale = _SCALES.get((m["scale"] or "").lower(), Decimal(1))
        kind: NumberKind = "percent" if m["percent"] else "money" if m["unit"] else "count"
        found.append(Number(value, scale, kind, Span(*m.span())))
    return sorted(found, key=lambda n: (n.span.start, n.span.end))


def _is_sign(text: str, at: int) -> bool:
    """Whether the dash at `at` is a minus: not one of a range (10%-15%, 10 –15) or a name (코로나-19)."""
    before = text[:at]
    if text[at] == "\u2013" and before.rstrip(" ")[-1:].isdigit():
        return False
    return not (before[-1:].isalnum() or before[-1:] in ("%", ")", "]", "\u201d", "\u2019"))


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


def calculate(expression: str) -> Decimal | None:
    """The value of a calculation over plain numbers: + - * /, max, min, sum and average. None where it is anything else.

    >>> calculate("6512 - 5237"), calculate("max(1.5, -2)"), calculate("2 ** 9")
    (Decimal('1275'), Decimal('1.5'), None)
    """
    try:
        return _value(ast.parse(expression, mode="eval").body, expression)
    except (SyntaxError, ValueError, DecimalException, RecursionError, MemoryError):
        return None


def _value(node: ast.expr, source: str) -> Decimal:
    match node:
        case ast.Constant(value=int() | float()):
            return Decimal((ast.get_source_segment(source, node) or "").replace("_", ""))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, source)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as op, right=right):
            a, b = _value(left, source), _value(right, source)
            return (
                a + b
                if isinstance(op, ast.Add)
                else a - b
                if isinstance(op, ast.Sub)
                else (a * b if isinstance(op, ast.Mult) else a / b)
            )
        case ast.Call(func=ast.Name(id="max" | "min" | "sum" | "average" as name), args=[_, *_] as args, keywords=[]):
            values = [_value(a, source) for a in args]
            if name in ("max", "min"):
                return max(values) if name == "max" else min(values)
            return sum(values, Decimal(0)) / (len(values) if name == "average" else 1)
    raise ValueError(f"no calculation: {source}")


@dataclass(frozen=True, slots=True)
class Written:
    """An amount, month or quarter of a text and the ways in which English and Korean documents write it."""

    span: Span
    forms: tuple[str, ...]
    """The text's own first."""


_WORDS = ((Decimal(10**12), "trillion", "tn"), (Decimal(10**9), "billion", "bn"), (Decimal(10**6), "million", "mn"))
_HANGUL_SCALES = (("조", Decimal(10**12)), ("억", Decimal(10**8)), ("만", Decimal(10**4)))
_LARGE = re.compile(
    r"(?<![\d.,])(?P<ko>(?:\d[\d,]*(?:\.\d+)?\s?[십백천]?[조억만]\s?)+(?:\d[\d,]*(?![\d.]|\s?[년월일%조억만]))?)"
    r"|(?<![\d.,])(?P<en>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>million|billion|trillion|[mbt]n)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([십백천]?)([조억만]?)")
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_OF = re.compile(rf"(?<!\d)(1[0-2]|[1-9])\s?월(?!\s?간)|\b({'|'.join(_MONTHS)})\b")
_QUARTER = re.compile(r"(?<!\d)([1-4])\s?분기|\b(first|second|third|fourth) quarter\b|\bQ([1-4])\b", re.IGNORECASE)
_QUARTERS = ("first", "second", "third", "fourth")
_AFTER = ("", "에", "의", "은", "이", "부", "까", "말", "초")
"""What stands behind `월` in a document: the index keeps a lone syllable whole, and pairs it with what follows."""


def written_elsewhere(text: str) -> list[Written]:
    """Amounts with a scale word, months and quarters, each as documents of both languages write it.

    >>> written_elsewhere("835억 달러")[0].forms[1:3]
    ('83.5 billion', '83.5 bn')
    """
    found = [Written(m_span, forms) for m_span, forms in _amounts(text)]
    for m in _MONTH_OF.finditer(text):
        n = int(m[1]) if m[1] else _MONTHS.index(m[2]) + 1
        korean = [f"{n} 월{a}" for a in _AFTER]
        forms = [_MONTHS[n - 1], _MONTHS[n - 1][:3]] if n != 5 else ["May"]
        found.append(Written(Span(*m.span()), (*forms, *korean)))
    for m in _QUARTER.finditer(text):
        n = int(m[1] or m[3]) if m[1] or m[3] else _QUARTERS.index(m[2].lower()) + 1
        found.append(Written(Span(*m.span()), (f"{_QUARTERS[n - 1]} quarter", f"Q{n}", f"{n} 분기")))
    return sorted(found, key=lambda w: w.span.start)


def _amounts(text: str) -> Iterable[tuple[Span, tuple[str, ...]]]:
    for m in _LARGE.finditer(text):
        if text[: m.start()].endswith("제"):
            continue
        own = m.group().rstrip()
        if m["ko"]:
            value = sum((_piece(p) for p in _PIECE.finditer(own)), Decimal(0))
        else:
            value = Decimal(m["en"].replace(",", "")) * _SCALES[m["scale"].lower()]
        yield (
            Span(m.start(), m.start() + len(own)),
            tuple(dict.fromkeys([own, *_english_forms(value), *_korean_forms(value)])),
        )


def _piece(m: re.Match[str]) -> Decimal:
    return (
        Decimal(m[1].replace(",", "")) * _SCALES.get(m[2], Decimal(10 if m[2] else 1)) * _SCALES.get(m[3], Decimal(1))
    )


def _english_forms(value: Decimal) -> list[str]:
    forms = []
    for scale, *names in _WORDS:
        n = value / scale
        if Decimal("0.1") <= n < 100_000 and n == round(n, 3):
            forms += [f"{_plain(n)} {name}" for name in names]
    return [*forms, _plain(value)]


def _korean_forms(value: Decimal) -> list[str]:
    """`835억`, `1조 2000억`, with what the word may go on to: the index pairs its syllables."""
    parts, rest = [], value
    for name, scale in _HANGUL_SCALES:
        whole, rest = divmod(rest, scale)
        if whole:
            parts.append(f"{_plain(whole)} {name}")
    forms = [" ".join(parts)] if parts and not rest else []
    for name, scale in _HANGUL_SCALES:
        n = value / scale
        if 1 <= n < 100_000 and n == round(n, 2):
            forms += [f"{_plain(n)} {name}{after}" for after in ("", "원", "달", "명", "개")]
    return forms


def _plain(value: Decimal) -> str:
    """Without an exponent and without idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
