"""From a question or a document to a brief: what the views find, chosen within the words, verified."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering import comparing
from assistant.answering.candidates import candidates
from assistant.answering.gates.asked_for import missed
from assistant.answering.gates.rules import unheard
from assistant.pipeline.catalogued import WithCatalogue
from assistant.pipeline.replying import on_quotes
from assistant.policy.brief import Maker, composed_notice, numbered, title_of
from assistant.policy.brief.lines import OURS
from assistant.policy.brief.relevance import Relevance
from assistant.policy.brief.rewording import TEMPLATE, Reworded, reworded
from assistant.text import language_of
from assistant.types import Abstention, Citation, Claim, Language
from assistant.types.policy import Brief, BriefPart
from assistant.verification import checked

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

HITS = 32
"""Passages that a brief on a question looks at."""


def briefed(
    assistant: Assistant, about: str, words: int, audience: str, language: Language | None, document: bool
) -> Brief | Abstention:
    """As `Assistant.brief`."""
    started = time.perf_counter()
    if document:
        held = assistant.library.document(about)
        title = held.work.title or about
        language = language or language_of(held.text[:4000])
        maker = Maker(assistant.library, assistant.hops.followed, words, language, audience, assistant.original)
        parts = maker.of_document(about)
        wrote = prompt = None
    else:
        title = " ".join(about.split())
        language = language or language_of(about)
        prepared = assistant.prepare(about)
        reply = assistant.reply(prepared, assistant.find(prepared), started)
        if isinstance(reply, Abstention):
            return reply
        in_sentences = all(c.kind != "catalog" and c.cell is None for c in reply.citations)
        if in_sentences and missed(prepared.question, _around(assistant, reply.citations)) is not None:
            refused = assistant.again(about, prepared.completed, "not_answered_by_corpus", reply.citations[:_NEAREST])
            assert isinstance(refused, Abstention)
            return refused
        maker = Maker(assistant.library, assistant.hops.followed, words, language, audience, assistant.original)
        question = prepared.question
        hits = assistant.retriever.find(question, HITS, prepared.scope, fold=True)
        found = candidates(
            question, hits, assistant.library, assistant.embedder.embed_question(question.gist), assistant.weigh,
            assistant.embedder,
        )  # fmt: skip
        papers = list(dict.fromkeys(h.passage.document for h in hits))
        parts = maker.of_question(
            reply,
            Relevance.over(question, assistant.weigh, found),
            papers,
            unheard(question, assistant.weigh),
            prepared.scope,
        )
        wrote, prompt = reply.provenance.model, reply.provenance.prompt
    drafted, citations = numbered(parts)
    check = _check(assistant, citations)
    made = _standing(drafted, check)
    told = Reworded(made)
    if assistant.model is not None:
        told = reworded(made, citations, assistant.model, language, check)
    wrote = wrote or (assistant.model.name if told.changed and assistant.model else None)
    citations = assistant.hops.followed(citations)
    notices = [composed_notice(language, wrote or ""), *on_quotes(citations, language)]
    notices += comparing.bracketed([x for p in told.parts for x in p.lines], citations, language)
    notices += [told.notice] if told.notice else []
    provenance = replace(assistant.provenance(started), model=wrote, prompt=TEMPLATE if told.changed else prompt)
    return Brief(
        title=title_of(title, language),
        about=title,
        audience=audience,
        language=language,
        parts=told.parts,
        citations=citations,
        notices=tuple(notices),
        composed=wrote is None,
        provenance=provenance,
    )


def _around(assistant: Assistant, citations: Sequence[Citation]) -> list[str]:
    """What the places of an answer say, with the paragraph and the headings that they stand in."""
    library = WithCatalogue(assistant.library)
    texts = []
    for c in citations:
        document = library.document(c.document)
        block = next((b.span for b in document.blocks if b.span.contains(c.span)), c.span)
        around = [document.work.title, *document.section_at(c.span.start), block.slice(document.text)]
        texts.append("\n".join([c.quote, *around]))
    return texts


_NEAREST = 3


def _check(assistant: Assistant, citations: Sequence[Citation]) -> Callable[[Claim], Claim]:
    """Verifies a line as an answer's claims are; what is ours stays as it is."""
    library = WithCatalogue(assistant.library)

    def judged(claim: Claim) -> Claim:
        ours = not claim.citations or claim.verdict.why == OURS
        return claim if ours else checked(claim, citations, library, assistant.verifier)

    return judged


def _standing(parts: Sequence[BriefPart], check: Callable[[Claim], Claim]) -> tuple[BriefPart, ...]:
    """The parts with the lines that stand verification."""
    kept = [BriefPart(p.kind, tuple(c for c in map(check, p.lines) if c.verdict.support not in _FALLEN)) for p in parts]
    return tuple(p for p in kept if p.lines)


_FALLEN = ("unsupported", "contradicted")
