"""The figures that a query may mean, side by side, each with what sets it apart from the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from assistant.labels import FLOWS, MEASURES
from assistant.policy.numbers.finding import CURRENCIES
from assistant.policy.numbers.forms import form, literal
from assistant.policy.numbers.reading import figures
from assistant.policy.numbers.shortened import shortened
from assistant.policy.numbers.words import KOREAN, QUANTITIES, SAME, is_sector
from assistant.protocols import Library
from assistant.quantities import year_range
from assistant.stance.words import Unit, bag, place_mentions, says, units
from assistant.text import language_of, stem
from assistant.types import Document
from assistant.types.policy import Candidate, Figure, Measure, Unlike

LIMIT = 12
NEAR = 5
HALF = 0.5
"""How far a part of the query must be said by a figure's own fields to count as said."""
TITLED = 0.3
"""What a word counts that stands only in the title of the document."""
ELSEWHERE = 0.45
"""What a word counts that stands in the figure's sentence, and not in what it is a figure of."""


@dataclass(frozen=True, slots=True)
class _Asked:
    years: tuple[int, ...]
    places: tuple[str, ...]
    terms: tuple[Unit, ...]
    measure: Measure | None
    size: str | None
    literal: tuple[str, ...]
    """Korean words that no term covers: they stand for themselves."""
    head: str | None
    """The last of these, where the query ends in it: the very thing that is asked for."""
    money: bool
    """Whether an amount of money is asked for: nothing else answers."""
    standing: str | None
    """`enacted` or `request`, where the query names one of the two."""
    total: bool
    """Whether the whole is asked for: what is narrower stands behind."""


_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("correlation", re.compile(r"\bcorrelat|\bcoefficient|상관", re.I)),
    ("rank", re.compile(r"\brank|\bplace[ds]?\b|순위|몇 위|위는|위인", re.I)),
    ("share", re.compile(r"\bshare\b|\bpercentage\b|\bproportion\b|\bwhat percent|비중|비율|몇 퍼센트|점유율", re.I)),
    ("change", re.compile(r"\bgrowth\b|\bgrew\b|\bchange\b|\bincrease|\bdecrease|\bdecline|증가율|성장률|증감|늘었|줄었", re.I)),
    ("rate", re.compile(r"\btariffs?\b|\brates?\b|관세율?|세율|금리|실업률", re.I)),
)  # fmt: skip
_TOTAL = re.compile(r"\b(?:total|overall|whole|all|aggregate|record)\b|총|전체|합계", re.IGNORECASE)
_SIZES = (
    ("large", re.compile(r"\bconglomerates?\b|\bchaebols?\b|\b(?:large|big|major)(?:r|st|ger)? (?:\w+ )?(?:firms|companies|enterprises|businesses|corporations)\b|대기업|재벌", re.I)),
    ("small", re.compile(r"\bSMEs?\b|\bsmall(?:er)?(?:[ -]and[ -]medium(?:[ -]sized)?)? (?:firms|companies|enterprises|businesses)\b|중소기업", re.I)),
)  # fmt: skip
_EMPTY = frozenset(
    stem(w)
    for w in """how much many number figure amount value total record share percentage percent proportion rank rate what year overall
    size level sum worth reach latest recent data statistic abroad show give big large average under section largest highest
    record whole aggregate all annual""".split()
) | frozenset(("얼마", "몇", "총액", "총", "규모", "금액", "액수", "비중", "수치", "통계"))
"""Words of a query that name no quantity by themselves."""


def asked(query: str, library: Library, documents: Sequence[str] | None = None) -> tuple[Candidate, ...]:
    """The figures that a query may mean, best first, at most `LIMIT`. Where none fits, those that come nearest and say
    another year, place, sector or owner: they are `near` and no answers.
    """
    ids = library.document_ids() if documents is None else documents
    documents_read = [library.document(id) for id in ids]
    return among(query, [f for d in documents_read for f in figures(d)], documents_read)


