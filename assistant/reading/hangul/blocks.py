"""A Hangul document -> Items: what is seen in reading order, boxes and layout tables opened, each line with its role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.reading.drafts import TO_SUPERSCRIPT
from assistant.reading.hangul.model import PAPER, Frame, Head, NoteAt, Para, Sheet, SheetCell, Words
from assistant.reading.hangul.numbering import Counting, bullet_at, form_of
from assistant.reading.markup import Call, Item, ItemCell
from assistant.reading.roles import caption_of, is_source, unit_of
from assistant.types import BlockKind, Hidden

_MAX_AREA = 500_000
"""Places of one table that its cells may cover: more is no table that anyone wrote."""


@dataclass(slots=True)
class Line:
    """A paragraph on its way to a block; `item` where it is one already (a table)."""

    content: list[str | Call] = field(default_factory=list)
    size: float = 0.0
    """Of most of its letters, in points."""
    bold: bool = False
    style: str = ""
    head: Head | None = None
    boxed: bool = False
    """Alone, or nearly, in a box: a frame drawn to set it off."""
    kind: BlockKind | None = None
    label: str | None = None
    item: Item | None = None

    @property
    def raw(self) -> str:
        return "".join(part for part in self.content if isinstance(part, str))

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())


@dataclass(slots=True)
class Unrolling:
    """Opens a document into lines. `hidden` counts what no reader sees, by reason."""

    hidden: Counter[str] = field(default_factory=Counter)
    endnotes: list[Line] = field(default_factory=list)
    _counting: Counting = field(default_factory=Counting)
    _notes: int = 0

    def counted(self) -> tuple[Hidden, ...]:
        return tuple(Hidden(why, n) for why, n in sorted(self.hidden.items()) if n)

    def lines(self, paragraphs: Iterable[Para], behind: int = PAPER, boxed: bool = False) -> list[Line]:
        out: list[Line] = []
        for paragraph in paragraphs:
            out += self._paragraph(paragraph, behind, boxed)
        return out

    def _paragraph(self, paragraph: Para, behind: int, boxed: bool) -> list[Line]:
        ground = paragraph.fill if paragraph.fill is not None else behind
        before: list[Line] = []
        after: list[Line] = []
        line = Line(style=paragraph.style, head=paragraph.head, boxed=boxed)
        sizes: Counter[float] = Counter()
        bold = 0
        for piece in paragraph.pieces:
            match piece:
                case Words(text, look, unseen):
                    why = unseen or look.unseen(ground)
                    if why is not None:
                        self.hidden[why] += len(text.strip())
                        continue
                    line.content.append(_raised(text) if look.raised else text)
                    letters = len(text.strip())
                    sizes[look.size] += letters
                    bold += letters if look.bold else 0
                case NoteAt():
                    label, lines = self._note(piece)
                    line.content.append(Call(label, piece.number))
                    (after if piece.kind == "foot" else self.endnotes).extend(lines)
                case Sheet():
                    (after if line.text else before).extend(self._sheet(piece, ground, boxed))
                case Frame():
                    (after if line.text else before).extend(self._frame(piece, ground))
        if line.text:
            line.size = sizes.most_common(1)[0][0] if sizes else 0.0
            line.bold = bold > 0.6 * sum(sizes.values())
            if paragraph.head is not None and paragraph.head.numbering is not None:
                sign = self._counting.next(paragraph.head.numbering, paragraph.head.level)
                line.content.insert(0, f"{sign} " if sign else "")
        elif line.content:
            return [*before, line, *after]  # a call without words: it belongs to the line before
        return [*before, *_broken(line), *after]

    def _note(self, note: NoteAt) -> tuple[str, list[Line]]:
        self._notes += 1
        label = f"{note.kind} {self._notes}"
        content: list[str | Call] = []
        beside: list[Line] = []
        for line in self.lines(note.paragraphs):
            if line.item is not None or line.kind is not None:
                beside.append(line)
            else:
                content += [" ", *line.content]
        return label, [Line(content, kind="note", label=label), *beside]

    def _frame(self, frame: Frame, behind: int) -> list[Line]:
        ground = frame.fill if frame.fill is not None else behind
        inside = self.lines(frame.paragraphs, ground)
        for line in inside:
            line.boxed = line.boxed or len(inside) == 1
        return [*inside, *self._caption(frame.caption, behind)]

    def _caption(self, paragraphs: Sequence[Para], behind: int) -> list[Line]:
        lines = self.lines(paragraphs, behind)
        for line in lines:
            if line.item is None and line.kind is None:
                line.kind = "source" if is_source(line.text) else "caption"
        return lines

    # ------------------------------------------------------------ tables

    def _sheet(self, sheet: Sheet, behind: int, boxed: bool) -> list[Line]:
        caption = self._caption(sheet.caption, behind)
        ground = sheet.fill if sheet.fill is not None else behind
        cells = sorted(sheet.cells, key=lambda c: (c.row, c.column))
        opened = [(c, self.lines(c.paragraphs, c.fill if c.fill is not None else ground, boxed)) for c in cells]
        inside = self._opened(opened)
        if inside is None:
            inside = _table(opened)
        return [*inside, *caption] if sheet.caption_below else [*caption, *inside]

    def _opened(self, cells: Sequence[tuple[SheetCell, list[Line]]]) -> list[Line] | None:
        """The lines of what is set as a table and is none: a title's box, a frame around paragraphs."""
        full = [(c, lines) for c, lines in cells if any(line.text or line.item for line in lines)]
        rows, columns = len({c.row for c, _ in full}), len({c.column for c, _ in full})
        nested = sum(line.item is not None for _, lines in full for line in lines)
        flat = [line for _, lines in full for line in lines]
        if rows > 1 and columns > 1 and nested < max(2, len(full) / 3):
            return None if rows * columns <= _MAX_AREA else flat
        if rows == 1 and columns > 1 and not nested:
            texts = [" ".join(line.text for line in lines) for _, lines in full]
            if len(full) <= 3 and len(texts[0]) <= 5 and _is_sign(texts[0]) and sum(map(len, texts)) <= 80:
                return [_side_by_side(flat)]
            if all(len(lines) == 1 for _, lines in full) and max(map(len, texts)) <= 100:
                return None
        for line in flat:
            line.boxed = line.boxed or len(flat) <= 2
        return flat


