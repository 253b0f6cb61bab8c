"""Results of the views -> a table for people and a record for machines; the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.measures import Mean
from assistant.evaluation.views.running import Result

GATED: Mapping[str, tuple[str, ...]] = {
    "recommendations": ("precision", "recall", "actor", "action", "strength"),
    "numbers": ("precision", "recall", "unit", "measure", "years", "quantity", "scope"),
    "number queries": ("query shows it", "query: it first"),
    "conflicts": ("no false conflict",),
    "positions": ("topic shown", "relation, asked"),
    "bases": ("basis",),
    "causality": ("right", "cause is one", "correlation is no cause"),
    "causal questions": ("notice where due", "no notice elsewhere"),
    "stages": ("precision", "recall", "stage"),
    "lint": ("precision", "recall", "left alone"),
}
"""Of each view the measures that a release may not lower; more of each is better."""
_SLICES = ("all", "dev", "test")


def table(results: Sequence[Result]) -> str:
    """A line a measure, with n and standard error, for all labels and for each half."""
    if not results:
        return "no document that the labels of the views point to is held: the views were not measured"
    slices = [s for s in _SLICES if any(s in r.slices for r in results)]
    lines = [f"{'view':<17}{'measure':<24}" + "".join(f"{s:>21}" for s in slices)]
    for r in results:
        names = list(next(iter(r.slices.values())).measures) if r.slices else []
        shown = [n for n in names if any(r.slices[s].measures[n].n for s in slices)]
        for i, name in enumerate(shown):
            cells = "".join(f"{_cell(r.slices[s].measures[name]):>21}" for s in slices)
            lines.append(f"{r.name if i == 0 else '':<17}{name:<24}{cells}")
    for r in results:
        if "all" in r.slices and (n := r.slices["all"].unlabelled):
            lines.append(f"{r.name}: {n} found at places that nobody labelled; --failures lists them")
        lines += [f"crash: {r.name}: {r.crash}"] if r.crash else []
        lines += [f"label error: {r.name}: {e}" for e in r.errors]
    return "\n".join(lines)


def _cell(m: Mean) -> str:
    if m.value is None:
        return "-"
    error = f" ± {m.error:.2f}" if m.error is not None else ""
    return f"{m.value:.2f}{error} ({m.n})"


def failures(results: Sequence[Result]) -> list[str]:
    """A line for each thing that went wrong, for reading: of the half that was asked for, else of all labels."""
    return [f"{r.name:<16} {line}" for r in results for s in list(r.slices)[:1] for line in r.slices[s].failures]


def record(results: Sequence[Result]) -> dict[str, Any]:
    """What a later run is compared with."""
    return {
        r.name: {
            "labels": r.labels,
            "crash": r.crash,
            "label_errors": list(r.errors),
            "unlabelled": r.slices["all"].unlabelled if "all" in r.slices else None,
            "seconds": round(r.seconds, 2),
            "slices": {
                s: {
                    name: {"value": _rounded(m.value), "error": _rounded(m.error), "n": m.n}
                    for name, m in scores.measures.items()
                }
                for s, scores in r.slices.items()
            },
        }
        for r in results
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def gate(views: Mapping[str, Any], recorded: Mapping[str, Any], slack: float = 0.02) -> list[str]:
    """What is worse than what was recorded by more than `slack`. A crash and a wrong label fail by themselves; a view
    that was recorded and is not measured now fails too.
    """
    failed = [f"crash: {name}: {v['crash']}" for name, v in views.items() if v["crash"]]
    failed += [f"label error: {name}: {e}" for name, v in views.items() for e in v["label_errors"]]
    for view, names in GATED.items():
        measured = views.get(view, {}).get("slices", {})
        part = next(iter(measured), "all")  # "all", or the half that was asked for
        now, then = measured.get(part, {}), recorded.get(view, {}).get("slices", {}).get(part, {})
        for name in names:
            was, has = then.get(name, {}).get("value"), now.get(name, {}).get("value")
            if was is not None and (has is None or has < was - slack):
                failed.append(f"{view}, {name}: {has} is below the recorded {was}")
    return failed
