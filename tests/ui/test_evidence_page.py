"""The page of evidence against a scripted assistant, through Streamlit's own test runner: no browser, no network."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from assistant.errors import IndexMissingError
from assistant.types import Block, Document, Person, Section, Span, Weighed, Work
from assistant.ui import strings_evidence
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import FTAS, SAID, ScriptedAssistant

TEXT = "The country has twenty-two FTAs. Is that many? Cheese is yellow."


def script(opening: object) -> None:
    from assistant.ui import evidence_page

    evidence_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def started(assistant: ScriptedAssistant, language: str | None = None) -> AppTest:
    app = AppTest.from_function(script, args=(lambda: assistant,), default_timeout=20)
    if language:
        app.session_state["language"] = language
    return app.run()


def bring(app: AppTest, text: str = TEXT) -> AppTest:
    app.text_area(key="text").set_value(text)
    return app.button[0].click().run()


@pytest.fixture
def held() -> ScriptedAssistant:
    paper, source = scripted.document(), scripted.source()
    weighed = (
        Weighed(
            "The country has twenty-two FTAs.",
            Span(0, 32),
            supports=(scripted.bearing(paper, "supported", marker=2, words=FTAS),),
            contradicts=(scripted.bearing(source, "contradicted", "the source says twenty-one, not twenty-two"),),
        ),
        Weighed("Is that many?", Span(33, 46), unweighed="question"),
        Weighed(
            "Cheese is yellow.", Span(47, 64), near=(scripted.bearing(paper, "unsupported", "not found", 3, FTAS),)
        ),
    )
    return ScriptedAssistant([paper, source], {}, weighed=weighed)


def test_each_sentence_has_what_speaks_against_it_and_for_it(held: ScriptedAssistant) -> None:
    """Against and for, papers and sources apart, with the reason; the sum stands on top."""
    app = bring(started(held))
    words = shown(app)
    assert held.brought == [TEXT]
    assert "for and against: 1 · no evidence: 1 · no statement: 1" in words
    against, for_it = words.index("Against it, in the sources"), words.index("For it, in the papers")
    assert against < words.index("the source says twenty-one, not twenty-two") < for_it < words.index(FTAS)
    assert "World Bank 2024, p. 1" in words
    assert "Bark and Kwak 2026, p. 3 to p. 4" in words


def test_silence_and_questions_are_said(held: ScriptedAssistant) -> None:
    """Where nothing speaks, the page says silence, and calls the nearest what it is; a question states nothing."""
    words = shown(bring(started(held)))
    assert "Silence: nothing speaks for it or against it" in words
    assert "Nearest passages (they decide nothing)" in words
    assert "A question: it states nothing" in words
    assert "not found" not in words


def test_a_place_opens_like_a_mark_of_an_answer(held: ScriptedAssistant) -> None:
    """One press shows the words marked where they stand; another text closes what was open."""
    app = bring(started(held))
    app.button(key="mark-weighed-0-1-1").click().run()
    assert any(f"<mark>{SAID}</mark>" in e.body for e in app.html)
    assert "What is counted here." in shown(app)
    bring(app, "Another text.")
    assert "What is counted here." not in shown(app)


def test_nothing_is_kept_waiting_for_a_text(held: ScriptedAssistant) -> None:
    """Before a text there is only the field; an empty text is one line, and the page goes on."""
    app = started(held)
    assert not held.brought
    bring(app, "  ")
    assert "the text is empty" in shown(app)
    assert not app.exception
    assert "for and against: 1" in shown(bring(app))


def test_what_was_found_stays_when_the_page_is_drawn_anew(held: ScriptedAssistant) -> None:
    """Another run asks nothing again, and shows the same from the documents as they were."""
    app = bring(started(held))
    held.documents = []
    app.run()
    assert "the source says twenty-one" in shown(app)
    assert held.brought == [TEXT]


def test_evidence_can_be_saved(held: ScriptedAssistant) -> None:
    """Each form is offered once there is something to save."""
    app = started(held)
    assert not app.download_button
    bring(app)
    assert [b.label for b in app.download_button] == ["Word", "Markdown", "BibTeX", "RIS", "CSL-JSON", "Chicago", "APA"]


def test_the_page_speaks_korean(held: ScriptedAssistant) -> None:
    """With Korean chosen, all of the page's own words are Korean."""
    app = bring(started(held, "ko"))
    words = shown(app)
    for part in ("어긋남, 출처", "뒷받침, 논문", "증거 없음:", "질문이라서"):
        assert part in words
    assert app.title[0].value == "증거"
    assert not re.search("Against|Silence|Nearest|papers|Evidence", words)


def test_without_an_index_it_says_what_to_run() -> None:
    """Without an index the page has one line and no traceback."""

    def opening() -> ScriptedAssistant:
        raise IndexMissingError("no index at 'index': run `assistant ingest` first")

    app = AppTest.from_function(script, args=(opening,), default_timeout=20).run()
    assert "run `assistant ingest` first" in shown(app)
    assert not app.text_area
    assert not app.exception


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_draws_nothing(words: str) -> None:
    """The text that was brought, quotes, reasons, names and notices draw only their letters."""
    bad = Document(
        Work("bad", words, authors=(Person(words),), issued=words),
        words,
        (Block("paragraph", Span(0, len(words))),),
        sections=(Section((words,), Span(0, len(words))),),
    )
    found = scripted.bearing(bad, "contradicted", words, 1, words)
    partly = scripted.bearing(bad, "partial", words, 2, words)
    weighed = Weighed(words, Span(0, len(words)), supports=(partly,), contradicts=(found,))
    app = bring(started(ScriptedAssistant([bad], {}, weighed=[weighed], notices=(words,), works=())), words)
    app.button(key="mark-weighed-0-1-1").click().run()
    inert(app, words)


def test_both_languages_have_the_same_blanks() -> None:
    """A text that is completed has as many blanks in Korean as in English."""
    for name in strings_evidence.EvidenceWords.__slots__:
        english, korean = getattr(strings_evidence.EN, name), getattr(strings_evidence.KO, name)
        assert type(english) is type(korean)
        if isinstance(english, str):
            assert english.count("{}") == korean.count("{}"), name
            assert korean.strip()
