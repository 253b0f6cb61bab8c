"""What a reply says of dates: how far a quoted measure had come, which held document is newer on the same matter, and
that a note tells of a replaced source. Strict: what is not clearly the same matter is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citations import cite, is_reference
from assistant.policy.dates.asof import as_of
from assistant.policy.dates.staging import stage_of, staged
from assistant.policy.statements import flat
from assistant.protocols import Library
from assistant.quantities import numbers, years
from assistant.text import STOPWORDS, stem, tokens
from assistant.types import Citation, Claim, Document, Hit, Language, Span, Verdict
from assistant.types.policy import Staged

_MOST = 2
"""So many notices of newer documents a reply bears."""
_SHARED, _SHARE = 5, 0.6
"""Words that two sentences with figures must have in common, and the share of the shorter one's."""
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
    "en": "A document held here that is newer than [{old}] ({before}) speaks of the same matter: [{new}] ({date}).",
    "ko": "[{old}]({before})보다 최근인 보관 문서가 같은 사안을 말합니다: [{new}]({date}).",
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
class _Told:
    """A sentence with what is compared of it."""

    span: Span
    words: frozenset[str]
    measures: tuple[Staged, ...]
    kinds: frozenset[str]
    years: frozenset[int]


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
    claims: Sequence[Claim], citations: Sequence[Citation], hits: Sequence[Hit], library: Library, language: Language
) -> tuple[tuple[Claim, ...], tuple[Citation, ...], tuple[str, ...]]:
    """The sentences of newer documents, among what was found, that speak of the same measure or the same quantity as a
    quotation: as claims that are still to be checked, with their citations, and a notice for each, also of one that the
    reply quotes already.
    """
    every, notices, added = list(citations), list[str](), list[Claim]()
    first = dict.fromkeys(claim.citations[0] for claim in claims if claim.citations)
    for marker in first:
        old = next((c for c in citations if c.marker == marker), None)
        if old is None or old.kind == "catalog" or old.cell is not None or len(notices) >= _MOST:
            continue
        own = library.document(old.document)
        found = _best(old, own, hits, library)
        if found is None:
            continue
        later, span, date = found
        new = next((c for c in every if c.document == later.id and c.span.overlaps(span)), None)
        if new is None:
            new = cite(later, span, max(c.marker for c in every) + 1)
            every.append(replace(new, stage=stage_of(new.quote)))
            lead = _LEAD[language].format(title=later.work.title, date=date)
            added.append(Claim(flat(new.quote), (new.marker,), Verdict("unchecked"), lead=lead))
        before = as_of(own)
        notices.append(
            _NEWER[language].format(old=old.marker, before=before.date if before else "", new=new.marker, date=date)
        )
    return tuple(added), tuple(every[len(citations) :]), tuple(notices)


def _best(old: Citation, own: Document, hits: Sequence[Hit], library: Library) -> tuple[Document, Span, str] | None:
    """The sentence of a newer document that is nearest to the quotation, if any speaks of the same."""
    before = as_of(own)
    if before is None or before.by not in ("record", "front"):
        return None
    mine = _told(old.quote, Span(0, len(old.quote)))
    if not mine.measures and not mine.kinds:
        return None
    best: tuple[int, Document, Span, str] | None = None
    for document, span, date in _later(own, before.date, hits, library):
        shared = _same(mine, _told(span.slice(document.text), span))
        if shared and (best is None or shared > best[0]):
            best = shared, document, span, date
    return best[1:] if best else None


def _later(own: Document, before: str, hits: Sequence[Hit], library: Library) -> Iterator[tuple[Document, Span, str]]:
    seen: dict[str, tuple[Document, str] | None] = {}
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
                yield known_as[0], span, known_as[1]


def _after(one: str, other: str) -> bool:
    least = min(len(one), len(other))
    return one[:least] > other[:least]


def _told(text: str, span: Span) -> _Told:
    words = frozenset(
        stem(t.text) for t in tokens(text) if t.kind not in ("number",) and t.text not in STOPWORDS and len(t.text) > 1
    )
    kinds = frozenset(n.kind for n in numbers(text) if n.kind in ("percent", "money"))
    return _Told(span, words, staged(flat(text)), kinds, years(text))


def _same(mine: _Told, theirs: _Told) -> int:
    """How many words two sentences share that speak of one measure or one quantity; 0 where that is not clear."""
    if any(_one(a, b) for a in mine.measures for b in theirs.measures):
        return 100 + len(mine.words & theirs.words)
    if mine.years and theirs.years and not mine.years & theirs.years:
        return 0  # a figure of another year is not the same
    shared = len(mine.words & theirs.words)
    least = min(len(mine.words), len(theirs.words))
    if mine.kinds & theirs.kinds and shared >= _SHARED and shared >= _SHARE * least:
        return shared
    return 0


def _one(a: Staged, b: Staged) -> bool:
    """Whether two sentences name one measure: by a name or number of its own, and most of their words."""
    if a.what is None or b.what is None:
        return False
    mine, theirs = _key(a.what.text), _key(b.what.text)
    shared = mine & theirs
    proper = {stem(t.text) for t in tokens(a.what.text) if t.kind in ("number", "code", "initials")}
    proper |= {stem(w.casefold()) for w in re.findall(r"\b[A-Z][\w-]+", a.what.text)}
    if any("가" <= w[0] <= "힣" for w in shared):
        return len("".join(shared)) >= 5 and mine == theirs
    return len(shared) >= 2 and bool(proper & shared) and len(shared) >= _SHARE * min(len(mine), len(theirs))


def _key(text: str) -> frozenset[str]:
    return frozenset(stem(t.text) for t in tokens(text) if t.text not in STOPWORDS)
