"""What one thing does to another, told by a verb of change: `higher tariffs reduce imports`.

Only things cause so: that a government reduces a tariff, or that an act extends a deadline, is a deed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon import places_in
from assistant.policy.causality.signs import Said, overlapping, trimmed
from assistant.types import Span

_CHANGE = tuple(
    """increase reduce raise lower boost cut expand improve worsen erode weaken strengthen disrupt hinder hamper impede accelerate slow depress
    curb stimulate promote undermine enhance constrain complicate disadvantage affect influence facilitate encourage discourage deter attract
    reshape harm hurt damage benefit threaten jeopardize diminish restrain suppress inflate destroy restructure upgrade deprive
    intensify heighten ease alleviate mitigate offset outweigh foster displace crowd sustain prevent shrink widen narrow deepen lessen
    bolster prolong enable allow help amplify aggravate generate fuel spur trigger prompt""".split()
)


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb, each with what it is: 'base', 's', 'ed', 'ing'."""
    yield {"cut": "cutting", "deter": "deterring", "spur": "spurring"}.get(verb, f"{verb.removesuffix('e')}ing"), "ing"
    past = {"cut": "cut", "hurt": "hurt", "shrink": "shrank"}.get(verb)
    doubled = verb == "curb"
    if verb.endswith("y"):
        yield from ((verb, "base"), (f"{verb[:-1]}ies", "s"), (f"{verb[:-1]}ied", "ed"))
        return
    yield verb, "base"
    yield (f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"), "s"
    yield (
        past or (f"{verb}d" if verb.endswith("e") else f"{verb}red" if verb in ("deter", "spur") else f"{verb}ed"),
        "ed",
    )
    if doubled:
        yield f"{verb}bed", "ed"


_FORMS = {form: kind for verb in reversed(_CHANGE) for form, kind in _forms(verb)}
_VERB = re.compile(rf"(?<![\w’'-])(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})(?![\w’'-])", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+(?!(?:in|of|on|at|by|for|from|to|with|as|and|or|but|than|until|since|after|before|over|during|through|toward|towards|under|up|down|out|off|"
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|more than|sharply|markedly|significantly|steadily|rapidly|slightly|further|substantially|dramatically|considerably|again|within|each|every|between|among|because|due|when|while|if|once|so|across|roughly|about|nearly|almost|only|faster|slower|early|late|(?!supply)\w+ly|\\d)\b)[\w$]"
)
"""What a verb acts on begins here: no preposition, no other verb, no adverb with which the verb would stand alone."""
_MODAL = re.compile(
    r"\b(?:can|could|may|might|will|would|does|do|did|not|n['’]t|also|often|only|directly|further|thereby|thus|both|help|helps|helped|cannot|to)(?: \w+ly)? $",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"\b(?:has|have|had|been|is|are|was|were|be|being)(?: (?:not|also|already|only|since|long|even))?(?: \w+ly)?(?: also)? $",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)(?: (?:not|also|already|only|even|often))*(?: \w+ly)? $", re.IGNORECASE
)
_PLURAL = re.compile(
    r"(?:[a-z]{2,}[^s\Wu]s|\b(?:and|or) (?:[\w’'-]+ ){0,2}?[\w’'-]+|people|data|these|those|they)(?: \w+ly)? $",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|these|those|its|their|his|her|our|any|some|no|of|in|on|for|by|with|and|or|tax|rate|price|wage|tariff|budget|spending|further|annual|such|to|from|as|large|sharp|significant|recent|new)(?: \w+ly)? $",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|n['’]t|never|hardly|cannot|nor)(?! only\b)(?: \w+ly)? (?:help )?$", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:whether|how|extent to which|assess(?:es)? if)\b[^,;.]*$", re.IGNORECASE)
