"""How the words of a question are met in a sentence, beyond whether its concepts are named: weighed words, neighbouring
pairs, parts of words, and what the sentence says that the question does not. Every measure is between 0 and 1.

Words are stems; a Korean word is its run of Hangul without particles, met where the run begins with it, and in part by
the pairs of syllables that it shares.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.shortforms import short_forms
from assistant.answering.targets import Target, nearness, offered, target
from assistant.questions import Question
from assistant.text import STOPWORDS, Token, stem, tokens
from assistant.types import Span

Weigh = Callable[[str], float]

_PARTICLES = re.compile(
    r"(?:으로부터|에서는|에게서|으로서|으로써|까지는|부터는|이라는|라는|에서|에게|으로|까지|부터|보다|처럼|만큼|이나|이란|에는|와의|과의|이었던|였던|이었|했던|하였던|"
    r"한|된|하는|되는|인|은|는|이|가|을|를|의|에|로|와|과|도|만|란|던)$"
)
KIND_ONLY = 0.3
"""What a word counts that only names the kind of answer: `which agency` is answered by a name, not by `agency`."""
_ASKING = frozenset(
    "무엇 무엇인가 무엇인가요 무엇이 무엇을 어떤 어느 얼마 얼마나 언제 언제인가 누가 누구 누구인가 누구의 왜 어떻게 어디 어디인가 몇 것은 것 곳은 곳 사람은 사람 인물은 "
    "이름은 이름 해는 때는 수는 무슨 있는 하는 되는 대한 대해 위해 따라 이 그 저 등 및 또는 그리고".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question: what it is compared by, its parts (Hangul pairs), and what it weighs."""

    form: str
    parts: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as sentences are compared with it: its words in order and the kind of thing that it wants."""

    question: Question
    words: tuple[Word, ...]
    target: Target

    @property
    def total(self) -> float:
        return sum(w.weight for w in self.words) or 1.0


def asked(question: Question, weigh: Weigh) -> Asked:
    """The words of a question that count, by how rare they are among the passages."""
    found: list[Word] = []
    wanted = target(question.text, question.language)
    for token in tokens(question.text):
        if token.kind == "hangul":
            form = _PARTICLES.sub("", token.text) if len(token.text) > 2 else token.text
            if token.text in _ASKING or form in _ASKING or len(form) < 1:
                continue
            parts = pairs_of(form)
            weight = sum(map(weigh, parts)) / len(parts)
        else:
            if token.text in STOPWORDS:
                continue
            form, parts = stem(token.text), (stem(token.text),)
            weight = weigh(form)
        if token.span.start < wanted.head <= token.span.end + 1 and wanted.aim != "reason":
            weight *= KIND_ONLY
        if all(w.form != form for w in found):
            found.append(Word(form, parts, max(0.1, weight)))
    return Asked(question, tuple(found), wanted)


def pairs_of(run: str) -> tuple[str, ...]:
    """The pairs of syllables of a Hangul run; one syllable is its own."""
    return (run,) if len(run) < 2 else tuple(run[i : i + 2] for i in range(len(run) - 1))


@dataclass(frozen=True, slots=True)
class Said:
    """A text made ready to be compared: its tokens, stems and Hangul pairs."""

    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    all: frozenset[str]


@lru_cache(maxsize=8_000)
def said(text: str, document: str = "") -> Said:
    """`document` is the whole text that explains the short forms: one is met by its long form, and the other way round."""
    found = tuple(tokens(text))
    stems = tuple(t.text if t.kind == "hangul" else stem(t.text) for t in found)
    every = set(stems)
    for t in found:
        if t.kind == "hangul":
            every.update(pairs_of(t.text))
    return Said(found, stems, spelt_out(frozenset(every), document) if document else frozenset(every))


def spelt_out(stems: frozenset[str], document: str) -> frozenset[str]:
    """The stems of a text with the long forms of its short ones, and the other way round, as its document explains them."""
    more: set[str] = set()
    for short, long in _explained(document).items():
        if short in stems:
            more |= long
        elif long <= stems:
            more.add(short)
    return stems | more if more else stems


@lru_cache(maxsize=64)
def _explained(document: str) -> dict[str, frozenset[str]]:
    """The short forms of a document by their stem -> the stems of their long forms."""
    found = {}
    for short, long in short_forms(document).items():
        stems = frozenset(stem(t.text) for t in tokens(long) if t.text not in STOPWORDS)
        if stems:
            found[stem(short)] = stems
    return found


def met(word: Word, text: Said) -> float:
    """How far a text has a word: 1 as it is, .9 where a Hangul run holds it, in part where it holds some of its pairs."""
    if word.form in text.all:
        return 1.0
    if len(word.parts) == 1:
        return 0.0
    if any(word.form in s for s in text.stems):
        return 0.9
    shared = sum(p in text.all for p in word.parts) / len(word.parts)
    return 0.6 * shared if shared >= 0.5 else 0.2 * shared


def share(question: Asked, texts: Sequence[tuple[Said, float]]) -> float:
    """The weighed share of the question's words that the texts have, each at its discount."""
    return sum(w.weight * max((met(w, t) * d for t, d in texts), default=0.0) for w in question.words) / question.total


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence or row with what stands around it; `document` is the whole text, for its short forms."""

    text: str
    before: str
    after: str
    heading: str
    passage: str
    document: str


def measures(question: Asked, all_: Sequence[Setting]) -> list[dict[str, float]]:
    """The measures of the candidates of one question: some of them weigh a word by how few candidates have it."""
    own = [said(s.text, s.document) for s in all_]
    given = [[met(w, o) for w in question.words] for o in own]
    local = _local(given, len(question.words))
    return [_measured(question, s, o, g, local) for s, o, g in zip(all_, own, given, strict=True)]


def _local(given: Sequence[Sequence[float]], count: int) -> list[float]:
    """How much each word of the question tells the candidates apart."""
    n = len(given)
    having = [sum(row[i] >= 0.5 for row in given) for i in range(count)]
    return [math.log(1 + (n - df + 0.5) / (df + 0.5)) for df in having]


def _measured(
    question: Asked, s: Setting, own: Said, given: Sequence[float], local: Sequence[float]
) -> dict[str, float]:
    words = sum(w.weight * g for w, g in zip(question.words, given, strict=True)) / question.total
    weights = [w.weight * x for w, x in zip(question.words, local, strict=True)]
    length = len(own.tokens)
    places = _places(question, own)
    fit, spots = offered(question.target, question.question, s.text)
    head = said(s.heading, s.document)
    left = [(w, g) for w, g in zip(question.words, given, strict=True) if met(w, head) < 0.9]
    left_total = sum(w.weight for w, _ in left) or 1.0
    kind = GROUPS[question.target.aim]
    before, after = said(s.before, s.document), said(s.after, s.document)
    return {
        "words": words,
        "words_squared": words * words,
        "words_apart": sum(w * g for w, g in zip(weights, given, strict=True)) / (sum(weights) or 1.0),
        "around": share(question, [(own, 1.0), (before, 0.7), (after, 0.5), (head, 0.7)]),
        "beyond_heading": sum(w.weight * g for w, g in left) / left_total if left else words,
        "in_passage": share(question, [(said(s.passage, s.document), 1.0), (head, 0.9)]),
        "pairs": _pairs(question, own),
        "dense": words * 1.5 / (1.5 + 0.5 * length / 20.0),
        "rarest": _rarest(question, given),
        "fresh": min(1.0, _fresh(question, own) / 8.0),
        "short": float(length < 6),
        "long": min(1.0, length / 60.0),
        f"fits_{kind}": float(fit >= 1.0),
        "partly_fits": fit if 0.0 < fit < 1.0 and kind != "thing" else 0.0,
        f"misfits_{kind}": float(fit == 0.0),
        "fits_and_words": words * float(fit >= 1.0),
        "nearness": nearness(spots, places) * words,
        "together": _together(places, question.total),
        "asks": float(s.text.rstrip().endswith("?")),
    }  # fmt: skip


GROUPS = {
    "person": "name", "name": "name", "place": "name", "year": "time", "day": "time", "money": "figure", "share": "figure",
    "rank": "figure", "lasting": "figure", "count": "figure", "reason": "reason", "thing": "thing",
}  # fmt: skip
"""Kinds of answer that share their weights: there are too few questions to learn each apart."""


def _places(question: Asked, own: Said) -> list[tuple[Span, float]]:
    found = []
    for word in question.words:
        for token, form in zip(own.tokens, own.stems, strict=True):
            if form == word.form or (len(word.form) > 1 and token.kind == "hangul" and form.startswith(word.form)):
                found.append((token.span, word.weight))
                break
    return found


def _pairs(question: Asked, own: Said) -> float:
    """The weighed share of the question's neighbouring words that stand near one another in the sentence, in order."""
    words = question.words
    if len(words) < 2:
        return 0.0
    where: dict[str, list[int]] = {}
    for i, s in enumerate(own.stems):
        where.setdefault(s, []).append(i)

    def at(word: Word) -> list[int]:
        if word.form in where:
            return where[word.form]
        if len(word.parts) > 1 or re.fullmatch("[가-힣]+", word.form):
            return [i for i, s in enumerate(own.stems) if s.startswith(word.form)]
        return []

    total = reached = 0.0
    for a, b in itertools.pairwise(words):
        weight = a.weight + b.weight
        total += weight
        gaps = [j - i for i in at(a) for j in at(b)]
        if any(g == 1 for g in gaps):
            reached += weight
        elif any(0 < abs(g) <= 3 for g in gaps):
            reached += 0.6 * weight
    return reached / total


def _rarest(question: Asked, given: Sequence[float]) -> float:
    """How far the two rarest words of the question are met."""
    order = sorted(range(len(given)), key=lambda i: -question.words[i].weight)[:2]
    return sum(given[i] for i in order) / len(order) if order else 0.0


def _fresh(question: Asked, own: Said) -> int:
    """Content words of the sentence that the question has not."""
    asked_for = {w.form for w in question.words}
    return sum(
        1 for t, s in zip(own.tokens, own.stems, strict=True)
        if t.text not in STOPWORDS and s not in asked_for and not any(len(f) > 1 and t.kind == "hangul" and s.startswith(f) for f in asked_for)
    )  # fmt: skip


def _together(places: Sequence[tuple[Span, float]], total: float) -> float:
    """Whether the words that are met stand close to one another: their weighed share in the best stretch of 120
    characters.
    """
    best = 0.0
    for start, _ in places:
        best = max(best, sum(w for s, w in places if start.start <= s.start and s.end <= start.start + 120))
    return best / total
