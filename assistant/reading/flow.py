"""Lines -> running text: note marks taken out, white space collapsed, odd encodings mapped to what is seen.

No figure, sign or word is ever changed. Where a line ends inside a word is decided in `lineends.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.chars import Char, Hyphen
from assistant.reading.drafts import TO_SUPERSCRIPT
from assistant.reading.lineends import Habits, junction
from assistant.reading.pages.layout import Line

_EXPANSIONS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    # What the fonts Symbol and Wingdings hold at these private places looks alike in both.
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf076": "❖", "\uf0fc": "✓", "\uf02d": "−", "\uf0a8": "◆", "\uf06c": "●",
    "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf020": " ",
}  # fmt: skip
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00")
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SYMBOLS = "*†‡§¶‖#"
"""Signs that call a note where figures do not."""
_FROM_SUPERSCRIPT = str.maketrans(SUPERSCRIPTS, "0123456789")
_AS_SYMBOL = {"∗": "*", "＊": "*", "∥": "‖"}
_LABELS = re.compile(r"\d{1,4}(?:\s*[,–-]\s*\d{1,4})*")
_SYMBOL_LABEL = re.compile(rf"([{SYMBOLS}])\1{{0,3}}")
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}”’%")
_GAP = 0.15
"""A gap behind a mark wider than this part of the size parts words."""
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c", "˘": "\u0306",
    "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "¯": "\u0304",
}  # fmt: skip


@dataclass(slots=True)
class Flow:
    """Running text with the place of every character and the marks taken out of it."""

    text: str = ""
    places: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    hyphen: Hyphen | None = None
    """What is known of a hyphen that the text ends with."""
    trailing_space: bool = False

    @property
    def leading_mark(self) -> str | None:
        return self.marks[0][1] if self.marks and self.marks[0][0] == 0 else None

    def settle(self, place: int) -> None:
        """Raised figures without any word are text: there is nothing that they could mark."""
        if not self.text and self.marks:
            self.text = ",".join(label for _, label in self.marks).translate(TO_SUPERSCRIPT)
            self.places = [place] * len(self.text)
            self.marks = []


def flow_of(lines: Sequence[Line], places: Sequence[int], habits: Habits) -> Flow:
    """The running text of lines that belong to one paragraph."""
    whole = Flow()
    for line, place in zip(lines, places, strict=True):
        piece = flow_of_chars(line.chars, line, place)
        if not whole.text:
            whole = Flow(piece.text, piece.places, whole.marks + piece.marks, piece.hyphen, piece.trailing_space)
        elif piece.text or piece.marks:
            join(whole, piece, habits)
    return whole


def flow_of_chars(chars: Sequence[Char], line: Line | None, place: int) -> Flow:
    """The text of one line, with raised figures and symbols taken out as marks."""
    out: list[str] = []
    marks: list[tuple[int, str]] = []
    raised = ""
    hyphen: Hyphen | None = None
    after_mark = False
    before: Char | None = None

    def close() -> None:
        nonlocal raised, after_mark
        label = raised.strip(" ,.)(][")
        spaced = raised.endswith(" ")
        if label:
            while out and out[-1] == " ":
                out.pop()  # a mark is tied to the word before it
            for part in re.split(r"[\s,()\[\].]+", label):
                if _LABELS.fullmatch(part):
                    marks.append((len(out), part))
                else:
                    marks.extend((len(out), m[0]) for m in _SYMBOL_LABEL.finditer(part))
            after_mark = True
        if spaced and out:
            out.append(" ")  # the gap behind a mark is set as small as the mark
        raised = ""

    position = 0
    count = len(chars)
    while position < count:
        char = chars[position]
        text = _AS_SYMBOL.get(char.text, char.text)
        if _is_mark(chars, position, line, raised):
            raised += text.translate(_FROM_SUPERSCRIPT)
            position += 1
            continue
        if raised and text.isspace() and char.generated and position + 1 < count:
            following = chars[position + 1]
            if following.text in SUPERSCRIPTS or (
                line is not None and following.text.isdigit() and line.is_raised(following)
            ):
                position += 1  # the backend's own gap between two figures of a mark
                continue
        if raised:
            close()
            if line is not None and text[0] not in _NO_SPACE_BEFORE and out and not out[-1].isspace():
                mark = chars[position - 1]
                if mark.right + _GAP * char.size < char.left and not text.isspace():
                    out.append(" ")  # moved on over, not written
        position += 1
        text = _EXPANSIONS.get(char.text, char.text)
        if text.isspace() or ord(text[0]) < 32 or 0x7F <= ord(text[0]) < 0xA0:
            if out and out[-1] != " ":
                out.append(" ")
            continue
        if text in _DROPPED:
            continue
        if after_mark and text in _NO_SPACE_BEFORE and out and out[-1] == " ":
            out.pop()
        after_mark = False
        if not text.isascii() or (before is not None and before.text in _ACCENTS):
            text = _composed(out, before, char, text)
        out.extend(text)
        hyphen = char.hyphen if text == "-" else None
        before = char
    if raised:
        close()
    trailing = bool(chars) and chars[-1].text.isspace() and not chars[-1].generated
    while out and out[-1] == " ":
        out.pop()
    marks = [(min(at, len(out)), label) for at, label in marks]
    return Flow("".join(out), [place] * len(out), marks, hyphen, trailing)


def _is_mark(chars: Sequence[Char], position: int, line: Line | None, raised: str) -> bool:
    """Whether a character belongs to a raised mark; `raised`: what of the mark stands before it."""
    char = chars[position]
    text = char.text
    if text in SUPERSCRIPTS and text:
        return True
    if raised and text == "," and position + 1 < len(chars) and chars[position + 1].text in SUPERSCRIPTS:
        return True
    if line is None or not line.is_raised(char):
        return False
    if text.isdigit() or (raised and text in ",–- ") or (raised[-1:].isdigit() and text in ")].") or text in _AS_SYMBOL:
        return True
    if text in SYMBOLS:
        return True
    following = chars[position + 1] if position + 1 < len(chars) else None
    return text in "([" and following is not None and following.text.isdigit() and line.is_raised(following)


def _composed(out: list[str], before: Char | None, char: Char, text: str) -> str:
    """The character as one with an accent or jamo before it, which is then taken off `out`."""
    if not out or before is None:
        return text
    last = out[-1]
    if unicodedata.combining(text[0]) or "\u1160" <= text <= "\u11ff":
        whole = unicodedata.normalize("NFC", last + text)
    elif before.text in _ACCENTS and text.isalpha() and char.left < before.right and before.left < char.right:
        # An accent that is drawn first and the letter over it, as old TeX fonts have it.
        whole = unicodedata.normalize("NFC", ("i" if text == "ı" else text) + _ACCENTS[before.text])
    else:
        return text
    if len(whole) != 1:
        return text
    out.pop()
    return whole


def join(whole: Flow, piece: Flow, habits: Habits) -> None:
    """Puts the next line behind: with a space, without, or with the hyphen taken away."""
    drop, glue = junction(whole.text, piece.text, whole.hyphen, whole.trailing_space, habits)
    if any(at == len(whole.text) for at, _ in whole.marks):
        drop, glue = 0, " "
    if drop:
        whole.text = whole.text[:-drop]
        del whole.places[-drop:]
    last = whole.places[-1] if whole.places else (piece.places[0] if piece.places else -1)
    shift = len(whole.text) + len(glue)
    for at, label in piece.marks:
        # A mark that begins a line belongs to the last word of the line above.
        whole.marks.append((at + shift if at else len(whole.text), label))
    if piece.text:
        whole.text += glue + piece.text
        whole.places += [last] * len(glue) + piece.places
        whole.hyphen = piece.hyphen
        whole.trailing_space = piece.trailing_space
