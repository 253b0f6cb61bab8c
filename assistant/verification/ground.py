"""What a claim is held against, and what is found wanting in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.types import Citation, Computed, Verdict

Kind = Literal[
    "number", "unit", "year", "date", "name", "place", "negation", "modality", "direction", "quantity", "contrast", "splice",
    "quotation", "word"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a claim's quotes and may name what they leave to the reader."""

    words: str = ""
    """Titles, headings, and the sentence before a quote that leans on it."""
    authors: tuple[str, ...] = ()
    """Family names of those who wrote the cited documents, and their publishers."""
    years: frozenset[int] = frozenset()
    """Years in which the cited documents appeared: they may stand behind an author's name."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The quotes of a claim, the headers that count as quoted, and what stands around."""

    quotes: tuple[str, ...]
    headers: tuple[str, ...]
    around: Around

    @property
    def sources(self) -> tuple[str, ...]:
        return (*self.quotes, *self.headers)

    @property
    def context(self) -> str:
        return " . ".join([*self.headers, self.around.words, *self.around.authors])


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the claim that does not stand in its quotes, or stands there otherwise."""

    kind: Kind
    why: str
    against: bool = False
    """Whether the quotes say another in its stead."""
    open: bool = False
    """Whether it cannot be decided: such a claim is not supported, and not withheld for it."""


class Verifier(Protocol):
    """Judges a claim by its citations, which stand in their places. `around` is what stands around them."""

    def verify(
        self, text: str, citations: Sequence[Citation], computed: Computed | None = None, around: Around | None = None
    ) -> Verdict: ...
