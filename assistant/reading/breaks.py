"""What the line ends and the short lines of a plain text mean: a text without markup says no more than this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.reading.imprint import is_imprint
from assistant.reading.roles import begins_inside, is_byline, is_finished, names_of

_WIDEST = 130
"""No text is broken to a greater width than this, in columns: where a line is longer, line ends part paragraphs."""
_NARROWEST = 40
"""A line of fewer columns that ends was not ended by a width."""
_SHORT = 120
_LISTED = 4
"""So many short lines one after another are a list (a menu, a roster, a column of a table): each would head the next."""
_TITLED = 4
"""So many short lines below a title may say who wrote the text, where and when."""
_OPEN_WORDS = frozenset(
    "a an and as at by for from in into is are of on or our over than that the their this to with".split()
)
_INSTITUTION = re.compile(
    r"\b(?:institut\w*|universit\w*|ministry|department|bureau|agency|bank|council|cent(?:er|re)|office|association|"
    r"press|school|college)\b|(?:연구원|연구소|대학교|대학|은행|통계청|협회|진흥원|위원|교수|박사|기자)$",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣]")
INNER_STOP = re.compile(r"[^\W\d_]{3,}[.!?][”\"']?\s+\S")


def columns_of(line: str) -> int:
    """How wide a line is where Hangul and Chinese letters take two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.strip())


def width_of(text: str) -> int:
    """The width that a text may be broken to: that of its longest line without tabs."""
    return max((columns_of(line) for line in text.split("\n") if "\t" not in line.strip()), default=0)


def goes_on(above: str, line: str, width: int) -> bool:
    """Whether a line is the rest of the one above it, in a text whose longest line is `width`: by its words, or because
    its first word had no room there."""
    above, line = above.strip(), line.strip()
    if is_finished(above):
        return False
    if begins_inside(line) or line[:1] in ".:?!" or above[-1] in ",–—-&":
        return True
    if above.rpartition(" ")[2].lower() in _OPEN_WORDS:
        return True
    room = width - columns_of(above) - 1
    return columns_of(above) >= _NARROWEST and width <= _WIDEST and columns_of(line.split()[0]) > room


def is_short(raw: str) -> bool:
    """Whether a block may be a heading, an entry of a list or a line of a title: no sentence ends in it."""
    return len(raw) <= _SHORT and not is_finished(raw) and INNER_STOP.search(raw) is None


def runs_of(short: Sequence[bool]) -> list[tuple[int, int]]:
    """For each block how many short ones stand together there, and which of them it is, from 0; (0, 0) of the others.

    >>> runs_of([True, True, False, True])
    [(2, 0), (2, 1), (0, 0), (1, 0)]
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(short):
        end = start
        while end < len(short) and short[end]:
            end += 1
        found += [(end - start, n) for n in range(end - start)]
        if end < len(short):
            found.append((0, 0))
            end += 1
        start = end
    return found


def is_listed(run: tuple[int, int]) -> bool:
    """Whether a short line is one of a list; the last of a run may head what follows."""
    count, place = run
    return count >= _LISTED and place < count - 1


def may_be_byline(raw: str, run: tuple[int, int]) -> bool:
    """Whether a short line below a title may say who wrote the text: it says so, or it is set as names are and stands
    with few others."""
    if is_byline(raw) or is_imprint(raw):
        return True
    count, place = run
    if place > _TITLED:
        return False
    if _HANGUL.search(raw):
        return count <= _TITLED + 1
    if names_of(raw) or _INSTITUTION.search(raw):
        return count <= _TITLED + 1
    words = [w for w in re.findall(r"[^\W_][\w’'.-]*", raw) if len(w) > 3]
    return 2 < count <= _TITLED + 1 and len(words) > 1 and all(not w[0].islower() for w in words)
