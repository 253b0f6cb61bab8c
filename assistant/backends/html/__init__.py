"""Web pages, walked over lxml."""

from assistant.backends.html.parser import HtmlParser

__all__ = ["HtmlParser"]
