"""How far a measure had come of which a sentence speaks: proposed, announced, planned, under way, in force, suspended,
ended, struck down. Nothing where no measure is named, or where the sentence only asks for it, denies it or supposes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.policy.dates.measures import Measure, measures_en, measures_ko
from assistant.policy.dates.signs import SIGNS_EN, SIGNS_KO, Sign
from assistant.policy.statements import Statement, flat
from assistant.sources.dates import DATE
from assistant.text import language_of
from assistant.types import Span, Stage
from assistant.types.policy import Part, Staged

RANK: dict[Stage, int] = {
    "proposed": 0, "announced": 1, "planned": 1, "under_way": 2, "in_force": 3, "suspended": 3, "ended": 3, "struck_down": 4,
}  # fmt: skip
"""What was done to a measure says more of it than that it was announced; among equals the last that is told counts."""
_CLAUSE_EN = re.compile(
    r"[;:—]\s*|,\s+(?:and|but|while|whereas|although|though|which|who|where)\s+|\s(?:while|whereas|although|though)\s+|(?<=\w)\.\s+(?=[A-Z])"
)
_CLAUSE_KO = re.compile(r"(?<=[고며나]),?\s+|(?<=지만),?\s+|(?<=는데),?\s+|[;.]\s+")
_NOT_TOLD = re.compile(
    r"(?:\b(?:not|never|no|nor|without|should|must|could|may(?!\s\d)|might|can|cannot|shall|ought to|need(?:s|ed)? to|would(?! have\b)|"
    r"if|unless|whether|asked|urged|called on|refused|failed|fails|risk(?:s|ed)?|threaten(?:s|ed)?|seeks?|sought|calls? for|want(?:s|ed)?|could be|"
    r"in order|aims?|aimed|expected|likely|how)\b|n[’']t\b)(?:\s+[\w’'-]+){0,3}\s*$",
    re.IGNORECASE,
)
"""Before the sign: what follows is not told as having come about."""
_TO = re.compile(r"\b(?:to|by|for|of|from|in|through|without|when|before|after)\s(?:\w+ly\s)?$", re.IGNORECASE)
_KO_NOT_TOLD = re.compile(
    r"^(?:지\s?(?:않|못)|해야|돼야|되어야|하여야|할 (?:필요|경우|수|때)|될 (?:경우|수|때)|하면|되면|한다면|된다면|하도록|하기 위해|하려면|할지|될지)"
)
_WHEN = re.compile(
    rf"(?P<lead>\b(?:[Oo]n|[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Ii]n early|[Ii]n late|[Ii]n mid|[Ee]ffective|[Uu]ntil|[Tt]hrough|[Aa]fter|[Bb]efore|[Aa]t the end of|"
    rf"[Bb]y the end of|[Aa]s of|(?:[Ii]n|[Aa]t|[Dd]uring) the(?= (?:19|20)\d\d (?:[\w.–-]+ ){{0,4}}(?:negotiations?|talks|summit|session|review|round|budget)))[- ])(?P<en>{DATE}|(?:January|February|March|April|May|June|July|August|September|October|November|"
    rf"December)\s\d{{1,2}}(?!\d))|(?P<ko>(?:19|20)\d\d년(?:\s?\d{{1,2}}월(?:\s?\d{{1,2}}일)?)?(?:\s?(?:말|초|상반기|하반기))?)"
)


_GIVEN = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|ese|ose)|[Ii]ts|[Tt]heir|[’']s)\s$")
_AWAY = re.compile(
    r"[.;,]|\b(?:because|after|under|by|since|until|against|in|with|at|from|on|of|for|to|about|over|into|through|between|before|that|\w{3,}(?:ed|ing)|"
    r"is|are|was|were|has|have|had|will|would)\b"
)
"""Between a verb and a noun that is not its object."""
_SUPPOSED = re.compile(
    r"^\W*(?:[Ww]hen(?:ever)?|[Aa]ssuming|[Ss]hould)\b|\b(?:[Ii]f|[Oo]nce|[Uu]nless|[Uu]ntil|[Ww]hether)\s[^,]*$"
)
_ASIDE = re.compile(
    r"\b(?:following|after|under|by|of|despite|before|during|pursuant to|in response to)\s(?:an?\s|the\s|its\s)?$"
)
_OTHER_OBJECT = re.compile(r"(?<![가-힣])(?!시행|적용|도입|발효|부과|집행|추진|협상|계획)[가-힣]{2,}[을를](?:\s|$)")
"""Korean: between a measure and the verb, an object that is not the doing of the measure."""
_WHILE = re.compile(r"\b(?:while|if|unless|until|once)\s$")
_PLACED = re.compile(r"\b(?:across|in|of|from|for|with|to|by|at|throughout)\s(?:the\s)?(?:United\s|European\s)?$")
_BILL = re.compile(r"\b(?:bills?|legislation|resolutions?|proposals?|Congress(?:es)?|(?:H\.R\.|S\.) \d+)\b")
_LAWS = re.compile(r"\b(?i:acts?|laws?|amendments?|constitution)\b")
"""What is approved of these may be in force by it, or only be passed on: nothing is told."""
_BEHIND = 30
"""Characters by which a date before the sign counts as farther away than one behind it."""
_FIRMS = re.compile(
    r"\b(?:[Ff]irms?|[Cc]ompan(?:y|ies)|[Ii]nvestors?|[Mm]anufacturers?|[Hh]ouseholds?|[Bb]anks?|[Uu]niversities|[Aa]ffiliates|[Ss]uppliers)\s"
    r"(?:\w+\s){0,2}$"
)
"""What they postpone or adopt is no measure of government."""
_NO_OBJECT = re.compile(
    r"\s?(?:$|[,.;:)—–]|\s(?:in|on|by|under|to|for|from|at|with|since|after|before|during|against|as|last|this|earlier|later|across|over|"
    r"through|until|upon|when|while|and|but|or|into|within|pursuant|because|without|unlawful\w*|illegal\w*|\w+ly|[A-Z][a-z]+ \d)\b)"
)
"""Behind a participle that belongs to the noun before it: a verb in the past would have an object here."""
_DATES = re.compile(
    r"\b(?:[Ss]ince|[Aa]fter|[Ff]ollowing|[Bb]efore|[Uu]ntil|[Uu]pon|[Ww]ith|[Pp]rior to)\s(?:[\w’'-]+\s){0,5}$"
)
"""`Since the April 2 announcement of …` only dates what the sentence tells."""
_OWN_PAPER = re.compile(
    r"\b(?:papers?|study|studies|article|authors?|report|we|section|essay|brief|chapter|I)\s(?:\w+ly\s)?$",
    re.IGNORECASE,
)
"""Before `proposes`: the document's own advice, which is no measure of anybody."""


