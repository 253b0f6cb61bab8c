"""From a document's statements to its recommendations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.citations import cite
from assistant.policy.recommendations import fields
from assistant.policy.recommendations.actors import BODIES, acts, kinds, people
from assistant.policy.recommendations.doers import PRONOUN, doer
from assistant.policy.recommendations.english import OBLIGES, english
from assistant.policy.recommendations.headings import advice
from assistant.policy.recommendations.items import item
from assistant.policy.recommendations.korean import korean
from assistant.policy.recommendations.pillars import Pillars
from assistant.policy.recommendations.readings import Reading, even
from assistant.policy.recommendations.splitting import acts_of
from assistant.policy.recommendations.voices import advised, elsewhere, issues, said_by
from assistant.policy.statements import Statement, statements
from assistant.text import terms
from assistant.types import Document, Span
from assistant.types.policy import Part, Recommendation, Voice

_APART = re.compile(
    r"disclaimer|author information|acknowledg|about the authors?|copyright|일러두기|저자 소개|감사의 글", re.IGNORECASE
)
_OPENING = re.compile(
    r"(?::|\bto|\bfollowing|다음과 같다\.?)\s*$|다음"
    r"|\b(?:two|three|four|five|six|several|a number of|following|these) (?:\w+ ){0,2}(?:steps|measures|actions|priorities|reforms|policies|tasks|areas|"
    r"changes|things|conditions|directions|elements|options)\b",
    re.IGNORECASE,
)
_PILLARS = re.compile(r"\b(?:pillar|direction|strand|axis|priorit(?:y|ies)|agenda)s?$")
_ANNOUNCES = re.compile(r"\b(?:pillars|directions|strands|axes|priorities)\b|축|방향")
_BY_LAW = re.compile(
    r"(?:Under|Pursuant to|In accordance with|As required by|By virtue of)\s[^,]*\b(?:Acts?|[Ll]aws?|[Ss]ection|[Rr]egulations?|[Dd]irective|Code|[Ss]tatute|Treaty)\b"
)
_NTH = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|Finally|Lastly|Firstly|Secondly|Thirdly|Next),?\s")


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
    since: int = 9
    """How many sentences ago, in this paragraph, the document recommended something; 0 for the last one."""
    opening: Span | None = None
    """The sentence of this paragraph that announces several (`Three steps are needed.`)."""
    openers: frozenset[Span] = frozenset()
    """The sentences behind which a list stands."""
    opener: dict[Span, Reading] = field(default_factory=dict)
    """The readings of sentences that may open a list, by their spans."""


def recommendations(document: Document) -> tuple[Recommendation, ...]:
    """All that a document recommends or relays as recommended, in the order of its text."""
    read = [s for s in statements(document) if s.kind != "aside" and not any(_APART.search(h) for h in s.section[-1:])]
    texts = [even(s.span.slice(document.text)) for s in read]
    readings = [korean(t) if s.language == "ko" else english(t) for s, t in zip(read, texts, strict=True)]
    advises = _advises(document, readings)
    context, pillars = _Context(openers=frozenset(s.opener for s in read if s.opener)), Pillars(document)
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
        context.block, context.since, context.opening = s.block, 9, None
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
    elif not kept and context.opening is not None and _NTH.match(text):
        fragment = item(text, s.language, context.opener[context.opening].strength, False)
        if fragment is not None:
            kept, why = [fragment], "the sentence before that announces it recommends it"
    if opened is None and context.opening is not None and _NTH.match(text):
        opened = context.opening
    found: list[_Found] = []
    for r in kept:
        if _opens_only(text, r, s.span in context.openers):
            context.opener[s.span] = r
            continue
        for one in _several(text, r, s):
            who = said_by(text, one)
            who = None if who and issues(document, who) else who
            if opener is not None and who is None and one.form == "item":
                who = _opener_said(opener, s)
            voice: Voice = "reported" if who is not None or s.kind == "quote" else "history" if one.past else "own"
            actor = doer(document, s, text, one, context.actor if who is None else None, opener, context.since == 0)
            pillar = _own_pillar(document, s, text, one) or pillars.pillar(s)
            if (
                one.form == "item"
                and opener is not None
                and s.opener
                and _ANNOUNCES.search(s.opener.slice(document.text))
            ):
                pillar = pillars.item(s, one.action.shift(s.span.start))
            found.append(_Found(s, text, one, voice, who or "", actor, pillar, opened, why))
            if actor is not None and voice == "own" and actor.span is not None:
                context.actor = actor
    own = [f for f in found if f.voice == "own"]
    context.since = 0 if own else context.since + 1
    for f in own:
        if f.reading.items and f.reading.form in ("proposes", "deserves", "needed"):
            pillars.listed(s, tuple(i.shift(s.span.start) for i in f.reading.items))
            break
    if kept and not _opens_only(text, kept[-1], s.span in context.openers) and _OPENING.search(text):
        context.opener[s.span] = kept[-1]
        context.opening = s.span
    return found


def _own_pillar(document: Document, s: Statement, text: str, r: Reading) -> Part | None:
    """Of a sentence that says what a pillar is: the pillar as it names it, unless the heading above tells more."""
    if r.form != "pillar" or r.subject is None or not _PILLARS.search(r.subject.slice(text)):
        return None
    headed = set(terms(s.section[-1])) if s.section else set()
    if len(headed & set(terms(r.action.slice(text)))) >= 2:
        return None
    span = r.subject.shift(s.span.start)
    return Part(span.slice(document.text), span)


def _opener_said(opener: Reading, s: Statement) -> str | None:
    return said_by(even(s.opener.slice(s.document.text)), opener) if s.opener else None


def _counts(r: Reading, text: str, s: Statement, advises: bool, context: _Context) -> bool:
    """Whether a reading recommends in its document and place."""
    if s.language == "ko":
        return True
    if r.weak and not advises and r.teller is None and not r.past:
        return False
    if r.form == "goes_on":
        return context.since == 0
    if r.teller is not None or r.past:
        return True
    subject = r.subject.slice(text) if r.subject else ""
    hard = r.form == "requires" or (r.form == "modal" and r.strength == "must")
    if hard and _BY_LAW.match(text):
        return False
    if hard and not advises:
        return False
    if hard and OBLIGES.search(text) and not (kinds(subject) & BODIES and acts(subject) and not r.passive):
        return False
    if r.form == "requires" and re.match(r"(?:it|this|that)\b", text, re.IGNORECASE):
        return context.since <= 1 or s.before is None
    return not (r.form == "needed" and r.sign.slice(text) in ("required", "necessary") and not advises)


def _item(s: Statement, text: str, opener: Reading | None) -> tuple[Reading, str] | None:
    """A list item as a recommendation: by the sentence that opens the list, or under a heading of advice."""
    if s.before is not None:
        return None
    if opener is not None:
        r = item(text, s.language, opener.strength, opener.teller is None)
        return (r, "the words that open the list recommend it") if r else None
    if headed := advice(s.section, s.document.work.title):
        r = item(text, s.language, "should", False, headed == "plain")
        return (r, "an item under a heading of advice") if r else None
    return None


def _opens_only(text: str, r: Reading, listed: bool) -> bool:
    """Whether a reading has nothing of its own and only opens the list behind it: `The ministry should:`. Without a colon and
    without a list (`listed`) a sentence may well end in `to`.
    """
    if r.action == r.sign:
        return True
    ends = re.search(r"\bto:?\s*$|^the following(?: \w+){0,2}$", r.action.slice(text), re.IGNORECASE)
    return bool(ends) and (listed or text.rstrip().endswith(":"))


def _several(text: str, r: Reading, s: Statement) -> list[Reading]:
    """The acts of one sign: numbered items, or acts joined by `and`."""
    if r.items:
        return [replace(r, action=i, subject=r.subject if r.form in ("modal", "may") else None) for i in r.items]
    if s.language == "ko":
        return [r]
    return [replace(r, action=a) for a in acts_of(text, r.action)] if not r.passive else [r]


def _made(document: Document, f: _Found) -> Recommendation:
    base, r, text = f.statement.span.start, f.reading, f.text
    plain_text = document.text

    def part(span: Span, why: str = "") -> Part:
        moved = span.shift(base)
        return Part(moved.slice(plain_text), moved, why)

    start = min(r.action.start, r.subject.start) if r.subject and _inanimate(f, r) else r.action.start
    action = Span(start, r.action.end)
    if f.statement.language == "ko":
        tools = fields.instruments_ko(text, action.start, r.sign.end)
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
    if re.match(r"(?:neither|nobody|no one|none|nothing|no)\b", words, re.IGNORECASE):
        return True
    return (
        r.subject.start < r.action.start
        and not PRONOUN.match(words)
        and not acts(words)
        and (r.passive or not people(words))
    )
