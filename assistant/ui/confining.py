"""What questions are confined to: a folded control, a line that says it, a press that ends it.

What is chosen holds for the questions asked from then on, and while another page is looked at; each exchange keeps a
line of what its own question was confined to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from assistant.types import Language, Within, Work, WorkKind
from assistant.ui.foreign import Markup, draw, element, letters
from assistant.ui.strings_ask import WORDS, AskWords

_DOCUMENTS, _KINDS, _FIRST, _LAST, _PUBLISHERS = (
    f"within-{part}" for part in ("documents", "kinds", "first", "last", "publishers")
)
_LISTED = 3
"""Titles in the line; the rest are counted."""
_OPTION = 90
"""Characters of a title among the options."""
_KIND_ORDER: tuple[WorkKind, ...] = ("paper", "digest", "source")


@dataclass(frozen=True, slots=True)
class Confined:
    """What a question was confined to, as it is told when the documents may have changed."""

    within: Within
    inside: int
    """Documents that were asked, of those held."""
    held: int
    titles: tuple[str, ...] = ()
    """Of the documents that were chosen by name."""


def confined(within: Within, held: Sequence[Work]) -> Confined:
    """What `within` comes to among the works of the documents that are held."""
    titles = {w.id: w.title for w in held}
    chosen = tuple(titles.get(id, id) for id in within.documents)
    return Confined(within, sum(map(within.holds, held)), len(held), chosen)


def control(held: Sequence[Work], language: Language) -> Within:
    """The folded control, and what is chosen in it. A part that all documents share offers nothing to choose."""
    words = WORDS[language]
    titles = {w.id: w.title for w in held}
    kinds = [k for k in _KIND_ORDER if any(w.kind == k for w in held)]
    years = sorted({year for w in held if (year := _year(w)) is not None})
    publishers = sorted({w.publisher for w in held if w.publisher}, key=str.casefold)
    with st.popover(words.confine, key="confine"):
        draw(element("div", words.confine_means, name="aside"))
        documents = _several(_DOCUMENTS, words.documents, titles, words) if len(titles) > 1 else []
        of_kinds = (
            _several(_KINDS, words.kinds, {k: words.kind_names[k] for k in kinds}, words) if len(kinds) > 1 else []
        )
        first = last = None
        if len(years) > 1:
            with st.container(horizontal=True, gap="small"):
                first, last = (_year_of(key, years, words, n) for n, key in enumerate((_FIRST, _LAST)))
        by = _several(_PUBLISHERS, words.publishers, dict(zip(publishers, publishers, strict=True)), words)
    between = None
    if first is not None or last is not None:
        ends = (years[0] if first is None else first, years[-1] if last is None else last)
        between = (min(ends), max(ends))
    return Within(tuple(documents), cast("tuple[WorkKind, ...]", tuple(of_kinds)), between, tuple(by))


def _year(work: Work) -> int | None:
    return int(work.issued[:4]) if work.issued and work.issued[:4].isdecimal() else None


def _several(key: str, label: str, options: Mapping[str, str], words: AskWords) -> list[str]:
    if not options:
        return []
    _kept(key, [o for o in st.session_state.get(key) or [] if o in options])
    return st.multiselect(
        label,
        list(options),
        format_func=lambda o: letters(options.get(o, o), _OPTION),
        key=key,
        placeholder=words.every,
        persist_state="session",
    )


def _year_of(key: str, years: Sequence[int], words: AskWords, end: int) -> int | None:
    chosen = st.session_state.get(key)
    _kept(key, chosen if chosen in years else None)
    return st.selectbox(
        words.years[end], years, index=None, key=key, placeholder=words.every, persist_state="session", width=180
    )


def _kept(key: str, value: Any) -> None:
    """What was chosen among documents that are gone is chosen no more."""
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value


def _clear() -> None:
    for key in (_DOCUMENTS, _KINDS, _PUBLISHERS):
        if key in st.session_state:
            st.session_state[key] = []
    for key in (_FIRST, _LAST):
        if key in st.session_state:
            st.session_state[key] = None


def status(chosen: Confined, language: Language) -> None:
    """What the next question is confined to, with the press that ends it; nothing where it is not confined."""
    if not chosen.within:
        return
    words = WORDS[language]
    with st.container(key="within", horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            draw(_line(chosen, words, words.confined, words.confined_to_none))
        st.button(words.clear, key="within-clear", on_click=_clear)


def told(chosen: Confined | None, language: Language) -> None:
    """What a question that was asked had been confined to."""
    if chosen and chosen.within:
        words = WORDS[language]
        draw(_line(chosen, words, words.was_confined, words.was_confined_to_none))


def _line(chosen: Confined, words: AskWords, some: tuple[str, str], none: str) -> Markup:
    if chosen.inside:
        head = some[chosen.inside != 1].format(f"{chosen.inside:,}", f"{chosen.held:,}")
    else:
        head = none.format(f"{chosen.held:,}")
    within = chosen.within
    parts = [f"“{title}”" for title in chosen.titles[:_LISTED]]
    if left := len(chosen.titles) - _LISTED:
        parts += [words.more.format(left)] if left > 0 else []
    parts += [words.kind_names[k] for k in within.kinds]
    if within.years:
        first, last = within.years
        parts.append(words.year_range.format(first, last))
    parts += [words.publisher.format(p) for p in within.publishers]
    return element("div", element("strong", f"{head}: "), " · ".join(parts), name="within")
