"""Whether lines of Hangul are filled to the edge, and so break words, or end where a word ends: seen in their space.

A line that may break anywhere is filled to within one letter, whatever stands there. Where words are kept whole, the
room that is left varies by several letters: at the edge, or, in justified text, in the spaces of the line.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from assistant.reading.chars import Char
from assistant.reading.pages.layout import Line

BROKEN_SPREAD = 1.1
"""In letters: lines that break words came out below 0.9, lines that keep them above 1.3."""
_HANGUL = 8
_LINES = 8
_NEAR = 6
"""How many lines above and below show where the edge is."""


def spread_of_line_ends(lines: Sequence[Line]) -> float | None:
    """How much the room left in lines of Hangul varies (the range of its middle half), in letters; None where too
    few lines tell."""
    rows = [line for line in lines if sum("가" <= c <= "힣" for c in line.text) >= _HANGUL]
    if len(rows) < _LINES:
        return None
    inked = [[c for c in line.chars if not c.text.isspace()] for line in rows]
    gaps = [_gaps(line.chars) for line in rows]
    usual = [gap for row in gaps for gap in row]
    if not usual:
        return None
    space = statistics.median(usual)
    left = []
    for i, (line, chars) in enumerate(zip(rows, inked, strict=True)):
        size = max(chars[-1].size, 1.0)
        near = [
            inked[j][-1].right
            for j in range(max(0, i - _NEAR), min(len(rows), i + _NEAR + 1))
            if abs(inked[j][0].left - chars[0].left) < 2.5 * size and abs(inked[j][-1].size - chars[-1].size) < 0.5
        ]
        room = (max(near) - chars[-1].right) / size
        if room < _NEAR and len(line.text) > _HANGUL:  # more is the end of a paragraph
            left.append(room + sum(gap - space for gap in gaps[i]))
    if len(left) < _LINES:
        return None
    quarters = statistics.quantiles(left, n=4)
    return quarters[2] - quarters[0]


def _gaps(chars: Sequence[Char]) -> list[float]:
    """The widths of the spaces between words, in letters."""
    out = []
    before: Char | None = None
    spaced = False
    for char in chars:
        if char.text.isspace():
            spaced = True
            continue
        if before is not None and spaced:
            out.append((char.left - before.right) / max(char.size, 1.0))
        before, spaced = char, False
    return out
