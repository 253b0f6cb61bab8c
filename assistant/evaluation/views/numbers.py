"""Figures against labelled ones: found with their value, and right field by field; what queries show; what conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.evaluation.views.labels import Fields, Line, groups, holds
from assistant.evaluation.views.scores import Scores, Tally, touching, with_f1
from assistant.types.policy import Conflict, Figure

PLAIN = ("unit", "measure", "flow", "bound", "origin", "projected")
"""Fields that are right where they are equal."""
ORDER = ("precision", "recall", *PLAIN, "years", "quantity", "scope")
QUERIES = ("query shows it", "query: it first")
CONFLICTS = ("no false conflict",)


def score(lines: Sequence[Line], found: Mapping[str, Sequence[Figure]]) -> Scores:
    """A figure is found where one at its place has its value. `precision`: of the labelled places at which something was
    found, those that are figures and were read with the right value. Fields are judged where the figure was found, and
    only those that the label names; `scope` once for each aspect.
    """
    tally = Tally()
    for line in lines:
        at = touching([(f.span, f) for f in found.get(line.document, ())], line.span)
        if not line.fields["figure"]:
            if at:
                tally.add("precision", False)
                tally.fail(f"wrong      {line.id}: {line.fields['why']}; read as {at[0].low} {at[0].unit}")
            continue
        right = [f for f in at if _value(line.fields, f)]
        tally.add("recall", bool(right))
        if at:
            tally.add("precision", bool(right))
        if not right:
            tally.fail(f"missed     {line.id}" + (f": read as {at[0].low} {at[0].unit}" if at else ""))
            continue
        _fields(tally, line, right[0])
    return Scores(with_f1(tally.means(ORDER)), tuple(tally.failures))


def _value(label: Fields, figure: Figure) -> bool:
    low = Decimal(label["value"])
    return figure.low == low and figure.high == Decimal(label.get("high", label["value"]))


def _fields(tally: Tally, line: Line, figure: Figure) -> None:
    wanted = line.fields
    for name in PLAIN:
        if name in wanted:
            _judge(tally, line, name, getattr(figure, name) == wanted[name], getattr(figure, name), wanted[name])
    if "first" in wanted:
        years = (figure.first, figure.last)
        expected = (wanted["first"], wanted.get("last", wanted["first"]))
        _judge(tally, line, "years", years == expected, years, expected)
    quantity = figure.quantity.text if figure.quantity else None
    _judge(tally, line, "quantity", holds(quantity, wanted["quantity"]), quantity, wanted["quantity"])
    for aspect, alternatives in wanted["scope"].items():
        texts = [s.part.text for s in figure.scope if s.aspect == aspect]
        right = any(holds(t, alternatives) for t in texts)
        _judge(tally, line, "scope", right, f"{aspect} {'; '.join(texts) or 'none'}", alternatives)


def _judge(tally: Tally, line: Line, name: str, right: bool, found: object, wanted: object) -> None:
    tally.add(name, right)
    if not right:
        tally.fail(f"field      {line.id}: {name} is {found}, not {wanted}")


def score_queries(
    queries: Sequence[Fields], ranked: Mapping[str, Sequence[Figure]], places: Mapping[str, Line]
) -> Scores:
    """Of each query whether its candidates hold a figure of every group that answers (groups of documents that are not
    held left aside), and whether these all stand before any figure that must not be taken for them. `places`: the
    labelled figures by id.
    """
    tally = Tally()
    for query in queries:
        asked = [[places[i] for i in group if i is not None and i in places] for group in groups(query["answers"])]
        wanted = [group for group in asked if group]
        if not wanted:
            continue
        candidates = ranked.get(query["id"], ())
        ranks = [_rank(candidates, group) for group in wanted]
        shown = all(r is not None for r in ranks)
        wrong = _rank(candidates, [places[i] for i in query["not"] if i in places])
        first = shown and (wrong is None or all(r is not None and r < wrong for r in ranks))
        tally.add(QUERIES[0], shown)
        tally.add(QUERIES[1], first)
        if not first:
            why = "another figure stands before it" if shown else f"not among {len(candidates)} candidates"
            tally.fail(f"query      {query['id']}: {query['query']}  [{why}]")
    return Scores(tally.means(QUERIES), tuple(tally.failures))


def _rank(candidates: Sequence[Figure], group: Sequence[Line]) -> int | None:
    """Place of the first candidate that is one of these figures."""
    for rank, figure in enumerate(candidates):
        if any(_same(figure, line) for line in group):
            return rank
    return None


def _same(figure: Figure, line: Line) -> bool:
    return figure.document == line.document and figure.span.overlaps(line.span) and _value(line.fields, figure)


def score_conflicts(pairs: Sequence[Fields], shown: Sequence[Conflict], places: Mapping[str, Line]) -> Scores:
    """Whether pairs that only look like conflicts are left alone, and those that are one are shown."""
    tally = Tally()
    for pair in pairs:
        both = [places[i] for i in pair["figures"] if i in places]
        if len(both) < 2:
            continue
        claimed = any(all(any(_same(f, line) for f in c.figures) for line in both) for c in shown)
        tally.add(CONFLICTS[0], claimed == pair["conflict"])
        if claimed != pair["conflict"]:
            tally.fail(f"conflict   {pair['id']}: {pair['why']}")
    return Scores(tally.means(CONFLICTS), tuple(tally.failures))
