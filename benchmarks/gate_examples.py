"""What the gates learn from and are measured on: the features of questions that a corpus answers, and of others.

    python benchmarks/gate_examples.py --out EXAMPLES.jsonl [--part eval|crs|mtrag|policyqa|korquad ...]
        [--papers INDEX] [--digests INDEX] [--questions N] [--cache DIR]

Conditions: `whole` is the corpus as it is; `away` with the sentences taken away that answer; `present` and `absent` with
half of the articles left out of the index (`reduced.py`), the question's own among those that stay or that are left out.
A line a question and condition, written as it comes; what stands in the file already is not made again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import sets
from fit_answering import about_documents, is_evidence
from reduced import without
from refusal_rows import half, kinds, pages, plain, sampled

from assistant import config, wiring
from assistant.answering import candidates, catalogue, choosing
from assistant.answering.candidates import Candidate
from assistant.answering.gates.evidence import features
from assistant.evaluation.cases import place_labels, read_cases
from assistant.pipeline import Assistant
from assistant.types import Exchange, Within

Row = dict[str, Any]
CASES = Path(__file__).parents[1] / "eval" / "cases.jsonl"
Away = Callable[[Candidate], bool]


def example(
    assistant: Assistant,
    text: str,
    away: Away | None = None,
    within: Within | None = None,
    history: Sequence[Exchange] = (),
) -> Row | None:
    """What the gates see of a question, by the same steps as a reply; None where there is nothing to look at."""
    prepared = assistant.prepare(text, history, within=within or Within())
    question = prepared.question
    vector = assistant.embedder.embed_question(question.gist)
    found = candidates.candidates(question, assistant.find(prepared), assistant.library, vector, assistant.weigh, None)
    found = [c for c in found if away is None or not away(c)]
    found = candidates.late_interaction(question, found, assistant.embedder, assistant.weigh)
    references = catalogue.asks_source(question)
    usable = choosing.of_the_kind([c for c in found if choosing.may_answer(c, question, references)])
    if not found:
        return None
    seen = features(question, usable, found, assistant.weigh)
    coverage, cosine = plain(assistant, question)
    best = (usable or found)[0]
    return {
        "reads": not best.foreign,
        "features": {k: round(v, 4) for k, v in seen.items()},
        "plain": [round(coverage, 4), round(cosine, 4)],
    }


def papers(index: Path, name: str) -> Iterator[tuple[Row, Callable[[], Row | None]]]:
    """The cases of the papers, and the answerable dev ones with their evidence taken away."""
    assistant = wiring.open_assistant(config.load(index=index), warm=True)
    held = assistant.library.document_ids()
    for case in read_cases(CASES):
        located = place_labels(case, held, assistant.document)
        if not about_documents(assistant, located):
            continue
        asked = [(name, case.question), (name.replace("eval", "twins"), sets.twins("papers").get(case.id))]
        for of, text in asked:
            row = {"set": of, "id": case.id, "part": case.split or "dev", "answerable": case.answerable}
            if text is None:
                continue
            yield {**row, "condition": "whole"}, lambda q=text: example(assistant, q)  # type: ignore[misc]
            if case.answerable and case.split == "dev":
                taken: Away = lambda c, located=located: is_evidence(c, located)  # type: ignore[misc]  # noqa: E731
                yield (
                    {**row, "condition": "away"},
                    lambda q=text, taken=taken: example(assistant, q, taken),  # type: ignore[misc]
                )


def labelled(name: str, questions: int, cache: Path) -> Iterator[tuple[Row, Callable[[], Row | None]]]:
    """A set's questions on all of it, and with half of its articles left out."""
    made = sets.SETS[name]()
    whole = sets.opened(made.files, name, cache)
    article = pages() if name.startswith("mtrag") else {}
    labels = kinds() if article else {}
    gone = {id for id in whole.library.document_ids() if half(article.get(id) or id)}
    rest = without(whole, gone) if name != "policyqa" else whole
    unsaid = [q for q in made.questions if labels.get(q.id) == "UNANSWERABLE" or not q.answerable]
    said = [q for q in made.questions if q not in unsaid and labels.get(q.id, "ANSWERABLE") == "ANSWERABLE"]
    # Mixed, so that what is made in a short time is of all kinds.
    never = {q.id for q in unsaid}
    asked = [(name, q) for q in [*sampled(said, questions), *unsaid]]
    korean = sets.twins(name)
    asked += [(f"twins-{name}", replace(q, text=korean[q.id])) for _, q in asked if q.id in korean]
    for of, q in sorted(asked, key=lambda a: hashlib.sha256(a[1].id.encode()).digest()):
        text = q.standalone or q.text
        row = {"set": of, "id": q.id, "part": q.part, "answerable": q.id not in never}
        its = q.relevant or {q.document}
        within = Within(documents=(q.within,)) if q.within else None
        # Where the annotators completed no follow-up, the conversation does.
        talk = () if q.standalone else q.history
        if name != "korquad":
            yield {**row, "condition": "whole"}, lambda t=text, w=within, h=talk: example(whole, t, None, w, h)  # type: ignore[misc]
        if q.answers and q.part == "dev" and q.answerable and name != "korquad":
            taken: Away = lambda c, q=q: sets.says(c.text, q.answers)  # type: ignore[misc]  # noqa: E731
            yield (
                {**row, "condition": "away"},
                lambda t=text, w=within, a=taken: example(whole, t, a, w),  # type: ignore[misc]
            )
        if name != "policyqa" and (q.relevant or not article) and len({id in gone for id in its}) == 1:
            where = "absent" if its & gone else "present"
            yield {**row, "condition": where}, lambda t=text: example(rest, t)  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", action="append", choices=("papers", "digests", *sets.SETS))
    parser.add_argument("--papers", type=Path)
    parser.add_argument("--digests", type=Path)
    parser.add_argument("--questions", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=sets.CACHE)
    options = parser.parse_args()
    made = set()
    if options.out.is_file():
        lines = map(json.loads, options.out.read_text("utf-8").splitlines())
        made = {(r["set"], r["id"], r["condition"]) for r in lines}
    with options.out.open("a", encoding="utf-8") as out:
        for part in options.part or ("papers", "digests", "crs", "policyqa", "korquad", *_MTRAG):
            index = {"papers": options.papers, "digests": options.digests}.get(part)
            rows = papers(index, f"eval-{part}") if index else labelled(part, options.questions, options.cache)
            for row, make in rows:
                if (row["set"], row["id"], row["condition"]) not in made and (seen := make()):
                    print(json.dumps({**row, **seen}, ensure_ascii=False), file=out, flush=True)


_MTRAG: Sequence[str] = tuple(f"mtrag-{d}" for d in sets.DOMAINS)

if __name__ == "__main__":
    main()
