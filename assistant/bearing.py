"""What the corpus says on a statement: the sentences that come nearest, each with whether it speaks for it or against.

One engine for the second hop (in one source), the audit of a document (in each of its sources) and evidence (in all).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, candidates
from assistant.citations import cite
from assistant.protocols import Embedder, Library
from assistant.questions import understand
from assistant.retrieval import HybridRetriever
from assistant.stance import Near, judge
from assistant.types import Bearing

HITS = 20
"""Passages looked at for a statement."""


@dataclass(frozen=True, slots=True)
class Bearings:
    """Finds and judges what bears on a statement."""

    library: Library
    retriever: HybridRetriever
    embedder: Embedder
    weigh: Callable[[str], float]

    def on(self, statement: str, documents: Collection[str] | None = None, k: int = 5) -> tuple[Bearing, ...]:
        """The k sentences or rows that bear most on a statement, nearest first; in `documents` only where given."""
        question = understand(statement)
        hits = self.retriever.find(question, HITS, documents)
        vector = self.embedder.embed_question(statement)
        found = candidates(question, hits, self.library, vector, self.weigh, self.embedder)
        return tuple(self._judged(statement, c, n) for n, c in enumerate(_distinct(found)[:k], start=1))

    def _judged(self, statement: str, c: Candidate, marker: int) -> Bearing:
        document = self.library.document(c.passage.document)
        headers = (c.table.caption,) if c.table else ()
        citation = cite(document, c.span, marker, score=c.score, passage=c.passage.id, headers=headers)
        near = Near(late=c.late or 0.0, cosine=c.cosine, weakest=c.weakest)
        return Bearing(citation, judge(statement, c.text, near, context=" ".join([c.before, *c.passage.section])))


def _distinct(found: Sequence[Candidate]) -> list[Candidate]:
    kept: dict[tuple[str, int, int], Candidate] = {}
    for c in sorted(found, key=lambda c: (-(c.late or 0.0), -c.cosine)):
        if c.kind in ("sentence", "row", "note"):
            kept.setdefault((c.passage.document, c.span.start, c.span.end), c)
    return list(kept.values())
