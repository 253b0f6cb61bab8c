"""BM25 over our own terms, by bm25s.

bm25s computes the scores when the index is made and keeps them as a sparse matrix, term by passage.
A question then needs a few columns of it, which numpy reads: bm25s itself (0.15 s to import, with scipy)
is loaded only to build. Its own retrieval knows no weights for terms; the sum here does.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexStaleError, StorageError

K1 = 0.9
B = 0.4
VERSION = "bm25s-lucene-1"


class Bm25Index:
    """Passages that share words with a question. Adding rebuilds before the next match: build once, ask often."""

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self._k1, self._b = k1, b
        self._terms: dict[str, list[str]] | None = {}
        self._folder: Path | None = None
        self._ids: list[str] = []
        self._vocabulary: dict[str, int] = {}
        self._scores: NDArray[np.float32] = np.zeros(0, np.float32)
        self._rows: NDArray[np.int32] = np.zeros(0, np.int32)
        self._starts: NDArray[np.int32] = np.zeros(1, np.int32)
        self._places: dict[str, int] = {}
        self._stale = False

    @classmethod
    def load(cls, folder: Path) -> Bm25Index:
        """The index that `save` wrote; raises IndexStaleError where it is not whole."""
        try:
            about = json.loads((folder / "ids.json").read_text(encoding="utf-8"))
            index = cls(about["k1"], about["b"])
            index._ids = about["ids"]
            index._terms = None
            index._folder = folder
            if index._ids:
                vocabulary = json.loads((folder / "vocab.index.json").read_text(encoding="utf-8"))
                index._set(vocabulary, *(_array(folder / f"{n}.csc.index.npy") for n in ("data", "indices", "indptr")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexStaleError(
                f"the lexical index {str(folder)!r} is damaged ({error}): run `assistant ingest` again"
            ) from error
        return index

    def save(self, folder: Path) -> None:
        """Write the index to `folder`: arrays and JSON, no pickles."""
        index = self._build()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if index is not None:
                index.save(str(folder), show_progress=False, allow_pickle=False)
            with (folder / "entries.jsonl").open("w", encoding="utf-8") as file:
                for id, terms in self._entries().items():
                    file.write(json.dumps([id, terms], ensure_ascii=False) + "\n")
            about = {"version": VERSION, "k1": self._k1, "b": self._b, "ids": self._ids}
            (folder / "ids.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            raise StorageError(f"cannot write {str(folder)!r} ({error.strerror or error}): free space") from error

    def add(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        held = self._entries()
        for id, terms in entries:
            held.pop(id, None)
            held[id] = list(terms)
        self._stale = True

    def remove(self, ids: Sequence[str]) -> None:
        held = self._entries()
        for id in ids:
            held.pop(id, None)
        self._stale = True

    def count(self) -> int:
        return len(self._ids if self._terms is None else self._terms)

    def frequency(self, term: str) -> int:
        if self._stale:
            self._build()
        column = self._vocabulary.get(term)
        if column is None or column + 1 >= len(self._starts):
            return 0
        return int(self._starts[column + 1]) - int(self._starts[column])

    def vocabulary(self) -> Collection[str]:
        """Every term of the passages."""
        if self._stale:
            self._build()
        return self._vocabulary.keys()

    def match(self, weights: Mapping[str, float], k: int) -> Sequence[tuple[str, float]]:
        totals = self._totals(weights)
        if k < 1:
            return []
        found = np.flatnonzero(totals > 0)
        best = found[np.argsort(-totals[found], kind="stable")[:k]]
        return [(self._ids[place], float(totals[place])) for place in best]

    def scores(self, weights: Mapping[str, float], ids: Sequence[str]) -> Sequence[float]:
        totals, places = self._totals(weights), self._placed()
        return [float(totals[places[id]]) if id in places else 0.0 for id in ids]

    def gains(self, weights: Mapping[str, float], id: str) -> Mapping[str, float]:
        if (place := self._placed().get(id)) is None:
            return {}
        found = {}
        for term, weight in weights.items():
            rows, scores = self._column(term)
            for at in np.flatnonzero(rows == place):
                found[term] = weight * float(scores[at])
        return {term: gain for term, gain in found.items() if gain > 0}

    def _placed(self) -> dict[str, int]:
        """Where each passage stands among the rows."""
        if self._stale:
            self._build()
        if len(self._places) != len(self._ids):
            self._places = {id: place for place, id in enumerate(self._ids)}
        return self._places

    def _totals(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage."""
        if self._stale:
            self._build()
        totals = np.zeros(len(self._ids), np.float32)
        for term, weight in weights.items():
            rows, scores = self._column(term)
            totals[rows] += np.float32(weight) * scores
        return totals

    def _column(self, term: str) -> tuple[Any, Any]:
        """The passages that have a term, and what it gives each; no row of a column stands twice."""
        column = self._vocabulary.get(term)
        if column is None or column + 1 >= len(self._starts) or not self._ids:
            return self._rows[:0], self._scores[:0]
        start, end = int(self._starts[column]), int(self._starts[column + 1])
        return self._rows[start:end], self._scores[start:end]

    def _entries(self) -> dict[str, list[str]]:
        """The terms of every passage; a loaded index reads them when it is first changed."""
        if self._terms is None:
            if self._folder is None:
                raise AssertionError("an index without terms comes from a folder")
            with (self._folder / "entries.jsonl").open(encoding="utf-8") as file:
                self._terms = dict(json.loads(line) for line in file)
        return self._terms

    def _build(self) -> Any:
        """Compute the scores; None where there is nothing to score, which bm25s cannot do."""
        entries = self._entries()
        self._ids = list(entries)
        self._places = {}
        self._stale = False
        if not any(entries.values()):
            self._set({}, np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int32))
            self._ids = []
            return None
        from bm25s import BM25

        index = BM25(k1=self._k1, b=self._b, method="lucene", dtype="float32", backend="numpy", csc_backend="numpy")
        vocabulary: dict[str, int] = {}
        coded = [[vocabulary.setdefault(t, len(vocabulary)) for t in terms] for terms in entries.values()]
        index.index((coded, vocabulary), create_empty_token=False, show_progress=False)
        self._set(index.vocab_dict, *(index.scores[n] for n in ("data", "indices", "indptr")))
        return index

    def _set(self, vocabulary: dict[str, int], scores: Any, rows: Any, starts: Any) -> None:
        self._vocabulary, self._scores, self._rows, self._starts = vocabulary, scores, rows, starts


def write_lexical(folder: Path, entries: Iterable[tuple[str, Sequence[str]]], k1: float = K1, b: float = B) -> None:
    """Make a generation's lexical index."""
    index = Bm25Index(k1, b)
    index.add(entries)
    index.save(folder)


def _array(path: Path) -> Any:
    return np.load(path, mmap_mode="r", allow_pickle=False)
