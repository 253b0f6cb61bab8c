"""A picture of a page made ready for recognition: evened, straightened, and its columns put below one another.

Tesseract's own finding of columns loses whole Korean lines and titles; set as one block of lines it does
not (docs/reading.md). So the columns are cut here, by white space alone, and handed over as one block.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DPI = 300
"""What recognition works at. At 210 to 360 the Korean words that come out right differ by 1.5 % at most."""
Gray = NDArray[np.uint8]
Ink = NDArray[np.bool_]

_COARSE = 3
"""White space is looked for in pixels of 1/100 inch: this many of the fine ones."""
_SKEW = 5.0
"""Degrees; pages lie straighter than this, or are no scans of pages."""
_GUTTER = 13
"""Hundredths of an inch that part two columns (9.4 points: no river of white in running text is so wide)."""
MARGIN = 36
"""Fine pixels of white around a block."""
_LARGE = 1.35
"""Rows this many times as high as the page's own are made smaller."""
_TWO = 1.9
"""Two rows that touch are at least so many times as high as one."""
_MOST_BLOCKS = 400
_MOST_PIXELS = 36_000_000
"""A3 at 300 dpi has 17 million; posters are read more coarsely."""
_ROOM = 4
"""Coarse pixels left and right of a block that are cut out with it."""
_GRAINY = 9.0
"""Levels of grey (see `_grain`): clean scans and JPEGs have 5 or less, noise that costs words 12 or more."""
_MOST_RULINGS = 2_000


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page, in fine pixels, and where its top stands on the sheet of blocks."""

    left: int
    top: int
    right: int
    bottom: int
    at: int
    scale: float = 1.0
    """How many pixels of the sheet one of the page is: large print is made small, since lines of one block are
    taken to be of one size."""

    @property
    def height(self) -> int:
        """On the sheet."""
        return max(1, round((self.bottom - self.top) * self.scale))

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the sheet on the page."""
        return self.left + (x - MARGIN) / self.scale, self.top + (y - self.at) / self.scale


@dataclass(frozen=True, slots=True)
class Sheet:
    """The blocks of a page below one another; `page` is the whole page, evened and straight."""

    page: Gray
    image: Image.Image
    blocks: tuple[Block, ...]
    angle: float
    """Degrees by which the page was turned to lie straight."""
    sideways: bool = False
    """Whether its lines seem to run up or down the page."""
    rulings: tuple[tuple[int, int, int, int], ...] = ()
    """The straight lines of the page: left, top, right, bottom."""

    def block_at(self, y: float) -> Block | None:
        """The block that holds a height of the sheet (or stands nearest to it)."""
        return min(self.blocks, key=lambda b: max(b.at - y, y - b.at - b.height), default=None)


def sheet_of(image: Image.Image, width: float) -> Sheet:
    """The page whose picture is `image`, `width` points wide, ready to be recognised."""
    gray = _evened(_scaled(_gray(image), width))
    angle, sideways = _skew(gray)
    if angle:
        turned = Image.fromarray(gray).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        gray = np.array(turned)
    rulings = _whiten_rulings(gray)
    return replace(_stacked(gray, angle), sideways=sideways, rulings=tuple(rulings))


