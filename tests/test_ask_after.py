"""`assistant ask --after`: a conversation on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.cli import main

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]
GLASS = "What were the exports of glassware in 2022?"


def _ask(sample: Sample, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    return main(["ask", *words])


def test_a_question_leans_on_the_one_before(
    hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The questions before are asked first; the follow-up is completed from them, and says so."""
    assert _ask(hashed, monkeypatch, "And timber?", "--after", GLASS, "--json") == 0
    reply = json.loads(capsys.readouterr().out)
    assert reply["question"] == "And timber?"
    assert reply["understood"] == "What were the exports of timber in 2022?"
    assert "533" in reply["answer"]


def test_not_in_a_batch(hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A batch has a history of its own in each line: `--after` is refused there."""
    assert _ask(hashed, monkeypatch, "--batch", "in.jsonl", "--out", "out.jsonl", "--after", GLASS) == 2
    assert "history" in capsys.readouterr().err
