"""A text, sentence by sentence, against the corpus: what speaks for each sentence, what against it, what comes nearest.

Papers and sources are searched apart, so that neither crowds out the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.bearing import READ, Bearings
from assistant.errors import UsageError
from assistant.hops import Hops
from assistant.protocols import Library, Progress
from assistant.quantities import numbers, years
from assistant.text import sentences, tokens
from assistant.types import Bearing, Span, Support, Unweighed, Weighed, WorkKind

MAX_TEXT = 20_000
"""Characters of a text that are weighed at once."""
AT_ONCE = 8
"""Sentences that are weighed together: their words are embedded in one go."""
NEAR = 2
"""Of the places that decide nothing on a sentence, how many of papers and of sources are named: they show how near the
corpus comes."""
EVERYTHING: tuple[WorkKind, ...] = ("paper", "digest", "source")

_ASKS = re.compile(r"[?\uff1f][\u201d\u2019\"')\]]*$|(?:습니까|인가|는가|을까|나요|까요)[?.]?$")
_ORDERS = re.compile(
    r"^(?:please|let us|let's|note that this|thank|dear|hello|hi\b|see (?:also )?(?:section|chapter|table|figure|note|page|p\.))",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)])\s)")


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs texts against one library."""

    library: Library
    bearings: Bearings
    hops: Hops

    def weighed(self, text: str, k: int, kinds: Collection[WorkKind], progress: Progress) -> tuple[Weighed, ...]:
        """Each sentence with at most `k` places of papers for it and `k` against it, and as many of sources; markers number
        through all that is shown.
        """
        spans = statements(text)
        groups = self._groups(kinds)
        words = [" ".join(span.slice(text).split()) for span in spans]
        why = [unweighable(w) for w in words]
        asked = list(dict.fromkeys(w for w, reason in zip(words, why, strict=True) if not reason))
        found: dict[str, list[Bearing]] = {w: [] for w in asked}
        for at in range(0, len(asked), AT_ONCE):
            progress("sentences", at, len(asked))
            some = asked[at : at + AT_ONCE]
            for group in groups:
                for statement, said in zip(some, self.bearings.on_each(some, group, READ), strict=True):
                    found[statement] += said
        progress("sentences", len(asked), len(asked))
        out: list[Weighed] = []
        used = 0
        for span, statement, reason in zip(spans, words, why, strict=True):
            weighed = Weighed(span.slice(text), span, unweighed=reason)
            if not reason:
                weighed, used = _numbered(sided(weighed.text, span, found[statement], k), used)
            out.append(self._noted(weighed))
        return tuple(out)

    def _noted(self, weighed: Weighed) -> Weighed:
        """With the works that the notes of its places name, and their state."""

        def noted(bearings: Sequence[Bearing]) -> tuple[Bearing, ...]:
            return tuple(replace(b, citation=self.hops.noted(b.citation)) for b in bearings)

        return replace(
            weighed,
            supports=noted(weighed.supports),
            contradicts=noted(weighed.contradicts),
            near=noted(weighed.near),
        )

    def _groups(self, kinds: Collection[WorkKind]) -> list[set[str]]:
        """Papers with digests, and sources; only what is wanted and held."""
        kind_of = {id: self.library.document(id).work.kind for id in self.library.document_ids()}
        papers = {id for id, kind in kind_of.items() if kind in kinds and kind != "source"}
        sources = {id for id, kind in kind_of.items() if kind in kinds and kind == "source"}
        return [group for group in (papers, sources) if group]


