"""Lists are told whole: what a sentence announces, over paragraphs too, and the list of which one item was found."""

from __future__ import annotations

import pytest

from assistant.answering.listing import announces, listed, number_of, whole_list
from assistant.questions import understand
from assistant.text import sentences
from assistant.types import Answer, Document
from tests.answering.harbours import ENGLISH, HANGUL
from tests.answering.libraries import paper


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("First, the state dredges.", 1),
        ("Secondly, towns keep fees.", 2),
        ("The third pillar is training.", 3),
        ("(ii) towns keep fees", 2),
        ("3) a school trains pilots", 3),
        ("② 입항료를 보유한다", 2),
        ("둘째, 입항료를 보유한다.", 2),
        ("세 번째 과제는 학교이다.", 3),
        ("Finally, a school trains pilots.", 99),
        ("마지막으로, 학교를 세운다.", 99),
        ("The state dredges first of all in May.", None),
        ("First Bank of Brack lends to towns.", None),
    ],
)
def test_number_of_an_item(text: str, number: int | None) -> None:
    """The word or sign that counts an item, in either language."""
    assert number_of(text) == number


def test_announcing() -> None:
    """A sentence that says how many things follow announces them; one that tells them itself does not."""
    assert announces("The plan has three objectives.")
    assert announces("정부는 세 가지 과제를 추진한다.")
    assert not announces("The plan has two aims: first, fees, and second, pilots.")


class TestReplies:
    def test_over_paragraphs(self) -> None:
        """Items in paragraphs of their own, with sentences between them, all come along, in order."""
        reply = ENGLISH.ask("What are the three pillars of the strategy?")
        assert isinstance(reply, Answer)
        told = [c.text for c in reply.claims]
        assert [t.split(",")[0] for t in told[-3:]] == ["First", "Second", "Third"]

    def test_korean(self) -> None:
        """첫째, 둘째, 셋째 likewise."""
        document = HANGUL.library.document("deungdae-2024")
        block = next(b for b in document.blocks if "세 가지 과제" in b.span.slice(document.text))
        opening = sentences(document.text, block.span)[0]
        found = listed(understand("정부가 추진하는 세 가지 과제는 무엇인가?"), document, opening)
        assert found is not None
        assert [s.slice(document.text).split(",")[0] for s in found.items] == ["첫째", "둘째", "셋째"]

    def test_one_item_is_not_the_list(self) -> None:
        """A question for one thing is not answered with all of them."""
        reply = ENGLISH.ask("What may fishing towns keep?")
        assert isinstance(reply, Answer)
        assert not any("harbour school" in c.text for c in reply.claims)


class TestBullets:
    DOCUMENT: Document = paper(
        "p",
        "A paper",
        "## Rules\n\nThe board has these rules:\n\n- Ships wait outside.\n- Pilots board at dawn.\n- Fees are paid in crowns.",
    )

    def test_whole(self) -> None:
        """A question for several things has the list whole behind the words that open it; one for a single thing its item."""
        block = next(b for b in self.DOCUMENT.blocks if "Pilots" in b.span.slice(self.DOCUMENT.text))
        item = next(s for s in sentences(self.DOCUMENT.text, block.span) if "Pilots" in s.slice(self.DOCUMENT.text))
        whole = whole_list(understand("What rules does the board have?"), self.DOCUMENT, item).slice(self.DOCUMENT.text)
        assert whole.startswith("The board has these rules:")
        assert "crowns" in whole
        assert whole_list(understand("When do pilots board?"), self.DOCUMENT, item) == item

    def test_an_item_brings_its_fellows(self) -> None:
        """Of an enumeration in sentences, too, an item brings the others and what announces them."""
        document = paper("p", "A paper", "## Aims\n\nThe board has two aims. First, fees fall. Second, pilots learn.")
        block = [b for b in document.blocks if b.kind == "paragraph"][-1]
        second = sentences(document.text, block.span)[2]
        found = listed(understand("What aims does the board have?"), document, second)
        assert found is not None
        assert found.opening is not None
        assert len(found.items) == 2
        assert listed(understand("What is the second aim of the board?"), document, second) is None
