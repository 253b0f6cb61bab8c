"""What a question wants more finely than its kind, and which sentences could hold it."""

from __future__ import annotations

import pytest

from assistant.answering.late import interaction
from assistant.answering.matching import Setting, asked, measures
from assistant.answering.shortforms import short_forms
from assistant.answering.targets import nearness, offered, target
from assistant.backends.embedders import HashingEmbedder
from assistant.questions import understand
from assistant.types import Span


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("Who chairs the harbour board?", "person"),
        ("Which agency licenses the ferries?", "name"),
        ("Where is the customs college?", "place"),
        ("In what year did the port open?", "year"),
        ("On what day was the treaty signed?", "day"),
        ("How long does a permit last?", "lasting"),
        ("What share of exports goes by sea?", "share"),
        ("How many dollars were raised?", "money"),
        ("How many ferries does the board run?", "count"),
        ("Why was the toll dropped?", "reason"),
        ("What does the harbour export?", "thing"),
        ("항만공사의 대표는 누구인가?", "person"),
        ("항구가 문을 연 해는?", "year"),
        ("조약이 체결된 날짜는?", "day"),
        ("여객선은 몇 척인가?", "count"),
        ("본사가 있는 도시는?", "place"),
        ("허가는 몇 년간 유효한가?", "lasting"),
    ],
)
def test_the_words_of_a_question_tell_what_it_wants(question: str, aim: str) -> None:
    """The kind of thing is read from the question word, the noun behind it, or the noun that ends a Korean question."""
    assert target(question, understand(question).language).aim == aim


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Who chairs the Marenland Port Board?", "It is chaired by Ida Quell.", "The Marenland Port Board has a chair."),
        ("In what year did the port open?", "It opened in 1974.", "It opened after 12 months of work."),
        ("How many ferries run?", "The board runs 14 ferries.", "The board runs route M-1 with 300 staff."),
        ("How many ferries run in 2023?", "Some 14 ferries ran in 2023.", "Many ferries ran in 2023."),
        ("What share of goods goes by sea?", "About 62% of them do.", "It was 14 ferries."),
        ("여객선은 몇 척인가?", "공사는 여객선 14척을 운항한다.", "공사는 2019년에 설립되었다."),
        ("항구가 문을 연 해는?", "항구는 1974년에 문을 열었다.", "항구는 남쪽에 있다."),
    ],
)  # fmt: skip
def test_only_what_the_question_does_not_hold_answers_it(question: str, holds: str, lacks: str) -> None:
    """A sentence offers an answer where it has something of the kind that the question itself has not."""
    asked_for = understand(question)
    wanted = target(question, asked_for.language)
    assert offered(wanted, asked_for, holds)[0] == 1.0
    assert offered(wanted, asked_for, lacks)[0] < 1.0


def test_a_short_form_is_met_by_its_long_form() -> None:
    """A sentence with the short form that the document explains has the words of the long one, and the other way round."""
    document = "The Coastal Trade Authority (CTA) was set up in 1974. The CTA licenses ferries."
    assert short_forms(document) == {"cta": "Coastal Trade Authority"}
    question = asked(understand("What does the Coastal Trade Authority license?"), lambda term: 1.0)
    with_it, without = (
        measures(question, [Setting("The CTA licenses ferries.", "", "", "", "", known)])[0] for known in (document, "")
    )
    assert with_it["words"] == 1.0
    assert without["words"] < 0.5


def test_a_bracket_that_explains_nothing_is_no_short_form() -> None:
    """Letters that are not the initials of the words before them stand for nothing."""
    assert short_forms("The budget of the harbour (EUR) rose, as did tolls (see XY).") == {}


def test_words_that_every_candidate_has_tell_nothing_apart() -> None:
    """The sentence with the rarer word of the question comes out ahead where weights are of the candidates."""
    question = asked(understand("Does the harbour board license pilots?"), lambda term: 1.0)
    texts = ["The harbour board meets weekly.", "The harbour board is paid.", "Pilots are examined by the harbour."]
    apart = [m["words_apart"] for m in measures(question, [Setting(t, "", "", "", "", "") for t in texts])]
    assert apart[2] > max(apart[:2])


def test_a_korean_word_is_met_under_its_particles() -> None:
    """`항만공사는` has the word of `항만공사의`."""
    question = asked(understand("항만공사의 설립 연도는?"), lambda term: 1.0)
    met, other = measures(
        question, [Setting(t, "", "", "", "", "") for t in ("항만공사는 1974년에 설립되었다.", "여객선은 많다.")]
    )
    assert met["words"] > 0.6 > other["words"]


def test_nearness_is_that_of_the_nearest_place() -> None:
    """An answer beside the question's words is nearer than one far off, and none is not near."""
    words = [(Span(0, 5), 1.0)]
    assert nearness([Span(6, 10)], words) > nearness([Span(300, 304)], words) > 0.0 == nearness([], words)


def test_late_interaction_counts_what_stands_before_and_above_at_a_discount() -> None:
    """A word of the question that only the sentence before or the heading has counts, and less than one of its own."""
    embedder = HashingEmbedder()
    texts = ["Pilots pay a toll.", "They pay a toll.", "They pay a toll."]
    own, leaning, headed = interaction(
        "pilots toll", texts, ["", "Pilots are few.", ""], ["", "", "Pilots"], embedder, lambda term: 1.0
    )
    assert own is not None
    assert leaning is not None
    assert headed is not None
    assert own["late"] > leaning["late"] == headed["late"]
    assert own["late"] > leaning["leaning"] > headed["leaning"]
    assert leaning["late_headed"] > headed["late_headed"] > headed["leaning"]


def test_late_interaction_of_nothing_is_none() -> None:
    """A text without a token has no measure, and no text has none."""
    assert interaction("toll", [""], [""], [""], HashingEmbedder(), lambda term: 1.0) == [None]
    assert interaction("toll", [], [], [], HashingEmbedder(), lambda term: 1.0) == []
