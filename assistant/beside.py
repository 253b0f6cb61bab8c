"""A statement beside the one source that it rests on: what the source says of it, whole or in its parts.

For the second hop and the audit, where the source is known. Over a whole corpus silence is the rule, and a sentence is
taken as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.bearing import Bearings
from assistant.citations import cite
from assistant.quantities import missing
from assistant.sources.fidelity import settle
from assistant.sources.parts import alone, bare, level, own, parts
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
        said = bearings.on_each(texts, {source.id}, PLACES, given, relayed=True) if texts else ()
        return [settle(t, b, source) for t, b in zip(texts, said, strict=True)]

    found = settled([bare(s) for s in statements])
    pieces = [() if whole[1].support == "supported" else parts(s) for s, whole in zip(statements, found, strict=True)]
    pieces = [some if len(some) > 1 else () for some in pieces]
    each = iter(settled([p for some in pieces for p in some]))
    judged = [[(p, next(each)) for p in some] for some in pieces]
    lost = [
        (at, n, words)
        for at, some in enumerate(judged)
        for n, (p, (_, verdict)) in enumerate(some)
        if verdict.support in ("unsupported", "unchecked") and (words := level(p) or alone(p, statements[at]))
    ]
    for (at, n, words), (shown, verdict) in zip(lost, settled([w for _, _, w in lost]), strict=True):
        if verdict.support == "supported":  # what it says without its subject: a part at most
            judged[at][n] = (own(words, statements[at]), (shown, Verdict("partial")))
        elif verdict.support == "contradicted" and level(judged[at][n][0]) == words:  # its figure is another
            judged[at][n] = (judged[at][n][0], (shown, verdict))
    return tuple(
        together(whole, [(own(p, s), f) for p, f in some], source) if some else whole
        for s, whole, some in zip(statements, found, judged, strict=True)
    )


def together(whole: Found, pieces: Sequence[tuple[str, Found]], source: Document) -> Found:
    """One verdict of those on the parts: a part that differs decides, all that stand make the whole stand, and some that
    stand make it stand in part. The reason says which part is found and which is not.
    """

    def of(*support: str) -> list[tuple[str, Found]]:
        return [(p, f) for p, f in pieces if f[1].support in support]

    borne, part, open_ = of("supported"), of("partial"), of("unchecked")
    if differing := of("contradicted"):
        shown, verdict = differing[0][1]
        return shown, Verdict("contradicted", "; ".join(filter(None, [verdict.why, _told("found", borne)])))
    if whole[1].support == "contradicted" and len(borne) < len(pieces):
        return whole
    if not borne and not part:
        if open_ and whole[1].support == "unsupported":
            shown, verdict = open_[0][1]
            return shown, Verdict("unchecked", "; ".join(filter(None, [verdict.why, _told("not decided", open_)])))
        return whole
    if len(borne) == len(pieces):
        return _joined([s for _, (s, _) in borne if s is not None], source)
    missed = [(p, f) for p, f in pieces if (p, f) not in (*borne, *part, *open_)]
    figures = [f"{absent[0]} does not stand there" for p, _ in missed if (absent := missing(p, [source.text]))]
    whys = [v.why for _, (_, v) in part if v.why and not borne]
    said = [
        _told("found", borne),
        _told("in part", part),
        *whys,
        _told("not decided", open_),
        _told("not found", missed),
    ]
    return (borne or part)[0][1][0], Verdict("partial", "; ".join(filter(None, [*said, *figures[:1]])))


def _told(how: str, pieces: Sequence[tuple[str, Found]]) -> str:
    """`found: “fees fell”, “rents rose”`."""
    return f"{how}: {', '.join(_short(p) for p, _ in pieces[:3])}" if pieces else ""


def _short(piece: str) -> str:
    words = re.sub("[\u201c\u201d]", "", piece).replace("; ", ", ").split()
    return f"\u201c{' '.join(words[:12])}{'…' if len(words) > 12 else ''}\u201d"


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
