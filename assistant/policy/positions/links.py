"""What sentences say of two topics: that one raises or lowers the other, that they go together; and which way one went.

Read from the words between two mentions in one clause. What is only possible, feared or denied is not read as said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.vocabulary import Mention, Topic
from assistant.text import STOPWORDS, tokens

_UP = (
    r"support|expand|increas|boost|promot|facilitat|rais|driv|pull|stimulat|strengthen|lead|led|generat|creat|enabl|contribut|"
    r"foster|enhanc|improv|spur|induc|accelerat|grow|grew|sustain|underpin|deepen|widen|encourag"
)
_DOWN = (
    r"reduc|substitut|replac|displac|decreas|hinder|disrupt|weaken|depriv|lower|cut|crowd|eliminat|erod|hamper|impede|depress|"
    r"discourag|suppress|threaten|undermin|harm|hurt|damag|shrink|shrank"
)
_TIED = r"link|tied|connect|complement|correlat|associat|hand in hand|relationship|interlock|relat"
_ACTIVE = re.compile(rf"(?P<up>\b(?:{_UP})\w*)|(?P<down>\b(?:{_DOWN})\w*)|(?P<tied>\b(?:{_TIED})\w*)", re.IGNORECASE)
_KOREAN = re.compile(
    r"(?P<up>늘리|늘려|늘린|늘어|증가|확대|촉진|견인|유발|높이|높여|창출|뒷받침|증대|이끌|이끈|기여)|(?P<down>줄이|줄여|줄인|감소|대체|위축|저해|약화|축소|떨어뜨)|"
    r"(?P<tied>보완|연계|상관|연결|동반|연동)"
)
_BREAK = re.compile(
    r"[;:]|(?<![A-Z])\.\s|\b(?:but|although|though|whereas|while|because|if|when|which|nevertheless|however)\b|지만|으나|반면",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|concerns?|concerned|fears?|risks?|whether|if|likely|should|must|seeks?|aims?|designed|in order|"
    r"belief|believe[sd]?|unclear|despite|regardless|irrespective)\b|우려|위험|수 있|[을를]지|가능성|해야|목표",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|without|cannot)\b|않|아니|없", re.IGNORECASE)
_OBJECT = re.compile(
    r"^(?:\s(?:to|in|with|the|of|its|their|our|more|new|and|for)\b)?(?:\s(?!(?:as|after|since|when|for|from|through|by|with|to|until|than|into|if|that|at|on)\b)"
    r"[\w'\u2019,.-]+){0,5}\s?$",
    re.IGNORECASE,
)
"""What may stand between a verb and the head of its object: `closely linked to the country's`."""
_BY = re.compile(r"(?:\s\w+)?\sby\s")
_OWING = re.compile(
    r"\b(?:driven|fuell?ed|spurred|attracted|prompted|encouraged|propelled|drawn|boosted) (?:\w+ )?by|\breflect(?:s|ed|ing)(?: the pull of)?|\bowing to|"
    r"\bdue to|\bthanks to|\bbecause of|\bas a result of|\bin response to|\battribut(?:ed|able) (?:\w+ )?to",
    re.IGNORECASE,
)
"""What stands behind it brings about what stands before it."""
_OWED = 16
_MEANS = re.compile(r"\bby\s(?:\w+ly\s)?\w+ing$", re.IGNORECASE)
"""What somebody does, and not the thing before it: `, by steadily raising exports`."""
_ARROW = re.compile("\u2192|->")
_TOGETHER = re.compile(
    r"\b(?:correlation|(?:close|strong|positive|clear|complementary) relationship|(?:close|strong|positive|clear) link|linkage|complementarity|association)s?\b[^.;]{0,20}\bbetween\b",
    re.IGNORECASE,
)
_ARE = re.compile(
    r"^\s*(?:\w+\s){0,3}?(?:are|is|were|be)\s(?:\w+\s){0,2}?(?P<tied>complement\w*|linked|correlated|interlinked|mutually reinforcing)",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:\s[\w'\u2019-]+){0,3}\s(?:and|with)\s(?:[\w'\u2019-]+\s){0,4}$|^[와과]\s", re.IGNORECASE)
_SELVES = re.compile(r"^\s*(?:It|They|This|These|Such|이는|이것은|이러한)\b")
_FAR = 9
"""Words between two mentions, at most, function words left out."""


@dataclass(frozen=True, slots=True)
class Link:
    """That a sentence ties two topics. `sign` 1: they go up together; -1: one lowers the other."""

    topics: frozenset[str]
    cause: str | None
    """The one that acts on the other; None where they go together."""
    sign: int
    said: Said
    word: str
    """The word that says so."""

    @property
    def strong(self) -> bool:
        """Whether it says of the two how they stand to one another, and not only what somebody did to them."""
        return _STRONG.search(self.word) is not None


_STRONG = re.compile(
    r"complement|correlat|link|support|increas|boost|\u2192|\bdriv|보완|상관|연계|늘|견인|유발|촉진", re.IGNORECASE
)


def links(side: Side, topics: dict[str, Topic]) -> tuple[Link, ...]:
    """All that the text says without a hedge."""
    found: list[Link] = []
    subject: Mention | None = None
    for s in side.said:
        if not s.stated:
            continue
        named = [m for m in s.mentions if not m.part and topics[m.topic].kind in ("term", "instrument")]
        if s.first:
            subject = None
        offered = list(_leaning(s, subject, named)) if _SELVES.match(s.text) else []
        for a, b in itertools.pairwise(named):
            if a.topic != b.topic:
                offered += _between(s, a, b)
        if _ARROW.search(s.text):
            offered += _chained(s, named)
        found += offered
        subject = next(
            (m for m in named if m.span.start - s.span.start < 80), subject if _SELVES.match(s.text) else None
        )
    return tuple(found)


def _leaning(s: Said, subject: Mention | None, named: list[Mention]) -> Iterator[Link]:
    """`It supports export capacity`: the subject is that of the sentence before."""
    if subject is None or not named or named[0].topic == subject.topic:
        return
    text = s.text[: named[0].span.start - s.span.start]
    yield from _acting(s, subject.topic, named[0].topic, text, text)


def _chained(s: Said, named: list[Mention]) -> Iterator[Link]:
    """`new roads → lower costs → more exports`: the first of a chain brings about the last."""
    arrows = [m.start() + s.span.start for m in _ARROW.finditer(s.text)]
    heads = [m for m in named if m.span.end <= arrows[0]][-1:]
    tails = [m for m in named if m.span.start > arrows[-1]][:1]
    for a in heads:
        for b in tails:
            if a.topic != b.topic:
                yield Link(frozenset((a.topic, b.topic)), a.topic, 1, s, "\u2192")


def _between(s: Said, a: Mention, b: Mention) -> Iterator[Link]:
    text = s.text
    before = text[: a.span.start - s.span.start]
    between = text[a.span.end - s.span.start : b.span.start - s.span.start]
    behind = text[b.span.end - s.span.start :]
    clause = _BREAK.split(before)[-1]
    if _BREAK.search(between):
        return
    pair = frozenset((a.topic, b.topic))
    if _AND.match(between) or between.strip() in ("and", "\u2013", "-"):
        if m := _TOGETHER.search(clause):
            if not _DENIED.search(clause) and not _HEDGED.search(clause):
                yield Link(pair, None, 1, s, m[0].split()[0])
        elif (m := _ARE.match(behind)) and not _DENIED.search(behind[: m.end()]):
            yield Link(pair, None, 1, s, m["tied"])
        elif (m := _KOREAN.search(behind[:24])) and m["tied"] and not _DENIED.search(behind[:40]):
            yield Link(pair, None, 1, s, m.group())
        return
    if re.search("[가-힣]", between + behind[:12]):
        yield from _korean(s, a.topic, b.topic, between, behind)
        return
    yield from _acting(s, a.topic, b.topic, between, clause + between)


def _acting(s: Said, cause: str, effect: str, between: str, clause: str) -> Iterator[Link]:
    content = sum(t.text not in STOPWORDS for t in tokens(between))
    owing = list(_OWING.finditer(between))
    if owing and content <= _OWED and _OBJECT.match(between[owing[-1].end() :]) and not _HEDGED.search(clause):
        yield Link(frozenset((cause, effect)), effect, 1, s, owing[-1].group())
        return
    if content > _FAR:
        return
    words = list(_ACTIVE.finditer(between))
    if not words or _HEDGED.search(clause) or _DENIED.search(clause):
        return
    m = words[-1]
    behind = between[m.end() :]
    by = (opened := _BY.match(behind)) is not None
    if opened is not None:
        behind = behind[opened.end() - 1 :]
    if not _OBJECT.match(behind) or _MEANS.search(between[: m.end()]):
        return
    tied = m["tied"] is not None
    sign = 1 if tied or m["up"] else -1
    yield Link(frozenset((cause, effect)), None if tied else effect if by else cause, sign, s, m.group())


def _korean(s: Said, cause: str, effect: str, between: str, behind: str) -> Iterator[Link]:
    """The verb stands behind both: `해외투자는 수출을 늘린다`."""
    if not re.match(r"\s?(?:은|는|이|가|와|과|의)", between) and not re.match(
        r"[가-힣]{0,4}(?:은|는|이|가|와|과)\s", between
    ):
        return
    clause = re.split(r"[.,]|지만|으나|며\s", behind)[0][:40]
    m = _KOREAN.search(clause)
    if m is None or _HEDGED.search(clause + between) or _DENIED.search(clause):
        return
    sign = -1 if m["down"] else 1
    yield Link(frozenset((cause, effect)), None if m["tied"] else cause, sign, s, m.group())


_ROSE = re.compile(
    r"\b(?:rose|risen|rising|rises?|grew|grown|growing|grows?|increas(?:ed|es|ing)|surg(?:ed|es|ing)|expand(?:ed|s|ing)|accelerat(?:ed|es|ing)|climbed|"
    r"jumped|soared|doubled|tripled)\b|늘었|증가했|증가하|급증|상승했|확대되|확대됐|늘어났",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:fell|fallen|falling|falls?|declin(?:ed|es|ing)|decreas(?:ed|es|ing)|dropp(?:ed|ing)|drops?|shrank|shrunk|shrinking|contracted|plunged|plummeted|"
    r"slumped|collapsed|halved)\b|줄었|감소했|감소하|급감|하락했|위축되|줄어들",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trend:
    """That a topic rose (1) or fell (-1), in a place where one is named right behind it."""

    topic: str
    place: str
    sign: int
    said: Said
    word: str


_OF_PLACE = re.compile(
    r"^\s?(?:by\s(?:\w+\s){1,4}?|(?:\w+\s){0,2}?)(?:in|to|toward|towards|into|from|with)\s(?:the\s)?$", re.IGNORECASE
)
_GAP = re.compile(r"^(?:\s|,[^,]{2,30},|has|have|had|also|[\w-]+ly|더|크게|꾸준히|최근|[을를이가은는의에])*$")


def trends(side: Side, topics: dict[str, Topic]) -> tuple[Trend, ...]:
    """What rose or fell, where a place is named beside it: without one, two documents seldom mean the same."""
    found = []
    for s in side.said:
        if not s.stated:
            continue
        named = [m for m in s.mentions if not m.part and m.topic != side.home]
        for a, b in itertools.pairwise(named):
            kinds = topics[a.topic].kind, topics[b.topic].kind
            if kinds not in (("term", "place"), ("instrument", "place"), ("sector", "place"), ("place", "term")):
                continue
            between = s.text[a.span.end - s.span.start : b.span.start - s.span.start]
            thing, where = (a, b) if kinds[1] == "place" else (b, a)
            joined = (
                _OF_PLACE.match(between)
                if thing is a
                else re.match(r"^[으로의에 대한]{0,6}\s?$", between) and re.search("[가-힣]", s.text)
            )
            if not joined:
                continue
            rest = s.text[b.span.end - s.span.start :]
            m = min((x for x in (_ROSE.search(rest), _FELL.search(rest)) if x), key=lambda x: x.start(), default=None)
            if m is None or not _GAP.match(rest[: m.start()]) or _DENIED.search(rest[: m.end()]):
                continue
            found.append(Trend(thing.topic, where.topic, -1 if _FELL.fullmatch(m.group()) else 1, s, m.group()))
    return tuple(found)
