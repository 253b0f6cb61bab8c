"""The library of one generation: a snapshot of the store that never changes once it is published."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexStaleError, UsageError
from assistant.protocols import Vectors
from assistant.store.codec import decode
from assistant.types import Document, Names, Passage, Work


class StoredLibrary:
    """Reads documents when they are asked for, and passages all at once (they are small)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()  # the page's threads share one library
        try:
            # immutable: nobody writes a published snapshot, so no lock and no journal, and a read-only disk will do
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        self._documents: dict[str, Document] = {}
        self._passages: dict[str, Passage] | None = None
        self._single: dict[str, Passage] = {}
        self._sentences: dict[str, Vectors] = {}
        self._names: Names | None = None
        self._works: tuple[Work, ...] | None = None
        self._vectors_of: dict[str, tuple[Sequence[str], Vectors]] = {}

    def document(self, id: str) -> Document:
        with self._lock:
            if id not in self._documents:
                rows = self._rows(
                    "SELECT f.body, f.text, d.work FROM documents d JOIN files f ON f.name = d.file WHERE d.id = ?", id
                )
                if not rows:
                    raise UsageError(f"no document {id!r} in the index; it holds: {', '.join(self.document_ids())}")
                document = replace(read_document(rows[0][0], rows[0][1]), work=decode(Work, rows[0][2]))
                self._documents[id] = with_works(document, self.names())
            return self._documents[id]

    def document_ids(self) -> Sequence[str]:
        return tuple(row[0] for row in self._rows("SELECT id FROM documents ORDER BY id"))

    def passage(self, id: str) -> Passage:
        with self._lock:
            if self._passages is not None and id in self._passages:
                return self._passages[id]
            if id not in self._single:
                rows = self._rows("SELECT body FROM passages WHERE id = ?", id)
                if not rows:
                    raise UsageError(
                        f"no passage {id!r} in the index: it was made from another version of the document"
                    )
                self._single[id] = decode(Passage, rows[0][0])
            return self._single[id]

    def passages(self) -> Sequence[Passage]:
        with self._lock:
            if self._passages is None:
                rows = self._rows("SELECT body FROM passages ORDER BY document, position")
                self._passages = {p.id: p for p in (decode(Passage, row[0]) for row in rows)}
            return tuple(self._passages.values())

    def sentence_vectors(self, passage: str) -> Vectors:
        with self._lock:
            if passage not in self._sentences:
                rows = self._rows("SELECT sentences, length(vector) / 4 FROM passages WHERE id = ?", passage)
                if not rows:
                    raise UsageError(
                        f"no passage {passage!r} in the index: it was made from another version of the document"
                    )
                self._sentences[passage] = np.frombuffer(rows[0][0], "<f4").reshape(-1, int(rows[0][1]))
            return self._sentences[passage]

    def works(self) -> Sequence[Work]:
        with self._lock:
            if self._works is None:
                recorded = [decode(Work, row[0]) for row in self._rows("SELECT body FROM works ORDER BY position")]
                known = {work.id for work in recorded}
                held = (decode(Work, row[0]) for row in self._rows("SELECT work FROM documents ORDER BY id"))
                self._works = (*recorded, *(work for work in held if work.id not in known))
            return self._works

    def names(self) -> Names:
        with self._lock:
            if self._names is None:
                rows = self._rows("SELECT body FROM names")
                self._names = decode(Names, rows[0][0]) if rows else Names()
            return self._names

    def vectors(self) -> tuple[Sequence[str], Vectors]:
        """The ids of all passages, in the order of `passages`, and their vectors."""
        rows = self._rows("SELECT id, vector FROM passages ORDER BY document, position")
        if not rows:
            return (), np.zeros((0, 0), np.float32)
        matrix = np.frombuffer(b"".join(row[1] for row in rows), "<f4").reshape(len(rows), -1)
        return tuple(row[0] for row in rows), matrix

    def vectors_of(self, document: str) -> tuple[Sequence[str], Vectors]:
        with self._lock:
            if document not in self._vectors_of:
                rows = self._rows("SELECT id, vector FROM passages WHERE document = ? ORDER BY position", document)
                empty: Vectors = np.zeros((0, 0), np.float32)
                matrix = np.frombuffer(b"".join(r[1] for r in rows), "<f4").reshape(len(rows), -1) if rows else empty
                self._vectors_of[document] = tuple(r[0] for r in rows), matrix
            return self._vectors_of[document]

    def files(self) -> dict[str, tuple[str, str]]:
        """The file that each document was read from: name -> (document id, digest of the document)."""
        return {row[0]: (row[1], row[2]) for row in self._rows("SELECT file, id, digest FROM documents ORDER BY file")}

    def source(self, id: str) -> tuple[str, str]:
        """The file that a document was read from, and the SHA-256 of the bytes that were read."""
        rows = self._rows("SELECT d.file, f.read FROM documents d JOIN files f ON f.name = d.file WHERE d.id = ?", id)
        if not rows:
            raise UsageError(f"no document {id!r} in the index; it holds: {', '.join(self.document_ids())}")
        return str(rows[0][0]), str(rows[0][1])

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has."""
        return dict(self._rows("SELECT document, count(*) FROM passages GROUP BY document"))

    def count(self) -> tuple[int, int]:
        """Documents, passages."""
        ((documents, passages),) = self._rows(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        )
        return documents, passages

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexStaleError:
        return IndexStaleError(
            f"the index file {str(self._path)!r} cannot be read ({error}): run `assistant ingest` again"
        )


def with_works(document: Document, names: Names) -> Document:
    """The document with the works that each of its notes names, by id."""
    named: dict[int, dict[str, None]] = {}
    for n in names.namings:
        if n.document == document.id and n.place is not None and n.work is not None:
            named.setdefault(n.place, {})[n.work] = None
    if not named:
        return document
    return replace(
        document, notes=tuple(replace(note, works=tuple(named.get(i, ()))) for i, note in enumerate(document.notes))
    )


def read_document(body: str, text: str) -> Document:
    """A document out of its two columns: the text stands by itself, so that it is there once."""
    return replace(decode(Document, body), text=text)
