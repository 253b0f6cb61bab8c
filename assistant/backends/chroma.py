"""Chroma as a vector index, its collection written as LlamaIndex nodes.

Chroma is derived from the store and never the only place where something stands: it writes to its folder
even to read (a read-only folder it cannot open at all), and several writers lose vectors without an error.
So one writer fills a new folder, nothing is added to a published one, and where opening it is not worth
its half second, or not possible, the same vectors are searched exactly: see `open_vectors`.

Of a crowd of passages with one and the same vector (a sentence repeated thousands of times, a disclaimer in every
file) a few stand in the graph and the others beside it, in `twins.json`: hundreds of points at one place have links
to one another only, and a search that meets them never leaves, or never arrives.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.backends.quiet import silence
from assistant.errors import IndexStaleError, StorageError
from assistant.protocols import Library, Vectors
from assistant.store.memory import ExactIndex
from assistant.types import Passage

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateHNSWConfiguration as CreateHNSW

COLLECTION = "passages"
BATCH = 1000
"""Rows a call: far below Chroma's limits (5,461 to write, 32,766 to read)."""
SEARCH = 500
"""Candidates that HNSW keeps in hand: five times Chroma's default, for a millisecond a question."""
GRAPH: CreateHNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": SEARCH}
"""Twice Chroma's links and care in making them: thousands of passages that are all but equal (a form filled in again
and again) then hide no other. A third more time to make."""
EXACT_UP_TO = 20_000
"""Passages up to which a cold question searches exactly: 30 MB of vectors, some 20 ms."""
TWINS = "twins.json"
"""Beside Chroma's files: the first passage of each crowd -> those of it that are not in the graph."""
CROWD = 8
"""Passages of one vector that stand in the graph: a quarter of the links of a point."""

Metadata = Mapping[str, str | int | float]
Describe = Callable[[Passage], Metadata]

__all__ = ["ChromaIndex", "ExactIndex", "node_metadata", "open_vectors", "write_vectors"]


class StoredVectors(Protocol):
    """What an exact search needs of the library."""

    def vectors(self) -> tuple[Sequence[str], Vectors]:
        """The ids of all passages and their vectors, row by row."""
        ...


def open_vectors(folder: Path, library: StoredVectors, count: int, *, cold: bool) -> ChromaIndex | ExactIndex:
    """The index that a process asks: Chroma where it is loaded once and asked often.

    A single question from cold (`cold`) over a small corpus, and any process that may not write to the
    folder, search the library's own copy of the vectors. Chroma finds the same neighbours, except now and then
    among thousands of passages that are all but equally near.
    """
    if (cold and count <= EXACT_UP_TO) or not os.access(folder, os.W_OK):
        return ExactIndex(*library.vectors())
    return ChromaIndex(folder)


class ChromaIndex:
    """A collection in a folder of its own; cosine space, our vectors, no embedding function."""

    def __init__(self, folder: Path, *, create: bool = False, describe: Describe = lambda _: {}) -> None:
        silence()
        self._folder = folder
        self._describe = describe
        if not create and not (folder / "chroma.sqlite3").is_file():
            raise IndexStaleError(f"no vectors at {str(folder)!r}: run `assistant ingest` again")
        import chromadb
        from chromadb.config import Settings

        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            if create:
                self._collection = self._client.get_or_create_collection(
                    COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": GRAPH},
                )
            else:
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._twins: dict[str, list[str]] = {}
            if (path := folder / TWINS).is_file():
                self._twins.update((first, list(twins)) for first, twins in json.loads(path.read_bytes()).items())
        except Exception as error:  # Chroma's Rust core has one kind of error for a full disk and a broken file
            raise _translated(error, folder, writing=create) from error

    @property
    def collection(self) -> Any:
        """The collection itself, for LlamaIndex's ChromaVectorStore."""
        return self._collection

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        self._still_open()
        rows = np.asarray(vectors, np.float32)
        if len(rows) != len(passages):
            raise ValueError(f"{len(passages)} passages, {len(rows)} vectors")
        last = {p.id: place for place, p in enumerate(passages)}  # Chroma refuses an id twice in a batch
        places = sorted(last.values())
        try:
            for start in range(0, len(places), BATCH):
                batch = places[start : start + BATCH]
                self._collection.upsert(
                    ids=[passages[i].id for i in batch],
                    embeddings=rows[batch],
                    documents=[passages[i].text for i in batch],
                    metadatas=[node_metadata(passages[i], self._describe(passages[i])) for i in batch],
                )
        except Exception as error:  # as above
            raise _translated(error, self._folder, writing=True) from error

    def remove(self, ids: Sequence[str]) -> None:
        self._still_open()
        try:
            for start in range(0, len(ids), BATCH):
                self._collection.delete(ids=list(ids[start : start + BATCH]))
        except Exception as error:  # as above
            raise _translated(error, self._folder, writing=True) from error

    def _still_open(self) -> None:
        if self._twins:
            raise ValueError(f"{str(self._folder)!r} is a whole index with a crowd in it, which is not changed")

    def nearest(self, vector: Vectors, k: int) -> Sequence[tuple[str, float]]:
        asked = min(k, self._stored())
        if asked < 1:
            return []
        try:
            found = self._collection.query(
                query_embeddings=np.asarray(vector, np.float32).reshape(1, -1), n_results=asked, include=["distances"]
            )
        except Exception as error:  # as above
            raise _translated(error, self._folder, writing=False) from error
        distances = found["distances"] or [[]]
        pairs = zip(found["ids"][0], distances[0], strict=True)
        every = ((each, 1.0 - float(distance)) for id, distance in pairs for each in (id, *self._twins.get(id, ())))
        return list(itertools.islice(every, k))

    def count(self) -> int:
        return self._stored() + sum(map(len, self._twins.values()))

    def _stored(self) -> int:
        return int(self._collection.count())

    def ids(self) -> Iterator[str]:
        """The ids of all passages, page by page."""
        for start in range(0, self._stored(), BATCH):
            yield from self._collection.get(limit=BATCH, offset=start, include=[])["ids"]
        for twins in self._twins.values():
            yield from twins

    def close(self) -> None:
        """Let go of the folder; the index cannot be used afterwards."""
        self._client.close()  # type: ignore[attr-defined]  # the class has it, the interface it is typed as does not


