"""The two real papers: all 54 notes are read, and every work that they name is a record of the catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant import wiring
from assistant.cli.ledger import ledger_markdown
from assistant.config import Settings
from assistant.corpus import read_catalog
from assistant.sources.ledger import Ledger
from assistant.sources.works import works_of
from assistant.store import generations
from assistant.store.library import StoredLibrary


def ingested(home: Path, root: Path) -> StoredLibrary:
    shutil.copy(root / "corpus/catalog.toml", home / "corpus")
    settings = Settings(corpus=home / "corpus", index=home / "index", state=home / "state", embedder="hashing")
    wiring.ingest(settings)
    return generations.current(settings.index).library()


@pytest.fixture(scope="module")
def library(papers: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> StoredLibrary:
    """The PDFs beside the project's catalogue."""
    home = tmp_path_factory.mktemp("real")
    (home / "corpus").mkdir()
    for path in papers.glob("*.pdf"):
        shutil.copy(path, home / "corpus")
    return ingested(home, root)


def test_all_notes(library: StoredLibrary, root: Path) -> None:
    """54 of 54 notes: 53 name works, each a record of the catalogue in the note that the record says; one comments."""
    notes = library.document("bark-kwak-2026").notes
    kinds = [reading.kind for reading in works_of(notes)]
    assert len(kinds) == 54
    assert "empty" not in kinds
    assert kinds.count("comment") == 1
    names = library.names()
    parsed = {(n.note, n.work) for n in names.namings if n.document == "bark-kwak-2026" and n.reference is not None}
    recorded = {
        (place.partition("#")[2], work.id)
        for work in read_catalog(root / "corpus")
        for place in work.named_by
        if place.startswith("bark-kwak-2026#")
    }
    assert parsed == recorded
    assert all(note.works or kind == "comment" for note, kind in zip(notes, kinds, strict=True))


def test_ledger(library: StoredLibrary) -> None:
    """62 works, none twice and none in doubt; 43 of them can be had, and nothing is held."""
    made = wiring.open_ledger(Settings(state=Path("nowhere")), library)
    assert isinstance(made, Ledger)
    assert made.doubts == ()
    c = made.coverage()
    assert (c.named, c.within_reach, c.held) == (62, 43, 0)


def test_table_of_the_docs(library: StoredLibrary, root: Path) -> None:
    """The table in docs/sources.md is what the command prints."""
    made = wiring.open_ledger(Settings(state=Path("nowhere")), library)
    assert ledger_markdown(made) in (root / "docs/sources.md").read_text("utf-8")


def test_digests(root: Path, tmp_path: Path, library: StoredLibrary) -> None:
    """The digests, whose notes are numbers, name the same works in the same notes as their papers."""
    shutil.copytree(root / "corpus/digests", tmp_path / "corpus/digests")
    digests = ingested(tmp_path, root)
    assert {w.id for w in digests.names().works} == {w.id for w in library.names().works}
    told = {(n.note, n.work) for n in digests.names().namings if n.document == "bark-kwak-2026-digest"}
    assert told == {(n.note, n.work) for n in library.names().namings if n.document == "bark-kwak-2026"}
