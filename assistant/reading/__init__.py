"""Characters with boxes, or lines of text -> Document. Knows no library and no file format's bytes.

Its parts are loaded when they are asked for: a question needs a few words of the readers' (how a table's headers are
joined), and not the readers.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.reading.assembly import FileFacts, check, title_of
    from assistant.reading.markup import read_markup
    from assistant.reading.pages.reader import read_pages
    from assistant.reading.plain import read_markdown, read_text

__all__ = ["FileFacts", "check", "read_markdown", "read_markup", "read_pages", "read_text", "title_of"]

_PLACES = {
    "FileFacts": "assembly",
    "check": "assembly",
    "title_of": "assembly",
    "read_markup": "markup",
    "read_pages": "pages.reader",
    "read_markdown": "plain",
    "read_text": "plain",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
