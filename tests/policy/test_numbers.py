"""The figures of English documents: what counts as one, and what each is of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.numbers import figures
from assistant.types import Document, Work
from assistant.types.policy import Figure


def document(text: str, id: str = "x") -> Document:
    return MarkdownParser().parse(f"# Ports of Marenland\n\n{text}\n".encode(), Work(id=id, title="Ports of Marenland"))


def read(text: str) -> list[Figure]:
    return list(figures(document(text)))


def scope(f: Figure, aspect: str) -> list[str]:
    return [s.part.text for s in f.scope if s.aspect == aspect]


def words(f: Figure) -> str:
    return f.quantity.text if f.quantity else ""


def test_a_figure_has_its_value_unit_year_and_what_it_counts() -> None:
    """An amount is read in the whole unit, with the subject that it is said of, its sector, place and year."""
    (f,) = read("Investment in the shipbuilding industry toward Northland in 2010 amounted to USD 1.4 billion.")
    assert (f.low, f.unit, f.currency, f.measure, f.flow) == (Decimal(1_400_000_000), "USD", "USD", "level", "flow")
    assert (words(f), scope(f, "sector"), f.first, f.last) == ("Investment", ["shipbuilding industry"], 2010, 2010)
    assert f.surface == "USD 1.4 billion"


def test_every_part_is_a_place_in_the_text() -> None:
    """Quantity, scope and period are slices of the document at their spans."""
    d = document(
        "In 2012, exports of timber to Mexico reached USD 790 million, representing 87.4 percent of all exports."
    )
    for f in figures(d):
        assert f.span.slice(d.text) == f.surface
        for part in (f.quantity, f.period, *(s.part for s in f.scope)):
            assert part is not None
            assert part.span is not None
            assert part.span.slice(d.text) == part.text


@pytest.mark.parametrize(
    "text",
    [
        "The council met under Section 301 of the Trade Act of 1974 and Article 5 in May 2021.",
        "The plan has three pillars and two dimensions, as Figure 2 and note 14 say.",
        "A B-1 visa, a 5G network and the G20 were named on page 12.",
        "In the 1990s, and again between 2001 and 2004, the port was closed.",
        "The two countries met over the next decade and in the past five years.",
        "Contents ........................ 3 Ports ........................ 11",
    ],
)
def test_names_dates_and_parts_of_the_text_are_no_figures(text: str) -> None:
    """Sections of laws, years, parts, names with digits and periods count nothing."""
    assert [f.surface for f in read(text)] == []


def test_spelled_out_counts_are_figures() -> None:
    """A number in words that counts something of the world is one."""
    found = read("Marenland has concluded twenty-two trade agreements with fifty-nine countries.")
    assert [(int(f.low), words(f)) for f in found] == [(22, "trade agreements"), (59, "countries")]


def test_places_in_an_order_are_ranks_of_something_by_something() -> None:
    """Of each rank the text says who has it and by what, and the one year at the end holds for all."""
    found = read(
        "Marenland grew fast, ranking thirteenth globally in GDP, seventh in total trade and sixth in exports by 2024."
    )
    assert [(int(f.low), f.measure, words(f), f.first) for f in found] == [
        (13, "rank", "GDP", 2024), (7, "rank", "trade", 2024), (6, "rank", "exports", 2024),
    ]  # fmt: skip


def test_respectively_pairs_years_with_figures_in_order() -> None:
    """The first year belongs to the first amount."""
    found = read(
        "In 2023 and 2024, sales in the fishing sector totaled USD 6.7 billion and USD 5.9 billion, respectively."
    )
    assert [(f.first, int(f.low)) for f in found] == [(2023, 6_700_000_000), (2024, 5_900_000_000)]


def test_a_figure_does_not_take_the_year_of_another_clause_or_of_a_law() -> None:
    """A year that names a law, or that stands with what is done in the next clause, is not the figure's."""
    found = read(
        "Northland imposed tariffs of 25 percent on goods, and the League delayed its tariffs of 2020. "
        "The fee is 10 percent under the Harbour Act of 1974."
    )
    assert [(int(f.low), f.period) for f in found] == [(25, None), (10, None)]


def test_that_year_is_the_year_of_the_sentence_before() -> None:
    """A period that points back has the year that it points to, and says where that stands."""
    _, f = read("Imports were USD 4 billion in 2019. In that year, exports were USD 3 billion.")
    assert f.period is not None
    assert (f.first, f.last, "sentence before" in f.period.why) == (2019, 2019, True)


def test_without_a_year_there_is_no_period() -> None:
    """The date of the document is never taken for the figure's."""
    (f,) = read("Exports make up more than 70 percent of output.")
    assert (f.period, f.first, f.bound, f.measure) == (None, None, "over", "share")


def test_what_points_back_is_resolved_and_says_so() -> None:
    """'This surplus' is the surplus of the sentence before, with whose and with whom."""
    *_, f = read(
        "Marenland’s trade surplus with China peaked at USD 62.8 billion in 2013. "
        "Subsequently, this surplus contracted to USD 1.2 billion by 2022."
    )
    assert f.quantity is not None
    assert (f.quantity.text, f.quantity.why, scope(f, "place")) == ("trade surplus", "the sentence before", ["China"])


