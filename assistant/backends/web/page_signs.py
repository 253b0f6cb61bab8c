"""What a fetched file is, by its content: its type, and of a web page what tells a source from a wall before it.

Parses foreign files, and so runs in a child process: whoever fetches asks `worker.Workers.look`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
from lxml import etree

from assistant.backends.formats import HTML, MARKDOWN, PDF, PICTURE, PLAIN, detect
from assistant.backends.html import HtmlParser
from assistant.backends.html.hidden import prune
from assistant.backends.html.source import read_source
from assistant.backends.html.tree import raw_text, words_of
from assistant.backends.pdf.file import open_pdf
from assistant.backends.reader import read
from assistant.backends.text_files import decode
from assistant.errors import ParseError
from assistant.sources.walls import Seen, Signs, judge, judge_lines
from assistant.types import Work

_MOST = 400_000
_TOLD = 20_000
"""Characters of a text that are handed on: enough to see what it is."""
_PAGES = 6
_JSONP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:/\*\*/\s*)?[A-Za-z_$][\w$.]{0,80}\(\s*[\[{]")
_BREAKS = frozenset("p div li td th h1 h2 h3 h4 h5 h6 br section article header footer nav form tr button a".split())
_PRICED = re.compile(r'"isAccessibleForFree"\s*:\s*"?(?:false|no)\b', re.IGNORECASE)
_GATE = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall|reg-?wall|meter-?wall|subscriber-only|subscribers-only|premium-only|locked-content)",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"\s*(\d{1,3})\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'\s][^\"']*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    type: str
    """As `formats.detect` names it."""
    signs: Signs | None = None
    """Of a web page."""
    onward: str | None = None
    """Where a page without text of its own sends its reader at once."""
    paper: str | None = None
    """Where a page on a publication says that its PDF lies."""


def see(data: bytes, name: str) -> Seen:
    """Raises ParseError for what is not read here, saying what it is."""
    found = look(data, name)
    if found.signs is not None:
        signs = found.signs
        told = "\n".join(signs.headings)
        return Seen(found.type, judge(signs), found.onward, found.paper, signs.title, told, signs.text[:_TOLD])
    title, text, whole = front(data, name, found.type)
    wall = judge_lines(text, whole=found.type in (PLAIN, MARKDOWN)) if whole and text.strip() else None
    return Seen(found.type, wall, title=title, text=text[:_TOLD])


def front(data: bytes, name: str, kind: str) -> tuple[str, str, bool]:
    """What a file that is no web page calls itself, the text of its first pages, and whether that is all of it. Of what
    cannot be read nothing is said: reading it says why."""
    try:
        if kind == PDF:
            return _front_of_pdf(data, name)
        if kind in (PLAIN, MARKDOWN):
            text, _ = decode(data, name)
            return "", text[: 2 * _TOLD], len(text) <= 2 * _TOLD
        document = read(data, name, Work("page", ""))
    except ParseError:
        return "", "", False
    return document.work.title, document.text[: 2 * _TOLD], len(document.text) <= 2 * _TOLD


def _front_of_pdf(data: bytes, name: str) -> tuple[str, str, bool]:
    pdf = open_pdf(data, name)
    try:
        title = str(pdf.get_metadata_dict().get("Title") or "")[:300]
        texts = []
        for index in range(min(len(pdf), _PAGES)):
            page = pdf[index]
            found = page.get_textpage()
            texts.append(found.get_text_range(0, min(found.count_chars(), _TOLD)))
            found.close()
            page.close()
        return title.encode(errors="ignore").decode(), "\n".join(texts).encode(errors="ignore").decode(), len(pdf) <= 2
    except pdfium.PdfiumError:
        return "", "", False
    finally:
        pdf.close()


def look(data: bytes, name: str) -> Look:
    """Raises ParseError for what is not read here, saying what it is."""
    kind = detect(data, name)
    if kind == PICTURE:
        raise ParseError(f"{name} is a picture and no document: look for the page or the file that it is part of")
    if kind == PLAIN and (_is_json(data) or _JSONP.match(data)):
        raise ParseError(f"{name} is data for programs (JSON) and no document: look for the page that shows it")
    if kind != HTML:
        return Look(kind)
    root = read_source(data, name).root
    title = next((words_of(t, 300) for t in root.iter("title")), "")
    unscripted = " ".join(words_of(e, 2000) for e in root.iter("noscript"))[:4000]
    passwords = sum(1 for e in root.iter("input") if (e.get("type") or "").strip().lower() == "password")
    scripts = sum(1 for _ in root.iter("script"))
    frames = sum(1 for e in root.iter("iframe", "embed", "object") if e.get("src") or e.get("data"))
    free = not any(_PRICED.search(raw_text(s)[:_MOST]) for s in root.iter("script") if "json" in (s.get("type") or ""))
    gated = any(_GATE.search(f"{e.get('class') or ''} {e.get('id') or ''}"[:500]) for e in root.iter("div", "section"))
    onward, paper = _onward(root), _paper(root)
    prune(root)
    body = root.find("body")
    text = _lines(body if body is not None else root)
    headings = tuple(h for h in (words_of(e, 300) for e in root.iter("h1", "h2")) if h)[:10]
    signs = Signs(title, headings, text, _article(data, name), unscripted, passwords, scripts, free, gated, frames)
    return Look(kind, signs, onward if len(text) < 500 else None, paper)


def _article(data: bytes, name: str) -> str:
    try:
        return HtmlParser().parse(data, Work("page", name)).text[:_MOST]
    except ParseError:
        return ""


def _lines(body: etree._Element) -> str:
    """The text that is seen, one block a line."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        breaks = element.tag in _BREAKS
        if breaks:
            parts.append("\n")
        parts.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(parts)[:_MOST].split("\n"))
    return "\n".join(line for line in lines if line)


def _onward(root: etree._Element) -> str | None:
    """The address of a `refresh` that comes within seconds."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = _REFRESH.match(meta.get("content") or "")
        if found is not None and int(found[1]) <= 10:
            return found[2].strip()
    return None


def _paper(root: etree._Element) -> str | None:
    """The address of the whole text, as publishers and repositories give it to search engines; None where several are
    given, as a list of publications does."""
    given = {(m.get("content") or "").strip() for m in root.iter("meta") if _named(m) == "citation_pdf_url"} - {""}
    return given.pop() if len(given) == 1 else None


def _named(meta: etree._Element) -> str:
    return (meta.get("name") or meta.get("property") or "").strip().lower()


def _is_json(data: bytes) -> bool:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
