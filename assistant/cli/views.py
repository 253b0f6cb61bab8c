"""What the views share: `--csv`, `--markdown` and `--word`, and writing a grid to them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.common import write_bytes
from assistant.errors import UsageError
from assistant.types import Work

if TYPE_CHECKING:
    from assistant.backends.exports.grids import GridForm
    from assistant.render.grid import Grid

FORMS: Mapping[GridForm, str] = {"csv": ".csv", "markdown": ".md", "word": ".docx"}


def options(p: argparse.ArgumentParser) -> None:
    """The options of every view that is a table."""
    p.add_argument("--csv", type=Path, metavar="FILE", help="write the table for a spreadsheet")
    p.add_argument("--markdown", type=Path, metavar="FILE", help="write it as Markdown, each place in a footnote")
    p.add_argument("--word", type=Path, metavar="FILE", help="write it as a Word table with footnotes")


def wanted(given: Any) -> bool:
    """Whether a file is to be written. Raises UsageError where one would bear the ending of another format."""
    for form, ending in FORMS.items():
        if (path := getattr(given, form)) is not None:
            check_ending(path, ending, f"--{form}")
    return any(getattr(given, form) is not None for form in FORMS)


def check_ending(path: Path, ending: str, option: str) -> None:
    """Raises UsageError where a file would bear the ending of another format: programs open it by that."""
    if path.suffix.lower() in {*FORMS.values(), ".pdf", ".json"} - {ending}:
        raise UsageError(f"{option} does not write a {path.suffix} file: name it '{path.with_suffix(ending).name}'")


def deliver(grid: Grid, given: Any, works: Mapping[str, Work] | None = None) -> None:
    """Write the files that were asked for. `works` are the records of the documents (`wiring.exporting.records`): with
    them a footnote names authors and series, without them title and date.
    """
    if not wanted(given):
        return
    from assistant.backends.exports.grids import grid_file

    for form in FORMS:
        if (path := getattr(given, form)) is not None:
            write_bytes(path, grid_file(grid, form, works))
            print(f"written: {path}", file=sys.stderr)
