"""A name of the last question exchanged for the one that a fragment is: `And Ostrava?`, where no list knows either.

Names are told by their capitals alone. A Korean word without any is taken for the like of one that has the same head:
`오로라호`, `코로나호`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.conversation.particles import agreeing
from assistant.answering.conversation.slots import slots
from assistant.text import STOPWORDS
from assistant.types import Language, Span

_LETTER = r"[^\W가-힣]"
_WORD = rf"[A-Z](?:{_LETTER}|[&\u2019'.-])*{_LETTER}|[A-Z]"
_NAME = re.compile(rf"(?<![\w-])(?:{_WORD})(?:(?:(?<![A-Z]{{2}}) of (?:the )?| and (?=[A-Z])| )(?:{_WORD}))*")
_LED = re.compile(
    r"(?:^|\b(?P<lead>in|of|for|to|from|with|by|on|at|against|toward|towards|between|during|since|about)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_OPENING = frozenset(
    """who whom whose what which when where why how is are was were do does did has have had can could will would should
    may might must name list give tell show describe explain compare define in on at of for from under according""".split()
)
_SUBJECT = re.compile(
    r"\b(?:do|does|did|has|have|had|will|would|can|could|should|is|are|was|were)\s+(?:the\s+)?$", re.I
)
_HANGUL = re.compile(r"[가-힣]{3,}")
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:에서는|에서|에는|으로|은|는|이|가|을|를|의|에|도|과|와|로)$")


@dataclass(frozen=True, slots=True)
class Name:
    span: Span
    text: str
    lead: str
    """The preposition before it."""
    subject: bool
    listed: bool
    """Whether a list knows it, or a part of it, as a place or a sector."""

    @property
    def initials(self) -> bool:
        return self.text.isupper() and len(self.text) > 1


def names(text: str) -> list[Name]:
    """The capitalised names of a question, without the word that opens it where that only asks, and without dates."""
    known = slots(text)
    found: list[Name] = []
    for m in _NAME.finditer(text):
        start, words = m.start(), m.group()
        while words and words.split()[0].casefold() in _OPENING | STOPWORDS and not words.split()[0].isupper():
            start, words = start + len(words.split()[0]), words[len(words.split()[0]) :]
            start, words = start + len(words) - len(words.lstrip()), words.lstrip()
        words = _POSSESSIVE.sub("", words)
        span = Span(start, start + len(words))
        if not words or any(s.kind == "date" and s.span.overlaps(span) for s in known):
            continue
        lead = _LED.search(text[:start])
        found.append(
            Name(
                span,
                words,
                (lead["lead"] or "").lower() if lead else "",
                bool(_SUBJECT.search(text[:start])),
                any(s.span.overlaps(span) for s in known),
            )
        )
    return found


def renamed(fragment: str, before: str, language: Language) -> str | None:
    """The last question with the one name of a fragment in the place of its like; None where the fragment says more, or
    where it is open which name it replaces: names that no list knows go before those of one, initials are for initials.
    """
    given = names(fragment)
    if len(given) != 1 or given[0].listed or not _alone(fragment, given[0]):
        return _like_headed(fragment, before) if not given and language == "ko" else None
    (name,) = given
    held = names(before)
    if any(h.text.casefold() == name.text.casefold() for h in held):
        return None
    like = [h for h in held if h.initials == name.initials]
    like = [h for h in like if not h.listed] or like
    if name.lead and any(h.lead == name.lead for h in like):
        like = [h for h in like if h.lead == name.lead]
    if len(like) > 1:
        like = [h for h in like if h.subject]
    if len(like) != 1:
        return None
    span = like[0].span
    return agreeing(before[: span.start], name.text, before[span.end :]) + "?"


def _alone(fragment: str, name: Name) -> bool:
    rest = fragment[: name.span.start] + " " + fragment[name.span.end :]
    return all(w.casefold() in STOPWORDS | {"s", "the", "of"} for w in re.findall(r"\w+", rest))


def _like_headed(fragment: str, before: str) -> str | None:
    """`코로나호는?` after `오로라호의 좌석 수는?`: one word for the one word with the same last syllable."""
    word = fragment.strip()
    if not _HANGUL.fullmatch(word):
        return None
    like: list[Span] = []
    for m in _HANGUL.finditer(before):
        bare = _PARTICLE.sub("", m.group())
        if len(bare) > 2 and bare[-1] == word[-1] and bare != word:
            like.append(Span(m.start(), m.start() + len(bare)))
    if len(like) != 1 or word in before:
        return None
    return agreeing(before[: like[0].start], word, before[like[0].end :]) + "?"
