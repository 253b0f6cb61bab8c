"""What the store keeps comes back exactly."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import StorageError, UsageError
from assistant.store.codec import FORMAT, decode, encode
from assistant.store.database import DocumentRecord, Store
from assistant.store.disk import storage_errors
from assistant.store.library import StoredLibrary
from assistant.store.memory import MemoryLibrary
from assistant.types import (
    Block,
    Box,
    Cell,
    Document,
    Note,
    Page,
    Passage,
    Person,
    Section,
    Span,
    Table,
    Work,
)

texts = st.text(max_size=20)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: Span(min(p), max(p)))
numbers = st.floats(allow_nan=False, allow_infinity=False)
maybe = st.none() | texts


def few(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


boxes = st.builds(Box, numbers, numbers, numbers, numbers)
cells = st.builds(Cell, texts, spans, texts, texts)
works = st.builds(
    Work,
    id=texts,
    title=texts,
    kind=st.sampled_from(["paper", "source", "digest"]),
    authors=few(st.builds(Person, texts, texts)),
    container=maybe,
    issued=maybe,
    doi=maybe,
    cites=few(texts),
)
documents = st.builds(
    Document,
    work=works,
    text=st.text(max_size=200),
    blocks=few(st.builds(Block, st.sampled_from(["title", "paragraph", "note"]), spans)),
    pages=few(st.builds(Page, st.integers(0, 9), maybe, few(spans), few(st.tuples(spans, boxes)))),
    sections=few(st.builds(Section, few(texts), spans)),
    notes=few(st.builds(Note, texts, maybe, st.none() | spans, few(st.integers(0, 99)), few(texts))),
    tables=few(st.builds(Table, texts, few(cells), few(few(cells)), maybe, spans, st.none() | spans, maybe)),
    media_type=texts,
    warnings=few(texts),
)


@given(documents)
def test_documents_come_back(document: Document) -> None:
    """Any document is equal to what is decoded from its JSON."""
    assert decode(Document, encode(document)) == document


@settings(max_examples=25)  # each example is seen through to the disk
@given(document=documents)
def test_documents_come_back_from_disk(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    """Any document is equal to what a library reads from a snapshot of the store, text and all."""
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder / "store.sqlite")
    store.keep_reading("file", "stat", "sha", "1", replace(document, work=Work("x", "y")))
    record = DocumentRecord(document.id, "file", store.digest("file", document.work), "e", "p")
    store.keep_document(record, document.work, [], np.zeros((0, 0), np.float32), [])
    store.snapshot(folder / "library.sqlite")
    store.close()
    library = StoredLibrary(folder / "library.sqlite")
    assert library.document(document.id) == document
    library.close()


@given(
    st.builds(
        lambda id, text: Passage(id, "d", "table", Span(0, len(text)), text, (), (1,), ("a",), text), texts, texts
    )
)
def test_passages_come_back(passage: Passage) -> None:
    """Any passage is equal to what is decoded from its JSON."""
    assert decode(Passage, encode(passage)) == passage


def test_format_names_the_layout() -> None:
    """The format is a short name that follows the fields of the nouns."""
    assert FORMAT.startswith("2-")


def test_a_document_is_one_transaction(tmp_path: Path) -> None:
    """A document that cannot be kept whole leaves its earlier version."""
    store = Store(tmp_path / "store.sqlite")
    work = Work("d", "T")
    store.keep_reading("file", "", "", "", Document(work, "ab", ()))
    passage = Passage("d:1", "d", "text", Span(0, 1), "a", (Span(0, 1),))
    row = np.ones((1, 2), np.float32)
    record = DocumentRecord("d", "file", "1", "e", "p")
    store.keep_document(record, work, [passage], row, [row])
    with storage_errors_expected(tmp_path):
        store.keep_document(
            replace(record, digest="2"), work, [passage, passage], np.ones((2, 2), np.float32), [row, row]
        )
    assert store.documents()["d"].digest == "1"
    assert store.passage_counts() == {"d": 1}
    store.close()


def storage_errors_expected(folder: Path) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(pytest.raises(StorageError, match="cannot write the index"))
    stack.enter_context(storage_errors(folder))
    return stack


@pytest.fixture(params=["memory", "stored"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryLibrary | StoredLibrary:
    document = Document(Work("d", "T"), "One. Two.", (Block("paragraph", Span(0, 9)),))
    held = Passage("d:1", "d", "text", Span(0, 9), document.text, (Span(0, 4), Span(5, 9)))
    rows = np.eye(2, 4, dtype=np.float32)
    if request.param == "memory":
        return MemoryLibrary([document], [held], {"d:1": rows}, [document.work])
    store = Store(tmp_path / "store.sqlite")
    store.keep_reading("file", "", "", "", document)
    store.keep_document(DocumentRecord("d", "file", "", "", ""), document.work, [held], rows[:1], [rows])
    store.keep_works([document.work])
    store.snapshot(tmp_path / "library.sqlite")
    store.close()
    return StoredLibrary(tmp_path / "library.sqlite")


def test_library(library: MemoryLibrary | StoredLibrary) -> None:
    """Every library gives documents, passages, sentence vectors and the catalogue by id."""
    assert library.document_ids() == ("d",)
    assert library.document("d").text == "One. Two."
    assert library.passage("d:1") == library.passages()[0]
    assert library.passage("d:1") is library.passage("d:1")
    assert np.array_equal(library.sentence_vectors("d:1"), np.eye(2, 4))
    assert library.works()[0].id == "d"


def test_library_does_not_know(library: MemoryLibrary | StoredLibrary) -> None:
    """What is not there is named in one line."""
    with pytest.raises(UsageError, match="no document 'x'"):
        library.document("x")
    with pytest.raises(UsageError, match="no passage 'x'"):
        library.passage("x")
    with pytest.raises(UsageError, match="no passage 'x'"):
        library.sentence_vectors("x")
