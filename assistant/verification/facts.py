"""Numbers, units, years and dates of a claim, each looked for in its quotes, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.quantities import Number, numbers, year_range, years
from assistant.stance.amounts import Amount, agree, amounts, codes
from assistant.stance.facts import months_in
from assistant.stance.words import Pole, poles
from assistant.types import Span
from assistant.verification.ground import Fault, Ground

_DECADE = re.compile(r"\b(?:(?:a|the|one|next|past|last|coming|previous)\s)+decade\b|10\s?년", re.IGNORECASE)
_TEN_YEARS = Decimal("3652.5")
_OPENING = re.compile(r"\s*(?:First|Second|Third|Fourth|Fifth),")
_ARTICLE = re.compile(r"(\d+)조(?!\s?(?:\d|원|달러|유로|엔|위안))")
_NATIVE = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_COUNTED = re.compile(
    rf"(?<![가-힣])(?P<n>{'|'.join(_NATIVE)})\s(?:가지|개(?!월)|개의|명|번째|곳|단계|축|나라|배|건|차례|분기|달|해|기둥|부문|회사|기업|국가|방향)"
)
_LABEL = re.compile(
    r"\b(?P<what>section|article|table|figure|chapter|annex|appendix|title|part|phase|round|clause|paragraph|resolution)s?\s"
    r"(?P<n>\d+[A-Za-z]?|[IVX]+)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?:[A-Z]{1,4}-\d+[A-Z]?|[A-Z]\d+)\b")


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """Every number, unit, year and date of the claim that the quotes do not bear."""
    offered = [a for s in ground.sources for a in amounts(s)]
    said = amounts(claim)
    plain = [n for s in ground.sources for n in numbers(s)]
    for amount in said:
        if fault := _amount(claim, amount, offered, plain, ground):
            yield fault
    yield from _others(claim, said, plain, ground)
    yield from _labelled(claim, ground)
    yield from currencies(claim, ground)
    yield from _sided(claim, said, ground)


def _amount(claim: str, amount: Amount, offered: list[Amount], plain: list[Number], ground: Ground) -> Fault | None:
    likeness = {agree(amount, o) for o in offered}
    if any(agree(amount, o) == "same" and _as_exact(amount, o) for o in offered):
        return None
    if amount.unit == "days" and amount.low == _TEN_YEARS and any(_DECADE.search(s) for s in ground.sources):
        return None
    article = _ARTICLE.match(claim, amount.span.start)  # `122조`: an article of a law, unless it is money
    if article and any(n.value == int(article[1]) for n in plain):
        return None
    if "looser" in likeness:
        near = next(o for o in offered if agree(amount, o) == "looser")
        if _digits(near.surface) == _digits(amount.surface) and near.low != amount.low:
            return Fault("unit", f"another unit: {near.surface}, not {amount.surface}", against=True)
        return Fault("number", f"the quote says {near.surface}, not {amount.surface}", open=True)
    own = [n for n in numbers(claim) if n.span.overlaps(amount.span)]
    figures = {(n.value, n.scale) for n in plain}
    if own and all((n.value, n.scale) in figures for n in own):
        return _bare(claim, amount, offered, ground)
    if _in_table(own, plain, amount, ground):
        return None
    same_digits = [o for o in offered if own and _digits(o.surface) == _digits(amount.surface)]
    if same_digits:
        return Fault("unit", f"the quote says {same_digits[0].surface}, not {amount.surface}", against=True)
    return Fault("number", f"{amount.surface} stands in no quote")


def _as_exact(said: Amount, read: Amount) -> bool:
    """Whether a figure is the quote's own, or that one rounded or converted: `about 20` bears no other 21."""
    if (said.low, said.high) == (read.low, read.high) or said.bound in ("over", "under") or said.low != said.high:
        return True
    mine, theirs = _digits(said.surface).rstrip("0"), _digits(read.surface).rstrip("0")
    if not mine or not theirs or len(mine.replace(".", "")) < len(theirs.replace(".", "")):
        return True
    return said.unit == "days" and _word(said) != _word(read)


def _word(a: Amount) -> str:
    return re.sub(r"[\d\s.,-]", "", a.surface).lower().rstrip("s")


def _digits(surface: str) -> str:
    return "".join(re.findall(r"\d+(?:\.\d+)?", surface.replace(",", "")))


