"""A document drawn for a person: the head, pages, headings, lists, tables in columns, notes at their marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.outline import document_text, page_text
from assistant.reading import check
from assistant.terminal import Drawn, pad, table, wide, wrap
from assistant.types import (
    Block,
    BlockKind,
    Cell,
    Document,
    Hidden,
    Note,
    Page,
    Person,
    Recognised,
    Section,
    Span,
    Table,
    Work,
)

PIECES: list[tuple[BlockKind, str]] = [
    ("title", "Harbours of Marenland"),
    ("byline", "By Ilse Quay"),
    ("heading", "Trade"),
    ("paragraph", "Ports grew for years, and fees fell."),
    ("note", "Customs Office, Yearbook."),
    ("note", "Harbour Board, Waiting Times."),
    ("heading", "Fees"),
    ("list", "Large ships pay more."),
    ("list", "(a) Small ships pay less."),
    ("quote", "We shall not raise the fees again."),
    ("caption", "Table 1. Exports by Sector"),
    ("table", "\tExports\t\n\t2022\t2023\nTimber\t410\t533\nFish\t287\t301"),
    ("aside", "The author thanks the Harbour Board."),
]
TEXT = "\n\n".join(words for _, words in PIECES)


def place(words: str) -> Span:
    """Where words stand that are in the text once."""
    assert TEXT.count(words) == 1, words
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def cell(words: str, row: str, column: str, columns: int = 1) -> Cell:
    return Cell(words, place(words), row, column, 1, columns)


def paper(**changes: object) -> Document:
    """Three pages (iii, iv, v); a sentence goes over from the first to the second, whose note follows it."""
    blocks = tuple(Block(kind, place(words)) for kind, words in PIECES)
    turn, back, on = place("and fees fell").start, place("Customs Office, Y").start, place("Harbour Board, W").start
    last = place("The author").start
    grid = place(PIECES[11][1])
    years = tuple(cell(y, "", f"Exports › {y}") for y in ("2022", "2023"))
    corner = Cell("", Span(years[0].span.start - 1, years[0].span.start - 1), "", "")
    rows = tuple(
        (cell(name, name, ""), *(cell(v, name, y.column) for v, y in zip(values, years, strict=True)))
        for name, values in (("Timber", ("410", "533")), ("Fish", ("287", "301")))
    )
    document = Document(
        Work("quay-2024", "Harbours of Marenland", authors=(Person("Quay", "Ilse"),), issued="2024"),
        TEXT,
        blocks,
        pages=(
            Page(0, "iii", (Span(0, turn), Span(back, on))),
            Page(1, "iv", (Span(turn, back), Span(on, last))),
            Page(2, "v", (Span(last, len(TEXT)),)),
        ),
        sections=(
            Section((), Span(0, place("Trade").start)),
            Section(("Trade",), Span(place("Trade").start, place("Fees").start)),
            Section(("Trade", "Fees"), Span(place("Fees").start, len(TEXT))),
        ),
        notes=(
            Note("1", "Customs Office, Yearbook.", place("Customs Office, Yearbook."), (place("Ports grew").end,)),
            Note("2", "Harbour Board, Waiting Times.", place("Harbour Board, Waiting Times."), (place("fell.").end,)),
        ),
        tables=(Table("Table 1. Exports by Sector", (corner, *years), rows, "USD million", grid, number="1"),),
        media_type="application/pdf",
        warnings=("page 9 cannot be read",),
    )
    document = replace(document, **changes)  # type: ignore[arg-type]  # whatever field a test changes
    check(document)
    return document


class TestHead:
    def test_what_it_is(self) -> None:
        """The head names title, id, kind, type, authors, date, pages with their labels, what there is, and warnings."""
        head = document_text(paper()).split("──")[0]
        for words in ("Harbours of Marenland\n═══", "quay-2024 (paper, PDF)", "Ilse Quay", "2024", "3, printed iii–v",
                      "1 table, 2 notes", "2 tied", "page 9 cannot be read", "--plain"):  # fmt: skip
            assert words in head, words

    def test_what_was_left_out(self) -> None:
        """Hidden characters are counted by reason with their pages, and a reason that the file chose is harmless."""
        hidden = (Hidden("white", 120, 0), Hidden("white", 30, 2), Hidden("deleted", 1_200))
        text = document_text(paper(hidden=hidden))
        assert "1,350 characters that no reader sees: deleted 1,200, white 150 (pages 1, 3)" in " ".join(text.split())

    def test_loose_marks(self) -> None:
        """A raised figure that no note answers to is counted and shown where it stands."""
        text = document_text(paper(loose_marks=(place("Large"),)))
        assert "1 loose" in text
        assert "• Large‹?› ships" in text

    def test_notes_without_words(self) -> None:
        """Notes of which only the number is known are called in the text and listed at the end."""
        text = document_text(paper(notes=(Note("7", None, None, (place("Ports grew").end,)),)))
        assert "Ports grew[7] for years" in text
        assert text.rstrip().endswith("‹notes of which only the number is known: 7›")


class TestText:
    def test_headings_by_level(self) -> None:
        """The title has one sign, a heading one more than its depth."""
        lines = document_text(paper()).splitlines()
        assert [x for x in lines if x.startswith("#")] == ["# Harbours of Marenland", "## Trade", "### Fees"]

    def test_kinds(self) -> None:
        """Lists have bullets unless they bring a sign of their own, quotes are set in, other kinds are named."""
        text = document_text(paper())
        for line in ("\n  • Large ships pay more.\n", "\n  (a) Small ships pay less.\n", "\n  │ We shall not raise",
                     "\n‹byline› By Ilse Quay\n", "\n‹caption› Table 1. ", "\n‹aside› The author thanks"):  # fmt: skip
            assert line in text, line

    def test_notes_at_their_marks(self) -> None:
        """The number of a note is shown where it is called, and before its words."""
        text = document_text(paper())
        assert "Ports grew[1] for years, ‹p. iv (page 2 of the file)› and fees fell.[2]\n" in text
        assert "\n[1] Customs Office, Yearbook.\n" in text

    def test_pages(self) -> None:
        """A rule stands where a page begins; a sentence that goes over says so inside; the rest of a page is named so."""
        rules = [x.strip("─ ") for x in document_text(paper()).splitlines() if x.startswith("── ")]
        assert rules == [
            "p. iii (page 1 of the file)",
            "p. iii (page 1 of the file) goes on",
            "p. iv (page 2 of the file) goes on",
            "p. v (page 3 of the file)",
        ]

    def test_all_words_are_there(self) -> None:
        """Nothing of the stored text is lost in drawing, however narrow the terminal is."""
        for width in (40, 96, 200):
            shown = document_text(paper(), width).partition("──")[2].split()
            for word in TEXT.split():
                assert any(word in s for s in shown), (width, word)

    def test_ocr(self) -> None:
        """A page that was read by OCR says so with its confidence, and each line that is unsure is marked."""
        read = (Recognised(place("The author thanks"), 0.9), Recognised(place("the Harbour Board."), 0.5))
        text = document_text(paper(recognised=read))
        assert "1 of 3 pages, 35 characters, confidence 69%; marked where below 70%: 1 line" in " ".join(text.split())
        assert "── p. v (page 3 of the file), read by OCR (69% sure) ──" in text
        assert "thanks the Harbour Board.‹50% sure›" in text

    def test_control_characters(self) -> None:
        """What a file holds cannot steer the terminal: control, direction and invisible characters are gone."""
        evil = "a\x1b[2Jb\u202ec\u200b\x07"
        text = f"{evil}\n\n{evil}"
        document = Document(
            Work("x", evil, authors=(Person(evil),), issued=evil, language=evil),
            text,
            (Block("heading", Span(0, len(evil))), Block("paragraph", Span(len(evil) + 2, len(text)))),
            pages=(Page(0, evil, (Span(0, len(text)),)),),
            notes=(Note(evil, None, None, (3,)),),
            warnings=(evil,),
            media_type=evil,
            hidden=(Hidden(evil, 3),),
        )
        shown = document_text(document) + page_text(document, document.pages[0])
        assert not {c for c in shown if c < " " and c != "\n"} | set(shown) & set("\u202e\u200b\x7f")

    def test_a_long_document_is_quick(self) -> None:
        """Drawing takes time by the length of the text, not by its square."""
        words = "Ports grew for years and fees fell. " * 3
        size = 4_000
        text = "\n\n".join([words] * size)
        step = len(words) + 2
        blocks = tuple(Block("paragraph", Span(n * step, n * step + len(words))) for n in range(size))
        notes = tuple(Note(str(n), None, None, (n * step + 10,)) for n in range(size))
        pages = tuple(Page(n, None, (Span(n * step, min((n + 1) * step, len(text))),)) for n in range(size))
        shown = document_text(Document(Work("x", "x"), text, blocks, pages=pages, notes=notes))
        assert shown.count("[") >= size


class TestPage:
    def test_one_page(self) -> None:
        """A page alone has what stands on it, with the cut ends of a sentence shown as such."""
        document = paper()
        text = page_text(document, document.pages[0])
        assert "page 1 of 3, printed iii" in text
        assert "Ports grew[1] for years, …" in text
        assert "[1] Customs Office" in text
        assert "fees fell" not in text
        assert "… and fees fell.[2]" in page_text(document, document.pages[1])

    def test_an_empty_page(self) -> None:
        """A page without text says so, and what was left out of it."""
        document = paper(hidden=(Hidden("covered", 9, 3),))
        document = replace(document, pages=(*document.pages, Page(3, None, ())))
        assert "‹no text on this page›" in page_text(document, document.pages[3])
        assert "covered 9" in page_text(document, document.pages[3])


class TestTables:
    def test_in_a_document(self) -> None:
        """A table has its unit, a spanning head over its columns, a line under the head and figures at the right."""
        lines = [x.strip() for x in document_text(paper()).splitlines()]
        at = lines.index("‹unit› USD million")
        assert lines[at + 1 : at + 6] == [
            "│ Exports",
            "│ 2022 │ 2023",
            "───────┼──────┼─────",
            "Timber │  410 │  533",
            "Fish   │  287 │  301",
        ]

    def test_wide_letters(self) -> None:
        """Columns stay in line though Korean letters are two columns wide."""
        drawn = table(
            [[Drawn("구분"), Drawn("2022")], [Drawn("전기 장비"), Drawn("5,237")], [Drawn("자동차"), Drawn("12")]],
            60,
            1,
        )
        assert {wide(line[: line.index("│")]) for line in drawn if "│" in line} == {10}

    def test_long_cells_wrap(self) -> None:
        """A table keeps within the width by wrapping words, not figures; its rows are then parted."""
        rows = [
            [Drawn("Sector"), Drawn("2022")],
            [Drawn("electrical equipment and parts " * 4), Drawn("5,237 (23.8%)")],
        ]
        drawn = table([*rows, rows[1]], 50, 1)
        assert all(wide(line) <= 50 for line in drawn)
        assert sum("5,237 (23.8%)" in line for line in drawn) == 2
        assert any(line.startswith("┄") for line in drawn)

    @pytest.mark.parametrize("rows", [[], [[]], [[Drawn("")]], [[Drawn("a", 9)], [Drawn("b"), Drawn("c"), Drawn("d")]]])
    def test_odd_tables(self, rows: list[list[Drawn]]) -> None:
        """Empty, ragged and over-wide tables are drawn as far as they go."""
        assert all(isinstance(line, str) for line in table(rows, 40, 1))

    def test_many_columns(self) -> None:
        """Where columns cannot be narrower the table is wider than the terminal, and whole."""
        drawn = table([[Drawn(f"column {n}") for n in range(30)]], 40)
        assert all(f"{n}" in "".join(drawn) for n in range(30))

    def test_numbers_stay_whole(self) -> None:
        """No number and no word of usual length is cut, in a column or over several: the table is wider instead."""
        rows = [[Drawn("Offence charged"), *(Drawn(f"Under {n} years") for n in range(12, 24))]]
        rows += [[Drawn("Manslaughter"), *(Drawn(f"11,06{n % 10}.6") for n in range(12))] for _ in range(3)]
        rows.append([Drawn("Weapons 2,801,334.25"), Drawn("12,345,678,901,234,567", 2), *[Drawn("")] * 11])
        drawn = "\n".join(table(rows, 60, 1))
        words = {word for row in rows for c in row for word in c.text.split()}
        assert words <= set(drawn.split())


class TestColumns:
    @pytest.mark.parametrize(
        ("text", "columns"), [("port", 4), ("항구", 4), ("e\u0301", 1), ("ᄒ\u1161\u11ab", 2), ("ＡＢ", 4), ("", 0)]
    )
    def test_wide(self, text: str, columns: int) -> None:
        """Hangul and full-width letters take two columns, marks and joined vowels none."""
        assert wide(text) == columns

    def test_wrap(self) -> None:
        """Lines break at white space, hang under their first word, and cut only a word that fits no line."""
        assert wrap("Ports grew for years", 12, "[1] ") == ["[1] Ports", "    grew for", "    years"]
        assert wrap("항구는 컸다", 7) == ["항구는", "컸다"]
        assert wrap("x" * 10, 4) == ["xxxx", "xxxx", "xx"]
        assert wrap("", 10, "• ") == ["•"]

    def test_pad(self) -> None:
        """Filled up to a width in columns, at either side."""
        assert pad("항", 4) == "항  "
        assert pad("1", 3, right=True) == "  1"
