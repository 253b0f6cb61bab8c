"""The labelled sets from outside as a user would have them: folders of files that are ingested, and questions.

Each set is written to files below a cache folder and ingested there once by the product itself, so that what is
measured is the whole way from a file to a cited reply. None of it enters the project. Every set is split once by
document (`part_of`): choices are made on `dev`, figures are reported on `test`. KorQuAD's licence lets it be used for
testing only, so all of it is `test`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant import wiring
from assistant.config import Settings
from assistant.corpus import slug
from assistant.pipeline import Assistant
from assistant.text import fold
from assistant.types import Exchange

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
CACHE = Path(tempfile.gettempdir()) / "assistant-benchmarks"
Part = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is known of its answer. `document` holds it, `within` is where alone it is asked."""

    id: str
    text: str
    document: str
    answers: tuple[str, ...]
    part: Part
    within: str | None = None
    history: tuple[Exchange, ...] = ()
    answerable: bool = True
    relevant: frozenset[str] = frozenset()
    """The documents that are labelled as relevant, where the set is labelled so."""
    standalone: str = ""
    """A follow-up as an annotator completed it."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Files by name, and the questions on them."""

    name: str
    files: dict[str, bytes]
    questions: tuple[Asked, ...]


def part_of(document: str) -> Part:
    """The recorded split: by the hash of what a question's document is called, half and half."""
    return "dev" if hashlib.sha256(document.encode()).digest()[0] < 128 else "test"


def korquad(data: Path = DATA) -> QuestionSet:
    """One Markdown file an article of the Korean Wikipedia."""
    raw = json.loads((data / "korquad1_dev" / "KorQuAD_v1.0_dev.json").read_text("utf-8"))
    files: dict[str, bytes] = {}
    questions: list[Asked] = []
    for n, article in enumerate(raw["data"]):
        id = f"kq-{n:03d}"
        paragraphs = [p["context"] for p in article["paragraphs"]]
        files[f"{id}.txt"] = "\n\n".join([article["title"].replace("_", " "), *paragraphs]).encode()
        for qa in (qa for p in article["paragraphs"] for qa in p["qas"]):
            answers = tuple(dict.fromkeys(a["text"] for a in qa["answers"]))
            questions.append(Asked(qa["id"], qa["question"], id, answers, "test"))
    return QuestionSet("korquad", files, tuple(questions))


def policyqa(data: Path = DATA) -> QuestionSet:
    """One file a paragraph, each question asked within its own: extraction inside a passage."""
    raw = json.loads((data / "policyqa" / "dev.json").read_text("utf-8"))
    files: dict[str, bytes] = {}
    questions: list[Asked] = []
    for n, policy in enumerate(raw["data"]):
        for m, paragraph in enumerate(policy["paragraphs"]):
            id = f"pq-{n:02d}-{m:03d}"
            files[f"{id}.txt"] = paragraph["context"].encode()
            for qa in paragraph["qas"]:
                answers = tuple(dict.fromkeys(a["text"] for a in qa["answers"]))
                questions.append(Asked(qa["id"], qa["question"], id, answers, part_of(policy["title"]), within=id))
    return QuestionSet("policyqa", files, tuple(questions))


def crs(data: Path = DATA, questions: Iterable[Path] = ()) -> QuestionSet:
    """The reports of the Congressional Research Service as PDF, with our own questions on them (eval/short)."""
    files = {p.name: p.read_bytes() for p in sorted((data / "crs" / "pdf").rglob("*.pdf"))}
    asked: list[Asked] = []
    for path in questions or sorted((ROOT / "eval" / "short").glob("*.jsonl")):
        part: Part = "test" if "test" in path.stem else "dev"
        asked += [
            Asked(r["id"], r["question"], r["document"], tuple(r["answers"]), part, answerable=r["answerable"])
            for r in _lines(path)
        ]
    return QuestionSet("crs", files, tuple(asked))


DOMAINS = ("govt", "clapnq", "fiqa", "cloud")


