"""Whether the gold answer stands in the first cited sentence: KorQuAD over all its articles, PolicyQA within the
paragraph asked of, and our own questions on the CRS reports over all of them. A refusal counts as a miss; what the ranking
would reach if nothing were refused is told beside it. The plain rivals of `sentence_rivals.py` never refuse.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import sentence_rivals
import sets

from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant
from assistant.types import Answer, Reply, Within

if TYPE_CHECKING:
    from answers import Options, Row

SEED = 2026
KNOWN = {"korquad": (".784", ".85"), "policyqa": ("", ".80"), "crs": (".72", ".80")}


def rows(options: Options) -> Iterator[Row]:
    from answers import Row

    for name in ("korquad", "policyqa", "crs"):
        made = sets.SETS[name]()
        assistant = sets.opened(made.files, name, options.cache)
        plain, reach = KNOWN[name]
        others: dict[str, sentence_rivals.Cite] = {}
        for part in ("dev", "test"):
            asked = sampled([q for q in made.questions if q.part == part and q.answerable], options.questions)
            if not asked:
                continue
            replies = [reply_to(assistant, q, options) for q in asked]
            hit = [float(first_says(r, q)) for r, q in zip(replies, asked, strict=True)]
            told = [h for h, r in zip(hit, replies, strict=True) if isinstance(r, Answer)]
            near = [float(nearest_says(r, q)) for r, q in zip(replies, asked, strict=True)]
            measure = f"gold answer in the first cited sentence, {part}"
            yield Row(name, measure, "ours, a refusal is a miss", mean(hit), plain, reach)
            yield Row(name, measure, "ours, of those answered", mean(told), plain, reach)
            yield Row(name, measure, "ours, what is nearest where it is refused", mean(near), plain, reach)
            others = others or sentence_rivals.rivals(
                assistant, sentence_rivals.is_korean(asked), any(q.within for q in asked)
            )
            for system, cite in others.items():
                plainly = [float(sets.says(cite(q), q.answers)) for q in asked]
                yield Row(name, measure, system, mean(plainly), plain, reach)


def sampled(questions: Sequence[sets.Asked], count: int) -> list[sets.Asked]:
    return random.Random(SEED).sample(list(questions), count) if 0 < count < len(questions) else list(questions)


def reply_to(assistant: Assistant, asked: sets.Asked, options: Options) -> Reply:
    within = Within(documents=(asked.within,)) if asked.within else Within()
    reply = assistant.ask(asked.text, within=within)
    options.held.see(reply, assistant.document)
    return reply


def first_says(reply: Reply, asked: sets.Asked) -> bool:
    """Whether the first citation's quote holds a gold answer; a cell's headers count as quoted."""
    if not isinstance(reply, Answer):
        return False
    first = reply.citations[0]
    return sets.says("\n".join([first.quote, *first.headers]), asked.answers)


def nearest_says(reply: Reply, asked: sets.Asked) -> bool:
    """The same, of an abstention's nearest place where there is no answer."""
    if isinstance(reply, Answer):
        return first_says(reply, asked)
    return bool(reply.nearest) and sets.says(reply.nearest[0].quote, asked.answers)
