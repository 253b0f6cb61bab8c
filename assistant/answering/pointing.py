"""Where a refused question is on the subject of a sentence whose note names a source that is not held: that source may
say what the corpus does not.

The limits were chosen on the dev cases that nothing in the corpus answers (docs/answering.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, Weigh, bag_of, concept_weight, covers
from assistant.protocols import Library
from assistant.questions import Concept, Question
from assistant.text import tokens
from assistant.types import Document, Note, WorkState

WorksOf = Callable[[Document, int], Sequence[WorkState]]
"""The works that a note of a document names (by its place among the notes), each with its state."""

FIRST = 4
"""Only so many candidates are near enough to be asked for their notes."""
LATE, LOST = 0.65, 0.34
"""A sentence is on the subject of a question when late interaction comes this near, and what it does not say of the
question, years left aside, weighs no more than this share; a name that it lacks is always too much."""
ENTRY_LATE, ENTRY_COVERAGE = 0.6, 0.6
"""The same for the bare name of a work, which has few words: this share of the question's stands in it."""
NAMED = 0.5
"""How far a name that the question asks for must stand in the sentence, its headings or the title of its document."""
WORDED = 0.45
"""How near it must come where all that the question speaks of stands in it, word by word."""
COVERAGE = 0.75
"""Where no token vectors are there: the share of a question's concepts that the sentence names itself."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence on the subject of a question, the note that it carries or stands in, and the works of the note that are
    not held."""

    candidate: Candidate
    note: Note
    works: tuple[WorkState, ...]


def pointing(
    question: Question,
    found: Sequence[Candidate],
    library: Library,
    weigh: Weigh,
    works_of: WorksOf,
    named_only: bool = False,
) -> Pointer | None:
    """The nearest candidate whose note names works on the question's subject that are not held. `named_only`: where the
    subject is not in the corpus, only the name of a work that the question asks for.
    """
    for candidate in found[:FIRST]:
        if named_only and candidate.kind != "reference":
            continue
        document = library.document(candidate.passage.document)
        if not _on_the_subject(question, candidate, document, weigh):
            continue
        for place, note in enumerate(document.notes):
            if any(candidate.span.start < m <= candidate.span.end for m in note.marks) or (
                note.span is not None and note.span.overlaps(candidate.span)
            ):
                missing = tuple(w for w in works_of(document, place) if w.state not in ("held", "ambiguous"))
                if missing:
                    return Pointer(candidate, note, missing)
    return None


def _on_the_subject(question: Question, c: Candidate, document: Document, weigh: Weigh) -> bool:
    named = bag_of(
        "\n".join([c.text, document.work.title, *c.passage.section])
    )  # the sentence before may be of another
    if c.elsewhere or any(k.kind == "name" and covers(k, named) < NAMED for k in question.concepts):
        return False
    weights = {
        k: concept_weight(k, weigh)
        for k in question.concepts
        if k.kind not in ("year", "number", "generic") and not _MEASURE.fullmatch(k.surface)
    }
    total = sum(weights.values())
    if not total:
        return False
    if c.kind == "reference":
        return (c.late is None or c.late >= ENTRY_LATE) and c.coverage >= (ENTRY_COVERAGE if c.late else COVERAGE)
    if c.kind not in ("sentence", "note"):
        return False
    # What the sentence speaks of, its note's work may name: `recorded by the office`, «Landings of Herring».
    noted = " ".join([c.text, *(n.text or "" for n in document.notes_in(c.span))])
    own, around = bag_of(c.text), bag_of(noted)
    lost = sum(weights.get(k, 0.0) for k in c.uncovered if not _inflected(k, noted)) / total
    inside = [k for k in weights if covers(k, own) >= NAMED or _inflected(k, c.text)]
    worded = len(inside) > 1 and all(k in inside or covers(k, around) >= NAMED for k in weights)
    if c.late is None:
        return (lost <= LOST and c.coverage >= COVERAGE) or worded
    return (lost <= LOST and c.late >= LATE) or (worded and c.late >= WORDED)


_MEASURE = re.compile(
    r"(?:metric )?(?:tons?|tonn?es?|kilos?|kilogram(?:me)?s?|kg|grams?|lit(?:re|er)s?|barrels?|gallons?|hectares?|acres?|kilomet(?:re|er)s?|km|"
    r"met(?:re|er)s?|miles?|feet|cubic|square|percent|percentages?|points?|dollars?|euros?|pounds?|yen|won|yuan|crowns?|"
    r"hours?|minutes?|days?|weeks?|months?|years?|degrees?|(?:kilo|mega|giga|tera)?watts?(?: hours?)?|times|thousands?|millions?|billions?)"
    r"|톤|퍼센트|킬로미터|미터|헥타르|배럴|리터|달러|유로|원|시간|개월",
    re.IGNORECASE,
)
"""A unit in which the answer is to be said: no part of the subject."""


def _inflected(concept: Concept, text: str) -> bool:
    """Whether a word of the text is the concept's own in another form: `caught` and `catch`."""
    from assistant.stance.deeds import base  # here: only a question that was refused gets so far

    words = tokens(concept.surface.lower())
    return len(words) == 1 and base(words[0].text) in {base(t.text) for t in tokens(text.lower())}
