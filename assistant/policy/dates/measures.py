"""The measures of government that a sentence names: `a temporary 10 percent tariff`, `수입 할당제`. Rules on words, no
grammar: a noun of data/measures.tsv with the words before it that belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.types import Span

_STOPS = frozenset(
    """a about after against all also although among an and announced are as at be because been before being but by can
    could did do does during each every for from had has have he her his if in instead into is it its may might must no
    not of on or other over shall she should since so some such than that the their them then these they this those
    through to toward under until upon was were what when where whether which while who whose will with within without
    would any our your my more most only yet today yesterday still already recently soon""".split()
)
"""A noun phrase begins behind one of these, or behind a verb form of the sign that stands before it."""
_LONGEST = 7
_WORD = re.compile(r"[^\s,;:()\[\]“”\"]+")
_TO_ITS_END = re.compile(
    r"\s(?:to|on|of|for|against|with|between|under)\s[^\s,;:()—]+(?:\s[^\s,;:()—]+){0,11}?(?=[,;:()—]|\.$|\.\s|\s(?:that|which|who|(?:and|but)(?=\s(?:\w+\s){0,2}?(?:\w+ed|was|were|is|are|has|have|had|will|would)\b)|"
    r"when|while|although|because|were|was|is|are|has|have|had|will|would|may|in (?:19|20)\d\d|on (?:[A-Z]\w+) \d)|$)"
)
_COMPOUND = re.compile(
    r"\s(?:relief|rates?|cuts?|revenues?|hikes?|increases?|reductions?|proposals?|waivers?|exemptions?|regimes?|schedules?|credits?)\b"
)
"""Nouns that a measure's noun leads into: `tax relief`, `tariff rates`."""
_NOUNY = ("plan", "plans", "proposal", "bill", "law", "act", "agreement", "treaty", "ban", "investigation", "investigations",
          "tariff", "tariffs", "restrictions", "controls", "sanctions", "negotiations", "talks", "tax", "package")  # fmt: skip
_VERBED = re.compile(
    r"^(?:\w{3,}(?:ed|ing)|imposes?|announces?|adopts?|plans?|proposes?|suspends?|delays?|made|took|set|put|cut|held|came|went|"
    r"takes|includes?|provides?|requires?|contains?|introduces?|implements?|launches|repeals?|ends?)$",
    re.IGNORECASE,
)
_ADJECTIVAL = frozenset(
    """proposed planned advanced targeted coordinated united limited revised amended retaliatory existing matching funding
    housing lending banking manufacturing shipping farming mining processing training building spending trading screening
    reporting enhanced unified expanded dumping countervailing anti-dumping federal-funding""".split()
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure where a text names it; `head` is the noun."""

    span: Span
    head: Span


@cache
def _nouns(language: str) -> tuple[str, ...]:
    file = resources.files("assistant").joinpath("data", "measures.tsv")
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    return tuple(sorted((word for word, tongue in rows if tongue == language), key=lambda w: (-len(w), w)))


@cache
def _head_en() -> re.Pattern[str]:
    nouns = "|".join(re.escape(n).replace(r"\ ", " ") for n in _nouns("en"))
    return re.compile(rf"(?<![\w-])(?:{nouns})(?![\w-])", re.IGNORECASE)


@cache
def _head_ko() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, _nouns("ko")))
    return re.compile(
        rf"(?:[가-힣A-Za-z0-9·%‘’“”'\"()~.,-]+\s){{0,4}}?(?P<head>[가-힣A-Za-z0-9·‘’“”'\"「」-]*(?:{nouns})[’”'\"」]?)"
        rf"(?=(?:을|를|이|가|은|는|도|의|에|로|으로|와|과|까지)(?![가-힣])|\s|[,.]|$)"
    )


def measures_en(text: str) -> list[Measure]:
    """In order. A noun that another measure's noun leads into (`tax` of `tax credit`) is no measure of its own."""
    found: list[Measure] = []
    for m in _head_en().finditer(text):
        follow = re.match(r"\s(?P<next>[\w-]+)", text[m.end() :])
        if re.search(r"\b[Ii]n $", text[: m.start()]) and m.group() == "order":
            continue
        if follow and _head_en().fullmatch(follow["next"]) and text[m.end() : m.end() + 1] == " ":
            continue  # `trade policy measures`: the last noun is the head
        start = m.start()
        words = list(_WORD.finditer(text, 0, m.start()))
        for n, w in enumerate(reversed(words)):
            gap = text[w.end() : start]
            bare = w.group().strip("’'.").casefold()
            if n >= _LONGEST or gap.strip('“”"‘’( ') or bare in _STOPS:
                break
            if _VERBED.match(bare) and bare not in _ADJECTIVAL and not w.group()[0].isupper():
                break
            if re.search(r"(?:ly)$", bare):
                break
            start = w.start()
        if "”" in text[start : m.start()] and text[start - 1 : start] == "“":
            start -= 1
        end = m.end()
        if compound := _COMPOUND.match(text, end):
            end = compound.end()
        year = re.match(r"\sof\s(?:18|19|20)\d\d", text[end:])
        if year:
            end += year.end()
        elif m.group().casefold() in _NOUNY and (tail := _TO_ITS_END.match(text, end)):
            end = tail.end()
        short = re.match(r"\s\([A-Z][A-Za-z.&-]{1,12}\)", text[end:])
        if short:
            end += short.end()
        while end > m.end() and (text[end - 1] == " " or re.search(r"[^A-Z.]\.$", text[:end])):
            end -= 1
        if found and found[-1].span.end > start:
            if found[-1].span.end >= m.end():
                continue
            start = max(start, found[-1].span.end)
            start += len(text[start:]) - len(text[start:].lstrip())
        found.append(Measure(Span(start, end), Span(*m.span())))
    return found


def _fits(head: str, behind: str) -> bool:
    """Whether the syllable behind a noun can be its particle: 법률이, but 법률가 is a person."""
    particle = re.match(r"(?:이|은|을|과|가|는|를|와)(?![가-힣])", behind)
    last = head.rstrip("’”'\"」")[-1:]
    if particle is None or not "가" <= last <= "힣":
        return True
    closed = (ord(last) - 0xAC00) % 28 != 0
    return (particle.group() in "이은을과") == closed


def measures_ko(text: str) -> list[Measure]:
    found: list[Measure] = []
    for m in _head_ko().finditer(text):
        start = m.start("head")
        before = text[:start]
        if not _fits(m["head"], text[m.end("head") :]) or (
            m["head"] == "계획" and re.search(r"[할될갈낼칠]\s$", before)
        ):
            continue
        # The words right before it that modify it: nouns and adnominal forms, up to a particle that ends a phrase.
        for w in reversed([*re.finditer(r"\S+", before)][-4:]):
            if re.search(
                r"(?:[을를이가은는에로며고서도과와]|에서|으로|부터|까지|하여|했고|지만|[,.;:])$", w.group()
            ) and not re.search(r"(?:하는|되는|대한|위한|관한|따른|의)$", w.group()):
                break
            if re.search(r"(?:보아|하여|위해|대해|통해|따라|게끔|도록|하게|되게|등)$", w.group()):
                break
            if re.search(r"\d\s?[년월일](?:부터|까지|에)?$|^(?:말|초|이후|현재|또한|그러나|아직)$", w.group()):
                break
            start = w.start()
        if found and found[-1].span.start >= start:
            found.pop()
        elif found and found[-1].span.end > start:
            start = m.start("head")
        found.append(Measure(Span(start, m.end("head")), Span(*m.span("head"))))
    return found
