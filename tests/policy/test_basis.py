"""What claims rest on: words of attribution, notes and their works, the lines below tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.labels import BASES
from assistant.policy.basis import basis_of, ground, rested, works_of
from assistant.policy.basis.claims import is_advice
from assistant.render.claims import claims_grid, claims_json
from assistant.types import Document, Names, Person, Span, Work
from assistant.types.policy import Rested


def document(text: str) -> Document:
    return MarkdownParser().parse(text.encode(), Work(id="x", title="Ports of Marenland"))


def one(sentence: str, *notes: str) -> Rested:
    """The claim of a document that holds one sentence, which calls all the notes."""
    calls = "".join(f"[^{n}]" for n in range(1, len(notes) + 1))
    listed = "\n".join(f"[^{n}]: {note}" for n, note in enumerate(notes, start=1))
    found = rested(document(f"# Ports\n\n{sentence}{calls}\n\n{listed}\n"), Names())
    return found[0]


def kinds(text: str) -> dict[str, tuple[str, ...]]:
    """Each claim of a text with what it rests on."""
    return {" ".join(r.citation.quote.split()): r.basis for r in rested(document(text), Names())}


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("According to Statistics Marenland, exports grew by 3 percent in 2021.", "statistics"),
        ("Data from the National Customs Service show that exports fell by 4 percent.", "statistics"),
        ("The Bank of Korea reported that the surplus was 12 billion.", "statistics"),
        ("Several empirical studies find that ports raise wages.", "study"),
        ("Orrin and Vale (2019) document this for small ports.", "study"),
        ("Waiting times fell after the reform (Orrin, 2020).", "study"),
        ("Under the Ports Act of 1998, fees are published each year.", "law"),
        ("The Supreme Court ruled that the fee was unlawful.", "law"),
        ("Section 4 of the Ports Act requires every port to publish its fees.", "law"),
        ("Justice Orrin, joined by Justice Vale, wrote that the fee was lawful.", "law"),
        ("The concurrence explained that the waits would do harm.", "law"),
        ("In the Court’s view, the fee burdens small ships.", "law"),
        ("The notice states that the berths will close in May.", "law"),
        ("The announcement indicated that the Ministry of Ports had offered a settlement.", "law"),
        ("The announcement indicated that sales had doubled.", "none"),
        ("The legislation required that tolls cover the costs.", "law"),
        ("Of the proposed bills listed above, two passed.", "none"),
        ("Second, the Secretary asserted that tolls serve another goal.", "law"),
        ("The budget documents further note that six ships are planned.", "law"),
        ("The secretary of the guild said that fees are high.", "none"),
        ("The preliminary Census Bureau data indicate that the credit cost 2 million.", "statistics"),
        ("해양부 장관은 요금이 내려갔다고 밝혔다.", "law"),
        ("The port receives its funds under various statutes.", "none"),
        ("According to Reuters, the port of Selby closed.", "press"),
        ("Media reports speak of further closures in the north.", "press"),
        ("We find that waiting times halved after the reform.", "own"),
        ("As demonstrated earlier, fees and traffic moved apart.", "own"),
        ("According to the Carriers Guild, the berths are too short.", "other"),
        ("Selby is the largest port of the country.", "none"),
        ("Traffic moved to the outer ports under the new fees.", "none"),
        ("마렌랜드 통계청에 따르면 2021년 수출은 3.2퍼센트 증가했다.", "statistics"),
        ("한국은행의 통계에 따르면 흑자는 12억 달러였다.", "statistics"),
        ("선행연구는 항만 개혁이 운임을 낮춘다고 분석했다.", "study"),
        ("김철수(2020)는 개혁의 효과를 추정하였다.", "study"),
        ("항만법 제3조에 따라 요금은 매년 고시된다.", "law"),
        ("언론 보도에 따르면 일부 항만은 문을 닫았다.", "press"),
        ("본 연구의 분석 결과 대기 시간은 절반으로 줄었다.", "own"),
        ("셀비항은 마렌랜드에서 가장 큰 항구이다.", "none"),
    ],
)
def test_words_name_what_a_claim_rests_on(sentence: str, basis: str) -> None:
    """Words of attribution say what kind of source speaks; without any, nothing is named."""
    found = one(sentence)
    assert found.basis == (basis,)
    assert bool(found.named) == (basis != "none")
    for part in found.named:
        assert part.span is not None
        assert part.text in sentence


@pytest.mark.parametrize(
    ("note", "basis"),
    [
        ("Ilse Quay, “Harbours and Trade,” Journal of Port Economics 12, no. 3 (2021): 33–52.", "study"),
        ("Ilse Quay, “Harbours,” OECD Trade Policy Papers, no. 12 (2021).", "study"),
        ("Jo Tern, “Port Reform Praised,” Reuters, May 4, 2021, https://www.reuters.com/ports.", "press"),
        ("Statistics Marenland, “Trade Statistics,” accessed May 4, 2024, https://stats.gov.ml/trade.", "statistics"),
        ("World Bank, “World Development Indicators,” accessed May 4, 2024, https://databank.worldbank.org/wdi.", "statistics"),
        ("Ports Act, Public Law 12-7, 1998.", "law"),
        ("The White House, “Fact Sheet on Ports,” May 4, 2021, https://www.whitehouse.gov/ports/.", "law"),
        ("Carriers Holdings, Inc., “Our Complaints,” May 4, 2021, https://carriers.example/complaints.", "other"),
        ("The wait is counted from the outer buoy.", "none"),
        ("김영희, 「항만 개혁의 경제적 효과」, 『해운연구』 제12권 제3호 (2021), 33-52쪽.", "study"),
    ],
)  # fmt: skip
def test_the_work_of_a_note_says_what_the_sentence_rests_on(note: str, basis: str) -> None:
    """A note counts by the kind of work that it names; one that only remarks names nothing."""
    found = one("The wait fell to nine hours at Selby.", note)
    assert found.basis == (basis,)
    assert [p.why for p in found.named] == ([] if basis == "none" else ["note 1"])


def test_several_grounds_are_all_told() -> None:
    """A sentence with notes to a paper and to statistics rests on both."""
    found = one(
        "The wait fell to nine hours at Selby.",
        "Jo Tern, “Port Reform Praised,” Reuters, May 4, 2021, https://www.reuters.com/ports.",
        "Statistics Marenland, “Trade Statistics,” accessed May 4, 2024, https://stats.gov.ml/trade.",
    )
    assert found.basis == ("statistics", "press")
    assert {p.why for p in found.named} == {"note 1", "note 2"}


TABLE = """# Ports

