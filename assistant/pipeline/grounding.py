"""What the quotes of a reply rest on, and that a correlation is never told as a cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.candidates import bag_of, covers
from assistant.citations import cite
from assistant.pipeline.directed import manner, way_asked, way_said
from assistant.policy import causality
from assistant.policy.basis import basis_of, is_claim_at
from assistant.policy.causality import Asked, Said
from assistant.protocols import Library
from assistant.questions import Concept, Question
from assistant.sources.ledger import Ledger
from assistant.text import fold
from assistant.types import Causality, Citation, Claim, Hit, Language, Span, Verdict, Work

COVERED, NAMED = 0.5, 0.7
"""How far words must name one of the two things of a question, 0 to 1: to speak of it, and to be the cause or the effect."""
LOOKED = 12
"""Passages, best first, in which a statement on both things of a question is looked for."""
TRIED = 4
"""How many such statements are checked before none is shown."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two things of a question, as concepts; empty where it asks for one."""

    cause: tuple[Concept, ...]
    effect: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Grounding:
    """Over the documents and works of one index."""

    library: Library
    ledger: Ledger

    def grounded(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations with what they rest on and say of cause; those of no claim, such as advice, as they are."""
        return tuple(self._grounded(c) for c in citations)

    def _grounded(self, c: Citation) -> Citation:
        if c.kind == "catalog":
            return c
        document = self.library.document(c.document)
        if not is_claim_at(document, c.span):
            return c
        basis, _ = basis_of(document, c.span, self._work)
        if c.kind == "digest" and basis == ("none",):
            basis = ()  # what a restatement does not name, the paper may
        return replace(c, basis=basis, causality=causality.of(_flat(c.quote)))

    def _work(self, id: str) -> Work | None:
        entry = self.ledger.entry(id)
        return entry.work if entry else None

    def beside(
        self,
        question: Question,
        claims: Sequence[Claim],
        citations: Sequence[Citation],
        hits: Sequence[Hit],
        check: Callable[[Claim, Sequence[Citation]], Claim],
    ) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
        """The claims and citations, and where a question asks whether one thing brings about another: the best sentence of
        the hits that says so or denies it, and one that says how the two go together, where none of either kind is
        shown.
        """
        told, places = [*claims], [*citations]
        asked = causality.asked(question.text)
        sides = _sides(question, asked) if asked and asked.whether else None
        if sides is None or not (sides.cause and sides.effect):
            return (*told,), (*places,)
        shown = [c for c in citations if any(c.marker in claim.citations for claim in claims)]
        stating, together = self._found(hits, sides, shown)
        if any(_states(c.quote, sides) for c in shown):
            stating = []
        if any(causality.of(_flat(c.quote)) == "correlation" and _on(c.quote, sides) for c in shown):
            together = []
        for found in (stating, together):
            marker = max((c.marker for c in places), default=0) + 1
            for hit, span in found[:TRIED]:
                citation = cite(self.library.document(hit.passage.document), span, marker, passage=hit.passage.id)
                made = check(Claim(_flat(citation.quote), (marker,), Verdict("unchecked")), (citation,))
                if made.verdict.support == "supported":
                    told.append(made)
                    places.append(citation)
                    break
        return (*told,), (*places,)

    def _found(
        self, hits: Sequence[Hit], sides: _Sides, shown: Sequence[Citation]
    ) -> tuple[list[tuple[Hit, Span]], list[tuple[Hit, Span]]]:
        """Sentences of the hits that state or deny the cause, best first, and those that tell of going together."""
        there = [(c.document, c.span) for c in shown]
        stating: list[tuple[Hit, Span]] = []
        together: list[tuple[Hit, Span]] = []
        for hit in hits[:LOOKED]:
            if hit.passage.kind != "text":
                continue
            document = self.library.document(hit.passage.document)
            for span in hit.passage.sentences:
                if any(d == document.id and s.overlaps(span) for d, s in there):
                    continue
                text = _flat(span.slice(document.text))
                if not causality.said(text) or not is_claim_at(document, span):
                    continue
                made = _stating(text, sides)
                if made is not None:
                    if manner(text, made) != "concern":  # what somebody fears is no statement of a cause
                        stating.append((hit, span))
                elif _goes_together(text, sides):
                    together.append((hit, span))
        return sorted(stating, key=self._weight), sorted(together, key=self._weight)

    def _weight(self, found: tuple[Hit, Span]) -> tuple[bool, bool]:
        """Smaller for a sentence that rests on something and says what it says in its main clause."""
        hit, span = found
        document = self.library.document(hit.passage.document)
        aside = span.slice(document.text).startswith(("Given ", "While ", "Although ", "Despite ", "With "))
        return basis_of(document, span, self._work)[0] == ("none",), aside

    def notices(self, question: Question, citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
        """That quotes report what goes together, where the question asks for a cause; and which of the others state
        one or deny it."""
        asked = causality.asked(question.text)
        if asked is None:
            return ()
        sides = _sides(question, asked)
        together = [c for c in citations if c.causality == "correlation" and _on(c.quote, sides)]
        if not together:
            return ()
        way = way_asked(asked, question.text)
        stated = [
            (c, _telling(made, _flat(c.quote), sides, way))
            for c in citations
            if c not in together and (made := _stating(c.quote, sides, shown=True)) is not None
        ]
        return (wording.no_cause([(c.marker, _sign(c.quote)) for c in together], stated, language),)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _sign(quote: str) -> str:
    """The words by which a quote says that two things go together."""
    text = _flat(quote)
    sign = next(s.sign for s in causality.said(text) if s.kind == "correlation")
    return sign.slice(text).strip().removesuffix(" between").removesuffix(" with").removesuffix(" of")


def _sides(question: Question, asked: Asked) -> _Sides:
    def within(side: str) -> tuple[Concept, ...]:
        words = fold(side).text
        found = [c for c in question.concepts if c.kind != "generic" and fold(c.surface).text in words]
        things = [c for c in found if not _CHANGES.intersection(f[0] for f in c.forms if len(f) == 1)]
        return tuple(things or found)

    return _Sides(within(asked.cause), within(asked.effect))


_CHANGES = frozenset("increas decreas rise fall grow declin reduc drop expand shrink chang due caus".split())
"""Stems of words that tell a change of a thing and no thing."""


_ABROAD = frozenset("oversea abroad outward outbound foreign outgo".split())
_INVESTS = frozenset("fdi ofdi odi invest".split())


def _bag(text: str) -> frozenset[str]:
    """The stems of a text; investment abroad is named by every name that it goes by."""
    bag = bag_of(text)
    if bag & {"fdi", "ofdi", "odi"} or (bag & _INVESTS and bag & _ABROAD):
        bag |= _ABROAD | _INVESTS | {"direct"}
    return bag


def _covered(side: Sequence[Concept], text: str, least: float = COVERED) -> bool:
    bag = _bag(text)
    return bool(side) and sum(covers(c, bag) for c in side) / len(side) >= least


def _on(quote: str, sides: _Sides) -> bool:
    """Whether a quote speaks of a thing that the question asks for."""
    return any(_covered(side, quote) for side in (sides.cause, sides.effect))


def _on_both(quote: str, sides: _Sides) -> bool:
    return _covered(sides.cause, quote) and _covered(sides.effect, quote)


def _goes_together(quote: str, sides: _Sides) -> bool:
    return causality.of(_flat(quote)) == "correlation" and _on_both(quote, sides)


def _states(quote: str, sides: _Sides) -> Causality | None:
    """Whether a quote states, or denies, that the one thing of the question brings about the other."""
    made = _stating(quote, sides)
    return made.kind if made else None


def _stating(quote: str, sides: _Sides, shown: bool = False) -> Said | None:
    """The statement, or denial, of a quote that the one thing of the question brings about the other. `shown`: the quote
    was chosen as an answer, so that some words of the two things may stand elsewhere in it.
    """
    text = _flat(quote)
    if causality.of(text) == "correlation":
        return None
    least = COVERED if shown and all(_covered(side, text, NAMED) for side in _given(sides)) else NAMED
    return next((s for s in causality.said(text) if s.kind != "correlation" and _directed(s, text, sides, least)), None)


def _given(sides: _Sides) -> tuple[tuple[Concept, ...], ...]:
    return tuple(side for side in (sides.cause, sides.effect) if side)


def _telling(said: Said, text: str, sides: _Sides, way: int) -> wording.Telling:
    """How a statement is told of beside a question whether the effect rises (`way` 1) or falls (-1)."""
    if said.kind == "denied":
        return wording.Telling("denied")
    other = way_said(said, text, lambda words: _covered(sides.effect, words))
    return wording.Telling("cause", manner(text, said), way * other < 0)


def _directed(said: Said, text: str, sides: _Sides, least: float) -> bool:
    first = said.first.slice(text) if said.first else ""
    second = said.second.slice(text) if said.second else ""
    cause = not sides.cause or _covered(sides.cause, first, least)
    effect = not sides.effect or _covered(sides.effect, second, least)
    return cause and effect and bool(sides.cause or sides.effect)