def _gray(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    return image.convert("L")


def _scaled(image: Image.Image, width: float) -> Image.Image:
    pixels = image.width * image.height
    wanted = min(max(width, 1.0) / 72 * DPI / image.width, (_MOST_PIXELS / pixels) ** 0.5)
    if 0.9 < wanted < 1.1:
        return image
    size = (max(1, round(image.width * wanted)), max(1, round(image.height * wanted)))
    return image.resize(size, Image.Resampling.BICUBIC if wanted > 1 else Image.Resampling.LANCZOS)


def _evened(image: Image.Image) -> Gray:
    """Black on white whatever the paper and the light were: each place divided by the paper around it, and
    the darkest print made black."""
    small = image.resize((max(1, image.width // 8), max(1, image.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    ground = np.maximum(np.asarray(paper.resize(image.size, Image.Resampling.BILINEAR), np.float32), 48)
    even = np.asarray(np.minimum(np.asarray(image, np.float32) / ground, 1.0) * 255, np.uint8)
    _whiten_borders(even)
    dark = float(np.percentile(even[::4, ::4], 0.5))
    if 0 < dark < 217:
        levels = np.clip((np.arange(256) - dark) * 255 / (255 - dark), 0, 255).astype(np.uint8)
        even = levels[even]
    if _grain(even) > _GRAINY:
        even = np.array(Image.fromarray(even).filter(ImageFilter.MedianFilter(3)))
    return even


def _grain(gray: Gray) -> float:
    """How far the darker quarter of the paper between the letters is from white, in levels of grey."""
    paper = np.asarray(Image.fromarray(gray).reduce(8).filter(ImageFilter.MinFilter(3))) > 190
    sample = gray[4::8, 4::8][: paper.shape[0], : paper.shape[1]]
    found = sample[paper[: sample.shape[0], : sample.shape[1]]]
    return 255 - float(np.percentile(found, 25)) if len(found) else 0.0


def _reduced(gray: Gray, by: int) -> Gray:
    return np.asarray(Image.fromarray(gray).reduce(by))


def _whiten_borders(gray: Gray) -> None:
    """The dark edge that a scanner leaves around the paper."""
    for turned in (gray, gray[::-1], gray.T, gray.T[::-1]):
        reach = max(1, len(turned) // 12)
        dark = (turned[:reach, ::4] < 110).mean(axis=1)
        if dark[: max(1, reach // 20)].max(initial=0) > 0.6:
            end = int(np.nonzero(dark > 0.3)[0][-1]) + 6
            turned[:end] = 255


def _skew(gray: Gray) -> tuple[float, bool]:
    """The angle, in degrees, that sets the rows of ink sharpest against the white between them; and whether
    the columns of ink are sharper still, as on a page that lies sideways."""
    small = Image.fromarray(np.where(_reduced(gray, 4) < 170, 255, 0).astype(np.uint8))

    def sharpness(angle: float, axis: int = 1) -> float:
        turned = small.rotate(angle, Image.Resampling.NEAREST) if angle else small
        profile = np.asarray(turned, np.float32).sum(axis=axis)
        return float(np.square(np.diff(profile)).sum())

    level = sharpness(0)
    best = max((float(a) for a in np.arange(-_SKEW, _SKEW + 0.1, 0.5)), key=sharpness)
    best = max((float(a) for a in np.arange(best - 0.4, best + 0.41, 0.1)), key=sharpness)
    sideways = max(sharpness(a, axis=0) for a in (0.0, best)) > 1.3 * sharpness(best)
    crooked = abs(best) >= 0.15 and sharpness(best) > 1.1 * level
    return (round(best, 1) if crooked and not sideways else 0.0), sideways


def _runs(ink: Ink, length: int) -> Ink:
    """The pixels of `ink` that lie in a horizontal run of at least `length`."""
    if ink.shape[1] <= length:
        return np.zeros_like(ink)
    sums = np.cumsum(ink, axis=1, dtype=np.int32)
    sums = np.pad(sums, ((0, 0), (1, 0)))
    starts = (sums[:, length:] - sums[:, :-length]) == length
    ends = np.cumsum(np.pad(starts, ((0, 0), (length, length))), axis=1, dtype=np.int32)
    found: Ink = (ends[:, length:] - ends[:, :-length])[:, : ink.shape[1]] > 0
    return found


def _whiten_rulings(gray: Gray) -> list[Area]:
    """Takes out straight lines longer than any stroke of a letter and thinner than bold print's; where they
    were, in fine pixels."""
    half = _reduced(gray, 2) < 150
    rulings: list[Area] = []
    for upright in (False, True):
        ink = half.T if upright else half
        long = _runs(ink, DPI // 4)
        thick = _runs(long.T, 7).T
        found = long & ~thick
        if not found.any():
            continue
        for left, top, right, bottom in _stretches(found):
            box = (top, left, bottom, right) if upright else (left, top, right, bottom)
            rulings.append((2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3]))
        wide = found.copy()
        wide[1:] |= found[:-1]
        wide[:-1] |= found[1:]
        mask = np.repeat(np.repeat(wide.T if upright else wide, 2, axis=0), 2, axis=1)
        mask = mask[: gray.shape[0], : gray.shape[1]]
        gray[: mask.shape[0], : mask.shape[1]][mask] = 255
    return rulings


def _stretches(lines: Ink) -> list[Area]:
    """The boxes of horizontal lines: runs of pixels that touch those of the row above are one line."""
    found: list[list[int]] = []
    above: list[list[int]] = []
    for row in np.nonzero(lines.any(axis=1))[0].tolist():
        steps = np.diff(np.pad(lines[row].astype(np.int8), 1))
        here: list[list[int]] = []
        for left, right in zip(np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True):
            same = next((b for b in above if b[3] == row and b[0] <= right + 4 and left <= b[2] + 4), None)
            if same is None:
                same = [left, row, right, row]
                found.append(same)
            same[0], same[2], same[3] = min(same[0], left), max(same[2], right), row + 1
            here.append(same)
        above = here
    return [(left, top, right, bottom) for left, top, right, bottom in found[:_MOST_RULINGS]]


Area = tuple[int, int, int, int]
"""Left, top, right, bottom, in coarse pixels."""


def _stacked(gray: Gray, angle: float) -> Sheet:
    ink = _without_specks(_reduced(gray, _COARSE) < 190)
    areas = [a for a in areas_of(ink) if _worth(ink, a)]
    usual = _usual_row(ink, areas)
    parts = [part for area in areas for part in _by_height(ink, area, usual)][:_MOST_BLOCKS]
    height, width = gray.shape
    blocks: list[Block] = []
    at = MARGIN
    for (left, top, right, bottom), scale in parts:
        box = (
            max(0, (left - _ROOM) * _COARSE),
            max(0, (top - 1) * _COARSE),
            min(width, (right + _ROOM) * _COARSE),
            min(height, (bottom + 1) * _COARSE),
        )
        blocks.append(Block(*box, at, scale))
        at += blocks[-1].height + MARGIN
    widest = max((round((b.right - b.left) * b.scale) for b in blocks), default=0)
    image = np.full((max(at, 2 * MARGIN), 2 * MARGIN + widest), 255, np.uint8)
    for b in blocks:
        part = gray[b.top : b.bottom, b.left : b.right]
        if b.scale != 1:
            size = (max(1, round(part.shape[1] * b.scale)), b.height)
            part = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.LANCZOS))
        image[b.at : b.at + part.shape[0], MARGIN : MARGIN + part.shape[1]] = part
    return Sheet(gray, Image.fromarray(image), tuple(blocks), angle)


def _without_specks(ink: Ink) -> Ink:
    """Ink that has more ink beside it. Dust in a gutter would hide it; full stops are lost too, but only to the
    search for white space: a block is cut out with some room around it."""
    counts = np.zeros((ink.shape[0] + 2, ink.shape[1] + 2), np.int8)
    for down in range(3):
        for right in range(3):
            counts[down : down + ink.shape[0], right : right + ink.shape[1]] += ink
    kept: Ink = ink & (counts[1:-1, 1:-1] >= 4)
    return kept


def _rows(ink: Ink, area: Area) -> list[tuple[int, int]]:
    """The stretches of an area from top to bottom that hold ink."""
    left, top, right, bottom = area
    gaps = _gaps(ink[top:bottom, left:right].any(axis=1))
    edges = [top, *(top + x for gap in gaps for x in gap), bottom]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _usual_row(ink: Ink, areas: Sequence[Area]) -> float:
    """The height of a line on this page: that of most of its ink."""
    heights: list[tuple[int, int]] = []
    for area in areas:
        for a, b in _rows(ink, area):
            if 5 <= b - a <= 60:
                heights.append((b - a, int(ink[a:b, area[0] : area[2]].sum())))
    half = sum(n for _, n in heights) / 2
    for height, n in sorted(heights):
        half -= n
        if half <= 0:
            return height
    return 0.0


def _by_height(ink: Ink, area: Area, usual: float) -> list[tuple[Area, float]]:
    """An area in parts, each with what it is to be multiplied by: rows of large print stand by themselves."""
    left, top, right, bottom = area
    if not usual:
        return [(area, 1.0)]
    found: list[tuple[Area, float]] = []
    begin = top
    for a, b in _rows(ink, area):
        if b - a < _LARGE * usual or (b - a > _TWO * usual and not _is_one_row(ink[a:b, left:right])):
            continue
        if a > begin:
            found.append(((left, begin, right, a), 1.0))
        found.append(((left, a, right, b), max(0.2, 1.1 * usual / (b - a))))
        begin = b
    if begin < bottom:
        found.append(((left, begin, right, bottom), 1.0))
    return [(t, scale) for part, scale in found if (t := _trimmed(ink, part)) is not None]


def _is_one_row(part: Ink) -> bool:
    """Whether ink as high as two rows is one line of large print, not lines that touch: no valley runs through."""
    rows = part.sum(axis=1)
    third = len(rows) // 3
    return int(rows[third : 2 * third + 1].min(initial=0)) > 0.15 * int(rows.max(initial=0))


def _worth(ink: Ink, area: Area) -> bool:
    """Whether an area may hold letters: not a speck."""
    left, top, right, bottom = area
    return (bottom - top >= 4 or right - left >= 8) and int(ink[top:bottom, left:right].sum()) >= 6


def areas_of(ink: Ink) -> list[Area]:
    """The columns of a page in reading order: parts that no wide white stripe runs through from top to bottom."""
    found: list[Area] = []
    _cut(ink, (0, 0, ink.shape[1], ink.shape[0]), found, 0)
    return found


def _trimmed(ink: Ink, area: Area) -> Area | None:
    left, top, right, bottom = area
    part = ink[top:bottom, left:right]
    rows, columns = np.nonzero(part.any(axis=1))[0], np.nonzero(part.any(axis=0))[0]
    if not len(rows):
        return None
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _cut(ink: Ink, area: Area, found: list[Area], depth: int) -> bool:
    """Adds the parts of an area to `found`; whether it was parted into columns anywhere."""
    trimmed = _trimmed(ink, area)
    if trimmed is None:
        return False
    left, top, right, bottom = trimmed
    part = ink[top:bottom, left:right]
    rows = _gaps(part.any(axis=1))
    if depth < 24:
        columns = _gaps(part.any(axis=0))
        tall = max(_heights(rows, bottom - top), default=bottom - top)
        least = _GUTTER if len(rows) >= 2 else max(_GUTTER, round(1.2 * tall))
        gutters = [g for g in columns if g[1] - g[0] >= least]
        if gutters:
            edges = [0, *((a + b) // 2 for a, b in gutters), right - left]
            for a, b in itertools.pairwise(edges):
                _cut(ink, (left + a, top, left + b, bottom), found, depth + 1)
            return True
        if rows:
            widest = max(b - a for a, b in rows)
            edges = [0, *((a + b) // 2 for a, b in rows if b - a >= 0.7 * widest), bottom - top]
            below: list[Area] = []
            parted = False
            for a, b in itertools.pairwise(edges):
                before = len(below)
                here = _cut(ink, (left, top + a, right, top + b), below, depth + 1)
                # What stands below one another in one column stays together.
                if not here and not parted and before and len(below) == before + 1:
                    one, two = below[before - 1], below.pop()
                    below[-1] = (min(one[0], two[0]), one[1], max(one[2], two[2]), two[3])
                parted = here
            found += below
            return len(below) > 1 or parted
    found.append(trimmed)
    return False


def _heights(gaps: Sequence[tuple[int, int]], length: int) -> list[int]:
    edges = [0, *(x for gap in gaps for x in gap), length]
    return [b - a for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _gaps(filled: Any) -> list[tuple[int, int]]:
    """The empty stretches inside a profile that begins and ends filled."""
    steps = np.diff(np.asarray(filled, np.int8))
    starts, ends = np.nonzero(steps == -1)[0] + 1, np.nonzero(steps == 1)[0] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
