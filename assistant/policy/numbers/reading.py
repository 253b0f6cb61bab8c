"""The figures of a document: text, notes and tables, each with what it counts, for when, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.citations import cite
from assistant.origin import carrier, names_work
from assistant.policy.numbers.accounts import account
from assistant.policy.numbers.beside import beside
from assistant.policy.numbers.finding import CURRENCIES, Found, found_in
from assistant.policy.numbers.korean import counted_ko
from assistant.policy.numbers.measures import flow_of, measure_of, projected
from assistant.policy.numbers.nouns import Counted
from assistant.policy.numbers.periods import Time, each, period_of, pointed, times_in
from assistant.policy.numbers.phrases import counted
from assistant.policy.numbers.plain_words import named, narrowed
from assistant.policy.numbers.tables import CellFigure, cells
from assistant.policy.numbers.tellers import is_ours, made_here, said_by
from assistant.policy.statements import Statement, statements
from assistant.text import language_of, sentences
from assistant.types import CellPlace, Citation, Document, Span, Table
from assistant.types.policy import Figure, Part, Scope


def figures(document: Document) -> tuple[Figure, ...]:
    """Every figure of a document in the order of its text."""
    return _held(_Kept(document))


class _Kept:
    """A document as a key: equal to one of the same id and text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._key = (document.id, document.text, len(document.notes), len(document.tables))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self._key == other._key


@lru_cache(maxsize=64)
def _held(kept: _Kept) -> tuple[Figure, ...]:
    document = kept.document
    found = [*_told(document), *_tabled(document)]
    return tuple(sorted(found, key=lambda f: (f.span.start, f.span.end)))


# text and notes


def _told(document: Document) -> Iterator[Figure]:
    before: tuple[Statement, list[Figure]] | None = None
    for s in _read(document):
        text = one_line(s.span.slice(document.text))
        drafts = () if _CONTENTS.search(text) else found_in(text, s.note is not None)
        earlier = before if before is not None and before[0].span == s.before else None
        made: list[Figure] = []
        if drafts:
            citation = cite(document, s.span, 0)
            spans = [d.span for d in drafts]
            for at, draft in enumerate(drafts):
                made.append(_figure(document, s, text, citation, drafts, spans, at, draft, made, earlier))
            made = beside(text, s.span.start, made)
            yield from made
        before = (s, made)


def _read(document: Document) -> Iterator[Statement]:
    """All statements, and the captions of figures: what they say of what is drawn."""
    tables = [t.caption_span for t in document.tables if t.caption_span is not None]
    for block in document.blocks:
        if block.kind == "caption" and not any(block.span.overlaps(t) for t in tables):
            for span in sentences(document.text, block.span):
                words = span.slice(document.text)
                yield Statement(
                    document, span, " ".join(words.split()), "caption", block.span, document.section_at(span.start)
                )
    yield from statements(document, notes=True)


_CONTENTS = re.compile(r"\.{6}|(?:\s\.){5}")
"""The leaders of a table of contents."""


def one_line(text: str) -> str:
    """The same characters with spaces for line breaks and tabs: offsets hold."""
    return re.sub(r"[\n\t\r\u00a0\u2009\u202f]", " ", text)


