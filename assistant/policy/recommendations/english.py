"""Signs by which an English sentence recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.recommendations.actors import BODIES, COUNTRY, acts, kinds
from assistant.policy.recommendations.clauses import LED, Clause, clause, end_of
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.types import Span
from assistant.types.policy import Strength

_ADVERB = r"(?:\s(?:not|also|therefore|now|then|thus|first|further|always|never|instead|at least|too|still|even|only|very|both|[a-z]+ly))"
_MODAL = re.compile(
    r"\b(?:(?P<should>should|ought to)|(?P<must>must|needs? to|has to|have to)|(?P<past>needed to|had to))\b(?P<adverbs>"
    + _ADVERB
    + r"*)"
)
_CONSIDER = re.compile(
    r"\s(?:seriously |carefully |actively )?(?:consider|explore|examine|study|look into|weigh|evaluate|review whether|think about|contemplate)\b"
)
_LIGHT = re.compile(r"\s(?:wish|want|choose|opt|seek|be advised|do well|be wise|like)\s(?:to\s)?")

_QUANTITY = re.compile(
    r"\b(?:prices?|exports?|imports?|growth|demand|inflation|rates?|costs?|sales|employment|unemployment|output|production|gdp|economy|economies|"
    r"markets?|deficits?|surplus|trade|revenues?|wages|incomes?|investment flows|yields?|shipments|volumes?|profits?|share|results?|"
    r"effects?|impacts?|benefits|tariffs|trend|figures?|numbers?|estimates?|correlation|coefficients?)$",
    re.IGNORECASE,
)
_HAPPENS = re.compile(
    r"\s?(?:be (?:able|unable|expected|possible|easier|higher|lower|noted|available|clear|apparent|evident|obvious|seen|borne in mind)|help|lead|result|rise|fall|grow|increase|decrease|decline|drop|improve|"
    r"recover|slow|ease|weaken|remain|continue|prove|suffice|become|come|reach|exceed|return|follow|benefit|reduce|boost|make|give|allow|"
    r"enable|have|provide|bring|see|outweigh|offset|encourage|strengthen|ensure|begin|start)\b"
)
_EXPECTED = re.compile(r"^(?:this|that|it|these|those|which|doing so|they)$", re.IGNORECASE)
_INFERRED = re.compile(r"\s?(?:have\s\w+|be (?:because|due|true|wrong|right|the case|a|an|the))\b")
_ABOUT_TEXT = re.compile(
    r"\b(?:information in|this report|this document|the reader|readers?|it should be (?:noted|borne|emphasi[sz]ed|stressed|remembered|kept)|"
    r"should (?:also )?be (?:noted|remembered|interpreted|read|cited|attributed|relied)|(?:figures?|results?|estimates?|data) should be)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:challenge|problem|difficulty|difficulties|dilemma|constraint|burden|obstacle|disadvantage|risk)s?\b[^.:]*:\s"
)

_HARD_NEED = r"essential|necessary|imperative|crucial|critical|vital|indispensable|urgent|required|needed"
_SOFT_NEED = r"important|desirable|advisable|sensible|appropriate|wise|best|better|prudent|high time|time|key|preferable|incumbent"
_WORTH = r"worth|worthwhile|useful|helpful|possible"
_IMPERSONAL = re.compile(
    r"\b[Ii]t\s(?P<be>is|was|will be|would be|becomes|became|remains|seems|appears|may be|might be|has become|has been)(?P<adverb>(?:\s(?:also|therefore|thus|now|then|all the more|of|"
    r"particularly|more|even|still|highly|[a-z]+ly)){0,3})\s(?:(?P<must>"
    + _HARD_NEED
    + r")|(?P<should>"
    + _SOFT_NEED
    + r"))"
    r"(?:\simportance)?,?\s(?:(?P<form>to|that)\s|for\s(?P<who>[^.;]{2,90}?)\sto\s)"
)
_WORTH_DOING = re.compile(
    r"\b[Ii]t\s(?:is|would be|may be|might be)(?:\s[a-z]+ly)?\s(?:" + _WORTH + r")\s(?:(?=[a-z]+ing\b)|to\s|while\s)"
)

_DEED_NOUN = re.compile(
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
    r"(?=[.,;]|$|\s(?:to|for|if|in|as|so|when|and|at)\b)"
)
_WHAT = re.compile(
    r"\b[Ww]hat\s(?:is|are)(?:\s(?:now|also|urgently|therefore|really))?\s(?P<must>needed|required|called for|necessary)(?:[^.;,]{0,40}?),?\s(?:is|are)\s"
)
_THERE = re.compile(
    r"\b[Tt]here\s(?P<be>is|was|remains|are)\s(?:therefore\s|thus\s|also\s|now\s)?(?:an?|the|every|clear|some|great)?\s?(?:\w+\s){0,2}(?P<must>need|reason|case)s?\s(?P<form>for|to)\s"
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
OBLIGES = re.compile(
    r"\b(?:[A-Z]\w+ Act|(?:the|an|this|such) act|statut\w+|regulations?|by law|under (?:current |federal |state |existing )?law|pursuant to|U\.S\.C\.|C\.F\.R\.|"
    r"eligib\w+|applicants?|borrowers?|recipients?|grantees?|licensees?|claimants?|notif(?:y|ied|ication)|rulemaking|compl(?:y|ies) with|"
    r"[Ss]ection \d+|[Tt]itle [IVX\d]+|final rule|proposed rule|certif(?:y|ies) that)\b|§"
)

_TEXT_VOICE = r"(?:(?:[Tt]his|[Tt]he present|[Oo]ur)\s(?:policy\s)?(?:paper|study|report|brief|article|analysis|essay|memo|chapter|note)|[Tt]he (?:paper|authors?|study|report|article)(?: of this \w+)?|[Ww]e|I)"
_OWN_PROPOSES = re.compile(
    r"\b(?P<who>"
    + _TEXT_VOICE
    + r")\s(?:also\s|therefore\s|thus\s|further\s|strongly\s|then\s)?(?P<sign>recommends?|proposes?|urges?|advocates?|advises?|calls? for|calls? on|suggests?)\s"
)
_NOT_PROPOSED = re.compile(
    r"(?:an?\s|the\s|two\s|three\s)?(?:\w+\s){0,3}?(?:models?|hypothes[ie]s|methods?|methodology|measures? of|ind(?:ex|icator|icators)|estimators?|definitions?|typology|taxonomy|explanations?|"
    r"interpretations?|classification|theory|test|algorithm)\b"
)
_PROPOSES = re.compile(
    r"\b(?P<sign>(?:has|have|had)?\s?(?:recommended|recommends?|proposed|proposes?|urged|urges?|advocated|advocates?|advised|advises?|called (?:for|on)|calls? for|calls? on|"
    r"pressed|pressured|demanded|demands?|encouraged|asked|requested)|suggested|suggests)\s"
)
_PILLAR = re.compile(
    r"\b(?P<what>(?:first|second|third|fourth|fifth|sixth|last|final|next|key|main|top|most important|immediate|central|one|another|other)\s(?:\w+\s){0,2}?(?:pillars?|directions?|steps?|priorit(?:y|ies)|"
    r"recommendations?|tasks?|measures?|options?|strands?|elements?|components?|axis|imperatives?|proposals?|courses? of action|lessons?|agenda))\b"
    r"(?P<of>[^.;:]{0,90}?)\s(?P<be>is|are|would be|will be|should be|was)(?:\s(?:therefore|thus|then))?\s(?:(?P<form>to)\s|(?=[a-z]+ing\s)|that\s)"
)
_DESERVES = re.compile(
    r"\b(?P<sign>(?:deserve|merit|warrant)s?\s(?:\w+\s){0,2}(?:attention|consideration|priority|support|study|scrutiny|emphasis))\b"
)
_MAY = re.compile(
    r"\b(?P<modal>may|might|could|can)(?P<adverbs>"
    + _ADVERB
    + r"*)\s(?P<light>(?:wish|want|choose|opt|elect|decide|need|prefer) to\s)?"
    r"(?P<verb>consider|explore|examine|evaluate|weigh|assess|review|study|address|debate|(?P<other>[a-z]+))\b"
)
_HAPPENS_TO = frozenset(
    "face lose see benefit suffer find gain expect have be become use collapse fall fail default struggle also not well potentially help lead affect result "
    "reduce increase cause make take need experience receive incur pay end remain continue come feel know learn".split()
)
_GOES_ON = re.compile(
    r"^(?:(?:In turn|In practice|In particular|Accordingly|Thus|Therefore),?\s)?(?P<who>This|That|It|Doing so|These)\s(?:also\s|in turn\s)?(?P<sign>involves?|entails?|implies|means|includes)\s(?=[a-z]+ing\b|not only [a-z]+ing\b)"
)
_BEGINS = re.compile(r"\s?(?:includes?|is|are|was|were|has|have|will|would)\b")
ITEMS = re.compile(r"(?:^|[\s—])(?:\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\)|[①-⑳])\s?")


def english(text: str) -> tuple[Reading, ...]:
    """What an English sentence (in `even` form) recommends, in its order. Whose voice it is, the caller decides."""
    if text.rstrip(" \"')").endswith("?") or _ABOUT_TEXT.search(text):
        return ()
    found: list[Reading] = []
    for r in _all(text):
        if not any(r.sign.overlaps(o.sign) or (r.form == o.form and r.action == o.action) for o in found):
            found.append(r)
    return tuple(sorted(found, key=lambda r: r.sign.start))


def _all(text: str) -> Iterator[Reading]:
    yield from _proposed(text)
    yield from _pillars(text)
    yield from _impersonal(text)
    signs = tuple(m.start() for m in _MODAL.finditer(text))
    for m in _MODAL.finditer(text):
        if r := _modal(text, m, signs):
            yield r
    yield from _needed(text)
    yield from _required(text)
    yield from _considered(text)
    yield from _deserving(text)
    if m := _GOES_ON.match(text):
        yield Reading("goes_on", _group(m, "sign"), "should", trimmed(text, m.end(), end_of(text, m.end())))


def _group(m: re.Match[str], name: str) -> Span:
    return Span(m.start(name), m.end(name))


def _hangs(c: Clause) -> bool:
    """Whether a clause hangs on another so that it advises nothing: a condition, a relative clause, a reason."""
    return bool(c.under) and c.under != "that"


_SAYS = re.compile(
    r"(?P<verb>\b(?:argu(?:e|es|ed|ing)|contend(?:s|ed)?|assert(?:s|ed)?|warn(?:s|ed)?|emphasi[sz]e[sd]?|maintain(?:s|ed)?|caution(?:s|ed)?|insist(?:s|ed)?|"
    r"say|says|said|conclude[sd]?|recommend(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?|indicate[sd]?|note[sd]?|claim(?:s|ed)?|believe[sd]?|think|thinks|thought|hold|holds|held|"
    r"stress(?:es|ed)?|demand(?:s|ed)?|state[sd]?|urge[sd]?|agree[sd]?|call(?:s|ed)?|mean|means|meant|imply|implies|implied|show|shows|showed|shown|underline[sd]?|underscore[sd]?|point(?:s|ed)? out|"
    r"find|finds|found|report(?:s|ed)?|declare[sd]?|announce[sd]?|acknowledge[sd]?|added|remarked|complain(?:s|ed)?|argument|view|opinion|belief|recommendation|conclusion|point|idea|calls|consensus))\s*$"
)
_OWN_TELLS = re.compile(
    r"^(?:.*[,;]\s)?(?:(?:"
    + _TEXT_VOICE
    + r")|[Tt]his|[Tt]hat|[Ii]t|[Tt]hese(?:\s\w+)?|(?:[Tt]his|[Tt]hese|[Oo]ur|[Tt]he)\s(?:\w+\s)?(?:findings?|results?|analysis|evidence|experience|examples?|lessons?|shift|trend|changes?|developments?|case)s?(?:\s.{0,60})?)\s?(?:also\s|therefore\s|thus\s|clearly\s)?$"
)


def _told(text: str, c: Clause) -> tuple[bool, Span | None]:
    """Whether a clause behind `that` may advise, and who says it where that is somebody else."""
    if c.under != "that":
        return True, None
    if c.governor is None or not (said := _SAYS.search(c.governor.slice(text))):
        return False, None
    before = trimmed(text, c.governor.start, c.governor.start + said.start())
    words = before.slice(text)
    if _OWN_TELLS.match(words):
        return True, None
    return True, _teller(text, before) if words else before


def _teller(text: str, before: Span) -> Span:
    """The last noun phrase before a verb of saying."""
    words = before.slice(text)
    cut = max((m.end() for m in re.finditer(r"[,;]\s|\b(?:while|whereas|although|but|and yet|as)\s", words)), default=0)
    return trimmed(text, before.start + cut, before.end)


def _modal(text: str, m: re.Match[str], signs: tuple[int, ...]) -> Reading | None:
    behind = text[m.end() :]
    before = text[: m.start()].rstrip()
    if m["should"] == "should" and (
        not before or (before.endswith((",", ";")) and re.match(r"\s(?:the|a|an|this|that|it|they|[A-Z])", behind))
    ):
        return None  # `Should tariffs rise, …`
    if m["must"] and re.search(
        r"\b(?:the|a|no|any|this|that|their|its|to|may|might|will|would|could|not|n't|be|urgent|without)$", before
    ):
        return None  # `the need to`, `will have to`
    if m["must"] and m["must"].startswith("ha") and re.match(r"\s(?:do with|date)\b", behind):
        return None
    c = clause(text, m.start(), tuple(s for s in signs if s < m.start()))
    if c.subject is None or _hangs(c) or _TROUBLE.search(text[: m.start()]):
        return None
    advises, teller = _told(text, c)
    subject = c.subject.slice(text)
    if not advises or _expected(m, subject, behind):
        return None
    strength: Strength = "should" if m["should"] else "must"
    sign = Span(m.start(), m.start() + len(m["should"] or m["must"] or m["past"]))
    start = m.end()
    if weighs := _CONSIDER.match(behind):
        strength, sign = "considering", Span(m.start(), m.end() + weighs.end())
        start = sign.end
    past = bool(m["past"]) or bool(m["should"] and re.match(r"\shave\s\w+", behind))
    if past and not acts(subject):
        return None
    end = end_of(text, start, tuple(s for s in signs if s > start))
    action = _bare(text, trimmed(text, sign.end, end))
    passive = (
        re.match(
            r"\s?be\s(?:\w+ly\s)?(?:[a-z]+ed|put|set|built|made|given|taken|seen|held|kept|drawn|brought|understood|met|sought|known|led|done|paid|laid)\b",
            text[start:],
        )
        is not None
    )
    return Reading("modal", sign, strength, action, c.subject, passive, past, teller) if len(action) else None


_FILLER = re.compile(r"(?:(?:also|therefore|thus|now|then|hence|instead|too|further|accordingly|first),?\s)+")


def _bare(text: str, span: Span) -> Span:
    """An action without the adverbs that only tie its sentence to the one before."""
    filler = _FILLER.match(span.slice(text))
    return Span(span.start + filler.end(), span.end) if filler else span


def _expected(m: re.Match[str], subject: str, behind: str) -> bool:
    """Whether a modal tells what is expected or inferred, and no advice."""
    if m["must"] and m["must"] == "must" and _INFERRED.match(behind) and not acts(subject):
        return True
    if _QUANTITY.search(subject) and not re.match(r"\s?be\s[a-z]+ed\b", behind):
        return bool(_HAPPENS.match(behind)) or not acts(subject)
    return bool(_EXPECTED.match(subject)) and not m["must"] and bool(_HAPPENS.match(behind))


def _impersonal(text: str) -> Iterator[Reading]:
    for m in _IMPERSONAL.finditer(text):
        if re.search(r"\b(?:not|n't|hardly|no longer)\b", m["adverb"]):
            continue
        c = clause(text, m.start())
        if _hangs(c):
            continue
        told, teller = _told(text, c)
        if not told:
            continue
        word = "must" if m["must"] else "should"
        strength: Strength = "could" if m["be"].startswith(("may", "might")) else "must" if m["must"] else "should"
        who = _group(m, "who") if m["who"] else None
        start = m.end()
        if (
            m["form"] == "that"
            and (inner := re.match(r"(?P<who>[^,;]{2,80}?)\s(?:should\s|must\s)?(?=(?:be|[a-z]+)\s)", text[start:]))
            and acts(inner["who"])
        ):
            who = trimmed(text, start, start + inner.end("who"))
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


def _needed(text: str) -> Iterator[Reading]:
    for m in _WHAT.finditer(text):
        yield Reading(
            "needed", _group(m, "must"), "must", trimmed(text, m.end(), len(text)), items=inline(text, m.end())
        )
    for m in _THERE.finditer(text):
        if m["must"] in ("need",) or m["form"] == "for":
            yield Reading(
                "needed",
                _group(m, "must"),
                "should",
                trimmed(text, m.end(), end_of(text, m.end())),
                past=m["be"] == "was",
            )
    for m in _NEEDED.finditer(text):
        c = clause(text, m.start())
        if (
            c.subject is None
            or _hangs(c)
            or re.match(r"(?:it|this|that|what|which|who|there)\b", c.subject.slice(text), re.IGNORECASE)
        ):
            continue
        told, teller = _told(text, c)
        if not told or re.search(r"\b(?:not|no)\b", m["adverb"]) or c.subject.slice(text).lower().startswith("no "):
            continue
        subject = c.subject
        if not _DEED_NOUN.search(_head(subject.slice(text))):
            subject = _whole_list(text, m.start())
            if m["be"] != "are" or subject is None or not _DEED_NOUN.search(_head(subject.slice(text))):
                continue
        if m["should"] == "important" and not m["adverb"] and not re.match(r"\s(?:to|for|if)\b", text[m.end() :]):
            continue
        yield Reading("needed", _group(m, "must" if m["must"] else "should"), "must" if m["must"] else "should",
                      trimmed(text, subject.start, end_of(text, m.end())), subject, True, m["be"] in ("was", "were"), teller)  # fmt: skip


def _head(subject: str) -> str:
    """The noun phrase up to what hangs on it."""
    return re.split(r"\s(?:between|among|that|which|from|in|on|for|of|to)\b", subject, maxsplit=1)[0]


def _whole_list(text: str, at: int) -> Span | None:
    """All that stands before a verb where it is a list without a verb of its own: `A for b, c, and d are needed`."""
    whole = trimmed(text, 0, at)
    words = whole.slice(text)
    return None if re.search(r"\b(?:is|are|was|were|has|have|will|that|which)\b", words) or LED.match(words) else whole


def _required(text: str) -> Iterator[Reading]:
    for m in _REQUIRES.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or _hangs(c):
            continue
        subject = c.subject.slice(text)
        told, teller = _told(text, c)
        if (
            not told
            or _RULE.search(_head(subject))
            or not _GOAL.search(_head(subject))
            or re.match(r"\s?(?:that|by|at least|a lot)\b", text[m.end() :])
        ):
            continue
        end = end_of(text, m.end())
        actor, start = None, m.end()
        if inner := re.match(r"(?P<who>(?:the |a |an )?[^,;]{2,80}?)\s(?:to)\s(?=[a-z])", text[m.end() : end]):
            if acts(inner["who"]):
                actor = trimmed(text, m.end(), m.end() + inner.end("who"))
                start = m.end() + inner.end()
        yield Reading("requires", _group(m, "sign"), "must", trimmed(text, start, end), actor, teller=teller)


def _proposed(text: str) -> Iterator[Reading]:
    own = list(_OWN_PROPOSES.finditer(text))
    for m in own:
        rest = text[m.end() :]
        suggests = m["sign"].startswith("suggest")
        if _NOT_PROPOSED.match(rest) or (
            suggests and not re.match(r"(?:[a-z]+ing|that [^.;]{2,60} (?:should|must|consider|adopt))\b", rest)
        ):
            continue
        if suggests and re.match(r"that [^.;]{2,90} (?:should|must)\b", rest):
            continue  # the modal says it
        if re.match(r"that [^.;]{2,120}?\b(?:should|must)\b", rest):
            continue
        start, actor = m.end(), None
        if told := re.match(r"(?:that\s)?(?P<who>(?:the |a |an )?[^,;]{2,70}?)\s(?:to\s)?(?=(?:be|[a-z]{3,})\s)", rest):
            if acts(told["who"]):
                actor = trimmed(text, m.end() + told.start("who"), m.end() + told.end("who"))
                start = m.end() + told.end()
        items = inline(text, m.end())
        end = len(text) if items else end_of(text, start)
        yield Reading("proposes", _group(m, "sign"), "should", trimmed(text, start, end), actor, items=items)
    for m in _PROPOSES.finditer(text):
        if any(_group(o, "sign").overlaps(_group(m, "sign")) for o in own):
            continue
        if r := _relayed(text, m):
            yield r


def _relayed(text: str, m: re.Match[str]) -> Reading | None:
    """`The commission recommended that the ministry …`, `Critics called for …`."""
    rest, sign = text[m.end() :], trimmed(text, *m.span("sign"))
    if re.match(
        r"(?:(?:about|some|an additional|up to|over)\s)?(?:US)?[$€£\d]|(?:by|in|to|as|at|from|levels?|amounts?|funding)\b",
        rest,
    ):
        return None
    c = clause(text, sign.start)
    if (
        c.subject is None
        or _hangs(c)
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
    person = re.match(r"(?:that\s)?(?P<who>(?:the |a |an )?[^,;.]{2,70}?)\s(?:to\s|should\s)(?=[a-z])", rest)
    directs = bool(re.match(r"(?:urge|press|ask|request|encourag|advis|called on|calls? on)", verb))
    if directs and not person:
        return None
    if not directs and not re.match(r"(?:that\b|an?\s|the\s|more\b|greater\b|new\b|[a-z]+ing\b|[a-z]+\s[a-z]+)", rest):
        return None
    if (
        re.match(r"(?:suggest|request|ask|encourag|demand|press|propos)", verb)
        and not (person and acts(person["who"]))
        and not (verb.startswith("demand") and not verb.endswith("s"))
    ):
        return None
    actor, start = None, m.end()
    if person and acts(person["who"]):
        actor = trimmed(text, m.end() + person.start("who"), m.end() + person.end("who"))
        start = m.end() + person.end()
    action = trimmed(text, start, end_of(text, start))
    return Reading("proposes", sign, "should", action, actor, teller=c.subject) if len(action) else None


def _pillars(text: str) -> Iterator[Reading]:
    for m in _PILLAR.finditer(text):
        if m["be"] == "was" or clause(text, m.start()).under in ("if", "whether", "which", "who"):
            continue
        option = "option" in m["what"] or "course" in m["what"]
        sign = Span(m.start("be"), m.end("form") if m["form"] else m.end("be"))
        yield Reading("pillar", sign, "could" if option else "should", trimmed(text, m.end(), end_of(text, m.end())))


def _considered(text: str) -> Iterator[Reading]:
    for m in _MAY.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or _hangs(c) or c.under == "that":
            continue
        subject = c.subject.slice(text)
        who = kinds(subject)
        weighs = m["other"] is None
        if not who & BODIES or not acts(subject) or _BEGINS.match(text[m.end() :]):
            continue
        if not weighs and (
            m["other"] in _HAPPENS_TO
            or m["modal"] == "can"
            or not who & {"legislature", "government"}
            or (m["modal"] in ("may", "might") and not m["light"])
        ):
            continue
        if weighs and m["modal"] == "can":
            continue
        if not weighs and COUNTRY in who and "legislature" not in who:
            continue
        if re.search(r"\b(?:not|never)\b", m["adverbs"]):
            continue
        sign = Span(m.start(), m.end("verb") if weighs else m.end("light") if m["light"] else m.end("modal"))
        start = sign.end
        action = trimmed(text, start, end_of(text, start))
        if len(action):
            yield Reading(
                "may", trimmed(text, sign.start, sign.end), "considering" if weighs else "could", action, c.subject
            )


def _deserving(text: str) -> Iterator[Reading]:
    for m in _DESERVES.finditer(text):
        c = clause(text, m.start())
        if c.subject is None or _hangs(c):
            continue
        told, teller = _told(text, c)
        items = inline(text, m.end())
        if told and (items or _DEED_NOUN.search(c.subject.slice(text))):
            yield Reading(
                "deserves",
                _group(m, "sign"),
                "considering",
                Span(c.subject.start, m.end()),
                c.subject,
                True,
                False,
                teller,
                items,
            )


def inline(text: str, start: int) -> tuple[Span, ...]:
    """The numbered items of a sentence behind `start`: `(1) managing …; (2) building …`."""
    found = list(ITEMS.finditer(text, start))
    if len(found) < 2:
        return ()
    ends = [m.start() for m in found[1:]] + [len(text)]
    items = []
    for m, end in zip(found, ends, strict=True):
        words = re.sub(r"[;,]?\s(?:and|or)\s*$", "", text[m.end() : end])
        items.append(trimmed(text, m.end(), m.end() + len(words)))
    return tuple(i for i in items if len(i))
