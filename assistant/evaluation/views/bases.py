"""What claims rest on, against labelled sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.views.labels import Line, holds
from assistant.evaluation.views.scores import Scores, Tally, touching
from assistant.types.policy import Rested

ORDER = ("found", "basis", "named")


def score(lines: Sequence[Line], found: Mapping[str, Sequence[Rested]]) -> Scores:
    """`found`: the sentence is listed as a claim. `basis`: every kind that must be given is, and none but those and the
    tolerated ones; a sentence that is not listed is wrong. `named`: the words or the note that a label asks for are
    among what is named, where the basis is right.
    """
    tally = Tally()
    for line in lines:
        at = touching([(r.citation.span, r) for r in found.get(line.document, ())], line.span)
        tally.add("found", bool(at))
        given = {kind for r in at for kind in r.basis}
        must, may = set(line.fields["basis"]), set(line.fields["may"])
        right = must <= given <= must | may if must else bool(given) and given <= may
        tally.add("basis", right)
        if not right:
            told = " + ".join(sorted(given)) or "not listed"
            tally.fail(f"wrong      {line.id}: {told}, not {' + '.join(sorted(must or may))}")
        elif line.fields["named"]:
            named = [f"{p.text} {p.why}" for r in at for p in r.named]
            good = any(holds(text, line.fields["named"]) for text in named)
            tally.add("named", good)
            if not good:
                tally.fail(f"field      {line.id}: named is {named}, not {line.fields['named']}")
    return Scores(tally.means(ORDER), tuple(tally.failures))
