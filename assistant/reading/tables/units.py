"""The unit that a caption, a line above a table or the head of a column gives."""

from __future__ import annotations

import re

from assistant.reading.roles import unit_of

_MONEY = r"(?:US\$|USD|KRW|EUR|JPY|CNY|GBP|[$€£¥₩])"
_SCALE = r"(?:thousands?|millions?|billions?|trillions?|[bmt]n|mill?\.?)"
_KOREAN = r"(?:[십백천]*[만억조]?\s?(?:원|달러|불|유로|엔|위안|명|개|건|톤|가구|호|천명)|퍼센트)"
_PLAIN = (
    rf"(?:in\s+)?(?:(?:{_MONEY}\s?(?:{_SCALE}|[kmb]\b)?|{_SCALE}(?:\s+of\s+[\w.$ -]{{2,40}})?|current\s+{_MONEY})"
    r"|%(?:\s?(?:of|p)\b[^()]{0,40}|p)?|percent(?:age)?(?:\s(?:points?|of|change)\b[^()]{0,40})?"
    rf"|{_KOREAN}(?:\s?,\s?%)?|persons?|tons?|hectares?|\d{{4}}\s?=\s?100)"
)
_COUNTED = rf"(?:in\s+)?{_SCALE}(?:\s+[^\W\d][\w.$-]*){{1,3}}"
"""A scale with what is counted, as "thousand metric tons": only in brackets, where words are not a sentence's."""
_BRACKETED = re.compile(rf"[(\[（]\s*({_PLAIN}|{_COUNTED})\s*[)\]）]", re.IGNORECASE)
_WHOLE = re.compile(rf"[(\[（]?\s*({_PLAIN})\s*[)\]）]?", re.IGNORECASE)
_TAIL = re.compile(
    r",\s*((?:in\s+)?(?:thousands|millions|billions|trillions)\b[^,()]{0,40}|in\s+percent(?:age)?[^,()]{0,30}|percent(?:age)?)\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:units?|단위)\s*[:：]\s*([^()\[\]]{1,40}?)\s*[)\]]?\s*$", re.IGNORECASE)


def unit_in(text: str) -> str | None:
    """The unit that the words give, if they give one; of several, the first."""
    text = " ".join(text.split())
    if not text:
        return None
    known = unit_of(text)
    if known:
        return known
    for form in (_SAID, _BRACKETED, _TAIL):
        found = form.search(text)
        if found and found[1].strip():
            return found[1].strip()
    return None


def is_unit(text: str) -> bool:
    """Whether a line says nothing but a unit."""
    text = " ".join(text.split())
    if not text or len(text) > 70:
        return False
    if _WHOLE.fullmatch(text) or _SAID.fullmatch(text.strip("()[]（） ")):
        return True
    known = unit_of(text)
    return known is not None and len(known) >= 0.6 * len(text.strip("()[]"))
