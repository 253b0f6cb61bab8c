"""The command line: each command a screenful. Prose to standard output, notices and progress to
standard error; errors are one line.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import __version__, config, outline, render
from assistant.backends.quiet import silence
from assistant.cli import (
    asking,
    audit,
    brief,
    claims,
    compare,
    evaluating,
    evidence,
    export,
    lint,
    numbers,
    recommendations,
    search,
    setup,
    sources,
    verify,
    within,
)
from assistant.cli.common import (
    ABSTAINED,
    ANSWERED,
    ERROR,
    USAGE,
    columns,
    find_document,
    printable,
    progress_bars,
    say,
)
from assistant.config import Settings
from assistant.errors import AssistantError, StorageError, UsageError
from assistant.render import ingest as reports
from assistant.render.calls import calls_json, calls_text
from assistant.render.reply import reply_text
from assistant.store.library import StoredLibrary
from assistant.types import Answer, Document, Exchange, Page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is the contract's."""
    silence()
    options = parser().parse_args(_joined(sys.argv[1:] if arguments is None else arguments))
    try:
        settings = config.load(corpus=options.corpus, index=options.index, model=getattr(options, "model", None))
        settings = asking.chosen(options, settings)
        return int(options.run(options, settings))
    except UsageError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return USAGE
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return ERROR
    except KeyboardInterrupt:
        print("assistant: stopped; what was complete before stays", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of a pipe went away: nothing is wrong here
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _joined(arguments: Sequence[str]) -> list[str]:
    """The words of a line, the two that name a command as one: `sources` alone is a command, and so is `sources
    fetch`, with all that the commands share. (With argparse's own sub-commands, `sources` could take no document.)"""
    words = list(arguments)
    return [" ".join(words[:2]), *words[2:]] if tuple(words[:2]) in _TWO_WORDS else words


_TWO_WORDS = frozenset((("sources", "fetch"), ("sources", "match")))


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--corpus", metavar="DIR", help="folder of documents (default: corpus)")
    shared.add_argument("--index", metavar="DIR", help="folder of the index (default: index)")
    reports = argparse.ArgumentParser(add_help=False)
    reports.add_argument("--json", action="store_true", help="print JSON")
    top = argparse.ArgumentParser(
        prog="assistant", description="Answers questions about policy papers with citations that can be checked."
    )
    top.add_argument("--version", action="version", version=f"assistant {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Any, Settings], int], about: str, *more: argparse.ArgumentParser) -> Any:
        added = commands.add_parser(name, help=about, description=about, parents=[shared, *more])
        added.set_defaults(run=run)
        return added

    p = command("ingest", ingest, "bring the index up to date with the corpus and with added paths", reports)
    p.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders to add; they are remembered")
    p.add_argument("--remove", action="append", type=Path, default=[], metavar="PATH", help="forget an added path")

    p = command("ask", ask, "answer a question with numbered citations", reports)
    p.add_argument("question", nargs="*", type=printable, help="the question, in English or Korean")
    p.add_argument("--batch", type=Path, metavar="IN.jsonl", help="answer one question a line")
    p.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the replies go, one a line, in order")
    p.add_argument("--origin", action="store_true",
                   help="answer from the source behind a relayed sentence, where it is held")  # fmt: skip
    p.add_argument("--after", action="append", default=[], type=printable, metavar="QUESTION",
                   help="asked before it, so that the question can lean on it; repeatable, in order")  # fmt: skip
    p.add_argument("--receipt", type=Path, metavar="FILE",
                   help="write all that the reply rests on, for `assistant verify`")  # fmt: skip
    asking.options(p)
    within.add(p)

    p = command("show", show, "a document, a page or a note as it was understood; without one, what is held", reports)
    p.add_argument("document", nargs="?", help="an id, or a file's name; 'catalog' for the catalogue")
    p.add_argument("--page", metavar="N", help="a page by its printed label, or by its number in the file")
    p.add_argument("--note", metavar="N", help="a note by its number")
    p.add_argument("--plain", action="store_true", help="the stored text alone, in which citations count characters")
    p.add_argument("--boxes", action="store_true", help="with --json: also where each line stands on its page")
    p.add_argument("--image", nargs="?", const=Path(), type=Path, metavar="FILE.png",
                   help="with --page: draw what was understood over the page (default: ID-page-N.png)")  # fmt: skip

    for more in (
        search,
        sources,
        evidence,
        audit,  # the views of one or two documents: one a line, in the order of `assistant --help`
        claims,
        compare,
        lint,
        numbers,
        recommendations,
        brief,
        export,
        verify,
        setup,
        evaluating,
    ):
        more.add(command, reports)

    command("doctor", doctor, "what is installed and configured, and whether the index fits the corpus", reports)
    p = command("ui", ui, "serve the page to this machine alone, at http://127.0.0.1:8501 or another port")
    p.add_argument("--port", type=_port, default=8501, metavar="N", help="(default: 8501)")
    return top


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("give a port from 1 to 65535")
    return value


def ingest(options: Any, settings: Settings) -> int:
    from assistant import wiring

    with progress_bars() as progress:
        report = wiring.ingest(settings, options.paths, options.remove, progress)
    say(reports.report_json(report) if options.json else reports.report_text(report))
    return 0


def ask(options: Any, settings: Settings) -> int:
    from assistant import wiring

    question = " ".join(options.question) if options.question else None
    if (question is None) == (options.batch is None):
        raise UsageError("give a question, or a file of questions with --batch IN.jsonl --out OUT.jsonl")
    if options.batch:
        if options.after:
            raise UsageError('--after goes with one question: in a batch each line has its "history"')
        if options.receipt:
            raise UsageError("--receipt goes with one question: ask each line of the batch by itself")
        if options.out is None:
            raise UsageError("--batch needs --out OUT.jsonl: the file for the replies")
        return _batch(options, settings)
    confined = within.within(options, settings)
    assistant = wiring.open_assistant(settings)
    history = asking.conversation(assistant, options.after, confined)
    if assistant.model and not options.json and asking.live():
        told = assistant.stream(question or "", history, options.origin, confined)
        reply = asking.tell(question or "", told)
    else:
        reply = assistant.ask(question or "", history, options.origin, confined)
        say(render.reply_json(reply) if options.json else reply_text(reply, min(columns(), 96)))
    verify.keep(options, settings, assistant, reply, confined)
    return ANSWERED if isinstance(reply, Answer) else ABSTAINED


def _batch(options: Any, settings: Settings) -> int:
    """One reply a line, in order; a line that cannot be answered gets a reply that says why. The options are for lines
    that do not say themselves.
    """
    from assistant import wiring

    source, out = options.batch, options.out
    if source.resolve() == out.resolve():
        raise UsageError(f"--out is the file of questions itself ('{out}'): name another")
    try:
        lines = [x for x in source.read_text(encoding="utf-8-sig").split("\n") if x.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read '{source}' ({error}): give a UTF-8 file, one JSON object a line") from error
    confined = within.within(options, settings)
    assistant = wiring.open_chain(settings)

    def answer(question: str, history: Sequence[Exchange], origin: bool, confine: object) -> dict[str, Any]:
        asked = confined if confine is None else within.made(confine, settings)
        return render.reply_json(assistant.ask(question, history, origin, asked))

    try:
        with out.open("w", encoding="utf-8", errors="backslashreplace") as file, progress_bars() as progress:
            for done, line in enumerate(lines, start=1):
                file.write(json.dumps(_batch_reply(line, answer, options.origin), ensure_ascii=False) + "\n")
                file.flush()
                progress("questions", done, len(lines))
    except OSError as error:
        raise StorageError(f"cannot write '{out}' ({error.strerror or error}): free space or name another") from error
    return 0


def _batch_reply(line: str, answer: Callable[..., dict[str, Any]], origin: bool = False) -> dict[str, Any]:
    id: Any = None
    question: Any = None
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise UsageError('a line is a JSON object such as {"id": "1", "question": "…"}')
        id, question = asked.get("id"), asked.get("question")
        if not isinstance(question, str):
            raise UsageError('a line needs a "question" that is a string')
        history = [Exchange(str(h["question"]), str(h.get("answer", ""))) for h in asked.get("history") or ()]
        if not isinstance(origin := asked.get("origin", origin), bool):
            raise UsageError('"origin" is true or false')
        return {"id": id, **answer(printable(question), history, origin, asked.get("within"))}
    except (AssistantError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = str(error) if isinstance(error, AssistantError) else f"not a question in the form of a batch: {error!r}"
        empty: dict[str, Any] = {
            "claims": [],
            "citations": [],
            "nearest": [],
            "origin": origin is True,
            "withheld": 0,
            "faults": [],
            "confidence": None,
            "notices": [],
        }
        return {"id": id, "question": question, "understood": question, "language": None, "status": "error",
                "reason": why, "answer": "", **empty, "provenance": None}  # fmt: skip


def show(options: Any, settings: Settings) -> int:
    from assistant.answering.catalogue import CATALOGUE, catalogue_document
    from assistant.answering.catalogue import listed as works_listed
    from assistant.store import generations

    _check_show(options)
    library = generations.current(settings.index).library()
    name = options.document
    if name is None:
        counts = library.passage_counts()
        held = [(library.document(id), counts.get(id, 0)) for id in library.document_ids()]
        say(render.held_json(held) if options.json else render.held_text(held))
        return 0
    if name == CATALOGUE:
        document = catalogue_document(works_listed(library))
    else:
        document = library.document(find_document(library, name, settings))
    if options.note is not None:
        return _show_note(options, settings, library, document)
    if options.page is not None:
        return _show_page(options, settings, document)
    if options.json:
        say(render.document_json(document, options.boxes))
    else:
        say(render.plain(document.text) if options.plain else outline.document_text(document, columns()))
    return 0


def _check_show(options: Any) -> None:
    """Raises UsageError for options that do not go together."""
    part = [f"--{o}" for o in ("page", "note", "image") if getattr(options, o) is not None]
    if options.document is None and part:
        raise UsageError(f"name the document, before {part[0]}: `assistant show` lists them")
    if options.page is not None and options.note is not None:
        raise UsageError("give --page or --note, not both: a note is found by its number alone")
    if options.image is not None and options.page is None:
        raise UsageError("--image draws one page: give it with --page N")
    if options.image not in (None, Path()) and options.image.suffix.lower() != ".png":
        raise UsageError(f"--image writes a PNG: give '{options.image}' a name that ends in .png")
    if options.boxes and not options.json:
        raise UsageError("--boxes adds places to JSON: give it with --json")


def _show_note(options: Any, settings: Settings, library: StoredLibrary, document: Document) -> int:
    """A note, or where numbers begin anew all notes of that number, with the works that it names."""
    from assistant import wiring
    from assistant.cli.ledger import doubt_text, named_json, named_text

    places = [place for place, n in enumerate(document.notes) if n.number == options.note]
    if not places:
        print(f"assistant: {document.id} has no note {options.note}: it has {len(document.notes)}", file=sys.stderr)
        return ERROR
    ledger = wiring.open_ledger(settings, library)
    shown, told = [], []
    for place in places:
        note = document.notes[place]
        named = [ledger.state(id) for id in note.works if ledger.entry(id)]
        doubts = [n for n in ledger.doubts if (n.document, n.place) == (document.id, place)]
        shown.append({**render.note_json(note), "called": calls_json(document, note), **named_json(named, doubts)})
        text = render.plain(note.text or f"note {note.number}: only its number is known")
        called = calls_text(document, note, min(columns(), 96))
        told.append("\n".join(filter(None, [text, called, named_text(named), *map(doubt_text, doubts)])))
    if options.json:
        say({**shown[0], **({"others": shown[1:]} if len(shown) > 1 else {})})
    else:
        say("\n\n".join(told))
    return 0


def _show_page(options: Any, settings: Settings, document: Document) -> int:
    pages = [p for p in document.pages if p.label == options.page]
    pages = pages or [p for p in document.pages if str(p.index + 1) == options.page]
    if not pages:
        counted = f"it has {len(document.pages)}" if document.pages else "it has no pages"
        print(f"assistant: {document.id} has no page {options.page}: {counted}", file=sys.stderr)
        return ERROR
    page = pages[0]
    if options.image is not None:
        return _draw_page(options, settings, document, page)
    text = "\n".join(s.slice(document.text) for s in page.spans)
    if options.json:
        say({"id": document.id, **render.page_json(page, options.boxes), "text": text})
    else:
        say(render.plain(text) if options.plain else outline.page_text(document, page, columns()))
    return 0


def _draw_page(options: Any, settings: Settings, document: Document, page: Page) -> int:
    """Write the picture and print where."""
    from assistant import wiring

    picture = wiring.draw_page(settings, document, page.index)
    path = options.image
    if path == Path():
        path = Path("-".join(re.findall(r"[^\W_]+", f"{document.id[:60]} page {options.page[:20]}")) + ".png")
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise StorageError(f"cannot write '{path}' ({error.strerror or error}): free space, or name another") from error
    say({"id": document.id, "page_index": page.index, "image": str(path)} if options.json else str(path))
    return 0


def doctor(options: Any, settings: Settings) -> int:
    from assistant import wiring

    checks = wiring.doctor(settings)
    if options.json:
        say([{"name": c.name, "good": c.good, "found": c.found, "advice": c.advice} for c in checks])
    else:
        for c in checks:
            say(
                f"{'ok ' if c.good else 'BAD'}  {c.name:<22} {c.found}"
                + (f" → {c.advice}" if not c.good and c.advice else "")
            )
    return 0 if all(c.good for c in checks) else ERROR


def ui(options: Any, settings: Settings) -> int:
    """Streamlit in a process of its own, bound to this machine."""
    page = Path(__file__).resolve().parents[2] / "app.py"
    if not page.is_file():
        raise UsageError(f"no page at '{page}': run from a clone of the project")
    environment = {**os.environ, "ASSISTANT_CORPUS": str(settings.corpus), "ASSISTANT_INDEX": str(settings.index)}
    flags = {
        "server.address": "127.0.0.1", "server.port": str(options.port), "server.headless": "true",
        "server.fileWatcherType": "none", "browser.gatherUsageStats": "false", "browser.serverAddress": "127.0.0.1",
    }  # fmt: skip
    command = [sys.executable, "-m", "assistant.ui.serve", "run", str(page), *(f"--{k}={v}" for k, v in flags.items())]
    if os.name == "posix":  # in this very process: whoever ends it, by whatever signal, ends the page
        os.execve(command[0], command, environment)
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
