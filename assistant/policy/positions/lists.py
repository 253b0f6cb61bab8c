"""Lists of sectors that a document names for one purpose: `investment in the valley has focused on steel, ships and glass`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.vocabulary import Mention, Topic

_JOINT = re.compile(
    r"[\s,/\u00b7()\u2013\u2014-]*(?:\b(?:and|or|as well as|especially|particularly|including|such as|advanced|next-generation|future|"
    r"parts|electric|vehicle|vehicles|core|products|materials|equipment|industries|industry|power|sectors?)\b[\s,/\u00b7()\u2013\u2014-]*|"
    r"(?:및|등|과|와|그리고|산업|분야)[\s,]*)*",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"\b(?:focus|concentrat|centr|center|dominat|led by|specializ|specialis)\w*|집중|중심|위주|주도", re.IGNORECASE
)
_BROAD = frozenset(
    ("manufacturing", "services", "goods", "energy", "small firms", "conglomerates", "middle-sized firms")
)
"""What holds other sectors in it is no member of a list."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """Sectors named for a purpose. `place`: where, apart from the document's own country."""

    purpose: str
    place: str | None
    members: tuple[str, ...]
    said: Said


def lists(side: Side, topics: dict[str, Topic]) -> tuple[Listed, ...]:
    """In the order of the text; notes count, bibliography does not."""
    return tuple(_lists(side, topics))


def _lists(side: Side, topics: dict[str, Topic]) -> Iterator[Listed]:
    purpose: Mention | None = None
    for s in side.said:
        if not (s.stated or s.kind == "note") or s.reference:
            continue
        named = [m for m in s.mentions if not m.part and topics[m.topic].kind in ("term", "instrument")]
        for group in _groups(s, topics):
            start = group[0].span.start
            if len({m.topic for m in group}) < _LEAST and not _NARROW.search(
                s.text[max(0, start - s.span.start - 40) : start - s.span.start]
            ):
                continue
            anchor = next((m for m in reversed(named) if m.span.end <= start), None)
            if anchor is None:
                anchor = purpose if not s.first else None
            if anchor is not None and s.kind != "note":
                members = tuple(dict.fromkeys(m.topic for m in group))
                yield Listed(anchor.topic, _where(s, group, side, topics), members, s)
        purpose = named[0] if named else purpose if not s.first else None


def _groups(s: Said, topics: dict[str, Topic]) -> Iterator[Sequence[Mention]]:
    """Sectors with nothing but list words between them."""
    group: list[Mention] = []
    for m in s.mentions:
        if m.part or topics[m.topic].kind != "sector" or m.topic in _BROAD:
            continue
        if group:
            between = s.text[group[-1].span.end - s.span.start : m.span.start - s.span.start]
            if not _JOINT.fullmatch(between) and not _near(between):
                yield group
                group = []
        group.append(m)
    if group:
        yield group


def _near(between: str) -> bool:
    """An item that no list knows may stand between two that are known: `glass, toys, and ships`."""
    parts = [p.strip() for p in between.split(",")]
    return len(between) < 60 and len(parts) > 1 and all(len(p.split()) <= 4 for p in parts) and "." not in between


def _where(s: Said, group: Sequence[Mention], side: Side, topics: dict[str, Topic]) -> str | None:
    """The nearest place before the list that is not the document's own country; else one of the sentence before."""
    before = [
        m for m in s.mentions
        if topics[m.topic].kind == "place" and m.topic != side.home and m.span.end <= group[0].span.start
    ]  # fmt: skip
    if before:
        return before[-1].topic
    others = {p for p in s.around if p != side.home}
    return next(iter(others)) if len(others) == 1 else None
