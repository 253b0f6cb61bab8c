"""Word files (.docx, .docm): the package and its parts; what stands in them is read by the `docx_*` modules beside.

The XML is walked here and not by a library: mammoth, which keeps notes best, knows neither hidden styles nor
colours, nor the words of automatic numbering, and reads without bounds (docs/reading.md says what was measured).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.backends.archives import Archive, open_archive
from assistant.backends.docx.blocks import joined
from assistant.backends.docx.body import Story
from assistant.backends.docx.colours import palette_of
from assistant.backends.docx.facts import facts_of
from assistant.backends.docx.numbering import Numbering, written
from assistant.backends.docx.roles import items_of
from assistant.backends.docx.shared import Shared
from assistant.backends.docx.styles import Styles
from assistant.backends.docx.xml import Element, attr, child, inside, is_on, kind, val, whole, words
from assistant.errors import ParseError
from assistant.reading import FileFacts
from assistant.reading.markup import Call, Content, Item, read_markup
from assistant.types import Document, Hidden, Work

_NOTES = (("footnote", "decimal"), ("endnote", "lowerRoman"))
"""Kinds of notes with the form of their numbers where a file does not say."""
_BREAKS = ("separator", "continuationSeparator", "continuationNotice")


class DocxParser:
    """Reads Word files: headings, numbering, lists, tables, boxes, equations, notes tied to their marks."""

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        try:
            document = _Package(open_archive(data, name)).document(work)
        except RecursionError as exc:
            raise ParseError(f"{name} nests its parts too deep: it is refused; give it as PDF") from exc
        if not document.text.strip():
            seen = " that a reader sees" if document.hidden else ""
            raise ParseError(f"{name} holds no text{seen}: if it is pictures of text, give it as PDF to be recognised")
        return document


@dataclass(slots=True)
class _Package:
    archive: Archive
    warnings: list[str] = field(default_factory=list)
    _relations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of the main part: id -> (the last word of its type, the member it leads to)."""

    def document(self, work: Work) -> Document:
        archive = self.archive
        main = self._main()
        root = archive.xml(main)
        self._relations = self._related(main)
        settings = self._part("settings")
        palette = palette_of(self._part("theme"), settings)
        styles = Styles.read(self._part("styles"), palette)
        numbering = Numbering.read(self._part("numbering"), dict(styles.list_styles()))
        body = child(root, "w:body")
        if body is None:
            raise ParseError(f"{archive.name} is damaged: it holds no Word document; save it again as .docx")
        shared = Shared(styles, numbering, diagram=self._diagram, name=archive.name)
        sections = [e for e in inside(body, "w:sectPr") if _is_of(e, "w:pPr", "w:body")]
        shared.width = max([shared.width, *(whole(attr(child(e, "w:pgSz"), "w")) for e in sections)])
        shared.number = _Numbers(sections, settings).next
        shared.bookmarks = _bookmarks(body)
        shared.pictured = any(next(inside(anchor, "pic:pic"), None) is not None for anchor in inside(body, "wp:anchor"))
        story = Story(shared)
        background = child(root, "w:background")
        if background is not None and is_on(child(settings, "w:displayBackgroundShape")):
            story.behind = palette.page(background) or story.behind
        items = items_of(story.read(body))
        items += self._notes(shared)
        self._comments(shared)
        return read_markup(items, work, self._facts(shared, items, styles))

    # ---------------------------------------------------------------- parts

    def _main(self) -> str:
        relations = self._read_relations("_rels/.rels", "")
        found = next((member for word, member in relations.values() if word == "officeDocument"), None)
        if found is not None and found in self.archive:
            return found
        return "word/document.xml"

    def _related(self, member: str) -> Mapping[str, tuple[str, str]]:
        folder, name = posixpath.split(member)
        return self._read_relations(posixpath.join(folder, "_rels", f"{name}.rels"), folder)

    def _read_relations(self, member: str, folder: str) -> Mapping[str, tuple[str, str]]:
        if member not in self.archive:
            return {}
        try:
            root = self.archive.xml(member)
        except ParseError as exc:
            self.warnings.append(f"{member} could not be read: {exc}")
            return {}
        found = {}
        for element in root:
            target = element.get("Target") or ""
            if (element.get("TargetMode") or "").lower() == "external" or not target:
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], path)
        return found

    def _part(self, word: str) -> Element | None:
        """A part by the last word of its relation, else by its usual name; None where it is missing or damaged."""
        member = next((m for w, m in self._relations.values() if w == word and m in self.archive), None)
        if member is None:
            usual = "word/theme/theme1.xml" if word == "theme" else f"word/{word}.xml"
            member = usual if usual in self.archive else None
        if member is None:
            return None
        try:
            return self.archive.xml(member)
        except ParseError as exc:
            self.warnings.append(f"a part was left out: {exc}")
            return None

    def _diagram(self, relation: str) -> list[str]:
        """The words of a diagram, a box each."""
        found = self._relations.get(relation)
        if found is None or found[1] not in self.archive:
            return []
        try:
            root = self.archive.xml(found[1])
        except ParseError as exc:
            self.warnings.append(f"a diagram was left out: {exc}")
            return []
        return [text for point in inside(root, "dgm:pt") if (text := words(point, "a:t").strip())]

    # ---------------------------------------------------------------- notes

    def _notes(self, shared: Shared) -> list[Item]:
        """The notes that are called, in the order of their calls; others are not seen and are counted."""
        stories: dict[str, Element] = {}
        for name, _ in _NOTES:
            part = self._part(f"{name}s")
            for element in part if part is not None else ():
                if kind(element) == f"w:{name}" and attr(element, "type") not in _BREAKS:
                    stories.setdefault(f"{name}-{attr(element, 'id')}", element)
        items: list[Item] = []
        done: set[str] = set()
        while waiting := [label for label in shared.called if label not in done]:  # a note may call another
            for label in sorted(waiting, key=lambda label: label.startswith("endnote")):
                done.add(label)
                if label not in stories:
                    self.warnings.append(f"{label.replace('-', ' ')} is called and not in the file")
                    continue
                note = Story(shared)
                content = joined([b for b in note.read(stories[label]) if not b.is_empty])
                mark = shared.called[label] if label in shared.custom else None
                items.append(Item("note", _without_mark(content, mark), label=label))
        for label, element in stories.items():
            if label not in done and (text := words(element)).strip():
                shared.hidden[shared.dropped.get(label, "hidden")] += len(text)
        return items

    def _comments(self, shared: Shared) -> None:
        part = self._part("comments")
        if part is not None and (text := words(part)).strip():
            shared.hidden["comment"] += len(text)

    # ---------------------------------------------------------------- facts

    def _facts(self, shared: Shared, items: list[Item], styles: Styles) -> FileFacts:
        facts = facts_of(self.archive)
        warnings = [*self.archive.warnings, *self.warnings[:20]]
        if shared.embedded:
            warnings.append(f"{shared.embedded} embedded file(s) are not read: paste their text into the document")
        if shared.charts:
            warnings.append(f"{shared.charts} chart(s) are not read: their figures are not in the text")
        printed = any(item.kind == "title" for item in items)
        # What a program is set to is no proof: many a Korean file says that it is in English.
        language = _primary(facts.language) or _primary(styles.language)
        return replace(
            facts,
            title=None if printed else facts.title,
            language="ko" if _is_hangul(items) else language if language != "ko" else None,
            warnings=tuple(dict.fromkeys(warnings)),
            hidden=tuple(Hidden(why, count) for why, count in sorted(shared.hidden.items()) if count),
        )


