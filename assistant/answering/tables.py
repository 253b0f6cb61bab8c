"""Which cells of a row a question asks for, and which row a superlative picks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.quantities import numbers, year_range
from assistant.questions import Concept, Question
from assistant.reading.tables.headers import JOINER
from assistant.reading.tables.units import unit_in
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
    """Further rows that a calculation rests on."""
    more: tuple[tuple[Span, CellPlace], ...] = ()
    """Further cells that the sentence names, each with its row."""


def row_of(table: Table, span: Span) -> tuple[Cell, ...] | None:
    """The body row that stands at `span`."""
    return next((r for r in table.rows if r and r[0].span.start < span.end and span.start < r[-1].span.end), None)


def cells_over(table: Table, row: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a row; a place that a cell of another row or column covers has that cell, named by this row and
    column, at its own place in the text.
    """
    if all(c.text for c in row):
        return tuple(row)
    at = next((i for i, r in enumerate(table.rows) if r is row), 0)
    return tuple(
        cell if cell.text or (over := _covering(table, at, c)) is None
        else replace(over, row=cell.row, column=cell.column)
        for c, cell in enumerate(row)
    )  # fmt: skip


def _covering(table: Table, at: int, column: int) -> Cell | None:
    """The cell that spans over a place."""
    for r in range(at, -1, -1):
        for c, cell in enumerate(table.rows[r][: column + 1]):
            if cell.text and r + cell.rows > at and c + cell.columns > column:
                return cell
    return None


def asked_columns(question: Question, table: Table) -> list[str]:
    """Columns (their joined headers) that the question names, those that it names on the most levels: 'exports in
    2023' is one column of four. A year that it demands and no column has yields none.
    """
    spanned = {str(y) for y in year_range(question.text)} if _EVERY.search(question.text) else set()
    labelled = any(row and row[0].row for row in table.rows)
    scored = []
    for cell in table.header[1:] if labelled else table.header:
        levels = [level.strip() for level in cell.column.split(JOINER) if level.strip()]
        said = sum(
            level in spanned or any(_names(c, bag_of(level)) for c in question.concepts if c.kind != "generic")
            for level in levels
        )
        if said:
            scored.append((said, cell.column))
    most = max((said for said, _ in scored), default=0)
    return list(dict.fromkeys(column for said, column in scored if said == most))


_EVERY = re.compile(r"\b(?:every|each|all|complete|whole|entire|full)\b|매년|전체|모든|각 ?(?:연도|년)", re.IGNORECASE)


def _names(concept: Concept, bag: frozenset[str]) -> bool:
    return covers(concept, bag) >= 0.85


def demanded_columns_missing(question: Question, table: Table) -> bool:
    """Whether the question names a year, the columns are years, and the year is not among them."""
    levels = {level.strip() for c in table.header for level in c.column.split(JOINER)}
    heads = {int(level) for level in levels if level.isdigit() and len(level) == 4}
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
    named = bag_of(_leaf(row[0].row))
    if question.superlative is not None and len(asked_columns(question, table)) == 1:
        return True
    return any(covers(c, named) >= 0.85 for c in question.concepts if c.kind != "generic") and not _in_another_group(
        question, table, row[0].row
    )


def _leaf(header: str) -> str:
    """The row's own label, without the groups that it stands in."""
    return header.rpartition(JOINER)[2]


def _in_another_group(question: Question, table: Table, header: str) -> bool:
    """Whether the question names the group of another row with the same label, and not this row's."""
    leaf = _leaf(header)
    twins = dict.fromkeys(r[0].row for r in table.rows if r and _leaf(r[0].row) == leaf)
    if len(twins) < 2:
        return False

    def grouped(twin: str) -> bool:
        return any(_names(c, bag_of(level)) for level in twin.split(JOINER)[:-1] for c in question.concepts)

    return not grouped(header) and any(grouped(twin) for twin in twins)


def _unknown(question: Question, table: Table) -> bool:
    """Whether the question names something that neither caption nor header knows."""
    known = bag_of("\n".join([table.caption, *(c.column for c in table.header)]))
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
    full = cells_over(table, row)
    body = [c for c in full if c.column != table.header[0].column or not row[0].row] if table.header else list(full)
    body = [c for c in body if _is_value(c)]
    if question.superlative and (best := _superlative(question, table, columns)):
        return [best]
    chosen = [c for c in body if c.column in columns] or body
    if len(chosen) == 1 or columns:
        return [_with_label(_cell(table, c), candidate.span) for c in chosen]
    if any(row_span(table, c) != _extent(row) for c in chosen):
        return [_with_label(_several(table, chosen), candidate.span)]
    listed = "; ".join(f"{c.column}: {c.text}" if c.column else c.text for c in chosen)
    head = f"{row[0].row}: " if row[0].row else ""
    headers = (*headers_of(table), row[0].row)
    return [Picked(f"{head}{listed}{said_of(table, table.unit)}", candidate.span, None, headers)]


