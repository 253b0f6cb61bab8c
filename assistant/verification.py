"""A claim and its citations -> Verdict, by rules that always run.

What these rules cannot decide is never called supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from assistant.citations import stands, whole
from assistant.quantities import calculate, missing, numbers
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
    claim = fold(text).text.rstrip(". ")
    if not claim:
        return Verdict("unsupported", "the claim says nothing")
    quotes = [part for c in citations for part in (c.quote, *c.headers)]
    if computed and not _follows(computed, quotes):
        return Verdict("unsupported", f"{computed.expression} = {computed.result} does not follow from the quotes")
    result = calculate(computed.result) if computed else None
    lost = [n for n in missing(text, quotes) if result is None or all(x.value != result for x in numbers(n))]
    if lost:
        return Verdict("unsupported", f"{lost[0]} stands in no quote")
    if any(c.cell is None and _says(claim, fold(c.quote).text) for c in citations):
        return Verdict("supported")
    lead, _, rest = claim.partition(": ")
    if _LEAD.fullmatch(lead) and rest and any(stands(rest, c.quote) for c in citations):
        return Verdict("supported", "quoted as the name of a work, not for what the work says")
    denied, denying = _NEGATION.search(claim), _NEGATION.search(fold(" ".join(quotes)).text)
    if denied and not denying:
        return Verdict("unsupported", "the claim denies what the quotes say")
    if any(_gives_row(claim, c) for c in citations):
        return Verdict("supported")
    celled = [c for c in citations if c.cell]
    if celled and all(_names_cell(claim, c) for c in celled):
        return Verdict("supported")
    if all(c.cell for c in citations):
        return Verdict("unsupported", "the claim does not name the cell's row and column")
    if denying and not denied:
        return Verdict("unsupported", "the claim leaves out a negation")
    wanted = set(terms(text))
    offered = set(terms(" ".join([*quotes, computed.result if computed else ""])))
    if wanted and len(wanted & offered) / len(wanted) >= 0.9:
        return Verdict("partial", "the words stand in the quotes, but not in one piece")
    return Verdict("unsupported", "the quotes do not say this")


_NEGATION = re.compile(
    r"\b(?:not|no(?!\.? ?\d|\.)|never|nor|neither|none|nobody|nothing|without|cannot)\b|n't\b|않|없|아니|못하|못했"
)


def _says(claim: str, quote: str) -> bool:
    """Whether the claim's words stand in the quote in one piece, and no negation that governs them was
    left out: before them in an English sentence, behind them in a Korean one.
    """
    for start, end in whole(claim, quote):
        before = re.split(r"[.?!;] ", quote[:start])[-1]
        after = re.split(r"[.?!;](?: |$)", quote[end:])[0]
        if not _NEGATION.search(before) and not re.search(r"않|없|아니|못하|못했", after):
            return True
    return False


def _follows(computed: Computed, quotes: Sequence[str]) -> bool:
    """Whether a calculation is right and every number that goes into it stands in the quotes."""
    value, result = calculate(computed.expression), calculate(computed.result)
    if value is None or result is None:
        return False
    offered = {n.value for quote in quotes for n in numbers(quote)}
    decimals = len(computed.result.partition(".")[2])
    rounded = abs(value - result) * 2 <= Decimal(1).scaleb(-decimals)
    return rounded and all(n.value in offered for n in numbers(computed.expression))


def _names_cell(claim: str, citation: Citation) -> bool:
    """The claim gives the cell's own text with its row and column, and the quote is that row."""
    cell = citation.cell
    if cell is None:
        return False
    quoted = "\t".join([citation.quote, *citation.headers])
    parts = [p for p in (cell.row, cell.column, cell.text) if p.strip()]
    return stands(cell.text, citation.quote) and all(stands(p, claim) and stands(p, quoted) for p in parts)


def _gives_row(claim: str, citation: Citation) -> bool:
    """The claim gives every cell of a table's row, each behind its header where it has one, and says
    nothing that neither the row nor the headers say.
    """
    cells = [cell for cell in citation.quote.split("\t") if cell.strip()]
    if citation.cell or len(cells) < 2 or not citation.headers:
        return False
    known = set(terms("\n".join([citation.quote, *citation.headers])))
    return all(stands(fold(cell).text, claim) for cell in cells) and set(terms(claim)) <= known


def checked(claim: Claim, citations: Sequence[Citation], library: Documents) -> Claim:
    """The claim with the verdict of checking its quotes' places, then its words."""
    own = [c for c in citations if c.marker in claim.citations]
    for citation in own:
        if not in_place(citation, library.document(citation.document)):
            why = f"the quote of [{citation.marker}] does not stand at its place"
            return replace(claim, verdict=Verdict("unsupported", why))
    return replace(claim, verdict=verify(claim.text, own, claim.computed))
