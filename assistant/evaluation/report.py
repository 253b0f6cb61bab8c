"""Outcomes -> a table for people and a record for machines; the gate."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.evaluation.measures import Mean, mean
from assistant.evaluation.runner import KS, Outcome
from assistant.render import reply_json
from assistant.types import Answer

GATED = (
    "recall@5",
    "reciprocal rank",
    "says what it must",
    "right",
    "quotes exact",
    "pages right",
    "abstention recall",
)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Mean]:
    """Every measure over a set of outcomes. A missing reply counts as a failure of its case."""
    rows: dict[str, Mean] = {}
    answerable = [o for o in outcomes if o.located.case.answerable]
    refusable = [o for o in outcomes if not o.located.case.answerable]
    for k in KS:
        rows[f"recall@{k}"] = mean([o.recall[k] or 0.0 for o in answerable])
    rows["reciprocal rank"] = mean([o.reciprocal_rank or 0.0 for o in answerable])
    rows["says what it must"] = mean([o.says or 0.0 for o in answerable])
    rows["cites the evidence"] = mean([o.cites or 0.0 for o in answerable])
    rows["right"] = mean([o.right or 0.0 for o in answerable])
    rows["quotes exact"] = mean([o.exact for o in outcomes if o.exact is not None])
    rows["pages right"] = mean([o.pages for o in outcomes if o.pages is not None])
    refused = [o for o in outcomes if not o.answered and o.crash is None]
    rows["abstention recall"] = mean([float(not o.answered and o.crash is None) for o in refusable])
    rows["abstention precision"] = mean([float(not o.located.case.answerable) for o in refused])
    rows["wrongly refused"] = mean([float(not o.answered) for o in answerable])
    rows |= gates(outcomes)
    return rows


OTHER_SUBJECT = "other-subject"
"""The category of cases that the corpus has nothing on; the other unanswerable ones are on its subject, and not said."""


def gates(outcomes: Sequence[Outcome]) -> dict[str, Mean]:
    """Each gate apart: what it is there to refuse and does, whichever reason is told; whether the reason told is the
    right one; and which gate refused the answerable.
    """
    refusable = [o for o in outcomes if not o.located.case.answerable]
    answerable = [o for o in outcomes if o.located.case.answerable]
    absent = [o for o in refusable if o.located.case.category == OTHER_SUBJECT]
    unsaid = [o for o in refusable if o.located.case.category != OTHER_SUBJECT]
    told = [(o, reason) for o in refusable if (reason := getattr(o.reply, "reason", None)) in _BY_A_GATE]
    right = [float((reason == "not_in_corpus") == (o in absent)) for o, reason in told]
    off = [float(getattr(o.reply, "reason", None) == "not_in_corpus") for o in answerable]
    return {
        "gate 1: absent, refused": mean([float(_refused(o)) for o in absent]),
        "gate 2: unsaid, refused": mean([float(_refused(o)) for o in unsaid]),
        "gate told rightly": mean(right),
        "gate 1: wrongly": mean(off),
        "gate 2: wrongly": mean([float(_refused(o)) - w for o, w in zip(answerable, off, strict=True)]),
    }


_BY_A_GATE = ("not_in_corpus", "not_answered_by_corpus", "in_figure", "source_not_held")


def _refused(outcome: Outcome) -> bool:
    return not outcome.answered and outcome.crash is None


def by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for o in outcomes:
        groups.setdefault(key(o), []).append(o)
    return dict(sorted(groups.items()))


def slices(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The whole, and each language, split and category."""
    found = {"all": list(outcomes)}
    found |= {f"language {k}": v for k, v in by(outcomes, lambda o: o.located.case.language).items()}
    found |= {f"split {k}": v for k, v in by(outcomes, lambda o: o.located.case.split or "none").items()}
    found |= {f"category {k}": v for k, v in by(outcomes, lambda o: o.located.case.category).items()}
    return found


def record(
    outcomes: Sequence[Outcome], label: str, fingerprints: dict[str, str], replies: bool = False
) -> dict[str, Any]:
    """Everything a later run is compared with; replies only when asked for, since they quote the papers."""
    return {
        "label": label,
        **fingerprints,
        "cases": len(outcomes),
        "crashes": [f"{o.located.case.id}: {o.crash}" for o in outcomes if o.crash],
        "label_errors": [e for o in outcomes for e in o.located.errors],
        "numbers_outside_quotes": sum(o.outside for o in outcomes),
        "median_seconds": round(statistics.median(o.seconds for o in outcomes), 4) if outcomes else None,
        "slices": {
            name: {m: {"value": _r(v.value), "error": _r(v.error), "n": v.n} for m, v in summary(part).items()}
            for name, part in slices(outcomes).items()
        },
        "outcomes": [
            {
                "id": o.located.case.id,
                "answered": o.answered,
                "reason": getattr(o.reply, "reason", None),
                "recall@5": _r(o.recall[5]),
                "says": o.says,
                "cites": o.cites,
                "right": o.right,
                **({"reply": reply_json(o.reply)} if replies and o.reply else {}),
            }
            for o in outcomes
        ],
    }


