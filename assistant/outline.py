"""A document as it was understood, drawn for a person at a terminal: pages, headings, tables, notes at their
marks, and what was left out. The stored text itself, on which offsets count, is `Document.text`.

Marks of our own stand in ‹ ›; the number of a note stands as [12] at its mark, where the stored text has nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assistant import terminal
from assistant.render import heading_levels, page_name, plain
from assistant.terminal import Drawn, wide, wrap
from assistant.types import Block, Cell, Document, Page, Span, Table

UNSURE = 0.7
"""Lines that OCR read with less confidence are marked one by one."""
PROSE = 100
"""Longest line of running text, in columns."""
_INDENT = "    "
_BULLETS = frozenset("•◦▪‣·-–—*○●□■◇◆※ㅇ▶▷➢✓")
_TYPES = {
    "application/pdf": "PDF",
    "text/plain": "plain text",
    "text/markdown": "Markdown",
    "text/html": "HTML",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/hwp+zip": "HWPX",
    "application/x-hwp": "HWP",
}


def document_text(document: Document, width: int = 96) -> str:
    """The whole document: a head that says what it is, then the text in order. Tables may be as wide as `width`,
    sentences are kept to what the eye can follow.
    """
    body = _Body(document, width)
    numbers_only = [n.number for n in document.notes if n.span is None]
    out = [*_head(document, min(width, PROSE)), "", *body.lines(Span(0, len(document.text)))]
    if numbers_only:
        out += ["", *_ours(f"notes of which only the number is known: {', '.join(numbers_only)}", width)]
    return "\n".join(out)


def page_text(document: Document, page: Page, width: int = 96) -> str:
    """One page, drawn in the same way."""
    body = _Body(document, width)
    out = wrap(f"{plain(document.work.title or document.id)}, {_place(document, page)}", width)
    if not page.spans:
        out += ["", "‹no text on this page›"]
    for span in page.spans:
        out += ["", *body.lines(span, page)]
    hidden = [h for h in document.hidden if h.page == page.index]
    if hidden:
        counted = ", ".join(f"{h.why} {h.characters:,}" for h in hidden)
        out += ["", *_ours(f"left out on this page, in characters that no reader sees: {counted}", width)]
    return "\n".join(out)


def _place(document: Document, page: Page) -> str:
    total = len(document.pages)
    printed = f", printed {plain(page.label)}" if page.label not in (None, str(page.index + 1)) else ""
    return f"page {page.index + 1} of {total}{printed}"


def _ours(text: str, width: int) -> list[str]:
    return wrap(f"‹{plain(text)}›", width)


# the head


def _head(document: Document, width: int) -> list[str]:
    title = wrap(plain(document.work.title or document.id), width)
    rule = "═" * min(width, max(wide(line) for line in title))
    facts = [(name, value) for name, value in _facts(document) if value]
    name_width = max(len(name) for name, _ in facts) + 2
    lines = [line for name, value in facts for line in wrap(plain(value), width, first=name.ljust(name_width))]
    return [*title, rule, *lines]


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    work = document.work
    kind = _TYPES.get(document.media_type, document.media_type)
    yield "id", f"{document.id} ({work.kind}, {kind})"
    yield "authors", ", ".join(map(str, work.authors))
    yield "dated", work.issued or ""
    yield "language", work.language or ""
    if document.pages:
        labels = _labels(document.pages)
        yield "pages", f"{len(document.pages)}" + (f", printed {labels}" if labels else "")
    counted = [(len(document.sections), "section"), (len(document.tables), "table"), (len(document.notes), "note")]
    characters = f"{len(document.text):,} characters"
    yield "text", ", ".join([characters, *(f"{n:,} {word}{'s' if n != 1 else ''}" for n, word in counted)])
    yield "marks", _marks(document)
    yield "left out", _hidden(document)
    yield "by OCR", _recognised(document)
    for warning in document.warnings:
        yield "warning", warning
    calls = "[12] shows where a note is called, and " if any(n.marks for n in document.notes) else ""
    yield "shown", f"{calls}what stands in ‹ › is ours: none of it is in the stored text (--plain prints that)"


def _labels(pages: Sequence[Page]) -> str:
    """Printed labels as ranges: 'i–iv, 1–8'; empty where they only count the pages."""
    runs: list[list[str]] = []
    last: Page | None = None
    for page in pages:
        if page.label is None:
            last = None
            continue
        if last is not None and last.label is not None and _follows(last.label, page.label):
            runs[-1][1] = page.label
        else:
            runs.append([page.label, page.label])
        last = page
    if all(p.label == str(p.index + 1) for p in pages):
        return ""
    ranges = [a if a == b else f"{a}–{b}" for a, b in runs]
    return ", ".join(ranges[:8]) + (", …" if len(ranges) > 8 else "")


def _follows(before: str, after: str) -> bool:
    """Whether a label counts on from another: by figures behind the same prefix, or both in letters."""
    a, b = (label.rstrip("0123456789") for label in (before, after))
    if a != b:
        return before.isalpha() and after.isalpha()
    x, y = before[len(a) :], after[len(b) :]
    return x.isdecimal() and y.isdecimal() and int(y) == int(x) + 1


def _marks(document: Document) -> str:
    tied = sum(len(n.marks) for n in document.notes if n.span is not None)
    unknown = sum(len(n.marks) for n in document.notes if n.span is None)
    unmarked = [n.number for n in document.notes if not n.marks]
    parts = [f"{tied} tied to the words of their note"] if document.notes or document.loose_marks else []
    if unknown:
        parts.append(f"{unknown} of notes of which only the number is known")
    if document.loose_marks:
        examples = list(dict.fromkeys(s.slice(document.text) for s in document.loose_marks))
        shown = ", ".join(examples[:6]) + (", …" if len(examples) > 6 else "")
        parts.append(f"{len(document.loose_marks)} loose, shown with ‹?› ({shown})")
    if unmarked:
        shown = ", ".join(unmarked[:8]) + (", …" if len(unmarked) > 8 else "")
        parts.append(f"{len(unmarked)} notes without a mark ({shown})")
    return "; ".join(parts)


def _hidden(document: Document) -> str:
    by: Counter[str] = Counter()
    pages: dict[str, set[int]] = {}
    for h in document.hidden:
        by[h.why] += h.characters
        if h.page is not None:
            pages.setdefault(h.why, set()).add(h.page + 1)
    if not by:
        return ""
    parts = []
    for why, count in by.most_common():
        on = sorted(pages.get(why, ()))
        where = f" (page{'s' if len(on) > 1 else ''} {', '.join(map(str, on[:8]))}{', …' if len(on) > 8 else ''})"
        parts.append(f"{why} {count:,}{where if on else ''}")
    return f"{sum(by.values()):,} characters that no reader sees: {', '.join(parts)}"


def _recognised(document: Document) -> str:
    if not document.recognised:
        return ""
    size = sum(len(r.span) for r in document.recognised)
    sure = sum(r.confidence * len(r.span) for r in document.recognised) / max(size, 1)
    low = sum(r.confidence < UNSURE for r in document.recognised)
    pages = [p for p in document.pages if any(s.overlaps(r.span) for r in document.recognised for s in p.spans)]
    where = f"{len(pages)} of {len(document.pages)} pages, " if document.pages else ""
    doubted = f"; marked where below {UNSURE:.0%}: {low} line{'s' if low > 1 else ''}" if low else ""
    return f"{where}{size:,} characters, confidence {sure:.0%}{doubted}"


# the text


class _Body:
    """Draws stretches of one document's text."""

    def __init__(self, document: Document, width: int) -> None:
        self._document = document
        self._width = min(width, PROSE)
        self._whole_width = width
        self._levels = heading_levels(document)
        self._notes = {n.span: n.number for n in document.notes if n.span is not None}
        self._tables = {t.span: t for t in document.tables}
        self._inserts = _inserts(document)
        self._places = sorted(self._inserts)
        self._turns = _turns(document.pages)

    def lines(self, whole: Span, page: Page | None = None) -> list[str]:
        """The text of `whole`; with a rule at each new page unless all of it stands on `page`."""
        document = self._document
        out: list[str] = []
        seen: set[int] = set()
        current = page
        pages = {p.index: p for p in document.pages}
        for block in document.blocks:
            if not block.span.overlaps(whole):
                continue
            span = Span(max(block.span.start, whole.start), min(block.span.end, whole.end))
            inside: dict[int, Page] = {}
            if page is None and self._turns:
                turn = bisect_right(self._turns, (span.start, len(pages)))
                start = pages[self._turns[max(turn - 1, 0)][1]]
                if start != current:
                    out += ["", self._rule(start, again=start.index in seen)]
                    current = start
                    seen.add(start.index)
                beyond = bisect_left(self._turns, (span.end, 0))
                inside = {at: pages[p] for at, p in self._turns[turn:beyond]}
            if out:
                out.append("")
            out += self._block(block, span, inside)
            for turned in inside.values():
                current = turned
                seen.add(turned.index)
        return out[1:] if out and not out[0] else out

    def _rule(self, page: Page, again: bool) -> str:
        name = plain(page_name(page.index, page.label))
        recognised = [r for r in self._document.recognised if any(s.overlaps(r.span) for s in page.spans)]
        size = sum(len(r.span) for r in recognised)
        ocr = f", read by OCR ({sum(r.confidence * len(r.span) for r in recognised) / size:.0%} sure)" if size else ""
        return f"── {name}{' goes on' if again else ''}{ocr} ".ljust(self._width, "─")

    def _block(self, block: Block, span: Span, inside: Mapping[int, Page]) -> list[str]:
        """One block, or the part of it that stands in `span`; `inside`: where it goes over to which page."""
        if block.kind == "table" and "\t" in span.slice(self._document.text):
            return self._table(block, span, inside)
        text = self._marked(span, inside)
        width = self._width
        if span.start > block.span.start:
            text = "… " + text
        if span.end < block.span.end:
            text += " …"
        match block.kind:
            case "title":
                return wrap(text, width, "# ")
            case "heading":
                return wrap(text, width, "#" * min(self._levels.get(block.span.start, 1) + 1, 7) + " ")
            case "paragraph":
                return [line for part in text.split("\n") for line in wrap(part, width)]
            case "list":
                items = text.split("\n")
                return [line for item in items for line in wrap(item, width, "  " if _numbered(item) else "  • ")]
            case "quote":
                return [line for part in text.split("\n") for line in wrap(part, width, "  │ ", "  │ ")]
            case "note":
                number = self._notes.get(block.span)
                return wrap(text, width, f"[{plain(number)}] " if number else "‹note› ")
            case kind:
                lines = text.split("\n")
                first = wrap(lines[0], width, f"‹{kind}› ", _INDENT)
                return [*first, *(line for part in lines[1:] for line in wrap(part, width, _INDENT))]

    def _marked(self, span: Span, inside: Mapping[int, Page]) -> str:
        """The text of `span`, safe, with what is shown at its places."""
        text = self._document.text
        first, behind = bisect_right(self._places, span.start), bisect_right(self._places, span.end)
        out: list[str] = []
        last = span.start
        for at in sorted({*self._places[first:behind], *inside}):
            out += [plain(text[last:at]), self._inserts.get(at, "")]
            if at in inside:
                before, after = text[at - 1 : at].isspace(), text[at : at + 1].isspace()
                name = plain(page_name(inside[at].index, inside[at].label))
                out.append(f"{' ' if after else ''}‹{name}›{' ' if before else ''}")
            last = at
        out.append(plain(text[last : span.end]))
        return "".join(out)

    def _table(self, block: Block, span: Span, inside: Mapping[int, Page]) -> list[str]:
        """A table by its cells. Drawn from the text, so that also rows that name no cell (upper rows of a
        header) are seen."""
        text = self._document.text
        known = self._tables.get(block.span)
        extents = {c.span.start: c.columns for c in _cells(known) if c.columns > 1} if known else {}
        first_row = known.rows[0][0].span.start if known and known.rows and known.rows[0] else None
        rows: list[list[tuple[int, str]]] = []
        between: dict[int, str] = {}
        header = 0
        at = span.start
        for line in span.slice(text).split("\n"):
            if at == first_row:
                header = len(rows)
            for turn, page in inside.items():
                if at <= turn <= at + len(line):
                    between[len(rows)] = f"‹{plain(page_name(page.index, page.label))}›"
            row = []
            for cell in line.split("\t"):
                row.append((at, " ".join(self._marked(Span(at, at + len(cell)), {}).split())))
                at += len(cell) + 1
            rows.append(row)
        if known:
            for row in rows[: header - 1]:
                extents.update(_upper_extents(row, [c.column for c in known.header]))
        cells = [[Drawn(shown, extents.get(start, 1)) for start, shown in row] for row in rows]
        drawn = terminal.table(cells, self._whole_width - len(_INDENT), header, between)
        unit = [f"{_INDENT}‹unit› {plain(known.unit)}"] if known and known.unit else []
        return unit + [_INDENT + line for line in drawn]


