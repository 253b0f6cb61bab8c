"""The two learnt gates: how sure it is that the subject is in the corpus, and that what is asked is said.

Each is a logistic regression over the features of `evidence`. Their weights stand in data/gate.json, learnt by
benchmarks/fit_gate.py on questions of several corpora; the file records the thresholds along the curve of refused
against wrongly refused, and what they reached on questions that were not learnt from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

CAUTION = 9
"""Of a hundred answerable questions, how many may be refused; what `Settings.caution` is where nobody sets it."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """`weights[feature]` and `bias` sum to log-odds."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        odds = self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class Gates:
    """`subject` and `said` for text that the embedder reads and, under `words`, for text of which only words speak.

    `thresholds[…][caution]` are the limits of the two where `caution` in a hundred of the answerable questions are refused.
    """

    subject: Mapping[str, Logistic]
    said: Mapping[str, Logistic]
    thresholds: Mapping[str, Mapping[int, tuple[float, float]]]

    def judged(self, features: Mapping[str, float], reads: bool) -> tuple[float, float]:
        """That the subject is in the corpus; and, if it is, that the best candidate says what is asked."""
        by = "vectors" if reads else "words"
        return self.subject[by].probability(features), self.said[by].probability(features)

    def limits(self, caution: int, reads: bool) -> tuple[float, float]:
        """Of the subject's probability and of the second gate's: below either, it is refused."""
        thresholds = self.thresholds["vectors" if reads else "words"]
        known = sorted(thresholds)
        below = max((k for k in known if k <= caution), default=known[0])
        above = min((k for k in known if k >= caution), default=known[-1])
        if below == above:
            return thresholds[below]
        share = (caution - below) / (above - below)
        (s, c), (t, d) = thresholds[below], thresholds[above]
        return s + share * (t - s), c + share * (d - c)


def together(subject: float, said: float) -> float:
    """One number of both, by which questions are put in order. The second gate is less sure of what it says than the
    first, and counts for half (docs/abstention.md has what else was tried).
    """
    return subject * math.sqrt(said)


@cache
def gates() -> Gates:
    """The shipped gates, read once."""
    return of(json.loads(resources.files("assistant").joinpath("data", "gate.json").read_text(encoding="utf-8")))


def of(raw: Mapping[str, Any]) -> Gates:
    """Gates as benchmarks/fit_gate.py writes them down."""

    def read(part: Mapping[str, Any]) -> dict[str, Logistic]:
        return {by: Logistic(each["weights"], each["bias"]) for by, each in part.items()}

    limits = {
        by: {int(k): (v["subject"], v["said"]) for k, v in each.items()} for by, each in raw["thresholds"].items()
    }
    return Gates(read(raw["subject"]), read(raw["said"]), limits)