def mtrag(domain: str, data: Path = DATA) -> QuestionSet:
    """One file a passage of a domain; each question with what was asked before it."""
    files = {f"{_plain(r['_id'])}.txt": r["text"].encode() for r in _lines(data / "mtrag" / "corpus.jsonl")
             if r["domain"] == domain}  # fmt: skip
    tasks = [r for r in _lines(data / "mtrag" / "tasks.jsonl") if r["domain"] == domain]
    talks: dict[str, list[dict[str, Any]]] = {}
    for r in tasks:
        talks.setdefault(r["task_id"].partition("<::>")[0], []).append(r)
    asked: list[Asked] = []
    for talk, turns in talks.items():
        turns.sort(key=lambda r: r["turn"])
        for n, r in enumerate(turns):
            before = tuple(Exchange(t["question"], t["reference_answer"]) for t in turns[:n])
            relevant = frozenset(slug(f"{_plain(id)}.txt") for id in r["relevant"])
            asked.append(
                Asked(r["task_id"], r["question"], talk, (), part_of(talk), history=before,
                      answerable=r["answerability"] != "UNANSWERABLE", relevant=relevant,
                      standalone=r["question_standalone"])
            )  # fmt: skip
    return QuestionSet(f"mtrag-{domain}", files, tuple(asked))


def scifact(data: Path = DATA) -> QuestionSet:
    """One file an abstract; claims as questions."""
    files = {f"sf-{r['_id']}.txt": f"{r['title']}\n\n{r['text']}".encode()
             for r in _lines(data / "scifact" / "corpus.jsonl")}  # fmt: skip
    right: dict[str, set[str]] = {}
    for row in (data / "scifact" / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        question, passage, score = row.split("\t")
        if int(score) > 0:
            right.setdefault(question, set()).add(f"sf-{passage}")
    asked = [Asked(r["_id"], r["text"], "", (), "test", relevant=frozenset(right[r["_id"]]))
             for r in _lines(data / "scifact" / "queries.jsonl") if r["_id"] in right]  # fmt: skip
    return QuestionSet("scifact", files, tuple(asked))


def opened(files: dict[str, bytes], name: str, cache: Path = CACHE, warm: bool = True, **options: object) -> Assistant:
    """An assistant over these files alone, ingested below `cache` by the product itself; what stands there is kept
    where files, code and settings are the same; with SETS_AS_THEY_ARE in the environment it is not even looked at.
    `options` are settings.
    """
    if not files:  # what stands in the folder would be taken for stale, and removed
        raise ValueError(f"no files for the set {name!r}: what is ingested for it is left as it is")
    settings = settings_of(name, cache, **options)
    if os.environ.get("SETS_AS_THEY_ARE") and (settings.index / "CURRENT").is_file():
        return wiring.open_assistant(settings, warm=warm)
    documents = settings.corpus / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for stale in {p.name for p in documents.iterdir()} - set(files):
        (documents / stale).unlink()
    for file, data in files.items():
        path = documents / file
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    _lend_models(cache, settings)
    wiring.ingest(settings)
    _keep_models(cache, settings)
    return wiring.open_assistant(settings, warm=warm)


def settings_of(name: str, cache: Path = CACHE, **options: object) -> Settings:
    """Where a set of this name lives below `cache`."""
    home = cache / name
    made: dict[str, Any] = {"corpus": home / "corpus", "index": home / "index", "state": home / "state", **options}
    return Settings(**made)


def _lend_models(cache: Path, settings: Settings) -> None:
    """The ONNX export is made once for all sets."""
    if (cache / "models").is_dir() and not (settings.index / "models").is_dir():
        shutil.copytree(cache / "models", settings.index / "models")


def _keep_models(cache: Path, settings: Settings) -> None:
    if (settings.index / "models").is_dir() and not (cache / "models").is_dir():
        shutil.copytree(settings.index / "models", cache / "models")


def says(sentence: str, answers: Iterable[str]) -> bool:
    """Whether one of the gold answers stands in a sentence, white space, case and commas within numbers apart."""
    held = _even(sentence)
    return any((wanted := _even(a)) and wanted in held for a in answers)


def _even(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", "", " ".join(fold(text).text.split())).strip(" .")


def _plain(id: str) -> str:
    return f"mt-{id}"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def twins(name: str) -> dict[str, str]:
    """Korean questions that ask what the English ones of a set ask (`eval/korean`), by the name of the English one."""
    return {r["twin"]: r["question"] for r in _lines(ROOT / "eval" / "korean" / "twins.jsonl") if r["set"] == name}


SETS: dict[str, Callable[[], QuestionSet]] = {
    "korquad": korquad, "policyqa": policyqa, "crs": crs, "scifact": scifact,
    **{f"mtrag-{d}": (lambda d=d: mtrag(d)) for d in DOMAINS},  # type: ignore[misc]
}  # fmt: skip


def main() -> int:
    """Ingest the sets that are named, or all: `python benchmarks/sets.py [NAME ...]`."""
    for name in sys.argv[1:] or SETS:
        made = SETS[name]()
        library = opened(made.files, name, warm=False).library
        print(
            f"{name}: {len(library.document_ids()):,} documents of {len(made.files):,}, {len(made.questions):,} questions"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
