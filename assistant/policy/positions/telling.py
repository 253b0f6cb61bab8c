"""How much a sentence says on a topic, so that a recommendation or a finding stands before a mention."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.policy.positions.reading import Said, Side
from assistant.policy.recommendations.verbs import is_deed
from assistant.stance.clauses import frames

SHOWN = 3
"""Places a cell shows at most."""
ASKED = 6
"""The same where somebody asked for the topic."""
PASSING = 1.0
"""Below this a sentence only mentions the topic."""
BESIDE = 0.5 * PASSING
"""What a sentence says on several topics that only its paragraph names together."""
_PART = 0.1
"""What a sentence says on a topic whose word only is part of a name there."""
_FINDS = re.compile(
    r"\b(?:find|finds|found|shows?|showed|conclude[sd]?|propose[sd]?|argues?|therefore|thus|hence|in sum|overall|accordingly|"
    r"correlation|estimate[sd]?|must|should|needs? to|essential|important|key|central|goal|aims?)\b|필요|중요|핵심|따라서|제안|나타났|결론",
    re.IGNORECASE,
)
_NEEDS = re.compile(r"\b(?:requires?|needs?|calls? for|depends? on|hinges? on)\b[^.;]*$", re.IGNORECASE)
_LEANS = re.compile(r"^\s*(?:It|They|This|These|Such|That|Those|이는|이것은|이러한)\b")
_EARLY = 10
"""Words of a sentence among which its subject stands."""
_LONG = 30
"""Words from which a sentence says less on one topic the longer it is."""


def telling(s: Said, topic: str, marked: Collection[Said] = ()) -> float:
    """How much a sentence says on a topic; `marked` are those that a relation, list or trend was read from."""
    named = s.of(topic)
    if not named:
        return 0.0
    if all(m.part for m in named):
        return _PART
    if not s.stated:
        return 0.3 if s.kind == "note" and not s.reference else 0.1
    words = s.text.split()
    score = 0.0
    if s.advises_on(topic):
        score += 4.0
    elif s.advice:
        score += 1.0
    if s in marked:
        score += 2.5
    if _FINDS.search(s.text):
        score += 0.7
    before = s.text[: named[0].span.start - s.span.start]
    if len(before.split()) < _EARLY or _NEEDS.search(before):
        score += 1.0
    score += 0.3 * min(len(named) - 1, 3) + (0.4 if s.first else 0.0)
    if _LEANS.match(s.text):
        score -= 0.6
    score -= max(0, len(words) - _LONG) / 25
    if s.text.rstrip().endswith("?"):
        score -= 1.0
    if score < PASSING and not all(_listed(s, m.span.start - s.span.start, m.span.end - s.span.start) for m in named):
        return PASSING  # it says something of it, late in the sentence
    return max(score, 0.2)


_WINDOW = 90
_ITEMS = re.compile(r",\s|·|\u00b7|\band\b|\bor\b|\bas well as\b|[가-힣](?:와|과)\s|\s(?:및|등)\s")
_PAIR = re.compile(r"\b(?:and|or|as well as)\b|\s(?:및|등)\s|[가-힣](?:와|과)\s")


def _listed(s: Said, start: int, end: int) -> bool:
    """Whether a mention is one item of several: then the sentence is on what they all are items of."""
    if _is_verb(s.text, start, end):
        return False  # it is no item: what is done is what the sentence says
    around = s.text[max(0, start - _WINDOW) : start] + "\x00" + s.text[end : end + _WINDOW]
    clause = next(c for c in re.split(r"[;:\u2014.]\s?", around) if "\x00" in c)
    return len(_ITEMS.findall(clause)) >= _SEVERAL and _PAIR.search(clause) is not None


_SEVERAL = 3


def _is_verb(text: str, start: int, end: int) -> bool:
    """Whether a mention is a verb: of a clause, or one that goes on from `to …` before it and has an object."""
    if any(f.verb.start < end and start < f.verb.end for f in frames(text)):
        return True
    goes_on = re.search(r"\bto [a-z]+\b[^.;:]*\b(?:and|or|to)\s(?:\w+ly\s)?$", text[:start])
    return bool(goes_on and re.match(r"\s[a-z]+", text[end:]) and is_deed(text[start:end].casefold()))


def on_topic(side: Side, topics: Sequence[str], marked: Collection[Said] = ()) -> tuple[tuple[Said, float], ...]:
    """What a document says on a topic of one or several names (all of them in a sentence), the most telling first."""
    found = [s for s in side.on(topics[0]) if all(s.of(t) for t in topics[1:])]
    scored = [(s, max(telling(s, t, marked) for t in topics)) for s in found]
    if not found and len(topics) > 1:
        near = [s for s in side.on(topics[0]) if s.stated and _in_paragraph(side, s, topics[1:])]
        scored = [(s, BESIDE) for s in near[:1]]  # near one another, in no sentence together
    scored.sort(key=lambda x: (-x[1], x[0].span))
    return tuple(scored)


def _in_paragraph(side: Side, s: Said, topics: Sequence[str]) -> bool:
    """Whether the paragraph of a sentence names these topics."""
    around = [o for o in side.said if o.block == s.block]
    return all(any(o.of(t) for o in around) for t in topics)


def speaks(scored: Sequence[tuple[Said, float]]) -> bool:
    """Whether a document speaks of it, and does not only mention it in passing."""
    if not scored:
        return False
    stated = [x for x in scored if x[0].stated and x[1] > _PART]
    return scored[0][1] >= PASSING or len(stated) > 1
