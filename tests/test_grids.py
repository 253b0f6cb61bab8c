"""A view as a grid: terminal, CSV, Markdown and Word say the same, each cell with its places."""

from __future__ import annotations

import argparse
import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from markdown_it import MarkdownIt

from assistant.backends.exports.grids import GridForm, grid_file
from assistant.backends.text_files import MarkdownParser
from assistant.citations import cite
from assistant.cli import views
from assistant.errors import UsageError
from assistant.render.grid import Grid, GridCell, grid_csv, grid_text
from assistant.render.lines import columns
from assistant.render.spreadsheets import csv_file
from assistant.text import sentences
from assistant.types import Citation, Document, Person, Work

TEXT = """# Ports of Marenland

## Berths

The Harbour Board should auction night berths. It must publish | the waiting time of every ship. 정부는 선석 경매를 해야 한다.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    work = Work(id="ports", title="Ports of Marenland", issued="2024-05", authors=(Person("Quay", "Ilse"),))
    return MarkdownParser().parse(TEXT.encode(), work)


@pytest.fixture(scope="module")
def cited(document: Document) -> list[Citation]:
    block = next(b for b in document.blocks if b.kind == "paragraph")
    return [cite(document, span, 0) for span in sentences(document.text, block.span)]


@pytest.fixture
def grid(cited: list[Citation]) -> Grid:
    rows = [
        (GridCell(str(n)), GridCell(c.quote, (c,), quoted=True), GridCell("must", (c,)), GridCell("=1+1"))
        for n, c in enumerate(cited)
    ]
    return Grid("Recommendations", ("No", "What", "Strength", "Remark"), tuple(rows), ("A notice.",), origin="From X.")


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


class TestTerminal:
    @pytest.mark.parametrize("width", [40, 60, 96, 140])
    def test_width(self, grid: Grid, width: int) -> None:
        """No line is wider than the width, Hangul counted as two columns, and no word of a cell is lost."""
        told = grid_text(grid, width)
        assert max(columns(line) for line in told.splitlines()) <= width
        assert {w for row in grid.rows for w in row[1].text.split()} <= set(re.findall(r"[^\s“”]+", told))

    def test_columns_or_rows(self, grid: Grid) -> None:
        """Side by side where there is room, else one under another with the headings beside the cells."""
        assert "│" in grid_text(grid, 120)
        narrow = grid_text(grid, 36)
        assert "│" not in narrow
        assert re.search(r"(?m)^Strength\s+must", narrow)

    def test_long_word(self) -> None:
        """A word that is wider than its column is broken."""
        told = grid_text(Grid("T", ("A", "B"), ((GridCell("x" * 200), GridCell("가" * 90)),)), 60)
        assert max(columns(line) for line in told.splitlines()) <= 60
        assert told.count("x") == 200

    def test_places(self, grid: Grid) -> None:
        """A place is marked once in a row, and named below with its title, date and section; words that stand in a cell
        are not said again."""
        told = grid_text(grid, 120)
        assert told.count("[1]") == 2
        below = told[told.index("── Places") :]
        assert "Ports of Marenland (2024-05), Berths" in below
        assert "auction" not in below
        assert "[1]" not in grid_text(grid, 120, places=False)

    def test_empty(self) -> None:
        """Without rows the title and notices stand alone."""
        assert grid_text(Grid("T", ("A",), (), ("Nothing found.",))) == "T\n\nNothing found."


class TestCsv:
    def test_places(self, grid: Grid, cited: list[Citation]) -> None:
        """Behind the columns stand document, page, first and last character and the words, once where all cells of a row
        stand at one place."""
        head, first, *_ = rows_of(grid_csv(grid))
        assert head == ["No", "What", "Strength", "Remark", "document", "page", "start", "end", "words"]
        where = cited[0].span
        assert first[4:] == ["ports", "", str(where.start), str(where.end), cited[0].quote]

    def test_columns_of_places(self, cited: list[Citation]) -> None:
        """Where cells of a row stand at different places, each column has its own, named by it; several are parted."""
        row = (GridCell("a", (cited[0],)), GridCell("b", (cited[1], cited[2])))
        head, first = rows_of(grid_csv(Grid("T", ("One", "Two"), (row,))))
        assert head[2:4] == ["One: document", "One: page"]
        assert head[7] == "Two: document"
        assert first[7] == "ports"
        assert first[9] == f"{cited[1].span.start}; {cited[2].span.start}"

    def test_no_formula(self) -> None:
        """No cell can begin a formula, in any column; a negative number stays a number."""
        cells = ["=1+1", "+1", "-x", "@a", "a; =b", "-3.5", "|x"]
        ((*told,),) = rows_of(csv_file([cells]))
        assert told == ["'=1+1", "'+1", "'-x", "'@a", "a; '=b", "-3.5", "'|x"]

    def test_mark(self, grid: Grid) -> None:
        """The file begins with the mark by which Excel knows Korean."""
        assert grid_csv(grid).startswith(b"\xef\xbb\xbf")


class TestMarkdown:
    def test_table(self, grid: Grid, document: Document) -> None:
        """A table that other readers read, each cell whole, though it holds a bar; a footnote a place, with its words."""
        text = grid_file(grid, "markdown", {"ports": document.work}).decode()
        tokens = MarkdownIt().enable("table").parse(text)
        cells = [t.content for t in tokens if t.type == "inline" and t.level == 4]
        assert len(cells) == 16
        assert any("publish | the waiting time" in c.replace("\\|", "|") for c in cells)
        assert re.search(r"(?m)^\[\^1\]: Ilse Quay,.*2024.*Berths.*“The Harbour Board should auction", text)
        assert (
            set(re.findall(r"(?m)^\[\^(\d)\]:", text)) == set(re.findall(r"\[\^(\d)\](?!:)", text)) == {"1", "2", "3"}
        )

    def test_literal(self) -> None:
        """Foreign words draw nothing: no link, no picture, no further column."""
        cell = GridCell("[x](http://evil.example) ![y](z) <b>| `c` http://a.example/p|q")
        html = (
            MarkdownIt().enable("table").render(grid_file(Grid("T", ("A", "B"), ((cell, cell),)), "markdown").decode())
        )
        assert "<a " not in html
        assert "<img" not in html
        assert "<b>" not in html
        assert html.count("<td>") == 2


class TestWord:
    def test_table(self, grid: Grid) -> None:
        """A real table, its head repeated on each page, on a page laid on its side where there are many columns."""
        file = WordDocument(io.BytesIO(grid_file(grid, "word")))
        (table,) = file.tables
        assert [c.text for c in table.rows[0].cells] == list(grid.columns)
        assert table.rows[1].cells[1].text == f"“{grid.rows[0][1].text}”"
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        section = file.sections[0]
        assert section.page_width is not None
        assert section.page_height is not None
        assert section.page_width > section.page_height
        narrow = Grid("T", ("A",), ((GridCell("a"),),))
        upright = WordDocument(io.BytesIO(grid_file(narrow, "word"))).sections[0]
        assert upright.page_width is not None
        assert upright.page_height is not None
        assert upright.page_width < upright.page_height

    def test_footnotes(self, grid: Grid) -> None:
        """Each mark calls its note, and the note has the quoted words; the same grid gives the same bytes."""
        data = grid_file(grid, "word")
        assert data == grid_file(grid, "word")
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            body, notes = (file.read(f"word/{n}.xml").decode() for n in ("document", "footnotes"))
        assert re.findall(r'footnoteReference w:id="(\d)"', body) == ["1", "2", "3"]
        assert "정부는 선석 경매를 해야 한다." in notes


class TestOptions:
    def given(self, *arguments: str) -> argparse.Namespace:
        parser = argparse.ArgumentParser()
        views.options(parser)
        return parser.parse_args(arguments)

    def test_written(self, grid: Grid, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each file that is asked for is written, and said on standard error."""
        names: dict[GridForm, str] = {"csv": "t.csv", "markdown": "t.md", "word": "t.docx"}
        given = self.given(*(x for f, n in names.items() for x in (f"--{f}", str(tmp_path / n))))
        views.deliver(grid, given)
        assert {p.name for p in tmp_path.iterdir()} == set(names.values())
        for form, name in names.items():
            assert (tmp_path / name).read_bytes() == grid_file(grid, form)
        assert capsys.readouterr().err.count("written:") == 3

    def test_ending(self, grid: Grid, tmp_path: Path) -> None:
        """A file that would bear the ending of another format is refused."""
        with pytest.raises(UsageError, match=r"--csv does not write a \.docx file: name it 't\.csv'"):
            views.deliver(grid, self.given("--csv", str(tmp_path / "t.docx")))

    def test_nothing(self, grid: Grid) -> None:
        """Without options nothing is written."""
        assert not views.wanted(self.given())
