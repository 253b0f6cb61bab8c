"""What topics are called: the project's own lists, and a finder of topics in English and Korean words.

Words are compared in the singular and not by their stems: `important` has the stem of `import`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from assistant.lexicon import lexicon
from assistant.lexicon.korean import is_particle
from assistant.text import stem, tokens
from assistant.types import Span
from assistant.types.policy import TopicKind

Words = tuple[str, ...]
"""An English form: lower case, each word in the singular."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that documents speak of, with every form that it has."""

    name: str
    kind: TopicKind
    english: frozenset[Words] = frozenset()
    korean: frozenset[str] = frozenset()
    """Beginnings of Korean words, without spaces."""
    headed: bool = False
    """Whether a heading, pillar or direction of a document names it."""
    issue: bool = False
    """Whether policy is made on it: it says more to an official than a word such as `wages`."""
    proposed: bool = False
    """Whether a pillar or direction does."""
    cased: frozenset[Words] = frozenset()
    """Acronyms among the English forms that a document explains: `FAST` is not `fast`."""
    called: str = ""
    """Its Korean name in a report."""
    coined: bool = False
    """Whether the documents, or who asks, brought it: no list has it."""
    wanted: bool = False
    """Whether somebody asked for it."""
    apart: tuple[str, ...] = ()
    """Of a wanted one its words by themselves, English by their stems, Korean without particles: a sentence that has all of
    them speaks of it."""
    all_of: tuple[str, ...] = ()
    """Of a topic of several: the names of those that a sentence must all speak of."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a topic is named."""

    topic: str
    span: Span
    part: bool = False
    """Whether the word is only part of a name there: `Export-Import Bank` names no import."""


_IES = re.compile(r"(?<=[a-z]{2})ies$")
_ES = re.compile(r"(?<=(?:ss|sh|ch|.x|zz))es$")
_KEPT = re.compile(r"(?:ss|us|is|ics|ous)$")


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """An English noun in the singular, as far as its ending shows.

    >>> [singular(w) for w in ("visas", "industries", "taxes", "class", "logistics")]
    ['visa', 'industry', 'tax', 'class', 'logistics']
    """
    if len(word) < 4 or not word.isascii() or _KEPT.search(word):
        return word
    for pattern, ending in ((_IES, "y"), (_ES, "")):
        if pattern.search(word):
            return pattern.sub(ending, word)
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[tuple[str, Span], ...]:
    """The words of a text in the singular, each with its place."""
    return tuple((singular(t.text), t.span) for t in tokens(text))


def phrase(text: str) -> Words:
    return tuple(w for w, _ in words_of(text))


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("assistant").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [field.strip() for field in line.split("\t") if field.strip()]


_HANGUL = re.compile("[가-힣]")
_VERB = re.compile(r"(?<=[가-힣]{2})(?:하|되|한|된|시키|적)$")


@cache
def synonyms() -> Mapping[Words, tuple[Words, ...]]:
    """Each form of the list of synonyms -> its whole set."""
    found: dict[Words, tuple[Words, ...]] = {}
    for row in _rows("en_synonyms.tsv"):
        forms = tuple(dict.fromkeys(phrase(form) for form in row))
        for form in forms:
            found[form] = forms
    return found


@cache
def _glossary() -> Mapping[Words, tuple[str, ...]]:
    """English forms -> the Korean nouns whose first or second English form they are."""
    found: dict[Words, list[str]] = {}
    for key, forms in lexicon().korean.items():
        if len(key) >= 2 and _HANGUL.match(key) and not _VERB.search(key):
            for form in forms[:2]:
                found.setdefault(phrase(form), []).append(key)
    return {k: tuple(v) for k, v in found.items()}


def korean_of(form: Words) -> tuple[str, ...]:
    """The Korean nouns that an English form may be."""
    return _glossary().get(form, ())


_AMBIGUOUS = frozenset(
    (word,)
    for word in """pay duty levy component good service law act rule earning compensation reliance dependence dependency part output
    skill position post station plant line unit record measure order code charge fee term share stock bond note interest security property arm""".split()
)
"""Words that often name something else: no synonym of a topic."""


_AMBIGUOUS_KOREAN = frozenset(
    "들여오 굳히 포대 발전 벌이 의결 건조 억제 상승률 증가율 증감률 직무 연대 연합 선출 표결 표준".split()
)
"""Korean words that often mean something else, and beginnings of verbs."""


def topic_of(name: str, kind: TopicKind, forms: Sequence[str]) -> Topic:
    """A topic with the synonyms and the Korean of its forms; one behind '=' stands as it is."""
    english: set[Words] = set()
    korean: set[str] = set()
    for form in forms:
        exact = form.startswith("=")
        if _HANGUL.search(form):
            korean.add(form.lstrip("=").replace(" ", ""))
        elif own := phrase(form.lstrip("=")):
            english |= {own} if exact else {own, *(f for f in synonyms().get(own, ()) if f not in _AMBIGUOUS)}
    if kind != "place":
        korean |= {k for form in english for k in korean_of(form) if k not in _AMBIGUOUS_KOREAN}
    return Topic(name, kind, frozenset(english), frozenset(korean))


_EMPTY = frozenset(("goods", "services"))
"""Sectors whose words name too much."""


