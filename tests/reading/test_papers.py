"""The two papers, as PDF and as text: both must give the same words, notes and cells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.backends.pdf import PdfParser
from assistant.backends.text_files import PlainTextParser
from assistant.reading import check
from assistant.text import sentences
from assistant.types import Document, Work

PAPERS = Path(__file__).resolve().parents[2] / "../shared/papers"
pytestmark = pytest.mark.skipif(not PAPERS.is_dir(), reason="the two papers (../shared/papers) are not on this machine")

_FOLD = str.maketrans("’‘“”", "''\"\"")


def load(name: str) -> tuple[Document, Document]:
    """(from the PDF, from the text)."""
    work = Work(name, "")
    pdf = PdfParser().parse((PAPERS / f"{name}.pdf").read_bytes(), work)
    text = PlainTextParser().parse((PAPERS / f"{name}.txt").read_bytes(), work)
    check(pdf)
    check(text)
    return pdf, text


@pytest.fixture(scope="module")
def bark() -> tuple[Document, Document]:
    return load("bark-kwak-2026")


@pytest.fixture(scope="module")
def han() -> tuple[Document, Document]:
    return load("han-2026")


def fold(words: str) -> str:
    return re.sub(r"\s+", " ", words.translate(_FOLD)).replace("\\", "")


def body(document: Document) -> list[str]:
    return [
        fold(s.slice(document.text))
        for b in document.blocks
        if b.kind in ("paragraph", "heading", "note", "table")
        for s in sentences(document.text, b.span)
    ]


@pytest.mark.parametrize("paper", ["bark", "han"])
def test_pdf_and_text_give_the_same_sentences(paper: str, request: pytest.FixtureRequest) -> None:
    """Page breaks, columns, figures, notes and line ends leave no trace: the sentences are the same, in order."""
    pdf, text = request.getfixturevalue(paper)
    assert body(pdf) == body(text)


def test_all_marks_are_tied_in_order(bark: tuple[Document, Document]) -> None:
    """Marks 1 to 54 stand in order behind the same words in both files, and none is left in the text."""
    for document in bark:
        assert [n.number for n in document.notes] == [str(i) for i in range(1, 55)]
        marks = [mark for n in document.notes for mark in n.marks]
        assert len(marks) == 54
        assert marks == sorted(marks)
        assert not re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹]", document.text)
    pdf, text = bark

    def before(document: Document) -> list[str]:
        return [fold(document.text[max(0, m - 30) : m]) for n in document.notes for m in n.marks]

    assert before(pdf) == before(text)


def test_tables_are_the_same_cell_for_cell(bark: tuple[Document, Document]) -> None:
    """Both tables have every cell with its row and column, and the unit."""
    for document in bark:
        assert [t.number for t in document.tables] == ["1", "2"]
        cells = {(c.row, c.column): c.text for row in document.tables[1].rows for c in row}
        assert cells["Chemicals", "2022"] == "3,020 (13.7%)"
        assert document.tables[1].unit == "USD Million"
        assert [c.text for c in document.tables[0].rows[0]] == ["0.941", "0.842", "0.773", "0.940", "0.941"]


def test_furniture_is_gone_and_labels_are_what_is_printed(
    bark: tuple[Document, Document], han: tuple[Document, Document]
) -> None:
    """Running heads and footers are not text; the page without a printed number has no label."""
    assert [p.label for p in bark[0].pages] == [None, *map(str, range(2, 15))]
    assert [p.label for p in han[0].pages] == ["1", "2"]
    assert "KIEP Opinions" not in han[0].text
    assert not re.search(r"External Economic Development Strategy \d|\d+ Korea Policy$", bark[0].text, re.MULTILINE)


def test_first_page_sentence_goes_on_behind_the_author_note(bark: tuple[Document, Document]) -> None:
    """The sentence that the first page cuts is one, on two pages; the note follows it as an aside."""
    document = bark[0]
    cut = next(i for i, b in enumerate(document.blocks) if len(document.pages_of(b.span)) == 2)
    assert [p.index for p in document.pages_of(document.blocks[cut].span)] == [0, 1]
    assert document.blocks[cut + 1].kind == "aside"


def test_sections_title_and_authors(bark: tuple[Document, Document], han: tuple[Document, Document]) -> None:
    """Headings give nested sections by their size; title and authors come from the file."""
    paths = [s.path for s in bark[0].sections]
    assert len(paths) == 8
    assert [len(p) for p in paths] == [0, 1, 1, 1, 2, 2, 2, 1]
    assert paths[-1] == ("Endnotes",)
    assert (
        [str(a) for a in bark[0].work.authors]
        == [str(a) for a in bark[1].work.authors]
        == ["Taeho Bark", "Dongchul Kwak"]
    )
    assert [str(a) for a in han[0].work.authors] == [str(a) for a in han[1].work.authors] == ["Hyoungmin Han"]
    assert fold(bark[0].work.title) == fold(bark[1].work.title)
