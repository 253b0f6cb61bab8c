"""The labels of figures, of what claims rest on, of causality and of notes: their form, their halves, their places."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.citations import locate
from assistant.corpus import read_catalog
from assistant.text import language_of
from assistant.types import Basis, Causality, Document, Origin, Span
from assistant.types.policy import Aspect, Doubt, Flow, Measure

ROOT = Path(__file__).resolve().parents[2]
FILES = ("numbers", "number_queries", "conflicts", "bases", "causality", "lint")
Label = dict[str, Any]


def _read(name: str) -> list[Label]:
    lines = (ROOT / "eval" / "policy" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


LABELS = {name: _read(name) for name in FILES}
PLACED = [x for rows in LABELS.values() for x in rows if x.get("quote")]
FIGURES = [x for x in LABELS["numbers"] if x["figure"]]


def _cell(document: Document, label: Label) -> list[Span]:
    """The cells that a label names by table, row and column, where their words are its quote."""
    where = label["cell"]
    table = document.tables[where["table"] - 1]
    return [
        c.span for row in table.rows for c in row
        if (c.row, c.column, c.text) == (where["row"], where["column"], label["quote"])
    ]  # fmt: skip


def _misplaced(documents: dict[str, Document]) -> list[tuple[str, int]]:
    """The labels whose words do not stand exactly once in their document, with how often they do."""
    found = []
    for x in PLACED:
        if x["document"] in documents:
            document = documents[x["document"]]
            places = len(_cell(document, x) if "cell" in x else locate(document, x["quote"]))
            if places != 1:
                found.append((x["id"], places))
    return found


def _torn(documents: dict[str, Document]) -> list[str]:
    """The labels that stand in one paragraph with one of the other half."""
    halves: dict[tuple[str, int], str] = {}
    found = []
    for x in PLACED:
        if x["document"] in documents:
            document = documents[x["document"]]
            place = (_cell(document, x) if "cell" in x else locate(document, x["quote"]))[0]
            block = next(i for i, b in enumerate(document.blocks) if b.span.contains(Span(place.start, place.start)))
            if halves.setdefault((x["document"], block), x["split"]) != x["split"]:
                found.append(x["id"])
    return found


class TestForm:
    def test_unique(self) -> None:
        """No id stands twice in a file, and every label is in one of the halves."""
        for name, rows in LABELS.items():
            assert [k for k, n in Counter(x["id"] for x in rows).items() if n > 1] == [], name
            assert {x["split"] for x in rows} == {"dev", "test"}, name

    def test_short(self) -> None:
        """A label points: 1 to 14 words, with the surface of the figure among them."""
        assert [x["id"] for x in PLACED if not 1 <= len(x["quote"].split()) <= 14] == []
        assert [x["id"] for x in PLACED if x.get("surface", "").lower() not in x["quote"].lower()] == []

    def test_figures(self) -> None:
        """Values are numbers, and what is said of a figure is in the words of its type."""
        assert len(FIGURES) >= 150
        assert sum(not x["figure"] for x in LABELS["numbers"]) >= 40
        for x in FIGURES:
            assert Decimal(x["value"]) >= 0
            assert x["measure"] in get_args(Measure)
            assert x.get("flow") in (*get_args(Flow), None)
            assert x.get("origin", "own") in get_args(Origin)
            assert set(x["scope"]) <= set(get_args(Aspect))
            assert x["quantity"], x["id"]
            assert all(x["scope"].values()), x["id"]
            assert (x.get("first") or 0) <= (x.get("last") or 9999)

    def test_queries(self) -> None:
        """Queries and pairs name labelled figures, none of them on both sides; some queries are Korean."""
        ids = {x["id"] for x in FIGURES}
        for x in LABELS["number_queries"]:
            answers = {i for group in x["answers"] for i in group}
            assert answers
            assert answers | set(x["not"]) <= ids, x["id"]
            assert not answers & set(x["not"]), x["id"]
            assert language_of(x["query"]) == x["language"], x["id"]
        assert sum(x["language"] == "ko" for x in LABELS["number_queries"]) >= 5
        assert all(set(x["figures"]) <= ids and len(set(x["figures"])) == 2 for x in LABELS["conflicts"])

    def test_kinds(self) -> None:
        """Bases, causality and doubts are in the words of their types, and every kind of answer occurs."""
        bases = {k for x in LABELS["bases"] for k in (*x["basis"], *x["may"])}
        assert bases == set(get_args(Basis))
        assert all(x["basis"] or x["may"] for x in LABELS["bases"])
        sentences = [x for x in LABELS["causality"] if "quote" in x]
        assert {x["causality"] for x in sentences} == {*get_args(Causality), None}
        questions = [x for x in LABELS["causality"] if "question" in x]
        assert {(x["language"], x["notice"]) for x in questions} == {
            (a, b) for a in ("en", "ko") for b in (True, False)
        }
        assert all(language_of(x["question"]) == x["language"] for x in questions)
        assert {x["kind"] for x in LABELS["lint"]} <= set(get_args(Doubt))
        assert {x["doubt"] for x in LABELS["lint"]} == {True, False, "may"}


class TestPlaces:
    def test_halves(self) -> None:
        """A family is in one half, in all files together."""
        halves: dict[str, set[str]] = {}
        for x in PLACED:
            if "family" in x:
                halves.setdefault(x["family"], set()).add(x["split"])
        assert [name for name, splits in halves.items() if len(splits) > 1] == []

    def test_digests(self) -> None:
        """Every label in a digest stands there once."""
        works = {w.id: w for w in read_catalog(ROOT / "corpus")}
        documents = {
            path.stem: MarkdownParser().parse(path.read_bytes(), works[path.stem])
            for path in sorted((ROOT / "corpus" / "digests").glob("*.md"))
        }
        assert len(documents) == 2
        assert _misplaced(documents) == []

    @pytest.mark.parametrize("media", ["txt", "pdf"])
    def test_papers(self, papers: Path, media: str) -> None:
        """Every label in a paper stands there once, read from text and from PDF."""
        from assistant.backends.pdf import PdfParser

        works = {w.id: w for w in read_catalog(ROOT / "corpus")}
        parser = PlainTextParser() if media == "txt" else PdfParser()
        documents = {p.stem: parser.parse(p.read_bytes(), works[p.stem]) for p in sorted(papers.glob(f"*.{media}"))}
        assert len(documents) == 2
        assert _misplaced(documents) == []
        if media == "pdf":  # the halves were dealt by its paragraphs
            assert _torn(documents) == []
