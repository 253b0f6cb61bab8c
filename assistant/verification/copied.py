"""Claims that copy: words that stand in a quote as they are, a table's cell or row, a work's title, a calculation.

The strictest of the rules. What they do not settle goes to `facts`, `edits` and the judge of paraphrases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import stands, whole
from assistant.quantities import calculate, missing, numbers
from assistant.text import fold, terms
from assistant.types import Citation, Computed, Verdict
from assistant.verification.denying import NOT_BEHIND, denied_in

_LEAD = re.compile(r"(?:title of )?a work that (?:is cited|note \S+ cites)|note \S+ cites")
_ADDED = re.compile(r"\[([^\[\]]*)\]")
"""What an answer puts in brackets into a sentence that leans on what came before."""


def literal(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a claim's words stand in one quote in one piece, and nothing that turns them round was left out."""
    claim = fold(text).text.rstrip(". ")
    return any(c.cell is None and says(claim, fold(c.quote).text) for c in citations)


def copied(text: str, citations: Sequence[Citation], computed: Computed | None) -> Verdict | None:
    """The verdict on a claim that copies or calculates; None where it does neither."""
    claim = fold(text).text.rstrip(". ")
    if literal(text, citations):
        return Verdict("supported")
    if _ADDED.search(text) and _with_additions(text, citations):
        return Verdict("supported")
    lead, _, rest = claim.partition(": ")
    note = re.search(r"note \S+", lead)
    noted = note is None or any(note[0] == fold(h).text for c in citations for h in c.headers)
    if _LEAD.fullmatch(lead) and rest and noted and any(stands(rest, c.quote) for c in citations):
        return Verdict("supported", "quoted as the name of a work, not for what the work says")
    if any(any(True for _ in whole(claim, fold(c.quote).text)) for c in citations if c.cell is None):
        return Verdict("unsupported", "the claim leaves out a negation")
    quotes = [part for c in citations for part in (c.quote, *c.headers)]
    if any(_gives_row(claim, c) for c in citations) and denied_in(text) <= denied_in(" ".join(quotes)):
        return Verdict("supported")
    celled = [c for c in citations if c.cell]
    denies = denied_in(text) and not denied_in(" ".join(quotes))
    if celled and not denies and not missing(_unsigned(text, computed), quotes):
        if all(_names_cell(claim, c) for c in celled):
            return Verdict("supported")
        if computed and _says_as_much(text, quotes, computed):
            return Verdict("supported")
    if celled and len(celled) == len(citations):
        return Verdict("unsupported", "the claim does not name the cell's row and column")
    if computed:
        return _calculated(text, quotes, computed)
    return None


def _unsigned(text: str, computed: Computed | None) -> str:
    """A claim without the result that it calculates, which stands in no quote."""
    result = calculate(computed.result) if computed else None
    if result is None:
        return text
    spans = [n.span for n in numbers(text) if n.value == result]
    for span in sorted(spans, key=lambda s: -s.start):
        text = text[: span.start] + text[span.end :]
    return text


def _calculated(text: str, quotes: Sequence[str], computed: Computed) -> Verdict:
    lost = missing(_unsigned(text, computed), quotes)
    if lost:
        return Verdict("unsupported", f"{lost[0]} stands in no quote")
    if denied_in(text) != denied_in(" ".join(quotes)):
        return Verdict("unsupported", "the claim leaves out a negation")
    if _says_as_much(text, quotes, computed):
        return Verdict("supported")
    return Verdict("unsupported", "the quotes do not say this")


def _said_together(operand: str, quotes: Sequence[str]) -> bool:
    """Whether an operand, `2019: USD 3.2 billion`, stands in one quote with what it is of."""
    of, _, value = operand.rpartition(": ")
    return bool(of and value) and any(fold(of).text in fold(q).text and stands(value, q) for q in quotes)


def _says_as_much(text: str, quotes: Sequence[str], computed: Computed) -> bool:
    if all(_said_together(part, quotes) for part in text.split("; ")):
        return True
    wanted, offered = set(terms(text)), set(terms(" ".join([*quotes, computed.result])))
    return bool(wanted) and len(wanted & offered) / len(wanted) >= 0.9


def _with_additions(text: str, citations: Sequence[Citation]) -> bool:
    """A copied sentence into which other words were put in brackets, each of which stands in a quote too."""
    bare = fold(" ".join(_ADDED.sub(" ", text).split())).text.rstrip(". ")
    bare = re.sub(r" ([.,;:])", r"\1", bare)
    added = [fold(m[1]).text.strip(" .") for m in _ADDED.finditer(text)]
    quotes = [fold(c.quote).text for c in citations]
    own = [q for q in quotes if says(bare, q)]
    return bool(bare) and bool(own) and all(a and any(stands(a, q) for q in quotes) for a in added)


def says(claim: str, quote: str) -> bool:
    """Whether the claim's words stand in the quote in one piece, and no negation that governs them was left out: before
    them in an English sentence, behind them in a Korean one, or right behind the place where an English one was cut.
    """
    for start, end in whole(claim, quote):
        before = re.split(r"[.?!;] ", quote[:start])[-1]
        after = re.split(r"[.?!;](?: |$)", quote[end:])[0]
        korean = re.search(r"않|없|아니|못하|못했", after) if re.search("[가-힣]", claim) else NOT_BEHIND.match(after)
        if not denied_in(before) and not korean:
            return True
    return False


def follows(computed: Computed, quotes: Sequence[str]) -> bool:
    """Whether a calculation is right and every number that goes into it stands in the quotes."""
    from assistant.stance.calculations import follows as right  # here: most replies calculate nothing

    return right(computed, quotes)


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
