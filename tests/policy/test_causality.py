"""Cause, correlation and denial in sentences; questions after a cause."""

from __future__ import annotations

import pytest

from assistant.policy.causality import asked, of, said


@pytest.mark.parametrize(
    "sentence",
    [
        "The reform led to shorter waits.",
        "Shorter waits result in lower freight rates.",
        "Because of the drought, grain prices rose.",
        "Exports fell due to the strike.",
        "Prices rose because the harvest failed.",
        "Tariffs reduce imports.",
        "Higher fees have discouraged small exporters.",
        "The boom in timber enabled the islands to repay their debts.",
        "Membership in the pact would not only expand markets but also attract capital.",
        "This increases the cost of planning.",
        "Imports are restrained by high fees.",
        "The closure of the port, which lasted a year, cut the income of the islands, thereby reducing demand.",
        "항만 개혁으로 인해 대기 시간이 줄었다.",
        "운임 하락은 수출을 증가시켰다.",
        "임금 상승 때문에 기업들이 공장을 옮겼다.",
        "관세 인상은 물가 상승을 초래했다.",
        "수출 감소는 환율 때문이다.",
        "높은 요금은 소규모 수출업자의 부담을 늘렸다.",
    ],
)
def test_a_cause_is_told(sentence: str) -> None:
    """Verbs and connectives of bringing about tell a cause."""
    assert of(sentence) == "cause"


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a strong correlation between rainfall and harvests.",
        "Port fees are positively associated with freight rates.",
        "Glass exports grew alongside tourism.",
        "Wages and prices moved together.",
        "Traffic is closely linked to the price of timber.",
        "Exports grew as investment shifted to the islands.",
        "The rise of exports coincided with the reform.",
        "대기 시간과 수출 사이에는 강한 상관관계가 있다.",
        "어업 생산과 관광 수입이 함께 증가했다.",
        "수출은 해외투자와 밀접한 관련이 있다.",
    ],
)
def test_what_goes_together_is_no_cause(sentence: str) -> None:
    """Words of going together tell a correlation."""
    assert of(sentence) == "correlation"


@pytest.mark.parametrize(
    "sentence",
    [
        "Towns with more quays also import more grain.",
        "Districts with quays deeper than 9 metres tend to have fewer idle ships.",
        "Islands with higher tolls have lower growth.",
        "Firms that joined the guild had 14 percent higher sales than firms that did not.",
        "Members of the guild grew faster than their peers.",
        "Participants earned more than non-participants.",
        "Growth is lower in islands with higher tolls.",
        "Where fees are higher, traffic is lower.",
        "Firms that export are more likely to invest abroad.",
        "The lower the fees, the greater the traffic.",
        "항구가 많은 지역일수록 수출이 많았다.",
        "요금 인상과 함께 시멘트의 출하가 감소하였다.",
        "지원을 받은 기업은 그렇지 않은 기업보다 매출이 높았다.",
        "회비를 낸 업체는 내지 않은 업체에 비해 수출이 3퍼센트 많았다.",
        "관세가 높은 국가는 성장률이 낮았다.",
    ],
)
def test_comparisons_of_groups_show_no_cause(sentence: str) -> None:
    """What those with more of one thing have more of, and how those with differ from those without, goes together."""
    assert of(sentence) == "correlation"


@pytest.mark.parametrize(
    "sentence",
    [
        "Firms with more than 50 workers and fewer than 250 receive a grant.",
        "Members with more than ten years of service receive a pin.",
        "Imports are higher than exports.",
        "Ships that arrive after noon pay less than 200 crowns.",
        "In a randomised trial, firms with vouchers had higher sales than firms without.",
        "갈수록 비용이 커지고 있다.",
        "논문집에 수록된 글이 많다.",
        "서류를 내지 않은 기업은 벌금을 낸다.",
        "정부는 기업과 함께 수출을 증가시켰다.",
    ],
)
def test_bounds_trials_and_mere_amounts_are_no_comparison_of_groups(sentence: str) -> None:
    """A threshold of a rule, a comparison of two amounts, and a trial that drew lots report no correlation."""
    assert of(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The agency seeks to continue to restructure its fleet as a part of broader actions to reduce costs.", None),
        ("The exemption will allow ships to dock at night.", None),
        ("Much of the difference (12 million) is associated with the transfer of the harbour police.", None),
        ("Higher costs are associated with longer waits.", "correlation"),
        ("This increase is due, in part, to the transfer of the harbour police.", "cause"),
        ("The fall was attributable, at least in part, to the strike.", "cause"),
    ],
)
def test_aims_permissions_and_parts_of_a_sum_tell_neither(sentence: str, kind: str | None) -> None:
    """An aim behind `continue to`, what something will allow, and what a sum is made of tell nothing; `in part` is passed
    over."""
    assert of(sentence) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Fees do not reduce traffic.",
        "The fee had no significant effect on traffic.",
        "There is no evidence that tolls cause congestion.",
        "Wages are not correlated with prices.",
        "Employment at home is not directly reduced by investment abroad.",
        "요금 인상은 물동량에 영향을 미치지 않았다.",
        "해외투자는 국내 고용을 줄이지 않는다.",
        "두 변수 사이에 상관관계는 발견되지 않았다.",
    ],
)
def test_a_link_that_is_denied(sentence: str) -> None:
    """That one thing does not bring about the other, or that they do not go together."""
    assert of(sentence) == "denied"


