"""Words and forms that give a paragraph its role whatever the kind of file: captions, sources, lists,
headings of note sections, bylines."""

from __future__ import annotations

import re

from assistant.types import Person

_CAPTION = re.compile(
    r"[<\[〈【]?\s*(?P<what>figure|fig\.|table|chart|exhibit|box|map|graph|panel|그림|표|도표)\s*"
    r"(?P<number>[A-Z]?[-.]?\d+(?:[-.]\d+)*[A-Za-z]?|[IVX]+)\s*(?P<delimiter>[.:|>\]〉】—–-]|$)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:sources?|notes?|data sources?|자료|출처|주)\s*[:：]", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:\d+\.?\s*)?(?:end\s?notes?|foot\s?notes?|notes|references|bibliography|works cited|literature cited|sources|"
    r"미주|각주|주석|참고\s?문헌)\s*:?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[(\[（]\s*(?:units?|단위)\s*[:：]\s*([^)\]）]+?)\s*[)\]）]", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"(?:^|\()((?:in )?(?:(?:(?:USD|US\$|KRW|EUR|JPY|\$|€|₩|¥) ?(?:thousand|million|billion|trillion)s?\b[^()]{0,20}|thousands|millions|billions|trillions|hundreds)\b[^()]{0,40}|percent(?:age)?\b[^()]{0,20}))(?:\)|$)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:[•‣⁃▪▫●○◦■□▢◆◇◈▣❍❏❑∙·➢➤▶▷►▸☞✓✔❖\ue000-\uf8ff※]\s*|[\x01-\x08\x0e-\x1f\x7f-\x9f]\s+|[-–—−*]\s+(?=[^\W\d])|[oㅇ]\s+(?=[^\W\d_]{2}))"
)
_ENUMERATED = re.compile(
    r"(?:\(?\d{1,3}[.)]|\([a-z]\)|[a-z]\)|\(?[ivx]{1,5}\)|\(?[가나다라마바사아자차카타파하][.)])\s+\S|[①-⑳㉮-㉻㈎-㈛⑴-⒇]\s*\S"
)
_NUMBERED_NOTE = re.compile(
    r"(?:\[(?P<a>\d{1,3})\]|\((?P<b>\d{1,3})\)|(?P<c>\d{1,3})\))[.:]?\s*(?=\S)|(?P<d>\d{1,3})[.:]?\s+(?=\S)"
)
_LONG_NOTE = re.compile(_NUMBERED_NOTE.pattern.replace("{1,3}", "{1,4}"))
_GLUED_NOTE = re.compile(r"(\d{1,3})(?=[“‘\"'「『]?[A-Z가-힣][^\W\d_A-Z]|https?://)")
_BYLINE = re.compile(r"(?:by|written by|prepared by|authors?:)\s+(?P<names>\S.*)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"institut|universit|ministr|department|research|office|bank|summary|report|policy|service|update|january|february|"
    r"march|april|june|july|august|september|october|november|december|congress|analys|specialist|special|brief|"
    r"econom|international|abstract|introduction|contents|version|draft|paper|team|center|centre|council|\d",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*)){1,4}")
TERMINAL = frozenset(".!?:;…。")
_CLOSING = "”\"’')]}»"


def caption_of(text: str, bold: bool = False) -> tuple[str, str] | None:
    """('table', '2') when the text is the caption of one; a sentence about a figure is not."""
    match = _CAPTION.match(text)
    if match is None or len(text) > 400:
        return None
    rest = text[match.end() :].strip()
    if match["delimiter"] or (bold and len(text) < 250) or not rest:
        return match["what"].lower(), match["number"]
    if len(text) < 140 and text[-1] not in ".!?" and rest[:1].isupper():
        return match["what"].lower(), match["number"]
    return None


def is_table_caption(text: str) -> bool:
    match = _CAPTION.match(text)
    return match is not None and match["what"].lower() in ("table", "표", "도표")


