"""The ledger: every work that a document names, where it is named, and what has become of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.sources.fetching import Outcome
from assistant.types import Holding, Names, Naming, Reference, Retrieval, SourceState, Work, WorkState

_KNOWN_BY = {
    "id": "by its name",
    "person": "as a person has said",
    "fetched": "by the address that it was fetched from",
    "doi": "by its DOI",
    "url": "by its address",
    "title": "by its title",
    "note": "by its title, which stands in the note",
}
_OUT: Mapping[str | None, str] = {
    "book": "a book: ask a library, and add the file if there is one",
    "paywalled": "behind a paywall: get it through a library, and add the file",
    "data-service": "data behind a query: get the figures in a browser, and add the file",
}
_UNPUBLISHED = frozenset(("personal_communication", "interview", "manuscript"))
_BOOKS = frozenset(("book", "chapter"))
_PRESS = re.compile(r"\b(?:Press|Publish(?:ers?|ing)|Books|Verlag|Éditions)\b|출판사|출판부")
_LAWS = frozenset(("legislation", "bill", "regulation", "legal_case", "treaty"))
_FAILED: Mapping[str, SourceState] = {
    "dead": "dead",
    "moved": "moved",
    "blocked": "blocked",
    "another page": "ambiguous",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last attempt to fetch a work."""

    work: str
    outcome: Outcome
    date: str
    """In UTC, as ISO 8601 has it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    work: Work
    namings: tuple[Naming, ...]
    state: SourceState
    why: str
    """What the state rests on, and what can be done: one sentence for a reader."""
    document: str | None = None
    """The held document that is this work."""
    rivals: tuple[str, ...] = ()
    """Held documents that may be it."""
    attempt: Attempt | None = None

    @property
    def title_unsure(self) -> bool:
        """Whether the title is no more than what a note was taken to say."""
        said = [n.reference for n in self.namings if n.reference is not None]
        return len(said) == len(self.namings) > 0 and not self.work.note and all("title" in r.unsure for r in said)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that name the work, in order."""
        return tuple(dict.fromkeys(n.document for n in self.namings))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many works are named, how many of them can be had at all (the honest ceiling), and how many are held."""

    named: int
    within_reach: int
    held: int


@dataclass(frozen=True)
class Ledger:
    """The whole ledger, in the order in which the documents name the works."""

    entries: tuple[Entry, ...] = ()
    doubts: tuple[Naming, ...] = ()
    """Namings of which it is not clear which work they mean."""
    _by_id: dict[str, Entry] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update((e.work.id, e) for e in self.entries)

    def entry(self, work: str) -> Entry | None:
        return self._by_id.get(work)

    def state(self, work: str) -> WorkState:
        """The state of a work that a note names."""
        e = self._by_id[work]
        return WorkState(work, e.state, e.work.title, e.document, e.why, e.work.url)

    def coverage(self) -> Coverage:
        return _coverage(self.entries)

    def by_document(self) -> dict[str, Coverage]:
        """The coverage of the works that each document names."""
        named: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for document in entry.documents:
                named[document].append(entry)
        return {document: _coverage(named[document]) for document in sorted(named)}

    def only(
        self,
        document: str | None = None,
        states: Collection[SourceState] = (),
        retrievals: Collection[Retrieval | None] = (),
        note: str | None = None,
    ) -> Ledger:
        """The part that one document names (in one of its notes), or that is of these kinds; an empty filter is none.
        Of its doubts, those of the document and note, unless works in other states are asked for."""

        def fits(naming: Naming) -> bool:
            return document in (None, naming.document) and note in (None, naming.note)

        entries = [
            e
            for e in self.entries
            if (any(map(fits, e.namings)) or (document is None and note is None))
            and (not states or e.state in states)
            and (not retrievals or e.work.retrieval in retrievals)
        ]
        asked = not retrievals and (not states or "ambiguous" in states)
        return Ledger(tuple(entries), tuple(filter(fits, self.doubts)) if asked else ())


def _coverage(entries: Sequence[Entry]) -> Coverage:
    reach = sum(e.state != "not_retrievable" for e in entries)
    return Coverage(len(entries), reach, sum(e.state == "held" for e in entries))


def ledger(names: Names, attempts: Mapping[str, Attempt] | None = None) -> Ledger:
    """The ledger of what the documents name. `attempts`: the last attempt to fetch each work, by its id."""
    tried = attempts or {}
    held = {h.work: h for h in names.holdings}
    namings: dict[str, list[Naming]] = defaultdict(list)
    for naming in names.namings:
        if naming.work is not None:
            namings[naming.work].append(naming)
    entries = [
        # A work that is only a rival of a doubtful naming is named by nobody for sure.
        _entry(work, tuple(namings[work.id]), held.get(work.id), tried.get(work.id))
        for work in names.works
        if work.id in namings
    ]
    return Ledger(tuple(entries), tuple(n for n in names.namings if n.work is None))


def _entry(work: Work, namings: tuple[Naming, ...], holding: Holding | None, attempt: Attempt | None) -> Entry:
    if holding is not None and holding.document is not None:
        why = f"held as {holding.document}, known {_KNOWN_BY.get(holding.by, holding.by)}"
        if attempt and attempt.outcome.record and attempt.outcome.record.archived:
            why += f"; it is the copy of an archive of {attempt.outcome.record.archived}"
        return Entry(work, namings, "held", why, holding.document, holding.rivals, attempt)
    if holding is not None and holding.rivals:
        first = holding.rivals[0]
        more = f", or one of {len(holding.rivals) - 1} others" if len(holding.rivals) > 1 else ""
        why = (
            f"{first}{more} may be this work: `assistant sources match {first} {work.id}` if it is, "
            f"`assistant sources match {first} none` if not"
        )
        return Entry(work, namings, "ambiguous", why, None, holding.rivals, attempt)
    book = _is_book(work, namings)
    state, why = _attempted(work, attempt, book) if attempt else _untried(work, book)
    entry = Entry(work, namings, state, why, attempt=attempt)
    return replace(entry, why=f"{why}; its title is not sure: see the note") if entry.title_unsure else entry


def _is_book(work: Work, namings: Sequence[Naming]) -> bool:
    """Whether a note that was read without doubt cites a book as books are cited; a guessed type puts nothing out of
    reach."""
    said = [n.reference for n in namings if n.reference is not None]
    return work.retrieval is None and any(
        r.type in _BOOKS and not {"type", "title", "work"} & {*r.unsure} and _is_sold(r) for r in said
    )


def _is_sold(said: Reference) -> bool:
    """Whether it has an ISBN, a press, or a publisher behind its place: 'London: Varv'."""
    publisher = said.publisher or ""
    placed = bool(publisher) and re.search(rf"[\w.)]\s?: {re.escape(publisher)}", said.text)
    return bool("ISBN" in said.text or _PRESS.search(publisher) or placed)


def _attempted(work: Work, attempt: Attempt, book: bool) -> tuple[SourceState, str]:
    outcome, day = attempt.outcome, attempt.date[:10]
    if outcome.kind in ("fetched", "unchanged"):
        return "not_held", f"fetched on {day}, and not in the index: run `assistant ingest`, which says why it is not"
    why = f"asked on {day}: {outcome.why}"
    if outcome.kind in _FAILED:
        return _FAILED[outcome.kind], why
    state, known = _untried(work, book)
    return (state, known if state == "not_retrievable" else why)


def _untried(work: Work, book: bool) -> tuple[SourceState, str]:
    """What can be done for a work that nobody has tried to fetch: nothing is called out of reach that is not known to be,
    so that coverage is rather said too low."""
    if work.retrieval in _OUT:
        return "not_retrievable", _OUT[work.retrieval]
    there = work.url or work.doi
    if work.retrieval is None and work.type in _UNPUBLISHED and not there:
        return "not_retrievable", "not published: ask those who wrote it, and add the file"
    if book and not there:
        return "not_retrievable", _OUT["book"]
    if there:
        return "not_held", f"can be tried: `assistant sources fetch {work.id}`, or add the file"
    if work.retrieval == "law" or work.type in _LAWS:
        return "not_held", "a law whose address is not known: look it up in a register of laws, and add the file"
    if work.type in _BOOKS:
        return "not_held", "no address is known: ask a library, or add the file"
    return "not_held", "no address is known: look for it, and add the file, or its address to catalog.toml"
