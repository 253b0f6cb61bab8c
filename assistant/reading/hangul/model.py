"""What a file of Hangul, the Korean word processor, holds, whatever it is written in (HWPX or HWP): paragraphs with
the look of their words, tables, boxes and notes. `hangul_blocks.py` turns it into blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.reading.hangul.numbering import Numbering

PAPER = 0xFFFFFF
UNKNOWN_FILL = -1
"""A ground of several colours: a gradient, a picture, a pattern."""
_CONTRAST = 1.2
"""Below this ratio of luminances no reader can tell letters from what is behind them."""
_TINY = 2.0
"""Points; smaller letters cannot be read."""


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set. Sizes in points, colours as 0xRRGGBB."""

    size: float = 10.0
    colour: int = 0
    shade: int | None = None
    """What is painted behind the letters themselves."""
    bold: bool = False
    raised: bool = False
    outlined: bool = False
    """Drawn by their outline or with a shadow, so seen on a ground of their own colour."""

    def unseen(self, behind: int) -> str | None:
        """Why no reader sees these characters on a ground of this colour; None where they are seen."""
        if self.size < _TINY:
            return "tiny"
        ground = self.shade if self.shade is not None else behind
        if ground == UNKNOWN_FILL or self.outlined or _contrast(self.colour, ground) >= _CONTRAST:
            return None
        return "white"  # as it is on paper: the colour of what is behind it


def _contrast(one: int, other: int) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: int) -> float:
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class Head:
    """The automatic sign in front of a paragraph; `level` counts from 1, the outermost."""

    kind: Literal["outline", "number", "bullet"]
    level: int = 1
    numbering: Numbering | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of one look; a forced line break is a newline. `unseen`: why a reader does not see them."""

    text: str
    look: Look = Look()
    unseen: str | None = None


@dataclass(frozen=True, slots=True)
class NoteAt:
    """A foot- or endnote where it is called; `number` as it is shown, None where the file does not say."""

    kind: Literal["foot", "end"]
    number: str | None
    paragraphs: Sequence[Para]


@dataclass(frozen=True, slots=True)
class SheetCell:
    row: int
    column: int
    paragraphs: Sequence[Para]
    rows: int = 1
    columns: int = 1
    header: bool = False
    fill: int | None = None
    """None: nothing is painted behind it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, or what only looks like one: Korean offices set titles and boxes as tables."""

    cells: Sequence[SheetCell]
    fill: int | None = None
    caption: Sequence[Para] = ()
    caption_below: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A text box, or a picture of which only the caption is text."""

    paragraphs: Sequence[Para] = ()
    fill: int | None = None
    caption: Sequence[Para] = ()


Piece = Words | NoteAt | Sheet | Frame


@dataclass(frozen=True, slots=True)
class Para:
    pieces: Sequence[Piece]
    style: str = ""
    """The name of its style, as the writer sees it ('개요 1')."""
    head: Head | None = None
    fill: int | None = None
