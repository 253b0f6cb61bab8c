"""Questions to the author of a document about its notes: marks, dates of access, names of works, addresses, ages."""

from __future__ import annotations

from assistant.policy.lint.access import access_doubts
from assistant.policy.lint.addresses import address_doubts
from assistant.policy.lint.age import age_doubts
from assistant.policy.lint.marks import mark_doubts
from assistant.policy.lint.naming import naming_doubts
from assistant.policy.lint.noted import numbered, read
from assistant.types import Document
from assistant.types.policy import Doubtful

__all__ = ["doubts"]


def doubts(document: Document) -> tuple[Doubtful, ...]:
    """All that its author may want to look at, in the order of the text. Nothing is a verdict."""
    reading = read(document)
    checks = (mark_doubts, access_doubts, naming_doubts, address_doubts, age_doubts)
    return numbered(d for check in checks for d in check(reading))
