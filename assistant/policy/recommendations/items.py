"""Items of a list as recommendations."""

from __future__ import annotations

import re

from assistant.policy.recommendations.korean import item_ko
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.verbs import is_deed
from assistant.types import Language, Span
from assistant.types.policy import Strength

_BULLET = re.compile(
    r"(?:[-–•◦○□■▪·*]|\(?\d{1,2}[.)]|\(?[a-z]\)|First(?:ly)?,|Second(?:ly)?,|Third(?:ly)?,|Fourth(?:ly)?,|Finally,)?\s*(?:to\s)?"
)


def item(text: str, language: Language, strength: Strength, opened: bool) -> Reading | None:
    """The item as a recommendation: one that begins with a verb of a deed, or, where a sentence that recommends opens the
    list, any that asks nothing. Its sign is its first word: what recommends it stands in the opener.
    """
    if language == "ko":
        return item_ko(text)
    start = _BULLET.match(text)
    begin = start.end() if start else 0
    first = re.match(r"[A-Za-z-]+", text[begin:])
    if first is None or text.rstrip().endswith("?") or len(text[begin:].split()) < 2:
        return None
    deed = is_deed(first.group())
    if not deed and (not opened or re.match(r"(?:whether|how|what|why|if|who)\b", text[begin:], re.IGNORECASE)):
        return None
    if not opened and first.group().endswith("ing"):
        return None
    sign = Span(begin, begin + first.end())
    joined = re.search(r"[;,]?\s(?:and|or)\s*$", text)  # `…; and`, before the last item
    return Reading("item", sign, strength, trimmed(text, begin, joined.start() if joined else len(text)))
