"""The proof: from nothing, through the command line alone, a claim is followed to the source behind it, and one that
misstates its source is found. The sources are served on this machine (tests/two_hops/library.py).
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pybtex.database import parse_string

from assistant import cli
from assistant.backends.docx import DocxParser
from assistant.types import Work
from tests.sample import link_models
from tests.servers import LOCAL, Server, serving
from tests.two_hops.library import (
    CANALS,
    CLAIMS,
    GRAIN,
    KOREAN,
    MISSTATED,
    NIGHT,
    STATES,
    STRIKE,
    Claim,
    serve,
    write_papers,
)

pytestmark = pytest.mark.allow_hosts([LOCAL])
pytest_plugins = ["tests.sample"]


@dataclass
class Desk:
    """A folder with a corpus, and the command line upon it."""

    root: Path
    server: Server
    story: dict[str, Any] = field(default_factory=dict)
    """What was printed on the way, by name."""

    def run(self, *arguments: str, status: int = 0) -> str:
        """What a command prints. Fails where its exit status is another than expected."""
        named = {
            "CORPUS": self.root / "corpus", "INDEX": self.root / "index", "STATE": self.root / "state",
            "FETCH_DELAY": 0, "FETCH_PERMIT": f"{LOCAL}:{self.server.port}",
        }  # fmt: skip
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            for name, value in named.items():
                patch.setenv(f"ASSISTANT_{name}", str(value))
            found = cli.main(arguments)
        assert found == status, f"{arguments}: {found}\n{out.getvalue()}\n{err.getvalue()}"
        return out.getvalue()

    def json(self, *arguments: str, status: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", status=status))

    def works(self) -> dict[str, dict[str, Any]]:
        """The ledger's works by title."""
        return {w["title"]: w for w in self.json("sources")["works"]}

    def id(self, title: str) -> str:
        return str(self.story["after"][title]["id"])


