"""Lexical, dense and hybrid ranking; fusion.

Both retrievers rank passages; `fuse` joins the ranks. Scores of different retrievers are never
added: only their ranks are comparable.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.protocols import Embedder, LexicalIndex, Library, VectorIndex
from assistant.questions import Question, understand
from assistant.text import language_of, terms
from assistant.types import Hit, Passage

RANK_CONSTANT = 10.0
"""The k of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009, who used 60 on runs of 1,000);
a smaller one lets the first ranks weigh more. Measured in benchmarks/retrieval.py."""


def passage_terms(passage: Passage) -> list[str]:
    """What the lexical index holds of a passage: its words, and its section and context once more."""
    return terms("\n".join([passage.text, " ".join(passage.section), passage.context]))


def passage_text(passage: Passage) -> str:
    """What the embedder reads of a passage; chunking sees to it that it fits."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def sentence_texts(passage: Passage) -> list[str]:
    """What the embedder reads of each sentence: a table's row is read with its caption and header."""
    start = passage.span.start
    own = [s.shift(-start).slice(passage.text) for s in passage.sentences]
    return [f"{passage.context}\n{text}" for text in own] if passage.kind == "table" and passage.context else own


def fuse(rankings: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Reciprocal rank fusion: sum over rankings of weight / (RANK_CONSTANT + rank), best first.

    Scaled so that an item first in every ranking scores 1. Ties keep the order of the id.
    """
    total = sum(weights[name] for name in rankings) or 1.0
    scores: dict[str, float] = {}
    for name, ids in rankings.items():
        for rank, id in enumerate(ids, start=1):
            scores[id] = scores.get(id, 0.0) + weights[name] * (RANK_CONSTANT + 1) / (RANK_CONSTANT + rank) / total
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class LexicalRetriever:
    """BM25 over stems and Hangul bigrams, with synonyms at a discount."""

    index: LexicalIndex
    library: Library

    def rank(self, question: Question, k: int) -> list[tuple[str, float]]:
        return list(self.index.match(question.weighted_terms(), k))

    def rank_within(self, question: Question, documents: Collection[str], k: int) -> list[tuple[str, float]]:
        """The same among the passages of some documents."""
        every = self.rank(question, self.index.count())
        return [(id, score) for id, score in every if self.library.passage(id).document in documents][:k]

    def retrieve(self, question: str, k: int) -> Sequence[Hit]:
        return _hits(self.rank(understand(question), k), self.library, "lexical")


@dataclass(frozen=True, slots=True)
class DenseRetriever:
    """Cosine between the embedded question and the embedded passages."""

    index: VectorIndex
    embedder: Embedder
    library: Library

    def rank(self, question: Question, k: int) -> list[tuple[str, float]]:
        return list(self.index.nearest(self.embedder.embed_question(question.gist), k))

    def rank_within(self, question: Question, documents: Collection[str], k: int) -> list[tuple[str, float]]:
        """The same among the passages of some documents, every one of them compared: an index of all passages would
        have to be asked for so many neighbours that theirs are among them.
        """
        vector = self.embedder.embed_question(question.gist)
        scored: list[tuple[str, float]] = []
        for document in sorted(documents):
            ids, matrix = self.library.vectors_of(document)
            scored += zip(ids, (float(s) for s in matrix @ vector), strict=True) if ids else ()
        return sorted(scored, key=lambda item: (-item[1], item[0]))[:k]

    def retrieve(self, question: str, k: int) -> Sequence[Hit]:
        return _hits(self.rank(understand(question), k), self.library, "dense")


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Both rankings fused, then demoted where a passage only names publications or a caption."""

    lexical: LexicalRetriever
    dense: DenseRetriever
    library: Library
    candidates: int = 60
    lexical_weight: float = 1.0
    dense_weight: float = 1.0
    english_only: bool = False
    """Whether the embedder knows no Korean: its neighbours among Korean passages are then noise."""

    def retrieve(self, question: str, k: int) -> Sequence[Hit]:
        return self.find(understand(question), k)

    def find(self, question: Question, k: int, documents: Collection[str] | None = None) -> Sequence[Hit]:
        """Hits for an understood question, in `documents` only where given."""
        k_each = self.candidates
        if documents is None:
            lexical, dense = self.lexical.rank(question, k_each), self.dense.rank(question, k_each)
        else:
            # Few documents: their passages are all near in subject, and what fusion has not seen it cannot lift.
            k_each *= 4
            lexical = self.lexical.rank_within(question, documents, k_each)
            dense = self.dense.rank_within(question, documents, k_each)
        rankings = {"lexical": [id for id, _ in lexical], "dense": [id for id, _ in dense]}
        dense_weight = self.dense_weight
        if self.english_only and rankings["dense"]:
            # The model's vote counts for as much as it can read of what it ranks.
            readable = [id for id in rankings["dense"] if not self._korean(id)]
            if readable or rankings["lexical"] or documents is None:
                dense_weight *= len(readable) / len(rankings["dense"])
                rankings["dense"] = readable
            # Else a document that is asked for shares no word with the question: its passages are found all the same.
        fused = fuse(rankings, {"lexical": self.lexical_weight, "dense": dense_weight})
        scored = []
        for id, score in fused:
            passage = self.library.passage(id)
            scored.append((id, score * PRIOR.get(passage.kind, 1.0)))
        scored.sort(key=lambda item: (-item[1], item[0]))
        return _hits(scored[:k], self.library, "hybrid")

    def _korean(self, id: str) -> bool:
        return language_of(self.library.passage(id).text) == "ko"


PRIOR = {"reference": 0.6, "caption": 0.8, "front": 0.8}
"""Passages that seldom answer: bibliographic entries, captions, title and author notes."""


def _hits(ranked: Sequence[tuple[str, float]], library: Library, retriever: str) -> list[Hit]:
    return [Hit(library.passage(id), score, rank, retriever) for rank, (id, score) in enumerate(ranked, start=1)]


def idf(frequency: int, count: int) -> float:
    """BM25's inverse document frequency (Robertson and Zaragoza 2009), never negative."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
