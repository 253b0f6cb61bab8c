"""Lexical, dense and hybrid ranking.

Both retrievers name candidates; `HybridRetriever` then weighs every candidate by all that is known of it: its words,
its vector, and the vector of its best sentence (fusion.py says how). docs/retrieval.md has what was measured.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.protocols import Embedder, LexicalIndex, Library, Reranker, VectorIndex, Vectors
from assistant.questions import Question, understand
from assistant.retrieval.asking import asked_vector
from assistant.retrieval.folding import folded
from assistant.retrieval.fusion import RETRIEVERS, Fusion, Reachable, fuse, idf, learnt, reachable
from assistant.retrieval.indexed import passage_terms, passage_text, sentence_texts
from assistant.text import language_of
from assistant.types import Explained, Hit, Matched, Passage, Ranked

__all__ = [
    "PRIOR",
    "RETRIEVERS",
    "DenseRetriever",
    "Fusion",
    "HybridRetriever",
    "KeepOrder",
    "LexicalRetriever",
    "fuse",
    "idf",
    "learnt",
    "neighbours",
    "passage_terms",
    "passage_text",
    "sentence_texts",
]

PRIOR = {"reference": 0.6, "caption": 0.8, "front": 0.8}
"""Passages that seldom answer: bibliographic entries, captions, title and author notes."""
FILTERED = 4
"""How many times as many candidates are weighed where only some documents are asked: their passages are all near in
subject, and what is no candidate cannot be lifted."""


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
        return self.rank_vector(asked_vector(self.embedder, question), k)

    def rank_vector(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        return list(self.index.nearest(vector, k))

    def rank_within(self, question: Question, documents: Collection[str], k: int) -> list[tuple[str, float]]:
        """The same among the passages of some documents, every one of them compared: an index of all passages would
        have to be asked for so many neighbours that theirs are among them.
        """
        return self.rank_vector_within(asked_vector(self.embedder, question), documents, k)

    def rank_vector_within(self, vector: Vectors, documents: Collection[str], k: int) -> list[tuple[str, float]]:
        scored: list[tuple[str, float]] = []
        for document in sorted(documents):
            ids, matrix = self.library.vectors_of(document)
            scored += zip(ids, (float(s) for s in matrix @ vector), strict=True) if ids else ()
        return sorted(scored, key=lambda item: (-item[1], item[0]))[:k]

    def retrieve(self, question: str, k: int) -> Sequence[Hit]:
        return _hits(self.rank(understand(question), k), self.library, "dense")


class KeepOrder:
    """The reranker that finds all passages equally good, so that the order of fusion stands."""

    name = "none"

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        return [0.0] * len(texts)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with all that is known of it: scores as the retrievers give them, and the shares that are fused."""

    passage: Passage
    raw: dict[str, float]
    shares: dict[str, float]
    weights: dict[str, float]
    best: int | None
    """Which of its sentences is nearest to the question."""

    @property
    def fused(self) -> float:
        return fuse(self.shares, self.weights)

    @property
    def prior(self) -> float:
        return PRIOR.get(self.passage.kind, 1.0)


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """The candidates of both, weighed; then demoted where a passage only names publications or is a caption, reordered
    by a cross-encoder where one is set, and near-duplicates folded.

    A hit's `score` is its share of what the best one has: 1 for the first. With a reranker the scores are dealt out
    anew in its order, so that they mean the same with and without.
    """

    lexical: LexicalRetriever
    dense: DenseRetriever
    library: Library
    candidates: int = 60
    fusion: Fusion = field(default_factory=learnt)
    english_only: bool = False
    """Whether the embedder knows no Korean: its neighbours among Korean passages are then noise."""
    reranker: Reranker | None = None
    reranked: int = 20
    """How many of the first the reranker reads."""

    def retrieve(self, question: str, k: int) -> Sequence[Hit]:
        return self.find(understand(question), k)

    def find(
        self,
        question: Question,
        k: int,
        documents: Collection[str] | None = None,
        *,
        fold: bool = False,
        explain: bool = False,
    ) -> Sequence[Hit]:
        """Hits for an understood question, in `documents` only where given. `fold`: a text that stands in several
        passages comes once; `explain`: each hit says how it got its place.
        """
        weighed, ranks = self.weighed(question, documents)
        top = weighed[0].fused * weighed[0].prior if weighed else 0.0
        scores = [w.fused * w.prior / top if top > 0 else 0.0 for w in weighed]
        weighed, judged = self._reranked(question, weighed)
        by_id = {w.passage.id: (w, score) for w, score in zip(weighed, scores, strict=True)}
        if fold:
            first = weighed[: 3 * k]
            kept = folded([w.passage.id for w in first], self._vectors([w.passage for w in first]), self.library, k)
        else:
            kept = [(w.passage.id, ()) for w in weighed[:k]]
        hits = []
        for rank, (id, also) in enumerate(kept, start=1):
            w, score = by_id[id]
            told = self._explained(question, w, ranks, weighed, judged.get(id)) if explain else None
            hits.append(Hit(w.passage, score, rank, "hybrid", also, told))
        return hits

    def weighed(
        self, question: Question, documents: Collection[str] | None = None
    ) -> tuple[list[Weighed], dict[str, dict[str, int]]]:
        """All candidates by what fusion and prior make of them, and by retriever the rank of each that it named."""
        vector = asked_vector(self.dense.embedder, question)
        named = self._named(question, vector, documents)
        ids = list(dict.fromkeys(id for found in named.values() for id, _ in found))
        scores = self.lexical.index.scores(question.weighted_terms(), ids)
        most = reachable(question, self.lexical.index)
        weighed = [self._weigh(id, score, vector, most) for id, score in zip(ids, scores, strict=True)]
        ranks = {name: {id: n for n, (id, _) in enumerate(found, start=1)} for name, found in named.items()}
        return sorted(weighed, key=lambda w: (-w.fused * w.prior, w.passage.id)), ranks

    def _named(
        self, question: Question, vector: Vectors, documents: Collection[str] | None
    ) -> dict[str, list[tuple[str, float]]]:
        """The candidates that each retriever names, with its scores."""
        if documents is None:
            lexical = self.lexical.rank(question, self.candidates)
            dense = self.dense.rank_vector(vector, self.candidates)
        else:
            lexical = self.lexical.rank_within(question, documents, FILTERED * self.candidates)
            dense = self.dense.rank_vector_within(vector, documents, FILTERED * self.candidates)
        if self.english_only:
            read = [pair for pair in dense if not self._korean(pair[0])]
            if read or lexical or documents is None:
                dense = read
            # Else a document that is asked for shares no word with the question: its passages are found all the same.
        return {"lexical": lexical, "dense": dense}

    def _weigh(self, id: str, score: float, vector: Vectors, most: Reachable) -> Weighed:
        """The cosine is that of the stored vector, not what an index says of it: an approximate one and an exact one
        differ in the last digits, and the same question must have the same reply.
        """
        passage = self.library.passage(id)
        korean = self._korean(id)
        readable = not (self.english_only and korean)
        best: int | None = None
        cosine = nearest = 0.0
        if readable:
            row = self._vectors([passage])[0]
            cosine = float(row @ vector) if row.size else 0.0
            rows = self.library.sentence_vectors(id)
            near = rows @ vector if rows.size else None
            best = int(near.argmax()) if near is not None else None
            nearest = float(near[best]) if near is not None and best is not None else cosine
        raw = {"lexical": score, "dense": cosine, "sentence": nearest}
        shares = {**raw, "lexical": most.share(score, korean)}
        return Weighed(passage, raw, shares, self.fusion.weights(readable), best)

    def _vectors(self, passages: Sequence[Passage]) -> Vectors:
        """The stored vectors of passages, a row each; zeros where there is none."""
        found: list[Vectors] = []
        for passage in passages:
            ids, rows = self.library.vectors_of(passage.document)
            found.append(rows[ids.index(passage.id)] if passage.id in ids else np.zeros(0, np.float32))
        width = max((len(row) for row in found), default=0)
        made: Vectors = np.zeros((len(found), width), np.float32)
        for row, vector in zip(made, found, strict=True):
            row[: len(vector)] = vector
        return made

    def _reranked(self, question: Question, weighed: list[Weighed]) -> tuple[list[Weighed], dict[str, float]]:
        """The first of a ranking in the reranker's order, and what it gave them."""
        if self.reranker is None:
            return weighed, {}
        first = weighed[: self.reranked]
        given = self.reranker.scores(question.text, [passage_text(w.passage) for w in first])
        order = sorted(range(len(first)), key=lambda i: (-given[i], i))
        judged = {w.passage.id: float(s) for w, s in zip(first, given, strict=True)}
        return [*(first[i] for i in order), *weighed[self.reranked :]], judged

    def _explained(
        self,
        question: Question,
        w: Weighed,
        ranks: dict[str, dict[str, int]],
        weighed: Sequence[Weighed],
        judged: float | None,
    ) -> Explained:
        id = w.passage.id
        by_sentence = sorted(weighed, key=lambda x: (-x.raw["sentence"], x.passage.id))
        place: dict[str, int | None] = {name: ranks.get(name, {}).get(id) for name in RETRIEVERS}
        place["sentence"] = next(n for n, x in enumerate(by_sentence, start=1) if x.passage.id == id)
        weights = question.weighted_terms()
        gains = self.lexical.index.gains(weights, id)
        before, after = neighbours(self.library, w.passage)
        return Explained(
            parts=tuple(Ranked(n, place[n], w.raw[n], w.shares[n], w.weights[n]) for n in RETRIEVERS),
            terms=tuple(
                Matched(t, weights[t], gain) for t, gain in sorted(gains.items(), key=lambda item: (-item[1], item[0]))
            ),
            sentence=w.passage.sentences[w.best] if w.best is not None else None,
            fused=w.fused,
            prior=w.prior,
            reranked=judged,
            before=before,
            after=after,
        )

    def _korean(self, id: str) -> bool:
        return language_of(self.library.passage(id).text) == "ko"


def neighbours(library: Library, passage: Passage) -> tuple[str | None, str | None]:
    """The passages right before and behind one in its document."""
    ids, _ = library.vectors_of(passage.document)
    if passage.id not in ids:
        return None, None
    at = list(ids).index(passage.id)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


def _hits(ranked: Sequence[tuple[str, float]], library: Library, retriever: str) -> list[Hit]:
    return [Hit(library.passage(id), score, rank, retriever) for rank, (id, score) in enumerate(ranked, start=1)]
