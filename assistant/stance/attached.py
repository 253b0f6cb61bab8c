"""Whether a figure that stands in both is a figure of the same thing: amounts are told apart by their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.quantities import numbers
from assistant.stance.aligning import Alignment
from assistant.stance.amounts import agree
from assistant.stance.clauses import frames
from assistant.stance.keys import Key, keys, part_of
from assistant.stance.words import units
from assistant.text import language_of, stem, tokens
from assistant.types import Span

CLEAR = 0.9
"""How much better a rival must fit before the source is said to say otherwise."""
LEVEL = 0.15
"""Within how much two amounts of the source fit alike, so that which one is meant is open."""
CARRIED = 0.7
"""What a word of an earlier part counts in a later one, which may lean on it."""
STRANGE = 0.7
"""What a word takes away that stands with the source's amount and not in the statement."""
KNOWN = 0.45
"""Strength from which a word of the statement is one that the source says."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What became of an amount whose figure the source has: `rival` is the amount that the source gives in its stead;
    without one it is open which is meant, and `why` says why.
    """

    rival: Key | None
    why: str


def unsettled(a: Alignment, s: Key, same: Sequence[Key]) -> Settling | None:
    """What is against taking one of `same`, whose figure is that of `s`, for the amount that the statement means; None
    where nothing is.
    """
    own = keys(a.source)
    rivals = [k for k in own if k not in same and comparable(a, s, k) and not anaphoric(a.source, k)]
    faults = {k: fault(a, s, k) for k in [*same, *rivals]}
    sound = [k for k in same if faults[k] is None]
    fitting = [k for k in rivals if faults[k] is None]
    if not sound:
        best = max(fitting, key=lambda k: fit(a, s, k), default=None)
        return Settling(best, faults[same[0]] or "")
    if not fitting:
        return None
    mine = max(fit(a, s, k) for k in sound)
    rival = max(fitting, key=lambda k: fit(a, s, k))
    theirs = fit(a, s, rival)
    if theirs > mine + CLEAR and not a.foreign:
        return Settling(rival, "")
    strayed = [h for h in s.heads if (at := _found(a, h)) and all(_in(p, rival.heads) for p in at)]
    if strayed:
        of = strayed[0].slice(a.statement)
        return Settling(None, f"the source says {rival.amount.surface} of “{of}”, not {s.amount.surface}")
    if theirs >= mine - LEVEL:
        words = s.amount.surface
        return Settling(None, f"whether {words} is said of that, or {rival.amount.surface}, is not settled")
    return None


def comparable(a: Alignment, s: Key, k: Key) -> bool:
    """Whether an amount of the source could stand where the statement's does."""
    return s.amount.unit == k.amount.unit and agree(s.amount, k.amount) == "differs"


def anaphoric(text: str, k: Key) -> bool:
    """`The two countries`, `these three`: known already, and no count that is given."""
    before = text[max(0, k.amount.span.start - 12) : k.amount.span.start]
    return (
        k.amount.unit == "count"
        and k.amount.high <= 12
        and bool(re.search(r"\b(?:the|these|those|both|its|their|all|other)\s$", before, re.I))
    )


def fault(a: Alignment, s: Key, k: Key) -> str | None:
    """Why two amounts are not amounts of one thing, whatever stands around them."""
    if not _roles_agree(a, s, k):
        return f"the source says “{_told(a.source, k)}”, the statement “{_told(a.statement, s)}”"
    if s.counter and k.counter and s.counter != k.counter:
        return f"the source says “{k.amount.surface}{k.counter}”, not “{s.amount.surface}{s.counter}”"
    if (
        s.amount.unit == "count"
        and s.heads
        and k.heads
        and not _counted_so(a, s, k)
        and not shares(a, s.heads, k.heads)
    ):
        counted = [x for x in keys(a.source) if x is not k and x.amount.unit == "count" and shares(a, s.heads, x.heads)]
        if counted or _named(a, s.heads[-1]):
            return f"the source counts {_phrase(a.source, k)}, not {_phrase(a.statement, s)}"
    return None


def _told(text: str, k: Key) -> str:
    before = re.search(
        r"(?:\S+\s){0,2}(?:US\$|USD|KRW|EUR|[$\u20ac\u20a9\u00a3\u00a5])?\s?$", text[: k.amount.span.start]
    )
    behind = re.match(r"[^\s.,;]{0,6}(?:\s[가-힣]{2,8})?", text[k.amount.span.end :])
    if language_of(text) == "ko":
        return f"{k.amount.surface}{behind.group() if behind else ''}"
    return f"{before.group() if before else ''}{k.amount.surface}"


