"""A text, sentence by sentence, against the corpus: what speaks for each sentence, what against it, what comes nearest.

Papers and sources are searched apart, so that neither crowds out the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.bearing import Bearings
from assistant.errors import UsageError
from assistant.hops import Hops
from assistant.protocols import Library, Progress
from assistant.text import sentences, tokens
from assistant.types import Bearing, Span, Unweighed, Weighed, WorkKind

MAX_TEXT = 20_000
"""Characters of a text that are weighed at once."""
AT_ONCE = 8
"""Sentences that are weighed together: their words are embedded in one go."""
NEAR = 3
"""Of the places that say nothing on a sentence, how many are named: they show how near the corpus comes."""
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
        """Each sentence with at most `k` places of papers and as many of sources; markers number through."""
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
                for statement, said in zip(some, self.bearings.on_each(some, group, k), strict=True):
                    found[statement] += map(self._noted, said)
        progress("sentences", len(asked), len(asked))
        out: list[Weighed] = []
        used = 0
        for span, statement, reason in zip(spans, words, why, strict=True):
            weighed = Weighed(span.slice(text), span, unweighed=reason)
            if not reason:
                weighed, used = _numbered(_sorted(weighed.text, span, found[statement]), used)
            out.append(weighed)
        return tuple(out)

    def _noted(self, bearing: Bearing) -> Bearing:
        """With the works that its notes name, and their state."""
        return replace(bearing, citation=self.hops.noted(bearing.citation))

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


def _sorted(text: str, span: Span, found: Sequence[Bearing]) -> Weighed:
    def of(*support: str) -> tuple[Bearing, ...]:
        some = [b for b in found if b.verdict.support in support]
        return tuple(sorted(some, key=lambda b: (b.citation.kind == "source", support.index(b.verdict.support))))

    undecided = of("unchecked")
    near = sorted(of("unsupported"), key=lambda b: -b.citation.score)[: max(0, NEAR - len(undecided))]
    return Weighed(text, span, of("supported", "partial"), of("contradicted"), (*undecided, *near))


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
