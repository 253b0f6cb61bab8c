"""The page of views over a real index and over hostile documents, through Streamlit's own test runner: no browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant.labels import DOUBTS, RELATIONS
from assistant.reading.assembly import FileFacts
from assistant.reading.plain import read_text
from assistant.types import Document, Names, Note, Work
from assistant.ui import strings_views
from assistant.ui.strings_views import View
from tests.sample import Sample
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import ScriptedAssistant

pytest_plugins = ["tests.sample"]


def real() -> None:
    from assistant.ui.opening import open_once
    from assistant.ui.views import page

    page.page(lambda: open_once().assistant)


@pytest.fixture
def app(hashed: Sample, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for name, value in hashed.environment().items():
        monkeypatch.setenv(name, value)
    return AppTest.from_function(real, default_timeout=60)


def opened(app: AppTest, view: View) -> AppTest:
    app.run()
    if view != "brief":
        app.segmented_control(key="view").set_value(view).run()
    assert not app.exception
    return app


def rows(app: AppTest) -> list[str]:
    """The rows of a view as HTML."""
    return re.findall(r"<details class=\"finding\">.*?</details>", "".join(e.body for e in app.html), re.DOTALL)


def test_recommendations_open_on_their_sentence_and_can_be_filtered(app: AppTest) -> None:
    """A row says who is to do what; it opens on the marked sentence, and a filter by actor leaves that actor's."""
    opened(app, "recommendations")
    app.pills(key="rec-voice").set_value([]).run()
    found = [r for r in rows(app) if "auction night berths" in r]
    assert len(found) == 1
    assert re.search(r"<mark>[^<]*recommends that the Harbour Board auction night berths", found[0])
    (actor,) = [o for o in app.multiselect(key="rec-actor").options if "Harbour Board" in o]
    app.multiselect(key="rec-actor").set_value([actor.rpartition(" (")[0].removeprefix("the ").casefold()]).run()
    assert rows(app)
    assert all("Harbour Board" in r for r in rows(app))


def test_a_number_is_shown_with_what_it_counts(app: AppTest) -> None:
    """A query gives the cells that fit, each with quantity, year and table; without one all figures are listed."""
    opened(app, "numbers")
    assert "410" in shown(app)
    app.text_input(key="num-query").set_value("exports of timber 2021").run()
    assert not app.exception
    assert "468" in rows(app)[0]
    assert "2021" in rows(app)[0]
    assert not any(re.search(r"<strong>533", r) for r in rows(app))


def test_two_documents_stand_side_by_side(app: AppTest) -> None:
    """The matrix names both documents, each topic with its relation; the same document twice is told apart."""
    opened(app, "positions")
    assert not rows(app)
    compare = next(b for b in app.button if b.label == strings_views.EN.compare)
    compare.click().run()
    assert not app.exception
    assert rows(app)
    said = {words["en"] for words in RELATIONS.values()} | {"only "}
    assert all(any(s in r for s in said) for r in rows(app))
    first = app.selectbox(key="compare-first").value
    app.selectbox(key="compare-second").set_value(first)
    next(b for b in app.button if b.label == strings_views.EN.compare).click().run()
    assert strings_views.EN.same_twice in shown(app)


def test_claims_say_what_they_rest_on(app: AppTest) -> None:
    """A claim with a note says so, one without says that nothing is named."""
    opened(app, "claims")
    app.selectbox(key="claims-document").set_value("quay-2024").run()
    found = {r for r in rows(app) if "sixty-one percent" in r}
    assert any("Yearbook of Ports" in r for r in found)
    assert any("nothing named" in r for r in rows(app))


def test_a_brief_is_made_and_offered_as_files(app: AppTest) -> None:
    """A question gives a page of cited sentences with Word, PDF and Markdown; one that is off the corpus is refused."""
    opened(app, "brief")
    app.text_input(key="brief-question").set_value("How long did ships wait for a berth at Selby?")
    next(b for b in app.button if b.label == strings_views.EN.make).click().run()
    assert not app.exception
    assert "nine days" in shown(app)
    assert [b.label for b in app.download_button] == ["Word", "PDF", "Markdown"]
    app.text_input(key="brief-question").set_value("Who won the chess championship of 1972?")
    next(b for b in app.button if b.label == strings_views.EN.make).click().run()
    assert any('class="abstention"' in e.body for e in app.html)
    assert not app.download_button


def test_every_view_speaks_korean(app: AppTest) -> None:
    """With the Korean interface each view draws in Korean, names of values included."""
    app.session_state["language"] = "ko"
    for view in strings_views.KO.views:
        opened(app, view)
        assert app.segmented_control(key="view").options[0] == strings_views.KO.views["brief"]
        assert not app.exception


def scripted(opening: object) -> None:
    from assistant.ui.views import page

    page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


@pytest.mark.parametrize("view", ["recommendations", "numbers", "claims", "notes"])
def test_hostile_documents_stay_letters(view: View) -> None:
    """Titles, sentences, notes and names that are markup are drawn as letters in every view."""
    held = hostile()
    assistant = ScriptedAssistant([held], {}, works=[held.work], names=Names())
    app = AppTest.from_function(scripted, args=(lambda: assistant,), default_timeout=30)
    app.session_state["view"] = view
    app.run()
    assert DOUBTS["no_mark"]["en"] in shown(app) if view == "notes" else rows(app)
    for words in HOSTILE:
        inert(app, words)


def hostile() -> Document:
    """Each hostile string as object of a sentence that recommends, of one that counts, and as a note without a mark."""
    lines = [" ".join(words.split()) for words in HOSTILE]
    body = "\n\n".join(
        f"The ministry should promote {line} by 20 percent in 2024.\n\nExports of {line} fell to 30 percent in 2023."
        for line in lines
    )
    made = read_text(f"# {HOSTILE[0]}\n\n{body}\n", Work("paper", HOSTILE[0]), FileFacts())
    notes = tuple(Note(str(n), f"{line}, {2000 + n}.", None, ()) for n, line in enumerate(lines, start=1))
    return replace(made, work=Work("paper", HOSTILE[0] + HOSTILE[2], kind="paper"), notes=notes)
