"""Recommendations against labelled sentences: found where one stands, nowhere else, and right field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.evaluation.views.labels import Line, groups, has, holds, holds_all
from assistant.evaluation.views.scores import Scores, Tally, touching, with_f1
from assistant.types.policy import Part, Recommendation

FIELDS = ("actor", "action", "instruments", "beneficiaries", "condition", "pillar", "strength")
ORDER = ("precision", "recall", *FIELDS, "count", "told apart", "precision of all")


def score(lines: Sequence[Line], found: Mapping[str, Sequence[Recommendation]], document_wide: bool = True) -> Scores:
    """A sentence counts as found where a finding of the voice `own` touches it. `precision` and `recall` are over
    labelled sentences; `precision of all` counts every own finding, those at sentences that nobody labelled as wrong
    (only with `document_wide`: a half of the labels says nothing about the rest); `told apart` is over the sentences
    that hold somebody else's or a past recommendation and at which something was found. Fields are judged where the
    sentence was found, of the finding that has most of them right.
    """
    tally = Tally()
    for line in lines:
        at = touching([(r.citation.span, r) for r in found.get(line.document, ())], line.sentence)
        own = [r for r in at if r.voice == "own"]
        if line.fields["recommends"]:
            tally.add("recall", bool(own))
            if own:
                tally.add("precision", True)
                _fields(tally, line, own)
            else:
                tally.fail(f"missed     {line.id}" + (f": told as {at[0].voice}" if at else ""))
        else:
            if own:
                tally.add("precision", False)
                tally.fail(f"wrong      {line.id}: {line.fields['why']}; sign {own[0].sign.text!r}")
            if at and (line.fields.get("fields") or {}).get("voice"):
                tally.add("told apart", not own)
    if document_wide:
        _all(tally, lines, found)
    return Scores(with_f1(tally.means(ORDER)), tuple(tally.failures), tally.unlabelled)


def _fields(tally: Tally, line: Line, own: Sequence[Recommendation]) -> None:
    wanted = line.fields["fields"]
    judged = [name for name in FIELDS if name in wanted]
    best = max(
        ({name: _right(name, wanted[name], r, own) for name in judged} for r in own), key=lambda v: sum(v.values())
    )
    for name, right in best.items():
        tally.add(name, right)
        if not right:
            tally.fail(f"field      {line.id}: {name} is {_shown(name, own)}, not {wanted[name]}")
    tally.add("count", len(own) == line.fields["count"])


def _right(name: str, wanted: object, item: Recommendation, own: Sequence[Recommendation]) -> bool:
    return _JUDGES[name](wanted, item, own)


def _named(wanted: object, parts: Sequence[Part]) -> bool:
    """Of a list: every group is met by a part; where nothing is named, nothing is found."""
    texts = [p.text for p in parts]
    met = [any(a is not None and has(a, t) for a in group for t in texts) for group in groups(wanted)]
    return all(met) if met else not texts


def _alternatives(wanted: object) -> tuple[str | None, ...] | None:
    return tuple(wanted) if isinstance(wanted, list | tuple) else None


_JUDGES: Mapping[str, Callable[[object, Recommendation, Sequence[Recommendation]], bool]] = {
    "actor": lambda w, r, _: holds(r.actor.text if r.actor else None, _alternatives(w)),
    "action": lambda w, r, _: holds_all(r.action.text, [str(k) for k in _alternatives(w) or ()]),
    "instruments": lambda w, _, own: _named(w, [p for r in own for p in r.instruments]),
    "beneficiaries": lambda w, _, own: _named(w, [p for r in own for p in r.beneficiaries]),
    "condition": lambda w, r, _: holds(r.condition.text if r.condition else None, _alternatives(w)),
    "pillar": lambda w, r, _: holds(r.pillar.text if r.pillar else None, _alternatives(w)),
    "strength": lambda w, r, _: r.strength in (_alternatives(w) or (w,)),
}


def _shown(name: str, own: Sequence[Recommendation]) -> str:
    shown = []
    for r in own:
        value = getattr(r, name)
        parts = value if isinstance(value, tuple) else (value,)
        shown.append("; ".join(p if isinstance(p, str) else repr(p.text) if p else "none" for p in parts) or "none")
    return " / ".join(shown)


def _all(tally: Tally, lines: Sequence[Line], found: Mapping[str, Sequence[Recommendation]]) -> None:
    for document in sorted({line.document for line in lines}):
        places = [(line.sentence, line) for line in lines if line.document == document]
        for r in found.get(document, ()):
            if r.voice != "own":
                continue
            at = touching(places, r.citation.span)
            tally.add("precision of all", any(line.fields["recommends"] for line in at))
            if not at:
                tally.found_elsewhere(f"{document} {r.citation.span.start}: {_brief(r.citation.quote)}")


def _brief(quote: str) -> str:
    """The first words of a sentence: enough to find it, too few to stand for it."""
    words = quote.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
