"""Where a source that speaks of what a statement says differs from it: numbers, units, years, places, directions,
negations, quantifiers, ranks and roles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.quantities import numbers, year_range
from assistant.stance.aligning import Alignment, Match
from assistant.stance.amounts import Amount, agree, amounts
from assistant.stance.words import Pole, denials, is_denied, place_mentions, places_named, poles, units
from assistant.text import language_of, stem
from assistant.types import Span

Slot = Literal["number", "unit", "year", "month", "place", "direction", "negation", "quantity", "rank", "role"]
Standing = Literal["differs", "missing", "looser"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the statement says and the source does not: `differs` where the source says another in its stead,
    `missing` where it says none, `looser` where it says it less exactly.
    """

    slot: Slot
    standing: Standing
    why: str
    span: Span
    """In the statement."""
    sureness: float = 1.0
    """How far what stands around it in the statement also stands around its counterpart, 0 to 1."""


def differences(a: Alignment) -> tuple[Difference, ...]:
    """Every difference, each slot by its own rule."""
    return (
        *_years(a),
        *_months(a),
        *_places(a),
        *_amounts(a),
        *_directions(a),
        *_negations(a),
        *_quantifiers(a),
        *_ranks(a),
        *_roles(a),
    )


ALONE = 0.5
"""How sure a counterpart is that is the only one left."""


# years, months and places


@lru_cache(maxsize=4096)
def _year_spans(text: str) -> tuple[tuple[int, Span], ...]:
    own = [(int(n.value), n.span) for n in numbers(text) if n.kind == "year" and n.value == int(n.value)]
    more = [(int(m[1]), Span(*m.span(1))) for m in re.finditer(r"(?<!\d)((?:18|19|20)\d\d)(?=년|s\b|[-\u2013/])", text)]
    return tuple(dict.fromkeys([*own, *more]))


def _years(a: Alignment) -> Iterator[Difference]:
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


def _months_in(text: str) -> list[tuple[int, Span]]:
    found = []
    for m in _MONTH.finditer(text):
        word = m.group().lower()
        if (
            word == "may"
            and not re.match(r"\s(?:\d|of\b)", text[m.end() :])
            and not re.search(r"\b(?:in|since|by|until|of|\d)\s$", text[: m.start()])
        ):
            continue
        found.append((int(word) if word.isdigit() else _MONTHS.index(word) + 1, Span(*m.span())))
    return found


def _months(a: Alignment) -> Iterator[Difference]:
    said, own = _months_in(a.statement), _months_in(a.source)
    held = {m for m, _ in own} | {m for m, _ in _months_in(a.context)}
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


def _places(a: Alignment) -> Iterator[Difference]:
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


def _title(place: str) -> str:
    return " ".join(w.upper() if len(w) <= 3 else w.capitalize() for w in place.split())


# numbers


def _amounts(a: Alignment) -> Iterator[Difference]:
    said, own = amounts(a.statement), amounts(a.source)
    taken = {t.span for s in said if (t := _twin(s, own)) is not None}
    for s in said:
        same = [t for t in own if agree(s, t) == "same"]
        looser = [t for t in own if agree(s, t) == "looser"]
        if same or looser:
            if (other := _misattached(a, s, same or looser, own)) is not None:
                yield Difference(
                    "number", "differs", f"the source says {other.surface} of that, not {s.surface}", s.span
                )
            elif not same:
                yield Difference("number", "looser", f"the source says {_said(a.source, looser[0])}", s.span)
            continue
        if (unit := _other_unit(s, own)) is not None:
            sure = a.affinity(s.span, unit.span)
            yield Difference("unit", "differs", f"another unit: {unit.surface}, not {s.surface}", s.span, sure)
            continue
        rivals = [t for t in own if t.unit == s.unit and t.span not in taken and _counts_alike(a, s, t)]
        if rivals:
            sure, where = max((a.affinity(s.span, t.span), -t.span.start) for t in rivals)
            rival = next(t for t in rivals if t.span.start == -where)
            left = [x for x in said if x.unit == s.unit and _twin(x, own) is None]
            sure = max(sure, ALONE) if len(rivals) == len(left) == 1 else sure
            yield Difference(
                "number",
                "differs",
                f"the source says {_said(a.source, rival)}, not {_said(a.statement, s)}",
                s.span,
                sure,
            )
        else:
            yield Difference("number", "missing", f"{s.surface} does not stand there", s.span)


