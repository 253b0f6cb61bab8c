"""Word files are read as a reader sees them, with every note at its mark and nothing that is hidden."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.backends.docx import DocxParser
from assistant.backends.docx.numbering import written
from assistant.backends.formats import DOCX
from assistant.errors import ParseError
from assistant.reading import check
from assistant.types import Document, Work
from tests.backends.docx_files import (
    STYLES,
    call,
    cell,
    docx,
    field,
    listed,
    note,
    numbering,
    p,
    part,
    row,
    t,
    table,
)

ROOT = Path(__file__).resolve().parents[2]
CARRIERS = ROOT.parent / "shared" / "data" / "injection" / "make_carriers.py"


def parsed(data: bytes) -> Document:
    document = DocxParser().parse(data, Work(id="x.docx", title=""))
    check(document)
    return document


def read(*body: str, **parts: str) -> Document:
    return parsed(docx(*body, **parts))  # type: ignore[arg-type]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def hidden(document: Document) -> dict[str, int]:
    return {h.why: h.characters for h in document.hidden}


# ---------------------------------------------------------------- roles


def test_headings_take_their_level_from_the_style_or_the_outline() -> None:
    """By the style's name, by a style based on one, by an outline level of the paragraph itself."""
    document = read(
        p("Title of it", style="T"),
        p("One line more", style="S"),
        p("Part", style="1"),
        p("Section", style="2"),
        p("Text."),
        p("Own style", style="Part"),
        p("Own level", properties='<w:outlineLvl w:val="1"/>'),
        p("More text."),
    )
    assert blocks(document)[:4] == [
        ("title", "Title of it"),
        ("aside", "One line more"),
        ("heading", "Part"),
        ("heading", "Section"),
    ]
    assert [s.path for s in document.sections if s.path][-1] == ("Own style", "Own level")
    assert document.section_at(document.text.index("Text.")) == ("Part", "Section")
    assert document.work.title == "Title of it"


