"""Language models over a real local server, which behaves and misbehaves."""

from __future__ import annotations

import time

import pytest

from assistant.types import Message
from assistant.backends.models import Choice, open_model
from assistant.errors import ConfigError, ModelError
from tests.model_server import Manner, ModelServer, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ASKED = (Message("system", "Be brief."), Message("user", "Question"))


def said(server: ModelServer, seconds: float = 20.0, key: str = "sk-secret") -> str:
    model = open_model(f"compatible:scripted@{server.address}", seconds, 400, {"ASSISTANT_MODEL_KEY": key})
    return model.complete(ASKED)


def test_a_stream_is_given_whole() -> None:
    """All pieces arrive in order, and the server was asked to stream what we said, with our key."""
    with serving(ModelServer(say=lambda asked: ["Exports ", "rose ", "by 5 percent [S1]."])) as server:
        assert said(server) == "Exports rose by 5 percent [S1]."
    (asked,) = server.asked
    assert asked["stream"] is True
    assert asked["temperature"] == 0.0
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert server.keys == ["Bearer sk-secret"]


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ("cut", "sent what cannot be read|broke off"), ("unended", "broke off"), ("length", "cut off"), ("filtered", "refused"),
        ("garbage", "cannot be read"), ("html", "said nothing|broke off|cannot be read"), ("empty", "said nothing"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_told(manner: Manner, told: str) -> None:
    """A stream that ends early, says nothing or is no stream becomes one line that ends in what to do."""
    with (
        serving(ModelServer(say=lambda asked: ["One. ", "Two. "], manner=manner)) as server,
        pytest.raises(ModelError, match=told) as raised,
    ):
        said(server)
    assert ": " in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "key"), (403, "key"), (404, "name"), (429, "quota"), (400, "request"), (500, "later"), (503, "later")],
)
def test_a_refusal_is_told_by_its_status(status: int, told: str) -> None:
    """The line says what to do, is asked once only, and never repeats a key that the server sends back."""
    with (
        serving(ModelServer(manner="status", status=status)) as server,
        pytest.raises(ModelError, match=told) as raised,
    ):
        said(server)
    assert len(server.asked) == 1
    assert "sk-" not in str(raised.value)


@pytest.mark.parametrize("manner", ["silent", "drip", "endless"])
def test_a_slow_model_is_given_up(manner: Manner) -> None:
    """The time for one answer bounds silence, a drip, and words without end."""
    started = time.monotonic()
    with (
        serving(ModelServer(say=lambda asked: ["word "] * 100, manner=manner)) as server,
        pytest.raises(ModelError, match="time|finish"),
    ):
        said(server, seconds=1.0)
    assert time.monotonic() - started < 15


def test_nobody_there() -> None:
    """A server that does not run is said to be out of reach."""
    with serving(ModelServer()) as server:
        address = server.address
    with pytest.raises(ModelError, match="could not be reached"):
        open_model(f"compatible:scripted@{address}", 5, 400, {}).complete(ASKED)


def test_a_choice_is_read() -> None:
    """The setting names provider, model and address; the place that reads what is sent is known."""
    choice = Choice.read("compatible:qwen@http://127.0.0.1:8000/v1")
    assert (choice.provider, choice.name, choice.where) == ("compatible", "qwen", "127.0.0.1:8000")
    assert str(choice) == "compatible:qwen@127.0.0.1:8000"
    assert Choice.read("openai:gpt-4o-mini").where == "api.openai.com"


@pytest.mark.parametrize("text", ["", "gpt", "openai:", "nobody:x", "compatible:x", "compatible:x@file:///etc"])
def test_a_choice_that_names_no_model(text: str) -> None:
    """What cannot be used is said with the form to write."""
    with pytest.raises(ConfigError, match="model"):
        Choice.read(text)


def test_a_key_is_asked_for() -> None:
    """Without a key the line names the variable to set."""
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        open_model("openai:gpt-4o-mini", 5, 400, {})


def test_a_missing_driver_is_named() -> None:
    """A provider whose driver is an extra says how to install it."""
    pytest.importorskip("llama_index.core")
    with pytest.raises(ModelError, match="pip install"):
        open_model("ollama:llama3", 5, 400, {})
