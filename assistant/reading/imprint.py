"""The lines at the very beginning of a plain text that say who published it, when and where."""

from __future__ import annotations

import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_IMPRINT = re.compile(
    rf"(?:https?://|www\.)\S+|\bdoi:?\s*10\.\S+|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS}),? \d{{4}}\b|\b(?:{_MONTHS})(?: \d{{1,2}})?,? \d{{4}}\b|"
    r"\b\d{4}[-/]\d{1,2}[-/]\d{1,2}\b|\b\d{4}\s?[.년]\s?\d{1,2}\s?[.월](?:\s?\d{1,2}\s?[.일]?)?|^\(?\d{4}\)?\.?$",
    re.IGNORECASE,
)
"""An address, a day or month with its year, a year alone."""
_LINES, _BESIDE, _LONGEST = 10, 4, 160
"""Lines that are looked at, words that may stand beside a date or an address, letters of a line."""
_STOP = re.compile(r"[^\W\d_]{3,}[.!?][”\"']?\s+\S")
_SMALL = frozenset("a an and at by for from in of on or the to with".split())


def front_lines(lines: list[str]) -> list[list[str]]:
    """The first lines of a text, each a block of its own where one of them is no more than a date or an address: a title
    with its imprint, and no title of four lines."""
    last = max((n for n, line in enumerate(lines[:_LINES]) if n and is_imprint(line)), default=0)
    head = [line.strip() for line in lines[: last + 1]]
    if not last or is_imprint(head[0]) or any(len(line) > _LONGEST or _STOP.search(line) for line in head):
        return [lines]
    size = 1
    while not is_imprint(head[size]) and (_unfinished(head[size - 1]) or head[size][0].islower()):
        size += 1
    if _unfinished(head[size - 1]):
        return [lines]  # a sentence with a date in it
    rest = [lines[last + 1 :]] if lines[last + 1 :] else []
    return [lines[:size], *([line] for line in lines[size : last + 1]), *rest]


def is_imprint(line: str) -> bool:
    """Whether a line has a date or an address, and hardly anything beside.

    >>> is_imprint("Published: 12 March 2023"), is_imprint("Prices in March 2023 and what they mean for the coast")
    (True, False)
    """
    bare = line.strip()
    left = _IMPRINT.sub("", bare)
    return left != bare and len(re.findall(r"\w+", left)) <= _BESIDE


def _unfinished(line: str) -> bool:
    """Whether a line plainly goes on in the next."""
    return line[-1] in ",:–—-&" or line.rpartition(" ")[2].lower() in _SMALL
