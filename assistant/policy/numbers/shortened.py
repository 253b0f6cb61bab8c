"""Abbreviations that a document explains itself: `Fish and Wildlife Service (FWS)`."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.types import Document

_EXPLAINED = re.compile(
    r"(?P<long>(?:[A-Z][\w.&'\u2019-]*|of|and|the|for|in|on|to)(?:[\s-](?:[A-Z][\w.&'\u2019-]*|of|and|the|for|in|on|to)){1,8})\s\((?:the\s)?[\u201c\"]?(?P<short>[A-Z][A-Za-z&]{1,9})[\u201d\"]?[);,]"
)
_SMALL = frozenset(("of", "and", "the", "for", "in", "on", "to"))


def shortened(document: Document) -> dict[str, str]:
    """Each abbreviation with its long form, where its capitals are the first letters of the words before it."""
    return _in_text(document.text)


@lru_cache(maxsize=64)
def _in_text(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for m in _EXPLAINED.finditer(" ".join(text.split())):
        letters = [c for c in m["short"] if c.isupper()]
        words = re.split(r"[\s-]", m["long"])
        for begin in range(len(words) - 1, -1, -1):
            first = [w[0] for w in words[begin:] if w not in _SMALL and w[0].isupper()]
            if len(first) > len(letters):
                break
            if first == letters and words[begin] not in _SMALL:
                found.setdefault(m["short"], " ".join(words[begin:]))
                break
    return found
