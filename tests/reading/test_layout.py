"""Columns, boxes, heads and footers, line ends: the words of a page in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.reading.hangul_ends import Eojeols, ends_inside_word
from assistant.reading.lineends import Habits, junction
from assistant.reading.pages.page_numbers import numbers_of
from assistant.types import Document, Work
from tests.reading.pdfs import HEIGHT, LEFT, RIGHT, TOP, Draw, justified, pdf, prose, write

FULL = RIGHT - LEFT


def read(data: bytes) -> Document:
    document = PdfParser().parse(data, Work(id="paper", title=""))
    check(document)
    return document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def running(document: Document) -> str:
    return " ".join(text for kind, text in kinds(document) if kind == "paragraph")


def columns(canvas: Canvas, tops: Sequence[float], lefts: Sequence[float], width: float, words: Sequence[str]) -> None:
    for top, left, text in zip(tops, lefts, words, strict=True):
        write(canvas, justified(text, width, 9), x=left, top=top, size=9)


def test_three_columns_below_a_title_that_stands_over_the_middle_one() -> None:
    """Names centred below a title belong to no column, though they stand in the middle one."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["A Title Over All Three Columns"], x=170, size=18, font="Helvetica-Bold")
        write(canvas, ["Ann Lee and Bo Chen"], x=250, top=115, size=12)
        words = [prose(subject, 5) for subject in ("tariff", "quota", "levy")]
        columns(canvas, [150] * 3, [72, 234, 396], 144, words)

    document = read(pdf(page))
    assert running(document) == " ".join(prose(subject, 5) for subject in ("tariff", "quota", "levy"))
    assert [kind for kind, _ in kinds(document)][:2] == ["title", "byline"]


def test_columns_of_unequal_width_with_a_narrow_gutter() -> None:
    """A wide column of ragged lines and a narrow one beside it are read one after the other."""

    def page(canvas: Canvas) -> None:
        columns(canvas, [100], [72], 290, [prose("harbour", 8)])
        columns(canvas, [100], [372], 150, [prose("canal", 5)])

    assert running(read(pdf(page))) == f"{prose('harbour', 8)} {prose('canal', 5)}"


def test_columns_then_full_width_then_columns() -> None:
    """Text over the whole width parts what stands in columns above it from what stands below."""

    def page(canvas: Canvas) -> None:
        columns(canvas, [90, 90], [72, 320], 220, [prose("one", 4), prose("two", 4)])
        write(canvas, justified(prose("whole", 3), FULL, 9), top=330, size=9)
        columns(canvas, [420, 420], [72, 320], 220, [prose("three", 4), prose("four", 4)])

    names = ("one", "two", "whole", "three", "four")
    found = running(read(pdf(page)))
    assert [found.index(f"The {name} of") for name in names] == sorted(found.index(f"The {name} of") for name in names)
    assert all(prose(name, 3) in found for name in names)


def test_a_box_does_not_cut_the_sentence_that_it_stands_in() -> None:
    """What stands in a frame follows the paragraph around it."""

    def page(canvas: Canvas) -> None:
        first, second = (
            prose("port", 4) + " The ministers then agreed that the whole of the",
            "treaty should hold. " + prose("pier"),
        )
        y = write(canvas, justified(first, FULL))
        canvas.rect(LEFT, HEIGHT - y - 90, FULL, 85)
        box = "Ports count their ships in the morning, and once more in the evening, and then compare the two figures."
        y = write(canvas, justified(f"{box} {box} {box}", FULL - 30, 10), x=LEFT + 12, top=y + 22, size=10) + 60
        write(canvas, justified(second, FULL), top=y)

    found = kinds(read(pdf(page)))
    assert "agreed that the whole of the treaty should hold." in found[0][1]
    assert "Ports count their ships" in found[1][1]


def test_a_pull_quote_is_an_aside_and_the_text_flows_around_it() -> None:
    """Large words that the lines of the text make room for are neither heading nor part of a sentence."""
    lines = justified(prose("vessel", 16), 300)
    wide = justified(" ".join(lines[8:]), FULL)

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("cargo", 4), FULL))
        write(
            canvas,
            ["A pull quote stands here,", "large and alone, in", "a place of its own."],
            x=400,
            top=y + 16,
            size=14,
            font="Times-Italic",
        )
        y = write(canvas, lines[:8], top=y)
        write(canvas, wide, top=y)

    document = read(pdf(page))
    assert prose("vessel", 16) in running(document)
    assert ("aside", "A pull quote stands here, large and alone, in a place of its own.") in kinds(document)
    assert not [text for kind, text in kinds(document) if kind == "heading"]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    """A letter that stands over three lines begins the first of them."""

    def page(canvas: Canvas) -> None:
        lines = justified(prose("anchor", 6), FULL)
        lines[0] = lines[0][1:]  # the T of 'The' is set apart
        write(canvas, ["T"], size=38, top=118)
        y = write(canvas, justified(" ".join(lines), FULL - 30)[:3], x=LEFT + 27, top=92)
        rest = " ".join(lines).split(" ".join(justified(" ".join(lines), FULL - 30)[:3]), 1)[1]
        write(canvas, justified(rest, FULL), top=y)
        write(canvas, justified(prose("keel", 5), FULL), top=y + 120)

    assert running(read(pdf(page))).startswith(prose("anchor", 6))


