"""Runs cases through the chain; a crash is recorded as a crash, never as a low score."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation import measures
from assistant.evaluation.cases import Located
from assistant.types import Answer, Document, Hit, Reply

Ask = Callable[[str], Reply]
Search = Callable[[str, int], Sequence[Hit]]
KS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with its reply and scores; a score is None where it does not apply."""

    located: Located
    reply: Reply | None
    crash: str | None
    seconds: float
    recall: dict[int, float | None]
    reciprocal_rank: float | None
    answered: bool
    says: float | None
    cites: float | None
    right: float | None
    exact: float | None
    pages: float | None
    outside: int


def run(
    cases: Sequence[Located],
    ask: Ask,
    search: Search,
    document: Callable[[str], Document],
    progress: Callable[[int, int], None] | None = None,
) -> list[Outcome]:
    """An outcome a case, in order."""
    out = []
    for i, located in enumerate(cases, start=1):
        out.append(_one(located, ask, search, document))
        if progress:
            progress(i, len(cases))
    return out


def _one(located: Located, ask: Ask, search: Search, document: Callable[[str], Document]) -> Outcome:
    case = located.case
    started = time.perf_counter()
    try:
        reply = ask(case.question)
        seconds = time.perf_counter() - started
        hits = search(case.question, max(KS))
        cited = reply.citations if isinstance(reply, Answer) else ()
        documents = {c.document: document(c.document) for c in cited}  # what is cited must be there to be checked
    except Exception as error:  # whatever breaks is a finding of the evaluation, and named as such
        none: dict[int, float | None] = dict.fromkeys(KS)
        wrong = 0.0 if case.answerable else None
        return Outcome(
            located, None, f"{type(error).__name__}: {error}", time.perf_counter() - started, none, None, False,
            wrong, wrong, wrong, None, None, 0,
        )  # fmt: skip
    answered = isinstance(reply, Answer)
    groups = located.groups
    recall = {k: measures.evidence_recall(groups, hits, k) if case.answerable else None for k in KS}
    says = cites = right = exact = pages = None
    outside = 0
    if isinstance(reply, Answer):
        exact = measures.quotes_exact(reply, documents)
        pages = measures.pages_right(reply, documents)
        outside = measures.numbers_outside(reply)
    if case.answerable:
        says = float(isinstance(reply, Answer) and measures.says_all(case.must_say, measures.shown_text(reply)))
        cites = float(isinstance(reply, Answer) and measures.cites_all(groups, reply))
        right = float(says and cites)
    return Outcome(
        located, reply, None, seconds, recall, measures.reciprocal_rank(groups, hits) if case.answerable else None,
        answered, says, cites, right, exact, pages, outside,
    )  # fmt: skip
