"""What stands around a table and speaks of it: its caption, its unit, its notes and sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.drafts import Draft
from assistant.reading.roles import caption_of, is_source, is_table_caption
from assistant.reading.tables.units import is_unit, unit_in

_NOTE = re.compile(
    r"(?:notes?|sources?|source and notes?|n\.?b\.?|key|legend|remarks?|자료|출처|주|비고|참고)\s*\d?\s*[:：.)]|"
    r"(?:주\s?\d?\s?\)|\*{1,3}\s?\S|†|‡|※|[a-z][.)]\s|\(?[a-z]\)\s|\d\)\s|[¹²³⁴⁵⁶⁷⁸⁹]|–\s+Represents|\[?p\]?\s*=\s*|"
    r"standard errors|significan|\.\.\s|n\.?a\.?\s*[=:])",
    re.IGNORECASE,
)
_MOST_NOTES = 24


def caption_at(drafts: Sequence[Draft], table: int) -> int | None:
    """The caption of a table: just above it, else just below."""
    for steps in (range(table - 1, max(-1, table - 5), -1), range(table + 1, min(len(drafts), table + 3))):
        for i in steps:
            draft = drafts[i]
            if draft.kind in ("caption", "heading", "title") and is_table_caption(draft.text) and len(draft.text) < 400:
                return i
            if draft.kind == "caption" and i < table and (caption_of(draft.text, True) or ("",))[0] == "exhibit":
                return i
            if draft.kind in ("table", "heading", "title"):
                break
            headnote = draft.text[:1] in "[(（" and i < table
            if len(draft.text) > 200 and not headnote and not (i > table and is_source(draft.text)):
                break
    return None


def settle_around(drafts: Sequence[Draft]) -> None:
    """Gives the lines around tables their role, so that no sentence is taken to go on in them: a short line
    between caption and table is part of the caption, marked notes below are sources."""
    for i, draft in enumerate(drafts):
        if draft.kind != "table":
            continue
        caption = caption_at(drafts, i)
        if caption is not None and caption < i:
            for between in drafts[caption + 1 : i]:
                if between.kind in ("paragraph", "list", "aside", "quote") and len(between.text) < 300:
                    between.kind = "caption"
        for j in notes_below(drafts, i, caption):
            if drafts[j].kind in ("paragraph", "list", "aside", "quote"):
                drafts[j].kind = "source"


def unit_at(drafts: Sequence[Draft], table: int, caption: int | None, first_cells: Sequence[str]) -> str | None:
    """The unit of the whole table: from its caption, a line between or above, its corner, or a line below."""
    if caption is not None and (unit := unit_in(drafts[caption].text)):
        return unit
    begin = max(0, min(table, caption + 1 if caption is not None and caption < table else table) - 2)
    for i in range(table - 1, begin - 1, -1):
        text = drafts[i].text
        if drafts[i].kind == "table":
            break
        if drafts[i].kind not in ("heading", "title") and len(text) < 400:
            between = caption is not None and caption < i
            if is_unit(text) or ((between or drafts[i].kind == "caption" or len(text) < 60) and unit_in(text)):
                return unit_in(text) or text.strip("()[] ")
            headnote = re.match(
                r"[\[(]\s*(in (?:thousands|millions|billions|percent)[^.;\])]{0,60})", text, re.IGNORECASE
            )
            if headnote:
                return headnote[1]
    for text in first_cells:
        if is_unit(text):
            return unit_in(text) or text.strip("()[] ")
    if table + 1 < len(drafts) and drafts[table + 1].kind in ("caption", "source", "paragraph"):
        return unit_in(drafts[table + 1].text) if len(drafts[table + 1].text) < 60 else None
    return None


def notes_below(drafts: Sequence[Draft], table: int, caption: int | None) -> list[int]:
    """The drafts below a table that hold its notes and sources."""
    found: list[int] = []
    i = table + 1
    while i < len(drafts) and len(found) < _MOST_NOTES:
        draft = drafts[i]
        if i == caption and not found:
            i += 1
            continue
        noted = is_source(draft.text) or _NOTE.match(draft.text) is not None
        named = draft.kind == "source" or (
            noted and draft.kind in ("paragraph", "list", "aside", "quote", "note", "caption")
        )
        if not named or (draft.kind == "note" and draft.number is not None and draft.number.isdigit()):
            break
        found.append(i)
        i += 1
    return found
