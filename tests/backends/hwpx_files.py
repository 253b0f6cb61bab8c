"""Makes HWPX files for tests: as Hangul writes them, as far as a reader of text is concerned."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/{year}/paragraph" xmlns:hs="http://www.hancom.co.kr/hwpml/{year}/section" '
    'xmlns:hc="http://www.hancom.co.kr/hwpml/{year}/core" xmlns:hh="http://www.hancom.co.kr/hwpml/{year}/head"'
)

BODY, BOLD, LARGE, TITLE, WHITE, TINY, RAISED, SHADED, BLUE = range(9)
"""Looks of characters: ids in the header below."""

_LOOKS = (
    (1000, "#000000", "none", ""),
    (1000, "#000000", "none", "<hh:bold/>"),
    (1500, "#000000", "none", "<hh:bold/>"),
    (2200, "#1F3864", "none", "<hh:bold/>"),
    (1000, "#FFFFFF", "none", ""),
    (100, "#000000", "none", ""),
    (1000, "#000000", "none", "<hh:supscript/>"),
    (1000, "#FFFFFF", "#1F3864", ""),
    (1000, "#0000FF", "none", ""),
)

PLAIN, OUTLINE_1, OUTLINE_2, NUMBERED, BULLETED = range(5)
"""Shapes of paragraphs."""

_HEADS = ("NONE 0 0", "OUTLINE 0 0", "OUTLINE 0 1", "NUMBER 2 0", "BULLET 1 0")


def header(year: int = 2011) -> str:
    looks = "".join(
        f'<hh:charPr id="{i}" height="{height}" textColor="{colour}" shadeColor="{shade}">'
        f'<hh:relSz hangul="100" latin="100"/>{extra}</hh:charPr>'
        for i, (height, colour, shade, extra) in enumerate(_LOOKS)
    )
    shapes = ""
    for i, head in enumerate(_HEADS):
        kind, numbering, level = head.split()
        shapes += (
            f'<hh:paraPr id="{i}"><hh:heading type="{kind}" idRef="{numbering}" level="{level}"/>'
            f'<hh:border borderFillIDRef="1"/></hh:paraPr>'
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><hh:head {NAMESPACES.format(year=year)} version="1.4">'
        '<hh:refList><hh:borderFills><hh:borderFill id="1"/>'
        '<hh:borderFill id="2"><hc:fillBrush><hc:winBrush faceColor="#1F3864" hatchColor="#000000"/></hc:fillBrush>'
        '</hh:borderFill><hh:borderFill id="3"><hc:fillBrush><hc:winBrush faceColor="#DDE6F0"/></hc:fillBrush>'
        f"</hh:borderFill></hh:borderFills><hh:charProperties>{looks}</hh:charProperties>"
        '<hh:numberings><hh:numbering id="1" start="0">'
        '<hh:paraHead start="1" level="1" numFormat="ROMAN_CAPITAL">^1.</hh:paraHead>'
        '<hh:paraHead start="1" level="2" numFormat="DIGIT">^2.</hh:paraHead></hh:numbering>'
        '<hh:numbering id="2" start="0"><hh:paraHead start="3" level="1" numFormat="HANGUL_SYLLABLE">^1)</hh:paraHead>'
        f"</hh:numbering></hh:numberings><hh:paraProperties>{shapes}</hh:paraProperties>"
        '<hh:styles><hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0" charPrIDRef="0"/>'
        '<hh:style id="1" type="PARA" name="제목" paraPrIDRef="0"/><hh:style id="2" type="PARA" name="개요 1" paraPrIDRef="1"/>'
        '<hh:style id="3" type="PARA" name="캡션" paraPrIDRef="0"/></hh:styles></hh:refList></hh:head>'
    )


def t(words: str, look: int = BODY) -> str:
    """A run of words."""
    return f'<hp:run charPrIDRef="{look}"><hp:t>{escape(words)}</hp:t></hp:run>'


def inline(xml: str, look: int = BODY) -> str:
    """A run with anything in it."""
    return f'<hp:run charPrIDRef="{look}">{xml}</hp:run>'


def p(*runs: str, shape: int = PLAIN, style: int = 0, look: int = BODY) -> str:
    """A paragraph of runs; what is no run is taken for words."""
    inside = "".join(run if run.startswith("<hp:") else t(run, look) for run in runs)
    return f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{style}" pageBreak="0">{inside}<hp:linesegarray/></hp:p>'


def note(number: int, *paragraphs: str, kind: str = "footNote") -> str:
    """A foot- or endnote in its control, with the number in front that Hangul puts there."""
    auto = (
        f'<hp:ctrl><hp:autoNum num="{number}" numType="{kind.upper()}">'
        '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")"/></hp:autoNum></hp:ctrl>'
    )
    first = f'<hp:p paraPrIDRef="0" styleIDRef="0"><hp:run charPrIDRef="0">{auto}<hp:t> {paragraphs[0]}</hp:t></hp:run></hp:p>'
    return inline(
        f'<hp:ctrl><hp:{kind} number="{number}" instId="1"><hp:subList>{first}{"".join(map(p, paragraphs[1:]))}'
        f"</hp:subList></hp:{kind}></hp:ctrl>"
    )


def cell(
    row: int, column: int, *paragraphs: str, rows: int = 1, columns: int = 1, header: bool = False, fill: int = 1
) -> str:
    inside = "".join(one if one.startswith("<hp:p") else p(one) for one in paragraphs)
    return (
        f'<hp:tc name="" header="{int(header)}" borderFillIDRef="{fill}"><hp:subList>{inside}</hp:subList>'
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/>'
        '<hp:cellSz width="100" height="100"/></hp:tc>'
    )


def table(*rows: list[str], caption: str = "", below: bool = False) -> str:
    """A table of rows of cells, as a run."""
    side = "BOTTOM" if below else "TOP"
    head = f'<hp:caption side="{side}"><hp:subList>{caption}</hp:subList></hp:caption>' if caption else ""
    body = "".join(f"<hp:tr>{''.join(row)}</hp:tr>" for row in rows)
    return inline(
        f'<hp:tbl id="1" repeatHeader="1" borderFillIDRef="1"><hp:sz width="40000" height="5000"/>'
        f'<hp:pos treatAsChar="1" horzRelTo="COLUMN" vertRelTo="PARA"/>{head}{body}</hp:tbl><hp:t/>'
    )


def grid(*rows: tuple[str, ...], header_rows: int = 1, caption: str = "") -> str:
    """A plain table of words."""
    return table(
        *([cell(r, c, words, header=r < header_rows) for c, words in enumerate(row)] for r, row in enumerate(rows)),
        caption=caption,
    )


def hwpx(
    *paragraphs: str,
    year: int = 2011,
    title: str = "",
    creator: str = "",
    more: Mapping[str, str | bytes] | None = None,
    sections: dict[str, str] | None = None,
) -> bytes:
    """A whole file. `sections` gives further sections in reading order; `more` adds or replaces members."""
    names = NAMESPACES.format(year=year)
    first = '<hp:secPr outlineShapeIDRef="1"><hp:pagePr width="59528" height="84188"/></hp:secPr>'
    parts = {"section0": f"<hp:p>{inline(first)}</hp:p>" + "".join(paragraphs), **(sections or {})}
    items = "".join(f'<opf:item id="{n}" href="Contents/{n}.xml" media-type="application/xml"/>' for n in parts)
    members: dict[str, str | bytes] = {
        "mimetype": "application/hwp+zip",
        "version.xml": "<v/>",
        "META-INF/container.xml": '<c><rootfiles><rootfile full-path="Contents/content.hpf"/></rootfiles></c>',
        "Contents/content.hpf": (
            '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
            f"<opf:title>{escape(title)}</opf:title><opf:language>ko</opf:language>"
            f'<opf:meta name="creator" content="text">{escape(creator)}</opf:meta>'
            '<opf:meta name="CreatedDate" content="text">2019-01-02T03:04:05Z</opf:meta></opf:metadata>'
            f'<opf:manifest><opf:item id="header" href="Contents/header.xml"/>{items}</opf:manifest>'
            f'<opf:spine><opf:itemref idref="header"/>{"".join(f"<opf:itemref idref={chr(34)}{n}{chr(34)}/>" for n in parts)}'
            "</opf:spine></opf:package>"
        ),
        "Contents/header.xml": header(year),
        "Preview/PrvText.txt": "미리보기".encode("utf-16-le"),
        **{f"Contents/{n}.xml": f"<hs:sec {names}>{xml}</hs:sec>" for n, xml in parts.items()},
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