@dataclass(frozen=True, slots=True)
class _Found:
    stage: Stage
    sign: Span
    what: Measure | None
    complement: Span | None
    clause: Span


def staged(said: Statement | str) -> tuple[Staged, ...]:
    """In the order of the text. Spans are the document's where a statement is given, else the text's own."""
    if isinstance(said, str):
        words, by = said, 0
    else:
        words, by = said.span.slice(said.document.text), said.span.start
    text = re.sub(r"\s", " ", words)
    if text.rstrip().endswith("?"):
        return ()
    korean = language_of(text) == "ko"
    found = list(_korean(text) if korean else _english(text))
    return tuple(_told(f, text, by) for f in _last(found, text))


def stage_of(said: Statement | str) -> Stage | None:
    """The one stage that a sentence tells; None where it tells none, or several."""
    stages = {s.stage for s in staged(said)}
    return stages.pop() if len(stages) == 1 else None


def _clauses(text: str, cut: re.Pattern[str]) -> list[Span]:
    edges = [0]
    edges += [m.end() for m in cut.finditer(text)]
    return [Span(a, b) for a, b in zip(edges, [*edges[1:], len(text)], strict=True) if b > a]


def _english(text: str) -> Iterable[_Found]:
    named = measures_en(text)
    taken: list[Span] = []
    clauses = _clauses(text, _CLAUSE_EN)
    for sign in SIGNS_EN:
        for m in sign.shape.finditer(text):
            at = Span(*m.span("sign") if "sign" in sign.shape.groupindex else m.span())
            if any(at.overlaps(t) for t in taken):
                continue
            clause = next(c for c in clauses if c.start <= at.start < c.end)
            before = text[clause.start : at.start]
            if _NOT_TOLD.search(before) or (not sign.nominal and _TO.search(before)):
                continue
            if _SUPPOSED.search(before) or _WHILE.search(text[: clause.start]):
                continue
            if "complement" in m.groupdict() and _PLACED.search(text[: m.start()]):
                continue
            if not sign.nominal and _FIRMS.search(before):
                continue
            if sign.nominal and _DATES.search(before):
                continue
            if sign.stage == "proposed" and _OWN_PAPER.search(before):
                continue
            if m.group().startswith("introduced") and sign.stage == "in_force" and _BILL.search(clause.slice(text)):
                continue
            if m.group() == "approved" and (_BILL.search(clause.slice(text)) or _LAWS.search(clause.slice(text))):
                continue
            what, complement = _measure(sign, at, m, clause, named, text)
            if what is None and complement is None:
                continue
            taken.append(at)
            yield _Found(sign.stage, at, what, complement, clause)


