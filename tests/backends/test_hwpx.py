"""HWPX files, made here, come out as a reader in Hangul sees them."""

from __future__ import annotations

import random

import pytest

from assistant.backends.hangul.hwpx import HwpxParser
from assistant.errors import ParseError
from assistant.reading import check
from assistant.types import Document, Work
from tests.backends.hwpx_files import (
    BOLD,
    BULLETED,
    LARGE,
    NUMBERED,
    OUTLINE_1,
    OUTLINE_2,
    RAISED,
    SHADED,
    TINY,
    TITLE,
    WHITE,
    cell,
    grid,
    header,
    hwpx,
    inline,
    note,
    p,
    t,
    table,
)


def read(*paragraphs: str, year: int = 2011, title: str = "", creator: str = "") -> Document:
    return parsed(hwpx(*paragraphs, year=year, title=title, creator=creator))


def parsed(data: bytes) -> Document:
    document = HwpxParser().parse(data, Work("file", "file"))
    check(document)
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def hidden(document: Document) -> dict[str, int]:
    return {h.why: h.characters for h in document.hidden}


@pytest.mark.parametrize("year", [2011, 2016, 2024])
def test_outline_paragraphs_are_headings_with_the_numbers_that_a_reader_sees(year):
    """An outline paragraph is a heading of its level with its generated number, in every year's namespace; the
    name of an outline style is enough, though it gives no number."""
    document = read(
        p("추진 배경", shape=OUTLINE_1),
        p("수출 통제가 강화되었다."),
        p("국내 영향", shape=OUTLINE_2),
        p("업계의 부담이 늘었다."),
        p("대응 방안", style=2),
        p("협력을 넓힌다."),
        year=year,
    )
    assert [s.path for s in document.sections] == [
        ("Ⅰ. 추진 배경",),
        ("Ⅰ. 추진 배경", "1. 국내 영향"),
        ("대응 방안",),
    ]
    assert [kind for kind, _ in blocks(document)] == ["heading", "paragraph"] * 3


def test_an_outline_paragraph_that_is_a_sentence_is_text():
    """Offices set whole sentences in outline styles: they are no headings."""
    sentence = "정부는 반도체 공급망의 안정을 위하여 관계 부처와 함께 종합 대책을 마련하기로 하였다."
    assert blocks(read(p(sentence, shape=OUTLINE_1)))[0][0] != "heading"


def test_typed_numbers_make_headings_by_their_form():
    """제1장, 제1절 and 제3조 are headings of falling level; articles with their words in the line are text."""
    document = read(
        p("제1장 총칙"),
        p("제1조(목적) 이 법은 무역을 진흥함을 목적으로 한다."),
        p("제2장 통상의 진흥"),
        p("제1절 계획"),
        p("제3조(기본계획)"),
        p("장관은 매년 계획을 세운다."),
    )
    assert [s.path for s in document.sections] == [
        ("제1장 총칙",),
        ("제2장 통상의 진흥",),
        ("제2장 통상의 진흥", "제1절 계획"),
        ("제2장 통상의 진흥", "제1절 계획", "제3조(기본계획)"),
    ]


def test_items_that_count_on_are_a_list_and_no_headings():
    """가. 나. 다. one after another are items; their numbers stay, since they are text."""
    document = read(p("대상은 다음과 같다."), p("가. 물품"), p("나. 용역"), p("다. 기술"))
    assert blocks(document)[1:] == [("list", "가. 물품"), ("list", "나. 용역"), ("list", "다. 기술")]


def test_office_bullets():
    """□ over ○ items is a heading; ○, - and ※ are items without their bullets."""
    document = read(p("□ 추진 배경"), p("ㅇ 공급망의 안정"), p("- 핵심 광물의 비축"), p("※ 세부 내용은 붙임 참조"))
    assert blocks(document) == [
        ("heading", "추진 배경"),
        ("list", "공급망의 안정"),
        ("list", "핵심 광물의 비축"),
        ("list", "세부 내용은 붙임 참조"),
    ]


def test_automatic_numbers_and_bullets():
    """Numbered paragraphs count on from their start in their own signs; automatic bullets are no text."""
    document = read(p("첫 항목", shape=NUMBERED), p("둘째 항목", shape=NUMBERED), p("점 항목", shape=BULLETED))
    assert blocks(document) == [("list", "다) 첫 항목"), ("list", "라) 둘째 항목"), ("list", "점 항목")]


