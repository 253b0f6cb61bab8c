"""What a document recommends: what counts, and what only looks so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.policy.recommendations import recommendations
from assistant.policy.recommendations.english import english
from assistant.policy.recommendations.korean import korean
from assistant.policy.recommendations.readings import even
from assistant.types import Document, Work
from assistant.types.policy import Part, Recommendation, Strength


def document(text: str, title: str = "Ports of Marenland") -> Document:
    return MarkdownParser().parse(text.encode(), Work(id="x", title=title))


def found(text: str, title: str = "Ports of Marenland") -> tuple[Recommendation, ...]:
    """What is recommended in a text that gives advice (its first sentence does)."""
    return recommendations(document(f"# Ports\n\nThis paper proposes a plan for ports.\n\n{text}\n", title))[1:]


def only(text: str) -> Recommendation:
    (one,) = found(text)
    return one


def parts(r: Recommendation) -> list[Part]:
    return [p for p in (r.sign, r.action, r.actor, r.condition, r.pillar, *r.instruments, *r.beneficiaries) if p]


@pytest.mark.parametrize(
    ("sentence", "strength", "action"),
    [
        ("The ministry should publish waiting times.", "should", "publish waiting times"),
        ("The ministry must therefore publish waiting times.", "must", "publish waiting times"),
        ("The ministry needs to publish waiting times.", "must", "publish waiting times"),
        ("The ministry would do well to publish waiting times.", "should", "publish waiting times"),
        ("It is essential to publish waiting times.", "must", "publish waiting times"),
        ("It is equally important that the ministry publish waiting times.", "should", "publish waiting times"),
        ("It would be wise to publish waiting times.", "should", "publish waiting times"),
        ("Closer cooperation between the two boards is needed.", "must", "Closer cooperation between the two boards is needed"),
        ("What is needed is a joint timetable.", "must", "a joint timetable"),
        ("There is an urgent need for a joint timetable.", "must", "a joint timetable"),
        ("Achieving this shift requires a joint timetable.", "must", "a joint timetable"),
        ("We recommend that the ministry publish waiting times.", "should", "publish waiting times"),
        ("The authors suggest extending the season.", "should", "extending the season"),
        ("The first step is to publish waiting times.", "should", "publish waiting times"),
        ("One option is to lease the old quay.", "could", "lease the old quay"),
        ("The ministry could offer loans to skippers.", "could", "offer loans to skippers"),
        ("Parliament may wish to consider a levy on fuel.", "considering", "a levy on fuel"),
        ("The ministry should consider a levy on fuel.", "considering", "a levy on fuel"),
        ("The government must not raise fees this year.", "must", "not raise fees this year"),
        ("Neither the ministry nor the board should delay.", "should", "Neither the ministry nor the board should delay"),
    ],
)  # fmt: skip
def test_a_sentence_that_recommends_is_found(sentence: str, strength: Strength, action: str) -> None:
    """Each way of recommending gives its strength and what is to be done; a denial stays with the act."""
    r = only(sentence)
    assert (r.voice, r.strength, r.action.text) == ("own", strength, action)
    assert r.citation.quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Prices should fall once the quay opens.",
        "This should reduce the cost of a berth.",
        "The delay must have cost a great deal.",
        "Should tariffs rise, the harbours would lose their traffic.",
        "The board may add fees should it see a need.",
        "What should the ministry do?",
        "It remains unclear whether the parliament should ratify the treaty.",
        "Boats that must wait for a berth lose a day.",
        "If skippers must wait for a berth, they lose a day.",
        "Skippers face a recurring problem: they must adapt to new rules each year.",
        "Under the Harbour Act, every vessel must be inspected once a year.",
        "Current procedures require vessels to carry a pilot.",
        "The state could face protests.",
        "It is not necessary to build a new quay.",
        "The need to dredge the channel grew.",
        "Exporters will have to adapt.",
        "The ministry may publish waiting times on Monday.",
        "Further research should examine the effect of dredging.",
        "This paper proposes a new model of port choice.",
        "It should be noted that the figures are those of 2020.",
        "The plan should be understood as an answer to the storm.",
        "Opening a pier would reduce the wait.",
        "Traffic demand and shipping costs rose in 2020.",
    ],
)
def test_what_only_looks_like_advice_is_not_found(sentence: str) -> None:
    """Expectation, inference, condition, question, relative clause, law, compulsion, possibility: none is advice."""
    assert found(sentence) == ()


def test_others_views_and_history_are_told_apart() -> None:
    """What somebody else recommends bears that name; what had to be done once is history."""
    text = (
        "Critics argue that the government should abolish fees. According to the union, the state must pay for repairs."
        " In 1998 the harbour board recommended that the ministry close the quay. The ministry should have acted then."
    )
    assert [(r.voice, r.said_by) for r in found(text)] == [
        ("reported", "Critics"), ("reported", "the union"), ("reported", "the harbour board"), ("history", ""),
    ]  # fmt: skip
    assert [r.actor.text if r.actor else None for r in found(text)] == ["government", "state", "ministry", "ministry"]


def test_the_papers_own_words_are_its_own() -> None:
    """`The paper says that …` and `this means that …` are the document speaking."""
    text = "The paper says that Marenland must build a hub. This means that the ministry should fund research."
    assert {r.voice for r in found(text)} == {"own"}


def test_advice_to_another_country_is_addressed_to_others() -> None:
    """In a paper that advises one government, what another should do is told apart; in one that advises both it is not."""
    home = (
        "The government should cut fees. The government must lend to small ports. The government should train pilots."
    )
    own = [(r.voice, r.actor.text if r.actor else "") for r in found(f"{home} Japan should lift its ban.")]
    assert own[-1] == ("others", "Japan")
    assert {v for v, _ in own[:-1]} == {"own"}
    both = "Norway should cut fees. Japan should cut fees. Norway must act now. Japan must act now."
    assert {r.voice for r in found(both, "Norway and Japan")} == {"own"}


def test_fields_are_words_of_the_document_at_their_places() -> None:
    """Actor, instruments, beneficiaries and condition; each part's span slices to its text, across line breaks too."""
    text = (
        "If catches decline, the ministry of fisheries\nshould support small firms through targeted instruments, such as"
        "\ncheap loans, tax credits, and a repair fund."
    )
    d = PlainTextParser().parse(f"Ports\n\nWe recommend reform.\n\n{text}\n".encode(), Work(id="x", title="Ports"))
    r = recommendations(d)[-1]
    assert r.actor is not None
    assert " ".join(r.actor.text.split()) == "ministry of fisheries"
    assert r.condition is not None
    assert r.condition.text == "If catches decline"
    assert [" ".join(p.text.split()) for p in r.beneficiaries] == ["small firms"]
    assert {"cheap loans", "tax credits", "a repair fund"} <= {" ".join(p.text.split()) for p in r.instruments}
    for p in parts(r):
        assert p.span is not None
        assert p.span.slice(d.text) == p.text


