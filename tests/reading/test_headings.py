"""Headings by what a reader sees (size, weight, slope, capitals, number, room) and by the file's own outline."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.backends.text_files import PlainTextParser
from assistant.reading import check, read_pages
from assistant.reading.assembly import FileFacts, Heading
from assistant.reading.chars import Char, PageChars
from assistant.reading.pages.signs import sign_of
from assistant.types import Document, Work
from tests.reading.pdfs import LEFT, RIGHT, TOP, Draw, justified, pdf, prose, write

FULL = RIGHT - LEFT


def read(*pages: Draw) -> Document:
    document = PdfParser().parse(pdf(*pages), Work(id="paper", title=""))
    check(document)
    return document


def headed(titles: list[tuple[str, float, str]], room: float = 12, centred: bool = False, lines: int = 4) -> Draw:
    """A page of paragraphs, each below one of `titles` (words, size, font)."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("opening", 8), FULL))
        for n, (title, size, font) in enumerate(titles):
            x = LEFT + (FULL - stringWidth(title, font, size)) / 2 if centred else LEFT
            y = write(canvas, [title], x=x, top=y + room, size=size, font=font)
            y = write(canvas, justified(prose(f"matter{'abcdefgh'[n]}", lines), FULL), top=y + 3)

    return page


def paths(document: Document) -> list[tuple[str, ...]]:
    return [s.path for s in document.sections if s.path]


@pytest.mark.parametrize(
    "titles",
    [
        [("Trade and Ships", 11, "Times-Italic"), ("Labour", 11, "Times-Italic")],
        [("TRADE AND SHIPS", 11, "Times-Roman"), ("LABOUR", 11, "Times-Roman")],
        [("1. Trade and Ships", 11, "Times-Roman"), ("2. Labour", 11, "Times-Roman")],
        [("II. Trade and Ships", 11, "Times-Roman"), ("III. Labour", 11, "Times-Roman")],
        [("Trade and Ships", 11, "Times-Bold"), ("Labour", 11, "Times-Bold")],
    ],
    ids=["italic", "capitals", "numbers", "roman numbers", "bold"],
)
def test_headings_of_the_size_of_the_text(titles: list[tuple[str, float, str]]) -> None:
    """Slope, capitals, a number that counts or weight make a heading of a line that is no larger than the text."""
    assert paths(read(headed(titles))) == [(title,) for title, _, _ in titles]


def test_plain_centred_lines_are_headings_where_they_recur_with_room_around() -> None:
    """Small capitals look like the text to a machine: their place tells."""
    titles = [(t, 11.0, "Times-Roman") for t in ("Trade and Ships", "Labour", "What Remains Unclear")]
    assert paths(read(headed(titles, room=20, centred=True))) == [(title,) for title, _, _ in titles]


def test_a_number_is_deeper_than_a_size() -> None:
    """1.1 stands below 1, and 2 beside it, though all are set alike; a heading without a number has the level of its look."""
    bold = "Times-Bold"
    titles = [("1 Trade", 12.0, bold), ("1.1 Ships", 12.0, bold), ("1.2 Docks", 12.0, bold), ("2 Labour", 12.0, bold)]
    assert paths(read(headed(titles))) == [
        ("1 Trade",),
        ("1 Trade", "1.1 Ships"),
        ("1 Trade", "1.2 Docks"),
        ("2 Labour",),
    ]


def test_letters_below_roman_numbers() -> None:
    """Of kinds of number set alike the first that comes is the outer one."""
    titles = [("I. Trade", 11.0, "Times-Roman"), ("A. Ships", 11.0, "Times-Roman"), ("B. Docks", 11.0, "Times-Roman")]
    titles += [("II. Labour", 11.0, "Times-Roman"), ("A. Wages", 11.0, "Times-Roman")]
    assert paths(read(headed(titles))) == [
        ("I. Trade",),
        ("I. Trade", "A. Ships"),
        ("I. Trade", "B. Docks"),
        ("II. Labour",),
        ("II. Labour", "A. Wages"),
    ]


