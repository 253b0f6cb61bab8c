"""What stands between a reader of one kind of file and the Document: pieces of text with their role,
the lines that they stood on and the note marks found in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
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

    def settle(self, decide: Callable[[str, int, str], Verdict]) -> None:
        """Decides of every raised figure what it is; what is no note mark (an exponent) goes back into the text as a
        superscript. `decide` gets what stands right before it, where it stands, and what it says."""
        parts: list[str] = []
        places: list[int] = []
        marks: list[tuple[int, str]] = []
        put: list[int] = []
        lengths = [0]
        before, cursor = "", 0
        for at, label in sorted(self.marks, key=lambda mark: mark[0]):
            here = at + lengths[-1]
            before = (before + self.text[max(cursor, at - _BEFORE) : at])[-_BEFORE:]
            verdict = decide(before, here, label)
            if not verdict.restored:
                marks += [(here, kept) for kept in verdict.labels]
                continue
            raised = label.translate(TO_SUPERSCRIPT)
            where = self.places[at - 1] if at else (self.places[0] if self.places else NOWHERE)
            parts += [self.text[cursor:at], raised]
            places += [*self.places[cursor:at], *[where] * len(raised)]
            before = (before + raised)[-_BEFORE:]
            cursor = at
            put.append(at)
            lengths.append(lengths[-1] + len(raised))
            if verdict.loose:
                self.loose.append((here, here + len(raised)))
        self.marks = marks
        if not put:
            return
        self.text = "".join((*parts, self.text[cursor:]))
        self.places = places + self.places[cursor:]
        self.rows = [
            [(a + lengths[bisect_left(put, a)], b + lengths[bisect_right(put, b)]) for a, b in row] for row in self.rows
        ]


_BEFORE = 8
"""How many characters before a raised figure tell what it is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a raised figure is: a mark with these labels (none: it is left out), or text."""

    labels: tuple[str, ...] = ()
    restored: bool = False
    loose: bool = False
    """It looks like a mark, and only its note is missing."""
