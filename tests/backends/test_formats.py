"""What a file is, is decided by what it holds."""

from __future__ import annotations

import io
import zipfile

import pytest

from assistant.backends.formats import DOCX, HTML, HWP, HWPX, MARKDOWN, PDF, PICTURE, PLAIN, detect
from assistant.errors import ParseError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def wide(*names: str) -> bytes:
    return b"".join(name.encode("utf-16-le") + b"\0\0" for name in names)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "paper.txt", PDF),
        (b"junk before\n%PDF-1.4", "paper", PDF),
        (b"# Title", "a.md", MARKDOWN),
        (b"Title", "a.txt", PLAIN),
        (b"BMW grew by 5 percent", "a.txt", PLAIN),
        (b"a < b and b > c", "a.txt", PLAIN),
        (b"<!DOCTYPE html><html>", "a.txt", HTML),
        (b"\xef\xbb\xbf\n<HTML lang='ko'>", "a", HTML),
        ("<html><p>x".encode("utf-16"), "a.htm", HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', "a.xhtml", HTML),
        (b"<!-- saved from --><html>", "a.bin", HTML),
        (b"<section>words</section>", "a.html", HTML),
        (b"\x89PNG\r\n\x1a\n0000", "scan.pdf", PICTURE),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.pdf", DOCX),
        (zipped("mimetype", "Contents/header.xml", "Contents/section0.xml"), "a.zip", HWPX),
        (OLE + wide("Root Entry", "FileHeader", "BodyText") + b"HWP Document File", "a.doc", HWP),
    ],
)
def test_content_decides_what_a_file_is(data: bytes, name: str, expected: str) -> None:
    """A file is what its bytes are, whatever its name says."""
    assert detect(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b" \n", "a.txt", "a.txt is empty"),
        (b"plain words", "paper.pdf", "is not what its name says"),
        (bytes(range(256)) * 4, "a.txt", "binary data"),
        (b"PK\x03\x04....", "a.docx", "damaged"),
        (zipped("notes.txt"), "a.zip", "a ZIP archive; unpack it"),
        (zipped("xl/workbook.xml"), "a.docx", "not what its name says: it is an Excel file"),
        (zipped("ppt/presentation.xml"), "a.pptx", "a PowerPoint file; save it as PDF"),
        (zipped("mimetype", "content.xml"), "a.odt", "OpenDocument"),
        (zipped("mimetype", "META-INF/container.xml"), "a.epub", "e-book"),
        (OLE + wide("WordDocument"), "a.doc", "save it as .docx"),
        (OLE + wide("EncryptedPackage"), "a.docx", "is encrypted"),
        (OLE + wide("Workbook"), "a.xls", "old Excel"),
        (OLE, "a.doc", "unknown kind"),
        (b"{\\rtf1 words}", "a.rtf", "an RTF file; give it as PDF"),
        (b'<?xml version="1.0"?><data/>', "a.xml", "an XML file"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\0", "a.gz", "gzip"),
        (b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05", "a.hwp", "before 2000"),
        (b"From: x\nContent-Type: multipart/related; boundary=y\n", "a.mht", "MHTML.; save it as HTML"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, name: str, why: str) -> None:
    """A file of another kind is refused in one line that says what it is and how to give it."""
    with pytest.raises(ParseError, match=why) as caught:
        detect(data, name)
    assert "\n" not in str(caught.value)
