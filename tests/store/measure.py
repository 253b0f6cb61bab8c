"""Measures what docs/storage.md says: `python -m tests.store.measure [PASSAGES]`. Needs nothing but the environment."""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.backends.chroma import ChromaIndex, write_vectors
from assistant.backends.embedders import HashingEmbedder
from assistant.backends.lexical import Bm25Index, write_lexical
from assistant.store.generations import current
from tests.store.helpers import Place, recipe

WORDS = [f"{a}{b}" for a in "bcdfghjklmnpqrstvwz" for b in ("ana", "elo", "iru", "ota", "umi", "ande", "erst", "ilk")]


def timed(name: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    print(f"{name:<52}{time.perf_counter() - start:8.2f} s")


def fill(place: Place, passages: int) -> None:
    rng = random.Random(0)
    for n in range(0, passages, 100):
        lines = [
            " ".join(rng.choices(WORDS, k=12)) + ". " + " ".join(rng.choices(WORDS, k=12)) + "." for _ in range(99)
        ]
        place.write(f"papers/p{n}.txt", f"Title {n}\n" + "\n".join(lines))


COLD = """
import sys, time
from pathlib import Path
import numpy as np
start = time.perf_counter()
from assistant.store.generations import current
from assistant.backends.lexical import Bm25Index
from assistant.backends.chroma import open_vectors
generation = current(Path(sys.argv[1]))
library = generation.library()
opened = time.perf_counter()
index = open_vectors(generation.vectors, library, generation.manifest.passages, cold=sys.argv[2] == "cold")
ids = index.nearest(np.eye(1, 384, dtype=np.float32)[0], 60)
dense = time.perf_counter()
lexical = Bm25Index.load(generation.lexical)
lexical.match({"bana": 1.0}, 60)
lexed = time.perf_counter()
held = [library.passage(id) for id, _ in ids]
one = library.document(held[0].document)
rows = [library.sentence_vectors(p.id) for p in held]
print(f"open {opened - start:.3f}  vectors {dense - opened:.3f}  words {lexed - dense:.3f}  60 passages {time.perf_counter() - lexed:.3f} s")
"""


def main(passages: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name, "corpus"), Path(name, "index"))
        fill(place, passages)
        made = recipe(
            embedder=HashingEmbedder(384),
            write_vectors=write_vectors,
            open_vectors=ChromaIndex,
            write_lexical=write_lexical,
            open_lexical=Bm25Index.load,
            terms=lambda p: re.findall(r"\w+", p.text),
        )
        timed(f"first ingest, {passages} passages, hashing embedder", lambda: place.ingest(made))
        timed("nothing changed", lambda: place.ingest(made))
        path = place.corpus / "papers/p0.txt"
        path.write_text(path.read_text() + "\nOne more paragraph.")
        timed("one paragraph added", lambda: place.ingest(made))
        generation = current(place.index)
        library = generation.library()
        held, (_, vectors) = library.passages(), library.vectors()
        timed("  of which: snapshot read back", lambda: (generation.library().passages(), library.vectors()))
        timed("  of which: Chroma from stored vectors", lambda: write_vectors(Path(name, "c"), library, held, vectors))
        timed("  of which: bm25s", lambda: write_lexical(Path(name, "l"), ((p.id, made.terms(p)) for p in held)))
        for part in ("library.sqlite", "chroma", "lexical"):
            root = generation.folder / part
            size = sum(f.stat().st_size for f in ([root] if root.is_file() else root.rglob("*")) if f.is_file())
            print(f"  {part:<50}{size / 2**20:8.1f} MiB")
        index, questions = ChromaIndex(generation.vectors), vectors[:: max(1, passages // 50)]
        same = [
            {i for i, _ in index.nearest(q, 60)}
            == {library.vectors()[0][j] for j in np.argsort(-(vectors @ q), kind="stable")[:60]}
            for q in questions
        ]
        print(f"Chroma's first 60 are the exact ones: {sum(same)} of {len(same)}")
        index.close()
        for how in ("cold", "loaded"):
            for _ in range(2):
                subprocess.run([sys.executable, "-c", COLD, str(place.index), how], check=True)
            print(f"   ^ {how}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