_CURRENCY = {
    "USD": r"USD|US\$|\$|dollar|달러", "KRW": r"KRW|₩|\bwon\b|원", "EUR": r"EUR|€|euro|유로", "JPY": r"JPY|¥|yen|엔",
    "GBP": r"GBP|£|pound|파운드", "CNY": r"CNY|RMB|yuan|renminbi|위안",
    "percent": r"%|percent|per cent|퍼센트|share|비중",
}  # fmt: skip


def _bare(claim: str, amount: Amount, offered: list[Amount], ground: Ground) -> Fault | None:
    """The figure stands there, but not as the same amount: with another unit, or none, or as another bound."""
    alike = [o for o in offered if o.low == amount.low and o.high == amount.high]
    if any(o.unit == amount.unit for o in alike):
        read = next(o for o in alike if o.unit == amount.unit)
        return Fault("number", f"the quote says {_bound(read)}, not {_bound(amount)}", against=True)
    if amount.unit == "count":
        # A bare figure of the claim: `rose 3.5` beside `rose 3.5 percent` says less, `3.5 won` beside `3.5` would not.
        return Fault("unit", f"the claim leaves out the unit of {amount.surface}", open=True) if alike else None
    pattern = _CURRENCY.get(amount.unit)
    if pattern and any(re.search(pattern, h, re.IGNORECASE) for h in ground.headers):
        return None
    if alike and any(o.unit not in ("count", amount.unit) for o in alike):
        return Fault("unit", f"another unit: {alike[0].surface}, not {amount.surface}", against=True)
    if alike and amount.unit in _CURRENCY:
        return Fault("unit", f"{amount.surface} stands in no quote")
    return Fault("unit", f"the quotes do not say “{amount.surface}” with that unit", open=True) if alike else None


def _bound(a: Amount) -> str:
    return {"over": "more than ", "under": "less than ", "about": "about ", "exact": ""}[a.bound] + a.surface


def _in_table(own: list[Number], plain: list[Number], amount: Amount, ground: Ground) -> bool:
    """`USD 6,512 million` beside a row's `6,512` under a header that says `USD million`."""
    bare = {n.value for n in plain}
    heads = " ".join(ground.headers)
    pattern = _CURRENCY.get(amount.unit)
    if (
        not own
        or not heads
        or not all(n.value in bare for n in own)
        or (pattern and not re.search(pattern, heads, re.I))
    ):
        return False
    scales = {Decimal(1): "", Decimal(10**3): r"thousand|천", Decimal(10**6): r"million|mn|백만", Decimal(10**9): r"billion|bn|십억", Decimal(10**8): r"억", Decimal(10**12): r"trillion|조"}  # fmt: skip
    word = scales.get(own[0].scale)
    return word is not None and (not word or re.search(word, heads, re.IGNORECASE) is not None)


def _others(claim: str, said: tuple[Amount, ...], plain: list[Number], ground: Ground) -> Iterator[Fault]:
    """Years, months, days, ranks and counts in Korean words."""
    values = {n.value for n in plain} | {a.low for s in ground.sources for a in amounts(s)}
    held = {y for s in ground.sources for y in years(s) | year_range(s)} | years(ground.around.words)
    for year in sorted(years(claim)):
        if year in held or (year in ground.around.years and _attributed(claim, year)):
            continue
        other = sorted({y for q in ground.quotes for y in years(q)})
        why = f"another year: {other[0]}, not {year}" if len(other) == 1 else f"{year} stands in no quote"
        yield Fault("year", why, against=len(other) == 1)
    mine = months_in(claim)
    theirs = {m for s in ground.sources for m, _ in months_in(s)}
    for month, span in mine:
        if month not in theirs:
            yield Fault("date", f"{span.slice(claim)} stands in no quote")
    amounted = [a.span for a in said] + [s for _, s in mine] + [s for _, s in codes(claim)]
    opening = _OPENING.match(claim)
    for n in numbers(claim):
        words = n.span.slice(claim)
        if n.kind == "year" or any(s.overlaps(n.span) for s in amounted) or words.casefold() in ("one", "zero"):
            continue
        if opening and n.span.end <= opening.end():
            continue
        if n.value in values or n.value * n.scale in values or (n.value in ground.around.years):
            continue
        if int(n.value) == n.value and int(n.value) in held:
            continue
        yield Fault("number", f"{words} stands in no quote", open=words.casefold() == "first")
    for m in _COUNTED.finditer(claim):
        if Decimal(_NATIVE[m["n"]]) not in values and not any(m.group() in s for s in ground.sources):
            yield Fault("number", f"{m.group()} stands in no quote")


