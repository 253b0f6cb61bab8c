"""Deeds: the sets of verbs that tell one thing, in English and Korean (data/verbs.tsv), and whether two verbs do."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from assistant.lexicon import Phrase, lexicon
from assistant.stance.words import poles, units
from assistant.text import language_of, stem, tokens
from assistant.types import Span

_ROWS = """rise rose risen/fall fell fallen/grow grew grown/shrink shrank shrunk/sink sank sunk/lead led/pay paid/
spend spent/sell sold/buy bought/bring brought/take took taken/give gave given/gain gained/hold held/keep kept/make made/
meet met/win won/lose lost/build built/leave left/send sent/lend lent/find found/say said/tell told/go went gone/
come came/become became/begin began begun/run ran/draw drew drawn/choose chose chosen/break broke broken/beat beaten/
freeze froze frozen/write wrote written/stand stood/seek sought/teach taught/catch caught/lay laid/speak spoke spoken/
strike struck/throw threw thrown/understand understood/uphold upheld/withdraw withdrew withdrawn/withhold withheld/
overtake overtook overtaken/undertake undertook undertaken/forbid forbade forbidden/forgo forgone/foresee foresaw foreseen/
know knew known/mean meant/see saw seen/show shown/shake shook shaken/bear bore borne/get got gotten/rebuild rebuilt/
tear tore torn/arise arose arisen/drive drove driven/feed fed/fight fought/think thought/steal stole stolen/swear sworn/
overcome overcame/bind bound/deal dealt/feel felt/hear heard/rid rode/wear wore worn/sit sat""".split("/")
_IRREGULAR = {form: row.split()[0] for row in _ROWS for form in row.split()[1:]}


def base(word: str) -> str:
    """The stem of a verb in whatever tense: `overtaken` is `overtake`."""
    known = _IRREGULAR.get(word)
    return stem(known) if known else stem(word)


@cache
def verbs() -> tuple[dict[Phrase, frozenset[int]], dict[str, frozenset[int]]]:
    """English phrases of stems, and beginnings of Korean words, each with the sets of like deeds that it is in."""
    english: dict[Phrase, set[int]] = {}
    korean: dict[str, set[int]] = {}
    text = resources.files("assistant").joinpath("data", "verbs.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for number, line in enumerate(rows):
        for word in filter(None, (w.strip() for w in line.replace("\t", ";").split(";"))):
            if language_of(word) == "ko":
                korean.setdefault(word, set()).add(number)
            else:
                english.setdefault(_phrase(word), set()).add(number)
    return {k: frozenset(v) for k, v in english.items()}, {k: frozenset(v) for k, v in korean.items()}


def _phrase(word: str) -> Phrase:
    return tuple(base(t.text) for t in tokens(word) if t.text != "the")


GRADED = frozenset("more good tight strong speed size price currency".split())
"""Axes of which each word of one side stands for each other."""


def same_deed(text: str, verb: Span, source: str, other: Span, denied: bool = False) -> bool:
    """Whether two verbs tell one deed: the same word, one of its set, or of one axis; of its other side where one of the
    two is `denied`: `did not rise`, `fell`.
    """
    if keys(text, verb) & keys(source, other):
        return True
    mine, theirs = graded(text, verb), graded(source, other)
    return bool(mine and theirs and (denied or mine == theirs))


def graded(text: str, verb: Span) -> int:
    """The side of a graded axis that a verb says, a negation left out; 0 for none."""
    for p in poles(text):
        if p.axis in GRADED and p.span.overlaps(verb):
            if (
                p.surface.lower() in ("up", "down")
                and p.span.start > verb.start
                and base(_first(text, verb)) not in _MOVES
            ):
                continue  # `set up`, `broke down`: nothing rose or fell
            return -p.sign if p.denied else p.sign
    return 0


_MOVES = frozenset(
    map(base, "go come move push bring drive put mark send pull edge tick shoot head turn step scale ramp".split())
)


def _first(text: str, verb: Span) -> str:
    return verb.slice(text).split()[0].lower()


@lru_cache(maxsize=8192)
def keys(text: str, verb: Span) -> frozenset[str]:
    """What a verb may be met by: its stem, its sets, its synonyms, and of Korean its English."""
    english, korean = verbs()
    found: set[str] = set()
    if language_of(text) == "ko":
        word = verb.slice(text)
        for n in range(min(5, len(word)), 1, -1):
            if word[:n] in korean:
                found |= {f"#{i}" for i in korean[word[:n]]}
                break
        found.add(word[:2])
        for u in units(text):
            if u.span.overlaps(verb):
                for form in u.forms:
                    found |= {f"#{i}" for i in english.get(form, ())} | set(form if len(form) == 1 else ())
        return frozenset(found)
    behind = [t for t in tokens(text[verb.start : verb.start + 60]) if t.text not in ("no", "not", "any", "the")]
    stems = [base(t.text) for t in behind]
    if re.match(r"(?:keep|kept|leav|left|remain|stay|held|hold|be\b)[^,;.]{0,50}\bunchanged\b", text[verb.start :]):
        found.add("#unchanged")
    words = sum(t.text != "the" for t in tokens(verb.slice(text)))
    for n in (4, 3, 2, 1):
        if n >= words and tuple(stems[:n]) in english:
            found |= {f"#{i}" for i in english[tuple(stems[:n])]}
            break
    for form in lexicon().synonyms.get((stems[0],), ()) if words == 1 and stems and not found else ():
        found |= {form[0]} if len(form) == 1 else set()
    if stems and words == 1:
        found.add(stems[0])
    return frozenset(found)


_INFLUENCES = "cause affect promote hinder prevent strengthen weaken improve worsen".split()


def influences(text: str, verb: Span) -> bool:
    """Whether a deed is one that two things may do to each other: both may be true (`trade strengthens investment`)."""
    sets = {f"#{i}" for word in _INFLUENCES for i in verbs()[0].get((base(word),), ())}
    return bool(sets & keys(text, verb)) or graded(text, verb) != 0


_PASTS = {row.split()[0]: row.split()[1] for row in _ROWS}


def past_of(verb: str) -> str:
    """A verb in the past tense: `lose` is `lost`."""
    return _PASTS.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")
