"""The page: one view at a time, over the documents that are held."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.ui import frame, works
from assistant.ui.foreign import draw, element
from assistant.ui.strings_views import WORDS, View
from assistant.ui.views import briefed, claimed, compared, counted, doubted, recommended
from assistant.ui.views.common import Desk

PAGE = 4
"""Its place among `Strings.pages`."""
_VIEWS: dict[View, Callable[[Desk], None]] = {
    "brief": briefed.view,
    "recommendations": recommended.view,
    "numbers": counted.view,
    "positions": compared.view,
    "claims": claimed.view,
    "notes": doubted.view,
}


def page(open_assistant: Callable[[], Assistant]) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached."""
    words = frame.begin(PAGE)
    own = WORDS[words.language]
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    draw(element("p", own.intro))
    names = works.called(assistant.library, words.language)
    if not names:
        draw(element("p", own.none_held))
        return
    chosen: View = st.segmented_control(
        own.view, list(_VIEWS), format_func=own.views.__getitem__, default="brief", required=True, key="view",
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    try:
        _VIEWS[chosen](Desk(assistant, names, assistant.library.works(), words, own))
    except AssistantError as error:
        frame.failure(str(error), words)