def _figure(
    document: Document, s: Statement, text: str, citation: Citation, drafts: Sequence[Found], spans: Sequence[Span],
    at: int, draft: Found, made: Sequence[Figure], earlier: tuple[Statement, list[Figure]] | None,
) -> Figure:  # fmt: skip
    previous = spans[at - 1].end if at else 0
    following = spans[at + 1].start if at + 1 < len(spans) else len(text)
    if draft.title:
        text = only_title(text, draft.span)
    korean = language_of(text) == "ko"
    told = (
        counted_ko(text, draft, previous, following)
        if korean
        else counted(text, draft.span, draft.unit, previous, following)
    )
    base = s.span.start
    quantity = named(_part(text, base, told.quantity))
    scope = narrowed(tuple(Scope(n.aspect, Part(n.span.slice(text), n.span.shift(base))) for n in told.scope))
    definite = told.quantity is not None and _DEFINITE.search(text[: told.quantity.start]) is not None
    quantity, scope = _carried(told, quantity, scope, made, earlier, draft, definite)
    of = account(text, quantity.text, draft.span) if quantity is not None and not scope and not korean else None
    if of is not None:
        scope = (Scope("other", Part(of.slice(text), of.shift(base))),)
    measure = measure_of(text, draft, told, quantity.text if quantity else "")
    time = period_of(at, spans, text)
    period = _period(time, base, earlier, document)
    if period is not None and period[0].text.lower() == "thereafter" and made and made[-1].last is not None:
        period = (Part(period[0].text, period[0].span, f"after {made[-1].last}"), made[-1].last + 1, None)
    dated = period is not None
    if period is None and (often := each(draft.span, text)) is not None:
        period = (Part(often.slice(text), often.shift(base)), None, None)
    words = quantity.text if quantity else ""
    teller = said_by(document, text, draft.span)
    return Figure(
        citation=citation,
        where="note" if s.note is not None else "text",
        span=draft.span.shift(base),
        surface=draft.surface,
        low=draft.low,
        high=draft.high,
        unit=draft.unit,
        bound=draft.bound,
        measure=measure,
        flow=flow_of(text, draft, words, measure, dated),
        currency=draft.unit if draft.money else None,
        quantity=quantity,
        scope=scope,
        period=period[0] if period else None,
        first=period[1] if period else None,
        last=period[2] if period else None,
        projected=(projected(text, draft.span, previous) and not _past(period, document)) or _ahead(period, document),
        origin="relayed"
        if draft.title or teller or (_told_by(text, told, earlier) and not is_ours(text))
        else "own"
        if is_ours(text)
        else citation.origin,
        source=_source(s, text, citation, draft) or teller,
    )


def _ahead(period: tuple[Part, int | None, int | None] | None, document: Document) -> bool:
    """Whether a period lies behind the year in which the document was issued."""
    issued = re.match(r"\d{4}", document.work.issued or "")
    return period is not None and period[1] is not None and issued is not None and period[1] > int(issued.group())


def _past(period: tuple[Part, int | None, int | None] | None, document: Document) -> bool:
    """Whether a period was over before the document was issued."""
    issued = re.match(r"\d{4}", document.work.issued or "")
    return period is not None and period[2] is not None and issued is not None and period[2] < int(issued.group()) - 1


def only_title(text: str, span: Span) -> str:
    """The sentence with spaces for all but the quoted title that holds the figure: a title is read by itself."""
    opened = max(text.rfind(c, 0, span.start) for c in '\u201c"\u300c\u300e')
    closed = min((i for c in '\u201d"\u300d\u300f' if (i := text.find(c, span.end)) >= 0), default=len(text))
    return " " * (opened + 1) + text[opened + 1 : closed] + " " * (len(text) - closed)


def _part(text: str, base: int, span: Span | None) -> Part | None:
    return Part(span.slice(text), span.shift(base)) if span is not None else None


