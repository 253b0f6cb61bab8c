"""What is refused of what the corpus does not say, where nine in ten of the questions that it answers are answered.

Absent articles: half of the articles of a set, by the recorded split `half`, is taken out of the index (`reduced.py`),
and questions on both halves are asked. Unanswerable: mtrag's questions that its annotators found no answer to, in all
four domains, completed as the annotators did and as typed with their history. The rivals are the plain methods: the share
of the question's terms, by inverse document frequency, that BM25's first passage holds, and the embedder's best cosine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import sets
from answer_rows import sampled
from reduced import without

from assistant.corpus import slug
from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant
from assistant.questions import Question
from assistant.text import terms
from assistant.types import Answer

if TYPE_CHECKING:
    from answers import Options, Row

ANSWERED = 0.9
SYSTEMS = ("ours", "BM25's coverage of the question", "embedder's best cosine")
KNOWN = {"korquad": (".96", ".98"), "crs": (".91", ".95"), "mtrag-clapnq": (".91", ".95")}


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with each system's confidence, and whether the corpus answers it."""

    there: bool
    scores: tuple[float, ...]
    group: str = ""


def rows(options: Options) -> Iterator[Row]:
    for name in ("korquad", "crs", "mtrag-clapnq"):
        plain, reach = KNOWN[name]
        found = list(absent(name, options))
        yield from told(f"{name}, half of the articles left out", found, plain, reach)
    for typed in (False, True):
        found = [s for d in sets.DOMAINS for s in unanswerable(d, typed, options)]
        how = "as typed, with history" if typed else "standalone"
        yield from told(f"mtrag, four domains, {how}", found, ".2", ".50")
        for d in sets.DOMAINS:
            yield from told(f"mtrag {d}, {how}", [s for s in found if s.group == d])


def half(document: str) -> bool:
    """Whether a document is of the half that is left out; the split is by a hash of its name."""
    return hashlib.sha256(f"left out {document}".encode()).digest()[0] < 128


def absent(name: str, options: Options) -> Iterator[Scored]:
    """Questions on articles that are there and on those that were left out, by halves of a set."""
    made = sets.SETS[name]()
    whole = sets.opened(made.files, name, options.cache)
    article = pages() if name.startswith("mtrag") else {}
    asked = [q for q in made.questions if q.answerable and (q.relevant or not article)]
    gone = {id for id in whole.library.document_ids() if half(article.get(id, id))}
    rest = without(whole, gone)
    for q in sampled(asked, options.questions):
        its = q.relevant or {q.document}
        if len({id in gone for id in its}) == 1:  # what lies on pages of both halves is neither there nor absent
            yield _scored(rest, q, q.standalone or q.text, not its & gone, options)


def unanswerable(domain: str, typed: bool, options: Options) -> Iterator[Scored]:
    """A domain's questions with an answer, and those without, all over the whole domain."""
    made = sets.SETS[f"mtrag-{domain}"]()
    assistant = sets.opened(made.files, f"mtrag-{domain}", options.cache)
    labels = kinds()
    asked = [q for q in made.questions if labels[q.id] == "ANSWERABLE"]
    asked = sampled(asked, options.questions // 4) + [q for q in made.questions if labels[q.id] == "UNANSWERABLE"]
    for q in asked:
        text = q.text if typed else q.standalone or q.text
        yield _scored(assistant, q, text, labels[q.id] == "ANSWERABLE", options, typed, domain)


def _scored(
    assistant: Assistant, q: sets.Asked, text: str, there: bool, options: Options, typed: bool = False, group: str = ""
) -> Scored:
    reply = assistant.ask(text, history=q.history if typed else ())
    options.held.see(reply, assistant.document)
    sure = reply.confidence if reply.confidence is not None else float(isinstance(reply, Answer))
    return Scored(there, (sure, *plain(assistant, assistant.prepare(reply.understood).question)), group)


def plain(assistant: Assistant, question: Question) -> tuple[float, float]:
    """The confidence of the two plain methods."""
    first = assistant.retriever.lexical.rank(question, 1)
    weights = {t: assistant.weigh(t) for t in terms(question.text)}
    held = set(terms(assistant.library.passage(first[0][0]).text)) if first else set()
    near = assistant.retriever.dense.rank(question, 1)
    share = sum(w for t, w in weights.items() if t in held) / (sum(weights.values()) or 1.0)
    return share, near[0][1] if near else 0.0


def told(data: str, found: Sequence[Scored], known: str = "", reach: str = "") -> Iterator[Row]:
    """Each system's share refused of what is not there, and how far ours is above the first rival, pair by pair."""
    from answers import Row

    refused = [refusals(found, lambda s, i=i: s.scores[i]) for i in range(len(SYSTEMS))]  # type: ignore[misc]
    measure = f"refused of what is not said, at {ANSWERED:.0%} answered ({sum(s.there for s in found)} there)"
    for name, each in zip(SYSTEMS, refused, strict=True):
        yield Row(data, measure, name, mean(each), known, reach)
    for name, each in list(zip(SYSTEMS, refused, strict=True))[1:]:
        difference = [a - b for a, b in zip(refused[0], each, strict=True)]
        yield Row(data, measure, f"ours less {name}", mean(difference), known, reach)


def refusals(found: Iterable[Scored], score: Callable[[Scored], float]) -> list[float]:
    """1 for each question that is not there and lies below the limit at which nine in ten of the others are answered."""
    there = [score(s) for s in found if s.there]
    limit = float(np.quantile(there, 1 - ANSWERED)) if there else 0.0
    return [float(score(s) < limit) for s in found if not s.there]


def kinds() -> dict[str, str]:
    lines = (sets.DATA / "mtrag" / "tasks.jsonl").read_text("utf-8").splitlines()
    return {r["task_id"]: r["answerability"] for r in map(json.loads, lines)}


def pages() -> dict[str, str]:
    """Which page a passage of mtrag is from: passages of one page are left out together."""
    lines = (sets.DATA / "mtrag" / "corpus.jsonl").read_text("utf-8").splitlines()
    return {slug(f"mt-{r['_id']}.txt"): r["title"] for r in map(json.loads, lines)}