@pytest.mark.parametrize(
    "sentence",
    [
        "Exports increased in 2021.",
        "The government increased the fees.",
        "Parliament expanded the programme.",
        "The Ports Act raises the limit to 5 percent.",
        "An increase in fees was announced.",
        "Ministers want to boost exports.",
        "The plan aims at reducing costs.",
        "The trend reflects increased exports of glass.",
        "The costs associated with dredging are paid by the state.",
        "The fee is due to expire in May.",
        "Ships burn fossil fuels.",
        "For many ports, expanding the quays is a matter of prestige.",
        "정부는 요금을 낮추었다.",
        "수출이 증가했다.",
        "수출을 늘리기 위해 항만을 넓혔다.",
    ],
)
def test_deeds_aims_and_mere_change_tell_neither(sentence: str) -> None:
    """What somebody does, what is aimed at, and what only rises or falls is no statement on two things."""
    assert of(sentence) is None


def test_a_sentence_that_says_both_counts_as_a_correlation() -> None:
    """What goes together is never shown as a cause, whatever else the sentence says."""
    assert (
        of("Given the strong correlation between fees and traffic, the reform led to shorter waits.") == "correlation"
    )


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("Higher fees led to lower traffic.", "Higher fees", "lower traffic"),
        ("Lower traffic was caused by higher fees.", "higher fees", "Lower traffic was"),
        ("Because of the drought, prices rose.", "the drought", "prices rose"),
        ("There is a correlation between rainfall and harvests.", "rainfall", "harvests"),
        ("Rising wages have reduced profits.", "Rising wages", "profits"),
        ("운임 하락은 수출을 증가시켰다.", "운임 하락은", "수출을"),
        ("수출 감소는 환율 때문이다.", "환율", "수출 감소는"),
    ],
)
def test_which_is_the_cause_and_which_the_effect(sentence: str, first: str, second: str) -> None:
    """The two things are cut out of the sentence, the cause first whichever way it is told."""
    found = said(sentence)[0]
    assert found.first is not None
    assert found.second is not None
    assert (found.first.slice(sentence), found.second.slice(sentence)) == (first, second)


@pytest.mark.parametrize(
    ("question", "cause", "effect"),
    [
        ("Do port fees reduce traffic?", "port fees", "traffic"),
        ("Did the reform lead to shorter waits?", "the reform", "shorter waits"),
        ("Is the reform responsible for shorter waits?", "the reform", "shorter waits"),
        ("Are shorter waits due to the reform?", "the reform", "shorter waits"),
        ("What is the effect of fees on traffic?", "fees", "traffic"),
        ("How do fees affect traffic?", "fees", "traffic"),
        ("Does the mentoring programme improve survival?", "the mentoring programme", "survival"),
        ("항구가 늘어나면 수출이 증가하는가?", "항구", "수출"),
        ("해외투자가 국내 고용을 줄이는가?", "해외투자", "국내 고용"),
        ("수출이 증가한 것은 해외투자 때문인가?", "해외투자", "수출이 증가한 것"),
        ("요금 인상이 물동량에 미친 영향은?", "요금 인상", "물동량"),
    ],
)
def test_questions_after_a_cause(question: str, cause: str, effect: str) -> None:
    """Both things of a question whether one brings about the other are known."""
    found = asked(question)
    assert found is not None
    assert (found.cause, found.effect) == (cause, effect)


@pytest.mark.parametrize(
    "question",
    [
        "How many ports has Marenland?",
        "Did exports rise in 2020?",
        "Did the government raise the fees?",
        "Does the Ports Act raise the limit?",
        "Is there a correlation between fees and traffic?",
        "What does the paper recommend?",
        "Does the paper support the reform?",
        "Who chairs the Harbour Board?",
        "정부는 요금을 낮추었나요?",
        "수출과 해외투자의 상관관계는?",
        "세 가지 목표는 무엇인가?",
    ],
)
def test_other_questions_ask_for_no_cause(question: str) -> None:
    """Questions after facts, deeds, advice and correlations are no questions after a cause."""
    assert asked(question) is None


def test_only_a_question_whether_is_answered_by_more_sentences() -> None:
    """A question that asks for a thing (`which costs`) is no question whether."""
    whether, which = asked("Do port fees reduce traffic?"), asked("정책 변동성은 기업에 어떤 비용을 초래하는가?")
    assert whether is not None
    assert whether.whether
    assert which is not None
    assert not which.whether


@pytest.mark.parametrize(
    "sentence",
    [
        "Marenland seeks to further expand trade in grain; timber; and glass.",
        "The levy plan aims to greatly reduce imports.",
    ],
)
def test_an_aim_with_an_adverb_is_no_cause(sentence: str) -> None:
    """What is sought is not brought about, also where an adverb stands before the verb."""
    assert of(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It assesses that foreign tolls are slowing trade in grain and constraining the growth of the islands.", "cause"),
        ("Higher tolls are reducing traffic.", "cause"),
        ("Higher tolls are not reducing traffic.", "denied"),
        ("The goal is reducing waste.", None),
        ("The ministry is reducing the tolls.", None),
        ("The levy is aimed at reducing traffic.", None),
    ],
)  # fmt: skip
def test_a_cause_that_goes_on_is_told(sentence: str, kind: str | None) -> None:
    """What one thing is doing to another tells a cause; what a goal is or somebody does, none."""
    assert of(sentence) == kind
