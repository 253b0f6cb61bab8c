"""Whether every citation of a reply stands where it says: recomputed from the stored document, not from our code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.evaluation.measures import numbers_outside
from assistant.types import Answer, Citation, Document, Reply

if TYPE_CHECKING:
    from answers import Held


def see(held: Held, reply: Reply, document: Callable[[str], Document]) -> None:
    """Count a reply and the faults of its citations, hops included."""
    held.replies += 1
    shown = reply.citations if isinstance(reply, Answer) else reply.nearest
    for citation in shown:
        held.quotes += 1
        stored = document(citation.document)
        if stored.text[citation.span.start : citation.span.end] != citation.quote:
            held.not_found += 1
            held.examples.append(f"not found: {citation.document} {citation.quote[:60]!r} of {reply.question!r}")
        elif stored.pages and not _page_right(citation, stored):
            held.pages_wrong += 1
            held.examples.append(f"page: {citation.document} {citation.quote[:60]!r} of {reply.question!r}")
    if isinstance(reply, Answer):
        held.answers += 1
        if outside := numbers_outside(reply):
            held.numbers_outside += outside
            held.examples.append(f"number: {reply.claims[0].text[:80]!r} of {reply.question!r}")


def _page_right(citation: Citation, document: Document) -> bool:
    """The page where the quote begins and its label, and all that it touches, character by character."""
    at = range(citation.span.start, citation.span.end)
    touched = {p.index for p in document.pages for s in p.spans if max(s.start, at.start) < min(s.end, at.stop)}
    begins = [p for p in document.pages if any(s.start <= at.start < s.end for s in p.spans)]
    same = len(begins) == 1 and begins[0].index == citation.page_index and begins[0].label == citation.page_label
    return same and set(citation.pages) == touched
