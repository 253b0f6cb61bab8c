"""What a reply says of dates: how far a quoted measure had come, which held document is newer on the same matter, and
that a note tells of a replaced source. Strict: what is not clearly the same matter is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import subjects
from assistant.citations import cite, is_reference
from assistant.labels import STAGES
from assistant.policy.dates import same
from assistant.policy.dates.asof import as_of
from assistant.policy.dates.staging import RANK, stage_of, staged
from assistant.policy.statements import flat
from assistant.protocols import Library
from assistant.quantities import numbers, years
from assistant.sources.dates import iso
from assistant.text import tokens
from assistant.types import Citation, Claim, Document, Hit, Language, Span, Stage, Verdict
from assistant.types.policy import AsOf

_MOST = 2
"""So many notices of newer documents a reply bears."""
_ENDS: frozenset[Stage] = frozenset(("suspended", "ended", "struck_down"))
"""A reader must know of these even where the quotation only names the measure."""
_REPLACED = re.compile(
    r"\b(?:since (?:been )?(?:replaced|superseded|updated|withdrawn|removed)|superseded by|replaced by (?:a|the|its)|no longer (?:available|online|accessible)|"
    r"(?:has|have|was|were) (?:since )?(?:been )?(?:superseded|retracted|withdrawn))\b"
    r"|(?:대체되었|대체됐|폐기되었|폐기됐|더 이상 (?:제공|열람|접속)|철회되었|철회됐|삭제되었|삭제됐|개정판으로 바뀌)"
)
_SOURCE = re.compile(
    r"\b(?:pages?|sites?|websites?|links?|documents?|reports?|versions?|editions?|data ?sets?|databases?|url|publications?|fact sheet|sources?|guidance)\b"
    r"|페이지|사이트|자료|문서|링크|보고서|통계",
    re.IGNORECASE,
)
_NEWER: dict[Language, str] = {
    "en": "A document held here that is newer than {old} speaks of the same matter: [{new}] ({date}).",
    "ko": "{old}보다 최근인 보관 문서가 같은 사안을 말합니다: [{new}]({date}).",
}
_OVER: dict[Language, str] = {
    "en": "What is said of “{what}” at {old} may no longer hold; a newer document held here tells of it as {stage}: [{new}] ({date}).",
    "ko": "{old}의 ‘{what}’에 관한 내용은 지금은 다를 수 있습니다. 더 최근인 보관 문서에 따르면 그 상태는 ‘{stage}’입니다: [{new}]({date}).",
}
_LEAD: dict[Language, str] = {
    "en": "Newer on the same, {title} ({date})",
    "ko": "같은 사안의 더 최근 문서, {title}({date})",
}
_NOTED: dict[Language, str] = {
    "en": "Note {note}, on which [{old}] rests, says that a source was replaced or is gone: “{quote}”",
    "ko": "[{old}]의 근거인 주 {note}번은 출처가 대체되었거나 없어졌다고 밝힙니다: “{quote}”",
}


@dataclass(frozen=True, slots=True)
class _Later:
    """A sentence of a newer document that speaks of the same as a quotation."""

    document: Document
    span: Span
    date: str
    """Of its document."""
    over: tuple[str, Stage] | None = None
    """The measure that the quotation names, and what has become of it."""


def is_newer_lead(lead: str) -> bool:
    """Whether a claim's lead says that it is of a newer document on the same."""
    return any(lead.startswith(said.partition("{")[0]) for said in _LEAD.values())


