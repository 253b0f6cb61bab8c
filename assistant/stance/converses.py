"""One deed told from its two ends: `A sold to B` and `B bought from A`. Exchanged roles and a converse verb cancel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.stance.aligning import Alignment, Match
from assistant.stance.clauses import Frame
from assistant.stance.deeds import base
from assistant.stance.difference import Difference
from assistant.text import language_of, tokens
from assistant.types import Span

_PAIRS = (
    ("sell sold", "buy bought purchase acquire"),
    ("export", "import"),
    ("lend lent loan", "borrow"),
    ("give gave given grant award donate provide supply pay paid send sent hand", "receive obtain get got"),
    ("lease rent let", "lease rent"),
    ("teach taught", "learn learnt"),
)
"""Verbs of who gives (`to`) and verbs of who gets (`from`)."""
_KOREAN = (
    (r"매각|판매|팔았|팔고|판다", r"매입|구매|구입|인수|사들"),
    (r"수출", r"수입"),
    (r"빌려\s?주|빌려줬|대출해|대여", r"차입|빌렸|빌린|빌려(?!\s?[주줬])"),
    (r"제공|지급|공급|주었|줬|보냈", r"받았|받는|받고|제공받|지급받|공급받"),
)
_GOT_FROM = re.compile(r"(?:from|of)\s", re.IGNORECASE)
_GIVEN_TO = re.compile(r"(?:to|into)\s", re.IGNORECASE)
_KO_FROM = re.compile(r"(?:에게서|한테서|에서|으로부터|로부터)$")
_KO_TO = re.compile(r"(?:에게|에|한테)$")


@dataclass(frozen=True, slots=True)
class _Deal:
    """A deed with who gives and who gets, each absent where it is not said."""

    kind: int
    gives: bool
    """Whether its verb is the giver's."""
    giver: Span | None
    taker: Span | None
    thing: Span | None


def converse(a: Alignment, own: Frame, other: Frame) -> Difference | bool | None:
    """What a clause told from the other end says of the statement's: True where the two tell one deed, False where
    they tell of another thing or another party, the difference where giver and taker have changed places, None where
    nothing can be told.
    """
    for kind in range(max(len(_PAIRS), len(_KOREAN))):
        mine, theirs = _deal(a.statement, own, kind), _deal(a.source, other, kind)
        if mine is None or theirs is None or mine.gives == theirs.gives:
            continue
        if own.denied != other.denied or (other.hedge and not own.hedge):
            return None
        if not _meets(a, mine.thing, theirs.thing):
            return False
        straight = [_of(a, x, y) for x, y in ((mine.giver, theirs.giver), (mine.taker, theirs.taker))]
        crossed = [_of(a, x, y) for x, y in ((mine.giver, theirs.taker), (mine.taker, theirs.giver))]
        both = [x is not None and y is not None for x, y in ((mine.giver, theirs.giver), (mine.taker, theirs.taker))]
        if any(straight) and not any(crossed):
            return all(one is not None for one, told in zip(straight, both, strict=True) if told)
        if all(crossed) and not any(straight):
            first, second = crossed[0], crossed[1]
            if first is None or second is None:
                return None
            why = f"the roles of “{first.unit.surface}” and “{second.unit.surface}” are the other way round"
            return Difference("role", "differs", why, first.unit.span, 1.0)
        return None
    return None


def _deal(text: str, f: Frame, kind: int) -> _Deal | None:
    if language_of(text) == "ko":
        if kind >= len(_KOREAN):
            return None
        word = text[f.verb.start : f.verb.end + 4]
        # The getter's word is looked for first: 제공받 is no 제공.
        gives = not re.match(_KOREAN[kind][1], word)
        if gives and not re.match(_KOREAN[kind][0], word):
            return None
        gave, got = _KO_FROM, _KO_TO
    else:
        verb = base(next((t.text for t in tokens(f.verb.slice(text))), ""))
        gets, gives = verb in _stems()[kind][1], verb in _stems()[kind][0]
        if gets == gives:
            return None
        gave, got = _GOT_FROM, _GIVEN_TO
    behind = [s for s in (*f.others, f.patient) if s is not None]
    far = next((s for s in behind if _marked(text, s, got if gives else gave)), None)
    giver, taker = (f.agent, far) if gives else (far, f.agent)
    return _Deal(kind, gives, giver, taker, f.patient if f.patient != far else None)


def _marked(text: str, span: Span, mark: re.Pattern[str]) -> bool:
    words = span.slice(text)
    return bool(mark.search(words) if language_of(text) == "ko" else mark.match(words))


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(map(base, x.split())), frozenset(map(base, y.split()))) for x, y in _PAIRS)


def _of(a: Alignment, mine: Span | None, theirs: Span | None) -> Match | None:
    """The word of the one stretch that stands in the other."""
    if mine is None or theirs is None:
        return None
    inside = [m for m in a.matches if m.unit.span.overlaps(mine) and m.unit.kind != "generic" and m.exact]
    return next((m for m in inside if any(p.overlaps(theirs) for p in m.places)), None)


def _meets(a: Alignment, mine: Span | None, theirs: Span | None) -> bool:
    """Whether the things handed over are one, as far as both say what they are."""
    inside = [m for m in a.matches if mine is not None and m.unit.span.overlaps(mine) and m.unit.kind != "generic"]
    return not inside or theirs is None or any(p.overlaps(theirs) for m in inside if m.exact for p in m.places)
