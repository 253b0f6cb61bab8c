"""What a receipt records beside the words of a place, against what the document has there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.types.receipts import Reason

_RECORDED = (
    "title", "kind", "published", "section", "cell", "headers", "origin", "basis", "causality", "stage", "recognised",
)  # fmt: skip
"""Fields of a citation that are made anew and compared; pages and notes are compared apart."""


def otherwise(recorded: Mapping[str, Any], made: Mapping[str, Any], moved: bool) -> Iterator[Reason]:
    """What a receipt records of a place and the document has otherwise; of one that has moved, pages and section aside."""
    if any(recorded.get(k) != made[k] for k in ("page_index", "page_label", "pages")):
        yield _page(recorded, made)
    for key in _RECORDED:
        dated = key == "published" and made["kind"] == "catalog"  # the date of the work that the line is on
        if key in made and recorded.get(key) != made[key] and not (moved and key == "section") and not dated:
            yield Reason(key, (shown(made[key]), shown(recorded.get(key))))
    if "notes" in made and _notes(recorded.get("notes")) != (own := _notes(made["notes"])):
        yield Reason("notes", (", ".join(number for number, _ in own) or "-",))


def _page(recorded: Mapping[str, Any], made: Mapping[str, Any]) -> Reason:
    """The printed page where that is another; else the page by the file's own count."""
    now, then = made.get("page_label"), recorded.get("page_label")
    if now is not None and then is not None and now != then:
        return Reason("page", (shown(now), shown(then)))
    return Reason("page of the file", (_counted(made), _counted(recorded)))


def _counted(of: Mapping[str, Any]) -> str:
    pages = of.get("pages")
    found = pages if isinstance(pages, list) and pages else [of.get("page_index")]
    return ", ".join(str(p + 1) if isinstance(p, int) else shown(p) for p in found)


def _notes(notes: object) -> list[tuple[str, str | None]]:
    """Number and text of each note."""
    found = notes if isinstance(notes, list) else []
    return [(str(n.get("number")), n.get("text")) if isinstance(n, dict) else (str(n), None) for n in found]


def shown(value: object) -> str:
    """A recorded value in few words."""
    if isinstance(value, dict):
        value = [v for v in value.values() if v]
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value if v)
    return str(value)[:200] if value not in (None, "") else "-"
