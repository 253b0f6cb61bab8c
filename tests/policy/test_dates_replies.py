"""What replies say of dates: stages, newer documents on the same matter, replaced sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.backends.text_files import PlainTextParser
from assistant.chunking import passages
from assistant.citations import cite
from assistant.policy.dates.replies import newer, replaced_sources, with_stages
from assistant.render.stages import stage_said
from assistant.store.memory import MemoryLibrary
from assistant.types import CitedNote, Claim, Document, Hit, Span, Verdict, Work

OLD = (
    "The ministry announced a 12 percent levy under the Clean Ports Act in March 2024. Traffic grew in the outer ports."
)
NEW = "A court struck down the 12 percent levy under the Clean Ports Act in May 2025. The harbour of Brack has nine quays."
OTHER = "The council suspended the fishing quota of the outer islands in 2025. The harbour levy pays for dredging."


def document(id: str, text: str, issued: str | None, digest_of: str | None = None) -> Document:
    work = Work(id=id, title=f"Paper {id}", issued=issued, digest_of=digest_of)
    return PlainTextParser().parse(f"Ports\n\n{text}\n".encode(), work)


def asked(
    old: Document, *others: Document, first: str = "The ministry announced"
) -> tuple[tuple[tuple[int, str], ...], tuple[str, ...]]:
    """What is added to a reply that quotes a sentence of the old document, when the others were found too: markers with
    what is said there, and notices."""
    start = old.text.index(first)
    end = old.text.index(".", start) + 1
    cited = cite(old, Span(start, end), 1)
    claim = Claim(cited.quote, (1,), Verdict("supported"))
    found = [p for d in others for p in passages(d, lambda t: len(t.split()), 200)]
    hits = [Hit(p, 1.0, n, "test") for n, p in enumerate(found, 1)]
    claims, places, notices = newer([claim], [cited], hits, MemoryLibrary([old, *others], found), "en")
    assert [c.citations for c in claims] == [(p.marker,) for p in places]
    return tuple((p.marker, f"{c.lead}: {c.text}") for c, p in zip(claims, places, strict=True)), notices


def test_a_newer_document_on_the_same_measure_is_told_and_cited() -> None:
    """Its sentence stands behind the answer with a lead that dates it, is cited, and a notice names both dates."""
    ((marker, said),), (notice,) = asked(document("a", OLD, "2024-06"), document("b", NEW, "2025-09"))
    assert marker == 2
    assert said.startswith("Newer on the same, Paper b (2025-09): A court struck down the 12 percent levy")
    assert "[1] (2024-06)" in notice
    assert "struck down: [2] (2025-09)" in notice


def test_an_older_an_undated_and_a_kindred_document_are_not_told() -> None:
    """A document that is older, of the same date or without one, or the digest of the quoted paper, is no newer one."""
    old = document("a", OLD, "2024-06")
    assert asked(old, document("b", NEW, "2023")) == ((), ())
    assert asked(old, document("b", NEW, "2024")) == ((), ())
    assert asked(old, document("b", NEW.replace(" in May 2025", ""), None)) == ((), ())
    assert asked(old, document("b", NEW, "2025", digest_of="a")) == ((), ())


def test_another_measure_of_a_newer_document_is_not_told() -> None:
    """A common word such as `levy` or `harbour` makes no same matter; nor does a sentence that tells of no measure."""
    old = document("a", OLD, "2024-06")
    assert asked(old, document("b", OTHER, "2025-09")) == ((), ())
    assert asked(old, document("b", NEW, "2025-09"), first="Traffic grew") == ((), ())


def test_a_newer_figure_of_the_same_year_is_told_and_one_of_another_year_is_not() -> None:
    """A revised figure is on the same matter; the next year's is another figure."""
    old = document("a", "Exports of fish products from the harbours amounted to USD 410 million in 2023.", "2024-06")
    revised = "Exports of fish products from the harbours amounted to USD 402 million in 2023."
    ((_, said),), _ = asked(old, document("b", revised, "2025"), first="Exports")
    assert "402 million" in said
    assert asked(old, document("b", revised.replace("2023", "2024"), "2025"), first="Exports") == ((), ())


def test_a_quoted_measure_bears_its_stage() -> None:
    """Announced, as of the document's date; what is in force is not remarked on; both languages."""
    d = document("a", f"{OLD} The Clean Ports Act is in force.", "2024-06")
    at = d.text.index(OLD[:20])
    first = cite(d, Span(at, d.text.index(".", at) + 1), 1)
    start = d.text.index("The Clean Ports Act is")
    second = cite(d, Span(start, len(d.text.rstrip())), 2)
    told = with_stages([first, second])
    assert [c.stage for c in told] == ["announced", "in_force"]
    assert [stage_said(c, "en") for c in told] == ["announced, as of 2024-06", ""]
    assert stage_said(told[0], "ko") == "2024-06 기준 발표"
    assert "not known" in stage_said(replace(told[0], published=None), "en")