def test_numbered_items_are_no_headings() -> None:
    """Short items that follow one another are a list."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("ships", 4), FULL))
        for item in ("1. Ships and boats", "2. Docks", "3. Piers and cranes"):
            y = write(canvas, [item], top=y + 8)
        write(canvas, justified(prose("docks", 4), FULL), top=y + 8)

    document = read(page)
    assert paths(document) == []
    assert [b.kind for b in document.blocks].count("list") == 3


def test_a_run_in_heading_stays_in_its_paragraph() -> None:
    """Bold words that begin a paragraph are part of it."""

    def page(canvas: Canvas) -> None:
        write(canvas, justified(prose("ships", 4), FULL))
        write(canvas, ["Background."], top=TOP + 80, font="Times-Bold")
        indent = " " * 24
        write(canvas, justified(indent + prose("docks", 4), FULL - 70)[:1], x=LEFT + 70, top=TOP + 80)
        write(canvas, justified(prose("docks", 4), FULL), top=TOP + 93)

    document = read(page)
    assert paths(document) == []
    assert any(b.span.slice(document.text).startswith("Background. The docks") for b in document.blocks)


def test_a_chapter_number_above_its_title_is_one_heading() -> None:
    """'Chapter 2' and the words below it are one."""

    def page(canvas: Canvas) -> None:
        write(canvas, justified(prose("ships", 3), FULL))
        write(canvas, ["Chapter 2"], top=200, size=16, font="Helvetica-Bold")
        write(canvas, ["On Docks"], top=230, size=20, font="Helvetica-Bold")
        write(canvas, justified(prose("docks", 3), FULL), top=260)

    assert paths(read(lambda c: write(c, justified(prose("piers", 20), FULL)), page)) == [("Chapter 2 On Docks",)]


def test_a_letter_spaced_heading_is_a_word() -> None:
    """'S U M M A R Y' is read as 'SUMMARY'."""
    document = read(headed([("S U M M A R Y  O F  D O C K S", 14, "Helvetica-Bold"), ("Labour", 14, "Helvetica-Bold")]))
    assert paths(document) == [("SUMMARY OF DOCKS",), ("Labour",)]


def test_names_and_date_below_the_title_are_no_headings() -> None:
    """Lines that are larger than the text and stand below the title are its byline."""

    def page(canvas: Canvas) -> None:
        for words, top, size in (
            ("On the Wealth of Ports", 100, 20),
            ("Ann Lee and Bo Chen", 130, 13),
            ("May 2024", 150, 13),
        ):
            write(canvas, [words], x=LEFT + (FULL - stringWidth(words, "Times-Roman", size)) / 2, top=top, size=size)
        y = write(canvas, ["Trade"], top=190, size=14, font="Times-Bold")
        write(canvas, justified(prose("ships"), FULL), top=y)

    document = read(page)
    assert paths(document) == [("Trade",)]
    assert [b.kind for b in document.blocks][:3] == ["title", "byline", "byline"]
    assert [str(a) for a in document.work.authors] == ["Ann Lee", "Bo Chen"]


def test_korean_headings_nest_by_their_numbers() -> None:
    """제1장 stands above 1. though both are set alike."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    text = "정부는 투자 기업에 대한 세제 지원을 확대하고 금융 지원을 강화하였다. 그 결과 해외투자는 크게 늘었다."

    def page(canvas: Canvas) -> None:
        y = 720.0
        for title in ("제1장 서론", "1. 연구의 배경", "2. 연구의 방법", "제2장 본론", "1. 투자의 현황"):
            canvas.setFont("HYSMyeongJo-Medium", 11)
            canvas.drawString(LEFT, y, title)
            for line in (text, text):
                y -= 18
                canvas.drawString(LEFT, y, line)
            y -= 34

    assert paths(read(page)) == [
        ("제1장 서론",),
        ("제1장 서론", "1. 연구의 배경"),
        ("제1장 서론", "2. 연구의 방법"),
        ("제2장 본론",),
        ("제2장 본론", "1. 투자의 현황"),
    ]


def test_headings_of_plain_text_nest_by_their_numbers() -> None:
    """A word such as 서론 alone on a line is a heading and no author; numbers of several kinds nest."""
    words = "한국의 해외직접투자는 2020년 이후 크게 늘었으며, 특히 미국에 대한 제조업 투자가 전체의 절반을 넘어섰다."
    titles = ["서론", "제1장 현황", "1. 배경", "가. 투자의 추이", "2. 정책", "제2장 결론"]
    text = "해외투자의 과제\n\n홍길동\n\n" + "\n\n".join(f"{title}\n\n{words}" for title in titles)
    document = PlainTextParser().parse(text.encode(), Work("t", ""))
    check(document)
    assert paths(document) == [
        ("서론",),
        ("제1장 현황",),
        ("제1장 현황", "1. 배경"),
        ("제1장 현황", "1. 배경", "가. 투자의 추이"),
        ("제1장 현황", "2. 정책"),
        ("제2장 결론",),
    ]


def set_line(page: PageChars, text: str, top: float, size: float = 10) -> None:
    for i, letter in enumerate(text):
        page.chars.append(Char(letter, 72 + 5 * i, 77 + 5 * i, top, size))


def test_the_outline_names_headings_whatever_their_look() -> None:
    """An entry of the outline is a heading though it is set as the text and no room parts it, with the outline's level."""
    page = PageChars(0, 600, 800)
    body = [line for word in ("ships", "docks") for line in justified(prose(word, 3), 330)]
    lines = ["Trade of the region", *body[:6], "Ships and their flags", *body[6:]]
    for i, line in enumerate(lines):
        set_line(page, line, 80 + 12 * i)
    outline = (
        Heading("1. Trade of the Region", 1, 0),
        Heading("Ships and their flags", 2, 0, 150.0),
        Heading("Lost", 1, 0),
    )
    document = read_pages([page], Work("paper", ""), FileFacts(outline=outline))
    check(document)
    assert paths(document) == [("Trade of the region",), ("Trade of the region", "Ships and their flags")]


@pytest.mark.parametrize(
    ("text", "family", "depth"),
    [
        ("1.2.3 Ships", "decimal", 3),
        ("IV. Docks", "roman", 1),
        ("B. Piers", "letter", 1),
        ("Chapter 3: Cranes", "chapter", 2),
        ("제2장 본론", "ko chapter", 3),
        ("가. 현황", "ko 가.", 5),
    ],
)
def test_signs_of_headings(text: str, family: str, depth: int) -> None:
    """What a heading begins with says what kind it is and how deep."""
    sign = sign_of(text)
    assert sign is not None
    assert (sign.family, sign.depth) == (family, depth)


@pytest.mark.parametrize("text", ["2020 was good", "3.5 percent of it", "In 1990", "A port", "1"])
def test_amounts_and_years_are_no_signs(text: str) -> None:
    """A year or an amount numbers nothing."""
    assert sign_of(text) is None
