"""Plain methods that ours is measured against, and what the measuring shares: BM25 as bm25s has it, the embedder alone,
LlamaIndex's vector index with its default splitter, its fusion of both, rank measures, vectors kept on disk.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from assistant import wiring
from assistant.config import Settings
from assistant.protocols import Embedder, Vectors

Item = TypeVar("Item")
DEPTH = 60


def ranked(ids: Sequence[str], right: frozenset[str]) -> dict[str, float]:
    """Recall at k (share of what is right) and nDCG@10 with equal gains."""
    gains = [float(id in right) for id in ids]
    ideal = sum(1 / math.log2(i + 2) for i in range(min(len(right), 10)))
    found = {f"R@{k}": sum(gains[:k]) / len(right) for k in (1, 3, 5, 10)}
    return found | {"nDCG@10": sum(g / math.log2(i + 2) for i, g in enumerate(gains[:10])) / ideal}


def llama_embedding(embedder: Embedder) -> Any:
    """Our embedder (the same MiniLM weights) where LlamaIndex wants one of its own."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Adapter(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedder.embed_question(query)]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in embedder.embed_passages(texts)]

    return Adapter(model_name="all-MiniLM-L6-v2")


def stock_index(texts: Mapping[str, str], embedder: Embedder) -> Callable[[str, int], list[str]]:
    """A stock LlamaIndex vector index, its default splitter and our weights: a question and k -> ids of texts, each once."""
    from llama_index.core import Document, VectorStoreIndex

    documents = [Document(text=text, id_=id) for id, text in texts.items()]
    index = VectorStoreIndex.from_documents(documents, embed_model=llama_embedding(embedder), show_progress=False)
    retriever = index.as_retriever(similarity_top_k=DEPTH)
    return lambda question, k: once(n.node.ref_doc_id or n.node_id for n in retriever.retrieve(question))[:k]


def stock_fusion(
    texts: Mapping[str, str], embedder: Embedder, words: Callable[[str], list[str]]
) -> Callable[[str, int], list[str]]:
    """LlamaIndex's QueryFusionRetriever over that index and BM25 on the same nodes: reciprocal ranks, the question alone."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle

    documents = [Document(text=text, id_=id) for id, text in texts.items()]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    index = VectorStoreIndex(nodes, embed_model=llama_embedding(embedder))
    match = plain_bm25([n.get_content() for n in nodes], words)

    class Words(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            found = match(query_bundle.query_str, DEPTH)
            return [NodeWithScore(node=nodes[i], score=1 / rank) for rank, i in enumerate(found, start=1)]

    fused = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=DEPTH), Words()],
        llm=MockLLM(),
        mode="reciprocal_rerank",  # type: ignore[arg-type]  # the value of its enumeration
        similarity_top_k=DEPTH,
        num_queries=1,
        use_async=False,
    )
    return lambda question, k: once(n.node.ref_doc_id or n.node_id for n in fused.retrieve(question))[:k]


def once(ids: Iterable[str]) -> list[str]:
    """Each id where it first stands."""
    return list(dict.fromkeys(ids))


def english_words(text: str) -> list[str]:
    """bm25s's own tokens, without its English stop words, stemmed."""
    import bm25s
    import Stemmer

    found = bm25s.tokenize(
        [text], stopwords="en", stemmer=Stemmer.Stemmer("porter"), return_ids=False, show_progress=False
    )
    return [str(t) for t in found[0]]


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters of every word."""
    return [
        pair for w in re.findall(r"\w+", text.lower()) for pair in ([w[i : i + 2] for i in range(len(w) - 1)] or [w])
    ]


def plain_bm25(texts: Sequence[str], words: Callable[[str], list[str]]) -> Callable[[str, int], list[int]]:
    """BM25 as bm25s computes and retrieves it (Lucene's form, k1 .9, b .4); what shares no word is not found."""
    import bm25s

    index = bm25s.BM25(k1=0.9, b=0.4, method="lucene")
    index.index([words(t) for t in texts], show_progress=False)

    def match(question: str, k: int) -> list[int]:
        asked = words(question)
        if not asked:
            return []
        places, scores = index.retrieve([asked], k=min(k, len(texts)), show_progress=False)
        return [int(p) for p, s in zip(places[0], scores[0], strict=True) if s > 0]

    return match


def plain_fusion(rankings: Sequence[Sequence[Item]]) -> list[Item]:
    """Reciprocal rank fusion with the usual constant."""
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (60 + rank)
    return sorted(scores, key=lambda item: -scores[item])


class Cached:
    """An embedder that keeps its vectors on disk, by what was embedded."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder, self._path = embedder, path
        self._held: dict[str, Vectors] = {}
        if path.is_file():
            with np.load(path, allow_pickle=False) as stored:
                self._held = dict(zip(map(str, stored["keys"]), stored["vectors"], strict=True))

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.prepare(texts)
        return np.stack([self._held[self._key(t)] for t in texts])

    def embed_question(self, text: str) -> Vectors:
        held = self._held.get(self._key(text))
        return self._embedder.embed_question(text) if held is None else held

    def prepare(self, texts: Sequence[str]) -> None:
        """Embed what is not held yet, at once, and keep it."""
        fresh = [t for t in dict.fromkeys(texts) if self._key(t) not in self._held]
        if not fresh:
            return
        self._held |= dict(zip(map(self._key, fresh), self._embedder.embed_passages(fresh), strict=True))
        partial = self._path.with_suffix(f".{os.getpid()}.npz")
        np.savez(partial, keys=np.array(list(self._held)), vectors=np.stack(list(self._held.values())))
        partial.replace(self._path)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.fingerprint}\n{text}".encode()).hexdigest()


def export_of(cache: Path) -> Embedder:
    return wiring.open_embedder(Settings(index=cache), create=True)
