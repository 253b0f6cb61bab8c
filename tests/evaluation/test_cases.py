"""The evaluation set itself: its form, its size, and that its labels stand where they point."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.citations import locate
from assistant.corpus import read_catalog
from assistant.evaluation.cases import read_cases
from assistant.text import language_of
from assistant.types import Case, Document

ROOT = Path(__file__).resolve().parents[2]
CASES = read_cases(ROOT / "eval" / "cases.jsonl")
ANSWERABLE = [c for c in CASES if c.answerable]


def wrong_labels(documents: dict[str, Document], cases: Sequence[Case]) -> list[str]:
    return [
        f"{c.id}: {label.quote!r} in {label.document}"
        for c in cases for group in c.evidence for label in group
        if label.document in documents and not locate(documents[label.document], label.quote)
    ]  # fmt: skip


class TestForm:
    def test_size(self) -> None:
        """There are at least 80 cases, 10 of them Korean, and 25 unanswerable in several ways."""
        assert len(CASES) >= 80
        assert sum(c.language == "ko" for c in CASES) >= 10
        refused = Counter(c.category for c in CASES if not c.answerable)
        assert refused.total() >= 25
        assert {
            "other-subject",
            "not-said",
            "wrong-year",
            "wrong-country",
            "wrong-row",
            "false-premise",
            "in-figure",
        } <= set(refused)

    def test_kinds(self) -> None:
        """Facts, numbers, cells, lists, reasons, notes, paraphrases and both papers together are asked for."""
        assert {"fact", "number", "table", "list", "reason", "note", "paraphrase", "both"} <= {
            c.category for c in ANSWERABLE
        }

    def test_unique(self) -> None:
        """No id and no question stands twice."""
        assert not [k for k, n in Counter(c.id for c in CASES).items() if n > 1]
        assert not [k for k, n in Counter(c.question.strip().lower() for c in CASES).items() if n > 1]
        assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", c.id) for c in CASES)

    def test_languages(self) -> None:
        """The language is that of the question, and the id says it."""
        assert [c.id for c in CASES if language_of(c.question) != c.language] == []
        assert [c.id for c in CASES if (c.language == "ko") != c.id.startswith("ko-")] == []

    def test_halves(self) -> None:
        """Every case is in the dev or the test half, and each half has its share of both kinds."""
        assert {c.split for c in CASES} == {"dev", "test"}
        for split in ("dev", "test"):
            part = [c for c in CASES if c.split == split]
            assert len(part) / len(CASES) >= 0.35
            assert sum(not c.answerable for c in part) >= 10

    def test_answerable(self) -> None:
        """An answerable case says what must be said, and has a place in a paper and in a digest for each group."""
        for c in ANSWERABLE:
            assert c.must_say, c.id
            for group in c.evidence:
                digests = {label.document.endswith("-digest") for label in group}
                assert digests == {True, False}, c.id

    def test_unanswerable(self) -> None:
        """An unanswerable case has no evidence, and a note on why."""
        for c in CASES:
            assert c.answerable or (not c.evidence and not c.must_say and c.note), c.id

    def test_labels_point(self) -> None:
        """A label is at most 20 words: it points, and does not reproduce."""
        assert [x.quote for c in CASES for g in c.evidence for x in g if len(x.quote.split()) > 20] == []


class TestLabels:
    def test_digests(self) -> None:
        """Every label in a digest stands in that digest."""
        works = {w.id: w for w in read_catalog(ROOT / "corpus")}
        documents = {
            path.stem: MarkdownParser().parse(path.read_bytes(), works[path.stem])
            for path in sorted((ROOT / "corpus" / "digests").glob("*.md"))
        }
        assert len(documents) == 2
        assert {x.document for c in CASES for g in c.evidence for x in g if x.document.endswith("-digest")} <= set(
            documents
        )
        assert wrong_labels(documents, CASES) == []

    @pytest.mark.parametrize("media", ["txt", "pdf"])
    def test_papers(self, papers: Path, media: str) -> None:
        """Every label in a paper stands in that paper, read from text and from PDF."""
        from assistant.backends.pdf import PdfParser

        works = {w.id: w for w in read_catalog(ROOT / "corpus")}
        parser = PlainTextParser() if media == "txt" else PdfParser()
        documents = {p.stem: parser.parse(p.read_bytes(), works[p.stem]) for p in sorted(papers.glob(f"*.{media}"))}
        assert len(documents) == 2
        assert wrong_labels(documents, CASES) == []
