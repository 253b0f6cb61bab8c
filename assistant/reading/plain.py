"""Plain text and Markdown -> Document: paragraphs parted by empty lines instead of geometry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from assistant.reading.assembly import FileFacts, PageFacts, assemble
from assistant.reading.breaks import INNER_STOP, goes_on, is_listed, is_short, may_be_byline, runs_of, width_of
from assistant.reading.chars import Char
from assistant.reading.drafts import DEFINED, NOWHERE, Draft, Place
from assistant.reading.flow import SUPERSCRIPTS, flow_of_chars
from assistant.reading.imprint import front_lines, is_imprint
from assistant.reading.lineends import Habits
from assistant.reading.matter import front_matter, told
from assistant.reading.pages.headings import headed_by_words, heads_text, levelled
from assistant.reading.roles import (
    begins_inside,
    bullet_of,
    caption_of,
    heads_notes,
    is_byline,
    is_enumerated,
    is_finished,
    is_source,
    note_number,
)
from assistant.types import BlockKind, Document, Work

_TO_SUPERSCRIPT = str.maketrans("0123456789", SUPERSCRIPTS)
_NOTE_LINE = re.compile(rf"\s*(?:[-*•]\s+)?(?=[{SUPERSCRIPTS}])")
_ASIDE = re.compile(r"(?:\*{1,3}|[†‡§])\s+(?=\S)")
_LETTER = rf"[^\W_{SUPERSCRIPTS}]"
_EMPHASIS = re.compile(rf"(?<!{_LETTER})(?<!\*)(\*{{1,3}})(?=[^\s*])(.+?)(?<=[^\s*])\1(?!{_LETTER}|\*)", re.DOTALL)
_UNDERLINE = re.compile(rf"(?<!{_LETTER})(?<!_)(_{{1,3}})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!{_LETTER}|_)", re.DOTALL)
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)
_REFERENCE_LINK = re.compile(r"\[([^\[\]^]+)\]\[[^\[\]]*\]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$<>|~&^\"'])")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]+|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|code|details|div|em|font|hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span|strike|"
    r"strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK = re.compile(r"\[\^([^\[\]\s]+)\]")
_SUP = re.compile(r"<sup>\s*(\d{1,4}(?:\s*[,–-]\s*\d{1,4})*)\s*</sup>", re.IGNORECASE)
_DEFINITION = re.compile(r"\[\^([^\[\]\s]+)\]:\s*(.*)")
_LINK_DEFINITION = re.compile(r"\s{0,3}\[[^\]^]+\]:\s+\S+.*")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_ITEM = re.compile(r"(\s*)(?:([-*+•])|(\d{1,3}[.)]))\s+(.*)")
_ROW_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_INDENTED = re.compile(r"(?: {4}|\t)")
_PRIVATE = "\ue000"


@dataclass(slots=True)
class _Page:
    """Text between two form feeds."""

    index: int
    text: str


@dataclass(slots=True)
class _Builder:
    """Collects drafts of one file."""

    page: int = 0
    drafts: list[Draft] = field(default_factory=list)
    in_notes: bool = False

    def add(self, kind: BlockKind, text: str, **known: object) -> Draft | None:
        """A block of running text; raised figures in it become marks."""
        flow = flow_of_chars([Char(c, 0, 0, 0, 1) for c in text], None, self.page)
        flow.settle(self.page)
        if not flow.text:
            return None
        draft = Draft(kind, flow.text, flow.places, flow.marks)
        if kind == "note" and flow.leading_mark:
            draft.number, draft.marks = flow.leading_mark, flow.marks[1:]
        draft.breaks_after = True
        for name, value in known.items():
            setattr(draft, name, value)
        self.drafts.append(draft)
        return draft

    def table(self, rows: Sequence[Sequence[str]], header_rows: int | None = None) -> None:
        text = ""
        marks: list[tuple[int, str]] = []
        spans: list[list[tuple[int, int]]] = []
        width = max(len(row) for row in rows)
        for row in rows:
            spans.append([])
            for column in range(width):
                if column or text:
                    text += "\t" if column else "\n"
                cell = row[column] if column < len(row) else ""
                flow = flow_of_chars([Char(c, 0, 0, 0, 1) for c in cell], None, self.page)
                start = len(text)
                marks += [(at + start, label) for at, label in flow.marks]
                text += flow.text
                spans[-1].append((start, len(text)))
        self.drafts.append(Draft("table", text, [self.page] * len(text), marks, rows=spans, header_rows=header_rows))


def read_text(text: str, work: Work, facts: FileFacts) -> Document:
    """Reads plain text: blocks between empty lines, their role told by their form."""
    builder = _Builder()
    pages = _pages_of(text)
    width = 0 if _is_wrapped(text) else width_of(text)
    blocks: list[tuple[int, list[str]]] = []
    imprint = range(0)
    for page in pages:
        current: list[str] = []
        for line in [*page.text.split("\n"), ""]:
            if line.strip():
                current.append(line.rstrip())
            elif current:
                if not blocks and not _is_table(current) and len(front := front_lines(current)) > 1:
                    last = len(front) if is_imprint(front[-1][0]) else len(front) - 1
                    blocks += [(page.index, part) for part in front[:last]]
                    imprint, current = range(1, last), [line for part in front[last:] for line in part]
                blocks += [(page.index, part) for part in _split_block(current, width, first=not blocks)]
                current = []
    runs = runs_of([not _is_table(lines) and is_short(_joined(lines)) for _, lines in blocks])
    fronted = False  # whether running text has begun
    for position, (page_index, lines) in enumerate(blocks):
        builder.page = page_index
        following = blocks[position + 1][1] if position + 1 < len(blocks) else []
        if _is_table(lines):
            builder.table([[_unmarked(cell, False) for cell in line.split("\t")] for line in lines])
            continue
        raw = _joined(lines)
        kind = "byline" if position in imprint else _kind_of(raw, following, builder, fronted, runs[position])
        if imprint and position == 0:
            kind = "title"
        if kind == "title" and any(d.kind == "title" for d in builder.drafts):
            kind = "heading"
        body = raw
        if kind == "aside":
            body = _ASIDE.sub("", raw, count=1).rstrip("*").rstrip()
        elif kind == "note":
            body = _NOTE_LINE.sub("", raw, count=1)
        elif kind == "list":
            body = raw[len(bullet_of(raw)) :]
        draft = builder.add(kind, _unmarked(body, False), level=1 if kind == "heading" else 0)
        if draft is None:
            continue
        if kind == "heading":
            builder.in_notes = heads_notes(draft.text)
        if kind == "note" and draft.number is None and (found := note_number(draft.text)):
            _number_plainly(draft, builder.drafts, found)
        fronted = fronted or (kind == "paragraph" and len(draft.text) > 150)
    headings = [d for d in builder.drafts if d.kind == "heading"]
    for heading, level in zip(headings, levelled([headed_by_words(d.text) for d in headings]), strict=True):
        heading.level = level
    return _finished(builder, work, facts, pages, set(), unmarked_asides=True)


def _kind_of(raw: str, following: Sequence[str], builder: _Builder, fronted: bool, run: tuple[int, int]) -> BlockKind:
    """`run`: how many short lines stand together there, and which of them this is."""
    before = next((d for d in reversed(builder.drafts) if d.kind in ("paragraph", "list")), None)
    if caption_of(raw):
        return "caption"
    if is_source(raw):
        return "source"
    if _NOTE_LINE.match(raw):
        return "note"
    if heads_notes(raw):
        return "heading"
    if _ASIDE.match(raw) and ((raw[:2] in ("**", "* ") and raw.endswith("*")) or raw[0] in "†‡§"):
        return "aside"
    running = INNER_STOP.search(raw) is not None
    if not builder.drafts and len(raw) < 250 and raw[-1] not in ".;:," and not running:
        return "title"
    if not fronted and len(raw) < 200 and not running and (is_byline(raw) or raw[-1] not in ".!?;:"):
        titled = any(d.kind == "title" for d in builder.drafts)
        if is_byline(raw) or (
            titled
            and not heads_text(raw)
            and may_be_byline(raw, run)
            and all(d.kind in ("title", "byline", "aside") for d in builder.drafts[-3:])
        ):
            return "byline"
    if bullet_of(raw):
        return "list"
    if not is_listed(run) and _heads(raw, following, before):
        return "heading"
    if builder.in_notes:
        return "note"
    if is_listed(run):
        return "list"
    return "list" if is_enumerated(raw) else "paragraph"


def _heads(raw: str, following: Sequence[str], before: Draft | None) -> bool:
    if len(raw) > 150 or raw[-1] in ".;,:!…" or begins_inside(raw) or not any(c.isalpha() for c in raw):
        return False
    if any(c in SUPERSCRIPTS for c in raw) or INNER_STOP.search(raw) or not following:
        return False
    if before is not None and not is_finished(before.text) and len(before.text) > 60:
        return False  # the rest of a cut sentence
    return len(_joined(following)) > len(raw) or len(following) > 1


def _number_plainly(draft: Draft, drafts: Sequence[Draft], found: tuple[str, int]) -> None:
    """Takes '12.' at the beginning of an entry as its number, where the entries count up."""
    number, cut = found
    last = max((int(d.number) for d in drafts if d is not draft and d.number and d.number.isdigit()), default=0)
    if int(number) == last + 1:
        draft.number = number
        draft.text, draft.places = draft.text[cut:], draft.places[cut:]
        draft.marks = [(max(0, at - cut), label) for at, label in draft.marks]


def _pages_of(text: str) -> list[_Page]:
    return [_Page(i, part) for i, part in enumerate(text.split("\f"))]


def _is_wrapped(text: str) -> bool:
    """Whether lines are broken to a width rather than at paragraphs."""
    inner = [
        len(line)
        for block in re.split(r"\n\s*\n", text)
        for line in block.strip("\n").split("\n")[:-1]
        if "\t" not in line
    ]
    lines = [len(line) for line in text.split("\n") if line.strip()]
    if len(inner) < 5 or not lines:
        return False
    return sum(n > 130 for n in lines) < 0.05 * len(lines) and sum(40 < n < 131 for n in inner) > 0.6 * len(inner)


def _split_block(lines: list[str], width: int, first: bool) -> list[list[str]]:
    """Lines without an empty line between them, parted where a new block plainly begins. `width`: of the longest line;
    0 where lines are broken to a width throughout. The `first` lines of a text may be a title in two."""
    if first and len(lines) == 2 and all(is_short(line.strip()) for line in lines) and "\t" not in "".join(lines):
        return [lines]
    if _is_table(lines):
        return [lines]
    parts: list[list[str]] = []
    for line in lines:
        above = parts[-1][-1] if parts else ""
        tabbed = "\t" in line.strip()
        new = (
            not parts
            or _NOTE_LINE.match(line) is not None
            or bool(bullet_of(line.lstrip()))
            or tabbed != ("\t" in above.strip())
            or (width > 0 and not goes_on(above, line, width))
            or (is_enumerated(line) and is_finished(above))
            or is_source(line)
            or caption_of(line) is not None
        )
        if new:
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _is_table(lines: Sequence[str]) -> bool:
    counts = [line.strip("\n").count("\t") for line in lines]
    return len(lines) >= 2 and min(counts) >= 1 and all(line.strip() for line in lines)


def _joined(lines: Sequence[str]) -> str:
    whole = ""
    for line in lines:
        part = line.strip()
        if whole.endswith("\u00ad") or (whole.endswith("-") and part[:1].islower() and whole[-2:-1].isalpha()):
            # A plain text file says no more than this; a compound is likelier than a broken word.
            whole = whole[:-1] + part if whole.endswith("\u00ad") else whole + part
        else:
            whole = f"{whole} {part}" if whole else part
    return whole


def _unmarked(text: str, markdown: bool) -> str:
    """The text without the marks of Markdown; in plain text only what cannot be anything else goes."""
    text = _LINK.sub(lambda m: "" if m[1] else m[2], text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[1])
        return f"{_PRIVATE}{len(kept) - 1}{_PRIVATE}"

    if markdown:
        text = re.sub(r"(?<!`)`([^`\n]+)`(?!`)", keep, text)
        text = _ESCAPE.sub(keep, text)
        text = _SUP.sub(lambda m: m[1].translate(_TO_SUPERSCRIPT), text)
        text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
        text = _AUTOLINK.sub(keep, text)
        text = _TAG.sub("", _COMMENT.sub("", text))
        text = _REFERENCE_LINK.sub(r"\1", text)
        text = text.replace("~~", "")
    else:
        text = re.sub(r"\\([$*_\[\]#&%])", keep, text)
        text = re.sub(r"((?:https?://|www\.)\S+)", keep, text)
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
        if markdown:
            text = _UNDERLINE.sub(r"\2", text)
    if markdown:
        text = unescape(text)
    for _ in range(2):
        text = re.sub(f"{_PRIVATE}(\\d+){_PRIVATE}", lambda m: kept[int(m[1])], text)
    return text


def read_markdown(text: str, work: Work, facts: FileFacts) -> Document:
    """Reads Markdown: headings, lists, pipe tables, footnotes; the marks of the markup are not text."""
    front, text = front_matter(text)
    facts = told(front, facts)
    labels = _labels_of(text)
    pages = _pages_of(text.replace(_PRIVATE, ""))
    builder = _Builder()
    for page in pages:
        builder.page = page.index
        _MarkdownPage(builder, labels).read(_COMMENT.sub("", page.text).split("\n"))
    _name_front(builder.drafts)
    return _finished(builder, work, facts, pages, set(labels.values()), unmarked_asides=False)


def _labels_of(text: str) -> dict[str, str]:
    """Each footnote label with the number that it is shown by."""
    labels: dict[str, str] = {}
    used = {m for m in _MARK.findall(text) if m.isdigit()}
    free = (str(n) for n in range(1, 100_000) if str(n) not in used)
    for label in _MARK.findall(text):
        if label not in labels:
            labels[label] = label if label.isdigit() else next(free)
    return labels


class _MarkdownPage:
    """Goes through the lines of one page."""

    def __init__(self, builder: _Builder, labels: dict[str, str]) -> None:
        self._builder = builder
        self._labels = labels
        self._paragraph: list[str] = []

    def read(self, lines: list[str]) -> None:
        i = 0
        while i < len(lines):
            i = self._line(lines, i)
        self._flush()

    def _line(self, lines: list[str], i: int) -> int:
        line = lines[i].rstrip()
        bare = line.strip()
        if not bare:
            self._flush()
            return i + 1
        if re.match(r"\s*(```|~~~)", line):
            return self._fence(lines, i)
        if self._paragraph and re.fullmatch(r" {0,3}(=+|-{2,})\s*", line) and "|" not in self._paragraph[-1]:
            level = 1 if "=" in line else 2
            words, self._paragraph = " ".join(self._paragraph), []
            self._heading(words, level)
            return i + 1
        if heading := _HEADING.fullmatch(line):
            self._flush()
            self._heading(heading[2] or "", len(heading[1]))
            return i + 1
        if _RULE.fullmatch(line):
            self._flush()
            return i + 1
        if "|" in line and i + 1 < len(lines) and "-" in lines[i + 1] and _ROW_RULE.fullmatch(lines[i + 1]):
            return self._pipe_table(lines, i)
        if definition := _DEFINITION.match(bare):
            return self._definition(lines, i, definition)
        if _LINK_DEFINITION.fullmatch(line):
            return i + 1
        quoted = re.sub(r"^\s{0,3}(?:>\s?)+", "", line)
        if not quoted.strip():
            self._flush()
            return i + 1
        item = _ITEM.match(quoted)
        if item and item[4] and (not self._paragraph or item[2] or self._is_item()):
            self._flush()
            # A counted item keeps its number: it is text; a bullet is not.
            self._paragraph = ["\x01" + (f"{item[3]} {item[4]}" if item[3] else item[4])]
            return i + 1
        if _NOTE_LINE.match(quoted):
            self._flush()
        self._paragraph.append(quoted)
        return i + 1

    def _is_item(self) -> bool:
        return bool(self._paragraph) and self._paragraph[0].startswith("\x01")

    def _text(self, markup: str) -> str:
        def mark(match: re.Match[str]) -> str:
            return self._labels[match[1]].translate(_TO_SUPERSCRIPT)

        # Two marks side by side must not read as one number.
        markup = re.sub(r"(?<=\])(?=\[\^)", ",", markup)
        return _unmarked(_MARK.sub(mark, markup), True)

    def _flush(self) -> None:
        if not self._paragraph:
            return
        item = self._is_item()
        raw = _joined(self._paragraph).lstrip("\x01")
        self._paragraph = []
        text = self._text(raw).strip()
        bold = _BOLD_LINE.fullmatch(raw.strip())
        if not text:
            return
        if caption_of(text, bold is not None):
            self._builder.add("caption", text)
        elif is_source(text):
            self._builder.add("source", text)
        elif _NOTE_LINE.match(text):
            self._builder.add("note", _NOTE_LINE.sub("", text, count=1))
        elif item:
            draft = self._builder.add("note" if self._builder.in_notes else "list", text)
            if draft is not None and draft.kind == "note" and (found := note_number(draft.text)):
                _number_plainly(draft, self._builder.drafts, found)
        elif bold and len(text) < 120 and text[-1] not in ".!?;:,":
            self._builder.add("heading", text, level=7)
        elif self._builder.in_notes:
            draft = self._builder.add("note", text)
            if draft is not None and (found := note_number(draft.text)):
                _number_plainly(draft, self._builder.drafts, found)
        else:
            self._builder.add("paragraph", text)

    def _heading(self, markup: str, level: int) -> None:
        draft = self._builder.add("heading", self._text(markup), level=level)
        if draft is not None:
            self._builder.in_notes = heads_notes(draft.text)

    def _fence(self, lines: list[str], i: int) -> int:
        self._flush()
        fence = lines[i].strip()[:3]
        end = next((j for j in range(i + 1, len(lines)) if lines[j].strip().startswith(fence)), len(lines))
        self._builder.add("paragraph", "\n".join(lines[i + 1 : end]))
        return end + 1

    def _pipe_table(self, lines: list[str], i: int) -> int:
        self._flush()
        rows = [self._cells(lines[i])]
        j = i + 2
        while j < len(lines) and "|" in lines[j] and lines[j].strip():
            rows.append(self._cells(lines[j]))
            j += 1
        self._builder.table(rows, header_rows=int(len(rows) > 1 and any(rows[0])))
        return j

    def _cells(self, line: str) -> list[str]:
        bare = line.strip()
        bare = bare[1:] if bare.startswith("|") else bare
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        return [self._text(cell.strip()) for cell in re.split(r"(?<!\\)\|", bare)]

    def _definition(self, lines: list[str], i: int, match: re.Match[str]) -> int:
        self._flush()
        words = [match[2]]
        j = i + 1
        while j < len(lines) and lines[j].strip() and not _DEFINITION.match(lines[j].strip()):
            if not _INDENTED.match(lines[j]) and not words[-1]:
                break
            words.append(lines[j].strip())
            j += 1
        self._builder.add("note", self._text(_joined(words)), number=self._labels[match[1]], sign=DEFINED)
        return j


def _name_front(drafts: list[Draft]) -> None:
    """A first heading is the title; short lines behind it that name persons are the byline."""
    if not drafts or drafts[0].kind != "heading":
        return
    drafts[0].kind = "title"
    for draft in drafts[1:4]:
        if (
            draft.kind != "paragraph"
            or len(draft.text) > 200
            or (is_finished(draft.text) and not is_byline(draft.text))
        ):
            break
        draft.kind = "byline"


def _finished(
    builder: _Builder,
    work: Work,
    facts: FileFacts,
    pages: Sequence[_Page],
    known: set[str],
    *,
    unmarked_asides: bool,
) -> Document:
    paged = len(pages) > 1
    if not paged:
        for draft in builder.drafts:
            draft.places = [NOWHERE] * len(draft.places)
    return assemble(
        builder.drafts,
        work,
        facts,
        places=[Place(page.index, None) for page in pages] if paged else (),
        pages=[PageFacts(page.index, None) for page in pages] if paged else (),
        habits=Habits(),
        known_marks=known,
        unmarked_asides=unmarked_asides,
    )