As Table 1 shows, timber leads the exports of the country. Table 2 shows that timber and fish move together.

**Table 1. Exports of Marenland (Unit: USD million)**

| Sector | 2020 |
|---|---|
| Timber | 410 |

Source: Marenland Customs Office.

**Table 2. Correlations of Exports**

| Sector | Fish |
|---|---|
| Timber | 0.8 |

Source: Author's calculation based on data by Statistics Marenland.
"""


def test_what_a_table_shows_rests_on_the_line_below_it() -> None:
    """The source line of the table that a sentence speaks of counts; own work on an office's data is both."""
    found = kinds(TABLE)
    assert found["As Table 1 shows, timber leads the exports of the country."] == ("statistics",)
    assert found["Table 2 shows that timber and fish move together."] == ("own", "statistics")


def test_a_row_rests_on_the_line_below_its_table() -> None:
    """The words of a table's row are looked up by the table that they stand in."""
    made = document(TABLE)
    start = made.text.index("Timber\t410")
    bases, parts = basis_of(made, Span(start, start + 10), works_of(Names()))
    assert bases == ("statistics",)
    assert parts[0].text == "Source: Marenland Customs Office."


@pytest.mark.parametrize(
    ("line", "basis", "named"),
    [
        ("Source: Marenland Customs Office. Notes: With data of a study (Vale, 2020).", "statistics", "Source: Marenland Customs Office."),
        ("Notes: In real terms. Source: Ministry of Ports, Budget in Brief, 2021.", "law", "Source: Ministry of Ports, Budget in Brief, 2021."),
        ("Source: Ministry of Ports, Annual Statistics 2021.", "statistics", "Source: Ministry of Ports, Annual Statistics 2021."),
        ("자료: 항만부, 2021년 예산안. 주: 실질 가격.", "law", "자료: 항만부, 2021년 예산안."),
    ],
)  # fmt: skip
def test_a_source_line_counts_without_its_remarks(line: str, basis: str, named: str) -> None:
    """Remarks before or behind the sources are cut off; a budget is an official document, whoever keeps figures."""
    made = document(TABLE.replace("Source: Marenland Customs Office.", line))
    (found,) = [r for r in rested(made, Names()) if "timber leads" in r.citation.quote]
    assert (found.basis, [p.text for p in found.named]) == ((basis,), [named])


