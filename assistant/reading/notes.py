"""Note marks and notes: which figures of the text are marks, and which note each of them calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.reading.calls import take_plain_calls
from assistant.reading.drafts import Draft, Verdict
from assistant.reading.flow import SYMBOLS
from assistant.types import BlockKind, Note, Span

_UNIT_BEFORE = re.compile(r"(?:^|[\s\d(/])(?:m|km|cm|mm|ft|in|R|CO|H|x|y)$")
_POWER = re.compile(r"(?<![\d.,])10[-−–+]?$|[^\W_][-−+]$")
"""'10' with a raised figure behind it, or a raised sign before the figure: a power, no note mark."""


def settle_marks(drafts: Sequence[Draft], known: Collection[str], calls: Mapping[str, str] | None) -> None:
    """Decides which raised figures are note marks; the others go back into the text as superscripts.

    `calls`: of a file that says itself where its notes are called (see `assemble`), else None.
    """
    if calls is None:
        take_plain_calls(drafts)
    numbers = {(calls or {}).get(d.number, d.number) for d in drafts if d.number} | set(known)
    if not any(n.isdigit() for n in numbers):
        numbers |= _counted(drafts)
    seen: set[str] = set()
    for draft in drafts:
        draft.settle(partial(_verdict, draft.kind, calls or {}, numbers, seen))
    if not calls:
        _set_aside(drafts)


def _verdict(
    kind: BlockKind, calls: Collection[str], numbers: Collection[str], seen: set[str], before: str, at: int, label: str
) -> Verdict:
    """`seen`: the labels of the marks before this one; those of this one are put to them."""
    if label in calls:
        return Verdict((label,))
    if label[0] in SYMBOLS:
        # A symbol is left out behind the names that a note on the authors speaks of.
        if kind in ("title", "byline") or (not at and label in numbers):
            return Verdict()
        return Verdict((label,)) if at and label in numbers else Verdict(restored=True)
    labels = _expanded(label)
    power = _POWER.search(before[-4:]) is not None
    exponent = power or (_UNIT_BEFORE.search(before[-4:]) and label in ("2", "3") and label in seen)
    if at and labels and all(n in numbers for n in labels) and not exponent:
        seen.update(labels)
        return Verdict(tuple(labels))
    return Verdict(restored=True, loose=bool(at and labels and numbers and not exponent))


def _set_aside(drafts: Sequence[Draft]) -> None:
    """A note with a symbol that nothing in the text calls speaks of the authors or the title."""
    called = {label for d in drafts if d.kind != "note" for _, label in d.marks}
    for draft in drafts:
        if draft.number and draft.number[0] in SYMBOLS and draft.number not in called:
            draft.number, draft.kind = None, "aside"


def _expanded(label: str) -> list[str]:
    """'3–5' as 3, 4, 5."""
    ends = re.split(r"\s*[–-]\s*", label)
    if len(ends) == 2 and all(e.isdigit() for e in ends) and 0 < int(ends[1]) - int(ends[0]) < 20:
        return [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
    return ends if len(ends) == 1 else []


def _counted(drafts: Sequence[Draft]) -> set[str]:
    """Where a file holds no notes, raised figures that count up from 1 are marks all the same."""
    labels = [n for d in drafts for _, label in d.marks for n in _expanded(label)]
    expected = 1
    for label in labels:
        if label.isdigit() and int(label) == expected:
            expected += 1
    if expected - 1 >= 3 and expected - 1 >= 0.6 * len(labels):
        return {str(n) for n in range(1, expected)}
    return set()


PageOf = Callable[[int], int | None]
"""The page of a place (see `Draft.places`); None where there are no pages."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A note as it stands in the file; `group` counts how often the numbers have begun anew."""

    span: Span
    text: str
    page: int | None
    group: int


def notes_of(
    drafts: Sequence[Draft], spans: Sequence[Span], calls: Mapping[str, str], page_of: PageOf
) -> tuple[Note, ...]:
    """Every mark is tied to the note of its label or number. Where numbers repeat: to the one on its own page; else,
    where all notes stand at the end, to the one of its own round of numbers; else to the next one behind it."""
    labels = {number: label for label, number in reversed(list(calls.items()))}
    entries: dict[str, list[_Entry]] = {}
    order: list[tuple[str, int]] = []
    group, last = 0, 0
    for draft, span in zip(drafts, spans, strict=True):
        if draft.number:
            count = int(draft.number) if draft.number.isdigit() else last
            group += count < last and count <= 2
            last = count
            page = page_of(draft.places[0]) if draft.places else None
            entries.setdefault(draft.number, []).append(_Entry(span, draft.text, page, group))
            order.append((draft.number, len(entries[draft.number]) - 1))
    found_marks = _marks_of(drafts, spans, page_of)
    rounds = max((r for *_, r in found_marks), default=0)
    first_note = min((e.span.start for es in entries.values() for e in es), default=0)
    by_round = rounds == group > 0 and all(offset < first_note for offset, *_ in found_marks)
    marks: dict[tuple[str, int], list[int]] = {}
    for offset, label, own, page, round_ in found_marks:
        label = label if label in calls else labels.get(label, label)
        if own == label:
            continue
        candidates = entries.get(label)
        if not candidates:
            if (label, 0) not in marks:
                order.append((label, 0))
            which = 0
        else:
            which = _which(candidates, offset, page, round_ if by_round else None)
        marks.setdefault((label, which), []).append(offset)
    notes = []
    for label, which in order:
        found = entries.get(label)
        entry = found[which] if found else None
        where = tuple(marks.get((label, which), ()))
        number = calls.get(label, label)
        notes.append(Note(number, entry.text, entry.span, where) if entry else Note(number, None, None, where))
    return tuple(notes)


def _marks_of(
    drafts: Sequence[Draft], spans: Sequence[Span], page_of: PageOf
) -> list[tuple[int, str, str | None, int | None, int]]:
    """Of every mark its offset, label, the number of the note that it stands in, its page and its round."""
    found = []
    round_, highest = 0, 0
    for draft, span in zip(drafts, spans, strict=True):
        for at, label in draft.marks:
            if label.isdigit() and draft.kind != "note":
                if int(label) == 1 and highest > 1:
                    round_ += 1
                    highest = 0
                highest = max(highest, int(label))
            page = page_of(draft.places[at - 1]) if 0 < at <= len(draft.places) else None
            found.append((span.start + at, label, draft.number, page, round_))
    return found


def _which(candidates: Sequence[_Entry], offset: int, page: int | None, round_: int | None) -> int:
    if round_ is not None:
        return next((k for k, e in enumerate(candidates) if e.group == round_), len(candidates) - 1)
    behind = next((k for k, e in enumerate(candidates) if e.span.start > offset), len(candidates) - 1)
    if page is None or candidates[behind].page == page:
        return behind
    return next((k for k, e in enumerate(candidates) if e.page == page), behind)
