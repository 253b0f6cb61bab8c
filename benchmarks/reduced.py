"""An index with documents left out, as if they had never been in the corpus: what is left is weighed anew.

The words of the passages that stay are indexed again, so that document frequencies are theirs alone; their vectors are
those that were made at ingest, since no vector depends on another passage; they are searched exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assistant.backends.lexical import Bm25Index
from assistant.pipeline import Assistant
from assistant.protocols import Library, Vectors
from assistant.retrieval import passage_terms
from assistant.sources.ledger import Ledger
from assistant.types import Document, Names, Passage, Work


@dataclass(frozen=True)
class Rest:
    """A library without some of its documents."""

    whole: Library
    kept: tuple[str, ...]

    def document(self, id: str) -> Document:
        return self.whole.document(id)

    def document_ids(self) -> Sequence[str]:
        return self.kept

    def passage(self, id: str) -> Passage:
        return self.whole.passage(id)

    def passages(self) -> Sequence[Passage]:
        held = set(self.kept)
        return [p for p in self.whole.passages() if p.document in held]

    def sentence_vectors(self, passage: str) -> Vectors:
        return self.whole.sentence_vectors(passage)

    def vectors_of(self, document: str) -> tuple[Sequence[str], Vectors]:
        return self.whole.vectors_of(document)

    def works(self) -> Sequence[Work]:
        held = set(self.kept)
        return [w for w in self.whole.works() if w.id in held]

    def names(self) -> Names:
        return Names()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)  # what a library may offer beside the protocol


class Exact:
    """All vectors of a library, compared one by one."""

    def __init__(self, library: Library) -> None:
        parts = [library.vectors_of(id) for id in library.document_ids()]
        self._ids = [id for ids, _ in parts for id in ids]
        self._matrix = np.concatenate([m for ids, m in parts if len(ids)])

    def nearest(self, vector: Vectors, k: int) -> Sequence[tuple[str, float]]:
        scores = self._matrix @ vector
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[i], float(scores[i])) for i in best]

    def count(self) -> int:
        return len(self._ids)


def without(assistant: Assistant, gone: Collection[str]) -> Assistant:
    """The assistant over all documents but those."""
    rest = Rest(assistant.library, tuple(id for id in assistant.library.document_ids() if id not in gone))
    words = Bm25Index()
    words.add((p.id, passage_terms(p)) for p in rest.passages())
    retriever = assistant.retriever
    lexical: Any = replace(retriever.lexical, index=words, library=rest)
    dense: Any = replace(retriever.dense, index=Exact(rest), library=rest)
    return replace(
        assistant,
        library=rest,
        retriever=replace(retriever, lexical=lexical, dense=dense, library=rest),
        ledger=Ledger(),
    )
