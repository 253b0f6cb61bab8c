"""The options that confine a question to some documents, for `ask` and `search`, and their form in a batch's lines."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from assistant.cli.common import find_document, printable
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.store.library import StoredLibrary
from assistant.types import Within, WorkKind

_FIELDS = {"document": "documents", "kind": "kinds", "publisher": "publishers"}


def add(p: argparse.ArgumentParser) -> None:
    """The options of a command."""
    p.add_argument("--document", action="append", default=[], metavar="ID", type=printable,
                   help="only this document, by id or file name; repeatable")  # fmt: skip
    p.add_argument("--kind", action="append", default=[], choices=get_args(WorkKind),
                   help="only documents of this kind; repeatable")  # fmt: skip
    p.add_argument("--year", metavar="YEARS", help="only documents of 2023, or of 2020-2024")
    p.add_argument("--publisher", action="append", default=[], metavar="NAME", type=printable,
                   help="only documents whose publisher's name has this in it; repeatable")  # fmt: skip


def given(options: Any) -> bool:
    """Whether any of the options is there."""
    return bool(options.document or options.kind or options.year or options.publisher)


def within(options: Any, settings: Settings) -> Within:
    """What the options confine a question to. Raises CorpusError for a document that is not held."""
    if not given(options):
        return Within()
    return made(
        {"document": options.document, "kind": options.kind, "year": options.year, "publisher": options.publisher},
        settings,
    )


def made(value: object, settings: Settings, library: StoredLibrary | None = None) -> Within:
    """The same from a batch's line: `{"document": [...], "kind": [...], "year": 2023 or "2020-2024", "publisher": [...]}`;
    one name may stand without its list.
    """
    if not isinstance(value, Mapping):
        raise UsageError('"within" is an object such as {"document": ["ID"], "year": "2020-2024"}')
    if unknown := sorted(map(str, set(value) - {*_FIELDS, "year"})):
        raise UsageError(f'"within" knows no {unknown[0]!r}: give {", ".join([*_FIELDS, "year"])}')
    listed = {field: _names(value.get(name), name) for name, field in _FIELDS.items()}
    if wrong := [k for k in listed["kinds"] if k not in get_args(WorkKind)]:
        raise UsageError(f"{wrong[0]!r} is no kind of document: give one of {', '.join(get_args(WorkKind))}")
    documents: list[str] = []
    if listed["documents"]:
        library = library or _library(settings)
        documents = [find_document(library, name, settings) for name in listed["documents"]]
    return Within(
        documents=tuple(documents),
        kinds=cast("tuple[WorkKind, ...]", tuple(listed["kinds"])),
        years=_years(value.get("year")),
        publishers=tuple(listed["publishers"]),
    )


def _library(settings: Settings) -> StoredLibrary:
    from assistant.store import generations

    return generations.current(settings.index).library()


def _names(value: object, name: str) -> list[str]:
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
        raise UsageError(f'"{name}" is a name, or a list of names')
    return [str(n) for n in names]


def _years(value: object) -> tuple[int, int] | None:
    """2023, '2023' or '2020-2024'."""
    if value is None:
        return None
    found = re.fullmatch(r"\s*(\d{4})(?:\s*[-\u2013~]\s*(\d{4}))?\s*", str(value))
    if not found or isinstance(value, bool):
        raise UsageError(f"{str(value)!r} names no years: give one, 2023, or a range, 2020-2024")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise UsageError(f"the range {value} ends before it begins: give {last}-{first}")
    return first, last
