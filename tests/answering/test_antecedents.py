"""What a sentence leans on is shown in brackets where it can be told, with its place; else its sentence comes along."""

from __future__ import annotations

import pytest

from assistant.answering.antecedents import Leaning, leaning
from assistant.answering.candidates import candidates
from assistant.answering.completing import leant
from assistant.answering.pieces import Piece
from assistant.questions import understand
from assistant.text import sentences
from assistant.types import Answer, Document
from tests.answering.harbours import ENGLISH, HANGUL
from tests.answering.libraries import chain, paper


def told(body: str, which: int = -1) -> tuple[Leaning | None, Document]:
    """What one of the sentences of the last paragraph leans on."""
    document = paper("p", "A paper", f"## Section\n\n{body}")
    block = [b for b in document.blocks if b.kind == "paragraph"][-1]
    return leaning(document, sentences(document.text, block.span)[which]), document


def sentences_of(document: Document) -> list[str]:
    block = [b for b in document.blocks if b.kind == "paragraph"][-1]
    return [s.slice(document.text) for s in sentences(document.text, block.span)]


class TestBrackets:
    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("The state adopted the Lantern Strategy in 2019. This strategy moved money.", "the Lantern Strategy"),
            (
                "They signed a free trade agreement with Brack.\n\nThis agreement ended duties.",
                "a free trade agreement",
            ),
            ("The Harbour Board sets all fees. It also dredges the channel.", "The Harbour Board"),
            ("Timber exporters gained most. They now ship by night.", "Timber exporters"),
            ("정부는 등대 항만 전략을 채택하였다. 이 전략은 예산을 옮겼다.", "등대 항만 전략"),
            ("양국은 한미 통상 협정을 맺었다. 이 협정은 관세를 없앴다.", "한미 통상 협정"),
        ],
    )
    def test_words_of_the_sentence_before(self, body: str, words: str) -> None:
        """The words that are meant stand in brackets as they stand before, and their sentence is the place that is cited."""
        found, document = told(body)
        assert found is not None
        assert found.text is not None
        assert f"[{words}" in found.text
        inside = found.text[found.text.index("[") + 1 : found.text.index("]")]
        assert inside in found.place.slice(document.text)

    @pytest.mark.parametrize(
        "body",
        [
            "Ships wait for days at Brack. It is likely that fees will rise.",
            "Ships wait for days at Brack. The board sets the fees.",
            "The plan and this plan were one. We adopt a new plan to make this plan work.",
            "선박은 며칠을 기다린다. 항만청이 요금을 정한다.",
            "선박은 며칠을 기다린다. 그 이후 요금이 올랐다.",
        ],
    )
    def test_what_stands_alone(self, body: str) -> None:
        """An empty `it`, a full subject and a word whose thing is named in the same sentence lean on nothing."""
        found, _ = told(body)
        assert found is None or found.text is None

    def test_another_number_is_another_thing(self) -> None:
        """`This risk` is not `geopolitical risks`: the sentence comes along."""
        found, _ = told("Geopolitical risks disrupt supplies. This risk is growing.")
        assert found == Leaning(found.place if found else None)  # type: ignore[arg-type]  # a place, where it leans

    @pytest.mark.parametrize(
        "body",
        [
            "The state helps steel sectors at home and chip sectors abroad. These sectors grow.",
            "The state helps steel and chip sectors. These sectors grow.",
            "The state helps two strategic sectors. Examples include steel. These sectors grow.",
            "The plan gives the Harbour Board a fund. It grows each year.",
            "마을의 비율은 38%이다. 진료를 미룬 주민은 29%였다. 버스가 준 마을일수록 이 비율이 높았다.",
            "항만 전략과 어촌 전략을 채택하였다. 이 전략은 예산을 옮겼다.",
        ],
    )
    def test_one_of_several_is_not_what_is_meant(self, body: str) -> None:
        """Brackets stand only where the sentence right before has one thing that fits; else that sentence comes along."""
        found, document = told(body)
        assert found is not None
        assert found.text is None
        assert document.text[found.place.end :].lstrip() == sentences_of(document)[-1]

    @pytest.mark.parametrize(
        "body",
        [
            "The town dredges the channel. This involves a tax on cargo.",
            "The town dredges the channel. Such works take years.",
            "The town taxes cargo. In the same period trade fell by half.",
            "도시는 항로를 준설한다. 이렇게 하면 30억 원을 아낀다.",
            "두 군은 요금을 받지 않는다. 이들 군의 이용객은 늘었다.",
            "노선은 줄었다. 같은 기간 마을의 비율은 38%로 높아졌다.",
        ],
    )
    def test_whatever_follows_the_pronoun(self, body: str) -> None:
        """A sentence that points back leans, with whatever verb or noun it goes on."""
        found, _ = told(body)
        assert found is not None

    @pytest.mark.parametrize(
        "body",
        [
            "Ships wait at Brack. This paper asks why.",
            "Ships wait at Brack. This year fees rose.",
            "Ships wait at Brack. Those who pay are served first.",
        ],
    )
    def test_a_paper_that_speaks_of_itself(self, body: str) -> None:
        """What points at the paper itself, at its time, or at what follows, leans on nothing before."""
        found, _ = told(body)
        assert found is None

    def test_the_second_pillar(self) -> None:
        """An ordinal leans on the sentence that announces how many there are."""
        found, document = told(
            "The plan rests on three main pillars. The first pillar is dredging. The second pillar is training."
        )
        assert found is not None
        assert "three main pillars" in found.place.slice(document.text)

    def test_a_heading_ends_it(self) -> None:
        """Nothing is looked for above the heading of the section."""
        document = paper(
            "p", "A paper", "## One\n\nThe state adopted a Lantern Strategy.\n\n## Two\n\nThis strategy is new."
        )
        block = [b for b in document.blocks if b.kind == "paragraph"][-1]
        assert leaning(document, block.span) is None


