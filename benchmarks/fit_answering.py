"""Learn the weights by which candidates are ranked (assistant/answering/model.py) on dev parts; report on test parts.

    python benchmarks/fit_answering.py examples --out EXAMPLES.jsonl [--papers INDEX] [--digests INDEX]
        [--set crs|policyqa|korquad ...] [--questions N] [--cache DIR]
    python benchmarks/fit_answering.py fit EXAMPLES.jsonl [--write]

`examples` writes a line a question: the features of its candidates, and which of them are right (they hold the evidence
of a case, or a gold answer in the document that it is labelled in). What stands in the file is not made again. `fit`
learns a linear model, softmax over the candidates of a question, by gradient descent with an L2 penalty, on the dev parts
alone: eval/cases.jsonl, our questions on the CRS reports, PolicyQA. KorQuAD is for testing only. Two models are learnt: one for
text that the embedder reads, one of words alone for text that it does not (Korean, with the default embedder), of the same
English questions with all that comes of the embedder left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sets
from numpy.typing import NDArray

from assistant import config, wiring
from assistant.answering import candidates, catalogue, choosing
from assistant.answering.model import OF_THE_EMBEDDER
from assistant.evaluation.cases import Located, place_labels, read_cases
from assistant.pipeline import Assistant
from assistant.types import Within

Array = NDArray[np.float64]
Line = dict[str, Any]
CASES = Path(__file__).parents[1] / "eval" / "cases.jsonl"
OUT = Path(__file__).parents[1] / "assistant" / "data" / "answering.json"
LEARNT_FROM = {"eval": 1.0, "crs": 1.0, "policyqa": 0.3}
"""What a question of each set weighs. PolicyQA's spans are noisy: many are of one word that other sentences have too."""
LEFT_OUT = frozenset({"words_squared", "rarest", "fits_thing", "misfits_thing"})
"""Features that changed nothing."""
BEST, LOW = 0.505, 0.385
"""Where scores lie: what is shown beside the best candidate is a matter of their ratio."""
PENALTY = 0.004
STEPS = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("examples")
    making.add_argument("--out", type=Path, required=True)
    making.add_argument("--papers", type=Path)
    making.add_argument("--digests", type=Path)
    making.add_argument("--set", action="append", default=[], choices=("crs", "policyqa", "korquad"))
    making.add_argument("--questions", type=int, default=0, help="a sample of each set's part (0: all)")
    making.add_argument("--cache", type=Path, default=sets.CACHE)
    fitting = commands.add_parser("fit")
    fitting.add_argument("examples", type=Path)
    fitting.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.command == "examples":
        write_examples(options)
        return
    fitted = fit([json.loads(line) for line in options.examples.read_text("utf-8").splitlines()])
    print(json.dumps(fitted, indent=1))
    if options.write:
        OUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def write_examples(options: argparse.Namespace) -> None:
    done = set()
    if options.out.is_file():
        done = {json.loads(line)["id"] for line in options.out.read_text("utf-8").splitlines()}
    with options.out.open("a", encoding="utf-8") as file:
        for id, made in questions(options):
            if id not in done and (line := made()) is not None:
                file.write(json.dumps({"id": id, **line}, ensure_ascii=False) + "\n")
                file.flush()


def questions(options: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Line | None]]]:
    """Each question's name and what makes its line."""
    for name in ("papers", "digests"):
        if index := getattr(options, name):
            assistant = wiring.open_assistant(config.load(index=index), warm=True)
            held = assistant.library.document_ids()
            for case in read_cases(CASES):
                located = place_labels(case, held, assistant.document)
                if case.answerable and about_documents(assistant, located):
                    asked = [("eval", case.question)]
                    if korean := sets.twins("papers").get(case.id):
                        asked.append(("eval-twins", korean))
                    for of, text in asked:
                        about = {"set": of, "part": case.split or "dev", "group": case.id}
                        yield (
                            f"{name}/{of}/{case.id}",
                            lambda a=assistant, c=located, t=text, about=about: example(
                                a, t, Within(), lambda x, c=c: is_evidence(x, c), about
                            ),
                        )
    for name in options.set:
        made = sets.SETS[name]()
        assistant = sets.opened(made.files, name, options.cache)
        for part in ("dev", "test"):
            asked = [q for q in made.questions if q.part == part and q.answerable]
            asked.sort(key=lambda q: hashlib.sha256(q.id.encode()).digest())
            korean = sets.twins(name)
            for q in asked[: options.questions or None]:
                within = Within(documents=(q.within,)) if q.within else Within()
                for of, text in ((name, q.text), (f"{name}-twins", korean.get(q.id))):
                    about = {"set": of, "part": part, "group": q.document}
                    if text:
                        yield (
                            f"{of}/{q.id}",
                            lambda a=assistant, q=q, t=text, w=within, about=about: example(
                                a, t, w, lambda x, q=q: holds(x, q), about
                            ),
                        )


def holds(candidate: candidates.Candidate, asked: sets.Asked) -> bool:
    return candidate.passage.document == asked.document and sets.says(candidate.text, asked.answers)


def is_evidence(candidate: candidates.Candidate, located: Located) -> bool:
    return any(
        candidate.passage.document == p.document and candidate.span.overlaps(p.span) for g in located.groups for p in g
    )


