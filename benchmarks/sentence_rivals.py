"""What plain methods would cite first, over the same sentences: BM25's best sentence, the default embedder's, and the best
sentence (by the same embedder) of the first node of a stock LlamaIndex vector index. None of them ever refuses.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from plain import bigrams, english_words, llama_embedding, plain_bm25
from sets import Asked

from assistant.pipeline import Assistant
from assistant.text import language_of, sentences

Cite = Callable[[Asked], str]
"""A question -> the sentence that is cited first; "" for none."""


def rivals(assistant: Assistant, korean: bool, confined: bool) -> dict[str, Cite]:
    """Each rival by its name. Where questions are `confined` to a document a stock index has one node to choose from, and
    is no other rival than the embedder.
    """
    said = Sentences(assistant)
    found: dict[str, Cite] = {
        "BM25's best sentence" + (" (pairs of characters)" if korean else ""): said.by_words(korean),
        "the default embedder's best sentence": said.by_meaning(),
    }
    if not confined:
        found["stock LlamaIndex, best sentence of its first node"] = stock(assistant)
    return found


class Sentences:
    """Every sentence of a library, as the product cuts them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        library = assistant.library
        self._texts: list[str] = []
        documents: list[str] = []
        vectors = []
        for passage in library.passages():
            self._texts += [s.shift(-passage.span.start).slice(passage.text) for s in passage.sentences]
            documents += [passage.document] * len(passage.sentences)
            vectors.append(library.sentence_vectors(passage.id))
        self._documents = np.array(documents)
        self._vectors = np.concatenate(vectors)

    def by_words(self, korean: bool) -> Cite:
        match = plain_bm25(self._texts, bigrams if korean else english_words)

        def cite(asked: Asked) -> str:
            ranked = match(asked.text, len(self._texts) if asked.within else 1)
            return next((self._texts[i] for i in ranked if asked.within in (None, self._documents[i])), "")

        return cite

    def by_meaning(self) -> Cite:
        def cite(asked: Asked) -> str:
            near = self._vectors @ self._assistant.embedder.embed_question(asked.text)
            if asked.within:
                near = np.where(self._documents == asked.within, near, -2.0)
            return self._texts[int(np.argmax(near))]

        return cite


def stock(assistant: Assistant) -> Cite:
    from llama_index.core import Document, VectorStoreIndex

    texts = {id: assistant.document(id).text for id in assistant.library.document_ids()}
    index = VectorStoreIndex.from_documents(
        [Document(text=text, id_=id) for id, text in texts.items()],
        embed_model=llama_embedding(assistant.embedder),
        show_progress=False,
    )
    retriever = index.as_retriever(similarity_top_k=1)

    def cite(asked: Asked) -> str:
        found = retriever.retrieve(asked.text)
        node = found[0].node.get_content() if found else ""
        parts = [s.slice(node) for s in sentences(node)]
        if not parts:
            return ""
        near = assistant.embedder.embed_passages(parts) @ assistant.embedder.embed_question(asked.text)
        return parts[int(np.argmax(near))]

    return cite


def is_korean(questions: list[Asked]) -> bool:
    return sum(language_of(q.text) == "ko" for q in questions) * 2 > len(questions)
