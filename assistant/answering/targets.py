"""What a question wants, more finely than `questions.Wants`, and which stretches of a sentence could be it: a person's or
a body's name that the question does not itself hold, a date, a number with its unit. Rules, so that the reason can be
told; English and Korean questions over documents in either language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.answering.fit import pronoun
from assistant.quantities import Number, numbers
from assistant.questions import Question
from assistant.text import STOPWORDS, language_of, stem, tokens
from assistant.types import Span

Aim = Literal["person", "name", "place", "year", "day", "money", "share", "rank", "lasting", "count", "reason", "thing"]


@dataclass(frozen=True, slots=True)
class Target:
    """`units` are the stems or Korean counters that a number of the right kind stands beside; empty for any."""

    aim: Aim
    units: frozenset[str] = frozenset()
    head: int = -1
    """Where the words end that say what is wanted: `which agency`, `연도`; -1 where they do not tell."""


_E, _K = re.IGNORECASE, 0
_BODY = (
    r"agenc(?:y|ies)|compan(?:y|ies)|organi[sz]ations?|department|ministry|court|committee|universit(?:y|ies)|college|institut\w+|"
    r"bank|part(?:y|ies)|team|band|group|firm|brand|office|bod(?:y|ies)|commission|council|bureau|statute|act|law|bill|treat(?:y|ies)|"
    r"agreement|program(?:me)?|book|film|movie|song|album|novel|magazine|newspaper|award|prize|title|name|network|station|school|"
    r"church|tribe|language|religion|union|league|club|section|executive order"
)
_PEOPLE = (
    r"person|president|king|queen|emperor|author|writer|scientist|artist|singer|actor|actress|director|minister|secretary|"
    r"senator|governor|general|philosopher|architect|leader|composer|player|coach|inventor|judge|justice|man|woman|scholar"
)
_PLACES = r"country|countries|nations?|city|cities|states?|provinces?|region|continent|town|county|island|river|place|location|capital"
_ENGLISH: tuple[tuple[Aim, str], ...] = (
    ("lasting", r"\bhow (?:long|old|many (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?))\b|\bwhat age\b"),
    ("day", r"\b(?:what|which) (?:day|date|month)\b|\bon what day\b"),
    ("year", r"\b(?:what|which) (?:\w+ )?(?:year|decade|century)\b|\bwhen\b|\bsince what\b"),
    ("share", r"\bwhat (?:\w+ )?(?:percent\w*|share|proportion|fraction)\b|\bhow (?:high|large|big) (?:a |the )?(?:share|percent\w*|rate)\b"
              r"|\bpercent(?:age)? of\b|\bwhat rate\b"),
    ("money", r"\bhow much (?:money|did|does|do|was|were|is|has|have|will|would|in)\b.*\b(?:cost|pay|paid|spend|spent|worth|earn|raise[ds]?"
              r"|save[ds]?|fund\w*|appropriat\w+|authori[sz]\w+|request\w*|invest\w*|money|budget|dollars?)\b"
              r"|\b(?:what|which) (?:\w+ )?(?:price|cost|budget|sum|amount of money)\b|\bhow many (?:\w+ )?dollars\b"),
    ("rank", r"\b(?:what|which) (?:place|rank|position)\b|\bhow (?:highly )?(?:is|was|does|did) .* rank"),
    ("count", r"\bhow (?:many|much|far|large|big|tall|high|deep|fast|wide|heavy|often|hot|cold|small|low)\b|\bwhat (?:is|was|were|are) the "
              r"(?:\w+ )?(?:number|population|size|area|height|length|weight|speed|distance|temperature|total|rate|amount|value|level)\b"
              r"|\bwhat (?:number|amount|size)\b"),
    ("person", rf"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ ){{0,2}}(?:{_PEOPLE})s?\b"),
    ("place", rf"\bwhere\b|\b(?:what|which) (?:\w+ ){{0,2}}(?:{_PLACES})\b"),
    ("reason", r"\bwhy\b|\bwhat (?:\w+ )?(?:reason|cause|purpose|prompted|led|motivated)\b|\bfor what (?:reason|purpose)\b"),
    ("name", rf"\b(?:what|which) (?:[\w'-]+ ){{0,3}}?(?:{_BODY})\b|\bnamed?\b|\bcalled\b|\bknown as\b"),
)  # fmt: skip
_KOREAN: tuple[tuple[Aim, str], ...] = (
    ("lasting", r"몇 ?(?:년|개월|달|주|일|시간|분) ?(?:간|동안|만에)|얼마 동안|얼마나 오래|기간은|몇 ?(?:살|세)(?!기)|나이는|몇 ?(?:개월|시간)"),
    ("day", r"몇 ?월|며칠|몇 ?일|날짜|일자|날은|생일"),
    ("year", r"언제|몇 ?년|년도|연도|어느 ?해|해는|시기|몇 ?세기|연대"),
    ("share", r"몇 ?(?:퍼센트|%|프로)|비율|비중|퍼센트|지지율|득표율|[가-힣]율은"),
    ("money", r"얼마를|금액|가격|비용|몇 ?(?:달러|원|엔|유로|억|조)|연봉|매출|상금|벌금"),
    ("rank", r"몇 ?(?:위|등|번째|대 )|순위"),
    ("count", r"몇|얼마|[가-힣] 수는|숫자|횟수|인구|넓이|면적|높이|길이|무게|거리|온도|속도|크기|규모"),
    ("person", r"누구|누가|누굴|(?:사람|인물|가수|배우|감독|대통령|총리|장관|왕|황제|선수|작가|시인|화가|학자|교수|장군|의원|소설가|작곡가|기자|후보|저자"
               r"|아들|딸|아내|남편|아버지|어머니|형|동생|친구|제자|스승|지휘관|사령관|총재|대표|회장|사장|위원장|군주|과학자|철학자)(?:은|는|의 이름은|이름은)?[?]?\s*$"),
    ("place", r"어디|(?:곳|장소|지역|나라|국가|도시|위치|지명|고향|출생지|본사|수도|섬|강|산|마을|학교|대학교?|구|동|시|도|주)(?:은|는|의 이름은|이름은)?[?]?\s*$"),
    ("reason", r"왜|이유|원인|까닭|때문|계기"),
    ("name", r"(?:이름|명칭|제목|단체|기관|회사|기업|정당|법|조약|협정|책|영화|노래|앨범|소설|작품|상|대회|팀|구단|그룹|방송|신문|잡지|별명|호)(?:은|는|이름은)?[?]?\s*$"),
)  # fmt: skip
_RULES: dict[str, tuple[tuple[Aim, re.Pattern[str]], ...]] = {
    "en": tuple((aim, re.compile(p, re.IGNORECASE)) for aim, p in _ENGLISH),
    "ko": tuple((aim, re.compile(p)) for aim, p in _KOREAN),
}
_HOW_MANY = re.compile(r"\bhow many ((?:[\w&'$-]+ ?){1,4})|\bnumber of ((?:[\w&'-]+ ?){1,3})", re.IGNORECASE)
_HEAD_ENDS = re.compile(
    r"\b(?:has|have|had|did|do|does|is|are|was|were|will|would|can|could|should|must|in|of|with|by|under|from|to|and|that|for|on|at)\b",
    re.IGNORECASE,
)
_COUNTER_KO = re.compile(r"몇\s?(개국|개월|개사|퍼센트|번째|시간|킬로미터|가지|[가-힣%])")


@lru_cache(maxsize=256)
def target(text: str, language: str) -> Target:
    """What kind of thing the question asks for; `thing` where its words do not tell."""
    told = next(((aim, m.end()) for aim, rule in _RULES[language] if (m := rule.search(text))), ("thing", -1))
    aim: Aim = told[0]
    units: set[str] = set()
    if aim == "count" and language == "en":
        for a, b in _HOW_MANY.findall(text):
            head = _HEAD_ENDS.split(a or b)[0]
            units |= {stem(t.text) for t in tokens(head) if t.text not in STOPWORDS}
    if language == "ko" and aim in ("count", "rank", "lasting", "money", "share"):
        units = set(_COUNTER_KO.findall(text))
    return Target(aim, frozenset(units), told[1])


_NAME_EN = re.compile(
    r"\b(?:[A-Z][\w.&'\u2019-]*|[A-Z]{2,})(?:\s(?:(?:of|the|and|for|de|von|van|du|la|al|on)\s){0,2}(?:[A-Z][\w.&'\u2019-]*|[A-Z]{2,}))*"
)
_DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"\.?(?: \d{1,2}(?:st|nd|rd|th)?\b)?|\b\d{1,2}월(?: ?\d{1,2}일)?|\b\d{1,2}일(?!\w)|(?<=[가-힣\s])\d{1,2}월|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[월화수목금토일]요일"
)
_YEAR = re.compile(
    r"(?<![\d,.$])(?:1[0-9]|20)\d\d(?:s|년(?:대)?)?(?![\d,%]|\.\d)|\b\d{1,2}(?:st|nd|rd|th)[\s-]century\b|\d{1,2}세기|"
    r"(?<!\d)[1-9]\d{0,2}년(?!\s?(?:간|동안|만|뒤|후|전))|\b\d{1,4} ?(?:BCE?|AD|CE)\b|기원전 ?\d+"
)
_NAMING = re.compile(r" (?:[A-Z]|elections?\b|rules?\b|report\b|budget\b|law\b|edition\b|requirements?\b)")
"""Behind a year that belongs to a name: `the 2018 Common Rule` dates nothing."""
_LASTING = re.compile(
    r"[\s-]*(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centur(?:y|ies))\b|\s?(?:년|개월|달|주|일|시간|분|살|세)(?!기)",
    _E,
)
_REASONS = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|in order to|so that|to (?:avoid|ensure|prevent|address|protect|reduce|increase|help|make|allow)|"
    r"caused? by|attribut\w+|therefore|thus|thereby|reason\w*|leading|led to|stem\w* from|prompted|motivat\w+|for fear)\b"
    r"|때문|위해|위하여|따라|이유|까닭|으로 인해|인하여|[아어]서(?=[\s,])|므로|자(?=\s)",
    _E,
)
_HANGUL_WORD = re.compile(r"[가-힣A-Za-z0-9·]{2,}")


def offered(wanted: Target, question: Question, text: str) -> tuple[float, list[Span]]:
    """How far a sentence has something of the wanted kind that the question does not hold itself (0 to 1; .5 where the
    kind tells nothing), and where it stands.
    """
    aim = wanted.aim
    if aim in ("person", "name", "place"):
        return _names(question, text)
    if aim == "year":
        found = [Span(*m.span()) for m in _YEAR.finditer(text) if m.group() not in question.text]
        years = [s for s in found if not _NAMING.match(text, s.end)]
        days = [Span(*m.span()) for m in _DAY.finditer(text) if m.group() not in question.text]
        return (1.0, years) if years else (0.6, days) if days else (0.3, found) if found else (0.0, [])
    if aim == "day":
        days = [Span(*m.span()) for m in _DAY.finditer(text) if m.group() not in question.text]
        full = [s for s in days if any(c.isdigit() for c in s.slice(text))]
        years = [Span(*m.span()) for m in _YEAR.finditer(text) if m.group() not in question.text]
        return (1.0, full) if full else (0.7, days) if days else (0.2, years) if years else (0.0, [])
    if aim == "reason":
        found = [Span(*m.span()) for m in _REASONS.finditer(text)]
        return (1.0 if found else 0.0), found
    if aim == "thing":
        return 0.5, []
    return _figures(wanted, question, text)


def _names(question: Question, text: str) -> tuple[float, list[Span]]:
    """Names that are not the question's: in English by their capitals, in Hangul (which has none) nothing is known."""
    if language_of(text) == "ko":
        return 0.5, []
    held = question.text.lower()
    found = []
    for m in _NAME_EN.finditer(text):
        words = [w for w in re.findall(r"[A-Za-z][\w'-]*", m.group()) if w.lower() not in STOPWORDS]
        fresh = [w for w in words if stem(w.lower().removesuffix("'s")) not in held and w.lower() not in held]
        opening = m.start() == 0 or text[max(0, m.start() - 2) : m.start()] in (". ", "? ", "! ")
        if fresh and not (opening and len(words) == 1 and not words[0].isupper()):
            found.append(Span(*m.span()))
    return (1.0 if found else 0.0), found


