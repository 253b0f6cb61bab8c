"""Sentences, tokens, languages, and normal forms that keep their offsets."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.types import Language, Span

_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")

# One alternative a kind of token; the order matters.
_TOKEN = re.compile(
    r"(?P<initials>(?:[A-Za-z]\.){2,})"  # U.S., U.K.
    r"|(?P<amp>[A-Za-z]+(?:&[A-Za-z]+)+)"  # R&D
    r"|(?P<code>[A-Za-z]{1,4}-?\d+(?:\.\d+)?(?![A-Za-z]))"  # B-1, G20, H1
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<hangul>[\uac00-\ud7a3]+)"
    r"|(?P<han>[\u4e00-\u9fff])"
    r"|(?P<word>[^\W\d_\uac00-\ud7a3]+(?:['\u2019][^\W\d_\uac00-\ud7a3]+)*)"
)

STOPWORDS = frozenset(
    """a about above after again against all also although am among an and any are as at be because been before
    being below between both but by can cannot could did do does doing done down during each either else ever every
    few for from further get give given gives got had has have having he her here hers him his how however i if in
    into is it its itself just let like many may me might more most much must my neither no nor not now of off often
    on once one only onto or other our out over own per please rather same say says said she should show so some such
    tell than that the their them then there therefore these they this those though through thus to too toward
    towards under until up upon us very was we well were what when where whether which while who whom whose why will
    with within without would yes yet you your according concerning regarding paper papers author authors article
    document documents text corpus mention mentions mentioned describe describes described explain explains explained
    state states stated report reports reported discuss discusses discussed exactly there's what's it's
    """.split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or Hangul run, in the form it is compared by, and where it stands."""

    text: str
    span: Span
    kind: str


def language_of(text: str) -> Language:
    """'ko' where at least three in ten letters are Hangul, else 'en'."""
    letters = len(_LETTER.findall(text))
    return "ko" if letters and len(_HANGUL.findall(text)) / letters >= 0.3 else "en"


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order: lower case, initials joined, digit grouping removed.

    >>> [t.text for t in tokens("U.S. firms' R&D: 6,512 (38.4%)")]
    ['usa', 'firms', 'r&d', '6512', '38.4']
    """
    found = []
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup or "word"
        raw = m.group()
        if kind == "initials":
            form = raw.replace(".", "").lower()
        elif kind == "number":
            form = re.sub(r",(?=\d{3}(?!\d))", "", raw).rstrip(".,")
        elif kind == "word":
            form = re.sub(r"['\u2019]s?$", "", _plain(raw))
            form = "usa" if raw in ("US", "USA") else form.replace("\u2019", "'")
            if len(raw) > 2 and raw[:-1].isupper() and raw[-1] == "s":  # FTAs, SMEs
                form = raw[:-1].lower()
        else:
            form = raw.lower()
        form = {"us": "usa", "uk": "uk"}.get(form, form) if kind == "initials" else form
        found.append(Token(form, Span(*m.span()), kind))
    return found


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """Lower case, without accents: Malmstr\u00f6m and Malmstrom are one name."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or word.lower()


class _Own(threading.local):
    """What each thread has of its own: pysbd keeps the text that it cuts in the object, so two sessions of the page that
    share one get each other's sentences, and PyStemmer asks for the same care.
    """

    stemmer: Any = None
    segmenter: Any = None


_own = _Own()


def _stemmer() -> Any:
    if _own.stemmer is None:
        import Stemmer

        _own.stemmer = Stemmer.Stemmer("english")
    return _own.stemmer


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Snowball's English stem; numbers, codes and other scripts stay as they are."""
    return str(_stemmer().stemWord(word)) if word.isascii() and word.isalpha() else word


