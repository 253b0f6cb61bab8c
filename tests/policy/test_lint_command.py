"""`assistant lint`, and a reply over two documents of which one is newer: the whole way from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli, wiring
from assistant.config import Settings
from assistant.types import Answer
from tests.policy.test_dates_replies import NEW, OLD
from tests.policy.test_lint import KOREAN

CATALOG = """
[[work]]
id = "quay-2024"
title = "Levies on the Harbours"
issued = "2024-06"

[[work]]
id = "vale-2025"
title = "Courts and Harbours"
issued = "2025-09"
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("notes")
    (root / "corpus" / "papers").mkdir(parents=True)
    (root / "corpus" / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    for name, text in (("quay-2024", f"# Levies\n\n{OLD}\n"), ("vale-2025", f"# Courts\n\n{NEW}\n"), ("fish", KOREAN)):
        (root / "corpus" / "papers" / f"{name}.md").write_text(text, encoding="utf-8")
    made = Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder="hashing")
    wiring.ingest(made)
    return made


def run(settings: Settings, *arguments: str) -> int:
    return cli.main(["lint", *arguments, "--index", str(settings.index), "--corpus", str(settings.corpus)])


def test_the_command_asks_in_the_documents_language(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table and as JSON, all or of one kind; a document without notes has nothing to ask."""
    assert run(settings, "fish") == 0
    assert "저자에게 묻는 말" in capsys.readouterr().out
    assert run(settings, "fish.md", "--about", "address", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert [d["kind"] for d in made["doubts"]] == ["address", "address"]
    assert {"note", "found", "question", "citation", "beside"} <= set(made["doubts"][0])
    assert run(settings, "vale-2025") == 0
    assert "no notes" in capsys.readouterr().out


def test_the_command_writes_files(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV, Markdown with footnotes, and Word."""
    names = {form: tmp_path / f"l.{end}" for form, end in (("csv", "csv"), ("markdown", "md"), ("word", "docx"))}
    assert run(settings, "fish", *(x for form, path in names.items() for x in (f"--{form}", str(path)))) == 0
    capsys.readouterr()
    assert "2024-03-04" in names["csv"].read_text(encoding="utf-8-sig")
    assert "[^1]" in names["markdown"].read_text(encoding="utf-8")
    assert names["word"].read_bytes()[:2] == b"PK"


def test_an_unknown_document_is_one_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, and what is held."""
    assert run(settings, "harbours") == 1
    assert capsys.readouterr().err.startswith("assistant: no document 'harbours'")


def test_a_reply_says_which_held_document_is_newer(settings: Settings) -> None:
    """The newer sentence stands behind the answer with its own citation, and every citation belongs to a claim."""
    reply = wiring.open_assistant(settings).ask("What did the ministry announce about the levy in March 2024?")
    assert isinstance(reply, Answer)
    newer = next(c for c in reply.citations if c.document == "vale-2025")
    assert newer.stage == "struck_down"
    assert any("struck down" in n and f"[{newer.marker}]" in n for n in reply.notices)
    assert {c.marker for c in reply.citations} == {m for claim in reply.claims for m in claim.citations}
