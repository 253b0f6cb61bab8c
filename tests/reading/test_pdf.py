"""PDFs with one oddity each, read from end to end."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.drawing import render_page
from assistant.backends.pdf import PdfParser
from assistant.errors import ParseError
from assistant.reading import check
from assistant.types import Document, Work
from tests.reading.pdfs import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Draw, justified, pdf, prose, write

FULL = RIGHT - LEFT


def read(data: bytes, title: str = "") -> Document:
    document = PdfParser().parse(data, Work(id="paper", title=title))
    check(document)
    return document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def body(canvas: Canvas, words: str, top: float = TOP, size: float = 11) -> float:
    return write(canvas, justified(words, FULL, size), top=top, size=size)


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column is read to its end before the right one begins, below a title over both."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["A Title Over Both Columns of This Page"], size=18, font="Helvetica-Bold")
        write(canvas, justified(prose("export", 5), 220), top=130)
        write(canvas, justified(prose("import", 5), 220), x=320, top=130)

    document = read(pdf(page))
    words = " ".join(text for kind, text in kinds(document) if kind == "paragraph")
    assert words == f"{prose('export', 5)} {prose('import', 5)}"
    assert kinds(document)[0] == ("title", "A Title Over Both Columns of This Page")


def test_running_head_and_page_number_are_not_text_but_label_the_page() -> None:
    """Heads that recur and numbers that count pages are left out; the number becomes the label."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["Journal of Trade"], top=40, size=9)
            write(canvas, [str(number)], x=500, top=40, size=9)
            body(canvas, prose(f"tariff{number}"))

        return draw

    document = read(pdf(page(7), page(8)))
    assert "Journal" not in document.text
    assert [p.label for p in document.pages] == ["7", "8"]
    assert document.pages[1].spans[0].slice(document.text).strip().startswith("The tariff8")


def test_first_page_without_a_number_has_no_label() -> None:
    """A label is what is printed: a page that prints none has none."""

    def page(number: int | None) -> Draw:
        def draw(canvas: Canvas) -> None:
            if number:
                write(canvas, [f"{number}   Trade Review"], top=40, size=9)
            body(canvas, prose(f"tariff{number}"))

        return draw

    document = read(pdf(page(None), page(2), page(3)))
    assert [p.label for p in document.pages] == [None, "2", "3"]


def test_soft_hyphen_is_removed_and_real_hyphen_kept() -> None:
    """A word broken by a soft hyphen is joined; a compound broken at its own hyphen keeps it."""

    def page(canvas: Canvas) -> None:
        write(
            canvas,
            [
                "The report says that world-class firms and world-class banks invest abroad and that their invest-",
                "ment flows have grown faster than in the past, since investment is what the banks finance: world-",
                "class suppliers follow them, and the U.S.-",
                "based plants of 2020-",
                "2024 are an example of such production.",
            ],
        )

    text = read(pdf(page)).text
    assert "their investment flows" in text
    assert "finance: world-class suppliers" in text
    assert "U.S.-based plants of 2020-2024 are" in text


def test_superscript_marks_are_tied_to_the_endnotes() -> None:
    """A raised figure is a mark and no text; it is tied to the note of its number."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified("Exports grew to 85 percent.^1^ Imports fell in 2020.^2^ " + prose("trade"), FULL))
        y = write(canvas, ["Endnotes"], top=y + 14, size=14, font="Helvetica-Bold")
        write(
            canvas, ["^1^ World Bank, Indicators (2020).", "^2^ Customs Service, Yearbook 7 (2021)."], top=y + 4, size=9
        )

    document = read(pdf(page))
    assert document.text.startswith("Exports grew to 85 percent. Imports fell in 2020. The trade")
    assert [(n.number, n.text) for n in document.notes] == [
        ("1", "World Bank, Indicators (2020)."),
        ("2", "Customs Service, Yearbook 7 (2021)."),
    ]
    assert [document.text[: n.marks[0]].rsplit(" ", 1)[-1] for n in document.notes] == ["percent.", "2020."]
    assert [s.path for s in document.sections] == [(), ("Endnotes",)]


def test_raised_figure_that_is_no_mark_stays_as_superscript() -> None:
    """An exponent is neither lost nor glued to the number before it."""
    text = read(pdf(lambda c: body(c, "The plant covers 40 km^2^ of land. " + prose("plant")))).text
    assert "40 km² of land" in text


def test_footnote_at_the_foot_is_a_note_and_the_sentence_goes_on_behind_it() -> None:
    """A sentence cut by the page break is one paragraph; the footnote between follows it."""

    def first(canvas: Canvas) -> None:
        y = body(
            canvas, prose("tariff", 4) + " The last sentence of this page was written in haste^1^ and it runs to the"
        )
        write(canvas, ["^1^ Haste is relative, says Smith (2019)."], top=max(y + 40, 650), size=8.5)

    def second(canvas: Canvas) -> None:
        body(canvas, "next page without a stop. " + prose("quota", 3))

    document = read(pdf(first, second))
    paragraph, note = kinds(document)[:2]
    assert "in haste and it runs to the next page without a stop." in paragraph[1]
    assert note == ("note", "Haste is relative, says Smith (2019).")
    assert document.text[: document.notes[0].marks[0]].endswith("haste")
    assert len(document.pages[0].spans) == 2


def test_footnotes_that_recur_are_not_taken_for_page_numbers() -> None:
    """Notes 4 and 5 with the same words at the foot of two pages are notes, not furniture."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            body(canvas, prose(f"tariff{number}", 4) + f" It was so.^{number}^")
            write(canvas, [f"^{number}^ Customs Act, section 7."], top=680, size=8.5)
            write(canvas, ["Trade Review"], top=740, size=9)

        return draw

    document = read(pdf(page(4), page(5)))
    assert [(n.number, n.text, len(n.marks)) for n in document.notes] == [
        ("4", "Customs Act, section 7.", 1),
        ("5", "Customs Act, section 7.", 1),
    ]
    assert "Trade Review" not in document.text


