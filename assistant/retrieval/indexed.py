"""What the indexes hold of a passage. Index generations are named by this file's code: a change here makes them anew,
a change of how they are asked does not.
"""

from __future__ import annotations

from assistant.text import terms
from assistant.types import Passage


def passage_terms(passage: Passage) -> list[str]:
    """What the lexical index holds of a passage: its words, and its section and context once more."""
    return terms("\n".join([passage.text, " ".join(passage.section), passage.context]))


def passage_text(passage: Passage) -> str:
    """What the embedder reads of a passage; chunking sees to it that it fits."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def sentence_texts(passage: Passage) -> list[str]:
    """What the embedder reads of each sentence: a table's row is read with its caption and header."""
    start = passage.span.start
    own = [s.shift(-start).slice(passage.text) for s in passage.sentences]
    return [f"{passage.context}\n{text}" for text in own] if passage.kind == "table" and passage.context else own
