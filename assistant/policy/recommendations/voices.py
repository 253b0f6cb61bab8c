"""Whose recommendation it is: the document's own, another's that it relays, or advice to somebody whom it does not advise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from assistant.lexicon import places_in
from assistant.policy.recommendations.actors import BODIES, in_english, kinds
from assistant.policy.recommendations.readings import Reading
from assistant.types import Document, Span

_ATTRIBUTED = re.compile(
    r"\b(?:[Aa]ccording to (?P<to>[^,]{2,80}),|[Aa]s (?!such\b|we\b|a result|a consequence|noted\b)(?P<as>[^,]{2,60}?) (?:argue|note|recommend|suggest|point out|put|observe|stress|emphasi[sz]e|warn|propose|state|report)(?:s|d|ed)?\b)"
    r"|[,\"'] (?P<said>[^,\".]{2,60}?) (?:said|says|argued|argues|wrote|writes|noted|told|added|warned|stressed)\b(?! that)"
)
_ATTRIBUTED_KO = re.compile(r"(?P<to>[^,.]{2,40}?)에 (?:따르면|의하면)")
_OWN = re.compile(
    r"\b(?:this|the present|our) (?:paper|study|report|brief|article)|\bthe (?:paper|authors?|study|report)\b|\bwe$|^i$|본고|본 ?연구|이 글|필자|저자|논문",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:[A-Z][\w.]*)(?: [A-Z][\w.]*)?|[가-힣]{2,4}")
_QUOTE = re.compile(r"\"[^\"]{12,}\"")


def said_by(text: str, reading: Reading) -> str | None:
    """Who says it, where that is not the document; '' where somebody is heard who is not named."""
    if reading.teller is not None:
        who = " ".join(reading.teller.slice(text).split())
        return None if _OWN.search(who) else who
    for pattern in (_ATTRIBUTED, _ATTRIBUTED_KO):
        if m := pattern.search(text):
            who = next((g for g in m.groups() if g), "")
            return (
                None
                if _OWN.search(who) or re.match(r"(?:shown|noted|mentioned|demonstrated|discussed|Table|Figure)", who)
                else who
            )
    if any(m.start() < reading.sign.start < m.end() for m in _QUOTE.finditer(text)):
        return ""
    return None


_SHORT = re.compile(r"The (?P<name>[A-Z][a-z]+)")


def issues(document: Document, who: str) -> bool:
    """Whether `The Unit` is the body that issued the document: a dated line at its head names it (`Food Policy Unit, 2
    February 2028`)."""
    short = _SHORT.fullmatch(who)
    if short is None:
        return False
    lines = [b.span.slice(document.text) for b in document.blocks[:4] if b.kind in ("byline", "paragraph")]
    return any(
        len(line) < 120 and re.search(r"\b(?:19|20)\d\d\b", line) and re.search(rf"\b{short['name']}\b", line)
        for line in lines
    )


def advised(document: Document, actors: Iterable[str]) -> frozenset[str] | None:
    """The places whose actors a document advises: those of its title and those that it names oftenest as the ones who
    should act. None where that cannot be told.
    """
    counted: Counter[str] = Counter()
    home = 0
    for actor in actors:
        there = places_in(in_english(actor))
        counted.update(there)
        home += not there and bool(kinds(actor) & BODIES)
    whole = sum(counted.values()) + home
    often = {place for place, n in counted.items() if n * 4 >= whole and n > 1}
    if not counted or whole < 4 or not (often or home * 2 >= whole):
        return None
    titled = places_in(in_english(document.work.title))
    spoken: Counter[str] = Counter()
    for word in _NAMES.findall(document.text):
        spoken.update(places_in(in_english(word)))
    return frozenset(often | (titled & set(counted)) | {place for place, n in spoken.most_common(1) if n > 2})


def elsewhere(actor: str, advised: frozenset[str] | None) -> bool:
    """Whether an actor is of a place that the document does not advise."""
    there = places_in(in_english(actor))
    return advised is not None and bool(there) and not there & advised


def quoted(span: Span, document: Document) -> bool:
    """Whether a place stands in a block that quotes."""
    return any(b.kind == "quote" and b.span.contains(span) for b in document.blocks)