def test_letters_are_read_as_the_document_explains_them() -> None:
    """`According to the HCL` rests on the letter that the text introduced; the words named hold no other name."""
    text = (
        "# Ports\n\nIn May the Ministry of Ports (MP) issued a Harbour Circular Letter (HCL) to all towns. "
        "According to the HCL, Selby keeps its berths. Moreover, the HCL stated that fees stay.\n"
    )
    found = [(r.basis, [p.text for p in r.named]) for r in rested(document(text), Names())]
    assert found[1:] == [(("law",), ["According to the HCL"]), (("law",), ["the HCL"])]


def test_words_on_the_publisher_and_in_brackets_are_no_claims() -> None:
    """A block at the end that says what the publisher is, and a bracketed unit, are no claims of the document; what is said
    of an institute that the text is about stays one."""
    body = "Timber leads the exports of the country. " * 12
    about = (
        "The Harbour Institute (HI) is an independent, nonprofit research organisation in Selby. It publishes reports."
    )
    own = "The Guild of Selby is an independent association of carriers. "
    found = kinds(f"# Ports\n\n{own}{body}\n\n(in millions of crowns)\n\n{about}\n")
    assert not any("Harbour Institute" in quote or "publishes" in quote or "millions" in quote for quote in found)
    assert any("Guild of Selby" in quote for quote in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry should lower the fees.",
        "It is essential to dredge the channel.",
        "What does the reform cost?",
        "This paper reviews the reform of the ports.",
        "This fact sheet assists offices with questions on ports.",
        "For a discussion of the Ports Act, see the report on harbours.",
        "정부는 요금을 더 낮추어야 한다.",
        "본 연구는 항만 개혁의 효과를 살펴본다.",
    ],
)
def test_advice_questions_and_words_on_the_document_are_no_claims(sentence: str) -> None:
    """Only what says what is so is listed."""
    assert sentence not in kinds(f"# Ports\n\n{sentence} Selby is the largest port of the country.\n")


def test_what_was_a_duty_once_is_a_claim() -> None:
    """`should have` tells of the past and advises nothing."""
    assert not is_advice("The ships should have arrived in May.")


