"""Any LlamaIndex LLM as our `LanguageModel`: a stream of words, or one line that says what went wrong.

A model is named as `provider:name`, for an OpenAI-compatible server `compatible:name@address`. Keys come from the
environment alone, and stand in no message: errors are told by their kind, never by the server's words.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from llama_index.core.llms import LLM, ChatMessage, MessageRole

from assistant.errors import ConfigError, ModelError
from assistant.types import Message


@dataclass(frozen=True, slots=True)
class Provider:
    """How a provider's driver is made; `package` is our extra that installs it."""

    module: str
    driver: str
    package: str
    key: str | None
    host: str


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider("llama_index.llms.openai", "OpenAI", "", "OPENAI_API_KEY", "api.openai.com"),
    "azure": Provider("llama_index.llms.azure_openai", "AzureOpenAI", "azure", "AZURE_OPENAI_API_KEY", ""),
    "anthropic": Provider(
        "llama_index.llms.anthropic", "Anthropic", "anthropic", "ANTHROPIC_API_KEY", "api.anthropic.com"
    ),
    "ollama": Provider("llama_index.llms.ollama", "Ollama", "ollama", None, "127.0.0.1:11434"),
    "compatible": Provider("llama_index.llms.openai_like", "OpenAILike", "", None, ""),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A model as the settings name it."""

    provider: str
    name: str
    address: str = ""

    @classmethod
    def read(cls, text: str) -> Choice:
        """Raises ConfigError for what names no model."""
        provider, _, rest = text.partition(":")
        name, _, address = rest.partition("@")
        if provider not in PROVIDERS or not name:
            raise ConfigError(
                f"setting 'model' is {text!r}: write PROVIDER:NAME with {', '.join(PROVIDERS)},"
                " for a compatible server compatible:NAME@http://HOST:PORT/v1"
            )
        needed = provider in ("compatible", "azure")
        if needed and urlsplit(address).scheme not in ("http", "https"):
            raise ConfigError(f"setting 'model' is {text!r}: give the server's address behind an @")
        return cls(provider, name, address)

    @property
    def where(self) -> str:
        """The host that reads what is sent."""
        return urlsplit(self.address).netloc or PROVIDERS[self.provider].host

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}" + (f"@{urlsplit(self.address).netloc}" if self.address else "")


class Stopwatch(Protocol):
    """Seconds that only grow."""

    def __call__(self) -> float: ...


class LlamaModel:
    """A LlamaIndex LLM behind our two verbs."""

    def __init__(self, llm: LLM, choice: Choice, seconds: float = 60.0, clock: Stopwatch = time.monotonic) -> None:
        self._llm, self._choice, self._seconds, self._clock = llm, choice, seconds, clock

    @property
    def name(self) -> str:
        """What wrote a reply: the provider and the model."""
        return str(self._choice)

    @property
    def where(self) -> str:
        return self._choice.where

    def complete(self, messages: Sequence[Message]) -> str:
        """The whole of what `stream` gives."""
        return "".join(self.stream(messages))

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's words as they come. Raises ModelError where they stop before their end."""
        until = self._clock() + self._seconds
        ending: str | None = None
        said = False
        try:
            for part in self._llm.stream_chat(
                [ChatMessage(role=MessageRole(m.role), content=m.text) for m in messages]
            ):
                if self._clock() > until:
                    raise ModelError(self._line(f"did not finish within {self._seconds:.0f} s", _PATIENCE))
                ending = _ending(part.raw) or ending
                if part.delta:
                    said = True
                    yield part.delta
        except ModelError:
            raise
        except Exception as error:  # each driver raises its own library's errors
            raise ModelError(self._line(*_told(error))) from error
        if ending in _CUT:
            raise ModelError(self._line(*_CUT[ending]))
        if ending is None and self._choice.provider in _ENDED:
            raise ModelError(self._line("broke off in the middle", "ask again"))
        if not said:
            raise ModelError(self._line("said nothing", "ask again, or choose another model"))

    def _line(self, what: str, advice: str) -> str:
        return f"the model {self.name} {what}: {advice}"


