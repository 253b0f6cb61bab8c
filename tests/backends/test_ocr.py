"""OCR: the program is found, fed and bounded; what it prints becomes characters that the layout can read.

Most tests run a small stand-in that the test writes and that behaves as tesseract does, so they run where none
is installed. Those that need the real one say so.
"""

from __future__ import annotations

import io
import stat
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

from assistant.backends.images import ImageParser
from assistant.backends.ocr import tesseract as ocr
from assistant.backends.ocr.chars import chars_of
from assistant.backends.ocr.lines import GarbledOutputError, Glyph, TextLine, Word, lines_of
from assistant.backends.ocr.page import sheet_of
from assistant.backends.ocr.tesseract import RecognisedChars, RecognitionError, Tesseract, find_recogniser
from assistant.backends.pdf import PdfParser
from assistant.errors import ParseError
from assistant.reading import FileFacts, check, read_pages
from assistant.reading.chars import Char, PageChars
from assistant.types import Document, Work

real = find_recogniser("kor+eng")
needs_tesseract = pytest.mark.skipif(real is None, reason="tesseract is not installed: the true program is not tried")

A4 = (595.0, 842.0)
Piece = tuple[str, tuple[int, int, int, int], int]


def hocr(lines: Sequence[Sequence[Piece]], plain: str) -> str:
    """What tesseract prints for lines of (word, box, confidence): hOCR with the plain text in it."""
    parts = ["<?xml version='1.0'?>\n<html>\n <body>\n  <div class='ocr_page' id='page_1' title='image \"stdin\"'>"]
    for line in lines:
        parts.append("     <span class='ocr_line' id='line' title=\"bbox 0 0 1 1; baseline 0 0\">")
        for word, (left, top, right, bottom), sure in line:
            parts.append(
                f"      <span class='ocrx_word' id='word' title='bbox {left} {top} {right} {bottom}; x_wconf {sure}' lang='eng'>"
            )
            step = (right - left) / len(word)
            for k, letter in enumerate(word):
                box = f"{round(left + k * step)} {top} {round(left + (k + 1) * step)} {bottom}"
                parts.append(f"       <span class='ocrx_cinfo' title='x_bboxes {box}; x_conf {sure}'>{letter}</span>")
            parts.append("      </span>")
        parts.append("     </span>")
    return "\n".join([*parts, "  </div>", plain, " </body>\n</html>\n"])


