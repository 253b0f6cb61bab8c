"""How two documents stand to one another on a topic. Agreement and difference are said only where they can be named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.policy.positions.objects import (
    Asked,
    alike,
    asked,
    governed,
    is_thing,
    listed_places,
    places_of,
    same_act,
    way,
)
from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.telling import speaks
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
        return None
    if not all(spoken):
        relation: Relation = "only_first" if spoken[0] else "only_second"
        other = scored[1] if spoken[0] else scored[0]
        if not other:
            return Read(relation, why("searched_all" if several else "searched", language, joined(terms, _NAMED)))
        return Read(relation, why("mentioned", language, _words_at(other[0][0], topic)))
    name = topic.name
    first, second = (tuple(s for s, _ in side if s.advises_on(name)) for side in scored)
    if first and second:
        return _advised(topic, sides, first, second, language)
    if first or second:
        return Read("both_speak", why("one_advises", language, (FIRST if first else SECOND)[language]))
    return Read("both_speak", why("speak", language))


def _advised(
    topic: Topic, sides: tuple[Side, Side], first: tuple[Said, ...], second: tuple[Said, ...], language: Language
) -> Read:
    name = topic.name
    one, two = sides
    ways = {way(one, name, s): s for s in reversed(first)}, {way(two, name, s): s for s in reversed(second)}
    for sign in (1, -1):
        if sign in ways[0] and -sign in ways[1] and -sign not in ways[0] and sign not in ways[1]:
            a, b = ways[0][sign], ways[1][-sign]
            return Read("differ", why("opposed", language, _act(a, name), _act(b, name)), (a,), (b,))
    things = asked(one, first, name), asked(two, second, name)
    if (told := _other_things(things)) is not None:
        texts = joined([t.text for t in told[0]], 3), joined([t.text for t in told[1]], 3)
        said = why("objects", language, *texts)
        where = places_of(one, first, name), places_of(two, second, name)
        if where[0] and where[1] and where[0] != where[1]:
            said += "; " + why("places", language, *(listed_places(tuple(w), language) for w in where))
        return Read("differ", said, tuple(t.said for t in told[0]), tuple(t.said for t in told[1]))
    pairs = [(a, b) for a in first for b in second if same_act(one, a, two, b, name)]
    if topic.kind != "instrument":  # one verb on something broad is not yet the same advice
        pairs = [(a, b) for a, b in pairs if _also_alike(a, b, topic)]
    down = set(ways[0]) == {-1} and set(ways[1]) == {-1}
    close = [s for s in first if governed(s, name)], [s for s in second if governed(s, name)]
    asks = topic.kind == "instrument" and not is_thing(topic) and -1 not in {*ways[0], *ways[1]}
    if pairs or (all(close) and (asks or down)):
        a, b = pairs[0] if pairs else (close[0][0], close[1][0])
        return Read(
            "agree", why("both_against" if down else "both_ask", language, _act(a, name), _act(b, name)), (a,), (b,)
        )
    return Read("both_speak", why("advice", language))


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
