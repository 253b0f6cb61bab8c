"""Whether a source says a statement's clauses: the deed, who does it and to what, within one clause of its own.

Words that stand in a source apart from one another do not add up to what the statement says of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.stance.aligning import Alignment, Match
from assistant.stance.clauses import Frame, frames
from assistant.stance.clauses_ko import frames_ko
from assistant.stance.converses import converse
from assistant.stance.deeds import GRADED, graded, influences, keys, same_deed, verbs
from assistant.stance.difference import Difference
from assistant.stance.tenses import tense
from assistant.stance.words import is_denied, poles, units
from assistant.text import language_of
from assistant.types import Span

APART = "its words stand there, but not together"
TOGETHER = 0.75
"""Share of a clause's words, by weight, that must stand in one clause of the source."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of the statement's clauses."""

    agreed: tuple[Span, ...]
    """Clauses that the source says so, roles and negation settled."""
    against: tuple[Difference, ...]
    open: str | None
    """Why one of them cannot be called said."""
    deeds: tuple[Span, ...] = ()
    """Verbs that stand so in a clause that agrees: which way it went is settled."""
    settled: tuple[Span, ...] = ()
    """Clauses that the source says from the other end (`A sold to B`, `B bought from A`): direction and roles agree."""
    turned: tuple[Span, ...] = ()
    """Stretches whose two sides have changed places with a converse word between them (`before`, `after`)."""
    compared: tuple[Span, ...] = ()
    """Stretches whose two sides, compared or cause and effect, stand there as they are said."""


def said(a: Alignment) -> Said:
    """Each of the statement's clauses beside those of the source."""
    if a.statement.strip() == a.source.strip():
        return Said((Span(0, len(a.statement)),), (), None)
    theirs = clauses(a.source)
    if not theirs:
        return Said((), (), None)
    agreed: list[Span] = []
    deeds: list[Span] = []
    against: list[Difference] = []
    open_: str | None = None
    turned_round: list[Span] = []
    for own in clauses(a.statement):
        ends = [e for other in theirs if (e := converse(a, own, other)) is not None]
        if True in ends:
            turned_round.append(_extent(own))
            agreed.append(_extent(own))
            continue
        found = list(_beside(a, own, theirs))
        plain = any(f.outcome == "agrees" for f in found)
        if ends and not plain:  # no clause tells it from the statement's own end
            turned_round.append(_extent(own))
            if isinstance(ends[0], Difference):
                against.append(ends[0])
            else:
                open_ = open_ or APART
            continue
        clean = [f for f in found if f.outcome == "agrees"]
        if clean:
            if all(f.difference is not None for f in clean) and clean[0].difference is not None:
                against.append(clean[0].difference)
            agreed.append(_extent(own))
            deeds += [own.verb] if not own.empty and any(f.verb for f in clean) else []
        elif turned := [f for f in found if f.outcome == "differs"]:
            if all(f.outcome == "differs" for f in found) and turned[0].difference is not None:
                against.append(turned[0].difference)
            else:
                open_ = open_ or next(f.why for f in found if f.outcome != "differs")
        elif found:
            open_ = open_ or found[0].why
    return Said(tuple(agreed), tuple(against), open_, tuple(deeds), tuple(turned_round))


def clauses(text: str) -> tuple[Frame, ...]:
    """The clauses of a text in its language."""
    return frames_ko(text) if language_of(text) == "ko" else frames(text)


def _extent(f: Frame) -> Span:
    parts = f.parts()
    return Span(min(s.start for s in parts), max(s.end for s in parts))


@dataclass(frozen=True, slots=True)
class _Outcome:
    outcome: str
    """`agrees`, `differs`, or `open`."""
    why: str
    difference: Difference | None = None
    verb: bool = False
    """Whether it is a verb of the source that agrees, its own word or one of its set."""


