"""All that stands behind a title, taken in the order in which one shape can be told from another."""

from __future__ import annotations

import re

from assistant.sources import fields
from assistant.sources.dates import MONTH, SEASON, iso
from assistant.sources.draft import Draft
from assistant.types import Span

VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|that|which|may|can|could|should|did|does|been|they|its? (?:is|was))\b"
)


def take_tail(
    draft: Draft, begin: int, *, book: bool = False, container: bool = True, stops: str = r",\s+|\x00+"
) -> None:
    """All that stands behind the title."""
    fields.take_addresses(draft)
    fields.take_alias(draft)
    fields.take_access(draft)
    if genre := fields.take_genre(draft, begin):
        draft.genre = draft.genre or genre
    fields.take_hands(draft, begin)
    fields.take_numbers(draft, begin)
    fields.take_dates(draft, begin)
    if container:
        for chunk in fields.leftovers(draft, begin, stops):
            _place(draft, chunk, book)
    fields.take_last_page(draft, begin)


def _whole_date(draft: Draft, chunk: Span) -> None:
    """A month whose year was taken: 'IMF (2023), …, October'."""
    year = draft.values.get("issued", "")
    if len(year) == 4 and (date := iso(f"{chunk.slice(draft.text)} {year}")):
        draft.values["issued"] = date
        draft.where.append(("issued", chunk))


def _place(draft: Draft, chunk: Span, book: bool) -> None:
    """One leftover: the container first, then the publisher; a place of publication is neither."""
    said = chunk.slice(draft.text)
    if re.fullmatch(r"[\d\s–-]+", said) or said in fields.CITIES:
        return
    if (book or "container" in draft.values) and "volume" not in draft.values and fields.publication(draft, chunk):
        return
    if re.fullmatch(r"\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}", said):
        return  # a day whose year was taken
    if re.fullmatch(rf"{MONTH}|{SEASON}", said):
        return _whole_date(draft, chunk)
    dated = len(draft.values.get("issued", "")) > 7
    series = re.search(r"\b(?:Papers?|Series|Journal|Review|Reports?|Bulletin|Brief)\b|보고서|총서|연구자료", said)
    name = "container" if not book or series or dated or "volume" in draft.values else "publisher"
    if name in draft.values:
        name = "publisher" if name == "container" else "container"
        if name in draft.values:
            return
        if name == "container" and book:
            return
    if len(said.split()) > 14 or VERB.search(said):
        draft.doubt(name)
    draft.put(name, chunk)
