"""The whole chain in one place: question -> hits -> draft -> verification -> reply.

Composes what stands below and knows no library: LlamaIndex runs the same steps through `chain.py`,
and a test proves that both give the same reply.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant import weighing
from assistant.answering import catalogue, comparing, conversation, extractive, pieces, prompting, wording, writing
from assistant.answering.abstention import Refusal
from assistant.answering.gates import demands
from assistant.answering.gates.demands import Unmet
from assistant.answering.gates.model import CAUTION
from assistant.answering.pointing import Pointer, pointing
from assistant.answering.sourced import Remark, differing, from_sources
from assistant.answering.written import Reader
from assistant.bearing import Bearings
from assistant.citations import cite
from assistant.errors import UsageError
from assistant.hops import Hops
from assistant.lexicon.bilingual import reads_korean
from assistant.lexicon.loanwords import Heard as Sounds
from assistant.protocols import Embedder, LanguageModel, Library, Progress
from assistant.questions import Question
from assistant.retrieval import HybridRetriever, idf
from assistant.sources.ledger import Ledger
from assistant.text import language_of
from assistant.types import (
    Abstention,
    Answer,
    Audit,
    Begun,
    Citation,
    Claim,
    Document,
    Event,
    Evidence,
    Exchange,
    Finished,
    Hit,
    Language,
    Provenance,
    Reason,
    Reply,
    Said,
    Verdict,
    Withheld,
    Within,
    Work,
    WorkKind,
)
from assistant.verification import RULES, Verifier, checked

EVERYWHERE = Within()


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one index. Safe to keep: it holds no conversation."""

    library: Library
    retriever: HybridRetriever
    embedder: Embedder
    index: str
    """The fingerprint of the generation that answers."""
    settings: str = ""
    hits: int = 12
    claims: int = 3
    max_question: int = 2000
    caution: int = CAUTION
    """Of a hundred questions that have an answer, how many may be refused."""
    ledger: Ledger = field(default_factory=Ledger)
    """The works that the documents name, and what has become of them."""
    model: LanguageModel | None = None
    """Writes the answers; without one they are the documents' own sentences."""
    model_sentences: int = 6
    model_reads: int = 6000
    """Tokens of passages that the model is shown, about."""
    translate: bool = False
    """Whether the model also translates quotes in another language than the question's."""
    verifier: Verifier = RULES
    """Judges every claim, whoever wrote it: the rules, alone or with an opinion on top of them."""

    def ask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Reply:
        """The reply to a question, completed from the conversation where it leans on it. With `origin` the sources
        behind the documents answer, where they are held; only documents `within` do.
        """
        started = time.perf_counter()
        prepared = self.prepare(question, history, origin, within)
        return self.reply(prepared, self.find(prepared), started)

    def stream(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Iterator[Event]:
        """What `ask` gives, told as it is made: each sentence of a language model once it is verified, the reply last."""
        started = time.perf_counter()
        prepared = self.prepare(question, history, origin, within)
        yield from self.events(prepared, self.find(prepared), started)

    def search(
        self,
        question: str,
        k: int = 10,
        within: Within = EVERYWHERE,
        history: Sequence[Exchange] = (),
        explain: bool = False,
    ) -> Sequence[Hit]:
        """Ranked passages without an answer; with `explain` each says why it has its place."""
        return self._found(self.prepare(question, history, within=within), k, explain)

    def prepare(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Prepared:
        """The question as it will be answered."""
        usable = self._usable(question)
        completed = conversation.complete(usable, history)
        if self.model is not None:
            completed = conversation.rewritten(usable, completed, history, self.model)
        whole = self._understood(completed)
        about = catalogue.named(whole, catalogue.listed(self.library))
        both = (
            catalogue.asks_both(whole) or sum(w.kind != "source" for w in about) > 1
        )  # two papers named are to be heard both
        asked = self._understood(catalogue.bare(completed)) if both else whole
        return Prepared(
            usable,
            completed,
            whole,
            replace(catalogue.without_names(asked, about), earlier=conversation.earlier(completed, history)),
            self._scope(about, within),
            both,
            origin,
            any(w.kind == "source" for w in about),
            within,
        )

    def _understood(self, completed: str) -> Question:
        """A completed question, with the names of the corpus that it spells in Hangul. An embedder that knows Korean is
        given its own words, any other their English.
        """
        question = conversation.meant(completed, self._sounds)
        if question.language == "ko" and not self.retriever.english_only and self._bilingual:
            return replace(question, gist=question.text)
        return question

    @cached_property
    def _bilingual(self) -> bool:
        return reads_korean(self.embedder)

    @cached_property
    def _sounds(self) -> Sounds:
        """The corpus' words by their sound."""
        return Sounds(self.retriever.lexical.index.vocabulary)

    def find(self, prepared: Prepared) -> Sequence[Hit]:
        """The hits that the answer is chosen from."""
        return self._found(prepared, self.hits)

    def _found(self, prepared: Prepared, k: int, explain: bool = False) -> Sequence[Hit]:
        """The first k passages; of each paper its own by turns, where all are to be heard."""
        papers: list[str] = []
        if prepared.both:
            papers = [id for id in self.library.document_ids() if self.library.document(id).work.kind != "source"]
            papers = [id for id in papers if prepared.scope is None or id in prepared.scope]
        if papers:
            each = [self.retriever.find(prepared.question, k, {id}, explain=explain) for id in papers[:6]]
            merged = sorted((h for hits in each for h in hits), key=lambda h: (h.rank, h.passage.id))
            return [replace(h, rank=i) for i, h in enumerate(merged[:k], start=1)]
        return self.retriever.find(prepared.question, k, prepared.scope, fold=True, explain=explain)

    def reply(self, prepared: Prepared, hits: Sequence[Hit], started: float | None = None) -> Reply:
        """The verified answer that the hits bear, or the abstention."""
        *_, last = self.events(prepared, hits, started)
        assert isinstance(last, Finished)
        return last.reply

    def events(self, prepared: Prepared, hits: Sequence[Hit], started: float | None = None) -> Iterator[Event]:
        """`reply`, told as it is made. Where a gate refuses, the abstention stands and no model is asked: it would find
        something true to say that does not answer, and no check of its words against their quotes could see that.
        """
        started = time.perf_counter() if started is None else started
        yield Begun(prepared.completed, tuple(hits))
        drafted = self._drafted(prepared, hits, started)
        if isinstance(drafted, Answer | Abstention):
            yield Finished(drafted)
            return
        draft, near = drafted
        told = writing.Told(draft)
        if self.model is not None:
            told = yield from self._written(self.model, prepared, hits, draft)
        written = replace(told.draft, confidence=draft.confidence) if told.draft else draft
        yield Finished(self._verified(prepared, written, hits, near, started, told))

    def _written(
        self, model: LanguageModel, prepared: Prepared, hits: Sequence[Hit], draft: pieces.Draft
    ) -> Generator[Said | Withheld, None, writing.Told]:
        language = language_of(prepared.asked)
        offered = prompting.offer(writing.passages(draft, hits, self.library), self.library, self.model_reads)
        library = _WithCatalogue(self.library)
        reader = Reader(
            prepared.question, language, offered, self.library, self.embedder, self.weigh,
            lambda claim, own: checked(claim, own, library, self.verifier),
        )  # fmt: skip
        return (yield from writing.write(model, prepared.completed, reader, language, self.model_sentences, draft))

    def _drafted(
        self, prepared: Prepared, hits: Sequence[Hit], started: float
    ) -> Reply | tuple[pieces.Draft, tuple[Citation, ...]]:
        """The documents' own sentences that answer, with what comes nearest; or the reply where nothing more is to be
        done: from the catalogue, or an abstention.
        """
        if reply := self._from_catalogue(prepared, hits, started):
            return reply
        question = prepared.question
        outcome, found = extractive.draft(
            question,
            hits,
            self.library,
            self.embedder.embed_question(question.gist),
            self.weigh,
            self.claims,
            every_document=prepared.both,
            references=catalogue.asks_source(question),
            embedder=self.embedder,
            about_author=self._about_author(prepared),
            sources_first=prepared.sources,
            caution=self.caution,
        )
        if isinstance(outcome, Refusal):
            pointer, sure = None, outcome.confidence
            if outcome.reason in ("not_answered_by_corpus", "not_in_corpus"):  # a figure that shows it says more
                named_only = outcome.reason == "not_in_corpus"
                pointer = pointing(question, found, self.library, self.weigh, self.hops.works, named_only)
            near = extractive.nearest(found, self.library, first=pointer.candidate if pointer else None)
            if pointer:
                return self._abstain(prepared, "source_not_held", near, hits, started, pointer=pointer, confidence=sure)
            return self._abstain(
                prepared,
                outcome.reason,
                near,
                hits,
                started,
                missing=outcome.missing,
                unmet=outcome.unmet,
                confidence=sure,
            )
        return outcome, extractive.nearest(found, self.library)

    def evidence(
        self,
        text: str,
        k: int = 5,
        kinds: Collection[WorkKind] = weighing.EVERYTHING,
        progress: Progress = lambda stage, done, total: None,
    ) -> Evidence:
        """What the corpus says for and against each sentence of a text: up to `k` places of papers and of sources."""
        started = time.perf_counter()
        usable = weighing.usable(text)
        statements = weighing.Weigher(self.library, self.bearings, self.hops).weighed(usable, k, kinds, progress)
        language = language_of(usable)
        shown = [b.citation for s in statements for b in (*s.supports, *s.contradicts)]
        return Evidence(usable, language, statements, _notices(shown, language), self._provenance(started))

    def audit(self, document: str, progress: Progress = lambda stage, done, total: None) -> Audit:
        """Each sentence of a document that rests on a note, beside what the source says that the note names."""
        from assistant import auditing

        started = time.perf_counter()
        audited = self.library.document(document)
        lines = auditing.Auditor(self.library, self.hops, self.bearings).lines(audited, progress)
        return Audit(document, audited.work.title, lines, self._provenance(started))

    def again(self, question: str, understood: str, said: pieces.Draft | Reason, near: tuple[Citation, ...]) -> Reply:
        """The reply to a question of which the claims, or the reason for having none, were found before: checked now
        as they were then.
        """
        started = time.perf_counter()
        prepared = replace(self.prepare(understood), asked=question)
        if isinstance(said, pieces.Draft):
            return self._verified(prepared, said, (), near, started)
        return self._abstain(prepared, said, near, (), started)

    def document(self, id: str) -> Document:
        """A stored document; the catalogue is one, under the id `catalog`."""
        return (
            catalogue.catalogue_document(catalogue.listed(self.library))
            if id == catalogue.CATALOGUE
            else self.library.document(id)
        )

    def _recorded(self, id: str) -> tuple[Work, Work | None]:
        work = self.document(id).work
        return work, self.original(work)

    def original(self, work: Work) -> Work | None:
        """The work that a digest stands in for, where the catalogue has its record."""
        return next((w for w in self.library.works() if w.id == work.digest_of), None)

    def _usable(self, question: str) -> str:
        text = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())  # lone surrogates end here
        if not text:
            raise UsageError("the question is empty: ask for example 'How many FTAs has South Korea concluded?'")
        if len(question) > self.max_question:
            raise UsageError(
                f"the question has {len(question):,} characters: shorten it to {self.max_question:,} or fewer"
            )
        return text

    def _scope(self, about: Sequence[Work], within: Within) -> frozenset[str] | None:
        """The held documents that a question confines itself to by naming their authors or title, or is confined to;
        None for all, and none where nothing held is within.
        """
        held = set(self.library.document_ids())
        if within:
            held = {id for id in held if within.holds(self.library.document(id).work)}
        wanted = {w.id for w in about}
        wanted |= {w.id for w in catalogue.listed(self.library) if w.digest_of in wanted}
        for w in about:  # what a source says may be asked of those who relay it
            if w.kind == "source" and (entry := self.ledger.entry(w.id)):
                wanted |= {n.document for n in entry.namings}
        return frozenset(wanted & held) or (frozenset(held) if within else None)

    @cached_property
    def _frequencies(self) -> dict[str, float]:
        return {}

    def weigh(self, term: str) -> float:
        """A term's inverse document frequency among the passages."""
        if (known := self._frequencies.get(term)) is None:
            index = self.retriever.lexical.index
            known = self._frequencies[term] = idf(index.frequency(term), index.count())
        return known

    @cached_property
    def bearings(self) -> Bearings:
        """What the corpus says on a statement."""
        return Bearings(self.library, self.retriever, self.embedder, self.weigh)

    @cached_property
    def hops(self) -> Hops:
        """The way from a citation to the sources behind it."""
        return Hops(self.library, self.ledger, self.bearings)

    def _from_catalogue(self, prepared: Prepared, hits: Sequence[Hit], started: float) -> Reply | None:
        works = catalogue.listed(self.library)
        kept = [self.library.document(id).work for id in self.library.document_ids()]
        held = {w.digest_of or w.id for w in kept}
        found = catalogue.look_up(prepared.whole, works, held)
        if found is None:
            return None
        document = catalogue.catalogue_document(works)
        citations: list[Citation] = []
        claims: list[Claim] = []
        told = [(w, s) for w, s in zip(found.works, found.spans, strict=True) if prepared.within.holds(w)]
        if not told:
            return None
        for work, span in told:
            marker = len(citations) + 1
            line = cite(document, span, marker, score=1.0, kind="catalog")
            citations.append(replace(line, published=work.issued))
            markers = [marker]
            if found.asked in ("authors", "title") and (own := self._in_paper(work, found.asked, marker + 1)):
                citations.append(own)
                markers.append(own.marker)
            claims.append(Claim(span.slice(document.text), tuple(markers), Verdict("unchecked")))
        if not found.known:
            return self._abstain(prepared, "not_answered_by_corpus", tuple(citations), hits, started)
        draft = pieces.Draft(tuple(claims), tuple(citations))
        return self._verified(prepared, draft, hits, tuple(citations), started)

    def _about_author(self, prepared: Prepared) -> tuple[str, ...]:
        works = catalogue.listed(self.library)
        papers = [w for w in works if w.kind == "paper" and (prepared.scope is None or w.id in prepared.scope)]
        return catalogue.asks_about_author(prepared.whole, catalogue.named(prepared.whole, works), papers)

    def _in_paper(self, work: Work, asked: str, marker: int) -> Citation | None:
        """Where the held document itself names its authors or has its title."""
        ids = [work.id, *(w.id for w in catalogue.listed(self.library) if w.digest_of == work.id)]
        held = set(self.library.document_ids())
        for id in ids:
            if id in held:
                document = self.library.document(id)
                for block in document.blocks[:4]:
                    words = block.span.slice(document.text)
                    named = bool(work.authors) and all(a.family in words for a in work.authors)
                    if named if asked == "authors" else block.kind == "title":
                        return cite(document, block.span, marker, score=1.0)
        return None

    def _verified(
        self,
        prepared: Prepared,
        draft: pieces.Draft,
        hits: Sequence[Hit],
        near: tuple[Citation, ...],
        started: float,
        told: writing.Told = writing.ALONE,
    ) -> Reply:
        library = _WithCatalogue(self.library)
        judged = [checked(c, draft.citations, library, self.verifier) for c in draft.claims]
        shown = [c for c in judged if c.verdict.support not in ("unsupported", "contradicted")]
        withheld = len(judged) - len(shown) + len(told.faults)
        notices = (told.notice,) if told.notice else ()
        if not shown:
            abstained = self._abstain(
                prepared, "unsupported", near, hits, started, withheld=withheld, confidence=draft.confidence
            )
            return replace(abstained, notices=(*abstained.notices, *notices), faults=told.faults)
        claims, citations, remarks = self._sourced(prepared, shown, draft.citations)
        language = language_of(prepared.asked)
        if self.translate and self.model:
            citations, failed = writing.translated(citations, language, self.model)
            notices = (*notices, failed) if failed else notices
        wrote = self.model if told.draft and self.model else None
        claims, apart = comparing.told_apart(prepared.whole, claims, citations, self._recorded, language, prepared.both)
        ours = (
            *apart,
            *comparing.dated(prepared.whole, claims, citations, language),
            *comparing.bracketed(claims, citations, language),
        )
        return Answer(
            question=prepared.asked,
            understood=prepared.completed,
            language=language,
            claims=claims,
            citations=citations,
            notices=(*_notices(citations, language), *(self._remarked(r, language) for r in remarks), *ours, *notices),
            withheld=withheld,
            provenance=self._provenance(started, wrote),
            hits=tuple(hits),
            origin=prepared.origin,
            confidence=draft.confidence,
            faults=told.faults,
        )

    def _sourced(
        self, prepared: Prepared, shown: Sequence[Claim], drafted: Sequence[Citation]
    ) -> tuple[tuple[Claim, ...], tuple[Citation, ...], list[Remark]]:
        """The claims with their citations followed into the sources; where the origin is asked for, told by them."""
        claims, kept = pieces.renumbered(shown, drafted)
        citations = self.hops.followed(kept)
        if not prepared.origin:
            return claims, citations, differing(citations)
        library = _WithCatalogue(self.library)
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

    def _abstain(
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
            nearest=self.hops.followed(near),
            notices=_notices(near, language),
            withheld=withheld,
            provenance=self._provenance(started),
            hits=tuple(hits),
            origin=prepared.origin,
            confidence=confidence,
        )

    def _pointed(self, pointer: Pointer, language: Language) -> str:
        title = self.library.document(pointer.candidate.passage.document).work.title
        named = [e.work for w in pointer.works[:3] if (e := self.ledger.entry(w.id))]
        return wording.points(pointer.note.number, title, named, pointer.works[0], language)

    def _provenance(self, started: float, wrote: LanguageModel | None = None) -> Provenance:
        return Provenance(
            index=self.index,
            embedder=self.embedder.fingerprint,
            model=wrote.name if wrote else None,
            prompt=prompting.TEMPLATE if wrote else None,
            settings=self.settings,
            seconds=time.perf_counter() - started,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question as asked, as completed, as understood, and without the names of authors that only
    say which documents are meant; those are its `scope`.
    """

    asked: str
    completed: str
    whole: Question
    question: Question
    scope: frozenset[str] | None
    both: bool
    origin: bool = False
    """Whether the sources behind the documents are to answer."""
    sources: bool = False
    """Whether the question names a source that is held: that is what it asks, before those who relay it."""
    within: Within = EVERYWHERE
    """What it is confined to beyond its own words."""


@dataclass(frozen=True, slots=True)
class _WithCatalogue:
    """The library with the catalogue as one more document."""

    library: Library

    def document(self, id: str) -> Document:
        return (
            catalogue.catalogue_document(catalogue.listed(self.library))
            if id == catalogue.CATALOGUE
            else self.library.document(id)
        )


_WORDS = re.compile(r"[A-Za-z]{4}|[가-힣]{2}")
"""A quote without a word is in no language."""


def _notices(citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    notices = [wording.digest(language)] if any(c.kind == "digest" for c in citations) else []
    told = [language_of(c.quote) for c in citations if _WORDS.search(c.quote)]
    if foreign := [one for one in told if one != language]:
        notices.append(wording.foreign(language, every=len(foreign) == len(told)))
    return tuple(notices)
