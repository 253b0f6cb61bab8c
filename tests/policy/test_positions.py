"""Two documents topic by topic: agreement, difference, and who alone speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.positions import ORDER, ROWS, compare
from assistant.policy.positions.reading import raw
from assistant.policy.positions.terms import acronyms, noun_phrases, pillars
from assistant.policy.positions.vocabulary import Finder, listed, singular
from assistant.render.grid import grid_text
from assistant.render.positions import positions_grid, positions_json, positions_text
from assistant.types import Document, Work
from assistant.types.policy import Comparison, Row

HARBOUR = """# A Harbour Strategy for Japan

Ilse Quay

## Introduction

Overseas investment by Japanese firms increases exports of parts. Overseas investment in Mexico fell in 2023.
Overseas investment in Canada has focused on steel, batteries and timber. Concerns about hollowing-out have grown, and hollowing-out
hurts small towns most.

Small and medium-sized enterprises (SMEs) lack skilled workers. The government should support SMEs with training.

## Steps

The government should request more visas for its engineers in Canada. Japan should raise subsidies for shipyards. The government
should establish an R&D hub at home. SMEs should not be left behind.[^1]

[^1]: The Tidal Partnership Agreement (TPA) was signed in 2019.
"""
CANADA = """# Working With Canada

Jonas Orrin

## Background

Overseas investment supports export growth. Overseas investment in Mexico has declined. Overseas investment in Canada has been
concentrated in steel, software and ships. Global firms look for capable partners, good schools, cheap land, low taxes, and experimental infrastructure.

## Recommendations

Japan should improve visa procedures for technicians. Japan should cut subsidies for shipyards. The government should build an innovation corridor with
Canada. Japan should join the Tidal Partnership Agreement (TPA), since the TPA opens markets.
"""
HANKUK = """# 마렌국의 해운 전략

## 서론

해외투자는 수출을 늘린다. 산업 공동화는 지역 경제를 위축시킨다. 산업 공동화에 대한 우려가 크다. 소비자 물가는 안정되었다.

## 제언

정부는 기술자를 위한 비자 발급을 확대해야 한다. 조선업에 대한 보조금을 확대해야 한다. 정부는 연구개발 허브를 설립해야 한다.
"""
HAEWOE = """# 마렌국의 기술 협력

## 배경

마렌국의 해외투자는 수출을 견인한다.

## 과제

정부는 비자 제도를 개선해야 한다. 조선업에 대한 보조금은 축소해야 한다. 정부는 북쪽 나라와 연구개발 회랑을 구축해야 한다. 상설 협의체를 신설해야 한다.
"""


def document(text: str, id: str) -> Document:
    title = text.splitlines()[0].strip("# ")
    return MarkdownParser().parse(text.encode(), Work(id=id, title=title))


@pytest.fixture(scope="module")
def pair() -> tuple[Document, Document]:
    return document(HARBOUR, "harbour"), document(CANADA, "canada")


@pytest.fixture(scope="module")
def made(pair: tuple[Document, Document]) -> Comparison:
    return compare(*pair, most=None)


def row(made: Comparison, topic: str) -> Row:
    found = [r for r in made.rows if r.topic == topic]
    assert len(found) == 1, [r.topic for r in made.rows]
    return found[0]


def test_who_asks_for_the_same_agrees(made: Comparison) -> None:
    """Both ask for easier visas, in words of their own."""
    visas = row(made, "visas")
    assert visas.relation == "agree"
    assert "request more visas" in visas.first[0].quote
    assert "visa procedures" in visas.second[0].quote


def test_who_asks_for_the_opposite_differs(made: Comparison) -> None:
    """More subsidies and fewer of them are opposed, and the reason quotes both."""
    subsidies = row(made, "subsidies")
    assert subsidies.relation == "differ"
    assert "raise subsidies" in subsidies.why
    assert "cut subsidies" in subsidies.why


def test_another_object_of_the_same_purpose_is_a_difference(made: Comparison) -> None:
    """A hub here and a corridor there are named as what they differ in."""
    research = row(made, "R&D and innovation")
    assert research.relation == "differ"
    assert "hub" in research.why
    assert "corridor" in research.why


def test_lists_for_one_purpose_are_compared_as_sets(made: Comparison) -> None:
    """Sectors of investment in one country: what is common, and what either alone names."""
    sectors = row(made, "sectors named for foreign investment, Canada")
    assert sectors.relation == "differ"
    assert sectors.why == "common: steel; only the first: batteries, timber; only the second: software, ships"


def test_what_acts_on_what_is_read_from_both(made: Comparison) -> None:
    """Two sentences that say in other words that investment raises exports agree."""
    link = row(made, "foreign investment and exports")
    assert link.relation == "agree"
    assert "increases exports" in link.first[0].quote
    assert "supports export growth" in link.second[0].quote


def test_what_fell_in_one_place_fell_for_both(made: Comparison) -> None:
    """A trend is compared only in the place that both name."""
    assert row(made, "foreign investment, Mexico: trend").relation == "agree"


def test_only_one_speaks_after_the_whole_of_the_other_was_searched(made: Comparison) -> None:
    """The reason says for which words the other document was searched, and nothing is cited of it."""
    hollowing = row(made, "hollowing-out")
    assert hollowing.relation == "only_first"
    assert hollowing.second == ()
    assert "deindustrialization" in hollowing.why


def test_a_mention_in_passing_is_shown_and_is_no_position() -> None:
    """A word at the end of an enumeration is cited as a mention, and the relation stays that one speaks."""
    first = document("# Roads\n\nThe state should build infrastructure. Infrastructure decides growth.\n", "roads")
    second = document(CANADA, "canada")
    found = row(compare(first, second, most=None), "infrastructure")
    assert found.relation == "only_first"
    assert "experimental infrastructure" in found.second[0].quote
    assert found.why.startswith("the other only mentions it in passing")


def test_notes_are_searched_too(made: Comparison) -> None:
    """What only a note of the other names is found there."""
    agreement = next(r for r in made.rows if "TPA" in r.topic)
    assert agreement.relation == "only_second"
    assert "signed in 2019" in agreement.first[0].quote


def test_a_topic_stands_once_whatever_it_is_called(made: Comparison) -> None:
    """Small and medium-sized enterprises, SMEs: one row; visas and visa: one row."""
    assert [r.topic for r in made.rows if {"sme", "smes"} & set(r.terms)] == ["small and medium-sized firms"]
    assert len([r for r in made.rows if "visa" in r.terms]) == 1


def test_every_place_is_cut_from_its_document(made: Comparison, pair: tuple[Document, Document]) -> None:
    """A quotation is the document's own words at its offsets."""
    for r in made.rows:
        for side, cited in zip(pair, (r.first, r.second), strict=True):
            assert all(c.document == side.id and c.quote == c.span.slice(side.text) for c in cited)


