"""Rows of more than a topic: what acts on what, which sectors are named for what, what rose or fell where, and what each
document proposes in all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.policy.positions.links import Link, Trend, links, trends
from assistant.policy.positions.lists import Listed, lists
from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.terms import Pillars
from assistant.policy.positions.vocabulary import Topic, places
from assistant.policy.positions.wording import SIGNS, joined, title, why
from assistant.quantities import years
from assistant.types import Language
from assistant.types.policy import Relation, TopicKind

Topics = dict[str, Topic]
Sides = tuple[Side, Side]
Names = Mapping[str, str]
"""What a topic is called in the language of the report."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A row before its places are cited."""

    topic: str
    kind: TopicKind
    parts: frozenset[str]
    """The topics that it is about."""
    first: tuple[Said, ...]
    second: tuple[Said, ...]
    relation: Relation
    why: str
    weight: float


def derived(sides: Sides, topics: Topics, names: Names, language: Language) -> tuple[Derived, ...]:
    """What can be said of both documents together."""
    return (
        *_linked(sides, topics, names, language),
        *_listed(sides, topics, names, language),
        *_moved(sides, topics, names, language),
    )


def _linked(sides: Sides, topics: Topics, names: Names, language: Language) -> Iterator[Derived]:
    found = [links(side, topics) for side in sides]
    pairs = {x.topics for x in found[0]} & {x.topics for x in found[1]}
    for pair in sorted(pairs, key=sorted):
        mine = [[x for x in side if x.topics == pair] for side in found]
        signs = [_main_sign(x) for x in mine]
        if 0 in signs:
            continue
        relation: Relation = "agree" if signs[0] == signs[1] else "differ"
        chosen = [_best(x, s) for x, s in zip(mine, signs, strict=True)]
        causes = {x.cause for x in (*chosen[0], *chosen[1]) if x.cause}
        a, b = _ordered(pair, causes)
        if relation == "agree":
            key = (
                "lowers"
                if signs[0] < 0
                else "raises"
                if len(causes) == 1 and all(_caused(c) for c in chosen)
                else "together"
            )
            said = why(key, language, names[a], names[b])
        else:
            said = why("signs", language, *(SIGNS[s][language == "ko"] for s in signs))
        name = title("link", language, names[a], names[b])
        weight = 6.0 + sum(min(len(x), 4) for x in chosen)
        yield Derived(name, "term", pair, _said(chosen[0]), _said(chosen[1]), relation, said, weight)


def _main_sign(found: Sequence[Link]) -> int:
    """What a document says of a pair: of both ways, the one that it says at least twice as often; else 0."""
    up, down = ([x for x in found if x.sign == s] for s in (1, -1))
    if len(up) >= 2 * len(down):
        return 1
    return -1 if len(down) >= 2 * len(up) else 0


def _best(found: Sequence[Link], sign: int) -> list[Link]:
    kept = [x for x in found if x.sign == sign]
    kept.sort(key=lambda x: (x.said.kind != "paragraph", not x.strong, x.said.span))
    return kept


def _caused(found: Sequence[Link]) -> bool:
    """Whether every sentence says that one acts on the other: a correlation beside it is no cause."""
    return all(x.cause for x in found)


def _ordered(pair: frozenset[str], causes: set[str]) -> tuple[str, str]:
    a, b = sorted(pair)
    if len(causes) == 1 and b in causes:
        a, b = b, a
    return a, b


def _said(found: Sequence[Link]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(x.said for x in found))


