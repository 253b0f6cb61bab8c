"""The tree of an article -> Items in reading order: headings, paragraphs, lists, quotes, captions, tables, notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

from assistant.backends.html.hidden import BLOCK, GONE
from assistant.backends.html.notes import Notes
from assistant.backends.html.tables import is_layout, own_rows, span_of
from assistant.backends.html.tree import HEADINGS, raw_text
from assistant.reading.markup import Call, Content, Item, ItemCell
from assistant.reading.roles import bullet_of, caption_of, is_byline, is_enumerated, is_finished, is_source
from assistant.types import BlockKind

_BLOCKS = frozenset(
    "p div li dd dt ul ol dl section article main body blockquote pre figure figcaption caption header footer aside nav "
    "form fieldset legend address details summary center dir menu table tbody thead tfoot tr td th hgroup search dialog "
    "optgroup option hr frameset noframes".split()
)
_SKIPPED = frozenset(
    "script style template noscript head title meta link button select textarea option iframe object embed video audio "
    "canvas svg map progress meter applet annotation annotation-xml rp".split()
) | {GONE}
_SUPERSCRIPT = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−–()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎")
_RAISED = re.compile(r"[\d+\-−–(),n ]{1,12}")
_LOWERED = re.compile(r"[\d+\-−–()]{1,12}")
_MOST_RAISED = 3000
"""Raised and lowered figures of a page; more come out as they stand."""
_BREAK = "\ue00a"
"""A line break of the page in the running text, until the paragraph is complete."""
_COUNTED = re.compile(r"[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[가-하])[.)\]]|[①-⑳❶-➓㉠-㉻]|제\s?\d+")
_NUMBER = re.compile(r"(?:[\[(〔]([^\])〕]{1,12})[\])〕]|주?\s?([^\s.):]{1,12})(?:[.):]|(?=\s)))[.:]?\s*")
"""What a note begins with."""
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the text in an element."""

    kind: BlockKind = "paragraph"
    level: int = 0
    note: str | None = None
    pre: bool = False


@dataclass(slots=True)
class _List:
    """An `ol` that counts."""

    style: str
    next: int


