"""A sentence that tells a calculation: it has to be the one that the program writes for it, word by word, made of the
expression, its unit and the cells or amounts that went into it. Any other word beside a right result would be nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import stands
from assistant.quantities import calculate, numbers
from assistant.stance.calculations import NAMES, ROUNDED, unit_stands
from assistant.text import fold
from assistant.types import Citation, Computed

_OF: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"rank\(.+\)", ("ranking",)),
    (r"average\(.+\)", ("average",)),
    (r"\(.+ - .+\) / .+ \* 100", ("growth",)),
    (r"\S+ / \S+ \* 100", ("share",)),
    (r"\S+ / \S+", ("ratio",)),
    (r".+ \+ .+", ("sum",)),
    (r"\S+ - \S+", ("difference", "change")),
)
"""What a calculation of this form may be called."""
_EXTREME = re.compile(r"(?:max|min)\(.+\)")


def as_written(text: str, citations: Sequence[Citation], computed: Computed) -> bool:
    """Whether a claim says what the program says of a calculation, and no more."""
    said = " ".join(text.split())
    parts = [part for c in citations for part in (c.quote, *c.headers, (c.cell.unit if c.cell else None) or "")]
    if computed.unit is not None and not unit_stands(computed.unit, parts):
        return False
    headers = tuple(h for c in citations for h in c.headers)
    cells = _listed(citations)
    if _EXTREME.fullmatch(computed.expression):
        return bool(cells) and any(_behind(said, cell, headers) for cell in cells)
    names = next((of for form, of in _OF if re.fullmatch(form, computed.expression)), ())
    for lead in _leads(names, computed):
        if not said.startswith(lead):
            continue
        rest = said.removeprefix(lead)
        if cells:
            return _behind(rest, "; ".join(cells), headers)
        return _amounts(rest, [c.quote for c in citations], computed)
    return False


def _leads(names: Sequence[str], computed: Computed) -> list[str]:
    """What may stand before the operands: name, unit and result, in either language."""
    whole, point, decimals = computed.result.partition(".")
    grouped = f"{int(whole):,}{point}{decimals}" if re.fullmatch(r"-?\d{4,}", whole) else computed.result
    found = []
    for name in names:
        for language, word in NAMES[name].items():
            if name == "ranking":
                found.append(f"{word}: ")
                continue
            exact = calculate(computed.expression) == calculate(computed.result)
            beside = ", ".join(filter(None, [computed.unit, "" if exact else ROUNDED[language]]))
            found.append(f"{word} ({beside}): {grouped}. " if beside else f"{word}: {grouped}. ")
    return found


def _listed(citations: Sequence[Citation]) -> list[str]:
    """The cells, each behind its row and column, in the order of their citations."""
    return [
        " ".join(f"{', '.join(filter(None, [cell.row, cell.column]))}: {cell.text}".split())
        for c in citations
        if (cell := c.cell) is not None
    ]


def _behind(said: str, listed: str, headers: Sequence[str]) -> bool:
    """Whether a text is the operands, with nothing behind them but in brackets what stands around their table."""
    if not said.startswith(listed):
        return False
    rest = said.removeprefix(listed)
    if not rest:
        return True
    around = [" ".join(h.split()) for h in headers]
    m = re.fullmatch(r" \((.+)\)", rest)
    return m is not None and all(any(part in h for h in around) for part in m[1].split("; "))


def _amounts(rest: str, quotes: Sequence[str], computed: Computed) -> bool:
    """Whether `2019: USD 3.2 billion; 2018: USD 2.9 billion` stands so in the quotes, in the order of the expression."""
    operands = [part.rpartition(": ") for part in rest.split("; ")]
    if len(operands) < 2 or not all(of and value for of, _, value in operands):
        return False
    expression = computed.expression.removesuffix(" * 100")
    values = [n.value for n in numbers(expression)]
    told = [[n.value for n in numbers(value)] for _, _, value in operands]
    if (
        any(len(t) != 1 for t in told)
        or [t[0] for t in told] != values[: len(told)]
        or set(values) != {t[0] for t in told}
    ):
        return False
    homes = [[q for q in quotes if fold(of).text in fold(q).text and _told(value, q)] for of, _, value in operands]
    return all(homes) and not any(_crossed(q, operands) for q in quotes)


def _told(value: str, quote: str) -> bool:
    """Whether an amount stands whole in a quote; a Korean counter follows a number without a space."""
    return stands(value, quote) or re.search(rf"(?<![\d.,]){re.escape(value)}(?=[가-힣])", quote) is not None


def _crossed(quote: str, operands: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a quote that has all operands has their names in another order than their amounts."""
    folded = fold(quote).text
    names = [folded.find(fold(of).text) for of, _, _ in operands]
    values = [folded.find(fold(value).text) for _, _, value in operands]
    if min(*names, *values) < 0 or any(folded.count(fold(of).text) != 1 for of, _, _ in operands):
        return False
    return sorted(range(len(names)), key=names.__getitem__) != sorted(range(len(values)), key=values.__getitem__)
