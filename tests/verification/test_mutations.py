"""Right claims made wrong: each kind of change is caught, and right claims are not rejected."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from dataclasses import replace
from types import ModuleType

import pytest

from assistant.citations import cite
from assistant.store.memory import MemoryLibrary
from assistant.types import Answer, Block, Citation, Claim, Document, Page, Span, Verdict, Work
from assistant.verification import checked
from tests.sample import ROOT, Sample

pytest_plugins = ["tests.sample"]
WITHHELD = ("unsupported", "contradicted")


@pytest.fixture(scope="module")
def making() -> ModuleType:
    """benchmarks/mutations.py, which makes them."""
    spec = importlib.util.spec_from_file_location("verification_mutations", ROOT / "benchmarks" / "mutations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TEXT = [
    "In March 2023 the ministry of Norway paid USD 4.2 billion to forty-one yards, because OECD rules allow it.",
    "Exports of timber rose 12 percent in 2022, while the trade surplus with Chile fell to USD 310 million.",
    "The reform did not lower the fees that small exporters pay in the eastern ports of the country.",
    "Officials should publish the waiting time of every ship before the harbour board meets again.",
    "According to Minister Halden the cable will cost $75 million and strengthen the grid of the outer islands.",
    "The committee never approved the second bridge across the strait, and the old ferry remains in service.",
    "2023년 2월 정부는 조선업에 1조 2,000억 원을 지원하였다.",
    "일본에 대한 수출은 2021년에 8.5% 증가하였다.",
    "소규모 어가의 소득은 보조금 도입 이후에도 늘어나지 않았다.",
    "중국과의 교역에서 2019년 310억 달러의 흑자를 기록했다.",
]


def invented() -> list[Document]:
    """Two documents with pages, in English and Korean; neither speaks of the other's subject."""
    text = "\n\n".join(TEXT)
    starts = [text.index(t) for t in TEXT]
    blocks = tuple(Block("paragraph", Span(s, s + len(t))) for s, t in zip(starts, TEXT, strict=True))
    half = starts[5]
    pages = (Page(0, "1", (Span(0, half),)), Page(1, "2", (Span(half, len(text)),)))
    other = "Pupils eat at school. The kitchens of the villages buy vegetables from farms of the same district."
    return [
        Document(Work("sea", "Ships and Ports"), text, blocks, pages),
        Document(Work("meals", "School Meals"), other, (Block("paragraph", Span(0, len(other))),)),
    ]


def missed(making: ModuleType, rights: list[tuple[Claim, tuple[Citation, ...]]], documents: list[Document], library: object) -> tuple[Counter[str], list[str]]:  # fmt: skip
    """How many wrong claims of each kind were made, and those that pass."""
    made: Counter[str] = Counter()
    passed = []
    for claim, citations in rights:
        for wrong in making.mutations(claim, citations, documents):
            made[wrong.kind] += 1
            verdict = checked(wrong.claim, wrong.citations, library).verdict  # type: ignore[arg-type]  # documents by id
            if verdict.support not in WITHHELD:
                passed.append(f"{wrong.kind}: {verdict.support} {verdict.why}: {wrong.claim.text}")
    return made, passed


def test_every_kind_is_caught(making: ModuleType) -> None:
    """Of invented sentences in both languages every wrong claim of every kind is withheld, and no right one."""
    documents = invented()
    library = MemoryLibrary(documents, [])
    rights = [r for d in documents for r in making.copies(d)]
    assert [c.text for c, own in rights if checked(c, own, library).verdict.support != "supported"] == []
    made, passed = missed(making, rights, documents, library)
    kinds = {
        "digit", "unit", "year", "month", "country", "organisation", "name", "currency", "points", "direction",
        "negation added", "negation removed", "cut before not", "splice", "spliced quotation", "page", "offsets", "quote",
        "title", "document", "mark", "no mark",
    }  # fmt: skip
    assert kinds <= set(made)
    assert not passed, "\n".join(passed)


