"""The question that a follow-up means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.conversation import english, korean
from assistant.answering.conversation.talk import LONGEST, Before, before, courtesy
from assistant.questions import understand
from assistant.text import language_of
from assistant.types import Exchange

_REMEMBERED = 8
"""Exchanges that are gone through, the last ones."""
_NEXT = re.compile(r"\b(?:next|following) year\b|\byear after\b|다음 ?해|이듬해", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"\b(?:previous|prior|preceding|last) year\b|\byear before\b|전년|그 ?전 ?해|직전 ?해", re.IGNORECASE
)
_ENDS_KOREAN = re.compile(r"[가-힣]\s*[?.!\uff1f]*\s*$")
"""`Corona는?` is Korean, though most of its letters are not."""
_YEAR = re.compile(r"\s?\b(?:in |for |since |by )?(?:18|19|20)\d\d\b(?:년에?)?")


def complete(question: str, history: Sequence[Exchange]) -> str:
    """The question with what it takes from the last one: a thing of the last question exchanged for the one that is
    given, an antecedent in brackets behind the word that leans on it, or the last question in brackets behind it all.
    A question that stands for itself is returned as it is. The result is shown to the user, who can correct it.
    """
    return _completed(question, understood(history))


def understood(history: Sequence[Exchange]) -> list[Exchange]:
    """The last exchanges as they were understood, without thanks and greetings. They come as they were typed, or as
    they were understood already.
    """
    talk: list[Exchange] = []
    for exchange in history[-_REMEMBERED:]:
        if re.search(r"\w", exchange.question) and not courtesy(exchange.question):
            meant = exchange.question if "[" in exchange.question else _completed(exchange.question, talk)
            talk.append(Exchange(meant, exchange.answer))
    return talk


def _completed(question: str, history: Sequence[Exchange]) -> str:
    if not history or not question.strip() or len(question) > LONGEST or courtesy(question):
        return question
    last = before(history[-1])
    if made := _shifted(question, last):
        return made
    korean_words = language_of(question) == "ko" or bool(_ENDS_KOREAN.search(question))
    made = (korean if korean_words else english).completed(question, last)
    if made is None:
        return question
    if (given := understand(question).years) and made.startswith(question.strip()):  # its own years, not the old ones
        head, _, tail = made.rpartition("[")
        if not given & understand(tail).years:
            made = f"{head}[{_YEAR.sub('', tail)}" if head else made
    return re.sub(r"\s{2,}", " ", made).strip()


def _shifted(question: str, last: Before) -> str | None:
    """`And the year before?`: the last question of another year."""
    shift = 1 if _NEXT.search(question) else -1 if _PREVIOUS.search(question) else 0
    if not shift or len(question.split()) > 7 or understand(question).years:
        return None
    years = understand(last.question).years
    if len(years) != 1:
        return None
    (year,) = years
    return last.question.replace(str(year), str(year + shift)) + "?"
