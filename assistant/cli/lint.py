"""`assistant lint`: what an editor would ask the author about a document's notes."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import views
from assistant.cli.common import ANSWERED, columns, find_document, say
from assistant.config import Settings
from assistant.labels import DOUBTS

KINDS = {d.replace("_", "-"): d for d in DOUBTS}


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("lint", lint, "questions to the author about a document's notes: marks, dates, names, addresses, age",
                reports)  # fmt: skip
    p.add_argument("document", help="an id, or a file's name")
    p.add_argument("--about", action="append", default=[], choices=list(KINDS), metavar="A",
                   help=f"only these: {', '.join(KINDS)}; may be given several times")  # fmt: skip
    views.options(p)


def lint(options: Any, settings: Settings) -> int:
    from assistant.policy.lint import doubts
    from assistant.render.grid import grid_text
    from assistant.render.lint import lint_grid, lint_json
    from assistant.store import generations
    from assistant.text import language_of

    views.wanted(options)
    library = generations.current(settings.index).library()
    document = library.document(find_document(library, options.document, settings))
    kinds = {KINDS[k] for k in options.about}
    shown = [d for d in doubts(document) if not kinds or d.kind in kinds]
    title = document.work.title
    read = sum(n.text is not None for n in document.notes)
    grid = lint_grid(title, shown, read, language_of(document.text))
    views.deliver(grid, options, {w.id: w for w in library.works()})
    say(lint_json(document.id, title, shown) if options.json else grid_text(grid, columns()))
    return ANSWERED