def test_heads_that_change_with_the_chapter_and_the_side_are_not_text() -> None:
    """Left and right pages have heads of their own, and each chapter another: their place tells."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            head = "Lee and Chen" if number % 2 else f"Chapter on {['Ships', 'Docks', 'Cranes'][number // 2 % 3]}"
            write(canvas, [head], x=72 if number % 2 else 380, top=40, size=9)
            write(canvas, [f"Page {number} of 12"], x=270, top=760, size=9)
            write(canvas, justified(prose(f"dock{number}", 12), FULL))

        return draw

    document = read(pdf(*(page(n) for n in range(3, 9))))
    assert "Chapter on" not in document.text
    assert "Lee and Chen" not in document.text
    assert [p.label for p in document.pages] == ["3", "4", "5", "6", "7", "8"]


def test_labels_of_a_front_and_an_annex() -> None:
    """Roman figures and numbers with a letter before them are labels too."""

    def page(label: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [label], x=300, top=760, size=9)
            write(canvas, justified(prose(f"page{label.replace('-', '')}", 12), FULL))

        return draw

    labels = ["iii", "iv", "1", "2", "3", "A-1", "A-2"]
    assert [p.label for p in read(pdf(*map(page, labels))).pages] == labels


def test_note_numbers_at_page_edges_are_not_taken_for_page_numbers() -> None:
    """A list of notes that goes on over a page keeps the entries at its edges."""

    def first(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("bill", 30), FULL))
        write(canvas, ["Endnotes"], top=y + 14, size=14, font="Helvetica-Bold")
        write(canvas, [f"{n} Customs Service, Yearbook {n} (2021)." for n in range(1, 6)], top=690, size=9)

    def second(canvas: Canvas) -> None:
        write(canvas, [f"{n} Customs Service, Yearbook {n} (2021)." for n in range(6, 12)], top=70, size=9)

    document = read(pdf(first, second))
    assert [n.number for n in document.notes] == [str(n) for n in range(1, 12)]


def test_line_numbers_in_the_margin_are_not_text() -> None:
    """A transcript counts its lines: the sentence goes on past the figures."""
    lines = justified(prose("witness", 12), 380)

    def page(canvas: Canvas) -> None:
        for i, line in enumerate(lines):
            write(canvas, [str(i + 1)], x=72, top=TOP + 16 * i)
            write(canvas, [line], x=110, top=TOP + 16 * i)

    assert running(read(pdf(page))) == prose("witness", 12)


def test_a_table_of_contents_is_an_aside() -> None:
    """Entries that lead to page numbers are no headings, bold ones without leaders neither."""

    def contents(canvas: Canvas) -> None:
        y = write(canvas, ["Contents"], size=16, font="Helvetica-Bold") + 10
        for title, number in (("1 Ships", 3), ("2 Docks and Piers", 5), ("3 Cranes", 9)):
            write(canvas, [title], top=y, font="Times-Bold")
            write(canvas, [str(number)], x=RIGHT - 10, top=y, font="Times-Bold")
            y = write(
                canvas,
                [f"{title[0]}.1 On Growth . . . . . . . . . . . . . . . . . {number + 1}"],
                x=LEFT + 15,
                top=y + 16,
            )

    def text(canvas: Canvas) -> None:
        y = write(canvas, ["1 Ships"], size=14, font="Helvetica-Bold")
        write(canvas, justified(prose("ship", 6), FULL), top=y + 4)

    document = read(pdf(contents, text))
    assert {kind for kind, t in kinds(document) if "Docks" in t or "Growth" in t} == {"aside"}
    assert [t for kind, t in kinds(document) if kind == "heading"] == ["1 Ships"]
    assert document.tables == ()


@pytest.mark.parametrize(
    ("above", "below", "words", "joined"),
    [
        ("the US-", "FCS office", ["usfcs"], "the USFCS office"),
        ("an energy-", "intensive plant", [], "an energy-intensive plant"),
        ("of the over-", "seas offices", [], "of the overseas offices"),
        ("its con-", "sumption of", ["consumption"], "its consumption of"),
        ("a per-", "capita figure", [], "a per-capita figure"),
        ("in 2020-", "2024 it", [], "in 2020-2024 it"),
        ("the AI-", "powered plants", [], "the AI-powered plants"),
    ],
)
def test_hyphens_at_line_ends(above: str, below: str, words: list[str], joined: str) -> None:
    """The document's own words tell a broken word from a compound; figures and abbreviations keep their hyphen."""
    habits = Habits(breaks_words=True)
    habits.words.update(words)
    drop, glue = junction(above, below, None, False, habits)
    assert above[: len(above) - drop] + glue + below == joined