def test_the_sample_corpus(making: ModuleType, hashed: Sample) -> None:
    """Of the sample corpus, its tables and digest included, every wrong claim is withheld and no right one."""
    assistant = hashed.open()
    documents = [assistant.library.document(id) for id in assistant.library.document_ids()]
    rights = [r for d in documents for r in making.copies(d, 8)]
    for question in (
        "How much timber was exported in 2021?",
        "Which sector had the highest exports in 2022?",
        "What does Table 1 give for glassware?",
        "마렌란드의 어선은 몇 척인가?",
    ):
        reply = assistant.ask(question)
        if isinstance(reply, Answer):
            rights.extend((claim, reply.citations) for claim in reply.claims)
    rejected = [
        c.text for c, own in rights if checked(c, own, assistant).verdict.support not in ("supported", "partial")
    ]
    assert rejected == []
    made, passed = missed(making, rights, documents, assistant)
    assert sum(made.values()) > 250
    assert not passed, "\n".join(passed)


@pytest.mark.parametrize(
    ("right", "same"),
    [
        ("The yards received USD 83.5 billion in 2022.", "The yards received 83.5 billion dollars in 2022."),
        ("The yards received USD 83.5 billion in 2022.", "2022년 조선소는 835억 달러를 받았다."),
        ("정부는 1조 2,000억 원을 지원하였다.", "The government gave 1.2 trillion won."),
        ("It was signed in February 2026 by twenty-two states.", "It was signed in February 2026 by 22 states."),
        ("It was signed in February 2026.", "2026년 2월에 서명되었다."),
        ("The price doubled within ten years.", "The price rose two-fold within a decade."),
        ("Exports rose 12 percent.", "Exports rose 12%."),
        ("South Korea joined the World Trade Organization.", "Korea joined the WTO."),
    ],
)
def test_the_same_in_other_words_is_not_withheld(right: str, same: str) -> None:
    """Units, dates, figures and names in another form or language are the same."""
    document = Document(Work("d", "A Title"), right, (Block("paragraph", Span(0, len(right))),))
    claim = Claim(same, (1,), Verdict("unchecked"))
    verdict = checked(claim, [cite(document, Span(0, len(right)), 1)], MemoryLibrary([document], [])).verdict
    assert verdict.support not in WITHHELD, verdict.why


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("The yards received USD 83.5 billion in 2022.", "2022년 조선소는 83.5억 달러를 받았다."),
        ("The yards received USD 83.5 billion in 2022.", "The yards received USD 85.3 billion in 2022."),
        ("정부는 1조 2,000억 원을 지원하였다.", "The government gave 12 trillion won."),
        ("It was signed in February 2026.", "2026년 3월에 서명되었다."),
        ("Horizontal investment replaces exports.", "Vertical investment replaces exports."),
        ("Most studies find that wages rose.", "All studies find that wages rose."),
        ("Most studies find that wages rose.", "Few studies find that wages rose."),
        ("The board should publish the waiting times.", "The board publishes the waiting times."),
        ("The visa is an imperfect fit.", "The visa is a perfect fit."),
        ("A tariff of 10 percent rests on Section 122.", "A tariff of 10 percent rests on Section 232."),
        ("Exports grew faster than imports.", "Exports grew faster than imports, according to Halvorsen."),
        ("The fund is lawful.", "Ministers say “the fund is plainly lawful” today."),
    ],
)
def test_another_thing_is_withheld(said: str, wrong: str) -> None:
    """Another figure, unit, month, quantifier, kind, mode, law or name, and a quotation that stands nowhere."""
    document = Document(Work("d", "A Title"), said, (Block("paragraph", Span(0, len(said))),))
    claim = Claim(wrong, (1,), Verdict("unchecked"))
    verdict = checked(claim, [cite(document, Span(0, len(said)), 1)], MemoryLibrary([document], [])).verdict
    assert verdict.support in WITHHELD, verdict.why


def test_an_author_may_be_named() -> None:
    """Who says it is looked for among the authors of the cited document too, and its year behind the name."""
    from assistant.types import Person

    said = "Wages rose in the harbour towns after the reform."
    work = Work("d", "A Title", authors=(Person("Quay", "Ilse"),), issued="2024")
    document = Document(work, said, (Block("paragraph", Span(0, len(said))),))
    library = MemoryLibrary([document], [])
    citation = cite(document, Span(0, len(said)), 1)
    right = Claim("According to Quay (2024), wages rose in the harbour towns.", (1,), Verdict("unchecked"))
    assert checked(right, [citation], library).verdict.support not in WITHHELD
    wrong = replace(right, text="According to Vale (2024), wages rose in the harbour towns.")
    assert checked(wrong, [citation], library).verdict.support in WITHHELD