@dataclass(slots=True)
class _Numbers:
    """Counts foot- and endnotes as Word does: in the form that the section or the file gives them."""

    sections: list[Element]
    settings: Element | None
    _counts: Counter[str] = field(default_factory=Counter)
    _section: dict[str, int] = field(default_factory=dict)

    def next(self, name: str, section: int) -> str:
        form, start, restart = dict(_NOTES).get(name, "decimal"), 1, "continuous"
        own = self.sections[section] if section < len(self.sections) else None
        for properties in (child(self.settings, f"w:{name}Pr"), child(own, f"w:{name}Pr")):
            form = val(properties, "w:numFmt") or form
            start = whole(val(properties, "w:numStart"), start)
            restart = val(properties, "w:numRestart") or restart
        if name not in self._counts or (restart == "eachSect" and self._section.get(name) != section):
            self._counts[name] = start - 1
        self._section[name] = section
        self._counts[name] += 1
        return written(self._counts[name], form) or str(self._counts[name])


def _is_of(element: Element, *parents: str) -> bool:
    parent = element.getparent()
    return parent is not None and kind(parent) in parents


def _bookmarks(body: Element) -> dict[str, str]:
    """The note that is called inside each bookmark."""
    found: dict[str, str] = {}
    begun: dict[str, str] = {}
    notes = ("w:footnoteReference", "w:endnoteReference")
    for element in inside(body, "w:bookmarkStart", "w:bookmarkEnd", *notes):
        match kind(element):
            case "w:bookmarkStart":
                if len(begun) < 50:
                    begun[attr(element, "id") or ""] = attr(element, "name") or ""
            case "w:bookmarkEnd":
                begun.pop(attr(element, "id") or "", None)
            case "w:footnoteReference" | "w:endnoteReference":
                label = f"{kind(element)[2:-9]}-{attr(element, 'id')}"
                for name in begun.values():
                    found.setdefault(name, label)
    return found


def _without_mark(content: Sequence[str | Call], mark: str | None) -> Content:
    """A note's words without the sign of its own that it begins with: that is its number."""
    out = [part for part in content if part]
    if mark and out and isinstance(out[0], str) and out[0].lstrip().startswith(mark):
        out[0] = out[0].lstrip()[len(mark) :]
    return tuple(out)


def _is_hangul(items: list[Item]) -> bool:
    text = "".join(part for item in items[:400] for part in item.content if isinstance(part, str))
    letters = sum(c.isalpha() for c in text)
    return sum("\uac00" <= c <= "\ud7a3" for c in text) > 0.3 * letters


def _primary(language: str | None) -> str | None:
    """'ko' of 'ko-KR'."""
    bare = (language or "").strip().replace("_", "-").partition("-")[0].lower()
    return bare if bare.isalpha() and 2 <= len(bare) <= 3 else None