def test_author_note_between_the_halves_of_a_sentence_is_an_aside() -> None:
    """Small print at the foot of the first page does not cut the sentence above it."""

    def first(canvas: Canvas) -> None:
        body(canvas, prose("tariff", 4) + " On this occasion the ministers agreed that they would all of them")
        write(canvas, ["Dr. Jane Doe is Professor of Economics at the University of Somewhere."], top=680, size=8)

    document = read(pdf(first, lambda c: body(c, "come back in spring. " + prose("quota", 3))))
    found = kinds(document)
    assert "that they would all of them come back in spring." in found[0][1]
    assert found[1] == ("aside", "Dr. Jane Doe is Professor of Economics at the University of Somewhere.")


def draw_table(canvas: Canvas, top: float) -> None:
    rows = [["Sector", "2020", "2021"], ["Machines", "1,234 (5%)", "2,345"], ["Food", "", "17"]]
    xs, height = [100.0, 220.0, 320.0, 420.0], 18.0
    ys = [HEIGHT - top - i * height for i in range(len(rows) + 1)]
    canvas.grid(xs, ys)
    for r, row in enumerate(rows):
        write(canvas, [row[0]], x=xs[0] + 4, top=top + r * height + 13, size=10)
        for c in (1, 2):
            write(canvas, [row[c]], x=xs[c] + 4, top=top + r * height + 13, size=10)


def test_ruled_table_keeps_rows_columns_caption_and_unit() -> None:
    """A cell can be asked for by its row and column; an empty cell stays empty."""

    def page(canvas: Canvas) -> None:
        y = body(canvas, prose("tariff", 3))
        write(canvas, ["Table 2. Investment by sector (Unit: USD Million)"], top=y + 16, font="Times-Bold")
        draw_table(canvas, y + 30)
        body(canvas, "Source: Ministry of Trade.", top=y + 110, size=9)
        body(canvas, prose("quota", 3), top=y + 140)

    document = read(pdf(page))
    (table,) = document.tables
    assert (table.caption, table.unit, table.number) == (
        "Table 2. Investment by sector (Unit: USD Million)",
        "USD Million",
        "2",
    )
    assert [c.text for c in table.header] == ["Sector", "2020", "2021"]
    assert {(c.row, c.column): c.text for row in table.rows for c in row if c.column != "Sector"} == {
        ("Machines", "2020"): "1,234 (5%)",
        ("Machines", "2021"): "2,345",
        ("Food", "2020"): "",
        ("Food", "2021"): "17",
    }
    assert table.span.slice(document.text) == "Sector\t2020\t2021\nMachines\t1,234 (5%)\t2,345\nFood\t\t17"
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "caption", "table", "source", "paragraph"]


def test_table_without_rulings_is_found_by_its_columns() -> None:
    """Figures that stand below one another are cells, not sentences."""

    def page(canvas: Canvas) -> None:
        y = body(canvas, prose("tariff", 3)) + 20
        for row in (
            ["Year", "Revenue", "Outlay"],
            ["2020", "$4,242", "$5,507"],
            ["2021", "$4,476", "$5,591"],
            ["2022", "$4,606", "$5,676"],
        ):
            for x, cell in zip((100, 200, 300), row, strict=True):
                write(canvas, [cell], x=x, top=y)
            y += 14

    (table,) = read(pdf(page)).tables
    assert [c.text for c in table.header] == ["Year", "Revenue", "Outlay"]
    assert [(c.row, c.column, c.text) for c in table.rows[1]][1:] == [
        ("2021", "Revenue", "$4,476"),
        ("2021", "Outlay", "$5,591"),
    ]