def test_a_share_says_of_what_whole() -> None:
    """The subject is what has the share, the words behind 'of' the whole."""
    (f,) = read("Timber goods account for 24 percent of the aggregate exports.")
    assert (f.measure, scope(f, "of")) == ("share", ["aggregate exports"])


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The government set a tariff of 25 percent.", "rate"),
        ("Exports rose by 4 percent in 2020.", "change"),
        ("The correlation between exports and investment was 0.94.", "correlation"),
        ("Output is three times the level of 2010.", "ratio"),
        ("The program provides loans of up to $400,000 to firms.", "limit"),
        ("Debt outstanding was USD 5 billion in 2020.", "level"),
    ],
)
def test_kinds_of_figures_are_told_apart(text: str, measure: str) -> None:
    """Rates, changes, coefficients, multiples, limits and levels are not one thing."""
    assert measure in [f.measure for f in read(text)]


def test_stocks_and_flows() -> None:
    """What stands at a time is a stock, what passes in a year a flow, and what is neither has none."""
    found = read("The outstanding debt was USD 5 billion in 2020. Exports were USD 3 billion in 2020. It has 12 ports.")
    assert [f.flow for f in found] == ["stock", "flow", None]


def test_bounds_are_read_and_denied_bounds_turned_round() -> None:
    """'Not less than' is at least, 'may not exceed' at most."""
    found = read(
        "The fund holds not less than $5 million. The fee may not exceed $600. Sales surpassed the USD 10 billion threshold. "
        "About 40 firms closed."
    )
    assert [f.bound for f in found] == ["over", "under", "over", "about"]


def test_plans_are_no_measurements() -> None:
    """A pledge or forecast is projected; what was is not."""
    found = read("Exports were USD 3 billion in 2020. Exports are expected to reach USD 4 billion in 2030.")
    assert [f.projected for f in found] == [False, True]


def test_a_list_in_brackets_gives_each_figure_its_own_scope() -> None:
    """'Exports included timber ($34.6 billion), coal ($28.5 billion)': each is of the word before its bracket."""
    found = read("Exports included timber ($34.6 billion), coal ($28.5 billion) and medical instruments ($1 billion).")
    assert [f.scope[-1].part.text for f in found] == ["timber", "coal", "medical instruments"]


def test_from_and_to_take_the_ends_of_a_range() -> None:
    """Between two years, what it rose from is of the first and what it rose to of the second."""
    one, other = read("Between 1999 and 2024, exports increased from $37.2 billion to $159.2 billion.")
    assert ((one.first, one.last), (other.first, other.last)) == ((1999, 1999), (2024, 2024))


def test_what_something_is_compared_with_is_not_its_year() -> None:
    """An increase over the level of 2026 is not an increase in 2026."""
    f = read("The FY2027 request is $38.7 million, an increase of 5.4% over the FY2026 enacted level.")[1]
    assert (f.measure, f.first) == ("change", 2027)


TABLE = """Table 2. Marenland Conglomerates’ Outward Investment by Manufacturing Subsector, 2023–2024 (Unit: USD Million)

| Sector | 2023 | 2024 |
|---|---|---|
| Shipbuilding | 6,512 (38.4%) | 5,653 (48.1%) |
| Chemicals | 986 (5.8%) | 933 (7.9%) |

Source: Bank of Marenland.
"""


def test_a_composite_cell_is_a_level_and_a_share() -> None:
    """A cell such as 5,653 (48.1%) holds two figures with the table's owner, unit, row, column and source."""
    found = read(TABLE)
    assert len(found) == 8
    level, share = found[2], found[3]
    assert (int(level.low), level.unit, level.measure, level.first) == (5_653_000_000, "USD", "level", 2024)
    assert (share.low, share.unit, share.measure) == (Decimal("48.1"), "percent", "share")
    assert (scope(level, "sector"), scope(level, "who")) == (["Shipbuilding"], ["Marenland Conglomerates’"])
    assert (level.origin, level.source) == ("relayed", "Source: Bank of Marenland.")
    assert level.citation.cell is not None
    assert (level.citation.cell.row, level.citation.cell.column) == ("Shipbuilding", "2024")


def test_figures_of_notes_are_relayed_and_numbers_of_a_reference_are_none() -> None:
    """What a note states is a figure; volumes, pages and addresses of the works that it names are not."""
    found = read(
        "Fees fell.[^1]\n\n[^1]: According to the Harbour Bank, exports reached USD 130.2 billion in 2022. A. Quay, “Fees,” "
        "Port Journal 58, no. 2 (2024): 273–294, https://a.ml/2024/05/30/x-9857.\n"
    )
    assert [(f.surface, f.where, f.origin) for f in found] == [("USD 130.2 billion", "note", "relayed")]
    assert "note 1" in found[0].source
