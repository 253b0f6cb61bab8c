"""Whether the right passages come first, with rivals in the same run: SciFact's claims over all abstracts (in memory, one
passage an abstract), and mtrag's standalone questions, each domain ingested by the product, files ranked by their first
passage, and government's also as its README measures it, one passage a file. Rivals read whole files (the embedder cuts at its length): BM25 as bm25s has it, the default embedder alone, a
stock LlamaIndex vector index with its default splitter, LlamaIndex's QueryFusionRetriever over that and BM25.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import retrieval
import sets
from plain import DEPTH, Cached, english_words, export_of, once, plain_bm25, ranked, stock_fusion, stock_index

from assistant.corpus import slug
from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant
from assistant.store.memory import ExactIndex

if TYPE_CHECKING:
    from answers import Options, Row

SEED = 2026
Rank = Callable[[str], Sequence[str]]
Labelled = tuple[str, str, frozenset[str]]
"""A question, its part, and the ids of the files that are right."""


def rows(options: Options) -> Iterator[Row]:
    yield from scifact(options)
    for name in sets.DOMAINS:
        yield from mtrag(name, options)


def scifact(options: Options) -> Iterator[Row]:
    """All of it is test: nothing was chosen on it."""
    data = retrieval.scifact(sets.DATA, 0)
    made = retrieval.indexed("scifact", data, options.cache)
    systems: dict[str, Rank] = {
        **rivals(data.passages, made.embedder),
        "ours": lambda q: [h.passage.id for h in made.hybrid.retrieve(q, 10)],
    }
    asked = sampled([(q, "test", right) for q, right in data.questions], options.questions)
    yield from measured("scifact", asked, systems, ("nDCG@10",), {"nDCG@10": (".676", ".72")})


def mtrag(domain: str, options: Options) -> Iterator[Row]:
    """Standalone questions. The goal speaks of all of government's; the parts tell what was seen in learning."""
    made = sets.mtrag(domain)
    assistant = sets.opened(made.files, made.name, options.cache)
    texts = {slug(file): data.decode() for file, data in made.files.items()}
    embedder = Cached(export_of(options.cache), Path(options.cache) / f"vectors-{made.name}.npz")
    embedder.prepare(list(texts.values()))
    asked = [(q.standalone, q.part, frozenset(map(slug, q.relevant))) for q in made.questions if q.relevant]
    embedder.prepare([q for q, _, _ in asked])
    systems: dict[str, Rank] = {**rivals(texts, embedder), "ours, files ingested": files_of(assistant)}
    if domain == "govt":
        labelled = retrieval.Labelled(texts, [(q, right) for q, _, right in asked], (), english_words, "")
        whole = retrieval.indexed(made.name, labelled, options.cache).hybrid
        systems["ours, one passage a file"] = lambda q: [h.passage.id for h in whole.retrieve(q, 10)]
    known = {"R@5": (".583", ".70")} if domain == "govt" else {}
    yield from measured(made.name, sampled(asked, options.questions), systems, ("R@5", "nDCG@10"), known)


def files_of(assistant: Assistant) -> Rank:
    """Files by their best passage, as the search that answers ranks them."""
    return lambda question: once(h.passage.document for h in assistant.search(question, DEPTH))[:10]


def rivals(texts: Mapping[str, str], embedder: Cached) -> dict[str, Rank]:
    ids = list(texts)
    bm25 = plain_bm25(list(texts.values()), english_words)
    exact = ExactIndex(ids, embedder.embed_passages(list(texts.values())))
    stock, fused = stock_index(texts, embedder), stock_fusion(texts, embedder, english_words)
    return {
        "BM25 (bm25s, k1 .9, b .4)": lambda q: [ids[i] for i in bm25(q, 10)],
        "default embedder alone": lambda q: [id for id, _ in exact.nearest(embedder.embed_question(q), 10)],
        "LlamaIndex VectorStoreIndex": lambda q: stock(q, 10),
        "LlamaIndex QueryFusionRetriever": lambda q: fused(q, 10),
    }


def measured(
    data: str,
    asked: Sequence[Labelled],
    systems: Mapping[str, Rank],
    measures: Sequence[str],
    known: Mapping[str, tuple[str, str]],
) -> Iterator[Row]:
    """Each measure over all questions; for ours also by part where there are two, and less the best rival, paired."""
    from answers import Row

    scored = {name: [ranked(rank(q), right) for q, _, right in asked] for name, rank in systems.items()}
    parts = sorted({part for _, part, _ in asked})
    for measure in measures:
        plain, reach = known.get(measure, ("", ""))
        for name, values in scored.items():
            yield Row(data, measure, name, mean([v[measure] for v in values]), plain, reach)
        best = max((n for n in systems if not n.startswith("ours")), key=lambda n: sum(v[measure] for v in scored[n]))
        for name in (n for n in systems if n.startswith("ours")):
            for part in parts if len(parts) > 1 else ():
                own = [v[measure] for v, (_, p, _) in zip(scored[name], asked, strict=True) if p == part]
                yield Row(data, measure, f"{name}, {part} part", mean(own), plain, reach)
            gap = [a[measure] - b[measure] for a, b in zip(scored[name], scored[best], strict=True)]
            yield Row(data, measure, f"{name}, less {best}", mean(gap), plain, reach)


def sampled(asked: Sequence[Labelled], count: int) -> list[Labelled]:
    return random.Random(SEED).sample(list(asked), count) if 0 < count < len(asked) else list(asked)
