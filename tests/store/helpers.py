"""A small corpus and true, counting parts to ingest it with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.backends.embedders import HashingEmbedder
from assistant.corpus import assign, bare_work, discover, read_catalog, shingles, twins
from assistant.errors import ParseError
from assistant.protocols import Library, Vectors
from assistant.store.ingest import Recipe, Unread, build
from assistant.store.memory import ExactIndex, PlainLexicalIndex
from assistant.types import Block, Document, IngestReport, Passage, SourceFile, Span

TEXTS = {
    "papers/alpha.txt": "Alpha paper title\n\nKorea signed agreements. They cover many countries.\n\nTrade grew quickly.",
    "papers/beta.txt": "Beta paper title\n\nInvestment rose in 2023. Batteries led it.",
    "digests/gamma.txt": "Gamma digest title\n\nA digest restates a paper.",
}


@dataclass
class Parser:
    """The first line is the title, the rest are paragraphs; counts what it reads."""

    calls: list[str] = field(default_factory=list)

    def __call__(self, unread: Iterable[Unread]) -> Iterator[tuple[SourceFile, Document | str]]:
        for each in unread:
            try:
                yield each.file, self.read(each.file, each.data)
            except ParseError as error:
                yield each.file, str(error)

    def read(self, file: SourceFile, data: bytes) -> Document:
        self.calls.append(file.name)
        if data.startswith(b"BROKEN"):
            raise ParseError(f"{file.name} is broken: get it anew")
        text = data.decode()
        blocks = tuple(Block("paragraph", Span(*m.span())) for m in re.finditer(r"[^\n]+", text))
        work = replace(bare_work(file), title=blocks[0].span.slice(text) if blocks else "")
        media = "application/pdf" if file.name.endswith(".pdf") else "text/plain"
        return Document(work=work, text=text, blocks=blocks, media_type=media)


@dataclass
class CountingEmbedder(HashingEmbedder):
    """A hashing embedder that remembers which texts it was given."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        return super().embed_passages(texts)


class FileVectors(ExactIndex):
    """Exact neighbours over vectors in a file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(json.loads((folder / "ids.json").read_text()), np.load(folder / "vectors.npy"))

    def close(self) -> None:
        """Nothing to let go of."""


def write_vectors(folder: Path, library: Library, passages: Sequence[Passage], vectors: Vectors) -> None:
    folder.mkdir()
    (folder / "ids.json").write_text(json.dumps([p.id for p in passages]))
    np.save(folder / "vectors.npy", vectors)


def write_lexical(folder: Path, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
    folder.mkdir()
    (folder / "entries.json").write_text(json.dumps([(id, list(terms)) for id, terms in entries]))


def open_lexical(folder: Path) -> PlainLexicalIndex:
    index = PlainLexicalIndex()
    index.add([(id, terms) for id, terms in json.loads((folder / "entries.json").read_text())])
    return index


def cut(document: Document) -> list[Passage]:
    """A passage a paragraph."""
    found = []
    for block in document.blocks:
        text = block.span.slice(document.text)
        ends = [m.end() for m in re.finditer(r"\.(?=\s|$)", text)] or [len(text)]
        starts = [0, *ends[:-1]]
        sentences = tuple(Span(s, e).shift(block.span.start) for s, e in zip(starts, ends, strict=True))
        id = f"{document.id}:{block.span.start}:{hash_of(text)}"
        found.append(Passage(id, document.id, "text", block.span, text, sentences, section=(document.work.title,)))
    return found


def hash_of(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:8]


def recipe(**changes: object) -> Recipe:
    made = Recipe(
        read=Parser(),
        parser="test-1",
        assign=assign,
        twins=twins,
        shingles=shingles,
        cut=cut,
        embedder=CountingEmbedder(),
        preparation="test-1",
        terms=lambda passage: re.findall(r"\w+", passage.text.lower()),
        lexical="test-1",
        write_vectors=write_vectors,
        open_vectors=FileVectors,
        write_lexical=write_lexical,
        open_lexical=open_lexical,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # each test names fields with their types


@dataclass
class Place:
    """A corpus and its index in a temporary folder."""

    corpus: Path
    index: Path

    def ingest(self, with_: Recipe | None = None, **options: object) -> IngestReport:
        files, works = discover(self.corpus).files, read_catalog(self.corpus)
        return build(self.index, files, works, with_ or recipe(), **options)  # type: ignore[arg-type]  # as above

    def write(self, name: str, text: str | bytes) -> None:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def place(root: Path) -> Place:
    made = Place(root / "corpus", root / "index")
    for name, text in TEXTS.items():
        made.write(name, text)
    return made


def statuses(report: IngestReport) -> dict[str, str]:
    return {f.path: f.status for f in report.files}


def words(library: Library) -> Iterator[str]:
    return (p.text for p in library.passages())
