"""Korean words that were read as Latin letters, read again.

With two languages Tesseract takes for each word the reading that it believes more, and believes of one
Korean word in forty that it is English ('ASS' for 견해를). The lines with such words are read once more
in Korean alone; a word changes where that finds Hangul in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PIL import Image

from assistant.backends.ocr.chars import is_hangul
from assistant.backends.ocr.lines import Glyph, TextLine, Word

_SURE = 0.91
"""English that is English is read with more confidence than this, nearly always."""
_HANGUL_SURE = 0.6
_HANGUL_PAGE = 0.08
"""A page with fewer of its letters in Hangul is no Korean page."""
_MARGIN = 20


def is_doubtful(word: Word) -> bool:
    """Whether a word is Latin in whole or in part, and not surely so."""
    return word.confidence < _SURE and any(g.text.isalpha() and not is_hangul(g.text) for g in word.glyphs)


def holds_hangul(lines: Sequence[TextLine]) -> bool:
    letters = [is_hangul(g.text) for line in lines for w in line.words for g in w.glyphs if g.text.isalpha()]
    return sum(letters) > _HANGUL_PAGE * len(letters)


def strips_of(image: Image.Image, lines: Sequence[TextLine]) -> tuple[Image.Image, list[int]]:
    """The lines cut out and set below one another, and where the top of each stands."""
    boxes = [
        (
            max(0, int(line.left) - 8),
            max(0, int(line.top) - 4),
            min(image.width, int(line.right) + 8),
            min(image.height, int(line.bottom) + 4),
        )
        for line in lines
    ]
    sheet = Image.new(
        "L",
        (max(b[2] - b[0] for b in boxes) + 2 * _MARGIN, sum(b[3] - b[1] + _MARGIN for b in boxes) + _MARGIN),
        255,
    )
    tops: list[int] = []
    at = _MARGIN
    for box in boxes:
        tops.append(at)
        sheet.paste(image.crop(box), (_MARGIN, at))
        at += box[3] - box[1] + _MARGIN
    return sheet, tops


def settle(lines: Sequence[TextLine], tops: Sequence[int], again: Sequence[TextLine]) -> None:
    """Takes over the Hangul that the second reading found where `lines` have doubtful Latin words."""
    for line, top in zip(lines, tops, strict=True):
        height = line.bottom - line.top
        shift = max(0, int(line.left) - 8) - _MARGIN
        pieces = sorted(
            (w for other in again if top - 4 < (other.top + other.bottom) / 2 < top + height + 12 for w in other.words),
            key=lambda w: w.left,
        )
        used: set[int] = set()
        words: list[Word] = []
        for doubtful, group in groupby(line.words, key=is_doubtful):
            run = list(group)
            words += _read_again(run, pieces, shift, used, height) if doubtful else run
        line.words = words


def _read_again(
    run: Sequence[Word], pieces: Sequence[Word], shift: int, used: set[int], height: float
) -> Sequence[Word]:
    """The words that the second reading has in the place of `run`, where they are Hangul; else `run`."""
    left, right = run[0].left, max(w.right for w in run)
    found = [w for w in pieces if id(w) not in used and left - height < w.left + shift and w.right + shift < right + height
             and left < (w.left + w.right) / 2 + shift < right]  # fmt: skip
    letters = [g.text for w in found for g in w.glyphs if g.text.isalnum()]
    if not letters or not all(map(is_hangul, letters)):
        return run
    if sum(w.confidence * len(w.glyphs) for w in found) < _HANGUL_SURE * sum(len(w.glyphs) for w in found):
        return run
    used.update(id(w) for w in found)
    top, bottom = min(w.top for w in run), max(w.bottom for w in run)
    return [
        Word([Glyph(g.text, g.left + shift, top, g.right + shift, bottom) for g in w.glyphs], w.confidence)
        for w in found
    ]