"""What is only asked tells nothing."""
_HELPED = re.compile(r"\b(?:help|helps|helped|helping|let|lets|make|makes|made)(?: [\w’'-]+){1,4} $", re.IGNORECASE)
"""`to help states improve`: the deed of another verb."""
_NOUNS = frozenset(
    "harm harms damage damages benefit benefits cut cuts boost boosts slow help helps influence influences limits".split()
)
_DETERMINED = re.compile(
    r" (?:the|a|an|its|their|our|this|these|those|all|both|many|most|some|such|small|domestic|local|poor)\b"
)
_HAS_VERB = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would|can|could|may|might|should|must|shall)\b")
_STRIP = re.compile(
    r"(?:\s+(?:can|could|may|might|will|would|does|do|did|not|n['’]t|also|often|only|then|now|thus|still|has|have|had|been|is|are|was|were|be|likely|expected|projected|estimated|tends?|tended|to|help|helps|helped|both|"
    r"continues?|continued|again|later|recently|instead|already|\w+ly|cannot|in turn|potential|further))+$",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    r"\b(?:government|administration|firm|firms|company|companies|corporations?|conglomerates?|manufacturers?|producers?|exporters?|importers?|president|congress|senate|house|ministry|"
    r"ministers?|parliament|cabinet|assembly|department|agency|agencies|commission|committee|court|courts|judges?|country|countries|nations?|state|states|authorities|officials?|policymakers?|lawmakers?|"
    r"legislators?|parties|party|bank|banks|union|board|investors?|workers?|employers?|households?|consumers?|people|researchers?|engineers?|economies|members?|"
    r"smes|we|they|he|she|i|it|who|which|that|paper|study|studies|report|article|author|authors|critics|analysts|experts|stakeholders?|others|some|many|those|commenters?|section|council|office|secretary|farmers?|recipients?|borrowers?|lenders?|applicants?|universit(?:y|ies)|institut(?:e|es|ions?)|utilit(?:y|ies)|users?|individuals?|families|lenders?|groups?|organi[sz]ations?)$",
    re.IGNORECASE,
)
_DOERS = re.compile(
    r"(?!(?:fact|sect|barri|numb|ord|pow|driv|transf|err|corrid|tend|off|lay|oth|lett|pap|comput|semiconduct|react|indicat|col|answ|cent|wat|riv|cov|regist|quart|matt|manne|determin|contain|clust|disast|vect|harb|vouch|fav|lab|fi)(?:ers|ors))[a-z]{3,}(?:ers|ors)$",
    re.IGNORECASE,
)
"""`miners`, `operators`: those who do something, but `factors`."""
_LAW = re.compile(
    r"\b(?:acts?|bills?|law|laws|section|title|statute|legislation|language|exemptions?|exceptions?|waivers?|resolution|rule|rules|regulations?|order|proclamation|amendments?|provisions?|subsection|code|treaty|p\.l\.|h\.r\.|s\.|ruling|decision|"
    r"programs?|programmes?|grants?|fund|funds|budget|strategy|plan|plans|initiative)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:programs?|programmes?|grants?|funds?|strategy|strategies|plans?|initiatives?|exemptions?|rules?|regulations?)$",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"^(?:likely|expected|tend|tends|tended|helped|helps|help|continue|continues|continued|potential|serve|serves|served|found|shown|estimated|projected|bound|able|appear|appears|seem|seems|believed|thought|threaten|threatens|threatened) to$"
)
_THINGS = frozenset("FDI OFDI ODI AI GDP CO2 ICT IT FTA FTAS CPI VAT IPR".split())
_HEAD_END = re.compile(
    r" (?:of|in|on|by|for|from|to|with|at|into|among|between|that|which|who|under|over|through|such as|including)\b"
)


