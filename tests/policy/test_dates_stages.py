"""How far a measure had come of which a sentence speaks."""

from __future__ import annotations

import pytest

from assistant.backends.text_files import PlainTextParser
from assistant.policy.dates import stage_of, staged
from assistant.policy.statements import statements
from assistant.types import Stage, Work


@pytest.mark.parametrize(
    ("text", "stage", "what", "when"),
    [
        ("The Commission proposed a regulation on batteries in 2023.", "proposed", "regulation", "2023"),
        ("The Fair Harbours Act (H.R. 12) would cap fees.", "proposed", "Fair Harbours Act", None),
        ("The minister announced a new harbour levy on 3 May 2024.", "announced", "new harbour levy", "3 May 2024"),
        ("The new rules will take effect in 2027.", "planned", "new rules", "2027"),
        ("Talks on a fisheries treaty are under way.", "under_way", "Talks on a fisheries treaty", None),
        ("Marenland has implemented twelve trade agreements.", "in_force", "twelve trade agreements", None),
        ("The Clean Ports Act is already in effect.", "in_force", "Clean Ports Act", None),
        ("Brack announced but then delayed its plan to tax fuel.", "suspended", "plan to tax fuel", None),
        ("The tariff took effect on 1 July 2024 but was suspended in March 2025.", "suspended", "tariff", "March 2025"),
        ("The export ban was lifted in May 2022.", "ended", "export ban", "May 2022"),
        ("The court ruled that the quota imposed in 2019 was unlawful.", "struck_down", "quota", None),
        ("국회는 2025년 3월 해양투자특별법을 제정하였다.", "in_force", "해양투자특별법", "2025년 3월"),
        ("정부는 상반기에 어획세 개편 방안을 발표했다.", "announced", "어획세 개편 방안", None),
        ("산업부는 2027년까지 항만 펀드를 조성할 계획이다.", "planned", "항만 펀드", "2027년"),
        ("브라크는 할당제의 전면 시행을 2026년 1월로 연기하였다.", "suspended", "할당제", "2026년 1월"),
        ("어선 보조금은 2024년 말 폐지되었다.", "ended", "어선 보조금", "2024년 말"),
        ("대법원은 상계관세가 위법하다고 판결하였다.", "struck_down", "상계관세", None),
        ("여당은 항만세 인하 법안을 발의했다.", "proposed", "항만세 인하 법안", None),
        ("The inland barge toll will apply to all boats from July 2024.", "planned", "inland barge toll", "July 2024"),
        ("A bill introduced in the 40th Assembly would create a fund.", "proposed", "bill", None),
        ("The budget proposed to prioritize new berths.", "proposed", "prioritize new berths", None),
        ("The Harbour Loans Act replaced the Quay Renewal Act in 2025.", "ended", "Quay Renewal Act", "2025"),
        ("In May 2026 the Assembly approved the Harbour Plan.", "announced", "Harbour Plan", "May 2026"),
        ("Selby and Brack are piloting a night toll.", "under_way", "night toll", None),
        ("The ministry is developing a strategy for the ports.", "under_way", "strategy", None),
        ("Imports of timber are subject to a 10 percent tariff.", "in_force", "10 percent tariff", None),
        ("대법원은 2025년 11월 내륙수운 부담금 3퍼센트 부과가 위법하다고 판결했다.", "struck_down", "내륙수운 부담금", "2025년 11월"),
        ("두 나라는 어업 협정을 협상 중이다.", "under_way", "어업 협정", None),
    ],
)  # fmt: skip
def test_a_stage_is_told_with_the_measure_and_the_date(text: str, stage: Stage, what: str, when: str | None) -> None:
    """Each stage in both languages; the parts are words of the text at their places."""
    (found,) = staged(text)
    assert found.stage == stage
    assert found.what is not None
    assert found.what.text == what
    assert (found.when.text if found.when else None) == when
    for part in (found.sign, found.what, found.when):
        assert part is None or (part.span is not None and part.span.slice(text) == part.text)


@pytest.mark.parametrize(
    "text",
    [
        "Investment in the ports rose by 12 percent in 2024.",
        "The government should introduce a carbon tax.",
        "The subsidy was never introduced.",
        "Parliament has not ratified the treaty.",
        "If the bill is enacted, fees will fall.",
        "This paper proposes a new strategy for the ports.",
        "The voucher scheme raised exports by 9 percent.",
        "The Fair Harbours Act of the 39th Assembly would have authorized grants.",
        "Firms postponed their investment plans.",
        "The proposed levy drew protests.",
        "The Assembly has not approved the treaty.",
        "The committee approved a bill on harbours.",
        "The approved budget is large.",
        "An amendment approved by voters in 2023 set up a fund.",
        "Since the April announcement of the levy, traffic has moved elsewhere.",
        "Was the levy suspended?",
        "정부는 특별법을 제정해야 한다.",
        "개정 법률은 아직 시행되지 않았다.",
        "새 규정이 시행되면 비용이 줄어들 것이다.",
        "기업들은 투자를 연기하였다.",
        "수출은 크게 증가하였다.",
        "변호사와 법률가 300명은 성명을 발표했다.",
        "사령관은 도시를 포위할 계획을 세웠다.",
        "왕은 협약의 내용을 담은 조서를 발표하였다.",
        "By law the requirements meeting will be noted in the file.",
        "The rules would change once the bill took effect.",
    ],
)
def test_what_is_asked_for_denied_or_supposed_has_no_stage(text: str) -> None:
    """Advice, denial, conditions, a firm's own plans and the course of a figure tell of no stage."""
    assert staged(text) == ()


def test_two_measures_of_a_sentence_have_each_their_stage() -> None:
    """One sentence may tell of two measures; then it has no one stage."""
    text = "The ministry introduced a 10 percent levy and initiated two investigations."
    assert [(s.stage, s.what.text if s.what else "") for s in staged(text)] == [
        ("in_force", "10 percent levy"),
        ("under_way", "two investigations"),
    ]
    assert stage_of(text) is None


def test_the_parts_of_a_statement_stand_in_its_document() -> None:
    """Spans are the document's, also where the sentence goes on over a line."""
    d = PlainTextParser().parse(
        b"Ports\n\nTraffic grew. The harbour\nboard suspended the night\nlevy in 2021.\n", Work(id="x", title="Ports")
    )
    found = [s for one in statements(d) for s in staged(one)]
    assert [s.stage for s in found] == ["suspended"]
    assert found[0].what is not None
    assert found[0].what.span is not None
    assert " ".join(found[0].what.span.slice(d.text).split()) == found[0].what.text == "night levy"
