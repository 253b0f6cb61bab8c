"""Answers made whole: the list that a sentence announces, the sentence that goes on from the best one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.choosing import whole
from assistant.answering.pieces import Piece
from assistant.protocols import Library
from assistant.questions import Question
from assistant.types import Span

_GOES_ON = re.compile(
    r"(?:This|These|Those|Such|It|They|That is|In such cases?|In this way|Accordingly|Therefore|Thus|As a result|이는|이러한|이를|따라서)\b"
)


STANDS_OUT = 0.93
"""A further candidate must come so near the best one to be preferred to the sentence that goes on from it."""


def continued(pieces: list[Piece], library: Library, limit: int) -> list[Piece]:
    """The best sentence with the one it leans on and the one that goes on from it (`This means …`), in
    place of weak company.
    """
    if not pieces or pieces[0].picked or pieces[0].candidate.kind not in ("sentence", "note"):
        return pieces
    lead = pieces[0]
    spans = lead.candidate.passage.sentences
    if lead.span not in spans:
        return pieces
    text = library.document(lead.candidate.passage.document).text
    at = spans.index(lead.span)
    after: list[Span] = []
    before: list[Span] = []
    if at + 1 < len(spans) and _GOES_ON.match(text, spans[at + 1].start) and _one_paragraph(text, at, spans):
        after.append(spans[at + 1])
    if at > 0 and _GOES_ON.match(text, lead.span.start) and _one_paragraph(text, at - 1, spans):
        before.append(spans[at - 1])
    strong = [p for p in pieces[1:] if p.score >= STANDS_OUT * lead.score or p.span in after]
    weak = [p for p in pieces[1:] if p not in strong]

    def added(spans: Sequence[Span]) -> list[Piece]:
        return [
            Piece(replace(lead.candidate, span=s, text=s.slice(text)), s.slice(text), s, None, lead.score)
            for s in spans
            if whole(s.slice(text)) and all(p.span != s for p in pieces)
        ]

    return [lead, *strong, *added(after), *weak, *added(before)][: max(limit, len(pieces))]


def _one_paragraph(text: str, at: int, spans: Sequence[Span]) -> bool:
    return "\n\n" not in text[spans[at].end : spans[at + 1].start]


_ANNOUNCES = re.compile(
    r"\b(?:two|three|four|five|six|several|following|various)\b(?:\s[\w-]+){0,4}?\s(?:dimensions?|stages?|directions?|pillars?|ways?|reasons?|"
    r"objectives?|goals?|steps?|factors?|aspects?|channels?|types?|forms?|areas?|measures?|elements?|categories)\b|(?:두|세|네|다섯) ?가지",
    re.IGNORECASE,
)


_ORDERED = re.compile(
    r"^(?:First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Fourth(?:ly)?|Finally|Lastly|Initially|Then|Over time|Next|Up until|Later|"
    r"Subsequently|첫째|둘째|셋째|넷째|마지막으로)\b",
    re.IGNORECASE,
)


_HAS_LIST = re.compile(r"\b1\)|\(1\)|\bfirst\b.*\bsecond\b|:\s", re.IGNORECASE | re.DOTALL)


def completed(question: Question, pieces: list[Piece], library: Library, limit: int) -> list[Piece]:
    """Lists whole: where a chosen sentence announces an enumeration, the sentences that carry it out
    come along in place of weaker ones.
    """
    if not pieces or pieces[0].picked:
        return pieces
    lead = pieces[0]
    if not _ANNOUNCES.search(lead.text) or _HAS_LIST.search(lead.text):
        return pieces
    spans = lead.candidate.passage.sentences
    if lead.span not in spans:
        return pieces
    document = library.document(lead.candidate.passage.document)
    following: list[Piece] = []
    for span in spans[spans.index(lead.span) + 1 :]:
        text = span.slice(document.text)
        if not _ORDERED.match(text) or len(following) >= max(limit, 4) - 1:
            break
        following.append(Piece(replace(lead.candidate, span=span, text=text), text, span, None, lead.score))
    if len(following) < 2:
        return pieces
    rest = [p for p in pieces[1:] if all(p.span != f.span for f in following)]
    return [lead, *following, *rest][: max(limit, 1 + len(following))]
