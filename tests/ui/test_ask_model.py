"""The chat page where a language model writes: who writes, what is sent where, and its sentences as they are verified."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.chain import ChainAsker
from assistant.types import (
    Answer,
    Begun,
    Claim,
    Event,
    Exchange,
    Finished,
    Language,
    Message,
    Said,
    Verdict,
    Withheld,
)
from assistant.ui import ask_page, strings, writer
from assistant.verification import RULES, Asked, Entailed
from tests.sample import ingested
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import ScriptedAssistant

QUESTION = "How many FTAs has South Korea concluded?"


@dataclass(frozen=True)
class NamedModel:
    """A model that is named and never asked."""

    name: str = "openai:gpt-4o-mini"
    where: str = "api.openai.com"

    def complete(self, messages: Sequence[Message]) -> str:
        raise AssertionError("the page asks no model by itself")

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        raise AssertionError("the page asks no model by itself")


def script(opening: object) -> None:
    from assistant.ui import ask_page

    ask_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def started(assistant: ScriptedAssistant, language: str = "en") -> AppTest:
    app = AppTest.from_function(script, args=(lambda: assistant,), default_timeout=20)
    app.session_state["language"] = language
    return app.run()


def written(text: str = "It has concluded twenty-two FTAs.", support: str = "supported") -> Answer:
    held = scripted.document()
    claim = replace(scripted.claim(scripted.sentence(held)), text=text)
    if support == "unchecked":
        claim = replace(claim, verdict=Verdict("unchecked", "the rules cannot judge it"))
    made = scripted.answer(QUESTION, [claim], [scripted.sentence(held)], withheld=2)
    return replace(made, provenance=replace(made.provenance, model="openai:gpt-4o-mini"))


@pytest.mark.parametrize(
    ("model", "language", "told"),
    [
        (NamedModel(), "en", "are sent to api.openai.com"),
        (NamedModel(), "ko", "api.openai.com에 보냅니다"),
        (NamedModel("ollama:qwen3", "127.0.0.1:11434"), "en", "127.0.0.1:11434 on this machine"),
        (NamedModel("ollama:qwen3", "127.0.0.1:11434"), "ko", "이 컴퓨터의 127.0.0.1:11434"),
    ],
)
def test_who_writes(model: NamedModel, language: str, told: str) -> None:
    """The page names the model, and says what is sent and whether it leaves this machine."""
    app = started(ScriptedAssistant([scripted.document()], {}, model=model), language)
    assert model.name in shown(app)
    assert told in shown(app)


def test_without_a_model() -> None:
    """Where no model is set the page says so."""
    assert "No language model writes." in shown(started(ScriptedAssistant([scripted.document()], {})))


def test_a_written_answer() -> None:
    """The reply names its writer, says what was not checked, and counts what was withheld."""
    held = scripted.document()
    assistant = ScriptedAssistant([held], {QUESTION: written(support="unchecked")}, model=NamedModel())
    app = started(assistant)
    app = app.chat_input[0].set_value(QUESTION).run()
    page = shown(app)
    assert "It has concluded twenty-two FTAs." in page
    assert "Written by openai:gpt-4o-mini." in page
    assert "⚠ Could not be checked: the rules cannot judge it" in page
    assert "2 sentences did not pass" in page


@pytest.mark.parametrize("words", HOSTILE)
def test_a_models_words_are_inert(words: str) -> None:
    """Whatever a model writes is letters on the page."""
    assistant = ScriptedAssistant(
        [scripted.document()], {QUESTION: written(f"It has {words} FTAs.")}, model=NamedModel()
    )
    app = started(assistant)
    inert(app.chat_input[0].set_value(QUESTION).run(), words)


def test_sentences_are_shown_as_they_come() -> None:
    """Each sentence is drawn when it is told, and all of them are gone when the reply itself is drawn."""
    drawn: list[str] = []

    class Place:
        def container(self) -> Place:
            return self

        def __enter__(self) -> None:
            drawn.append("drawn")

        def __exit__(self, *what: object) -> None:
            """Nothing to close."""

        def empty(self) -> None:
            drawn.append("emptied")

    reply = written()

    def events() -> Iterator[Event]:
        yield Begun(QUESTION, ())
        for n, claim in enumerate([*reply.claims, Claim("More.", (1,), Verdict("supported"))], start=1):
            yield Said(claim, ())
            assert drawn == ["drawn"] * n
        yield Finished(reply)

    told = writer.followed(events(), Place(), strings.EN)  # type: ignore[arg-type]
    assert (told.reply, told.withdrawn) == (reply, 0)
    assert drawn[-1] == "emptied"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1 sentence that was in sight"), ("ko", "문장 1개를 거두었습니다")]
)
def test_what_was_in_sight_and_does_not_stand_is_said(language: Language, said: str) -> None:
    """Where a model breaks off, the answer begins with why, and with how many sentences were taken back."""
    question = QUESTION if language == "en" else "한국이 체결한 FTA는 몇 건인가요?"
    whole = replace(written(), question=question, understood=question, language=language)
    notice = "The model openai:gpt-4o-mini broke off in the middle."
    fallen = replace(
        whole,
        notices=(notice, "On all of it."),
        provenance=replace(whole.provenance, model=None),
        faults=("it does not end",) * 2,
    )

    @dataclass
    class Breaks(ScriptedAssistant):
        def stream(self, question: str, *given: object, **more: object) -> Iterator[Event]:
            yield Begun(question, ())
            yield Said(Claim("Taken back.", (1,), Verdict("supported")), ())
            yield Withheld(2)
            yield Finished(fallen)

    app = started(Breaks([scripted.document()], {}, model=NamedModel()), language)
    page = shown(app.chat_input[0].set_value(question).run())
    assert notice in page
    assert said in page
    assert (
        page.index(notice)
        < page.index(scripted.FTAS if scripted.FTAS in page else "twenty-two FTAs")
        < page.index("On all of it.")
    )
    assert page.count(notice) == 1
    assert "Taken back." not in page
    assert ("it does not end (×2)" if language == "en" else "끝나지 않는 문장 (×2)") in page


def test_sentences_that_fall_are_counted_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a model writes, the page says that it does, and how many of its sentences have fallen."""
    drawn: list[str] = []
    monkeypatch.setattr(writer, "draw", lambda *parts: drawn.append("".join(p.html for p in parts)))

    class Place:
        def container(self) -> contextlib.AbstractContextManager[None]:
            return contextlib.nullcontext()

        def empty(self) -> None:
            """Nothing stands here."""

    events = iter([Begun(QUESTION, ()), Withheld(1), Withheld(2), Finished(written())])
    writer.followed(events, Place(), strings.EN)  # type: ignore[arg-type]
    assert len(drawn) == 2
    assert "The language model writes." in drawn[0]
    assert "1 sentence did not pass" in drawn[0]
    assert "2 sentences did not pass" in drawn[1]


