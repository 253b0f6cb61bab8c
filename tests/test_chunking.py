"""The laws of passages, over documents of any shape."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chunking import CountTokens, passages, table_context
from assistant.retrieval import passage_text
from assistant.text import sentences
from assistant.types import Block, BlockKind, Cell, Document, Note, Page, Section, Span, Table, Work


def by_words(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", text)) + 2


def by_letters(text: str) -> int:
    """Long words cost more, as they do where a model has no piece for them."""
    return sum((len(w) + 3) // 4 for w in re.findall(r"\S+", text))


SENTENCE = st.lists(st.sampled_from("trade exports Korea rose in 2024 USD 3.5 percent (U.S.) a,b 수출은 늘었다 https://a.b/c".split()), min_size=1, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)  # fmt: skip
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
LONG = st.integers(1, 90).map(lambda n: "word" * n) | st.integers(5, 60).map(
    lambda n: "very " * n + "long;" + " and so on," * n
)
PROSE_KINDS: list[BlockKind] = [
    "title",
    "byline",
    "paragraph",
    "paragraph",
    "list",
    "caption",
    "source",
    "note",
    "aside",
]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Headings, paragraphs, tables and notes in any order, each in a block of its own."""
    text, blocks, sections, tables, notes = "", [], [], [], []
    opened: tuple[int, str] | None = None
    for i in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from([*PROSE_KINDS, "heading", "table"]))
        start = len(text)
        if kind == "table":
            rows = draw(
                st.lists(
                    st.tuples(st.sampled_from(["Vietnam", "Chile", "EU"]), st.integers(0, 9999)),
                    min_size=1,
                    max_size=12,
                )
            )
            caption = draw(st.sampled_from(["", "Table 1. Investment", "A caption of many words " * 6]))
            lines = [("Country", "2023"), *((name, f"{n:,}") for name, n in rows)]
            cells = []
            for line in lines:
                at, made = len(text), []
                for j, cell in enumerate(line):
                    made.append(Cell(cell, Span(at, at + len(cell)), line[0], lines[0][j]))
                    at += len(cell) + 1
                cells.append(tuple(made))
                text += "\t".join(line) + "\n"
            tables.append(Table(caption, cells[0], tuple(cells[1:]), None, Span(start, len(text) - 1)))
            text = text[:-1]
        else:
            text += draw(PARAGRAPH | LONG)
            if kind == "note":
                notes.append(Note(str(i), text[start:], Span(start, len(text)), ()))
        blocks.append(Block(kind, Span(start, len(text))))
        if kind == "heading":
            if opened:
                sections.append(Section((opened[1],), Span(opened[0], start)))
            opened = (start, f"Heading {i}")
        text += draw(st.sampled_from(["\n\n", "\n", " \n"]))
    if opened:
        sections.append(Section((opened[1],), Span(opened[0], len(text))))
    cut = draw(st.integers(0, len(text)))
    pages = (Page(0, "1", (Span(0, cut),)), Page(1, "2", (Span(cut, len(text)),)))
    return Document(Work("doc", "T"), text, tuple(blocks), pages, tuple(sections), tuple(notes), tuple(tables))


LABELS = ("title", "byline", "caption", "source")
COUNTERS = st.sampled_from([by_words, by_letters])
LIMITS = st.integers(8, 60)


