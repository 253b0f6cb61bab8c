"""The two papers, where they are on this machine: from PDF to cited answer, and the same from the text.

Nothing of the papers stands here but a few words as pointers; questions and labels are those of eval/.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant import wiring
from assistant.config import DEFAULT_EMBEDDER, Settings
from assistant.pipeline import Assistant
from assistant.text import fold
from assistant.types import Answer, Citation, Document

pytest_plugins = ["tests.sample"]

CELL = "What did conglomerates invest in electrical equipment in 2023?"
QUESTIONS = [
    CELL,
    "How many FTAs has South Korea concluded, and with how many countries?",
    "Why are the authors concerned about industrial hollowing-out?",
    "When did the U.S. Supreme Court rule on the reciprocal tariffs?",
    "What share of South Korea's exports do intermediate goods make up?",
    "What three directions does Han propose for Korea-U.S. cooperation?",
    "Which countries were the top destinations of South Korean FDI in 2024?",
]


def opened(papers: Path, home: Path, suffix: str, embedder: str, models: Path | None = None) -> Assistant:
    from tests.sample import link_models

    corpus = home / "corpus"
    corpus.mkdir(parents=True)
    for path in papers.glob(f"*.{suffix}"):
        shutil.copy(path, corpus)
    if models:
        link_models(models, home / "index")
    settings = Settings(corpus=corpus, index=home / "index", state=home / "state", embedder=embedder)
    report = wiring.ingest(settings)
    assert [f.status for f in report.files] == ["added", "added"]
    return wiring.open_assistant(settings)


@pytest.fixture(scope="module")
def pdf(papers: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The PDFs under the default embedder."""
    return opened(papers, tmp_path_factory.mktemp("pdf"), "pdf", DEFAULT_EMBEDDER, models)


@pytest.fixture(scope="module")
def replies(pdf: Assistant) -> dict[str, Answer]:
    """The answers from the PDFs."""
    found = {q: pdf.ask(q) for q in QUESTIONS}
    assert all(isinstance(r, Answer) for r in found.values()), [
        q for q, r in found.items() if not isinstance(r, Answer)
    ]
    return {q: r for q, r in found.items() if isinstance(r, Answer)}


def published(papers: Path, document: str) -> str:
    """The published text without note marks and Markdown's signs, as words are compared."""
    raw = (papers / f"{document}.txt").read_text(encoding="utf-8")
    return bare(re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹*\\\\]", "", raw))


def bare(words: str) -> str:
    return " ".join(fold(words).text.split())


def page_of(papers: Path, citation: Citation) -> list[int]:
    """The pages of the file itself on which the first and the last words of a quote are drawn."""
    import pypdfium2

    file = pypdfium2.PdfDocument(papers / f"{citation.document}.pdf")
    drawn = [re.sub(r"\W", "", file[i].get_textpage().get_text_range()) for i in range(len(file))]
    words = re.sub(r"\W", "", citation.quote)
    return [i for i, page in enumerate(drawn) if words[:25] in page or words[-25:] in page]


@pytest.mark.slow
class TestFromThePdfs:
    def test_marks_in_order(self, pdf: Assistant) -> None:
        """The stored document has notes 1 to 54, called in order, each with its text."""
        document = pdf.document("bark-kwak-2026")
        assert [n.number for n in document.notes] == [str(i) for i in range(1, 55)]
        assert all(n.text and len(n.marks) == 1 for n in document.notes)
        marks = [n.marks[0] for n in document.notes]
        assert marks == sorted(marks)

    def test_no_stray_mark_digits(self, pdf: Assistant) -> None:
        """No digit stands where a note is called: neither glued to the word before it nor behind the stop."""
        document = pdf.document("bark-kwak-2026")
        for note in document.notes:
            around = document.text[max(0, note.marks[0] - 3) : note.marks[0] + 3]
            assert not re.search(rf"[^\d\s,.$-]{note.number}\b|[.,]{note.number}(?:\s|$)", around), around
        assert not re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹]", document.text)

    def test_sentence_over_the_first_page_break(self, papers: Path, pdf: Assistant) -> None:
        """The sentence that the first page cuts is one sentence of one passage, on pages 0 and 1."""
        document = pdf.document("bark-kwak-2026")
        over = [
            s
            for p in pdf.library.passages()
            if p.document == document.id and p.kind == "text"
            for s in p.sentences
            if [x.index for x in document.pages_of(s)] == [0, 1]
        ]
        (whole,) = set(over)
        words = whole.slice(document.text)
        assert words[0].isupper()
        assert words.endswith(".")
        assert bare(words) in published(papers, document.id)

    def test_cell(self, replies: dict[str, Answer]) -> None:
        """A question for a cell of a table gives that cell, by its row and column, with the unit."""
        cells = [c.cell for c in replies[CELL].citations]
        assert [(c.row, c.column, c.text) for c in cells if c] == [("Electrical Equipment", "2023", "6,512 (38.4%)")]
        assert all(c and c.unit and c.unit.lower() == "usd million" for c in cells)

    def test_text_and_pdf_answer_alike(self, papers: Path, tmp_path: Path) -> None:
        """From the published text the same sentences answer as from the PDF, without pages. (The fast embedder.)"""
        text = opened(papers, tmp_path / "text", "txt", "hashing")
        pdf = opened(papers, tmp_path / "pdf", "pdf", "hashing")
        answered = 0
        for question in QUESTIONS:
            one, two = text.ask(question), pdf.ask(question)
            assert type(one) is type(two), question
            if isinstance(one, Answer) and isinstance(two, Answer):
                answered += 1
                # The best sentences are the same; a last one may stand at the edge of what is shown.
                said, printed = ([bare(c.quote) for c in r.citations] for r in (one, two))
                assert said[:1] == printed[:1], question
                assert set(said) <= set(printed) or set(printed) <= set(said), question
                assert all(c.page_index is None for c in one.citations)
                assert all(c.page_index is not None for c in two.citations)
        assert answered >= 4

    def test_quotes_are_the_papers_words(self, papers: Path, replies: dict[str, Answer]) -> None:
        """Every quote stands in the published text, letter by letter but for marks and white space."""
        for question, reply in replies.items():
            for citation in reply.citations:
                assert bare(citation.quote.replace("\t", " ")) in published(papers, citation.document), question

    def test_quotes_are_on_their_pages(self, papers: Path, replies: dict[str, Answer]) -> None:
        """The page that a citation names is one on which its first or last words are drawn."""
        for question, reply in replies.items():
            for citation in reply.citations:
                assert citation.page_index in page_of(papers, citation), question

    def test_every_passage_fits(self, pdf: Assistant) -> None:
        """Passages are sentences whole, at most what the embedder reads."""
        from assistant.retrieval import passage_text

        for passage in pdf.library.passages():
            assert pdf.embedder.count_tokens(passage_text(passage)) <= 256
            document: Document = pdf.document(passage.document)
            assert passage.span.slice(document.text) == passage.text
