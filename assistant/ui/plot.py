"""Who cites what, drawn: works against the documents that name them, or against the notes of one document.

The plot is made by the browser from Streamlit's own bundle. Its labels draw letters and nothing else; no field of it
is an address or an expression.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from assistant.sources.ledger import Entry
from assistant.types import Language, Naming, SourceState
from assistant.ui.foreign import letters
from assistant.ui.style import COLOURS
from assistant.ui.works import byline

MOST = 120
"""Works drawn at most; what lies beyond stands in the table."""
DOCUMENTS = 12
"""Documents that have a column of their own; of more, only how many name a work is drawn."""
WRITTEN = 4
"""Documents beside which the numbers of the notes fit."""

_SHAPES: dict[SourceState, str] = {
    "held": "circle",
    "not_held": "circle",
    "dead": "M-.8,-.8L.8,.8M.8,-.8L-.8,.8",
    "moved": "triangle-right",
    "blocked": "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0M-.7,.7L.7,-.7",
    "ambiguous": "diamond",
    "not_retrievable": "square",
}
"""The signs of `evidence.STATES`: `held` alone is filled."""
_FONT = "system-ui, 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: the chart, how many works it shows, and the states that need a legend."""

    chart: alt.LayerChart
    works: int
    states: tuple[SourceState, ...]


def plot(
    entries: Sequence[Entry], documents: Mapping[str, str], language: Language, axes: tuple[str, str]
) -> Plot | None:
    """The entries against `documents` (id -> name), of which at least one names each. None where nothing is named.
    `axes` are what the axis says: of notes, of counts.
    """
    documents = dict(zip(documents, _unlike([letters(d, 40) for d in documents.values()]), strict=True))
    found = [(e, [n for n in e.namings if n.document in documents]) for e in entries]
    found = [(e, named) for e, named in found if named]
    many = len(documents) > DOCUMENTS
    most = sorted(found, key=lambda f: -len(f[1]))[:MOST]
    kept = {e.work.id for e, _ in most}
    found = most if many else [f for f in found if f[0].work.id in kept]
    if not found:
        return None
    labels = _labels([e for e, _ in found], language)
    if len(documents) == 1:
        rows = [
            row
            for (e, named), label in zip(found, labels, strict=True)
            for row in _along(e, label, documents, sorted(_once(named), key=_place))
        ]
        x: Any = alt.X("place:Q", title=axes[0], scale=alt.Scale(zero=False, nice=False, padding=16),
                       axis=alt.Axis(labels=False, ticks=False, grid=False))  # fmt: skip
    elif many:
        rows = [
            _row(e, label, documents, named, str(len(named)), len(named))
            for (e, named), label in zip(found, labels, strict=True)
        ]
        x = alt.X("place:Q", title=axes[1], scale=alt.Scale(zero=True), axis=alt.Axis(tickMinStep=1, format="d"))
    else:
        rows = [
            _row(e, label, documents, mine, _written(mine, len(documents)), 0)
            for (e, named), label in zip(found, labels, strict=True)
            for id in documents
            if (mine := [n for n in named if n.document == id])
        ]
        x = alt.X("document:N", title=None, sort=list(documents.values()),
                  axis=alt.Axis(orient="top", labelAngle=-30, labelAlign="left", labelLimit=160,
                                grid=True))  # fmt: skip
    states = tuple(s for s in COLOURS if any(e.state == s for e, _ in found))
    return Plot(_chart(rows, x, labels), len(found), states)


def _chart(rows: list[dict[str, object]], x: Any, labels: list[str]) -> alt.LayerChart:
    scale = list(COLOURS)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=x,
        y=alt.Y("work:N", sort=labels, title=None, axis=alt.Axis(labelLimit=220, grid=True)),
        tooltip=[alt.Tooltip("named:N", title=" ")],
    )
    points = base.mark_point(size=90, strokeWidth=1.8, opacity=1).encode(
        shape=alt.Shape("state:N", scale=alt.Scale(domain=scale, range=[_SHAPES[s] for s in COLOURS]), legend=None),
        stroke=alt.Stroke("state:N", scale=alt.Scale(domain=scale, range=list(COLOURS.values())), legend=None),
        fill=alt.Fill(
            "state:N",
            scale=alt.Scale(domain=scale, range=[c if s == "held" else "#ffffff00" for s, c in COLOURS.items()]),
            legend=None,
        ),
    )
    beside = base.mark_text(align="left", dx=9, fontSize=11, color=COLOURS["not_retrievable"]).encode(text="note:N")
    layered = alt.layer(points, beside).properties(height=alt.Step(22))
    return cast(alt.LayerChart, layered.configure(font=_FONT).configure_view(stroke=None))


def _row(
    entry: Entry, label: str, documents: Mapping[str, str], named: Sequence[Naming], note: str, place: int
) -> dict[str, object]:
    ids = dict.fromkeys(n.document for n in named)
    where = documents[next(iter(ids))] if len(ids) == 1 else str(len(ids))
    return {
        "work": label,
        "named": f"{letters(entry.work.title, 120)} — {where}: {note}",
        "state": entry.state,
        "document": where,
        "note": note,
        "place": place,
    }


def _along(entry: Entry, label: str, documents: Mapping[str, str], named: Sequence[Naming]) -> list[dict[str, object]]:
    """A point for each note; their numbers stand beside the last, since neighbours would write over each other."""
    rows = [_row(entry, label, documents, [n], letters(n.note or "–", 12), _place(n)) for n in named]
    return [{**r, "note": ""} for r in rows[:-1]] + [{**rows[-1], "note": _written(named, 1)}]


def _place(naming: Naming) -> int:
    """Where along the notes: before all of them where a text names a work outside of its notes."""
    return -1 if naming.place is None else naming.place


def _once(named: Sequence[Naming]) -> list[Naming]:
    """Each note once, though it may name a work in two places."""
    return list({n.place: n for n in named}.values())


def _written(named: Sequence[Naming], documents: int) -> str:
    """The numbers of the notes where there is room, else how many they are."""
    once = _once(named)
    if documents > WRITTEN:
        return str(len(once)) if len(once) > 1 else ""
    return letters(", ".join(n.note or "–" for n in once), 24)


def _labels(entries: Sequence[Entry], language: Language) -> list[str]:
    """A label for each work."""
    labels = []
    for e in entries:
        who = byline(e.work, language)
        labels.append(letters(e.work.title if e.work.title.startswith(who[:12]) else f"{who} · {e.work.title}", 60))
    return _unlike(labels)


def _unlike(labels: Sequence[str]) -> list[str]:
    """The labels, those that stand there already with a number: what has one label is drawn as one."""
    seen: Counter[str] = Counter()
    out = []
    for label in labels:
        seen[label] += 1
        out.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return out
