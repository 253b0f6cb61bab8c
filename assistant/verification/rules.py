"""The rules: always on, without a model. What they cannot decide is `unchecked`, never supported."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.quantities import numbers, years
from assistant.stance import Judged, Near, judged
from assistant.stance.amounts import amounts
from assistant.stance.difference import Difference
from assistant.stance.words import bag, denials, poles, units
from assistant.stance.words import says as likeness
from assistant.text import STOPWORDS, fold, language_of, stem, tokens
from assistant.types import Citation, Computed, Span, Support, Verdict
from assistant.verification import contrasts, doers, edits, facts, held, modality, naming, quotations, rows
from assistant.verification.copied import copied, follows, literal, says
from assistant.verification.denying import denied_in, denied_in_other_words, firmness, negations
from assistant.verification.ground import Around, Fault, Ground
from assistant.verification.readings import readings


@dataclass(frozen=True, slots=True)
class Ruled:
    """A verdict with what another verifier may do to it."""

    verdict: Verdict
    copied: bool = False
    """Whether the words stand in a quote as they are, or follow from one by calculation: nobody else is asked."""
    missing: bool = False
    """Whether the rules found something of the claim that they could not find in its quotes: nobody may raise it."""


def rule(
    text: str, citations: Sequence[Citation], computed: Computed | None = None, around: Around | None = None
) -> Ruled:
    """What a claim's citations say of it, assuming that they stand in their places."""
    if not citations:
        return Ruled(Verdict("unsupported", "no citation"), missing=True)
    claim = fold(text).text.rstrip(". ")
    if not claim:
        return Ruled(Verdict("unsupported", "the claim says nothing"), missing=True)
    quotes = tuple(c.quote for c in citations)
    headers = tuple(h for c in citations for h in c.headers)
    if computed and not follows(computed, [*quotes, *headers]):
        why = f"{computed.expression} = {computed.result} does not follow from the quotes"
        return Ruled(Verdict("unsupported", why), missing=True)
    if computed:
        from assistant.stance.calculations import without_result  # here: most replies calculate nothing
        from assistant.verification.calculated import as_written

        if not as_written(text, citations, computed):
            return Ruled(Verdict("unsupported", "a calculation is told in other words than its own"), missing=True)
        text = without_result(text, computed)
    ground = Ground(quotes, headers, around or around_of(citations))
    if (settled := copied(text, citations, computed)) is not None:
        if settled.support == "supported" and (cut := held.held(text, quotes)) is not None:
            words, rejected = cut  # a clause that was cut out from under who says or rejects it
            verdict = Verdict("unsupported" if rejected else "unchecked", f"the quote says only “{words} …”")
            return Ruled(verdict, copied=True, missing=True)
        shown = settled.support == "supported" and not literal(text, citations) and not computed
        if shown and (moded := next(modality.faults(text, ground), None)):  # a cell does not say what must or may be
            return Ruled(Verdict("unchecked", moded.why), copied=True, missing=True)
        tabled = headers and not literal(text, citations) and settled.support in ("supported", "partial")
        strange = [f for f in (*naming.faults(text, ground), *facts.currencies(text, ground)) if not f.open]
        strange += [f for f in facts.faults(text, ground) if f.kind == "unit" and f.against]
        if tabled and strange:  # a cell's claim says its table's subject and unit too
            return Ruled(Verdict("unsupported", _joined(strange)), missing=True)
        return Ruled(settled, copied=True, missing=settled.support == "unsupported")
    found = list(_faults(text, citations, ground))
    if not computed and (read := _reading(text, citations, ground)) is not None:
        return read
    if hard := [f for f in found if not f.open]:
        support: Support = "contradicted" if any(f.against for f in hard) else "unsupported"
        return Ruled(Verdict(support, _joined(hard)), missing=True)
    ruled = _paraphrase(text, citations, ground, [f for f in found if f.open])
    if ruled.verdict.support in ("contradicted", "unsupported") and not computed:
        return _reading(text, citations, ground) or ruled
    return ruled


def _reading(text: str, citations: Sequence[Citation], ground: Ground) -> Ruled | None:
    """The verdict by what a quote says in words that it leaves out; None where the claim is not nearly such a reading."""
    if ground.headers or any(
        True for f in (*held.faults(text, ground), *doers.faults(text, ground), *modality.faults(text, ground))
    ):
        return None
    claim = fold(text).text.rstrip(". ")
    for reading in dict.fromkeys(r for q in ground.quotes for r in readings(q)):
        if says(claim, fold(reading).text):
            return Ruled(Verdict("supported"))
        if years(claim) and years(claim) == years(reading) and edits.nearly(text, reading, figures=False):
            given = {n.value for n in numbers(reading)}
            if other := [n for n in numbers(claim) if n.value not in given]:
                why = f"the quote says otherwise of that year, not {other[0].span.slice(claim)}"
                return Ruled(Verdict("contradicted", why), missing=True)
        alone = replace(ground, quotes=(reading,))
        if edits.nearly(text, reading) and not any(not f.open for f in _faults(text, citations, alone)):
            ruled = _paraphrase(text, citations, alone, ())
            if ruled.verdict.support in ("supported", "unchecked"):
                return ruled
    return None


