"""Whether the right passages come first: ours against plain methods, on the papers and on labelled sets from outside.

    python benchmarks/retrieval.py [--part papers|korquad|scifact|mtrag] [--cache DIR]

Papers: the answerable cases of eval/cases.jsonl on the two PDFs, against a stock LlamaIndex pipeline (its PDF
reader, 256-token chunks, the same weights) and BM25 over the same chunks. The other sets have one passage a
paragraph; rivals are BM25 as bm25s has it and the same embedder alone. Every figure is a mean with its standard
error. Nothing is fetched. What the retrievers weigh is learnt by fit_fusion.py; the table of issue 5 has the labelled
sets through the product and with LlamaIndex's retrievers beside (answers.py --part ranking).
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from plain import (
    Cached,
    bigrams,
    english_words,
    export_of,
    llama_embedding,
    plain_bm25,
    plain_fusion,
    ranked,
)

from assistant import retrieval, wiring
from assistant.backends.lexical import Bm25Index
from assistant.config import Settings
from assistant.evaluation.cases import Located, place_labels, read_cases
from assistant.evaluation.measures import Mean, evidence_recall, mean, reciprocal_rank
from assistant.pipeline import Assistant
from assistant.protocols import Embedder
from assistant.questions import understand
from assistant.store.memory import ExactIndex, MemoryLibrary
from assistant.text import fold, language_of, sentences
from assistant.types import Label, Passage, Span

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "eval" / "cases.jsonl"
PAPERS = ("bark-kwak-2026", "han-2026")
DEPTH = 10
SEED = 2026
Rank = Callable[[str], list[str]]
"""A question -> ids of passages, best first."""
Item = TypeVar("Item")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=Path("../shared/papers"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=("papers", *SETS), help="one part only")
    parser.add_argument("--questions", type=int, default=1000, help="sample of KorQuAD's questions (0: all)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assistant-benchmarks")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    parts = (options.part,) if options.part else ("papers", *SETS)
    measured = 0
    for part in parts:
        folder = options.papers if part == "papers" else options.data
        if not folder.is_dir():
            print(f"{part}: no data at {folder}, nothing measured", file=sys.stderr)
            continue
        measured += 1
        if part == "papers":
            papers(options.papers, options.cache)
        else:
            outside(part, options)
    return 0 if measured else 1


# the papers


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that a system returns; `text` is what its reader would see."""

    document: str
    text: str


def papers(folder: Path, cache: Path) -> None:
    """All systems on the answerable cases, by the same test: the label's words stand in the chunk."""
    with tempfile.TemporaryDirectory() as name:
        assistant = open_papers(folder, Path(name), cache)
        held = assistant.library.document_ids()
        cases = [place_labels(c, held, assistant.document) for c in read_cases(CASES) if c.answerable]
        systems: dict[str, Callable[[str], list[Chunk]]] = stock_systems(folder, assistant.embedder)
        ours = {c.case.id: assistant.search(c.case.question, DEPTH) for c in cases}
        found = {s: {c.case.id: find(c.case.question) for c in cases} for s, find in systems.items()}
    found["ours: Assistant.search"] = {
        id: [Chunk(h.passage.document, with_context(h.passage)) for h in hits] for id, hits in ours.items()
    }
    scored = {name: [by_words(c, chunks[c.case.id]) for c in cases] for name, chunks in found.items()}
    scored["ours, as `assistant eval` counts"] = [by_place(c, ours[c.case.id]) for c in cases]
    rivals = sorted(systems, key=lambda s: -sum(x["all@5"] for x in scored[s]))
    names = [*rivals, *(n for n in scored if n not in systems)]
    columns = ["all@1", "all@3", "all@5", "all@10", "groups@5", "MRR@10"]
    print(f"papers: share of cases with all evidence among the first k; {len(cases)} answerable cases, two PDFs")
    for title, chosen in (
        ("all", lambda c: True),
        ("English", lambda c: c.case.language == "en"),
        ("Korean", lambda c: c.case.language == "ko"),
        ("test half, English", lambda c: c.case.language == "en" and c.case.split == "test"),
    ):
        places = [i for i, c in enumerate(cases) if chosen(c)]
        rows = {n: {k: mean([scored[n][i][k] for i in places]) for k in columns} for n in names}
        table(f"{title} (n = {len(places)})", rows, columns)
    for name in (n for n in names if n in found):
        words = [sum(len(x.text.split()) for x in chunks[:5]) for chunks in found[name].values()]
        missed = sum(1 - x["all@5"] for x in scored[name])
        print(f"  {name}: {missed:.0f} of {len(cases)} not complete among five; {mean(words).value:.0f} words in five")
    gap = [a["all@5"] - b["all@5"] for a, b in zip(scored["ours: Assistant.search"], scored[rivals[0]], strict=True)]
    print(f"  ours - {rivals[0]}, paired, all@5: {show(mean(gap), signed=True)}")


