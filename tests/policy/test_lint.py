"""Questions to the author of a document about its notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.policy.lint import doubts
from assistant.render.lint import lint_grid, lint_json
from assistant.types import Document, Work
from assistant.types.policy import Doubtful


def document(text: str, issued: str | None = None) -> Document:
    return MarkdownParser().parse(text.encode(), Work(id="x", title="Ports of Marenland", issued=issued))


def noted(*notes: str, said: str = "Traffic grew in {year}.", issued: str | None = None, year: int = 2015) -> Document:
    """A document with a sentence for each note, which calls it."""
    text = "\n\n".join(f"{said.format(year=year)}[^{n}]" for n in range(1, len(notes) + 1))
    listed = "\n".join(f"[^{n}]: {note}" for n, note in enumerate(notes, start=1))
    return document(f"# Ports\n\n{text}\n\n{listed}\n", issued)


def kinds(found: tuple[Doubtful, ...]) -> list[tuple[str, str]]:
    return [(d.kind, d.note) for d in found]


ACCESS = "Harbour Board, “Traffic of Quay {n},” accessed {date}, https://ports.ml/quay{n}."


def test_a_year_of_access_unlike_all_others_is_asked_about() -> None:
    """The same day of another year is shown beside its neighbours, as a question."""
    d = noted(
        *(ACCESS.format(n=n, date="May 4, 2024" if n != 3 else "May 4, 2023") for n in range(1, 7)), issued="2024"
    )
    (found,) = doubts(d)
    assert (found.kind, found.note) == ("access_differs", "3")
    assert "2023-05-04" in found.found
    assert found.question.endswith("?")
    assert found.citation is not None
    assert "May 4, 2023" in found.citation.quote
    assert [c.quote for c in found.beside] == ["May 4, 2024", "May 4, 2024"]
    assert [found.citation.marker, *(c.marker for c in found.beside)] == [1, 2, 3]


def test_dates_of_access_that_are_spread_are_no_doubt() -> None:
    """Where each work was read on a day of its own, none of them is unlike the others."""
    days = ["May 4, 2024", "June 9, 2024", "January 2, 2024", "March 3, 2024", "July 1, 2024", "August 8, 2024"]
    assert doubts(noted(*(ACCESS.format(n=n, date=day) for n, day in enumerate(days, 1)), issued="2024")) == ()


def test_an_access_before_publication_and_after_the_document_is_asked_about() -> None:
    """A work read before it appeared, and one read after the document itself had appeared."""
    d = noted(
        "Harbour Board, “Fees of the Ports,” June 3, 2023, accessed May 4, 2022, https://ports.ml/fees.",
        "Harbour Board, “Berths,” accessed May 4, 2031, https://ports.ml/berths.",
        issued="2024-02",
    )
    assert kinds(doubts(d)) == [("access_before_publication", "1"), ("other", "2")]


def test_notes_without_a_mark_marked_twice_and_out_of_order_are_asked_about() -> None:
    """Each with its note and its place; a mark that is missing stands nowhere, so its note is shown."""
    text = "\n\n".join(f"Sentence number {n} stands here.[^{n}]" for n in (1, 2, 3, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13))
    text += "\n\nAgain the second is called.[^2]"
    listed = "\n".join(f"[^{n}]: Harbour Board, Report {n} ({1990 + n})." for n in range(1, 15))
    found = doubts(document(f"# Ports\n\n{text}\n\n{listed}\n"))
    assert sorted((d.kind, d.note) for d in found if d.kind != "order") == [("double_mark", "2"), ("no_mark", "14")]
    (order,) = [d for d in found if d.kind == "order"]
    assert order.note in ("4", "5")
    assert order.beside
    assert order.citation is not None


def test_one_number_for_one_source_throughout_is_a_manner() -> None:
    """A document that calls its notes again and again is not asked about each."""
    text = "\n\n".join(f"Sentence {n} stands here.[^{n % 3 + 1}]" for n in range(12))
    d = document(
        f"# Ports\n\n{text}\n\n[^1]: Board, Fees (1999).\n[^2]: Board, Berths (1998).\n[^3]: Board, Quays (1997).\n"
    )
    assert "double_mark" not in {x.kind for x in doubts(d)}


def test_one_work_or_institution_named_in_two_ways_is_asked_about() -> None:
    """A title spelled in two ways, one address with two years, an institution with a word more, -ise and -ize."""
    d = noted(
        "Organization for Harbour Cooperation, The State of Harbours (2003).",
        "Ministry of Harbours and Fisheries, “Fees in the Ports,” 2004, https://ports.ml/fees.",
        "Organisation for Harbour Cooperation, Night Berths and Their Price (2005).",
        "Ministry of Harbours, Fisheries and Tides, “Berths in the Ports,” 2006, https://ports.ml/berths.",
        "Ilse Quay, “Waiting Times at the Public Quays,” 2007, https://ports.ml/waiting.",
        "Ilse Quay, “Waiting Times at the Public Quays,” 2009, https://www.ports.ml/waiting/.",
        issued="2015",
    )
    named = [x for x in doubts(d) if x.kind == "named_twice"]
    assert sorted(x.note for x in named) == ["3", "4", "6"]
    assert all(x.beside and x.citation is not None for x in named)


def test_editions_of_a_yearly_title_are_two_works() -> None:
    """The same title of another year, at another address, is no doubt."""
    d = noted(
        "Harbour Board, “Yearbook of All the Ports,” 2009, https://ports.ml/2009.",
        "Harbour Board, “Yearbook of All the Ports,” 2010, https://ports.ml/2010.",
        year=2008,
    )
    assert doubts(d) == ()


def test_source_lines_that_shorten_one_institution_are_asked_about() -> None:
    """`EXIM Bank` beside `Export-Import Bank` under two tables."""
    table = "| Port | Tons |\n|---|---|\n| Selby | 410 |\n| Brack | 287 |\n"
    d = document(
        f"# Ports\n\nTraffic grew.\n\n**Table 1. Traffic (tons)**\n\n{table}\nSource: Marenland EXIM Bank.\n\n"
        f"Traffic fell.\n\n**Table 2. Fees (crowns)**\n\n{table}\nSource: The Export-Import Bank of Marenland.\n"
    )
    assert kinds(doubts(d)) == [("named_twice", "")]


@pytest.mark.parametrize(
    "address",
    ["https://https://ports.ml/fees", "http://www.ports,ml/fees", "https://ports/fees", "https:/ports.ml/fees",
     "https://doi.org/abc-12", "https://ports.ml/fees?utm_source=mail"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_asked_about(address: str) -> None:
    """Two schemes, a comma in the host, no top-level domain, a slip in the scheme, a doi that is none, tracking."""
    (found,) = doubts(noted(f"Harbour Board, “Fees,” 2001, {address}.", issued="2015", year=2000))
    assert found.kind == "address"
    assert found.citation is not None
    assert found.citation.quote in address


@pytest.mark.parametrize(
    "address",
    ["https://www.ports.ml/fees/(2001)_a-b.html?x=1&y=2#top", "http://192.168.1.20/a", "https://doi.org/10.1016/j.frl.2022.10",
     "https://web.archive.org/web/2010/https://ports.ml/a", "www.ports.go.ml/index.do"],
)  # fmt: skip
def test_a_sound_address_is_not_asked_about(address: str) -> None:
    """Brackets, queries, archives and dois as they are printed."""
    assert doubts(noted(f"Harbour Board, “Fees,” 2001, {address}.", issued="2015", year=2000)) == ()


def test_an_address_in_brackets_holds_no_space_and_no_stop() -> None:
    """Inside its own brackets every character is the address's."""
    text = "Traffic grew.\n\nNotes\n\nHarbour Board, Fees (2001), <https://ports.ml/fees list.html>.\n\nHarbour Board, Berths (2001), <https://ports.ml/berths,>.\n"
    d = PlainTextParser().parse(text.encode(), Work(id="x", title="Ports"))
    assert [x.kind for x in doubts(d)] == ["address", "address"]


