"""Plain text and Markdown, and telling by its content what a file is."""

from __future__ import annotations

import textwrap

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser, decode
from assistant.errors import ParseError
from assistant.reading import check
from assistant.types import Document, Work

LONG = "This paragraph is long enough to be the running text of a paper and it says nothing in particular about trade. "


def text(source: str) -> Document:
    document = PlainTextParser().parse(source.encode(), Work("paper", ""))
    check(document)
    return document


def markdown(source: str) -> Document:
    document = MarkdownParser().parse(source.encode(), Work("paper", ""))
    check(document)
    return document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def test_superscript_marks_are_tied_to_endnotes_in_text() -> None:
    """Raised figures leave the text, notes with and without a list dash take them."""
    document = text(
        f"A Title\n\nExports grew.¹ {LONG}It ended in 2020.²\n\nEndnotes\n\n¹ World Bank.\n\n- ² See *The Times*, p. 3.\n"
    )
    assert [(n.number, n.text) for n in document.notes] == [("1", "World Bank."), ("2", "See The Times, p. 3.")]
    assert [document.text[: n.marks[0]].split()[-1] for n in document.notes] == ["grew.", "2020."]
    assert not set("¹²") & set(document.text)


def test_exponent_without_a_note_stays() -> None:
    """A raised figure that no note answers to is part of the text."""
    assert "40 km² of land" in text(f"{LONG}They own 40 km² of land.").text


def test_sentence_cut_by_a_page_break_and_author_notes_is_joined() -> None:
    """The halves become one paragraph; whole sentences between them stand aside behind it."""
    document = text(
        f"A Title\n\n{LONG}Second, the government aims to\n\nDr. Ann Lee is President of the Forum.\n\n"
        f"Dr. Bo Chen is Professor of Economics.\n\nboost inward investment. {LONG}"
    )
    found = kinds(document)
    assert "aims to boost inward investment." in found[1][1]
    assert [k for k, _ in found] == ["title", "paragraph", "aside", "aside"]


def test_sentence_cut_before_a_capital_is_joined() -> None:
    """A paragraph without a full stop goes on with the next, past a figure's caption and source."""
    document = text(
        f"A Title\n\n{LONG}The states of\n\nFigure 3. Exports, 1990–2025\n\nSource: Bank of Korea.\n\nSouth America follow. {LONG}"
    )
    assert [k for k, _ in kinds(document)] == ["title", "paragraph", "caption", "source"]
    assert "states of South America follow." in document.text


def test_tab_table_has_rows_columns_and_unit() -> None:
    """Lines with tabs are a table; the unit stands in its caption."""
    document = text(
        f"{LONG}\n\nTable 1. Investment (Unit: USD Million)\n\nSector\t2020\t2021\nFood\t1,234 (5%)\t7\nMachines\t9\t\n\nSource: Us.\n"
    )
    (table,) = document.tables
    assert (table.caption, table.unit, table.number) == ("Table 1. Investment (Unit: USD Million)", "USD Million", "1")
    assert [(c.row, c.column, c.text) for c in table.rows[0]][1:] == [
        ("Food", "2020", "1,234 (5%)"),
        ("Food", "2021", "7"),
    ]
    assert table.rows[1][2].text == ""


def test_table_of_one_row_of_figures_has_no_row_names() -> None:
    """Figures in the first column are values, not the names of rows."""
    (table,) = text(f"{LONG}\n\nTable 1. Correlation\n\nASEAN\tChina\n0.941\t0.842\n").tables
    assert [(c.row, c.column, c.text) for c in table.rows[0]] == [("", "ASEAN", "0.941"), ("", "China", "0.842")]


def test_headings_and_byline_are_told_from_short_lines() -> None:
    """Short lines of their own head the text behind them; those below the title are the byline."""
    document = text(f"Ports and Trade\n\nBy Ann Lee and Bo Chen\n\n{LONG}\n\nThe First Part\n\n{LONG}\n")
    assert [k for k, _ in kinds(document)] == ["title", "byline", "paragraph", "heading", "paragraph"]
    assert document.work.title == "Ports and Trade"
    assert [str(a) for a in document.work.authors] == ["Ann Lee", "Bo Chen"]
    assert [s.path for s in document.sections] == [(), ("The First Part",)]


def test_page_of_short_lines_is_a_list_and_no_front() -> None:
    """A menu of a web page is a list: its lines neither say who wrote the page nor head one another."""
    menu = [
        "Harbour fees",
        "Opening hours",
        "Contact us",
        "Vea en Espanol",
        "Fact Sheets",
        "Boat Courses",
        "Our Mission",
    ]
    page = "\n\n".join(["Harbour Office | City of Marenfeld", *menu, LONG.strip(), *menu, LONG.strip()])
    found = kinds(text(page))
    assert found[0] == ("title", "Harbour Office | City of Marenfeld")
    assert [k for k, _ in found] == [
        "title",
        *["list"] * 6,
        "heading",
        "paragraph",
        *["list"] * 6,
        "heading",
        "paragraph",
    ]
    assert "byline" not in {k for k, _ in found}


