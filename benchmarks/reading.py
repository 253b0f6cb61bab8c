"""How much of a clean text comes out of its PDF word for word: ours against plain pypdf.

    python benchmarks/reading.py [--misses N] [--data DIR]

Reads the reports of the Congressional Research Service in `../shared/data/crs` (PDF and the same text from
the web as Markdown). A sentence counts when all its words stand side by side in the text; white space,
quotation marks and dashes are folded, and so are the endings of ordinals, which the web text loses. Standard errors are over documents, since sentences of one document share
their layout.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdf

from assistant.backends.pdf import PdfParser
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


def read_ours(data: bytes) -> str:
    return PdfParser().parse(data, Work("benchmark", "")).text


def read_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def share(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The share over all sentences and its standard error over documents (ratio estimate)."""
    hits, total = sum(h for h, _ in counts), sum(n for _, n in counts)
    if not total:
        return math.nan, math.nan
    p, k = hits / total, len(counts)
    spread = sum((h - p * n) ** 2 for h, n in counts)
    return p, math.sqrt(k / max(k - 1, 1) * spread) / total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument(
        "--misses", type=int, default=0, help="print up to N sentences of each document that ours lacks"
    )
    options = parser.parse_args()
    manifest = options.data / "manifest.json"
    if not manifest.exists():
        print(f"no data at {options.data}: nothing measured", file=sys.stderr)
        return 1
    readers: dict[str, Callable[[bytes], str]] = {"ours": read_ours, "pypdf": read_pypdf}
    counts: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    pages = 0
    for entry in json.loads(manifest.read_text("utf-8")):
        data = (options.data / entry["file"]).read_bytes()
        wanted = clean_sentences((options.data / entry["md"]).read_text("utf-8"))
        pages += entry["pages"]
        for name, read in readers.items():
            began = time.perf_counter()
            text = fold(read(data))
            seconds[name] += time.perf_counter() - began
            missing = [s for s in wanted if s not in text]
            for kind in (entry["kind"], "all"):
                counts[name, kind].append((len(wanted) - len(missing), len(wanted)))
            if name == "ours" and options.misses:
                for sentence in missing[: options.misses]:
                    print(f"{entry['file']}: {sentence}", file=sys.stderr)
    print(f"{'kind':<12}{'documents':>10}{'sentences':>10}" + "".join(f"{name:>18}" for name in readers))
    for kind in [*sorted({k for _, k in counts} - {"all"}), "all"]:
        row = f"{kind:<12}{len(counts['ours', kind]):>10}{sum(n for _, n in counts['ours', kind]):>10}"
        for name in readers:
            p, error = share(counts[name, kind])
            row += f"{100 * p:>9.2f} ± {100 * error:.2f} %"
        print(row)
    print(f"seconds for {pages} pages: " + ", ".join(f"{name} {seconds[name]:.1f}" for name in readers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
