"""What a question means in its conversation: completed by rules and shown, so that a person can correct it."""

from assistant.answering.conversation.completing import complete
from assistant.answering.conversation.earlier import earlier, meant
from assistant.answering.conversation.rewriting import rewritten

__all__ = ["complete", "earlier", "meant", "rewritten"]
