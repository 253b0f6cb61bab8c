"""What cells and sentences imply is calculated from operands that are named and cited, or not at all."""

from __future__ import annotations

import pytest

from assistant.answering.calculating import asked
from assistant.pipeline import Assistant
from assistant.questions import understand
from assistant.types import Answer, Claim
from tests.answering.harbours import ENGLISH, HANGUL
from tests.answering.libraries import chain, paper

MILLS = chain(
    paper(
        "mills",
        "Woollen mills of Velmark",
        """
## Exports

Exports of wool were USD 3.2 billion in 2019. The mills employed 1,400 people in that year.

In 2023 exports of wool reached USD 4.1 billion. Exports of linen were USD 1.5 billion in 2023.

The yield of flax rose from 2.1 percent in 2019 to 3.4 percent in 2023.

Spending on canals fell by 12 percent between 2019 and 2023. Spending on canals was 50 million crowns in 2019.
Spending on canals was 44 million crowns in 2023.

Preliminary exports of felt were USD 2 billion in 2019. Revised exports of felt were USD 3 billion in 2023.

Exports of rope were USD 900 million in 2019. Exports of rope were USD 1.1 billion in 2023.
""",
    )
)
MOJIK = chain(
    paper(
        "mojik",
        "모직 산업 보고서",
        """
## 수출

2019년 모직 수출은 320억 원이었다. 2023년 모직 수출은 410억 원이었다. 2023년 아마 수출은 150억 원이었다.

공장의 고용은 2019년 1,400명에서 2023년 1,650명으로 늘었다.
""",
    )
)


def calculated(made: Assistant, question: str) -> Claim | None:
    """The claim of an answer that is a calculation."""
    reply = made.ask(question)
    claims = reply.claims if isinstance(reply, Answer) else ()
    return next((c for c in claims if c.computed and c.computed.expression[:3] not in ("max", "min")), None)


class TestAsked:
    @pytest.mark.parametrize(
        ("question", "kind"),
        [
            ("How much more timber than glass was exported in 2022?", "difference"),
            ("What is the difference between imports and exports?", "difference"),
            ("By how much did exports rise between 2020 and 2022?", "change"),
            ("How far did investment fall from 2021 to 2024?", "change"),
            ("What was the growth rate of exports in 2022?", "growth"),
            ("By what percentage did exports grow between 2020 and 2022?", "growth"),
            ("What share of exports was timber in 2021?", "share"),
            ("How many times larger were timber exports than glass exports?", "ratio"),
            ("What were the total exports of timber and glass?", "sum"),
            ("What were average exports from 2020 to 2022?", "average"),
            ("Rank the sectors by exports.", "ranking"),
            ("Which two sectors exported most?", "ranking"),
            ("수출은 2020년에서 2022년 사이 얼마나 늘었나?", "change"),
            ("목재와 유리 수출의 차이는?", "difference"),
            ("목재와 유리 수출의 합계는 얼마인가?", "sum"),
            ("수출에서 목재가 차지하는 비중은?", "share"),
            ("목재 수출의 증가율은?", "growth"),
            ("수출 상위 세 부문은?", "ranking"),
        ],
    )
    def test_kind(self, question: str, kind: str) -> None:
        """The operation that a question wants is read off its words, in either language."""
        operation = asked(understand(question))
        assert operation is not None
        assert operation.kind == kind

    @pytest.mark.parametrize("question", ["Why did timber exports rise?", "Who runs the port?", "수출은 왜 늘었나?"])
    def test_nothing_to_calculate(self, question: str) -> None:
        """A question for a reason or a person wants no calculation."""
        assert asked(understand(question)) is None


