"""Pages as pictures: what a reader sees, with places marked on it, or with our understanding of it drawn over it."""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from PIL import Image, ImageChops, ImageDraw, ImageFont

from assistant.backends.formats import PICTURE, detect
from assistant.backends.images import page_image
from assistant.backends.pdf.parser import one_line, open_pdf
from assistant.errors import ParseError
from assistant.render import heading_levels
from assistant.types import Block, BlockKind, Box, Document, Page

MAX_RENDER_SIDE = 4_000
"""Pixels: a hostile page box must not ask for a picture of gigabytes."""

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

COLOURS: dict[BlockKind, Colour] = {
    "title": (123, 31, 162),
    "byline": (171, 71, 188),
    "heading": (213, 0, 0),
    "paragraph": (25, 95, 205),
    "list": (0, 140, 160),
    "quote": (63, 56, 170),
    "caption": (230, 100, 0),
    "source": (160, 125, 10),
    "table": (30, 130, 50),
    "note": (110, 70, 55),
    "aside": (90, 110, 125),
}
_MARK: Colour = (200, 0, 130)
_ORDER: Colour = (60, 60, 60)
_UNSURE = 0.7
MAX_DRAWN_SIDE = 2_400
"""Pixels of a page with our blocks over it: a large sheet is drawn smaller, to be looked at as a whole."""
_GAP = 2.5
"""Times the height of a line: a wider gap inside a block (a figure, the next column) parts its outline."""


def render_page(data: bytes, index: int, scale: float = 1.5, boxes: Sequence[Box] = ()) -> bytes:
    """The page as a PNG, `boxes` (points from its top left) marked as with a highlighter."""
    image, scale = _picture(data, index, scale)
    if boxes:
        image = _highlighted(image, [(_pixels(box, scale, 1), (255, 232, 120)) for box in boxes])
    return _png(image)


def draw_page(data: bytes, document: Document, index: int, scale: float = 2.0) -> bytes:
    """The page as a PNG with what we made of it: each block outlined in the colour of its kind, in which order
    they are read, the cells of tables, the marks of notes. What stands on the page and not in the text is greyed.
    """
    page = next((p for p in document.pages if p.index == index), None)
    if page is None:
        raise ParseError(f"{document.id} has no page {index + 1}: it has {len(document.pages)}")
    image, scale = _picture(data, index, scale, MAX_DRAWN_SIDE)
    unit = max(min(image.size) / 612, 1.0)
    shapes = shapes_of(document, page)
    lines = [(line, COLOURS[s.block.kind]) for s in shapes for line in s.lines]
    image = _greyed(image, [_pixels(box, scale, 2) for box, _ in lines])
    image = _highlighted(image, [(_pixels(box, scale, 1), _pale(colour)) for box, colour in lines])
    _Sheet(image, scale, unit).draw(document, page, shapes)
    return _png(_above(image, _legend(document, page, shapes, image.width, unit)))


# what is drawn


@dataclass(slots=True)
class Shape:
    """A block, or what of it stands on one page: `lines` (or cells) and the outlines around them."""

    block: Block
    order: int
    """Counts the blocks of the page in order of the text, from 1."""
    label: str
    lines: list[Box] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)


def shapes_of(document: Document, page: Page) -> list[Shape]:
    """The blocks of a page that have a place on it, in reading order."""
    levels = heading_levels(document)
    numbers = {n.span: n.number for n in document.notes if n.span is not None}
    placed = sorted(page.boxes, key=lambda item: item[0])
    starts = [span.start for span, _ in placed]
    shapes: list[Shape] = []
    for block in document.blocks:
        first = bisect_left(starts, block.span.start)
        lines = [box for _, box in placed[first : bisect_left(starts, block.span.end)]]
        if not lines:
            continue
        name: str = {"paragraph": "p", "heading": f"h{levels.get(block.span.start, 1)}"}.get(block.kind, block.kind)
        if block.span in numbers:
            name = f"note {numbers[block.span]}"
        order = len(shapes) + 1
        begins = any(s.start <= block.span.start < s.end for s in page.spans)
        outlines = [_around(lines)] if block.kind == "table" else list(_outlines(lines))
        shapes.append(Shape(block, order, f"{order} {'' if begins else '...'}{name}", lines, outlines))
    return shapes


