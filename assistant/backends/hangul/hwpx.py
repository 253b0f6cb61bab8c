"""HWPX, the Korean government's document format (OWPML, KS X 6101): a zip of XML -> Document.

The package says which sections there are and in which order; the header how characters look. What no reader sees
(tracked deletions, comments, guide texts of empty fields, letters in the colour of their ground) is counted.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from assistant.backends.archives import Archive, open_archive
from assistant.backends.hangul.hwpx_styles import (
    MAX_NUMBER,
    ParaShape,
    Styles,
    attribute,
    below,
    child,
    fill_of,
    local,
    number,
    read_styles,
)
from assistant.errors import ParseError
from assistant.reading import FileFacts
from assistant.reading.hangul.model import Frame, Look, NoteAt, Para, Piece, Sheet, SheetCell, Words
from assistant.reading.hangul.numbering import ordinal
from assistant.reading.hangul.roles import read_hangul
from assistant.types import Document, Hidden, Work

HWPX = "application/hwp+zip"
_SECTION = re.compile(r"contents/section(\d+)\.xml", re.IGNORECASE)
_SIGNS = {"lineBreak": "\n", "columnBreak": "\n", "tab": "\t", "nbSpace": "\u00a0", "fwSpace": "\u3000", "hyphen": "-"}
_FURNITURE = frozenset(
    ("header", "footer", "pageNum", "pageHiding", "masterPage", "secPr", "colPr", "newNum", "indexmark")
)
_COMMENTS = frozenset(("hiddenComment", "memogroup", "memo"))


class HwpxParser:
    """Reads HWPX: outline and numbered headings, tables with their headers, foot- and endnotes, boxes, captions."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        archive = open_archive(data, name)
        if "META-INF/manifest.xml" in archive and _is_encrypted(archive.xml("META-INF/manifest.xml")):
            raise ParseError(f"{name} is protected by a password: save it without one and add it again")
        package = _Package.of(archive)
        if not package.sections:
            raise ParseError(f"{name} is damaged: it holds no section of text; open it in Hangul and save it again")
        styles = read_styles(archive.xml(package.header)) if package.header in archive else Styles()
        hidden: Counter[str] = Counter()
        paragraphs: list[Para] = []
        for section in package.sections:
            paragraphs += _Section(styles, hidden).read(archive.xml(section))
        facts = FileFacts(
            title=package.title,
            author=package.author,
            language=package.language,
            media_type=HWPX,
            warnings=archive.warnings,
            hidden=tuple(Hidden(why, n) for why, n in sorted(hidden.items()) if n),
        )
        document = read_hangul(paragraphs, work, facts)
        if not document.text.strip():
            raise ParseError(f"{name} holds no text (pictures are not read): give it as PDF")
        return document


def _is_encrypted(manifest: etree._Element) -> bool:
    return next(below(manifest, "encryption-data"), None) is not None


# ---------------------------------------------------------------- package


@dataclass(frozen=True, slots=True)
class _Package:
    """What the OPF package names: its parts in reading order, and what it says of the document."""

    sections: tuple[str, ...]
    header: str
    title: str | None = None
    author: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, archive: Archive) -> _Package:
        place = _package_file(archive)
        loose = sorted((int(m[1]), n) for n in archive.names() if (m := _SECTION.fullmatch(n)))
        sections = tuple(n for _, n in loose)
        header = "Contents/header.xml"
        if place is None:
            return cls(sections, header)
        root = archive.xml(place)
        parts: dict[str, str] = {}
        for item in below(root, "item"):
            parts[attribute(item, "id")] = _found(archive, place, attribute(item, "href"))
        ordered = [parts.get(attribute(ref, "idref"), "") for ref in below(root, "itemref")]
        named = tuple(dict.fromkeys(p for p in ordered if "section" in posixpath.basename(p).casefold()))
        header = next((p for p in parts.values() if posixpath.basename(p).casefold() == "header.xml"), header)
        texts = {local(n): "".join(str(t) for t in n.itertext()).strip() for n in root.iter() if len(n) == 0}
        metas = {attribute(n, "name"): "".join(str(t) for t in n.itertext()).strip() for n in below(root, "meta")}
        language = texts.get("language", "")[:2].casefold()
        return cls(
            # A section that the spine forgets is shown by no reader; a spine without any is a writer's fault.
            named or sections,
            header,
            texts.get("title") or None,
            metas.get("creator") or None,
            language if re.fullmatch(r"[a-z]{2}", language) else None,
        )


def _package_file(archive: Archive) -> str | None:
    if "META-INF/container.xml" in archive:
        for node in below(archive.xml("META-INF/container.xml"), "rootfile"):
            path = attribute(node, "full-path")
            if path.casefold().endswith(".hpf") and path in archive:
                return path
    return "Contents/content.hpf" if "Contents/content.hpf" in archive else None