def open_papers(folder: Path, work: Path, cache: Path | None = None) -> Assistant:
    """An index of the two PDFs alone, below `work`; the ONNX export is kept in `cache`."""
    settings = papers_settings(folder, work, cache)
    wiring.ingest(settings)
    if cache and not (cache / "models").is_dir() and (settings.index / "models").is_dir():
        shutil.copytree(settings.index / "models", cache / "models")
    return wiring.open_assistant(settings, warm=True)


def papers_settings(folder: Path, work: Path, cache: Path | None = None) -> Settings:
    """Settings for a corpus of the catalogue and the two PDFs, without the digests."""
    settings = Settings(corpus=work / "corpus", index=work / "index", state=work / "state")
    (settings.corpus / "papers").mkdir(parents=True)
    shutil.copy(ROOT / "corpus" / "catalog.toml", settings.corpus)
    for id in PAPERS:
        shutil.copy(folder / f"{id}.pdf", settings.corpus / "papers")
    if cache and (cache / "models").is_dir():
        shutil.copytree(cache / "models", settings.index / "models")
    return settings


def with_context(passage: Passage) -> str:
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def stock_systems(folder: Path, embedder: Embedder) -> dict[str, Callable[[str], list[Chunk]]]:
    """The stock LlamaIndex pipeline, BM25 over its chunks, and both ranks fused."""
    from llama_index.core import VectorStoreIndex

    nodes = stock_nodes(folder)
    chunks = [Chunk(Path(n.metadata["file_name"]).stem, n.get_content()) for n in nodes]
    place = {n.node_id: i for i, n in enumerate(nodes)}
    index = VectorStoreIndex(nodes, embed_model=llama_embedding(embedder))
    retriever = index.as_retriever(similarity_top_k=60)
    bm25 = plain_bm25([c.text for c in chunks], english_words)

    def dense(question: str) -> list[int]:
        return [place[n.node_id] for n in retriever.retrieve(question)]

    def both(question: str) -> list[int]:
        return plain_fusion([dense(question), bm25(question, 60)])

    def chosen(rank: Callable[[str], list[int]]) -> Callable[[str], list[Chunk]]:
        return lambda question: [chunks[i] for i in rank(question)[:DEPTH]]

    return {
        "stock LlamaIndex, dense": chosen(dense),
        "BM25 over its chunks": chosen(lambda q: bm25(q, DEPTH)),
        "both fused (RRF, k = 60)": chosen(both),
    }


def stock_nodes(folder: Path) -> list[Any]:
    """What LlamaIndex makes of the two PDFs by its own reader and splitter."""
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.node_parser import SentenceSplitter

    logging.getLogger("llama_index.core.readers.file.base").setLevel(logging.ERROR)
    files = [str(folder / f"{id}.pdf") for id in PAPERS]
    documents = SimpleDirectoryReader(input_files=files, file_extractor={".pdf": pdf_reader()}).load_data()
    return list(SentenceSplitter(chunk_size=256, chunk_overlap=20).get_nodes_from_documents(documents))


def pdf_reader() -> Any:
    """LlamaIndex's PDFReader; where its package is missing (it pins an older pypdf), the same steps with ours."""
    try:
        from llama_index.readers.file import PDFReader  # type: ignore[import-not-found,unused-ignore]

        return PDFReader()
    except ImportError:
        pass
    import pypdf
    from llama_index.core.readers.base import BaseReader
    from llama_index.core.schema import Document

    class PagesReader(BaseReader):
        def load_data(self, file: Path, extra_info: dict[str, Any] | None = None, fs: Any = None) -> list[Document]:
            pdf = pypdf.PdfReader(str(file))
            labels = pdf.page_labels
            return [
                Document(
                    text=page.extract_text(),
                    metadata={"page_label": labels[i], "file_name": Path(file).name, **(extra_info or {})},
                )
                for i, page in enumerate(pdf.pages)
            ]

    return PagesReader()


