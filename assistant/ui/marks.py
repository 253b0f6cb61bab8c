"""A line with its marks: each opens, below the line, the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from assistant.protocols import Library
from assistant.types import Citation, Document
from assistant.ui import evidence, strings
from assistant.ui.evidence import Shown
from assistant.ui.foreign import Part, draw
from assistant.ui.strings import Strings

Documents = Callable[[str], Document]
"""Gives a stored document by its id."""
PAGE_LABEL = 8
"""Longest printed page name in a mark's label."""


def marked(key: str, line: Part, cited: Sequence[Citation], sources: Mapping[str, Shown], words: Strings) -> None:
    """A line with its marks, and below it the evidence of those that are open. `key` is unique on its page."""
    opened: set[str] = st.session_state.setdefault("open", set())
    keys = {c.marker: f"{key}-{c.marker}" for c in cited}
    with st.container(key=f"line-{key}", gap=None):
        draw(line)
        with st.container(horizontal=True, gap="small"):
            for c in cited:
                mark = keys[c.marker]
                st.button(label(c, words, mark in opened), key=f"mark-{mark}", on_click=_toggle, args=(mark,))
    for c in cited:
        if keys[c.marker] in opened:
            with st.container(border=True, key=f"evidence-{keys[c.marker]}"):
                draw(evidence.view(c, sources, words))


def label(c: Citation, words: Strings, is_open: bool) -> str:
    """`[1] p. 3 ▾`; the arrow says that it opens, since another type of button would lose the keyboard's place.

    A label is Markdown, so a printed page name goes in only where it is plain letters and digits.
    """
    where = words.marks.get(c.kind, "")
    if c.page_index is not None:
        printed = c.page_label or ""
        known = printed.isascii() and printed.isalnum() and len(printed) <= PAGE_LABEL
        page = words.short_page.format(printed) if known else strings.page_name(words, c.page_index, None)
        where = f"{where} {page}".lstrip()
    where = where or words.kinds[c.kind].lower()
    return f"\\[{c.marker}\\] {where} {'▴' if is_open else '▾'}".replace("  ", " ")


def close(prefix: str) -> None:
    """Close the marks of lines whose key begins so."""
    opened: set[str] = st.session_state.get("open", set())
    st.session_state["open"] = {mark for mark in opened if not mark.startswith(prefix)}


def _toggle(mark: str) -> None:
    opened: set[str] = st.session_state["open"]
    st.session_state["open"] = opened ^ {mark}


def quoted(cited: Iterable[Citation], document: Documents, library: Library) -> dict[str, Shown]:
    """The documents that citations and their second hops quote, as they are now."""
    ids = dict.fromkeys(id for c in cited for id in (c.document, *(h.citation.document for h in c.hops)))
    works = library.works() if ids else ()
    return {id: evidence.shown(document(id), works) for id in ids}