def test_styles_named_in_korean_are_known() -> None:
    """Files that other programs write carry the names of their own language."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{name}"/></w:style>'
        for i, name in enumerate(("제목", "제목 1", "개요 2", "캡션", "인용"))
    )
    body = [p(f"글 {i}", style=str(i)) for i in range(5)]
    kinds = [kind for kind, _ in blocks(read(*body, p("본문이다."), styles=styles))]
    assert kinds == ["title", "heading", "heading", "caption", "quote", "paragraph"]


def test_quotes_captions_contents_and_sources_have_their_role() -> None:
    """A table of contents stands aside; a line that begins as a source is one."""
    document = read(
        p("Introduction", "<w:r><w:tab/></w:r>", "3", style="TOC1"),
        p("Quoted words.", style="Q"),
        p("Table ", field(" SEQ Table ", "1"), ". Trade", style="C"),
        table(row("Land", "Wert"), row("Korea", "1"), row("Japan", "2")),
        p("Source: Ministry of Trade."),
    )
    assert [kind for kind, _ in blocks(document)] == ["aside", "quote", "caption", "table", "source"]
    assert document.text.startswith("Introduction 3")
    assert document.tables[0].caption == "Table 1. Trade"


def test_a_file_without_styles_shows_its_headings_by_type() -> None:
    """A bold line of its own over text is a heading; bold words in a sentence, or a bold sentence, are none."""
    body = "A sentence that is long enough to be the text of this document, as any other."
    document = read(
        p(t("The Outlook", '<w:b/><w:sz w:val="36"/>')),
        p(t("Background", "<w:b/>")),
        p(body),
        p(t("Note well", "<w:b/>"), ": the rest is plain."),
        p(t("Trade", "<w:b/>")),
        p(body),
        p(t("This is all bold and a sentence.", "<w:b/>")),
    )
    assert [text for kind, text in blocks(document) if kind == "heading"] == ["Background", "Trade"]
    assert blocks(document)[0] == ("title", "The Outlook")


# ---------------------------------------------------------------- numbering and lists


def test_the_words_of_automatic_numbering_are_text() -> None:
    """'1.', '1.1' and '(a)' stand before their paragraphs; a bullet is no word."""
    document = read(
        p("Scope", style="1", properties=listed(1)),
        p("Members", style="2", properties=listed(1, 1)),
        p("first", properties=listed(1, 2)),
        p("second", properties=listed(1, 2)),
        p("Duties", style="1", properties=listed(1)),
        p("again", properties=listed(1, 2)),
        p("dotted", properties=listed(1, 3)),
        p("Closing text."),
        numbering=numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("bullet", "•")),
    )
    assert [text for _, text in blocks(document)] == [
        "1. Scope", "1.1 Members", "(a) first", "(b) second", "2. Duties", "(a) again", "dotted", "Closing text.",
    ]  # fmt: skip
    assert blocks(document)[2][0] == blocks(document)[6][0] == "list"
    assert document.section_at(document.text.index("again")) == ("2. Duties",)


def test_korean_numbering_is_written_as_it_is_shown() -> None:
    """'제1조', '가.', 'ㄱ)' and '①'."""
    levels = ("decimal", "제%1조"), ("ganada", "%2."), ("chosung", "%3)"), ("decimalEnclosedCircle", "%4")
    document = read(*(p("말", properties=listed(1, i)) for i in (0, 1, 1, 2, 3)), numbering=numbering(*levels))
    assert document.text.split("\n\n") == ["제1조 말", "가. 말", "나. 말", "ㄱ) 말", "① 말"]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalZero", 7, "07"),
        ("ordinal", 12, "12th"),
        ("ganada", 3, "다"),
        ("koreanCounting", 21, "이십일"),
        ("koreanDigital", 10, "일영"),
        ("chineseCounting", 10, "十"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("none", 3, ""),
        ("a form that is not known", 3, "3"),
    ],
)
def test_numbers_are_written_in_the_forms_that_word_knows(form: str, number: int, shown: str) -> None:
    """Figures stand in for a form that is not known here, and for a number that a form cannot write."""
    assert written(number, form) == shown


def test_a_list_goes_on_or_begins_anew_as_the_file_says() -> None:
    """Lists of one definition count on together; a start of its own begins anew; deleted paragraphs do not count."""
    made = (
        numbering(("decimal", "%1)"), start=3)
        + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    document = read(
        p("a", properties=listed(1)),
        p("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", properties=listed(1) + "<w:rPr><w:del/></w:rPr>"),
        p("b", properties=listed(2)),
        p("c", properties=listed(3)),
        p("d", properties=listed(3)),
        numbering=made,
    )
    assert document.text.split("\n\n") == ["3) a", "4) b", "9) c", "10) d"]


# ---------------------------------------------------------------- notes


def test_notes_are_tied_to_their_marks() -> None:
    """Foot- and endnotes, each in its own numbers, at the word that calls them; separators are no notes."""
    document = read(
        p("Exports rose", call("2"), ". They fell", call("5", "endnote"), " later", call("3"), "."),
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + note("2", " First of ", t("two", "<w:i/>"), ".")
        + note("3", " Second, over 5 km² in 10."),
        endnotes=note("5", " An endnote.", kind="endnote"),
    )
    assert blocks(document)[0] == ("paragraph", "Exports rose. They fell later.")
    assert [(n.number, n.text) for n in document.notes] == [
        ("1", "First of two."),
        ("2", "Second, over 5 km² in 10."),
        ("i", "An endnote."),
    ]
    places = [document.text[: n.marks[0]].rsplit(" ", 1)[-1] for n in document.notes]
    assert places == ["rose", "later", "fell"]


def test_a_note_keeps_a_sign_of_its_own() -> None:
    """A custom mark is the note's number: neither in the text nor at the beginning of the note."""
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    document = read(
        p("Jane Doe", own, " and the rest", call("3"), "."),
        footnotes=f'<w:footnote w:id="2">{p("* The author is a fellow.")}</w:footnote>' + note("3", "Counted."),
    )
    assert [(n.number, n.text) for n in document.notes] == [("*", "The author is a fellow."), ("1", "Counted.")]
    assert blocks(document)[0][1] == "Jane Doe and the rest."