def _twin(s: Amount, own: Sequence[Amount]) -> Amount | None:
    """The amount of the source that bears an amount of the statement: the equal one before one within its bound."""
    same = [t for t in own if agree(s, t) == "same"]
    return min(same, key=lambda t: abs(t.low - s.low), default=None)


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


def _counts_alike(a: Alignment, s: Amount, t: Amount) -> bool:
    """Whether two bare counts count one thing: the noun behind the one stands behind the other, or on its subject."""
    if s.unit != "count":
        return True
    behind = next(
        (m for m in a.matches if 0 <= m.unit.span.start - s.span.end <= 24 and m.unit.kind != "generic"), None
    )
    if behind is None or language_of(a.statement) == "ko":
        return True
    return any(0 <= p.start - t.span.end <= 30 for p in behind.places) or (
        a.foreign and behind.exact and any(abs(p.start - t.span.end) <= 30 for p in behind.places)
    )


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


# directions and negations


def _directions(a: Alignment) -> Iterator[Difference]:
    said, own = poles(a.statement), poles(a.source)
    for p in said:
        mine = [x for x in said if x.axis == p.axis]
        apart = [x.span for x in mine]
        rivals = [(a.affinity(p.span, q.span, apart), q) for q in own if q.axis == p.axis]
        same = [q.span for _, q in rivals if q.sign == p.sign]
        against = [q.span for _, q in rivals if q.sign != p.sign]
        if not against or (same and a.leaning(p.span, same, against, apart) > -0.2):
            continue
        # What another word of the statement finds its like in says nothing against this one.
        rivals = [
            (v, q)
            for v, q in rivals
            if not any(x.sign == q.sign and x.span != p.span and a.affinity(x.span, q.span, apart) >= v for x in mine)
        ]
        if all(q.sign == p.sign for _, q in rivals):
            yield Difference("direction", "missing", f"it does not say “{p.surface}”", p.span)
            continue
        sure, other = max(((v, q) for v, q in rivals if q.sign != p.sign), key=lambda r: r[0])
        yield Difference(
            "direction", "differs", f"{_worded(other)}, where the statement says {_worded(p)}", p.span, sure
        )


def _worded(p: Pole) -> str:
    return f"not “{p.surface}”" if p.denied else f"“{p.surface}”"


def _negations(a: Alignment) -> Iterator[Difference]:
    directed = {p.axis for p in poles(a.statement)} & {p.axis for p in poles(a.source)}
    if _denied_alike(a):
        return
    mine = [p.span for p in poles(a.statement) if p.axis in directed]
    theirs = [p.span for p in poles(a.source) if p.axis in directed]
    for m in a.matches:
        if m.unit.kind == "generic" or not m.places or m.strength < 0.6 or any(s.overlaps(m.unit.span) for s in mine):
            continue
        here = _governed(a.statement, m.unit.span)
        there = [p for p in m.places if not any(s.overlaps(p) for s in theirs)]
        if not there:
            continue
        if here and not any(is_denied(a.source, p) for p in there):
            sure = max(a.affinity(m.unit.span, p) for p in there)
            yield Difference(
                "negation",
                "differs",
                f"the source affirms what the statement denies: “{m.unit.surface}”",
                m.unit.span,
                sure,
            )
        elif not is_denied(a.statement, m.unit.span) and all(_governed(a.source, p) for p in there):
            sure = max(a.affinity(m.unit.span, p) for p in there)
            yield Difference(
                "negation", "differs", f"the source denies it: “{_denying(a.source, there[0])}”", m.unit.span, sure
            )
    yield from _prefixed(a)


def _denied_alike(a: Alignment) -> bool:
    """Whether both deny, and what the one denies the other does."""
    heads = [m for m in a.matches if m.places and _governed(a.statement, m.unit.span)]
    return any(_governed(a.source, p) for m in heads for p in m.places)


