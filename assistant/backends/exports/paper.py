"""A sheet as a PDF: pages with numbered notes behind the text, that show Hangul wherever they are opened.

Latin letters are set in Times, which every reader has. Hangul, and what else Times lacks, is set in a TrueType font of
this machine, embedded, where one with Hangul is named by a setting or found; else in the Korean font that the format's
own character collection names, for which readers bring one. The same sheet gives the same bytes on the same machine.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase._cidfontdata import CIDFontInfo
from reportlab.pdfbase.cidfonts import UnicodeCIDFont, structToPDF
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import KeepTogether, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from assistant.backends.exports.citing import Run, Style, Text, entries
from assistant.backends.exports.pages import Footnotes, in_quotes
from assistant.errors import ConfigError
from assistant.sources.bibliography import clean
from assistant.sources.phrases import word
from assistant.sources.sheets import Line, Rows, Sheet

_LATIN, _ITALIC, _BOLD = "Times-Roman", "Times-Italic", "Times-Bold"
_COLLECTED = "HYSMyeongJo-Medium"
_COLLECTED_BOLD = "HYGothic-Medium"
"""Headings in Hangul: the collection names no bold letters, and its sans-serif is the heavier."""
_WIDTH = 930
"""Of a letter of Hangul, in thousandths of its size; the collection's own 1000 stands apart."""
_EMBEDDED, _EMBEDDED_BOLD = "Embedded-Hangul", "Embedded-Hangul-Bold"
_BOLDER = (("", "Bold"), ("", "bd"), ("", "-Bold"), ("-Regular", "-Bold"))
"""What the file of the bold letters has at its end in place of what that of the plain ones has."""
_FILES = (
    "malgun.ttf", "NanumMyeongjo.ttf", "NanumGothic.ttf", "NanumBarunGothic.ttf", "batang.ttc", "gulim.ttc",
    "AppleGothic.ttf", "AppleMyungjo.ttf", "UnBatang.ttf", "UnDotum.ttf", "baekmuk.ttf", "DroidSansFallbackFull.ttf",
)  # fmt: skip
"""TrueType fonts with Hangul as systems come with them."""
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts",
    "/System/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_MARGIN, _CLOSE = 62, 50
"""In points; the second of a page in parts, which is to be handed over as one sheet where it can be."""
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    given = {
        "fontName": _LATIN,
        "fontSize": size,
        "leading": size * 1.38,
        "alignment": TA_LEFT,
        "splitLongWords": 1,
        "bulletFontName": _LATIN,
        "bulletFontSize": size,
    }
    return ParagraphStyle(name, **(given | more))


_TITLE = _style("title", 15, fontName=_BOLD, spaceAfter=6)
_SUBTITLE = _style("subtitle", 10, textColor=HexColor("#404040"), spaceAfter=6)
_HEADING = _style("heading", 11.5, fontName=_BOLD, spaceBefore=8, spaceAfter=2, keepWithNext=1)
_TEXT = _style("text", 10.5, spaceAfter=5)
_ITEM = _style("item", 10, leading=13, leftIndent=11, bulletIndent=0, spaceAfter=3)
_REMARK = _style("remark", 9, leftIndent=11, spaceAfter=4)
_NOTE = _style("note", 8, leading=10, leftIndent=15, bulletIndent=0, spaceAfter=1)
_CELL = _style("cell", 8.5)
_HEAD = _style("head", 8.5, fontName=_BOLD)
_SMALL = _style("small", 7.5, textColor=HexColor("#595959"), spaceBefore=8)


