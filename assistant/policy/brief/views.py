"""What the other views give to a brief: recommendations, figures with their scopes, differences between two documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.citations import cite
from assistant.labels import FLOWS
from assistant.policy.brief.audience import addressed
from assistant.policy.brief.lines import OURS, Line, is_whole, item, quoted
from assistant.policy.brief.relating import advised
from assistant.policy.brief.relevance import Relevance
from assistant.policy.numbers import among, figures
from assistant.policy.positions import compare
from assistant.policy.recommendations import recommendations
from assistant.policy.statements import flat
from assistant.render.lines import cell_said
from assistant.text import STOPWORDS
from assistant.types import Citation, Claim, Document, Language, Span, Verdict
from assistant.types.policy import Figure, Recommendation, Row

Place = tuple[str, Span]
_STRENGTH = {"must": 1.2, "should": 1.0, "could": 0.4, "considering": 0.2}


@dataclass(frozen=True, slots=True)
class Advice:
    """Recommendations as lines, most telling first, and whether any is addressed to the one for whom the brief is."""

    lines: tuple[Line, ...]
    addressed: bool
    places: frozenset[Place] = frozenset()
    """Where all of them stand, those to others too."""


def advice(
    documents: Sequence[Document],
    relevance: Relevance | None,
    central: Mapping[Place, float],
    audience: str,
    language: Language,
    least: float = 0.0,
    but: Collection[Place] = (),
) -> Advice:
    """What the documents themselves recommend, on what is asked; where it is for somebody, what is asked of them.
    `but`: places that stand elsewhere."""
    found: list[tuple[float, bool, Recommendation, Document]] = []
    for document in documents:
        for r in recommendations(document):
            if r.voice != "own" or (document.id, r.citation.span) in but:
                continue
            near = 1.0 if relevance is None else relevance.of(document, r.citation.span)
            if relevance is not None:
                on_it = advised(relevance.question.text, r.action.text)
                if near < relevance.least_in(document, least) and not on_it:
                    continue
                near = max(near, least) + 0.3 if on_it else near
            score = 3 * near + _STRENGTH[r.strength] + 0.15 * central.get((document.id, r.citation.span), 0.0)
            score += min(1.2, 0.6 * len(r.instruments)) + 0.3 * (r.actor is not None) + 0.3 * bool(r.beneficiaries)
            score -= 0.015 * max(0, len(r.citation.quote.split()) - 30)
            reach = addressed(r, audience) if audience else None
            found.append((score + 2.0 * (reach == "named"), reach is not None, r, document))
    mine = [f for f in found if f[1]]
    kept = sorted(mine or found, key=lambda f: -f[0])
    lines = [_advised(d, r, language) for _, _, r, d in spread(kept)[:30]]
    places = frozenset((d.id, r.citation.span) for _, _, r, d in found)
    return Advice(tuple(x for x in lines if x is not None), bool(mine), places)


def _advised(document: Document, r: Recommendation, language: Language) -> Line | None:
    """A recommendation with the sentence that opens its list; None where it needs another sentence to be understood."""
    block = next((b for b in document.blocks if b.span.contains(r.citation.span)), None)
    listed = r.citation.quote[:1].islower() or (block is not None and block.kind == "list")
    if r.opened_by is not None and r.opened_by.span != r.citation.span and listed:
        return item(document, r.citation.span, r.opened_by.span)
    if not is_whole(document, r.citation.span):
        return None
    if _EMPTY.search(r.citation.quote):
        return None
    line = quoted(document, r.citation.span, lead=_OPTION[language] if _is_option(r) else "")
    return line if len(line.claims) == 1 else None


def _is_option(r: Recommendation) -> bool:
    """Whether a document only says that something could be done; what it puts forward for attention (`three directions
    deserve attention`) and what must be considered is more."""
    return r.strength in ("could", "considering") and bool(_COULD.search(r.citation.quote))


_COULD = re.compile(
    r"\b(?:could|may|might|can|options?|alternatively|consider(?:s|ed|ing)?)\b|수\s?있|만하|선택지|대안|검토할|고려할|모색할",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\b(?:be|remain) (?:neither\b.{3,40}\bnor|not only\b(?!.*\bbut\b))", re.IGNORECASE)
"""Says only how something should not be."""


_OPTION: dict[Language, str] = {"en": "Option", "ko": "선택지"}
"""Leads what a document says could be done, or is worth looking at: it does not ask for it."""


def spread(
    found: Sequence[tuple[float, bool, Recommendation, Document]],
) -> list[tuple[float, bool, Recommendation, Document]]:
    """The best of each section first, then the second of each: a brief has room for a few, of all that is recommended."""
    turns: dict[tuple[str, tuple[str, ...]], int] = {}
    ranked = []
    for one in found:
        key = (one[3].id, one[2].citation.section)
        turns[key] = turns.get(key, 0) + 1
        ranked.append((one[0] - 0.6 * (turns[key] - 1), one))
    return [one for _, one in sorted(ranked, key=lambda pair: -pair[0])]


def numbers(
    documents: Sequence[Document],
    relevance: Relevance | None,
    central: Mapping[Place, float],
    language: Language,
    least: float,
) -> list[Line]:
    """Figures with all that says what they count, in the sentences or rows that they stand in: those that a question
    asks for, then those of sentences that speak of it; of a document the most telling of each section.
    """
    found = [(d, f) for d in documents for f in figures(d) if f.where == "table" or is_whole(d, f.citation.span)]
    if relevance is None:
        said = _stated(_telling([(d, f) for d, f in found if _scoped(f)], central), found, language)
        return [*said[:2], *(line for d in documents for line in _trend(d, found)), *said[2:]]
    fitting = [c.figure for c in among(relevance.question.text, [f for _, f in found]) if not c.lacks and not c.near]
    held = {d.id: d for d in documents}
    tabled = [_row(held[f.document], f) for f in fitting if f.where == "table"][:3]
    asked = [(held[f.document], f) for f in fitting if f.where == "text"]
    near = [(relevance.of(d, f.citation.span), d, f) for d, f in found if f.where == "text" and _scoped(f)]
    ranked = sorted(
        ((r, d, f) for r, d, f in near if r >= relevance.least_in(d, least)),
        key=lambda x: -(x[0] + 0.05 * _worth(x[2])),
    )
    said = _stated([*asked, *((d, f) for _, d, f in ranked)], found, language)
    return [*said[: len(asked)], *tabled, *said[len(asked) :]]


_TOTAL = re.compile(
    r"^(?:grand )?totals?\b|^(?:all|overall|whole|world)\b|^(?:합계|총계|전체|계|총액|소계)\b", re.IGNORECASE
)


def _trend(document: Document, found: Sequence[tuple[Document, Figure]]) -> list[Line]:
    """Of the first table that has a total over years its first and last value: where the whole is going."""
    rows: dict[tuple[str, str], list[Figure]] = {}
    for d, f in found:
        cell = f.citation.cell
        if (
            d.id == document.id
            and cell is not None
            and _TOTAL.match(cell.row.strip())
            and _YEAR.fullmatch(cell.column.strip())
        ):
            rows.setdefault((cell.table, cell.row), []).append(f)
    for figures_of in rows.values():
        by_year = {f.citation.cell.column.strip(): f for f in reversed(figures_of) if f.citation.cell is not None}
        if len(by_year) < 2:
            continue
        one, two = (replace(_row(document, by_year[y])) for y in (min(by_year), max(by_year)))
        claims = (one.claims[0], replace(two.claims[0], lead="", citations=(2,)))
        return [Line(claims, (one.citations[0], replace(two.citations[0], marker=2)))]
    return []


_YEAR = re.compile(r"(?:19|20)\d\d년?")


def _scoped(f: Figure) -> bool:
    """Whether it says what it counts, and when."""
    return (
        f.where == "text"
        and f.quantity is not None
        and f.period is not None
        and f.measure != "rank"
        and not f.citation.quote[:1].islower()
    )


def _worth(f: Figure) -> float:
    """A share or an amount of money says more to an official than a count; what is long past less."""
    measured = f.currency is not None or f.unit == "percent"
    small = not measured and f.high < _FEW
    return measured + float(bool(f.scope)) + float(f.origin == "own") - 1.5 * small


_FEW = 20
"""A count below it, of rules or steps or days, is seldom a figure to quote."""


def _telling(found: Sequence[tuple[Document, Figure]], central: Mapping[Place, float]) -> list[tuple[Document, Figure]]:
    newest = max((f.last or f.first or 0 for _, f in found), default=0)

    def score(entry: tuple[Document, Figure]) -> float:
        d, f = entry
        past = min(3.0, max(0, newest - (f.last or f.first or newest)) / 5)
        length = len(f.citation.quote.split())
        return 0.4 * central.get((d.id, f.citation.span), -1.0) + _worth(f) - past - 0.03 * max(0, length - 20)

    turns: dict[tuple[str, ...], int] = {}
    ranked = []
    for one in sorted(found, key=lambda e: -score(e)):
        turns[one[1].citation.section] = turns.get(one[1].citation.section, 0) + 1
        ranked.append((score(one) - 0.7 * (turns[one[1].citation.section] - 1), one))
    return [one for _, one in sorted(ranked, key=lambda pair: -pair[0])]


def _stated(
    chosen: Sequence[tuple[Document, Figure]], found: Sequence[tuple[Document, Figure]], language: Language
) -> list[Line]:
    """The sentence of each figure, once, led by what its figures count."""
    out, seen = [], set()
    for d, f in chosen:
        place = (d.id, f.citation.span)
        if place in seen:
            continue
        seen.add(place)
        fellows = [g for e, g in found if e.id == d.id and g.citation.span == f.citation.span and _scoped(g)]
        led = sorted(dict.fromkeys((f, *fellows)), key=_at)
        told = [figure_said(g, language) for g in led[:2]] if all(clear(g) for g in led) else []
        line = quoted(d, f.citation.span, lead="; ".join(dict.fromkeys(told)))
        if len(line.claims) == 1:
            out.append(line)
    return out


def _at(f: Figure) -> int:
    return f.span.start


def _row(document: Document, f: Figure) -> Line:
    """A cell of a table: its row, column, value and unit, under the table's caption."""
    caption = f.citation.headers[0] if f.citation.headers else ""
    claim = Claim(cell_said(f.citation), (1,), Verdict("unchecked"), lead=flat(caption))
    return Line((claim,), (replace(f.citation, marker=1),))


