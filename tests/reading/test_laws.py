"""The laws of a Document, on anything that can be thrown at the readers."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.errors import ParseError
from assistant.reading import FileFacts, check, read_pages
from assistant.reading.chars import Char, PageChars, Ruling
from assistant.types import Document, Work

PIECES = st.sampled_from(
    ["Exports grew", "fell to 5.3 percent.", "\n", "\n\n", "\t", " ", "¹", "²³", "1. ", "- ", "* ", "**", "Endnotes\n\n", "# ", "| a | b |\n|---|---|\n",
     "| 1 | 2 |\n", "[^1]", "[^1]: note", "Table 1. X (Unit: %)", "Source: me", "\f", "수출", "-\n", "`", "<b>", "\\$", "](x)", "[y", "U.S.", "…"]
)  # fmt: skip


def sources() -> st.SearchStrategy[str]:
    return st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


def lawful(document: Document) -> None:
    check(document)
    for note in document.notes:
        assert (note.span is None) == (note.text is None)
    assert "\n\n\n" not in document.text


@given(sources())
def test_any_plain_text_gives_a_lawful_document(source: str) -> None:
    """Blocks, pages, sections, notes and cells fit the text, whatever the text is."""
    with contextlib.suppress(ParseError):
        lawful(PlainTextParser().parse(source.encode("utf-8", "replace"), Work("x", "")))


@given(sources())
def test_any_markdown_gives_a_lawful_document(source: str) -> None:
    """The same for Markdown, broken or not."""
    with contextlib.suppress(ParseError):
        lawful(MarkdownParser().parse(source.encode("utf-8", "replace"), Work("x", "")))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No exception but ParseError leaves a parser."""
    for parser in (PlainTextParser(), MarkdownParser()):
        with contextlib.suppress(ParseError):
            lawful(parser.parse(data, Work("x", "")))


WORDS = st.text(alphabet="abcZ19 .-,¹²()—한", min_size=1, max_size=30)
LINES = st.tuples(
    WORDS,
    st.floats(0, 500, width=32),
    st.floats(0, 800, width=32),
    st.sampled_from([6.0, 9.0, 11.0, 16.0]),
    st.booleans(),
)
RULINGS = st.tuples(st.integers(0, 10), st.integers(0, 10), st.integers(1, 10), st.booleans())


def page_of(
    index: int, lines: list[tuple[str, float, float, float, bool]], rulings: list[tuple[int, int, int, bool]]
) -> PageChars:
    page = PageChars(index, 612, 792)
    for words, x, y, size, bold in lines:
        for position, letter in enumerate(words):
            left = x + position * size * 0.5
            page.chars.append(Char(letter, left, left + size * 0.5, y, size, bold))
    for x, y, length, across in rulings:
        end = (x + length, y) if across else (x, y + length)
        page.rulings.append(Ruling(x * 50, y * 50, end[0] * 50, end[1] * 50))
    return page


@settings(max_examples=60)
@given(st.lists(st.tuples(st.lists(LINES, max_size=25), st.lists(RULINGS, max_size=12)), min_size=1, max_size=3))
def test_any_pages_give_a_lawful_document_that_keeps_every_letter(
    sheets: list[tuple[list[tuple[str, float, float, float, bool]], list[tuple[int, int, int, bool]]]],
) -> None:
    """Whatever stands where: the laws hold, and letters are neither lost (but for running heads) nor made."""
    pages = [page_of(i, lines, rulings) for i, (lines, rulings) in enumerate(sheets)]
    document = read_pages(pages, Work("x", ""), FileFacts())
    lawful(document)
    assert len(document.pages) == len(pages)
    given_letters = sorted(c.text for p in pages for c in p.chars if c.text.isalpha())
    kept = sorted(c for c in document.text if c.isalpha())
    assert not (set(kept) - set(given_letters))
    if len(pages) == 1:
        assert kept == given_letters