def _carried(
    told: Counted, quantity: Part | None, scope: tuple[Scope, ...], made: Sequence[Figure],
    earlier: tuple[Statement, list[Figure]] | None, draft: Found,
    definite: bool,
) -> tuple[Part | None, tuple[Scope, ...]]:  # fmt: skip
    """What a phrase that points back means: `this surplus` is the surplus of the sentence before."""
    if draft.title or draft.rank:
        return quantity, scope
    lone = quantity is not None and _head(quantity.text) in ("share", "proportion", "비중")
    if not told.anaphor and quantity is not None and not lone:
        if not scope and definite and earlier is not None:
            return quantity, _meant(quantity, earlier[1])
        return quantity, _resolved(scope, made, earlier)
    back = told.anaphor or lone or (told.share and quantity is None)
    whole = any(n.aspect == "of" for n in told.scope) and not told.anaphor and not lone
    pool = [*(earlier[1] if earlier else []), *made] if back and not whole else list(made)
    for figure in reversed(pool):
        if figure.quantity is None or figure.measure == "rank":
            continue
        if lone and figure.measure != "share":
            continue
        if quantity is not None and not lone and _head(quantity.text) not in figure.quantity.text.lower():
            continue
        if quantity is None and not back and figure.currency is None:
            continue
        outside = figure not in made
        why = "the sentence before" if outside else figure.quantity.why
        kept = tuple(
            Scope(x.aspect, Part(x.part.text, x.part.span, why if outside else x.part.why))
            for x in figure.scope
            if (x.aspect != "of" or lone) and not any(x.aspect == y.aspect for y in scope)
        )
        return Part(figure.quantity.text, figure.quantity.span, why), (*_resolved(scope, made, earlier), *kept)
    return quantity, _resolved(scope, made, earlier)


_DEFINITE = re.compile(r"\b(?:the|this|that)\s$|(?:이|그|해당)\s$", re.IGNORECASE)


def _meant(quantity: Part, earlier: Sequence[Figure]) -> tuple[Scope, ...]:
    """What narrows `the investment` where the sentence before speaks of investment in an industry and a country."""
    for figure in reversed(earlier):
        if figure.quantity is not None and figure.quantity.text.casefold() == quantity.text.casefold():
            return tuple(
                Scope(x.aspect, Part(x.part.text, x.part.span, "the sentence before"))
                for x in figure.scope
                if x.aspect != "of"
            )
    return ()


_POINTS_BACK = re.compile(
    r"(?:this|that|the|these|those)?\s?(?:same )?(?:sector|industry|region|country)s?", re.IGNORECASE
)


def _resolved(
    scope: tuple[Scope, ...], made: Sequence[Figure], earlier: tuple[Statement, list[Figure]] | None
) -> tuple[Scope, ...]:
    """A scope that only points back (`this sector`), with the words that it means."""
    found = []
    pool = [*(earlier[1] if earlier else []), *made]
    for x in scope:
        if _POINTS_BACK.fullmatch(x.part.text):
            told = (y for f in reversed(pool) for y in f.scope if y.aspect == x.aspect)
            meant = next((y for y in told if not _POINTS_BACK.fullmatch(y.part.text)), None)
            if meant is not None:
                found.append(Scope(x.aspect, Part(meant.part.text, meant.part.span, f"meant by “{x.part.text}”")))
                continue
        found.append(x)
    return tuple(found)


def _head(words: str) -> str:
    return words.lower().split()[-1] if words.split() else ""


def _period(
    time: Time | None, base: int, earlier: tuple[Statement, list[Figure]] | None, document: Document
) -> tuple[Part, int | None, int | None] | None:
    if time is None:
        return None
    why = ""
    if time.back:
        last: Time | None = None
        if earlier is not None:
            named = [t for t in times_in(one_line(earlier[0].span.slice(document.text))) if t.first is not None]
            last = named[-1] if named else None
        time = pointed(time, last)
        why = f"the sentence before: {last.words}" if last is not None else ""
    return Part(time.words, _trim(time, base), why), time.first, time.last


def _trim(time: Time, base: int) -> Span:
    return Span(base + time.span.start, base + time.span.start + len(time.words))


_NOTED = re.compile(
    r"\b(?P<note>[Nn]otes? \d+) (?:reports?|says|gives|adds|shows|states|cites)\b|(?P<ko>각?주 ?\d+)(?:은|는|에 따르면)"
)


_LEANS = re.compile(
    r"\b(?:this|that|these|its|their|the same) (?:\w+ )?(?:sector|industry|share|surplus|deficit|investment|amount|figure|total|country|region)\b",
    re.IGNORECASE,
)