_RELAYED: dict[Language, str] = {"en": "relayed", "ko": "인용"}
_PROJECTED: dict[Language, str] = {"en": "projected or planned", "ko": "전망·계획"}


def clear(f: Figure) -> bool:
    """Whether quantity, period and scope, put beside a figure, say what its sentence says. They do not of a rate (`annual`),
    of a bound (`at least`), of a change (`rose by`), of a length of time, or where what is counted was not read as a name.
    """
    quote, at = f.citation.quote, f.span.start - f.citation.span.start
    before, behind = quote[max(0, at - 40) : at], quote[at + len(f.surface) : at + len(f.surface) + 40]
    counted = f.currency is not None or f.high >= _FEW
    if f.bound in ("over", "under") or f.measure != "level" or f.unit in (*_TIME, "percent", "points", "times"):
        return False  # of a share it is rarely plain of what
    if not counted:
        return False
    if _TURNED.search(before) or _RATED.search(behind) or _RATED_BEFORE.search(before):
        return False
    names = [f.quantity.text if f.quantity else "", *(s.part.text for s in f.scope)]
    dated = f.period is None or not _RELATIVE.search(flat(f.period.text))
    return dated and all(_is_name(flat(name)) for name in names)


_TIME = frozenset(("year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minutes"))
_TURNED = re.compile(
    r"\b(?:by|from|another|additional|further|extra|than|least|most|up to|over|above|below|under|nearly|almost|only|"
    r"exceed\w*|reach\w* (?:about )?|cut|down to|not)\s+(?:\w+\s+){0,2}$|(?:매년|연간|연평균|월평균|매월|하루|최대|최소|평균|월|추가로)\s*$"
    r"|에서\s*$",
    re.IGNORECASE,
)
"""Stands before a bound, a change or a rate."""
_RATED_BEFORE = re.compile(r"\b(?:annual(?:ly)?|yearly|monthly|daily|average|per \w+)\b[^.;]{0,25}$", re.IGNORECASE)
_RATED = re.compile(
    r"^\W*(?:(?:in |of )?(?:annual|yearly|monthly|daily)\b|(?:an?|per|each|every) (?:\w+ )?(?:year|month|week|day|person|"
    r"head|household|capita)|annually|or (?:more|less|fewer)|higher|lower|more|less|fewer|to \d|points?)"
    r"|^\s*(?:씩|이상|이하|초과|미만|을 넘|를 넘|포인트|에서|(?:이나|가|이|을|를|로|으로|만큼|정도|가량)?\s?"
    r"(?:늘|줄|증가|감소|상승|하락|높|낮|오르|올랐|내렸|절감|아낄|그치|그친))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:following|previous|next|same|that|this|last|thereafter|then|since|after|before|of|original|per|annual(?:ly)?)\b"
    r"|같은|다음|이후|이전|지난|매년|연간",
    re.IGNORECASE,
)
"""A period that is told by another, or that may be the date of something else."""
_UNREAD = re.compile(
    r"[,;:“”\"(]|^(?:and|or|of|the|an?|its?|their|this|that|these|those|other|such|which|who)$|\b(?:and|or|of|that|which|not)$"
    r"|(?:^|\s)\w+(?:면|며|지만|는데|아서|어서|에는|에서|에게)(?=\s|$)|^[가-힣]{1,4}(?:의|이|가|은|는|을|를|에|로)$",
    re.IGNORECASE,
)
"""No name of a thing: a stretch of a clause, or a word that carries none."""