def _outlines(lines: Sequence[Box]) -> Iterator[Box]:
    """Rectangles around lines that follow one another: parted where the text goes to another column, or past a
    figure."""
    sideways = median(b.bottom - b.top for b in lines) > 2 * median(b.right - b.left for b in lines)
    group: list[Box] = []
    for line in lines:
        if group and _parted(group, line, sideways):
            yield _around(group)
            group = []
        group.append(line)
    yield _around(group)


def _parted(group: Sequence[Box], line: Box, sideways: bool) -> bool:
    last, whole = group[-1], _around(group)
    if sideways:  # lines stand beside one another
        high = line.right - line.left
        gap = max(line.left - whole.right, whole.left - line.right)
        beside = line.top >= whole.bottom or line.bottom <= whole.top
        return gap > _GAP * high or beside
    high = line.bottom - line.top
    beside = line.left >= whole.right or line.right <= whole.left
    return line.top - last.bottom > _GAP * high or last.top - line.top > high or (beside and line.top > last.bottom)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def marks_of(document: Document, page: Page) -> list[tuple[float, float, str]]:
    """Where on the page notes are called: x, y (the top of the line) and the number; '?' for a loose mark."""
    placed = sorted(page.boxes, key=lambda item: item[0])
    starts = [span.start for span, _ in placed]
    called = [(at, n.number) for n in document.notes for at in n.marks]
    called += [(span.end, "?") for span in document.loose_marks]
    font = _font(20)
    found = []
    for at, number in sorted(called):
        k = bisect_right(starts, at - 1) - 1
        if k >= 0 and placed[k][0].start < at <= placed[k][0].end:
            span, box = placed[k]
            # The line's letters are not the font's, but wide ones are wide in both.
            share = font.getlength(document.text[span.start : at]) / font.getlength(span.slice(document.text))
            found.append((box.left + share * (box.right - box.left), box.top, number))
    return found


# drawing it


