"""The catalogue answers for authors, titles and dates, and for nothing else."""

from __future__ import annotations

import pytest

from assistant.answering.catalogue import asks_both, asks_source, catalogue_document, line, look_up, named
from assistant.questions import understand
from assistant.types import Abstention, Answer, Person, Work
from tests.answering.libraries import chain, paper

ORE = Work(
    "ore",
    "Island Economies and Rare Metals",
    authors=(Person("Okafor", "Ada"), Person("Lindqvist", "Per")),
    issued="2021",
    publisher="Nordic Institute",
)
TEA = Work("tea", "Growing Tea in Cold Valleys", authors=(Person("Tanaka", "Yui"),))
DIGEST = Work("ore-digest", "Digest: Island Economies and Rare Metals", kind="digest", digest_of="ore")
WORKS = (ORE, TEA, DIGEST)
MADE = chain(
    paper("ore", ORE.title, "By Ada Okafor and Per Lindqvist\n\nSmelters follow the ore. As Silva's study on tin shows, prices fall.", authors=ORE.authors, issued="2021"),
    paper("tea", TEA.title, "Frost harms tea. Valleys hold cold air.", authors=TEA.authors),
)  # fmt: skip


class TestLookUp:
    @pytest.mark.parametrize(
        ("text", "asked", "works"),
        [
            ("Who wrote Island Economies and Rare Metals?", "authors", ["ore"]),
            ("Who are the authors of the papers?", "authors", ["ore", "tea"]),
            ("이 논문의 저자는 누구인가?", "authors", ["ore", "tea"]),
            ("When was Okafor's paper published?", "date", ["ore"]),
            ("What is the publication date of Growing Tea in Cold Valleys?", "date", ["tea"]),
            ("What is the title of Tanaka's paper?", "title", ["tea"]),
            ("Who wrote the paper on rare metals?", "authors", ["ore"]),
        ],
    )
    def test_records(self, text: str, asked: str, works: list[str]) -> None:
        """A question for a record's author, date or title finds the record."""
        found = look_up(understand(text), WORKS, {"ore", "tea"})
        assert found
        assert (found.asked, [w.id for w in found.works]) == (asked, works)

    @pytest.mark.parametrize(
        "text",
        [
            "Who wrote the study on tin prices?",
            "Who is the author of the book on whaling in Iceland?",
            "When was the smelter law published?",
            "Who proposed the smelter?",
            "Why does frost harm tea?",
            "When did prices fall?",
        ],
    )
    def test_not_the_catalogues(self, text: str) -> None:
        """Who wrote a study that a document cites, or when something happened, is not the catalogue's to say."""
        assert look_up(understand(text), WORKS, {"ore", "tea"}) is None

    def test_unknown_date(self) -> None:
        """A date that is not recorded is said to be not known, never guessed."""
        found = look_up(understand("When was Growing Tea in Cold Valleys published?"), WORKS, {"tea"})
        assert found
        assert not found.known
        assert "date not known" in line(TEA)

    def test_only_held_works(self) -> None:
        """'The papers' are those that the corpus holds."""
        found = look_up(understand("Who are the authors of the papers?"), WORKS, {"tea"})
        assert found
        assert [w.id for w in found.works] == ["tea"]


def test_a_line_a_work() -> None:
    """The catalogue is a document with a line for each work but digests, each line where its span says."""
    document = catalogue_document(WORKS)
    assert [b.span.slice(document.text) for b in document.blocks] == [line(ORE), line(TEA)]
    assert (
        line(ORE)
        == "“Island Economies and Rare Metals” is by Ada Okafor and Per Lindqvist; Nordic Institute; dated 2021."
    )
    assert "not recorded" in line(Work("x", "X"))


def test_named() -> None:
    """A paper is named by an author's family name or most of its title, not by one common word."""
    assert [w.id for w in named(understand("What does Okafor say?"), WORKS)] == ["ore"]
    assert [w.id for w in named(understand("What does Growing tea in cold valleys say of frost?"), WORKS)] == ["tea"]
    assert named(understand("Which metals are rare?"), WORKS) == ()


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("What do both papers say on tea?", True),
        ("두 논문은 무엇을 말하는가?", True),
        ("Which two metals are rare?", False),
    ],
)
def test_both(text: str, both: bool) -> None:
    """A question to all papers is told from one that only counts."""
    assert asks_both(understand(text)) is both


@pytest.mark.parametrize(
    ("text", "source"),
    [("Which study is cited on tin?", True), ("주 3의 출처는?", True), ("Why does frost harm tea?", False)],
)
def test_sources(text: str, source: bool) -> None:
    """A question for a source is told from one for a fact."""
    assert asks_source(understand(text)) is source


class TestReplies:
    def test_authors(self) -> None:
        """Authors are answered from the catalogue, and from the byline where the document has one."""
        reply = MADE.ask("Who wrote Island Economies and Rare Metals?")
        assert isinstance(reply, Answer)
        assert "Ada Okafor and Per Lindqvist" in reply.claims[0].text
        assert reply.citations[0].kind == "catalog"
        assert [c.document for c in reply.citations] == ["catalog", "ore"]
        assert reply.claims[0].verdict.support == "supported"

    def test_unknown_date(self) -> None:
        """A date that is not known is an abstention that shows the record."""
        reply = MADE.ask("When was Growing Tea in Cold Valleys published?")
        assert isinstance(reply, Abstention)
        assert [c.kind for c in reply.nearest] == ["catalog"]
        assert "date not known" in reply.nearest[0].quote

    def test_a_cited_study_is_not_hijacked(self) -> None:
        """Who wrote a study on a subject is never answered with the authors of the paper that cites it."""
        reply = MADE.ask("Who wrote the study on tin?")
        assert all(c.kind != "catalog" for c in (reply.citations if isinstance(reply, Answer) else reply.nearest))


RESERVE = Work("salt", "A Salt Store for Velm: Ninety Days", authors=(Person("Harrow", "Ines"),))
AGAINST = Work(
    "against", "Against the Store: Why Velm Should Not Build a Salt Store", authors=(Person("Lenk", "Tobias"),)
)


class TestNamed:
    @pytest.mark.parametrize(
        ("text", "works"),
        [
            ("Should Velm build a salt store?", []),
            ("Why should Velm not build a store of salt?", []),
            ("What does \u201cA Salt Store for Velm\u201d say of prices?", ["salt"]),
            ("What does A Salt Store for Velm: Ninety Days say of prices?", ["salt"]),
            ("What does the memo on why Velm should not build a salt store say of prices?", ["against"]),
            ("What does Lenk say of prices?", ["against"]),
        ],
    )
    def test_a_subject_is_no_title(self, text: str, works: list[str]) -> None:
        """A question that shares a title's words is about its subject; a title whole, in quotes or beside `the memo`, or an
        author, names the document.
        """
        assert [w.id for w in named(understand(text), (RESERVE, AGAINST))] == works
