"""Whom a run of fetching asks, and whom it leaves alone, and what is remembered between runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigError, CorpusError, StorageError
from assistant.sources import attempts
from assistant.sources.attempts import Remembered, address
from assistant.sources.fetching import Kind, Outcome, Record
from assistant.sources.ledger import Attempt, Entry, Ledger
from assistant.sources.wanted import Kept, Plan, plan
from assistant.types import SourceState, Work

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://board.example.org/lights"


def record(**more: Any) -> Record:
    values: dict[str, Any] = {
        "asked": URL, "final": URL, "date": NOW.isoformat(), "status": 200, "sha256": "ab" * 32, "size": 7,
        "type": "text/html", "name": "lights.html",
    }  # fmt: skip
    return Record(**{**values, **more})


def tried(kind: Kind, days: float = 1.0, asked: str = URL, kept: Record | None = None) -> Remembered:
    date = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
    return Remembered(Attempt("lights", Outcome(kind, asked, "it is so: do this"), date), kept)


def one(
    state: SourceState = "not_held", before: Remembered | None = None, there: Kept | None = None,
    named: bool = False, again: bool = False, archive: bool = False, **work: Any,
) -> Plan:  # fmt: skip
    """The plan for a ledger of one work."""
    entry = Entry(Work("lights", "Lights", **{"url": URL, **work}), (), state, "it is so", rivals=("a", "b"))
    return plan(
        Ledger((entry,)), {"lights": before} if before else {}, lambda id, record: there, NOW,
        wanted=["lights"] if named else (), again=again, archive=archive,
    )  # fmt: skip


def reason(found: Plan) -> str | None:
    """Why the work is left; None where it is asked for."""
    assert len(found.asks) + len(found.left) == 1
    return found.left[0].reason if found.left else None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, None),
        ({"retrieval": "web"}, None),
        ({"retrieval": "law"}, None),
        ({"state": "held"}, "held"),
        ({"state": "held", "named": True}, "held"),
        ({"state": "held", "again": True, "there": Kept("lights.html", True), "before": tried("fetched", kept=record())}, None),
        ({"state": "held", "again": True, "there": Kept("lights.html", False), "before": tried("fetched")}, "held"),
        ({"there": Kept("lights.pdf", False)}, "other file"),
        ({"there": Kept("lights.pdf", False), "named": True}, "other file"),
        ({"state": "not_retrievable"}, "not retrievable"),
        ({"state": "not_retrievable", "again": True}, "not retrievable"),
        ({"state": "not_retrievable", "named": True}, None),
        ({"retrieval": "book", "state": "dead"}, "not retrievable"),
        ({"retrieval": "paywalled", "named": True}, None),
        ({"url": None}, "no address"),
        ({"url": None, "named": True}, "no address"),
        ({"url": None, "doi": "10.1/x"}, None),
        ({"state": "ambiguous"}, "doubtful"),
        ({"state": "ambiguous", "again": True}, "doubtful"),
        ({"state": "ambiguous", "named": True}, None),
        ({"there": Kept("lights.html", True), "before": tried("fetched", kept=record())}, "not indexed"),
        ({"before": tried("fetched", kept=record())}, None),
        ({"before": tried("dead")}, "asked before"),
        ({"before": tried("blocked")}, "asked before"),
        ({"before": tried("refused")}, "asked before"),
        ({"before": tried("failed")}, None),
        ({"before": tried("dead", days=8)}, None),
        ({"before": tried("dead"), "again": True}, None),
        ({"before": tried("dead"), "named": True}, None),
        ({"before": tried("dead", asked="https://elsewhere.example.org/")}, None),
        ({"before": tried("blocked"), "archive": True}, "asked before"),
        ({"before": tried("dead"), "archive": True}, None),
    ],
)  # fmt: skip
def test_who_is_asked(given: dict[str, Any], why: str | None) -> None:
    """What is held, in doubt, out of reach, without an address, or was asked in vain of late is left; a name and
    `--again` override what may be overridden, and never a file of somebody's own."""
    assert reason(one(**given)) == why


def test_what_spares_the_server() -> None:
    """The record of a file counts for the address that it came from, and for no other; the archive alone is asked for
    what was dead of late."""
    there = Kept("lights.html", True)
    (ask,) = one("held", tried("fetched", kept=record()), there, again=True).asks
    assert ask.known == record()
    moved = one("held", tried("fetched", kept=record(asked="https://old.example.org/")), there, named=True).asks[0]
    assert (moved.known, moved.kept) == (None, record(asked="https://old.example.org/"))
    (ask,) = one(before=tried("dead"), archive=True).asks
    assert ask.dead is not None
    assert one(before=tried("dead"), archive=True, named=True).asks[0].dead is None


def test_a_work_that_nobody_names_is_said_with_what_is_near() -> None:
    """A slip in an id is one line with the ids that are like it."""
    ledger = Ledger((Entry(Work("lights-1951", "Lights"), (), "not_held", ""),))
    with pytest.raises(CorpusError, match="lights-1951"):
        plan(ledger, {}, lambda id, record: None, NOW, wanted=["lights-1952"])


@pytest.mark.parametrize(
    ("work", "where"),
    [
        ({"url": "https://a.example.org/x#page=7", "doi": "10.1/x"}, "https://a.example.org/x"),
        ({"doi": "10.1234/AB-c"}, "https://doi.org/10.1234/AB-c"),
        ({"doi": "https://doi.org/10.1234/x"}, "https://doi.org/10.1234/x"),
        ({"doi": "doi:10.1234/x"}, "https://doi.org/10.1234/x"),
        ({}, None),
    ],
)
def test_where_a_work_is_asked_for(work: dict[str, Any], where: str | None) -> None:
    """At its address, without the place on the page; else at its DOI."""
    assert address(Work("x", "X", **work)) == where


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    """Every attempt and record, whatever letters are in it; what is of another address is no attempt at the work."""
    works = {
        "등대-1951": Remembered(
            Attempt("등대-1951", Outcome("fetched", URL, "받았다", URL, 200, record(archived="2019-03-01")), NOW.isoformat()),
            record(archived="2019-03-01"),
        ),
        "lights": tried("blocked"),
    }  # fmt: skip
    attempts.write(tmp_path / "state", works)
    assert attempts.read(tmp_path / "state") == works
    assert attempts.remembered(tmp_path / "state")["lights"] == works["lights"].attempt
    assert [p.name for p in (tmp_path / "state").iterdir()] == [attempts.FILE]
    held = [Work("등대-1951", "등대", url=URL), Work("lights", "Lights", url="https://new.example.org/")]
    assert list(attempts.fitting(attempts.remembered(tmp_path / "state"), held)) == ["등대-1951"]
    assert attempts.read(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    "change",
    [{"outcome": "eaten"}, {"date": "yesterday"}, {"date": "2026-11-22"}, {"asked": 7}, {"why": None}, {"status": "200"},
     {"record": []}, {"record": {"asked": URL}}],
)  # fmt: skip
def test_what_is_not_ours_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    """A file that somebody has edited is one line with what to do, and never half believed."""
    attempts.write(tmp_path, {"lights": tried("dead")})
    value = json.loads((tmp_path / attempts.FILE).read_text())
    value["works"]["lights"].update(change)
    (tmp_path / attempts.FILE).write_text(json.dumps(value))
    with pytest.raises(ConfigError, match="delete it"):
        attempts.read(tmp_path)


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    """A memory that cannot be written is said in one line."""
    (tmp_path / "state").write_text("")
    with pytest.raises(StorageError, match="cannot write"):
        attempts.write(tmp_path / "state", {})
