"""`assistant audit`: how faithfully a document reports the sources that its notes name."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant.cli.common import ANSWERED, columns, find_document, progress_bars, say, write_bytes
from assistant.config import Settings
from assistant.types import Support

VERDICTS: dict[str, Support] = {
    "differs": "contradicted",
    "not-found": "unsupported",
    "partly": "partial",
    "unchecked": "unchecked",
    "supported": "supported",
}


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("audit", audit, "each sentence of a document that rests on a held source, beside what it says", reports)
    p.add_argument("document", help="an id, or a file's name")
    p.add_argument("--verdict", action="append", default=[], choices=[*VERDICTS], metavar="V",
                   help=f"only these: {', '.join(VERDICTS)}; may be given several times")  # fmt: skip
    p.add_argument("--all", action="store_true", help="also the sentences whose source is not held")
    p.add_argument("--csv", type=Path, metavar="FILE", help="write the lines as a table for a spreadsheet")
    p.add_argument("--html", type=Path, metavar="FILE", help="write a page that can be read, sent and printed")


def audit(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.render.audit import audit_csv, audit_json, audit_text, chosen
    from assistant.render.audit_page import audit_page
    from assistant.store import generations

    id = find_document(generations.current(settings.index).library(), options.document, settings)
    assistant = wiring.open_assistant(settings)
    with progress_bars() as progress:
        made = assistant.audit(id, progress)
    lines = chosen(made, [VERDICTS[v] for v in options.verdict], options.all)
    if options.csv is not None:
        write_bytes(options.csv, audit_csv(lines))
    if options.html is not None:
        write_bytes(options.html, audit_page(made, lines).encode())
    say(audit_json(made, lines) if options.json else audit_text(made, lines, columns()))
    return ANSWERED
