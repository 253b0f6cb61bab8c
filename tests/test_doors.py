"""One door for each danger: the network, foreign files, foreign text, the index. No other code does it.

Each door is a list of names and the one place that may use them. The check reads the syntax tree, so a comment or
a string does not count and an import inside a function does.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.backends import quiet

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Door:
    """`modules` may be imported, and `calls` called, in `places` only (a place ending in "/" is a folder)."""

    name: str
    places: tuple[str, ...]
    modules: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()

    def admits(self, name: str) -> bool:
        return any(name.startswith(p) if p.endswith("/") else name == p for p in self.places)


DOORS = [
    Door(
        "network",
        # serve.py only looks whether a port of this machine is free.
        places=("assistant/backends/web/wire.py", "assistant/ui/serve.py"),
        modules=(
            "aiohttp",
            "asyncio.open_connection",
            "ftplib",
            "http.client",
            "http.server",
            "httpcore",
            "httpx",
            "imaplib",
            "requests",
            "smtplib",
            "socket",
            "socketserver",
            "ssl",
            "urllib.request",
            "urllib3",
            "websockets",
            "webbrowser",
        ),
    ),
    Door(
        # Fetching is asked for by one command: no page, answer or ingest leads to it.
        "fetching",
        places=("assistant/backends/web/", "assistant/wiring/fetch.py", "assistant/cli/fetch.py"),
        modules=(
            *(
                f"assistant.backends.web.{name}"
                for name in ("download", "gate", "keeping", "partial", "wayback", "wire")
            ),
            "assistant.wiring.fetch",
        ),
    ),
    Door(
        "fetched pages",
        places=("assistant/backends/child.py",),
        modules=("assistant.backends.web.page_signs",),
    ),
    Door(
        "foreign files",
        places=("assistant/backends/",),
        modules=(
            "PIL",
            "defusedxml",
            "html.parser",
            "lxml",
            "olefile",
            "pypdf",
            "pypdfium2",
            "pypdfium2_raw",
            "tarfile",
            "xml",
            "zipfile",
        ),
    ),
    Door(
        # Parsers run in the child alone: whoever else wants a file read asks `worker`.
        "parsers",
        places=("assistant/backends/",),
        modules=tuple(
            f"assistant.backends.{name}"
            for name in ("archives", "docx", "drawing", "hangul", "html", "images", "pdf", "reader", "text_files")
        ),
    ),
    Door(
        "foreign text",
        places=("assistant/ui/foreign.py",),
        modules=("streamlit.components",),
        calls=("html", "components.html", "components.v1.html", "iframe", "components.v2.component"),
    ),
    Door("index", places=("assistant/store/",), modules=("sqlite3",)),
    Door(
        "child processes", places=("assistant/backends/", "assistant/cli/"), modules=("multiprocessing", "subprocess")
    ),
    Door("code from data", places=(), modules=("dill", "marshal", "pickle", "shelve"), calls=("eval", "exec")),
    Door("standard output", places=("assistant/cli/", "assistant/render/"), calls=("print",)),
]


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls by name: `print`, and `st.html` as `html` for whatever name Streamlit was imported by."""
    streamlit = {"st", "streamlit"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            streamlit |= {a.asname for a in node.names if a.name == "streamlit" and a.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            head, _, rest = name.partition(".")
            yield (rest if rest and head in streamlit else name), node


def trespasses(name: str, code: str) -> list[str]:
    tree = ast.parse(code)
    found = []
    for door in DOORS:
        if door.admits(name):
            continue
        for module, line in _imports(tree):
            if any(module == m or module.startswith(m + ".") for m in door.modules):
                found.append(f"{name}:{line}: {module} ({door.name})")
        for called, call in _calls(tree):
            if called in door.calls:
                found.append(f"{name}:{call.lineno}: {called}() ({door.name})")
    if name != "assistant/ui/foreign.py":
        # Whatever is called: `unsafe_allow_html` in any form but a plain False lets markup in.
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "unsafe_allow_html"
                and not (isinstance(node.value, ast.Constant) and node.value.value is False)
            ):
                found.append(f"{name}:{node.value.lineno}: unsafe_allow_html (foreign text)")  # noqa: PERF401
    return found


def test_every_danger_has_one_door() -> None:
    files = sorted([*(ROOT / "assistant").rglob("*.py"), *ROOT.glob("*.py")])
    assert files
    found = [f for p in files for f in trespasses(p.relative_to(ROOT).as_posix(), p.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "code", "n"),
    [
        ("assistant/corpus.py", "import urllib.request", 1),
        ("assistant/corpus.py", "from urllib import request", 1),
        ("assistant/corpus.py", "from urllib.parse import quote", 0),
        ("assistant/backends/models.py", "def f():\n    import httpx", 1),
        ("assistant/backends/web/download.py", "import httpcore, socket", 2),
        ("assistant/backends/web/wire.py", "import httpcore, socket, ssl", 0),
        ("assistant/ui/page.py", "st.markdown(x, unsafe_allow_html=True)", 1),
        ("assistant/ui/page.py", "st.markdown(x, unsafe_allow_html=flag)", 1),
        ("assistant/ui/page.py", "st.markdown(x)", 0),
        ("assistant/ui/page.py", "import streamlit as s\ns.html(x)", 1),
        ("assistant/ui/page.py", "column.markdown(x, unsafe_allow_html=True)", 1),
        ("assistant/ui/page.py", "import streamlit.components.v1 as c", 1),
        ("assistant/ui/foreign.py", "st.html(x); st.markdown(x, unsafe_allow_html=True)", 0),
        ("assistant/pipeline/__init__.py", "import sqlite3", 1),
        ("assistant/store/db.py", "import sqlite3", 0),
        ("assistant/reading/layout.py", "import pypdf", 1),
        ("assistant/backends/pdf/parser.py", "import pypdf, subprocess", 0),
        ("assistant/wiring/__init__.py", "from assistant.backends.reader import read", 1),
        ("assistant/ui/page.py", "from assistant.backends.pdf.parser import PdfParser", 1),
        ("assistant/wiring/__init__.py", "from assistant.backends.worker import Workers", 0),
        ("assistant/chunking.py", "print(1)  # print", 1),
        ("assistant/cli/__init__.py", "print(1)", 0),
        ("assistant/cli/__init__.py", "eval('1')", 1),
        ("assistant/text.py", "'import socket'  # print()", 0),
    ],
)
def test_the_check_of_doors_sees(name: str, code: str, n: int) -> None:
    assert len(trespasses(name, code)) == n


# ---------------------------------------------------------------- silence


def test_silence_sets_defaults_and_keeps_what_a_person_set() -> None:
    environ = {"DO_NOT_TRACK": "0"}
    quiet.silence(environ)
    assert environ == {**quiet.QUIET, "DO_NOT_TRACK": "0"}
    before = dict(environ)
    quiet.silence(environ)
    assert environ == before


def test_downloads_are_permitted_only_where_a_person_did_not_forbid_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "_ours", set())
    environ: dict[str, str] = {}
    quiet.silence(environ)
    quiet.permit_downloads(environ)
    assert "HF_HUB_OFFLINE" not in environ
    assert environ["HF_HUB_DISABLE_TELEMETRY"] == "1"

    monkeypatch.setattr(quiet, "_ours", set())
    environ = {"HF_HUB_OFFLINE": "1"}
    quiet.silence(environ)
    quiet.permit_downloads(environ)
    assert environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.parametrize(
    ("library", "files", "needle"),
    [
        ("onnxruntime", "capi/onnxruntime_pybind11_state*", "ORT_DISABLE_TELEMETRY"),
        ("huggingface_hub", "constants.py", "HF_HUB_OFFLINE"),
        ("huggingface_hub", "constants.py", "HF_HUB_DISABLE_TELEMETRY"),
        ("huggingface_hub", "constants.py", "DO_NOT_TRACK"),
        ("transformers", "modeling_utils.py", "DISABLE_SAFETENSORS_CONVERSION"),
        ("tokenizers", "tokenizers*", "TOKENIZERS_PARALLELISM"),
        ("streamlit", "config.py", '"browser.gatherUsageStats"'),
        ("streamlit", "config.py", '"server.showEmailPrompt"'),
        ("streamlit", "config_option.py", "STREAMLIT_"),
        ("chromadb", "config.py", "anonymized_telemetry"),
    ],
)
def test_the_installed_library_still_reads_the_variable(library: str, files: str, needle: str) -> None:
    """Found without importing it. A miss after an upgrade means: look up what the variable is called now."""
    spec = importlib.util.find_spec(library)
    assert spec is not None
    assert spec.origin is not None
    found = [p for p in Path(spec.origin).parent.glob(files) if p.is_file() and needle.encode() in p.read_bytes()]
    assert found, f"{needle} is in none of {library}/{files}"
