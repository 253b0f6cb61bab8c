"""Kinds of mistakes that readers of other documents found, each with an invented text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.numbers import among, conflicts, figures
from assistant.policy.numbers.accounts import account
from assistant.policy.numbers.tables import said_unit
from assistant.quantities import numbers
from assistant.reading.tables.units import meaning, unit_in
from assistant.stance.amounts import amounts
from assistant.types import Document, Span, Work
from assistant.types.policy import Figure


def document(text: str, title: str = "A note on harbours") -> Document:
    return MarkdownParser().parse(f"# {title}\n\n{text}\n".encode(), Work(id="n", title=title))


def read(text: str) -> list[Figure]:
    return list(figures(document(text)))


def scope(f: Figure) -> list[tuple[str, str]]:
    return [(s.aspect, s.part.text) for s in f.scope]


def of_what(f: Figure) -> str:
    return f.quantity.text if f.quantity else ""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The levy brings in £750m.", "750000000", "GBP"),
        ("The dock cost $2B.", "2000000000", "USD"),
        ("The fee is $5k.", "5000", "USD"),
        ("The grant is A$3 million.", "3000000", "AUD"),
        ("The loan is CHF 40m.", "40000000", "CHF"),
        ("항만은 연 최대 6만 호주달러를 지급한다.", "60000", "AUD"),
        ("The charge is 45p a day.", "0.45", "GBP"),
        ("It raised fifteen billion dollars.", "15000000000", "USD"),
        ("One in five boats is idle.", "20", "percent"),
    ],
)
def test_amounts_of_other_forms_are_read_whole(text: str, value: str, unit: str) -> None:
    """A letter behind an amount with a sign is its scale; other currencies, pence and `one in five` are read."""
    assert (Decimal(value), unit) in [(a.low, a.unit) for a in amounts(text)]


def test_a_letter_without_a_sign_is_a_unit_and_a_strange_one_drops_the_amount() -> None:
    """`30m` is a length, and `£7x` no amount of 7 pounds."""
    assert [(n.value, n.scale) for n in numbers("a mast of 30m")] == [(Decimal(30), Decimal(1))]
    assert read("The toll is £7x.") == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 dollars, wages fell.",
        "They sent a third prototype.",
        "The 30 mm gun failed.",
        "재원은 국비와 지방비를 6 대 4로 나눈다.",
        "A report is due every two years.",
        "1 in 257 boats sank.",
    ],
)
def test_what_only_looks_like_a_figure(text: str) -> None:
    """Prices of a year, ordinals, calibres, proportions and how often something falls due measure nothing."""
    assert read(text) == []


def test_a_base_of_so_many_is_no_figure_and_decimals_with_a_counter_are() -> None:
    """Of `2.3 doctors per 1,000 people` only the 2.3, of `1천 명당 6.1명` only the 6.1."""
    assert [f.surface for f in read("The port has 2.3 doctors per 1,000 people.")] == ["2.3"]
    assert [f.surface for f in read("출생아 수는 1천 명당 6.1명이다.")] == ["6.1"]


@pytest.mark.parametrize(
    ("words", "unit", "scale"),
    [
        ("$ in millions", "USD", 10**6), ("Dollars in millions", "USD", 10**6), ("in millions of dollars", "USD", 10**6),
        ("£ thousand", "GBP", 10**3), ("€ bn", "EUR", 10**9), ("천 달러", "USD", 10**3), ("천 명", "people", 10**3), ("KRW 100 million", "KRW", 10**8),
    ],
)  # fmt: skip
def test_units_of_tables_are_read_in_one_place(words: str, unit: str, scale: int) -> None:
    """However a table words its unit, it comes to a unit and a scale."""
    assert meaning(words) == (unit, scale)


@pytest.mark.parametrize("words", ["$ in millions", "Dollars in millions", "£ thousand", "€ bn", "천 달러"])
def test_the_reader_of_files_knows_these_units(words: str) -> None:
    """The unit in brackets behind a caption is the table's."""
    assert unit_in(f"Table 1. Fees ({words})") == words