class TestLaws:
    @given(documents(), COUNTERS, LIMITS)
    @settings(max_examples=60)
    def test_slices_that_fit(self, document: Document, count: CountTokens, limit: int) -> None:
        """A passage is its slice of the text and, with its context, no longer than the embedder reads."""
        for p in passages(document, count, limit):
            assert p.text == p.span.slice(document.text)
            assert p.text.strip() == p.text != ""
            assert count(passage_text(p)) <= limit
            assert p.pages == tuple(page.index for page in document.pages_of(p.span))

    @given(documents(), COUNTERS, LIMITS)
    @settings(max_examples=60)
    def test_nothing_is_lost_or_doubled(self, document: Document, count: CountTokens, limit: int) -> None:
        """Every character that is neither white space nor heading is in exactly one passage, in order."""
        found = passages(document, count, limit)
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))
        held = [i for p in found for s in p.sentences for i in range(s.start, s.end)]
        assert len(held) == len(set(held))
        for block in document.blocks:
            for i in range(block.span.start, block.span.end):
                assert document.text[i].isspace() or (i in held) == (block.kind != "heading")

    @given(documents(), COUNTERS, LIMITS)
    @settings(max_examples=60)
    def test_sentences_are_whole(self, document: Document, count: CountTokens, limit: int) -> None:
        """No passage ends inside a sentence that a passage could have held; a label is one piece where it fits."""
        found = passages(document, count, limit)
        for block in document.blocks:
            if block.kind in ("heading", "table"):
                continue
            for s in sentences(document.text, block.span):
                if count(s.slice(document.text)) <= limit:
                    assert sum(p.span.overlaps(s) for p in found) == 1
                    assert any(s in p.sentences or (block.kind in LABELS and block.span in p.sentences) for p in found)

    @given(documents(), COUNTERS, LIMITS)
    @settings(max_examples=60)
    def test_kinds_and_sections_apart(self, document: Document, count: CountTokens, limit: int) -> None:
        """No passage mixes sections, or prose with a table, note, caption or front matter."""
        for p in passages(document, count, limit):
            blocks = [b for b in document.blocks if b.span.overlaps(p.span)]
            assert {document.section_at(b.span.start) for b in blocks} == {p.section}
            kinds = {"text" if b.kind in ("paragraph", "list") else b.kind for b in blocks}
            assert len(kinds) == 1
            assert len(blocks) == 1 or kinds == {"text"}
            assert (p.kind == "table") == (kinds == {"table"})

    @given(documents(), COUNTERS, LIMITS)
    @settings(max_examples=60)
    def test_ids(self, document: Document, count: CountTokens, limit: int) -> None:
        """Ids are unique in a document, and the same whenever it is cut again."""
        found = passages(document, count, limit)
        assert len({p.id for p in found}) == len(found)
        assert found == passages(document, count, limit)

    @given(documents())
    @settings(max_examples=20)
    def test_rows_with_their_headers(self, document: Document) -> None:
        """A table's passages hold whole rows and carry its caption and header where they fit."""
        for p in passages(document, by_words, 200):
            if p.kind == "table":
                table = next(t for t in document.tables if t.span.overlaps(p.span))
                assert p.context == table_context(table)
                assert p.text.split("\n") == [s.slice(document.text) for s in p.sentences]


def paper(*parts: tuple[BlockKind, str]) -> Document:
    text, blocks = "", []
    for kind, words in parts:
        blocks.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words + "\n\n"
    return Document(Work("p", "T"), text, tuple(blocks))


def test_few_and_full() -> None:
    """Paragraphs share a passage while they fit: no more passages than needed by much."""
    document = paper(*(("paragraph", "Exports rose in the first half of the year.") for _ in range(12)))
    found = passages(document, by_words, 60)
    assert 2 <= len(found) <= 3 + len(document.text) // 200


def test_a_changed_word_changes_the_id() -> None:
    """Another text, place or context is another passage."""
    ids = {
        passages(paper(("paragraph", t)), by_words, 60)[0].id
        for t in ("Exports rose.", "Exports fell.", "Exports rose. ")
    }
    assert len(ids) == 2
    assert passages(paper(("paragraph", "A b."), ("paragraph", "Exports rose.")), by_words, 60)[0].id not in ids


def test_references_are_known() -> None:
    """A passage of nothing but bibliographic entries is a reference."""
    entry = "World Bank, “World Development Indicators,” https://data.worldbank.org, accessed May 3, 2024."
    kinds = [
        p.kind
        for p in passages(paper(("note", entry), ("note", "Exports rose in every year of the decade.")), by_words, 60)
    ]
    assert kinds == ["reference", "note"]


def test_an_overlong_sentence_is_cut_at_its_clauses() -> None:
    """A sentence that no passage can hold is cut at a clause boundary, not inside a word."""
    words = "; ".join(["exports of goods and of services rose in the year"] * 8) + "."
    found = passages(paper(("paragraph", words)), by_words, 30)
    assert all(p.text.endswith((";", ".")) for p in found)


def test_an_empty_document_has_none() -> None:
    """A document without text, or of headings only, has no passages."""
    assert passages(paper(), by_words, 30) == passages(paper(("heading", "Trade")), by_words, 30) == ()
