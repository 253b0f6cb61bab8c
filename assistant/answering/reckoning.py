"""What figures in sentences imply: the difference, change, growth, ratio, sum or average of two amounts that documents give
in words, where both are of the same unit and scope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering import wording
from assistant.answering.calculating import Operation, compute, is_operation, rounded
from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.answering.pieces import Piece
from assistant.answering.scopes import apart
from assistant.quantities import numbers
from assistant.questions import Concept, Question
from assistant.stance.amounts import Amount
from assistant.stance.keys import Key, keys
from assistant.types import Span

_PAIRED = ("difference", "change", "growth", "ratio", "sum", "average")


@dataclass(frozen=True, slots=True)
class Operand:
    """An amount in a sentence, and what of the question it is of: a year, or a name."""

    candidate: Candidate
    key: Key
    of: str

    @property
    def amount(self) -> Amount:
        return self.key.amount


def stated(operation: Operation, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence in which a document itself says what would be calculated: it names all that is asked for, and the
    amount by which something changed, or for a share one in percent.
    """
    if operation.kind in ("ranking", "average"):
        return None
    for c in found:
        near = (
            c.kind == "sentence" and c.kindred == 1.0 and c.coverage >= 0.5 and not c.absent_years and not c.elsewhere
        )
        if not near or any(not is_operation(u) for u in c.uncovered if u.kind != "generic"):
            continue
        told = keys(c.text)
        if operation.kind == "share" and any(k.amount.unit == "percent" for k in told):
            return c
        if operation.kind == "growth" and any(k.amount.unit == "percent" and k.role != "from" for k in told):
            return c
        if operation.kind in ("difference", "change") and any(k.role == "change" for k in told):
            return c
    return None


_TELLS = {
    "average": re.compile(r"\b(?:averag\w+|mean|typical\w*|per year|a year|annual\w*)\b|평균|연간|매년", re.IGNORECASE),
    "ratio": re.compile(
        r"\b(?:ratio|times|percent|per cent|twice|half|double|triple|\w+fold)\b|%|배|비율|비중", re.IGNORECASE
    ),
}
"""How a text says itself what would else have to be calculated."""


def uncalculated(question: Question, operation: Operation, best: Candidate) -> bool:
    """Whether a result is asked for that could not be calculated and that the best candidate does not tell: it lacks the
    word for it, or one of those that are to be added or compared.
    """
    if question.wants != "number" or best.kind == "row":
        return False
    if operation.kind in _TELLS:
        return not _TELLS[operation.kind].search(best.text)
    return operation.kind in ("sum", "difference") and any(u.kind == "name" for u in best.uncovered)


def over_sentences(question: Question, operation: Operation, found: Sequence[Candidate]) -> list[Piece]:
    """The calculation over two amounts that sentences give for the two years, or the two things, that the question names,
    and those sentences; empty unless each has exactly one.
    """
    if operation.kind not in _PAIRED:
        return []
    rest = [c for c in question.concepts if c.kind not in ("generic", "year", "number") and not is_operation(c)]
    by_year = len(question.years) == 2
    pair = [str(y) for y in sorted(question.years, reverse=True)] if by_year else _compared(question, rest)
    if len(pair) != 2:
        return []
    shared = rest if by_year else [c for c in rest if c.surface not in pair]
    one, other = (_operand(of, by_year, pair, shared, question, found) for of in pair)
    if one is None or other is None or (told := _told(question, operation, (one, other))) is None:
        return []
    quoted = {o.candidate.span: o.candidate for o in (one, other)}
    return [told, *(Piece(c, c.text, c.span, None, c.score) for c in quoted.values())]


def _compared(question: Question, rest: Sequence[Concept]) -> list[str]:
    """The two things that a question compares or adds: named on both sides of `than`, `and`, `보다`, `와`."""
    joint = re.search(r"\b(?:than|and|or|versus|vs\.?|to)\b|보다|[와과]\s|(?<=[가-힣])및\s", question.text)
    placed = sorted(
        ((question.text.find(c.surface), c) for c in rest if c.surface in question.text), key=lambda p: p[0]
    )
    if joint is None:
        return []
    sides = question.text[: joint.start()], question.text[joint.start() :]
    placed = [(at, c) for at, c in placed if not all(c.surface in side for side in sides)]
    before = [c for at, c in placed if at < joint.start()]
    after = [c for at, c in placed if at >= joint.start()]
    return [before[-1].surface, after[0].surface] if before and after else []


def _operand(
    of: str,
    by_year: bool,
    pair: Sequence[str],
    shared: Sequence[Concept],
    question: Question,
    found: Sequence[Candidate],
) -> Operand | None:
    """The one amount that the best sentence gives of what is asked for, and of its rival nothing in the same breath."""
    for c in found[:16]:
        if c.kind not in ("sentence", "note") or c.elsewhere:
            continue
        told = bag_of(f"{c.before} {c.text}" if by_year else c.text)
        lost = [s for s in shared if covers(s, told) < 0.5]
        if any(s.kind == "name" for s in lost) or len(lost) * 3 > len(shared):
            continue
        if amount := _amount(c.text, of, pair, by_year, question):
            return Operand(c, amount, of)
    return None


