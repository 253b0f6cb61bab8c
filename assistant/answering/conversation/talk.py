"""The conversation as a follow-up leans on it: the last question and what the answer to it said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from assistant.answering import wording
from assistant.text import STOPWORDS, tokens
from assistant.types import Exchange, Language, Reason

_MARK = re.compile(r"\s*\[\d+\]")
_LONGEST = 240
"""Characters of a statement that a question can repeat and still be read."""
_SHORTEST = 12
"""Characters of what is a statement: the cell of a table is none."""


@dataclass(frozen=True, slots=True)
class Before:
    """`question` is the last one without brackets and its question mark; `said` the first sentence that was answered,
    '' where nothing was.
    """

    question: str
    said: str = ""
    topic: str = ""
    """The question before the last one, where the last one leant on it as a whole."""

    @property
    def shown(self) -> str:
        """What stands in a bracket for the last question: with its topic where it says little of its own."""
        own = len([t for t in tokens(self.question) if t.text not in STOPWORDS])
        if self.topic and own < _ENOUGH and len(self.topic) + len(self.question) < _LONGEST:
            return f"{self.question} \u2013 {self.topic}"
        return self.question


LONGEST = 500
"""Characters of a question that can lean or be leant on: what is longer says for itself what it is about."""
_ENOUGH = 3
"""Words of a question that say what it is about."""
_INLINE = re.compile(
    r"(?:\b(?:(?:this|that|these|those|such|the) [\w-]+(?: [\w-]+)?|it|its|they|them|their|he|she|him|his|her|this|that|these|those)"
    r"|(?P<korean>(?:^|(?<=\s))(?:그|이|해당|이러한|그러한|이런|그런|위|동) [가-힣A-Z]+))\s?\[(?P<held>[^\[\]]+)\]",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s*\[(?P<topic>[^\[\]]*)\]\s*$")
_COURTESY = re.compile(
    r"\W*(?:(?:ok(?:ay)?|oh|great|good|nice|wow|cool|perfect|awesome|got it|i see|i understand|understood|thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|"
    r"sure|right|yes|no|hello|hi|hey|bye|goodbye|sorry|never mind|that is (?:too bad|great|good|helpful)|감사합니다|고맙습니다|고마워요?|네|예|아니요|알겠습니다|안녕하세요)\W*)+",
    re.IGNORECASE,
)


def courtesy(text: str) -> bool:
    """Whether a turn only thanks, greets or agrees."""
    return bool(_COURTESY.fullmatch(text.strip()))


def before(last: Exchange) -> Before:
    """What the last exchange offers; antecedents that it shows in brackets take the place of what leant on them."""
    question = " ".join(last.question.split())[:LONGEST]
    question = _INLINE.sub(lambda m: m["held"], question)
    topic = ""
    if m := _TRAILING.search(question):
        topic, question = m["topic"], question[: m.start()]
    question = question.replace("[", "").replace("]", "").rstrip("?\uff1f. ")
    return Before(
        re.sub(r"\s{2,}", " ", question).strip(), said(last.answer), topic.split(" \u2013 ")[-1].strip("?\uff1f. ")
    )


def trailing(completed: str) -> tuple[str, str]:
    """A completed question without the bracket that another question stands in behind it, and that question or ''."""
    bare = _INLINE.sub(lambda m: m["held"], completed)
    if m := _TRAILING.search(bare):
        return bare[: m.start()], m["topic"]
    return completed, ""


def said(answer: str, longest: int = 0) -> str:
    """The first sentence of an answer, or as many characters of it as `longest`, without marks and notices; '' of an
    abstention.
    """
    body = _MARK.sub("\n", answer.split("\n\n")[0]).strip()
    languages: tuple[Language, ...] = ("en", "ko")
    if any(body.startswith(wording.reason(why, told)) for why in get_args(Reason) for told in languages):
        return ""
    if longest:
        return " ".join(body.split())[:longest]
    first = next((line.strip() for line in body.split("\n") if line.strip()), "")
    if len(first) > _LONGEST:
        cut = re.match(rf".{{20,{_LONGEST}}}?[.!?](?=\s)", first)
        first = cut.group() if cut else ""
    first = first.rstrip(". ")
    return first if len(first) >= _SHORTEST else ""
