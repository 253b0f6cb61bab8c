"""A note that is asked for by its number, and rows given whole."""

from __future__ import annotations

import pytest

from assistant.answering.choosing import NOTE
from assistant.types import Citation, Span
from assistant.verification import verify

HEADERS = ("Table 3. Harvest by crop (tons)", "Crop", "2019", "2020", "tons")


def row(quote: str, headers: tuple[str, ...] = HEADERS) -> Citation:
    return Citation(
        1, "d", "t", "paper", None, quote, Span(0, len(quote)), None, None, (), (), None, 1.0, headers=headers
    )


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What does note 27 say?", "27"),
        ("footnote 3?", "3"),
        ("각주 12의 내용은?", "12"),
        ("광주 5개 기업의 투자액은?", None),
        ("매주 2회 회의를 하나?", None),
    ],
)
def test_a_note_is_named_by_its_number(question: str, number: str | None) -> None:
    """A note is asked for by the word and its number, and not by a Korean word that ends alike."""
    found = NOTE.search(question)
    assert (found and (found[1] or found[2])) == number


def test_whole_row_is_supported() -> None:
    """A claim that gives every cell of its row under the table's headers is supported."""
    said = "Rye: 2019: 310; 2020: 295 (tons; Harvest by crop; Table 3)"
    assert verify(said, [row("Rye\t310\t295")]).support == "supported"


def test_row_with_a_cell_left_out_or_changed_is_not() -> None:
    """A row is not given whole when a cell is missing, changed, or something foreign is said with it."""
    assert verify("Rye: 2019: 310 (tons; Harvest by crop; Table 3)", [row("Rye\t310\t295")]).support != "supported"
    assert verify("Rye: 2019: 310; 2020: 296", [row("Rye\t310\t295")]).support in ("unsupported", "contradicted")
    assert verify("Rye collapsed: 2019: 310; 2020: 295", [row("Rye\t310\t295")]).support != "supported"
