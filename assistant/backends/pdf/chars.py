"""The characters of a page as pdfium finds them: code point, box, size, weight, slant, direction."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from math import atan2, hypot, pi
from typing import Any

import pypdfium2.raw as raw

from assistant.backends.pdf.file import Affine, address_of
from assistant.reading.chars import Char, upright
from assistant.types import Box

MAX_PAGE_CHARS = 100_000

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!light)|(?:^|[-_ ,])bd(?:$|[-_ ,])", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv|(?:^|[-_ ,])(?:it|bdit|boldit)(?:$|[-_ ,])", re.IGNORECASE)
_HYPHENS = frozenset("-\u00ad\u2010\u0002\ufffe")
"""With the codes that pdfium gives for a hyphen at the end of a line, hiding whether it was a soft one."""
_LOST_CODES = frozenset({0, 9, 10, 11, 12, 13})
"""Codes of nothing that is drawn: a glyph with a shape that a font gives such a code is a letter not told."""
_PLAIN, _UNSAID_CODE, _BLANK = range(3)
_UNSAID = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


_object_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""The address of the text object of a character: asked for each, it must not cost a pointer object."""


@dataclass(slots=True)
class _Font:
    """What is known of a font's codes: a letter is asked for once."""

    embedded: bool
    drawn: bool
    """Its letters are drawings (Type 3): their boxes do not say whether they show anything."""
    codes: dict[int, int] = field(default_factory=dict)
    """Code point -> _PLAIN, _UNSAID_CODE or _BLANK."""


@dataclass(slots=True)
class Run:
    """What all characters of one text object share, and which they are."""

    pointer: Any
    size: float
    bold: bool
    italic: bool
    turned: int | None
    font: _Font
    numbers: list[int] = field(default_factory=list)
    """By which number pdfium knows each of `chars`; -1 for a space that it put in."""
    chars: list[Char] = field(default_factory=list)


@dataclass(slots=True)
class PageRead:
    """The characters of a page by the way they run, as numbers of quarter turns."""

    by_turn: dict[int, list[Char]] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    off_page: int = 0
    slanted: int = 0
    """Characters set at a slant, as a watermark is: no part of the running text."""
    blank: set[int] = field(default_factory=set)
    """Ids of characters whose glyph is empty in a font that the file brings along: nothing is drawn."""
    unsaid: int = 0
    """Characters for which the file gives no letter."""
    unsaid_text: list[str] = field(default_factory=list)
    cut: bool = False


def is_unsaid(text: str) -> bool:
    """Whether a code is no letter that anybody could read: private use, replacement, control."""
    return _UNSAID.match(text) is not None


