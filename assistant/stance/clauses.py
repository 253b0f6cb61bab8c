"""Who does what to whom: the clauses of an English text, each with its verb and what stands in its places.

By word classes and order alone, without a tagger. What cannot be parsed has no frame, and nothing is concluded from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.stance.deeds import verbs
from assistant.stance.verb_groups import (
    AUXILIARIES,
    CONJUNCTIONS,
    PREPOSITIONS,
    RELATIVES,
    SKIPPED,
    Mood,
    Verb,
    Word,
    is_adverb,
    is_break,
    read,
    verb_groups,
)
from assistant.types import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with its places; each a stretch of the text, absent where the clause does not fill it."""

    verb: Span
    """From its first word to its last, auxiliaries left out."""
    empty: bool
    """Whether the verb says nothing of its own (`is`, `has`)."""
    agent: Span | None
    patient: Span | None
    others: tuple[Span, ...]
    """What stands behind prepositions, and before the subject (`In May, …`)."""
    mood: Mood
    hedge: str = ""
    """Words by which it is only planned, possible or proposed."""
    denied: bool = False

    def parts(self) -> tuple[Span, ...]:
        """All that the clause says, in its order."""
        return tuple(s for s in (self.agent, self.verb, self.patient, *self.others) if s is not None)


@lru_cache(maxsize=4096)
def frames(text: str) -> tuple[Frame, ...]:
    """The clauses of an English text in their order."""
    words = read(text)
    found = verb_groups(words)
    made: list[Frame] = []
    subjects: list[tuple[int, int] | None] = []
    leads: list[tuple[int, int] | None] = []
    for n, v in enumerate(found):
        before = found[n - 1] if n else None
        subject, lead = _subject(words, v, before, subjects[-1] if subjects else None)
        subjects.append(subject)
        leads.append(lead)
    for n, v in enumerate(found):
        last = n + 1 == len(found)
        stop = _stop(words, v, None if last else found[n + 1], None if last else subjects[n + 1])
        made.append(_frame(words, v, subjects[n], leads[n], stop))
    return tuple(made)


Stretch = tuple[int, int]


def _subject(
    words: list[Word], v: Verb, before: Verb | None, shared: Stretch | None
) -> tuple[Stretch | None, Stretch | None]:
    """What stands before a verb in its clause, and the opening before that."""
    if v.mood == "infinitive":
        return shared, None
    start = v.first
    while start > 0:
        w = words[start - 1]
        if is_break(w, words[start] if start < len(words) else None):
            break
        if before is not None and start - 1 <= before.last:
            break
        start -= 1
    edge = words[start - 1].low if start else ""
    met = before is not None and start - 1 == before.last
    if edge in RELATIVES and start >= v.first - 1 and start > 1 and words[start - 2].low not in AUXILIARIES:
        return _noun_before(words, start - 1, before, shared), None
    if met:
        joints = [i for i in range(start, v.first) if words[i].low in CONJUNCTIONS | {"and", "or", ","}]
        inside = [i for i in range(joints[-1] + 1, v.first) if words[i].low not in SKIPPED] if joints else []
        inside = [i for i in inside if not is_adverb(words[i])]
        if not inside or words[inside[0]].low in PREPOSITIONS:
            return shared, None
        commas = [i for i in joints if words[i].low == ","]  # `to cut costs, talks between A and B are needed`
        cut = commas[-1] if commas and words[joints[-1]].low in ("and", "or") else joints[-1]
        cut += words[cut + 1].low in ("and", "or")
        return (cut + 1, v.first), None
    lead = None
    comma = max((i for i in range(start, v.first) if words[i].low == ","), default=-1)
    if (
        comma >= 0
        and start < v.first
        and (words[start].low in PREPOSITIONS or words[start].low.endswith(("ly", "ing", "ed")))
    ):
        lead, start = (start, comma), comma + 1
    opens = start + 2 < v.first and words[start].low in PREPOSITIONS | CONJUNCTIONS
    if opens and _DATE.match(words[start + 1].low):  # `In 2021 the bank`
        lead, start = (start, start + 2), start + 2
    elif start < v.first and words[start].low in CONJUNCTIONS | {"and", "or"}:
        start += 1
    if start >= v.first:
        return shared, lead
    return (start, v.first), lead


