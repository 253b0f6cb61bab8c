"""A claim and its citations -> Verdict, by rules that always run, whoever wrote the claim.

What these rules cannot decide is `unchecked`, never supported (docs/verification.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.errors import AssistantError
from assistant.text import sentences
from assistant.types import Citation, Claim, Computed, Document, Span, Verdict
from assistant.verification.entailing import Asked, Entailed
from assistant.verification.ground import Around, Verifier
from assistant.verification.rules import around_of, rule
from assistant.verification.standing import headed, in_place

__all__ = [
    "RULES",
    "Asked",
    "Documents",
    "Entailed",
    "Rules",
    "Verifier",
    "checked",
    "in_place",
    "verify",
]


class Documents(Protocol):
    """Documents by id."""

    def document(self, id: str) -> Document: ...


class Rules:
    """The verifier that is always on."""

    def verify(
        self, text: str, citations: Sequence[Citation], computed: Computed | None = None, around: Around | None = None
    ) -> Verdict:
        return rule(text, citations, computed, around).verdict


RULES = Rules()


def verify(text: str, citations: Sequence[Citation], computed: Computed | None = None) -> Verdict:
    """What a claim's citations say of it, assuming that they stand in their places.

    supported: its words stand in one quote, it names a cell that stands in its row, or it says in other words what the
    quotes say, as far as rules can tell. partial: every number and nearly every word stands in several quotes together.
    contradicted: the quotes say another number, name, direction, … in its stead, or deny it. unsupported: something of it
    stands in no quote. unchecked: nothing is lacking, and whether the quotes say it cannot be decided.
    """
    return RULES.verify(text, citations, computed)


def checked(claim: Claim, citations: Sequence[Citation], library: Documents, verifier: Verifier = RULES) -> Claim:
    """The claim with the verdict of checking its marks, its quotes' places, then its words."""
    own = [c for c in citations if c.marker in claim.citations]
    known = {c.marker for c in citations}
    if absent := [m for m in claim.citations if m not in known]:
        return replace(claim, verdict=Verdict("unsupported", f"[{absent[0]}] is the mark of no citation"))
    documents = []
    for citation in own:
        document = _document(library, citation.document)
        if document is None or not in_place(citation, document):
            why = f"the quote of [{citation.marker}] does not stand at its place"
            return replace(claim, verdict=Verdict("unsupported", why))
        if not headed(citation, document):
            why = f"the cell of [{citation.marker}] stands in no table there"
            return replace(claim, verdict=Verdict("unsupported", why))
        documents.append(document)
    around = _around(own, documents)
    return replace(claim, verdict=verifier.verify(claim.text, own, claim.computed, around))


def _document(library: Documents, id: str) -> Document | None:
    try:
        return library.document(id)
    except AssistantError:
        return None


_LEANS = re.compile(
    r"(?:\W*\w+\W+){0,5}?(?:this|these|that|those|such|it|its|they|their|he|she|his|her|the latter|the former|the country)\b"
    r"|\s*(?:이는|이러한|이런|그러한|이를|이에|이로|그는|그의|동 |해당|특히|또한)",
    re.IGNORECASE,
)


def _around(citations: Sequence[Citation], documents: Sequence[Document]) -> Around:
    """Titles, headings and authors; the sentence before a quote that leans on it."""
    own = around_of(citations)
    before = [
        _before(d, c.span)
        for c, d in zip(citations, documents, strict=True)
        if c.cell is None and _LEANS.match(c.quote)
    ]
    authors = tuple(
        dict.fromkeys(n for d in documents for n in (*(a.family for a in d.work.authors), d.work.publisher or "") if n)
    )
    return replace(own, words=" . ".join([own.words, *before]), authors=authors)


def _before(document: Document, span: Span) -> str:
    """The sentence before a place in its paragraph."""
    block = next((b for b in document.blocks if b.span.start <= span.start < b.span.end), None)
    if block is None or block.span.start >= span.start:
        return ""
    found = sentences(document.text, Span(block.span.start, span.start))
    return found[-1].slice(document.text) if found else ""
