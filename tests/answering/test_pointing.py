"""Where a refused question points: only to works that are not held, on its own subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.pointing import pointing
from assistant.protocols import Library
from assistant.questions import understand
from assistant.types import Block, Document, Note, Passage, SourceState, Span, Work, WorkState

TEXT = "Sawmills along the coast of Marenland employed nine thousand people in 1950."


class Held:
    """A library of one document, as far as pointing looks."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def document(self, id: str) -> Document:
        return self._document


SPAN = Span(0, len(TEXT))
DOCUMENT = Document(
    Work("quay", "Timber"), TEXT, (Block("paragraph", SPAN),), notes=(Note("4", "Vale.", None, (len(TEXT),)),)
)


def near(question: str, text: str = TEXT, **changed: object) -> Candidate:
    """The sentence as a candidate that comes near the question."""
    concepts = understand(question).concepts
    missing = tuple(c for c in concepts if c.surface.lower() not in text.lower())
    made = Candidate(
        Passage("quay:1", "quay", "text", SPAN, TEXT, (SPAN,)), SPAN, text, "sentence", None, 1.0, 0.8, 0.8, 0.8, 1.0, True,
        True, missing, late=0.75, weakest=0.4,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def told(question: str, candidate: Candidate, states: Sequence[SourceState] = ("not_held",), **more: bool) -> bool:
    works = tuple(WorkState(f"w{i}", s) for i, s in enumerate(states))
    library: Library = Held(DOCUMENT)  # type: ignore[assignment]
    found = pointing(understand(question), [candidate], library, lambda term: 3.0, lambda d, place: works, **more)
    if found:
        assert found.note.number == "4"
        assert all(w.state not in ("held", "ambiguous") for w in found.works)
    return found is not None


ASKED = "How many people did sawmills along the coast employ in 1980?"


def test_another_year_of_the_same_subject() -> None:
    """A sentence that lacks only the year points to its source."""
    assert told(ASKED, near(ASKED, uncovered=tuple(c for c in understand(ASKED).concepts if c.kind == "year")))


@pytest.mark.parametrize("states", [("held",), ("ambiguous",), ()])
def test_only_what_is_not_held(states: tuple[SourceState, ...]) -> None:
    """A source that is held was looked at; one that is not clear cannot be named."""
    assert not told(ASKED, near(ASKED, uncovered=()), states)
    assert told(ASKED, near(ASKED, uncovered=()), (*states, "dead"))


def test_a_name_that_is_missing() -> None:
    """A question about another country is not sent there, however near the sentence comes."""
    question = "How many people did sawmills employ in Norway?"
    assert not told(question, near(question, uncovered=()))
    here = "How many people did sawmills employ in Marenland?"
    assert told(here, near(here, uncovered=()))


@pytest.mark.parametrize(
    "changed",
    [
        {"late": 0.4},
        {"late": 0.6, "text": "Sawmills cut timber there."},
        {"elsewhere": True},
        {"kind": "row"},
        {"late": None, "coverage": 0.5, "text": "Sawmills cut timber there."},
    ],
)
def test_too_far(changed: dict[str, Any]) -> None:
    """A sentence that is not near in meaning, speaks of elsewhere, or is a table's row points nowhere."""
    assert not told(ASKED, near(ASKED, uncovered=(), **changed))


def test_the_name_of_a_work() -> None:
    """Where the subject is else not there, only the bare name of a work that the question asks for counts."""
    assert not told(ASKED, near(ASKED, uncovered=()), named_only=True)
    assert told(ASKED, near(ASKED, uncovered=(), kind="reference"), named_only=True)
    assert not told(ASKED, near(ASKED, uncovered=(), kind="reference", coverage=0.4), named_only=True)


def catch(question: str, **changed: object) -> Candidate:
    """A sentence on a catch, as a candidate whose vectors come only half as near."""
    missing = tuple(c for c in understand(question).concepts if c.surface.lower() not in CATCH.lower())
    return near(
        question, CATCH, span=Span(0, len(CATCH)), uncovered=missing, **{"late": 0.53, "coverage": 0.3, **changed}
    )


CATCH = "The catch of herring in the gulf is recorded by the fisheries office."
GULF = Document(
    Work("gulf", "Fisheries"),
    CATCH,
    (Block("paragraph", Span(0, len(CATCH))),),
    notes=(Note("4", "Fisheries Office, Landings of Herring and Sprat (2025).", None, (len(CATCH),)),),
)


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("How many tonnes of herring were caught in the gulf in 2024?", True),
        ("How much herring was landed in the gulf in 2024?", True),
        ("How many crowns did the fisheries office spend on herring?", False),
        ("How many tonnes of gold were caught in the gulf in 2024?", False),
        ("How many tonnes of herring were caught in Norway in 2024?", False),
        ("How many people live in the gulf?", False),
    ],
)
def test_units_and_inflected_words_are_no_other_subject(question: str, there: bool) -> None:
    """Where all that is asked about stands in the sentence or in its note's work, in whatever form, neither the unit that
    is asked for nor the tense keeps the note from being named; another thing or place does.
    """
    works = (WorkState("w", "not_held"),)
    library: Library = Held(GULF)  # type: ignore[assignment]
    found = pointing(understand(question), [catch(question)], library, lambda term: 3.0, lambda d, place: works)
    assert (found is not None) == there
