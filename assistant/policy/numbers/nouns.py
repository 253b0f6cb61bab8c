"""Noun phrases with what narrows them: whose, where, of which sector, of what whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.policy.numbers.words import NARROWED, is_actor, is_sector, names_place
from assistant.types import Span
from assistant.types.policy import Aspect


@dataclass(frozen=True, slots=True)
class Narrowed:
    aspect: Aspect
    span: Span


@dataclass(frozen=True, slots=True)
class Counted:
    """Spans of the sentence."""

    quantity: Span | None
    scope: tuple[Narrowed, ...] = ()
    share: bool = False
    """Whether the phrase speaks of a share of something."""
    anaphor: bool = False
    """Whether it only points back: 'it', 'this surplus'."""


_PREPOSITION = re.compile(
    r"\s(?P<word>of|in|within|to|toward|towards|from|by|for|with|among|into|on|at|across|between|directed to|worth of|under|against|through|over|during|via|than|as|including|per)\s",
    re.IGNORECASE,
)


_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|this|these|those|that|some|any|all|each|both|combined|aggregate|overall|nearly|almost|"
    r"about|approximately|more than|over|such|same|first|current|so-called|additional|another|estimated|total|new|record|only|much of|most)\s)+",
    re.IGNORECASE,
)


_POSSESSOR = re.compile(r"^(?P<who>(?:[\w.&-]+\s){0,5}?[\w.&-]+(?:['\u2019]s|s['\u2019]))\s(?=\w)")


SHARE = re.compile(r"\b(?:share|proportion|percentage|portion|fraction)\b", re.IGNORECASE)


_HOLLOW = re.compile(
    r"^(?:(?:\w+\s)?(?:share|proportion|percentage|portion|fraction|level|value|amount|number|volume|total|sum|scale|size|majority|part|rest|"
    r"remainder|bulk|magnitude|cost|growth|increase|rise|decline|decrease|reduction|drop|fall|change|stock|flow|average|median|maximum|minimum|peak|record)s?)$",
    re.IGNORECASE,
)


HEDGED = re.compile(
    r"(?:\s(?:about|around|nearly|almost|roughly|approximately|some|only|just|more than|less than|over|under|at least|at most|up to|as much as|"
    r"a|an|the|another|further|additional|substantial|mere|record|staggering|estimated|total of|average of|well|fewer than|as many as|no more than|not less than))*\s?$",
    re.IGNORECASE,
)


_RUN = re.compile(r"[\s-](?P<word>[A-Za-z][\w.&/-]*(?:['\u2019]s)?|s['\u2019])")


_NOT_NOUN = re.compile(
    r"^(?:per|found|said|told|was|were|is|are|had|have|has|will|would|did|than|and|or|but|in|of|to|for|from|by|on|at|with|as|over|under|since|while|which|that|"
    r"who|whose|where|when|after|before|during|until|through|into|respectively|annually|thereafter|each|every|a|an|the|this|its|their|if|because|"
    r"compared|higher|lower|more|less|fewer|up|down|between|among|against|about|not|it|they|also|only|so|yet|then|there|can|could|may|might|"
    r"must|should|being|been|be|do|does|either|both|worth|within|without|across|out|off|plus|versus|including|(?!(?:weekly|daily|monthly|yearly|quarterly|hourly|early|family|supply|assembly)$)[\w-]+ly|accounted|representing|according|depending|due|such|based|starting|ending|ago|later|earlier|apart|amid|despite|except|toward|towards|upon|relative)$",
    re.IGNORECASE,
)


def _next_word(text: str, at: int) -> str:
    m = _RUN.match(text, at)
    return m["word"] if m else "and"


def run_on(text: str, at: int, stop: int, most: int = 6) -> int:
    end = at
    for _ in range(most):
        m = _RUN.match(text, end)
        if m is None or m.end() > stop or _NOT_NOUN.match(m["word"].rstrip(".")):
            break
        word = m["word"]
        if word.endswith(".") and "." not in word[:-1]:
            return m.end() - 1
        if word.endswith("ed") and word != "United" and (end > at or _NOT_NOUN.match(_next_word(text, m.end()))):
            break
        end = m.end()
        if text[end : end + 1] in ",.;:)":
            break
    return end


def core_of(text: str, span: Span, following: int) -> Counted:
    """A noun phrase without its possessor and determiner, with what narrows it behind."""
    scope: list[Narrowed] = []
    lead = _DETERMINER.match(span.slice(text))
    start = span.start + (lead.end() if lead else 0)
    if owner := _POSSESSOR.match(text[start : span.end]):
        longer = (
            re.search(r"(?:[A-Z][\w.]*\s)+(?:on|of|for|and)\s(?:the\s)?$", text[:start])
            if text[start : start + 1].isupper()
            else None
        )
        inner = Span(longer.start() if longer else start, start + owner.end("who"))
        scope.append(Narrowed(_aspect_of_owner(inner.slice(text)), inner))
        start += owner.end()
        lead = _DETERMINER.match(text[start : span.end])
        start += lead.end() if lead else 0
    words = text[start : span.end]
    if cut := _VERBAL.match(words):
        start += cut.end()
        words = text[start : span.end]
    place = re.match(NARROWED, words)
    if place and place.end() < len(words):
        wide = re.match(r"global|world|domestic", place.group(), re.IGNORECASE) or re.search(
            r"\b(?:goods|products|imports)$", words
        )
        scope.append(Narrowed("place" if wide else "who", Span(start, start + len(place.group().rstrip()))))
    own = Span(start, span.end) if start < span.end else span
    return Counted(own, joined(tuple(scope), narrowing(text, span.end, following)))


_VERBAL = re.compile(
    r".*\b(?:(?:can|may|will|would|could|should|must|to)\s\w+|with|that|which|whose|issued|provided|received|included|includes|imposed|issues|provides|"
    r"is|are|was|were|has|have|had|uses|using|where|if|when|as|than)\s(?:(?:the|a|an)\s)?(?=\w)",
    re.IGNORECASE | re.DOTALL,
)


def _aspect_of_owner(words: str) -> Aspect:
    return "sector" if is_sector(words) else "who"


def phrase_at(text: str, span: Span, stop: int) -> Counted:
    """A noun phrase with prepositional phrases, taken apart."""
    words = span.slice(text)
    lead = len(words) - len(words.lstrip())
    span = Span(span.start + lead, span.end)
    opening = re.match(r"(?:According to|In|By|As of|For|Under|With|Regarding)\s[^,]{2,60},\s", span.slice(text))
    if opening:
        span = Span(span.start + opening.end(), span.end)
    words = span.slice(text)
    cut = re.search(r",\s|\s\u2014|\u2014|\s\(", words)
    end = span.start + (cut.start() if cut and not _listed(words, cut.start()) else len(words))
    first = _PREPOSITION.search(text, span.start, end)
    core = Span(span.start, first.start() if first else end)
    share = SHARE.search(core.slice(text)) is not None
    hollow = _HOLLOW.match(_DETERMINER.sub("", _POSSESSOR.sub("", core.slice(text))))
    if hollow and first and first["word"].lower() == "of":
        owner = core_of(text, core, core.end)
        whole = Span(first.end(), end)
        if share and (_OWNED.match(core.slice(text).lstrip()) or _WHOLE.match(whole.slice(text))):
            return Counted(None, joined(owner.scope, (Narrowed("of", trimmed_at(text, whole)),)), True)
        second = _PREPOSITION.search(text, first.end(), end)
        inner = Span(first.end(), second.start() if second else end)
        made = core_of(text, inner, inner.end)
        scope = joined(tuple(s for s in owner.scope), made.scope)
        rest = pps(text, second.start() if second else end, end, share=share)
        return Counted(made.quantity, joined(scope, rest), share)
    made = core_of(text, core, core.end)
    return Counted(made.quantity, joined(made.scope, pps(text, core.end, end, share=share)), share)


_OWNED = re.compile(r"(?:its|their|his|her)\b|[\w.\s-]+['\u2019]s?\s", re.IGNORECASE)


_WHOLE = re.compile(r"(?:the\s)?(?:total|all|overall|global|world|national|aggregate|combined)\b", re.IGNORECASE)


def _listed(words: str, at: int) -> bool:
    return re.match(r",\s(?:\w+,\s)*(?:\w+\s)?and\s", words[at:]) is not None


def pps(text: str, start: int, end: int, share: bool = False) -> tuple[Narrowed, ...]:
    """What prepositional phrases narrow, each by what it names."""
    found: list[Narrowed] = []
    at = start
    while at < end and (m := _PREPOSITION.search(text, at, end)) is not None:
        following = _PREPOSITION.search(text, m.end(), end)
        span = Span(m.end(), following.start() if following else end)
        at = span.end
        words = span.slice(text).strip(" ,")
        if not words or re.match(r"(?:18|19|20)\d\d|time\b", words):
            continue
        aspect = aspect_of(m["word"].lower(), words, share)
        if aspect is None:
            continue
        own = trimmed_at(text, span)
        led = _PLACE_LED.match(own.slice(text)) if aspect == "sector" else None
        if led is not None and names_place(led["place"]) and led.end() < len(own):
            found.append(Narrowed("place", Span(own.start, own.start + led.end("place"))))
            own = Span(own.start + led.end(), own.end)
        found.append(Narrowed(aspect, own))
    return tuple(found)


_PLACE_LED = re.compile(r"(?P<place>(?:[A-Z][\w.]*\s){0,2}(?:[A-Z][\w.]*(?:['\u2019]s)|U\.S\.|UK|EU))\s(?=[a-z])")


def aspect_of(preposition: str, words: str, share: bool = False) -> Aspect | None:
    """What a phrase behind a preposition narrows; None where it only says when or how."""
    if is_sector(words):
        return "of" if share and preposition == "of" else "sector"
    if share and preposition in ("of", "in"):
        return "of"
    if names_place(words) and preposition not in ("by", "of") and not is_actor(words):
        return "place"
    if preposition in ("by", "of", "among", "from", "for", "in") and (is_actor(words) or names_place(words)):
        return "who" if preposition in ("by", "of", "among", "for") or is_actor(words) else "place"
    if HEDGED.fullmatch(f" {words}") or re.match(
        r"(?:more|less|over|about|nearly|total|addition|contrast|fact|particular|general|order|response|terms)\b", words
    ):
        return None
    if (
        preposition in ("of", "on", "for", "with", "in", "from", "to", "under", "between")
        and len(words) < 80
        and re.search(r"[A-Za-z]{3}", words)
    ):
        return "other"
    return None


def with_pps(text: str, span: Span, stop: int) -> Span:
    """A noun phrase with `of …`, `to …`, `in …` behind it, as far as it goes on."""
    end = span.end
    for _ in range(2):
        m = re.compile(r"\s(?:directed to|directed toward|of|to|in|from|with)\s(?:the\s)?").match(text, end)
        if m is None or m.end() >= stop or re.match(r"(?:18|19|20)\d\d|FY|fiscal", text[m.end() :]):
            break
        run = run_on(text, m.end() - 1, stop)
        if run <= m.end():
            break
        end = run
    return Span(span.start, end)


_CLAUSE = re.compile(
    r"[;:\u2014]|,\s|(?<![A-Z])\.\s|\b(?:while|whereas|but|although|which|and|who|that)\b", re.IGNORECASE
)


def narrowing(text: str, start: int, stop: int) -> tuple[Narrowed, ...]:
    """Places and sectors named behind a figure, in its clause."""
    edge = _CLAUSE.search(text, start, stop)
    end = min(stop, edge.start() if edge else stop)
    return tuple(n for n in pps(text, start, end) if n.aspect in ("place", "sector", "who"))


def joined(one: tuple[Narrowed, ...], other: tuple[Narrowed, ...]) -> tuple[Narrowed, ...]:
    found = list(one)
    for n in other:
        if not any(n.span.overlaps(x.span) for x in found):
            found.append(n)
    return tuple(found)


def trimmed_at(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    if m := re.match(r"(?:the|its|their|this|these|a|an)\s", text[start:end], re.I):
        start += m.end()
    while end > start and text[end - 1] in " ,;:.\u2014(":
        end -= 1
    if m := _VERB_BEHIND.search(text[start:end]):
        end = start + m.start()
    return Span(start, max(end, start + 1))


_VERB_BEHIND = re.compile(
    r"\s(?!United\b)(?:\w+ed|(?!weekly|daily|monthly|family|supply|early)\w+ly|is|are|was|were|has|have|had|will|would|rose|fell|grew|stood|hit|came|saw|made|became|exceeds|accounts|remains|reaches)\b.*$",
    re.DOTALL,
)
