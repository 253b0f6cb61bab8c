"""What a document recommends in its own voice."""

from __future__ import annotations

import re

from assistant.citations import cite
from assistant.policy.statements import statements
from assistant.types import Document, Span
from assistant.types.policy import Part, Recommendation

_SIGN = re.compile(r"\b(?:should|must|needs? to|requires)\b|해야 한다|필요하다|필요가 있다|바람직하다")


def advice(document: Document) -> tuple[Recommendation, ...]:
    found = []
    for s in statements(document):
        text = s.span.slice(document.text)
        if (m := _SIGN.search(text)) is None or re.match(r"\s(?:be noted|not)", text[m.end() :]):
            continue
        sign = Span(*m.span()).shift(s.span.start)
        korean = bool(re.search("[가-힣]", m.group()))
        action = Span(s.span.start, sign.start) if korean else Span(sign.end, s.span.end)
        actor = None if korean or m.start() < 3 else Span(s.span.start, sign.start)
        if not action.slice(document.text).strip():
            continue
        found.append(
            Recommendation(
                cite(document, s.span, 1),
                "should",
                "own",
                Part(m.group(), sign),
                Part(action.slice(document.text), action),
                Part(actor.slice(document.text), actor) if actor else None,
            )
        )
    return tuple(found)
