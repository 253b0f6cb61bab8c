"""What of a page no reader sees: taken out of its tree and counted, before anything else is read.

By what the page itself says: attributes, style attributes and the style sheets in it. Sheets that lie elsewhere and
what scripts do are not known; a few class names mean the same on every site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from assistant.backends.html.css import (
    Colour,
    Sheets,
    colour,
    in_address,
    is_clear,
    length,
    on_screen,
    place_of,
    resolved,
)
from assistant.backends.html.tree import raw_text
from assistant.types import Hidden

BLOCK = "_block"
"""The attribute set on an element that a style makes a block though its tag is none."""

GONE = "wbr"
"""The tag that is left where something unseen stood."""

_UNDISPLAYED = {"template": "template", "noscript": "noscript", "datalist": "not displayed", "noembed": "not displayed"}
_CODE = frozenset({"script", "style", "link", "meta", "base", "param", "source", "track", "noframes"})
_PROGRAMS = re.compile(r"|.*(?:java|ecma|j|vb)script.*|module|importmap|speculationrules|.*json.*", re.IGNORECASE)
_UNSEEN_CLASSES = frozenset(
    "sr-only sr_only screen-reader-text screen-reader-only screenreader-only screenreader visually-hidden "
    "visuallyhidden visually_hidden u-visually-hidden element-invisible element-hidden usa-sr-only a11y-hidden blind "
    "d-none is-hidden u-hidden hidden hide".split()
)
_SHOWN_AGAIN = re.compile(r"(?:sm|md|lg|xl|2xl|xxl|desktop|print):|-(?:sm|md|lg|xl|xxl)-|visible|show")
_SHOWING = frozenset({"display", "position", "clip", "clip-path", "visibility"})
_TEXT_ATTRIBUTES = ("alt", "title", "aria-label")
_INLINE = frozenset("a abbr b cite code em font i label mark q s small span strong sub sup time u var".split())
_NOTHING = re.compile(r"[-+]?0*\.?0*(?:px|em|rem|pt|%)?")
_FLAT = re.compile(
    r"scale[xy]?\(\s*(?:[\d.]+\s*,\s*)?[-+]?0*\.?0*%?\s*[,)]|scale3d\(\s*0\b|rotate[xy]\(\s*-?(?:90|270)deg"
    r"|rotate\(\s*[xy]\s+-?(?:90|270)deg"
)
_CLEAR_MASK = re.compile(r"(?:linear|radial)-gradient\((?:\s*transparent\s*[,)])+$")
_FAR, _TINY = 900.0, 2.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands on to those in it."""

    visible: bool = True
    size: float = 16.0
    colour: Colour = (0, 0, 0)
    clear: bool = False
    """Drawn in a transparent colour."""
    background: Colour | None = (255, 255, 255)
    """None: a picture, or not known."""
    sure: bool = True
    """The colour stands on the element, or in a page that has no sheets elsewhere."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Custom properties that hold here."""


@dataclass(slots=True)
class Seen:
    """What `prune` found."""

    counts: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def count(self, why: str, text: str | None) -> None:
        length = len(" ".join(text.split())) if text else 0
        if length:
            self.counts[why] = self.counts.get(why, 0) + length

    @property
    def hidden(self) -> tuple[Hidden, ...]:
        return tuple(Hidden(why, n) for why, n in sorted(self.counts.items()))


def prune(root: etree._Element) -> Seen:
    """Takes everything unseen out of the tree (without comments). Text behind an element stays where it is."""
    seen = Seen()
    sheets = _sheets(root)
    gone: list[tuple[etree._Element, str]] = []
    looks: list[_Look] = [_Look()]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            looks.pop()
            continue
        why = _undisplayed(element)
        look = looks[-1]
        if why is None and (element.attrib or sheets.rules or element.tag in ("a", "mark")):
            declared, variables = resolved(sheets.declared(element, element.get("style")), look.variables)
            if variables is not look.variables:
                look = replace(look, variables=variables)
            why = _out_of_sight(element, declared)
            if why is None:
                look = _look(element, declared, look, sheets.external)
                if (
                    declared.get("display", "inline")[:6] in ("block", "flex", "grid", "list-i")
                    and element.tag in _INLINE
                ):
                    element.set(BLOCK, "")
        looks.append(look)
        if why is not None:
            gone.append((element, why))
            walk.skip_subtree()
            continue
        for name in _TEXT_ATTRIBUTES:
            seen.count("attribute", element.get(name))
        if (unseen := _unseen_text(look)) is not None:
            seen.count(unseen, element.text)
            element.text = None
            for child in element:
                seen.count(unseen, child.tail)
                child.tail = None
    place_of.cache_clear()
    for element, why in gone:
        if why:
            seen.count(why, element.get("value") if element.tag == "input" else raw_text(element))
        # Emptied rather than removed: text on both sides would have to be copied together each time.
        tail = element.tail
        element.clear()
        element.tail = tail
        element.tag = GONE
    if sheets.cut:
        seen.warnings = ("it has more style rules than are read: hidden text may not have been told from the rest",)
    return seen