def test_title_in_a_box_below_a_banner():
    """The title is the largest line, also in a box drawn as a table; the word for the kind of paper is not it."""
    document = read(
        p("보 도 자 료", look=TITLE),
        p(table([cell(0, 0, p("첨단산업 수출통제 대응 방안", look=TITLE))])),
        p("정부는 대응 방안을 발표하였다."),
    )
    assert blocks(document)[:2] == [("aside", "보 도 자 료"), ("title", "첨단산업 수출통제 대응 방안")]
    assert document.work.title == "첨단산업 수출통제 대응 방안"
    assert document.tables == ()


def test_a_heading_whose_box_is_drawn_as_cells():
    """A number, a gap and the words in a table of one row are one heading."""
    document = read(p(table([cell(0, 0, "1"), cell(0, 1, ""), cell(0, 2, p("향후 계획", look=LARGE))])), p("글이다."))
    assert blocks(document)[0] == ("heading", "1. 향후 계획")


def test_notes_are_tied_to_the_word_before_their_mark():
    """Foot- and endnotes of one number are two notes, each tied to its own call; no mark stays in the text."""
    document = read(
        p("첫 문장이다", note(1, "끝의 글이다.", kind="endNote"), "."),
        p(
            "둘째 문장",
            note(1, "발의 글이다.", "이어지는 문단이다."),
            "이 이어진다. 셋째",
            note(2, "둘째 각주."),
            " 문장이다.",
        ),
    )
    text = document.text
    assert "첫 문장이다." in text
    assert "둘째 문장이 이어진다. 셋째 문장이다." in text
    found = {n.text: (n.number, [text[m - 2 : m] for m in n.marks]) for n in document.notes}
    assert found == {
        "발의 글이다. 이어지는 문단이다.": ("1", ["문장"]),
        "둘째 각주.": ("2", ["셋째"]),
        "끝의 글이다.": ("1", ["이다"]),
    }
    assert blocks(document)[-1] == ("note", "끝의 글이다.")


def test_a_note_called_behind_a_figure_and_in_a_cell():
    """A call behind '10' is no power of ten, and a call in a table is tied to its cell."""
    document = read(
        p("증가율은 10", note(1, "잠정치."), "이다."),
        p(grid(("구분", "값"), ("수출", "7"))[: -len("</hp:run>")] + "</hp:run>"),
        p(
            table(
                [cell(0, 0, "구분", header=True), cell(0, 1, "값", header=True)],
                [cell(1, 0, p("장비", note(2, "부품 포함."))), cell(1, 1, "3")],
            )
        ),
    )
    assert "증가율은 10이다." in document.text
    second = next(n for n in document.notes if n.number == "2")
    assert document.text[second.marks[0] - 2 : second.marks[0]] == "장비"


def test_raised_figures_that_are_text_stay():
    """km² keeps its figure, and a mark typed by hand for which the file has no note stays as a superscript."""
    assert "5 km²이다" in read(p("넓이는 5 km", t("2", RAISED), "이다.")).text


def test_tables_have_headers_spans_captions_and_units():
    """Header cells name the columns, also where they span; the caption and the unit above belong to the table."""
    document = read(
        p("<표 1> 연도별 수출액"),
        p("(단위: 억 달러)"),
        p(
            table(
                [cell(0, 0, "구분", rows=2, header=True), cell(0, 1, "수출", columns=2, header=True)],
                [cell(1, 1, "2022", header=True), cell(1, 2, "2023", header=True)],
                [cell(2, 0, "반도체"), cell(2, 1, "1,292"), cell(2, 2, "986")],
                [cell(3, 0, "장비"), cell(3, 1, "80"), cell(3, 2, "75")],
            )
        ),
        p("자료: 관세청."),
    )
    (found,) = document.tables
    assert (found.caption, found.number, found.unit) == ("<표 1> 연도별 수출액", "1", "억 달러")
    row = found.rows[-2]
    assert [c.text for c in row] == ["반도체", "1,292", "986"]
    assert row[2].row == "반도체"
    assert "2023" in row[2].column
    assert ("source", "자료: 관세청.") in blocks(document)


