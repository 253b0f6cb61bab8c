"""A calculation follows from quoted words, or is refused: operands, units, results and orders."""

from __future__ import annotations

import pytest

from assistant.stance.calculations import follows, without_result
from assistant.types import Computed

ROWS = ["Timber\t410\t468\t533", "Glass\t96\t120\t-154"]


class TestFollows:
    @pytest.mark.parametrize(
        ("expression", "result"),
        [
            ("533 - 410", "123"),
            ("120 - (-154)", "274"),
            ("(533 - 410) / 410 * 100", "30.0"),
            ("533 / 468", "1.14"),
            ("average(410, 468, 533)", "470.3"),
            ("rank(410, 533, 468)", "533 > 468 > 410"),
            ("rank(410, 533, 468)", "533 > 468"),
            ("rank(410, 533, 468)", "410 < 468"),
        ],
    )
    def test_right(self, expression: str, result: str) -> None:
        """Right to the places that are written, or the first of an order."""
        assert follows(Computed(expression, result, None), ROWS)

    @pytest.mark.parametrize(
        ("expression", "result"),
        [
            ("533 - 410", "124"),
            ("533 - 411", "122"),
            ("120 - 154", "-34"),
            ("(533 - 410) / 410 * 100", "30.1"),
            ("(533 - 410) / 410 * 1000", "300"),
            ("rank(410, 533, 468)", "533 > 410"),
            ("rank(410, 533, 468)", "468 > 533"),
            ("rank(410, 410, 468)", "468 > 410"),
            ("rank(410, 533, 470)", "533 > 470"),
            ("rank()", "533"),
            ("533 ** 2", "284089"),
        ],
    )
    def test_wrong(self, expression: str, result: str) -> None:
        """A result, operand, sign, factor or order that is not so, equals in an order, and anything but arithmetic."""
        assert not follows(Computed(expression, result, None), ROWS)

    def test_units(self) -> None:
        """An amount may be told in the unit of the calculation: 1조 2,000억 원 is 12000 in 억 원, and not in 만 원."""
        quote = ["수출은 1조 2,000억 원이었고 수입은 9,000억 원이었다."]
        assert follows(Computed("12000 - 9000", "3000", "억 원"), quote)
        assert not follows(Computed("12000 - 9000", "3000", "만 원"), quote)


class TestResult:
    TEXT = "Difference (USD million, rounded): 1,234. Timber, 2022: 533"

    def test_told_apart(self) -> None:
        """Name, unit and result are ours; what is left must stand in the quotes."""
        assert without_result(self.TEXT, Computed("2234 - 1000", "1234", "USD million")) == "Timber, 2022: 533"
        assert (
            without_result("차이 (억 원): 90. 2023: 410억 원", Computed("410 - 320", "90", "억 원")) == "2023: 410억 원"
        )

    @pytest.mark.parametrize(
        "made",
        [
            Computed("2234 - 1000", "1235", "USD million"),
            Computed("2234 - 1000", "1234", "USD billion"),
            Computed("1", "1", None),
        ],
    )
    def test_not_those_of_the_calculation(self, made: Computed) -> None:
        """With another result or unit than the calculation's the claim stays whole, and its check fails on them."""
        assert without_result(self.TEXT, made) == self.TEXT
        assert without_result("Profit: 5. Timber", Computed("5 - 0", "5", None)) == "Profit: 5. Timber"