def around_of(citations: Sequence[Citation]) -> Around:
    """What the citations themselves tell of what stands around: titles and headings."""
    words = " . ".join(dict.fromkeys(w for c in citations for w in (c.title, *c.section)))
    years = frozenset(int(c.published[:4]) for c in citations if c.published and c.published[:4].isdigit())
    return Around(words, (), years)


def _faults(text: str, citations: Sequence[Citation], ground: Ground) -> list[Fault]:
    return [
        *facts.faults(text, ground),
        *rows.faults(text, citations),
        *rows.mixed(text, citations),
        *naming.faults(text, ground),
        *negations(text, ground),
        *quotations.faults(text, ground),
        *contrasts.faults(text, ground),
        *contrasts.turned(text, ground),
        *edits.faults(text, ground),
        *firmness(text, ground),
        *modality.faults(text, ground),
        *held.faults(text, ground),
        *doers.faults(text, ground),
    ]


def _joined(found: Sequence[Fault]) -> str:
    return "; ".join(list(dict.fromkeys(f.why for f in found))[:2])


_SURE = frozenset(("number", "unit", "year", "month", "place", "direction", "negation", "rank", "quantity"))
"""Differences of the judge that contradict a claim. Who does what to whom is told too seldom right in other words."""


def _paraphrase(text: str, citations: Sequence[Citation], ground: Ground, open_: Sequence[Fault]) -> Ruled:
    """A claim in words of its own in which no fault was found: as the judge of statements lays it beside the quotes."""
    missing = any(f.kind in ("number", "unit") for f in open_)
    beside = [judged(text, q, Near(), ground.context) for q in ground.quotes]
    best = min(beside, key=lambda j: (_ORDER[j.verdict.support], -j.coverage))
    if best.verdict.support == "supported" and not open_ and _ordered(best):
        return Ruled(Verdict("supported"))
    if len(beside) > 1 and not open_:
        together = judged(text, " ".join(ground.quotes), Near(), ground.context)
        if together.verdict.support == "supported" and _ordered(together):
            return Ruled(Verdict("partial", "the words stand in the quotes, but not in one piece"))
    against = [_contradiction(text, j, ground) for j in beside]
    if best.verdict.support != "supported" and against and all(against):
        return Ruled(Verdict("contradicted", against[0]), missing=True)
    if not _touches(text, ground):
        return Ruled(Verdict("unsupported", "the quotes do not say this"), missing=True)
    why = open_[0].why if open_ else best.verdict.why
    return Ruled(Verdict("unchecked", why or "said in other words than the quotes'"), missing=missing)


_ORDER = {"supported": 0, "partial": 1, "unchecked": 2, "contradicted": 3, "unsupported": 4}


def _ordered(j: Judged) -> bool:
    """Whether a statement's words stand in the source in about its own order: what is turned round needs a reader."""
    places = [min(p.start for p in m.places) for m in j.alignment.matches if m.places and m.unit.kind != "generic"]
    longest: list[int] = []
    for at in places:  # the longest run of places that only grow
        n = bisect_left(longest, at)
        longest[n : n + 1] = [at]
    return not places or len(longest) >= 0.75 * len(places)


def _contradiction(text: str, j: Judged, ground: Ground) -> str | None:
    """Why a quote speaks against the claim, where that is of a kind that is told surely."""
    if j.verdict.support != "contradicted":
        return None
    order = [p.span for p in poles(text) if p.axis == "order"]  # `ahead of B` says what `followed by B` does
    order += [Span(*m.span()) for m in _THAN.finditer(text)]  # `rose less than B` says nothing of which way
    differing = [d for d in j.differences if d.standing == "differs" and not any(d.span.overlaps(s) for s in order)]
    sure = [d for d in differing if d.slot in _SURE]
    if not sure or any(d.slot == "role" for d in differing):
        return None
    if all(d.slot == "negation" for d in sure) and not _one_denies(text, ground):
        return None
    if all(d.slot == "number" for d in sure) and _in_order(text, j.alignment.source, sure):
        return None
    return j.verdict.why


_THAN = re.compile(r"\b(?:less|more|fewer|greater|higher|lower|faster|slower)\s(?=than\b)", re.IGNORECASE)


def _one_denies(text: str, ground: Ground) -> bool:
    said = " ".join(ground.quotes)
    mine, theirs = denied_in(text) or bool(denials(text)), denied_in(said) or bool(denials(said))
    other = said if mine else text
    return mine != theirs and not denied_in_other_words(other)


def _in_order(text: str, source: str, found: Sequence[Difference]) -> bool:
    """Whether a claim gives several of a source's figures in the source's own order: then none was exchanged for another."""
    mine, theirs = [(a.low, a.unit) for a in amounts(text)], [(a.low, a.unit) for a in amounts(source)]
    shared = [m for m in mine if m in theirs]
    return len(shared) > 1 and shared == [t for t in theirs if t in shared]


def _touches(text: str, ground: Ground) -> bool:
    """Whether a claim shares anything with its quotes: a word, a name, a figure, a term of the glossary."""
    known = frozenset(s for q in ground.sources for s in bag(q))
    own = [u for u in units(text) if u.kind != "generic"]
    shared = sum(likeness(u, known) >= 0.85 for u in own)
    if language_of(text) != language_of(" ".join(ground.quotes)):
        return shared > 0 or not own
    words = {stem(t.text) for t in tokens(text) if t.text not in STOPWORDS}
    return shared >= max(1, 0.25 * len(own)) or len(words & known) >= 0.35 * max(1, len(words))
