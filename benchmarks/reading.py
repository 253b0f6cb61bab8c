"""How much of a clean text comes out of its PDF word for word and in order, and how fast: ours against rivals.

    python benchmarks/reading.py [--misses N] [--data DIR] [--rounds N] [--cores N]

Reads the reports of the Congressional Research Service in `../shared/data/crs` (PDF and the same text from
the web as Markdown). A sentence counts when all its words stand side by side in the text; white space,
quotation marks and dashes are folded, and so are the endings of ordinals, which the web text loses. `in order`
is the longest run of found sentences that stand in the text as in the web text, among those found (a sentence
that stands in either text twice is left out of it). Standard errors are over documents, since sentences of one
document share their layout.

Rivals, strongest first in the tables: pdfium's plain text, plain pypdf, and LlamaIndex's own PDF reader (pypdf page
by page). Seconds are the median of `--rounds` rounds in which all readers take turns over all files; ratios are
taken within a round. `--cores N` reads all files once more by one child process and by N, as `assistant ingest` does.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pypdf
import pypdfium2

from assistant.backends.pdf import PdfParser
from assistant.backends.quiet import silence
from assistant.backends.worker import Task, Workers
from assistant.errors import ParseError
from assistant.text import sentences
from assistant.types import Work

DATA = Path(__file__).resolve().parents[1] / "../shared/data/crs"
SHORTEST = 40
_FOLD = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "‐": "-",
        "−": "-",
        "\u00ad": None,
        "\u200b": None,
    }
)


def fold(text: str) -> str:
    text = re.sub(r"\s+", " ", text.translate(_FOLD))
    # The web text loses what is set raised: '119th Congress' is '119 Congress' there.
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)


def clean_sentences(markdown: str) -> list[str]:
    """The sentences of the running text; navigation, tables, headings, lists and notes are left out."""
    found = []
    for line in markdown.split("Disclaimer:")[0].split("\n"):
        bare = line.strip()
        if (
            not bare
            or bare[0] in "|#>[*"
            or bare.startswith(("- ", "---", "!["))
            or "(https://crsreports.congress.gov#" in bare[:60]
        ):
            continue
        text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*\)", r"\1", bare)
        text = re.sub(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))", "", text).replace("\\", "")
        text = fold(text)
        for span in sentences(text):
            sentence = span.slice(text).strip()
            if len(sentence) >= SHORTEST and sentence[-1] in ".?!\"'" and sentence[0].isupper():
                found.append(sentence)
    return found


Reader = Callable[[Path], str]


def read_ours(path: Path) -> str:
    return PdfParser().parse(path.read_bytes(), Work("benchmark", "")).text


def read_pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def read_pdfium(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def llama_index() -> Reader | None:
    """LlamaIndex's own reader, or None where it cannot be imported."""
    try:
        from llama_index.readers.file import PDFReader
    except Exception as error:  # whatever of its own dependencies is missing
        print(f"LlamaIndex's PDFReader cannot be imported ({error}): not measured", file=sys.stderr)
        return None
    reader = PDFReader()

    def read(path: Path) -> str:
        return "\n".join(document.text for document in reader.load_data(path))

    return read


@dataclass(frozen=True)
class Report:
    """One report: its file, what kind of layout it has, and the sentences that it should give, in order."""

    path: Path
    kind: str
    pages: int
    wanted: list[str]


def reports(folder: Path) -> list[Report]:
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))
    return [
        Report(folder / e["file"], e["kind"], e["pages"], clean_sentences((folder / e["md"]).read_text("utf-8")))
        for e in entries
    ]


def out_of_order(text: str, wanted: Sequence[str]) -> tuple[list[str], int]:
    """Of the sentences that are found once: those beside the longest run in the right order, and how many they are."""
    once = [s for s in wanted if wanted.count(s) == 1 and text.count(s) == 1]
    places = [text.index(s) for s in once]
    tails: list[int] = []
    ends: list[int] = []  # which sentence ends the best run of each length
    before: list[int] = []
    for n, place in enumerate(places):
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [n]
        before.append(ends[at - 1] if at else -1)
    run: set[int] = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        run.add(n)
        n = before[n]
    return [s for n, s in enumerate(once) if n not in run], len(once)


