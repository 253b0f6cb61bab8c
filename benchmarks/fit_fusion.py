"""Learn what words, vector and best sentence weigh in fusion; writes assistant/data/fusion.json.

    python benchmarks/fit_fusion.py [--papers INDEX] [--cache DIR] [--write]

Every weight of a grid is tried on the dev parts (`sets.part_of`: by talk, document or case): mtrag's standalone
questions in four domains, our own questions on CRS reports, and the dev half of eval/cases.jsonl on an index of the
papers. What decides is the mean over these sets of nDCG@10 (files that are labelled) or of the reciprocal rank (a
passage that holds the answer). The test parts are then reported beside, each with its standard error; nothing is chosen
on them. Ranking by ranks (reciprocal rank fusion, k = 10) and each retriever alone stand beside.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sets
from plain import ranked

from assistant import config, wiring
from assistant.corpus import slug
from assistant.evaluation.cases import place_labels, read_cases
from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant
from assistant.questions import Question, understand
from assistant.retrieval import RETRIEVERS, Fusion, fuse

FILE = sets.ROOT / "assistant" / "data" / "fusion.json"
STEP = 0.05
MTRAG = tuple(f"mtrag-{d}" for d in sets.DOMAINS)


@dataclass(frozen=True, slots=True)
class Known:
    """A question with its candidates: of each its document or itself, what fusion sees, and what it is worth."""

    part: str
    candidates: tuple[tuple[str, Mapping[str, float], bool, float], ...]
    """What is labelled (a file, or a passage), the shares, whether the embedder reads it, the prior."""
    right: tuple[frozenset[str], ...]
    by_file: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, help="an index of the two papers")
    parser.add_argument("--cache", type=Path, default=sets.CACHE)
    parser.add_argument("--set", action="append", choices=(*MTRAG, "crs"), help="these sets only, beside the papers")
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    options = parser.parse_args()
    known = dict(gathered(options.papers, options.cache, options.set or (*MTRAG, "crs")))
    if not known:
        print("no data: nothing learnt", file=sys.stderr)
        return 1
    tried = {f: score(known, "dev", by_fusion(f)) for f in grid()}
    best = max(tried, key=lambda f: sum(v for v, _, _ in tried[f].values()) / len(tried[f]))
    systems: dict[str, Callable[[Known], list[str]]] = {
        "words alone": by_fusion(Fusion(1, 0, 0)),
        "vectors alone": by_fusion(Fusion(0, 1, 0)),
        "best sentence alone": by_fusion(Fusion(0, 0, 1)),
        "ranks of words and vectors (RRF, k = 10)": by_ranks,
        f"learnt: {best}": by_fusion(best),
    }
    reached = {name: {part: score(known, part, order) for part in ("dev", "test")} for name, order in systems.items()}
    for name, parts in reached.items():
        for part, values in parts.items():
            shown = "  ".join(f"{s} {v:.3f} ± {e:.3f} (n = {n})" for s, (v, e, n) in values.items())
            print(f"{name}, {part}: {shown}")
    if options.write:
        about = {
            "about": "learnt by benchmarks/fit_fusion.py on the dev parts",
            "weights": {name: getattr(best, name) for name in RETRIEVERS},
            "reached": {
                part: {s: {"value": round(v, 3), "error": round(e, 3), "n": n} for s, (v, e, n) in values.items()}
                for part, values in reached[f"learnt: {best}"].items()
            },
        }
        FILE.write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return 0


def grid() -> Iterator[Fusion]:
    steps = round(1 / STEP)
    for words in range(4, steps - 3):
        for sentence in range(steps - words + 1):
            yield Fusion(round(words * STEP, 2), round((steps - words - sentence) * STEP, 2), round(sentence * STEP, 2))


def gathered(papers: Path | None, cache: Path, chosen: Sequence[str]) -> Iterator[tuple[str, list[Known]]]:
    """The candidates of every question, set by set."""
    if sets.DATA.is_dir():
        for name in (n for n in MTRAG if n in chosen):
            made = sets.SETS[name]()
            assistant = sets.opened(made.files, name, cache)
            asked = [(q.standalone, q.part, frozenset(map(slug, q.relevant))) for q in made.questions if q.relevant]
            yield name, [known(assistant, text, part, (right,), True) for text, part, right in asked]
    if sets.DATA.is_dir() and "crs" in chosen:
        made = sets.crs()
        assistant = sets.opened(made.files, made.name, cache)
        passages = assistant.library.passages()
        yield (
            made.name,
            [
                known(assistant, q.text, q.part, (right,), False)
                for q in made.questions
                if (
                    right := frozenset(
                        p.id for p in passages if p.document == q.document and sets.says(p.text, q.answers)
                    )
                )
            ],
        )
    if papers:
        assistant = wiring.open_assistant(config.load(index=papers), warm=True)
        yield "papers", list(of_papers(assistant))


def of_papers(assistant: Assistant) -> Iterator[Known]:
    held, passages = assistant.library.document_ids(), assistant.library.passages()
    for case in read_cases(sets.ROOT / "eval" / "cases.jsonl"):
        if not case.answerable:
            continue
        groups = place_labels(case, held, assistant.document).groups
        right = tuple(
            frozenset(p.id for p in passages for place in g if p.document == place.document and p.span.overlaps(place.span))
            for g in groups
        )  # fmt: skip
        if all(right) and right:
            yield known(assistant, case.question, case.split or "dev", right, False)


def known(assistant: Assistant, text: str, part: str, right: tuple[frozenset[str], ...], by_file: bool) -> Known:
    question: Question = understand(text)
    weighed, _ = assistant.retriever.weighed(question)
    found = tuple(
        (w.passage.document if by_file else w.passage.id, w.shares, w.weights["lexical"] < 1, w.prior) for w in weighed
    )
    return Known(part, found, right, by_file)


def by_fusion(fusion: Fusion) -> Callable[[Known], list[str]]:
    def order(k: Known) -> list[str]:
        scored = [(-fuse(shares, fusion.weights(reads)) * prior, id) for id, shares, reads, prior in k.candidates]
        return list(dict.fromkeys(id for _, id in sorted(scored)))

    return order


def by_ranks(k: Known) -> list[str]:
    """What was done before: reciprocal ranks of words and vectors, evenly."""
    totals = [0.0] * len(k.candidates)
    for name in ("lexical", "dense"):
        places = sorted(range(len(totals)), key=lambda i: -k.candidates[i][1][name])[:60]
        for rank, i in enumerate(places, start=1):
            if k.candidates[i][1][name] > 0 and (name == "lexical" or k.candidates[i][2]):
                totals[i] += 11 / (10 + rank)
    scored = [(-t * c[3], c[0]) for t, c in zip(totals, k.candidates, strict=True)]
    return list(dict.fromkeys(id for _, id in sorted(scored)))


def score(
    known: Mapping[str, Sequence[Known]], part: str, order: Callable[[Known], list[str]]
) -> dict[str, tuple[float, float, int]]:
    """By set the mean, its standard error and n."""
    found = {}
    for name, questions in known.items():
        values = [worth(k, order(k)) for k in questions if k.part == part]
        if values:
            made = mean(values)
            found[name] = (made.value or 0.0, made.error or 0.0, made.n)
    return found


def worth(k: Known, order: Sequence[str]) -> float:
    if k.by_file:
        return ranked(order[:10], k.right[0])["nDCG@10"]
    firsts = [next((i for i, id in enumerate(order[:10], start=1) if id in group), None) for group in k.right]
    return sum(1 / f if f else 0.0 for f in firsts) / len(firsts)


if __name__ == "__main__":
    sys.exit(main())
