"""Colours of a Word file: themes, shadings, highlights; and whether two of them can be told apart."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.backends.docx.xml import Element, attr, child, inside, kind, whole

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
_ALIKE = 20
"""Of 255, in the channel that differs most: #F0F0F0 cannot be read on white, #D9D9D9 can."""

_HIGHLIGHTS: dict[str, Colour] = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
_SLOTS = {
    "background1": "lt1", "bg1": "lt1", "light1": "lt1", "text1": "dk1", "tx1": "dk1", "dark1": "dk1",
    "background2": "lt2", "bg2": "lt2", "light2": "lt2", "text2": "dk2", "tx2": "dk2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE: dict[str, Colour] = {"lt1": WHITE, "dk1": (0, 0, 0), "lt2": (238, 236, 225), "dk2": (31, 73, 125)}


def alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < _ALIKE


def hexadecimal(value: str | None) -> Colour | None:
    """'FF0000' or '#FF0000'; None for 'auto' and for what is no colour."""
    digits = (value or "").strip().lstrip("#").split(" ")[0]
    if len(digits) == 3:
        digits = "".join(d + d for d in digits)
    try:
        number = int(digits, 16) if len(digits) == 6 else None
    except ValueError:
        return None
    return None if number is None else (number >> 16 & 255, number >> 8 & 255, number & 255)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the first with the rest of the second."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _lightness(colour: Colour, times: float, plus: float) -> Colour:
    hue, light, full = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light * times + plus)), full)
    return round(red * 255), round(green * 255), round(blue * 255)


@dataclass(slots=True)
class Palette:
    """The theme's colours. A theme's colour goes before the value that stands beside it, as in Word."""

    slots: dict[str, Colour] = field(default_factory=lambda: dict(_OFFICE))
    mapping: Mapping[str, str] = field(default_factory=dict)

    def theme(self, name: str | None) -> Colour | None:
        if not name:
            return None
        slot = self.mapping.get(name) or name
        return self.slots.get(_SLOTS.get(slot, slot))

    def text(self, element: Element) -> Colour | None:
        """Of a `w:color`; None for 'auto', which is always seen."""
        return self._named(element, "val", "themeColor", "themeTint", "themeShade")

    def page(self, element: Element) -> Colour | None:
        """Of a `w:background`."""
        return self._named(element, "color", "themeColor", "themeTint", "themeShade")

    def _named(self, element: Element, value: str, theme: str, tint: str, shade: str) -> Colour | None:
        colour = self.theme(attr(element, theme))
        if colour is None:
            return hexadecimal(attr(element, value))
        for name, lighter in ((tint, True), (shade, False)):
            if given := attr(element, name):
                part = hexadecimal("0000" + given[:2].zfill(2))
                share = part[2] / 255 if part else 1.0
                colour = _lightness(colour, share, 1 - share if lighter else 0)
        return colour

    def shading(self, element: Element) -> Colour | None:
        """Of a `w:shd`; None where it shades nothing."""
        pattern = attr(element, "val") or "clear"
        fill = self._named(element, "fill", "themeFill", "themeFillTint", "themeFillShade")
        if pattern in ("clear", "nil"):
            return fill if pattern == "clear" else None
        ink = self._named(element, "color", "themeColor", "themeTint", "themeShade") or (0, 0, 0)
        if pattern == "solid":
            return ink
        share = whole(pattern[3:], 50) / 100 if pattern.startswith("pct") else 0.5
        return _mixed(ink, fill or WHITE, share)

    def highlight(self, element: Element) -> Colour | None:
        return _HIGHLIGHTS.get(attr(element, "val") or "")

    def drawn(self, fill: Element | None) -> Colour | None:
        """Of a DrawingML (or `w14`) solid fill."""
        for colour in fill if fill is not None else ():
            name = kind(colour).partition(":")[2]
            value = attr(colour, "a:val") or attr(colour, "w14:val")
            if name == "srgbClr":
                found = hexadecimal(value)
            elif name == "sysClr":
                found = hexadecimal(attr(colour, "a:lastClr"))
            elif name == "schemeClr":
                found = self.theme(value)
            else:
                continue
            if found is None:
                return None
            times, plus = 1.0, 0.0
            for change in colour:
                part = whole(attr(change, "a:val") or attr(change, "w14:val")) / 100_000
                match kind(change).partition(":")[2]:
                    case "lumMod":
                        times = part
                    case "lumOff":
                        plus = part
                    case "shade":
                        times *= part
                    case "tint":
                        times, plus = part, 1 - part
            return _lightness(found, times, plus) if (times, plus) != (1.0, 0.0) else found
        return None


def palette_of(theme: Element | None, settings: Element | None) -> Palette:
    """The colours of a theme part, renamed as the settings say."""
    palette = Palette()
    scheme = None
    if theme is not None:
        scheme = next(inside(theme, "a:clrScheme"), None)
    for entry in scheme if scheme is not None else ():
        if (colour := palette.drawn(entry)) is not None:
            palette.slots[kind(entry).partition(":")[2]] = colour
    mapping = child(settings, "w:clrSchemeMapping")
    if mapping is not None:
        names = (("bg1", "background1"), ("t1", "text1"), ("bg2", "background2"), ("t2", "text2"))
        palette.mapping = {
            name: slot for short, long in names for name in (long, short) if (slot := attr(mapping, short))
        }
    return palette
