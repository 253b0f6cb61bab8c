"""What documents name: notes met with the catalogue and with one another, and which held document is which work."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading import FileFacts, read_markdown
from assistant.sources import matching, naming
from assistant.types import Block, Document, Holding, Names, Naming, Note, Person, Span, Work

TOLLS = "Ada Holm, “Tolls on the Strait: Water and Power,” Canal Review 7, no. 2 (2011): 40–49."
LOCK = "Piet Bos, The Lock and the Sluice (Weir Press, 2009), 12."
BOARD = "Canal Board, “State of the Waterways,” accessed May 1, 2020, https://canal.example/state/2020."


def paper(id: str, *notes: str | None, kind: str = "paper", digest_of: str | None = None) -> Document:
    """A document of which only its notes matter."""
    work = Work(id, f"The paper {id}", kind=kind, digest_of=digest_of)  # type: ignore[arg-type]
    made = tuple(Note(str(n), text, None, ()) for n, text in enumerate(notes, start=1))
    return Document(work, "", (), notes=made)


def held(work: Work, front: str = "") -> Document:
    """A document with a title, and words at its beginning."""
    text = f"{work.title}\n{front}"
    head = Span(0, len(work.title))
    return Document(work, text, (Block("title", head), Block("paragraph", Span(head.end + 1, len(text)))))


def ids(names: Names) -> list[str]:
    return [w.id for w in names.works]


def places(names: Names, work: str) -> list[tuple[str, str | None]]:
    return [(n.document, n.note) for n in names.namings if n.work == work]


def named(*documents: Document, works: Sequence[Work] = (), **more: object) -> Names:
    return naming.names(documents, works, **more)  # type: ignore[arg-type]


class TestWorks:
    def test_one_work_of_many_notes(self) -> None:
        """What several notes of several documents name is one work, with all that they say of it together."""
        short = "Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011), https://doi.org/10.5555/cr.7.40."
        names = named(paper("a", TOLLS, LOCK, "Ibid., 45."), paper("b", LOCK, short))
        assert ids(names) == ["holm-2011-tolls-strait", "bos-2009-lock-sluice"]
        assert places(names, "bos-2009-lock-sluice") == [("a", "2"), ("a", "3"), ("b", "1")]
        (tolls,) = (w for w in names.works if w.id.startswith("holm"))
        assert (tolls.title, tolls.issue, tolls.doi) == ("Tolls on the Strait: Water and Power", "2", "10.5555/cr.7.40")

    def test_order_of_ingest(self) -> None:
        """The same documents give the same names, ids included, in whatever order they come."""
        documents = [paper("a", TOLLS, BOARD), paper("b", LOCK, TOLLS.replace(", no. 2", "")), paper("c", BOARD, LOCK)]
        first = named(*documents)
        for seed in range(4):
            random.Random(seed).shuffle(documents)
            assert named(*documents) == first

    def test_ids_stay(self) -> None:
        """A further document does not change the ids of the works that are known."""
        before = ids(named(paper("m", TOLLS, LOCK, BOARD)))
        after = ids(named(paper("m", TOLLS, LOCK, BOARD), paper("a", LOCK, "Nils Moe, Weirs (Fjord Press, 2001).")))
        assert set(before) < set(after)

    def test_two_works_of_one_title(self) -> None:
        """Author and year tell two works of one title apart, each under an id of its own."""
        later = "Ada Holm, “Tolls on the Strait: Water and Power,” Canal Review 12, no. 1 (2016): 3–9."
        other = "Nils Moe, “Tolls on the Strait: Water and Power,” Harbour Notes 3 (2011): 8–20."
        names = named(paper("a", TOLLS, later, other))
        assert ids(names) == ["holm-2011-tolls-strait", "holm-2016-tolls-strait", "moe-2011-tolls-strait"]

    def test_yearly_reports(self) -> None:
        """The report of another year is another work, however alike the titles are."""
        texts = [f"Canal Board, Report on the Waterways {year} (Canal Board, {year})." for year in (2019, 2020)]
        assert len(named(paper("a", *texts)).works) == 2

    def test_laws_by_number(self) -> None:
        """Sections of a law are places in it, as pages are; laws of other numbers are other laws."""
        names = named(
            paper("a", "7 U.S.C. §1936b(e).", "P.L. 116-11.", "P.L. 116-113."), paper("b", "7 U.S.C. §1936b(a)(2).")
        )
        assert ids(names) == ["7-usc-1936b", "pl-116-11", "pl-116-113"]
        assert places(names, "7-usc-1936b") == [("a", "1"), ("b", "1")]

    def test_comment(self) -> None:
        """A note that only comments names nothing."""
        names = named(paper("a", "The authors thank all who have read this paper with so much patience."))
        assert names == Names()

    def test_unresolved(self) -> None:
        """'Ibid.' without anything before it names nothing, and is kept as a doubt."""
        names = named(paper("a", "Ibid., 45."))
        assert names.works == ()
        assert [(n.note, n.work, n.rivals) for n in names.namings] == [("1", None, ())]

    def test_ibid_behind_several(self) -> None:
        """'Ibid.' behind a note of two works may mean either: a person decides."""
        documents = paper("a", f"{LOCK[:-1]}; {TOLLS}", "Ibid., 45.")
        *_, doubt = named(documents).namings
        assert (doubt.work, doubt.rivals) == (None, ("bos-2009-lock-sluice", "holm-2011-tolls-strait"))
        *_, settled = named(documents, decisions={"a#2": "bos-2009-lock-sluice"}).namings
        assert (settled.work, settled.rivals) == ("bos-2009-lock-sluice", ())


def test_list_of_references() -> None:
    """A document without notes names what its list of references has; what else stands there is not read."""
    text = (
        "# Canals\n\n## Introduction\n\nTolls rose (Holm 2011). Bos, P. (2009). Not in the List. Fjord Press.\n\n"
        "## References\n\nHolm, Ada. 2011. “Tolls on the Strait: Water and Power.” Canal Review 7 (2): 40–49.\n\n"
        "Bos, P. (2009). The Lock and the Sluice.\n\nWeir Press. https://doi.org/10.5555/lock\n\n"
        "김홍석 (2020). 운하 통행료 현황. 운하연구, 12(3), 1-20.\n\n## Annex\n\nMore words stand here, of no work.\n"
    )
    document = read_markdown(text, Work("list", ""), FileFacts())
    names = named(document, paper("notes", TOLLS))
    assert [(n.document, n.note, n.work) for n in names.namings] == [
        ("list", None, "holm-2011-tolls-strait"),
        ("list", None, "bos-2009-lock-sluice"),
        ("list", None, "김-2020-운하-통행료-현황"),
        ("notes", "1", "holm-2011-tolls-strait"),
    ]
    assert [w.doi for w in names.works if w.id.startswith("bos")] == ["10.5555/lock"]


RECORD = Work(
    "holm-2011", "Tolls on the Strait: Water and Power", kind="source", type="article-journal",
    authors=(Person("Holm", "Ada"),), issued="2011", named_by=("a#1", "a#3", "a"),
)  # fmt: skip


class TestRecords:
    def test_record(self) -> None:
        """A catalogue's record is the work of the notes that fit it, and its own places are added once."""
        names = named(paper("a", TOLLS, LOCK, None), works=[RECORD])
        assert ids(names) == ["holm-2011", "bos-2009-lock-sluice"]
        said = [(n.note, n.place, n.reference is None) for n in names.namings if n.work == "holm-2011"]
        assert said == [("1", 0, False), ("3", 2, True), (None, None, True)]

    def test_record_settles(self) -> None:
        """Of two records that a note could mean, the one that a person has recorded for this note is meant."""
        twin = replace(RECORD, id="holm-2011-b", named_by=())
        names = named(paper("a", TOLLS), works=[replace(RECORD, named_by=("a#1",)), twin])
        assert [(n.work, n.rivals) for n in names.namings] == [("holm-2011", ())]
        (doubt,) = named(paper("a", TOLLS), works=[replace(RECORD, named_by=()), twin]).namings
        assert (doubt.work, doubt.rivals) == (None, ("holm-2011", "holm-2011-b"))

    def test_digest(self) -> None:
        """A digest, whose notes are numbers only, names what its paper names."""
        digest = paper("a-digest", None, None, kind="digest", digest_of="a")
        names = named(digest, works=[Work("a", "A"), digest.work, RECORD])
        assert [(n.document, n.note, n.place) for n in names.namings] == [
            ("a-digest", "1", 0), ("a-digest", "3", None), ("a-digest", None, None),
        ]  # fmt: skip

    def test_cites(self) -> None:
        """What a record says that its document cites is named, in no note, unless a note names it."""
        records = [replace(RECORD, named_by=()), Work("bos", "The Lock and the Sluice", kind="source"),
                   Work("a", "A", cites=("holm-2011", "bos"))]  # fmt: skip
        names = named(paper("a", TOLLS), works=records)
        assert [(n.note, n.work) for n in names.namings] == [("1", "holm-2011"), (None, "bos")]

    def test_unnamed_record(self) -> None:
        """A record that no document of the corpus names is no line of the ledger."""
        assert named(paper("z", LOCK), works=[RECORD]).works[0].id == "bos-2009-lock-sluice"
        assert len(named(paper("z", LOCK), works=[RECORD]).works) == 1

    def test_paper_of_the_catalogue(self) -> None:
        """A note may name a paper of the catalogue, and that paper is held where it is a document."""
        record = replace(RECORD, kind="paper", named_by=())
        names = named(paper("a", TOLLS), held(record), works=[record])
        assert names.holdings == (Holding("holm-2011", "holm-2011", "id"),)

    def test_itself(self) -> None:
        """A document that names itself names no source."""
        own = replace(paper("holm-2011", TOLLS), work=replace(RECORD, kind="paper", named_by=()))
        assert named(own, works=[own.work]) == Names()


