"""What a reader of a PDF cannot see is left out of the text and counted; what is seen stays."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser, visibility
from assistant.reading import check
from assistant.types import Document, Work
from tests.backends.raw_pdf import line, picture, raw_pdf, stream
from tests.reading.pdfs import pdf, write

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEN = line("Plain words that are seen.", y=700)
SECRET = line("Secret words of nobody.")
GRAY = "0.2 0.2 0.25 rg "


def read(data: bytes) -> Document:
    document = PdfParser().parse(data, Work("paper", ""))
    check(document)
    assert "Plain words that are seen." in document.text
    return document


def why(document: Document) -> list[str]:
    return [h.why for h in document.hidden]


LAYER_OFF = "/OCProperties<</OCGs[20 0 R 21 0 R]/D<</OFF[20 0 R]>>>>"
LAYERS: dict[int, str | bytes] = {
    20: "<</Type/OCG/Name(off)>>",
    21: "<</Type/OCG/Name(on)>>",
    22: "<</Type/OCMD/OCGs[20 0 R]/P/AllOn>>",
}
IN_LAYERS = "/Properties<</Off 20 0 R/On 21 0 R/Member 22 0 R>>"
HELVETICA = "/Resources<</Font<</F1 3 0 R>>/Properties<</Off 20 0 R>>/XObject<</Inner 31 0 R>>>>"
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
STATES = "/ExtGState<</Half<</ca 0.4/CA 0.4>>/None<</ca 0/CA 0>>/Times<</BM/Multiply>>>>"
SHADING = (
    "/Shading<</S1<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 612 0]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>>>"
)

HIDDEN: dict[str, tuple[bytes, str]] = {
    "white on white": (raw_pdf(SEEN + "1 g " + SECRET), "white"),
    "nearly white on white": (raw_pdf(SEEN + "0.985 g " + SECRET), "white"),
    "dark on the same dark": (
        raw_pdf(SEEN + GRAY + "60 590 300 30 re f 0.21 0.2 0.25 rg " + SECRET),
        "colour of the ground",
    ),
    "black on a black picture": (
        raw_pdf(
            SEEN + "q 300 0 0 40 60 590 cm /P Do Q " + SECRET,
            objects={20: picture((0, 0, 0))},
            resources="/XObject<</P 20 0 R>>",
        ),
        "colour of the ground",
    ),
    "under a white box": (raw_pdf(SEEN + SECRET + "1 g 60 590 300 30 re f"), "covered"),
    "under many thin boxes": (
        raw_pdf(SEEN + SECRET + "1 g " + "".join(f"60 {590 + k} 300 1.2 re f " for k in range(30))),
        "covered",
    ),
    "under a thick line": (raw_pdf(SEEN + SECRET + "1 G 30 w 60 604 m 360 604 l S"), "covered"),
    "under a picture": (
        raw_pdf(
            SEEN + SECRET + "q 300 0 0 40 60 590 cm /P Do Q",
            objects={20: picture((200, 210, 220))},
            resources="/XObject<</P 20 0 R>>",
        ),
        "covered",
    ),
    "under a shading": (
        raw_pdf(SEEN + SECRET + "q 60 590 300 30 re W n /S1 sh Q", resources=SHADING),
        "covered",
    ),
    "under a form that is filled": (
        raw_pdf(
            SEEN + SECRET + "q 1 0 0 1 50 500 cm /Cover Do Q",
            objects={20: stream("0.9 g 0 80 400 60 re f", FORM)},
            resources="/XObject<</Cover 20 0 R>>",
        ),
        "covered",
    ),
    "under an annotation": (
        raw_pdf(
            SEEN + SECRET,
            objects={
                20: "<</Type/Annot/Subtype/Square/Rect[60 590 360 620]/F 4/AP<</N 21 0 R>>>>",
                21: stream("0 g 0 0 300 30 re f", "/Type/XObject/Subtype/Form/BBox[0 0 300 30]"),
            },
            page="/Annots[20 0 R]",
        ),
        "covered",
    ),
    "half a point high": (raw_pdf(SEEN + line("Secret words of nobody.", size=0.5)), "tiny"),
    "made small by the matrix": (
        raw_pdf(SEEN + "q 0.05 0 0 0.05 72 600 cm " + line("Secret words", 0, 0) + "Q"),
        "tiny",
    ),
    "pressed to a stroke": (raw_pdf(SEEN + "BT 1 Tz /F1 12 Tf 72 600 Td (Secret words) Tj ET"), "tiny"),
    "not painted": (raw_pdf(SEEN + line("Secret words of nobody.", mode=3)), "invisible"),
    "only a clip": (raw_pdf(SEEN + "q " + line("Secret words of nobody.", mode=7) + "Q"), "invisible"),
    "wholly transparent": (raw_pdf(SEEN + "/None gs " + SECRET, resources=STATES), "transparent"),
    "beside the page": (raw_pdf(SEEN + line("Secret words of nobody.", x=-3000)), "off the page"),
    "beyond the crop box": (
        raw_pdf(SEEN + SECRET, page="/CropBox[0 650 612 792]"),
        "off the page",
    ),
    "clipped away": (raw_pdf(SEEN + "q 60 400 300 20 re W n " + SECRET + "Q"), "clipped"),
    "clipped to a sliver": (raw_pdf(SEEN + "q 60 590 300 11 re W n " + SECRET + "Q"), "clipped"),
    "beside the box of its form": (
        raw_pdf(
            SEEN + "/Small Do",
            objects={20: stream(SECRET, "/Type/XObject/Subtype/Form/BBox[0 0 60 60]/Resources<</Font<</F1 3 0 R>>>>")},
            resources="/XObject<</Small 20 0 R>>",
        ),
        "clipped",
    ),
    "in a layer that is off": (
        raw_pdf(SEEN + "/OC /Off BDC " + SECRET + "EMC", objects=LAYERS, resources=IN_LAYERS, catalog=LAYER_OFF),
        "layer off",
    ),
    "in a membership that is off": (
        raw_pdf(SEEN + "/OC /Member BDC " + SECRET + "EMC", objects=LAYERS, resources=IN_LAYERS, catalog=LAYER_OFF),
        "layer off",
    ),
    "in a form of a layer that is off": (
        raw_pdf(
            SEEN + "/Outer Do",
            objects={
                **LAYERS,
                30: stream("/Inner Do", FORM + HELVETICA),
                31: stream(SECRET, FORM + "/OC 20 0 R" + HELVETICA),
            },
            resources="/XObject<</Outer 30 0 R>>",
            catalog=LAYER_OFF,
        ),
        "layer off",
    ),
    "in a layer within a form": (
        raw_pdf(
            SEEN + "/Outer Do",
            objects={
                **LAYERS,
                30: stream("/Inner Do", FORM + HELVETICA),
                31: stream("/OC /Off BDC " + SECRET + "EMC", FORM + HELVETICA),
            },
            resources="/XObject<</Outer 30 0 R>>",
            catalog=LAYER_OFF,
        ),
        "layer off",
    ),
    "said of other glyphs": (
        raw_pdf(SEEN + "/Span <</ActualText (Secret words of nobody.)>> BDC " + line("Harmless") + "EMC"),
        "actual text",
    ),
    "white on white, where seen text lies on it": (
        raw_pdf(SEEN + "0.97 g 60 590 300 30 re f 1 g " + SECRET + "0 g " + line("A heading in front")),
        "white",
    ),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_a_reader_cannot_see_is_left_out_and_counted(case: str) -> None:
    """Not a word of it is in the text, and the document says how much of which sort there was."""
    data, reason = HIDDEN[case]
    document = read(data)
    assert "ecret" not in document.text
    assert "nobody" not in document.text
    assert reason in why(document)
    assert all(h.page == 0 and h.characters > 0 for h in document.hidden)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_judged_as_it_is_shown(rotate: int) -> None:
    """White words are left out and white words on dark kept, whichever way the page is shown."""
    content = line("Plain words that are seen.", y=700) + GRAY + "60 490 300 30 re f 1 g " + SECRET
    document = read(raw_pdf(content + line("White on dark.", y=500), page=f"/Rotate {rotate}"))
    assert "ecret" not in document.text
    assert "White on dark." in document.text


VISIBLE = {
    "white on a dark cell": raw_pdf(SEEN + GRAY + "60 590 300 30 re f 1 g " + SECRET),
    "white on a dark picture": raw_pdf(
        SEEN + "q 300 0 0 40 60 590 cm /P Do Q 1 g " + SECRET,
        objects={20: picture((0, 0, 120))},
        resources="/XObject<</P 20 0 R>>",
    ),
    "black on a picture": raw_pdf(
        SEEN + "q 300 0 0 40 60 590 cm /P Do Q " + SECRET,
        objects={20: picture((250, 240, 200), (230, 230, 255))},
        resources="/XObject<</P 20 0 R>>",
    ),
    "red on green of the same lightness": raw_pdf(SEEN + "0 0.51 0 rg 60 590 300 30 re f 1 0 0 rg " + SECRET),
    "under a transparent highlight": raw_pdf(SEEN + SECRET + "/Half gs 1 1 0 rg 60 590 300 30 re f", resources=STATES),
    "under a multiplied highlight": raw_pdf(SEEN + SECRET + "/Times gs 1 1 0 rg 60 590 300 30 re f", resources=STATES),
    "faint": raw_pdf(SEEN + "0.75 g " + SECRET),
    "half transparent": raw_pdf(SEEN + "/Half gs " + SECRET, resources=STATES),
    "in a frame": raw_pdf(SEEN + SECRET + "1 w 60 590 300 30 re S"),
    "underlined and struck by rules": raw_pdf(SEEN + SECRET + "72 597 150 0.8 re f 72 603 150 0.6 re f"),
    "in a clip that leaves it": raw_pdf(SEEN + "q 60 590 300 30 re W n " + SECRET + "Q"),
    "in a layer that is on": raw_pdf(
        SEEN + "/OC /On BDC " + SECRET + "EMC", objects=LAYERS, resources=IN_LAYERS, catalog=LAYER_OFF
    ),
    "white with a black outline": raw_pdf(SEEN + "1 g 0 G 0.5 w " + line("Secret words of nobody.", size=20, mode=2)),
    "only an outline": raw_pdf(SEEN + "1 g 0 G 0.5 w " + line("Secret words of nobody.", size=20, mode=1)),
    "painted with a shading": raw_pdf(
        SEEN + "/Pattern cs /T1 scn " + SECRET,
        objects={
            20: "<</Type/Pattern/PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 612 0]"
            "/Function<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>>>"
        },
        resources="/Pattern<</T1 20 0 R>>",
    ),
    "large letters made small by the matrix": raw_pdf(
        SEEN + "q 0.01 0 0 0.01 72 600 cm " + line("Secret words of nobody.", 0, 0, 1200) + "Q"
    ),
    "small letters made large by the matrix": raw_pdf(
        SEEN + "q 24 0 0 24 72 600 cm " + line("Secret words of nobody.", 0, 0, 0.5) + "Q"
    ),
    "in a moved form": raw_pdf(
        SEEN + "1 g 0 0 20 20 re f q 1 0 0 1 40 300 cm /Moved Do Q",
        objects={
            20: stream("0.1 g 20 290 300 30 re f 1 g " + line("Secret words of nobody.", 32, 300), FORM + HELVETICA)
        },
        resources="/XObject<</Moved 20 0 R>>",
    ),
    "twice at one place on dark": raw_pdf(SEEN + GRAY + "60 590 300 30 re f 1 g " + SECRET + SECRET),
}


@pytest.mark.parametrize("case", VISIBLE)
def test_what_a_reader_sees_is_kept(case: str) -> None:
    """The words are in the text once, and nothing is counted as hidden."""
    document = read(VISIBLE[case])
    assert document.text.count("Secret words of nobody.") == 1
    assert not document.hidden


def test_half_a_line_is_seen() -> None:
    """Where a box covers the end of a line, its beginning stays, cut at the letter."""
    document = read(raw_pdf(SEEN + line("These words stay. Those words go.") + "1 g 169 590 300 30 re f"))
    assert "These words stay." in document.text
    assert "go." not in document.text
    assert why(document) == ["covered"]


def test_letters_drawn_as_pictures_are_judged_by_what_is_drawn() -> None:
    """A font that brings drawings for letters (Type 3) is text where it draws, and none where it does not."""
    glyphs = stream("600 0 0 0 600 700 d1 0 0 500 700 re f"), stream("600 0 d0")
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 65/LastChar 66"
        "/Widths[600 600]/Encoding<</Type/Encoding/Differences[65/A/B]>>/CharProcs<</A 21 0 R/B 22 0 R>>>>"
    )
    objects: dict[int, str | bytes] = {20: font, 21: glyphs[0], 22: glyphs[1]}
    content = SEEN + line("AAAA", font="T3") + line("BBBB", y=560, font="T3") + "1 g " + line("AAA", y=520, font="T3")
    document = read(raw_pdf(content, objects=objects, resources="/Font<</T3 20 0 R>>"))
    assert "AAAA" in document.text
    assert "B" not in document.text
    assert document.text.count("AAA") == 1


@pytest.mark.parametrize(
    ("shown", "said", "text"),
    [
        ("fine", "fine", "fine"),
        ("million", "-", "million"),
        ("85 percent", "58 percent", "85 percent"),
        ("seen", "\\376\\377\\000h\\000i\\000d", "seen"),
    ],
)
def test_the_glyphs_words_count_and_not_what_is_said_of_them(shown: str, said: str, text: str) -> None:
    """/ActualText cannot put other words, or other figures, into the text than a reader sees."""
    data = raw_pdf(SEEN + f"/Span <</ActualText ({said})>> BDC " + line(f"It is {shown} here") + "EMC")
    assert f"It is {text} here" in read(data).text


def test_actual_text_gives_letters_to_glyphs_without_any() -> None:
    """Where the font names no letters, the file's own words for the glyphs are taken, if they fit."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[21 0 R]/ToUnicode 23 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 22 0 R/DW 500>>",
        "<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0"
        "/CapHeight 700/StemV 80>>",
    )
    cmap = "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0024> <E024> <0025> <E025> endbfchar"
    objects: dict[int, str | bytes] = {20: font[0], 21: font[1], 22: font[2], 23: stream(cmap)}
    glyphs = "BT /Odd 12 Tf 72 600 Td <00240025> Tj ET"

    def text(said: str) -> str:
        content = SEEN + f"/Span <</ActualText ({said})>> BDC {glyphs} EMC"
        return read(raw_pdf(content, objects=objects, resources="/Font<</Odd 20 0 R>>")).text

    assert "ox" in text("ox")
    assert "whole sentence" not in text("a whole sentence that two glyphs cannot show")


