"""Late interaction over token vectors (Khattab and Zaharia 2020, ColBERT): for each word of the question the token of a
sentence that comes nearest to it. The embedder is the one that finds passages; nothing is trained for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from assistant.protocols import Vectors
from assistant.text import STOPWORDS, stem, tokens
from assistant.types import Span

Weigh = Callable[[str], float]


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also gives the vectors of single tokens, each with its span."""

    def embed_tokens_of(self, texts: Sequence[str]) -> Sequence[tuple[tuple[Span, ...], Vectors]]: ...


LEANING = 0.85
"""What a word of the sentence before counts in a sentence that may lean on it."""
HEADED = 0.8
"""What a word of the title or heading counts."""
FUNCTION_WORD = 0.05
"""What a token of a function word weighs in late interaction; content words weigh by their rarity."""
_NEARLY, _FULL = 0.35, 0.8
"""Cosines between which a token counts from not at all to fully as present."""


def interaction(
    gist: str,
    texts: Sequence[str],
    before: Sequence[str],
    headings: Sequence[str],
    embedder: TokenEmbedder,
    weigh: Weigh,
) -> list[dict[str, float] | None]:
    """For each text: `late`, the mean over the question's tokens, by weight, of the best cosine with a token of it;
    `weakest`, the lowest of these over the content words; `leaning`, `late` with the sentence before counted in at a
    discount; `late_headed`, with the title and heading counted in too; `late_apart` and `headed_apart`, both weighed by
    how well a word tells these texts apart. None where a text or the question has no token.
    """
    beside = list(dict.fromkeys(t for t in (*before, *headings) if t))
    once = list(dict.fromkeys([gist, *texts, *beside]))  # the sentence before one is often another of the texts
    told = dict(zip(once, embedder.embed_tokens_of(once), strict=True))
    spans, vectors = told[gist]
    if not len(vectors) or not texts:
        return [None] * len(texts)
    weights = np.array(_token_weights(gist, spans, weigh))
    content = weights > FUNCTION_WORD
    near = {t: _best(vectors, told[t][1]) for t in beside}
    nothing = np.zeros(len(vectors), dtype=np.float32)
    own = [_best(vectors, told[t][1]) for t in texts]
    leaning = [np.maximum(o, LEANING * near.get(b, nothing)) for o, b in zip(own, before, strict=True)]
    headed = [np.maximum(x, HEADED * near.get(h, nothing)) for x, h in zip(leaning, headings, strict=True)]
    told_own, told_headed = weights * _apart(own), weights * _apart(headed)
    found: list[dict[str, float] | None] = []
    for text, a, b, c in zip(texts, own, leaning, headed, strict=True):
        if not len(told[text][1]):
            found.append(None)
            continue
        measured = {
            "late": _mean(a, weights), "leaning": _mean(b, weights), "late_headed": _mean(c, weights),
            "late_apart": _mean(a, told_own), "headed_apart": _mean(c, told_headed),
            "weakest": float(a[content].min()) if content.any() else 0.0,
        }  # fmt: skip
        found.append({name: max(0.0, value) for name, value in measured.items()})
    return found


def _best(vectors: Vectors, own: Vectors) -> Vectors:
    return (vectors @ own.T).max(axis=1) if len(own) else np.zeros(len(vectors), dtype=np.float32)


def _mean(best: Vectors, weights: Vectors) -> float:
    return float((best * weights).sum() / (weights.sum() or 1.0))


def _apart(rows: Sequence[Vectors]) -> Vectors:
    """How much each token tells the texts apart: 1 where none has it, near 0 where all have."""
    had = np.clip((np.array(rows) - _NEARLY) / (_FULL - _NEARLY), 0.0, 1.0).mean(axis=0)
    return np.asarray(np.maximum(0.02, 1.0 - had))


def _token_weights(text: str, spans: Sequence[Span], weigh: Weigh) -> list[float]:
    words = tokens(text)
    pieces = [next((w for w in words if w.span.start <= s.start < w.span.end), None) for s in spans]
    weights = []
    for word in pieces:
        if word is None or word.text in STOPWORDS:
            weights.append(FUNCTION_WORD)
        else:
            weights.append(max(0.3, weigh(stem(word.text))) ** 0.5 / pieces.count(word))
    return weights
