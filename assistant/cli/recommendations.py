"""`assistant recommendations`: what documents recommend, to whom, by which instrument, how strongly."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import views
from assistant.cli.common import ANSWERED, columns, find_document, printable, say
from assistant.config import Settings
from assistant.labels import STRENGTHS, VOICES


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("recommendations", recommendations, "what documents recommend, to whom, by which instrument, how strongly",
                reports)  # fmt: skip
    p.add_argument("document", nargs="*", help="ids, or files' names (default: every document)")
    p.add_argument("--actor", default="", type=printable, metavar="NAME",
                   help="only what this actor is to do, in English or Korean: government, 정부, SMEs, Korea")  # fmt: skip
    p.add_argument("--topic", default="", type=printable, metavar="WORDS",
                   help="only what speaks of this: words, with their synonyms and translations")  # fmt: skip
    p.add_argument("--instrument", default="", type=printable, metavar="WORDS", help="only what is to be done by this")
    p.add_argument("--strength", action="append", default=[], choices=list(STRENGTHS), metavar="S",
                   help=f"only these: {', '.join(STRENGTHS)}; may be given several times")  # fmt: skip
    p.add_argument("--voice", default="own", choices=[*VOICES, "all"], metavar="V",
                   help=f"whose: {', '.join(VOICES)}, or all (default: own, what the document itself recommends)")  # fmt: skip
    views.options(p)


def recommendations(options: Any, settings: Settings) -> int:
    from assistant.policy.recommendations import chosen
    from assistant.policy.recommendations import recommendations as read
    from assistant.render.grid import grid_text
    from assistant.render.recommendations import recommendations_grid, recommendations_json
    from assistant.store import generations
    from assistant.text import language_of

    views.wanted(options)
    library = generations.current(settings.index).library()
    ids = [find_document(library, name, settings) for name in options.document] or list(library.document_ids())
    documents = [library.document(id) for id in dict.fromkeys(ids)]
    asked = chosen(
        [r for d in documents for r in read(d)], options.actor, options.topic, options.instrument, options.strength
    )
    shown = asked if options.voice == "all" else chosen(asked, voices=[options.voice])
    several = len(documents) > 1
    title = documents[0].work.title if len(documents) == 1 else ""
    asked_in = " ".join((options.actor, options.topic, options.instrument)).strip()
    language = language_of(asked_in or title or (documents[0].text[:4000] if documents else ""))
    grid = recommendations_grid(title, shown, asked, language, not options.actor, several)
    views.deliver(grid, options, {w.id: w for w in library.works()})
    if options.json:
        say({"documents": [d.id for d in documents], **recommendations_json(shown)})
    else:
        say(grid_text(grid, columns()))
    return ANSWERED
