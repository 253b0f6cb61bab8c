"""Characters with boxes, or lines of text -> Document. Knows no library and no file format's bytes."""

from assistant.reading.assembly import FileFacts, check, title_of
from assistant.reading.pages import read_pages

__all__ = ["FileFacts", "check", "read_pages", "title_of"]
