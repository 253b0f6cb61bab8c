"""Layouts of reports and what typesetters do to words, read from end to end."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.types import Document, Work
from tests.reading.pdfs import HEIGHT, LEFT, pdf


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
