"""Learn the weights of assistant/answering/model.py on the dev cases; report on the test cases.

    python benchmarks/fit_answering.py INDEX_OF_PAPERS INDEX_OF_DIGESTS [--write]

Ranking: a linear model, softmax over the candidates of a question, the evidence being right. Gate:
logistic regression on the best candidate. Besides the real unanswerable cases it learns from every
answerable case with its evidence taken away: on the subject, and not said. Both are fitted by plain
gradient descent with an L2 penalty, so that the result is the same everywhere.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import config, wiring
from assistant.answering import abstention, candidates, catalogue, choosing, model
from assistant.evaluation.cases import Located, place_labels, read_cases
from assistant.pipeline import Assistant

Array = NDArray[np.float64]
Example = tuple[float, dict[str, float], str]
CASES = Path(__file__).parents[1] / "eval" / "cases.jsonl"
OUT = Path(__file__).parents[1] / "assistant" / "data" / "answering.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="+", help="an index of the papers, an index of the digests")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    fitted = fit([wiring.open_assistant(config.load(index=i), warm=True) for i in options.index])
    print(json.dumps(fitted, indent=1))
    if options.write:
        OUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def fit(assistants: Sequence[Assistant]) -> dict[str, Any]:
    """Ranking first: the gate judges the candidate that the fitted ranking puts first."""
    parts: dict[str, list[tuple[Assistant, Located]]] = {"dev": [], "test": []}
    for assistant in assistants:
        held = assistant.library.document_ids()
        for case in read_cases(CASES):
            parts[case.split or "dev"].append((assistant, place_labels(case, held, assistant.document)))
    lists = {name: [x for a, c in part if (x := ranking_list(a, c))] for name, part in parts.items()}
    ranking = fit_ranking(lists["dev"])
    put_in_force(ranking)
    gates = {name: [e for a, c in part for e in gate_examples(a, c)] for name, part in parts.items()}
    weights, bias = fit_gate(gates["dev"])
    real = {name: [e for e in part if e[2] != "taken away"] for name, part in gates.items()}
    threshold = threshold_at(weights, bias, real["dev"], wrongly=0.07)
    return {
        "about": "learnt by benchmarks/fit_answering.py on the dev half of eval/cases.jsonl",
        "ranking": ranking,
        "gate": {"weights": weights, "bias": bias, "threshold": threshold},
        "reached": {
            name: {
                "ranking": ranking_measures(ranking, lists[name]),
                "gate": gate_measures(weights, bias, threshold, real[name]),
            }
            for name in ("dev", "test")
        },
    }


def _usable(assistant: Assistant, located: Located, take_away: bool) -> list[candidates.Candidate]:
    prepared = assistant.prepare(located.case.question)
    question = prepared.question
    vector = assistant.embedder.embed_question(question.gist)
    found = candidates.candidates(question, assistant.find(prepared), assistant.library, vector, assistant.weigh, None)
    if take_away:
        found = [c for c in found if not is_evidence(c, located)]
    found = candidates.late_interaction(question, found, assistant.embedder, assistant.weigh)
    return choosing.of_the_kind([c for c in found if choosing.may_answer(c, question, catalogue.asks_source(question))])


def is_evidence(candidate: candidates.Candidate, located: Located) -> bool:
    return any(
        candidate.passage.document == p.document and candidate.span.overlaps(p.span) for g in located.groups for p in g
    )


def about_documents(assistant: Assistant, located: Located) -> bool:
    """Whether the question goes to the candidates at all, not to the catalogue."""
    prepared = assistant.prepare(located.case.question)
    return catalogue.look_up(prepared.whole, assistant.library.works(), ()) is None


def ranking_list(assistant: Assistant, located: Located) -> tuple[list[dict[str, float]], Array] | None:
    """The features of a question's candidates and which are right; None where it is no use."""
    if not located.case.answerable or not about_documents(assistant, located):
        return None
    usable = _usable(assistant, located, take_away=False)
    right = np.array([float(is_evidence(c, located)) for c in usable])
    return ([c.features() for c in usable], right) if right.any() else None


