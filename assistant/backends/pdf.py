"""PDF files: characters and rulings from pdfium, labels and outline from pypdf, text from `reading`.

Everything that knows a PDF library stands here. No exception of a library leaves this file other
than as a ParseError.
"""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import atan2, hypot, pi
from typing import Any

import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.errors import ParseError
from assistant.reading import FileFacts, read_pages
from assistant.reading.chars import Char, Hyphen, PageChars, Ruling, upright
from assistant.types import Box, Document, Work

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 2_000
MAX_CHARS = 8_000_000
MAX_PAGE_CHARS = 100_000
MAX_PAGE_OBJECTS = 20_000

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!light)|(?:^|[-_ ,])bd(?:$|[-_ ,])", re.IGNORECASE)
_HYPHENS = frozenset("-\u00ad\u2010\u0002\ufffe")
_PDFIUM_LINE_HYPHEN = 2
"""pdfium gives this code for a hyphen at the end of a line and hides whether it was a soft one."""


@dataclass(slots=True)
class _Run:
    """What all characters of one text object share."""

    size: float
    bold: bool
    turned: int | None
    actual: str | None


@dataclass(slots=True)
class _Pages:
    pages: list[PageChars] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)


class PdfParser:
    """Reads a PDF into a Document with pages, boxes, sections, notes and tables."""

    def __init__(self, max_pages: int = MAX_PAGES, max_chars: int = MAX_CHARS) -> None:
        self._max_pages = max_pages
        self._max_chars = max_chars

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
        pdf = open_pdf(data, name)
        try:
            read = self._read(pdf, name)
            _settle_hyphens(read.pages, data)
            metadata = _metadata(pdf)
        finally:
            pdf.close()
        if not any(not c.text.isspace() for page in read.pages for c in page.chars):
            hint = "a scan without text: OCR it first, e.g. with `ocrmypdf`" if read.scanned else "no page holds text"
            raise ParseError(f"{name} has no text ({hint})")
        facts = FileFacts(
            title=metadata.get("Title"),
            author=metadata.get("Author"),
            media_type=MEDIA_TYPE,
            warnings=tuple(read.warnings),
        )
        return read_pages(read.pages, work, facts)

    def _read(self, pdf: pdfium.PdfDocument, name: str) -> _Pages:
        total = len(pdf)
        if total == 0:
            raise ParseError(f"{name} has no pages: it is empty or cut off")
        read = _Pages()
        if total > self._max_pages:
            read.warnings.append(f"only the first {self._max_pages:,} of {total:,} pages were read")
        characters = 0
        empty: list[int] = []
        broken: list[int] = []
        for index in range(min(total, self._max_pages)):
            try:
                page = pdf[index]
            except pdfium.PdfiumError:
                broken.append(index)
                read.pages.append(PageChars(index, 0, 0))
                continue
            try:
                sheets, pictures, cut = _read_page(page, index)
            finally:
                page.close()
            label = pdf.get_page_label(index) or None
            for sheet in sheets:
                sheet.label = label
                characters += len(sheet.chars)
            if cut:
                read.warnings.append(f"page {index + 1}: only its first {MAX_PAGE_CHARS:,} characters were read")
            if not any(not c.text.isspace() for sheet in sheets for c in sheet.chars):
                empty.append(index)
                if pictures:
                    read.scanned.append(index)
            read.pages.extend(sheets)
            if characters > self._max_chars:
                read.warnings.append(f"only the first {index + 1:,} of {total:,} pages were read: too much text")
                break
        if broken:
            read.warnings.append(f"{_pages(broken)} cannot be read")
        scanned = set(read.scanned)
        if blank := [i for i in empty if i not in scanned]:
            read.warnings.append(f"{_pages(blank)} without text")
        if scanned:
            read.warnings.append(f"{_pages(sorted(scanned))} without text but with a picture: OCR may read them")
        return read


def open_pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    if not data:
        raise ParseError(f"{name} is empty: 0 bytes")
    if b"%PDF" not in data[:1024]:
        raise ParseError(f"{name} is not a PDF: it does not begin as one")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        code = raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD or "assword" in str(exc):
            raise ParseError(
                f"{name} is encrypted: open it with its password and save it without (remove the password)"
            ) from exc
        raise ParseError(f"{name} is broken: it cannot be opened as PDF ({one_line(exc)}); get it anew") from exc


def _read_page(page: pdfium.PdfPage, index: int) -> tuple[list[PageChars], bool, bool]:
    """The page as sheets of one reading direction each (the main one first), whether it holds a picture,
    and whether it was cut."""
    width, height = page.get_size()
    affine = _affine(page, width, height)
    textpage = page.get_textpage()
    try:
        by_turn, cut = _read_chars(textpage.raw, affine, width, height)
    finally:
        textpage.close()
    rulings, pictures = _read_paths(page, affine)
    order = sorted(by_turn, key=lambda t: (-len(by_turn[t]), t)) or [0]
    sheets = []
    for turned in order:
        sheet = PageChars(index, width, height, by_turn.get(turned, []), turned=turned)
        if turned == 0:
            sheet.rulings = rulings
            sheet.pictures = pictures
        else:
            sheet.rulings = [_turn_ruling(r, turned, width, height) for r in rulings]
        sheets.append(sheet)
    return sheets, bool(pictures), cut


