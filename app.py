"""The Streamlit entry: navigation, and nothing else."""

import streamlit as st

from assistant.ui import ask_page
from assistant.ui.opening import open_once


def ask() -> None:
    ask_page.page(open_once)


st.navigation([st.Page(ask, title="Ask", default=True)]).run()