def among(query: str, found: Sequence[Figure], documents: Sequence[Document] = ()) -> tuple[Candidate, ...]:
    """The same of figures at hand; with their `documents`, names count that those shorten (`Fish and Wildlife Service (FWS)`)."""
    want = _understood(query)
    short = {d.id: shortened(d) for d in documents}
    names: dict[str, set[str]] = {}
    for f in found:
        for s in f.scope:
            names.setdefault(s.part.text.strip(), set()).add(s.aspect)
    scored = [
        (score, c)
        for f in found
        if (made := _weighed(want, f, short.get(f.document, {}), names)) is not None
        for score, c in [made]
    ]
    fitting = [(s, c) for s, c in scored if not c.other]
    whole = [x for x in fitting if not x[1].lacks]
    if whole:  # what says all that is asked keeps out what names less than half of it
        fitting = [x for x in fitting if len(x[1].lacks) <= 1 and not any(map(_measured, x[1].lacks))]
    chosen = sorted(fitting, key=_order)[:LIMIT]
    if not chosen:
        near = [x for x in scored if len(x[1].other) == 1]
        chosen = [(s, replace(c, near=True)) for s, c in sorted(near, key=_order)[:NEAR]]
    shown = [c for _, c in chosen]
    return tuple(replace(c, unlike=unlike(shown[0].figure, c.figure, language_of(query))) for c in shown)


def _measured(words: str) -> bool:
    """Whether words name the very thing that is measured: without it a figure is of something else."""
    return bool(QUANTITIES.search(words) or KOREAN.search(words) or any(p.search(words) for p in SAME))


def _order(entry: tuple[float, Candidate]) -> tuple[int, float, str, int]:
    score, c = entry
    return (len(c.lacks), -score, c.figure.document, c.figure.span.start)


_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?=년|\s(?!(?:[조억만천]\s?(?:원|달러|명|개)|percent|[mb]illion))|$)")
"""Years of a query; `2024 조선` is no amount of 2,024 trillion."""


def _says_how(words: str) -> bool:
    """Whether a word of a query only names the kind of figure: 'rank', '상관계수'."""
    return any(m in ("correlation", "rank", "share") and p.match(words) for m, p in _MEASURES)


def _understood(query: str) -> _Asked:
    named = (
        year_range(query)
        | frozenset(int(y) for y in _YEAR.findall(query))
        | frozenset(int(y) for y in _FISCAL.findall(query))
    )
    places = tuple(dict.fromkeys(p for p, _ in place_mentions(query)))
    at = [span for _, span in place_mentions(query)]
    terms = tuple(
        u for u in units(query)
        if u.kind != "generic" and not any(s.contains(u.span) for s in at) and not re.fullmatch(r"(?:FY\s?'?)?(?:(?:18|19|20)\d\d|\d\d)년?", u.surface)
        and not _FISCAL_WORDS.fullmatch(u.surface)
        and not (set(u.forms[0]) <= _EMPTY or u.surface.strip() in _EMPTY or _says_how(u.surface))
    )  # fmt: skip
    measure = next((m for m, pattern in _MEASURES if pattern.search(query)), None)
    own = tuple(
        w
        for w, span in literal(query)
        if w not in _EMPTY and not any(s.overlaps(span) for s in at) and not _says_how(w)
    )
    standing = _STANDING.search(query)
    rest = re.sub(r"(?:18|19|20)\d\d\s?년?도?|[?\s]+$|얼마.*$", "", query).strip()
    head = own[-1] if own and re.search(rf"{re.escape(own[-1])}(?:은|는|이|가|을|를)?$", rest) else None
    return _Asked(
        tuple(sorted(named)), places, terms, measure, _size(query), own, head,
        measure is None and _MONEY.search(query) is not None and re.search(r"\bindex|지수|단가 지수|\bnumber of\b|\bhow many\b|몇 (?:개|명|건|곳)", query, re.I) is None,
        None if standing is None else "enacted" if standing.group().lower() == "enacted" else "request", _TOTAL.search(query) is not None,
    )  # fmt: skip


_FISCAL = re.compile(r"\bFY\s?((?:19|20)\d\d)\b", re.IGNORECASE)
_FISCAL_WORDS = re.compile(r"FY|fiscal(?: year)?|회계연도", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:costs?|prices?|budgets?|spending|spent|expenditures?|revenues?|funding|fees?|salar(?:y|ies)|wages?|appropriations?|subsid(?:y|ies)|FY\s?\d+ (?:\w+ )?request)\b|예산|비용|가격|적자|흑자|매출|지원금|보조금|국비|사업비|요금|임금",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\benacted\b|\brequest(?:s|ed)?\b", re.IGNORECASE)


def _size(words: str) -> str | None:
    return next((name for name, pattern in _SIZES if pattern.search(words)), None)


def _fields(f: Figure) -> str:
    """What a figure says it is: its quantity, scope and table, in its own words."""
    parts = [f.quantity.text if f.quantity else "", *(s.part.text for s in f.scope)]
    if f.where == "table":
        parts += [*f.citation.headers[:1], f.citation.cell.row if f.citation.cell else ""]
    return " , ".join(p for p in parts if p)


