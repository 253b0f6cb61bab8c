"""Small libraries in memory: true parts, no patching."""

from __future__ import annotations

from assistant.backends.embedders import HashingEmbedder
from assistant.backends.text_files import MarkdownParser
from assistant.chunking import passages
from assistant.pipeline import Assistant
from assistant.retrieval import (
    DenseRetriever,
    HybridRetriever,
    LexicalRetriever,
    passage_terms,
    passage_text,
    sentence_texts,
)
from assistant.store.memory import ExactIndex, MemoryLibrary, PlainLexicalIndex
from assistant.types import Document, Person, Work


def paper(
    id: str, title: str, body: str, *, authors: tuple[Person, ...] = (), issued: str | None = None, **fields: object
) -> Document:
    """A document read from Markdown, as a corpus would hold it."""
    work = Work(id, title, authors=authors, issued=issued, **fields)  # type: ignore[arg-type]  # a Work's fields by name
    return MarkdownParser().parse(f"# {title}\n\n{body}\n".encode(), work)


def chain(*documents: Document, works: tuple[Work, ...] | None = None) -> Assistant:
    """The whole chain over these documents, with the hashing embedder and plain indexes."""
    embedder = HashingEmbedder()
    found = [p for d in documents for p in passages(d, embedder.count_tokens, 256)]
    vectors = {p.id: embedder.embed_passages(sentence_texts(p)) for p in found}
    rows = embedder.embed_passages([passage_text(p) for p in found])
    recorded = works if works is not None else [d.work for d in documents]
    by_id = dict(zip([p.id for p in found], rows, strict=True))
    library = MemoryLibrary(documents, found, vectors, recorded, vectors=by_id)
    lexical, dense = PlainLexicalIndex(), ExactIndex()
    lexical.add((p.id, passage_terms(p)) for p in found)
    dense.add(found, rows)
    retriever = HybridRetriever(LexicalRetriever(lexical, library), DenseRetriever(dense, embedder, library), library)
    return Assistant(library, retriever, embedder, index="memory")
