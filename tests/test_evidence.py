"""`assistant evidence`: what the corpus says for and against each sentence of a text."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import weighing
from assistant.cli import main
from assistant.errors import UsageError
from assistant.render.evidence import evidence_json, evidence_text, is_silent, parted
from assistant.types import (
    Bearing,
    CellPlace,
    Citation,
    CitationKind,
    Evidence,
    Provenance,
    Span,
    Support,
    Verdict,
    Weighed,
    WorkKind,
)
from tests.sample import Sample

pytest_plugins = ["tests.audited", "tests.sample"]

TEXT = (
    "The bureau opened the tunnel at Kolm in 2018. The bureau opened the tunnel at Kolm in 2016.\n\n"
    "Who paid for the tunnel? Penguins breed on the islands of the far south.\n"
    "화물 열차의 정시 운행률은 2022년에 91퍼센트였다."
)


@pytest.fixture(scope="module")
def evidence(audited: Sample) -> Evidence:
    return audited.open(warm=True).evidence(TEXT)


def documents(bearings: tuple[Bearing, ...]) -> set[str]:
    return {b.citation.document for b in bearings}


def test_for_and_against(evidence: Evidence) -> None:
    """The paper and the source that it misstates stand on different sides, whichever of the two is weighed."""
    true, false = evidence.statements[:2]
    assert "railway-bureau-2023" in documents(true.supports) - documents(true.contradicts)
    assert "brandt-2025" in documents(true.contradicts)
    assert "brandt-2025" in documents(false.supports) - documents(false.contradicts)
    assert "railway-bureau-2023" in documents(false.contradicts)
    against = next(b for b in false.contradicts if b.citation.document == "railway-bureau-2023")
    assert "2018" in (against.verdict.why or "")


def test_silence(evidence: Evidence) -> None:
    """A sentence that no document speaks of has nothing for it and nothing against it, and a few that come nearest."""
    penguins = evidence.statements[3]
    assert "Penguins" in penguins.text
    assert (penguins.supports, penguins.contradicts) == ((), ())
    assert 0 < len(penguins.near) <= 2 * weighing.NEAR


def test_a_question_states_nothing(evidence: Evidence) -> None:
    """A question is not weighed, and that is said."""
    assert evidence.statements[2].unweighed == "question"
    assert evidence.statements[2].near == ()


def test_korean(evidence: Evidence) -> None:
    """A Korean sentence is weighed against Korean documents, source and paper apart."""
    korean = evidence.statements[4]
    assert "cheoldo-2023" in documents(korean.supports)
    assert "yun-2025" in documents(korean.contradicts)


def test_places_are_exact_and_numbered_through(audited: Sample, evidence: Evidence) -> None:
    """Sentences stand at their offsets in the text, quotes in their documents, and no marker comes twice."""
    library = audited.open().library
    markers = []
    for s in evidence.statements:
        assert s.span.slice(evidence.text) == s.text
        for b in (*s.contradicts, *s.supports, *s.near):
            c = b.citation
            assert c.span.slice(library.document(c.document).text) == c.quote
            markers.append(c.marker)
    assert markers == list(range(1, len(markers) + 1))


def test_papers_and_sources_apart(audited: Sample) -> None:
    """Only papers, or only sources, are looked at where that is asked for; else papers are listed first."""
    assistant = audited.open(warm=True)
    sentence = "The bureau opened the tunnel at Kolm in 2018."
    sides: list[tuple[tuple[WorkKind, ...], set[str] | None]] = [
        (("paper", "digest"), {"brandt-2025", "yun-2025"}),
        (("source",), None),
    ]
    for kinds, held in sides:
        found = assistant.evidence(sentence, kinds=kinds).statements[0]
        all_of = (*found.supports, *found.contradicts, *found.near)
        assert all_of
        assert all((b.citation.kind == "source") == (kinds == ("source",)) for b in all_of)
        assert held is None or documents(all_of) <= held
    both = assistant.evidence(sentence).statements[0]
    assert [name for name, _ in parted((*both.contradicts, *both.supports))] == ["papers", "sources"]


def test_k_bounds_the_places(audited: Sample) -> None:
    """`k` places of papers and as many of sources are shown at most on either side."""
    found = (
        audited.open(warm=True).evidence("Freight trains carried 42 million tons of ore in 2022.", k=1).statements[0]
    )
    assert all(len(side) <= 2 for side in (found.supports, found.contradicts, found.near))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Did exports rise in 2020?", "question"),
        ("수출이 늘었습니까?", "question"),
        ("Yes.", "no_statement"),
        ("2,967 (20.5%)", "no_statement"),
        ("Exports rose in 2020.", None),
        ("수출이 2020년에 증가했다.", None),
    ],
)
def test_what_can_be_weighed(sentence: str, said: str | None) -> None:
    """Questions and what states nothing are told from statements."""
    assert weighing.unweighable(sentence) == said


def test_paragraphs_and_lists_are_parted() -> None:
    """An empty line and a list item end a sentence; a line break does not."""
    text = "Coal fell\nby half\n\n- Oil rose\n- Gas fell.  Peat stayed."
    said = [" ".join(s.slice(text).split()) for s in weighing.statements(text)]
    assert said == ["Coal fell by half", "- Oil rose", "- Gas fell.", "Peat stayed."]


def test_bad_texts() -> None:
    """An empty text and one that is too long are refused in one line that says what to do."""
    with pytest.raises(UsageError, match="empty"):
        weighing.usable(" \n")
    with pytest.raises(UsageError, match=r"20,001 characters: give 20,000 or fewer"):
        weighing.usable("a" * 20_001)
    assert weighing.usable("a\ud800b") == "a?b"


# ---------------------------------------------------------------- the report


def test_json(evidence: Evidence) -> None:
    """The JSON has the text, each sentence with its place, and citations that carry verdict and reason."""
    made = json.loads(json.dumps(evidence_json(evidence)))
    assert list(made) == ["text", "language", "counts", "statements", "notices", "provenance"]
    assert sum(made["counts"].values()) == len(made["statements"])
    one = made["statements"][1]
    assert made["text"][one["start"] : one["end"]] == one["text"]
    against = next(c for c in one["contradicts"] if c["document"] == "railway-bureau-2023")
    assert against["kind"] == "source"
    assert against["verdict"] == "contradicted"
    assert "2018" in against["why"]
    assert made["statements"][2]["unweighed"] == "question"


def test_the_notes_of_a_paper_say_what_is_held(evidence: Evidence) -> None:
    """A paper's sentence that is found carries its note, and the works of the note with their state."""
    found = [b.citation for b in evidence.statements[1].supports if b.citation.document == "brandt-2025"]
    assert [(n.number, [(w.id, w.state) for w in n.works]) for n in found[0].notes] == [
        ("4", [("railway-bureau-2023", "held")])
    ]