def _governed(text: str, span: Span) -> bool:
    """Whether a negation governs the word most of all: it is the first or second that it reaches."""
    if not is_denied(text, span):
        return False
    for d in denials(text):
        if d.scope.contains(span):
            inner = [u for u in units(text) if d.scope.contains(u.span) and u.kind != "generic"]
            inner = inner[:2] if d.span.start <= d.scope.start else inner[-2:]
            if any(u.span.overlaps(span) for u in inner):
                return True
    return False


def _denying(text: str, span: Span) -> str:
    d = next(d for d in denials(text) if d.scope.contains(span))
    start, end = min(d.span.start, span.start), max(d.span.end, span.end)
    return " ".join(text[start:end].split())


_PREFIX = re.compile(r"^(?:un|in|im|ir|il|non-?|dis|mis)(?=\w{4})", re.IGNORECASE)


def _prefixed(a: Alignment) -> Iterator[Difference]:
    """`uninvolved` beside `involved`: a prefix that denies, in one of the two only."""
    said = {stem(w.lower()): Span(*m.span()) for m in re.finditer(r"[A-Za-z-]{4,}", a.statement) for w in [m.group()]}
    read = {stem(w.lower()): Span(*m.span()) for m in re.finditer(r"[A-Za-z-]{4,}", a.source) for w in [m.group()]}
    for first, second in ((said, read), (read, said)):
        for word, span in first.items():
            bare = stem(_PREFIX.sub("", span.slice(a.statement if first is said else a.source).lower()))
            if bare == word or bare in first or word in second or bare not in second:
                continue
            here, there = (span, second[bare]) if first is said else (second[bare], span)
            if is_denied(a.statement, here) == is_denied(a.source, there):
                why = f"“{there.slice(a.source)}”, where the statement says “{here.slice(a.statement)}”"
                yield Difference("negation", "differs", why, here, a.affinity(here, there))


# quantifiers and ranks

_QUANTIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("all", r"\b(?:all|every|each|entire|whole|always)\b(?! (?:but|other|over))|모든|모두|전부|전원|항상"),
        (
            "most",
            r"\b(?:most(?= (?:of|[a-z]+s\b))|majority of|mostly|mainly|largely|predominantly|usually)\b|대부분|대다수|과반",
        ),
        ("some", r"\b(?:some|several|certain|part of|partly|sometimes|a number of)\b(?! \d)|일부|몇몇|때때로"),
        ("few", r"\b(?:(?<!a )few|minority of|rarely|hardly any|only a few)\b|소수의|드물게|거의 없"),
        ("none", r"\b(?:none of|no(?= [a-z]+s\b)|never)\b|전혀|아무도|하나도"),
    )
)
_AGAINST = {
    ("all", "none"), ("all", "few"), ("most", "none"), ("most", "few"), ("some", "none"), ("few", "all"), ("few", "most"),
    ("none", "all"), ("none", "most"), ("none", "some"),
}  # fmt: skip
_OVER = {("all", "most"), ("all", "some"), ("most", "some")}


def _quantifiers(a: Alignment) -> Iterator[Difference]:
    said, read = _quantified(a.statement), _quantified(a.source)
    for name, span, head in said:
        match = next((m for m in a.matches if head is not None and m.unit.span == head and m.strength >= 0.6), None)
        if match is None:
            continue
        counted = [(o, t) for o, _, t in read if t is not None and any(p.overlaps(t) for p in match.places)]
        if not counted and name != "some" and not (name == "most" and _over_half(a.source)):
            yield Difference("quantity", "looser", f"it does not say “{span.slice(a.statement)}”", span)
        for other, _ in counted:
            if (name, other) in _AGAINST:
                yield Difference("quantity", "differs", f"“{other}”, where the statement says “{name}”", span, 1.0)
            elif (name, other) in _OVER:
                yield Difference("quantity", "looser", f"the source says “{other}”, not “{name}”", span)


def _over_half(text: str) -> bool:
    return any(t.unit == "percent" and t.low > 50 for t in amounts(text))


