"""What could be shown: every sentence and table row of the hits, with what it offers the question.

Two passes: words and sentence vectors rank all of them; late interaction over token vectors
(Khattab and Zaharia 2020, ColBERT) re-ranks the best few, since it costs a run of the embedder.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from assistant.answering.fit import kindred
from assistant.answering.late import TokenEmbedder, interaction
from assistant.answering.matching import Setting, asked, measures, spelt_out
from assistant.answering.model import model
from assistant.citations import is_reference
from assistant.lexicon import places_in
from assistant.lexicon.bilingual import reads_korean
from assistant.protocols import Embedder, Library, Vectors
from assistant.quantities import year_range
from assistant.questions import Concept, Question
from assistant.reading.tables.headers import JOINER
from assistant.text import language_of, terms
from assistant.types import Document, Hit, Passage, Span, Table

Weigh = Callable[[str], float]
"""A term's inverse document frequency in the corpus."""

RERANKED = 12
"""Candidates that late interaction looks at."""
LATE = ("late_headed", "late_apart", "headed_apart")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or row that could be quoted, with its features, each between 0 and 1."""

    passage: Passage
    span: Span
    text: str
    kind: str
    """sentence, row, note, caption, front, title or reference."""
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
    exact: bool
    """Whether that kind is a number or a date, which a sentence has or has not."""
    tabular: bool
    """Whether the question has something that only a table has: a year, or an extreme."""
    uncovered: tuple[Concept, ...]
    """Concepts that neither it nor its context names."""
    unheard: tuple[Concept, ...] = ()
    """Those of them that its whole passage does not name either."""
    absent_years: int = 0
    """Years that the question demands and the sentence (a row with its header) does not name."""
    elsewhere: bool = False
    """Whether it speaks of another country or region than the one the question names."""
    late: float | None = None
    """Late interaction: mean over the question's tokens, by weight, of the best cosine with a token of
    the sentence. None where it was not computed.
    """
    weakest: float = 0.0
    """The lowest of those cosines over the question's content words."""
    leaning: float | None = None
    """`late` with the sentence before counted in, at a discount: what `This` and `such` speak of."""
    before: str = ""
    """The sentence before it in the passage."""
    heading: str = ""
    """The document's title and the sections that it stands in."""
    unread: bool = False
    """Whether most candidates of the question are in a language that the embedder does not read: words alone rank them."""
    foreign: bool = False
    """Whether the embedder does not read its own language: what rests on vectors says nothing of it."""
    standing: float = 1.0
    """What its score is multiplied by, where another language stands beside it (across.py)."""
    measured: Mapping[str, float] = field(default_factory=dict)
    """Further measures, by name: matching.py and late.py say what each is."""

    def features(self) -> dict[str, float]:
        """What the ranking model sees. Before late interaction its value is guessed from the cosine."""
        late = self.late if self.late is not None else 0.25 + 0.6 * self.cosine
        return {
            "coverage": self.coverage,
            "reach": self.reach,
            "cosine": self.cosine,
            "rank": self.rank,
            "kindred": self.kindred,
            "late": late,
            "weakest": self.weakest if self.late is not None else 0.6 * late,
            "leaning": self.leaning if self.leaning is not None else late,
            "absent_years": float(self.absent_years > 0),
            "elsewhere": float(self.elsewhere),
            "row_unasked": float(self.kind == "row" and not self.exact and not self.tabular),
            "note_unasked": float(self.kind == "note" and not self.exact),
            "not_looked": float(self.late is None),
            "late_headed": self.measured.get("late_headed", late),
            "late_apart": self.measured.get("late_apart", late),
            "headed_apart": self.measured.get("headed_apart", late),
            **{n: v for n, v in self.measured.items() if n not in LATE},
            **{f"is_{k}": float(self.kind == k) for k in ("row", "note", "front", "caption", "reference")},
        }

    @property
    def fits(self) -> bool:
        """Whether it has what `targets` reads out of the question, not only a number or a date of any kind."""
        return any(self.measured.get(f"fits_{kind}", 0.0) >= 1.0 for kind in ("figure", "time"))

    @property
    def asks_other(self) -> bool:
        """Whether `targets` takes the question to ask for neither a figure nor a date."""
        return bool(self.measured) and not any(f"fits_{kind}" in self.measured for kind in ("figure", "time"))

    @property
    def score(self) -> float:
        """The ranking model's, for candidates of one question."""
        return model().score(self.features(), self.unread) * self.standing