def deeds(text: str, found: list[Said]) -> Iterator[Said]:
    """Verbs of change that one thing does to another."""
    for m in _VERB.finditer(text):
        sign = Span(*m.span())
        if overlapping(sign, found):
            continue
        before = text[: m.start()]
        kind = _FORMS[m.group().lower()]
        if kind == "ed" and _PASSIVE.search(before):
            by = re.match(r"(?: \w+ly)? (?:in part |mainly |largely )?by (?!\d)(?=\w)", text[m.end() :])
            if by is None:
                continue
            at = m.end() + by.end()
            agent, patient = _until(text, at), _agent(text, m.start())
        elif kind == "ing":
            going = _GOING.search(before)
            if going is None or _BEHIND.match(text, m.end()) is None:
                continue
            agent, patient = _agent(text, going.start()), _until(text, m.end())
            if agent is None or _GOAL.search(agent.slice(text)):
                continue
        elif _BEHIND.match(text, m.end()) and _is_verb(before, kind) and not purpose(text, m.start()):
            agent, patient = _agent(text, m.start()), _until(text, m.end())
        else:
            continue
        if (
            open_question(text, m.start())
            or _HELPED.search(before)
            or (m.group().lower() in _NOUNS and not (_MODAL.search(before) or _DETERMINED.match(text, m.end())))
        ):
            continue
        if agent is None or patient is None or not is_thing(agent.slice(text), agent.start == 0):
            continue
        if _HAS_VERB.search(agent.slice(text)):  # `groups have sought increased funding`
            continue
        if _PERMITS.fullmatch(m.group()) and _MAY.search(before):
            continue
        yield Said("denied" if _NEGATED.search(before) else "cause", sign, agent, patient)


_GOING = re.compile(
    r"\b(?:is|are|was|were|been)(?: (?:also|now|still|already|further|thus|not|\w+ly))* (?:\w+ing [^,;:.]{1,90}? and (?:\w+ly )?)?$"
)
"""`are reducing`, also as the second of two: `are slowing trade and constraining growth`."""
_GOAL = re.compile(
    r"\b(?:goals?|aims?|problem|challenges?|tasks?|objectives?|priorit(?:y|ies)|purposes?|ideas?|way|ways|steps?|approach|option|options|key|focus|efforts?|solution|example)\b",
    re.IGNORECASE,
)
"""`The goal is reducing waste` names what the goal is."""
_PERMITS = re.compile(r"allow|enable", re.IGNORECASE)
_MAY = re.compile(r"\b(?:will|would|may|might|could|can|shall)(?: (?:also|then|thus|only|not|\w+ly))* $", re.IGNORECASE)
"""What will or may allow something permits or promises it."""


def open_question(text: str, at: int) -> bool:
    """Whether what stands at a place is only asked: `whether it would result in delays`."""
    return _OPEN.search(text[:at]) is not None


def _is_verb(before: str, kind: str) -> bool:
    """Whether a form stands where a verb does, and not a noun or an adjective."""
    if kind == "base":
        return _MODAL.search(before) is not None or (
            _PLURAL.search(before) is not None and not before.endswith(("the ", "to "))
        )
    if _NOUN_BEFORE.search(before) or before.rstrip().endswith((",", ";", ":", "(", "—", "“")) or not before.strip():
        return bool(re.search(r"\b(?:[Tt]his|[Tt]hat|[Ii]t) (?:\w+ly )?$", before)) and kind == "s"
    return kind != "ed" or _GOVERNS.search(before) is None


_GOVERNS = re.compile(
    r"\b(?:reflect|show|mean|include|require|face|create|provide|offer|bring|cause|involve|suggest|see|indicate|imply|report|need|expect|experience|call for|lead to)(?:s|d|ed)? (?:\w+ly )?$|\b\w+ing $",
    re.IGNORECASE,
)
"""A verb right before a participle: `reflects increased exports`."""
_CUT = re.compile(
    r"[.;:()—–]|, (?!(?:and|or) (?:[\w’'-]+ ){0,3}[\w’'-]+(?:,| (?:and|in|of) ))|\b(?:that|which|who|while|whereas|although|though|because|but|if|when|where|since|as|whether|so|how)\b"
)


