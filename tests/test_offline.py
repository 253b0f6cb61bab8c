"""Nothing asks the network, and a cold question loads only what it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

SELBY = "What share of container traffic does the port of Selby handle?"

GUARD = """
import contextlib, io, json, sys

attempts = []

def watch(event, arguments):
    # Every way out of a Python process; a Unix socket leads to no other machine, and event loops need one.
    if event == "socket.__new__":
        if int(arguments[1]) != 1:
            if sys._getframe(1).f_code.co_name == "__init__" and sys._getframe(2).f_code.co_name == "_has_ipv6":
                raise OSError("urllib3 asks, when it is imported, whether this machine has IPv6: it contacts nobody")
            attempts.append([event, str(arguments[1:])])
            raise OSError("no network here")
    elif event.startswith("socket.") and event != "socket.gethostname":
        family = getattr(arguments[0], "family", None) if arguments else None
        if family is None or int(family) != 1:
            attempts.append([event, str(arguments[1:] or arguments)])
            raise OSError("no network here")
    elif event in ("urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open"):
        attempts.append([event, str(arguments)])
        raise OSError("no network here")

sys.addaudithook(watch)
from assistant import cli

results = []
for command in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main(command)
    results.append({"command": command, "status": status, "out": out.getvalue(), "err": err.getvalue()})
print(json.dumps({"attempts": attempts, "results": results, "modules": sorted(m for m in sys.modules if "." not in m)}))
"""


def guarded(sample: Sample, folder: Path, *commands: list[str]) -> dict[str, Any]:
    """Runs commands in one child process that can reach nothing, and tells what it tried."""
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", GUARD, json.dumps(commands)], check=False, capture_output=True, text=True, cwd=folder,
        timeout=300, env={**os.environ, **sample.environment(), "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def fresh(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample with the default embedder, not yet ingested."""
    from assistant.config import DEFAULT_EMBEDDER
    from tests.sample import link_models, make

    made = make(tmp_path_factory.mktemp("offline"), DEFAULT_EMBEDDER)
    link_models(models, made.index)
    return made


def test_the_guard_sees(hashed: Sample, tmp_path: Path) -> None:
    """The guard itself works: a look-up of a name and a socket are refused and written down."""
    probe = GUARD.replace(
        "from assistant import cli",
        "import socket\nfor act in (lambda: socket.socket(), lambda: socket.getaddrinfo('example.org', 80)):\n"
        "    with contextlib.suppress(OSError): act()\nsocket.socketpair()",
    )
    done = subprocess.run([sys.executable, "-c", probe, "[]"], capture_output=True, text=True, check=True)
    assert [a[0] for a in json.loads(done.stdout)["attempts"]] == ["socket.__new__", "socket.getaddrinfo"]


def test_whole_job_makes_no_attempt_to_reach_the_network(fresh: Sample, tmp_path: Path) -> None:
    """Ingest, ask, batch, search, show, eval and doctor with the default embedder: done, and not one attempt."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "question": SELBY}) + "\n")
    case = {
        "id": "selby", "question": SELBY, "language": "en", "answerable": True, "must_say": [["sixty-one"]],
        "evidence": [[{"document": "quay-2024", "quote": "sixty-one percent"}]], "category": "number", "note": None,
    }  # fmt: skip
    (tmp_path / "cases.jsonl").write_text(json.dumps(case) + "\n")
    found = guarded(
        fresh,
        tmp_path,
        ["ingest"],
        ["ask", SELBY],
        ["ask", "--batch", "in.jsonl", "--out", "out.jsonl"],
        ["search", SELBY],
        ["show", "quay-2024"],
        ["eval", "--cases", "cases.jsonl", "--out", "results"],
        ["doctor"],
    )
    assert [r["status"] for r in found["results"]] == [0] * 7, found["results"]
    assert found["attempts"] == []
    assert "sixty-one percent" in found["results"][1]["out"]
    assert json.loads((tmp_path / "out.jsonl").read_text())["status"] == "answered"


HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "llama_index", "streamlit", "pandas", "sklearn"}


@pytest.mark.parametrize(
    "command", [["ask", SELBY], ["ask", "--json", SELBY], ["search", SELBY], ["show", "quay-2024"]], ids=" ".join
)
def test_cold_question_loads_only_what_it_needs(embedded: Sample, tmp_path: Path, command: list[str]) -> None:
    """From cold, asking, searching and showing import no torch, no Chroma, no LlamaIndex and no Streamlit."""
    found = guarded(embedded, tmp_path, command)
    assert found["results"][0]["status"] == 0
    assert found["attempts"] == []
    loaded = set(found["modules"])
    assert not HEAVY & loaded
    assert ("onnxruntime" in loaded) == (command[0] != "show")
