"""Items of a list as recommendations."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts, people
from assistant.policy.recommendations.items_ko import item_ko
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.verbs import is_deed
from assistant.text import STOPWORDS
from assistant.types import Language, Span
from assistant.types.policy import Strength

_BULLET = re.compile(
    r"(?:[-–•◦○□■▪·*]|\(?\d{1,2}[.)]|\(?[a-z]\)|First(?:ly)?,|Second(?:ly)?,|Third(?:ly)?,|Fourth(?:ly)?,|Finally,)?\s*(?:to\s)?"
)
_BEFORE = re.compile(r"[(\[](?P<who>[^()\[\]]{2,60})[)\]]:?\s*")
_BEHIND = re.compile(r"\s*[(\[](?:[Ll]ead:?\s|[Oo]wner:?\s)?(?P<who>[^()\[\]]{2,60})[)\]][\s.;]*$")
_BY = re.compile(
    r"(?:(?:,\s(?:to be\s)?[a-z]+(?:ed|aid|ent|un|en|ade|ept)(?:\s(?:for|out|over|up|forward))?|[:;—–-]|,)\s)by\s(?P<who>(?:the\s)?[A-Z][\w&'’ -]{2,60}?)[\s.;]*$"
)
_TO = re.compile(
    r"(?P<who>(?:[Tt]he |[Aa]ll |[Ee]ach )?[^\s,.:;()]+(?:\s[^\s,.:;()]+){0,6}?)\sto\s(?P<be>be\s)?(?P<verb>[a-z-]+)\b"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|should|must)\b")
_OBJECT = re.compile(
    r"\s(?:the|an?|all|its|their|our|his|her|every|each|any|no|these|those|both|more|new|two|three|four|five|six|\d+)\s"
)
_NOT_VERB = re.compile(r"(?:s|ed|ing|ly|ion|ity|ment)$")
_DENIES = re.compile(r"(?:Do not|Don't|Never|Not to|No longer)\s+(?P<verb>[a-z-]+)\b")


def item(text: str, language: Language, strength: Strength, opened: bool, plain: bool = False) -> Reading | None:
    """The item as a recommendation: one that begins with a verb of a deed, or, where a sentence that recommends opens the
    list, any that asks nothing. Its sign is its first word: what recommends it stands in the opener. Under a heading
    that plainly opens advice (`plain`) any imperative counts, and `the Treasury to confirm …`.
    """
    if language == "ko":
        return item_ko(text, plain or opened)
    start = _BULLET.match(text)
    begin = start.end() if start else 0
    end = len(text)
    who: Span | None = None
    if (m := _BEFORE.match(text, begin)) and acts(m["who"]):
        who, begin = Span(*m.span("who")), m.end()
    elif (m := _BEHIND.search(text, begin)) and (acts(m["who"]) or people(m["who"])):
        who, end = Span(*m.span("who")), m.start()
    elif m := _BY.search(text, begin):
        who = Span(*m.span("who")) if acts(m["who"]) else None
    first = re.match(r"[A-Za-z-]+", text[begin:])
    if first is None or text.rstrip().endswith("?") or len(text[begin:end].split()) < 2:
        return None
    if joined := re.search(r"[;,]?\s(?:and|or)\s*$", text[begin:end]):  # `…; and`, before the last item
        end = begin + joined.start()
    if (opened or plain) and (r := _to_do(text, begin, end, strength, who)):
        return r
    denies = _DENIES.match(text, begin) if opened or plain else None
    deed = is_deed(first.group()) or denies is not None or (plain and _imperative(text, begin, first.group()))
    if not deed and (not opened or re.match(r"(?:whether|how|what|why|if|who)\b", text[begin:], re.IGNORECASE)):
        return None
    if not opened and first.group().endswith("ing"):
        return None
    return Reading("item", Span(begin, begin + first.end()), strength, trimmed(text, begin, end), who)


def _to_do(text: str, begin: int, end: int, strength: Strength, named: Span | None) -> Reading | None:
    """`The Treasury to confirm the sum`, `islands to be consulted`."""
    m = _TO.match(text, begin, end)
    if m is None or is_deed(m["who"].split()[0]) or _FINITE.search(text[begin:end].replace(" to be ", " ")):
        return None
    if m["be"]:
        sign = Span(m.end("who") + 1, m.end("be") - 1)
        return Reading("item", sign, strength, trimmed(text, begin, end), named, passive=True)
    if not (acts(m["who"]) or people(m["who"])):
        return None
    sign = Span(m.end("who") + 1, m.start("verb") - 1)
    return Reading("item", sign, strength, trimmed(text, m.start("verb"), end), Span(*m.span("who")))


def _imperative(text: str, begin: int, first: str) -> bool:
    """Whether a word that is not known as a verb is one: plain in form, and an object with its article is behind it."""
    return (
        first[:1].isupper()
        and first.lower() not in STOPWORDS
        and not _NOT_VERB.search(first)
        and _OBJECT.match(text, begin + len(first)) is not None
        and not _FINITE.search(text[begin:])
    )
