"""What can go wrong, drawn as a tree.

AssistantError            shown as one line, without a traceback
├── UsageError            the question or an option cannot be used as given
├── ConfigError           a setting is wrong
├── CorpusError           something about the documents
│   ├── CatalogError      catalog.toml cannot be read
│   └── ParseError        one file cannot be read (listed; the other files go on)
├── IndexMissingError     nothing was ingested yet
├── IndexStaleError       written in another format or by another embedder
├── IndexBusyError        another process is writing the index
├── StorageError          the disk is full or not writable
└── ModelError            a model could not be loaded or called
    └── MalformedReplyError

Every message says what happened, to what, and what to do. Only `cli` and `ui` catch these.
"""


class AssistantError(Exception):
    """Base of every error that a user is meant to read."""


class UsageError(AssistantError):
    """The question or an option cannot be used as given."""


class ConfigError(AssistantError):
    """A setting is wrong."""


class CorpusError(AssistantError):
    """Something about the documents is wrong."""


class CatalogError(CorpusError):
    """The catalogue cannot be read."""


class ParseError(CorpusError):
    """One file cannot be read; ingest lists it and goes on."""


class IndexMissingError(AssistantError):
    """Nothing was ingested yet."""


class IndexStaleError(AssistantError):
    """The index was written in another format or by another embedder."""


class IndexBusyError(AssistantError):
    """Another process is writing the index, or fetching."""


class StorageError(AssistantError):
    """The disk is full or cannot be written."""


class ModelError(AssistantError):
    """A model could not be loaded or called. `kind` says in a word what went wrong, for lines in other languages; the
    words of a server are never part of it, since they may hold a key.
    """

    def __init__(self, line: str, kind: str = "failed") -> None:
        super().__init__(line)
        self.kind = kind


class MalformedReplyError(ModelError):
    """A model's reply does not have the form that was asked for."""
