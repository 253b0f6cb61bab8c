"""What counts as an answer, and what is refused and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.abstention import gate
from assistant.answering.candidates import Candidate, candidates
from assistant.answering.extractive import nearest
from assistant.answering.fit import kindred
from assistant.answering.gates.rules import in_figure
from assistant.pipeline import Assistant
from assistant.questions import understand
from assistant.types import Abstention, Answer
from assistant.verification import in_place
from tests.answering.libraries import chain, paper

BODY = """
## Agreements

The republic has concluded twelve trade agreements with thirty countries. The first of them took effect in April 2004.

The ministry closed the harbour because the dredging had cost too much. Shipyards asked for loans.

Figure 2. Harbour traffic by quarter, 2010–2020

Source: Harbour authority.

## Outlook

Growth of 3.5 percent is expected. The deficit reached USD 12 billion.
"""
MADE = chain(
    paper("harbours", "Harbours and agreements", BODY),
    paper("bees", "Keeping bees", "Bees need flowers. A hive holds 40,000 bees."),
)


def found(text: str, made: Assistant = MADE) -> list[Candidate]:
    question = understand(text)
    hits = made.retriever.find(question, 10)
    return candidates(
        question, hits, made.library, made.embedder.embed_question(question.gist), made.weigh, made.embedder
    )


class TestKindred:
    @pytest.mark.parametrize(
        ("question", "right", "wrong"),
        [
            (
                "How many agreements are there?",
                "It has concluded twelve agreements.",
                "Agreements were made with 12 percent more zeal.",
            ),
            (
                "How many countries signed?",
                "It was signed by thirty countries.",
                "Thirty ships came.",
            ),
            ("How many countries signed?", "It was signed by thirty countries.", "Countries signed it."),
            ("What share of exports goes to Chile?", "Chile takes 12 percent of exports.", "Chile takes 12 ships."),
            ("What rank does Chile hold?", "Chile is third.", "Chile has 30 ports."),
            ("How much did it cost?", "It cost USD 12 billion.", "It was the third to be built."),
            ("When did it take effect?", "It took effect in 2004.", "It took effect at once."),
            ("When did it take effect, after 2004?", "It took effect in 2007.", "It was signed in 2004."),
            ("Why was it closed?", "It closed because of the cost.", "It closed on a Monday."),
            ("무역 비중은?", "The share was 12 percent.", "The share was large."),
        ],
    )
    def test_right_kind(self, question: str, right: str, wrong: str) -> None:
        """A sentence with the kind of thing that is asked for beats one without it."""
        asked = understand(question)
        assert kindred(asked, right) > kindred(asked, wrong)

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_between_none_and_all(self, question: str, sentence: str) -> None:
        """It is a share, whatever the words."""
        assert 0.0 <= kindred(understand(question), sentence) <= 1.0


class TestGate:
    def test_no_candidates(self) -> None:
        """Without anything to show, the subject is not in the corpus."""
        refusal = gate(understand("What do whales eat?"), [], [], lambda term: 1.0).refusal
        assert refusal
        assert refusal.reason == "not_in_corpus"

    @pytest.mark.parametrize("text", ["", "?!", "the of and", "😀", "그리고"])
    def test_not_a_question(self, text: str) -> None:
        """Words that ask for nothing are no question."""
        refusal = gate(understand(text), [], [], lambda term: 1.0).refusal
        assert refusal
        assert refusal.reason == "not_a_question"

    def test_only_a_caption(self) -> None:
        """Where a figure's caption alone covers a question for a value, the figure is the reason."""
        question = understand("How much harbour traffic was there by quarter in 2015?")
        captions = [c for c in found(question.text) if c.kind == "caption"]
        refusal = gate(question, [], captions, MADE.weigh).refusal
        assert refusal
        assert refusal.reason == "in_figure"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("How much harbour traffic was there by quarter in 2015?", True),
            ("What was the volume of harbour traffic by quarter?", True),
            ("How much harbour traffic was there by quarter in 2023?", False),
            ("How many bees were there in the hive in 2015?", False),
            ("Why did harbour traffic fall?", False),
        ],
    )
    def test_in_figure(self, text: str, shown: bool) -> None:
        """A figure shows values only, of its own subject, within the years of its caption."""
        captions = [c for c in found("harbour traffic by quarter") if c.kind == "caption"]
        assert captions
        assert in_figure(understand(text), captions, MADE.weigh) is shown


