"""`assistant evidence`: what speaks for and against each sentence of a text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.cli.common import ABSTAINED, ANSWERED, columns, positive, printable, progress_bars, say
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.types import WorkKind


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("evidence", evidence, "what the corpus says for and against each sentence of a text", reports)
    p.add_argument("text", nargs="*", type=printable, help="a sentence or a paragraph; '-' reads standard input")
    p.add_argument("--file", type=Path, metavar="FILE", help="read the text from a UTF-8 file")
    p.add_argument("-k", type=positive, default=5, metavar="N",
                   help="places looked at for each sentence, in papers and in sources (default: 5)")  # fmt: skip
    p.add_argument("--papers", action="store_true", help="in papers and digests only")
    p.add_argument("--sources", action="store_true", help="in held sources only")


def evidence(options: Any, settings: Settings) -> int:
    from assistant import weighing, wiring
    from assistant.render.evidence import evidence_json, evidence_text, is_silent

    text = weighing.usable(text_of(options))
    kinds: tuple[WorkKind, ...] = weighing.EVERYTHING
    if options.papers != options.sources:  # both is everything
        kinds = ("source",) if options.sources else ("paper", "digest")
    assistant = wiring.open_assistant(settings)
    with progress_bars() as progress:
        found = assistant.evidence(text, options.k, kinds, progress)
    say(evidence_json(found) if options.json else evidence_text(found, columns()))
    return ABSTAINED if is_silent(found) else ANSWERED


def text_of(options: Any) -> str:
    """The text that is meant: words, a file, or standard input."""
    words = " ".join(options.text)
    if bool(options.text) == (options.file is not None):
        raise UsageError("give a text, a file with --file FILE, or '-' for standard input")
    try:
        if options.file is not None:
            return str(options.file.read_text(encoding="utf-8-sig"))
        return sys.stdin.buffer.read().decode("utf-8-sig") if words == "-" else words
    except (OSError, UnicodeDecodeError) as error:
        name = f"'{options.file}'" if options.file is not None else "standard input"
        raise UsageError(f"cannot read {name} ({error}): give UTF-8 text") from error
