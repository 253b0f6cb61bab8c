"""Two documents topic by topic: what each says, and whether they agree, differ, or only one speaks (docs/compare.md).

Topics come from the project's list of policy terms, from the documents' own headings, pillars, acronyms and repeated terms,
or are given. 'Only' is said after the whole of the other document was searched. No language model is asked.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import sqrt

from assistant.citations import cite
from assistant.policy.positions.advising import advice
from assistant.policy.positions.coined import coin_advised
from assistant.policy.positions.derived import Derived, derived, proposals
from assistant.policy.positions.directions import governing
from assistant.policy.positions.given import given
from assistant.policy.positions.objects import is_thing
from assistant.policy.positions.reading import Raw, Said, Side, raw, read, shared
from assistant.policy.positions.relating import narrow, related
from assistant.policy.positions.telling import ASKED, SHOWN, on_topic, speaks
from assistant.policy.positions.terms import own_topics, pillars
from assistant.policy.positions.vocabulary import Topic
from assistant.policy.positions.wording import ACROSS, APART, NEITHER, joined
from assistant.text import language_of
from assistant.types import Citation, Document, Language, Provenance, Span
from assistant.types.policy import Comparison, Recommendation, Relation, Row, TopicKind

__all__ = ["ROWS", "compare", "language_for"]

ROWS = 40
"""So many rows are shown where nobody asks for all."""
ORDER: tuple[Relation, ...] = ("differ", "agree", "both_speak", "only_first", "only_second")
_SETTING = 0.4
"""A topic in this share of both documents' sentences is what they are about, and no topic of theirs."""
_WORDY = 20
"""So many words more must say as much more as a point of `telling`, for a sentence to stand first."""
_FEW = 10
"""Of so few sentences no share says anything."""
_RARE, _PLAIN = 1.35, 0.8
_WEIGHTS: dict[TopicKind, float] = {"sector": 0.5, "place": 0.5}


def compare(
    first: Document,
    second: Document,
    topics: Sequence[str] = (),
    language: Language | None = None,
    most: int | None = ROWS,
    provenance: Provenance | None = None,
) -> Comparison:
    """The rows in the order of `ORDER`, the weightiest first; with `topics` only theirs. `most` rows; None for all."""
    started = time.perf_counter()
    told = language or language_for(first, second)
    pieces = raw(first), raw(second)
    both = shared(pieces)
    pieces = _without(pieces[0], both), _without(pieces[1], both)
    advised = advice(first), advice(second)
    known = own_topics((first, second), pieces, both)
    coin_advised(
        known, [[r.citation.span.slice(d.text) for r in a] for d, a in zip((first, second), advised, strict=True)]
    )
    sides = _sides((first, second), pieces, known, advised)
    held = sum((Counter({k: len(v) for k, v in side.by_topic.items()}) for side in sides), Counter[str]())
    wanted = [given(t, known, held) for t in topics]
    if wanted:  # they may have brought topics of their own
        sides = _sides((first, second), pieces, known, advised)
    names = {name: _called(topic, sides, told) for name, topic in known.items()}
    of_several = derived(sides, known, names, told)
    rows: list[tuple[float, Row]] = []
    notices: list[str] = []
    if topics:
        for asked, parts in wanted:
            found = [*_given(asked, parts, sides, known, of_several, told)]
            rows += found
            if not found:
                if len(parts) > 1 and any(side.on(p) for side in sides for p in parts):
                    notices.append(APART[told].format(asked.name, joined([names[p] for p in parts])))
                else:
                    notices.append(NEITHER[told].format(asked.name, joined(_terms(known[parts[0]], sides))))
    else:
        rows += _pillars(sides, pieces, names, told)
        rows += [(d.weight, _row_of(d, sides, known)) for d in of_several]
        rows += _plain(sides, known, of_several, told)
    if sides[0].language != sides[1].language:
        notices.append(ACROSS[told])
    rows = _merged(rows, {_called(t, sides, told): t for t in known.values()}, sides)
    if most is not None:
        rows = _kept(rows, most)
    rows.sort(key=lambda r: (ORDER.index(r[1].relation), -r[0], r[1].topic))
    made = provenance or Provenance("", "", seconds=time.perf_counter() - started)
    titles = first.work.title, second.work.title
    return Comparison(first.id, second.id, titles, tuple(r for _, r in rows), tuple(notices), made)


