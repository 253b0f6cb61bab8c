"""Lines of text for a terminal."""

from __future__ import annotations

import textwrap
from unicodedata import east_asian_width

from assistant.render import plain


def fill(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most about `width` columns (a letter of Hangul takes two), safe to print: the first begins with
    `first`, the others with `rest`, or alike where that is None.
    """
    text = " ".join(plain(text).split())
    columns = sum(2 if east_asian_width(c) in ("W", "F") else 1 for c in text) or 1
    return textwrap.wrap(
        text, max(24, width * len(text) // columns), initial_indent=first,
        subsequent_indent=first if rest is None else rest, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
