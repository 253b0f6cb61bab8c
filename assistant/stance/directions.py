"""Differences of sense: opposite directions, and negations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.stance.aligning import Alignment
from assistant.stance.difference import Difference
from assistant.stance.saying import governs_alike
from assistant.stance.words import THINGS, Pole, denials, is_denied, poles, units
from assistant.text import stem
from assistant.types import Span

# directions and negations


def directions(a: Alignment) -> Iterator[Difference]:
    """Words of the statement whose opposite the source says. Another thing (imports, exports) that did the opposite is
    told as missing: neither speaks against the statement.
    """
    found = list(_opposed(a))
    there = {(q.axis, q.sign) for q in poles(a.source)}
    sides = {
        p.axis in THINGS
        for p, d in found
        if d.standing == "differs" and (p.axis not in THINGS or (p.axis, p.sign) not in there)
    }
    for p, d in found:
        if len(sides) == 2 and d.standing == "differs":
            yield Difference("direction", "missing", f"it does not say “{p.surface}”", d.span)
        else:
            yield d


def _opposed(a: Alignment) -> Iterator[tuple[Pole, Difference]]:
    said, own = poles(a.statement), poles(a.source)
    for p in said:
        mine = [x for x in said if x.axis == p.axis]
        apart = [x.span for x in mine]
        rivals = [(a.affinity(p.span, q.span, apart), q) for q in own if q.axis == p.axis]
        same = [q.span for _, q in rivals if q.sign == p.sign]
        rivals = [(v, q) for v, q in rivals if q.sign == p.sign or governs_alike(a, p.span, q.span)]
        against = [q.span for _, q in rivals if q.sign != p.sign]
        if not against or (same and a.leaning(p.span, same, against, apart) > -0.2):
            continue
        # What another word of the statement finds its like in says nothing against this one.
        rivals = [
            (v, q)
            for v, q in rivals
            if not any(x.sign == q.sign and x.span != p.span and a.affinity(x.span, q.span, apart) >= v for x in mine)
        ]
        if all(q.sign == p.sign for _, q in rivals):
            yield p, Difference("direction", "missing", f"it does not say “{p.surface}”", p.span)
            continue
        sure, other = max(((v, q) for v, q in rivals if q.sign != p.sign), key=lambda r: r[0])
        why = f"{_worded(other)}, where the statement says {_worded(p)}"
        yield p, Difference("direction", "differs", why, p.span, sure)


def _worded(p: Pole) -> str:
    return f"not “{p.surface}”" if p.denied else f"“{p.surface}”"


def negations(a: Alignment) -> Iterator[Difference]:
    directed = {p.axis for p in poles(a.statement)} & {p.axis for p in poles(a.source)}
    if _denied_alike(a):
        return
    mine = [p.span for p in poles(a.statement) if p.axis in directed]
    theirs = [p.span for p in poles(a.source) if p.axis in directed]
    for m in a.matches:
        if m.unit.kind == "generic" or not m.places or m.strength < 0.6 or any(s.overlaps(m.unit.span) for s in mine):
            continue
        here = _governed(a.statement, m.unit.span)
        there = [p for p in m.places if not any(s.overlaps(p) for s in theirs)]
        if not there:
            continue
        if here and not any(is_denied(a.source, p) for p in there):
            sure = max(a.affinity(m.unit.span, p) for p in there)
            yield Difference(
                "negation",
                "differs",
                f"the source affirms what the statement denies: “{m.unit.surface}”",
                m.unit.span,
                sure,
            )
        elif not is_denied(a.statement, m.unit.span) and all(_governed(a.source, p) for p in there):
            sure = max(a.affinity(m.unit.span, p) for p in there)
            yield Difference(
                "negation", "differs", f"the source denies it: “{_denying(a.source, there[0])}”", m.unit.span, sure
            )
    yield from _prefixed(a)


def _denied_alike(a: Alignment) -> bool:
    """Whether both deny, and what the one denies the other does."""
    heads = [m for m in a.matches if m.places and _governed(a.statement, m.unit.span)]
    return any(_governed(a.source, p) for m in heads for p in m.places)


def _governed(text: str, span: Span) -> bool:
    """Whether a negation governs the word most of all: it is the first or second that it reaches."""
    if not is_denied(text, span):
        return False
    for d in denials(text):
        if d.scope.contains(span):
            inner = [u for u in units(text) if d.scope.contains(u.span) and u.kind != "generic"]
            inner = inner[:2] if d.span.start <= d.scope.start else inner[-2:]
            if any(u.span.overlaps(span) for u in inner):
                return True
    return False


def _denying(text: str, span: Span) -> str:
    d = next(d for d in denials(text) if d.scope.contains(span))
    start, end = min(d.span.start, span.start), max(d.span.end, span.end)
    return " ".join(text[start:end].split())


_PREFIX = re.compile(r"^(?:un|in|im|ir|il|non-?|dis|mis)(?=\w{4})", re.IGNORECASE)


def _prefixed(a: Alignment) -> Iterator[Difference]:
    """`uninvolved` beside `involved`: a prefix that denies, in one of the two only."""
    said = {stem(w.lower()): Span(*m.span()) for m in re.finditer(r"[A-Za-z-]{4,}", a.statement) for w in [m.group()]}
    read = {stem(w.lower()): Span(*m.span()) for m in re.finditer(r"[A-Za-z-]{4,}", a.source) for w in [m.group()]}
    for first, second in ((said, read), (read, said)):
        for word, span in first.items():
            bare = stem(_PREFIX.sub("", span.slice(a.statement if first is said else a.source).lower()))
            if bare == word or bare in first or word in second or bare not in second:
                continue
            here, there = (span, second[bare]) if first is said else (second[bare], span)
            if is_denied(a.statement, here) == is_denied(a.source, there):
                why = f"“{there.slice(a.source)}”, where the statement says “{here.slice(a.statement)}”"
                yield Difference("negation", "differs", why, here, a.affinity(here, there))