def fit_ranking(lists: Sequence[tuple[list[dict[str, float]], Array]]) -> dict[str, float]:
    names = sorted(lists[0][0][0])
    data = [(np.array([[f[n] for n in names] for f in features]), right) for features, right in lists]
    weights = np.zeros(len(names))
    for _ in range(3000):
        gradient = np.zeros(len(names))
        for x, right in data:
            odds = x @ weights
            p = np.exp(odds - odds.max())
            p /= p.sum()
            of_right = p * right / (p * right).sum()
            gradient += x.T @ (p - of_right)
        weights -= 1.0 * (gradient / len(data) + 0.004 * weights)
    scale = np.abs(weights).sum()  # scores stay about between 0 and 1
    return {n: round(float(w / scale), 4) for n, w in zip(names, weights, strict=True)}


def put_in_force(ranking: dict[str, float]) -> None:
    """The gate's examples must be ranked by the new weights: use them for the rest of this process."""
    current = model.model()
    fresh = replace(current, ranking=ranking)
    candidates.model = abstention.model = lambda: fresh  # type: ignore[attr-defined]


def ranking_measures(
    ranking: dict[str, float], lists: Sequence[tuple[list[dict[str, float]], Array]]
) -> dict[str, float]:
    ranks = []
    for features, right in lists:
        scores = np.array([sum(ranking.get(n, 0.0) * v for n, v in f.items()) for f in features])
        order = np.argsort(-scores, kind="stable")
        ranks.append(1 + next(i for i, j in enumerate(order) if right[j]))
    r = np.array(ranks)
    return {
        "n": len(ranks),
        "first": round(float((r == 1).mean()), 3),
        "among first three": round(float((r <= 3).mean()), 3),
        "reciprocal rank": round(float((1 / r).mean()), 3),
    }


def gate_examples(assistant: Assistant, located: Located) -> list[Example]:
    if not about_documents(assistant, located):
        return []
    question = assistant.prepare(located.case.question).question
    found: list[Example] = []
    for take_away in (False, True) if located.case.answerable else (False,):
        usable = _usable(assistant, located, take_away)
        if usable:
            origin = "taken away" if take_away else "answerable" if located.case.answerable else "unanswerable"
            features = abstention.features(question, usable, assistant.weigh)
            found.append((float(origin == "answerable"), features, origin))
    return found


WEIGHT = {"answerable": 1.0, "unanswerable": 2.0, "taken away": 0.4}
"""Real unanswerable cases are few and count double; some evidence that is taken away stands twice."""


def fit_gate(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    names = sorted(examples[0][1])
    x = np.array([[f[n] for n in names] for _, f, _ in examples])
    y = np.array([label for label, _, _ in examples])
    w = np.array([WEIGHT[origin] for _, _, origin in examples])
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / deviation, np.ones(len(x))]
    b = np.zeros(z.shape[1])
    for _ in range(6000):
        p = 1 / (1 + np.exp(-z @ b))
        gradient = z.T @ (w * (p - y)) / w.sum()
        gradient[:-1] += 0.04 * b[:-1]
        b -= 0.3 * gradient
    weights = b[:-1] / deviation
    bias = float(b[-1] - (weights * mean).sum())
    return {n: round(float(v), 4) for n, v in zip(names, weights, strict=True)}, round(bias, 4)


def probabilities(weights: dict[str, float], bias: float, examples: Sequence[Example]) -> tuple[Array, Array]:
    odds = np.array([bias + sum(weights[n] * v for n, v in f.items()) for _, f, _ in examples])
    return 1 / (1 + np.exp(-odds)), np.array([label for label, _, _ in examples])


def threshold_at(weights: dict[str, float], bias: float, examples: Sequence[Example], wrongly: float) -> float:
    p, y = probabilities(weights, bias, examples)
    return round(float(np.quantile(p[y == 1], wrongly)), 3)


def gate_measures(
    weights: dict[str, float], bias: float, threshold: float, examples: Sequence[Example]
) -> dict[str, Any]:
    p, y = probabilities(weights, bias, examples)
    yes, no = p[y == 1], p[y == 0]
    auc = float((yes[:, None] > no[None]).mean() + 0.5 * (yes[:, None] == no[None]).mean())
    curve = {
        f"{share:.2f}": round(float((no < np.quantile(yes, share)).mean()), 3)
        for share in (0.02, 0.05, 0.08, 0.10, 0.15, 0.20)
    }
    return {
        "answerable": len(yes),
        "unanswerable": len(no),
        "auc": round(auc, 3),
        "refused at the threshold": round(float((no < threshold).mean()), 3),
        "wrongly refused at the threshold": round(float((yes < threshold).mean()), 3),
        "refused, by share wrongly refused": curve,
    }


if __name__ == "__main__":
    main()