class TestTables:
    @pytest.mark.parametrize(
        ("question", "expression", "result", "unit"),
        [
            ("By how much did landings at Brack rise between 2018 and 2022?", "52.5 - 41.0", "11.5", "thousand tonnes"),
            ("How much more fish was landed at Brack than at Selby in 2020?", "44.2 - 13.3", "30.9", "thousand tonnes"),
            ("What share of the landings went to Selby in 2022?", "15.9 / 91.8 * 100", "17.3", "percent"),
            ("What total landings did Brack and Selby have in 2022?", "52.5 + 15.9", "68.4", "thousand tonnes"),
            (
                "What is the difference in net income of Brack between 2020 and 2021?",
                "5.2 - (-3.1)",
                "8.3",
                "USD million",
            ),
            (
                "By how much did unemployment in Brack change between 2020 and 2022?",
                "5.9 - 7.4",
                "-1.5",
                "percentage points",
            ),
            ("Rank the ports by landings in 2022.", "rank(52.5, 23.4, 15.9)", "52.5 > 23.4 > 15.9", "thousand tonnes"),
        ],
    )
    def test_english(self, question: str, expression: str, result: str, unit: str) -> None:
        """Operands are the cells that are named, the later year first; the result has their unit, and every operand's row
        is cited.
        """
        claim = calculated(ENGLISH, question)
        assert claim is not None
        assert claim.computed is not None
        assert (claim.computed.expression, claim.computed.result, claim.computed.unit) == (expression, result, unit)
        assert claim.verdict.support == "supported"
        assert "Table" in claim.text

    @pytest.mark.parametrize(
        ("question", "expression", "result", "unit"),
        [
            ("2020년과 2022년 사이 가람항 어획량은 얼마나 늘었는가?", "1430 - 1250", "180", "억 원"),
            ("2022년 가람항이 차지하는 비중은?", "1430 / 2340 * 100", "61.1", "퍼센트"),
            ("2022년 가람항과 나루항의 차이는 얼마인가?", "1430 - 910", "520", "억 원"),
        ],
    )
    def test_korean(self, question: str, expression: str, result: str, unit: str) -> None:
        """A Korean table is calculated with in its own unit."""
        claim = calculated(HANGUL, question)
        assert claim is not None
        assert claim.computed is not None
        assert (claim.computed.expression, claim.computed.result, claim.computed.unit) == (expression, result, unit)

    def test_rounding_is_said(self) -> None:
        """A result that does not come out even says that it is rounded; one that does says nothing of it."""
        share = calculated(ENGLISH, "What share of the landings went to Selby in 2022?")
        change = calculated(ENGLISH, "By how much did landings at Brack rise between 2018 and 2022?")
        assert share is not None
        assert change is not None
        assert "rounded" in share.text
        assert "rounded" not in change.text

    @pytest.mark.parametrize(
        "question",
        [
            "By how much did landings at Brack rise between 2016 and 2022?",
            "By how much did landings at Plover Bay rise between 2018 and 2022?",
            "By how much did coal landings of Norway rise between 2018 and 2022?",
            "What are the top three recommendations?",
        ],
    )
    def test_refused(self, question: str) -> None:
        """Nothing is calculated for a year, a row or a country that the table lacks, nor where no column is meant."""
        assert calculated(ENGLISH, question) is None


class TestSentences:
    @pytest.mark.parametrize(
        ("question", "expression", "result", "unit"),
        [
            ("By how much did exports of wool rise between 2019 and 2023?", "4.1 - 3.2", "0.9", "USD billion"),
            ("How much higher were exports of wool than exports of linen in 2023?", "4.1 - 1.5", "2.6", "USD billion"),
            ("By how much did the yield of flax change from 2019 to 2023?", "3.4 - 2.1", "1.3", "percentage points"),
            (
                "By what percentage did exports of wool grow between 2019 and 2023?",
                "(4.1 - 3.2) / 3.2 * 100",
                "28.1",
                "percent",
            ),
            ("What were exports of wool and linen in 2023 combined?", "4.1 + 1.5", "5.6", "USD billion"),
        ],
    )
    def test_english(self, question: str, expression: str, result: str, unit: str) -> None:
        """Two figures of one unit give a calculation, and the sentences that give them stand beside it."""
        claim = calculated(MILLS, question)
        assert claim is not None
        assert claim.computed is not None
        assert (claim.computed.expression, claim.computed.result, claim.computed.unit) == (expression, result, unit)

    @pytest.mark.parametrize(
        ("question", "expression", "result", "unit"),
        [
            ("2019년과 2023년 사이 모직 수출은 얼마나 늘었는가?", "410 - 320", "90", "억 원"),
            ("2023년 모직 수출과 아마 수출의 차이는 얼마인가?", "410 - 150", "260", "억 원"),
            ("2019년과 2023년 사이 공장의 고용은 얼마나 증가했는가?", "1650 - 1400", "250", "명"),
        ],
    )
    def test_korean(self, question: str, expression: str, result: str, unit: str) -> None:
        """Figures of Korean sentences likewise, with what they count."""
        claim = calculated(MOJIK, question)
        assert claim is not None
        assert claim.computed is not None
        assert (claim.computed.expression, claim.computed.result, claim.computed.unit) == (expression, result, unit)

    def test_what_is_stated_comes_first(self) -> None:
        """Where a document gives the result itself, its sentence goes before the calculation."""
        reply = MILLS.ask("By how much did spending on canals fall between 2019 and 2023?")
        assert isinstance(reply, Answer)
        assert "12 percent" in reply.claims[0].text
        assert reply.claims[0].computed is None
        assert any(c.computed for c in reply.claims[1:])

    @pytest.mark.parametrize(
        "question",
        [
            "By how much did exports of felt rise between 2019 and 2023?",  # preliminary and revised
            "By how much did exports of rope rise between 2019 and 2023?",  # million and billion
            "By how much did exports of silk rise between 2019 and 2023?",
            "By how much did exports of wool rise between 2019 and 2021?",
        ],
    )
    def test_refused(self, question: str) -> None:
        """Figures of another scope, scale, thing or year are not set against one another."""
        assert calculated(MILLS, question) is None