def _is_sign(text: str) -> bool:
    """Whether a cell holds nothing but the number of the heading beside it."""
    form = form_of(f"{text} x")
    return re.fullmatch(r"\d{1,2}|[Ⅰ-Ⅻ]|[IVX]{1,4}", text) is not None or (form is not None and form.end > len(text))


def _side_by_side(lines: Sequence[Line]) -> Line:
    """The number and the words of a heading whose box is drawn as cells."""
    widest = max(lines, key=lambda line: len(line.text))
    content: list[str | Call] = []
    for i, line in enumerate(lines):
        sign = line.text
        bare = i == 0 and re.fullmatch(r"\d{1,2}", sign) is not None
        content += [*([" "] if i else []), *([f"{sign}."] if bare else line.content)]
    return Line(content, widest.size, widest.bold, widest.style, widest.head, True)


def _table(opened: Sequence[tuple[SheetCell, list[Line]]]) -> list[Line]:
    """A table as an item; what stands in it and is none of its cells (a title row, notes, tables in cells) beside it."""
    before: list[Line] = []
    after: list[Line] = []
    width = 1 + max((c.column for c, _ in opened), default=0)
    rows: dict[int, list[tuple[SheetCell, list[Line]]]] = {}
    for cell, lines in opened:
        rows.setdefault(cell.row, []).append((cell, lines))
    for number, place in ((min(rows), before), (max(rows), after)):
        whole = rows[number]
        texts = [line.text for _, lines in whole for line in lines]
        alone = len(whole) == 1 and whole[0][0].columns >= width > 1 and whole[0][0].rows == 1
        role = _beside(" ".join(texts)) if alone and len(rows) > 2 else None
        if role is not None:
            for line in whole[0][1]:
                line.kind = line.kind or role
            place += whole[0][1]
            del rows[number]
    height = len(rows)
    places = {number: i for i, number in enumerate(sorted(rows))}
    shaded = _shaded_rows([rows[n] for n in sorted(rows)])
    taken: set[tuple[int, int]] = set()
    area = 0
    out: list[list[ItemCell]] = [[] for _ in range(height)]
    for number in sorted(rows):
        r, column = places[number], 0
        for cell, lines in rows[number]:
            spans = (min(max(cell.rows, 1), height - r), min(max(cell.columns, 1), max(width - cell.column, 1)))
            area += spans[0] * spans[1]
            if area > _MAX_AREA:
                spans = (1, 1)
            while column < min(cell.column, 1000) and len(taken) < _MAX_AREA:  # a place that no cell covers
                if (r, column) not in taken:
                    out[r].append(ItemCell(()))
                    taken.add((r, column))
                column += 1
            taken |= {(r + i, cell.column + j) for i in range(spans[0]) for j in range(spans[1])}
            column = max(column, cell.column + spans[1])
            content: list[str | Call] = []
            for line in lines:
                if line.item is not None or line.kind is not None:
                    after.append(line)
                elif line.content:
                    content += [*([" "] if content else []), *line.content]
            out[r].append(ItemCell(tuple(content), spans[0], spans[1], cell.header or r < shaded))
    item = Item("table", rows=tuple(tuple(row) for row in out))
    return [*before, Line(item=item), *after]


