"""A question that leans on the conversation, completed from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions import understand
from assistant.types import Exchange

_LEANS = re.compile(
    r"^\s*(?:and|but|so|then|what about|how about|also|or)\b|\b(?:it|its|they|them|their|those|these|this|he|she|his|her|"
    r"former|latter)\b|(?:^|\b(?:about|of|for|in|by|from|than|is|was|does|did|do)\s+)that\b|^(?:그|그럼|그러면|그리고|그것|이것|이는|그중|그 ?경우)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in |for |since |by )?(?:18|19|20)\d\d\b(?:년에?)?")


_ASKS = re.compile(r"^\s*(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|should)\b", re.IGNORECASE)
_TOPIC = re.compile(r"(?:은|는)(?:요)?\s*\?*\s*$")
"""`2021년은?`, `화학은요?`: a topic, and nothing said of it."""
_NEXT = re.compile(r"\b(?:next|following) year\b|\byear after\b|다음 ?해|이듬해", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:previous|prior|preceding|last) year\b|\byear before\b|전년|그 ?전 ?해|직전 ?해", re.IGNORECASE
)


def _shift(question: str) -> int:
    """How many years on from the last question's a follow-up asks."""
    return 1 if _NEXT.search(question) else -1 if _BEFORE.search(question) else 0


def complete(question: str, history: Sequence[Exchange]) -> str:
    """The question, or the question with the subject of the one before it in brackets.

    Fragments and questions with a pronoun lean; years that the new question gives replace the old
    ones. The result is shown to the user, who can correct it.
    """
    if not history:
        return question
    understood = understand(question)
    subjects = [c for c in understood.concepts if c.kind in ("term", "name")]
    fragment = (
        not subjects
        or (len(subjects) == 1 and bool(_TOPIC.search(question)))
        or (len(subjects) == 1 and len(question.split()) <= 3 and not _ASKS.search(question))
    )
    if len(subjects) > 4 or not (_LEANS.search(question) or fragment):
        return question
    before = history[-1].question.strip().rstrip("?？. ")
    if "[" in before:  # what the last question leant on is its own business: one step back is enough
        before = before.replace("[", "").replace("]", "")
    if (shift := _shift(question)) and len(held := understand(before).years) == 1:
        (year,) = held
        return before.replace(str(year), str(year + shift))
    if understood.years:
        before = re.sub(r"\s{2,}", " ", _YEAR.sub("", before)).strip()
    return f"{question.strip()} [{before}]"
