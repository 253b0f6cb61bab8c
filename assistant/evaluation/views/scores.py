"""What comes of holding a view against its labels: counts, and what went wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.evaluation.measures import Mean, mean
from assistant.types import Span


@dataclass(slots=True)
class Tally:
    """Judgements as they are made: a measure's values (0 to 1) in order, and a line for each thing to look at."""

    values: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    unlabelled: int = 0

    def add(self, measure: str, value: float | bool) -> None:
        self.values.setdefault(measure, []).append(float(value))

    def fail(self, what: str) -> None:
        self.failures.append(what)

    def found_elsewhere(self, where: str) -> None:
        """Something was found where nobody labelled."""
        self.unlabelled += 1
        self.failures.append(f"unlabelled {where}")

    def means(self, order: Sequence[str]) -> dict[str, Mean]:
        """A mean for each measure named, in that order, those without a case among them."""
        return {name: mean(self.values.get(name, [])) for name in order}


@dataclass(frozen=True, slots=True)
class Scores:
    """A view's measures and failures over a set of labels."""

    measures: Mapping[str, Mean]
    failures: tuple[str, ...] = ()
    unlabelled: int = 0
    """Findings at places that nobody labelled, in documents whose labels are meant to be complete."""


def f1(precision: Mean, recall: Mean) -> Mean:
    """The harmonic mean of two means, its error by the delta method as if the two were independent; n is the recall's.

    >>> f1(Mean(0.5, None, 4), Mean(1.0, None, 2)).value
    0.6666666666666666
    """
    p, r = precision.value, recall.value
    if p is None or r is None:
        return Mean(None, None, 0)
    if p + r == 0:
        return Mean(0.0, None, recall.n)
    error = None
    if precision.error is not None and recall.error is not None:
        error = 2 * math.hypot(r * r * precision.error, p * p * recall.error) / (p + r) ** 2
    return Mean(2 * p * r / (p + r), error, recall.n)


def with_f1(means: Mapping[str, Mean], precision: str = "precision", recall: str = "recall") -> dict[str, Mean]:
    """The means with F1 behind the two that it is made of."""
    made: dict[str, Mean] = {}
    for name, value in means.items():
        made[name] = value
        if name == recall:
            made["F1"] = f1(means[precision], value)
    return made


Found = TypeVar("Found")


def touching(found: Iterable[tuple[Span, Found]], place: Span) -> list[Found]:
    """What was found at places that overlap this one, in order."""
    return [item for span, item in found if span.overlaps(place)]
