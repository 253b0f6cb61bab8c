"""From a question as typed to the question that is answered: completed, understood, confined to documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering import catalogue, conversation
from assistant.errors import UsageError
from assistant.lexicon.bilingual import reads_korean
from assistant.lexicon.loanwords import Heard as Sounds
from assistant.protocols import Embedder, LanguageModel, Library
from assistant.questions import Question
from assistant.retrieval import HybridRetriever
from assistant.sources.ledger import Ledger
from assistant.types import Exchange, Within, Work

EVERYWHERE = Within()


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


@dataclass(frozen=True)
class Asking:
    """Prepares the questions of one index."""

    library: Library
    retriever: HybridRetriever
    embedder: Embedder
    ledger: Ledger
    model: LanguageModel | None
    max_question: int
    """Longest question, in characters."""

    def prepared(self, question: str, history: Sequence[Exchange], origin: bool, within: Within) -> Prepared:
        """The question as it will be answered. UsageError: it is empty or too long."""
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

    def _usable(self, question: str) -> str:
        text = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())  # lone surrogates end here
        if not text:
            raise UsageError("the question is empty: ask for example 'How many FTAs has South Korea concluded?'")
        if len(question) > self.max_question:
            raise UsageError(
                f"the question has {len(question):,} characters: shorten it to {self.max_question:,} or fewer"
            )
        return text

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
