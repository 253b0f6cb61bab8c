"""Works as CSL-JSON items and back: the one record that every export is made from.

A name in Hangul keeps its two parts here, family and given, as any other; how they are written together is the
business of the format that prints them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, get_args
from unicodedata import category

from assistant.errors import CorpusError
from assistant.types import Person, Retrieval, Work, WorkKind

Item = dict[str, Any]
"""A CSL-JSON item: one work."""

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage".split()
)
"""The types of CSL 1.0.2."""

_SERIES = frozenset(("report", "book", "standard"))
"""Types whose container is a series and whose issue is a number in it: CSL has other words for these."""
_PLAIN = (
    ("publisher", "publisher"),
    ("volume", "volume"),
    ("pages", "page"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("language", "language"),
    ("note", "note"),
)
_DATES = ("issued", "accessed")
_OWN = ("kind", "type", "digest_of", "retrieval", "cites", "named_by")
"""What CSL has no field for; `access` and `fingerprint` are of this installation only and are not exported."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul letters that are drawn as nothing."""
_NO_CHARACTERS = frozenset(map(chr, (*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)))
"""Places of Unicode that are no characters and stay so: no text has them, and the exports mark places with them."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def is_others(name: str) -> bool:
    """Whether what stands as the last author says only that there are more, whom nobody named."""
    return name.casefold() in ("et al.", "et al", "others", "외")


def clean(text: str) -> str:
    """One line of what a reader sees: no control, direction or zero-width characters, white space as one space."""
    seen = (c if not c.isspace() else " " for c in text if c.isspace() or not is_unseen(c))
    return " ".join("".join(seen).split())


def is_unseen(character: str) -> bool:
    """Whether nothing is drawn for a character that is no white space, or a reader would not expect it in a line."""
    return character in _FILLERS or character in _NO_CHARACTERS or category(character) in _UNSEEN


def bare_doi(doi: str) -> str:
    """A DOI without the address that resolves it."""
    return _DOI.sub("", doi.strip())


# ---------------------------------------------------------------- there


def item_of(work: Work) -> Item:
    """The work in CSL's fields; what is not known is not there."""
    item: Item = {"id": work.id, "type": work.type if work.type in TYPES else "document"}
    if title := clean(work.title):
        item["title"] = title
    if names := [_name(person) for person in work.authors if clean(person.family)]:
        item["author"] = names
    series = work.type in _SERIES
    named = (
        *((getattr(work, ours), theirs) for ours, theirs in _PLAIN),
        (work.container, "collection-title" if series else "container-title"),
        (work.issue, "number" if series else "issue"),
    )
    for value, name in named:
        if value and (text := clean(value)):
            item[name] = text
    if "DOI" in item:
        item["DOI"] = bare_doi(item["DOI"])
    for name in _DATES:
        if (value := getattr(work, name)) and (text := clean(value)):
            item[name] = _date(text)
    own = {
        "kind": work.kind if work.kind != "paper" else None,
        "type": work.type if work.type not in TYPES else None,
        "digest_of": work.digest_of,
        "retrieval": work.retrieval,
        "cites": list(work.cites),
        "named_by": list(work.named_by),
    }
    if own := {name: value for name, value in own.items() if value}:
        item["custom"] = own
    return item


def _name(person: Person) -> dict[str, str]:
    family, given = clean(person.family), clean(person.given)
    return {"family": family, "given": given} if given else {"literal": family}


def _date(text: str) -> dict[str, Any]:
    match = _ISO.fullmatch(text)
    if match is None:
        return {"literal": text}
    parts = [int(part) for part in match.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return {"literal": text}
    return {"date-parts": [parts]}


# ---------------------------------------------------------------- and back


def work_of(item: Mapping[str, Any]) -> Work:
    """The work that a CSL-JSON item tells of: one of ours, or one that another program wrote."""
    custom = item.get("custom")
    own = {name: custom[name] for name in _OWN if name in custom} if isinstance(custom, Mapping) else {}
    kind = str(item.get("type") or "document")
    values: dict[str, Any] = {
        "id": str(item.get("id") or ""),
        "title": _text(item.get("title")) or "",
        "type": str(own.get("type") or kind),
        "authors": tuple(_persons(item.get("author"))),
        "container": _text(item.get("container-title")) or _text(item.get("collection-title")),
        "issue": _text(item.get("issue")) or _text(item.get("number")),
        **{ours: _text(item.get(theirs)) for ours, theirs in _PLAIN},
        **{name: _said(item.get(name)) for name in _DATES},
        "cites": tuple(str(id) for id in own.get("cites", ())),
        "named_by": tuple(str(place) for place in own.get("named_by", ())),
        "digest_of": _text(own.get("digest_of")),
    }
    if own.get("kind") in get_args(WorkKind):
        values["kind"] = own["kind"]
    if own.get("retrieval") in get_args(Retrieval):
        values["retrieval"] = own["retrieval"]
    return Work(**values)


def _text(value: object) -> str | None:
    return clean(str(value)) or None if isinstance(value, str | int | float) else None


def _persons(names: object) -> Iterable[Person]:
    for name in names if isinstance(names, Sequence) and not isinstance(names, str) else ():
        if not isinstance(name, Mapping):
            continue
        if literal := _text(name.get("literal")):
            yield Person(literal)
            continue
        parts = [_text(name.get(part)) for part in ("non-dropping-particle", "family")]
        given = [_text(name.get(part)) for part in ("given", "dropping-particle")]
        family = " ".join(part for part in parts if part)
        if suffix := _text(name.get("suffix")):
            family = f"{family}, {suffix}"
        if family or any(given):
            yield Person(family or " ".join(p for p in given if p), " ".join(p for p in given if p) if family else "")


def _said(value: object) -> str | None:
    """A date in our form: the beginning of a range, or the words where there is no number."""
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence) and parts[0]:
        try:
            numbers = [int(part) for part in parts[0][:3]]
        except (TypeError, ValueError):
            return None
        return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
    return _text(value.get("literal")) or _text(value.get("raw"))


# ---------------------------------------------------------------- keys


def key_of(id: str) -> str:
    """A citation key of plain letters, digits and hyphens, which hangs on the id alone: the same in every export,
    whatever stands beside it. An id that is not such a slug gets a few digits of its hash, so that two stay two.
    """
    if _SLUG.fullmatch(id):
        return id
    stem = "-".join(re.findall(r"[a-z0-9]+", id.lower())) or "work"
    return f"{stem}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def distinct(works: Iterable[Work]) -> tuple[Work, ...]:
    """The works in their order, each once."""
    found: dict[str, Work] = {}
    for work in works:
        if found.setdefault(work.id, work) != work:
            raise CorpusError(f"two works have the id {work.id!r}: give one of them another id, and export again")
    return tuple(found.values())
