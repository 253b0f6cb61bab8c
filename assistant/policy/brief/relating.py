"""What documents say of the relation that a question asks for: whether, and how, one of its two things bears on the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.lexicon import places_in
from assistant.origin import origin_of
from assistant.policy.brief.telling import Telling
from assistant.policy.causality import Asked, asked, said
from assistant.policy.positions.terms import acronyms
from assistant.policy.recommendations.actors import head, in_english
from assistant.text import STOPWORDS, stem, tokens
from assistant.types import Document

_BETWEEN = re.compile(
    r"\b(?:relation(?:ship)?s?|correlations?|links?|connections?|associations?|trade-?offs?) between (?P<one>.+?) and (?P<two>[^?]+)",
    re.IGNORECASE,
)
_BETWEEN_KO = re.compile(
    r"(?P<one>\S[^?]*?)(?:와|과)\s(?P<two>\S[^?]*?)(?:은|는|이|가|의|을|를)?\s(?:사이의?|간의?|어떤|상관|연관|관계)"
)
_WORKS = re.compile(
    r"\b(?:is|are|was|were) (?P<cause>[^?,;]{3,80}?) (?:effective|useful|working|a success|successful)\b"
    r"|\b(?:does|do|did) (?P<works>[^?,;]{3,80}?) work\b"
    r"|\bwhat (?:is|are|was|were) the (?:effects?|impacts?|consequences?) of (?P<of>[^?]{3,80})",
    re.IGNORECASE,
)
_WORKS_KO = re.compile(
    r"(?P<cause>\S[^?]{1,60}?)(?:은|는|이|가|의)\s(?:정말\s|실제로\s)?(?:효과|실효)(?:가|는|성이)?\s?(?:있|없|무엇|어떠|어떤)"
)
_TOGETHER = re.compile(
    r"\bcomplement(?:s|ary|ed|ing)?\b|\bsubstitut(?:es?|ed|ion)\b|\bhand in hand\b|→|보완|대체|상관|연관|비례|선순환",
    re.IGNORECASE,
)
"""Says that two things go together, or that one takes the place of the other."""
_FEARED = re.compile(r"\b(?:concern(?:s|ed)?|fear(?:s|ed)?|worr(?:y|ies|ied)|debates?)\b|우려|걱정|논란", re.IGNORECASE)
"""Says what is thought, and not what is."""
_FOUND = re.compile(
    r"\b(?:results?|analys[ie]s|evidence|estimates?|studies|study|correlations?|coefficients?|table|figure|data)\b"
    r"|결과|분석|연구|추정|조사|상관",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:may|might|could|would|can|should|must)\b|수\s?있|해야", re.IGNORECASE)
_LEANS = re.compile(r"^(?:Given|This|These|That|Such|It|They|이는|이러한|이를)\b")
_LEAST = 0.9


@dataclass(frozen=True, slots=True)
class Thing:
    """One of a question's things: the word that it turns on, in both languages, and the words that narrow it."""

    heads: frozenset[str]
    others: tuple[frozenset[str], ...]


def things(question: str) -> tuple[Thing, Thing | None, bool] | None:
    """The two things whose relation a question asks for, and whether the first is asked for as the cause; the second is
    None where it asks what the first does. None for any other question."""
    if m := _BETWEEN.search(question) or _BETWEEN_KO.search(question):
        one, two = _thing(m["one"]), _thing(m["two"])
        return (one, two, False) if one and two else None
    found = asked(question) or _works(question)
    if found is None or not found.cause:
        return None
    cause, effect = _thing(found.cause), _thing(found.effect) if found.effect else None
    if cause is None or (found.effect and effect is None):
        return None
    return cause, effect, True


def advised(question: str, action: str) -> bool:
    """Whether an action is on the very thing that a question asks whether, or how, to treat (`Should X build a reserve?`:
    what is to be done with a reserve)."""
    m = _SHOULD.search(question)
    thing = _thing(m["thing"] or m["thing_ko"]) if m else None
    return thing is not None and _names(action, thing, {}) > 0.0


_SHOULD = re.compile(
    r"\bshould [^?]*? (?P<thing>(?:an? |the |its |more |new )?[\w-]+(?: [\w-]+)?)\?"
    r"|(?P<thing_ko>[가-힣]+)(?:을|를)\s[^?]*(?:해야|아야|어야|여야)",
    re.IGNORECASE,
)


