"""Where a source that speaks of what a statement says differs from it."""

from __future__ import annotations

from assistant.stance.aligning import Alignment
from assistant.stance.difference import Difference
from assistant.stance.directions import directions, negations
from assistant.stance.facts import moments, months, places, quantities, years
from assistant.stance.wording import quantifiers, ranks, roles

__all__ = ["Difference", "differences"]


def differences(a: Alignment) -> tuple[Difference, ...]:
    """Every difference, each slot by its own rule."""
    return (
        *years(a),
        *months(a),
        *moments(a),
        *places(a),
        *quantities(a),
        *directions(a),
        *negations(a),
        *quantifiers(a),
        *ranks(a),
        *roles(a),
    )