Affine = tuple[float, float, float, float, float, float]


def _affine(page: pdfium.PdfPage, width: float, height: float) -> Affine:
    """From the page's own coordinates to points from the top left as shown (rotation, crop)."""
    fine = 100  # pdfium answers in whole device units: make them hundredths of a point
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(px: float, py: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, 0, 0, int(width * fine), int(height * fine), 0, px, py, x, y)
        return x.value / fine, y.value / fine

    ex, ey = at(0, 0)
    ax, ay = at(1000, 0)
    cx, cy = at(0, 1000)
    return ((ax - ex) / 1000, (ay - ey) / 1000, (cx - ex) / 1000, (cy - ey) / 1000, ex, ey)


def _read_chars(textpage: Any, affine: Affine, width: float, height: float) -> tuple[dict[int, list[Char]], bool]:
    a, b, c, d, e, f = affine
    total = raw.FPDFText_CountChars(textpage)
    cut = total > MAX_PAGE_CHARS
    by_turn: dict[int, list[Char]] = {}
    runs: dict[int, _Run] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    px, py = ctypes.byref(x), ctypes.byref(y)
    rect = raw.FS_RECTF()
    prect = ctypes.byref(rect)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    get_unicode, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    get_origin, get_loose = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
    run = None
    high = 0
    for i in range(min(total, MAX_PAGE_CHARS)):
        code = get_unicode(textpage, i)
        if code in (0, 10, 13):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        generated = code == 32 and bool(raw.FPDFText_IsGenerated(textpage, i))
        if generated:
            if run is not None and run.turned is not None and by_turn.get(run.turned):
                last = by_turn[run.turned][-1]
                by_turn[run.turned].append(
                    Char(" ", last.right, last.right, last.baseline, last.size, last.bold, None, True)
                )
            continue
        pointer = get_object(textpage, i)
        key = ctypes.addressof(pointer.contents) if pointer else -i - 1
        run = runs.get(key)
        if run is None:
            run = runs[key] = _read_run(textpage, i, pointer, affine)
        if run.turned is None:
            continue
        get_origin(textpage, i, px, py)
        get_loose(textpage, i, prect)
        ox, oy = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        x0, y0 = a * rect.left + c * rect.bottom + e, b * rect.left + d * rect.bottom + f
        x1, y1 = a * rect.right + c * rect.top + e, b * rect.right + d * rect.top + f
        if not (-2 <= ox <= width + 2 and -2 <= oy <= height + 2):
            continue  # outside the page as shown: nobody sees it
        turned = run.turned
        if turned:
            ox, oy = upright(ox, oy, turned, width, height)
            x0, y0 = upright(x0, y0, turned, width, height)
            x1, y1 = upright(x1, y1, turned, width, height)
        if x0 > x1:
            x0, x1 = x1, x0
        char = Char(chr(code), min(ox, x0), max(x1, ox), oy, run.size, run.bold)
        if 48 <= code <= 57 and raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top):
            ink_x, ink_y = a * left.value + c * top.value + e, b * left.value + d * top.value + f
            char.glyph_top = upright(ink_x, ink_y, turned, width, height)[1]
        elif code == _PDFIUM_LINE_HYPHEN or char.text in _HYPHENS:
            char.text = "-"
            char.hyphen = _hyphen_kind(code, run.actual)
        by_turn.setdefault(turned, []).append(char)
    return by_turn, cut


def _hyphen_kind(code: int, actual: str | None) -> Hyphen | None:
    if actual is not None:
        return "soft" if actual == "\u00ad" else "hard"
    return "soft" if code == 0xAD else None


def _read_run(textpage: Any, i: int, pointer: Any, affine: Affine) -> _Run:
    a, b, c, d, _, _ = affine
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, i, matrix)
    dx, dy = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
    quarter = -atan2(dy, dx) / (pi / 2)
    # Text at a slant (a watermark across the page) is not part of the running text.
    turned = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.12 else None
    size = raw.FPDFText_GetFontSize(textpage, i) * (hypot(matrix.c, matrix.d) or 1.0)
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, i, name, 128, flags)
    family = name.value.decode("latin-1", "replace")
    weight = raw.FPDFText_GetFontWeight(textpage, i)
    bold = bool(_BOLD.search(family)) or bool(flags.value & (1 << 18)) or 600 <= weight <= 1000
    return _Run(abs(size), bold, turned, _actual_text(pointer) if pointer else None)


