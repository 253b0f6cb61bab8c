"""Kinds of mistakes that a comparison must not make: opposites taken for agreement, speakers taken for silent, topics that are
none. Every document is invented."""

from __future__ import annotations

from importlib import resources

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.positions import compare
from assistant.policy.positions.directions import _listed, opposed
from assistant.policy.positions.terms import headings
from assistant.policy.positions.vocabulary import Finder, listed
from assistant.types import Document, Work
from assistant.types.policy import Comparison, Row

_FILLER = "\n\n## Background\n\nThe harbour has changed in ten years. Small towns lost people.\n\n## Advice\n\n"
_FILLER_KO = "\n\n## 배경\n\n항구는 지난 십 년 동안 달라졌다. 작은 마을은 사람을 잃었다.\n\n## 의견\n\n"


def document(name: str, text: str, before: str = _FILLER) -> Document:
    return MarkdownParser().parse(f"# Paper {name}{before}{text}\n".encode(), Work(id=name, title=f"Paper {name}"))


def made(first: str, second: str, topics: tuple[str, ...] = (), before: str = _FILLER) -> Comparison:
    return compare(document("a", first, before), document("b", second, before), topics, most=None)


def the(found: Comparison, topic: str) -> Row:
    rows = [r for r in found.rows if r.topic == topic]
    assert len(rows) == 1, [(r.topic, r.relation) for r in found.rows]
    return rows[0]


# ---------------------------------------------------------------- which way


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        ("raise the fuel subsidy", "phase out the fuel subsidy", "subsidies"),
        ("introduce an entry visa for divers", "postpone an entry visa for divers", "visas"),
        ("grant a tax credit to ferries", "deny a tax credit to ferries", "tax incentives"),
        ("keep the tariffs on rope", "replace the tariffs on rope with a fee", "tariffs"),
        ("keep the tariffs on rope", "lower the tariffs on rope", "tariffs"),
        ("tighten export controls on sonar", "ease export controls on sonar", "export controls"),
        ("broaden visas for divers", "narrow visas for divers", "visas"),
        ("extend the minimum wage to islands", "scrap the minimum wage on islands", "minimum wage"),
    ],
)
def test_opposites_are_never_agreement(one: str, other: str, topic: str) -> None:
    """One verb gives or keeps what the other ends, refuses or puts off: they differ, and the reason quotes both."""
    row = the(made(f"The state should {one}.", f"The state should {other}."), topic)
    assert row.relation == "differ"
    assert one.split()[0] in row.why
    assert other.split()[0] in row.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("raise the fuel subsidy", "audit the fuel subsidy"),
        ("move the fuel subsidy to the budget of the ports", "print the fuel subsidy on each bill"),
        ("keep the fuel subsidy", "double the fuel subsidy"),
        ("delay the fuel subsidy", "abolish the fuel subsidy"),
        ("pay ferries by the fuel subsidy", "raise the fuel subsidy"),
        ("reduce fuel subsidy fraud", "raise the fuel subsidy"),
        ("train officers for the fuel subsidy", "cut the fuel subsidy"),
    ],
)
def test_where_a_direction_is_unknown_nothing_is_claimed(one: str, other: str) -> None:
    """Two recommendations on one instrument, of which one says no direction or a third one, are left undecided."""
    assert the(made(f"The state should {one}.", f"The state should {other}."), "subsidies").relation == "both_speak"


def test_a_verb_behind_and_is_not_read_over() -> None:
    """`lift tariffs and expand sanctions` asks for no fewer sanctions; `stop cutting` is against a cut."""
    found = made("The state should lift sanctions.", "The state should lift tariffs and expand sanctions.")
    assert the(found, "sanctions").relation != "agree"
    found = made("The state should stop cutting subsidies.", "The state should cut subsidies.")
    assert the(found, "subsidies").relation == "differ"


def test_a_negation_turns_a_direction() -> None:
    """Not to introduce is against it, as to repeal it is."""
    found = made("The state should not introduce a carbon tax.", "The state should repeal the carbon tax.")
    assert the(found, "carbon pricing").relation == "agree"
    found = made("The state should introduce a carbon tax.", "The state should not introduce a carbon tax.")
    assert the(found, "carbon pricing").relation == "differ"


