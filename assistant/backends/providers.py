"""Which language models can be named, without loading any: provider, name, address, key, and who reads what is sent.

A model is named as `provider:name`, and where the server is one's own as `provider:name@address`. Keys come from the
environment alone; an address that holds one is refused, and no message repeats what was written.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import ConfigError
from assistant.protocols import LanguageModel
from assistant.types import Message


@dataclass(frozen=True, slots=True)
class Provider:
    """How a provider's driver is made; `package` is our extra that installs it, '' where it comes along."""

    module: str
    driver: str
    package: str
    key: str
    """The environment variable of its key."""
    address: str
    """Where it is asked unless an address is given; '' where one must be."""
    needs_key: bool = True
    example: str = ""
    """A model that `assistant setup` names where it finds the key."""


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider("llama_index.llms.openai", "OpenAI", "", "OPENAI_API_KEY", "https://api.openai.com/v1", example="gpt-4o-mini"),
    "azure": Provider("llama_index.llms.azure_openai", "AzureOpenAI", "azure", "AZURE_OPENAI_API_KEY", "", example="DEPLOYMENT@https://RESOURCE.openai.azure.com"),
    "anthropic": Provider(
        "llama_index.llms.anthropic", "Anthropic", "anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com", example="claude-sonnet-4-5"
    ),
    "ollama": Provider(
        "llama_index.llms.ollama", "Ollama", "ollama", "OLLAMA_API_KEY", "http://127.0.0.1:11434", needs_key=False, example="qwen3"
    ),
    "compatible": Provider(
        "llama_index.llms.openai_like", "OpenAILike", "", "COMPATIBLE_API_KEY", "", needs_key=False, example="NAME@http://127.0.0.1:8000/v1"
    ),
}  # fmt: skip
_FORM = (
    f"write PROVIDER:NAME with {', '.join(PROVIDERS)}, for a server of your own PROVIDER:NAME@ADDRESS"
    " such as compatible:qwen3@http://127.0.0.1:8000/v1"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A model as the settings name it. `address` is where it is asked."""

    provider: str
    name: str
    address: str

    @classmethod
    def read(cls, text: str) -> Choice:
        """Raises ConfigError for what names no model; the words are not repeated, since a key may be among them."""
        provider, _, rest = text.strip().partition(":")
        name, at, given = rest.partition("@")
        if provider not in PROVIDERS:
            raise ConfigError(f"setting 'model' names no provider that is known: {_FORM}")
        if not name or name != name.strip() or name.startswith("sk-"):
            raise ConfigError(f"setting 'model' names no model of {provider}: {_FORM}")
        address = given.rstrip("/") if at else PROVIDERS[provider].address
        if not address:
            raise ConfigError(f"setting 'model' gives no address for {provider}: {_FORM}")
        try:
            parts = urlsplit(address)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fine = False
        if not fine:
            raise ConfigError(f"setting 'model' gives an address for {provider} that is none: {_FORM}")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise ConfigError(
                "setting 'model' gives an address with more than host, port and path: a key belongs into the"
                f" environment, as {PROVIDERS[provider].key}"
            )
        return cls(provider, name, address)

    @property
    def key(self) -> str:
        """The environment variable that holds its key."""
        return PROVIDERS[self.provider].key

    @property
    def where(self) -> str:
        """The host that reads what is sent."""
        return urlsplit(self.address).netloc

    @property
    def stays(self) -> bool:
        """Whether what is sent stays on this machine."""
        return is_here(self.where)

    def __str__(self) -> str:
        own = self.address != PROVIDERS[self.provider].address
        return f"{self.provider}:{self.name}" + (f"@{self.where}" if own else "")


def is_here(where: str) -> bool:
    """Whether a host is this machine.

    >>> is_here("127.0.0.1:8000"), is_here("[::1]:80"), is_here("localhost"), is_here("api.openai.com")
    (True, True, True, False)
    """
    host = urlsplit(f"//{where}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Deferred:
    """A model that is opened when it is first asked: most commands ask none, and its libraries take seconds to load.
    What is wrong with it is said then, so that a missing key costs an answer its words and not its quotes.
    """

    choice: Choice
    open: Callable[[], LanguageModel] = field(repr=False)
    _opened: list[LanguageModel] = field(default_factory=list, repr=False, compare=False)

    @property
    def name(self) -> str:
        return str(self.choice)

    @property
    def where(self) -> str:
        return self.choice.where

    def _model(self) -> LanguageModel:
        if not self._opened:
            self._opened.append(self.open())
        return self._opened[0]

    def complete(self, messages: Sequence[Message]) -> str:
        return self._model().complete(messages)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        yield from self._model().stream(messages)