@pytest.fixture(scope="module")
def desk(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """From nothing: papers are read, the ledger is shown, what can be had is fetched, twice, and asked for again."""
    with serving() as server:
        made = Desk(tmp_path_factory.mktemp("library"), server)
        serve(server)
        write_papers(made.root / "corpus", server.base)
        link_models(models, made.root / "index")
        story = made.story
        story["ingest"] = made.json("ingest")
        story["before"] = made.works()
        story["asked at ingest"] = list(server.asked)
        story["fetch"] = made.json("sources", "fetch")
        story["requests"] = server.targets()
        story["second"] = made.json("sources", "fetch")
        story["requests of the second"] = server.targets()[len(story["requests"]) :]
        story["again"] = made.json("sources", "fetch", "--again")
        story["after"] = made.works()
        yield made


@pytest.fixture(scope="module")
def audits(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    return {id: desk.json("audit", id, "--all")["lines"] for id in (CANALS, GRAIN, KOREAN)}


def shown(desk: Desk, place: dict[str, Any]) -> None:
    """The words of a place are those of the stored document at its offsets, on the pages that it names."""
    document = desk.json("show", place["document"])
    assert document["text"][place["start"] : place["end"]] == place["quote"]
    pages = [
        p["index"]
        for p in document["pages"]
        if any(a < place["end"] and place["start"] < b for a, b in map(_bounds, p["spans"]))
    ]
    assert place["pages"] == pages
    assert place["page_index"] == (pages[0] if pages else None)
    assert place["page_label"] == (document["pages"][pages[0]]["label"] if pages else None)


def _bounds(span: Any) -> tuple[int, int]:
    return (span["start"], span["end"]) if isinstance(span, dict) else (span[0], span[1])


# ---------------------------------------------------------------- the ledger and fetching


def test_notes_become_works(desk: Desk) -> None:
    """Every work that the notes name has one line, under the notes that name it: 'Ibid.', '위의 글', a work that two
    papers name, a note that only comments, and a book that nobody need look for on the web."""
    before = desk.story["before"]
    assert set(before) == set(STATES)
    for title, work in before.items():
        said = {(n["document"], n["note"]) for n in work["named_by"]}
        assert said == {(c.document, c.note) for c in CLAIMS if c.title == title}
        assert work["state"] == ("not_retrievable" if STATES[title] == "not_retrievable" else "not_held")
    report = before["Annual Canal Report 2022"]
    assert (report["authors"], report["issued"], report["type"]) == (["Canal Agency of Velmark"], "2023-05", "report")
    assert before["운하 화물 운송의 현황"]["authors"] == ["도현 김"]
    assert before["Water and Power in Velmark"]["type"] == "book"


def test_nothing_is_asked_before_it_is_told_to(desk: Desk) -> None:
    """Reading the papers reaches no network."""
    assert desk.story["asked at ingest"] == []


def test_states_after_fetching(desk: Desk) -> None:
    """Held, dead, moved, blocked by a log-in and by robots.txt, not retrievable: each work is said to be what it is."""
    assert {title: w["state"] for title, w in desk.story["after"].items()} == STATES
    coverage = desk.json("sources")["coverage"]
    assert (coverage["named"], coverage["within_reach"], coverage["held"]) == (9, 8, 4)


def test_a_forbidden_page_is_never_asked_for(desk: Desk) -> None:
    """What robots.txt forbids is not asked for, and no other place is asked twice in a run."""
    asked = desk.story["requests"]
    assert not any(target.startswith("/closed") for target in asked)
    assert len(asked) == len(set(asked))
    assert {"/news/barges", "/reports/canal-2022.pdf", "/old/tolls", "/ko/unha"} <= set(asked)


def test_nothing_unchanged_is_fetched_twice(desk: Desk) -> None:
    """A second run asks nobody; one that insists is told 'unchanged' by the file's mark, and fetches nothing."""
    assert desk.story["second"]["asked"] == []
    assert desk.story["requests of the second"] == []
    outcomes = [each["outcome"] for each in desk.story["again"]["asked"]]
    assert outcomes.count("unchanged") == 4
    assert "fetched" not in outcomes


def test_a_redirect_is_followed_to_the_source(desk: Desk) -> None:
    """An address that leads on to the article is held, and the ledger keeps both addresses."""
    (done,) = [d for d in desk.story["fetch"]["asked"] if d["work"] == desk.id("Why Grain Prices Follow the Tolls")]
    assert done["address"].endswith("/old/tolls")
    assert done["final"].endswith("/press/2021/tolls")


# ---------------------------------------------------------------- asking


def hops(reply: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(c, c["hop"]) for c in reply["citations"] if c["hop"]]


def test_two_hops(desk: Desk) -> None:
    """An answer leads from the claim to the note, the work and the passage of the source; both places are exact."""
    reply = desk.json("ask", "How much freight did barges on the Linden Canal carry in 2022?")
    assert reply["status"] == "answered"
    assert "6.4 million tons" in reply["answer"]
    citation, hop = next((c, h) for c, h in hops(reply) if c["document"] == CANALS)
    source = desk.id("Barge Traffic Hits a Record")
    assert citation["origin"] == "relayed"
    assert (citation["page_index"], citation["page_label"]) == (0, "31")
    (note,) = citation["notes"]
    assert note["number"] == "1"
    assert [(w["id"], w["state"]) for w in note["works"]] == [(source, "held")]
    assert hop["document"] == source
    assert "6.4 million tons" in hop["quote"]
    assert hop["verdict"] == "supported"
    shown(desk, citation)
    shown(desk, hop)


def test_hop_into_a_pdf(desk: Desk) -> None:
    """The second hop into a PDF names its page; a claim that its source contradicts is shown with that."""
    reply = desk.json("ask", "When did the canal agency repair fourteen locks of the Linden Canal?")
    assert reply["status"] == "answered"
    into = [(c, h) for c, h in hops(reply) if h["document"] == desk.id("Annual Canal Report 2022")]
    assert into
    for citation, hop in into:
        assert (hop["page_index"], hop["page_label"]) == (0, "1")
        assert "fourteen locks" in hop["quote"]
        shown(desk, citation)
        shown(desk, hop)
        assert (hop["verdict"] == "contradicted") == (citation["document"] == CANALS)


def test_korean_hop(desk: Desk) -> None:
    """A Korean question is answered from the Korean paper, and leads to the Korean source."""
    reply = desk.json("ask", "2022년 린덴 운하의 화물 운송량은 얼마인가?")
    assert reply["status"] == "answered"
    assert "640만 톤" in reply["answer"]
    citation, hop = next((c, h) for c, h in hops(reply) if c["document"] == KOREAN)
    assert "640만 톤으로 집계되었다" in hop["quote"]
    assert hop["verdict"] == "supported"
    shown(desk, citation)
    shown(desk, hop)


def test_origin(desk: Desk) -> None:
    """With --origin the answer is the source's own words, from the source."""
    reply = desk.json("ask", "--origin", "How much freight did barges on the Linden Canal carry in 2022?")
    assert reply["status"] == "answered"
    first = next(c for c in reply["citations"] if c["marker"] == reply["claims"][0]["citations"][0])
    assert first["document"] == desk.id("Barge Traffic Hits a Record")
    assert (first["kind"], first["origin"]) == ("source", "own")
    shown(desk, first)


def test_source_not_held(desk: Desk) -> None:
    """A question that only a source answers which is not held abstains, and names the note and the work."""
    reply = desk.json("ask", "How large is the debt of the canal towns?", status=3)
    assert (reply["status"], reply["reason"]) == ("abstained", "source_not_held")
    assert "Note 9" in reply["answer"]
    assert "The Debt of the Canal Towns" in reply["answer"]
    assert any(n["number"] == "9" for c in reply["nearest"] for n in c["notes"])
    for citation in reply["nearest"]:
        shown(desk, citation)


# ---------------------------------------------------------------- the audit


@pytest.mark.parametrize("claim", [c for c in CLAIMS if c.faithful is not None], ids=lambda c: f"{c.document}-{c.note}")
def test_audit(desk: Desk, audits: dict[str, list[dict[str, Any]]], claim: Claim) -> None:
    """Each claim stands beside the words of its source; what misstates is found, and what is faithful never differs."""
    (line,) = [x for x in audits[claim.document] if x["note"] == claim.note]
    assert claim.words in line["quote"]
    assert line["work"]["id"] == desk.id(claim.title)
    if claim.faithful and claim.reworded:
        assert line["verdict"] != "contradicted", line["why"]
        return
    if claim.faithful:
        assert line["verdict"] in ("supported", "partial"), line["why"]
    else:
        assert line["verdict"] == "contradicted", line["why"]
    assert claim.source in line["hop"]["quote"]
    shown(desk, line)
    shown(desk, line["hop"])


def test_audit_is_silent_where_no_source_is_held(audits: dict[str, list[dict[str, Any]]]) -> None:
    """Where the source is not held nothing is said of the claim but that; the comment and the own finding have no line."""
    lines = {x["note"]: x for x in audits[CANALS]}
    for claim in (c for c in CLAIMS if c.faithful is None):
        line = lines.pop(claim.note)
        assert (line["verdict"], line["hop"]) == ("unchecked", None)
        assert line["work"]["state"] == claim.state
    assert set(lines) == {c.note for c in CLAIMS if c.document == CANALS and c.faithful is not None}


def test_audit_as_a_table(desk: Desk, tmp_path: Path) -> None:
    """The table for a spreadsheet has every misstatement, and no other line that differs."""
    found = []
    for document in (CANALS, GRAIN, KOREAN):
        desk.run("audit", document, "--verdict", "differs", "--csv", str(tmp_path / "audit.csv"))
        with (tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
            found += [(document, " ".join(row.values())) for row in csv.DictReader(file)]
    assert len(found) == len(MISSTATED)
    for claim in MISSTATED:
        assert any(document == claim.document and claim.words in row and claim.source in row for document, row in found)


# ---------------------------------------------------------------- evidence and export


def test_evidence(desk: Desk) -> None:
    """A text is set against the corpus, papers and sources apart: what supports it, what contradicts it, and silence."""
    text = (
        "Tolls on the Linden Canal rose by eight percent in 2021. Barges on the Linden Canal carried 9.1 million tons of freight "
        "in 2022. The parliament of Velmark has two chambers."
    )
    tolls, freight, chambers = desk.json("evidence", text)["statements"]
    report = desk.id("Annual Canal Report 2022")

    def documents(bearings: list[dict[str, Any]]) -> set[str]:
        return {b.get("citation", b)["document"] for b in bearings}

    assert report in documents(tolls["supports"])
    assert CANALS in documents(tolls["contradicts"])
    assert freight["supports"] == []
    assert {CANALS, desk.id("Barge Traffic Hits a Record")} <= documents(freight["contradicts"])
    assert (chambers["supports"], chambers["contradicts"]) == ([], [])


def test_export_to_word(desk: Desk, tmp_path: Path) -> None:
    """An answer as a Word file has a real footnote with page and quote of both hops, read back by another parser."""
    path = tmp_path / "answer.docx"
    desk.run("export", "answer", "How much freight did barges on the Linden Canal carry in 2022?", "--out", str(path))
    notes = " ".join(n.text or "" for n in DocxParser().parse(path.read_bytes(), Work("answer", "")).notes)
    assert "Barges on the Linden Canal carried 6.4 million tons of freight in 2022." in notes
    assert "p. 31" in notes or " 31" in notes
    assert "Barge Traffic Hits a Record" in notes
    assert "which is more than in any year before" in notes


def test_export_to_bibtex(desk: Desk, tmp_path: Path) -> None:
    """The bibliography in BibTeX has every work, Korean names whole."""
    path = tmp_path / "works.bib"
    desk.run("export", "bibliography", "--out", str(path))
    entries = parse_string(path.read_text("utf-8"), "bibtex").entries.values()
    titles = {e.fields["title"].replace("{", "").replace("}", "") for e in entries}
    assert set(STATES) <= titles
    (korean,) = [e for e in entries if "운하 화물 운송의 현황" in e.fields["title"]]
    (author,) = korean.persons["author"]
    assert (author.last_names, author.first_names) == (["김"], ["도현"])


# ---------------------------------------------------------------- files that a user drops in


def test_dropped_files(desk: Desk, tmp_path: Path) -> None:
    """A file dropped into the corpus is the work that its title and author name; one that says another year is asked
    about, and is that work once a person has said so."""
    for name in ("corpus", "state"):
        if (desk.root / name).is_dir():
            shutil.copytree(desk.root / name, tmp_path / name)
    shutil.copytree(desk.root / "index", tmp_path / "index", ignore=shutil.ignore_patterns("models"))
    (tmp_path / "index" / "models").symlink_to(desk.root / "index" / "models")
    own = Desk(tmp_path, desk.server)
    (tmp_path / "corpus" / "from-a-friend.md").write_text(STRIKE, encoding="utf-8")
    (tmp_path / "corpus" / "saved.html").write_text(NIGHT, encoding="utf-8")
    own.run("ingest")
    works = own.works()
    strike, night = works["Strike at the Upper Locks"], works["Night Traffic on Trial"]
    assert (strike["state"], strike["document"]) == ("held", "from-a-friend")
    assert (night["state"], night["rivals"]) == ("ambiguous", ["saved"])
    assert f"assistant sources match saved {night['id']}" in night["why"]
    own.run("sources", "match", "saved", night["id"])
    assert own.works()["Night Traffic on Trial"]["state"] == "held"
    (line,) = [x for x in own.json("audit", CANALS)["lines"] if x["note"] == "8"]
    assert line["verdict"] in ("supported", "partial")