@pytest.mark.parametrize("head", ["직원 수, 2024", "병원", "Seats won", "회원"])
def test_the_letters_of_a_name_are_no_unit(head: str) -> None:
    """A name that ends in 원 or won gives no currency, in the head of a column or in a row."""
    assert said_unit(head, head) == (None, 1)


def test_columns_that_differ_say_what_is_counted() -> None:
    """The head of a column gives quantity, year and unit; the first column says what the rows are; the author's own returns are own."""
    text = (
        "Harbour Office, 3 May 2025\n\n## Fees\n\n**Table 1. Landings and fees by nation**\n\n| Nation | Boats landed, 2023 | Fees, 2024 (£ thousand) |\n|---|---|---|\n"
        "| Ulster | 1,200 | 3,400 |\n| Total | 2,000 | 5,000 |\n\nSource: Harbour Office, returns.\n"
    )
    boats, fees, *_ = [f for f in read(text) if f.where == "table"]
    assert (of_what(boats), boats.unit, boats.first or 0, boats.low) == ("Boats landed", "count", 2023, Decimal(1200))
    assert (of_what(fees), fees.unit, fees.first or 0, fees.low) == ("Fees", "GBP", 2024, Decimal(3_400_000))
    assert (scope(fees), fees.origin) == ([("place", "Ulster")], "own")


def test_the_year_of_a_comparison_is_not_that_of_the_figure() -> None:
    """What lies above the price of 2021 has not the year 2021, and is a difference."""
    level, change = read("The price of a boat reached £12,850, some £1,900 above the price in 2021.")
    assert (level.first, change.first, level.measure, change.measure) == (None, None, "level", "change")
    assert of_what(change) == "price"


def test_differences_are_changes_and_verbs_name_nothing() -> None:
    """`$5 million (45%) above the amount requested` is by how much two things differ."""
    found = read(
        "Congress provided $5 million (45%) above the amount requested. The request was $3 million below (-20%) the FY2026 level."
    )
    assert [f.measure for f in found] == ["change"] * 4
    assert not {of_what(f) for f in found} & {"provided", "requested", "above", "below"}


def test_names_told_apart_in_a_list_are_scopes() -> None:
    """`London 12 %, Wales 9 %` and `서울 3.1%, 부산 4.2%`: each figure has the name before it."""
    assert [scope(f)[0][1] for f in read("Unemployment was London 12 %, Wales 9 % and Ulster 7 %.")] == [
        "London",
        "Wales",
        "Ulster",
    ]
    assert [scope(f)[0][1] for f in read("실업률은 서울 3.1%, 부산 4.2%였다.")] == ["서울", "부산"]


def test_who_tells_a_figure_makes_it_relayed() -> None:
    """An institute that puts a cost at a sum tells it; the document's own survey does not; no place is cut out of a name."""
    (told,) = read("The Harbour Institute puts the cost at £2.4bn.")
    (ours,) = read("Our own survey found that 38% of crews knew.")
    (korean,) = read("한국해양학회는 2024년 항만의 적자를 31억 원으로 추정했다.")
    assert (told.origin, told.source, ours.origin) == ("relayed", "Harbour Institute", "own")
    assert (korean.origin, korean.source, of_what(korean)) == ("relayed", "한국해양학회", "적자")
    assert "한국" not in [words for _, words in scope(korean)]


def test_the_owner_is_the_nearer_one() -> None:
    """Behind a colon the possessive of the clause owns, not the subject before the colon."""
    (f,) = read("The partners spend more: Ulster's support reached €16.7bn.")
    assert (of_what(f), scope(f)) == ("support", [("who", "Ulster's")])


def test_what_was_is_not_planned() -> None:
    """Enacted and drawn-down sums, what something was until then, and a goal of another clause are measured."""
    found = read(
        "The request was below the FY2026 enacted amount of $1.65 billion. Of the plan, €2 billion had been drawn down. "
        "The office proposed to cut the staff from 6,513 to 5,861. 2024년 보급률이 49.8%에 머문 점을 감안하면 목표 달성이 어렵다."
    )
    assert [f.projected for f in found] == [False, False, False, True, False]


