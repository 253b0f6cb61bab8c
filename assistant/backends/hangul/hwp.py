"""HWP 5, the older binary format of Hangul -> Document: the same reading as of HWPX, from other bytes.

No kept library of a free licence gives tables with spans, notes at their marks and the look of characters, so the
records are read here, over olefile. Locked copies and files of before 2000 are refused with a reason.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.backends.hangul.hwp_records import (
    CTRL_HEADER,
    EQEDIT,
    LIST_HEADER,
    MAX_RECORDS,
    MEMO_LIST,
    NUMBER_SHAPES,
    PAGE_DEF,
    PARA_CHAR_SHAPE,
    PARA_HEADER,
    PARA_RANGE_TAG,
    PARA_TEXT,
    SHAPE_COMPONENT,
    TABLE,
    Container,
    Looks,
    Record,
    Shape,
    fill_at,
    looks_of,
    tree_of,
)
from assistant.errors import ParseError
from assistant.reading import FileFacts
from assistant.reading.hangul.model import UNKNOWN_FILL, Frame, Look, NoteAt, Para, Piece, Sheet, SheetCell, Words
from assistant.reading.hangul.numbering import ordinal
from assistant.reading.hangul.roles import read_hangul
from assistant.types import Document, Hidden, Work

HWP = "application/x-hwp"
_SIGNS = {10: "\n", 24: "-", 30: "\u00a0", 31: "\u3000"}
_EXTENDED = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
"""Signs of eight units that have a control among the paragraph's records."""
_INLINE = frozenset((4, 5, 6, 7, 8, 9, 19, 20))
"""Signs of eight units without one."""
_TAB, _FIELD_END, _DELETED = 9, 4, 0x11


