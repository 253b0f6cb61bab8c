"""One walk over what a page draws: its texts, what may cover them or lie behind them, its rulings and pictures.

The order of the walk is the order of painting. What stands in a form (a drawing that is put on the page as one)
is met where the form is drawn, with the form's own place, clip and transparency.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.backends.pdf.file import IDENTITY, Affine, address_of, after, shown
from assistant.reading.chars import Ruling
from assistant.types import Box

MAX_OBJECTS = 100_000
MAX_DRAWN = 20_000
"""Paths and pictures of a page that are looked at."""
MAX_DEPTH = 30
_MAX_ACTUAL = 20_000

_PATTERN = (191, 191, 191)
"""What pdfium gives as the colour of what is painted with a pattern; a true grey of this shade is drawn in vain."""

Color = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""


@dataclass(slots=True, eq=False)
class TextObject:
    """A piece of text as the file draws it. `order` counts what the page paints."""

    handle: Any
    order: int
    box: Box
    color: Color | None
    """None where the text is painted with a pattern."""
    mode: int
    layered: bool
    """It belongs to a layer that can be switched off."""
    blended: bool
    """It, or a form that it is part of, is more or less transparent."""
    clip: Box | None
    actual: str | None = None
    """The words that the file says it stands for (/ActualText)."""
    group: int = 0
    """Objects that stand for the words together."""


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Something painted that may hide what lies under it, or show what lies on it. `color` is None for a
    picture or a shading."""

    order: int
    box: Box
    color: Color | None
    picture: bool = False


@dataclass(slots=True)
class Survey:
    """What a page draws."""

    texts: dict[int, TextObject] = field(default_factory=dict)
    covers: list[Cover] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    drawings: int = 0
    """Paths and shadings."""
    whole: bool = True
    """Everything was looked at."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a form hands down to what it holds."""

    affine: Affine
    clip: Box | None = None
    layered: bool = False
    blended: bool = False


