"""Comparisons of two documents against labelled topics: the topic is shown, its relation is right, its places are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.evaluation.views.labels import Fields, Line, has
from assistant.evaluation.views.scores import Scores, Tally
from assistant.text import terms
from assistant.types import Citation
from assistant.types.policy import Row

ORDER = (
    "topic shown", "relation, of itself", "misled, of itself", "relation, asked", "misled, asked", "cites it, asked",
    "neither, asked",
)  # fmt: skip
"""`misled`: a relation is claimed that is false; 'both speak' claims none."""

Pair = tuple[str, str]


def pair_of(label: Fields) -> Pair:
    first, second = label["documents"]
    return str(first), str(second)


def score(
    labels: Sequence[Fields],
    shown: Mapping[Pair, Sequence[Row]],
    asked: Mapping[tuple[Pair, str], Sequence[Row]],
    places: Mapping[tuple[Pair, str], Sequence[Line]],
) -> Scores:
    """`shown`: the rows of a comparison without a topic; `asked`: those with the label's first topic given; `places`:
    where the label's quotes stand. Pairs that are not held are in none of them and are left out. A row is of the topic
    where its name, or else a term of it, is one of the label's names; with the topic given, the first row is.
    """
    tally = Tally()
    for label in labels:
        pair = pair_of(label)
        topic = str(label["topic"][0])
        if pair not in shown:
            continue
        named = asked.get((pair, topic), ())
        if not label["relation"]:
            silent = all(not r.first and not r.second for r in named)
            tally.add("neither, asked", silent)
            if not silent:
                tally.fail(f"wrong      {label['id']}: neither speaks of it; told {named[0].relation}")
            continue
        row = _row(label["topic"], shown[pair])
        tally.add("topic shown", row is not None)
        if row is None:
            tally.fail(f"missed     {label['id']}: no row on {topic!r}")
        else:
            _relation(tally, label, row, "of itself")
        if not named:
            tally.add("relation, asked", False)
            tally.fail(f"missed     {label['id']}: nothing on {topic!r} when it is asked for")
            continue
        _relation(tally, label, named[0], "asked")
        wanted = places.get((pair, topic), ())
        for document, cited in zip(pair, (named[0].first, named[0].second), strict=True):
            there = [line for line in wanted if line.document == document]
            if there:
                tally.add("cites it, asked", _cited(cited, there))
    return Scores(tally.means(ORDER), tuple(tally.failures))


def _row(topics: Sequence[str], rows: Sequence[Row]) -> Row | None:
    """The row of that very name; else the first that has it among its terms; else the first whose name holds it."""
    ways: tuple[Callable[[str, Row], bool], ...] = (
        lambda topic, row: _alike(topic, row.topic),
        lambda topic, row: any(_alike(topic, term) for term in row.terms),
        lambda topic, row: has(topic, row.topic),
    )
    for way in ways:
        for topic in topics:
            for row in rows:
                if way(topic, row):
                    return row
    return None


def _alike(one: str, other: str) -> bool:
    return terms(one) == terms(other) != []


def _relation(tally: Tally, label: Fields, row: Row, how: str) -> None:
    right = row.relation in label["relation"]
    tally.add(f"relation, {how}", right)
    tally.add(f"misled, {how}", not right and row.relation != "both_speak")
    if not right:
        wanted = " or ".join(label["relation"])
        tally.fail(f"relation   {label['id']} ({how}, row {row.topic!r}): {row.relation}, not {wanted}")


def _cited(cited: Sequence[Citation], places: Sequence[Line]) -> bool:
    return any(c.document == line.document and c.span.overlaps(line.sentence) for c in cited for line in places)
