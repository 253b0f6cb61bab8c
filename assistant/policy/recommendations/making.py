"""From a document's statements to its recommendations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.citations import cite
from assistant.policy.recommendations import fields
from assistant.policy.recommendations.actors import BODIES, acts, acts_ko, kinds
from assistant.policy.recommendations.english import OBLIGES, english
from assistant.policy.recommendations.items import item
from assistant.policy.recommendations.korean import korean
from assistant.policy.recommendations.pillars import Pillars
from assistant.policy.recommendations.readings import Reading, even, trimmed
from assistant.policy.recommendations.splitting import acts_of
from assistant.policy.recommendations.voices import advised, elsewhere, said_by
from assistant.policy.statements import Statement, statements
from assistant.types import Document, Span
from assistant.types.policy import Part, Recommendation, Voice

_APART = re.compile(
    r"disclaimer|author information|acknowledg|about the authors?|copyright|일러두기|저자 소개|감사의 글", re.IGNORECASE
)
_ADVICE_HEADING = re.compile(
    r"recommend|polic(?:y|ies)|priorit|strateg|options|proposal|way forward|next steps|what (?:should|can) be done|implication|roadmap|action plan|"
    r"제언|과제|방안|권고|시사점|대응|방향|전략|추진",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:it|they|he|she|this|these|those|we|both)$", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """A reading where it was found."""

    statement: Statement
    text: str
    reading: Reading
    voice: Voice
    said_by: str
    actor: Part | None
    pillar: Part | None
    opened_by: Span | None
    sign_why: str = ""


@dataclass(slots=True)
class _Context:
    """What was read before, as far as a sentence leans on it."""

    block: Span | None = None
    actor: Part | None = None
    """The last one in this paragraph who was said to have to act."""
    advised: bool = False
    """Whether the sentence before recommends, in the document's own voice."""
    opener: dict[Span, Reading] = field(default_factory=dict)
    """The readings of sentences that may open a list, by their spans."""


def recommendations(document: Document) -> tuple[Recommendation, ...]:
    """All that a document recommends or relays as recommended, in the order of its text."""
    read = [s for s in statements(document) if s.kind != "aside" and not any(_APART.search(h) for h in s.section[-1:])]
    texts = [even(s.span.slice(document.text)) for s in read]
    readings = [korean(t) if s.language == "ko" else english(t) for s, t in zip(read, texts, strict=True)]
    advises = _advises(document, readings)
    context, pillars = _Context(), Pillars(document)
    found: list[_Found] = []
    for statement, text, own in zip(read, texts, readings, strict=True):
        found += _of(document, statement, text, own, advises, context, pillars)
    places = advised(document, (f.actor.text for f in found if f.actor and f.voice == "own"))
    for f in found:
        if f.voice == "own" and f.actor is not None and elsewhere(f.actor.text, places):
            f.voice = "others"
    return tuple(_made(document, f) for f in found)


def _advises(document: Document, readings: list[tuple[Reading, ...]]) -> bool:
    """Whether a document gives advice. In one that does not, `must` and `requires` tell what is the law."""
    flat = [r for rs in readings for r in rs if r.teller is None and not r.past]
    proposes = any(r.form in ("proposes", "pillar") for r in flat)
    shoulds = sum(r.form == "modal" and r.strength in ("should", "considering") for r in flat)
    musts = sum(r.form == "modal" and r.strength == "must" for r in flat)
    headed = any(
        re.search(r"recommendation|제언|정책 ?과제|권고", h, re.IGNORECASE) for s in document.sections for h in s.path
    )
    return proposes or headed or (shoulds >= 2 and shoulds * 2 >= musts)


