"""Tables of contents, lists of tables and figures: lines that lead to page numbers which count up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.pages.layout import Line, Zone
from assistant.reading.tables.tabular import is_contents

_TITLE = re.compile(
    r"(?:table\s+of\s+)?contents|(?:list\s+of\s+)?(?:tables|figures|boxes|charts)(?:\s+and\s+(?:tables|figures|boxes))?|목\s*차|차\s*례|"
    r"(?:표|그림)\s*(?:목\s*차|차\s*례)|inhalt",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\S.*?[\s.…·⋯]+(?P<page>\d{1,4}|[ivxlc]{1,7}|[A-Z]-\d{1,3})$")
_LEAST = 3


def without_contents(zones: Sequence[Zone]) -> list[Zone]:
    """The zones with every run of entries of a table of contents in a zone of its own."""
    parted: list[Zone] = []
    headed = False
    for zone in zones:
        flags = _entries(zone.lines, headed)
        headed = _is_title(zone.lines[-1]) if zone.lines else headed
        if not any(flags):
            parted.append(zone)
            continue
        headed = flags[-1]
        start = 0
        for i in range(1, len(flags) + 1):
            if i == len(flags) or flags[i] != flags[start]:
                part = Zone(zone.lines[start:i], zone.column, contents=flags[start])
                # The margins stay those of the whole zone.
                part.left, part.right = zone.left, zone.right
                parted.append(part)
                start = i
    return parted


def _is_title(line: Line) -> bool:
    return line.grid is None and _TITLE.fullmatch(line.text.rstrip(" :")) is not None


def _entries(lines: Sequence[Line], headed: bool) -> list[bool]:
    """For each line whether it belongs to a table of contents; `headed`: its title stands right before."""
    flags = [False] * len(lines)
    i = 0
    while i < len(lines):
        titled = headed and i == 0
        start = i
        while i < len(lines) and _is_title(lines[i]):
            titled = True
            i += 1
        end = _run(lines, i, titled)
        if end is None:
            i = max(i, start + 1)
            continue
        flags[start:end] = [True] * (end - start)
        i = end
    return flags


def _run(lines: Sequence[Line], start: int, titled: bool) -> int | None:
    """Where the run of entries that begins at `start` ends, None where there is none."""
    pages: list[int] = []
    led = entries = between = 0
    end = start
    for i in range(start, len(lines)):
        line = lines[i]
        match = None if line.grid is not None else _ENTRY.fullmatch(line.text)
        leads = line.grid is None and is_contents(line.text)
        gap = len(line.starts) > 1 and match is not None and len(line.text) - match.start("page") <= 8
        if match is not None and (leads or gap or titled):
            entries += 1
            led += leads
            if match["page"].isdigit():
                pages.append(int(match["page"]))
            between = 0
            end = i + 1
        elif leads:
            led += 1
            entries += 1
            between = 0
            end = i + 1
        else:
            # The first line of an entry over two lines, or a part's name without a page.
            between += 1
            if between > 2 or len(line.text) > 160 or (line.text[-1:] == "." and not leads):
                break
    rising = sum(b >= a for a, b in pairwise(pages))
    steady = rising >= 0.85 * max(len(pages) - 1, 1)
    if entries >= (2 if titled else _LEAST) and steady and (titled or led >= 0.5 * entries):
        return end
    return None
