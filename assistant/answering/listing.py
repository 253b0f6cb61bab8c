"""Lists whole: the items that a sentence announces, also over paragraphs of a section where words or marks count them
(`first … second …`, `(i) … (ii)`, `첫째 … 둘째`), and the list of which one item was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions import Question
from assistant.text import sentences
from assistant.types import Document, Span

APART = 7
"""Sentences that may stand between two items that are counted."""
MOST = 8
"""Items that are told at most."""
LONGEST = 1500
"""Characters up to which a list is quoted whole behind the words that open it."""

_COUNTED = (
    r"dimensions?|stages?|directions?|pillars?|ways?|reasons?|objectives?|goals?|steps?|factors?|aspects?|channels?|types?|"
    r"forms?|areas?|measures?|elements?|categories|kinds?|options?|principles?|priorities|tasks?|challenges?|recommendations?|"
    r"conditions?|criteria|purposes?|functions?|features?|phases?|groups?|parts?|risks?|benefits?|advantages?|effects?|causes?|"
    r"strategies|policies|proposals?|issues?|points?|questions?|trends?|sources?|tools?|instruments?|requirements?"
)
_ANNOUNCES = re.compile(
    rf"\b(?:two|three|four|five|six|seven|eight|several|following|various|both)\b(?:\s[\w-]+){{0,4}}?\s(?:{_COUNTED}|[a-z]{{3,}}s)\b"
    r"|(?:두|세|네|다섯|여섯|몇|여러) ?(?:가지|단계|방향|축|과제|요인|분야|목표|원칙)|다음과 같(?:다|은|이)",
    re.IGNORECASE,
)
_HAS_LIST = re.compile(r"(?<!\w)1\)|\(1\)|\(i\)|\bfirst\b.*\bsecond\b|첫째.*둘째", re.IGNORECASE | re.DOTALL)
_LAST = 99
_EN = "first second third fourth fifth sixth seventh eighth".split()
_KO = "첫 두 세 네 다섯 여섯 일곱 여덟".split()
_KO_ORDINAL = "첫째 둘째 셋째 넷째 다섯째 여섯째 일곱째 여덟째".split()
_ROMAN = "i ii iii iv v vi vii viii".split()
_ITEM = re.compile(
    rf"^\W{{0,3}}(?:(?:(?P<en>{'|'.join(_EN)})(?:ly)?(?: of all)?,|(?:the|a)\s(?P<the>{'|'.join(_EN)})\s[a-z])"
    rf"|(?P<ko>{'|'.join(_KO_ORDINAL)})(?=[\s,]|[는은로])|(?P<ko2>{'|'.join(_KO)}) ?번째"
    rf"|\(?(?P<digit>[1-8])\)|(?P<dot>[1-8])\.\s(?=[A-Z가-힣])|\((?P<roman>{'|'.join(reversed(_ROMAN))})\)|(?P<circle>[①-⑧])"
    r"|(?P<last>finally|lastly|마지막으로|끝으로)[\s,])",
    re.IGNORECASE,
)
_IN_STAGES = re.compile(
    r"^(?:Initially|Then|Over time|Next|Up until|Later|Subsequently|Thereafter|Afterwards|초기에는|이후|그다음|다음으로)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?:{'|'.join(_EN)}|last)\b|(?:{'|'.join(_KO_ORDINAL)}|번째)|\b(?:main|most|single|only|biggest|largest)\b|가장",
    re.I,
)
"""A question for one of the items."""
_SEVERAL = re.compile(
    r"\b(?:what|which)\s(?:are|were)\b|\b(?:list|name|enumerate)\b|\bhow many\b"
    r"|\b(?:what|which)\s(?!(?:may|might|can|could|do|does|did|is|was|has|have|had|will|would|shall|should|must)\b)"
    r"(?:[\w-]+\s){0,2}?(?!(?:this|its|us|across|less|process|basis|status|progress|access|crisis)\b)[a-z]{3,}s\b"
    r"|모두|나열|열거|가지|들[은이을를]|무엇무엇|어떤 것들|각각",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The items of an enumeration, and the sentence that announces it."""

    opening: Span | None
    items: tuple[Span, ...]


