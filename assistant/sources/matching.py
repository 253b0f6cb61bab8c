"""Which record of the catalogue a reference names, and which references name the same work.

An address or a DOI decides; a title decides where nothing speaks against it. What is left open is said to be
doubtful, with the records that it could be, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal
from urllib.parse import unquote

from assistant.sources.works import words
from assistant.types import Person, Reference, Work

By = Literal["doi", "url", "number", "title", "none"]
_SURE_TITLE = 3
"""Words that a title needs to name a work by itself: 'Annual Report' does not."""
_ALIKE, _NEARLY = 0.92, 0.75
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|ref|prefLang)=")


@dataclass(frozen=True, slots=True)
class Match:
    """The record that a reference names (None where there is none, or where it is doubtful), by what it was known,
    and the records that a person should choose among where it is doubtful."""

    work: Work | None
    by: By
    rivals: tuple[Work, ...] = ()

    @property
    def doubtful(self) -> bool:
        return self.work is None and bool(self.rivals)


def match(reference: Reference, works: Sequence[Work]) -> Match:
    """The record of the work that a reference names."""
    for by, key in (("doi", _doi), ("url", _address)):
        value = key(getattr(reference, by))
        same = [w for w in works if value and value == key(getattr(w, by))]
        if len(same) == 1:
            return Match(same[0], by)  # type: ignore[arg-type]
        if len(same) > 1:
            alike = [w for w in same if likeness(reference, w) >= _ALIKE]
            return Match(alike[0], by) if len(alike) == 1 else Match(None, by, tuple(same))  # type: ignore[arg-type]
    if reference.number and reference.type in ("legislation", "bill", "regulation", "report"):
        number = "".join(words(reference.number))[-9:]
        same = [
            w
            for w in works
            if len(number) > 4 and w.type == reference.type and number in "".join(words(f"{w.note or ''} {w.title}"))
        ]
        if len(same) == 1:
            return Match(same[0], "number")
    scored = sorted(((likeness(reference, w), w) for w in works), key=lambda s: -s[0])
    sure = [w for score, w in scored if score >= _ALIKE and not _against(reference, w)]
    if len(sure) == 1 and (
        len(words(reference.title)) >= _SURE_TITLE or _authors_agree(reference.authors, sure[0].authors)
    ):
        return Match(sure[0], "title")
    near = tuple(w for score, w in scored if score >= _NEARLY)[:5]
    return Match(None, "title" if near else "none", near)


def likeness(reference: Reference, work: Work) -> float:
    """How alike the titles are: 0 to 1. A main title equals the whole one; a title in two languages, either."""
    if not reference.title:
        return 0.0
    theirs = [work.title, work.title.partition(":")[0]]
    if bracket := re.match(r"(?P<one>.+?)\s*\[(?P<other>.+)\]$", work.title):
        theirs += [bracket["one"], bracket["other"]]
    ours = [
        reference.title,
        reference.title.partition(":")[0],
        *([reference.translation] if reference.translation else []),
    ]
    best = 0.0
    for a in ours:
        for b in theirs:
            one, other = "".join(words(a)), "".join(words(b))
            if len(one) < 2 or len(other) < 2 or (min(len(words(a)), len(words(b))) < 2 and one != other):
                continue
            best = max(best, SequenceMatcher(None, one, other, autojunk=False).ratio() if one != other else 1.0)
    return best


def _against(reference: Reference, work: Work) -> bool:
    """Whether author or year say that it is another work of the same title."""
    if reference.issued and work.issued and abs(int(reference.issued[:4]) - int(work.issued[:4])) > 1:
        return True
    return bool(reference.authors and work.authors) and not _authors_agree(reference.authors, work.authors)


def _authors_agree(ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether one author is in both lists; institutions by their words, so that 'Lowy Institute' is enough."""
    for a in ours:
        for b in theirs:
            one, other = words(a.family), words(b.family)
            if one == other or (not a.given and not b.given and (set(one) <= set(other) or set(other) <= set(one))):
                return True
    return False


def same(one: Reference, other: Reference) -> bool:
    """Whether two references surely name the same work."""
    if one.doi and other.doi:
        return _doi(one.doi) == _doi(other.doi)
    known = Work(
        "same", f"{other.title} [{other.translation}]" if other.translation else other.title or "", kind="source", type=other.type,
        authors=other.authors, issued=other.issued, url=other.url, doi=other.doi, note=other.number,
    )  # fmt: skip
    return match(one, [known]).work is not None


def _doi(doi: str | None) -> str:
    return unquote(doi or "").lower().removeprefix("https://doi.org/").removeprefix("doi:").strip()


def _address(url: str | None) -> str:
    """An address as it is compared: without scheme, 'www.', tracking and fragment."""
    bare = re.sub(r"^https?://(?:www\.)?", "", (url or "").strip(), flags=re.IGNORECASE).partition("#")[0]
    path, _, query = bare.partition("?")
    kept = "&".join(p for p in query.split("&") if p and not _TRACKING.match(p))
    host, slash, rest = path.partition("/")
    return unquote(host.lower() + slash + rest).rstrip("/") + (f"?{kept}" if kept else "")