def _beside(a: Alignment, own: Frame, theirs: Sequence[Frame]) -> Iterator[_Outcome]:
    """What each clause of the source that tells of the same deed says of a clause of the statement."""
    regions = [s for s in own.parts() if s != own.verb]
    inside = [m for m in a.matches if m.unit.kind != "generic" and _overlaps(m.unit.span, regions)]
    inside = [m for m in inside if not m.unit.span.overlaps(own.verb)]
    met = [m for m in inside if m.places and m.strength >= 0.45]
    light = own.empty or _generic(a.statement, own.verb) or _LIGHT.match(a.statement, own.verb.start) is not None
    alike = [
        n
        for n, other in enumerate(theirs)
        if light or same_deed(a.statement, own.verb, a.source, other.verb, own.denied or other.denied)
    ]
    beside = [n for n in alike if _together(met, own, _window(a.source, theirs, n))]
    if light:  # `is` is met by `is`, if it stands there
        beside = [n for n in beside if theirs[n].empty] or beside
    yield from (_compared(a, own, theirs[n], met, light) for n in beside)
    anchored, told = bool(alike), bool(beside)
    if not light:
        for place in _nouns(a, own, theirs):
            anchored = True
            n = next((i for i, f in enumerate(theirs) if _overlaps(place, f.parts())), -1)
            if n < 0 or not _together(met, own, _window(a.source, theirs, n)):
                continue
            told = True
            if held := _unreal(a.source, place):
                yield _Outcome("open", f"the source says only “{held}”")
            elif is_denied(a.source, place) == own.denied:
                yield _Outcome("agrees", "")
            else:
                yield _Outcome("open", APART)
    if anchored and not told:
        yield _Outcome("open", APART)
    elif not anchored and (met or not inside):
        yield _Outcome("open", f"it does not say “{' '.join(own.verb.slice(a.statement).split())}”")


_LIGHT = re.compile(r"(?:fail|continu|manag|beg[aiu]n|start|tend|serv|help|us|c[ao]m)\w*\s+to\b", re.IGNORECASE)
"""A verb that says nothing of its own before another's infinitive."""


def _generic(text: str, verb: Span) -> bool:
    return any(u.kind == "generic" and u.span.overlaps(verb) for u in units(text))


def _overlaps(span: Span, regions: Sequence[Span]) -> bool:
    return any(r.overlaps(span) for r in regions)


def _together(met: Sequence[Match], own: Frame, window: Sequence[Span]) -> bool:
    """Whether what the clause speaks of stands in one clause of the source: most of all, and some of each place."""
    total = sum(m.weight for m in met)
    here = [m for m in met if any(_overlaps(p, window) for p in m.places)]
    if total and sum(m.weight for m in here) < TOGETHER * total:
        return False
    for region in (own.agent if own.mood == "stated" else None, own.patient):
        if region is None:
            continue
        mine = [m for m in met if m.unit.span.overlaps(region)]
        if mine and not any(m in here for m in mine):
            return False
    return True


_PRONOUN = re.compile(
    r"^(?:it|them|they|this|these|he|she|which|who|that|those|both|the (?:latter|former))$", re.IGNORECASE
)


def _window(text: str, theirs: Sequence[Frame], n: int) -> list[Span]:
    """All that a clause says; with the one before it where it begins with a pronoun."""
    f = theirs[n]
    window = list(f.parts())
    before = theirs[n - 1] if n else None
    if before is not None and _leans(text, f.agent):
        window += [s for s in (before.agent, before.patient) if s is not None]
    if before is not None and any(_leans(text, s) for s in (f.patient, *f.others)) and before.patient is not None:
        window.append(before.patient)
    if f.mood == "infinitive" and f.agent is None and n + 1 < len(theirs):  # `To cut costs, firms moved`
        window += theirs[n + 1].parts()
    for other in theirs:  # `moved to Vietnam to reduce costs`, `exports, led by chips, grew`: one clause
        if other is not f and other.agent is not None and other.agent == f.agent and other.mood == "infinitive":
            window += [s for s in other.parts() if s != other.agent]
    return window


def _leans(text: str, span: Span | None) -> bool:
    return span is not None and _PRONOUN.match(re.sub(r"^(?:from|to|for|of|with)\s", "", span.slice(text))) is not None


