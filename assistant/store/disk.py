"""Writing so that it stays: one writer, whole files, errors in one line."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import IndexBusyError, StorageError

LOCK = "lock"


@contextlib.contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns what a full, read-only or broken disk raises into a StorageError that names `folder`."""
    try:
        yield
    except OSError as error:
        raise StorageError(_line(folder, error.strerror or str(error))) from error
    except sqlite3.Error as error:
        raise StorageError(_line(folder, str(error))) from error


def _line(folder: Path, why: str) -> str:
    return f"cannot write the index at {str(folder)!r} ({why}): free space or check permissions, then ingest again"


@contextlib.contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Held by the one process that writes the index; the system lets go of it when that process dies."""
    from filelock import FileLock, Timeout

    with storage_errors(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusyError(
                f"another process is writing the index at {str(index)!r}: wait until it is done, then try again"
            ) from error
    try:
        yield
    finally:
        lock.release()


def write_whole(path: Path, text: str) -> None:
    """Replace the file by one atomic rename, and see it through to the disk."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """See one file or folder through to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """See a folder and all that is in it through to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)
