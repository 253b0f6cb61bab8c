"""Keeps libraries from reporting, checking for updates and reaching for the network.

Only environment variables, and only defaults: what a person has set stays. Call `silence()` before the
first import of a library: each reads its variable once, as it is imported. Costs no import but `os`.

Each name was looked up in the installed versions' own files, and a test looks again. LlamaIndex has no
telemetry, and carries the NLTK and tiktoken files that it would otherwise fetch; Chroma's product
telemetry is an empty function since 1.x. Chroma also reads a `.env` file in the working folder:
the environment wins over it.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from types import MappingProxyType

QUIET = MappingProxyType(
    {
        # ONNX Runtime's wheels for Linux and macOS send usage events to Microsoft and keep a device id and a
        # queue under ~/.cache/Microsoft; it happens in C++, where no test that blocks sockets sees it.
        "ORT_DISABLE_TELEMETRY": "1",
        # huggingface_hub, transformers, sentence-transformers: without this, loading a model by name asks the
        # hub for a newer revision, even when it lies in the cache. `permit_downloads` undoes it.
        "HF_HUB_OFFLINE": "1",
        # huggingface_hub: no usage pings and no library versions in the user agent, also when downloads are allowed.
        "HF_HUB_DISABLE_TELEMETRY": "1",
        # transformers: a model without safetensors otherwise makes a thread that asks a bot of the hub to convert it.
        "DISABLE_SAFETENSORS_CONVERSION": "1",
        # tokenizers: after a fork (the parser's child process) it warns and switches itself off; questions are short.
        "TOKENIZERS_PARALLELISM": "false",
        # Streamlit: the page would load a script's address from its maker and send usage events to it. The
        # variable counts where .streamlit/config.toml is not in the working folder.
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        # Streamlit: its first start asks for an e-mail address and waits for it.
        "STREAMLIT_SERVER_SHOW_EMAIL_PROMPT": "false",
        # Chroma: a setting that nothing reads today; earlier versions sent usage events unless it was false.
        "ANONYMIZED_TELEMETRY": "False",
        # The convention of donottrack.sh: huggingface_hub follows it, and a library that comes later may.
        "DO_NOT_TRACK": "1",
    }
)

_ours: set[str] = set()


def silence(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what is not set yet. Calling it again changes nothing."""
    for name, value in QUIET.items():
        if name not in environ:
            environ[name] = value
            _ours.add(name)


def permit_downloads(environ: MutableMapping[str, str] = os.environ) -> None:
    """Undo the block on model downloads, unless a person set it. Call it before huggingface_hub is imported."""
    if "HF_HUB_OFFLINE" in _ours:
        environ.pop("HF_HUB_OFFLINE", None)
        _ours.discard("HF_HUB_OFFLINE")
