"""The figures of a table's cells: each with its row, its column, the caption, the unit and the source below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.policy.numbers.nouns import aspect_of
from assistant.policy.numbers.periods import times_in
from assistant.policy.numbers.words import KOREAN, QUANTITIES, is_actor, is_sector, names_place
from assistant.reading.tables.units import bracketed, meaning
from assistant.text import language_of
from assistant.types import Cell, Document, Span, Table
from assistant.types.policy import Aspect, Measure, Part


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number of a cell with what its table says of it; spans are the document's."""

    cell: Cell
    row: tuple[Cell, ...]
    low: Decimal
    high: Decimal
    span: Span
    unit: str
    measure: Measure
    quantity: Part | None
    scope: tuple[tuple[Aspect, Part], ...]
    period: Part | None
    first: int | None
    last: int | None
    source: str
    projected: bool


_NUMBER = re.compile(
    r"(?P<sign>[-\u2212\u2013(]?)\s?(?P<currency>(?:US|AU|CA|NZ|HK|[ACS])\$|USD|KRW|EUR|AUD|CAD|CHF|SEK|[$\u20ac\u20a9\u00a3\u00a5])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s?(?P<scale>thousand|million|billion|trillion|[mb]n\b|[MBK](?![a-zA-Z])|천|만|백만|천만|억|십억|조)?\s?(?P<percent>%p?|percent|퍼센트)?\s?(?P<unit>dollars?|won|달러|원|유로|엔|명|개|건)?",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"\s*(?:about |약 |over |~|<|>|\u2264|\u2265)?(?P<first>{_NUMBER.pattern.replace('?P<', '?P<a_')})\)?(?:\[?[a-z*\u2020\u2021]{{0,3}}\]?)?"
    rf"(?:\s*[(\[/]\s?(?P<second>{_NUMBER.pattern.replace('?P<', '?P<b_')})\s?[)\]]?)?\s*[a-z*\u2020]?\s*",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mn": 10**6, "bn": 10**9, "m": 10**6, "b": 10**9,
    "k": 10**3, "천": 10**3, "만": 10**4, "백만": 10**6, "천만": 10**7, "억": 10**8, "십억": 10**9, "조": 10**12,
}  # fmt: skip
_SHARES = re.compile(r"비중|비율|점유율|\bshare\b", re.IGNORECASE)
_LABELS = re.compile(
    r"^(?:no\.?|number|#|rank|year|fiscal year|fy|date|dates|citation|p\.?l\.?|public law|section|title|page|cfda|id|code|code no\.?|연도|년도|번호|순번|순위|구분)$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s(?:by|for|in|per|,)\s(?P<by>[^,(]+?)(?=,|\(|$)")
_SECTOR_WORD = re.compile(
    r"\b(?:sub)?sectors?\b|\bindustr(?:y|ies)\b|\bproducts?\b|\bcommodit(?:y|ies)\b|업종|산업|품목|부문", re.I
)
_PLACE_WORD = re.compile(
    r"\bcountr(?:y|ies)\b|\bnations?\b|\bregions?\b|\bstates?\b|\bdestinations?\b|\bpartners?\b|국가|국별|지역|나라",
    re.I,
)
_WHO_WORD = re.compile(
    r"\bsize\b|\bfirms?\b|\bcompan(?:y|ies)\b|\bagenc(?:y|ies)\b|\baccounts?\b|\bgrantees?\b|기업|기관|규모별", re.I
)
_PLANNED = re.compile(
    r"\b(?:request(?:ed)?|project(?:ed|ion)s?|forecasts?|planned|target|proposed|estimated? outlays)\b|전망|계획|목표|예산안|예정",
    re.I,
)
_NUMBER_NAME = re.compile(
    r"^\s*[<\[(]?\s*(?:Tables?|Figures?|표|그림)\s*[A-Z]?[-\d.]+\s*[>\])]?[.:]?\s*", re.IGNORECASE
)


def cells(document: Document, table: Table) -> Iterator[CellFigure]:
    """The figures of a table in the order of its rows."""
    caption = table.caption
    bare = _NUMBER_NAME.sub("", caption)
    source = _source(document, table)
    base = _caption_facts(document, table, bare)
    columns = _columns(table)
    first = next((c.text for c in table.header if c.text.strip()), "")
    rows = base.rows or (
        "place" if _PLACE_HEAD.fullmatch(first.strip()) else "sector" if _SECTOR_HEAD.fullmatch(first.strip()) else None
    )
    base = replace(base, rows=rows, varied=sum(_names_what(c) for c in columns[1:]) > 0)
    for row in table.rows:
        header = next((c for c in row if c.text.strip() and not _is_figure(c.text)), None)
        for at, cell in enumerate(row):
            if not cell.text.strip() or cell is header:
                continue
            m = _FULL.fullmatch(cell.text)
            head = cell.column or (columns[at] if at < len(columns) else "")
            if m is None or _LABELS.match(head.split(" ")[-1].strip()) or _LABELS.match(head.strip()):
                continue
            if re.fullmatch(r"\s*(?:18|19|20)\d\d\s*", cell.text):
                continue
            yield from _of_cell(document, table, row, cell, m, head, base, source)


