"""A language model's sentences -> claims with places, each verified as it is complete, or withheld with the reason.

The model names passages; which words of them bear its sentence is found here, and cited as ever. What cannot be placed,
says what no passage says, or carries what only the index may give (an address, a page, a title, a quotation) falls. A
sentence must also be on the question: what a document orders its readers to say is no answer to what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from assistant.answering.candidates import Candidate, Weigh, bag_of, candidates, concept_weight, covers
from assistant.answering.prompting import NOTHING, Offered
from assistant.answering.streaming import Written, sentences
from assistant.answering.tables import headers_of, pick
from assistant.citations import cite, stands
from assistant.protocols import Embedder, Library
from assistant.quantities import numbers
from assistant.questions import Question, understand
from assistant.text import STOPWORDS, fold, language_of, stem, tokens
from assistant.text import sentences as split
from assistant.types import CellPlace, Citation, Claim, Hit, Language, Span, Verdict

Check = Callable[[Claim, Sequence[Citation]], Claim]
"""Verification: the claim with its verdict."""

NEAREST = 3
"""Sentences or rows of a passage that are tried as the ones that bear a claim."""
MORE = 2
"""Others that are tried for the claim's words that those do not have."""
BEARS = 0.3
"""How much of a claim's own words the words that are cited for it must name, with their context."""
ON_SUBJECT = 0.3
"""How much of the question a claim and its quotes must name between them."""
_RANK = {"supported": 0, "partial": 1, "unchecked": 2, "contradicted": 3, "unsupported": 4}


@dataclass(frozen=True, slots=True)
class Stood:
    """A claim that is shown; `citations` are those it adds to the ones before it."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Fell:
    """A sentence that is withheld, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The model says that the passages do not answer."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Words that may bear a claim."""

    passage: str
    document: str
    span: Span
    cell: CellPlace | None
    headers: tuple[str, ...]
    bears: float


