"""What a Word file says about itself: title, authors, language, the day of publication."""

from __future__ import annotations

import re

from assistant.backends.archives import Archive
from assistant.backends.docx.xml import Element
from assistant.backends.formats import DOCX
from assistant.errors import ParseError
from assistant.reading import FileFacts
from assistant.reading.roles import sane_authors
from assistant.types import Person

_ISSUED = re.compile(
    r"(?:date[ _-]?)?(?:issued|published|of[ _-]?publication)(?:[ _-]?(?:date|on))?|publication[ _-]?date|"
    r"publish(?:ing)?[ _-]?date|release[ _-]?date|발행일자?|발간일자?|공표일자?|게시일자?|배포일자?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\s*((?:1[89]|20)\d\d)(?:\s*[-./년]\s*(\d{1,2})(?:\s*[-./월]\s*(\d{1,2})일?)?)?(?!\d)")


def facts_of(archive: Archive) -> FileFacts:
    """Title, authors, language and date; a part that cannot be read says nothing."""
    core = _texts(archive, "docProps/core.xml")
    authors = tuple(p for name in core.get("creator", "").split(";") if (p := _person(name)) is not None)
    return FileFacts(
        title=core.get("title") or None,
        authors=authors,
        issued=_issued(archive),
        language=core.get("language") or None,
        media_type=DOCX,
    )


def _part(archive: Archive, member: str) -> Element | None:
    try:
        return archive.xml(member) if member in archive else None
    except ParseError:
        return None


def _texts(archive: Archive, member: str) -> dict[str, str]:
    """The text of the root's children by their bare names."""
    root = _part(archive, member)
    if root is None:
        return {}
    return {str(e.tag).rpartition("}")[2]: " ".join((e.text or "").split())[:1000] for e in root}


def _person(name: str) -> Person | None:
    """'Doe, Jane' or 'Jane Doe'; a Korean name is kept whole."""
    name = " ".join(name.split())
    if re.fullmatch(r"[가-힣]{2,4}", name):
        return Person(name)
    family, comma, given = name.partition(", ")
    found = sane_authors(f"{given} {family}" if comma and "," not in given else name)
    return found[0] if len(found) == 1 else None


def _issued(archive: Archive) -> str | None:
    """Only a property that speaks of publication; when a file was made or saved says nothing of it."""
    custom = _part(archive, "docProps/custom.xml")
    for element in custom if custom is not None else ():
        if _ISSUED.fullmatch((element.get("name") or "").strip()) and (
            date := _date("".join(map(str, element.itertext())))
        ):
            return date
    for member in archive.names():
        # The cover page that Word offers keeps its day here.
        if re.fullmatch(r"customXml/item\d+\.xml", member, re.IGNORECASE):
            root = _part(archive, member)
            if root is not None and str(root.tag).endswith("}CoverPageProperties"):
                for element in root:
                    if str(element.tag).endswith("}PublishDate") and (date := _date(element.text or "")):
                        return date
    return None


def _date(text: str) -> str | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year}-{month:02d}"
