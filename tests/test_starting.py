"""What a fresh process loads, and what the names of works rest on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import wiring
from tests.sample import Sample

pytest_plugins = ["tests.sample"]
ROOT = Path(__file__).resolve().parents[1]
UNASKED = (
    "auditing",
    "beside",
    "reading.assembly",
    "sources.naming",
    "sources.references",
    "sources.matching",
)
"""What judges sources, audits, reads files and parses notes; `stance` is not of it, since every claim is verified by its words."""


def loaded(code: str, *arguments: str, **environment: str) -> set[str]:
    """The modules of the package that a fresh interpreter has loaded after running `code`."""
    printed = f"{code}\nimport json, sys\nprint(json.dumps([m for m in sys.modules if m.startswith('assistant')]))"
    done = subprocess.run(
        [sys.executable, "-c", printed, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120, env={**os.environ, **environment},
    )  # fmt: skip
    return {m.removeprefix("assistant.") for m in json.loads(done.stdout.splitlines()[-1])}


def test_a_plain_question_loads_no_judge_and_no_reader(hashed: Sample) -> None:
    """A question about papers whose sources are not held loads neither what judges nor what reads files and notes."""
    ask = "import sys, assistant.cli\nassert assistant.cli.main(['ask', *sys.argv[1:]]) == 0"
    found = loaded(ask, "How long did a ship wait for a berth at Selby?", **hashed.environment())
    assert "pipeline" in found
    assert "answering.extractive" in found
    assert found.isdisjoint(UNASKED)


@pytest.mark.parametrize(
    "name", ["FileFacts", "check", "read_markdown", "read_markup", "read_pages", "read_text", "title_of"]
)
def test_the_readers_are_there_when_asked_for(name: str) -> None:
    """Each part of `reading` is had from the package, which lists it, and by no other name."""
    import assistant.reading as reading

    assert name in reading.__all__
    assert getattr(reading, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute"):
        getattr(reading, name + "s")


def test_names_are_made_anew_with_all_that_they_rest_on() -> None:
    """Every module that telling works apart loads is hashed into the version of names, and those of exports are not."""
    found = loaded("import assistant.sources.naming")
    files = {f"{m.replace('.', '/')}.py" for m in found if m not in ("assistant", "sources", "types")}
    assert "sources/works.py" in files
    assert files <= set(wiring._NAMING)
    assert set(wiring._NAMING).isdisjoint(("sources/sheets.py", "sources/phrases.py", "sources/bibliography.py"))
    assert all((ROOT / "assistant" / name).is_file() for name in wiring._NAMING)
