"""Where fetched files go: a folder, each file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.backends.formats import DOCX, HTML, HWP, HWPX, MARKDOWN, PDF, PLAIN
from assistant.errors import StorageError
from assistant.sources.fetching import Record
from assistant.store.disk import sync

ENDINGS = {PDF: "pdf", DOCX: "docx", HWPX: "hwpx", HWP: "hwp", HTML: "html", MARKDOWN: "md", PLAIN: "txt"}


def file_name(record: Record, stem: str | None = None) -> str:
    """`stem`, or the beginning of the file's hash, with the ending of its type."""
    return f"{stem or record.sha256[:16]}.{ENDINGS.get(record.type, 'bin')}"


def keep_in(folder: Path, data: bytes, record: Record, stem: str | None = None) -> str:
    """Write a file and return its name (`file_name`).

    Another file of that name is replaced in one step. A stem is a readable slug, never a path.
    """
    name = file_name(record, stem)
    if Path(name).name != name or name.startswith("."):
        raise ValueError(f"not a name for a file: {name!r}")
    draft = folder / f".{name}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)
        sync(folder)
    except OSError as error:
        raise StorageError(
            f"cannot write {name} to {str(folder)!r} ({error.strerror or error}): free space or check permissions"
        ) from error
    return name
