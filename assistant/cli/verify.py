"""`assistant verify`: what of a receipt that `assistant ask --receipt` wrote still holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.common import ANSWERED, ERROR, columns, say, write_bytes
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.types import Reply, Within

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("verify", verify, "replay the checks of a receipt that `ask --receipt` wrote, offline", reports)
    p.add_argument("file", type=Path, metavar="FILE")
    p.add_argument("--again", action="store_true", help="also ask the question again, without a language model")


def verify(options: Any, settings: Settings) -> int:
    from assistant.cli import within
    from assistant.policy.receipts import reading
    from assistant.render.receipt import replayed_json, replayed_text
    from assistant.wiring.receipts import replayed

    saved = reading.read(_bytes(options.file))

    def confined() -> Within:
        return within.made(saved.within, settings) if saved.within is not None else Within()

    found = replayed(settings, saved, confined if options.again else None)
    say(replayed_json(found) if options.json else replayed_text(found, min(columns(), 96)))
    return ANSWERED if found.holds else ERROR


def _bytes(path: Path) -> bytes:
    """The file, where it is one and of a size that a receipt can have."""
    from assistant.policy.receipts.reading import MOST_BYTES

    try:
        if not path.is_file():
            raise UsageError(f"there is no file '{path}': give one that `assistant ask --receipt FILE` wrote")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot read '{path}' ({error}): give one that `assistant ask --receipt FILE` wrote"
        ) from error


def keep(options: Any, settings: Settings, assistant: Assistant, reply: Reply, confined: Within) -> None:
    """Write the receipt of a reply, where `ask` was told to."""
    from assistant.wiring.receipts import receipt_file

    if options.receipt is None:
        return
    write_bytes(options.receipt, receipt_file(assistant, settings, reply, options.after, confined))
    print(f"written: {options.receipt}", file=sys.stderr)
