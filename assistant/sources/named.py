"""Whether what was fetched names the work that it was fetched for: an address may give another page without saying so.

A page that does not name the work is never taken for it: a person looks. Where nothing can be compared (a scan, a page
in another language than the title), nothing is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from assistant.sources.walls import Seen, weight
from assistant.text import STOPWORDS
from assistant.types import Work

_FRONT = 3000
"""Characters of a text that its title stands in."""
_BEGINNING = 12_000
"""Where a title may stand behind menus and forewords; further on, a text names other works."""
_LEAST = 120
"""Letters without which a text says nothing of what it is."""
_BRACKETED = re.compile(r"(.+?)\s*[\[(](.+)[\])]\W*$")
_ENGLISH = frozenset("the of and in for to on with from by at is are".split())
_SMALL = frozenset(
    "the and for with from into der die das und von des dem den les des une sur pour dans los las del con por para".split()
)
_HALF, _MOST, _NEARLY, _SOME = 0.5, 0.75, 0.4, 0.25


def stranger(work: Work, seen: Seen) -> bool:
    """Whether nothing in a file says that it is the work: neither its title, nor a part of it with an author or the year."""
    front = f"{seen.title}\n{seen.headings}\n{seen.text[:_FRONT]}"
    whole = f"{front}\n{seen.text[_FRONT:_BEGINNING]}"
    if weight(whole) < _LEAST:
        return False
    forms = [f for f in _forms(work.title) if _telling(f)]
    if not forms or not any(_comparable(f, whole) for f in forms):
        return False
    first, all_ = _Words(front), _Words(whole)
    told = max(_share(f, first) for f in forms)
    anywhere = max(_share(f, all_) for f in forms)
    if told >= _HALF or anywhere >= _MOST:
        return False
    authors = any(_share([word], all_) for a in work.authors for word in _words(a.family) if len(word) > 1)
    year = (work.issued or "")[:4] in whole if work.issued else False
    least = _SOME if authors else _NEARLY if year else 1.0  # this year stands on many a page
    return max(told, anywhere / 2) < least


class _Words:
    """The words of a text, found by themselves, by their beginnings, and where no blanks part them."""

    def __init__(self, text: str) -> None:
        found = _words(text)
        self.all: Collection[str] = frozenset(found)
        self.stems: Collection[str] = frozenset(_stem(w) for w in found)
        self.joined = "".join(w for w in found if not w.isascii())

    def hold(self, word: str) -> bool:
        if _is_unparted(word):
            return word in self.joined
        return word in self.all or _stem(word) in self.stems


def _share(form: Iterable[str], text: _Words) -> float:
    words = list(form)
    return sum(text.hold(w) for w in words) / len(words) if words else 0.0


def _forms(title: str) -> list[list[str]]:
    """A title's telling words; where a translation stands behind it in brackets, those of each."""
    found = _BRACKETED.match(title)
    return [list(dict.fromkeys(_telling(_words(t)))) for t in ((found[1], found[2]) if found else (title,))]


def _telling(words: Iterable[str]) -> list[str]:
    """Words that many other titles do not have; of a text without blanks, its runs of two signs."""
    out = []
    for word in words:
        if _is_unparted(word):
            out += [word[n : n + 2] for n in range(max(1, len(word) - 1))]
        elif len(word) > 2 and not word.isdigit() and word not in STOPWORDS and word not in _SMALL:
            out.append(word)
    return out


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))
    return re.findall(r"[^\W_]+", re.sub(r"[’'](?=\w)", "", bare))


def _stem(word: str) -> str:
    """Enough of a word to be the same in another ending: `tariffs`, `tariff`."""
    return word[: max(5, len(word) - 3)]


def _is_unparted(word: str) -> bool:
    """Whether it is of a script that writes words joined, with endings or without blanks."""
    return any("가" <= c <= "힣" or "぀" <= c <= "ヿ" or "一" <= c <= "鿿" for c in word)


def _comparable(form: Iterable[str], text: str) -> bool:
    """Whether a text in its language would hold the words of a title: the scripts are the same, and an English title is
    not looked for in a text that is not English."""
    letters = [c for c in text if c.isalpha()]
    unparted = sum(map(_is_unparted, letters)) / max(1, len(letters))
    joined = "".join(form)
    if _is_unparted(joined):
        return unparted >= 0.1
    if unparted >= 0.1:
        return False
    if not joined.isascii():
        return any(not c.isascii() for c in letters)
    words = _words(text)
    return sum(w in _ENGLISH for w in words) >= 0.05 * len(words)
