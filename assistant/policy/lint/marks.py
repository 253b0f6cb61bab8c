"""Notes and their marks: missing, doubled, out of order; marks without a note. What is a document's manner is no doubt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from assistant.marks import sentence_of
from assistant.policy.lint.noted import Reading
from assistant.policy.lint.wording import told
from assistant.types import Document, Note, Span
from assistant.types.policy import Doubtful

_FEW = 0.2
"""More than this share of the notes is the document's manner, or a fault of our reading: it is said once, or not at all."""
_UNIT = re.compile(r"(?:\b(?:[kcm]?m|km|CO|CH|N|ft|in|mi|H|R|10|x|y)|[\d²³^)])$")
"""Behind these a raised figure is a power, an index or a unit."""


def mark_doubts(reading: Reading) -> Iterator[Doubtful]:
    yield from _missing(reading)
    yield from _doubled(reading)
    yield from _disordered(reading)
    yield from _loose(reading)


def _place(document: Document, mark: int) -> Span:
    """What is shown of a mark: its sentence, or the words before it."""
    sentence = sentence_of(document, mark)
    if sentence is not None:
        return sentence
    block = next((b for b in document.blocks if b.span.start < mark <= b.span.end), None)
    start = max(block.span.start if block else 0, mark - 80)
    while start < mark and document.text[start].isspace():
        start += 1
    return Span(start, mark)


def _missing(reading: Reading) -> Iterator[Doubtful]:
    notes = reading.document.notes
    without = [n for n in notes if not n.marks]
    if not without:
        return
    if len(without) > max(2, _FEW * len(notes)):
        found, question = told("no_marks", reading.language, n=len(without), all=len(notes))
        yield reading.doubt("no_mark", "", None, found, question)
        return
    for n in without:
        found, question = told("no_mark", reading.language, note=n.number)
        yield reading.doubt("no_mark", n.number, n.span, found, question)


def _doubled(reading: Reading) -> Iterator[Doubtful]:
    notes = reading.document.notes
    doubled = [n for n in notes if len(n.marks) > 1]
    if len(doubled) > max(2, _FEW / 2 * len(notes)):
        return  # its manner: one number for one source
    for n in doubled:
        found, question = told("double_mark", reading.language, note=n.number, n=len(n.marks))
        first, *rest = n.marks
        yield reading.doubt(
            "double_mark", n.number, _place(reading.document, first), found, question,
            (_place(reading.document, m) for m in rest),
        )  # fmt: skip


def _runs(notes: tuple[Note, ...]) -> list[list[tuple[int, int, Note]]]:
    """The notes with numbers and marks, in runs in which the numbers grow: they may begin anew with a chapter."""
    runs: list[list[tuple[int, int, Note]]] = [[]]
    last = 0
    for n in notes:
        if not n.number.isdigit():
            continue
        number = int(n.number)
        if number <= last and number <= 2:
            runs.append([])
        last = number
        if n.marks:
            runs[-1].append((number, min(n.marks), n))
    return [r for r in runs if len(r) > 2]


def _disordered(reading: Reading) -> Iterator[Doubtful]:
    for run in _runs(reading.document.notes):
        by_place = sorted(run, key=lambda x: x[1])
        kept = _growing([number for number, _, _ in by_place])
        out = [x for i, x in enumerate(by_place) if i not in kept]
        if len(out) > max(2, _FEW / 2 * len(run)):
            continue  # numbered by another rule, such as a list in the order of names
        for number, mark, note in out:
            at = by_place.index((number, mark, note))
            before = by_place[at - 1] if at else None
            after = by_place[at + 1] if at + 1 < len(by_place) else None
            neighbour = before or after
            assert neighbour is not None
            key = "order_after" if before else "order_before"
            found, question = told(key, reading.language, note=note.number, other=neighbour[0])
            yield reading.doubt(
                "order", note.number, _place(reading.document, mark), found, question,
                [_place(reading.document, neighbour[1])],
            )  # fmt: skip


def _growing(numbers: list[int]) -> set[int]:
    """The places of a longest growing row of numbers."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int | None] = []
    for i, n in enumerate(numbers):
        at = bisect_left(tails, n)
        tails[at : at + 1] = [n]
        ends[at : at + 1] = [i]
        back.append(ends[at - 1] if at else None)
    kept: set[int] = set()
    at_last: int | None = ends[-1] if ends else None
    while at_last is not None:
        kept.add(at_last)
        at_last = back[at_last]
    return kept


def _loose(reading: Reading) -> Iterator[Doubtful]:
    document = reading.document
    yield from _empty(reading)
    known = {n.number for n in document.notes}
    highest = max((int(n) for n in known if n.isdigit()), default=0)
    if not highest:
        return
    loose = [s for s in document.loose_marks if s.slice(document.text).strip().isdigit()]
    loose = [s for s in loose if not _UNIT.search(document.text[max(0, s.start - 4) : s.start])]
    loose = [s for s in loose if 0 < int(s.slice(document.text)) <= highest + 5]
    for s in loose if len(loose) <= max(3, _FEW * len(known)) else ():
        number = s.slice(document.text).strip()
        found, question = told("no_note", reading.language, note=number)
        yield reading.doubt("no_note", number, _place(document, s.end), found, question)


def _empty(reading: Reading) -> Iterator[Doubtful]:
    """Marks whose note has no words, where the other notes have: the text calls it, and nothing is there."""
    notes = reading.document.notes
    empty = [n for n in notes if n.marks and not (n.text or "").strip()]
    if len(empty) > max(2, _FEW * len(notes)) or len(empty) * 2 > len(notes):
        return  # a text of which only the marks were kept
    for n in empty:
        found, question = told("no_note", reading.language, note=n.number)
        yield reading.doubt("no_note", n.number, _place(reading.document, min(n.marks)), found, question)
