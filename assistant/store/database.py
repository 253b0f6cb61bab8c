"""`store.sqlite`: the writer's truth. What was read of each file, and each document cut, embedded and kept.

Only the writer opens it, under the lock; readers have the snapshot in their generation. So a rollback journal
does, and the truth is one file (write-ahead logging would add two, for readers that there are none of). One
document is one transaction.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.protocols import Vectors
from assistant.store.codec import FORMAT, decode, encode
from assistant.store.library import read_document
from assistant.types import Document, Names, Passage, Work

FILE = "store.sqlite"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE works (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE names (made_of TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE files (
    name       TEXT PRIMARY KEY,
    stat       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    parser     TEXT NOT NULL,
    reason     TEXT,            -- why these bytes could not be read; what follows is then of an earlier version, or NULL
    read       TEXT,            -- SHA-256 of the bytes that were read
    media_type TEXT,
    work       TEXT,
    body       TEXT,
    text       TEXT
) STRICT;
CREATE TABLE documents (
    id       TEXT PRIMARY KEY,
    file     TEXT NOT NULL REFERENCES files (name),
    work     TEXT NOT NULL,
    digest   TEXT NOT NULL,
    embedder TEXT NOT NULL,
    prepared TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    id        TEXT PRIMARY KEY,
    document  TEXT NOT NULL REFERENCES documents (id),
    position  INTEGER NOT NULL,
    body      TEXT NOT NULL,
    vector    BLOB NOT NULL,    -- float32, little-endian, unit length
    sentences BLOB NOT NULL     -- one such vector a sentence
) STRICT;
CREATE INDEX passages_of_document ON passages (document, position);
"""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the store knows of a file."""

    name: str
    stat: str
    sha256: str
    parser: str
    reason: str | None
    read: str | None
    media_type: str | None
    work: Work | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What a document was made from, for telling whether it is still that."""

    id: str
    file: str
    digest: str
    embedder: str
    prepared: str


