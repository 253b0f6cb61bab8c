"""Ingest happens or does not, costs what changed, and loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexBusyError, IndexMissingError, IndexStaleError, StorageError
from assistant.store.disk import writer_lock
from assistant.store.generations import CURRENT, FOLDER, MANIFEST, Generation, current
from tests.store.helpers import TEXTS, CountingEmbedder, Parser, Place, place, recipe, statuses, words

CATALOG = """
[[work]]
id = "delta"
title = "Delta strategy for trade and investment"
authors = [{ family = "Kim", given = "Ann" }]

[[work]]
id = "delta-digest"
kind = "digest"
digest_of = "delta"
title = "Digest: Delta strategy"
"""


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path)


def texts(generation: Generation) -> set[str]:
    library = generation.library()
    found = set(words(library))
    library.close()
    return found


def test_first_run_adds_everything(here: Place) -> None:
    """The first ingest adds every file, and its generation answers with all their passages."""
    report = here.ingest()
    assert statuses(report) == dict.fromkeys(sorted(TEXTS), "added")
    assert report.changed
    assert (report.documents, report.passages) == (3, 7)
    generation = current(here.index)
    assert generation.manifest.name == report.generation
    assert "Trade grew quickly." in texts(generation)


def test_library_reads_what_was_ingested(here: Place) -> None:
    """The library gives documents, passages, sentence vectors and files back as they went in."""
    made = recipe()
    here.ingest(made)
    library = current(here.index).library()
    assert library.document_ids() == ("alpha", "beta", "gamma")
    assert library.document("alpha").text == TEXTS["papers/alpha.txt"]
    assert library.document("gamma").work.kind == "digest"
    ids, vectors = library.vectors()
    assert list(ids) == [p.id for p in library.passages()]
    for passage, vector in zip(library.passages(), vectors, strict=True):
        assert passage == library.passage(passage.id)
        assert passage.span.slice(library.document(passage.document).text) == passage.text
        assert np.array_equal(vector, made.embedder.embed_question(passage.text))
        assert len(library.sentence_vectors(passage.id)) == len(passage.sentences)
    assert library.files()["papers/beta.txt"][0] == "beta"


def test_unchanged_run_does_nothing(here: Place) -> None:
    """With nothing changed a second ingest parses nothing, embeds nothing and leaves CURRENT as it is."""
    here.ingest()
    before = (here.index / CURRENT).stat().st_mtime_ns
    made = recipe()
    report = here.ingest(made)
    assert isinstance(made.read, Parser)
    assert isinstance(made.embedder, CountingEmbedder)
    assert made.read.calls == []
    assert made.embedder.texts == []
    assert not report.changed
    assert (here.index / CURRENT).stat().st_mtime_ns == before
    assert set(statuses(report).values()) == {"unchanged"}


def test_touched_file_is_not_parsed(here: Place) -> None:
    """A file with another time and the same bytes is unchanged."""
    here.ingest()
    os.utime(here.corpus / "papers/alpha.txt", (1, 1))
    made = recipe()
    report = here.ingest(made)
    assert isinstance(made.read, Parser)
    assert made.read.calls == []
    assert not report.changed


def test_same_size_and_time_is_still_seen(here: Place) -> None:
    """A changed digit is noticed even where size and modification time were put back."""
    here.ingest()
    path = here.corpus / "papers/beta.txt"
    status = path.stat()
    path.write_text(path.read_text().replace("2023", "2024"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert statuses(here.ingest())["papers/beta.txt"] == "changed"


def test_changed_file_replaces_its_passages(here: Place) -> None:
    """A changed file's old passages go, and only its new texts are embedded."""
    here.ingest()
    here.write("papers/alpha.txt", TEXTS["papers/alpha.txt"].replace("Trade grew quickly.", "Trade fell slowly."))
    made = recipe()
    report = here.ingest(made)
    assert statuses(report)["papers/alpha.txt"] == "changed"
    found = texts(current(here.index))
    assert "Trade fell slowly." in found
    assert "Trade grew quickly." not in found
    assert isinstance(made.embedder, CountingEmbedder)
    assert made.embedder.texts == ["Trade fell slowly."]


def test_removed_file_goes(here: Place) -> None:
    """A removed file's passages go, and it is reported once."""
    here.ingest()
    (here.corpus / "papers/beta.txt").unlink()
    report = here.ingest()
    assert statuses(report)["papers/beta.txt"] == "removed"
    assert current(here.index).library().document_ids() == ("alpha", "gamma")
    again = here.ingest()
    assert "papers/beta.txt" not in statuses(again)
    assert not again.changed


