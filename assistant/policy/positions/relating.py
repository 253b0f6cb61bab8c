"""How two documents stand to one another on a topic. Agreement and difference are said only where they can be named."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.policy.positions.directions import Direction, directions, opposed
from assistant.policy.positions.nearness import near
from assistant.policy.positions.objects import (
    Asked,
    alike,
    asked,
    is_thing,
    listed_places,
    places_of,
    same_act,
)
from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.telling import BESIDE, speaks
from assistant.policy.positions.vocabulary import Topic, places
from assistant.policy.positions.wording import FIRST, SECOND, joined, why
from assistant.types import Language
from assistant.types.policy import Relation

Scored = Sequence[tuple[Said, float]]


@dataclass(frozen=True, slots=True)
class Read:
    """A relation with what it was read from, and the sentences that it was read from."""

    relation: Relation
    why: str
    first: tuple[Said, ...] = ()
    second: tuple[Said, ...] = ()


def related(
    topic: Topic,
    sides: tuple[Side, Side],
    scored: tuple[Scored, Scored],
    terms: Sequence[str],
    several: bool,
    language: Language,
) -> Read | None:
    """None where neither document speaks of it. `terms`: what was looked for; of `several` topics their names."""
    spoken = speaks(scored[0]), speaks(scored[1])
    if not any(spoken):
        return _named_only(topic, scored, terms, several, language)
    if not all(spoken):
        relation: Relation = "only_first" if spoken[0] else "only_second"
        other = scored[1] if spoken[0] else scored[0]
        if not other:
            if not several and (close := near(topic, sides[1 if spoken[0] else 0])) is not None:
                return _close(topic, close, spoken[0], language)
            return Read(relation, why("searched_all" if several else "searched", language, joined(terms, _NAMED)))
        close = near(topic, sides[1 if spoken[0] else 0]) if topic.wanted and not several else None
        if close is not None and close.stated and close not in [s for s, _ in other]:
            return _close(topic, close, spoken[0], language)
        return Read(relation, why("mentioned", language, _words_at(other[0][0], topic)))
    name = topic.name
    first, second = (tuple(s for s, _ in side if s.advises_on(name) or directions(s, name)) for side in scored)
    if first and second:
        return _advised(topic, sides, first, second, language)
    advised, seems = ([any(told(s) for s, _ in side) for side in scored] for told in (_advises, _seems))
    if all(advised):
        return Read("both_speak", why("advice", language))
    if any(advised) and not all(seems):
        return Read("both_speak", why("one_advises", language, (FIRST if advised[0] else SECOND)[language]))
    return Read("both_speak", why("speak", language))


def _close(topic: Topic, close: Said, first: bool, language: Language) -> Read | None:
    """Where the other has the words of a topic in another form or order, nobody is said to be the only one."""
    if topic.kind != "given" and not topic.wanted:
        return None
    said = why("near", language, _cut(close, 0, min(len(close.text), _AROUND)))
    return Read("both_speak", said, () if first else (close,), (close,) if first else ())


def _named_only(
    topic: Topic, scored: tuple[Scored, Scored], terms: Sequence[str], several: bool, language: Language
) -> Read | None:
    """Of a topic that somebody asked for, where it is no more than named; of others nothing is told."""
    if topic.kind != "given" and not topic.wanted:
        return None
    if not any(scored) or (several and all(n == BESIDE for side in scored for _, n in side)):
        return None
    if all(scored):
        return Read("both_speak", why("both_mention", language))
    relation: Relation = "only_first" if scored[0] else "only_second"
    looked = why("searched_all" if several else "searched", language, joined(terms, _NAMED))
    return Read(relation, f"{why('only_mention', language)}; {looked}")


def _advises(said: Said) -> bool:
    """Whether it is recommended there, be the topic what is to be done, who is to do it, or what the action calls `it`."""
    return bool(said.advice)


_SEEMS = re.compile(
    r"\b(?:should|must|ought to|needs? to|has to|have to|recommend\w*)\b|야 (?:한|할|함|하)|필요|바람직|안 (?:된|될)|권고|제언"
)


def _seems(said: Said) -> bool:
    """Whether a reader may take it for a recommendation, whoever makes it: then nobody is said to make none."""
    return bool(said.advice) or (said.stated and _SEEMS.search(said.text) is not None)


def _advised(
    topic: Topic, sides: tuple[Side, Side], first: tuple[Said, ...], second: tuple[Said, ...], language: Language
) -> Read:
    name = topic.name
    one, two = sides
    ways = (
        {d: s for s in reversed(first) for d in directions(s, name)},
        {d: s for s in reversed(second) for d in directions(s, name)},
    )
    for mine in ways[0]:
        for theirs in ways[1]:
            if opposed(mine, theirs) and not (mine in ways[1] or theirs in ways[0]):
                a, b = ways[0][mine], ways[1][theirs]
                return Read(
                    "differ", why(_opposition(mine, theirs), language, _act(a, name), _act(b, name)), (a,), (b,)
                )
    things = asked(one, first, name), asked(two, second, name)
    if (told := _other_things(things)) is not None:
        texts = joined([t.text for t in told[0]], 3), joined([t.text for t in told[1]], 3)
        said = why("objects", language, *texts)
        where = places_of(one, first, name), places_of(two, second, name)
        if where[0] and where[1] and where[0] != where[1]:
            said += "; " + why("places", language, *(listed_places(tuple(w), language) for w in where))
        return Read("differ", said, tuple(t.said for t in told[0]), tuple(t.said for t in told[1]))
    mixed = any(opposed(d, e) for side in ways for d in side for e in (*ways[0], *ways[1]))
    if not mixed and (pair := _alike(topic, sides, first, second)) is not None:
        a, b = pair
        down = "down" in directions(a, name) or "down" in directions(b, name)
        key = "both_against" if down else "both_ask"
        return Read("agree", why(key, language, _act(a, name), _act(b, name)), (a,), (b,))
    return Read("both_speak", why("advice", language))


def _opposition(mine: Direction, theirs: Direction) -> str:
    if "late" in (mine, theirs):
        return "put_off"
    return "kept" if "keep" in (mine, theirs) else "opposed"


def _alike(
    topic: Topic, sides: tuple[Side, Side], first: Sequence[Said], second: Sequence[Said]
) -> tuple[Said, Said] | None:
    """Two recommendations that ask for the same: the directions of both are known and one, or their verbs tell one deed. Of
    something broad the same verb is not yet the same advice: there another topic is named in common too.
    """
    name = topic.name
    for a in first:
        for b in second:
            one, two = directions(a, name), directions(b, name)
            same = one == two if one and two else same_act(sides[0], a, sides[1], b, name)
            if same and (narrow(topic) or _also_alike(a, b, topic)):
                return a, b
    return None


def narrow(topic: Topic) -> bool:
    """Whether a topic is narrow enough that two who ask for it ask for the same: an instrument, or a name of several words."""
    if is_thing(topic) and not topic.coined:
        return False
    if topic.kind == "instrument":
        return True
    return topic.coined and (any(len(f) > 1 for f in topic.english) or any(len(k) > _LONG_NAME for k in topic.korean))


_LONG_NAME = 3


def _also_alike(a: Said, b: Said, topic: Topic) -> bool:
    """Whether the actions of two recommendations name another topic in common."""
    named = []
    for s in (a, b):
        spans = [r.action.span for r in s.advises_on(topic.name) if r.action.span is not None]
        named.append({m.topic for m in s.mentions if any(x.overlaps(m.span) for x in spans)})
    common = (named[0] & named[1]) - {topic.name}
    return bool({c for c in common if c not in places()})


def _other_things(things: tuple[tuple[Asked, ...], tuple[Asked, ...]]) -> tuple[list[Asked], list[Asked]] | None:
    """The things that each alone asks for, where they ask for none in common."""
    heads = [{h for t in side for h in alike(t.head)} for side in things]
    if not heads[0] or not heads[1] or heads[0] & heads[1]:
        return None
    return _once(things[0]), _once(things[1])


def _once(things: Collection[Asked]) -> list[Asked]:
    kept: dict[str, Asked] = {}
    for t in things:
        kept.setdefault(t.text.lower(), t)
    return list(kept.values())


_AROUND = 44
_NAMED = 8
"""Words looked for that a reason names, those that either document has first."""


def _act(said: Said, topic: str) -> str:
    """The words of a recommendation around its topic, cut at words."""
    m = next(iter(said.of(topic)))
    for r in said.advises_on(topic):
        if r.action.span is not None:
            m = next((x for x in said.of(topic) if r.action.span.overlaps(x.span)), m)
    return _cut(said, m.span.start - said.span.start, m.span.end - said.span.start)


def _words_at(said: Said, topic: Topic) -> str:
    m = next((x for x in said.mentions if x.topic == topic.name), None)
    if m is None:
        return said.text[:_AROUND]
    return _cut(said, m.span.start - said.span.start, m.span.end - said.span.start)


def _cut(said: Said, start: int, end: int) -> str:
    text = said.text
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    while low and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return f"{'… ' if low else ''}{' '.join(text[low:high].split()).rstrip(' ,;.')}{' …' if high < len(text) else ''}"
