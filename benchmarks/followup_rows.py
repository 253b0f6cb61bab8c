"""Follow-ups of mtrag as they were typed, with their history: the share of relevant passages among the first five.

All four domains where they are ingested; every turn but the first that has labelled passages. The rivals hear the last
turn alone, all turns joined, and the question as an annotator completed it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import sets
from answers import Options, Row
from fit_followups import recall

from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant

K = 5
_System = Callable[[Assistant, sets.Asked], Sequence[str]]


def rows(options: Options) -> Iterator[Row]:
    """A row for each system and domain, then for all domains together, by part."""
    reached: dict[str, list[tuple[sets.Asked, float]]] = {}
    for domain in sets.DOMAINS:
        made = sets.mtrag(domain)
        held = sets.settings_of(made.name, options.cache).index / "CURRENT"
        if os.environ.get("SETS_AS_THEY_ARE") and not held.is_file():
            continue
        assistant = sets.opened(made.files, made.name, options.cache)
        asked = [q for q in made.questions if q.history and q.relevant]
        for name, system in SYSTEMS.items():
            found = [(q, recall(system(assistant, q), q.relevant, K)) for q in asked[: options.questions or None]]
            reached.setdefault(name, []).extend(found)
            known = {"plain": ".49", "reach": ".62"} if domain == "govt" else {}
            yield Row(f"mtrag follow-ups, {domain}", f"R@{K}", name, mean([v for _, v in found]), **known)
    for name, found in reached.items():
        for part in ("dev", "test"):
            values = [v for q, v in found if q.part == part]
            yield Row(f"mtrag follow-ups, {part} talks of all domains", f"R@{K}", name, mean(values))


def _hybrid(assistant: Assistant, text: str) -> list[str]:
    return [h.passage.document for h in assistant.search(text, 3 * K)]


def _bm25(assistant: Assistant, asked: sets.Asked) -> list[str]:
    hits = assistant.retriever.lexical.retrieve(asked.text, 3 * K)
    return [h.passage.document for h in hits]


def _joined(assistant: Assistant, asked: sets.Asked) -> list[str]:
    return _hybrid(assistant, " ".join([*(e.question for e in asked.history), asked.text])[-assistant.max_question :])


def _understood(assistant: Assistant, asked: sets.Asked) -> list[str]:
    """Completed by the rules, and nothing of the conversation beside it."""
    return _hybrid(assistant, assistant.prepare(asked.text, asked.history).completed)


def _ours(assistant: Assistant, asked: sets.Asked) -> list[str]:
    prepared = assistant.prepare(asked.text, asked.history)
    hits = assistant.retriever.find(prepared.question, 3 * K, prepared.scope, fold=True)
    return [h.passage.document for h in hits]


SYSTEMS: dict[str, _System] = {
    "BM25, last turn alone": _bm25,
    "ours, last turn alone": lambda a, q: _hybrid(a, q.text),
    "ours, all turns joined": _joined,
    "ours, understood by the rules alone": _understood,
    "ours, understood, with what was said before": _ours,
    "ours, as an annotator completed it": lambda a, q: _hybrid(a, q.standalone or q.text),
}