def by_words(located: Located, chunks: Sequence[Chunk]) -> dict[str, float]:
    """Measures of one case, evidence found by its words: the same test for every system."""
    groups = [[label for label in g if label.document in PAPERS] for g in located.case.evidence]
    squashed = [(c.document, squash(c.text)) for c in chunks]
    held = [[any(holds(text, label) for label in g if label.document == d) for d, text in squashed] for g in groups]
    first = next((i for i in range(len(chunks)) if any(group[i] for group in held)), None)
    return measures({k: sum(any(g[:k]) for g in held) / len(held) for k in (1, 3, 5, 10)}, first)


def by_place(located: Located, hits: Sequence[Any]) -> dict[str, float]:
    """Measures of one case, evidence found by its place, as `assistant eval` does."""
    shares = {k: evidence_recall(located.groups, hits, k) or 0.0 for k in (1, 3, 5, 10)}
    found = reciprocal_rank(located.groups, hits) or 0.0
    return measures(shares, round(1 / found) - 1 if found else None)


def measures(shares: Mapping[int, float], first: int | None) -> dict[str, float]:
    found = {f"all@{k}": float(share == 1) for k, share in shares.items()}
    found |= {f"groups@{k}": share for k, share in shares.items()}
    return found | {"MRR@10": 0.0 if first is None else 1 / (first + 1)}


def squash(text: str) -> str:
    """Without white space (but between numbers) and hyphens: a word that a line end breaks is the word."""
    return re.sub(r"(?<!\d)\s|\s(?!\d)|-", "", fold(text).text)


def holds(squashed: str, label: Label) -> bool:
    """Whether the words stand in a chunk, whole or, at the chunk's edge, four in five of them."""
    wanted = squash(label.quote)
    at = squashed.find(wanted)
    while at >= 0:  # a number is not found inside a longer one
        before, after = squashed[max(at - 1, 0) : at], squashed[at + len(wanted) :][:1]
        if not (wanted[0].isdigit() and before.isdigit()) and not (wanted[-1].isdigit() and after.isdigit()):
            return True
        at = squashed.find(wanted, at + 1)
    words = label.quote.split()
    for kept in range(math.ceil(0.8 * len(words)), len(words)):
        if squashed.endswith(squash(" ".join(words[:kept]))) or squashed.startswith(squash(" ".join(words[-kept:]))):
            return True
    return False


# the sets from outside


@dataclass(frozen=True, slots=True)
class Labelled:
    """Paragraphs by id, and questions with the ids that answer them."""

    passages: dict[str, str]
    questions: list[tuple[str, frozenset[str]]]
    columns: tuple[str, ...]
    words: Callable[[str], list[str]]
    """What the plain BM25 compares."""
    published: str
    """What ../shared/data/README.md gives for plain methods."""


def korquad(data: Path, sample: int) -> Labelled:
    raw = json.loads((data / "korquad1_dev" / "KorQuAD_v1.0_dev.json").read_text("utf-8"))
    passages: dict[str, str] = {}
    questions: list[tuple[str, frozenset[str]]] = []
    for article in raw["data"]:
        for paragraph in article["paragraphs"]:
            id = f"{len(passages):05d}"
            passages[id] = paragraph["context"]
            questions += [(qa["question"], frozenset({id})) for qa in paragraph["qas"]]
    if sample:
        questions = random.Random(SEED).sample(questions, min(sample, len(questions)))
    return Labelled(passages, questions, ("R@1", "R@5", "nDCG@10"), bigrams, "BM25 on bigrams R@1 .910, R@5 .989")


