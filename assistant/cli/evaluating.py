"""`assistant eval`: the questions and the views, measured."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import asking
from assistant.cli.common import ERROR, progress_bars, say, write
from assistant.config import Settings
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.evaluation.views.running import Result
    from assistant.pipeline import Assistant

RECORDED = Path("eval/results")
"""What runs are held against; reviewed and kept with the code."""
LABELS = Path("eval/policy")


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("eval", evaluate, "run the evaluation set, write a report, print the table", reports)
    p.add_argument("--cases", type=Path, default=Path("eval/cases.jsonl"), metavar="FILE")
    p.add_argument("--labels", type=Path, metavar="DIR", help=f"the labels of the views (default: {LABELS})")
    which = p.add_mutually_exclusive_group()
    which.add_argument("--views-only", action="store_true", help="measure the views alone, without the questions")
    which.add_argument("--no-views", action="store_true", help="measure the questions alone")
    p.add_argument("--split", choices=("dev", "test"), help="one half of the cases and labels only")
    p.add_argument("--label", help="name of the run (default: papers or digests, whichever answers)")
    p.add_argument(
        "--out", type=Path, metavar="DIR", help="where reports go (default: state/eval; with --record eval/results)"
    )
    p.add_argument("--failures", action="store_true", help="also list each case that went wrong")
    p.add_argument("--record", action="store_true", help="what later runs are held against by --gate")
    p.add_argument("--gate", action="store_true", help="fail below what was recorded")
    asking.options(p)


def evaluate(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.evaluation import cases
    from assistant.store import generations

    generations.current(settings.index)  # that there is no index is told before anything else
    if options.views_only and options.labels is None and not LABELS.is_dir():
        raise UsageError(f"no labels of the views at '{LABELS}': give their folder with --labels DIR")
    read = [c for c in cases.read_cases(options.cases) if options.split in (None, c.split)] if _asks(options) else []
    if _asks(options) and not read:
        print("assistant: nothing was evaluated: the file has no cases", file=sys.stderr)
        return ERROR
    chain = (
        wiring.open_chain(settings) if _asks(options) else None
    )  # LlamaIndex takes seconds, and the views do without
    assistant = chain.assistant if chain else wiring.open_assistant(settings, warm=True)
    held = assistant.library.document_ids()
    label = options.label or _label([assistant.document(id).work.kind for id in held])
    result: dict[str, Any] = {"label": label, **_prints(assistant)}
    told: list[str] = []
    if chain:
        result |= _questions(options, chain, read, label, told)
    if not options.no_views:
        views = _views(options, assistant)
        if views is not None:
            result["views"] = _told(options, views, told)
            if options.views_only and not views:
                print("assistant: nothing was evaluated: no labelled document is held", file=sys.stderr)
                return ERROR
    say(result if options.json else "\n".join(told))
    return _kept(options, settings, result, f"{label}-{assistant.index.rpartition('-')[2]}")


def _asks(options: Any) -> bool:
    return not options.views_only


def _prints(assistant: Assistant) -> dict[str, str]:
    prints = {"index": assistant.index, "embedder": assistant.embedder.fingerprint, "settings": assistant.settings}
    if assistant.model:
        prints["model"] = assistant.model.name
    return {**prints, "made": time.strftime("%Y-%m-%d")}


def _questions(options: Any, chain: Any, read: Sequence[Any], label: str, told: list[str]) -> dict[str, Any]:
    """The record of the questions; `told` gets what is printed of them."""
    from assistant.evaluation import cases, report, runner

    assistant = chain.assistant
    located = [cases.place_labels(c, assistant.library.document_ids(), assistant.document) for c in read]
    with progress_bars() as progress:
        outcomes = runner.run(
            located, chain.ask, chain.search, assistant.document,
            lambda done, total: progress("cases", done, total),
        )  # fmt: skip
    told.append(report.table(outcomes))
    if assistant.model:
        told.append(f"\n{report.written(outcomes, assistant.model.name)}")
    if options.failures:
        told.append("\n" + "\n".join(report.failures(outcomes)))
    return report.record(outcomes, label, _prints(assistant))


def _views(options: Any, assistant: Assistant) -> list[Result] | None:
    """The results of the views; None where there are no labels and none were asked for."""
    from assistant.evaluation.views import running

    folder = options.labels or LABELS
    if options.labels is None and not folder.is_dir():
        return None
    with progress_bars() as progress:
        return running.run(
            folder, running.Held(assistant.library, assistant.ask), options.split,
            lambda done, total: progress("views", done, total),
        )  # fmt: skip


def _told(options: Any, views: list[Result], told: list[str]) -> dict[str, Any]:
    """The record of the views; `told` gets what is printed of them."""
    from assistant.evaluation.views import report

    told.append(("\n" if told else "") + report.table(views))
    if options.failures:
        told.append("\n" + "\n".join(report.failures(views)))
    return report.record(views)


def _kept(options: Any, settings: Settings, result: dict[str, Any], name: str) -> int:
    """Write the run, hold it against what was recorded, and record it: each as was asked. The exit status."""
    from assistant.evaluation import report
    from assistant.evaluation.views import report as views

    folder = options.out or (RECORDED if options.record else settings.state / "eval")
    path = folder / f"{name}{'-views' if options.views_only else ''}.json"
    write(path, result)
    print(f"written: {path}", file=sys.stderr)
    recorded = (options.out or RECORDED) / "recorded.json"
    held_against = json.loads(recorded.read_text(encoding="utf-8")) if recorded.is_file() else {}
    then = held_against.get(result["label"], {})
    if options.record:
        # The result itself, not the name of its file: the next run over this index writes to the same name. What this
        # run did not measure stays as it was.
        kept = {k: v for k, v in result.items() if k != "outcomes"}
        write(
            recorded, {**held_against, result["label"]: {**then, **kept} if options.views_only else _with(then, kept)}
        )
    if not options.gate:
        return 0
    failed = [] if options.views_only else report.gate(result, then)
    if "views" in result:
        failed += views.gate(result["views"], then.get("views", {}))
        if options.views_only and not then.get("views"):
            failed.append("nothing was recorded to compare with: run `assistant eval --record` first")
    for line in failed:
        print(f"gate: {line}", file=sys.stderr)
    return ERROR if failed else 0


def _with(then: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """A record with the views of the one before, where it has none."""
    return {**({"views": then["views"]} if "views" in then else {}), **kept}


def _label(kinds: Sequence[str]) -> str:
    return "digests" if set(kinds) == {"digest"} else "papers" if "digest" not in kinds else "mixed"