def terms(text: str, *, keep_stopwords: bool = False) -> list[str]:
    """What the lexical index compares: English stems without stop words, numbers, and Hangul
    bigrams (one-syllable runs as they are), in order and with repetitions.
    """
    found: list[str] = []
    for token in tokens(text):
        if token.kind == "hangul":
            run = token.text
            found.extend([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
        elif keep_stopwords or token.text not in STOPWORDS:
            found.append(stem(token.text))
    return found


_PIECE = 20_000
"""pysbd's time grows with the square of its input: longer texts are cut at white space first."""


def _segmenter() -> Any:
    if _own.segmenter is None:
        import pysbd

        _own.segmenter = pysbd.Segmenter(language="en", clean=False)
    return _own.segmenter


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """The sentences of one paragraph, trimmed of outer white space, in order.

    Lines are not boundaries. Never cut inside a web address, a number or after an initial.
    """
    start, end = (span.start, span.end) if span is not None else (0, len(text))
    while start < end and text[start].isspace():  # pysbd drops it, and offsets would shift
        start += 1
    found: list[Span] = []
    for a, b in _cut(text, start, end):
        piece = text[a:b]
        position, pending = a, a
        parts: Sequence[str] = _segmenter().segment(piece.replace("\n", " ")) if piece.strip() else ()
        if sum(map(len, parts)) != len(piece):  # pysbd lost or added something: one sentence is safe
            parts = (piece,)
        for part in parts:
            position += len(part)
            # A sentence ends at white space; `?` inside an address or `.` inside `2.5.1` does not end one.
            if position < b and not text[position - 1].isspace():
                continue
            if position < b and _joined(text, pending, position, b):
                continue
            if trimmed := _trim(text, pending, position):
                found.append(trimmed)
            pending = position
        if trimmed := _trim(text, pending, b):
            found.append(trimmed)
    return found


_OPEN_END = re.compile(r"(?:\bet\.? al|\bno|\bvol|\bpp|\bca|\bcf|\bU\.S|\bSec|\bArt|\bFig|\bInc|\bCorp|\bvs)\.$")
_ENDED = re.compile(r"[.?!\u2026\u3002][\u201d\u2019\"')\]>*]*$")
_LOWER = re.compile(r"\s*[\u201d\"')\]]*\s*[a-z,;:(]")


def _joined(text: str, start: int, position: int, end: int) -> bool:
    """Whether what pysbd took for two sentences is one: it goes on in lower case, or an opened
    bracket or quotation mark has not been closed yet within reach.
    """
    left = text[start:position].rstrip()
    if not _ENDED.search(left):  # an inline list, `1) this; 2) that`, is one sentence
        return True
    if _LOWER.match(text, position, end) and not left.endswith(("?", "!")):
        return True
    if _OPEN_END.search(left[-12:]):
        return not re.match(r"\s*[A-Z][a-z]+\s", text[position:end]) or not left.endswith("U.S.")
    opened = left.count("\u201c") - left.count("\u201d")
    if opened > 0 and "\u201d" in text[position : min(end, position + 200)]:
        return True
    return left.count("(") > left.count(")") and ")" in text[position : min(end, position + 120)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _PIECE:
        stop = max(text.rfind(mark, start, start + _PIECE) + 2 for mark in (". ", "? ", "! ", ".\n"))
        if stop <= start + 2:  # no sentence ends here
            stop = text.rfind(" ", start, start + _PIECE)
            stop = stop + 1 if stop > start else start + _PIECE
        pieces.append((start, stop))
        start = stop
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4"), "'")
_QUOTES |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_SILENT = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FOLD = _QUOTES | _DASHES


_KEPT = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Compatibility forms whose plain form would be another number."""


def _compatible(character: str) -> str:
    kept = unicodedata.decomposition(character).startswith(_KEPT)
    return character if kept else unicodedata.normalize("NFKC", character)


@dataclass(frozen=True, slots=True)
class Folded:
    """A normal form for comparison; `offsets[i]` is where its character i stands in the original,
    with one more entry for the end.
    """

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """The original's span of a non-empty range of the normal form."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str, *, case: bool = True) -> Folded:
    """One kind of quotation mark, dash and space; compatibility forms resolved; soft hyphens and
    zero-width characters dropped; lower case if `case`. Digits and signs stay: a power, a fraction or
    a circled number is no digit (10\u00b2 is not 102).

    >>> fold("World\u2019s\\n \u201cbest\u201d").text
    'world\\'s "best"'
    """
    out: list[str] = []
    offsets: list[int] = []
    space = False
    for i, character in enumerate(text):
        if character.isspace():
            space = bool(out)
            continue
        if _SILENT.match(character):
            continue
        form = _FOLD.get(ord(character))
        if form is None:
            form = _compatible(character) if ord(character) > 127 else character
            form = form.lower() if case else form
        if space:
            out.append(" ")
            offsets.append(i - 1)
            space = False
        for c in form:
            out.append(" " if c.isspace() else c)
            offsets.append(i)
    return Folded("".join(out), (*offsets, len(text)))
