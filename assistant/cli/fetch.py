"""`assistant sources fetch`: the one command that reaches the network. It says whom it asks before it does."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from assistant import render
from assistant.cli.common import progress_bars, say
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.sources.fetching import KINDS

if TYPE_CHECKING:
    from assistant.sources.ledger import Coverage
    from assistant.sources.wanted import Left, Plan
    from assistant.wiring.fetch import Done

ABOUT = (
    "download what documents cite, is missing and can be had: politely, to corpus/sources, and only when this command "
    "is given"
)
_ADVICE = {
    "asked before": "asked before in vain, within a week (--again asks again)",
    "doubtful": "may be held already (`assistant sources match`)",
    "held": "held",
    "no address": "without an address",
    "not indexed": "fetched before, and not in the index yet",
    "not retrievable": "not to be had on the web (name a work to try)",
    "other file": "with a file of your own in its place",
}


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("sources fetch", run, ABOUT, reports)
    p.add_argument("works", nargs="*", metavar="WORK", help="ids of the ledger (default: all that can be had)")
    p.add_argument("--dry-run", action="store_true", help="say what would be asked, and ask nothing")
    p.add_argument("--again", action="store_true", help="ask also for what is held, and for what was not to be had")
    p.add_argument("--archive", action="store_true", help="look for dead links in the Wayback Machine (archive.org)")
    p.add_argument("--no-ingest", action="store_true", help="leave the index as it is")


def run(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.wiring import fetch

    asked = list(dict.fromkeys(options.works))
    if options.dry_run:
        plan = fetch.plan(settings, asked, options.again, options.archive)
        say(_plan_json(plan) if options.json else _plan_text(plan, options.archive))
        return 0

    def announce(plan: Plan) -> None:
        print(_announced(plan, options.archive), file=sys.stderr if options.json else sys.stdout, flush=True)

    def told(done: Done) -> None:
        if not options.json:
            _beside_bars(_done_text(done))

    with progress_bars() as progress:
        plan, done = fetch.fetch(
            settings, asked, again=options.again, archive=options.archive,
            announce=announce, told=told, progress=progress,
        )  # fmt: skip
    if not options.json:
        say(_summary(plan, done))
    waiting = any(left.reason == "not indexed" for left in plan.left)
    report = None
    if not options.no_ingest and (waiting or any(d.outcome.kind == "fetched" for d in done)):
        try:
            with progress_bars() as progress:
                report = wiring.ingest(settings, progress=progress)
        except AssistantError as error:
            raise type(error)(f"what was fetched is kept, and is not in the index yet: {error}") from error
        if not options.json:
            say(render.report_text(report))
    held = fetch.coverage(settings)
    if options.json:
        value = {**_plan_json(plan), "asked": [_done_json(d) for d in done], "coverage": _coverage_json(held)}
        say({**value, "ingest": render.report_json(report) if report else None})
    else:
        say(f"held: {held.held} of the {held.within_reach} works that can be had ({held.named} are named)")
    return 0


def _beside_bars(line: str) -> None:
    """Print a line without tearing a progress bar on the same terminal."""
    from tqdm import tqdm

    tqdm.write(line, file=sys.stdout)
    with suppress(OSError, ValueError):
        sys.stdout.flush()


# in words


def _hosts(plan: Plan) -> Counter[str]:
    from assistant.wiring.fetch import host

    return Counter(host(ask.address) or "" for ask in plan.asks)


def _announced(plan: Plan, archive: bool) -> str:
    hosts = _hosts(plan)
    refused = hosts.pop("", 0)
    if not hosts and not refused:
        return "asks nobody: nothing is missing that can be had; `--dry-run` says why each work is left out"
    named = ", ".join(list(hosts)[:6]) + (f" and {len(hosts) - 6} more" if len(hosts) > 6 else "")
    lines = [
        f"asks for {_count(hosts.total(), 'address', 'addresses')} at {_count(len(hosts), 'host')} ({render.plain(named)});"
        " each of them sees this machine's address. robots.txt is respected, one request at a time to a host."
        if hosts
        else "asks nobody: no address can be asked as it is written",
    ]
    if archive:
        lines.append("asks archive.org for what is dead.")
    return "\n".join(lines)


def _plan_text(plan: Plan, archive: bool) -> str:
    from assistant.wiring.fetch import host

    lines = ["would ask, and asks nothing now:" if plan.asks else "would ask nobody:"]
    for ask in plan.asks:
        where = "archive.org for a copy of " if ask.dead else ""
        note = "" if host(ask.address) else "  (is refused as it is written)"
        lines.append(f"  {', '.join(ask.works)}\n      {where}{render.plain(ask.address)}{note}")
    lines += _left_lines(plan.left)
    lines.append(f"in all {_announced(plan, archive)}")
    return "\n".join(lines)


def _left_lines(left: Sequence[Left]) -> list[str]:
    reasons = sorted({each.reason for each in left})
    lines = []
    for reason in reasons:
        members = [each for each in left if each.reason == reason]
        lines.append(f"left out, {_ADVICE[reason]}: {len(members)}")
        if reason != "held":
            lines += [f"  {each.work}: {render.plain(each.why)}" for each in members]
    return lines


def _done_text(done: Done) -> str:
    outcome = done.outcome
    lines = [f"{outcome.kind:<10} {render.plain(', '.join(done.ask.works))}"]
    if outcome.record is not None and outcome.kind == "fetched":
        size = f"{outcome.record.size / 1024:,.0f} KiB"
        lines[0] += f": sources/{outcome.record.name} ({size})"
    if outcome.kind not in ("fetched", "unchanged") or outcome.record is None or outcome.record.archived:
        lines.append(f"           {render.plain(outcome.why)}")
    return "\n".join(lines)


def _summary(plan: Plan, done: Sequence[Done]) -> str:
    counted = Counter(d.outcome.kind for d in done)
    came = ", ".join(f"{kind} {counted[kind]}" for kind in KINDS if counted[kind]) or "nothing was asked"
    lines = [came]
    if counts := plan.counts():
        lines.append("left out: " + "; ".join(f"{n} {_ADVICE[reason]}" for reason, n in counts.items()))
    if counted["dead"]:
        lines.append("dead: `assistant sources fetch --archive` looks for copies in the Wayback Machine")
    if counted["failed"]:
        lines.append("failed: run `assistant sources fetch` again later; what has come so far is kept")
    return "\n".join(lines)


def _count(n: int, one: str, more: str = "") -> str:
    return f"{n} {one if n == 1 else more or one + 's'}"


# as JSON


def _plan_json(plan: Plan) -> dict[str, Any]:
    from assistant.wiring.fetch import host

    return {
        "asks": [
            {"works": list(a.works), "address": a.address, "host": host(a.address), "archive_only": a.dead is not None,
             "held_already": a.known is not None}
            for a in plan.asks
        ],
        "left": [{"work": x.work, "reason": x.reason, "why": x.why} for x in plan.left],
    }  # fmt: skip


def _done_json(done: Done) -> dict[str, Any]:
    outcome = done.outcome
    return {
        "works": list(done.ask.works),
        "address": done.ask.address,
        "outcome": outcome.kind,
        "why": outcome.why,
        "final": outcome.final,
        "status": outcome.status,
        "record": outcome.record.as_json() if outcome.record else None,
    }


def _coverage_json(held: Coverage) -> dict[str, int]:
    return {"named": held.named, "within_reach": held.within_reach, "held": held.held}
