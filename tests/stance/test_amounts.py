"""Quantities: read with their units and bounds, and compared as rounding and conversion allow."""

from __future__ import annotations

import pytest

from assistant.stance.amounts import agree, amounts


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("USD 6.5 billion", 6.5e9, "USD", "exact"),
        ("약 3조 원", 3e12, "KRW", "about"),
        ("1조 2,000억 원", 1.2e12, "KRW", "exact"),
        ("more than 4,500 firms", 4500, "count", "over"),
        ("4,700개 이상의 기업", 4700, "count", "over"),
        ("fewer than 300 patents", 300, "count", "under"),
        ("nearly half of them", 50, "percent", "about"),
        ("3.2%p 상승", 3.2, "points", "exact"),
        ("0.5퍼센트포인트", 0.5, "points", "exact"),
        ("18 months", 18 * 30.4375, "days", "exact"),
        ("1,200 megawatts", 1.2e9, "watts", "exact"),
        ("900 million yuan", 9e8, "CNY", "exact"),
    ],
)
def test_an_amount_is_read_with_its_unit_and_how_exactly_it_is_meant(
    text: str, value: float, unit: str, bound: str
) -> None:
    """Scale words, currencies, units and hedges of both languages end in one value."""
    (found,) = amounts(text)
    assert float(found.high) == pytest.approx(value)
    assert [found.unit, found.bound] == [unit, bound]


@pytest.mark.parametrize(
    "text", ["Table 3", "Article 10", "in 2021", "April 2, 2025", "제10조는", "2월 3일", "one of them"]
)
def test_what_only_names_something_is_no_amount(text: str) -> None:
    """Years, dates and the numbers of tables and articles measure nothing."""
    assert amounts(text) == ()


def test_a_range_is_one_amount_and_a_change_is_two() -> None:
    """`between 10 and 15 percent` has two ends; `from 10 to 15 percent` two amounts, both in percent."""
    (span,) = amounts("between 10 and 15 percent")
    first, second = amounts("rose from 10 to 15 percent")
    assert (float(span.low), float(span.high)) == (10, 15)
    assert (first.unit, float(first.high), float(second.high)) == ("percent", 10, 15)


@pytest.mark.parametrize(
    ("said", "source", "expected"),
    [
        ("USD 6.5 billion", "6,512 million dollars", "same"),
        ("USD 6.5 billion", "6,612 million dollars", "differs"),
        ("61 percent", "61.4 percent", "same"),
        ("61.4 percent", "61 percent", "looser"),
        ("61 percent", "16 percent", "differs"),
        ("61 percent", "61 percentage points", "differs"),
        ("about 60 percent", "61.3 percent", "same"),
        ("60 percent", "61.3 percent", "differs"),
        ("more than 4,500 firms", "4,729 firms", "same"),
        ("more than 5,000 firms", "4,729 firms", "differs"),
        ("40,000 jobs", "up to 40,000 jobs", "looser"),
        ("62 firms", "63 firms", "differs"),
        ("12 percent", "between 10 and 15 percent", "looser"),
        ("18 months", "1.5 years", "same"),
        ("nine weeks", "nine days", "differs"),
        ("-3 percent", "3 percent", "differs"),
        ("3조 원", "3,000 billion won", "same"),
    ],
)
def test_amounts_agree_as_far_as_rounding_and_conversion_go(said: str, source: str, expected: str) -> None:
    """A rounded figure agrees with the exact one, a bound with what it bounds; nothing else does."""
    assert agree(amounts(said)[0], amounts(source)[0]) == expected
