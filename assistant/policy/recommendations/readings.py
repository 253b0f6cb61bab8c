"""What is read from one sentence that recommends: the sign, who, what. Spans count characters of the sentence's text in
`even` form, which has as many characters as the document's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.types import Span
from assistant.types.policy import Strength

Form = Literal["modal", "impersonal", "needed", "requires", "proposes", "pillar", "deserves", "may", "item", "goes_on"]
"""How a sentence recommends: `should`; `it is essential to`; `X is needed`; `this requires`; `we propose`; `the first
pillar is to`; `X deserves attention`; `Congress may consider`; an item under an opener; `this involves doing`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One recommendation of a sentence."""

    form: Form
    sign: Span
    strength: Strength
    action: Span
    subject: Span | None = None
    """What stands in the place of the one who acts; it need not be anybody who can act."""
    passive: bool = False
    past: bool = False
    teller: Span | None = None
    """Who is said to say it, where the sentence names somebody."""
    items: tuple[Span, ...] = ()
    """The numbered items of the sentence that the sign opens."""
    weak: bool = False
    """Whether it recommends only in a document that gives advice: elsewhere it tells what is usual or what was asked."""


_EVEN = {ord(a): b for a, b in zip("‘’‛“”„‐‑−", "'''\"\"\"---", strict=True)}


def even(text: str) -> str:
    """The same characters one for one, with one kind of white space, of quotation mark and of hyphen."""
    return re.sub(r"\s", " ", text.translate(_EVEN))


def trimmed(text: str, start: int, end: int) -> Span:
    """Without outer white space and stops."""
    while start < end and text[start] in " ,;:.":
        start += 1
    while end > start and text[end - 1] in " ,;:.—–-":
        end -= 1
    return Span(start, end)