def test_a_shadow_and_letters_painted_twice_come_out_once() -> None:
    """A title with a shadow, and letters set twice to look bold, are read as a reader reads them."""
    shadow = "0.6 g " + line("Shadowed Title", 73, 599, 20) + "0.1 g " + line("Shadowed Title", 72, 600, 20)
    twice = "".join(line(word, x + dx, 500) for x, word in ((72, "thick"), (110, "letters")) for dx in (0, 0.4))
    text = read(raw_pdf(SEEN + shadow + twice)).text
    assert text.count("Shadowed Title") == 1
    assert "thick letters" in text
    assert text.count("thick") == text.count("letters") == 1


def test_zero_width_signs_and_tags_behind_glyphs_are_left_out() -> None:
    """A font can say that its glyphs are signs that nobody sees: they are counted, not read."""
    cmap = (
        "1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <61> <200B> <62> <DB40DC41> endbfchar\n"
        "1 beginbfrange <41> <5a> <0041> endbfrange"
    )
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 21 0 R>>"
    data = raw_pdf(
        SEEN + line("NOaTEbS", font="F2"),
        objects={20: font, 21: stream(cmap)},
        resources="/Font<</F2 20 0 R>>",
    )
    document = read(data)
    assert "NOTES" in document.text
    assert {(h.why, h.characters) for h in document.hidden} == {("zero-width", 1), ("tag characters", 1)}


