"""What has become of each work that is named, and what is said of it."""

from __future__ import annotations

import pytest

from assistant.sources.fetching import KINDS, Kind, Outcome, Record
from assistant.sources.ledger import Attempt, Coverage, Entry, Ledger, ledger
from assistant.sources.references import read_note
from assistant.types import Holding, Names, Naming, Retrieval, Work

DAY = "2026-02-03T04:05:06+00:00"


def work(id: str, retrieval: Retrieval | None = None, type: str = "article-journal", url: str | None = None) -> Work:
    return Work(id, id.title(), kind="source", type=type, retrieval=retrieval, url=url)


def attempt(id: str, kind: Kind, record: Record | None = None) -> dict[str, Attempt]:
    return {id: Attempt(id, Outcome(kind, "https://a.example/x", "the server no longer has it", record=record), DAY)}


def of(made: Work, *holdings: Holding, attempts: dict[str, Attempt] | None = None) -> Entry:
    """The line of a single work."""
    (entry,) = ledger(Names((made,), (Naming("paper", "1", 0, made.id),), holdings), attempts).entries
    return entry


def test_held() -> None:
    """A held work is held whatever fetching it came to, and the line says by what it was known."""
    entry = of(work("a", "book"), Holding("a", "file-7", "doi"), attempts=attempt("a", "dead"))
    assert (entry.state, entry.document) == ("held", "file-7")
    assert entry.why == "held as file-7, known by its DOI"


def test_archived() -> None:
    """Of a copy from an archive the line says so, with its day."""
    record = Record(
        "https://a.example/x", "https://a.example/x", DAY, 200, "0" * 64, 9, "text/html", archived="2020-05-06"
    )
    entry = of(work("a"), Holding("a", "a", "fetched"), attempts=attempt("a", "fetched", record))
    assert "the copy of an archive of 2020-05-06" in entry.why


def test_ambiguous() -> None:
    """A work that a document may be is ambiguous, and the line has the command that settles it."""
    entry = of(work("a"), Holding("a", None, "title", ("file-7", "file-8")))
    assert (entry.state, entry.document, entry.rivals) == ("ambiguous", None, ("file-7", "file-8"))
    assert "`assistant sources match file-7 a`" in entry.why


@pytest.mark.parametrize("kind", ["dead", "moved", "blocked"])
def test_attempted(kind: Kind) -> None:
    """What the last attempt came to is the state of a work that is not held."""
    entry = of(work("a", url="https://a.example/x"), attempts=attempt("a", kind))
    assert (entry.state, entry.why) == (kind, "asked on 2026-02-03: the server no longer has it")
    assert entry.attempt is not None


def test_attempted_in_doubt() -> None:
    """Where another page came than the work's, a person looks."""
    entry = of(work("a", url="https://a.example/x"), attempts=attempt("a", "another page"))
    assert entry.state == "ambiguous"


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("dead", "moved", "blocked", "another page")])
def test_attempted_for_the_moment(kind: Kind) -> None:
    """An attempt that says nothing lasting leaves a work not held, with what was found."""
    entry = of(work("a", url="https://a.example/x"), attempts=attempt("a", kind))
    assert entry.state == "not_held"
    assert "2026-02-03" in entry.why


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (work("a", "book"), "not_retrievable"),
        (work("a", "paywalled", url="https://a.example/x"), "not_retrievable"),
        (work("a", "data-service", url="https://a.example/x"), "not_retrievable"),
        (work("a", None, "book"), "not_held"),
        (work("a", None, "chapter"), "not_held"),
        (work("a", None, "book", "https://a.example/x"), "not_held"),
        (work("a", None, "interview"), "not_retrievable"),
        (work("a", "open", "book"), "not_held"),
        (work("a", "web"), "not_held"),
        (work("a", None, "legislation"), "not_held"),
        (work("a"), "not_held"),
    ],
)
def test_untried(made: Work, state: str) -> None:
    """Out of reach is only what is known to be: by its record a book, a paywall, data; what was never published."""
    entry = of(made)
    assert entry.state == state
    assert entry.why


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("Rose Tamm, The Lock (Lund: Varv, 1949), 3.", "not_retrievable"),
        ("Piet Bos, The Lock and the Sluice (Weir Press, 2009), 12.", "not_retrievable"),
        ("홍길동, 『한국의 운하』 (서울: 나남, 2010), 12쪽.", "not_retrievable"),
        ("Tamm, R. (1949). The Lock: A History of Weirs.", "not_held"),
        ("Harbour Board, Pilotage: A Guide (2021), 44.", "not_held"),
        ("홍길동, 한국의 운하 (2010), 12.", "not_held"),
    ],
)
def test_book_of_a_note(note: str, state: str) -> None:
    """A note that was read puts a work out of reach only where it cites it with a press, or a place and a publisher."""
    (reference,) = read_note(note).references
    made = work("a", None, reference.type)
    (entry,) = ledger(Names((made,), (Naming("paper", "1", 0, "a", reference),))).entries
    assert entry.state == state
    assert ("ask a library" in entry.why) or made.type == "report"


def test_title_unsure() -> None:
    """Of a work of which only unsure notes tell, the line says that its title is not sure; a record's title is."""
    (reference,) = read_note("Dredgers idle at Ostby, Harbour Gazette 2021, p. 4").references
    namings = (Naming("paper", "1", 0, "a", reference),)
    (entry,) = ledger(Names((work("a"),), namings)).entries
    assert entry.title_unsure
    assert entry.why.endswith("its title is not sure: see the note")
    (entry,) = ledger(Names((work("a"),), (*namings, Naming("paper", "2", 1, "a")))).entries
    assert not entry.title_unsure


def whole() -> Ledger:
    works = (work("a", "open", url="https://a.example/"), work("b", "book"), work("c", "web"), work("d"))
    namings = (
        Naming("one", "1", 0, "a"), Naming("one", "2", 1, "b"), Naming("one", "3", 2, None, rivals=("c", "d")),
        Naming("two", "1", 0, "a"), Naming("two", None, None, "c"),
    )  # fmt: skip
    return ledger(Names(works, namings, (Holding("a", "a", "id"),)))


def test_coverage() -> None:
    """Coverage counts what is held against what can be had, in all and by document; what cannot be had is not hidden."""
    assert whole().coverage() == Coverage(named=3, within_reach=2, held=1)
    assert whole().by_document() == {"one": Coverage(2, 1, 1), "two": Coverage(2, 2, 1)}


def test_only_a_rival() -> None:
    """A work that only a doubtful note may mean is no line, and the doubt is kept."""
    made = whole()
    assert [e.work.id for e in made.entries] == ["a", "b", "c"]
    assert [n.rivals for n in made.doubts] == [("c", "d")]


def test_only() -> None:
    """The parts of a ledger: of a document, of a note, of states and of ways to have a work."""
    made = whole()

    def ids(part: Ledger) -> list[str]:
        return [e.work.id for e in part.entries]

    assert ids(made.only("two")) == ["a", "c"]
    assert ids(made.only("one", note="2")) == ["b"]
    assert made.only("two").doubts == ()
    assert ids(made.only(states=["held"])) == ["a"]
    assert ids(made.only(states=["not_retrievable", "held"], retrievals=["book"])) == ["b"]
    assert ids(made.only(retrievals=[None])) == []
    assert made.only("one").entry("a") is not None


def test_state() -> None:
    """The state of a work as citations carry it."""
    state = whole().state("a")
    assert (state.id, state.state, state.title, state.document) == ("a", "held", "A", "a")
    assert state.url == "https://a.example/"