def test_a_field_that_repeats_a_mark_is_a_call() -> None:
    """A cross-reference set as a note mark is a second place of the same note."""
    document = read(
        p("One", '<w:bookmarkStart w:id="7" w:name="_Ref1"/>', call("2"), '<w:bookmarkEnd w:id="7"/>', "."),
        p("Two", field(" NOTEREF _Ref1 \\f \\h ", t("1", '<w:vertAlign w:val="superscript"/>')), ", see note ",
          field(" NOTEREF _Ref1 \\h ", "1"), "."),
        footnotes=note("2", "The note."),
    )  # fmt: skip
    assert blocks(document)[1][1] == "Two, see note 1."
    assert [document.text[m - 3 : m] for m in document.notes[0].marks] == ["One", "Two"]


def test_notes_begin_anew_in_a_section_that_says_so() -> None:
    """Two notes of the number 1 keep each its own mark."""
    again = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    document = read(
        p("One", call("2"), ".", properties=f"<w:sectPr>{again}</w:sectPr>"),
        p("Two", call("3"), "."),
        f"<w:sectPr>{again}</w:sectPr>",
        footnotes=note("2", "First.") + note("3", "Second."),
    )
    assert [(n.number, n.text, document.text[n.marks[0] - 3 : n.marks[0]]) for n in document.notes] == [
        ("1", "First.", "One"),
        ("1", "Second.", "Two"),
    ]


def test_a_note_without_its_part_is_told() -> None:
    """The number is known, the text is not."""
    document = read(p("One", call("2"), "."))
    assert document.notes[0].text is None
    assert "footnote 2" in document.warnings[0]


def test_a_korean_document_is_read_whole() -> None:
    """Headings with their numbers, typed bullets, a table with caption and unit, notes; Korean by its letters."""
    document = read(
        p("통상 정책 전망", style="T"),
        p("개요", style="1", properties=listed(1)),
        p("수출이 늘었다", call("2"), ". 면적은 5 km", t("2", '<w:vertAlign w:val="superscript"/>'), "이다."),
        p("□ 반도체 수출"),
        p("○○부는 밝혔다."),
        p("&lt;표 1&gt; 국가별 수출 (단위: 억 달러)"),
        table(row("국가", "2023년", "2024년"), row("미국", "1,157", "1,278"), row("중국", "1,248", "1,330")),
        p("자료: 한국무역협회"),
        footnotes=note("2", "산업부 자료이다."),
        numbering=numbering(("decimal", "제%1장")),
    )
    assert blocks(document) == [
        ("title", "통상 정책 전망"),
        ("heading", "제1장 개요"),
        ("paragraph", "수출이 늘었다. 면적은 5 km²이다."),
        ("list", "반도체 수출"),
        ("paragraph", "○○부는 밝혔다."),
        ("caption", "<표 1> 국가별 수출 (단위: 억 달러)"),
        ("table", "국가\t2023년\t2024년\n미국\t1,157\t1,278\n중국\t1,248\t1,330"),
        ("source", "자료: 한국무역협회"),
        ("note", "산업부 자료이다."),
    ]
    assert document.work.language == "ko"
    assert document.tables[0].unit == "억 달러"
    assert document.notes[0].marks == (document.text.index("늘었다") + 3,)


# ---------------------------------------------------------------- tables


