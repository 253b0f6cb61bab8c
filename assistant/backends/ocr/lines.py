"""What Tesseract prints (hOCR, and the same words as plain text) -> lines of words with boxes.

hOCR gives a box and a confidence for every word and letter, but not where spaces are: in Korean every
syllable may be a 'word' of its own. The plain text of the same run has the spaces, so the two are read
side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?")
_ELEMENT = re.compile(
    r"<(?:span|p|div) class='(?P<kind>\w+)'[^>\n]*? title=(?P<mark>[\"'])(?P<title>.*?)(?P=mark)[^>\n]*>(?P<text>.*)"
)
"""One element a line, as Tesseract writes them. Not parsed as XML: it writes '<' and '&' as they are."""
_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")


class GarbledOutputError(ValueError):
    """What the program printed is not what Tesseract prints."""


@dataclass(slots=True)
class Glyph:
    """One letter and its box, in pixels of the picture that was recognised."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Word:
    """Letters between two spaces. `confidence` is the mean over its letters, 0 to 1."""

    glyphs: list[Glyph]
    confidence: float

    @property
    def text(self) -> str:
        return "".join(g.text for g in self.glyphs)

    @property
    def left(self) -> float:
        return min(g.left for g in self.glyphs)

    @property
    def right(self) -> float:
        return max(g.right for g in self.glyphs)

    @property
    def top(self) -> float:
        return min(g.top for g in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(g.bottom for g in self.glyphs)


@dataclass(slots=True)
class TextLine:
    """The words of one printed line, from left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def left(self) -> float:
        return min(w.left for w in self.words)

    @property
    def right(self) -> float:
        return max(w.right for w in self.words)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)


def lines_of(output: str) -> list[TextLine]:
    """The lines in what one run printed: hOCR, with the plain text in it."""
    begin, end = output.find("<?xml"), output.rfind("</body>")
    if begin < 0 or end < begin:
        raise GarbledOutputError("no hOCR in it")
    # The plain text stands where the page's hOCR ends: both are written page by page.
    plain = output[output.rfind("</div>", begin, end) + len("</div>") : end]
    lines: list[list[Word]] = []
    for element in _ELEMENT.finditer(output, begin, end):
        kind, title, text = element["kind"], element["title"], element["text"]
        if kind in _LINES:
            lines.append([])
        elif kind == "ocrx_word" and lines:
            sure = _numbers(title, "x_wconf")
            lines[-1].append(Word([], min(max(sure[0] if sure else 0.0, 0.0), 100.0) / 100))
        elif kind == "ocrx_cinfo" and lines and lines[-1]:
            box = _numbers(title, "x_bboxes")
            letters = unescape(text.removesuffix("</span>")).strip()
            if letters and len(box) == 4:
                lines[-1][-1].glyphs += _shared(letters, *box)
    spaces = _Spaces(plain)
    found = (TextLine(_spaced([w for w in line if w.glyphs], spaces)) for line in lines)
    return [line for line in found if line.words]


def _shared(text: str, left: float, top: float, right: float, bottom: float) -> Iterator[Glyph]:
    """The letters of a box that holds several, side by side."""
    step = (right - left) / len(text)
    for k, char in enumerate(text):
        yield Glyph(char, left + k * step, top, left + (k + 1) * step, bottom)


def _numbers(title: str, name: str) -> list[float]:
    """The numbers behind a name in a title such as 'bbox 1 2 3 4; x_wconf 91'."""
    for part in title.split(";"):
        words = part.split()
        if words[:1] == [name]:
            return [float(n) for n in words[1:] if _NUMBER.fullmatch(n)]
    return []


class _Spaces:
    """Reads the plain text beside the words of the hOCR."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def before(self, word: str) -> bool | None:
        """Whether white space stands before the next word; None where the two run apart."""
        at = self._at
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        if self._text.startswith(word, at):
            spaced = at > self._at
            self._at = at + len(word)
            return spaced
        # A word that only one of the two has: the place is found again within the next few words.
        again = self._text.find(word, at, at + 200) if len(word) > 1 else -1
        if again >= 0:
            self._at = again + len(word)
        return None


def _spaced(words: Sequence[Word], spaces: _Spaces) -> list[Word]:
    """Words as they are parted by spaces, from pieces that may be syllables."""
    found: list[list[Word]] = []
    for word in words:
        spaced = spaces.before(word.text)
        if spaced is None:
            height = word.bottom - word.top
            spaced = not found or word.left - found[-1][-1].right > 0.25 * height
        if spaced or not found:
            found.append([word])
        else:
            found[-1].append(word)
    return [_joined(parts) for parts in found]


def _joined(parts: Sequence[Word]) -> Word:
    letters = sum(len(p.glyphs) for p in parts)
    sure = sum(p.confidence * len(p.glyphs) for p in parts) / letters
    return Word([g for p in parts for g in p.glyphs], sure)
