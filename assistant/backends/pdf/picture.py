"""A page, or a part of it, as pdfium draws it: what changes when something is taken off, and where there is ink."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from assistant.errors import ParseError
from assistant.types import Box

_SCALE = 2.0
"""Pixels a point: enough to tell a letter of six points."""
_MAX_SCALE = 8.0
_MAX_SIDE = 5_000
_MAX_PIXELS = 12_000_000
_READABLE = 1.1
"""Contrast that a pixel must gain or lose for a reader to see it; the edges of thin letters are paler than
their colour."""
_COLORFUL = 120.0
"""Distance of two colours of one lightness that a reader tells apart; black and white are 765 apart."""

_steps = np.arange(256) / 255
_LINEAR = np.where(_steps <= 0.04045, _steps / 12.92, ((_steps + 0.055) / 1.055) ** 2.4).astype(np.float32)


@lru_cache(4_096)
def luminance(color: tuple[int, ...]) -> float:
    """How light a colour (red, green, blue) is: 0 black, 1 white."""
    return float(0.2126 * _LINEAR[color[0]] + 0.7152 * _LINEAR[color[1]] + 0.0722 * _LINEAR[color[2]])


@lru_cache(4_096)
def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast ratio of two colours, 1 to 21; colours of one lightness that differ as such count as well."""
    first, second = luminance(one), luminance(other)
    ratio = (max(first, second) + 0.05) / (min(first, second) + 0.05)
    r, g, b = (one[k] - other[k] for k in range(3))
    apart = (2 * r * r + 4 * g * g + 3 * b * b) ** 0.5
    return max(ratio, 2.0) if apart >= _COLORFUL else ratio


@dataclass(frozen=True, slots=True)
class Change:
    """Where a picture changed so that a reader would see it."""

    pixels: NDArray[np.bool_] | None
    frame: Box
    scale: float

    def shows(self, ink: Box) -> bool:
        """Whether enough changed inside the box of a letter for the letter to be read: more than a sliver."""
        if self.pixels is None:
            return False
        x0, x1, y0, y1 = _window(ink, self.frame, self.scale, self.pixels.shape)
        part = self.pixels[y0:y1, x0:x1]
        if not part.any():
            return False
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        high, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        need_high = 0.4 * (ink.bottom - ink.top) * self.scale - 1
        need_wide = 0.4 * (ink.right - ink.left) * self.scale - 1
        return bool(high >= need_high and wide >= need_wide)


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels (blue, green, red, unused) of `frame`, a part of the page as shown in points."""

    pixels: NDArray[np.uint8]
    frame: Box
    scale: float

    def changed(self, other: Picture) -> Change:
        """What a reader sees of the difference to another picture of the same frame."""
        differ = self.pixels.view(np.uint32)[..., 0] != other.pixels.view(np.uint32)[..., 0]
        rows, columns = np.nonzero(differ)
        if not len(rows):
            return Change(None, self.frame, self.scale)
        one, two = self.pixels[rows, columns, :3], other.pixels[rows, columns, :3]
        first, second = _luminances(one), _luminances(two)
        ratio = (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)
        apart = one.astype(np.float32) - two.astype(np.float32)
        distance = np.sqrt(3 * apart[:, 0] ** 2 + 4 * apart[:, 1] ** 2 + 2 * apart[:, 2] ** 2)
        seen = (ratio >= _READABLE) | (distance >= _COLORFUL)
        mask = np.zeros(differ.shape, dtype=np.bool_)
        mask[rows[seen], columns[seen]] = True
        return Change(mask, self.frame, self.scale)

    def has_ink(self, box: Box) -> bool:
        """Whether something is drawn in the box that parts from its ground as letters do."""
        part = self._part(box)
        if part.size < 16:
            return False
        light = _luminances(part.reshape(-1, 4)[:, :3])
        dark, bright = np.percentile(light, (3, 97))
        return bool((bright + 0.05) / (dark + 0.05) >= 1.5)

    def median(self, box: Box) -> tuple[int, int, int] | None:
        """The usual colour in the box, as red, green, blue."""
        part = self._part(box)
        if not part.size:
            return None
        b, g, r = np.median(part.reshape(-1, 4)[:, :3], axis=0)
        return int(r), int(g), int(b)

    def _part(self, box: Box) -> NDArray[np.uint8]:
        x0, x1, y0, y1 = _window(box, self.frame, self.scale, self.pixels.shape)
        return self.pixels[y0:y1, x0:x1]


def draw(page: pdfium.PdfPage, frame: Box, smallest: float = 12.0) -> Picture:
    """The part of the page inside `frame`, so large that letters of `smallest` points can be told."""
    width, height = page.get_size()
    wide, high = max(frame.right - frame.left, 1.0), max(frame.bottom - frame.top, 1.0)
    scale = min(max(_SCALE, 12.0 / max(smallest, 0.1)), _MAX_SCALE)
    scale = min(scale, _MAX_SIDE / max(wide, high), (_MAX_PIXELS / (wide * high)) ** 0.5)
    # Device units are whole: the page's size in pixels decides the true scale.
    size_x, size_y = max(round(width * scale), 1), max(round(height * scale), 1)
    columns, rows = max(round(wide * scale), 1), max(round(high * scale), 1)
    pixels = np.full((rows, columns, 4), 255, dtype=np.uint8)
    bitmap: Any = raw.FPDFBitmap_CreateEx(
        columns, rows, raw.FPDFBitmap_BGRx, pixels.ctypes.data_as(ctypes.c_void_p), columns * 4
    )
    if not bitmap:
        raise ParseError("a page cannot be drawn: there is not enough memory")
    try:
        raw.FPDF_RenderPageBitmap(
            bitmap, page.raw, -round(frame.left * scale), -round(frame.top * scale), size_x, size_y, 0, raw.FPDF_ANNOT
        )
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    pixels[..., 3] = 0
    return Picture(pixels, frame, scale)


def _luminances(colors: NDArray[np.uint8]) -> NDArray[np.float32]:
    linear = _LINEAR[colors]
    found: NDArray[np.float32] = 0.0722 * linear[:, 0] + 0.7152 * linear[:, 1] + 0.2126 * linear[:, 2]
    return found


def _window(box: Box, frame: Box, scale: float, shape: Sequence[int]) -> tuple[int, int, int, int]:
    """Columns and rows of the pixels that a box of the page touches."""
    x0 = int(np.floor((box.left - frame.left) * scale))
    x1 = int(np.ceil((box.right - frame.left) * scale))
    y0 = int(np.floor((box.top - frame.top) * scale))
    y1 = int(np.ceil((box.bottom - frame.top) * scale))
    return max(x0, 0), max(min(max(x1, x0 + 1), shape[1]), 0), max(y0, 0), max(min(max(y1, y0 + 1), shape[0]), 0)
