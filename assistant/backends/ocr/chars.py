"""Lines of recognised words -> the characters that the layout reads: with a size, a baseline and a weight.

Tesseract tells none of the three in a way that holds from line to line, and paragraphs, headings and notes
are known by them. So they are taken from the letters' boxes and ink, and made alike over the page: one
size of print comes out as one number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from assistant.backends.ocr.lines import Glyph, TextLine, Word
from assistant.backends.ocr.page import Gray
from assistant.reading.chars import Char

_ALIKE = 0.075
"""Lines whose measured sizes differ by less than this part are of one size."""
_BOLD = 1.22
"""Strokes this many times as wide as the page's own are bold."""
_RAISED = 0.74
"""A figure lower than this part of the line's figures is set small."""

_ENOUGH = 4
"""Letters of a shape in a line that say how large it is."""

_SHAPES: tuple[tuple[str, str, float, float], ...] = (
    ("tall", "ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl", 0.72, 0.0),
    ("figures", "0123456789", 0.72, 0.0),
    ("low", "acemnorsuvwxz", 0.52, 0.0),
    ("deep", "gpqy", 0.74, 0.22),
)
"""Letters, their height and how far they reach below the baseline, in parts of the size of common type."""
_SHAPE_OF = {letter: (name, height, below) for name, letters, height, below in _SHAPES for letter in letters}
_HANGUL = ("hangul", 0.92, 0.08)

_WIDTHS = {c: w for letters, w in (
    ("fijlt.,:;'|!()[]-·", 0.55), ("rsI\"", 0.75), ("mwMW%@—", 1.5),
    ("ABCDEFGHKLNOPQRSTUVXYZ&", 1.25),
) for c in letters}  # fmt: skip
"""Typical widths against those of the other small letters and figures."""


@dataclass(slots=True)
class _Measured:
    line: TextLine
    sizes: dict[str, tuple[float, int]]
    """For each shape of letters in the line the size, in pixels, that they speak for, and how many they are."""
    baseline: float
    stroke: float
    """Mean width of its strokes in pixels."""

    @property
    def hangul(self) -> bool:
        letters = sum(n for _, n in self.sizes.values())
        return self.sizes.get("hangul", (0.0, 0))[1] > 0.5 * letters


def chars_of(lines: Sequence[TextLine], page: Gray, scale: float) -> list[Char]:
    """Characters in points. Boxes of `lines` are pixels of `page`, one of which is `scale` points wide."""
    measured = [_measured(line, page) for line in lines]
    factors = _factors(measured)
    sizes = _settled([(_size(m, factors), len(m.line.text)) for m in measured])
    bold = _bold(measured, sizes)
    chars: list[Char] = []
    for m, size, is_bold in zip(measured, sizes, bold, strict=True):
        if chars:
            last = chars[-1]
            chars.append(Char(" ", last.right, last.right, last.baseline, last.size, last.bold, generated=True))
        chars += _chars(m, size, is_bold, scale)
    return chars


def is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _measured(line: TextLine, page: Gray) -> _Measured:
    found: dict[str, list[float]] = {}
    bases: list[float] = []
    for g in (g for w in line.words for g in w.glyphs):
        shape = _HANGUL if is_hangul(g.text) else _SHAPE_OF.get(g.text)
        if shape is not None:
            _trim(g, page)
            size = max(g.bottom - g.top, 1.0) / shape[1]
            found.setdefault(shape[0], []).append(size)
            bases.append(g.bottom - shape[2] * size)
    sizes = {name: (_typical(values, name), len(values)) for name, values in found.items()}
    sizes = sizes or {"signs": (max(line.bottom - line.top, 1.0), len(line.text))}
    return _Measured(line, sizes, median(bases) if bases else line.bottom, _stroke(line, page))


def _trim(glyph: Glyph, page: Gray) -> None:
    """Takes white rows off the box of a letter: beside Hangul, letters are given the whole line's height."""
    top, left = max(0, round(glyph.top)), max(0, round(glyph.left))
    ink = (page[top : round(glyph.bottom) + 1, left : max(left + 1, round(glyph.right))] < 128).any(axis=1)
    rows = np.nonzero(ink)[0]
    if len(rows) > 2:
        glyph.top, glyph.bottom = float(top + rows[0]), float(top + rows[-1] + 1)


def _typical(heights: Sequence[float], shape: str) -> float:
    """Below the middle for Latin letters: one whose own box is not known is given the whole line's height."""
    return sorted(heights)[int((0.5 if shape == "hangul" else 0.35) * (len(heights) - 1))]


