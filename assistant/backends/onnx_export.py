"""Exports a sentence-transformers model to ONNX, once, and accepts the export only when it gives the same vectors.

Needs torch and transformers, so it runs at ingest and never for a question. torch's tracing exporter
(`dynamo=False`) takes 2 s where the newer one takes 6.5 s and prints; what it makes is held to the same check.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from assistant.backends.embedders import (
    EXPORT_FILE,
    ModelFolder,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    hide_progress,
    sha256_of,
)
from assistant.backends.quiet import silence
from assistant.errors import ModelError, StorageError

TOLERANCE = 1e-5
CHECKS = (
    "Korea signed twenty-two free trade agreements with fifty-nine countries.",
    "FDI",
    "",
    "In 2023, exports to the U.S. rose by 5.4 % to USD 115.7 billion (see Table 2).",
    "한국의 대미 직접투자는 2023년에 크게 늘었다. 반도체와 배터리 기업이 이를 이끌었다.",
    "Naïve façade — “quotes”, dashes – and an emoji 🙂, R&D, G20, H1.",
    "Industry\t2021\t2022\t2023\nManufacturing\t5,237\t6,512\t7,004",
    "The strategy combines trade, investment and supply chains with economic security. " * 40,
    "전략은 무역과 투자와 공급망을 경제 안보와 결합한다. " * 40,
)
"""Short, empty, Korean, tabular, and longer than the model reads."""


def export(model: ModelFolder, folder: Path) -> None:
    """Write the export of `model` to `folder`, whole or not at all; ModelError when it is not the same."""
    if model.pooling != "mean" or not model.plain:
        how = model.pooling or "unknown"
        raise ModelError(f"the model at {str(model.path)!r} cannot be exported to ONNX (pooling {how}, or prompts)")
    if not (model.path / "tokenizer.json").is_file():
        raise ModelError(f"the model at {str(model.path)!r} has no tokenizer.json, which the ONNX route needs")
    _imported()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent)
        draft = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{os.getpid()}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    try:
        _write(model, draft)
        check(model, draft)
        if folder.exists() and not (folder / EXPORT_FILE).is_file():
            shutil.rmtree(folder)
        with contextlib.suppress(OSError):  # another process exported the same meanwhile: its export is as good
            draft.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


_DRAFT = ".export-"
_STALE = 600.0
"""Seconds for which a draft of a process that is not found here is left alone: it may run in another container."""


def _sweep(folder: Path) -> None:
    """Removes the drafts of processes that were killed while they exported."""
    for left in folder.glob(f"{_DRAFT}*"):
        pid = left.name.removeprefix(_DRAFT).split("-")[0]
        with contextlib.suppress(OSError):
            if not (pid.isdigit() and _runs(int(pid))) and time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # of another user, or no number of a process
        return True
    return True


def _imported() -> None:
    """What an export needs, imported before anything is written: that may take a minute, and may be broken off."""
    silence()
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise ModelError(f"exporting to ONNX needs {error.name}, which is not installed: run `make install`") from error


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError(f"cannot write {str(folder)!r} ({error.strerror or error}): free space or change --index")


def _write(model: ModelFolder, folder: Path) -> None:
    import torch
    from transformers import AutoModel

    try:
        hide_progress()
        # Plain attention: the fused kernels trace to a graph that fits one length only.
        network: Any = AutoModel.from_pretrained(str(model.path), attn_implementation="eager", local_files_only=True)
        network = network.float()
        inputs = ["input_ids", "attention_mask"]
        if getattr(network.config, "type_vocab_size", 0) > 1:
            inputs.append("token_type_ids")

        class Hidden(torch.nn.Module):
            """The last hidden state only, with the inputs in a fixed order."""

            def __init__(self) -> None:
                super().__init__()
                self.network = network

            def forward(self, *values: Any) -> Any:
                return self.network(**dict(zip(inputs, values, strict=True))).last_hidden_state

        ids = torch.arange(14, dtype=torch.long).reshape(2, 7) + 5
        mask = torch.ones_like(ids)
        mask[1, 4:] = 0
        example = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
        # eval() on the wrapper: the exporter puts back the mode it found, and a wrapper starts in training
        # mode, so that the model would go on with dropout.
        with torch.no_grad(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Hidden().eval(),
                tuple(example[name] for name in inputs),
                str(folder / "model.onnx"),
                input_names=inputs,
                output_names=["hidden"],
                dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*inputs, "hidden"]},
                opset_version=17,
                dynamo=False,
            )
    except OSError:
        raise
    except Exception as error:  # the exporter's kinds are many; any means that this model has no ONNX route
        line = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelError(f"the model at {str(model.path)!r} could not be exported to ONNX ({line})") from error
    shutil.copyfile(model.path / "tokenizer.json", folder / "tokenizer.json")
    about = {
        "fingerprint": model.fingerprint,
        "weights": model.weights,
        "max_tokens": model.max_tokens,
        "dimension": int(network.config.hidden_size),
        "pad": int(network.config.pad_token_id or 0),
        "sha256": sha256_of(folder / "model.onnx"),
        "torch": torch.__version__,
    }
    (folder / EXPORT_FILE).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def check(model: ModelFolder, folder: Path) -> None:
    """Raises ModelError where the export in `folder` does not give the vectors and counts of `model`."""
    ours = OnnxEmbedder(folder)
    theirs = SentenceTransformerEmbedder(model.path)
    off = float(np.abs(ours.embed_passages(CHECKS) - theirs.embed_passages(CHECKS)).max())
    if not off < TOLERANCE:  # not `>=`: nan must fail too
        raise ModelError(f"the ONNX export of {str(model.path)!r} gives other vectors (off by {off:.1e})")
    if [ours.count_tokens(c) for c in CHECKS] != [theirs.count_tokens(c) for c in CHECKS]:
        raise ModelError(f"the ONNX export of {str(model.path)!r} counts other tokens")
