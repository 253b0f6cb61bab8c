"""A statement beside the one source that it rests on: what the source says of it, whole or in its parts.

For the second hop and the audit, where the source is known. Over a whole corpus silence is the rule, and a sentence is
taken as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.bearing import Bearings
from assistant.citations import cite
from assistant.quantities import missing
from assistant.sources.fidelity import settle
from assistant.sources.parts import bare, parts
from assistant.stance.words import place_mentions, places_named
from assistant.types import Bearing, Document, Span, Verdict

PLACES = 5
"""Places of a source that are looked at for a statement."""

TOGETHER = 700
"""Characters within which the places that bear a sentence's parts are quoted as one."""

HEAD = 40_000
"""Characters of a document that are looked through for the country that it is about."""
OFTEN = 5
"""Mentions from which a document is about a country."""

Found = tuple[Bearing | None, Verdict]
"""The place of the source to show, if any, and the verdict on the statement."""


def beside(bearings: Bearings, statement: str, source: Document, citing: Document) -> Found:
    """The place of a source that decides on a statement, and the verdict."""
    return beside_each(bearings, [statement], source, citing)[0]


def beside_each(bearings: Bearings, statements: Sequence[str], source: Document, citing: Document) -> tuple[Found, ...]:
    """For each of many statements the place of the source that decides, and the verdict. Where the source does not bear
    a sentence as one, each statement that it makes is looked for by itself.

    The country that the citing document is about need not be named where the source speaks of it at all: a ministry's
    figures are of its own country.
    """
    home = home_of(citing.text[:HEAD])
    given = home if home and home in places_named(source.text[:HEAD]) else ""

    def settled(texts: Sequence[str]) -> list[Found]:
        said = bearings.on_each(texts, {source.id}, PLACES, given) if texts else ()
        return [settle(t, b, source) for t, b in zip(texts, said, strict=True)]

    found = settled([bare(s) for s in statements])
    pieces = [
        () if whole[1].support in ("supported", "contradicted") else parts(s)
        for s, whole in zip(statements, found, strict=True)
    ]
    each = iter(settled([p for some in pieces if len(some) > 1 for p in some]))
    return tuple(
        together(whole, [(p, next(each)) for p in some], source) if len(some) > 1 else whole
        for whole, some in zip(found, pieces, strict=True)
    )


def together(whole: Found, pieces: Sequence[tuple[str, Found]], source: Document) -> Found:
    """One verdict of those on the parts: a part that differs decides, all that stand make the whole stand, and some that
    stand make it stand in part.
    """
    for _, (shown, verdict) in pieces:
        if verdict.support == "contradicted":
            return shown, verdict
    borne = [(shown, verdict) for _, (shown, verdict) in pieces if verdict.support in ("supported", "partial")]
    lost = [piece for piece, (_, verdict) in pieces if verdict.support not in ("supported", "partial")]
    if not borne:
        return whole
    shown = next((s for s, v in borne if v.support == "supported"), borne[0][0])
    if not lost and all(v.support == "supported" for _, v in borne):
        return _joined([s for s, _ in borne if s is not None], source)
    if not lost:
        return shown, next(v for _, v in borne if v.support == "partial")
    return shown, Verdict("partial", "; ".join(_lacking(p, source) for p in lost[:2]))


def _joined(places: Sequence[Bearing], source: Document) -> Found:
    """The places that bear a sentence's parts, quoted as one where they stand together."""
    spans = sorted({b.citation.span for b in places})
    if len(spans) < 2:
        return places[0], Verdict("supported")
    over = Span(spans[0].start, max(s.end for s in spans))
    one_section = source.section_at(over.start) == source.section_at(max(over.start, over.end - 1))
    if len(over) <= TOGETHER and one_section and not any(b.citation.cell for b in places):
        cited = cite(source, over, 1, score=max(b.citation.score for b in places))
        return Bearing(cited, Verdict("supported")), Verdict("supported")
    return places[0], Verdict(
        "supported", f"its parts stand in {len(spans)} places of the source, of which this is one"
    )


@lru_cache(maxsize=64)
def home_of(text: str) -> str:
    """The country or region that a text is about: the one that it names most, if that is often; else ''."""
    named = Counter(place for place, _ in place_mentions(text)).most_common(1)
    return named[0][0] if named and named[0][1] >= OFTEN else ""


def _lacking(piece: str, source: Document) -> str:
    """What a source does not say, in few words."""
    if figures := missing(piece, [source.text]):
        return f"{figures[0]} does not stand there"
    words = piece.split()
    return f"nothing on “{' '.join(words[:9])}{'…' if len(words) > 9 else ''}”"