_PLACE_HEAD = re.compile(
    r"(?:nation|country|region|state|province|city|county|district|destination|partner)s?(?: or .*)?|국가|국가명|나라|지역|권역|시도|시·도|도시|시군구|국별",
    re.I,
)
_SECTOR_HEAD = re.compile(r"(?:sub)?(?:sector|industry)|sectors|industries|업종|산업|부문", re.I)
_COUNTED_END = re.compile(r"[가-힣]\s?(?:수|액|률|율|비중|비율|량|금액|인원|건수|면적|가격|점수)$")


def _bare_head(head: str) -> str:
    """The head of a column without its year and its unit."""
    rest = re.sub(r"\s*[(\[（][^)\]）]*[)\]）]", "", head)
    for t in times_in(rest):
        rest = rest.replace(t.words, " ")
    return re.sub(r"\s*(?:\bin\s)?\s*$", "", " ".join(rest.split()).strip(" ,:;")).strip(" ,:;")


def _names_what(head: str) -> bool:
    """Whether the head of a column says what is counted: it gives a unit of its own, or ends in a word for what is measured."""
    rest = _bare_head(head)
    if (
        len(rest) < 2
        or names_place(rest)
        or is_sector(rest)
        or _PLANNED.fullmatch(rest)
        or re.fullmatch(r"[\d\W]+", rest)
    ):
        return False
    if re.fullmatch(
        r"(?:total|change|percent(?:age)?(?: change)?|share|합계|증감|계|전체|enacted|request|actual|estimate|level|amount|value|number)s?",
        rest,
        re.I,
    ):
        return False
    measured = list((KOREAN if language_of(rest) == "ko" else QUANTITIES).finditer(rest))
    return (
        bool(bracketed(head))
        or _COUNTED_END.search(rest) is not None
        or (bool(measured) and measured[-1].end() >= len(rest) - 1)
    )


def _is_figure(text: str) -> bool:
    return _FULL.fullmatch(text) is not None


def _columns(table: Table) -> list[str]:
    return [c.column or c.text for c in table.header]


def _source(document: Document, table: Table) -> str:
    for span in table.notes:
        words = " ".join(span.slice(document.text).split())
        if re.match(r"(?:\(?Sources?|자료|출처)", words):
            return words
    behind = next((b for b in document.blocks if b.span.start >= table.span.end), None)
    if behind is not None and behind.kind == "source":
        return " ".join(behind.span.slice(document.text).split())
    return ""


@dataclass(frozen=True, slots=True)
class _Facts:
    quantity: Part | None
    scope: tuple[tuple[Aspect, Part], ...]
    period: Part | None
    first: int | None
    last: int | None
    unit: str | None
    scale: int
    measure: Measure | None
    rows: Aspect | None
    """What the caption, or the head of the first column, says that the rows are."""
    varied: bool = False
    """Whether the columns differ in what they count: their names then say it, and not the caption."""


def _part(document: Document, table: Table, words: str, why: str) -> Part:
    """Words of the caption with where they stand there."""
    if table.caption_span is not None:
        at = document.text.find(words, table.caption_span.start, table.caption_span.end)
        if at >= 0:
            return Part(words, Span(at, at + len(words)), why)
    return Part(words, None, why)


def _why(table: Table) -> str:
    return f"caption of table {table.number}" if table.number else "caption of the table"


def _caption_facts(document: Document, table: Table, bare: str) -> _Facts:
    why = _why(table)
    brackets = re.findall(r"[(\[][^)\]]*[)\]]", bare)
    said = f"{table.unit or ''} {' '.join(brackets)} {_unit_above(document, table)}"
    unit, scale = meaning(said)
    words = re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", bare).strip(" ,;.")
    times = times_in(words)
    period = times[-1] if times else None
    measure: Measure | None = "correlation" if re.search(r"\bcorrelations?\b|상관", words, re.I) else None
    rows: Aspect | None = None
    by = re.search(r"\bby\s(?P<by>[^,(]+)", words)
    name = by["by"] if by else (m.group() if (m := re.search(r"[가-힣]+별", words)) else "")
    if name:
        rows = (
            "sector"
            if _SECTOR_WORD.search(name)
            else "place"
            if _PLACE_WORD.search(name)
            else "who"
            if _WHO_WORD.search(name)
            else None
        )
    quantity, scope = _caption_phrase(document, table, words, times[0].words if times else "", why)
    made = re.search(r"\bmanufacturing\b", by["by"], re.IGNORECASE) if by and rows == "sector" else None
    if made is not None:
        scope = (*scope, ("other", _part(document, table, made.group(), why)))
    return _Facts(
        quantity, scope, _part(document, table, period.words, why) if period else None, period.first if period else None,
        period.last if period else None, unit, scale, measure, rows,
    )  # fmt: skip