def test_cells_that_span_stand_once_and_name_what_they_cover() -> None:
    """`gridSpan`, `vMerge` and rows marked as headers."""
    header = "<w:tblHeader/>"
    document = read(
        table(
            row(
                cell("Country", properties='<w:vMerge w:val="restart"/>'),
                cell("Exports", properties='<w:gridSpan w:val="2"/>'),
                properties=header,
            ),
            row(cell("", properties="<w:vMerge/>"), "2023", "2024", properties=header),
            row("Korea", "632", "684"),
            row("Japan", "717", "707"),
        ),
        p("Text."),
    )
    found = document.tables[0]
    assert document.text.startswith("Country\tExports\t\n\t2023\t2024\nKorea\t632\t684")
    values = {(c.row, c.text): c.column for r in found.rows for c in r}
    assert values["Korea", "684"].startswith("Exports")
    assert values["Korea", "684"].endswith("2024")


def test_a_table_that_only_lays_out_is_read_as_text() -> None:
    """A box around a paragraph, a table in a table, text side by side: no cell of them has a header."""
    inner = table(row("Land", "Value"), row("Korea", "1"), row("Japan", "2"))
    document = read(
        table(row(cell(p("Box title", style="1"), p("Words in a box.")))),
        table(row("Left text", "Right text")),
        table(row(cell(p("Over it."), inner), "x"), row("y", "z")),
        p("End."),
    )
    assert [text for kind, text in blocks(document) if kind != "table"] == [
        "Box title", "Words in a box.", "Left text", "Right text", "Over it.", "x", "y", "z", "End.",
    ]  # fmt: skip
    assert len(document.tables) == 1


def test_rows_and_cells_keep_their_place_around_what_is_deleted() -> None:
    """A deleted row is no row, a missing cell before a row is an empty one, a note in a cell is tied."""
    document = read(
        table(
            row("Item", "Value", "Share"),
            row("gone", "0", "0", properties='<w:del w:id="1"/>'),
            row("total", cell(p("12", call("2"))), properties='<w:gridBefore w:val="1"/>'),
            row("rest", "3", "4"),
        ),
        footnotes=note("2", "In a cell."),
    )
    assert document.text.startswith("Item\tValue\tShare\n\ttotal\t12\nrest\t3\t4")
    assert hidden(document) == {"deleted": len("gone00")}
    assert document.notes[0].marks == (document.text.index("12") + 2,)


# ---------------------------------------------------------------- running text


def test_fields_show_their_result_and_not_what_they_ask() -> None:
    """Also nested, in one element, without a result, and never ended."""
    document = read(
        p("See ", field(' HYPERLINK "http://example.org" ', "the page ", field(" PAGEREF x ", "7")), "."),
        p('<w:fldSimple w:instr=" TITLE "><w:r><w:t>Shown</w:t></w:r></w:fldSimple>', " it is."),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> XE "index" </w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Indexed."),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Never ended."),
    )  # fmt: skip
    assert [text for _, text in blocks(document)] == ["See the page 7.", "Shown it is.", "Indexed.", "Never ended."]


def test_controls_links_and_insertions_are_text() -> None:
    """What stands in a content control, a link, a smart tag or a tracked insertion is seen."""
    document = read(
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("In a control.") + "</w:sdtContent></w:sdt>",
        p(
            "<w:hyperlink>" + t("A link") + "</w:hyperlink>",
            '<w:ins w:id="1">' + t(", inserted") + "</w:ins>",
            "<w:smartTag>" + t(", tagged") + "</w:smartTag>",
            "<w:sdt><w:sdtContent>" + t(", controlled.") + "</w:sdtContent></w:sdt>",
        ),
    )
    assert document.text == "In a control.\n\nA link, inserted, tagged, controlled."


def test_signs_between_letters_are_what_a_reader_sees() -> None:
    """Tabs and breaks are spaces, a soft hyphen is nothing, a fixed one a hyphen; symbols are mapped."""
    document = read(
        p(
            "one",
            "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>",
            "<w:r><w:t>-co</w:t><w:softHyphen/><w:t>op</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r>",
            '<w:r><w:t xml:space="preserve"> </w:t><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            t(" ab", '<w:rFonts w:ascii="Symbol"/>'),
        )
    )
    assert document.text == "one two three-coop-x α✓ αβ"


