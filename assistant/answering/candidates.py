"""What could be shown: every sentence and table row of the hits, with what it offers the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import is_reference
from assistant.protocols import Library
from assistant.quantities import numbers, year_range
from assistant.questions import Concept, Question
from assistant.text import terms
from assistant.types import Document, Hit, Passage, Span, Table

Weigh = Callable[[str], float]
"""A term's inverse document frequency in the corpus."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or row that could be quoted, with its features, each between 0 and 1."""

    passage: Passage
    span: Span
    text: str
    kind: str
    """sentence, row, note, caption, front or reference."""
    table: Table | None
    rank: float
    """The passage's fused score."""
    cosine: float
    """Of the sentence and the question; negative values are 0."""
    coverage: float
    """Share of the question's concepts, by weight, that the sentence itself names."""
    reach: float
    """The same with its context: heading, sentence before, caption and header, title."""
    kindred: float
    """Whether it offers the kind of answer that the question wants."""
    uncovered: tuple[Concept, ...]
    """Concepts that neither it nor its context names."""

    @property
    def score(self) -> float:
        """Transparent weights, chosen on the dev half of eval/ (see docs/answering.md)."""
        base = 0.34 * self.coverage + 0.22 * self.reach + 0.26 * self.cosine + 0.08 * self.rank + 0.10 * self.kindred
        return base * KIND_WEIGHT[self.kind]


KIND_WEIGHT = {"sentence": 1.0, "row": 1.0, "note": 0.97, "front": 0.9, "caption": 0.6, "reference": 0.5}


@lru_cache(maxsize=20_000)
def _bag(text: str) -> frozenset[str]:
    return frozenset(terms(text, keep_stopwords=True))


def covers(concept: Concept, bag: frozenset[str]) -> float:
    """How far a bag of stems names a concept: 1 in the question's own words, .85 by a synonym, less
    where only a part of a longer name stands.
    """
    best = 0.0
    for i, form in enumerate(concept.forms):
        share = sum(s in bag for s in form) / len(form)
        if share < 1.0:
            share = share * 0.6 if len(form) > 1 and i == 0 else 0.0
        best = max(best, share * (1.0 if i == 0 else 0.85))
        if best == 1.0:
            break
    return best


_KIND_WEIGHT = {"generic": 0.25, "term": 1.0, "name": 1.25, "year": 1.25, "number": 1.0}


def concept_weight(concept: Concept, weigh: Weigh) -> float:
    """Rare concepts weigh more; one that the corpus never names weighs as the rarest. Squared-root
    damping keeps one odd word from outweighing the rest of the question.
    """
    forms = [sum(map(weigh, form)) / len(form) for form in concept.forms]
    return _KIND_WEIGHT[concept.kind] * max(0.3, min(forms)) ** 0.5


def candidates(
    question: Question,
    hits: Sequence[Hit],
    library: Library,
    question_vector: object,
    weigh: Weigh,
) -> list[Candidate]:
    """Every quotable sentence and row of the hits, best first."""
    weights = [(c, concept_weight(c, weigh)) for c in question.concepts]
    found: list[Candidate] = []
    for hit in hits:
        passage = hit.passage
        document = library.document(passage.document)
        vectors = library.sentence_vectors(passage.id)
        cosines = vectors @ question_vector  # type: ignore[operator]
        table = next((t for t in document.tables if t.span.overlaps(passage.span)), None)
        before = ""
        for i, span in enumerate(passage.sentences):
            text = span.slice(document.text)
            kind = _kind(passage, text, document, span)
            context = _context(document, passage, table, before)
            found.append(
                _candidate(question, weights, passage, span, text, kind, table, hit.score, float(cosines[i]), context)
            )
            before = text
    found.sort(key=lambda c: (-c.score, c.passage.document, c.span.start))
    return found


def _kind(passage: Passage, text: str, document: Document, span: Span) -> str:
    if passage.kind == "table":
        return "row"
    if passage.kind in ("caption", "front"):
        return passage.kind
    if passage.kind == "reference" or is_reference(text, passage.section):
        return "reference"
    if passage.kind == "note" or any(n.span and n.span.contains(span) for n in document.notes):
        return "note"
    return "sentence"


def _context(document: Document, passage: Passage, table: Table | None, before: str) -> str:
    if passage.kind == "table" and table:
        return "\n".join([table.caption, " ".join(c.text for c in table.header), table.unit or ""])
    return "\n".join([*passage.section, before])


def _candidate(
    question: Question,
    weights: Sequence[tuple[Concept, float]],
    passage: Passage,
    span: Span,
    text: str,
    kind: str,
    table: Table | None,
    rank: float,
    cosine: float,
    context: str,
) -> Candidate:
    own, around = _bag(text), _bag(context)
    total = sum(w for _, w in weights) or 1.0
    named = reached = 0.0
    uncovered = []
    spanned = year_range(context) if question.years else frozenset()
    for concept, weight in weights:
        inside = covers(concept, own)
        outside = covers(concept, around)
        if concept.kind == "year" and outside == 0.0 and kind == "caption" and int(concept.forms[0][0]) in spanned:
            outside = 1.0
        named += weight * inside
        reached += weight * max(inside, 0.8 * outside)
        if max(inside, outside) < 0.5:
            uncovered.append(concept)
    return Candidate(
        passage=passage,
        span=span,
        text=text,
        kind=kind,
        table=table,
        rank=rank,
        cosine=max(0.0, cosine),
        coverage=named / total,
        reach=reached / total,
        kindred=kindred(question, text),
        uncovered=tuple(uncovered),
    )


_BECAUSE = re.compile(
    r"\b(?:because|since|due to|driven by|owing to|as a result|reflect(?:s|ed|ing)?|thanks to|caused? by|on the grounds|"
    r"in response|given (?:that|the|its)|in order to|so that|aim(?:s|ed|ing)? to|to address|therefore|thus|stem(?:s|med)? "
    r"from|attribut\w+|rather than|lead(?:s|ing)? to|based on|by (?:the )?need|need to|enabl\w+|help\w*)\b|때문|위해|따라",
    re.IGNORECASE,
)
_MANNER = re.compile(r"\b(?:by|through|via|using|leverag\w+|should|must|establish\w*|provid\w+|develop\w*)\b", re.IGNORECASE)
_IS_A = re.compile(r"\b(?:is|are|refers? to|means?|defined as|involv\w+|implies|consists? of|(?:does|do) not merely)\b|이란|의미", re.IGNORECASE)
_LISTING = re.compile(r",[^,]+,|\b1\)|\(1\)|\bsuch as\b|\bincluding\b|;")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]+(?: [A-Z][a-z]+)+")


def kindred(question: Question, text: str) -> float:
    """1 where the sentence has what an answer of the wanted kind must have, 0 where it has not."""
    wants = question.wants
    if wants in ("number", "when"):
        asked = {n.value for n in numbers(question.text)}
        offered = [n for n in numbers(text) if n.value not in asked]
        if wants == "when":
            return 1.0 if any(n.kind == "year" for n in offered) or re.search(r"\b(?:[12]?\d|3[01])\b", text) and _MONTH.search(text) else 0.0
        return 1.0 if any(n.kind != "year" for n in offered) else 0.0
    pattern = {"reason": _BECAUSE, "how": _MANNER, "definition": _IS_A, "list": _LISTING, "who": _NAME, "where": _NAME}.get(wants)
    return 0.5 if pattern is None else 1.0 if pattern.search(text) else 0.0


_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
