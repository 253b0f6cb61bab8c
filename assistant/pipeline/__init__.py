"""The whole chain in one place: question -> hits -> draft -> verification -> reply.

`asking` prepares the question, `catalogued` answers what is asked of the papers themselves, `replying` verifies and
tells. All compose what stands below and know no library: LlamaIndex runs the same steps through `chain.py`,
and a test proves that both give the same reply.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant import weighing
from assistant.answering import catalogue, extractive, pieces, prompting, writing
from assistant.answering.abstention import Refusal
from assistant.answering.gates.model import CAUTION
from assistant.answering.pointing import pointing
from assistant.answering.written import Reader
from assistant.bearing import Bearings
from assistant.hops import Hops
from assistant.pipeline.asking import EVERYWHERE, Asking, Prepared
from assistant.pipeline.catalogued import WithCatalogue, about_author, from_catalogue
from assistant.pipeline.replying import Replying, Retold, on_quotes
from assistant.protocols import Embedder, LanguageModel, Library, Progress
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
    Withheld,
    Within,
    Work,
    WorkKind,
)
from assistant.types.policy import Brief
from assistant.verification import RULES, Verifier, checked

__all__ = ["EVERYWHERE", "Assistant", "Prepared"]


_LOOKED = 24
"""So many passages are looked at for what became of a measure."""


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
        return self._asking.prepared(question, history, origin, within)

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
        yield Finished(self._replying.verified(prepared, written, hits, near, started, told))

    def _written(
        self, model: LanguageModel, prepared: Prepared, hits: Sequence[Hit], draft: pieces.Draft
    ) -> Generator[Said | Withheld, None, writing.Told]:
        language = language_of(prepared.asked)
        offered = prompting.offer(writing.passages(draft, hits, self.library), self.library, self.model_reads)
        library = WithCatalogue(self.library)
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
        listed = from_catalogue(prepared, self.library)
        if isinstance(listed, pieces.Draft):
            return self._replying.verified(prepared, listed, hits, listed.citations, started)
        if listed is not None:
            return self._replying.abstained(prepared, "not_answered_by_corpus", listed, hits, started)
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
            about_author=about_author(prepared, self.library),
            sources_first=prepared.sources,
            caution=self.caution,
            confined=bool(prepared.within.documents),
        )
        if isinstance(outcome, Refusal):
            pointer, sure = None, outcome.confidence
            if outcome.reason in ("not_answered_by_corpus", "not_in_corpus"):  # a figure that shows it says more
                named_only = outcome.reason == "not_in_corpus"
                pointer = pointing(question, found, self.library, self.weigh, self.hops.works, named_only)
            near = extractive.nearest(found, self.library, first=pointer.candidate if pointer else None)
            if pointer:
                return self._replying.abstained(
                    prepared, "source_not_held", near, hits, started, pointer=pointer, confidence=sure
                )
            return self._replying.abstained(
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
        return Evidence(usable, language, statements, on_quotes(shown, language), self._replying.provenance(started))

    def audit(self, document: str, progress: Progress = lambda stage, done, total: None) -> Audit:
        """Each sentence of a document that rests on a note, beside what the source says that the note names."""
        from assistant import auditing

        started = time.perf_counter()
        audited = self.library.document(document)
        lines = auditing.Auditor(self.library, self.hops, self.bearings).lines(audited, progress)
        return Audit(document, audited.work.title, lines, self._replying.provenance(started))

    def brief(
        self, about: str, words: int = 400, audience: str = "", language: Language | None = None, document: bool = False
    ) -> Brief | Abstention:
        """A page for an official: on a question, or with `document` on the document of that id. An abstention where the
        corpus does not answer the question. `audience`: who is to act on it; `language`: of what is ours.
        """
        from assistant.pipeline.briefing import briefed  # here: a question composes no brief

        return briefed(self, about, words, audience, language, document)

    def provenance(self, started: float, wrote: LanguageModel | None = None) -> Provenance:
        """What made a reply or view that was begun at `started` (of `time.perf_counter`)."""
        return self._replying.provenance(started, wrote)

    def again(self, question: str, understood: str, said: pieces.Draft | Reason, near: tuple[Citation, ...]) -> Reply:
        """The reply to a question of which the claims, or the reason for having none, were found before: checked now
        as they were then.
        """
        started = time.perf_counter()
        prepared = replace(self.prepare(understood), asked=question)
        if isinstance(said, pieces.Draft):
            return self._replying.verified(prepared, said, (), near, started)
        return self._replying.abstained(prepared, said, near, (), started)

    def retold(self, prepared: Prepared, claims: Sequence[Claim], citations: Sequence[Citation]) -> Retold:
        """What would be said today of the claims of a reply that was given: their leads and its notices."""
        return self._replying.retold(prepared, claims, citations)

    def document(self, id: str) -> Document:
        """A stored document; the catalogue is one, under the id `catalog`."""
        return WithCatalogue(self.library).document(id)

    def original(self, work: Work) -> Work | None:
        """The work that a digest stands in for, where the catalogue has its record."""
        return next((w for w in self.library.works() if w.id == work.digest_of), None)

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

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.library, self.retriever, self.embedder, self.ledger, self.model, self.max_question)

    @cached_property
    def _replying(self) -> Replying:
        return Replying(
            self.library, self.hops, self.ledger, self.verifier, self.model, self.translate, self.original,
            lambda words: self.retriever.lexical.retrieve(words, _LOOKED), self.index, self.embedder.fingerprint, self.settings,
        )  # fmt: skip
