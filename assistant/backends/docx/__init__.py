"""Word files, walked over lxml."""

from assistant.backends.docx.parser import DocxParser

__all__ = ["DocxParser"]
