"""Two gates: is the subject in the corpus at all, and does the best evidence say what is demanded.

Each has a learnt model and a limit of its own (`gates/model.py`); rules refuse what turns on a point that is missing
(`gates/rules.py`). The curves of refused against wrongly refused are in docs/abstention.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, Weigh
from assistant.answering.gates import rules
from assistant.answering.gates.asked_for import never_said
from assistant.answering.gates.demands import Unmet, unmet
from assistant.answering.gates.evidence import features
from assistant.answering.gates.model import CAUTION, gates, together
from assistant.questions import Question
from assistant.types import Reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, which words were missed, what was demanded and is not met."""

    reason: Reason
    missing: tuple[str, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Gated:
    """How sure it is that the best candidate answers, 0 to 1 and comparable between corpora, and the refusal, if any."""

    confidence: float | None
    refusal: Refusal | None = None


BY_RULE = 0.5
"""What a rule that refuses leaves of the confidence."""
SURE = 0.9
"""The least confidence of an answer that a rule gives: a cell with all that is asked, a note asked for by its number."""


def gate(
    question: Question,
    found: Sequence[Candidate],
    everything: Sequence[Candidate],
    weigh: Weigh,
    caution: int = CAUTION,
    confined: bool = False,
) -> Gated:
    """Whether the best of `found` may answer; `everything` tells whether the subject is there at all, and what only a
    figure shows. Of a hundred questions that have an answer, about `caution` may be refused. Where the asker has named
    the documents (`confined`), it is they who say that the subject is there: then only the second gate decides.
    """
    if rules.no_question(question, everything):
        return Gated(0.0, Refusal("not_a_question", confidence=0.0))
    if not everything:
        return Gated(None, Refusal("not_in_corpus", rules.unheard(question, weigh)))
    best = (found or everything)[0]
    reads = not best.foreign
    subject, said = gates().judged(features(question, found, everything, weigh), reads)
    least_subject, least_said = gates().limits(caution, reads)
    least_subject = 0.0 if confined else least_subject
    confidence = together(subject, said)
    if found and rules.answers_by_its_kind(question, best):
        return Gated(max(SURE, confidence))
    pointless = not found or rules.lacks_the_point(question, best, weigh) or never_said(question, weigh)
    if not pointless and subject >= least_subject and said >= least_said:
        return Gated(confidence)
    confidence *= BY_RULE if pointless else 1.0
    reason: Reason = "not_in_corpus" if subject < least_subject else "not_answered_by_corpus"
    if reason == "not_answered_by_corpus" and rules.nothing_heard(question, weigh):
        reason = "not_in_corpus"
    if rules.in_figure(question, [c for c in everything if c.kind == "caption"], weigh):
        reason = "in_figure"
    demands = unmet(question, found, everything, weigh) if reason == "not_answered_by_corpus" else ()
    return Gated(confidence, Refusal(reason, rules.unheard(question, weigh), demands, confidence))
