"""Numbers in English and Korean text, and what `missing` catches."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.quantities import calculate, missing, numbers, year_range, years


def read(text: str) -> list[tuple[str, int, str]]:
    return [(str(n.value), int(n.scale), n.kind) for n in numbers(text)]


def value(text: str) -> Decimal:
    (n,) = numbers(text)
    return n.value * n.scale


class TestForms:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("6,512", ("6512", 1, "count")),
            ("1,234,567.89", ("1234567.89", 1, "count")),
            ("83.5", ("83.5", 1, "count")),
            (".5 percent", ("0.5", 1, "percent")),
            ("85 percent", ("85", 1, "percent")),
            ("85%", ("85", 1, "percent")),
            ("85 per cent", ("85", 1, "percent")),
            ("3 percentage points", ("3", 1, "percent")),
            ("0.5%p", ("0.5", 1, "percent")),
            ("3.5퍼센트", ("3.5", 1, "percent")),
            ("twenty-two", ("22", 1, "count")),
            ("twelve percent", ("12", 1, "percent")),
            ("three billion", ("3", 10**9, "count")),
            ("first", ("1", 1, "ordinal")),
            ("forty-fifth", ("45", 1, "ordinal")),
            ("22nd", ("22", 1, "ordinal")),
            ("2024", ("2024", 1, "year")),
            ("2,024", ("2024", 1, "count")),
            ("USD 83.5 billion", ("83.5", 10**9, "money")),
            ("US$5bn", ("5", 10**9, "money")),
            ("5 million dollars", ("5", 10**6, "money")),
            ("₩5,000", ("5000", 1, "money")),
            ("€3", ("3", 1, "money")),
            ("W500", ("500", 1, "money")),
            ("1.5억", ("1.5", 10**8, "count")),
            ("3만", ("3", 10**4, "count")),
            ("5천 명", ("5", 1000, "count")),
            ("5천만 달러", ("5", 10**7, "money")),
            ("2,000억 원", ("2000", 10**8, "money")),
            ("10조 원", ("10", 10**12, "money")),
            ("총22개국", ("22", 1, "count")),
            ("제3차", ("3", 1, "ordinal")),
            ("제10조", ("10", 1, "ordinal")),
            ("COVID-19", ("19", 1, "count")),
        ],
    )
    def test_one(self, text: str, expected: tuple[str, int, str]) -> None:
        """A number is read with its scale and kind, whichever way it is written."""
        assert read(text) == [expected]

    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("-3", [-3]),
            ("−3 percent", [-3]),
            ("(-3)", [-3]),
            ("r=-0.85", [Decimal("-0.85")]),
            ("“-3”", [-3]),
            ("-$3 million", [-3]),
            ("minus 3 percent", [-3]),
            ("negative two", [-2]),
            ("5\t–3.2", [5, Decimal("-3.2")]),
            ("10-15 percent", [10, 15]),
            ("10–15", [10, 15]),
            ("10%-15%", [10, 15]),
            ("$10-$15", [10, 15]),
            ("2010 – 2020", [2010, 2020]),
            ("코로나-19", [19]),
            ("B-1", [1]),
        ],
    )
    def test_signs(self, text: str, values: list[object]) -> None:
        """A minus is a sign; the dash of a range or a name is not."""
        assert [n.value for n in numbers(text)] == values

    @pytest.mark.parametrize(
        ("text", "count"), [("one two-way deal", 2), ("1조 2,000억 원", 2), ("2.5.1", 1), ("B2B", 0), ("no numbers", 0)]
    )
    def test_how_many(self, text: str, count: int) -> None:
        """Neighbouring numbers stay apart; names with digits inside are no numbers."""
        assert len(numbers(text)) == count

    @given(st.integers(-(10**12), 10**12), st.sampled_from(["{:d}", "{:,d}"]))
    def test_grouping_means_nothing(self, n: int, form: str) -> None:
        """A whole number is the same with and without digit grouping."""
        assert value(form.format(n)) == n

    @given(
        st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2),
        st.sampled_from(["{}", "약 {}퍼센트", "({})", "{} billion", "{}억 원", "${}"]),
    )
    def test_in_place(self, n: Decimal, form: str) -> None:
        """A number's span is where its digits stand, whatever stands around them."""
        text = form.format(n)
        (found,) = numbers(text)
        assert found.value == n
        assert found.span.slice(text).startswith(str(n))

    @given(st.text(max_size=80))
    def test_any_text(self, text: str) -> None:
        """Any text has its numbers in order, each inside the text."""
        found = numbers(text)
        assert [n.span for n in found] == sorted(n.span for n in found)
        assert all(0 <= n.span.start < n.span.end <= len(text) for n in found)


