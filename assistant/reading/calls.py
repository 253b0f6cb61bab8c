"""Note calls that are not raised: "[12]", "(12)", plain figures behind a full stop, and symbols.

A figure is never taken out of the text unless the notes prove it to be a call: it has a note of its number that
nothing else calls, and the calls of the document count up as the notes do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.drafts import Draft
from assistant.reading.flow import SYMBOLS

_NUMBERS = r"\d{1,4}(?:\s?[,;–-]\s?\d{1,4})*"
_BRACKETED = re.compile(rf"\s?\[({_NUMBERS})\]")
_IN_PARENTHESES = re.compile(rf"\s?\(({_NUMBERS})\)")
_PLAIN = re.compile(r"(?<=[^\s\d(\[])(\d{1,4}(?:[,–-]\d{1,4})*)(?=[\s”’\"')\],.;:]|$)")
_SYMBOL = re.compile(rf"(?<=[^\s{re.escape(SYMBOLS)}])([{re.escape(SYMBOLS)}])\1{{0,3}}(?=[\s,.;:)]|$)")
_INSIDE_A_SENTENCE = re.compile(
    r"(?:\b(?:in|see|by|from|of|and|or|to|with|than|ref\.?|refs\.?|nos?\.?|note|notes)|[(])$", re.IGNORECASE
)
_AHEAD = 3
"""How many numbers the chain of calls may miss at once."""


@dataclass(slots=True)
class _Call:
    draft: Draft
    start: int
    end: int
    labels: list[int]
    firm: bool
    """It stands where a call stands: behind a sentence or clause."""


def take_plain_calls(drafts: Sequence[Draft]) -> None:
    """Turns calls that are set as text into marks, where the notes prove them."""
    notes = [d for d in drafts if d.number and d.number.isdigit()]
    called = {n for d in drafts for _, label in d.marks if d.kind != "note" for n in re.findall(r"\d+", label)}
    numbers = sorted({int(d.number) for d in notes if d.number} - {int(n) for n in called})
    _take_symbols(drafts)
    if not numbers or len(numbers) < 0.5 * len(notes):
        return
    text = [d for d in drafts if d.kind not in ("note", "title", "byline")]
    brackets = sum(d.sign == "[]" for d in notes) > 0.5 * len(notes)
    parentheses = sum(d.sign == "()" for d in notes) > 0.5 * len(notes)
    found = _with_known_labels(_BRACKETED, text, numbers)
    if _share(found, numbers) >= (0.3 if brackets else 0.6):
        _take(found)
        return
    if not brackets:
        chain = _chain(_with_known_labels(_IN_PARENTHESES, text, numbers), numbers)
        if _share(chain, numbers) >= (0.6 if parentheses else 0.9) and len(chain) >= 2:
            _take(chain)
            return
        chain = _chain(_with_known_labels(_PLAIN, text, numbers), numbers)
        if _share(chain, numbers) >= 0.75 and len(chain) >= 3:
            _take(chain)


def _with_known_labels(pattern: re.Pattern[str], drafts: Sequence[Draft], numbers: Sequence[int]) -> list[_Call]:
    known = set(numbers)
    plain = pattern is _PLAIN
    found = []
    for draft in drafts:
        for match in pattern.finditer(draft.text):
            labels = _labels(match[1])
            if not labels or not all(n in known for n in labels):
                continue
            before, after = draft.text[: match.start()], draft.text[match.end() :].lstrip()
            if plain and not _may_be_plain_call(before, after):
                continue
            firm = not after or after[0] in ".,;:!?”’\"')" or not after[0].islower() or before[-1:] in '.,;!?”’"'
            found.append(_Call(draft, match.start(), match.end(), labels, firm))
    return found


def _may_be_plain_call(before: str, after: str) -> bool:
    last = before[-1:]
    if last in ".,;:!?”’\"')" and not re.search(
        r"\d[.,:]$|\b(?:[Nn]o|[Pp]p?|[Vv]ol|[Ss]ec|[Aa]rt|[Ff]ig|[Cc]h)\.$", before
    ):
        return not after or not after[0].islower() or last in ",;:)”’\"'"
    if re.search(r"(?<!\d)\d{4}\.$|\d%\.$|\d\)\.$", before):  # 'in 2020.12 The'
        return not after or after[0].isupper() or "가" <= after[0] <= "힣"
    return (last.islower() and last.isascii() and len(re.findall(r"[a-z]+$", before)[0]) > 3) or "가" <= last <= "힣"


def _labels(text: str) -> list[int]:
    labels: list[int] = []
    for part in re.split(r"\s?[,;]\s?", text):
        ends = [int(n) for n in re.split(r"\s?[–-]\s?", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 20:
            labels.extend(range(ends[0], ends[1] + 1))
        elif len(ends) == 1:
            labels.extend(ends)
        else:
            return []
    return labels


def _share(calls: Sequence[_Call], numbers: Sequence[int]) -> float:
    return len({n for call in calls for n in call.labels}) / len(numbers)


def _chain(calls: Sequence[_Call], numbers: Sequence[int]) -> list[_Call]:
    """The calls that count up as the notes do; firm ones go before others of the same number."""
    place = {n: i for i, n in enumerate(numbers)}
    chain: list[_Call] = []
    reached = -1
    for position, call in enumerate(calls):
        first, last = place[call.labels[0]], place[call.labels[-1]]
        if not reached < first <= reached + _AHEAD or last - first + 1 != len(call.labels):
            continue
        later = calls[position + 1 : position + 12]
        if not call.firm and any(other.firm and other.labels[0] == call.labels[0] for other in later):
            continue
        if first > reached + 1 and any(place[other.labels[0]] == reached + 1 for other in later):
            continue  # the next number comes yet
        chain.append(call)
        reached = last
    return chain


def _take(calls: Sequence[_Call]) -> None:
    """Takes the calls out, from the last to the first of each block."""
    for call in sorted(calls, key=lambda c: c.start, reverse=True):
        draft, at = call.draft, call.start
        words = draft.text[:at].rstrip()
        if not words:
            continue
        if _INSIDE_A_SENTENCE.search(words) is None:
            draft.take_out(at, call.end)
            where = at
        else:
            where = call.end  # 'as shown in [12]': the sentence needs it
        marks = [*draft.marks, *((where, str(n)) for n in call.labels)]
        draft.marks = sorted(marks, key=lambda mark: mark[0])


def _take_symbols(drafts: Sequence[Draft]) -> None:
    """Symbols that are no smaller than the word they stand behind, where a note begins with them."""
    noted = {d.number for d in drafts if d.number and not d.number.isalnum()}
    if not noted:
        return
    for draft in drafts:
        if draft.kind in ("note", "table"):
            continue
        for match in reversed(list(_SYMBOL.finditer(draft.text))):
            if match[0] in noted:
                draft.take_out(match.start(), match.end())
                draft.marks = sorted([*draft.marks, (match.start(), match[0])], key=lambda mark: mark[0])
