"""Layouts of reports and what typesetters do to words, read from end to end."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.types import Document, Work
from tests.reading.pdfs import HEIGHT, LEFT, justified, pdf, prose, write


def read(data: bytes) -> Document:
    document = PdfParser().parse(data, Work(id="paper", title=""))
    check(document)
    return document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def test_narrow_letters_side_by_side_are_two() -> None:
    """A file that places every letter by itself keeps both letters of 'ill': the second is no shadow of the first."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n in range(4):
            x = LEFT
            for letter in "All officials will call the IIII billing skills fully":
                canvas.drawString(x, HEIGHT - 100 - 12 * n, letter)
                x += canvas.stringWidth(letter, "Helvetica", 10)

    assert read(pdf(page)).text.count("All officials will call the IIII billing skills fully") == 4


def test_a_kerned_space_that_the_file_does_not_write_parts_words() -> None:
    """Between capitals that lean to one another kerning leaves little of a space: it parts the words all the same."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for n, words in enumerate([("the NASA", "Authorization Act of the year"), ("was long VAST", "A mission")]):
            x = LEFT
            for word in words:
                canvas.drawString(x, HEIGHT - 100 - 12 * n, word)
                x += canvas.stringWidth(word, "Times-Roman", 10) + 1.4

    assert read(pdf(page)).text == "the NASA Authorization Act of the year was long VAST A mission"


def test_line_ends_in_compounds_and_citations() -> None:
    """A compound left open before 'or' keeps its space, a name in capitals its hyphen, and a number its brackets."""
    lines = [
        "The command has a structure of three levels, and two-",
        "or three-star generals lead its multidomain and Multi-",
        "Domain forces, which are named in 15 U.S.C. 4721(c)",
        '(4) of the code. It says that the President may "',
        "[w]henever it seems wise” do so, and no more than that.",
    ]

    def page(canvas: Canvas) -> None:
        write(canvas, lines)

    text = read(pdf(page)).text
    for words in ("two- or three-star", "Multi-Domain forces", "4721(c)(4) of", 'may "[w]henever'):
        assert words in text


def test_short_notes_behind_a_plain_heading_are_notes() -> None:
    """'Endnotes' set as the text is heads its notes, however short the first of them is."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("tariff", 4) + " It fell.^1^ It rose again.^2^", 460))
        y = write(canvas, ["Endnotes"], top=y + 14)
        write(canvas, ["1. Lee, Ports (2001), 3.", "2. Smith, Harbours (1999), p. 41."], top=y + 4)

    document = read(pdf(page))
    assert [(n.number, n.text, len(n.marks)) for n in document.notes] == [
        ("1", "Lee, Ports (2001), 3.", 1),
        ("2", "Smith, Harbours (1999), p. 41.", 1),
    ]
