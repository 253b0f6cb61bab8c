"""What of a conversation helps to find the passages for a question.

A question that stands for itself still belongs to the talk that it is asked in: of passages that fit it equally well,
those near to what was spoken of before are meant. So the earlier questions and the last answer add their terms and
their vectors at a discount. The weights are learnt (benchmarks/fit_followups.py) and stand in data/earlier.json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources

from assistant.answering.conversation.completing import understood
from assistant.answering.conversation.talk import before, said, trailing
from assistant.questions import Earlier, Heard, Question, understand
from assistant.types import Exchange

_READ = 600
"""Characters of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a conversation weighs beside the question's own words, which weigh 1."""

    bracket: float
    """The question that another leans on as a whole, both its terms and its vector."""
    question: float
    """Terms of the last question."""
    questions: float
    """Terms of those before it."""
    answer: float
    """Terms of the last answer."""
    near_question: float
    """Share of the last question's vector."""
    near_questions: float
    """Share of the vectors of those before it, together."""
    near_answer: float
    """Share of the last answer's vector."""


@cache
def learnt() -> Weights:
    """The weights that ship with the package."""
    text = resources.files("assistant").joinpath("data", "earlier.json").read_text(encoding="utf-8")
    weights = json.loads(text)["weights"]
    return Weights(**{f.name: float(weights[f.name]) for f in fields(Weights)})


def meant(completed: str, heard: Heard | None = None) -> Question:
    """A completed question as it is understood: the kind of answer that it wants is the one that its own words ask for,
    and not the one of the question in its bracket.
    """
    question = understand(completed, heard=heard)
    own, bracket = trailing(completed)
    if not bracket or (wants := understand(own).wants) == "open":
        return question
    return replace(question, wants=wants)


def earlier(completed: str, history: Sequence[Exchange], weights: Weights | None = None) -> Earlier | None:
    """What the conversation adds to the search for a question that was completed from it; None without one."""
    weights = weights or learnt()
    talk = understood(history)
    if not talk:
        return None
    own, bracket = trailing(completed)
    questions = [before(e).question for e in talk]
    answer = said(talk[-1].answer, _READ)
    added: dict[str, float] = {}
    texts: list[tuple[str, float]] = []

    def add(text: str, terms: float, share: float) -> None:
        if not text:
            return
        meant = understand(text)
        for term, weight in meant.weighted_terms().items() if terms else ():
            added[term] = max(added.get(term, 0.0), weight * terms)
        if share:
            texts.append((meant.gist, share))

    add(questions[-1], weights.question, weights.near_question)
    for question in questions[:-1]:
        add(question, weights.questions, weights.near_questions / (len(questions) - 1))
    add(answer, weights.answer, weights.near_answer)
    if not bracket:
        return Earlier(tuple(added.items()), tuple(texts))
    lone = understand(own)
    leant = frozenset(understand(bracket).weighted_terms()) - frozenset(lone.weighted_terms())
    texts.append((understand(bracket).gist, weights.bracket))
    return Earlier(tuple(added.items()), tuple(texts), lone.gist, leant, weights.bracket)
