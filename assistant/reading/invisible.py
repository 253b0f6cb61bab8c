"""Characters that stand in a text and are not seen: zero-width signs, tags, controls of direction.

They are never text. Where they are strung between the letters of a whole stretch, eye and machine are meant
to read different things: the stretch is left out and counted, since no honest document is written so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Hidden

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_DIRECTION = (
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
)
_TAG = re.compile("[\U000e0000-\U000e0fff\ufe00-\ufe0f]+")
_UNSEEN = re.compile(f"[{_ZERO_WIDTH}{_DIRECTION}]+")
_STRUNG = re.compile(rf"(?:[^{_ZERO_WIDTH}\n][{_ZERO_WIDTH}]+){{8,}}[^{_ZERO_WIDTH}\n]?")
_JOINED = re.compile(r"[\u0600-\u07ff\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]")
"""Scripts in which a joiner or a break without width is part of spelling."""


@dataclass(frozen=True, slots=True)
class Visible:
    """A text without what is not seen in it, and how many characters that was."""

    text: str
    zero_width: int = 0
    tags: int = 0
    strung: int = 0
    """Characters of stretches whose letters were parted by zero-width signs."""

    def hidden(self, page: int | None = None) -> list[Hidden]:
        counts = (("zero-width", self.zero_width), ("tag characters", self.tags), ("strung letters", self.strung))
        return [Hidden(why, n, page) for why, n in counts if n]


def visible(text: str) -> Visible:
    """`text` without its unseen characters. A mark of byte order at the beginning is not counted."""
    text = text.removeprefix("\ufeff")
    if text.isascii():
        return Visible(text)
    strung = 0

    def drop(match: re.Match[str]) -> str:
        nonlocal strung
        if _JOINED.search(match[0]):
            return match[0]
        strung += len(match[0])
        return ""

    bare, tags = _without(_TAG, text)
    bare = _STRUNG.sub(drop, bare)
    zero_width = 0

    def part(match: re.Match[str]) -> str:
        nonlocal zero_width
        around = bare[max(0, match.start() - 1) : match.start()] + bare[match.end() : match.end() + 1]
        if match[0] in ("\u200c", "\u200d") and _JOINED.search(around):
            return match[0]
        zero_width += len(match[0])
        return ""

    return Visible(_UNSEEN.sub(part, bare), zero_width, tags, strung)


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    bare = pattern.sub("", text)
    return bare, len(text) - len(bare)


def summed(hidden: Sequence[Hidden]) -> tuple[Hidden, ...]:
    """One entry for each reason and page, in order."""
    counts: dict[tuple[str, int | None], int] = {}
    for h in hidden:
        counts[h.why, h.page] = counts.get((h.why, h.page), 0) + h.characters
    order = sorted(counts, key=lambda key: (-1 if key[1] is None else key[1], key[0]))
    return tuple(Hidden(why, counts[why, page], page) for why, page in order)


def seen_places(text: str) -> list[int]:
    """Which characters of `text` are left by `visible`, for a caller that carries something beside each."""
    left = visible(text)
    lost: set[int] = set()
    if left.strung:
        spans = (
            m.span() for m in _STRUNG.finditer(_TAG.sub(lambda m: "\n" * len(m[0]), text)) if not _JOINED.search(m[0])
        )
        lost = {at for start, end in spans for at in range(start, end)}
    places: list[int] = []
    for at, sign in enumerate(text):
        if at not in lost and len(places) < len(left.text) and sign == left.text[len(places)]:
            places.append(at)
    return places
