"""The nouns of a receipt: what a reply rested on when it was given, and what of that still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.types import Span, Support

Standing = Literal["holds", "moved", "changed", "gone"]
"""`moved`: the same words stand elsewhere. `changed`: they do not stand, or what is recorded beside them is otherwise.
`gone`: the document, or the source, is no longer held."""
Part = Literal["document", "citation", "hop", "claim", "record", "reply"]
"""`record`: what the file says of the reply as a whole, the index and the settings."""
Status = Literal["answered", "abstained"]


@dataclass(frozen=True, slots=True)
class SavedPlace:
    """A quotation as a receipt has it. Nothing of it is believed: it is what is checked."""

    document: str
    span: Span
    quote: str
    recorded: Mapping[str, Any]
    """The other fields of the citation (title, pages, cell, notes), as the contract names them."""
    marker: int = 0
    hops: tuple[SavedHop, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedHop:
    """What a source said of a quotation."""

    place: SavedPlace
    note: str
    work: str
    verdict: Support


@dataclass(frozen=True, slots=True)
class SavedClaim:
    """A sentence of the reply, with the markers of its quotations and the verdict that it had."""

    text: str
    citations: tuple[int, ...]
    verdict: Support
    why: str = ""
    lead: str = ""
    computed: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SavedDocument:
    """A cited document: its file's name and hash, and the hash of its text as it was read."""

    id: str
    file: str
    sha256: str
    text: str
    title: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was read, its form checked and no more."""

    made: str
    version: str
    question: str
    after: tuple[str, ...]
    origin: bool
    within: Mapping[str, Any] | None
    status: Status
    claims: tuple[SavedClaim, ...]
    places: tuple[SavedPlace, ...]
    """The quotations; of an abstention, what came nearest."""
    documents: tuple[SavedDocument, ...]
    held: Mapping[str, str]
    """Every document that was held: id -> its digest."""
    content: str
    """Names all that the index was made of."""
    model: str
    reply: Mapping[str, Any]
    """The reply as `ask --json` prints it, its form checked."""
    corpus: Mapping[str, Any]
    settings: Mapping[str, str]
    intact: bool
    """Whether the digest at its end is that of the rest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stands as it does: a key of `render.receipt.WHY`, and the words that fill it."""

    key: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that a reply rested on, as it stands in the index that answers now."""

    part: Part
    name: str
    """`[2]`, `sentence 1`, the id of a document."""
    standing: Standing
    reasons: tuple[Reason, ...] = ()
    document: str = ""
    was: Span | None = None
    now: Span | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What of a receipt still holds."""

    receipt: Receipt
    index: str
    """The index that it was checked against."""
    same: bool
    """Whether that has the same content as the one that answered then."""
    items: tuple[Checked, ...]
    remarks: tuple[Reason, ...] = ()
    """What is worth knowing and makes nothing fall, such as a source that is held by now."""
    unchecked: tuple[str, ...] = ()
    """Keys of what the file says of itself, which nothing here can check."""

    @property
    def holds(self) -> bool:
        return self.receipt.intact and all(i.standing == "holds" for i in self.items)
