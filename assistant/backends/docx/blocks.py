"""What reading a Word file finds, before the role of each piece is settled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from assistant.backends.docx.numbering import Label
from assistant.backends.docx.styles import Paragraph
from assistant.reading.markup import Call, ItemCell


@dataclass(slots=True)
class Block:
    """A paragraph with what is needed to tell its role, or a table (`rows`)."""

    paragraph: Paragraph
    content: list[str | Call] = field(default_factory=list)
    label: Label | None = None
    letters: int = 0
    bold: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    """Letters of each size in points."""
    listing: bool = False
    """Of a table of contents, or of pictures."""
    rows: list[list[ItemCell]] | None = None
    header_rows: int | None = None
    boxed: bool = False
    """Stands in a text box or a diagram."""

    @property
    def text(self) -> str:
        return "".join(part for part in self.content if isinstance(part, str))

    @property
    def is_empty(self) -> bool:
        return self.rows is None and not any(isinstance(p, Call) or p.strip() for p in self.content)

    @property
    def size(self) -> float:
        """Points of most of its letters."""
        return max(self.sizes, key=lambda size: self.sizes[size], default=0.0)

    def flat(self) -> list[str | Call]:
        """All of it as running text: what a cell or a note holds."""
        if self.rows is None:
            return [self.label.text, *self.content] if self.label else list(self.content)
        flat: list[str | Call] = []
        for row in self.rows:
            for cell in row:
                flat += [*cell.content, " "]
        return flat


def joined(blocks: list[Block]) -> list[str | Call]:
    """Blocks as one running text."""
    flat: list[str | Call] = []
    for block in blocks:
        flat += [*([" "] if flat else []), *block.flat()]
    return flat