def _quantified(text: str) -> list[tuple[str, Span, Span | None]]:
    """Each quantifier with the unit that it counts: the next one, or in Korean also the one before it."""
    found = []
    for name, pattern in _QUANTIFIERS:
        for m in pattern.finditer(text):
            span = Span(*m.span())
            heads = [u.span for u in units(text) if 0 <= u.span.start - span.end <= 25]
            if not heads and language_of(text) == "ko":
                heads = [u.span for u in units(text) if 0 <= span.start - u.span.end <= 8][-1:]
            found.append((name, span, heads[0] if heads else None))
    return found


_RANK = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_RANKED = re.compile(
    r"(?:\b(?P<nth>" + "|".join(_RANK) + r"|\d+(?:st|nd|rd|th))[- ]?)?\b(?P<word>largest|biggest|highest|most|greatest|lowest|smallest|least|fastest|top|oldest|best|worst)\b",
    re.IGNORECASE,
)  # fmt: skip
_KOREAN_RANK = re.compile(r"(?:(?P<n>\d+)\s?위|(?P<nth>두|세|네|다섯)\s?번째로)")


def _ranks(a: Alignment) -> Iterator[Difference]:
    read = list(_ranked(a.source))
    for rank, word, span in _ranked(a.statement):
        alike = [(r, s) for r, w, s in read if w == word]
        if alike and all(r != rank for r, _ in alike):
            sure, where = max((a.affinity(span, s), s.start) for _, s in alike)
            other = next(s for _, s in alike if s.start == where)
            why = f"“{other.slice(a.source)}”, where the statement says “{span.slice(a.statement)}”"
            yield Difference("rank", "differs", why, span, sure)
    yield from _behind_first(a)


def _behind_first(a: Alignment) -> Iterator[Difference]:
    """`B is the largest` beside `A is the largest, followed by B`."""
    later = re.search(r"\bfollowed by\b|\bahead of\b|\bbehind only\b", a.source)
    first = next((s for rank, _, s in _ranked(a.statement) if rank == 1), None)
    if not later or first is None:
        return
    subject = [m for m in a.matches if m.unit.kind == "name" and m.unit.span.end <= first.start and m.places]
    if subject and all(p.start >= later.end() for p in subject[0].places):
        why = f"“{subject[0].unit.surface}” comes after another there"
        yield Difference("rank", "differs", why, first, 1.0)


def _ranked(text: str) -> Iterator[tuple[int, str, Span]]:
    for m in _RANKED.finditer(text):
        nth = (m["nth"] or "").lower()
        rank = _RANK.get(nth) or (int(re.sub(r"\D", "", nth)) if nth else 1)
        word = m["word"].lower()
        yield rank, {"biggest": "largest", "greatest": "largest"}.get(word, word), Span(*m.span())
    yield from _placed(text)
    for m in _KOREAN_RANK.finditer(text):
        yield int(m["n"]) if m["n"] else {"두": 2, "세": 3, "네": 4, "다섯": 5}[m["nth"]], "위", Span(*m.span())


_PLACING = re.compile(r"\brank(?:s|ed|ing)?\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:in|by|for|on)\s+(?:terms of\s+)?(?:the\s+|its\s+|total\s+|global\s+|overall\s+)*(?P<word>[^\W\d_]{2,})", re.I
)
_NOT_BY = frozenset("world globe region country countries asia europe africa group list table place".split())


def _placed(text: str) -> Iterator[tuple[int, str, Span]]:
    """`ranks twelfth in trade, sixth in exports`: each rank with what it is a rank by, '' where that is not said."""
    for m in _PLACING.finditer(text):
        listed = [n for n in numbers(text) if n.kind == "ordinal" and m.end() <= n.span.start < m.end() + 140]
        for i, n in enumerate(listed):
            stop = listed[i + 1].span.start if i + 1 < len(listed) else min(len(text), n.span.end + 60)
            words = [b["word"].lower() for b in _BY.finditer(text, n.span.end, stop)]
            by = next((stem(w) for w in words if w not in _NOT_BY), "")
            yield int(n.value), f"rank {by}", n.span


# roles

_REACH = 70


