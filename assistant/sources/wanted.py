"""Which works are asked for, and which are left alone: decided before anything is asked.

A work that is held, cannot be had, or was asked for in vain within a week is left; a person who names it, or says
`--again`, overrides that. A file that somebody else put where a fetched one would go is never touched.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assistant.errors import CorpusError
from assistant.sources.attempts import Remembered, address
from assistant.sources.fetching import Kind, Outcome, Record
from assistant.sources.ledger import Attempt, Entry, Ledger
from assistant.types import Work

Reason = Literal["held", "not indexed", "other file", "not retrievable", "no address", "doubtful", "asked before"]
_FOR_GOOD: frozenset[Kind] = frozenset(("dead", "moved", "another page", "blocked", "refused", "too large"))
"""What will be the same tomorrow, as a rule."""
_PAUSE = timedelta(days=7)
_OUT = {
    "book": "a book: ask a library",
    "paywalled": "behind a paywall: ask a library, and add the file",
    "data-service": "data behind a query: get what is cited in a browser, and add the file",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies where the file of a work would go."""

    name: str
    ours: bool
    """It is the file that was fetched, unchanged."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A work, and the address to ask for it."""

    work: str
    address: str
    kept: Record | None = None
    """Of the file that is there, and may be replaced."""
    dead: Outcome | None = None
    """The address itself was found dead of late: only an archive is asked."""
    cited: Work | None = None
    """The work as it is cited, to see whether what comes names it."""
    host: str | None = None
    """Whom it asks; None where the address is refused as it stands."""

    @property
    def known(self) -> Record | None:
        """What spares the server from sending the file again: of this address, and no other."""
        return self.kept if self.kept is not None and self.kept.asked == self.address else None


@dataclass(frozen=True, slots=True)
class Left:
    """A work that is not asked for."""

    work: str
    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    asks: tuple[Ask, ...] = ()
    left: tuple[Left, ...] = ()

    def counts(self) -> dict[Reason, int]:
        """How many works are left for each reason."""
        reasons = [each.reason for each in self.left]
        return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}


def plan(
    ledger: Ledger,
    memory: Mapping[str, Remembered],
    kept: Callable[[str, Record | None], Kept | None],
    now: datetime,
    *,
    wanted: Collection[str] = (),
    again: bool = False,
    archive: bool = False,
) -> Plan:
    """What to ask. `kept` looks for the file of a work, given the record of what was fetched of it.

    Raises CorpusError for a wanted work that no document names.
    """
    known = {entry.work.id for entry in ledger.entries}
    if strange := next((id for id in wanted if id not in known), None):
        near = difflib.get_close_matches(strange, sorted(known), 3, 0.5)
        hint = f"is it {', '.join(near)}? " if near else ""
        raise CorpusError(f"no document names a work {strange!r}: {hint}`assistant sources` lists the works")
    asks: list[Ask] = []
    left: list[Left] = []
    for entry in ledger.entries:
        if wanted and entry.work.id not in wanted:
            continue
        insisted = again or entry.work.id in wanted
        before = memory.get(entry.work.id)
        # Looking costs reading the file: not for what is held and stays.
        looked = entry.state != "held" or (insisted and before is not None)
        there = kept(entry.work.id, before.record if before else None) if looked else None
        found = _one(entry, before, there, now, insisted=insisted,
                     named=entry.work.id in wanted, archive=archive)  # fmt: skip
        if isinstance(found, Left):
            left.append(found)
        else:
            asks.append(found)
    return Plan(tuple(asks), tuple(left))


def _one(
    entry: Entry, before: Remembered | None, there: Kept | None, now: datetime, *,
    insisted: bool, named: bool, archive: bool,
) -> Ask | Left:  # fmt: skip
    work = entry.work
    ours = there is not None and there.ours
    if entry.state == "held" and not (ours and insisted):
        return Left(work.id, "held", f"is held: {entry.document or work.id}")
    if there is not None and not ours:
        why = f"sources/{there.name} lies there, and is not as it was fetched: move it away to fetch the work anew"
        return Left(work.id, "other file", why)
    if not named and (entry.state == "not_retrievable" or work.retrieval in _OUT):
        return Left(work.id, "not retrievable", _OUT.get(work.retrieval or "", entry.why or "cannot be had on the web"))
    where = address(work)
    if where is None:
        return Left(work.id, "no address", "no address and no DOI is known: add one to catalog.toml, or add the file")
    if entry.rivals and entry.state == "ambiguous" and not named:
        why = f"may be held already ({', '.join(entry.rivals)}): settle it with `assistant sources match`"
        return Left(work.id, "doubtful", why)
    record = before.record if before is not None and ours else None
    if record is not None and not insisted:
        why = (
            f"was fetched on {record.date[:10]} as sources/{record.name}: `assistant ingest` reads it, or says why not"
        )
        return Left(work.id, "not indexed", why)
    attempt = before.attempt if before is not None and before.attempt.outcome.asked == where else None
    if attempt is None or insisted or attempt.outcome.kind not in _FOR_GOOD or _is_old(attempt, now):
        return Ask(work.id, where, record, cited=work)
    if archive and attempt.outcome.kind == "dead":
        return Ask(work.id, where, record, attempt.outcome, work)
    return Left(work.id, "asked before", f"{attempt.outcome.kind} on {attempt.date[:10]}: {attempt.outcome.why}")


def _is_old(attempt: Attempt, now: datetime) -> bool:
    return now - datetime.fromisoformat(attempt.date) >= _PAUSE
