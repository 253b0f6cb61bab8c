"""`assistant eval` on the views: over the sample corpus with labels of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import cli, wiring
from assistant.errors import CorpusError
from assistant.evaluation.measures import Mean
from assistant.evaluation.views import report, running
from assistant.evaluation.views.running import Held, Labelled, Result
from assistant.evaluation.views.scores import Scores
from assistant.types import Abstention, Reply

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

ADVICE = {
    "id": "auction", "document": "quay-2024", "quote": "recommends that the Harbour Board auction night berths",
    "recommends": True, "why": "", "count": 1, "split": "dev",
    "fields": {"action": ["auction"], "strength": "should", "voice": "own"},
}  # fmt: skip
HISTORY = {
    "id": "reform", "document": "quay-2024", "quote": "The reform of 2016 placed all four public ports",
    "recommends": False, "why": "history", "count": 0, "split": "test", "fields": {"voice": None},
}  # fmt: skip
EXPORTS = {
    "id": "glass", "document": "quay-2024", "quote": "154", "cell": {"table": 1, "row": "Glassware", "column": "2022"},
    "surface": "154", "figure": True, "value": "154000000", "unit": "USD", "measure": "level", "first": 2022, "last": 2022,
    "quantity": ["exports"], "scope": {"sector": ["glassware"]}, "split": "dev",
}  # fmt: skip
NOWHERE = {**ADVICE, "id": "nowhere", "quote": "words that stand nowhere in it"}
OTHER = {**ADVICE, "id": "other", "document": "not-held"}


def write(folder: Path, name: str, *rows: object) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    folder = tmp_path / "labels"
    write(folder, "recommendations", ADVICE, HISTORY, OTHER)
    write(folder, "numbers", EXPORTS)
    return folder


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluate(
    hashed: Sample, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """`assistant eval` over the shared sample, away from the project's own labels."""
    monkeypatch.chdir(tmp_path)
    for name, value in hashed.environment().items():
        monkeypatch.setenv(name, value)

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = cli.main(["eval", "--out", str(tmp_path / "results"), *map(str, arguments)])
        except SystemExit as stopped:  # argparse ends so
            status = int(stopped.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return run


class TestCommand:
    def test_views_only(self, evaluate: Run, labels: Path) -> None:
        """The table has the measures of the views whose labels are there, of what is held, and no question is asked."""
        status, out, err = evaluate("--views-only", "--labels", labels)
        assert status == 0
        assert [line.split()[:2] for line in out.splitlines()[:2]] == [
            ["view", "measure"],
            ["recommendations", "precision"],
        ]
        assert "1.00 (1)" in out
        assert "numbers" in out
        assert "stages" not in out
        assert "recall@5" not in out
        assert "-views.json" in err

    def test_json(self, evaluate: Run, labels: Path, tmp_path: Path) -> None:
        """The record has each view's labels, and value, error and n of each measure in each half."""
        status, out, _ = evaluate("--views-only", "--labels", labels, "--json")
        assert status == 0
        found = json.loads(out)
        assert set(found["views"]) == {"recommendations", "numbers"}
        advice = found["views"]["recommendations"]
        assert (advice["labels"], advice["crash"], advice["label_errors"]) == (2, None, [])
        assert advice["slices"]["all"]["recall"] == {"value": 1.0, "error": None, "n": 1}
        assert advice["slices"]["dev"]["recall"]["n"] == 1
        assert advice["slices"]["test"]["recall"]["n"] == 0
        assert found["views"]["numbers"]["slices"]["all"]["unit"]["value"] == 1.0
        (written,) = (tmp_path / "results").glob("*-views.json")
        assert json.loads(written.read_text())["views"] == found["views"]

    def test_split(self, evaluate: Run, labels: Path) -> None:
        """`--split` scores that half alone."""
        _, out, _ = evaluate("--views-only", "--labels", labels, "--split", "test", "--json")
        assert {s for v in json.loads(out)["views"].values() for s in v["slices"]} == {"test"}

    def test_gate(self, evaluate: Run, labels: Path) -> None:
        """Without a record the gate fails; after `--record` it passes; a worse run fails, and so does a wrong label."""
        options = ("--views-only", "--labels", labels)
        status, _, err = evaluate(*options, "--gate")
        assert status == 1
        assert "nothing was recorded" in err
        assert evaluate(*options, "--record")[0] == 0
        assert evaluate(*options, "--gate")[0] == 0
        fields: Any = {**ADVICE["fields"], "strength": "could"}  # type: ignore[dict-item]
        write(labels, "recommendations", {**ADVICE, "fields": fields})
        status, _, err = evaluate(*options, "--gate")
        assert status == 1
        assert "gate: recommendations, strength: 0.0 is below the recorded 1.0" in err
        write(labels, "recommendations", ADVICE, NOWHERE)
        status, out, err = evaluate(*options, "--gate")
        assert status == 1
        assert "gate: label error: recommendations: nowhere" in err
        assert "label error: recommendations: nowhere" in out

    def test_failures(self, evaluate: Run, labels: Path) -> None:
        """`--failures` lists what went wrong, with what was found and what was labelled."""
        fields: Any = {**ADVICE["fields"], "strength": "considering"}  # type: ignore[dict-item]
        write(labels, "recommendations", {**ADVICE, "fields": fields})
        _, out, _ = evaluate("--views-only", "--labels", labels, "--failures")
        assert "auction: strength is should, not considering" in out

    def test_with_questions(self, evaluate: Run, labels: Path, tmp_path: Path) -> None:
        """Without an option the views stand behind the questions, and a record of either keeps the other."""
        case = {"id": "a", "question": "What is the population of Peru?", "language": "en", "answerable": False}
        (tmp_path / "cases.jsonl").write_text(json.dumps({**case, "category": "other-subject", "split": "dev"}) + "\n")
        both = ("--cases", tmp_path / "cases.jsonl", "--labels", labels)
        status, out, _ = evaluate(*both, "--record")
        assert status == 0
        assert out.index("abstention recall") < out.index("recommendations")
        status, out, _ = evaluate(*both, "--no-views", "--record")
        assert "recommendations" not in out
        evaluate("--views-only", "--labels", labels, "--record")
        (kept,) = json.loads((tmp_path / "results" / "recorded.json").read_text()).values()
        assert {"views", "slices"} <= set(kept)

    def test_nothing(self, evaluate: Run, labels: Path, tmp_path: Path) -> None:
        """No labels, labels of nothing that is held, and labels that cannot be read are each one line."""
        status, _, err = evaluate("--views-only")
        assert (status, "--labels DIR" in err) == (2, True)
        write(labels, "recommendations", OTHER)
        write(labels, "numbers")
        status, _, err = evaluate("--views-only", "--labels", labels)
        assert (status, "no labelled document is held" in err) == (1, True)
        write(labels, "recommendations", ADVICE, ADVICE)
        status, _, err = evaluate("--views-only", "--labels", labels)
        assert (status, "line 2" in err) == (1, True)
        status, _, err = evaluate("--views-only", "--labels", tmp_path / "none")
        assert (status, "no labels of the views" in err) == (1, True)
        status, _, err = evaluate("--views-only", "--no-views")
        assert status == 2


class TestRunning:
    def test_crash(self, hashed: Sample, labels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A view that breaks is recorded as a crash, fails the gate, and leaves the others alone."""

        def broken(folder: Path, held: Held) -> Labelled:
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(running, "VIEWS", {"broken": broken, **running.VIEWS})
        results = running.run(labels, Held(wiring.open_assistant(hashed.settings).library))
        assert results[0].crash == "RuntimeError: disk on fire"
        assert {r.name for r in results if r.crash is None} >= {"recommendations", "numbers"}
        assert report.gate(report.record(results), {}) == ["crash: broken: RuntimeError: disk on fire"]
        assert "crash: broken: RuntimeError: disk on fire" in report.table(results)

    def test_no_folder(self, hashed: Sample, tmp_path: Path) -> None:
        """A folder without labels is an error."""
        with pytest.raises(CorpusError, match="no labels"):
            running.run(tmp_path, Held(wiring.open_assistant(hashed.settings).library))

    def test_questions(self, hashed: Sample, tmp_path: Path) -> None:
        """Questions are asked where a labelled document is held; a reply that does not answer is not judged."""
        asked: list[str] = []
        library = wiring.open_assistant(hashed.settings).library

        def ask(question: str) -> Reply:
            asked.append(question)
            return wiring.open_assistant(hashed.settings).ask("What is the population of Peru?")

        assert isinstance(ask("x"), Abstention)
        question = {"id": "q", "question": "Did x cause y?", "language": "en", "notice": True, "split": "dev"}
        sentence = {"id": "s", "document": "quay-2024", "quote": "Exporters of timber gained most", "causality": None}
        write(tmp_path, "causality", question)
        assert running.run(tmp_path, Held(library, ask)) == []
        assert asked == ["x"]
        write(tmp_path, "causality", question, {**sentence, "split": "dev"})
        names = {r.name: r for r in running.run(tmp_path, Held(library, ask))}
        assert asked == ["x", "Did x cause y?"]
        assert names["causal questions"].slices["all"].measures["notice where due"].n == 0
        assert set(running.run(tmp_path, Held(library))[0].slices) == {"all", "dev", "test"}


def result(value: float, name: str = "numbers", measure: str = "recall") -> Result:
    mean = Mean(value, 0.1, 4)
    return Result(name, {"all": Scores({measure: mean}, ("a failure",))}, 4, (), None, 0.5)


class TestReport:
    @pytest.mark.parametrize(("now", "fails"), [(0.9, False), (0.885, False), (0.87, True)])
    def test_slack(self, now: float, fails: bool) -> None:
        """A fall within the slack passes, a larger one is named."""
        recorded = report.record([result(0.9)])
        assert bool(report.gate(report.record([result(now)]), recorded)) is fails

    def test_missing(self) -> None:
        """A view that was recorded and is not measured any more fails."""
        assert report.gate({}, report.record([result(0.9)])) == ["numbers, recall: None is below the recorded 0.9"]

    def test_ungated(self) -> None:
        """What is better when it falls is not gated."""
        recorded = report.record([result(0.9, "positions", "misled, asked")])
        assert report.gate(report.record([result(0.1, "positions", "misled, asked")]), recorded) == []

    def test_half(self) -> None:
        """A half is held against the same half of the record."""
        whole = Result("numbers", {**result(0.9).slices, "dev": result(0.5).slices["all"]}, 4, (), None, 0.5)
        half = Result("numbers", {"dev": result(0.5).slices["all"]}, 4, (), None, 0.5)
        assert report.gate(report.record([half]), report.record([whole])) == []

    def test_table(self) -> None:
        """Each measure stands with its error and n; nothing measured is said; failures name their view."""
        assert "0.90 ± 0.10 (4)" in report.table([result(0.9)])
        assert "not measured" in report.table([])
        assert report.failures([result(0.9)]) == ["numbers          a failure"]


def test_gated_measures_exist() -> None:
    """What the gate names are views that are run and measures that they have."""
    from assistant.evaluation.views import bases, causality, lint, numbers, positions, recommendations, stages

    measured = {
        "recommendations": recommendations.ORDER, "numbers": numbers.ORDER, "number queries": numbers.QUERIES,
        "conflicts": numbers.CONFLICTS, "positions": positions.ORDER, "bases": bases.ORDER, "causality": causality.ORDER,
        "causal questions": causality.QUESTIONS, "stages": stages.ORDER, "lint": lint.ORDER,
    }  # fmt: skip
    assert set(report.GATED) == set(running.VIEWS) == set(measured)
    assert all(set(names) <= set(measured[view]) for view, names in report.GATED.items())
