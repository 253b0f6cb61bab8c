"""One table of how well the assistant answers, with its rivals in the same run.

    python benchmarks/answers.py [--part ranking|followups|answers|refusals|papers ...] [--questions N] [--cache DIR]

Rows are measured by `ranking_rows.py` (BM25 alone, the default embedder alone, a stock LlamaIndex vector index, its
QueryFusionRetriever), `followup_rows.py`, `answer_rows.py` and `refusal_rows.py`; the sets are those of `sets.py`,
ingested by the product itself. Each figure is a mean with its standard error and n. Every reply that is given on the
way is checked: quotes not found, pages wrong, numbers outside the quotes. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sets

from assistant.evaluation.measures import Mean
from assistant.types import Document, Reply


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one measure of one set. `reach` and `plain` are what issue 5 asks for and gives as known."""

    data: str
    measure: str
    system: str
    value: Mean
    plain: str = ""
    reach: str = ""


@dataclass(slots=True)
class Held:
    """What every reply of the run is held to: counts of replies, quotes and faults."""

    replies: int = 0
    answers: int = 0
    quotes: int = 0
    not_found: int = 0
    pages_wrong: int = 0
    numbers_outside: int = 0
    examples: list[str] = field(default_factory=list)

    def see(self, reply: Reply, document: Callable[[str], Document]) -> None:
        """Check all citations of a reply, those of an abstention's nearest included."""
        import integrity

        integrity.see(self, reply, document)


@dataclass(frozen=True, slots=True)
class Options:
    """How much is measured, and where what was ingested is kept."""

    questions: int
    cache: Path
    held: Held


PARTS = {"ranking": "ranking_rows", "followups": "followup_rows", "answers": "answer_rows", "refusals": "refusal_rows",
         "papers": "paper_rows"}  # fmt: skip
"""Each is a module with `rows(options) -> Iterable[Row]`."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=tuple(PARTS), help="these parts only")
    parser.add_argument("--questions", type=int, default=0, help="a sample of each set's questions (0: all)")
    parser.add_argument("--cache", type=Path, default=sets.CACHE, help="where ingested sets are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows there")
    options = parser.parse_args()
    held = Held()
    made: list[Row] = []
    for part in options.part or PARTS:
        rows = importlib.import_module(PARTS[part]).rows(Options(options.questions, options.cache, held))
        made.extend(shown(rows))
    print(integrity_line(held))
    if options.json:
        options.json.write_text(json.dumps([as_json(r) for r in made], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0 if made and not (held.not_found or held.pages_wrong or held.numbers_outside) else 1


def shown(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows as they come, printed."""
    last: Sequence[str] = ()
    for row in rows:
        head = (row.data, row.measure)
        if head != last:
            known = f" (plain {row.plain}, to reach {row.reach})" if row.reach else ""
            print(f"\n{row.data}: {row.measure}{known}")
            last = head
        print(f"  {row.system:<48} {row.value.value:.3f} ± {row.value.error:.3f}  n = {row.value.n:,}", flush=True)
        yield row


def integrity_line(held: Held) -> str:
    return (
        f"\n{held.replies:,} replies, {held.answers:,} of them answers, {held.quotes:,} quotes: {held.not_found} not found,"
        f" {held.pages_wrong} on a wrong page, {held.numbers_outside} numbers outside the quotes"
        + "".join(f"\n  {e}" for e in held.examples[:5])
    )


def as_json(row: Row) -> dict[str, object]:
    return {"data": row.data, "measure": row.measure, "system": row.system, "value": round(row.value.value, 4),
            "error": round(row.value.error, 4), "n": row.value.n, "plain": row.plain, "reach": row.reach}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
