"""Whether receipts hold at once, and whether forged ones fall.

    python benchmarks/receipts.py INDEX QUESTIONS.jsonl [MOST]

Of the reply to each question a receipt is made, read back and replayed: every item has to hold. Then one thing of it is
forged at a time, with a digest that fits: each leaf of its JSON is changed, each list and object emptied, each field
blanked, and a field added to each object. It has to fall or to be refused, but for what stands in `ALLOWED`, which is
printed with what was not noticed. Of a receipt's like items (held documents, settings) the first and the last are forged.
"""

from __future__ import annotations

import copy
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import config, wiring
from assistant.errors import UsageError
from assistant.policy.receipts import reading
from assistant.types.receipts import Replayed
from assistant.wiring.receipts import offline, receipt, replayed

ALLOWED = (
    "made", "program", "asked.after", "asked.within", "corpus.content", "settings", "reply.confidence", "reply.withheld", "reply.faults",
    "reply.provenance.seconds", "reply.provenance.model",
    ".score", ".passage", ".state", ".works.document", ".works.why",
)  # fmt: skip
"""What of a receipt nothing here can check, by the beginning or the end of its path; what verify says of it stands in
docs/receipt.md."""


def main(index: Path, questions: Path, most: int) -> None:
    settings = offline(config.load(index=index))
    assistant = wiring.open_assistant(settings)
    counted: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    spent: list[float] = []

    def holds(record: dict[str, Any]) -> Replayed | None:
        """What is found; None where the file is refused."""
        started = time.perf_counter()
        try:
            saved = reading.read(json.dumps({**record, "digest": reading.digest(record)}).encode())
            found = replayed(settings, saved, opened=assistant)
        except UsageError:
            return None
        spent.append(time.perf_counter() - started)
        return found

    for line in questions.read_text(encoding="utf-8").splitlines()[:most]:
        question = json.loads(line)["question"]
        record = json.loads(json.dumps(receipt(assistant, settings, assistant.ask(question))))
        found = holds(record)
        fallen = [i for i in found.items if i.standing != "holds"] if found else ["refused"]
        counted[f"{record['reply']['status']}, {'not all holds' if fallen else 'all holds'}"] += 1
        for item in fallen:
            print(f"{question} | {item}")
        for path, forged in forgeries(record):
            found = holds(forged)
            counted[f"forged, {'HOLDS' if found and found.holds else 'falls' if found else 'is refused'}"] += 1
            if found and found.holds:
                passed[path] += 1
    for name, n in sorted(counted.items()):
        print(f"{n:6} {name}")
    for path, n in passed.most_common():
        may = any(path.startswith(a) or path.split(":")[0].endswith(a) for a in ALLOWED)
        print(f"{n:6} {'allowed' if may else 'NOT NOTICED'}: {path}")
    print(f"{1000 * sum(spent) / max(len(spent), 1):.1f} ms a replay")


def forgeries(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The receipt with one thing made wrong, and what: a path without the places in lists, and how."""
    for steps, value in walked(record):
        path = ".".join(s for s in steps if isinstance(s, str))
        if path == "digest":
            continue
        for how, other in others(value):
            made = copy.deepcopy(record)
            at: Any = made
            for step in steps[:-1]:
                at = at[step]
            at[steps[-1]] = other
            if made != record:
                yield f"{path}: {how}", made


def others(value: object) -> Iterator[tuple[str, object]]:
    """What else may stand in the place of a value."""
    match value:
        case bool():
            yield "turned", not value
        case int() | float():
            yield "more", value + 1
            yield "less", value * 0.5
        case str():
            yield "a word more", f"{value} struck down"
            if len(value) > 3:
                yield "a letter changed", value[:-2] + ("x" if value[-2] != "x" else "y") + value[-1]
            yield "blanked", ""
            yield "left out", None
        case None:
            yield "made up", "struck down"
        case list() if value:
            yield "emptied", []
            yield "one less", value[:-1]
            yield "one twice", [*value, value[0]]
        case list():
            yield "made up", ["struck down"]
        case dict():
            yield "a field more", {**value, "minister": "struck down"}
            yield "left out", None


def walked(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every part of a receipt with the way to it; of a list the first and the last."""
    if steps:
        yield steps, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from walked(each, (*steps, key))
    elif isinstance(value, list):
        for at in sorted({0, len(value) - 1}) if value else []:
            yield from walked(value[at], (*steps, at))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000)
