"""`assistant sources`: the ledger on the command line, and a file that is dropped into the corpus."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import cli, wiring
from assistant.config import Settings
from assistant.terminal import wide
from tests.sample import Sample

pytest_plugins = ["tests.sample"]

CATALOG = """
[[work]]
id = "holm-2011"
kind = "source"
type = "article-journal"
title = "Tolls on the Strait: Water and Power"
authors = [{ family = "Holm", given = "Ada" }]
issued = "2011"
retrieval = "paywalled"
named_by = ["canals#1"]

[[work]]
id = "canals"
title = "The Canals of Marenland"
"""
CANALS = """# The Canals of Marenland

Tolls doubled after the reform.[^1] Locks are old.[^2] The board counts more barges each year.[^3] This is disputed.[^4]
Some barges are of wood.[^5] Of the rest less is known.[^6]

[^1]: Ada Holm, “Tolls on the Strait: Water and Power,” Canal Review 7, no. 2 (2011): 40–49.
[^2]: Piet Bos, The Lock and the Sluice (Weir Press, 2009), 12.
[^3]: Canal Board, “State of the Waterways,” May 1, 2020, https://canal.example/state/2020.
[^4]: The authors thank all those who have read this paper with so much patience.
[^5]: Nils Moe, “Barges of Wood and Their Builders,” Harbour Notes 3 (2011): 8–20; Bos, The Lock and the Sluice, 14.
[^6]: Ibid., 15.
"""
FERRIES = """# Ferries

Ferries run late.[^1]

[^1]: 운하청, “=SUM(1) 운하 통행료 현황 [State of Canal Tolls],” accessed May 1, 2020, https://canal.example/tolls?a=1.
"""
BARGES = """# Barges of Wood and Their Builders

Nils Moe

Wooden barges were built in eleven yards along the strait, of which four are left.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A corpus of two papers with notes, ingested."""
    root = tmp_path_factory.mktemp("canals")
    corpus = root / "corpus"
    corpus.mkdir()
    for name, text in (("catalog.toml", CATALOG), ("canals.md", CANALS), ("ferries.md", FERRIES)):
        (corpus / name).write_text(text, "utf-8")
    sample = Sample(root, Settings(corpus=corpus, index=root / "index", state=root / "state", embedder="hashing"))
    wiring.ingest(sample.settings)
    return sample


@pytest.fixture
def here(made: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """A copy of it, which a test may change."""
    shutil.copytree(made.root, tmp_path / "own")
    root = tmp_path / "own"
    settings = replace(made.settings, corpus=root / "corpus", index=root / "index", state=root / "state")
    sample = Sample(root, settings)
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    return sample


@pytest.fixture
def told(here: Sample, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command and gives what it printed; raises where it fails otherwise than as expected."""

    def run(*arguments: str, status: int = 0) -> str:
        found = cli.main(list(arguments))
        printed = capsys.readouterr()
        assert found == status, printed.err
        return printed.out if status == 0 else printed.err

    return run


def states(told: Any, *arguments: str) -> dict[str, str]:
    return {w["id"]: w["state"] for w in json.loads(told("sources", *arguments, "--json"))["works"]}


BOS, BOARD, MOE = "bos-2009-lock-sluice", "canal-board-2020-state-waterways", "moe-2011-barges-wood-builders"


def test_table(told: Any) -> None:
    """The table has every work with its notes and what to do, fits a terminal, and ends with what is covered."""
    text = told("sources")
    assert all(wide(line) <= 96 for line in text.splitlines())
    (line,) = (line for line in text.splitlines() if f"[{BOS}]" in line)
    assert line.split("]")[1].strip() == "canals 2, 5"
    assert "not retrievable (1), behind a paywall" in text
    assert any(f"`assistant sources match canals#6 {id}`" in text for id in (MOE, BOS))  # in one line, to be copied
    assert "held 0 of the 3 that can be had (5 named; 2 cannot be had: behind a paywall (1), a book (1))" in " ".join(
        text.split()
    )


def test_document_and_note(told: Any) -> None:
    """A document's own works, and those of one of its notes."""
    assert BOARD in told("sources", "canals")
    assert BOARD not in told("sources", "ferries")
    assert set(states(told, "canals", "--note", "5")) == {MOE, BOS}
    assert "has no note 99" in told("sources", "canals", "--note", "99", status=1)
    assert "before --note" in told("sources", "--note", "1", status=2)


def test_filters(told: Any) -> None:
    """By state and by how a work can be had."""
    assert list(states(told, "--state", "not_retrievable", "--retrieval", "paywalled")) == ["holm-2011"]
    assert "holm-2011" not in states(told, "--state", "not-held")
    text = told("sources", "--state", "not_held")
    assert "3 of 5 works are shown" in text
    assert "held 0 of the 3 that can be had" in text  # what is picked out does not change what is covered
    assert "doubtful notes" not in text


