"""The words of figures in one form, so that `OFDI` and `outward foreign direct investment` are one quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.lexicon import Phrase, lexicon, phrase, places
from assistant.stance.words import units
from assistant.text import language_of, stem
from assistant.types import Span
from assistant.types.policy import Figure

_IDLE = frozenset(
    stem(w)
    for w in """the a an of in to for and or total overall aggregate combined annual whole sector industry industries its their
    value amount volume level scale size number new record average gross 's country countries""".split()
) | frozenset(("총", "전체", "연간", "규모", "업종", "산업", "부문"))


_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:에서는|에는|에서|으로|은|는|이|가|을|를|의|에|로|과|와|도)$")
_NOUN_IN_UI = re.compile(r"(?:전공|전문|공보|수련|전임|회|협|논|정|합|강|심|동|건|문|결)의$")


@lru_cache(maxsize=16384)
def literal(words: str) -> tuple[tuple[str, Span], ...]:
    """The Korean words of a text that no known term covers, each without its particle: they stand for themselves."""
    found = []
    known = [u.span for u in units(words) if u.kind != "generic"]
    for m in re.finditer(r"[가-힣]{2,}", words):
        covered = sum(
            min(s.end, m.end()) - max(s.start, m.start()) for s in known if s.start < m.end() and m.start() < s.end
        )
        if covered:
            continue
        word = m.group() if _NOUN_IN_UI.search(m.group()) else _PARTICLE.sub("", m.group())
        if len(word) > 1:
            found.append((word, Span(m.start(), m.start() + len(word))))
    return tuple(found)


@lru_cache(maxsize=16384)
def form(words: str) -> frozenset[str]:
    """The stems of a phrase, each known term by the first of its synonyms; a Korean one by its English, where known."""
    bare = re.sub(r"['\u2019]s?(?=\s|$)|s['\u2019](?=\s|$)", lambda m: "s" if m.group().startswith("s") else "", words)
    if language_of(bare) == "ko":
        found: set[str] = set()
        for u in units(bare):
            known = places()
            best = next((known[f] for f in u.forms if f in known), None)
            english = next((f for f in u.forms if f and f[0].isascii()), None)
            found |= set(phrase(best)) if best else set(_canonical(english)) if english else set(u.forms[0])
        found |= {word for word, _ in literal(bare) if not re.fullmatch(r"[년월일]+|같은|현재|기준", word)}
        return frozenset(w for w in found if w not in _IDLE)
    stems = phrase(bare)
    words_known = lexicon()
    places_known = places()
    made: set[str] = set()
    i = 0
    while i < len(stems):
        n = next((n for n in (3, 2, 1) if stems[i : i + n] in places_known), 0)
        if n:
            made |= set(phrase(places_known[stems[i : i + n]]))
        else:
            n = words_known.match(stems, i) or 1
            made |= set(_canonical(stems[i : i + n]))
        i += n
    return frozenset(w for w in made if w not in _IDLE and not re.fullmatch(r"(?:fy)?(?:19|20)\d\d|fy", w))


@lru_cache(maxsize=16384)
def _canonical(own: Phrase) -> Phrase:
    return min([own, *lexicon().synonyms.get(own, ())], key=lambda f: (-len(f), f))


def step(figure: Figure) -> Decimal:
    """Half a unit of the last place that was written: what rounding may hide. Of a whole number that ends in noughts, half
    the last other place where two digits or more stand before them.
    """
    m = re.search(r"\d[\d,]*(?:\.(?P<places>\d+))?", figure.surface)
    if m is None:
        return Decimal(0)
    digits = Decimal(m.group().replace(",", "").rstrip("."))
    if not digits:
        return Decimal(0)
    first = figure.low if figure.low == figure.high or abs(figure.low) >= digits else figure.high
    scale = abs(first) / digits
    if m["places"]:
        return scale * Decimal(1).scaleb(-len(m["places"])) / 2
    whole = str(int(digits))
    bare = whole.rstrip("0")
    if len(whole) - len(bare) >= 2 and len(bare) >= 2:
        return scale * Decimal(10) ** (len(whole) - len(bare)) / 2
    exact = figure.unit in ("count", "people", "rank") and scale == 1
    return Decimal(0) if exact else scale / 2


def compatible(one: Figure, other: Figure) -> bool:
    """Whether two figures of the same thing agree: within rounding, and as far as their bounds go."""
    low_a, high_a = _reach(one)
    low_b, high_b = _reach(other)
    return (high_b is None or low_a is None or low_a <= high_b) and (high_a is None or low_b is None or low_b <= high_a)


def _reach(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    slack = step(figure)
    if figure.bound == "over":
        return figure.low - slack, None
    if figure.bound == "under":
        return None, figure.high + slack
    if figure.bound == "about":
        slack = max(slack, abs(figure.low) / 20)
    return figure.low - slack, figure.high + slack
