"""The ledger: every work that a document names, where it is named, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.sources.fetching import Outcome
from assistant.types import Names, Naming, SourceState, Work, WorkState


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
        reach = sum(e.state != "not_retrievable" for e in self.entries)
        return Coverage(len(self.entries), reach, sum(e.state == "held" for e in self.entries))


def ledger(names: Names, attempts: Mapping[str, Attempt] | None = None) -> Ledger:
    """The ledger of what the documents name. `attempts`: the last attempt to fetch each work, by its id."""
    held = {h.work: h for h in names.holdings}
    entries = []
    for work in names.works:
        holding = held.get(work.id)
        state: SourceState = "held" if holding and holding.document else "ambiguous" if holding else "not_held"
        if state == "not_held" and work.retrieval in ("paywalled", "book", "data-service"):
            state = "not_retrievable"
        namings = tuple(n for n in names.namings if n.work == work.id)
        entries.append(Entry(work, namings, state, "", holding.document if holding else None))
    return Ledger(tuple(entries), tuple(n for n in names.namings if n.work is None))