@pytest.mark.parametrize(
    ("sentence", "instruments"),
    [
        ("Marenland should secure ore by concluding supply agreements with its neighbours.", ["concluding supply agreements with its neighbours"]),
        ("The ministry should train pilots through a national programme.", ["a national programme"]),
        ("The government should pursue accession to the Northern Sea Pact at an early stage.", ["Northern Sea Pact"]),
        ("The board must establish a repair fund for small ports.", ["repair fund"]),
        ("Exports should be carried by Marenland firms.", []),
        ("The ministry should act by 2030.", []),
    ],
)  # fmt: skip
def test_instruments_are_tools_and_not_doers_or_dates(sentence: str, instruments: list[str]) -> None:
    """What stands behind `by` and `through` is an instrument where it is a tool of policy."""
    assert [p.text for p in only(sentence).instruments] == instruments


def test_who_should_act_is_named_or_left_open() -> None:
    """The subject, the doer of a passive, who was named before where a pronoun refers to it; else nobody."""
    text = (
        "The ministry should cut fees. Small ports must be given loans. It should also train pilots.\n\n"
        "Small ports must be given loans.\n\nThe plan has to be explained by the harbour board.\n\n"
        "Marenland's answer should be firm.\n\nHarbour masters ought to give way to ferries."
    )
    d = document(f"# Ports\n\nThis paper proposes a plan.\n\n{text}\n")
    named = [(r.actor.text, r.actor.why) if r.actor else None for r in recommendations(d)[1:]]
    before = "named in a sentence before it in the paragraph"
    assert named == [
        ("ministry", ""), None, ("ministry", before), None, ("harbour board", ""), None,
        ("Harbour masters", ""),
    ]  # fmt: skip


def test_a_sentence_with_several_recommendations_gives_several() -> None:
    """Two signs, and two acts under one sign, are told one by one; two verbs with one object are one act."""
    two = found("The ministry should publish waiting times, and the harbour board must audit them every year.")
    assert [(r.actor.text if r.actor else "", r.action.text) for r in two] == [
        ("ministry", "publish waiting times"), ("harbour board", "audit them every year"),
    ]  # fmt: skip
    acts = found("The ministry must state this aim clearly and provide steady support.")
    assert [r.action.text for r in acts] == ["state this aim clearly", "provide steady support"]
    assert len(found("The ministry must attract and retain pilots.")) == 1


