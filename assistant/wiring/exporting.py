"""Answers, evidence, notes and the bibliography as sheets, and sheets as files: what the page's buttons and
`assistant export` call.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from assistant.errors import CorpusError
from assistant.pipeline import Assistant
from assistant.protocols import Library
from assistant.render.grid import Grid
from assistant.sources.bibliography import is_others
from assistant.sources.ledger import Entry, Ledger
from assistant.sources.phrases import word
from assistant.sources.sheets import (
    Sheet,
    sheet_of_brief,
    sheet_of_evidence,
    sheet_of_notes,
    sheet_of_reply,
    sheet_of_works,
)
from assistant.states import STATES
from assistant.text import language_of
from assistant.types import Document, Evidence, Language, Naming, Person, Reply, SourceState, Work
from assistant.types.policy import Brief

if TYPE_CHECKING:
    from assistant.backends.exports import Form
    from assistant.backends.exports.grids import GridForm

BriefForm = Literal["markdown", "word", "pdf"]


def download(sheet: Sheet, form: Form, style: str = "chicago") -> tuple[bytes, str, str]:
    """A sheet as a file: its bytes, its media type, a name for it. `style` ('chicago', 'apa') is that of the notes and
    the bibliography in Markdown and Word.
    """
    from assistant.backends.exports import MEDIA_TYPES, SUFFIXES, export

    words = re.findall(r"[^\W_]+", sheet.title)
    stem = ""
    for each in words:
        if len(stem) + len(each) > 60:
            break
        stem = f"{stem}-{each}" if stem else each
    of = f"-{form}" if SUFFIXES[form] == ".txt" else ""
    return export(sheet, form, style), MEDIA_TYPES[form], f"{stem or 'export'}{of}{SUFFIXES[form]}"


def reply_sheet(assistant: Assistant, reply: Reply) -> Sheet:
    """An answer, or an abstention with what comes nearest."""
    return sheet_of_reply(reply, records(assistant.library, assistant.ledger))


def evidence_sheet(assistant: Assistant, evidence: Evidence, title: str = "") -> Sheet:
    """What speaks for and against each sentence of a text."""
    return sheet_of_evidence(evidence, records(assistant.library, assistant.ledger), title)


def bibliography_sheet(
    assistant: Assistant,
    documents: Sequence[str] | None = None,
    states: Collection[SourceState] | None = None,
    language: Language | None = None,
) -> Sheet:
    """All works that the documents name, and the documents; with `documents` only what those name. `states` keeps the
    works of which one of these became. `language` is that of the headings; without it, the documents'.
    """
    return bibliography(assistant.library, assistant.ledger, assistant.index, documents, states, language)


def note_sheet(assistant: Assistant, document: str, number: str) -> Sheet:
    """The works that a note names, or where numbers begin anew all notes of that number; raises CorpusError where
    there is no such note or it names nothing.
    """
    return noted(assistant.library, assistant.ledger, assistant.index, document, number)


def brief_file(assistant: Assistant, brief: Brief, form: BriefForm, style: str = "chicago", font: str = "") -> bytes:
    """A brief as Markdown, Word or PDF. `font` (the setting `pdf_font`) is embedded in a PDF."""
    from assistant.backends.exports import export

    sheet = sheet_of_brief(brief, records(assistant.library, assistant.ledger))
    if form == "pdf":
        from assistant.backends.exports.citing import style_of
        from assistant.backends.exports.paper import pdf_file

        return pdf_file(sheet, style_of(style), font)
    return export(sheet, form, style)


def view_file(assistant: Assistant, grid: Grid, form: GridForm, style: str = "chicago") -> bytes:
    """A view of documents as CSV, Markdown or Word."""
    from assistant.backends.exports.grids import grid_file

    return grid_file(grid, form, records(assistant.library, assistant.ledger), style)


# ---------------------------------------------------------------- which needs no models


def records(library: Library, ledger: Ledger) -> dict[str, Work]:
    """The best record of each document, by its id: that of the work which it is, where it is a cited one."""
    known = {work.id: work for work in library.works()}
    return known | {e.document: recorded(e) for e in ledger.entries if e.document is not None}


def recorded(entry: Entry) -> Work:
    """The record of a cited work, with 'et al.' where a note says that there are more authors than the record has."""
    work, named = entry.work, [n.reference for n in entry.namings if n.reference is not None]
    short = any(r.et_al and len(r.authors) >= len(work.authors) for r in named)
    if not short or not work.authors or is_others(work.authors[-1].family):
        return work
    return replace(work, authors=(*work.authors, Person("et al.")))


def bibliography(
    library: Library,
    ledger: Ledger,
    index: str,
    documents: Sequence[str] | None = None,
    states: Collection[SourceState] | None = None,
    language: Language | None = None,
) -> Sheet:
    """As `bibliography_sheet`."""
    wanted = None if documents is None else set(documents)

    def is_named(namings: Iterable[Naming]) -> bool:
        return wanted is None or any(n.document in wanted for n in namings)

    entries = [e for e in ledger.entries if is_named(e.namings) and (states is None or e.state in states)]
    works = {e.work.id: recorded(e) for e in entries}
    if wanted is None and (states is None or "held" in states):
        works |= {w.id: w for w in _documents(library, ledger) if w.id not in works}
    about = [library.document(id) for id in documents or library.document_ids()]
    language = language or _language(about)
    catalogued = {w.id for w in library.works()}
    read = sum(e.work.id not in catalogued for e in entries)
    doubts = sum(is_named([n]) for n in ledger.doubts)
    notices = [word("read", language).format(read) if read > 1 else word("read one", language)] if read else []
    notices += [word("doubts", language).format(doubts)] if doubts else []
    notices += [] if works else [word("none", language)]
    titles = "; ".join(d.work.title or d.id for d in about) if documents else ""
    return sheet_of_works(
        works.values(),
        word("names", language).format(titles) if titles else "",
        language,
        notices,
        [ledger.state(e.work.id) for e in entries],
        index,
    )


def _documents(library: Library, ledger: Ledger) -> list[Work]:
    """The works that the documents are, without those that the ledger has: a digest is no work, and stands for one."""
    cited = {e.document for e in ledger.entries}
    known = {work.id: work for work in library.works()}
    own = (library.document(id).work for id in library.document_ids() if id not in cited)
    return [known.get(work.digest_of or "") or work for work in own]


def noted(library: Library, ledger: Ledger, index: str, id: str, number: str) -> Sheet:
    """As `note_sheet`."""
    document = library.document(id)
    language = _language([document])
    places = [place for place, note in enumerate(document.notes) if note.number == number]
    if not places:
        raise CorpusError(f"{id} has no note {number!r}: it has {len(document.notes)}; `assistant show {id}` has them")
    named: list[tuple[str, list[tuple[Work, str, str]]]] = []
    for place in places:
        namings = [n for e in ledger.entries for n in e.namings if (n.document, n.place) == (id, place)]
        namings += [n for n in ledger.doubts if (n.document, n.place) == (id, place)]
        works = [one for n in sorted(namings, key=_in_order) for one in _works(n, ledger, language)]
        text = document.notes[place].text or word("unnamed", language)
        named.append((word("note", language).format(number, text), list(dict.fromkeys(works))))
    if not any(works for _, works in named):
        raise CorpusError(f"note {number} of {id} names no work: `assistant show {id} --note {number}` prints it")
    title = word("note of", language).format(number, document.work.title or id)
    return sheet_of_notes(title, named, language, index)


def _in_order(naming: Naming) -> int:
    return naming.reference.span.start if naming.reference else -1


def _works(naming: Naming, ledger: Ledger, language: Language) -> Iterable[tuple[Work, str, str]]:
    """The work that a naming means, or those that it may mean, each with the place in it and what is to be said."""
    locator = (naming.reference.locator if naming.reference else None) or ""
    if locator[:1].isdigit():
        locator = word("page", language).format(locator)
    for id in (naming.work,) if naming.work else naming.rivals:
        if entry := ledger.entry(id):
            doubt = "" if naming.work else f"; {word('doubtful', language)}"
            yield recorded(entry), locator, f"{STATES[entry.state][language]}{doubt}"


def _language(documents: Sequence[Document]) -> Language:
    """Korean where all documents are."""
    return "ko" if documents and all(language_of(d.text[:2000]) == "ko" for d in documents) else "en"
