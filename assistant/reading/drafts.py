"""What stands between a reader of one kind of file and the Document: pieces of text with their role,
the lines that they stood on and the note marks found in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.reading.chars import Hyphen
from assistant.types import BlockKind, Box

NOWHERE = -1
"""The line of a character that stands on no page."""

DEFINED = "[^]"
"""The sign of a note that Markdown defines: it stands by itself, in no section."""

TO_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, slots=True)
class Place:
    """A line (or cell) of a page: where some characters stand; no box where the page has no geometry."""

    page: int
    box: Box | None
    confidence: float | None = None
    """Of a line that was read by OCR, 0 to 1."""


@dataclass(slots=True)
class Draft:
    """A block in the making. `places` names for each character the number of its line."""

    kind: BlockKind
    text: str
    places: list[int]
    marks: list[tuple[int, str]] = field(default_factory=list)
    """Superscript figures: where they stood in `text` and what they said."""
    number: str | None = None
    """The number that a note begins with."""
    sign: str = ""
    """What the number of a note was set in: '[]', '()', ')', '.', or nothing."""
    level: int = 0
    """Of a heading, 1 the outermost."""
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    """Of a table: where in `text` each cell stands."""
    header_rows: int | None = None
    """How many rows of a table are its header, where the file says; None: not known."""
    extents: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Of a table: (row, column) of a cell that spans others -> how many rows and columns it spans."""
    indents: list[float] = field(default_factory=list)
    """Of a table: how far (points) the first cell of each row is set in; empty where the format cannot say."""
    loose: list[tuple[int, int]] = field(default_factory=list)
    """Where in `text` raised figures were put back that look like marks and have no note."""
    breaks_after: bool = False
    """A page, column or figure may have cut the text behind it."""
    indented: bool = False
    """Only its indent makes it a list or a quote: it may be the rest of one."""
    apart: bool = False
    """It stands in a box or beside the running text: a sentence goes on past it."""
    hyphen: Hyphen | None = None
    """What is known of a hyphen that the text ends with."""
    trailing_space: bool = False

    def append(self, other: Draft, glue: str) -> None:
        """Puts another piece behind this one, as one paragraph."""
        shift = len(self.text) + len(glue)
        self.places += [self.places[-1] if self.places else NOWHERE] * len(glue) + other.places
        self.marks += [(at + shift, label) for at, label in other.marks]
        self.loose += [(a + shift, b + shift) for a, b in other.loose]
        self.text += glue + other.text
        self.breaks_after = other.breaks_after
        self.hyphen = other.hyphen
        self.trailing_space = other.trailing_space

    def take_out(self, start: int, end: int) -> None:
        """Takes characters out of the text that prove to be no text, such as a note mark in brackets."""
        gone = end - start
        self.text = self.text[:start] + self.text[end:]
        del self.places[start:end]
        self.marks = [(at if at <= start else max(start, at - gone), label) for at, label in self.marks]
        self.loose = [
            (a, b) if b <= start else (max(start, a - gone), b - gone) for a, b in self.loose if not start <= a < end
        ]

    def restore_mark(self, position: int, loose: bool = False) -> None:
        """Writes a raised figure that is no note mark (an exponent) back as a superscript; `loose`: it looks
        like a mark, and only its note is missing."""
        at, label = self.marks.pop(position)
        raised = label.translate(TO_SUPERSCRIPT)
        self.text = self.text[:at] + raised + self.text[at:]
        where = self.places[at - 1] if at else (self.places[0] if self.places else NOWHERE)
        self.places[at:at] = [where] * len(raised)
        self.marks = [(a if a <= at and k < position else a + len(raised), m) for k, (a, m) in enumerate(self.marks)]
        moved = len(raised)
        self.loose = [(a + moved, b + moved) if a >= at else (a, b) for a, b in self.loose]
        self.rows = [[(a + moved if a > at else a, b + moved if b >= at else b) for a, b in row] for row in self.rows]
        if loose:
            self.loose.append((at, at + moved))
