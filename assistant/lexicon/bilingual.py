"""Whether an embedder knows Korean: asked of the model itself, since its name need not say."""

from __future__ import annotations

import numpy as np

from assistant.protocols import Embedder

PAIRS = (
    ("반도체 수출", "semiconductor exports"), ("관세 인상", "a rise in tariffs"), ("학교 급식", "school meals"),
    ("해군 기지", "naval base"), ("청년 실업", "youth unemployment"), ("재생에너지", "renewable energy"),
    ("주택 가격", "house prices"), ("조약 비준", "ratification of a treaty"),
)  # fmt: skip
LEAST = 0.15
"""By how much the cosine of true pairs must exceed that of all others. An English model gives about 0."""


def reads_korean(embedder: Embedder) -> bool:
    """Whether Korean phrases lie nearer to their English than to other English phrases."""
    korean = np.stack([embedder.embed_question(k) for k, _ in PAIRS])
    english = embedder.embed_passages([e for _, e in PAIRS])
    near = korean @ english.T
    true = float(np.trace(near)) / len(PAIRS)
    other = (float(near.sum()) - float(np.trace(near))) / (len(PAIRS) * (len(PAIRS) - 1))
    return true - other >= LEAST
