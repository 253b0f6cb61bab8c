"""What a question asks for: its concepts, the kind of answer it wants, and what it demands.

A concept is one thing the question speaks of with every form it may take in a document: its own
stem, its synonyms, and for Korean its English forms. Rules only, no model: the same question is
always understood alike.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lexicon import Lexicon, Phrase, lexicon, phrase
from assistant.lexicon.korean import bare, is_frame, is_particle, is_verb, noun_of, readings
from assistant.quantities import Written, written_elsewhere, years
from assistant.questions.wants import Wants, is_purpose, is_superlative, superlative, wanted
from assistant.text import STOPWORDS, Token, language_of, stem, terms, tokens
from assistant.types import Language

__all__ = ["Concept", "ConceptKind", "Earlier", "Heard", "Question", "Wants", "is_superlative", "understand"]

ConceptKind = Literal["term", "name", "year", "number", "generic"]
Heard = Callable[[str, bool], tuple[str, ...]]
"""A run of Hangul that no list knows, and whether it is likely a name -> the stems of the corpus that it may spell."""


KOREAN_WORD = 0.7
"""What a bigram of a Korean question weighs for Korean documents; measured in benchmarks/retrieval.py."""


HANGUL_FORM = 0.5
"""What a Korean term of an English question weighs for Korean documents, spread over its pairs of syllables."""


@dataclass(frozen=True, slots=True)
class Concept:
    """`forms` are phrases of stems, the question's own first."""

    surface: str
    forms: tuple[Phrase, ...]
    kind: ConceptKind


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a conversation adds to the search for a question, at a discount; nothing of it is asked for in an answer."""

    terms: tuple[tuple[str, float], ...]
    """Terms of earlier questions and answers with their weights; the question's own weigh 1."""
    texts: tuple[tuple[str, float], ...]
    """Earlier wordings and their share in the embedded question; its own share is 1."""
    own: str | None = None
    """The question without the bracket that another question stands in, where it has one."""
    leant: frozenset[str] = frozenset()
    """Terms that stand in that bracket alone."""
    discount: float = 1.0
    """What those weigh."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood. `gist` is its English wording for the embedder: the question
    itself, or for Korean the English forms of its terms.
    """

    text: str
    language: Language
    wants: Wants
    concepts: tuple[Concept, ...]
    years: frozenset[int]
    superlative: Literal["most", "least"] | None
    gist: str
    earlier: Earlier | None = None
    """What was said before it, where it was asked in a conversation."""

    def weighted_terms(self, synonym_weight: float = 0.4) -> dict[str, float]:
        """Terms for the lexical index: own stems weigh 1, other forms share `synonym_weight`."""
        weights: dict[str, float] = {}
        for concept in self.concepts:
            base = 0.5 if concept.kind == "generic" else 1.0
            own, *others = concept.forms
            for t in own:
                weights[t] = max(weights.get(t, 0.0), base)
            for form in others:
                for t in form:
                    share = base * synonym_weight / len(form)
                    if _HANGUL.match(t) and self.language == "en":  # its own words, said in the other language
                        share = base * HANGUL_FORM / math.sqrt(len(form))
                    weights[t] = max(weights.get(t, 0.0), share)
        if self.language == "ko":  # the words themselves, for Korean documents; English ones have none of them
            for t in terms(self.text):
                weights[t] = max(weights.get(t, 0.0), KOREAN_WORD)
        if self.earlier:
            for t in self.earlier.leant & weights.keys():
                weights[t] *= self.earlier.discount
            for t, weight in self.earlier.terms:
                weights[t] = max(weights.get(t, 0.0), weight)
        return weights


# Nouns that name the kind of answer, not its subject: they need not stand in the evidence.
GENERIC = frozenset(
    stem(w)
    for w in """number amount reason reasons cause causes purpose size scale value level kind kinds type types main key
    major example examples year years date role way ways time figure figures total percentage percent rate point points
    thing things fact name names list answer question define definition meaning mean means view argue argues argument
    claim claims think recommendation recommendations recommend recommends suggest suggests suggestion propose proposes
    proposed proposal identify identified note notes endnote endnotes footnote table section cite cites cited source
    sources reference references study studies happen happened many long big large high low compare compared comparison
    difference different differ related relation relationship current currently latest recent recently overall
    specific particular aim goal objective policy-makers write writes wrote written published publish publication
    currently""".split()
)


