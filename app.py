"""The Streamlit entry: navigation, and nothing else."""

import streamlit as st

from assistant.pipeline import Assistant
from assistant.ui import ask_page, audit_page, evidence_page, frame, sources_page
from assistant.ui.opening import open_once, receipt
from assistant.ui.strings import LANGUAGES
from assistant.ui.views import page as views


def assistant() -> Assistant:
    return open_once().assistant


def ask() -> None:
    ask_page.page(open_once, receipt)


def sources() -> None:
    sources_page.page(assistant)


def evidence() -> None:
    evidence_page.page(assistant)


def audit() -> None:
    audit_page.page(assistant)


def brief() -> None:
    views.page(assistant)


names = LANGUAGES[frame.language()].pages
places = ((ask, ""), (sources, "sources"), (evidence, "evidence"), (audit, "audit"), (brief, "brief"))
pages = [
    st.Page(page, title=name, url_path=path, default=not path) for (page, path), name in zip(places, names, strict=True)
]
chosen = st.navigation(pages, position="hidden")  # Streamlit's own menu folds away on a phone, where nobody finds it
with st.container(horizontal=True, gap="small", key="pages"):
    for page in (pages[0], pages[-1], *pages[1:-1]):  # officials first
        st.page_link(page)
chosen.run()
