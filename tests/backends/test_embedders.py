"""What every embedder does, and that both runtimes of one model give the same vectors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.backends import onnx_export
from assistant.backends.embedders import (
    DEFAULT_NAME,
    EXPORT_FILE,
    HashingEmbedder,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    default_model_folder,
    find_model,
    open_embedder,
    read_model_folder,
)
from assistant.errors import ModelError, StorageError

TEXTS = [
    "Korea signed twenty-two agreements.",
    "FDI",
    "Batteries and semiconductors led investment in the United States in 2023, firms say.",
    "한국의 직접투자",
    "word " * 400,
    "",
]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with random weights, saved as a sentence-transformers model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz.,-0123456789"]
    pieces += [f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz0123456789"] + ["korea", "agreements", "word", "in"]
    (folder / "vocab.txt").write_text("\n".join(pieces))
    tokenizer = BertTokenizer(
        tokenizer_object=BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)._tokenizer
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=32)
    model = SentenceTransformer(modules=[transformer, Pooling(32), Normalize()], device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


@pytest.fixture(scope="session")
def exported(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    onnx_export.export(read_model_folder(tiny), folder)
    return folder


Kind = HashingEmbedder | OnnxEmbedder | SentenceTransformerEmbedder


@pytest.fixture(scope="session", params=["hashing", "onnx", "torch"])
def embedder(request: pytest.FixtureRequest) -> Kind:
    if request.param == "hashing":
        return HashingEmbedder(32, 32)
    if request.param == "onnx":
        return OnnxEmbedder(request.getfixturevalue("exported"))
    return SentenceTransformerEmbedder(request.getfixturevalue("tiny"))


class TestEmbedder:
    def test_unit_rows(self, embedder: Kind) -> None:
        """Each text gets a float32 row of length 1, also an empty text and one that is too long."""
        rows = embedder.embed_passages(TEXTS)
        assert rows.shape == (len(TEXTS), 32)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_nothing(self, embedder: Kind) -> None:
        """No texts give no rows."""
        assert embedder.embed_passages([]).shape == (0, 32)

    def test_company_does_not_matter(self, embedder: Kind) -> None:
        """A text has the same vector alone, in a batch, and as a question."""
        rows = embedder.embed_passages(TEXTS)
        for text, row in zip(TEXTS, rows, strict=True):
            assert np.abs(embedder.embed_passages([text])[0] - row).max() < 1e-5
            assert np.abs(embedder.embed_question(text) - row).max() < 1e-5

    def test_count(self, embedder: Kind) -> None:
        """Tokens are counted to the end of the text, special tokens included."""
        assert embedder.count_tokens("") == 2
        assert embedder.count_tokens("korea in word") == 5
        assert embedder.count_tokens("word " * 400) == 402
        assert embedder.max_tokens == 32

    def test_cut(self, embedder: Kind) -> None:
        """What stands beyond the longest text is not read."""
        held = "word " * 30
        assert embedder.count_tokens(held) == embedder.max_tokens
        rows = embedder.embed_passages([held, held + "korea agreements"])
        assert np.abs(rows[0] - rows[1]).max() < 1e-5

    def test_tokens(self, embedder: Kind) -> None:
        """Each token has its place in the text and a unit vector; special tokens have none."""
        text = "Korea, in 2023"
        spans, rows = embedder.embed_tokens(text)
        assert spans[0].slice(text) == "Korea"
        assert spans[1].slice(text) == ","
        assert len(spans) == len(rows)
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        assert embedder.embed_tokens("")[0] == ()
        both = embedder.embed_tokens_of([text, "word"])
        assert both[0][0] == spans
        assert np.abs(both[0][1] - rows).max() < 1e-5
        assert embedder.embed_tokens_of([]) == []

    def test_fingerprint(self, embedder: Kind) -> None:
        """A fingerprint is a short name that can be a folder's."""
        assert embedder.fingerprint.replace("-", "").isalnum()
        assert len(embedder.fingerprint) < 40


def test_both_runtimes_share_an_index(tiny: Path, exported: Path) -> None:
    """ONNX and sentence-transformers over the same weights have one fingerprint, one count and one vector."""
    theirs, ours = SentenceTransformerEmbedder(tiny), OnnxEmbedder(exported)
    assert theirs.fingerprint == ours.fingerprint
    assert np.abs(theirs.embed_passages(TEXTS) - ours.embed_passages(TEXTS)).max() < 1e-5
    for text in TEXTS:
        assert theirs.count_tokens(text) == ours.count_tokens(text)
        (spans, rows), (our_spans, our_rows) = theirs.embed_tokens(text), ours.embed_tokens(text)
        assert spans == our_spans
        assert np.abs(rows - our_rows).max(initial=0) < 1e-5


def test_fingerprint_follows_the_weights_not_the_place(tiny: Path, tmp_path: Path) -> None:
    """A copy has the same fingerprint; other weights or another length have another."""
    shutil.copytree(tiny, tmp_path / "copy")
    first = read_model_folder(tiny).fingerprint
    assert read_model_folder(tmp_path / "copy").fingerprint == first
    config = tmp_path / "copy" / "tokenizer_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"model_max_length": 16}))
    assert read_model_folder(tmp_path / "copy").fingerprint != first
    shutil.rmtree(tmp_path / "copy")
    shutil.copytree(tiny, tmp_path / "copy")
    weights = tmp_path / "copy" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert read_model_folder(tmp_path / "copy").fingerprint != first


def test_wrong_weights_are_refused(tiny: Path) -> None:
    """Weights with another SHA-256 than expected are not loaded."""
    with pytest.raises(ModelError, match="are not the ones"):
        SentenceTransformerEmbedder(tiny, expected="0" * 64)