def _works(question: str) -> Asked | None:
    m = _WORKS_KO.search(question)
    if m:
        return Asked(m["cause"], "")
    m = _WORKS.search(question)
    return Asked(m["cause"] or m["works"] or m["of"], "") if m else None


def _thing(text: str) -> Thing | None:
    """None where only a place is left."""
    if re.search("[가-힣]", text):
        words = [
            re.sub(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|로|으로)$", "", w)
            for w in re.findall("[가-힣A-Za-z]+", text)
        ]
        forms = [frozenset((w, *_stems(in_english(w)))) for w in words if len(w) > 1 and not places_in(in_english(w))]
    else:
        first = head(text)
        ordered = [t.text for t in tokens(f"{text[len(first) :]} {first}") if t.text not in STOPWORDS]
        placed = {t.text for m in re.findall(r"[A-Z]\S*(?:\s[A-Z]\S*)*", text) if places_in(m) for t in tokens(m)}
        forms = [frozenset((stem(w),)) for w in ordered if w not in placed]
    return Thing(forms[-1], tuple(forms[:-1])) if forms else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(t.text) for t in tokens(text) if t.kind != "hangul")


def related(question: str, documents: Iterable[tuple[Document, Sequence[Telling]]]) -> list[tuple[float, Telling]]:
    """The sentences that say how the question's two things bear on one another, most telling first; of another
    document, or in other words, before what says again what stands there."""
    asks = things(question)
    if asks is None:
        return []
    left: list[tuple[float, Telling]] = []
    for document, tellings in documents:
        long = acronyms(document.text)
        left += [(score, t) for t in tellings if (score := _score(t, asks, long)) >= _LEAST]
    ranked: list[tuple[float, Telling]] = []
    while left and len(ranked) < _MOST:
        best = max(left, key=lambda pair: pair[0] - max((_again(pair[1], t) for _, t in ranked), default=0.0))
        left.remove(best)
        ranked.append(best)
    return ranked


_MOST = 4


def _again(one: Telling, other: Telling) -> float:
    """How far one sentence says again what another says."""
    same = one.statement.document.id == other.statement.document.id
    return 0.5 * same + 1.5 * len(one.terms & other.terms) / max(1, len(one.terms | other.terms))


def _score(telling: Telling, asks: tuple[Thing, Thing | None, bool], long: dict[str, str]) -> float:
    text = telling.statement.text
    one, two, _ = asks
    best = 0.0
    for found in said(text):
        left = found.first.slice(text) if found.first else text[: found.sign.start]
        right = found.second.slice(text) if found.second else text[found.sign.end :]
        if two is None:
            if found.kind != "correlation" or found.second is not None:
                best = max(best, 1.0 + _names(left, one, long)) if _names(left, one, long) else best
            continue
        sides = [(left, right)] if found.kind != "correlation" else [(left, right), (right, left), (text, text)]
        for a, b in sides:
            if (x := _names(a, one, long)) and (y := _names(b, two, long)):
                best = max(best, 1.0 + (x + y) / 2)
    if not best and two is not None and _TOGETHER.search(text):
        x, y = _names(text, one, long), _names(text, two, long)
        best = 0.8 + (x + y) / 2 if x and y else 0.0
    if not best:
        return 0.0
    best += 0.5 * bool(_FOUND.search(text)) + 0.1 * min(3.0, telling.says)
    best -= 1.2 * bool(_FEARED.search(text)) + 0.4 * bool(_MODAL.search(text)) + 0.8 * bool(_LEANS.match(text))
    best -= 0.2 * (origin_of(telling.statement.document, telling.statement.span) == "relayed")
    return best - 0.02 * max(0, len(text.split()) - 35)


def _names(text: str, thing: Thing, long: dict[str, str]) -> float:
    """How far a stretch names a thing, at least its head: 0 where not, else up to 1 by the words that narrow it."""
    bag = _stems(
        " ".join([text, *(name for short, name in long.items() if re.search(rf"\b{re.escape(short)}\b", text))])
    )

    def stands(forms: frozenset[str]) -> bool:
        return any(f in bag or (re.match("[가-힣]", f) is not None and f in text) for f in forms)

    if not stands(thing.heads):
        return 0.0
    return 0.5 + 0.5 * (sum(map(stands, thing.others)) / len(thing.others) if thing.others else 1.0)