def test_json(told: Any) -> None:
    """JSON says where each work is named, with the place in the note's text, and the coverage by document."""
    found = json.loads(told("sources", "--json"))
    (board,) = (w for w in found["works"] if w["id"] == BOARD)
    assert (board["state"], board["url"], board["attempt"]) == ("not_held", "https://canal.example/state/2020", None)
    (naming,) = board["named_by"]
    note = json.loads(told("show", "canals", "--note", "3", "--json"))
    assert (naming["document"], naming["note"]) == ("canals", "3")
    assert note["text"][naming["start"] : naming["end"]] == naming["text"]
    assert found["coverage"] == {"named": 5, "within_reach": 3, "held": 0, "by_document": {
        "canals": {"named": 4, "within_reach": 2, "held": 0}, "ferries": {"named": 1, "within_reach": 1, "held": 0},
    }}  # fmt: skip
    assert [d["note"] for d in found["doubts"]] == ["6"]


def test_csv_into_no_folder(told: Any, tmp_path: Path) -> None:
    """A folder that is not there is not made."""
    assert "there is no folder" in told("sources", "--csv", str(tmp_path / "out/ledger.csv"), status=1)
    assert not (tmp_path / "out").exists()


def test_none_in_a_state(told: Any) -> None:
    """Where no work is in the state that was asked for, the first line says so; what was filtered out is not told."""
    found = told("sources", "--state", "dead")
    assert found.startswith("0 of 5 works are shown\n")
    assert "held as sources" not in found