def test_a_caption_object_with_its_automatic_number():
    """The caption that Hangul keeps with a table or picture is text, with the number that it counts."""
    number = '<hp:ctrl><hp:autoNum num="3" numType="{}"><hp:autoNumFormat type="DIGIT"/></hp:autoNum></hp:ctrl>'
    caption = p(t("<표 "), inline(number.format("TABLE")), t("> 수출 추이"))
    picture = p(t("[그림 "), inline(number.format("PICTURE")), t("] 품목별 비중"))
    document = read(
        p(grid(("연도", "수출"), ("2023", "6,322"), caption=caption)),
        p(inline(f"<hp:pic><hp:shapeComment>그림입니다.</hp:shapeComment><hp:caption>{picture}</hp:caption></hp:pic>")),
    )
    assert document.tables[0].caption == "<표 3> 수출 추이"
    assert ("caption", "[그림 3] 품목별 비중") in blocks(document)
    assert "그림입니다" not in document.text


def test_rows_that_are_none_and_tables_in_cells():
    """A title row and a row of sources over the whole width stand beside the table, a table in a cell behind it."""
    document = read(
        p(
            table(
                [cell(0, 0, "<표 2> 품목", columns=2)],
                [cell(1, 0, "구분", fill=3), cell(1, 1, "내용", fill=3)],
                [cell(2, 0, "첫째"), cell(2, 1, p("글"), p(grid(("가", "나"), ("1", "2"))))],
                [cell(3, 0, "자료: 통계청.", columns=2)],
            )
        )
    )
    outer, inner = document.tables
    assert outer.caption == "<표 2> 품목"
    assert [[c.text for c in row] for row in outer.rows] == [["첫째", "글"]]
    assert [c.text for c in outer.header] == ["구분", "내용"]
    assert [[c.text for c in row] for row in inner.rows] == [["1", "2"]]
    assert ("source", "자료: 통계청.") in blocks(document)


def test_a_frame_around_paragraphs_is_no_table():
    """A table of one cell, or of one column, is a box: its paragraphs are text, its lists are lists."""
    document = read(
        p(table([cell(0, 0, p("요약은 다음과 같다."), p("- 수출이 늘었다."))])),
        p(table([cell(0, 0, "첫 칸의 글이다.")], [cell(1, 0, "둘째 칸의 글이다.")])),
    )
    assert document.tables == ()
    assert blocks(document) == [
        ("paragraph", "요약은 다음과 같다."),
        ("list", "수출이 늘었다."),
        ("paragraph", "첫 칸의 글이다."),
        ("paragraph", "둘째 칸의 글이다."),
    ]


def test_text_boxes_equations_and_signs():
    """Boxes, equations, tabs, breaks, letters set over one another and ruby are read where they stand."""
    box = f"<hp:rect><hp:drawText><hp:subList>{p('상자의 글이다.')}</hp:subList></hp:drawText></hp:rect>"
    group = f"<hp:container>{box.replace('상자', '묶음')}</hp:container>"
    document = read(
        p(inline(box), "뒤의 글이다."),
        p(inline(group)),
        p("비율은", inline("<hp:equation><hp:script>a over b</hp:script></hp:equation>"), "이다."),
        p(inline("<hp:t>한<hp:nbSpace/>칸<hp:tab/>탭<hp:lineBreak/>줄<hp:hyphen/>끝</hp:t>")),
        p(
            inline('<hp:compose composeText="①"/>'),
            inline("<hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal>"),
        ),
    )
    assert [text for _, text in blocks(document)] == [
        "상자의 글이다.",
        "뒤의 글이다.",
        "묶음의 글이다.",
        "비율은 a over b 이다.",
        "한 칸 탭 줄-끝",
        "①본말(덧말)",
    ]


