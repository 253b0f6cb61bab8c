"""Two gates: is the subject in the corpus at all, and does the best evidence say what is demanded.

The weights and the threshold are learnt on the dev half of eval/ (see model.py); the curve of refused
against wrongly refused is in docs/answering.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, Weigh, concept_weight, covers
from assistant.answering.model import model
from assistant.quantities import year_range
from assistant.questions import Concept, Question
from assistant.text import STOPWORDS, terms
from assistant.types import Reason

SUBJECT_LATE = 0.50
SUBJECT_COSINE = 0.40
"""Below both, the subject is not in the corpus; the answer is refused by the gate anyhow."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, which words were missed, and what comes nearest."""

    reason: Reason
    missing: tuple[str, ...] = ()


def features(question: Question, found: Sequence[Candidate], weigh: Weigh) -> dict[str, float]:
    """What the gate sees of the best candidate and of how far it stands out."""
    best = found[0]
    total = sum(concept_weight(c, weigh) for c in question.concepts) or 1.0
    lost = sum(concept_weight(c, weigh) for c in best.uncovered)
    exact = question.wants in ("number", "when")
    return {
        "late": best.late or 0.0,
        "weakest": best.weakest,
        "cosine": best.cosine,
        "rank": best.rank,
        "names": min(2.0, sum(c.kind == "name" for c in best.uncovered)),
        "unheard_names": min(2.0, sum(c.kind == "name" for c in best.unheard)),
        "years": float(best.absent_years > 0) * (1.0 if exact else 0.7),
        "uncovered": lost / total,
        "row": float(best.kind == "row"),
        "margin": min(1.0, best.score - found[min(3, len(found) - 1)].score),
        "length": min(1.0, len(question.concepts) / 8),
        "leaning": best.leaning or 0.0,
        "elsewhere": float(best.elsewhere),
        "reach": best.reach,
        "uncovered_exact": lost / total if exact else 0.0,
    }


def gate(
    question: Question, found: Sequence[Candidate], everything: Sequence[Candidate], weigh: Weigh
) -> Refusal | None:
    """None where the best of `found` may answer; `everything` tells whether the subject is there at all,
    and what only a figure shows.
    """
    captions = [c for c in everything if c.kind == "caption"]
    if not question.concepts and not re.search(r"\b(?:purpose|aim|goal|about)\b|목적|요지|주제", question.text):
        return Refusal("not_a_question")
    if (
        question.wants == "open"
        and len(question.concepts) <= 2
        and not any(c.reach > 0.0 or c.rank > 0.9 for c in everything)
    ):
        return Refusal("not_a_question")
    if not found:
        if in_figure(question, captions, weigh):
            return Refusal("in_figure")
        missing = tuple(c.surface for c in question.concepts if c.kind != "generic" and _unknown(c, weigh))
        return Refusal(_off(everything), missing)
    best = found[0]
    if question.wants == "purpose" and best.kindred == 1.0:
        return None  # the sentence says what the paper sets out to do: no word of the question need stand in it
    if best.kind == "caption" and best.coverage >= 0.5:
        return None  # captions come here only as the source line of a table, when the source is asked for
    missing = tuple(c.surface for c in question.concepts if c.kind != "generic" and _unknown(c, weigh))
    if _lacks_the_point(question, best, weigh):
        figure = in_figure(question, captions, weigh)
        return Refusal("in_figure" if figure else _off(everything), missing)
    if model().probability(features(question, found, weigh)) >= model().threshold:
        return None
    if in_figure(question, captions, weigh):
        return Refusal("in_figure", missing)
    return Refusal(_off(everything), missing)


def _unknown(concept: Concept, weigh: Weigh) -> bool:
    """Whether no form of a concept stands anywhere in the corpus."""
    never = weigh("\0")  # no term: its weight is that of a word in no passage
    words = [[s for s in form if s not in STOPWORDS] for form in concept.forms]  # no index holds `of` or `and`
    return all(any(weigh(s) >= never for s in form) for form in words if form)


UNKNOWN = ((0.45, 0.42, True), (0.6, 0.35, False))
"""(share, echo, exact only): where words that the corpus never uses make up this share of a question, each of
its words must find one in the best sentence that comes at least this near. Chosen on the dev cases, where
neither costs an answer.
"""


def _lacks_the_point(question: Question, best: Candidate, weigh: Weigh) -> bool:
    """Whether the best candidate misses what the question turns on: the year of a figure, the figure that
    it names, or a subject that the corpus never speaks of.
    """
    if question.wants in ("number", "when") and best.absent_years and best.kind != "row":
        return not (question.wants == "when" and best.kindred == 1.0 and best.coverage >= 0.6)
    if (m := _NAMED_FIGURE.search(question.text)) and not re.search(rf"\b{m[1]}\s*{m[2]}\b", best.text, re.IGNORECASE):
        return True
    known = [c for c in question.concepts if c.kind != "generic"]
    total = sum(concept_weight(c, weigh) for c in known) or 1.0
    unknown = [c for c in known if _unknown(c, weigh)]
    share = sum(concept_weight(c, weigh) for c in unknown) / total
    exact = question.wants in ("number", "when")
    return any(share >= most and best.weakest < echo and (exact or not only) for most, echo, only in UNKNOWN)


_NAMED_FIGURE = re.compile(r"\b(figure|chart)\s*(\d+)\b", re.IGNORECASE)


def _off(everything: Sequence[Candidate]) -> Reason:
    """The subject is there and the fact is not, or not even the subject: whether any sentence comes near
    the question in words or in meaning.
    """
    told = [c for c in everything[:12] if c.kind not in ("reference", "title")]
    near = any((c.late or 0.0) >= SUBJECT_LATE or c.cosine >= SUBJECT_COSINE or c.reach >= 0.6 for c in told)
    return "not_answered_by_corpus" if near else "not_in_corpus"


_FIGURE = re.compile(r"^(?:Figure|Fig\.|Chart|그림)\s*\d", re.IGNORECASE)


def in_figure(question: Question, captions: Sequence[Candidate], weigh: Weigh) -> bool:
    """Whether a figure's caption covers a question for a value, its years within the caption's."""
    if question.wants not in ("number", "when") and not question.superlative:
        return False
    for c in captions:
        if not _FIGURE.match(c.text):
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
