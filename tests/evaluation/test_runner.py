"""Cases, runs, records and the gate: what goes wrong is named, and fails."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.citations import cite
from assistant.errors import CorpusError
from assistant.evaluation.cases import place_labels, read_cases
from assistant.evaluation.report import failures, gate, record, summary, table
from assistant.evaluation.runner import Outcome, run
from assistant.types import (
    Abstention,
    Answer,
    Block,
    Case,
    Claim,
    Document,
    Hit,
    Label,
    Passage,
    Provenance,
    Reply,
    Span,
    Verdict,
    Work,
)

TEXT = "Exports rose 5 percent. Imports fell."
DOCUMENT = Document(Work("d", "T"), TEXT, (Block("paragraph", Span(0, len(TEXT))),))
PASSAGE = Passage("d:1", "d", "text", Span(0, len(TEXT)), TEXT, (Span(0, 23), Span(24, 37)))
LABELS = ((Label("d", "Exports rose"), Label("digest", "they rose")),)
GOOD = Case("good", "How much did exports rise?", "en", True, (("5",),), LABELS, "number", split="dev")
NONE = Case("none", "Who is the king?", "en", False, (), (), "other-subject", "no king")
FINGERPRINTS = {"index": "i", "embedder": "e", "settings": "s"}


def document(id: str) -> Document:
    return {"d": DOCUMENT}[id]


def answer(document_: str = "d") -> Answer:
    cited = replace(cite(DOCUMENT, Span(0, 23), 1), document=document_)
    return Answer(
        "q",
        "q",
        "en",
        (Claim("Exports rose 5 percent.", (1,), Verdict("supported")),),
        (cited,),
        (),
        0,
        Provenance("i", "e"),
    )


def abstain(question: str) -> Reply:
    return Abstention(question, question, "en", "not_in_corpus", "No.", (), (), 0, Provenance("i", "e"))


def well(question: str) -> Reply:
    return answer() if "exports" in question else abstain(question)


def search(question: str, k: int) -> Sequence[Hit]:
    return [Hit(PASSAGE, 1.0, 1, "hybrid")]


def outcomes(ask: Any = well, find: Any = search, cases: Sequence[Case] = (GOOD, NONE)) -> list[Outcome]:
    return run([place_labels(c, ["d"], document) for c in cases], ask, find, document)


def result(**how: Any) -> dict[str, Any]:
    made = record(outcomes(**how), "test", FINGERPRINTS)
    assert json.loads(json.dumps(made)) == made
    return made


class TestReadCases:
    line = json.dumps({"id": "a", "question": "q", "answerable": False, "note": "n"})

    def write(self, folder: Path, *lines: str) -> Path:
        path = folder / "cases.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def test_the_contracts_example(self, tmp_path: Path) -> None:
        """A line in the contract's form is a case; empty lines are none."""
        raw = {
            "id": "fta", "question": "How many?\u2028", "language": "ko", "answerable": True, "must_say": [["22", "twenty-two"]],
            "evidence": [[{"document": "d", "quote": "twenty-two FTAs"}]], "category": "number", "note": None,
        }  # fmt: skip
        (case,) = read_cases(self.write(tmp_path, "", json.dumps(raw, ensure_ascii=False), " "))
        assert case == Case(
            "fta", "How many?\u2028", "ko", True, (("22", "twenty-two"),), ((Label("d", "twenty-two FTAs"),),), "number"
        )

    @pytest.mark.parametrize(
        "change",
        [
            {"id": None}, {"question": None}, {"answerable": None}, {"answerable": "false"}, {"answerable": True},
            {"evidence": [[{"document": "d", "quote": "x"}]]}, {"must_say": "22"}, {"must_say": ["22"]}, {"must_say": [[22]]},
            {"must_say": [[""]]}, {"must_say": [[]]}, {"evidence": [{"document": "d", "quote": "x"}], "answerable": True},
            {"evidence": [[{"document": "d"}]], "answerable": True}, {"evidence": [[{"document": "d", "quote": " "}]], "answerable": True},
            {"language": "fr"},
        ],
        ids=str,
    )  # fmt: skip
    def test_malformed(self, tmp_path: Path, change: dict[str, object]) -> None:
        """A case that does not have the form is an error that names its line."""
        raw = {**json.loads(self.line), **change}
        bad = json.dumps({k: v for k, v in raw.items() if v is not None})
        with pytest.raises(CorpusError, match="line 3"):
            read_cases(self.write(tmp_path, self.line, "", bad))

    @pytest.mark.parametrize("bad", ["{", "[1]", '"text"', "null", "{} {}"])
    def test_not_json(self, tmp_path: Path, bad: str) -> None:
        """A line that is no JSON object is an error that names its line."""
        with pytest.raises(CorpusError, match="line 2"):
            read_cases(self.write(tmp_path, self.line, bad))

    def test_twice(self, tmp_path: Path) -> None:
        """An id that is used twice is an error that names the id and the line."""
        with pytest.raises(CorpusError, match=r"line 2.*'a'"):
            read_cases(self.write(tmp_path, self.line, self.line))

    def test_no_file(self, tmp_path: Path) -> None:
        """A file that is not there, or not UTF-8, is one line."""
        with pytest.raises(CorpusError, match="no cases"):
            read_cases(tmp_path / "none.jsonl")
        (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
        with pytest.raises(CorpusError, match="UTF-8"):
            read_cases(tmp_path / "latin.jsonl")


class TestLabels:
    def place(self, *groups: tuple[Label, ...], held: Sequence[str] = ("d",)) -> Any:
        return place_labels(Case("c", "q", "en", True, (), groups, "number"), held, document)

    def test_found(self) -> None:
        """A label is the place of its words in the document that is held."""
        located = self.place((Label("d", "imports FELL"), Label("digest", "x")))
        assert located.groups == (((type(located.groups[0][0]))("d", Span(24, 36)),),)
        assert (located.errors, located.unheld) == ((), 0)

    def test_a_wrong_label(self) -> None:
        """Where all documents of a group are held and no quote is found, it is a labelling error that names the case."""
        located = self.place((Label("d", "exports fell"),), (Label("d", "Exports rose"),))
        assert len(located.errors) == 1
        assert "c: " in located.errors[0]
        assert [len(g) for g in located.groups] == [0, 1]

    def test_one_right_alternative(self) -> None:
        """One alternative that is found is enough."""
        assert self.place((Label("d", "exports fell"), Label("d", "Imports fell"))).errors == ()

    def test_not_held(self) -> None:
        """A group whose documents are not all held is no labelling error; what cannot be found is counted."""
        located = self.place((Label("digest", "x"),), (Label("d", "exports fell"), Label("digest", "x")))
        assert (located.errors, located.unheld) == ((), 2)


class TestRun:
    def test_right(self) -> None:
        """A case that is answered right, and one that is refused right, score full marks."""
        good, none = outcomes()
        assert (good.answered, good.says, good.cites, good.right, good.recall[5], good.reciprocal_rank) == (
            True,
            1,
            1,
            1,
            1,
            1,
        )
        assert (good.exact, good.outside, good.pages, good.crash) == (1, 0, None, None)
        assert (none.answered, none.right, none.crash) == (False, None, None)

    @pytest.mark.parametrize("where", ["ask", "search", "document"])
    def test_a_crash(self, where: str) -> None:
        """A crash is recorded as one with its words, the other cases go on, and it counts as a failure."""

        def broken(*given: object) -> Any:
            raise RuntimeError("disk on fire")

        ask = broken if where == "ask" else (lambda q: answer("gone")) if where == "document" else well
        ran = outcomes(ask=ask, find=broken if where == "search" else search, cases=(GOOD,))
        assert ran[0].crash
        assert "disk on fire" in ran[0].crash or where == "document"
        assert (ran[0].reply, ran[0].answered, ran[0].right) == (None, False, 0.0)
        m = summary(ran)
        assert m["right"].value == m["recall@5"].value == 0.0
        assert m["wrongly refused"].value == 1.0
        assert m["abstention precision"].n == 0
        assert "crash" in table(ran)
        assert failures(ran)[0].startswith("crash")

    def test_a_crash_is_no_abstention(self) -> None:
        """A crash on an unanswerable question is not a right refusal."""

        def broken(question: str) -> Reply:
            raise RuntimeError

        assert summary(outcomes(ask=broken, cases=(NONE,)))["abstention recall"].value == 0.0

    def test_wrong_ways(self) -> None:
        """Refusing what is answerable, and answering what is not, are both counted."""
        m = summary(outcomes(ask=abstain))
        assert (m["right"].value, m["wrongly refused"].value, m["abstention precision"].value) == (0, 1, 0.5)
        m = summary(outcomes(ask=lambda q: answer()))
        assert (m["abstention recall"].value, m["abstention precision"].n) == (0, 0)

    def test_progress(self) -> None:
        """Progress is told case by case."""
        told: list[tuple[int, int]] = []
        run([place_labels(GOOD, ["d"], document)] * 2, well, search, document, lambda a, b: told.append((a, b)))
        assert told == [(1, 2), (2, 2)]


class TestGate:
    def test_equal(self) -> None:
        """As good as what was recorded passes, and so does better."""
        assert gate(result(), result()) == []
        assert gate(result(), result(ask=abstain)) == []

    def test_nothing_evaluated(self) -> None:
        """An empty evaluation fails, whatever was recorded."""
        assert any("nothing was evaluated" in line for line in gate(result(cases=()), result()))
        assert gate(result(cases=()), {})

    def test_nothing_recorded(self) -> None:
        """Without a record there is nothing to pass."""
        assert any("recorded" in line for line in gate(result(), {}))

    def test_crash(self) -> None:
        """One crash fails, and is named."""

        def broken(question: str) -> Reply:
            if "king" in question:
                raise RuntimeError("disk on fire")
            return well(question)

        failed = gate(result(ask=broken), result())
        assert any("none" in line and "disk on fire" in line for line in failed)

    def test_label_error(self) -> None:
        """A labelling error fails, and is named."""
        wrong = Case("wrong", "q", "en", True, (), ((Label("d", "exports fell"),),), "number")
        failed = gate(result(cases=(GOOD, NONE, wrong)), result())
        assert any("label error" in line and "wrong" in line for line in failed)

    def test_worse(self) -> None:
        """Each measure that fell by more than the slack is named with both values."""
        failed = gate(result(ask=abstain), result())
        assert any(line.startswith("right: 0.0 is below the recorded 1.0") for line in failed)
        assert any(line.startswith("wrongly refused") for line in failed)

    @pytest.mark.parametrize(("fall", "fails"), [(0.0, False), (0.019, False), (0.03, True)])
    def test_slack(self, fall: float, fails: bool) -> None:
        """A fall within the slack passes, a larger one fails."""
        now = copy.deepcopy(result())
        now["slices"]["all"]["recall@5"]["value"] -= fall
        assert bool(gate(now, result())) is fails

    def test_numbers_outside_quotes(self) -> None:
        """A single number outside its quote fails."""
        assert gate({**result(), "numbers_outside_quotes": 1}, result())


class TestReport:
    def test_slices(self) -> None:
        """Every measure comes with n and error for the whole, each language, split and category."""
        slices = result()["slices"]
        assert {"all", "language en", "split dev", "category number", "category other-subject"} <= set(slices)
        assert all(set(v) == {"value", "error", "n"} for m in slices.values() for v in m.values())
        assert slices["all"]["right"] == {"value": 1.0, "error": None, "n": 1}

    def test_replies_only_when_asked_for(self) -> None:
        """A record holds no quotation unless replies are asked for."""
        assert "Exports rose" not in json.dumps(result())
        assert "Exports rose" in json.dumps(record(outcomes(), "test", FINGERPRINTS, replies=True))

    def test_table(self) -> None:
        """The table names every measure with n, and says so where there were no cases."""
        shown = table(outcomes())
        assert all(
            name in shown
            for name in (
                "recall@5",
                "reciprocal rank",
                "says what it must",
                "abstention recall",
                "(n=1)",
                "category number",
            )
        )
        assert table([]) == "no cases were evaluated"


class TestGates:
    def test_apart(self) -> None:
        """Each gate is measured on what it is there to refuse, and a reason of the other gate is not told rightly."""
        unsaid = replace(NONE, id="unsaid", category="wrong-year")
        m = summary(outcomes(ask=abstain, cases=(GOOD, NONE, unsaid)))
        assert m["gate 1: absent, refused"].value == m["gate 2: unsaid, refused"].value == 1.0
        assert m["gate told rightly"].value == 0.5  # both are told to be on another subject
        assert (m["gate 1: wrongly"].value, m["gate 2: wrongly"].value) == (1.0, 0.0)
        m = summary(outcomes(ask=lambda q: answer(), cases=(GOOD, NONE, unsaid)))
        assert m["gate 1: absent, refused"].value == m["gate 2: unsaid, refused"].value == 0.0
        assert m["gate told rightly"].n == 0
