"""A cross-encoder that judges whether one text says what another does, by name or path.

sentence-transformers loads it. Its labels are read from its own configuration: a model that does not say which of its
numbers means entailment and which contradiction is refused, never guessed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.backends import quiet
from assistant.backends.embedders import hide_progress
from assistant.errors import ModelError
from assistant.protocols import Entailment

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

SURE = 0.7
"""Least probability at which a label is an opinion; below, there is none."""


class CrossEncoderEntailer:
    """A natural-language-inference cross-encoder as an `Entailer`."""

    def __init__(self, model: CrossEncoder, name: str) -> None:
        self._model, self._name = model, name
        self._labels = labels_of(getattr(model.config, "id2label", None) or {}, name)

    @property
    def name(self) -> str:
        return self._name

    def entails(self, premise: str, statement: str) -> Entailment | None:
        try:
            scores = np.asarray(
                self._model.predict([(premise, statement)], show_progress_bar=False, convert_to_numpy=True)
            )
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            raise ModelError(
                f"the entailment model {self._name} failed ({type(error).__name__}): unset it, or choose another"
            ) from error
        if scores.shape != (1, len(self._labels)) or not np.isfinite(scores).all():
            return None
        weights = np.exp(scores[0] - scores[0].max())
        chances = weights / weights.sum()
        best = int(np.argmax(chances))
        return self._labels[best] if chances[best] >= SURE else None


def labels_of(named: dict[int, str], model: str) -> tuple[Entailment, ...]:
    """What each of a model's numbers means, by the names in its configuration."""
    found: list[Entailment] = []
    for _, label in sorted((int(k), str(v)) for k, v in named.items()):
        word = label.casefold().replace("_", " ").strip()
        if word.startswith(("not entail", "non entail", "not-entail", "neutral", "unknown", "not enough")):
            found.append("neither")
        elif word.startswith("entail"):
            found.append("entails")
        elif word.startswith(("contradict", "refute")):
            found.append("contradicts")
        else:
            break
    if len(found) != len(named) or "entails" not in found or len(found) < 2:
        given = ", ".join(str(v) for v in named.values()) or "none"
        raise ModelError(
            f"{model} is no entailment model (its labels: {given}): give a cross-encoder whose labels are entailment, "
            "neutral and contradiction"
        )
    return tuple(found)


def open_entailer(name: str, allow_download: bool = False) -> CrossEncoderEntailer:
    """The model of a path or a hub name; a hub name is looked for in the local cache unless it may be fetched."""
    quiet.silence()
    try:
        from sentence_transformers import CrossEncoder

        hide_progress()
        model = CrossEncoder(name, device="cpu", local_files_only=not allow_download)
    except Exception as error:  # transformers raises every kind there is for a model that it cannot read
        advice = (
            "check the name" if allow_download else "give the path of its folder, or set allow_download to fetch it"
        )
        raise ModelError(f"the entailment model {name} cannot be loaded ({type(error).__name__}): {advice}") from error
    return CrossEncoderEntailer(model, name)
