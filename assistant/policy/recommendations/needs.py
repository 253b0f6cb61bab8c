"""What is said to be needed: `it is essential to`, `X is needed`, `this requires`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.recommendations.actors import acts
from assistant.policy.recommendations.clauses import LED, clause, end_of
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.telling import denied, group, hangs, heard, inline, put_to
from assistant.types import Span
from assistant.types.policy import Strength

_HARD_NEED = r"essential|necessary|imperative|crucial|critical|vital|indispensable|urgent|required|needed"

_SOFT_NEED = r"important|desirable|advisable|sensible|appropriate|wise|best|better|prudent|high time|time|key|preferable|incumbent"

_WORTH = r"worth|worthwhile|useful|helpful"

_IMPERSONAL = re.compile(
    r"\b[Ii]t\s(?P<be>is|was|will be|would be|becomes|became|remains|seems|appears|may be|might be|has become|has been)(?P<adverb>(?:\s(?:also|therefore|thus|now|then|all the more|of|"
    r"just as|particularly|more|even|still|highly|[a-z]+ly)){0,3})\s(?:(?P<must>"
    + _HARD_NEED
    + r")|(?P<should>"
    + _SOFT_NEED
    + r"))"
    r"(?:\simportance)?,?\s(?:(?P<form>to|that)\s|for\s(?P<who>[^.;]{2,90}?)\sto\s)"
)

_WORTH_DOING = re.compile(
    r"\b[Ii]t\s(?:is|would be|may be|might be)(?:\s[a-z]+ly)?\s(?:" + _WORTH + r")\s(?:(?=[a-z]+ing\b)|to\s|while\s)"
)

DEED_NOUN = re.compile(
    r"\b(?:support|cooperation|collaboration|coordination|reforms?|action|actions|efforts?|measures?|approach(?:es)?|strateg(?:y|ies)|polic(?:y|ies)|framework|"
    r"dialogue|consultations?|investments?|recognition|assistance|engagement|commitment|integration|diversification|harmoni[sz]ation|"
    r"legislation|regulation|oversight|guidance|training|funding|financing|incentives?|steps?|mechanisms?|institutions?|"
    r"leadership|planning|preparation|monitoring|evaluation|review|research|education|partnerships?|agreements?|safeguards?|"
    r"transparency|flexibility|vigilance|caution|attention|emphasis|priority|shift|transition|change|changes|overhaul|expansion|"
    r"reduction|protection|promotion|development|improvement|strengthening|enhancement|establishment|implementation|adoption|"
    r"introduction|relaxation|streamlining|simplification|deregulation|intervention|response|programs?|programmes?|plan|plans|"
    r"systems?|standards|clarity|predictability|capacity[- ]building|preparedness|diplomacy|deterrence|balance|package|initiatives?|"
    r"management|provision|creation|restraint|scrutiny|solutions?)\b",
    re.IGNORECASE,
)

_NEEDED = re.compile(
    r"\b(?P<be>is|are|was|were|will be|would be|remains?)(?P<adverb>(?:\s(?:also|therefore|thus|now|then|urgently|badly|still|particularly|equally|especially|increasingly|"
    r"clearly|absolutely|more|[a-z]+ly)){0,2})\s(?:(?P<must>"
    + _HARD_NEED
    + r"|called for|in order)|(?P<should>important|warranted|desirable|advisable|key))"
    r"(?=[.,;:]|$|\s(?:to|for|if|in|as|so|when|and|at)\b)"
)

_WHAT = re.compile(
    r"\b[Ww]hat\s(?:is|are)(?:\s(?:now|also|urgently|therefore|really))?\s(?P<must>needed|required|called for|necessary)(?:[^.;,]{0,40}?),?\s(?:is|are)\s"
    r"|^(?:Also |Equally )?(?P<first>[Nn]eeded|[Rr]equired)(?:\s(?:now|here|too))?\s(?:is|are)\s"
)

_THERE = re.compile(
    r"\b[Tt]here\s(?P<be>is|was|remains|are)\s(?:therefore\s|thus\s|also\s|now\s)?(?:an?|the|every|clear|some|great)?\s?(?:\w+\s){0,2}(?P<must>need|(?<=strong )case|(?<=compelling )case|(?<=good )reason|(?<=strong )reason)s?\s(?P<form>for|to)\s"
)

_REQUIRES = re.compile(r"\b(?P<sign>requires?|calls for|demands|necessitates?)(?:\snot only)?\s")

_GOAL = re.compile(
    r"^(?:(?:also|thus|therefore|finally|accordingly|in turn|doing so|all)\b|(?:this|that|it|these|they|all of this|all this|to do so|doing so)\b|to\s\w+|[a-z-]+ing\b(?! (?:law|rule|act|process|procedure|system)))"
    r"|\b(?:participation|success|implementation|transition|shift|goals?|objectives?|strategy|achievement|competitiveness|growth|task|response|effort|"
    r"reali[sz]ation|challenge|challenges|transformation|reform|progress|approach|resilience|leadership|environment|situation|reality|realities)$",
    re.IGNORECASE,
)

_RULE = re.compile(
    r"\b(?:laws?|act|statutes?|rules?|regulations?|procedures?|agreements?|sections?|provisions?|contracts?|courts?|treat(?:y|ies)|constitution|"
    r"guidelines?|directives?|code|bill|order|title|clause|article|standards?|certification|licen[cs]e|visa|permits?|method|model|equation|analysis|process)\b",
    re.IGNORECASE,
)


def impersonal(text: str) -> Iterator[Reading]:
    for m in _IMPERSONAL.finditer(text):
        if re.search(r"\b(?:not|n't|hardly|no longer|never|neither|scarcely|nowhere)\b", m["adverb"]):
            continue
        c = clause(text, m.start())
        if hangs(c):
            continue
        advises, teller = heard(text, c)
        if not advises:
            continue
        word = "must" if m["must"] else "should"
        strength: Strength = "could" if m["be"].startswith(("may", "might")) else "must" if m["must"] else "should"
        who, start = group(m, "who") if m["who"] else None, m.end()
        if m["form"] == "that" and (put := put_to(text, start)):
            who, start = put
        sign = Span(m.start(), m.end(word))
        yield Reading(
            "impersonal",
            sign,
            strength,
            trimmed(text, start, end_of(text, start)),
            who,
            past=m["be"] in ("was", "became"),
            teller=teller,
        )
    for m in _WORTH_DOING.finditer(text):
        yield Reading(
            "impersonal",
            trimmed(text, m.start(), m.end()),
            "considering",
            trimmed(text, m.end(), end_of(text, m.end())),
        )


def needed(text: str) -> Iterator[Reading]:
    for m in _WHAT.finditer(text):
        sign = group(m, "must" if m["must"] else "first")
        yield Reading("needed", sign, "must", trimmed(text, m.end(), len(text)), items=inline(text, m.end()))
    for m in _THERE.finditer(text):
        if re.search(r"\b(?:no|not|little|hardly|never|without|longer|less)\b", m.group()):
            continue
        if m["must"] == "need" or m["form"] == "for":
            yield Reading(
                "needed",
                group(m, "must"),
                "must" if m["must"] == "need" else "should",
                trimmed(text, m.end(), end_of(text, m.end())),
                past=m["be"] == "was",
            )
    for m in _NEEDED.finditer(text):
        c = clause(text, m.start())
        if (
            c.subject is None
            or hangs(c)
            or re.match(r"(?:it|this|that|what|which|who|there)\b", c.subject.slice(text), re.IGNORECASE)
        ):
            continue
        advises, teller = heard(text, c)
        if (
            not advises
            or re.search(r"\b(?:not|no|never|neither|hardly|only|no longer)\b", m["adverb"])
            or denied(c.subject.slice(text))
        ):
            continue
        subject = c.subject
        if not (DEED_NOUN.search(_head(subject.slice(text))) or re.search(r"urgently|badly", m["adverb"])):
            listed = _whole_list(text, m.start())
            if m["be"] != "are" or listed is None or not DEED_NOUN.search(_head(listed.slice(text))):
                continue
            subject = listed
        if m["should"] == "important" and not m["adverb"] and not re.match(r"\s(?:to|for|if)\b", text[m.end() :]):
            continue
        strength: Strength = "must" if m["must"] else "should"
        sign = group(m, "must" if m["must"] else "should")
        action = trimmed(text, subject.start, end_of(text, m.end()))
        if text[m.end() : m.end() + 1] == ":":  # `Two measures are essential: a fund, and …`
            behind = trimmed(text, m.end(), len(text))
            action = behind if len(behind) else action
        yield Reading(
            "needed", sign, strength, action, subject, True, m["be"] in ("was", "were"), teller, inline(text, m.end())
        )


def _head(subject: str) -> str:
    """The noun phrase up to what hangs on it."""
    return re.split(r"\s(?:between|among|that|which|from|in|on|for|of|to)\b", subject, maxsplit=1)[0]


def _whole_list(text: str, at: int) -> Span | None:
    """All that stands before a verb where it is a list without a verb of its own: `A for b, c, and d are needed`."""
    whole = trimmed(text, 0, at)
    words = whole.slice(text)
    return None if re.search(r"\b(?:is|are|was|were|has|have|will|that|which)\b", words) or LED.match(words) else whole


_OBLIGED = re.compile(r"\b(?:is|are)\s(?:also |therefore |thus )?(?P<sign>required|compelled|called upon)\sto\s")
_AIM = re.compile(r"^(?:If\b[^,]*\b(?:is|are) to\b|(?:In order )?[Tt]o\b)")


def required(text: str) -> Iterator[Reading]:
    for m in _OBLIGED.finditer(text):
        c = clause(text, m.start())
        if (
            c.subject is not None
            and not hangs(c)
            and c.lead
            and _AIM.match(c.lead.slice(text))
            and acts(c.subject.slice(text))
        ):
            yield Reading(
                "requires", group(m, "sign"), "must", trimmed(text, m.end(), end_of(text, m.end())), c.subject
            )
    for m in _REQUIRES.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or hangs(c):
            continue
        subject = c.subject.slice(text)
        advises, teller = heard(text, c)
        if (
            not advises
            or denied(subject, text[: m.start()])
            or re.match(r"(?:no|little|neither|nothing|none)\b", text[m.end() :])
            or _RULE.search(_head(subject))
            or not _GOAL.search(_head(subject))
            or re.match(r"\s?(?:that|by|at least|a lot)\b", text[m.end() :])
        ):
            continue
        end = end_of(text, m.end())
        actor, start = None, m.end()
        inner = re.match(r"(?P<who>(?:the |a |an )?[^,;]{2,80}?)\sto\s(?=[a-z])", text[m.end() : end])
        if inner and acts(inner["who"]):
            actor = trimmed(text, m.end(), m.end() + inner.end("who"))
            start = m.end() + inner.end()
        yield Reading("requires", group(m, "sign"), "must", trimmed(text, start, end), actor, teller=teller)
