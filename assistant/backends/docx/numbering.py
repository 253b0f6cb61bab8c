"""The words of automatic numbering ('1.', '(a)', '제1조'): a reader sees them, and the text does not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.backends.docx.xml import Element, attr, child, is_on, kind, val, whole

_LEVELS = 9
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_DIGITS = {"korean": "영일이삼사오육칠팔구", "chinese": "〇一二三四五六七八九"}
_TENS = {"korean": "십백천", "chinese": "十百千"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; in figures where the form is not known."""
    if number < 1 or number > 30_000:
        return str(number)
    match form:
        case "none":
            return ""
        case "upperRoman" | "lowerRoman":
            out, rest = "", min(number, 4999)
            for value, letters in _ROMAN:
                out += letters * (rest // value)
                rest %= value
            return out.upper() if form == "upperRoman" else out
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 40)
            return letter.upper() if form == "upperLetter" else letter
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "numberInDash":
            return f"- {number} -"
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalEnclosedParen" if number <= 20:
            return chr(0x2474 + number - 1)
        case "decimalEnclosedFullstop" if number <= 20:
            return chr(0x2488 + number - 1)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(d)) for d in str(number))
        case "ganada":
            return _GANADA[(number - 1) % len(_GANADA)]
        case "chosung":
            return _CHOSUNG[(number - 1) % len(_CHOSUNG)]
        case "aiueoFullWidth" | "aiueo":
            return _AIUEO[(number - 1) % len(_AIUEO)]
        case "koreanDigital" | "koreanDigital2":
            return "".join(_DIGITS["korean"][int(d)] for d in str(number))
        case "koreanCounting" | "koreanLegal":
            return _counted(number, "korean")
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting":
            return _counted(number, "chinese")
        case "taiwaneseCountingThousand":
            return _counted(number, "chinese")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS["chinese"][int(d)] for d in str(number))
        case "symbol" | "chicago":
            return "*†‡§"[(number - 1) % 4] * (1 + (number - 1) // 4) if number < 40 else str(number)
    return str(number)


def _counted(number: int, script: str) -> str:
    if number > 9999:
        return str(number)
    out = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            one = digit == 1 and place > 0
            out += ("" if one else _DIGITS[script][digit]) + (_TENS[script][place - 1] if place else "")
    return out


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    glue: str = " "
    restart: int | None = None
    """The level (from 1) that begins this one anew; 0 never, None any above it."""
    legal: bool = False
    """Every number in it in Arabic figures."""
    unseen: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    style: str | None = None
    """Another list's style that it only points to."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a numbered paragraph: `text` with its gap, '' for a bullet."""

    text: str
    level: int


@dataclass(slots=True)
class Numbering:
    _lists: dict[str, _List] = field(default_factory=dict)
    _numbers: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    """Of a `w:num`: its list, the levels and the beginnings that it has of its own."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, part: Element | None, styles: dict[str, str]) -> Numbering:
        """`styles`: the list (`w:numId`) of each numbering style."""
        found = cls()
        for element in part if part is not None else ():
            id = attr(element, "abstractNumId") or ""
            if kind(element) == "w:abstractNum":
                levels = {whole(attr(e, "ilvl")): _level(e) for e in element if kind(e) == "w:lvl"}
                found._lists[id] = _List(levels, val(element, "w:numStyleLink"))
            elif kind(element) == "w:num":
                own, begin = {}, {}
                for override in element:
                    if kind(override) == "w:lvlOverride":
                        level = whole(attr(override, "ilvl"))
                        if (inner := child(override, "w:lvl")) is not None:
                            own[level] = _level(inner)
                        if (start := val(override, "w:startOverride")) is not None:
                            begin[level] = whole(start, 1)
                found._numbers[attr(element, "numId") or ""] = (val(element, "w:abstractNumId") or "", own, begin)
        for number, (name, own, begin) in list(found._numbers.items()):
            linked = found._lists[name].style if name in found._lists else None
            if linked and (target := found._numbers.get(styles.get(linked, ""))) is not None:
                found._numbers[number] = (target[0], own or target[1], begin)
        return found

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that belongs to a paragraph style."""
        levels = self._levels(number)
        return next((i for i, level in levels.items() if level.style == style), None)

    def next(self, number: str, level: int) -> Label | None:
        """Counts one on, and says what the paragraph shows; None where the list is not there."""
        levels = self._levels(number)
        level = min(max(level, 0), _LEVELS - 1)
        here = levels.get(level)
        if here is None:
            return None
        name, _, begin = self._numbers[number]
        counts = self._counts.setdefault(name, {})
        if level in begin and (number, level) not in self._begun:
            self._begun.add((number, level))
            counts[level] = begin[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = here.start
        for deeper in [d for d in counts if d > level]:
            again = levels[deeper].restart if deeper in levels else None
            if again is None or (again > 0 and level < again):
                del counts[deeper]
        for above in range(level):
            counts.setdefault(above, begin.get(above, levels[above].start if above in levels else 1))
        if here.form == "bullet":
            return Label("", level)

        def figure(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            form = levels[which].form if which in levels else "decimal"
            return written(counts.get(which, 1), "decimal" if here.legal and form != "none" else form)

        text = "" if here.unseen else re.sub(r"%([1-9])", figure, here.text).strip()
        return Label(text + here.glue if text else "", level)

    def _levels(self, number: str) -> dict[int, Level]:
        found = self._numbers.get(number)
        if found is None:
            return {}
        name, own, _ = found
        base = self._lists[name].levels if name in self._lists else {}
        return {**base, **own} if own else base


def _level(element: Element) -> Level:
    run = child(element, "w:rPr")
    restart = val(element, "w:lvlRestart")
    return Level(
        start=whole(val(element, "w:start"), 1),
        form=_form(element),
        text=(val(element, "w:lvlText") or "")[:200],
        glue="" if val(element, "w:suff") == "nothing" else " ",
        restart=whole(restart) if restart is not None else None,
        legal=is_on(child(element, "w:isLgl")),
        unseen=is_on(child(run, "w:vanish")),
        style=val(element, "w:pStyle"),
    )


def _form(element: Element) -> str:
    """A form of later versions stands beside a plain one for older readers."""
    form = val(element, "w:numFmt")
    if form is None:
        form = val(element, "mc:AlternateContent", "mc:Choice", "w:numFmt") or val(
            element, "mc:AlternateContent", "mc:Fallback", "w:numFmt"
        )
    return form or "decimal"
