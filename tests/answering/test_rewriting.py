"""A model's version of a follow-up: taken where it adds nothing, else the rules' version stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from assistant.answering.conversation import complete, rewritten
from assistant.errors import ModelError
from assistant.types import Exchange, Message

TALK = (Exchange("How much glassware did Marenland export to Norway in 2022?", "It exported 41 million crowns [1]."),)


@dataclass
class Says:
    """A model that says one thing, or fails."""

    line: str | None
    heard: list[str] = field(default_factory=list)
    name: str = "scripted"
    where: str = "here"

    def complete(self, messages: Sequence[Message]) -> str:
        self.heard.append(messages[-1].text)
        if self.line is None:
            raise ModelError("the model scripted could not be reached: try later")
        return self.line

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        yield self.complete(messages)


def _asked(text: str, line: str | None, talk: tuple[Exchange, ...] = TALK) -> str:
    return rewritten(text, complete(text, talk), talk, Says(line))


class TestRewriting:
    def test_taken(self) -> None:
        """A version that says what the conversation has is taken."""
        line = "Why did Marenland export 41 million crowns of glassware to Norway in 2022?"
        assert _asked("But why so much of it?", line) == line

    @pytest.mark.parametrize(
        "line",
        [
            "Why did Marenland export glassware to Sweden in 2022?",
            "Why did Marenland export glassware to Norway in 2019?",
            "Why did Marenland export 97 million crowns of glassware?",
            "Why did Minister Gull export glassware?",
            "Why did Marenland export steel to Norway?",
            "See https://example.org why?",
            "Here is the question:\nWhy did Marenland export glassware?",
            "왜 마렌란드는 유리를 수출했나?",
            "Marenland exported glassware.",
            "",
            None,
        ],
    )
    def test_not_taken(self, line: str | None) -> None:
        """A version with a new name, number, year or sector, in another language, with an address, or none at all: the
        rules' version stands."""
        text = "But why so much of it?"
        assert _asked(text, line) == complete(text, TALK)

    def test_a_number_that_is_asked_is_kept(self) -> None:
        """A version that loses the year of the question is not taken."""
        assert "2020" in _asked("And in 2020?", "How much glassware did Marenland export to Norway?")

    def test_korean(self) -> None:
        """Likewise in Korean."""
        talk = (Exchange("마렌란드는 2022년 노르웨이에 유리를 얼마나 수출했나?", "4,100만 크라운 [1]"),)
        good = "마렌란드는 왜 2022년 노르웨이에 유리를 수출했는가?"
        assert _asked("왜?", good, talk) == good
        assert _asked("왜?", "마렌란드는 왜 2022년 스웨덴에 유리를 수출했는가?", talk) == complete("왜?", talk)

    def test_not_asked_where_the_question_is_whole(self) -> None:
        """What stands for itself is not put into other words, and the model hears nothing."""
        model = Says("Something else?")
        text = "Which banks financed the construction of harbours in Norway?"
        assert rewritten(text, complete(text, TALK), TALK, model) == text
        assert model.heard == []
