"""Names in WordprocessingML: the same in its transitional and its strict form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

Element = etree._Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
}
_SPACES: dict[str, tuple[str, ...]] = {}
for _uri, _prefix in _PREFIXES.items():
    _SPACES[_prefix] = (*_SPACES.get(_prefix, ()), f"{{{_uri}}}")
_OFF = ("0", "false", "off", "none")


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else local


def kind(element: Element) -> str:
    """'w:p' for a paragraph, whatever prefix the file uses; the bare name in a namespace that is not known."""
    return _short(str(element.tag))


@lru_cache(maxsize=512)
def _keys(name: str) -> tuple[str, ...]:
    prefix, _, local = name.rpartition(":")
    return (*(space + local for space in _SPACES.get(prefix or "w", ())), local)


def attr(element: Element | None, name: str) -> str | None:
    """An attribute by its name, of `w:` where no prefix is given."""
    if element is None:
        return None
    for key in _keys(name):
        value = element.get(key)
        if value is not None:
            return value
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this kind, and the first of that one's, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if kind(c) == name), None)
    return element


def val(element: Element | None, *path: str) -> str | None:
    """The `w:val` of a child."""
    return attr(child(element, *path), "val")


def whole(value: str | None, default: int = 0) -> int:
    """A number as Word writes one ('12', '12.5'); the default for anything else."""
    try:
        return int(float(value)) if value is not None and len(value) < 20 else default
    except (ValueError, OverflowError):
        return default


def is_on(element: Element | None, name: str = "val", absent: bool = False) -> bool:
    """Of a property that is there to say yes, unless its value says no."""
    return absent if element is None else (attr(element, name) or "1").lower() not in _OFF


@lru_cache(maxsize=64)
def _tags(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for name in kinds for tag in _keys(name)[:-1])


def inside(element: Element, *kinds: str) -> Iterator[Element]:
    """The element and all below it of these kinds, in the order of the file."""
    return element.iter(*_tags(kinds))


def words(element: Element, *kinds: str) -> str:
    """All text in an element, as `w:t` (or the kinds given) hold it."""
    return "".join(e.text or "" for e in inside(element, *(kinds or ("w:t", "w:delText"))))
