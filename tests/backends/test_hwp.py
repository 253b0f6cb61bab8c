"""HWP 5 files, made here record by record, come out as the same text in HWPX does."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from assistant.backends.hangul.hwp import HwpParser
from assistant.errors import ParseError
from assistant.reading import check
from assistant.types import Document, Work
from tests.backends.hwp_files import (
    BOLD,
    LARGE,
    OUTLINE,
    TINY,
    WHITE,
    Control,
    box,
    cell,
    hwp,
    note,
    p,
    paragraphs,
    record,
    string,
    summary,
    table,
)


def read(*records: bytes, flags: int = 1, streams: dict[str, bytes] | None = None) -> Document:
    document = HwpParser().parse(hwp(*records, flags=flags, streams=streams), Work("file", "file"))
    check(document)
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def hidden(document: Document) -> dict[str, int]:
    return {h.why: h.characters for h in document.hidden}


@pytest.mark.parametrize("flags", [0, 1])
def test_headings_paragraphs_and_lists(flags):
    """Outline paragraphs are numbered headings of their level; packed and unpacked files read alike."""
    document = read(
        p("추진 배경", shape=OUTLINE),
        p("수출 통제가 ", ("강화", BOLD), "되었다.\t끝"),
        p("국내 영향", shape=OUTLINE + 1),
        p("○ 기업 부담의 완화\n- 절차의 간소화"),
        flags=flags,
    )
    assert blocks(document) == [
        ("heading", "Ⅰ. 추진 배경"),
        ("paragraph", "수출 통제가 강화되었다. 끝"),
        ("heading", "1. 국내 영향"),
        ("list", "기업 부담의 완화"),
        ("list", "절차의 간소화"),
    ]
    assert document.sections[-1].path == ("Ⅰ. 추진 배경", "1. 국내 영향")


def test_notes_are_tied_to_their_calls():
    """Foot- and endnotes, also of one number and in a table, are tied to the word before their mark."""
    document = read(
        p("첫 문장이다", note(1, "미주의 글이다.", "en  "), ". 둘째", note(1, "각주의 글이다."), " 문장이다."),
        p(table(2, 2, cell(0, 0, p("구분"), header=True), cell(0, 1, p("값"), header=True),
                cell(1, 0, p("장비", note(2, "부품 포함."))), cell(1, 1, p("3")))),
    )  # fmt: skip
    text = document.text
    assert text.startswith("첫 문장이다. 둘째 문장이다.")
    found = {n.text: (n.number, [text[m - 2 : m] for m in n.marks]) for n in document.notes}
    assert found == {
        "각주의 글이다.": ("1", ["둘째"]),
        "부품 포함.": ("2", ["장비"]),
        "미주의 글이다.": ("1", ["이다"]),
    }


def test_tables_with_headers_spans_and_captions():
    """Cells lie where the file puts them; header cells name the columns; the caption belongs to the table."""
    document = read(
        p(
            table(
                3, 2,
                cell(0, 0, p("구분"), header=True), cell(0, 1, p("값"), header=True),
                cell(1, 0, p("수출"), rows=2), cell(1, 1, p("10")),
                cell(2, 1, p("20")),
                caption=p("<표 1> 수출액"),
            )
        )
    )  # fmt: skip
    (found,) = document.tables
    assert (found.caption, found.number) == ("<표 1> 수출액", "1")
    assert [c.text for c in found.header] == ["구분", "값"]
    assert [[c.text for c in row] for row in found.rows] == [["수출", "10"], ["", "20"]]
    assert found.rows[0][0].rows == 2
    assert found.rows[0][1].column == "값"


def test_boxes_equations_and_numbers():
    """Text boxes, frames of one cell, equations and the numbers of captions are text where they stand."""
    number = Control(18, "atno", struct.pack("<IHHHH", 4, 3, 0, 0, 0))
    equation = Control(11, "eqed", bytes(40), record(0x58, 0, struct.pack("<I", 0) + string("a over b")))
    document = read(
        p(box(p("상자의 글이다.")), "뒤의 글이다."),
        p(table(1, 1, cell(0, 0, p("틀의 글이다.")))),
        p("비율은", equation, "이다."),
        p("<표 ", number, "> 수출"),
    )
    assert blocks(document) == [
        ("paragraph", "상자의 글이다."),
        ("paragraph", "뒤의 글이다."),
        ("paragraph", "틀의 글이다."),
        ("paragraph", "비율은 a over b 이다."),
        ("caption", "<표 3> 수출"),
    ]


def test_what_no_reader_sees_is_left_out_and_counted():
    """White, tiny, deleted letters, comments, guide texts and boxes off the page are counted, and no text."""
    comment = Control(15, "tcmt", b"", paragraphs(p("숨은 설명")))
    command = "Clickhere:set:30:Direction:wstring:7:여기에 쓰세요 HelpState:wstring:0:  "
    guide = Control(3, "%clk", bytes(5) + string(command) + bytes(4))
    end = Control(4, "%clk")
    away = Control(11, "gso ", struct.pack("<IiiII", 0, 0, 99_999, 100, 100) + bytes(20), paragraphs(p("밖의 글")))
    document = read(
        p("보이는 글이다.", (" 흰 글", WHITE), (" 작은 글", TINY)),
        p("남는 지운 글글이다.", deleted=(3, 7)),
        p(comment, guide, "여기에 쓰세요", _Sign(end), "끝의 글이다."),
        p(away, "마지막 글이다."),
        p(table(1, 1, cell(0, 0, p(("어두운 칸의 흰 글이다.", WHITE)), fill=2))),
    )
    assert [text for _, text in blocks(document)] == [
        "보이는 글이다.", "남는 글이다.", "끝의 글이다.", "마지막 글이다.", "어두운 칸의 흰 글이다.",
    ]  # fmt: skip
    assert hidden(document) == {"white": 3, "tiny": 4, "deleted": 4, "comment": 5, "instruction": 7, "off-page": 4}


class _Sign(Control):
    """The sign of a control that has no records: the end of a field."""

    def __init__(self, control: Control) -> None:
        super().__init__(control.sign, control.name)

    def records(self, level: int) -> bytes:
        return b""


def test_tracked_changes_lie_in_a_view_of_their_own():
    """Where the body is empty and the view of changes is not, the view is read without what was deleted."""
    packer = zlib.compressobj(wbits=-15)
    view = packer.compress(p("남을 지운 글.", deleted=(3, 6))) + packer.flush()
    assert read(streams={"ViewText/Section0": view}).text == "남을 글."


def test_large_streams_and_sections_in_order():
    """Streams beyond the small ones of the container are read, and ten sections come in the order of their numbers."""
    long = "공급망 안정화를 위한 협력을 넓힌다. " * 400
    more = {f"BodyText/Section{i}": p(f"{i}번째 글이다.") for i in range(1, 11)}
    document = read(p(long), flags=0, streams=more)
    assert document.text.startswith(long.strip())
    assert [text for _, text in blocks(document)[1:]] == [f"{i}번째 글이다." for i in range(1, 11)]


def test_large_letters_make_the_title():
    """The largest line before the text is the title."""
    document = read(
        p(("경제안보 전략", LARGE)), p("정부는 경제안보 전략을 세우고 관계 부처와 함께 이를 시행하기로 하였다.")
    )
    assert document.work.title == "경제안보 전략"


def test_title_and_author_of_the_file():
    """What the file says of itself is taken; a claim of endless properties costs no time."""
    stream = {"\x05HwpSummaryInformation": summary({2: "통상 정책 동향", 4: "Gildong Hong"})}
    document = read(p("글이다."), streams=stream)
    assert document.work.title == "통상 정책 동향"
    assert [str(a) for a in document.work.authors] == ["Gildong Hong"]
    endless = summary({2: "통상"})[:52] + b"\xff" * 60
    assert read(p("글이다."), streams={"\x05HwpSummaryInformation": endless}).text == "글이다."


@pytest.mark.parametrize(
    ("flags", "why"),
    [(0x3, "protected by a password"), (0x5, "locked copy"), (0x11, "encrypted"), (0x401, "encrypted")],
)
def test_locked_files_are_refused_with_the_reason(flags, why):
    """Files with a password, copies for distribution and files under DRM say why they are not read."""
    with pytest.raises(ParseError, match=why):
        read(p("글이다."), flags=flags)


def test_bombs_are_refused():
    """A section that unpacks beyond its bound, records without end and tables nested without end cost one line."""
    packer = zlib.compressobj(9, wbits=-15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(160)) + packer.flush()
    with pytest.raises(ParseError, match="unpacks to more than"):
        read(streams={"BodyText/Section0": bomb})
    with pytest.raises(ParseError, match="beyond what a document needs"):
        read(flags=0, streams={"BodyText/Section0": bytes(4) * 1_100_000})
    with pytest.raises(ParseError, match="beyond what a document needs"):
        read(record(0x42, 101))


def test_damaged_files_are_read_or_refused():
    """Cut off or with bytes turned over, in the container or in the records: a lawful document or a ParseError."""
    inside = p("추진 배경", shape=OUTLINE) + p("글이다", note(1, "각주."), ".", deleted=(1, 2)) + p(box(p("상자")))
    inside += p(table(2, 2, cell(0, 0, p("가")), cell(0, 1, p("나")), cell(1, 0, p("다")), cell(1, 1, p("라"))))
    turns = random.Random(11)
    for i in range(300):
        damaged = bytearray(hwp(inside, flags=i % 2) if i % 3 else inside)
        if turns.random() < 0.3:
            damaged = damaged[: turns.randrange(len(damaged))]
        for _ in range(turns.randrange(1, 10)):
            if damaged:
                damaged[turns.randrange(len(damaged))] = turns.randrange(256)
        data = bytes(damaged) if i % 3 else hwp(flags=0, streams={"BodyText/Section0": bytes(damaged)})
        try:
            check(HwpParser().parse(data, Work("file", "file")))
        except ParseError:
            continue
