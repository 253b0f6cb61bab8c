"""Generations: whole indexes side by side, of which `CURRENT` names the one that answers.

    index/CURRENT                    "12"
    index/generations/12/            library.sqlite  chroma/  lexical/  MANIFEST.json (written last)

A generation holds all that an answer needs, so an ingest that is running, or was cut off, cannot be seen
from outside. The one before it is kept for readers that still have it open.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import IndexMissingError, IndexStaleError
from assistant.store.codec import FORMAT
from assistant.store.disk import write_whole
from assistant.store.library import StoredLibrary

CURRENT = "CURRENT"
FOLDER = "generations"
MANIFEST = "MANIFEST.json"
LIBRARY = "library.sqlite"
VECTORS = "chroma"
LEXICAL = "lexical"
KEEP = 2
"""Generations kept: the one that answers, and the one that a reader may still have open."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of; where this file stands, the generation is whole."""

    format: str
    number: int
    embedder: str
    preparation: str
    """Names how documents were cut and embedded."""
    lexical: str
    """Names how terms were made and weighed."""
    content: str
    """Hash of everything above and of all documents: equal content, equal answers."""
    documents: int
    passages: int

    @property
    def name(self) -> str:
        return f"{self.number}-{self.content[:8]}"


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation on disk."""

    folder: Path
    manifest: Manifest

    @property
    def vectors(self) -> Path:
        return self.folder / VECTORS

    @property
    def lexical(self) -> Path:
        return self.folder / LEXICAL

    def library(self) -> StoredLibrary:
        return StoredLibrary(self.folder / LIBRARY)


def current(index: Path, embedder: str | None = None) -> Generation:
    """The generation that answers.

    Raises IndexMissingError where there is none, and IndexStaleError where it has another format, or
    was made by another embedder than the one whose fingerprint is given.
    """
    for attempt in (1, 2):
        try:
            name = (index / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise IndexMissingError(f"no index at {str(index)!r}: run `assistant ingest` first") from error
        except (OSError, ValueError) as error:
            raise IndexStaleError(f"the index at {str(index)!r} cannot be read ({error}): check permissions") from error
        folder = index / FOLDER / name
        try:
            return Generation(folder, _read(index, folder, embedder))
        except FileNotFoundError as error:
            # Between the two reads a writer may have published twice: then CURRENT has a newer name now.
            if attempt == 2:
                raise _damaged(index, "its files are missing") from error
    raise AssertionError("unreachable")


def _read(index: Path, folder: Path, embedder: str | None) -> Manifest:
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found = values.get("format")
        if found != FORMAT:
            raise IndexStaleError(
                f"the index at {str(index)!r} was written by another version of this program"
                f" (format {found}, not {FORMAT}): run `assistant ingest`"
            )
        manifest = Manifest(**values)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(index, str(error)) from error
    if embedder is not None and manifest.embedder != embedder:
        raise IndexStaleError(
            f"the index at {str(index)!r} was built by another embedder ({manifest.embedder}, not {embedder}):"
            " run `assistant ingest` to build it anew, or set the embedder back"
        )
    return manifest


def _damaged(index: Path, why: str) -> IndexStaleError:
    return IndexStaleError(f"the index at {str(index)!r} is damaged ({why}): run `assistant ingest` again")


def peek(index: Path) -> Generation | None:
    """`current`, or None where nothing whole of this format answers."""
    with contextlib.suppress(IndexMissingError, IndexStaleError):
        return current(index)
    return None


def begin(index: Path) -> tuple[int, Path]:
    """An empty folder for the next generation; what an interrupted writer left is cleared away."""
    root = index / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    named = answering(index)
    numbers = [int(named)] if named and named.isdecimal() else [0]
    for folder in root.iterdir():
        if folder.name.isdecimal():
            numbers.append(int(folder.name))
        if folder.name != named and not (folder / MANIFEST).is_file():
            discard(folder)
    number = max(numbers) + 1
    folder = root / str(number)
    folder.mkdir()
    return number, folder


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Declare the generation whole."""
    write_whole(folder / MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")


def publish(index: Path, manifest: Manifest) -> None:
    """Let the generation answer."""
    write_whole(index / CURRENT, f"{manifest.number}\n")


def prune(index: Path) -> None:
    """Remove all but the generation that answers and the newest before it."""
    named = answering(index)
    if named is None or not named.isdecimal():
        return
    folders = [f for f in (index / FOLDER).iterdir() if f.name.isdecimal()]
    older = sorted((f for f in folders if int(f.name) < int(named)), key=lambda f: int(f.name), reverse=True)
    newer = [f for f in folders if int(f.name) > int(named)]  # whole, but never published
    for folder in [*older[KEEP - 1 :], *newer]:
        discard(folder)


def discard(folder: Path) -> None:
    """Remove a generation; its manifest goes first, so that no half of it counts as whole."""
    with contextlib.suppress(OSError):
        (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def answering(index: Path) -> str | None:
    """The name that CURRENT holds, whatever it is worth."""
    try:
        return (index / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
