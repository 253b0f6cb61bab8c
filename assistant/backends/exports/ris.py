"""Works as RIS, written by rispy.

RIS knows no escaping: a value ends with its line, and a name with a comma in it is read as family and given name. A
name is written as it is, so an institution such as "Ministry of Trade, Industry and Energy" is exact in the file, and
some programs part it; CSL-JSON and BibTeX can say that it is one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import rispy

from assistant.sources.bibliography import clean, item_of, key_of
from assistant.types import Work

_KINDS = {
    "article-journal": "JOUR",
    "article": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "paper-conference": "CPAPER",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_DASH = re.compile(r"\s*[-–]+\s*")


def ris(works: Sequence[Work], remarks: dict[str, tuple[str, ...]] | None = None) -> str:
    """A .ris file in UTF-8. `remarks` are lines for a work, such as places quoted from it, kept as notes."""
    records = [_record(work, (remarks or {}).get(work.id, ())) for work in works]
    written: str = rispy.dumps(records, implementation=_Writer)
    return written


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Records without rispy's running numbers, which are no part of the format."""

    def set_header(self, count: int) -> str:
        return ""


def _record(work: Work, remarks: tuple[str, ...]) -> dict[str, Any]:
    item = item_of(work)
    record: dict[str, Any] = {"type_of_reference": _KINDS.get(item["type"], "GEN"), "id": key_of(work.id)}
    if "author" in item:
        record["authors"] = [_name(name) for name in item["author"]]
    container = item.get("container-title") or item.get("collection-title")
    fields = (
        ("title", item.get("title")),
        ("secondary_title", container),
        ("publisher", item.get("publisher")),
        ("volume", item.get("volume")),
        ("number", item.get("issue") or item.get("number")),
        ("language", item.get("language")),
        ("doi", item.get("DOI")),
    )
    record |= {name: value for name, value in fields if value}
    if pages := item.get("page"):
        first, *rest = _DASH.split(pages)
        if len(rest) == 1 and first and rest[0]:
            record |= {"start_page": first, "end_page": rest[0]}
        else:
            record["start_page"] = pages
    record |= _dates(item)
    if url := item.get("URL"):
        record["urls"] = [url]
    if notes := [*([item["note"]] if "note" in item else []), *(clean(remark) for remark in remarks)]:
        record["notes"] = notes
    return record


def _dates(item: dict[str, Any]) -> dict[str, str]:
    out = {}
    match item.get("issued"):
        case {"date-parts": [[year, *rest]]}:
            out["year"] = f"{year:04}"
            out["date"] = _slashed([year, *rest])
        case {"literal": said}:
            out["year"] = said
    match item.get("accessed"):
        case {"date-parts": [parts]}:
            out["access_date"] = _slashed(parts)
        case {"literal": said}:
            out["access_date"] = said
    return out


def _slashed(parts: Sequence[int]) -> str:
    """RIS writes a date as year/month/day/other, with the slashes of what is not known."""
    year, month, day = [*(f"{part:02}" for part in parts), "", ""][:3]
    return f"{year:0>4}/{month}/{day}/"


def _name(name: dict[str, str]) -> str:
    return name["literal"] if "literal" in name else f"{name['family']}, {name['given']}"
