"""Whether receipts hold at once, and whether forged ones fall.

    python benchmarks/receipts.py INDEX QUESTIONS.jsonl [MOST]

Of the reply to each question a receipt is made, read back and replayed: every item has to hold. Then it is forged in one
place, with a digest that fits, and replayed again: it has to fall. Prints what went wrong, the counts, and how long a
replay takes.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import config, wiring
from assistant.policy.receipts import reading
from assistant.policy.receipts.replaying import Replay
from assistant.store import generations
from assistant.types.receipts import Checked
from assistant.wiring.receipts import Documents, follower, offline, receipt


def main(index: Path, questions: Path, most: int) -> None:
    settings = offline(config.load(index=index))
    assistant = wiring.open_assistant(settings)
    held = Documents(generations.current(index).library())
    follow = follower(assistant)
    counted: Counter[str] = Counter()
    spent: list[float] = []

    def replay(record: dict[str, Any]) -> list[Checked]:
        started = time.perf_counter()
        saved = reading.read(json.dumps({**record, "digest": reading.digest(record)}).encode())
        items = list(Replay(saved, held, follow, assistant.verifier).items())
        spent.append(time.perf_counter() - started)
        return [i for i in items if i.standing != "holds"]

    for line in questions.read_text(encoding="utf-8").splitlines()[:most]:
        question = json.loads(line)["question"]
        record = json.loads(json.dumps(receipt(assistant, settings, assistant.ask(question))))
        fallen = replay(record)
        counted[f"{record['reply']['status']}, {'not all holds' if fallen else 'all holds'}"] += 1
        for item in fallen:
            print(f"{question} | {item.part} {item.name} {item.standing} {item.reasons}")
        for name, forged in forgeries(record):
            caught = bool(replay(forged))
            counted[f"forged {name}, {'falls' if caught else 'HOLDS'}"] += 1
            if not caught:
                print(f"{question} | forged {name} holds: {[c['text'] for c in forged['reply']['claims']]}")
    for name, n in sorted(counted.items()):
        print(f"{n:6} {name}")
    print(f"{1000 * sum(spent) / max(len(spent), 1):.1f} ms a replay")


def forgeries(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The receipt with one thing made wrong, and what."""
    key = "citations" if record["reply"]["citations"] else "nearest"
    for at, place in enumerate(record["reply"][key]):
        quote = place["quote"]
        letter = next(n for n, c in enumerate(quote) if c.isalnum())
        other = "7" if quote[letter] != "7" else "3"
        for name, change in (
            ("quote", {"quote": quote[:letter] + other + quote[letter + 1 :]}),
            ("offsets", {"start": place["start"] + 1, "end": place["end"] + 1}),
            ("page", {"page_label": "412"}),
            ("title", {"title": f"{place['title']} II"}),
        ):
            made = copy.deepcopy(record)
            made["reply"][key][at].update(change)
            yield name, made
    for at, claim in enumerate(record["reply"]["claims"]):
        number = re.search(r"(?<![\w.,])\d[\d.,]*\d(?![\w.,]*\d)", claim["text"])
        if number and not claim["computed"]:
            wrong = "".join(str((int(c) + 3) % 10) if c.isdigit() else c for c in number[0])
            made = copy.deepcopy(record)
            made["reply"]["claims"][at]["text"] = (
                claim["text"][: number.start()] + wrong + claim["text"][number.end() :]
            )
            yield "number of a sentence", made


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000)
