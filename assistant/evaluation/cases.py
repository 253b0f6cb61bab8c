"""Cases and labels: reading them, and finding the places they point to."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.citations import locate
from assistant.errors import CorpusError
from assistant.types import Case, Document, Label, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands in a held document."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Located:
    """A case with its labels resolved: one set of places a group. `errors` names groups whose
    documents are all held and none of whose quotes is found; `unheld` counts groups that no held
    document could satisfy.
    """

    case: Case
    groups: tuple[tuple[Place, ...], ...]
    errors: tuple[str, ...]
    unheld: int


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file; CorpusError names the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise CorpusError(f"no cases at '{path}': give a JSONL file with --cases") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8") from error
    found: list[Case] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}, line {number}: {error!r}; see eval/guidelines.md for the form") from error
        if case.id in seen:
            raise CorpusError(f"{path}, line {number}: the id {case.id!r} is used twice; ids are unique")
        seen.add(case.id)
        found.append(case)
    return tuple(found)


def _case(raw: dict[str, Any]) -> Case:
    case = Case(
        id=str(raw["id"]),
        question=str(raw["question"]),
        language=raw.get("language", "en"),
        answerable=bool(raw["answerable"]),
        must_say=tuple(tuple(str(a) for a in group) for group in raw.get("must_say") or ()),
        evidence=tuple(
            tuple(Label(str(a["document"]), str(a["quote"])) for a in group) for group in raw.get("evidence") or ()
        ),
        category=str(raw.get("category", "other")),
        note=raw.get("note"),
        split=raw.get("split"),
    )
    if not isinstance(raw["answerable"], bool):
        raise ValueError("answerable is true or false")
    for name in ("must_say", "evidence"):
        groups = raw.get(name) or []
        if not isinstance(groups, list) or not all(isinstance(g, list) and g for g in groups):
            raise ValueError(f"{name} is a list of groups, each a list of alternatives")
    if any(not isinstance(a, str) or not a.strip() for group in raw.get("must_say") or () for a in group):
        raise ValueError("must_say names words")
    if any(not label.quote.strip() for group in case.evidence for label in group):
        raise ValueError("a label needs a quote")
    if case.language not in ("en", "ko"):
        raise ValueError(f"language {case.language!r} is neither en nor ko")
    if not case.answerable and case.evidence:
        raise ValueError("an unanswerable case has no evidence")
    if case.answerable and not case.evidence:
        raise ValueError("an answerable case needs evidence")
    return case


def place_labels(case: Case, held: Sequence[str], document: Callable[[str], Document]) -> Located:
    """The places of a case's labels in the documents that are held."""
    groups: list[tuple[Place, ...]] = []
    errors: list[str] = []
    unheld = 0
    for group in case.evidence:
        there = [label for label in group if label.document in held]
        places = [
            Place(label.document, span) for label in there for span in locate(document(label.document), label.quote)
        ]
        if group and not places and len(there) == len(group):
            errors.append(f"{case.id}: none of the quotes stands in {', '.join(sorted({x.document for x in there}))}")
        elif not places:  # what is not held may be where the words stand
            unheld += 1
        groups.append(tuple(places))
    return Located(case, tuple(groups), tuple(errors), unheld)
