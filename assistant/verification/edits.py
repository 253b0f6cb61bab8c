"""A claim that nearly copies a quote, laid beside it word by word: what was put in, left out or exchanged.

Where most of the words are the quote's own, in its order, each change is told by itself. So a changed name, negation,
direction or mode is found even where its words stand elsewhere in the quote, and two pieces that were put together
are told from a sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from assistant.lexicon import lexicon, places
from assistant.quantities import numbers
from assistant.stance.amounts import agree, amounts
from assistant.stance.deeds import keys
from assistant.stance.verb_groups import AUXILIARIES, is_past
from assistant.stance.words import Pole, place_mentions, poles
from assistant.text import STOPWORDS, Token, sentences, stem, tokens
from assistant.types import Span
from assistant.verification.denying import denied_in
from assistant.verification.ground import Fault, Ground
from assistant.verification.naming import initials_of

NEAR = 0.7
"""Share of a claim's words that stand in a quote, in order, from which it is a copy with changes."""
RUN = 4
"""Words in a row that make a copied piece."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its words as they are compared."""

    words: str
    seen: tuple[Token, ...]
    stems: tuple[str, ...]

    def slice(self, start: int, end: int) -> str:
        return self.words[self.seen[start].span.start : self.seen[end - 1].span.end] if start < end else ""

    def span(self, start: int, end: int) -> Span:
        at = self.seen[start].span.start if start < len(self.seen) else len(self.words)
        return Span(at, self.seen[end - 1].span.end) if start < end else Span(at, at)


def read(words: str) -> Text:
    seen = tuple(tokens(words))
    return Text(words, seen, tuple(stem(t.text) for t in seen))


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """What was changed in the sentence that the claim comes nearest to; nothing where it is no copy."""
    mine = read(claim)
    if len(mine.stems) < RUN:
        return
    beside = [read(s) for q in ground.quotes for s in _sentences(q)]
    if not beside:
        return
    near = max(beside, key=lambda t: _shared(mine, t))
    if (spliced := _spliced(mine, [near, *(t for t in beside if t is not near)])) is not None:
        yield spliced
    elif _shared(mine, near) >= NEAR:
        yield from _changes(mine, near)


def nearly(claim: str, reading: str, figures: bool = True) -> bool:
    """Whether a claim's words are all but those of a reading, in its order."""
    mine, other = read(claim), read(reading)
    loose = [
        w
        for t, w in zip(mine.seen, mine.stems, strict=True)
        if t.text not in STOPWORDS and t.kind != "hangul" and (figures or t.kind != "number")
    ]
    return _shared(mine, other) >= 0.6 and set(loose) <= set(other.stems) and _begins(mine, other)


def _begins(mine: Text, other: Text) -> bool:
    """Whether each Korean word of a claim begins as one of the reading's does: their endings differ by the clause."""
    korean = [t.text for t in mine.seen if t.kind == "hangul"]
    theirs = [t.text for t in other.seen if t.kind == "hangul"]
    return all(any(w[: max(1, len(w) - 1)] == t[: max(1, len(w) - 1)] or w in t for t in theirs) for w in korean)


def _sentences(quote: str) -> list[str]:
    return [s.slice(quote) for s in sentences(quote)] or [quote]


def _matcher(mine: Text, other: Text) -> SequenceMatcher[str]:
    return SequenceMatcher(None, other.stems, mine.stems, autojunk=False)


def _shared(mine: Text, other: Text) -> float:
    return sum(b.size for b in _matcher(mine, other).get_matching_blocks()) / max(1, len(mine.stems))


def _changes(mine: Text, other: Text) -> Iterator[Fault]:
    blocks = _matcher(mine, other).get_opcodes()
    same = [i for i, (tag, *_) in enumerate(blocks) if tag == "equal"]
    for i, (tag, q1, q2, c1, c2) in enumerate(blocks):
        if tag == "equal":
            continue
        read_, said = other.slice(q1, q2), mine.slice(c1, c2)
        if tag == "delete" and (i < same[0] or i > same[-1]):
            # Only what governs the rest counts of the words that were not taken over.
            if denied_in(" ".join(read_.split()[-3:] if i < same[0] else read_.split()[:3])):
                yield Fault("negation", "the claim leaves out a negation")
            mode = _mode(re.split(r"[,;:]", read_)[-1]) if i < same[0] else ""
            if mode in _ASKING and not _MODE_ANY.search(mine.words):
                yield Fault("modality", f"the quote says only “{mode}”")
            continue
        yield from _change(mine, other, Span(q1, q2), Span(c1, c2), read_, said)