_MONEY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("dollars", r"\bUSD\b|US\$|\$|\b[Dd]ollars?\b|달러"),
        ("euros", r"\bEUR\b|€|\b[Ee]uros?\b|유로"),
        (
            "won",
            r"\bKRW\b|₩|\bW(?=\d)|(?:\d|million|billion|trillion)\swon\b|\bKorean won\b|(?<=[\d억조만천])\s?원(?![가-힣]{2})",
        ),
        ("yen", r"\bJPY\b|¥|\b[Yy]en\b|(?<=[\d억조만천])\s?엔"),
        ("pounds", r"\bGBP\b|£|\bpounds?\b|파운드"),
        ("yuan", r"\bCNY\b|\bRMB\b|\byuan\b|\brenminbi\b|위안"),
        ("cents", r"\bcents?\b(?! ?percent)|센트"),
        ("crowns", r"\b[Cc]rowns\b"),
    )
)


def currencies(claim: str, ground: Ground) -> Iterator[Fault]:
    """A currency that the quotes do not name, whatever stands beside it: `forty-four euros` beside `forty-four cents`."""
    there = " ".join(ground.sources)
    held = [name for name, p in _MONEY if p.search(there)]
    for name, pattern in _MONEY:
        if (m := pattern.search(claim)) and name not in held and not (name == "dollars" and "cents" in held):
            yield Fault("unit", f"“{m.group().strip()}” stands in no quote", against=bool(held))


def _sided(claim: str, said: tuple[Amount, ...], ground: Ground) -> Iterator[Fault]:
    """`a surplus of 18 billion` beside `a deficit of 18 billion`, `fell by 5 percent` beside `rose by 5 percent`."""
    for amount in said:
        own = _sides(claim, amount)
        theirs = [_sides(s, a) for s in ground.quotes for a in amounts(s) if agree(amount, a) == "same"]
        for axis, pole in own.items():
            beside = [t[axis] for t in theirs if axis in t]
            if beside and len(beside) == len(theirs) and all(b.sign != pole.sign for b in beside):
                yield Fault("direction", f"the quote says “{beside[0].surface}”, not “{pole.surface}”", against=True)


def _sides(text: str, amount: Amount) -> dict[str, Pole]:
    """The direction or balance that is said of an amount, by its axis: right before it, or in Korean right behind."""
    found: dict[str, Pole] = {}
    for pole in poles(text):
        if pole.axis not in ("more", "balance"):
            continue
        before = text[pole.span.end : amount.span.start] if pole.span.end <= amount.span.start else None
        behind = text[amount.span.end : pole.span.start] if amount.span.end <= pole.span.start else None
        if (before is not None and _TO.fullmatch(before)) or (
            behind is not None and re.fullmatch(r"(?:의|을|를|로|씩|만큼)?\s", behind)
        ):
            found[pole.axis] = pole
    return found


_TO = re.compile(
    r"\s(?:(?:by|of|to)\s)?(?:(?:about|around|nearly|almost|some|approximately|more than|only|a)\s)?(?:US\$|USD|KRW|EUR|[$€₩£¥])?\s?",
    re.IGNORECASE,
)


def _attributed(claim: str, year: int) -> bool:
    """`Han (2026)`: the year in which a document appeared, behind who wrote it."""
    return re.search(rf"\(\s?{year}\s?\)", claim) is not None


def _labelled(claim: str, ground: Ground) -> Iterator[Fault]:
    """`Section 232` beside `Section 122`; `B-2` beside `B-1`."""
    there = " ".join(ground.sources)
    labels = {(m["what"].lower(), m["n"].lower()) for m in _LABEL.finditer(there)}
    for m in _LABEL.finditer(claim):
        if (m["what"].lower(), m["n"].lower()) not in labels and m.group().lower() not in ground.around.words.lower():
            yield Fault("number", f"{m.group()} stands in no quote")
    for m in _CODE.finditer(claim):
        if m.group().lower() not in f"{there} {ground.around.words}".lower():
            yield Fault("name", f"“{m.group()}” stands in no quote")


def spans_of_numbers(text: str) -> tuple[Span, ...]:
    """Where the numbers of a text stand."""
    return tuple(n.span for n in numbers(text))