def test_a_question_is_asked_without_the_model() -> None:
    """The switch sets the model aside from the next question on: nothing is sent to it, and the page says so."""
    assistant = ScriptedAssistant([scripted.document()], {QUESTION: written()}, model=NamedModel())
    app = started(assistant)
    app = app.chat_input[0].set_value(QUESTION).run()
    assert "Written by openai:gpt-4o-mini." in shown(app)
    app.button(key="new").click().run()
    app.toggle(key="alone").set_value(True).run()
    assert "openai:gpt-4o-mini is set aside: nothing is sent to it." in shown(app)
    assert "are sent to" not in shown(app)
    app = app.chat_input[0].set_value(QUESTION).run()
    assert assistant.without == [QUESTION]
    assert "Written by" not in shown(app)


def test_there_is_no_switch_without_a_model() -> None:
    """Where no model is set there is nothing to set aside."""
    app = started(ScriptedAssistant([scripted.document()], {}))
    assert [t.key for t in app.toggle] == ["origin"]


def test_the_real_chain_without_its_model(tmp_path: Path) -> None:
    """`alone` writes, translates and judges with no model, over the same index."""
    whole = ingested(tmp_path).open()
    model = NamedModel()
    chain = ChainAsker(replace(whole, model=model, translate=True, verifier=Entailed(Asked(model))))
    assert chain.alone.model is None
    assert not chain.alone.assistant.translate
    assert chain.alone.assistant.verifier is RULES
    assert chain.alone.index == chain.index
    reply = chain.alone.ask("What does Marenland export?")
    assert reply.provenance.model is None


def test_history_holds_what_was_written() -> None:
    """A follow-up leans on the answer that was shown."""
    turn = ask_page.Turn(QUESTION, written())
    assert ask_page.history([turn])[0] == Exchange(QUESTION, "It has concluded twenty-two FTAs. [1]")
