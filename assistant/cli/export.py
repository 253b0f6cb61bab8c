"""`assistant export`: answers, evidence, notes and the bibliography as files that other programs and people read."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, get_args

from assistant import render
from assistant.cli.common import (
    ABSTAINED,
    ANSWERED,
    ERROR,
    find_document,
    positive,
    printable,
    progress_bars,
    say,
    write_bytes,
)
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.sources.sheets import Sheet
from assistant.types import Answer, SourceState

FORMS = ("bibtex", "ris", "csl-json", "chicago", "apa", "markdown", "word")
STYLES = ("chicago", "apa")


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its parts, each with its options."""
    p = command("export", bibliography, "answers, evidence, notes or the bibliography as files for other programs")
    parts = p.add_subparsers(required=True, metavar="WHAT")
    shared = argparse.ArgumentParser(add_help=False)
    # The command has these two already: what is not given here must not undo what was given there.
    shared.add_argument("--corpus", metavar="DIR", default=argparse.SUPPRESS, help="folder of documents")
    shared.add_argument("--index", metavar="DIR", default=argparse.SUPPRESS, help="folder of the index")
    shared.add_argument("--format", choices=FORMS, help="(default: by the ending of --out, else markdown)")
    shared.add_argument("--style", choices=STYLES, default="chicago",
                        help="of notes and bibliography in Markdown and Word (default: chicago)")  # fmt: skip
    shared.add_argument("--out", type=Path, metavar="FILE", help="where it goes (default: standard output)")

    def part(name: str, run: Any, about: str) -> Any:
        added = parts.add_parser(name, help=about, description=about, parents=[shared])
        added.set_defaults(run=run)
        return added

    p = part("bibliography", bibliography, "all works that the documents name, and the documents; or what some name")
    p.add_argument("documents", nargs="*", metavar="DOCUMENT", help="only what these name: ids, or names of files")
    p.add_argument("--state", action="append", choices=get_args(SourceState), metavar="STATE",
                   help=f"only works in this state: {', '.join(get_args(SourceState))}; may be repeated")  # fmt: skip

    p = part("note", note, "the works that a note of a document names")
    p.add_argument("document", help="an id, or a file's name")
    p.add_argument("note", metavar="N", help="the note's number")

    p = part("answer", answer, "the answer to a question, each sentence with its place in a note")
    p.add_argument("question", nargs="+", type=printable, help="the question, in English or Korean")
    p.add_argument("--origin", action="store_true", help="answer from the sources behind the documents, where held")

    p = part("evidence", evidence, "what the corpus says for and against each sentence of a text")
    p.add_argument("text", nargs="*", type=printable, help="a sentence or a paragraph; '-' reads standard input")
    p.add_argument("--file", type=Path, metavar="FILE", help="read the text from a UTF-8 file")
    p.add_argument("-k", type=positive, default=5, metavar="N", help="places looked at for each sentence (default: 5)")

    p = part("reply", reply, "a reply that `ask --json` printed, checked again against the index")
    p.add_argument("file", type=Path, metavar="FILE.json")


def bibliography(options: Any, settings: Settings) -> int:
    """Needs no model: the ledger and the documents stand in the index."""
    from assistant import wiring
    from assistant.store import generations
    from assistant.wiring.exporting import bibliography as made

    _check(options)
    generation = generations.current(settings.index)
    library = generation.library()
    ids = [find_document(library, name, settings) for name in options.documents]
    ledger = wiring.open_ledger(settings, library)
    return _deliver(made(library, ledger, generation.manifest.name, ids or None, options.state), options)


def note(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.store import generations
    from assistant.wiring.exporting import noted

    _check(options)
    generation = generations.current(settings.index)
    library = generation.library()
    id = find_document(library, options.document, settings)
    ledger = wiring.open_ledger(settings, library)
    return _deliver(noted(library, ledger, generation.manifest.name, id, options.note), options)


def answer(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.wiring.exporting import reply_sheet

    _check(options)
    assistant = wiring.open_assistant(settings)
    given = assistant.ask(" ".join(options.question), origin=options.origin)
    _deliver(reply_sheet(assistant, given), options)
    return ANSWERED if isinstance(given, Answer) else ABSTAINED


def evidence(options: Any, settings: Settings) -> int:
    from assistant import weighing, wiring
    from assistant.cli.evidence import text_of
    from assistant.render.evidence import is_silent
    from assistant.wiring.exporting import evidence_sheet

    _check(options)
    text = weighing.usable(text_of(options))
    assistant = wiring.open_assistant(settings)
    with progress_bars() as progress:
        found = assistant.evidence(text, options.k, progress=progress)
    _deliver(evidence_sheet(assistant, found), options)
    return ABSTAINED if is_silent(found) else ANSWERED


def reply(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.wiring.exporting import reply_sheet
    from assistant.wiring.rereading import reread

    _check(options)
    saved = _json(options.file)
    assistant = wiring.open_assistant(settings)
    read = reread(assistant, saved)
    _deliver(reply_sheet(assistant, read.reply), options)
    for why in read.refused:
        print(f"assistant: left out: {render.plain(why)}", file=sys.stderr)
    if read.refused:
        return ERROR
    return ANSWERED if isinstance(read.reply, Answer) else ABSTAINED


def _json(path: Path) -> object:
    if path.is_dir():
        raise UsageError(f"'{path}' is a folder: give the file of a reply that `assistant ask --json` printed")
    try:
        read: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read '{path}' ({error}): give a reply that `assistant ask --json` printed") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"'{path}' is not JSON ({error}): give a reply that `assistant ask --json` printed") from error
    return read


def _check(options: Any) -> None:
    """Raises UsageError for a format that cannot go where it should, before anything is asked."""
    if _form(options) == "word" and options.out is None:
        raise UsageError("a Word file cannot be printed: say where it goes with --out FILE.docx")
    if options.format is not None and options.out is not None:
        _check_ending(options.format, options.out)


def _check_ending(form: str, out: Path) -> None:
    """Raises UsageError where a file would bear the ending of another format: programs open it by that."""
    from assistant.backends.exports import SUFFIXES

    ending = out.suffix.lower()
    other = next((f for f, suffix in SUFFIXES.items() if suffix == ending), None)
    if other is None or SUFFIXES[form] == ending or (form in STYLES and other == "markdown"):  # type: ignore[index]
        return
    raise UsageError(
        f"'{out}' is the name of a {other} file, and --format {form} is not that: "
        + (
            f"write `--format word --style {form}`"
            if other == "word" and form in STYLES
            else f"write `--format {other}`"
        )
        + f", or name it '{out.with_suffix(SUFFIXES[form]).name}'"  # type: ignore[index]
    )


def _form(options: Any) -> Any:
    from assistant.backends.exports import form_of

    if options.format is not None:
        return options.format
    return form_of(options.out.suffix.lower()) if options.out is not None else "markdown"


def _deliver(sheet: Sheet, options: Any) -> int:
    """Write the file, or print it."""
    from assistant.wiring.exporting import download

    data, _, _ = download(sheet, _form(options), options.style)
    if options.out is None:
        say(render.plain(data.decode()).rstrip("\n"))
        return 0
    write_bytes(options.out, data)
    print(f"written: {options.out}", file=sys.stderr)
    return 0