def test_last_file_removed(here: Place) -> None:
    """An emptied corpus leaves an empty index that opens."""
    here.ingest()
    for name in TEXTS:
        (here.corpus / name).unlink()
    assert here.ingest().documents == 0
    assert current(here.index).library().passages() == ()


def test_unreadable_file_is_listed(here: Place) -> None:
    """A file that cannot be parsed is listed with its reason, also next time, and the others are indexed."""
    here.write("papers/bad.txt", "BROKEN")
    for _ in range(2):
        report = here.ingest()
        assert report.documents == 3
        assert [(f.path, f.reason) for f in report.failed] == [
            ("papers/bad.txt", "papers/bad.txt is broken: get it anew")
        ]


def test_too_large_file_is_listed(here: Place) -> None:
    """A file over the limit is listed, and read once the limit is raised."""
    report = here.ingest(recipe(max_bytes=60))
    assert [f.path for f in report.failed] == ["papers/alpha.txt"]
    assert statuses(here.ingest())["papers/alpha.txt"] == "added"


def test_file_that_broke_keeps_its_document(here: Place) -> None:
    """What an earlier version of a file said stays when the new one cannot be read, until it can or is gone."""
    here.ingest()
    here.write("papers/beta.txt", "BROKEN")
    report = here.ingest()
    (failed,) = report.failed
    assert failed.document == "beta"
    assert "earlier version" in (failed.reason or "")
    assert "beta" in current(here.index).library().document_ids()
    here.write("papers/beta.txt", TEXTS["papers/beta.txt"])
    assert statuses(here.ingest())["papers/beta.txt"] == "unchanged"
    (here.corpus / "papers/beta.txt").unlink()
    here.ingest()
    assert "beta" not in current(here.index).library().document_ids()


def test_paper_takes_its_digests_place_and_back(here: Place) -> None:
    """A held paper replaces its digest; when it is removed the digest is back, without being parsed again."""
    here.write("catalog.toml", CATALOG)
    here.write("digests/delta-digest.txt", "Digest: Delta strategy\n\nOur own words.")
    here.ingest()
    assert "delta-digest" in current(here.index).library().document_ids()
    here.write("papers/some name.txt", "Delta strategy for trade and investment\n\nTheir words.")
    report = here.ingest()
    ids = current(here.index).library().document_ids()
    assert "delta" in ids
    assert "delta-digest" not in ids
    skipped = next(f for f in report.files if f.status == "skipped")
    assert skipped.reason == "the paper itself is held: papers/some name.txt"
    (here.corpus / "papers/some name.txt").unlink()
    made = recipe()
    here.ingest(made)
    ids = current(here.index).library().document_ids()
    assert "delta-digest" in ids
    assert "delta" not in ids
    assert isinstance(made.read, Parser)
    assert made.read.calls == []


def test_catalogue_change_needs_no_parsing(here: Place) -> None:
    """A corrected record reaches the documents without parsing, and is published."""
    here.write("catalog.toml", '[[work]]\nid = "alpha"\ntitle = "First title"\n')
    here.ingest()
    here.write("catalog.toml", '[[work]]\nid = "alpha"\ntitle = "Second title"\n')
    made = recipe()
    assert here.ingest(made).changed
    assert isinstance(made.read, Parser)
    assert made.read.calls == []
    library = current(here.index).library()
    assert library.document("alpha").work.title == "Second title"
    assert library.works()[0].title == "Second title"


def test_moved_corpus_is_not_read_again(here: Place) -> None:
    """A corpus folder under another name is hashed, and neither parsed nor embedded."""
    here.ingest()
    moved = here.corpus.rename(here.corpus.with_name("elsewhere"))
    made = recipe()
    report = Place(moved, here.index).ingest(made)
    assert isinstance(made.read, Parser)
    assert isinstance(made.embedder, CountingEmbedder)
    assert made.read.calls == []
    assert made.embedder.texts == []
    assert not report.changed


def test_new_parser_version_reads_again(here: Place) -> None:
    """Another version of the parsers reads every file again."""
    here.ingest()
    made = recipe(parser="test-2")
    here.ingest(made)
    assert isinstance(made.read, Parser)
    assert len(made.read.calls) == len(TEXTS)


