"""Web pages: the article and not its menus, what is seen and not what is hidden.

Bytes -> tree (`source`), less what no reader sees (`hidden`, `css`), notes tied to their calls (`notes`), the article
(`article`), its blocks in order (`items`), and what the page says about itself (`facts`).
"""

from __future__ import annotations

import re

from lxml import etree

from assistant.backends.html.article import Article, find_article, whole_page
from assistant.backends.html.facts import facts_of, find_title
from assistant.backends.html.hidden import prune
from assistant.backends.html.items import Reader
from assistant.backends.html.notes import Notes, find_notes
from assistant.backends.html.source import read_source
from assistant.backends.html.tree import is_within, raw_text, words_of
from assistant.errors import ParseError
from assistant.reading import FileFacts, read_markup, read_text
from assistant.reading.markup import Item
from assistant.types import Document, Hidden, Work

HTML = "text/html"
_LITTLE = 200
"""Characters below which an article may have been missed."""
_MAX_TEXT = 8_000_000
"""Characters of an article: some 3,000 printed pages."""


class HtmlParser:
    """Reads web pages (HTML and XHTML)."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        try:
            return _parse(data, work, name)
        except (RecursionError, etree.LxmlError, AssertionError) as exc:
            raise ParseError(f"{name} cannot be read as a web page: save it again in a browser, or as PDF") from exc


def _parse(data: bytes, work: Work, name: str) -> Document:
    source = read_source(data, name)
    root = source.root
    framed = next(root.iter("frameset"), None) is not None
    scripts = sum(1 for _ in root.iter("script"))
    said = facts_of(root)
    size = _size(root.find("body"))
    seen = prune(root)
    body = root.find("body")
    if body is None:
        body = root
    if framed and _size(body) < 200:
        raise ParseError(f"{name} shows other pages in frames and holds no text: save those pages and add them")
    notes = find_notes(body)
    article = find_article(body, notes)
    title = find_title(body, article, said)
    items = _items(article, notes, title)
    if (found := _said(items)) < _LITTLE:
        # A form, a list of links, a notice: next to nothing of it looks like an article.
        page = whole_page(body)
        if _said(whole := _items(page, notes, title)) > 2 * found:
            article, items = page, whole
    if _said(items) > _MAX_TEXT:
        raise ParseError(f"{name} holds more than {_MAX_TEXT:,} characters of text: split it")
    hidden = seen.hidden + ((Hidden("comment", source.comments),) if source.comments else ())
    warnings = source.warnings + seen.warnings
    shown = _size(body)
    if size > 400 and shown < 0.5 * size:
        warnings += (f"{1 - shown / size:.0%} of its text is not shown by its own styles, and was left out",)
    facts = FileFacts(
        # A heading of the page itself says more than the name of its window.
        title=said.title if said.titled or title is None else None,
        authors=said.authors,
        issued=said.issued,
        language=said.language,
        url=said.url,
        doi=said.doi,
        media_type=HTML,
        warnings=warnings,
        hidden=hidden,
    )
    typed = _typed(article.root)
    document = read_text(typed, work, facts) if typed else read_markup(items, work, facts)
    if not document.text.strip():
        made = ": scripts make it when it is opened; save the page from a browser, or as PDF" if scripts else ""
        raise ParseError(f"{name} holds no text that a reader sees{made or '; nothing can be read from it'}")
    return document


def _items(article: Article, notes: Notes, title: etree._Element | None) -> list[Item]:
    items: list[Item] = []
    # The heading may stand in a banner that is left out.
    if title is not None and (not is_within(title, article.root) or article.leaves_out(title)):
        items += Reader(notes, frozenset(), title).read(title)
    return items + Reader(notes, article.left_out, title).read(article.root)


def _said(items: list[Item]) -> int:
    """Characters of what was read."""
    contents = (c for item in items for c in (item.content, *(cell.content for row in item.rows for cell in row)))
    return sum(len(part) for content in contents for part in content if isinstance(part, str))


def _size(element: etree._Element | None) -> int:
    """Characters of an element that may be text."""
    if element is None:
        return 0
    whole = sum(len(" ".join(str(text).split())) for text in element.itertext())
    return whole - sum(len(words_of(e)) for e in element.iter("script", "style"))


def _typed(root: etree._Element) -> str | None:
    """The text of a page that is typewritten as a whole (one `pre`): its lines are the lines of a text file."""
    texts = [raw_text(pre) for pre in root.iter("pre")]
    whole = sum(len(text) for text in texts)
    if whole < 1500 or whole < 0.8 * len(raw_text(root)):
        return None
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(texts))
