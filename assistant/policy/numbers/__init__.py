"""Numbers: every figure of a document with what it counts, those that a question asks for, and those that clash."""

from assistant.policy.numbers.agreeing import conflicts
from assistant.policy.numbers.asking import among, asked, unlike
from assistant.policy.numbers.reading import figures

__all__ = ["among", "asked", "conflicts", "figures", "unlike"]
