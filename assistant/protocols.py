"""The seams: one or two verbs each. What a test needs to replace is a seam; nothing is patched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.types import Abstention, Answer, Document, Event, Exchange, Hit, Message, Names, Passage, Within, Work

Vectors = NDArray[np.float32]
"""Rows are unit-length vectors: shape (n, dimension)."""


class Parser(Protocol):
    """Reads one kind of file."""

    def parse(self, data: bytes, work: Work) -> Document:
        """The document in `data`; raises ParseError when it cannot be read."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Names the weights and the way they are applied: equal fingerprints, equal vectors."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many of its own tokens the model reads, special tokens included."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,)."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` as the model counts them, special tokens included."""
        ...


class VectorIndex(Protocol):
    """Nearest neighbours of a vector among passages."""

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None: ...

    def remove(self, ids: Sequence[str]) -> None: ...

    def nearest(self, vector: Vectors, k: int) -> Sequence[tuple[str, float]]:
        """(passage id, cosine similarity), best first."""
        ...

    def count(self) -> int: ...


class LexicalIndex(Protocol):
    """Passages that share words with a question."""

    def add(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        """(passage id, its terms)."""
        ...

    def remove(self, ids: Sequence[str]) -> None: ...

    def match(self, weights: Mapping[str, float], k: int) -> Sequence[tuple[str, float]]:
        """Question terms with their weights -> (passage id, score > 0), best first."""
        ...

    def scores(self, weights: Mapping[str, float], ids: Sequence[str]) -> Sequence[float]:
        """What `match` gives these passages, 0 where they share no word or are not held."""
        ...

    def gains(self, weights: Mapping[str, float], id: str) -> Mapping[str, float]:
        """What each term adds to the score of a passage; terms that it has not are left out."""
        ...

    def frequency(self, term: str) -> int:
        """In how many passages the term stands."""
        ...

    def count(self) -> int:
        """How many passages the index holds."""
        ...

    def vocabulary(self) -> Collection[str]:
        """Every term of the passages."""
        ...


class Library(Protocol):
    """Documents and passages by id."""

    def document(self, id: str) -> Document: ...

    def document_ids(self) -> Sequence[str]: ...

    def passage(self, id: str) -> Passage: ...

    def passages(self) -> Sequence[Passage]: ...

    def sentence_vectors(self, passage: str) -> Vectors:
        """One row for each of the passage's sentences, in order."""
        ...

    def vectors_of(self, document: str) -> tuple[Sequence[str], Vectors]:
        """The ids of a document's passages in order, and their vectors, one row each."""
        ...

    def works(self) -> Sequence[Work]:
        """The catalogue as it stood at ingest, and behind it the documents that have no record there, with what their
        files say of title, authors and date."""
        ...

    def names(self) -> Names:
        """The works that the documents name, where, and which of them are held. The notes of `document` carry the ids
        of the works that they name."""
        ...


class Retriever(Protocol):
    """Finds passages for a question."""

    def retrieve(self, question: str, k: int) -> Sequence[Hit]: ...


class LanguageModel(Protocol):
    """Writes on what it is shown. Raises ModelError where its words stop before their end."""

    @property
    def name(self) -> str:
        """What wrote a reply: the provider and the model."""
        ...

    @property
    def where(self) -> str:
        """The host that reads what is sent."""
        ...

    def complete(self, messages: Sequence[Message]) -> str: ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The words as they come; closing the iterator stops them."""
        ...


Entailment = Literal["entails", "contradicts", "neither"]


class Entailer(Protocol):
    """Says whether one text says what another does: a second opinion on a claim, never the only one."""

    @property
    def name(self) -> str:
        """What gave the opinion."""
        ...

    def entails(self, premise: str, statement: str) -> Entailment | None:
        """None where it gives no clear opinion. Raises ModelError where it cannot be asked."""
        ...


class Reranker(Protocol):
    """Reads a question and passages together."""

    @property
    def name(self) -> str:
        """What the settings call it."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers, higher is better; equal ones keep their order."""
        ...


class Asker(Protocol):
    """The whole chain behind one verb; what the page, batches and evaluation call. `origin`: the sources behind the
    documents are to answer, where they are held; `within`: what the question is confined to."""

    def ask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = ...
    ) -> Answer | Abstention: ...

    def stream(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = ...
    ) -> Iterator[Event]:
        """What `ask` gives, told as it is made."""
        ...


class Progress(Protocol):
    """Told how far long work has come."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...
