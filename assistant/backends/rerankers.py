"""Rerankers: cross-encoders that read a question and a passage together, by name or path; never required."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.backends import quiet
from assistant.backends.embedders import find_model, hide_progress
from assistant.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 16


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder with one number a pair, such as those trained on MS MARCO."""

    def __init__(self, model: CrossEncoder, name: str) -> None:
        self._model, self._name = model, name
        if (labels := int(getattr(model.config, "num_labels", 1))) != 1:
            raise ModelError(
                f"{name} gives {labels} numbers a pair and is no reranker: name a cross-encoder that gives one"
            )

    @property
    def name(self) -> str:
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        if not texts:
            return []
        try:
            given = np.asarray(
                self._model.predict(
                    [(question, text) for text in texts],
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                ),
                dtype=np.float64,
            ).reshape(-1)
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            raise ModelError(
                f"the reranker {self._name} failed ({type(error).__name__}): unset `reranker`, or choose another"
            ) from error
        if given.shape != (len(texts),) or not np.isfinite(given).all():
            raise ModelError(f"the reranker {self._name} gives no usable numbers: unset `reranker`, or choose another")
        return [float(score) for score in given]


def open_reranker(name: str, allow_download: bool = False) -> CrossEncoderReranker:
    """The model of a folder or a hub name; nothing is fetched unless that is allowed."""
    folder = find_model(name, allow_download, "reranker")
    quiet.silence()
    try:
        from sentence_transformers import CrossEncoder

        hide_progress()
        model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    except Exception as error:  # transformers raises every kind there is for a model that it cannot read
        why = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelError(
            f"the reranker {name!r} cannot be loaded ({why}): give the folder of a cross-encoder"
        ) from error
    return CrossEncoderReranker(model, name)
