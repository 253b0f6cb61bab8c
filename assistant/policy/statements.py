"""The statements of a document: the sentences, list items and notes that a view looks at, with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text import language_of, sentences
from assistant.types import Block, BlockKind, Document, Language, Note, Span

READ: frozenset[BlockKind] = frozenset(("paragraph", "list", "quote", "aside"))


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document where it stands. `before` and `opener` are spans of the same document."""

    document: Document
    span: Span
    text: str
    """Its words with single spaces: for reading. Offsets into it are not offsets of the document."""
    kind: BlockKind
    block: Span
    section: tuple[str, ...]
    before: Span | None = None
    """The sentence before it in its paragraph."""
    opener: Span | None = None
    """Of a list item: the sentence, ending in a colon or directly before the list, that opens the list."""
    note: Note | None = None
    """The note that it is a sentence of."""

    @property
    def language(self) -> Language:
        return language_of(self.text)


def statements(document: Document, notes: bool = False) -> tuple[Statement, ...]:
    """In the order of the text; with `notes` those of the notes too. Titles, headings, captions and tables have none."""
    return tuple(_statements(document, notes))


def _statements(document: Document, notes: bool) -> Iterator[Statement]:
    opener: Span | None = None
    for block in document.blocks:
        if block.kind == "note":
            if notes:
                yield from _of_note(document, block)
            continue
        if block.kind not in READ:
            if block.kind == "heading":
                opener = None
            continue
        found = sentences(document.text, block.span)
        before: Span | None = None
        for span in found:
            yield Statement(
                document, span, flat(span.slice(document.text)), block.kind, block.span,
                document.section_at(span.start), before, opener if block.kind == "list" else None,
            )  # fmt: skip
            before = span
        if block.kind != "list":
            opener = found[-1] if found else None


def _of_note(document: Document, block: Block) -> Iterator[Statement]:
    note = next((n for n in document.notes if n.span is not None and block.span.overlaps(n.span)), None)
    before: Span | None = None
    for span in sentences(document.text, block.span):
        words = flat(span.slice(document.text))
        yield Statement(document, span, words, "note", block.span, document.section_at(span.start), before, None, note)
        before = span


def flat(text: str) -> str:
    """The words with single spaces between them."""
    return " ".join(text.split())