def test_raised_and_lowered_figures_are_text_where_notes_are_tied() -> None:
    """km², CO₂, 20th; a letter that marks a figure is raised too."""
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    lifted = '<w:position w:val="8"/><w:sz w:val="14"/>'
    document = read(
        p(
            "5 km",
            t("2", up),
            ", CO",
            t("2", down),
            ", the 20",
            t("th", up),
            ", 1.5",
            t("a", up),
            ", 10",
            t("-6", lifted),
        ),
        p("A note", call("2"), "."),
        footnotes=note("2", "Its words."),
    )
    assert blocks(document)[0][1] == "5 km², CO₂, the 20th, 1.5ᵃ, 10⁻⁶"
    assert len(document.notes) == 1
    assert not document.loose_marks


def test_equations_come_out_as_their_letters() -> None:
    """Fractions, powers, roots and brackets on one line."""

    def run(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    power = f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('c')}</m:den></m:f>"
    root = f"<m:rad><m:deg/><m:e>{run('y')}</m:e></m:rad>"
    document = read(p("Let ", f"<m:oMath>{run('z=')}{power}{run('+')}{fraction}{root}</m:oMath>", " hold."))
    assert document.text == "Let z=x²+(a+b)/c√y hold."


def test_a_text_box_is_read_once() -> None:
    """The file holds it twice, for new and old programs; its text follows the paragraph that it hangs on."""
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:rect><v:textbox>{box}</v:textbox></v:rect></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read(p("Before", drawing, " after.")).text == "Before after.\n\nIn the box."
    old = f"<w:r><w:pict><v:rect><v:textbox>{box}</v:textbox></v:rect></w:pict></w:r>"
    assert read(p("Before", old, " after.")).text == "Before after.\n\nIn the box."


def test_a_letter_that_is_dropped_belongs_to_its_word() -> None:
    """A drop cap is a paragraph of its own in the file, and none on the page."""
    cap = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert read(p("T", properties=cap), p("rade grew.")).text == "Trade grew."


def test_the_words_of_a_diagram_are_read() -> None:
    """SmartArt keeps its text in a part of its own."""
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("Plan", "Act")
    )
    spaces = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="d1" Type="x/diagramData" Target="diagrams/data1.xml"/></Relationships>'
    )
    document = parsed(
        docx(
            p("Text.", '<w:r><w:drawing><wp:inline><dgm:relIds r:dm="d1"/></wp:inline></w:drawing></w:r>'),
            members={
                "word/diagrams/data1.xml": f"<dgm:dataModel {spaces}>{points}</dgm:dataModel>".encode(),
                "word/_rels/document.xml.rels": relations.encode(),
            },
        )
    )
    assert document.text == "Text.\n\nPlan\n\nAct"


# ---------------------------------------------------------------- hidden