class Store:
    """The open store. Use it under the writer's lock only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # a full or read-only disk, not a broken file
            self._discard()
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA synchronous = FULL")
        tables = {row[0] for row in self._db.execute("SELECT name FROM sqlite_master")}
        if tables:
            if self._db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("the store is damaged")
            found = (
                self._db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() if "meta" in tables else None
            )
            if found == (FORMAT,):
                return
            self._discard()
            self._db = sqlite3.connect(self._path, isolation_level=None)
            self._db.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            for statement in _SCHEMA.split(";\n"):
                self._db.execute(statement)
            self._db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))

    def _discard(self) -> None:
        """Start anew: everything here comes from the files, which are read again."""
        self._db.close()
        for end in ("", "-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def close(self) -> None:
        self._db.close()

    # files

    def files(self) -> dict[str, FileRecord]:
        rows = self._db.execute("SELECT name, stat, sha256, parser, reason, read, media_type, work FROM files")
        return {row[0]: _file_record(*row) for row in rows}

    def file(self, name: str) -> FileRecord | None:
        """What is known of one file."""
        row = self._db.execute(
            "SELECT name, stat, sha256, parser, reason, read, media_type, work FROM files WHERE name = ?", (name,)
        ).fetchone()
        return _file_record(*row) if row else None

    def keep_reading(self, name: str, stat: str, sha256: str, parser: str, document: Document) -> None:
        """Remember what was read of a file."""
        body = encode(replace(document, text=""))
        row = (name, stat, sha256, parser, sha256, document.media_type, encode(document.work), body, document.text)
        with self._transaction():
            self._db.execute(
                "INSERT INTO files (name, stat, sha256, parser, read, media_type, work, body, text)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " stat = excluded.stat, sha256 = excluded.sha256, parser = excluded.parser, reason = NULL,"
                " read = excluded.read, media_type = excluded.media_type, work = excluded.work,"
                " body = excluded.body, text = excluded.text",
                row,
            )

    def keep_failure(self, name: str, stat: str, sha256: str, parser: str, reason: str) -> None:
        """Remember that these bytes cannot be read; what an earlier version said stays."""
        with self._transaction():
            self._db.execute(
                "INSERT INTO files (name, stat, sha256, parser, reason) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET stat = excluded.stat, sha256 = excluded.sha256,"
                " parser = excluded.parser, reason = excluded.reason",
                (name, stat, sha256, parser, reason),
            )

    def keep_stat(self, name: str, stat: str) -> None:
        """The file was touched, and is the same."""
        with self._transaction():
            self._db.execute("UPDATE files SET stat = ? WHERE name = ?", (stat, name))

    def reading(self, name: str) -> Document:
        """What was read of the file, as the file itself says it."""
        body, text = self._db.execute("SELECT body, text FROM files WHERE name = ?", (name,)).fetchone()
        return read_document(body, text)

    def forget_files(self, names: Iterable[str]) -> None:
        """Forget files that no document rests on any more."""
        with self._transaction():
            self._db.executemany("DELETE FROM files WHERE name = ?", [(n,) for n in names])

    # documents

    def documents(self) -> dict[str, DocumentRecord]:
        rows = self._db.execute("SELECT id, file, digest, embedder, prepared FROM documents ORDER BY id")
        return {row[0]: DocumentRecord(*row) for row in rows}

    def document(self, record: DocumentRecord) -> Document:
        """A kept document, without its passages."""
        (work,) = self._db.execute("SELECT work FROM documents WHERE id = ?", (record.id,)).fetchone()
        return replace(self.reading(record.file), work=decode(Work, work))

    def digest(self, name: str, work: Work) -> str:
        """Names the content of the document that `work` has in the file `name`."""
        body, text = self._db.execute("SELECT body, text FROM files WHERE name = ?", (name,)).fetchone()
        return hashlib.sha256(f"{body}\0{text}\0{encode(work)}".encode()).hexdigest()

    def keep_document(
        self,
        record: DocumentRecord,
        work: Work,
        passages: Sequence[Passage],
        vectors: Vectors,
        sentences: Sequence[Vectors],
    ) -> None:
        """Put a document in the place of what stood under its id: wholly or not at all."""
        with self._transaction():
            self._remove(record.id)
            self._db.execute(
                "INSERT INTO documents (id, file, work, digest, embedder, prepared) VALUES (?, ?, ?, ?, ?, ?)",
                (record.id, record.file, encode(work), record.digest, record.embedder, record.prepared),
            )
            self._db.executemany(
                "INSERT INTO passages (id, document, position, body, vector, sentences) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (p.id, record.id, position, encode(p), _blob(vectors[position]), _blob(sentences[position]))
                    for position, p in enumerate(passages)
                ],
            )

    def move_document(self, id: str, file: str) -> None:
        """The same document now stands in another file."""
        with self._transaction():
            self._db.execute("UPDATE documents SET file = ? WHERE id = ?", (file, id))

    def remove_document(self, id: str) -> None:
        with self._transaction():
            self._remove(id)

    def _remove(self, id: str) -> None:
        self._db.execute("DELETE FROM passages WHERE document = ?", (id,))
        self._db.execute("DELETE FROM documents WHERE id = ?", (id,))

    def known_vectors(self, id: str) -> Iterator[tuple[Passage, bytes, bytes]]:
        """The passages of a document with their vectors, so that what did not change is not embedded again."""
        rows = self._db.execute("SELECT body, vector, sentences FROM passages WHERE document = ?", (id,))
        for body, vector, sentences in rows:
            yield decode(Passage, body), vector, sentences

    def passage_counts(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT document, count(*) FROM passages GROUP BY document"))

    # the whole

    def works(self) -> tuple[Work, ...]:
        return tuple(decode(Work, row[0]) for row in self._db.execute("SELECT body FROM works ORDER BY position"))

    def keep_works(self, works: Sequence[Work]) -> None:
        with self._transaction():
            self._db.execute("DELETE FROM works")
            self._db.executemany("INSERT INTO works VALUES (?, ?)", [(i, encode(w)) for i, w in enumerate(works)])

    def named(self) -> str | None:
        """What the kept names were made of, as `keep_names` was told; None before the first."""
        row = self._db.execute("SELECT made_of FROM names").fetchone()
        return row[0] if row else None

    def keep_names(self, made_of: str, names: Names) -> None:
        with self._transaction():
            self._db.execute("DELETE FROM names")
            self._db.execute("INSERT INTO names VALUES (?, ?)", (made_of, encode(names)))

    def snapshot(self, path: Path) -> None:
        """A compact copy for a generation, with nothing in it that is left over."""
        self._db.execute("VACUUM INTO ?", (str(path),))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # a full disk may have rolled it back already
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _file_record(
    name: str,
    stat: str,
    sha256: str,
    parser: str,
    reason: str | None,
    read: str | None,
    media_type: str | None,
    work: str | None,
) -> FileRecord:
    return FileRecord(name, stat, sha256, parser, reason, read, media_type, decode(Work, work) if work else None)


def _blob(rows: Vectors) -> bytes:
    return np.ascontiguousarray(rows, dtype="<f4").tobytes()
