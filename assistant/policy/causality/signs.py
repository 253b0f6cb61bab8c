"""What both languages share: a statement on two things, and how its sides are cut out of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Causality, Span


@dataclass(frozen=True, slots=True)
class Said:
    """A statement on two things. Of a cause and of its denial `first` is the cause and `second` the effect; of a
    correlation they are as they are told. A side is None where the words do not show it."""

    kind: Causality
    sign: Span
    first: Span | None = None
    second: Span | None = None


_EDGE = re.compile(r"[\s,;:()\[\]“”\"‘’'—–.]+")


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without outer white space and marks; None where no letter is left."""
    while start < end and _EDGE.fullmatch(text[start]):
        start += 1
    while end > start and _EDGE.fullmatch(text[end - 1]):
        end -= 1
    return Span(start, end) if any(c.isalpha() for c in text[start:end]) else None


def overlapping(span: Span, found: list[Said]) -> bool:
    """Whether words are already part of a sign that was found."""
    return any(span.overlaps(s.sign) for s in found)
