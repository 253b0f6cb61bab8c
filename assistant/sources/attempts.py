"""What is remembered of fetching: for each work its last attempt, and the record of the file that was kept.

Kept apart from the index, which can be made anew while this cannot. The file is small and written whole; whoever
fetches holds the lock (`wiring.fetch`), whoever reads it sees the one state or the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.errors import ConfigError, StorageError
from assistant.sources.fetching import KINDS, Outcome, Record
from assistant.sources.ledger import Attempt
from assistant.types import Work

FILE = "fetches.json"
_DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of one work."""

    attempt: Attempt
    record: Record | None = None
    """Of the file that was kept of it, also where a later attempt has failed."""
    coming: Record | None = None
    """Of the file that was about to be kept: a run that is killed then has not said so."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Of the files that may lie there."""
        return tuple(r for r in (self.record, self.coming) if r is not None)


def address(work: Work) -> str | None:
    """Where a work is asked for: its own address, else the one that its DOI leads to. What stands behind `#` is a
    place on the page, and is not asked for."""
    if work.url:
        return work.url.partition("#")[0]
    return _DOI + work.doi.removeprefix(_DOI).removeprefix("doi:").strip() if work.doi else None


def remembered(state: Path) -> Mapping[str, Attempt]:
    """The last attempt to fetch each work, by the work's id. Raises ConfigError for a file that is not ours."""
    return {id: each.attempt for id, each in read(state).items()}


def fitting(attempts: Mapping[str, Attempt], works: Iterable[Work]) -> dict[str, Attempt]:
    """The attempts that asked for what is the work's address now: of another one they say nothing."""
    asked = {work.id: address(work) for work in works}
    return {id: each for id, each in attempts.items() if asked.get(id) == each.outcome.asked}


def read(state: Path) -> dict[str, Remembered]:
    """All that is remembered, by the work's id. Raises ConfigError."""
    path = state / FILE
    try:
        works = json.loads(path.read_text(encoding="utf-8"))["works"]
        return {str(id): _remembered(str(id), value) for id, value in works.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = "it nests too deep" if isinstance(error, RecursionError) else error
        raise ConfigError(
            f"{path} cannot be read ({why}): delete it; what was fetched stays, and is asked for anew"
        ) from error


def write(state: Path, works: Mapping[str, Remembered]) -> None:
    """Replace what is remembered, in one step. Raises StorageError."""
    path = state / FILE
    text = json.dumps({"works": {id: _as_json(each) for id, each in works.items()}}, ensure_ascii=False, indent=1)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot write {str(path)!r} ({error.strerror or error}): free space or check permissions"
        ) from error


def _as_json(each: Remembered) -> dict[str, object]:
    outcome = each.attempt.outcome
    value = {
        "date": each.attempt.date,
        "outcome": outcome.kind,
        "asked": outcome.asked,
        "why": outcome.why,
        "final": outcome.final,
        "status": outcome.status,
        "record": each.record.as_json() if each.record else None,
        "coming": each.coming.as_json() if each.coming else None,
    }
    return {key: item for key, item in value.items() if item is not None}


def _remembered(id: str, value: Mapping[str, object]) -> Remembered:
    kind, date = value["outcome"], value["date"]
    asked, why, final, status = value["asked"], value["why"], value.get("final"), value.get("status")
    texts = (date, asked, why, final or "")
    if kind not in KINDS or not all(isinstance(t, str) for t in texts) or not isinstance(status, int | None):
        raise ValueError(f"no attempt to fetch {id!r}")
    if datetime.fromisoformat(str(date)).tzinfo is None:
        raise ValueError(f"the attempt to fetch {id!r} has a date without a zone")
    kept, coming = _record(id, value.get("record")), _record(id, value.get("coming"))
    outcome = Outcome(kind, str(asked), str(why), str(final) if final is not None else None, status, kept)
    return Remembered(Attempt(id, outcome, str(date)), kept, coming)


def _record(id: str, value: object) -> Record | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError(f"no record of {id!r}")
    return Record.from_json(value)
