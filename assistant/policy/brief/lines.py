"""The lines that a brief may have, and the lines that it has: chosen within a number of words, none twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.antecedents import leaning
from assistant.citations import cite
from assistant.policy.statements import flat
from assistant.text import terms
from assistant.types import Citation, Claim, Document, Span, Verdict
from assistant.types.policy import BriefPart, BriefSection

OURS = "put together from the cited places"
"""Why a line of ours with citations bears no verdict."""


@dataclass(frozen=True)
class Line:
    """What may stand in a brief: claims, and the citations that their markers count within the line, from 1. A line of
    ours has none.
    """

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...] = ()
    key: str = ""
    """What it says, where it may be said in two ways: only one of them is taken."""
    needs: tuple[str, int] = ("", -1)
    """Where the sentence stands without which it is not understood (`at`): it is taken only behind that one."""

    @cached_property
    def words(self) -> int:
        return sum(len(f"{c.lead} {c.text}".split()) for c in self.claims)

    @cached_property
    def terms(self) -> frozenset[str]:
        """What it speaks of: of the sentence itself, without what comes along."""
        return frozenset(terms(self.claims[-1].text)) if self.claims else frozenset()

    @property
    def opening(self) -> tuple[str, ...]:
        """Its first words: two sentences that open alike say what one thing is."""
        words = self.claims[-1].text.split()
        return tuple(words[:_OPENING]) if len(words) > _OPENING else tuple(words)

    @property
    def at(self) -> tuple[str, int]:
        """Where its sentence stands: the document, and the first character."""
        own = next((c for c in self.citations if c.marker == self.claims[-1].citations[0]), None)
        return (own.document, own.span.start) if own else ("", 0)


def ours(text: str) -> Line:
    """A sentence that we say; no document bears it."""
    return Line((Claim(text, (), Verdict("unchecked", None)),))


def without_joint(document: Document, span: Span) -> Span:
    """The span without what only joins it to the next item of its list: `; and`, `;`, `,`."""
    text = span.slice(document.text)
    joint = _JOINT.search(text)
    return span if joint is None or not joint.start() else Span(span.start, span.start + joint.start())


_JOINT = re.compile(r"\s*[;,]\s*(?:and|or|and/or|및|또는)?\s*$", re.IGNORECASE)


def quoted(document: Document, span: Span, lead: str = "", score: float = 0.0) -> Line:
    """A sentence as it stands in its document. Where it leans on words before it, these stand in brackets and are cited
    at their own place, or the sentence that has them comes along.
    """
    span = without_joint(document, span)
    text = flat(span.slice(document.text))
    leans = leaning(document, span)
    if leans is None:
        own = cite(document, span, 1, score=score)
        return Line((Claim(text, (1,), Verdict("unchecked"), lead=lead),), (own,))
    places = (cite(document, span, 1, score=score), cite(document, leans.place, 2, score=score))
    if leans.text is not None:
        return Line((Claim(flat(leans.text), (1, 2), Verdict("unchecked"), lead=lead),), places)
    said = Claim(flat(leans.place.slice(document.text)), (2,), Verdict("unchecked"), lead=lead)
    return Line((said, Claim(text, (1,), Verdict("unchecked"))), places)


def is_whole(document: Document, span: Span) -> bool:
    """Whether a sentence begins and ends where it seems to: one that goes on in a figure or small letter was cut behind an
    abbreviation (`S.Con.Res. | 33 directs …`), and so was one that begins with the figure.
    """
    block = next((b.span for b in document.blocks if b.span.contains(span)), span)
    behind = document.text[span.end : block.end].lstrip()[:1]
    before = document.text[block.start : span.start].rstrip()
    cut = document.text[span.start].isdigit() and _SHORTENED.search(before) is not None
    goes_on = behind.isdigit() and _SHORTENED.search(span.slice(document.text)) is not None
    return not (goes_on or cut or behind.islower())


_SHORTENED = re.compile(r"(?:\b[A-Z][A-Za-z]{0,4}|\.[A-Za-z]{1,5})\.$")
"""Ends in an abbreviation: `Res.`, `No.`, `U.S.C.`."""


def item(document: Document, span: Span, opener: Span) -> Line:
    """An item of a list, behind the sentence that opens the list."""
    span = without_joint(document, span)
    places = (cite(document, span, 1), cite(document, opener, 2))
    head, text = flat(opener.slice(document.text)), flat(span.slice(document.text))
    return Line((Claim(head, (2,), Verdict("unchecked")), Claim(text, (1,), Verdict("unchecked"))), places)


def listed(document: Document, spans: Sequence[Span]) -> Line:
    """A sentence, or one that opens a list with its items."""
    spans = [without_joint(document, span) for span in spans]
    places = tuple(cite(document, span, n) for n, span in enumerate(spans, start=1))
    return Line(
        tuple(
            Claim(flat(span.slice(document.text)), (n,), Verdict("unchecked")) for n, span in enumerate(spans, start=1)
        ),
        places,
    )


@dataclass(frozen=True, slots=True)
class Pool:
    """The lines that a part may have, most telling first, and its share of the words."""

    kind: BriefSection
    lines: Sequence[Line]
    share: float
    most: int = 12
    ordered: bool = True
    """Whether those chosen stand in the order of the documents; else as they were given."""


_FIRST, _OPENING = 1.6, 8
_ALIKE, _WITHIN = 0.6, 0.78
"""Share of their words from which two sentences say the same, and of the shorter's from which it adds nothing."""


