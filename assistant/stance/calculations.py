"""Whether a calculation follows from quoted words: its operands stand there, in its unit, and its result is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.quantities import calculate, numbers
from assistant.stance.amounts import amounts
from assistant.types import Computed, Language

_SCALES = (
    (re.compile(r"\btrillions?\b|조", re.IGNORECASE), Decimal(10**12)),
    (re.compile(r"\bbillions?\b|십억", re.IGNORECASE), Decimal(10**9)),
    (re.compile(r"억"), Decimal(10**8)),
    (re.compile(r"\bmillions?\b|백만", re.IGNORECASE), Decimal(10**6)),
    (re.compile(r"만"), Decimal(10**4)),
    (re.compile(r"\bthousands?\b|천", re.IGNORECASE), Decimal(10**3)),
)
NAMES: dict[str, dict[Language, str]] = {
    "difference": {"en": "Difference", "ko": "차이"},
    "change": {"en": "Change", "ko": "증감"},
    "growth": {"en": "Growth rate", "ko": "증가율"},
    "sum": {"en": "Sum", "ko": "합계"},
    "share": {"en": "Share", "ko": "비중"},
    "ratio": {"en": "Ratio", "ko": "배율"},
    "average": {"en": "Average", "ko": "평균"},
    "ranking": {"en": "In order", "ko": "순위"},
}
"""What a calculation is called before its result."""
ROUNDED: dict[Language, str] = {"en": "rounded", "ko": "반올림"}
_LEAD = re.compile(r"(?P<name>[^:(]+?)(?: \((?P<beside>[^()]*)\))?: (?P<result>-?[\d,.]*\d)\. (?P<rest>.+)", re.DOTALL)
_HUNDREDFOLD = re.compile(r"\s\*\s100$")
"""A share told in percent: the hundred is no operand."""
_RANK = re.compile(r"rank\((?P<all>[^()]+)\)")


def scale_of(unit: str | None) -> Decimal:
    """What one of a unit is: 10**6 for 'USD million', 10**8 for '억 원'."""
    return next((scale for pattern, scale in _SCALES if unit and pattern.search(unit)), Decimal(1))


_CURRENCIES = {
    "USD": r"US\$|\$|\bUSD\b|\bdollars?\b|달러",
    "KRW": r"₩|\bKRW\b|\bwon\b|원",
    "EUR": r"€|\bEUR\b|\beuros?\b|유로",
    "JPY": r"¥|\bJPY\b|\byen\b|엔",
    "GBP": r"£|\bGBP\b|\bpounds?\b|파운드",
    "CNY": r"\bCNY\b|\bRMB\b|\byuan\b|위안",
}
_OURS = frozenset(("percent", "percentage points", "퍼센트", "퍼센트포인트"))
"""Units that a calculation brings in."""


def unit_stands(unit: str, parts: Sequence[str]) -> bool:
    """Whether a calculation's unit is made of what the quoted places say, a currency by its sign or its name."""
    if unit in _OURS or any(unit in part for part in parts):
        return True
    said = " ".join(parts)
    return all(
        re.search(_CURRENCIES.get(word, re.escape(word)), said, re.IGNORECASE) is not None for word in unit.split()
    )


def without_result(text: str, computed: Computed) -> str:
    """A claim that tells a calculation (`Difference (USD million): 123. …`) without the name, unit and result, which are
    ours; the claim as it is where they are not those of the calculation.
    """
    m = _LEAD.fullmatch(text)
    if m is None or m["name"] not in {name for names in NAMES.values() for name in names.values()}:
        return text
    units = [computed.unit] if computed.unit else []
    beside = [", ".join([*units, *more]) for more in ((), *([word] for word in ROUNDED.values()))]
    same = m["result"].replace(",", "") == computed.result
    return m["rest"] if same and (m["beside"] or "") in beside else text


def follows(computed: Computed, quotes: Sequence[str]) -> bool:
    """Whether a calculation is right, rounded to the places that its result has, and every number that goes into it
    stands in the quotes: as it is written (a table's cell, whose unit stands elsewhere), or as an amount in its unit.
    """
    if not (_ranked(computed) if computed.expression.startswith("rank(") else _right(computed)):
        return False
    expression = _HUNDREDFOLD.sub("", computed.expression)
    written = {n.value for quote in quotes for n in numbers(quote)}
    measured = {a.low for quote in quotes for a in amounts(quote) if a.low == a.high}
    scale = scale_of(computed.unit)
    return all(n.value in written or n.value * scale in measured for n in numbers(expression))


def _right(computed: Computed) -> bool:
    value, result = calculate(computed.expression), calculate(computed.result)
    if value is None or result is None:
        return False
    decimals = len(computed.result.partition(".")[2])
    return abs(value - result) * 2 <= Decimal(1).scaleb(-decimals)


def _ranked(computed: Computed) -> bool:
    """`rank(3, 5, 4)` is `5 > 4 > 3`, or its beginning; `<` from the least on. Equals have no order."""
    m = _RANK.fullmatch(computed.expression)
    least = "<" in computed.result
    told = re.split(r"\s[<>]\s", computed.result)
    if m is None or (least and ">" in computed.result) or not computed.result.strip():
        return False
    operands, first = [calculate(p.strip()) for p in m["all"].split(",")], [calculate(p) for p in told]
    if None in operands or None in first:
        return False
    order = sorted((v for v in operands if v is not None), reverse=not least)
    clear = all(a != b for a, b in pairwise(order[: len(first) + 1]))
    return order[: len(first)] == first and clear
