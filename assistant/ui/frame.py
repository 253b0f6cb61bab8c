"""What all pages share: the language, the title with its switch, opening with its error, one line for a failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeVar

import streamlit as st

from assistant.errors import AssistantError
from assistant.protocols import Progress
from assistant.types import Language
from assistant.ui import strings, style
from assistant.ui.foreign import draw, element
from assistant.ui.foreign import style as put_style
from assistant.ui.strings import LANGUAGES, NAMES, Strings

T = TypeVar("T")


def language() -> Language:
    """The chosen language; until one is chosen, the browser's. It holds on all pages."""
    chosen: Language | None = st.session_state.get("language")
    return chosen or strings.for_locale(st.context.locale)


def begin(page: int, width: Literal["centered", "wide"] = "wide") -> Strings:
    """Set up a page and draw its top; `page` counts as `Strings.pages` does. Gives the words it speaks."""
    words = LANGUAGES[language()]
    st.set_page_config(page_title=f"{words.pages[page]} · {words.title}", page_icon="📑", layout=width)
    put_style(style.SHEET)
    with st.container(key=f"top-{width}", horizontal=True, vertical_alignment="center"):
        st.title(words.pages[page] if page else words.title, anchor=False, width="stretch")
        st.session_state["switch"] = words.language
        st.segmented_control(
            words.choose_language,
            list(NAMES),
            format_func=NAMES.__getitem__,
            key="switch",
            required=True,
            label_visibility="collapsed",
            on_change=_switched,
        )
    return words


def _switched() -> None:
    """Kept apart from the switch, whose own value Streamlit forgets with the page that shows it."""
    st.session_state["language"] = st.session_state["switch"]


def opened(opening: Callable[[], T], words: Strings) -> T | None:
    """The assistant, or None where it cannot be opened: the page then says why."""
    try:
        with st.spinner(words.opening):
            return opening()
    except AssistantError as error:
        failure(str(error), words)
        return None


def failure(line: str, words: Strings) -> None:
    draw(element("div", element("strong", f"✕ {words.error}: "), line, name="failure", role="alert"))


@contextmanager
def progress(words: Strings, over: str) -> Iterator[Progress]:
    """A bar while long work runs; `over` is what it goes through, in the page's language."""
    bar = st.progress(0.0)

    def tell(stage: str, done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 1.0, words.running.format(over, done, total))

    try:
        yield tell
    finally:
        bar.empty()