def number_of(text: str) -> int | None:
    """Which item of an enumeration a sentence begins, from 1; 99 for `finally`."""
    m = _ITEM.match(text)
    if m is None:
        return None
    for name, counted in (("en", _EN), ("the", _EN), ("ko", _KO_ORDINAL), ("ko2", _KO), ("roman", _ROMAN)):
        if m[name]:
            return counted.index(m[name].lower()) + 1
    if m["last"]:
        return _LAST
    if m["circle"]:
        return ord(m["circle"]) - ord("①") + 1
    return int(m["digit"] or m["dot"])


def announces(text: str) -> bool:
    """Whether a sentence says that several things follow, and does not tell them itself."""
    return bool(_ANNOUNCES.search(text)) and not _HAS_LIST.search(text)


def listed(question: Question, document: Document, span: Span) -> Listed | None:
    """The enumeration that the sentence at `span` announces; or, where the question is for several, the one that it is
    an item of.
    """
    text = span.slice(document.text)
    own = number_of(text)
    section = _section(document, span)
    at = next((i for i, s in enumerate(section) if s.overlaps(span)), None)
    if at is None:
        return None
    if own is None and announces(text):
        items = _items(document, section, at + 1)
        return Listed(None, items) if len(items) > 1 else None
    if own is None or not _SEVERAL.search(question.text) or _ONE.search(question.text):
        return None
    for first in range(at, max(-1, at - MOST * 4), -1):
        if number_of(section[first].slice(document.text)) == 1:
            items = _items(document, section, first)
            if len(items) < 2 or not any(s.overlaps(span) for s in items):
                return None
            before = section[first - 1] if first else None
            opens = before is not None and bool(_ANNOUNCES.search(before.slice(document.text)))
            return Listed(before if opens else None, items)
    return None


def _section(document: Document, span: Span) -> list[Span]:
    """The sentences of the section that a place is in, in order."""
    path = document.section_at(span.start)
    blocks = [
        b for b in document.blocks if b.kind in ("paragraph", "list") and document.section_at(b.span.start) == path
    ]
    return [s for b in blocks for s in sentences(document.text, b.span)]


def _items(document: Document, section: list[Span], at: int) -> tuple[Span, ...]:
    """The items from a place on: each with the next number, and not far apart; stages that are told one behind another."""
    found: list[Span] = []
    staged: list[Span] = []
    apart = 0
    for i, span in enumerate(section[at:]):
        text = span.slice(document.text)
        number = number_of(text)
        if len(staged) == i and (_IN_STAGES.match(text) or (staged and number == _LAST)):
            staged.append(span)
        if number is not None and (number == len(found) + 1 or (number == _LAST and len(found) > 1)):
            found.append(span)
            apart = 0
            if number == _LAST or len(found) == MOST:
                break
            continue
        if number == 1:
            break  # another enumeration begins
        apart += 1
        if apart > (APART if found else 2):
            break
    return tuple(found if len(found) > 1 else staged)


def with_list(document: Document, span: Span) -> Span:
    """The span, with the list that it opens: `… three pillars:` says nothing without it."""
    if not span.slice(document.text).rstrip().endswith((":", "\uff1a")):
        return span
    end = span.end
    for block in document.blocks:
        if block.span.start < span.end:
            continue
        if block.kind != "list" or block.span.end - span.start > LONGEST:
            break
        end = block.span.end
    return Span(span.start, end)


def whole_list(question: Question, document: Document, span: Span) -> Span:
    """For a question for several things, the list of which the place is one item, behind the words that open it."""
    if not _SEVERAL.search(question.text) or _ONE.search(question.text):
        return span
    at = next((i for i, b in enumerate(document.blocks) if b.span.contains(span)), None)
    if at is None or document.blocks[at].kind != "list":
        return span
    first = at
    while first > 0 and document.blocks[first - 1].kind == "list":
        first -= 1
    if first == 0 or document.blocks[first - 1].kind != "paragraph":
        return span
    opening = sentences(document.text, document.blocks[first - 1].span)[-1]
    whole = with_list(document, opening)
    return whole if whole.contains(span) and whole != opening else span