@dataclass
class Reader:
    """Reads one answer of a model. `question` is what was asked, `language` that of the reply."""

    question: Question
    language: Language
    offered: Sequence[Offered]
    library: Library
    embedder: Embedder
    weigh: Weigh
    check: Check
    citations: list[Citation] = field(default_factory=list)
    """Of the claims that stood, numbered in the order of their use."""

    def read(self, chunks: Iterable[str], most: int) -> Iterator[Stood | Fell | Silent]:
        """What becomes of each sentence, as soon as it is complete. At most `most` stand, and no more than three times
        as many are looked at: a model that never ends is left there.
        """
        said: set[str] = set()
        stood = 0
        for looked, written in enumerate(sentences(chunks, {o.sign for o in self.offered}), start=1):
            if written.text == NOTHING and not written.signs:
                yield Silent()
            elif (words := fold(written.text).text) not in said:
                said.add(words)
                outcome = self._judged(written)
                stood += isinstance(outcome, Stood)
                yield outcome
            if stood >= most or looked >= 3 * most:
                return

    def _judged(self, written: Written) -> Stood | Fell:
        if written.faults:
            return Fell(written.faults[0])
        if language_of(written.text) != self.language:
            return Fell("it is not in the language of the question")
        about = understand(written.text)
        named = [o for o in self.offered if o.sign in written.signs]
        places = {o.sign: self._places(about, o) for o in named}
        if bare := next((sign for sign, found in places.items() if not found), None):
            return Fell(f"{bare} holds nothing that could be quoted")
        claim, chosen, bears = self._best(written.text, list(places.values()))
        if claim.verdict.support in ("unsupported", "contradicted"):
            return Fell(claim.verdict.why or "its passages do not say it")
        if claim.verdict.support != "supported" and bears < BEARS:
            return Fell("its passages say nothing of it")
        if why := foreign(written.text, chosen):
            return Fell(why)
        if not self._on_subject(claim.text, chosen):
            return Fell("it does not speak of what was asked")
        return self._cited(claim, chosen)

    def _places(self, about: Question, offered: Offered) -> list[_Place]:
        """What of a passage comes nearest to a claim, best first."""
        passage = offered.passage
        found = candidates(
            about, [Hit(passage, 1.0, 1, "named")], self.library, self.embedder.embed_question(about.gist), self.weigh
        )
        usable = [c for c in found if c.kind not in ("title", "reference") and not _heads(c)] or found
        given = {n.value for n in numbers(about.text)}
        nearest = _spread(about.text, sorted(usable, key=lambda c: (-_nearness(c, given), c.span.start)))
        return [self._place(about, c, given) for c in nearest]

    def _place(self, about: Question, c: Candidate, given: Set[Decimal]) -> _Place:
        bears = _nearness(c, given)
        if c.kind == "row" and c.table is not None:
            for picked in pick(about, c):
                if picked.place and stands(picked.place.text, about.text):
                    return _Place(
                        c.passage.id, c.passage.document, picked.row, picked.place, tuple(picked.headers), bears
                    )
            return _Place(c.passage.id, c.passage.document, c.span, None, headers_of(c.table), bears)
        return _Place(c.passage.id, c.passage.document, c.span, None, (), bears)

    def _best(self, text: str, places: Sequence[Sequence[_Place]]) -> tuple[Claim, tuple[Citation, ...], float]:
        """The claim over the words that bear it best. Words that say otherwise are not passed over for others that say
        nothing: without support, what comes nearest decides.
        """
        nearest = self._tried(text, [own[0] for own in places])
        if nearest[0].verdict.support == "supported":
            return nearest
        tried = [nearest]
        for own in places:
            sets = [*([p] for p in own), *map(list, combinations(own, 2))]
            for each in sets:
                tried.append(self._tried(text, each))
                if tried[-1][0].verdict.support == "supported":
                    return tried[-1]
        if len(places) > 1:
            tried.append(self._tried(text, [p for own in places for p in own[:2]]))
        borne = [t for t in tried if t[0].verdict.support in ("supported", "partial")]
        if borne:
            return min(borne, key=lambda t: _RANK[t[0].verdict.support])
        # What speaks against it must be the nearest words, or ones that name something of it that the nearest do not.
        own_words = _stems(text) - {w for c in nearest[1] for q in (c.quote, *c.headers) for w in _stems(q)}
        speaking = (t for t in tried if t is nearest or any(own_words & _stems(c.quote) for c in t[1]))
        if against := next((t for t in speaking if t[0].verdict.support == "contradicted"), None):
            return against
        # With the nearest words among them: others alone could say nothing where these say otherwise.
        first = {(own[0].document, own[0].span) for own in places}
        whole = [
            t for t in tried if first <= {(c.document, c.span) for c in t[1]} or t is nearest or _holds(t[1], first)
        ]
        return min(whole, key=lambda t: _RANK[t[0].verdict.support])

    def _tried(self, text: str, places: Sequence[_Place]) -> tuple[Claim, tuple[Citation, ...], float]:
        cited = [
            cite(
                self.library.document(p.document), p.span, n, score=min(p.bears, 1.0), passage=p.passage,
                cell=p.cell, headers=p.headers,
            )
            for n, p in enumerate(self._merged(places), start=1)
        ]  # fmt: skip
        claim = Claim(text, tuple(c.marker for c in cited), Verdict("unchecked"))
        return self.check(claim, cited), tuple(cited), max(p.bears for p in places)

    def _merged(self, places: Sequence[_Place]) -> list[_Place]:
        """Places in the order of their documents and text; those of one passage that touch are one quote."""
        merged: list[_Place] = []
        for place in sorted(places, key=lambda p: (p.document, p.span.start)):
            last = merged[-1] if merged else None
            if last and last.document == place.document and last.cell is None and place.cell is None:
                if last.span.contains(place.span):
                    continue
                between = self.library.document(place.document).text[last.span.end : place.span.start]
                if not between.strip() and "\n\n" not in between and not last.headers:
                    merged[-1] = replace(
                        last, span=Span(last.span.start, place.span.end), bears=max(last.bears, place.bears)
                    )
                    continue
            merged.append(place)
        return merged

    def _on_subject(self, text: str, cited: Sequence[Citation]) -> bool:
        """Whether a claim with its quotes names enough of what was asked; one that names some of it, with the sentences
        beside its quotes too, which may name the rest.
        """
        told = [text, *(w for c in cited for w in (c.quote, *c.headers, *c.section, c.title))]
        weighed = [(c, concept_weight(c, self.weigh)) for c in self.question.concepts]
        total = sum(w for _, w in weighed)

        def named(words: Sequence[str]) -> float:
            bag = bag_of("\n".join(words))
            return sum(w * covers(c, bag) for c, w in weighed) / total if total else 1.0

        if named(told) >= ON_SUBJECT:
            return True
        return named([text]) > 0 and named([*told, *(self._beside(c) for c in cited)]) >= ON_SUBJECT

    def _beside(self, c: Citation) -> str:
        """The sentence before a quote and the one behind it, in its paragraph."""
        document = self.library.document(c.document)
        block = next((b for b in document.blocks if b.span.start <= c.span.start < b.span.end), None)
        if block is None or c.cell is not None:
            return ""
        found = split(document.text, block.span)
        before = [s for s in found if s.end <= c.span.start][-1:]
        behind = [s for s in found if s.start >= c.span.end][:1]
        return " ".join(s.slice(document.text) for s in (*before, *behind))

    def _cited(self, claim: Claim, chosen: Sequence[Citation]) -> Stood:
        """The claim under the numbers of the whole answer; a place that was cited before keeps its number."""
        markers, added = [], []
        for citation in chosen:
            known = next((c for c in self.citations if _same_place(c, citation)), None)
            if known is None:
                known = replace(citation, marker=len(self.citations) + 1)
                self.citations.append(known)
                added.append(known)
            markers.append(known.marker)
        return Stood(replace(claim, citations=tuple(dict.fromkeys(markers))), tuple(added))