class _Sheet:
    """Draws on the picture of a page. `scale`: pixels a point; `unit`: what the sizes of lines and letters follow,
    a point where the page is as large as a letter."""

    def __init__(self, image: Image.Image, scale: float, unit: float) -> None:
        self._pen = ImageDraw.Draw(image, "RGBA")
        self._scale = scale
        self._unit = unit
        self._font = _font(round(7 * unit))

    def draw(self, document: Document, page: Page, shapes: Sequence[Shape]) -> None:
        line = max(1, round(self._unit * 0.6))
        for shape in shapes:
            colour = COLOURS[shape.block.kind]
            if shape.block.kind == "table":
                for cell in shape.lines:
                    self._pen.rectangle(_pixels(cell, self._scale, 1), outline=(*colour, 150), width=1)
            for outline in shape.outlines:
                self._pen.rectangle(_pixels(outline, self._scale, 3), outline=colour, width=line * 2)
        self._order(shapes, line * 2)
        for read, box in _recognised(document, page):
            colour = (220, 0, 0) if read < _UNSURE else (230, 160, 0)
            left, _, right, bottom = _pixels(box, self._scale, 0)
            self._pen.line((left, bottom, right, bottom), fill=(*colour, 200), width=line)
        for x, y, number in marks_of(document, page):
            self._flag(x * self._scale, y * self._scale, number)
        for shape in shapes:
            for k, outline in enumerate(shape.outlines):
                self._label(outline, shape.label if k == 0 else f"{shape.order} ...", COLOURS[shape.block.kind])

    def _order(self, shapes: Sequence[Shape], width: int) -> None:
        """A thin line through the beginnings of the outlines, with an arrow where it arrives."""
        points = [
            (o.left * self._scale - 4 * self._unit, o.top * self._scale + 3 * self._unit)
            for s in shapes
            for o in s.outlines
        ]
        for a, b in pairwise(points):
            self._pen.line((*a, *b), fill=(*_ORDER, 150), width=width)
            long = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
            if long > 1:
                dx, dy, size = (b[0] - a[0]) / long, (b[1] - a[1]) / long, 6 * self._unit
                back = (b[0] - dx * size, b[1] - dy * size)
                side = (-dy * size * 0.45, dx * size * 0.45)
                tip = [b, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
                self._pen.polygon(tip, fill=(*_ORDER, 190))

    def _label(self, outline: Box, text: str, colour: Colour) -> None:
        """The name of a block, at the left of its first line, or above it where there is no room."""
        wide, high = _size(text, self._font)
        left, top, _, _ = _pixels(outline, self._scale, 3)
        pad = self._unit
        x, y = left - wide - 2 * pad, top
        if x < 0:
            x, y = max(left, 0), max(top - high - 2 * pad, 0)
        self._pen.rectangle((x, y, x + wide + 2 * pad, y + high + 2 * pad), fill=(*colour, 225))
        self._pen.text((x + pad, y + pad), text, font=self._font, fill="white", anchor="lt")

    def _flag(self, x: float, y: float, number: str) -> None:
        """A note's mark: a pole at its place and the number above it."""
        number = _drawable(number)[:8]
        wide, high = _size(number, self._font)
        pad = self._unit * 0.5
        top = y - high - 2 * pad + 1.5 * self._unit
        self._pen.line((x, top, x, y + 7 * self._unit), fill=(*_MARK, 220), width=max(1, round(self._unit * 0.6)))
        self._pen.rectangle((x, top, x + wide + 2 * pad, top + high + 2 * pad), fill=(*_MARK, 215))
        self._pen.text((x + pad, top + pad), number, font=self._font, fill="white", anchor="lt")


def _legend(document: Document, page: Page, shapes: Sequence[Shape], width: int, unit: float) -> Image.Image:
    """What the colours mean, and what of the page is not in the text."""
    font, pad = _font(round(8 * unit)), round(4 * unit)
    kinds = [s.block.kind for s in shapes]
    printed = f", printed {page.label}" if page.label else ""
    name = _drawable(f"{document.id}, page {page.index + 1} of {len(document.pages)}{printed}")
    entries: list[tuple[Colour | None, str]] = [(None, name)]
    entries += [(COLOURS[kind], f"{kind}: {kinds.count(kind)}") for kind in COLOURS if kind in kinds]
    if shapes:
        entries.append((_ORDER, "arrows: reading order"))
    if marks := marks_of(document, page):
        loose = sum(number == "?" for _, _, number in marks)
        entries.append((_MARK, f"note marks: {len(marks) - loose}" + (f", loose (?): {loose}" if loose else "")))
    if read := _recognised(document, page):
        low = sum(confidence < _UNSURE for confidence, _ in read)
        entries.append(
            ((230, 160, 0), f"lines read by OCR: {len(read)}" + (f", {low} of them unsure (red)" if low else ""))
        )
    entries += [
        ((200, 200, 200), _drawable(f"hidden, left out: {h.why}, {h.characters:,} characters"))
        for h in document.hidden
        if h.page == page.index
    ]
    entries.append(((200, 200, 200), "grey: on the page, not in the text" if shapes else "no text on this page"))
    rows: list[list[tuple[Colour | None, str, int]]] = [[]]
    x = pad
    for colour, text in entries:
        size = _size(text, font)[0] + 4 * pad
        if rows[-1] and x + size > width:
            rows.append([])
            x = pad
        rows[-1].append((colour, text, x))
        x += size
    high = round(14 * unit)
    image = Image.new("RGB", (width, high * len(rows) + 2 * pad), "white")
    pen = ImageDraw.Draw(image)
    pen.line((0, 0, width, 0), fill=(120, 120, 120), width=2)
    for n, row in enumerate(rows):
        y = pad + n * high
        for colour, text, x in row:
            if colour:
                pen.rectangle((x, y + 2, x + 2 * pad, y + high - pad), fill=colour)
            pen.text(
                (x + (2.5 * pad if colour else 0), y + high // 2 - pad // 4), text, font=font, fill="black", anchor="lm"
            )
    return image


def _recognised(document: Document, page: Page) -> list[tuple[float, Box]]:
    """The lines of the page that OCR read, with how sure it was."""
    sure = {r.span.start: r for r in document.recognised}
    found = []
    for span, box in page.boxes:
        read = sure.get(span.start) or next((r for r in document.recognised if r.span.overlaps(span)), None)
        if read is not None:
            found.append((read.confidence, box))
    return found


# pictures


def _picture(data: bytes, index: int, scale: float, longest: int = MAX_RENDER_SIDE) -> tuple[Image.Image, float]:
    """The page as pdfium draws it, or the picture that the file is, and the pixels a point that were possible."""
    if detect(data, "the file") == PICTURE:
        image, width, height = page_image(data, index)
        scale = min(scale, longest / max(width, height, 1.0))
        return image.resize((max(round(width * scale), 1), max(round(height * scale), 1))), scale
    pdf = open_pdf(data, "the file")
    try:
        if not 0 <= index < len(pdf):
            raise ParseError(f"the file has no page {index + 1}: it has {len(pdf)}")
        page = pdf[index]
        width, height = page.get_size()
        scale = min(scale, longest / max(width, height, 1.0))
        return page.render(scale=scale).to_pil().convert("RGB"), scale
    except ParseError:
        raise
    except Exception as exc:
        raise ParseError(f"page {index + 1} cannot be drawn ({one_line(exc)})") from exc
    finally:
        pdf.close()


def _pixels(box: Box, scale: float, margin: float) -> tuple[float, float, float, float]:
    """A box in pixels, `margin` pixels wider at each side; its corners in order whatever the box is."""
    left, right = sorted((box.left * scale, box.right * scale))
    top, bottom = sorted((box.top * scale, box.bottom * scale))
    return left - margin, top - margin, right + margin, bottom + margin


def _highlighted(image: Image.Image, places: Iterable[tuple[tuple[float, float, float, float], Colour]]) -> Image.Image:
    """Multiplying keeps the letters black under the colour, as a highlighter does."""
    marker = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(marker)
    for corners, colour in places:
        draw.rectangle(corners, fill=colour)
    return ImageChops.multiply(image, marker)


def _greyed(image: Image.Image, kept: Iterable[tuple[float, float, float, float]]) -> Image.Image:
    """The picture with everything outside of `kept` pale and without colour."""
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    for corners in kept:
        draw.rectangle(corners, fill=255)
    pale = Image.blend(image.convert("L").convert("RGB"), Image.new("RGB", image.size, (225, 225, 225)), 0.6)
    return Image.composite(image, pale, mask)


def _pale(colour: Colour) -> Colour:
    r, g, b = (255 - (255 - part) // 8 for part in colour)
    return r, g, b


def _above(image: Image.Image, legend: Image.Image) -> Image.Image:
    whole = Image.new("RGB", (image.width, image.height + legend.height), "white")
    whole.paste(image, (0, 0))
    whole.paste(legend, (0, image.height))
    return whole


def _font(size: int) -> Font:
    return ImageFont.load_default(size=max(size, 6))


def _size(text: str, font: Font) -> tuple[int, int]:
    left, top, right, bottom = font.getbbox(text or " ", anchor="lt")
    return round(right - left), round(bottom - top)


def _drawable(text: str) -> str:
    """The default font has Latin letters only."""
    return "".join(c if " " <= c < "\u0250" else "?" for c in text)[:120]


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
