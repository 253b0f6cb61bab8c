"""What stands at the foot of a page below the running text: footnotes, and notes on the authors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.chars import PageChars, Ruling
from assistant.reading.flow import SYMBOLS
from assistant.reading.pages.layout import Para

SMALLER = 0.94
"""Notes at the foot and author notes are set smaller than this part of the body."""
_BEGINS_NOTE = re.compile(rf"[\[(]?\d{{1,3}}[\])}}.]?\s*\S|[{re.escape(SYMBOLS)}]{{1,4}}\s*\S")
_SYMBOL = re.compile(rf"([{re.escape(SYMBOLS)}])\1{{0,3}}\s*(?=[^\W_])")


def feet_of(paras: Sequence[Para], body: float) -> set[int]:
    """The ids of the paragraphs of a page that stand below all its running text and are set smaller, or stand below
    a short rule and begin as notes do."""
    found: set[int] = set()
    flowing = [p for p in paras if p.lines[0].grid is None]
    running = [p for p in flowing if SMALLER * body <= p.size <= 1.06 * body and (len(p.lines) > 1 or len(p.text) > 80)]
    small = [p for p in flowing if p.size < SMALLER * body]
    found.update(_below_rule(flowing, body))
    if not running or not small:
        return found
    running = [p for p in running if id(p) not in found]
    prevails = sum(len(p.text) for p in running) >= 0.5 * sum(len(p.text) for p in small)
    for para in small:
        beside = [p for p in running if p.left < para.right and p.right > para.left]
        low = prevails or para.lines[0].starts_raised or para.top > 0.5 * para.lines[0].page.height
        if low and beside and all(p.bottom < para.top + para.size for p in beside):
            found.add(id(para))
    return found


def _below_rule(paras: Sequence[Para], body: float) -> set[int]:
    """What stands below the short rule that parts notes from text, whatever its size."""
    if not paras:
        return set()
    page = paras[0].lines[0].page
    found: set[int] = set()
    for rule in _short_rules(page):
        below = [p for p in paras if p.top > rule.top - 2 and p.left < rule.right and p.right > rule.left]
        above = [p for p in paras if p.bottom < rule.top + 2 and p.left < rule.right and p.right > rule.left]
        if not below or not above or any(p.size > 1.02 * body for p in below):
            continue
        first = min(below, key=lambda p: p.top)
        near = (
            first.top - rule.top < 2.5 * body and abs(min(line.left for line in first.lines) - rule.left) < 2.5 * body
        )
        # The end of a note that the page before began may come first.
        rest = first.size < SMALLER * body and any(p.lines[0].starts_raised for p in below)
        if near and (rest or first.lines[0].starts_raised or _BEGINS_NOTE.match(first.text)):
            found.update(id(p) for p in below)
    return found


def _short_rules(page: PageChars) -> list[Ruling]:
    across = [r for r in page.rulings if r.horizontal and 25 < r.right - r.left < 0.45 * page.width]
    down = [r for r in page.rulings if not r.horizontal]
    return [
        r
        for r in across
        if r.top > 0.25 * page.height
        and not any(abs(d.left - r.left) < 3 and d.top - 3 < r.top < d.bottom + 3 for d in down)
        and sum(abs(o.left - r.left) < 3 and abs(o.right - r.right) < 3 for o in across) == 1
    ]


def note_symbol(text: str) -> tuple[str, int] | None:
    """(symbol, where the note's words begin) of a note that begins with a symbol of the size of its text."""
    match = _SYMBOL.match(text)
    return (match[0].strip(), match.end()) if match else None