def test_differences_come_first_and_rows_are_limited(made: Comparison, pair: tuple[Document, Document]) -> None:
    """Rows stand in the order of their relations; a limit keeps the weightiest and no relation out."""
    places = [ORDER.index(r.relation) for r in made.rows]
    assert places == sorted(places)
    few = compare(*pair, most=8).rows
    assert len(few) <= 8
    assert {"differ", "agree"} <= {r.relation for r in few}
    assert len(compare(*pair).rows) <= ROWS


def test_a_hedge_ties_nothing() -> None:
    """What may, should or is feared to raise something is not read as said."""
    text = "# A\n\n## Findings\n\nOverseas investment may increase exports. Concerns that tariffs reduce employment persist.\n"
    plain = "# B\n\n## Findings\n\nOverseas investment increases exports. Tariffs reduce employment.\n"
    made = compare(document(text, "a"), document(plain, "b"), most=None)
    assert not [r for r in made.rows if " and " in r.topic and r.relation == "agree" and r.kind == "term"]


def test_opposite_effects_differ() -> None:
    """One says that tariffs create jobs, the other that they cost them."""
    made = compare(
        document("# A\n\n## Findings\n\nTariffs increase employment in towns.\n", "a"),
        document("# B\n\n## Findings\n\nTariffs reduce employment in towns.\n", "b"),
        most=None,
    )
    assert row(made, "tariffs and employment").relation == "differ"


def test_a_publishers_sentences_say_nothing() -> None:
    """A sentence that stands word for word in both documents makes no topic."""
    same = "The Marenland Research Service (MRS) serves the Parliament and prepares reports at the direction of it."
    made = compare(
        document(f"# A\n\n## Findings\n\nTariffs rose.\n\n{same}\n", "a"),
        document(f"# B\n\n## Findings\n\nVisas are few.\n\n{same}\n", "b"),
        most=None,
    )
    assert not [r for r in made.rows if "MRS" in r.topic]


# ---------------------------------------------------------------- topics that are given


def test_a_given_topic_is_found_in_either_language(pair: tuple[Document, Document]) -> None:
    """`비자` finds the visas of English documents."""
    made = compare(*pair, ["비자"])
    assert [(r.topic, r.kind, r.relation) for r in made.rows] == [("비자", "given", "agree")]


def test_of_a_given_topic_that_nobody_speaks_of_nothing_is_shown(pair: tuple[Document, Document]) -> None:
    """No row is made up, and the notice says for what was searched."""
    made = compare(*pair, ["pension reform", "lighthouse keepers"])
    assert made.rows == ()
    assert [("pension" in n or "lighthouse keeper" in n) for n in made.notices] == [True, True]


def test_a_given_topic_of_several_is_one_sentence_with_all(pair: tuple[Document, Document]) -> None:
    """`subsidies for shipyards` is where both are spoken of at once; a list named for the purpose comes with its topic."""
    made = compare(*pair, ["investment in Canada"])
    assert made.rows[0].topic == "sectors named for foreign investment, Canada"
    assert compare(*pair, ["visas for shipyards"]).rows == ()


# ---------------------------------------------------------------- Korean


