"""The two small linear models that rank candidates and judge the best one.

Their weights stand in data/answering.json, learnt by benchmarks/fit_answering.py on the dev half of
eval/cases.jsonl; the file records what they reached on the half that they did not see.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Model:
    """`ranking[feature]` sums to a score; `gate[feature]` and `bias` to the log-odds of an answer.
    Below `threshold`, the probability does not suffice.
    """

    ranking: Mapping[str, float]
    gate: Mapping[str, float]
    bias: float
    threshold: float

    def score(self, features: Mapping[str, float]) -> float:
        """Comparable between candidates of one question only."""
        return sum(self.ranking.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """That the best candidate answers the question: logistic regression."""
        odds = self.bias + sum(self.gate.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def model() -> Model:
    """The shipped weights, read once."""
    raw = json.loads(resources.files("assistant").joinpath("data", "answering.json").read_text(encoding="utf-8"))
    return Model(raw["ranking"], raw["gate"]["weights"], raw["gate"]["bias"], raw["gate"]["threshold"])
