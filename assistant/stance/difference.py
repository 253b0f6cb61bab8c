"""The noun: one thing that a statement and a source say differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import Span

Slot = Literal["number", "unit", "year", "month", "place", "direction", "negation", "quantity", "rank", "role", "tense"]
Standing = Literal["differs", "missing", "looser", "open", "apart"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the statement says and the source does not: `differs` where the source says another in its stead,
    `missing` where it says none, `looser` where it says it less exactly, `open` where it cannot be settled, `apart`
    where it gives that of another or a narrower thing.
    """

    slot: Slot
    standing: Standing
    why: str
    span: Span
    """In the statement."""
    sureness: float = 1.0
    """How far what stands around it in the statement also stands around its counterpart, 0 to 1."""
