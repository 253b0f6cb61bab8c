"""Korean PDFs, set here as Korean offices set them, come out with their words, headings, tables and notes."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.types import Document, Work

SERIF, SANS = "HYSMyeongJo-Medium", "HYGothic-Medium"
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP = 72.0, WIDTH - 72.0, 72.0

FIRST = (
    "정부는 첨단 반도체 제조 장비의 수출을 제한하는 조치가 국내 기업의 설비 투자 계획에 미치는 영향을 점검하고, 관계 부처가 "
    "함께 참여하는 대응반을 구성하기로 하였다. 대응반은 매월 한 차례 회의를 열어 업계의 어려움을 듣고 필요한 제도 개선 과제를 "
    "찾는다. 조사에 응답한 기업의 64.1%는 공급망 재편에 따른 비용 부담을 가장 큰 어려움으로 꼽았다."
)
SECOND = (
    "핵심 광물의 공급망 역시 소수의 국가에 집중되어 있다. 따라서 비축 물량을 늘리고 재자원화 기술을 개발하며 우방국과의 공동 "
    "투자를 넓히는 노력이 함께 필요하다. 기업들은 생산 거점을 여러 나라에 나누어 두는 전략으로 위험을 줄이고 있으나, 이러한 "
    "분산은 비용의 상승을 가져오며 규모의 경제를 약화시킬 수 있다."
)
THIRD = (
    "경제안보 정책은 단기적인 대응을 넘어 산업 경쟁력의 강화라는 중장기 목표와 연결되어야 한다. 연구개발 투자와 인재 양성, "
    "제도의 정비가 균형 있게 추진될 때 우리 산업의 자율성과 회복력이 함께 높아질 것이다. 국회와 정부, 기업과 학계가 역할을 "
    "나누고 성과를 꾸준히 점검하는 체계를 갖추는 일이 무엇보다 중요하다."
)


class Sheet:
    """A page that is filled from the top, line by line."""

    def __init__(self) -> None:
        for font in (SERIF, SANS):
            pdfmetrics.registerFont(UnicodeCIDFont(font))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4)
        self.left, self.right, self.y = LEFT, RIGHT, HEIGHT - TOP

    def line(self, text: str, size: float = 10.5, font: str = SERIF, at: float | None = None) -> None:
        """One line; {1} is the mark of a note, set small and raised."""
        x = self.left if at is None else at
        for i, part in enumerate(text.replace("}", "{").split("{")):
            raised = i % 2 == 1
            self.canvas.setFont(font, size * 0.6 if raised else size)
            self.canvas.drawString(x, self.y + (size * 0.4 if raised else 0), part)
            x += pdfmetrics.stringWidth(part, font, size * 0.6 if raised else size)
        self.y -= size * 1.6

    def heading(self, text: str, size: float = 14) -> None:
        self.y -= 8
        self.line(text, size, SANS)
        self.y -= 4

    def paragraph(self, text: str, keep: bool = False, size: float = 10.5) -> None:
        """Filled to the right edge: broken inside words, as Korean is, or between them where they are kept whole."""
        row = ""
        for unit in _units(text, keep):
            if row and pdfmetrics.stringWidth((row + unit).rstrip(), SERIF, size) > self.right - self.left:
                self.line(row.rstrip(), size)
                row = ""
            row += unit if row else unit.lstrip()
        self.line(row.rstrip(), size)
        self.y -= 6

    def table(self, rows: list[list[str]], width: float = 110) -> None:
        height = 20.0
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                self.canvas.setFont(SERIF, 9)
                self.canvas.drawString(self.left + c * width + 4, self.y - 3 - r * height, words)
        top, bottom = self.y + 11, self.y + 11 - len(rows) * height
        for r in range(len(rows) + 1):
            self.canvas.line(self.left, top - r * height, self.left + len(rows[0]) * width, top - r * height)
        for c in range(len(rows[0]) + 1):
            self.canvas.line(self.left + c * width, top, self.left + c * width, bottom)
        self.y = bottom - 16

    def footnotes(self, *notes: str) -> None:
        y, self.y = self.y, 72.0 + 14 * len(notes)
        self.canvas.line(self.left, self.y + 12, self.left + 120, self.y + 12)
        for note in notes:
            self.line(note, 8)
        self.y = y

    def parsed(self) -> Document:
        self.canvas.save()
        document = PdfParser().parse(self._out.getvalue(), Work("file", "file"))
        check(document)
        return document


def _units(text: str, keep: bool) -> list[str]:
    """What a line may not break: letters, or words with the space before them; marks stay with their word."""
    if keep:
        return [word if i == 0 else f" {word}" for i, word in enumerate(text.split(" "))]
    out: list[str] = []
    for letter in text:
        if out and (
            letter in ".,%}" or out[-1][-1] == "{" or (letter.isdigit() and out[-1][-1:].isdigit()) or letter == "{"
        ):
            out[-1] += letter
        else:
            out.append(letter)
    return out


def words_right(document: Document, *texts: str) -> float:
    """The share of words (eojeols) of these texts that stand in the document, in order."""
    found = document.text.split()
    right = total = at = 0
    for word in (w for text in texts for w in text.split()):
        total += 1
        if word in found[at : at + 12]:
            at += found[at : at + 12].index(word) + 1
            right += 1
    return right / total


def kinds(document: Document, kind: str) -> list[str]:
    return [b.span.slice(document.text) for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
def test_words_at_line_ends(columns, keep):
    """Lines that end between words are joined with a space, lines that end inside one without; also in columns."""
    sheet = Sheet()
    width = (RIGHT - LEFT - 24) / 2
    for column in range(columns):
        if columns == 2:
            sheet.left, sheet.y = LEFT + column * (width + 24), HEIGHT - TOP
            sheet.right = sheet.left + width
        for text in (FIRST, SECOND, THIRD):
            sheet.paragraph(text, keep)
    right = words_right(sheet.parsed(), *(FIRST, SECOND, THIRD) * columns)
    # Where words are kept whole, the room that lines leave shows it; else the document's own words must tell.
    assert right >= (0.99 if keep else 0.9)


def test_headings_in_their_places():
    """제1장, Ⅰ. and 1. in larger type are headings with their levels; what stands below them is theirs."""
    sheet = Sheet()
    sheet.line("경제안보 정책의 방향", 22, SANS)
    sheet.heading("제1장 서론", 16)
    sheet.heading("1. 추진 배경", 13)
    sheet.paragraph(FIRST)
    sheet.heading("2. 국내 영향", 13)
    sheet.paragraph(SECOND)
    sheet.heading("제2장 정책 과제", 16)
    sheet.paragraph(THIRD)
    document = sheet.parsed()
    paths = [s.path for s in document.sections if s.path]
    assert document.work.title == "경제안보 정책의 방향"
    assert paths[-3:] == [("제1장 서론", "1. 추진 배경"), ("제1장 서론", "2. 국내 영향"), ("제2장 정책 과제",)]
    assert document.section_at(document.text.index("핵심 광물")) == ("제1장 서론", "2. 국내 영향")


def test_a_ruled_table_with_caption_and_unit():
    """A ruled table keeps its cells, its header, its <표 1> caption and the unit that stands above it."""
    sheet = Sheet()
    sheet.paragraph(FIRST)
    sheet.line("<표 1> 반도체 수출 추이", 10, SANS)
    sheet.line("(단위: 억 달러)", 9, at=LEFT + 250)
    sheet.y -= 6
    rows = [["구분", "2022년", "2023년"], ["메모리", "738.2", "512.4"], ["시스템 반도체", "501.0", "422.6"]]
    sheet.table(rows)
    sheet.line("자료: 관세청 수출입 통계", 8)
    sheet.y -= 8
    sheet.paragraph(SECOND)
    document = sheet.parsed()
    (table,) = document.tables
    assert [[c.text for c in table.header], *[[c.text for c in row] for row in table.rows]] == rows
    assert (table.number, table.unit) == ("1", "억 달러")
    assert "반도체 수출 추이" in table.caption
    cell = table.rows[0][2]
    assert (cell.text, cell.row, cell.column) == ("512.4", "메모리", "2023년")
    assert "자료: 관세청 수출입 통계" in kinds(document, "source")


@pytest.mark.parametrize("sign", ["{}", "{})"])
def test_footnotes_are_tied_to_their_marks(sign):
    """Raised marks, plain or as 1), leave the text and are tied to the notes at the foot of the page."""
    one, two = ("{" + sign.format(n) + "}" for n in (1, 2))
    sheet = Sheet()
    sheet.paragraph(f"정부는 대응반을 구성하기로 하였다.{one} " + FIRST)
    sheet.paragraph(SECOND + two)
    behind = sign.format("").strip()
    sheet.footnotes(
        f"1{behind} 산업통상자원부, 통상백서, 2023년, 12쪽.", f"2{behind} 한국은행, 경제전망보고서, 2024년, 34쪽."
    )
    document = sheet.parsed()
    notes = {n.number: n for n in document.notes}
    assert set(notes) == {"1", "2"}
    assert notes["1"].text == "산업통상자원부, 통상백서, 2023년, 12쪽."
    assert [len(n.marks) for n in document.notes] == [1, 1]
    assert document.text[: notes["1"].marks[0]].endswith("구성하기로 하였다.")
    assert document.text[: notes["2"].marks[0]].endswith("약화시킬 수 있다.")
    assert "하였다.1" not in document.text