def _change(mine: Text, other: Text, q: Span, c: Span, read_: str, said: str) -> Iterator[Fault]:
    if denied_in(said) != denied_in(read_):
        if denied_in(said):
            yield Fault("negation", "the claim denies what the quotes say", against=True)
        elif len(q) <= 5 or said:
            yield Fault("negation", "the claim leaves out a negation", against=True)
    if (mode := _mode(read_)) != (own := _mode(said)) and mode and own:
        yield Fault("modality", f"the quote says “{mode}”, not “{own}”", against=True)
    elif mode in _ASKING and not own and not _MODE_ANY.search(mine.words):
        yield Fault("modality", f"the quote says only “{mode}”")
    yield from _figures(said, read_)
    if (scale := _SCALE.search(said)) and (other_scale := _SCALE.search(read_)) and scale[0] != other_scale[0]:
        yield Fault("unit", f"the quote says “{other_scale[0]}”, not “{scale[0]}”", against=True)
    yield from _named(mine, other, q, c)
    yield from _poles(mine, other, q, c)
    words = _content(mine, c, other)
    dropped = _content(other, q, mine)
    if words and not all(any(_alike(w, d, mine, other) for d in dropped) for w in words):
        surface = " ".join(t.text for t in words[:4])
        exchanged = dropped and _doer(mine, c) and not _anywhere(words, other)
        yield Fault("word", f"the quotes do not say “{surface}”", open=not exchanged)
    elif not words and dropped and not said:
        surface = " ".join(t.text for t in dropped[:4])
        yield Fault("word", f"the claim leaves out “{surface}”", open=True)


def _doer(text: Text, at: Span) -> bool:
    """Whether a change is of who does something: a verb follows, and a clause begins before it."""
    if at.end >= len(text.seen):
        return False
    verb, following = text.seen[at.end].text, text.seen[at.end + 1].text if at.end + 1 < len(text.seen) else ""
    finite = verb in AUXILIARIES or is_past(verb) or (verb.endswith("s") and following in _DETERMINERS)
    start = at.start
    while start > 0 and text.seen[start - 1].text in _DETERMINERS:
        start -= 1
    before = text.words[: text.seen[start].span.start].rstrip()
    opens = start == 0 or before.endswith((",", ";", ":")) or text.seen[start - 1].text in _OPENERS
    return finite and opens


def _anywhere(words: Sequence[Token], other: Text) -> bool:
    return all(stem(t.text) in other.stems for t in words)


_DETERMINERS = frozenset("the a an this that these those its their his her our all".split())
_OPENERS = frozenset("because since as while whereas although though when if that but and so".split())
_ASKING = frozenset("should must may might could would".split())
_MODE = re.compile(r"\b(should|must|may|might|could|would|will|can|shall)\b", re.IGNORECASE)
_MODE_ANY = re.compile(
    r"\b(?:should|must|may|might|could|would|will|can|shall|needs?|ought|likely|expected|planned|plans|possibl\w+|probabl\w+)\b",
    re.IGNORECASE,
)


_SCALE = re.compile(
    r"\b(?:thousand|million|billion|trillion)\b|percentage points?|\bpercent\b(?! point)", re.IGNORECASE
)


def _mode(text: str) -> str:
    m = _MODE.search(text)
    return m[1].lower() if m else ""


def _figures(said: str, read_: str) -> Iterator[Fault]:
    mine, theirs = numbers(said), numbers(read_)
    values = {n.value * n.scale for n in theirs}
    for n in mine:
        if n.value * n.scale in values or not theirs:
            continue
        if any(agree(a, b) == "same" for a in amounts(said) for b in amounts(read_)):
            continue
        other = theirs[0].span.slice(read_)
        yield Fault("number", f"the quote says {other}, not {n.span.slice(said)}", against=True)


def _named(mine: Text, other: Text, q: Span, c: Span) -> Iterator[Fault]:
    """Another name in the place of a name: both may stand elsewhere in the quote."""
    here, there = mine.span(c.start, c.end), other.span(q.start, q.end)
    places = {p for p, s in place_mentions(mine.words) if here.contains(s)}
    others = {p for p, s in place_mentions(other.words) if there.contains(s)}
    if places and others and not places & others:
        yield Fault("place", f"another country: {_title(min(others))}, not {_title(min(places))}", against=True)
        return
    own, theirs = _capitals(mine, c), _capitals(other, q)
    short = {w.lower() for w in (*own, *theirs)} & (
        initials_of(mine.slice(c.start, c.end)) | initials_of(other.slice(q.start, q.end))
    )
    if own and theirs and not short and not {w.lower() for w in own} & {w.lower() for w in theirs}:
        yield Fault("name", f"the quote says “{theirs[0]}”, not “{own[0]}”", against=True)


def _title(place: str) -> str:
    return " ".join(w.upper() if len(w) <= 3 else w.capitalize() for w in place.split())