def chosen(
    pools: Sequence[Pool], words: int, taken: Sequence[Line] = ()
) -> tuple[tuple[BriefSection, list[Line]], ...]:
    """The lines of each part, within so many words. Each part first has its share; what is left goes to the parts in
    their order of need. The first line of a part may be longer than its share, by half; none exceeds the whole.
    """
    kept: dict[BriefSection, list[Line]] = {p.kind: [] for p in pools}
    everything = list(taken)
    used = sum(x.words for x in taken)
    left: dict[BriefSection, list[Line]] = {}
    for pool in pools:
        limit, own = max(0.0, words * pool.share), 0
        left[pool.kind] = []
        for line in pool.lines:
            most = limit * (1.1 if own else _FIRST)
            fits = used + line.words <= words and own + line.words <= most and _ready(line, everything)
            if not fits or len(kept[pool.kind]) >= pool.most:
                left[pool.kind].append(line)
            elif _new(line, everything):
                kept[pool.kind].append(line)
                everything.append(line)
                own, used = own + line.words, used + line.words
    for pool in sorted(pools, key=lambda p: -p.share):
        for line in left[pool.kind]:
            fits = used + line.words <= words and len(kept[pool.kind]) < pool.most and _ready(line, everything)
            if fits and _new(line, everything):
                kept[pool.kind].append(line)
                everything.append(line)
                used += line.words
    return tuple((p.kind, _in_order(kept[p.kind]) if p.ordered else kept[p.kind]) for p in pools)


def _ready(line: Line, others: Sequence[Line]) -> bool:
    """Whether what it needs is taken."""
    return line.needs[1] < 0 or any(line.needs == (c.document, c.span.start) for o in others for c in o.citations)


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """Documents as they come up first, and each in its own order."""
    order = {d: n for n, d in enumerate(dict.fromkeys(line.at[0] for line in lines))}
    return sorted(lines, key=lambda line: (order[line.at[0]], line.at[1]))


def _new(line: Line, others: Sequence[Line]) -> bool:
    """Whether no line stands yet at its place, or says the same in nearly the same words. What is ours may name a place
    that is quoted elsewhere.
    """
    if line.key and any(line.key == other.key for other in others):
        return False
    if line.claims[-1].verdict.why == OURS:
        return True
    others = [other for other in others if other.claims[-1].verdict.why != OURS]
    places = {(c.document, c.span) for other in others for c in other.citations}
    own = [m for x in line.claims if x is line.claims[-1] or x.lead for m in x.citations[:1]]
    if any((c.document, c.span) in places for c in line.citations if c.marker in own and c.cell is None):
        return False
    for other in others:
        both = len(line.terms & other.terms)
        if line.at[0] != other.at[0] or _denies(line) != _denies(other):
            # Of two documents the one may say the contrary in the other's words: only what is the same is said again.
            if line.terms == other.terms and _denies(line) == _denies(other):
                return False
            continue
        if line.opening == other.opening:
            return False
        least = min(len(line.terms), len(other.terms))
        if both and (both / len(line.terms | other.terms) > _ALIKE or (least >= 4 and both / least > _WITHIN)):
            return False
    return True


def _denies(line: Line) -> bool:
    return _DENIED.search(line.claims[-1].text) is not None


_DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|without)\b|n[’']t\b|않|아니|못하|없|말아야|안 (?:되|된)", re.IGNORECASE
)


def numbered(
    parts: Sequence[tuple[BriefSection, Sequence[Line]]],
) -> tuple[tuple[BriefPart, ...], tuple[Citation, ...]]:
    """The parts with markers that count through the brief; a place that is cited again keeps its marker."""
    citations: list[Citation] = []
    markers: dict[tuple[object, ...], int] = {}
    out = []
    told: set[tuple[int, ...]] = set()  # what comes along with several sentences comes once
    for kind, lines in parts:
        claims: list[Claim] = []
        for line in lines:
            here: dict[int, int] = {}
            for c in line.citations:
                key = (c.document, c.span, c.cell)
                if key not in markers:
                    markers[key] = len(citations) + 1
                    citations.append(replace(c, marker=markers[key]))
                here[c.marker] = markers[key]
            made = [replace(x, citations=tuple(here[m] for m in x.citations)) for x in line.claims]
            claims += [x for x in made[:-1] if x.lead or x.citations not in told] + made[-1:]
            told |= {x.citations for x in made}
        if claims:
            out.append(BriefPart(kind, tuple(claims)))
    return tuple(out), tuple(citations)


def of_answer(claims: Sequence[Claim], citations: Sequence[Citation]) -> list[Line]:
    """The claims of an answer as lines, each with its own citations."""
    by_marker: Mapping[int, Citation] = {c.marker: c for c in citations}
    made = []
    for claim in claims:
        own = [by_marker[m] for m in claim.citations if m in by_marker]
        places = tuple(replace(c, marker=n) for n, c in enumerate(own, start=1))
        made.append(Line((replace(claim, citations=tuple(range(1, len(own) + 1))),), places))
    return made
