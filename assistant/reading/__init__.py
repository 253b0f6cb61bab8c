"""Characters with boxes, or lines of text -> Document. Knows no library and no file format's bytes."""

from assistant.reading.assembly import FileFacts, check, title_of
from assistant.reading.markup import read_markup
from assistant.reading.pages.reader import read_pages
from assistant.reading.plain import read_markdown, read_text

__all__ = ["FileFacts", "check", "read_markdown", "read_markup", "read_pages", "read_text", "title_of"]
