"""Rerankers keep to one contract, true models made here among them; a model that is none is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.backends.embedders import SentenceTransformerEmbedder, open_embedder
from assistant.backends.rerankers import CrossEncoderReranker, open_reranker
from assistant.errors import ModelError
from assistant.protocols import Reranker
from assistant.questions import understand
from assistant.retrieval import HybridRetriever, KeepOrder
from tests.answering.libraries import chain, paper

WORDS = "tariffs rice ships harbour visas carbon taxes exports query passage : the a of on".split()
TEXTS = ["Tariffs on rice.", "Ships in the harbour.", "Visas.", ""]


def tiny(folder: Path, labels: int) -> Path:
    """A cross-encoder of random weights that knows a few words."""
    import torch
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, initializer_range=0.8,
    )  # fmt: skip
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    pieces = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)._tokenizer
    BertTokenizer(tokenizer_object=pieces, model_max_length=64).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("models") / "cross", 1)


@pytest.fixture(scope="module", params=["keep", "cross-encoder"])
def reranker(request: pytest.FixtureRequest, folder: Path) -> Reranker:
    return KeepOrder() if request.param == "keep" else open_reranker(str(folder))


class TestContract:
    def test_a_number_a_text(self, reranker: Reranker) -> None:
        """Each text gets one number, the same each time; no texts, no numbers."""
        given = list(reranker.scores("What about rice?", TEXTS))
        assert len(given) == len(TEXTS)
        assert given == pytest.approx(list(reranker.scores("What about rice?", TEXTS)))
        assert list(reranker.scores("What about rice?", [])) == []

    def test_a_permutation(self, reranker: Reranker) -> None:
        """Hits are the same passages with a reranker as without, best first by its numbers, scores falling from 1."""
        made = chain(*(paper(f"d{i}", t, f"{t} The ministry spoke on {t.lower()}") for i, t in enumerate(WORDS[:8])))
        plain = made.retriever
        with_it = HybridRetriever(plain.lexical, plain.dense, plain.library, plain.candidates, reranker=reranker)
        question = understand("What was said on rice tariffs and exports?")
        before, after = plain.find(question, 20), with_it.find(question, 20, explain=True)
        assert {h.passage.id for h in before} == {h.passage.id for h in after}
        assert [h.score for h in before] == [h.score for h in after]
        judged = [h.explained.reranked for h in after if h.explained and h.explained.reranked is not None]
        assert len(judged) == len(after)
        assert judged == sorted(judged, reverse=True)
        if isinstance(reranker, KeepOrder):
            assert before == after


def test_what_is_no_reranker_is_refused(tmp_path: Path, folder: Path) -> None:
    """A folder that is not there, one without a model, and a model of three labels are each one line that says so."""
    with pytest.raises(ModelError, match="no reranker at"):
        open_reranker(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="not on this machine and downloads are off"):
        open_reranker("somebody/some-reranker")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_reranker(str(tmp_path / "empty"))
    with pytest.raises(ModelError, match="3 numbers a pair"):
        open_reranker(str(tiny(tmp_path / "three", 3)))
    assert isinstance(open_reranker(str(folder)), CrossEncoderReranker)


def test_an_embedder_with_prefixes_applies_them(tmp_path: Path) -> None:
    """A model whose own settings put a prefix before questions and passages (E5, BGE) has them put there."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    body = tiny(tmp_path / "body", 1)
    transformer = Transformer(str(body), max_seq_length=64)
    made = SentenceTransformer(modules=[transformer, Pooling(transformer.get_embedding_dimension())], device="cpu")
    plain, prefixed = tmp_path / "plain", tmp_path / "prefixed"
    made.save(str(plain))
    made.prompts = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    made.save(str(prefixed))
    bare = SentenceTransformerEmbedder(plain)
    with_prefix = open_embedder(str(prefixed), "auto", tmp_path)
    assert with_prefix.embed_question("rice") == pytest.approx(bare.embed_question("query: rice"), abs=1e-5)
    assert with_prefix.embed_passages(["rice"])[0] == pytest.approx(bare.embed_passages(["passage: rice"])[0], abs=1e-5)
    assert with_prefix.embed_question("rice") != pytest.approx(bare.embed_question("rice"), abs=1e-3)
    assert with_prefix.fingerprint != bare.fingerprint