_PATIENCE = "ask again, raise model_seconds, or choose a faster model"
_CUT = {
    "length": ("was cut off at its longest answer", "raise model_tokens"),
    "content_filter": ("refused to answer", "ask in other words, or choose another model"),
    "max_tokens": ("was cut off at its longest answer", "raise model_tokens"),
    "refusal": ("refused to answer", "ask in other words, or choose another model"),
}
_ENDED = frozenset({"openai", "azure", "compatible"})
"""Providers that say in the stream why it ended: where they do not, it was cut."""


def _ending(raw: Any) -> str | None:
    """Why a stream has ended, as its last part says; None in all others."""
    choices = getattr(raw, "choices", None) or (raw.get("choices") if isinstance(raw, dict) else None)
    if choices:
        first = choices[0]
        reason = first.get("finish_reason") if isinstance(first, dict) else getattr(first, "finish_reason", None)
        return str(reason) if reason else None
    if isinstance(raw, dict) and raw.get("done"):
        return str(raw.get("done_reason") or "stop")
    return None


def _told(error: Exception) -> tuple[str, str]:
    """An error of any driver, by its status or kind. Its own words may hold a key, so they are not repeated."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for each in chain:
        status = getattr(each, "status_code", None)
        if isinstance(status, int):
            if status in (401, 403):
                return f"did not accept the key ({status})", "check the key in the environment"
            if status == 404:
                return "is not known to its server (404)", "check the model's name"
            if status == 429:
                return "is out of its quota for now (429)", "wait a minute and ask again"
            if status == 400:
                return "did not accept the request (400)", "choose another model, or ask a shorter question"
            return f"could not answer ({status})", "ask again later"
    names = {type(each).__name__.lower() for each in chain}
    if any("timeout" in n for n in names):
        return "did not answer in time", _PATIENCE
    if any("connect" in n or "network" in n for n in names):
        return "could not be reached", "check that its server runs and that its address is right"
    if any("json" in n or "decode" in n or "validation" in n for n in names):
        return "sent what cannot be read", "check that its address is that of an OpenAI-compatible server"
    return f"failed ({type(error).__name__})", "try another model"


def open_model(text: str, seconds: float, tokens: int, environ: Mapping[str, str] = os.environ) -> LlamaModel:
    """The model that the settings name. Raises ConfigError or ModelError with what to do."""
    choice = Choice.read(text)
    provider = PROVIDERS[choice.provider]
    key = environ.get(provider.key) if provider.key else environ.get("ASSISTANT_MODEL_KEY")
    if provider.key and not key:
        raise ModelError(f"the model {choice} needs a key: set {provider.key} in the environment")
    try:
        driver = getattr(importlib.import_module(provider.module), provider.driver)
    except ImportError as error:
        raise ModelError(
            f"the driver of {choice.provider} is not installed: pip install 'policy-assistant[{provider.package}]'"
        ) from error
    common: dict[str, Any] = {"temperature": 0.0, "max_tokens": tokens}
    match choice.provider:
        case "openai":
            llm = driver(model=choice.name, api_key=key, timeout=seconds, max_retries=0, **common)
        case "azure":
            llm = driver(
                engine=choice.name, model=choice.name, api_key=key, azure_endpoint=choice.address,
                api_version=environ.get("OPENAI_API_VERSION", "2024-10-21"), timeout=seconds, max_retries=0, **common,
            )  # fmt: skip
        case "anthropic":
            llm = driver(model=choice.name, api_key=key, timeout=seconds, max_retries=0, **common)
        case "ollama":
            llm = driver(
                model=choice.name, base_url=choice.address or "http://127.0.0.1:11434", request_timeout=seconds,
                temperature=0.0, additional_kwargs={"num_predict": tokens},
            )  # fmt: skip
        case _:
            llm = driver(
                model=choice.name, api_base=choice.address, api_key=key or "none", is_chat_model=True,
                context_window=8192, timeout=seconds, max_retries=0, **common,
            )  # fmt: skip
    return LlamaModel(llm, choice, seconds)
