"""`assistant sources`: the ledger of cited works, what a file is, and fetching what is missing."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from assistant import render
from assistant.cli import fetch
from assistant.cli import ledger as drawn
from assistant.cli.common import columns, find_document, progress_bars, say, write_bytes
from assistant.config import Settings
from assistant.errors import AssistantError, CorpusError, UsageError
from assistant.sources import decisions
from assistant.sources.ledger import Entry, Ledger
from assistant.store import generations
from assistant.store.library import StoredLibrary
from assistant.terminal import pad, wide, wrap
from assistant.types import Names, Retrieval, SourceState

_ABOUT = "every work that the documents name: where, and whether it is held; without DOCUMENT, of all documents"
_MATCH = "say which cited work a file or document is, or which work a doubtful note means"
_TOGETHER: dict[SourceState, str] = {"not_held": "not held", "not_retrievable": "not retrievable"}
"""States of which many works have one reason: it is said once, above them."""
_MOST = 6
_DOCUMENTS = 20
_TITLE = 24
"""Letters of a title that tell a reader which it is."""


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The commands with their options. `main` joins the two words of `sources fetch`: each is a command of its own."""
    p = command("sources", show, _ABOUT, reports)
    p.add_argument("document", nargs="?", metavar="DOCUMENT", help="only what this document names")
    p.add_argument("--note", metavar="N", help="with DOCUMENT: only what this note names")
    p.add_argument("--state", action="append", default=[], metavar="STATE", type=_state,
                   help=f"only works in this state, repeatable: {', '.join(drawn.STATES)}")  # fmt: skip
    p.add_argument("--retrieval", action="append", default=[], metavar="HOW", type=_retrieval,
                   help=f"only works that can be had so, repeatable: {', '.join(get_args(Retrieval))}, unknown")  # fmt: skip
    p.add_argument("--csv", type=Path, metavar="FILE", help="write a table for a spreadsheet")
    p.add_argument("--markdown", action="store_true", help="print a table of a Markdown file")
    p = command("sources match", match, _MATCH, reports)
    p.add_argument("subject", metavar="DOCUMENT", help="a document's id or file, or DOCUMENT#NOTE for a doubtful note")
    p.add_argument("work", nargs="?", metavar="WORK", help="the id of a cited work; 'none' for none of them")
    p.add_argument("--none", action="store_true", help="it is none of the cited works")
    p.add_argument("--forget", action="store_true", help="forget what was said of it")
    fetch.add(command, reports)


