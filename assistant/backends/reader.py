"""Bytes -> Document by what the bytes are. Runs in the child process; tests and benchmarks may call it in their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.backends.formats import DOCX, HTML, HWP, HWPX, MARKDOWN, PDF, PICTURE, Limits, detect
from assistant.errors import ParseError
from assistant.protocols import Parser
from assistant.types import Document, Work

if TYPE_CHECKING:
    from PIL import Image

    from assistant.backends.ocr.tesseract import RecognisedChars, Tesseract

Tell = Callable[[dict[str, Any]], None]


def _nobody(frame: dict[str, Any]) -> None:
    """Tells nobody."""


def read(
    data: bytes, name: str, work: Work, limits: Limits | None = None, ocr: str = "", tell: Tell = _nobody
) -> Document:
    """The document in `data`; raises ParseError. `ocr`: languages for tesseract, or '' for none; `tell` is
    given a frame before each page that goes to OCR, which takes its time."""
    document = parser(detect(data, name), limits or Limits(), ocr, tell).parse(data, work)
    if not document.text.strip():
        left_out = "; what it holds, no reader sees" if document.hidden else ""
        raise ParseError(f"{name} has no text that could be cited{left_out}")
    return document


def parser(media_type: str, limits: Limits, ocr: str = "", tell: Tell = _nobody) -> Parser:
    """The parser of a media type; each is imported where it is chosen."""
    match media_type:
        case t if t == PDF:
            from assistant.backends.pdf import PdfParser

            return PdfParser(
                max_pages=limits.pages, recogniser=_recogniser(limits, ocr, tell), max_ocr_pages=limits.ocr_pages
            )
        case t if t == PICTURE:
            from assistant.backends.images import ImageParser

            return ImageParser(recogniser=_recogniser(limits, ocr, tell), max_pages=limits.ocr_pages)
        case t if t == DOCX:
            from assistant.backends.docx import DocxParser

            return DocxParser()
        case t if t == HWPX:
            from assistant.backends.hangul.hwpx import HwpxParser

            return HwpxParser()
        case t if t == HWP:
            from assistant.backends.hangul.hwp import HwpParser

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


@dataclass(slots=True)
class _Recogniser:
    """Tesseract, looked for when the first page needs it; says before each page that it takes its time."""

    languages: str
    seconds: int
    tell: Tell
    _found: Tesseract | None = field(default=None)

    def recognise(self, image: Image.Image, width: float, height: float) -> RecognisedChars:
        from assistant.backends.ocr.tesseract import RecognitionError, find_recogniser

        self.tell({"ocr": 1})
        self._found = self._found or find_recogniser(self.languages, seconds=self.seconds)
        if self._found is None:
            raise RecognitionError("tesseract does not answer")
        return self._found.recognise(image, width, height)


def _recogniser(limits: Limits, ocr: str, tell: Tell) -> _Recogniser | None:
    return _Recogniser(ocr, limits.ocr_seconds, tell) if ocr else None


def draw(data: bytes, document: Document, page: int, scale: float) -> bytes:
    """The page as PNG with the document's blocks drawn over it."""
    from assistant.backends.drawing import draw_page

    return draw_page(data, document, page, scale)
