"""Misstatements made by program from true sentences: another number, year, country or direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon import places
from assistant.stance.amounts import Amount, amounts
from assistant.stance.words import places_named
from assistant.types import Span

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


def swapped(sentence: str) -> Iterator[tuple[str, str]]:
    """(what was changed, the sentence so changed): misstatements that use none but the sentence's own figures."""
    found = amounts(sentence)
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            first, second = _figure(sentence, one), _figure(sentence, other)
            if (
                one.unit == other.unit
                and not one.span.overlaps(other.span)
                and first
                and second
                and one.low != other.low
            ):
                yield "swap", _put(sentence, (first, second.slice(sentence)), (second, first.slice(sentence)))
    for kind, pattern, words in _WORDS:
        for m in pattern.finditer(sentence):
            if any(0 <= a.span.start - m.end() <= 8 for a in found):
                yield kind, sentence[: m.start()] + m["left"] + words + sentence[m.end() :]
    for m in _UNTIL.finditer(sentence):
        turned = "until" if m[1].lower() == "since" else "since"
        yield "time", sentence[: m.start(1)] + turned + sentence[m.end(1) :]


_UNTIL = re.compile(r"\b(since|until)\s(?=(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b)", re.I)
_CHANGED = r"\b(?:rose|grew|fell|increased|declined|dropped|raised|cut) "
_WORDS = (
    ("by for to", re.compile(rf"(?P<left>{_CHANGED})by(?= )"), "to"),
    ("to for by", re.compile(rf"(?P<left>{_CHANGED})to(?= )"), "by"),
    ("bound", re.compile(r"(?P<left>\b)more than\b"), "less than"),
    ("bound", re.compile(r"(?P<left>\b)(?:nearly|almost)\b"), "more than"),
    ("bound", re.compile(r"(?P<left>\b)(?:less|fewer) than\b"), "more than"),
    ("bound", re.compile(r"(?P<left>\b)at least\b"), "at most"),
)


def _figure(text: str, a: Amount) -> Span | None:
    """The digits of an amount, its unit and scale left out."""
    m = re.match(r"\d+(?:,\d{3})*(?:\.\d+)?", a.surface)
    return Span(a.span.start, a.span.start + m.end()) if m and a.low == a.high else None


def _put(text: str, *changes: tuple[Span, str]) -> str:
    for span, words in sorted(changes, key=lambda c: -c[0].start):
        text = text[: span.start] + words + text[span.end :]
    return text