class TestCandidates:
    def test_in_order_with_places(self) -> None:
        """Candidates are sentences at their places, the likeliest first; headings are none of them."""
        listed = found("How many trade agreements has the republic concluded?")
        assert listed[0].text.startswith("The republic has concluded twelve")
        for c in listed:
            assert c.text == c.span.slice(MADE.library.document(c.passage.document).text)
            assert all(0 <= v <= 1 for v in (c.coverage, c.reach, c.cosine, c.kindred))
            assert c.text not in ("Agreements", "Outlook")

    def test_the_same_each_time(self) -> None:
        """The same question has the same candidates."""
        assert found("Why was the harbour closed?") == found("Why was the harbour closed?")

    def test_nearest(self) -> None:
        """What comes nearest is cited at its place, at most three, no two of them alike."""
        near = nearest(found("Why was the harbour painted?"), MADE.library)
        assert 1 <= len(near) <= 3
        assert [c.marker for c in near] == list(range(1, len(near) + 1))
        assert len({c.span for c in near}) == len(near)
        assert all(in_place(c, MADE.library.document(c.document)) for c in near)


class TestReplies:
    QUESTIONS = (
        "How many trade agreements has the republic concluded?", "Why did the ministry close the harbour?", "What do whales eat?",
        "How much harbour traffic was there in 2015?", "What is the deficit?", "적자는 얼마인가?", "bees", "Who wrote Keeping bees?", "xyzzy",
    )  # fmt: skip

    @pytest.mark.parametrize("text", QUESTIONS)
    def test_laws(self, text: str) -> None:
        """Whatever the reply: quotes stand in place, marks are numbered in order, and no claim is unsupported."""
        reply = MADE.ask(text)
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        assert all(in_place(c, MADE.document(c.document)) for c in cited)
        assert [c.marker for c in cited] == list(range(1, len(cited) + 1))
        if isinstance(reply, Answer):
            assert reply.claims
            used = [m for c in reply.claims for m in c.citations]
            assert set(used) == {c.marker for c in cited}
            assert all(c.verdict.support in ("supported", "partial") for c in reply.claims)
        assert _bare(MADE.ask(text)) == _bare(reply)

    def test_another_subject_is_refused(self) -> None:
        """A question on a subject that no document has is not answered with something else."""
        reply = MADE.ask("Which orchestra premiered the violin concerto by Sibelius?")
        assert isinstance(reply, Abstention)
        assert reply.reason in ("not_in_corpus", "not_answered_by_corpus")


def _bare(reply: Answer | Abstention) -> Answer | Abstention:
    return replace(reply, provenance=replace(reply.provenance, seconds=0.0))


COUNTED_KO = "한국은 자유무역협정을 몇 개 체결했나?"


@pytest.mark.parametrize(
    ("question", "text", "fit"),
    [
        (COUNTED_KO, "South Korea has concluded nineteen FTAs.", 1.0),
        (COUNTED_KO, "한국은 자유무역협정 19건을 체결하였다.", 1.0),
        (COUNTED_KO, "Since the May 3 announcement the partners have concluded agreements on tariffs.", 0.0),
        (COUNTED_KO, "The pact was signed by 4,100 firms of the region in all.", 0.3),
        ("How many treaties were signed?", "On 3 May the treaties were signed.", 0.0),
    ],
)
def test_a_count_is_of_the_thing_that_is_asked(question: str, text: str, fit: float) -> None:
    """A day of a month counts nothing, and what a Korean question counts must stand beside the number."""
    assert kindred(understand(question), text) == fit


def test_a_counter_with_its_verb_is_no_word_of_the_question() -> None:
    """`몇 개인가` asks for a number of things, and not for `개인`, an individual."""
    surfaces = [c.surface for c in understand("한국이 체결한 FTA는 몇 개인가?").concepts]
    assert "개인" not in surfaces
    assert "fta" in surfaces
