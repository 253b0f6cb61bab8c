"""Names of a claim: people, organisations, countries, laws. Each must stand in its quotes, or in what stands around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon import lexicon, phrase, places
from assistant.names import names_in
from assistant.stance.words import Unit, bag, place_mentions, says, units
from assistant.text import STOPWORDS, fold, language_of, stem, tokens
from assistant.verification.ground import Fault, Ground

_MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_COMMON = frozenset(
    stem(w)
    for w in """the this that these those it its they their he she his her we our and or of for to in on at by with from as while when where
    if since after before during under over both each all some most many few more less first second third another other such
    according however moreover further furthermore also still yet but so thus hence then there here what which who how why
    table figure section note article chapter president minister government paper report study author authors act law bank
    ministry department agency administration agreement trade state states union""".split()
)
"""Words that stand with a capital and name nothing by themselves."""
_CAPITAL = re.compile(
    r"(?<![\w'\u2019])(?:[A-Z][A-Za-z0-9\u00c0-\u024f&]*(?:[.'\u2019-](?=[A-Za-z0-9])[A-Za-z0-9\u00c0-\u024f&]+)*|[a-z]{0,2}[A-Z]{2,}[A-Za-z0-9]*)"
)


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """Every name of the claim that neither the quotes nor their surroundings have."""
    yield from _places(claim, ground)
    yield from _others(claim, ground)


def _places(claim: str, ground: Ground) -> Iterator[Fault]:
    held = {p for s in ground.sources for p, _ in place_mentions(s)}
    around = {p for p, _ in place_mentions(ground.context)} | {
        p for one in ground.around.words.split(" . ") for p, _ in place_mentions(one)
    }
    said = " ".join(ground.sources)
    for place, span in place_mentions(claim):
        surface = span.slice(claim)
        if place in held or place in around or fold(surface).text in fold(said).text:
            continue
        if place == "korea" and "korea" in fold(f"{said} {ground.context}").text:
            continue
        others = sorted(held - {p for p, _ in place_mentions(claim)})
        why = f"another country: {_title(others[0])}, not {_title(place)}" if len(others) == 1 else ""
        yield Fault("place", why or f"“{surface}” stands in no quote", against=len(others) == 1)


def _title(place: str) -> str:
    return " ".join(w.upper() if len(w) <= 3 else w.capitalize() for w in place.split())


def _others(claim: str, ground: Ground) -> Iterator[Fault]:
    whole = " . ".join([*ground.sources, ground.context])
    known = bag(whole) | {p for s in ground.sources for p in bag(s)}
    plain = {t.text.rstrip("'\u2019") for t in tokens(whole)} | {
        part for t in tokens(whole) for part in re.split(r"[-/]", t.text)
    }
    initials = initials_of(whole)
    foreign = language_of(claim) != language_of(" ".join(ground.quotes))
    taken = [s for _, s in place_mentions(claim)]
    for unit in units(claim):
        korean = re.search("[가-힣]", unit.surface) is not None
        if unit.kind != "name" or any(s.overlaps(unit.span) for s in taken) or _is_place(unit):
            continue
        if not korean or says(unit, known) >= 0.85 or _of_place(unit.surface):
            continue
        if _person(unit.surface, ground) if foreign else unit.surface in whole:
            continue
        yield Fault("name", f"“{unit.surface}” stands in no quote")
    for m in _CAPITAL.finditer(claim):
        if any(s.start <= m.start() < s.end for s in taken) or _opens(claim, m, plain):
            continue
        for part in re.split(r"[-/]", re.sub(r"['\u2019]s?$", "", m.group())):
            if not _held(part, plain, known, initials) and not _spelled(part, claim, plain):
                language = language_of(" ".join(ground.quotes))
                yield Fault(
                    "name", f"“{part}” stands in no quote", open=foreign and language == "ko" and not part.isupper()
                )


def _is_place(unit: Unit) -> bool:
    return any(form in places() for form in unit.forms)


def _of_place(surface: str) -> bool:
    """`미국산`: a word that a country's name begins; the country is looked for by itself."""
    known = lexicon().korean
    begun = (surface[:n] for n in range(len(surface), 1, -1) if surface[:n] in known)
    return any(tuple(stem(t.text) for t in tokens(form)) in places() for one in begun for form in known[one])


def _person(surface: str, ground: Ground) -> bool:
    """Whether a name in Hangul is one of the cited authors'."""
    return any(names_in(surface, author, "") for author in ground.around.authors)


def _opens(claim: str, m: re.Match[str], plain: set[str]) -> bool:
    """A capital that only begins a sentence: a word that the quotes have in small letters too, or no name's form."""
    before = claim[: m.start()].rstrip()
    if before and before[-1] not in '.?!:\u201c"(':
        return False
    word = m.group()
    if word.isupper() and len(word) > 1:
        return False
    following = re.match(r"\s+([A-Z][a-z]+|[A-Z]{2,})", claim[m.end() :])
    return (
        not following
        or stem(word.lower()) in _COMMON
        or word.lower() in STOPWORDS
        or word.endswith(("ing", "ed", "ly"))
    )


def _held(word: str, plain: set[str], known: frozenset[str] | set[str], initials: set[str]) -> bool:
    forms = [t.text for t in tokens(word)] or [word.lower()]
    if all(f in plain or stem(f) in known or f in STOPWORDS or stem(f) in _COMMON or f in _MONTHS for f in forms):
        return True
    if (place := places().get(phrase(word))) is not None and any(
        all(s in known for s in form) for form, other in places().items() if other == place
    ):
        return True
    low = word.lower().rstrip("s")
    if word[:2].isupper() and any(p.endswith(low) for p in plain if len(p) == len(low) + 1):  # FDI, OFDI
        return True
    if word[:2].isupper() and (low in initials or any(_is_short(low, one) for one in initials)):
        return True
    own = (stem(forms[0]),)
    return any(all(s in known for s in other) for other in lexicon().synonyms.get(own, ()))


def _spelled(part: str, claim: str, plain: set[str]) -> bool:
    """A word of a name that is spelled out, of which the quotes have the initials: `World Trade Organization`, WTO."""
    for m in re.finditer(r"(?:[A-Z][\w-]+(?:\s(?:of|for|and|the|on|in)){0,2}\s?){2,}", claim):
        if part in m.group():
            words = [w for w in re.split(r"[\s-]", m.group()) if w[:1].isupper()]
            for start in range(len(words)):
                for end in range(start + 2, len(words) + 1):
                    short = "".join(w[0] for w in words[start:end]).lower()
                    if part in words[start:end] and len(short) > 1 and short in plain:
                        return True
    return False


def initials_of(text: str) -> set[str]:
    """The initials of every run of words with capitals."""
    found = set()
    for m in re.finditer(r"[A-Z][\w-]+(?:\s(?:(?:of|for|and|the|on|in)\s){0,2}[A-Z][\w-]+)+", text):
        words = [w for w in re.split(r"[\s-]", m.group()) if w[:1].isupper()]
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                found.add("".join(w[0] for w in words[start:end]).lower())
    return found


def _is_short(word: str, initials: str) -> bool:
    """`usitc` where the words begin with u.s. ...: the initials without points."""
    return word.replace(".", "") == initials
