"""The figures of Korean documents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.numbers import figures
from assistant.types import Work
from assistant.types.policy import Figure


def read(text: str) -> list[Figure]:
    d = MarkdownParser().parse(f"# 해안국의 무역\n\n{text}\n".encode(), Work(id="ko", title="해안국의 무역"))
    return list(figures(d))


def scope(f: Figure, aspect: str) -> list[str]:
    return [s.part.text for s in f.scope if s.aspect == aspect]


def test_the_subject_with_its_particle_says_what_is_counted() -> None:
    """The amount is of the noun marked as topic, of its owner and year; the change behind it is a change."""
    level, change = read("해안국의 수산물 수출액은 2023년 412억 달러로 전년 대비 7.3% 증가하였다.")
    assert level.quantity is not None
    assert (int(level.low), level.unit, level.quantity.text, level.first) == (
        41_200_000_000,
        "USD",
        "수산물 수출액",
        2023,
    )
    assert (scope(level, "who"), change.measure, change.low) == (["해안국"], "change", Decimal("7.3"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("정부 예산은 1조 2천억 원이다.", 1_200_000_000_000, "KRW"),
        ("수출은 3,500억 달러였다.", 350_000_000_000, "USD"),
        ("협정은 22개 국가와 체결했다.", 22, "count"),
        ("조선업 취업자는 약 8만 4천 명이다.", 84_000, "people"),
    ],
)
def test_korean_numerals_are_read_in_the_whole_unit(text: str, value: int, unit: str) -> None:
    """Scales in one word or two come to one value."""
    (f,) = read(text)
    assert (int(f.low), f.unit) == (value, unit)


def test_each_pairs_years_in_order() -> None:
    """'각각' gives the first year the first amount."""
    found = read("2022년과 2023년 대기업의 해외직접투자는 각각 35억 달러와 41억 달러였다.")
    assert [(f.first, int(f.low)) for f in found] == [(2022, 3_500_000_000), (2023, 4_100_000_000)]
    assert scope(found[0], "who") == ["대기업"]


def test_a_year_stands_before_its_figure() -> None:
    """In 'A년 …%에서 B년 …%로' each figure has the year before it."""
    found = read("반도체 수출 비중은 2010년 10.9%에서 2023년 15.6%로 상승하였다.")
    assert [(f.first, f.measure) for f in found] == [(2010, "share"), (2023, "share")]


def test_plans_bounds_ranks_and_tariffs() -> None:
    """What is planned, exceeded, ranked and levied is read as such."""
    plan, over, rank, tariff = read(
        "정부는 2030년까지 항만에 1조 원을 투입할 계획이다. 2024년 대미 수출은 83억 달러를 넘어섰다. "
        "어획량은 세계 3위를 기록했다. 북방국은 자동차에 25%의 관세를 부과하였다."
    )
    assert (plan.projected, over.bound, rank.measure, tariff.measure) == (True, "over", "rank", "rate")
    assert tariff.quantity is not None
    assert (tariff.quantity.text, scope(tariff, "who")) == ("관세", ["북방국"])


def test_articles_rounds_and_tasks_are_no_figures() -> None:
    """제10조, 제3차, 세 가지 과제 and dates count nothing."""
    assert read("제10조에 따라 제3차 계획은 2024년 5월에 시작되며 세 가지 과제를 담고 있다.") == []
