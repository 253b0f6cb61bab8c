"""A PDF file opened by pdfium, and the way from its coordinates to those of the page as shown."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.errors import ParseError
from assistant.types import Box

Affine = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MARGIN_NOTES = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_POPUP,
    }
)
"""Annotations that add no words to the page and cover none."""
_MAX_ANNOTATIONS = 2_000


def open_pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    """Opens the file; a password of no characters is tried by itself."""
    if not data:
        raise ParseError(f"{name} is empty: 0 bytes")
    if b"%PDF" not in data[:1024]:
        raise ParseError(f"{name} is not a PDF: it does not begin as one")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        code = raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD or "assword" in str(exc):
            raise EncryptedError(
                f"{name} is encrypted: open it with its password and save it without (remove the password)"
            ) from exc
        raise ParseError(f"{name} is broken: it cannot be opened as PDF ({one_line(exc)}); get it anew") from exc


class EncryptedError(ParseError):
    """The file asks for a password."""


def open_page(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page with what its annotations show (a filled form field, a free text, a stamp) made part of it.

    pdfium's text lacks annotations; flattened, they have their place among the other things on the page, and
    hidden ones are gone. Only the opened document is changed, never the file.
    """
    page = pdf[index]
    shown_kinds = set()
    for k in reversed(range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MAX_ANNOTATIONS))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, k)
        if not annotation:
            continue
        kind, flags = raw.FPDFAnnot_GetSubtype(annotation), raw.FPDFAnnot_GetFlags(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if flags & raw.FPDF_ANNOT_FLAG_NOVIEW:
            # Made for paper: flattening would put it on the screen.
            raw.FPDFPage_RemoveAnnot(page.raw, k)
            continue
        shown_kinds.add(kind)
    if shown_kinds - _MARGIN_NOTES and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = pdf[index]
    return page


def affine_of(page: pdfium.PdfPage, width: float, height: float) -> Affine:
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


def after(first: Affine, then: Affine) -> Affine:
    """The map that applies `first`, and `then` to what comes out."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def shown(left: float, bottom: float, right: float, top: float, affine: Affine) -> Box:
    """The box around a rectangle of the page's own coordinates, as it is shown."""
    a, b, c, d, e, f = affine
    if not b and not c:
        x0, x1, y0, y1 = a * left + e, a * right + e, d * top + f, d * bottom + f
        return Box(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0)
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return Box(min(xs), min(ys), max(xs), max(ys))


def address_of(pointer: Any) -> int:
    """What tells one object of a page from another, whichever way it was reached."""
    return ctypes.addressof(pointer.contents)


def one_line(exc: BaseException) -> str:
    return " ".join(str(exc).split())[:120] or type(exc).__name__
