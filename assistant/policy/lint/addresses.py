"""Addresses that cannot lead anywhere as they are printed, and marks of the way by which the author came to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.lint.noted import Reading
from assistant.policy.lint.wording import told
from assistant.types import Document, Span
from assistant.types.policy import Doubtful

_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp|htt?ps?|hptts?)(?:[:;/]{1,4})(?=[\w\[])|\bwww[.,])[^\s<>“”\"「」]+", re.IGNORECASE
)
_BRACKETED = re.compile(r"<(?P<inner>(?:https?:|www\.)[^<>]{4,600})>")
_HOST = re.compile(r"(?:(?:https?|ftp)://)?(?:[^/@?#]*@)?(?P<host>[^/:?#]*)", re.IGNORECASE)
_TWICE = re.compile(r"^https?:/*(?:h[tp]{2,4}s?\b(?=:|/)|www\.https?)", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://|ftp://|www\.)(?![/:])", re.IGNORECASE)
_DOI = re.compile(r"(?:\bdoi\.org/|\b[Dd][Oo][Ii]:\s?)(?P<doi>[^\s<>“”\"]+)")
_DOI_SHAPE = re.compile(r"(?:doi:)?10\.\d{4,9}(?:\.\d+)*/\S+", re.IGNORECASE)
_TRACKING = re.compile(r"[?&#](?P<name>utm_\w+|fbclid|gclid|mc_[ce]id|igshid|google_vignette|_hsenc|trk)\b")
_BROKEN = re.compile(
    r"[ \t][\w%()~+-]+(?:[ \t][\w%()~+-]+){0,3}?\.(?:pdf|html?|docx?|xlsx?|pptx?|hwpx?|csv|php|aspx?)\b"
)
"""Behind an address in its line: the rest of a file's name, with a space before it."""
_TAIL = ".,;:)]”\"’'"


def address_doubts(reading: Reading) -> Iterator[Doubtful]:
    """One question an address at most, in the notes and the text alike."""
    document = reading.document
    asked: set[str] = set()
    for at in _places(document):
        words = at.slice(document.text)
        bracketed = document.text[at.start - 1 : at.start] == "<"
        if not bracketed and (rest := _broken(document.text, at)):
            at = Span(at.start, rest)
            words, bracketed = at.slice(document.text), True
        if found := _fault(words, bracketed):
            key, detail = found
            if words in asked:
                continue
            asked.add(words)
            said, question = told(key, reading.language, detail=detail)
            yield reading.doubt("address", _note(document, at), at, said, question)
    for m in _DOI.finditer(document.text):
        doi = m["doi"].rstrip(_TAIL)
        if not _DOI_SHAPE.fullmatch(doi) and doi and not document.text[m.end() :].startswith("\n10."):
            at = Span(m.start(), m.start("doi") + len(doi))
            said, question = told("address_doi", reading.language, detail=doi)
            yield reading.doubt("address", _note(document, at), at, said, question)


def _places(document: Document) -> Iterator[Span]:
    taken: list[Span] = []
    for m in _BRACKETED.finditer(document.text):
        taken.append(Span(*m.span("inner")))
        yield taken[-1]
    for m in _ADDRESS.finditer(document.text):
        at = Span(m.start(), m.start() + len(m.group().rstrip(_TAIL)))
        if not any(at.overlaps(t) for t in taken):
            yield at


def _broken(text: str, at: Span) -> int:
    """Where an address ends that goes on behind a space; 0 for one that does not."""
    last = at.slice(text).rpartition("/")[2]
    m = _BROKEN.match(text, at.end)
    return m.end() if m and "." not in last and at.slice(text).count("/") > 2 else 0


def _fault(address: str, bracketed: bool) -> tuple[str, str] | None:
    if _TWICE.search(address):
        return "address_twice", ""
    if not _SCHEME.match(address):
        return "address_scheme", address[:12]
    if bracketed and re.search(r"\s", address.strip()):
        # A line of the page may end here: only what goes on in the same line is the author's.
        if "\n" not in address and re.search(r"\S \S", address):
            return "address_space", ""
        return None
    host = _HOST.match(address)
    name = (host["host"] if host else "").rstrip(".")
    if "," in name or ".." in name or "." not in name or not re.search(r"\.(?:[^\W\d_]{2,}|xn--\w+|\d{1,3})$", name):
        return "address_host", name
    if bracketed and address.strip()[-1] in ".,;:":
        return "address_tail", address.strip()[-1]
    if m := _TRACKING.search(address):
        return "address_tracking", m["name"]
    return None


def _note(document: Document, at: Span) -> str:
    return next((n.number for n in document.notes if n.span is not None and n.span.overlaps(at)), "")