def _caption_phrase(
    document: Document, table: Table, words: str, time: str, why: str
) -> tuple[Part | None, tuple[tuple[Aspect, Part], ...]]:
    scope: list[tuple[Aspect, Part]] = []
    if language_of(words) == "ko":
        found = list(KOREAN.finditer(words))
        if not found:
            return None, ()
        lead = re.match(r"(?P<who>[가-힣A-Za-z\s]+?)의\s", words)
        if lead and lead.end() <= found[-1].start():
            scope.append(("who", _part(document, table, lead["who"].strip(), why)))
        last = found[-1]
        lead = re.search(r"[가-힣A-Za-z]*$", words[: last.start()])
        name = (lead.group() if lead else "") + last.group()
        return _part(document, table, name, why), tuple(scope)
    main = re.split(r"\sby\s|,\s(?=(?:FY)?\d{4})|:\s|\s\u2014\s", words)[0]
    if time and main.endswith(time):
        main = main[: -len(time)].rstrip(" ,")
    main = re.sub(r"\s*\([^()]*\)\s*$", "", main).rstrip(" ,")
    if m := re.match(r"Correlations?\s(?:Coefficients?\s)?(?:Between|of|between|among)\s(?P<rest>.+)", main):
        main = m["rest"]
    if m := re.match(r"(?P<who>(?:[\w.&-]+\s){0,4}?[\w.&-]+(?:['\u2019]s|s['\u2019]))\s(?P<rest>.+)", main):
        scope.append(("who", _part(document, table, m["who"], why)))
        main = m["rest"]
    cut = re.search(r"\s(?P<word>in|to|from|of|for|within|with|among|at|toward|under)\s(?P<rest>.+)$", main)
    if cut and QUANTITIES.search(main[: cut.start()]):
        aspect = aspect_of(cut["word"], cut["rest"])
        if aspect is not None:
            scope.append((aspect, _part(document, table, cut["rest"], why)))
        main = main[: cut.start()]
    return (_part(document, table, main, why) if main else None), tuple(scope)


def _unit_above(document: Document, table: Table) -> str:
    """The lines between a caption and its table, which may give the unit of the whole."""
    if table.caption_span is None:
        return ""
    between = (
        b
        for b in document.blocks
        if b.kind == "caption" and table.caption_span.end <= b.span.start and b.span.end <= table.span.start
    )
    return " ".join(b.span.slice(document.text) for b in between)


def said_unit(head: str, row: str = "") -> tuple[str | None, int]:
    """The unit and the scale that the head of a column gives, or the brackets in the name of a row: a unit counts in brackets, behind
    `unit:` and as whole words of a head, and never for the letters that a name ends in (`직원 수`).
    """
    for words in (*bracketed(head), *bracketed(row)):
        return meaning(words)
    unit, scale = meaning(re.sub(r"[(\[（][^)\]）]*[)\]）]", " ", head), head=True)
    if unit is None and scale == 1 and (_SHARES.search(head) or meaning(row, head=True)[0] == "percent"):
        return "percent", 1
    return unit, scale


def _of_cell(
    document: Document,
    table: Table,
    row: tuple[Cell, ...],
    cell: Cell,
    m: re.Match[str],
    head: str,
    base: _Facts,
    source: str,
) -> Iterator[CellFigure]:
    first = _value(m, "a_", cell, base, head, inside=False)
    second = _value(m, "b_", cell, base, head, inside=True) if m["second"] else None
    for at, value in enumerate(v for v in (first, second) if v is not None):
        number, span, unit = value
        measure: Measure = base.measure or ("share" if unit == "percent" else "level")
        if unit == "percent" and re.search(
            r"\bgrowth|\bchange|증감|증가율|성장률", f"{head} {cell.row} {table.caption}", re.I
        ):
            measure = "change"
        elif (
            unit == "percent"
            and at == 0
            and re.search(r"\brates?\b|\btariffs?\b|관세|세율|금리|실업률", f"{head} {cell.row} {table.caption}", re.I)
        ):
            measure = "rate"
        yield _made(document, table, row, cell, number, span, unit, measure, head, base, source, share=at == 1)