def _weighed(
    want: _Asked, f: Figure, short: Mapping[str, str], names: Mapping[str, Set[str]]
) -> tuple[float, Candidate] | None:
    """How well a figure fits and what is against it; None where it is of something else."""
    if "title of a work" in f.source:
        return None
    if want.money and f.unit not in CURRENCIES and f.measure != "correlation":
        return None
    told = _long(_fields(f), short)
    said = told if f.where == "table" else _long(f.citation.quote, short)
    own, around = bag(told), bag(said)
    if f.where == "table":
        around = around | bag(f.citation.headers[0] if f.citation.headers else "")
    titled = bag(f.citation.title)
    lacks: list[str] = []
    other: list[str] = []
    score, quantity, beside = 0.0, 0, 0
    size = _size(told)
    for u in want.terms:
        here = max(says(u, own), _same(u, told))
        if here >= HALF:
            score += here
            quantity += 1
            continue
        if want.size is not None and _size(u.surface) == want.size:
            if size == want.size:
                score += 1.0
            elif size is not None:
                other.append(next((s.part.text for s in f.scope if s.aspect == "who"), size))
            else:
                lacks.append(u.surface)
            continue
        rival = _rival(u, f) or _namesake(u.surface, f, names)
        if rival is not None:
            other.append(rival)
        elif says(u, around) >= HALF:
            score += ELSEWHERE
            beside += 1
        elif says(u, titled) >= HALF:
            score += TITLED
        else:
            lacks.append(u.surface)
    if want.head is not None and want.head not in told and want.head not in said:
        return None
    for word in want.literal:
        if word in told:
            score += 1.0
            quantity += 1
        elif (rival := _namesake(word, f, names)) is not None:
            other.append(rival)
        elif word in said:
            score += ELSEWHERE
            beside += 1
        else:
            lacks.append(word)
    asked_for = len(want.terms) + len(want.literal)
    unsaid = asked_for and not quantity
    if unsaid and (f.quantity is not None or beside < max(2, asked_for - 1) or f.where == "table"):
        return None
    if unsaid:
        score -= 1.0  # its sentence has the words, and what is counted was not understood
    if asked_for and len(lacks) > asked_for / 2:
        return None
    if want.standing is not None and (rival := _other_standing(want.standing, f)) is not None:
        other.append(rival)
    elif want.standing == "request" and not f.projected and not re.search(r"\brequest", said, re.IGNORECASE):
        lacks.append("request")
    score += _placed(want, f, told, lacks, other)
    score += _dated(want, f, lacks, other)
    if {want.measure, f.measure} & {"correlation", "rank"} and want.measure != f.measure:
        return None
    if want.measure is not None:
        score += 0.8 if f.measure == want.measure else -0.8
    elif f.measure == "level":
        score += 0.5
    elif f.measure == "change":
        score -= 0.5
    if f.citation.cell is not None:
        score += (
            0.2
            if re.fullmatch(r"(?:grand |account )?total|합계|계|전체", f.citation.cell.row.strip(), re.IGNORECASE)
            else 0.0
        )
    if want.size is None and size is not None:
        score -= 0.3
    if f.where == "table" or f.period is not None:
        score += 0.1
    if not asked_for and lacks:
        return None
    extra = sum(
        1 for s in f.scope
        if s.aspect in ("sector", "place", "other") and not _named(want, s.part.text) and not re.fullmatch(r"total|합계|계|전체|enacted|actual", s.part.text.strip(), re.I)
    )  # fmt: skip
    known = frozenset(w for u in want.terms for form_ in u.forms for w in form_)
    strange = len(form(f.quantity.text) - known) if f.quantity is not None else 2
    score -= (0.6 if want.total else 0.3) * (extra + 0.5 * min(strange, 2))
    return score, Candidate(f, tuple(lacks), tuple(dict.fromkeys(other)))


def _long(words: str, short: Mapping[str, str]) -> str:
    """Words with the long form behind every abbreviation that the document itself explains."""
    added = [long for own, long in short.items() if re.search(rf"(?<!\w){re.escape(own)}(?!\w)", words)]
    return " , ".join([words, *added])


def _namesake(word: str, f: Figure, names: Mapping[str, Set[str]]) -> str | None:
    """What a figure is of where the query names something else of the same kind: another row of a table, another of a list."""
    for aspect in names.get(word, ()):
        rival = next((s.part.text for s in f.scope if s.aspect == aspect and s.part.text.strip() != word), None)
        if rival is not None:
            return rival
    return None


