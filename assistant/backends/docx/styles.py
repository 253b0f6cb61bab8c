"""Styles of a Word file: what a run or a paragraph looks like once everything is inherited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.backends.docx.colours import Colour, Palette, alike
from assistant.backends.docx.xml import Element, attr, child, inside, is_on, kind, val, whole

_TOGGLES = ("bold", "vanish")
"""What a paragraph's and a character's style both ask for is off again: they toggle."""
_TINY = 2.0
"""Points; what is set smaller is not read, nor is a line of that height."""
_NARROW = 10
"""Percent of a letter's width."""
_OFF_LINE = 1_500
"""Half points: raised so far, text leaves every page of common height."""
_DEEP = 40
"""Styles that may be based on one another; more is a circle."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. None or '': nobody says."""

    bold: bool = False
    vanish: bool = False
    size: float = 10.0
    """Points."""
    width: int = 100
    """Percent."""
    colour: Colour | None = None
    """None: automatic, so always seen."""
    shade: Colour | None = None
    highlight: Colour | None = None
    raised: str = ""
    """'superscript', 'subscript' or ''."""
    lift: int = 0
    """Half points above (or, negative, below) the line."""
    font: str = ""
    outlined: bool = False
    clear: bool = False
    """Drawn without ink."""

    def unseen(self, behind: Colour | None) -> str | None:
        """Why a reader does not see such text, None where he does; `behind` None: not known."""
        if self.vanish:
            return "hidden"
        if self.size <= _TINY or self.width <= _NARROW:
            return "tiny"
        if abs(self.lift) >= _OFF_LINE:
            return "off-page"
        if self.outlined:
            return None
        if self.clear:
            return "transparent"
        behind = self.highlight or self.shade or behind
        return "white" if self.colour and behind and alike(self.colour, behind) else None


@dataclass(slots=True)
class Paragraph:
    """How a paragraph is set and what its styles are called, its own first."""

    names: tuple[str, ...] = ()
    outline: int | None = None
    """0 for the outermost heading; 9 for text."""
    list_id: str | None = None
    list_level: int | None = None
    style_list: bool = False
    """The list is the style's, not the paragraph's own."""
    style_id: str = ""
    shade: Colour | None = None
    centred: bool = False
    left: int = 0
    right: int = 0
    """Indents in twentieths of a point."""
    exact: int | None = None
    """A line's height, where it is exact, in twentieths of a point."""

    @property
    def clipped(self) -> bool:
        return self.exact is not None and 0 < self.exact <= _TINY * 20


Changes = Mapping[str, Any]
"""Fields of a Look that an element sets."""


@dataclass(slots=True)
class _Style:
    id: str
    name: str
    based_on: str | None
    run: Changes
    paragraph: Element | None
    element: Element


