"""Running heads, footers and page numbers: lines at the edge of pages that recur or count.

They are not text of the paper; the number that they print is the page's label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.reading.layout import Line

_BAND = 0.2
"""The part of the page's height at its top and bottom where running heads stand."""
_DEEPEST = 3
_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ALONE = re.compile(
    r"[-–—\s\[(|]*(?:page|p\.|seite|쪽)?\s*(\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/)\s*\d+)?[-–—\s\])|]*", re.I
)


def furniture_of(pages: Mapping[int, tuple[float, Sequence[Line]]]) -> tuple[set[int], dict[int, str]]:
    """From page index -> (height, fragments): the ids of the lines that are furniture, and the printed
    label of each page that prints one."""
    edges: dict[int, list[list[Line]]] = {
        index: _outermost(lines, height, True)[:_DEEPEST] + _outermost(lines, height, False)[:_DEEPEST]
        for index, (height, lines) in pages.items()
        if height > 0
    }
    offsets = _counting(edges)
    recurring = _recurring(edges, pages)
    found: set[int] = set()
    labels: dict[int, str] = {}
    for index, (height, lines) in pages.items():
        if height <= 0:
            continue
        for at_top in (True, False):
            rows = _outermost(lines, height, at_top)
            count = 0
            counted = [_label(row, index, offsets, len(edges) == 1) for row in rows]
            while count < min(_DEEPEST, len(rows)) and _is_furniture(rows[count], counted[count], recurring):
                count += 1
            # What is set like the text and stands no farther from it than its lines do is text.
            while count and count < len(rows) and _runs_on(rows[count - 1], rows[count]):
                count -= 1
            for row, label in zip(rows[:count], counted, strict=False):
                if label is not None and (_ALONE.fullmatch(_row_text(row)) or index not in labels):
                    labels[index] = label
                found.update(id(line) for line in row)
    return found, labels


def _label(row: Sequence[Line], index: int, offsets: set[int], lone: bool) -> str | None:
    """The number in the row that counts this page; `lone`: only if it stands by itself."""
    if lone and _ALONE.fullmatch(_row_text(row)) is None:
        return None
    return next((text for text, number in _numbers(row) if number - index in offsets), None)


def _is_furniture(row: Sequence[Line], label: str | None, recurring: set[str]) -> bool:
    text = _row_text(row)
    return _key(text) in recurring or (label is not None and len(text) < 90)


def _runs_on(outer: Sequence[Line], inner: Sequence[Line]) -> bool:
    size = max(line.size for line in inner)
    alike = abs(max(line.size for line in outer) - size) < 0.05 * size
    return alike and abs(outer[0].baseline - inner[0].baseline) < 1.45 * size


def _outermost(lines: Sequence[Line], height: float, at_top: bool) -> list[list[Line]]:
    """The rows in the band at one edge, from the edge inwards."""
    band = [f for f in lines if (f.bottom < _BAND * height if at_top else f.top > (1 - _BAND) * height)]
    rows: list[list[Line]] = []
    for line in sorted(band, key=lambda f: f.baseline, reverse=not at_top):
        if line.starts_raised:
            break  # a footnote: what stands behind it is text
        if rows and abs(rows[-1][0].baseline - line.baseline) < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda f: f.left) for row in rows[: _DEEPEST + 1]]


def _row_text(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in row)


def _key(text: str) -> str:
    """The text without the number that counts pages, at its beginning or end."""
    bare = re.sub(r"^\d+(?=\s|$)|(?<!\S)\d+$|(?<=page )\d+", "#", " ".join(text.split()), flags=re.IGNORECASE)
    return bare.casefold()


def _numbers(row: Sequence[Line]) -> list[tuple[str, int]]:
    """Numbers that may count pages: at the outer ends of the row."""
    found = []
    words = _row_text(row).split()
    text = _row_text(row)
    if (alone := _ALONE.fullmatch(text)) and not alone[1].isdigit():
        if _ROMAN.fullmatch(alone[1]):
            found.append((alone[1], _roman(alone[1])))
        return found
    if alone:
        return [(alone[1], int(alone[1]))]
    ends = dict.fromkeys((words[0], words[-1])) if words else {}
    found.extend((word, int(word)) for word in ends if re.fullmatch(r"\d{1,4}", word))
    return found


def _counting(edges: Mapping[int, Sequence[Sequence[Line]]]) -> set[int]:
    """Differences between a printed number and the page's index that hold on two pages or more."""
    if len(edges) == 1:
        return {1}  # one page counts nothing: see `_label`, which then takes a lone '1' only
    seen: dict[int, set[int]] = defaultdict(set)
    for index, rows in edges.items():
        for row in rows:
            for _, number in _numbers(row):
                seen[number - index].add(index)
    most = max((len(where) for where in seen.values()), default=0)
    return {
        offset for offset, where in seen.items() if len(where) >= max(2, 0.3 * most) and len(where) >= 0.15 * len(edges)
    }


def _recurring(
    edges: Mapping[int, Sequence[Sequence[Line]]], pages: Mapping[int, tuple[float, Sequence[Line]]]
) -> set[str]:
    """Texts (figures blanked) that stand at about the same height on two pages or more."""
    seen: dict[str, dict[int, float]] = defaultdict(dict)
    for index, rows in edges.items():
        for row in rows:
            seen[_key(_row_text(row))].setdefault(index, row[0].baseline)
    found = set()
    for key, places in seen.items():
        heights = sorted(places.values())
        middle = heights[len(heights) // 2]
        steady = sum(abs(h - middle) < 8 for h in heights)
        if key and steady >= 2 and steady >= min(3, 0.1 * len(pages)) and any(c.isalpha() or c == "#" for c in key):
            found.add(key)
    return found


def _roman(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    numbers = [values[c] for c in text.lower()]
    for here, after in zip(numbers, [*numbers[1:], 0], strict=True):
        total += -here if here < after else here
    return total
