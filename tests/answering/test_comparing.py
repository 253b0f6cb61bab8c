"""Several documents side by side: who says what, where they differ, what figures count, as of when they speak."""

from __future__ import annotations

import pytest

from assistant.answering.scopes import alike, apart, scopes
from assistant.names import attribution
from assistant.questions import understand
from assistant.render import answer_string
from assistant.types import Answer, Person, Work
from tests.answering.harbours import ENGLISH, HANGUL


class TestAttribution:
    @pytest.mark.parametrize(
        ("work", "english", "korean"),
        [
            (Work("a", "T", authors=(Person("Quay", "Ilse"),), issued="2024-05"), "Quay (2024)", "Quay(2024)"),
            (
                Work("a", "T", authors=(Person("Orrin"), Person("Vale")), issued="2025"),
                "Orrin and Vale (2025)",
                "Orrin·Vale(2025)",
            ),
            (Work("a", "T", authors=(Person("A"), Person("B"), Person("C"))), "A et al.", "A 외"),
            (
                Work("a", "Tides", publisher="Harbour Board", issued="2020"),
                "Harbour Board (2020)",
                "Harbour Board(2020)",
            ),
            (Work("a", "Tides"), "“Tides”", "“Tides”"),
        ],
    )
    def test_names(self, work: Work, english: str, korean: str) -> None:
        """Authors and year as far as the record has them, in the form of the reply's language."""
        assert attribution(work, "en") == english
        assert attribution(work, "ko") == korean

    def test_a_digest_is_said_to_be_one(self) -> None:
        """What a digest says is never said to be the author's own words."""
        paper = Work("t", "Meals", authors=(Person("Tern"),), issued="2023")
        digest = Work("t-digest", "Digest: Meals", kind="digest", digest_of="t")
        assert attribution(digest, "en", paper) == "Digest of Tern (2023)"


class TestBoth:
    def test_side_by_side(self) -> None:
        """A question that wants both heard has a sentence of each, led by who says it; a lead is no part of the quotation."""
        reply = ENGLISH.ask("What do the two papers say on who should hire pilots?")
        assert isinstance(reply, Answer)
        leads = {c.lead: c.text for c in reply.claims}
        assert "hired by the towns" in leads["Wharf and Sound (2023)"]
        assert "hired by the ministry" in leads["Pilot (2022)"]
        assert "Pilot (2022): Pilots should be hired by the ministry" in answer_string(reply)
        for claim in reply.claims:
            quote = next(c.quote for c in reply.citations if c.marker == claim.citations[0])
            assert claim.text == quote

    def test_documents_that_differ(self) -> None:
        """Two documents that give another figure for the same thing are both heard, and a notice names both figures."""
        reply = ENGLISH.ask("By how much did dredging lower accidents at Brack?")
        assert isinstance(reply, Answer)
        assert {c.lead for c in reply.claims} >= {"Wharf and Sound (2023)", "Pilot (2022)"}
        (notice,) = [n for n in reply.notices if "differ" in n]
        assert "nine percent" in notice
        assert "four percent" in notice

    def test_one_document_has_no_lead(self) -> None:
        """Where only one document is heard nobody need be named."""
        reply = ENGLISH.ask("How many boats currently fish from Selby?")
        assert isinstance(reply, Answer)
        assert not any(c.lead for c in reply.claims)


class TestScopes:
    def test_both_are_shown(self) -> None:
        """Figures of large fleets and of all stand side by side, each with the words that limit it."""
        reply = ENGLISH.ask("How many tonnes of herring were landed in 2022?")
        assert isinstance(reply, Answer)
        told = " ".join(c.text for c in reply.claims)
        assert "31,000" in told
        assert "64,000" in told
        (notice,) = [n for n in reply.notices if "do not count the same" in n]
        assert "large fleets" in notice
        assert "All fleets" in notice

    @pytest.mark.parametrize(
        ("one", "other", "dimension"),
        [
            ("Conglomerates invested USD 2 billion.", "SMEs invested USD 1 billion.", "size"),
            ("Manufacturing FDI was USD 2 billion.", "FDI in the services sector was USD 3 billion.", "sector"),
            ("The FDI stock reached USD 90 billion.", "Annual inflows reached USD 9 billion.", "measure"),
            ("Preliminary exports were USD 2 billion.", "Revised exports were USD 3 billion.", "standing"),
            ("Real wages were 3 percent higher.", "Nominal wages were 6 percent higher.", "prices"),
            ("Exports were USD 2 billion in 2020.", "Exports were USD 3 billion in 2021.", "year"),
            ("대기업의 투자는 20억 달러였다.", "중소기업의 투자는 3억 달러였다.", "size"),
            ("누적 투자는 900억 달러였다.", "연간 투자는 90억 달러였다.", "measure"),
            ("잠정 수출은 20억 달러였다.", "확정 수출은 30억 달러였다.", "standing"),
        ],
    )
    def test_dimensions(self, one: str, other: str, dimension: str) -> None:
        """What tells two figures apart is read off their own words."""
        assert alike(one, other, understand("How much was it?"))
        assert dimension in {s.dimension for pair in apart(one, other) for s in pair if s}

    def test_no_scope_no_difference(self) -> None:
        """Two figures without words that limit them are not set against one another; nor is one figure against itself."""
        question = understand("How much was it?")
        assert not alike("Exports were USD 2 billion.", "Imports were USD 3 billion.", question)
        assert not alike("All firms spent USD 2 billion.", "SMEs spent USD 2 billion.", question)

    def test_two_values_of_one_dimension_are_none(self) -> None:
        """A sentence that speaks of large and small firms both is limited to neither."""
        assert not [s for s in scopes("Large firms and small firms spent 2 billion.") if s.dimension == "size"]


class TestDates:
    def test_now_has_a_date(self) -> None:
        """`Currently` is told with the date of the document that says it."""
        reply = ENGLISH.ask("How many boats fish from Selby?")
        assert isinstance(reply, Answer)
        (notice,) = [n for n in reply.notices if "As of" in n]
        assert "Currently" in notice
        assert "2022" in notice

    def test_korean(self) -> None:
        """현재 likewise."""
        reply = HANGUL.ask("도선사 학교의 정원은 몇 명인가?")
        assert isinstance(reply, Answer)
        assert any("“현재”: 2024-03" in n for n in reply.notices)

    def test_nothing_is_said_of_the_past(self) -> None:
        """A sentence of a year of its own needs no date."""
        reply = ENGLISH.ask("Which strategy did the ministry of Velmark adopt in 2019?")
        assert isinstance(reply, Answer)
        assert not any("As of" in n for n in reply.notices)