def test_other_embedder_embeds_again_without_parsing(here: Place) -> None:
    """Another embedder is refused by readers, and its ingest embeds the stored documents anew."""
    here.ingest()
    other = CountingEmbedder(32)
    with pytest.raises(IndexStaleError, match="another embedder"):
        current(here.index, other.fingerprint)
    made = recipe(embedder=other)
    assert here.ingest(made).changed
    assert isinstance(made.read, Parser)
    assert made.read.calls == []
    assert current(here.index, other.fingerprint).library().vectors()[1].shape == (7, 32)


def test_new_preparation_embeds_changed_texts(here: Place) -> None:
    """Another way of embedding passages makes their vectors anew."""
    here.ingest()
    made = recipe(preparation="test-2", embedded=lambda p: f"{p.section[0]}: {p.text}")
    assert here.ingest(made).changed
    library = current(here.index).library()
    first = library.passages()[1]
    assert np.array_equal(
        library.vectors()[1][1], CountingEmbedder().embed_question(f"{first.section[0]}: {first.text}")
    )


def test_no_index_yet(tmp_path: Path) -> None:
    """Reading before the first ingest says what to do."""
    with pytest.raises(IndexMissingError, match=r"no index at '.*': run `assistant ingest` first"):
        current(tmp_path / "index")


def test_other_format_is_refused_and_rebuilt(here: Place) -> None:
    """An index of another format is refused by readers, and the next ingest makes it anew."""
    here.ingest()
    manifest = current(here.index).folder / MANIFEST
    manifest.write_text(manifest.read_text().replace('"format": "', '"format": "0'))
    with pytest.raises(IndexStaleError, match="another version"):
        current(here.index)
    assert here.ingest().changed
    current(here.index)


@pytest.mark.parametrize(
    "name", ["store.sqlite", "CURRENT", "generations/1/MANIFEST.json", "generations/1/library.sqlite"]
)
@pytest.mark.parametrize("damage", [b"", b"not what it was" * 500])
def test_damaged_file_is_made_anew(here: Place, name: str, damage: bytes) -> None:
    """Whatever file of the index is damaged, the next ingest leaves a whole one."""
    here.ingest()
    (here.index / name).write_bytes(damage)
    here.ingest()
    assert len(texts(current(here.index))) == 7


@pytest.mark.parametrize("name", ["chroma/vectors.npy", "lexical/entries.json"])
def test_damaged_index_is_noticed_and_made_anew(here: Place, name: str) -> None:
    """Vectors or words that lost entries are noticed by an ingest that changes nothing else."""
    here.ingest()
    path = current(here.index).folder / name
    if path.suffix == ".npy":
        np.save(path, np.zeros((7, 64), np.float32))
    else:
        path.write_text("[]")
    assert here.ingest().changed
    assert not here.ingest().changed


def test_older_generations_go(here: Place) -> None:
    """The generation before the answering one stays for open readers; older ones go."""
    here.ingest()
    library = current(here.index).library()
    for n in range(3):
        here.write("papers/alpha.txt", f"Alpha paper title\n\nVersion {n}.")
        here.ingest()
        if n == 0:
            assert "Trade grew quickly." in set(words(library))
    assert sorted(f.name for f in (here.index / FOLDER).iterdir()) == ["3", "4"]


def test_open_reader_does_not_see_a_running_ingest(here: Place) -> None:
    """Until the new generation is published, readers get the old one exactly as it was."""
    here.ingest()
    before = texts(current(here.index))
    seen: list[set[str]] = []
    here.write("papers/alpha.txt", "Alpha paper title\n\nNew words.")
    here.ingest(checkpoint=lambda name: seen.append(texts(current(here.index))) if name != "published" else None)
    assert seen[0] == before
    assert seen[-2] == before
    assert "New words." in texts(current(here.index))


def test_second_writer_is_refused(here: Place) -> None:
    """A second writer is told at once that another one is at it."""
    with writer_lock(here.index), pytest.raises(IndexBusyError, match="another process is writing"):
        here.ingest()
    here.ingest()


CHILD = """
import os, signal, sys
from pathlib import Path
from tests.store.helpers import place, Place
root, stop = Path(sys.argv[1]), sys.argv[2]
def checkpoint(name):
    if name == stop:
        os.kill(os.getpid(), signal.SIGKILL)
Place(root / "corpus", root / "index").ingest(checkpoint=checkpoint)
"""

POINTS = ["read papers/alpha.txt", "removed beta", "kept alpha", "stored", "begun", "snapshot", "vectors", "lexical"]
POINTS += ["checked", "manifest", "published", "done"]


