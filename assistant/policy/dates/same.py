"""Whether two sentences name one measure: by its name, or by a term of several words that both have in full."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.policy.dates.measures import Measure, measures_en, measures_ko
from assistant.text import STOPWORDS, language_of, stem, tokens
from assistant.types import Span

_PLAIN = frozenset(
    """new proposed planned temporary existing current former first second third previous latest recent special general annual
    national federal local public domestic foreign additional further various certain several many own said entire whole
    act law plan program programme fund order executive agreement bill section title policy measure rule regulation scheme
    initiative framework strategy package us usa united government president congress parliament ministry""".split()
)
"""Words that make no name of their own."""
_GENERIC = frozenset(stem(w) for w in _PLAIN)
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:%|percent\b|per cent\b|퍼센트|프로|[a-z]*illion\b)|\b[A-Z]{2,3}\s\d[\d.,]*")
_OF = re.compile(r"\s(?:of|in|for|by)\s(?:the\s)?(?P<who>[A-Z][\w’-]+)")
_WHOSE = re.compile(
    r"(?P<who>[A-Z][\w-]+)[’']s?\s(?:\w+\s)?$|(?:^|\b)[Ii]n\s(?:the\s)?(?P<where>[A-Z][\w-]+),\s(?:[Tt]he\s)?$"
)
_ANOTHER = re.compile(r"\b(?:an?|another|other|similar|such|any|some|no)\s(?:\w+\s)?$", re.IGNORECASE)
_MONTH = re.compile(r"January|February|March|April|May|June|July|August|September|October|November|December")
_LEAST_KO = 5
_GENERIC_KO = re.compile(
    r"^(?:정부|관련|해당|지원|주요|기존|새로운|신규|각종|이|그)*(?:정책|사업|법률|제도|조치|계획|예산|대책|방안|규제|전략)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A measure as a sentence names it."""

    text: str
    """As the document has it."""
    words: frozenset[str]
    """Stems of its words, without amounts, articles and adjectives that any measure may bear."""
    proper: frozenset[str]
    """Those of them that are written as names or codes."""
    numbers: frozenset[str]
    """A year or number that belongs to the name (`of 1974`, `Section 122`)."""
    amounts: frozenset[str]
    whose: frozenset[str]
    """Whom or where the sentence says right beside it that it is of."""
    beside: frozenset[str]
    """The proper names of the other measures of the sentence."""
    vague: bool
    """Whether it is one of several: `a similar levy`."""

    @property
    def telling(self) -> bool:
        """Whether the words tell it from other measures, without more."""
        if any("가" <= w[0] <= "힣" for w in self.words):
            compact = "".join(self.text.split())
            return len(compact) >= _LEAST_KO and not _GENERIC_KO.match(compact)
        if self.proper - _GENERIC:
            return len(self.words | self.numbers) >= 2
        return not self.vague and len(self.words - _GENERIC) >= 3


def named(text: str) -> tuple[Named, ...]:
    """Every measure that a sentence names; the text with single white space."""
    korean = language_of(text) == "ko"
    found = measures_ko(text) if korean else measures_en(text)
    return tuple(_named(m, text, found) for m in found)


def at(text: str, span: Span) -> Named | None:
    """The measure of a sentence that stands at a place."""
    korean = language_of(text) == "ko"
    found = measures_ko(text) if korean else measures_en(text)
    return next((_named(m, text, found) for m in found if m.span.overlaps(span)), None)


def _proper(text: str, begins: bool) -> frozenset[str]:
    found = set()
    for m in re.finditer(r"\b[A-Z][\w&-]*", text):
        first = begins and m.start() == 0 and m.group()[1:].islower()
        if not (first and not re.match(r"\s[A-Z]", text[m.end() :])):
            found.add(stem(m.group().casefold()))
    return frozenset(found)


def _named(m: Measure, text: str, among: list[Measure]) -> Named:
    span = m.span
    while (lead := re.match(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Tt]his)\s", span.slice(text))) is not None:
        span = Span(span.start + lead.end(), span.end)
    own = span.slice(text)
    bare = _AMOUNT.sub(" ", own)
    numbers = frozenset(t.text for t in tokens(bare) if t.kind == "number")
    words = frozenset(stem(t.text) for t in tokens(bare) if t.kind != "number" and t.text not in STOPWORDS)
    plain = {w for w in words if w in _GENERIC and w != stem(m.head.slice(text).casefold())}
    begins = not text[: span.start].strip() or bool(re.fullmatch(r"\W*(?:The|An?)\s", text[: span.start]))
    proper = _proper(bare.strip(), begins and not text[: span.start].strip())
    whose = set()
    if (of := _OF.match(text, m.span.end)) is not None and not _MONTH.match(of["who"]):
        whose.add(of["who"].casefold())
    before = text[: m.span.start]
    if (by := _WHOSE.search(before)) is not None:
        whose.add((by["who"] or by["where"]).casefold())
    beside: set[str] = set()
    for other in among:
        if other.span != m.span:
            beside |= _proper(other.span.slice(text), not other.span.start) - _GENERIC
    return Named(
        own,
        words - plain if not proper else words,
        proper & words,
        numbers,
        frozenset(re.sub(r"\s|percent|per cent|%|퍼센트", "", a.group()) for a in _AMOUNT.finditer(own + text[m.span.end : m.span.end + 14])),
        frozenset(whose),
        frozenset(beside),
        bool(_ANOTHER.search(before)) or bool(re.match(r"(?:similar|other|such)\s", own)),
    )  # fmt: skip


def same(a: Named, b: Named, about_a: str = "", about_b: str = "") -> bool:
    """Whether two names are of one measure. `about_a`, `about_b`: their sentences, with the titles and authors of their
    documents, in which what one says beside its name (`of Marenland`) may stand for the other.
    """
    if any(w not in about_b.casefold() for w in a.whose) or any(w not in about_a.casefold() for w in b.whose):
        return False
    if any("가" <= w[0] <= "힣" for w in a.words | b.words):
        return a.telling and "".join(a.text.split()) == "".join(b.text.split())
    if a.numbers != b.numbers and a.numbers and b.numbers:
        return False
    mine, theirs = a.proper - _GENERIC, b.proper - _GENERIC
    if mine or theirs:
        return a.telling and b.telling and a.proper == b.proper and bool(mine and theirs)
    if b.vague or a.words != b.words:
        return False
    if a.telling and b.telling:
        return True
    return len(a.words) >= 1 and bool(a.beside & b.beside) and (a.amounts == b.amounts or len(a.words) >= 2)