def with_stages(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, each with the one stage that its words tell of a measure; None where they tell none, or several."""
    return tuple(
        c if c.kind == "catalog" or c.cell is not None or is_reference(c.quote, c.section)
        else replace(c, stage=stage_of(c.quote))
        for c in citations
    )  # fmt: skip


def replaced_sources(claims: Sequence[Claim], citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    """That a note of a shown quotation says of its source that it was replaced, withdrawn or is gone."""
    shown = {m for claim in claims for m in claim.citations}
    found = []
    for c in citations:
        for note in c.notes if c.marker in shown else ():
            sentence = next(
                (s for s in re.split(r"(?<=[.。])\s", note.text or "") if _REPLACED.search(s) and _SOURCE.search(s)),
                None,
            )
            if sentence:
                found.append(_NOTED[language].format(note=note.number, old=c.marker, quote=flat(sentence)))
    return tuple(dict.fromkeys(found))


def newer(
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    hits: Sequence[Hit],
    library: Library,
    language: Language,
    look: Callable[[str], Sequence[Hit]] = lambda words: (),
) -> tuple[tuple[Claim, ...], tuple[Citation, ...], tuple[str, ...]]:
    """The sentences of newer documents, among what was found, that speak of the same measure or the same quantity as a
    quotation: as claims that are still to be checked, with their citations, and a notice for each, also of one that the
    reply quotes already. `look` finds passages that name a measure.
    """
    every, added = list(citations), list[Claim]()
    found_of: dict[tuple[int, tuple[str, Stage] | None], tuple[_Later, list[Citation]]] = {}
    first = dict.fromkeys(claim.citations[0] for claim in claims if claim.citations)
    for marker in first:
        old = next((c for c in citations if c.marker == marker), None)
        if old is None or old.kind == "catalog" or old.cell is not None or len(found_of) >= _MOST:
            continue
        own = library.document(old.document)
        before = as_of(own)
        if before is None or before.by not in ("record", "front"):
            continue
        found = _best(old, own, before.date, hits, library, look)
        if found is None:
            continue
        new = next((c for c in every if c.document == found.document.id and c.span.overlaps(found.span)), None)
        if new is None:
            new = cite(found.document, found.span, max(c.marker for c in every) + 1)
            every.append(replace(new, stage=stage_of(new.quote)))
            lead = _LEAD[language].format(title=found.document.work.title, date=found.date)
            added.append(Claim(flat(new.quote), (new.marker,), Verdict("unchecked"), lead=lead))
        found_of.setdefault((new.marker, found.over), (found, []))[1].append(old)
    notices = [_noticed(later, marker, olds, library, language) for (marker, _), (later, olds) in found_of.items()]
    return tuple(added), tuple(every[len(citations) :]), tuple(notices)


def _noticed(later: _Later, marker: int, olds: Sequence[Citation], library: Library, language: Language) -> str:
    dates = {c.marker: date.date for c in olds if (date := as_of(library.document(c.document)))}
    old = ", ".join(f"[{m}] ({dates[m]})" if language == "en" else f"[{m}]({dates[m]})" for m in dates)
    if later.over is None:
        return _NEWER[language].format(old=old, new=marker, date=later.date)
    what, stage = later.over
    return _OVER[language].format(old=old, new=marker, date=later.date, what=what, stage=STAGES[stage][language])


def _best(
    old: Citation,
    own: Document,
    before: str,
    hits: Sequence[Hit],
    library: Library,
    look: Callable[[str], Sequence[Hit]],
) -> _Later | None:
    """The sentence of a newer document that tells what became of a measure which the quotation names; else the one that
    speaks of the same quantity.
    """
    quote = flat(old.quote)
    measures = [m for m in same.named(quote) if m.telling or m.beside]
    stages = {s.stage for s in staged(quote)}
    seen: dict[str, tuple[Document, str] | None] = {}
    if measures:
        looked = [h for m in measures[:_MOST] if m.telling for h in look(m.text)]
        told = _told_of(measures, quote, own, _later(own, before, [*hits, *looked], library, seen))
        if told and (new := told.over) and new[1] not in stages and (new[1] in _ENDS or _further(stages, new[1])):
            return told if new[1] in _ENDS else replace(told, over=None)
    return _recounted(quote, own, _later(own, before, hits, library, seen))


def _further(told: set[Stage], now: Stage) -> bool:
    """Whether a measure of which a stage was told has come further since."""
    return bool(told) and not told & _ENDS and all(RANK[now] > RANK[t] for t in told)


def _told_of(
    measures: Sequence[same.Named], quote: str, own: Document, later: Iterator[tuple[Document, Span, str]]
) -> _Later | None:
    """The last that is told of one of the measures."""
    mine = f"{quote} {_about(own)}"
    best: tuple[str, str, int, _Later] | None = None
    for document, span, date in later:
        text = flat(span.slice(document.text))
        if not any(_shared(m, text) for m in measures):
            continue
        for s in staged(text):
            if s.what is None or s.what.span is None or (theirs := same.at(text, s.what.span)) is None:
                continue
            when = iso(s.when.text) or "" if s.when else ""
            one = next((m for m in measures if same.same(m, theirs, mine, f"{text} {_about(document)}")), None)
            if one is None or (when and not _not_before(when, as_of(own))):
                continue
            key = (date, when, span.start)
            if best is None or key > best[:3]:
                best = (*key, _Later(document, span, date, (one.text, s.stage)))
    return best[3] if best else None


def _shared(m: same.Named, text: str) -> bool:
    """Whether a sentence can name the measure at all: cheap, before its stages are read."""
    return all(w in text.casefold() for w in re.findall(r"[a-z가-힣]{4,}", m.text.casefold()))


def _not_before(when: str, date: AsOf | None) -> bool:
    """Whether something came no earlier than the document that speaks of the measure; as far as both are given."""
    least = min(len(when), len(date.date)) if date else 0
    return date is None or when[:least] >= date.date[:least]


def _about(document: Document) -> str:
    return " ".join([document.work.title, *map(str, document.work.authors)])


def _recounted(quote: str, own: Document, later: Iterator[tuple[Document, Span, str]]) -> _Later | None:
    """The sentence with another figure of the same quantity, kind and year that shares most words with the quotation."""
    kinds, told_years = _kinds(quote), years(quote)
    best: tuple[int, _Later] | None = None
    for document, span, date in later if kinds else ():
        text = flat(span.slice(document.text))
        if not kinds & _kinds(text) or not _one_period(told_years, years(text)) or _values(quote) == _values(text):
            continue
        if subjects.one_subject(quote, text, own.work.title, document.work.title):
            shared = len(subjects.words(quote) & subjects.words(text))
            if best is None or shared > best[0]:
                best = shared, _Later(document, span, date)
    return best[1] if best else None


def _kinds(text: str) -> frozenset[str]:
    return frozenset(n.kind for n in numbers(text) if n.kind in ("percent", "money"))


def _values(text: str) -> frozenset[str]:
    return frozenset(t.text for t in tokens(text) if t.kind == "number")


def _one_period(mine: frozenset[int], theirs: frozenset[int]) -> bool:
    """A figure of another year is not the same; nor is it known to be where only one names its year."""
    return bool(mine & theirs) or not (mine or theirs)


def _later(
    own: Document, before: str, hits: Sequence[Hit], library: Library, seen: dict[str, tuple[Document, str] | None]
) -> Iterator[tuple[Document, Span, str]]:
    """Every sentence that was found of a document newer than `before`, with the document's date."""
    given: set[tuple[str, Span]] = set()
    for hit in hits:
        p = hit.passage
        if p.kind != "text" or p.document == own.id:
            continue
        if p.document not in seen:
            document = library.document(p.document)
            date = as_of(document)
            related = own.work.digest_of == document.id or document.work.digest_of == own.id
            known = date is not None and date.by in ("record", "front") and not related
            seen[p.document] = (document, date.date) if known and date and _after(date.date, before) else None
        if (known_as := seen[p.document]) is not None:
            for span in p.sentences:
                if (p.document, span) not in given:
                    given.add((p.document, span))
                    yield known_as[0], span, known_as[1]


def _after(one: str, other: str) -> bool:
    least = min(len(one), len(other))
    return one[:least] > other[:least]
