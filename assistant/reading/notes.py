"""Note marks and notes: which figures of the text are marks, and which note each of them calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from assistant.reading.drafts import Draft
from assistant.types import Note, Span

_UNIT_BEFORE = re.compile(r"(?:^|[\s\d(/])(?:m|km|cm|mm|ft|in|R|CO|H|x|y)$")
_POWER = re.compile(r"(?<![\d.,])10[-−–+]?$|[^\W_][-−+]$")
"""'10' with a raised figure behind it, or a raised sign before the figure: a power, no note mark."""


def settle_marks(drafts: Sequence[Draft], known: Collection[str], calls: Mapping[str, str]) -> None:
    """Decides which raised figures are note marks; the others go back into the text as superscripts."""
    numbers = {calls.get(d.number, d.number) for d in drafts if d.number} | set(known)
    if not numbers:
        numbers = _counted(drafts)
    seen: set[str] = set()
    for draft in drafts:
        k = 0
        while k < len(draft.marks):
            at, label = draft.marks[k]
            if label in calls:
                k += 1
                continue
            labels = _expanded(label)
            before = draft.text[max(0, at - 4) : at]
            power = _POWER.search(before) is not None
            exponent = power or (_UNIT_BEFORE.search(before) and label in ("2", "3") and label in seen)
            if at and labels and all(n in numbers for n in labels) and not exponent:
                seen.update(labels)
                draft.marks[k : k + 1] = [(at, n) for n in labels]
                k += len(labels)
            else:
                draft.restore_mark(k, loose=bool(at and labels and numbers and not exponent))


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


def notes_of(drafts: Sequence[Draft], spans: Sequence[Span], calls: Mapping[str, str]) -> tuple[Note, ...]:
    """Every mark is tied to the note of its label or number; where numbers repeat, to the next one behind it."""
    labels = {number: label for label, number in reversed(list(calls.items()))}
    entries: dict[str, list[tuple[Span, str]]] = {}
    order: list[tuple[str, int]] = []
    for draft, span in zip(drafts, spans, strict=True):
        if draft.number:
            entries.setdefault(draft.number, []).append((span, draft.text))
            order.append((draft.number, len(entries[draft.number]) - 1))
    marks: dict[tuple[str, int], list[int]] = {}
    for draft, span in zip(drafts, spans, strict=True):
        for at, label in draft.marks:
            offset = span.start + at
            label = label if label in calls else labels.get(label, label)
            if draft.number == label:
                continue
            candidates = entries.get(label)
            if not candidates:
                if (label, 0) not in marks:
                    order.append((label, 0))
                which = 0
            else:
                which = next((k for k, (s, _) in enumerate(candidates) if s.start > offset), len(candidates) - 1)
            marks.setdefault((label, which), []).append(offset)
    notes = []
    for label, which in order:
        found = entries.get(label)
        place = found[which] if found else None
        where = tuple(marks.get((label, which), ()))
        number = calls.get(label, label)
        notes.append(Note(number, place[1], place[0], where) if place else Note(number, None, None, where))
    return tuple(notes)
