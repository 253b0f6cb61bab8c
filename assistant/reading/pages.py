"""Pages of characters -> Document: the way a PDF (or any page with geometry) is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reading.assembly import FileFacts, PageFacts, assemble
from assistant.reading.chars import PageChars
from assistant.reading.drafts import Draft, Place
from assistant.reading.flow import Flow, flow_of
from assistant.reading.furniture import furniture_of
from assistant.reading.gridded import GridDrafter
from assistant.reading.joining import join_drafts
from assistant.reading.layout import Line, Para, fragments_of
from assistant.reading.lineends import Habits, habits_of
from assistant.reading.paragraphs import leading_of, paragraphs_of
from assistant.reading.roles import (
    begins_inside,
    bullet_of,
    caption_of,
    heads_notes,
    is_enumerated,
    is_finished,
    is_source,
    note_number,
)
from assistant.reading.ruled import grids_of
from assistant.reading.tabular import is_contents, with_tables
from assistant.reading.zones import zones_of
from assistant.types import BlockKind, Box, Document, Work

_SMALLER = 0.94
"""Notes at the foot and author notes are set smaller than this part of the body."""


def read_pages(pages: Sequence[PageChars], work: Work, facts: FileFacts) -> Document:
    """Reads the sheets of a file (several of one page where its text runs in several directions)."""
    fragments: list[list[Line]] = []
    for page in pages:
        grids, rest = grids_of(page)
        lines = fragments_of(page, rest)
        lines += [Line([], page, grid=grid, box_of_grid=grid.box) for grid in grids]
        fragments.append(lines)
    main: dict[int, tuple[float, Sequence[Line]]] = {}
    main_turn: dict[int, int] = {}
    for page, lines in zip(pages, fragments, strict=True):
        if page.index not in main:
            height = page.width if page.turned % 2 else page.height
            main_turn[page.index] = page.turned
            main[page.index] = (height, [f for f in lines if f.grid is None])
    outside, printed = furniture_of(main)
    zones = [
        [with_tables(zone) for zone in zones_of([f for f in lines if id(f) not in outside])] for lines in fragments
    ]
    leading = leading_of(zone for sheet in zones for zone in sheet)
    paras = [[para for zone in sheet for para in paragraphs_of(zone, leading)] for sheet in zones]
    every = [line for sheet in zones for zone in sheet for line in zone.lines if line.grid is None]
    drafter = _Drafter(habits_of(every), _body_size(every))
    for page, sheet in zip(pages, paras, strict=True):
        drafter.sheet(sheet, sideways=page.turned != main_turn[page.index])
    known: dict[int, PageFacts] = {}
    for page in pages:
        if page.index not in known:
            known[page.index] = PageFacts(page.index, printed.get(page.index, page.label))
    return assemble(
        drafter.finish(),
        work,
        facts,
        places=drafter.places,
        pages=[known[i] for i in sorted(known)],
        habits=drafter.habits,
    )


def _body_size(lines: Sequence[Line]) -> float:
    """The size of the running text: on most pages the largest that holds a good part of the page.

    Counting characters alone would take the size of the notes where notes are longer than the text.
    """
    pages: dict[int, Counter[float]] = {}
    for line in lines:
        pages.setdefault(line.page.index, Counter())[line.size] += len(line.chars)
    votes: Counter[float] = Counter()
    for sizes in pages.values():
        total = sum(sizes.values())
        votes[max(size for size, n in sizes.items() if n >= min(0.25 * total, max(sizes.values())))] += total
    return votes.most_common(1)[0][0] if votes else 10.0


class _Drafter:
    """Gives every paragraph its role and turns it into a draft."""

    def __init__(self, habits: Habits, body: float) -> None:
        self.habits = habits
        self._grids = GridDrafter(habits, self._place)
        self.body = body
        self.places: list[Place] = []
        self.drafts: list[Draft] = []
        self._styles: list[tuple[Draft, float, bool, int]] = []
        self._in_notes = False
        self._last_note: Draft | None = None
        self._fresh = True  # no running text yet: title and byline may come

    def sheet(self, paras: Sequence[Para], sideways: bool) -> None:
        """The paragraphs of a page that run one way; `sideways`: another way than most of the page."""
        foot = _foot_of(paras, self.body)
        for position, para in enumerate(paras):
            last_on_zone = position + 1 == len(paras) or paras[position + 1].zone is not para.zone
            draft = self._draft(para, id(para) in foot, last_on_zone)
            if draft is not None:
                if sideways and draft.kind != "table":
                    draft.kind = "aside"
                    self._styles = [s for s in self._styles if s[0] is not draft]
                self.drafts.append(draft)

    def finish(self) -> list[Draft]:
        self._find_title()
        self._level_headings()
        self._grids.join_continued(self.drafts)
        return self.drafts

    def _place(self, line: Line, box: Box | None = None) -> int:
        box = box or Box(line.left, line.top, line.right, line.bottom)
        self.places.append(Place(line.page.index, line.page.as_shown(box)))
        return len(self.places) - 1

    def _draft(self, para: Para, at_foot: bool, last_on_zone: bool) -> Draft | None:
        first = para.lines[0]
        if first.grid is not None:
            return self._grids.draft(first, first.grid)
        flow = flow_of(para.lines, [self._place(line) for line in para.lines], self.habits)
        flow.settle(len(self.places) - 1)
        if not flow.text:
            return None
        kind = self._kind(para, flow, at_foot)
        if kind == "note":
            return self._note(flow, at_foot)
        self._last_note = None if kind in ("heading", "title") else self._last_note
        draft = Draft(kind, flow.text, flow.places, flow.marks, hyphen=flow.hyphen, trailing_space=flow.trailing_space)
        if kind == "list" and (bullet := bullet_of(draft.text)):
            cut = len(bullet)
            draft.text, draft.places = draft.text[cut:], draft.places[cut:]
            draft.marks = [(max(0, at - cut), label) for at, label in draft.marks]
        draft.breaks_after = last_on_zone or para.fills_last_line
        if kind == "heading":
            self._in_notes = heads_notes(flow.text)
            self._styles.append((draft, para.size, para.bold, para.page))
        elif kind == "paragraph" and len(flow.text) > 150:
            self._fresh = False
        return draft

    def _kind(self, para: Para, flow: Flow, at_foot: bool) -> BlockKind:
        text = flow.text
        if is_contents(text):
            return "aside"
        if caption_of(text, para.bold):
            return "caption"
        if self._looks_like_heading(para, text):
            return "heading"
        if self._in_notes:
            return "note"
        if is_source(text):
            return "source"
        if at_foot:
            return (
                "note" if flow.leading_mark or self._continues_note(para, text) or self._plain_note(text) else "aside"
            )
        if bullet_of(text):
            return "list"
        return "list" if is_enumerated(text) and len(para.lines) > 0 else "paragraph"

    def _looks_like_heading(self, para: Para, text: str) -> bool:
        if len(para.lines) > 4 or len(text) > 250 or not any(c.isalpha() for c in text):
            return False
        larger = para.size > 1.06 * self.body
        if not larger and not (para.bold and para.size > 0.94 * self.body):
            return False
        if text[-1] in ",;" or (text[-1] == "." and not larger and len(text) > 60):
            return False
        return not (bullet_of(text) and not larger)

    def _continues_note(self, para: Para, text: str) -> bool:
        """Whether a paragraph at the foot goes on with the last note: on its own page, or cut by the page."""
        if self._last_note is None:
            return False
        if self.places[self._last_note.places[-1]].page == para.page:
            return True
        cut = not is_finished(self._last_note.text) or re.search(r"continued\W*$", self._last_note.text) is not None
        return cut or begins_inside(text)

    def _plain_note(self, text: str) -> bool:
        found = note_number(text)
        if found is None:
            return False
        last = max((int(d.number) for d in self.drafts if d.number and d.number.isdigit()), default=0)
        return int(found[0]) in (last + 1, 1)

    def _note(self, flow: Flow, at_foot: bool) -> Draft | None:
        number, text, places, marks = flow.leading_mark, flow.text, flow.places, flow.marks
        if number is not None:
            marks = marks[1:]
        elif (found := note_number(text)) and self._plain_note(text):
            number, cut = found
            text, places = text[cut:], places[cut:]
            marks = [(max(0, at - cut), label) for at, label in marks]
        draft = Draft("note", text, places, marks, number, hyphen=flow.hyphen, trailing_space=flow.trailing_space)
        if number is None and self._last_note is not None and self._last_note.number is not None:
            join_drafts(self._last_note, draft, self.habits)
            return None
        self._last_note = draft
        return draft

    def _find_title(self) -> None:
        """The largest lines at the top of the first page that has text; what follows up to the running
        text, in short lines, is the byline."""
        if not self._styles:
            return
        first_page = min(page for _, _, _, page in self._styles)
        if not self.drafts or self.places[self.drafts[0].places[0]].page != first_page:
            return
        head = [(d, size) for d, size, _, page in self._styles if page == first_page]
        largest = max(size for _, size in head)
        if largest < 1.12 * self.body:
            return
        title = next(d for d, size in head if size == largest)
        at = next(i for i, d in enumerate(self.drafts) if d is title)
        if sum(len(d.text) for d in self.drafts[:at] if d.kind == "paragraph") > 600:
            return
        title.kind = "title"
        self._styles = [s for s in self._styles if s[0] is not title]
        while at + 1 < len(self.drafts) and any(
            s[0] is self.drafts[at + 1] and abs(s[1] - largest) < 0.2 for s in self._styles
        ):
            more = self.drafts.pop(at + 1)
            self._styles = [s for s in self._styles if s[0] is not more]
            title.append(more, " ")
        for draft in self.drafts[at + 1 : at + 6]:
            if draft.kind != "paragraph" or len(draft.text) > 200 or is_finished(draft.text):
                break
            draft.kind = "byline"

    def _level_headings(self) -> None:
        """Headings of one size and weight are of one level; the largest is the outermost."""
        styles = sorted({(round(size * 2) / 2, bold) for _, size, bold, _ in self._styles}, reverse=True)
        for draft, size, bold, _ in self._styles:
            draft.level = styles.index((round(size * 2) / 2, bold)) + 1


def _foot_of(paras: Sequence[Para], body: float) -> set[int]:
    """The paragraphs of a page that stand below all its running text and are set smaller."""
    found: set[int] = set()
    flowing = [p for p in paras if p.lines[0].grid is None]
    running = [
        p for p in flowing if _SMALLER * body <= p.size <= 1.06 * body and (len(p.lines) > 1 or len(p.text) > 80)
    ]
    small = [p for p in flowing if p.size < _SMALLER * body]
    if not running or not small:
        return found
    prevails = sum(len(p.text) for p in running) >= 0.5 * sum(len(p.text) for p in small)
    for para in small:
        left, right = min(x.left for x in para.lines), max(x.right for x in para.lines)
        beside = [p for p in running if min(x.left for x in p.lines) < right and max(x.right for x in p.lines) > left]
        low = prevails or para.lines[0].starts_raised or para.top > 0.5 * para.lines[0].page.height
        if low and beside and all(p.bottom < para.top + para.size for p in beside):
            found.add(id(para))
    return found