class HwpParser:
    """Reads HWP 5: outline and numbered headings, tables with their headers, foot- and endnotes, boxes, captions."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        container = Container(data, name)
        if not (container.sections or container.views):
            raise ParseError(f"{name} is damaged: it holds no section of text; open it in Hangul and save it again")
        records, used = tree_of(container.stream("DocInfo"), MAX_RECORDS, name)
        looks = looks_of(records)
        hidden: Counter[str] = Counter()
        paragraphs: list[Para] = []
        # Where changes are tracked, the body may lie in the view of them alone.
        for sections in (container.sections, container.views):
            for section in sections:
                records, count = tree_of(container.stream(section), MAX_RECORDS - used, name)
                used += count
                paragraphs += _Section(looks, hidden).read(records)
            if any(para.pieces for para in paragraphs):
                break
        summary = container.summary()
        facts = FileFacts(
            title=summary.get(2),
            author=summary.get(4),
            media_type=HWP,
            hidden=tuple(Hidden(why, n) for why, n in sorted(hidden.items()) if n),
        )
        document = read_hangul(paragraphs, work, facts)
        if not document.text.strip():
            raise ParseError(f"{name} holds no text (pictures are not read): give it as PDF")
        return document


@dataclass(slots=True)
class _Section:
    """Reads one section; keeps what runs on from paragraph to paragraph: open fields and the numbers of notes."""

    looks: Looks
    hidden: Counter[str]
    outline: int = 1
    width: int = 59528
    height: int = 84188
    guides: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, records: Sequence[Record]) -> list[Para]:
        out = []
        for record in records:
            if record.tag != PARA_HEADER:
                continue
            out.append(self._paragraph(record))
        return out

    def _paragraph(self, record: Record) -> Para:
        shape_number, style = record.u16(8), record.u8(10)
        shape = self.looks.shapes[shape_number] if shape_number < len(self.looks.shapes) else Shape()
        parts = {part.tag: part for part in record.below if part.tag != CTRL_HEADER}
        controls = [part for part in record.below if part.tag == CTRL_HEADER]
        for part in controls:
            if part.control == "secd":
                self.outline = part.u16(18) or self.outline
                page = next((one for one in part.below if one.tag == PAGE_DEF), None)
                if page is not None:
                    self.width, self.height = page.u32(0) or self.width, page.u32(4) or self.height
        for i, part in enumerate(record.below):
            if part.tag == MEMO_LIST:  # the memos of a section hang at its last paragraph
                self.hidden["comment"] += sum(map(_letters, record.below[i:]))
                break
        text = parts.get(PARA_TEXT)
        pieces = list(self._pieces(text, parts, controls)) if text is not None else []
        style_name = self.looks.styles[style] if style < len(self.looks.styles) else ""
        return Para(pieces, style_name, self.looks.head(shape, self.outline), shape.fill)

    def _pieces(self, text: Record, parts: dict[int, Record], controls: list[Record]) -> Iterator[Piece]:
        units = struct.unpack(f"<{len(text.data) // 2}H", text.data[: len(text.data) // 2 * 2])
        looks = _looks_at(parts.get(PARA_CHAR_SHAPE))
        deleted = _deleted(parts.get(PARA_RANGE_TAG), len(units))
        at = run = 0
        waiting = list(reversed(controls))
        letters: list[int] = []
        unseen: str | None = None

        def flush() -> Iterator[Words]:
            if letters:
                words = struct.pack(f"<{len(letters)}H", *letters).decode("utf-16-le", "replace")
                letters.clear()
                yield self._words(words, self.looks.look(looks[run][1]), unseen)

        while at < len(units):
            unit = units[at]
            gone = "deleted" if at in deleted else None
            if gone != unseen or (run + 1 < len(looks) and looks[run + 1][0] <= at):
                yield from flush()
                unseen = gone
                while run + 1 < len(looks) and looks[run + 1][0] <= at:
                    run += 1
            look = self.looks.look(looks[run][1])
            if unit >= 32:
                letters.append(unit)
                at += 1
                continue
            yield from flush()
            if unit in _SIGNS:
                yield self._words(_SIGNS[unit], look, unseen)
            elif unit == _TAB:
                yield self._words("\t", look, unseen)
            elif unit == _FIELD_END and self.guides:
                self.guides.pop()
            elif unit in _EXTENDED and waiting:
                name = (
                    struct.pack("<2H", *units[at + 1 : at + 3])[::-1].decode("latin-1") if at + 3 <= len(units) else ""
                )
                control = _next(waiting, name)
                if control is not None and unseen is not None:
                    self.hidden[unseen] += _letters(control)
                elif control is not None:
                    yield from self._control(control, look)
            at += 8 if unit in _EXTENDED or unit in _INLINE else 1
        yield from flush()

    def _words(self, text: str, look: Look, unseen: str | None = None) -> Words:
        guide = self.guides[-1] if self.guides else ""
        if unseen is None and guide and " ".join(text.split()) == guide:
            unseen = "instruction"
        return Words(text, look, unseen)

    # ------------------------------------------------------------ controls

    def _control(self, control: Record, look: Look) -> Iterator[Piece]:
        match control.control:
            case "tbl " | "gso " if self._is_off_page(control):
                self.hidden["off-page"] += _letters(control)
            case "tbl ":
                yield self._table(control)
            case "gso ":
                captions = [p for _, ps in _lists(control.below) for p in self.read(ps)]
                inside = [p for part in control.below if part.tag == SHAPE_COMPONENT for p in self._shape(part)]
                yield Frame(inside, _shape_fill(control), captions)
            case "fn  " | "en  " as kind:
                yield self._note(control, "foot" if kind == "fn  " else "end")
            case "eqed":
                script = next((part.string(4)[0] for part in control.below if part.tag == EQEDIT), "")
                yield self._words(f" {' '.join(script.split())} ", look)
            case "atno":
                if control.u32(4) & 0xF in (3, 4, 5):  # of pictures, tables, equations; a note keeps its own
                    shape = control.u32(4) >> 4 & 0xFF
                    name = NUMBER_SHAPES[shape] if shape < len(NUMBER_SHAPES) else "DIGIT"
                    shown = ordinal(control.u16(8), name)
                    yield self._words(f"{_sign(control.u16(12))}{shown}{_sign(control.u16(14))}", look)
            case "tcps":
                yield self._words(control.string(4)[0], look)
            case "tdut":
                main, end = control.string(4)
                beside, _ = control.string(end)
                yield self._words(main + (f"({beside})" if beside else ""), look)
            case "tcmt":
                self.hidden["comment"] += _letters(control)
            case name if name.startswith("%"):
                command, _ = control.string(9)
                guide = re.search(r"Direction:wstring:(\d{1,4}):(.*)", command, re.DOTALL) if name == "%clk" else None
                self.guides.append(" ".join(guide[2][: int(guide[1])].split()) if guide else "")

    def _is_off_page(self, control: Record) -> bool:
        """Whether an object is placed on the paper and lies beside it."""
        flags = control.u32(4)
        if flags & 1:  # set like a letter, in the line
            return False
        for relative, at, extent, page in ((8, 12, 16, self.width), (3, 8, 20, self.height)):
            offset = control.i32(at)
            if flags >> relative & 3 == 0 and (offset >= page or (offset < 0 and offset + control.i32(extent) <= 0)):
                return True
        return False

    def _shape(self, shape: Record) -> Iterator[Para]:
        """The text of a drawn object and of the objects grouped in it."""
        for _, paragraphs in _lists(shape.below):
            yield from self.read(paragraphs)
        for part in shape.below:
            if part.tag == SHAPE_COMPONENT:
                yield from self._shape(part)

    def _note(self, control: Record, kind: str) -> NoteAt:
        self.counts[kind] += 1
        number = control.u32(4)
        if not 0 < number < 100_000:
            number = self.counts[kind]
        self.counts[kind] = number
        paragraphs = [p for _, ps in _lists(control.below) for p in self.read(ps)]
        return NoteAt("foot" if kind == "foot" else "end", str(number), paragraphs)

    def _table(self, control: Record) -> Sheet:
        at = next((i for i, part in enumerate(control.below) if part.tag == TABLE), len(control.below))
        above = _lists(control.below[:at])
        fill = None
        if at < len(control.below):
            frame = control.below[at]
            fill = self.looks.fill(frame.u16(18 + 2 * frame.u16(4)))
        cells = [
            SheetCell(
                head.u16(10),
                head.u16(8),
                self.read(paragraphs),
                max(head.u16(14, 1), 1),
                max(head.u16(12, 1), 1),
                bool(head.u8(6) & 0x4),
                self.looks.fill(head.u16(32)),
            )
            for head, paragraphs in _lists(control.below[at:])
        ]
        caption = [p for _, ps in above for p in self.read(ps)]
        return Sheet(cells, fill, caption, bool(above) and above[0][0].u32(8) & 0x3 == 3)


def _lists(records: Sequence[Record]) -> list[tuple[Record, list[Record]]]:
    """The lists of paragraphs among these records, each with its header."""
    out: list[tuple[Record, list[Record]]] = []
    for record in records:
        if record.tag == LIST_HEADER:
            out.append((record, []))
        elif record.tag == PARA_HEADER and out:
            out[-1][1].append(record)
    return out


def _next(waiting: list[Record], name: str) -> Record | None:
    """The control that a sign stands for: the next one, or the next of its name where the two lists disagree."""
    for i in range(len(waiting) - 1, max(-1, len(waiting) - 17), -1):
        if waiting[i].control == name:
            found = waiting[i]
            del waiting[i:]
            return found
    return None


def _looks_at(record: Record | None) -> list[tuple[int, int]]:
    """From which unit on the characters have which look."""
    found = [(record.u32(i), record.u32(i + 4)) for i in range(0, len(record.data) - 7, 8)] if record else []
    return sorted(found, key=lambda pair: pair[0]) or [(0, 0)]


def _deleted(record: Record | None, length: int) -> frozenset[int]:
    """The units that a tracked deletion covers."""
    out: set[int] = set()
    reached = 0
    entries = range(0, len(record.data) - 11, 12) if record is not None else ()
    found = [(record.u32(i), record.u32(i + 4)) for i in entries if record and record.u8(i + 11) == _DELETED]
    for start, end in sorted(found):
        out |= set(range(max(start, reached), min(end, length)))
        reached = max(reached, end)
    return frozenset(out)


def _letters(record: Record) -> int:
    """How many letters stand in a record and below it."""
    own = len(record.data) // 2 if record.tag == PARA_TEXT else 0
    return max(own - 1, 0) + sum(map(_letters, record.below))


def _sign(unit: int) -> str:
    return chr(unit) if 32 <= unit < 0xD800 else ""


def _shape_fill(control: Record) -> int | None:
    """What a drawn object is filled with; behind its place, its matrices and its line."""
    shape = next((part for part in control.below if part.tag == SHAPE_COMPONENT), None)
    if shape is None:
        return None
    at = 50 + 2 + 48 + 96 * shape.u16(50) + 13
    return fill_at(shape, at) if at + 4 <= len(shape.data) else UNKNOWN_FILL
