"""What hostile, broken and deceiving files do to reading: nothing but a line each.

    python benchmarks/hostile.py [--data DIR] [--seconds N] [--attacks N] [--list]

Reads, in child processes as `assistant ingest` does: the awkward and the malformed PDFs of `../shared/data`, bombs
that it makes itself, and the carriers of hidden text that `../shared/data/injection/make_carriers.py` writes (into a
temporary folder; nothing is kept). For each group: how many files were read, how many refused and why, how many
ended their process or ran into its limits, the slowest, and the most memory that one child held.

Ends with 1 if a file ran over its limit, was neither read nor refused for a reason of its own, left a page
silently empty, or gave away what a reader cannot see; or lost what a reader sees.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bombs import bombs  # type: ignore[import-not-found]  # its neighbour: this folder is no package

from assistant.backends.formats import Limits
from assistant.backends.worker import Task, Workers
from assistant.errors import ParseError
from assistant.store.codec import encode
from assistant.types import Document, Work

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
GRACE = 65
"""Seconds over its limit that a file may take: the child is started within them, once more after a crash."""

CLASSES: tuple[tuple[str, str], ...] = (
    ("fault of ours", r"please report"),
    ("over its time", r"within the time"),
    ("ended its process", r"broke the process|ended by the system|stopped answering"),
    ("entities", r"declares a document type"),
    ("too large", r"memory|unpacks? to|MiB|too (?:large|many|much|deep)|nests|more than"),
    ("protected", r"encrypted|password|protected"),
    ("a scan or picture", r"scan|picture|OCR|tesseract"),
    ("without text", r"no text|no pages|empty|holds text|without text"),
    ("another kind of file", r"not what its name says| is an? "),
    ("broken", r"damaged|broken|cannot be (?:read|opened)|cut off|not a |no PDF|save it"),
)
"""Why files are refused, by a pattern of the reason; the first that fits."""
LIMITED = ("over its time", "ended its process", "too large")


@dataclass
class Group:
    """What became of the files of one kind."""

    name: str
    files: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0
    peak: int = 0
    """MiB that one child held at most."""
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        limited = sum(self.refused[c] for c in LIMITED)
        return (
            f"{self.name:<12}{self.files:>7}{self.read:>7}{self.refused.total():>9}{limited:>9}{len(self.faults):>8}"
            f"{self.seconds:>9.1f}{self.slowest[0]:>9.1f}{self.peak:>9}  {self.slowest[1]}"
        )


HEAD = f"{'':<12}{'files':>7}{'read':>7}{'refused':>9}{'limited':>9}{'faults':>8}{'seconds':>9}{'slowest':>9}{'MiB':>9}"


def reason_class(reason: str) -> str:
    return next((name for name, pattern in CLASSES if re.search(pattern, reason)), "other")


def run(name: str, tasks: Iterable[Task], limits: Limits, listed: bool) -> tuple[Group, dict[str, Document]]:
    """Reads all files by a pool of its own, two at once."""
    group = Group(name)
    documents: dict[str, Document] = {}
    lock = threading.Lock()
    with Workers(2, limits) as workers, watched() as peak, ThreadPoolExecutor(workers.count) as threads:

        def one(task: Task) -> None:
            began = time.monotonic()
            try:
                outcome: Document | ParseError = workers.read(task)
            except ParseError as error:
                outcome = error
            took = time.monotonic() - began
            with lock:
                group.slowest = max(group.slowest, (took, task.name))
                if took > limits.seconds + GRACE:
                    group.faults.append(f"{task.name}: took {took:.0f} s of {limits.seconds}")
                if isinstance(outcome, ParseError):
                    what = reason_class(str(outcome))
                    group.refused[what] += 1
                    if what in ("fault of ours", "other") or not str(outcome).strip():
                        group.faults.append(str(outcome))
                    if listed:
                        print(f"  {what:<22}{outcome}")
                else:
                    group.read += 1
                    documents[task.name] = outcome
                    if not outcome.text.strip():
                        group.faults.append(f"{task.name}: read as nothing")
                    elif empty := silent_pages(outcome):
                        group.faults.append(f"{task.name}: silently empty are pages {empty}")
                    if listed:
                        print(f"  {'read':<22}{task.name}: {len(outcome.text):,} characters")

        began = time.monotonic()
        for _ in threads.map(one, tasks):
            group.files += 1
        group.seconds = time.monotonic() - began
    group.peak = peak[0] // 1024
    return group, documents


def silent_pages(document: Document) -> list[int]:
    """Pages without text that no warning names, counted from 1."""
    named: set[int] = set()
    for warning in document.warnings:
        for run in re.findall(r"\bpages? ((?:\d+(?:–\d+)?(?:, )?)+)", warning):
            for part in run.rstrip(", ").split(", "):
                first, _, last = part.partition("–")
                named.update(range(int(first), int(last or first) + 1))
        if re.search(r"only the first [\d,]+ of", warning):
            return []
    return [p.index + 1 for p in document.pages if not p.spans and p.index + 1 not in named]


@contextlib.contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory (KiB, resident) that a child process of this one held meanwhile, where /proc tells it."""
    peak = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            for listing in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    for pid in listing.read_text().split():
                        found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())
                        peak[0] = max(peak[0], int(found[1]) if found else 0)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def task(name: str, data: bytes) -> Task:
    return Task(name, data, Work(re.sub(r"\W+", "-", name).strip("-").lower() or "x", ""))


