"""Whether two sentences of different documents speak of one subject, so that their figures may be held against each other.

Words that figures of all kinds share (`request`, `increase`, `million`, `fiscal year`) show nothing. Every name and code of
either sentence must be the other's too, or stand in the title of its document; and most of the other words must be shared.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text import STOPWORDS, language_of, stem, tokens

_COMMON = frozenset(
    map(
        stem,
        """request requested requesting requests enacted level levels amount amounts total totals budget budgets funding fund funds funded
        appropriation appropriations appropriate appropriated discretionary mandatory annual annually fiscal year years percent percentage point points
        million billion trillion thousand increase increased increases decrease decreased decreases rise rose risen fall fell fallen grow grew
        grown growth reduce reduced reduction compared change changed account accounts estimate estimated estimates administration congress
        president provide provided provides receive received include includes including included spend spent spending cost costs
        reach reached amounted stood share rate rates average approximately nearly almost roughly around part proposed proposes
        propose proposal law research development test evaluation procurement program programs fy usd krw eur dollar dollars won
        new current currently january february march april may june july august september october november december""".split(),
    )
)
_COMMON_KO = re.compile(
    r"^(?:\d.*|억|만|조|원|달러|퍼센트|예산|증가|감소|연간|전년|대비|기준|규모|금액|수준|올해|지난해|약|총|전체|정부|증액|감액|요청)"
)
_NAME = re.compile(r"(?<![\w’'])(?:[A-Z][\w&’'-]*|[A-Z](?:\.[A-Z])+\.?|\d+[A-Z][\w-]*)")
_CALENDAR = re.compile(
    r"(?:FY(?:19|20)?\d*|USD|KRW|EUR|RDT&E|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Fiscal|Year|Table|Figure|Congress|Administration|President|Government|Research|Development|Test|Evaluation|I)"
)
_LEAST_KO = 4
"""Syllables of a Korean word that is likely a name or a term of its own."""


def one_subject(one: str, other: str, about_one: str = "", about_other: str = "") -> bool:
    """`about_one`, `about_other`: the titles of their documents."""
    mine, theirs = names(one), names(other)
    if not _borne(mine, other, about_other) or not _borne(theirs, one, about_one):
        return False
    a, b = words(one), words(other)
    shared, least = a & b, min(len(a), len(b))
    if not shared or len(shared) < 0.6 * least:
        return False
    if mine or theirs:
        return True  # each of them is the other's too, or its document's
    if any("가" <= w[0] <= "힣" and len(w) >= _LEAST_KO for w in shared):
        return len(shared) >= 0.7 * least and len(shared) >= 2
    # No name in either: the documents themselves must be on one subject, or the sentences nearly the same.
    titled = words(about_one) & words(about_other)
    return bool(titled) if len(shared) < max(3, 0.8 * least) else len(shared) >= 3


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """The proper names and codes of a sentence, in small letters. Its first word is none where nothing else tells."""
    found = set()
    if language_of(text) == "ko":
        return frozenset(w.casefold() for w in re.findall(r"[A-Z][A-Za-z0-9&-]+", text) if not _CALENDAR.fullmatch(w))
    for m in _NAME.finditer(text):
        word = re.sub(r"[’']s?$", "", m.group())
        first = not re.search(r"[\w)]\W*$", text[: m.start()]) or re.search(r"[.!?:]\s+[“\"]?$", text[: m.start()])
        plain = word[1:].islower() or len(word) == 1
        if first and plain and not re.match(r"\s[A-Z]", text[m.end() :]):
            continue
        if word.casefold() in STOPWORDS or _CALENDAR.fullmatch(word):
            continue
        found.add(word.casefold())
    return frozenset(found)


def _borne(named: frozenset[str], text: str, about: str) -> bool:
    """Whether each name stands in a text or in its document's title, an abbreviation also as the words it is made of."""
    there = f"{text} {about}"
    said = {re.sub(r"[’']s?$", "", w).casefold() for w in re.findall(r"[\w&.’'-]+", there)}
    said |= {w.rstrip(".") for w in said}
    initials = "".join(w[0] for w in re.findall(r"\b[A-Z]\w*", there)).casefold()
    return all(n in said or n.rstrip("s") in said or (1 < len(n) <= 6 and n in initials) for n in named)


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The stems of what a sentence is about: without figures, units, dates and the words of budgets and changes."""
    found = set()
    for t in tokens(text):
        if t.kind == "number" or t.text in STOPWORDS or len(t.text) < 2:
            continue
        one = stem(t.text)
        if one in _COMMON or re.fullmatch(r"fy\d*|(?:19|20)\d\d\w*", t.text) or _COMMON_KO.match(t.text):
            continue
        found.add(one)
    return frozenset(found)
