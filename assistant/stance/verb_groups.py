"""Verbs of an English text with their auxiliaries: known by ending, by what stands before them, or by the list of verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from assistant.stance.deeds import base, verbs
from assistant.types import Span

Mood = Literal["stated", "infinitive"]


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(p[0] for p in verbs()[0] if len(p[0]) > 1) - {"up", "down", "be", "a", "in", "with", "outsid"}


_BE = frozenset("is are was were be been being am".split())
_HAVE = frozenset("has have had having".split())
_DO = frozenset("do does did".split())
_MODAL = frozenset("will would shall should can could may might must cannot".split())
_HEDGE = frozenset("would could may might can should".split())
AUXILIARIES = _BE | _HAVE | _DO | _MODAL
SKIPPED = frozenset(
    "not never also still now then only just already soon often always ever yet no longer even again both all "
    "largely mainly mostly further thus therefore hardly scarcely much more less far well together first once".split()
)
_DET = frozenset(
    "a an the this that these those its their his her our my your each every some any no all both most many several "
    "such other another same".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from with without to into onto over under between among through during against across after "
    "before behind beyond above below about around since until towards toward via per despite within outside than as "
    "because following including concerning regarding like unlike upon throughout amid".split()
)
_BREAK = frozenset(
    "but while whereas although though because if unless whether which who whose that where when so nor".split()
)
_LY = frozenset("apply supply rely comply imply multiply reply rally assembly family monopoly july italy".split())
CONJUNCTIONS = frozenset("as after before since until once".split())
"""What may open a clause of its own, or stand before a noun."""
RELATIVES = frozenset("which who that".split())
_PRONOUN = frozenset("it they he she we you i this these those which who that two three four five both".split())
_NOT = frozenset("not never no neither nor cannot hardly scarcely".split())
_PAST = frozenset(
    """rose fell grew shrank sank led paid spent sold bought brought took gave gained held kept made met won lost built
    left sent lent found said told went came became began ran drew chose broke set put cut hit shut beat froze wrote wore
    stood sought taught fought thought caught laid lay sat spoke stole struck swore threw understood upheld withdrew
    withheld overtook undertook forbade forgave foresaw knew meant read saw showed shook spread bore got hurt let bet
    quit rebuilt arose tore wound""".split()
)
_PARTICIPLE = _PAST | frozenset(
    """risen fallen grown shrunk sunk given taken driven written drawn chosen broken frozen known shown seen gone become
    begun run spoken stolen sworn thrown withdrawn overtaken undertaken forbidden forgiven foreseen torn borne done been
    gotten come worn shaken hidden arisen""".split()
)
_NOT_VERBS = frozenset(
    "united advanced indeed need hundred proceed red bed need speed seed feed greed breed embed sacred naked based "
    "related so-called limited detailed aged".split()
)
_TOKEN = re.compile(r"[^\W\d_](?:[\w&]|[-'\u2019.](?=\w))*|\d[\d.,]*\d|\d|[,;:()\u2013\u2014]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Word:
    low: str
    span: Span
    stem: str


@dataclass(slots=True)
class Verb:
    first: int
    """Index of its first word, auxiliaries counted in."""
    main: int
    last: int
    passive: bool = False
    empty: bool = False
    mood: Mood = "stated"
    denied: bool = False
    hedge: str = ""
    loose: bool = False
    """A participle behind its noun (`goods exported by …`)."""


def is_past(word: str) -> bool:
    """Whether a verb's form is that of the past."""
    return word in _PAST - {
        "set",
        "put",
        "cut",
        "hit",
        "shut",
        "beat",
        "spread",
        "hurt",
        "let",
        "bet",
        "quit",
        "lay",
    } or (word.endswith("ed") and word not in _NOT_VERBS)


def read(text: str) -> list[Word]:
    """The words and marks of a text."""
    return [Word(_low(m), Span(*m.span()), base(m.group().lower())) for m in _TOKEN.finditer(text)]


def _low(m: re.Match[str]) -> str:
    """Lower case; the month `May` is no auxiliary."""
    return "may." if m.group() == "May" and m.start() else m.group().lower().replace("\u2019", "'")


def is_break(w: Word, after: Word | None) -> bool:
    """Whether a word or mark parts two clauses."""
    if w.low == "because" and after is not None and after.low == "of":
        return False
    return w.low in ";:()." or w.low in "\u2013\u2014" or w.low in _BREAK


def _skipped(words: list[Word], i: int) -> int:
    while i < len(words) and (words[i].low in SKIPPED or is_adverb(words[i])):
        i += 1
    return i


def is_adverb(w: Word) -> bool:
    return w.low.endswith("ly") and len(w.low) > 4 and w.low not in _LY


def verb_groups(words: list[Word]) -> list[Verb]:
    """The verbs of a text in their order."""
    found: list[Verb] = []
    i = 0
    while i < len(words):
        v = _verb_at(words, i, found)
        if v is None:
            i += 1
            continue
        found.append(v)
        i = v.last + 1
    return _with_present(words, found)


def _verb_at(words: list[Word], i: int, found: list[Verb]) -> Verb | None:
    w, low = words[i], words[i].low
    before = words[i - 1].low if i else ""
    if low in AUXILIARIES or low.endswith("n't"):
        return _group(words, i)
    if low == "to" and i + 1 < len(words):
        k = _skipped(words, i + 1)
        if k < len(words) and words[k].low in _BE | _HAVE | _DO:
            v = _group(words, k)
            v.first, v.mood, v.hedge = i, "infinitive", _hedge_before(words, i)
            return v
        if k < len(words) and _known(words[k]) and words[k].low not in _DET and not words[k].low.endswith(("s", "ed")):
            denied = before == "not" or _denies(words, i)
            return Verb(i, k, k, mood="infinitive", hedge=_hedge_before(words, i), denied=denied)
        return None
    past = low in _PAST or (
        low.endswith("ed")
        and low not in _NOT_VERBS
        and "-" not in low
        and (w.stem in _verb_stems() or (len(low) > 4 and not low.startswith("un")))
    )
    if not past or before in _DET or before.endswith("'s") or (before in PREPOSITIONS and before != "than"):
        return None
    if i == 0 or before in ("", "."):
        return None
    behind = words[i + 1].low if i + 1 < len(words) else ""
    loose = behind == "by" or (before == "," and behind in PREPOSITIONS and not _shared_before(words, i, found))
    return Verb(i, i, i, passive=loose, loose=loose, denied=_denied_before(words, i))