_DATE = re.compile(
    r"\d{4}s?$|may\.$|(?:january|february|march|april|june|july|august|september|october|november|december)$"
)


def _noun_before(words: list[Word], at: int, before: Verb | None, shared: Stretch | None) -> Stretch | None:
    """The noun that a relative clause tells of."""
    end = at
    while end > 0 and words[end - 1].low in (",", "in", "of", "to", "for", "with", "by"):
        end -= 1
    start = end
    while start > 0 and words[start - 1].low not in PREPOSITIONS - {"of"} and words[start - 1].low not in ",;:().":
        if before is not None and start - 1 <= before.last:
            break
        start -= 1
    return (start, end) if start < end else shared


def _stop(words: list[Word], v: Verb, after: Verb | None, subject: Stretch | None) -> int:
    """Where what a verb governs ends."""
    end = v.last + 1
    limit = len(words)
    if after is not None:
        limit = after.first
        if subject is not None and v.last < subject[0] < after.first == subject[1]:
            limit = subject[0]
    while end < limit:
        if is_break(words[end], words[end + 1] if end + 1 < len(words) else None):
            break
        end += 1
    return end


def _frame(words: list[Word], v: Verb, subject: Stretch | None, lead: Stretch | None, stop: int) -> Frame:
    here = v.last + 1
    if (
        here < stop
        and words[here].low in ("up", "down", "out", "off", "away", "over", "back", "on", "in")
        and _phrasal(words, v.main, here)
    ):
        v.last, here = here, here + 1
    cut = here
    while cut < stop and words[cut].low not in PREPOSITIONS - {"of", "than"}:
        cut += 1
    direct = _span(words, here, cut)
    others: list[Span] = []
    by: Span | None = None
    i = cut
    while i < stop:
        j = i + 1
        while j < stop and words[j].low not in PREPOSITIONS - {"of"}:
            j += 1
        piece = _span(words, i, j)
        if piece is not None:
            if words[i].low == "by" and v.passive and by is None:
                by = _span(words, i + 1, j)
            else:
                others.append(piece)
        i = j
    if lead is not None and (opening := _span(words, *lead)) is not None:
        others.append(opening)
    own = _span(words, *subject) if subject is not None else None
    agent, patient = (by, own) if v.passive else (own, direct)
    if v.passive and direct is not None:
        others.insert(0, direct)
    verb = Span(words[v.main].span.start, words[v.last].span.end)
    if v.empty and (scope := next((i for i in range(here, stop - 2) if _outside(words, i)), None)) is not None:
        # `services are outside the scope of the pact`: the pact does not cover services
        size = _outside(words, scope)
        at = Span(words[scope].span.start, words[scope + size - 2].span.end)
        return Frame(at, False, _span(words, scope + size, stop), own, (), v.mood, v.hedge, not v.denied)
    none = any(s is not None and _NONE.match(_lows(words, s)) for s in (agent, patient))
    denied = v.denied != none if not v.denied or not v.empty else True
    return Frame(verb, v.empty, agent, patient, tuple(others), v.mood, v.hedge, denied)


_NONE = re.compile(r"(?:no|none|nothing|nobody|neither)\b(?! longer)")
"""`found no faults`, `no firm applied`: the noun bears the negation."""


def _lows(words: list[Word], span: Span) -> str:
    return " ".join(w.low for w in words if w.span.overlaps(span))


_OUTSIDE = ("outside the scope of", "beyond the scope of", "exempt from", "immune from", "free from")


def _outside(words: list[Word], i: int) -> int:
    """How many words from `i` on say that something does not hold of the subject; 0 for none."""
    lows = [w.low for w in words[i : i + 4]]
    return next((len(p) for p in map(str.split, _OUTSIDE) if lows[: len(p)] == p), 0)


def _phrasal(words: list[Word], main: int, particle: int) -> bool:
    return (words[main].stem, words[particle].stem) in verbs()[0] or words[particle].low in ("up", "down")


def _span(words: list[Word], start: int, end: int) -> Span | None:
    while start < end and words[start].low in ",and":
        start += 1
    while end > start and words[end - 1].low in (",", "and", "or", "but"):
        end -= 1
    return Span(words[start].span.start, words[end - 1].span.end) if start < end else None