def _measure(
    sign: Sign, at: Span, m: re.Match[str], clause: Span, named: list[Measure], text: str
) -> tuple[Measure | None, Span | None]:
    """What the sign tells of: the object behind it, or the subject before it, as the sign asks."""
    inner = [n for n in named if at.start < n.head.start and n.head.end <= at.end]
    if inner and at.slice(text).endswith(("authorize", "authorise")):  # what it does not authorize is struck down
        return next((n for n in named if n.head.start >= at.end and n.head.start < clause.end), None), None
    if inner:
        that = re.search(r"\bthat\b", at.slice(text))
        return next((n for n in inner if that and n.head.start > at.start + that.end()), inner[0]), None
    behind = [n for n in named if n.head.start >= at.end and n.head.start < clause.end]
    begin = clause.start
    if re.match(r".*?,\s(?:which|who)\s$", text[: clause.start]):  # what the relative clause is said of
        begin = 0
    ahead = [n for n in named if n.head.end <= at.start and n.head.start >= begin]
    if sign.of == "object":
        if (
            at.slice(text).startswith(("announced", "announces"))
            and behind
            and re.match(r"\s(?:on [^,;]{3,30} )?that\b", text[at.end :])
        ):
            return next((n for n in behind if not _ASIDE.search(text[: n.span.start])), None), None
        if behind:
            n = behind[0]
            between = text[at.end : n.span.start]
            if n.span.start < at.end:  # `proposed legislation`: the sign is read as a word of the measure
                return Measure(Span(at.end + 1, n.span.end), n.head), None
            if sign.stage in ("proposed", "announced") and re.fullmatch(r"\s(\w+ing\s(?:\w+\s){0,3})", between):
                return Measure(Span(at.end + 1, n.span.end), n.head), None
            if len(between.split()) <= sign.reach and not _AWAY.search(between):
                return n, None
        passive = re.search(
            r"\b(?:is|are|was|were|be|been|being|has been|have been|had been)\s(?:\w+ly\s|also\s|since\s|then\s|now\s)*$",
            text[clause.start : at.start],
        )
        if passive:
            return (_nearest(ahead, at, text), None)
        reduced = (
            ahead[-1]
            if ahead
            and re.fullmatch(
                r",?\s(?:(?:that|which)\s(?:were|was|are|is|had been|have been)\s|first\s|recently\s|initially\s|already\s)?",
                text[ahead[-1].span.end : at.start],
            )
            else None
        )
        if (
            reduced is not None
            and _NO_OBJECT.match(text[at.end :])
            and not (sign.stage == "proposed" and re.search(r"\bto\s[a-z]", text[at.end - 2 : at.end + 5]))
            and (reduced.span.start == 0 or _GIVEN.search(text[: reduced.span.start]) or _named(reduced, text))
        ):
            return reduced, None
        if "complement" in sign.shape.groupindex and m["complement"]:
            return None, Span(*m.span("complement"))
        return None, None
    return _nearest(ahead, at, text), None


def _named(n: Measure, text: str) -> bool:
    """Whether the measure is a certain one, by a name or figure of its own: `tariffs imposed on …` may be any."""
    return bool(re.search(r"[A-Z0-9]", n.span.slice(text)[1:]))