def test_csv(told: Any, tmp_path: Path) -> None:
    """A spreadsheet reads Korean, and takes no cell for a formula."""
    told("sources", "--csv", str(tmp_path / "ledger.csv"))
    data = (tmp_path / "ledger.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 5
    (row,) = (r for r in rows if "운하" in r["title"])
    assert row["title"] == "'=SUM(1) 운하 통행료 현황 [State of Canal Tolls]"
    assert not any(value.startswith(("=", "+", "-", "@")) for r in rows for value in r.values())


def test_markdown(told: Any) -> None:
    """The table of the docs: a line a work, and the coverage."""
    lines = told("sources", "--markdown").splitlines()
    assert sum(line.startswith("| `") for line in lines) == 5
    assert lines[-1].startswith("Held 0 of the 3 that can be had")


def test_note(told: Any) -> None:
    """A note is shown with the works that it names and their states."""
    assert "→ holm-2011: Tolls on the Strait: Water and Power\n  not retrievable: behind" in told(
        "show", "canals", "--note", "1"
    )
    found = json.loads(told("show", "canals", "--note", "2", "--json"))
    assert found["works"] == [BOS]
    assert [(w["id"], w["state"]) for w in found["named"]] == [(BOS, "not_retrievable")]
    assert "may mean" in told("show", "canals", "--note", "6")
    assert "→" not in told("show", "canals", "--note", "4")


def test_dropped_file(here: Sample, told: Any) -> None:
    """A file that is dropped into the corpus is known as the work that a note names, and keeps its own id."""
    (here.corpus / "sources").mkdir()
    (here.corpus / "sources/scan-17.md").write_text(BARGES, "utf-8")
    told("ingest")
    found = json.loads(told("sources", "--state", "held", "--json"))["works"]
    assert [(w["id"], w["document"]) for w in found] == [(MOE, "scan-17")]
    assert "held as scan-17, known by its title" in told("sources")


def test_page_with_an_address(here: Sample, told: Any) -> None:
    """A saved page is known by the address that it gives of itself, whatever its title says."""
    page = '<html><head><title>Home</title><link rel="canonical" href="https://www.canal.example/state/2020/"></head>'
    body = (
        "<body><article><h1>Waterways</h1><p>There are eleven locks in the country. All of them are old.</p></article>"
    )
    (here.corpus / "saved.html").write_text(page + body, "utf-8")
    told("ingest")
    assert states(told)[BOARD] == "held"
    assert "known by its address" in told("sources", "--state", "held")


def test_page_of_a_record(here: Sample, told: Any) -> None:
    """A page whose address or DOI is that of a record of the catalogue is that record's document."""
    catalog = here.corpus / "catalog.toml"
    catalog.write_text(
        catalog.read_text("utf-8").replace('issued = "2011"', 'issued = "2011"\ndoi = "10.5555/cr.7.40"'), "utf-8"
    )
    page = '<html><head><title>CR</title><meta name="citation_doi" content="10.5555/CR.7.40"></head><body><article>'
    (here.corpus / "cr.html").write_text(page + "<h1>Tolls</h1><p>Tolls doubled in 2009. Nobody knew why.</p>", "utf-8")
    told("ingest")
    assert states(told)["holm-2011"] == "held"
    assert json.loads(told("show", "holm-2011", "--json"))["kind"] == "source"


def test_doubtful_file_is_asked(here: Sample, told: Any) -> None:
    """A file of the same title that says another year is asked about; the answer holds until it is forgotten."""
    page = (
        '<html><head><title>Barges of Wood and Their Builders</title><meta name="citation_date" content="1988"></head>'
    )
    (here.corpus / "old.html").write_text(
        f"{page}<body><article><p>Wooden barges were built in eleven yards.</p>", "utf-8"
    )
    told("ingest")
    assert states(told)[MOE] == "ambiguous"
    command = f"assistant sources match old {MOE}"
    assert f"`{command}`" in " ".join(told("sources").split())
    assert f"old is {MOE}: held as" in told(*command.split()[1:])
    assert states(told)[MOE] == "held"
    told("ingest")  # nothing new: the answer stays
    assert states(told)[MOE] == "held"
    assert "old is none of the works" in told("sources", "match", "old", "--none")
    assert states(told)[MOE] == "not_held"
    told("sources", "match", "old", "--forget")
    assert states(told)[MOE] == "ambiguous"


def test_file_from_elsewhere(here: Sample, told: Any, tmp_path: Path) -> None:
    """A file that is not in the corpus yet is added to it by matching it."""
    (tmp_path / "scan.txt").write_text("Eleven yards along the strait built barges. Four are left today.", "utf-8")
    assert f"scan is {MOE}: held as" in told("sources", "match", str(tmp_path / "scan.txt"), MOE)
    assert states(told)[MOE] == "held"


def test_another_file(here: Sample, told: Any) -> None:
    """Of two files that a person says are one work, the one named last is it."""
    (here.corpus / "old.md").write_text("Eleven yards built barges. Four are left today.", "utf-8")
    (here.corpus / "new.md").write_text("Twelve yards built barges, and three of them are left.", "utf-8")
    told("ingest")
    told("sources", "match", "new.md", MOE)
    assert f"old is {MOE}: held as" in told("sources", "match", "old", MOE)
    assert {w["document"] for w in json.loads(told("sources", "--state", "held", "--json"))["works"]} == {"old"}


def test_doubtful_note(told: Any) -> None:
    """A note that may mean two works means the one that a person gives, and no third."""
    assert "may mean" in told("sources", "match", "canals#6", BOARD, status=2)
    assert f"canals#6 names {BOS}" in told("sources", "match", "canals#6", BOS)
    found = json.loads(told("sources", "--json"))
    assert found["doubts"] == []
    assert [n["note"] for w in found["works"] if w["id"] == BOS for n in w["named_by"]] == ["2", "5", "6"]
    assert "is not in doubt" in told("sources", "match", "canals#1", BOS, status=2)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("ferries", "bos-2009-lock"), 1, f"is it {BOS}"),
        (("ferrys", BOS), 1, "ferries"),
        (("ferries",), 2, "say which"),
        (("ferries", BOS, "--none"), 2, "say which"),
        (("ferries", "--forget"), 2, "nothing to forget"),
        (("canals#77", BOS), 1, "no note 77"),
    ],
)
def test_wrong_names(told: Any, arguments: tuple[str, ...], status: int, said: str) -> None:
    """What is not known is said in one line, with what is near."""
    text = told("sources", "match", *arguments, status=status)
    assert said in text
    assert len([line for line in text.splitlines() if line.startswith("assistant:")]) == 1


def test_stale_match(here: Sample, told: Any) -> None:
    """A match to a work that no document names any more is pointed out, with the command that forgets it."""
    told("sources", "match", "ferries", MOE)
    (here.corpus / "canals.md").write_text(
        CANALS.replace("Nils Moe, “Barges of Wood and Their Builders,” Harbour Notes 3 (2011): 8–20; ", ""), "utf-8"
    )
    told("ingest")
    assert "`assistant sources match ferries --forget`" in " ".join(told("sources").split())


def test_broken_memory(here: Sample, told: Any) -> None:
    """A file of matches that is not ours gives one clear line."""
    from assistant import wiring

    path = wiring.memory(here.settings) / "matches.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"matches": {"a": 1}}', "utf-8")
    assert "delete it, and say again what was matched" in told("ingest", status=1)


def test_nothing_named(here: Sample, told: Any) -> None:
    """Where no document names a work, the command says so and what would."""
    for name in ("canals.md", "ferries.md", "catalog.toml"):
        (here.corpus / name).unlink()
    (here.corpus / "barges.md").write_text(BARGES, "utf-8")
    told("ingest")
    assert "no document names a work" in told("sources")
    assert json.loads(told("sources", "--json")) == {
        "works": [], "doubts": [], "coverage": {"named": 0, "within_reach": 0, "held": 0, "by_document": {}},
    }  # fmt: skip