def test_a_note_that_tells_of_a_replaced_source_is_told() -> None:
    """Only where the note of a shown quotation says so."""
    d = document("a", OLD, "2024-06")
    start = d.text.index("Traffic grew")
    notes = (
        CitedNote("4", "Harbour Board, Traffic (2019). The page has since been replaced by the ministry's database."),
    )
    cited = replace(cite(d, Span(start, len(d.text.rstrip())), 1), notes=notes)
    claim = Claim(cited.quote, (1,), Verdict("supported"))
    (notice,) = replaced_sources([claim], [cited], "en")
    assert "Note 4" in notice
    assert "since been replaced" in notice
    assert (
        replaced_sources([claim], [replace(cited, notes=(CitedNote("4", "Harbour Board, Traffic (2019)."),))], "en")
        == ()
    )
    assert replaced_sources([], [cited], "ko") == ()


GRANTS = "The Quay Renewal Act provides grants of up to 2 million crowns. The inland barge toll pays for the locks."
OVER = (
    "The Quay Renewal Act was repealed in December 2025 and replaced by the Harbour Loans Act. In November 2025 the Supreme "
    "Court of Marenland struck down the inland barge toll as unlawful. The Lock Repair Fund of Norva was abolished in 2025."
)


def test_what_became_of_a_measure_is_told_though_the_quotation_only_names_it() -> None:
    """A name, and a term of three words that both have in full; no stage in the old sentence is needed."""
    old, new = document("a", GRANTS, "2024-02"), document("b", OVER, "2026-01")
    ((_, said),), (notice,) = asked(old, new, first="The Quay Renewal Act")
    assert "repealed in December 2025" in said
    assert "“Quay Renewal Act” at [1] (2024-02) may no longer hold" in notice
    assert "ended: [2] (2026-01)" in notice
    ((_, said),), _ = asked(old, new, first="The inland barge toll")
    assert "struck down the inland barge toll" in said


@pytest.mark.parametrize(
    "text",
    [
        "The Lock Repair Fund pays for the inland locks.",  # another land's was abolished
        "The Quay Renewal Amendment Act provides grants.",  # another name
        "The barge toll pays for the locks.",  # a term that any land may have
        "The Harbour Loans Act provides loans.",  # it replaced another
    ],
)
def test_another_measure_with_some_of_the_words_is_not_told(text: str) -> None:
    """Neither the fund of another land, a longer name, a common term nor the measure that came instead."""
    assert asked(document("a", text, "2024-02"), document("b", OVER, "2026-01"), first=text[:12]) == ((), ())


def test_what_ended_before_the_old_document_is_not_told() -> None:
    """A measure that ended in 2019 and is spoken of in 2024 was made again, or is another."""
    past = OVER.replace("December 2025", "December 2019")
    assert asked(document("a", GRANTS, "2024-02"), document("b", past, "2026-01"), first="The Quay") == ((), ())


def test_what_became_of_a_korean_measure_is_told() -> None:
    """The measure by its whole name, and the notice in the language of the question."""
    old = document("a", "어촌활력기금은 작은 어항의 정비를 지원한다. 항만 정책은 바뀌었다.", "2024-02")
    new = document("b", "어촌활력기금은 2025년 12월 폐지되었다. 항만 요금은 올랐다.", "2026-01")
    ((_, said),), (notice,) = asked(old, new, first="어촌활력기금")
    assert "폐지되었다" in said
    assert "어촌활력기금" in notice


def test_a_figure_of_another_body_or_thing_is_not_newer_on_the_same() -> None:
    """Words of budgets that all figures share make no same matter; every name must be the other's too."""
    old = document(
        "a", "The FY2027 request for the Lighthouse Service is $33 million, 5 percent above the enacted level.", "2024"
    )
    for text in (
        "The FY2027 request is $920 million, an increase of 3 percent above the enacted level.",
        "The FY2027 request for the Customs Service is $33.5 million, 4 percent above the enacted level.",
    ):
        assert asked(old, document("b", text, "2025"), first="The FY2027") == ((), ())
    own = "The FY2027 request for the Lighthouse Service is $35 million, 6 percent above the enacted level."
    assert asked(old, document("b", own, "2025"), first="The FY2027")[1]
