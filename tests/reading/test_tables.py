"""Tables on pages: cells, spans, headers, units and notes, over pages, and what is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.lib.colors import lightgrey
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.reading.assembly import FileFacts
from assistant.reading.markup import Item, ItemCell, read_markup
from assistant.reading.tables.units import unit_in
from assistant.types import Document, Table, Work
from tests.reading.pdfs import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Draw, justified, pdf, prose, write

FULL = RIGHT - LEFT
XS = (90.0, 210.0, 290.0, 370.0, 450.0, 530.0)


def read(*pages: Draw) -> Document:
    document = PdfParser().parse(pdf(*pages), Work("paper", ""))
    check(document)
    return document


def cells(table: Table) -> dict[tuple[str, str], str]:
    """(row, column) -> text of the cells that are no labels."""
    return {(c.row, c.column): c.text for row in table.rows for c in row if c.text and c.text not in c.row.split(" › ")}


def rows_at(canvas: Canvas, rows: Sequence[Sequence[str]], top: float, step: float = 15, right: bool = False) -> float:
    """Rows of cells at the columns of `XS`; figures flush right in their column where `right`."""
    for row in rows:
        for c, cell in enumerate(row):
            canvas.setFont("Times-Roman", 10)
            if right and c:
                canvas.drawRightString(XS[c] + 50, HEIGHT - top, cell)
            else:
                canvas.drawString(XS[c], HEIGHT - top, cell)
        top += step
    return top


def rule(canvas: Canvas, top: float, left: float = XS[0] - 4, right: float = XS[-1]) -> None:
    canvas.line(left, HEIGHT - top, right, HEIGHT - top)


def booktabs(canvas: Canvas, top: float, rows: Sequence[Sequence[str]], head: int = 1, **style: bool) -> float:
    """The style of papers: a line above, one below the header, one at the end."""
    rule(canvas, top)
    rows_at(canvas, rows[:head], top + 12, **style)
    rule(canvas, top + 15 * head + 2)
    end = rows_at(canvas, rows[head:], top + 15 * head + 16, **style)
    rule(canvas, end - 9)
    return end + 4


def body(canvas: Canvas, words: str, top: float = TOP) -> float:
    return write(canvas, justified(words, FULL), top=top)


SALES = [["Country", "2021", "2022"], ["Vietnam", "5,237", "6,512"], ["Chile", "(310)", "295.5"], ["Norway", "", "88%"]]


def test_lines_above_and_below_alone_make_a_table() -> None:
    """The three lines of a printed table bound it; its columns come from the gaps, an empty cell stays empty."""

    def page(canvas: Canvas) -> None:
        end = booktabs(canvas, body(canvas, prose("tariff", 3)) + 10, SALES, right=True)
        body(canvas, prose("quota", 3), end + 30)

    (table,) = read(page).tables
    assert [c.text for c in table.header] == ["Country", "2021", "2022"]
    assert [[c.text for c in row] for row in table.rows] == SALES[1:]
    assert cells(table)["Chile", "2021"] == "(310)"


def test_heading_over_several_columns_names_each_of_them() -> None:
    """A heading that spans two columns is part of the names of both; it stands once and says what it spans."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 10
        rule(canvas, top)
        canvas.setFont("Times-Roman", 10)
        for c, word in ((1, "Exports"), (3, "Imports")):
            middle = (XS[c] + XS[c + 1] + 22) / 2
            canvas.drawCentredString(middle, HEIGHT - top - 12, word)
            rule(canvas, top + 15, XS[c], XS[c + 1] + 30)
        rows_at(canvas, [["Country", "2021", "2022", "2021", "2022"]], top + 28)
        rule(canvas, top + 32)
        end = rows_at(canvas, [["Chile", "11", "12", "13", "14"], ["Peru", "21", "22", "23", "24"]], top + 45)
        rule(canvas, end - 9)

    (table,) = read(page).tables
    columns = ["Country", "Exports › 2021", "Exports › 2022", "Imports › 2021", "Imports › 2022"]
    assert [c.column for c in table.header] == columns
    assert [c.text for c in table.header[1:]] == ["2021", "2022", "2021", "2022"]
    assert cells(table)["Peru", "Imports › 2021"] == "23"