class TestReplies:
    def test_brackets_are_cited_and_marked_as_ours(self) -> None:
        """The claim cites the quoted sentence first, then the one that the brackets are from; a notice says that they are
        ours, and the check of the claim holds.
        """
        reply = ENGLISH.ask("What was moved from the capital to the fishing towns?")
        assert isinstance(reply, Answer)
        claim = reply.claims[0]
        assert "[the Lantern Strategy for Small Harbours]" in claim.text
        assert claim.verdict.support == "supported"
        quotes = {c.marker: c.quote for c in reply.citations}
        assert quotes[claim.citations[0]].startswith("This strategy moved")
        assert "the Lantern Strategy for Small Harbours" in quotes[claim.citations[1]]
        assert any("square brackets are ours" in n for n in reply.notices)

    def test_its_sentence_comes_along(self) -> None:
        """`이는` speaks of a whole sentence: that follows the best one, under words that say where it stands."""
        document = HANGUL.library.document("deungdae-2024")
        passage = next(h.passage for h in HANGUL.search("부두 건설") if "이는" in h.passage.text)
        span = next(s for s in passage.sentences if s.slice(document.text).startswith("이는"))
        question = understand("무엇이 어촌의 부두 건설을 앞당겼는가?")
        found = candidates(
            question, HANGUL.find(HANGUL.prepare(question.text)), HANGUL.library,
            HANGUL.embedder.embed_question(question.gist), HANGUL.weigh, HANGUL.embedder,
        )  # fmt: skip
        candidate = next(c for c in found if c.span == span)
        pieces = leant([Piece(candidate, candidate.text, span, None, 1.0)], HANGUL.library, 3, "ko")
        assert [p.lead for p in pieces] == ["", "앞에 나온 문장"]
        assert "재원으로 쓸 수 있게 되었다" in pieces[1].text


REGISTRY = chain(
    paper(
        "stores",
        "Stores of Salt",
        "## Stores\n\nA store of salt has a cost that each town pays.\n\n"
        "## Registry\n\nA public registry of merchants is a good idea, and the province should create it. "
        "It would have a cost of one crown.",
    )
)


class TestOthers:
    def pieces(self, *openings: str) -> list[Piece]:
        """The sentences that begin so, the first as the best."""
        question = understand("What is the cost of a store of salt?")
        found = candidates(
            question, REGISTRY.find(REGISTRY.prepare(question.text)), REGISTRY.library,
            REGISTRY.embedder.embed_question(question.gist), REGISTRY.weigh, REGISTRY.embedder,
        )  # fmt: skip
        chosen = [next(c for c in found if c.text.startswith(o)) for o in openings]
        return [Piece(c, c.text, c.span, None, 1.0 - i / 2) for i, c in enumerate(chosen)]

    def test_comes_with_what_it_means(self) -> None:
        """A further sentence that opens with `It` is shown behind the sentence that tells what it is."""
        made = leant(self.pieces("A store of salt", "It would"), REGISTRY.library, 3, "en")
        assert [p.text[:11] for p in made] == ["A store of ", "A public re", "It would ha"]

    def test_is_left_out_where_there_is_no_room(self) -> None:
        """Where there is no room for both, neither is shown: the figure would be read as one of what was asked."""
        made = leant(self.pieces("A store of salt", "It would"), REGISTRY.library, 2, "en")
        assert [p.text[:11] for p in made] == ["A store of "]
