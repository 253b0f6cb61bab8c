"""A brief: made and downloaded in one click, on a question or on a whole document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from assistant.errors import AssistantError
from assistant.labels import SECTIONS
from assistant.render import led
from assistant.types import Abstention
from assistant.types.policy import Brief, BriefPart
from assistant.ui import frame, marks
from assistant.ui.evidence import Shown
from assistant.ui.foreign import draw, element, letters, told
from assistant.ui.views.common import Desk
from assistant.wiring.exporting import BriefForm, brief_file

KEY = "briefed"
"""Before the keys of this view's marks."""
ENDINGS: Mapping[BriefForm, str] = {"word": ".docx", "pdf": ".pdf", "markdown": ".md"}
NAMES: Mapping[BriefForm, str] = {"word": "Word", "pdf": "PDF", "markdown": "Markdown"}
LENGTHS = (200, 400, 700)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: the brief or the abstention with what it quotes, or an error's line."""

    outcome: Brief | Abstention | str
    sources: Mapping[str, Shown]


def view(desk: Desk) -> None:
    own = desk.own
    ids = sorted(desk.names, key=lambda id: desk.assistant.document(id).work.kind == "source")

    def named(id: str | None) -> str:
        if id is None:
            return own.question
        return letters(f"{desk.names[id]} · {desk.assistant.document(id).work.title}", 80)

    about = st.selectbox(own.about, [None, *ids], format_func=named, key="brief-about", persist_state="session")
    with st.form("brief", border=False):
        question = ""
        if about is None:
            typed = st.text_input(
                own.question, placeholder=desk.words.placeholder, key="brief-question", persist_state="session",
                max_chars=500,
            )  # fmt: skip
            question = (typed or "").strip()
        with st.container(horizontal=True):
            audience = st.text_input(
                own.for_whom, placeholder=own.for_example, key="brief-for", persist_state="session", max_chars=100
            )
            length = st.selectbox(own.length, LENGTHS, index=1, key="brief-length", persist_state="session")
        pressed = st.form_submit_button(own.make, type="primary")
    if pressed and (about or question):
        with st.spinner(own.composing):
            st.session_state["brief-made"] = _made(desk, about or question, audience or "", length, about is not None)
        marks.close(KEY)
    made: Made | None = st.session_state.get("brief-made")
    match made:
        case None:
            return
        case Made(outcome=str(line)):
            frame.failure(line, desk.words)
        case Made(outcome=Abstention() as refused):
            with st.container(key="brief-refused"):
                draw(element("div", told(refused.detail), name="abstention", role="status"))
            for n, c in enumerate(refused.nearest):
                near = element("div", f"“{letters(c.quote, 320)}”", name="near")
                marks.marked(f"{KEY}-near-{n}", near, [c], made.sources, desk.words)
        case Made(outcome=Brief() as brief):
            _page(brief, made.sources, desk)


def _made(desk: Desk, about: str, audience: str, length: int, document: bool) -> Made:
    try:
        brief = desk.assistant.brief(about, length, audience, desk.words.language, document)
    except AssistantError as error:
        return Made(str(error), {})
    cited = brief.nearest if isinstance(brief, Abstention) else brief.citations
    return Made(brief, marks.quoted(cited, desk.assistant.document, desk.assistant.library))


def _page(brief: Brief, sources: Mapping[str, Shown], desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("h2", brief.title, name="brief-title"))
        with st.popover(desk.words.save, key="save-brief"), st.container(horizontal=True, gap="small"):
            for form in ENDINGS:
                _button(form, brief, desk)
    for notice in brief.notices:
        draw(element("div", told(notice), name="notice"))
    for n, part in enumerate(brief.parts):
        _part(n, part, brief, sources, desk)


def _button(form: BriefForm, brief: Brief, desk: Desk) -> None:
    st.download_button(
        NAMES[form], partial(brief_file, desk.assistant, brief, form), file_name=f"brief{ENDINGS[form]}",
        key=f"save-brief-{form}", on_click="ignore",
    )  # fmt: skip


@st.fragment
def _part(number: int, part: BriefPart, brief: Brief, sources: Mapping[str, Shown], desk: Desk) -> None:
    """One part; a fragment, so that opening a mark draws nothing else anew."""
    draw(element("h3", SECTIONS[part.kind][brief.language], name="brief-part"))
    by_marker = {c.marker: c for c in brief.citations}
    for n, claim in enumerate(part.lines):
        cited = [by_marker[m] for m in claim.citations if m in by_marker]
        marks.marked(f"{KEY}-{number}-{n}", element("div", led(claim), name="claim"), cited, sources, desk.words)
