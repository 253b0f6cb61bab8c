"""A table beside the tables of the source that it names: cell by cell, by what their headers say.

Exact where it decides: a figure is compared only with one whose row and column are named alike. What has no such
counterpart could not be checked, since a table may be worked out of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.quantities import Number, numbers
from assistant.text import terms
from assistant.types import Cell, Span, Support, Table, Verdict

_SCALE = re.compile(
    r"\b(thousand|million|billion|trillion|mn|bn)s?\b|(백만|천만|십억|백억|천억|억|조|만|천)(?= ?(?:달러|원|명|톤|불|엔|유로|$|\)))",
    re.IGNORECASE,
)
_FACTOR = {
    "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "천": 3, "만": 4, "백만": 6, "천만": 7,
    "억": 8, "십억": 9, "백억": 10, "천억": 11, "조": 12,
}  # fmt: skip
_PERCENT = re.compile(r"%|\bper ?cent\b|퍼센트", re.IGNORECASE)

_SHARE = re.compile(r"(?<=\d) ?\([^()]*%\)$")
"""A share in brackets behind a figure."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What the tables of a source say of one row: the row's cells, the source's, and a verdict on the whole row."""

    row: tuple[Cell, ...]
    verdict: Verdict
    source: Span | None = None
    """The source's row that decides, or where none does the rows that answer to it; None where there are none."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell with one number, and by what it is named."""

    cell: Cell
    row: tuple[Cell, ...]
    labels: tuple[frozenset[str], frozenset[str]]
    number: Number
    power: int | None
    """Of ten, as its column's or table's unit has it; None where no unit is named."""
    percent: bool


def compare(table: Table, others: tuple[Table, ...]) -> tuple[RowFinding, ...]:
    """Each row of `table` that holds a figure, against the figures of the source's tables."""
    figures = [f for other in others for f in _figures(other)]
    found = []
    for row in table.rows:
        mine = [f for f in _figures(table) if f.row is row]
        if mine:
            found.append(_row(row, mine, figures))
    return tuple(found)


def _row(row: tuple[Cell, ...], mine: list[_Figure], figures: list[_Figure]) -> RowFinding:
    said: list[tuple[Support, str, _Figure | None]] = []
    for figure in mine:
        other, sure = _counterpart(figure, figures)
        same = other is not None and _same(figure, other)
        name = figure.cell.column or figure.cell.row
        if other is None:
            said.append(("unchecked", f"{name}: no cell of the source is named so", None))
        elif same:
            said.append(("supported", "", other))
        elif not sure or _only_scaled(figure, other):
            said.append(("unchecked", f"{name}: the source has {other.cell.text}, perhaps of another kind", other))
        else:
            said.append(("contradicted", f"{name}: the source has {other.cell.text}, not {figure.cell.text}", other))
    counted = [s for s, _, _ in said]
    for support in ("contradicted", "supported", "unchecked"):
        if support in counted:
            break
    rows = [_span(o.row) for s, _, o in said if s == support and o is not None]
    if support == "supported" and rows:  # in a table turned round each figure stands in another row
        rows = [Span(min(r.start for r in rows), max(r.end for r in rows)) if _near(rows) else rows[0]]
    deciding = rows[0] if rows else None
    if support == "supported" and "unchecked" in counted:
        lost = counted.count("unchecked")
        return RowFinding(row, Verdict("partial", f"{len(said) - lost} of {len(said)} figures stand there"), deciding)
    whys = [w for s, w, _ in said if s == support and w]
    why = "; ".join(whys[:3]) if support != "unchecked" else "no row of the source's tables is named so"
    return RowFinding(row, Verdict(support, why or None), deciding)


def _span(row: tuple[Cell, ...]) -> Span:
    return Span(row[0].span.start, row[-1].span.end)


def _near(rows: list[Span]) -> bool:
    """Whether rows stand so close that they can be quoted as one."""
    return max(r.end for r in rows) - min(r.start for r in rows) < 600


def _figures(table: Table) -> Iterator[_Figure]:
    for row in table.rows:
        for at, cell in enumerate(row):
            text = _SHARE.sub("", cell.text)
            found = numbers(text)
            if len(found) != 1 or (at == 0 and cell.text.strip() == cell.row.strip()):
                continue
            unit = f"{cell.column} {table.unit or ''}"
            labels = (frozenset(terms(_bare(cell.row))), frozenset(terms(_bare(cell.column))))
            if all(labels):
                percent = bool(_PERCENT.search(f"{unit} {text}"))
                yield _Figure(cell, row, labels, found[0], _power(unit, table.unit), percent)


def _bare(label: str) -> str:
    """A header without its unit in brackets."""
    return re.sub(r"\((?:[^()]*(?:USD|KRW|%|percent|million|billion|thousand|달러|원|퍼센트)[^()]*)\)", " ", label)


def _power(words: str, unit: str | None) -> int | None:
    found = _SCALE.search(words)
    return _FACTOR[(found[1] or found[2]).lower()] if found else 0 if unit else None


def _counterpart(figure: _Figure, others: list[_Figure]) -> tuple[_Figure | None, bool]:
    """The figure of the source that is named alike, and whether it is named exactly so."""
    kin = [o for o in others if o.percent == figure.percent]
    exact = [o for o in kin if _alike(figure.labels, o.labels, exact=True)]
    if exact:
        return next((o for o in exact if _same(figure, o)), exact[0]), True
    near = [o for o in kin if _alike(figure.labels, o.labels, exact=False)]
    if len({o.number.value for o in near}) == 1:
        return near[0], True
    # Several could be meant: one that agrees is good, and none that differs says anything.
    same = next((o for o in near if _same(figure, o)), None)
    return same, False


def _alike(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]], exact: bool) -> bool:
    """Row and column named alike, or turned round."""
    return any(all(_named_alike(x, y, exact) for x, y in zip(a, other, strict=True)) for other in (b, (b[1], b[0])))


def _named_alike(a: frozenset[str], b: frozenset[str], exact: bool) -> bool:
    if a == b:
        return True
    words = {x for x in a & b if not x.isdigit()}
    same_figures = {x for x in a if x.isdigit()} == {x for x in b if x.isdigit()}
    return not exact and same_figures and bool(words) and (a <= b or b <= a)


def _same(a: _Figure, b: _Figure) -> bool:
    """Whether two figures are one, as far as the coarser of the two is printed."""
    x, y = _value(a), _value(b)
    if x == y or (None in (a.power, b.power) and a.number.value == b.number.value):
        return True
    step = max(_step(a), _step(b))
    return abs(x - y) <= step / 2


def _value(f: _Figure) -> Decimal:
    return f.number.value * f.number.scale * Decimal(10) ** (f.power or 0)


def _step(f: _Figure) -> Decimal:
    """The worth of the last printed digit."""
    exponent = f.number.value.as_tuple().exponent
    return Decimal(10) ** (int(exponent) + (f.power or 0)) * f.number.scale


def _only_scaled(a: _Figure, b: _Figure) -> bool:
    """Whether the digits agree and only the power of ten does not, where a unit is not said."""
    x, y = (abs(v.number.value).normalize().as_tuple().digits for v in (a, b))
    return x == y and None in (a.power, b.power)
