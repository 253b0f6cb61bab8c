"""Document -> Passages.

A passage is a contiguous slice of the text: whole sentences of one section, at most `limit` of
the embedder's own tokens. Every block is in exactly one passage or is a heading, so no character
loses its place. Tables, notes, captions and front matter never share a passage with prose.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.citations import is_reference
from assistant.text import sentences
from assistant.types import Block, Document, Passage, PassageKind, Span, Table

CountTokens = Callable[[str], int]

_KIND: dict[str, PassageKind] = {
    "title": "front",
    "byline": "front",
    "aside": "front",
    "paragraph": "text",
    "list": "text",
    "quote": "text",
    "table": "table",
    "note": "note",
    "caption": "caption",
    "source": "caption",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """What may not be cut, and how long it is."""

    span: Span
    tokens: int


def passages(document: Document, count_tokens: CountTokens, limit: int) -> tuple[Passage, ...]:
    """The document's passages in reading order.

    A sentence longer than `limit` cannot be kept whole by any passage: it is cut at the last
    clause boundary, or white space, that fits, and nowhere else.
    """
    found: list[Passage] = []
    for kind, section, blocks in _runs(document):
        units: list[_Unit] = []
        context = ""
        table = _table_at(document, blocks[0].span) if kind == "table" else None
        if table:
            context = table_context(table)
        room = limit - (count_tokens(context) if context else 0)
        if room < limit // 4:
            context, room = "", limit
        for block in blocks:
            units.extend(_units(document, block, count_tokens, room))
        for group in _pack(document.text, units, count_tokens, room):
            span = Span(group[0].span.start, group[-1].span.end)
            parts = tuple(u.span for u in group)
            only_names = kind in ("note", "text") and all(is_reference(p.slice(document.text), section) for p in parts)
            found.append(_passage(document, "reference" if only_names else kind, section, span, parts, context))
    return tuple(found)


def table_context(table: Table) -> str:
    """The words that give a table's rows their meaning: its caption and header."""
    return "\n".join(filter(None, [table.caption, " ".join(c.column or c.text for c in table.header)]))


def _passage(
    document: Document,
    kind: PassageKind,
    section: tuple[str, ...],
    span: Span,
    parts: tuple[Span, ...],
    context: str,
) -> Passage:
    text = span.slice(document.text)
    digest = hashlib.sha256(f"{document.id}\0{span.start}\0{kind}\0{context}\0{text}".encode()).hexdigest()[:16]
    return Passage(
        id=f"{document.id}:{digest}",
        document=document.id,
        kind=kind,
        span=span,
        text=text,
        sentences=parts,
        pages=tuple(p.index for p in document.pages_of(span)),
        section=section,
        context=context,
    )


def _runs(document: Document) -> Iterator[tuple[PassageKind, tuple[str, ...], list[Block]]]:
    """Neighbouring blocks of one kind and section; a note, a table and a caption are runs of their own."""
    pending: list[Block] = []
    state: tuple[PassageKind, tuple[str, ...]] | None = None
    for block in document.blocks:
        if block.kind == "heading":
            if state and pending:
                yield (*state, pending)
            pending, state = [], None
            continue
        here = (_KIND[block.kind], document.section_at(block.span.start))
        if state and (here != state or here[0] != "text"):
            yield (*state, pending)
            pending = []
        state = here
        pending.append(block)
    if state and pending:
        yield (*state, pending)


def _table_at(document: Document, span: Span) -> Table | None:
    return next((t for t in document.tables if t.span.overlaps(span)), None)


def _units(document: Document, block: Block, count_tokens: CountTokens, limit: int) -> Iterator[_Unit]:
    match block.kind:
        case "table":
            spans = _lines(document.text, block.span)
        case "caption" | "source" | "title" | "byline":  # `Figure 2. South …` is one label, not two sentences
            whole = count_tokens(block.span.slice(document.text)) <= limit
            spans = [block.span] if whole else sentences(document.text, block.span)
        case _:
            spans = sentences(document.text, block.span)
    for span in spans:
        size = count_tokens(span.slice(document.text))
        if size <= limit:
            yield _Unit(span, size)
        else:
            yield from _clauses(document.text, span, count_tokens, limit)


def _lines(text: str, span: Span) -> list[Span]:
    found, start = [], span.start
    for line in span.slice(text).split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


_BREAKS = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"), re.compile(r"(?<=[/&?=_-])"), re.compile(r"."))


def _clauses(text: str, span: Span, count_tokens: CountTokens, limit: int) -> Iterator[_Unit]:
    """Pieces of an over-long sentence that fit, cut at the strongest boundary there is."""
    while True:
        size = count_tokens(span.slice(text))
        if size <= limit:
            yield _Unit(span, size)
            return
        reach = _reach(text, span, count_tokens, limit)
        for pattern in _BREAKS:
            cuts = [m.end() for m in pattern.finditer(text, span.start + 1, reach)]
            cuts = [c for c in cuts if c - span.start >= (reach - span.start) // 3] or cuts[-1:]
            if cuts:
                cut = cuts[-1]
                break
        else:  # pragma: no cover - the last pattern matches any character
            cut = reach
        end = cut
        while end > span.start and text[end - 1].isspace():
            end -= 1
        piece = Span(span.start, max(end, span.start + 1))
        yield _Unit(piece, count_tokens(piece.slice(text)))
        start = max(cut, piece.end)
        while start < span.end and text[start].isspace():
            start += 1
        if start >= span.end:
            return
        span = Span(start, span.end)


def _reach(text: str, span: Span, count_tokens: CountTokens, limit: int) -> int:
    """The furthest end such that the piece still fits; at least one character on."""
    low, high = span.start + 1, span.end
    while low < high:
        middle = (low + high + 1) // 2
        if count_tokens(text[span.start : middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _pack(text: str, units: Sequence[_Unit], count_tokens: CountTokens, limit: int) -> Iterator[list[_Unit]]:
    """As few groups as fit, of even length, cut between paragraphs where that costs little."""
    start = 0
    while start < len(units):
        end = start + 1
        while end < len(units) and _fits(text, units[start : end + 1], count_tokens, limit):
            end += 1
        if end < len(units):
            end = _paragraph_end(text, units, start, end)
        yield list(units[start:end])
        start = end


def _fits(text: str, group: Sequence[_Unit], count_tokens: CountTokens, limit: int) -> bool:
    estimate = sum(u.tokens for u in group)
    if estimate <= limit:  # each unit's count holds its own special tokens: the sum is an upper bound
        return True
    if estimate - 2 * len(group) > limit:
        return False
    return count_tokens(text[group[0].span.start : group[-1].span.end]) <= limit


def _paragraph_end(text: str, units: Sequence[_Unit], start: int, end: int) -> int:
    """The last paragraph break in the second half of the group, or `end`."""
    used = sum(u.tokens for u in units[start:end])
    seen = used
    for i in range(end - 1, start, -1):
        seen -= units[i].tokens
        if seen < used // 2:
            break
        if "\n" in text[units[i - 1].span.end : units[i].span.start]:
            return i
    return end