@pytest.mark.parametrize("stop", POINTS)
def test_killed_at_any_point(here: Place, tmp_path: Path, stop: str) -> None:
    """A writer killed at any point leaves a whole generation answering and no lock; the next run completes."""
    here.ingest()
    before = texts(current(here.index))
    here.write("papers/alpha.txt", "Alpha paper title\n\nNew words.")
    (here.corpus / "papers/beta.txt").unlink()
    child = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), stop], check=False, cwd=Path.cwd())
    assert child.returncode == -signal.SIGKILL
    after = {"Alpha paper title", "New words.", "Gamma digest title", "A digest restates a paper."}
    assert texts(current(here.index)) == (after if stop in ("published", "done") else before)
    here.ingest()
    assert texts(current(here.index)) == after
    assert not here.ingest().changed
    assert len(list((here.index / FOLDER).iterdir())) == 2


FULL = """
import resource, sys
from pathlib import Path
from assistant.errors import StorageError
from tests.store.helpers import Place
root, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    Place(root / "corpus", root / "index").ingest()
except StorageError as error:
    print(error)
    sys.exit(42)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are Unix's")
@pytest.mark.parametrize("limit", [1_000, 50_000, 90_000])
def test_full_disk(here: Place, tmp_path: Path, limit: int) -> None:
    """A disk that takes no more gives one clear line, and the last generation still answers."""
    here.ingest()
    before = texts(current(here.index))
    here.write("papers/alpha.txt", "Alpha paper title\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(150)))
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(limit)], check=False, capture_output=True, text=True
    )
    assert child.returncode == 42, child.stderr
    assert "cannot write the index" in child.stdout
    assert "Traceback" not in child.stderr
    assert texts(current(here.index)) == before
    here.ingest()
    assert "Paragraph 149." in texts(current(here.index))


def test_index_that_cannot_be_made(here: Place) -> None:
    """An index folder that cannot be made gives a StorageError."""
    (here.index.parent / "file").write_text("")
    with pytest.raises(StorageError, match="cannot write the index"):
        Place(here.corpus, here.index.parent / "file" / "index").ingest()


def test_error_of_a_part_leaves_the_index(here: Place) -> None:
    """When writing the vectors fails, nothing half-made stays and the old generation answers."""
    here.ingest()
    before = texts(current(here.index))
    here.write("papers/alpha.txt", "Alpha paper title\n\nNew words.")

    def fail(*_: object) -> None:
        raise StorageError("cannot write: disk full")

    with pytest.raises(StorageError, match="disk full"):
        here.ingest(recipe(write_vectors=fail))
    assert texts(current(here.index)) == before
    assert [f.name for f in (here.index / FOLDER).iterdir()] == ["1"]
    assert here.ingest().changed


def test_index_that_loses_vectors_is_not_published(here: Place) -> None:
    """An index that silently kept less than it was given is not published."""
    here.ingest()
    here.write("papers/alpha.txt", "Alpha paper title\n\nNew words.")
    made = recipe()

    def lossy(folder: Path, library: object, passages: object, vectors: object) -> None:
        made.write_vectors(folder, library, passages[:-1], vectors[:-1])  # type: ignore[index,arg-type]  # a fault

    with pytest.raises(StorageError, match="did not hold"):
        here.ingest(replace(made, write_vectors=lossy))
    assert current(here.index).manifest.number == 1


def test_published_generation_is_read_from_a_read_only_folder(here: Place) -> None:
    """Reading the library writes nothing beside it."""
    here.ingest()
    generation = current(here.index)
    files = sorted(generation.folder.iterdir())
    generation.folder.chmod(0o555)
    try:
        assert len(texts(generation)) == 7
        assert sorted(generation.folder.iterdir()) == files
    finally:
        generation.folder.chmod(0o755)


def test_progress_is_told(here: Place) -> None:
    """Progress goes from nothing to all in each stage, and never back."""
    told: list[tuple[str, int, int]] = []
    here.ingest(progress=lambda stage, done, total: told.append((stage, done, total)))
    for stage in ("read", "embed", "publish"):
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1]
        assert steps == sorted(steps)


def test_documents_without_a_record_are_works_too(here: Place) -> None:
    """What a corpus holds without a record is known by what the files say of themselves."""
    here.write("catalog.toml", CATALOG)
    here.write("papers/delta.txt", "Delta\n\nWords of delta.")
    here.ingest()
    library = current(here.index).library()
    works = library.works()
    assert [w.id for w in works] == ["delta", "delta-digest", "alpha", "beta", "gamma"]
    assert works[2].title == "Alpha paper title"
    library.close()