def test_line_alone_heads_the_rows_below_it() -> None:
    """A label without figures names the group of the rows under it, up to the next one."""
    rows = [["", "2021", "2022"], ["Asia", "", ""], ["Korea", "1", "2"], ["Japan", "3", "4"], ["Europe", "", ""],
            ["Norway", "5", "6"], ["Malta", "7", "8"], ["Total", "16", "20"]]  # fmt: skip
    (table,) = read(lambda c: booktabs(c, body(c, prose("tariff", 3)) + 10, rows)).tables
    found = cells(table)
    assert found["Asia › Korea", "2022"] == "2"
    assert found["Europe › Malta", "2021"] == "7"
    assert found["Total", "2022"] == "20"


def test_cells_of_several_lines_are_one_cell() -> None:
    """Lines without space between them belong to one row; words alone make a table where lines bound it."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 10
        rule(canvas, top)
        rows_at(canvas, [["Program", "Funding", "Purpose"]], top + 12)
        rule(canvas, top + 17)
        top += 31
        for name, lines in (
            ("Loan program", ["Provides loans to", "eligible lenders."]),
            ("Grant program", ["Provides grants to", "producers in rural", "areas."]),
            ("Research", ["Studies markets."]),
        ):
            rows_at(canvas, [[name, "$5"]], top)
            for line in lines:
                canvas.drawString(XS[2], HEIGHT - top, line)
                top += 11
            top += 7
        rule(canvas, top - 8)

    (table,) = read(page).tables
    assert [c.text for c in table.rows[1]] == ["Grant program", "$5", "Provides grants to producers in rural areas."]
    assert len(table.rows) == 3


def boxes(canvas: Canvas, top: float, spans: Sequence[tuple[int, int, int, int, str]], step: float = 18) -> None:
    """Bordered cells: (row, column, rows, columns, text)."""
    for row, column, rows, columns, text in spans:
        left, right = XS[column] - 4, XS[column + columns] - 4
        upper, lower = HEIGHT - top - row * step, HEIGHT - top - (row + rows) * step
        canvas.rect(left, lower, right - left, upper - lower)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(left + 4, (upper + lower) / 2 - 3, text)


def test_bordered_cells_that_span_rows_and_columns() -> None:
    """A cell over several rows names each of them; one over several columns heads each of them."""
    spans = [
        (0, 0, 2, 2, "Region"), (0, 2, 1, 2, "Exports"), (1, 2, 1, 1, "2021"), (1, 3, 1, 1, "2022"),
        (2, 0, 2, 1, "Asia"), (2, 1, 1, 1, "Korea"), (2, 2, 1, 1, "1"), (2, 3, 1, 1, "2"),
        (3, 1, 1, 1, "Japan"), (3, 2, 1, 1, "3"), (3, 3, 1, 1, "4"),
        (4, 0, 1, 1, "Europe"), (4, 1, 1, 1, "Malta"), (4, 2, 1, 1, "5"), (4, 3, 1, 1, "6"),
    ]  # fmt: skip
    (table,) = read(lambda c: boxes(c, body(c, prose("tariff", 3)) + 10, spans)).tables
    assert cells(table) == {
        ("Asia › Korea", "Exports › 2021"): "1",
        ("Asia › Korea", "Exports › 2022"): "2",
        ("Asia › Japan", "Exports › 2021"): "3",
        ("Asia › Japan", "Exports › 2022"): "4",
        ("Europe › Malta", "Exports › 2021"): "5",
        ("Europe › Malta", "Exports › 2022"): "6",
    }
    asia = table.rows[0][0]
    assert (asia.text, asia.rows, asia.columns) == ("Asia", 2, 1)
    assert (table.rows[1][0].text, len(table.rows[1][0].span)) == ("", 0)


def test_shaded_rows_stand_for_lines() -> None:
    """Rows told apart by their background alone are a table, with the rows that have none."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 10
        for r in range(0, 5, 2):
            canvas.setFillColor(lightgrey)
            canvas.rect(XS[0] - 4, HEIGHT - top - 15 * r - 15, 300, 15, stroke=0, fill=1)
            canvas.setFillGray(0)
        rows_at(canvas, [*SALES, ["Peru", "3", "4"], ["Malta", "5", "6"]], top + 11)
        body(canvas, prose("quota", 3), top + 130)

    (table,) = read(page).tables
    assert len(table.rows) == 5
    assert cells(table)["Malta", "2022"] == "6"


