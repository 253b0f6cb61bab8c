"""Which record a reference names, and which references name the same work.

An address or a DOI decides; a title decides where nothing speaks against it. What is left open is said to be
doubtful, with the records that it could be, and never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from assistant.sources.works import words
from assistant.types import Person, Reference, Work

By = Literal["doi", "url", "number", "title", "none"]
SURE_TITLE = 3
"""Words that a title needs to name a work by itself: 'Annual Report' does not."""
ALIKE, NEARLY = 0.92, 0.75
_GRAM = 4
_RARE = 16
"""How many of a title's rarest runs of letters are looked up."""
_SHARED = 3
"""Of those the same title, in another spelling, has at least one of so many."""
_FAR = 62
"""Days between two dates of what comes out often; closer, one may be the day of an earlier version."""
_NUMBERED = ("legislation", "bill", "regulation", "report")
_OFTEN = ("article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "broadcast", "speech", "interview")
_PRESS = ("article-newspaper", "article-magazine")
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|ref|prefLang)=")
_MAIN = re.compile(r":\s|\s[–—]\s|—")
_HOME = frozenset("index main home default intro en ko kr eng kor english korean".split())


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


class Shelf:
    """Works that are found by what a reference says, without looking at each of them."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        self.works: dict[str, Work] = {}
        self._keys: dict[str, dict[str, dict[str, None]]] = {"doi": defaultdict(dict), "url": defaultdict(dict)}
        self._grams: dict[str, dict[str, None]] = defaultdict(dict)
        self._numbered: dict[str, tuple[str, ...]] = {}
        self._of_number: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for work in works:
            self.put(work)

    def put(self, work: Work) -> None:
        """Add a work, or say more of one that is there."""
        self.works[work.id] = work
        for by, key in (("doi", doi_key(work.doi)), ("url", address_key(work.url))):
            if key:
                self._keys[by][key][work.id] = None
        for form in _forms(work.title, None):
            for gram in _grams(form.text):
                self._grams[gram][work.id] = None
        if work.type in _NUMBERED:
            self._numbered[work.id] = _figures(f"{work.note or ''} {work.title}")
            self._of_number[work.type, number_key(work.note)][work.id] = None

    def having(self, by: str, value: str | None) -> list[Work]:
        """The works that have a DOI or an address."""
        key = doi_key(value) if by == "doi" else address_key(value)
        return [self.works[id] for id in self._keys[by].get(key, ())] if key else []

    def numbered(self, number: str | None, type: str) -> list[Work]:
        """The works whose number this is, and of this type."""
        return [self.works[id] for id in self._of_number.get((type, number_key(number)), ())]

    def titled(self, title: str | None, translation: str | None = None) -> list[tuple[float, Work]]:
        """The works of a title like this one with how alike they are, most alike first."""
        found: dict[str, None] = {}
        for form in _forms(title or "", translation):
            known = [g for g in _grams(form.text) if g in self._grams]
            rare = sorted(known, key=lambda g: (len(self._grams[g]), g))[:_RARE]
            shared = Counter(id for gram in rare for id in self._grams[gram])
            found |= dict.fromkeys(id for id, n in shared.items() if n * _SHARED >= len(rare))
        scored = ((alike(title, self.works[id].title, translation), self.works[id]) for id in found)
        return sorted((s for s in scored if s[0] >= NEARLY), key=lambda s: (-s[0], s[1].id))

    def match(self, reference: Reference) -> Match:
        """The record of the work that a reference names."""
        ways: tuple[By, ...] = ("doi", "url")
        for by in ways:
            same = [w for w in self.having(by, getattr(reference, by)) if by == "doi" or _one_page(reference, w)]
            if len(same) == 1:
                return Match(same[0], by)
            if len(same) > 1:
                close = [w for w in same if likeness(reference, w) >= ALIKE]
                return Match(close[0], by) if len(close) == 1 else Match(None, by, tuple(same))
        if (number := _figures(reference.number or "")) and reference.type in _NUMBERED and _telling(number):
            same = [
                self.works[id]
                for id, there in self._numbered.items()
                if self.works[id].type == reference.type and _within(number, there)
            ]
            if len(same) == 1 and not _other_number(reference.number, same[0].note):
                return Match(same[0], "number")
        scored = self.titled(reference.title, reference.translation)
        sure = [w for score, w in scored if score >= ALIKE and not (against(reference, w) or _others(reference, w))]
        if len(sure) == 1 and (
            len(words(reference.title)) >= SURE_TITLE or authors_agree(reference.authors, sure[0].authors)
        ):
            return Match(sure[0], "title")
        near = tuple(w for _, w in scored)[:5]
        return Match(None, "title" if near else "none", near)


def match(reference: Reference, works: Sequence[Work]) -> Match:
    """The record of the work that a reference names."""
    return Shelf(works).match(reference)


def likeness(reference: Reference, work: Work) -> float:
    """How alike the titles are: 0 to 1. A main title equals the whole one; a title in two languages, either."""
    return alike(reference.title, work.title, reference.translation)


def alike(ours: str | None, theirs: str, translation: str | None = None) -> float:
    """How alike two titles are: 0 to 1; `ALIKE` or more where they differ in spelling alone."""
    if not ours:
        return 0.0
    forms, others = _forms(ours, translation), _forms(theirs, None)
    # What stands before the colon tells a title from one that has none; where both have one, other titles begin so too.
    whole = any(a.main for a in forms) and any(b.main for b in others)
    pairs = ((a, b) for a in forms for b in others if not (a.main or b.main) or not (whole or (a.main and b.main)))
    return max((_pair(a, b) for a, b in pairs), default=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """A title as it is compared; each is made once, and itself alone is equal to it."""

    words: tuple[str, ...]
    text: str
    numbers: tuple[str, ...]
    main: bool
    """It is the part before a colon."""


@lru_cache(maxsize=50_000)
def _forms(title: str, translation: str | None) -> tuple[_Form, ...]:
    whole = [title, *([translation] if translation else [])]
    if bracket := re.match(r"(?P<one>.+?)\s*\[(?P<other>.+)\]$", title):
        whole += [bracket["one"], bracket["other"]]
    said = [(t, False) for t in whole]
    said += [(main, True) for t in whole if (main := _MAIN.split(t, maxsplit=1)[0]) != t]
    made = []
    for text, main in said:
        found = tuple(words(text))
        joined = "".join(found)
        if len(joined) > 1:
            numbers = tuple(sorted(w for w in found if any(map(str.isdigit, w))))
            made.append(_Form(found, joined, numbers, main))
    return tuple(made)


def _grams(text: str) -> set[str]:
    size = _GRAM if text.isascii() else 2  # a syllable of Hangul says as much as two letters
    return {text[n : n + size] for n in range(max(1, len(text) - size + 1))}


@lru_cache(maxsize=200_000)
def _pair(a: _Form, b: _Form) -> float:
    if a.text == b.text:
        return 1.0
    if min(len(a.words), len(b.words)) < 2 or (a.numbers and b.numbers and a.numbers != b.numbers):
        return 0.0  # the report of another year is another report
    matcher = SequenceMatcher(None, a.text, b.text, autojunk=False)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY or (score := matcher.ratio()) < NEARLY:
        return 0.0
    ours, theirs = _left(a.words, b.words), _left(b.words, a.words)
    spelling = _ratio("".join(ours), "".join(theirs)) if ours and theirs else 0.0
    if a.numbers == b.numbers and (spelling >= NEARLY or not (ours or theirs)):
        return score
    # One has words more, or another word: it may be a slip, and it may be 'in Norway' for 'in Germany'.
    return min(score, ALIKE - 0.01) if not (ours and theirs) or spelling >= 0.5 else 0.0


def compared() -> int:
    """How many pairs of titles were compared so far."""
    return _pair.cache_info().misses


def _left(a: Sequence[str], b: Sequence[str]) -> list[str]:
    there = set(b)
    return [w for w in a if w not in there and w not in _FUNCTION]


_FUNCTION = frozenset("a an the of and in on for to by with from at".split())


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


# what speaks against


def against(reference: Reference, work: Work) -> bool:
    """Whether years, dates, persons, volumes or numbers say that it is another work of the same title."""
    if reference.doi and work.doi and doi_key(reference.doi) != doi_key(work.doi):
        return True
    pages = is_deep(reference.url) and is_deep(work.url) and address_key(reference.url) != address_key(work.url)
    if other_date(reference.issued, work.issued, often=pages or reference.type in _OFTEN):
        return True
    if reference.type in _PRESS and _elsewhere(reference.container, work.container):
        return True
    if _other_number(reference.number, work.note):
        return True
    if reference.volume and work.volume and words(reference.volume) != words(work.volume):
        return True
    return _others(reference, work) and any(a.given for a in reference.authors) and any(a.given for a in work.authors)


def _elsewhere(one: str | None, other: str | None) -> bool:
    """Whether two papers or magazines are named, and not one of them by two names."""
    a, b = set(words(one)), set(words(other))
    return bool(a and b) and not (a <= b or b <= a)


def other_date(one: str | None, other: str | None, often: bool = False) -> bool:
    """Whether two dates are too far apart for one work; `often`: for one of which much is published in a year."""
    if not one or not other or not (one[:4].isdigit() and other[:4].isdigit()):
        return False
    if abs(int(one[:4]) - int(other[:4])) > 1:
        return True
    if not often or len(one) < 7 or len(other) < 7:
        return False
    try:
        return abs((date.fromisoformat(f"{one}-15"[:10]) - date.fromisoformat(f"{other}-15"[:10])).days) > _FAR
    except ValueError:
        return False


def _others(reference: Reference, work: Work) -> bool:
    """Whether both name authors and none of them is the same; names in two scripts say nothing."""
    ours, theirs = reference.authors, work.authors
    if not ours or not theirs or _latin(ours) != _latin(theirs):
        return False
    return not authors_agree(ours, theirs)


def _latin(people: Sequence[Person]) -> bool:
    return people[0].family.isascii() or not re.search(r"[가-힣\u3040-\u30ff\u4e00-\u9fff]", people[0].family)


def authors_agree(ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether one author is in both lists; institutions by their words, so that 'Lowy Institute' is enough."""
    for a in ours:
        for b in theirs:
            one, other = words(a.family), words(b.family)
            if (
                one == other
                or sorted(words(str(a))) == sorted(words(str(b)))
                or (not a.given and not b.given and (set(one) <= set(other) or set(other) <= set(one)))
            ):
                return True
    return False


