"""Works as BibTeX, written by pybtex.

pybtex escapes `% & # _` and lets `$ \\ { } ^` through, so that a title could break the file or give TeX an order. Every
character that TeX takes for an order travels through pybtex as one of Unicode's places that are no characters (`clean`
leaves none of them in a text) and is spelt out after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from assistant.sources.bibliography import clean, is_others, item_of, key_of
from assistant.types import Work

_KINDS = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle", "techreport": "series",
               "book": "series"}  # fmt: skip
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_SPELT = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_UNPAIRED = {ord("{"): "\ufde5", ord("}"): "\ufde6"}
_SPELL_UNPAIRED = {0xFDE5: r"\textbraceleft{}", 0xFDE6: r"\textbraceright{}"}
"""`\\{` is known to every reader and counts as an open brace in a file: braces that do not pair get their long names."""
_FIRST = 0xFDD0
_ORDERS = "".join(_SPELT)
_HIDE = {ord(c): chr(_FIRST + n) for n, c in enumerate(_ORDERS)}
_SPELL = {_FIRST + n: _SPELT[c] for n, c in enumerate(_ORDERS)}
_RAW_FIRST = 0xFDDA
_HIDE_RAW = {ord(c): chr(_RAW_FIRST + n) for n, c in enumerate(_ORDERS)}
_SPELL_RAW = {_RAW_FIRST + n: c for n, c in enumerate(_ORDERS)}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=[?!])(?=`)")
"""Pairs that TeX draws as one other sign."""
_APART = "\ufde4"


def bibtex(works: Sequence[Work], remarks: dict[str, tuple[str, ...]] | None = None) -> str:
    """A .bib file in UTF-8. `remarks` are lines for a work, such as places quoted from it, kept in `annote`."""
    data = BibliographyData()
    for work in works:
        data.add_entry(key_of(work.id), _entry(work, (remarks or {}).get(work.id, ())))
    written: str = Writer(encoding="UTF-8").to_string(data)
    return written.translate(_SPELL | _SPELL_RAW | _SPELL_UNPAIRED)


def _entry(work: Work, remarks: tuple[str, ...]) -> Entry:
    item = item_of(work)
    kind = _KINDS.get(item["type"], "misc")
    fields: dict[str, str] = {}
    if title := item.get("title"):
        fields["title"] = "{" + _tex(title) + "}"  # the inner braces keep the case of names in it
    container = item.get("container-title") or item.get("collection-title")
    numbers = (
        (_CONTAINERS.get(kind, "howpublished"), container),
        (_PUBLISHERS.get(kind, "publisher"), item.get("publisher")),
        ("volume", item.get("volume")),
        ("number", item.get("issue") or item.get("number")),
        ("language", item.get("language")),
        ("note", item.get("note")),
    )
    fields |= {name: _tex(value) for name, value in numbers if value}
    if pages := item.get("page"):
        parts = re.split(r"\s*[-–]+\s*", pages)
        fields["pages"] = "--".join(_tex(part) for part in parts) if all(parts) else _tex(pages)
    match item.get("issued"):
        case {"date-parts": [[year, *rest]]}:
            fields["year"] = f"{year:04}"
            fields |= {name: str(part) for name, part in zip(("month", "day"), rest, strict=False)}
        case {"literal": said}:
            fields["year"] = _tex(said)
    match item.get("accessed"):
        case {"date-parts": [parts]}:
            fields["urldate"] = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
        case {"literal": said}:
            fields["urldate"] = _tex(said)
    if doi := item.get("DOI"):
        fields["doi"] = _verbatim(doi)
    if url := item.get("URL"):
        fields["url"] = _verbatim(url)
    if remarks:
        fields["annote"] = " / ".join(_tex(clean(remark)) for remark in remarks)
    persons = {"author": [_person(name) for name in item["author"]]} if "author" in item else {}
    return Entry(kind, fields=fields, persons=persons)


def _tex(text: str) -> str:
    """Literal text: nothing in it is an order to TeX."""
    apart = _LIGATURES.sub(_APART, text)
    if not _is_paired(apart):
        apart = apart.translate(_UNPAIRED)
    return apart.translate(_HIDE).replace(_APART, "{}")


def _is_paired(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _verbatim(text: str) -> str:
    """An address, which BibTeX's styles print as it is: braces and backslashes, which would break the file, as %XX."""
    safe = re.sub(r"[{}\\\s]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), text)
    return safe.translate(_HIDE_RAW)


def _person(name: dict[str, str]) -> Person:
    person = Person()
    if literal := name.get("literal"):
        if is_others(literal):
            person.last_names = ["others"]  # BibTeX's own word for it
            return person
        person.last_names = ["{" + _tex(literal) + "}"]  # an institution: one name, whatever words are in it
        return person
    person.last_names, person.first_names = ([_part(name[part])] for part in ("family", "given"))
    return person


def _part(text: str) -> str:
    """A part of a name: in braces where a reader of BibTeX would see two names in it."""
    return "{" + _tex(text) + "}" if re.search(r",|\b(?:and|others)\b", text, re.IGNORECASE) else _tex(text)
