"""A sheet as a Word file (.docx) with real footnotes: each mark in the text has its note with place and quote.

Written as XML parts in a zip. The file holds no dates, links, macros or fields, and nothing outside it is loaded:
foreign words in it are only ever the text of a run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from assistant.backends.exports.citing import Run, Style, Text, entries
from assistant.backends.exports.pages import Footnotes, in_quotes
from assistant.sources.bibliography import clean
from assistant.sources.phrases import word
from assistant.sources.sheets import Line, Rows, Sheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
_SHORT, _LONG, _MARGIN = 11906, 16838, 1440
"""Sides of the page (A4) and its margins, in twentieths of a point."""
_WIDE = 4
"""So many columns stand on a page laid on its side."""
_LETTER = 105
"""How wide a letter of a table is, about, in twentieths of a point."""
_PADDING = 85
"""Between the letters of a cell and its edge."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_MARK = '<w:vertAlign w:val="superscript"/>'

_BULLET = "<w:r><w:t>\u2022</w:t></w:r><w:r><w:tab/></w:r>"
_CLOSE = 900
"""The margins of a page in parts, which is to be handed over as one sheet where it can be."""

_FONTS = (
    '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Batang"><w:altName w:val="바탕"/><w:charset w:val="81"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font>'
)
"""What a reader without these fonts is to take instead: one with serifs, and for Batang one with Hangul (81)."""

_TIGHT = '<w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault>'
"""Korean sets no space between Latin letters and the particle behind them."""

_STYLES = (
    # (kind, id, name, whether it is the default, what it is based on, paragraph properties, run properties)
    ("paragraph", "Normal", "Normal", True, "", '<w:spacing w:after="160" w:line="276" w:lineRule="auto"/>', '<w:sz w:val="22"/>'),
    ("paragraph", "Title", "Title", False, "Normal", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="32"/>'),
    ("paragraph", "Heading1", "heading 1", False, "Normal",
     '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="26"/>'),
    ("paragraph", "Subtitle", "Subtitle", False, "Normal", '<w:spacing w:after="240"/>', '<w:color w:val="404040"/><w:sz w:val="20"/>'),
    ("paragraph", "Cell", "Cell", False, "Normal", '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
    ("paragraph", "CellHead", "Cell head", False, "Cell", "", "<w:b/>"),
    ("paragraph", "Remark", "Remark", False, "Normal", '<w:ind w:left="360"/>', ""),
    ("paragraph", "Statement", "Statement", False, "Normal", '<w:keepNext/><w:spacing w:before="240"/>', "<w:b/>"),
    ("paragraph", "Finding", "Finding", False, "Normal", '<w:ind w:left="360"/>', ""),
    ("paragraph", "Point", "Point", False, "Normal",
     '<w:tabs><w:tab w:val="left" w:pos="260"/></w:tabs><w:spacing w:after="30" w:line="240" w:lineRule="auto"/>'
     '<w:ind w:left="260" w:hanging="260"/>', '<w:sz w:val="20"/>'),
    ("paragraph", "Head", "Head", False, "Title", '<w:spacing w:after="80" w:line="240" w:lineRule="auto"/>', '<w:b/><w:sz w:val="28"/>'),
    ("paragraph", "Under", "Under", False, "Subtitle", '<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
    ("paragraph", "Aside", "Aside", False, "Normal", '<w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="17"/>'),
    ("paragraph", "Part", "Part", False, "Heading1", '<w:keepNext/><w:spacing w:before="90" w:after="20"/>', '<w:b/><w:sz w:val="21"/>'),
    ("paragraph", "Origin", "Origin", False, "Normal", '<w:spacing w:before="360"/>', '<w:color w:val="595959"/><w:sz w:val="16"/>'),
    ("paragraph", "Bibliography", "Bibliography", False, "Normal", '<w:ind w:left="720" w:hanging="720"/>', ""),
    ("paragraph", "FootnoteText", "footnote text", False, "Normal",
     '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="16"/>'),
    ("character", "FootnoteReference", "footnote reference", False, "", "", _MARK),
)  # fmt: skip


def word_file(sheet: Sheet, style: Style) -> bytes:
    """The file's bytes: the same for the same sheet."""
    wide = sheet.table is not None and len(sheet.table.columns) >= _WIDE
    margin = _CLOSE if any(line.section for line in sheet.lines) else _MARGIN
    made = _Made(sheet, style, (_LONG if wide else _SHORT) - 2 * margin)
    body, notes = made.body(), "".join(made.notes)
    edges = "".join(f'w:{edge}="{margin}" ' for edge in ("top", "right", "bottom", "left"))
    page = f'w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"' if wide else f'w:w="{_SHORT}" w:h="{_LONG}"'
    size = f'<w:sectPr><w:pgSz {page}/><w:pgMar {edges}w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    separators = "".join(f'<w:footnote w:id="{id}"/>' for id, _ in _SEPARATORS)
    return _packed(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": (
                f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:title>{escape(clean(sheet.title))}</dc:title><dc:language>{sheet.language}</dc:language></cp:coreProperties>"
            ),
            "word/document.xml": f"<w:document {_W}><w:body>{body}{size}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(
                *((f"{_OFFICE}/{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable", "footnotes"))
            ),
            "word/styles.xml": _styles(),
            "word/fontTable.xml": f"<w:fonts {_W}>{_FONTS}</w:fonts>",
            "word/settings.xml": (f"<w:settings {_W}><w:footnotePr>{separators}</w:footnotePr></w:settings>"),
            "word/footnotes.xml": f"<w:footnotes {_W}>{notes}</w:footnotes>",
        }
    )


