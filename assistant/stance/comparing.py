"""Two things set beside one another: more than, because of. Which stands on which side decides what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.stance.aligning import Alignment, Match
from assistant.stance.clauses import frames
from assistant.stance.difference import Difference
from assistant.stance.words import poles
from assistant.text import language_of
from assistant.types import Span


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two sides with what is said between them."""

    left: Span
    right: Span
    sign: int
    mark: Span


def ordered(a: Alignment) -> tuple[tuple[Span, ...], tuple[Span, ...], str | None]:
    """`A joined before B` beside `B joined after A`: the words of order that are settled, the stretches whose two
    sides have changed places with them, and what is not settled. Only of one deed, and of one whose two sides are named without another.
    """
    marks: list[Span] = []
    wholes: list[Span] = []
    open_: str | None = None
    read = list(_before(a.source))
    for own in _before(a.statement):
        found = [_beside(a, own, other) for other in read]
        if found and set(found) == {"agrees"} and all(own.sign != other.sign for other in read):
            marks.append(own.mark)
            wholes.append(Span(own.left.start, own.right.end))
        elif found and "agrees" not in found:
            open_ = open_ or f"it does not say “{own.mark.slice(a.statement)}” of that"
    return tuple(marks), tuple(wholes), open_


_ORDER = re.compile(r"\b(?P<word>before|after|ahead of|later than|earlier than|sooner than)\b", re.IGNORECASE)


def _before(text: str) -> Iterator[Pairing]:
    if language_of(text) == "ko":
        return
    for m in _ORDER.finditer(text):
        sides = _sides(text, Span(*m.span()), -1 if m["word"].lower() in ("after", "later than") else 1)
        verbs = [f.verb for f in frames(text) if not f.empty]
        left = [v for v in verbs if v.overlaps(sides.left)]
        if len(left) == 1 and not any(v.overlaps(sides.right) for v in verbs):
            yield sides


def pairings(a: Alignment) -> tuple[tuple[Difference, ...], tuple[Span, ...], str | None]:
    """What differs in comparisons and causes, the stretches in which they agree, and what of them is not settled."""
    against: list[Difference] = []
    agreed: list[Span] = []
    open_: str | None = None
    for find in (_compared, _caused):
        said, read = list(find(a.statement)), list(find(a.source))
        for own in said:
            verdicts = [_beside(a, own, other) for other in read]
            whole = Span(min(own.left.start, own.right.start), max(own.left.end, own.right.end))
            if "agrees" in verdicts:
                agreed.append(whole)
            elif "differs" in verdicts:
                why = f"the roles of “{_cut(a, own.left)}” and “{_cut(a, own.right)}” are the other way round"
                against.append(Difference("role", "differs", why, own.mark, 1.0))
            elif not read and (find is _compared or not _CAUSAL.search(a.source)):
                open_ = open_ or f"it does not say “{own.mark.slice(a.statement).strip()}”"
            elif read and find is _compared:
                open_ = open_ or f"it does not say “{own.mark.slice(a.statement).strip()}” of that"
    return tuple(against), tuple(agreed), open_ or _only(a)


def _cut(a: Alignment, side: Span) -> str:
    return next((m.unit.surface for m in a.matches if m.unit.span.overlaps(side)), side.slice(a.statement).strip())


def _beside(a: Alignment, own: Pairing, other: Pairing) -> Literal["agrees", "differs", ""]:
    left, right = _only_in(a, own.left, own.right), _only_in(a, own.right, own.left)

    def on(found: list[Match], side: Span, rest: Span) -> bool:
        return any(
            any(p.overlaps(side) for p in m.places) and not any(p.overlaps(rest) for p in m.places) for m in found
        )

    straight = on(left, other.left, other.right) + on(right, other.right, other.left)
    crossed = on(left, other.right, other.left) + on(right, other.left, other.right)
    if straight == crossed:
        return ""
    return "agrees" if (straight > crossed) == (own.sign == other.sign) else "differs"


def _only_in(a: Alignment, side: Span, rest: Span) -> list[Match]:
    """What the one side speaks of and the other does not."""
    there = {m.unit.forms[0] for m in a.matches if m.unit.span.overlaps(rest)}
    inside = [m for m in a.matches if m.unit.span.overlaps(side) and m.places and m.unit.kind != "generic"]
    return [m for m in inside if m.unit.forms[0] not in there]


