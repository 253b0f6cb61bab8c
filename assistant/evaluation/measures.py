"""What a reply is worth: each measure one small function, each value between 0 and 1 or None where
it does not apply.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.cases import Place
from assistant.quantities import missing
from assistant.text import fold
from assistant.types import Answer, Document, Hit


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its standard error and the number of cases; `value` is None where n is 0."""

    value: float | None
    error: float | None
    n: int


def mean(values: Sequence[float]) -> Mean:
    """The sample mean and s / sqrt(n); an error needs two cases."""
    n = len(values)
    if n == 0:
        return Mean(None, None, 0)
    m = sum(values) / n
    if n == 1:
        return Mean(m, None, 1)
    variance = sum((v - m) ** 2 for v in values) / (n - 1)
    return Mean(m, math.sqrt(variance / n), n)


def evidence_recall(groups: Sequence[Sequence[Place]], hits: Sequence[Hit], k: int) -> float | None:
    """Share of evidence groups that one of the first k passages holds a place of."""
    if not groups:
        return None
    first = hits[:k]
    found = sum(
        any(h.passage.document == p.document and h.passage.span.overlaps(p.span) for h in first for p in group)
        for group in groups
    )
    return found / len(groups)


def reciprocal_rank(groups: Sequence[Sequence[Place]], hits: Sequence[Hit]) -> float | None:
    """1 / rank of the first passage that holds any evidence; 0 where none does."""
    places = [p for group in groups for p in group]
    if not places:
        return None
    for rank, h in enumerate(hits, start=1):
        if any(h.passage.document == p.document and h.passage.span.overlaps(p.span) for p in places):
            return 1 / rank
    return 0.0


def _flat(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", fold(text).text)


def says(text: str, alternative: str) -> bool:
    """Whether `text` has the words of `alternative` as whole tokens, whatever the case, white space
    and digit grouping.

    >>> says("It was USD 6,512 million", "6512"), says("It was 83.5", "3.5")
    (True, False)
    """
    wanted = re.findall(r"\d+(?:\.\d+)?|\w+|[^\w\s]", _flat(alternative))
    if not wanted:
        return False
    body = r"\s*".join(map(re.escape, wanted))
    before = r"(?<!\w)(?<!\d\.)" if wanted[0][0].isalnum() else ""
    after = r"(?!\w)(?!\.\d)" if wanted[-1][-1].isalnum() else ""
    if re.search(r"[\uac00-\ud7a3]$", wanted[-1]):
        after = ""  # particles follow a Korean word without a space
    return re.search(before + body + after, _flat(text)) is not None


def says_all(must_say: Sequence[Sequence[str]], text: str) -> bool:
    """Whether every group has one alternative in the text."""
    return all(any(says(text, a) for a in group) for group in must_say)


def shown_text(answer: Answer, limit: int = 3) -> str:
    """The answer's first `limit` claims: what a reader in a hurry reads."""
    return " ".join(c.text for c in answer.claims[:limit])


def cites_all(groups: Sequence[Sequence[Place]], answer: Answer) -> bool:
    """Whether every evidence group is overlapped by a citation."""
    return all(
        any(c.document == p.document and c.span.overlaps(p.span) for c in answer.citations for p in group)
        for group in groups
        if group
    )


def quotes_exact(answer: Answer, documents: dict[str, Document]) -> float:
    """Share of citations whose quote is, letter by letter, the text at its offsets."""
    exact = [c.span.slice(documents[c.document].text) == c.quote for c in answer.citations]
    return sum(exact) / len(exact) if exact else 0.0


def pages_right(answer: Answer, documents: dict[str, Document]) -> float | None:
    """Share of citations of paged documents that name the page where the quote begins, and all that it
    touches, recomputed here character by character from the pages' spans.
    """
    right: list[bool] = []
    for c in answer.citations:
        document = documents[c.document]
        if not document.pages:
            continue
        touched = {
            p.index
            for p in document.pages
            for s in p.spans
            if any(s.start <= i < s.end for i in range(c.span.start, c.span.end))
        }
        begins = [p for p in document.pages if any(s.start <= c.span.start < s.end for s in p.spans)]
        ok = len(begins) == 1 and begins[0].index == c.page_index and begins[0].label == c.page_label
        right.append(ok and set(c.pages) == touched)
    return sum(right) / len(right) if right else None


def numbers_outside(answer: Answer) -> int:
    """Numbers in claims that stand in none of the claim's quotes nor in the headers that its cell names;
    a calculation's result is no quotation and is not counted.
    """
    count = 0
    for claim in answer.claims:
        own = [c for c in answer.citations if c.marker in claim.citations]
        quotes = [part for c in own for part in (c.quote, *c.headers)]
        result = claim.computed.result if claim.computed else None
        count += sum(n.replace(",", "") != result for n in missing(claim.text, quotes))
    return count
