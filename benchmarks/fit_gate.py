"""Learn the two gates of assistant/answering/gates/ on questions of several corpora; report on questions kept apart.

    python benchmarks/gate_examples.py --papers INDEX --digests INDEX --out EXAMPLES.jsonl
    python benchmarks/fit_gate.py EXAMPLES.jsonl [--write]

The first gate tells questions whose subject is in the corpus (answered or not) from those whose articles were left out;
the second, among those whose subject is there, what is said from what is not: labelled as unanswerable, or answered by
sentences that are taken away. Each is a logistic regression with an L2 penalty,
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

from assistant.answering.gates.model import together

Array = NDArray[np.float64]
Row = dict[str, Any]
OUT = Path(__file__).parents[1] / "assistant" / "data" / "gate.json"

VECTORS = frozenset(
    "cosine cosine_first cosine_stand late late_first late_stand weakest leaning strict_leaning strict_weakest "
    "lead_five late_five cosine_five".split()
)
"""Features that rest on the embedder."""
SUBJECT = (
    "words_passage words_own words_document meant_passage lost nowhere unknown names_lost names_nowhere cosine cosine_first "
    "late late_first leaning reach"
).split()
SAID = (
    "words_passage meant_passage lost unknown names_lost names_nowhere cosine cosine_first late late_first "
    "words_sentence kindred none_of_the_kind row superlative exact strict_none strict_coverage strict_reach strict_leaning "
    "strict_weakest strict_uncovered strict_uncovered_exact strict_years strict_elsewhere own_fits own_misfits own_near "
    "lead_five late_five cosine_five"
).split()
"""Those that were tried besides, and did as well or better left out: how far the best stands out among the others, the
length of a question, the rareness of its words, its kind, whether it is in another language than what is quoted."""
PENALTY = 30.0
"""Of the squared weights of standardised features, in examples."""
CAUTIONS = (1, 2, 3, 5, 7, 10, 15, 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.examples.read_text("utf-8").splitlines()]
    fitted = fit(rows)
    print(json.dumps({k: fitted[k] for k in ("thresholds", "wrongly refused", "reached")}, indent=1))
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
    limits = {"vectors": thresholds(models, dev, "vectors")}
    limits["words"] = thresholds(models, dev, "words", limits["vectors"])
    return {
        "about": "learnt by benchmarks/fit_gate.py on the dev parts of the sets of benchmarks/sets.py and of eval/cases.jsonl",
        **models,
        "thresholds": limits,
        "wrongly refused": {
            name: wrongly(models, limits, [r for r in rows if test(r)]) for name, test in REPORTED.items()
        },
        "reached": {name: reached(models, [r for r in rows if test(r)]) for name, test in REPORTED.items()},
    }


def there(row: Row) -> bool:
    """Whether the subject of a question is in the corpus."""
    return row["condition"] != "absent"


def answered(row: Row) -> bool:
    return bool(row["answerable"]) and row["condition"] in ("whole", "present")


def weight_there(row: Row) -> float:
    return float(row["condition"] in ("absent", "present", "whole"))


def weight_said(row: Row) -> float:
    """What is labelled as unanswerable counts most; sentences that are taken away often leave others that answer."""
    kind = 0.35 if row["condition"] == "away" else 0.5 if row["condition"] == "present" else 1.0
    return kind * (1.0 if row["answerable"] else 2.5)


def logistic(
    rows: Sequence[Row], names: Sequence[str], right: Callable[[Row], bool], weigh: Callable[[Row], float]
) -> dict[str, Any]:
    x = np.array([[r["features"][n] for n in names] for r in rows])
    y = np.array([float(right(r)) for r in rows])
    w = balanced(rows, y, np.array([weigh(r) for r in rows]))
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


def balanced(rows: Sequence[Row], y: Array, w: Array) -> Array:
    """Weights such that each corpus weighs the same on either side, and the two sides the same."""
    group = np.array([r["set"].split("-")[0] for r in rows])
    for name in set(group):
        for side in (0.0, 1.0):
            held = (group == name) & (y == side)
            w[held] *= SHARE.get(name, 1.0) / (w[held].sum() or 1.0)
    return np.asarray(np.where(y == 1, w / w[y == 1].sum(), w / w[y == 0].sum()) * len(rows) / 2)


SHARE = {"eval": 3.0, "policyqa": 0.3}
"""What a corpus weighs beside the others, if not 1: the papers have the hardest refusals, PolicyQA one kind of question."""


def judged(models: dict[str, Any], rows: Iterable[Row], by: str = "") -> tuple[Array, Array]:
    """The subject's probability, and the second gate's, of each row; by words or vectors alone where that is asked."""
    subject, said = [], []
    for r in rows:
        how = by or ("vectors" if r["reads"] else "words")
        subject.append(_probability(models["subject"][how], r["features"]))
        said.append(_probability(models["said"][how], r["features"]))
    return np.array(subject), np.array(said)


def confidences(models: dict[str, Any], rows: Iterable[Row]) -> Array:
    return np.array([together(s, t) for s, t in zip(*judged(models, rows), strict=True)])


def _probability(model: dict[str, Any], features: dict[str, float]) -> float:
    odds = model["bias"] + sum(v * features[n] for n, v in model["weights"].items())
    return float(1 / (1 + np.exp(-odds)))


def thresholds(
    models: dict[str, Any], dev: Sequence[Row], by: str, like: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Limits at which so many of a hundred answerable questions are refused, on average over the corpora, so that none is
    refused much more than the operator allows; the first gate has a third of them. With `like`, other limits, the first
    gate refuses as many of the absent as it does by those: nobody may learn from labelled Korean text here, and the words
    of an English question tell less than those of a Korean one.
    """
    parts = groups([r for r in dev if answered(r) and r["condition"] == "whole" and r["set"] != "policyqa"])
    each = [judged(models, part, by) for part in parts.values()]
    found = {}
    for caution in CAUTIONS:
        subject = float(np.mean([np.quantile(s, caution / 300) for s, _ in each]))
        said = 0.0
        if like is not None:
            absent = [r for r in dev if r["condition"] == "absent" and r["reads"]]
            refused = float((judged(models, absent, "vectors")[0] < like[str(caution)]["subject"]).mean())
            subject = float(np.quantile(judged(models, absent, "words")[0], refused))
            said = float(np.mean([np.quantile(t, caution / 150) for _, t in each]))
            found[str(caution)] = {"subject": round(subject, 4), "said": round(said, 4)}
            continue
        for candidate in np.linspace(0.0, 0.9, 901):  # the highest that refuses no more, together with the first
            shares = [float(((s < subject) | (t < candidate)).mean()) for s, t in each]
            if np.mean(shares) > caution / 100:
                break
            said = float(candidate)
        found[str(caution)] = {"subject": round(subject, 4), "said": round(said, 4)}
    return found