def test_dashes_and_double_lines_are_lines() -> None:
    """A line of dashes parts cells as a whole one does; two lines side by side are one."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 10
        for r in range(5):
            y = HEIGHT - top - 16 * r
            for k in range(60):
                canvas.line(XS[0] - 4 + k * 6, y, XS[0] - 4 + k * 6 + (6 if r in (0, 4) else 3.9), y)
            if r in (0, 4):
                canvas.line(XS[0] - 4, y - 2, XS[0] + 356, y - 2)
        rows_at(canvas, SALES, top + 12, step=16)

    (table,) = read(page).tables
    assert [[c.text for c in row] for row in table.rows] == SALES[1:]


def test_columns_without_any_line() -> None:
    """Figures below one another are a table, two lines of headings and a spanning one included."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 24
        canvas.setFont("Times-Roman", 10)
        canvas.drawCentredString((XS[1] + XS[2] + 80) / 2, HEIGHT - top, "Exports")
        canvas.drawRightString(XS[3] + 50, HEIGHT - top, "Share of")
        rows_at(canvas, [["Country", "2021", "2022", "the total"]], top + 12, right=True)
        rows_at(
            canvas,
            [["Chile", "11", "12", "1.5%"], ["Peru", "21", "22", "2.5%"], ["Oman", "31", "", "—"]],
            top + 26,
            right=True,
        )
        body(canvas, prose("quota", 3), top + 100)

    (table,) = read(page).tables
    assert [c.column for c in table.header] == ["Country", "Exports › 2021", "Exports › 2022", "Share of the total"]
    assert cells(table)["Peru", "Exports › 2022"] == "22"
    assert cells(table)["Oman", "Share of the total"] == "—"


def test_close_columns_without_any_line() -> None:
    """Rows whose figures fill their columns, so that little space is left between, are rows as those above them."""
    data = [[f"Place {chr(97 + i)}", f"{i * 3}.5", f"{i * 7}.1"] for i in range(8, 25)]
    xs = (LEFT, LEFT + 40, LEFT + 76)

    def draw(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3))
        top = write(canvas, ["Table 3. Places (thousands)"], top=top + 14)
        canvas.setFont("Helvetica", 10)
        for row in [["Place", "2021", "2022"], *(([name, "1" + a[-4:], "2" + b[-4:]]) for name, a, b in data)]:
            top += 16
            right = [x + canvas.stringWidth("1555.5", "Helvetica", 10) for x in xs]
            canvas.drawString(xs[0], HEIGHT - top, row[0])
            canvas.drawRightString(right[1], HEIGHT - top, row[1])
            canvas.drawRightString(right[2], HEIGHT - top, row[2])
        body(canvas, prose("quota", 2), top + 40)

    document = read(draw)
    (table,) = document.tables
    assert len(table.rows) == len(data)
    assert cells(table)["Place y", "2022"] == "2" + data[-1][2][-4:]


