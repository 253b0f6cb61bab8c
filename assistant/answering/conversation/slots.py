"""What stands in a question that another thing of its kind can replace: a year, a place, a sector, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from assistant.lexicon import lexicon, phrase, places, places_in
from assistant.text import language_of, stem, tokens
from assistant.types import Language, Span

Kind = Literal["date", "place", "sector", "name"]


@dataclass(frozen=True, slots=True)
class Slot:
    """`value` is what is meant, the same for every form of it: equal values are one thing."""

    kind: Kind
    value: str
    span: Span
    lead: str = ""
    """The preposition before it, in lower case."""


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"(?:\b(?:{_MONTHS}),? |\bQ[1-4] |\b(?:early|mid|late)[ -]|\bthe end of )?\b(?:18|19|20)\d\ds?(?!\d|[.,]\d)"
    r"(?:년(?! ?(?:간|동안)))?(?: ?\d{1,2}월(?: ?\d{1,2}일)?| ?[1-4]분기| ?[상하]반기)?",
)
_LEAD = re.compile(
    r"\b(in|of|for|to|from|with|by|on|at|against|toward|towards|between|during|since|about)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:\b[A-Z][\w\u2019'-]*[a-z][\w\u2019'-]*(?:(?:,? and |,? & |, )(?=[A-Z])[A-Z][\w\u2019'-]+)*(?: et al\.?)?(?: \((?:19|20)\d\d\))?)"
)
_SAYS = r"(?:say|think|argue|claim|write|suggest|recommend|propose|find|conclude|mean|call|expect|warn|believe|see|advise|cite)"
_NAMED = re.compile(
    rf"(?:\b(?:does|do|did|can|would|should)\s+(?P<asked>{_PERSON.pattern})(?=\s+{_SAYS}\b))"
    rf"|(?:\b[Aa]ccording to\s+(?P<by>{_PERSON.pattern}))"
    rf"|(?:\b(?P<whose>{_PERSON.pattern})(?=['\u2019]s? (?:paper|report|article|study|view|argument|book)))"
)
_NAMED_KO = re.compile(
    r"(?:^|\s)(?P<by>[가-힣]{2,4}|[A-Z]\w+)(?=(?:은|는|이|가|의|에) (?:따르면|어떻게 (?:보|말|주장|평가)|무엇을 (?:주장|제안|권고)|논문|보고서))"
)


def slots(text: str) -> list[Slot]:
    """The slots of a question, in order; of those that overlap the first kind counts: name, date, place, sector."""
    found: list[Slot] = []
    for m in (_NAMED_KO if language_of(text) == "ko" else _NAMED).finditer(text):
        group = next(g for g in m.groupdict() if m[g])
        if not places_in(m[group]):
            found.append(Slot("name", m[group].casefold(), Span(*m.span(group)), _lead(text, m.start(group))))
    for m in _DATE.finditer(text):
        value = " ".join(re.findall(r"\d+", m.group()))
        found.append(Slot("date", value, Span(*m.span()), _lead(text, m.start())))
    for kind, span, value in _listed(text):
        found.append(Slot(kind, value, span, _lead(text, span.start)))
    kept: list[Slot] = []
    for slot in found:
        if not any(slot.span.overlaps(k.span) for k in kept):
            kept.append(slot)
    return sorted(kept, key=lambda s: s.span)


def _lead(text: str, at: int) -> str:
    m = _LEAD.search(text[:at])
    return m[1].lower() if m else ""


def _listed(text: str) -> list[tuple[Kind, Span, str]]:
    """Places and sectors by the longest form; Korean ones where a word begins, so that a particle may follow."""
    found: list[tuple[Kind, Span, str]] = []
    words = tokens(text)
    stems = [stem(t.text) for t in words]
    english, korean = _forms()
    i = 0
    while i < len(words):
        step = 1
        if words[i].kind != "hangul":
            for n in (4, 3, 2, 1):
                known = english.get(tuple(stems[i : i + n])) if i + n <= len(words) else None
                if known and not (known[0] == "sector" and n == 1 and _initials(words[i].span.slice(text))):
                    span = Span(words[i].span.start, words[i + n - 1].span.end)
                    found.append((known[0], _bare(text, span), known[1]))
                    step = n
                    break
        i += step
    for m in re.finditer(r"[가-힣0-9]+", text):
        run = m.group()
        for n in range(len(run), 1, -1):
            if known := korean.get(run[:n]):
                found.append((known[0], Span(m.start(), m.start() + n), known[1]))
                break
    return found


def _initials(word: str) -> bool:
    """Whether a word is an acronym of its own: the CHIPS Act is not about any chips."""
    return len(word) > 3 and word.isupper()


def _bare(text: str, span: Span) -> Span:
    """Without a possessive ending."""
    cut = re.sub(r"['\u2019]s?$", "", span.slice(text))
    return Span(span.start, span.start + len(cut))


@cache
def _forms() -> tuple[dict[tuple[str, ...], tuple[Kind, str]], dict[str, tuple[Kind, str]]]:
    """English forms by their stems, Korean ones without spaces, each with what it names."""
    english: dict[tuple[str, ...], tuple[Kind, str]] = {form: ("place", place) for form, place in places().items()}
    korean: dict[str, tuple[Kind, str]] = {}
    for term, forms in lexicon().korean.items():
        for form in forms[:1]:
            if len(term) > 1 and form[:1].isupper() and (place := places().get(phrase(form))):
                korean[term] = ("place", place)
    text = resources.files("assistant").joinpath("data", "sectors.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        row = [f.strip() for f in line.split("\t")]
        for form in row:
            if language_of(form) == "ko":
                korean.setdefault(form.replace(" ", ""), ("sector", row[0]))
            else:
                english.setdefault(phrase(form), ("sector", row[0]))
    return english, korean


@cache
def _names_by_value() -> dict[tuple[Kind, Language, str], str]:
    """How a place or sector is called in a language: the first form of its list."""
    english, korean = _forms()
    named: dict[tuple[Kind, Language, str], str] = {}
    for kind, value in english.values():
        named.setdefault((kind, "en", value), value.title() if kind == "place" else value)
    for form, (kind, value) in sorted(korean.items(), key=lambda item: len(item[0])):
        named.setdefault((kind, "ko", value), form)
    return named


def called(slot: Slot, text: str, language: Language) -> str | None:
    """A slot of `text` in a language: its own words where they are in it; None where nothing is known."""
    words = slot.span.slice(text)
    if slot.kind == "date":
        year = re.search(r"(?:18|19|20)\d\d", words)
        if language == language_of(words) or words.isdigit():
            return words
        return year.group() if year and re.fullmatch(r"\d{4}년?", words) else None
    if slot.kind == "name" or language_of(words) == language:
        return words
    return _names_by_value().get((slot.kind, language, slot.value))
