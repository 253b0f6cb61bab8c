"""What headings begin with where they are numbered: '1.1', 'II.', 'A.', 'Chapter 3', '제1장', '가.'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.reading.hangul.numbering import form_of

_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(\.?|\))(?=\s)\s*")
_ROMAN = re.compile(r"(?=[IVXL])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})[.)](?=\s)\s*")
_LETTER = re.compile(r"([A-Z])[.)](?=\s)\s*")
_SMALL = re.compile(r"(?:\(?([a-z]|[ivx]{1,4})\)|([a-z])\.)(?=\s)\s*")
_WORD = re.compile(
    r"(part|chapter|section|appendix|annex|article|title|unit|module|step|phase)\s+(\d{1,3}|[IVXL]{1,6}|[A-Z])\b[.:—–-]?\s*",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣①-⑳Ⅰ-Ⅻ□■◆◇▣]")
_OUTERMOST = {"part": 1, "title": 1, "chapter": 2}


@dataclass(frozen=True, slots=True)
class Sign:
    """The number of a heading: its `family`, how deep it is by itself, and its words behind `end`."""

    family: str
    depth: int
    end: int
    count: int | None = None
    """What it counts to, where that is plain."""


def sign_of(text: str) -> Sign | None:
    """The sign that the text begins with; a year or an amount is none."""
    match = _WORD.match(text)
    if match:
        return Sign(match[1].lower(), _OUTERMOST.get(match[1].lower(), 3), match.end(), _count(match[2]))
    match = _DECIMAL.match(text)
    if match and match.end() < len(text) and not text[match.end()].islower():
        parts = match[1].split(".")
        return Sign("decimal" if match[2] != ")" else "1)", len(parts), match.end(), int(parts[-1]))
    match = _ROMAN.match(text)
    if match and match.end() < len(text) and match[0].strip(" .)"):
        return Sign("roman", 1, match.end(), _roman(match[0].strip(" .)")))
    match = _LETTER.match(text)
    if match and match.end() < len(text):
        return Sign("letter", 1, match.end(), ord(match[1]) - 64)
    match = _SMALL.match(text)
    if match and match.end() < len(text):
        return Sign("small", 1, match.end(), None)
    form = form_of(text) if _HANGUL.search(text[:4]) else None
    if form is not None:
        digits = re.search(r"\d+", text[: form.end])
        return Sign(f"ko {form.name}", 1 + form.rank // 10, form.end, int(digits[0]) if digits else None)
    return None


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return _roman(text) if re.fullmatch(r"[IVXL]+", text) else ord(text[0].upper()) - 64


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    numbers = [values[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True))


def is_only_sign(text: str) -> bool:
    """Whether the text is nothing but a number such as 'Chapter 3' or '제1장'."""
    match = _WORD.match(text) or re.match(r"제\s?\d{1,3}\s?[편부장절관]\s*", text)
    return match is not None and match.end() == len(text)