def _compared(a: Alignment, own: Frame, other: Frame, met: Sequence[Match], light: bool) -> _Outcome:
    verb = own.verb.slice(a.statement)
    flipped = own.denied != other.denied
    if light and not (other.empty or _generic(a.source, other.verb)):
        flipped = False
    elif (
        not light
        and not (keys(a.statement, own.verb) & keys(a.source, other.verb))
        and graded(a.statement, own.verb) == -graded(a.source, other.verb)
    ):
        flipped = not flipped
    crossed = _crossed(a, own, other, met)
    if not light and (why := _counted(a, own, other)):
        return _Outcome("open", why)
    if not light and (why := _degrees(a, own, other)):
        return _Outcome("open", why)
    if crossed == "swapped":
        doing = [m for m in met if own.agent is not None and m.unit.span.overlaps(own.agent)]
        rest = [m for m in met if not (own.agent and m.unit.span.overlaps(own.agent))]
        first, second = next(
            ((m, x) for m in doing for x in rest if a.is_name(m) and a.is_name(x)), (doing[0], rest[0])
        )
        why = f"the roles of “{first.unit.surface}” and “{second.unit.surface}” are the other way round"
        if flipped or (not a.is_name(first) and influences(a.statement, own.verb)):
            return _Outcome("open", why)
        return _Outcome("differs", why, Difference("role", "differs", why, first.unit.span, 1.0))
    if flipped:
        if own.denied:
            why = f"the source affirms what the statement denies: “{verb}”"
        else:
            why = f"the source denies it: “{other.verb.slice(a.source)}”"
        if other.hedge and not own.hedge:
            return _Outcome("open", f"the source says only “{other.hedge}”")
        if crossed == "other":
            return _Outcome("open", APART)
        return _Outcome("differs", why, Difference("negation", "differs", why, own.verb, 1.0))
    if crossed == "other" and not light:
        return _Outcome("open", "another does it there")
    if crossed == "other" and other.empty:
        return _Outcome("open", "it says so of another")
    if other.hedge and not own.hedge and own.mood == "stated":
        return _Outcome("open", f"the source says only “{other.hedge}”")
    done = [m for m in met if own.patient is not None and m.unit.span.overlaps(own.patient)]
    near = [s for s in (other.patient, other.agent) if s is not None]
    held = not done or any(_overlaps_any(m.places, near) for m in done)
    late = tense(a, own, other)
    return _Outcome("agrees", "", late, held and bool(keys(a.statement, own.verb) & keys(a.source, other.verb)))


_DEGREE = re.compile(
    r"\b(?:(?P<high>mainly|mostly|largely|primarily|chiefly|heavily|strongly|greatly|more)|"
    r"(?P<low>less|little|hardly|barely|slightly|marginally|weakly)|(?P<only>only|solely|exclusively|entirely))\b(?! than)",
    re.IGNORECASE,
)


def _degrees(a: Alignment, own: Frame, other: Frame) -> str:
    """How far something is said to be done, right behind its verb (`depends less on`), where the source does not say so."""

    def of(text: str, f: Frame) -> re.Match[str] | None:
        return _DEGREE.match(text, f.verb.end + 1)

    mine, theirs = of(a.statement, own), of(a.source, other)
    if mine is None or (theirs is not None and mine.lastgroup == theirs.lastgroup):
        return ""
    return f"it does not say “{mine.group()}”"


