"""The right cell of a table, and none where the table does not hold what is asked."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import candidates
from assistant.answering.tables import Picked, asked_columns, holds, pick
from assistant.pipeline import Assistant
from assistant.quantities import calculate
from assistant.questions import understand
from assistant.types import Answer
from tests.answering.libraries import chain, paper

TABLE = """
## Results

The following table lists the exports of machinery by destination.

Table 1. Exports of machinery by destination (USD million)

| Destination | 2019 | 2020 | 2021 |
|---|---|---|---|
| Vietnam | 5,237 | 6,512 | 4,100 |
| Chile | 310 | 295 | 402 |
| Norway | -12 | 88 | 97 |
"""
ONE_ROW = """
Table 2. Workers by sector (thousand)

| Farming | Shipbuilding | Steel |
|---|---|---|
| 41 | 120 | 77 |
"""
MADE = chain(paper("exports", "Machinery exports", TABLE))
SECTORS = chain(paper("workers", "Workers of three sectors", ONE_ROW))


def picked(text: str, made: Assistant = MADE) -> list[Picked]:
    """What the best row that may answer makes of the question."""
    question = understand(text)
    hits = made.retriever.find(question, 10)
    found = candidates(
        question, hits, made.library, made.embedder.embed_question(question.gist), made.weigh, made.embedder
    )
    rows = [c for c in found if c.kind == "row" and c.table and holds(question, c, c.table)]
    return pick(question, rows[0]) if rows else []


class TestCell:
    @pytest.mark.parametrize(
        ("question", "row", "column", "value"),
        [
            ("How much were the exports of machinery to Vietnam in 2020?", "Vietnam", "2020", "6,512"),
            ("How much were the exports of machinery to Vietnam in 2019?", "Vietnam", "2019", "5,237"),
            ("machinery exports to chile 2021", "Chile", "2021", "402"),
            ("What were machinery exports to Norway in 2019?", "Norway", "2019", "-12"),
            ("2020년 베트남에 대한 기계 수출은 얼마인가?", "Vietnam", "2020", "6,512"),
        ],
    )
    def test_the_one_that_is_asked(self, question: str, row: str, column: str, value: str) -> None:
        """A question for a row and a year gets that cell, named by both, with its row as the place."""
        (cell,) = picked(question)
        assert cell.place
        assert (cell.place.row, cell.place.column, cell.place.text) == (row, column, value)
        assert all(part in cell.text for part in (row, column, value))
        assert cell.row.slice(MADE.library.document("exports").text).split("\t")[0] == row
        assert cell.computed is None

    def test_several_years(self) -> None:
        """A question for two years gets both cells of the row, and none of another row."""
        found = picked("How did machinery exports to Vietnam change from 2019 to 2021?")
        assert {"2019", "2021"} <= {p.place.column for p in found if p.place}
        assert {p.place.row for p in found if p.place} == {"Vietnam"}

    def test_a_whole_row(self) -> None:
        """A question that names no column gets the row with all its columns named."""
        (row,) = picked("How much machinery was exported to Chile?")
        assert all(part in row.text for part in ("Chile", "2019: 310", "2020: 295", "2021: 402"))

    @pytest.mark.parametrize(
        "question",
        [
            "How much were the exports of machinery to Vietnam in 2018?",
            "How much were the exports of machinery to Vietnam in 2022?",
            "How much were the exports of machinery to Germany in 2020?",
            "2018년 베트남에 대한 기계 수출은 얼마인가?",
        ],
    )
    def test_not_held(self, question: str) -> None:
        """A year, row or country that the table lacks gets nothing, and no neighbour instead."""
        assert picked(question) == []

    def test_columns(self) -> None:
        """The columns that a question names are found by their headers."""
        (table,) = MADE.library.document("exports").tables
        assert asked_columns(understand("exports in 2020 and 2021"), table) == ["2020", "2021"]
        assert asked_columns(understand("exports to Chile"), table) == []


class TestSuperlative:
    @pytest.mark.parametrize(
        ("question", "row", "value", "function"),
        [
            ("Which destination had the largest machinery exports in 2020?", "Vietnam", "6512", max),
            ("Which destination had the smallest machinery exports in 2019?", "Norway", "-12", min),
            ("Which destination had the smallest machinery exports in 2020?", "Norway", "88", min),
        ],
    )
    def test_of_a_column(self, question: str, row: str, value: str, function: object) -> None:
        """The extreme of a column is shown as a calculation over all its cells, each row of them cited."""
        (best,) = picked(question)
        assert best.place
        assert best.place.row == row
        assert best.computed
        assert best.computed.result == value == str(calculate(best.computed.expression))
        assert best.computed.expression.count(",") == 2
        assert len(best.operands) == 2
        assert best.row not in best.operands

    def test_of_the_only_row(self) -> None:
        """Where a table has one row, the extreme is looked for along it."""
        (best,) = picked("Which sector had the most workers: farming, shipbuilding or steel?", SECTORS)
        assert best.place
        assert (best.place.column, best.place.text) == ("Shipbuilding", "120")
        assert best.computed

    def test_no_extreme_of_a_missing_year(self) -> None:
        """The largest of a year that the table lacks is not looked for in another year."""
        assert picked("Which destination had the largest machinery exports in 2015?") == []

    def test_scales_count(self) -> None:
        """The largest of amounts in millions and billions is the largest amount, not the largest figure."""
        table = "| Fund | Budget in 2020 |\n|---|---|\n| Alder | 900 million |\n| Birch | 1.2 billion |\n| Cedar | 40 million |"
        (best,) = picked(
            "Which fund had the largest budget in 2020?",
            chain(paper("f", "Funds", f"Table 3. Budgets of funds\n\n{table}")),
        )
        assert best.place
        assert best.place.row == "Birch"


def grouped() -> Assistant:
    """A table with two header rows, groups of rows and a unit in a column's head, read from a page of HTML."""
    from assistant.reading.assembly import FileFacts
    from assistant.reading.markup import Item, ItemCell, read_markup
    from assistant.types import Work

    def row(*cells: str) -> tuple[ItemCell, ...]:
        return tuple(ItemCell((c,) if c else ()) for c in cells)

    rows = (
        (ItemCell(("Region",), rows=2), ItemCell(("Exports",), columns=2), ItemCell(("Share (%)",), columns=2)),
        row("2022", "2023", "2022", "2023"),
        (ItemCell(("Asia",), columns=5),),
        row("Vietnam", "5,237", "6,512", "14.1", "15.2"),
        row("Islands", "310", "295", "2.2", "2.4"),
        (ItemCell(("Europe",), columns=5),),
        row("Norway", "97", "88", "0.7", "0.6"),
        row("Islands", "11", "12", "0.1", "0.3"),
    )
    items = [
        Item("title", ("Machinery exports by region",)),
        Item("paragraph", ("The following table lists the exports of machinery by region.",)),
        Item("caption", ("Table 4. Exports of machinery by region (USD million)",)),
        Item("table", rows=rows, header_rows=2),
    ]
    return chain(read_markup(items, Work("regions", "Machinery exports by region"), FileFacts()))


