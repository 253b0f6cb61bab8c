"""What a backend hands to the layout: the characters and rulings of a page as it is shown.

Coordinates are points with the origin at the top left of the page as a reader sees it (rotation
and crop applied), so that no later step needs to know about PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.types import Box

Hyphen = Literal["soft", "hard"]


@dataclass(slots=True)
class Char:
    """One character in the order of the file; `text` is one code point (or a surrogate-free pair).

    `hyphen` says what the file knows of a hyphen: 'soft' for a true U+00AD, 'hard' for a true
    hyphen in a file that tells the two apart, None where the file cannot say.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    hyphen: Hyphen | None = None
    generated: bool = False
    """Put in by the backend where the file only moves the pen: a space between words."""
    glyph_top: float | None = None
    """The top of the ink, known for digits only: tells a small raised figure of a font of its own."""
    italic: bool = False
    confidence: float | None = None
    """How sure a machine was that read it from a picture, 0 to 1; None where the file itself holds it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line, horizontal or vertical, or the edge of a filled cell."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class PageChars:
    """One page. `turned` says by how many quarter turns its characters were turned to stand upright
    (a table set sideways); boxes are turned back before they leave the layout.
    """

    index: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    label: str | None = None
    """The label that the file itself gives the page."""
    pictures: list[Box] = field(default_factory=list)
    turned: int = 0

    def as_shown(self, box: Box) -> Box:
        """A box of the upright characters as it lies on the page as shown."""
        width, height = self.width, self.height
        if self.turned == 1:  # read from bottom to top
            return Box(box.top, height - box.right, box.bottom, height - box.left)
        if self.turned == 2:
            return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
        if self.turned == 3:  # read from top to bottom
            return Box(width - box.bottom, box.left, width - box.top, box.right)
        return box


def upright(x: float, y: float, turned: int, width: float, height: float) -> tuple[float, float]:
    """A point of the page as shown in the coordinates of text turned by `turned` quarter turns."""
    if turned == 1:
        return height - y, x
    if turned == 2:
        return width - x, height - y
    if turned == 3:
        return y, width - x
    return x, y
