"""Which words of a statement stand in a source, and where: the ground on which their differences are judged."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.protocols import Vectors
from assistant.quantities import numbers
from assistant.stance.amounts import amounts, hedges
from assistant.stance.clauses import frames
from assistant.stance.deeds import keys
from assistant.stance.words import PREDICATES, Unit, bag, denials, poles, says, units
from assistant.text import language_of, stem, terms, tokens
from assistant.types import Span

Weigh = Callable[[str], float]
"""A stem's inverse document frequency."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text as the embedder sees them: where each stands, and its unit vector."""

    spans: tuple[Span, ...]
    rows: Vectors


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of the statement, how far the source says it (0 to 1), and where: no place where it is its context that
    says so, or nothing does.
    """

    unit: Unit
    weight: float
    strength: float
    places: tuple[Span, ...]
    exact: bool
    """Whether a word says so, not only likeness."""
    own: float = 0.0
    """How far the source says it without its context."""


_MODIFIERS = frozenset("nearly almost virtually practically about around approximately roughly".split())
"""Words that say how exactly an extent is meant: no statement is about them."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A statement beside a source."""

    statement: str
    source: str
    context: str
    matches: tuple[Match, ...]
    foreign: bool
    """Whether the two are in different languages: likeness then says nothing."""

    def coverage(self, without: Sequence[Span] = (), context: bool = True) -> float:
        """How much of the statement the source says, by weight; 0 where nothing is left to compare. Its context counts
        where `context`.
        """
        kept = [m for m in self.matches if not any(s.overlaps(m.unit.span) for s in without)]
        total = sum(m.weight for m in kept)
        return sum(m.weight * (m.strength if context else m.own) for m in kept) / total if total else 0.0

    def lacking(self) -> tuple[str, ...]:
        """What of the statement the source does not say, the weightiest first."""
        lost = [m for m in self.matches if m.strength < 0.45 and m.unit.kind != "generic"]
        return tuple(m.unit.surface for m in sorted(lost, key=lambda m: -m.weight))

    def unnamed(self) -> tuple[str, ...]:
        """What the statement is about and the source does not name: its names, and its subject, the first that it
        speaks of behind an opening (`In 2016, …`).
        """
        opening = re.match(r"[^,]{0,40},\s", self.statement)
        behind = [m for m in self.matches if not opening or m.unit.span.start >= opening.end()]
        behind = [m for m in behind if m.unit.surface.lower() not in _MODIFIERS]
        subject = behind[:1]
        if len(behind) > 1 and behind[1].unit.span.start - behind[0].unit.span.end <= 1:  # `the new subsidy`
            said = [p.span for p in poles(self.statement) if p.axis in PREDICATES]
            subject += [m for m in behind[1:2] if not any(s.overlaps(m.unit.span) for s in said)]
        lost = [m for m in self.matches if m.unit.kind == "name" and m.strength < 0.45]
        if language_of(self.statement) == "en" and all(m.strength < 0.45 for m in subject):
            lost = [*subject, *lost]
        return tuple(dict.fromkeys(m.unit.surface for m in lost))

    def is_name(self, m: Match) -> bool:
        """Whether a word is a name: known as one, or with a capital inside a sentence, here or there."""
        if m.unit.kind == "name":
            return True
        stands = [(self.statement, m.unit.span), *((self.source, p) for p in m.places)]
        return all(p.slice(t)[:1].isupper() for t, p in stands) and any(p.start > 0 for _, p in stands)

    def affinity(self, here: Span, there: Span, apart: Sequence[Span] = ()) -> float:
        """How far what stands around `here` in the statement also stands around `there` in the source, 0 to 1; what
        overlaps `apart` in the statement is left aside.
        """
        total = alike = 0.0
        for m in self.matches:
            if m.unit.span.overlaps(here) or m.unit.kind == "generic" or any(s.overlaps(m.unit.span) for s in apart):
                continue
            near = m.weight * _nearness(self.statement, m.unit.span, here) ** 2
            total += near
            if m.places:
                alike += near * m.strength * max(_nearness(self.source, p, there) for p in m.places)
        return min(1.0, alike / total) if total else 0.0

    def leaning(self, here: Span, one: Sequence[Span], other: Sequence[Span], apart: Sequence[Span] = ()) -> float:
        """Which places of the source stand among its words as `here` stands among the statement's: 1 the first, -1 the
        second, 0 both alike.
        """

        def unlike(there: Span) -> float:
            return sum(
                m.weight * m.strength * abs(_nearness(self.statement, m.unit.span, here) - near)
                for m in self.matches
                if m.places and not m.unit.span.overlaps(here) and not any(s.overlaps(m.unit.span) for s in apart)
                for near in [max(_nearness(self.source, p, there) for p in m.places)]
            )

        first, second = min(map(unlike, one)), min(map(unlike, other))
        return (second - first) / (first + second) if first + second > 0.05 else 0.0


_PART = re.compile(r"[,;:]|\b(?:and|while|but|whereas|or)\b|며\s|고\s|만\s")
_ASIDE = re.compile(r",\s(?:which|who|having|after|once|despite|although)\b[^,]*,|\([^()]*\)")
_DECAY = 45.0
"""Characters over which a neighbour's word loses two thirds of its weight; a clause's end counts as many."""


@lru_cache(maxsize=200_000)
def _nearness(text: str, a: Span, b: Span) -> float:
    start, end = min(a.end, b.end), max(a.start, b.start)
    between = _ASIDE.sub(" ", text[start:end]) if start < end else ""
    return math.exp(-(len(between) + 0.7 * _DECAY * len(_PART.findall(between))) / _DECAY)