GROUPED = grouped()


class TestSeveralLevels:
    @pytest.mark.parametrize(
        ("question", "row", "column", "value"),
        [
            ("How much were the exports of machinery to Vietnam in 2023?", "Asia › Vietnam", "Exports › 2023", "6,512"),
            ("What was the share of Norway in 2022?", "Europe › Norway", "Share (%) › 2022", "0.7"),
            (
                "How much were exports of machinery to the islands of Europe in 2022?",
                "Europe › Islands",
                "Exports › 2022",
                "11",
            ),
        ],
    )
    def test_the_cell_under_all_its_headers(self, question: str, row: str, column: str, value: str) -> None:
        """A question that names a group, a row, a heading and a year gets the one cell under all of them."""
        found = picked(question, GROUPED)
        assert [(p.place.row, p.place.column, p.place.text) for p in found if p.place] == [(row, column, value)]

    def test_unit_of_the_column(self) -> None:
        """A unit in the head of a column is the cell's; the table's own stays the table's."""
        (cell,) = picked("What was the share of Norway in 2022?", GROUPED)
        assert cell.place
        assert cell.place.unit == "%"
        assert GROUPED.library.document("regions").tables[0].unit == "USD million"
        (amount,) = picked("How much were the exports of machinery to Vietnam in 2023?", GROUPED)
        assert amount.place
        assert amount.place.unit == "USD million"


def contracts() -> Assistant:
    """A table with a value that spans two rows, read from a page of HTML."""
    from assistant.backends.html.parser import HtmlParser
    from assistant.types import Work

    page = (
        "<html><body><article><h1>Dredging contracts of the harbours</h1>"
        "<p>The following table lists the contractor and the cost for each harbour that was dredged.</p>"
        "<table><caption>Table 5. Contracts for dredging (USD million)</caption>"
        "<tr><th>Harbour</th><th>Contractor</th><th>Cost</th></tr>"
        "<tr><td>Heron Quay</td><td rowspan=2>Alder Marine Ltd</td><td>41</td></tr>"
        "<tr><td>Plover Bay</td><td>77</td></tr>"
        "<tr><td>Curlew Point</td><td>Birch Works</td><td>19</td></tr></table>"
        "<p>All contracts were signed in the spring of that year, as the ministry says.</p></article></body></html>"
    )
    return chain(HtmlParser().parse(page.encode(), Work("dredging", "Dredging contracts of the harbours")))


CONTRACTS = contracts()


class TestMerged:
    @pytest.mark.parametrize("harbour", ["Heron Quay", "Plover Bay"])
    def test_value_of_every_row_it_spans(self, harbour: str) -> None:
        """A value that spans rows is the answer for each of them, quoted from the row where it stands."""
        (cell,) = picked(f"Who is the contractor for {harbour}?", CONTRACTS)
        assert cell.place
        assert (cell.place.row, cell.place.column, cell.place.text) == (harbour, "Contractor", "Alder Marine Ltd")
        text = CONTRACTS.library.document("dredging").text
        assert "Alder Marine Ltd" in cell.row.slice(text)
        assert any(harbour in row.slice(text) for row in (cell.row, *cell.operands))

    def test_other_rows_keep_their_own(self) -> None:
        """A row below has its own value."""
        (cell,) = picked("Who is the contractor for Curlew Point?", CONTRACTS)
        assert cell.place
        assert cell.place.text == "Birch Works"

    @pytest.mark.parametrize(
        "question", ["Who is the contractor for Plover Bay?", "What does the table say of Plover Bay?"]
    )
    def test_the_claim_is_borne_out(self, question: str) -> None:
        """The claim over such a cell passes the check of its quotes."""
        answer = CONTRACTS.ask(question)
        assert isinstance(answer, Answer)
        (claim,) = [c for c in answer.claims if "Alder" in c.text]
        assert "Plover Bay" in claim.text
        assert claim.verdict.support == "supported"