@pytest.mark.parametrize(
    ("above", "below", "inside"),
    [
        ("원산지 증", "명 절차를", True),
        ("투자가 절반", "을 넘었다", True),
        ("정부는 세제", "지원을 확대", False),
        ("예산은 986억 달러", "로 늘었다", True),
        ("공급망을", "안정시키는", False),
    ],
)
def test_lines_of_hangul_end_inside_words_or_between_them(above: str, below: str, inside: bool) -> None:
    """A particle or the rest of a known word belongs to the word before it."""
    words = Eojeols()
    words.add("증명 절차는 세제 지원을 위한 것이며 공급망을 넓히고 안정시키는 데 쓴다")
    assert ends_inside_word(above, below, words, True) is inside


def test_korean_lines_are_joined_without_breaking_words() -> None:
    """Korean set to a width is read as it was written."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    text = (
        "한국의 해외직접투자는 2020년 이후 크게 늘었다. 정부는 해외직접투자를 하는 기업에 대한 세제 지원을 확대하였다. "
        "특히 공급망을 안정시키려는 기업의 해외직접투자가 늘었고, 정부의 세제 지원은 공급망의 안정을 위한 것이었다. "
        "기업은 세제 지원을 바탕으로 공급망을 넓혔다. 해외직접투자와 공급망에 대한 연구도 크게 늘었다."
    )
    lines = [text[i : i + 31] for i in range(0, len(text), 31)]

    def page(canvas: Canvas) -> None:
        canvas.setFont("HYSMyeongJo-Medium", 11)
        for i, line in enumerate(lines):
            canvas.drawString(LEFT, 700 - 16 * i, line.strip())

    assert running(read(pdf(page))) == text


def test_numbers_that_may_count_pages() -> None:
    """A number alone, named or at an outer end of the row may count pages; an amount in the middle does not."""
    assert [n.text for n in numbers_of(["- 7 -"])] == ["7"]
    assert [n.text for n in numbers_of(["Review of Ports", "Page 3 of 12"])] == ["3"]
    assert [(n.text, n.series) for n in numbers_of(["A-2"])] == [("A-2", "A")]
    assert [n.series for n in numbers_of(["iv"])] == ["roman"]
    assert [n.text for n in numbers_of(["12쪽"])] == ["12"]
    assert numbers_of(["It grew by 7 percent in all"]) == []


def test_a_section_number_that_equals_the_page_number_is_text() -> None:
    """'2 Method' at the top of page 2 is a heading, and what stands beside it in the other column is text."""

    def page(number: int, head: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [head], top=80, size=14, font="Helvetica-Bold")
            columns(canvas, [100, 80], [72, 320], 220, [prose(f"left{number}", 6), prose(f"right{number}", 6)])
            write(canvas, [str(number)], x=300, top=760, size=9)

        return draw

    document = read(pdf(page(1, "1 Ships"), page(2, "2 Docks"), page(3, "3 Piers")))
    assert [p.label for p in document.pages] == ["1", "2", "3"]
    assert [text for kind, text in kinds(document) if kind == "heading"] == ["1 Ships", "2 Docks", "3 Piers"]
    assert all(prose(f"{side}{n}", 6) in running(document) for side in ("left", "right") for n in (1, 2, 3))


def test_the_caption_of_a_table_that_goes_on_is_no_running_head() -> None:
    """A caption that is repeated on the next pages makes no short line at its height furniture, nor is it lost itself."""

    def page(first: str, at: float = 80) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [first], top=at)
            write(canvas, justified(prose("port", 5), RIGHT - LEFT), top=at + 40)

        return draw

    caption = "Table 2: Ships that called"
    document = read(pdf(page("(a) the ports"), page(caption, 300), page(caption), page(caption), page("The docks")))
    assert "(a) the ports" in document.text
    assert "The docks" in document.text
    assert document.text.count(caption) == 1


def test_lines_that_a_raised_mark_has_pushed_down_go_on() -> None:
    """A browser sets a line with a raised mark lower than the others; it is no new paragraph."""
    words = justified(prose("port", 6), RIGHT - LEFT)
    middle = len(words) // 2
    words[middle] = words[middle].replace(" ", "^1^ ", 1)

    def page(canvas: Canvas) -> None:
        end = write(canvas, words[:middle])
        write(canvas, words[middle:], top=end + 3)
        write(canvas, ["^1^ Smith, Ports (2019), p. 4."], top=700, size=8)

    document = read(pdf(page))
    assert [text for kind, text in kinds(document) if kind == "paragraph"] == [prose("port", 6)]


def test_authors_side_by_side() -> None:
    """Names that stand wide apart in a line below the title are those of several persons."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["The Ports of the Northern Coast"], x=150, top=90, size=20)
        write(canvas, ["Jane Doe"], x=210, top=130)
        write(canvas, ["John van Roe"], x=310, top=130)
        write(canvas, justified(prose("port", 12), RIGHT - LEFT), top=180)

    document = read(pdf(page))
    assert [(a.given, a.family) for a in document.work.authors] == [("Jane", "Doe"), ("John van", "Roe")]
    assert "Jane Doe John van Roe" in document.text
