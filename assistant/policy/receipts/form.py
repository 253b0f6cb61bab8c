"""The form of a receipt: which fields it has, and which stand together. What has another is refused in one line: a field
that nobody checks could say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, get_args

from assistant.errors import UsageError
from assistant.types import Reason

_CITATION = (
    "marker document title kind published page_index page_label pages section cell headers quote start end passage origin "
    "notes hop hops recognised translation basis causality stage score"
)
_FIELDS = {
    "": "receipt made program asked reply documents corpus settings digest",
    "program": "assistant python",
    "asked": "question after origin within",
    "reply": "question understood language status reason confidence answer claims citations nearest origin withheld faults "
    "notices provenance",
    "claims": "text lead citations verdict why computed",
    "computed": "expression result unit",
    "citations": _CITATION,
    "nearest": _CITATION,
    "cell": "table row column unit",
    "notes": "number text works",
    "works": "id state title document why url",
    "hop": f"{_CITATION} verdict why note work",
    "hops": f"{_CITATION} verdict why note work",
    "provenance": "index embedder model prompt settings seconds",
    "documents": "id title published file sha256 text_sha256",
    "corpus": "index content format embedder preparation lexical documents passages held",
    "held": "id digest",
}
_WHOLE = ("", "program", "asked", "reply", "claims", "computed", "provenance", "documents", "corpus", "held")
"""Of these nothing may be lacking; a citation that lacks a field is told from one that has it otherwise."""
_KNOWN = {name: frozenset(said.split()) for name, said in _FIELDS.items()}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def no(why: str) -> NoReturn:
    """Refuse a file. Raises UsageError."""
    raise UsageError(f"this is no receipt as `assistant ask --receipt` writes it: {why}")


def complete(record: Mapping[str, Any]) -> None:
    """Raises UsageError where an object of a receipt has a field that is not known, or lacks one."""
    for name, found in _objects("", record):
        if name not in _KNOWN:
            continue
        if strange := sorted(found.keys() - _KNOWN[name]):
            no(f"it has a field '{strange[0][:40]}' in '{name or 'receipt'}'")
        if name in _WHOLE and (lost := sorted(_KNOWN[name] - found.keys())):
            no(f"it has no '{lost[0]}' in '{name or 'receipt'}'")


def _objects(name: str, value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of a receipt by the field that it stands in; what confined it and the settings have fields of their own."""
    if isinstance(value, dict):
        yield name, value
        for key, each in value.items():
            if key not in ("within", "settings", "stage") and isinstance(each, dict | list):
                yield from _objects(key, each)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, dict | list):
                yield from _objects(name, each)


def whole(reply: Mapping[str, Any], claims: int, places: int) -> None:
    """Raises UsageError where the parts of a reply do not go together, or are of another type."""
    answered = reply.get("status") == "answered"
    if answered and not (claims and places):
        no("an answered reply has no sentence or no citation")
    if answered and (reply.get("reason") is not None or reply.get("nearest") != []):
        no("an answered reply has a reason, or places that come nearest")
    if not answered and (claims or reply.get("citations") != []):
        no("an abstention has sentences or citations")
    if not answered and reply.get("reason") not in get_args(Reason):
        no("the 'reason' of an abstention is unknown")
    for key in ("question", "understood", "answer"):
        if not isinstance(reply.get(key), str) or len(reply[key]) > 600_000:
            no(f"the '{key}' of its reply is no text")
    for key in ("notices", "faults"):
        value = reply.get(key)
        if not isinstance(value, list) or len(value) > 100 or not all(isinstance(v, str) and v for v in value):
            no(f"the '{key}' of its reply are not a list of texts")
    withheld, sure = reply.get("withheld"), reply.get("confidence")
    if isinstance(withheld, bool) or not isinstance(withheld, int) or not 0 <= withheld < 1000:
        no("the 'withheld' of its reply is no count")
    if sure is not None and (isinstance(sure, bool) or not isinstance(sure, int | float) or not 0 <= sure <= 1):
        no("the 'confidence' of its reply is not between 0 and 1")


def when(made: str) -> None:
    """Raises UsageError where the time at which a receipt was made is none."""
    if not _DATE.fullmatch(made):
        no("its 'made' is no time in UTC")