class Surveyor:
    """Walks over the objects of one page."""

    def __init__(self, page: pdfium.PdfPage, affine: Affine, layers: bool = True) -> None:
        """`layers`: the file has layers that can be switched off, so that a form may be part of one."""
        self._page = page
        self._affine = affine
        self._layers = layers
        self._survey = Survey()
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._rgba = tuple(ctypes.c_uint() for _ in range(4))
        self._seen = 0
        self._order = 0
        self._groups: dict[str, int] = {}
        self._last_actual: tuple[int, int, str] = (-2, 0, "")

    def survey(self) -> Survey:
        handle = self._page.raw
        self._walk(
            raw.FPDFPage_CountObjects(handle), lambda k: raw.FPDFPage_GetObject(handle, k), _Frame(self._affine), 0
        )
        return self._survey

    def _walk(self, count: int, get: Callable[[int], Any], frame: _Frame, depth: int) -> None:
        for k in range(count):
            if self._seen >= MAX_OBJECTS:
                self._survey.whole = False
                return
            self._seen += 1
            item = get(k)
            kind = raw.FPDFPageObj_GetType(item)
            self._order += 1
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(item, frame)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                if depth >= MAX_DEPTH:
                    self._survey.whole = False
                    continue
                inner = self._inner(item, frame)

                def part(j: int, item: Any = item) -> Any:
                    return raw.FPDFFormObj_GetObject(item, j)

                self._walk(raw.FPDFFormObj_CountObjects(item), part, inner, depth + 1)
            elif len(self._survey.covers) >= MAX_DRAWN:
                self._survey.whole = False
            else:
                self._drawn(item, kind, frame)

    def _inner(self, form: Any, frame: _Frame) -> _Frame:
        matrix = raw.FS_MATRIX()
        own = IDENTITY
        if raw.FPDFPageObj_GetMatrix(form, matrix):
            own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        return _Frame(
            after(own, frame.affine),
            _both(frame.clip, self._clip(form, frame)),
            frame.layered or self._layers,
            frame.blended or bool(raw.FPDFPageObj_HasTransparency(form)),
        )

    def _box(self, item: Any, frame: _Frame) -> Box | None:
        left, bottom, right, top = self._edges
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        return shown(left.value, bottom.value, right.value, top.value, frame.affine)

    def _color(self, item: Any, stroke: bool) -> Color | None:
        r, g, b, a = self._rgba
        ask = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
        if not ask(item, r, g, b, a):
            return None
        found = (r.value, g.value, b.value, a.value)
        return None if found[:3] == _PATTERN else found

    def _clip(self, item: Any, frame: _Frame) -> Box | None:
        """The box of what the clip of an object leaves. pdfium has dropped clips that cut nothing."""
        clip = raw.FPDFPageObj_GetClipPath(item)
        paths = raw.FPDFClipPath_CountPaths(clip) if clip else 0
        found: Box | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for k in range(min(paths, 50)):
            xs, ys = [], []
            for j in range(min(raw.FPDFClipPath_CountPathSegments(clip, k), 500)):
                if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, k, j), x, y):
                    xs.append(x.value)
                    ys.append(y.value)
            if xs:
                found = _both(found, shown(min(xs), min(ys), max(xs), max(ys), frame.affine))
        return found

    def _text(self, item: Any, frame: _Frame) -> None:
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        box = self._box(item, frame)
        marks = raw.FPDFPageObj_CountMarks(item)
        text = TextObject(
            item,
            self._order,
            box or Box(0, 0, 0, 0),
            self._color(item, stroke=mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)),
            mode,
            frame.layered,
            frame.blended or box is None or bool(raw.FPDFPageObj_HasTransparency(item)),
            _both(frame.clip, self._clip(item, frame)),
        )
        if marks > 0:
            self._marks(text, marks)
        self._survey.texts[address_of(item)] = text

    def _marks(self, text: TextObject, count: int) -> None:
        for k in range(count):
            mark = raw.FPDFPageObj_GetMark(text.handle, k)
            if self._layers and mark_name(mark) == "OC":
                text.layered = True
            actual = actual_text(mark)
            if actual is not None:
                before, group, words = self._last_actual
                # Objects one behind the other that carry the same words stand for them together.
                if not (before == text.order - 1 and words == actual):
                    group += 1
                self._last_actual = (text.order, group, actual)
                text.actual, text.group = actual, group

    def _drawn(self, item: Any, kind: int, frame: _Frame) -> None:
        box = self._box(item, frame)
        if box is None:
            return
        survey = self._survey
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            if box.right - box.left > 20 and box.bottom - box.top > 20:
                survey.pictures.append(box)
            survey.covers.append(Cover(self._order, box, None, picture=True))
            return
        survey.drawings += 1
        if kind != raw.FPDF_PAGEOBJ_PATH:
            survey.covers.append(Cover(self._order, box, None))
            return
        survey.rulings.extend(_rulings_of(item, box))
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if fill.value:
            survey.covers.append(Cover(self._order, box, self._color(item, stroke=False)))
        if stroke.value:
            width = ctypes.c_float()
            raw.FPDFPageObj_GetStrokeWidth(item, width)
            # A frame covers nothing; a thick pen does.
            if width.value >= 2:
                survey.covers.append(Cover(self._order, box, self._color(item, stroke=True)))


def mark_name(mark: Any) -> str:
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 32)()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer)[: min(length.value, ctypes.sizeof(buffer))].decode("utf-16-le", "replace").rstrip("\0")


def actual_text(mark: Any) -> str | None:
    """The /ActualText of a mark. As raw bytes: asked for a string, pdfium turns a soft hyphen into a null."""
    length = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, length):
        return None
    size = min(length.value, _MAX_ACTUAL)
    buffer = (ctypes.c_ubyte * max(length.value, 1))()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, length.value, length):
        return None
    value = bytes(buffer)[:size]
    if value[:2] == b"\xfe\xff":
        return value[2:].decode("utf-16-be", "replace")
    if value[:2] == b"\xff\xfe":
        return value[2:].decode("utf-16-le", "replace")
    if value[:3] == b"\xef\xbb\xbf":
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _both(first: Box | None, second: Box | None) -> Box | None:
    """What two clips leave together."""
    if first is None or second is None:
        return first or second
    return Box(
        max(first.left, second.left),
        max(first.top, second.top),
        min(first.right, second.right),
        min(first.bottom, second.bottom),
    )


def _rulings_of(path: Any, box: Box) -> Iterator[Ruling]:
    """Straight lines and the edges of boxes."""
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