def _nearest(ahead: list[Measure], at: Span, text: str) -> Measure | None:
    """The subject of a passive or of `took effect`: the measure before it that stands in no prepositional phrase."""
    for n in reversed(ahead):
        between = re.sub(r"\([^()]*\)|, [^,]{3,120},|,\s(?:which|who)\s*$", " ", text[n.span.end : at.start])
        joined = re.search(
            r"\b(?:and|but)\s(?:\w+ly\s|later\s|then\s|has\s|have\s|had\s)*(?:was|were|is|are|been)\s*$", between
        )
        if "," in between or len(between.split()) > (14 if joined else 7):
            return None
        lead = text[: n.span.start].rstrip('“"‘ ')
        inside = re.search(
            r"\b(?:under|by|in|through|with|of|for|on|against|to|from|at)(?:\s(?:the|a|an|its|their|his|this|these|new|all))*$",
            lead,
        )
        if not inside:
            return n
    return None


def _korean(text: str) -> Iterable[_Found]:
    named = measures_ko(text)
    clauses = _clauses(text, _CLAUSE_KO)
    taken: list[Span] = []
    for sign in SIGNS_KO:
        for m in sign.shape.finditer(text):
            at = Span(*m.span())
            if any(at.overlaps(t) for t in taken) or _KO_NOT_TOLD.match(
                text[at.end :].lstrip() if sign.bare else text[at.end :]
            ):
                continue
            clause = next(c for c in clauses if c.start <= at.start < c.end)
            inner = [n for n in named if at.start <= n.head.start and n.head.end <= at.end]
            ahead = [n for n in named if clause.start <= n.span.start and n.head.end <= at.start]
            what = next(
                (
                    n
                    for n in reversed(ahead)
                    if not _OTHER_OBJECT.search(text[n.head.end + 1 : at.start])
                    and re.match(
                        r"(?:[을를이가은는도]|까지|(?:의)?(?:\s\d[\d.,]*\s?(?:퍼센트|%|[만억조]?\s?원))?\s(?:전면 |단계적 |본격 )?(?:시행|적용|도입|발효|부과)[을를이가은는])(?:\s|$)",
                        text[n.head.end :] + " ",
                    )
                ),
                None,
            )
            what = what or next((n for n in reversed(ahead) if not text[n.head.end : at.start].strip()), None)
            what = inner[0] if inner and re.match(r"[을를]", text[inner[0].head.end :]) else what
            if what is None:  # the subject of the sentence, where this clause has none
                lead = [
                    n for n in named if n.head.end <= clause.start and re.match(r"[은는이가]\s", text[n.head.end :])
                ]
                own = re.search(
                    r"(?<![가-힣])(?!시행|적용|도입|발효|부과|집행|발표|추진)[가-힣]{2,}[을를이가은는]\s",
                    text[clause.start : at.start],
                )
                lead = lead or ([n for n in named if n.head.end <= clause.start][-1:] if own is None else [])
                what = lead[-1] if lead and not own else None
            if what is None:
                continue
            taken.append(at)
            yield _Found(sign.stage, at, what, None, clause)


def _last(found: list[_Found], text: str) -> list[_Found]:
    """One stage for each measure: what was done to it before what was only said of it, else the last that is told."""
    found.sort(key=lambda f: f.sign)
    kept: dict[tuple[int, int], _Found] = {}
    for f in found:
        span = f.what.head if f.what else f.complement
        assert span is not None
        key = (span.start, span.end)
        old = kept.get(key)
        if old is None or RANK[f.stage] >= RANK[old.stage]:
            kept[key] = f
    return sorted(kept.values(), key=lambda f: f.sign)


def _told(f: _Found, text: str, by: int) -> Staged:
    what = f.what.span if f.what else f.complement
    date = _when(f, what, text)
    return Staged(
        f.stage,
        _part(f.sign, text, by),
        _part(what, text, by) if what else None,
        _part(date, text, by) if date else None,
    )


def _part(span: Span, text: str, by: int) -> Part:
    return Part(flat(span.slice(text)), span.shift(by))


def _when(f: _Found, what: Span | None, text: str) -> Span | None:
    """The date in the clause that is nearest to the sign; none that stands in the measure's own name."""
    best: tuple[int, Span] | None = None
    for m in _WHEN.finditer(text, f.clause.start, f.clause.end):
        group = "en" if m["en"] else "ko"
        span = Span(*m.span(group))
        if f.what is not None and what is not None and span.overlaps(what):
            continue
        if f.sign.overlaps(span) and re.search(r"\bthat\b", text[f.sign.start : span.start]):
            continue  # of what was ruled on, not of the ruling
        away = span.start - f.sign.end if span.start >= f.sign.end else f.sign.start - span.end + _BEHIND
        if best is None or away < best[0]:
            best = (away, span)
    return best[1] if best else None
