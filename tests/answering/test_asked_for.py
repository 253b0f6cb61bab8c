"""What a question asks for must be spoken of, and by a document that speaks of whom it asks."""

from __future__ import annotations

import pytest

from assistant.answering.gates.asked_for import asked_for, missed, names, never_said, speaks_of
from assistant.pipeline import Assistant
from assistant.questions import understand
from assistant.types import Abstention, Answer
from assistant.types.policy import Brief
from tests.answering.libraries import chain, paper

SALT = paper(
    "salt",
    "Salt in Velmark",
    "## Stores\n\nVelmark imports half of its salt. The towns of Velmark should build a store of salt within three years. "
    "A store costs two million crowns.\n\n## Prices\n\nSalt prices in Velmark rose by nine percent in 2021.",
)
TIN = paper(
    "tin",
    "Tin Mines",
    "## Mines\n\nAda Okafor is president of the mining council. Tin miners dig deeper each year.\n\n"
    "## Wages\n\nWages of miners in Ostrand rise with the price of tin.",
)
BUSES = paper(
    "bus",
    "마을 버스",
    "## 현황\n\n마을 버스의 저상버스 보급률은 9%로 도시의 61%에 크게 못 미친다. 버스 기사는 정원 64명 가운데 47명이다.\n\n"
    "## 제언\n\n정부는 새로 들이는 차량을 모두 저상버스로 도입해야 한다.",
)


@pytest.fixture(scope="module")
def held() -> Assistant:
    return chain(SALT, TIN, BUSES)


class TestThing:
    @pytest.mark.parametrize(
        ("text", "thing"),
        [
            ("What is the minimum wage in Velmark?", "minimum wage"),
            ("What is Velmark's minimum wage?", "minimum wage"),
            ("How many inspectors does Velmark employ?", "inspectors"),
            ("Velmark의 대통령은 누구인가?", "대통령"),
            ("저상버스 제조사는?", "제조사"),
            ("버스 기사의 음주운전 처벌은 어떻게 강화되나?", "처벌"),
        ],
    )
    def test_is_told(self, text: str, thing: str) -> None:
        """The last noun of what is asked for is the thing, in both languages."""
        head = asked_for(understand(text))
        assert head is not None
        assert head.surface == thing

    @pytest.mark.parametrize(
        "text",
        [
            "What is meant by a store?",
            "What are the drawbacks of a store?",
            "Should Velmark build a store?",
            "How many firms closed in 2020?",
            "무료 요금의 효과는 무엇인가?",
            "정부가 무엇을 해야 하나?",
        ],
    )
    def test_is_not_guessed(self, text: str) -> None:
        """What may be asked of anything, and what is no noun, need not be said by a document."""
        assert asked_for(understand(text)) is None


class TestRefused:
    def test_never_said(self, held: Assistant) -> None:
        """What no document speaks of is not answered from what they say of the rest."""
        question = held.prepare("What is the toll rate in Velmark?").question
        assert never_said(held.prepare("What is the nursery fee in Velmark?").question, held.weigh)
        assert question is not None
        assert isinstance(held.ask("What is the nursery fee in Velmark?"), Abstention)

    @pytest.mark.parametrize("text", ["저상버스 제조사는?", "버스 기사의 음주운전 처벌은 어떻게 강화되나?"])
    def test_no_brief_of_it(self, held: Assistant, text: str) -> None:
        """A brief is refused where no place of the answer names what is asked for."""
        assert isinstance(held.brief(text), Abstention)

    def test_a_brief_of_what_is_said(self, held: Assistant) -> None:
        """What a document does say is told."""
        assert isinstance(held.brief("저상버스 보급률은?"), Brief)

    def test_a_thing_in_the_other_language_is_not_missed(self) -> None:
        """What English text could not name, being untranslated, is not missed in it."""
        question = understand("저상버스 가맛값은?")
        assert missed(question, ["The fee of a low-floor bus is nine crowns."]) is None
        assert missed(question, ["저상버스는 아홉 대이다."]) is not None


class TestOfAnother:
    def test_a_document_that_never_speaks_of_it(self, held: Assistant) -> None:
        """Who presides over another body, in a document that never names the country, is not the country's president."""
        question = held.prepare("Who is the president of Velmark?").question
        wanted = names(question, held.weigh)
        assert [c.surface for c in wanted] == ["Velmark"]
        assert speaks_of(SALT, wanted)
        assert not speaks_of(TIN, wanted)
        reply = held.ask(question.text)
        assert not isinstance(reply, Answer) or all(c.document != "tin" for c in reply.citations)
