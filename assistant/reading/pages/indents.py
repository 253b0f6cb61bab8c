"""Block quotes and lists that only their indents show."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.pages.layout import Para, Zone
from assistant.types import BlockKind


def indented(paras: Sequence[Para], body: float) -> dict[int, BlockKind]:
    """By the id of its paragraph: 'quote' for what is set in from both margins (or from one, and smaller or in
    italics), 'list' for what is set in from the left only."""
    found: dict[int, BlockKind] = {}
    zones = {id(para.zone): para.zone for para in paras}
    normed = {key for key, zone in zones.items() if _has_norm(zone)}
    for position, para in enumerate(paras):
        if para.lines[0].grid is not None or para.zone.apart or para.zone.contents or id(para.zone) not in normed:
            continue
        if abs(para.size - body) >= 0.25 * body:
            continue
        room = _left_room(para)
        if room < 1.1 * body or room > 0.4 * (para.zone.right - para.zone.left):
            continue
        if len(para.lines) == 1:
            near = [paras[i] for i in (position - 1, position + 1) if 0 <= i < len(paras)]
            if not any(_is_brother(para, other) for other in near):
                continue
            found[id(para)] = "list"
            continue
        right = para.zone.right - max(line.right for line in para.lines)
        even = _is_even(para)
        both = right > (0.8 if even else 2.0) * body and (even or len(para.lines) > 2)
        if both or ((para.italic or para.size < 0.95 * body) and len(para.lines) > 2):
            found[id(para)] = "quote"
        else:
            found[id(para)] = "list"
    return found


def _left_room(para: Para) -> float:
    return min(line.left for line in para.lines) - para.zone.left


def _is_even(para: Para) -> bool:
    rights = [line.right for line in para.lines[:-1]]
    return len(rights) > 1 and max(rights) - min(rights) < 1.5


def _is_brother(para: Para, other: Para) -> bool:
    return (
        other.zone is para.zone
        and other.lines[0].grid is None
        and abs(min(line.left for line in other.lines) - para.left) < 1
        and abs(other.size - para.size) < 0.3
    )


def _has_norm(zone: Zone) -> bool:
    """Whether the zone has running text at its left margin: else there is nothing to be set in from."""
    at_margin = sum(abs(line.left - zone.left) < 2 for line in zone.lines if line.grid is None)
    return at_margin >= max(2, 0.15 * len(zone.lines))
