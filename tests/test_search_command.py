"""`search --explain`, and the filters of `search`, `ask` and batches: what is asked, what is said of it, what is wrong usage."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import cli
from assistant.pipeline import Assistant
from assistant.types import Abstention, Answer, Within

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

SELBY = "What share of container traffic does the port of Selby handle?"
PUPILS = "How many pupils did the school meal programme serve in 2020?"
AUTHORS = "Who wrote the paper on tidal power?"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the sample: exit status, standard output, standard error."""
    for name, value in hashed.environment().items():
        monkeypatch.setenv(name, value)

    def command(*words: object) -> tuple[int, str, str]:
        status = cli.main([str(w) for w in words])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


@pytest.fixture(scope="module")
def assistant(hashed: Sample) -> Assistant:
    return hashed.open()


def found(out: str) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = json.loads(out)["hits"]
    return hits


def test_explained_json_adds_up(run: Run) -> None:
    """Every part says rank, score, share, weight and what it adds; they add up to the sum, and the sum to the score."""
    status, out, _ = run("search", "--json", "--explain", "-k", 5, SELBY)
    assert status == 0
    told = json.loads(out)
    assert told["understood"]["terms"]["selbi"] == 1.0
    hits = told["hits"]
    best = hits[0]["explained"]["fused"] * hits[0]["explained"]["prior"]
    for hit in hits:
        e = hit["explained"]
        assert [p["retriever"] for p in e["parts"]] == ["lexical", "dense", "sentence"]
        assert math.isclose(sum(p["adds"] for p in e["parts"]), e["fused"], abs_tol=1e-3)
        assert math.isclose(e["fused"] * e["prior"] / best, hit["score"], abs_tol=1e-3)
        assert e["sentence"]["text"] in hit["text"]
    assert "selbi" in {t["term"] for t in hits[0]["explained"]["terms"]}


def test_explained_prose_shows_the_sum(run: Run) -> None:
    """A person reads what was asked, what each retriever gave, the words found, the best sentence, and the sum."""
    _, out, _ = run("search", "--explain", "-k", 2, SELBY)
    for said in ("words asked: ", "words (BM25): rank ", "passage vector", "best sentence: ", "words found: ", "sum: "):
        assert said in out
    assert "sum: " not in run("search", "-k", 2, SELBY)[1]


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (("--document", "quay-2024"), {"quay-2024"}),
        (("--document", "quay-2024.md", "--document", "orrin-vale-2025.pdf"), {"quay-2024", "orrin-vale-2025"}),
        (("--kind", "digest"), {"tern-2023-digest"}),
        (("--year", "2025"), {"orrin-vale-2025"}),
        (("--year", "2024-2025"), {"quay-2024", "orrin-vale-2025"}),
        (("--year", "2024-2025", "--document", "quay-2024"), {"quay-2024"}),
    ],
)
def test_filters(run: Run, options: tuple[str, ...], documents: set[str]) -> None:
    """Only documents within come, all of which are looked at, by id or file name, kind and year."""
    status, out, _ = run("search", "--json", "-k", 50, "What does Marenland pay for ships and islands?", *options)
    assert status == 0
    assert {h["document"] for h in found(out)} == documents


@pytest.mark.parametrize(
    ("options", "said", "status"),
    [
        (("--document", "quay-2023"), "quay-2024", 1),
        (("--year", "soon"), "names no years", 2),
        (("--year", "2025-2020"), "2020-2025", 2),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, options: tuple[str, ...], said: str, status: int) -> None:
    """An unknown document is an error with what is near; years that are none, or backwards, are wrong usage."""
    for command in ("search", "ask"):
        got, out, err = run(command, SELBY, *options)
        assert (got, out, err.count("\n")) == (status, "", 1)
        assert said in err


def test_asked_elsewhere_abstains_and_says_so(run: Run, assistant: Assistant) -> None:
    """What another document answers is not answered, and the detail first says how few were asked."""
    assert isinstance(assistant.ask(SELBY), Answer)
    reply = assistant.ask(SELBY, within=Within(documents=("orrin-vale-2025",)))
    assert isinstance(reply, Abstention)
    assert reply.detail.startswith("Of the 4 documents held only 1 was asked")
    assert {c.document for c in reply.nearest} <= {"orrin-vale-2025"}
    status, out, _ = run("ask", "--json", "--document", "orrin-vale-2025.pdf", SELBY)
    assert status == 3
    assert json.loads(out)["answer"].startswith("Of the 4 documents held only 1 was asked")


def test_nothing_within_is_not_nothing_in_the_corpus(assistant: Assistant) -> None:
    """Where no document is within, the reply says that none was asked, and nothing of the corpus."""
    reply = assistant.ask(SELBY, within=Within(years=(1950, 1960)))
    assert isinstance(reply, Abstention)
    assert "none was asked" in reply.detail
    assert "nothing on this" not in reply.detail
    korean = assistant.ask("마렌란드의 어선은 몇 척인가?", within=Within(publishers=("nobody",)))
    assert "찾아보지 않았습니다" in getattr(korean, "detail", "")


def test_the_catalogue_keeps_to_the_filter(assistant: Assistant) -> None:
    """Who wrote a paper is told where its document is within, and not where it is outside."""
    told = assistant.ask(AUTHORS)
    assert isinstance(told, Answer)
    assert "Orrin" in told.claims[0].text
    inside = assistant.ask(AUTHORS, within=Within(years=(2025, 2025)))
    assert isinstance(inside, Answer)
    outside = assistant.ask(AUTHORS, within=Within(documents=("quay-2024",)))
    assert not isinstance(outside, Answer) or "Orrin" not in " ".join(c.text for c in outside.claims)


def test_batches(run: Run, tmp_path: Path) -> None:
    """A line says what it is confined to, the options stand for lines that do not, and a wrong one is that line's error."""
    rows = [
        {"id": 1, "question": SELBY},
        {"id": 2, "question": SELBY, "within": {"document": "quay-2024"}},
        {"id": 3, "question": PUPILS, "within": {"kind": ["digest"], "year": None}},
        {"id": 4, "question": SELBY, "within": {"document": ["nowhere"]}},
        {"id": 5, "question": SELBY, "within": {"colour": "red"}},
        {"id": 6, "question": SELBY, "within": {}},
    ]
    asked, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("ask", "--batch", asked, "--out", out, "--document", "orrin-vale-2025")[0] == 0
    replies = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["status"] for r in replies] == ["abstained", "answered", "answered", "error", "error", "answered"]
    assert "nowhere" in replies[3]["reason"]
    assert "colour" in replies[4]["reason"]
    assert {c["document"] for c in replies[2]["citations"]} == {"tern-2023-digest"}
