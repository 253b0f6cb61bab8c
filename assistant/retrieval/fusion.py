"""How what the retrievers say of a passage becomes one number.

Three things are known of every passage that any retriever found: the share of the question's words, by rarity, that it
bears (BM25 over what the question's own words could add at most), the cosine of its vector, and the cosine of its best
sentence. All three lie between 0 and 1 and mean the same for every question, so a weighted sum keeps what ranks throw
away: by how much. The weights are learnt (benchmarks/fit_fusion.py) and stand in data/fusion.json with what they reached.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.protocols import LexicalIndex
from assistant.questions import Question
from assistant.text import language_of, terms

RETRIEVERS = ("lexical", "dense", "sentence")


@dataclass(frozen=True, slots=True)
class Fusion:
    """What each retriever's word weighs; the weights sum to 1."""

    lexical: float
    dense: float
    sentence: float

    def weights(self, readable: bool) -> dict[str, float]:
        """By retriever. A passage that the embedder cannot read (Korean, for an English model) is judged by its words
        alone, which then weigh all there is to weigh: its cosines would be noise."""
        if not readable:
            return {"lexical": 1.0, "dense": 0.0, "sentence": 0.0}
        return {"lexical": self.lexical, "dense": self.dense, "sentence": self.sentence}


@cache
def learnt() -> Fusion:
    """The weights that ship with the package."""
    text = resources.files("assistant").joinpath("data", "fusion.json").read_text(encoding="utf-8")
    weights: dict[str, Any] = json.loads(text)["weights"]
    return Fusion(*(float(weights[name]) for name in RETRIEVERS))


def fuse(shares: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum; a share below 0 (a cosine) counts as 0."""
    return sum(weights[name] * max(0.0, share) for name, share in shares.items())


def idf(frequency: int, count: int) -> float:
    """BM25's inverse document frequency (Robertson and Zaragoza 2009), never negative."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Reachable:
    """What the words of a question could add to a BM25 score at most, for passages in English and in Korean."""

    english: float
    korean: float

    def share(self, score: float, korean: bool) -> float:
        """A BM25 score as a share of it; synonyms on top of the question's own words can lift it above 1."""
        most = self.korean if korean else self.english
        return score / most if most > 0 else 0.0


def reachable(question: Question, index: LexicalIndex) -> Reachable:
    """For passages in the question's language its own words; for the other, of each concept the form that weighs most."""
    weights = question.weighted_terms()
    count = index.count()
    known = {t: w * idf(index.frequency(t), count) for t, w in weights.items()}
    asked = set(terms(question.text)) | {t for c in question.concepts for t in c.forms[0]}
    own = sum(v for t, v in known.items() if t in asked and _korean(t) == (question.language == "ko"))
    own += 0.0 if question.language == "en" else sum(v for t, v in known.items() if t in asked and t[:1].isdigit())
    other = 0.0
    for concept in question.concepts:
        forms = [f for f in concept.forms if any(map(_korean, f)) == (question.language == "en")]
        other += max((sum(known.get(t, 0.0) for t in f) for f in forms or concept.forms[:1]), default=0.0)
    return Reachable(own, other) if question.language == "en" else Reachable(other, own)


def _korean(term: str) -> bool:
    return language_of(term) == "ko"
