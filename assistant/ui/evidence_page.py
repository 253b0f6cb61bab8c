"""The researcher's question turned round: a text, and for each of its sentences what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from assistant.errors import AssistantError
from assistant.protocols import Library, Progress
from assistant.render.evidence import counts, how_near, parted
from assistant.render.lines import cell_said, columns_said
from assistant.sources.ledger import Ledger
from assistant.sources.sheets import sheet_of_evidence
from assistant.stance.reasons import in_language
from assistant.types import Bearing, Document, Evidence, Language, Support, Weighed, Work
from assistant.ui import downloads, frame, marks
from assistant.ui.evidence import SIGNS, Shown, place, sign
from assistant.ui.foreign import Part, draw, element, told
from assistant.ui.strings import Strings
from assistant.ui.strings_evidence import WORDS, EvidenceWords
from assistant.ui.works import byline
from assistant.wiring import exporting

KEY = "weighed"
"""Before the keys of this page's marks."""


class Grounded(Protocol):
    """What the page needs of the assistant."""

    @property
    def library(self) -> Library: ...

    @property
    def ledger(self) -> Ledger: ...

    def document(self, id: str) -> Document: ...

    def evidence(self, text: str, *, progress: Progress) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a text: the evidence with what it quotes, or an error's line."""

    outcome: Evidence | str
    sources: Mapping[str, Shown]
    records: Mapping[str, Work]
    """The works as they were recorded: an export names them."""


def page(open_assistant: Callable[[], Grounded]) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached."""
    words = frame.begin(2, "centered")
    own = WORDS[words.language]
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    draw(element("p", own.intro))
    with st.form("text", border=False):
        text = st.text_area(
            own.text,
            placeholder=own.placeholder,
            height=160,
            key="text",
            persist_state="session",
        )
        pressed = st.form_submit_button(own.look, type="primary")
    if pressed:
        st.session_state["found"] = _weighed(assistant, text or "", words, own)
        marks.close(KEY)
    found: Found | None = st.session_state.get("found")
    if found is None:
        return
    if isinstance(found.outcome, str):
        frame.failure(found.outcome, words)
        return
    _evidence(found.outcome, found, words, own)


def _weighed(assistant: Grounded, text: str, words: Strings, own: EvidenceWords) -> Found:
    try:
        with frame.progress(words, own.sentences) as progress:
            evidence = assistant.evidence(text, progress=progress)
        cited = [b.citation for s in evidence.statements for b in (*s.supports, *s.contradicts, *s.near)]
        records = exporting.records(assistant.library, assistant.ledger)
        return Found(evidence, marks.quoted(cited, assistant.document, assistant.library), records)
    except AssistantError as error:
        return Found(str(error), {}, {})


def _evidence(evidence: Evidence, found: Found, words: Strings, own: EvidenceWords) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", element("strong", _totals(evidence.statements, own)), name="coverage"))
        downloads.popover("evidence", lambda: sheet_of_evidence(evidence, found.records), words, "evidence")
    for number, statement in enumerate(evidence.statements):
        _statement(number, statement, found.sources, words, own)
    for notice in evidence.notices:
        draw(element("div", told(notice), name="notice"))


def _totals(statements: Sequence[Weighed], own: EvidenceWords) -> str:
    return " · ".join(own.totals[status].format(n) for status, n in counts(statements).items() if n)


@st.fragment
def _statement(
    number: int, statement: Weighed, sources: Mapping[str, Shown], words: Strings, own: EvidenceWords
) -> None:
    """One sentence; a fragment, so that opening a mark draws nothing else anew."""
    with st.container(border=True, key=f"statement-{number}"):
        draw(
            element("div", element("strong", statement.text), name="statement"),
            element("div", *_said(statement, own), name="said"),
        )
        for heading, bearings in ((own.against_it, statement.contradicts), (own.for_it, statement.supports)):
            for whose, some in parted(bearings):
                where = own.papers if whose == "papers" else own.sources
                draw(element("h3", f"{heading}, {where}", name="group"))
                _places(number, some, sources, words, own)
        if statement.near:
            draw(element("h3", own.nearest if statement.status == "silent" else own.near, name="group"))
            _places(number, statement.near, sources, words, own, near=True)


def _said(statement: Weighed, own: EvidenceWords) -> list[Part]:
    """In a line what the corpus says of the sentence."""
    if statement.unweighed:
        return [element("span", own.unweighed[statement.unweighed], name="unchecked")]
    whole = sum(b.verdict.support == "supported" for b in statement.supports)
    counts: tuple[tuple[Support, str, int], ...] = (
        ("contradicted", own.against, len(statement.contradicts)),
        ("supported", own.support, whole),
        ("partial", own.partly, len(statement.supports) - whole),
    )
    said: list[Part] = [
        element("span", sign(SIGNS[support]), text.format(n), name=f"verdict {support}")
        for support, text, n in counts
        if n
    ]
    return said or [element("span", sign("–"), own.silent, name="verdict unchecked")]


def _places(
    number: int,
    bearings: Sequence[Bearing],
    sources: Mapping[str, Shown],
    words: Strings,
    own: EvidenceWords,
    near: bool = False,
) -> None:
    for b in bearings:
        c = b.citation
        source = sources[c.document]
        named = [byline(source.paper, words.language), place(c, source.document, words)]
        cell, columns = cell_said(c), columns_said(c)
        line = element(
            "div",
            *([element("div", element("strong", cell))] if cell else []),
            *([element("div", f"({columns})", name="aside")] if columns and not cell else []),
            f"“{c.quote}”".replace("\t", " | "),
            element("div", ", ".join(filter(None, named)), *_why(b, own, near, words.language), name="aside"),
            name="place",
        )
        marks.marked(f"{KEY}-{number}-{c.marker}", line, [c], sources, words)


def _why(b: Bearing, own: EvidenceWords, near: bool, language: Language) -> list[Part]:
    """What keeps a place from speaking plainly, and why."""
    support = how_near(b) if near else b.verdict.support
    said = own.places.get(support, "") if near or support != "contradicted" else ""
    why = in_language(b.verdict.why or "", language) if support != "unsupported" else ""
    line = ": ".join(filter(None, [said, why]))
    shown: Support = "unchecked" if near and support == "contradicted" else support
    return [" — ", element("span", sign(SIGNS[shown]), line, name=f"verdict {shown}")] if line else []
