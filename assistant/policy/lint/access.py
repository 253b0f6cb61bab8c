"""Dates of access: before publication, after the document's own date, or unlike those of the other notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.policy.dates.asof import as_of
from assistant.policy.lint.noted import Named, Reading, short, words
from assistant.policy.lint.wording import told
from assistant.types.policy import Doubtful

_MOST = 0.6
"""So large a share of the dates must be one and the same before another is asked about."""
_LEAST = 4
_APART = 300
"""Days: where dates of access are spread, one so far from all others is asked about."""


def access_doubts(reading: Reading) -> Iterator[Doubtful]:
    named = [n for n in reading.named if n.reference.accessed and n.reference.form == "full"]
    own = as_of(reading.document)
    unlike = {id(n): key for n, key, *_ in _unlike(named)}
    asked: set[int] = set()
    for n in named:
        accessed, issued = n.reference.accessed or "", n.reference.issued or ""
        if unlike.get(id(n)) == "access_year":
            continue  # one slip is asked about once: the year says what is wrong with it
        if issued and _earlier(accessed, issued):
            if _UPDATED.search(n.reference.text):
                continue  # changed since it was read
            found, question = told(
                "access_before", reading.language, note=n.note.number, accessed=accessed, issued=issued
            )
            yield reading.doubt("access_before_publication", n.note.number, n.span, found, question)
            asked.add(id(n))
        elif own is not None and own.by in ("record", "front") and _earlier(own.date, accessed):
            found, question = told(
                "access_after", reading.language, note=n.note.number, accessed=accessed, own=own.date
            )
            yield reading.doubt("other", n.note.number, n.span, found, question)
            asked.add(id(n))
    yield from _differing(reading, named, asked)
    yield from _dated_by_address(reading)


_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_FILED = re.compile(
    r"/(?:files?|docs?|documents?|uploads?|media|assets|events?|calendar)/|\.(?:pdf|docx?|xlsx?|hwpx?)$", re.IGNORECASE
)
"""A file's path says when it was put there."""
_UPDATED = re.compile(r"\b(?:[Uu]pdated|[Mm]odified|[Rr]evised)\b|수정|갱신")
_ZONES = 1
"""Days by which one date may differ from another by the time of the place."""


def _dated_by_address(reading: Reading) -> Iterator[Doubtful]:
    """An address that names another day of publication than the note: only where both are given to the day."""
    for n in reading.named:
        issued, path = n.reference.issued or "", (n.reference.url or "").split("?")[0]
        m = _IN_ADDRESS.search(path)
        if (
            m is None
            or len(issued) != 10
            or n.reference.form != "full"
            or _FILED.search(path)
            or _UPDATED.search(n.reference.text)
        ):
            continue
        try:
            theirs = date(int(m["y"]), int(m["m"]), int(m["d"]))
            apart = abs((date.fromisoformat(issued) - theirs).days)
        except ValueError:
            continue
        if apart > _ZONES:
            found, question = told("address_date", reading.language, note=n.note.number, issued=issued, detail=theirs)
            yield reading.doubt("other", n.note.number, n.span, found, question)


def _earlier(one: str, other: str) -> bool:
    """Whether the first date lies before the second, as far as both are given."""
    least = min(len(one), len(other))
    return one[:least] < other[:least]


def _unlike(named: list[Named]) -> list[tuple[Named, str, str, int]]:
    """Dates unlike the others: each with the question, the usual date and how often that is named. A day that several of
    the odd ones share is a second day of reading.
    """
    full = [n for n in named if len(n.reference.accessed or "") == 10]
    if len(full) < _LEAST:
        return []
    counted = Counter(n.reference.accessed or "" for n in full)
    usual, times = counted.most_common(1)[0]
    if times < _MOST * len(full):
        odd = [n for n in full if _far(n, full)]
        return [(odd[0], "access_far", "", 0)] if len(odd) == 1 else []
    odd = [n for n in full if n.reference.accessed != usual]
    if len(odd) > max(2, len(full) // 5):
        return []
    found = []
    for n in odd:
        mine = n.reference.accessed or ""
        year = mine[4:] == usual[4:]
        if year or counted[mine] == 1:
            found.append((n, "access_year" if year else "access_day", usual, times))
    return found


def _differing(reading: Reading, named: list[Named], asked: set[int]) -> Iterator[Doubtful]:
    for n, key, usual, times in _unlike(named):
        if id(n) in asked:
            continue
        mine = n.reference.accessed or ""
        beside = [words(o, "accessed") for o in named if o.reference.accessed == usual][:2] if usual else []
        found, question = told(
            key, reading.language, note=n.note.number, accessed=mine, usual=usual, n=times, year=mine[:4],
            others=usual[:4], work=short(n.reference.title),
        )  # fmt: skip
        yield reading.doubt("access_differs", n.note.number, n.span, found, question, beside)


def _far(named: Named, among: list[Named]) -> bool:
    """Whether no other date of access lies within `_APART` days."""
    try:
        mine = date.fromisoformat(named.reference.accessed or "")
        others = [date.fromisoformat(o.reference.accessed or "") for o in among if o is not named]
    except ValueError:
        return False
    return len(others) >= _LEAST and all(abs((mine - o).days) > _APART for o in others)
