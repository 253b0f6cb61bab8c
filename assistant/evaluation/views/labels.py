"""The labels of the views: reading their lines, and finding the places that they point to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.citations import locate, stands, whole
from assistant.errors import CorpusError
from assistant.text import Folded, fold, sentences, terms
from assistant.types import Document, Span

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A label that was found: where its words stand, and the sentence around them."""

    id: str
    document: str
    span: Span
    """Of the quote; of its `surface` where the label names one."""
    sentence: Span
    fields: Fields
    """The line of the file as it stands there."""
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The labels of documents that are held. `errors` names those whose words do not stand there once."""

    lines: tuple[Line, ...]
    errors: tuple[str, ...]


def read_lines(path: Path) -> tuple[Fields, ...]:
    """The labels of a JSONL file; CorpusError names the line that is wrong, or the file that cannot be read."""
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read the labels '{path}' ({error}): give a folder of UTF-8 JSONL files") from error
    found: list[Fields] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
            id = line["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}, line {number}: {error!r}; see eval/guidelines.md for the form") from error
        if not isinstance(line, dict) or not isinstance(id, str) or id in seen:
            raise CorpusError(f"{path}, line {number}: the id {id!r} is used twice, or is no string; ids are unique")
        seen.add(id)
        found.append(line)
    return tuple(found)


def place(lines: Sequence[Fields], held: Sequence[str], document: Callable[[str], Document]) -> Placed:
    """The places of labels with a `document` and a `quote`; those of documents that are not held are left out."""
    found: list[Line] = []
    errors: list[str] = []
    around: dict[tuple[str, Span], list[Span]] = {}
    folded: dict[str, Folded] = {}
    for line in lines:
        id, name, quote = str(line["id"]), str(line["document"]), str(line["quote"])
        if name not in held:
            continue
        read = document(name)
        if name not in folded:
            folded[name] = fold(read.text)
        spans = _places(read, folded[name], line)
        if len(spans) != 1:
            errors.append(f"{id}: {quote!r} stands {len(spans)} times in {name}")
            continue
        inside = [spans[0]]
        for block in (b.span for b in read.blocks if b.span.overlaps(spans[0])):
            if (name, block) not in around:
                around[name, block] = sentences(read.text, block)
            inside += [s for s in around[name, block] if s.overlaps(spans[0])]
        sentence = Span(min(s.start for s in inside), max(s.end for s in inside))
        found.append(Line(id, name, spans[0], sentence, line, line.get("split")))
    return Placed(tuple(found), tuple(errors))


def _places(document: Document, folded: Folded, line: Fields) -> tuple[Span, ...]:
    """Where a label's words stand: in the cell that it names, else anywhere, as `locate` finds them (which folds the
    document anew for each quote); of these its surface.
    """
    quote, surface = str(line["quote"]), line.get("surface")
    if "cell" in line:
        cell = line["cell"]
        wanted = (cell["row"], cell["column"], quote)
        tables = document.tables[cell["table"] - 1 : cell["table"]]
        spans = tuple(c.span for t in tables for r in t.rows for c in r if (c.row, c.column, c.text) == wanted)
    else:
        spans = tuple(folded.original(a, b) for a, b in whole(fold(quote).text, folded.text))
    if surface is None:
        return spans
    return tuple(at for s in spans if (at := _inside(document, str(surface), s)) is not None)


def _inside(document: Document, words: str, within: Span) -> Span | None:
    """The first place of the words within a quote, inside a longer word at need: the 1960 of '1960s'."""
    if found := locate(document, words, within):
        return found[0]
    at = within.slice(document.text).find(words)
    return Span(at, at + len(words)).shift(within.start) if at >= 0 else None


def groups(value: Any) -> tuple[tuple[str | None, ...], ...]:
    """Groups of alternatives, a plain word being a group of one.

    >>> groups(["a", ["b", "c"]])
    (('a',), ('b', 'c'))
    """
    return tuple(tuple(g) if isinstance(g, list) else (g,) for g in value or ())


def has(words: str, text: str) -> bool:
    """Whether the words stand in the text, whole or in another form of theirs.

    >>> has("tariff", "the tariffs of 2018"), has("rate", "a corporate tax")
    (True, False)
    """
    if stands(words, text):
        return True
    wanted, there = terms(words, keep_stopwords=True), terms(text, keep_stopwords=True)
    return bool(wanted) and any(there[i : i + len(wanted)] == wanted for i in range(len(there)))


def holds(text: str | None, alternatives: Sequence[str | None] | None) -> bool:
    """Whether what was found (None: nothing) is one of the alternatives; null among them, or none at all: nothing is.

    >>> holds("the central government", ["government"]), holds(None, None), holds(None, ["firms", None])
    (True, True, True)
    """
    if text is None:
        return alternatives is None or None in alternatives
    return any(a is not None and has(a, text) for a in alternatives or ())


def holds_all(text: str, keys: Sequence[str]) -> bool:
    """Whether every key word stands in the text; 'a|b' stands where either does.

    >>> holds_all("conclude agreements on supply", ["treaty|agreement", "supply"])
    True
    """
    return all(any(has(a, text) for a in key.split("|")) for key in keys)