LEANS_ON = re.compile(r"(?:He|She|They|His|Her|Their)\b")


@lru_cache(maxsize=20_000)
def bag_of(text: str) -> frozenset[str]:
    """All stems of a text, function words included."""
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
    """Rare concepts weigh more; one that the corpus never names weighs as the rarest. Square-root
    damping keeps one odd word from outweighing the rest of the question.
    """
    forms = [sum(map(weigh, form)) / len(form) for form in concept.forms]
    return _KIND_WEIGHT[concept.kind] * math.sqrt(max(0.3, min(forms)))


UNTRANSLATED = 0.35
"""What a concept of a Korean question that no list has an English form of weighs before English text, which cannot name
it: less than a whole concept, since the rest tells whether the text is meant, and more than nothing.
"""


def untranslated(concept: Concept) -> bool:
    """Whether a concept has no form that English text could have."""
    return not any(all(map(str.isascii, form)) for form in concept.forms)


def weight_before(concept: Concept, text: str, weigh: Weigh) -> float:
    """A concept's weight before text of a language."""
    weight = concept_weight(concept, weigh)
    return weight * UNTRANSLATED if untranslated(concept) and language_of(text) == "en" else weight


def candidates(
    question: Question,
    hits: Sequence[Hit],
    library: Library,
    question_vector: Vectors,
    weigh: Weigh,
    embedder: object = None,
    measured: bool = True,
) -> list[Candidate]:
    """Every quotable sentence and row of the hits, best first. Without `measured` only what is cheap is looked at."""
    weights = {
        language: [(c, weight_before(c, text, weigh)) for c in question.concepts]
        for language, text in (("en", ""), ("ko", "가"))
    }
    found: list[Candidate] = []
    wanted = places_in(question.gist)
    for hit in hits:
        passage = hit.passage
        document = library.document(passage.document)
        cosines = library.sentence_vectors(passage.id) @ question_vector
        table = next((t for t in document.tables if t.span.overlaps(passage.span)), None)
        before = ""
        heading = ". ".join(dict.fromkeys([document.work.title, *passage.section]))
        for i, span in enumerate(passage.sentences):
            text = span.slice(document.text)
            kind = _kind(passage, text, document, span)
            context = _context(document, passage, table, before, span)
            language = language_of(text)
            found.append(
                replace(
                    _candidate(
                        question,
                        weights[language],
                        passage,
                        span,
                        text,
                        kind,
                        table,
                        hit.score,
                        float(cosines[i]),
                        context,
                        document.text,
                    ),
                    before=before,
                    heading=heading,
                    foreign=language == "ko" and not knows_korean(embedder, question),
                    elsewhere=_elsewhere(wanted, text, context),
                )
            )
            before = text
    if measured:
        found = _measured(question, found, library, weigh)
    found.sort(key=_order)
    return late_interaction(question, found, embedder, weigh)


def knows_korean(embedder: object, question: Question) -> bool:
    """Whether the embedder reads Korean as it does English; told by the question where that is Korean."""
    if question.language == "ko":
        return question.gist == question.text and bool(question.concepts)
    name = str(getattr(embedder, "fingerprint", ""))
    if not name or not isinstance(embedder, TokenEmbedder):
        return False
    if name not in _READS:
        _READS[name] = reads_korean(cast(Embedder, embedder))
    return _READS[name]


_READS: dict[str, bool] = {}


def _measured(question: Question, found: Sequence[Candidate], library: Library, weigh: Weigh) -> list[Candidate]:
    settings = []
    for c, following in zip(found, [*found[1:], None], strict=False):
        after = following.text if following and following.passage is c.passage else ""
        document = library.document(c.passage.document)
        # A row is read under its caption, its header and the groups that it stands in.
        above = _context(document, c.passage, c.table, "", c.span) + "\n" if c.kind == "row" and c.table else ""
        settings.append(Setting(above + c.text, c.before, after, c.heading, c.passage.text, document.text))
    told = measures(asked(question, weigh), settings)
    unread = 2 * sum(c.foreign for c in found) > len(found)
    return [replace(c, measured=m, unread=unread) for c, m in zip(found, told, strict=True)]