def _r(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def table(outcomes: Sequence[Outcome]) -> str:
    """The measures of the whole, then one line a slice."""
    if not outcomes:
        return "no cases were evaluated"
    lines = []
    for name, m in summary(outcomes).items():
        lines.append(f"{name:<24} {_value(m)}")
    lines.append(f"{'numbers outside quote':<24} {sum(o.outside for o in outcomes)}")
    lines.append(f"{'median seconds':<24} {statistics.median(o.seconds for o in outcomes):.3f}")
    lines.append("")
    lines.append(
        f"{'slice':<26}{'n':>4}  {'recall@5':>14} {'says':>14} {'right':>14} {'refused ok':>14} {'refused wrongly':>16}"
    )
    for name, part in slices(outcomes).items():
        s = summary(part)
        cells = [s["recall@5"], s["says what it must"], s["right"], s["abstention recall"], s["wrongly refused"]]
        lines.append(
            f"{name:<26}{len(part):>4}  "
            + " ".join(f"{_short(m):>{w}}" for m, w in zip(cells, (14, 14, 14, 14, 16), strict=True))
        )
    for o in outcomes:
        lines += [f"crash: {o.located.case.id}: {o.crash}"] if o.crash else []
        lines += [f"label error: {e}" for e in o.located.errors]
    return "\n".join(lines)


def _value(m: Mean) -> str:
    if m.value is None:
        return "   -     (n=0)"
    error = f" ± {m.error:.3f}" if m.error is not None else ""
    return f"{m.value:6.3f}{error} (n={m.n})"


def _short(m: Mean) -> str:
    if m.value is None:
        return "-"
    return f"{m.value:.2f}" + (f" ± {m.error:.2f}" if m.error is not None else "")


def failures(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each case that went wrong, for reading."""
    out = []
    for o in outcomes:
        case = o.located.case
        if o.crash:
            out.append(f"crash     {case.id}: {o.crash}")
        elif case.answerable and not o.answered:
            out.append(f"refused   {case.id}: {case.question}  [{getattr(o.reply, 'reason', '')}]")
        elif case.answerable and not o.right:
            what = "says" if not o.says else "cites"
            out.append(f"wrong {what:<5} {case.id}: {case.question}")
        elif not case.answerable and o.answered:
            out.append(f"answered  {case.id}: {case.question}")
    return out


def gate(result: dict[str, Any], recorded: dict[str, Any], slack: float = 0.02) -> list[str]:
    """What is worse than what was recorded by more than `slack`; empty where the release may go.

    Nothing evaluated, a crash, a labelling error or a number outside its quote fails by itself.
    """
    failed = []
    if not result["cases"]:
        failed.append("nothing was evaluated")
    failed += [f"crash: {c}" for c in result["crashes"]]
    failed += [f"label error: {e}" for e in result["label_errors"]]
    if result["numbers_outside_quotes"]:
        failed.append(f"{result['numbers_outside_quotes']} numbers stand outside their quotes")
    now, then = result["slices"].get("all", {}), recorded.get("slices", {}).get("all", {})
    if not then:
        failed.append("nothing was recorded to compare with: run `assistant eval --record` first")
    for name in GATED:
        was, has = then.get(name, {}).get("value"), now.get(name, {}).get("value")
        if was is not None and (has is None or has < was - slack):
            failed.append(f"{name}: {has} is below the recorded {was}")
    was, has = then.get("wrongly refused", {}).get("value"), now.get("wrongly refused", {}).get("value")
    if was is not None and (has is None or has > was + slack):
        failed.append(f"wrongly refused: {has} is above the recorded {was}")
    return failed


def written(outcomes: Sequence[Outcome], model: str) -> str:
    """How a language model fared: replies that it wrote, that the documents' sentences took over, and sentences withheld."""
    replies = [o.reply for o in outcomes if isinstance(o.reply, Answer)]
    own = sum(r.provenance.model is not None for r in replies)
    withheld = sum(len(r.faults) for r in replies)
    verdicts = Counter(c.verdict.support for r in replies if r.provenance.model for c in r.claims)
    shown = ", ".join(f"{n} {support}" for support, n in verdicts.most_common()) or "none"
    return (
        f"model {model}: wrote {own} of {len(replies)} answers; sentences shown: {shown}; withheld: {withheld};"
        f" answers left to the documents' own sentences: {len(replies) - own}"
    )
