"""The labels that a PDF gives its pages ('iv', 'A-3'), read by a walk that no loop in the file can hold up.

pdfium's own reading of them ends the process where the tree of labels holds itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MOST_NODES = 10_000
_MOST_NUMBERED = 5_000
"""A label in letters or Roman figures is not reckoned beyond: its length grows with the number."""
_LONGEST = 60
_PARTS = (("/P", ""), ("/S", None), ("/St", 1))
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def labels_of(root: Any, count: int) -> dict[int, str]:
    """Index of a page -> its label, for those of the first `count` pages whose label can be read."""
    tree = root.get("/PageLabels")
    if tree is None:
        return {}
    ranges = _ranges(tree)
    starts = sorted(ranges)
    labels: dict[int, str] = {}
    for start, end in zip(starts, [*starts[1:], count], strict=True):
        for index in range(max(start, 0), min(end, count)):
            label = _label(ranges[start], index - start)
            if label:
                labels[index] = label
    return labels


def _ranges(tree: Any) -> dict[int, Any]:
    """First page of a range -> what its pages are called."""
    found: dict[int, Any] = {}
    stack = [tree]
    met: set[int] = set()
    seen = 0
    while stack and seen < _MOST_NODES:
        reference = stack.pop()
        seen += 1
        number = getattr(reference, "idnum", None)
        if number is not None:
            if number in met:
                continue
            met.add(number)
        try:
            node = reference.get_object()
            pairs = _array(node, "/Nums")
            for key, value in zip(pairs[::2], pairs[1::2], strict=False):
                key, value = key.get_object(), value.get_object()
                if isinstance(key, int) and len(found) < _MOST_NODES:
                    found.setdefault(int(key), value)
            stack += _array(node, "/Kids")
        except Exception:  # a broken part of the tree; the others may be whole
            continue
    return found


def _array(node: Any, name: str) -> list[Any]:
    value = node.get(name)
    if value is None:
        return []
    return list(value.get_object())[: 2 * _MOST_NODES]


def _whole(value: Any) -> Any:
    """What a value refers to, if it is a reference."""
    return value.get_object() if hasattr(value, "get_object") else value


def _label(said: Any, offset: int) -> str | None:
    """None where a part of what is said cannot be read: half a label would name another page."""
    if not isinstance(said, Mapping):
        return None
    try:
        prefix, style, start = (_whole(said.get(name, default)) for name, default in _PARTS)
        if not isinstance(prefix, str) or not isinstance(start, int):
            return None
        number = "" if style is None else _number(str(style), int(start) + offset)
    except Exception:  # what it refers to is broken
        return None
    if number is None:
        return None
    label = prefix.replace("\0", "") + number
    if len(label) > _LONGEST or not label.isprintable():
        return None
    return label.strip() or None


def _number(style: str, value: int) -> str | None:
    if style == "/D":
        return str(value)
    if not 1 <= value <= _MOST_NUMBERED:
        return None
    if style in ("/R", "/r"):
        roman = ""
        for worth, letters in _ROMAN:
            roman += letters * (value // worth)
            value %= worth
        return roman if style == "/R" else roman.lower()
    if style in ("/A", "/a"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "/A" else letter.lower()
    return None