def _elsewhere(wanted: frozenset[str], text: str, context: str) -> bool:
    """A place that the question names is missing, and another stands in its stead."""
    here = places_in(text)
    return bool(wanted - here - places_in(context)) and bool(here - wanted)


def _order(c: Candidate) -> tuple[float, str, int]:
    return (-c.score, c.passage.document, c.span.start)


def late_interaction(question: Question, found: Sequence[Candidate], embedder: object, weigh: Weigh) -> list[Candidate]:
    """The first candidates re-ranked; as they are where the embedder gives no token vectors."""
    if not isinstance(embedder, TokenEmbedder):
        return list(found)
    first, rest = found[:RERANKED], found[RERANKED:]
    read = [c for c in first if not c.foreign]
    texts = [f"{c.table.caption} {c.text}" if c.kind == "row" and c.table else c.text for c in read]
    looked = interaction(question.gist, texts, [c.before for c in read], [c.heading for c in read], embedder, weigh)
    told = dict(zip(map(id, read), looked, strict=True)) if read else {}
    scored = [_looked_at(c, told[id(c)]) if id(c) in told else _by_words(c) for c in first]
    return [*sorted(scored, key=_order), *rest]


def _looked_at(candidate: Candidate, found: dict[str, float] | None) -> Candidate:
    if found is None:
        return candidate
    kept = ("late", "weakest", "leaning")
    more = {name: value for name, value in found.items() if name not in kept}
    return replace(
        candidate,
        late=found["late"],
        weakest=found["weakest"],
        leaning=found["leaning"],
        measured={**candidate.measured, **more},
    )


def _by_words(candidate: Candidate) -> Candidate:
    """An English model's vectors of Korean say nothing: what they would say is put down from the words."""
    named = candidate.coverage
    return replace(
        candidate,
        cosine=0.2 + 0.5 * named,
        late=0.25 + 0.5 * named,
        leaning=0.25 + 0.5 * candidate.reach,
        weakest=0.1 + 0.3 * named,
    )


def _kind(passage: Passage, text: str, document: Document, span: Span) -> str:
    if passage.kind == "table":
        return "row"
    if passage.kind == "front" and any(b.kind == "title" and b.span.contains(span) for b in document.blocks):
        return "title"
    if passage.kind in ("caption", "front"):
        return passage.kind
    if passage.kind == "reference" or is_reference(text, passage.section):
        return "reference"
    if passage.kind == "note" or any(n.span and n.span.contains(span) for n in document.notes):
        return "note"
    return "sentence"


def _context(document: Document, passage: Passage, table: Table | None, before: str, span: Span) -> str:
    if passage.kind == "table" and table:
        # The groups that a row stands in, which other rows name.
        groups = next((r[0].row for r in table.rows if r and span.contains(r[0].span)), "").split(JOINER)[:-1]
        return "\n".join([table.caption, " ".join(c.column or c.text for c in table.header), table.unit or "", *groups])
    if passage.kind == "front":
        return "\n".join([document.work.title, *map(str, document.work.authors)])
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
    document: str,
) -> Candidate:
    own, around = (spelt_out(bag_of(t), document) for t in (text, context))
    total = sum(w for _, w in weights) or 1.0
    named = reached = 0.0
    uncovered = []
    absent = 0
    spanned = year_range(context) if question.years else frozenset()
    for concept, weight in weights:
        inside = covers(concept, own)
        outside = covers(concept, around)
        if concept.kind == "year":
            if outside == 0.0 and kind == "caption" and int(concept.forms[0][0]) in spanned:
                outside = 1.0
            absent += inside == 0.0 and not (kind == "row" and outside > 0.0)
        # A row says little without its caption and header: they are as good as its own words.
        named += weight * (max(inside, 0.9 * outside) if kind == "row" else inside)
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
        exact=question.wants in ("number", "when"),
        tabular=bool(question.years) or question.superlative is not None,
        uncovered=tuple(uncovered),
        unheard=tuple(c for c in uncovered if covers(c, spelt_out(bag_of(passage.text), document)) < 0.5),
        absent_years=absent,
    )