def _factors(measured: Sequence[_Measured]) -> dict[str, float]:
    """How much larger each shape of letters is in this page's type than in the common one, against the page's
    most frequent shape: told by the lines that hold both."""
    counts: dict[str, int] = {}
    for m in measured:
        for name, (_, n) in m.sizes.items():
            counts[name] = counts.get(name, 0) + n
    main = max(counts, key=lambda name: counts[name], default="")
    factors = {main: 1.0}
    for name in counts:
        both = [m for m in measured if name in m.sizes and main in m.sizes]
        both = [m for m in both if min(m.sizes[name][1], m.sizes[main][1]) >= _ENOUGH] or both
        if name != main:
            ratios = [m.sizes[name][0] / m.sizes[main][0] for m in both]
            factors[name] = min(max(median(ratios), 0.7), 1.4) if ratios else 1.0
    return factors


def _size(m: _Measured, factors: dict[str, float]) -> float:
    return _weighted_median([(size / factors[name], n) for name, (size, n) in m.sizes.items()])


def _stroke(line: TextLine, page: Gray) -> float:
    part = page[max(0, round(line.top)) : round(line.bottom) + 1, max(0, round(line.left)) : round(line.right) + 1]
    ink = part < 128
    begun = ink[:, 1:] & ~ink[:, :-1]
    return float(ink.sum()) / max(int(begun.sum()), 1)


def _settled(measured: Sequence[tuple[float, int]]) -> list[float]:
    """One value for each size of print: the measured ones (with their weights) gathered around the commonest."""
    settled: list[float] = [0.0] * len(measured)
    open_ = set(range(len(measured)))
    while open_:

        def near(centre: float, reach: float = _ALIKE) -> list[int]:
            return [i for i in open_ if abs(measured[i][0] - centre) <= reach * centre]

        seed = max(open_, key=lambda i: (sum(measured[j][1] for j in near(measured[i][0])), -i))
        group = near(measured[seed][0])
        middle = _weighted_median([measured[i] for i in group])
        for i in near(middle):
            settled[i] = middle
            open_.discard(i)
    return settled


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(n for _, n in values) / 2
    for value, n in sorted(values):
        half -= n
        if half <= 0:
            return value
    return values[-1][0]


def _bold(measured: Sequence[_Measured], sizes: Sequence[float]) -> list[bool]:
    strokes = [m.stroke / size for m, size in zip(measured, sizes, strict=True)]
    usual: dict[bool, float] = {}
    for hangul in (False, True):
        found = [(s, len(m.line.text)) for m, s in zip(measured, strokes, strict=True) if m.hangul == hangul]
        if found:
            usual[hangul] = _weighted_median(found)
    return [len(m.line.text) > 2 and s > _BOLD * usual[m.hangul] for m, s in zip(measured, strokes, strict=True)]


def _chars(m: _Measured, size: float, bold: bool, scale: float) -> Iterator[Char]:
    places = _places(m.line.words)
    figure = 0.72 * size
    for k, (word, (left, right)) in enumerate(zip(m.line.words, places, strict=True)):
        if k:
            before = places[k - 1][1]
            yield Char(" ", before * scale, left * scale, m.baseline * scale, size * scale, bold, generated=True)
        widths = [1.75 if is_hangul(g.text) else _WIDTHS.get(g.text, 1.0) for g in word.glyphs]
        step = (right - left) / sum(widths)
        for n, (g, wide) in enumerate(zip(word.glyphs, widths, strict=True)):
            char = Char(
                g.text, left * scale, (left + step * wide) * scale, m.baseline * scale, size * scale, bold,
                confidence=round(word.confidence, 3),
            )  # fmt: skip
            if _is_raised(g, n, word, figure, m.baseline):
                char.size, char.baseline = 0.6 * size * scale, g.bottom * scale
            yield char
            left += step * wide


def _is_raised(glyph: Glyph, position: int, word: Word, figure: float, baseline: float) -> bool:
    """Whether a figure behind (or before) a word of letters stands small and high, as a note mark does."""
    if not glyph.text.isdigit() or glyph.bottom - glyph.top > _RAISED * figure:
        return False
    if any(is_hangul(g.text) for g in word.glyphs[max(0, position - 1) : position]):
        return False  # the boxes of Hangul, and of what is read with it, are guesses
    return baseline - glyph.bottom > 0.22 * figure


def _places(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where each word begins and ends, none over another: boxes of Hangul may overlap."""
    places = [[w.left, w.right] for w in words]
    for one, two in pairwise(places):
        if two[0] < one[1]:
            middle = min(max((two[0] + one[1]) / 2, one[0] + 1), max(two[1] - 1, one[0] + 1))
            one[1] = two[0] = middle
        two[1] = max(two[1], two[0] + 1)
    return [(a, b) for a, b in places]
