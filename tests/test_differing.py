"""That documents differ is said in the language of the question."""

from __future__ import annotations

import re

from assistant.answering import wording


def test_korean() -> None:
    """A Korean reply tells the difference in Korean, and names the other quotation by its mark."""
    said = wording.papers_differ(1, 2, "the source says 2,200, not 1,500", "ko")
    assert said == "문서마다 다르게 말합니다. [1], [2]: [2]에는 2,200(1,500 아님)."
    assert not re.search("[a-z]{3}", wording.papers_differ(1, 2, "another year: 2020, not 2021", "ko"))


def test_english() -> None:
    """In English the source of the judge's reason is the other quotation."""
    said = wording.papers_differ(1, 2, "the source says 2,200, not 1,500", "en")
    assert said == "The documents differ: [1] and [2] ([2] says 2,200, not 1,500)."