def _is_name(text: str) -> bool:
    words = text.split()
    verb = len(words) == 1 and re.fullmatch(
        r"[a-z]+ed|cut|set|put|spent|sold|bought|paid|rose|fell|grew|held|made", text
    )
    return any(w.casefold() not in STOPWORDS for w in words) and not verb and not _UNREAD.search(text)


def figure_said(f: Figure, language: Language) -> str:
    """`USD 5.9 billion (outward FDI; electrical equipment; 2024; relayed)`: a figure with all that narrows it."""
    said = [f.quantity.text] if f.quantity else []
    said += [FLOWS[f.flow][language]] if f.flow == "stock" else []
    said += [s.part.text for s in f.scope]
    said += [f.period.text] if f.period else []
    said += [_PROJECTED[language]] if f.projected else []
    said += [_RELAYED[language]] if f.origin == "relayed" else []
    return f"{flat(f.surface)} ({'; '.join(dict.fromkeys(map(flat, said)))})"


_BETWEEN: dict[Language, dict[str, str]] = {
    "en": {
        "only": "Spoken of only by {}: {}.",
        "both": "{topic}: {first} ≠ {second}",
        "why": "{topic} (first: {}; second: {}): {why}",
    },
    "ko": {
        "only": "{}에만 있는 내용: {}.",
        "both": "{topic}: {first} ≠ {second}",
        "why": "{topic}(첫째: {}, 둘째: {}): {why}",
    },
}
_LONG, _ONLY = 60, 5
"""Words that are too many for a difference; topics named of which one alone speaks."""


