"""`assistant search`: ranked passages without an answer, and why they stand in that order."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import within
from assistant.cli.common import ABSTAINED, ANSWERED, columns, positive, printable, say
from assistant.config import Settings


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("search", search, "ranked passages without an answer", reports)
    p.add_argument("question", type=printable)
    p.add_argument("-k", type=positive, default=10, metavar="N", help="how many (default: 10)")
    p.add_argument("--explain", action="store_true", help="also what each retriever gave, and how the order came about")
    within.add(p)


def search(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.render.hits import found_json, found_text

    asked = within.within(options, settings)
    assistant = wiring.open_assistant(settings)
    prepared = assistant.prepare(options.question, within=asked)
    hits = assistant.search(options.question, options.k, asked, explain=options.explain)
    if options.json:
        say(found_json(prepared.question, hits, assistant.document, options.explain))
    else:
        width = min(columns(), 96)
        say(found_text(prepared.question, hits, assistant.document, options.explain, width) or "nothing found")
    return ANSWERED if hits else ABSTAINED