_KIND = {"term": 1.0, "name": 1.25, "generic": 0.15}
SAME_AXIS = 0.9
"""What a word counts that is said by another of its axis; which side is said is judged apart."""
LIKE_LOW, LIKE_HIGH, LIKE_MOST = 0.42, 0.82, 0.85
"""Cosines of token vectors: below the first two words are unlike, above the second as good as one; likeness alone
counts `LIKE_MOST` at most."""


def align(
    statement: str,
    source: str,
    context: str = "",
    said: Tokens | None = None,
    read: Tokens | None = None,
    weigh: Weigh = lambda term: 1.0,
) -> Alignment:
    """The statement's units with what the source says of each."""
    foreign = language_of(statement) != language_of(source)
    at = _positions(source)
    own, around = bag(source), bag(context)
    axes = {p.axis for p in poles(source)}
    taken = [*(a.span for a in amounts(statement)), *hedges(statement), *(n.span for n in numbers(statement))]
    taken += [d.span for d in denials(statement)]
    found = []
    for unit in units(statement):
        if any(t.overlaps(unit.span) for t in taken):
            continue
        strength, places = says(unit, own), _literal(unit, source, _places(unit, at))
        exact = strength >= 0.85
        if strength < 1.0 and not foreign and said is not None and read is not None and unit.kind != "name":
            like, where = _like(unit.span, said, read)
            if like > strength:
                strength, places = like, (where,) if where else places
        mine = {p.axis for p in poles(statement) if p.span.overlaps(unit.span)}
        if strength < SAME_AXIS and (shared := mine & axes):
            strength, places = SAME_AXIS, tuple(p.span for p in poles(source) if p.axis in shared)
        alone = strength
        if (outside := 0.85 * says(unit, around)) > strength:
            strength, places, exact = outside, (), True
        found.append(Match(unit, _weight(unit, weigh), strength, places, exact, alone))
    return _settled(_worded(Alignment(statement, source, context, tuple(found), foreign)))


def _worded(a: Alignment) -> Alignment:
    """A verb of several words (`went up`, `turned down`) is said by one of its set in the source, or says one."""
    if a.foreign or language_of(a.statement) == "ko":
        return a
    lost = [m for m in a.matches if m.own < SAME_AXIS]
    mine = [f.verb for f in frames(a.statement) if not f.empty and any(m.unit.span.overlaps(f.verb) for m in lost)]
    met: dict[Span, Span] = {}
    for verb in mine:
        sets = {k for k in keys(a.statement, verb) if k.startswith("#")}
        there = [f.verb for f in frames(a.source) if not f.empty and sets & keys(a.source, f.verb)]
        if there:
            met[verb] = there[0]
    kept = []
    for m in a.matches:
        at = next((met[v] for v in met if m.unit.span.overlaps(v)), None) if m in lost else None
        kept.append(m if at is None else replace(m, strength=SAME_AXIS, own=SAME_AXIS, places=(at,), exact=True))
    return replace(a, matches=tuple(kept))


def _settled(a: Alignment) -> Alignment:
    """An opposite or its like (`increased` beside `more`) counts only where it stands with the same things."""
    mine = {p.span for p in poles(a.statement)}
    kept = []
    for m in a.matches:
        if m.strength == SAME_AXIS and m.unit.span in mine and m.places and len(a.matches) > 1:
            beside = max(a.affinity(m.unit.span, p) for p in m.places)
            if beside < 0.35:
                m = replace(m, strength=0.5 * SAME_AXIS, own=0.5 * SAME_AXIS)
        kept.append(m)
    return replace(a, matches=tuple(kept))


def _weight(unit: Unit, weigh: Weigh) -> float:
    rarity = min(sum(map(weigh, form)) / len(form) for form in unit.forms if form)
    return _KIND[unit.kind] * math.sqrt(max(0.5, rarity))


def _like(span: Span, said: Tokens, read: Tokens) -> tuple[float, Span | None]:
    rows = [i for i, s in enumerate(said.spans) if s.overlaps(span)]
    if not rows or not len(read.rows):
        return 0.0, None
    cosines = said.rows[rows] @ read.rows.T
    best = float(cosines.max(axis=1).mean())
    where = read.spans[int(np.argmax(cosines.max(axis=0)))]
    return LIKE_MOST * min(1.0, max(0.0, (best - LIKE_LOW) / (LIKE_HIGH - LIKE_LOW))), where


@lru_cache(maxsize=4096)
def _positions(text: str) -> dict[str, tuple[Span, ...]]:
    """Where each stem stands; of Korean also the English of its terms, and its bigrams."""
    found: dict[str, list[Span]] = {}
    for token in tokens(text):
        for own in terms(token.text, keep_stopwords=True) if token.kind == "hangul" else [stem(token.text)]:
            found.setdefault(own, []).append(token.span)
    for unit in units(text):
        for form in unit.forms:
            for word in form:
                if unit.span not in found.setdefault(word, []):
                    found[word].append(unit.span)
    return {k: tuple(v) for k, v in found.items()}


def _literal(unit: Unit, source: str, places: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where the word itself stands, if it does: beside `inflation`, `prices increased` names another thing."""
    if language_of(unit.surface) == "ko":
        same = [p for p in places if unit.surface.replace(" ", "") in p.slice(source).replace(" ", "")]
    else:
        same = [
            p
            for p in places
            if tuple(stem(t.text) for t in tokens(p.slice(source)))[: len(unit.forms[0])] == unit.forms[0]
        ]
    return tuple(same) or places


def _places(unit: Unit, at: dict[str, tuple[Span, ...]]) -> tuple[Span, ...]:
    for form in unit.forms:
        if form and all(s in at for s in form):
            return at[min(form, key=lambda s: len(at[s]))]
    return ()
