"""One note to its works: what is a citation, what is comment, and where each field stands."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from assistant.sources.references import read_note, references


def titles(text: str) -> list[str | None]:
    return [r.title for r in references(text)]


class TestPlaces:
    """Offsets are carried: a field is words of the note."""

    NOTE = (
        "The plan was shelved; see Ada Holm and Piet Bos, “Tolls on the Strait,” Canal Review 7, no. 2 (2011): 40–9, "
        "https://canal.example/7?a=b;c."
    )

    def test_where(self) -> None:
        """Each field's span holds the words that the field was read from."""
        (made,) = references(self.NOTE, "3")
        said = {name: span.slice(self.NOTE) for name, span in made.where if name != "authors"}
        assert said == {
            "title": "Tolls on the Strait", "container": "Canal Review", "volume": "7", "issue": "2", "issued": "2011",
            "page": "40–9", "url": "https://canal.example/7?a=b;c",
        }  # fmt: skip
        assert [span.slice(self.NOTE) for name, span in made.where if name == "authors"] == ["Ada Holm", "Piet Bos"]

    def test_text(self) -> None:
        """A reference keeps its words of the note, and names the note."""
        (made,) = references(self.NOTE, "3")
        assert (made.note, made.text) == ("3", made.span.slice(self.NOTE))
        assert made.text.startswith("Ada Holm")

    def test_pages_are_written_out(self) -> None:
        """A shortened page range is written out in the value and left as printed in the text."""
        (made,) = references(self.NOTE)
        assert made.page == "40–49"


class TestParting:
    """Several works, comment and citation."""

    def test_semicolons(self) -> None:
        """Works parted by semicolons are several; a semicolon in a title or in an address parts nothing."""
        text = (
            "Ada Holm, “Tolls; or, the Price of Water,” Canal Review 7 (2011): 40–49; Piet Bos, The Lock (Weir Press, 2009); "
            "Canal Board, “Tolls,” accessed May 1, 2020, https://canal.example/a;b."
        )
        assert titles(text) == ["Tolls; or, the Price of Water", "The Lock", "Tolls"]

    def test_comment_only(self) -> None:
        """A note that only comments names no work, whatever years and capitals stand in it."""
        reading = read_note(
            "In 2018, the Port of Hale moved 3.2 million tons, according to its own count; this fell by 2020."
        )
        assert (reading.kind, reading.references) == ("comment", ())

    def test_mixed(self) -> None:
        """Comment before, between and behind citations is kept apart, with its span."""
        text = (
            "The toll rose in 2010. Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011): 40–49. It was later cut to half. "
            "Piet Bos, The Lock (Weir Press, 2009)."
        )
        reading = read_note(text)
        assert [span.slice(text) for span in reading.comments] == ["The toll rose in 2010", "It was later cut to half"]
        assert [r.title for r in reading.references] == ["Tolls on the Strait", "The Lock"]
        assert reading.kind == "mixed"

    def test_led_up_to(self) -> None:
        """A sentence may lead up to a citation with words of its own."""
        assert titles("The case is made at length in Piet Bos, The Lock (Weir Press, 2009).") == ["The Lock"]

    def test_quotation_is_no_title(self) -> None:
        """Quoted speech in a comment is not a work."""
        assert references("The board called the toll “fair and long overdue” and left it in force.") == ()

    def test_law_in_comment(self) -> None:
        """A law is named in the middle of a comment: name and number are one work, and the rest is comment."""
        text = "The toll is set by the Canal Act of 1908 (33 U.S.C. §12), which nobody has amended since."
        reading = read_note(text)
        (law,) = reading.references
        assert (law.type, law.title, law.number, law.issued) == (
            "legislation",
            "Canal Act of 1908",
            "33 U.S.C. §12",
            "1908",
        )
        assert reading.comments

    def test_bare_address(self) -> None:
        """An address alone is a work of which nothing else is known, and that is said."""
        (made,) = references("Current tolls are posted at https://canal.example/tolls.")
        assert (made.url, made.title, made.unsure) == ("https://canal.example/tolls", None, ("title", "authors"))

    def test_every_address_is_kept(self) -> None:
        """No address of a note is lost, whatever the sentence around it."""
        text = "See https://a.example/1, https://b.example/2 (and www.c.example/3), and [https://d.example/4]."
        assert [r.url for r in references(text)] == [
            "https://a.example/1", "https://b.example/2", "www.c.example/3", "https://d.example/4",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("See https://canal.example/the-toll- tables.html.", "https://canal.example/the-toll-tables.html"),
            ("See https://canal.example/2011/ tolls/7.html.", "https://canal.example/2011/tolls/7.html"),
            ("See https://canal.example/tolls?year= 2011, p. 4.", "https://canal.example/tolls?year=2011"),
            ("See https://canal.example/tolls/ and the annex.", "https://canal.example/tolls/"),
            ("See https://canal.example/tolls. In 2011 it rose.", "https://canal.example/tolls"),
        ],
    )
    def test_broken_address(self, text: str, url: str) -> None:
        """An address that a line end broke is whole; the words behind an address are not taken into it."""
        assert [r.url for r in references(text)] == [url]

    @pytest.mark.parametrize(
        "text", ["", " ", ".", "“", "「", "((", ";;;", "1.", "Ibid", "et al.", "https://", "“”", "\x00"]
    )
    def test_scraps(self, text: str) -> None:
        """Scraps of text break nothing."""
        read_note(text)