def _figures(wanted: Target, question: Question, text: str) -> tuple[float, list[Span]]:
    asked = {n.value for n in numbers(question.text)}
    days = [Span(*m.span()) for m in _DAY.finditer(text)]
    new = [n for n in numbers(text) if n.value not in asked and n.kind != "year" and not pronoun(n, text)]
    new = [n for n in new if not any(d.contains(n.span) for d in days)]
    right = [n for n in new if _fits(wanted, n, text)]
    if right:
        return 1.0, [n.span for n in right]
    return (0.4 if new else 0.0), [n.span for n in new]


def _fits(wanted: Target, n: Number, text: str) -> bool:
    after = text[n.span.end : n.span.end + 50]
    if wanted.aim == "share":
        return n.kind == "percent" or bool(re.match(r"\s?(?:%|percent|퍼센트)", after))
    if wanted.aim == "rank":
        return n.kind == "ordinal" or bool(re.match(r"\s?(?:위|등|번째|대)", after))
    if wanted.aim == "lasting":
        return bool(_LASTING.match(after)) or (n.kind == "count" and bool(re.search(r"\bage[ds]?\b", text)))
    if wanted.aim == "money":
        return n.kind == "money" or n.scale > 1 or "\t" in text
    if not wanted.units:
        return n.kind != "ordinal"
    if any(re.search("[가-힣%]", u) for u in wanted.units):
        return after.lstrip().startswith(tuple(wanted.units))
    if n.kind in ("percent", "money"):
        return False
    return bool(wanted.units & {stem(t.text) for t in tokens(after)[:5]})


def nearness(spots: Sequence[Span], places: Sequence[tuple[Span, float]], reach: float = 60.0) -> float:
    """How near the question's words (each with its weight) stand to the nearest of `spots`: their mean closeness, 0 to 1."""
    total = sum(w for _, w in places)
    if not spots or not total:
        return 0.0
    best = 0.0
    for spot in spots:
        near = sum(w * reach / (reach + max(0, p.start - spot.end, spot.start - p.end)) for p, w in places)
        best = max(best, near / total)
    return best