@pytest.mark.parametrize("lines", [True, False])
def test_dash_at_half_height_is_of_the_row_without_one(lines: bool) -> None:
    """A dash drawn too low, nearer to the row below than lines are, is that of the row which lacks a figure there."""
    data = [[f"Place {chr(97 + i)}", str(300 + i), str(500 + i), str(700 + i)] for i in range(8)]
    data[4][3] = ""

    def draw(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 20
        if lines:
            booktabs(canvas, top, [["Place", "2021", "2022", "2023"], *data])
            first = top + 15 + 16
        else:
            rows_at(canvas, [["Place", "2021", "2022", "2023"], *data], top)
            first = top + 15
        canvas.drawString(XS[3], HEIGHT - (first + 4.5 * 15), "–")

    (table,) = read(draw).tables
    assert cells(table)["Place e", "2023"] == "–"
    assert cells(table)["Place f", "2023"] == "705"


def test_label_that_ends_in_and_goes_on_below() -> None:
    """A label whose first line ends in 'and' is one with the words set in below it."""
    labels = ["Fishing", "Offences against the seas and", "  harbours", "Piracy"]

    def draw(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 20
        data = [["", "", ""] if "and" in n else ["310", "520", "730"] for n in labels]
        booktabs(
            canvas, top, [["Crime", "2021", "2022", "2023"], *([n, *d] for n, d in zip(labels, data, strict=True))]
        )

    (table,) = read(draw).tables
    assert [row[0].text for row in table.rows] == ["Fishing", "Offences against the seas and harbours", "Piracy"]


def test_table_over_pages_is_one_with_one_header() -> None:
    """A header printed anew and '(continued)' are left out; the rows of both pages are one run of text."""
    labels = [f"Place {chr(65 + i // 26)}{chr(97 + i % 26)}" for i in range(60)]
    data = [[name, str(100 + i), str(500 + i)] for i, name in enumerate(labels)]

    def first(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3))
        top = write(canvas, ["Table 3. Places (thousands)"], top=top + 14, font="Times-Bold")
        booktabs(canvas, top, [["Place", "2021", "2022"], *data[:30]])

    def second(canvas: Canvas) -> None:
        top = write(canvas, ["Table 3. Places (continued)"], top=TOP, font="Times-Bold")
        top = booktabs(canvas, top, [["Place", "2021", "2022"], *data[30:]])
        write(canvas, ["Source: the census."], top=top + 12, size=9)
        body(canvas, prose("quota", 2), top + 40)

    document = read(first, second)
    (table,) = document.tables
    assert len(table.rows) == 60
    assert [p.index for p in document.pages_of(table.span)] == [0, 1]
    assert cells(table)["Place Ch", "2021"] == "159"
    assert document.text.count("Place\t2021\t2022") == 1
    assert "continued" not in document.text
    assert (table.number, table.unit) == ("3", "thousands")
    assert [n.slice(document.text) for n in table.notes] == ["Source: the census."]


def test_page_number_below_a_table_that_goes_on_is_no_row() -> None:
    """A number alone at the foot of a page, where the lines of the table do not end it, is the page's label."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            rule(canvas, TOP)
            rows_at(canvas, [["Place", "2021", "2022"]], TOP + 12)
            rule(canvas, TOP + 17)
            rows = [[f"Place {chr(64 + number)}{chr(97 + i)}", str(100 + i), str(500 + i)] for i in range(23)]
            end = rows_at(canvas, rows, TOP + 31, step=26)
            if number == 3:
                rule(canvas, end - 20)
            canvas.drawCentredString(WIDTH / 2 - 60, HEIGHT - end - 8, str(number))

        return draw

    document = read(page(1), page(2), page(3))
    (table,) = document.tables
    assert [row[0].text[:5] for row in table.rows] == ["Place"] * 69
    assert [p.label for p in document.pages] == ["1", "2", "3"]


def test_row_cut_by_the_page_is_made_whole() -> None:
    """A row whose cells go on at the top of the next page is one row."""
    rows = [[f"Place {i}x", "a short text", str(i)] for i in range(1, 8)]

    def grid(canvas: Canvas, top: float, content: Sequence[Sequence[str]]) -> None:
        boxes(canvas, top, [(r, c, 1, 1, text) for r, row in enumerate(content) for c, text in enumerate(row)])

    def first(canvas: Canvas) -> None:
        grid(canvas, TOP, [["Name", "Text", "No."], *rows[:4], ["Last place", "begins here", "5"]])

    document = read(first, lambda c: grid(c, TOP, [["", "and ends here", ""], *rows[5:]]))
    (table,) = document.tables
    assert cells(table)["Last place", "Text"] == "begins here and ends here"
    assert len(table.rows) == 7


def test_two_tables_of_one_form_stay_two() -> None:
    """A table with a caption of its own does not go on with the one on the page before."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            top = write(
                canvas,
                [f"Table {number}. Sales in the {'north' if number == 1 else 'south'}"],
                top=TOP,
                font="Times-Bold",
            )
            booktabs(canvas, top, SALES)

        return draw

    assert [t.number for t in read(page(1), page(2)).tables] == ["1", "2"]


