"""Learn the two gates of assistant/answering/gates/ on questions of several corpora; report on questions kept apart.

    python benchmarks/gate_examples.py INDEX_OF_PAPERS INDEX_OF_DIGESTS --out EXAMPLES.jsonl
    python benchmarks/fit_gate.py EXAMPLES.jsonl [--write]

The first gate tells questions whose subject is in the corpus (answered or not) from those whose articles were left out;
the second, among those whose subject is there, what is said from what is not: labelled as unanswerable, or answered by
sentences that are taken away. What a question is worth is the product. Each is a logistic regression with an L2 penalty,
solved exactly (Newton), so that the result is the same everywhere. For text that the embedder does not read the same is
learnt with all that rests on its vectors put aside. KorQuAD is never learnt from: its licence lets it be used for testing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Row = dict[str, Any]
OUT = Path(__file__).parents[1] / "assistant" / "data" / "gate.json"

VECTORS = frozenset("cosine cosine_first cosine_stand late late_first late_stand weakest leaning".split())
"""Features that rest on the embedder."""
SUBJECT = (
    "words_passage words_own words_stand words_document meant_passage meant_own lost nowhere unknown names_lost names_nowhere named "
    "cosine cosine_first cosine_stand late late_first late_stand leaning reach length rareness abroad"
).split()
SAID = (
    "words_passage words_stand meant_passage meant_own lost names_lost names_nowhere unknown cosine cosine_first late late_first "
    "late_stand weakest leaning coverage reach words_sentence meant_sentence uncovered uncovered_exact years elsewhere kindred "
    "kindred_some none_of_the_kind row superlative length exact reason who yesno abroad"
).split()
PENALTY = 3.0
"""Of the squared weights of standardised features, in examples."""
CAUTIONS = (1, 2, 3, 5, 7, 10, 15, 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.examples.read_text("utf-8").splitlines()]
    fitted = fit(rows)
    print(json.dumps({k: fitted[k] for k in ("thresholds", "reached")}, indent=1))
    if options.write:
        OUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def fit(rows: Sequence[Row]) -> dict[str, Any]:
    dev = [r for r in rows if r["part"] == "dev" and not r["set"].startswith("korquad")]
    subject: dict[str, Any] = {}
    said: dict[str, Any] = {}
    for by, apart in (("vectors", frozenset[str]()), ("words", VECTORS)):
        # Korean text is read by words alone; English text teaches that too, its vectors put aside.
        part = [r for r in dev if by == "words" or r["reads"]]
        subject[by] = logistic(part, [f for f in SUBJECT if f not in apart], there, weight_there)
        part = [r for r in part if there(r)]
        said[by] = logistic(part, [f for f in SAID if f not in apart], answered, weight_said)
    models = {"subject": subject, "said": said}
    return {
        "about": "learnt by benchmarks/fit_gate.py on the dev parts of the sets of benchmarks/sets.py and of eval/cases.jsonl",
        **models,
        "thresholds": thresholds(models, dev),
        "reached": {name: reached(models, [r for r in rows if test(r)]) for name, test in REPORTED.items()},
    }


def there(row: Row) -> bool:
    """Whether the subject of a question is in the corpus."""
    return row["condition"] != "absent"


def answered(row: Row) -> bool:
    return bool(row["answerable"]) and row["condition"] in ("whole", "present")


SETS = {"eval-papers": 2.0, "eval-digests": 2.0, "crs": 1.0, "policyqa": 0.3}
"""What a question of a set weighs; else 1. Questions of the papers are few, and theirs are the hardest refusals."""


def weight_there(row: Row) -> float:
    return SETS.get(row["set"], 1.0) * (1.0 if row["condition"] in ("absent", "present", "whole") else 0.0)


def weight_said(row: Row) -> float:
    """What is labelled as unanswerable counts most; sentences that are taken away often leave others that answer."""
    kind = 0.35 if row["condition"] == "away" else 0.5 if row["condition"] == "present" else 1.0
    return SETS.get(row["set"], 1.0) * kind * (1.0 if row["answerable"] else 2.5)


def logistic(
    rows: Sequence[Row], names: Sequence[str], right: Callable[[Row], bool], weigh: Callable[[Row], float]
) -> dict[str, Any]:
    x = np.array([[r["features"][n] for n in names] for r in rows])
    y = np.array([float(right(r)) for r in rows])
    w = np.array([weigh(r) for r in rows])
    w = np.where(y == 1, w / w[y == 1].sum(), w / w[y == 0].sum()) * len(rows) / 2  # either side weighs the same
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / deviation, np.ones(len(x))]
    penalty = np.r_[np.full(len(names), PENALTY), 0.0]
    b = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ b))
        step = np.linalg.solve(
            (z * (w * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-9), z.T @ (w * (p - y)) + penalty * b
        )
        b -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = b[:-1] / deviation
    bias = float(b[-1] - (weights * mean).sum())
    return {"weights": {n: round(float(v), 4) for n, v in zip(names, weights, strict=True)}, "bias": round(bias, 4)}


def judged(models: dict[str, Any], rows: Iterable[Row]) -> tuple[Array, Array]:
    """The subject's probability and the confidence of each row."""
    subject, said = [], []
    for r in rows:
        by = "vectors" if r["reads"] else "words"
        s, t = (_probability(models[gate][by], r["features"]) for gate in ("subject", "said"))
        subject.append(s)
        said.append(s * t)
    return np.array(subject), np.array(said)


