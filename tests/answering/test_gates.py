"""The two gates: what they see, how cautious they are, and what is told of a demand that is not met."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from assistant.answering.abstention import gate
from assistant.answering.candidates import Candidate, candidates
from assistant.answering.choosing import may_answer, of_the_kind
from assistant.answering.gates import demands, rules
from assistant.answering.gates.demands import Unmet, unmet
from assistant.answering.gates.evidence import features
from assistant.answering.gates.model import gates, of
from assistant.pipeline import Assistant
from assistant.questions import Question
from assistant.render import reply_json
from assistant.types import Abstention, Answer

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]


@pytest.fixture(scope="module")
def assistant(embedded: Sample) -> Assistant:
    return embedded.open(warm=True)


def seen(assistant: Assistant, text: str) -> tuple[Question, list[Candidate], list[Candidate]]:
    prepared = assistant.prepare(text)
    question = prepared.question
    vector = assistant.embedder.embed_question(question.gist)
    found = candidates(
        question, assistant.find(prepared), assistant.library, vector, assistant.weigh, assistant.embedder
    )
    return question, of_the_kind([c for c in found if may_answer(c, question, False)]), found


SAID = "How long did a ship wait for a berth at Selby before the harbour reform of 2016?"
ABSENT = "Which enzyme unwinds the double helix during replication?"


class TestEvidence:
    @pytest.mark.parametrize(
        "text", [SAID, ABSENT, "어선은 모두 몇 척인가?", "What did glassware exports come to in 2019?"]
    )
    def test_shares(self, assistant: Assistant, text: str) -> None:
        """Every feature is a share, a cosine or a flag, so that it means the same in a corpus of any size."""
        question, usable, found = seen(assistant, text)
        told = features(question, usable, found, assistant.weigh)
        assert all(-1.0 <= v <= 1.0 + 1e-6 for v in told.values()), told

    def test_absent(self, assistant: Assistant) -> None:
        """Of a subject that the corpus never speaks of, less is held by its passages, and more is nowhere."""
        here, gone = (features(*seen(assistant, t)[:2], seen(assistant, t)[2], assistant.weigh) for t in (SAID, ABSENT))
        assert here["words_passage"] > gone["words_passage"]
        assert here["nowhere"] < gone["nowhere"]
        assert gone["unknown"] > 0.5

    def test_learnt_features_exist(self, assistant: Assistant) -> None:
        """Every weight that is shipped is of a feature that is computed."""
        question, usable, found = seen(assistant, SAID)
        told = set(features(question, usable, found, assistant.weigh))
        for each in (gates().subject, gates().said):
            for model in each.values():
                assert set(model.weights) <= told


class TestLimits:
    @pytest.mark.parametrize("reads", [True, False])
    def test_caution(self, reads: bool) -> None:
        """The more answerable questions may be refused, the higher both limits; between what is recorded, between."""
        limits = [gates().limits(c, reads) for c in range(1, 21)]
        assert limits == sorted(limits)
        assert limits[0] < limits[-1]
        assert gates().limits(0, reads) == limits[0]
        assert gates().limits(50, reads) == limits[-1]

    def test_recorded(self) -> None:
        """The file records each gate's curve of refused against wrongly refused on questions that were not learnt from."""
        raw = json.loads(resources.files("assistant").joinpath("data", "gate.json").read_text(encoding="utf-8"))
        assert of(raw) == gates()
        curves = [c for name, part in raw["reached"].items() if "test" in name for c in part.values()]
        assert curves
        for curve in curves:
            refused = list(curve["refused, by share wrongly refused"].values())
            assert refused == sorted(refused)


