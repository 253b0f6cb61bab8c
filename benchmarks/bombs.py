"""Small files that want to become large, deep, endless, or to lead elsewhere: what `hostile.py` throws at reading.

Each is made in memory when it is asked for; none is larger than a few megabytes but those that say so.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

MIB = 1 << 20
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HP = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'
)
LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' if n else '<!ENTITY l0 "lollollol">'
    for n in range(10)
)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Every bomb with its name."""
    for name, make in BOMBS.items():
        yield name, make()


# archives

Member = str | bytes | Iterator[bytes]


def archive(members: Mapping[str, Member]) -> bytes:
    """A zip; a member that comes in pieces never stands in memory as a whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in members.items():
            if isinstance(content, str | bytes):
                packed.writestr(name, content)
            else:
                with packed.open(name, "w", force_zip64=True) as member:
                    for piece in content:
                        member.write(piece)
    return out.getvalue()


def docx(body: Member, **more: Member) -> bytes:
    """A Word file with this `word/document.xml`; `more`: other members, '__' for a slash and '_' for a dot."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    other = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": body, **other})


def word(inside: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{inside}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def hwpx(inside: str, doctype: str = "") -> bytes:
    section = f'<?xml version="1.0"?>{doctype}<hs:sec {HP}>{inside}</hs:sec>'
    package = (
        '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:manifest><opf:item id="s0" '
        'href="Contents/section0.xml" media-type="application/xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="s0"/></opf:spine></opf:package>'
    )
    return archive(
        {
            "mimetype": "application/hwp+zip",
            "Contents/content.hpf": package,
            "Contents/header.xml": f"<hh:head {HP}/>",
            "Contents/section0.xml": section,
        }
    )


def korean(text: str) -> str:
    return f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>"


def pieces(before: str, piece: bytes, times: int, after: str) -> Iterator[bytes]:
    yield before.encode()
    for _ in range(times):
        yield piece
    yield after.encode()


def links() -> bytes:
    """A Word file whose text is a symbolic link to a file of this machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, target in (("word/document.xml", "/etc/passwd"), ("word/footnotes.xml", "../../../../etc/shadow")):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o120777 << 16
            packed.writestr(info, target)
    return out.getvalue()


def liar() -> bytes:
    """A Word file whose directory says that its text is 100 bytes, where it is 64 MiB."""
    data = bytearray(
        docx(
            pieces(
                f"<w:document {W}><w:body><w:p><w:r><w:t>", b"a" * MIB, 64, "</w:t></w:r></w:p></w:body></w:document>"
            )
        )
    )
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


# PDF


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with its table of places."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def page(content: bytes, extra: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page with this content stream (its dictionary and all)."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % (box, extra),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def stream(data: bytes, times: int = 1, extra: bytes = b"") -> bytes:
    """A stream, packed `times` times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode" * times
    return b"<</Length %d/Filter[%s]%s>>stream\n%s\nendstream" % (len(data), filters, extra, data)


def loop() -> bytes:
    """Pages that are their own parents and children."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 999999999>>",
        b"<</First 3 0 R/Next 3 0 R/Title(again)>>",
    )


def forms(depth: int = 24) -> bytes:
    """Forms that each draw the next twice: 2^24 times the last."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    for n in range(depth):
        inner = b"/X Do /X Do" if n < depth - 1 else b"0 0 1 1 re f"
        uses = b"/Resources<</XObject<</X %d 0 R>>>>" % (len(objects) + 2) if n < depth - 1 else b""
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length %d>>stream\n%s\nendstream" % (uses, len(inner), inner)
        )
    return pdf(*objects)


# others


def nested(tag: str, times: int) -> bytes:
    return b"<!doctype html><html><body>" + f"<{tag}>".encode() * times + b"deep" + f"</{tag}>".encode() * times


