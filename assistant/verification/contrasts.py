"""Words of which only one can be meant: `horizontal` where the quote says `vertical`, `most` where it says `some`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from assistant.stance.words import denials, poles
from assistant.text import stem, tokens
from assistant.verification.ground import Fault, Ground

Member = tuple[re.Pattern[str], tuple[tuple[str, ...], ...]]
"""Beginnings of Korean words, and English phrases of stems."""


@cache
def _groups() -> tuple[tuple[Member, ...], ...]:
    text = resources.files("assistant").joinpath("data", "contrasts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(tuple(_member(words) for words in row) for row in rows)


def _member(words: str) -> Member:
    listed = [w.strip() for w in words.split(";") if w.strip()]
    korean = [w for w in listed if re.search("[가-힣]", w)]
    pattern = re.compile("|".join(map(re.escape, korean)) if korean else r"(?!)")
    return pattern, tuple(_stems(w) for w in listed if w not in korean)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(t.text) for token in tokens(text) for t in tokens(token.text.replace("-", " ")))


def said(member: Member, text: str) -> str | None:
    """The words by which a text names a member, or None."""
    if m := member[0].search(text):
        return m.group()
    stems = _stems(text)
    for phrase in member[1]:
        n = len(phrase)
        if any(stems[i : i + n] == phrase for i in range(len(stems) - n + 1)):
            return " ".join(phrase)
    return None


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """What the claim names of a group, of which the quotes name only another."""
    there = " . ".join(ground.sources)
    around = ground.context
    negated = bool(denials(claim) or denials(there))  # `not lawful` is `unlawful`: left to the judge
    for n, group in enumerate(_groups()):
        mine = [m for m in group if said(m, claim)]
        theirs = [m for m in group if said(m, there)]
        lost = [m for m in mine if m not in theirs and not said(m, around)]
        if not lost or not (rivals := [m for m in theirs if m not in mine]):
            continue
        if negated and n in _turned_groups():
            continue
        mine_said, their_said = _surface(lost[0], claim), _surface(rivals[0], there)
        yield Fault("contrast", f"the quote says “{their_said}”, not “{mine_said}”", against=True)
    yield from _quantified(claim, there)


@cache
def _turned_groups() -> frozenset[int]:
    """The groups whose members a negation turns into one another."""
    turned = ("lawful", "oppose", "certain to", "most")
    return frozenset(
        n for n, group in enumerate(_groups()) if any(_stems(w) in member[1] for member in group for w in turned)
    )


def _surface(member: Member, text: str) -> str:
    """The member's words as the text has them."""
    if m := member[0].search(text):
        return m.group()
    seen = tokens(text)
    for phrase in member[1]:
        for i in range(len(seen)):
            for j in range(i + 1, min(len(seen), i + 5) + 1):
                words = text[seen[i].span.start : seen[j - 1].span.end]
                if _stems(words) == phrase:
                    return words
    return said(member, text) or ""


_QUANTIFIERS: tuple[tuple[str, str], ...] = (
    ("all", r"(?<!above )(?<!at )(?<!nearly )(?<!almost )(?<!not )\b(?:all(?!-time| in all|uring)|every|entire(?:ly)?|always|both)\b|(?<!거의 )(?:모든|모두|전부|항상)"),
    ("nearly all", r"\b(?:nearly|almost|virtually) (?:all|every)\b|거의 (?:모든|모두)|거의 전"),
    ("most", r"\b(?:most(?= (?:of|[a-z]+ ?[a-z]*s\b))|mostly|majority)\b|대부분|대다수"),
    ("many", r"\b(?:many|numerous|a large number)\b|많은|다수의"),
    ("some", r"\b(?:some(?! \d)|several|certain(?= [a-z]+s\b))\b|일부|몇몇"),
    ("few", r"(?<!\ba )\bfew(?! more| less)\b|소수의"),
    ("none", r"\b(?:no(?= [a-z]+ ?[a-z]*s?\b)(?! longer| more| less| fewer| later| doubt)|none)\b|아무 |전혀"),
)  # fmt: skip
_APART = {
    ("all", "most"), ("all", "many"), ("all", "some"), ("all", "few"), ("all", "none"), ("all", "nearly all"), ("nearly all", "some"),
    ("nearly all", "few"), ("nearly all", "none"), ("most", "some"), ("most", "few"), ("most", "none"), ("many", "few"),
    ("many", "none"), ("some", "none"), ("few", "most"), ("few", "many"), ("few", "all"), ("none", "all"), ("none", "nearly all"),
    ("none", "most"), ("none", "many"), ("none", "some"), ("few", "nearly all"), ("most", "nearly all"),
}  # fmt: skip


def _quantified(claim: str, there: str) -> Iterator[Fault]:
    mine = {name for name, p in _QUANTIFIERS if re.search(p, claim, re.IGNORECASE)}
    theirs = {name for name, p in _QUANTIFIERS if re.search(p, there, re.IGNORECASE)}
    for name in sorted(mine - theirs):
        other = next((o for o in sorted(theirs - mine) if (name, o) in _APART), None)
        if other is not None:
            yield Fault("quantity", f"the quote says “{other}”, not “{name}”", against=True)


def turned(claim: str, ground: Ground) -> Iterator[Fault]:
    """A direction of the claim for which the quotes have only its opposite."""
    read = [p for q in ground.sources for p in poles(q) if p.surface.lower() not in _STATES]
    for pole in poles(claim):
        if pole.surface.lower() in _STATES:
            continue
        beside = [p for p in read if p.axis == pole.axis]
        if beside and all(p.sign != pole.sign for p in beside) and pole.axis in _DIRECTIONS:
            yield Fault("direction", f"the quote says “{beside[0].surface}”, not “{pole.surface}”", against=True)


_STATES = frozenset(
    "low lower high higher more less fewer up down slow narrow many 많은 적은 높은 낮은 많아 적어 작은".split()
)
"""Words of an axis that may describe another thing than what went up or down."""
_DIRECTIONS = frozenset("more balance".split())
"""Axes that hold whatever the subject; of the others, and where both sides are said, the judge decides."""