class CharReader:
    """Reads the characters of one text page of pdfium."""

    def __init__(self, textpage: Any, affine: Affine, width: float, height: float) -> None:
        self._textpage = textpage
        self._affine = affine
        self._width, self._height = width, height
        self._fonts: dict[int, _Font] = {}
        self._edges = tuple(ctypes.c_double() for _ in range(4))

    def read(self) -> PageRead:
        textpage, width, height = self._textpage, self._width, self._height
        handle = ctypes.cast(textpage, ctypes.c_void_p)
        a, b, c, d, e, f = self._affine
        total = raw.FPDFText_CountChars(textpage)
        page = PageRead(cut=total > MAX_PAGE_CHARS)
        by_turn, runs = page.by_turn, page.runs
        x, y = ctypes.c_double(), ctypes.c_double()
        rect = raw.FS_RECTF()
        get_unicode = raw.FPDFText_GetUnicode
        get_origin, get_loose = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
        run = None
        high = 0
        for i in range(min(total, MAX_PAGE_CHARS)):
            code = get_unicode(textpage, i)
            if code in _LOST_CODES:
                if self._is_drawn(i):
                    code = 0xFFFD
                elif code in (0, 10, 13):
                    continue
            elif 0xD800 <= code < 0xE000:
                if code < 0xDC00 and 0xDC00 <= get_unicode(textpage, i + 1) < 0xE000:
                    high = code
                    continue
                paired = high and code >= 0xDC00
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if paired else 0xFFFD
                high = 0
            generated = code == 32 and bool(raw.FPDFText_IsGenerated(textpage, i))
            if generated:
                if run is not None and run.turned is not None and by_turn.get(run.turned):
                    last = by_turn[run.turned][-1]
                    space = Char(" ", last.right, last.right, last.baseline, last.size, last.bold, None, True)
                    space.italic = last.italic
                    by_turn[run.turned].append(space)
                    run.chars.append(space)
                    run.numbers.append(-1)
                continue
            key = _object_of(handle, i) or -i - 1
            run = runs.get(key)
            if run is None:
                run = runs[key] = self._run(i)
            if run.turned is None:
                page.slanted += code != 32
                continue
            sort = run.font.codes.get(code)
            if sort is None:
                sort = self._learn(run.font, code, i)
            get_origin(textpage, i, x, y)
            get_loose(textpage, i, rect)
            ox, oy = a * x.value + c * y.value + e, b * x.value + d * y.value + f
            x0, y0 = a * rect.left + c * rect.bottom + e, b * rect.left + d * rect.bottom + f
            x1, y1 = a * rect.right + c * rect.top + e, b * rect.right + d * rect.top + f
            if not (-2 <= ox <= width + 2 and -2 <= oy <= height + 2):
                page.off_page += code != 32
                continue  # outside the page as shown: nobody sees it
            if sort == _UNSAID_CODE:
                page.unsaid += 1
                page.unsaid_text.append(chr(code))
            turned = run.turned
            if turned:
                ox, oy = upright(ox, oy, turned, width, height)
                x0, y0 = upright(x0, y0, turned, width, height)
                x1, y1 = upright(x1, y1, turned, width, height)
            if x0 > x1:
                x0, x1 = x1, x0
            char = Char(chr(code), min(ox, x0), max(x1, ox), oy, run.size, run.bold, None, False, None, run.italic)
            if 48 <= code <= 57:
                char.glyph_top = self._glyph_top(i, turned)
            elif char.text in _HYPHENS:
                char.text = "-"
                char.hyphen = "soft" if code == 0xAD else None
            if sort == _BLANK:
                page.blank.add(id(char))
            by_turn.setdefault(turned, []).append(char)
            run.chars.append(char)
            run.numbers.append(i)
        return page

    def ink(self, number: int) -> Box | None:
        """The box of what is drawn of a character on the page as shown; None where there is none."""
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._textpage, number, left, right, bottom, top):
            return None
        a, b, c, d, e, f = self._affine
        x0, y0 = a * left.value + c * bottom.value + e, b * left.value + d * bottom.value + f
        x1, y1 = a * right.value + c * top.value + e, b * right.value + d * top.value + f
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _is_drawn(self, number: int) -> bool:
        """Whether a character is a glyph of its own with a shape, neither put in by pdfium nor the padding of
        another's letters."""
        if raw.FPDFText_IsGenerated(self._textpage, number) or not raw.FPDFText_GetTextObject(self._textpage, number):
            return False
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._textpage, number, left, right, bottom, top):
            return False
        if right.value - left.value <= 0.01 or top.value - bottom.value <= 0.01:
            return False
        x, y, before_x, before_y = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharOrigin(self._textpage, number, x, y)
        if not number or not raw.FPDFText_GetCharOrigin(self._textpage, number - 1, before_x, before_y):
            return True
        return (x.value, y.value) != (before_x.value, before_y.value)

    def _glyph_top(self, i: int, turned: int) -> float | None:
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._textpage, i, left, right, bottom, top):
            return None
        a, b, c, d, e, f = self._affine
        x, y = a * left.value + c * top.value + e, b * left.value + d * top.value + f
        return upright(x, y, turned, self._width, self._height)[1]

    def _learn(self, font: _Font, code: int, i: int) -> int:
        text = chr(code)
        guessed = raw.FPDFText_HasUnicodeMapError(self._textpage, i) == 1
        left, right, bottom, top = self._edges
        known = raw.FPDFText_GetCharBox(self._textpage, i, left, right, bottom, top)
        empty = bool(known) and (right.value - left.value <= 0.01 or top.value - bottom.value <= 0.01)
        if font.embedded and empty and text.isprintable() and not text.isspace():
            sort = _BLANK
        else:
            sort = _UNSAID_CODE if guessed or (is_unsaid(text) and text not in _HYPHENS) else _PLAIN
        font.codes[code] = sort
        return sort

    def _run(self, i: int) -> Run:
        pointer = raw.FPDFText_GetTextObject(self._textpage, i)
        a, b, c, d, _, _ = self._affine
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._textpage, i, matrix)
        dx, dy = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
        quarter = -atan2(dy, dx) / (pi / 2)
        # Text at a slant (a watermark across the page) is not part of the running text.
        turned = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.12 else None
        points = abs(raw.FPDFText_GetFontSize(self._textpage, i))
        size = points * (hypot(matrix.c, matrix.d) or 1.0)
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._textpage, i, name, 128, flags)
        family = name.value.decode("latin-1", "replace")
        weight = raw.FPDFText_GetFontWeight(self._textpage, i)
        bold = bool(_BOLD.search(family)) or bool(flags.value & (1 << 18)) or 600 <= weight <= 1000
        italic = bool(_ITALIC.search(family)) or bool(flags.value & (1 << 6))
        return Run(pointer, size, bold, italic, turned, self._font(pointer))

    def _font(self, pointer: Any) -> _Font:
        handle = raw.FPDFTextObj_GetFont(pointer) if pointer else None
        key = address_of(handle) if handle else 0
        font = self._fonts.get(key)
        if font is None:
            embedded = bool(handle) and raw.FPDFFont_GetIsEmbedded(handle) == 1
            size = ctypes.c_size_t()
            has_file = embedded and raw.FPDFFont_GetFontData(handle, None, 0, size) and size.value > 0
            font = self._fonts[key] = _Font(embedded, embedded and not has_file)
        return font