def _roles(a: Alignment) -> Iterator[Difference]:
    """`A invests in B` beside `B invests in A`: what stands before a word in the one stands behind it in the other."""
    if a.foreign:
        return
    exact = [m for m in a.matches if m.exact and m.places and m.unit.kind != "generic"]
    if language_of(a.statement) == "ko":
        yield from _korean_roles(a, exact)
        return
    movable = [m for m in exact if len(m.places) == 1]
    pivots = [(m.unit.span, m.places[0]) for m in movable if m.unit.kind != "name"]
    pivots += [(Span(*s.span()), Span(*t.span())) for s in _TO.finditer(a.statement) for t in _TO.finditer(a.source)]
    for here, there in pivots:
        sides = [(_side(a.statement, here, m.unit.span), _side(a.source, there, m.places[0]), m) for m in movable]
        if _passive(a.statement, here) != _passive(a.source, there):
            sides = [(x, -y, m) for x, y, m in sides]
        crossed = {x for x, y, _ in sides if x and y and x != y}
        names = all(m.unit.kind == "name" for x, y, m in sides if x and y and x != y)
        straight = [m for x, y, m in sides if x and x == y and (m.unit.kind == "name" or not names)]
        if crossed == {1, -1} and not straight:
            yield _swapped(*(next(m for x, y, m in sides if x == side and y == -side) for side in (-1, 1)))
            return
    yield from _compared(a, movable)


def _swapped(first: Match, second: Match) -> Difference:
    why = f"the roles of “{first.unit.surface}” and “{second.unit.surface}” are the other way round"
    return Difference("role", "differs", why, first.unit.span, 1.0)


def _compared(a: Alignment, movable: Sequence[Match]) -> Iterator[Difference]:
    """`A grew faster than B` beside `B grew faster than A`: the first before `than` and the first behind it."""
    here, there = re.search(r"\bthan\b", a.statement), re.search(r"\bthan\b", a.source)
    if not here or not there:
        return
    before = [m for m in movable if m.unit.span.end <= here.start()]
    behind = [m for m in movable if m.unit.span.start >= here.end()]
    if before and behind:
        first, second = before[0], behind[0]
        if first.places[0].start > there.end() and second.places[0].end < there.start():
            yield _swapped(first, second)


_TO = re.compile(r"\bto\b(?= [A-Z])")
_BESIDE = 16
"""Characters between a word and what it governs, where that is no name."""


def _side(text: str, pivot: Span, span: Span) -> int:
    if span.overlaps(pivot):
        return 0
    start, end = min(pivot.end, span.end), max(pivot.start, span.start)
    reach = _REACH if any(c.isupper() for c in span.slice(text)[:1]) else _BESIDE
    if end - start > reach or re.search(r"[;,]|\b(?:while|whereas|but|as|because|when|if)\b", text[start:end]):
        return 0
    return -1 if span.end <= pivot.start else 1


def _passive(text: str, pivot: Span) -> bool:
    before, after = text[max(0, pivot.start - 18) : pivot.start], text[pivot.end : pivot.end + 30]
    return bool(re.search(r"\b(?:is|are|was|were|be|been|being)\s(?:\w+ )?$", before) and re.search(r"\bby\b", after))


_AGENT = re.compile(r"(?:이|가|은|는|에서|께서)(?![가-힣])")
_PATIENT = re.compile(r"(?:에게|에|을|를|로|으로|보다)(?![가-힣])")


def _korean_roles(a: Alignment, exact: Sequence[Match]) -> Iterator[Difference]:
    def role(text: str, span: Span) -> int:
        return -1 if _AGENT.match(text, span.end) else 1 if _PATIENT.match(text, span.end) else 0

    named = [(role(a.statement, m.unit.span), role(a.source, m.places[0]), m) for m in exact if m.unit.kind == "name"]
    crossed = {x for x, y, _ in named if x and y and x != y}
    if crossed == {1, -1} and not any(x and x == y for x, y, _ in named):
        yield _swapped(
            next(m for x, y, m in named if x == -1 and y == 1), next(m for x, y, m in named if x == 1 and y == -1)
        )
