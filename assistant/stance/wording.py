"""Differences of extent and order: quantifiers, ranks, and roles that are the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import numbers
from assistant.stance.aligning import Alignment, Match
from assistant.stance.amounts import amounts
from assistant.stance.deeds import influences
from assistant.stance.difference import Difference
from assistant.stance.words import units
from assistant.text import language_of, stem
from assistant.types import Span

# quantifiers and ranks

_QUANTIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "nearly all",
            r"\b(?:nearly|almost|virtually|practically) (?:all|every|each|the (?:entire|whole))\b|거의 (?:모든|모두|전부|전원)",
        ),
        (
            "all",
            r"(?<!nearly )(?<!almost )(?<!virtually )(?<!practically )\b(?:all|every|each|(?<!nearly the )(?<!almost the )(?:entire|whole)|always)\b"
            r"(?! (?:but|other|over))|(?<!거의 )(?:모든|모두|전부|전원|항상)",
        ),
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
    ("none", "all"), ("none", "most"), ("none", "some"), ("nearly all", "none"), ("nearly all", "few"), ("none", "nearly all"),
    ("few", "nearly all"),
}  # fmt: skip
_OVER = {
    ("all", "nearly all"), ("all", "most"), ("all", "some"), ("nearly all", "most"), ("nearly all", "some"), ("most", "some"),
}  # fmt: skip


def quantifiers(a: Alignment) -> Iterator[Difference]:
    said, read = _quantified(a.statement), _quantified(a.source)
    for name, span, head in said:
        match = next((m for m in a.matches if head is not None and m.unit.span == head and m.strength >= 0.6), None)
        if match is None:
            continue
        counted = [(o, t) for o, _, t in read if t is not None and any(p.overlaps(t) for p in match.places)]
        if not counted and name != "some" and not _as_much(name, a.source):
            yield Difference("quantity", "looser", f"it does not say “{span.slice(a.statement)}”", span)
        for other, _ in counted:
            if (name, other) in _AGAINST:
                yield Difference("quantity", "differs", f"“{other}”, where the statement says “{name}”", span, 1.0)
            elif (name, other) in _OVER:
                yield Difference("quantity", "looser", f"the source says “{other}”, not “{name}”", span)


_SHARE = {"most": 50, "nearly all": 85}


def _as_much(name: str, text: str) -> bool:
    """Whether a text gives a percentage that the quantifier says in words."""
    return name in _SHARE and any(t.unit == "percent" and t.low > _SHARE[name] for t in amounts(text))


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


def ranks(a: Alignment) -> Iterator[Difference]:
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


def roles(a: Alignment) -> Iterator[Difference]:
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
        names = all(a.is_name(m) for x, y, m in sides if x and y and x != y)
        straight = [m for x, y, m in sides if x and x == y and (a.is_name(m) or not names)]
        if crossed == {1, -1} and not straight:
            first, second = ([m for x, y, m in sides if x == side and y == -side] for side in (-1, 1))
            alike = [(m, o) for m in first for o in second if a.is_name(m) == a.is_name(o)]
            if alike:  # only things of one kind change places
                yield _swapped(*alike[0], sure=a.is_name(alike[0][0]) or not influences(a.statement, here))
            return
    yield from _compared(a, movable)


def _swapped(first: Match, second: Match, sure: bool = True) -> Difference:
    why = f"the roles of “{first.unit.surface}” and “{second.unit.surface}” are the other way round"
    return Difference("role", "differs" if sure else "open", why, first.unit.span, 1.0)


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
