"""The page is served on this machine, and asks nobody outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.ui import serve

ASKED = """
import socket, sys
asked = []
def refuse(*arguments, **options):
    asked.append(arguments)
    raise OSError("no network in this test")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from streamlit.web.server import server_util
for origin in ("http://evil.example", "http://10.9.8.7:8501", "http://localhost:8501"):
    print(server_util.is_url_from_allowed_origins(origin), len(asked))
if len(sys.argv) > 1:
    from assistant.ui import serve
    serve.stay_in()
    asked.clear()
    for origin in ("http://evil.example", "http://10.9.8.7:8501", "http://localhost:8501"):
        print(server_util.is_url_from_allowed_origins(origin), len(asked))
"""


def test_a_foreign_page_makes_it_ask_nobody(root: Path) -> None:
    """Streamlit as it is looks up its own address outside, before it refuses; ours refuses at once."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED, "mended"], check=True, capture_output=True, text=True, cwd=root, timeout=60
    )
    bare, mended = done.stdout.splitlines()[:3], done.stdout.splitlines()[3:]
    assert bare[0].startswith("False ")
    assert bare[0] != "False 0"  # else there is nothing to mend any more
    assert mended == ["False 0", "False 0", "True 0"]


def test_what_is_served_is_mended(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the very process that serves, before it serves."""
    import streamlit.web.cli
    from streamlit import net_util

    found = []
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(net_util, "get_internal_ip", net_util.get_internal_ip)
    monkeypatch.setattr(
        streamlit.web.cli, "main", lambda **_: found.append((net_util.get_external_ip(), net_util.get_internal_ip()))
    )
    monkeypatch.setattr(sys, "argv", ["serve", "run", "app.py"])
    assert serve.main() == 0
    assert found == [(None, None)]


BUSY = """
import socket, subprocess, sys
with socket.socket() as other:
    other.bind(("127.0.0.1", 0))
    other.listen()
    port = other.getsockname()[1]
    done = subprocess.run([sys.executable, "-m", "assistant", "ui", "--port", str(port)], capture_output=True, text=True)
print(port, done.returncode, repr(done.stdout), done.stderr.strip(), sep="\\n")
"""


def test_a_port_in_use_is_one_line(root: Path) -> None:
    """With what to do, before anything is loaded or said to be served."""
    done = subprocess.run(
        [sys.executable, "-c", BUSY], check=True, capture_output=True, text=True, cwd=root, timeout=60, env=os.environ
    )
    port, status, out, error = done.stdout.splitlines()
    assert (status, out) == ("1", "''")
    assert error.startswith(f"assistant: port {port} is in use")
    assert f"--port {int(port) + 1}" in error
