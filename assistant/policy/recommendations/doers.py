"""Who should act, as the sentence or its paragraph names them."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts, acts_ko, people
from assistant.policy.recommendations.readings import Reading, even, trimmed
from assistant.policy.statements import Statement
from assistant.types import Document, Span
from assistant.types.policy import Part

PRONOUN = re.compile(r"^(?:it|they|he|she|this|these|those|both)$", re.IGNORECASE)
_BY = re.compile(r"\bby\s(?P<who>(?:the\s)?[\w'.& -]{2,60}?)(?=[,.;]|$|\s(?:to|in|for|through|on|at|so)\s)")
_OWNER = re.compile(r"(?P<who>(?:the\s)?[A-Z][\w.]*(?:\s[\w.]+){0,3}?)'s?\s")
_NO = re.compile(r"(?:neither|no|not)\s", re.IGNORECASE)


def doer(
    document: Document,
    s: Statement,
    text: str,
    r: Reading,
    before: Part | None,
    opener: Reading | None,
    near: bool = True,
) -> Part | None:
    """The subject, whose thing the subject is, the doer of a passive; where the sentence has nobody, the one of the
    sentence that opens the list, or `before`: who was named in the paragraph. Somebody is never guessed: a subject that
    may be an actor and is not known as one is not replaced, and a sentence that speaks of something of its own, or stands
    not directly behind (`near`), has no actor of another's.
    """
    subject = r.subject
    if subject is not None:
        words = subject.slice(text)
        if s.language == "ko":
            known = (
                acts_ko(words.split()[-1])
                or words.startswith(("각 ", "모든 ", "전국 "))
                or re.fullmatch("[가-힣]{2,6}부", words)
            )
            return _part(document, subject.shift(s.span.start)) if known else None
        if words.lower() in ("we", "you") or (acts(words) and not PRONOUN.match(words)):
            return _part(document, subject.shift(s.span.start))
        if r.passive and (by := _BY.search(text, r.sign.end)) and acts(by["who"]):
            return _part(document, Span(*by.span("who")).shift(s.span.start))
        if (owner := _OWNER.match(words)) and acts(owner["who"]):
            start = s.span.start + subject.start
            return _part(document, Span(start, start + owner.end("who")), "whose it is")
        if not r.passive and people(words):
            return _part(document, subject.shift(s.span.start))
    if r.form in ("pillar", "proposes", "deserves") and (subject is None or r.form == "pillar"):
        return None
    if r.form == "item" and opener is not None and s.opener is not None and opener.subject is not None:
        words = opener.subject.slice(even(s.opener.slice(document.text)))
        if acts_ko(words) if s.language == "ko" else acts(words):
            return _part(document, opener.subject.shift(s.opener.start), "named in the sentence that opens the list")
    if before is None or before.span is None or r.form in ("item", "needed", "impersonal"):
        return None
    inside = s.span.contains(before.span)
    if not inside and not _leans(text, s, r, near):
        return None
    return Part(before.text, before.span, "" if inside else "named in a sentence before it in the paragraph")


_REFERS = re.compile(r"(?:it|they|he|she|this|that|these|those|such|its|their|both|doing so)\b", re.IGNORECASE)
_OWN_TOPIC = re.compile(
    r"(?<![^\s,])(?!(?:이|그|저|각)\s)(?:[^\s,]*[가-힣)])(?<!하는)(?<!되는)(?<!있는)(?<!없는)(?<!않는)(?<!받는)(?:은|는|이|가)\s"
)


def _leans(text: str, s: Statement, r: Reading, near: bool) -> bool:
    """Whether a sentence takes its actor from the one before: it has no subject or topic of its own, or refers back."""
    if s.language == "ko":
        begin = min(r.action.start, r.subject.start) if r.subject else r.action.start
        return near and not _OWN_TOPIC.search(text[begin : r.sign.start])
    if r.subject is None or len(r.subject) == 0:
        return near
    return bool(_REFERS.match(r.subject.slice(text))) and (near or bool(PRONOUN.match(r.subject.slice(text))))


def _part(document: Document, span: Span, why: str = "") -> Part:
    """Without its article, and without the word that denies it."""
    words = span.slice(document.text)
    denied = _NO.match(words)
    start = denied.end() if denied else 0
    article = re.match(r"(?:the|an?)\s", words[start:], re.IGNORECASE)
    span = trimmed(document.text, span.start + start + (article.end() if article else 0), span.end)
    return Part(span.slice(document.text), span, why)