def pdf_file(sheet: Sheet, style: Style, font: str = "") -> bytes:
    """The file's bytes. `font`: a TrueType font with Hangul to embed; else one of this machine's. Raises ConfigError
    where the font that is named cannot be embedded.
    """
    out = io.BytesIO()
    wide = sheet.table is not None and len(sheet.table.columns) >= 4
    page = landscape(A4) if wide else A4
    in_parts = any(line.section for line in sheet.lines)
    margin = _CLOSE if in_parts else _MARGIN
    document = SimpleDocTemplate(
        out, pagesize=page, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin,
        title=clean(sheet.title), author="", invariant=1, lang=sheet.language,
    )  # fmt: skip
    setter = _Setter(*_hangul_font(font))
    document.build(_flow(sheet, style, setter, page[0] - 2 * margin), onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(_LATIN, 8)
    canvas.drawCentredString(document.pagesize[0] / 2, _MARGIN / 2, str(canvas.getPageNumber()))
    canvas.restoreState()


def _flow(sheet: Sheet, style: Style, setter: _Setter, width: float) -> list[Any]:
    """What stands on the pages, in order; the notes of all marks behind the text, each place once."""
    flow: list[Any] = [Paragraph(setter.text(sheet.title, bold=True), _TITLE)]
    flow += [Paragraph(setter.text(sheet.subtitle), _SUBTITLE)] if sheet.subtitle else []
    for line in sheet.lines:
        flow += _line(line, setter)
    if sheet.table:
        flow += [_table(sheet.table, setter, width), Spacer(1, 8)]
    flow += [Paragraph(setter.text(notice), _REMARK) for notice in sheet.notices]
    cited = {c.marker: c for c in sorted(sheet.cited, key=lambda c: c.marker)}
    if cited:
        made = Footnotes(sheet, style)
        flow.append(Paragraph(setter.text(word("notes", sheet.language), bold=True), _HEADING))
        flow += [Paragraph(setter.runs(made.next(c)), _NOTE, bulletText=f"{m}") for m, c in cited.items()]
    in_parts = any(line.section for line in sheet.lines)  # a page: its notes name the works in full
    listed = [Paragraph(setter.runs(entry), _NOTE) for _, entry in ([] if in_parts else entries(sheet.works, style))]
    if listed:
        head = Paragraph(setter.text(word("bibliography", sheet.language), bold=True), _HEADING)
        flow += [KeepTogether([head, listed[0]]), *listed[1:]]
    return [*flow, *([Paragraph(setter.text(sheet.origin), _SMALL)] if sheet.origin else [])]


def _line(line: Line, setter: _Setter) -> list[Any]:
    if line.section:
        return [Paragraph(setter.text(line.text, bold=True), _HEADING)]
    words = setter.text(in_quotes(line), bold=line.heads) + _marks(line)
    bullet = {"bulletText": "\u2022"} if line.under else {}
    out = [Paragraph(words, _ITEM if line.under else _TEXT, **bullet)]
    return [*out, Paragraph(setter.text(line.remark), _REMARK)] if line.remark else out


def _marks(line: Line) -> str:
    numbers = ",".join(str(c.marker) for c in line.cited)
    return f'<super size="7">{numbers}</super>' if numbers else ""


def _table(table: Rows, setter: _Setter, width: float) -> Any:
    wants = [max([len(h), *(len(row[n].text) for row in table.rows)]) ** 0.5 + 3 for n, h in enumerate(table.columns)]
    rows: list[list[Any]] = [[Paragraph(setter.text(head, bold=True), _HEAD) for head in table.columns]]
    rows += [[Paragraph(setter.text(in_quotes(x)) + _marks(x), _CELL) for x in row] for row in table.rows]
    made = LongTable(rows, colWidths=[width * w / sum(wants) for w in wants], repeatRows=1)
    line = HexColor("#A6A6A6")
    drawn = [("GRID", (0, 0), (-1, -1), 0.4, line), ("VALIGN", (0, 0), (-1, -1), "TOP"),
             ("BACKGROUND", (0, 0), (-1, 0), HexColor("#EDEDED"))]  # fmt: skip
    made.setStyle(TableStyle(drawn))
    return made


# ---------------------------------------------------------------- letters


@dataclass(frozen=True, slots=True)
class _Setter:
    """Text as reportlab's own markup, in which only what stands here is markup: each stretch in a font that has it."""

    hangul: str
    bold: str

    def text(self, text: str, bold: bool = False, italic: bool = False) -> str:
        out = []
        for is_latin, run in _stretches(clean(text)):
            if is_latin:
                font = _BOLD if bold else _ITALIC if italic else ""
                out.append(f'<font name="{font}">{escape(run)}</font>' if font else escape(run))
            else:
                out.append(f'<font name="{self.bold if bold else self.hangul}">{escape(self._known(run))}</font>')
        return "".join(out)

    def runs(self, text: Text | Sequence[Run]) -> str:
        made = []
        for run in text:
            before = " " if run.text[:1].isspace() else ""
            after = " " if run.text.strip() and run.text[-1:].isspace() else ""
            made.append(f"{before}{self.text(run.text, italic=run.italic)}{after}")
        return "".join(made)

    def _known(self, run: str) -> str:
        """The letters that the font has; of another its base letter, else a question mark."""
        if self.hangul == _EMBEDDED:
            glyphs = pdfmetrics.getFont(_EMBEDDED).face.charToGlyph
            return "".join(c if ord(c) in glyphs else _base(c) for c in run)
        return "".join(c if _collected(c) else _base(c) for c in run)


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches that Times has, and others. White space is Times': that of the Korean collection is as wide as a letter."""
    run, latin = "", True
    for c in text:
        own = _in_times(c)
        if own != latin and run:
            yield latin, run
            run = ""
        latin, run = own, run + c
    if run:
        yield latin, run


def _in_times(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _collected(character: str) -> bool:
    """Whether the Korean character collection has it: what the Korean code page has."""
    try:
        character.encode("cp949")
    except UnicodeEncodeError:
        return False
    return True


def _base(character: str) -> str:
    plain = "".join(c for c in normalize("NFKD", character) if _in_times(c))
    return plain or "?"


@lru_cache(maxsize=4)
def _hangul_font(named: str) -> tuple[str, str]:
    """The names of the registered fonts for Hangul: of text, and of headings."""
    for path in [Path(named)] if named else _found():
        try:
            font = TTFont(_EMBEDDED, str(path))
        except (TTFError, OSError, ValueError) as error:
            if named:
                raise ConfigError(
                    f"cannot embed the font '{named}' ({error}): name a TrueType font (.ttf), or leave pdf_font empty"
                ) from error
            continue
        if ord("\uac00") in font.face.charToGlyph:
            pdfmetrics.registerFont(font)
            return _EMBEDDED, _bold_beside(path)
        if named:
            raise ConfigError(f"the font '{named}' has no Hangul: name another, or leave pdf_font empty")
    pdfmetrics.registerFont(_Collected(_COLLECTED))
    pdfmetrics.registerFont(_Collected(_COLLECTED_BOLD, bold=True))
    return _COLLECTED, _COLLECTED_BOLD


class _Collected(UnicodeCIDFont):  # type: ignore[misc]
    """A font of the Korean collection as readers bring it: set as close as Korean is printed, and bold by its name."""

    def __init__(self, face: str, bold: bool = False) -> None:
        super().__init__(face)
        self._bold = bold

    def stringWidth(self, text: str | bytes, size: float, encoding: str | None = None) -> float:
        said = text.decode() if isinstance(text, bytes) else text
        return size * 0.001 * float(sum(self.unicodeWidths.get(c, _WIDTH) for c in said))

    def addObjects(self, doc: Any) -> None:
        """As reportlab does, with the width of a letter, and `,Bold`, by which readers thicken its strokes."""
        internal = f"F{len(doc.fontMapping) + 1}"
        font = deepcopy(CIDFontInfo[self.face.name])
        (inner,) = font["DescendantFonts"]
        inner["DW"] = _WIDTH
        named = f"/{self.face.name}{',Bold' if self._bold else ''}"
        font |= {"Name": f"/{internal}", "Encoding": f"/{self.encodingName}", "BaseFont": named}
        inner["BaseFont"] = inner["FontDescriptor"]["FontName"] = named
        reference = doc.Reference(structToPDF(font), internal)
        doc.idToObject["BasicFonts"].dict[internal] = reference
        doc.fontMapping[self.name] = f"/{internal}"


def _bold_beside(path: Path) -> str:
    """The bold letters of a font, where their file stands beside its own; else its own."""
    for plain, bold in _BOLDER:
        beside = path.with_name(f"{path.stem.removesuffix(plain)}{bold}{path.suffix}")
        if (plain and not path.stem.endswith(plain)) or not beside.is_file():
            continue
        try:
            font = TTFont(_EMBEDDED_BOLD, str(beside))
        except (TTFError, OSError, ValueError):
            continue
        if ord("\uac00") in font.face.charToGlyph:
            pdfmetrics.registerFont(font)
            return _EMBEDDED_BOLD
    return _EMBEDDED


def _found() -> list[Path]:
    """The known fonts that are on this machine."""
    wanted = {name.casefold() for name in _FILES}
    held: dict[str, Path] = {}
    for folder in map(Path, map(os.path.expanduser, _FOLDERS)):
        for place, _, names in os.walk(folder):
            for name in names:
                if name.casefold() in wanted:
                    held.setdefault(name.casefold(), Path(place) / name)
    return [held[name.casefold()] for name in _FILES if name.casefold() in held]
