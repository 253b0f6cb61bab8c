"""What the story of a Word file, its notes and its boxes share while they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.backends.docx.numbering import Numbering
from assistant.backends.docx.styles import Styles
from assistant.reading.markup import MAX_CHARACTERS


@dataclass(slots=True)
class Shared:
    """What the story and its notes share."""

    styles: Styles
    numbering: Numbering
    hidden: Counter[str] = field(default_factory=Counter)
    called: dict[str, str | None] = field(default_factory=dict)
    """Label of each note that is called, in order -> the number it is shown by."""
    dropped: dict[str, str] = field(default_factory=dict)
    """Label of a note that is called only where nobody sees it -> why."""
    custom: set[str] = field(default_factory=set)
    """Notes with a mark of their own."""
    number: Callable[[str, int], str | None] = lambda note_kind, section: None
    """The next number of a foot- or endnote in a section."""
    bookmarks: Mapping[str, str] = field(default_factory=dict)
    """Bookmark -> label of the note that is called in it."""
    diagram: Callable[[str], list[str]] = lambda relation: []
    pictured: bool = False
    """Something is drawn on the pages: what lies behind a box without a filling is not certain."""
    width: int = 12_240
    """Of the page in twentieths of a point; `margins` left and right."""
    margins: tuple[int, int] = (1440, 1440)
    charts: int = 0
    embedded: int = 0
    name: str = "the file"
    room: int = MAX_CHARACTERS
    """Characters that may still be read."""