class _Made:
    """The paragraphs and tables of a sheet, and the footnotes in the order of their marks. A place that is cited twice has
    a note each time: a mark in Word calls one note.
    """

    def __init__(self, sheet: Sheet, style: Style, width: int) -> None:
        self._sheet, self._style, self._width = sheet, style, width
        self._footnotes = Footnotes(sheet, style)
        self._count = 0
        self._in_parts = any(line.section for line in sheet.lines)
        self.notes = [
            f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for id, kind in _SEPARATORS
        ]

    def body(self) -> str:
        sheet = self._sheet
        made = [_paragraph("Head" if self._in_parts else "Title", [Run(sheet.title)])]
        under = "Under" if self._in_parts else "Subtitle"
        made += [_paragraph(under, [Run(sheet.subtitle)])] if sheet.subtitle else []
        for line in sheet.lines:
            made += self._line(line)
        made += [self._table(sheet.table)] if sheet.table else []
        remark = "Aside" if self._in_parts else "Remark"
        made += [_paragraph(remark, [Run(notice, italic=True)]) for notice in sheet.notices]
        works = [] if self._in_parts else entries(sheet.works, self._style)  # a page: its notes name them in full
        listed = [_paragraph("Bibliography", entry) for _, entry in works]
        if listed and sheet.has_text:
            made.append(_paragraph("Heading1", [Run(word("bibliography", sheet.language))]))
        last = [_paragraph("Aside" if self._in_parts else "Origin", [Run(sheet.origin)])] if sheet.origin else []
        return "".join([*made, *listed, *last])

    def _line(self, line: Line) -> list[str]:
        if line.section:
            return [_paragraph("Part", [Run(line.text)])]
        marks = self._marks(line)
        if line.under and self._in_parts:  # of a page with parts each line is a point
            marks += _run(Run(f" {line.remark}", italic=True)) if line.remark else ""
            return [_paragraph("Point", [Run(in_quotes(line))], before=_BULLET, after=marks)]
        kind = "Statement" if line.heads else "Finding" if line.under else "Normal"
        if line.remark and line.under:
            marks += _run(Run(f" {line.remark}", italic=True))
        made = [_paragraph(kind, [Run(in_quotes(line))], after=marks)]
        if line.remark and not line.under:
            made.append(_paragraph("Remark", [Run(line.remark, italic=True)]))
        return made

    def _marks(self, line: Line) -> str:
        """The marks behind a line, and their notes."""
        marks: list[str] = []
        for cited in line.cited:
            self._count += 1
            if marks:
                marks.append(f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/>{_MARK}</w:rPr><w:t>,</w:t></w:r>')
            marks.append(_mark(f'<w:footnoteReference w:id="{self._count}"/>'))
            words = _paragraph("FootnoteText", (Run(" "), *self._footnotes.next(cited)), _mark("<w:footnoteRef/>"))
            self.notes.append(f'<w:footnote w:id="{self._count}">{words}</w:footnote>')
        return "".join(marks)

    def _table(self, table: Rows) -> str:
        """A table whose head is repeated on each page, and whose rows are not parted by its end."""
        widths = _column_widths(table, self._width)
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        properties = (
            f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{_PADDING}" w:type="dxa"/><w:right w:w="{_PADDING}" w:type="dxa"/>'
            '</w:tblCellMar><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        )
        columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        heads = [_paragraph("CellHead", [Run(head)]) for head in table.columns]
        rows = [_row(heads, widths, is_head=True)]
        for row in table.rows:
            cells = [_paragraph("Cell", [Run(in_quotes(x))] if x.text else [], after=self._marks(x)) for x in row]
            rows.append(_row(cells, widths))
        return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _row(cells: Sequence[str], widths: Sequence[int], is_head: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if is_head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/>{shade}</w:tcPr>{cell}</w:tc>'
        for cell, w in zip(cells, widths, strict=True)
    )
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"


def _column_widths(table: Rows, width: int) -> list[int]:
    """Twentieths of a point. A column is as wide as what stands in it asks for, by the root of its length: a long sentence
    takes more room than a year, and does not take all; and as wide as its longest word, as far as there is room.
    """
    texts = [[head, *(in_quotes(row[n]) for row in table.rows)] for n, head in enumerate(table.columns)]
    longest = [max(map(_letters, column)) for column in texts]
    words = [min(16, max((_letters(w) for text in column for w in text.split()), default=1)) for column in texts]
    widths = [_LETTER * n + 2 * _PADDING for n in words]
    if sum(widths) >= width:
        return [width * one // sum(widths) for one in widths]
    whole = [_LETTER * (n + 2) + 2 * _PADDING for n in longest]
    for _ in range(len(widths)):  # what a column does not need goes to the others
        spare, open_ = width - sum(widths), [n for n, one in enumerate(widths) if one < whole[n]]
        wants = sum(longest[n] ** 0.5 for n in open_)
        for n in open_:
            widths[n] = min(whole[n], widths[n] + int(spare * longest[n] ** 0.5 / wants))
    return widths


def _letters(text: str) -> int:
    """How many letters wide: one of Hangul counts for two."""
    return len(text) + len(_HANGUL.findall(text))


def _mark(what: str) -> str:
    # Raised by its own property too: a reader that knows no styles still sees a note's mark.
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/>{_MARK}</w:rPr>{what}</w:r>'


def _paragraph(style: str, text: Text | Iterable[Run], before: str = "", after: str = "") -> str:
    named = "" if style == "Normal" else f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    return f"<w:p>{named}{before}{''.join(_run(run) for run in text)}{after}</w:p>"


def _run(run: Run) -> str:
    """White space at the edges belongs to the run; within, and of any other kind, it is one space."""
    inner = clean(run.text)
    before = " " if run.text[:1].isspace() else ""
    after = " " if inner and run.text[-1:].isspace() else ""
    italic = "<w:rPr><w:i/></w:rPr>" if run.italic and not _HANGUL.search(inner) else ""  # Hangul has no italics
    return f'<w:r>{italic}<w:t xml:space="preserve">{before}{escape(inner)}{after}</w:t></w:r>'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Batang" w:cs="Times New Roman"/>'
    made = []
    for kind, id, name, is_default, base, paragraph, run in _STYLES:
        default = ' w:default="1"' if is_default else ""
        made.append(f'<w:style w:type="{kind}"{default} w:styleId="{id}"><w:name w:val="{name}"/>')
        made.append(f'<w:basedOn w:val="{base}"/>' if base else "")
        made.append(f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        made.append(f"<w:rPr>{run}</w:rPr></w:style>" if run else "</w:style>")
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:lang w:val="en-US" w:eastAsia="ko-KR"/></w:rPr></w:rPrDefault>{_TIGHT}</w:docDefaults>'
    return f"<w:styles {_W}>{defaults}{''.join(made)}</w:styles>"


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "/word/footnotes.xml": f"{_TYPE}.footnotes+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _packed(parts: dict[str, str]) -> bytes:
    """A zip without the time or the system that it was made on."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, f"{_HEAD}{content}".encode())
    return out.getvalue()
