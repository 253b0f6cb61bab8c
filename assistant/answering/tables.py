"""Which cells of a row a question asks for, and which row a superlative picks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.quantities import numbers
from assistant.questions import Concept, Question
from assistant.types import Cell, CellPlace, Computed, Span, Table


@dataclass(frozen=True, slots=True)
class Picked:
    """A claim over a table: its sentence, the row to cite, and the cell that it names, if one."""

    text: str
    row: Span
    place: CellPlace | None
    headers: tuple[str, ...]
    computed: Computed | None = None
    operands: tuple[Span, ...] = ()


def row_of(table: Table, span: Span) -> tuple[Cell, ...] | None:
    """The body row that stands at `span`."""
    return next((r for r in table.rows if r and r[0].span.start < span.end and span.start < r[-1].span.end), None)


def asked_columns(question: Question, table: Table) -> list[str]:
    """Column headers that the question names. A year that it demands and no column has yields none."""
    named = []
    for cell in table.header:
        bag = bag_of(cell.text)
        if cell.text.strip() and any(_names(c, bag) for c in question.concepts if c.kind != "generic"):
            named.append(cell.text)
    return named


def _names(concept: Concept, bag: frozenset[str]) -> bool:
    return covers(concept, bag) >= 0.85


def demanded_columns_missing(question: Question, table: Table) -> bool:
    """Whether the question names a year, the columns are years, and the year is not among them."""
    heads = {int(c.text) for c in table.header if c.text.strip().isdigit() and len(c.text.strip()) == 4}
    return bool(heads) and bool(question.years - heads)


def holds(question: Question, candidate: Candidate, table: Table) -> bool:
    """Whether a row may answer: its years and names are the table's, and its row is the one that is
    asked for, or the question is for an extreme.
    """
    if demanded_columns_missing(question, table):
        return False
    if any(c.kind in ("name", "year") for c in candidate.uncovered):
        return False
    row = row_of(table, candidate.span)
    if row is None:
        return False
    if not row[0].row.strip() or len(table.rows) == 1:
        return bool(asked_columns(question, table)) or not _unknown(question, table)
    named = bag_of(row[0].row)
    if question.superlative is not None and len(asked_columns(question, table)) == 1:
        return True
    return any(covers(c, named) >= 0.85 for c in question.concepts if c.kind != "generic")


def _unknown(question: Question, table: Table) -> bool:
    """Whether the question names something that neither caption nor header knows."""
    known = bag_of("\n".join([table.caption, *(c.text for c in table.header)]))
    return any(covers(c, known) < 0.5 for c in question.concepts if c.kind == "name")


def pick(question: Question, candidate: Candidate) -> list[Picked]:
    """The claims that a row makes for a question; empty where the table does not hold what is asked."""
    table = candidate.table
    if table is None or demanded_columns_missing(question, table):
        return []
    row = row_of(table, candidate.span)
    if row is None:
        return []
    columns = asked_columns(question, table)
    body = [c for c in row if c.column != table.header[0].text or not row[0].row] if table.header else list(row)
    body = [c for c in body if c.text.strip() and c.text != c.row]
    if question.superlative and (best := _superlative(question, table, columns)):
        return [best]
    chosen = [c for c in body if c.column in columns] or body
    if len(chosen) == 1 or columns:
        return [_cell(table, c) for c in chosen]
    listed = "; ".join(f"{c.column}: {c.text}" if c.column else c.text for c in chosen)
    head = f"{row[0].row}: " if row[0].row else ""
    return [Picked(f"{head}{listed}{_said_of(table)}", candidate.span, None, _headers(table))]


def _cell(table: Table, cell: Cell) -> Picked:
    named = ", ".join(filter(None, [cell.row, cell.column]))
    span = _row_span(table, cell)
    place = CellPlace(_number(table), cell.row, cell.column, table.unit, cell.text)
    return Picked(f"{named}: {cell.text}{_said_of(table)}", span, place, _headers(table))


def _row_span(table: Table, cell: Cell) -> Span:
    row = next(r for r in table.rows if cell in r)
    return Span(row[0].span.start, row[-1].span.end)


def _number(table: Table) -> str:
    if not table.number:
        return table.caption
    return f"Table {table.number}" if table.number[:1].isdigit() else table.number


_NUMBERED = re.compile(r"^(?:Table|표)\s*[\w.-]+\s*[.:]?\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,(]*(?:\(?\s*(?:Unit|단위)\s*:[^()]*\)?|\(?(?:19|20)\d\d(?:\s*[-\u2013\u2014]\s*(?:19|20)?\d\d)?\)?)\s*\)?\s*$",
    re.IGNORECASE,
)


def _said_of(table: Table) -> str:
    """Unit, subject and number of the table. The caption's years are left out: a cell has its own."""
    subject = _NUMBERED.sub("", table.caption)
    while (shorter := _TAIL.sub("", subject)) != subject:
        subject = shorter
    parts = [table.unit or "", subject, _number(table) if table.number else ""]
    listed = "; ".join(p for p in parts if p.strip())
    return f" ({listed})" if listed else ""


def _headers(table: Table) -> tuple[str, ...]:
    heads = [table.caption, *(c.text for c in table.header), table.unit or ""]
    return tuple(h for h in heads if h.strip())


def _superlative(question: Question, table: Table, columns: Sequence[str]) -> Picked | None:
    """The cell with the extreme value in the one column that is asked, or in the only row.

    It is a calculation over all cells of the column, so it is shown as one.
    """
    if len(table.rows) == 1:
        cells = [c for c in table.rows[0] if c.text != c.row]
    elif len(columns) == 1:
        cells = [c for row in table.rows for c in row if c.column == columns[0]]
    else:
        return None
    valued = [(numbers(c.text)[0].value, c) for c in cells if numbers(c.text)]
    if len(valued) < 2:
        return None
    extreme = (max if question.superlative == "most" else min)(v for v, _ in valued)
    winners = [c for v, c in valued if v == extreme]
    if len(winners) != 1:
        return None
    picked = _cell(table, winners[0])
    verb = "max" if question.superlative == "most" else "min"
    expression = f"{verb}({', '.join(str(v) for v, _ in valued)})"
    rows = tuple(dict.fromkeys(_row_span(table, c) for _, c in valued))
    return Picked(
        picked.text,
        picked.row,
        picked.place,
        picked.headers,
        Computed(expression, str(extreme), table.unit),
        tuple(r for r in rows if r != picked.row),
    )