def share(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The share over all sentences and its standard error over documents (ratio estimate)."""
    hits, total = sum(h for h, _ in counts), sum(n for _, n in counts)
    if not total:
        return math.nan, math.nan
    p, k = hits / total, len(counts)
    spread = sum((h - p * n) ** 2 for h, n in counts)
    return p, math.sqrt(k / max(k - 1, 1) * spread) / total


@dataclass
class Measured:
    """What came out of the files, by reader and kind of layout ('all' for all), and what each round took."""

    found: dict[tuple[str, str], list[tuple[int, int]]]
    ordered: dict[tuple[str, str], list[tuple[int, int]]]
    wall: dict[str, list[float]]
    cpu: dict[str, list[float]]


def measure(files: Sequence[Report], readers: dict[str, Reader], rounds: int, misses: int) -> Measured:
    """Readers take turns at each file, so that a busy machine is as busy for each."""
    out = Measured(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for turn in range(max(rounds, 1)):
        wall: dict[str, float] = defaultdict(float)
        cpu: dict[str, float] = defaultdict(float)
        for report in files:
            for name, read in readers.items():
                began, began_cpu = time.perf_counter(), time.process_time()
                raw = read(report.path)
                wall[name] += time.perf_counter() - began
                cpu[name] += time.process_time() - began_cpu
                if turn:
                    continue
                text = fold(raw)
                missing = [s for s in report.wanted if s not in text]
                strayed, once = out_of_order(text, report.wanted)
                for kind in (report.kind, "all"):
                    out.found[name, kind].append((len(report.wanted) - len(missing), len(report.wanted)))
                    out.ordered[name, kind].append((once - len(strayed), once))
                for sentence in strayed[:misses] if name == "ours" else ():
                    print(f"{report.path.name}: out of order: {sentence}", file=sys.stderr)
                for sentence in missing[:misses] if name == "ours" else ():
                    print(f"{report.path.name}: {sentence}", file=sys.stderr)
        for name in readers:
            out.wall[name].append(wall[name])
            out.cpu[name].append(cpu[name])
    return out


def table(title: str, counts: dict[tuple[str, str], list[tuple[int, int]]], names: Sequence[str]) -> None:
    print(f"\n{title:<28}{'documents':>10}{'sentences':>10}" + "".join(f"{name:>18}" for name in names))
    for kind in [*sorted({k for _, k in counts} - {"all"}), "all"]:
        row = f"{kind:<28}{len(counts['ours', kind]):>10}{sum(n for _, n in counts['ours', kind]):>10}"
        for name in names:
            p, error = share(counts[name, kind])
            row += f"{100 * p:>9.2f} ± {100 * error:.2f} %"
        print(row)


def times(measured: Measured, names: Sequence[str], pages: int) -> None:
    """Seconds, and how many times as long as each rival in the same round."""
    print(f"\n{'one core, ' + str(pages) + ' pages':<28}{'seconds':>10}{'CPU':>10}{'ours is':>18}")
    for name in names:
        ratio = median(a / b for a, b in zip(measured.cpu["ours"], measured.cpu[name], strict=True))
        times_as_long = "" if name == "ours" else f"{ratio:.2f} times as long"
        print(f"{name:<28}{median(measured.wall[name]):>10.2f}{median(measured.cpu[name]):>10.2f}  {times_as_long}")


def cores(files: Sequence[Report], count: int, rounds: int) -> None:
    """All files by one child process and by several, in turns; the children are started and warm."""
    tasks = [Task(r.path.name, r.path.read_bytes(), Work(r.path.stem, "")) for r in files]
    tasks.sort(key=lambda t: -len(t.data))  # the longest last would leave the other child idle
    seconds: dict[int, list[float]] = {1: [], count: []}
    with Workers(1) as one, Workers(count) as several:
        pools = {1: one, count: several}
        for pool in pools.values():
            list(pool.read_all(tasks[-2 * count :]))
        for _ in range(max(rounds, 1)):
            for number, pool in pools.items():
                began = time.perf_counter()
                failed = [t.name for t, outcome in pool.read_all(tasks) if isinstance(outcome, ParseError)]
                seconds[number].append(time.perf_counter() - began)
                if failed:
                    print(f"not read: {', '.join(failed)}", file=sys.stderr)
    faster = median(a / b for a, b in zip(seconds[1], seconds[count], strict=True))
    print(
        f"\nchild processes: one {median(seconds[1]):.2f} s, {count} {median(seconds[count]):.2f} s: "
        f"{faster:.2f} times as fast (load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores)"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument(
        "--misses",
        type=int,
        default=0,
        help="print up to N sentences of each document that ours lacks, or has out of order",
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is read, for the times")
    parser.add_argument("--cores", type=int, default=0, help="also read by one and by N child processes")
    options = parser.parse_args()
    silence()
    if not (options.data / "manifest.json").exists():
        print(f"no data at {options.data}: nothing measured", file=sys.stderr)
        return 1
    files = reports(options.data)
    readers: dict[str, Reader] = {"ours": read_ours, "pdfium": read_pdfium, "pypdf": read_pypdf}
    if rival := llama_index():
        readers["LlamaIndex"] = rival
    measured = measure(files, readers, options.rounds, options.misses)
    rivals = sorted(readers.keys() - {"ours"}, key=lambda name: (-share(measured.found[name, "all"])[0], name))
    names = ["ours", *rivals]
    table("word for word", measured.found, names)
    table("in order, of those found", measured.ordered, names)
    times(measured, names, sum(r.pages for r in files))
    if options.cores > 1:
        cores(files, options.cores, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
