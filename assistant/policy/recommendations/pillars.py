"""To which pillar, direction or section a recommendation belongs."""

from __future__ import annotations

import re

from assistant.policy.recommendations.readings import even
from assistant.policy.statements import Statement, flat
from assistant.types import Document, Span
from assistant.types.policy import Part

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
             "첫째": 1, "첫 번째": 1, "둘째": 2, "두 번째": 2, "셋째": 3, "세 번째": 3, "넷째": 4, "네 번째": 4, "다섯째": 5}  # fmt: skip
_OPENS = re.compile(
    r"^(?:The\s|Our\s|Its\s)?(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh)(?:ly)?(?:,|\s(?:\w+\s){0,2}?(?:pillar|direction|strand|priority|axis|task|recommendation)\b)"
    r"|^(?P<ko>첫째|둘째|셋째|넷째|다섯째|첫 번째|두 번째|세 번째|네 번째)[\s,는로]"
)
_SUMS_UP = re.compile(
    r"^(?:Taken together|In sum|In conclusion|To conclude|Overall|In summary|All in all|결론적으로|요컨대|종합하면|이상에서|이상의)"
)


class Pillars:
    """Follows a document's statements in order. `listed` is told of each numbered list that recommends."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._items: tuple[Span, ...] = ()
        self._opener: Span | None = None
        self._at: Span | None = None
        self._block: Span | None = None
        self._section: tuple[str, ...] = ()
        self._headings = [
            (flat(b.span.slice(document.text)), b.span) for b in document.blocks if b.kind in ("heading", "title")
        ]

    def listed(self, statement: Statement, items: tuple[Span, ...]) -> None:
        """The items (spans of the document) of a sentence that recommends; later paragraphs may take them up."""
        if items:
            self._items, self._opener, self._at, self._block = items, statement.span, None, statement.block

    def item(self, statement: Statement, item: Span) -> Part:
        """An item of a list of pillars, each in a paragraph of its own: it is the pillar."""
        if self._opener != statement.opener:
            self._items, self._opener, self._at = (), statement.opener, None
        self._items = (*self._items, item)
        return Part(item.slice(self._document.text), item, "the item itself")

    def moved(self, statement: Statement) -> None:
        """Before a statement is read: does it open or close an item's paragraphs?"""
        if statement.section != self._section:
            self._section, self._at = statement.section, None
        if statement.before is not None or statement.block == self._block or statement.kind == "list":
            return
        words = even(statement.text)
        if opens := _OPENS.match(words):
            nth = _ORDINALS[opens["ko"] or opens["nth"].lower()]
            self._at = self._items[nth - 1] if nth <= len(self._items) else None
        elif _SUMS_UP.match(words):
            self._at = None

    def pillar(self, statement: Statement) -> Part | None:
        text = self._document.text
        if self._at is not None and (place := self._heading(statement)) is None:
            return Part(self._at.slice(text), self._at, "the item of the list that its paragraphs take up")
        if place := self._heading(statement):
            return Part(place.slice(text), place, "the heading above")
        return None

    def opener(self, statement: Statement) -> Span | None:
        """The sentence whose numbered list the paragraph takes up."""
        return self._opener if self._at is not None and statement.span != self._opener else None

    def _heading(self, statement: Statement) -> Span | None:
        if not statement.section:
            return None
        wanted = flat(statement.section[-1])
        found = [s for words, s in self._headings if words == wanted and s.start < statement.span.start]
        return found[-1] if found else None
