"""How well notes become works: precision and recall by field.

    python benchmarks/references.py [--show] [--crs] [--sample N] [--seed N]

Three measures. The endnotes of Bark and Kwak (`../shared/papers`) against the hand-checked records of
`corpus/catalog.toml` (of a record, what its notes do not say is not asked for: a DOI that was looked up, authors
behind 'et al.'). References of many styles, invented, against fields written by hand (`tests/sources/styles.json`), those that the parser was mended by apart from those that it never saw.
With `--crs`, the footnotes of the reports in `../shared/data/crs`: how many give works, only comment, or doubt; there
is no truth for these, so `--sample` prints some for reading.

A field is right when it is equal after folding case, dashes, quotation marks and white space. Precision is of the
fields that the parser gave, recall of those that the truth has; a work that is missed misses all its fields, and one
that is not in the truth makes all its fields false.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from assistant.corpus import read_catalog
from assistant.sources.matching import match
from assistant.sources.references import NoteReading
from assistant.sources.works import works_of
from assistant.types import Note, Reference, Work

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared"
STYLES = ROOT / "tests/sources"
FIELDS = (
    "type", "authors", "title", "translation", "container", "publisher", "volume", "issue", "page", "locator", "number",
    "issued", "accessed", "doi", "url",
)  # fmt: skip
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def fold(text: str) -> str:
    return re.sub(r"[\s,.]+", "", text.translate(_FOLD)).casefold()


@dataclass
class Tally:
    """Right, given and wanted, by field; and works."""

    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(
        self, where: str, wanted: Mapping[str, str], given: Mapping[str, str], asked: Iterable[str] = FIELDS
    ) -> None:
        for name in asked:
            a, b = fold(wanted.get(name, "")), fold(given.get(name, ""))
            self.wanted[name] += bool(a)
            self.given[name] += bool(b)
            self.right[name] += bool(a) and a == b
            if a != b:
                self.wrong.append(f"{where}: {name}: {given.get(name, '')!r}, should be {wanted.get(name, '')!r}")

    def total(self) -> tuple[int, int, int]:
        return tuple(sum(c[n] for n in FIELDS) for c in (self.right, self.given, self.wanted))  # type: ignore[return-value]

    def rows(self) -> list[str]:
        lines = [f"{'field':<12} {'precision':>17} {'recall':>17}"]
        said = [n for n in ("works", *FIELDS) if self.given[n] or self.wanted[n]]
        lines += [_row(n, self.right[n], self.given[n], self.wanted[n]) for n in said]
        return [*lines, _row("all fields", *self.total())]


def _row(name: str, right: int, given: int, wanted: int) -> str:
    def share(of: int) -> str:
        return f"{right}/{of} = {right / of:.3f}" if of else "-"

    return f"{name:<12} {share(given):>17} {share(wanted):>17}"


def fields_of(reference: Reference) -> dict[str, str]:
    """A reference as plain fields; authors as 'Given|Family; …'."""
    values = {n: getattr(reference, n) or "" for n in FIELDS if n != "authors"}
    return {**values, "authors": "; ".join(f"{a.given}|{a.family}" for a in reference.authors)}


def fields_of_record(work: Work, note: str) -> dict[str, str]:
    """A record as the note has it: what the note does not say is not asked for."""
    title, _, other = work.title.partition(" [")
    values = {
        "type": work.type, "title": title, "translation": other.rstrip("]"), "container": work.container or "",
        "publisher": work.publisher or "", "volume": work.volume or "", "issue": work.issue or "", "issued": work.issued or "",
        "accessed": work.accessed or "", "url": work.url or "", "page": work.pages or "",
        "doi": work.doi if work.doi and work.doi in note else "",
        "authors": "; ".join(f"{a.given}|{a.family}" for a in work.authors),
    }  # fmt: skip
    return values


def bark_kwak(tally: Tally) -> tuple[int, int, list[NoteReading]] | None:
    """The endnotes against the catalogue. `number` and `locator` have no field in a record and are not compared."""
    from assistant.backends.text_files import PlainTextParser

    path = SHARED / "papers/bark-kwak-2026.txt"
    if not path.is_file():
        return None
    notes = PlainTextParser().parse(path.read_bytes(), Work("bark-kwak-2026", "")).notes
    works = [w for w in read_catalog(ROOT / "corpus") if w.kind == "source"]
    readings = list(works_of(notes))
    kinds = 0
    asked = [f for f in FIELDS if f not in ("number", "locator")]
    for reading in readings:
        named = {w.id: w for w in works if f"bark-kwak-2026#{reading.number}" in w.named_by}
        kinds += bool(named) == bool(reading.references)
        tally.wanted["works"] += len(named)
        tally.given["works"] += len(reading.references)
        for reference in reading.references:
            found = match(reference, works).work
            where = f"note {reading.number}"
            if found and found.id in named:
                tally.right["works"] += 1
                tally.add(
                    f"{where} {found.id}",
                    fields_of_record(named.pop(found.id), reading.text),
                    fields_of(reference),
                    asked,
                )
            else:
                tally.wrong.append(f"{where}: not among its records: {reference.text[:80]!r}")
                tally.add(where, {}, fields_of(reference), asked)
        for work in named.values():
            tally.wrong.append(f"note {reading.number}: missed {work.id}")
            tally.add(f"note {reading.number}", fields_of_record(work, reading.text), {}, asked)
    return kinds, len(readings), readings


def sets() -> list[tuple[str, list[Mapping[str, object]]]]:
    """The sets of invented notes with how each was used."""
    every, first, second, third, fourth, fifth = (
        json.loads((STYLES / name).read_text(encoding="utf-8"))
        for name in (
            "styles.json",
            "styles_unseen.json",
            "styles_unseen_2.json",
            "styles_unseen_3.json",
            "styles_unseen_4.json",
            "styles_unseen_5.json",
        )
    )
    before = "written before the parser was run on them"
    return [
        ("written beside the parser", [c for c in every if not c.get("held_out")]),
        ("held out of that", [c for c in every if c.get("held_out")]),
        (f"{before}, then used to mend it", first),
        (f"{before}, then used to mend it, after those", second),
        (f"{before}, third", third),
        (f"{before}, then used to mend it, of the shapes that a review found to be misread", fourth),
        (f"{before}, of those shapes again, then used to mend it", fifth),
    ]


def styles(cases: Sequence[Mapping[str, object]], tally: Tally) -> Counter[str]:
    """The invented references; returns how many of each style came out whole."""
    whole: Counter[str] = Counter()
    for case in cases:
        text, wanted = str(case["text"]), [_wanted(w) for w in case["works"]]  # type: ignore[attr-defined]
        given = [fields_of(r) for r in works_of([Note("1", text, None, ())])[0].references]
        tally.wanted["works"] += len(wanted)
        tally.given["works"] += len(given)
        before = len(tally.wrong)
        for want in wanted:
            best = max(given, key=lambda g: _near(want, g), default=None)
            if best is not None and _near(want, best) > 0.5:
                given.remove(best)
                tally.right["works"] += 1
                tally.add(text[:50], want, best)
            else:
                tally.wrong.append(f"missed: {text[:90]!r}")
                tally.add(text[:50], want, {})
        for more in given:
            tally.wrong.append(f"not there: {more['title'] or more['url'] or more['number']!r} in {text[:60]!r}")
            tally.add(text[:50], {}, more)
        whole[str(case["style"])] += len(tally.wrong) == before
    return whole


def _wanted(work: Mapping[str, object]) -> dict[str, str]:
    return {**{k: str(v) for k, v in work.items()}, "authors": "; ".join(work.get("authors", ()))}  # type: ignore[arg-type]


def _near(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    a, b = (fold(w.get("title") or w.get("number", "")) for w in (one, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def congress(sample: int, seed: int) -> None:
    """The footnotes of the reports of the Congressional Research Service."""
    from assistant.backends.pdf import PdfParser

    readings: list[tuple[str, NoteReading]] = []
    for path in sorted((SHARED / "data/crs/pdf").rglob("*.pdf")):
        document = PdfParser().parse(path.read_bytes(), Work(path.stem, ""))
        readings += [(path.stem.split("-")[0], r) for r in works_of(document.notes)]
    kinds = Counter(r.kind for _, r in readings)
    named = [x for _, r in readings for x in r.references]
    doubt = sum(any(x.unsure for x in r.references) for _, r in readings)
    print(
        f"\nCRS reports: {len(readings)} footnotes of {len({n for n, _ in readings})} reports: "
        + ", ".join(f"{v} {k}" for k, v in kinds.most_common())
    )
    print(
        f"{len(named)} references; notes with something unsure: {doubt}; types: {dict(Counter(x.type for x in named).most_common())}"
    )
    print(
        f"forms: {dict(Counter(x.form for x in named))}; unsure of: {dict(Counter(u for x in named for u in x.unsure).most_common())}"
    )
    for name, reading in random.Random(seed).sample(readings, min(sample, len(readings))):
        print(f"\n{name} note {reading.number} [{reading.kind}] {reading.text}")
        for span in reading.comments:
            print(f"    comment: {span.slice(reading.text)}")
        for x in reading.references:
            print(f"    {x.form}: { {k: v for k, v in fields_of(x).items() if v} } unsure={x.unsure}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--crs", action="store_true", help="read the footnotes of the CRS reports too")
    parser.add_argument("--sample", type=int, default=0, help="how many of them to print")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args(arguments)
    tally = Tally()
    if (found := bark_kwak(tally)) is None:
        print("Bark and Kwak: left out, ../shared/papers is not there")
    else:
        print(f"Bark and Kwak: {found[1]} notes, {found[0]} rightly told as naming works or only commenting")
        print("\n".join([*tally.rows(), *(tally.wrong if options.show else [])]))
    for name, cases in sets():
        tally = Tally()
        whole = styles(cases, tally)
        print(f"\nOther styles, {name}: {len(cases)} invented notes")
        print("\n".join([*tally.rows(), *(tally.wrong if options.show else [])]))
        of = Counter(str(c["style"]) for c in cases)
        print("notes without any fault: " + ", ".join(f"{s} {whole[s]}/{n}" for s, n in of.items()))
    if options.crs:
        congress(options.sample, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