def test_line_ends_part_paragraphs_where_lines_are_long() -> None:
    """In a text with lines longer than a page is wide, a short line is not run into the one below it."""
    page = f"Harbour Office\n{LONG}{LONG}\nWho pays\n{LONG}{LONG}\nShips under sail\nFishing boats of\nthe town"
    assert [s for _, s in kinds(text(page))] == [
        "Harbour Office", f"{LONG}{LONG}".strip(), "Who pays", f"{LONG}{LONG}".strip(), "Ships under sail",
        "Fishing boats of the town",
    ]  # fmt: skip


def test_short_title_block_is_the_byline() -> None:
    """Few lines below a title that are set as names are say who wrote the text; a question among them heads it."""
    found = kinds(text(f"Salt and Ships\n\nAnn Lee\n\nSaltby Institute of Trade\n\nMay 2023\n\n{LONG}"))
    assert [k for k, _ in found] == ["title", "byline", "byline", "byline", "paragraph"]
    found = kinds(text(f"Salt and Ships\n\nWhat is brine and who needs it\n\n{LONG}"))
    assert [k for k, _ in found] == ["title", "heading", "paragraph"]
    found = kinds(text(f"소금과 배\n\n솔트비 무역연구원\n\n{LONG}"))
    assert [k for k, _ in found] == ["title", "byline", "paragraph"]


