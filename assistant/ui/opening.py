"""Opens the assistant once for all sessions, and again when another generation of the index answers or what is
remembered of its sources has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from assistant import config, wiring
from assistant.chain import ChainAsker
from assistant.config import Settings
from assistant.store import generations
from assistant.types import Reply, Within


def open_once() -> ChainAsker:
    """The assistant over the generation that answers now. Errors are not kept: the next run tries again."""
    settings = config.load()
    return _told(settings, generations.answering(settings.index), _remembered(wiring.memory(settings)))


def receipt(reply: Reply, after: Sequence[str], within: Within) -> bytes:
    """What `assistant verify` replays of a reply. Raises IndexStaleError where another index has taken the place."""
    from assistant.wiring.receipts import receipt_file

    return receipt_file(open_once().assistant, config.load(), reply, after, within)


@st.cache_resource(show_spinner=False, max_entries=1)
def _told(settings: Settings, generation: str | None, remembered: tuple[object, ...]) -> ChainAsker:
    """The assistant with the ledger as it is now: a fetch that failed publishes no generation, and changes the ledger.
    What costs time to open stays open.
    """
    assistant = _opened(settings, generation).assistant
    return ChainAsker(replace(assistant, ledger=wiring.open_ledger(settings, assistant.library)))


@st.cache_resource(show_spinner=False, max_entries=1)
def _opened(settings: Settings, generation: str | None) -> ChainAsker:
    """`generation` is only a key: it changes when an ingest has published."""
    return wiring.open_chain(settings)


def _remembered(folder: Path) -> tuple[object, ...]:
    """What tells one state of the remembered files from the next: of each its name, time and size."""
    try:
        stats = [(p.name, p.stat()) for p in folder.glob("*.json")]
    except OSError:  # a file was replaced just now: the next run sees it
        return ()
    return tuple(sorted((name, s.st_mtime_ns, s.st_size) for name, s in stats))