def test_text_for_people(evidence: Evidence) -> None:
    """Against stands before for, papers before sources, and silence is said."""
    text = evidence_text(evidence)
    assert "This is a question: it states nothing." in text
    second = text[text.index("2. “") : text.index("3. “")]
    assert second.index("Against it, sources") < second.index("For it, papers")
    assert "Silence: nothing speaks for it or against it." in text


def test_a_korean_text_is_answered_in_korean() -> None:
    """What the terminal says of a Korean text, reasons and pages included, is Korean; the words quoted stay as they are."""
    words = "Trade grew in 2020."
    c = Citation(1, "d", "A Paper", "paper", "2020", words, Span(0, 19), 0, None, (0,), (), None, 0.1)
    against = Bearing(c, Verdict("contradicted", "another year: 2020, not 2021"))
    text = "무역은 2021년에 늘었다."
    weighed = Weighed(text, Span(0, len(text)), contradicts=(against,))
    shown = evidence_text(Evidence(text, "ko", (weighed,), (), Provenance("i", "e")))
    assert shown.startswith("문장 1개: 어긋남 1")
    assert "이유: 다른 연도: 2020(2021 아님)" in shown
    assert set(re.findall("[A-Za-z]+", shown)) == set("A Paper Trade grew in".split())


def test_hostile_words_are_inert() -> None:
    """Control and direction characters of a quote or of the text do not reach the terminal."""
    evil = "\x1b[31mred\u202e\x07"
    c = Citation(1, "d", evil, "paper", None, evil, Span(0, len(evil)), 0, evil, (0,), (evil,), None, 0.1)
    weighed = Weighed(evil, Span(0, len(evil)), contradicts=(Bearing(c, Verdict("contradicted", evil)),))
    text = evidence_text(Evidence(evil, "en", (weighed,), (evil,), Provenance("i", "e")))
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
    assert not is_silent(Evidence(evil, "en", (weighed,), (), Provenance("i", "e")))
    assert is_silent(Evidence(evil, "en", (replace(weighed, contradicts=()),), (), Provenance("i", "e")))


# ---------------------------------------------------------------- the command


