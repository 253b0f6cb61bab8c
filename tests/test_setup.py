"""`assistant setup`, and the commands with a model: a real local server, no terminal, and never a key on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import cli, config
from assistant.cli import asking
from assistant.pipeline import Assistant
from assistant.types import Answer, Begun, Claim, Event, Finished, Said, Verdict
from tests.model_server import ModelServer, serving
from tests.sample import Sample

pytest_plugins = ["tests.sample"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
KEY = "sk-a-secret-that-nobody-sees"
SELBY = "What share of container traffic does the port of Selby handle?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(ModelServer(say=lambda asked: ["rea", "dy"])) as made:
        yield made


@pytest.fixture(autouse=True)
def here(hashed: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with the sample's index and a key in the environment."""
    monkeypatch.chdir(tmp_path)
    for name, value in {**hashed.environment(), "COMPATIBLE_API_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def run(*arguments: str) -> int:
    return cli.main(arguments)


def test_three_lines_are_the_whole_way(server: ModelServer, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The model is tried, what is sent and where is said, and the settings hold its name and no key."""
    (here / "assistant.toml").write_text("# mine\nhits = 9\n", encoding="utf-8")
    named = f"compatible:scripted@{server.address}"
    assert run("setup", "--model", named) == 0
    told = capsys.readouterr().out
    assert "COMPATIBLE_API_KEY" in told
    assert "Nothing leaves this machine: 127.0.0.1" in told
    assert "'ready'" in told
    written = (here / "assistant.toml").read_text(encoding="utf-8")
    assert written.startswith("# mine\nhits = 9\n")
    assert config.load({}, here).model == named
    assert KEY not in told + written
    assert server.keys == [f"Bearer {KEY}"]
    assert run("setup", "--model", "none") == 0
    assert config.load({}, here).model == ""
    assert len(server.keys) == 1


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_what_does_not_work_is_not_written(
    server: ModelServer, here: Path, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    """A model that fails is said in its line, the exit status is 1, and the settings stay as they were."""
    server.manner, server.status = "status", status
    assert run("setup", "--model", f"compatible:scripted@{server.address}", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["model_works"] is False
    assert str(status) in told["model_said"]
    assert told["written"] is False
    assert not (here / "assistant.toml").exists()


def test_nothing_leaves_without_consent(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal, a model elsewhere needs --yes, and the line says who would read the text."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert run("setup", "--model", "openai:gpt-4o-mini") == 2
    shown = capsys.readouterr()
    assert "api.openai.com" in shown.err
    assert "--yes" in shown.err
    assert KEY not in shown.out + shown.err
    assert not (here / "assistant.toml").exists()


@pytest.mark.parametrize("model", ["gpt", f"openai:{KEY}", f"compatible:x@http://u:{KEY}@h/v1"])
def test_no_key_in_a_line(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A key that was written where a name belongs is not repeated."""
    assert run("setup", "--model", model) != 0
    assert KEY not in "".join(capsys.readouterr())


def test_a_key_is_never_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where a model is named like the key, it does not reach the file."""
    from assistant.cli.setup import _write
    from assistant.config import Settings
    from assistant.errors import UsageError

    monkeypatch.setenv("OPENAI_API_KEY", "abcdefghijkl")
    with pytest.raises(UsageError, match="environment"):
        _write(here / "assistant.toml", {"model": "compatible:abcdefghijkl@http://h/v1"}, Settings())
    assert not (here / "assistant.toml").exists()


def asked(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    run("ask", SELBY, "--json", *more)
    reply: dict[str, Any] = json.loads(capsys.readouterr().out)
    return reply


def test_a_model_for_one_call(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    """`--model` asks it for one call, `--no-model` none, and what failed is counted with its reason."""
    server.say = lambda body: ["Selby handles ninety percent [S1].\n"]
    named = f"compatible:scripted@{server.address}"
    with_it = asked(capsys, "--model", named)
    assert with_it["withheld"] == len(with_it["faults"]) == 1
    assert len(server.asked) == 1
    without = asked(capsys, "--no-model")
    assert len(server.asked) == 1
    assert without["claims"] == with_it["claims"]
    assert KEY not in json.dumps([with_it, without])


def test_doctor_asks_a_word(
    server: ModelServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the model, what it said and who reads; without a model it says that none is set."""
    run("doctor")
    assert "none: answers are the documents' own sentences" in capsys.readouterr().out
    monkeypatch.setenv("ASSISTANT_MODEL", f"compatible:scripted@{server.address}")
    run("doctor")
    told = capsys.readouterr().out
    assert "compatible:scripted" in told
    assert "'ready'" in told
    assert "Nothing leaves this machine" in told


class TestTerminal:
    """Sentences as they are verified, for somebody who looks on."""

    @pytest.fixture
    def answer(self, hashed: Sample) -> Answer:
        reply = hashed.open().ask(SELBY)
        assert isinstance(reply, Answer)
        return replace(reply, provenance=replace(reply.provenance, model="x:y"))

    def test_told_once(self, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
        """A sentence that was told is not told again with the reply."""
        events: list[Event] = [Begun(SELBY, ()), *(Said(c, ()) for c in answer.claims), Finished(answer)]
        assert asking.tell(SELBY, events) == answer
        told = " ".join(capsys.readouterr().out.split())
        first = " ".join(answer.claims[0].text.split())
        assert told.startswith(first[:60])
        assert told.count(f"{first} [1]") == 1
        assert "Written by x:y" in told

    def test_withdrawn(self, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
        """Where the model broke off, its sentences are taken back and the whole reply follows."""
        events: list[Event] = [
            Begun(SELBY, ()),
            Said(Claim("Ships sank.", (1,), Verdict("partial")), ()),
            Finished(answer),
        ]
        asking.tell(SELBY, events)
        told = capsys.readouterr().out
        assert told.index("Ships sank.") < told.index("do not stand") < told.index("[1]", told.index("do not stand"))


def test_an_assistant_without_settings_asks_nobody(hashed: Sample) -> None:
    """By default there is no model."""
    opened: Assistant = hashed.open()
    assert opened.model is None
