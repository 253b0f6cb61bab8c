"""Topics that both documents bring in what they recommend, be it in one sentence each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.lexicon.korean import bare, is_frame, is_verb
from assistant.policy.positions.directions import moves
from assistant.policy.positions.terms import HEADS, LOOSE, covered, is_name, new, noun_phrases, parts, within
from assistant.policy.positions.vocabulary import Finder, Topic, Words

_HANGUL = re.compile("[가-힣]+")


def coin_advised(found: dict[str, Topic], advised: Sequence[Sequence[str]]) -> None:
    """Adds what both documents name in recommendations of theirs, be it once: `public registry`, `운행 데이터`."""
    finder = Finder(tuple(found.values()))
    english = [dict(x for text in side for x in _named_in(text)) for side in advised]
    both = {words for words in english[0] if words in english[1] and not covered(finder, english[0][words])}
    for words in sorted(both):
        if not any(within(words, longer) for longer in both):
            new(found, english[0][words], {words}, set())
    korean = [dict(x for text in side for x in _pairs_in(text)) for side in advised]
    for key in sorted(set(korean[0]) & set(korean[1])):
        if not finder.find(korean[0][key]):
            new(found, korean[0][key], set(), {key})


def _named_in(text: str) -> Iterator[tuple[Words, str]]:
    for p in noun_phrases(text):
        for words, surface in parts(p, text):
            if len(words) > 1 and is_name(words) and words[-1] not in HEADS and words[0] not in LOOSE | HEADS:
                yield words, surface


def _pairs_in(text: str) -> Iterator[tuple[str, str]]:
    runs = list(_HANGUL.finditer(text))
    for before, m in itertools.pairwise(runs):
        word = bare(m[0])
        if text[before.end() : m.start()] != " " or min(len(before[0]), len(word)) < 2 or bare(before[0]) != before[0]:
            continue
        if any(is_frame(w) or is_verb(w) or _BENT.search(w) for w in (before[0], word)) or moves(word):
            continue
        yield before[0] + word, f"{before[0]} {word}"


_BENT = re.compile(r"(?:[할될한된인던킬]|[하되]여|[으]?로|적|어|해|게|기|필요|방안|경우|대상|수준|지역)$")