def understand(text: str, words: Lexicon | None = None, heard: Heard | None = None) -> Question:
    """The question as the answerer works with it. `heard` finds names of the corpus in Hangul."""
    words = words or lexicon()
    language = language_of(text)
    concepts = tuple(_unique(_korean(text, words, heard) if language == "ko" else _english(text, words)))
    if is_purpose(text):
        concepts = (*(c for c in concepts if c.forms[0] not in _OF_PURPOSE), _PURPOSE_CONCEPT)
    gist = text if language == "en" else _gist(text, concepts)
    return Question(
        text=text,
        language=language,
        wants=wanted(text),
        concepts=concepts,
        years=years(text),
        superlative=superlative(text),
        gist=gist,
    )


_PURPOSE_CONCEPT = Concept(
    "purpose", (("purpos",), ("aim",), ("seek",), ("explor",), ("propos",), ("object",), ("examin",), ("goal",)), "term"
)
_OF_PURPOSE = frozenset({("set",), ("out",), ("purpos",), ("aim",), ("goal",), ("object",)})


def _kind(token: Token) -> ConceptKind:
    raw_year = token.kind == "number" and re.fullmatch(r"(?:18|19|20)\d\d", token.text)
    if raw_year:
        return "year"
    if token.kind == "number":
        return "number"
    if token.kind in ("initials", "amp", "code"):
        return "name"
    return "generic" if stem(token.text) in GENERIC else "term"


def _english(text: str, words: Lexicon) -> Iterable[Concept]:
    found = tokens(text)
    stems = [stem(t.text) for t in found]
    amounts = written_elsewhere(text)
    shouting = text.isupper()
    i = 0
    while i < len(found):
        n = words.match(stems, i)
        token = found[i]
        if n == 0 or (n == 1 and token.text in STOPWORDS):
            n = 1
            if token.text in STOPWORDS or len(token.text) == 1:
                i += 1
                continue
        own = tuple(stems[i : i + n])
        surface = re.sub(r"['\u2019]s?$", "", text[token.span.start : found[i + n - 1].span.end])
        kind = _kind(token) if n == 1 else "term"
        named = any(c.isupper() for t in found[i : i + n] for c in text[t.span.start : t.span.end]) and (
            i > 0 or sum(map(str.isupper, surface)) > 1
        )
        if kind == "term" and ((named and not shouting) or own in words.names):
            kind = "name"
        others = words.synonyms.get(own, ())
        written = [m.forms for m in amounts if m.span.contains(token.span)] if kind != "year" else []
        elsewhere = [
            tuple(terms(form, keep_stopwords=True)) for forms in written for form in forms if _HANGUL.search(form)
        ]
        hangul = _in_hangul(stems, i, n, words)
        yield Concept(surface, tuple(dict.fromkeys((own, *others, *elsewhere, *hangul))), kind)
        i += n


_HANGUL = re.compile("[가-힣]")


def _in_hangul(stems: Sequence[str], at: int, n: int, words: Lexicon) -> tuple[Phrase, ...]:
    """The Korean terms of the longest phrase of the glossary that holds the stems from `at` on, for Korean documents:
    each word of `national assembly` is 국회.
    """
    own = words.hangul.get(tuple(stems[at : at + n]), ())
    for length in range(min(words.longest_hangul, len(stems)), n, -1):
        for start in range(max(0, at + n - length), min(at, len(stems) - length) + 1):
            if longer := words.hangul.get(tuple(stems[start : start + length])):
                return (*longer, *own)
    return own


_ENDING = re.compile(r"(?:이란|이라는|이라고|이라면|이지만|이나|이며|이고)")
_COUNTER = re.compile(r"(?<=몇)\s?[가-힣]{1,3}?(?:인가요?|인지|입니까|이나|이었나|이었는가|였나)(?![가-힣])")
"""The counter or unit behind `몇` with its verb: `몇 개인가` asks for no `개인`."""


def _korean(text: str, words: Lexicon, heard: Heard | None) -> Iterable[Concept]:
    """Longest terms of the glossary from the start of each word on, also across spaces; a word that no term covers is
    what it sounds like in the corpus, or is kept without its particle, for Korean documents.
    """
    text = _COUNTER.sub(lambda m: " " * len(m.group()), text)
    amounts = written_elsewhere(text)
    stretch: list[Token] = []
    for token in [*tokens(text), None]:
        amount = next((a for a in amounts if token and a.span.overlaps(token.span)), None)
        if token is not None and token.kind == "hangul" and amount is None:
            stretch.append(token)
            continue
        yield from _stretch([t.text for t in stretch], words, heard)
        stretch = []
        if token is None:
            continue
        if amount is not None:
            if token.span.start == max(amount.span.start, token.span.start) and token.kind != "hangul":
                yield _amount(text, amount)
            if rest := text[amount.span.end : token.span.end] if token.kind == "hangul" else "":
                yield from _stretch([rest], words, heard)
        elif token.text not in STOPWORDS:
            own = (stem(token.text),)
            kind = _kind(token)
            yield Concept(token.text, (own, *words.synonyms.get(own, ())), "name" if kind == "term" else kind)


