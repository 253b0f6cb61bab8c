"""The rows of a table of a web page, and whether it is one: many only place things beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from assistant.backends.html.notes import Notes
from assistant.backends.html.tree import HEADINGS, raw_text, words_of

_PARTS = frozenset({"thead", "tbody", "tfoot"})
_MAX_SPAN = 1000
_LONG = 400
"""Characters of a cell that is no cell of a table but a column of a page."""


def own_rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table itself (not of tables in it), the head first and the foot last, with whether each is in
    the head."""
    parts = [child for child in table if child.tag in _PARTS or child.tag == "tr"]
    for wanted in (("thead",), ("tbody", "tr"), ("tfoot",)):
        for part in parts:
            if part.tag not in wanted:
                continue
            if part.tag == "tr":
                yield part, False
            else:
                for row in part.iterchildren("tr"):
                    yield row, part.tag == "thead"


def span_of(cell: etree._Element, name: str) -> int:
    """How many rows or columns a cell says that it spans, within reason."""
    value = (cell.get(name) or "1").strip()
    if not value.isdigit() or len(value) > 6:
        return 1
    # A span of 0 rows reaches to the end.
    return min(int(value) or (_MAX_SPAN if name == "rowspan" else 1), _MAX_SPAN)


def is_layout(table: etree._Element, notes: Notes) -> bool:
    """Whether a table only arranges the page: its cells are then read one after the other."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [list(row.iterchildren("td", "th")) for row, _ in own_rows(table)]
    rows = [row for row in rows if row]
    if not rows or max(len(row) for row in rows) < 2:
        return True
    inner = list(table.iter("table"))[1:]
    if any(any(True for _ in own_rows(t)) for t in inner):
        return True
    if any(notes.holds(element) for element in table.iter(etree.Element)):
        return True
    if any(element.tag in HEADINGS for element in table.iter(etree.Element)):
        return True
    if (
        table.find("caption") is not None
        or table.find("thead") is not None
        or any(c.tag == "th" for r in rows for c in r)
    ):
        return False
    sizes = [len(words_of(c)) for row in rows for c in row]
    said = [n for n in sizes if n]
    if not said or len(said) < 2:
        return True
    filled = [sum(1 for c in row if raw_text(c).strip()) for row in rows]
    if max(filled) < 2:
        return True
    if len(rows) == 1:
        return max(said) > 60 or len(said) < 3
    return max(said) > 3 * _LONG or sum(said) > _LONG * len(said)