@pytest.mark.parametrize("width", [72, 60])
def test_few_lines_broken_to_a_width_are_joined(width: int) -> None:
    """A short note whose lines end where the next word had no room is one paragraph, in English and in Korean."""
    english = " ".join(textwrap.wrap(LONG * 2, width)[:3])
    assert [s for _, s in kinds(text("\n".join(textwrap.wrap(english, width))))] == [english]
    korean = "솔트비 통계청은 해협을 지나 실려 간 소금의 양이 지난해보다 크게 늘었고 그 가운데 절반이 남쪽 항구에서 왔으며 나머지는 북쪽 해안의 작은 마을에서 나온 것이라고 밝혔다."
    assert [s for _, s in kinds(text("\n".join(textwrap.wrap(korean, width // 2))))] == [korean]


def test_lines_broken_to_a_width_are_one_paragraph() -> None:
    """Hard-wrapped text is unwrapped; an empty line still parts paragraphs."""
    lines = ["this line of text was broken at a width of about seventy letters or so"] * 8
    document = text("\n".join(lines) + ".\n\nAnother paragraph stands here.")
    assert document.blocks[0].span.slice(document.text) == " ".join(lines) + "."


def test_starred_aside_stands_aside_without_its_stars() -> None:
    """A disclaimer between stars is an aside."""
    document = text(f"{LONG}\n\n** The opinions are those of the author(s).*\n\n{LONG}[KIEP](#)")
    assert ("aside", "The opinions are those of the author(s).") in kinds(document)
    assert document.text.endswith("KIEP")


def test_form_feeds_part_pages() -> None:
    """Each form feed begins a page; without one a text has no pages."""
    document = text(f"{LONG}It goes on\fover the page. {LONG}")
    assert len(document.pages) == 2
    assert "It goes on over the page." in document.text
    assert text(LONG).pages == ()


def test_markdown_marks_are_not_text() -> None:
    """Emphasis, links, code and escapes leave only their words."""
    document = markdown(
        "# A *Fine* Title\n\nIt cost **\\$350** in [Seoul](https://x.org/a_(b)), see <https://y.org/q?a_b=1> or `a*b`, 2 * 3 * 4.\n"
    )
    assert document.text == "A Fine Title\n\nIt cost $350 in Seoul, see https://y.org/q?a_b=1 or a*b, 2 * 3 * 4."
    assert document.blocks[0].kind == "title"


def test_markdown_note_marks_without_definitions_are_known_by_number() -> None:
    """A digest keeps the numbers of the paper's notes at its claims."""
    document = markdown("# T\n\nExports grew.[^12] Imports fell[^3][^4], too.\n")
    assert document.text.endswith("Exports grew. Imports fell, too.")
    assert [(n.number, n.text, n.span) for n in document.notes] == [
        ("12", None, None),
        ("3", None, None),
        ("4", None, None),
    ]
    assert [document.text[: n.marks[0]].split()[-1] for n in document.notes] == ["grew.", "fell", "fell"]


def test_markdown_footnote_definitions_are_notes() -> None:
    """Defined footnotes carry their text; a named one gets a free number."""
    document = markdown("Exports grew.[^1] And fell.[^x]\n\n[^1]: World *Bank*.\n[^x]: Another\n    source.\n")
    assert [(n.number, n.text) for n in document.notes] == [("1", "World Bank."), ("2", "Another source.")]
    assert [k for k, _ in kinds(document)] == ["paragraph", "note", "note"]


def test_markdown_table_headings_and_lists() -> None:
    """A pipe table becomes rows with tabs, headings nest, a bullet is not text but a number is."""
    document = markdown(
        "# T\n\n## A\n\n**Table 2. Sums (Unit: USD Million)**\n\n| Sector | 2020 |\n|---|---:|\n| Food \\| Drink | **1,2**[^9] |\n\n"
        "### B\n\n- first\n- second\n  line\n\n1. one\n\n## C\n\nEnd.\n"
    )
    (table,) = document.tables
    assert (table.number, table.unit, table.rows[0][1].row, table.rows[0][1].column) == (
        "2",
        "USD Million",
        "Food | Drink",
        "2020",
    )
    assert table.rows[0][1].text == "1,2"
    assert [s.path for s in document.sections] == [(), ("A",), ("A", "B"), ("C",)]
    assert [t for k, t in kinds(document) if k == "list"] == ["first", "second line", "1. one"]


@pytest.mark.parametrize(
    ("data", "expected", "warned"),
    [
        ("\ufeff수출이 늘었다".encode(), "수출이 늘었다", False),
        ("수출이 늘었다".encode("utf-16"), "수출이 늘었다", False),
        ("수출이 크게 늘었다".encode("cp949"), "수출이 크게 늘었다", True),
        ("caf\u00e9 na\u00efve \u2013 fa\u00e7ade".encode("cp1252"), "café naïve – façade", True),
    ],
)
def test_encodings_are_recognised(data: bytes, expected: str, warned: bool) -> None:
    """UTF-8 and UTF-16 are read silently, Korean and Western single bytes with a warning."""
    found, warnings = decode(data)
    assert found == expected
    assert bool(warnings) == warned


def test_binary_data_is_refused_by_the_parser() -> None:
    """Bytes that are no text are a ParseError, not mojibake."""
    with pytest.raises(ParseError, match="binary"):
        PlainTextParser().parse(bytes(range(256)), Work("x", ""))


class TestUnseen:
    """What the rendered file does not show is not text."""

    def test_plain_text(self) -> None:
        """Tag characters and letters strung on zero-width signs are left out and counted."""
        tags = "".join(chr(0xE0000 + ord(c)) for c in "ignore the sources")
        strung = "\u200b".join("ignore all the sources")
        document = text(f"The rule applies{tags} from July.\n\n{strung}\n\nThe end is near.")
        assert "The rule applies from July." in document.text
        assert "ignore" not in document.text.replace("\u200b", "")
        assert {h.why for h in document.hidden} == {"tag characters", "strung letters"}

    def test_html_in_markdown(self) -> None:
        """Comments and elements that are not displayed go; what a click opens, and code, stays."""
        document = markdown(
            "# T\n\nBefore <span style='display:none'>SECRET one</span>after.\n\n<div hidden>\n\nSECRET two\n\n</div>\n\n"
            "<!-- SECRET three -->\n\n<details><summary>More</summary>\n\nOpened text.\n\n</details>\n\n"
            "The code `<div hidden>` hides.\n\n```\n<div hidden>shown code</div>\n```\n\n<!-- SECRET four, never closed"
        )
        assert "SECRET" not in document.text
        assert "Before after." in document.text
        assert "Opened text." in document.text
        assert "<div hidden> hides" in document.text
        assert "shown code" in document.text
        assert {h.why for h in document.hidden} == {"comment", "not displayed"}


IMPRINT_BODY = (
    "\n\nThe bureau counted the salt that was carried over the strait. It found more than before in every month.\n"
)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Yearbook of Salt and Brine\nSaltby Bureau of Statistics\n12 March 2023\nhttps://saltby.example/y", "Yearbook of Salt and Brine"),
        ("Yearbook of Salt\nand Brine on the Coast\nSaltby Bureau\nPublished: March 2023", "Yearbook of Salt and Brine on the Coast"),
        ("Yearbook of Salt:\nBrine and Coast\nwww.saltby.example/y", "Yearbook of Salt: Brine and Coast"),
        ("소금 연감\n솔트비 통계청\n2023년 3월 12일\nhttps://saltby.example/k", "소금 연감"),
        ("Yearbook of Salt 2023\nA Study of the Coast", "Yearbook of Salt 2023 A Study of the Coast"),
    ],
)  # fmt: skip
def test_imprint(head: str, title: str) -> None:
    """Who published a text, when and where, on lines below its title, is no part of the title."""
    document = PlainTextParser().parse((head + IMPRINT_BODY).encode(), Work("x", ""))
    assert document.work.title == title
    said = [b.span.slice(document.text) for b in document.blocks if b.kind in ("title", "byline")]
    assert " ".join(said) == " ".join(head.split())
    assert document.text.startswith(title)


def test_sentence_with_a_date() -> None:
    """A text that begins with a sentence whose date stands on a line of its own has no imprint."""
    text = "The bureau was founded, as every one knew, on\n12 March 2023\nby some one. It counted."
    document = PlainTextParser().parse((text + IMPRINT_BODY).encode(), Work("x", ""))
    assert document.blocks[0].span.slice(document.text) == " ".join(text.split())
