"""The small linear models that rank candidates.

Their weights stand in data/answering.json, learnt by benchmarks/fit_answering.py on dev parts; the file records what they
reached on parts that they did not see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

OF_THE_EMBEDDER = frozenset(
    {"cosine", "late", "weakest", "leaning", "late_headed", "late_apart", "headed_apart", "not_looked"}
)
"""Features that mean nothing for text which the embedder does not read."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """`weights[feature]` sums to the log-odds of being the answer; `scale` and `middle` bring that between 0 and 1, where
    scores are compared by their ratio.
    """

    weights: Mapping[str, float]
    scale: float = 1.0
    middle: float = 0.0

    def score(self, features: Mapping[str, float]) -> float:
        odds = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return max(0.01, self.middle + self.scale * odds)


@dataclass(frozen=True, slots=True)
class Model:
    """`ranking` scores candidates, `by_words` those whose language the embedder cannot read."""

    ranking: Ranking
    by_words: Ranking

    def score(self, features: Mapping[str, float], unread: bool = False) -> float:
        """Comparable between candidates of one question only."""
        return (self.by_words if unread else self.ranking).score(features)


@cache
def model() -> Model:
    """The shipped weights, read once."""
    raw = json.loads(resources.files("assistant").joinpath("data", "answering.json").read_text(encoding="utf-8"))
    return Model(Ranking(**raw["ranking"]), Ranking(**raw["ranking_by_words"]))
