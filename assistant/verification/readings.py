"""What a sentence says by leaving words out, written out: `4 in 2022 and 5 in 2023`, `it was B that did`, a clause of two.

A reading is no quote. It is what a claim is laid beside where the sentence as it stands reads as if it said otherwise,
because its words stand beside those of another clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.stance.amounts import Amount, amounts
from assistant.stance.clauses import frames
from assistant.text import language_of, sentences

_YEAR = r"(?:1[5-9]|20)\d\d"
_AND = r",?\s(?:and|but|while|against|to|then|up from|down from|from|compared (?:with|to)|after|versus|or)\s(?:(?:to|from|only|just|about|some|nearly|almost)\s)?"
_SCOPE = re.compile(
    r"\b(?:if|whether|unless|that|not|never|neither|nor|reject\w*|den(?:y|ied|ies)|disput\w+|would|could|might|may)\b",
    re.IGNORECASE,
)
"""Words of a sentence whose clauses may not be taken out of it."""
_JOINT = re.compile(r"(?:;|,\s(?:and|while|whereas|but)|\s(?:while|whereas))\s")
_KO_JOINT = re.compile(
    r"(?<=[가-힣])(?P<end>이며|이고|였고|였으며|이었고|이었으며|했고|했으며|하였고|하였으며|았고|었고|올랐고|며|고),\s(?:이\s중\s|그중\s|또한?\s)?"
)
_CLEFT = re.compile(
    r"^(?P<lead>(?:[^.;]*?,\s)?)(?P<not>[^,.;]+?)\sdid not\s(?P<verb>[a-z]+)(?P<rest>[^.;]*)[;,]\s(?:rather,?\s)?it was\s(?P<who>[^.;,]+?)\s(?:that|who|which)\sdid\b"
)


def readings(quote: str) -> tuple[str, ...]:
    """The sentences that a quote's sentences say by leaving words out, and the clauses that stand for themselves."""
    found: list[str] = []
    for s in sentences(quote):
        found += _of(s.slice(quote).strip())
    return tuple(dict.fromkeys(f for f in found if f))


def _of(sentence: str) -> Iterator[str]:
    if "\t" in sentence:
        return
    if m := _CLEFT.search(sentence):
        yield f"{_upper(m['who'])} did {m['verb']}{m['rest']}."
        yield f"{_upper(m['who'])} {_past(m['verb'])}{m['rest']}."
    yield from _repeated(sentence)
    if not _SCOPE.search(sentence):
        yield from _clauses(sentence)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _past(verb: str) -> str:
    from assistant.stance.deeds import past_of

    return past_of(verb)


def _repeated(sentence: str) -> Iterator[str]:
    """`carried 4 million riders in 2022 and 5 million in 2023`: the clause once with each amount and year."""
    found = amounts(sentence)
    for one in range(len(found) - 1):
        first, second = found[one], found[one + 1]
        yield from (_english if language_of(sentence) == "en" else _korean)(sentence, first, second)


def _english(sentence: str, first: Amount, second: Amount) -> Iterator[str]:
    between = sentence[first.span.end : second.span.start]
    behind = sentence[second.span.end :]
    m = re.fullmatch(rf"(?P<of>[^.;]*?)\s(?P<in>in|by|for|during)\s(?P<year>{_YEAR}){_AND}", between)
    n = re.match(rf"(?P<of>(?:\s[\w-]+){{0,3}}?)\s(?:in|by|for|during)\s(?P<year>{_YEAR})", behind)
    if m and n and (not n["of"].strip() or n["of"].strip() in m["of"]):
        head, tail = sentence[: first.span.start], behind[n.end() :]
        head = re.sub(r"\bfrom\s$", "", head)
        if tail.strip(" .") and not tail.startswith((",", ";", ".")):
            return
        yield f"{head}{first.surface}{m['of']} {m['in']} {m['year']}."
        yield f"{head}{second.surface}{m['of']} {m['in']} {n['year']}."
    lead = re.search(rf"\b(?P<in>In|in)\s(?P<year>{_YEAR}),?\s(?P<head>[^.;]*)$", sentence[: first.span.start])
    n = re.fullmatch(rf"(?P<of>[^.;]*?),?\s(?:and|but|while)\sin\s(?P<year>{_YEAR}),?\s(?:only\s)?", between)
    if lead and n:
        yield f"In {lead['year']} {lead['head']}{first.surface}{n['of']}."
        yield f"In {n['year']} {lead['head']}{second.surface}{n['of']}."


def _korean(sentence: str, first: Amount, second: Amount) -> Iterator[str]:
    before = re.search(rf"(?P<year>{_YEAR})년(?P<head>(?:에는|에|의)?\s?[^.;]*)$", sentence[: first.span.start])
    m = re.fullmatch(
        rf"(?P<unit>[가-힣%]{{0,4}}?)(?:이었|였|이)?(?:고|으며|며|지만|으나),?\s(?P<year>{_YEAR})년(?:에는|에|은|의 경우)?\s?",
        sentence[first.span.end : second.span.start],
    )
    if before and m:
        for year, amount in ((before["year"], first), (m["year"], second)):
            yield f"{sentence[: before.start()]}{year}년{before['head']}{amount.surface}{m['unit']}이었다."


def _clauses(sentence: str) -> Iterator[str]:
    """Clauses that stand side by side, each with its own subject and verb; what opens the sentence holds for all."""
    if language_of(sentence) == "ko":
        start = 0
        for m in _KO_JOINT.finditer(sentence):
            end = m["end"]
            yield sentence[start : m.start()] + _KO_ENDS.get(end, end.replace("고", "다").replace("으며", "다"))
            start = m.end()
        if start:
            yield sentence[start:]
        return
    edges = [0, *(e for m in _JOINT.finditer(sentence) for e in (m.start(), m.end())), len(sentence)]
    parts = [sentence[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if len(parts) < 2 or not all(any(not f.empty and (f.agent or f.patient) for f in frames(p)) for p in parts):
        return
    span = re.search(rf"\s(?:between|from)\s{_YEAR}\s(?:and|to)\s{_YEAR}|\sin\s{_YEAR}$", parts[0])
    for n, part in enumerate(parts):
        body = part.rstrip(" .")
        yield body + "."
        if n and span and not re.search(_YEAR, body):
            yield f"{body}{span.group()}."


_KO_ENDS = {"이며": "이다", "이고": "이다", "며": "다", "고": "다"}