def _kept(rows: Sequence[tuple[float, Row]], most: int) -> list[tuple[float, Row]]:
    """The weightiest, so that no relation crowds out another: of each of the last three at most as many as leave room
    for the others."""
    ordered = sorted(rows, key=lambda r: (-r[0], r[1].topic))
    told = [r for r in ordered if r[1].relation in ("differ", "agree")][:most]
    apart = [[r for r in ordered if r[1].relation == k] for k in ORDER[2:]]
    room, kept = most - len(told), list(told)
    for n, part in enumerate(sorted(apart, key=len)):
        share = part[: max(0, room // (len(apart) - n))]
        kept += share
        room -= len(share)
    return kept


def _merged(
    rows: Sequence[tuple[float, Row]], topics: Mapping[str, Topic], sides: tuple[Side, Side]
) -> list[tuple[float, Row]]:
    """One quarrel, or one agreement, once: of rows that were read from the same verbs of the same two sentences that of an
    instrument or of a name of several words, else the weightiest, with the words of all.
    """
    kept: dict[tuple[object, ...], tuple[float, Row]] = {}
    broad = {name for name, t in topics.items() if not narrow(t)}
    for n, (weight, row) in enumerate(sorted(rows, key=lambda r: (r[1].topic in broad, -r[0], r[1].topic))):
        key: tuple[object, ...] = (n,)
        if row.relation in ("agree", "differ") and row.first and row.second and row.topic in topics:
            name = topics[row.topic].name
            read_from = [_verbs_of(s, c[0].span, name) for s, c in zip(sides, (row.first, row.second), strict=True)]
            if all(read_from):
                key = (row.relation, *read_from)
        if key in kept:
            heavier, best = kept[key]
            kept[key] = max(weight, heavier), replace(best, terms=tuple(dict.fromkeys((*best.terms, *row.terms))))
        else:
            kept[key] = weight, row
    return list(kept.values())


def _verbs_of(side: Side, span: Span, topic: str) -> frozenset[Span]:
    """The verbs that tell which way a sentence moves a topic, as places of the document."""
    said = [s for s in side.on(topic) if s.span == span]
    return frozenset(v.shift(span.start) for s in said for r in s.advice for d, v in governing(s, r, topic) if d)


def language_for(first: Document, second: Document) -> Language:
    """Korean where both are."""
    return "ko" if language_of(first.text) == language_of(second.text) == "ko" else "en"


def _without(pieces: tuple[Raw, ...], texts: frozenset[str]) -> tuple[Raw, ...]:
    return tuple(p for p in pieces if p.text.strip() not in texts)


def _sides(
    documents: tuple[Document, Document],
    pieces: tuple[tuple[Raw, ...], tuple[Raw, ...]],
    known: dict[str, Topic],
    advised: tuple[Sequence[Recommendation], Sequence[Recommendation]],
) -> tuple[Side, Side]:
    topics = tuple(known.values())
    one, two = (read(d, p, topics, a) for d, p, a in zip(documents, pieces, advised, strict=True))
    return one, two


def _plain(
    sides: tuple[Side, Side], known: dict[str, Topic], of_several: Sequence[Derived], language: Language
) -> Iterator[tuple[float, Row]]:
    """One row a topic. One on which both only speak stands not beside a row that says how they stand on it."""
    settled = {part for d in of_several if d.relation in ("agree", "differ") for part in d.parts}
    marked = {part: {s for d in of_several if part in d.parts for s in (*d.first, *d.second)} for part in known}
    found: list[tuple[Topic, tuple[float, Row]]] = []
    for name in sorted(set(sides[0].by_topic) | set(sides[1].by_topic)):
        topic = known[name]
        if _is_setting(name, sides) or (topic.kind == "place" and name in (sides[0].home, sides[1].home)):
            continue
        made = _row(topic, (name,), sides, known, language, marked[name])
        if made is None or (made[1].relation == "both_speak" and name in settled):
            continue
        found.append((topic, made))
    told = [row.why for _, (_, row) in found if row.relation == "differ"]
    for topic, made in found:
        if is_thing(topic) and made[1].relation == "both_speak" and any(_names(why, topic) for why in told):
            continue  # the hubs of what they differ on
        yield made[0], replace(made[1], topic=_called(topic, sides, language))


def _names(why: str, topic: Topic) -> bool:
    return any(len(f) == 1 and re.search(rf"\b{re.escape(f[0])}", why) for f in topic.english)


def _called(topic: Topic, sides: tuple[Side, Side], language: Language) -> str:
    """The name of a topic in the language of the report: in Korean the form that the documents have oftenest, else that of
    the list."""
    if language == "en" or topic.kind == "given" or topic.coined or not (topic.korean or topic.called):
        return topic.name
    text = "".join("".join(side.document.text.split()) for side in sides)
    best = max(sorted(topic.korean), key=lambda k: (text.count(k), -len(k)), default="")
    return best if best and best in text else topic.called or topic.name


def _row(
    topic: Topic,
    parts: tuple[str, ...],
    sides: tuple[Side, Side],
    known: dict[str, Topic],
    language: Language,
    marked: set[Said],
) -> tuple[float, Row] | None:
    one, two = (on_topic(side, parts, marked) for side in sides)
    terms = [t for part in parts for t in _terms(known[part], sides)]
    main = known[parts[0]]
    named = [_called(known[p], sides, language) for p in parts]
    relation = related(main, sides, (one, two), terms if len(parts) == 1 else named, len(parts) > 1, language)
    if relation is None:
        return None
    weight = _weight(main, one, two)
    most = ASKED if topic.kind == "given" else SHOWN
    first, second = _shown(sides[0], one, relation.first, most), _shown(sides[1], two, relation.second, most)
    kind: TopicKind = "direction" if topic.proposed and topic.kind == "term" else topic.kind
    return weight, Row(topic.name, kind, tuple(terms), first, second, relation.relation, relation.why)


def _shown(
    side: Side, scored: Sequence[tuple[Said, float]], leading: Sequence[Said], most: int
) -> tuple[Citation, ...]:
    """The sentences that the relation was read from, then the most telling ones; of a mention in passing only that."""
    worth = {s: n - len(s.text.split()) / _WORDY for s, n in scored}
    leading = sorted(leading, key=lambda s: -worth.get(s, 0.0))
    ordered = [*leading, *(s for s, _ in scored)] if speaks(scored) else [s for s, _ in scored[:1]]
    seen: dict[Span, float] = {s.span: n for s, n in scored}
    kept = list(dict.fromkeys(s.span for s in ordered))[:most]
    return tuple(cite(side.document, span, n, score=seen.get(span, 0.0)) for n, span in enumerate(kept, start=1))


def _terms(topic: Topic, sides: tuple[Side, Side]) -> list[str]:
    """The forms of a topic, those that a document has first."""
    languages = {side.language for side in sides}
    forms = [" ".join(f) for f in topic.english] + (list(topic.korean) if "ko" in languages else [])
    held = " ".join(s.document.text.casefold() for s in sides)
    return sorted(forms, key=lambda f: (f not in held, -held.count(f), len(f), f))


def _weight(topic: Topic, one: Sequence[tuple[Said, float]], two: Sequence[tuple[Said, float]]) -> float:
    """How many sentences of either document speak of it, recommendations once more, and a heading."""
    total = 0.0
    for side in (one, two):
        stated = [s for s, _ in side if s.stated]
        advised = [s for s in stated if s.advises_on(topic.name)]
        total += 1.2 * sqrt(len(stated)) + 0.6 * sqrt(len(advised))
    return total * _WEIGHTS.get(topic.kind, 1.0) * (1.3 if topic.headed else 1.0) * _rarity(topic)


def _rarity(topic: Topic) -> float:
    """A matter of policy or an instrument says more to an official than a word such as `wages`."""
    if topic.kind == "term" and not topic.issue:
        return _RARE if topic.name[:2].isupper() or topic.proposed else _PLAIN
    return _RARE if topic.issue or topic.name[:2].isupper() else 1.0


def _is_setting(name: str, sides: tuple[Side, Side]) -> bool:
    shares = []
    for side in sides:
        stated = [s for s in side.said if s.stated]
        shares.append(sum(1 for s in stated if s.of(name)) / max(len(stated), 1))
        if len(stated) < _FEW:
            return False
    return min(shares) > _SETTING


def _row_of(d: Derived, sides: tuple[Side, Side], known: dict[str, Topic]) -> Row:
    cited = [
        tuple(cite(side.document, s.span, n) for n, s in enumerate(said[:SHOWN], start=1))
        for side, said in zip(sides, (d.first, d.second), strict=True)
    ]
    terms = tuple(t for part in sorted(d.parts) for t in _terms(known[part], sides)[:4])
    return Row(d.topic, d.kind, terms, cited[0], cited[1], d.relation, d.why)


def _pillars(
    sides: tuple[Side, Side], pieces: tuple[Sequence[Raw], Sequence[Raw]], names: Mapping[str, str], language: Language
) -> Iterator[tuple[float, Row]]:
    found = pillars(pieces[0]), pillars(pieces[1])
    for name, relation, said, pair in proposals(sides, found, names, language):
        cited = [(cite(side.document, p.span, 1),) for side, p in zip(sides, pair, strict=True)]
        terms = tuple(p.noun for p in pair)
        yield 20.0, Row(name, "pillar", terms, cited[0], cited[1], relation, said)


def _given(
    asked: Topic,
    parts: tuple[str, ...],
    sides: tuple[Side, Side],
    known: dict[str, Topic],
    of_several: Sequence[Derived],
    language: Language,
) -> Iterator[tuple[float, Row]]:
    """The row of a topic that somebody named, and those of several topics that it is part of."""
    made = _row(asked, parts, sides, known, language, set())
    several = [d for d in of_several if set(parts) <= d.parts or (len(parts) > 1 and d.parts <= set(parts))]
    yield from ((d.weight, _row_of(d, sides, known)) for d in several)
    if made is None:
        return
    wider = []
    if len(parts) > 1 and made[1].relation in ("only_first", "only_second"):
        # One asks for a research hub, the other for another thing in its place.
        wider = [w for p in parts if (w := _row(known[p], (p,), sides, known, language, set())) is not None]
        wider = [w for w in wider if w[1].relation == "differ"]
    yield from wider or [made]
