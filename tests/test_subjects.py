"""Whether two sentences of different documents speak of one subject."""

from __future__ import annotations

import pytest

from assistant.answering.comparing import told_apart
from assistant.answering.subjects import names, one_subject
from assistant.citations import cite
from assistant.questions import understand
from assistant.reading.assembly import FileFacts
from assistant.reading.plain import read_text
from assistant.types import Claim, Span, Verdict, Work


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Lighthouse Visa Scheme admits 1,500 keepers a year.", "The Lighthouse Visa Scheme now admits 2,200 keepers a year."),
        ("등대비자 제도는 연간 1,500명의 외국인을 받아들인다.", "등대비자 제도는 연간 2,200명의 외국인을 받아들인다."),
        ("Exports of fish products from the harbours amounted to USD 410 million in 2023.",
         "Exports of fish products from the harbours amounted to USD 402 million in 2023."),
    ],
)  # fmt: skip
def test_sentences_on_one_subject(one: str, other: str) -> None:
    """One name, one Korean term, or nearly the same words."""
    assert one_subject(one, other)
    assert one_subject(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("For FY2027 the Coast Guard is requesting $212 million in research funding for Kestrel.",
         "The Coast Guard is requesting $474 million in research funding for the Heron B-2 program."),
        ("The FY2027 request is $1.8 billion, an increase of 1.5% over the enacted level.",
         "The FY2027 request for the Lighthouse Service reflects a $150 million increase over the enacted level."),
        ("The FY2027 request is $1.8 billion, an increase of 1.5% over the enacted level.",
         "The FY2027 request is $920 million, an increase of 3.2% over the enacted level."),
        ("Staff costs rose by 3 percent in 2024.", "Staff costs rose by 9 percent in 2024."),
    ],
)  # fmt: skip
def test_words_of_budgets_make_no_subject(one: str, other: str) -> None:
    """Another name or code, or nothing but words that all figures share."""
    assert not one_subject(one, other, "The Coast Guard Budget", "Lighthouses of Marenland")


def test_a_name_may_stand_in_the_title_of_the_other_document() -> None:
    """`The request` in a document on the lighthouse service is that service's; an abbreviation counts as its words."""
    one = "The request for the Lighthouse Service is $33 million for beacons and lamps."
    other = "The request is $35 million for beacons and lamps."
    assert one_subject(one, other, "", "Lighthouse Service: Budget")
    assert not one_subject(one, other, "", "Customs House: Budget")
    assert one_subject(
        "The LS asks for 35 lamps and beacons.", "It asks for 33 lamps and beacons.", "", "Lighthouse Service"
    )


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    """Nor are months, units and fiscal years; a code is."""
    assert names("Ports closed in May 2024 for FY2025.") == frozenset()
    assert names("The yards of Brack sold two B-2 boats.") == {"brack", "b-2"}


def test_a_reply_tells_of_no_difference_between_two_things() -> None:
    """Two weapons, two agencies: their figures may well be unlike."""
    said = [
        "For 2027 Kestrel research funding, the Coast Guard is requesting $212 million.",
        "The Coast Guard is requesting $474 million in research funding for the Heron program.",
        "For 2027 Kestrel research funding, the Coast Guard is requesting $220 million.",
    ]
    works = [Work(id=f"d{n}", title=f"Boats {n}") for n in range(3)]
    documents = [read_text(f"Boats\n\n{s}\n", w, FileFacts()) for s, w in zip(said, works, strict=True)]
    cited = [
        cite(d, Span(d.text.index(s), d.text.index(s) + len(s)), n)
        for n, (d, s) in enumerate(zip(documents, said, strict=True), 1)
    ]
    claims = [Claim(c.quote, (c.marker,), Verdict("supported")) for c in cited]
    question = understand("How much does the Coast Guard request for Kestrel research?")
    _, notices = told_apart(question, claims, cited, lambda id: (works[int(id[1:])], None), "en", False)
    assert [n for n in notices if "differ:" in n] == [n for n in notices if "[1] and [3]" in n]
    assert any("[1] and [3]" in n for n in notices)
