"""As of when documents and statements speak."""

from __future__ import annotations

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.dates import as_of, as_of_statement
from assistant.policy.dates.asof import said
from assistant.policy.statements import statements
from assistant.types import Document, Work


def document(text: str, issued: str | None = None) -> Document:
    return MarkdownParser().parse(text.encode(), Work(id="x", title="Ports of Marenland", issued=issued))


def test_the_record_says_as_of_when_a_document_speaks() -> None:
    """The date of the record goes before every date in the text."""
    date = as_of(document("# Ports\n\nFees fell in 2019.\n", "2024-03"))
    assert date is not None
    assert (date.date, date.by) == ("2024-03", "record")


def test_a_date_alone_on_the_first_page_says_it() -> None:
    """A line that is nothing but a date is the document's own; it is cited at its place."""
    d = document("# Ports of Marenland\n\nUpdated April 13, 2023\n\nThe fee was set in May 2024.\n")
    date = as_of(d)
    assert date is not None
    assert date.part is not None
    assert date.part.span is not None
    assert (date.date, date.by) == ("2023-04-13", "front")
    assert date.part.span.slice(d.text) == "Updated April 13, 2023"


def test_else_the_newest_date_of_the_notes_is_said_to_be_only_that() -> None:
    """A document without a date speaks no earlier than the newest date that its notes name."""
    d = document("# Ports\n\nFees fell.[^1]\n\n[^1]: Harbour Board, “Fees,” accessed May 4, 2022, https://a.ml/x.\n")
    date = as_of(d)
    assert date is not None
    assert (date.date, date.by) == ("2022-05-04", "notes")
    assert said(date, "en") == "2022-05-04, newest date that its notes name"
    assert said(date, "ko") == "2022-05-04, 주에 나오는 가장 최근 날짜"


def test_a_year_ahead_does_not_date_a_document() -> None:
    """What is planned or forecast for a year does not show that the document was written then."""
    d = document("# Ports\n\nFees fell in 2019.\n\nThe second quay will open by 2031. Traffic is forecast for 2035.\n")
    date = as_of(d)
    assert date is not None
    assert (date.date, date.by) == ("2019", "text")


def test_without_any_date_nothing_is_guessed() -> None:
    """No clock is read: a document that names no date has none."""
    assert as_of(document("# Ports\n\nFees fell.\n")) is None


def test_a_statement_says_as_of_when_it_speaks() -> None:
    """`As of`, a half or quarter of a year and a plain date in the sentence, in both languages; else the document's."""
    d = document(
        "# Ports\n\nAs of April 2026, nine ports are open. In the first half of 2025 fees rose. The Trade Act of 1974 applies. "
        "By 2040 fees will fall.\n\n2024년 말 기준 항만은 아홉 곳이다. 2025년 상반기에 요금이 올랐다. 요금은 2023년 3월에 내렸다.\n",
        "2027",
    )
    found = [as_of_statement(s) for s in statements(d)]
    assert [f and (f.date, f.by) for f in found] == [
        ("2026-04", "sentence"), ("2025-06", "sentence"), ("2027", "record"), ("2027", "record"),
        ("2024", "sentence"), ("2025-06", "sentence"), ("2023-03", "sentence"),
    ]  # fmt: skip
    assert all(f.part.span.slice(d.text) == f.part.text for f in found if f and f.part and f.part.span)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Office of Ports, Memo 14, February 2026, by Ines Harrow", "2026-02"),
        ("by Ines Harrow, 3 June 2026", "2026-06-03"),
        ("항만정책원 정책메모 제7호, 2026년 5월 20일, 민도현", "2026-05-20"),
        ("Ports before May 2024 and after June 2025, by Ines Harrow", None),
        ("Fees were set anew, in May 2024, by Ines Harrow and others.", None),
    ],
)
def test_a_byline_with_a_date_says_as_of_when(line: str, date: str | None) -> None:
    """A date among the names of a line above the text is the document's own; one in a sentence or a subtitle is not."""
    found = as_of(document(f"# Ports of Marenland\n\n{line}\n\n## Summary\n\nFees fell.\n"))
    assert (found.date if found and found.by == "front" else None) == date


def test_front_matter_says_when_a_file_appeared() -> None:
    """`date`, `published` or `issued` of a Markdown file's front matter is the record's date; institutions stay whole."""
    d = document(
        "---\ntitle: Ports\nauthor: Ministry of Ports of Marenland\ndate: 2025-03-10\n---\n\n# Ports\n\nFees fell.\n"
    )
    assert d.work.issued == "2025-03-10"
    assert [str(a) for a in d.work.authors] == ["Ministry of Ports of Marenland"]
    found = as_of(d)
    assert found is not None
    assert (found.date, found.by) == ("2025-03-10", "record")
    listed = document(
        "---\nauthors:\n  - 김도윤\n  - 마렌 해양부\npublished: 2025년 4월\n---\n\n# 항만\n\n요금이 내렸다.\n"
    )
    assert (listed.work.issued, [str(a) for a in listed.work.authors]) == ("2025-04", ["김도윤", "마렌 해양부"])
    assert document("---\ntitle: Ports\ndate: soon\n---\n\nFees fell.\n").work.issued is None


def test_an_event_ahead_does_not_date_a_document() -> None:
    """`the July 2026 joint review` names an event that may lie ahead of the text."""
    d = document("# Ports\n\nFees fell in March 2024. The two sides disagree about the July 2026 joint review.\n")
    found = as_of(d)
    assert found is not None
    assert (found.date, found.by) == ("2024-03", "text")
