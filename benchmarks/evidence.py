"""How well support, contradiction and silence are told apart: SciFact's claims, and the project's own pairs.

    python benchmarks/evidence.py [--part recall|gold|ends|pairs] [--half dev|test] [--data DIR] [--cache DIR] [--why]

recall: over all 5,183 abstracts, whether the sentences that people marked are among the first five that `Bearings`
gives. gold: given the marked sentences, support told from contradiction. ends: from the claim alone, a verdict for each
claim; those without evidence count as neither. pairs: tests/stance/pairs.jsonl, pairs_numbers.jsonl and pairs_second.jsonl. The claims are parted in two halves by
a hash of their id; only the dev half was looked at while the rules were made. Every figure is a mean with its standard
error. Nothing is fetched; vectors are kept in --cache, and made anew where it is not given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from retrieval import Cached, export_of, lines, show

from assistant import retrieval
from assistant.answering.candidates import TokenEmbedder
from assistant.backends.lexical import Bm25Index
from assistant.bearing import HITS, Bearings
from assistant.evaluation.measures import Mean, mean
from assistant.protocols import Vectors
from assistant.questions import understand
from assistant.stance import Near, Tokens, judge
from assistant.store.memory import ExactIndex, MemoryLibrary
from assistant.text import language_of, sentences
from assistant.types import Bearing, Block, Document, Passage, Span, Support, Verdict, Work

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ("pairs.jsonl", "pairs_numbers.jsonl", "pairs_second.jsonl")
LABELS = ("support", "contradict", "neither")
OF: dict[Support, str] = {"supported": "support", "partial": "support", "contradicted": "contradict"}
"""What a verdict says on SciFact's scale; the others say neither."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=("recall", "gold", "ends", "pairs"), action="append")
    parser.add_argument("--half", choices=("dev", "test"), action="append")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--why", action="store_true", help="each wrong verdict of the dev half and of the pairs")
    options = parser.parse_args()
    parts = options.part or ["recall", "gold", "ends", "pairs"]
    halves = options.half or ["dev", "test"]
    with tempfile.TemporaryDirectory() as name:
        cache = options.cache or Path(name)
        cache.mkdir(parents=True, exist_ok=True)
        if "pairs" in parts:
            pairs(cache, options.why)
        if set(parts) == {"pairs"}:
            return 0
        if not (options.data / "scifact").is_dir():
            print(f"scifact: no data at {options.data}, nothing measured", file=sys.stderr)
            return 1
        bench = SciFact(options.data / "scifact", cache)
        for half in halves:
            claims = [c for c in bench.claims if c.half == half]
            why = options.why and half == "dev"
            if "gold" in parts:
                gold(bench, claims, half, why)
            if {"recall", "ends"} & set(parts):
                bench.prepare(claims)
            if "recall" in parts:
                recall(bench, claims, half)
            if "ends" in parts:
                ends(bench, claims, half, why)
    return 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of SciFact: `marked` are groups of sentences, each with its abstract and its label."""

    id: str
    text: str
    label: str
    marked: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def half(self) -> str:
        return "dev" if int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2 == 0 else "test"


class SciFact:
    """The abstracts as a library, and the claims."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.claims = [
            Claim(
                r["_id"],
                r["claim"],
                {"SUPPORT": "support", "CONTRADICT": "contradict"}.get(r["label"], "neither"),
                tuple((e["doc_id"], e["label"].lower(), tuple(e["sentences"])) for e in r["evidence"]),
            )
            for r in lines(folder / "claims_with_evidence.jsonl")
        ]
        self.embedder: Any = _Cached(export_of(cache), cache / "vectors-scifact.npz")
        texts = {r["_id"]: f"{r['title']}\n{r['text']}" for r in lines(folder / "corpus.jsonl")}
        titles = {r["_id"]: r["title"] for r in lines(folder / "corpus.jsonl")}
        self.library = Abstracts(texts, titles, _Cached(export_of(cache), cache / "vectors-scifact-sentences.npz"))
        words = Bm25Index()
        passages = [Passage(id, id, "text", Span(0, len(t)), t, ()) for id, t in texts.items()]
        words.add((p.id, retrieval.passage_terms(p)) for p in passages)
        vectors = ExactIndex(list(texts), self.embedder.embed_passages(list(texts.values())))
        self.lexical = retrieval.LexicalRetriever(words, self.library)
        hybrid = retrieval.HybridRetriever(
            self.lexical, retrieval.DenseRetriever(vectors, self.embedder, self.library), self.library
        )
        self.frequencies: dict[str, float] = {}
        self.bearings = Bearings(self.library, hybrid, self.embedder, self.weigh)

    def weigh(self, term: str) -> float:
        if (known := self.frequencies.get(term)) is None:
            index = self.lexical.index
            known = self.frequencies[term] = retrieval.idf(index.frequency(term), index.count())
        return known

    def prepare(self, claims: Sequence[Claim]) -> None:
        """Read beforehand what the claims will be laid beside."""
        find = self.bearings.retriever.find
        self.library.prepare(h.passage.id for c in claims for h in find(understand(c.text), HITS))

    @cached_property
    def found(self) -> dict[str, tuple[Bearing, ...]]:
        """What `Bearings` gives for each claim, made once."""
        return {}

    def on(self, claim: Claim) -> tuple[Bearing, ...]:
        if claim.id not in self.found:
            self.found[claim.id] = self.bearings.on(claim.text, k=10)
        return self.found[claim.id]

    def marked(self, claim: Claim) -> list[tuple[str, Span]]:
        """Where the marked sentences stand."""
        places = []
        for document, _, marked in claim.marked:
            text = self.library.document(document).text
            for s in marked:
                at = text.find(s.strip())
                if at >= 0:
                    places.append((document, Span(at, at + len(s.strip()))))
        return list(dict.fromkeys(places))


