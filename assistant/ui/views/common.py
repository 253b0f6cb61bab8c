"""What the views share: which documents are looked at, rows that open on their place, and saving what is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import streamlit as st

from assistant.backends.exports.grids import GridForm
from assistant.pipeline import Assistant
from assistant.render.grid import Grid
from assistant.types import Citation, Work
from assistant.types.policy import Part as Field
from assistant.ui import evidence
from assistant.ui.evidence import Shown
from assistant.ui.foreign import Markup, Part, draw, element, letters
from assistant.ui.strings import Strings
from assistant.ui.strings_views import ViewWords
from assistant.wiring.exporting import view_file

ROWS = 25
"""Rows on one page of a view."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of the page: the assistant, what its documents are called, and the page's words."""

    assistant: Assistant
    names: Mapping[str, str]
    works: Sequence[Work]
    words: Strings
    own: ViewWords

    def shown(self, id: str) -> Shown:
        return evidence.shown(self.assistant.document(id), self.works)

    def where(self, c: Citation, name: bool = True) -> str:
        """The document in few words and the page; without pages the section."""
        place = evidence.place(c, self.assistant.document(c.document), self.words) if c.kind != "digest" else ""
        place = place or (" › ".join(c.section[-1:]) if c.section else "")
        return ", ".join(filter(None, [self.names.get(c.document, c.document) if name else "", place]))


def once(key: str, desk: Desk, make: Callable[[], T]) -> T:
    """What was made for this index, kept for the session: a view draws again at every press."""
    kept: dict[tuple[str, str], T] = st.session_state.setdefault("views", {})
    found = (desk.assistant.index, key)
    if found not in kept:
        for stale in [k for k in kept if k[0] != found[0]]:
            del kept[stale]
        kept[found] = make()
    return kept[found]


def documents(desk: Desk, key: str, several: bool = True) -> list[str]:
    """The documents that a view looks at: papers until others are chosen, since a source is seldom asked for advice."""
    ids = sorted(desk.names, key=lambda id: desk.assistant.document(id).work.kind == "source")
    papers = [id for id in ids if desk.assistant.document(id).work.kind != "source"] or ids

    def named(id: str) -> str:
        return letters(f"{desk.names[id]} · {desk.assistant.document(id).work.title}", 80)

    if several:
        chosen = st.multiselect(
            desk.own.documents, ids, format_func=named, key=key, persist_state="session",
            placeholder=desk.own.all_papers.format(len(papers)),
        )  # fmt: skip
        return list(chosen) or papers
    return [st.selectbox(desk.own.document, ids, format_func=named, key=key, persist_state="session")]


def field(part: Field | None, own: ViewWords, elsewhere: str = "") -> Markup | str:
    """A field's words; where they stand elsewhere than in the sentence, that is said."""
    if part is None:
        return element("span", elsewhere or own.not_said, name="unsaid")
    if part.why:
        return element("span", part.text, " ", element("span", f"({own.elsewhere})", name="unsaid"))
    return part.text


def row(columns: Sequence[Part], citation: Citation, desk: Desk, *more: Part) -> Markup:
    """A row that opens, without asking the server, on the quoted words where they stand."""
    return element(
        "details",
        element("summary", *(element("span", c) for c in columns)),
        element("div", *more, place(citation, desk), name="finding-more"),
        name="finding",
    )


def place(c: Citation, desk: Desk) -> Markup:
    """The quoted words where they stand."""
    source = desk.shown(c.document)
    return element(
        "div",
        evidence.heading(c, source, desk.words),
        evidence.context(c, source.document),
        name="evidence",
    )


def table(kind: str, heads: Sequence[str], rows: Sequence[Callable[[], Markup]], desk: Desk) -> None:
    """Rows under headings, a page of them at a time; `kind` is the class that sets the columns' widths."""
    pages = math.ceil(len(rows) / ROWS)
    place = st.pagination(pages, key=f"{kind}-page-{pages}") if pages > 1 else 1
    shown = [make() for make in rows[(place - 1) * ROWS : place * ROWS]]
    head = element("div", *(element("span", h) for h in heads), name="finding-heads")
    draw(element("div", head, *shown, name=f"findings {kind}"))


def facts(*pairs: tuple[str, Part]) -> Markup:
    """Names with what they are, one a line; those without anything are left out."""
    lines = (element("div", element("strong", f"{name}: "), value) for name, value in pairs if value)
    return element("div", *lines, name="facts")


def saving(key: str, grid: Callable[[], Grid], desk: Desk) -> None:
    """The button that unfolds the files; each is made when it is asked for."""
    with st.popover(desk.words.save, key=f"save-{key}"), st.container(horizontal=True, gap="small"):
        for form in ENDINGS:
            st.download_button(
                desk.own.files[form],
                partial(_made, grid, form, desk),
                file_name=key + ENDINGS[form],
                key=f"save-{key}-{form}",
                on_click="ignore",
            )


ENDINGS: dict[GridForm, str] = {"csv": ".csv", "markdown": ".md", "word": ".docx"}


def _made(grid: Callable[[], Grid], form: GridForm, desk: Desk) -> bytes:
    return view_file(desk.assistant, grid(), form)
