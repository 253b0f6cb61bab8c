"""The ledger: every work that the documents name, where, and what has become of it; as a table and as a plot."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import streamlit as st

from assistant.protocols import Library
from assistant.sources.ledger import Entry, Ledger
from assistant.sources.sheets import Sheet, sheet_of_works
from assistant.types import Naming, Note, SourceState
from assistant.ui import downloads, frame, works
from assistant.ui.evidence import STATES, state
from assistant.ui.foreign import Markup, Part, draw, element, join, letters, told
from assistant.ui.strings import Strings, counted
from assistant.ui.strings_sources import WORDS, Had, SourcesWords

ROWS = 50
"""Works on one page of the table."""
TALL = 640
"""Pixels of a plot that are shown at once."""
NAMED = 3
"""Documents that a closed row names."""


class Grounded(Protocol):
    """What the page needs of the assistant."""

    @property
    def library(self) -> Library: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def index(self) -> str: ...


def page(open_assistant: Callable[[], Grounded]) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached."""
    words = frame.begin(1)
    own = WORDS[words.language]
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    ledger = assistant.ledger
    if not ledger.entries and not ledger.doubts:
        draw(element("p", own.none_named))
        return
    names = works.called(assistant.library, words.language)
    head = st.container()
    document, entries = _filtered(ledger, names, words, own)
    with head:
        _coverage(ledger if document is None else ledger.only(document), own)
        _doubts(ledger.only(document), assistant.library, names, own)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(f"{len(entries):,}", f"{len(ledger.entries):,}"), name="aside"))
        view = st.segmented_control(
            own.plot, ["table", "plot"], default="table", required=True, key="sources-view", persist_state="session",
            format_func={"table": own.table, "plot": own.plot}.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
        if entries:
            downloads.popover("works", lambda: sheet(entries, assistant, words), words, "bibliography")
    if not entries:
        draw(element("p", own.nothing_fits))
    elif view == "plot":
        _plot(entries, document, names, words, own)
    else:
        _table(entries, assistant.library, names, words, own)


def sheet(entries: Sequence[Entry], assistant: Grounded, words: Strings) -> Sheet:
    """The bibliography that the filters leave, with the state of each work."""
    states = [assistant.ledger.state(e.work.id) for e in entries]
    return sheet_of_works([e.work for e in entries], language=words.language, states=states, index=assistant.index)


def _coverage(ledger: Ledger, own: SourcesWords) -> None:
    c = ledger.coverage()
    beyond = c.named - c.within_reach
    draw(
        element("p", own.intro),
        element(
            "div",
            element("strong", own.coverage.format(*(f"{n:,}" for n in (c.held, c.within_reach, c.named)))),
            *([" ", counted(own.ceiling, beyond)] if beyond else []),
            name="coverage",
        ),
    )


# ---------------------------------------------------------------- filters


def _filtered(
    ledger: Ledger, names: Mapping[str, str], words: Strings, own: SourcesWords
) -> tuple[str | None, list[Entry]]:
    """The chosen document, and the entries that pass the filters, in the chosen order."""
    naming = {n.document for e in ledger.entries for n in e.namings}
    with st.container(horizontal=True, key="filters"):
        document = st.selectbox(
            own.document,
            [None, *(id for id in names if id in naming)],
            format_func=lambda id: own.any_document if id is None else letters(names[id], 70),
            key="sources-document",
            persist_state="session",
        )
        text = st.text_input(own.search, key="sources-text", persist_state="session", max_chars=200)
        had: list[Had] = st.multiselect(
            own.had,
            [h for h in own.retrievals if any(e.work.retrieval == h for e in ledger.entries)],
            format_func=own.retrievals.__getitem__,
            key="sources-had",
            persist_state="session",
            placeholder=own.any_way,
        )
        order = st.selectbox(
            own.order, range(3), format_func=own.orders.__getitem__, key="sources-order", persist_state="session"
        )
    entries = [e for e in ledger.entries if document is None or any(n.document == document for n in e.namings)]
    entries = [e for e in entries if (not had or e.work.retrieval in had) and _has(e, text)]
    # Each state with how many of the others' filters leave it, so that no press leads to an empty table.
    counts = Counter(e.state for e in entries)
    chosen: list[SourceState] = st.pills(
        own.state,
        [s for s in STATES if counts[s]],
        format_func=lambda s: f"{STATES[s]} {words.states[s]} {counts[s]:,}",
        selection_mode="multi",
        key="sources-state",
        persist_state="session",
    )
    entries = [e for e in entries if not chosen or e.state in chosen]
    if order == 1:
        entries.sort(key=lambda e: -len(e.namings))
    elif order == 2:
        entries.sort(key=lambda e: e.work.issued or "", reverse=True)
    return document, entries


def _has(entry: Entry, text: str) -> bool:
    """Whether all the words looked for stand in what is known of a work."""
    if not text.strip():
        return True
    work = entry.work
    known = " ".join(
        [work.id, work.title, works.authors(work.authors), *(str(a) for a in work.authors), work.container or "",
         work.publisher or "", work.issued or "", work.doi or "", work.url or "",
         *(f"{n.note or ''} {n.reference.text if n.reference else ''}" for n in entry.namings)]
    ).casefold()  # fmt: skip
    return all(word in known for word in text.casefold().split())


# ---------------------------------------------------------------- the table


def _table(
    entries: Sequence[Entry], library: Library, names: Mapping[str, str], words: Strings, own: SourcesWords
) -> None:
    """Rows that open where they stand, without asking the server; a page of them at a time."""
    pages = math.ceil(len(entries) / ROWS)
    # Above the table, which then changes where the reader looks.
    place = st.pagination(pages, key=f"sources-page-{pages}") if pages > 1 else 1
    rows = [_work(e, library, names, words, own) for e in entries[(place - 1) * ROWS : place * ROWS]]
    heads = element("div", *(element("span", h) for h in own.heads), name="work-heads")
    draw(element("div", heads, *rows, name="works"))


def _work(entry: Entry, library: Library, names: Mapping[str, str], words: Strings, own: SourcesWords) -> Markup:
    work = entry.work
    return element(
        "details",
        element(
            "summary",
            element("span", element("strong", works.byline(work, words.language)), " ", work.title, name="work-name"),
            element("span", _where(entry.namings, names, own), name="work-where"),
            element("span", state(entry.state, words), element("span", _to_do(entry, own), name="to-do"),
                    name="work-state"),
        ),
        element("div", *_known(entry, names, words, own), *_named(entry.namings, library, names, own),
                name="work-more"),
        name="work",
    )  # fmt: skip


def _to_do(entry: Entry, own: SourcesWords) -> str:
    if entry.state == "not_retrievable":
        return own.how_to_get[entry.work.retrieval]
    if entry.state == "not_held" and not (entry.work.url or entry.work.doi):
        return own.no_address
    return own.to_do[entry.state]


def _where(namings: Sequence[Naming], names: Mapping[str, str], own: SourcesWords) -> str:
    """`Bark and Kwak 2026: notes 3, 18`, of the first few documents."""
    by_document: dict[str, list[str]] = {}
    for n in namings:
        notes = by_document.setdefault(n.document, [])
        if n.note is not None and n.note not in notes:
            notes.append(n.note)
    parts = []
    for id, notes in list(by_document.items())[:NAMED]:
        where = own.notes[len(notes) > 1].format(", ".join(notes)) if notes else own.in_text
        parts.append(f"{names.get(id, id)}: {where}")
    if len(by_document) > NAMED:
        parts.append(counted(own.more_documents, len(by_document) - NAMED))
    return "; ".join(parts)


def _known(entry: Entry, names: Mapping[str, str], words: Strings, own: SourcesWords) -> Iterable[Markup]:
    """The record, what the state rests on, and what to do about it."""
    work = entry.work
    if entry.title_unsure and (entry.document or words.language != "en"):  # else the ledger's own sentence says so
        yield element("div", own.title_unsure, name="aside")
    volume = " ".join(filter(None, [work.volume, f"({work.issue})" if work.issue else ""]))
    published = [work.container, volume, work.pages, work.publisher, work.issued]
    yield element("div", ". ".join(filter(None, [works.authors(work.authors), work.title])))
    yield element("div", ", ".join(filter(None, published)), name="aside")
    addresses = [work.url, f"https://doi.org/{work.doi}" if work.doi else None]
    if known := [element("code", a) for a in addresses if a]:
        yield element("div", join(*known, between=" "), name="aside")
    yield element("div", f"{own.had}: {own.retrievals[work.retrieval]} · {work.id}", name="aside")
    if entry.document is not None:
        yield element("div", element("strong", f"{own.held_as}: "), names.get(entry.document, entry.document),
                      " ", element("code", entry.document))  # fmt: skip
    elif words.language == "en":
        yield element("div", told(entry.why))
    elif entry.attempt:  # the ledger's own sentence is in English
        kind = own.attempts[entry.attempt.outcome.kind]
        yield element("div", own.last_attempt.format(entry.attempt.date[:10], kind))
    yield from _commands(entry, entry.why if words.language == "en" else "", own)


def _commands(entry: Entry, said: str, own: SourcesWords) -> Iterable[Markup]:
    """What can be typed, where that was not said already."""
    id = entry.work.id
    fetch = f"assistant sources fetch {id}"
    if entry.state == "ambiguous" and entry.rivals:
        yield element("div", own.maybe)
        for rival in entry.rivals:
            yield element("div", element("code", f"assistant sources match {rival} {id}"))
            yield element("div", own.settle, " ", element("code", f"assistant sources match {rival} none"))
    elif entry.state == "not_held" and (entry.work.url or entry.work.doi) and fetch not in said:
        yield element("div", own.fetch, " ", element("code", fetch))
    if entry.state != "held" and not entry.rivals:
        yield element("div", own.by_hand, " ", element("code", "assistant ingest PATH"))


def _named(
    namings: Sequence[Naming], library: Library, names: Mapping[str, str], own: SourcesWords
) -> Iterable[Markup]:
    """Each note that names the work, with its text and in it the words that do."""
    items = []
    for n in namings:
        where = own.notes[0].format(n.note) if n.note is not None else own.in_text
        head = element("strong", f"{names.get(n.document, n.document)}, {where}: ")
        text = _note_text(n, library, names, own)
        unsure = [element("div", own.unsure.format(", ".join(n.reference.unsure)), name="aside")] if (
            n.reference and n.reference.unsure) else []  # fmt: skip
        items.append(element("li", head, *text, *unsure))
    if items:
        yield element("div", element("strong", own.named_in), name="named-in")
        yield element("ul", *items)


def _note_text(naming: Naming, library: Library, names: Mapping[str, str], own: SourcesWords) -> list[Part]:
    note = _note(naming, library) if naming.document in names else None
    reference = naming.reference
    if note is None or note.text is None:
        return [reference.text if reference else own.record]
    if reference is None or reference.span.end > len(note.text):
        return [note.text]
    span = reference.span
    return [note.text[: span.start], element("mark", span.slice(note.text)), note.text[span.end :]]


def _note(naming: Naming, library: Library) -> Note | None:
    if naming.place is None:
        return None
    notes = library.document(naming.document).notes
    return notes[naming.place] if naming.place < len(notes) else None


# ---------------------------------------------------------------- doubts and plot


def _doubts(ledger: Ledger, library: Library, names: Mapping[str, str], own: SourcesWords) -> None:
    """Notes of which it is not clear what they mean, folded away below one line."""
    if not ledger.doubts:
        return
    items = []
    for n in ledger.doubts:
        where = own.notes[0].format(n.note) if n.note is not None else own.in_text
        could = own.could_be.format(", ".join(n.rivals)) if n.rivals else own.unread
        head = element("strong", f"{names.get(n.document, n.document)}, {where}: ")
        subject = f"{n.document}#{n.note}" if n.note is not None else n.document
        settle = [element("div", element("code", f"assistant sources match {subject} {w}")) for w in n.rivals]
        if settle:
            settle.append(element("div", own.settle, " ", element("code", f"assistant sources match {subject} none")))
        items.append(
            element("li", head, *_note_text(n, library, names, own), element("div", could, name="aside"), *settle)
        )
    summary = element("summary", f"◇ {counted(own.doubts, len(items))}")
    draw(element("details", summary, element("div", own.doubts_mean, name="aside"), element("ul", *items),
                 name="doubts"))  # fmt: skip


def _plot(
    entries: Sequence[Entry], document: str | None, names: Mapping[str, str], words: Strings, own: SourcesWords
) -> None:
    from assistant.ui import plot  # its library is needed here alone

    naming = {n.document for e in entries for n in e.namings}
    wanted = {id: name for id, name in names.items() if id in naming and document in (None, id)}
    drawn = plot.plot(entries, wanted, words.language, (own.plot_notes, own.plot_count))
    if drawn is None:
        draw(element("p", own.nothing_fits))
        return
    if drawn.works < len(entries):
        draw(element("div", own.plot_most.format(drawn.works, f"{len(entries):,}"), name="aside"))
    draw(element("div", *(state(s, words) for s in drawn.states), name="legend"))
    if len(wanted) == 1:
        draw(element("div", element("strong", next(iter(wanted.values())))))
    with st.container(height=TALL if drawn.works > 26 else "content", border=False, key="plot"):
        st.altair_chart(drawn.chart, width="stretch", alt=own.plot_alt)
