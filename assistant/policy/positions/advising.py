"""What a document recommends in its own voice."""

from __future__ import annotations

from assistant.policy.recommendations import recommendations
from assistant.types import Document
from assistant.types.policy import Recommendation


def advice(document: Document) -> tuple[Recommendation, ...]:
    """Without what it relays, tells of the past, or says that others should do whom it does not advise."""
    return tuple(r for r in recommendations(document) if r.voice == "own")
