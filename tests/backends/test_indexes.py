"""What every vector index and every lexical index does, and what only Chroma and bm25s do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.backends.chroma import ChromaIndex, ExactIndex, node_metadata, open_vectors, write_vectors
from assistant.backends.lexical import Bm25Index, write_lexical
from assistant.errors import IndexStaleError, StorageError
from assistant.protocols import LexicalIndex, VectorIndex, Vectors
from assistant.store.memory import MemoryLibrary, PlainLexicalIndex
from assistant.types import Block, Document, Page, Passage, Span, Work


def passages(n: int, start: int = 0) -> list[Passage]:
    return [
        Passage(f"d:{i}", "d", "text", Span(i, i + 6), f"{i:06}", (Span(i, i + 6),), (i % 3,), ("A", "B"))
        for i in range(start, start + n)
    ]


def unit(n: int, seed: int = 0, dimension: int = 16) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)
    found: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


@pytest.fixture(params=["exact", "chroma"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    if request.param == "exact":
        yield ExactIndex()
    else:
        index = ChromaIndex(tmp_path / "chroma", create=True)
        yield index
        index.close()


class TestVectorIndex:
    def test_empty(self, vectors: VectorIndex) -> None:
        """An empty index finds nothing."""
        assert vectors.count() == 0
        assert list(vectors.nearest(unit(1)[0], 5)) == []

    def test_nearest_are_the_nearest(self, vectors: VectorIndex) -> None:
        """The nearest passages come best first, with their cosine similarities."""
        rows = unit(200)
        vectors.add(passages(200), rows)
        for question in unit(10, seed=1):
            scores = rows @ question
            best = np.argsort(-scores)[:12]
            found = vectors.nearest(question, 12)
            assert [id for id, _ in found] == [f"d:{i}" for i in best]
            assert np.allclose([score for _, score in found], scores[best], atol=1e-5)

    def test_more_than_there_is(self, vectors: VectorIndex) -> None:
        """Asking for more passages than there are gives them all; for none, none."""
        vectors.add(passages(3), unit(3))
        assert len(vectors.nearest(unit(1)[0], 100)) == 3
        assert list(vectors.nearest(unit(1)[0], 0)) == []

    def test_adding_again_replaces(self, vectors: VectorIndex) -> None:
        """A passage that is added again has its new vector, also twice in one call, and counts once."""
        rows = unit(4)
        vectors.add(passages(2), rows[:2])
        vectors.add([*passages(2), *passages(1)], rows[1:])
        assert vectors.count() == 2
        id, score = vectors.nearest(rows[3], 1)[0]
        assert id == "d:0"
        assert score == pytest.approx(1, abs=1e-5)

    def test_remove(self, vectors: VectorIndex) -> None:
        """Removed passages are found no more; unknown ids do no harm."""
        rows = unit(5)
        vectors.add(passages(5), rows)
        vectors.remove(["d:2", "unknown"])
        vectors.remove([])
        assert vectors.count() == 4
        assert "d:2" not in {id for id, _ in vectors.nearest(rows[2], 10)}

    def test_rows_must_fit(self, vectors: VectorIndex) -> None:
        """A vector too few is an error, not a passage lost."""
        with pytest.raises(ValueError):
            vectors.add(passages(3), unit(2))


ENTRIES = [
    ("a", ["korea", "trade", "agreement", "trade"]),
    ("b", ["korea", "invest"]),
    ("c", ["batteri", "plant", "invest", "plant", "georgia", "한국", "국의"]),
    ("d", []),
]


@pytest.fixture(params=["plain", "bm25s", "bm25s from disk"])
def lexical(request: pytest.FixtureRequest, tmp_path: Path) -> LexicalIndex:
    if request.param == "bm25s from disk":
        write_lexical(tmp_path / "lexical", ENTRIES)
        return Bm25Index.load(tmp_path / "lexical")
    index: LexicalIndex = PlainLexicalIndex() if request.param == "plain" else Bm25Index()
    index.add(ENTRIES)
    return index


class TestLexicalIndex:
    def test_matches_share_a_word(self, lexical: LexicalIndex) -> None:
        """Only passages that share a term are found, best first."""
        assert [id for id, _ in lexical.match({"trade": 1.0, "korea": 1.0}, 10)] == ["a", "b"]
        assert [id for id, _ in lexical.match({"한국": 1.0}, 10)] == ["c"]
        assert list(lexical.match({"nothing": 1.0}, 10)) == []
        assert list(lexical.match({}, 10)) == []

    def test_at_most_k(self, lexical: LexicalIndex) -> None:
        """No more than k are given, and none for 0."""
        assert len(lexical.match({"korea": 1.0, "invest": 1.0}, 2)) == 2
        assert list(lexical.match({"korea": 1.0}, 0)) == []

    def test_weights(self, lexical: LexicalIndex) -> None:
        """A term counts as much as its weight says; at 0 it does not count."""
        (once,) = lexical.match({"trade": 1.0}, 10)
        (twice,) = lexical.match({"trade": 2.0}, 10)
        assert twice[1] == pytest.approx(2 * once[1], rel=1e-5)
        assert list(lexical.match({"trade": 0.0}, 10)) == []

    def test_change(self, lexical: LexicalIndex) -> None:
        """Passages are replaced and removed; unknown ids do no harm."""
        lexical.add([("b", ["silicon"])])
        lexical.remove(["a", "unknown"])
        assert list(lexical.match({"korea": 1.0, "trade": 1.0}, 10)) == []
        assert [id for id, _ in lexical.match({"silicon": 1.0}, 10)] == ["b"]
        assert lexical.count() == 3

    def test_frequency(self, lexical: LexicalIndex) -> None:
        """A term's frequency is the number of passages that have it."""
        assert [lexical.frequency(t) for t in ("invest", "trade", "nothing")] == [2, 1, 0]
        assert lexical.count() == 4