def _is_value(cell: Cell) -> bool:
    """Whether a cell says something of its row rather than naming it."""
    return bool(cell.text.strip()) and cell.text not in (cell.row, *cell.row.split(JOINER))


def unit_of(table: Table, cell: Cell) -> str | None:
    """The unit that the cell's own column gives, else the table's."""
    own = next((u for level in reversed(cell.column.split(JOINER)) if (u := unit_in(level))), None)
    return own or table.unit


def place_of(table: Table, cell: Cell) -> CellPlace:
    """Which cell of which table it is, for a citation."""
    return CellPlace(_number(table), cell.row, cell.column, unit_of(table, cell), cell.text)


def _cell(table: Table, cell: Cell) -> Picked:
    named = ", ".join(filter(None, [cell.row, cell.column]))
    span = row_span(table, cell)
    unit = unit_of(table, cell)
    heads = (*headers_of(table), cell.row)
    said = None if unit and f"({unit})" in cell.column else unit  # once is enough
    return Picked(f"{named}: {cell.text}{said_of(table, said)}", span, place_of(table, cell), heads)


def _with_label(picked: Picked, label: Span) -> Picked:
    """The claim with the row that it is asked for, where its cell stands in the row above that it spans from."""
    shown = {picked.row, *(row for row, _ in picked.more)}
    return picked if any(row.overlaps(label) for row in shown) else replace(picked, operands=(*picked.operands, label))


def row_span(table: Table, cell: Cell) -> Span:
    """The row that the cell begins in."""
    return next(s for r in table.rows if r and (s := _extent(r)).start <= cell.span.start and cell.span.end <= s.end)


def _extent(row: Sequence[Cell]) -> Span:
    return Span(row[0].span.start, row[-1].span.end)


def _number(table: Table) -> str:
    if not table.number:
        return table.caption
    if not table.number[:1].isdigit():
        return table.number
    return f"표 {table.number}" if table.caption.startswith("표") else f"Table {table.number}"


_NUMBERED = re.compile(r"^(?:Table|표)\s*[\w.-]+\s*[.:]?\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,(]*(?:\(?\s*(?:Unit|단위)\s*:[^()]*\)?|\(?(?:19|20)\d\d(?:\s*[-\u2013\u2014]\s*(?:19|20)?\d\d)?\)?)\s*\)?\s*$",
    re.IGNORECASE,
)


def said_of(table: Table, unit: str | None) -> str:
    """Unit, subject and number of the table. The caption's years are left out: a cell has its own."""
    subject = _NUMBERED.sub("", table.caption)
    while (shorter := _TAIL.sub("", subject)) != subject:
        subject = shorter
    if unit and subject.endswith(f"({unit})"):
        subject = subject[: -len(unit) - 2].rstrip()
    parts = [unit or "", subject, _number(table) if table.number else ""]
    listed = "; ".join(p for p in parts if p.strip())
    return f" ({listed})" if listed else ""


def headers_of(table: Table) -> tuple[str, ...]:
    """The words around a table that count as quoted with any row of it."""
    heads = [table.caption, *(c.column for c in table.header), table.unit or "", _number(table)]
    return tuple(h for h in heads if h.strip())


def _superlative(question: Question, table: Table, columns: Sequence[str]) -> Picked | None:
    """The cell with the extreme value in the one column that is asked, in the row that is asked, or in
    the only row. It is a calculation over all those cells, so it is shown as one.
    """
    body = [c for row in table.rows for c in row if _is_value(c)]
    rows = asked_rows(question, table)
    if len(table.rows) > 1 and len(columns) != 1 and len(rows) != 1:
        return None
    scope = [c for c in body if (not columns or c.column in columns) and (not rows or c.row in rows)]
    return _extreme(question, table, scope)


_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "둘째": 2, "셋째": 3}


def _extreme(question: Question, table: Table, scope: Sequence[Cell]) -> Picked | None:
    share = bool(_SHARE.search(question.text)) and not _AMOUNT.search(question.text)
    valued = [(value, c) for c in scope if (value := _value(c, share)) is not None]
    if len(valued) < 2:
        return None
    words = re.findall(r"[\w]+", question.text.lower())
    nth = next((_NTH[w] for w in words if w in _NTH), 1)
    ranked = sorted(valued, key=lambda v: v[0], reverse=question.superlative != "least")
    if nth > len(ranked) or sum(v == ranked[nth - 1][0] for v, _ in ranked) != 1:
        return None
    value, winner = ranked[nth - 1]
    picked = _cell(table, winner)
    rows = tuple(dict.fromkeys(row_span(table, c) for _, c in valued))
    operands = tuple(r for r in rows if r != picked.row)
    if nth > 1:
        return replace(picked, operands=operands)
    verb = "max" if question.superlative == "most" else "min"
    computed = Computed(
        f"{verb}({', '.join(_plain(v) for v, _ in valued)})", _plain(value), None if share else table.unit
    )
    return replace(picked, computed=computed, operands=operands)


