"""A generation made by the real parts: Chroma, bm25s, the default recipe's shape."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.backends.chroma import ChromaIndex, write_vectors
from assistant.backends.lexical import Bm25Index, write_lexical
from assistant.store.generations import current
from assistant.store.ingest import Recipe
from tests.store.helpers import Place, place, recipe


def real() -> Recipe:
    return recipe(
        write_vectors=write_vectors,
        open_vectors=ChromaIndex,
        write_lexical=write_lexical,
        open_lexical=Bm25Index.load,
        terms=lambda p: re.findall(r"\w+", p.text.lower()),
    )


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path)


def test_both_indexes_hold_every_passage(here: Place) -> None:
    """Chroma and bm25s answer for the passages of the library, and the older generation stays readable."""
    made = real()
    here.ingest(made)
    first = current(here.index)
    open_index = ChromaIndex(first.vectors)
    here.write("papers/alpha.txt", "Alpha paper title\n\nA new paragraph.")
    here.ingest(made)
    second = current(here.index)
    for generation, text in ((first, "Trade grew quickly."), (second, "A new paragraph.")):
        index = open_index if generation is first else ChromaIndex(generation.vectors)
        library = generation.library()
        assert set(index.ids()) == {p.id for p in library.passages()}
        id, score = index.nearest(made.embedder.embed_question(text), 1)[0]
        assert library.passage(id).text == text
        assert score == pytest.approx(1, abs=1e-5)
        words = dict.fromkeys(re.findall(r"\w+", text.lower()), 1.0)
        assert Bm25Index.load(generation.lexical).match(words, 1)[0][0] == id
        index.close()


def test_lost_collection_is_made_again(here: Place) -> None:
    """An ingest that finds the collection gone makes the generation anew from the store, embedding nothing."""
    here.ingest(real())
    shutil.rmtree(current(here.index).vectors)
    made = real()
    assert here.ingest(made).changed
    assert made.embedder.texts == []  # type: ignore[attr-defined]  # the counting embedder of the helpers
    assert not here.ingest(made).changed


FULL = """
import resource, sys
from pathlib import Path
from assistant.errors import StorageError
from tests.backends.test_generation import Place, real
root, limit = Path(sys.argv[1]), int(sys.argv[2])
import chromadb
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    Place(root / "corpus", root / "index").ingest(real())
except StorageError as error:
    print(error)
    sys.exit(42)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are Unix's")
def test_disk_full_in_chroma(here: Place, tmp_path: Path) -> None:
    """When the disk is full while Chroma writes, one line says so and the last generation answers."""
    here.ingest(real())
    here.write("papers/alpha.txt", "Alpha paper title\n\nA new paragraph.")
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), "120000"], check=False, capture_output=True, text=True
    )
    assert child.returncode == 42, child.stderr
    assert "cannot write" in child.stdout
    assert len(child.stdout.strip().splitlines()) == 1
    assert current(here.index).manifest.number == 1
    assert here.ingest(real()).changed