@cache
def listed() -> Mapping[str, Topic]:
    """The topics of the project's lists by their names: instruments and themes, sectors, places."""
    found: dict[str, Topic] = {}
    for kind, name, forms, *called in _rows("policy_topics.tsv"):
        if kind in ("instrument", "issue", "term"):
            kept: TopicKind = "instrument" if kind == "instrument" else "term"
            made = topic_of(name, kept, [f.strip() for f in forms.split(";") if f.strip()])
            found[name] = replace(made, issue=kind == "issue", called=called[0] if called else _first_korean(forms))
    taken = {form for topic in found.values() for form in topic.english}
    added = {name: forms.split("; ") for kind, name, forms, *_ in _rows("policy_topics.tsv") if kind == "sector"}
    for row in _rows("sectors.tsv"):
        if row[0] in _EMPTY:
            continue
        made = topic_of(row[0], "sector", [*(f"={form}" for form in row), *added.get(row[0], ())])
        if not made.english & taken:
            found.setdefault(row[0], made)
    for row in _rows("places.tsv"):
        made = topic_of(row[0], "place", [f"={form}" for form in row])
        known = {p for form in row for p in _glossary().get(phrase(form), ())}
        found.setdefault(row[0], replace(made, korean=frozenset(known)))
    return found


def _first_korean(forms: str) -> str:
    return next((f.strip() for f in forms.split(";") if _HANGUL.search(f)), "")


@cache
def places() -> frozenset[str]:
    """The names of the topics that are countries, regions and blocs."""
    return frozenset(name for name, topic in listed().items() if topic.kind == "place")


class Finder:
    """Finds topics in words: the longest form counts, and no word for two topics."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._english: dict[str, list[tuple[Words, str]]] = {}
        self._cased = frozenset(form for topic in topics for form in topic.cased)
        korean: dict[str, str] = {}
        for topic in topics:
            for form in topic.english:
                self._english.setdefault(form[0], []).append((form, topic.name))
            for key in topic.korean:
                korean.setdefault(key, topic.name)
        for forms in self._english.values():
            forms.sort(key=lambda f: -len(f[0]))
        self._korean = korean
        self._longest = max(map(len, korean), default=0)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every mention in the order of the text; spans count characters of `text`."""
        found = [*self._find_english(text)]
        if self._korean and _HANGUL.search(text):
            found += self._find_korean(text)
        return tuple(sorted(found, key=lambda m: m.span))

    def _find_english(self, text: str) -> Iterator[Mention]:
        seen = words_of(text)
        i = 0
        while i < len(seen):
            step = 1
            for form, name in self._english.get(seen[i][0], ()):
                n = len(form)
                if all(i + k < len(seen) and seen[i + k][0] == form[k] for k in range(n)):
                    between = text[seen[i][1].start : seen[i + n - 1][1].end]
                    if form in self._cased and not between[:2].isupper():
                        continue
                    if not _PARTED.search(between):
                        yield Mention(name, Span(seen[i][1].start, seen[i + n - 1][1].end))
                        step = n
                        break
            i += step

    def _find_korean(self, text: str) -> Iterator[Mention]:
        """In Korean words and in two that stand side by side, since compounds are written with and without a space."""
        for m in _RUNS.finditer(text):
            kept = [i for i in range(m.start(), m.end()) if text[i] != " "]
            run = "".join(text[i] for i in kept)
            starts = {n for n, i in enumerate(kept) if i == m.start() or text[i - 1] == " "}
            at = 0
            while at < len(run):
                n = self._longest_at(run, at, starts)
                if n:
                    yield Mention(self._korean[run[at : at + n]], Span(kept[at], kept[at + n - 1] + 1))
                at += n or 1

    def _longest_at(self, run: str, at: int, starts: set[int]) -> int:
        edge = min((s for s in starts if s > at), default=len(run))
        for n in range(min(self._longest, len(run) - at), 1, -1):
            if run[at : at + n] not in self._korean or (n == 2 and at not in starts):
                continue
            end = min((s for s in starts if s >= at + n), default=len(run))
            rest = run[at + n : end]
            if at not in starts and (at + n > edge or at - max(s for s in starts if s <= at) < _BEFORE):
                continue  # `노선이 주민의` is no 이주민; a compound ends in it (`국제표준`)
            if n <= 2 and at + n > edge:
                continue  # two syllables of two words
            if not rest or is_particle(rest) or len(rest) >= 2:
                return n
        return 0


@lru_cache(maxsize=64)
def finder_of(topic: Topic) -> Finder:
    """A finder of this topic alone."""
    return Finder((topic,))


def apart(topic: Topic, text: str) -> Iterator[Mention]:
    """Where a sentence has the words of a wanted topic, but not as one: the last of them."""
    if not topic.apart:
        return
    last: Span | None = None
    seen = [(_root(t.text), t.text, t.span) for t in tokens(text)]
    for word in topic.apart:
        korean = _HANGUL.match(word) is not None
        spans = [s for root, own, s in seen if (own.startswith(word) if korean else word in (root, own))]
        if not spans:
            return
        last = spans[0] if last is None or spans[0].start > last.start else last
    if last is not None:
        yield Mention(topic.name, last)


_WHOLE = 6
"""Words as short as this are compared in the singular: `import` is not `important`."""


def _root(word: str) -> str:
    return stem(word) if len(word) > _WHOLE and word not in _FALSE_ROOTS else singular(word)


root = _root
_FALSE_ROOTS = frozenset(
    "important importance imported importer university universal organization organic generation general".split()
)

_BEFORE = 2
"""Syllables of a compound, at least, before the word that it ends in."""
_PARTED = re.compile(r"[,;:.()](?=\s)")
_RUNS = re.compile("[가-힣]+(?: [가-힣]+)*")
