"""`assistant brief`: a page that an official can use, on a question or on a document."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import asking
from assistant.cli.common import ABSTAINED, ANSWERED, columns, find_document, positive, printable, say, write_bytes
from assistant.cli.views import check_ending
from assistant.config import Settings
from assistant.errors import CorpusError

if TYPE_CHECKING:
    from assistant.wiring.exporting import BriefForm

ENDINGS: Mapping[BriefForm, str] = {"markdown": ".md", "word": ".docx", "pdf": ".pdf"}
_ID = re.compile(r"[\w.-]*\d[\w.-]*")
"""What only a document can be called: one word with a digit in it."""


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command(
        "brief", brief, "a page for an official: what the documents say on a question, or what one says", reports
    )
    p.add_argument("about", nargs="+", type=printable, metavar="QUESTION-or-DOCUMENT",
                   help="a question in English or Korean, or a document: its id, or a file's name")  # fmt: skip
    p.add_argument("--words", type=positive, default=400, metavar="N", help="about how long (default: 400)")
    p.add_argument("--for", dest="audience", type=printable, default="", metavar="ROLE",
                   help="who is to act on it, in English or Korean: only what is asked of them")  # fmt: skip
    p.add_argument("--language", choices=("en", "ko"), help="of headings and remarks (default: the question's)")
    p.add_argument("--markdown", type=Path, metavar="FILE", help="write it as Markdown, each place in a footnote")
    p.add_argument("--word", type=Path, metavar="FILE", help="write it as a Word file with footnotes")
    p.add_argument("--pdf", type=Path, metavar="FILE", help="write it as a PDF with notes")
    asking.options(p)


def brief(options: Any, settings: Settings) -> int:
    from assistant import wiring
    from assistant.render import reply_json
    from assistant.render.brief import brief_json, brief_text
    from assistant.render.reply import reply_text
    from assistant.types import Abstention
    from assistant.wiring.exporting import brief_file

    for form, ending in ENDINGS.items():
        if (path := getattr(options, form)) is not None:
            check_ending(path, ending, f"--{form}")
    about = " ".join(options.about)
    document = _document(about, settings)
    assistant = wiring.open_assistant(settings)
    made = assistant.brief(document or about, options.words, options.audience, options.language, document is not None)
    if isinstance(made, Abstention):
        say(reply_json(made) if options.json else reply_text(made, min(columns(), 96)))
        return ABSTAINED
    for form in ENDINGS:
        if (path := getattr(options, form)) is not None:
            write_bytes(path, brief_file(assistant, made, form, font=settings.pdf_font))
            print(f"written: {path}", file=sys.stderr)
    say(brief_json(made) if options.json else brief_text(made, min(columns(), 96)))
    return ANSWERED


def _document(about: str, settings: Settings) -> str | None:
    """The id of the document that is meant; None where it is a question. Raises CorpusError for one word that can only be
    a document's name and is none.
    """
    from assistant.store import generations

    try:
        return find_document(generations.current(settings.index).library(), about, settings)
    except CorpusError:
        if _ID.fullmatch(about):
            raise
        return None
