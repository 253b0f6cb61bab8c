"""Differences of fact: numbers, units, years, months and countries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.quantities import numbers, year_range
from assistant.stance.aligning import Alignment
from assistant.stance.amounts import Amount, agree, amounts, codes
from assistant.stance.attached import anaphoric, comparable, fault, fit, narrower, shares, unsettled
from assistant.stance.difference import Difference
from assistant.stance.keys import Key, keys, times
from assistant.stance.words import place_mentions, places_named, poles
from assistant.text import language_of
from assistant.types import Span

ALONE = 0.5
"""How sure a counterpart is that is the only one left."""


# years, months and places


@lru_cache(maxsize=4096)
def _year_spans(text: str) -> tuple[tuple[int, Span], ...]:
    own = [(int(n.value), n.span) for n in numbers(text) if n.kind == "year" and n.value == int(n.value)]
    more = [(int(m[1]), Span(*m.span(1))) for m in re.finditer(r"(?<!\d)((?:18|19|20)\d\d)(?=년|s\b|[-\u2013/])", text)]
    return tuple(dict.fromkeys([*own, *more]))


def years(a: Alignment) -> Iterator[Difference]:
    said, own = _year_spans(a.statement), _year_spans(a.source)
    held = year_range(a.source) | year_range(a.context) | {y for y, _ in own}
    mine = {y for y, _ in said}
    others = [(y, s) for y, s in own if y not in mine]
    for year, span in said:
        if year in held:
            continue
        if others:
            sure, other = max((a.affinity(span, s), y) for y, s in others)
            if len({y for y, _ in others}) == 1 and len(mine - held) == 1:
                sure = max(sure, ALONE)
            yield Difference("year", "differs", f"another year: {other}, not {year}", span, sure)
        else:
            yield Difference("year", "missing", f"{year} is not named", span)


_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(r"\b(?:" + "|".join(m.capitalize() for m in _MONTHS) + r")\b|(?<!\d)1?\d(?=\s?월)")


def months_in(text: str) -> list[tuple[int, Span]]:
    """Every month that a text names, 1 to 12, with where."""
    found = []
    for m in _MONTH.finditer(text):
        word = m.group().lower()
        if (
            word == "may"
            and not re.match(r"\s(?:\d|of\b)", text[m.end() :])
            and not re.search(r"\b(?:in|since|by|until|of|\d)\s$", text[: m.start()], re.IGNORECASE)
        ):
            continue
        found.append((int(word) if word.isdigit() else _MONTHS.index(word) + 1, Span(*m.span())))
    return found


def months(a: Alignment) -> Iterator[Difference]:
    said, own = months_in(a.statement), months_in(a.source)
    held = {m for m, _ in own} | {m for m, _ in months_in(a.context)}
    others = [(m, s) for m, s in own if m not in {x for x, _ in said}]
    for month, span in said:
        if month not in held:
            if others:
                sure, where = max((a.affinity(span, s), s.start) for _, s in others)
                other = next(m for m, s in others if s.start == where)
                why = f"another month: {_MONTHS[other - 1].capitalize()}, not {_MONTHS[month - 1].capitalize()}"
                yield Difference("month", "differs", why, span, sure)
            else:
                yield Difference("month", "missing", f"{span.slice(a.statement)} is not named", span)


def places(a: Alignment) -> Iterator[Difference]:
    said, own = places_named(a.statement), places_named(a.source)
    around = places_named(a.context)
    mine = Counter(p for p, _ in place_mentions(a.statement))
    theirs = Counter(p for p, _ in place_mentions(a.source))
    # A place that the source names more often than the statement may stand where the statement has another.
    others = [(p, s) for p, s in place_mentions(a.source) if theirs[p] > mine[p]]
    strange = any(p not in said for p, _ in others)
    for place, span in said.items():
        if place in own or (place in around and not strange):
            continue
        sure, other = max(((a.affinity(span, s), p) for p, s in others), default=(0.0, ""))
        if other and (other not in said or sure >= 0.5):
            yield Difference("place", "differs", f"another country: {_title(other)}, not {_title(place)}", span, sure)
        elif place not in around:
            yield Difference("place", "missing", f"{_title(place)} is not named", span)


_CLASH = {
    frozenset(pair) for pair in (("since", "until"), ("before", "after"), ("in", "until"), ("in", "before"), ("in", "after"),
    ("since", "before"), ("until", "after"))
}  # fmt: skip
_OPPOSITE = {frozenset(("since", "until")), frozenset(("before", "after"))}


def moments(a: Alignment) -> Iterator[Difference]:
    """`until March 2025` beside `since March 2025`: the same time, as another end."""
    own = times(a.source)
    for year, edge, span in times(a.statement):
        theirs = [(e, s) for y, e, s in own if y == year]
        if not theirs or any(frozenset((edge, e)) not in _CLASH for e, _ in theirs):
            continue
        other, where = theirs[0]
        why = f"“{where.slice(a.source)}”, where the statement says “{span.slice(a.statement)}”"
        if frozenset((edge, other)) in _OPPOSITE:
            yield Difference("year", "differs", why, span, 1.0)
        else:
            yield Difference("year", "open", why, span)


def _title(place: str) -> str:
    return " ".join(w.upper() if len(w) <= 3 else w.capitalize() for w in place.split())


# numbers


def quantities(a: Alignment) -> Iterator[Difference]:
    named = {code for code, _ in codes(a.source)}
    for code, span in codes(a.statement):
        if code not in named:
            yield Difference("number", "missing", f"{code} does not stand there", span)
    said, own = keys(a.statement), keys(a.source)
    taken = {t.amount.span for s in said if (t := _twin(s, own)) is not None}
    for s in said:
        span = s.amount.span
        same = [t for t in own if agree(s.amount, t.amount) == "same"]
        looser = [t for t in own if agree(s.amount, t.amount) == "looser"]
        if same or looser:
            yield from _attached(a, s, same or looser, [t.amount for t in own])
            if not same:
                yield Difference("number", "looser", f"the source says {_said(a.source, looser[0].amount)}", span)
            continue
        if (unit := _other_unit(s.amount, [t.amount for t in own])) is not None:
            sure = a.affinity(span, unit.span)
            yield Difference("unit", "differs", f"another unit: {unit.surface}, not {s.amount.surface}", span, sure)
            continue
        left = [x for x in said if x.amount.unit == s.amount.unit and _twin(x, own) is None]
        yield _absent(a, s, [t for t in own if t.amount.span not in taken], len(left) == 1)


def _attached(a: Alignment, s: Key, same: Sequence[Key], own: Sequence[Amount]) -> Iterator[Difference]:
    """What is against an amount whose figure the source has: it is the figure of something else there."""
    span = s.amount.span
    if (settling := unsettled(a, s, same)) is not None:
        if settling.rival is not None:
            why = f"the source says {_said(a.source, settling.rival.amount)} of that, not {s.amount.surface}"
            yield Difference("number", "differs", why, span, 1.0)
        else:
            yield Difference("number", "open", settling.why, span)
    elif (other := _misattached(a, s.amount, [t.amount for t in same], own)) is not None:
        yield Difference("number", "differs", f"the source says {other.surface} of that, not {s.amount.surface}", span)
    elif (base := _other_base(a, s, same)) is not None:
        yield base


def _other_base(a: Alignment, s: Key, same: Sequence[Key]) -> Difference | None:
    """`700 per plant` beside `700 per household`."""
    if s.base is None or s.base_span is None or any(t.base == s.base for t in same):
        return None
    other = next((t for t in same if t.base_span is not None), None)
    span = Span(min(s.amount.span.start, s.base_span.start), max(s.amount.span.end, s.base_span.end))
    mine = s.base_span.slice(a.statement)
    if other is None or other.base_span is None:
        return Difference("number", "open", f"the source does not say “{mine}”", span)
    if a.foreign or _alike(a, s.base_span, other.base_span):
        return None if _alike(a, s.base_span, other.base_span) else Difference("number", "open", f"per {mine}?", span)
    return Difference("unit", "differs", f"per {other.base_span.slice(a.source)}, not per {mine}", span, 1.0)


def _alike(a: Alignment, here: Span, there: Span) -> bool:
    return any(p.overlaps(there) for m in a.matches if m.unit.span.overlaps(here) and m.exact for p in m.places)


def _absent(a: Alignment, s: Key, others: Sequence[Key], last: bool) -> Difference:
    """An amount that the source does not have: another stands in its stead, or none."""
    span = s.amount.span
    rivals = [t for t in others if comparable(a, s, t) and _counts_alike(a, s, t) and fault(a, s, t) is None]
    if not rivals:
        return Difference("number", "missing", f"{s.amount.surface} does not stand there", span)
    rival = max(rivals, key=lambda t: (fit(a, s, t), a.affinity(span, t.amount.span)))
    if (other := narrower(a, s, rival)) is not None:
        return Difference("number", "apart", f"the source gives {rival.amount.surface} of “{other}”", span)
    sure = a.affinity(span, rival.amount.span)
    sure = max(sure, ALONE) if len(rivals) == 1 and last else sure
    said = f"the source says {_said(a.source, rival.amount)}, not {_said(a.statement, s.amount)}"
    return Difference("number", "differs", said, span, sure)


def _twin(s: Key, own: Sequence[Key]) -> Key | None:
    """The amount of the source that bears an amount of the statement: the equal one before one within its bound."""
    same = [t for t in own if agree(s.amount, t.amount) == "same"]
    return min(same, key=lambda t: abs(t.amount.low - s.amount.low), default=None)


_BOUNDS = {"about": "about ", "over": "more than ", "under": "less than ", "exact": ""}


def _said(text: str, t: Amount) -> str:
    korean = language_of(text) == "ko"
    before = "" if korean else _BOUNDS[t.bound]
    symbol = re.search(r"(?:US\$|USD|KRW|EUR|JPY|CNY|[$\u20ac\u20a9\u00a3\u00a5])\s?$", text[: t.span.start])
    return f"{before}{symbol.group() if symbol else ''}{t.surface}"


def _other_unit(s: Amount, own: Sequence[Amount]) -> Amount | None:
    """The same figure in a unit that is another thing."""
    if s.unit == "count":
        return None
    for t in own:
        if t.unit not in (s.unit, "count") and _figure(t) == _figure(s):
            return t
    return None


def _figure(t: Amount) -> str:
    m = re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", t.surface)
    return m.group().replace(",", "") if m else t.surface.lower().split(" ")[0].split("-")[0]


def _counts_alike(a: Alignment, s: Key, t: Key) -> bool:
    """Whether two bare counts count one thing."""
    if s.amount.unit != "count":
        return True
    if s.counter or t.counter:
        return s.counter == t.counter or a.foreign
    if not s.heads or not t.heads:
        return not s.heads and not t.heads and not anaphoric(a.source, t)
    return not anaphoric(a.source, t) and shares(a, s.heads, t.heads) > 0


def _misattached(a: Alignment, s: Amount, same: Sequence[Amount], own: Sequence[Amount]) -> Amount | None:
    """Another amount of the source that stands with what the statement's amount stands with, where the agreeing one
    stands with something else of that class: `5% in 2019 and 8% in 2021` beside `8% in 2019`.
    """
    if re.search(r"\brespectively\b|각각", a.source) or len([t for t in own if t.unit == s.unit]) < 2:
        return None
    for said, read in _keys(a):
        mine = _nearest(a.statement, s.span, said)
        if mine is None or len({k for k, _ in read}) < 2 or mine not in {k for k, _ in read}:
            continue
        if len({k for k, _ in said}) > 1 and len(amounts(a.statement)) < 2:
            continue  # one amount that several years or places share
        if any(_nearest(a.source, t.span, read) == mine for t in same):
            return None
        rivals = [t for t in own if t.unit == s.unit and t not in same and _nearest(a.source, t.span, read) == mine]
        if rivals:
            return rivals[0]
    return None


Keyed = list[tuple[object, Span]]


def _keys(a: Alignment) -> Iterator[tuple[Keyed, Keyed]]:
    yield list(_year_spans(a.statement)), list(_year_spans(a.source))
    yield list(places_named(a.statement).items()), list(places_named(a.source).items())
    axes = {p.axis for p in poles(a.statement)} & {p.axis for p in poles(a.source)} - {"more", "good", "order", "begin"}
    for axis in sorted(axes):
        yield (
            [(p.sign, p.span) for p in poles(a.statement) if p.axis == axis],
            [(p.sign, p.span) for p in poles(a.source) if p.axis == axis],
        )


def _nearest(text: str, span: Span, keys: Keyed) -> object | None:
    def gap(key: Span) -> float:
        start, end = min(key.end, span.end), max(key.start, span.start)
        between = text[start:end]
        return len(between) + 30 * len(re.findall(r"[,;]|\b(?:and|while|but|whereas)\b|며\s|고\s", between))

    return min(keys, key=lambda k: gap(k[1]))[0] if keys else None