def test_headings_nest_by_size() -> None:
    """A smaller heading below a larger one is its subsection."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, ["The Long Title of a Paper"], size=20, font="Helvetica-Bold")
        for size, heading in ((14, "Trade"), (12, "Exports"), (12, "Imports"), (14, "Finance")):
            y = write(canvas, [heading], top=y + 14, size=size, font="Helvetica-Bold")
            y = body(canvas, prose(heading.lower(), 2), top=y + 2)

    document = read(pdf(page))
    assert [s.path for s in document.sections] == [
        (),
        ("Trade",),
        ("Trade", "Exports"),
        ("Trade", "Imports"),
        ("Finance",),
    ]
    assert document.section_at(document.text.index("The imports of")) == ("Trade", "Imports")


def test_title_and_authors_come_from_the_file_where_the_work_lacks_them() -> None:
    """Sane metadata and the printed byline complete the work; what the caller knows stays."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["On the Wealth of Ports"], size=18, font="Helvetica-Bold")
        write(canvas, ["By Ann Lee and Bo Chen"], top=120)
        body(canvas, prose("port"), top=150)

    document = read(pdf(page, title="Microsoft Word - final2.docx", author="user1"))
    assert document.work.title == "On the Wealth of Ports"
    assert [str(a) for a in document.work.authors] == ["Ann Lee", "Bo Chen"]
    assert read(pdf(page), title="As Catalogued").work.title == "As Catalogued"


def test_sideways_page_is_read() -> None:
    """Text turned by a quarter is read as text, and its boxes lie on the page as shown."""

    def page(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 11)
        for i, line in enumerate(justified(prose("harbour"), 500)):
            canvas.drawString(80, 500 - 14 * i, line)

    document = read(pdf(page))
    assert document.text == prose("harbour")
    assert all(b.bottom - b.top > b.right - b.left for _, b in document.pages[0].boxes)


def test_korean_text_is_read() -> None:
    """Hangul comes out as it was set."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    sentence = "한국의 해외직접투자는 2020년 이후 크게 늘었다."

    def page(canvas: Canvas) -> None:
        canvas.setFont("HYSMyeongJo-Medium", 12)
        canvas.drawString(LEFT, 700, sentence)

    assert sentence in read(pdf(page)).text


def test_page_without_text_is_named_in_a_warning() -> None:
    """No page is silently empty."""
    document = read(pdf(lambda c: body(c, prose("tariff")), lambda c: None))
    assert document.warnings == ("page 2 without text",)
    assert len(document.pages) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"hello world, this is no PDF", "is not a PDF"),
        (b"%PDF-1.7\n%%EOF", "is broken"),
        (pdf(lambda c: None), "has no text"),
        (pdf(lambda c: body(c, "secret"), password="pass"), "is encrypted.*remove the password"),
    ],
)
def test_unreadable_files_say_why(data: bytes, message: str) -> None:
    """Each bad file is a ParseError of one line that says what is wrong."""
    with pytest.raises(ParseError, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_scan_asks_for_ocr() -> None:
    """A page that is only a picture is told apart from an empty one."""

    def page(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("RGB", (200, 200), "grey")), 100, 300, 300, 300)

    with pytest.raises(ParseError, match="OCR"):
        read(pdf(page))


def test_page_limit_is_told() -> None:
    """A huge file is cut with a warning instead of hanging."""
    data = pdf(*[lambda c: body(c, prose("tariff"))] * 4)
    document = PdfParser(max_pages=2).parse(data, Work("p", ""))
    assert len(document.pages) == 2
    assert document.warnings == ("only the first 2 of 4 pages were read",)


def test_page_is_drawn_with_boxes_marked() -> None:
    """The boxes of a sentence mark the place where it stands on the page's picture."""
    data = pdf(lambda c: body(c, prose("tariff")))
    document = read(data)
    box = document.pages[0].boxes[0][1]
    plain, marked = (Image.open(io.BytesIO(render_page(data, 0, 1.0, boxes))).convert("RGB") for boxes in ((), (box,)))
    changed = [
        (x, y)
        for x in range(plain.width)
        for y in range(plain.height)
        if plain.getpixel((x, y)) != marked.getpixel((x, y))
    ]
    assert changed
    assert all(box.left - 2 <= x <= box.right + 2 and box.top - 2 <= y <= box.bottom + 2 for x, y in changed)
    with pytest.raises(ParseError, match="no page 9"):
        render_page(data, 8)


def test_parser_gives_the_same_document_twice() -> None:
    """Reading depends on the bytes alone."""
    data = pdf(lambda c: body(c, prose("tariff")))
    assert read(data) == read(data)
