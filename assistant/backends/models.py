"""Any LlamaIndex LLM as our `LanguageModel`: a stream of words, or one line that says what went wrong.

Errors are told by their kind, never by a server's words, which may repeat a key.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from llama_index.core.llms import LLM, ChatMessage, MessageRole

from assistant.backends.providers import PROVIDERS, Choice
from assistant.errors import ConfigError, ModelError
from assistant.types import Message


class Stopwatch(Protocol):
    """Seconds that only grow."""

    def __call__(self) -> float: ...


class LlamaModel:
    """A LlamaIndex LLM behind our verbs. `seconds` bounds an answer from the request to its last word."""

    def __init__(
        self,
        llm: LLM,
        name: str,
        where: str,
        seconds: float = 60.0,
        says_why: bool = False,
        clock: Stopwatch = time.monotonic,
    ) -> None:
        self._llm, self._name, self._where = llm, name, where
        self._seconds, self._says_why, self._clock = seconds, says_why, clock

    def __repr__(self) -> str:
        return f"LlamaModel({self._name})"

    @property
    def name(self) -> str:
        return self._name

    @property
    def where(self) -> str:
        return self._where

    def complete(self, messages: Sequence[Message]) -> str:
        """The whole of what `stream` gives."""
        return "".join(self.stream(messages))

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's words as they come. Raises ModelError where they stop before their end."""
        until = self._clock() + self._seconds
        ending: str | None = None
        said = came = False
        asked = [ChatMessage(role=MessageRole(m.role), content=m.text) for m in messages]
        with contextlib.closing(_Apart(self._llm, asked)) as parts:
            while True:
                kind, part = parts.next(until - self._clock())
                if kind == "late":
                    raise self._error("time", f"did not finish within {self._seconds:.0f} s", _PATIENCE)
                if kind == "error":
                    raise self._error(*_told(part)) from part
                if kind == "end":
                    break
                came = True
                ending = _ending(part.raw) or ending
                if part.delta:
                    said = True
                    yield part.delta
        if ending in _CUT:
            raise self._error(*_CUT[ending])
        if not came and self._says_why:
            raise self._error(*_UNREADABLE)
        if ending is None and self._says_why:
            raise self._error("cut", "broke off in the middle", "ask again")
        if not said:
            raise self._error("silent", "said nothing", "ask again, or choose another model")

    def _error(self, kind: str, what: str, advice: str) -> ModelError:
        return ModelError(f"the model {self._name} {what}: {advice}", kind)


class _Apart:
    """A driver's stream, read in a thread of its own: a server that says nothing, or drips, cannot hold the answer
    longer than it may take. After `close` the thread ends at the next part, or at the driver's own time-out.
    """

    def __init__(self, llm: LLM, asked: Sequence[ChatMessage]) -> None:
        self._queue: queue.Queue[tuple[str, Any]] = queue.Queue(maxsize=256)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(llm, asked), daemon=True, name="language model")
        self._thread.start()

    def _read(self, llm: LLM, asked: Sequence[ChatMessage]) -> None:
        try:
            stream = llm.stream_chat(asked)
            for part in stream:
                if not self._put(("part", part)):
                    if hasattr(stream, "close"):
                        stream.close()
                    return
            self._put(("end", None))
        except Exception as error:  # each driver raises its own library's errors
            self._put(("error", error))

    def _put(self, item: tuple[str, Any]) -> bool:
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def next(self, seconds: float) -> tuple[str, Any]:
        try:
            return self._queue.get(timeout=seconds) if seconds > 0 else ("late", None)
        except queue.Empty:
            return ("late", None)

    def close(self) -> None:
        self._closed.set()


_PATIENCE = "ask again, raise model_seconds, or choose a faster model"
_UNREADABLE = (
    "unreadable",
    "sent what cannot be read",
    "check that its address is that of a language model's server",
)
_TOO_LONG = ("long", "was cut off at its longest answer", "raise model_tokens")
_REFUSED = ("refused", "refused to answer", "ask in other words, or choose another model")
_CUT = {"length": _TOO_LONG, "max_tokens": _TOO_LONG, "content_filter": _REFUSED, "refusal": _REFUSED}
_SAY_WHY = frozenset({"openai", "azure", "compatible", "ollama", "anthropic"})
"""Providers that say in the stream why it ended: where they do not, it was cut."""


def _ending(raw: Any) -> str | None:
    """Why a stream has ended, as its last part says; None in all others."""
    if choices := _of(raw, "choices"):
        reason = _of(choices[0], "finish_reason")
        return str(reason) if reason else None
    if reason := _of(_of(raw, "delta"), "stop_reason") or _of(raw, "stop_reason"):
        return str(reason)
    if _of(raw, "done"):
        return str(_of(raw, "done_reason") or "stop")
    return None