words = st.lists(st.sampled_from("abcdefg"), max_size=12)


@given(st.lists(words, max_size=8), st.dictionaries(st.sampled_from("abcdxyz"), st.floats(0.125, 4), max_size=5))
def test_bm25s_agrees_with_the_formula(texts: list[list[str]], weights: dict[str, float]) -> None:
    """bm25s gives the scores that BM25 written out gives, for any passages and question."""
    entries = [(str(i), terms) for i, terms in enumerate(texts)]
    ours, plain = Bm25Index(), PlainLexicalIndex()
    ours.add(entries)
    plain.add(entries)
    assert dict(ours.match(weights, 99)) == pytest.approx(dict(plain.match(weights, 99)), rel=1e-4)


@pytest.mark.parametrize("entries", [[], [("a", [])]])
def test_lexical_index_of_nothing(tmp_path: Path, entries: list[tuple[str, list[str]]]) -> None:
    """An index without a single term is saved, loaded and finds nothing."""
    write_lexical(tmp_path / "lexical", entries)
    assert list(Bm25Index.load(tmp_path / "lexical").match({"a": 1.0}, 5)) == []


def test_damaged_lexical_index(tmp_path: Path) -> None:
    """A lexical index that is not whole says what to do."""
    write_lexical(tmp_path / "lexical", ENTRIES)
    (tmp_path / "lexical" / "data.csc.index.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexStaleError, match="run `assistant ingest` again"):
        Bm25Index.load(tmp_path / "lexical")


def test_no_pickles(tmp_path: Path) -> None:
    """The lexical index consists of arrays and JSON."""
    write_lexical(tmp_path / "lexical", ENTRIES)
    assert {p.suffix for p in (tmp_path / "lexical").iterdir()} <= {".npy", ".json", ".jsonl"}


def test_loading_needs_neither_bm25s_nor_chroma(tmp_path: Path) -> None:
    """A cold question loads neither bm25s, scipy nor Chroma."""
    write_lexical(tmp_path, ENTRIES)
    code = (
        "import sys; from pathlib import Path; from assistant.backends.lexical import Bm25Index;"
        "from assistant.backends.chroma import ExactIndex;"
        "assert Bm25Index.load(Path(sys.argv[1])).match({'trade': 1.0}, 1);"
        "print([m for m in ('bm25s', 'scipy', 'chromadb', 'torch') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


WORK = Work("d", "A title: 한국", "digest")
DOCUMENT = Document(WORK, "x" * 400, (Block("paragraph", Span(0, 400)),), (Page(0, "iii", (Span(0, 400),)),))


def library(held: list[Passage]) -> MemoryLibrary:
    return MemoryLibrary([DOCUMENT], held)


class TestChroma:
    def test_kept_on_disk(self, tmp_path: Path) -> None:
        """What was written is found by whoever opens the folder, page by page beyond one batch."""
        held, rows = passages(2500), unit(2500)
        write_vectors(tmp_path / "chroma", library(held), held, rows)
        index = ChromaIndex(tmp_path / "chroma")
        assert sorted(index.ids()) == sorted(p.id for p in held)
        assert index.nearest(rows[2400], 1)[0][0] == "d:2400"
        index.close()

    def test_crowd(self, tmp_path: Path) -> None:
        """A thousand passages of one vector, all but equal in its last bits, hide no other passage: each is found by its
        own vector with its own score, and all of them are counted.
        """
        same = np.repeat(unit(2, seed=5, dimension=64), 500, axis=0) + unit(1000, seed=6, dimension=64) * 1e-7
        rows = np.concatenate([same, unit(300, dimension=64)])
        held = passages(len(rows))
        order = [int(i) for i in np.random.default_rng(1).permutation(len(rows))]
        write_vectors(tmp_path / "chroma", library(held), [held[i] for i in order], rows[order])
        index = ChromaIndex(tmp_path / "chroma")
        found = [index.nearest(rows[i], 1)[0] for i in range(1000, 1300)]
        assert [id for id, _ in found] == [held[i].id for i in range(1000, 1300)]
        assert min(score for _, score in found) > 0.999
        assert index.count() == 1300
        assert sorted(index.ids()) == sorted(p.id for p in held)
        for crowd in (held[:500], held[500:1000]):
            near = index.nearest(rows[int(crowd[0].id[2:])], 510)
            assert {id for id, score in near if score > 0.999} == {p.id for p in crowd}
            assert len(near) == 510
        with pytest.raises(ValueError, match="not changed"):
            index.add(held[:1], rows[:1])
        index.close()

    def test_few_of_one_vector(self, tmp_path: Path) -> None:
        """Where no more than a few passages share a vector, each is a node of the collection."""
        held, rows = passages(64), np.repeat(unit(8), 8, axis=0)
        write_vectors(tmp_path / "chroma", library(held), held, rows)
        index = ChromaIndex(tmp_path / "chroma")
        assert index.collection.count() == 64
        assert not (tmp_path / "chroma" / "twins.json").exists()
        index.close()

    def test_damaged_crowd(self, tmp_path: Path) -> None:
        """A broken list of the crowd is a broken index."""
        held, rows = passages(20), np.repeat(unit(1), 20, axis=0)
        write_vectors(tmp_path / "chroma", library(held), held, rows)
        (tmp_path / "chroma" / "twins.json").write_text("[1, 2")
        with pytest.raises(IndexStaleError, match="run `assistant ingest` again"):
            ChromaIndex(tmp_path / "chroma")

    def test_missing(self, tmp_path: Path) -> None:
        """A folder without a collection is not made into one by opening it."""
        with pytest.raises(IndexStaleError, match="run `assistant ingest` again"):
            ChromaIndex(tmp_path / "chroma")
        assert not (tmp_path / "chroma").exists()

    def test_damaged(self, tmp_path: Path) -> None:
        """A broken file gives one line that says what to do."""
        (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
        with pytest.raises(IndexStaleError, match="run `assistant ingest` again"):
            ChromaIndex(tmp_path)

    def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        """A folder that cannot be written gives a StorageError."""
        (tmp_path / "file").write_text("")
        with pytest.raises(StorageError, match="cannot write"):
            ChromaIndex(tmp_path / "file" / "chroma", create=True)

    def test_same_folder_again_after_a_failure(self, tmp_path: Path) -> None:
        """A folder that was removed after a failed try takes a new index in the same process."""
        import shutil

        held, folder = passages(10), tmp_path / "chroma"
        with pytest.raises(ValueError):
            write_vectors(folder, library(held), held, unit(9))
        shutil.rmtree(folder)
        write_vectors(folder, library(held), held, unit(10))
        index = ChromaIndex(folder)
        assert index.count() == 10
        index.close()

    def test_cold_question_searches_exactly(self, tmp_path: Path) -> None:
        """A small corpus asked once is searched exactly; a loaded process asks Chroma; both find the same."""
        held, rows = passages(300), unit(300)
        write_vectors(tmp_path / "chroma", library(held), held, rows)

        class Stored:
            def vectors(self) -> tuple[list[str], Vectors]:
                return [p.id for p in held], rows

        cold = open_vectors(tmp_path / "chroma", Stored(), 300, cold=True)
        warm = open_vectors(tmp_path / "chroma", Stored(), 300, cold=False)
        assert isinstance(cold, ExactIndex)
        assert isinstance(warm, ChromaIndex)
        for question in unit(20, seed=3):
            ids = [[id for id, _ in index.nearest(question, 60)] for index in (cold, warm)]
            assert ids[0] == ids[1]
        warm.close()

    def test_node_is_llama_indexs(self) -> None:
        """The metadata are what LlamaIndex itself writes for the same node."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.core.vector_stores.utils import metadata_dict_to_node, node_to_metadata_dict

        passage = replace(passages(1)[0], section=("가", "B"))
        more = {"kind": "digest", "title": "A title: 한국", "page_label": "iii"}
        ours = node_metadata(passage, more)
        flat = {k: v for k, v in ours.items() if not k.startswith("_") and not k.endswith(("doc_id", "document_id"))}
        node = TextNode(
            id_=passage.id,
            text=passage.text,
            metadata=flat,
            excluded_embed_metadata_keys=list(flat),
            start_char_idx=passage.span.start,
            end_char_idx=passage.span.end,
        )
        node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id=passage.document)
        assert ours == node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
        assert metadata_dict_to_node(ours, text=passage.text) == node

    @pytest.mark.parametrize("crowd", [0, 400])
    def test_stock_llama_index_opens_it(self, tmp_path: Path, crowd: int) -> None:
        """A stock VectorStoreIndex opens the collection and retrieves its nodes with their metadata, also where hundreds
        of passages say the same.
        """
        from llama_index.core import VectorStoreIndex
        from llama_index.core.embeddings import MockEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore

        rows = np.concatenate([unit(20), np.repeat(unit(1, seed=9), crowd, axis=0)])

        class Fixed(MockEmbedding):
            def _get_query_embedding(self, query: str) -> list[float]:
                return [float(x) for x in rows[7]]

        held = passages(20 + crowd)
        write_vectors(tmp_path / "chroma", library(held), held, rows)
        index = ChromaIndex(tmp_path / "chroma")
        store = ChromaVectorStore(chroma_collection=index.collection)
        stock = VectorStoreIndex.from_vector_store(store, embed_model=Fixed(embed_dim=16))
        (best, *_) = stock.as_retriever(similarity_top_k=3).retrieve("anything")
        assert best.node.node_id == "d:7"
        assert best.node.get_content() == held[7].text
        assert best.node.ref_doc_id == "d"
        assert best.node.metadata["title"] == "A title: 한국"
        assert best.node.metadata["kind"] == "digest"
        assert best.node.metadata["start"] == held[7].span.start
        index.close()
