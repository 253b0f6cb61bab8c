"""A sheet as plain text and as Markdown; and its footnotes, which Word has too."""

from __future__ import annotations

from assistant import render
from assistant.backends.exports.citing import Run, Style, Text, entries, joined, note, plain
from assistant.sources.bibliography import clean
from assistant.sources.sheets import Cited, Sheet, word
from assistant.types import Language


def footnote(cited: Cited, style: Style, language: Language) -> Text:
    """What a footnote says: the work, the place in it, the quoted words, then the notes called there and the second hop."""
    where = ", ".join(part for part in (cited.page, *cited.place) if part)
    parts: list[Text | str] = [note(cited.work, style, where)]
    if cited.words:
        parts.append(f": “{cited.words}”")
    parts.append("" if cited.words.endswith((".", "?", "!")) else ".")
    if cited.relayed:
        parts.append(f" {word('relayed', language)}")
    parts += [f" {said}" if said.endswith((".", "?", "!")) else f" {said}." for said in cited.notes]
    if cited.hop is not None:
        verdict = f" ({cited.hop.verdict})" if cited.hop.verdict else ""
        parts += [f" {word('hop', language)}{verdict}: ", footnote(cited.hop, style, language)]
    return joined(parts)


def text(sheet: Sheet, style: Style) -> str:
    """Plain text: the sentences with numbers, the notes that they point to, the bibliography."""
    out: list[str] = []
    if sheet.lines:
        out.append(clean(sheet.title))
    for line in sheet.lines:
        marks = "".join(f"[{c.marker}]" for c in line.cited)
        out.append(f"{clean(line.text)} {marks}".strip())
        if line.remark:
            out.append(clean(line.remark))
    out += [clean(notice) for notice in sheet.notices]
    if notes := _by_marker(sheet):
        said = [f"[{m}] {clean(plain(footnote(c, style, sheet.language)))}" for m, c in notes.items()]
        out += [word("notes", sheet.language), *said]
    listed = [clean(plain(entry)) for _, entry in entries(sheet.works, style)]
    if listed and sheet.lines:
        out.append(word("bibliography", sheet.language))
    return "\n\n".join([*out, *listed]) + "\n"


def markdown(sheet: Sheet, style: Style) -> str:
    """Markdown with footnotes in the form that Pandoc and most readers know; all that is foreign in it is literal."""
    out = [f"# {_literal(sheet.title)}"]
    for line in sheet.lines:
        marks = "".join(f"[^{c.marker}]" for c in line.cited)
        out.append(f"{_literal(line.text)}{marks}")
        if line.remark:
            out.append(f"*{_literal(line.remark)}*")
    out += [f"> {_literal(notice)}" for notice in sheet.notices]
    listed = [f"- {_marked(entry)}" for _, entry in entries(sheet.works, style)]
    if listed and sheet.lines:
        out.append(f"## {word('bibliography', sheet.language)}")
    if listed:
        out.append("\n".join(listed))
    out += [f"[^{m}]: {_marked(footnote(c, style, sheet.language))}" for m, c in _by_marker(sheet).items()]
    return "\n\n".join(out) + "\n"


def _literal(text: str) -> str:
    return render.markdown(clean(text))


def _by_marker(sheet: Sheet) -> dict[int, Cited]:
    return {c.marker: c for c in sorted(sheet.cited, key=lambda c: c.marker)}


def _marked(entry: Text) -> str:
    return "".join(_marked_run(run) for run in entry)


def _marked_run(run: Run) -> str:
    """One run; white space at its edges stays outside, since render.markdown drops it and italics must not hold it."""
    inner = _literal(run.text)
    if not inner:
        return " " if run.text else ""
    before = " " if run.text[:1].isspace() else ""
    after = " " if run.text[-1:].isspace() else ""
    return f"{before}*{inner}*{after}" if run.italic else f"{before}{inner}{after}"
