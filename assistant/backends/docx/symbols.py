"""Letters that a Word file draws in another way: symbol fonts, raised and lowered figures, equations."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.backends.docx.xml import Element, attr, child, is_on, kind

_SYMBOL = dict(
    zip(
        range(0x41, 0x7B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x7E: "∼", 0xA0: "€", 0xA1: "ϒ", 0xA2: "′",
    0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩",
    0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCB: "⊄", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔",
    0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x20: " ", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA0: "▪",
    0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= {0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)} | {0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "☐"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}

_RAISED = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_RAISED_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz*", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def symbol(font: str, code: str | None) -> str:
    """The character of a `w:sym`, '' where a symbol font is not known here."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    known = _FONTS.get(font.lower())
    if known is not None and low < 0x100:
        return known.get(low, "" if number != low or font.lower() != "symbol" else chr(low))
    if number == low and 0x20 <= number < 0x11_0000 and not 0xD800 <= number <= 0xDFFF:
        return chr(number)
    return chr(low) if 0x20 <= low < 0x7F and not re.search(r"dings|symbol|webd", font.lower()) else ""


def in_font(font: str, text: str) -> str:
    """Text whose letters a symbol font draws as others."""
    known = _FONTS.get(font.lower())
    if known is None:
        return text
    return "".join(known.get(ord(c) - 0xF000 if 0xF000 <= ord(c) <= 0xF0FF else ord(c), c) for c in text)


def moved(text: str, raised: str) -> str:
    """A raised or lowered run: figures and signs as Unicode has them, a single letter too; words stay as they are
    ('20th')."""
    table = _RAISED if raised == "superscript" else _LOWERED
    bare = text.strip()
    if bare and all(c in table or c in " ,.–" for c in bare) and any(c in table for c in bare):
        return "".join(table.get(c, c) for c in text)
    if raised == "superscript" and len(bare) == 1 and bare in _RAISED_LETTERS:
        return text.replace(bare, _RAISED_LETTERS[bare])
    return text


# ---------------------------------------------------------------- equations


def equation(element: Element, seen: Callable[[Element], str]) -> str:
    """The letters of an equation on one line; `seen` gives the text of a run."""
    name = kind(element)
    if name in ("m:r", "w:r"):
        return seen(element)
    if name.endswith("Pr") or name in ("w:del", "w:moveFrom"):
        return ""
    if name == "m:phant" and not is_on(child(element, "m:phantPr", "m:show"), "m:val", absent=True):
        return ""

    def part(which: str) -> str:
        found = child(element, which)
        return equation(found, seen) if found is not None else ""

    match name:
        case "m:f":
            above, below = part("m:num"), part("m:den")
            if (bar := child(element, "m:fPr", "m:type")) is not None and attr(bar, "m:val") == "noBar":
                return f"({above} {below})"
            return f"{_bracketed(above)}/{_bracketed(below)}"
        case "m:sSup":
            return part("m:e") + _index(part("m:sup"), _RAISED | _RAISED_LETTERS, "^")
        case "m:sSub":
            return part("m:e") + _index(part("m:sub"), _LOWERED, "_")
        case "m:sSubSup":
            low, high = _index(part("m:sub"), _LOWERED, "_"), _index(part("m:sup"), _RAISED | _RAISED_LETTERS, "^")
            return part("m:e") + low + high
        case "m:rad":
            degree = part("m:deg")
            return (_index(degree, _RAISED, "^") if degree else "") + "√" + _bracketed(part("m:e"))
        case "m:nary":
            sign = attr(child(element, "m:naryPr", "m:chr"), "m:val") or "∫"
            low, high = _index(part("m:sub"), _LOWERED, "_"), _index(part("m:sup"), _RAISED | _RAISED_LETTERS, "^")
            return f"{sign}{low}{high} {part('m:e')}"
        case "m:d":
            properties = child(element, "m:dPr")
            begin = attr(child(properties, "m:begChr"), "m:val")
            end = attr(child(properties, "m:endChr"), "m:val")
            mid = attr(child(properties, "m:sepChr"), "m:val") or "|"
            inner = mid.join(equation(e, seen) for e in element if kind(e) == "m:e")
            return f"{'(' if begin is None else begin}{inner}{')' if end is None else end}"
        case "m:m":
            rows = ([equation(e, seen) for e in row if kind(e) == "m:e"] for row in element if kind(row) == "m:mr")
            return "; ".join(" ".join(row) for row in rows)
        case "m:eqArr":
            return "; ".join(equation(e, seen) for e in element if kind(e) == "m:e")
        case "m:limLow" | "m:limUpp":
            return f"{part('m:e')}_{_bracketed(part('m:lim'))}"
        case "m:func":
            return f"{part('m:fName')} {part('m:e')}"
    return "".join(equation(e, seen) for e in element)


def _bracketed(text: str) -> str:
    return (
        text
        if re.fullmatch(r"[\w.,%]*", text) or (text[:1] == "(" and text.find(")") == len(text) - 1)
        else f"({text})"
    )


def _index(text: str, table: dict[str, str], sign: str) -> str:
    bare = text.strip()
    if not bare:
        return ""
    if all(c in table for c in bare):
        return "".join(table[c] for c in bare)
    return sign + _bracketed(bare)