def usable(text: str) -> str:
    """The text as it is weighed. Raises UsageError where it is empty or too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates end here
    if not text.strip():
        raise UsageError("the text is empty: give a sentence or a paragraph, or a file with --file FILE")
    if len(text) > MAX_TEXT:
        raise UsageError(f"the text has {len(text):,} characters: give {MAX_TEXT:,} or fewer, a section at a time")
    return text


def statements(text: str) -> tuple[Span, ...]:
    """The sentences of a text of several paragraphs or list items, in order."""
    found: list[Span] = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _PARAGRAPH.finditer(text)), (len(text), len(text))]:
        found += sentences(text, Span(start, end))
        start = after
    return tuple(found)


def unweighable(sentence: str) -> Unweighed | None:
    """Why a sentence says nothing that documents could bear out; None where it may."""
    if _ASKS.search(sentence):
        return "question"
    words = [t for t in tokens(sentence) if t.kind != "number"]
    hangul = sum(t.kind == "hangul" for t in words)
    if len(words) + hangul < 3 or _ORDERS.match(sentence):
        return "no_statement"
    return None


def sided(text: str, span: Span, found: Sequence[Bearing], k: int) -> Weighed:
    """The sentence with at most `k` places of papers and as many of sources that speak for it, and as many against it:
    neither verdict crowds out the other.
    """
    ranked = sorted(found, key=lambda b: -b.citation.score)
    whole = [b for b in ranked if b.verdict.support == "supported"]
    against = [b for b in ranked if b.verdict.support == "contradicted"]
    straight = [b for b in against if not _elsewhere(b)]
    if whole or straight:
        against = straight
    partly = [b for b in ranked if b.verdict.support == "partial" and not against and _bears(text, b)]
    shown = {id(b) for b in (*whole, *against, *partly)}
    near = [b for b in ranked if id(b) not in shown and b.verdict.support in _SAYS_SOMETHING]
    near.sort(key=lambda b: _SAYS_SOMETHING.index(b.verdict.support))
    if not (whole or against or partly):
        near += [b for b in ranked if b.verdict.support == "unsupported"]
    return Weighed(text, span, _few((*whole, *partly), k), _few(against, k), _few(near, min(NEAR, k)))


_SAYS_SOMETHING: tuple[Support, ...] = ("partial", "contradicted", "unchecked")
"""Of places that decide nothing, those that are shown though others decide, in this order."""
_ASIDE = frozenset(("year", "month", "place"))
OF_THE_SAME = 0.74
"""How much of a statement a place says, what differs aside, that speaks against it and not of something else."""
OF_THE_SAME_EVENT = 0.9
"""The same where only the year, month or country differs."""
_HEDGE = "the source says only"


def _elsewhere(b: Bearing) -> bool:
    """Whether a place that differs may speak of something else: another year or country, or another scope. It speaks
    against a statement only where no place does so straight, or says the whole of it.
    """
    enough = OF_THE_SAME_EVENT if b.differs and _ASIDE.issuperset(b.differs) else OF_THE_SAME
    return b.coverage < enough


def _bears(statement: str, b: Bearing) -> bool:
    """Whether a place that says part of a statement speaks for it: not where something in it differs, nor where all its
    figures or years are lacking, nor where what is stated is only planned or possible there.
    """
    if b.differs:
        return False
    figures = sum(n.kind not in ("year", "ordinal") for n in numbers(statement))
    dates = len(years(statement))
    lost = sum(slot in ("number", "unit") for slot in b.lacks), b.lacks.count("year")
    bare = (figures and lost[0] >= figures) or (dates and lost[1] >= dates)
    return not bare and not (b.verdict.why or "").startswith(_HEDGE)


def _few(bearings: Sequence[Bearing], k: int) -> tuple[Bearing, ...]:
    """The first `k` of papers, then the first `k` of sources."""
    papers = [b for b in bearings if b.citation.kind != "source"]
    sources = [b for b in bearings if b.citation.kind == "source"]
    return (*papers[:k], *sources[:k])


def _numbered(weighed: Weighed, used: int) -> tuple[Weighed, int]:
    """The same with markers that go on from `used`, in the order in which they are shown."""

    def number(bearings: Sequence[Bearing]) -> tuple[Bearing, ...]:
        nonlocal used
        out = []
        for b in bearings:
            used += 1
            out.append(replace(b, citation=replace(b.citation, marker=used)))
        return tuple(out)

    contradicts = number(weighed.contradicts)
    supports = number(weighed.supports)
    return replace(weighed, contradicts=contradicts, supports=supports, near=number(weighed.near)), used
