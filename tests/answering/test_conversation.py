"""Questions that lean on the conversation: what they are understood as, and which stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.conversation import complete
from assistant.answering.conversation.particles import agreeing
from assistant.answering.conversation.slots import slots
from assistant.types import Exchange

GLASS = Exchange("How much glassware did Marenland export to Norway in 2022?", "It exported 41 million crowns [1].")
FALL = Exchange("Did exports of timber fall in 2021?", "Exports of timber fell by 4 percent in 2021 [1].")
BOARD = Exchange("What are the three objectives of the Harbour Board?", "They are safety, speed and thrift [1].")
TREATY = Exchange("Who signed the Selby Fisheries Agreement?", "Anna Tern signed it for the republic [1].")
WHO = Exchange("Who proposed the tidal power plan?", "Anna Tern proposed the tidal power plan [1].")
SAYS = Exchange("What does Tern say about farms?", "Farms have closed since 2010 [1].")
PORT = Exchange("What share of container traffic does the port of Selby handle?", "It handles 41 percent of it [1].")


def _after(last: Exchange, text: str) -> str:
    return complete(text, (last,))


class TestExchanged:
    @pytest.mark.parametrize(
        ("text", "understood"),
        [
            ("And in 2020?", "How much glassware did Marenland export to Norway in 2020?"),
            ("what about Mexico?", "How much glassware did Marenland export to Mexico in 2022?"),
            ("and Japan", "How much glassware did Marenland export to Japan in 2022?"),
            ("And Japan in 2019?", "How much glassware did Marenland export to Japan in 2019?"),
            ("How about steel?", "How much steel did Marenland export to Norway in 2022?"),
            ("The year before?", "How much glassware did Marenland export to Norway in 2021?"),
            ("how much is that in won?", "How much glassware did Marenland export to Norway in 2022, in won?"),
            ("그럼 2020년은?", "How much glassware did Marenland export to Norway in 2020?"),
            ("멕시코는?", "How much glassware did Marenland export to Mexico in 2022?"),
        ],
    )
    def test_like_for_like(self, text: str, understood: str) -> None:
        """A year, a country, a sector or a unit takes the place of the one before; all else stays as it was asked."""
        assert _after(GLASS, text) == understood

    @pytest.mark.parametrize(
        ("last", "text", "understood"),
        [
            ("한국은 2023년 미국에 반도체를 얼마나 수출했나?", "그럼 2022년은?", "한국은 2022년 미국에 반도체를 얼마나 수출했나?"),
            ("한국은 2023년 미국에 반도체를 얼마나 수출했나?", "멕시코는?", "한국은 2023년 멕시코에 반도체를 얼마나 수출했나?"),
            ("한국은 2023년 미국에 반도체를 얼마나 수출했나?", "자동차는요?", "한국은 2023년 미국에 자동차를 얼마나 수출했나?"),
            ("일본은 어느 나라에 투자했나?", "중국은?", "중국은 어느 나라에 투자했나?"),
            ("마렌란드의 어선은 모두 몇 척인가?", "2021년에는?", "2021년 마렌란드의 어선은 모두 몇 척인가?"),
        ],
    )  # fmt: skip
    def test_korean(self, last: str, text: str, understood: str) -> None:
        """Likewise in Korean, with the particle that the new word needs."""
        assert _after(Exchange(last, ""), text) == understood

    @pytest.mark.parametrize(
        ("last", "text", "understood"),
        [
            (
                "How much wool did Veldonia export in 2016?",
                "what about Ostrava?",
                "How much wool did Ostrava export in 2016?",
            ),
            ("What is the capacity of the Aurora?", "And the Corona?", "What is the capacity of the Corona?"),
            ("What did Veldonia's mills earn?", "And Ostrava's?", "What did Ostrava's mills earn?"),
            (
                "Did Calder Lines buy ships from Havgard?",
                "And from Norwind?",
                "Did Calder Lines buy ships from Norwind?",
            ),
            ("What is the GDP of Veldonia?", "And Ostrava?", "What is the GDP of Ostrava?"),
            ("Aurora의 좌석 수는?", "Corona는?", "Corona의 좌석 수는?"),
            ("오로라호의 좌석 수는?", "코로나호는?", "코로나호의 좌석 수는?"),
            ("2021년 고용 인원은?", "왜?", "왜? [2021년 고용 인원은]"),
            ("고용 인원은 줄었는가?", "왜?", "왜 고용 인원은 줄었는가?"),
        ],
    )
    def test_names_that_no_list_knows(self, last: str, text: str, understood: str) -> None:
        """A capitalised name takes the place of its like, and initials stand for initials alone."""
        assert _after(Exchange(last, ""), text) == understood

    def test_two_names_are_not_guessed_at(self) -> None:
        """Where either name can be meant the whole last question is shown."""
        assert "[" in _after(Exchange("Why do fares of Calder exceed those of Havgard?", ""), "And Norwind?")

    def test_what_an_author_says(self) -> None:
        """What an author says is asked of another thing, or of another place."""
        assert _after(SAYS, "What about fish?") == "What does Tern say about fish?"
        assert _after(SAYS, "and Norway?") == "What does Tern say about farms in Norway?"

    def test_two_years_are_not_guessed_at(self) -> None:
        """Where the last question has two years, a new one replaces neither: the question stands in brackets."""
        told = _after(Exchange("How did exports change between 2018 and 2020?", ""), "And in 2021?")
        assert told.startswith("And in 2021? [How did exports change")
        assert "2018" not in told

    @pytest.mark.parametrize(
        ("head", "value", "tail", "made"),
        [("", "멕시코", "은 왔다", "멕시코는 왔다"), ("", "일본", "는 왔다", "일본은 왔다"), ("", "서울", "으로 갔다", "서울로 갔다"),
         ("", "호주", "에 갔다", "호주에 갔다"), ("", "강철", "를 샀다", "강철을 샀다")],
    )  # fmt: skip
    def test_particles(self, head: str, value: str, tail: str, made: str) -> None:
        """A particle changes with the sound before it."""
        assert agreeing(head, value, tail) == made


class TestAsksOn:
    @pytest.mark.parametrize(
        ("last", "text", "understood"),
        [
            (FALL, "Why?", "Why did exports of timber fall in 2021?"),
            (FALL, "by how much?", "By how much did exports of timber fall in 2021?"),
            (FALL, "who says so?", "What is the source for \u201cExports of timber fell by 4 percent in 2021\u201d?"),
            (FALL, "누가 그래?", "\u201cExports of timber fell by 4 percent in 2021\u201d의 출처는 무엇인가?"),
            (BOARD, "the second one?", "What is the second of the three objectives of the Harbour Board?"),
            (BOARD, "How many members does it have?", "How many members does it [Harbour Board] have?"),
            (TREATY, "When did the agreement expire?", "When did the agreement [Selby Fisheries Agreement] expire?"),
            (WHO, "When did she die?", "When did she [Anna Tern] die?"),
            (PORT, "How deep is it?", "How deep is it [port of Selby]?"),
            (PORT, "Who says so?", "What is the source for \u201cIt handles 41 percent of it\u201d?"),
        ],
    )
    def test_its_object_is_told(self, last: Exchange, text: str, understood: str) -> None:
        """`Why?`, `who says so?`, `it` and `the agreement` get what they are about from the question or the answer."""
        assert _after(last, text) == understood

    @pytest.mark.parametrize(
        ("last", "text", "understood"),
        [
            ("수출이 감소했는가?", "왜?", "왜 수출이 감소했는가?"),
            ("셀비 어업협정은 언제 발효되었나?", "그 협정은 몇 개국이 서명했나?", "그 협정[셀비 어업협정]은 몇 개국이 서명했나?"),
            ("셀비 어업협정은 언제 발효되었나?", "누가 서명했나?", "누가 서명했나? [셀비 어업협정은 언제 발효되었나]"),
            ("셀비 어업협정은 언제 발효되었나?", "그것은 왜 필요한가?", "그것은 왜 필요한가? [셀비 어업협정은 언제 발효되었나]"),
        ],
    )  # fmt: skip
    def test_korean(self, last: str, text: str, understood: str) -> None:
        """Likewise in Korean, also where nothing is named at all."""
        assert _after(Exchange(last, ""), text) == understood

    def test_an_abstention_is_no_statement(self) -> None:
        """Where nothing was answered, the source of what was asked is asked for."""
        from assistant.answering import wording

        last = Exchange("What is the depth of Selby?", wording.reason("not_in_corpus", "en"))
        assert _after(last, "who says so?") == "What is the source for \u201cWhat is the depth of Selby\u201d?"

    def test_what_no_rule_resolves_shows_the_last_question(self) -> None:
        """A pronoun without a plain antecedent is not guessed at."""
        last = Exchange("How much did Korea invest in Mexico in 2022?", "")
        assert _after(last, "Who decided it?") == "Who decided it? [How much did Korea invest in Mexico in 2022]"


class TestAlone:
    @pytest.mark.parametrize(
        "text",
        [
            "How many trade agreements has the republic concluded with other countries?",
            "Which banks financed the construction of harbours in Norway?",
            "How do companies report their emissions?",
            "Is it possible to lower the tariff on steel?",
            "When was it announced that the harbour would close?",
            "Who signed the order that calls for a new harbour?",
            "If a ship is late, does it pay a fine?",
            "마렌란드의 인구는 얼마인가?",
            "어선 할당제는 언제 시작되었나?",
            "Thank you!",
            "감사합니다",
        ],
    )
    @pytest.mark.parametrize("last", [GLASS, TREATY])
    def test_untouched(self, last: Exchange, text: str) -> None:
        """A question that is whole stays as it is, whatever was asked before."""
        assert _after(last, text) == text

    def test_no_history(self) -> None:
        """Without a conversation nothing is added."""
        assert complete("And in 2020?", ()) == "And in 2020?"

    @given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
    def test_any_text(self, text: str, before: str, answer: str) -> None:
        """Any question after any other is understood as itself, or as something that holds words of the two."""
        made = complete(text, (Exchange(before, answer),))
        assert made == text or set(made) <= set(text + before + answer + " []()?,.\u2013\u201c\u201d") | set(_OURS)

    @given(st.lists(st.sampled_from(["And in 2020?", "why?", "what about Norway?", "왜?", "it?", "the second one?"])))
    def test_brackets_do_not_pile_up(self, asked: list[str]) -> None:
        """However long a conversation leans, one bracket is shown."""
        talk: list[Exchange] = [GLASS]
        for text in asked:
            made = complete(text, tuple(talk))
            assert made.count("[") == made.count("]") <= 1
            talk.append(Exchange(made, "It is so [1]."))


_OURS = (
    "What is the source for the first second third fourth fifth last other of in basis 의 출처는 무엇인가 기준 왜 년 "
    "WhyHowWhenWhere0123456789"
)


class TestConversation:
    def test_understood_through_several_turns(self) -> None:
        """What was typed before is understood in its turn, so that the thing spoken of is not lost."""
        talk = (TREATY, Exchange("When was it signed?", "In 2019 [1]."), Exchange("Thanks!", ""))
        assert complete("And why?", talk) == "Why was Selby Fisheries Agreement signed?"

    def test_as_understood_or_as_typed(self) -> None:
        """A conversation can be handed over as it was typed or as it was understood."""
        typed = (GLASS, Exchange("And in 2020?", ""))
        meant = (GLASS, Exchange(complete("And in 2020?", (GLASS,)), ""))
        assert complete("what about Japan?", typed) == complete("what about Japan?", meant)


def test_slots_of_a_question() -> None:
    """Years, places, sectors and the one who says it are found with their prepositions, an acronym in capitals is none."""
    text = "According to Tern and Gull (2024), how much steel went to Mexico in March 2023 under the CHIPS Act?"
    found = [(s.kind, s.span.slice(text), s.lead) for s in slots(text)]
    assert found == [
        ("name", "Tern and Gull (2024)", "to"),
        ("sector", "steel", ""),
        ("place", "Mexico", "to"),
        ("date", "March 2023", "in"),
    ]
