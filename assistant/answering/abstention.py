"""Two gates: is the subject in the corpus at all, and does the best evidence say what is demanded.

Every threshold here was chosen on the dev half of eval/ and is recorded, with the curve of refused
against wrongly refused, in docs/answering.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, Weigh, concept_weight, covers
from assistant.quantities import year_range
from assistant.questions import Question
from assistant.text import terms
from assistant.types import Reason

SUBJECT_REACH = 0.36
SUBJECT_COSINE = 0.38
"""Below both, the subject is not in the corpus."""
CONFIDENCE = 0.50
"""The least confidence that answers."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, which words were missed, and what comes nearest."""

    reason: Reason
    missing: tuple[str, ...] = ()


def confidence(question: Question, best: Candidate) -> float:
    """How sure one may be that `best` answers: 0 to 1 over the same features that ranked it."""
    named = 0.45 * best.reach + 0.20 * best.coverage + 0.35 * min(1.0, best.cosine / 0.75)
    hard = [c for c in best.uncovered if c.kind in ("name", "year")]
    penalty = 0.14 * len(hard)
    if question.wants in ("number", "when") and best.kindred == 0.0:
        penalty += 0.2
    return max(0.0, named - penalty)


def gate(question: Question, found: Sequence[Candidate], weigh: Weigh) -> Refusal | None:
    """None where the best candidate may answer."""
    if not question.concepts or all(c.kind == "generic" for c in question.concepts):
        return Refusal("not_a_question")
    if not found:
        return Refusal("not_in_corpus")
    best = found[0]
    reach = max(c.reach for c in found[:5])
    cosine = max(c.cosine for c in found[:5])
    missing = tuple(c.surface for c in best.uncovered if c.kind != "generic")
    if reach < SUBJECT_REACH and cosine < SUBJECT_COSINE:
        return Refusal("not_in_corpus", missing)
    if confidence(question, best) >= CONFIDENCE:
        return None
    if in_figure(question, found, weigh):
        return Refusal("in_figure", missing)
    return Refusal("not_answered_by_corpus", missing)


_FIGURE = re.compile(r"^(?:Figure|Fig\.|Chart|그림)\s*\d", re.IGNORECASE)


def in_figure(question: Question, found: Sequence[Candidate], weigh: Weigh) -> bool:
    """Whether a figure's caption covers a question for a value, its years within the caption's."""
    if question.wants not in ("number", "when") and not question.superlative:
        return False
    for c in found:
        if c.kind != "caption" or not _FIGURE.match(c.text):
            continue
        spanned = year_range(c.text)
        if question.years and not question.years <= spanned:
            continue
        bag = frozenset(terms(c.text, keep_stopwords=True))
        weights = [(x, concept_weight(x, weigh)) for x in question.concepts if x.kind != "year"]
        total = sum(w for _, w in weights) or 1.0
        if sum(w * covers(x, bag) for x, w in weights) / total >= 0.6:
            return True
    return False
