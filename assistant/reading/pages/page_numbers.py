"""Numbers that may count pages: '12', 'iv', 'A-2', 'Page 3 of 12', '- 7 -', '12쪽'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_FRAME = r"[-–—~‐·\s\[\](){}|<>/]*"
_ALONE = re.compile(
    rf"{_FRAME}(?:page|p\.|pg\.?|seite|s\.|página|제)?\s*(?P<n>\d{{1,4}}|[ivxlc]{{1,7}}|(?P<series>[A-Z]{{1,2}}|\d{{1,2}})\s?[-–.]\s?(?P<m>\d{{1,3}}))"
    rf"\s*(?:(?:of|/|de|von)\s*\d+|쪽|면|페이지|頁)?{_FRAME}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:page|pg\.?|seite|p\.)\s*(\d{1,4})\b(?:\s*(?:of|/)\s*\d+)?|(?<!\S)(\d{1,4})\s*(?:of|/)\s*\d{1,4}(?!\S)|(\d{1,4})\s?(?:쪽|페이지)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be a page's label. `series`: '' for 1, 2, 3; 'roman'; or the letter or chapter before it."""

    text: str
    series: str
    value: int


def numbers_of(parts: Sequence[str]) -> list[Number]:
    """The numbers of a row, given the texts of its parts: those alone in a part, named as a page's, or at an outer end."""
    found: list[Number] = []
    for text in dict.fromkeys((" ".join(parts), parts[0], parts[-1]) if parts else ()):
        number = _alone(text)
        if number is not None:
            found.append(number)
    whole = " ".join(parts)
    for named in _NAMED.finditer(whole):
        digits = next(g for g in named.groups() if g)
        found.append(Number(digits, "", int(digits)))
    words = whole.split()
    if not found and words:
        ends = dict.fromkeys((words[0], words[-1]))
        found.extend(Number(w, "", int(w)) for w in ends if re.fullmatch(r"\d{1,4}", w))
        found.extend(
            Number(w, "roman", roman(w))
            for w in ends
            if len(words) > 1 and re.fullmatch(r"[ivxl]{1,6}", w) and _ROMAN.fullmatch(w)
        )
        lettered = [m for w in ends if (m := re.fullmatch(r"([A-Z]{1,2})[-–](\d{1,3})", w))]
        found.extend(Number(m[0], m[1], int(m[2])) for m in lettered)
    return list(dict.fromkeys(found))


def _alone(text: str) -> Number | None:
    match = _ALONE.fullmatch(text.strip())
    if match is None:
        return None
    if match["m"]:
        label = re.sub(r"\s", "", match["n"])
        return Number(label, match["series"].upper(), int(match["m"]))
    if match["n"].isdigit():
        return Number(match["n"], "", int(match["n"]))
    return Number(match["n"], "roman", roman(match["n"])) if _ROMAN.fullmatch(match["n"]) else None


def stands_alone(text: str) -> bool:
    return _alone(text) is not None


def key_of(text: str) -> str:
    """The text without the number that counts pages: at its beginning or end, or named as a page's."""
    text = " ".join(text.split())
    bare = re.sub(
        r"^\d+(?=\s|$)|(?<!\S)\d+$|(?<=page )\d+|(?<=p\. )\d+|\b\d+(?= of \d)|^[ivxlc]+(?=\s|$)|(?<!\S)[ivxlc]+$|(?<!\S)[A-Z]-\d+$|^[A-Z]-\d+",
        "#",
        text,
        flags=re.IGNORECASE,
    )
    return bare.casefold()


def roman(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    numbers = [values[c] for c in text.lower()]
    for here, after in zip(numbers, [*numbers[1:], 0], strict=True):
        total += -here if here < after else here
    return total
