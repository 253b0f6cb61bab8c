"""What a question demands that the nearest candidates do not meet: another year, another place, a row that a table lacks,
a kind of answer that no sentence near it gives. It is told in the abstention; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.answering.candidates import Candidate, Weigh, bag_of, concept_weight, covers
from assistant.answering.fit import kindred
from assistant.lexicon import lexicon, phrase, places, places_in
from assistant.quantities import year_range
from assistant.questions import Question, Wants, is_superlative
from assistant.types import Language

Demand = Literal["year", "place", "row", "kind"]
NEAR = 8
"""Among so many of the best candidates it is looked for what comes nearest."""
ON_SUBJECT = 0.6
"""A candidate is on the subject where it names this share, by weight, of what the question speaks of, the demand aside."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One demand that is not met: what is asked for, and what the nearest candidate offers in its stead ('' for nothing)."""

    demand: Demand
    asked: str
    offered: str = ""


def unmet(
    question: Question, found: Sequence[Candidate], everything: Sequence[Candidate], weigh: Weigh
) -> tuple[Unmet, ...]:
    """The demands that keep the nearest candidates on the subject from answering; empty where none of them is on it."""
    near = [c for c in (found or everything)[:NEAR] if c.kind not in ("reference", "title", "caption")]
    told = [*_years(question, near, weigh), *_places(question, near, weigh)]
    told = told or [*_rows(question, near)]
    told = told or [*_kinds(question, found, everything[:NEAR], weigh)]
    return tuple(told[:2])


def _about(question: Question, c: Candidate, weigh: Weigh, apart: frozenset[str]) -> bool:
    """Whether a candidate names enough of what the question speaks of, some concepts aside."""
    weights = {
        k: concept_weight(k, weigh)
        for k in question.concepts
        if k.kind not in ("generic", "year") and k.surface not in apart and not is_superlative(k.surface)
    }
    around = "\n".join([c.before, *c.passage.section, c.passage.context if c.kind == "row" else ""])
    own, beside = bag_of(c.text), bag_of(around)
    held = sum(w * max(covers(k, own), 0.8 * covers(k, beside)) for k, w in weights.items())
    return held >= ON_SUBJECT * sum(weights.values()) > 0.0


def _years(question: Question, near: Sequence[Candidate], weigh: Weigh) -> list[Unmet]:
    """A figure is asked for a year of which nothing near gives one, and one is given for others."""
    if not question.years:
        return []
    # A sentence that names the year and answers nothing would make the telling untrue.
    if any(question.years <= year_range(f"{c.text}\n{c.before}\n{c.passage.context}") for c in near):
        return []
    for c in near:
        offered = year_range(c.text) - question.years
        if c.kind == "row" and c.table:
            offered = year_range("\n".join([c.table.caption, *(h.column or h.text for h in c.table.header)]))
        if offered and _about(question, c, weigh, frozenset()):
            return [Unmet("year", _listed(map(str, sorted(question.years))), _span(sorted(offered)))]
    return []


def _places(question: Question, near: Sequence[Candidate], weigh: Weigh) -> list[Unmet]:
    """A place is asked for that nothing near names, where one on the subject names another."""
    wanted = places_in(question.gist)
    here = [(c, places_in("\n".join([c.text, c.before, *c.passage.section, c.passage.context]))) for c in near]
    lost = wanted - frozenset(p for _, places in here for p in places)
    if not lost:
        return []
    # What most of them name is what the documents are about, and no other place than the one asked for.
    everywhere = frozenset(p for _, ps in here for p in ps if 2 * sum(p in others for _, others in here) > len(here))
    apart = frozenset(k.surface for k in question.concepts if any(places_in(" ".join(f)) for f in k.forms))
    for c, _ in here:
        offered = places_in(c.text) - wanted - everywhere
        if offered and _about(question, c, weigh, apart):
            return [Unmet("place", _named(lost, question.language), _named(offered, question.language))]
    return []


def _rows(question: Question, near: Sequence[Candidate]) -> list[Unmet]:
    """A row is asked for that the table on the subject does not have."""
    best = near[0] if near else None
    if best is None or best.kind != "row" or best.table is None:
        return []
    every = bag_of("\n".join([best.table.caption, *(c.text for row in best.table.rows for c in row[:1])]))
    header = bag_of(" ".join(c.column or c.text for c in best.table.header))
    lost = [
        k.surface
        for k in best.uncovered
        if k.kind in ("term", "name")
        and not is_superlative(k.surface)
        and max(covers(k, every), covers(k, header)) == 0.0
    ]
    rows = [row[0].text.strip() for row in best.table.rows if row and row[0].text.strip()]
    return [Unmet("row", _listed(lost[:2]), _listed(rows[:8]))] if lost and rows else []


def _kinds(question: Question, found: Sequence[Candidate], near: Sequence[Candidate], weigh: Weigh) -> list[Unmet]:
    """A number, date, reason or person is asked for, and no sentence on the subject gives one."""
    if question.wants not in _KINDS["en"]:
        return []
    on = [c for c in near if c.kind in ("sentence", "row", "note") and _about(question, c, weigh, frozenset())]
    least = 0.0 if question.wants == "number" else 0.5  # a figure of another kind is a figure
    if on and not any(kindred(question, c.text) > least for c in on):
        return [Unmet("kind", question.wants)]
    return []


_KINDS: dict[Language, dict[Wants, str]] = {
    "en": {"number": "a figure", "when": "a date", "reason": "a reason", "who": "a person or body"},
    "ko": {"number": "수치를", "when": "시기를", "reason": "이유를", "who": "누구인지를"},
}
_SAYS: dict[Demand, dict[Language, str]] = {
    "year": {
        "en": "What comes nearest is of {offered}, not of {asked}.",
        "ko": "가장 가까운 대목은 {asked}년이 아니라 {offered}년의 것입니다.",
    },
    "place": {
        "en": "What comes nearest speaks of {offered}, not of {asked}.",
        "ko": "가장 가까운 대목이 다루는 곳: {offered} (물으신 곳: {asked}).",
    },
    "row": {
        "en": "The nearest table has no row on {asked}; its rows: {offered}.",
        "ko": "가장 가까운 표에는 다음 행이 없습니다: {asked}. 표에 있는 행: {offered}.",
    },
    "kind": {
        "en": "What comes nearest does not give {asked}.",
        "ko": "가장 가까운 대목은 {asked} 밝히지 않습니다.",
    },
}


def told(demands: Sequence[Unmet], language: Language) -> str:
    """The demands that are not met, a sentence each."""
    said = []
    for u in demands:
        asked = next((told for wants, told in _KINDS[language].items() if wants == u.asked), u.asked)
        said.append(_SAYS[u.demand][language].format(asked=asked, offered=u.offered))
    return " ".join(said)


def _span(years: Sequence[int]) -> str:
    if len(years) > 3:
        return f"{years[0]}\u2013{years[-1]}"
    return _listed(map(str, years))


def _named(places: frozenset[str], language: Language) -> str:
    known = _hangul() if language == "ko" else {}
    return _listed(known.get(p) or " ".join(w.capitalize() for w in p.split()) for p in sorted(places)[:3])


@cache
def _hangul() -> dict[str, str]:
    """A place's Korean name: the shortest that the glossary gives for it alone."""
    found: dict[str, str] = {}
    for korean, english in lexicon().korean.items():
        place = places().get(phrase(english[0])) if english else None
        if place and len(korean) > 1 and (place not in found or len(korean) < len(found[place])):
            found[place] = korean
    return found


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)