def _told_by(text: str, told: Counted, earlier: tuple[Statement, list[Figure]] | None) -> bool:
    """Whether a sentence relays what a note reports, or only goes on from one that relays."""
    if _NOTED.search(text):
        return True
    return (
        (told.anaphor or _LEANS.search(text) is not None)
        and earlier is not None
        and bool(earlier[1])
        and earlier[1][-1].origin == "relayed"
    )


_SHOWN = re.compile(r"\b(?:Figure|Table|Chart)\s\d+|(?:그림|표)\s?\d+")


def _figure_source(document: Document, name: str) -> list[str]:
    """The source line below the figure or table that a sentence speaks of."""
    for at, block in enumerate(document.blocks):
        words = " ".join(block.span.slice(document.text).split()) if block.kind == "caption" else ""
        if re.match(rf"[<\[]?\s?{re.escape(name)}(?!\d)", words):
            source = next((b for b in document.blocks[at + 1 : at + 7] if b.kind in ("source", "caption")), None)
            if source is not None and source.kind == "source":
                return [f"{name}: {' '.join(source.span.slice(document.text).split())}"]
    return []


_BY = re.compile(
    r"(?:According to|As (?:reported|noted|estimated) by)\s(?P<who>[^,;.]{2,80}),|^(?P<ko>[^,.]{2,40}?)에 (?:따르면|의하면)"
)


def _source(s: Statement, text: str, citation: Citation, draft: Found) -> str:
    if draft.title and s.note is not None:
        return f"note {s.note.number}, in the title of a work"
    if citation.origin == "own":
        m = _NOTED.search(text)
        return (m["note"] or m["ko"]).lower() if m else ""
    spans = [s.span, *(x for x in (carrier(s.document, s.span),) if x is not None)]
    notes = [f"note {n.number}" for x in spans for n in s.document.notes_in(x) if names_work(n)]
    if m := _SHOWN.search(text):
        notes += _figure_source(s.document, m.group())
    if s.note is not None:
        notes.append(f"note {s.note.number}")
    by = _BY.search(text)
    return ", ".join([*notes, *([(by["who"] or by["ko"]).strip()] if by else [])])


# tables


def _tabled(document: Document) -> Iterator[Figure]:
    for number, table in enumerate(document.tables, start=1):
        label = table.number or str(number)
        rows: dict[int, Citation] = {}
        for c in cells(document, table):
            yield _of_cell(document, table, label, c, rows)


def _label(table: Table, number: str) -> str:
    return f"표 {number}" if language_of(table.caption) == "ko" else f"Table {number}"


def _of_cell(document: Document, table: Table, label: str, c: CellFigure, rows: dict[int, Citation]) -> Figure:
    filled = [x for x in c.row if x.text.strip()]
    span = Span(min(x.span.start for x in filled), max(x.span.end for x in filled))
    place = CellPlace(_label(table, label), c.cell.row, c.cell.column, table.unit, c.cell.text)
    citation = cite(document, span, 0, cell=place, headers=(table.caption, *(x.text for x in table.header if x.text)))
    money = c.unit if c.unit in CURRENCIES else None
    words = c.quantity.text if c.quantity else ""
    bare = Found(c.low, c.high, c.unit, "exact", Span(0, 0), c.cell.text)
    return Figure(
        citation=citation,
        where="table",
        span=c.span,
        surface=c.span.slice(document.text),
        low=c.low,
        high=c.high,
        unit=c.unit,
        measure=c.measure,
        flow=flow_of(words, bare, words, c.measure, c.period is not None),
        currency=money,
        quantity=c.quantity,
        scope=tuple(Scope(a, p) for a, p in c.scope),
        period=c.period,
        first=c.first,
        last=c.last,
        projected=c.projected,
        origin="own" if made_here(document, c.source) else citation.origin,
        source=c.source,
    )
