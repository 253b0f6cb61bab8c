"""The language model that the settings name: opened when it is first asked, tried on request, told who reads what."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.backends.providers import PROVIDERS, Choice, Deferred, is_here
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.protocols import LanguageModel
from assistant.stance.reasons import particles
from assistant.types import Language, Message


def open_model(settings: Settings, environ: Mapping[str, str] | None = None) -> LanguageModel | None:
    """The model, or None where none is set. Raises ConfigError where the setting names none; what else is wrong, such as
    a missing key, is said when it is asked."""
    if not settings.model:
        return None
    choice = Choice.read(settings.model)

    def opened() -> LanguageModel:
        from assistant.backends import models

        found = os.environ if environ is None else environ
        return models.open_model(
            choice,
            settings.model_seconds,
            settings.model_tokens,
            settings.model_temperature,
            found,
            context=settings.model_reads + settings.model_tokens + 2000,
        )

    return Deferred(choice, opened)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of asking a model one small question."""

    good: bool
    found: str


def try_model(settings: Settings) -> Tried:
    """Asks the configured model to say one word."""
    started = time.perf_counter()
    try:
        model = open_model(settings)
        if model is None:
            return Tried(True, "none: answers are the documents' own sentences")
        said = " ".join(model.complete(PROBE).split())
    except AssistantError as error:
        return Tried(False, str(error))
    return Tried(True, f"{model.name} answered in {time.perf_counter() - started:.1f} s: {said[:40]!r}")


PROBE = (Message("system", "Answer with one word."), Message("user", "Say: ready"))
"""The whole of what is sent when a model is tried."""


def leaves(choice: Choice, settings: Settings, language: Language = "en") -> str:
    """What text leaves this machine with a model, and to whom."""
    sent = f"the question as it is understood, and up to about {settings.model_reads:,} tokens of the passages found for it"
    if settings.translate:
        sent += ", and the quotes to translate"
    ko = f"이해한 대로의 질문, 찾은 대목(약 {settings.model_reads:,} 토큰까지)" + (
        ", 번역할 인용문" if settings.translate else ""
    )
    if choice.stays:
        return {
            "en": f"Nothing leaves this machine: {choice.where} reads {sent}.",
            "ko": particles(f"이 컴퓨터 밖으로 나가는 것이 없습니다. {choice.where}이(가) 읽는 것: {ko}."),
        }[language]
    return {
        "en": f"With each question {choice.where} is sent: {sent}. Files, the index and keys of others are not sent.",
        "ko": f"질문마다 {choice.where}에 보내는 것: {ko}. 파일과 색인은 보내지 않습니다.",
    }[language]


def leaves_with(settings: Settings) -> str:
    """`leaves` for the model that is set."""
    return leaves(Choice.read(settings.model), settings)


def stays_here(model: LanguageModel) -> bool:
    """Whether what a model is sent stays on this machine."""
    return is_here(model.where)


def found_keys(environ: Mapping[str, str] = os.environ) -> list[tuple[str, str]]:
    """(provider, the variable that holds its key) for each key in the environment; never the key."""
    return [(name, p.key) for name, p in PROVIDERS.items() if environ.get(p.key)]