def test_numbered_items_are_recommendations_and_later_paragraphs_their_pillars() -> None:
    """`three pillars: 1) …; 2) …`, and the paragraphs `First, …`, `Second, …` that take them up."""
    text = (
        "The strategy rests on what we propose here. This paper proposes a strategy with two pillars: 1) cheaper berths for small boats; and 2) a"
        " school for pilots.\n\nFirst, berths are dear. The ministry should cut fees.\n\nSecond, pilots are few. The ministry should pay them.\n\n"
        "Taken together, the plan is cheap. Marenland should adopt it."
    )
    rs = recommendations(document(text))
    items, fees, pilots, last = rs[-5:-3], rs[-3], rs[-2], rs[-1]
    assert [r.action.text for r in items] == ["cheaper berths for small boats", "a school for pilots"]
    assert fees.pillar is not None
    assert pilots.pillar is not None
    assert (fees.pillar.text, pilots.pillar.text) == ("cheaper berths for small boats", "a school for pilots")
    assert fees.opened_by is not None
    assert fees.opened_by.quote.startswith("This paper proposes")
    assert last.pillar is None


def test_a_list_is_opened_by_its_sentence_or_its_heading() -> None:
    """Items under `The government should:` take its actor and strength; under a heading of advice imperatives count."""
    text = (
        "# Ports\n\nThe government must:\n\n- establish a fund for repairs;\n- train inspectors;\n- whether fees were paid.\n\n"
        "## Recommendations\n\n1. Create a single window.\n2. The quay was built in 1920.\n"
    )
    rs = recommendations(document(text))
    assert [(r.strength, r.actor.text if r.actor else None, r.action.text) for r in rs] == [
        ("must", "government", "establish a fund for repairs"), ("must", "government", "train inspectors"),
        ("should", None, "Create a single window"),
    ]  # fmt: skip
    assert rs[0].opened_by is not None
    assert rs[0].opened_by.quote == "The government must:"
    assert rs[2].pillar is not None
    assert rs[2].pillar.text == "Recommendations"


def test_steps_announced_in_a_paragraph_are_found() -> None:
    """`Three steps are needed. First, lower … Second, expand …`"""
    rs = found("Two steps are needed. First, lower berth fees for small boats. Second, expand cold storage.")
    assert [r.action.text for r in rs[1:]] == ["lower berth fees for small boats", "expand cold storage"]
    assert all(r.opened_by is not None and r.opened_by.quote == "Two steps are needed." for r in rs[1:])


def test_a_measure_named_by_its_good_effect_is_put_as_could() -> None:
    """Behind a recommendation, `Opening a second pier would reduce …` names another measure; alone it only foretells."""
    rs = found("The ministry should train pilots. Opening a second pier would also reduce the wait.")
    assert [(r.strength, r.action.text) for r in rs] == [("should", "train pilots"), ("could", "Opening a second pier")]


def test_a_document_that_gives_no_advice_tells_law_by_must() -> None:
    """In a description of a law, `must` and `requires` oblige; what may be considered is still put to somebody."""
    text = (
        "# The Harbour Act\n\nApplicants must file a form. The Secretary must certify each port. Dredging requires a permit."
        " Congress may consider whether to amend the fees."
    )
    assert [r.sign.text for r in recommendations(document(text, "The Harbour Act"))] == ["may consider"]


@given(
    st.text(
        alphabet="abc ,.;:—-()\"'should must need to It is The ministry 정부는 해야 한다 필요가 있다\n", max_size=160
    )
)
def test_any_text_is_read_without_error_and_within_itself(text: str) -> None:
    """Whatever the sentence, what is read lies in it."""
    line = even(text)
    assert len(line) == len(text)
    for r in (*english(line), *korean(line)):
        assert 0 <= r.sign.start < r.sign.end <= len(line)
        assert 0 <= r.action.start <= r.action.end <= len(line)


def test_a_long_report_is_read_in_a_second() -> None:
    """Thirty pages: some 600 sentences of advice."""
    text = "\n\n".join(
        "If traffic falls, the ministry should support small ports through loans, and the board must audit them."
        for _ in range(600)
    )
    d = document(text)
    began = time.perf_counter()
    assert len(recommendations(d)) == 1200
    assert time.perf_counter() - began < 3  # a second where nothing else runs


def test_the_papers_own_laws_hold(papers: Path) -> None:
    """On the two papers: every part lies in the text and slices to its words, and each pillar is a heading or an item."""
    for name in ("bark-kwak-2026.txt", "han-2026.txt"):
        d = PlainTextParser().parse((papers / name).read_bytes(), Work(id=name, title=name))
        rs = recommendations(d)
        assert sum(r.voice == "own" for r in rs) > 10
        for r in rs:
            assert r.citation.span.slice(d.text) == r.citation.quote
            for p in parts(r):
                assert p.span is not None
                assert p.span.slice(d.text) == p.text