class TestFields:
    """Single fields in their odd forms."""

    def test_translation(self) -> None:
        """A Korean title and its translation are two fields."""
        (made,) = references(
            "한국운하공사, “통행료 현황 [State of Tolls],” accessed May 1, 2020, https://canal.example/k."
        )
        assert (made.title, made.translation) == ("통행료 현황", "State of Tolls")

    def test_et_al(self) -> None:
        """'et al.' is kept as a sign that authors are missing."""
        (made,) = references("Ada Holm et al., “Tolls on the Strait,” Canal Review 7 (2011): 40–49.")
        assert (len(made.authors), made.et_al) == (1, True)

    def test_unsure(self) -> None:
        """A range of years gives its beginning, and says that it is a guess."""
        (made,) = references("Canal Congress, “An Act on Tolls,” Public Law 17-9, 17th Congress (1921–1922).")
        assert made.issued == "1921"
        assert "issued" in made.unsure

    def test_nothing_is_made_up(self) -> None:
        """What the note does not say is None."""
        (made,) = references("Piet Bos, The Lock (Weir Press, 2009).")
        assert (made.volume, made.doi, made.url, made.accessed, made.container) == (None,) * 5

    @pytest.mark.parametrize(
        "lead",
        [
            "For a discussion of these limits, see ",
            "As reported by ",
            "Data are from ",
            "The classic statement is ",
            "On this, compare ",
            "For more, see his ",
        ],
    )
    def test_lead_in(self, lead: str) -> None:
        """What leads up to a citation is no part of its authors or title."""
        head = "" if lead.endswith("his ") else "Ada Holm, "
        (made,) = references(f"{lead}{head}“Tolls on the Strait,” Canal Review 7 (2011): 40–49.")
        assert made.title == "Tolls on the Strait"
        assert [str(a) for a in made.authors] == (["Ada Holm"] if head else [])

    def test_editors_are_no_authors(self) -> None:
        """Who edited the book that a chapter stands in is neither its author nor its publisher."""
        for text in (
            "Holm, Ada. 2011. “Tolls.” In The Canal Age, edited by Piet Bos and Jan Mol, 7–31. Leiden: Weir Press.",
            "Holm, A. (2011). Tolls. In P. Bos & J. Mol (Eds.), The Canal Age (pp. 7–31). Weir Press.",
        ):
            (made,) = references(text)
            assert [a.family for a in made.authors] == ["Holm"]
            assert (made.type, made.container, made.publisher, made.page) == (
                "chapter", "The Canal Age", "Weir Press", "7–31",
            )  # fmt: skip

    @pytest.mark.parametrize("name", ["관세청", "통계청", "환경부", "감사원", "국무회의"])
    def test_offices(self, name: str) -> None:
        """The short name of an office is no person's."""
        (made,) = references(f"{name}, 「운하 통행료 현황」, 2020년 3월.")
        assert [(a.given, a.family) for a in made.authors] == [("", name)]

    @pytest.mark.parametrize(
        "doi", ["10.1016/S0555-4321(99)00021-7", "10.1002/(SICI)1055-555X(2005)3:1<7::AID-LQ2>3.0.CO;2-K"]
    )
    def test_brackets_in_doi(self, doi: str) -> None:
        """A DOI keeps the brackets in it."""
        (made,) = references(f"Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011): 40–49, https://doi.org/{doi}.")
        assert made.doi == doi

    def test_question_in_title(self) -> None:
        """A title that asks ends neither the sentence nor the citation."""
        (made,) = references("Ada Holm, Who Pays the Toll? Water and Power (Weir Press, 2012).")
        assert made.title == "Who Pays the Toll? Water and Power"