def _of(value: Any, name: str) -> Any:
    """A field of an object or a mapping; None where there is none."""
    if value is None:
        return None
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _told(error: BaseException) -> tuple[str, str, str]:
    """An error of any driver, by its status or kind. Its own words may hold a key, so they are not repeated."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for each in chain:
        status = getattr(each, "status_code", None)
        if isinstance(status, int) and status >= 400:
            if status in (401, 403):
                return "key", f"did not accept the key ({status})", "check the key in the environment"
            if status == 404:
                return "unknown", "is not known to its server (404)", "check the model's name and address"
            if status == 429:
                return "quota", "is out of its quota for now (429)", "wait a minute and ask again"
            if status < 500:
                return (
                    "request",
                    f"did not accept the request ({status})",
                    "choose another model, or lower model_reads",
                )
            return "server", f"could not answer ({status})", "ask again later"
    names = {type(each).__name__.lower() for each in chain}
    if any("timeout" in n for n in names):
        return "time", "did not answer in time", _PATIENCE
    if any("remoteprotocol" in n or "incomplete" in n for n in names):
        return "cut", "broke off in the middle", "ask again"
    if any("connect" in n or "network" in n or "readerror" in n for n in names):
        return "unreachable", "could not be reached", "check that its server runs and that its address is right"
    if any("json" in n or "decode" in n or "validation" in n for n in names):
        return _UNREADABLE
    return "failed", f"failed ({type(error).__name__})", "try another model"


def open_model(
    choice: Choice,
    seconds: float,
    tokens: int,
    temperature: str = "0",
    environ: Mapping[str, str] = os.environ,
    context: int = 16384,
) -> LlamaModel:
    """The model of a choice, `context` tokens of prompt and answer: some servers cut a longer prompt without a word. Raises ConfigError or ModelError with what to do."""
    provider = PROVIDERS[choice.provider]
    key = environ.get(provider.key)
    if provider.needs_key and not key:
        raise ModelError(f"the model {choice} needs a key: set {provider.key} in the environment", "key")
    try:
        driver = getattr(importlib.import_module(provider.module), provider.driver)
    except ImportError as error:
        missing = f"pip install 'policy-assistant[{provider.package}]'" if provider.package else "run `make run`"
        raise ModelError(f"the driver of {choice.provider} is not installed: {missing}", "driver") from error
    common: dict[str, Any] = {"temperature": _warmth(temperature)}
    retries: dict[str, Any] = {"timeout": seconds, "max_retries": 0, "max_tokens": tokens}
    match choice.provider:
        case "openai" if _known(choice.name):
            own = {"api_base": choice.address, "api_key": key, **retries}
        case "azure":
            version = environ.get("OPENAI_API_VERSION", "2024-10-21")
            own = {
                "engine": choice.name, "model": "gpt-4o", "azure_endpoint": choice.address, "api_key": key, "api_version": version, **retries,
            }  # fmt: skip
        case "anthropic":
            own = {"base_url": choice.address, "api_key": key, **retries}
        case "ollama":
            own = {
                "base_url": choice.address, "request_timeout": seconds, "context_window": context,
                "additional_kwargs": {"num_predict": tokens},
            }  # fmt: skip
        case _:  # a compatible server, or a model of OpenAI that its driver does not know yet
            driver = importlib.import_module(PROVIDERS["compatible"].module).OpenAILike
            own = {
                "api_base": choice.address, "api_key": key or "none", "is_chat_model": True, "context_window": context,
                **retries,
            }  # fmt: skip
    try:
        llm = driver(**{"model": choice.name, **common, **own})
        llm.metadata  # noqa: B018  # drivers that know their models by name say here that they do not
    except Exception as error:  # a driver may know its models by name, and its words may hold the key
        raise ModelError(
            f"the model {choice} could not be opened ({type(error).__name__}): check its name, or name it as"
            " compatible:NAME@ADDRESS",
            "unknown",
        ) from error
    _load(llm)
    return LlamaModel(llm, str(choice), choice.where, seconds, choice.provider in _SAY_WHY)


def _load(llm: Any) -> None:
    """Lets a driver make its client and import what that needs, which else counts as time that the model takes. Nothing
    is sent. What fails here fails again, and is told, when the model is asked.
    """
    with contextlib.suppress(Exception):
        client = llm._get_client() if hasattr(llm, "_get_client") else getattr(llm, "client", None)
        getattr(getattr(client, "chat", None), "completions", None)
        getattr(getattr(llm, "_client", None), "messages", None)


def _known(name: str) -> bool:
    """Whether OpenAI's driver knows a model: it refuses all others when they are asked."""
    from llama_index.llms.openai.utils import openai_modelname_to_contextsize

    try:
        return openai_modelname_to_contextsize(name) > 0
    except ValueError:
        return False


def _warmth(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 2.0:
        raise ConfigError(f"setting 'model_temperature' is {text!r}: give a number from 0 to 2")
    return value