_SHARE = re.compile(r"\b(?:share|percent(?:age)?|proportion)\b|비중|비율", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\b(?:amount|value|million|billion|USD|dollars?|received|invest\w*)\b|금액|투자액|달러", re.IGNORECASE
)


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _value(cell: Cell, share: bool) -> Decimal | None:
    """The cell's number: its share where shares are asked for and the cell has one beside the amount."""
    found = [n for n in numbers(cell.text) if (n.kind == "percent") == share]
    found = found or numbers(cell.text)
    return found[0].value * found[0].scale if found else None


def asked_rows(question: Question, table: Table) -> list[str]:
    """Row headers that the question names: all of a header's words, or its first ones by a synonym."""
    whole, leaves = [], []
    for row in table.rows:
        header = row[0].row if row else ""
        if header in whole or header in leaves:
            continue
        if _is_said(question, header):
            whole.append(header)
        elif JOINER in header and _is_said(question, _leaf(header)):
            leaves.append(header)
    # 'Asia › Korea' is meant where both are named; where only 'Korea' is, by that alone.
    return whole + [h for h in leaves if not any(_leaf(w) == _leaf(h) for w in whole)]


def _is_said(question: Question, header: str) -> bool:
    words = bag_of(header)
    if not words:
        return False
    if re.search("[가-힣]{2}", header) and re.search(rf"(?<![가-힣]){re.escape(header)}", question.text):
        return True
    said = frozenset(s for c in question.concepts for form in c.forms for s in form)
    return words <= said or any(_names(c, words) and len(c.forms[0]) >= len(words) for c in question.concepts)


_EXPLICIT = re.compile(r"(?:\btable|(?<![가-힣])표)\s*(\d+)", re.IGNORECASE)
_COVERAGE = re.compile(
    r"\b(?:cover\w*|about|unit|period|shows?|titled?|caption|contains?|present\w*|which (?:firms|years|period))\b|단위|기간|제목|무엇에 (?:관|대)",
    re.IGNORECASE,
)
WHOLE = 40
"""Cells up to which a column or a table is given whole."""


def explicit_number(question: Question) -> str | None:
    """The number of the table that the question names."""
    m = _EXPLICIT.search(question.text)
    return m[1] if m else None


def explicit(question: Question, table: Table) -> Picked | None:
    """What a table that is named by its number says: a cell, a row, a column, an extreme or all of it;
    its caption where the question is what it covers. None where it lacks what is asked.
    """
    if demanded_columns_missing(question, table):
        return None
    known = bag_of(
        "\n".join(
            [
                table.caption,
                table.unit or "",
                *(c.column for c in table.header),
                *(t for r in table.rows for c in r for t in (c.text, c.row)),
            ]
        )
    )
    if any(covers(c, known) < 0.5 for c in question.concepts if c.kind == "name"):
        return None
    columns, rows = asked_columns(question, table), asked_rows(question, table)
    if _COVERAGE.search(question.text) and not rows and not columns and question.superlative is None:
        if table.caption_span is None:
            return None
        return Picked(table.caption, table.caption_span, None, ())
    body = [c for row in table.rows for c in row if _is_value(c)]
    scope = [c for c in body if (not columns or c.column in columns) and (not rows or c.row in rows)]
    if question.superlative and (best := _extreme(question, table, scope)):
        return best
    body = [c for row in table.rows for c in cells_over(table, row) if _is_value(c)]
    scope = [c for c in body if (not columns or c.column in columns) and (not rows or c.row in rows)]
    if not scope or len(scope) > WHOLE:
        return None
    return _several(table, scope)


def _several(table: Table, cells: Sequence[Cell]) -> Picked:
    """One sentence over several cells, each of which is cited in its row."""
    if len(cells) == 1:
        return _cell(table, cells[0])
    said = "; ".join(f"{', '.join(filter(None, [c.row, c.column]))}: {c.text}" for c in cells)
    places = [(row_span(table, c), place_of(table, c)) for c in cells]
    (row, place), *more = places
    headers = (*headers_of(table), *(c.row for c in cells))
    return Picked(f"{said}{said_of(table, table.unit)}", row, place, headers, more=tuple(more))