def files(folder: Path) -> Iterator[Task]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield task(path.relative_to(folder).as_posix(), path.read_bytes())


def carriers(maker: Path, attacks: int, limits: Limits, listed: bool) -> Group:
    """Documents that hide an instruction: what is hidden must not come out, what is seen must."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, str(maker), str(folder), str(attacks)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        tasks = (task(entry["file"], (folder / entry["file"]).read_bytes()) for entry in manifest)
        group, documents = run("carriers", tasks, limits, listed)
    counts: dict[str, Counter[str]] = {}
    for entry in manifest:
        kind = f"{entry['kind']} {entry['carrier']}"
        count = counts.setdefault(kind, Counter())
        count["files"] += 1
        document = documents.get(entry["file"])
        if document is None:
            count["refused"] += 1
            group.faults.append(f"{entry['file']}: refused, though it holds visible text")
            continue
        # Everything that is kept, metadata too; signs that are not seen do not hide it from a machine.
        kept = re.sub("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]", "", encode(document))
        kept += "".join(chr(ord(c) - 0xE0000) for c in kept if 0xE0020 <= ord(c) <= 0xE007E)
        shown = entry["canary"] in kept
        if entry["hidden"] and shown:
            count["leaked"] += 1
            group.faults.append(f"{entry['file']}: gives away what no reader sees")
        if entry["okmark"] not in document.text or (not entry["hidden"] and not shown):
            count["lost"] += 1
            group.faults.append(f"{entry['file']}: lost what every reader sees")
    print(f"\n{'carrier':<20}{'files':>7}{'leaked':>8}{'lost':>7}{'refused':>9}")
    for kind, count in sorted(counts.items()):
        print(f"{kind:<20}{count['files']:>7}{count['leaked']:>8}{count['lost']:>7}{count['refused']:>9}")
    return group


def report(groups: Sequence[Group], limits: Limits) -> int:
    print(
        f"\nWithin {limits.seconds} s and {limits.memory_mb:,} MiB a file, two children, {os.cpu_count()} cores:\n{HEAD}"
    )
    for group in groups:
        print(group.line())
    for group in groups:
        reasons = ", ".join(f"{name} {n}" for name, n in group.refused.most_common())
        if reasons:
            print(f"{group.name}: refused as {reasons}")
    faults = [fault for group in groups for fault in group.faults]
    for fault in faults[:50]:
        print(f"FAULT {fault[:240]}")
    print(f"{len(faults)} faults" if faults else "no faults")
    return 1 if faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seconds", type=int, default=30, help="time that a file may take")
    parser.add_argument("--attacks", type=int, default=8, help="how many instructions are hidden in each way")
    parser.add_argument("--list", action="store_true", help="print what became of each file")
    options = parser.parse_args()
    limits = Limits(seconds=options.seconds)
    groups = []
    for name, folder in (("awkward", "awkward_pdfs"), ("malformed", "malformed_pdfs")):
        if (options.data / folder).is_dir():
            groups.append(run(name, files(options.data / folder), limits, options.list)[0])
        else:
            print(f"no {folder} in {options.data}: not read", file=sys.stderr)
    groups.append(run("bombs", (task(name, data) for name, data in bombs()), limits, options.list)[0])
    maker = options.data / "injection" / "make_carriers.py"
    if maker.is_file():
        groups.append(carriers(maker, options.attacks, limits, options.list))
    else:
        print(f"no {maker}: no carriers read", file=sys.stderr)
    return report(groups, limits)


if __name__ == "__main__":
    sys.exit(main())