def test_a_passive_and_a_pronoun_are_read() -> None:
    """`should be scrapped` is said of its subject, `create it` of the thing before."""
    found = made("The fuel subsidy should be scrapped.", "The state should raise the fuel subsidy.")
    assert the(found, "subsidies").relation == "differ"
    found = made(
        "The state should create a public wreck registry.",
        "A public wreck registry is a good idea, and the state should create it this year.",
    )
    assert [r.relation for r in found.rows if "wreck registry" in r.topic] == ["agree"]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("정부는 등대 보조금을 늘려야 한다.", "정부는 등대 보조금을 폐지해야 한다.", "differ"),
        ("정부는 등대 보조금 비율을 10%에서 40%로 높여야 한다.", "정부는 등대 보조금을 단계적으로 줄여야 한다.", "differ"),
        ("정부는 등대 보조금을 유지해야 한다.", "정부는 등대 보조금을 낮춰야 한다.", "differ"),
        ("정부는 등대 보조금을 도입해야 한다.", "정부는 등대 보조금을 연기해야 한다.", "differ"),
        ("정부는 등대 보조금을 확대해야 한다.", "등대 보조금 확대가 필요하다.", "agree"),
        ("정부는 등대 보조금을 줄이지 말아야 한다.", "정부는 등대 보조금을 줄여야 한다.", "differ"),
        ("정부는 등대 보조금을 늘려야 한다.", "정부는 등대 보조금을 점검해야 한다.", "both_speak"),
        ("정부는 등대 보조금 부정을 줄여야 한다.", "정부는 등대 보조금을 늘려야 한다.", "both_speak"),
        ("정부는 등대 보조금을 늘려야 한다.", "정부는 보조금을 받는 회사의 세금을 늘려야 한다.", "both_speak"),
    ],
)  # fmt: skip
def test_korean_directions(one: str, other: str, relation: str) -> None:
    """The predicate of the topic's own phrase tells the way; one behind an adnominal clause or another object does not."""
    assert the(made(one, other, before=_FILLER_KO), "보조금").relation == relation


def test_korean_agreement_is_found_by_what_both_recommend() -> None:
    """`갯벌 버스를 확대해야` and `갯벌 버스 확대가 필요` agree, though each names it once."""
    found = made("군청은 갯벌 버스를 확대해야 한다.", "군에서는 갯벌 버스 확대가 필요하다.", before=_FILLER_KO)
    assert the(found, "갯벌 버스").relation == "agree"


def test_a_word_of_directions_stands_on_one_side() -> None:
    """No verb of the list has two directions, and no direction opposes itself."""
    text = (resources.files("assistant") / "data" / "directions.tsv").read_text("utf-8")
    words = [
        w.strip() for line in text.splitlines() if line[:1] != "#" for f in line.split("\t")[1:] for w in f.split(";")
    ]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []
    assert len(_listed()[0]) > 60
    assert not any(opposed(d, d) for d in ("up", "down", "keep", "late"))


def test_one_quarrel_is_one_row() -> None:
    """Two topics read from the same two sentences are one row with the words of both."""
    found = made("The state should raise the subsidies for steel.", "The state should cut the subsidies for steel.")
    rows = [r for r in found.rows if r.relation == "differ"]
    assert [r.topic for r in rows] == ["subsidies"]


# ---------------------------------------------------------------- who speaks


def test_what_both_name_is_never_said_to_be_missing() -> None:
    """A word in a list here and in a question there is shown, not reported as absent."""
    found = made("The fleet bought radios, ropes, kites, and nets.", "Will the port have kites?", ("kites",))
    assert the(found, "kites").relation == "both_speak"
    assert found.notices == ()


def test_a_longer_topic_does_not_swallow_the_word_asked_for() -> None:
    """A heading's or an acronym's longer name is a mention of the word in it."""
    text = "The Coastal Beacon Standard (CBS) binds ports. The Coastal Beacon Standard (CBS) costs little."
    row = the(made(text, "The beacon was lit in 1901, and the beacon still guides ships.", ("beacon",)), "beacon")
    assert "Coastal Beacon Standard" in row.first[0].quote
    assert "Coastal Beacon Standard" in row.why


