"""What a sentence says of two things: that one brings about the other, that they go together, or that neither is so.

Read from words alone. What goes together is never read as a cause: a sentence that says both counts as one that reports
what goes together (`of`).
"""

from __future__ import annotations

from functools import lru_cache

from assistant.policy.causality.asked import Asked, asked
from assistant.policy.causality.english import english
from assistant.policy.causality.korean import korean
from assistant.policy.causality.signs import Said
from assistant.text import language_of
from assistant.types import Causality

__all__ = ["Asked", "Said", "asked", "of", "said"]


@lru_cache(maxsize=4096)
def said(text: str) -> tuple[Said, ...]:
    """Each statement of a cause, of going together, or that there is none, in the order of the text."""
    found = korean(text) if language_of(text) == "ko" else english(text)
    return tuple(sorted(found, key=lambda s: s.sign.start))


def of(text: str) -> Causality | None:
    """What a sentence as a whole comes to: a correlation wherever it speaks of one, so that none is ever shown as a
    cause; else what it says first. None where it says nothing of the kind."""
    kinds = [s.kind for s in said(text)]
    if "correlation" in kinds:
        return "correlation"
    return kinds[0] if kinds else None