def is_source(text: str) -> bool:
    return _SOURCE.match(text) is not None and len(text) < 1200


def heads_notes(text: str) -> bool:
    """Whether a heading opens a section of notes or references."""
    return _NOTES.fullmatch(text.strip()) is not None


def unit_of(caption: str) -> str | None:
    """The unit that a caption, or a line of its own below it, gives."""
    match = _UNIT.search(caption) or _UNIT_WORDS.search(caption)
    return match[1] if match else None


def bullet_of(text: str) -> str:
    """The bullet that the text begins with, '' if none; a figure or letter that counts is text."""
    match = _LIST.match(text)
    return match[0] if match and match.end() < len(text) else ""


def is_enumerated(text: str) -> bool:
    return _ENUMERATED.match(text) is not None


def glued_number(text: str) -> tuple[str, int] | None:
    """(number, where the words begin) of a note whose number touches its first word, as '3Lee, Ports'."""
    match = _GLUED_NOTE.match(text)
    return (match[1], match.end()) if match else None


def note_number(text: str, last: int = 0) -> tuple[str, int] | None:
    """(number, where the note's words begin) of a note that begins with a plain figure, which has four digits only
    where that of the `last` note shows that notes have come so far."""
    match = (_LONG_NOTE if last >= 996 else _NUMBERED_NOTE).match(text)
    return (match["a"] or match["b"] or match["c"] or match["d"], match.end()) if match else None


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence ends."""
    bare = text.rstrip().rstrip(_CLOSING)
    return not bare or bare[-1] in TERMINAL


def begins_inside(text: str) -> bool:
    """Whether the text begins as only the inside of a sentence can."""
    first = text.lstrip("“\"'‘(")[:1]
    return first.islower() or text[:1] in ",;)–—&"


def names_of(text: str) -> tuple[Person, ...]:
    """The persons of a byline ('By A and B'), or of a line that is nothing but names."""
    match = _BYLINE.fullmatch(" ".join(text.split()))
    named = match["names"] if match else text
    named = re.sub(r",?\s+(?:Ph\.?D\.?|M\.?D\.?|Jr\.?|Sr\.?)(?=,|$|\s)", "", named)
    parts = [p.strip(" .*†‡") for p in re.split(r"\s*(?:,|;|&|\band\b|·|및)\s*", named) if p.strip(" .*†‡")]
    people = []
    for part in parts:
        if (
            _NAME.fullmatch(part) is None
            or _NOT_A_NAME.search(part)
            or not all(w[0].isupper() or len(w) < 4 for w in part.split())
        ):
            return ()
        given, _, family = part.rpartition(" ")
        people.append(Person(family, given))
    return tuple(people)


def is_byline(text: str) -> bool:
    return _BYLINE.fullmatch(text) is not None and bool(names_of(text))


_POOR_TITLE = re.compile(
    r"untitled.*|microsoft \w+ -.*|.*\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|tex|dvi|ps|hwpx?|odt)|slide \d+|document\d*|"
    r"layout \d+|print|\W*|[\w.-]*\d[\w.-]*|\(?null\)?|none|title",
    re.IGNORECASE,
)
_POOR_AUTHOR = re.compile(
    r"user|admin\w*|owner|author|unknown|default|.*@.*|.*\\.*|.*\d.*|microsoft.*|windows.*|.*\.com|pc|test",
    re.IGNORECASE,
)


def sane_title(text: str | None) -> str | None:
    """The title that a file's metadata gives, unless it is a program's leavings."""
    title = " ".join((text or "").split())
    if len(title) < 4 or len(title) > 300 or _POOR_TITLE.fullmatch(title) or sum(c.isalpha() for c in title) < 4:
        return None
    return None if "\ufffd" in title else title


def sane_authors(text: str | None) -> tuple[Person, ...]:
    author = " ".join((text or "").split())
    if not author or _POOR_AUTHOR.fullmatch(author):
        return ()
    return names_of(author)