def _phrase(text: str, k: Key) -> str:
    spans = [k.amount.span, *k.heads]
    return "“" + text[min(s.start for s in spans) : max(s.end for s in spans)] + "”"


def _roles_agree(a: Alignment, s: Key, k: Key) -> bool:
    if s.role == k.role or (s.role is None and k.role != "from") or k.role is None:
        return True
    if k.role == "from" and s.role in (None, "level"):
        # What it was before: only where the statement says of when it speaks.
        return _dated_alike(a, s, k) or bool(_BEFORE.search(a.statement))
    return s.role == "from" and k.role == "level" and _dated_alike(a, s, k)


_BEFORE = re.compile(
    r"\b(?:before|previous(?:ly)?|former(?:ly)?|earlier|initial(?:ly)?|had (?:been|stood)|original(?:ly)?)\b|이전|종전|기존|당초|였던"
)


def _dated_alike(a: Alignment, s: Key, k: Key) -> bool:
    """Whether the year at the source's amount is one that the statement gives for its own."""
    mine = {y for y, p in _years(a.statement) if part_of(a.statement, p) == s.part}
    at = k.amount.span.end
    return any(y in mine and 0 <= p.start - at <= 16 and part_of(a.source, p) == k.part for y, p in _years(a.source))


# which amount of the source stands with what the statement's does


def fit(a: Alignment, s: Key, k: Key) -> float:
    """How well what the statement says of its amount is what the source says of one of its own: words shared, of what
    is counted twice, less words that are the source's only. What stands in an earlier part may be meant in a later one.
    """
    heads = [h for other in keys(a.statement) for h in other.heads]
    theirs = [h for other in keys(a.source) if other is not k for h in other.heads]
    total = 2.0 * shares(a, s.heads, k.heads)
    said = [(h, _found(a, h)) for h in s.heads]
    total += sum(1.0 for _, at in said if any(_here(a, p, k) and not _in(p, [*theirs, *k.heads]) for p in at))
    for span, at in _companions(a, heads):
        part = part_of(a.statement, span)
        weight = 1.0 if part == s.part else 0.5 if part < s.part else 0.0
        weight *= 2.0 if span.slice(a.statement).isdigit() else 1.0  # a year
        near = [
            1.0 if part == s.part and _here(a, p, k) else CARRIED
            for p in at
            if part_of(a.source, p) <= k.part and not _in(p, theirs)
        ]
        total += weight * max(near, default=0.0)
    known = [p for span, at in _companions(a, ()) for p in at] + [p for h in heads for p in _found(a, h)]
    for u in units(a.source):
        if u.kind != "generic" and _here(a, u.span, k) and not _in(u.span, known) and not _in(u.span, theirs):
            # Of another language a word that is not known may be one that the statement says.
            total -= 0.0 if a.foreign else 1.0 if _in(u.span, k.heads) else STRANGE
    total += 2.0 * _counted_so(a, s, k)
    if s.heads:
        mine = [p for h in s.heads for p in _found(a, h)]
        total -= sum(1.0 for h in k.heads if _in(h, known) and not _in(h, mine))
    if k.base and s.base:
        total += 1.0 if k.base == s.base else -1.0
    return total + 0.2 * _neighbours(a, s, k)


_COUNTED = {
    "개국": "country state nation", "국": "country state nation", "개사": "firm company", "명": "person people worker",
    "인": "person people", "척": "ship vessel boat trawler", "가구": "household", "세대": "household", "건": "case",
    "개교": "school",
}  # fmt: skip
"""What Korean counters count, in English."""


def _counted_so(a: Alignment, s: Key, k: Key) -> bool:
    """Whether the counter on one side says what the noun on the other does."""
    if not a.foreign:
        return False
    for one, text, other in ((s, a.source, k), (k, a.statement, s)):
        words = {stem(w) for w in _COUNTED.get(one.counter, "").split()}
        if words & {stem(h.slice(text).lower()) for h in other.heads}:
            return True
    return False


def _companions(a: Alignment, heads: Sequence[Span]) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """The words of the statement that the source has, years among them where they tell its parts apart."""
    for m in a.matches:
        if m.unit.kind != "generic" and m.places and m.own >= KNOWN and not _in(m.unit.span, heads):
            yield m.unit.span, m.places
    theirs = _years(a.source)
    if len({y for y, _ in theirs}) > 1:
        for year, span in _years(a.statement):
            yield span, tuple(p for y, p in theirs if y == year)