def _beside(text: str) -> BlockKind | None:
    """What a row of one cell over the whole width of a table is, if it is no row."""
    if is_source(text):
        return "source"
    if caption_of(text) is not None:
        return "caption"
    return "paragraph" if unit_of(text) is not None and len(text) < 60 else None


def _shaded_rows(rows: Sequence[Sequence[tuple[SheetCell, list[Line]]]]) -> int:
    """How many rows the table's shading sets off as its header, where the file marks no header cells."""
    if any(cell.header for row in rows for cell, _ in row):
        return 0
    count = 0
    while count < len(rows) and rows[count] and all(_is_filled(cell) for cell, _ in rows[count]):
        count += 1
    rest = [cell for row in rows[count:] for cell, _ in row if cell.column > 0]
    return count if rest and sum(map(_is_filled, rest)) < 0.3 * len(rest) else 0


def _is_filled(cell: SheetCell) -> bool:
    return cell.fill is not None and cell.fill != PAPER


# ---------------------------------------------------------------- words


def _raised(text: str) -> str:
    """Raised figures as superscripts; '1)' is how Korean notes are called."""
    bare = re.sub(r"^(\d+)\)$", r"\1", text.strip())
    return bare.translate(TO_SUPERSCRIPT) if re.fullmatch(r"[\d+\-−,]+", bare) else text


def _broken(line: Line) -> list[Line]:
    """One line for each forced break that begins an item; other breaks only fit the words to the page."""
    if not line.text:
        return []
    out = [Line([], line.size, line.bold, line.style, line.head, line.boxed)]
    for part in _joined(line.content):
        if isinstance(part, Call):
            out[-1].content.append(part)
            continue
        for i, piece in enumerate(part.split("\n")):
            if i and out[-1].text and _begins_item(piece.strip()):
                out.append(Line([], line.size, line.bold, line.style, None, line.boxed))
            elif i:
                out[-1].content.append(" ")
            out[-1].content.append(piece)
    return [one for one in out if one.content]


def _joined(content: Sequence[str | Call]) -> list[str | Call]:
    out: list[str | Call] = []
    for part in content:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        else:
            out.append(part)
    return out


def _begins_item(text: str) -> bool:
    form = form_of(text)
    return bool(bullet_at(text)) or text.startswith("※") or (form is not None and form.rank >= 30)