def is_unseen(element: etree._Element) -> str | None:
    """Why an element by itself, with no style sheet and nothing around it, is not seen; None where it is."""
    why = _undisplayed(element)
    if why is not None:
        return why or ("script" if element.tag == "script" else None)
    declared, _ = resolved(Sheets().declared(element, element.get("style")), {})
    return _out_of_sight(element, declared) or _unseen_text(_look(element, declared, _Look(), external=False))


def _sheets(root: etree._Element) -> Sheets:
    sheets = Sheets()
    for element in root.iter("style", "link"):
        if element.tag == "style":
            if on_screen(element.get("media")):
                sheets.add(raw_text(element))
        elif "stylesheet" in (element.get("rel") or "").lower().split() and on_screen(element.get("media")):
            sheet = in_address(element.get("href") or "")
            if sheet is None:
                sheets.external = True
            else:
                sheets.add(sheet)
    return sheets


def _undisplayed(element: etree._Element) -> str | None:
    """Why an element is never displayed whatever its style; '' where there is nothing to count."""
    tag = element.tag
    if tag in _UNDISPLAYED:
        return _UNDISPLAYED[tag]
    if tag == "script":
        return "" if _PROGRAMS.fullmatch(element.get("type") or "") else "script"
    if tag in _CODE:
        return ""
    if tag == "input":
        value = element.get("value") or ""
        return "attribute" if (element.get("type") or "").lower() == "hidden" and " " in value.strip() else ""
    if tag == "dialog" and element.get("open") is None:
        return "not displayed"
    if element.get("popover") is not None:
        return "not displayed"
    return None


def _out_of_sight(element: etree._Element, declared: Mapping[str, str]) -> str | None:
    """Why nothing of an element is seen, nor of what is in it."""
    display = declared.get("display")
    if display == "none" or (element.get("hidden") is not None and display is None):
        return "not displayed"
    if not _SHOWING & declared.keys():
        classes = (element.get("class") or "").split()
        if any(c.lower() in _UNSEEN_CLASSES for c in classes) and not any(_SHOWN_AGAIN.search(c) for c in classes):
            return "not displayed"
    if not declared:
        return None
    if declared.get("content-visibility") == "hidden":
        return "not displayed"
    opacity = re.fullmatch(r"([\d.]+)(%?)", declared.get("opacity", "1").rstrip(".")) or re.search(
        r"opacity\(([\d.]+)(%?)\)", declared.get("filter", "")
    )
    if opacity and _number(opacity[1]) <= (5 if opacity[2] else 0.05):
        return "invisible"
    if re.search(r"opacity\(0*\.?0*[1-5]?%?\)", declared.get("filter", "")):
        return "invisible"
    if _is_far(declared):
        return "off the page"
    if _is_shrunk(declared):
        return "tiny"
    if _CLEAR_MASK.match(declared.get("mask", "") or declared.get("mask-image", "")):
        return "invisible"
    if _is_clipped(declared):
        return "clipped"
    # Around pictures it does no harm, and what is in it may have lines of its own.
    flat = _NOTHING.fullmatch(declared.get("line-height", "1")) and "hidden" in declared.get("overflow", "")
    return "clipped" if flat and (element.text or "").strip() else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _is_far(declared: Mapping[str, str]) -> bool:
    sides = ["margin-left", "margin-top", "text-indent"]
    if declared.get("position") in ("absolute", "fixed", "relative"):
        sides += ["left", "top", "right", "bottom"]
    for side in sides:
        pixels = length(declared.get(side, ""))
        if pixels is not None and (pixels <= -_FAR or pixels >= 5 * _FAR):
            return True
    margins = [length(part) or 0.0 for part in declared.get("margin", "").split()]
    travel = f"{declared.get('transform', '')} {declared.get('translate', '')}"
    moved = [length(part) or 0.0 for part in re.findall(r"[-+]?[\d.]+(?:px|em|rem|vw|vh)", travel)]
    if declared.get("position") in ("absolute", "fixed", "relative"):
        margins += [length(part) or 0.0 for part in declared.get("inset", "").split()]
    return any(pixels <= -_FAR for pixels in margins + moved)


