"""Paragraphs of a page -> drafts: every paragraph gets its role and becomes running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.drafts import Draft, Place
from assistant.reading.flow import Flow, flow_of, flow_of_chars
from assistant.reading.joining import join_drafts
from assistant.reading.lineends import Habits
from assistant.reading.pages.feet import feet_of, note_symbol
from assistant.reading.pages.front import name_front
from assistant.reading.pages.headings import Headed, is_label, levelled
from assistant.reading.pages.indents import indented
from assistant.reading.pages.layout import Line, Para
from assistant.reading.roles import (
    begins_inside,
    bullet_of,
    caption_of,
    glued_number,
    heads_notes,
    is_enumerated,
    is_finished,
    is_source,
    note_number,
)
from assistant.reading.tables.gridded import draft_of_grid
from assistant.reading.tables.tabular import is_contents
from assistant.types import BlockKind, Box

_LABEL = 0.9
"""A short line smaller than this part of the body, which is no sentence, is a label of a figure."""
_NAMES = 200
"""A line of names is shorter than this."""
_CONTINUED = re.compile(r"\s*\(?(?:continued|cont[’'.]?d)\W*$")
"""What stands at the foot of a page below a note that the next page goes on with."""


class Drafter:
    """Gives every paragraph its role and turns it into a draft."""

    def __init__(self, habits: Habits, body: float, headings: dict[int, Headed]) -> None:
        self.habits = habits
        self.body = body
        self.places: list[Place] = []
        self.drafts: list[Draft] = []
        self.parted: dict[str, str] = {}
        """See `FileFacts`."""
        self._headings = headings
        self._headed: list[tuple[Draft, Headed]] = []
        self._in_notes = False
        self._last_note: Draft | None = None
        self._last_number = 0

    def sheet(self, paras: Sequence[Para], sideways: bool) -> None:
        """The paragraphs of a page that run one way; `sideways`: another way than most of the page."""
        foot = feet_of(paras, self.body)
        indents = indented(paras, self.body)
        for position, para in enumerate(paras):
            after = paras[position + 1] if position + 1 < len(paras) else None
            last_on_zone = after is None or after.zone is not para.zone or _is_parted(para, after)
            first = para.lines[0]
            if first.grid is not None:
                self.drafts.append(draft_of_grid(first, first.grid, self.habits, self._place))
                continue
            draft = self._draft(para, id(para) in foot, last_on_zone, indents.get(id(para)))
            if draft is not None:
                if sideways:
                    draft.kind = "aside"
                    self._headed = [h for h in self._headed if h[0] is not draft]
                self.drafts.append(draft)

    def finish(self) -> list[Draft]:
        self._headed = name_front(self.drafts, self._headed, self.body, self._page_of)
        for (draft, _), level in zip(self._headed, levelled([h for _, h in self._headed]), strict=True):
            draft.level = level
        return self.drafts

    def _page_of(self, draft: Draft) -> int:
        return self.places[draft.places[0]].page

    def _place(self, line: Line, box: Box | None = None) -> int:
        box = box or Box(line.left, line.top, line.right, line.bottom)
        confidences = [c.confidence for c in line.chars if c.confidence is not None]
        confidence = sum(confidences) / len(confidences) if confidences else None
        self.places.append(Place(line.page.index, line.page.as_shown(box), confidence))
        return len(self.places) - 1

    def _draft(self, para: Para, at_foot: bool, last_on_zone: bool, indent: BlockKind | None) -> Draft | None:
        flow = flow_of(para.lines, [self._place(line) for line in para.lines], self.habits)
        flow.settle(len(self.places) - 1)
        if not flow.text:
            return None
        if len(para.lines) == 1 and len(para.lines[0].starts) > 1 and len(flow.text) < _NAMES:
            self.parted[flow.text] = ", ".join(_parts(para.lines[0]))
        kind = self._kind(para, flow, at_foot, indent)
        if kind == "note":
            return self._note(flow)
        if kind == "heading" and self._in_notes:
            self._last_note = None
        draft = Draft(kind, flow.text, flow.places, flow.marks, hyphen=flow.hyphen, trailing_space=flow.trailing_space)
        if kind in ("list", "heading") and (bullet := bullet_of(draft.text)):
            _cut_front(draft, len(bullet))
        draft.breaks_after = last_on_zone or para.fills_last_line
        draft.apart = para.zone.apart
        draft.indented = indent == kind
        if kind == "heading":
            return self._heading(draft, self._headings[id(para)])
        return draft

    def _heading(self, draft: Draft, headed: Headed) -> Draft | None:
        self._in_notes = heads_notes(draft.text)
        if self.drafts and self._headed and self._headed[-1][0] is self.drafts[-1] and is_label(self.drafts[-1].text):
            label, before = self._headed[-1]
            label.append(draft, " ")
            outer = max((before, headed), key=lambda h: h.look.size)
            self._headed[-1] = (label, Headed(outer.look, headed.level or before.level))
            return None
        self._headed.append((draft, headed))
        return draft

    def _kind(self, para: Para, flow: Flow, at_foot: bool, indent: BlockKind | None) -> BlockKind:
        text = flow.text
        if para.zone.contents or is_contents(text):
            return "aside"
        if caption_of(text, para.bold):
            return "caption"
        if id(para) in self._headings:
            return "aside" if _in_picture(para) else "heading"
        if self._in_notes:
            return "note"
        if is_source(text):
            return "source"
        if at_foot:
            numbered = flow.leading_mark or self._plain_note(text) or self._glued_note(text) or note_symbol(text)
            return "note" if numbered or self._continues_note(para, text) else "aside"
        if _in_picture(para) or self._is_label(para, text) or _is_pull_quote(para, self.body):
            return "aside"
        if bullet_of(text) or is_enumerated(text):
            return "list"
        return indent or "paragraph"

    def _is_label(self, para: Para, text: str) -> bool:
        small = para.size < _LABEL * self.body and len(para.lines) == 1 and len(text) < 60
        return small and not is_finished(text) and not begins_inside(text) and not bullet_of(text)

    def _continues_note(self, para: Para, text: str) -> bool:
        """Whether a paragraph at the foot goes on with the last note: on its own page, or cut by the page."""
        if self._last_note is None:
            return False
        if self.places[self._last_note.places[-1]].page == para.page:
            return True
        cut = not is_finished(self._last_note.text) or _CONTINUED.search(self._last_note.text) is not None
        return cut or begins_inside(text)

    def _plain_note(self, text: str) -> bool:
        found = note_number(text, self._last_number)
        if found is None:
            return False
        number, signed = int(found[0]), not text[found[1] - 2 : found[1]].strip().isdigit()
        return number in (self._last_number + 1, 1) or (signed and 0 < number - self._last_number <= 3)

    def _glued_note(self, text: str) -> bool:
        """Only the next number in turn: figures that touch a word are rare otherwise, not unheard of."""
        found = glued_number(text)
        return found is not None and int(found[0]) in (self._last_number + 1, 1)

    def _note(self, flow: Flow) -> Draft | None:
        draft = Draft(
            "note", flow.text, flow.places, flow.marks, hyphen=flow.hyphen, trailing_space=flow.trailing_space
        )
        if flow.leading_mark is not None:
            draft.number, draft.marks = flow.leading_mark, flow.marks[1:]
            draft.sign = "raised"
            if re.match(r"[.)\]]\s", draft.text):
                _cut_front(draft, 2)
        elif (found := note_number(flow.text, self._last_number)) and self._plain_note(flow.text):
            draft.number, cut = found
            draft.sign = re.sub(r"[\d\s]", "", flow.text[:cut])
            _cut_front(draft, cut)
        elif (found := glued_number(flow.text)) and self._glued_note(flow.text):
            draft.number, cut = found
            _cut_front(draft, cut)
        elif symbol := note_symbol(flow.text):
            draft.number, cut = symbol
            _cut_front(draft, cut)
        if draft.number is None and self._last_note is not None and self._last_note.number is not None:
            if continued := _CONTINUED.search(self._last_note.text):
                self._last_note.take_out(continued.start(), continued.end())
            join_drafts(self._last_note, draft, self.habits)
            return None
        if draft.number and draft.number.isdigit():
            self._last_number = int(draft.number)
        self._last_note = draft
        return draft


def _parts(line: Line) -> list[str]:
    """The texts of a line between its wide gaps."""
    ends = [*line.starts[1:], len(line.chars)]
    return [flow_of_chars(line.chars[a:b], line, 0).text for a, b in zip(line.starts, ends, strict=True)]


def _cut_front(draft: Draft, cut: int) -> None:
    draft.text, draft.places = draft.text[cut:], draft.places[cut:]
    draft.marks = [(max(0, at - cut), label) for at, label in draft.marks]


def _is_parted(para: Para, after: Para) -> bool:
    """Whether a picture, or a piece that stands apart, lies between two paragraphs."""
    between = (*para.zone.holes, *para.lines[0].page.pictures)
    middle = (para.zone.left + para.zone.right) / 2
    return any(
        b.left < middle < b.right and para.bottom - 2 <= b.top and b.bottom <= after.top + after.size for b in between
    )


def _in_picture(para: Para) -> bool:
    """Whether the words stand in a picture that is a figure of the page, not its ground."""
    page = para.lines[0].page
    most = 0.5 * page.width * page.height
    return any(
        box.left - 1 <= para.left
        and para.right <= box.right + 1
        and box.top - 1 <= para.top
        and para.bottom <= box.bottom + 1
        for box in page.pictures
        if (box.right - box.left) * (box.bottom - box.top) < most
    )


def _is_pull_quote(para: Para, body: float) -> bool:
    """Larger words beside the running text, which say once more what it says."""
    return para.zone.apart and para.size > 1.06 * body and len(para.text) < 400