def test_two_korean_documents() -> None:
    """Topics, reasons and their names are Korean, and the relations are those of English documents."""
    made = compare(document(HANKUK, "hankuk"), document(HAEWOE, "haewoe"), most=None)
    told = {r.topic: r.relation for r in made.rows}
    assert told["비자"] == "agree"
    assert told["보조금"] == "differ"
    assert told["연구개발"] == "differ"
    assert told["해외투자·수출: 관계"] == "agree"
    assert told["공동화"] == "only_first"
    assert told["협의체"] == "only_second"
    assert "허브" in row(made, "연구개발").why


def test_a_korean_and_an_english_document_meet_by_the_glossary(pair: tuple[Document, Document]) -> None:
    """Topics of both languages are one row, and the notice says how they met."""
    made = compare(document(HANKUK, "hankuk"), pair[1], most=None)
    told = {r.topic: r.relation for r in made.rows}
    assert told["visas"] == "agree"
    assert told["subsidies"] == "differ"
    assert told["hollowing-out"] == "only_first"
    assert "glossary" in made.notices[-1]


def test_a_syllable_inside_a_word_is_no_topic() -> None:
    """`소비자` (consumer) holds the letters of `비자` (visa)."""
    assert not Finder(tuple(listed().values())).find("소비자 보호")
    assert [m.topic for m in Finder(tuple(listed().values())).find("비자를 신청")] == ["visas"]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("word", "one"),
    [("visas", "visa"), ("industries", "industry"), ("important", "important"), ("class", "class"), ("taxes", "tax")],
)
def test_words_are_compared_in_the_singular(word: str, one: str) -> None:
    """Plural endings go; the stem of `important` would be that of `import`."""
    assert singular(word) == one


def test_important_is_no_import() -> None:
    """Words that share a stem are not one topic."""
    assert not Finder(tuple(listed().values())).find("It is an important good.")


def test_acronyms_are_taken_with_their_long_forms() -> None:
    """Only where the letters are the initials of the words before them."""
    text = "the Comprehensive Tidal Agreement for Northern Trade (CTANT), and boats (see Table A) of small reefs (SRs)"
    assert acronyms(text) == {"CTANT": "Comprehensive Tidal Agreement for Northern Trade", "SRs": "small reefs"}


def test_pillars_are_read_with_their_items() -> None:
    """`three pillars: 1) …; 2) …; and 3) …` gives three places."""
    d = document("# A\n\nThe plan has three pillars: 1) deeper ports; 2) cheaper power; and 3) better schools.\n", "a")
    (found,) = pillars(raw(d))
    assert [s.slice(d.text) for s in found.items] == ["deeper ports", "cheaper power", "better schools"]


def test_noun_phrases_hold_no_verbs() -> None:
    """Phrases are cut at verbs and function words."""
    found = [" ".join(p.words) for p in noun_phrases("The council will build coastal radar stations for the fleet.")]
    assert found == ["council", "coastal radar station", "fleet"]


# ---------------------------------------------------------------- drawing


def test_every_drawing_has_the_same_rows(made: Comparison) -> None:
    """Terminal at 96 columns, JSON and grid."""
    text = positions_text(made, made.rows, 96)
    told = positions_json(made, made.rows)
    grid = positions_grid(made, made.rows)
    assert max(map(len, text.splitlines())) <= 96
    assert [r["topic"] for r in told["rows"]] == [r[0].text for r in grid.rows] == [r.topic for r in made.rows]
    assert all(r.topic in text for r in made.rows)
    first = told["rows"][0]["first"][0]
    assert {"document", "quote", "start", "end", "page_index"} <= set(first)
    assert "They differ" in text
    assert grid_text(grid, 96)


# ---------------------------------------------------------------- the papers


@pytest.fixture(scope="module")
def of_papers(papers: Path) -> Comparison:
    from assistant.backends.text_files import PlainTextParser

    found = []
    for name in ("bark-kwak-2026", "han-2026"):
        data = (papers / f"{name}.txt").read_bytes()
        found.append(PlainTextParser().parse(data, Work(id=name, title=name)))
    return compare(found[0], found[1])


@pytest.mark.parametrize(
    ("term", "relation"),
    [
        ("visa", "agree"), ("hollowing out", "only_first"), ("sme", "only_first"), ("cptpp", "only_first"),
        ("consultative framework", "only_second"), ("infrastructure", "only_second"), ("r&d", "differ"),
    ],
)  # fmt: skip
def test_the_two_papers(of_papers: Comparison, term: str, relation: str) -> None:
    """What an official is told of the two papers, topic by topic."""
    assert [r.relation for r in of_papers.rows if term in r.terms] == [relation]


def test_the_two_papers_on_investment(of_papers: Comparison) -> None:
    """Both see investment abroad as pulling exports, and they name different sectors for that in the United States."""
    told = {r.topic: r.relation for r in of_papers.rows}
    assert told["foreign investment and exports"] == "agree"
    assert told["sectors named for foreign investment, United States"] == "differ"
