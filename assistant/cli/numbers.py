"""`assistant numbers`: the figures of documents with what each counts; those a query may mean; those that clash."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import views
from assistant.cli.common import ANSWERED, columns, find_document, printable, say
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.types import Language


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("numbers", numbers, "figures with what each counts: of a query side by side, or all of them", reports)
    p.add_argument("query", nargs="*", type=printable,
                   help="what is looked for, in English or Korean; without it, every figure")  # fmt: skip
    p.add_argument("--document", action="append", default=[], metavar="ID",
                   help="an id, or a file's name; may be given several times (default: every document)")  # fmt: skip
    p.add_argument("--year", type=int, action="append", default=[], metavar="YEAR",
                   help="only figures of this year; may be given several times")  # fmt: skip
    p.add_argument("--conflicts", action="store_true",
                   help="figures of the same quantity, period and scope that differ, between documents or within one")  # fmt: skip
    views.options(p)


def numbers(options: Any, settings: Settings) -> int:
    from assistant.policy.numbers import among, conflicts, figures
    from assistant.render.grid import grid_text
    from assistant.render.numbers import (
        asked_grid,
        asked_json,
        conflicts_grid,
        conflicts_json,
        figures_grid,
        figures_json,
    )
    from assistant.store import generations
    from assistant.text import language_of

    query = " ".join(options.query).strip()
    if query and options.conflicts:
        raise UsageError("give a query, or --conflicts: one of the two")
    views.wanted(options)
    library = generations.current(settings.index).library()
    ids = [find_document(library, name, settings) for name in options.document] or list(library.document_ids())
    documents = [library.document(id) for id in dict.fromkeys(ids)]
    found = [f for d in documents for f in figures(d) if not options.year or _of_year(f.first, f.last, options.year)]
    title = documents[0].work.title if len(documents) == 1 else ""
    several = len(documents) > 1
    told_in = {language_of(query)} if query else {language_of(d.text[:4000]) for d in documents}
    language: Language = "ko" if told_in == {"ko"} else "en"
    told: dict[str, Any]
    if options.conflicts:
        clashes = conflicts(found)
        grid, told = conflicts_grid(title, clashes, language), conflicts_json(clashes)
    elif query:
        candidates = among(query, found, documents)
        grid, told = asked_grid(query, candidates, language, several), asked_json(query, candidates)
    else:
        grid, told = figures_grid(title, found, language, several), figures_json(found)
    views.deliver(grid, options, {w.id: w for w in library.works()})
    say({"documents": [d.id for d in documents], **told} if options.json else grid_text(grid, columns()))
    return ANSWERED


def _of_year(first: int | None, last: int | None, wanted: list[int]) -> bool:
    """Whether a period touches one of the years; a figure without a period is of none."""
    if first is None and last is None:
        return False
    return any((first is None or first <= y) and (last is None or y <= last) for y in wanted)