def scifact(data: Path, sample: int) -> Labelled:
    passages = {r["_id"]: f"{r['title']}\n{r['text']}" for r in lines(data / "scifact" / "corpus.jsonl")}
    right: dict[str, set[str]] = {}
    for row in (data / "scifact" / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        question, passage, score = row.split("\t")
        if int(score) > 0:
            right.setdefault(question, set()).add(passage)
    questions = [
        (r["text"], frozenset(right[r["_id"]])) for r in lines(data / "scifact" / "queries.jsonl") if r["_id"] in right
    ]
    return Labelled(
        passages, questions, ("nDCG@10", "R@10"), english_words, "nDCG@10: BM25 .676, all-MiniLM-L6-v2 .645"
    )


def mtrag(data: Path, sample: int) -> Labelled:
    passages = {r["_id"]: r["text"] for r in lines(data / "mtrag" / "corpus.jsonl") if r["domain"] == "govt"}
    questions = [
        (r["question_standalone"], frozenset(r["relevant"]))
        for r in lines(data / "mtrag" / "tasks.jsonl")
        if r["domain"] == "govt" and r["relevant"]
    ]
    published = "BM25 R@1/3/5/10 .192/.448/.583/.725"
    return Labelled(passages, questions, ("R@1", "R@3", "R@5", "R@10", "nDCG@10"), english_words, published)


SETS: dict[str, Callable[[Path, int], Labelled]] = {"korquad": korquad, "scifact": scifact, "mtrag": mtrag}


def outside(part: str, options: argparse.Namespace) -> None:
    """One labelled set: rivals and ours."""
    data = SETS[part](options.data, options.questions)
    made = indexed(part, data, options.cache)
    ids = list(data.passages)
    bm25 = plain_bm25(list(data.passages.values()), data.words)

    def by_vector(question: str) -> list[str]:
        return [id for id, _ in made.exact.nearest(made.embedder.embed_question(question), 60)]

    def by_bm25(question: str) -> list[str]:
        return [ids[i] for i in bm25(question, 60)]

    def ours(retriever: Any) -> Rank:
        return lambda question: [h.passage.id for h in retriever.retrieve(question, DEPTH)]

    rivals: dict[str, Rank] = {
        "BM25 (bm25s)": by_bm25,
        "MiniLM alone": by_vector,
        "both fused (RRF, k = 60)": lambda q: plain_fusion([by_bm25(q), by_vector(q)]),
    }
    hybrid = made.hybrid
    systems = {"ours, lexical": ours(hybrid.lexical), "ours, dense": ours(hybrid.dense), "ours, hybrid": ours(hybrid)}
    scored = {
        name: [ranked(rank(q)[:DEPTH], right) for q, right in data.questions]
        for name, rank in (rivals | systems).items()
    }
    lead = "nDCG@10"
    order = sorted(rivals, key=lambda s: -sum(x[lead] for x in scored[s]))
    rows = {n: {c: mean([x[c] for x in scored[n]]) for c in data.columns} for n in [*order, *systems]}
    print(f"{part}: {len(ids):,} passages, {len(data.questions):,} questions; known: {data.published}")
    table("", rows, data.columns)
    for name in ("ours, lexical", "ours, hybrid"):
        gap = mean([a[lead] - b[lead] for a, b in zip(scored[name], scored[order[0]], strict=True)])
        print(f"  {name} - {order[0]}, paired, {lead}: {show(gap, signed=True)}")


@dataclass(frozen=True, slots=True)
class Indexed:
    """A labelled set as our retrievers have it, one passage a paragraph."""

    hybrid: retrieval.HybridRetriever
    exact: ExactIndex
    embedder: Cached


def indexed(part: str, data: Labelled, cache: Path) -> Indexed:
    """Indexes in memory. The vectors of sentences are made where the embedder can read them, and kept in `cache`."""
    embedder = Cached(export_of(cache), cache / f"vectors-{part}.npz")
    sentence = Cached(embedder, cache / f"vectors-{part}-sentences.npz")
    passages = [
        Passage(id, id, "text", Span(0, len(t)), t, tuple(sentences(t)) if language_of(t) == "en" else ())
        for id, t in data.passages.items()
    ]
    vectors = embedder.embed_passages([retrieval.passage_text(p) for p in passages])
    texts = {p.id: retrieval.sentence_texts(p) for p in passages if p.sentences}
    sentence.prepare([t for each in texts.values() for t in each])
    library = MemoryLibrary(
        [],
        passages,
        {id: sentence.embed_passages(each) for id, each in texts.items()},
        vectors=dict(zip(data.passages, vectors, strict=True)),
    )
    words = Bm25Index()
    words.add((p.id, retrieval.passage_terms(p)) for p in passages)
    exact = ExactIndex(list(data.passages), vectors)
    embedder.prepare([q for q, _ in data.questions] + [understand(q).gist for q, _ in data.questions])
    lexical = retrieval.LexicalRetriever(words, library)
    dense = retrieval.DenseRetriever(exact, embedder, library)
    return Indexed(retrieval.HybridRetriever(lexical, dense, library, english_only=True), exact, embedder)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def table(title: str, rows: Mapping[str, Mapping[str, Mean]], columns: Sequence[str]) -> None:
    """Means with their standard errors, a row a system."""
    width = max(map(len, rows)) + 2
    print("  " + title.ljust(width) + "".join(f"{c:>15}" for c in columns))
    for name, row in rows.items():
        print("  " + name.ljust(width) + "".join(f"{show(row[c], signed=c == 'gain'):>15}" for c in columns))


def show(value: Mean, signed: bool = False) -> str:
    if value.value is None:
        return "-"
    text = f"{value.value:+.3f}" if signed else f"{value.value:.3f}"
    return f"{text} ± {value.error:.3f}" if value.error is not None else text


if __name__ == "__main__":
    sys.exit(main())
