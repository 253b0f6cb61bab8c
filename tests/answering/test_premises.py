"""What a question takes for granted, results that cannot be had, and whose figure it is."""

from __future__ import annotations

import pytest

from assistant.answering.fit import kindred
from assistant.answering.premises import denied, taken
from assistant.answering.scopes import other_share
from assistant.answering.wording import calculation, scopes_differ
from assistant.questions import understand
from assistant.types import Claim, Computed, Verdict


def shown(*texts: str) -> list[Claim]:
    return [Claim(t, (i,), Verdict("supported")) for i, t in enumerate(texts, start=1)]


class TestTaken:
    """The statement in a question."""

    @pytest.mark.parametrize(
        ("question", "statement"),
        [
            ("Why did the mayor support the bridge?", "The mayor support the bridge."),
            ("When was the lock finished?", "The lock finished."),
            ("항구는 언제 완공되었는가?", "항구는 완공되었다."),
            ("Who built the lock?", None),
            ("Was the lock finished?", None),
            ("항구는 어디에 있는가?", None),
        ],
    )
    def test_statement(self, question: str, statement: str | None) -> None:
        """Only a question for a reason, a time or a way takes something to be so."""
        assert taken(understand(question)) == statement


class TestDenied:
    """The notice that the documents say otherwise."""

    @pytest.mark.parametrize(
        ("question", "quote"),
        [
            ("Why did Mayor Oda support the bridge?", "Mayor Oda opposed the bridge."),
            ("When did the Heron lose power?", "The Heron did not lose power in the storm."),
            ("Why have Norland firms invested more in Selby?", "Norland firms have invested less in Selby since May."),
            ("When was the lock completed?", "The lock is to be completed in March 2031."),
            ("어민들은 왜 항구 확장에 찬성하였나?", "어민들은 비용을 이유로 항구 확장에 반대하였다."),
            ("항구는 언제 완공되었는가?", "항구는 2031년 3월에 완공될 예정이다."),
        ],
    )
    def test_told(self, question: str, quote: str) -> None:
        """A verb that the quotation denies, opposes or only plans is told, with the citation."""
        asked = understand(question)
        (notice,) = denied(asked, shown(quote), asked.language)
        assert "[1]" in notice

    @pytest.mark.parametrize(
        ("question", "quotes"),
        [
            ("Why did Mayor Oda oppose the bridge?", ("Mayor Oda opposed the bridge because of its cost.",)),
            ("When was the lock completed?", ("The lock was completed in 2012.",)),
            (
                "Why did Petr Lund support the bridge?",
                ("Petr Lund supported it, hoping for trade.", "Mayor Oda opposed the bridge."),
            ),
            ("Who supported the bridge?", ("Mayor Oda opposed the bridge.",)),
            (
                "Why have Norland firms invested more in Selby?",
                ("Norland firms have invested in towns with low wages, among them Selby.",),
            ),
        ],
    )
    def test_silent(self, question: str, quotes: tuple[str, ...]) -> None:
        """What is borne out, or not taken for granted, gets no notice."""
        asked = understand(question)
        assert denied(asked, shown(*quotes), asked.language) == ()


class TestFigures:
    """Whose figure, of what, and how it is written."""

    def test_time_counts_nothing(self) -> None:
        """`ten years after the agreement` does not say how many agreements there are."""
        question = understand("How many agreements has Norland signed?")
        assert kindred(question, "Trade became free ten years after the agreement came into force.") < 1.0
        assert kindred(question, "Norland has signed twelve agreements.") == 1.0

    def test_share_of_a_part(self) -> None:
        """The share of a part that is not asked for is another share."""
        question = understand("What share of exports goes to Norland?")
        assert other_share(question, "The share of machinery in exports to Norland reached 80 percent.")
        assert not other_share(question, "The share of exports to Norland in the total reached 8 percent.")

    def test_thousands(self) -> None:
        """A calculated result is written as amounts are."""
        made = Computed("1000 - 8140", "-7140", "USD million")
        assert calculation("change", made, "en", False) == "Change (USD million): -7,140"

    def test_years_apart(self) -> None:
        """Figures that differ by their year alone are told to be of different years."""
        assert scopes_differ(1, "2024", 3, "2025", "en") == "These figures are of different years: [1] 2024; [3] 2025."
