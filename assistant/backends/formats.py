"""What a file is, by what it holds, and the parser that reads it. The name only tells Markdown from plain text.

Runs in the child process (`child.py`): even looking into an archive is parsing a foreign file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from assistant.errors import ParseError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HWPX = "application/hwp+zip"
HWP = "application/x-hwp"
HTML = "text/html"
MARKDOWN, PLAIN = "text/markdown", "text/plain"
PICTURE = "image"
READ = "PDF, Word (.docx), HWPX, HTML, Markdown or text"
_HEAD = 4096

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "an RTF file"),
    (b"From MAILER", "a mailbox"),
    (b"SQLite format 3\0", "a database"),
    (b"HWP Document File V", "an HWP file of before 2000"),
)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|article|table|p)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_ENDINGS = ("pdf", "txt", "text", "md", "markdown", "docx", "docm", "hwpx", "hwp", "html", "htm", "xhtml")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Enforced by the parsers where they can, and by the child's walls where not. What an
    archive may unpack to is `archives.MAX_UNPACKED`."""

    seconds: int = 120
    """Wall-clock time for a file, without the time that OCR takes."""
    memory_mb: int = 2048
    """Address space of the process that reads it."""
    pages: int = 2000
    ocr_pages: int = 300
    ocr_seconds: int = 60
    """For one page."""


def detect(data: bytes, name: str) -> str:
    """The media type of a file that is read here, else ParseError with what it is and what to do."""
    if not data.strip():
        raise ParseError(f"{name} is empty: it holds no text")
    if b"%PDF-" in data[:1024]:
        return PDF
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name, extension)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data, name)
    if data.startswith(_PICTURES) or (data.startswith(b"BM") and is_binary(data)):
        return PICTURE
    found = next(
        (w for start, w in _SIGNATURES if data.startswith(start) and (len(start) > 2 or is_binary(data))), None
    )
    if found is not None:
        raise ParseError(_refusal(name, extension, found))
    if is_binary(data):
        raise ParseError(_refusal(name, extension, "binary data, not text"))
    head = _readable(data[:_HEAD])
    if re.match(rb"(?:mime-version|from|subject|date):", head, re.IGNORECASE) and b"multipart/related" in data[:_HEAD]:
        raise ParseError(_refusal(name, extension, "a saved web page in one file (MHTML)", "save it as HTML"))
    if _HTML.match(head) or (extension in ("html", "htm", "xhtml") and b"<" in head):
        return HTML
    if extension == "pdf":
        raise ParseError(f"{name} is not what its name says: it does not begin as a PDF; get it anew")
    if re.match(rb"\s*<\?xml", head):
        raise ParseError(_refusal(name, extension, "an XML file"))
    return MARKDOWN if extension in ("md", "markdown", "mdown", "mkd") else PLAIN


def _refusal(name: str, extension: str, what: str, todo: str = f"give it as {READ}") -> str:
    surprise = "is not what its name says: it is" if extension in _ENDINGS else "is"
    return f"{name} {surprise} {what}; {todo}"


def _zipped(data: bytes, name: str, extension: str) -> str:
    """Which document a zip archive is, by the names in it."""
    from assistant.backends.archives import open_archive

    names = set(open_archive(data, name).names())
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", n) for n in names):
        return DOCX
    if "Contents/header.xml" in names or any(n.startswith("Contents/section") for n in names):
        return HWPX
    kinds = (
        ("xl/", "an Excel file", "save the sheets that matter as PDF or text"),
        ("ppt/", "a PowerPoint file", "save it as PDF"),
        ("visio/", "a Visio file", "save it as PDF"),
    )
    for start, what, todo in kinds:
        if any(n.startswith(start) for n in names):
            raise ParseError(_refusal(name, extension, what, todo))
    if "content.xml" in names and "mimetype" in names:
        raise ParseError(_refusal(name, extension, "an OpenDocument file", "save it as Word or PDF"))
    if "META-INF/container.xml" in names and "mimetype" in names:
        raise ParseError(_refusal(name, extension, "an e-book (EPUB)", "save it as PDF or HTML"))
    raise ParseError(_refusal(name, extension, "a ZIP archive", "unpack it, and give the documents in it"))


def _compound(data: bytes, name: str) -> str:
    """What an OLE compound file is, by the names in its directory (UTF-16)."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise ParseError(f"{name} is encrypted: open it with its password and save it without (remove the password)")
    if holds("FileHeader") and b"HWP Document File" in data:
        return HWP
    if holds("WordDocument"):
        raise ParseError(f"{name} is a Word file of before 2007 (.doc): save it as .docx or PDF")
    if holds("Workbook") or holds("PowerPoint Document"):
        raise ParseError(f"{name} is an old Excel or PowerPoint file: save it as PDF")
    if holds("FileHeader"):
        return HWP
    raise ParseError(f"{name} is an old Office file of an unknown kind: save it as PDF")


def _readable(head: bytes) -> bytes:
    """The beginning in ASCII-compatible bytes, for patterns."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


def is_binary(data: bytes) -> bool:
    """Whether these bytes are no text in any encoding that is read here."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    sample = data[:65536]
    if b"\0" in sample:
        return True
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in sample)
    return control > 0.02 * len(sample)
