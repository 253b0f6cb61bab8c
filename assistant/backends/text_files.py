"""Markdown and plain text files, and telling by its content what a file is."""

from __future__ import annotations

import codecs
import re
import unicodedata

from assistant.errors import ParseError
from assistant.reading import FileFacts, read_markdown, read_text
from assistant.reading.invisible import summed, visible
from assistant.types import Document, Hidden, Work

PDF, MARKDOWN, PLAIN = "application/pdf", "text/markdown", "text/plain"
MAX_BYTES = 64 * 1024 * 1024

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a Word, Excel or HWPX file)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office or HWP file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "an RTF file"),
)
_ZIPPED = {"docx": b"word/", "hwpx": b"hwpx", "xlsx": b"xl/", "pptx": b"ppt/", "odt": b"opendocument"}


def detect(data: bytes, name: str) -> str:
    """The media type of a file that this product reads, by its content; the name only tells Markdown
    from plain text. Raises ParseError for everything else."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not data.strip():
        raise ParseError(f"{name} is empty: it holds no text")
    if b"%PDF-" in data[:1024]:
        return PDF
    found = _signature(data)
    if found is None and re.match(rb"\s*(?:<!doctype html|<html|<\?xml)", data[:200], re.IGNORECASE):
        found = "an HTML or XML file"
    if found is not None:
        what = f"is {found}" if extension not in ("pdf", "txt", "md") else f"is not what its name says: it is {found}"
        raise ParseError(f"{name} {what}; give it as PDF, Markdown or text")
    if extension == "pdf":
        raise ParseError(f"{name} is not what its name says: it does not begin as a PDF")
    if _is_binary(data):
        raise ParseError(f"{name} is binary data, not text; give it as PDF, Markdown or text")
    return MARKDOWN if extension in ("md", "markdown", "mdown", "mkd") else PLAIN


def _signature(data: bytes) -> str | None:
    for start, what in _SIGNATURES:
        if data.startswith(start) and (len(start) > 2 or _is_binary(data)):
            return what
    return None


def _is_binary(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    sample = data[:65536]
    if b"\0" in sample:
        return True
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in sample)
    return control > 0.02 * len(sample)


def decode(data: bytes, name: str = "the file") -> tuple[str, tuple[str, ...]]:
    """The text of a file and a warning where its encoding had to be guessed."""
    if len(data) > MAX_BYTES:
        raise ParseError(f"{name} is too large for a text file ({len(data):,} bytes): split it")
    warnings: tuple[str, ...] = ()
    if data.startswith(codecs.BOM_UTF8):
        text = data[3:].decode("utf-8", "replace")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    elif _is_binary(data):
        raise ParseError(f"{name} is binary data, not text; give it as PDF, Markdown or text")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as exc:
            text, encoding = _guess(data)
            if not text:
                raise ParseError(f"{name} is in no encoding that is known here: save it as UTF-8") from exc
            warnings = (f"not UTF-8: read as {encoding}; save it as UTF-8 if letters are wrong",)
    if "\ufffd" in text:
        warnings += ("some bytes could not be read as letters",)
    # One form for letters that Unicode can write in two ways (Korean from a Mac comes decomposed).
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\0", ""), warnings


def _guess(data: bytes) -> tuple[str, str]:
    """Korean where the bytes form Hangul syllables, else Western European."""
    try:
        korean = data.decode("cp949")
    except UnicodeDecodeError:
        korean = ""
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in korean)
    foreign = sum(ord(c) > 127 for c in korean)
    if korean and hangul >= 0.5 * max(foreign, 1):
        return korean, "Korean (cp949)"
    try:
        return data.decode("cp1252"), "Western European (cp1252)"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Western European (latin-1)"


class PlainTextParser:
    """Reads plain text: paragraphs, headings, tab tables, superscript note marks, endnotes. What has no width is
    left out."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        text, warnings = decode(data, name)
        seen = visible(text)
        facts = FileFacts(media_type=PLAIN, warnings=warnings, hidden=summed(seen.hidden()))
        return _checked(read_text(seen.text, work, facts), name)


class MarkdownParser:
    """Reads Markdown: headings, lists, pipe tables, footnotes. Comments and HTML that is not displayed are left out."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        text, warnings = decode(data, name)
        hidden: tuple[Hidden, ...] = ()
        if "<" in text or "]: " in text:
            from assistant.backends.html_inline import without_unseen  # only now: it loads a library

            text, hidden = without_unseen(text)
        seen = visible(text)
        facts = FileFacts(media_type=MARKDOWN, warnings=warnings, hidden=summed([*hidden, *seen.hidden()]))
        return _checked(read_markdown(seen.text, work, facts), name)


def _checked(document: Document, name: str) -> Document:
    if not document.text.strip():
        raise ParseError(f"{name} is empty: it holds no text")
    return document
