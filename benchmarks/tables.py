"""How well tables come out of PDFs, cell for cell: ours against pdfplumber.

    python benchmarks/tables.py [--seed N] [--per-style N] [--show NAME]

Three kinds of truth: the pipe tables in the Markdown of `../shared/data/crs`, the two papers' tables as text, and
tables typeset here with known content (`typeset_tables.py`: reportlab, and chromium where it is installed). Measured:
tables found (one found table holds most of its cells), cells right (recall and precision of the multiset of cell
texts, white space left out, within all tables of a document), cells named right (row and column header both, where
the truth knows them), tables over pages that came out as one, and false tables.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from typeset_tables import Truth, sheets

from assistant.backends.pdf import PdfParser
from assistant.errors import ParseError
from assistant.types import Work

SHARED = Path(__file__).resolve().parents[1] / "../shared"
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "­": None})


@dataclass
class Found:
    """A table as a reader gives it: its texts, and the names of its cells where it gives them."""

    texts: Counter[str]
    named: Counter[tuple[str, str, str]] = field(default_factory=Counter)


@dataclass
class Score:
    tables: int = 0
    found: int = 0
    false: int = 0
    wanted: int = 0
    got: int = 0
    both: int = 0
    named: int = 0
    named_right: int = 0
    long: int = 0
    joined: int = 0
    seconds: float = 0.0


def fold(text: str) -> str:
    return re.sub(r"\s+", "", text.translate(_FOLD)).casefold()


def read_ours(data: bytes) -> list[Found]:
    try:
        document = PdfParser().parse(data, Work("benchmark", ""))
    except ParseError:
        return []
    found = []
    for table in document.tables:
        lines = document.text[table.span.start : table.span.end].split("\n")
        texts = Counter(t for line in lines for cell in line.split("\t") if (t := fold(cell)))
        cells = [c for row in table.rows for c in row if c.text]
        found.append(Found(texts, Counter((fold(c.row), fold(c.column), fold(c.text)) for c in cells)))
    return found


def read_pdfplumber(data: bytes) -> list[Found]:
    import pdfplumber

    found = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                texts = Counter(t for row in table for cell in row if cell and (t := fold(cell)))
                if texts:
                    found.append(Found(texts))
    return found


def score(into: Score, truths: Sequence[Truth], found: Sequence[Found]) -> None:
    matched: set[int] = set()
    for truth in truths:
        wanted = Counter(t for text in truth.texts if (t := fold(text)))
        size = sum(wanted.values())
        into.tables += 1
        into.long += truth.long
        best = max(range(len(found)), key=lambda i: (found[i].texts & wanted).total(), default=None)
        shared = (found[best].texts & wanted).total() if best is not None else 0
        for i, f in enumerate(found):
            if (f.texts & wanted).total() > 0.4 * f.texts.total():
                matched.add(i)
        whole = best is not None and shared >= 0.7 * size and found[best].texts.total() <= 1.6 * size
        into.found += whole
        into.joined += whole and truth.long
        if truth.columns and best is not None:
            names = Counter(
                (fold(row), fold(column), fold(value))
                for row, values in truth.rows
                for column, value in zip(truth.columns, values, strict=True)
                if value
            )
            into.named += names.total()
            into.named_right += (names & found[best].named).total()
        elif truth.columns:
            into.named += sum(bool(v) for _, values in truth.rows for v in values)
    wanted = Counter(t for truth in truths for text in truth.texts if (t := fold(text)))
    got = sum((f.texts for f in found), Counter[str]())
    into.wanted += wanted.total()
    into.got += got.total()
    into.both += (wanted & got).total()
    into.false += len(found) - len(matched)


def crs_truths(markdown: str) -> list[Truth]:
    """The pipe tables of a report; its facts, figures and notes, which the web text also sets as tables, left out."""
    found = []
    block: list[list[str]] = []
    for line in [*markdown.split("\n"), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|:\s-]+", line):
                block.append([_unmarked(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))])
            continue
        if block:
            first = block[0][0] + (block[1][0] if len(block) > 1 else "")
            plain = not re.match(r"CRS Product|\d+\.$|Figure \d", block[0][0]) and not re.match(r"\d+\.$", first)
            wide = sum(len(row) > 1 for row in block)
            if plain and wide >= 2 and not any("Topics:" in row[0] for row in block):
                found.append(Truth("", [], [("", row) for row in block]))
            block = []
    return found


def _unmarked(cell: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*\)", r"\1", cell.strip())
    return re.sub(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", text).replace("\\", "")


def paper_truths(text: str) -> list[Truth]:
    """The tables of a paper's text: runs of lines with tabs."""
    found, block = [], []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            block.append([cell.strip() for cell in line.split("\t")])
        elif block:
            found.append(Truth("", [], [("", row) for row in block]))
            block = []
    return found


