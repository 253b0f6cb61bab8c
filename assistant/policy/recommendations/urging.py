"""The turns of official prose: `are urged to`, `it is recommended that`, `consideration could be given to`, `we would
caution against`, `is overdue`, `there is a strong case for`, `councils may wish to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.recommendations.actors import BODIES, acts, kinds, named_body, people
from assistant.policy.recommendations.clauses import clause, end_of
from assistant.policy.recommendations.modal import MODAL
from assistant.policy.recommendations.needs import DEED_NOUN
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.telling import denied, group, hangs, heard, put_to
from assistant.types import Span
from assistant.types.policy import Strength

_LY = r"(?:\s(?:also|therefore|thus|now|then|again|once more|further|in particular|[a-z]+ly))?"
_URGED = re.compile(
    r"\b(?P<sign>(?:(?P<be>is|are)|(?P<might>may|might|could) be)" + _LY + r"\s(?:urged|invited|asked|encouraged|advised|requested|exhorted|called (?:up)?on|recommended)\sto)\s"
)  # fmt: skip
_IT_IS = re.compile(
    r"\b[Ii]t\s(?P<be>is|was|has been|had been)" + _LY + r"\s(?P<sign>recommended|proposed|suggested|advised|urged|requested)\s(?P<form>that|to)\s"
)  # fmt: skip
_INDICATIVE = re.compile(r"[^,;.]*?\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|does|did|cannot)\b")
"""Behind `it is suggested that`: what is supposed, and nothing that is to be done."""
_ADVISED = re.compile(
    r"\b(?P<be>is|are|was|were)" + _LY + r"\s(?P<sign>recommended|proposed|suggested|advised)(?=[.:;,]|$|\s(?:for|in|from|as|at|on|here)\b)"
)  # fmt: skip
_GIVEN = re.compile(
    r"\b(?P<sign>(?P<weighs>(?:[Ff]urther |[Ss]erious |[Cc]areful |[Aa]ctive )?(?:[Cc]onsideration|[Tt]hought))\s(?P<modal>could|should|might|may|must|needs to|ought to)" + _LY + r"\sbe given to)\s"
)  # fmt: skip
_AGAINST = re.compile(
    r"\b(?:[Ww]e|I|[Tt]h(?:is|e) (?:paper|report|memo|memorandum|brief|note|office|authors?))\s(?:would\s|must\s|also\s|therefore\s|strongly\s|firmly\s){0,2}"
    r"(?P<sign>(?:caution|advise|counsel|warn|recommend)s? against)\s"
)
_ANAPHOR = re.compile(r"(?:one|it|this|that|them|these|those|either|both|doing so)\b[\s.,;]*(?:$|[a-z])")
_MISTAKE = re.compile(
    r"\b[Ii]t\s(?P<sign>would be|is|may be|might be)\s(?P<action>(?:unwise|imprudent|premature|wrong|short-?sighted|dangerous|irresponsible|counter-?productive|inadvisable|a (?:grave |serious |great )?(?:mistake|error)|an error|folly)\sto\s)"
)
_OVERDUE = re.compile(r"\b(?P<sign>(?:is|are|remains?)(?:\s(?:now|also|well|already|clearly))?\s(?:long\s)?overdue)\b")
_CASE = re.compile(
    r"\b(?:[Tt]here|[Ww]e)\s(?P<sign>(?:is|remains|see|find)\s(?:now\s|also\s|therefore\s)?(?:a|an|every|good|strong)\s(?:\w+\s){0,2}?(?:case|reason|argument))\s(?P<form>for|to)\s"
)
_STRONG = re.compile(r"\b(?:strong|compelling|good|every|clear|powerful|overwhelming|excellent)\b")
_WISH = re.compile(
    r"\b(?P<sign>(?:may|might)(?:\salso|\stherefore)?\s(?:wish|want|like|care)\sto|could\s(?:also\s)?(?:usefully|sensibly|profitably|helpfully))\s(?P<verb>[a-z]+)\b"
)
_WILL_NEED = re.compile(r"\b(?P<sign>(?:will|would)(?:\s(?:also|therefore|then|still|now|first|[a-z]+ly))?\sneed to)\s")
_LET = re.compile(r"^(?P<sign>Let)\s(?=(?:the|there|every|each|all|no|it)\b)")
_SPEAKERS = re.compile(
    r"^(?:the )?(?:readers?|respondents?|participants?|visitors?|users?|students?|pupils?)$", re.IGNORECASE
)


def urged(text: str) -> Iterator[Reading]:
    for found in (_to_somebody, _impersonally, _of_a_thing, _against):
        yield from found(text)


def _to_somebody(text: str) -> Iterator[Reading]:
    for m in _URGED.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or hangs(c):
            continue
        subject = c.subject.slice(text)
        advises, teller = heard(text, c)
        if not advises or not (acts(subject) or people(subject)) or _SPEAKERS.match(subject) or denied(subject):
            continue
        yield Reading(
            "modal", group(m, "sign"), "could" if m["might"] else "should", _rest(text, m.end()), c.subject,
            teller=teller, weak=True,
        )  # fmt: skip
    for m in (*_WISH.finditer(text), *_WILL_NEED.finditer(text)):
        c = clause(text, m.start())
        if c.subject is None or hangs(c) or c.under == "that":
            continue
        subject = c.subject.slice(text)
        wishes = m.re is _WISH
        if denied(subject) or not acts(subject) or not (kinds(subject) & BODIES or named_body(subject)):
            continue
        if wishes and m["verb"] in ("consider", "explore", "examine", "evaluate", "assess", "review"):
            continue  # `may wish to consider` is read elsewhere
        if not wishes and (m["sign"].startswith("would") and re.match(r"(?:If|To|For|Were|In order)\b", text)):
            continue
        passive = not wishes and bool(re.match(r"be\s", text[m.end() :]))
        start = m.start("verb") if wishes else m.end()
        yield Reading(
            "modal", group(m, "sign"), "could" if wishes else "should", _rest(text, start), c.subject, passive,
            weak=not wishes,
        )  # fmt: skip


def _impersonally(text: str) -> Iterator[Reading]:
    for m in _IT_IS.finditer(text):
        start = m.end()
        put = put_to(text, start - 5) if m["form"] == "that" else None
        if m["sign"] in ("suggested", "proposed") and not put and _INDICATIVE.match(text[start:]):
            continue
        if re.match(r"[^.;]{2,120}?\b(?:should|must)\b", text[start:]):
            continue  # the modal says it
        who, begin = put if put else (None, start)
        teller = Span(m.end("sign"), m.end("sign")) if m["be"] == "has been" else None
        if by := re.match(r"by\s(?P<who>[^,.;]{2,60}?)\sthat\s", text[m.end("sign") + 1 :]):
            teller = Span(m.end("sign") + 1 + by.start("who"), m.end("sign") + 1 + by.end("who"))
        yield Reading(
            "proposes", group(m, "sign"), "should", _rest(text, begin), who, past=m["be"] in ("was", "had been"),
            teller=teller, weak=True,
        )  # fmt: skip
    for m in _GIVEN.finditer(text):
        c = clause(text, m.start())
        if hangs(c):
            continue
        advises, teller = heard(text, c)
        if advises:
            yield Reading("impersonal", group(m, "sign"), "considering", _rest(text, m.end()), teller=teller)
    for m in _MISTAKE.finditer(text):
        c = clause(text, m.start())
        if hangs(c):
            continue
        advises, teller = heard(text, c)
        if advises:
            action = trimmed(text, m.start("action"), end_of(text, m.end()))
            yield Reading("impersonal", group(m, "sign"), "should", action, teller=teller)
    for m in _CASE.finditer(text):
        strong = _STRONG.search(m["sign"]) is not None
        strength: Strength = "should" if strong else "considering"
        yield Reading("impersonal", group(m, "sign"), strength, _rest(text, m.end()), weak=not strong)
    if m2 := _LET.match(text):
        yield Reading("impersonal", group(m2, "sign"), "should", _rest(text, m2.end()), weak=True)


def _of_a_thing(text: str) -> Iterator[Reading]:
    for m in (*_ADVISED.finditer(text), *_OVERDUE.finditer(text)):
        c = clause(text, m.start())
        if c.subject is None or hangs(c):
            continue
        advises, teller = heard(text, c)
        subject = c.subject.slice(text)
        opens = re.match(r"the following\b", subject, re.IGNORECASE) is not None
        if not advises or denied(subject) or not (opens or DEED_NOUN.search(subject)):
            continue
        action = c.subject if opens else trimmed(text, c.subject.start, end_of(text, m.end()))
        if opens:  # what is recommended follows
            action = trimmed(text, c.subject.start, c.subject.start + len("the following"))
        past = m.re is _ADVISED and m["be"] in ("was", "were")
        yield Reading(
            "needed", group(m, "sign"), "should", action, c.subject, True, past, teller, weak=m.re is _ADVISED
        )


def _against(text: str) -> Iterator[Reading]:
    """Advice against something keeps its denial: the action begins with the words of the sign."""
    for m in _AGAINST.finditer(text):
        begin = 0 if _ANAPHOR.match(text[m.end() :]) and m.start() else m.start("sign")
        action = trimmed(text, begin, end_of(text, m.end()))
        yield Reading("proposes", group(m, "sign"), "should", action)


def _rest(text: str, start: int) -> Span:
    """What a sign governs, up to the subject of the next sign."""
    end = end_of(text, start)
    for m in (m for p in (MODAL, _URGED, _WISH, _WILL_NEED) for m in p.finditer(text, start, end)):
        subject = clause(text, m.start()).subject
        if subject is not None and subject.start > start:
            end = min(end, subject.start)
    words = re.sub(r"[,;]?\s(?:and|but|or|while|so)\s*$", "", text[start:end])
    return trimmed(text, start, start + len(words))