def test_what_no_reader_sees_is_left_out_and_counted():
    """White, tiny, deleted, off the page, comments, memos and guide texts are counted by reason, and no text."""
    comment = f"<hp:ctrl><hp:hiddenComment><hp:subList>{p('숨은 설명')}</hp:subList></hp:hiddenComment></hp:ctrl>"
    memo = f'<hp:ctrl><hp:fieldBegin id="7" type="MEMO"><hp:subList>{p("메모")}</hp:subList></hp:fieldBegin></hp:ctrl>'
    guide = (
        '<hp:ctrl><hp:fieldBegin id="5" type="CLICK_HERE"><hp:parameters>'
        '<hp:stringParam name="Direction">여기에 쓰세요</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl>'
    )
    away = (
        '<hp:rect><hp:pos treatAsChar="0" horzRelTo="PAPER" horzOffset="4294900000"/><hp:sz width="100" height="100"/>'
        f"<hp:drawText><hp:subList>{p('밖의 글')}</hp:subList></hp:drawText></hp:rect>"
    )
    head = f"<hp:ctrl><hp:header><hp:subList>{p('머리말')}</hp:subList></hp:header></hp:ctrl>"
    document = read(
        p("보이는 글이다.", t(" 흰 글", WHITE), t(" 작은 글", TINY)),
        p(
            inline('<hp:t>남는<hp:deleteBegin Id="1"/> 지운 글</hp:t>'),
            inline('<hp:t>도<hp:deleteEnd Id="1"/> 글이다.</hp:t>'),
        ),
        p(
            inline(comment),
            inline(memo),
            inline(guide),
            "여기에 쓰세요",
            inline('<hp:ctrl><hp:fieldEnd beginIDRef="5"/></hp:ctrl>'),
        ),
        p(inline(away), inline(head), "끝의 글이다."),
    )
    assert [text for _, text in blocks(document)] == ["보이는 글이다.", "남는 글이다.", "끝의 글이다."]
    assert hidden(document) == {"white": 3, "tiny": 4, "deleted": 5, "comment": 7, "instruction": 7, "off-page": 4}


def test_strokes_and_boxes_without_extent_are_tiny():
    """Letters of a hundredth of their width and a box of no size show nothing; slim letters are read."""
    box = '<hp:rect><hp:sz width="{0}" height="{0}"/><hp:drawText><hp:subList>{1}</hp:subList></hp:drawText></hp:rect>'
    squeezed = header().replace(
        '<hh:relSz hangul="100" latin="100"/>', '<hh:ratio hangul="1" latin="1"/><hh:relSz hangul="100" latin="100"/>'
    )
    slim = squeezed.replace('"1" latin="1"', '"50" latin="50"')
    words = (
        p("보이는 글이다."),
        p(inline(box.format(0, p("상자 글")))),
        p(inline(box.format(900, p("상자의 글이다.")))),
    )
    document = parsed(hwpx(*words, more={"Contents/header.xml": slim}))
    assert [text for _, text in blocks(document)] == ["보이는 글이다.", "상자의 글이다."]
    assert hidden(document) == {"tiny": 4}
    with pytest.raises(ParseError):
        parsed(hwpx(*words, more={"Contents/header.xml": squeezed}))


def test_white_on_a_dark_ground_is_seen():
    """White letters on a dark cell or on their own shade are text; dark letters in the ground's colour are not."""
    document = read(
        p(
            table(
                [cell(0, 0, p("구분", look=WHITE), fill=2), cell(0, 1, p("값", look=WHITE), fill=2)],
                [cell(1, 0, "수출"), cell(1, 1, p("숨은 값", look=WHITE))],
                [cell(2, 0, "수입"), cell(2, 1, "3")],
            )
        ),
        p("그늘 위의 글이다.", look=SHADED),
    )
    assert "구분\t값" in document.text
    assert "그늘 위의 글이다." in document.text
    assert "숨은 값" not in document.text
    assert hidden(document) == {"white": 4}


def test_a_deletion_without_an_end_reaches_to_the_end_of_its_paragraph():
    """A damaged mark of a deletion does not swallow the rest of the document."""
    document = read(p(inline('<hp:t>남음<hp:deleteBegin Id="9"/>지움</hp:t>')), p("다음 문단이다."))
    assert [text for _, text in blocks(document)] == ["남음", "다음 문단이다."]


def test_contents_are_an_aside():
    """A table of contents names headings and is none."""
    document = read(
        p("목  차", look=BOLD),
        p(inline("<hp:t>제1장 서론<hp:tab/>1</hp:t>")),
        p("제2장 본론 ········ 12"),
        p("제1장 서론"),
        p("글이다."),
    )
    assert [kind for kind, _ in blocks(document)] == ["aside", "aside", "aside", "heading", "paragraph"]