class TestConfidence:
    def test_every_ranked_reply_has_one(self, assistant: Assistant) -> None:
        """An answer and a refusal of a ranked question both say how sure the gates were, in JSON too."""
        for text in (SAID, ABSENT, "What did glassware exports come to in 2021?"):
            reply = assistant.ask(text)
            assert reply.confidence is not None
            assert reply_json(reply)["confidence"] == round(reply.confidence, 4)

    def test_order(self, assistant: Assistant) -> None:
        """What is said is surer than what is not."""
        asked = [
            SAID, ABSENT, "How many pupils did the meal programme serve in 2020?", "Who won the chess olympiad?",
            "What capacity does the plant at Hollin have?", "How many megawatts did Selby's wind farm give in 1987?",
        ]  # fmt: skip
        replies = [assistant.ask(t) for t in asked]
        answered = [r.confidence or 0.0 for r in replies if isinstance(r, Answer)]
        refused = [r.confidence or 0.0 for r in replies if isinstance(r, Abstention)]
        assert len(answered) >= 3
        assert len(refused) >= 2
        assert max(refused) < min(answered)

    def test_caution_is_set(self, assistant: Assistant) -> None:
        """A more cautious assistant refuses what another answers, and never the other way round; the confidence stays
        where no rule refuses."""
        asked = ["What do exporters of timber think of the board?", "Who pays for the second plant?", SAID, ABSENT]
        bold, careful = (replace(assistant, caution=c) for c in (1, 20))
        for text in asked:
            if isinstance(careful.ask(text), Answer):
                assert isinstance(bold.ask(text), Answer)

    def test_absent(self, assistant: Assistant) -> None:
        """A subject that the corpus never speaks of is refused by the first gate."""
        reply = assistant.ask(ABSENT)
        assert isinstance(reply, Abstention)
        assert reply.reason == "not_in_corpus"


class TestDemands:
    def test_year(self, assistant: Assistant) -> None:
        """A figure of a year that no sentence gives: the years that are given are told."""
        question, usable, found = seen(assistant, "How many pupils did the school meal programme serve in 2007?")
        told = unmet(question, usable, found, assistant.weigh)
        assert told == (Unmet("year", "2007", "2020"),)
        assert demands.told(told, "en") == "What comes nearest is of 2020, not of 2007."
        assert demands.told(told, "ko") == "가장 가까운 대목은 2007년이 아니라 2020년의 것입니다."

    def test_told(self, assistant: Assistant) -> None:
        """The demand that is not met stands in the abstention's detail."""
        reply = assistant.ask("How many pupils did the school meal programme serve in 2007?")
        assert isinstance(reply, Abstention)
        assert reply.reason == "not_answered_by_corpus"
        assert "not of 2007" in reply.detail

    def test_row(self, assistant: Assistant) -> None:
        """A row that the table lacks is named, with the rows that it has."""
        question, _, found = seen(assistant, "How many USD million of furniture did Marenland export in 2021?")
        rows = [c for c in found if c.kind == "row"]
        told = unmet(question, rows, rows, assistant.weigh)
        assert [u.demand for u in told] == ["row"]
        assert told[0].asked == "furniture"
        assert "Timber" in told[0].offered

    def test_met(self, assistant: Assistant) -> None:
        """Of a question that the nearest sentence answers nothing is told."""
        question, usable, found = seen(assistant, SAID)
        assert unmet(question, usable, found, assistant.weigh) == ()

    @pytest.mark.parametrize("demand", ["year", "place", "row", "kind"])
    def test_both_languages(self, demand: demands.Demand) -> None:
        """Each demand is told in the language of the question."""
        one = [Unmet(demand, "number" if demand == "kind" else "2007", "2020")]
        assert demands.told(one, "en") != demands.told(one, "ko")
        assert "{" not in demands.told(one, "en") + demands.told(one, "ko")


def test_unheard(assistant: Assistant) -> None:
    """The words that the corpus never uses are told as they stand in the question."""
    question, _, _ = seen(assistant, "Does Selby harbour freeze in glacial winters?")
    assert "glacial" in rules.unheard(question, assistant.weigh)
    assert "Selby" not in rules.unheard(question, assistant.weigh)


def test_confined_questions_pass_the_first_gate(assistant: Assistant) -> None:
    """Where the asker has named the documents, the limit of the first gate holds nobody back: only the second decides."""
    reasons = {}
    for text in ("How are workers paid for waiting?", "Who pays for the dredging of rivers?", SAID, ABSENT):
        question, usable, found = seen(assistant, text)
        gated = (gate(question, usable, found, assistant.weigh, confined=c) for c in (False, True))
        reasons[text] = tuple(g.refusal.reason if g.refusal else None for g in gated)
    assert reasons == {
        "How are workers paid for waiting?": ("not_in_corpus", None),
        "Who pays for the dredging of rivers?": ("not_in_corpus", "not_answered_by_corpus"),
        SAID: (None, None),
        ABSENT: ("not_in_corpus", "not_in_corpus"),  # a rule: no word of it is known
    }
