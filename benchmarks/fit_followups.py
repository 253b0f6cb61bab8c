"""Choose what a conversation weighs in the search for a follow-up: the weights of assistant/data/earlier.json.

    python benchmarks/fit_followups.py [--domain govt ...] [--tries N] [--seconds S] [--write]

Each try draws the weights at random and measures R@5 on the dev talks of mtrag (half of the talks, `sets.part_of`). The
best tenth of the tries is averaged, so that one lucky draw decides nothing; the test talks are measured once, at the
end, with those weights, with none, and with the ones that ship.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import sets

from assistant.answering.conversation.earlier import Weights, earlier, learnt
from assistant.evaluation.measures import Mean, mean
from assistant.pipeline import Assistant, Prepared

OUT = Path(__file__).resolve().parents[1] / "assistant" / "data" / "earlier.json"
SEED = 5
NONE = Weights(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
RANGES = {"bracket": (0.2, 1.0), "question": (0.0, 0.4), "questions": (0.0, 0.2), "answer": (0.0, 0.3),
          "near_question": (0.0, 0.4), "near_questions": (0.0, 0.4), "near_answer": (0.0, 0.6)}  # fmt: skip
K = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up as it was prepared, once for all tries."""

    asked: sets.Asked
    assistant: Assistant
    prepared: Prepared

    def recall(self, weights: Weights) -> float:
        added = earlier(self.prepared.completed, self.asked.history, weights)
        question = replace(self.prepared.question, earlier=added)
        hits = self.assistant.retriever.find(question, 3 * K, self.prepared.scope, fold=True)
        return recall([h.passage.document for h in hits], self.asked.relevant)


def recall(documents: Sequence[str], relevant: frozenset[str], k: int = K) -> float:
    """The share of the relevant documents that is among the first k different ones."""
    first = list(dict.fromkeys(documents))[:k]
    return len(relevant & set(first)) / len(relevant)


def follow_ups(domains: Sequence[str], cache: Path) -> Iterator[Turn]:
    """Every turn but the first that has labelled passages, on an assistant over its domain."""
    for domain in domains:
        made = sets.mtrag(domain)
        assistant = sets.opened(made.files, made.name, cache)
        for asked in made.questions:
            if asked.history and asked.relevant:
                yield Turn(asked, assistant, assistant.prepare(asked.text, asked.history))


def measured(turns: Sequence[Turn], weights: Weights) -> Mean:
    return mean([t.recall(weights) for t in turns])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domain", action="append", choices=sets.DOMAINS, help="these domains only")
    parser.add_argument("--tries", type=int, default=120)
    parser.add_argument("--seconds", type=float, default=3600, help="stop trying after so long")
    parser.add_argument("--cache", type=Path, default=sets.CACHE)
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    options = parser.parse_args()
    turns = list(follow_ups(options.domain or sets.DOMAINS, options.cache))
    dev = [t for t in turns if t.asked.part == "dev"]
    test = [t for t in turns if t.asked.part == "test"]
    draw = random.Random(SEED)
    tried: list[tuple[float, Weights]] = []
    begun = time.monotonic()
    while len(tried) < options.tries and time.monotonic() - begun < options.seconds:
        weights = Weights(**{name: round(draw.uniform(*span), 3) for name, span in RANGES.items()})
        tried.append((measured(dev, weights).value or 0.0, weights))
    tried.sort(key=lambda pair: -pair[0])
    best = [w for _, w in tried[: max(len(tried) // 10, 1)]]
    chosen = Weights(**{f.name: round(sum(getattr(w, f.name) for w in best) / len(best), 2) for f in fields(Weights)})
    print(f"{len(tried)} tries on {len(dev)} follow-ups of dev talks: best {tried[0][0]:.3f}, chosen {asdict(chosen)}")
    told = {}
    for name, weights in (("without the conversation", NONE), ("chosen", chosen), ("as shipped", learnt())):
        at = {part: measured(rows, weights) for part, rows in (("dev", dev), ("test", test))}
        told[name] = {p: f"{m.value:.3f} \u00b1 {m.error:.3f} (n = {m.n})" for p, m in at.items()}
        print(f"{name:26s} R@{K}", told[name], flush=True)
    if options.write:
        about = (
            "chosen by benchmarks/fit_followups.py on the dev talks of mtrag, by the share of relevant passages among 5"
        )
        made = {"about": about, "weights": asdict(chosen), "reached": {k: told[k] for k in list(told)[:2]}}
        OUT.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
