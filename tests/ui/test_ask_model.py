"""The chat page where a language model writes: who writes, what is sent where, and its sentences as they are verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant.types import Answer, Begun, Claim, Event, Exchange, Finished, Message, Said, Verdict
from assistant.ui import ask_page, strings, writer
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
    assert "Not checked: the rules cannot judge it" in page
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


def test_history_holds_what_was_written() -> None:
    """A follow-up leans on the answer that was shown."""
    turn = ask_page.Turn(QUESTION, written())
    assert ask_page.history([turn])[0] == Exchange(QUESTION, "It has concluded twenty-two FTAs. [1]")
