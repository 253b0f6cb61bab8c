"""What the corpus says on a statement: found, judged and cited in the invented corpus."""

from __future__ import annotations

import pytest

from assistant.bearing import Bearings
from assistant.types import Bearing
from tests.sample import Sample

pytest_plugins = ["tests.sample"]


@pytest.fixture(scope="module")
def bearings(embedded: Sample) -> Bearings:
    """Over the invented corpus under the default model."""
    return embedded.open().bearings


def first(bearings: Bearings, statement: str) -> Bearing:
    return bearings.on(statement, k=3)[0]


@pytest.mark.parametrize(
    ("statement", "support", "words"),
    [
        ("The port of Selby handles 61 percent of Marenland's container traffic.", "supported", "sixty-one percent"),
        ("The port of Selby handles 16 percent of Marenland's container traffic.", "contradicted", "sixty-one percent"),
        ("The plant at Hollin has a capacity of 18 megawatts.", "supported", "eighteen megawatts"),
        ("The plant at Hollin has a capacity of 18 gigawatts.", "contradicted", "eighteen megawatts"),
        ("The school meal programme of Marenland began in 2014.", "contradicted", "2011"),
        ("마렌란드 정부는 2019년에 어획량 할당제를 도입하였다.", "supported", "2019년"),
        ("마렌란드 정부는 2016년에 어획량 할당제를 도입하였다.", "contradicted", "2019년"),
        ("소규모 어가의 소득은 늘어났다.", "contradicted", "늘어나지 않았다"),
    ],
)
def test_a_statement_meets_the_sentence_that_bears_on_it(
    bearings: Bearings, statement: str, support: str, words: str
) -> None:
    """Support and contradiction come first, cited where they stand."""
    found = first(bearings, statement)
    assert (found.verdict.support, words in found.citation.quote) == (support, True), found
    document = bearings.library.document(found.citation.document)
    assert found.citation.span.slice(document.text) == found.citation.quote


@pytest.mark.parametrize(
    "statement",
    [
        "The Harbour Board publishes its budget in March.",
        "Exporters of timber oppose the harbour reform.",
        "School kitchens employ 4,000 cooks.",
        "The moon is made of cheese.",
        "어선의 연료는 정부가 보조한다.",
    ],
)
def test_what_the_corpus_does_not_say_is_silence(bearings: Bearings, statement: str) -> None:
    """Sentences near the subject are given as the nearest and neither support nor contradict."""
    found = bearings.on(statement, k=5)
    assert found
    assert not [b for b in found if b.verdict.support in ("supported", "contradicted")]


def test_a_statement_on_a_cell_is_judged_by_that_cell(bearings: Bearings) -> None:
    """The row is cited with the cell under the year that is named; another figure there contradicts."""
    right = first(bearings, "Timber exports of Marenland were USD 533 million in 2022.")
    assert right.verdict.support == "supported"
    assert right.citation.cell is not None
    assert (right.citation.cell.row, right.citation.cell.column, right.citation.cell.text) == ("Timber", "2022", "533")
    wrong = first(bearings, "Timber exports of Marenland were USD 353 million in 2022.")
    assert wrong.verdict.support == "contradicted"
    assert "533" in (wrong.verdict.why or "")


def test_another_years_figure_does_not_contradict(bearings: Bearings) -> None:
    """A statement on a year that the table lacks is not refuted by the years that it has."""
    found = bearings.on("Timber exports of Marenland were USD 700 million in 2031.", k=5)
    assert not [b for b in found if b.verdict.support in ("supported", "contradicted")]


def test_only_the_documents_that_are_named_are_heard(bearings: Bearings) -> None:
    """Within another document there is nothing on the statement."""
    found = bearings.on("The plant at Hollin has a capacity of 18 megawatts.", {"quay-2024"}, k=3)
    assert {b.citation.document for b in found} == {"quay-2024"}
    assert {b.verdict.support for b in found} == {"unsupported"}


def test_many_statements_at_once_are_judged_as_each_alone(bearings: Bearings) -> None:
    """Batches change nothing but the time."""
    statements = [
        "The port of Selby handles 16 percent of Marenland's container traffic.",
        "Glassware grew fastest of the three sectors.",
        "소규모 어가의 소득은 늘어났다.",
    ]
    together = bearings.on_each(statements, k=3)
    for statement, found in zip(statements, together, strict=True):
        alone = bearings.on(statement, k=3)
        assert [(b.verdict, b.citation.span) for b in found] == [(b.verdict, b.citation.span) for b in alone]


def test_words_alone_judge_where_the_embedder_gives_little(hashed: Sample) -> None:
    """With the hashing embedder of the tests numbers are still told apart."""
    bearings = hashed.open().bearings
    found = bearings.on("The port of Selby handles 16 percent of the country's container traffic.", k=3)
    assert found[0].verdict.support == "contradicted"
