"""A question is understood by rules: the same way each time, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.questions import Wants, understand
from assistant.text import stem


class TestWants:
    @pytest.mark.parametrize(
        ("text", "wants"),
        [
            ("How many FTAs does Korea have?", "number"),
            ("What share of exports goes to China?", "number"),
            ("what was the trade surplus in 2023", "number"),
            ("By how much did exports rise?", "number"),
            ("How long did the talks take?", "number"),
            ("When was the law passed?", "when"),
            ("In what year did it begin?", "when"),
            ("Who proposed the plan?", "who"),
            ("Where is the plant?", "where"),
            ("Which country buys the most?", "where"),
            ("Why did exports fall?", "reason"),
            ("What explains the decline?", "reason"),
            ("How does the plan work?", "how"),
            ("What is friendshoring?", "definition"),
            ("What does CBAM stand for?", "definition"),
            ("Which sectors grew?", "list"),
            ("List the pillars of the strategy", "list"),
            ("Did exports rise?", "yesno"),
            ("Tell me about tariffs.", "open"),
            ("What is the purpose of this paper?", "purpose"),
            ("수출은 얼마인가?", "number"),
            ("몇 개국과 FTA를 맺었나?", "number"),
            ("흑자 규모는?", "number"),
            ("한국의 비중은 어느 정도인가?", "number"),
            ("언제 발표되었나?", "when"),
            ("누가 발표했나?", "who"),
            ("어디에 공장을 지었나?", "where"),
            ("왜 투자가 늘었는가?", "reason"),
            ("감소한 이유는?", "reason"),
            ("어떻게 추진하는가?", "how"),
            ("프렌드쇼어링이란 무엇인가?", "definition"),
            ("어떤 산업이 성장했나?", "list"),
            ("한국은 RCEP에 가입했습니까?", "yesno"),
            ("이 논문의 목적은?", "purpose"),
        ],
    )
    def test_kind_of_answer(self, text: str, wants: Wants) -> None:
        """The kind of answer that is wanted is read off the question, in English and Korean."""
        assert understand(text).wants == wants

    @pytest.mark.parametrize("text", ["대미 투자액은?", "수출액은", "실업률은?", "고용률은"])
    def test_amounts_and_rates(self, text: str) -> None:
        """A hurried Korean question for an amount or a rate wants a number."""
        assert understand(text).wants == "number"

    @pytest.mark.parametrize(
        ("text", "superlative"),
        [("Which country has the largest share?", "most"), ("the lowest rate", "least"), ("가장 큰 시장은?", "most"), ("최저 금리는?", "least"), ("Which share?", None)],
    )  # fmt: skip
    def test_superlative(self, text: str, superlative: str | None) -> None:
        """A question for an extreme says which end."""
        assert understand(text).superlative == superlative


class TestConcepts:
    @pytest.mark.parametrize(
        ("text", "forms"),
        [
            ("한국의 수출은?", {("korea",), (stem("exports"),)}),
            ("반도체를 파는 나라", {("semiconductor",)}),
            ("베트남과의 무역", {("vietnam",), (stem("trade"),)}),
        ],
    )
    def test_korean_terms_in_english(self, text: str, forms: set[tuple[str, ...]]) -> None:
        """Korean terms are looked for in their English forms, with or without particles."""
        found = {f for c in understand(text).concepts for f in c.forms}
        assert forms <= found

    def test_gist(self) -> None:
        """The embedder reads an English question as it is, and a Korean one in the English of its terms."""
        assert understand("Why did exports fall?").gist == "Why did exports fall?"
        assert "semiconductor" in understand("반도체 수출은?").gist

    def test_a_particle_is_no_name(self) -> None:
        """The Korean ending that asks for a definition does not name a country."""
        assert "Iran" not in understand("프렌드쇼어링이란 무엇인가?").gist

    @pytest.mark.parametrize("text", ["is mexico a member", "Is Mexico a member", "what about Mexico's role"])
    def test_names_in_any_case(self, text: str) -> None:
        """A country is a name in a hurried question too."""
        assert [c.kind for c in understand(text).concepts if c.surface.lower() == "mexico"] == ["name"]

    def test_shouting_names_nothing_new(self) -> None:
        """Capitals throughout make no names of ordinary words."""
        assert [c.kind for c in understand("WHY DID FACTORIES CLOSE").concepts] == ["term", "term"]

    def test_synonyms(self) -> None:
        """A concept knows other words for itself, its own first."""
        (company,) = (c for c in understand("How many companies left?").concepts if c.surface == "companies")
        assert company.forms[0] == (stem("companies"),)
        assert (stem("firm"),) in company.forms

    def test_words_that_only_ask(self) -> None:
        """Function words and the words that ask are no concepts, and generic nouns weigh little."""
        question = understand("What is the main reason for the closure?")
        assert [(c.surface, c.kind) for c in question.concepts if c.kind != "generic"] == [("closure", "term")]
        weights = question.weighted_terms()
        assert weights[stem("reason")] < weights[stem("closure")]

    def test_years(self) -> None:
        """Years that a question names are demanded."""
        question = understand("How did exports change from 2015 to 2023?")
        assert question.years == {2015, 2023}
        assert [c.kind for c in question.concepts if c.surface.isdigit()] == ["year", "year"]


class TestAnyText:
    @given(st.text(max_size=300))
    @settings(max_examples=150)
    @example("")
    @example("😀🇰🇷👨‍👩‍👧")
    @example("한" * 2000)
    @example("a" * 2000)
    @example("? " * 1000)
    @example("how many what which " * 100)
    @example("그" * 500 + " 2024 " * 250)
    @example("\u200b\u202e\ud7a3\u1100\u1161")
    @example("what is " + "very-" * 390 + "long?")
    def test_never_breaks(self, text: str) -> None:
        """Any text is understood somehow, alike each time, with weights for its terms."""
        question = understand(text)
        assert question == understand(text)
        assert question.text == text
        assert all(c.forms and c.forms[0] for c in question.concepts)
        assert len({c.forms[0] for c in question.concepts}) == len(question.concepts)
        assert all(0 < w <= 1 for w in question.weighted_terms().values())
