"""Verbs of deeds that an imperative or an enumeration begins with (data/deeds.tsv)."""

from __future__ import annotations

from functools import cache
from importlib import resources

from assistant.text import stem


@cache
def _deeds() -> tuple[frozenset[str], frozenset[str]]:
    """The verbs, and the stems of their -ing forms."""
    text = resources.files("assistant").joinpath("data", "deeds.tsv").read_text(encoding="utf-8")
    words = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    english = {w for w in words if w.isascii()}
    return frozenset(words), frozenset(map(stem, english))


def deeds_ko() -> frozenset[str]:
    """Verbal nouns that a Korean item in note style ends with: `도입`, `강화`."""
    return frozenset(w for w in _deeds()[0] if not w.isascii())


def is_deed(word: str) -> bool:
    """Whether a word is a verb of a deed in its plain or its -ing form: `expand`, `expanding`."""
    plain, stems = _deeds()
    low = word.lower()
    return low in plain or (low.endswith("ing") and stem(low) in stems)
