"""Drafts of tables -> Tables: header, units, notes, and the headers that name each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.drafts import Draft
from assistant.reading.roles import caption_of, is_table_caption, unit_of
from assistant.types import Cell, Span, Table

_NUMERIC = re.compile(r"[-+−–(]?\s*[$€£₩]?\s*[\d,.]*\d[\d,.]*\s*%?\s*(?:\([^)]*\))?\)?|[-–—.]+|n\.?a\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?:FY\s?)?(?:1[89]|20|21)\d\d(?:\s*[-–/]\s*\d{2,4})?")


def tables_of(drafts: Sequence[Draft], spans: Sequence[Span], text: str) -> tuple[Table, ...]:
    """The tables among the drafts, every cell with the headers that name it."""
    tables = []
    for i, (draft, span) in enumerate(zip(drafts, spans, strict=True)):
        if draft.kind != "table":
            continue
        caption_at = _caption_at(drafts, i)
        caption = drafts[caption_at].text if caption_at is not None else ""
        kind = caption_of(caption, True) if caption else None
        unit = unit_of(caption)
        if unit is None:
            near = [*drafts[max(0, i - 2) : i], *drafts[i + 1 : i + 2]]
            unit = next(
                (u for d in near if d.kind in ("caption", "source", "paragraph") and (u := unit_of(d.text))), None
            )
        rows = [[Span(a + span.start, b + span.start) for a, b in row] for row in draft.rows]
        values = [[s.slice(text) for s in row] for row in rows]
        headed = draft.header_rows > 0 if draft.header_rows is not None else _has_header(values)
        columns = values[0] if headed else []
        labelled = _has_row_labels(values[1:] if headed else values, columns)

        def column_of(c: int, columns: list[str] = columns) -> str:
            return columns[c] if c < len(columns) else ""

        cells = [
            tuple(
                Cell(s.slice(text), s, row=values[r][0] if labelled else "", column=column_of(c))
                for c, s in enumerate(row)
            )
            for r, row in enumerate(rows)
        ]
        header = tuple(replace(cell, row="") for cell in cells[0]) if headed else ()
        tables.append(
            Table(
                caption=caption,
                header=header,
                rows=tuple(cells[1:] if headed else cells),
                unit=unit,
                span=span,
                caption_span=spans[caption_at] if caption_at is not None else None,
                number=kind[1] if kind else None,
            )
        )
    return tuple(tables)


def _caption_at(drafts: Sequence[Draft], table: int) -> int | None:
    """The caption of a table: just above it, else just below."""
    for steps in (range(table - 1, max(-1, table - 4), -1), range(table + 1, min(len(drafts), table + 3))):
        for i in steps:
            if drafts[i].kind == "caption" and is_table_caption(drafts[i].text):
                return i
            if drafts[i].kind in ("table", "heading") or len(drafts[i].text) > 200:
                break
    return None


def _has_header(values: Sequence[Sequence[str]]) -> bool:
    if len(values) < 2:
        return False
    first = [v for v in values[0] if v]
    if not first:
        return False
    figures = sum(_NUMERIC.fullmatch(v) is not None and _YEAR.fullmatch(v) is None for v in first)
    return figures <= 0.3 * len(first)


def _has_row_labels(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> bool:
    firsts = [row[0] for row in rows if row]
    if not firsts or all(len(row) < 2 for row in rows):
        return False
    figures = sum(not v or (_NUMERIC.fullmatch(v) is not None and _YEAR.fullmatch(v) is None) for v in firsts)
    if figures <= 0.5 * len(firsts):
        return True
    # A column of counts under an empty or a naming header ('No.') still names its rows.
    return bool(columns) and len(rows) > 1 and not columns[0]