def _actual_text(pointer: Any) -> str | None:
    """The hyphen that the file says a text object stands for, where it says so."""
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * 16)()
    for k in range(raw.FPDFPageObj_CountMarks(pointer)):
        mark = raw.FPDFPageObj_GetMark(pointer, k)
        # As raw bytes: asked for a string, pdfium turns a soft hyphen into a null.
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, 16, length) and 0 < length.value <= 16:
            value = bytes(buffer)[: length.value]
            text = value[2:].decode("utf-16-be", "replace") if value[:2] == b"\xfe\xff" else value.decode("latin-1")
            if text in ("-", "\u00ad", "\u2010"):
                return text
    return None


def _read_paths(page: pdfium.PdfPage, affine: Affine) -> tuple[list[Ruling], list[Box]]:
    """Straight lines and the edges of boxes as rulings, and where pictures stand."""
    rulings: list[Ruling] = []
    pictures: list[Box] = []
    for number, item in enumerate(page.get_objects(max_depth=3)):
        if number >= MAX_PAGE_OBJECTS:
            break
        if item.type not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            box = _shown(item.get_bounds(), affine)
        except pdfium.PdfiumError:
            continue
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            if box.right - box.left > 20 and box.bottom - box.top > 20:
                pictures.append(box)
            continue
        rulings.extend(_rulings_of(item.raw, box))
    return rulings, pictures


def _rulings_of(path: Any, box: Box) -> Iterator[Ruling]:
    wide, high = box.right - box.left, box.bottom - box.top
    if (high <= 2.5 and wide >= 6) or (wide <= 2.5 and high >= 6):
        yield Ruling(box.left, box.top, box.right, box.bottom)
        return
    segments = raw.FPDFPath_CountSegments(path)
    if wide < 6 or high < 6 or not 3 <= segments <= 6:
        return
    for k in range(segments):
        if raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, k)) == raw.FPDF_SEGMENT_BEZIERTO:
            return
    yield Ruling(box.left, box.top, box.right, box.top)
    yield Ruling(box.left, box.bottom, box.right, box.bottom)
    yield Ruling(box.left, box.top, box.left, box.bottom)
    yield Ruling(box.right, box.top, box.right, box.bottom)


def _shown(bounds: tuple[float, float, float, float], affine: Affine) -> Box:
    a, b, c, d, e, f = affine
    left, bottom, right, top = bounds
    x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
    x1, y1 = a * right + c * top + e, b * right + d * top + f
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _turn_ruling(ruling: Ruling, turned: int, width: float, height: float) -> Ruling:
    x0, y0 = upright(ruling.left, ruling.top, turned, width, height)
    x1, y1 = upright(ruling.right, ruling.bottom, turned, width, height)
    return Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _metadata(pdf: pdfium.PdfDocument) -> dict[str, str]:
    try:
        return {k: v.strip() for k, v in pdf.get_metadata_dict().items() if v and v.strip()}
    except Exception:  # metadata is a convenience: a broken entry must not lose the document
        return {}


def _settle_hyphens(pages: Sequence[PageChars], data: bytes) -> None:
    """Says of each hyphen whether the file means a soft or a real one, where the file knows.

    pdfium shows both alike at the end of a line. A file tells them apart by /ActualText (read
    already) or by mapping the glyph to U+00AD, which only pypdf's text still shows.
    """
    hyphens = [c for page in pages for c in page.chars if c.text == "-"]
    known = {c.hyphen for c in hyphens if c.hyphen}
    unknown = [c for c in hyphens if c.hyphen is None]
    if not unknown:
        return
    if not known and b"/ToUnicode" not in data:
        return
    if known == {"hard"}:
        # The file names its real hyphens: the glyph by itself is the soft one.
        rest: Hyphen = "soft"
    elif known:
        rest = "hard"
    else:
        _settle_by_code_points(pages, data)
        return
    for char in unknown:
        char.hyphen = rest


def _settle_by_code_points(pages: Sequence[PageChars], data: bytes) -> None:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        mapped = [p for p in pages if any(c.text == "-" for c in p.chars) and _maps_soft_hyphen(reader.pages[p.index])]
        if not mapped:
            return
        for page in mapped:
            found = re.findall("[-\u00ad\u2010]", reader.pages[page.index].extract_text())
            chars = [c for c in page.chars if c.text == "-"]
            if len(found) != len(chars) or "\u00ad" not in found:
                continue  # the two readings do not run side by side: leave it to the words
            for char, code in zip(chars, found, strict=True):
                char.hyphen = "soft" if code == "\u00ad" else "hard"
    except Exception:  # pypdf is only a second witness here
        return


def _maps_soft_hyphen(page: Any) -> bool:
    fonts = page.get("/Resources", {}).get("/Font", {})
    for reference in fonts.values():
        table = reference.get_object().get("/ToUnicode")
        if table is not None:
            try:
                if b"00ad" in table.get_object().get_data().lower():
                    return True
            except (AttributeError, zlib.error):
                continue
    return False


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


def one_line(exc: BaseException) -> str:
    return " ".join(str(exc).split())[:120] or type(exc).__name__