def test_the_words_asked_for_may_stand_apart() -> None:
    """In English by the roots of the words, in Korean without particles."""
    found = made("Funding for beacons rose.", "The beacons need funding.", ("beacon funding",))
    assert the(found, "beacon funding").relation == "both_speak"
    found = made("갯벌 기록 공개를 검토한다.", "갯벌에 관한 기록의 공개는 드물다.", ("갯벌 기록 공개",), _FILLER_KO)
    assert the(found, "갯벌 기록 공개").relation == "both_speak"


def test_a_verb_of_the_same_root_is_no_silence() -> None:
    """Who says that partners may retaliate speaks of retaliation."""
    one, other = "Bans invite retaliation.", "Partners may retaliate against ports."
    assert the(made(one, other, ("retaliation",)), "retaliation").relation == "both_speak"
    assert not [r for r in made(one, other).rows if r.relation.startswith("only")]


def test_what_neither_names_is_said_to_be_missing() -> None:
    """The notice stands where no sentence has the word."""
    found = made("Funding for beacons rose.", "The beacons need funding.", ("lighthouse cats",))
    assert found.rows == ()
    assert "lighthouse cat" in found.notices[0]


def test_nobody_is_said_to_make_no_recommendation_above_one() -> None:
    """Where a topic is the actor of a recommendation, the reason does not deny it."""
    found = made("Universities should publish tide data.", "Universities grow. Universities teach tides.")
    why = the(found, "education").why
    assert "the second makes" not in why
    found = made("지자체는 갯벌 버스를 확대해야 한다.", "정부는 지자체의 부지를 매입해야 한다.", before=_FILLER_KO)
    assert all("제언은" not in r.why for r in found.rows)


# ---------------------------------------------------------------- topics that are none


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("노선이 주민의 삶을 바꾼다", "immigration"),
        ("표준원가에 이윤을 더한다", "standards and certification"),
        ("경쟁을 들여오는 방향", "imports"),
        ("the monthly utility bill of a household", "legislation"),
        ("an auto-loader for the pump", "automobiles"),
        ("property placed in service after 2025", "housing"),
    ],
)
def test_words_that_only_look_like_a_topic(text: str, topic: str) -> None:
    """A Korean match begins with a word; an English word that is common needs its policy company."""
    assert topic not in {m.topic for m in Finder(tuple(listed().values())).find(text)}


def test_fragments_make_no_topic() -> None:
    """Page directions, halves of compounds, models with figures and headings that ask are nothing to compare."""
    text = "Low-income sailors fish (see page 4). The K-9 kite tank leaks. " * 4
    found = made(text, "The tide turns.")
    assert not [r.topic for r in found.rows if r.topic.split()[0].lower() in ("see", "income", "k-9")]
    asked = MarkdownParser().parse(b"# A\n\n## Why prices swing\n\nThey do.\n", Work(id="c", title="A"))
    assert headings(asked) == ()


def test_the_author_s_line_is_no_evidence() -> None:
    """What stands between title and first heading without a verb's end is who wrote it."""
    first = MarkdownParser().parse(
        b"# Tides\n\nSteel Policy Office, Memo 4, May 2026, by Ada Rill\n\n## Findings\n\nThe tide turns.\n",
        Work(id="d", title="Tides"),
    )
    found = compare(first, document("e", "Ropes wear out."), most=None)
    assert "steel" not in {r.topic for r in found.rows}


def test_topics_have_korean_names_in_a_korean_report() -> None:
    """A topic written in Latin letters is named in Korean all the same."""
    found = made("M&A와 R&D가 늘었다. R&D는 중요하다.", "물가는 안정되었다.", before=_FILLER_KO)
    assert {r.topic for r in found.rows} >= {"연구개발"}
    assert all(t.called or t.korean for t in listed().values() if t.issue or t.kind == "instrument")


def test_writers_and_series_are_no_topics() -> None:
    """Who wrote the works of a list, and the series that these stand in, are no topics."""
    works = "\n\n".join(
        f"Report {n}, Harbour Technology Q&A: Volume {w}, by Orla Fennick, Bram Tolv, and Iris Quill"
        for n, w in enumerate(("Tides", "Ropes", "Buoys", "Nets", "Piers", "Locks"))
    )
    found = made(f"{works}\n\nThe state should dredge the harbour.", "The state should keep the lighthouse.")
    named = " ".join(r.topic for r in found.rows)
    assert not any(w in named for w in ("Fennick", "Tolv", "Quill", "Q&A")), named
