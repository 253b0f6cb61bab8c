"""How faithfully a document reports its sources: each sentence that rests on a note beside what the source says."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol

import streamlit as st

from assistant.errors import AssistantError
from assistant.protocols import Library, Progress
from assistant.render.audit import audit_csv, compared, differences, only_near, summary, worst_first
from assistant.render.audit_page import audit_page
from assistant.render.lines import cell_said, columns_said
from assistant.types import Audit, AuditLine, Citation, Document, Span, Support
from assistant.ui import evidence, frame, marks, works
from assistant.ui.evidence import SIGNS, Shown, because, sign
from assistant.ui.foreign import Markup, Part, draw, element, letters
from assistant.ui.strings import Strings
from assistant.ui.strings_audit import WORDS, AuditWords

ROWS = 25
"""Lines on one page."""
Chosen = Support | Literal["others"]


class Grounded(Protocol):
    """What the page needs of the assistant."""

    @property
    def library(self) -> Library: ...

    @property
    def index(self) -> str: ...

    def document(self, id: str) -> Document: ...

    def audit(self, document: str, *, progress: Progress) -> Audit: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What came of an audit: the lines with what they quote, or an error's line."""

    outcome: Audit | str
    sources: Mapping[str, Shown]


def page(open_assistant: Callable[[], Grounded]) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached."""
    words = frame.begin(3)
    own = WORDS[words.language]
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    draw(element("p", own.intro))
    names = works.called(assistant.library, words.language)
    if not names:
        draw(element("p", own.none_held))
        return
    document = _choose(assistant, names, own)
    kept: dict[str, Found] = st.session_state.setdefault("audits", {})
    if st.button(own.run, type="primary", key="audit-run"):
        kept[document] = _audited(assistant, document, words, own)
    found = kept.get(document)
    if found is None:
        return
    if isinstance(found.outcome, str):
        frame.failure(found.outcome, words)
        return
    if found.outcome.provenance.index != assistant.index:
        draw(element("div", own.older, name="notice"))
    _audit(found.outcome, found.sources, words, own)


def _choose(assistant: Grounded, names: Mapping[str, str], own: AuditWords) -> str:
    """Papers first: a source is seldom audited."""
    kinds = {id: assistant.document(id).work.kind for id in names}
    ids = sorted(names, key=lambda id: kinds[id] == "source")
    titles = {id: letters(f"{names[id]} · {assistant.document(id).work.title}", 90) for id in ids}
    return st.selectbox(
        own.document, ids, format_func=titles.__getitem__, key="audit-document", persist_state="session"
    )


def _audited(assistant: Grounded, document: str, words: Strings, own: AuditWords) -> Found:
    try:
        with frame.progress(words, own.sentences) as progress:
            audit = assistant.audit(document, progress=progress)
        cited = [c for line in audit.lines for c in _quoted(line)]
        return Found(audit, marks.quoted(cited, assistant.document, assistant.library))
    except AssistantError as error:
        return Found(str(error), {})


def _quoted(line: AuditLine) -> Iterable[Citation]:
    yield line.citation
    if line.hop:
        yield line.hop.citation


# ---------------------------------------------------------------- what came of it


def _audit(audit: Audit, sources: Mapping[str, Shown], words: Strings, own: AuditWords) -> None:
    s = summary(audit)
    said: list[Part] = [element("strong", own.compared.format(s.compared, s.sources) if s.compared else own.nothing)]
    if s.not_held:
        said.append(" " + own.not_held.format(s.not_held, s.works_not_held))
    draw(element("div", *said, name="coverage"))
    if s.compared:
        draw(element("div", own.honest, name="aside"))
    lines = _chosen(audit, s.verdicts, s.not_held, own)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(len(lines), len(audit.lines)), name="aside"))
        if lines:
            _saving(audit, lines, words, own)
    pages = math.ceil(len(lines) / ROWS)
    place = st.pagination(pages, key=f"audit-page-{pages}") if pages > 1 else 1
    draw(*(_line(line, sources, words, own) for line in lines[(place - 1) * ROWS : place * ROWS]))


def _chosen(audit: Audit, counts: Mapping[Support, int], not_held: int, own: AuditWords) -> Sequence[AuditLine]:
    """The lines of the chosen verdicts, what may be wrong first; without a choice, all that were compared."""
    every: dict[Chosen, int] = dict(counts.items())
    every["others"] = not_held
    chosen: list[Chosen] = st.pills(
        own.verdict,
        [v for v, n in every.items() if n],
        format_func=lambda v: f"{' '.join(_verdict(v, own))} {every[v]}",
        selection_mode="multi",
        key=f"audit-verdicts-{audit.document}",
        persist_state="session",
    )
    wanted = set(chosen) or set(counts) or {"others"}
    if not chosen and not any(counts.values()):
        wanted = {"others"}
    return worst_first(x for x in audit.lines if (x.verdict.support if compared(x) else "others") in wanted)


def _verdict(v: Chosen, own: AuditWords) -> tuple[str, str]:
    """Sign and word."""
    return ("○", own.others) if v == "others" else (SIGNS[v], own.verdicts[v])


def _saving(audit: Audit, lines: Sequence[AuditLine], words: Strings, own: AuditWords) -> None:
    with st.popover(words.save, key="save-audit"), st.container(horizontal=True, gap="small"):
        for file, name in (("audit.csv", own.save_csv), ("audit.html", own.save_page)):
            made = partial(_made, audit, lines, file)
            st.download_button(name, made, file_name=file, key=f"save-{file}", on_click="ignore")


def _made(audit: Audit, lines: Sequence[AuditLine], file: str) -> bytes:
    return saved(audit, lines)[file]


def saved(audit: Audit, lines: Sequence[AuditLine]) -> dict[str, bytes]:
    """The lines as files, by their names."""
    return {"audit.csv": audit_csv(lines), "audit.html": audit_page(audit, lines).encode()}


def _line(line: AuditLine, sources: Mapping[str, Shown], words: Strings, own: AuditWords) -> Markup:
    """The paper's sentence beside the source's words, with the verdict over both."""
    support = line.verdict.support
    named = own.note.format(line.note) if line.note else own.by_name
    mark, said = _verdict(support if compared(line) else "others", own)
    why = [element("span", because(line.verdict, words))] if line.verdict.why else []
    return element(
        "section",
        element("div", element("strong", sign(mark), said), *why, name=f"verdict {support}"),
        element(
            "div",
            element(
                "div",
                element("h3", f"{own.paper} ({_where(line.citation, sources, words)}, {named})"),
                *_words(line, line.citation, line.hop.citation if line.hop else None, sources, words, own),
            ),
            element("div", *_beside(line, sources, words, own)),
            name="beside",
        ),
        name=f"audited {support}",
    )


def _beside(line: AuditLine, sources: Mapping[str, Shown], words: Strings, own: AuditWords) -> Iterable[Markup]:
    title = line.work.title or line.work.id
    if line.hop is None:
        yield element("h3", title)
        if compared(line):
            yield element("div", own.nothing_beside, name="aside")
        else:
            yield element("div", own.not_held_here, " ", evidence.state(line.work.state, words), name="aside")
        return
    c = line.hop.citation
    over = own.nearest if only_near(line) else own.source
    where = ", ".join(filter(None, [letters(title, 120), _where(c, sources, words)]))
    yield element("h3", f"{over} ({where})")
    yield from _words(line, c, line.citation, sources, words, own)


def _where(c: Citation, sources: Mapping[str, Shown], words: Strings) -> str:
    """The page, else the section."""
    return evidence.place(c, sources[c.document].document, words) or " › ".join(c.section)


def _words(
    line: AuditLine,
    c: Citation,
    other: Citation | None,
    sources: Mapping[str, Shown],
    words: Strings,
    own: AuditWords,
) -> Iterable[Markup]:
    """The quoted words, with what differs marked in them; behind them, folded away, where they stand."""
    differs = other is not None and line.verdict.support in ("contradicted", "partial")
    spans = differences(c.quote, other.quote, line.verdict.why) if differs and other else ()
    if named := cell_said(c) or columns_said(c):
        yield element("div", named, name="aside")
    yield element("div", "“", *_marked(c.quote, spans), "”", name="quoted-words")
    yield element(
        "details",
        element("summary", own.more),
        evidence.context(c, sources[c.document].document),
        name="evidence",
    )


def _marked(quote: str, spans: Sequence[Span]) -> Iterable[Part]:
    at = 0
    for span in spans:
        if span.start >= at:
            yield quote[at : span.start].replace("\t", " | ")
            yield element("mark", span.slice(quote))
            at = span.end
    yield quote[at:].replace("\t", " | ")
