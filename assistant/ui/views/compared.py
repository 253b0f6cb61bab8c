"""The matrix of positions: topic by topic what two documents say, and how they stand to one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from assistant.labels import RELATIONS, TOPICS
from assistant.policy import positions
from assistant.render.positions import positions_grid
from assistant.types import Citation
from assistant.types.policy import Comparison, Relation, Row
from assistant.ui.foreign import Markup, Part, draw, element, letters
from assistant.ui.views.common import Desk, once, place, saving, table

SIGNS: dict[Relation, str] = {"agree": "=", "differ": "≠", "both_speak": "~", "only_first": "◧", "only_second": "◨"}
"""A relation is never told by its colour alone."""
QUOTES = 2
"""Sentences of a document that a closed row shows."""


def view(desk: Desk) -> None:
    own, language = desk.own, desk.words.language
    ids = sorted(desk.names, key=lambda id: desk.assistant.document(id).work.kind == "source")

    def named(id: str) -> str:
        return letters(f"{desk.names[id]} · {desk.assistant.document(id).work.title}", 80)

    with st.form("compare", border=False):
        with st.container(horizontal=True):
            first = st.selectbox(own.first, ids, format_func=named, key="compare-first", persist_state="session")
            second = st.selectbox(
                own.second, ids, index=min(1, len(ids) - 1), format_func=named, key="compare-second",
                persist_state="session",
            )  # fmt: skip
        given = st.text_input(
            own.topics, placeholder=own.topics_example, key="compare-topics", persist_state="session", max_chars=300
        )
        if st.form_submit_button(own.compare, type="primary"):
            st.session_state["compared"] = (first, second, given or "")
    asked: tuple[str, str, str] | None = st.session_state.get("compared")
    if asked is None or not {asked[0], asked[1]} <= set(ids):
        return
    first, second, given = asked
    if first == second:
        draw(element("p", own.same_twice))
        return
    topics = tuple(t for t in (part.strip() for part in re.split(r"[,;]", given)) if t)
    with st.spinner(own.reading):
        made = once(f"compare-{asked}-{language}", desk, lambda: _made(first, second, topics, desk))
    _matrix(made, desk)


def _made(first: str, second: str, topics: Sequence[str], desk: Desk) -> Comparison:
    document = desk.assistant.document
    return positions.compare(document(first), document(second), topics, desk.words.language)


def _matrix(made: Comparison, desk: Desk) -> None:
    own, language = desk.own, desk.words.language
    names = desk.names[made.first], desk.names[made.second]

    def relation(r: Relation) -> str:
        """By the documents' names, where only one speaks."""
        named = {"only_first": own.only.format(names[0]), "only_second": own.only.format(names[1])}
        return f"{SIGNS[r]} {letters(named.get(r, RELATIONS[r][language]), 60)}"

    counts = Counter(r.relation for r in made.rows)
    chosen: list[Relation] = st.pills(
        own.relation, [r for r in RELATIONS if counts[r]],
        format_func=lambda r: f"{SIGNS[r]} {RELATIONS[r][language]} {counts[r]}",
        selection_mode="multi", key="compare-relations", persist_state="session",
    )  # fmt: skip
    rows = [r for r in made.rows if not chosen or r.relation in chosen]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(len(rows), len(made.rows)), name="aside"))
        if rows:
            saving("positions", lambda: positions_grid(made, rows, language), desk)
    heads = [own.position_heads[0], *(h.format(n) for h, n in zip(own.position_heads[1:], names, strict=True))]
    if rows:
        table("positions", heads, [_row(r, relation(r.relation), desk) for r in rows], desk)
    draw(*(element("div", n, name="notice") for n in made.notices))


def _row(r: Row, relation: str, desk: Desk) -> Callable[[], Markup]:
    def made() -> Markup:
        topic = element(
            "span",
            element("strong", r.topic),
            element("span", TOPICS[r.kind][desk.words.language], name="to-do"),
            element("span", relation, name=f"relation {r.relation.replace('_', '-')}"),
            *([element("span", letters(r.why, 180), name="to-do")] if r.why else []),
        )
        return element(
            "details",
            element("summary", topic, *(element("span", *_side(cited, desk)) for cited in (r.first, r.second))),
            element("div", r.why, *(place(c, desk) for c in (*r.first, *r.second)), name="finding-more"),
            name="finding",
        )

    return made


def _side(cited: Sequence[Citation], desk: Desk) -> list[Part]:
    if not cited:
        return [element("span", desk.own.silent, name="unsaid")]
    return [
        element(
            "span",
            f"“{letters(c.quote, 320)}” ",
            element("span", f"({desk.where(c, name=False)})", name="unsaid"),
            name="said-there",
        )
        for c in cited[:QUOTES]
    ]
