"""Whether a sentence offers the kind of answer that a question wants: a number of the right thing, a
date, a cause, a list. Rules, so that the reason can be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quantities import Number, numbers
from assistant.questions import Question
from assistant.text import STOPWORDS, stem, terms, tokens
from assistant.types import Span

_BECAUSE = re.compile(
    r"\b(?:because|since|due to|driven by|owing to|as a result|reflect(?:s|ed|ing)?|thanks to|caused? by|on the grounds|"
    r"in response|given (?:that|the|its)|in order to|so that|aim(?:s|ed|ing)? to|to address|therefore|thus|"
    r"stem(?:s|med)? from|attribut\w+|rather than|lead(?:s|ing)? to|based on|by (?:the )?need|need to|enabl\w+|help\w*)\b"
    r"|때문|위해|따라",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:by|through|via|using|leverag\w+|should|must|establish\w*|provid\w+|develop\w*)\b", re.IGNORECASE
)
_IS_A = re.compile(
    r"\b(?:is|are|refers? to|means?|defined as|involv\w+|implies|consists? of|(?:does|do) not merely)\b|이란|의미",
    re.IGNORECASE,
)
_LISTING = re.compile(r",[^,]+,|\b1\)|\(1\)|\bsuch as\b|\bincluding\b|;")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d|\d+월"
)
_ADVISES = re.compile(
    r"\b(?:should|must|needs? to|has to|have to|ought to|requires?|recommend\w*|propos\w*|calls? for|(?:is|are) (?:particularly )?"
    r"(?:essential|important|needed|necessary)|needed is)\b|해야|필요",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r"\b(?:this|the) (?:paper|article|study|report|essay|brief)\b.{0,30}\b(?:seek|aim|propose|explore|examine|review|"
    r"argue|analy[sz]e|present|investigate|ask)s?\b|(?:논문|보고서|글)(?:은|는|의 목적)",
    re.IGNORECASE,
)
_PATTERNS = {
    "purpose": _SEEKS, "advice": _ADVISES, "reason": _BECAUSE, "how": _MANNER, "definition": _IS_A, "list": _LISTING, "who": _NAME, "where": _NAME,
}  # fmt: skip

_SHARE = re.compile(r"\b(?:share|percent(?:age)?|proportion|fraction|what part)\b|비중|비율|퍼센트|%", re.IGNORECASE)
_RANK = re.compile(r"\b(?:rank(?:s|ed|ing)?|position|place)\b|순위|몇 ?위", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:how much|amount|value|worth|budget|cost|price|spend|spent|invest(?:ed|ment|ments|s)?|surplus|deficit|income|"
    r"dollars?|USD|money|fund(?:s|ing)?)\b|얼마|금액|규모|예산|흑자|적자|투자액|달러",
    re.IGNORECASE,
)
_DOLLARS = re.compile(
    r"(?:\b(?:dollars?|USD|value|billions?|millions?|trillions?|bn|mn|amount|budget|cost|price|surplus|deficit)\b|\$)|달러|금액|투자액|흑자|적자|예산",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many ((?:[\w&'$-]+ ?){1,4})|\bnumber of ((?:[\w&'-]+ ?){1,3})", re.IGNORECASE)
_HOW_MANY_KO = re.compile(
    r"([가-힣A-Za-z][가-힣A-Za-z·-]+?)(?:은|는|이|가|을|를|의 수는)?\s+(?:모두|총|전부|지금까지)?\s*몇\s?(?:개|건|곳|명|척|가지|종)(?!국|사|년|월)"
)
"""What a Korean question counts stands before `몇`: `자유무역협정을 몇 개`."""
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"\.? \d{1,2}(?:st|nd|rd|th)?(?![\d.,]\d)\b|\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|\d{1,2}월(?: ?\d{1,2}일)?"
)
_STOP_HEAD = re.compile(
    r"\b(?:has|have|had|did|do|does|is|are|was|were|will|would|can|could|should|must|in|of|with|by|under|from|to|and|that|for)\b",
    re.IGNORECASE,
)


def kindred(question: Question, text: str) -> float:
    """1 where the sentence has what an answer of the wanted kind must have, 0 where it has not, between
    them where it has something like it.
    """
    if question.wants == "number":
        return _number(question, text)
    if question.wants == "when":
        asked = {n.value for n in numbers(question.text)}
        new_year = any(n.kind == "year" and n.value not in asked for n in numbers(text))
        return 1.0 if new_year or _MONTH.search(text) or re.search(r"\b(?:19|20)\d0s\b", text) else 0.0
    pattern = _PATTERNS.get(question.wants)
    return 0.5 if pattern is None else 1.0 if pattern.search(text) else 0.0


def _number(question: Question, text: str) -> float:
    """The best fit among the kinds of number that the question names; any number where it names none."""
    asked = {n.value for n in numbers(question.text)}
    dates = [Span(*m.span()) for m in _DATE.finditer(text)]
    offered = [
        n
        for n in numbers(text)
        if n.value not in asked
        and n.kind != "year"
        and not pronoun(n, text)
        and not any(d.contains(n.span) for d in dates)
    ]
    if not offered:
        return 0.0
    fits: list[bool] = []
    if _SHARE.search(question.text):
        fits.append(any(n.kind == "percent" for n in offered))
    if _RANK.search(question.text):
        fits.append(any(n.kind == "ordinal" for n in offered))
    heads = [_STOP_HEAD.split(a or b)[0] for a, b in _HOW_MANY.findall(question.text)]
    counted = [h for h in heads if h.strip() and not _DOLLARS.match(h.lstrip())]
    fits.extend(_counts(question, offered, text, head) for head in counted)
    fits.extend(_counts_ko(question, offered, text, head) for head in _HOW_MANY_KO.findall(question.text))
    if _DOLLARS.search(question.text):
        fits.append(any(n.kind == "money" or n.scale > 1 or "\t" in text for n in offered))
    elif _MONEY.search(question.text) and not heads:
        fits.append(any(n.kind in ("money", "percent") or n.scale > 1 or "\t" in text for n in offered))
    if not fits:
        return 1.0 if any(n.kind != "ordinal" for n in offered) else 0.3
    return 1.0 if any(fits) else 0.3


def pronoun(number: Number, text: str) -> bool:
    """`one of the largest`, `towns without one`, `the one that`: counts nothing."""
    if number.span.slice(text).lower() != "one":
        return False
    after = re.match(r"\s+([A-Za-z]+)", text[number.span.end :])
    return after is None or after[1].lower() in STOPWORDS


def _counts(question: Question, offered: Sequence[Number], text: str, head: str) -> bool:
    """Whether a number stands before the thing that is to be counted, under any of its names:
    `twenty-two FTAs` for `how many free trade agreements`.
    """
    wanted = {stem(t.text) for t in tokens(head)}
    said = {s for s in wanted if s}
    for concept in question.concepts:
        if said & set(concept.forms[0]):
            wanted |= {form[-1] for form in concept.forms}
    for n in offered:
        if n.kind in ("percent", "money"):
            continue
        if (m := _LASTING.match(text, n.span.end)) and not wanted & {stem(t.text) for t in tokens(m.group())}:
            continue  # `ten years after the agreement` counts no agreements
        after = tokens(Span(n.span.end, min(len(text), n.span.end + 60)).slice(text))[:5]
        if wanted & {stem(t.text) for t in after}:
            return True
    return False


_LASTING = re.compile(r"[\s-]*(?:years?|months?|weeks?|days?|hours?)\b|\s?(?:년|개월|주|일|시간)(?!\w)")
"""A number before it counts time."""
_NEAR = 40
"""Characters beside a number within which the thing stands that it counts."""


def _counts_ko(question: Question, offered: Sequence[Number], text: str, head: str) -> bool:
    """Whether a number stands beside the thing that a Korean question counts, under any of its names; where the
    question's words for it are not known, any number may.
    """
    named = next((c for c in question.concepts if head.endswith(c.surface) or c.surface.endswith(head)), None)
    if named is None:
        return True
    wanted = {form[-1] for form in named.forms}
    for n in offered:
        if n.kind in ("percent", "money") or _LASTING.match(text, n.span.end):
            continue
        around = Span(max(0, n.span.start - _NEAR), min(len(text), n.span.end + _NEAR)).slice(text)
        if wanted & set(terms(around, keep_stopwords=True)):
            return True
    return False
