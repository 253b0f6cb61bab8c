"""Word files for tests, made of XML strings: only what a test is about stands in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"{default}><w:name w:val="{name}"/>{based}{ppr}{rpr}</w:style>'
    for id, name, default, based, ppr, rpr in (
        ("a", "Normal", ' w:default="1"', "", "", '<w:rPr><w:sz w:val="22"/></w:rPr>'),
        ("1", "heading 1", "", '<w:basedOn w:val="a"/>', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', ""),
        ("2", "heading 2", "", '<w:basedOn w:val="a"/>', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', ""),
        ("T", "Title", "", '<w:basedOn w:val="a"/>', "", ""),
        ("S", "Subtitle", "", '<w:basedOn w:val="a"/>', "", ""),
        ("Q", "Intense Quote", "", '<w:basedOn w:val="a"/>', "", ""),
        ("C", "caption", "", '<w:basedOn w:val="a"/>', "", ""),
        ("TOC1", "toc 1", "", '<w:basedOn w:val="a"/>', "", ""),
        ("Part", "Chapter of a ministry", "", '<w:basedOn w:val="1"/>', "", ""),
        ("Secret", "Secret", "", '<w:basedOn w:val="a"/>', "", "<w:rPr><w:vanish/></w:rPr>"),
        ("SecretToo", "Secret too", "", '<w:basedOn w:val="Secret"/>', "", ""),
    )
)


def t(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what begins without '<' is a run of plain text."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(c if c.startswith("<") else t(c) for c in content)
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{runs}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    cells = tuple(c if c.startswith("<") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def note(id: str, *content: str, kind: str = "footnote") -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{id}">{p(mark, *content)}</w:{kind}>'


def call(id: str, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{id}"/></w:r>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering(*levels: tuple[str, str], start: int = 1) -> str:
    """One list, number 1, with (form, text) for each level."""
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def field(instruction: str, *shown: str) -> str:
    """A field with what it shows."""
    result = "".join(c if c.startswith("<") else t(c) for c in shown)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def part(name: str, content: str) -> bytes:
    return f"{_HEAD}<w:{name} {_SPACES}>{content}</w:{name}>".encode()


def docx(*body: str, members: Mapping[str, bytes] | None = None, before: str = "", **parts: str) -> bytes:
    """A Word file. `parts`: content of styles, numbering, footnotes, endnotes, comments, settings; `before`: of the
    document in front of its body; `members`: other files of the package."""
    parts.setdefault("styles", STYLES)
    relations = "".join(
        f'<Relationship Id="p{i}" Type="{_TYPE}{name}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="d" Type="{_TYPE}officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'.encode(),
        "word/document.xml": part("document", f"{before}<w:body>{''.join(body)}</w:body>"),
        **{f"word/{name}.xml": part(name, content) for name, content in parts.items()},
        **(members or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
