"""How far sentences speak of what a question asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.answering.candidates import Candidate, Weigh, bag_of, covers
from assistant.policy.statements import flat
from assistant.questions import Question
from assistant.types import Document, Span

_AROUND, _TITLED = 0.55, 0.5
"""What a word of the question counts that stands in the paragraph or heading around a sentence."""
_COSINE = (0.2, 0.65)
"""The cosines at which a sentence has nothing, and all, of a question's sense."""
_HALF, _LOST, _ABOUT = 0.5, 0.3, 0.6
_WORDS = 0.65
"""What the words count beside the sense."""


@dataclass(frozen=True)
class Relevance:
    """A question against the sentences of documents. Rare words count more, as in search, and what every sentence names,
    such as the country, hardly at all; where a sentence was among the candidates, its vector counts too.
    """

    question: Question
    weigh: Weigh
    cosines: dict[tuple[str, int], float] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()
    """Words of the question that its answer does not say: that a sentence says them neither weighs little."""

    @staticmethod
    def over(question: Question, weigh: Weigh, found: Iterable[Candidate]) -> Relevance:
        """With the cosines of candidates whose vectors say something."""
        held = {(c.passage.document, c.span.start): c.cosine for c in found if not c.foreign}
        return Relevance(question, weigh, held)

    def told(self, quotes: Iterable[str]) -> Relevance:
        """The same, knowing in which words the corpus answers."""
        bag = frozenset(t for quote in quotes for t in bag_of(flat(quote)))
        lost = frozenset(c.surface for c in self.question.concepts if covers(c, bag) < _HALF)
        return replace(self, unsaid=lost)

    def of(self, document: Document, span: Span) -> float:
        """0 to 1."""
        words = self.covered(document, span)
        cosine = self.cosines.get((document.id, span.start))
        if cosine is None:
            return _WORDS * words
        least, most = _COSINE
        return _WORDS * words + (1 - _WORDS) * min(1.0, max(0.0, (cosine - least) / (most - least)))

    def least_in(self, document: Document, least: float) -> float:
        """How far a sentence must speak of what is asked: less in a document whose title says that it is about it."""
        bag = bag_of(document.work.title)
        weights = [(c, self._weight(c.forms)) for c in self.question.concepts if c.kind != "generic"]
        whole = sum(w for _, w in weights)
        named = sum(w * covers(c, bag) for c, w in weights) / whole if whole else 0.0
        return least * (_ABOUT if named >= _HALF else 1.0)

    def names(self, topic: str) -> bool:
        """Whether a topic is something that the question names."""
        bag = bag_of(topic)
        return any(covers(c, bag) >= _HALF for c in self.question.concepts if c.kind != "generic")

    def covered(self, document: Document, span: Span) -> float:
        """The share of the question's words that a sentence names, or what stands around it, at a discount."""
        weights = [
            (c, self._weight(c.forms) * (_LOST if c.surface in self.unsaid else 1.0))
            for c in self.question.concepts
            if c.kind != "generic"
        ]
        whole = sum(w for _, w in weights)
        if not whole:
            return 0.0
        own = bag_of(flat(span.slice(document.text)))
        block = next((b.span for b in document.blocks if b.span.contains(span)), span)
        around = bag_of(flat(block.slice(document.text)))
        headed = bag_of(" ".join(document.section_at(span.start)))
        had = 0.0
        for concept, weight in weights:
            had += weight * max(
                covers(concept, own), _AROUND * covers(concept, around), _TITLED * covers(concept, headed)
            )
        return had / whole

    def _weight(self, forms: Iterable[tuple[str, ...]]) -> float:
        return max(0.1, min(sum(map(self.weigh, form)) / len(form) for form in forms))
