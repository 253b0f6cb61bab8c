"""Stages against labelled sentences: how far a measure had come, which measure, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.views.labels import Line, holds
from assistant.evaluation.views.scores import Scores, Tally, touching, with_f1
from assistant.types import Span
from assistant.types.policy import Staged

ORDER = ("precision", "recall", "stage", "what", "when")


def score(lines: Sequence[Line], found: Mapping[str, Sequence[tuple[Span, Staged]]]) -> Scores:
    """`found`: the sentence of each finding with it. A sentence counts as found where any stage was read from it; the
    stage is right where one of those is; `what` and `when` are judged where the stage is right.
    """
    tally = Tally()
    for line in lines:
        at = touching(found.get(line.document, ()), line.sentence)
        stages = line.fields["stage"]
        if not stages:
            if at:
                tally.add("precision", False)
                tally.fail(f"wrong      {line.id}: {line.fields['why']}; {at[0].stage} by {at[0].sign.text!r}")
            continue
        tally.add("recall", bool(at))
        if not at:
            tally.fail(f"missed     {line.id}")
            continue
        tally.add("precision", True)
        right = [s for s in at if s.stage in stages]
        tally.add("stage", bool(right))
        if not right:
            tally.fail(f"field      {line.id}: stage is {', '.join(s.stage for s in at)}, not {' or '.join(stages)}")
            continue
        for name in ("what", "when"):
            parts = [getattr(s, name) for s in right]
            good = any(holds(p.text if p else None, line.fields[name]) for p in parts)
            tally.add(name, good)
            if not good:
                told = " / ".join(repr(p.text) if p else "none" for p in parts)
                tally.fail(f"field      {line.id}: {name} is {told}, not {line.fields[name]}")
    return Scores(with_f1(tally.means(ORDER)), tuple(tally.failures))
