"""Latin words of a corpus that a run of Hangul spells by sound: 타이폰 is Typhon, 로위 is Lowy.

Consonants carry a loan word: those that Hangul cannot tell apart are made equal, those that English writes in many
ways are given each of them, and what is left must agree whole. Vowels then decide between words and refuse chance.
Only words that the corpus holds are offered; they are stems there, so that a word may end in more than its stem does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import product

from assistant.text import stem

LIMIT = 0.2
"""How far the vowels may be apart, a mean over the places between consonants (0: alike, 1: nothing in common).
Chosen on the glossary's own loan words (benchmarks/loanwords.py)."""
SHORT_LIMIT = 0.1
"""The same for words of one or two consonants, which agree by chance with many."""
LOAN_LIKE = 0.5
"""How much a run must look like a loan word by its syllables (a mean of logarithms, see `loan_like`)."""
NAME_LIKE = -0.5

_LEADS = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
_TAILS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p", "t", "t", "n",
    "c", "c", "k", "t", "p", "h",
)  # fmt: skip
_VOWELS = (
    "a",
    "e",
    "ia",
    "ie",
    "x",
    "e",
    "ix",
    "ie",
    "o",
    "ua",
    "ue",
    "oi",
    "io",
    "u",
    "ux",
    "ue",
    "ui",
    "iu",
    "",
    "i",
    "i",
)
Sounds = tuple[str, tuple[str, ...]]
"""Consonants, and the vowels before, between and behind them (one more than consonants)."""