def _agent(text: str, at: int) -> Span | None:
    """What does it: the stretch of the clause before a verb, without auxiliaries."""
    start = 0
    for m in _CUT.finditer(text, 0, at):
        rest = text[m.end() : at].strip()
        if rest and _STRIP.sub("", f" {rest}").strip():
            start = m.end() if m.group().lower() not in ("that",) or m.end() > 5 else 0
    if re.search(r"\bwho\b", text[start:at]):
        return None
    bare = _STRIP.sub("", f" {text[start:at].strip()}").strip()
    if not bare:
        return None
    begin = text.find(bare, start)
    return trimmed(text, begin, begin + len(bare))


def _until(text: str, at: int) -> Span | None:
    """What is acted on: the stretch up to the end of the clause."""
    m = _CUT.search(text, at)
    return trimmed(text, at, m.start() if m else len(text))


_GOES_ON = re.compile(r"\bto (?:\w+ly )?(?:continue|help|begin|start|further|try|work|serve) to (?=(?:\w+ly )?$)")
"""`seeks to continue to reduce`: the aim stands before the first verb."""

_SOUGHT = re.compile(
    r"\b(?:seek(?:s|ing)?|sought|aim(?:s|ed|ing)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|want(?:s|ed|ing)?) to "
    r"(?:(?:further|also|again|then|even|better|greatly|\w+ly) ){1,2}$"
)
"""`seeks to further expand`: an aim, with an adverb before the verb."""


def purpose(text: str, at: int) -> bool:
    """Whether a verb stands in a purpose or a duty: `to boost`, `should lead to`, `aimed at reducing`."""
    before = text[max(0, at - 64) : at].lower()
    before = _GOES_ON.sub("to ", before)
    if _SOUGHT.search(before):
        return True
    if re.search(r"\b(?:should|must|ought to|shall|let us)\s(?:\w+ly )?$", before):
        return True
    if re.search(
        r"\b(?:aim(?:s|ed|ing)? at|intended (?:for|to)|designed (?:for|to)|seek(?:s|ing)? to|sought to|in order to|so as to|without|before|after|by|for|of|focused on) (?:\w+ly )?$",
        before,
    ):
        return before.rstrip().endswith(("for", "of", "by", "at", "to", "without", "on"))
    if m := re.search(r"(\S+) to (?:\w+ly )?$", before):
        return _LIKELY.match(f"{m[1]} to") is None
    return False


def is_thing(agent: str, opens: bool = False, measures: bool = False) -> bool:
    """Whether what does it is a thing and nobody who acts, and no law. `opens`: it begins the sentence, so that its first
    letter tells nothing. `measures`: programmes, funds and plans count as things, as in a question whether one works."""
    if re.fullmatch(r"this|that|these|those|doing so|both", agent.lower()):
        return agent.lower() != "both"
    lead = re.sub(
        r"^(?:(?:and|but|then|thus|however|moreover|yet|so|in addition|also|for example|for instance) )?(?:(?:the|a|an|this|these|those|such|that|its|their|any|some|most|many|each|both|all) )?",
        "",
        agent.strip(" ,"),
        flags=re.IGNORECASE,
    )
    head = _HEAD_END.split(f"{lead} ", maxsplit=1)[0].strip(" ,")
    if not head or not re.search(r"[a-z]", head):
        return False
    last = head.split()[-1].removesuffix("’s").removesuffix("'s")
    if (
        _ACTOR.search(head)
        or _DOERS.fullmatch(last)
        or (_LAW.search(head) and not (measures and _MEASURE.search(head)))
    ):
        return False
    if last[:1].isupper() and not last.isupper() and not (opens and head == last):  # a name: somebody, or a place
        return False
    if head.isupper() and head not in _THINGS:  # an office by its letters
        return False
    return not (places_in(last) and len(head.split()) < 3)