@pytest.mark.parametrize(
    ("why", "made"),
    [
        ("deleted", p('<w:del w:id="1"><w:r><w:delText>SECRET</w:delText></w:r></w:del>')),
        ("deleted", p('<w:moveFrom w:id="1">' + t("SECRET") + "</w:moveFrom>")),
        ("hidden", p(t("SECRET", "<w:vanish/>"))),
        ("hidden", p("SECRET", style="Secret")),
        ("hidden", p("SECRET", style="SecretToo")),
        ("white", p(t("SECRET", '<w:color w:val="FFFFFF"/>'))),
        ("white", p(t("SECRET", '<w:color w:val="FDFDFD"/>'))),
        ("white", p(t("SECRET", '<w:color w:val="000000" w:themeColor="background1"/>'))),
        ("white", p(t("SECRET", '<w:color w:val="000080"/><w:highlight w:val="darkBlue"/>'))),
        ("white", p(t("SECRET", '<w:color w:val="112233"/>'), properties='<w:shd w:val="clear" w:fill="112233"/>')),
        ("white", table(row(cell(p(t("SECRET", '<w:color w:val="222222"/>')), properties='<w:shd w:val="clear" w:fill="222222"/>'), "x"), row("y", "z"))),
        ("transparent", p(t("SECRET", "<w14:textFill><w14:noFill/></w14:textFill>"))),
        ("tiny", p(t("SECRET", '<w:sz w:val="2"/>'))),
        ("tiny", p(t("SECRET", '<w:w w:val="1"/>'))),
        ("off-page", p(t("SECRET", '<w:position w:val="3000"/>'))),
        ("clipped", p("SECRET", properties='<w:spacing w:line="1" w:lineRule="exact"/>')),
        ("clipped", table(row("a", "b"), row("c", "SECRET", properties='<w:trHeight w:hRule="exact" w:val="1"/>'), row("d", "e"))),
        ("off-page", p("SECRET", properties='<w:ind w:left="-20000" w:right="20000"/>')),
        ("off-page", p("SECRET", properties='<w:framePr w:x="-20000" w:y="1"/>')),
        ("off-page", table(row("SECRET", "b"), row("c", "d"), properties='<w:tblpPr w:tblpX="20000"/>')),
        ("tiny", p(t("SECRET", '<w:fitText w:val="1"/>'))),
        ("hidden", table(row("a", "b"), row("c", "SECRET", properties="<w:hidden/>"), row("d", "e"))),
        ("white", p("<m:oMath><m:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><m:t>SECRET</m:t></m:r></m:oMath>")),
        ("hidden", p('<w:r><w:pict><v:rect style="visibility: hidden"><v:textbox><w:txbxContent>' + p("SECRET") + "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>")),
        ("off-page", p('<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>-9000000</wp:posOffset></wp:positionH><wp:extent cx="900000" cy="900000"/><wps:wsp><wps:txbx><w:txbxContent>' + p("SECRET") + "</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>")),
    ],
)  # fmt: skip
def test_what_a_reader_cannot_see_is_left_out_and_counted(why: str, made: str) -> None:
    """Each way of hiding text in a Word file, with its name in the report."""
    document = read(p("Seen before."), made, p("Seen after."))
    assert "SECRET" not in document.text
    assert "Seen before." in document.text
    assert "Seen after." in document.text
    assert hidden(document).get(why, 0) >= len("SECRET")