def _holds(cited: Sequence[Citation], places: set[tuple[str, Span]]) -> bool:
    return all(any(c.document == d and c.span.contains(s) for c in cited) for d, s in places)


def _same_place(one: Citation, other: Citation) -> bool:
    return (one.document, one.span, one.cell, one.headers) == (other.document, other.span, other.cell, other.headers)


def _heads(c: Candidate) -> bool:
    """Whether a row is the one that holds its table's headers."""
    if c.kind != "row" or c.table is None:
        return False
    heads = set(headers_of(c.table))
    return all(cell.strip() in heads for cell in c.text.split("\t") if cell.strip())


def _spread(claim: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The nearest places, and of the others those that hold words or figures of the claim which these do not."""
    chosen = list(found[:NEAREST])
    wanted = _stems(claim) - {w for c in chosen for w in _stems(c.text)}
    for c in found[NEAREST:]:
        if len(chosen) < NEAREST + MORE and (held := wanted & _stems(c.text)):
            chosen.append(c)
            wanted -= held
    return chosen


def _stems(text: str) -> set[str]:
    return {stem(t.text) for t in tokens(text) if t.text not in STOPWORDS}


def _nearness(c: Candidate, given: Set[Decimal]) -> float:
    """How near a sentence or row comes to a claim: the claim's words that it names, its meaning, and its numbers."""
    own = {n.value for n in numbers(c.text)}
    shared = len(given & own) / len(given) if given else 0.0
    return 0.6 * c.reach + 0.2 * c.coverage + 0.2 * c.cosine + 0.4 * shared


_PAGE = re.compile(r"\b(?:pp?|pages?)\.?\s?(\d+|[ivxl]+)\b|(\d+)\s?(?:쪽|페이지|면에)", re.IGNORECASE)
_QUOTED = re.compile(
    r"[\u201c\"\u300a\u300c\u2018\u300e]([^\u201c\u201d\"\u300b\u300d\u2019\u300f]{3,})[\u201d\"\u300b\u300d\u2019\u300f]"
)
_SITE = re.compile(r"\b[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.[a-z]{2,}\b")


def foreign(text: str, cited: Sequence[Citation]) -> str | None:
    """What a claim gives that only the index may give, and that its citations do not: a page, a quotation or title, a
    site. None where there is nothing of the kind.
    """
    said = [w for c in cited for w in (c.quote, *c.headers)]
    for m in _PAGE.finditer(text):
        page = m[1] or m[2]
        if page not in {c.page_label or str((c.page_index or 0) + 1) for c in cited} and not any(
            stands(m[0], w) for w in said
        ):
            return "it names a page that is not cited"
    for m in _QUOTED.finditer(text):
        quoted = m[1].strip(" .,;:")
        if not any(stands(quoted, w) for w in (*said, *(c.title for c in cited))):
            return "it puts words in quotation marks that no cited place has"
    for m in _SITE.finditer(text):
        if not any(stands(m[0], w) for w in said):
            return "it carries an address"
    return None