def test_default_model_is_here_and_verified() -> None:
    """The package's weights are found without importing it, and are the expected ones."""
    from assistant.backends.embedders import DEFAULT_SHA256

    code = (
        "import sys; from assistant.backends.embedders import default_model_folder, DEFAULT_PACKAGE;"
        "default_model_folder(); print(DEFAULT_PACKAGE in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
    model = read_model_folder(default_model_folder(), DEFAULT_SHA256)
    assert (model.pooling, model.plain, model.max_tokens) == ("mean", True, 256)


def test_export_that_differs_is_refused(tiny: Path, tmp_path: Path, exported: Path) -> None:
    """An export that gives other vectors is refused, and leaves nothing behind."""
    other = tmp_path / "other"
    shutil.copytree(tiny, other)
    from safetensors.numpy import load_file, save_file

    weights = load_file(other / "model.safetensors")
    save_file({k: v * np.float32(1.01) for k, v in weights.items()}, other / "model.safetensors", {"format": "pt"})
    with pytest.raises(ModelError, match="other vectors"):
        onnx_export.check(read_model_folder(other), exported)


def test_export_is_whole_or_not_there(tiny: Path, tmp_path: Path) -> None:
    """An export that cannot be made leaves no folder; a half-made one is made again."""
    model = read_model_folder(tiny)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        onnx_export.export(model, tmp_path / "file" / "models")
    folder = tmp_path / "models" / model.fingerprint
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"half")
    onnx_export.export(model, folder)
    assert OnnxEmbedder(folder).fingerprint == model.fingerprint
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_drafts_of_killed_exports_are_removed(tmp_path: Path) -> None:
    """What a killed export left goes; what may still be written, or is young, stays."""
    old, young, running = (tmp_path / f".export-{name}" for name in ("999999999-a", "999999998-b", f"{os.getpid()}-c"))
    for draft in (old, young, running):
        draft.mkdir()
    for draft in (old, running):
        os.utime(draft, (0, 0))
    onnx_export._sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([young, running])


def test_damaged_export(tiny: Path, exported: Path, tmp_path: Path) -> None:
    """A damaged export is refused by name, and asking goes on through sentence-transformers."""
    folder = tmp_path / read_model_folder(tiny).fingerprint
    shutil.copytree(exported, folder)
    with (folder / "model.onnx").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ModelError, match="is damaged"):
        OnnxEmbedder(folder)
    (folder / EXPORT_FILE).write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxEmbedder(folder)


class TestOpen:
    def test_damaged_export_is_made_again(self, tiny: Path, tmp_path: Path) -> None:
        """An ingest makes a damaged export again; a question goes on without it, and makes nothing."""
        open_embedder(str(tiny), "onnx", tmp_path)
        (model,) = tmp_path.glob("*/model.onnx")
        model.write_bytes(b"damaged")
        with pytest.raises(ModelError, match="is damaged"):
            open_embedder(str(tiny), "onnx", tmp_path, create=False)
        assert isinstance(open_embedder(str(tiny), "onnx", tmp_path), OnnxEmbedder)

    def test_question_without_an_export(self, tmp_path: Path) -> None:
        """A question makes no export: it goes through sentence-transformers, unless ONNX is asked for."""
        found = open_embedder(DEFAULT_NAME, "auto", tmp_path, create=False)
        assert isinstance(found, SentenceTransformerEmbedder)
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(ModelError, match="run `assistant ingest`"):
            open_embedder(DEFAULT_NAME, "onnx", tmp_path, create=False)

    def test_other_models_run_on_torch(self, tiny: Path, tmp_path: Path) -> None:
        """A model given by its folder runs through sentence-transformers, or through ONNX if that is set."""
        assert isinstance(open_embedder(str(tiny), "auto", tmp_path), SentenceTransformerEmbedder)
        assert isinstance(open_embedder(str(tiny), "onnx", tmp_path), OnnxEmbedder)
        assert isinstance(open_embedder(str(tiny), "onnx", tmp_path, create=False), OnnxEmbedder)

    def test_default_loads_without_torch(self, tmp_path: Path) -> None:
        """Once exported, the default model answers from cold without torch, transformers or sentence-transformers."""
        open_embedder(DEFAULT_NAME, "auto", tmp_path)
        code = (
            "import sys; from pathlib import Path; from assistant.backends.embedders import open_embedder;"
            f"e = open_embedder({DEFAULT_NAME!r}, 'auto', Path(sys.argv[1]), create=False); e.embed_question('FDI');"
            "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'huggingface_hub') if m in sys.modules])"
        )
        command = [sys.executable, "-c", code, str(tmp_path)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"

    def test_no_download_unless_allowed(self) -> None:
        """A model that is not here and may not be fetched is named, with what to do."""
        with pytest.raises(ModelError, match="allow_download"):
            find_model("nobody/no-such-model-here", allow_download=False)

    @pytest.mark.parametrize("name", ["./nowhere", "a/b/c", "no model", ""])
    def test_no_such_folder(self, name: str) -> None:
        """A name that is no folder and no hub name is refused without asking anyone."""
        with pytest.raises(ModelError, match="no embedder at"):
            find_model(name, allow_download=True)

    def test_folder_without_a_model(self, tmp_path: Path) -> None:
        """A folder that holds no model is refused."""
        with pytest.raises(ModelError, match=r"no config\.json"):
            open_embedder(str(tmp_path), "auto", tmp_path)

    def test_unknown_backend(self, tiny: Path, tmp_path: Path) -> None:
        """An unknown backend is refused."""
        with pytest.raises(ModelError, match="known are auto, onnx and torch"):
            open_embedder(str(tiny), "jax", tmp_path)