class _Cached(Cached):
    """With token vectors, which are not kept on disk."""

    def embed_tokens_of(self, texts: Sequence[str]) -> Any:
        embedder = self._embedder
        assert isinstance(embedder, TokenEmbedder)
        return embedder.embed_tokens_of(texts)


class Abstracts(MemoryLibrary):
    """Abstracts as documents of one passage each, cut into sentences when they are first looked at."""

    def __init__(self, texts: Mapping[str, str], titles: Mapping[str, str], embedder: Any) -> None:
        documents = [
            Document(
                Work(id, titles[id], kind="source"),
                t,
                (
                    Block("title", Span(0, len(titles[id]))),
                    Block("paragraph", Span(min(len(titles[id]) + 1, len(t)), len(t))),
                ),
            )
            for id, t in texts.items()
        ]
        super().__init__(documents, ())
        self._embedder = embedder
        self._cut: dict[str, Passage] = {}
        self._rows: dict[str, Vectors] = {}

    def passage(self, id: str) -> Passage:
        if id not in self._cut:
            document = self.document(id)
            body = document.blocks[-1].span
            found = tuple(sentences(document.text, body))
            self._cut[id] = Passage(id, id, "text", Span(0, len(document.text)), document.text, found)
        return self._cut[id]

    def vectors_of(self, document: str) -> tuple[Sequence[str], Vectors]:
        return (document,), self._embedder.embed_passages([self.document(document).text])

    def sentence_vectors(self, passage: str) -> Vectors:
        if passage not in self._rows:
            p = self.passage(passage)
            own = [s.slice(p.text) for s in p.sentences]
            self._rows[passage] = self._embedder.embed_passages(own)
        return self._rows[passage]

    def prepare(self, ids: Iterable[str]) -> None:
        """Embed the sentences of many abstracts at once."""
        self._embedder.prepare([s.slice(p.text) for p in map(self.passage, dict.fromkeys(ids)) for s in p.sentences])


# recall