def _amount(text: str, of: str, pair: Sequence[str], by_year: bool, question: Question) -> Key | None:
    """The amount that stands with a year or a name: the only one of its clause, or the nearest to a year behind it."""
    found = [k for k in keys(text) if k.role != "change" and k.amount.low == k.amount.high]
    if not found:
        return None
    places = [Span(*m.span()) for m in re.finditer(re.escape(of), text, re.IGNORECASE)]
    if not by_year and not places:
        concept = next((c for c in question.concepts if c.surface == of), None)
        if concept is None or covers(concept, bag_of(text)) < 0.85:
            return None
        return found[0] if len(found) == 1 else None
    if not places:
        return None
    rivals = [
        Span(*m.span()) for other in pair if other != of for m in re.finditer(re.escape(other), text, re.IGNORECASE)
    ]
    if not rivals:
        return found[0] if len(found) == 1 else None
    return _nearest(places, rivals, found)


def _of_units(found: Sequence[Key]) -> set[str]:
    return {k.amount.unit for k in found}


def _nearest(places: Sequence[Span], rivals: Sequence[Span], found: Sequence[Key]) -> Key | None:
    """`41,000 in 2018 to 52,500 in 2022`: as many amounts as years or names, each beside its own, in one order."""
    if len(found) != 2 or len(places) != 1 or len(rivals) != 1 or len(_of_units(found)) != 1:
        return None
    first, second = found[0].amount, found[1].amount
    own, rival = places[0], rivals[0]
    early, late = (own, rival) if own.start < rival.start else (rival, own)
    told_first = first.span.end <= early.start and early.end <= second.span.start and second.span.end <= late.start
    named_first = early.end <= first.span.start and first.span.end <= late.start and late.end <= second.span.start
    if not (told_first or named_first):
        return None
    return found[0] if own is early else found[1]


def _told(question: Question, operation: Operation, operands: tuple[Operand, Operand]) -> Piece | None:
    one, other = operands
    first = one.candidate
    unit, beside = _unit(one.key, first.text), _unit(other.key, other.candidate.text)
    if other.candidate.span == first.span:  # `4.2 million passengers in 2022 and 5.1 million in 2023`
        unit, beside = _elliptic(unit, beside, one.key, other.key)
    values = [_value(o.amount) for o in operands]
    if unit is None or unit != beside or one.amount.unit != other.amount.unit or None in values:
        return None
    if other.candidate.passage.document != first.passage.document or _differ(first, other.candidate):
        return None
    percent = one.amount.unit in ("percent", "points")
    if percent and operation.kind in ("sum", "average"):
        return None
    made = compute(operation, [v for v in values if v is not None], unit, percent, question)
    if made is None:
        return None
    lead = wording.calculation(operation.kind, made, question.language, rounded(made))
    listed = "; ".join(f"{o.of}: {' '.join(o.amount.surface.split())}" for o in operands)
    second = () if other.candidate.span == first.span else (other.candidate.span,)
    own = replace(first, kind="calculation")
    return Piece(own, f"{lead}. {listed}", first.span, None, first.score, added=second, computed=made)


def _differ(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences set other limits to their figures than the year: nothing is added or taken away then."""
    if one.span == other.span:
        return False
    return any(s is not None and s.dimension != "year" for pair in apart(one.text, other.text) for s in pair)


def _value(amount: Amount) -> Decimal | None:
    """The one number of an exact amount, as it is written."""
    found = numbers(amount.surface)
    return found[0].value if len(found) == 1 and amount.bound not in ("over", "under") else None


def _unit(key: Key, text: str) -> str | None:
    """An amount's unit in its own words, its scale and what it counts included: 'USD billion', '명'. None where it counts
    something unnamed.
    """
    amount = key.amount
    words = " ".join(re.sub(r"[\d.,\u2212$\u20ac-]+", " ", amount.surface).split())
    if amount.unit in ("USD", "KRW", "EUR", "JPY", "GBP", "CNY") and not re.search(r"[가-힣]", words):
        return f"{amount.unit} {re.sub(_CURRENCY, '', words).strip()}".strip()
    if amount.unit == "count":
        counted = key.counter or (key.heads[0].slice(text).lower() if key.heads else "")
        return " ".join(filter(None, [words if key.counter != words else "", counted])) or None
    return words or None


def _elliptic(unit: str | None, other: str | None, one: Key, two: Key) -> tuple[str | None, str | None]:
    """The units of two amounts of one sentence, where the one that names nothing counted counts what the other does."""
    if one.amount.unit != "count" or two.amount.unit != "count" or bool(one.heads) == bool(two.heads):
        return unit, other
    longer, bare = (unit, other) if one.heads else (other, unit)
    scale = "" if bare is None else bare
    if longer is None or not (longer == scale or longer.startswith(f"{scale} ".lstrip())):
        return unit, other
    if not scale and _SCALED.match(longer):
        return unit, other
    return longer, longer


_SCALED = re.compile(r"(?:thousand|million|billion|trillion)\b", re.IGNORECASE)
_CURRENCY = re.compile(r"\b(?:US\$|USD|KRW|EUR|JPY|GBP|CNY|RMB|dollars?|won|euros?|yen|pounds?|yuan)\b", re.IGNORECASE)
