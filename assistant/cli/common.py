"""What the commands share: exit statuses, output, progress, finding a document by its name."""

from __future__ import annotations

import argparse
import difflib
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.corpus import slug
from assistant.errors import CorpusError, StorageError
from assistant.protocols import Progress
from assistant.store.library import StoredLibrary

ANSWERED, ERROR, USAGE, ABSTAINED = 0, 1, 2, 3


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("give a whole number above 0")
    return value


def printable(text: str) -> str:
    """Half characters, as a shell gives them for bytes that are not UTF-8, become '?': nothing could print them."""
    return text.encode("utf-8", "replace").decode()


def columns() -> int:
    """How wide to draw: the terminal, or what is read well where there is none."""
    return max(40, min(shutil.get_terminal_size((96, 24)).columns, 240))


def write(path: Path, value: Any) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"cannot write '{path}' ({error.strerror or error}): free space, or name another") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that a person named. No folder is made: a slip in a path would leave folders behind."""
    try:
        path.write_bytes(data)
    except FileNotFoundError as error:
        raise StorageError(
            f"cannot write '{path}': there is no folder '{path.parent}'; make it, or name another"
        ) from error
    except IsADirectoryError as error:
        raise StorageError(f"cannot write '{path}': it is a folder; name a file in it") from error
    except OSError as error:
        raise StorageError(f"cannot write '{path}' ({error.strerror or error}): free space, or name another") from error


def say(value: Any) -> None:
    print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1))


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar a stage on standard error; nothing where that is no terminal and the work is short."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for earlier in bars.values():
                earlier.close()
            bars[stage] = tqdm(total=total, desc=f"{stage:<10}", file=sys.stderr, mininterval=0.5, leave=True,
                               bar_format="{desc} {bar:30} {percentage:3.0f}% {elapsed}")  # fmt: skip
        bar = bars[stage]
        bar.total = total
        bar.update(done - bar.n)
        if done >= total:
            bar.refresh()

    try:
        yield tell
    finally:
        for bar in bars.values():
            bar.close()


def find_document(library: StoredLibrary, name: str, settings: Settings) -> str:
    """The id of the document that `name` means: an id, or a file's name. Raises CorpusError with what is near."""
    known = {*library.document_ids()}
    by_file = {Path(file).name: id for file, (id, _) in library.files().items()}
    wanted = [name, slug(Path(name).name), slug(name)]
    id = next((w for w in wanted if w in known), by_file.get(Path(name).name))
    if id is None:
        few = sorted(known) if len(known) <= 6 else difflib.get_close_matches(slug(name), sorted(known), 3, 0.4)
        hint = f"is it {', '.join(few)}? " if few else ""
        raise CorpusError(f"no document {name!r} in '{settings.index}': {hint}`assistant show` lists what is held")
    return id
