"""`assistant claims`: what each claim of a document rests on, and what it says of cause and correlation."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import views
from assistant.cli.common import ANSWERED, columns, find_document, say
from assistant.config import Settings
from assistant.labels import BASES, CAUSALITIES, STAGES

LEVELS = {s.replace("_", "-"): s for s in STAGES}


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("claims", claims, "what each claim of a document rests on: its own data, statistics, a study, a law, press",
                reports)  # fmt: skip
    p.add_argument("document", help="an id, or a file's name")
    p.add_argument("--basis", action="append", default=[], choices=list(BASES), metavar="B",
                   help=f"only claims that rest on this: {', '.join(BASES)}; may be given several times")  # fmt: skip
    p.add_argument("--causality", action="append", default=[], choices=list(CAUSALITIES), metavar="C",
                   help=f"only claims that say this of two things: {', '.join(CAUSALITIES)}; may be given several times")  # fmt: skip
    p.add_argument("--stage", action="append", default=[], choices=list(LEVELS), metavar="S",
                   help=f"only claims on a measure that had come so far: {', '.join(LEVELS)}; may be given several times")  # fmt: skip
    views.options(p)


def claims(options: Any, settings: Settings) -> int:
    from assistant.policy.basis import rested
    from assistant.render.claims import claims_grid, claims_json
    from assistant.render.grid import grid_text
    from assistant.store import generations
    from assistant.text import language_of

    views.wanted(options)
    library = generations.current(settings.index).library()
    document = library.document(find_document(library, options.document, settings))
    every = rested(document, library.names())
    stages = {LEVELS[s] for s in options.stage}
    shown = [
        r
        for r in every
        if (not options.basis or set(options.basis) & set(r.basis))
        and (not options.causality or r.causality in options.causality)
        and (not stages or (r.staged is not None and r.staged.stage in stages))
    ]
    title = document.work.title
    grid = claims_grid(title, shown, len(every), language_of(document.text[:4000]))
    views.deliver(grid, options, {w.id: w for w in library.works()})
    say(claims_json(document.id, title, shown) if options.json else grid_text(grid, columns()))
    return ANSWERED
