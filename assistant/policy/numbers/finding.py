"""The figures of a sentence: which of its numbers measure, count or rank something, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.citations import is_reference
from assistant.quantities import numbers
from assistant.stance.amounts import Amount
from assistant.stance.attached import anaphoric
from assistant.stance.keys import Key, keys
from assistant.text import language_of
from assistant.types import Span

Bound = Literal["exact", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in its sentence; spans count characters of the sentence."""

    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    span: Span
    surface: str
    key: Key | None = None
    """What the judge of statements knows of it; None of a rank."""
    rank: bool = False
    title: bool = False
    """Whether it stands in the title of a work that is only named."""

    @property
    def money(self) -> bool:
        return self.unit in CURRENCIES


CURRENCIES = frozenset("USD KRW EUR JPY GBP CNY AUD CAD NZD HKD SGD TWD CHF SEK NOK DKK INR BRL".split())
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/)[^\s>]+")
_VOLUME = re.compile(
    r"\b\d+(?:,\s?(?:no|nos|issue)\.?\s?[\d/\u2013-]+)?,?\s?\((?:[^()]{0,24}\s)?(?:19|20)\d\d\)(?::?\s?\d+(?:[\u2013-]\d+)?)?"
    r"|\((?:[^()]{0,24}\s)?(?:19|20)\d\d\)\s?:\s?\d+(?:[\u2013-]\d+)?|\b(?:no|nos|vol|vols|pp?|ch|chap|art|sec)\.\s?[\d/.,\u2013-]+"
    r"|\b(?:Working |Discussion |Research |Policy )?Papers? (?:Series )?(?:No\.? )?[\d/]+|\((?:19|20)\d\d/\d+\)"
)
_QUOTED = re.compile(r"[\u201c\"][^\u201d\"]{8,}[\u201d\"]|[\u300c\u300e][^\u300d\u300f]{4,}[\u300d\u300f]")
_LEGAL = re.compile(
    r"(?:\bU\.?S\.?C\.?|\bC\.?F\.?R\.?|\bStat\.|\bFed\. Reg\.|\bH\.R\.|\bS\.|\bH\. ?Res\.|\bS\. ?Res\.|\bP\.L\.|§+)\s?$"
    r"|(?:\b(?:sections?|secs?\.?|articles?|chapters?|titles?|subtitles?|divisions?|executive order|proclamation|e\.o\.|eo|"
    r"presidential determination|docket|form|tier|category|group of|schedule|paragraph|subsection|clause|rule|note|notes|step|item|"
    r"page|pages|footnote|endnote|table|tables|figure|figures|chart|charts|box|appendix|annex|heading|subheading|hts|"
    r"highway|route|interstate|flight|public law|bill|phase|option|scenario|version|stage|part|chapter|room|suite|zone|"
    r"covid|sdg|level|class|type|model|block|mark|increment|no\.|number|nos\.))\s?(?:\(?\d+[\w.()-]*(?:,| and| or|,? and| to|[\u2013-])\s?)*$",
    re.IGNORECASE,
)
_CODE_BEHIND = re.compile(
    r"\s?(?:U\.?S\.?C|C\.?F\.?R|Stat\.|Fed\. Reg|et seq|F\.\dd|Cong\.|(?:st|nd|rd|th)\b)"
    r"|[-\u2011](?:inch|bit|nanometer|nm|D)\b|/\d|:\d\d\b|\s(?:Figure|Table|Chart|Box)\s\d|[-\s](?:fifths|quarters|thirds|tenths|fourths|sixths|eighths)\b|\s?(?:a\.m\.|p\.m\.|nm\b)|[A-Za-z]*\d|\)(?=\s?[a-zA-Z\uac00-\ud7a3])",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<![.!?] )(?<!^)\b(?P<name>[A-Z][A-Za-z&.'\u2019]*[-\u2010-\u2013\s])$")
_NO_NAMES = frozenset(
    """about some only nearly almost over under roughly approximately more all these those the its their at by in of to
    and or with for from usd us krw eur jpy cny rmb gbp percent another additional approximately""".split()
)
_PERIOD = re.compile(
    r"\b(?:(?:in|over|for|during|within|across|through(?:out)?|of|since|per|every|after)\s)?(?:the\s)?(?:next|past|last|previous|first|coming|following|"
    r"preceding|subsequent|recent|final|initial|prior|latest|remaining|entire)\s(?:nearly\s|about\s|roughly\s)?$",
    re.IGNORECASE,
)
_HIGHEST_IN = re.compile(
    r"\b(?:highest|lowest|largest|smallest|first|most|least|worst|best|fastest|steepest|sharpest)\b[^.;,]{0,40}\bin\s(?:\w+\s)?$",
    re.I,
)
_SPLIT = re.compile(r"\s(?:includes?|would|will|was|is|has|provides?|authorizes?|requires?|amends?|passed)\b")
"""Behind a number that begins a sentence: it ends the name before, as in `S.Con.Res. 33 includes`."""
_AGE = re.compile(r"[-\s]year[-\s]old|\s?세(?![가-힣])", re.IGNORECASE)
_TALK = frozenset(
    """pillar dimension stage direction way reason factor point option category type part section question issue topic step
    theme goal objective aim aspect approach element area principle phase scenario kind form side chapter case example
    argument lesson implication conclusion finding recommendation measure challenge argument set group period thing version
    time half hand word respect sense strategy condition component purpose priority feature track axis avenue""".split()
)
"""What a text counts of its own making: `three pillars` is no figure of anything."""
_TALK_KO = re.compile(
    r"\s?(?:가지|단계|축|방향|측면|유형|부분|요인|이유|과제|원칙|목표|번째|개\s?(?:축|방향|부문으로|단계|과제|원칙|항목|유형|측면|요인|장(?![가-힣])))"
)
_PEOPLE = re.compile(
    r"\b(?:people|persons?|workers?|employees?|jobs|students?|teachers?|residents?|refugees?|migrants?|immigrants?|citizens?|troops|soldiers|"
    r"personnel|inhabitants|individuals|farmers|children|women|men|patients|voters|professionals|researchers|engineers)\b|"
    r"^\s?(?:여\s?)?(?:명|인(?![가-힣]))",
    re.IGNORECASE,
)
_COEFFICIENT = re.compile(
    r"\bcorrelat|\bcoefficient|\belasticit|\bindex\b|\bscore|\bratio\b|상관|계수|탄력성|지수|점수", re.IGNORECASE
)
_PASSED = re.compile(
    r"\b(?:surpass(?:ed|es|ing)?|exceed(?:ed|s|ing)?|cross(?:ed|es|ing)?|topp(?:ed|ing)|tops|passed|above|over)\s(?:the|a|an)\s"
    r"(?:US\$|USD|KRW|EUR|[$\u20ac\u20a9\u00a3\u00a5])?\s?$",
    re.IGNORECASE,
)  # fmt: skip
_WRITTEN_DAYS = {
    "second": Decimal(1) / 86400, "minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "day": Decimal(1),
    "week": Decimal(7), "month": Decimal("30.4375"), "year": Decimal("365.25"), "decade": Decimal("3652.5"),
    "초": Decimal(1) / 86400, "분": Decimal(1) / 1440, "시간": Decimal(1) / 24, "주": Decimal(7),
    "개월": Decimal("30.4375"), "년": Decimal("365.25"), "일": Decimal(1),
}  # fmt: skip
_DAYS_NAMES = {
    "초": "seconds",
    "분": "minutes",
    "시간": "hours",
    "일": "days",
    "주": "weeks",
    "개월": "months",
    "년": "years",
}


def found_in(text: str, note: bool = False) -> tuple[Found, ...]:
    """The figures of a sentence in their order; `text` may hold line breaks as spaces, one for one."""
    titles = [Span(*m.span()) for m in _QUOTED.finditer(text)]
    only_names = is_reference(text) and (note or not re.search(r"\d ?(?:percent|%|[mb]illion)", text))
    masked = [Span(*m.span()) for p in (_ADDRESS, _VOLUME) for m in p.finditer(text)]
    found: list[Found] = []
    for key in keys(text):
        a = key.amount
        if any(s.overlaps(a.span) for s in masked):
            continue
        in_title = any(s.contains(a.span) for s in titles)
        named_only = in_title and _names_work(text, a.span, only_names)
        if (only_names and not in_title) or (named_only and a.unit not in (*CURRENCIES, "percent", "points")):
            continue
        if _measures(text, key):
            found.append(replace(_found(text, key), title=named_only))
    found += [f for f in _of_initials(text) if not any(f.span.overlaps(x.span) for x in found)]
    found += [r for r in _ranks(text) if not any(s.overlaps(r.span) for s in masked) and not only_names]
    return tuple(sorted(found, key=lambda f: f.span.start))


_INITIALS = re.compile(r"\s(?:U\.S\.|U\.K\.|U\.N\.)\s(?P<noun>[a-z]+)")


def _of_initials(text: str) -> Iterator[Found]:
    """Counts before initials: `12 U.S. courts`, where the letter is no name of a type."""
    for n in numbers(text):
        m = _INITIALS.match(text, n.span.end)
        before = text[: n.span.start]
        named = _NAME_BEFORE.search(before)
        if (
            m is None
            or n.kind != "count"
            or n.value == 1
            or _LEGAL.search(before[-60:])
            or (named and named["name"].strip().lower() not in _NO_NAMES)
        ):
            continue
        value = _whole(n.value * n.scale)
        unit = "people" if _PEOPLE.search(m["noun"]) else "count"
        yield Found(value, value, unit, "exact", n.span, n.span.slice(text))


def _names_work(text: str, span: Span, only_names: bool) -> bool:
    """Whether quotation marks around a figure are those of a title: the sentence names a work behind them."""
    behind = text[span.end :]
    close = re.search(r"[\u201d\"]", behind)
    return only_names or bool(close and re.match(r"\s?[A-Z(*].{0,80}?(?:19|20)\d\d", behind[close.end() :]))


def _measures(text: str, key: Key) -> bool:
    """Whether an amount is a figure of something, and no name, place in a text, period or count of the text's own points."""
    a = key.amount
    before, behind = text[: a.span.start], text[a.span.end :]
    if (
        _PER_SO_MANY.search(before[-24:])
        or _PER_SO_MANY_KO.match(behind)
        or re.match(r"\s?대\s\d", behind)
        or re.search(r"\d\s?대\s$", before)
    ):
        return False  # `per 1,000 people`, `1천 명당` and `6 대 4` measure nothing by themselves
    if a.unit == "count" and re.search(r"\b(?:1|one)\s(?:in|out of)\s$", before, re.IGNORECASE):
        return False  # `1 in 257 filers` is neither 1 nor 257
    if a.unit == "count" and re.match(r"\s(?:in|out of)\s\d", behind) and a.low == 1:
        return False
    if a.unit in CURRENCIES and (
        re.match(r"[A-Za-z]", behind) or (_PRICES.fullmatch(a.surface) and not _SIGN.search(before))
    ):
        return False  # an amount with a letter that is not understood, and `2025 dollars`
    if (
        a.unit == "metres"
        and re.match(r"\s?(?:mm|cm)$", re.sub(r"^[\d.,]+", "", a.surface))
        and re.match(r"[\s-](?!of\b|in\b|per\b|and\b|or\b|to\b|for\b|from\b|by\b)[A-Za-z]", behind)
    ):
        return False  # a calibre
    if a.unit == "days" and (behind.startswith(("-a-", "마다")) or re.search(r"\bevery\s$", before, re.IGNORECASE)):
        return False
    if a.unit == "days" and re.match(r"\s[A-Z]", behind) and re.search(r"-[A-Z]", a.surface):
        return False  # a Five-Year Plan is a name
    if a.unit == "days":
        return not (
            _PERIOD.search(before) or _HIGHEST_IN.search(before[-90:]) or _AGE.match(behind)
        ) and not _vague_time(a)
    if a.unit == "percent" and re.match(
        r"a third (?:part(?:y|ies)|countr|person)|(?:a|one) quarter(?! of)", text[a.span.start :], re.I
    ):
        return False
    if a.unit != "count":
        return not (
            a.unit == "times"
            and re.match(r"(?:twice|doubl|tripl|quadrupl|두 배)", a.surface, re.I)
            and not _doubles(text, a)
        )
    if _LEGAL.search(before[-60:]) or _CODE_BEHIND.match(behind) or behind.startswith(("-", "\u2011")):
        return False
    if not before.strip() and _SPLIT.match(behind):
        return False
    plain = re.fullmatch(r"\d+(?:\.\d+)?", a.surface) is not None
    named = _NAME_BEFORE.search(before)
    if plain and named and named["name"].strip(" -\u2010\u2013").lower() not in _NO_NAMES:
        return False
    if re.search(r"(?:^|[\s(])\($|(?:^|;\s?)$", before[-3:]) and re.match(r"\s?\)", behind):
        return False
    if plain and "." in a.surface:
        heads = [h.slice(text) for h in key.heads]
        counted = key.counter in ("명", "인", "개", "건", "대", "곳", "회", "척", "가구") or any(
            h.endswith("s") or h in ("people", "children") for h in heads if h.islower()
        )
        return counted or (bool(_COEFFICIENT.search(text)) and abs(a.low) < 1000)
    if anaphoric(text, key):
        return False
    if language_of(text) == "ko":
        return _counts_ko(text, key, behind)
    heads = [h.slice(text) for h in key.heads]
    if not heads:
        return a.high >= 1000 and not plain
    if all(h[:1].isupper() for h in heads) and plain and a.high < 100 and not behind.startswith(" "):
        return False
    of_them = re.match(r"\s(?:of|or more of)\s(?:the|these|those|them|its|their|our|which|whom)\b", behind)
    return not (a.high <= 12 and (of_them or any(_singular(h) in _TALK for h in heads[-1:] + heads[:2])))


_PER_SO_MANY = re.compile(
    r"\b(?:per|for every|out of every|in every)\s(?:US\$|[$\u20ac\u20a9\u00a3\u00a5])?$", re.IGNORECASE
)
_PER_SO_MANY_KO = re.compile(r"\s?(?:명|인|개소|개사|개|건|가구|곳|대|원|달러|회)?당(?![가-힣])")
_PRICES = re.compile(r"(?:19|20)\d\d\s?(?:U\.S\.\s)?(?:dollars|euros|달러|유로)", re.IGNORECASE)
_SIGN = re.compile(r"[$\u20ac\u20a9\u00a3\u00a5]\s?$|\b(?:USD|EUR|KRW)\s?$")


def _counts_ko(text: str, key: Key, behind: str) -> bool:
    a = key.amount
    if _TALK_KO.match(behind) or re.match(
        r"\s?(?:차례|회의|개년|년차|편|권|쪽|면|호(?![가-힣])|차(?:\s|례|$)|기(?![가-힣])|선(?![가-힣]))", behind
    ):
        return False
    if re.search(r"(?:제|표|그림|각주|주석?|부록)\s?$", text[: a.span.start]):
        return False
    return bool(key.counter) or a.high >= 1000


def _vague_time(a: Amount) -> bool:
    return re.match(r"(?:a|an|one|half|1)\b", a.surface, re.IGNORECASE) is not None


def _doubles(text: str, a: Amount) -> bool:
    idle = r"\w+(?:-\w|\s(?:taxation|counting|standards?|digits?|burden|down|check|edged))"
    return re.match(idle, text[a.span.start :], re.IGNORECASE) is None


def _singular(word: str) -> str:
    low = word.lower()
    return low[:-3] + "y" if low.endswith("ies") else low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def _found(text: str, key: Key) -> Found:
    a = key.amount
    low, high, unit, bound = a.low, a.high, a.unit, a.bound
    if unit == "days" and (m := _TIME_WORD.search(a.surface) or _TIME_BEHIND.match(text, a.span.end)):
        word = (m[1] or m[2]).lower().rstrip("s")
        low, high = (_whole((x / _WRITTEN_DAYS[word]).quantize(Decimal("0.0001"))) for x in (low, high))
        unit = _DAYS_NAMES.get(word, word + "s")
    before = text[: a.span.start]
    if bound == "exact" and key.amount.unit != "days" and _PASSED.search(before[-40:]):
        bound = "over"
    if m := _TURNED.search(before[-48:]):
        bound = "over" if m["least"] else "under"
    end = a.span.end
    if unit == "watts" and (m := _HOURS.match(text, end)):
        unit, end = "watt hours", m.end()
    elif unit == "count" and (m := _VAST.match(text, end)):
        scale = Decimal(10) ** (15 if m[1].lower() == "quadrillion" else 18)
        end, low, high = m.end(), low * scale, high * scale
    elif unit == "count" and (m := _METRIC.match(text, end)):
        unit, end, low, high = "kilograms", m.end(), low * 1000, high * 1000
    if unit == "count" and _PEOPLE.search(
        " ".join(h.slice(text) for h in key.heads) or text[a.span.end : a.span.end + 4]
    ):
        unit = "people"
    span = _with_currency(text, a.span) if unit in CURRENCIES else Span(a.span.start, end)
    return Found(_whole(low), _whole(high), unit, bound, span, span.slice(text), key)


_TURNED = re.compile(
    r"\b(?:(?P<least>(?:not?|never)(?: be)? (?:less|fewer|lower) than)|(?:not?|never|cannot) (?:more|greater|higher) than|(?:not|never|cannot) (?:to )?exceed(?:ing)?)\s(?:US\$|USD|[$\u20ac])?\s?$",
    re.IGNORECASE,
)
"""A bound that is denied: `not less than` is at least."""
_VAST = re.compile(r"\s(quadrillion|quintillion)\b", re.IGNORECASE)
_HOURS = re.compile(r"[-\s\u2011]?hours?\b", re.IGNORECASE)
_METRIC = re.compile(r"\smetric (?:tons|tonnes)\b", re.IGNORECASE)


def _whole(value: Decimal) -> Decimal:
    """The same value without idle noughts or an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


_TIME = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|개월|시간|[초분일주년]"
_TIME_WORD = re.compile(rf"({_TIME})\W?$|(개월|시간|[초분일주년])", re.IGNORECASE)
_TIME_BEHIND = re.compile(rf"(?:,|\sto|\sor|\sand)(?:\s(?:or|and))?\s\S{{1,8}}[\s-]({_TIME})(\b)", re.IGNORECASE)
"""The unit of the first of `13 or 20 weeks`."""
_CURRENCY_SIGN = re.compile(
    r"(?:US\$|USD|KRW|EUR|JPY|CNY|RMB|GBP|AUD|CAD|NZD|HKD|SGD|TWD|CHF|SEK|NOK|DKK|INR|BRL|[A-Z]{0,2}[$\u20ac\u20a9\u00a3\u00a5]|W)\s?$"
)


def _with_currency(text: str, span: Span) -> Span:
    m = _CURRENCY_SIGN.search(text[: span.start])
    return Span(m.start(), span.end) if m else span


_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|(?:twentieth|thirtieth|fortieth|fiftieth)|(?:twenty|thirty|forty|fifty)-\w+(?:st|nd|rd|th)|"
    r"\d{1,3}(?:st|nd|rd|th))"
)
_DEGREE = r"(?:largest|biggest|highest|lowest|smallest|fastest|richest|poorest|most|least|greatest|busiest|heaviest|leading|top)"
_RANKED = re.compile(
    rf"\brank(?:s|ed|ing)?\s(?:\w+ly\s|as\s|the\s|at\s|in\s){{0,3}}(?P<one>{_ORDINAL}|(?:number|No\.|#)\s?\d{{1,3}})\b"
    rf"|\b(?P<two>{_ORDINAL})[-\s]{_DEGREE}\b"
    rf"|(?:,|\band)\s(?P<three>{_ORDINAL})\s(?:\w+ly\s)?in\s",
    re.IGNORECASE,
)
_RANKED_KO = re.compile(
    r"(?P<one>\d{1,3})\s?위(?![가-힣]|원)|(?P<one_>\d{1,3})\s?위(?=[를로에의인이가은는,])|(?P<two>두|세|네|다섯|여섯|일곱)\s?번째로"
)
_NTH_KO = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7}


def _ranks(text: str) -> Iterator[Found]:
    """Places in an order: `ranking thirteenth globally in GDP, seventh in trade`, `the third-largest market`, `세계 6위`."""
    ranked = False
    for m in _RANKED.finditer(text):
        name = next(n for n in ("one", "two", "three") if m[n])
        if name == "three" and not ranked:
            continue
        ranked = ranked or name == "one"
        span = Span(m.start(name), m.end() if name == "two" else m.end(name))
        value = next((n.value for n in numbers(m[name])), None)
        if value is not None:
            yield Found(value, value, "rank", "exact", span, span.slice(text), None, rank=True)
    for m in _RANKED_KO.finditer(text):
        digits = m["one"] or m["one_"]
        value = Decimal(digits) if digits else Decimal(_NTH_KO[m["two"]])
        yield Found(value, value, "rank", "exact", Span(*m.span()), m.group(), None, rank=True)
