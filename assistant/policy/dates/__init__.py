"""As of when a document or statement speaks, and how far the measures had come that it tells of."""

from assistant.policy.dates.asof import as_of, as_of_statement
from assistant.policy.dates.staging import stage_of, staged

__all__ = ["as_of", "as_of_statement", "stage_of", "staged"]