def _of(
    document: Document,
    s: Statement,
    text: str,
    readings: tuple[Reading, ...],
    advises: bool,
    context: _Context,
    pillars: Pillars,
) -> list[_Found]:
    if context.block != s.block:
        context.block, context.advised = s.block, False
        if s.kind != "list":
            context.actor = None
    pillars.moved(s)
    kept = [r for r in readings if _counts(r, text, s, advises, context)]
    opened: Span | None = pillars.opener(s)
    why = ""
    opener = context.opener.get(s.opener) if s.opener else None
    if not kept and s.kind == "list" and (made := _item(s, text, opener)):
        reading, why = made
        kept, opened = [reading], s.opener if opener is not None else opened
    elif kept and s.kind == "list" and opener is not None:
        opened = s.opener
    found: list[_Found] = []
    for r in kept:
        for one in _several(text, r, s):
            who = said_by(text, one)
            if opener is not None and who is None and one.form == "item":
                who = _opener_said(opener, s)
            voice: Voice = "reported" if who is not None or s.kind == "quote" else "history" if one.past else "own"
            actor = _actor(document, s, text, one, context, opener)
            found.append(_Found(s, text, one, voice, who or "", actor, pillars.pillar(s), opened, why))
            if actor is not None and voice == "own" and actor.span is not None:
                context.actor = actor
    if not found and s.kind != "list":
        context.actor = _named(document, s, text) or context.actor
    own = [f for f in found if f.voice == "own"]
    context.advised = bool(own)
    for f in own:
        if f.reading.items:
            pillars.listed(s, tuple(i.shift(s.span.start) for i in f.reading.items))
            break
    if kept and (
        text.rstrip().endswith(":") or re.search(r"\b(?:following|these|several|steps|measures|다음)\b", text)
    ):
        context.opener[s.span] = kept[-1]
    return found


def _opener_said(opener: Reading, s: Statement) -> str | None:
    return said_by(even(s.opener.slice(s.document.text)), opener) if s.opener else None


def _counts(r: Reading, text: str, s: Statement, advises: bool, context: _Context) -> bool:
    """Whether a reading recommends in its document and place."""
    if s.language == "ko":
        return True
    if r.form == "goes_on":
        return context.advised
    if r.teller is not None or r.past:
        return True
    subject = r.subject.slice(text) if r.subject else ""
    hard = r.form == "requires" or (r.form == "modal" and r.strength == "must")
    if hard and not advises:
        return False
    if hard and OBLIGES.search(text) and not (kinds(subject) & BODIES and acts(subject) and not r.passive):
        return False
    if r.form == "requires" and re.match(r"(?:it|this|that)\b", text, re.IGNORECASE):
        return context.advised or s.before is None
    return not (r.form == "needed" and r.sign.slice(text) == "required" and not advises)


def _item(s: Statement, text: str, opener: Reading | None) -> tuple[Reading, str] | None:
    """A list item as a recommendation: by the sentence that opens the list, or under a heading of advice."""
    if s.before is not None:
        return None
    if opener is not None:
        r = item(text, s.language, opener.strength, True)
        return (r, "the words that open the list recommend it") if r else None
    if any(_ADVICE_HEADING.search(h) for h in s.section[-1:]):
        r = item(text, s.language, "should", False)
        return (r, "an item under a heading of advice") if r else None
    return None


def _several(text: str, r: Reading, s: Statement) -> list[Reading]:
    """The acts of one sign: numbered items, or acts joined by `and`."""
    if r.items:
        return [replace(r, action=i, subject=None if r.form != "modal" else r.subject) for i in r.items]
    if s.language == "ko":
        return [r]
    return [replace(r, action=a) for a in acts_of(text, r.action)] if not r.passive else [r]