def test_a_plain_page_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing is slow: where nothing is suspect it is not done."""

    def draw(*_: object) -> None:
        raise AssertionError("drawn")

    monkeypatch.setattr(visibility, "draw", draw)
    content = SEEN + SECRET + "72 597 150 0.8 re f 1 w 60 500 400 200 re S 0.95 g 60 300 100 50 re f"
    assert not read(raw_pdf(content)).hidden


def scan(ink: bool, words: str = "The words of the scan.", under: bool = False) -> bytes:
    image = Image.new("RGB", (850, 1100), "white")
    if ink:
        seen = Image.open(io.BytesIO(_drawn(words))).convert("RGB")
        image.paste(seen.resize((850, 1100)))

    def page(canvas: Canvas) -> None:
        def layer() -> None:
            text = canvas.beginText(72, 692)
            text.setFont("Helvetica", 24)
            text.setTextRenderMode(0 if under else 3)
            text.textLine(words)
            canvas.drawText(text)

        if under:
            layer()
        canvas.drawImage(ImageReader(image), 0, 0, 612, 792)
        if not under:
            layer()

    return pdf(page, lambda c: write(c, ["Plain words that are seen."]))


def _drawn(words: str) -> bytes:
    from assistant.backends.drawing import render_page

    return render_page(pdf(lambda c: write(c, [words], top=100, size=24, font="Helvetica")), 0, 1.4)


@pytest.mark.parametrize("under", [False, True])
def test_the_text_layer_of_a_scan_is_read_as_recognised(under: bool) -> None:
    """Invisible words over (or words under) a picture of a page that shows them there are its text; who made them
    did not say how sure it was."""
    document = read(scan(ink=True, under=under))
    assert "The words of the scan." in document.text
    assert any("page 1: text layer of an earlier OCR" in w for w in document.warnings)
    (recognised,) = document.recognised
    assert recognised.span.slice(document.text).strip() == "The words of the scan."
    assert recognised.confidence == 0.5
    assert not document.hidden


@pytest.mark.parametrize("under", [False, True])
def test_invisible_words_over_an_empty_picture_are_hidden(under: bool) -> None:
    """A blank picture of a page shows no words: what lies over it is no layer of a scan."""
    document = read(scan(ink=False, under=under))
    assert "scan" not in document.text
    assert why(document) == ["covered" if under else "invisible"]


def test_carriers_hide_nothing_in_the_text(tmp_path: Path) -> None:
    """Of the documents that hide text in many ways none gets a hidden word in, and none loses a visible one."""
    maker = SHARED / "data/injection/make_carriers.py"
    if not maker.exists():
        pytest.skip(f"no maker of carriers at {maker}")
    subprocess.run([sys.executable, maker, tmp_path, "3"], check=True, capture_output=True)
    for entry in json.loads((tmp_path / "manifest.json").read_text("utf-8")):
        if entry["kind"] != "pdf":
            continue
        document = PdfParser().parse((tmp_path / entry["file"]).read_bytes(), Work("carrier", ""))
        text = f"{document.text} {document.work}"
        assert entry["okmark"] in text, entry["file"]
        assert (entry["canary"] in text) == (not entry["hidden"]), entry["file"]


def told_as(target: str) -> dict[int, str | bytes]:
    """A font whose figure 7 stands for `target` (hexadecimal UTF-16), every other code for itself."""
    codes = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> endcodespacerange "
        f"1 beginbfrange <20><7e><0020> endbfrange 1 beginbfchar <37><{target}> endbfchar endcmap"
    )
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 21 0 R>>"
    return {20: font, 21: stream(codes)}


@pytest.mark.parametrize("target", ["0000", "0009", "000A", "000D", "D800", "DC00"])
def test_a_figure_that_the_font_gives_no_letter_leaves_a_sign(target: str) -> None:
    """A glyph with a shape whose code is none that could be drawn is told as unknown: it never vanishes."""
    words = line("It rose by 175 units.", font="F2")
    document = read(raw_pdf(SEEN + words, resources="/Font<</F2 20 0 R>>", objects=told_as(target)))
    assert "It rose by 1\ufffd5 units." in document.text


def test_a_page_of_glyphs_without_letters_says_so() -> None:
    """Where most glyphs have no letters, the page is named in a warning."""
    words = line("7777 77777 777 77777777", font="F2")
    data = raw_pdf(SEEN + words * 3, resources="/Font<</F2 20 0 R>>", objects=told_as("0000"))
    assert any("do not say which letters" in w for w in read(data).warnings)


def test_text_at_a_slant_is_counted() -> None:
    """A watermark across the page is no part of the text, and is not dropped in silence."""
    slanted = "BT /F1 10 Tf 0.707 0.707 -0.707 0.707 200 300 Tm (Not for sale) Tj ET "
    document = read(raw_pdf(SEEN + slanted))
    assert "sale" not in document.text
    assert [(h.why, h.characters) for h in document.hidden] == [("slanted", 10)]


def test_letters_pressed_flat_are_tiny() -> None:
    """Words whose height a matrix takes away are a stroke to a reader, whatever their width; so is each letter."""
    whole = "q 1 0 0 0.01 0 400 cm " + line("Secret words.", y=100) + "Q "
    single = "q 1 0 0 0.01 0 300 cm " + "".join(line(c, x=72 + 9 * k, y=100) for k, c in enumerate("Nobody")) + "Q "
    document = read(raw_pdf(SEEN + whole + single))
    assert document.text == "Plain words that are seen."
    assert [(h.why, h.characters) for h in document.hidden] == [("tiny", 18)]


@pytest.mark.parametrize(("shade", "seen"), [("1 1 1", False), ("0 0 0.5", True)])
def test_words_painted_with_a_pattern_are_judged_by_the_picture(shade: str, seen: bool) -> None:
    """A pattern has no colour of its own: what it shows is drawn and looked at."""
    cell = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>"
    pattern = stream(f"{shade} rg 0 0 10 10 re f", cell)
    data = raw_pdf(SEEN + "/Pattern cs /P scn " + SECRET, resources="/Pattern<</P 20 0 R>>", objects={20: pattern})
    assert ("Secret words" in read(data).text) == seen


@pytest.mark.parametrize(("flags", "seen"), [(4, True), (32, False), (36, False), (2, False)])
def test_an_annotation_that_no_screen_shows_is_not_read(flags: int, seen: bool) -> None:
    """Free text is read where it is shown; hidden or made for paper alone, it is not."""
    look = stream(
        line("Secret words", x=2, y=10), "/Type/XObject/Subtype/Form/BBox[0 0 328 40]/Resources<</Font<</F1 3 0 R>>>>"
    )
    note = f"<</Type/Annot/Subtype/FreeText/Rect[72 500 400 540]/F {flags}/Contents(x)/AP<</N 21 0 R>>>>"
    data = raw_pdf(SEEN, page="/Annots[20 0 R]", objects={20: note, 21: look})
    assert ("Secret words" in read(data).text) == seen
