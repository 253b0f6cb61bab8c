"""The block of entries between `---` lines that a Markdown file may begin with, and what it says of the document."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.reading.assembly import FileFacts
from assistant.reading.roles import sane_authors
from assistant.types import Person

_BLOCK = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_ISSUED = ("issued", "date", "published", "publication_date", "publication-date", "pubdate", "발행일")
"""In this order; `updated` or `modified` say when a file was touched and not when it appeared."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_INSTITUTION = re.compile(
    r"\b(?:institut\w*|universit\w*|ministry|department|bureau|agency|bank|council|cent(?:er|re)|office|association|authority|board|"
    r"commission|committee|government|organi[sz]ation|foundation|society|statistics)\b"
    r"|(?:부|처|청|원|은행|공사|위원회|협회|센터|연구소|대학교?|학회|재단|기구|정부|본부|공단)$",
    re.IGNORECASE,
)
_KOREAN_NAME = re.compile(r"[가-힣]{2,4}")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The entries by their names in small letters, several values of one joined by a semicolon; and the text behind."""
    match = _BLOCK.match(text)
    if match is None or not re.match(r"\s*[\w-]+\s*:", match[1]):
        return {}, text
    entries: dict[str, list[str]] = {}
    name = ""
    for line in match[1].split("\n"):
        if entry := re.match(r"([\w-]+)\s*:\s*(.*?)\s*$", line):
            name = entry[1].lower()
            listed = re.fullmatch(r"\[(.*)\]", entry[2])
            found = listed[1].split(",") if listed else [entry[2]]
            entries[name] = [v for each in found if (v := each.strip().strip("'\""))]
        elif (item := re.match(r"\s*-\s+(\S.*?)\s*$", line)) and name:
            entries[name].append(item[1].strip("'\""))
    return {key: "; ".join(values) for key, values in entries.items() if values}, text[match.end() :]


def told(front: dict[str, str], facts: FileFacts) -> FileFacts:
    """What is known of the file, completed by its front matter."""
    author = facts.author or front.get("author") or front.get("authors")
    authors = facts.authors or (_authors(author) if author and not facts.author else ())
    issued = facts.issued or next((d for key in _ISSUED if (d := _date(front.get(key, "")))), None)
    return replace(facts, title=facts.title or front.get("title"), author=author, authors=authors, issued=issued)


def _authors(said: str) -> tuple[Person, ...]:
    """Institutions and Korean names whole; () where that is for the reading of names to decide."""
    found: list[Person] = []
    for part in re.split(r"\s*;\s*|(?<=[가-힣])\s*[,·]\s*(?=[가-힣])", said):
        if (_INSTITUTION.search(part) and len(part) > 4) or _KOREAN_NAME.fullmatch(part):
            found.append(Person(part))
        elif persons := sane_authors(part):
            found += persons
        else:
            return ()
    return tuple(found)


def _date(said: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD where an entry is a date and nothing else.

    >>> _date("2025-03-10T09:00:00Z"), _date("March 2025"), _date("10 March 2025"), _date("2025년 3월"), _date("soon")
    ('2025-03-10', '2025-03', '2025-03-10', '2025-03', None)
    """
    said = said.strip()
    if m := re.fullmatch(
        r"((?:19|20)\d\d)(?:\s?[-./년]\s?(\d{1,2})(?:\s?[-./월]\s?(\d{1,2}))?)?\s?[.년월일]?(?:[T ]\d\d?:\d\d.*)?", said
    ):
        return _iso(m[1], int(m[2] or 0), int(m[3] or 0))
    m = re.fullmatch(r"(?:(\d{1,2})\.?\s)?([A-Za-z]{3,9})\.?\s(?:(\d{1,2}),?\s)?((?:19|20)\d\d)", said)
    if m and m[2][:3].lower() in _MONTHS:
        return _iso(m[4], _MONTHS.index(m[2][:3].lower()) + 1, int(m[1] or m[3] or 0))
    return None


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        date(int(year), month or 1, day or 1)
    except ValueError:
        return None
    return year + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
