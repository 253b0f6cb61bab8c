"""Where a line of Hangul ends: inside a word (an eojeol) or between two.

Korean may break a line anywhere, and a PDF does not write the space that ends a line. What tells is the document's
own words, then the particles and endings that words begin and end with.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_RUN = re.compile(r"[가-힣]+")
_PARTICLES = (
    "을 를 은 는 이 가 의 에 와 과 도 만 로 으로 에서 에게 에는 에도 부터 까지 보다 처럼 마다 이나 라고 이라 이라고 이며 이고 "
    "으로써 으로서 로서 로써 에서는 에서도 와의 과의 에의 으로의 이다 이었다 였다 입니다 이므로 인 이란 란 하고 "
    "하는 하여 하며 하고 한 할 함 해 해야 했다 했고 했으며 하였다 하였으며 하였으나 한다 하다 하지 하면 하기 하도록 하게 하므로 하지만 "
    "되는 되어 되며 되고 된 될 됨 된다 되었다 되었으며 됐다 되지 되면 되도록 들은 들이 들을 들의 적 적인 적으로 "
    "년 월 일 개 명 건 원 달러 억 만 조 차 회 위 세 대 배 호 장 절 쪽 개국 개월 년대 년부터 년까지 년에 년의 년도 월에 월부터 월까지 일에 "
    "억원 조원 달러를 달러로 달러의 개의 명의 명이 명을 원을 원의 원이 다 다고 다는 며 고 면 므로 습니다 니다"
).split()
_ENDINGS = frozenset(_PARTICLES)
"""What a word can end with and no word is by itself, apart from the few below."""
_ALONE = frozenset(
    "및 등 수 것 이 그 본 각 약 더 한 두 세 네 전 후 중 또 즉 내 외 간 시 때 점 바 데 못 안 잘 새 현 총 타 제 각각 매 동 양 당 주 첫 몇 뿐".split()
)
"""Words of one syllable."""
_CLOSED = re.compile(
    r"(?:[을를은는의며]|에서|으로|하고|하여|되어|하는|되는|하며|했다|이다|지만|면서|까지|부터|에는|에도|에게|과의|와의|적인|도록)$"
)
"""Endings behind which a word hardly goes on."""
_DEPENDENT = re.compile(
    r"(?:을|를|은|는|의|에|에서|으로|로|와|과|도|만|까지|부터|이다|이며|하는|하여|하고|하며|했다|된다|되는|한다|하였다|였다)$"
)


@dataclass(slots=True)
class Eojeols:
    """The words of Hangul that stand inside lines."""

    counts: Counter[str] = field(default_factory=Counter)
    stems: set[str] = field(default_factory=set)
    """What they begin with, from three syllables on."""

    def add(self, text: str) -> None:
        for word in _RUN.findall(text):
            self.counts[word] += 1
            self.stems.update(word[:n] for n in range(3, min(len(word), 8) + 1))


def is_east_asian(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or is_hangul(char) or "\uf900" <= char <= "\ufaff"


def is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff"


def ends_inside_word(above: str, below: str, words: Eojeols, otherwise: bool | None) -> bool | None:
    """Whether the last word of `above` goes on in `below`; `otherwise` where nothing tells."""
    head = _last_run(above)
    match = _RUN.match(below)
    tail = match[0] if match else ""
    if not tail:
        return otherwise
    if not head:  # a figure, a Latin letter or a bracket stands before
        return True if tail in _ENDINGS or _strip(tail) in _ENDINGS else otherwise
    counts = words.counts
    joined, apart = counts[head + tail], min(counts[head], counts[tail])
    if joined or apart:
        return joined >= apart
    if tail in _ENDINGS:
        return tail not in _ALONE or len(head) > 1
    if len(head) == 1 and head not in _ALONE:
        return True
    if counts[head] and (counts[tail] or head in _ALONE):
        return False
    stem = _strip(tail)
    # The word that both make, with other endings than here.
    whole = head + (stem or tail)
    if len(whole) >= 3 and whole in words.stems:
        return True
    if len(head) >= 2 and _CLOSED.search(head):
        return False
    if counts[tail] and len(tail) >= 3:
        return False
    if counts[head] and len(head) >= 3 and (stem == "" or len(tail) <= 2):
        return True
    return otherwise


def _last_run(text: str) -> str:
    end = len(text)
    start = end
    while start and "가" <= text[start - 1] <= "힣":
        start -= 1
    return text[start:end]


def _strip(word: str) -> str:
    """The word without its last particle or ending."""
    match = _DEPENDENT.search(word)
    return word[: match.start()] if match else word
