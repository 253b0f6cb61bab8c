"""Small questions about the elements of a web page's tree."""

from __future__ import annotations

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def raw_text(element: etree._Element) -> str:
    """All the text of an element, white space as it stands."""
    return "".join(str(part) for part in element.itertext())


def words_of(element: etree._Element, most: int | None = None) -> str:
    """The text of an element with white space collapsed; only so many characters where a beginning will do."""
    if most is None:
        return " ".join(raw_text(element).split())
    found = ""
    for part in element.itertext():
        found += str(part)
        if len(found) > 4 * most:
            break
    return " ".join(found.split())[:most]


def is_within(element: etree._Element, other: etree._Element) -> bool:
    return element is other or any(above is other for above in element.iterancestors())