@pytest.mark.parametrize(
    ("work", "basis"),
    [
        (Work("a", "Energy Outlook", "source", "report", (Person("International Energy Agency"),)), "study"),
        (Work("b", "Country Data", "source", "dataset", (Person("Port Watch Institute"),)), "other"),
        (Work("c", "Remarks on Ports", "source", "speech", (Person("Quay", "Ilse"),)), "other"),
        (Work("d", "Trade Act of 1974", "source", "legislation"), "law"),
        (Work("e", "Ports", "source", "webpage", (), "The Korea Herald"), "press"),
        (Work("g", "Annual Statistics 2023", "source", "report", (Person("Selby Port Authority"),)), "statistics"),
        (Work("h", "Yearbook of Ports", "source", "report", (Person("Customs Office"),)), "statistics"),
        (Work("i", "Improving Labour Statistics", "source", "report", (Person("Ministry of Work"),)), "law"),
        (Work("f", "Press Release", "source", "webpage", (Person("Ministry of Ports"),)), "law"),
    ],
)
def test_works_are_told_apart_by_type_keeper_and_address(work: Work, basis: str) -> None:
    """The record of a work decides: laws and journals by type, data by who keeps them."""
    assert ground(work) == basis


def test_every_citation_of_a_claim_stands_in_its_document() -> None:
    """The quote of a claim and the words that are named stand where they are said to stand."""
    made = document(TABLE)
    found = rested(made, Names())
    assert len(found) == 2
    for r in found:
        assert r.citation.quote == r.citation.span.slice(made.text)
        for part in r.named:
            assert part.span is not None
            assert " ".join(part.span.slice(made.text).split()) == part.text


def test_the_list_of_names_is_well_formed() -> None:
    """Each line has a known kind and one name, and no name stands twice."""
    path = Path(__file__).resolve().parents[2] / "assistant" / "data" / "grounds.tsv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert all(len(row) == 2 and row[1].strip() == row[1] for row in rows)
    assert {kind for kind, _ in rows} <= {*BASES, "figures"} - {"own", "none"}
    names = [name for _, name in rows]
    assert len(names) == len(set(names))


def test_the_view_as_table_and_as_json() -> None:
    """The table speaks the language it is asked for, and the JSON has the fields of a citation with the basis."""
    found = rested(document(TABLE), Names())
    grid = claims_grid("Ports", found, 2, "en")
    assert [cell.text for cell in grid.rows[1][1:3]] == [
        "own data or calculation; official statistics",
        "Source: Author's calculation based on data by Statistics Marenland.",
    ]
    assert claims_grid("Ports", found, 2, "ko").rows[0][1].text == "공식 통계"
    made = json.loads(json.dumps(claims_json("x", "Ports", found)))
    assert made["claims"][1]["basis"] == ["own", "statistics"]
    assert made["claims"][1]["causality"] == "correlation"
    assert {"quote", "start", "end", "page_label", "section", "named", "stage"} <= set(made["claims"][0])


def test_the_papers(papers: Path) -> None:
    """On the paper with notes: what its own table shows is its own and statistics, its literature rests on studies."""
    data = (papers / "bark-kwak-2026.txt").read_bytes()
    made = PlainTextParser().parse(data, Work(id="bark-kwak-2026", title="Strategy"))
    found = {" ".join(r.citation.quote.split()): r.basis for r in rested(made, Names())}
    assert len(found) > 120

    def of(words: str) -> tuple[str, ...]:
        (basis,) = [b for quote, b in found.items() if words in quote]
        return basis

    assert of("Table 1 shows a strong positive correlation") == ("own", "statistics")
    assert of("Supreme Court ruled") == ("law",)
    assert of("Most empirical studies to date") == ("study",)
    assert of("These policies directly contradict") == ("none",)


def test_an_official_plan_is_what_its_aims_rest_on() -> None:
    """A plan named by its name, its letters or as `the plan` speaks for what it sets; a firm's plan does not."""
    told = kinds(
        "# Ports\n\nMarenland approved its Ten-Year Plan for Harbour and Coastal Development (TYP) in May. "
        "The 3rd TYP calls for deeper berths at Selby. "
        "The National Harbour Strategy also seeks to widen the canal at Brack. "
        "In grain, the strategy aims to halve the waiting times. The TYP office is in the north of Selby. "
        "The white paper targets a share of 4 percent.\n"
    )
    assert list(told.values())[1:] == [("law",), ("law",), ("law",), ("none",), ("none",)]
