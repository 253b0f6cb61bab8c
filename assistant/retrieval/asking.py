"""The vector that a question is searched by."""

from __future__ import annotations

import numpy as np

from assistant.protocols import Embedder, Vectors
from assistant.questions import Question


def asked_vector(embedder: Embedder, question: Question) -> Vectors:
    """The embedded question, drawn towards what was said before it by the shares of that; of unit length."""
    earlier = question.earlier
    if earlier is None:
        return embedder.embed_question(question.gist)
    vector = np.array(embedder.embed_question(earlier.own or question.gist), np.float32)
    for text, share in earlier.texts:
        vector += np.float32(share) * embedder.embed_question(text)
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector
