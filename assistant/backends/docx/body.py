"""The story of a Word file, or of one note: paragraphs, tables and boxes in reading order, as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.backends.docx.blocks import Block
from assistant.backends.docx.colours import WHITE, Colour
from assistant.backends.docx.shapes import SHAPES, Filling, beyond, chosen, filling_of, veil_of
from assistant.backends.docx.shared import Shared
from assistant.backends.docx.styles import Changes, Look, Paragraph
from assistant.backends.docx.symbols import equation, in_font, moved, symbol
from assistant.backends.docx.tables import read_grid
from assistant.backends.docx.xml import Element, attr, child, inside, is_on, kind, words
from assistant.errors import ParseError
from assistant.reading.markup import MAX_CHARACTERS, Call

_TRANSPARENT = ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink", "w:dir", "w:bdo", "w:fldSimple")
_TAKEN_OUT = ("w:del", "w:moveFrom")
_DRAWN = frozenset(("w:drawing", "w:pict", "w:object"))


@dataclass(slots=True)
class _Field:
    """A field that is being read: what it asks for, then what it shows."""

    instruction: str = ""
    shows: bool = False
    silent: bool = False


@dataclass(slots=True)
class Story:
    shared: Shared
    blocks: list[Block] = field(default_factory=list)
    behind: Colour | None = WHITE
    veil: str | None = None
    """Why nothing of what is being read is seen."""
    table: Changes | None = None
    section: int = 0
    listing: bool = False
    boxed: bool = False
    _open: set[Element] = field(default_factory=set)
    """Beginnings of fields that never end; they are no fields."""
    _fields: list[_Field] = field(default_factory=list)
    _now: Block | None = None
    _boxes: list[Block] = field(default_factory=list)
    _carry: Block | None = None

    # ---------------------------------------------------------------- blocks

    def read(self, parent: Element) -> list[Block]:
        self._open = _unended(parent)
        self.walk(parent)
        self._flush()
        return self.blocks

    def walk(self, parent: Element) -> None:
        for element in parent:
            name = kind(element)
            if name == "w:p":
                if len(element):
                    self._paragraph(element)
            elif name == "w:tbl":
                self._flush()
                self._table(element)
            elif name == "w:sdt":
                self._control(element, self.walk)
            elif name in _TRANSPARENT:
                self.walk(element)
            elif name in _TAKEN_OUT:
                self._take_out(element, "deleted")
            elif name == "mc:AlternateContent":
                if (form := chosen(element)) is not None:
                    self.walk(form)
            elif name in ("m:oMathPara", "m:oMath"):
                self._begin(Block(Paragraph()))
                self._say(equation(element, self._math_run), self.shared.styles.base)
                self._end()
            elif name in ("w:altChunk", "w:subDoc"):
                self.shared.embedded += 1

    def _control(self, element: Element, go: Callable[[Element], None]) -> None:
        content = child(element, "w:sdtContent")
        gallery = child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
        before = self.listing
        self.listing = before or attr(gallery, "val") == "Table of Contents"
        if content is not None:
            go(content)
        self.listing = before

    def _begin(self, block: Block) -> None:
        block.listing, block.boxed = self.listing, self.boxed
        self._now = block
        self._boxes = []

    def _end(self) -> None:
        if self._now is not None and not self._now.is_empty:
            self.blocks.append(self._now)
        self.blocks += self._boxes
        self._now, self._boxes = None, []

    def _flush(self) -> None:
        if self._carry is not None:
            self.blocks.append(self._carry)
            self._carry = None

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "w:pPr")
        paragraph = self.shared.styles.paragraph(properties)
        block = Block(paragraph)
        veil = self.veil
        if veil is None:
            self.veil = (
                "clipped" if paragraph.clipped else "off-page" if self._is_outside(paragraph, properties) else None
            )
        self._begin(block)
        if self._carry is not None:
            first, self._carry = self._carry, None
            block.content = first.content
            block.letters, block.bold, block.sizes = first.letters, first.bold, first.sizes
        self._inline(element)
        self.veil = veil
        mark = child(properties, "w:rPr")
        gone = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
        number, level = paragraph.list_id, paragraph.list_level
        if (
            number
            and number != "0"
            and not gone
            and (not block.is_empty or _is_bare(element))
            and not is_on(child(mark, "w:vanish"))
        ):
            if paragraph.style_list:
                level = self.shared.numbering.level_of_style(number, paragraph.style_id) if level is None else level
            block.label = self.shared.numbering.next(number, level or 0)
        drop = attr(child(properties, "w:framePr"), "dropCap") in ("drop", "margin") and len(block.text.strip()) < 4
        if gone or drop:
            block.content = [block.text.strip()] if drop else [*block.content, " "]
            self._carry = None if block.is_empty else block
            self._now = None
        self._end()
        if child(properties, "w:sectPr") is not None:
            self.section += 1

    def _is_outside(self, paragraph: Paragraph, properties: Element | None) -> bool:
        left, right = self.shared.margins
        width = self.shared.width
        if beyond(child(properties, "w:framePr"), width):
            return True
        return width - right - paragraph.right <= 0 or left + paragraph.left >= width

    # ---------------------------------------------------------------- running text

    def _inline(self, parent: Element) -> None:
        for element in parent:
            name = kind(element)
            if name == "w:r":
                self._run(element)
            elif name == "w:fldSimple":
                shown = _Field(attr(element, "instr") or "", shows=True)
                self._fields.append(shown)
                self._settle(shown)
                self._inline(element)
                self._fields.pop()
            elif name in _TRANSPARENT:
                self._inline(element)
            elif name == "w:sdt":
                self._control(element, self._inline)
            elif name in _TAKEN_OUT:
                self._take_out(element, "deleted")
            elif name in ("m:oMath", "m:oMathPara"):
                self._say(equation(element, self._math_run), self.shared.styles.base)
            elif name == "mc:AlternateContent":
                if (form := chosen(element)) is not None:
                    self._inline(form)
            elif name == "w:subDoc":
                self.shared.embedded += 1

    def _run(self, element: Element) -> None:
        block = self._now
        style = block.paragraph.style_id if block is not None else ""
        look = self.shared.styles.look(style, child(element, "w:rPr"), self.table)
        custom: list[str] = []
        label: str | None = None
        for item in _run_items(element):
            name = kind(item)
            said = ""
            match name:
                case "w:t":
                    said = in_font(look.font, item.text or "")
                case "w:delText":
                    self._hide("deleted", item.text or "")
                case "w:instrText":
                    if self._fields and not self._fields[-1].shows:
                        self._fields[-1].instruction += item.text or ""
                case "w:fldChar":
                    self._field(item)
                case "w:tab" | "w:ptab" | "w:br" | "w:cr":
                    said = " "
                case "w:noBreakHyphen":
                    said = "-"
                case "w:sym":
                    said = symbol(attr(item, "font") or "", attr(item, "char"))
                case "w:footnoteReference" | "w:endnoteReference":
                    found = f"{name[2:-9]}-{attr(item, 'id')}"
                    if attr(item, "customMarkFollows") not in (None, "0", "false"):
                        label = found
                    else:
                        self._call(found, look)
                case "w:ruby":
                    self._ruby(item, look)
                case _ if name in _DRAWN:
                    self._draw(item)
            if label is not None:
                custom.append(said)
            elif said:
                self._say(said, look)
        if label is not None:
            self.shared.custom.add(label)
            self._call(label, look, "".join(custom).strip() or None)

    def _say(self, text: str, look: Look) -> None:
        block = self._now
        if block is None or not text or any(not f.shows or f.silent for f in self._fields):
            return
        why = self.veil
        if why is None and (text.strip() or look.vanish):
            why = look.unseen(block.paragraph.shade or self.behind)
        if why is not None:
            self._hide(why, text)
            return
        if look.raised:
            text = moved(text, look.raised)
        self.shared.room -= len(text)
        if self.shared.room < 0:
            raise ParseError(f"{self.shared.name} holds more than {MAX_CHARACTERS:,} characters of text: split it")
        block.content.append(text)
        count = len(text) - text.count(" ")
        block.letters += count
        block.bold += count if look.bold else 0
        block.sizes[look.size] += count

    def _hide(self, why: str, text: str) -> None:
        if text.strip():
            self.shared.hidden[why] += len(text)

    def _take_out(self, element: Element, why: str) -> None:
        self._hide(why, words(element))
        for item in inside(element, "w:footnoteReference", "w:endnoteReference"):
            self.shared.dropped[f"{kind(item)[2:-9]}-{attr(item, 'id')}"] = why

    def _call(self, label: str, look: Look, number: str | None = None) -> None:
        why = self.veil or ("hidden" if look.vanish else None)
        if self._now is None or any(not f.shows or f.silent for f in self._fields):
            return
        if why is not None:
            self.shared.dropped[label] = why
            return
        if label not in self.shared.called:
            own = label in self.shared.custom
            shown = number if own else self.shared.number(label.partition("-")[0], self.section)
            self.shared.called[label] = shown
        self._now.content.append(Call(label, self.shared.called[label]))

    def _math_run(self, run: Element) -> str:
        text = "".join(e.text or "" for e in run if kind(e) in ("m:t", "w:t"))
        paragraph = self._now.paragraph if self._now is not None else Paragraph()
        look = self.shared.styles.look(paragraph.style_id, child(run, "w:rPr"), self.table)
        if (why := look.unseen(paragraph.shade or self.behind)) is not None:
            self._hide(why, text)
            return ""
        return text

    def _ruby(self, element: Element, look: Look) -> None:
        """The word with its reading in brackets, as other formats write it."""
        base, above = child(element, "w:rubyBase"), child(element, "w:rt")
        for part in base if base is not None else ():
            if kind(part) == "w:r":
                self._run(part)
        if above is not None and (reading := words(above, "w:t")):
            self._say(f"({reading})", look)

    # ---------------------------------------------------------------- fields

    def _field(self, element: Element) -> None:
        match attr(element, "fldCharType"):
            case "begin":
                if element not in self._open:
                    self._fields.append(_Field())
            case "separate":
                if self._fields:
                    self._fields[-1].shows = True
                    self._settle(self._fields[-1])
            case "end":
                if self._fields:
                    self._fields.pop()

    def _settle(self, found: _Field) -> None:
        """A field that repeats the mark of a note is a call of it, not text."""
        name, *arguments = found.instruction.split() or [""]
        if name.upper() == "NOTEREF" and arguments and "\\f" in [a.lower() for a in arguments]:
            label = self.shared.bookmarks.get(arguments[0].strip('"'))
            if label is not None and label in self.shared.called:
                self._call(label, self.shared.styles.base)
                found.silent = True

    # ---------------------------------------------------------------- boxes

    def _draw(self, element: Element, fill: Filling = "none", veil: str | None = None) -> None:
        """The text in a drawing: of boxes and diagrams, with the filling behind it as far as it is known."""
        name = kind(element)
        if name == "w:txbxContent":
            self._box(element, fill, veil)
            return
        if name == "mc:AlternateContent":
            if (form := chosen(element)) is not None:
                self._draw(form, fill, veil)
            return
        if name in ("wp:anchor", "wp:inline"):
            veil = veil or veil_of(element, self.shared.width)
        elif name in ("wps:wsp", *SHAPES):
            fill = filling_of(element, self.shared.styles)
            style = (element.get("style") or "").replace(" ", "").lower()
            veil = veil or ("hidden" if "visibility:hidden" in style else None)
        elif name == "v:textpath":
            self._drawn(element.get("string") or "", veil)
        elif name == "dgm:relIds":
            for text in self.shared.diagram(attr(element, "r:dm") or ""):
                self._drawn(text, veil)
        elif name == "c:chart":
            self.shared.charts += 1
        for inner in element:
            self._draw(inner, fill, veil)

    def _drawn(self, text: str, veil: str | None) -> None:
        if self.veil or veil:
            self._hide(self.veil or veil or "", text)
        elif text.strip():
            self._boxes.append(Block(Paragraph(), [text], letters=len(text), boxed=True))

    def _box(self, element: Element, fill: Filling, veil: str | None) -> None:
        inner = Story(self.shared, veil=self.veil or veil, section=self.section, boxed=True)
        if isinstance(fill, tuple):
            inner.behind = fill
        else:
            # A picture or a pattern behind it, or no filling of its own where other things are drawn: not known.
            inner.behind = None if fill == "unknown" or self.shared.pictured else self.behind
        self._boxes += inner.read(element)

    # ---------------------------------------------------------------- tables

    def _table(self, element: Element) -> None:
        grid = read_grid(element, self.shared.styles, self.behind)
        veil = "off-page" if beyond(child(element, "w:tblPr", "w:tblpPr"), self.shared.width) else None
        for row in grid.rows:
            for cell in row:
                if cell.element is None:
                    continue
                inner = Story(self.shared, [], cell.behind, self.veil or veil, cell.changes, self.section)
                inner.listing, inner.boxed = self.listing, self.boxed
                inner._open, inner._fields = self._open, self._fields
                inner.walk(cell.element)
                inner._flush()
                cell.blocks = [block for block in inner.blocks if not block.is_empty]
        for element, why in grid.unseen:
            self._take_out(element, why)
        self.blocks += grid.blocks()


def _run_items(run: Element) -> Iterator[Element]:
    for item in run:
        if kind(item) == "mc:AlternateContent":
            if (form := chosen(item)) is not None:
                yield from form
        else:
            yield item


def _is_bare(paragraph: Element) -> bool:
    """Nothing was ever written in it: Word counts it all the same."""
    return next(inside(paragraph, "w:t", "w:delText", "w:drawing"), None) is None


def _unended(parent: Element) -> set[Element]:
    begun: list[Element] = []
    for element in inside(parent, "w:fldChar"):
        what = attr(element, "fldCharType")
        if what == "begin":
            begun.append(element)
        elif what == "end" and begun:
            begun.pop()
    return set(begun)