class TestHostile:
    """Foreign text: nothing breaks, nothing is slow, and every span stays a span of the note."""

    def test_cut_and_joined(self, root: Path) -> None:
        """Notes cut anywhere, joined and sprinkled with marks keep the law of spans."""
        notes = [case["text"] for case in json.loads((root / "tests/sources/styles.json").read_text("utf-8"))]
        dice = random.Random(4)
        for _ in range(400):
            text = dice.choice(notes) + " " + dice.choice(notes)
            start = dice.randrange(len(text))
            text = text[start : start + dice.randrange(300)]
            for mark in dice.choices('()[]“”‘’"「」『』.,;: §', k=4):
                at = dice.randrange(len(text) + 1)
                text = text[:at] + mark + text[at:]
            reading = read_note(text, "1")
            for made in reading.references:
                assert made.text == made.span.slice(text)
                assert all(made.span.contains(span) for _, span in made.where)
            assert all(not span.overlaps(r.span) for span in reading.comments for r in reading.references)

    @pytest.mark.parametrize(
        "scrap", ["Alpha ", "Alpha Beta, ", "A. ", "(“", "Lane, X; ", "가나다라 ", "1234 ", "Smith J, ", "The Act of "]
    )
    def test_long(self, scrap: str) -> None:
        """A note of 50,000 characters of anything is read within seconds."""
        begun = time.perf_counter()
        read_note((scrap * 50_000)[:50_000])
        assert time.perf_counter() - begun < 10

    @pytest.mark.parametrize(
        "scrap",
        [
            "See, for a view, the Book. ",
            "Ada Holm, The Lock (Weir Press, 2009). ",
            "Lane, X. (2001). The lock. Journal, 4(2), 1–9. ",
            "Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011): 40–49; ",
        ],
    )
    def test_time_by_length(self, scrap: str) -> None:
        """A note eight times as long takes about eight times as long to read, not sixty-four times."""

        def seconds(length: int) -> float:
            text = (scrap * length)[:length]
            begun = time.process_time()
            read_note(text)
            return time.process_time() - begun

        short = min(seconds(6_000) for _ in range(3))
        assert seconds(48_000) < 24 * short

    def test_long_note_keeps_its_places(self) -> None:
        """A note so long that it is read in pieces has the same works at places of the whole note."""
        one = "Ada Holm, “Tolls on the Strait,” Canal Review 7, no. 2 (2011): 40–49, https://canal.example/7. "
        text = one * 150
        made = references(text)
        assert len(made) == 150
        for n, reference in enumerate(made):
            assert reference.text == reference.span.slice(text)
            assert (reference.title, reference.url) == ("Tolls on the Strait", "https://canal.example/7")
            assert dict(reference.where)["title"].slice(text) == "Tolls on the Strait"
            assert n * len(one) <= reference.span.start < (n + 1) * len(one)


class TestUnread:
    """What looks like a citation never vanishes; what tells something stays a comment."""

    @pytest.mark.parametrize(
        "text",
        [
            "Dredgers idle at Ostby, Harbour Gazette 2021, p. 4",
            "Ostby Harbour Annals, Dues and Pilots – 2019 – p. 88",
            "한강물류연구원 내륙항만백서 2021, 15쪽",
        ],
    )
    def test_kept_with_its_words(self, text: str) -> None:
        """A citation of no known shape is one reference, unsure of what it names, with the note's words."""
        reading = read_note(text)
        assert [r.text for r in reading.references] == [text]
        assert "title" in reading.references[0].unsure
        assert reading.references[0].title is None
        assert reading.comments == ()

    @pytest.mark.parametrize(
        "text",
        [
            "The figures for 2020 leave out the two northern harbours, as Table 3, p. 12 has it.",
            "This was so until March 2019, when the 'old' dues were lifted.",
            "The board called it “a temporary measure” in 2018.",
            "2020년 수치는 북부의 두 항구를 제외한 것이다(12쪽).",
            "Data accessed March 30, 2026",
            "Prices of 2015; author’s own reckoning from the tables above.",
        ],
    )
    def test_comments(self, text: str) -> None:
        """A sentence with a year, a page or quoted words is no citation."""
        reading = read_note(text)
        assert reading.references == ()
        assert reading.comments

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Harbour Board of Ostby, Pilotage Yearbook (2021), 44.", "Pilotage Yearbook"),
            ("해양통계청, 항만 연감 (2022), 31.", "항만 연감"),
            ("Rose Tamm, 1984 (Lund: Varv, 1949), 3.", None),
            ("Rose Tamm, “1984,” Harbour Gazette, May 3, 1990.", "1984"),
        ],
    )
    def test_figures_are_no_title(self, text: str, title: str | None) -> None:
        """A title of figures alone is none, unless it stands in quotation marks."""
        assert [r.title for r in references(text)] == [title]

    @pytest.mark.parametrize("text", ["It was the '90s, and the dues of '94 were 'old' by 2001.", "The pilots' dues"])
    def test_apostrophes(self, text: str) -> None:
        """An apostrophe opens no quotation."""
        assert references(text) == ()
