"""PDF files: pages from pdfium as a reader sees them, facts from pypdf, text from `reading`.

Everything that knows a PDF library stands in this folder. No exception of a library leaves it other than as a
ParseError.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pypdf
import pypdfium2 as pdfium

from assistant.backends.pdf.chars import MAX_PAGE_CHARS
from assistant.backends.pdf.facts import Facts, attachments_of, facts_of, is_printed, outline_of
from assistant.backends.pdf.file import EncryptedError, one_line, open_page, open_pdf
from assistant.backends.pdf.hyphens import settle_hyphens
from assistant.backends.pdf.page import ReadPage, read_page
from assistant.errors import ParseError
from assistant.reading import FileFacts, read_pages, read_text
from assistant.reading.chars import Char, PageChars
from assistant.types import Document, Hidden, Work

__all__ = ["MEDIA_TYPE", "PageRecogniser", "PdfParser", "one_line", "open_pdf"]

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 2_000
MAX_CHARS = 8_000_000
MAX_OCR_PAGES = 300
_OCR_SCALE = 300 / 72
_OCR_SIDE = 5_000
"""Pixels: what is given to OCR is not larger."""
_FEW = 30
"""Letters that a page holds beside the picture of one: a stamp, a page number."""
_INSTALL = "install tesseract-ocr"


class PageRecogniser(Protocol):
    """Reads the text in a picture of a page of `width` by `height` points; raises RecognitionError.

    What it gives may say, as `turned`, by how many quarter turns its characters were set upright.
    """

    def recognise(self, image: Any, width: float, height: float) -> list[Char]: ...


@dataclass(slots=True)
class _Pages:
    """What reading page by page leaves; the lists hold indices of pages."""

    pages: list[PageChars] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)
    unsaid: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    """With few letters beside a picture of a page."""
    fruitless: list[int] = field(default_factory=list)
    """OCR found nothing there."""
    unread: list[int] = field(default_factory=list)
    """Left out by the limit on pages for OCR."""
    recognised: int = 0

    @property
    def has_text(self) -> bool:
        return any(not c.text.isspace() for page in self.pages for c in page.chars)


class PdfParser:
    """Reads a PDF into a Document with pages, boxes, sections, notes and tables."""

    def __init__(
        self,
        max_pages: int = MAX_PAGES,
        max_chars: int = MAX_CHARS,
        recogniser: PageRecogniser | None = None,
        max_ocr_pages: int = MAX_OCR_PAGES,
    ) -> None:
        """`recogniser` reads pages that hold no text of their own, at most `max_ocr_pages` of a file."""
        self._max_pages = max_pages
        self._max_chars = max_chars
        self._recogniser = recogniser
        self._max_ocr_pages = max_ocr_pages

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        try:
            return self._parse(data, work, name)
        except ParseError:
            raise
        except RecursionError as exc:
            raise ParseError(f"{name} nests its objects too deep to be read: save it anew from its program") from exc
        except MemoryError as exc:
            raise ParseError(f"{name} asks for more memory than there is: save it anew from its program") from exc
        except Exception as exc:
            raise ParseError(f"{name} cannot be read as PDF ({one_line(exc)}): save it anew from its program") from exc

    def _parse(self, data: bytes, work: Work, name: str) -> Document:
        try:
            pdf = open_pdf(data, name)
        except EncryptedError:
            raise
        except ParseError:
            plain = self._read_plainly(data, work)
            if plain is None:
                raise
            return plain
        try:
            said = facts_of(pdf, data)
            read = self._read(pdf, name, said)
            settle_hyphens(read.pages, data)
            outline = outline_of(pdf)
            if attached := attachments_of(pdf):
                read.warnings.append(f"{attached} attached file{'s' if attached > 1 else ''} not read")
            if said.unshown_fields:
                one = said.unshown_fields == 1
                fields = f"{said.unshown_fields:,} filled form {'field' if one else 'fields'}"
                read.warnings.append(f"{fields} that no page shows {'was' if one else 'were'} not read")
        finally:
            pdf.close()
        if not read.has_text:
            plain = None
            if not (read.pictured or read.drawn or read.hidden):
                plain = self._read_plainly(data, work)
            if plain is None:
                raise ParseError(f"{name} has no text ({self._why_no_text(read)})")
            return plain
        facts = FileFacts(
            title=said.title if is_printed(said.title, read.pages) else None,
            author=said.author,
            authors=said.authors,
            issued=said.issued,
            language=said.language,
            doi=said.doi,
            media_type=MEDIA_TYPE,
            warnings=tuple(read.warnings),
            hidden=tuple(read.hidden),
            outline=outline,
        )
        return read_pages(read.pages, work, facts)

    def _why_no_text(self, read: _Pages) -> str:
        if read.fruitless:
            return "OCR found none either"
        if read.drawn and not read.pictured:
            return f"no page holds text, only drawings: if they show any, {_INSTALL}"
        if read.pictured:
            return f"a scan without text: OCR it first, e.g. with `ocrmypdf`, or {_INSTALL}"
        if read.hidden:
            return "what it holds, no reader sees"
        return "no page holds text"

    def _read(self, pdf: pdfium.PdfDocument, name: str, said: Facts) -> _Pages:
        total = len(pdf)
        if total == 0:
            raise ParseError(f"{name} has no pages: it is empty or cut off")
        read = _Pages()
        if total > self._max_pages:
            read.warnings.append(f"only the first {self._max_pages:,} of {total:,} pages were read")
        characters = 0
        for index in range(min(total, self._max_pages)):
            try:
                page = open_page(pdf, index)
            except pdfium.PdfiumError:
                read.broken.append(index)
                read.pages.append(PageChars(index, 0, 0))
                continue
            try:
                found = read_page(pdf, page, index, said.has_layers)
                self._note(found, page, index, read)
            finally:
                page.close()
            for sheet in found.sheets:
                sheet.label = said.labels.get(index)
                characters += len(sheet.chars)
            read.pages.extend(found.sheets)
            read.hidden.extend(found.hidden)
            if characters > self._max_chars:
                read.warnings.append(f"only the first {index + 1:,} of {total:,} pages were read: too much text")
                break
        read.warnings += _warnings(read, self._max_ocr_pages)
        return read

    def _note(self, found: ReadPage, page: pdfium.PdfPage, index: int, read: _Pages) -> None:
        """Notes what is odd about a page, and has it read by OCR where it holds no text of its own."""
        letters = found.letters
        if found.cut:
            read.warnings.append(f"page {index + 1}: only its first {MAX_PAGE_CHARS:,} characters were read")
        if found.layered:
            read.layered.append(index)
        beside = 0 < letters < _FEW and found.picture > 0.5 and not found.layered
        why = read.unsaid if found.unsaid else read.beside if beside else None
        if not letters:
            drawn = found.drawings > 0
            why = read.pictured if any(s.pictures for s in found.sheets) else read.drawn if drawn else read.blank
        if why is None:
            return
        if why is read.blank or self._recogniser is None:
            why.append(index)
            return
        if read.recognised >= self._max_ocr_pages:
            read.unread.append(index)
            return
        read.recognised += 1
        scale = min(_OCR_SCALE, _OCR_SIDE / max(found.width, found.height, 1.0))
        image = page.render(scale=scale).to_pil().convert("RGB")
        from assistant.backends.ocr.tesseract import RecognitionError

        try:
            chars = self._recogniser.recognise(image, found.width, found.height)
        except RecognitionError as exc:
            read.warnings.append(f"page {index + 1}: OCR failed ({one_line(exc)})")
            why.append(index)
            return
        if sum(not c.text.isspace() for c in chars) <= letters and not found.unsaid:
            (why if letters else read.fruitless).append(index)
            return
        # What the page holds itself stands in its picture too.
        turned, rulings = getattr(chars, "turned", 0), getattr(chars, "rulings", [])
        pictures = found.sheets[0].pictures
        found.sheets[:] = [
            PageChars(index, found.width, found.height, chars, rulings, pictures=pictures, turned=turned)
        ]

    def _read_plainly(self, data: bytes, work: Work) -> Document | None:
        """The text that pypdf finds in a file of which pdfium makes nothing; None where it finds none."""
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            texts: list[str] = []
            for number, page in enumerate(reader.pages):
                if number >= self._max_pages or sum(len(t) for t in texts) > self._max_chars:
                    break
                texts.append(page.extract_text().replace("\f", "\n"))
        except Exception:  # the file is broken, as was found before
            return None
        if sum(c.isalnum() for text in texts for c in text) < 3:
            return None
        warning = "read without layout, since the file is broken: what is hidden in it cannot be told"
        facts = FileFacts(media_type=MEDIA_TYPE, warnings=(warning,))
        return read_text("\f".join(texts), work, facts)


def _warnings(read: _Pages, most: int) -> list[str]:
    ocr = f"OCR may read them ({_INSTALL})"
    lines = (
        (read.broken, "cannot be read"),
        (read.blank, "without text"),
        (read.pictured, f"without text but with a picture: {ocr}"),
        (read.drawn, f"without text but with drawings: {ocr}"),
        (read.beside, f"with hardly any text beside a picture: {ocr}"),
        (read.fruitless, "without text: OCR found none either"),
        (read.unread, f"without text: OCR reads at most {most:,} page{'s' if most != 1 else ''} of a file"),
    )
    found = [f"{_pages(pages)} {words}" for pages, words in lines if pages]
    if read.layered:
        found.append(f"{_pages(read.layered)}: text layer of an earlier OCR, read as it is")
    if read.unsaid:
        found.append(f"{_pages(read.unsaid)}: the fonts do not say which letters they draw; {ocr}")
    return found


def _pages(indices: Sequence[int]) -> str:
    """'page 3' or 'pages 3, 5–9', counted from 1."""
    ranges: list[list[int]] = []
    for i in indices:
        if ranges and ranges[-1][1] == i - 1:
            ranges[-1][1] = i
        else:
            ranges.append([i, i])
    words = ", ".join(f"{a + 1}" if a == b else f"{a + 1}–{b + 1}" for a, b in ranges)
    return f"page{'s' if len(indices) > 1 else ''} {words}"