def about_documents(assistant: Assistant, located: Located) -> bool:
    """Whether the question goes to the candidates at all, not to the catalogue."""
    prepared = assistant.prepare(located.case.question)
    return catalogue.look_up(prepared.whole, assistant.library.works(), ()) is None


def example(
    assistant: Assistant, text: str, within: Within, right: Callable[[candidates.Candidate], bool], about: Line
) -> Line | None:
    """The features of a question's candidates and which are right, by the same steps as a reply."""
    prepared = assistant.prepare(text, within=within)
    question = prepared.question
    vector = assistant.embedder.embed_question(question.gist)
    found = candidates.candidates(
        question, assistant.find(prepared), assistant.library, vector, assistant.weigh, assistant.embedder
    )
    references = catalogue.asks_source(question)
    usable = choosing.of_the_kind([c for c in found if choosing.may_answer(c, question, references)])
    if not usable:
        return None
    names = sorted({n for c in usable for n in c.features()})
    return {
        **about,
        "unread": usable[0].unread,
        "names": names,
        "x": [[round(c.features().get(n, 0.0), 4) for n in names] for c in usable],
        "y": [int(right(c)) for c in usable],
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of one question."""

    x: Array
    y: Array
    line: Line


def listed(lines: Sequence[Line], names: Sequence[str]) -> list[Listed]:
    made = []
    for line in lines:
        place = {n: i for i, n in enumerate(line["names"])}
        rows = np.array(line["x"])
        columns = [rows[:, place[n]] if n in place else np.zeros(len(rows)) for n in names]
        made.append(Listed(np.stack(columns, axis=1), np.array(line["y"], dtype=float), line))
    return made


def fit(lines: Sequence[Line]) -> dict[str, Any]:
    """Both models with what they reach on every part; the cross-validated figure is over documents (cases) not seen."""
    every = sorted({n for line in lines for n in line["names"]} - LEFT_OUT)
    words = [n for n in every if n not in OF_THE_EMBEDDER]
    fitted: dict[str, Any] = {
        "about": "learnt by benchmarks/fit_answering.py on dev parts; reached: right sentence first"
    }
    reached: dict[str, Any] = {}
    for name, names in (("ranking", every), ("ranking_by_words", words)):
        data = listed(lines, names)
        dev = [d for d in data if d.line["part"] == "dev" and d.line["set"] in LEARNT_FROM and not d.line["unread"]]
        weights = np.round(learn(dev), 3)
        scale, middle = brought_to(data=dev, weights=weights)
        kept = {n: float(w) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.02}
        fitted[name] = {"weights": kept, "scale": scale, "middle": middle}
        reached[name] = {"dev, cross-validated": by_set(dev, crossed(dev))}
        for part in ("dev", "test"):
            if seen := [d for d in data if d.line["part"] == part]:
                reached[name][part] = by_set(seen, [first(d, weights) for d in seen])
    return {**fitted, "reached": reached}


def brought_to(data: Sequence[Listed], weights: Array) -> tuple[float, float]:
    """The scale and middle that give the best candidates a mean of `BEST` and one in ten less than `LOW`."""
    best = np.array([float((d.x @ weights).max()) for d in data if len(d.y)])
    low, middle = float(np.quantile(best, 0.1)), float(best.mean())
    scale = (BEST - LOW) / max(1e-6, middle - low)
    return round(scale, 5), round(BEST - scale * middle, 4)


def learn(data: Sequence[Listed]) -> Array:
    data = [d for d in data if d.y.any() and not d.y.all()]
    starts = np.r_[0, np.cumsum([len(d.y) for d in data])[:-1]]
    which = np.repeat(np.arange(len(data)), [len(d.y) for d in data])
    x, y = np.concatenate([d.x for d in data]), np.concatenate([d.y for d in data])
    share = np.array([LEARNT_FROM[d.line["set"]] for d in data])
    share = (share / share.sum())[which]
    weights = np.zeros(x.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        odds = x @ weights
        p = np.exp(odds - np.maximum.reduceat(odds, starts)[which])
        p /= np.add.reduceat(p, starts)[which]
        right = p * y / np.add.reduceat(p * y, starts)[which]
        gradient = x.T @ ((p - right) * share) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def first(d: Listed, weights: Array) -> float:
    return float(d.y[np.argmax(d.x @ weights)])


def crossed(data: Sequence[Listed], folds: int = 5) -> list[float]:
    fold = [hashlib.sha256(d.line["group"].encode()).digest()[1] % folds for d in data]
    found = [0.0] * len(data)
    for k in range(folds):
        weights = learn([d for d, f in zip(data, fold, strict=True) if f != k])
        for i, d in enumerate(data):
            if fold[i] == k:
                found[i] = first(d, weights)
    return found


def by_set(data: Sequence[Listed], right: Sequence[float]) -> dict[str, str]:
    found: dict[str, list[float]] = {}
    for d, r in zip(data, right, strict=True):
        found.setdefault(d.line["set"], []).append(r)
    return {s: f"{np.mean(r):.3f} (n = {len(r)})" for s, r in sorted(found.items())}


if __name__ == "__main__":
    main()