def wrongly(models: dict[str, Any], limits: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """By caution: the share of the answerable and of the others that the two limits refuse, without the rules."""
    if not rows:
        return {}
    subject, said = judged(models, rows)
    yes = np.array([answered(r) for r in rows])
    no = np.array([r["condition"] == "absent" or (r["condition"] == "whole" and not r["answerable"]) for r in rows])
    found = {}
    for caution in map(str, CAUTIONS):
        limit = [limits["vectors" if r["reads"] else "words"][caution] for r in rows]
        refused = (subject < np.array([x["subject"] for x in limit])) | (said < np.array([x["said"] for x in limit]))
        found[caution] = [round(float(refused[side].mean()), 3) if side.any() else None for side in (yes, no)]
    return found


def groups(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for r in rows:
        found.setdefault(r["set"].split("-")[0], []).append(r)
    return found


REPORTED: dict[str, Callable[[Row], bool]] = {
    f"{name}, {part}": (lambda r, name=name, part=part: r["set"].startswith(name) and r["part"] == part)  # type: ignore[misc]
    for name in ("eval", "crs", "twins", "mtrag", "policyqa", "korquad")
    for part in ("dev", "test")
}


def reached(models: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """Each gate apart: refused of the absent and of the unsaid, by the share of the answerable that is refused wrongly."""
    if not rows:
        return {}
    subject, said = judged(models, rows)
    confidence = confidences(models, rows)
    kind = np.array([r["condition"] for r in rows])
    yes = np.array([answered(r) for r in rows])
    found: dict[str, Any] = {}
    if (absent := kind == "absent").any():
        found["gate 1: not in the corpus"] = curve(subject[(kind == "present") & yes], subject[absent])
        found["both: not in the corpus"] = curve(confidence[(kind == "present") & yes], confidence[absent])
    unsaid = (kind == "whole") & ~yes
    if unsaid.any():
        found["gate 2: not said"] = curve(said[(kind == "whole") & yes], said[unsaid])
        found["both: not said"] = curve(confidence[(kind == "whole") & yes], confidence[unsaid])
    if (away := kind == "away").any():
        found["gate 2: taken away"] = curve(said[(kind == "whole") & yes], said[away])
    return found


def curve(yes: Array, no: Array) -> dict[str, Any]:
    auc = float((yes[:, None] > no[None]).mean() + 0.5 * (yes[:, None] == no[None]).mean())
    shares = (0.02, 0.05, 0.10, 0.15, 0.20)
    refused = {f"{s:.2f}": round(float((no < np.quantile(yes, s)).mean()), 3) for s in shares}
    return {"answerable": len(yes), "not": len(no), "auc": round(auc, 3), "refused, by share wrongly refused": refused}


if __name__ == "__main__":
    main()
