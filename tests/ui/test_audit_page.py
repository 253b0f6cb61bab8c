"""The page of audits against a scripted assistant, through Streamlit's own test runner: no browser, no network."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant.citations import cite
from assistant.errors import IndexMissingError
from assistant.types import Audit, AuditLine, Block, Document, Person, Section, Span, Verdict, Work, WorkState
from assistant.ui import audit_page, strings_audit
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import BOOK, FTAS, PAPER, SOURCE, ScriptedAssistant

WHY = "the source says twenty-one, not twenty-two"


def script(opening: object) -> None:
    from assistant.ui import audit_page

    audit_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def started(assistant: ScriptedAssistant, language: str | None = None) -> AppTest:
    app = AppTest.from_function(script, args=(lambda: assistant,), default_timeout=20)
    if language:
        app.session_state["language"] = language
    return app.run()


def run(app: AppTest) -> AppTest:
    return app.button(key="audit-run").click().run()


def sections(app: AppTest) -> list[str]:
    """The lines of the audit as HTML."""
    return re.findall(r"<section.*?</section>", "".join(e.body for e in app.html), re.DOTALL)


@pytest.fixture
def held() -> ScriptedAssistant:
    paper, source = scripted.document(), scripted.source()
    cited = scripted.sentence(paper)
    there = WorkState(SOURCE.id, "held", SOURCE.title, SOURCE.id)
    lines = (
        AuditLine(cited, "18", there, scripted.hop("supported"), Verdict("supported")),
        AuditLine(cited, "18", there, scripted.hop("contradicted", WHY), Verdict("contradicted", WHY)),
        AuditLine(cited, "18", there, None, Verdict("unsupported", "not found")),
        AuditLine(
            cited, "19", WorkState(BOOK.id, "not_retrievable", BOOK.title), None, Verdict("unchecked", "not held")
        ),
    )
    return ScriptedAssistant([source, paper], {}, lines=lines)


def test_a_sentence_stands_beside_its_source(held: ScriptedAssistant) -> None:
    """What may be wrong comes first; each line has both places, both quotes, verdict and reason, differences marked."""
    app = run(started(held))
    assert held.audited == ["paper"]  # papers are offered before sources
    words = shown(app)
    assert "3 comparisons with 1 held sources." in words
    assert "1 more rest on 1 works that are not held." in words
    first = sections(app)[0]
    assert 'class="audited contradicted"' in first
    for part in (WHY, "p. 3 to p. 4, note 18", "Indicators of Trade, p. 1", "twenty-one FTAs"):
        assert part in re.sub("<[^>]+>", "", first)
    assert re.search("twenty-[^ ]*two</mark> FTAs", first)
    assert "<mark>twenty-one</mark> FTAs" in first
    assert f"<mark>{FTAS}</mark>" in first  # behind "In context"
    assert "Nothing in the source could be set beside it." in sections(app)[1]
    assert len(sections(app)) == 3


def test_lines_are_filtered_by_verdict(held: ScriptedAssistant) -> None:
    """Each verdict that occurs can be chosen, and so can the lines whose source is not held."""
    app = run(started(held))
    verdicts = app.pills(key="audit-verdicts-paper")
    assert list(verdicts.options) == ["≠ differs 1", "? not found 1", "✓ supported 1", "○ source not held 1"]
    verdicts.set_value(["supported"]).run()
    assert len(sections(app)) == 1
    assert "supported" in sections(app)[0]
    app.pills(key="audit-verdicts-paper").set_value(["others"]).run()
    assert "This source is not held." in shown(app)
    assert "not retrievable" in shown(app)


def test_without_held_sources_it_says_that_nothing_was_compared(held: ScriptedAssistant) -> None:
    """Nothing to compare is no praise: the page says so, and lists what rests on sources that are not held."""
    held.lines = held.lines[3:]
    app = run(started(held))
    assert "there is nothing to compare" in shown(app)
    assert len(sections(app)) == 1
    held.lines = ()
    assert not sections(run(app))
    assert not app.exception


def test_a_long_audit_is_paged(held: ScriptedAssistant) -> None:
    """Many lines come a page at a time."""
    held.lines = tuple(held.lines[:1]) * 60
    app = run(started(held))
    assert len(sections(app)) == audit_page.ROWS
    app.pagination[0].set_value(3).run()
    assert len(sections(app)) == 10


def test_the_audit_can_be_saved(held: ScriptedAssistant) -> None:
    """The lines that are shown are offered as a table and as a page, in which nothing is a formula or a script."""
    app = run(started(held))
    assert [b.label for b in app.download_button] == ["Table (CSV)", "Page (HTML)"]
    made = audit_page.saved(scripted_audit(held), held.lines[:2])
    table = list(csv.reader(io.StringIO(made["audit.csv"].decode("utf-8-sig"))))
    assert len(table) == 3
    assert b"<script" not in made["audit.html"]


def scripted_audit(held: ScriptedAssistant) -> Audit:
    return held.audit("paper", progress=lambda stage, done, total: None)


def test_each_document_keeps_its_audit(held: ScriptedAssistant) -> None:
    """Choosing another document and coming back asks nothing again; an index that changed since is said."""
    app = run(started(held))
    app.selectbox(key="audit-document").select(SOURCE.id).run()
    assert not sections(app)
    app.selectbox(key="audit-document").select(PAPER.id).run()
    assert len(sections(app)) == 3
    assert held.audited == ["paper"]
    assert "compare again" not in shown(app)
    held.index = "3-another"
    app.run()
    assert "The index has changed since: compare again." in shown(app)


def test_the_page_speaks_korean(held: ScriptedAssistant) -> None:
    """With Korean chosen, all of the page's own words are Korean."""
    app = run(started(held, "ko"))
    words = shown(app)
    for part in ("보유한 출처 1건과 3회 대조했습니다.", "문서의 문장", "출처의 문장", "주 18", "다름"):
        assert part in words
    assert app.title[0].value == "대조"
    assert not re.search("comparisons|The document|In context|differs|held", words)