@pytest.mark.parametrize("korean", [False, True])
def test_unit_and_notes_around_a_table(korean: bool) -> None:
    """The unit above the right corner, the notes and the source below belong to the table and to no sentence."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    font = "HYSMyeongJo-Medium" if korean else "Times-Roman"
    caption = "표 1. 국가별 수출액" if korean else "Table 1. Exports by country"
    unit = "(단위: 백만 달러)" if korean else "(in millions of dollars)"
    notes = (
        ["주: 2022년은 잠정치임.", "자료: 관세청."] if korean else ["Note: 2022 is preliminary.", "Source: Customs."]
    )

    def page(canvas: Canvas) -> None:
        y = body(canvas, prose("tariff", 3) + " And so the report went on to say in its last words that")
        y = write(canvas, [caption], top=y + 14, font=font)
        canvas.setFont(font, 9)
        canvas.drawRightString(XS[-1], HEIGHT - y, unit)
        y = booktabs(canvas, y + 8, SALES)
        for note in notes:
            y = write(canvas, [note], top=y + 8, size=9, font=font)
        body(canvas, "exports had grown. " + prose("quota", 2), y + 30)

    document = read(page)
    (table,) = document.tables
    assert (table.caption, table.unit) == (caption, "백만 달러" if korean else "in millions of dollars")
    assert [n.slice(document.text) for n in table.notes] == notes
    assert "last words that exports had grown." in document.text


def test_table_set_sideways() -> None:
    """A table turned by a quarter is read as if it stood upright."""

    def page(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        for r, row in enumerate(SALES):
            for c, cell in enumerate(row):
                canvas.setFont("Times-Roman", 10)
                canvas.drawString(90 + 100 * c, 400 - 16 * r, cell)
        for y in (412, 396.5, 346):
            canvas.line(86, y, 400, y)

    (table,) = read(page).tables
    assert cells(table)["Vietnam", "2022"] == "6,512"


PROSE = "The members of the council met again in spring and spoke at length of the tariff and of the quota. " * 4


@pytest.mark.parametrize("kind", ["box", "columns", "contents", "address", "list", "underline"])
def test_what_is_no_table(kind: str) -> None:
    """A boxed paragraph, columns of text between lines, contents, addresses, lists and underlined words are text."""

    def page(canvas: Canvas) -> None:
        top = body(canvas, prose("tariff", 3)) + 20
        if kind == "box":
            canvas.rect(LEFT - 6, HEIGHT - top - 110, FULL + 12, 122)
            canvas.rect(LEFT - 4, HEIGHT - top - 108, FULL + 8, 118)
            write(canvas, ["Box 1. A case"], top=top + 2, font="Times-Bold")
            write(canvas, justified(PROSE, FULL), top=top + 18)
        elif kind == "columns":
            rule(canvas, top - 14, LEFT, RIGHT)
            for x in (LEFT, LEFT + FULL / 2 + 10):
                write(canvas, justified(PROSE, FULL / 2 - 10), x=x, top=top)
            rule(canvas, top + 140, LEFT, RIGHT)
        elif kind == "contents":
            for i, name in enumerate(["Introduction", "Trade and its terms", "Findings", "What follows", "Notes"]):
                write(canvas, [name + " " + "." * (90 - 2 * len(name))], top=top + 14 * i)
                write(canvas, [str(3 + 4 * i)], x=RIGHT - 12, top=top + 14 * i)
        elif kind == "address":
            write(canvas, ["Institute of Trade", "12 Harbour Street", "Busan 48059"], top=top)
            write(canvas, ["Telephone 051 600 1234", "Open on weekdays", "www.example.org"], x=330, top=top)
        elif kind == "list":
            for i in range(5):
                write(canvas, [f"{i + 1}."], top=top + 14 * i)
                write(
                    canvas,
                    [f"The council shall consider its case number {chr(65 + i)} in the spring."],
                    x=LEFT + 24,
                    top=top + 14 * i,
                )
        else:
            for i in range(4):
                write(canvas, ["These words are set above a line that is drawn under them here."], top=top + 16 * i)
                rule(canvas, top + 16 * i + 2, LEFT, LEFT + 280)
        body(canvas, prose("quota", 3), top + 200)

    assert read(page).tables == ()


def markup(rows: Sequence[Sequence[str | ItemCell]], header_rows: int | None = None, caption: str = "") -> Table:
    made = tuple(tuple(c if isinstance(c, ItemCell) else ItemCell((c,) if c else ()) for c in row) for row in rows)
    items = [Item("caption", (caption,))] if caption else []
    document = read_markup([*items, Item("table", rows=made, header_rows=header_rows)], Work("w", ""), FileFacts())
    check(document)
    return document.tables[0]


def test_serial_numbers_do_not_name_rows() -> None:
    """Where the first column only counts, the words behind it name the row."""
    table = markup(
        [["No.", "Contract", "Amount"], ["1", "Pickups", "902.5"], ["2", "Buses", "214.8"], ["3", "Books", "11.7"]]
    )
    assert cells(table)["Buses", "Amount"] == "214.8"


def test_groups_named_once_with_small_figures() -> None:
    """A group that is named beside its first row alone stands over all its rows, however small the figures are."""
    made = markup(
        [
            *(["Group", "City", "Value"], ["East", "Seoul", "1"], ["", "Busan", "2"], ["", "Daegu", "3"]),
            *(["West", "Paris", "4"], ["", "London", "5"]),
        ]
    )
    assert [row[0].row for row in made.rows] == [
        *("East › Seoul", "East › Busan", "East › Daegu"),
        *("West › Paris", "West › London"),
    ]


def test_tables_side_by_side_name_rows_by_their_own_labels() -> None:
    """Columns that begin anew half-way have labels of their own."""
    table = markup([["AL", "17.3", "IN", "20.8"], ["AK", "10.1", "IA", "13.9"], ["AZ", "20.7", "KS", "13.4"]])
    assert [(c.row, c.text) for c in table.rows[1]] == [("AK", "AK"), ("AK", "10.1"), ("IA", "IA"), ("IA", "13.9")]


def test_years_down_the_side() -> None:
    """A table whose rows are years has them as row headers."""
    table = markup([["Year", "Revenue", "Outlay"], ["2020", "4,242", "5,507"], ["2021", "4,476", "5,591"]])
    assert cells(table)["2021", "Revenue"] == "4,476"


def test_header_without_being_told() -> None:
    """Rows without figures above those with them are the header, however many span each other."""
    table = markup(
        [
            [ItemCell(("Country",), rows=2), ItemCell(("Exports",), columns=2), ItemCell(("Rank",), rows=2)],
            ["2021", "2022"],
            ["Chile", "11", "12", "3"],
            ["Peru", "21", "22", "4"],
        ]
    )
    assert cells(table)["Peru", "Exports › 2022"] == "22"
    assert cells(table)["Peru", "Rank"] == "4"


def test_figures_keep_their_marks_and_signs() -> None:
    """A letter or an asterisk behind a figure changes neither the cell's text nor what is taken for a label."""
    table = markup(
        [["Item", "Value"], ["Loans^a", "12.3a"], ["Grants", "-4.5*"], ["Fees", "(1,200)"], ["Rest", "n.a."]]
    )
    assert [row[1].text for row in table.rows] == ["12.3a", "-4.5*", "(1,200)", "n.a."]
    assert cells(table)["Fees", "Value"] == "(1,200)"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Table 2. Exports (USD million)", "USD million"),
        ("표 2. 수출액 (단위: 억원, %)", "억원, %"),
        ("(in billions of dollars)", "in billions of dollars"),
        ("Exports ($ bn)", "$ bn"),
        ("Share (%)", "%"),
        ("Table 4. Growth, percent", "percent"),
        ("Table 5. Prices (2015=100)", "2015=100"),
        ("Table 6. Members (by country)", None),
        ("Exports (b)", None),
    ],
)
def test_units(words: str, unit: str | None) -> None:
    """Units are known by their form in captions and headings; other words in brackets are none."""
    assert unit_in(words) == unit
