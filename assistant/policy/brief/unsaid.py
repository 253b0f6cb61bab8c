"""What a brief has to say of what the corpus does not say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.policy.statements import flat, statements
from assistant.types import Citation, Document, Language, Span

_WORDS: dict[str, dict[Language, str]] = {
    "unheard": {
        "en": "No document here uses the words {}.",
        "ko": "이 문서들에는 {} 같은 말이 나오지 않습니다.",
    },
    "correlation": {
        "en": "What stands here is that the two go together; no sentence found shows that the one brings about the other.",
        "ko": "여기 인용한 것은 둘이 함께 움직인다는 내용이며, 하나가 다른 하나의 원인임을 보이는 문장은 찾지 못했습니다.",
    },
    "numbers": {
        "en": "No figure on this with its year and scope was found in these documents.",
        "ko": "이 문서들에서 연도와 범위가 밝혀진 관련 수치를 찾지 못했습니다.",
    },
    "advice": {
        "en": "No recommendation on this was found in these documents.",
        "ko": "이 문서들에서 관련 제언을 찾지 못했습니다.",
    },
    "role": {
        "en": "No recommendation here is addressed to {}; those shown name another actor or none.",
        "ko": "{}에게 하는 제언은 없으며, 아래 제언은 다른 주체에게 하거나 주체를 밝히지 않은 것입니다.",
    },
    "sources": {
        "en": "{n} of the {all} sources behind these sentences {are} not held; what they say was not checked: {named}.",
        "ko": "이 문장들의 출처 {all}건 가운데 {n}건은 보유하고 있지 않아 그 내용을 확인하지 못했습니다: {named}.",
    },
    "silent": {
        "en": "Nothing on this was found in {}.",
        "ko": "{}에서는 이 사안에 관한 내용을 찾지 못했습니다.",
    },
    "no source": {
        "en": "None of the {all} sources behind these sentences is held; what they say was not checked: {named}.",
        "ko": "이 문장들의 출처 {all}건은 모두 보유하고 있지 않아 그 내용을 확인하지 못했습니다: {named}.",
    },
    "one source": {
        "en": "The one source behind these sentences is not held; what it says was not checked: {named}.",
        "ko": "이 문장들의 출처 1건은 보유하고 있지 않아 그 내용을 확인하지 못했습니다: {named}.",
    },
    "items": {
        "en": "Of a list of {all} points, {n} {are} shown above: “{opener}”",
        "ko": "모두 {all}개 항목인 목록에서 위에는 {n}개만 실었습니다: “{opener}”",
    },
    "undated": {
        "en": "It is not known as of when {} speaks.",
        "ko": "{}의 기준 시점은 알 수 없습니다.",
    },
}
_MOST = 3


def said(name: str, language: Language, *given: object, **named: object) -> str:
    """A fixed sentence with what belongs into it."""
    return _WORDS[name][language].format(*given, **named)


def left_out(document: Document, shown: Sequence[Span], opener: Span, language: Language) -> str:
    """That only some items of a list are shown; '' where all are."""
    every = [s.span.start for s in statements(document) if s.opener == opener]
    n = len({span.start for span in shown} & set(every))
    if not 0 < n < len(every):
        return ""
    words = flat(opener.slice(document.text)).split()
    head = " ".join(words[-_HEAD:])
    head = f"… {head}" if len(words) > _HEAD else head
    return said("items", language, all=len(every), n=n, are="is" if n == 1 else "are", opener=head)


_HEAD = 10
"""Words of the sentence that opens a list, by which it is known again."""


def missing(words: Sequence[str], language: Language) -> str:
    return ", ".join(f"“{w}”" for w in words[:6])


def not_held(citations: Sequence[Citation], language: Language) -> str:
    """The sources that the quoted sentences rest on and that nobody could look into; '' where there are none."""
    states = {w.id or w.title: w for c in citations for n in c.notes for w in n.works}
    absent = [w for w in states.values() if w.state != "held"]
    if not absent:
        return ""
    named = "; ".join(f"“{w.title or w.id}”" for w in absent[:_MOST])
    if len(absent) > _MOST:
        named += f" and {len(absent) - _MOST} more" if language == "en" else f" 외 {len(absent) - _MOST}건"
    are = "is" if len(absent) == 1 else "are"
    if len(absent) == len(states):
        return said("one source" if len(states) == 1 else "no source", language, all=len(states), named=named)
    return said("sources", language, n=len(absent), all=len(states), are=are, named=named)
