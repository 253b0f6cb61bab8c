"""What a query may mean, side by side, and figures that clash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli
from assistant.backends.text_files import MarkdownParser
from assistant.policy.numbers import among, conflicts, figures
from assistant.types import Document, Work
from assistant.types.policy import Candidate, Figure
from tests.sample import Sample

pytest_plugins = ["tests.sample"]

PAPER = """Table 1. Marenland Conglomerates’ Outward Investment by Sector, 2023–2024 (Unit: USD Million)

| Sector | 2023 | 2024 |
|---|---|---|
| Shipbuilding | 6,512 (38.4%) | 5,653 (48.1%) |
| Chemicals | 986 (5.8%) | 933 (7.9%) |

Source: Bank of Marenland.

In 2023 and 2024, outward investment in the shipbuilding sector totaled USD 6.7 billion and USD 5.9 billion, respectively.

Marenland’s trade surplus with China was USD 4.8 billion in 2024.
"""


def document(text: str, id: str = "x") -> Document:
    return MarkdownParser().parse(f"# Investment\n\n{text}\n".encode(), Work(id=id, title=f"Investment {id}"))


def ask(query: str, text: str = PAPER) -> tuple[Candidate, ...]:
    return among(query, figures(document(text)))


def surfaces(found: tuple[Candidate, ...]) -> list[str]:
    return [c.figure.surface for c in found]


@pytest.mark.parametrize(
    "query", ["outward investment shipbuilding 2024", "2024년 조선 대외투자", "2024 조선업 해외투자"]
)
def test_two_right_figures_stand_side_by_side_with_what_tells_them_apart(query: str) -> None:
    """The sector's whole and the conglomerates' part are both shown, and the part says whose it is."""
    found = ask(query)
    assert surfaces(found)[:2] == ["USD 5.9 billion", "5,653"]
    assert not any(c.near for c in found)
    apart = {u.what: (u.first, u.own) for u in found[1].unlike}
    assert apart["who"] == ("", "Marenland Conglomerates’")


def test_whose_it_is_can_be_asked_for() -> None:
    """A query that names conglomerates gets theirs first, and the other lacks that word."""
    found = ask("conglomerates outward investment shipbuilding 2024")
    assert surfaces(found)[0] == "5,653"
    assert all(c.lacks for c in found if c.figure.surface == "USD 5.9 billion")


def test_a_share_is_asked_for_as_a_share() -> None:
    """Of a composite cell the part that the query asks for stands first."""
    assert surfaces(ask("share of shipbuilding in conglomerates' outward investment 2023"))[0] == "38.4%"


def test_another_year_place_or_sector_is_no_answer() -> None:
    """What differs is shown only where nothing fits, and then says what it is of instead."""
    for query, other in (
        ("outward investment shipbuilding 2019", "2023"),
        ("outward investment textiles 2024", "Chemicals"),
        ("trade surplus with Mexico 2024", "China"),
    ):
        found = ask(query)
        assert found
        assert all(c.near for c in found)
        assert any(other in said for c in found for said in c.other), query


def test_a_query_of_something_else_finds_nothing() -> None:
    """A figure of another quantity is not near."""
    assert ask("rainfall in the capital 2024") == ()


def clash(*texts: str) -> list[tuple[str, ...]]:
    found: list[Figure] = [f for n, text in enumerate(texts) for f in figures(document(text, f"d{n}"))]
    return [tuple(f.surface for f in c.figures) for c in conflicts(found)]


SAID = "In 2024, exports to China in the shipbuilding sector were {}."


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("USD 5.9 billion", "USD 6.4 billion", True),
        ("USD 5.9 billion", "USD 5,900 million", False),
        ("USD 5.9 billion", "USD 5,912 million", False),
        ("over USD 5 billion", "USD 5.9 billion", False),
        ("over USD 7 billion", "USD 5.9 billion", True),
        ("about USD 6 billion", "USD 5.9 billion", False),
    ],
)
def test_figures_clash_beyond_rounding_and_bounds(one: str, other: str, differ: bool) -> None:
    """Between documents the same quantity, year and scope with another value is a conflict."""
    assert clash(SAID.format(one), SAID.format(other)) == (
        [(one.split("over ")[-1].split("about ")[-1], other)] if differ else []
    )


@pytest.mark.parametrize(
    "other",
    [
        "In 2023, exports to China in the shipbuilding sector were USD 8 billion.",
        "In 2024, exports to Mexico in the shipbuilding sector were USD 8 billion.",
        "In 2024, exports to China in the chemicals sector were USD 8 billion.",
        "In 2024, exports to China were USD 8 billion.",
        "In 2024, imports from China in the shipbuilding sector were USD 8 billion.",
        "In 2024, exports to China in the shipbuilding sector are forecast to be USD 8 billion.",
        "Exports to China in the shipbuilding sector were USD 8 billion.",
    ],
)
def test_another_year_scope_or_quantity_is_no_conflict(other: str) -> None:
    """Figures that count different things do not contradict one another."""
    assert clash(SAID.format("USD 5 billion"), other) == []


def test_a_document_can_clash_with_itself() -> None:
    """Two sentences of one document, in whichever unit."""
    found = clash(SAID.format("USD 5 billion") + "\n\n" + SAID.format("USD 8,100 million"))
    assert found == [("USD 5 billion", "USD 8,100 million")]


def test_korean_and_english_documents_are_compared() -> None:
    """The same quantity in two languages is one."""
    korean = "2024년 중국에 대한 반도체 수출은 80억 달러였다."
    assert clash(korean, "2024년 중국에 대한 반도체 수출은 95억 달러였다.") == [("80억 달러", "95억 달러")]
    assert clash(korean, "2024년 일본에 대한 반도체 수출은 95억 달러였다.") == []


def test_the_papers_contradict_neither_themselves_nor_each_other(papers: Path) -> None:
    """No two figures of the papers are shown as a conflict."""
    from assistant.backends.text_files import PlainTextParser

    found = [
        f
        for path in sorted(papers.glob("*.txt"))
        for f in figures(PlainTextParser().parse(path.read_bytes(), Work(id=path.stem, title=path.stem)))
    ]
    assert len(found) > 80
    assert conflicts(found) == ()


def run(sample: Sample, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(sample.root)
    return cli.main([*words, "--index", str(sample.index)])


def test_the_command_shows_candidates_with_their_scopes(
    hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A query on the command line, as JSON with the citation's fields and as a file for a spreadsheet."""
    file = tmp_path / "n.csv"
    assert run(hashed, monkeypatch, "numbers", "exports of timber 2022", "--json", "--csv", str(file)) == 0
    told = json.loads(capsys.readouterr().out)
    first = told["candidates"][0]
    assert told["fits"]
    assert (first["document"], first["value"], first["unit"], first["first"]) == ("quay-2024", "533000000", "USD", 2022)
    assert first["quote"].startswith("Timber")
    assert "533" in file.read_text(encoding="utf-8-sig")


def test_the_command_lists_every_figure_of_a_year_and_conflicts(
    hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a query all figures, narrowed to a year; and a plain word where nothing clashes."""
    assert run(hashed, monkeypatch, "numbers", "--document", "quay-2024", "--year", "2021", "--json") == 0
    told = json.loads(capsys.readouterr().out)["figures"]
    assert {"468", "279", "120"} <= {f["surface"]["text"] for f in told}
    assert run(hashed, monkeypatch, "numbers", "--conflicts") == 0
    assert "differ by more than rounding" in " ".join(capsys.readouterr().out.split())
    assert run(hashed, monkeypatch, "numbers", "exports", "--conflicts") == 2
