"""Bytes -> Document by what the bytes are. Runs in the child process; tests and benchmarks may call it in their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.backends.formats import DOCX, HTML, HWP, HWPX, MARKDOWN, PDF, PICTURE, Limits, detect
from assistant.protocols import Parser
from assistant.types import Document, Work

Tell = Callable[[dict[str, Any]], None]


def _nobody(frame: dict[str, Any]) -> None:
    """Tells nobody."""


def read(
    data: bytes, name: str, work: Work, limits: Limits | None = None, ocr: str = "", tell: Tell = _nobody
) -> Document:
    """The document in `data`; raises ParseError. `ocr`: languages for tesseract, or '' for none; `tell` is
    given a frame before each page that goes to OCR, which takes its time."""
    return parser(detect(data, name), limits or Limits(), ocr, tell).parse(data, work)


def parser(media_type: str, limits: Limits, ocr: str = "", tell: Tell = _nobody) -> Parser:
    """The parser of a media type; each is imported where it is chosen."""
    match media_type:
        case t if t == PDF:
            from assistant.backends.pdf import PdfParser

            return PdfParser(max_pages=limits.pages)
        case t if t == PICTURE:
            from assistant.backends.images import ImageParser

            return ImageParser()
        case t if t == DOCX:
            from assistant.backends.docx import DocxParser

            return DocxParser()
        case t if t == HWPX:
            from assistant.backends.hwpx import HwpxParser

            return HwpxParser()
        case t if t == HWP:
            from assistant.backends.hwp import HwpParser

            return HwpParser()
        case t if t == HTML:
            from assistant.backends.html import HtmlParser

            return HtmlParser()
        case t if t == MARKDOWN:
            from assistant.backends.text_files import MarkdownParser

            return MarkdownParser()
        case _:
            from assistant.backends.text_files import PlainTextParser

            return PlainTextParser()


def draw(data: bytes, document: Document, page: int, scale: float) -> bytes:
    """The page as PNG with the document's blocks drawn over it."""
    from assistant.backends.drawing import draw_page

    return draw_page(data, document, page, scale)
