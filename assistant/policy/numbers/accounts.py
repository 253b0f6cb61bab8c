"""Of which account a bare `request` is, where its sentence names one."""

from __future__ import annotations

import re

from assistant.types import Span

_NAME = r"(?P<name>(?!FY|CY|Fiscal\b|Year\b)[A-Z][\w'’-]*(?:\s(?:(?:of|and|for)\s(?:the\s)?)?[A-Z][\w'’-]*)*)"
_BEFORE = re.compile(rf"\brequest\sfor\s(?:the\s)?{_NAME}")
_BEHIND = re.compile(rf"\sfor\s(?:the\s)?{_NAME}")
_BARE = re.compile(r"(?:^|\s)requests?$", re.IGNORECASE)


def account(text: str, quantity: str, figure: Span) -> Span | None:
    """The one account that a sentence names behind `request for`, or behind the figure; None where it names several.

    >>> text = "The FY2031 request for Harbour Lights is $3 million."
    >>> account(text, "FY2031 request", Span(text.index("$3"), len(text) - 1)).slice(text)
    'Harbour Lights'
    """
    if _BARE.search(quantity) is None:
        return None
    found = [*_BEFORE.finditer(text, 0, figure.start)]
    behind = _BEHIND.match(text, figure.end)
    found += [behind] if behind else []
    if len({m["name"] for m in found}) != 1:
        return None
    return Span(found[-1].start("name"), found[-1].end("name"))
