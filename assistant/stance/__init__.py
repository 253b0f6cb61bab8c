"""Whether words speak for a statement, against it, or not on it: by rules and measured likeness, without a model that
writes. What cannot be decided is `unchecked`.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.quantities import missing, numbers
from assistant.types import Verdict


@dataclass(frozen=True, slots=True)
class Near:
    """How near words come to a statement in meaning, each 0 to 1: late interaction, cosine, the least-met word."""

    late: float
    cosine: float
    weakest: float


def judge(statement: str, words: str, near: Near, context: str = "") -> Verdict:
    """What `words` say of `statement`. `context` stands around them: headings, the sentence before, a table's caption."""
    if near.late < 0.6:
        return Verdict("unsupported", "not found")
    if lost := missing(statement, [words, context]):
        kinds = {n.kind for n in numbers(words)}
        if kinds & {n.kind for n in numbers(statement)}:
            return Verdict("contradicted", f"{lost[0]} does not stand there")
        return Verdict("unsupported", f"{lost[0]} does not stand there")
    return Verdict("supported" if near.late > 0.8 else "partial")