def holding(document: Document, note: str = TOLLS, fetched: dict[str, tuple[str, ...]] | None = None) -> Holding | None:
    """What is known of a document beside a paper that names one work."""
    return next(iter(named(paper("a", note), document, fetched=fetched).holdings), None)


class TestHeld:
    """A file that is dropped into the corpus is known as the work that a note names, or a person is asked."""

    work = Work("file-7", "Tolls on the Strait: Water and Power")

    def test_title(self) -> None:
        """By its title, where nothing speaks against it."""
        assert holding(held(self.work)) == Holding("holm-2011-tolls-strait", "file-7", "title")

    def test_another_year(self) -> None:
        """A file of the same title that says another year is asked about."""
        found = holding(held(replace(self.work, issued="2016")))
        assert found == Holding("holm-2011-tolls-strait", None, "title", ("file-7",))

    def test_another_author(self) -> None:
        """So is one that names another author."""
        found = holding(held(replace(self.work, authors=(Person("Moe", "Nils"),))))
        assert found == Holding("holm-2011-tolls-strait", None, "title", ("file-7",))

    def test_short_title(self) -> None:
        """A title of few words is enough only where author or year say so too."""
        note = "Canal Board, Annual Waterway Report (Canal Board, 2020)."
        plain = Work("file-7", "Annual Waterway Report")
        id = "canal-board-2020-annual-waterway-report"
        assert holding(held(plain), note) == Holding(id, None, "title", ("file-7",))
        assert holding(held(replace(plain, issued="2020")), note) == Holding(id, "file-7", "title")
        assert holding(held(plain, "published by the Canal Board"), note) == Holding(id, "file-7", "title")

    def test_two_files(self) -> None:
        """Two files of the title are both named, and a person says which is the work."""
        second = replace(self.work, id="file-8")
        found = named(paper("a", TOLLS), held(self.work), held(second)).holdings
        assert found == (Holding("holm-2011-tolls-strait", None, "title", ("file-7", "file-8")),)

    def test_doi(self) -> None:
        """By the DOI that the file gives of itself, whatever its title."""
        note = f"{TOLLS[:-1]}, https://doi.org/10.5555/cr.7.40."
        document = held(Work("file-7", "cr_7_40.pdf", doi="10.5555/CR.7.40"))
        assert holding(document, note) == Holding("holm-2011-tolls-strait", "file-7", "doi")

    def test_doi_on_the_first_page(self) -> None:
        """By the DOI on its first page where the title is alike too; another's DOI there makes it no other work."""
        note = f"{TOLLS[:-1]}, https://doi.org/10.5555/cr.7.40."
        front = "https://doi.org/10.5555/cr.7.40"
        found = holding(held(Work("file-7", "Tolls on the Strait", issued="2019"), front), note)
        assert found == Holding("holm-2011-tolls-strait", "file-7", "doi")
        assert holding(held(Work("file-7", "A Reply on Canals and Their Keepers"), front), note) is None

    def test_address(self) -> None:
        """By the address that a page gives of itself; the front of a site is the address of many works."""
        page = Work("file-7", "Waterways", url="http://www.canal.example/state/2020/")
        assert holding(held(page), BOARD) == Holding("canal-board-state-waterways", "file-7", "url")
        assert holding(held(replace(page, url="https://canal.example/")), BOARD) is None

    def test_words_of_the_note(self) -> None:
        """Where a note's title could not be read, a held title that stands in its words is met; a short one asks."""
        note = "Dredgers Idle at Ostby Harbour, Harbour Gazette 2021, p. 4"
        whole = Work("file-7", "Dredgers Idle at Ostby Harbour")
        (made,) = named(paper("a", note)).works
        assert holding(held(whole), note) == Holding(made.id, "file-7", "note")
        short = Work("file-7", "Dredgers Idle at")
        assert holding(held(short), note) == Holding(made.id, None, "note", ("file-7",))
        assert holding(held(replace(short, issued="2021")), note) == Holding(made.id, "file-7", "note")
        assert holding(held(replace(whole, issued="2014")), note) == Holding(made.id, None, "note", ("file-7",))
        assert holding(held(Work("file-7", "Idle")), note) is None

    def test_met_in_the_catalogue(self) -> None:
        """A document that the catalogue's record was met by title or DOI is known by that, and not by its name."""
        record = replace(RECORD, named_by=("a#1",))
        document = held(replace(record, url=None))
        made = naming.names((paper("a", TOLLS), document), [record], {record.id: "doi"}).holdings
        assert made == (Holding(record.id, record.id, "doi"),)
        made = naming.names((paper("a", TOLLS), document), [record], {record.id: "name"}).holdings
        assert made == (Holding(record.id, record.id, "id"),)

    def test_fetched(self) -> None:
        """By the address that it was fetched from, under whatever name it is kept."""
        found = holding(
            held(Work("old-name", "Waterways")), BOARD, fetched={"old-name": ("https://canal.example/state/2020",)}
        )
        assert found == Holding("canal-board-state-waterways", "old-name", "fetched")

    def test_person(self) -> None:
        """What a person says goes before all else: which work a file is, or that it is none."""
        other = held(Work("file-9", "Scan 0009"))
        said = {"file-9": "holm-2011-tolls-strait", "file-7": None}
        found = named(paper("a", TOLLS), held(self.work), other, decisions=said).holdings
        assert found == (Holding("holm-2011-tolls-strait", "file-9", "person"),)

    def test_earlier_version_of_itself(self) -> None:
        """A paper that cites its own earlier version is not taken for it."""
        own = replace(paper("a", TOLLS), work=replace(self.work, id="a"))
        assert named(own).holdings == ()

    def test_korean(self) -> None:
        """A Korean title is met with and without its white space and its translation."""
        note = "운하청, “운하 통행료 현황 [State of Canal Tolls],” 2020년 5월 1일 접속, https://canal.example/k."
        found = holding(held(Work("file-7", "운하통행료 현황", issued="2020"), "운하청"), note)
        assert found is not None
        assert (found.document, found.by) == ("file-7", "title")


def test_few_are_compared() -> None:
    """Of a thousand works with like titles few are compared with each note: time does not grow with their square."""
    words = "canal lock weir sluice barge toll strait harbour current dredging pilot quay".split()
    rng = random.Random(7)

    def note(n: int) -> str:
        title = " ".join(rng.choice(words) for _ in range(6)).title()
        return f"Ada Holm{n % 97}, “{title},” Canal Review {n % 40}, no. {n % 4} ({1980 + n % 40}): {n}–{n + 9}."

    documents = [paper(f"p{d}", *(note(d * 50 + n) for n in range(50))) for d in range(20)]
    before = matching.compared()
    names = named(*documents)
    assert len(names.namings) == 1000
    assert len(names.works) > 950
    assert matching.compared() - before < 1000 * 1000 / 2 / 20


def test_naming_type() -> None:
    """A naming of a note that was parsed carries the reference with its place in the note's text."""
    (made,) = named(paper("a", TOLLS)).namings
    assert isinstance(made, Naming)
    assert made.reference is not None
    assert made.reference.span.slice(TOLLS) == made.reference.text