def same(one: Reference, other: Reference) -> bool:
    """Whether two references surely name the same work."""
    if one.doi and other.doi:
        return doi_key(one.doi) == doi_key(other.doi)
    known = Work(
        "same", f"{other.title} [{other.translation}]" if other.translation else other.title or "", kind="source", type=other.type,
        authors=other.authors, container=other.container, volume=other.volume, issued=other.issued, url=other.url,
        doi=other.doi, note=other.number,
    )  # fmt: skip
    return match(one, [known]).work is not None


# numbers of laws and reports


def number_key(number: str | None) -> str:
    """A number of a law or report as it is compared: '7 U.S.C. §1936b(e)' is of the section 1936b."""
    bare = re.sub(r"(?<=[^\W\d_])\.", "", section(number or "")).casefold()
    return " ".join(re.findall(r"[^\W\d_]+|\d+[^\W\d_]*", bare))


def section(number: str) -> str:
    """A number without the subsections in brackets: a note points to them as it does to pages."""
    return re.sub(r"\s*\([^()]*\)", "", number).strip()


def _figures(text: str) -> tuple[str, ...]:
    """The parts of a text that hold a figure, in order."""
    return tuple(re.findall(r"[^\W_]*\d[^\W_]*", re.sub(r"\([^()]*\)", " ", text).casefold()))


