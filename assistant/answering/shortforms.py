"""Short forms that a document explains where it first writes them: `Armored Brigade Combat Team (ABCT)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_SHORT = re.compile(r"\(([A-Z][A-Za-z&-]{1,9}?)s?[,;)]")
_WORD = re.compile(r"[A-Za-z][\w'\u2019]*")
_LITTLE = frozenset("of the and for in on to a an de la".split())
_BEFORE = 120
"""Characters before the bracket in which the long form begins."""


@lru_cache(maxsize=256)
def short_forms(text: str) -> Mapping[str, str]:
    """Each short form in lower case -> the words that it stands for, as the text explains it first."""
    found: dict[str, str] = {}
    for m in _SHORT.finditer(text):
        letters = [c.lower() for c in m[1] if c.isupper()]
        if len(letters) >= 2 and m[1].lower() not in found:
            words = _WORD.findall(text[max(0, m.start() - _BEFORE) : m.start()])
            if long := _long(words, letters):
                found[m[1].lower()] = long
    return found


def _long(words: list[str], letters: list[str]) -> str:
    """The last words whose initials are the letters, little words between them allowed; "" where there are none."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at][0].lower() != letter and words[at].lower() in _LITTLE:
            at -= 1
        if at < 0 or words[at][0].lower() != letter:
            return ""
    return " ".join(words[at:])