@lru_cache(maxsize=4096)
def hangul_sounds(word: str) -> Sounds:
    """How a run of Hangul sounds; the ㅡ that only carries a consonant is no vowel.

    >>> hangul_sounds("로위")
    ('l', ('', 'oui'))
    """
    parts: list[str] = []
    for character in word:
        code = ord(character) - 0xAC00
        if not 0 <= code < 11172:
            return "", ("",)
        parts += [_LEADS[code // 588], "-" + _VOWELS[code % 588 // 28], _TAILS[code % 28]]
    return _grouped(parts)


def _grouped(parts: Iterable[str]) -> Sounds:
    """Consonants and the vowels between; two of one consonant side by side are one."""
    consonants: list[str] = []
    vowels = [""]
    silent = False
    for part in filter(None, parts):
        if part[0] == "-":
            vowels[-1] += part[1:]
            silent = True
            continue
        for c in part:
            if not (consonants and consonants[-1] == c and not vowels[-1] and not silent):
                consonants.append(c)
                vowels.append("")
            silent = False
    return "".join(consonants), tuple(vowels)


_SPELLED = re.compile(
    r"tch|sch|ch|sh|ph|th|gh|ck|kn(?<=^kn)|wr(?<=^wr)|ng|x|qu|cc(?=[eiy])|c(?=[eiy])|g(?=[eiy])|[ts](?=i[oa])|"
    r"r(?![aeiouy])|h|[aeiouyw]+|[a-z]"
)
_OPTIONS: dict[str, tuple[str, ...]] = {
    "tch": ("c",), "sch": ("s", "sk"), "ch": ("c", "k", "s"), "sh": ("s",), "ph": ("p",), "th": ("s", "t"), "gh": ("", "k"),
    "ck": ("k",), "kn": ("n",), "wr": ("l",), "ng": ("n", "nk"), "x": ("ks", "c"), "qu": ("k",), "cc": ("ks",), "h": ("h", ""),
    "b": ("p",), "v": ("p",), "f": ("p",), "p": ("p",), "d": ("t",), "t": ("t",), "k": ("k",), "q": ("k",), "l": ("l",),
    "m": ("m",), "n": ("n",), "s": ("s",), "z": ("c", "s"), "j": ("c",),
}  # fmt: skip


@lru_cache(maxsize=65536)
def latin_sounds(word: str) -> tuple[Sounds, ...]:
    """The ways in which a Latin word may sound in Hangul, at most sixteen."""
    choices: list[tuple[str, ...]] = []
    for m in _SPELLED.finditer(word):
        spelled, before = m.group(), word[m.start() - 1 : m.start()]
        behind = word[m.end() : m.end() + 1]
        if spelled[0] in "aeiouyw":
            choices.append(("-" + spelled.replace("y", "i").replace("w", "u"),))
        elif spelled == "c":
            choices.append(("s",) if behind in ("e", "i", "y") else ("k",))
        elif spelled == "g":
            choices.append(("c", "k") if behind in ("e", "i", "y") else ("k",))
        elif spelled in ("t", "s") and behind == "i" and word[m.end() + 1 : m.end() + 2] in ("o", "a"):
            choices.append(("s", "c", "t") if spelled == "t" else ("s", "c"))
        elif spelled == "r":
            choices.append(("", "l") if before and before in "aeiouyw" and behind not in tuple("aeiouyw") else ("l",))
        else:
            choices.append(_OPTIONS[spelled])
    ways: dict[Sounds, None] = {}
    for way, _ in zip(product(*choices), range(16), strict=False):
        ways[_grouped(way)] = None
    return tuple(ways)


_NEAR = {
    frozenset(p): c
    for p, c in {"ae": 0.3, "ei": 0.3, "ou": 0.3, "ao": 0.4, "iu": 0.5, "au": 0.4, "eo": 0.5, "ai": 0.6}.items()
}


def _apart(hangul: str, latin: str, last: bool) -> float:
    """How far two vowels are apart: 0 to 1."""
    if last and latin == "e" and not hangul:  # a silent e
        return 0.0
    if hangul == latin or (hangul, latin) in _ALIKE:
        return 0.0
    if not hangul:  # English writes a vowel that is not spoken: Simpson, action
        return 0.4 if len(latin) == 1 else 0.8
    if not latin:
        return 0.3 if hangul in ("i", "x") else 0.9
    row = [0.5 * j for j in range(len(latin) + 1)]
    for i, h in enumerate(hangul, start=1):
        new = [0.5 * i]
        for j, c in enumerate(latin, start=1):
            swap = 0.0 if h == c else 0.15 if h == "x" else _NEAR.get(frozenset(h + c), 0.8)
            new.append(min(row[j] + 0.5, new[j - 1] + 0.3, row[j - 1] + swap))
        row = new
    return min(1.0, row[-1])


_ALIKE = frozenset(
    [("x", "eo"), ("ix", "ieo"), ("e", "ae"), ("", "eu"), ("ix", "iou"), ("ix", "iu"), ("x", "ou"),
     ("ai", "i"), ("ei", "a"), ("ei", "ai"), ("i", "ee"), ("i", "ea"), ("i", "ie"), ("i", "ei"), ("u", "oo"), ("u", "ou"), ("o", "oa"),
     ("o", "ou"), ("o", "au"), ("x", "u"), ("x", "o"), ("x", "e"), ("x", "a"), ("x", "ea"), ("au", "ou"), ("oui", "oui"), ("iu", "u"),
     ("iu", "ue"), ("iu", "eu"), ("u", "ue"), ("u", "ui"), ("e", "a"), ("e", "ea"), ("ix", "io"), ("x", "io"), ("ou", "o"), ("oi", "oi")]
)  # fmt: skip


def apart(hangul: Sounds, latin: Sounds) -> float:
    """How far a Latin word's vowels are from those of a run of Hangul with the same consonants, 0 to 1."""
    pairs = list(zip(hangul[1], latin[1], strict=True))
    spoken = [(h, v) for h, v in pairs if h or v]
    if not spoken:
        return 0.0
    ends = len(pairs) - 1
    return sum(_apart(h, v, n == ends) for n, (h, v) in enumerate(pairs)) / len(spoken)


_SUFFIXES = (
    "",
    "e",
    "y",
    "s",
    "es",
    "ics",
    "ic",
    "al",
    "ation",
    "ing",
    "er",
    "ed",
    "ment",
    "ity",
    "ian",
    "an",
    "or",
    "ion",
    "le",
    "ies",
)


@cache
def _syllables() -> dict[str, float]:
    text = resources.files("assistant").joinpath("data", "loan_syllables.tsv").read_text(encoding="utf-8")
    return {row[0]: float(row[2:]) for row in text.splitlines()}


def loan_like(word: str, odds: Mapping[str, float] | None = None) -> float:
    """How much more its syllables stand in loan words than in others: the mean of their logarithms."""
    known = _syllables() if odds is None else odds
    return sum(known.get(c, UNSEEN) for c in word) / len(word)


UNSEEN = 0.3
"""A syllable that the glossary has nowhere is rather one of a foreign name."""


class Heard:
    """The Latin words of a vocabulary by their sound. Calling it with a run of Hangul that looks like a loan word gives
    the stems that it may spell.
    """

    def __call__(self, hangul: str, named: bool) -> tuple[str, ...]:
        """`named` where the run stands as names do, before `연구소` or `은행`: then it need not look foreign."""
        least = NAME_LIKE if named else LOAN_LIKE
        return tuple(w for w, _ in self.of(hangul)) if len(hangul) > 1 and loan_like(hangul) >= least else ()

    def __init__(self, vocabulary: Callable[[], Iterable[str]]) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Made when a question first has a word that no list knows."""
        found: dict[str, list[str]] = {}
        for word in self._vocabulary():
            if word.isascii() and word.isalpha() and len(word) > 2:
                for consonants in {s for s, _ in latin_sounds(word)}:
                    found.setdefault(consonants, []).append(word)
        return found

    def of(self, hangul: str, limit: float = LIMIT) -> tuple[tuple[str, float], ...]:
        """The stems whose words sound like a run of Hangul, the nearest first, with how far they are.

        At most two: where more are as near, the run says too little.
        """
        if len(hangul) < 2:
            return ()
        sounds = hangul_sounds(hangul)
        if not sounds[0]:
            return ()
        most = limit if len(sounds[0]) > 2 else min(limit, SHORT_LIMIT)
        found: dict[str, float] = {}
        for cut in range(len(sounds[0]), max(0, len(sounds[0]) - 3), -1):
            for held in self._by_sound.get(sounds[0][:cut], ()):
                if (distance := _nearest(sounds, held)) is not None and distance <= most:
                    found[held] = min(distance, found.get(held, 1.0))
        nearest = sorted(found.items(), key=lambda item: (item[1], item[0]))
        return tuple((w, d) for w, d in nearest[:2] if d <= nearest[0][1] + 0.05)


@lru_cache(maxsize=65536)
def _words_of(held: str) -> tuple[str, ...]:
    """The words that a stem may stand for."""
    found = [held]
    for base in dict.fromkeys([held, held[:-1] if held.endswith("i") else held]):
        found += [base + s for s in _SUFFIXES if s and stem(base + s) == held]
    return tuple(dict.fromkeys(found))


def _nearest(sounds: Sounds, held: str) -> float | None:
    best: float | None = None
    for word in _words_of(held):
        for way in latin_sounds(word):
            if way[0] == sounds[0]:
                distance = apart(sounds, way)
                best = distance if best is None else min(best, distance)
    return best