_COUNT = re.compile(
    r"(?:(?:nearly|almost|about|more than|less than) )?(?:all|most|some|few|many|several|half|none|no|both|every|each|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_ALIKE = ("all", "every", "each", "both")


def _counted(a: Alignment, own: Frame, other: Frame) -> str:
    """How many do it (`two opposed`), where the source says of others how many do (`most voted for it, two against`)."""

    def of(text: str, f: Frame) -> str:
        subject = f.agent or f.patient
        m = _COUNT.match(subject.slice(text)) if subject is not None else None
        if m is None:
            return ""
        return "all" if m.group().lower() in _ALIKE else re.sub(r"^(?:almost|about) ", "nearly ", m.group().lower())

    mine, theirs = of(a.statement, own), of(a.source, other)
    if not theirs or mine == theirs or {mine, theirs} <= {"some", "several", "many", "few", ""} or theirs == "all":
        return ""
    return f"the source says “{theirs}”, not “{mine}”" if mine else f"the source says only “{theirs}”"


def _crossed(a: Alignment, own: Frame, other: Frame, met: Sequence[Match]) -> str:
    """`swapped` where doer and done-to have changed places, `other` where another does it, '' where neither."""
    if own.agent is None or other.agent is None:
        return ""
    rest = [s for s in (own.patient, *own.others) if s is not None]
    doing = [m for m in met if m.unit.span.overlaps(own.agent)]
    done = [m for m in met if m not in doing and _overlaps(m.unit.span, rest)]
    behind = [s for s in (other.patient, *other.others) if s is not None]
    shared = {f for m in doing for x in done for f in m.unit.forms[:1] if f in x.unit.forms[:1]}
    doing = [m for m in doing if m.unit.forms[0] not in shared]  # `timber exports exceeded fish exports`
    done = [m for m in done if m.unit.forms[0] not in shared]
    head = _head(doing)
    if head is None:
        return "other" if _other_korean(a, own, other) else ""
    straight = [m for m in doing if _overlaps_any(m.places, [other.agent])]
    if head in straight:
        return ""
    away = [m for m in doing if m not in straight and _overlaps_any(m.places, behind)]
    turned = [m for m in done if m.exact and _overlaps_any(m.places, [other.agent])]
    turned = [m for m in turned if not _overlaps_any(m.places, behind)]
    if any(m.exact for m in away) and turned:
        # Only things of one kind change places: a name and a thing (`Spain`, `railways`) do not.
        kinds = {a.is_name(m) for m in away if m.exact} & {a.is_name(m) for m in turned}
        return "swapped" if kinds else "other"
    if own.patient is None and not own.others:
        return ""  # `prices rose` beside `the levy raised prices`
    if straight and not away:
        return ""
    return "" if _leans(a.source, other.agent) else "other"


def _other_korean(a: Alignment, own: Frame, other: Frame) -> bool:
    """Whether two Korean subjects that no list knows have no word in common."""
    if own.agent is None or other.agent is None or own.patient is None or a.foreign:
        return False
    mine, theirs = own.agent.slice(a.statement), other.agent.slice(a.source)
    if language_of(mine) != "ko" or language_of(theirs) != "ko" or re.match(r"이는|이들|그|동\s|이를", theirs):
        return False
    bare = {re.sub(r"(?:께서|에서|은|는|이|가)$", "", w) for w in mine.split()}
    return not any(w and w in theirs for w in bare)


def _head(doing: Sequence[Match]) -> Match | None:
    return max(doing, key=lambda m: m.unit.span.end, default=None)


def _overlaps_any(places: Sequence[Span], regions: Sequence[Span]) -> bool:
    return any(_overlaps(p, regions) for p in places)


_UNREAL = re.compile(
    r"\b(?:propos\w*|plan\w*|reject\w*|oppos\w*|refus\w*|consider\w*|demand\w*|call\w* for|prevent\w*|block\w*|avoid\w*|"
    r"fear\w*|threat\w*|possib\w*|discuss\w*|debat\w*|request\w*|seek\w*|sought|against|request\w*|urg\w+)\b",
    re.IGNORECASE,
)


def _unreal(text: str, place: Span) -> str:
    """What says of a deed that is named as a thing (`the abolition of`) that it was not done."""
    before = text[max(0, place.start - 60) : place.start]
    before = re.split(r"[;,.:]\s|\b(?:but|while|although|which)\b", before)[-1]
    found = _UNREAL.findall(before)
    return f"{found[-1]} …" if found else ""


def _nouns(a: Alignment, own: Frame, theirs: Sequence[Frame]) -> Iterator[Span]:
    """Where the source names the deed otherwise than by a clause's verb (`the growth of exports`)."""
    mine = keys(a.statement, own.verb)
    heads = [f.verb for f in theirs]
    for m in a.matches:
        if m.unit.span.overlaps(own.verb) and m.exact and m.strength >= 0.85:
            yield from (p for p in m.places if not _overlaps(p, heads))
    sign = graded(a.statement, own.verb)
    for p in poles(a.source):
        if p.axis in GRADED and sign and p.sign == sign and not _overlaps(p.span, heads):
            yield p.span
    for u in units(a.source):
        stems = {f"#{i}" for form in u.forms[:1] for i in verbs()[0].get(form, ())}
        if stems & mine and not _overlaps(u.span, heads):
            yield u.span


def governs_alike(a: Alignment, here: Span, there: Span) -> bool:
    """Whether a verb of the statement and a word of the source tell of one thing: what the one governs stands in the
    clause of the other, or in its own stretch where it is a noun. True where neither can be told.
    """
    own = next((f for f in clauses(a.statement) if f.verb.overlaps(here)), None)
    theirs = clauses(a.source)
    n = next((i for i, f in enumerate(theirs) if _overlaps(there, f.parts())), -1)
    if own is None or n < 0:
        return True
    governed = own.patient or own.agent
    mine = [
        m for m in a.matches if governed is not None and m.unit.span.overlaps(governed) and m.unit.kind != "generic"
    ]
    mine = [m for m in mine if m.places and not m.unit.span.overlaps(here)]
    if not mine:
        return True
    f = theirs[n]
    region = _window(a.source, theirs, n) if f.verb.overlaps(there) else [s for s in f.parts() if s.overlaps(there)]
    return any(_overlaps_any(m.places, region) for m in mine)