def recall(bench: SciFact, claims: Sequence[Claim], half: str) -> None:
    """Marked sentences among the first five."""
    kept = [c for c in claims if c.marked and bench.marked(c)]
    hit, share, seconds = [], [], []
    for claim in kept:
        started = time.perf_counter()
        first = bench.on(claim)[:5]
        seconds.append(time.perf_counter() - started)
        places = bench.marked(claim)
        met = [any(_same(b, d, s) for b in first) for d, s in places]
        hit.append(float(any(met)))
        share.append(sum(met) / len(met))
    print(
        f"{half}: marked sentences among the first five of {len(bench.library.document_ids()):,} abstracts"
        f" (n = {len(kept)}): any {show(mean(hit))}, share {show(mean(share))}; median {np.median(seconds):.2f} s a claim"
    )


def _same(b: Bearing, document: str, span: Span) -> bool:
    here = b.citation.span
    shared = min(here.end, span.end) - max(here.start, span.start)
    return b.citation.document == document and shared >= 0.5 * min(len(here), len(span))


# verdicts


def gold(bench: SciFact, claims: Sequence[Claim], half: str, why: bool) -> None:
    """Support told from contradiction, given what people marked."""
    cases = []
    for claim in claims:
        for document, label, marked in claim.marked:
            words = " ".join(marked)
            verdict = _judged(bench, claim.text, words, bench.library.document(document).work.title)
            cases.append((label, OF.get(verdict.support, "neither")))
            if why and cases[-1][0] != cases[-1][1]:
                print(f"  {label} -> {verdict.support} ({verdict.why})\n    {claim.text}\n    {words}")
    print(f"{half}: given the marked sentences (n = {len(cases)})")
    rivals = {"always support": [(label, "support") for label, _ in cases], "ours": cases}
    confusions(rivals, ("support", "contradict"))
    decided = [(a, b) for a, b in cases if b != "neither"]
    print(f"  of the {len(decided)} that ours decided: right {show(mean([float(a == b) for a, b in decided]))}")


def _judged(bench: SciFact, statement: str, words: str, context: str) -> Verdict:
    said, read = bench.embedder.embed_tokens_of([statement, words])
    return judge(statement, words, Near(said=Tokens(*said), read=Tokens(*read)), context, bench.weigh)


def ends(bench: SciFact, claims: Sequence[Claim], half: str, why: bool) -> None:
    """From the claim alone: what the first sentence that decides says; neither where none does."""
    ours = [(c.label, _said(bench.on(c))) for c in claims]
    best = [max((b.citation.score for b in bench.on(c)), default=0.0) for c in claims]
    dev = [c for c in bench.claims if c.half == "dev"]
    threshold = _threshold(
        [c.label for c in dev], [max((b.citation.score for b in bench.on(c)), default=0.0) for c in dev]
    )
    rivals = {
        "always support": [(c.label, "support") for c in claims],
        f"likeness above {threshold:.3f} supports": [
            (c.label, "support" if s >= threshold else "neither") for c, s in zip(claims, best, strict=True)
        ],
        "ours": ours,
    }
    print(f"{half}: from the claim alone (n = {len(claims)})")
    confusions(rivals, LABELS)
    gap = [float(a == b) - float(a == c) for (a, b), (_, c) in zip(ours, rivals["always support"], strict=True)]
    print(f"  ours less `always support`, paired, right: {show(mean(gap), signed=True)}")
    if why:
        for c, (label, said) in zip(claims, ours, strict=True):
            if label != said:
                b = bench.on(c)[0]
                print(f"  {label} -> {said}: {c.text}\n    {b.verdict.support} ({b.verdict.why}): {b.citation.quote}")


def _said(found: Sequence[Bearing]) -> str:
    """A claim's label from its bearings: whole support, then contradiction, then partial support."""
    return OF.get(found[0].verdict.support, "neither") if found else "neither"


def _threshold(labels: Sequence[str], scores: Sequence[float]) -> float:
    """The likeness that parts the dev claims best, by macro-F1."""

    def reached(t: float) -> float:
        said = [(label, "support" if s >= t else "neither") for label, s in zip(labels, scores, strict=True)]
        return macro(said, LABELS)

    return max(sorted(set(scores)), key=reached)