def show(name: str, truths: Sequence[Truth], found: Sequence[Found]) -> None:
    wanted = Counter(t for truth in truths for text in truth.texts if (t := fold(text)))
    got = sum((f.texts for f in found), Counter[str]())
    print(f"{name}: {len(truths)} tables, {len(found)} found", file=sys.stderr)
    print(
        f"  missing: {dict((wanted - got).most_common(12))}\n  beyond: {dict((got - wanted).most_common(12))}",
        file=sys.stderr,
    )
    for truth in truths:
        if truth.columns:
            names = Counter(
                (fold(r), fold(c), fold(v))
                for r, row in truth.rows
                for c, v in zip(truth.columns, row, strict=True)
                if v
            )
            wrong = names - sum((f.named for f in found), Counter())
            if wrong:
                value = next(iter(wrong))[2]
                given = [n for f in found for n in f.named if n[2] == value][:2]
                print(
                    f"  {truth.caption}: {wrong.total()} named wrong, such as {next(iter(wrong))}; given {given}",
                    file=sys.stderr,
                )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--per-style", type=int, default=4)
    parser.add_argument("--show", help="print what is missing in the documents whose name holds this")
    options = parser.parse_args()
    readers: dict[str, Callable[[bytes], list[Found]]] = {"ours": read_ours}
    try:
        import pdfplumber  # noqa: F401

        readers = {"pdfplumber": read_pdfplumber, **readers}  # the strongest rival first
    except ImportError:
        print("pdfplumber is not installed: no rival measured", file=sys.stderr)
    scores: dict[tuple[str, str], Score] = defaultdict(Score)

    def measure(kind: str, name: str, data: bytes, truths: Sequence[Truth]) -> None:
        for reader, read in readers.items():
            began = time.perf_counter()
            found = read(data)
            scores[kind, reader].seconds += time.perf_counter() - began
            score(scores[kind, reader], truths, found)
            if reader == "ours" and options.show and options.show in name:
                show(name, truths, found)

    manifest = SHARED / "data/crs/manifest.json"
    if manifest.exists():
        for entry in json.loads(manifest.read_text("utf-8")):
            folder = manifest.parent
            truths = crs_truths((folder / entry["md"]).read_text("utf-8"))
            measure("CRS reports", entry["file"], (folder / entry["file"]).read_bytes(), truths)
    for text in sorted((SHARED / "papers").glob("*.txt")):
        measure(
            "the two papers", text.name, text.with_suffix(".pdf").read_bytes(), paper_truths(text.read_text("utf-8"))
        )
    for sheet in sheets(options.seed, options.per_style):
        measure(sheet.style, sheet.name, sheet.data, sheet.tables)
    print(
        f"{'tables':<22}{'reader':<12}{'tables':>7}{'found':>7}{'false':>6}{'recall':>9}{'precision':>10}{'named':>8}{'over pages':>11}{'s':>7}"
    )
    for (kind, reader), s in scores.items():
        print(
            f"{kind:<22}{reader:<12}{s.tables:>7}{s.found:>7}{s.false:>6}{_share(s.both, s.wanted):>9}{_share(s.both, s.got):>10}"
            f"{_share(s.named_right, s.named) if reader == 'ours' else '-':>8}{f'{s.joined}/{s.long}' if s.long else '-':>11}{s.seconds:>7.1f}"
        )
    return 0


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
