"""What a document recommends: to whom, by which instrument, for whom, in which case, how strongly, and in whose voice."""

from __future__ import annotations

from assistant.policy.recommendations.choosing import chosen
from assistant.policy.recommendations.making import recommendations

__all__ = ["chosen", "recommendations"]