def confusions(systems: Mapping[str, Sequence[tuple[str, str]]], labels: Sequence[str]) -> None:
    """Each system's confusion, right share and macro-F1 over `labels`, with bootstrap standard errors."""
    for name, cases in systems.items():
        counts = Counter(cases)
        right = mean([float(a == b) for a, b in cases])
        rows = "; ".join(
            f"{a}: " + ", ".join(f"{counts[a, b]} {b}" for b in LABELS if counts[a, b])
            for a in labels
            if any(counts[a, b] for b in LABELS)
        )
        print(f"  {name}: right {show(right)}, macro-F1 {show(_bootstrapped(cases, lambda c: macro(c, labels)))}")
        each = ", ".join(f"{x} P {p:.2f} R {r:.2f}" for x in labels for p, r in [precision_recall(cases, x)])
        print(f"    {each}\n    {rows}")


def precision_recall(cases: Sequence[tuple[str, str]], label: str) -> tuple[float, float]:
    met = sum(a == b == label for a, b in cases)
    said, true = sum(b == label for _, b in cases), sum(a == label for a, _ in cases)
    return met / said if said else 0.0, met / true if true else 0.0


def macro(cases: Sequence[tuple[str, str]], labels: Sequence[str]) -> float:
    scores = []
    for label in labels:
        p, r = precision_recall(cases, label)
        scores.append(2 * p * r / (p + r) if p + r else 0.0)
    return sum(scores) / len(scores)


def _bootstrapped(cases: Sequence[tuple[str, str]], measure: Callable[[Sequence[tuple[str, str]]], float]) -> Mean:
    """A measure with the standard error over 300 resamples (fixed seed)."""
    random = np.random.default_rng(2026)
    values = [measure([cases[i] for i in random.integers(0, len(cases), len(cases))]) for _ in range(300)]
    return Mean(measure(cases), float(np.std(values)), len(cases))


# the project's own pairs


def pairs(cache: Path, why: bool) -> None:
    """Verdicts on the pairs of each file by half and by kind of difference, and the two errors that do harm."""
    embedder: Any = export_of(cache)
    for name in PAIRS:
        print(f"tests/stance/{name}")
        _show_pairs(list(_pairs(embedder, name)), why)


def _show_pairs(cases: Sequence[tuple[dict[str, Any], Verdict]], why: bool) -> None:
    for half in sorted({p["half"] for p, _ in cases}):
        own = [(p, v) for p, v in cases if p["half"] == half]
        right = mean([float(p["verdict"] == v.support) for p, v in own])
        print(f"pairs, half {half} (n = {len(own)}): right {show(right)}")
        truth = Counter((p["verdict"], v.support) for p, v in own)
        for a in ("supported", "partial", "contradicted", "unsupported", "unchecked"):
            row = ", ".join(f"{n} {b}" for (x, b), n in truth.most_common() if x == a)
            if row:
                print(f"  {a}: {row}")
        for support in ("supported", "contradicted"):
            others = [v for p, v in own if p["verdict"] != support]
            print(f"  called {support} and is not: {sum(v.support == support for v in others)} of {len(others)}")
        kinds = Counter(p["kind"] for p, _ in own)
        met = Counter(p["kind"] for p, v in own if p["verdict"] == v.support)
        print("  " + ", ".join(f"{k} {met[k]}/{n}" for k, n in kinds.most_common()))
        if why:
            for p, v in own:
                if p["verdict"] != v.support:
                    print(f"  {p['id']} {p['kind']}: {p['verdict']} -> {v.support} ({v.why})")


def _pairs(embedder: Any, name: str) -> Iterator[tuple[dict[str, Any], Verdict]]:
    for line in (ROOT / "tests" / "stance" / name).read_text(encoding="utf-8").splitlines():
        p = json.loads(line)
        both = [p["statement"], p["source"]]
        said, read = embedder.embed_tokens_of(both)
        near = Near(said=Tokens(*said), read=Tokens(*read))
        if "ko" in map(language_of, both):
            near = Near()
        yield p, judge(p["statement"], p["source"], near, p["context"])


if __name__ == "__main__":
    sys.exit(main())
