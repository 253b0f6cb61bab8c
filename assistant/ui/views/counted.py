"""Numbers: what a query may mean, side by side with their scopes; else every figure; and figures that conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.policy.numbers import asked, conflicts, figures
from assistant.render.numbers import asked_grid, figures_grid, kind_said, origin_said, said, scope_said, unlike_said
from assistant.types.policy import Candidate, Figure
from assistant.ui.foreign import Markup, Part, draw, element, join
from assistant.ui.views.common import Desk, documents, facts, field, once, row, saving, table


def view(desk: Desk) -> None:
    own = desk.own
    chosen = documents(desk, "num-documents")
    query = st.text_input(
        own.query, placeholder=own.query_example, key="num-query", persist_state="session", max_chars=300
    )
    with st.spinner(own.reading):
        found = [f for id in chosen for f in once(f"num-{id}", desk, _of(id, desk))]
    if query and query.strip():
        _candidates(query, chosen, desk)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", f"{own.all_numbers}: {len(found):,}", name="aside"))
        if found:
            saving("numbers", lambda: figures_grid(own.all_numbers, found, desk.words.language, len(chosen) > 1), desk)
    clashes = conflicts(found)
    draw(element("h3", own.conflicts, name="group"))
    if not clashes:
        draw(element("div", own.no_conflicts, name="aside"))
    for clash in clashes:
        draw(element("div", clash.why, name="notice"))
        table("numbers", own.number_heads, [_row(f, desk) for f in clash.figures], desk)
    draw(element("h3", own.all_numbers, name="group"))
    table("numbers", own.number_heads, [_row(f, desk) for f in found], desk)


def _of(id: str, desk: Desk) -> Callable[[], tuple[Figure, ...]]:
    return lambda: figures(desk.assistant.document(id))


def _candidates(query: str, chosen: Sequence[str], desk: Desk) -> None:
    """What fits; or, said apart, what comes near and is of another year, place or scope."""
    own = desk.own
    found = once(f"num-{query}-{chosen}", desk, lambda: asked(query, desk.assistant.library, chosen))
    if not found:
        draw(element("p", own.nothing_fits))
        return
    near = found[0].near
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.near if near else own.candidates.format(len(found)), name="coverage"))
        saving("numbers", lambda: asked_grid(query, found, desk.words.language, len(chosen) > 1), desk)
    table("numbers", own.number_heads, [_row(c.figure, desk, c) for c in found], desk)


def _row(f: Figure, desk: Desk, c: Candidate | None = None) -> Callable[[], Markup]:
    own, language = desk.own, desk.words.language

    def made() -> Markup:
        surface = join(
            element("strong", said(f, language)), element("span", kind_said(f, language), name="to-do"),
        )  # fmt: skip
        of: list[Part] = [field(f.quantity, own)]
        if scope := scope_said(f, language):
            of.append(element("span", scope, name="to-do"))
        if c is not None and c.unlike:
            apart = "; ".join(unlike_said(u, language) for u in c.unlike)
            of.append(element("span", f"{own.differs_in} {apart}", name="to-do apart"))
        if c is not None and c.lacks:
            of.append(element("span", f"{own.lacks}: {', '.join(c.lacks)}", name="to-do apart"))
        more = facts((own.source, ", ".join(filter(None, [own.in_text[f.where], origin_said(f, language)]))))
        when = f.period.text if f.period else element("span", own.not_said, name="unsaid")
        return row((surface, join(*of), when, desk.where(f.citation)), f.citation, desk, more)

    return made
