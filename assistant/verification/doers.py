"""Who does what to whom, where claim and quote tell of one deed: another doer, or doer and done-to exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.stance.clauses import frames
from assistant.stance.deeds import base
from assistant.stance.words import place_mentions
from assistant.text import STOPWORDS, language_of, sentences, stem, tokens
from assistant.types import Span
from assistant.verification.ground import Fault, Ground
from assistant.verification.naming import initials_of

_PRONOUN = re.compile(
    r"^(?:it|they|he|she|we|this|these|those|that|which|who|both|one|some|others?|there|the (?:latter|former))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no|did|does|do)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?P<done>[^;:.]+?)\s(?:is|are|was|were|been|be)\s(?:(?:not|also|now|\w+ly)\s)?(?P<verb>[a-z]+(?:ed|en|wn|ld|ght|nt|de|ne|id|un))\s"
    r"(?:[\w-]+\s){0,2}?by\s(?P<doer>[^;:.,]+)"
)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A deed with the words of who does it and to what."""

    verb: str
    doer: frozenset[str]
    done: frozenset[str]
    surface: str
    named: bool


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """A deed of the claim that the quotes tell with its two sides exchanged, or of another doer."""
    if language_of(claim) != "en" or language_of(" ".join(ground.quotes)) != "en":
        return
    said = [s.slice(q) for q in ground.quotes for s in sentences(q) or (Span(0, len(q)),)]
    mine = _deeds(claim)
    theirs = [d for s in said for d in _deeds(s)]
    told, says = tuple(mine), tuple(theirs)  # those of the lists below are read by order alone
    mine += [d for verb in {t.verb for t in theirs} - {m.verb for m in mine} if (d := _active(claim, verb))]
    theirs += [
        d
        for s in said
        for verb in {m.verb for m in mine}
        if all(t.verb != verb for t in _deeds(s)) and (d := _active(s, verb))
    ]
    for own in mine:
        alike = [t for t in theirs if t.verb == own.verb]
        if not alike or own.verb in _MUTUAL:
            continue
        if any(_exchanged(own, t) for t in alike) and not any(
            own.doer & t.doer and not _exchanged(own, t) for t in alike
        ):
            yield Fault("name", "who does it and to whom it is done have changed places", against=True)
        elif own in told and (other := _another(own, [t for t in alike if t in says], ground)):
            yield Fault("name", f"in the quote “{other}” does it, not “{own.surface}”", against=True)


def _deeds(text: str) -> list[_Deed]:
    found = []
    for f in frames(text):
        if f.empty or f.agent is None or f.denied:
            continue
        doer, done = f.agent.slice(text), f.patient.slice(text) if f.patient else ""
        verb = base(f.verb.slice(text).split()[0].lower())
        found.append(_Deed(verb, _words(doer), _words(done), doer, _named(doer)))
    for m in _PASSIVE.finditer(text):
        verb = base(m["verb"])
        if all(d.verb != verb for d in found):
            found.append(_Deed(verb, _words(m["doer"]), _words(m["done"]), m["doer"], _named(m["doer"])))
    return found


def _words(text: str) -> frozenset[str]:
    places = {w for p, s in place_mentions(text) for w in (f"@{p}", *(stem(t.text) for t in tokens(s.slice(text))))}
    return frozenset(stem(t.text) for t in tokens(text) if t.text not in STOPWORDS and t.kind != "number") | places


def _named(text: str) -> bool:
    words = [w for w in re.findall(r"[\w'-]+", text) if w.lower() not in STOPWORDS]
    return bool(words) and any(w[:1].isupper() for w in words)


def _active(claim: str, verb: str) -> _Deed | None:
    """A plain clause around a verb that no list knows: `Altmark owns Solvang`."""
    for part in re.split(r"[;:.]\s|,\s(?:and|but|while)\s", claim):
        seen = tokens(part)
        for i, t in enumerate(seen):
            before, after = part[: t.span.start], part[t.span.end :]
            if _NOT.search(before):
                continue
            if (
                base(t.text) == verb
                and i
                and i + 1 < len(seen)
                and not re.search(r"\b(?:is|are|was|were|be|been|to|by|of)\s(?:\w+\s)?$", before)
                and not re.match(r"\s(?:by|of|in|for)\b", after)
            ):
                return _Deed(verb, _words(before), _words(after), before.strip(), _named(before))
    return None


def _exchanged(own: _Deed, other: _Deed) -> bool:
    doer, done = own.doer - own.done, own.done - own.doer
    there, undergone = other.doer - other.done, other.done - other.doer
    if doer & other.doer or done & other.done:
        return False
    # One side is enough where it is a name: `The quarry bought Ferrum Works` beside `was bought by Ferrum Works`.
    return bool(doer & undergone and done & there)


def _another(own: _Deed, alike: list[_Deed], ground: Ground) -> str | None:
    """Who does it in the quotes, where it is a name that the claim's doer is not, and the rest is the same."""
    whole = " ".join([*ground.quotes, ground.context])
    if (
        not alike
        or not own.doer
        or _PRONOUN.match(own.surface)
        or not all(t.named and not _PRONOUN.match(t.surface) for t in alike)
    ):
        return None
    if not own.named or any(own.doer & t.doer or own.doer & t.done for t in alike):
        return None
    if not all(own.done & t.done for t in alike):
        return None
    return alike[0].surface if not _stands_for(own, alike, whole) else None


def _stands_for(own: _Deed, alike: list[_Deed], whole: str) -> bool:
    """Whether a claim's doer may be the quote's under another name: initials, or an apposition (`Reil, the minister`)."""
    short = initials_of(whole) | initials_of(own.surface)
    if own.doer & short or any(t.doer & short for t in alike):
        return True
    for t in alike:
        for mine in own.doer:
            for other in t.doer:
                near = rf"(?:\b{re.escape(mine)}\w*(?:\s[\w.-]+){{0,2}}(?:,|\s\()\s?(?:[\w.-]+\s){{0,5}}?{re.escape(other)})"
                back = rf"(?:\b{re.escape(other)}\w*(?:\s[\w.-]+){{0,2}}(?:,|\s\()\s?(?:[\w.-]+\s){{0,5}}?{re.escape(mine)})"
                if re.search(f"{near}|{back}", whole, re.IGNORECASE):
                    return True
    return False


_MUTUAL = frozenset(
    map(
        base, "meet match equal resemble complement accompany join follow influence affect strengthen reinforce".split()
    )
)