def test_a_source_older_than_what_it_shows_is_asked_about() -> None:
    """A later year, or how things stand now; with the sentence as the place and the source beside it."""
    d = noted(
        "Harbour Board, “Harbour Outlook,” report, April 2019.", said="Traffic reached nine million tons in {year}.",
        year=2023, issued="2024",
    )  # fmt: skip
    (found,) = doubts(d)
    assert (found.kind, found.note) == ("too_old", "1")
    assert found.citation is not None
    assert "2023" in found.citation.quote
    assert found.beside[0].quote.startswith("Harbour Board")
    now = noted(
        "Ann Lee, “Quays Fill Up,” The Selby Herald, April 3, 2018.",
        said="The quays are now filling up quickly.",
        issued="2024",
    )
    assert kinds(doubts(now)) == [("too_old", "1")]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Harbour Board, “Harbour Outlook,” report, April 2019.", "Traffic will reach nine million tons by 2030."),
        ("Harbour Board, “Harbour Outlook,” report, April 2019.", "Traffic is expected to grow in 2023."),
        (
            "Ann Lee, “Quays and Cranes,” Journal of Harbours 9, no. 2 (2001): 3–19.",
            "Cranes are replacing workers at the quays.",
        ),
        ("Harbour Board, “Traffic Statistics,” accessed May 4, 2024, https://ports.ml/t.", "Traffic fell in 2023."),
        ("Ports Act of 2004, Public Law 12-9.", "The Ports Act is now in force in every harbour."),
        ("Harbour Board, “Harbour Outlook,” report, April 2019.", "Traffic fell in 2018."),
    ],
)
def test_forecasts_scholarship_databases_laws_and_histories_are_not_too_old(note: str, said: str) -> None:
    """What a source could say in its time, and what does not age, is not asked about."""
    assert doubts(noted(note, said=said, issued="2024-06")) == ()


