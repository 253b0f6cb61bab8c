"""What a recommendation asks for: the thing it names, which way, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.lexicon import places_in
from assistant.policy.positions.directions import governing, governs
from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.terms import noun_phrases
from assistant.policy.positions.vocabulary import Topic, singular
from assistant.stance.deeds import same_deed
from assistant.text import language_of, tokens
from assistant.types import Language, Span
from assistant.types.policy import Recommendation

_HEADS = frozenset(
    """hub corridor cluster framework mechanism agreement fund package platform network center centre council committee zone park
    facility scheme credit agency commission partnership alliance registry roadmap pipeline base bank institute institution fab laboratory
    lab exchange reserve levy quota cap tax working-group body office secretariat pact""".split()
)
"""What can be founded or concluded: who asks for one of them asks for another thing than who asks for another."""
_KOREAN_HEADS = re.compile(
    r"(?:[가-힣A-Za-z&]+ )?[가-힣A-Za-z&]*(?:허브|거점|회랑|클러스터|협의체|기금|펀드|센터|위원회|플랫폼|네트워크|특구|단지|협정|기구|연구소|은행|패키지)(?![가-힣]{3})"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that a recommendation on a topic asks for."""

    head: str
    text: str
    said: Said


def asked(side: Side, said: Sequence[Said], topic: str) -> tuple[Asked, ...]:
    """The things that these recommendations name and that the topic is part of: `R&D hub` of R&D."""
    found = []
    for s in said:
        for r in s.advises_on(topic):
            for head, span in _things(s, r):
                whole = _with_topic(side, s, span, topic)
                if whole is not None:
                    found.append(Asked(head, " ".join(whole.slice(side.document.text).split()), s))
    titles = " ".join(path[-1] for path in {x.section for x in side.said} if path).casefold()
    found.sort(key=lambda x: x.head not in titles)
    return tuple(found)


def _with_topic(side: Side, s: Said, span: Span, topic: str) -> Span | None:
    """The words of a thing where the topic is part of them, or stands right behind: `hub for R&D`."""
    for m in s.of(topic):
        if m.span.overlaps(span):
            return span
        if m.span.start > span.end and _OF.fullmatch(side.document.text[span.end : m.span.start]):
            return Span(span.start, m.span.end)
    return None


_OF = re.compile(r"\s(?:for|of|in|on)\s(?:the\s)?(?:[\w-]+\s)?")
_DOING = re.compile(r"(?:[a-z]+ing|[a-z]+ly)\s")


def _things(s: Said, r: Recommendation) -> Iterator[tuple[str, Span]]:
    """Spans count characters of the document."""
    if r.action.span is None:
        return
    if language_of(s.text) == "ko":
        for m in _KOREAN_HEADS.finditer(s.text):
            head = next(h for h in _KOREAN_HEADS_LIST if h in m.group())
            yield head, Span(*m.span()).shift(s.span.start)
        return
    for p in noun_phrases(s.text):
        words = list(tokens(p.span.slice(s.text)))
        last = next((i for i in range(len(words) - 1, -1, -1) if singular(words[i].text) in _HEADS), None)
        if last is None or last == 0:
            continue
        leading = _DOING.match(s.text, p.span.start)
        start = leading.end() if leading else p.span.start
        span = Span(start, max(start, p.span.start + words[last].span.end)).shift(s.span.start)
        if r.action.span.overlaps(span):
            yield singular(words[last].text), span


_KOREAN_HEADS_LIST = "허브 거점 회랑 클러스터 협의체 기금 펀드 센터 위원회 플랫폼 네트워크 특구 단지 협정 기구 연구소 은행 패키지".split()
_ALIKE = (
    frozenset(("hub", "center", "centre", "base", "허브", "거점", "센터")),
    frozenset(("framework", "mechanism", "council", "committee", "commission", "body", "협의체", "위원회", "기구")),
    frozenset(("fund", "facility", "reserve", "기금", "펀드")),
    frozenset(("cluster", "park", "zone", "클러스터", "특구", "단지")),
    frozenset(("agreement", "pact", "협정")),
    frozenset(("corridor", "회랑")),
    frozenset(("network", "네트워크")),
    frozenset(("platform", "플랫폼")),
    frozenset(("institute", "institution", "laboratory", "lab", "연구소")),
)


def alike(head: str) -> frozenset[str]:
    """Heads that may name one thing."""
    return next((s for s in _ALIKE if head in s), frozenset((head,)))


def is_thing(topic: Topic) -> bool:
    """Whether a topic is itself such a thing: two that ask for a hub need not ask for one hub."""
    return any(len(form) == 1 and form[0] in _HEADS for form in topic.english)


def same_act(first: Side, a: Said, second: Side, b: Said, topic: str) -> bool:
    """Whether two recommendations govern their topic by verbs that tell one deed."""
    mine, theirs = _verbs(first, a, topic), _verbs(second, b, topic)
    return any(same_deed(a.text, v, b.text, w) for v in mine for w in theirs)


def _verbs(side: Side, said: Said, topic: str) -> list[Span]:
    """The verbs that govern a mention; spans count characters of the sentence."""
    from assistant.stance.verb_groups import read, verb_groups

    if language_of(said.text) == "ko":
        return [span for r in said.advice for _, span in governing(said, r, topic)]
    words = read(said.text)
    groups = [(words[v.main].span, v) for v in verb_groups(words)]
    found = []
    for r in said.advises_on(topic):
        for m in said.of(topic):
            at = m.span.start - said.span.start
            near = [
                g
                for g, _ in groups
                if g.end <= at and governs(said.text[g.end : at]) and " and " not in said.text[g.end : at]
            ]
            if near and r.action.span is not None:
                found.append(near[-1])
    return found


def places_of(side: Side, said: Sequence[Said], topic: str) -> frozenset[str]:
    """Where the recommendations on a topic are to be carried out, as their actions name it."""
    text = side.document.text
    found: set[str] = set()
    for s in said:
        for r in s.advises_on(topic):
            if r.action.span is not None:
                found |= places_in(r.action.span.slice(text))
                if side.home and _HOME.search(r.action.span.slice(text)):
                    found.add(side.home)
    return frozenset(found)


_HOME = re.compile(r"\b(?:domestic(?:ally)?|at home|home)\b|국내", re.IGNORECASE)


def listed_places(places: Sequence[str], language: Language) -> str:
    return ", ".join(p.title() if len(p) > 3 else p.upper() for p in sorted(places))