@pytest.mark.parametrize(
    "made",
    [
        p(t("WORDS", '<w:vanish w:val="0"/>'), style="Secret"),
        p(t("WORDS", "<w:webHidden/>")),
        p(t("WORDS", '<w:color w:val="FFFFFF"/>'), properties='<w:shd w:val="clear" w:fill="1F3864"/>'),
        p(t("WORDS", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>')),
        p(t("WORDS", '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>')),
        p(t("WORDS", '<w:color w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"/>')),
        p(t("WORDS", '<w:color w:val="auto"/>'), properties='<w:shd w:val="clear" w:fill="000000"/>'),
        p(t("WORDS", '<w:color w:val="808080"/>')),
        p(t("WORDS", '<w:color w:val="FFFFFF"/><w14:textOutline><w14:solidFill/></w14:textOutline>')),
        table(row(cell(p(t("WORDS", '<w:color w:val="FFFFFF"/>')), properties='<w:shd w:val="clear" w:fill="333399"/>'), "x"), row("y", "z")),
        table(row(cell(p(t("WORDS", '<w:color w:val="FFFFFF"/>'))), "x"), row("y", "z"), properties='<w:shd w:val="clear" w:fill="333399"/>'),
        p('<w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="003366"/></a:solidFill></wps:spPr><wps:txbx><w:txbxContent>' + p(t("WORDS", '<w:color w:val="FFFFFF"/>')) + "</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>"),
    ],
)  # fmt: skip
def test_what_only_looks_like_hiding_stays(made: str) -> None:
    """White on a dark ground, a property switched off, automatic colour, grey."""
    document = read(p("Seen before."), made)
    assert "WORDS" in document.text
    assert not document.hidden


def test_white_letters_on_a_row_that_the_tables_style_fills_stay() -> None:
    """The ground comes from the style's first row, the colour from the run itself; the second row is not filled."""
    styles = STYLES + (
        '<w:style w:type="table" w:styleId="G"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    )
    white = '<w:color w:val="FFFFFF"/>'
    document = read(
        table(
            row(cell(p(t("Land", white))), cell(p(t("Value", white)))),
            row("Korea", cell(p(t("SECRET", white)))),
            row("Japan", "2"),
            properties='<w:tblStyle w:val="G"/><w:tblLook w:val="04A0"/>',
        ),
        styles=styles,
    )
    assert document.text.startswith("Land\tValue\nKorea\t\nJapan\t2")
    assert [c.text for c in document.tables[0].header] == ["Land", "Value"]


def test_a_deleted_end_of_a_paragraph_joins_what_it_parted() -> None:
    """The mark of the paragraph is deleted: with the change accepted the two are one."""
    document = read(p("First half", properties="<w:rPr><w:del w:id='1'/></w:rPr>"), p("second half."))
    assert document.text == "First half second half."


def test_comments_and_notes_that_nobody_calls_are_counted() -> None:
    """A comment is beside the document; a note whose mark is deleted or hidden is not seen either."""
    document = read(
        p(
            "Text",
            "<w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:del>",
            '<w:r><w:commentReference w:id="0"/></w:r>',
            ".",
        ),
        footnotes=note("2", "SECRET"),
        comments=f'<w:comment w:id="0">{p("REMARK")}</w:comment>',
    )
    assert document.text == "Text."
    assert hidden(document) == {"deleted": 6, "comment": 6}
    assert not document.notes


@pytest.mark.skipif(not CARRIERS.exists(), reason="needs shared/data/injection/make_carriers.py, which is not here")
def test_carriers_of_injected_text_keep_only_what_is_visible(tmp_path: Path) -> None:
    """Documents made to smuggle text past a reader: the hidden part is out, the visible one in."""
    subprocess.run([sys.executable, str(CARRIERS), str(tmp_path), "2"], check=True, capture_output=True)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    carriers = [m for m in manifest if m["kind"] == "docx"]
    assert carriers
    for carrier in carriers:
        document = parsed((tmp_path / carrier["file"]).read_bytes())
        assert carrier["okmark"] in document.text
        assert (carrier["canary"] in document.text) != bool(carrier["hidden"])
        assert bool(document.hidden) == bool(carrier["hidden"])


# ---------------------------------------------------------------- facts


def test_title_authors_language_and_day_come_from_the_properties() -> None:
    """Who made the file and when it was saved say nothing of when the work was published."""
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>Outlook for Trade</dc:title>'
        "<dc:creator>Doe, Jane; John Smith; 홍길동</dc:creator><dc:language>en-GB</dc:language>"
        "<dcterms:created>2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
    cover = '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps"><PublishDate>2024-05-06T00:00:00</PublishDate></CoverPageProperties>'
    data = docx(p("Text."), members={"docProps/core.xml": core.encode(), "customXml/item1.xml": cover.encode()})
    document = parsed(data)
    assert document.work.title == "Outlook for Trade"
    assert [str(a) for a in document.work.authors] == ["Jane Doe", "John Smith", "홍길동"]
    assert (document.work.language, document.work.issued) == ("en", "2024-05-06")
    assert document.media_type == DOCX
    assert not document.pages
    assert parsed(docx(p("Text."), members={"docProps/core.xml": core.encode()})).work.issued is None


# ---------------------------------------------------------------- damage


def test_both_forms_of_the_standard_and_a_missing_style_part_are_read() -> None:
    """Strict Open XML names everything otherwise; a file may have no styles and no relations."""
    strict = docx(p("Head", style="1"), p("Text."))
    strict_xml = part("document", f"<w:body>{p('Text', style='1')}</w:body>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert blocks(parsed(docx(members={"word/document.xml": strict_xml})))[0] == ("heading", "Text")
    assert parsed(strict).sections
    bare = docx(
        members={
            "word/_rels/document.xml.rels": b"<broken",
            "word/styles.xml": b"",
            "word/document.xml": part("document", f"<w:body>{p('Text.')}</w:body>"),
        }
    )
    document = parsed(bare)
    assert document.text == "Text."
    assert len(document.warnings) == 2


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"word/document.xml": b"<a"}, "not well-formed"),
        ({"word/document.xml": b"<a/>"}, "no Word document"),
        ({"word/document.xml": part("document", f"<w:body>{'<w:p>' * 30}</w:body>")}, "not well-formed"),
        ({"word/document.xml": part("document", "<w:body>" + "<w:ins>" * 90_000 + "</w:ins>" * 90_000 + "</w:body>")}, "too deep"),
        ({"word/document.xml": part("document", f"<w:body>{p('')}</w:body>")}, "holds no text"),
        ({"word/document.xml": part("document", f"<w:body>{p(t('x', '<w:vanish/>'))}</w:body>")}, "no text that a reader sees"),
        ({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}, "document type"),
    ],
)  # fmt: skip
def test_a_broken_or_empty_file_is_one_line(members: dict[str, bytes], what: str) -> None:
    """Whatever is wrong ends in a ParseError that names it."""
    with pytest.raises(ParseError, match=what) as caught:
        parsed(docx(members=members))
    assert "\n" not in str(caught.value)