KOREAN = """# 마렌란드의 수산 정책

수산물 수출은 2025년에 12억 달러를 기록하였다.[^1] 정부는 2024년에 할당제를 도입하였다.[^2] 어가의 소득은 최근 빠르게 감소하고 있다.[^3] 소비는 2023년에 늘었다.[^4] 가공업체는 2022년에 줄었다.[^5] 물동량은 2021년에 늘었다.[^6]

[^1]: 해양수산부, 「수산물 수출 동향」 (2023), http://www.fish,go.ml/stat, 검색일: 2025. 3. 4.
[^2]: 해양수산부, 「어획량 할당제 시행 계획」 (2024), https://https://www.fish.go.ml/plan, 검색일: 2025. 3. 4.
[^3]: 김수산, 「연안 어가의 소득」, 『수산신문』, 2019. 5. 2., https://www.susan.co.ml/a, 검색일: 2025. 3. 4.
[^4]: 통계청, 「수산물 소비」 (2024), https://kostat.go.ml/x, 검색일: 2024. 3. 4.
[^5]: 통계청, 「수산물 가공업 조사」 (2023), https://kostat.go.ml/y, 검색일: 2025. 3. 4.
[^6]: 통계청, 「항만물동량 통계」 (2022), https://kostat.go.ml/z, 검색일: 2025. 3. 4.
"""


def test_a_korean_document_is_asked_in_korean() -> None:
    """The same checks; what was seen and what is asked are in the document's language, also as a table."""
    d = document(KOREAN, "2025-06")
    found = doubts(d)
    assert kinds(found) == [
        ("too_old", "1"),
        ("too_old", "3"),
        ("address", "1"),
        ("address", "2"),
        ("access_differs", "4"),
    ]
    assert all(x.question.endswith("까?") for x in found)
    grid = lint_grid("수산 정책", found, 6, "ko")
    assert grid.columns[0] == "항목"
    assert len(grid.rows) == 5
    assert lint_json("x", "수산 정책", found)["doubts"][4]["citation"]["quote"].startswith("통계청")