def _amount(text: str, amount: Written) -> Concept:
    """A number with its scale, or a month or quarter, in every way it may be written."""
    forms = tuple(dict.fromkeys(tuple(terms(form, keep_stopwords=True)) for form in amount.forms))
    return Concept(amount.span.slice(text), forms, "number")


def _stretch(run: Sequence[str], words: Lexicon, heard: Heard | None) -> Iterable[Concept]:
    joined = "".join(run)
    starts = [sum(map(len, run[:i])) for i in range(len(run) + 1)]
    at = 0
    while at < len(joined):
        end = next(s for s in starts if s > at)
        opens = at in starts
        n = words.match_korean(joined, at)
        if not opens and _ENDING.fullmatch(joined, at, end):  # `리쇼어링이란` does not speak of Iran
            n = 0
        if n > end - at:
            last = max(s for s in starts if s < at + n)  # over a space only from a whole word on, and to one
            to = next(s for s in starts if s >= at + n)
            whole = at + n - last > 1 or is_particle(joined[at + n : to])
            if not opens or end - at < 2 or not whole:
                n = words.match_korean(joined[:end], at)
        if n >= (1 if opens and at + n == end else 2) and not (opens and is_frame(joined[at:end])):
            surface = joined[at : at + n]
            if not is_frame(surface) and (concept := _from_korean(surface, words)):
                yield concept
            at += n
            continue
        known = _known_end(joined, at, end, words) if opens else 0
        if opens or end - at >= 2:
            yield from _unknown(joined[at : known or end], opens, bool(known), heard)
        at = known or end


def _known_end(joined: str, at: int, end: int, words: Lexicon) -> int:
    """Where in a word that no term opens a term of the glossary begins that closes it: `로위|연구소의`; 0 for nowhere."""
    for start in range(at + 2, end - 1):
        n = words.match_korean(joined[:end], start)
        if n >= 2 and is_particle(joined[start + n : end]) and not is_frame(joined[start:end]):
            return start
    return 0


def _unknown(word: str, opens: bool, named: bool, heard: Heard | None) -> Iterable[Concept]:
    """A word that no list has. The rest of a word (`스타` of `에너지스타`) is only taken where it sounds like one."""
    if is_frame(word) or is_frame(bare(word)):
        return
    for reading in readings(word) if heard else ():
        if heard and (stems := heard(reading, named)):
            yield Concept(reading, (*((s,) for s in stems), tuple(terms(reading))), "term")
            return
    rest = bare(word)
    noun = noun_of(rest)
    if opens and len(rest) >= 2 and not is_frame(noun):
        verb = noun == rest and is_verb(word)
        yield Concept(noun, (tuple(terms(noun)),), "generic" if verb else "term")


def _from_korean(surface: str, words: Lexicon) -> Concept | None:
    english = words.korean[surface]
    forms: list[Phrase] = []
    for variant in english:
        form = tuple(s for s, t in zip(phrase(variant), tokens(variant), strict=True) if t.text not in STOPWORDS)
        if form:
            forms.append(form)
            forms.extend(words.synonyms.get(form, ()))
    if not forms:
        return None
    generic = all(len(f) == 1 and f[0] in GENERIC for f in forms[:1])
    named = any(v[:1].isupper() for v in english)
    kind: ConceptKind = "generic" if generic else "name" if named else "term"
    bigrams = tuple(terms(surface))
    return Concept(surface, tuple(dict.fromkeys([*forms, bigrams])), kind)


def _gist(text: str, concepts: Sequence[Concept]) -> str:
    words = lexicon()
    parts: list[str] = []
    unread: list[str] = []
    for concept in concepts:
        english = words.korean.get(concept.surface.replace(" ", ""))
        if english:
            parts.append(english[0])
        elif concept.surface.isascii():
            parts.append(concept.surface)
        elif readable := next((f for f in concept.forms if f and all(map(str.isascii, f))), None):
            parts.append(" ".join(readable))
        else:  # what an English model cannot read only blurs what it can
            unread.append(concept.surface)
    return " ".join(parts or unread) or text


def _unique(concepts: Iterable[Concept]) -> Iterable[Concept]:
    seen: set[Phrase] = set()
    for concept in concepts:
        if concept.forms[0] and concept.forms[0] not in seen:
            seen.add(concept.forms[0])
            yield concept
