"""A claim and its citations -> Verdict, by rules that always run.

What these rules cannot decide is never called supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from typing import Protocol

from assistant.quantities import missing
from assistant.text import fold, terms
from assistant.types import Citation, Claim, Computed, Document, Verdict


_LEAD = re.compile(r"(?:title of )?a work that (?:is cited|note \S+ cites)|note \S+ cites")


class Documents(Protocol):
    """Documents by id."""

    def document(self, id: str) -> Document: ...


def in_place(citation: Citation, document: Document) -> bool:
    """Whether the quote stands letter by letter at its offsets, on the pages that are named."""
    if citation.span.slice(document.text) != citation.quote:
        return False
    pages = tuple(p.index for p in document.pages_of(citation.span))
    first = document.page_at(citation.span.start)
    return pages == citation.pages and (first.index if first else None) == citation.page_index


def verify(text: str, citations: Sequence[Citation], computed: Computed | None = None) -> Verdict:
    """What a claim's citations say of it, assuming that they stand in their places.

    supported: its words stand in one quote, or it names a cell that stands in its row. partial:
    every number and nearly every word stands in the quotes, but not in one piece. Else unsupported.
    """
    if not citations:
        return Verdict("unsupported", "no citation")
    quotes = [part for c in citations for part in (c.quote, *c.headers)]
    if computed is None or computed.result not in text.replace(",", ""):
        lost = missing(text, quotes)
    else:
        lost = [n for n in missing(text, quotes) if n.replace(",", "") != computed.result]
    if lost:
        return Verdict("unsupported", f"{lost[0]} stands in no quote")
    claim = fold(text).text.rstrip(". ")
    if any(claim in fold(c.quote).text for c in citations):
        return Verdict("supported")
    lead, _, rest = claim.partition(": ")
    if _LEAD.fullmatch(lead) and rest and any(rest in fold(c.quote).text for c in citations):
        return Verdict("supported", "quoted as the name of a work, not for what the work says")
    for c in citations:
        if c.cell and _names_cell(claim, c):
            return Verdict("supported")
    wanted = set(terms(text))
    offered = set(terms(" ".join(quotes)))
    if wanted and len(wanted & offered) / len(wanted) >= 0.9:
        return Verdict("partial", "the words stand in the quotes, but not in one piece")
    return Verdict("unsupported", "the quotes do not say this")


def _names_cell(claim: str, citation: Citation) -> bool:
    """The claim gives the cell's own text with its row and column, and the quote is that row."""
    cell = citation.cell
    if cell is None:
        return False
    quoted = fold("\t".join([citation.quote, *citation.headers])).text
    parts = [fold(p).text for p in (cell.row, cell.column, cell.text) if p]
    return fold(cell.text).text in fold(citation.quote).text and all(p in claim and p in quoted for p in parts)


def checked(claim: Claim, citations: Sequence[Citation], library: Documents) -> Claim:
    """The claim with the verdict of checking its quotes' places, then its words."""
    own = [c for c in citations if c.marker in claim.citations]
    for citation in own:
        if not in_place(citation, library.document(citation.document)):
            why = f"the quote of [{citation.marker}] does not stand at its place"
            return Claim(claim.text, claim.citations, Verdict("unsupported", why), claim.computed)
    return Claim(claim.text, claim.citations, verify(claim.text, own, claim.computed), claim.computed)