def test_the_paper_with_notes_is_asked_what_an_editor_would_ask(papers: Path) -> None:
    """On the paper with 54 notes: the note whose year of access is one that differs, and no doubt about its marks."""
    file = next(p for p in papers.glob("*.txt") if "Endnotes" in p.read_text(encoding="utf-8"))
    d = PlainTextParser().parse(file.read_bytes(), Work(id="paper", title="A paper", issued="2026"))
    found = doubts(d)
    assert ("access_differs", "35") in kinds(found)
    assert {x.kind for x in found} <= {"access_differs", "too_old", "named_twice", "address", "other"}
    assert len(found) < 14


def test_a_mark_whose_note_has_no_words_is_asked_about() -> None:
    """Where the other notes have words; a text of which only the marks were kept is not asked about."""
    note = "Harbour Board, Traffic of Quay {n} (Brack: Harbour Board, 2019)."
    body = "\n\n".join(f"Traffic grew at quay {n}.[^{n}]" for n in range(1, 8))
    d = document(f"# Ports\n\n{body}\n\n" + "\n".join(f"[^{n}]: {note.format(n=n)}" for n in range(1, 7)))
    assert kinds(doubts(d)) == [("no_note", "7")]
    assert doubts(document(f"# Ports\n\n{body}\n")) == ()


def test_a_second_day_of_reading_is_no_slip() -> None:
    """Two notes read one day after six others agree among themselves; a single odd day is asked about."""
    days = ["May 4, 2024"] * 6 + ["May 5, 2024"] * 2
    assert doubts(noted(*(ACCESS.format(n=n, date=day) for n, day in enumerate(days, 1)), issued="2024-06")) == ()
    d = noted(*(ACCESS.format(n=n, date=day) for n, day in enumerate(days[:7], 1)), issued="2024-06")
    assert kinds(doubts(d)) == [("access_differs", "7")]


def test_one_slip_of_a_date_is_asked_about_once() -> None:
    """A year of access that lies before publication and differs from all others is one question; so is a day."""
    dated = "Ida Moe, “Fees {n},” Brack Herald, March 3, 2024, accessed {date}, https://herald.ml/fees{n}."
    for odd, kind in (("May 4, 2014", "access_differs"), ("February 1, 2024", "access_before_publication")):
        days = ["May 4, 2024"] * 6 + [odd]
        d = noted(*(dated.format(n=n, date=day) for n, day in enumerate(days, 1)), issued="2024-06")
        assert kinds(doubts(d)) == [(kind, "7")]


def test_a_page_that_was_changed_since_it_was_read_is_no_doubt() -> None:
    """The date of a last change may lie behind the day of access."""
    assert (
        doubts(noted("Harbour Board, Register, updated May 9, 2024, https://ports.ml/r (accessed May 4, 2024).")) == ()
    )


def test_a_space_in_an_address_is_asked_about_outside_brackets_too() -> None:
    """Where a file's name goes on behind it; words behind an address are no part of it."""
    d = noted("Harbour Board, Ferry Plan (Brack: Harbour Board, 2016), https://ports.ml/ferry plan.pdf.")
    (found,) = doubts(d)
    assert found.kind == "address"
    assert found.citation is not None
    assert found.citation.quote == "https://ports.ml/ferry plan.pdf"
    assert doubts(noted("Harbour Board, Ferry Plan (2016), https://ports.ml/ferry see also plan.")) == ()


def test_one_address_under_a_longer_title_and_a_turned_name_are_asked_about() -> None:
    """A title that begins with the other one, at one address; an institution whose words stand in another order."""
    d = noted(
        "Tor Berg, “Ferries come back,” Brack Herald, June 9, 2015, https://herald.ml/ferries.",
        "Tore Berg, “Ferries come back and yards gain,” Brack Herald, June 9, 2014, https://herald.ml/ferries.",
        "Marenland Export Bank, Annual Report 2012 (Brack: Marenland Export Bank, 2013).",
        "Export Bank of Marenland, Loans of the Year 2013 (Brack: Export Bank of Marenland, 2014).",
        year=2013,
    )
    assert kinds(doubts(d)) == [("named_twice", "2"), ("named_twice", "4")]