class TestYears:
    def test_named(self) -> None:
        """Years are those named, in both languages, with the ends of a range but not its middle."""
        assert years("from 1990-1993 and in 2005; 2024년; the 1980s; 2,010 firms") == {1990, 1993, 2005, 2024, 1980}

    @pytest.mark.parametrize("text", ["1990-1993", "1990–1993", "1990 to 1993", "1990~1993", "1990부터 1993"])
    def test_range(self, text: str) -> None:
        """A range spans the years between."""
        assert year_range(text) == {1990, 1991, 1992, 1993}


class TestMissing:
    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("It was 6512.", "It was 6,512."),
            ("There are 22.", "twenty-two FTAs"),
            ("twenty-two", "22"),
            ("85 percent", "85%"),
            ("3억", "약3억 달러"),
            ("nothing to count", ""),
        ],
    )
    def test_other_ways_to_write_it(self, claim: str, quote: str) -> None:
        """A number written otherwise is not missing."""
        assert missing(claim, [quote]) == []

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("3.5", "83.5"),
            ("83.6", "83.5"),
            ("3 percent", "-3 percent"),
            ("-3", "3"),
            ("$3 million", "-$3 million"),
            ("3 percent", "minus 3 percent"),
            ("5 million", "5 billion"),
            ("5", "5 billion"),
            ("5억", "5조"),
            ("5 billion", "$5"),
            ("2023", "2024"),
            ("twenty-three", "twenty-two"),
            ("third", "second"),
            ("1275", "6,512 and 5,237"),
            ("512", "6,512"),
        ],
    )
    def test_changed(self, claim: str, quote: str) -> None:
        """A changed digit, sign or scale is missing."""
        assert missing(claim, [quote])

    @given(st.integers(0, 10**7), st.integers(0, 10**7))
    def test_law(self, a: int, b: int) -> None:
        """A number is missing from a quote exactly when the quote has another one."""
        assert bool(missing(f"about {a:,} firms", [f"some {b} firms"])) == (a != b)

    @given(st.lists(st.integers(0, 3000), max_size=5), st.lists(st.integers(0, 3000), max_size=5))
    def test_any_quote_will_do(self, claimed: list[int], quoted: list[int]) -> None:
        """Each number of a claim may stand in any of its quotes."""
        lost = missing("; ".join(map(str, claimed)), [f"{n} units" for n in quoted])
        assert [int(n) for n in lost] == [n for n in claimed if n not in quoted]


class TestCalculate:
    @given(st.integers(-999, 999), st.integers(-999, 999))
    def test_arithmetic(self, a: int, b: int) -> None:
        """A calculation over plain numbers has its value."""
        assert calculate(f"{a} - {b}") == a - b
        assert calculate(f"max({a}, {b})") == max(a, b)
        assert calculate(f"sum({a}, {b}) * 2") == (a + b) * 2

    @pytest.mark.parametrize(
        "text", ["", "1 / 0", "x", "open('f')", "max()", "2 ** 99", "(1).real", "[1]", "'a' * 9", "1 if 1 else 2"]
    )
    def test_nothing_else(self, text: str) -> None:
        """Anything but such a calculation has no value."""
        assert calculate(text) is None

    @given(st.text(max_size=30))
    def test_any_text(self, text: str) -> None:
        """No text breaks it."""
        assume("\0" not in text)
        calculate(text)
