"""Our understanding drawn over a page: the outlines are where the blocks are, what is left out is grey."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.drawing import COLOURS, draw_page, marks_of, shapes_of
from assistant.backends.pdf import PdfParser
from assistant.errors import ParseError
from assistant.types import Block, Box, Document, Hidden, Note, Page, Recognised, Section, Span, Work
from tests.reading.pdfs import HEIGHT, LEFT, WIDTH, justified, pdf, prose, write

LINE = 14.0


def page_of(*lines: tuple[str, Box], kind: str = "paragraph", **more: object) -> Document:
    """A document of one block whose lines stand at the given places of its one page."""
    text = " ".join(words for words, _ in lines)
    at, boxes = 0, []
    for words, box in lines:
        boxes.append((Span(at, min(at + len(words) + 1, len(text))), box))
        at += len(words) + 1
    whole = Span(0, len(text))
    page = Page(0, None, (whole,), tuple(boxes))
    document = Document(Work("x", "x"), text, (Block(kind, whole),), pages=(page,))  # type: ignore[arg-type]
    return replace(document, **more)  # type: ignore[arg-type]  # whatever field a test changes


def row(n: int, left: float = 72, right: float = 290) -> Box:
    return Box(left, 100 + n * LINE, right, 112 + n * LINE)


def blank(canvas: Canvas) -> None:
    """A page without anything."""


class TestOutlines:
    def test_a_paragraph(self) -> None:
        """Lines below one another have one outline around them all."""
        (shape,) = shapes_of(document := page_of(("one", row(0)), ("two", row(1, right=200))), document.pages[0])
        assert shape.outlines == [Box(72, 100, 290, 126)]
        assert shape.label == "1 p"

    @pytest.mark.parametrize("second", [row(-20, 320, 540), row(0, 320, 540), row(12), row(30, 320, 540)])
    def test_another_column(self, second: Box) -> None:
        """Where the text goes to another column, or past a figure, the outline is parted there."""
        document = page_of(("one", row(0)), ("two", row(1)), ("three", second))
        (shape,) = shapes_of(document, document.pages[0])
        assert shape.outlines == [Box(72, 100, 290, 126), second]

    def test_a_table_is_one(self) -> None:
        """A table has one outline however its cells follow one another."""
        cells = [
            (f"{n}", Box(72 + n % 3 * 100, 100 + n // 3 * 60, 120 + n % 3 * 100, 112 + n // 3 * 60)) for n in range(9)
        ]
        document = page_of(*cells, kind="table")
        (shape,) = shapes_of(document, document.pages[0])
        assert shape.outlines == [Box(72, 100, 320, 232)]
        assert len(shape.lines) == 9

    def test_sideways(self) -> None:
        """Text that runs up the page has its lines beside one another, and one outline."""
        lines = [(f"line {n}", Box(100 + n * LINE, 200, 112 + n * LINE, 500)) for n in range(4)]
        (shape,) = shapes_of(document := page_of(*lines), document.pages[0])
        assert shape.outlines == [Box(100, 200, 154, 500)]

    def test_names(self) -> None:
        """A heading is named with its level, a note with its number, and what began on an earlier page so."""
        document = page_of(("Fees", row(0)), kind="heading")
        document = replace(document, sections=(Section(("Trade", "Fees"), Span(0, 4)),))
        assert shapes_of(document, document.pages[0])[0].label == "1 h2"
        note = page_of(("Yearbook.", row(0)), kind="note", notes=(Note("12", "Yearbook.", Span(0, 9), ()),))
        assert shapes_of(note, note.pages[0])[0].label == "1 note 12"
        page = note.pages[0]
        second = replace(note, pages=(Page(0, None, (Span(0, 4),)), Page(1, None, (Span(4, 9),), page.boxes[:0])))
        cut = replace(second.pages[1], boxes=((Span(4, 9), row(0)),))
        assert shapes_of(second, cut)[0].label == "1 ...note 12"


class TestMarks:
    def test_where_it_is_called(self) -> None:
        """A mark stands behind the word that it follows; a loose one is a question mark."""
        document = page_of(("Ports grew for years", row(0)), ("and fees fell.", row(1)))
        end = len(document.text)
        document = replace(document, notes=(Note("1", None, None, (5, end)),), loose_marks=(Span(6, 10),))
        first, loose, last = marks_of(document, document.pages[0])
        assert (first[2], loose[2], last[2]) == ("1", "?", "1")
        assert 100 < first[0] < loose[0] < 200
        assert first[1] == row(0).top
        assert last[:2] == (row(1).right, row(1).top)


class TestPicture:
    def picture(self, data: bytes, document: Document, scale: float = 1.0) -> Image.Image:
        return Image.open(io.BytesIO(draw_page(data, document, 0, scale))).convert("RGB")

    def test_blocks_and_what_is_left_out(self) -> None:
        """A block's edge has the colour of its kind, its letters stay black, and what no block holds is grey."""

        def draw(canvas: Canvas) -> None:
            write(canvas, justified(prose("port"), WIDTH - 2 * LEFT))
            canvas.rect(100, 100, 200, 100, fill=1)  # a figure without words

        data = pdf(draw)
        document = PdfParser().parse(data, Work("x", ""))
        (shape,) = shapes_of(document, document.pages[0])
        image = self.picture(data, document)
        assert image.width == round(WIDTH)
        assert image.height > round(HEIGHT)  # the legend stands below the page
        box = shape.outlines[0]
        edge = [image.getpixel((round(box.right) + 3 + dx, round((box.top + box.bottom) / 2))) for dx in (-1, 0, 1)]
        assert COLOURS["paragraph"] in edge
        words = image.crop((round(box.left), round(box.top), round(box.right), round(box.bottom)))
        assert min(words.convert("L").tobytes()) < 60
        figure = image.convert("L").crop((150, round(HEIGHT) - 180, 250, round(HEIGHT) - 120))
        assert min(figure.tobytes()) > 120  # though it is black on the page
        assert image.getpixel((5, 5)) != (255, 255, 255)

    def test_each_thing_is_seen(self) -> None:
        """Marks of notes, lines by OCR and hidden text each change the picture."""
        data = pdf(blank)
        document = page_of(("Ports grew for years", row(0)), ("and fees fell.", row(1)))
        changes: tuple[dict[str, object], ...] = (
            {},
            {"notes": (Note("1", None, None, (10,)),)},
            {"loose_marks": (Span(6, 10),)},
            {"recognised": (Recognised(Span(0, 20), 0.9),)},
            {"recognised": (Recognised(Span(0, 20), 0.2),)},
            {"hidden": (Hidden("white", 20, 0),)},
        )
        pictures = {self.picture(data, replace(document, **c)).tobytes() for c in changes}  # type: ignore[arg-type]
        assert len(pictures) == len(changes)

    def test_a_picture_of_text(self) -> None:
        """A page that is a picture of its own is drawn as well, in points by what it says of its size."""
        out = io.BytesIO()
        Image.new("RGB", (1_700, 2_200), "white").save(out, "PNG", dpi=(200, 200))
        document = page_of(("Ports grew", row(0)), ("and fees fell.", row(1)), media_type="image/png")
        assert self.picture(out.getvalue(), document).width == 612
        document = replace(document, pages=(replace(document.pages[0], index=1),))
        with pytest.raises(ParseError, match="no page 2"):
            draw_page(out.getvalue(), document, 1)
        with pytest.raises(ParseError, match="cannot be drawn"):
            draw_page(out.getvalue()[:60], page_of(("x", row(0))), 0)

    def test_a_page_without_text(self) -> None:
        """A page that holds nothing is drawn all the same."""
        document = replace(page_of(("x", row(0))), text="", blocks=(), pages=(Page(0, "iii", ()),))
        assert self.picture(pdf(blank), document).height > HEIGHT

    @pytest.mark.parametrize(
        "box", [Box(-500, -500, 90_000, 90_000), Box(300, 300, 100, 100), Box(50, 50, 50, 50), Box(0, 0, 1, 1)]
    )
    def test_odd_places(self, box: Box) -> None:
        """Places beyond the page, turned round or without extent do not stop the picture."""
        for kind in ("paragraph", "table"):
            document = page_of(
                ("Ports 항구 grew", box), ("on", row(1)), kind=kind, notes=(Note("항\n1", None, None, (3,)),)
            )
            assert self.picture(pdf(blank), document).width == round(WIDTH)

    def test_what_cannot_be_drawn(self) -> None:
        """A page that is not there and a file that is no PDF are named."""
        document = page_of(("x", row(0)))
        with pytest.raises(ParseError, match="no page 4"):
            draw_page(pdf(blank), document, 3)
        with pytest.raises(ParseError):
            draw_page(b"no PDF", document, 0)
