"""What a Korean document recommends."""

from __future__ import annotations

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.recommendations import recommendations
from assistant.types import Document, Work
from assistant.types.policy import Recommendation, Strength


def document(text: str) -> Document:
    return MarkdownParser().parse(
        f"# 마렌랜드의 항만 정책\n\n{text}\n".encode(), Work(id="x", title="마렌랜드의 항만 정책")
    )


def only(text: str) -> Recommendation:
    (one,) = recommendations(document(text))
    return one


@pytest.mark.parametrize(
    ("sentence", "strength", "action"),
    [
        ("정부는 하역 요금을 낮춰야 한다.", "should", "하역 요금을 낮춰"),
        ("정부는 반드시 하역 시설을 확충해야 한다.", "must", "반드시 하역 시설을 확충"),
        ("정부는 하역 시설을 확충할 필요가 있다.", "should", "하역 시설을 확충"),
        ("정부는 요금 인하를 검토할 필요가 있다.", "considering", "요금 인하"),
        ("정부는 하역 시설을 확충하는 것이 바람직하다.", "should", "하역 시설을 확충하는 것"),
        ("청년 도선사에 대한 지원이 절실하다.", "must", "청년 도선사에 대한 지원"),
        ("중앙정부의 협력이 필수적이다.", "must", "중앙정부의 협력"),
        ("도선사 양성 과정의 확충이 요구된다.", "should", "도선사 양성 과정의 확충"),
        ("정부는 안전 기준을 낮춰서는 안 된다.", "must", "안전 기준을 낮춰서는 안 된다"),
        ("본고는 새로운 항만 전략을 제안한다.", "should", "새로운 항만 전략"),
    ],
)
def test_a_korean_sentence_that_recommends_is_found(sentence: str, strength: Strength, action: str) -> None:
    """Each ending gives its strength and what is to be done; what must not be done keeps its denial."""
    r = only(sentence)
    assert (r.voice, r.strength, r.action.text) == ("own", strength, action)


@pytest.mark.parametrize(
    "sentence",
    [
        "정부가 이 문제를 어떻게 다루어야 하는가?",
        "항만법은 선박이 매년 검사를 받아야 한다고 규정하고 있다.",
        "물동량이 늘면 적자가 줄어들 것이다.",
        "정부는 지난 10년간 항만 현대화를 추진해 왔다.",
        "항만의 존속은 주민에게 중요하다.",
        "정부가 개입해야 하는지 여부는 분명하지 않다.",
        "향후 연구에서는 화물 수송을 분석할 필요가 있다.",
        "공사에 필요한 예산은 12억 크라운이다.",
    ],
)
def test_korean_that_only_looks_like_advice_is_not_found(sentence: str) -> None:
    """Questions, law, expectation, what is done already, and needs of fact are no advice."""
    assert recommendations(document(sentence)) == ()


def test_korean_views_of_others_and_history() -> None:
    """Quoted advice bears its speaker; what was concluded then is history; demands upon others are not the document's."""
    text = (
        "전문가들은 정부가 요금을 낮춰야 한다고 주장한다.\n\n당시 정부는 부두를 닫아야 한다고 판단하였다.\n\n"
        "야당은 보조금을 폐지할 것을 요구하였다.\n\n공사는 2022년에 끝나야 했다."
    )
    assert [(r.voice, r.said_by) for r in recommendations(document(text))] == [
        ("reported", "전문가들"), ("history", ""), ("reported", "야당"), ("history", ""),
    ]  # fmt: skip


def test_korean_fields() -> None:
    """The one who acts is the topic, not the subject of a clause inside; the tool, for whom, and in which case."""
    r = only("물동량이 급감할 경우 정부는 중소기업이 버틸 수 있도록 저리 융자를 확대해야 한다.")
    assert r.actor is not None
    assert r.condition is not None
    assert (r.actor.text, r.condition.text) == ("정부", "물동량이 급감할 경우")
    assert [p.text for p in r.instruments] == ["저리 융자"]
    pair = only("해양수산부와 외교부는 주변국과의 검역 협정을 조속히 체결해야 한다.")
    assert pair.actor is not None
    assert pair.actor.text == "해양수산부와 외교부"
    helped = only("정부는 무역보험공사를 통해 중소기업을 위한 보증을 제공해야 한다.")
    assert [p.text for p in helped.beneficiaries] == ["중소기업"]
    assert helped.instruments[0].text == "무역보험공사"


def test_two_clauses_are_two_recommendations() -> None:
    """`…해야 하며, …하는 것이 바람직하다`: each clause with its own actor."""
    two = recommendations(document("기업은 새 시장에 나서야 하며, 정부는 위험을 분담하는 것이 바람직하다."))
    assert [(r.actor.text if r.actor else "", r.action.text) for r in two] == [
        ("기업", "새 시장에 나서"), ("정부", "위험을 분담하는 것"),
    ]  # fmt: skip


def test_items_in_note_style_count_under_a_heading_of_advice() -> None:
    """`… 도입`, `… 필요`, `… 검토` under 추진 과제; a figure and the same style under another heading do not."""
    text = (
        "# 항만 정책\n\n## 현황\n\n- 하역 시설 확충\n- 요금 인하 검토\n\n## 추진 과제\n\n- 통합 요금제 도입\n"
        "- 노후 부두 교체를 위한 기금 조성 필요\n- 개발 이익의 환수 방안 검토\n- 이용객 수는 1,200만 명임\n"
    )
    d = MarkdownParser().parse(text.encode(), Work(id="x", title="항만 정책"))
    rs = recommendations(d)
    assert [(r.strength, r.sign.text) for r in rs] == [("should", "도입"), ("should", "필요"), ("considering", "검토")]
    for r in rs:
        for p in (r.sign, r.action, *r.instruments):
            assert p.span is not None
            assert p.span.slice(d.text) == p.text
