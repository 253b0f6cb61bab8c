"""A model's words as they come -> sentences with the signs that stand behind them.

A sentence is given out once it is complete: at the end of its line, or where other words follow its signs. What is
malformed is not mended: a sentence carries its faults, and a fault is a failed sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category

from assistant.answering.prompting import NOTHING

LONGEST = 900
"""Characters of a sentence: a model that runs on is stopped here."""
_MARK = r"[\[\uff3b(]\s*S\d+(?:\s*[,;]\s*S\d+)*\s*[\]\uff3d)]"
_MARKS = re.compile(rf"\s*(?P<marks>(?:{_MARK}\s*)+)(?P<stop>[.!?\u3002]?)")
_CUT = re.compile(rf"(?:{_MARK}[ \t]*)+[.!?\u3002]?(?:[ \t]+|(?=[^\s.!?\u3002\[\uff3b(]))(?=[^\s\[\uff3b(.!?\u3002])")
_SIGN = re.compile(r"S\d+")
_OTHER_MARK = re.compile(
    r"[\[\]\uff3b\uff3d\u3010\u3011\u3016\u3017]|\(\d{1,2}\)\W*$|[\u2070-\u2079\u00b9\u00b2\u00b3]|\bS\d{1,3}\b"
)
_MARKUP = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:data|javascript|mailto|file|vbscript):|<[a-zA-Z/!?]|&#?\w+;|[`{}|\\]|\*\S|__|~~|^#+ "
    r"|\S@\w+\.\w|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/",
    re.IGNORECASE,
)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a model, without its signs, and what is wrong with its form."""

    text: str
    signs: tuple[str, ...]
    faults: tuple[str, ...] = ()


def sentences(chunks: Iterable[str], signs: Collection[str]) -> Iterator[Written]:
    """The sentences of a stream, each as soon as it is complete. `signs` are those that exist."""
    pending = ""
    for chunk in chunks:
        pending += chunk
        while (cut := _end(pending)) is not None:
            piece, pending = pending[:cut], pending[cut:]
            if written := read(piece, signs):
                yield written
    if written := read(pending, signs):
        yield written


def _end(text: str) -> int | None:
    """Where the first complete sentence of `text` ends, or None."""
    line = text.find("\n")
    marked = _CUT.search(text, 0, line if line >= 0 else len(text))
    if marked:
        return marked.end()
    if line >= 0:
        return line + 1
    return LONGEST if len(text) > 2 * LONGEST else None


def read(piece: str, signs: Collection[str]) -> Written | None:
    """One sentence; None where there is nothing to read."""
    line = " ".join(piece.split())
    if not line or re.fullmatch(r"[-–—*•.\s]+", line):
        return None
    if line.strip(".*_\"' ") == NOTHING:
        return Written(NOTHING, ())
    line = re.sub(r"^(?:[-*•]|\d{1,2}[.)])\s+", "", line)
    found = tuple(dict.fromkeys(s for m in _MARKS.finditer(line) for s in _SIGN.findall(m["marks"])))
    text = " ".join(_MARKS.sub(lambda m: m["stop"] + " ", line).split())
    text = re.sub(r"\s+([.,;!?])", r"\1", text)
    if text and text[-1] not in ".!?\u3002\u201d\"'":
        text += "."
    return Written(text, found, tuple(_faults(text, found, signs)))


def _faults(text: str, found: Collection[str], signs: Collection[str]) -> Iterator[str]:
    if not found:
        yield "it names no passage"
    for sign in found:
        if sign not in signs:
            yield f"{sign} does not exist"
    if (more := malformed(text)) is not None:
        yield more
    if len(text) > LONGEST:
        yield "it does not end"
    if not re.search(r"[^\W\d_]{2}", text):
        yield "it says nothing"


def malformed(text: str) -> str | None:
    """What a text has besides words: marks, markup, an address, unseen characters. None where it has nothing else."""
    if _OTHER_MARK.search(text):
        return "it carries a mark of another form"
    if _MARKUP.search(text):
        return "it carries markup or an address"
    return "it carries characters that are not seen" if any(category(c) in _UNSEEN for c in text) else None