def _other_standing(standing: str, f: Figure) -> str | None:
    """`enacted` of a figure where the query asks for the request, and the other way round."""
    words = f"{f.quantity.text if f.quantity else ''} {' '.join(s.part.text for s in f.scope)} {f.citation.cell.column if f.citation.cell else ''}"
    enacted, requested = (re.search(rf"\b{w}", words, re.IGNORECASE) for w in ("enacted", "request"))
    if standing == "request":
        return enacted.group() if enacted and not requested else None
    return requested.group() if requested and not enacted else None


def _same(u: Unit, told: str) -> float:
    """Whether what the query names is named in a wider way: of outward FDI, overseas investment."""
    return 0.8 if any(pattern.search(u.surface) and pattern.search(told) for pattern in SAME) else 0.0


def _named(want: _Asked, words: str) -> bool:
    stems = bag(words)
    return any(says(u, stems) >= HALF for u in want.terms) or bool(
        {p for p, _ in place_mentions(words)} & {*want.places}
    )


def _rival(u: Unit, f: Figure) -> str | None:
    """The sector that a figure is of where the query names another."""
    if not is_sector(u.surface) and not _sectoral(u):
        return None
    sectors = [s.part.text for s in f.scope if s.aspect == "sector"]
    return sectors[0] if sectors else None


def _sectoral(u: Unit) -> bool:
    return any(is_sector(" ".join(form_)) for form_ in u.forms[:3]) and not (
        QUANTITIES.fullmatch(u.surface) or KOREAN.fullmatch(u.surface)
    )


def _placed(want: _Asked, f: Figure, told: str, lacks: list[str], other: list[str]) -> float:
    score = 0.0
    own = {p for p, _ in place_mentions(told)}
    around = {p for p, _ in place_mentions(f.citation.quote)} if f.where != "table" else set()
    for place in want.places:
        if place in own:
            score += 1.0
        elif place == "world" and not own:
            score += 0.3
        elif (rival := _other_place(want, f)) is not None:
            other.append(rival)
        elif place in around:
            score += ELSEWHERE
        else:
            lacks.append(place)
    return score


def _other_place(want: _Asked, f: Figure) -> str | None:
    """The place that a figure is of where the query names others and none of its own."""
    for s in f.scope:
        if s.aspect == "place":
            named = {p for p, _ in place_mentions(s.part.text)}
            if named and not named & {*want.places}:
                return s.part.text
    return None


def _dated(want: _Asked, f: Figure, lacks: list[str], other: list[str]) -> float:
    if not want.years:
        return 0.0
    asked_for = " ".join(map(str, want.years if len(want.years) < 3 else (want.years[0], want.years[-1])))
    if f.period is None or (f.first is None and f.last is None):
        lacks.append(asked_for)
        return 0.0
    first, last = f.first if f.first is not None else -1, f.last if f.last is not None else 9999
    if any(first <= y <= last for y in want.years):
        narrow = f.first is not None and f.last is not None and f.last - f.first <= len(want.years)
        return 1.0 if narrow else 0.3
    other.append(f.period.text)
    return 0.0


# what sets figures apart


def unlike(first: Figure, own: Figure, language: str = "en") -> tuple[Unlike, ...]:
    """In what one figure differs from another: what each counts, whose, where, when, how."""
    return tuple(_unlike(first, own, "ko" if language == "ko" else "en")) if own is not first else ()


def _unlike(first: Figure, own: Figure, language: str) -> Iterator[Unlike]:
    told = "ko" if language == "ko" else "en"
    a, b = (x.quantity.text if x.quantity else "" for x in (first, own))
    if form(a) != form(b):
        yield Unlike("quantity", a, b)
    for aspect in ("who", "sector", "place", "of", "other"):
        mine, theirs = (tuple(s.part.text for s in x.scope if s.aspect == aspect) for x in (first, own))
        if frozenset(map(form, mine)) != frozenset(map(form, theirs)):
            yield Unlike(aspect, "; ".join(mine), "; ".join(theirs))
    if (first.first, first.last) != (own.first, own.last):
        yield Unlike("period", first.period.text if first.period else "", own.period.text if own.period else "")
    if first.measure != own.measure:
        yield Unlike("measure", MEASURES[first.measure][told], MEASURES[own.measure][told])  # type: ignore[index]
    if first.flow != own.flow and first.measure == own.measure:
        yield Unlike("flow", *(FLOWS[x.flow][told] if x.flow else "" for x in (first, own)))  # type: ignore[index]
    if first.unit != own.unit and first.measure == own.measure:
        yield Unlike("unit", first.unit, own.unit)
    if first.projected != own.projected:
        yield Unlike("projected", "yes" if first.projected else "", "yes" if own.projected else "")
