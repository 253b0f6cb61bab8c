"""The ledger for people and programs: lines, JSON, a table for a spreadsheet and one for Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.render import markdown, plain, work_state_json
from assistant.render.spreadsheets import csv_file
from assistant.sources.ledger import Coverage, Entry, Ledger
from assistant.types import Naming, SourceState, Work, WorkState

STATES: Mapping[SourceState, str] = {
    "held": "held",
    "ambiguous": "ambiguous",
    "not_held": "not held",
    "moved": "moved",
    "blocked": "blocked",
    "dead": "dead",
    "not_retrievable": "not retrievable",
}
"""In the order in which they are told: what is there, what asks for a person, what can be had, what cannot."""
WAYS = {
    "open": "open",
    "paywalled": "behind a paywall",
    "book": "a book",
    "data-service": "data behind a query",
    "law": "a law",
    "web": "a web page",
    None: "not known",
}
_LONGEST, _LONGEST_NAME = 88, 34


# words


def label(work: Work, longest: int = _LONGEST) -> str:
    """'Lane, Manufacturing Revolutions, 2025': author, title, year, as far as they are known."""
    return ", ".join(filter(None, [authors(work), _shortened(plain(work.title), longest), (work.issued or "")[:4]]))


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition(" ")[0] or text[:longest]).rstrip(" ,;:–—-[") + " …"


def authors(work: Work) -> str:
    """The family names, of more than two the first."""
    names = [_shortened(plain(a.family), _LONGEST_NAME) for a in work.authors]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def notes(namings: Sequence[Naming]) -> str:
    """'3, 18' of one document; 'text' where no note names the work."""
    return ", ".join(dict.fromkeys(plain(n.note) if n.note is not None else "text" for n in namings))


def where(entry: Entry, alone: bool = False) -> str:
    """'bark-kwak-2026 3, 18; han-2026 2'; the numbers `alone` where there is one document."""
    if alone:
        return notes(entry.namings)
    return "; ".join(
        f"{plain(document)} {notes([n for n in entry.namings if n.document == document])}"
        for document in entry.documents
    )


def coverage_text(entries: Sequence[Entry], c: Coverage) -> str:
    """'held 3 of the 43 that can be had (62 named)', and why the others cannot."""
    out = Counter(plain(e.why).partition(":")[0] for e in entries if e.state == "not_retrievable")
    why = ", ".join(f"{way} ({n})" for way, n in out.most_common())
    beyond = f"; {c.named - c.within_reach} cannot be had: {why}" if why else ""
    return f"held {c.held} of the {c.within_reach} that can be had ({c.named} named{beyond})"


def doubt_text(naming: Naming) -> str:
    """What a note says of which it is not clear what it means, and the command that settles it."""
    said = plain(naming.reference.text) if naming.reference else ""
    subject = f"{plain(naming.document)}#{plain(naming.note or '')}"
    if naming.rivals:
        could = " or ".join(map(plain, naming.rivals))
        return f"{subject} “{said}” may mean {could}: `assistant sources match {subject} {plain(naming.rivals[0])}`"
    return f"{subject} “{said}” points to a work that was not found: `assistant sources match {subject} WORK`"


def named_text(states: Iterable[WorkState]) -> str:
    """The works that a note names, a line each."""
    return "\n".join(f"→ {plain(s.id)}: {plain(s.title)}\n  {plain(stated(s.state, s.why))}" for s in states)


def stated(state: SourceState, why: str) -> str:
    """The state and what it rests on, the state said once: 'held as X, known by its DOI', 'not held: …'."""
    return why if why.startswith(f"{STATES[state]} ") else f"{STATES[state]}: {why}" if why else STATES[state]


# JSON


def ledger_json(part: Ledger, scope: Ledger, whole: Ledger) -> dict[str, Any]:
    """A part of the ledger with the coverage of the `scope` that it was picked from, and of each document."""
    by_document = {d: coverage_json(c) for d, c in whole.by_document().items()}
    return {
        "works": [entry_json(e) for e in part.entries],
        "doubts": [naming_json(n) for n in part.doubts],
        "coverage": {**coverage_json(scope.coverage()), "by_document": by_document},
    }


def coverage_json(c: Coverage) -> dict[str, int]:
    return {"named": c.named, "within_reach": c.within_reach, "held": c.held}


def entry_json(e: Entry) -> dict[str, Any]:
    work, attempt = e.work, e.attempt
    return {
        "id": work.id,
        "title": work.title,
        "authors": [str(a) for a in work.authors],
        "type": work.type,
        "container": work.container,
        "publisher": work.publisher,
        "issued": work.issued,
        "url": work.url,
        "doi": work.doi,
        "retrieval": work.retrieval,
        "state": e.state,
        "why": e.why,
        "document": e.document,
        "named_by": [naming_json(n) for n in e.namings],
        "rivals": list(e.rivals),
        "attempt": {"date": attempt.date, "outcome": attempt.outcome.kind, "why": attempt.outcome.why,
                    "asked": attempt.outcome.asked} if attempt else None,
    }  # fmt: skip


def naming_json(n: Naming) -> dict[str, Any]:
    """Where a document names a work; `start` and `end` count characters of the note's text."""
    r = n.reference
    span = r.span if r and n.note is not None else None
    return {
        "document": n.document,
        "note": n.note,
        "place": n.place,
        "work": n.work,
        "rivals": list(n.rivals),
        "text": r.text if r else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "form": r.form if r else None,
        "locator": r.locator if r else None,
        "unsure": list(r.unsure) if r else [],
    }


def named_json(states: Sequence[WorkState], doubts: Sequence[Naming]) -> dict[str, Any]:
    """What a note names, beside its own fields."""
    return {"named": [work_state_json(s) for s in states], "doubts": [naming_json(n) for n in doubts]}


# tables

COLUMNS = (
    "id", "authors", "title", "issued", "type", "how it can be had", "state", "why", "held as", "named by", "url", "doi",
)  # fmt: skip


def ledger_csv(part: Ledger) -> bytes:
    """A line a work for a spreadsheet."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    for e in part.entries:
        work = e.work
        row = (
            work.id, "; ".join(map(str, work.authors)), work.title, work.issued, work.type, WAYS[work.retrieval],
            STATES[e.state], e.why, e.document, where(e), work.url, work.doi,
        )  # fmt: skip
        rows.append(tuple(value or "" for value in row))
    return csv_file(rows)


def ledger_markdown(part: Ledger) -> str:
    """The ledger as a table of a Markdown file, with its coverage."""
    rows = ["| work | named in | how it can be had | state |", "|---|---|---|---|"]
    rows += [
        f"| {_short(e.work)} | {_places(e)} | {WAYS[e.work.retrieval]} | {STATES[e.state]} |" for e in part.entries
    ]
    said = coverage_text(part.entries, part.coverage())
    return "\n".join([*rows, "", f"{said[0].upper()}{said[1:]}."])


def _places(entry: Entry) -> str:
    named = {d: notes([n for n in entry.namings if n.document == d]) for d in entry.documents}
    return "; ".join(f"`{plain(document)}` {markdown(numbers)}" for document, numbers in named.items())


def _short(work: Work) -> str:
    """The id and a short title."""
    return f"`{plain(work.id)}` {markdown(_shortened(work.title.partition(': ')[0], 60))}"