def _shared_before(words: list[Word], i: int, found: list[Verb]) -> bool:
    return bool(found) and i - found[-1].last < 12


def _known(w: Word) -> bool:
    return w.stem in _verb_stems() or w.low in _PAST


def _denies(words: list[Word], i: int) -> bool:
    before = words[i - 1].stem if i else ""
    return before in ("fail", "refus", "declin", "failur", "refusal", "neglect")


def _denied_before(words: list[Word], i: int) -> bool:
    return any(x.low in ("never", "hardly", "scarcely") for x in words[max(0, i - 2) : i]) or (
        i > 1 and words[i - 1].low == "longer" and words[i - 2].low == "no"
    )


_TURN = frozenset("fail refus declin failur refusal neglect".split())
_DONE = frozenset("continu manag began begin start help use enabl led forc oblig caus serv come came went go".split())


def _hedge_before(words: list[Word], i: int) -> str:
    """What makes the deed of an infinitive only planned or proposed: the noun, verb or adjective before it."""
    before = words[i - 1] if i else None
    if before is None or before.stem in _TURN or before.stem in _DONE:
        return ""
    return "" if before.low in ("order", ",") else f"{before.low} to"


def _group(words: list[Word], i: int) -> Verb:
    """Auxiliaries and the verb behind them."""
    first, denied, hedge = i, _denied_before(words, i), ""
    last = i
    while i < len(words):
        low = words[i].low
        if low in _NOT or low.endswith("n't"):
            denied = True
        if low == "no" and i + 1 < len(words) and words[i + 1].low != "longer":
            return Verb(first, last, last, empty=True, denied=True, hedge=hedge)
        if low in _HEDGE:
            hedge = low
        if low in AUXILIARIES or low.endswith("n't"):
            last = i
            i = _advance(words, i + 1)
            denied = denied or (any(x.low in _NOT for x in words[last + 1 : i]) and not _no_noun(words, last + 1))
            continue
        break
    if i >= len(words):
        return Verb(first, last, last, empty=True, denied=denied, hedge=hedge)
    w, head = words[i], words[last].low
    participle = w.low in _PARTICIPLE or (w.low.endswith("ed") and w.low not in _NOT_VERBS and len(w.low) > 3)
    if head in _BE or (head.endswith("n't") and head[:-3] in _BE):
        if participle:
            return Verb(first, i, i, passive=True, denied=denied, hedge=hedge)
        if w.low.endswith("ing") and len(w.low) > 5:
            return Verb(first, i, i, denied=denied, hedge=hedge)
        return Verb(first, last, last, empty=True, denied=denied, hedge=hedge)
    if head in _HAVE and not participle:
        return Verb(first, last, last, empty=True, denied=denied or _no_noun(words, last + 1), hedge=hedge)
    if w.low in ",;.:" or w.low in PREPOSITIONS | _DET:
        return Verb(first, last, last, empty=True, denied=denied, hedge=hedge)
    return Verb(first, i, i, denied=denied, hedge=hedge)


def _no_noun(words: list[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i].low == "no" and words[i + 1].low != "longer"


def _advance(words: list[Word], i: int) -> int:
    if _no_noun(words, i):
        return i
    return _skipped(words, i)


def _with_present(words: list[Word], found: list[Verb]) -> list[Verb]:
    """With the present tense of a listed verb, in each stretch that has no other: `The fund lends to firms`."""
    edges = [-1, *(i for i, w in enumerate(words) if is_break(w, words[i + 1] if i + 1 < len(words) else None))]
    edges.append(len(words))
    more = []
    for a, b in pairwise(edges):
        held = [v.main for v in found if a < v.main < b and v.mood == "stated" and not v.loose]
        if held:  # `The fund lends to firms, and it never paid fees`
            joint = next((i for i in range(a + 1, held[0]) if _joins(words, i)), None)
            if joint is None:
                continue
            b = joint
        options = [i for i in range(a + 1, b) if _present(words, i, a, found)]
        firm = [i for i in options if i + 1 >= b or words[i + 1].low in _DET | PREPOSITIONS | SKIPPED]
        best = (firm if held else firm or options)[:1]
        more += [Verb(i, i, i, denied=_denied_before(words, i)) for i in best]
    return sorted([*found, *more], key=lambda v: v.first)


def _joins(words: list[Word], i: int) -> bool:
    return words[i].low == "," and i + 1 < len(words) and words[i + 1].low in ("and", "or")


def _present(words: list[Word], i: int, edge: int, found: list[Verb]) -> bool:
    w = words[i]
    relative = edge >= 0 and words[edge].low in RELATIVES
    if not _known(w) or (i - edge < 2 and not relative) or any(v.first <= i <= v.last for v in found):
        return False
    j = i - 1
    while j > edge and words[j].low in SKIPPED:
        j -= 1
    before = words[j].low
    if before in _DET or before in PREPOSITIONS or before in ("and", "or", ",") or before.endswith("'s"):
        return False
    return w.low.endswith("s") != (before.endswith("s") and not before.endswith("ss")) or before in _PRONOUN