_THAN = re.compile(
    r"\b(?P<word>[a-z]{2,}er|more|less|fewer|better|worse)\b(?:\s(?!than)[\w-]+){0,4}?\s+than\b(?!\s+(?:about\s|USD\s|half|any)?[\d$\u20a9\u20ac])",
    re.IGNORECASE,
)
_EXCEED = re.compile(
    r"\b(?:(?P<over>exceed\w*|surpass\w*|outpac\w*|outstrip\w*|overt(?:ak|ook)\w*|outnumber\w*|outperform\w*|outweigh\w*)|"
    r"(?P<under>(?:fall|fell|fallen|falls) short of|trail(?:s|ed)|lag(?:s|ged)? behind))\b(?P<by>\s+by\b)?(?!\s+(?:USD\s)?[\d$])",
    re.IGNORECASE,
)
_THAN_KO = re.compile(r"(?P<right>[^,.]*?)보다\s+(?:더\s+|훨씬\s+|빠르게\s+)*(?P<word>[가-힣]+)")
_BELOW = re.compile(
    r"\b(?:is|are|was|were|stands?|stood|lies?|lay|remain(?:s|ed)?|stay(?:s|ed)?)\s(?:\w+\s)?(?P<word>below|above|under|behind)\s(?=(?:that|those) (?:of|in|for)\b|[A-Z]|its\b|their\b)"
)
_EDGE = re.compile(r"[,;:.](?=\s|$)|\b(?:but|while|whereas|although|though|because|which)\b")


def _compared(text: str) -> Iterator[Pairing]:
    if language_of(text) == "ko":
        for m in _THAN_KO.finditer(text):
            region = Span(*m.span("right"))
            topic = re.search(r"\S+(?:은|는|이|가)\s", region.slice(text))
            sign = next((p.sign for p in poles(text) if p.span.overlaps(Span(*m.span("word")))), 1)
            if topic:
                cut = region.start + topic.end()
                yield Pairing(Span(region.start, cut), Span(cut, region.end), sign, Span(*m.span("word")))
        return
    for m in _THAN.finditer(text):
        word = Span(*m.span("word"))
        signs = [p.sign for p in poles(text) if p.span.overlaps(Span(word.start, m.end()))]
        sign = -1 if m["word"].lower() in ("less", "fewer") else signs[0] if signs else 1
        yield _sides(text, Span(m.end() - len("than"), m.end()), sign)
    for m in _BELOW.finditer(text):
        yield _sides(text, Span(*m.span()), 1 if m["word"] == "above" else -1)
    for m in _EXCEED.finditer(text):
        passive = bool(m["by"]) and re.search(r"\b(?:is|are|was|were|been|being)\s+$", text[: m.start()]) is not None
        yield _sides(text, Span(*m.span()), (1 if m["over"] else -1) * (-1 if passive else 1))


def _sides(text: str, mark: Span, sign: int) -> Pairing:
    before = [e.end() for e in _EDGE.finditer(text, 0, mark.start)]
    behind = _EDGE.search(text, mark.end)
    left = Span(before[-1] if before else 0, mark.start)
    return Pairing(left, Span(mark.end, behind.start() if behind else len(text)), sign, mark)


_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|as a result of|thanks to|on account of)\b|때문에|덕분에|탓에|(?:으로|로) 인해",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    r"\b(?:because|due to|owing to|as a result|thanks to|on account of|since|therefore|thus|hence|so that|caus\w+|led to|"
    r"lead\w* to|result\w*|driv\w+|drove|attribut\w+|reflect\w*|stem\w* from|respon\w+|trigger\w*|prompt\w*|consequen\w+|"
    r"accordingly|reasons?|brought about|owed?|owes|as [a-z]+ [a-z]+)\b"
    r"|때문|덕분|탓|인해|인하여|따라|그래서|결과|원인|인한|기인|[아어해]서",
    re.IGNORECASE,
)


def _caused(text: str) -> Iterator[Pairing]:
    """Effect on the left, cause on the right."""
    korean = language_of(text) == "ko"
    for m in _BECAUSE.finditer(text):
        mark = Span(*m.span())
        if korean:
            yield Pairing(Span(m.end(), len(text)), Span(0, m.start()), 1, mark)
            continue
        comma = text.find(",", m.end())
        if not text[: m.start()].strip() and comma > 0:
            yield Pairing(Span(comma, len(text)), Span(m.end(), comma), 1, mark)
        else:
            yield Pairing(Span(0, m.start()), Span(m.end(), len(text)), 1, mark)


_ONLY = re.compile(
    r"\b(?:(?<!not )only(?! (?:if|after|when|in (?:19|20))\b)|solely|exclusively)\b(?!\s(?:about\s|USD\s)?[\d$])"
    r"|오직|에 한해|만이(?=\s)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:only|solely|sole|exclusively|alone|just|merely|unless|except|no other|none but|nothing but|limited to|restricted to|"
    r"confined to|reserved (?:to|for)|single)\b|오직|한해|한하여|뿐|만[이을은 ]|유일|단독",
    re.IGNORECASE,
)
_UNANIMOUS = re.compile(r"\bunanimous\w*\b|만장일치", re.IGNORECASE)
_OF_ONE_MIND = re.compile(
    r"\b(?:unanim\w+|all|every|each|consensus|without (?:a )?dissent\w*|no(?:body|ne)? (?:one )?(?:voted )?against)\b|만장일치|전원|모두|모든|합의",
    re.IGNORECASE,
)


def _only(a: Alignment) -> str | None:
    """A word that shuts out all others, where the source shuts out none."""
    for own, there in ((_ONLY, _ALONE), (_UNANIMOUS, _OF_ONE_MIND)):
        if (m := own.search(a.statement)) is not None and not there.search(a.source):
            return f"it does not say “{m.group()}”"
    return None
