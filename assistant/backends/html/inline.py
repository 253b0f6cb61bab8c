"""HTML within Markdown: what of it is not seen is taken out before the Markdown is read."""

from __future__ import annotations

import re

from lxml import etree

from assistant.backends.html.hidden import is_unseen
from assistant.backends.html.source import ATTRIBUTE, TAG
from assistant.types import Hidden

_CODE = re.compile(
    r"(?ms)^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)|(?<!`)(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)"
)
_NEXT = re.compile(r"<!--|<[a-zA-Z]")
_COMMENT_END = re.compile(r"--!?>")
_ASIDE = re.compile(r"(?m)^ {0,3}\[(?://|#|_|comment)\d*\]:\s*(?:<>|#)\s+[(\"'](.+)[)\"']\s*$")
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


def without_unseen(text: str) -> tuple[str, tuple[Hidden, ...]]:
    """Markdown without comments and elements that no reader of the rendered page sees; code is left as it is."""
    code = [match.span() for match in _CODE.finditer(text)]
    counts = {"comment": sum(len(match[1]) for match in _ASIDE.finditer(text))}
    parts: list[str] = []
    kept = position = block = 0
    while (found := _NEXT.search(text, position)) is not None:
        start = found.start()
        while block < len(code) and code[block][1] <= start:
            block += 1
        if block < len(code) and code[block][0] <= start:
            position = code[block][1]
            continue
        if found[0] == "<!--":
            end = _COMMENT_END.search(text, start + 2)
            position = end.end() if end else len(text)
            why = "comment"
            inner = text[start + 4 : end.start() if end else len(text)]
        else:
            tag = TAG.match(text, start)
            reason = _why(tag) if tag else None
            if tag is None or reason is None:
                position = tag.end() if tag else start + 1
                continue
            why = reason
            position = tag.end() if tag["name"].lower() in _VOID else _end(text, tag)
            inner = re.sub(r"<[^<>]*>", "", text[tag.end() : position])
        counts[why] = counts.get(why, 0) + len(" ".join(inner.split()))
        parts.append(text[kept:start])
        kept = position
    parts.append(text[kept:])
    return "".join(parts), tuple(Hidden(why, n) for why, n in sorted(counts.items()) if n)


def _why(tag: re.Match[str]) -> str | None:
    name = tag["name"].lower()
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name):
        return None
    element = etree.Element(name)
    for found in ATTRIBUTE.finditer(tag["rest"]):
        attribute, value = found[1].lower(), (found[2] or "").strip("\"'")
        if attribute in ("style", "class", "hidden", "type", "open") and element.get(attribute) is None:
            element.set(attribute, re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd]", "", value))
    return is_unseen(element)


def _end(text: str, opened: re.Match[str]) -> int:
    """Where an element that begins here ends: behind its closing tag, else at the end of the text."""
    if opened["rest"].endswith("/"):
        return opened.end()
    depth = 1
    for match in re.compile(rf"<(/?){re.escape(opened['name'])}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(
        text, opened.end()
    ):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return len(text)
