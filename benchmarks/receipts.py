"""Whether receipts hold at once: of the reply to each question a receipt is made, read back and replayed.

    python benchmarks/receipts.py INDEX QUESTIONS.jsonl [MOST]

Prints what does not hold, the counts, and how long a replay takes.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from assistant import config, wiring
from assistant.policy.receipts import reading
from assistant.policy.receipts.replaying import Replay
from assistant.store import generations
from assistant.wiring.receipts import Documents, follower, offline, receipt


def main(index: Path, questions: Path, most: int) -> None:
    settings = offline(config.load(index=index))
    assistant = wiring.open_assistant(settings)
    held = Documents(generations.current(index).library())
    counted: Counter[str] = Counter()
    spent = 0.0
    for line in questions.read_text(encoding="utf-8").splitlines()[:most]:
        question = json.loads(line)["question"]
        record = json.dumps(receipt(assistant, settings, assistant.ask(question)))
        started = time.perf_counter()
        saved = reading.read(record.encode())
        replay = Replay(saved, held, follower(assistant), assistant.verifier)
        items = list(replay.items())
        spent += time.perf_counter() - started
        counted[f"replies {saved.status}"] += 1
        for item in items:
            counted[f"{item.part} {item.standing}"] += 1
            if item.standing != "holds":
                print(f"{question} | {item.part} {item.name} {item.standing} {item.reasons}")
    for name, n in sorted(counted.items()):
        print(f"{n:6} {name}")
    replies = sum(n for name, n in counted.items() if name.startswith("replies"))
    print(f"{1000 * spent / max(replies, 1):.1f} ms a replay")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000)
