"""How Korean documents number and mark their headings and lists: signs made from numbers, and told by their form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.roles import bullet_of

_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROWS = {
    "HANGUL_SYLLABLE": _SYLLABLES,
    "CIRCLED_HANGUL_SYLLABLE": "".join(chr(0x326E + i) for i in range(14)),
    "HANGUL_JAMO": _JAMO,
    "CIRCLED_HANGUL_JAMO": "".join(chr(0x3260 + i) for i in range(14)),
    "CIRCLED_IDEOGRAPH": "".join(chr(0x3280 + i) for i in range(10)),
    "CIRCLED_LATIN_CAPITAL": "".join(chr(0x24B6 + i) for i in range(26)),
    "CIRCLED_LATIN_SMALL": "".join(chr(0x24D0 + i) for i in range(26)),
    "LATIN_CAPITAL": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "LATIN_SMALL": "abcdefghijklmnopqrstuvwxyz",
    "DECAGON_CIRCLE": "갑을병정무기경신임계",
    "DECAGON_CIRCLE_HANJA": "甲乙丙丁戊己庚辛壬癸",
}
_COUNTED = {"HANGUL_PHONETIC": ("일이삼사오육칠팔구", "십"), "IDEOGRAPH": ("一二三四五六七八九", "十")}


def ordinal(number: int, shape: str) -> str:
    """A number in the signs that OWPML names (DIGIT, HANGUL_SYLLABLE, …); in figures where the signs run out."""
    if number < 1:
        return str(number)
    if shape in _ROWS:
        row = _ROWS[shape]
        return row[number - 1] if number <= len(row) else str(number)
    if shape in _COUNTED and number < 100:
        ones, ten = _COUNTED[shape]
        tens, rest = divmod(number, 10)
        return (ones[tens - 1] if tens > 1 else "") + (ten if tens else "") + (ones[rest - 1] if rest else "")
    if shape in ("CIRCLED_DIGIT", "CIRCLE"):
        for first, start, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
            if first <= number <= last:
                return chr(start + number - first)
    if shape in ("ROMAN_CAPITAL", "ROMAN_SMALL") and number < 4000:
        if number <= 12:
            return chr((0x2160 if shape == "ROMAN_CAPITAL" else 0x2170) + number - 1)
        letters = ""
        for value, sign in (*_ROMAN, *_ROMAN_SMALL):
            times, number = divmod(number, value)
            letters += sign * times
        return letters if shape == "ROMAN_CAPITAL" else letters.lower()
    return str(number)


@dataclass(frozen=True, slots=True)
class NumberLevel:
    """One level of a numbering: its format, where '^1' stands for the number of the first level."""

    format: str
    shape: str = "DIGIT"
    start: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """A way of numbering that paragraphs share; those of one `key` are counted together."""

    key: str
    levels: tuple[NumberLevel, ...]


@dataclass(slots=True)
class Counting:
    """The numbers that automatic numbering has come to, as a reader sees them."""

    at: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, numbering: Numbering, level: int) -> str:
        """The sign of the next paragraph of this level (1 the outermost)."""
        levels = numbering.levels
        if not 1 <= level <= len(levels):
            return ""
        counts = self.at.setdefault(numbering.key, [None] * len(levels))
        for i in range(level - 1):
            if counts[i] is None:
                counts[i] = levels[i].start
        before = counts[level - 1]
        counts[level - 1] = levels[level - 1].start if before is None else before + 1
        counts[level:] = [None] * (len(levels) - level)

        def sign(match: re.Match[str]) -> str:
            if match[1] in "nN":
                shown = ".".join(ordinal(counts[i] or 1, levels[i].shape) for i in range(level))
                return shown + ("." if match[1] == "N" else "")
            i = int(match[1]) - 1
            return ordinal(counts[i] or 1, levels[i].shape) if i < level else ""

        return re.sub(r"\^(10|[1-9nN])", sign, levels[level - 1].format)


# ---------------------------------------------------------------- forms of headings


@dataclass(frozen=True, slots=True)
class Form:
    """What a heading or an item begins with. `rank` orders the forms by how far out they stand as headings."""

    name: str
    rank: int
    end: int
    """Where the words behind the sign begin."""


_END = r"(?=[\s.:：(（]|$)\s*"
_SQUARE = r"[□■◆◇▣❑❏◈☐▢]\s*"
_FORMS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, rank, re.compile(pattern))
    for name, rank, pattern in (
        ("part", 10, rf"제\s?\d{{1,3}}\s?[편부]{_END}"),
        ("chapter", 20, rf"제\s?(?:\d{{1,3}}|[Ⅰ-Ⅻ]|[IVX]{{1,5}})\s?장{_END}"),
        ("section", 26, rf"제\s?\d{{1,3}}\s?절{_END}"),
        ("subsection", 28, rf"제\s?\d{{1,3}}\s?관{_END}"),
        ("article", 45, rf"제\s?\d{{1,4}}\s?조(?:의\s?\d{{1,3}})?{_END}"),
        ("annex", 20, r"[<\[【〔(〈]?\s*(?:붙\s?임|별\s?첨|별\s?표|별\s?지|부\s?록|참\s?고|첨\s?부)\s*\d{0,2}\s*(?:[>\]】〕)〉]|(?=\s|$))\s*"),
        ("roman", 20, r"(?:[Ⅰ-Ⅻ]\s*[.．)]?|[IVX]{1,5}\s?[.．](?=\s))\s*"),
        ("1.1.1", 38, r"\d{1,2}(?:[.．-]\d{1,2}){2,4}[.．)]?(?=\s)\s*"),
        ("1.1", 34, r"\d{1,2}[.．-]\d{1,2}[.．)]?(?=\s)\s*"),
        ("1.", 30, r"\d{1,2}[.．](?!\s?\d)\s*"),
        ("가.", 40, rf"[{_SYLLABLES}][.．](?=\s)\s*"),
        ("□", 42, _SQUARE),
        ("1)", 50, r"\d{1,2}\)\s*"),
        ("가)", 55, rf"[{_SYLLABLES}]\)\s*"),
        ("(1)", 60, r"[(（]\d{1,2}[)）]\s*|[⑴-⒇]\s*"),
        ("(가)", 65, rf"[(（][{_SYLLABLES}][)）]\s*|[㈎-㈛]\s*"),
        ("①", 70, r"[①-⑳㉮-㉻㉠-㉭]\s*"),
    )
)  # fmt: skip
_BULLET = re.compile(r"(?:[○●◯◦❍◎◉▶▷►▸☞➔⇨▲△▴▹·‧∙•ㅇ⦁]|[-–—―])\s+(?=\S)|[○●◯◦❍◎◉▶▷►▸☞]\s*(?=\S)")
_SENTENCE = re.compile(r"[.。!;:：,，]$|[가-힣]{2}다$")


def form_of(text: str) -> Form | None:
    """The form that the text begins with, if any words follow or the sign is a heading's own ('제1장')."""
    for name, rank, pattern in _FORMS:
        match = pattern.match(text)
        if match and (match.end() < len(text) or rank < 40):
            return Form(name, rank, match.end())
    return None


def bullet_at(text: str) -> int:
    """Where the words behind a bullet begin, 0 without one; Korean offices type theirs (□ ○ ㅇ -)."""
    match = _BULLET.match(text)
    if match:
        return match.end()
    square = re.match(_SQUARE, text)
    if square and square.end() < len(text):
        return square.end()
    return len(bullet_of(text)) if text[:1] != "*" else 0


def looks_headed(text: str, longest: int = 80) -> bool:
    """Whether the text is short and no sentence, as headings are."""
    text = text.strip()
    return 0 < len(text) <= longest and not (_SENTENCE.search(text) and len(text) > 12)


def counted_in_order(forms: Sequence[Form | None], at: int) -> bool:
    """Whether a neighbour is of the same form: items of a list follow one another, headings do not."""
    here = forms[at]
    near = [forms[i] for i in (at - 1, at + 1) if 0 <= i < len(forms)]
    return here is not None and any(f is not None and f.name == here.name for f in near)
