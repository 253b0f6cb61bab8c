"""What is proposed or put to somebody: `we recommend`, `the first pillar is to`, `Congress may consider`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.recommendations.actors import BODIES, COUNTRY, acts, kinds
from assistant.policy.recommendations.clauses import clause, end_of, first_subject
from assistant.policy.recommendations.modal import ADVERB
from assistant.policy.recommendations.needs import DEED_NOUN
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.telling import TEXT_VOICE, bare, group, hangs, heard, inline, put_to
from assistant.types import Span
from assistant.types.policy import Strength

_OWN_PROPOSES = re.compile(
    r"\b(?P<who>"
    + TEXT_VOICE
    + r")\s(?:would\s|also\s|therefore\s|thus\s|further\s|strongly\s|then\s){0,2}(?P<sign>(?P<directs>asks?|invites?|encourages?|requests?)|recommends?|proposes?|urges?|advocates?|advises?|calls? for|calls? on|suggests?)\s"
)

_NOT_PROPOSED = re.compile(
    r"(?:an?\s|the\s|two\s|three\s)?(?:\w+\s){0,3}?(?:models?|hypothes[ie]s|methods?|methodology|measures? of|ind(?:ex|icator|icators)|estimators?|definitions?|typology|taxonomy|explanations?|"
    r"interpretations?|classification|theory|test|algorithm)\b"
)

_PROPOSES = re.compile(
    r"\b(?P<sign>(?:has|have|had)?\s?(?:recommended|recommends?|proposed|proposes?|urged|urges?|advocated|advocates?|advised|advises?|called (?:for|on)|calls? for|calls? on|"
    r"pressed|pressured|demanded|demands)|suggested|suggests)\s"
)

_PILLAR = re.compile(
    r"\b(?P<what>(?i:first|second|third|fourth|fifth|sixth|last|final|next|key|main|top|most important|immediate|central|one|another|other)\s(?:(?!to\b|of\b|in\b|for\b)\w+\s){0,2}?(?:pillars?|directions?|steps?|priorit(?:y|ies)|"
    r"recommendations?|tasks?|measures?|options?|strands?|axis|imperatives?|proposals?|courses? of action|agenda))\b"
    r"(?P<of>[^.;:]{0,90}?)\s(?P<be>is|are|would be|will be|should be|could be|might be|may be|consists (?:in|of)|was)(?:\s(?:therefore|thus|then))?\s(?:for\s(?P<who>[^,;.]{2,50}?)\s)?(?:(?P<form>to)\s|(?=[a-z]+ing\s)|that\s)"
)

_TOP = re.compile(
    r"\b(?:(?:[Tt]he|[Oo]ur) (?:(?:most )?(?:pressing|urgent|overriding|overall|immediate) )(?:priority|task|recommendation|need)|(?:[Tt]he|[Oo]ur) (?:priority|recommendation|advice))"
    r"(?: now| here| therefore| for (?:the|this|next) [\w ]{2,20})? (?P<sign>(?:is|must be|should be|remains)(?: now| therefore)?(?: to| that)?) "
    r"(?=[a-z]+)(?<=(?:to|at) )"
)
"""`The most pressing task is to repair …`, `the priority should be to …`."""

_DESERVES = re.compile(
    r"\b(?P<sign>(?:deserve|merit|warrant)s?\s(?:\w+\s){0,2}(?:attention|consideration|priority|support|study|scrutiny|emphasis))\b"
)

_MAY = re.compile(
    r"\b(?P<modal>may|might|could|can)(?P<adverbs>"
    + ADVERB
    + r"*)(?:,\s(?:for (?:instance|example)|however|therefore|in turn),)?\s(?P<light>(?:wish|want|choose|opt|elect|decide|need|prefer|continue) to\s)?"
    r"(?P<verb>consider|explore|examine|evaluate|weigh|assess|review|study|address|debate|contemplate|monitor|decide whether|(?P<other>[a-z]+))\b"
)

_MAKERS = re.compile(
    r"\b(?:congress|parliament|assembly|policy ?makers?|lawmakers?|legislators?|members|senate|house|governments?|ministr(?:y|ies)|authorities|decision ?makers?)$",
    re.IGNORECASE,
)

_HAPPENS_TO = frozenset(
    "face lose see benefit suffer find gain expect have be become use collapse fall fail default struggle also not well potentially help lead affect result "
    "reduce increase cause make take need experience receive incur pay end remain continue come feel know learn".split()
)

EFFECT = re.compile(
    r"^(?P<action>(?P<verb>[A-Z][a-z]+ing)\s[^.;:]{8,160}?)\s(?P<sign>would)\s(?:also\s|further\s|help\s|not only\s)?(?:reduce|improve|enhance|strengthen|boost|lower|allow|enable|help|"
    r"support|ease|expand|facilitate|promote|protect|save|cut|prevent|encourage|attract|make)\b"
)
"""The good effect of a measure that is only named so: `Opening a second pier would shorten the wait.`"""
GOES_ON = re.compile(
    r"^(?:(?:In turn|In practice|In particular|Accordingly|Thus|Therefore),?\s)?(?P<who>This|That|It|Doing so|These)\s(?:also\s|in turn\s)?(?P<sign>involves?|entails?|implies|means|includes)\s"
    r"(?=[a-z]+ing\b|not only [a-z]+ing\b|that [^.;]{3,80}? (?:are|is|be) [a-z]+ed\b|(?:help|support|assistance|cooperation|investment|training|funding|reforms?)\b)"
)

_BEGINS = re.compile(r"\s?(?:includes?|is|are|was|were|has|have|will|would)\b")


def proposed(text: str) -> Iterator[Reading]:
    own = list(_OWN_PROPOSES.finditer(text))
    for m in own:
        rest = text[m.end() :]
        suggests = m["sign"].startswith("suggest")
        if _NOT_PROPOSED.match(rest) or (
            suggests
            and not re.match(
                r"(?:[a-z]+ing|that [^.;]{2,60} (?:should|must|consider|adopt|be [a-z]+(?:ed|en|t)))\b", rest
            )
        ):
            continue
        if suggests and re.match(r"that [^.;]{2,90} (?:should|must)\b", rest):
            continue  # the modal says it
        if re.match(r"that [^.;]{2,120}?\b(?:should|must)\b", rest):
            continue
        put = put_to(text, m.end(), bool(re.match(r"urge|call|advise", m["sign"]) or m["directs"]))
        if (m["directs"] and not put) or rest.startswith("against "):
            continue
        if (
            re.match(r"advise|urge|calls? on", m["sign"])
            and not put
            and not re.match(r"that\b|[a-z]+ing\b|caution\b", rest)
        ):
            continue  # `this note advises the council`
        actor, start = put if put else (None, m.end())
        items = inline(text, m.end())
        end = len(text) if items else end_of(text, start)
        yield Reading("proposes", group(m, "sign"), "should", trimmed(text, start, end), actor, items=items)
    for m in _PROPOSES.finditer(text):
        if any(group(o, "sign").overlaps(group(m, "sign")) for o in own):
            continue
        if r := _relayed(text, m):
            yield r


_MANY = re.compile(r"(?:s|ics|men|women|people|they|we|some|many|others|both|to)$")


def _relayed(text: str, m: re.Match[str]) -> Reading | None:
    """`The commission recommended that the ministry …`, `Critics called for …`."""
    rest, sign = text[m.end() :], trimmed(text, *m.span("sign"))
    if re.match(
        r"(?:(?:about|some|an additional|up to|over)\s)?(?:US)?[$€£\d]|(?:by|in|to|as|at|from|levels?|amounts?|funding)\b",
        rest,
    ):
        return None
    if re.search(
        r"\b(?:the|an?|their|its|his|her|our|any|these|those|such|of|with|newly|previously|no)\s$", text[: sign.start]
    ):
        return None  # `their recommended changes`
    c = clause(text, sign.start)
    if (
        c.subject is None
        or hangs(c)
        or (
            not acts(c.subject.slice(text))
            and not re.search(
                r"\b(?:critics|experts|economists|analysts|advocates|observers|scholars|studies|some|others|many|report|commission|panel|group)\b",
                c.subject.slice(text),
                re.IGNORECASE,
            )
        )
    ):
        return None
    verb = sign.slice(text)
    if re.fullmatch(r"recommend|propose|urge|advocate|advise|call (?:for|on)", verb) and not _MANY.search(
        c.subject.slice(text)
    ):
        return None  # `the public advocate`
    directs = bool(re.match(r"(?:urge|press|ask|request|encourag|advis|called on|calls? on)", verb))
    put = put_to(text, m.end(), directs)
    if directs and not put:
        return None
    if not directs and not re.match(r"(?:that\b|an?\s|the\s|more\b|greater\b|new\b|[a-z]+ing\b|[a-z]+\s[a-z]+)", rest):
        return None
    if (
        re.match(r"(?:suggest|request|ask|encourag|demand|press|propos)", verb)
        and not put
        and not (verb.startswith("demand") and not verb.endswith("s"))
    ):
        return None
    actor, start = put if put else (None, m.end())
    if put is None and text.startswith("that ", start):
        start += len("that ")
    action = trimmed(text, start, end_of(text, start))
    return Reading("proposes", sign, "should", action, actor, teller=_said_to(text, c.subject)) if len(action) else None


def _said_to(text: str, subject: Span) -> Span:
    """Without the `to` of an infinitive: `led some to call for`; of a second verb the subject of the first."""
    if re.search(r"\b(?:and|but)$", subject.slice(text)):
        return first_subject(text) or subject
    return trimmed(text, subject.start, subject.end - 3) if subject.slice(text).endswith(" to") else subject


def pillars(text: str) -> Iterator[Reading]:
    if (top := _TOP.search(text)) and not hangs(clause(text, top.start())):
        yield Reading("impersonal", group(top, "sign"), "should", trimmed(text, top.end(), end_of(text, top.end())))
    for m in _PILLAR.finditer(text):
        if m["be"] == "was" or clause(text, m.start()).under in ("if", "whether", "which", "who"):
            continue
        option = "option" in m["what"] or "course" in m["what"]
        sign = trimmed(text, m.start("be"), m.end("form") if m["form"] and not m["who"] else m.end("be"))
        put = group(m, "who") if m["who"] and acts(m["who"]) else None
        action = trimmed(text, m.end(), end_of(text, m.end()))
        if m["of"].startswith(", ") and action.slice(text).startswith(
            "be "
        ):  # `Under the first pillar, fees are to be cut`
            action = trimmed(text, m.start("of"), action.end)
        yield Reading(
            "proposes" if put else "pillar", sign, "could" if option else "should", action, put or group(m, "what")
        )


def considered(text: str) -> Iterator[Reading]:
    for m in _MAY.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or hangs(c) or c.under == "that":
            continue
        subject = c.subject.slice(text)
        who = kinds(subject)
        weighs = m["other"] is None
        if not who & BODIES or not acts(subject) or _BEGINS.match(text[m.end() :]):
            continue
        if not weighs and (
            m["other"] in _HAPPENS_TO
            or not _MAKERS.search(subject)
            or m["modal"] == "can"
            or not who & {"legislature", "government"}
            or (m["modal"] in ("may", "might") and not m["light"])
            or (m["light"] or "").startswith("continue")
        ):
            continue
        if weighs and m["modal"] == "can":
            continue
        if not weighs and COUNTRY in who and "legislature" not in who:
            continue
        if re.search(r"\b(?:not|never)\b", m["adverbs"]):
            continue
        sign = Span(m.start(), m.end("verb") if weighs else m.end("light") if m["light"] else m.end("modal"))
        start = sign.end if weighs else m.start("verb")
        action = bare(text, trimmed(text, start, end_of(text, start)))
        items = inline(text, start)
        items = items if items and items[0].start - start < 8 else ()
        if len(action):
            strength: Strength = "considering" if weighs else "could"
            yield Reading("may", trimmed(text, sign.start, sign.end), strength, action, c.subject, items=items)


def deserving(text: str) -> Iterator[Reading]:
    for m in _DESERVES.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or hangs(c):
            continue
        advises, teller = heard(text, c)
        items = inline(text, m.end())
        if advises and (items or text.rstrip().endswith(":") or DEED_NOUN.search(c.subject.slice(text))):
            yield Reading(
                "deserves",
                group(m, "sign"),
                "considering",
                Span(c.subject.start, m.end()),
                c.subject,
                True,
                False,
                teller,
                items,
            )