def test_without_an_index_it_says_what_to_run() -> None:
    """Without an index the page has one line and no traceback; without documents one sentence."""

    def opening() -> ScriptedAssistant:
        raise IndexMissingError("no index at 'index': run `assistant ingest` first")

    app = AppTest.from_function(script, args=(opening,), default_timeout=20).run()
    assert "run `assistant ingest` first" in shown(app)
    assert not app.exception
    assert "The index holds no document." in shown(started(ScriptedAssistant([], {})))


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_draws_nothing(words: str) -> None:
    """Titles, quotes, sections, notes and reasons draw only their letters."""
    bad = Document(
        Work("bad", words, authors=(Person(words),), issued=words),
        words,
        (Block("paragraph", Span(0, len(words))),),
        sections=(Section((words,), Span(0, len(words))),),
    )
    quoted = cite(bad, Span(0, len(words)), 1)
    said = replace(scripted.hop("contradicted", words), citation=quoted)
    lines = [
        AuditLine(quoted, words, WorkState(words, "held", words, "bad"), said, Verdict("contradicted", words)),
        AuditLine(quoted, words, WorkState(words, "held", words, "bad"), None, Verdict("unchecked", words)),
    ]
    inert(run(started(ScriptedAssistant([bad], {}, lines=lines, works=()))), words)


def test_both_languages_have_the_same_blanks() -> None:
    """A text that is completed has as many blanks in Korean as in English."""
    for name in strings_audit.AuditWords.__slots__:
        english, korean = getattr(strings_audit.EN, name), getattr(strings_audit.KO, name)
        assert type(english) is type(korean)
        if isinstance(english, str):
            assert len(re.findall(r"\{\d?\}", english)) == len(re.findall(r"\{\d?\}", korean)), name
            assert korean.strip()
