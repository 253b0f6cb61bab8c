"""`assistant sources fetch`: the one command that reaches the network. It says whom it asks before it does."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from assistant import render
from assistant.cli.common import columns, progress_bars, say
from assistant.config import Settings
from assistant.errors import AssistantError, UsageError
from assistant.render import ingest as reports
from assistant.sources.fetching import KEPT, KINDS

if TYPE_CHECKING:
    from assistant.sources.ledger import Coverage
    from assistant.sources.wanted import Plan
    from assistant.wiring.fetch import Done

ABOUT = (
    "download what documents cite, is missing and can be had: politely, to corpus/sources, and only when this command "
    "is given"
)
_INDENT = " " * 11
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
    p.add_argument("--keep", action="store_true", help="keep what comes for WORK though it does not name the work")
    p.add_argument("--no-ingest", action="store_true", help="leave the index as it is")


def run(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.wiring import fetch

    asked = list(dict.fromkeys(options.works))
    if options.keep and not asked:
        raise UsageError(
            "--keep is for works that you have looked at: name them, `assistant sources fetch WORK --keep`"
        )
    if options.dry_run:
        plan = fetch.plan(settings, asked, options.again, options.archive)
        say(_plan_json(plan) if options.json else _plan_text(plan))
        return 0

    def announce(plan: Plan) -> None:
        print(_announced(plan, options.archive), file=sys.stderr if options.json else sys.stdout, flush=True)

    def told(done: Done) -> None:
        if not options.json:
            _beside_bars(_done_text(done))

    with progress_bars() as progress:
        plan, done = fetch.fetch(
            settings, asked, again=options.again, archive=options.archive, unseen=options.keep,
            announce=announce, told=told, progress=progress,
        )  # fmt: skip
    if not options.json and (said := _summary(plan, done, options.archive)):
        say(said)
    waiting = any(left.reason == "not indexed" for left in plan.left)
    report = None
    if not options.no_ingest and (waiting or any(d.outcome.kind == "fetched" for d in done)):
        try:
            with progress_bars() as progress:
                report = wiring.ingest(settings, progress=progress)
        except AssistantError as error:
            raise type(error)(f"what was fetched is kept, and is not in the index yet: {error}") from error
        if not options.json:
            say(reports.report_text(report))
    held = fetch.coverage(settings)
    if options.json:
        value = {**_plan_json(plan), "asked": [_done_json(d) for d in done], "coverage": _coverage_json(held)}
        say({**value, "ingest": reports.report_json(report) if report else None})
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
    return Counter({ask.address: ask.host or "" for ask in plan.asks}.values())


def _asked(plan: Plan) -> str:
    """How many addresses at which hosts; '' where none can be asked."""
    hosts = _hosts(plan)
    hosts.pop("", None)
    named = ", ".join(list(hosts)[:6]) + (f" and {len(hosts) - 6} more" if len(hosts) > 6 else "")
    counted = f"{_count(hosts.total(), 'address', 'addresses')} at {_count(len(hosts), 'host')}"
    return f"{counted} ({render.plain(named)})" if hosts else ""


def _announced(plan: Plan, archive: bool) -> str:
    if not plan.asks:
        return "asks nobody: what is missing cannot be had, or was asked for of late; `--dry-run` says which"
    if not (asked := _asked(plan)):
        return "asks nobody: no address can be asked as it is written"
    manners = "each sees this machine's address; robots.txt is respected, and a host gets one request at a time"
    return _fill(f"asks for {asked}: {manners}" + ("; archive.org is asked for what is dead" if archive else ""))


def _plan_text(plan: Plan) -> str:
    lines = ["would ask, and asks nothing now:" if plan.asks else "would ask nobody"]
    for ask in plan.asks:
        where = "archive.org for a copy of " if ask.dead else ""
        note = "" if ask.host else "  (is refused as it is written)"
        lines.append(f"  {render.plain(ask.work)}\n      {where}{render.plain(ask.address)}{note}")
    if asked := _asked(plan):
        lines.append(f"in all {asked}")
    for reason in sorted({each.reason for each in plan.left}):
        members = [each for each in plan.left if each.reason == reason]
        lines += ["", f"left out, {_ADVICE[reason]}: {len(members)}"]
        lines += [_fill(f"{each.work}: {each.why}", "  ", "      ") for each in members if reason != "held"]
    return "\n".join(lines)


def _done_text(done: Done) -> str:
    outcome = done.outcome
    line = f"{outcome.kind:<10} {render.plain(done.ask.work)}"
    if outcome.record is not None and outcome.kind == "fetched":
        line += f": sources/{outcome.record.name} ({outcome.record.size / 1024:,.0f} KiB)"
    if outcome.kind == "unchanged" or outcome.why == KEPT:
        return line
    return f"{line}\n{_fill(outcome.why, _INDENT, _INDENT)}"


def _fill(text: str, first: str = "", more: str = "") -> str:
    """Within the terminal's width; an address is never broken."""
    return textwrap.fill(
        render.plain(text), columns(), initial_indent=first, subsequent_indent=more, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _summary(plan: Plan, done: Sequence[Done], archive: bool) -> str:
    counted = Counter(d.outcome.kind for d in done)
    lines = [", ".join(f"{kind} {counted[kind]}" for kind in KINDS if counted[kind])] if done else []
    if counts := plan.counts():
        lines.append(_fill("left out: " + "; ".join(f"{n} {_ADVICE[reason]}" for reason, n in counts.items())))
    if counted["dead"] and not archive:
        lines.append("dead: `assistant sources fetch --archive` looks for copies in the Wayback Machine")
    if counted["another page"]:
        lines.append(
            "another page: not kept; look at it, then `assistant sources fetch WORK --keep`, or correct the address"
        )
    if counted["failed"]:
        lines.append("failed: run `assistant sources fetch` again later; what has come so far is kept")
    return "\n".join(lines)


def _count(n: int, one: str, more: str = "") -> str:
    return f"{n} {one if n == 1 else more or one + 's'}"


# as JSON


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "asks": [
            {"work": a.work, "address": a.address, "host": a.host, "archive_only": a.dead is not None,
             "held_already": a.known is not None}
            for a in plan.asks
        ],
        "left": [{"work": x.work, "reason": x.reason, "why": x.why} for x in plan.left],
    }  # fmt: skip


def _done_json(done: Done) -> dict[str, Any]:
    outcome = done.outcome
    return {
        "work": done.ask.work,
        "address": done.ask.address,
        "outcome": outcome.kind,
        "why": outcome.why,
        "final": outcome.final,
        "status": outcome.status,
        "record": outcome.record.as_json() if outcome.record else None,
    }


def _coverage_json(held: Coverage) -> dict[str, int]:
    return {"named": held.named, "within_reach": held.within_reach, "held": held.held}
