"""Opens the assistant once for all sessions, and again when another generation of the index answers."""

from __future__ import annotations

import streamlit as st

from assistant import config, wiring
from assistant.chain import ChainAsker
from assistant.config import Settings
from assistant.store import generations


def open_once() -> ChainAsker:
    """The assistant over the generation that answers now. Errors are not kept: the next run tries again."""
    settings = config.load()
    return _opened(settings, generations.answering(settings.index))


@st.cache_resource(show_spinner=False, max_entries=1)
def _opened(settings: Settings, generation: str | None) -> ChainAsker:
    """`generation` is only a key: it changes when an ingest has published."""
    return wiring.open_chain(settings)
