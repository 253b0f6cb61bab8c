"""What replies say of dates: stages, newer documents on the same matter, replaced sources."""

from __future__ import annotations

from dataclasses import replace

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
    assert "newer than [1] (2024-06)" in notice
    assert "[2] (2025-09)" in notice


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