def png(width: int, height: int) -> bytes:
    """A picture of one colour that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(width // 8 + 2)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


TEXT = f"<!DOCTYPE w [{LAUGHS}]>"
FLOOD = f'<!DOCTYPE w [<!ENTITY a "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ATTRIBUTES = " ".join(f'a{n}="v"' for n in range(300_000))

BOMBS: dict[str, Callable[[], bytes]] = {
    "unpacks-to-1-gib.docx": lambda: docx(
        pieces(
            f"<w:document {W}><w:body><w:p><w:r><w:t>",
            b"word " * (MIB // 5),
            1024,
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    ),
    "lies-of-its-size.docx": liar,
    "many-members.docx": lambda: docx(word(paragraph("x")), **{f"word__m{n}_xml": "" for n in range(30_000)}),
    "laughs.docx": lambda: docx(word(paragraph("&l9;"), TEXT)),
    "flood.docx": lambda: docx(word(paragraph("&a;" * 50_000), FLOOD)),
    "outside.docx": lambda: docx(word(paragraph("&x;"), OUTSIDE)),
    "deep.docx": lambda: docx(
        word("<w:sdt><w:sdtContent>" * 100_000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 100_000)
    ),
    "deep-tables.docx": lambda: docx(
        word("<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 20_000)
    ),
    "attributes.docx": lambda: docx(word(f"<w:p {ATTRIBUTES}><w:r><w:t>x</w:t></w:r></w:p>")),
    "spans-a-billion.docx": lambda: docx(
        word(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{paragraph("x")}</w:tc></w:tr></w:tbl>'
        )
    ),
    "up-and-out.docx": lambda: docx(
        word(paragraph("Tariffs fell in 2024.")), **{"..__..__..__tmp__out_txt": "outside"}
    ),
    "links.docx": links,
    "laughs.hwpx": lambda: hwpx(korean("&l9;"), TEXT),
    "outside.hwpx": lambda: hwpx(korean("&x;"), OUTSIDE),
    "deep.hwpx": lambda: hwpx("<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>" * 20_000),
    "spans-a-billion.hwpx": lambda: hwpx(
        '<hp:p><hp:run><hp:tbl rowCnt="1000000000" colCnt="1000000000"><hp:tr><hp:tc><hp:subList>'
        + korean("x")
        + '</hp:subList><hp:cellAddr colAddr="999999999" rowAddr="999999999"/><hp:cellSpan colSpan="1000000000" '
        'rowSpan="1000000000"/></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>'
    ),
    "archive-of-nothing.zip": lambda: archive({f"{n}.txt": b"" for n in range(1_000)}),
    "inflates-to-200-mb.pdf": lambda: page(stream(b" " * (200 * MIB), 2)),
    "inflates-to-200-mb-of-lines.pdf": lambda: page(stream(b"0 0 m 9 9 l S\n" * (200 * MIB // 14), 2)),
    "inflates-to-100-mb-of-text.pdf": lambda: page(
        stream(b"BT /F1 9 Tf 9 9 Td (words) Tj ET\n" * (100 * MIB // 33), 2)
    ),
    "sixty-four-filters.pdf": lambda: page(
        stream(bytes(10 * MIB), 1, b"/X 1").replace(b"[/FlateDecode]", b"[" + b"/FlateDecode" * 64 + b"]")
    ),
    "forms-in-forms.pdf": forms,
    "loop.pdf": loop,
    "nested-arrays.pdf": lambda: page(b"<</Length 0/X " + b"[" * 200_000 + b"]" * 200_000 + b">>stream\n\nendstream"),
    "million-pages.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ),
    "huge-page.pdf": lambda: page(
        stream(b"BT /F1 9 Tf 1 0 0 1 99 99 Tm (Tariffs fell in 2024.) Tj ET"), box=b"0 0 1e9 1e9"
    ),
    "attributes.html": f"<!doctype html><html><body><p {ATTRIBUTES}>Tariffs fell in 2024.</p></body></html>".encode,
    "nested-500000.html": lambda: nested("div", 500_000),
    "nested-tables.html": lambda: nested("table><tr><td", 50_000),
    "nested-lists.html": lambda: nested("ul><li", 100_000),
    "nested-inline.html": lambda: nested("b><i", 250_000),
    "spans-a-billion.html": lambda: (
        b"<!doctype html><table><tr><td rowspan=1000000000 colspan=1000000000>x<td>y</table>"
    ),
    "entities.html": lambda: b"<!doctype html><html><body><p>" + b"&nbsp;&#x1F600;&amp" * 500_000,
    "styles.html": lambda: (
        b"<!doctype html><style>"
        + b".a .b > .c + .d ~ .e:not(.f) { display: none }\n" * 50_000
        + b"</style><p class=e>Tariffs fell.</p>"
    ),
    "comments.html": lambda: b"<!doctype html><html>" + b"<!--" * 1_000_000 + b"<p>Tariffs fell.</p>",
    "one-long-line.txt": lambda: b"Tariffs fell in 2024 " * 1_000_000,
    "brackets.md": lambda: b"[" * 200_000 + b"](" * 100_000,
    "stars.md": lambda: b"*" * 300_000 + b"a" + b"_*" * 100_000,
    "bars.md": lambda: b"|" * 300_000 + b"\n" + b"|-" * 150_000 + b"\n",
    "quotes.md": lambda: b">" * 300_000 + b" x\n" + b"  " * 100_000 + b"- x\n",
    "tags.md": lambda: b"<div>" * 200_000 + b"x",
    "huge-picture.png": lambda: png(100_000, 60_000),
    "nothing-but-zeros.pdf": lambda: b"%PDF-1.7\n" + bytes(5 * MIB),
    "half-a-surrogate.txt": lambda: "Tariffs \ud800 fell.".encode("utf-8", "surrogatepass"),
}
