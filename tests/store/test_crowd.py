"""One file that says the same thing thousands of times does not spoil an index for the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant import wiring
from assistant.backends.chroma import ChromaIndex
from assistant.config import Settings
from assistant.store import generations


def test_a_sentence_said_thousands_of_times(tmp_path: Path) -> None:
    """A file of one sentence over and over is ingested, counted in full, and hides no passage of another file; what
    was written is taken as whole by the next ingest.
    """
    papers = tmp_path / "corpus/papers"
    papers.mkdir(parents=True)
    lines = [f"Paragraph {i} tells of {i * 7} ships in harbour {i % 13} with {i * 31} logs." for i in range(300)]
    (papers / "a.txt").write_text("Harbours\n\n" + "\n\n".join(lines))
    (papers / "b.txt").write_text("The fog\n\n" + "The fog came in from the west. " * 4000)
    settings = replace(
        Settings(), corpus=tmp_path / "corpus", index=tmp_path / "index", state=tmp_path / "state", embedder="hashing"
    )
    report = wiring.ingest(settings)
    assert [f.status for f in report.files] == ["added", "added"]
    generation = generations.current(settings.index)
    ids, vectors = generation.library().vectors()
    assert generation.manifest.passages == len(ids) == report.passages > 100
    index = ChromaIndex(generation.vectors)
    assert index.count() == len(ids)
    assert sorted(index.ids()) == sorted(ids)
    others = [(id, row) for id, row in zip(ids, vectors, strict=True) if id.startswith("a:")]
    assert len(others) > 10
    assert [index.nearest(row, 1)[0][0] for _, row in others] == [id for id, _ in others]
    index.close()
    assert not wiring.ingest(settings).changed
