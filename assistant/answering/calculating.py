"""What cells imply and do not say: a difference, a change, a sum, a share, a ratio, a growth rate, an average, a ranking.

Told as a calculation with every operand named and cited, never as a quotation. Nothing is calculated where a unit, a
year or a name is not the one that is asked for, or where what is asked could mean several things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.answering import wording
from assistant.answering.candidates import Candidate, bag_of, covers
from assistant.answering.measures import of_another_measure
from assistant.answering.tables import (
    Picked,
    asked_columns,
    asked_rows,
    demanded_columns_missing,
    headers_of,
    place_of,
    row_span,
    said_of,
    unit_of,
)
from assistant.quantities import calculate, numbers, year_range
from assistant.questions import Concept, Question
from assistant.text import stem
from assistant.types import Cell, Computed, Table

Kind = Literal["difference", "change", "growth", "sum", "share", "ratio", "average", "ranking"]


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be calculated; of a ranking how many of the first places (None: all)."""

    kind: Kind
    top: int | None = None


_MOVED = (
    r"(?:chang|ris|rose|gr[eo]w|increas|decreas|declin|f[ae]ll|drop|shr[iau]nk|expand|gain|climb|jump|surg|plung|soar|"
    r"contract|slump|go(?:ne)? (?:up|down)|went (?:up|down))\w*"
)
_MORE = r"(?:more|less|fewer|higher|lower|larger|smaller|greater|bigger|longer|shorter|faster|slower|cheaper|further)"
_KO_MOVED = r"(?:늘|줄|증가|감소|변화|변했|상승|하락|올랐|오른|내렸|떨어|커졌|작아졌|확대|축소|급증|급감|성장)"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
        ("ranking", r"\brank(?:s|ed|ing|ings)?\b|\btop (?:\d|two|three|four|five|ten)\b"
                    r"|\b(?:two|three|four|five|\d) (?:\w+ )?(?:largest|biggest|highest|smallest|lowest|greatest|most \w+)\b"
                    r"|\bwhich (?:two|three|four|five|\d)\b[^?]*\b(?:most|least|largest|highest|lowest|smallest|fewest)\b"
                    r"|순위|상위 ?(?:\d|두|세|네|다섯)|하위 ?(?:\d|두|세|네|다섯)|(?:큰|많은|높은|작은|적은|낮은) 순"),
        ("growth", r"\bgrowth rates?\b|\brates? of (?:growth|change|increase|decline)\b"
                   rf"|\b(?:by )?(?:what|how many) per ?cent(?:age)?\b(?! points)[^?]*\b{_MOVED}"
                   rf"|\bper ?cent(?:age)? (?:change|increase|decrease|rise|fall|growth|decline|drop)\b"
                   r"|(?:증가|성장|감소|변화|상승|하락)[율률]|몇 ?(?:%|퍼센트|프로)(?!\s?포인트)[^?]*" + _KO_MOVED),
        ("ratio", r"\bhow many times\b|\bratio (?:of|between)\b|몇 ?배"),
        ("average", r"\baverages?\b|\bmean (?:of|value|level)\b|\bon average\b|평균"),
        ("share", r"\b(?:what|which|how (?:large|big) an?) (?:share|percentage|per ?cent|proportion|fraction|part)\b"
                  r"|\bshare of\b|비중|몇 ?(?:%|퍼센트|프로)를? ?차지|차지하는 ?비율"),
        ("difference", rf"\bdifferences?\b[^?]*\bbetween\b|\bgap between\b|\bhow (?:much|many|far) (?:\w+ )?{_MORE}\b"
                       rf"|\bby how (?:much|many)\b[^?]*\b(?:exceed|surpass|outnumber|{_MORE} [^?]*than)"
                       r"|차이|격차|보다 ?(?:얼마나|얼마|몇)"),
        ("change", rf"\b(?:by )?how (?:much|many|far|strongly|sharply)\b[^?]*\b{_MOVED}|\bwhat (?:was|is) the (?:change|increase|decrease|rise|fall|decline|drop)\b"
                   rf"|(?:얼마나|얼마|얼마만큼|몇)[^?]*{_KO_MOVED}|증감액?|(?:증가|감소)(?:액|폭|분)|변화(?:량|폭)"),
        ("sum", r"\b(?:sum|total)\b[^?]*\b(?:and|from|over|between)\b|\b(?:together|combined|altogether|in total|added up|put together|in sum)\b"
                r"|합계|합산|합은|합이|합을|합치|합하|합쳐|더하|더한|모두 ?합|총합|총액"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_WORDS = frozenset(
    stem(w)
    for w in """rank ranks ranked ranking top two three four five ten largest biggest highest smallest lowest greatest most
    least growth rate rates change changes changed increase increased decrease decreased rise rose risen fall fell fallen
    decline declined drop dropped grow grew grown expand shrink gain percent percentage times ratio average mean share
    proportion fraction part difference gap more less fewer higher lower larger smaller greater bigger exceed exceeded
    surpass sum total together combined altogether added put calculate compute between amount number account accounted
    accounts make made up period year years value first order figures table point points rows row column""".split()
)
"""Words of a question that name the operation, not what it is done with."""
_KO_WORDS = re.compile(
    r"순위|상위|하위|증가|성장|감소|변화|상승|하락|확대|축소|평균|비중|비율|차이|격차|합계|합산|총액|총합|합|증감|금액|"
    r"얼마|몇|기간|연도|배|퍼센트|가장|큰|많|높|작|적|낮|순|세|두|네|차지"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "두": 2, "세": 3, "네": 4, "다섯": 5}
_TOTAL = re.compile(
    r"(?:the )?(?:grand )?(?:total|all|overall|sum|world|whole)\b.*|.*\btotal|합계|총계|소계|계|전체|총액|총합", re.I
)
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")


def asked(question: Question) -> Operation | None:
    """What a question wants calculated; None where it asks for what a text may say."""
    for kind, pattern in _KINDS:
        if m := pattern.search(question.text):
            words = re.findall(r"\d+|[a-z]+|두|세|네|다섯", m.group().lower())
            top = next((int(w) if w.isdigit() else _NUMBERS[w] for w in words if w.isdigit() or w in _NUMBERS), None)
            return Operation(kind, top if kind == "ranking" else None)
    return None


def is_operation(concept: Concept) -> bool:
    """Whether a concept only names what is to be done."""
    return all(s in _WORDS for s in concept.forms[0]) or _KO_WORDS.fullmatch(concept.surface) is not None


def over_tables(question: Question, found: Sequence[Candidate]) -> tuple[Candidate, Picked] | None:
    """The calculation over the best table that has all that is asked for."""
    operation = asked(question)
    if operation is None:
        return None
    seen: list[Table] = []
    for candidate in found:
        table = candidate.table
        if candidate.kind != "row" or table is None or any(t is table for t in seen):
            continue
        seen.append(table)
        if picked := calculated(question, operation, table, _around(candidate)):
            return candidate, picked
        if len(seen) >= 4:
            break
    return None


def _around(candidate: Candidate) -> str:
    passage = candidate.passage
    return "\n".join([*passage.section, passage.context, candidate.before])


def calculated(question: Question, operation: Operation, table: Table, around: str = "") -> Picked | None:
    """The calculation over the cells of one table, or None where they are not clearly those that are asked for."""
    if demanded_columns_missing(question, table):
        return None
    cells = _operands(question, operation, table)
    if not cells or not _all_known(question, table, cells, around):
        return None
    values = [_value(c) for c in cells]
    units = {unit_of(table, c) for c in cells}
    if len(units) != 1 or any(v is None for v in values):
        return None
    numbers_ = [v for v in values if v is not None]
    percent = _percent(next(iter(units)), cells)
    if percent is None:
        return None
    made = compute(operation, numbers_, next(iter(units)), percent, question)
    return _told(question, operation, table, cells, made) if made else None


def _operands(question: Question, operation: Operation, table: Table) -> list[Cell]:
    """The cells to calculate with, in the order in which they go into the calculation."""
    labelled = any(row and row[0].row for row in table.rows)
    rows = asked_rows(question, table)
    columns = _columns(question, table)
    body = [row for row in table.rows if row]
    heads = [c.column for c in (table.header[1:] if labelled else table.header)]
    if operation.kind in ("sum", "average"):  # `total` is what is asked for, not the row
        rows = [r for r in rows if not _is_total(r)]
    if not rows and len(body) == 1:
        rows = [body[0][0].row]
    if not columns and len(set(heads)) == 1:
        columns = heads[:1]

    def cell(row: str, column: str) -> list[Cell]:
        return [c for r in body if r[0].row == row for c in r if c.column == column and c.text.strip()]

    if operation.kind == "ranking":
        if len(columns) == 1:
            found = [c for r in body if not _is_total(r[0].row) for c in r if c.column == columns[0] and c.text.strip()]
            return found if len(found) > 1 and (not rows or operation.top is None) else []
        if len(rows) == 1 and not columns and _all_years(heads):
            return [c for h in heads for c in cell(rows[0], h)]
        return []
    if operation.kind == "share":
        totals = [r[0].row for r in body if _is_total(r[0].row)]
        parts = [r for r in rows if r not in totals]
        stated = [
            table.caption,
            table.unit or "",
            *(c.column for c in table.header),
            *(c.text for r in body for c in r),
        ]
        if any(_SHARES.search(words) for words in stated) or len(columns) != 1 or len(parts) != 1 or len(totals) != 1:
            return []
        return [*cell(parts[0], columns[0]), *cell(totals[0], columns[0])]
    if operation.kind in ("sum", "average") and len(rows) == 1 and not columns and _all_years(heads):
        columns = heads if _WHOLE.search(question.text) else []
    if operation.kind == "growth" and len(rows) == 1 and len(columns) == 1 and _all_years(heads):
        columns = [*columns, *_year_before(columns[0], heads)]
    if len(rows) == 1 and len(columns) > 1:
        found = [c for h in columns for c in cell(rows[0], h)]
        by_time = operation.kind in ("change", "growth")
        return _ordered(found, by_time, question, [c.column for c in found])
    if len(columns) == 1 and len(rows) > 1 and operation.kind not in ("change", "growth"):
        found = [c for r in rows for c in cell(r, columns[0])]
        return _ordered(found, False, question, [c.row for c in found])
    return []


_SHARES = re.compile(r"%|\bper ?cent|\bshares?\b|퍼센트|비율|비중", re.IGNORECASE)
"""A table that tells shares itself needs none calculated."""
_WHOLE = re.compile(
    r"\b(?:every|each|all|whole|entire|full) (?:the )?(?:years?|period)\b|전체 ?기간|매년|모든 ?(?:해|연도)", re.I
)


def _columns(question: Question, table: Table) -> list[str]:
    """The columns that are asked for; where a span of years is to be added up, also those between."""
    named = asked_columns(question, table)
    spanned = {str(y) for y in year_range(question.text)}
    operation = asked(question)
    if operation and operation.kind in ("sum", "average") and len(spanned) > len(question.years):
        inner = [c.column for c in table.header if (m := _YEAR.search(c.column)) and m.group() in spanned]
        if len(inner) == len(set(inner)) == len(spanned):
            return inner
    return named


def _year_before(column: str, heads: Sequence[str]) -> list[str]:
    """The column of the year before: the growth of one year is over that one."""
    m = _YEAR.search(column)
    earlier = m and column.replace(m.group(), str(int(m.group()) - 1))
    return [h for h in heads if h == earlier]


def _all_years(heads: Sequence[str]) -> bool:
    return len(heads) > 1 and all(_YEAR.search(h) for h in heads)


def _is_total(label: str) -> bool:
    return bool(_TOTAL.fullmatch(label.strip()))


def _ordered(cells: list[Cell], by_time: bool, question: Question, labels: Sequence[str]) -> list[Cell]:
    """Two cells in the order that the calculation needs: the later year first, or as the question names them."""
    if len(cells) != len(set(labels)):
        return []
    years = [_YEAR.search(label) for label in labels]
    if all(years) and len({m.group() for m in years if m}) == len(cells):
        together = sorted(zip(years, cells, strict=True), key=lambda p: p[0].group() if p[0] else "")
        return [c for _, c in (reversed(together) if len(cells) == 2 else together)]
    if by_time:
        return []
    return [
        c for _, c in sorted(zip([_place(question, label) for label in labels], cells, strict=True), key=lambda p: p[0])
    ]


def _place(question: Question, label: str) -> int:
    """Where the question speaks of a row or column."""
    words = bag_of(label)
    places = [
        question.text.find(c.surface) for c in question.concepts if c.kind != "generic" and covers(c, words) >= 0.5
    ]
    return min((p for p in places if p >= 0), default=len(question.text))


def _all_known(question: Question, table: Table, cells: Sequence[Cell], around: str) -> bool:
    """Whether everything that the question speaks of, the operation aside, is the table's: a name that it does not know,
    or most of the rest, makes it another subject.
    """
    told = "\n".join(
        [
            table.caption,
            table.unit or "",
            around,
            *(f"{c.row} {c.column}" for c in cells),
            *(c.column for c in table.header),
        ]
    )
    derived = " ".join([table.caption, table.unit or "", *(c.column for c in cells)])
    if of_another_measure(derived, question.text):
        return False
    known = bag_of(told)
    wanted = [c for c in question.concepts if c.kind != "generic" and not is_operation(c)]
    named = [m.span() for c in cells for m in re.finditer(re.escape(c.row), question.text) if c.row.strip()]

    def of_a_row(concept: Concept) -> bool:
        """Whether its words only stand in a row's name with a particle behind it (`나루항의` is no `항의`)."""
        at = question.text.find(concept.surface)
        return any(a <= at < b for a, b in named)

    lost = [c for c in wanted if covers(c, known) < 0.5 and not of_a_row(c)]
    if any(c.kind in ("name", "year") for c in lost):
        return False
    return bool(wanted) and len(lost) * 4 <= len(wanted)


def _value(cell: Cell) -> Decimal | None:
    """A cell's only number, or its amount where a share stands beside it."""
    found = numbers(cell.text)
    amounts = [n for n in found if n.kind != "percent"] or found
    return amounts[0].value if len(amounts) == 1 and amounts[0].scale == 1 else None


def _percent(unit: str | None, cells: Sequence[Cell]) -> bool | None:
    """Whether the operands are shares; None where only some are."""
    if unit and re.search(r"%|per ?cent|퍼센트|비율|비중", unit, re.IGNORECASE):
        return True
    shares = [all(n.kind == "percent" for n in numbers(c.text)) for c in cells]
    return None if any(shares) and not all(shares) else all(shares)


def compute(
    operation: Operation, values: Sequence[Decimal], unit: str | None, percent: bool, question: Question
) -> Computed | None:
    """The calculation with its result, rounded where it does not come out even; None where it makes no sense."""
    said = [_written(v) for v in values]
    points = wording.unit("points", question.language) if percent else unit
    match operation.kind:
        case "difference" | "change" if len(values) == 2:
            return _made(f"{said[0]} - {_operand(said[1])}", points)
        case "growth" if len(values) == 2 and not percent and values[1] > 0:
            return _made(
                f"({said[0]} - {_operand(said[1])}) / {said[1]} * 100", wording.unit("percent", question.language), 1
            )
        case "share" if len(values) == 2 and not percent and values[1] > 0 and 0 <= values[0] <= values[1]:
            return _made(f"{said[0]} / {said[1]} * 100", wording.unit("percent", question.language), 1)
        case "ratio" if len(values) == 2 and values[1] > 0:
            return _made(f"{said[0]} / {said[1]}", None, 2)
        case "sum" if len(values) > 1:
            return _made(" + ".join(_operand(s) for s in said), unit)
        case "average" if len(values) > 1:
            places = max(max(0, -int(v.as_tuple().exponent)) for v in values)
            return _made(f"average({', '.join(said)})", unit, places + 1)
        case "ranking" if len(values) > 1:
            return _ranked(operation, values, said, unit, question)
    return None


def _ranked(
    operation: Operation, values: Sequence[Decimal], said: Sequence[str], unit: str | None, question: Question
) -> Computed | None:
    least = question.superlative == "least"
    order = sorted(values, reverse=not least)
    first = order[: operation.top or len(order)]
    if (operation.top or 0) > len(order) or len(set(order[: len(first) + 1])) != len(order[: len(first) + 1]):
        return None  # equals have no order
    sign = " < " if least else " > "
    return Computed(f"rank({', '.join(said)})", sign.join(_written(v) for v in first), unit)


def _made(expression: str, unit: str | None, places: int | None = None) -> Computed | None:
    value = calculate(expression)
    if value is None:
        return None
    if places is None or value == value.quantize(Decimal(1).scaleb(-places)):
        result = f"{value.normalize():f}" if value == value.to_integral_value() or places is not None else f"{value:f}"
    else:
        result = f"{value.quantize(Decimal(1).scaleb(-places)):f}"
    return Computed(expression, result, unit)


def rounded(computed: Computed) -> bool:
    """Whether the result is not the exact value."""
    return calculate(computed.expression) != calculate(computed.result)


def _written(value: Decimal) -> str:
    return f"{value:f}"


def _operand(said: str) -> str:
    return f"({said})" if said.startswith("-") else said


def _told(question: Question, operation: Operation, table: Table, cells: Sequence[Cell], made: Computed) -> Picked:
    """The calculation as a sentence of ours: its result, then every operand with its row and column."""
    shown = list(cells)
    if operation.kind == "ranking":
        values = {_value(c): c for c in cells}
        first = [values[Decimal(v)] for v in re.split(r"\s[<>]\s", made.result)]
        shown = first
    listed = "; ".join(f"{', '.join(filter(None, [c.row, c.column]))}: {c.text}" for c in shown)
    lead = wording.calculation(
        operation.kind, made, question.language, rounded(made) if operation.kind != "ranking" else False
    )
    text = (
        f"{lead}. {listed}{said_of(table, table.unit)}"
        if operation.kind != "ranking"
        else f"{lead}: {listed}{said_of(table, table.unit)}"
    )
    places = [(row_span(table, c), place_of(table, c)) for c in shown]
    (row, place), *more = places
    rest = dict.fromkeys(row_span(table, c) for c in cells if c not in shown)
    heads = (*headers_of(table), *(c.row for c in cells))
    spans = {s for s, _ in places}
    return replace(
        Picked(text, row, place, heads, made, more=tuple(more)), operands=tuple(s for s in rest if s not in spans)
    )