def _capitals(text: Text, at: Span) -> list[str]:
    found = []
    taken = [s for _, s in place_mentions(text.words)]
    for i in range(at.start, at.end):
        if any(s.overlaps(text.seen[i].span) for s in taken) or _of_place(text.stems[i]):
            continue
        surface = text.seen[i].span.slice(text.words)
        inside = i > 0 or sum(map(str.isupper, surface)) > 1
        if surface[:1].isupper() and inside and text.seen[i].text not in STOPWORDS:
            found.append(surface)
    return found


@cache
def _place_words() -> frozenset[str]:
    return frozenset(word for form in places() for word in form)


def _of_place(word: str) -> bool:
    """Whether a word is one of a country's name, which is told as a place."""
    return word in _place_words()


def _poles(mine: Text, other: Text, q: Span, c: Span) -> Iterator[Fault]:
    here, there = mine.span(c.start, c.end), other.span(q.start, q.end)
    own = [p for p in poles(mine.words) if here.overlaps(p.span)]
    theirs = [p for p in poles(other.words) if there.overlaps(p.span)]
    for p in own:
        beside = [o for o in theirs if o.axis == p.axis]
        if beside and all(_turned(o, p) for o in beside):
            yield Fault("direction", f"the quote says “{beside[0].surface}”, not “{p.surface}”", against=True)
            return


def _turned(one: Pole, other: Pole) -> bool:
    return one.sign != other.sign


def _content(text: Text, at: Span, beside: Text) -> list[Token]:
    """The words of a change that mean something, numbers aside."""
    return [
        t
        for t in text.seen[at.start : at.end]
        if t.text not in STOPWORDS and t.text not in _SMALL and t.kind != "number" and not _MODE_ANY.fullmatch(t.text)
    ]


_SMALL = frozenset(
    "percent per cent percentage usd us$ dollar dollars won also however moreover thus therefore then now about approximately".split()
)


def _alike(one: Token, other: Token, mine: Text, theirs: Text) -> bool:
    """Whether two words say the same: one stem, synonyms, one deed, or one side of an axis."""
    a, b = stem(one.text), stem(other.text)
    if a == b or (len(a) > 3 and len(b) > 3 and (a.startswith(b) or b.startswith(a))):
        return True
    if (b,) in lexicon().synonyms.get((a,), ()):
        return True
    sets = {k for k in keys(mine.words, one.span) if k.startswith("#")}
    if sets & {k for k in keys(theirs.words, other.span) if k.startswith("#")}:
        return True
    own = {(p.axis, p.sign) for p in poles(mine.words) if p.span.overlaps(one.span)}
    return bool(own & {(p.axis, p.sign) for p in poles(theirs.words) if p.span.overlaps(other.span)})


_JOINS = frozenset(
    "and but while whereas although because so or as with that which who where when since after before whose than"
    .split()
)  # fmt: skip
_JOINS_KO = re.compile(r"(?:고|며|지만|면서|는데|으나|아서|어서|므로|때문에)$")


def _spliced(mine: Text, beside: Sequence[Text]) -> Fault | None:
    """Two pieces of different sentences that are put together as if they were one."""
    runs = _runs(mine, beside)
    covered = sum(len(r) for r, _ in runs)
    if len(runs) < 2 or covered < 0.85 * len(mine.stems) or len({i for _, i in runs}) < 2:
        return None
    for (one, i), (two, j) in itertools.pairwise(runs):
        if i == j:
            continue
        whole = [len(r) >= 0.9 * len(beside[k].stems) for r, k in ((one, i), (two, j))]
        between = mine.words[mine.seen[one.end - 1].span.end : mine.seen[two.start].span.start]
        joint = {t.text for t in mine.seen[one.end : two.start + 1]}
        if all(whole) or joint & _JOINS or ";" in between or _JOINS_KO.search(mine.seen[one.end - 1].text):
            continue
        return Fault("splice", "it puts pieces of two sentences together as one")
    return None


def _runs(mine: Text, beside: Sequence[Text]) -> list[tuple[Span, int]]:
    """The longest pieces of a claim that stand in one of the sentences, from left to right."""
    found: list[tuple[Span, int]] = []
    at = 0
    while at < len(mine.stems):
        best, where = 0, -1
        for i, other in enumerate(beside):
            for j, word in enumerate(other.stems):
                if word != mine.stems[at]:
                    continue
                n = 0
                while (
                    at + n < len(mine.stems) and j + n < len(other.stems) and mine.stems[at + n] == other.stems[j + n]
                ):
                    n += 1
                if n > best:
                    best, where = n, i
        if best >= RUN:
            found.append((Span(at, at + best), where))
        at += best if best >= RUN else 1
    return found