def test_how_often_an_amount_falls_due_is_kept() -> None:
    """`annually over the next decade`, `a year` and `연` stand in the period."""
    found = read(
        "It spends USD 20 billion annually over the next decade. It needs £22m a year. 개편에 연 480억 원이 필요하다."
    )
    assert [f.period.text if f.period else "" for f in found] == ["annually over the next decade", "a year", "연"]


def ask(query: str, text: str) -> list[str]:
    d = document(text)
    return [c.figure.surface for c in among(query, figures(d), (d,)) if not c.near]


def test_words_that_no_list_knows_are_not_thrown_away() -> None:
    """A Korean word outside the lists stands for itself: another quantity does not answer."""
    text = "2024년 지방의료원의 적자는 28억 원이다. 2024년 지방의료원의 자산은 90억 원이다."
    assert ask("지방의료원 적자 2024년", text) == ["28억 원"]
    assert ask("지방의료원 이자 2024년", text) == []


def test_abbreviations_that_the_text_explains_are_understood() -> None:
    """The long form in a query finds figures of the short one; a fiscal year is a year."""
    text = "The Boat Registry Service (BRS) is small. For FY2027, the BRS budget was $30 million. In FY2026 the BRS budget was $20 million."
    assert ask("Boat Registry Service budget FY2027", text) == ["$30 million"]


def test_money_asked_for_is_answered_with_money() -> None:
    """A share is no answer to a question of a cost."""
    assert ask("harbour cost", "The harbour cost was 5 percent of output. The harbour cost was $7 million.") == [
        "$7 million"
    ]


def test_another_row_is_no_answer() -> None:
    """Where a row of the table is asked for, the others are of something else."""
    text = "**Table 1. Fees**\n\n| Region | Fees, 2024 ($ million) |\n|---|---|\n| Eastmark | 3 |\n| Westmark | 5 |\n"
    assert ask("fees Eastmark 2024", text) == ["3"]


def test_conflicts_of_an_institution_and_of_a_part_of_the_country() -> None:
    """The deficit of one institution in one year, and one rate of one region, given twice with other values."""
    found = read(
        "지방의료원 35개소의 2024년 적자는 총 2,847억 원이다. 한편 해양학회는 같은 해 지방의료원의 적자를 3,156억 원으로 추정했다.\n\n"
        "2024년 전공의 충원율은 수도권 71.3%, 비수도권 48.9%였다. 비수도권의 2024년 전공의 충원율이 49.8%에 머물렀다."
    )
    assert [tuple(f.surface for f in c.figures) for c in conflicts(found)] == [
        ("2,847억 원", "3,156억 원"),
        ("48.9%", "49.8%"),
    ]


def test_a_capitalised_name_with_and_is_the_whole_scope() -> None:
    """Before a bracket `Nets and Ropes` is one name; of two places only the last is named."""
    found = read(
        "The request funds two accounts: (1) Nets and Ropes ($207.0 million) and (2) Care of the Piers and Grounds ($18.1 million)."
    )
    assert [s for f in found if f.currency for s in scope(f)[-1:]] == [
        ("other", "Nets and Ropes"),
        ("other", "Care of the Piers and Grounds"),
    ]


def test_bodies_that_are_there_are_not_planned() -> None:
    """A request that would pay for so many courts does not plan the courts; courts that are to be built are planned."""
    found = read(
        "The request provides funding for 12 U.S. courts of appeals and 94 district courts located in the 50 states."
    )
    assert [(int(f.low), f.projected) for f in found] == [(12, False), (94, False), (50, False)]
    assert [f.projected for f in read("The ministry plans to build 12 courts.")] == [True]


def test_a_bare_request_is_of_the_account_that_its_sentence_names() -> None:
    """`The request for X is` so much: of X; where two accounts are named, of none."""
    found = read("The FY2031 request for Harbour Lights is $3 million.")
    assert [(of_what(f), scope(f)) for f in found] == [("FY2031 request", [("other", "Harbour Lights")])]
    text = "The request for Nets rose, the request for Ropes fell; the request is $3 million."
    assert account(text, "request", Span(text.index("$3"), len(text) - 1)) is None
