"""A record of what notes say of a work that the catalogue does not have, and the id that lasts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from assistant.sources.matching import address_key, number_key, section
from assistant.sources.works import words
from assistant.types import Person, Reference, Work

_ID_WORDS = 4
_LONGEST_TITLE = 200


def _fullness(reference: Reference) -> tuple[int, int, str, str, int]:
    """The reference that says most comes first, whatever order the documents have."""
    said = (
        reference.authors, reference.title, reference.issued, reference.container, reference.publisher,
        reference.url, reference.doi, reference.volume, reference.issue, reference.page, reference.translation,
    )  # fmt: skip
    return (-sum(map(bool, said)), -len(reference.title or ""), reference.text, reference.note, reference.span.start)


def record_of(references: Sequence[Reference]) -> Work:
    """A record of what notes say of one work: each field of the fullest reference that has it."""
    ordered = sorted(references, key=_fullness)

    def said(name: str) -> str | None:
        return next((value for r in ordered if (value := getattr(r, name))), None)

    first = next((r for r in ordered if r.title), ordered[0])
    title = first.title or section(said("number") or "") or first.text
    if first.translation:
        title = f"{title} [{first.translation}]"
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rpartition(" ")[0] + " …"
    return Work(
        id="",
        title=title,
        kind="source",
        type=next((r.type for r in ordered if r.type != "document"), "document"),
        authors=next((r.authors for r in ordered if r.authors), ()),
        container=said("container"),
        publisher=said("publisher"),
        issued=said("issued"),
        url=said("url"),
        doi=said("doi"),
        volume=said("volume"),
        issue=said("issue"),
        pages=said("page"),
        accessed=said("accessed"),
        note=said("number"),
    )


def lasting_ids(said: Mapping[str, Sequence[Reference]], known: Collection[str]) -> dict[str, str]:
    """Lasting ids, readable, which hang on what is said of the work and on nothing else: those that would be alike
    take more of the title, then the day of issue, then a few digits of a hash."""
    out: dict[str, str] = {}
    waiting = sorted(said, key=lambda id: _content(record_of(said[id])))
    for way in (_stem, _longer, _dated, _hashed):
        ids = {id: way(said[id]) for id in waiting}
        counted = Counter(ids.values())
        taken = {*known, *out.values()}
        free = {id: found for id, found in ids.items() if counted[found] == 1 and found not in taken}
        out |= free
        waiting = [id for id in waiting if id not in free]
    taken = {*known, *out.values()}
    for id in waiting:  # the same words in all
        stem = _hashed(said[id])
        out[id] = next(c for n in range(2, len(said) + 3) if (c := f"{stem}-{n}") not in taken)
        taken.add(out[id])
    return out


def _content(work: Work) -> str:
    said = (work.issued, work.container, work.url, work.doi, work.note)
    return "\n".join([work.title, *map(str, work.authors), *(value or "" for value in said)])


def _stem(references: Sequence[Reference]) -> str:
    """Author, year and first words of the title; of a law its number. Of the reference that lacks least of it."""
    return min(_said_by(r, _ID_WORDS) for r in references)[1]


def _longer(references: Sequence[Reference]) -> str:
    return min(_said_by(r, 2 * _ID_WORDS, whole=True) for r in references)[1]


def _dated(references: Sequence[Reference]) -> str:
    issued = sorted(r.issued for r in references if r.issued and len(r.issued) > 4)
    return _slug(f"{_stem(references)} {issued[0][4:] if issued else ''}")


def _hashed(references: Sequence[Reference]) -> str:
    return f"{_stem(references)}-{hashlib.sha256(_content(record_of(references)).encode()).hexdigest()[:6]}"


def _said_by(reference: Reference, most: int, whole: bool = False) -> tuple[int, str]:
    """What an id is made of, behind how much of it is missing; the `whole` title, or what stands before a colon."""
    author = _author(reference.authors[0]) if reference.authors else []
    year = (reference.issued or "")[:4]
    said = reference.title or ""
    title = [w for w in _telling(said if whole else re.split(r":\s", said)[0]) if w != year][:most]
    number = number_key(reference.number).split()
    missing = (not author) + (not year) + 2 * (not title)
    if number and reference.type in ("legislation", "bill", "regulation"):
        return missing, _slug(" ".join([*number, *([year] if reference.type == "bill" else [])]))
    title = title or number or _telling(reference.container or "")[:most]
    if not title and reference.url:
        title = re.findall(r"[^\W_]+", address_key(reference.url).partition("?")[0])[:6]
    title = title or words(reference.text)[:most]
    return missing, _slug(" ".join([*author, year, *title]))[:80].strip("-") or "work"


def _author(author: Person) -> list[str]:
    """A family name; of an institution its words, where they are many their first letters: 'oecd'."""
    said = _telling(author.family)
    if author.given:
        return said[:1]
    return ["".join(w[0] for w in said)] if len(said) > 2 and author.family.isascii() else said


def _telling(text: str) -> list[str]:
    return [w for w in words(text) if w not in _SMALL and not (len(w) == 1 and w.isascii() and w.isalpha())]


_SMALL = frozenset("a an the of and in on for to by with from at as is are its their".split())


def _slug(text: str) -> str:
    """As `corpus.slug` makes ids of names: a file of this name is met by it."""
    return "-".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))