def _here(a: Alignment, place: Span, k: Key) -> bool:
    return part_of(a.source, place) == k.part


def _in(span: Span, spans: Sequence[Span]) -> bool:
    return any(span.overlaps(s) for s in spans)


def shares(a: Alignment, mine: Sequence[Span], theirs: Sequence[Span]) -> int:
    return sum(any(_in(p, theirs) for p in _found(a, h)) for h in mine)


_WIDE = frozenset(
    stem(w)
    for w in """total overall whole annual yearly national country aggregate combined entire domestic new net gross current
    average first last same own government number share rate level amount value volume cost figure sum part""".split()
) | {"총", "전체", "연간", "국내", "규모", "이후", "이전", "동안", "당시", "현재", "대비", "최근"}
"""What stands with a noun and makes it no narrower."""
_VERB = re.compile(r"(?:ed|ly)$")
_LINK = re.compile(
    r"\s(?:of|in|to|for|from|with|by|among|on)\s(?:(?:the|all|its|their|other|these|those|a|an)\s)*", re.I
)
_GAP = re.compile(r"(?:\s|-)(?:the\s)?")


def narrower(a: Alignment, s: Key, k: Key) -> str | None:
    """What the source says its amount of, where that is another or narrower thing than the statement's: a word of its
    own before, or behind `of`, a noun that both have (`textile exports` beside `exports`).
    """
    if a.foreign:
        return None
    known = [p for m in a.matches if m.own >= KNOWN for p in m.places]
    exact = [p for m in a.matches if m.exact and m.places and m.own >= 0.85 for p in m.places]
    counted = [x.amount.span for x in keys(a.source)]
    own = [u for u in units(a.source) if u.kind != "generic" and _here(a, u.span, k) and not _VERB.search(u.surface)]
    own = [u for u in own if not _in(u.span, counted)]
    if language_of(a.source) == "en":  # `paid a charge of six crowns`: a verb is no narrower thing
        deeds = [f.verb for f in frames(a.source) if not f.empty]
        own = [u for u in own if not _in(u.span, deeds)]
    for u in own:
        if _in(u.span, known) or any(stem(w) in _WIDE for w in re.findall(r"\w+", u.surface.lower())):
            continue
        if language_of(a.source) == "ko":
            if any(re.fullmatch(r"의?\s", a.source[u.span.end : p.start]) for p in exact if u.span.end < p.start):
                return u.surface
            continue
        if u.span.start > k.amount.span.end and not _in(u.span, k.heads):
            continue  # what follows the amount is said besides
        before = not u.surface.endswith("ing") and any(
            u.span.end < p.start and _GAP.fullmatch(a.source, u.span.end, p.start) for p in exact
        )
        behind = any(p.end < u.span.start and _LINK.fullmatch(a.source, p.end, u.span.start) for p in exact)
        if before or behind:
            return u.surface
    return None


def _named(a: Alignment, head: Span) -> bool:
    return bool(_found(a, head))


def _found(a: Alignment, span: Span) -> tuple[Span, ...]:
    """Where the source has a word of the statement."""
    found = [p for m in a.matches if m.unit.span.overlaps(span) and m.own >= KNOWN for p in m.places]
    return tuple(dict.fromkeys([*found, *_stems(a.source).get(stem(span.slice(a.statement).lower()), ())]))


@lru_cache(maxsize=4096)
def _stems(text: str) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {}
    for token in tokens(text):
        found.setdefault(stem(token.text), []).append(token.span)
    return {k: tuple(v) for k, v in found.items()}


@lru_cache(maxsize=4096)
def _years(text: str) -> tuple[tuple[int, Span], ...]:
    return tuple((int(n.value), n.span) for n in numbers(text) if n.kind == "year" and n.value == int(n.value))


def _neighbours(a: Alignment, s: Key, k: Key) -> int:
    """How many of the two words on either side are the same."""
    same = 0
    for step in (-1, 1):
        for mine, theirs in zip(_beside(a.statement, s, step), _beside(a.source, k, step), strict=False):
            same += mine == theirs
    return same


def _beside(text: str, k: Key, step: int) -> list[str]:
    if step < 0:
        return re.findall(r"\w+", text[max(0, k.amount.span.start - 40) : k.amount.span.start])[:-3:-1]
    return re.findall(r"\w+", text[k.amount.span.end : k.amount.span.end + 40])[:2]