def _probability(model: dict[str, Any], features: dict[str, float]) -> float:
    odds = model["bias"] + sum(v * features[n] for n, v in model["weights"].items())
    return float(1 / (1 + np.exp(-odds)))


def thresholds(models: dict[str, Any], dev: Sequence[Row]) -> dict[str, Any]:
    """Limits at which so many of a hundred answerable questions are refused, on average over the sets, so that no set is
    refused much more than the operator allows; the first gate has a third of them."""
    parts = groups([r for r in dev if answered(r) and r["condition"] == "whole" and r["set"] != "policyqa"])
    each = [judged(models, part) for part in parts.values()]
    found = {}
    for caution in CAUTIONS:
        subject = float(np.mean([np.quantile(s, caution / 300) for s, _ in each]))
        found[str(caution)] = {
            "subject": round(subject, 4),
            "confidence": round(float(np.mean([np.quantile(c, caution / 100) for _, c in each])), 4),
        }
    return found


def groups(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for r in rows:
        found.setdefault(r["set"].split("-")[0], []).append(r)
    return found


REPORTED: dict[str, Callable[[Row], bool]] = {
    f"{name}, {part}": (lambda r, name=name, part=part: r["set"].startswith(name) and r["part"] == part)  # type: ignore[misc]
    for name in ("eval", "crs", "mtrag", "policyqa", "korquad")
    for part in ("dev", "test")
}


def reached(models: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """Each gate apart: refused of the absent and of the unsaid, by the share of the answerable that is refused wrongly."""
    if not rows:
        return {}
    subject, confidence = judged(models, rows)
    kind = np.array([r["condition"] for r in rows])
    yes = np.array([answered(r) for r in rows])
    found: dict[str, Any] = {}
    if (absent := kind == "absent").any():
        found["not in the corpus"] = curve(subject[(kind == "present") & yes], subject[absent])
        found["not in the corpus, by confidence"] = curve(confidence[(kind == "present") & yes], confidence[absent])
    unsaid = (kind == "whole") & ~yes
    if unsaid.any():
        found["not said"] = curve(confidence[(kind == "whole") & yes], confidence[unsaid])
    if (away := kind == "away").any():
        found["taken away"] = curve(confidence[(kind == "whole") & yes], confidence[away])
    return found


def curve(yes: Array, no: Array) -> dict[str, Any]:
    auc = float((yes[:, None] > no[None]).mean() + 0.5 * (yes[:, None] == no[None]).mean())
    shares = (0.02, 0.05, 0.10, 0.15, 0.20)
    refused = {f"{s:.2f}": round(float((no < np.quantile(yes, s)).mean()), 3) for s in shares}
    return {"answerable": len(yes), "not": len(no), "auc": round(auc, 3), "refused, by share wrongly refused": refused}


if __name__ == "__main__":
    main()
