"""As of when a document or statement speaks: said by its record, its first page, its notes or the sentence; else unknown.

Nothing is guessed and no clock is read: a document without a date of its own speaks no earlier than the newest date that
it names as past, and `by` says that it is only that.
"""

from __future__ import annotations

import re

from assistant.policy.statements import Statement, flat
from assistant.sources.dates import DATE, FULL_DATE, iso
from assistant.text import sentences
from assistant.types import Document, Language, Span
from assistant.types.policy import AsOf, Part

_FRONT = 1500
"""Within so many characters of its beginning a line that is nothing but a date says when the document appeared."""
_FRONT_DATE = re.compile(
    rf"^\W*(?:(?:Updated|Published|Posted|Released|Issued|Date|Dated|Revised|As of|발행일?|작성일?|게시일?|등록일?|발간일?|기준일?)[:.\s]*)?"
    rf"(?:on )?(?P<date>{FULL_DATE})\W*$",
    re.IGNORECASE,
)
_DATE = re.compile(DATE)
_FULL = re.compile(FULL_DATE)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|by|until|till|through|expected|projected?|forecasts?|plans?|planned|targets?|scheduled|due|"
    r"set to|beyond|horizon|next|coming|upcoming|forthcoming|pending|ahead of|expires?|FY|fiscal)\b|까지|전망|예상|예정|계획|목표|향후|내년|할 것|될 것",
    re.IGNORECASE,
)
"""A year in such a sentence may lie ahead of the document."""
_EVENT = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Tt]his|[Ff]irst|[Ff]inal|[Ff]or)|[’']s)\s(?:\w+\s)?$")
_NAMED = re.compile(
    r"\s(?!(?:and|or|to|was|were|is|are|has|had|have|when|while|but|with|by|in|on|at|for|of|as|than)\b)[a-z]"
)
"""Before and behind a date that only names an event (`the July 2026 joint review`), which may lie ahead."""
_BYLINE = 200
"""Letters of a line that says who wrote a text, where and when."""
_EDGE = r"[,;|·•()\[\]–—/]"
_AMONG_NAMES = re.compile(rf"(?:^|{_EDGE}\s*)(?P<date>{FULL_DATE})\s*(?={_EDGE}|$)")
"""A date that stands by itself among the parts of a line: `Office of Ports, Memo 4, June 2026, by Ines Harrow`."""
_AS_OF = re.compile(
    rf"(?:\b(?:[Aa]s of|[Aa]s at)\s(?:the (?:end|beginning|start) of )?(?:(?:early|mid|late)[- ])?(?P<en>{DATE}))"
    rf"|(?P<ko>{DATE})(?:\s?(?:말|초|중반|상반기|하반기|[1-4]분기))?\s?(?:현재|기준)"
)
_HALF = re.compile(
    r"\b(?P<n>first|second|third|fourth)\s(?P<of>half|quarter)\sof\s(?P<y>(?:19|20)\d\d)"
    r"|(?P<ky>(?:19|20)\d\d)년?\s?(?:(?P<kh>상|하)반기|(?P<kq>[1-4])\s?분기)"
)
_IN = re.compile(rf"\b(?:[Ii]n|[Oo]n|[Bb]y the end of|[Ee]arly|[Ll]ate|[Mm]id)[- ](?P<en>{DATE})|(?P<ko>{DATE})")
_PAST_OF = re.compile(r"\b(?:Act|Law|Agreement|Treaty|Code|Convention|Order|Bill|Budget|Plan)\s(?:of|for)\s$|[‘'“\"(]$")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def as_of(document: Document) -> AsOf | None:
    """The date of the record or file; else the date that stands alone on the first page or among the names of a byline; else the newest that its notes
    name; else the newest year that its text names as past. None where there is none of these.
    """
    if document.work.issued:
        return AsOf(document.work.issued, "record")
    return _front(document) or _noted(document) or _told(document)


def _front(document: Document) -> AsOf | None:
    lead = True  # whether the text proper is still to come
    for block in document.blocks:
        if block.span.start > _FRONT:
            break
        line = flat(block.span.slice(document.text))
        found = _FRONT_DATE.match(line) if len(block.span) < 60 else None
        if found is None and lead and block.kind in ("byline", "paragraph", "aside"):
            found = _in_byline(line)
        if found and (date := iso(found["date"])):
            return AsOf(date, "front", Part(line, block.span))
        lead = lead and (
            block.kind in ("title", "byline", "aside") or (block.kind == "paragraph" and len(line) < _BYLINE)
        )
    return None


def _in_byline(line: str) -> re.Match[str] | None:
    """The one date of a line that names persons, offices or a series, and is no sentence."""
    if len(line) >= _BYLINE or re.search(r"[^\W\d_]{3,}[.!?][”\"']?(?:\s|$)", line):
        return None
    found = list(_AMONG_NAMES.finditer(line))
    return found[0] if len(found) == 1 else None


def _noted(document: Document) -> AsOf | None:
    """The newest date of access or publication in the notes; a bare year counts only where no fuller date is there."""
    best: AsOf | None = None
    for note in document.notes:
        if note.text is None or note.span is None:
            continue
        words = note.span.slice(document.text)
        for m in _FULL.finditer(words):
            date = iso(m.group())
            if _EVENT.search(words[: m.start()]) and _NAMED.match(words[m.end() :]):
                continue
            if date and not _AHEAD.search(words[max(0, m.start() - 24) : m.start()]) and (not best or date > best.date):
                best = AsOf(date, "notes", Part(flat(m.group()), Span(*m.span()).shift(note.span.start)))
    return best


def _told(document: Document) -> AsOf | None:
    best: AsOf | None = None
    for block in document.blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        for sentence in sentences(document.text, block.span):
            words = sentence.slice(document.text)
            if _AHEAD.search(words):
                continue
            for m in _DATE.finditer(words):
                date = iso(m.group())
                if _EVENT.search(words[: m.start()]) and _NAMED.match(words[m.end() :]):
                    continue
                if date and (best is None or date > best.date):
                    at = Span(*m.span()).shift(sentence.start)
                    best = AsOf(date, "text", Part(flat(m.group()), at))
    return best


def as_of_statement(statement: Statement, document: Document | None = None) -> AsOf | None:
    """What the sentence itself says (`as of April 2026`, `in the first half of 2025`); else the document's date. Of
    several dates the last in time; a year of a law's name is none.
    """
    document = document or statement.document
    words = statement.span.slice(document.text)
    if m := _AS_OF.search(words):
        group = "en" if m["en"] else "ko"
        if date := iso(m[group]):
            return AsOf(date, "sentence", Part(flat(m.group()), Span(*m.span()).shift(statement.span.start)))
    if m := _HALF.search(words):
        part = Part(flat(m.group()), Span(*m.span()).shift(statement.span.start))
        return AsOf(_ended(m), "sentence", part)
    best: AsOf | None = None
    for m in _IN.finditer(words):
        group = "en" if m["en"] else "ko"
        before = words[: m.start(group)]
        if group == "ko" and not re.match(r"\s?년", words[m.end() :]) and "년" not in m[group]:
            continue  # a bare year that nothing leads: a name, a range, a table
        if _PAST_OF.search(before) or _AHEAD.search(words):
            continue
        date = iso(m[group])
        if date and (best is None or date > best.date):
            best = AsOf(date, "sentence", Part(flat(m.group()), Span(*m.span()).shift(statement.span.start)))
    return best or as_of(document)


def _ended(m: re.Match[str]) -> str:
    """The month with which a half or quarter of a year ends."""
    if m["y"]:
        months = 6 if m["of"] == "half" else 3
        return f"{m['y']}-{min(12, _ORDINALS[m['n'].lower()] * months):02d}"
    if m["kh"]:
        return f"{m['ky']}-{'06' if m['kh'] == '상' else '12'}"
    return f"{m['ky']}-{int(m['kq']) * 3:02d}"


_BY: dict[str, dict[Language, str]] = {
    "record": {"en": "date of publication", "ko": "발행일"},
    "front": {"en": "as its first lines say", "ko": "첫머리의 날짜"},
    "notes": {"en": "newest date that its notes name", "ko": "주에 나오는 가장 최근 날짜"},
    "text": {"en": "newest date that its text names", "ko": "본문에 나오는 가장 최근 날짜"},
    "sentence": {"en": "said in the sentence", "ko": "문장에 나오는 날짜"},
}


def said(date: AsOf, language: Language) -> str:
    """`2026-05, newest date that its notes name`: what is known, and from where."""
    return f"{date.date}, {_BY.get(date.by, {'en': date.by, 'ko': date.by})[language]}"
