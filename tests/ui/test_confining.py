"""Confining questions on the page: the control, the line that says it, the press that ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant.types import Within, Work
from assistant.ui import confining, strings_ask
from assistant.ui.confining import confined
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import ScriptedAssistant

QUESTION = "How many FTAs has South Korea concluded?"
PAPER = replace(scripted.PAPER, publisher="Institute of Trade")
SOURCE = replace(scripted.SOURCE, publisher="World Bank")
BOTH = [PAPER, SOURCE]


def script(opening: object) -> None:
    from assistant.ui import ask_page

    ask_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def assistant() -> ScriptedAssistant:
    held = scripted.document(PAPER)
    quoted = scripted.sentence(held)
    answer = scripted.answer(QUESTION, [scripted.claim(quoted)], [quoted])
    return ScriptedAssistant([held, scripted.source(SOURCE)], {QUESTION: answer}, works=BOTH)


def started(asked: ScriptedAssistant, language: str = "en") -> AppTest:
    app = AppTest.from_function(script, args=(lambda: asked,), default_timeout=20)
    app.session_state["language"] = language
    return app.run()


def ask(app: AppTest) -> AppTest:
    return app.chat_input[0].set_value(QUESTION).run()


def test_a_question_is_confined_and_the_line_says_to_what() -> None:
    """What is chosen holds for the next question, stands in one line, and stays with the exchange when it is cleared."""
    asked = assistant()
    app = started(asked)
    assert "documents is asked" not in shown(app)
    app.multiselect(key="within-documents").set_value(["paper"]).run()
    app.multiselect(key="within-kinds").set_value(["paper"]).run()
    app.selectbox(key="within-first").set_value(2026).run()
    app.multiselect(key="within-publishers").set_value(["Institute of Trade"]).run()
    line = "“A New External Strategy” · Papers · published 2026 to 2026 · publisher: Institute of Trade"
    assert f"Only 1 of 2 documents is asked: {line}" in shown(app)
    ask(app)
    assert asked.confined == [Within(("paper",), ("paper",), (2026, 2026), ("Institute of Trade",))]
    app.button(key="within-clear").click().run()
    assert "documents is asked" not in shown(app)
    assert f"Only 1 of 2 documents was asked: {line}" in shown(app)
    ask(app)
    assert asked.confined[-1] == Within()


def test_nothing_within_is_said_before_it_is_asked() -> None:
    """Choices that exclude one another are seen to leave nothing."""
    app = started(assistant())
    app.multiselect(key="within-documents").set_value(["paper"]).run()
    app.multiselect(key="within-kinds").set_value(["source"]).run()
    assert "No document is asked: none of 2 is within" in shown(app)


def test_the_line_is_korean_in_korean() -> None:
    """With Korean chosen, the control and the line are Korean; titles stay as they are."""
    app = started(assistant(), "ko")
    app.multiselect(key="within-documents").set_value(["paper"]).run()
    app.selectbox(key="within-last").set_value(2024).run()
    assert "문서 2건 가운데 해당하는 것이 없어" in shown(app)
    app.selectbox(key="within-last").set_value(2026).run()
    assert "문서 2건 가운데 1건에만 묻습니다: “A New External Strategy” · 2024~2026년 발행" in shown(app)


def test_a_choice_that_is_gone_confines_no_more() -> None:
    """Where another index answers, a document that it has not is chosen no more."""
    asked = assistant()
    app = started(asked)
    app.multiselect(key="within-documents").set_value(["paper"]).run()
    asked.documents = [scripted.source(SOURCE), scripted.document(Work(id="other", title="Another"))]
    app.run()
    assert not app.exception
    assert app.multiselect(key="within-documents").value == []


def test_years_stand_in_either_order_and_one_end_is_enough() -> None:
    """A range that is chosen backwards is the same range; an open end is that of the documents."""
    asked = assistant()
    app = started(asked)
    app.selectbox(key="within-first").set_value(2026).run()
    app.selectbox(key="within-last").set_value(2024).run()
    ask(app)
    app.selectbox(key="within-first").set_value(None).run()
    ask(app)
    assert [w.years for w in asked.confined] == [(2024, 2026), (2024, 2024)]


def test_what_all_documents_share_offers_no_choice() -> None:
    """One document has no others to be told from; an unknown publisher is none."""
    held = scripted.document(replace(PAPER, publisher=None))
    app = started(ScriptedAssistant([held], {}))
    assert not app.multiselect
    assert not app.selectbox


def test_many_names_are_counted() -> None:
    """A line that confines to many documents names the first and counts the rest."""
    works = [Work(str(n), f"T{n}") for n in range(6)]
    told = confined(Within(tuple(w.id for w in works[:5])), works)
    line = confining._line(told, strings_ask.EN, strings_ask.EN.confined, strings_ask.EN.confined_to_none)
    assert "Only 5 of 6 documents are asked: " in line.html
    assert line.html.endswith("“T0” · “T1” · “T2” · 2 more</div>")


@pytest.mark.parametrize("words", HOSTILE)
def test_names_are_inert(words: str) -> None:
    """A hostile title or publisher is letters, in the options and in the line."""
    work = Work(id="bad", title=words, publisher=words)
    held = scripted.document(work)
    app = started(ScriptedAssistant([held, scripted.source()], {}, works=(work,)))
    app.multiselect(key="within-documents").set_value(["bad"]).run()
    app.multiselect(key="within-publishers").set_value([words]).run()
    inert(app, words)
    assert "Only 1 of 2 documents is asked" in shown(app)


def test_both_languages_have_the_same_blanks() -> None:
    """A text that is completed has as many blanks in Korean as in English, and every refusal has its words."""
    for name in strings_ask.AskWords.__slots__:
        english, korean = getattr(strings_ask.EN, name), getattr(strings_ask.KO, name)
        assert type(english) is type(korean)
        if isinstance(english, str):
            assert english.count("{}") == korean.count("{}"), name
    assert set(strings_ask.EN.refusals) == set(strings_ask.KO.refusals)
