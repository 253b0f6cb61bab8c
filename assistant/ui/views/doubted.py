"""Questions to an author about a document's notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant.labels import DOUBTS
from assistant.policy.lint import doubts
from assistant.render.grid import Grid
from assistant.render.lint import lint_grid
from assistant.types.policy import Doubt, Doubtful
from assistant.ui.foreign import Markup, draw, element
from assistant.ui.views.common import Desk, documents, once, place, saving


def view(desk: Desk) -> None:
    own, language = desk.own, desk.words.language
    (id,) = documents(desk, "lint-document", several=False)
    with st.spinner(own.reading):
        found = once(f"lint-{id}", desk, lambda: doubts(desk.assistant.document(id)))
    if not found:
        draw(element("p", own.no_doubts))
        return
    draw(element("div", own.doubts_honest, name="aside"))
    counts = Counter(d.kind for d in found)
    chosen: list[Doubt] = st.pills(
        own.doubt, list(counts), format_func=lambda k: f"{DOUBTS[k][language]} {counts[k]}",
        selection_mode="multi", key=f"lint-kinds-{id}", persist_state="session",
    )  # fmt: skip
    some = [d for d in found if not chosen or d.kind in chosen]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(len(some), len(found)), name="aside"))
        saving("notes", lambda: _grid(id, some, desk), desk)
    draw(*(_doubt(d, desk) for d in some))


def _grid(id: str, some: Sequence[Doubtful], desk: Desk) -> Grid:
    document = desk.assistant.document(id)
    return lint_grid(document.work.title, some, sum(n.text is not None for n in document.notes), desk.words.language)


def _doubt(d: Doubtful, desk: Desk) -> Markup:
    """The question first, then what was seen, then the places."""
    own = desk.own
    named = DOUBTS[d.kind][desk.words.language] + (f", {own.note.format(d.note)}" if d.note else "")
    places = [place(c, desk) for c in ((d.citation,) if d.citation else ()) + d.beside]
    return element(
        "section",
        element("div", element("strong", named)),
        element("div", d.found),
        element("div", d.question, name="asked"),
        *([element("details", element("summary", own.beside), *places)] if places else []),
        name="doubtful",
    )