def write_vectors(folder: Path, library: Library, passages: Sequence[Passage], vectors: Vectors) -> None:
    """Make a generation's collection, each passage described by what its document says about it."""

    def describe(passage: Passage) -> Metadata:
        document = library.document(passage.document)
        labels = {page.index: page.label for page in document.pages}
        label = labels.get(passage.pages[0]) if passage.pages else None
        return {"kind": document.work.kind, "title": document.work.title, "page_label": label or ""}

    index = ChromaIndex(folder, create=True, describe=describe)
    try:
        left = crowded([p.id for p in passages], vectors)
        kept = [i for i, p in enumerate(passages) if p.id not in left]
        if left:
            index.add([passages[i] for i in kept], vectors[kept])
            twins: dict[str, list[str]] = {}
            for twin, first in left.items():
                twins.setdefault(first, []).append(twin)
            _write_json(folder / TWINS, twins)
        else:
            index.add(passages, vectors)
    finally:
        index.close()  # Chroma keeps one client a path for the whole process: a failed try must not live on in it


def crowded(ids: Sequence[str], vectors: Vectors) -> dict[str, str]:
    """The passages that need not stand in the graph, each with the first one of its vector, which does.

    Vectors count as one where they round to the same thousandths: those of one text may differ in their last bits, by
    what else was embedded with it, and points as near as this crowd as equal ones do.
    """
    seen: dict[bytes, list[str]] = {}
    left: dict[str, str] = {}
    for id, row in zip(ids, np.round(np.asarray(vectors, np.float32), 3) + 0.0, strict=True):  # + 0.0: -0 is 0
        kept = seen.setdefault(row.tobytes(), [])
        if len(kept) < CROWD:
            kept.append(id)
        else:
            left[id] = kept[0]
    return left


def _write_json(path: Path, value: object) -> None:
    try:
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise _translated(error, path.parent, writing=True) from error


def node_metadata(passage: Passage, more: Metadata) -> dict[str, str | int | float]:
    """What LlamaIndex's `node_to_metadata_dict` writes for this passage as a TextNode.

    Built here because importing LlamaIndex takes seconds; a test holds it to the original.
    """
    flat: dict[str, str | int | float] = {
        "document": passage.document,
        "part": passage.kind,
        "start": passage.span.start,
        "end": passage.span.end,
        "page": passage.pages[0] if passage.pages else -1,
        "section": " > ".join(passage.section),
        **more,
    }
    node: dict[str, object] = {
        "id_": passage.id,
        "embedding": None,
        "metadata": flat,
        # Embedded is the text alone, by us: a stock index that embeds a node again must not add these.
        "excluded_embed_metadata_keys": list(flat),
        "excluded_llm_metadata_keys": [],
        "relationships": {
            "1": {
                "node_id": passage.document,
                "node_type": None,
                "metadata": {},
                "hash": None,
                "class_name": "RelatedNodeInfo",
            }
        },
        "metadata_template": "{key}: {value}",
        "metadata_separator": "\n",
        "text": "",
        "mimetype": "text/plain",
        "start_char_idx": passage.span.start,
        "end_char_idx": passage.span.end,
        "text_template": "{metadata_str}\n\n{content}",
        "class_name": "TextNode",
    }
    return {
        **flat,
        "_node_content": json.dumps(node, ensure_ascii=False),
        "_node_type": "TextNode",
        "document_id": passage.document,
        "doc_id": passage.document,
        "ref_doc_id": passage.document,
    }


def _translated(error: Exception, folder: Path, *, writing: bool) -> Exception:
    line = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
    if writing or isinstance(error, OSError):
        return StorageError(f"cannot write {str(folder)!r} ({line}): free space or check its permissions")
    return IndexStaleError(f"the vectors at {str(folder)!r} cannot be read ({line}): run `assistant ingest` again")
