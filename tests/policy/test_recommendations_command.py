"""Choosing recommendations, and showing them: the table, JSON, files, the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli, wiring
from assistant.backends.text_files import MarkdownParser
from assistant.config import Settings
from assistant.policy.recommendations import chosen, recommendations
from assistant.render.recommendations import recommendations_grid, recommendations_json
from assistant.types import Work
from assistant.types.policy import Recommendation

TEXT = """# Ports and Pilots

## Fees

This paper proposes cheaper berths. The government should cut berth fees for small firms. Critics argue that the ministry
must sell the quay.

## Pilots

Shipping companies must train more pilots. The ministry of fisheries should establish a repair fund. Parliament may wish to
consider a levy on fuel. The government must not raise fees this year.
"""
KOREAN = "# 항만 정책\n\n정부는 하역 요금을 낮춰야 한다. 기업은 도선사를 양성해야 한다.\n"


@pytest.fixture(scope="module")
def found() -> tuple[Recommendation, ...]:
    return recommendations(MarkdownParser().parse(TEXT.encode(), Work(id="ports", title="Ports and Pilots")))


def actions(found: tuple[Recommendation, ...]) -> list[str]:
    return [r.action.text.split()[0] for r in found]


@pytest.mark.parametrize(
    ("asked", "first_words"),
    [
        ({"actor": "government"}, ["cut", "sell", "establish", "not"]),
        ({"actor": "정부"}, ["cut", "sell", "establish", "not"]),
        ({"actor": "ministry"}, ["sell", "establish"]),
        ({"actor": "firms"}, ["train"]),
        ({"actor": "기업"}, ["train"]),
        ({"actor": "국회"}, ["a"]),
        ({"actor": "universities"}, []),
        ({"topic": "pilots"}, ["train", "establish", "a", "not"]),
        ({"topic": "berth fees"}, ["cheaper", "cut"]),
        ({"instrument": "fund"}, ["establish"]),
        ({"strengths": ["considering"]}, ["a"]),
        ({"voices": ["reported"]}, ["sell"]),
        ({"actor": "government", "strengths": ["must"], "voices": ["own"]}, ["not"]),
    ],
)
def test_what_is_asked_for_is_chosen(
    found: tuple[Recommendation, ...], asked: dict[str, str], first_words: list[str]
) -> None:
    """By actor (by kind, in both languages), topic (pillar and section too), instrument, strength and voice."""
    assert actions(chosen(found, **asked)) == first_words  # type: ignore[arg-type]


def test_a_country_that_should_act_is_its_government() -> None:
    """Asked for the government, `Norway should …` is found too; asked for Norway, only Norway."""
    text = "# Nets\n\nNorway should cut fees. The Japanese government should train pilots. Firms should wait.\n"
    found = recommendations(MarkdownParser().parse(text.encode(), Work(id="nets", title="Nets")))
    assert actions(chosen(found, actor="government")) == ["cut", "train"]
    assert actions(chosen(found, actor="정부")) == ["cut", "train"]
    assert actions(chosen(found, actor="노르웨이")) == ["cut"]
    assert actions(chosen(found, actor="Japan")) == ["train"]
    assert actions(chosen(found, actor="Japanese government")) == ["train"]


def test_the_table_groups_by_actor_and_says_what_it_leaves_out(found: tuple[Recommendation, ...]) -> None:
    """What one actor is to do stands together; views of others are counted; every row bears its place."""
    own = chosen(found, voices=["own"])
    grid = recommendations_grid("Ports", own, found)
    who = [row[0].text for row in grid.rows]
    assert who == ["government", "government", "Shipping companies", "ministry of fisheries", "Parliament", "not said"]
    assert all(row[1].quoted and row[1].citations for row in grid.rows)
    assert any("reported view (1)" in n for n in grid.notices)
    assert "Voice" not in grid.columns
    everything = recommendations_grid("Ports", found, found)
    assert "reported view: Critics" in [row[-1].text for row in everything.rows]
    assert recommendations_grid("Ports", (), found).notices[0].startswith("Nothing was found")


def test_json_has_the_citation_and_every_field(found: tuple[Recommendation, ...]) -> None:
    """The contract's citation fields, and parts with their places."""
    made = recommendations_json(found)
    assert made["count"] == len(found)
    fund = next(r for r in made["recommendations"] if r["instruments"])
    assert fund["instruments"][0]["text"] == "repair fund"
    assert {"quote", "start", "end", "section", "notes", "origin"} <= set(fund)
    assert {"strength", "voice", "said_by", "sign", "action", "actor", "condition", "pillar", "opened_by"} <= set(fund)
    json.dumps(made)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("ports")
    (root / "corpus").mkdir()
    (root / "corpus" / "ports.md").write_text(TEXT, encoding="utf-8")
    (root / "corpus" / "ko.md").write_text(KOREAN, encoding="utf-8")
    made = Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder="hashing")
    wiring.ingest(made)
    return made


def run(settings: Settings, *arguments: str) -> int:
    return cli.main(["recommendations", *arguments, "--index", str(settings.index), "--corpus", str(settings.corpus)])


def test_the_command_shows_all_documents_or_one(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a document all are shown with their titles; a Korean actor finds English words too."""
    assert run(settings) == 0
    both = capsys.readouterr().out
    assert "cut berth fees" in both
    assert "하역 요금" in both
    assert run(settings, "--actor", "정부", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert {r["document"] for r in made["recommendations"]} == {"ports", "ko"}
    assert run(settings, "ports.md", "--voice", "reported") == 0
    assert "sell the quay" in capsys.readouterr().out


def test_the_command_writes_files(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV, Markdown with footnotes, and Word."""
    names = {form: tmp_path / f"r.{end}" for form, end in (("csv", "csv"), ("markdown", "md"), ("word", "docx"))}
    assert run(settings, "ports", *(x for form, path in names.items() for x in (f"--{form}", str(path)))) == 0
    capsys.readouterr()
    assert "repair fund" in names["csv"].read_text(encoding="utf-8-sig")
    assert "[^1]" in names["markdown"].read_text(encoding="utf-8")
    assert names["word"].read_bytes()[:2] == b"PK"


def test_an_unknown_document_is_one_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, and what is near."""
    assert run(settings, "harbours") == 1
    assert capsys.readouterr().err.startswith("assistant: no document 'harbours'")
