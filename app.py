"""The Streamlit entry: navigation, and nothing else."""

import streamlit as st

from assistant.pipeline import Assistant
from assistant.ui import ask_page, frame, sources_page
from assistant.ui.opening import open_once
from assistant.ui.strings import LANGUAGES


def assistant() -> Assistant:
    return open_once().assistant


def ask() -> None:
    ask_page.page(open_once)


def sources() -> None:
    sources_page.page(assistant)


names = LANGUAGES[frame.language()].pages
pages = [st.Page(ask, title=names[0], default=True), st.Page(sources, title=names[1], url_path="sources")]
st.navigation(pages, position="top").run()
