"""The kind of answer that a question asks for, told by its words: a number, a date, a person, a reason, a list."""

from __future__ import annotations

import re
from typing import Literal

Wants = Literal[
    "number", "when", "who", "where", "reason", "how", "list", "yesno", "definition", "purpose", "advice", "open"
]

_NUMBER = re.compile(
    r"\b(?:number|amount|value|share|percentage|volume) of\b|\b(?:USD|KRW) ?(?:million|billion|trillion)?\s*\??$|"
    r"\b(?:latest|exact|what) figures?\b|\bamounts?\b|\bin (?:millions?|billions?)(?: of)? (?:USD|dollars)\b|"
    r"\bhow (?:many|much|large|big|high|low|great|strong|long|often|fast)\b|\bwhat (?:is|was|were|are)? ?(?:the )?"
    r"(?:[\w-]+ ){0,3}?(?:share|percentage|percent|proportion|number|amount|value|size|level|rate|total|volume|"
    r"correlation|coefficient|surplus|deficit|figure|ranking?|sum|cost|price)\b|\b(?:what|which) (?:share|percentage|"
    r"percent|proportion|number|rank|budget|amount|sum|price|coefficient)\b"
    r"|\bby how much\b|얼마|몇|며칠|비중|비율|규모|총액|금액|수치|상관계수|순위|흑자|적자액|[가-힣]액(?:은|을|이|은요)?\s*\??\s*$|(?<!법)[가-힣]?(?:율|(?<!법)률)은?\s*\??\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\bwhat (?:was|were|is|are)\b[^?]{0,60}\b(?:FDI|investments?|exports?|imports?|income|GDP|surplus|deficit|balance|trade|"
    r"spending|revenues?|output)\b[^?]{0,40}\b(?:in|for|during) (?:19|20)\d\d\b"
    r"|^\s*what (?:was|were) the [^?]{3,40} of [^?]{3,60} (?:in|during) (?:19|20)\d\d\s*\??\s*$",
    re.IGNORECASE,
)
_SOURCE_OF = re.compile(r"\bsources?\b|\bcit(?:e|es|ed)\b|\bbased on\b|출처|인용", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|objective|goal)s? of (?:this|the|his|her|their|both|each)?[\w\s,]{0,40}(?:papers?|reports?|articles?|stud(?:y|ies)|authors?|documents?)\b|"
    r"\bsets? out to\b|\bwhat (?:is|are) .{0,60}(?:papers?|reports?|articles?) about\b|(?:논문|보고서|글)의 (?:목적|주제|요지)",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:should|must|ought to|need to do)\b|\b(?:recommend|propos|suggest|advis|advoc)\w*|\bcalls? for\b|"
    r"\bwhat (?:can|could) \w+(?: \w+){0,3} do\b|해야|권고|제안|제언|과제|방안",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:^|\b(?:and|or|but|since|by|until)\s+|[,;:]\s*)when\b|\bwhen (?:did|was|were|is|will|do|does|has|have|should)\b|\b(?:what|which) (?:two |three |)(?:year|date|decade|month|day)\b|\bsince what\b|\bby what year\b|언제|몇 ?년|어느 ?해|날짜|연도|(?:날|때|해|시기|시점)(?:은|는)\s*\??\s*$",
    re.IGNORECASE,
)
_COUNT_OF_YEARS = re.compile(r"\bhow many years|\bhow long\b|몇 ?년 ?(?:간|동안)", re.IGNORECASE)
_WHO = re.compile(
    r"\bwho(?:se|m)?\b|누가|누구|저자(?:들)?(?:은|는|이|가)?\s*(?:누구|\?|$)|저자 ?(?:이름|명단)|저자를", re.IGNORECASE
)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:country|place|province|city|region)\b|어디|어느 ?(?:나라|지역)", re.IGNORECASE
)
_REASON = re.compile(
    r"\bwhy\b|\bwhat (?:explains|caused|causes|drives|drove|led)\b|\breasons?\b|\bhow come\b|왜|이유(?!로)|원인|까닭",
    re.IGNORECASE,
)
_HOW = re.compile(r"^\s*how\b|\bhow (?:does|do|did|can|could|should|would|will|is|are|to)\b|어떻게|방법", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^\s*(?:what (?:is|are) (?:an? )?[\w\s-]{2,40}\?$|define\b|what does .{2,60} (?:mean|stand for))|뜻|의미|정의|이란|란 무엇",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\s*(?:which|what|list|name)\b|\bwhich\b|\bwhat (?:are|were|kinds?|types?)\b|무엇|어떤|어느|열거|나열",
    re.IGNORECASE,
)
_YESNO = re.compile(
    r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b|(?:습니까|인가|는가|나요|까)\s*\??\s*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:largest|biggest|highest|most|greatest|strongest|top|leading|first|maximum|peak(?:ed)?|record)\b|가장 (?:큰|많|높)|최대|최고|1위",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:smallest|lowest|least|weakest|fewest|minimum|bottom)\b|가장 (?:작|적|낮)|최소|최저", re.IGNORECASE
)


def wanted(text: str) -> Wants:
    """What would answer; the first kind that fits, the most telling tried first."""
    if _WHEN.search(text) and not _COUNT_OF_YEARS.search(text):
        return "when"
    if _PURPOSE.search(text):
        return "purpose"
    if _REASON.search(text):
        return "reason"
    measured = _MEASURED.search(text) and not (_MOST.search(text) or _LEAST.search(text))
    if (_NUMBER.search(text) or measured) and not _SOURCE_OF.search(text):
        return "number"
    if _ADVICE.search(text) and not re.search(r"^\s*who\b|누가|누구", text, re.IGNORECASE):
        return "advice"
    if _WHO.search(text):
        return "who"
    if _WHERE.search(text):
        return "where"
    if _HOW.search(text):
        return "how"
    if _DEFINITION.search(text):
        return "definition"
    if _LIST.search(text):
        return "list"
    return "yesno" if _YESNO.search(text) else "open"


def superlative(text: str) -> Literal["most", "least"] | None:
    """Which end of an order is asked for."""
    return "most" if _MOST.search(text) else "least" if _LEAST.search(text) else None


def is_purpose(text: str) -> bool:
    """Whether a paper's aim is asked for."""
    return bool(_PURPOSE.search(text))


def is_superlative(word: str) -> bool:
    """Whether a word only says that the most or the least is asked for."""
    return bool(_MOST.fullmatch(word) or _LEAST.fullmatch(word))
