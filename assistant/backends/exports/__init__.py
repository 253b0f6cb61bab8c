"""A sheet in the format that was asked for. The libraries of a format are loaded only for it."""

from __future__ import annotations

import json
from typing import Any, Literal, get_args

from assistant.errors import UsageError
from assistant.sources.bibliography import Item, clean, is_unseen, item_of, key_of
from assistant.sources.sheets import Cited, Sheet

Form = Literal["bibtex", "ris", "csl-json", "chicago", "apa", "markdown", "word"]
SUFFIXES: dict[Form, str] = {
    "bibtex": ".bib", "ris": ".ris", "csl-json": ".json", "chicago": ".txt", "apa": ".txt", "markdown": ".md",
    "word": ".docx",
}  # fmt: skip
MEDIA_TYPES: dict[Form, str] = {
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
    "chicago": "text/plain",
    "apa": "text/plain",
    "markdown": "text/markdown",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def form_of(name: str) -> Form:
    """The format of that name, or of that file's ending where only one format has it."""
    for form, suffix in SUFFIXES.items():
        if name == form or (name == suffix and suffix != ".txt"):
            return form
    raise UsageError(f"there is no export format {name!r}: name one of {', '.join(get_args(Form))}")


def export(sheet: Sheet, form: Form, style: str = "chicago") -> bytes:
    """The sheet as a file of that format; the same sheet gives the same bytes. `style` is the style of the notes and
    the bibliography in Markdown and Word; the formats 'chicago' and 'apa' are plain text in that style.
    """
    match form:
        case "bibtex":
            from assistant.backends.exports.bibtex import bibtex

            return bibtex(sheet.works, remarks_of(sheet)).encode()
        case "ris":
            from assistant.backends.exports.ris import ris

            return ris(sheet.works, remarks_of(sheet)).encode()
        case "csl-json":
            return (_seen(json.dumps(items_of(sheet), ensure_ascii=False, indent=2)) + "\n").encode()
        case "chicago" | "apa":
            from assistant.backends.exports.pages import text

            return text(sheet, form).encode()
        case "markdown":
            from assistant.backends.exports.citing import style_of
            from assistant.backends.exports.pages import markdown

            return markdown(sheet, style_of(style)).encode()
        case "word":
            from assistant.backends.exports.citing import style_of
            from assistant.backends.exports.word import word_file

            return word_file(sheet, style_of(style))


def _seen(text: str) -> str:
    """JSON with every character that is not seen as \\uXXXX: the quotes in it are exact, and nothing acts on a terminal."""
    return "".join(c if c == "\n" or not is_unseen(c) else json.dumps(c)[1:-1] for c in text)


def items_of(sheet: Sheet) -> list[Item]:
    """CSL-JSON: the works, each with its key, and under `custom` the places that were quoted from it."""
    items = {work.id: item_of(work) | {"citation-key": key_of(work.id)} for work in sheet.works}
    for cited in sheet.cited:
        for one, of in ((cited, None), *((hop, cited.marker) for hop in cited.hops)):
            if one.quote and one.work.id in items:
                quoted = items[one.work.id].setdefault("custom", {}).setdefault("quoted", [])
                if (place := _place(one, of)) not in quoted:
                    quoted.append(place)
    for state in sheet.states:
        if state.id in items:
            items[state.id].setdefault("custom", {})["state"] = state.state
    return list(items.values())


def _place(cited: Cited, of: int | None) -> dict[str, Any]:
    place = {
        "marker": None if of else cited.marker,
        "behind": of,
        "page": cited.page,
        "place": list(cited.place),
        "quote": cited.quote,
        "notes": list(cited.notes),
        "relayed": cited.relayed,
        "verdict": cited.verdict.support if cited.verdict else None,
        "why": cited.verdict.why if cited.verdict else None,
        "statement": cited.statement,
    }
    return {name: value for name, value in place.items() if value}


def remarks_of(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """For each work the places that were quoted from it, a line each: BibTeX and RIS have no field for a place."""
    remarks: dict[str, list[str]] = {}
    for cited in sheet.cited:
        for one, sign in ((cited, f"[{cited.marker}]"), *((hop, f"[{cited.marker}, behind it]") for hop in cited.hops)):
            where = ", ".join(part for part in (one.page, *one.place) if part)
            colon = ":" if where and one.words else ""
            judged = f"({one.verdict.support})" if one.verdict else ""
            quoted = f"“{one.words}”" if one.words else ""
            line = clean(" ".join([sign, f"{where}{colon}", quoted, judged, *one.notes]))
            if not where and not quoted and not one.notes:
                continue
            if line not in remarks.setdefault(one.work.id, []):
                remarks[one.work.id].append(line)
    return {id: tuple(lines) for id, lines in remarks.items()}
