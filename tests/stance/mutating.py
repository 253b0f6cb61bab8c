"""Misstatements made by program from true sentences: another number, year, country or direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon import places
from assistant.stance.amounts import amounts
from assistant.stance.words import places_named

OPPOSITES = {
    "increase": "decrease", "increased": "decreased", "increasing": "decreasing", "increases": "decreases",
    "rose": "fell", "rise": "fall", "risen": "fallen", "rising": "falling", "grew": "shrank", "grown": "shrunk",
    "growing": "shrinking", "expanded": "shrank", "expand": "shrink", "expanding": "shrinking", "higher": "lower",
    "strengthen": "weaken", "strengthened": "weakened", "surplus": "deficit", "reduce": "raise", "reduced": "raised",
    "exports": "imports", "outward": "inward", "declined": "grew", "decline": "growth", "fell": "rose",
    "promote": "hinder", "promoting": "hindering", "improve": "worsen", "improved": "worsened",
}  # fmt: skip
_COUNTRIES = ("Norway", "Kenya", "Brazil")


def mutated(sentence: str) -> Iterator[tuple[str, str]]:
    """(what was changed, the sentence so changed), one change at a time."""
    for a in amounts(sentence):
        m = re.search(r"\d+(?:\.\d+)?", a.surface.replace(",", ""))
        if m and "," not in a.surface and len(amounts(sentence)) <= 4:
            whole = "." not in m.group()
            other = f"{float(m.group()) * 1.6 + 3:.0f}" if whole else f"{float(m.group()) * 1.6 + 3:.1f}"
            at = sentence.index(m.group(), a.span.start)
            yield "number", sentence[:at] + other + sentence[at + len(m.group()) :]
    for m in re.finditer(r"\b(?:19|20)\d\d\b(?![-\u2013])(?<![-\u2013]\d{4})", sentence):
        other = str(int(m.group()) + 7)
        if other not in sentence:
            yield "year", sentence[: m.start()] + other + sentence[m.end() :]
            break
    named = places_named(sentence)
    for place, span in named.items():
        surface = span.slice(sentence)
        if surface[0].isupper() and surface.lower() in (place, *(" ".join(p) for p in places())):
            other = next(c for c in _COUNTRIES if c.lower() not in named)
            if sentence.count(surface) == 1:
                yield "country", sentence.replace(surface, other)
                break
    for word, opposite in OPPOSITES.items():
        if len(re.findall(rf"\b{word}\b", sentence)) == 1:
            yield "direction", re.sub(rf"\b{word}\b", opposite, sentence)
            break
