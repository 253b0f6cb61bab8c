"""The project's own word lists: what can stand for what, and Korean terms in English.

Both lists are general policy vocabulary; they name no document and no question (see data/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from assistant.text import STOPWORDS, stem, terms, tokens

Phrase = tuple[str, ...]
"""Stems, in order."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`synonyms[phrase]` are the other phrases of its sets; `korean[term]` its English forms."""

    synonyms: dict[Phrase, tuple[Phrase, ...]]
    korean: dict[str, tuple[str, ...]]
    names: frozenset[Phrase]
    """Proper names, so that `mexico` in a hurried question is one too."""
    hangul: dict[Phrase, tuple[Phrase, ...]]
    """English phrases -> the Korean terms that they may be, as the lexical index has them, the most usual first."""
    longest_phrase: int
    longest_korean: int
    longest_hangul: int

    def match(self, stems: Sequence[str], at: int) -> int:
        """How many stems from `at` on form the longest phrase of the synonym list; 0 for none."""
        for n in range(min(self.longest_phrase, len(stems) - at), 0, -1):
            if tuple(stems[at : at + n]) in self.synonyms:
                return n
        return 0

    def match_korean(self, run: str, at: int) -> int:
        """How many characters from `at` on form the longest Korean term; 0 for none."""
        for n in range(min(self.longest_korean, len(run) - at), 0, -1):
            if run[at : at + n] in self.korean:
                return n
        return 0


def phrase(text: str) -> Phrase:
    """The stems of all its words, function words included."""
    return tuple(stem(t.text) for t in tokens(text))


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("assistant").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [field.strip() for field in line.split("\t")]


@cache
def places() -> dict[Phrase, str]:
    """Every form of a country's, region's or bloc's name -> the place."""
    return {phrase(form): row[0] for row in _rows("places.tsv") for form in row}


@lru_cache(maxsize=20_000)
def places_in(text: str) -> frozenset[str]:
    """The places that a text names, the longest form first: `South Korea` is not also `Korea`."""
    known = places()
    stems = phrase(text)
    found, i = set(), 0
    while i < len(stems):
        for n in (3, 2, 1):
            if (place := known.get(stems[i : i + n])) is not None:
                found.add(place)
                i += n - 1
                break
        i += 1
    return frozenset(found)


@cache
def lexicon() -> Lexicon:
    """Both lists, read once."""
    synonyms: dict[Phrase, list[Phrase]] = {}
    for row in _rows("en_synonyms.tsv"):
        forms = list(dict.fromkeys(p for p in map(phrase, row) if p))
        for form in forms:
            synonyms.setdefault(form, []).extend(f for f in forms if f != form)
    korean = {}
    for row in _rows("ko_en.tsv"):
        if len(row) >= 2:
            korean[row[0].replace(" ", "")] = tuple(v.strip() for v in row[1].split(";") if v.strip())
    hangul = _reversed(korean)
    return Lexicon(
        synonyms={k: tuple(dict.fromkeys(v)) for k, v in synonyms.items()},
        korean=korean,
        names=frozenset(
            phrase(form) for forms in korean.values() for form in forms if form[:1].isupper() and not form.isupper()
        ),
        hangul=hangul,
        longest_phrase=max((len(k) for k in synonyms), default=0),
        longest_korean=max((len(k) for k in korean), default=0),
        longest_hangul=max((len(k) for k in hangul), default=0),
    )


_REVERSED = 4
"""Korean terms that an English phrase may be."""
_VERB = re.compile(r"(?<=[가-힣]{2})(?:하|되|한|된|시키)$")


def _reversed(korean: Mapping[str, Sequence[str]]) -> dict[Phrase, tuple[Phrase, ...]]:
    """The glossary the other way: a term whose first English form a phrase is comes before one whose third it is, a
    shorter term, which documents have oftener, before a longer one.
    """
    found: dict[Phrase, dict[Phrase, tuple[int, int]]] = {}
    for key, forms in korean.items():
        term = _VERB.sub("", key)
        if len(term) < 2 or not re.fullmatch("[가-힣]+", term):
            continue
        pairs = tuple(terms(term))
        for rank, form in enumerate(forms):
            if own := tuple(stem(t.text) for t in tokens(form) if t.text not in STOPWORDS):
                held = found.setdefault(own, {})
                held[pairs] = min(held.get(pairs, (9, 0)), (rank, len(term)))
    return {own: tuple(sorted(held, key=lambda t: (held[t], t))[:_REVERSED]) for own, held in found.items()}
