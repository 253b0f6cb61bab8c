"""The lines of a zone -> paragraphs, by distance, indent and style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.reading.pages.layout import Line, Para, Zone
from assistant.reading.pages.signs import sign_of


def leading_of(zones: Iterable[Zone]) -> dict[float, float]:
    """For each size the usual distance of two baselines in a paragraph."""
    steps: dict[float, Counter[float]] = {}
    for zone in zones:
        for above, below in pairwise(zone.lines):
            step = below.baseline - above.baseline
            alike = above.grid is None and below.grid is None and abs(above.size - below.size) < 0.3
            if alike and 0 < step < 2.6 * above.size:
                steps.setdefault(above.size, Counter())[round(step * 2) / 2] += 1
    usual = {}
    for size, counts in steps.items():
        # The smallest of the frequent steps: a page of one-line paragraphs must not make their gap the norm.
        frequent = [s for s, n in counts.items() if n >= 0.25 * max(counts.values()) and s >= 0.85 * size]
        usual[size] = min(frequent, default=1.2 * size)
    return usual


def paragraphs_of(zone: Zone, leading: dict[float, float]) -> list[Para]:
    """The lines of a zone grouped to paragraphs."""
    paras: list[Para] = []
    current: list[Line] = []
    for position, line in enumerate(zone.lines):
        if current and (
            line.grid is not None
            or current[-1].grid is not None
            or _breaks(current, line, zone, leading, zone.lines[position + 1 : position + 2])
        ):
            paras.append(Para(current, zone))
            current = []
        current.append(line)
    if current:
        paras.append(Para(current, zone))
    return paras


_TERMINAL = frozenset(".!?:;…。")
_CLOSING = "”\"’')]0123456789¹²³⁴⁵⁶⁷⁸⁹⁰"
"""What may stand behind a full stop: quotation marks, brackets, note marks."""
_BULLETS = frozenset("•‣⁃▪▫●○◦■□▢◆◇◈▣❍❏❑‧∙·➢➤▶▷►▸☞✓✔❖※ㅇ\uf0b7\uf0a7o–—-*") | {
    chr(code) for code in (*range(1, 9), *range(14, 32), *range(127, 160))
}
"""Signs before items of lists; those that fonts of TeX draw have no code but a number."""


_COUNT = re.compile(r"[\[(]?(\d{1,4})([\])]?[.:)]?)(?:\s|(?<=\d)(?=[“‘\"]?[A-Z][a-z]|https?://))")


def _counts_on(block: Sequence[Line], line: Line, size: float) -> bool:
    """Whether the line begins with the number behind that of the paragraph: entries of a list set close."""
    first, here = _COUNT.match(block[0].text), _COUNT.match(line.text)
    if first is None or here is None or first[2] != here[2] or int(here[1]) != int(first[1]) + 1:
        return False
    ended = block[-1].text.rstrip(_CLOSING)[-1:] in _TERMINAL
    return abs(line.left - block[0].left) < size and (ended or bool(here[2]))


def _starts_counting(above: Line, line: Line, zone: Zone, size: float) -> bool:
    """Whether the line is the first entry of a list of which the zone shows the next one: what stands above it is the
    end of an entry that began on the page before."""
    here = _COUNT.match(line.text)
    if here is None or not here[2] or above.text.rstrip(_CLOSING)[-1:] not in _TERMINAL:
        return False
    for later in zone.lines:
        if later.baseline > line.baseline and abs(later.left - line.left) < 0.3 * size:
            there = _COUNT.match(later.text)
            if there is not None and there[2] == here[2]:
                return int(there[1]) == int(here[1]) + 1
    return False


def _ends_numbered(above: Line, line: Line, zone: Zone, size: float) -> bool:
    """Whether a first line begins with the number of a heading and leaves room for more than the next word."""
    if sign_of(above.text) is None or line.text[:1].islower() or above.text[-1:] in "-,–" or len(above.text) > 80:
        return False
    first_word = line.text.split(" ", 1)[0]
    need = len(first_word) / max(len(line.text), 1) * (line.right - line.left)
    return zone.right - above.right > max(need + 4 * size, 0.3 * (zone.right - zone.left))


def _is_full(line: Line, zone: Zone) -> bool:
    return line.right > zone.right - 1.5 * line.size


def _is_centred(line: Line, zone: Zone) -> bool:
    """Whether the line is short and stands in the middle, as names and dates below a title do."""
    wide = zone.right - zone.left
    middle = (line.left + line.right) - (zone.left + zone.right)
    return line.grid is None and line.right - line.left < 0.6 * wide and abs(middle) < 0.04 * wide


def _is_pushed_down(line: Line) -> bool:
    """Whether a raised mark inside the line needs room above it, which browsers give to the whole line."""
    return not line.starts_raised and any(c.text.isdigit() and line.is_raised(c) for c in line.chars)


def _is_stretched(line: Line) -> bool:
    """Whether all its words stand equally far apart: justified text before a word too long for the line."""
    letters = [c for c in line.chars if not c.text.isspace()]
    gaps = [b.left - a.right for a, b in pairwise(letters) if b.left - a.right > 0.5 * line.size]
    return len(gaps) > 1 and max(gaps) - min(gaps) < 0.3 * line.size


def _margin(block: Sequence[Line], line: Line, zone: Zone, size: float) -> float:
    """The right margin of a paragraph: its own where it is set in from both sides of its zone."""
    if len(block) > 1 and min(above.left for above in block) > zone.left + size:
        return max(*(above.right for above in block), line.right)
    return zone.right


def _breaks(
    block: Sequence[Line], line: Line, zone: Zone, leading: dict[float, float], following: Sequence[Line]
) -> bool:
    above = block[-1]
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.06 * size and not (len(line.text) <= 3 or len(above.text) <= 3):
        return True
    if len(line.starts) > 2 and len(above.starts) == 1 and len(block) > 1 and not _is_stretched(line):
        return True  # the cells of a row below running text
    step = line.baseline - above.baseline
    if _counts_on(block, line, size) or (step > 1.45 * size and _is_centred(above, zone) and _is_centred(line, zone)):
        return True
    if _COUNT.match(block[0].text) is None and _starts_counting(above, line, zone, size):
        return True
    if len(block) == 1 and _ends_numbered(above, line, zone, size):
        return True
    usual = leading.get(above.size, 1.2 * above.size)
    if step > 1.18 * usual + 0.8 and not (_is_pushed_down(line) and step < 1.45 * usual and _is_full(above, zone)):
        return True
    ended = above.text.rstrip(_CLOSING)[-1:] in _TERMINAL
    if above.bold and line.bold_share < 0.5 and not (line.text[:1].islower() and not ended):
        return True
    if line.bold and above.bold_share < 0.5 and ended:
        return True
    if line.starts_raised and not (_is_full(above, zone) and not block[0].starts_raised and step < 1.1 * usual + 0.5):
        return True  # a note; else the mark of the line above, for which that line had no room
    head = line.text[:2]
    if head[:1] in _BULLETS and head[1:] in ("", " ") and (head[:1] not in "-–—*oㅇ" or ended):
        return True
    indent = line.left - zone.left
    first_offset = block[0].left - zone.left
    hangs = block[0].text[:1] in _BULLETS and len(block) == 1
    if (
        not hangs
        and 0.7 * size < indent < 8 * size
        and abs(above.left - zone.left) < 0.5 * size
        and (ended or len(block) > 1)
    ):
        returns = not following or following[0].left < line.left - 0.5 * size or following[0].size != line.size
        if returns and (ended or line.text[:1].isupper()):
            return True
    if len(block) > 1 and above.left > line.left + 0.7 * size and first_offset < above.left - zone.left - 0.5 * size:
        return True  # a hanging indent ends
    if ended:
        first_word = line.text.split(" ", 1)[0]
        need = len(first_word) / max(len(line.text), 1) * (line.right - line.left) + 0.3 * size
        room = _margin(block, line, zone, size) - above.right
        if room > need + 0.6 * size:
            return True  # the next word had room on the line: the line was ended on purpose
    return False
