"""Near-duplicates: a text that stands in several passages is one hit, which names the others."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.protocols import Library, Vectors
from assistant.text import tokens

CLOSE = 0.93
"""Cosine of two passages from which on their words are compared."""
ALIKE = 0.85
"""Share of the runs of three words of both that both have."""


class Texts:
    """The passages of one search with their words, read when two of them come near one another."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[str, tuple[frozenset[tuple[str, ...]], tuple[str, ...]]] = {}

    def same(self, a: str, b: str) -> bool:
        """Whether two passages say the same in the same words, with the same figures: the yearly edition of a page that
        changes a number is another text."""
        (runs, figures), (others, those) = self._of(a), self._of(b)
        return figures == those and len(runs & others) >= ALIKE * len(runs | others)

    def _of(self, id: str) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
        if id not in self._read:
            found = [t.text for t in tokens(self._library.passage(id).text)]
            runs = frozenset(tuple(found[i : i + 3]) for i in range(max(1, len(found) - 2)))
            self._read[id] = runs, tuple(sorted(t for t in found if any(map(str.isdigit, t))))
        return self._read[id]


def folded(ids: Sequence[str], vectors: Vectors, library: Library, k: int) -> list[tuple[str, tuple[str, ...]]]:
    """The first k texts of a ranking, each with the passages behind it that say the same. `vectors` has a row an id."""
    texts = Texts(library)
    kept: list[int] = []
    also: dict[int, list[str]] = {}
    for place, id in enumerate(ids):
        near = [p for p in kept if float(vectors[p] @ vectors[place]) >= CLOSE] if kept else []
        first = next((p for p in near if texts.same(ids[p], id)), None)
        if first is not None:
            also[first].append(id)
        elif len(kept) < k:
            kept.append(place)
            also[place] = []
    return [(ids[p], tuple(also[p])) for p in kept]
