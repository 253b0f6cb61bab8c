"""A text that stands twice is one hit; what only looks alike stays two."""

from __future__ import annotations

from assistant.questions import understand
from tests.answering.libraries import chain, paper

TEXT = (
    "The customs office of the northern province published new rules for the inspection of imported timber, and asked"
    " all carriers to announce their cargo {} days before they arrive at the port, so that inspectors can be sent."
)
ASKED = understand("How long before arrival must carriers announce timber cargo?")


def found(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    made = chain(*(paper(f"d{i}", f"Title number {i}", text) for i, text in enumerate(texts)))
    hits = made.retriever.find(ASKED, 20, fold=True)
    return [
        (h.passage.document, tuple(id.partition(":")[0] for id in h.also)) for h in hits if "customs" in h.passage.text
    ]


def test_the_same_text_in_two_documents_is_one_hit_that_names_the_other() -> None:
    """The better ranked passage stays, and the other is named in `also`."""
    assert found(TEXT.format("three"), TEXT.format("three"), "Nothing is said of wood here.") == [("d0", ("d1",))]


def test_small_changes_of_wording_are_the_same_text() -> None:
    """A word or two changed in a paragraph, and no figure: one hit."""
    assert found(TEXT.format("three"), TEXT.format("three").replace("so that", "so")) == [("d0", ("d1",))]


def test_another_figure_is_another_text() -> None:
    """This year's rule is not last year's: a figure that differs keeps both."""
    assert sorted(found(TEXT.format(3), TEXT.format(5))) == [("d0", ()), ("d1", ())]


def test_without_folding_all_are_listed() -> None:
    """Evidence counts every place: nothing is folded unless it is asked for."""
    made = chain(*(paper(f"d{i}", f"Title number {i}", TEXT.format("three")) for i in range(2)))
    hits = [h for h in made.retriever.find(ASKED, 20) if "customs" in h.passage.text]
    assert [h.also for h in hits] == [(), ()]
