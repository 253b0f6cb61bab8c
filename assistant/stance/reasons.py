"""The reasons of a verdict in another language: a closed list of phrases with places for what was found.

Reasons are made in English, where they are found (stance, sources/fidelity.py, sources/cells.py, beside, auditing, hops,
verification). They are put into Korean where they are shown, by the phrases of data/reasons.tsv: one a line, English
and Korean, with `{}` where a value stands; a line that ends in `value` tells how a value itself is said. A test holds
that each phrase that the code makes stands in the list.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from assistant.types import Language

_PLACE = re.compile(r"\{\d?\}")
_JOINT = re.compile(r"; (?=(?:[^“”]*“[^“”]*”)*[^“”]*$)")
"""Where two phrases are joined: a semicolon that stands in no quoted words."""
_PARTICLE = re.compile(r"(.)([”\"')%\]]*)(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|\(이\)라)")
_PARTICLES = {
    "은(는)": ("은", "는"), "이(가)": ("이", "가"), "을(를)": ("을", "를"), "과(와)": ("과", "와"), "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
}  # fmt: skip
_DIGITS = {"0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": ""}
"""The sound in which a figure ends when it is read in Korean."""


def in_language(why: str, language: Language) -> str:
    """A reason in the language that is asked for; what is no known phrase stays as it is.

    >>> in_language("another year: 2020, not 2021", "ko")
    '다른 연도: 2020(2021 아님)'
    """
    return why if language == "en" or not why else _korean(why)


def unknown(why: str) -> tuple[str, ...]:
    """The phrases of a reason that the list does not have."""
    return tuple(phrase for phrase, said in _said(why) if said is None)


@lru_cache(maxsize=512)
def _korean(why: str) -> str:
    return "; ".join(said or phrase for phrase, said in _said(why))


def _said(why: str, value: bool = False) -> list[tuple[str, str | None]]:
    """The phrases of a reason, each in Korean. A phrase may itself hold a semicolon."""
    parts = _JOINT.split(why)
    out: list[tuple[str, str | None]] = []
    at = 0
    while at < len(parts):
        ends = range(at + 1, len(parts) + 1)
        found = next(((e, said) for e in ends if (said := _matched("; ".join(parts[at:e]), value)) is not None), None)
        out.append((parts[at], None) if found is None else ("; ".join(parts[at : found[0]]), found[1]))
        at = at + 1 if found is None else found[0]
    return out


def _matched(phrase: str, value: bool) -> str | None:
    for pattern, korean, only_value in _phrases():
        if (value or not only_value) and (m := pattern.fullmatch(phrase)) is not None:
            return particles(korean.format(*(_value(v) for v in m.groups())))
    return None


def _value(value: str) -> str:
    """A value: a month, a bound with its number, or a reason that another reason holds; else the words as they stand."""
    if value.startswith("“"):
        return value
    return "; ".join(said or phrase for phrase, said in _said(value, value=True))


def particles(text: str) -> str:
    """Korean particles that depend on the sound before them, written '은(는)', as that sound asks for.

    >>> particles("2021이(가) 아니라 85%을(를)")
    '2021이 아니라 85%를'
    """

    def chosen(m: re.Match[str]) -> str:
        last, closing, particle = m[1], m[2], m[3]
        with_end, without = _PARTICLES[particle]
        if "%" in (last + closing):
            end = ""  # 퍼센트
        elif "가" <= last <= "힣":
            code = (ord(last) - ord("가")) % 28
            end = "ㄹ" if code == 8 else "ㄱ" if code else ""
        elif last in _DIGITS:
            end = _DIGITS[last]
        elif last.isascii() and last.isalpha():
            if (sound := _latin_end(m.string[: m.end(1)])) is None:
                return m[0]
            end = sound
        else:
            return m[0]
        closed = bool(end) and not (particle == "(으)로" and end == "ㄹ")
        return last + closing + (with_end if closed else without)

    return _PARTICLE.sub(chosen, text)


_SPELT_OUT = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
"""The letters whose names end in a consonant: 엘, 엠, 엔, 알."""
_WORD_ENDS = {**dict.fromkeys("aiouyws", ""), "l": "ㄹ", "m": "ㅁ", "n": "ㄴ"}
"""Endings of Latin words that Hangul always writes alike; of the others some take a vowel more (파크), some do not (북)."""


def _latin_end(before: str) -> str | None:
    """The sound in which a Latin word or a row of capitals ends; None where that is not sure."""
    word = re.search(r"[A-Za-z]+$", before)
    if word is None:
        return None
    if word[0].isupper():
        return _SPELT_OUT.get(word[0][-1], "")
    return _WORD_ENDS.get(word[0][-1])


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """The phrases of the list, those with most fixed words first, each with whether it is only said of values."""
    file = resources.files("assistant").joinpath("data", "reasons.tsv")
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line.strip()]
    rows.sort(key=lambda row: (-len(_PLACE.sub("", row[0])), row[0]))
    return tuple((_pattern(english), korean, kind == ["value"]) for english, korean, *kind in rows)


def _pattern(english: str) -> re.Pattern[str]:
    fixed = [re.escape(part) for part in _PLACE.split(english)]
    return re.compile("(.+?)".join(fixed), re.DOTALL)
