"""Saving what a page shows: one small button that unfolds, and each form made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.backends.exports import MEDIA_TYPES, SUFFIXES, Form
from assistant.sources.sheets import Sheet
from assistant.ui.foreign import draw, element, told
from assistant.ui.strings import Strings
from assistant.wiring import exporting

FORMS: tuple[Form, ...] = ("word", "markdown", "bibtex", "ris", "csl-json", "chicago", "apa")
"""In the order of `Strings.forms`."""


def popover(
    key: str, sheet: Callable[[], Sheet], words: Strings, stem: str = "answer", receipt: bytes | None = None
) -> None:
    """The button and the forms behind it. `stem` is the file's name: ours, since a foreign one could end in anything.
    `receipt` is what `assistant verify` replays.
    """
    with st.popover(words.save, key=f"save-{key}"):
        draw(element("div", words.save_means, name="aside"))
        with st.container(horizontal=True, gap="small"):
            for form, name in zip(FORMS, words.forms, strict=True):
                st.download_button(
                    name,
                    partial(made, sheet, form),
                    file_name=f"{stem}-{form}{SUFFIXES[form]}" if SUFFIXES[form] == ".txt" else stem + SUFFIXES[form],
                    mime=MEDIA_TYPES[form],
                    key=f"save-{key}-{form}",
                    on_click="ignore",
                )
        if receipt is not None:
            draw(element("div", told(words.receipt_means), name="aside"))
            st.download_button(
                words.receipt, receipt, file_name="receipt.json", mime="application/json",
                key=f"save-{key}-receipt", on_click="ignore",
            )  # fmt: skip


def made(sheet: Callable[[], Sheet], form: Form) -> bytes:
    return exporting.download(sheet(), form)[0]
