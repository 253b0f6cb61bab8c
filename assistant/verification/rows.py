"""A claim on a table's row: each figure under the column that the claim names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import numbers
from assistant.text import STOPWORDS
from assistant.types import Citation
from assistant.verification.ground import Fault


def faults(claim: str, citations: Sequence[Citation]) -> Iterator[Fault]:
    """A year or column that the claim names with the figure of another."""
    for citation in citations:
        cells = citation.quote.split("\t")
        columns = _columns(citation, len(cells))
        if len(cells) < 2 or not columns:
            continue
        under = dict(zip(columns, cells, strict=True))
        values = {n.value for n in numbers(claim) if n.kind != "year"}
        named = [c for c in columns if c.strip() and re.search(rf"(?<!\w){re.escape(c)}(?!\d)", claim)]
        given = [c for c, cell in under.items() if values & {n.value for n in numbers(cell)}]
        for column in named:
            held = {n.value for n in numbers(under[column])}
            if held and not values & held and given and not any(c in named for c in given):
                yield Fault("number", f"the quote says {under[column].strip()}, not {_first(claim)}", against=True)


def mixed(claim: str, citations: Sequence[Citation]) -> Iterator[Fault]:
    """A figure of one row under the name of another: the row that the claim names does not have it."""
    rows = [(c.quote.split("\t")[0].strip(), c) for c in citations if "\t" in c.quote]
    named = [c for label, c in rows if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", claim, re.IGNORECASE)]
    if not rows or len(rows) != len(citations):
        return
    labelled = " ".join(label for label, _ in rows)
    for n in numbers(claim):
        if n.kind == "year" or any(n.value in {m.value for m in numbers(c.quote)} for c in named):
            continue
        if named and not any(n.value in {m.value for m in numbers(h)} for c in named for h in c.headers):
            yield Fault("number", f"{n.span.slice(claim)} is not in the row of what the claim names", against=True)
    for word in re.findall(r"(?<![\w.])[A-Z][a-z]{2,}", claim) if not named and labelled else ():
        told = " ".join(w for c in citations for w in (c.quote, *c.headers))
        if word.lower() not in told.lower() and word.lower() not in STOPWORDS:
            yield Fault("name", f"“{word}” is not what the row is of")
            return


def _first(claim: str) -> str:
    return next((n.span.slice(claim) for n in numbers(claim) if n.kind != "year"), "")


def _columns(citation: Citation, count: int) -> list[str]:
    """The headers over a row's cells, where they can be told: as many as there are cells, behind the caption."""
    heads = list(citation.headers[1:])
    for start in range(max(1, len(heads) - count + 1)):
        columns = heads[start : start + count]
        if len(columns) == count and len(set(columns)) == count:
            return columns
        if (
            len(heads) >= count - 1 > 0
            and start == 0
            and len(set(heads[: count - 1])) == count - 1
            and len(heads) - (count - 1) <= 2
        ):
            return ["", *heads[: count - 1]]
    return []
