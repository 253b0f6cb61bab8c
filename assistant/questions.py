"""What a question asks for: its concepts, the kind of answer it wants, and what it demands.

A concept is one thing the question speaks of with every form it may take in a document: its own
stem, its synonyms, and for Korean its English forms. Rules only, no model: the same question is
always understood alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lexicon import Lexicon, Phrase, lexicon, phrase
from assistant.quantities import years
from assistant.text import STOPWORDS, Token, language_of, stem, terms, tokens
from assistant.types import Language

Wants = Literal[
    "number", "when", "who", "where", "reason", "how", "list", "yesno", "definition", "purpose", "advice", "open"
]
ConceptKind = Literal["term", "name", "year", "number", "generic"]


KOREAN_WORD = 0.7
"""What a bigram of a Korean question weighs for Korean documents; measured in benchmarks/retrieval.py."""


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

_NUMBER = re.compile(
    r"\b(?:number|amount|value|share|percentage|volume) of\b|\b(?:USD|KRW) ?(?:million|billion|trillion)?\s*\??$|"
    r"\b(?:latest|exact|what) figures?\b|\bamounts?\b|\bin (?:millions?|billions?)(?: of)? (?:USD|dollars)\b|"
    r"\bhow (?:many|much|large|big|high|low|great|strong|long|often|fast)\b|\bwhat (?:is|was|were|are)? ?(?:the )?"
    r"(?:[\w-]+ ){0,3}?(?:share|percentage|percent|proportion|number|amount|value|size|level|rate|total|volume|"
    r"correlation|coefficient|surplus|deficit|figure|ranking?|sum|cost|price)\b|\b(?:what|which) (?:share|percentage|"
    r"percent|proportion|number|rank|budget|amount|sum|price|coefficient)\b"
    r"|\bby how much\b|얼마|몇|비중|비율|규모|총액|금액|수치|상관계수|순위|흑자|적자액|[가-힣]액(?:은|을|이|은요)?\s*\??\s*$|[가-힣][율률]은?\s*\??\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\bwhat (?:was|were|is|are)\b[^?]{0,60}\b(?:FDI|investments?|exports?|imports?|income|GDP|surplus|deficit|balance|trade|"
    r"spending|revenues?|output)\b[^?]{0,40}\b(?:in|for|during) (?:19|20)\d\d\b"
    r"|^\s*what (?:was|were) the [^?]{3,40} of [^?]{3,60} (?:in|during) (?:19|20)\d\d\s*\??\s*$",
    re.IGNORECASE,
)
_SOURCE_OF = re.compile(r"\bsources?\b|\bcit(?:e|es|ed)\b|\bbased on\b|출처|인용", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|objective|goal)s? of (?:this|the|his|her|their|both|each)?[\w\s,]{0,40}(?:papers?|reports?|articles?|stud(?:y|ies)|authors?|documents?)\b|"
    r"\bsets? out to\b|\bwhat (?:is|are) .{0,60}(?:papers?|reports?|articles?) about\b|(?:논문|보고서|글)의 (?:목적|주제|요지)",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:should|must|ought to|need to do)\b|\b(?:recommend|propos|suggest|advis|advoc)\w*|\bcalls? for\b|"
    r"\bwhat (?:can|could) \w+(?: \w+){0,3} do\b|해야|권고|제안|제언|과제|방안",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:^|\b(?:and|or|but|since|by|until)\s+|[,;:]\s*)when\b|\bwhen (?:did|was|were|is|will|do|does|has|have|should)\b|\b(?:what|which) (?:two |three |)(?:year|date|decade|month|day)\b|\bsince what\b|\bby what year\b|언제|몇 ?년|어느 ?해",
    re.IGNORECASE,
)
_COUNT_OF_YEARS = re.compile(r"\bhow many years|\bhow long\b|몇 ?년 ?(?:간|동안)", re.IGNORECASE)
_WHO = re.compile(r"\bwho(?:se|m)?\b|누가|누구|저자", re.IGNORECASE)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:country|place|province|city|region)\b|어디|어느 ?(?:나라|지역)", re.IGNORECASE
)
_REASON = re.compile(
    r"\bwhy\b|\bwhat (?:explains|caused|causes|drives|drove|led)\b|\breasons?\b|\bhow come\b|왜|이유|원인|까닭",
    re.IGNORECASE,
)
_HOW = re.compile(r"^\s*how\b|\bhow (?:does|do|did|can|could|should|would|will|is|are|to)\b|어떻게|방법", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^\s*(?:what (?:is|are) (?:an? )?[\w\s-]{2,40}\?$|define\b|what does .{2,60} (?:mean|stand for))|뜻|의미|정의|이란|란 무엇",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\s*(?:which|what|list|name)\b|\bwhich\b|\bwhat (?:are|were|kinds?|types?)\b|무엇|어떤|어느|열거|나열",
    re.IGNORECASE,
)
_YESNO = re.compile(
    r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b|(?:습니까|인가|는가|나요|까)\s*\??\s*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:largest|biggest|highest|most|greatest|strongest|top|leading|first|maximum|peak(?:ed)?|record)\b|가장 (?:큰|많|높)|최대|최고|1위",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:smallest|lowest|least|weakest|fewest|minimum|bottom)\b|가장 (?:작|적|낮)|최소|최저", re.IGNORECASE
)


def is_superlative(word: str) -> bool:
    """Whether a word only says that the most or the least is asked for."""
    return bool(_MOST.fullmatch(word) or _LEAST.fullmatch(word))


def understand(text: str, words: Lexicon | None = None) -> Question:
    """The question as the answerer works with it."""
    words = words or lexicon()
    language = language_of(text)
    concepts = tuple(_unique(_korean(text, words) if language == "ko" else _english(text, words)))
    if _PURPOSE.search(text):
        concepts = (*(c for c in concepts if c.forms[0] not in _OF_PURPOSE), _PURPOSE_CONCEPT)
    gist = text if language == "en" else _gist(text, concepts)
    return Question(
        text=text,
        language=language,
        wants=_wants(text),
        concepts=concepts,
        years=years(text),
        superlative="most" if _MOST.search(text) else "least" if _LEAST.search(text) else None,
        gist=gist,
    )


_PURPOSE_CONCEPT = Concept(
    "purpose", (("purpos",), ("aim",), ("seek",), ("explor",), ("propos",), ("object",), ("examin",), ("goal",)), "term"
)
_OF_PURPOSE = frozenset({("set",), ("out",), ("purpos",), ("aim",), ("goal",), ("object",)})


def _wants(text: str) -> Wants:
    if _WHEN.search(text) and not _COUNT_OF_YEARS.search(text):
        return "when"
    if _PURPOSE.search(text):
        return "purpose"
    if _REASON.search(text):
        return "reason"
    measured = _MEASURED.search(text) and not (_MOST.search(text) or _LEAST.search(text))
    if (_NUMBER.search(text) or measured) and not _SOURCE_OF.search(text):
        return "number"
    if _ADVICE.search(text) and not re.search(r"^\s*who\b|누가|누구", text, re.IGNORECASE):
        return "advice"
    if _WHO.search(text):
        return "who"
    if _WHERE.search(text):
        return "where"
    if _HOW.search(text):
        return "how"
    if _DEFINITION.search(text):
        return "definition"
    if _LIST.search(text):
        return "list"
    return "yesno" if _YESNO.search(text) else "open"


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
        yield Concept(surface, (own, *others), kind)
        i += n


_JOSA = re.compile(
    r"(?:으로부터|에서는|에게서|으로서|으로써|까지는|부터는|이라는|라는|에서|에게|으로|까지|부터|보다|처럼|만큼|이나|이란|에는|와의|과의|"
    r"은|는|이|가|을|를|의|에|로|와|과|도|만|란)$"
)
_ENDING = re.compile(r"(?:이란|이라는|이라고|이라면|이지만|이나|이며|이고)")
_KOREAN_STOP = frozenset(
    "무엇 어떤 어느 얼마 얼마나 언제 누가 누구 왜 어떻게 어디 몇 있 없 하 되 대한 대해 관한 관하여 따르면 따라 위한 위해 이 그 저 것 수 "
    "기준 개국 개사 가지 논문 보고서 저자 및 등 또는 그리고 무엇인가 무엇입니까 하는가 되는가 있는가 있나 인가 가장 몇인가 얼마인가".split()
)


_COUNTER = re.compile(r"(?<=몇)\s?[가-힣]{1,3}?(?:인가요?|인지|입니까|이나|이었나|이었는가|였나)(?![가-힣])")
"""The counter or unit behind `몇` with its verb: `몇 개인가` asks for no `개인`."""


def _korean(text: str, words: Lexicon) -> Iterable[Concept]:
    """Longest terms of the glossary from the start of each word on, also across spaces; a word that
    no term covers is kept without its particle, for Korean documents.
    """
    text = _COUNTER.sub(lambda m: " " * len(m.group()), text)
    stretch: list[Token] = []
    for token in [*tokens(text), None]:
        if token is not None and token.kind == "hangul":
            stretch.append(token)
            continue
        yield from _stretch([t.text for t in stretch], words)
        stretch = []
        if token is not None and token.text not in STOPWORDS:
            own = (stem(token.text),)
            kind = _kind(token)
            yield Concept(token.text, (own, *words.synonyms.get(own, ())), "name" if kind == "term" else kind)


def _stretch(run: Sequence[str], words: Lexicon) -> Iterable[Concept]:
    joined = "".join(run)
    starts = [sum(map(len, run[:i])) for i in range(len(run) + 1)]
    at = 0
    while at < len(joined):
        end = next(s for s in starts if s > at)
        opens = at in starts
        n = words.match_korean(joined, at)
        if not opens and _ENDING.fullmatch(joined, at, end):  # `리쇼어링이란` does not speak of Iran
            n = 0
        if n > end - at and (not opens or end - at < 2):  # over a space only from a whole word on
            n = words.match_korean(joined[:end], at)
        if n >= (1 if opens and at + n == end else 2):
            surface = joined[at : at + n]
            if surface not in _KOREAN_STOP and (concept := _from_korean(surface, words)):
                yield concept
            at += n
            continue
        if opens:
            rest = _JOSA.sub("", joined[at:end])
            if len(rest) >= 2 and rest not in _KOREAN_STOP and not _verbal(rest):
                yield Concept(rest, (tuple(terms(rest)),), "term")
        at = end


def _verbal(word: str) -> bool:
    return bool(
        re.search(
            r"(?:했는가|하는가|인가|는가|습니까|했나|하나|되나|나요|까요|합니까|였나|했다|한다|하는|하여|해야|된|되는|있는|없는)$",
            word,
        )
    )


def _from_korean(surface: str, words: Lexicon) -> Concept | None:
    english = words.korean[surface]
    forms = []
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
    parts = []
    for concept in concepts:
        english = words.korean.get(concept.surface.replace(" ", ""))
        parts.append(english[0] if english else concept.surface)
    return " ".join(parts) or text


def _unique(concepts: Iterable[Concept]) -> Iterable[Concept]:
    seen: set[Phrase] = set()
    for concept in concepts:
        if concept.forms[0] and concept.forms[0] not in seen:
            seen.add(concept.forms[0])
            yield concept