def _is_shrunk(declared: Mapping[str, str]) -> bool:
    """Whether it is scaled to nothing, or turned so that its edge is all that is left."""
    if _NOTHING.fullmatch(declared.get("zoom", "1")):
        return True
    if any(_NOTHING.fullmatch(part) for part in declared.get("scale", "1").split()[:2]):
        return True
    return _FLAT.search(f"{declared.get('transform', '')} rotate({declared.get('rotate', '')})") is not None


def _is_clipped(declared: Mapping[str, str]) -> bool:
    if declared.get("position") in ("absolute", "fixed") and (clip := declared.get("clip", "")).startswith("rect"):
        sides = [length(part) for part in re.findall(r"[-+]?[\d.]+[a-z%]*", clip)]
        if len(sides) == 4 and None not in sides:
            top, right, bottom, left = (side or 0.0 for side in sides)
            if (bottom - top) * (right - left) <= 4 or bottom <= top or right <= left:
                return True
    path = declared.get("clip-path", "").replace(" ", "")
    if re.match(r"inset\((?:[5-9]\d|100)%|circle\(0|ellipse\(0|polygon\((?:0(?:px|%)?0?,?)+\)", path):
        return True
    overflow = {declared.get(name, "visible").split()[0] for name in ("overflow", "overflow-x", "overflow-y")}
    if overflow & {"hidden", "clip"}:
        for name in ("width", "height", "max-width", "max-height"):
            if (value := declared.get(name)) and (pixels := length(value)) is not None and pixels <= 1:
                return True
        indent = declared.get("text-indent", "")
        if indent.endswith("%") and declared.get("white-space") == "nowrap" and _number(indent[:-1]) >= 100:
            return True
    return False


def _look(element: etree._Element, declared: Mapping[str, str], above: _Look, external: bool) -> _Look:
    look = above
    inline = element.get("style") is not None
    if element.tag == "a" and element.get("href") is not None:
        look = replace(look, colour=(0, 0, 238), clear=False)
    elif element.tag == "mark":
        look = replace(look, background=(255, 255, 0), colour=(0, 0, 0), clear=False)
    elif element.tag == "font" and (shade := _plain_colour(element.get("color"))) is not None:
        look = replace(look, colour=shade, clear=False, sure=True)
    if (shade := _plain_colour(element.get("bgcolor"))) is not None:
        look = replace(look, background=shade)
    elif element.get("background"):
        look = replace(look, background=None)
    for name, value in declared.items():
        if name == "visibility":
            look = replace(look, visible=value not in ("hidden", "collapse"))
        elif name in ("font-size", "font"):
            look = replace(look, size=_font_size(value, above.size, name == "font"))
        elif name in ("color", "-webkit-text-fill-color"):
            if is_clear(value):
                look = replace(look, clear=True)
            elif (shade := colour(value)) is not None:
                look = replace(look, colour=shade, clear=False, sure=inline or not external)
        elif name.startswith("background"):
            look = _with_background(look, name, value)
    return look


def _plain_colour(value: str | None) -> Colour | None:
    if not value:
        return None
    value = value.strip().lower()
    return colour(value) or (colour("#" + value) if re.fullmatch(r"[0-9a-f]{6}", value) else None)


def _font_size(value: str, above: float, shorthand: bool) -> float:
    if shorthand:
        size = re.search(r"(?<![\w.-])((?:\d*\.)?\d+(?:px|pt|em|rem|%))|(?<![\w.-])(0)(?=\s*/|\s+\S)", value)
        value = size[1] or size[2] if size else ""
    value = value.strip()
    if value.endswith("%"):
        return above * _number(value[:-1]) / 100
    pixels = length(value, above)
    return above if pixels is None else pixels


def _with_background(look: _Look, name: str, value: str) -> _Look:
    if "url(" in value or "gradient" in value:
        return replace(look, background=None)
    if name == "background-image":
        return look
    for part in re.findall(r"(?:rgb|hsl)a?\([^()]*\)|#[0-9a-f]{3,8}|[a-z]+", value):
        if (shade := colour(part)) is not None:
            return look if is_clear(part) else replace(look, background=shade)
    return look


def _unseen_text(look: _Look) -> str | None:
    """Why the words of an element itself are not seen."""
    if not look.visible or look.clear:
        return "invisible"
    if look.size < _TINY:
        return "tiny"
    if look.background is None or not look.sure:
        return None
    if sum(abs(a - b) for a, b in zip(look.colour, look.background, strict=True)) > 24:
        return None
    return "white" if min(look.background) > 200 else "as its background"