def differences(
    first: Document,
    second: Document,
    relevance: Relevance | None,
    names: tuple[str, str],
    language: Language,
    least: float,
) -> list[Line]:
    """Topics on which two documents differ, what each says side by side, and the topics of which one alone speaks."""
    rows = compare(first, second, language=language, most=None).rows
    held = {first.id: first, second.id: second}

    def near(row: Row) -> bool:
        if relevance is None:
            return True
        return any(relevance.of(held[c.document], c.span) >= least for c in (*row.first, *row.second))

    kept = [row for row in rows if near(row)]
    out = [line for row in _quarrels(kept) for line in _told_apart(row, held, names, language)]
    if relevance is not None:  # what stands beside a subject is not the subject
        kept = [row for row in kept if relevance.names(row.topic)]
    for relation, name in zip(("only_first", "only_second"), names, strict=True):
        of_one = [row for row in kept if row.relation == relation][:_ONLY]
        places = [c for row in of_one for c in (row.first or row.second)[:1]]
        if of_one:
            text = _BETWEEN[language]["only"].format(name, ", ".join(row.topic for row in of_one))
            out.append(_of_ours(text, places))
    return out


def _quarrels(rows: Sequence[Row]) -> list[Row]:
    """The rows that differ; of those that lay the same sentences side by side one, under all their topics."""
    by_places: dict[frozenset[tuple[str, Span]], list[Row]] = {}
    for row in rows:
        if row.relation == "differ":
            places = frozenset((c.document, c.span) for c in (row.first[0], row.second[0]))
            by_places.setdefault(places, []).append(row)
    return [replace(same[0], topic=", ".join(dict.fromkeys(r.topic for r in same[:2]))) for same in by_places.values()]


def _told_apart(row: Row, held: Mapping[str, Document], names: tuple[str, str], language: Language) -> list[Line]:
    """What each says, side by side; else, where that is long or stands elsewhere, in what they differ."""
    one, two = row.first[0], row.second[0]
    claims = tuple(
        Claim(flat(c.quote), (n,), Verdict("unchecked"), lead=f"{row.topic} — {name}" if n == 1 else name)
        for n, (c, name) in enumerate(zip((one, two), names, strict=True), start=1)
    )
    places = tuple(cite(held[c.document], c.span, n) for n, c in enumerate((one, two), start=1))
    lines = [Line(claims, places, row.topic)]
    if row.why:
        text = _BETWEEN[language]["why"].format(*names, topic=row.topic, why=flat(row.why).rstrip("."))
        lines.append(replace(_of_ours(f"{text}.", [one, two]), key=row.topic))
    return [line for line in lines if line.words <= _LONG]


def _of_ours(text: str, places: Sequence[Citation]) -> Line:
    """A sentence of ours that names what stands at the places."""
    kept = list({(c.document, c.span): c for c in places}.values())
    marks = tuple(range(1, len(kept) + 1))
    cited = tuple(replace(c, marker=n) for n, c in zip(marks, kept, strict=True))
    return Line((Claim(text, marks, Verdict("unchecked", OURS)),), cited)
