"""Figures that clash: the same quantity, period and scope, another value than rounding and bounds allow."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence

from assistant.labels import ASPECTS
from assistant.policy.numbers.forms import compatible, form
from assistant.text import language_of
from assistant.types import Language
from assistant.types.policy import Conflict, Figure

_WIDE = frozenset(
    """investment amount package program level market rate share number firm company country project product item good
    service case member state unit price cost fee increase fund budget request tax order term period work peopl person
    percent position value job index score request author loan appropri spend spent discretionari provid receiv award grant paid
    limit collect charg""".split()
)
"""Words that name a quantity only with another beside them: two figures of `cost` need not be of one thing."""


_POINTING = frozenset(
    """account center program agency court bill act department committe offic board region district site facility unit plan
    phase group categori option scenario sourc type enact request congress administr govern""".split()
)
"""Words of a scope that say what is meant only with what stands before: `this account`."""


def conflicts(figures: Iterable[Figure]) -> tuple[Conflict, ...]:
    """Groups of figures of one quantity, period and scope of which two at least cannot both be right as they are written,
    in the order of their first figures. Without a quantity, a period or a scope that tells it from others, a figure is
    never compared; nor is what stands in the title of a cited work.
    """
    groups: dict[Hashable, list[Figure]] = {}
    for figure in figures:
        if (key := _key(figure)) is not None:
            groups.setdefault(key, []).append(figure)
    found = [c for group in groups.values() if (c := _clash(group)) is not None]
    return tuple(found)


def _key(figure: Figure) -> Hashable | None:
    """What two figures must share to be compared; None for one that is compared with nothing."""
    if figure.quantity is None or figure.period is None or figure.first is None or figure.last is None:
        return None
    if "title of a work" in figure.source or (figure.measure in ("limit", "change") and not figure.scope):
        return None
    quantity = form(figure.quantity.text)
    scope = frozenset((s.aspect, form(s.part.text)) for s in figure.scope if form(s.part.text))
    telling = {a for a, words in scope if a != "who" and not words <= _POINTING}
    if not quantity - _WIDE and not telling:
        return None
    if not telling and (_definite(figure) or figure.unit in ("count", "people")):
        return None
    if figure.measure == "share" and not any(s.aspect == "of" for s in figure.scope):
        return None
    if figure.measure == "rank" and not any(s.aspect == "who" for s in figure.scope):
        return None
    return (
        quantity, scope, figure.first, figure.last, figure.unit, figure.measure, figure.projected,
        "" if len(figure.period.text) <= 12 or figure.first != figure.last else figure.period.text.casefold(),
    )  # fmt: skip


_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|its|their|his|her)\s(?:\w+\s)?$|(?:이|그|해당)\s$", re.IGNORECASE
)


def _definite(figure: Figure) -> bool:
    """Whether a quantity is meant only with what stands before: `the request`, `its budget`."""
    part = figure.quantity
    if part is None or part.span is None or not figure.citation.span.contains(part.span):
        return True
    return _DEFINITE.search(figure.citation.quote[: part.span.start - figure.citation.span.start]) is not None


def _clash(group: Sequence[Figure]) -> Conflict | None:
    members: list[Figure] = []
    for one in group:
        for other in group:
            if one is not other and _apart(one, other) and not compatible(one, other) and one not in members:
                members.append(one)
    if len(members) < 2:
        return None
    return Conflict(tuple(members), _why(members))


def _apart(one: Figure, other: Figure) -> bool:
    """Whether two figures stand in different places: of one sentence or row the words tell them apart, whether or not
    that was understood."""
    if one.flow != other.flow and None not in (one.flow, other.flow):
        return False
    if one.document != other.document:
        return True
    if one.where == other.where == "table" and one.citation.headers == other.citation.headers:
        return False
    return one.citation.span != other.citation.span


def _why(members: Sequence[Figure]) -> str:
    first = members[0]
    language: Language = language_of(" ".join(f.citation.quote for f in members))
    quantity = first.quantity.text if first.quantity else ""
    scope = "; ".join(f"{ASPECTS[s.aspect][language]}: {s.part.text}" for s in first.scope)
    period = first.period.text if first.period else ""
    values = " / ".join(dict.fromkeys(f.surface for f in members))
    if language == "ko":
        return f"같은 수량({quantity}), 시기({period}){f', 범위({scope})' if scope else ''}; 값이 다름: {values}"
    return f"same quantity ({quantity}), period ({period}){f' and scope ({scope})' if scope else ''}; the values differ: {values}"