def _value(
    m: re.Match[str], prefix: str, cell: Cell, base: _Facts, head: str, inside: bool
) -> tuple[Decimal, Span, str] | None:
    digits = m[prefix + "digits"]
    if digits is None:
        return None
    value = Decimal(digits.replace(",", ""))
    if m[prefix + "sign"] in ("-", "\u2212", "\u2013") or (m[prefix + "sign"] == "(" and not inside):
        value = -value
    unit, scale = said_unit(head, cell.row) if not inside else (None, 1)
    money = m[prefix + "currency"] or m[prefix + "unit"]
    if m[prefix + "percent"]:
        unit, scale = ("points" if m[prefix + "percent"] == "%p" else "percent"), 1
    elif money and money.lower() in ("명", "개", "건"):
        unit = "people" if money == "명" else "count"
    elif money:
        unit = meaning(money if money.lower() != "won" else "KRW")[0] or "USD"
        scale = base.scale if base.scale != 1 and scale == 1 else scale
    elif unit is None:
        unit, scale = (base.unit or "count"), (scale if scale != 1 else base.scale)
        if base.measure == "correlation":
            unit, scale = "count", 1
    elif inside:
        unit, scale = (base.unit or "count"), 1
    if m[prefix + "scale"]:
        scale = _SCALES[m[prefix + "scale"].lower()]
    if inside and not m[prefix + "percent"] and unit != "count":
        unit = base.unit or unit
    start, end = m.span("first" if not inside else "second")
    lead = len(cell.text[start:end]) - len(cell.text[start:end].lstrip(" ("))
    tail = len(cell.text[start:end].rstrip(" )"))
    span = Span(cell.span.start + start + lead, cell.span.start + start + max(tail, lead + 1))
    value *= scale
    return (value.quantize(Decimal(1)) if value == value.to_integral_value() else value), span, unit


def _header_part(table: Table, cell: Cell, head: str) -> Part:
    found = next((c for c in table.header if c.text.strip() and (c.column == head or c.text == head)), None)
    return Part(head, found.span if found and found.text == head else None, "column of the table")


def _made(
    document: Document, table: Table, row: tuple[Cell, ...], cell: Cell, number: Decimal, span: Span, unit: str,
    measure: Measure, head: str, base: _Facts, source: str, share: bool,
) -> CellFigure:  # fmt: skip
    scope = list(base.scope)
    quantity, period, first, last = base.quantity, base.period, base.first, base.last
    row_cell = next((c for c in row if c.text.strip() and c.text == cell.row), None)
    row_part = Part(cell.row, row_cell.span if row_cell else None, "row of the table") if cell.row else None
    head_part = _header_part(table, cell, head) if head else None
    for part, default in ((head_part, None), (row_part, base.rows)):
        if part is None or not part.text.strip():
            continue
        bare = _bare_head(part.text)
        times = times_in(part.text)
        if times:
            period, first, last = Part(times[0].words, part.span, part.why), times[0].first, times[0].last
        own = part is head_part and base.varied and len(bare) > 1
        if own and (names_place(bare) or is_sector(bare) or _STANDING.fullmatch(bare)):
            own = False
        if own and (_names_what(part.text) or quantity is None or _SEVERAL.search(quantity.text)):
            quantity = Part(bare, _within(document, part, bare), part.why)
            continue
        if times and len(bare) <= 2:
            continue
        if times and part is head_part and _PLANNED.search(bare):
            continue
        named = Part(bare, _within(document, part, bare), part.why) if times or bracketed(part.text) else part
        if _STANDING.fullmatch(named.text.strip()) and not re.fullmatch(r"enacted|actual", named.text.strip(), re.I):
            default = "other"
        scope.append((default or _aspect(named.text, part is head_part), named))
    if share and measure == "share":
        whole = " ".join(p.text for a, p in base.scope if a == "who")
        name = f"{whole} {quantity.text}".strip() if quantity else ""
        if name and first is not None:
            scope.append(
                (
                    "of",
                    Part(
                        name,
                        quantity.span if quantity else None,
                        "the whole of the column, as the table's form suggests",
                    ),
                )
            )
    planned = _PLANNED.search(f"{head} {cell.row}") is not None
    return CellFigure(
        cell, row, number, number, span, unit, measure, quantity, tuple(scope), period, first, last, source, planned
    )


_STANDING = re.compile(
    r"(?:enacted|actual|request(?:ed)?|estimated?|proposed|total|change|합계|계|전체)s?", re.IGNORECASE
)
_SEVERAL = re.compile(r"\band\b|,|[와과]\s|및|·", re.IGNORECASE)
"""A caption that names several things at once."""


def _within(document: Document, part: Part, words: str) -> Span | None:
    """Where words of a part stand in it."""
    if part.span is None:
        return None
    at = document.text.find(words, part.span.start, part.span.end)
    return Span(at, at + len(words)) if at >= 0 else None


def _aspect(words: str, column: bool) -> Aspect:
    if is_sector(words):
        return "sector"
    if names_place(words) and not column:
        return "place"
    if names_place(words):
        return "place"
    return "who" if is_actor(words) else "other"