def run(sample: Sample, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    return main(["evidence", *words])


def test_the_command(
    audited: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A text is taken from words, a file and standard input alike; 3 where nothing bears on any sentence."""
    sentence = "The bureau opened the tunnel at Kolm in 2016."
    file = tmp_path / "text.txt"
    file.write_text(sentence, encoding="utf-8-sig")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(sentence.encode())))
    said = []
    for words in ((sentence,), tuple(sentence.split()), ("--file", str(file)), ("-",)):
        assert run(audited, monkeypatch, *words, "--json") == 0
        made = json.loads(capsys.readouterr().out)
        said.append([c["quote"] for c in made["statements"][0]["contradicts"]])
    assert said[0]
    assert all(s == said[0] for s in said)
    assert run(audited, monkeypatch, "Penguins breed on the islands of the far south.") == 3
    assert "Silence" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("",), ("a" * 20_001,), ("a", "--file", "b"), ("--file", "missing.txt")])
def test_wrong_usage(
    audited: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """No text, two texts, an empty one, one too long and a missing file are wrong usage, said in one line."""
    assert run(audited, monkeypatch, *words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len([x for x in captured.err.splitlines() if x.startswith("assistant: ")]) == 1


# ---------------------------------------------------------------- which side a place stands on


def place(support: Support, at: int = 0, kind: CitationKind = "paper", **more: Any) -> Bearing:
    """A place that speaks so; the first of a list comes nearest."""
    said = Citation(1, kind, kind, kind, None, "words", Span(at, at + 5), 0, "1", (0,), (), None, 1 - at / 100)
    return Bearing(said, Verdict(support, more.pop("why", None)), **more)


def sided(*found: Bearing, text: str = "Exports rose by 5 percent in 2020.", k: int = 2) -> Weighed:
    return weighing.sided(text, Span(0, len(text)), found, k)


def test_no_verdict_crowds_out_another() -> None:
    """Many places that contradict, all nearer, leave the one that supports its place; papers leave sources theirs."""
    against = [place("contradicted", n, differs=("number",)) for n in range(9)]
    found = sided(*against, place("supported", 50), place("contradicted", 60, "source", differs=("number",)))
    assert [b.citation.span.start for b in found.contradicts] == [0, 1, 60]
    assert [b.citation.span.start for b in found.supports] == [50]
    assert found.status == "for_and_against"


def test_another_year_is_near_where_the_whole_is_said() -> None:
    """Beside full support, or beside what speaks straight against it, another year or a narrower scope decides nothing; alone
    it does.
    """
    year = place("contradicted", 1, differs=("year",), coverage=0.8)
    scope = place("contradicted", 2, differs=("number",), coverage=0.65)
    found = sided(place("supported"), year, scope)
    assert (found.status, found.contradicts, found.near) == ("supported", (), (year, scope))
    straight = place("contradicted", 3, differs=("number",))
    assert sided(year, straight).contradicts == (straight,)
    alone = sided(year, scope)
    assert (alone.status, alone.contradicts) == ("contradicted", (year, scope))
    event = place("contradicted", 4, differs=("year",), coverage=1.0)
    assert sided(place("supported"), event).status == "for_and_against"


def test_part_of_it_is_not_for_it() -> None:
    """A place without the statement's only figure or year, with a plan for a fact, or beside one that contradicts is near."""
    part = place("partial", why="it does not speak of “ore”")
    assert (sided(part).status, sided(part).supports) == ("partial", (part,))
    for other in (
        place("partial", lacks=("number",)),
        place("partial", lacks=("year",)),
        place("partial", why="the source says only “would”"),
        place("partial", differs=("number",), why="it does not speak of “ore”"),
    ):
        assert (sided(other).status, sided(other).near) == ("silent", (other,))
    two = place("partial", lacks=("number",))
    assert sided(two, text="Exports rose by 5 percent and imports by 7 percent in 2020.").supports == (two,)
    both = sided(part, place("contradicted", 1, differs=("number",)))
    assert (both.status, both.supports, both.near) == ("contradicted", (), (part,))


def test_a_row_is_shown_by_the_cell_that_is_meant() -> None:
    """Of a table's row the terminal says the cell with row, column and unit; without a cell, what the columns are called."""
    row = replace(
        place("supported").citation, quote="Timber\t410\t533", headers=("Table 1. Exports", "Sector", "2021", "2022")
    )
    cell = replace(row, cell=CellPlace("Table 1", "Timber", "2022", "USD million", "533"))
    said = []
    for c in (row, cell):
        weighed = Weighed("x", Span(0, 1), supports=(Bearing(c, Verdict("supported")),))
        said.append(evidence_text(Evidence("x", "en", (weighed,), (), Provenance("i", "e"))))
    assert "(Sector | 2021 | 2022)" in said[0]
    assert "Timber, 2022: 533 (USD million)" in said[1]
    assert all("“Timber | 410 | 533”" in text for text in said)
