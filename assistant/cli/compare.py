"""`assistant compare`: two documents topic by topic, and whether they agree, differ, or only one speaks."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

from assistant.cli import views
from assistant.cli.common import ANSWERED, columns, find_document, printable, say
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.labels import RELATIONS
from assistant.types import Provenance

NAMED = {r.replace("_", "-"): r for r in RELATIONS}


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command(
        "compare", compare, "two documents topic by topic: where they agree, differ, or only one speaks", reports
    )
    p.add_argument("first", metavar="DOCUMENT", help="an id, or a file's name")
    p.add_argument("second", metavar="DOCUMENT", help="another")
    p.add_argument("topics", nargs="*", type=printable, metavar="TOPIC",
                   help="only these topics, in English or Korean (default: those that the documents bring)")  # fmt: skip
    p.add_argument("--relation", action="append", default=[], choices=list(NAMED), metavar="R",
                   help=f"only topics on which they stand so: {', '.join(NAMED)}; may be given several times")  # fmt: skip
    p.add_argument("--all", action="store_true", help="every topic, not only the weightiest 40")
    views.options(p)


def compare(options: Any, settings: Settings) -> int:
    from assistant.policy import positions
    from assistant.render.positions import positions_grid, positions_json, positions_text
    from assistant.store import generations

    views.wanted(options)
    started = time.perf_counter()
    generation = generations.current(settings.index)
    library = generation.library()
    ids = [find_document(library, name, settings) for name in (options.first, options.second)]
    if ids[0] == ids[1]:
        raise UsageError(f"both names are '{ids[0]}': name two documents; `assistant show` lists what is held")
    first, second = (library.document(id) for id in ids)
    made = positions.compare(first, second, options.topics, most=None if options.all else positions.ROWS)
    made = replace(made, provenance=Provenance(generation.manifest.name, "", seconds=time.perf_counter() - started))
    language = positions.language_for(first, second)
    relations = {NAMED[r] for r in options.relation}
    rows = [r for r in made.rows if not relations or r.relation in relations]
    views.deliver(positions_grid(made, rows, language), options, {w.id: w for w in library.works()})
    say(positions_json(made, rows, language) if options.json else positions_text(made, rows, columns(), language))
    return ANSWERED
