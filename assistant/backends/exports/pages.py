"""A sheet as plain text and as Markdown; and its footnotes, which Word has too."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from assistant import render
from assistant.backends.exports.citing import Run, Style, Text, entries, joined, note, plain, short_note
from assistant.sources.bibliography import clean
from assistant.sources.phrases import word
from assistant.sources.sheets import Cited, Line, Rows, Sheet


class Footnotes:
    """Makes the footnotes of a sheet in the order in which they stand: the first that names a work names it in full, the
    later ones in short.
    """

    def __init__(self, sheet: Sheet, style: Style) -> None:
        self._style = style
        self._language = sheet.language
        works = {one.work.id: one.work for cited in sheet.cited for one in (cited, *cited.hops)}
        short = {id: plain(short_note(work, style)) for id, work in works.items()}
        alike = Counter(short.values())
        self._full = {id for id, said in short.items() if alike[said] > 1}
        """Works that a reader could take for one another, or for new ones: always named in full."""
        self._named: set[str] = set()

    def next(self, cited: Cited) -> Text:
        """What the footnote says: the work, the place in it, the quoted words, then the notes called there and what the
        sources behind them say.
        """
        where = ", ".join(part for part in (cited.page, *cited.place) if part)
        again = cited.work.id in self._named and cited.work.id not in self._full
        self._named.add(cited.work.id)
        parts: list[Text | str] = [(short_note if again else note)(cited.work, self._style, where)]
        if cited.state:
            parts.append(f" [{cited.state}]")
        if cited.words:
            parts.append(f": “{cited.words}”")
        parts.append("" if plain(joined(parts)).endswith(_ENDS) else ".")
        if cited.relayed:
            parts.append(f" {word('relayed', self._language)}")
        parts += [f" {_ended(said)}" for said in cited.notes]
        for hop in cited.hops:
            parts += [f" {hop.lead} ", self.next(hop)]
        return joined(parts)


_ENDS = (".", "?", "!", ".”", "?”", "!”")


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def text(sheet: Sheet, style: Style) -> str:
    """Plain text: the sentences with numbers, the notes that they point to, the bibliography."""
    out = [clean(sheet.title)] if sheet.has_text else []
    out += [clean(sheet.subtitle)] if sheet.subtitle else []
    for line in sheet.lines:
        marks = "".join(f"[{c.marker}]" for c in line.cited)
        said = " ".join(filter(None, [clean(line.text), marks, clean(line.remark) if line.under else ""]))
        out.append(f"    {said}" if line.under else said)
        if line.remark and not line.under:
            out.append(clean(line.remark))
    if sheet.table:
        for number, row in enumerate(sheet.table.rows, start=1):
            named = zip(sheet.table.columns, row, strict=True)
            cells = [f"{head}: {_said(line)}" for head, line in named if line.text or line.cited]
            out.append("\n".join([f"({number})", *cells]))
    out += [clean(notice) for notice in sheet.notices]
    if notes := _by_marker(sheet):
        made = Footnotes(sheet, style)
        out += [word("notes", sheet.language), *(f"[{m}] {clean(plain(made.next(c)))}" for m, c in notes.items())]
    listed = [clean(plain(entry)) for _, entry in entries(sheet.works, style)]
    if listed and sheet.has_text:
        out.append(word("bibliography", sheet.language))
    last = [f"-- {clean(sheet.origin)}"] if sheet.origin else []
    return "\n\n".join([*out, *listed, *last]) + "\n"


def _said(line: Line) -> str:
    """A cell with the numbers of its places."""
    return " ".join(filter(None, [in_quotes(line), "".join(f"[{c.marker}]" for c in line.cited)]))


def in_quotes(line: Line) -> str:
    """The text of a line, between quotation marks where it is a document's."""
    return f"“{clean(line.text)}”" if line.quoted and line.text else clean(line.text)


def markdown(sheet: Sheet, style: Style) -> str:
    """Markdown with footnotes in the form that Pandoc and most readers know; all that is foreign in it is literal."""
    out = [f"# {_literal(sheet.title)}"]
    out += [f"*{_literal(sheet.subtitle)}*"] if sheet.subtitle else []
    for listed, lines in groupby(sheet.lines, lambda line: line.under):
        said = [_line(line) for line in lines]
        out += ["\n".join(f"- {one}" for one in said)] if listed else said
    out += [_rows(sheet.table)] if sheet.table else []
    out += [f"> {_literal(notice)}" for notice in sheet.notices]
    entered = [f"- {_marked(entry)}" for _, entry in entries(sheet.works, style)]
    if entered and sheet.has_text:
        out.append(f"## {word('bibliography', sheet.language)}")
    if entered:
        out.append("\n".join(entered))
    if sheet.origin:
        out.append(f"*{_literal(sheet.origin)}*")
    made = Footnotes(sheet, style)
    out += [f"[^{m}]: {_marked(made.next(c))}" for m, c in _by_marker(sheet).items()]
    return "\n\n".join(out) + "\n"


