"""Seams kept in memory: exact neighbours, a plain BM25, a library. Small, true, and what the tests compare with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from assistant.errors import UsageError
from assistant.protocols import Vectors
from assistant.store.library import with_works
from assistant.types import Document, Names, Passage, Work


class ExactIndex:
    """Every similarity, computed: the neighbours are exact, and one matrix product finds them."""

    def __init__(self, ids: Sequence[str] = (), vectors: Vectors | None = None) -> None:
        self._ids = list(ids)
        self._vectors: Vectors = np.zeros((0, 0), np.float32) if vectors is None else vectors
        self._places = {id: place for place, id in enumerate(self._ids)}

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        fresh = {p.id: vector for p, vector in zip(passages, vectors, strict=True)}
        self.remove(list(fresh))
        if not fresh:
            return
        rows = np.stack(list(fresh.values())).astype(np.float32)
        self._vectors = np.concatenate([self._vectors, rows]) if self._ids else rows
        self._ids.extend(fresh)
        self._places = {id: place for place, id in enumerate(self._ids)}

    def remove(self, ids: Sequence[str]) -> None:
        gone = {self._places[id] for id in ids if id in self._places}
        if not gone:
            return
        keep = [place for place in range(len(self._ids)) if place not in gone]
        self._vectors = self._vectors[keep]
        self._ids = [self._ids[place] for place in keep]
        self._places = {id: place for place, id in enumerate(self._ids)}

    def nearest(self, vector: Vectors, k: int) -> Sequence[tuple[str, float]]:
        if not self._ids or k < 1:
            return []
        scores = self._vectors @ np.asarray(vector, np.float32)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[place], float(scores[place])) for place in best]

    def count(self) -> int:
        return len(self._ids)


class PlainLexicalIndex:
    """BM25 as Lucene writes it, straight from the formula."""

    def __init__(self, k1: float = 0.9, b: float = 0.4) -> None:
        self._k1, self._b = k1, b
        self._entries: dict[str, Counter[str]] = {}

    def add(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        for id, terms in entries:
            self._entries.pop(id, None)
            self._entries[id] = Counter(terms)

    def remove(self, ids: Sequence[str]) -> None:
        for id in ids:
            self._entries.pop(id, None)

    def frequency(self, term: str) -> int:
        return sum(term in counts for counts in self._entries.values())

    def count(self) -> int:
        return len(self._entries)

    def vocabulary(self) -> Collection[str]:
        return {term for counts in self._entries.values() for term in counts}

    def match(self, weights: Mapping[str, float], k: int) -> Sequence[tuple[str, float]]:
        scores: dict[str, float] = {}
        for term, weight in weights.items():
            for id, gain in self._gains(term, weight).items():
                scores[id] = scores.get(id, 0.0) + gain
        order = {id: place for place, id in enumerate(self._entries)}
        best = sorted((id for id in scores if scores[id] > 0), key=lambda id: (-scores[id], order[id]))
        return [(id, scores[id]) for id in best[: max(k, 0)]]

    def scores(self, weights: Mapping[str, float], ids: Sequence[str]) -> Sequence[float]:
        known = dict(self.match(weights, len(self._entries)))
        return [known.get(id, 0.0) for id in ids]

    def gains(self, weights: Mapping[str, float], id: str) -> Mapping[str, float]:
        every = {term: self._gains(term, weight).get(id, 0.0) for term, weight in weights.items()}
        return {term: gain for term, gain in every.items() if gain > 0}

    def _gains(self, term: str, weight: float) -> dict[str, float]:
        """What a term adds to each passage that has it."""
        having = {id: c for id, c in self._entries.items() if term in c}
        if not having:
            return {}
        mean = sum(c.total() for c in self._entries.values()) / len(self._entries)
        idf = math.log(1 + (len(self._entries) - len(having) + 0.5) / (len(having) + 0.5))
        return {
            id: weight * idf * c[term] / (c[term] + self._k1 * (1 - self._b + self._b * c.total() / mean))
            for id, c in having.items()
        }


class MemoryLibrary:
    """Documents and passages held in memory."""

    def __init__(
        self,
        documents: Iterable[Document],
        passages: Iterable[Passage],
        sentence_vectors: Mapping[str, Vectors] | None = None,
        works: Iterable[Work] = (),
        names: Names | None = None,
        vectors: Mapping[str, Vectors] | None = None,
    ) -> None:
        self._vectors = dict(vectors or {})
        self._names = names or Names()
        self._documents = {d.id: with_works(d, self._names) for d in documents}
        self._passages = {p.id: p for p in passages}
        self._sentences = dict(sentence_vectors or {})
        self._works = tuple(works)

    def document(self, id: str) -> Document:
        if id not in self._documents:
            raise UsageError(f"no document {id!r} in the index: `assistant doctor` lists what is there")
        return self._documents[id]

    def document_ids(self) -> Sequence[str]:
        return tuple(self._documents)

    def passage(self, id: str) -> Passage:
        if id not in self._passages:
            raise UsageError(f"no passage {id!r} in the index: it was made from another version of the document")
        return self._passages[id]

    def passages(self) -> Sequence[Passage]:
        return tuple(self._passages.values())

    def sentence_vectors(self, passage: str) -> Vectors:
        empty: Vectors = np.zeros((0, 0), np.float32)
        return self._sentences.get(self.passage(passage).id, empty)

    def vectors_of(self, document: str) -> tuple[Sequence[str], Vectors]:
        ids = tuple(p.id for p in self._passages.values() if p.document == document and p.id in self._vectors)
        empty: Vectors = np.zeros((0, 0), np.float32)
        return ids, np.stack([self._vectors[id] for id in ids]) if ids else empty

    def works(self) -> Sequence[Work]:
        return self._works

    def names(self) -> Names:
        return self._names