def test_paragraphs_are_never_joined():
    """The file says where paragraphs end: two long ones without full stops stay two."""
    long = "공급망 안정화를 위한 국제 협력의 강화와 국내 생산 기반의 확충을 통한 경제 안보의 확보 방안 " * 4
    document = read(p(long, note(1, "각주.")), p(long))
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "note", "paragraph"]


def test_facts_of_the_file():
    """Author and language come from the package, the date only from words that speak of publication."""
    document = read(p("발행일: 2024. 12. 31."), p("글이다."), title="통상 정책 동향", creator="홍길동")
    assert document.work.title == "통상 정책 동향"
    assert document.work.language == "ko"
    assert document.work.issued == "2024-12-31"
    assert document.media_type == "application/hwp+zip"
    assert document.pages == ()
    assert read(p("2019년의 일이다.")).work.issued is None


def test_a_stale_title_gives_way_to_the_printed_one():
    """Forms are saved under their first title: the file's title counts where the text bears it out."""
    words = (p("경제안보 전략", look=TITLE), p("정부는 전략을 세웠다."))
    assert read(*words, title="2015년 업무계획 서식").work.title == "경제안보 전략"
    assert read(*words, title="경제안보전략").work.title == "경제안보전략"


def test_sections_follow_the_spine():
    """Sections are read in the order that the package gives, not in the order of their names."""
    more = {
        "Contents/content.hpf": (
            '<opf:package xmlns:opf="x"><opf:manifest><opf:item id="a" href="Contents/section0.xml"/>'
            '<opf:item id="b" href="section1.xml"/></opf:manifest><opf:spine><opf:itemref idref="b"/>'
            '<opf:itemref idref="a"/></opf:spine></opf:package>'
        )
    }
    document = parsed(hwpx(p("뒤의 글이다."), sections={"section1": p("앞의 글이다.")}, more=more))
    assert document.text == "앞의 글이다.\n\n뒤의 글이다."


def test_a_file_with_a_password_is_refused_with_the_reason():
    """An encrypted file says that it needs its password, and what to do."""
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(ParseError, match="protected by a password"):
        parsed(hwpx(p("글"), more={"META-INF/manifest.xml": manifest}))


def test_a_file_without_text_is_refused():
    """A file of pictures alone is no empty document, but listed with the reason."""
    with pytest.raises(ParseError, match="holds no text"):
        parsed(hwpx(p("")))


def test_a_table_of_absurd_spans_is_bounded():
    """Cells that claim to span a thousand million places cost no more than the words in them."""
    wide = cell(0, 0, "하나", rows=10**9, columns=10**9)
    far = cell(1, 999_999_999, "둘")
    assert "하나" in read(p(table([wide, cell(0, 1, "x")], [far, cell(1, 3, "y")]))).text


def test_boxes_nested_without_end_are_refused_or_read():
    """Tables in tables in tables end in a document or a reason, never in a crash."""
    inside = p("속의 글이다.")
    for _ in range(60):
        inside = p(table([cell(0, 0, inside)]))
    with pytest.raises(ParseError):
        read(inside)


def test_damaged_files_are_read_or_refused():
    """Cut off, with bytes turned over or with XML out of joint: a document that keeps the laws, or a ParseError."""
    whole = hwpx(
        p("추진 배경", shape=OUTLINE_1), p("글이다", note(1, "각주."), "."), p(grid(("구분", "값"), ("수출", "7")))
    )
    turns = random.Random(7)
    section = p("글이다", note(1, "각주."), ".") + p(grid(("구분", "값"), ("수출", "7")))
    for _ in range(150):
        damaged = bytearray(whole)
        if turns.random() < 0.4:
            damaged = damaged[: turns.randrange(len(damaged))]
        for _ in range(turns.randrange(1, 12)):
            if damaged:
                damaged[turns.randrange(len(damaged))] = turns.randrange(256)
        _survives(bytes(damaged))
    for _ in range(150):
        words = section
        for _ in range(turns.randrange(1, 6)):
            at = turns.randrange(len(words))
            words = (
                words[:at]
                + turns.choice(["", "<", "9", '"', "-1", "</hp:t>", "<hp:t>"])
                + words[at + turns.randrange(9) :]
            )
        _survives(hwpx(words))


def _survives(data: bytes) -> None:
    try:
        check(HwpxParser().parse(data, Work("file", "file")))
    except ParseError:
        return