def stand_in(folder: Path, reply: str, languages: str = "eng\nkor\nosd") -> str:
    """A program that answers as tesseract does; `reply` is Python that runs when it is to recognise."""
    path = folder / "tesseract"
    path.write_text(
        f"#!{sys.executable} -S\n"
        "import sys, os, time\n"
        "if '--version' in sys.argv: print('tesseract 5.9.1\\n leptonica-1.0'); sys.exit()\n"
        f"if '--list-langs' in sys.argv: print('List of available languages (3):\\n' + {languages!r}); sys.exit()\n"
        f"folder = {str(folder)!r}\n" + reply,
        encoding="utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def prints(text: str) -> str:
    return f"sys.stdin.buffer.read(); sys.stdout.buffer.write({text!r}.encode())"


SMALL = (200.0, 280.0)


def some_page() -> Image.Image:
    """Six bars that look like lines of print, on a page of 200 by 280 points at 300 dpi."""
    image = Image.new("L", (833, 1167), 255)
    draw = ImageDraw.Draw(image)
    for k in range(6):
        draw.rectangle((100, 100 + 70 * k, 700, 135 + 70 * k), fill=0)
        for x in range(130, 700, 40):
            draw.rectangle((x, 100 + 70 * k, x + 12, 135 + 70 * k), fill=255)
    return image


def found(program: str, seconds: float = 20.0) -> Tesseract:
    tesseract = find_recogniser("eng", program, seconds)
    assert tesseract is not None
    return tesseract


def text_of(chars: Sequence[Char]) -> str:
    return "".join(c.text for c in chars)


def document(pages: Sequence[RecognisedChars], size: tuple[float, float] = A4) -> Document:
    sheets = [PageChars(i, *size, list(chars), chars.rulings, turned=chars.turned) for i, chars in enumerate(pages)]
    read = read_pages(sheets, Work("scan", ""), FileFacts())
    check(read)
    return read


# ---------------------------------------------------------------- finding the program


def test_without_the_program_there_is_no_recogniser(tmp_path: Path) -> None:
    """A machine without tesseract is no error: nothing is found, and the caller names what it lacks."""
    assert find_recogniser("kor+eng", str(tmp_path / "tesseract")) is None


def test_the_program_is_described_with_its_version_and_languages(tmp_path: Path) -> None:
    """Of the wanted languages those that are installed are used, in the order wanted; the others are named."""
    tesseract = find_recogniser("kor+eng+deu", stand_in(tmp_path, ""))
    assert tesseract is not None
    assert tesseract.description == "tesseract 5.9.1, kor+eng"
    assert tesseract.missing == ("deu",)
    assert tesseract.orientation


def test_a_program_without_a_wanted_language_is_as_good_as_none(tmp_path: Path) -> None:
    """Reading Korean with the letters of another language gives noise, so nothing is found instead."""
    assert find_recogniser("kor", stand_in(tmp_path, "", languages="eng")) is None


def test_a_program_that_fails_when_asked_for_its_version_is_not_found(tmp_path: Path) -> None:
    """Something of that name that is no tesseract is left alone."""
    path = tmp_path / "tesseract"
    path.write_text(f"#!{sys.executable} -S\nraise SystemExit(3)\n")
    path.chmod(0o755)
    assert find_recogniser("eng", str(path)) is None


def test_languages_that_are_no_names_never_reach_the_command_line(tmp_path: Path) -> None:
    """A setting such as '--help' or a path is not handed on as an option."""
    tesseract = find_recogniser("--help+../eng+eng", stand_in(tmp_path, ""))
    assert tesseract is not None
    assert tesseract.languages == ("eng",)


# ---------------------------------------------------------------- its output


def test_syllables_are_joined_to_words_by_the_plain_text() -> None:
    """Tesseract boxes Korean syllables singly; where spaces stand is told by the text of the same run."""
    lines = lines_of(
        hocr(
            [[("정", (0, 0, 40, 40), 90), ("책", (42, 0, 80, 40), 80), ("보고서", (90, 0, 200, 40), 96)]],
            "정책 보고서\n",
        )
    )
    assert [w.text for w in lines[0].words] == ["정책", "보고서"]
    assert lines[0].words[0].confidence == pytest.approx(0.85)


def test_where_the_plain_text_runs_apart_gaps_tell_words() -> None:
    """Output whose two forms do not agree is still read, by the room between the boxes."""
    line = [("ab", (0, 0, 40, 40), 90), ("cd", (43, 0, 80, 40), 90), ("ef", (110, 0, 150, 40), 90)]
    assert [w.text for w in lines_of(hocr([line], "something else\n"))[0].words] == ["abcd", "ef"]


def test_signs_that_are_not_escaped_are_read() -> None:
    """Tesseract writes '<' and '&' of single letters as they are, which is no XML."""
    lines = lines_of(hocr([[("a<b&c", (0, 0, 100, 40), 90)]], "a<b&c\n"))
    assert lines[0].text == "a<b&c"


@pytest.mark.parametrize("output", ["", "Estimating resolution as 300", "<?xml?>", "</body><?xml"])
def test_output_that_is_no_hocr_is_said_to_be_garbled(output: str) -> None:
    """Not an empty page: a page that could not be read is named."""
    with pytest.raises(GarbledOutputError):
        lines_of(output)


def line_of(text: str, left: int, base: int, size: int, sure: float = 0.95) -> TextLine:
    """A line as common type of `size` pixels would be boxed."""
    words: list[Word] = []
    x = float(left)
    for word in text.split(" "):
        glyphs = []
        for letter in word:
            height = 0.52 if letter in "acemnorsuvwxz" else 0.72
            glyphs.append(Glyph(letter, x, base - height * size, x + 0.5 * size, float(base)))
            x += 0.5 * size
        words.append(Word(glyphs, sure))
        x += 0.3 * size
    return TextLine(words)


def blank(width: int = 2479, height: int = 3508) -> Image.Image:
    return Image.new("L", (width, height), 255)


def test_lines_of_one_size_of_print_get_one_size() -> None:
    """Boxes waver by a pixel or two from line to line; paragraphs are known by sizes that do not."""
    import numpy as np

    page = np.full((1000, 1000), 255, np.uint8)
    lines = [line_of("some words of text", 10, 100 + 60 * k, 44 + k % 3) for k in range(6)]
    lines.append(line_of("A Large Heading", 10, 600, 62))
    chars = chars_of(lines, page, 72 / 300)
    body = {c.size for c in chars if c.baseline < 130}
    assert len(body) == 1
    assert body.pop() == pytest.approx(45 * 0.24, rel=0.05)
    assert max(c.size for c in chars) == pytest.approx(62 * 0.24, rel=0.05)


def test_a_small_raised_figure_keeps_its_place_above_the_line() -> None:
    """The layout then takes it for a note mark, as in any PDF."""
    import numpy as np

    line = line_of("the last word", 10, 100, 45)
    line.words[-1].glyphs.append(Glyph("7", 400, 62, 412, 82))
    chars = chars_of([line], np.full((200, 500), 255, np.uint8), 0.24)
    assert chars[-1].text == "7"
    assert chars[-1].size < 0.7 * chars[0].size
    assert chars[-1].baseline < chars[0].baseline - 2


def test_every_character_has_a_place_and_the_confidence_of_its_word() -> None:
    """Characters of a line stand from left to right and none over another, though boxes of Hangul overlap."""
    import numpy as np

    overlapping = TextLine(
        [
            Word([Glyph("정", 0, 0, 80, 40), Glyph("책", 40, 0, 130, 40)], 0.9),
            Word([Glyph("안", 100, 0, 150, 40)], 0.5),
        ]
    )
    chars = chars_of([overlapping], np.full((100, 300), 255, np.uint8), 1.0)
    ink = [c for c in chars if c.text != " "]
    assert [c.confidence for c in ink] == [0.9, 0.9, 0.5]
    assert all(a.right <= b.left + 1e-6 and a.left < a.right for a, b in pairwise(ink))


# ---------------------------------------------------------------- running it


def test_a_page_is_read_by_the_program(tmp_path: Path) -> None:
    """Boxes on the sheet that it was given come back as places on the page, in points."""
    line = [("Grounded", (40, 40, 240, 75), 95), ("text", (260, 40, 340, 75), 91)]
    chars = found(stand_in(tmp_path, prints(hocr([line], "Grounded text\n")))).recognise(some_page(), *SMALL)
    assert text_of(chars) == "Grounded text"
    assert chars[0].left == pytest.approx(24, abs=3)
    assert chars[0].baseline == pytest.approx(32, abs=4)
    read = document([chars], SMALL)
    assert [r.span.slice(read.text) for r in read.recognised] == ["Grounded text"]
    assert 0.9 < read.recognised[0].confidence < 0.96


def test_noise_is_left_out_and_doubtful_words_stay(tmp_path: Path) -> None:
    """A line of nothing but doubt is a drawing; a doubtful word between sure ones is told by its confidence."""
    page = hocr(
        [
            [("Sure", (40, 40, 140, 75), 95), ("w0rd", (150, 40, 240, 75), 20), ("here", (260, 40, 340, 75), 91)],
            [("ee", (40, 110, 80, 140), 12), ("||", (100, 110, 140, 140), 30)],
        ],
        "Sure w0rd here\nee ||\n",
    )
    chars = found(stand_in(tmp_path, prints(page))).recognise(some_page(), *SMALL)
    assert text_of(chars) == "Sure w0rd here"
    assert {c.confidence for c in chars if c.confidence} == {0.95, 0.2, 0.91}


def test_an_empty_page_has_no_characters_and_starts_no_program(tmp_path: Path) -> None:
    """White paper is no failure."""
    assert found(stand_in(tmp_path, "open(folder + '/ran', 'w')")).recognise(blank(833, 1167), *SMALL) == []
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("sys.stderr.write('Error opening data file eng.traineddata\\n'); sys.exit(1)", "opening data file"),
        ("os.kill(os.getpid(), 9)", "failed"),
        ("sys.stdin.buffer.read(); print('not what tesseract prints')", "nothing usable"),
        ("sys.stdin.buffer.read()", "nothing usable"),
        ("os.write(1, bytes(range(256)) * 99)", "nothing usable"),
    ],
)
def test_a_broken_program_is_told_in_a_few_words(tmp_path: Path, reply: str, why: str) -> None:
    """One page is lost and named; the file goes on."""
    with pytest.raises(RecognitionError, match=why) as caught:
        found(stand_in(tmp_path, reply)).recognise(some_page(), *SMALL)
    assert "\n" not in str(caught.value)


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    """The time limit holds, and nothing is left running."""
    reply = (
        "child = os.fork()\n"
        "open(folder + ('/child' if child == 0 else '/parent'), 'w').write(str(os.getpid()))\n"
        "time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(RecognitionError, match="more than 3 seconds"):
        found(stand_in(tmp_path, reply), seconds=3).recognise(some_page(), *SMALL)
    assert time.monotonic() - began < 20
    time.sleep(0.2)
    for name in ("child", "parent"):
        pid = int((tmp_path / name).read_text())
        state = Path(f"/proc/{pid}/stat")
        assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_a_program_that_floods_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it prints is bounded: memory is not filled by it."""
    monkeypatch.setattr(ocr, "MAX_OUTPUT", 1_000_000)
    with pytest.raises(RecognitionError, match="printed more"):
        found(stand_in(tmp_path, "while True: os.write(1, b'x' * 65536)")).recognise(some_page(), *SMALL)


def test_the_program_gets_a_small_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and tokens of this process are none of its business, and it works on one core."""
    monkeypatch.setenv("ASSISTANT_SECRET", "do not tell")
    with pytest.raises(RecognitionError):
        found(stand_in(tmp_path, "open(folder + '/env', 'w').write(repr(dict(os.environ)))")).recognise(
            some_page(), *SMALL
        )
    told = (tmp_path / "env").read_text()
    assert "do not tell" not in told
    assert "'OMP_THREAD_LIMIT': '1'" in told


# ---------------------------------------------------------------- the page before it is read


def test_columns_are_put_below_one_another() -> None:
    """The title and two columns make three blocks, in the order in which they are read."""
    image = blank()
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 200, 2100, 240), fill=0)
    for k in range(20):
        draw.rectangle((300, 400 + 60 * k, 1150, 435 + 60 * k), fill=0)
        draw.rectangle((1300, 400 + 60 * k, 2150, 435 + 60 * k), fill=0)
    # Bars stand for lines of print: rulings are thinner.
    sheet = sheet_of(image, 595)
    assert [(b.left // 100, b.top // 100) for b in sheet.blocks] == [(2, 1), (2, 3), (12, 3)]


def test_a_crooked_page_is_set_straight() -> None:
    """A slant of a few degrees is found to a tenth of one."""
    sheet = sheet_of(some_page().rotate(2, Image.Resampling.BICUBIC, fillcolor=255), 200)
    assert sheet.angle == pytest.approx(-2, abs=0.21)


def test_a_dark_edge_and_grey_paper_are_made_white() -> None:
    """What a scanner leaves around the paper is no ink, and pale print on grey paper is black on white."""
    image = some_page().point(lambda v: 120 + v * 80 // 255)
    ImageDraw.Draw(image).rectangle((0, 0, 30, 1167), fill=0)
    sheet = sheet_of(image, 200)
    assert sheet.page[600, 10] == 255
    assert sheet.page[1000, 500] == 255
    assert sheet.page[110, 110] < 40


def test_rulings_are_taken_out_and_letters_stay() -> None:
    """A straight line would be read as dashes and bars."""
    image = some_page()
    ImageDraw.Draw(image).line((50, 700, 780, 700), fill=0, width=5)
    ImageDraw.Draw(image).line((50, 700, 50, 1000), fill=0, width=5)
    sheet = sheet_of(image, 200)
    assert sheet.page[690:710, 60:770].min() > 200
    assert sheet.page[710:990, 40:60].min() > 200
    assert sheet.page[110, 110] < 40


# ---------------------------------------------------------------- pictures as files


def png(image: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **options)
    return buffer.getvalue()


def test_a_picture_without_a_recogniser_says_what_to_install() -> None:
    """One line that names the package, for Korean too."""
    with pytest.raises(ParseError, match=r"install tesseract-ocr \(and tesseract-ocr-kor\)"):
        ImageParser(None).parse(png(blank()), Work("scan.png", ""))


def test_a_picture_is_a_page_and_a_tiff_of_three_is_three(tmp_path: Path) -> None:
    """Every picture of a file is a page of its own, up to a bound that is told."""
    texts = ["First of them.", "Second to come.", "Last but counted."]
    replies = [
        hocr([[(w, (40 + 300 * k, 40, 300 + 300 * k, 75), 95) for k, w in enumerate(t.split())]], t) for t in texts
    ]
    reply = (
        "count = sum(name.startswith('run') for name in os.listdir(folder))\n"
        "open(folder + f'/run{count}', 'w'); sys.stdin.buffer.read()\n"
        f"sys.stdout.buffer.write({replies!r}[count % 3].encode())"
    )
    tesseract = found(stand_in(tmp_path, reply))
    buffer = io.BytesIO()
    some_page().save(buffer, "TIFF", save_all=True, append_images=[some_page(), some_page()])
    read = ImageParser(tesseract).parse(buffer.getvalue(), Work("scan.tif", ""))
    check(read)
    assert [p.index for p in read.pages] == [0, 1, 2]
    assert [p.spans[0].slice(read.text).strip() for p in read.pages] == texts
    assert read.media_type == "image/tiff"
    assert len(read.recognised) == 3
    cut = ImageParser(tesseract, max_pages=2).parse(buffer.getvalue(), Work("scan.tif", ""))
    assert cut.warnings == ("only the first 2 of 3 pictures were read",)


def test_a_picture_that_fails_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """The second of two pictures makes the program fail: the document holds the first, and a warning."""
    line = [("Grounded", (40, 40, 240, 75), 95)]
    reply = (
        "sys.stdin.buffer.read()\n"
        "if os.path.exists(folder + '/once'): sys.exit(7)\n"
        "open(folder + '/once', 'w')\n" + prints(hocr([line], "Grounded\n"))
    )
    buffer = io.BytesIO()
    some_page().save(buffer, "TIFF", save_all=True, append_images=[some_page()])
    read = ImageParser(found(stand_in(tmp_path, reply))).parse(buffer.getvalue(), Work("scan.tif", ""))
    assert read.text == "Grounded"
    assert read.warnings[0].startswith("page 2 could not be read: tesseract failed (7)")


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + bytes(200), b"II*\x00" + bytes(50)])
def test_a_broken_picture_is_a_parse_error(tmp_path: Path, data: bytes) -> None:
    """Whatever Pillow makes of it."""
    with pytest.raises(ParseError, match=r"scan\.png"):
        ImageParser(found(stand_in(tmp_path, ""))).parse(data, Work("scan.png", ""))


def test_a_picture_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """A small file of 400 million white pixels is not unpacked."""
    bomb = png(Image.new("1", (20_000, 20_000)))
    assert len(bomb) < 200_000
    with pytest.raises(ParseError, match="too large"):
        ImageParser(found(stand_in(tmp_path, ""))).parse(bomb, Work("scan.png", ""))


# ---------------------------------------------------------------- the true program


def typeset(lines: Sequence[tuple[str, float, float, float, bool]], font: str, index: int = 0) -> Image.Image:
    """A page at 300 dpi: (text, left, baseline, size, bold) in points."""
    image = blank()
    draw = ImageDraw.Draw(image)
    k = 300 / 72
    for text, left, base, size, bold in lines:
        name = font.replace("Regular", "Bold") if bold else font
        try:
            face = ImageFont.truetype(name, round(size * k), index=index)
        except OSError:
            pytest.skip(f"the font {name} is not installed")
        draw.text((left * k, base * k), text, font=face, fill=0, anchor="ls")
    return image


PROSE_SIZE = (400.0, 310.0)
PROSE = (
    "A ministry that publishes its reasons can be held to them.",
    "The office counted 412 requests in the first quarter, and it",
    "answered nearly all of them within three working days of the",
    "date on which they had arrived at the registry of the town.",
)
KOREAN = (
    "정부는 올해 상반기에 새로운 지원 제도를 마련하기로 하였다.",
    "담당 부서는 신청 서류를 받은 날부터 열흘 안에 결과를 알리고",
    "그 이유를 함께 적어 보내야 한다. 예산은 모두 240억 원이다.",
)


def page_of_prose() -> Image.Image:
    lines = [("Reasons in Public Office", 70.0, 90.0, 18.0, True)]
    lines += [(t, 70.0, 130 + 15.0 * i, 11.0, False) for i, t in enumerate(PROSE)]
    lines += [("What the Office Found", 70.0, 220.0, 14.0, True)]
    lines += [(t, 70.0, 245 + 15.0 * i, 11.0, False) for i, t in enumerate(PROSE)]
    return typeset(lines, "LiberationSerif-Regular.ttf").crop((0, 0, 1667, 1292))


@needs_tesseract
def test_a_scan_has_its_title_headings_and_paragraphs() -> None:
    """Sizes and weights are taken from the letters, so that the layout works on a scan as on any page."""
    assert real is not None
    read = document([real.recognise(page_of_prose(), *PROSE_SIZE)], PROSE_SIZE)
    assert [b.kind for b in read.blocks] == ["title", "paragraph", "heading", "paragraph"]
    assert read.blocks[0].span.slice(read.text) == "Reasons in Public Office"
    assert read.blocks[1].span.slice(read.text) == " ".join(PROSE)
    assert len(read.recognised) == 10
    assert min(r.confidence for r in read.recognised) > 0.8
    box = read.pages[0].boxes[0][1]
    assert box.left == pytest.approx(70, abs=3)
    assert box.bottom == pytest.approx(94, abs=4)


@needs_tesseract
def test_korean_words_have_their_spaces() -> None:
    """Eojeols stand as they are printed: not in syllables, and not in one piece."""
    assert real is not None
    if "kor" not in real.languages:
        pytest.skip("tesseract has no Korean here: install tesseract-ocr-kor")
    image = typeset(
        [(t, 70.0, 130 + 17.0 * i, 11.0, False) for i, t in enumerate(KOREAN)], "NotoSansCJK-Regular.ttc", 1
    ).crop((0, 0, 2479, 1000))
    words = text_of(real.recognise(image, 595, 240)).split()
    wanted = " ".join(KOREAN).split()
    assert len([w for w in wanted if w in words]) >= 0.9 * len(wanted)
    assert abs(len(words) - len(wanted)) <= 2


def scanned_pdf(*pages: Image.Image, stamp: str = "") -> bytes:
    """A PDF of nothing but pictures (and a stamp, as text, on each)."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    for page in pages:
        width, height = page.width * 72 / 300, page.height * 72 / 300
        sheet.setPageSize((width, height))
        sheet.drawInlineImage(page, 0, 0, width, height)
        if stamp:
            sheet.drawString(20, 10, stamp)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def test_a_pdf_of_pictures_is_read_by_the_program(tmp_path: Path) -> None:
    """The whole way, from a scanned PDF to a Document whose text is marked as recognised."""
    line = [("Grounded", (40, 40, 240, 75), 95), ("text.", (260, 40, 340, 75), 91)]
    tesseract = found(stand_in(tmp_path, prints(hocr([line], "Grounded text.\n"))))
    read = PdfParser(recogniser=tesseract).parse(scanned_pdf(some_page()), Work("scan", ""))
    check(read)
    assert read.text == "Grounded text."
    assert [r.span.slice(read.text) for r in read.recognised] == ["Grounded text."]


def test_a_pdf_whose_page_fails_names_it(tmp_path: Path) -> None:
    """The program breaks on the second page only: the first is read, and the second is in the warnings."""
    line = [("Grounded", (40, 40, 240, 75), 95)]
    reply = (
        "sys.stdin.buffer.read()\n"
        "if os.path.exists(folder + '/once'): sys.exit(7)\n"
        "open(folder + '/once', 'w')\n" + prints(hocr([line], "Grounded\n"))
    )
    tesseract = found(stand_in(tmp_path, reply))
    read = PdfParser(recogniser=tesseract).parse(scanned_pdf(some_page(), some_page()), Work("scan", ""))
    assert read.text == "Grounded"
    assert any("page 2" in warning and "tesseract failed (7)" in warning for warning in read.warnings)


@needs_tesseract
def test_a_scanned_pdf_reads_as_the_page_that_was_scanned() -> None:
    """Title, heading and paragraphs come out of an image-only PDF, even beside a stamp that is text."""
    read = PdfParser(recogniser=real).parse(scanned_pdf(page_of_prose(), stamp="A-17"), Work("scan", ""))
    check(read)
    kinds = [b.kind for b in read.blocks if "A-17" not in b.span.slice(read.text)]
    assert kinds == ["title", "paragraph", "heading", "paragraph"]
    assert " ".join(PROSE) in read.text
    assert read.work.title == "Reasons in Public Office"
    assert min(r.confidence for r in read.recognised) > 0.5


ROWS = (("Office", "Duty", "Answered"), ("Registry", "Keeps the files", "412"), ("Treasury", "Pays the bills", "1,075"))


@needs_tesseract
def test_a_ruled_table_on_a_scan_has_its_cells() -> None:
    """The lines around cells are found in the picture, so that cells of words are told apart as in any PDF."""
    assert real is not None
    lines = [("The offices and their duties are shown in the table below.", 70.0, 60.0, 11.0, False)]
    lines += [(c, 75 + 100.0 * k, 100 + 22.0 * r, 11.0, False) for r, row in enumerate(ROWS) for k, c in enumerate(row)]
    image = typeset(lines, "LiberationSans-Regular.ttf").crop((0, 0, 1667, 900))
    draw, k = ImageDraw.Draw(image), 300 / 72
    for r in range(4):
        draw.line((70 * k, (84 + 22 * r) * k, 370 * k, (84 + 22 * r) * k), fill=0, width=4)
        draw.line(((70 + 100 * r) * k, 84 * k, (70 + 100 * r) * k, 150 * k), fill=0, width=4)
    read = document([real.recognise(image, 400, 216)], (400, 216))
    assert [tuple(c.text for c in row) for row in (read.tables[0].header, *read.tables[0].rows)] == list(ROWS)


@needs_tesseract
@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_page_that_lies_sideways_or_upside_down_is_turned(turned: int) -> None:
    """The text is read, and its boxes lie where the words stand on the page as shown."""
    assert real is not None
    if not real.orientation:
        pytest.skip("tesseract cannot tell orientation here: install tesseract-ocr-osd")
    turns = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    width, height = PROSE_SIZE
    size = (height, width) if turned % 2 else (width, height)
    chars = real.recognise(page_of_prose().transpose(turns[turned]), *size)
    assert chars.turned == turned
    read = document([chars], size)
    assert " ".join(PROSE) in read.text
    box = next(b for s, b in read.pages[0].boxes if s.slice(read.text).startswith("Reasons"))
    # The title begins 70 points from the left edge, on a baseline 90 points below the top of the upright page.
    begin, base = {
        1: (size[1] - box.bottom, box.right),
        2: (width - box.right, height - box.top),
        3: (box.top, size[0] - box.left),
    }[turned]
    assert begin == pytest.approx(70, abs=4)
    assert base == pytest.approx(94, abs=5)


@needs_tesseract
def test_a_spoilt_picture_is_still_read() -> None:
    """Crooked, grey and blurred, from a phone or an old scanner, as a JPEG of its own."""
    from PIL import ImageFilter

    image = page_of_prose().rotate(1.3, Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(1.5)).point(lambda v: 110 + v * 100 // 255).reduce(2)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=40, dpi=(150, 150))
    read = ImageParser(real).parse(buffer.getvalue(), Work("photo", ""))
    check(read)
    assert [b.kind for b in read.blocks] == ["title", "paragraph", "heading", "paragraph"]
    wanted = " ".join(PROSE).split() * 2
    assert sum(word in read.text.split() for word in wanted) >= 0.95 * len(wanted)
    assert read.media_type == "image/jpeg"
