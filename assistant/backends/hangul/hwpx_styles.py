"""The header of an HWPX file: how its characters and paragraphs look and how they are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from assistant.reading.hangul.model import UNKNOWN_FILL, Head, Look
from assistant.reading.hangul.numbering import Numbering, NumberLevel

MAX_NUMBER = 1_000_000
_NARROWEST = 20
"""Percent of a letter's own width (Hangul itself offers 50 to 200): below, letters are strokes, and count as small."""


def local(node: etree._Element) -> str:
    """The name without its namespace, which changes with the year of the standard."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: etree._Element, name: str) -> str:
    value = node.get(name)
    return value if value is not None else ""


def number(node: etree._Element | None, name: str, otherwise: int = 0) -> int:
    """A whole number; negative ones are written as the complement of two in many files."""
    value = node.get(name) if node is not None else None
    try:
        found = int(value) if value is not None and len(value) < 16 else otherwise
    except ValueError:
        return otherwise
    return found - 2**32 if 2**31 <= found < 2**32 else found


def child(node: etree._Element, name: str) -> etree._Element | None:
    return next((c for c in node if local(c) == name), None)


def below(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (n for n in node.iter() if local(n) == name)


def colour(value: str) -> int | None:
    """'#RRGGBB', or '#AARRGGBB' with how opaque it is in front; None for none."""
    match = re.fullmatch(r"#?([0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})", value.strip())
    return int(match[2], 16) if match else None


def fill_of(node: etree._Element | None) -> int | None:
    """What a fill brush paints: a colour, several (UNKNOWN_FILL), or nothing."""
    if node is None:
        return None
    for part in node.iter():
        name = local(part)
        if name in ("gradation", "imgBrush", "img"):
            return UNKNOWN_FILL
        if name == "winBrush":
            if attribute(part, "hatchStyle") not in ("", "NONE"):
                return UNKNOWN_FILL
            return colour(attribute(part, "faceColor"))
    return None


@dataclass(frozen=True, slots=True)
class ParaShape:
    head: str = "NONE"
    level: int = 0
    numbering: str = ""
    fill: int | None = None


@dataclass(slots=True)
class Styles:
    """What the ids of a section refer to."""

    looks: dict[str, Look] = field(default_factory=dict)
    shapes: dict[str, ParaShape] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    style_shapes: dict[str, str] = field(default_factory=dict)
    fills: dict[str, int | None] = field(default_factory=dict)
    numberings: dict[str, Numbering] = field(default_factory=dict)

    def head(self, shape: ParaShape, outline: str) -> Head | None:
        """The sign in front of a paragraph; `outline` is the numbering that its section gives to outlines."""
        if shape.head == "OUTLINE":
            return Head("outline", shape.level + 1, self.numberings.get(outline))
        if shape.head == "NUMBER":
            return Head("number", shape.level + 1, self.numberings.get(shape.numbering))
        return Head("bullet", shape.level + 1) if shape.head == "BULLET" else None


def read_styles(root: etree._Element) -> Styles:
    styles = Styles()
    for node in root.iter():
        match local(node):
            case "borderFill":
                styles.fills[attribute(node, "id")] = fill_of(child(node, "fillBrush"))
            case "charPr" if node.get("id") is not None:
                styles.looks[attribute(node, "id")] = _look(node)
            case "numbering" if node.get("id") is not None:
                styles.numberings[attribute(node, "id")] = _numbering(node)
            case "style":
                styles.names[attribute(node, "id")] = attribute(node, "name")
                styles.style_shapes[attribute(node, "id")] = attribute(node, "paraPrIDRef")
    # Borders first: they may stand behind the paragraphs that refer to them.
    for node in below(root, "paraPr"):
        heading = next(below(node, "heading"), None)
        border = next(below(node, "border"), None)
        styles.shapes[attribute(node, "id")] = ParaShape(
            attribute(heading, "type") if heading is not None else "NONE",
            min(max(number(heading, "level"), 0), 9),
            attribute(heading, "idRef") if heading is not None else "",
            styles.fills.get(attribute(border, "borderFillIDRef")) if border is not None else None,
        )
    return styles


def _look(node: etree._Element) -> Look:
    names = {local(c): c for c in node}
    relative = names.get("relSz")
    scale = max((number(relative, k, 100) for k in ("hangul", "latin")), default=100) if relative is not None else 100
    ratio = names.get("ratio")
    width = max((number(ratio, k, 100) for k in ("hangul", "latin")), default=100) if ratio is not None else 100
    if width < _NARROWEST:
        scale = scale * max(width, 0) // 100
    outline, shadow = names.get("outline"), names.get("shadow")
    return Look(
        size=number(node, "height", 1000) / 100 * max(scale, 1) / 100,
        colour=colour(attribute(node, "textColor")) or 0,
        shade=colour(attribute(node, "shadeColor")),
        bold="bold" in names,
        raised="supscript" in names,
        outlined=(outline is not None and attribute(outline, "type") not in ("", "NONE"))
        or (shadow is not None and attribute(shadow, "type") not in ("", "NONE"))
        or "emboss" in names
        or "engrave" in names,
    )


def _numbering(node: etree._Element) -> Numbering:
    levels: dict[int, NumberLevel] = {}
    for head in below(node, "paraHead"):
        level = number(head, "level", len(levels) + 1)
        start = min(max(number(head, "start", 1), 0), MAX_NUMBER)
        text = "".join(str(t) for t in head.itertext()).strip()[:40]
        if 1 <= level <= 10:
            levels[level] = NumberLevel(text, attribute(head, "numFormat") or "DIGIT", start)
    top = max(levels, default=0)
    return Numbering(attribute(node, "id"), tuple(levels.get(i, NumberLevel("")) for i in range(1, top + 1)))
