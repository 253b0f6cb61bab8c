"""The measures of the views, each worked out by hand on an invented document."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from assistant.backends.text_files import PlainTextParser
from assistant.citations import cite, locate
from assistant.errors import CorpusError
from assistant.evaluation.measures import Mean, mean
from assistant.evaluation.views import bases, causality, lint, numbers, positions, recommendations, stages
from assistant.evaluation.views.labels import Fields, Line, groups, has, holds, holds_all, place, read_lines
from assistant.evaluation.views.scores import f1
from assistant.types import Basis, Citation, Span, Stage, Work
from assistant.types.policy import (
    Conflict,
    Doubt,
    Doubtful,
    Figure,
    Part,
    Recommendation,
    Relation,
    Rested,
    Row,
    Scope,
    Staged,
    Strength,
    Voice,
)

TEXT = """Harbours of Marenland

The ministry must dredge the harbour of Vell by means of a port fund. Boat owners should join the ice scheme if
the winter is hard. Critics say that the tax should go. Catches could fall by 12 percent in 2023.

The quota law entered into force in 2020. A new pier was announced in May 2022. In the 1990s cod sold well.
"""
D = PlainTextParser().parse(TEXT.encode(), Work("d", "Harbours of Marenland", "paper"))
HELD = {"d": D}


def at(words: str) -> Span:
    (span,) = locate(D, words)
    return span


def citation(words: str) -> Citation:
    return cite(D, at(words), 1)


def placed(*labels: Fields) -> tuple[Line, ...]:
    found = place([{"document": "d", "split": "dev", **x} for x in labels], ["d"], HELD.__getitem__)
    assert found.errors == ()
    return found.lines


class TestLabels:
    def test_place(self) -> None:
        """A label is placed at its words, within its sentence; a surface narrows it, inside a longer word at need."""
        (line,) = placed({"id": "a", "quote": "Catches could fall by 12 percent", "surface": "12 percent"})
        assert line.span.slice(D.text) == "12 percent"
        assert line.sentence.slice(D.text) == "Catches could fall by 12 percent in 2023."
        (line,) = placed({"id": "a", "quote": "In the 1990s cod", "surface": "1990"})
        assert line.span.slice(D.text) == "1990"

    def test_not_once(self) -> None:
        """Words that stand nowhere or several times are an error; those of a document that is not held are left out."""
        rows = [{"id": i, "document": d, "quote": q} for i, d, q in (("x", "d", "nowhere"), ("y", "d", "the"))]
        found = place([*rows, {"id": "z", "document": "e", "quote": "the"}], ["d"], HELD.__getitem__)
        assert found.lines == ()
        assert [e.partition(":")[0] for e in found.errors] == ["x", "y"]

    def test_read(self, tmp_path: Any) -> None:
        """A line that is no label is named, and so is a file that is not there."""
        path = tmp_path / "x.jsonl"
        for content in ('{"id": "a"}\n{"id": "a"}\n', '{"id": "a"}\n{}\n', '{"id": "a"}\n[1]\n'):
            path.write_text(content)
            with pytest.raises(CorpusError, match="line 2"):
                read_lines(path)
        with pytest.raises(CorpusError, match=r"none\.jsonl"):
            read_lines(tmp_path / "none.jsonl")

    def test_words(self) -> None:
        """Words are found whole or in another form, and null among alternatives allows that nothing was found."""
        assert has("tariffs", "a tariff of ten")
        assert not has("rate", "corporate")
        assert holds("The Ministry", ["state", "ministry"])
        assert not holds("The Ministry", [None])
        assert not holds(None, ["ministry"])
        assert holds_all("dredge the harbour", ["dredge|dig", "harbour"])
        assert not holds_all("dredge the harbour", ["dredge", "pier"])
        assert groups(["a", ["b", None]]) == (("a",), ("b", None))


class TestF1:
    def test_value(self) -> None:
        """2pr / (p + r), with an error where both have one; none without either, and 0 where both are 0."""
        both = f1(Mean(0.5, 0.1, 8), Mean(1.0, 0.0, 4))
        assert both.value == pytest.approx(2 / 3)
        assert both.error == pytest.approx(2 * 0.1 / 2.25)
        assert both.n == 4
        assert f1(Mean(0.0, 0.1, 8), Mean(0.0, 0.1, 4)).value == 0.0
        assert f1(mean([]), mean([1.0])).value is None


def recommended(
    words: str, sign: str, voice: Voice = "own", strength: Strength = "must", **more: Any
) -> Recommendation:
    return Recommendation(citation(words), strength, voice, Part(sign), Part(words), **more)


MUST = "The ministry must dredge the harbour of Vell by means of a port fund."
SHOULD = "Boat owners should join the ice scheme if the winter is hard."
SAID = "Critics say that the tax should go."
COULD = "Catches could fall by 12 percent in 2023."
LAW = "The quota law entered into force in 2020."


class TestRecommendations:
    LABELS = placed(
        {"id": "dredge", "quote": "must dredge the harbour of Vell", "recommends": True, "why": "", "count": 1,
         "fields": {"actor": ["ministry"], "action": ["dredge", "harbour"], "instruments": [["fund", "tax"]],
                    "beneficiaries": [], "condition": None, "strength": "must", "voice": "own"}},
        {"id": "scheme", "quote": "Boat owners should join the ice", "recommends": True, "why": "", "count": 1,
         "fields": {"actor": [None, "owners"], "action": ["join"], "condition": ["winter"], "strength": ["should", "could"],
                    "voice": "own"}},
        {"id": "tax", "quote": "Critics say that the tax", "recommends": False, "why": "said by others", "count": 0,
         "fields": {"voice": "reported"}},
        {"id": "catches", "quote": "Catches could fall by 12 percent", "recommends": False, "why": "expected", "count": 0,
         "fields": {"voice": None}},
    )  # fmt: skip

    def test_all_right(self) -> None:
        """Both that recommend are found, the reported one is told apart: every measure is 1."""
        found = [
            recommended(MUST, "must", actor=Part("The ministry"), instruments=(Part("a port fund"),)),
            recommended(SHOULD, "should", strength="should", condition=Part("if the winter is hard")),
            recommended(SAID, "should", voice="reported"),
        ]
        scores = recommendations.score(self.LABELS, {"d": found})
        assert {name: (m.value, m.n) for name, m in scores.measures.items()} == {
            "precision": (1, 2), "recall": (1, 2), "F1": (1, 2), "actor": (1, 2), "action": (1, 2), "instruments": (1, 1),
            "beneficiaries": (1, 1), "condition": (1, 2), "pillar": (None, 0), "strength": (1, 2), "count": (1, 2),
            "told apart": (1, 1), "precision of all": (1, 2),
        }  # fmt: skip
        assert scores.failures == ()

    def test_wrong(self) -> None:
        """One found of two, two wrong of three, one of them reported: precision 1/3, recall 1/2, nothing told apart; what
        nobody labelled lowers only the precision of all."""
        found = [
            recommended(MUST, "must", strength="should", actor=Part("Vell"), beneficiaries=(Part("Vell"),)),
            recommended(SAID, "should"),
            recommended(COULD, "could"),
            recommended(LAW, "entered"),
        ]
        m = recommendations.score(self.LABELS, {"d": found}).measures
        assert [m["precision"].value, m["recall"].value] == pytest.approx([1 / 3, 0.5])
        assert m["F1"].value == pytest.approx(0.4)
        assert m["precision of all"].value == 0.25
        assert m["told apart"].value == 0
        scores = recommendations.score(self.LABELS, {"d": found})
        assert scores.unlabelled == 1
        assert [f for f in scores.failures if f.startswith("unlabelled")] == [
            f"unlabelled d {at(LAW).start}: The quota law entered into force in 2020."
        ]
        assert [m[f].value for f in ("actor", "action", "instruments", "beneficiaries", "condition", "strength")] == [
            0, 1, 0, 0, 1, 0,
        ]  # fmt: skip
        half = recommendations.score(self.LABELS, {"d": found}, document_wide=False).measures
        assert half["precision of all"].n == 0

    def test_best_of_several(self) -> None:
        """Of several findings in a sentence the one with most fields right is judged, and their number is."""
        found = [recommended(MUST, "must", actor=Part("Vell")), recommended(MUST, "must", actor=Part("the ministry"))]
        m = recommendations.score(self.LABELS[:1], {"d": found}).measures
        assert (m["actor"].value, m["count"].value, m["precision"].n) == (1, 0, 1)

    def test_nothing_found(self) -> None:
        """Nothing found is recall 0, and no precision at all."""
        m = recommendations.score(self.LABELS, {}).measures
        assert (m["recall"].value, m["precision"].value, m["F1"].value) == (0, None, None)


def figure(surface: str, value: str, **more: Any) -> Figure:
    more = {"unit": "percent", "measure": "change", "first": 2023, "last": 2023, **more}
    return Figure(citation(COULD), "text", at(surface), surface, Decimal(value), Decimal(value), **more)


class TestNumbers:
    LABELS = placed(
        {"id": "twelve", "quote": "Catches could fall by 12 percent", "surface": "12 percent", "figure": True,
         "value": "12.0", "unit": "percent", "measure": "change", "first": 2023, "last": 2023, "quantity": ["catches"],
         "scope": {"who": ["owners"], "place": ["Vell"]}, "projected": True},
        {"id": "year", "quote": "In the 1990s cod", "surface": "1990", "figure": False, "why": "a decade"},
    )  # fmt: skip

    def test_right(self) -> None:
        """The value is the same number however it is written; each aspect of the scope is judged by itself."""
        f = figure("12 percent", "12", quantity=Part("Catches"), scope=(Scope("place", Part("Vell")),), projected=True)
        m = numbers.score(self.LABELS, {"d": [f]}).measures
        assert (m["precision"].value, m["recall"].value, m["scope"].value, m["scope"].n) == (1, 1, 0.5, 2)
        assert all(m[name].value == 1 for name in ("unit", "measure", "years", "quantity", "projected"))
        assert m["flow"].n == m["origin"].n == 0

    def test_wrong(self) -> None:
        """Another value at the place is missed and imprecise; a year read as a figure is imprecise."""
        m = numbers.score(self.LABELS, {"d": [figure("12 percent", "1.2"), figure("1990s", "1990")]}).measures
        assert (m["precision"].value, m["precision"].n, m["recall"].value) == (0, 2, 0)

    def test_queries(self) -> None:
        """A query is answered where a figure of each held group is shown, first where no other stands before it."""
        asked = [{"id": "q", "query": "catches", "answers": [["twelve", "other"]], "not": ["ten"]}]
        ten = placed({"id": "ten", "quote": "In the 1990s cod", "surface": "1990", "value": "1990"})[0]
        places = {"twelve": self.LABELS[0], "ten": ten}
        good, bad = figure("12 percent", "12"), figure("1990s", "1990")
        for ranked, expected in (([good, bad], (1, 1)), ([bad, good], (1, 0)), ([bad], (0, 0)), ([], (0, 0))):
            m = numbers.score_queries(asked, {"q": ranked}, places).measures
            assert (m["query shows it"].value, m["query: it first"].value) == expected
        assert numbers.score_queries(asked, {"q": [good]}, {}).measures["query shows it"].n == 0

    def test_conflicts(self) -> None:
        """A pair that only looks like a conflict is right where no conflict holds both of its figures."""
        pair = [{"id": "p", "figures": ["twelve", "ten"], "conflict": False, "why": "other years"}]
        ten = placed({"id": "ten", "quote": "In the 1990s cod", "surface": "1990", "value": "1990"})[0]
        places = {"twelve": self.LABELS[0], "ten": ten}
        claimed = Conflict((figure("12 percent", "12"), figure("1990s", "1990")), "same")
        other = Conflict((figure("12 percent", "12"),), "same")
        assert numbers.score_conflicts(pair, [other], places).measures["no false conflict"].value == 1
        assert numbers.score_conflicts(pair, [claimed], places).measures["no false conflict"].value == 0


class TestBases:
    @pytest.mark.parametrize(
        ("must", "may", "given", "right"),
        [
            (["study"], [], ("study",), True),
            (["study"], ["press"], ("study", "press"), True),
            (["study", "law"], [], ("study",), False),
            (["study"], [], ("study", "press"), False),
            ([], ["press", "other"], ("other",), True),
            ([], ["press"], ("law",), False),
            (["none"], [], (), False),
        ],
    )
    def test_basis(self, must: list[str], may: list[str], given: tuple[Basis, ...], right: bool) -> None:
        """Every kind that must be given is, and only tolerated ones beside it; a claim that is not listed is wrong."""
        label = placed(
            {"id": "law", "quote": "The quota law entered into force", "basis": must, "may": may, "named": None}
        )
        found = [Rested(citation(LAW), given)] if given else []
        m = bases.score(label, {"d": found}).measures
        assert (m["found"].value, m["basis"].value) == (float(bool(given)), float(right))

    def test_named(self) -> None:
        """What is named may stand in the words or in the reason, such as the note."""
        label = placed(
            {"id": "law", "quote": "The quota law entered into force", "basis": ["law"], "may": [], "named": ["note 2"]}
        )
        for named, right in (((Part("Act 7", None, "note 2"),), 1), ((Part("Act 7", None, "note 22"),), 0), ((), 0)):
            m = bases.score(label, {"d": [Rested(citation(LAW), ("law",), named)]}).measures
            assert m["named"].value == right


class TestCausality:
    def test_sentences(self) -> None:
        """A correlation read as a cause is wrong three times over; nothing read is only wrong."""
        lines = placed(
            {"id": "a", "quote": "must dredge the harbour of Vell", "causality": "cause"},
            {"id": "b", "quote": "Boat owners should join the ice", "causality": "correlation"},
            {"id": "c", "quote": "Critics say that the tax", "causality": None},
        )
        m = causality.score(lines, {"a": "cause", "b": "cause", "c": None}).measures
        measured = [m[name].value for name in causality.ORDER]
        assert measured == pytest.approx([2 / 3, 0.5, 0])
        assert causality.score(lines, {}).measures["correlation is no cause"].value == 1

    def test_questions(self) -> None:
        """What was not answered is not judged; a notice is judged where it is due and where it is not."""
        asked = [
            {"id": i, "question": i, "notice": n} for i, n in (("a", True), ("b", True), ("c", False), ("d", True))
        ]
        m = causality.score_questions(asked, {"a": True, "b": False, "c": False, "d": None}).measures
        assert (m["notice where due"].value, m["notice where due"].n) == (0.5, 2)
        assert (m["no notice elsewhere"].value, m["no notice elsewhere"].n) == (1, 1)


class TestStages:
    LABELS = placed(
        {"id": "law", "quote": "The quota law entered into force", "stage": ["in_force"], "what": ["quota law"],
         "when": ["2020"], "why": ""},
        {"id": "pier", "quote": "A new pier was announced in May", "stage": ["announced", "planned"], "what": ["pier"],
         "when": ["May 2022"], "why": ""},
        {"id": "cod", "quote": "In the 1990s cod sold well", "stage": [], "what": [], "when": None, "why": "no measure"},
    )  # fmt: skip

    def staged(self, words: str, stage: Stage, what: str, when: str | None) -> tuple[Span, Staged]:
        return at(words), Staged(stage, Part(words), Part(what), Part(when) if when else None)

    def test_measures(self) -> None:
        """One right but for its date, one of another stage, one where none is: precision 2/3, recall 1, stage 1/2."""
        found = [
            self.staged(LAW, "in_force", "The quota law", None),
            self.staged("A new pier was announced in May 2022.", "in_force", "A new pier", "May 2022"),
            self.staged("In the 1990s cod sold well.", "ended", "cod", None),
        ]
        m = stages.score(self.LABELS, {"d": found}).measures
        assert [m["precision"].value, m["recall"].value, m["stage"].value] == pytest.approx([2 / 3, 1, 0.5])
        assert (m["what"].value, m["when"].value, m["what"].n) == (1, 0, 1)
        assert m["F1"].value == pytest.approx(0.8)

    def test_nothing(self) -> None:
        """Nothing found is recall 0 and no precision."""
        m = stages.score(self.LABELS, {}).measures
        assert (m["precision"].value, m["recall"].value) == (None, 0)


def doubtful(kind: Doubt, note: str) -> Doubtful:
    return Doubtful(kind, note, None, "found", "Is it so?")


class TestLint:
    LABELS = (
        {"id": "a", "document": "d", "kind": "access_differs", "note": "3", "doubt": True, "why": ""},
        {"id": "b", "document": "d", "kind": "too_old", "note": "4", "doubt": "may", "why": ""},
        {"id": "c", "document": "d", "kind": "order", "note": "", "doubt": False, "why": "none of it"},
        {"id": "e", "document": "e", "kind": "order", "note": "1", "doubt": True, "why": ""},
    )

    def test_measures(self) -> None:
        """What one may ask is neither right nor wrong; a kind that does not occur is wrong at any note; what nobody
        labelled is wrong in the whole and left out in a half; a document that is not held does not count."""
        found = [
            doubtful("access_differs", "3"), doubtful("too_old", "4"), doubtful("order", "7"), doubtful("address", "1"),
        ]  # fmt: skip
        m = lint.score(self.LABELS, {"d": found}).measures
        assert [m["precision"].value, m["recall"].value] == pytest.approx([1 / 3, 1])
        assert (m["recall"].n, m["left alone"].value) == (1, 0)
        assert lint.score(self.LABELS, {"d": found}).unlabelled == 1
        assert lint.score(self.LABELS, {"d": found}, document_wide=False).measures["precision"].value == 0.5

    def test_missed(self) -> None:
        """Nothing asked is recall 0, and what is right is left alone."""
        m = lint.score(self.LABELS, {"d": []}).measures
        assert (m["precision"].value, m["recall"].value, m["left alone"].value) == (None, 0, 1)


def row(topic: str, relation: Relation, first: str = "", second: str = "", terms: tuple[str, ...] = ()) -> Row:
    cited = [(citation(words),) if words else () for words in (first, second)]
    return Row(topic, "term", terms, cited[0], cited[1], relation)


class TestPositions:
    PAIR = ("d", "e")
    LABELS = (
        {"id": "h", "documents": ["d", "e"], "topic": ["harbours", "ports"], "relation": ["differ"]},
        {"id": "n", "documents": ["d", "e"], "topic": ["pensions"], "relation": []},
        {"id": "x", "documents": ["d", "other"], "topic": ["cod"], "relation": ["agree"]},
    )

    def measures(self, shown: list[Row], asked: list[Row], neither: list[Row]) -> dict[str, float | None]:
        key = (self.PAIR, "harbours")
        places = {key: placed({"id": "h", "quote": "must dredge the harbour of Vell"})}
        named = {key: asked, (self.PAIR, "pensions"): neither}
        scores = positions.score(self.LABELS, {self.PAIR: shown}, named, places)
        assert scores.measures["relation, asked"].n == 1  # the pair that is not held does not count
        return {name: m.value for name, m in scores.measures.items()}

    def test_right(self) -> None:
        """A row of the topic by one of its terms, the relation right both ways, the place cited, and silence."""
        shown = [row("quays", "agree"), row("docks", "differ", terms=("Port",))]
        m = self.measures(shown, [row("harbours", "differ", MUST)], [])
        assert m == {
            "topic shown": 1, "relation, of itself": 1, "misled, of itself": 0, "relation, asked": 1, "misled, asked": 0,
            "cites it, asked": 1, "neither, asked": 1,
        }  # fmt: skip

    def test_wrong(self) -> None:
        """A false claim misleads, 'both speak' does not; a place elsewhere, and a place on what neither speaks of, are wrong."""
        m = self.measures([row("harbour", "both_speak")], [row("harbours", "agree", SAID)], [row("x", "agree", SAID)])
        assert (m["relation, of itself"], m["misled, of itself"]) == (0, 0)
        assert (m["relation, asked"], m["misled, asked"], m["cites it, asked"], m["neither, asked"]) == (0, 1, 0, 0)

    def test_missing(self) -> None:
        """A topic without a row is not shown, and asked for it is wrong, but misleads nobody."""
        m = self.measures([row("cod", "agree")], [], [])
        assert (m["topic shown"], m["relation, of itself"], m["relation, asked"], m["misled, asked"]) == (
            0,
            None,
            0,
            None,
        )


def test_error_of_a_share() -> None:
    """The errors are those of the evaluation's means: s / sqrt(n)."""
    m = recommendations.score(TestRecommendations.LABELS, {"d": [recommended(MUST, "must")]}).measures["recall"]
    assert m.error == pytest.approx(math.sqrt(0.5) / math.sqrt(2))
