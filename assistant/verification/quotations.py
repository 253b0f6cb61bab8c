"""Words that a claim itself puts between quotation marks: they must stand so in one quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citations import stands
from assistant.text import language_of
from assistant.verification.ground import Fault, Ground

_QUOTED = re.compile(
    r"[\u201c\u300c\u300e\u00ab]([^\u201c\u201d\u300d\u300f\u00bb]+)[\u201d\u300d\u300f\u00bb]|\"([^\"]+)\""
)
_ELLIPSIS = re.compile(r"\u2026|\.\s?\.\s?\.|\[\s?\u2026\s?\]")
LONG = 3
"""Words from which a quotation is one, and not a name or a word that is spoken of."""


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """A quotation within the claim that stands in no quote as it is, or that jumps over words."""
    places = (*ground.sources, ground.around.words)
    for m in _QUOTED.finditer(claim):
        words = (m[1] or m[2]).strip(" ,.")
        if any(stands(words, p) for p in places):
            continue
        if _ELLIPSIS.search(words):
            yield Fault("quotation", "a quotation leaves words out")
            continue
        translated = language_of(words) != language_of(" ".join(ground.quotes))
        long = len(words.split()) >= LONG
        yield Fault("quotation", f"“{words}” stands in no quote", open=not long and translated)
