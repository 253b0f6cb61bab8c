"""Shapes of a Word file: what fills them, whether they are seen; and content that a file holds in two forms."""

from __future__ import annotations

from typing import Literal

from assistant.backends.docx.colours import WHITE, Colour, hexadecimal
from assistant.backends.docx.styles import Styles
from assistant.backends.docx.xml import Element, attr, child, inside, kind, whole

SHAPES = ("v:shape", "v:rect", "v:roundrect", "v:oval")
Filling = Colour | Literal["none", "unknown"]
"""Of a shape: a colour, nothing at all, or something that is not one colour (a picture, a pattern)."""
_TALL = 31_680
"""Twentieths of a point: the tallest page that Word knows."""
_EMU = 12_700
"""Of a point."""


def chosen(element: Element) -> Element | None:
    """Of content that a file holds twice, the newer form; the older one where only that has words."""
    choices = [c for c in element if kind(c) in ("mc:Choice", "mc:Fallback")]
    marked = ("w:t", "w:footnoteReference", "w:endnoteReference", "w:sym", "dgm:relIds", "c:chart", "m:t")
    return next((c for c in choices if next(inside(c, *marked), None) is not None), None)


def veil_of(drawing: Element, page: int) -> str | None:
    """Why nothing of a drawing is seen: it is switched off, has no size, or lies beyond the page."""
    if (attr(child(drawing, "wp:docPr"), "wp:hidden") or "0") not in ("0", "false"):
        return "hidden"
    extent = child(drawing, "wp:extent")
    width = whole(attr(extent, "wp:cx"), 10**6)
    height = whole(attr(extent, "wp:cy"), 10**6)
    if width <= _EMU and height <= _EMU:
        return "tiny"
    for name, size, far in (("wp:positionH", width, page * 635), ("wp:positionV", height, _TALL * 635)):
        place = child(drawing, name)
        offset = child(place, "wp:posOffset")
        if offset is not None:
            at = whole((offset.text or "").strip())
            # Measured from the margin or a column as a rule, so an inch and a half is granted.
            if at + size < -108 * _EMU or at > far:
                return "off-page"
    return None


def beyond(place: Element | None, page: int) -> bool:
    """Whether a frame (`w:framePr`) or a floating table (`w:tblpPr`) stands beside the page."""
    across = whole(attr(place, "x") or attr(place, "tblpX"))
    down = whole(attr(place, "y") or attr(place, "tblpY"))
    return not -page < across < page or not -_TALL < down < _TALL


def filling_of(shape: Element, styles: Styles) -> Filling:
    if kind(shape) == "wps:wsp":
        properties = child(shape, "wps:spPr")
        for item in properties if properties is not None else ():
            match kind(item):
                case "a:solidFill":
                    return styles.palette.drawn(item) or "unknown"
                case "a:gradFill" | "a:blipFill" | "a:pattFill" | "a:grpFill":
                    return "unknown"
                case "a:noFill":
                    return "none"
        reference = child(shape, "wps:style", "a:fillRef")
        if reference is not None and whole(attr(reference, "a:idx")) > 0:
            return styles.palette.drawn(reference) or "unknown"
        return "none"
    if (shape.get("filled") or "t").lower() in ("f", "false"):
        return "none"
    colour = shape.get("fillcolor")
    return (hexadecimal(colour) or "unknown") if colour else WHITE