def _state(text: str) -> SourceState:
    found = next((s for s in drawn.STATES if s == text.replace("-", "_").replace(" ", "_")), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no state: give one of {', '.join(drawn.STATES)}")
    return found


def _retrieval(text: str) -> Retrieval | None:
    if text != "unknown" and text not in get_args(Retrieval):
        raise argparse.ArgumentTypeError(f"{text!r}: give one of {', '.join(get_args(Retrieval))}, unknown")
    return next((r for r in get_args(Retrieval) if r == text), None)


# the ledger


def show(options: Any, settings: Settings) -> int:
    from assistant import wiring

    if options.note is not None and options.document is None:
        raise UsageError("name the document before --note: notes are numbered within one")
    library = generations.current(settings.index).library()
    whole = wiring.open_ledger(settings, library)
    document = find_document(library, options.document, settings) if options.document else None
    if (
        options.note is not None
        and document
        and not any(n.number == options.note for n in library.document(document).notes)
    ):
        raise CorpusError(f"{document} has no note {options.note}: it has {len(library.document(document).notes)}")
    scope = whole.only(document, note=options.note)
    part = scope.only(states=options.state, retrievals=options.retrieval)
    if options.csv is not None:
        write_bytes(options.csv, drawn.ledger_csv(part))
    if options.json:
        say(drawn.ledger_json(part, scope, whole))
    elif options.markdown:
        say(drawn.ledger_markdown(part))
    elif not whole.entries and not whole.doubts:
        say("no document names a work: their notes, or `cites` and `named_by` in catalog.toml, would")
    else:
        matched = decisions.remembered(wiring.memory(settings))
        asked = options.state or options.retrieval
        loose = [] if asked else _loose(whole.entries, library, matched if document is None else {}, columns())
        lines = [*_text(part, columns()), *loose, "", *_told(part, scope, whole, columns())]
        say("\n".join(lines).lstrip("\n"))
    return 0


def _text(part: Ledger, width: int) -> Iterator[str]:
    """The ledger for a person: works by state, then what is in doubt."""
    by_document = part.by_document()
    alone = len(by_document) == 1
    if alone:
        yield f"named by {render.plain(next(iter(by_document)))}; at the right the notes that name a work"
    elif by_document:
        yield "at the right the documents that name a work, with the numbers of their notes"
    for state in drawn.STATES:
        entries = [e for e in part.entries if e.state == state]
        if state in _TOGETHER:
            for advice in dict.fromkeys(_advice(e) for e in entries):
                some = [e for e in entries if _advice(e) == advice]
                yield from _group(f"{_TOGETHER[state]} ({len(some)}), {advice}", some, alone, width, told=True)
        elif entries:
            yield from _group(f"{drawn.STATES[state]} ({len(entries)})", entries, alone, width, told=False)
    if part.doubts:
        yield f"\ndoubtful notes ({len(part.doubts)}): which work they mean is not clear"
        for naming in part.doubts:
            yield from _lines(drawn.doubt_text(naming), width, "  ")


def _told(part: Ledger, scope: Ledger, whole: Ledger, width: int) -> Iterator[str]:
    """How much of the `scope` is shown and how much of it is held."""
    if len(part.entries) < len(scope.entries):
        yield f"{len(part.entries)} of {len(scope.entries)} works are shown"
    yield from wrap(drawn.coverage_text(scope.entries, scope.coverage()), width)
    if len(shares := whole.by_document()) > 1 and scope.entries == whole.entries:
        for document, c in list(shares.items())[:_DOCUMENTS]:
            yield f"  {render.plain(document)}: held {c.held} of {c.within_reach} ({c.named} named)"


def _lines(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """As `wrap`, but a command stays in one line where it has room, so that it can be copied."""
    whole = re.sub(r"`[^`]{1,90}`", lambda m: m[0].replace(" ", _JOINT), text)
    return [line.replace(_JOINT, " ") for line in wrap(whole, width, first, rest)]


_JOINT = "\ue000"
"""Stands for a blank inside a command while lines are broken; foreign text that holds it loses it."""


def _advice(entry: Entry) -> str:
    return entry.why.replace(f" {entry.work.id}`", " WORK`")


def _group(head: str, entries: Sequence[Entry], alone: bool, width: int, told: bool) -> Iterator[str]:
    """A line a work, with the notes that name it; `told`: what there is to say of each was said in the head."""
    yield from ["", *_lines(render.plain(head), width)]
    places = [drawn.where(e, alone) for e in entries]
    right = min(max(map(wide, places)), width // 3)
    left = width - right - 4
    for e, place in zip(entries, places, strict=True):
        there, where = _called(e, left), wrap(place, right) or [""]
        for n in range(max(len(there), len(where))):
            line, notes = (lines[n] if n < len(lines) else "" for lines in (there, where))
            yield f"  {pad(line, left)}  {notes}".rstrip()
        if not told:
            yield from _lines(render.plain(e.why), width, "      → ", "        ")


def _called(entry: Entry, width: int) -> list[str]:
    """'Author, title, year [id]', in a line where a good part of the title has room beside the id, else in two."""
    id = f"[{render.plain(entry.work.id)}]"
    beside = width - wide(id) - 1
    for room in (beside, width):
        for longest in range(96, _TITLE if room == beside else 4, -4):
            if wide(said := drawn.label(entry.work, longest)) <= room:
                return [f"{said} {id}"] if room == beside else [said, f"    {id}"]
    return [f"{id}"]


def _loose(
    entries: Sequence[Entry], library: StoredLibrary, matched: dict[str, str | None], width: int
) -> Iterator[str]:
    """Held sources that are no work which is named, and what was matched to a work that is gone."""
    known = {e.document for e in entries} | {r for e in entries for r in e.rivals}
    sources = {w.id for w in library.works() if w.kind == "source"}
    loose = [id for id in library.document_ids() if id in sources and id not in known and id not in matched]
    if loose:
        few = ", ".join(map(render.plain, loose[:_MOST])) + (", …" if len(loose) > _MOST else "")
        yield ""
        text = f"held as sources, and no work that a note names ({len(loose)}): {few}; `assistant sources match DOCUMENT WORK`"
        yield from _lines(text, width)
    works = {e.work.id for e in entries}
    for subject, work in matched.items():
        if work is not None and work not in works:
            text = f"{subject} was matched to {work}, which no document names now: `assistant sources match {subject} --forget`"
            yield from ["", *_lines(render.plain(text), width)]


# matching


def match(options: Any, settings: Settings) -> int:
    from assistant import wiring

    said = [options.work is not None, options.none, options.forget]
    none = options.none or (options.work or "").casefold() == "none"
    if sum(said) != 1:
        raise UsageError("say which: a WORK (`assistant sources` lists them), or --none, or --forget")
    library = generations.current(settings.index).library()
    path = Path(options.subject)
    if path.is_file() and not _is_held(library, options.subject, settings):
        with progress_bars() as progress:
            wiring.ingest(settings, [path], progress=progress)
        library = generations.current(settings.index).library()
    state, names = wiring.memory(settings), library.names()
    known = decisions.remembered(state)
    # What was said of a document that is gone can be forgotten all the same.
    subject = (
        options.subject if options.forget and options.subject in known else _subject(library, options.subject, settings)
    )
    if options.forget:
        if not decisions.forget(state, subject):
            raise UsageError(f"nothing was said of {subject}: there is nothing to forget")
    else:
        decisions.decide(state, subject, None if none else _work(subject, options.work, names))
    try:
        with progress_bars() as progress:
            wiring.ingest(settings, progress=progress)
    except AssistantError as error:
        raise type(error)(f"what was said of {subject} is kept, and is not in the index yet: {error}") from error
    _matched(subject, wiring.open_ledger(settings, generations.current(settings.index).library()), options.json)
    return 0


def _is_held(library: StoredLibrary, name: str, settings: Settings) -> bool:
    try:
        find_document(library, name, settings)
    except CorpusError:
        return False
    return True


def _subject(library: StoredLibrary, name: str, settings: Settings) -> str:
    """The document that is meant, or one of its notes. Raises CorpusError, UsageError."""
    document, mark, note = name.rpartition("#")
    if not mark or _is_held(library, name, settings):
        return find_document(library, name, settings)
    id = find_document(library, document, settings)
    named = [n for n in library.names().namings if n.document == id and n.note == note]
    subject = f"{id}#{note}"
    if not any(n.number == note for n in library.document(id).notes):
        raise CorpusError(f"{id} has no note {note}: it has {len(library.document(id).notes)}")
    if all(n.work is not None for n in named) and subject not in decisions.remembered(_memory(settings)):
        works = ", ".join(dict.fromkeys(n.work for n in named if n.work)) or "no work"
        raise UsageError(f"note {note} of {id} is not in doubt: it names {works}")
    return subject


def _memory(settings: Settings) -> Path:
    from assistant import wiring

    return wiring.memory(settings)


def _work(subject: str, work: str, names: Names) -> str:
    """The id of a cited work. Raises CorpusError with those that are near."""
    known = {w.id: w for w in names.works}
    document, mark, note = subject.rpartition("#")
    rivals = [id for n in names.namings if mark and (n.document, n.note) == (document, note) for id in n.rivals]
    if work in known and (not rivals or work in rivals):
        return work
    if rivals:
        raise UsageError(
            f"{subject} may mean {' or '.join(dict.fromkeys(rivals))}, and not {work!r}: give one, or --none"
        )
    wanted = work.casefold()
    near = [id for id, w in known.items() if wanted in id or wanted in w.title.casefold()][:3]
    near = near or difflib.get_close_matches(wanted, sorted(known), 3, 0.5)
    hint = f"is it {', '.join(near)}? " if near else ""
    raise CorpusError(f"no document names a work {work!r}: {hint}`assistant sources` lists the works")


def _matched(subject: str, ledger: Ledger, as_json: bool) -> None:
    """What is now known of a document or a note."""
    document, mark, note = subject.rpartition("#")
    if mark:
        entries = [e for e in ledger.entries if any((n.document, n.note) == (document, note) for n in e.namings)]
    else:
        entries = [e for e in ledger.entries if subject == e.document or subject in e.rivals]
    if as_json:
        say({"document": subject, "works": [drawn.entry_json(e) for e in entries],
             "coverage": drawn.coverage_json(ledger.coverage())})  # fmt: skip
        return
    verb = "names" if mark else "is"
    lines = [f"{subject} {verb} {e.work.id}: {drawn.stated(e.state, e.why)}" for e in entries]
    say("\n".join(map(render.plain, lines or [f"{subject} {verb} none of the works that are named"])))
    say(drawn.coverage_text(ledger.entries, ledger.coverage()))