def _telling(number: tuple[str, ...]) -> bool:
    return len("".join(number)) > 3 and (len(number) > 1 or len(number[0]) > 4)


def _within(number: tuple[str, ...], there: tuple[str, ...]) -> bool:
    size = len(number)
    return any(there[n : n + size] == number for n in range(len(there) - size + 1))


def _other_number(one: str | None, other: str | None) -> bool:
    """Whether both are numbers of one series, and not the same number: P.L. 113-79 and P.L. 115-334."""
    a, b = number_key(one), number_key(other)
    if not a or not b or a == b:
        return False
    series = [re.sub(r"\S*\d\S*", "#", key) for key in (a, b)]
    return series[0] == series[1] and len(a) < 40


# keys


def doi_key(doi: str | None) -> str:
    """A DOI as it is compared, whether it stands alone or as an address."""
    bare = unquote(doi or "").strip().lower()
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", bare).strip()


def address_key(url: str | None) -> str:
    """An address as it is compared: without scheme, 'www.', tracking and fragment."""
    bare = re.sub(r"^https?://(?:www\.)?", "", (url or "").strip(), flags=re.IGNORECASE).partition("#")[0]
    path, _, query = bare.partition("?")
    kept = "&".join(p for p in query.split("&") if p and not _TRACKING.match(p))
    host, slash, rest = path.partition("/")
    return unquote(host.lower() + slash + rest).rstrip("/") + (f"?{kept}" if kept else "")


def is_deep(url: str | None) -> bool:
    """Whether an address names a page, and not a site."""
    path, _, query = address_key(url).partition("/")[2].partition("?")
    return bool(query) or any(w.partition(".")[0].lower() not in _HOME for w in path.split("/") if w)


def _one_page(reference: Reference, work: Work) -> bool:
    """Whether what has the same address is the same work: the front of a site, or a service, gives many."""
    if not reference.title or (is_deep(reference.url) and "dataset" not in (reference.type, work.type)):
        return True
    return likeness(reference, work) >= NEARLY