def _actor(
    document: Document, s: Statement, text: str, r: Reading, context: _Context, opener: Reading | None
) -> Part | None:
    """Who should act: the subject, whose thing the subject is, the doer of a passive; else who was named before."""
    subject = r.subject
    is_actor = acts_ko if s.language == "ko" else acts
    if subject is not None:
        words = subject.slice(text)
        if s.language == "ko" or (is_actor(words) and not _PRONOUN.match(words)):
            return _part(document, subject.shift(s.span.start))
        if words.lower() == "we":
            return _part(document, subject.shift(s.span.start))
        if (
            r.passive
            and (
                by := re.search(
                    r"\bby\s(?P<who>(?:the\s)?[\w'.& -]{2,60}?)(?=[,.;]|$|\s(?:to|in|for|through|on|at|and)\s)",
                    text[r.sign.end :],
                )
            )
            and acts(by["who"])
        ):
            start = s.span.start + r.sign.end + by.start("who")
            return _part(document, Span(start, start + len(by["who"])))
        if owner := re.match(r"(?P<who>(?:the\s)?[A-Z][\w.]*(?:\s[\w.]+){0,3}?)'s?\s", words):
            if acts(owner["who"]):
                start = s.span.start + subject.start
                return Part(
                    document.text[start : start + owner.end("who")],
                    Span(start, start + owner.end("who")),
                    "whose it is",
                )
    if r.form in ("pillar", "proposes", "deserves") and subject is None:
        return None
    if opener is not None and r.form == "item" and s.opener is not None and opener.subject is not None:
        words = opener.subject.slice(even(s.opener.slice(document.text)))
        if is_actor(words):
            span = opener.subject.shift(s.opener.start)
            return Part(span.slice(document.text), span, "named in the sentence that opens the list")
    if context.actor is not None and context.actor.span is not None:
        inside = s.span.contains(context.actor.span)
        return Part(
            context.actor.text, context.actor.span, "" if inside else "named in a sentence before it in the paragraph"
        )
    return None


def _named(document: Document, s: Statement, text: str) -> Part | None:
    """Nobody: a sentence that recommends nothing names no actor for the next."""
    return None


def _part(document: Document, span: Span, why: str = "") -> Part:
    span = _without_article(document.text, span)
    return Part(span.slice(document.text), span, why)


def _without_article(text: str, span: Span) -> Span:
    article = re.match(r"(?:the|an?)\s", span.slice(text), re.IGNORECASE)
    return trimmed(text, span.start + (article.end() if article else 0), span.end)


def _made(document: Document, f: _Found) -> Recommendation:
    base, r, text = f.statement.span.start, f.reading, f.text
    plain_text = document.text

    def part(span: Span, why: str = "") -> Part:
        moved = span.shift(base)
        return Part(moved.slice(plain_text), moved, why)

    start = min(r.action.start, r.subject.start) if r.subject and _inanimate(f, r) else r.action.start
    action = Span(start, r.action.end)
    if f.statement.language == "ko":
        tools = fields.instruments_ko(text, 0, r.action.end)
        whom = fields.beneficiaries_ko(text, action.start, action.end)
        case = fields.condition_ko(text, 0, r.action.end)
    else:
        tools = fields.instruments(text, r.action)
        whom = fields.beneficiaries(text, action, r.subject.slice(text) if r.subject else None)
        case = fields.condition(text, action, r.sign)
    return Recommendation(
        citation=cite(document, f.statement.span, 0),
        strength=r.strength,
        voice=f.voice,
        sign=part(r.sign, f.sign_why),
        action=part(action),
        actor=f.actor,
        instruments=tuple(map(part, tools)),
        beneficiaries=tuple(map(part, whom)),
        condition=part(case) if case else None,
        pillar=f.pillar,
        opened_by=cite(document, f.opened_by, 0) if f.opened_by else None,
        said_by=f.said_by,
    )


def _inanimate(f: _Found, r: Reading) -> bool:
    """Whether the subject is what is acted on, so that the action cannot be read without it."""
    if r.subject is None or f.statement.language == "ko" or r.form not in ("modal", "needed", "deserves"):
        return False
    words = r.subject.slice(f.text)
    return r.subject.start < r.action.start and not _PRONOUN.match(words) and not acts(words)