@dataclass(slots=True)
class Reader:
    """Walks an article once and collects its items."""

    notes: Notes
    left_out: Set[etree._Element]
    title: etree._Element | None = None
    items: list[Item] = field(default_factory=list)
    _content: list[str | Call] = field(default_factory=list)
    _prefix: str = ""
    _bold: int = 0
    _bold_text: int = 0
    _text: int = 0
    _states: list[_State] = field(default_factory=lambda: [_State()])
    _lists: list[_List | None] = field(default_factory=list)
    _raised: int = 0
    _started: str | None = None
    """The label of a note that began within its paragraph."""

    def read(self, root: etree._Element) -> list[Item]:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if not self._start(element):
                    skipped = element
                    walk.skip_subtree()
                continue
            if element is skipped:
                skipped = None
            else:
                self._end(element)
            if element is not root:
                self._say(element.tail)
        self._flush()
        return _levelled(self.items)

    def _start(self, element: etree._Element) -> bool:
        """Enters an element. False where nothing in it is to be read (any more)."""
        tag = element.tag
        if (calls := self.notes.calls.get(element)) is not None:
            self._content += calls
            return False
        if tag in _SKIPPED or element in self.left_out or element in self.notes.dropped:
            if tag == "br":
                self._content.append(_BREAK)
            if element in self.notes.starts:
                self._begin_note(element)
            return False
        if tag in ("br", "hr"):
            if tag == "hr":
                self._flush()
            self._content.append(_BREAK)
            return False
        if tag in ("sup", "sub") and (figures := self._figures(element, tag)) is not None:
            self._say(figures)
            return False
        state = self._states[-1]
        if (label := self.notes.entries.get(element)) is not None and state.note is None:
            self._flush()
            self._states.append(replace(state, kind="note", note=label))
            self._enter_inline(element)
            return True
        if element in self.notes.starts:
            self._begin_note(element)
        if tag == "table" and state.note is None and not is_layout(element, self.notes):
            self._flush()
            self._table(element)
            return False
        if tag in _BLOCKS or tag in HEADINGS or element.get(BLOCK) is not None:
            if state.note is not None:
                self._content.append(" ")
                self._states.append(state)
            else:
                self._flush()
                self._states.append(self._state_of(element, state))
                self._enter_list(element)
        self._enter_inline(element)
        return True

    def _enter_inline(self, element: etree._Element) -> None:
        if element.tag in ("b", "strong"):
            self._bold += 1
        elif element.tag == "q":
            self._say("“")
        self._say(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in ("b", "strong"):
            self._bold -= 1
        elif tag == "q":
            self._say("”")
        state = self._states[-1]
        if element in self.notes.entries and state.note == self.notes.entries[element]:
            self._flush()
            self._states.pop()
        elif tag in _BLOCKS or tag in HEADINGS or element.get(BLOCK) is not None:
            if state.note is None:
                self._flush()
                if tag in ("ol", "ul", "dir", "menu"):
                    self._lists.pop()
                elif tag == "li":
                    self._prefix = ""
            else:
                self._content.append(" ")
            self._states.pop()

    def _state_of(self, element: etree._Element, state: _State) -> _State:
        tag = element.tag
        if element is self.title or state.kind == "title":
            return replace(state, kind="title")
        if tag in HEADINGS or element.get("role") == "heading":
            level = element.get("aria-level") or tag[1:]
            return replace(state, kind="heading", level=int(level) if level.isdigit() and len(level) < 3 else 6)
        if tag == "li" or tag in ("dd", "dt"):
            return replace(state, kind="list")
        if tag == "blockquote":
            return replace(state, kind="quote")
        if tag in ("figcaption", "caption"):
            return replace(state, kind="caption")
        if tag == "aside":
            return replace(state, kind="aside")
        if tag == "pre":
            return replace(state, pre=True)
        return state

    def _enter_list(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "ol":
            start = element.get("start") or "1"
            self._lists.append(_List(element.get("type") or "1", int(start) if re.fullmatch(r"\d{1,5}", start) else 1))
        elif tag in ("ul", "dir", "menu"):
            self._lists.append(None)
        elif tag == "li":
            counting = self._lists[-1] if self._lists else None
            self._prefix = ""
            if counting is not None:
                value = element.get("value") or ""
                number = int(value) if re.fullmatch(r"\d{1,5}", value) else counting.next
                counting.next = number + 1
                self._prefix = _counter(number, counting.style)

    def _begin_note(self, element: etree._Element) -> None:
        if self._states[-1].note is None:
            self._flush()
            self._started = self.notes.starts[element]

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace(_BREAK, " ")
        if self._states[-1].pre:
            text = re.sub(r"\n(?:[ \t]*\n)+", _BREAK * 2, text.expandtabs())
        size = len(text) - text.count(" ") - text.count("\n")
        self._text += size
        if self._bold:
            self._bold_text += size
        self._content += self._with_plain_calls(text) if self.notes.plain and size else [text]

    def _with_plain_calls(self, text: str) -> list[str | Call]:
        if self._states[-1].note is not None or "[" not in text:
            return [text]
        parts: list[str | Call] = []
        position = 0
        for match in re.finditer(r"(?<=\S)\s?\[(\d{1,3})\]", text):
            if (label := self.notes.plain.get(match[1])) is not None:
                parts += (text[position : match.start()], Call(label, match[1]))
                position = match.end()
        return [*parts, text[position:]]

    def _flush(self) -> None:
        """Ends the paragraph that was being read."""
        content, self._content = self._content, []
        bold = self._text > 0 and self._bold_text >= self._text
        self._text = self._bold_text = 0
        started, self._started = self._started, None
        state = self._states[-1]
        label = state.note or started
        if not any(isinstance(part, Call) or part.strip(f" \t\r\n\xa0{_BREAK}") for part in content):
            return
        if label is not None:
            flat = tuple(part if isinstance(part, Call) else part.replace(_BREAK, " ") for part in content)
            number = self.notes.numbers.get(label, "")
            self.items.append(Item("note", _without_number(flat, number), label=label))
            return
        one = state.kind in ("title", "heading", "caption") or state.pre
        for lines in _paragraphs(content, one):
            self._emit(lines, state, bold)

    def _emit(self, content: Content, state: _State, bold: bool) -> None:
        words = "".join(part for part in content if isinstance(part, str))
        text = " ".join(words.split())
        if not text:
            if self.items and self.items[-1].kind not in ("table", "note", "heading", "title"):
                # A call that stands alone belongs to the paragraph before it.
                self.items[-1] = replace(self.items[-1], content=self.items[-1].content + content)
            return
        kind, level = state.kind, state.level
        if kind == "list" and self._prefix:
            if not _COUNTED.match(text):
                content = (self._prefix, *content)
            self._prefix = ""
        elif kind == "paragraph":
            if caption_of(text, bold):
                kind = "caption"
            elif is_source(text):
                kind = "source"
            elif is_byline(text):
                kind = "byline"
            elif bullet_of(text):
                kind, content = "list", _without_bullet(content)
            elif bold and len(text) < 120 and text[-1] not in ".!?;:,。" and any(c.isalpha() for c in text):
                kind, level = "heading", 7
            elif is_enumerated(text) and len(text) < 300:
                kind = "list"
        self.items.append(Item(kind, content, level=level if kind == "heading" else 0))

    def _table(self, table: etree._Element) -> None:
        rows: list[tuple[ItemCell, ...]] = []
        captions: list[Content] = [self._inline(c) for c in table.iterchildren("caption") if c not in self.left_out]
        head_rows = 0
        for row, in_head in own_rows(table):
            cells = [c for c in row.iterchildren("td", "th") if c not in self.left_out]
            read = [(c, self._inline(c)) for c in cells]
            heads = [c.tag == "th" for c in cells]
            # An empty corner among headers is one too.
            all_heads = any(heads) and all(
                h or not _has_words(words) for h, (_, words) in zip(heads, read, strict=True)
            )
            if not cells:
                continue
            rows.append(
                tuple(
                    ItemCell(words, span_of(c, "rowspan"), span_of(c, "colspan"), h or all_heads or in_head)
                    for h, (c, words) in zip(heads, read, strict=True)
                )
            )
            head_rows += in_head and head_rows == len(rows) - 1
        self.items += [Item("caption", words) for words in captions if _has_words(words)]
        behind: list[Item] = []
        while (
            len(rows) > 1 and len([c for c in rows[-1] if _has_words(c.content)]) == 1 and is_source(_words(rows[-1]))
        ):
            behind.insert(0, Item("source", next(c.content for c in rows[-1] if _has_words(c.content))))
            rows.pop()
        if any(_has_words(c.content) for row in rows for c in row):
            self.items.append(Item("table", rows=tuple(rows), header_rows=head_rows or None))
        self.items += behind

    def _figures(self, element: etree._Element, tag: str) -> str | None:
        """Raised or lowered figures as the signs that Unicode has for them; None where it has none."""
        if any(e in self.notes.calls or e in self.notes.dropped for e in element.iter(etree.Element)):
            return None
        text = raw_text(element).strip()
        if not (_RAISED if tag == "sup" else _LOWERED).fullmatch(text) or not any(
            c.isdigit() or c == "n" for c in text
        ):
            return None
        self._raised += 1
        if self._raised > _MOST_RAISED:
            return None
        return text.replace(" ", "").translate(_SUPERSCRIPT if tag == "sup" else _SUBSCRIPT)

    def _inline(self, element: etree._Element) -> Content:
        """All of an element as running text: what a cell or a caption says."""
        found: list[str | Call] = []
        walk = etree.iterwalk(element, events=("start", "end"))
        skipped: etree._Element | None = None

        def say(text: str | None) -> None:
            if text:
                found.extend(self._with_plain_calls(unicodedata.normalize("NFC", text)))

        for event, inner in walk:
            if event == "start":
                figures = self._figures(inner, inner.tag) if inner.tag in ("sup", "sub") else None
                calls = self.notes.calls.get(inner)
                if calls is not None:
                    found += calls
                elif figures is not None:
                    found.append(figures)
                elif inner.tag in _SKIPPED or inner in self.left_out or inner in self.notes.dropped:
                    pass
                else:
                    if inner.tag in _BLOCKS or inner.tag in HEADINGS or inner.tag == "br":
                        found.append(" ")
                    say(inner.text)
                    continue
                skipped = inner
                walk.skip_subtree()
                continue
            if inner is skipped:
                skipped = None
            elif inner.tag in _BLOCKS or inner.tag in HEADINGS:
                found.append(" ")
            if inner is not element:
                say(inner.tail)
        return tuple(found)


def _counter(number: int, style: str) -> str:
    if style in ("a", "A") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if style == 'a' else letter.upper()}. "
    if style in ("i", "I") and 0 < number < 40:
        roman = "x" * (number // 10) + _ROMAN[number % 10]
        return f"{roman if style == 'i' else roman.upper()}. "
    return f"{number}. "


def _words(row: tuple[ItemCell, ...]) -> str:
    return " ".join("".join(p for c in row for p in c.content if isinstance(p, str)).split())


def _has_words(content: Content) -> bool:
    return any(isinstance(part, Call) or bool(part.strip()) for part in content)


def _paragraphs(content: list[str | Call], one: bool) -> list[Content]:
    """Parts a text at its line breaks: at two of them, and at one between what are paragraphs by their form."""
    lines: list[list[str | Call]] = [[]]
    empty = 0
    parted: list[bool] = [False]
    for part in content:
        if isinstance(part, Call):
            lines[-1].append(part)
            empty = 0
            continue
        pieces = part.split(_BREAK)
        for i, piece in enumerate(pieces):
            if i:
                empty += 1
                if empty == 1:
                    lines.append([])
                    parted.append(False)
                else:
                    parted[-1] = True
            if piece:
                lines[-1].append(piece)
                if piece.strip():
                    empty = 0
    found: list[list[str | Call]] = []
    before = ""
    for line, gap in zip(lines, parted, strict=True):
        text = _plain(line)
        by_form = is_finished(before) or bullet_of(text) != "" or bool(_COUNTED.match(text))
        if not found or not before or gap or (by_form and not one):
            found.append(line)
        else:
            found[-1] += [" ", *line]
        before = text or before
    return [tuple(line) for line in found if line]


def _plain(line: list[str | Call]) -> str:
    return " ".join("".join(part for part in line if isinstance(part, str)).split())


def _without_bullet(content: Content) -> Content:
    parts = list(content)
    for i, part in enumerate(parts):
        if isinstance(part, str) and part.strip():
            bare = part.lstrip()
            parts[i] = bare[len(bullet_of(bare)) :]
            break
    return tuple(parts)


def _without_number(content: Content, number: str) -> Content:
    """A note's words without its own mark and the arrows of links that lead back."""
    parts: list[str | Call] = []
    for is_text, run in groupby(content, lambda part: isinstance(part, str)):
        pieces = list(run)
        parts += ["".join(str(piece) for piece in pieces)] if is_text else pieces
    for i, part in enumerate(parts):
        if isinstance(part, str) and part.strip():
            bare = re.sub(r"^[\s^↑↩]+", "", part)
            if number:
                own = _NUMBER.match(bare)
                if own and (own[1] or own[2]).strip() == number:
                    bare = bare[own.end() :]
            parts[i] = bare
            if bare.strip():
                break
    for i in range(len(parts) - 1, -1, -1):
        last = parts[i]
        if isinstance(last, str) and last.strip():
            parts[i] = re.sub(r"[\s^↑↩⏎\ufe0e\ufe0f]+$", "", last)
            break
    return tuple(parts)


def _levelled(items: list[Item]) -> list[Item]:
    """The levels of the headings counted from 1 without gaps."""
    levels = {level: rank for rank, level in enumerate(sorted({i.level for i in items if i.kind == "heading"}), 1)}
    return [replace(i, level=levels[i.level]) if i.kind == "heading" else i for i in items]