def _found(archive: Archive, package: str, href: str) -> str:
    """A part by its address, which writers give from the root of the archive or from the package."""
    href = unquote(href).lstrip("/")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(package), href))
    return next((p for p in (href, beside) if p in archive), "")


# ---------------------------------------------------------------- text


@dataclass(slots=True)
class _Section:
    """Reads one section; keeps what runs on from paragraph to paragraph: deletions, fields, the numbers of notes."""

    styles: Styles
    hidden: Counter[str]
    outline: str = "1"
    width: int = 59528
    height: int = 84188
    deleted: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    """The deletions whose end the section holds: one without an end reaches to the end of its paragraph."""
    guides: list[tuple[str, str]] = field(default_factory=list)
    """Open fields with the guide text that an empty one shows."""
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, root: etree._Element) -> list[Para]:
        self.ended = {_change(n) for n in below(root, "deleteEnd")}
        properties = next(below(root, "secPr"), None)
        if properties is not None:
            self.outline = attribute(properties, "outlineShapeIDRef") or self.outline
            page = next(below(properties, "pagePr"), None)
            self.width, self.height = number(page, "width", self.width), number(page, "height", self.height)
        return self._paragraphs(root)

    def _paragraphs(self, node: etree._Element | None) -> list[Para]:
        """The paragraphs of a section or of a list of paragraphs (`subList`)."""
        out: list[Para] = []
        for part in node if node is not None else ():
            name = local(part)
            if name == "p":
                out.append(self._paragraph(part))
            elif name == "subList":
                out += self._paragraphs(part)
            elif name in _COMMENTS:
                self._left_out("comment", part)
        return out

    def _paragraph(self, node: etree._Element) -> Para:
        styles = self.styles
        style = attribute(node, "styleIDRef")
        shape = styles.shapes.get(attribute(node, "paraPrIDRef") or styles.style_shapes.get(style, ""), ParaShape())
        pieces: list[Piece] = []
        for run in node:
            match local(run):
                case "run":
                    look = styles.looks.get(attribute(run, "charPrIDRef"), Look())
                    for part in run:
                        pieces += self._part(part, look)
                case "linesegarray":
                    pass
                case _:  # some writers leave the run away
                    pieces += self._part(run, Look())
        self.deleted &= self.ended
        return Para(pieces, styles.names.get(style, ""), styles.head(shape, self.outline), shape.fill)

    def _part(self, node: etree._Element, look: Look) -> Iterator[Piece]:
        match local(node):
            case "t":
                yield from self._text(node, self.styles.looks.get(attribute(node, "charPrIDRef"), look))
            case "ctrl":
                for part in node:
                    yield from self._part(part, look)
            case "switch":
                cases = [c for c in node if local(c) in ("case", "default")]
                # The same thing for programs of several years: the one with the most to read is enough.
                if cases:
                    for part in max(cases, key=lambda c: sum(1 for _ in below(c, "t"))):
                        yield from self._part(part, look)
            case "footNote" | "endNote" if self.deleted:
                self._left_out("deleted", node)
            case "footNote" | "endNote" as kind:
                yield self._note(node, "foot" if kind == "footNote" else "end")
            case "tbl":
                yield from self._placed(node, self._table(node))
            case "autoNum":
                yield from self._automatic(node, look)
            case "fieldBegin":
                self._field(node)
            case "fieldEnd":
                if self.guides:
                    ids = [i for i, (key, _) in enumerate(self.guides) if key == attribute(node, "beginIDRef")]
                    del self.guides[ids[-1] if ids else len(self.guides) - 1]
            case "equation":
                script = next(below(node, "script"), None)
                if script is not None:
                    text = " ".join("".join(str(t) for t in script.itertext()).split())
                    yield self._words(f" {text} ", look)
            case "compose":
                yield self._words(attribute(node, "composeText"), look)
            case "dutmal":
                parts = ["".join(str(t) for t in p.itertext()) for n in ("mainText", "subText") for p in below(node, n)]
                yield self._words(parts[0] + (f"({parts[1]})" if parts[1:] and parts[1] else "") if parts else "", look)
            case name if name in _SIGNS:
                yield self._words(_SIGNS[name], look)
            case name if name in _COMMENTS:
                self._left_out("comment", node)
            case name if name not in _FURNITURE and not name.startswith(("insert", "delete")):
                caption = self._paragraphs(child(node, "caption"))
                inside = [p for box in _boxes(node) for p in self._paragraphs(box)]
                if caption or inside:
                    yield from self._placed(node, Frame(inside, fill_of(child(node, "fillBrush")), caption))

    # ------------------------------------------------------------ words

    def _text(self, node: etree._Element, look: Look) -> Iterator[Piece]:
        yield self._words(node.text or "", look)
        for part in node:
            name = local(part)
            if name == "deleteBegin":
                self.deleted.add(_change(part))
            elif name == "deleteEnd":
                self.deleted.discard(_change(part))
            elif name in _SIGNS:
                yield self._words(_SIGNS[name], look)
            yield self._words(part.tail or "", look)

    def _words(self, text: str, look: Look) -> Words:
        if self.deleted:
            return Words(text, look, "deleted")
        guide = " ".join(self.guides[-1][1].split()) if self.guides else ""
        return Words(text, look, "instruction" if guide and " ".join(text.split()) == guide else None)

    def _left_out(self, why: str, node: etree._Element) -> None:
        self.hidden[why] += sum(len("".join(str(t) for t in n.itertext()).strip()) for n in below(node, "t"))

    def _field(self, node: etree._Element) -> None:
        """A field's own words are instructions and memos; what it shows stands behind it as text."""
        self._left_out("comment", node)
        guide = next(
            (
                "".join(str(t) for t in n.itertext())
                for n in below(node, "stringParam")
                if attribute(n, "name") == "Direction"
            ),
            "",
        )
        self.guides.append((attribute(node, "id"), guide if attribute(node, "type") == "CLICK_HERE" else ""))

    def _automatic(self, node: etree._Element, look: Look) -> Iterator[Piece]:
        """A number that the program writes; a note's own is kept by the note, a page's is furniture."""
        kind = attribute(node, "numType")
        if kind in ("FOOTNOTE", "ENDNOTE", "PAGE", "TOTAL_PAGE"):
            return
        self.counts[kind] += 1
        count = number(node, "num") or self.counts[kind]
        self.counts[kind] = count
        style = child(node, "autoNumFormat")
        shown = ordinal(min(count, MAX_NUMBER), attribute(style, "type") if style is not None else "DIGIT")
        if style is not None:
            shown = attribute(style, "prefixChar") + shown + attribute(style, "suffixChar")
        yield self._words(shown, look)

    # ------------------------------------------------------------ objects

    def _note(self, node: etree._Element, kind: str) -> NoteAt:
        self.counts[kind] += 1
        own = next((n for n in below(node, "autoNum") if attribute(n, "numType").endswith("NOTE")), None)
        count = number(node, "number") or number(own, "num") or self.counts[kind]
        self.counts[kind] = count
        style = child(own, "autoNumFormat") if own is not None else None
        shape = attribute(style, "type") if style is not None else "DIGIT"
        shown = ordinal(min(count, MAX_NUMBER), shape)
        if shape == "USER_CHAR" and style is not None:
            shown = attribute(style, "userChar") or shown
        return NoteAt("foot" if kind == "foot" else "end", shown, self._paragraphs(node))

    def _table(self, node: etree._Element) -> Sheet:
        cells: list[SheetCell] = []
        for r, row in enumerate(n for n in node if local(n) == "tr"):
            for c, cell in enumerate(n for n in row if local(n) == "tc"):
                address, span = child(cell, "cellAddr"), child(cell, "cellSpan")
                cells.append(
                    SheetCell(
                        max(number(address, "rowAddr", r), 0),
                        max(number(address, "colAddr", c), 0),
                        self._paragraphs(child(cell, "subList")),
                        max(number(span, "rowSpan", 1), 1),
                        max(number(span, "colSpan", 1), 1),
                        attribute(cell, "header") in ("1", "true"),
                        self.styles.fills.get(attribute(cell, "borderFillIDRef")),
                    )
                )
        caption = child(node, "caption")
        return Sheet(
            cells,
            self.styles.fills.get(attribute(node, "borderFillIDRef")),
            self._paragraphs(caption),
            caption is not None and attribute(caption, "side") == "BOTTOM",
        )

    def _placed(self, node: etree._Element, piece: Sheet | Frame) -> Iterator[Piece]:
        """The object, unless it stands off its page or is a box without extent."""
        place, size = child(node, "pos"), child(node, "sz")
        if isinstance(piece, Frame) and size is not None and number(size, "width", 1) == number(size, "height", 1) == 0:
            self._left_out("tiny", node)
            return
        if place is not None and attribute(place, "treatAsChar") in ("", "0"):
            for axis, extent, page in (("horz", "width", self.width), ("vert", "height", self.height)):
                at, long = number(place, f"{axis}Offset"), max(number(size, extent), 0)
                if attribute(place, f"{axis}RelTo") == "PAPER" and (at >= page or (at < 0 and at + long <= 0)):
                    self._left_out("off-page", node)
                    return
        yield piece


def _change(node: etree._Element) -> str:
    """What ties the end of a tracked deletion to its beginning."""
    return node.get("Id") or node.get("id") or attribute(node, "TcId")


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The texts of a drawn object and of the objects grouped in it."""
    for part in node:
        name = local(part)
        if name == "drawText":
            yield part
        elif name in ("container", "rect", "ellipse", "polygon", "curve", "arc", "textart", "line", "connectLine"):
            yield from _boxes(part)