def _rows(table: Rows) -> str:
    """A table as Pandoc and GitHub know it: a row is one line, and no cell can end its column."""
    heads = [_cell(head) or " " for head in table.columns]
    out = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in table.rows:
        cells = [_cell(in_quotes(line)) + "".join(f"[^{c.marker}]" for c in line.cited) for line in row]
        out.append(f"| {' | '.join(cell or ' ' for cell in cells)} |")
    return "\n".join(out)


def _cell(text: str) -> str:
    return _BAR.sub(r"\\|", _literal(text, begins=False))  # in an address, which stands as code, one would end the cell


_BAR = re.compile(r"(?<!\\)\|")


def _line(line: Line) -> str:
    if line.section:
        return f"## {_literal(line.text)}"
    marks = "".join(f"[^{c.marker}]" for c in line.cited)
    words = f"**{_literal(line.text)}**" if line.heads and _literal(line.text) else _literal(line.text)
    if not line.remark:
        return f"{words}{marks}"
    return f"{words}{marks}{' ' if line.under else _NEXT}*{_literal(line.remark)}*"


_NEXT = "\n\n"
"""A remark on a sentence is a paragraph of its own."""


_ADDRESS = re.compile(
    r"(?:\b[A-Za-z][A-Za-z\d+.-]*://|\bwww\.)[^\s`<>\"“”]*[^\s`<>\"“”.,;:!?'’)\]}]|\bdoi:10\.\d{4,9}/[^\s`<>\"“”]*[^\s`<>\"“”.,;:!?'’)\]}]"
)
_ACTS = re.compile(r"[\\`*_\[\]{}<>~^$|#@]|&(?=#?\w{1,32};)|!(?=\[)|-(?=-)|=(?==)|\+(?=\+)|:(?=[\w+-]+:)|:(?=//)")
"""What draws something in Markdown or in one of its dialects, where it does."""
_BEGINS = re.compile(r"(?P<sign>[-+=:>])|(?P<count>\(?\w{1,9})(?P<dot>[.)])(?=\s|$)")
"""What draws something at the beginning of a line: an entry of a list with its number ('2024.', 'a)', '(iv)')."""


def _literal(text: str, begins: bool = True) -> str:
    """Foreign words that draw nothing: what Markdown would act on is escaped, and an address stands as code, so that it
    is no link and can be copied. `begins`: it stands at the beginning of a line."""
    said, out, at = " ".join(render.plain(clean(text)).split()), [], 0
    for address in _ADDRESS.finditer(said):
        out += [_escaped(said[at : address.start()], begins and at == 0), f"`{address.group()}`"]
        at = address.end()
    return "".join([*out, _escaped(said[at:], begins and at == 0)])


def _escaped(text: str, first: bool) -> str:
    head = _BEGINS.match(text) if first else None
    if head is None:
        return _ACTS.sub(_BACK, text)
    begun = f"\\{head['sign']}" if head["sign"] else f"{_ACTS.sub(_BACK, head['count'])}\\{head['dot']}"
    return begun + _ACTS.sub(_BACK, text[head.end() :])


_BACK = r"\\\g<0>"


def _by_marker(sheet: Sheet) -> dict[int, Cited]:
    return {c.marker: c for c in sorted(sheet.cited, key=lambda c: c.marker)}


def _marked(entry: Text) -> str:
    return "".join(_marked_run(run, n == 0) for n, run in enumerate(entry))


def _marked_run(run: Run, begins: bool) -> str:
    """One run; white space at its edges stays outside, since render.markdown drops it and italics must not hold it."""
    inner = _literal(run.text, begins)
    if not inner:
        return " " if run.text else ""
    before = " " if run.text[:1].isspace() else ""
    after = " " if run.text[-1:].isspace() else ""
    return f"{before}*{inner}*{after}" if run.italic else f"{before}{inner}{after}"