def _cells(table: Table) -> Iterator[Cell]:
    yield from table.header
    for row in table.rows:
        yield from row


def _upper_extents(row: Sequence[tuple[int, str]], columns: Sequence[str]) -> dict[int, int]:
    """How many columns each cell of an upper header row covers: the empty places behind it whose columns go by
    its words as well."""
    found: dict[int, int] = {}
    owner: tuple[int, str] | None = None
    for (start, shown), column in zip(row, columns, strict=False):
        if shown:
            owner = (start, shown)
            found[start] = 1
        elif owner is not None and owner[1] in column:
            found[owner[0]] += 1
        else:
            owner = None
    return found


def _inserts(document: Document) -> dict[int, str]:
    """What is shown behind which character, though the text does not hold it."""
    out: dict[int, list[str]] = {}
    for note in document.notes:
        for at in note.marks:
            out.setdefault(at, []).append(f"[{plain(note.number)}]")
    for mark in document.loose_marks:
        out.setdefault(mark.end, []).append("‹?›")
    for read in document.recognised:
        if read.confidence < UNSURE:
            out.setdefault(read.span.end, []).append(f"‹{read.confidence:.0%} sure›")
    return {at: "".join(parts) for at, parts in out.items()}


def _turns(pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Where in the text which page begins or goes on, in order of the text."""
    return sorted((span.start, page.index) for page in pages for span in page.spans)


def _numbered(item: str) -> bool:
    """Whether a list's item carries its own number or sign."""
    word = item.split(" ", 1)[0]
    return word[:1] in _BULLETS or (1 < len(word) <= 6 and word[-1] in ".)") or (len(word) == 1 and not word.isalnum())
