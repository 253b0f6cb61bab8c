"""Markdown and plain text files, in whatever encoding."""

from __future__ import annotations

import codecs
import unicodedata

from assistant.backends.formats import MARKDOWN, PLAIN, is_binary
from assistant.errors import ParseError
from assistant.reading import FileFacts, read_markdown, read_text
from assistant.reading.invisible import summed, visible
from assistant.types import Document, Hidden, Work

MAX_BYTES = 64 * 1024 * 1024


def decode(data: bytes, name: str = "the file") -> tuple[str, tuple[str, ...]]:
    """The text of a file and a warning where its encoding had to be guessed."""
    if len(data) > MAX_BYTES:
        raise ParseError(f"{name} is too large for a text file ({len(data):,} bytes): split it")
    warnings: tuple[str, ...] = ()
    if data.startswith(codecs.BOM_UTF8):
        text = data[3:].decode("utf-8", "replace")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    elif is_binary(data):
        raise ParseError(f"{name} is binary data, not text; give it as PDF, Word, HWPX, HTML or text")
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
            from assistant.backends.html.inline import without_unseen  # only now: it loads a library

            text, hidden = without_unseen(text)
        seen = visible(text)
        facts = FileFacts(media_type=MARKDOWN, warnings=warnings, hidden=summed([*hidden, *seen.hidden()]))
        return _checked(read_markdown(seen.text, work, facts), name)


def _checked(document: Document, name: str) -> Document:
    if not document.text.strip():
        raise ParseError(f"{name} is empty: it holds no text")
    return document