@dataclass(slots=True)
class Styles:
    palette: Palette
    _styles: dict[str, _Style] = field(default_factory=dict)
    _default: dict[str, str] = field(default_factory=dict)
    base: Look = field(default_factory=Look)
    _base_paragraph: Element | None = None
    _runs: dict[str, Changes] = field(default_factory=dict)
    _paragraphs: dict[str, Paragraph] = field(default_factory=dict)
    _looks: dict[Any, Look] = field(default_factory=dict)
    language: str | None = None
    """What the file is written in by default."""

    @classmethod
    def read(cls, part: Element | None, palette: Palette) -> Styles:
        styles = cls(palette)
        if part is None:
            return styles
        defaults = child(part, "w:docDefaults", "w:rPrDefault", "w:rPr")
        if defaults is not None:
            styles.base = replace(styles.base, **styles.changes(defaults))
            styles.language = val(defaults, "w:lang")
        styles._base_paragraph = child(part, "w:docDefaults", "w:pPrDefault", "w:pPr")
        for element in part:
            if kind(element) != "w:style":
                continue
            id = attr(element, "styleId") or ""
            run = child(element, "w:rPr")
            styles._styles[id] = _Style(
                id,
                (val(element, "w:name") or id).strip(),
                val(element, "w:basedOn"),
                styles.changes(run) if run is not None else {},
                child(element, "w:pPr"),
                element,
            )
            if (attr(element, "default") or "0") not in ("0", "false"):
                styles._default[attr(element, "type") or "paragraph"] = id
        return styles

    # ---------------------------------------------------------------- runs

    def changes(self, element: Element) -> Changes:
        """What a `w:rPr` sets by itself."""
        found: dict[str, Any] = {}
        for item in element:
            match kind(item):
                case "w:b":
                    found["bold"] = is_on(item)
                case "w:vanish" | "w:specVanish":
                    found["vanish"] = found.get("vanish", False) or is_on(item)
                case "w:sz":
                    found["size"] = whole(attr(item, "val"), 20) / 2
                case "w:w":
                    found["width"] = whole((attr(item, "val") or "").rstrip("%"), 100)
                case "w:fitText" if whole(attr(item, "val"), 1000) <= _TINY * 20:
                    found["width"] = 0
                case "w:color":
                    found["colour"] = self.palette.text(item)
                case "w:shd":
                    found["shade"] = self.palette.shading(item)
                case "w:highlight":
                    found["highlight"] = self.palette.highlight(item)
                case "w:vertAlign":
                    value = attr(item, "val") or ""
                    found["raised"] = value if value in ("superscript", "subscript") else ""
                case "w:position":
                    found["lift"] = whole(attr(item, "val"))
                case "w:rFonts":
                    if name := attr(item, "ascii") or attr(item, "hAnsi"):
                        found["font"] = name
                case "w:outline" | "w:emboss" | "w:imprint":
                    found["outlined"] = found.get("outlined", False) or is_on(item)
                case "w14:textOutline":
                    found["outlined"] = child(item, "w14:noFill") is None and len(item) > 0
                case "w14:textFill":
                    self._filled(item, found)
        return found

    def _filled(self, element: Element, found: dict[str, Any]) -> None:
        """An effect of later versions, which goes before the plain colour."""
        solid = child(element, "w14:solidFill")
        if child(element, "w14:noFill") is not None:
            found["clear"] = True
        elif solid is not None:
            through = next(inside(solid, "w14:alpha"), None)
            found["clear"] = through is not None and whole(attr(through, "w14:val")) >= 95_000
            if (colour := self.palette.drawn(solid)) is not None:
                found["colour"] = colour

    def run_style(self, id: str | None) -> Changes:
        """What a style and those that it is based on set for a run."""
        if not id:
            return {}
        if id not in self._runs:
            merged: dict[str, Any] = {}
            for style in reversed(self._chain(id)):
                merged |= style.run
            self._runs[id] = merged
        return self._runs[id]

    def look(self, paragraph_style: str, direct: Element | None, table: Changes | None = None) -> Look:
        """A run's look. What the table's style, the paragraph's and the character's say, then the run's own word."""
        own = self.changes(direct) if direct is not None else {}
        named = val(direct, "w:rStyle")
        key = (paragraph_style, named, tuple(table.items()) if table else (), tuple(own.items()))
        if key not in self._looks:
            if len(self._looks) > 10_000:
                self._looks.clear()
            self._looks[key] = self._look(paragraph_style, named, own, table or {})
        return self._looks[key]

    def _look(self, paragraph_style: str, named: str | None, own: Changes, table: Changes) -> Look:
        levels = [table, self.run_style(paragraph_style), self.run_style(named)]
        merged: dict[str, Any] = {}
        for level in levels:
            merged |= level
        for name in _TOGGLES:
            if sum(bool(level.get(name)) for level in levels) % 2:
                merged[name] = True
            elif any(name in level for level in levels):
                merged[name] = False
        if not merged and not own:
            return self.base
        look = replace(self.base, **{**merged, **own})
        if look.lift and not look.raised and look.size < 0.9 * levels[1].get("size", self.base.size):
            # Some writers move and shrink the letters themselves.
            look = replace(look, raised="superscript" if look.lift > 0 else "subscript")
        return look

    # ---------------------------------------------------------------- paragraphs

    def paragraph_style_of(self, properties: Element | None) -> str:
        named = val(properties, "w:pStyle")
        return named if named in self._styles else self._default.get("paragraph", "")

    def paragraph(self, properties: Element | None) -> Paragraph:
        id = self.paragraph_style_of(properties)
        if id not in self._paragraphs:
            chain = self._chain(id)
            found = Paragraph(names=tuple(s.name.lower() for s in chain), style_id=id)
            for element in (self._base_paragraph, *(s.paragraph for s in reversed(chain))):
                self._set(found, element)
            found.style_list = found.list_id is not None
            self._paragraphs[id] = found
        found = replace(self._paragraphs[id])
        if properties is not None:
            self._set(found, properties)
            if child(properties, "w:numPr") is not None:
                found.style_list = False
        return found

    def _set(self, found: Paragraph, properties: Element | None) -> None:
        for item in properties if properties is not None else ():
            match kind(item):
                case "w:outlineLvl":
                    found.outline = whole(attr(item, "val"), 9)
                case "w:numPr":
                    if (number := val(item, "w:numId")) is not None:
                        found.list_id = number
                    if (level := val(item, "w:ilvl")) is not None:
                        found.list_level = whole(level)
                case "w:shd":
                    found.shade = self.palette.shading(item)
                case "w:jc":
                    found.centred = attr(item, "val") == "center"
                case "w:ind":
                    found.left = whole(attr(item, "left") or attr(item, "start"), found.left)
                    found.right = whole(attr(item, "right") or attr(item, "end"), found.right)
                case "w:spacing":
                    if (line := attr(item, "line")) is not None:
                        found.exact = whole(line) if attr(item, "lineRule") == "exact" else None

    # ---------------------------------------------------------------- tables

    def table_style(self, id: str | None) -> str:
        return id if id in self._styles else self._default.get("table", "")

    def table_parts(self, id: str) -> dict[str, tuple[Changes, Colour | None]]:
        """For each part of a table that its style sets apart ('wholeTable', 'firstRow', …): runs and shading."""
        found: dict[str, tuple[Changes, Colour | None]] = {}

        def put(name: str, element: Element) -> None:
            changes, shade = found.get(name, ({}, None))
            run = child(element, "w:rPr")
            shading = child(element, "w:tcPr", "w:shd")
            if shading is None:
                shading = child(element, "w:tblPr", "w:shd")
            found[name] = (
                {**changes, **(self.changes(run) if run is not None else {})},
                self.palette.shading(shading) if shading is not None else shade,
            )

        for style in reversed(self._chain(id)):
            put("wholeTable", style.element)
            for part in style.element:
                if kind(part) == "w:tblStylePr":
                    put(attr(part, "type") or "", part)
        return found

    def list_styles(self) -> Iterable[tuple[str, str]]:
        """(style, list) of the numbering styles."""
        for style in self._styles.values():
            if (number := val(style.paragraph, "w:numPr", "w:numId")) is not None:
                yield style.id, number

    def _chain(self, id: str) -> list[_Style]:
        chain: list[_Style] = []
        at: str | None = id
        while at is not None and at in self._styles and len(chain) < _DEEP:
            chain.append(self._styles[at])
            at = self._styles[at].based_on
        return chain