def test_styles_in_a_circle_and_absurd_spans_do_no_harm() -> None:
    """A style based on itself, a cell over a billion columns, numbers that are none."""
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("x", "y"), ("y", "x"))
    )
    wide = cell("a", properties='<w:gridSpan w:val="999999999999"/>')
    document = read(
        p("Text.", style="x", properties='<w:outlineLvl w:val="many"/>' + listed(77)),
        table(*(row(wide, "b") for _ in range(600))),
        styles=circle,
    )
    assert document.text.startswith("Text.")


def test_damaged_bytes_end_in_a_reading_or_a_parse_error() -> None:
    """No other exception leaves, whatever byte is flipped in the archive or in its XML."""
    members = {
        "word/document.xml": part(
            "document",
            "<w:body>"
            + p("Head", style="1", properties=listed(1))
            + p("Text", call("2"), field(" NOTEREF a \\f ", "1"), t("x", '<w:color w:val="FFFFFF"/>'))
            + table(row(cell("a", properties='<w:gridSpan w:val="2"/>')), row("b", cell("c", properties="<w:vMerge/>")))
            + "</w:body>",
        ),
        "word/footnotes.xml": part("footnotes", note("2", "Note.")),
        "word/numbering.xml": part("numbering", numbering(("decimal", "%1."))),
    }
    good = docx(members=members)
    rng = random.Random(11)
    read_at_all = 0
    for n in range(300):
        if n % 3 == 0:
            data = bytearray(good)
            for _ in range(rng.randrange(1, 4)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            data = data[: rng.randrange(len(data))] if rng.random() < 0.3 else data
        else:
            name = rng.choice(list(members))
            xml = bytearray(members[name])
            for _ in range(rng.randrange(1, 3)):
                at = rng.randrange(300, len(xml))
                xml[at] = rng.choice(b'<>/"&w:0159 xyz\xff')
            data = bytearray(docx(members={**members, name: bytes(xml)}))
        try:
            parsed(bytes(data))
            read_at_all += 1
        except ParseError:
            pass
    assert read_at_all > 30
