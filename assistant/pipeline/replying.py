"""From a draft to the reply: each claim verified, followed into its sources, and told with what must be said of it;
or the abstention with its reason and what comes nearest.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import comparing, pieces, prompting, wording, writing
from assistant.answering.gates import demands
from assistant.answering.gates.demands import Unmet
from assistant.answering.pointing import Pointer
from assistant.answering.sourced import Remark, differing, from_sources, unborne
from assistant.hops import Hops
from assistant.pipeline.asking import Prepared
from assistant.pipeline.catalogued import WithCatalogue
from assistant.pipeline.grounding import Grounding
from assistant.policy.dates import replies as dating
from assistant.protocols import LanguageModel, Library
from assistant.sources.ledger import Ledger
from assistant.text import language_of
from assistant.types import Abstention, Answer, Citation, Claim, Hit, Language, Passage, Provenance, Reason, Reply, Work
from assistant.verification import Verifier, checked


@dataclass(frozen=True, slots=True)
class Retold:
    """What would be said today of the claims of a reply that was given."""

    claims: tuple[Claim, ...]
    notices: tuple[str, ...]
    may: frozenset[str]
    """Notices that it may have had besides, on sources behind what it does not quote any more."""


@dataclass(frozen=True, slots=True)
class Replying:
    """Makes the replies of one index."""

    library: Library
    hops: Hops
    ledger: Ledger
    verifier: Verifier
    model: LanguageModel | None
    translate: bool
    origin_of: Callable[[Work], Work | None]
    """The work that a digest stands in for."""
    look: Callable[[str], Sequence[Hit]]
    """Passages that bear some words: a lexical look-up."""
    index: str
    embedder: str
    settings: str

    @property
    def grounding(self) -> Grounding:
        """What the quotes rest on."""
        return Grounding(self.library, self.ledger)

    def verified(
        self,
        prepared: Prepared,
        draft: pieces.Draft,
        hits: Sequence[Hit],
        near: tuple[Citation, ...],
        started: float,
        told: writing.Told = writing.ALONE,
    ) -> Reply:
        """The claims that stand, as an answer; an abstention with `near` where none does."""
        library = WithCatalogue(self.library)
        judged = [checked(c, draft.citations, library, self.verifier) for c in draft.claims]
        shown = [c for c in judged if c.verdict.support not in ("unsupported", "contradicted")]
        withheld = len(judged) - len(shown) + len(told.faults)
        notices = (told.notice,) if told.notice else ()
        if not shown:
            refused = self.abstained(
                prepared, "unsupported", near, hits, started, withheld=withheld, confidence=draft.confidence
            )
            return replace(refused, notices=(*refused.notices, *notices), faults=told.faults)
        language = language_of(prepared.asked)
        drafted = draft.citations
        if not (told.draft and self.model) and not prepared.origin:
            beside, drafted = self.grounding.beside(
                prepared.whole, shown, drafted, hits, lambda c, own: checked(c, own, library, self.verifier)
            )
            shown = [*beside]
        claims, citations, remarks = self._sourced(prepared, shown, drafted)
        citations = self.grounding.grounded(citations)
        if self.translate and self.model:
            citations, failed = writing.translated(citations, language, self.model)
            notices = (*notices, failed) if failed else notices
        wrote = self.model if told.draft and self.model else None
        claims, citations, said = self._told(prepared, claims, citations, hits, remarks)
        return Answer(
            question=prepared.asked,
            understood=prepared.completed,
            language=language,
            claims=claims,
            citations=citations,
            notices=(*said, *notices),
            withheld=withheld,
            provenance=self.provenance(started, wrote),
            hits=tuple(hits),
            origin=prepared.origin,
            confidence=draft.confidence,
            faults=told.faults,
        )

    def _told(
        self,
        prepared: Prepared,
        claims: tuple[Claim, ...],
        citations: tuple[Citation, ...],
        hits: Sequence[Hit],
        remarks: Sequence[Remark],
    ) -> tuple[tuple[Claim, ...], tuple[Citation, ...], tuple[str, ...]]:
        """The claims, each led by who says it where that matters, with those of newer documents; and what has to be said
        of them.
        """
        library, language = WithCatalogue(self.library), language_of(prepared.asked)
        claims, apart = comparing.told_apart(prepared.whole, claims, citations, self._recorded, language, prepared.both)
        citations = dating.with_stages(citations)
        said, places, later = dating.newer(claims, citations, hits, self.library, language, self.look)
        said = tuple(checked(c, places, library, self.verifier) for c in said)
        claims, citations = (*claims, *said), (*citations, *self.grounding.grounded(places))
        return claims, citations, (
            *on_quotes(citations, language),
            *(self._remarked(r, language) for r in remarks),
            *apart,
            *self.grounding.notices(prepared.whole, citations, language),
            *later,
            *dating.replaced_sources(claims, citations, language),
            *comparing.dated(prepared.whole, claims, citations, language),
            *comparing.bracketed(claims, citations, language),
        )  # fmt: skip

    def retold(self, prepared: Prepared, claims: Sequence[Claim], citations: Sequence[Citation]) -> Retold:
        """What is said of claims of a reply that was given: their leads, and its notices, but for what depends on passages
        that it does not quote or on a language model.
        """
        language = language_of(prepared.asked)
        kept = tuple(replace(c, lead="" if c.lead != wording.before(language) else c.lead) for c in claims)
        own = {m for c in claims for m in c.citations}
        mine = tuple(c for c in citations if c.marker in own)
        hits = [_hit(c) for c in citations if c.kind != "catalog" and c.cell is None]
        told, _, notices = self._told(prepared, kept, mine, hits, differing(mine))
        may = [r for c in mine for r in unborne(c)] if prepared.origin else []
        return Retold(told, notices, frozenset(self._remarked(r, language) for r in may))

    def abstained(
        self,
        prepared: Prepared,
        why: Reason,
        near: tuple[Citation, ...],
        hits: Sequence[Hit],
        started: float,
        missing: tuple[str, ...] = (),
        withheld: int = 0,
        pointer: Pointer | None = None,
        unmet: Sequence[Unmet] = (),
        confidence: float | None = None,
    ) -> Abstention:
        """The abstention, with all that is known of why."""
        language = language_of(prepared.asked)
        if why == "not_a_question":
            near = ()
        parts = [wording.reason(why, language), wording.lacking(list(missing), language), demands.told(unmet, language)]
        parts += [self._pointed(pointer, language)] if pointer else []
        parts += [wording.nearest(language)] if near else []
        if prepared.within and why != "not_a_question":
            held = [self.library.document(id).work for id in self.library.document_ids()]
            within = sum(map(prepared.within.holds, held))
            parts = [wording.confined(within, len(held), language), *(parts if within else ())]
        return Abstention(
            question=prepared.asked,
            understood=prepared.completed,
            language=language,
            reason=why,
            detail=" ".join(filter(None, parts)),
            nearest=dating.with_stages(self.grounding.grounded(self.hops.followed(near))),
            notices=on_quotes(near, language),
            withheld=withheld,
            provenance=self.provenance(started),
            hits=tuple(hits),
            origin=prepared.origin,
            confidence=confidence,
        )

    def provenance(self, started: float, wrote: LanguageModel | None = None) -> Provenance:
        """What made a reply, and how long it took since `started` (of `time.perf_counter`)."""
        return Provenance(
            index=self.index,
            embedder=self.embedder,
            model=wrote.name if wrote else None,
            prompt=prompting.TEMPLATE if wrote else None,
            settings=self.settings,
            seconds=time.perf_counter() - started,
        )

    def _sourced(
        self, prepared: Prepared, shown: Sequence[Claim], drafted: Sequence[Citation]
    ) -> tuple[tuple[Claim, ...], tuple[Citation, ...], list[Remark]]:
        """The claims with their citations followed into the sources; where the origin is asked for, told by them."""
        claims, kept = pieces.renumbered(shown, drafted)
        citations = self.hops.followed(kept)
        if not prepared.origin:
            return claims, citations, differing(citations)
        library = WithCatalogue(self.library)
        told, all_, remarks = from_sources(
            claims, citations, library, lambda c, own: checked(c, own, library, self.verifier)
        )
        order = pieces.order(told)
        claims, citations = pieces.renumbered(told, all_)
        remarks = [replace(r, marker=order[r.marker]) for r in [*differing(all_), *remarks] if r.marker in order]
        return claims, citations, remarks

    def _remarked(self, remark: Remark, language: Language) -> str:
        known = (self.ledger.entry(w.id) for w in remark.works)
        names = [wording.work_name(e.work) if e else w.title for w, e in zip(remark.works, known, strict=True)]
        return wording.remark(remark.kind, remark.marker, remark.note, remark.by_note, names, remark.why, language)

    def _pointed(self, pointer: Pointer, language: Language) -> str:
        title = self.library.document(pointer.candidate.passage.document).work.title
        named = [e.work for w in pointer.works[:3] if (e := self.ledger.entry(w.id))]
        return wording.points(pointer.note.number, title, named, pointer.works[0], language)

    def _recorded(self, id: str) -> tuple[Work, Work | None]:
        work = WithCatalogue(self.library).document(id).work
        return work, self.origin_of(work)


def _hit(citation: Citation) -> Hit:
    """A quotation as if it had just been found."""
    at = citation.span
    return Hit(Passage("", citation.document, "text", at, citation.quote, (at,)), citation.score, 1, "")


_WORDS = re.compile(r"[A-Za-z]{4}|[가-힣]{2}")
"""A quote without a word is in no language."""


def on_quotes(citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    """What has to be said of quotes as such: that a digest is quoted, that they are in another language."""
    notices = [wording.digest(language)] if any(c.kind == "digest" for c in citations) else []
    told = [language_of(c.quote) for c in citations if _WORDS.search(c.quote)]
    if foreign := [one for one in told if one != language]:
        notices.append(wording.foreign(language, every=len(foreign) == len(told)))
    return tuple(notices)
