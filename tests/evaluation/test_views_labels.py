"""The labels of recommendations, stages and positions: their form, their halves, and that they stand where they point."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.corpus import read_catalog
from assistant.evaluation.views.labels import Fields, Line, place, read_lines
from assistant.types import Document, Stage
from assistant.types.policy import Relation, Strength, Voice

ROOT = Path(__file__).resolve().parents[2]
LABELS = {name: read_lines(ROOT / "eval" / "policy" / f"{name}.jsonl") for name in ("recommendations", "stages")}
POSITIONS = read_lines(ROOT / "eval" / "policy" / "positions.jsonl")


def quotes(row: Fields) -> list[dict[str, Any]]:
    """The places of a position as labels of their own."""
    return [
        {"id": row["id"], "document": document, "quote": quote}
        for document, said in zip(row["documents"], (row["first"], row["second"]), strict=True)
        for quote in said
    ]


POINTERS: list[Fields] = [*(x for rows in LABELS.values() for x in rows), *(q for x in POSITIONS for q in quotes(x))]


def digests() -> dict[str, Document]:
    works = {w.id: w for w in read_catalog(ROOT / "corpus")}
    folder = ROOT / "corpus" / "digests"
    return {p.stem: MarkdownParser().parse(p.read_bytes(), works[p.stem]) for p in sorted(folder.glob("*.md"))}


def contradicting(documents: dict[str, Document]) -> list[tuple[str, str]]:
    """Pairs of labels of one sentence that do not say the same of it."""
    found = []
    for name, key in (("recommendations", "recommends"), ("stages", "stage")):
        seen: dict[tuple[str, int], Line] = {}
        for line in place(LABELS[name], list(documents), documents.__getitem__).lines:
            other = seen.setdefault((line.document, line.sentence.start), line)
            if bool(other.fields[key]) is not bool(line.fields[key]):
                found.append((other.id, line.id))
    return found


def torn(documents: dict[str, Document]) -> list[str]:
    """Labels that stand in one paragraph with one of the other half."""
    halves: dict[tuple[str, int], str] = {}
    found = []
    for rows in LABELS.values():
        for line in place(rows, list(documents), documents.__getitem__).lines:
            block = next(b for b in documents[line.document].blocks if b.span.overlaps(line.span))
            if halves.setdefault((line.document, block.span.start), line.split or "") != line.split:
                found.append(line.id)
    return found


class TestForm:
    def test_size(self) -> None:
        """As many sentences that only look so as that recommend; both kinds of stages; every kind of relation."""
        recommends = Counter(x["recommends"] for x in LABELS["recommendations"])
        assert recommends[True] >= 100
        assert recommends[False] >= recommends[True]
        assert sum(bool(x["stage"]) for x in LABELS["stages"]) >= 35
        assert sum(not x["stage"] for x in LABELS["stages"]) >= 25
        assert {r for x in POSITIONS for r in x["relation"]} == set(get_args(Relation))
        assert sum(not x["relation"] for x in POSITIONS) >= 5

    def test_short(self) -> None:
        """A label points: 4 to 14 words."""
        assert [x["id"] for x in POINTERS if not 4 <= len(x["quote"].split()) <= 14] == []

    def test_values(self) -> None:
        """Strengths, voices, stages and relations are those of the types; what does not recommend says why."""
        for x in LABELS["recommendations"]:
            fields = x["fields"]
            assert fields["voice"] in (*get_args(Voice), None), x["id"]
            if x["recommends"]:
                strengths = fields["strength"]
                assert set([strengths] if isinstance(strengths, str) else strengths) <= set(get_args(Strength))
                assert x["count"] >= 1, x["id"]
                assert fields["action"], x["id"]
            else:
                assert x["why"], x["id"]
                assert fields["voice"] != "own", x["id"]
        assert {s for x in LABELS["stages"] for s in x["stage"]} <= set(get_args(Stage))
        assert all(x["what"] for x in LABELS["stages"] if x["stage"])
        assert all(x["topic"] and len(x["documents"]) == 2 for x in POSITIONS)

    def test_halves(self) -> None:
        """Both halves have labels of each file; a digest's twin is in the half of its paper's sentence."""
        for rows in (*LABELS.values(), POSITIONS):
            assert {x["split"] for x in rows} == {"dev", "test"}
            half = {x["id"]: x["split"] for x in rows}
            assert [id for id in half if half.get(f"d-{id}", half[id]) != half[id]] == []


class TestPlaces:
    def test_digests(self) -> None:
        """Every label in a digest stands there once, in one half with its paragraph, and no sentence is labelled both ways."""
        documents = digests()
        assert place(POINTERS, list(documents), documents.__getitem__).errors == ()
        assert contradicting(documents) == []
        assert torn(documents) == []

    @pytest.mark.parametrize("media", ["txt", "pdf"])
    def test_papers(self, papers: Path, media: str) -> None:
        """Every label in a paper stands there once, read from text and from PDF, and no sentence is labelled both ways."""
        from assistant.backends.pdf import PdfParser

        works = {w.id: w for w in read_catalog(ROOT / "corpus")}
        parser = PlainTextParser() if media == "txt" else PdfParser()
        documents = {p.stem: parser.parse(p.read_bytes(), works[p.stem]) for p in sorted(papers.glob(f"*.{media}"))}
        assert len(documents) == 2
        assert place(POINTERS, list(documents), documents.__getitem__).errors == ()
        assert contradicting(documents) == []
