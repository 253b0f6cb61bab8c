"""Whether a Korean question over English papers finds what its English twin finds.

    python benchmarks/korean.py [--papers INDEX] [--set crs|papers] [--show] [--kiwi]

The twins of eval/korean/twins.jsonl are put to the reports of the Congressional Research Service (the set `crs` of
`sets.py`) and, where --papers names an index of the two papers, to it. Printed for each half of the twins: the overlap
of the first five passages of both languages, the recall of the evidence in the first five, and the share of questions
whose first cited sentence is right (it says the gold answer, or overlaps the labelled evidence). The halves are parted by
document: word lists and rules were written with `dev` in sight, and of `test` only the sums were seen. `--show` lists
dev twins that find no evidence. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sets

from assistant import config, wiring
from assistant.evaluation.cases import place_labels, read_cases
from assistant.evaluation.measures import Mean, evidence_recall, mean
from assistant.pipeline import Assistant
from assistant.text import fold
from assistant.types import Answer, Hit

TWINS = sets.ROOT / "eval" / "korean" / "twins.jsonl"
CASES = sets.ROOT / "eval" / "cases.jsonl"
FIRST = 5


@dataclass(frozen=True, slots=True)
class Twin:
    """A question in both languages, how much of its evidence hits hold, and whether a reply begins right."""

    id: str
    part: sets.Part
    english: str
    korean: str
    recall: Callable[[Sequence[Hit]], float]
    begins_right: Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a twin; pairs are English and Korean."""

    twin: Twin
    overlap: float
    recall: tuple[float, float]
    right: tuple[float, float]


def rows_of(name: str) -> dict[str, str]:
    """The Korean questions of a set by the id of their twin."""
    lines = map(json.loads, TWINS.read_text("utf-8").splitlines())
    return {row["twin"]: row["question"] for row in lines if row["set"] == name}


def of_reports() -> Iterator[Twin]:
    """Twins of the questions on the reports: evidence is a passage with the words that the question points to."""
    korean = rows_of("crs")
    for path in sorted((sets.ROOT / "eval" / "short").glob("crs-*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if row["id"] in korean:
                yield _of_report(row, korean[row["id"]])


def _of_report(row: dict[str, str], korean: str) -> Twin:
    pointer = fold(row["pointer"]).text

    def recall(hits: Sequence[Hit]) -> float:
        own = [h.passage for h in hits[:FIRST] if h.passage.document == row["document"]]
        return float(any(pointer in fold(p.text).text for p in own))

    def right(answer: Answer) -> bool:
        first = answer.citations[0]
        return first.document == row["document"] and sets.says(first.quote, row["answers"])

    return Twin(row["id"], sets.part_of(row["document"]), row["question"], korean, recall, right)


def of_papers(assistant: Assistant) -> Iterator[Twin]:
    """Twins of the dev cases on the papers, with the evidence that is labelled there."""
    korean = rows_of("papers")
    held = assistant.library.document_ids()
    for case in read_cases(CASES):
        if case.id in korean:
            groups = place_labels(case, held, assistant.document).groups

            def recall(hits: Sequence[Hit], groups=groups) -> float:  # type: ignore[no-untyped-def]
                return evidence_recall(groups, hits, FIRST) or 0.0

            def right(answer: Answer, groups=groups) -> bool:  # type: ignore[no-untyped-def]
                first = answer.citations[0]
                return any(p.document == first.document and p.span.overlaps(first.span) for g in groups for p in g)

            yield Twin(case.id, sets.part_of(case.id), case.question, korean[case.id], recall, right)


def seen(assistant: Assistant, twin: Twin) -> Seen:
    """Both questions put to the assistant."""
    hits = [assistant.search(q, 10) for q in (twin.english, twin.korean)]
    first = [{h.passage.id for h in found[:FIRST]} for found in hits]
    replies = [assistant.ask(q) for q in (twin.english, twin.korean)]
    right = [float(isinstance(r, Answer) and bool(r.citations) and twin.begins_right(r)) for r in replies]
    return Seen(
        twin,
        len(first[0] & first[1]) / max(1, len(first[0])),
        (twin.recall(hits[0]), twin.recall(hits[1])),
        (right[0], right[1]),
    )


def told(found: Mean) -> str:
    return f"{found.value:.3f} ±{found.error or 0:.3f}" if found.value is not None else "-"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, metavar="INDEX", help="an index of the two papers")
    parser.add_argument("--set", choices=("crs", "papers"), action="append", help="these only")
    parser.add_argument("--cache", type=Path, default=sets.CACHE, help="where ingested sets are kept")
    parser.add_argument("--show", action="store_true", help="list dev twins that find no evidence")
    options = parser.parse_args()
    chosen = options.set or ("crs", "papers")
    every: list[tuple[str, Seen]] = []
    if "crs" in chosen:
        files = sets.crs().files
        assistant = sets.opened(files, "crs", options.cache)
        every += [("crs", seen(assistant, t)) for t in of_reports()]
    if "papers" in chosen and options.papers:
        assistant = wiring.open_assistant(config.load(index=options.papers), warm=True)
        every += [("papers", seen(assistant, t)) for t in of_papers(assistant)]
    print(f"{'set':8}{'part':6}{'n':>4}  {'overlap of 5':16}{'recall en':16}{'recall ko':16}{'right en':16}right ko")
    for name in chosen:
        for part in ("dev", "test"):
            here = [s for n, s in every if n == name and s.twin.part == part]
            if not here:
                continue
            columns = [[s.overlap for s in here], *([s.recall[i] for s in here] for i in (0, 1)),
                       *([s.right[i] for s in here] for i in (0, 1))]  # fmt: skip
            print(f"{name:8}{part:6}{len(here):4}  " + "".join(f"{told(mean(c)):16}" for c in columns))
    if options.show:
        for _, one in every:
            if one.twin.part == "dev" and one.recall[1] < one.recall[0]:
                print(f"{one.twin.id}: {one.twin.korean}  [{one.twin.english}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
