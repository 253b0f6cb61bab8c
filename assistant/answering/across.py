"""English questions over documents in both languages, where the embedder reads English alone.

Vectors speak for every English sentence and for no Korean one, so an English sentence on something else stands before the
Korean one that is asked for. Both can be compared by the words alone: by the share of the question's concepts that a
sentence holds with its heading and passage, Korean by the glossary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.candidates import Candidate, Weigh, bag_of, concept_weight, covers
from assistant.questions import Question

HELD = 0.5
"""The share of a question's concepts that a Korean sentence must hold to be set before English ones."""
AHEAD = 0.25
"""By how much it must hold more of them than the best English sentence."""
AROUND = 0.8
"""What a concept in the heading or the rest of the passage is worth."""
_BELOW = 0.5
"""What is left of an English sentence's score beside the Korean one's: it is not shown as well."""


def across(question: Question, found: Sequence[Candidate], weigh: Weigh) -> list[Candidate]:
    """The candidates, best first, with English ones set behind the Korean sentence that holds clearly more of what is
    asked; as they are where none does, or all are in one language.
    """
    if question.language != "en" or len({c.foreign for c in found}) < 2:
        return list(found)
    weights = {c: concept_weight(c, weigh) for c in question.concepts}
    total = sum(weights.values())
    if not total:
        return list(found)

    def share(candidate: Candidate) -> tuple[float, float]:
        """What it holds with what stands around it, and of itself."""
        own, around = bag_of(candidate.text), bag_of(f"{candidate.heading}\n{candidate.passage.text}")
        inside = {c: covers(c, own) for c in weights}
        whole = sum(w * max(inside[c], AROUND * covers(c, around)) for c, w in weights.items())
        return whole / total, sum(w * inside[c] for c, w in weights.items()) / total

    shares = [share(c) for c in found]
    english = max(s[0] for c, s in zip(found, shares, strict=True) if not c.foreign)
    korean = [(s, c.score, i) for i, (c, s) in enumerate(zip(found, shares, strict=True)) if c.foreign and s[1] > 0.0]
    if not korean:
        return list(found)
    (held, _), score, first = max(korean)
    if held < HELD or held - english < AHEAD:
        return list(found)
    most = max(found, key=lambda c: c.score).score
    made = [
        replace(c, standing=most / score if i == first and score > 0.0 else 1.0 if c.foreign else _BELOW)
        for i, c in enumerate(found)
    ]
    return sorted(made, key=lambda c: -c.score)
