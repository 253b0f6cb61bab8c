"""Works and documents named in few words, as a reader would name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.protocols import Library
from assistant.types import Language, Person, Work
from assistant.ui.foreign import letters

_HANGUL = re.compile(r"[가-힣]")
_TITLE = 48
"""Characters of a title that stand for a work without author."""


def byline(work: Work, language: Language) -> str:
    """`Bark and Kwak 2026`; the title's beginning where no author is known.

    >>> from assistant.types import Work
    >>> byline(Work("w", "On Harbours", authors=(Person("Bark", "Taeho"), Person("Kwak")), issued="2026-01"), "en")
    'Bark and Kwak 2026'
    """
    names = [_name(a) for a in work.authors]
    match names:
        case []:
            who = work.publisher or work.container or letters(work.title, _TITLE) or work.id
        case [one]:
            who = one
        case [one, two]:
            who = f"{one}·{two}" if language == "ko" else f"{one} and {two}"
        case [one, *_]:
            who = f"{one} 외" if language == "ko" else f"{one} et al."
    return f"{who} {work.issued[:4]}" if work.issued else who


def authors(people: Iterable[Person]) -> str:
    """All of them, each as it is written in its own language."""
    return ", ".join(f"{p.family}{p.given}" if _HANGUL.match(p.family) else str(p) for p in people)


def _name(person: Person) -> str:
    """A family name says who is meant; in Hangul it would not."""
    return f"{person.family}{person.given}" if _HANGUL.match(person.family) else person.family


def called(library: Library, language: Language) -> dict[str, str]:
    """What each held document is called on a page: unlike for each, since two papers of one year may share authors."""
    works = {w.id: w for w in library.works()}
    named: dict[str, str] = {}
    for id in library.document_ids():
        work = library.document(id).work
        of = works.get(work.digest_of or "")
        named[id] = byline(of or work, language) + (_DIGEST[language] if work.kind == "digest" else "")
    twice = {n for n in named.values() if sum(n == other for other in named.values()) > 1}
    return {id: f"{name} ({id})" if name in twice else name for id, name in named.items()}


_DIGEST: dict[Language, str] = {"en": " (digest)", "ko": " (요약)"}
