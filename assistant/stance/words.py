"""The words of a text as they are compared: units that may stand in another form or language, opposites, negation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from assistant.lexicon import Phrase, lexicon, phrase, places
from assistant.questions import understand
from assistant.text import STOPWORDS, Token, language_of, stem, terms, tokens
from assistant.types import Span

UnitKind = Literal["term", "name", "generic"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a text speaks of, with every form that it may take elsewhere, its own first."""

    surface: str
    span: Span
    forms: tuple[Phrase, ...]
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Pole:
    """A word that has an opposite: `sign` is which side of its axis is said, a negation counted in."""

    axis: str
    sign: int
    surface: str
    span: Span
    denied: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """A negation and the words that it governs."""

    span: Span
    scope: Span


@cache
def _opposites() -> tuple[dict[Phrase, tuple[tuple[str, int], ...]], dict[str, tuple[tuple[str, int], ...]]]:
    """English phrases of stems, and beginnings of Korean words, each with its axes and signs."""
    english: dict[Phrase, list[tuple[str, int]]] = {}
    korean: dict[str, list[tuple[str, int]]] = {}
    text = resources.files("assistant").joinpath("data", "opposites.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        axis, plus, minus = line.split("\t")
        for sign, words in ((1, plus), (-1, minus)):
            for word in filter(None, (w.strip() for w in words.split(";"))):
                if language_of(word) == "ko":
                    korean.setdefault(word, []).append((axis, sign))
                elif (axis, sign) not in english.setdefault(phrase(word), []):
                    english[phrase(word)].append((axis, sign))
    return {k: tuple(v) for k, v in english.items()}, {k: tuple(v) for k, v in korean.items()}


_ENGLISH_NOT = re.compile(
    r"\b(?:not(?! (?:only|just|merely|least))|never|no(?!\.? ?\d|\.|-one| (?:fewer|less|later|more|sooner) than)|neither|nor|"
    r"none of|nobody|nothing|without|cannot|hardly|scarcely|fail(?:s|ed|ing)? to|failure to|lack(?:s|ed|ing)? (?:of )?|"
    r"absence of|rather than|instead of|unlike|far from|no longer|refus(?:e|es|ed|ing) to|declin(?:e|es|ed|ing) to)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_KOREAN_NOT = re.compile(
    r"(?:지|지는|지도|지를|진)\s?(?:않|못하|못했|못한|아니)|(?:이|가|은|는)\s?(?:아니|없)|\s없(?:이|다|었|는|음)|아닌"
)
_KOREAN_BEFORE = re.compile(r"(?:^|\s)(?:안|못)\s(?=[가-힣])")
_CLAUSE = re.compile(
    r"[;:,.](?=\s|$)|\s[\u2013\u2014-]\s|\b(?:but|while|whereas|although|though|because|since|which|who|whose|that|if|unless)\b",
    re.IGNORECASE,
)
_REACH = 60
"""Characters that an English negation governs at most."""


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[Denial, ...]:
    """The negations of a text: an English one governs what follows in its clause, a Korean one what stands before it."""
    found = []
    for m in _ENGLISH_NOT.finditer(text):
        stop = _CLAUSE.search(text, m.end())
        end = min(stop.start() if stop else len(text), m.end() + _REACH)
        found.append(Denial(Span(*m.span()), Span(m.end(), max(end, m.end()))))
    for m in _KOREAN_NOT.finditer(text):
        begin = max((text.rfind(c, 0, m.start()) for c in ",.;"), default=-1) + 1
        words = [w.start() for w in re.finditer(r"\S+", text[begin : m.start()])]
        start = begin + words[-2 if len(words) > 1 else -1] if words else m.start()
        found.append(Denial(Span(*m.span()), Span(start, m.start())))
    for m in _KOREAN_BEFORE.finditer(text):
        end = text.find(" ", m.end())
        found.append(Denial(Span(*m.span()), Span(m.end(), end if end > 0 else len(text))))
    return tuple(found)


_POLE_REACH = 4
"""Words between a negation and the opposite that it turns round, at most."""


@lru_cache(maxsize=4096)
def poles(text: str) -> tuple[Pole, ...]:
    """Every word of the text that has an opposite."""
    english, korean = _opposites()
    found: list[Pole] = []
    seen = tokens(text)
    stems = [stem(t.text) for t in seen]
    i = 0
    while i < len(seen):
        n = next((n for n in (3, 2, 1) if tuple(stems[i : i + n]) in english and i + n <= len(seen)), 0)
        for axis, sign in english.get(tuple(stems[i : i + n]), ()) if n else ():
            if _idle(text, seen, i, axis):
                continue
            before = seen[i - 1].text if i else ""
            if before in _DEGREES and axis != "more":  # `less expensive` is the other side, `more expensive` this one
                sign = -sign if before in ("less", "least") else sign
                found = [p for p in found if p.span != seen[i - 1].span]
            found.append(_pole(text, axis, sign, Span(seen[i].span.start, seen[i + n - 1].span.end)))
        if not n and seen[i].kind == "hangul":
            found.extend(_korean_poles(text, seen[i], korean))
        i += n or 1
    return tuple(found)


_DEGREES = ("more", "most", "less", "least")


def _idle(text: str, seen: Sequence[Token], i: int, axis: str) -> bool:
    """Uses in which a word names no side: `more than 5`, `at least`, `most of`, `back to`, `up to`."""
    if seen[i].text == "goods":  # its stem is that of `good`
        return True
    word, after = seen[i].text, seen[i + 1].text if i + 1 < len(seen) else ""
    if (
        word in ("more", "less", "fewer", "up", "higher", "lower", "greater")
        and after in ("than", "to")
        and i + 2 < len(seen)
    ):
        return (
            seen[i + 2].kind == "number"
            or text[seen[i + 2].span.start - 1 : seen[i + 2].span.start] in "$\u20ac\u20a9\u00a3"
        )
    if word in ("against", "back", "left", "close", "fair", "found", "bar", "may", "cost", "war") and axis in (
        "stand",
        "begin",
        "permit",
    ):
        return word != "against" and word != "left"
    return False


def _korean_poles(text: str, token: Token, korean: dict[str, tuple[tuple[str, int], ...]]) -> Iterator[Pole]:
    run, at = token.text, 0
    while at < len(run):
        n = next((n for n in range(min(6, len(run) - at), 0, -1) if run[at : at + n] in korean), 0)
        if n >= 2:
            for axis, sign in korean[run[at : at + n]]:
                yield _pole(text, axis, sign, Span(token.span.start + at, token.span.start + at + n))
        at += n or 1


PREDICATES = frozenset(
    "more good stand permit duty begin tight strong can there inside truth win resolved steady sure open price same free "
    "direct lasting speed being".split()
)
"""Axes of what happens: `did not rise` turns them round. Those of what it happens to (imports, women) stay as they are,
but behind `rather than` and the like."""
THINGS = frozenset(
    "trade flow sex age owner home settled north east skill work size stream stage cost asset give made pay wealth".split()
)
"""Axes of what something happens to: exports that fell say nothing against imports that rose."""
_CONTRASTED = re.compile(r"rather|instead|unlike", re.IGNORECASE)


def _pole(text: str, axis: str, sign: int, span: Span) -> Pole:
    denied = False
    for d in denials(text):
        if not d.scope.contains(span) or (axis not in PREDICATES and not _CONTRASTED.match(d.span.slice(text))):
            continue
        between = text[d.span.end : span.start] if d.span.end <= span.start else text[span.end : d.span.start]
        if len(re.findall(r"\w+", between)) < _POLE_REACH:
            denied = not denied
    return Pole(axis, -sign if denied else sign, span.slice(text), span, denied)


def is_denied(text: str, span: Span, reach: int = _POLE_REACH) -> bool:
    """Whether a negation governs the word at `span` from close by."""
    count = 0
    for d in denials(text):
        if d.scope.contains(span):
            between = text[d.span.end : span.start] if d.span.end <= span.start else text[span.end : d.span.start]
            count += len(re.findall(r"\w+", between)) < reach
    return count % 2 == 1


_EMPTY = frozenset(
    stem(w)
    for w in """percent per cent percentage point million billion trillion thousand usd krw eur dollar won euro yen about
    around nearly almost virtually practically approximately roughly least most than year years total totalled totaled amount amounted figure rate
    respectively record recorded reach reached stand stood account accounted make made come came see saw""".split()
)


@lru_cache(maxsize=4096)
def units(text: str) -> tuple[Unit, ...]:
    """What a text speaks of, numbers left out; each with where it stands."""
    return tuple(_korean_units(text) if language_of(text) == "ko" else _english_units(text))


def _english_units(text: str) -> Iterator[Unit]:
    words = lexicon()
    known = places()
    seen = tokens(text)
    stems = [stem(t.text) for t in seen]
    i = 0
    while i < len(seen):
        token = seen[i]
        n = max(
            words.match(stems, i),
            next((n for n in (3, 2, 1) if i + n <= len(seen) and tuple(stems[i : i + n]) in known), 0),
        )
        if n <= 1 and (
            token.text in STOPWORDS or token.kind == "number" or (len(token.text) == 1 and token.kind == "word")
        ):
            i += 1
            continue
        n = max(1, n)
        own = tuple(stems[i : i + n])
        span = Span(token.span.start, seen[i + n - 1].span.end)
        surface = span.slice(text)
        capital = any(c.isupper() for c in surface) and (i > 0 or sum(map(str.isupper, surface)) > 1)
        named = capital or own in known or token.kind in ("initials", "code", "amp")
        kind: UnitKind = "generic" if n == 1 and own[0] in _EMPTY else "name" if named else "term"
        if token.kind == "hangul":
            own = tuple(terms(surface))
        others = [*words.synonyms.get(own, ())]
        if own in known:
            others += [form for form, place in known.items() if place == known[own]]
        yield Unit(surface, span, tuple(dict.fromkeys([own, *others])), kind)
        i += n


def _korean_units(text: str) -> Iterator[Unit]:
    at: dict[str, int] = {}
    for concept in understand(text).concepts:
        if concept.kind in ("year", "number"):
            continue
        pattern = r"\s?".join(map(re.escape, concept.surface.replace(" ", "")))
        m = re.compile(pattern, re.IGNORECASE).search(text, at.get(concept.surface, 0))
        if m is None:
            continue
        at[concept.surface] = m.end()
        kind: UnitKind = "name" if concept.kind == "name" else "generic" if concept.kind == "generic" else "term"
        yield Unit(concept.surface, Span(*m.span()), concept.forms, kind)


@lru_cache(maxsize=8192)
def bag(text: str) -> frozenset[str]:
    """All stems of a text; of Korean also its bigrams and the English of its terms."""
    own = terms(text, keep_stopwords=True)
    if any("\uac00" <= c <= "\ud7a3" for c in text):
        own += [s for u in _korean_units(text) for form in u.forms for s in form]
    return frozenset(own)


def says(unit: Unit, stems: frozenset[str]) -> float:
    """How far a bag of stems names a unit: 1 in its own words, .9 in another form, less where only a part stands."""
    best = 0.0
    for i, form in enumerate(unit.forms):
        share = sum(s in stems for s in form) / len(form)
        if share < 1.0:
            share = 0.7 * share if i == 0 and len(form) > 1 else 0.0
        best = max(best, share * (1.0 if i == 0 else 0.9))
    return best


@lru_cache(maxsize=4096)
def place_mentions(text: str) -> tuple[tuple[str, Span], ...]:
    """Every place that a text names, with where; Korean names by their English forms."""
    known = places()
    found = []
    for unit in units(text):
        place = next((known[form] for form in unit.forms if form in known), None)
        if place is not None:
            found.append((place, unit.span))
    if language_of(text) == "ko":
        for m in _TOWARDS.finditer(text):
            names = [m["place"]] if m["place"] else list(re.sub(r"[^가-힣]", "", m["two"]))
            found += [(_SHORT[name], Span(*m.span("place" if m["place"] else "two"))) for name in names]
    return tuple(dict.fromkeys(found))


_SHORT = {
    "미": "united states", "중": "china", "일": "japan", "한": "korea", "러": "russia", "북": "north korea", "영": "united kingdom",
    "독": "germany", "불": "france", "호": "australia", "대만": "taiwan", "인도": "india", "베트남": "vietnam", "유럽": "europe",
    "아세안": "asean", "캐나다": "canada", "멕시코": "mexico",
}  # fmt: skip
_TOWARDS = re.compile(
    r"(?<![가-힣])대(?:(?P<place>미|중|일|한|러|북|영|독|호|대만|인도|베트남|유럽|아세안|캐나다|멕시코)"
    r"(?=\s?(?:수출|수입|무역|교역|투자|관세|흑자|적자|의존|외교|정책|통상|제재|견제|협상|압박|경제|직접투자|지원|원조)))"
    r"|(?<![가-힣])(?P<two>[한미중일러북]·?[한미중일러](?:·?[한미중일러])?)"
    r"(?=\s(?:양국|3국|간|정상|정부|협정|통상|무역|관계|동맹|관세|경제|자유)|FTA|\sFTA|(?:관계|동맹|정상|협정|무역|통상|경제|갈등|협력))"
)
"""`대미 수출`: exports to the United States; `한중 양국`: Korea and China."""


def places_named(text: str) -> dict[str, Span]:
    """The places that a text names, each with where it stands first."""
    found: dict[str, Span] = {}
    for place, span in place_mentions(text):
        found.setdefault(place, span)
    return found