def _listed(sides: Sides, topics: Topics, names: Names, language: Language) -> Iterator[Derived]:
    found = [_by_purpose(lists(side, topics)) for side in sides]
    for key in sorted(set(found[0]) & set(found[1]), key=lambda k: (k[0], k[1] or "")):
        mine = [found[0][key], found[1][key]]
        members = [tuple(dict.fromkeys(m for x in side for m in x.members)) for side in mine]
        if min(map(len, members)) < 2:
            continue
        common = [m for m in members[0] if m in members[1]]
        only = [[m for m in side if m not in common] for side in members]
        relation: Relation = "differ" if only[0] and only[1] else "agree" if not (only[0] or only[1]) else "both_speak"
        told = [
            *([why("common", language, joined([names[m] for m in common]))] if common else []),
            *([why("first_only", language, joined([names[m] for m in only[0]]))] if only[0] else []),
            *([why("second_only", language, joined([names[m] for m in only[1]]))] if only[1] else []),
        ]
        purpose, place = key
        name = (
            title("list_in", language, names[purpose], _place(names[place]))
            if place
            else title("list", language, names[purpose])
        )
        weight = 5.0 + min(len(members[0]), len(members[1]))
        rows = [tuple(dict.fromkeys(x.said for x in sorted(side, key=lambda x: -len(x.members)))) for side in mine]
        parts = frozenset((purpose, *([place] if place else [])))
        yield Derived(name, "sector", parts, rows[0], rows[1], relation, "; ".join(told), weight)


def _place(name: str) -> str:
    return name.title() if name.islower() and len(name) > 4 else name.upper() if name.islower() else name


def _by_purpose(found: Sequence[Listed]) -> dict[tuple[str, str | None], list[Listed]]:
    made: dict[tuple[str, str | None], list[Listed]] = {}
    for x in found:
        made.setdefault((x.purpose, x.place), []).append(x)
    return made


def _moved(sides: Sides, topics: Topics, names: Names, language: Language) -> Iterator[Derived]:
    found = [trends(side, topics) for side in sides]
    for key in sorted({(x.topic, x.place) for x in found[0]} & {(x.topic, x.place) for x in found[1]}):
        mine = [[x for x in side if (x.topic, x.place) == key] for side in found]
        mine = [_latest(side) for side in mine]
        signs = [{x.sign for x in side} for side in mine]
        name = title("trend", language, names[key[0]], _place(names[key[1]]))
        first, second = (tuple(dict.fromkeys(x.said for x in side)) for side in mine)
        if all(len(s) == 1 for s in signs) and signs[0] == signs[1]:
            said = why("rose" if signs[0] == {1} else "fell", language)
            yield Derived(name, "place", frozenset(key), first, second, "agree", said, 4.0)
        else:
            said = why("moved", language, mine[0][0].word, mine[1][0].word)
            yield Derived(name, "place", frozenset(key), first, second, "both_speak", said, 3.0)


def _latest(found: Sequence[Trend]) -> list[Trend]:
    """Of movements both ways, what is said of the latest year."""
    if len({x.sign for x in found}) < 2:
        return list(found)
    dated = [(max(years(x.said.text), default=0), x) for x in found]
    newest = max(y for y, _ in dated)
    return [x for y, x in dated if y == newest] if newest else list(found)


def proposals(
    sides: Sides, found: tuple[Sequence[Pillars], Sequence[Pillars]], names: Names, language: Language
) -> Iterator[tuple[str, Relation, str, tuple[Pillars, Pillars]]]:
    """The sentences in which both say in so many items what they propose, with the row's title, relation and reason: the
    topics that the items name, as sets.
    """
    if not all(found):
        return
    pair = found[0][0], found[1][0]
    named = [_named(side, p) for side, p in zip(sides, pair, strict=True)]
    common = [t for t in named[0] if t in named[1]]
    only = [[t for t in side if t not in common] for side in named]
    told = [
        why(key, language, joined([names[t] for t in topics]))
        for key, topics in (("common", common), ("first_only", only[0]), ("second_only", only[1]))
        if topics
    ]
    relation: Relation = "differ" if all(only) else "both_speak"
    yield title("pillars", language, pair[0].noun, pair[1].noun), relation, "; ".join(told), pair


def _named(side: Side, found: Pillars) -> list[str]:
    """The topics of the items, places left out, in their order."""
    mentions = [m for s in side.said if s.span == found.span for m in s.mentions]
    inside = [m for m in mentions if any(i.contains(m.span) for i in found.items)]
    return list(dict.fromkeys(m.topic for m in inside if m.topic not in places()))
